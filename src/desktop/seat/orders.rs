//! Giving orders: pick what is looked at or what is to be done, see what it would take, then order it.
//!
//! What is refused stays in the list with its reason. Quotes come from the one function that also accepts orders.

use egui::{ScrollArea, Ui};

use super::give_with;
use crate::desktop::Intent;
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::desktop::words::{self, FAMILIES, Names, Thing};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{candidates, may, quote};
use crate::ids::{ActionId, DenseId};
use crate::time::Span;
use crate::vocabulary::Order;

/// An action that the role may order.
#[derive(Clone, Debug)]
pub struct Action {
    /// Which.
    pub action: ActionId,
    /// As people say it.
    pub says: String,
    /// In which group it stands.
    pub family: usize,
}

/// One order that could be given.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The order.
    pub order: Order,
    /// The action.
    pub action: String,
    /// What it is done to.
    pub target: String,
    /// What it takes in short, or why it is refused.
    pub price: Result<String, &'static str>,
}

/// An order before it is given.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The order.
    pub order: Order,
    /// In words.
    pub says: String,
    /// What the author says about the action.
    pub about: String,
    /// Lines of what it takes: name and value.
    pub takes: Vec<(&'static str, String)>,
    /// Services that rest on what is touched.
    pub touches: Vec<String>,
    /// Why it is refused.
    pub refused: Option<&'static str>,
}

/// What the panel shows.
#[derive(Clone, Debug)]
pub enum Shown {
    /// All actions.
    Actions(Vec<Action>),
    /// What one action could be done to.
    Targets { says: String, offers: Vec<Offer> },
    /// What could be done about one thing.
    About { says: String, about: String, offers: Vec<Offer> },
    /// One order.
    Order(Box<Preview>),
}

/// The panel's data.
#[derive(Clone, Debug)]
pub struct Data {
    /// What it shows.
    pub shown: Shown,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// The panel of a role, from what is picked: an order before an action before a thing.
pub fn data(view: &View<'_>, draft: Option<Order>, action: Option<ActionId>, selected: Option<Thing>, revision: u64) -> Data {
    let names = Names::of(view);
    let shown = match (draft, action, selected) {
        (Some(order), ..) => Shown::Order(Box::new(preview(view, order))),
        (None, Some(action), _) => Shown::Targets {
            says: names.action(action).to_owned(),
            offers: sorted(candidates(view, action).map(|order| offer(view, order)).collect()),
        },
        (None, None, Some(selected)) => {
            let orders = actions(view).flat_map(|action| candidates(view, action)).filter(|order| words::thing(order) == Some(selected));
            // Deciding and concluding have panels of their own.
            Shown::About {
                says: names.thing(selected),
                about: about(view, selected),
                offers: sorted(orders.map(|order| offer(view, order)).collect()),
            }
        }
        (None, None, None) => {
            let action = |action: ActionId| Action {
                action,
                says: names.action(action).to_owned(),
                family: view.public.actions.get(action.index()).map_or(0, |action| words::family(action.verb)),
            };
            let mut all: Vec<Action> = actions(view).map(action).collect();
            all.sort_by_key(|action| action.family);
            Shown::Actions(all)
        }
    };
    Data { shown, revision }
}

fn actions<'v>(view: &'v View<'v>) -> impl Iterator<Item = ActionId> + 'v {
    (0..view.public.actions.len()).map(ActionId::at).filter(|action| may(view, *action))
}

/// An order with its price or refusal.
pub fn offer(view: &View<'_>, order: Order) -> Offer {
    let names = Names::of(view);
    let price = quote(view, &order).map(|quote| words::price(&quote)).map_err(|refusal| refusal.label());
    Offer { order, action: names.action(order.action).to_owned(), target: names.target(&order), price }
}

/// What can be done first, both parts in their own order.
fn sorted(mut offers: Vec<Offer>) -> Vec<Offer> {
    offers.sort_by_key(|offer| offer.price.is_err());
    offers
}

/// What is known of a thing, in a line.
fn about(view: &View<'_>, thing: Thing) -> String {
    let public = view.public;
    match thing {
        Thing::Asset(id) => {
            let Some(asset) = public.assets.get(id.index()) else { return String::new() };
            format!("{}, {}. {}", crate::debrief::narrative::capital(asset.kind.label()), asset.text, super::map::belief_says(view, id))
        }
        Thing::Segment(id) => {
            let cut = view.knowledge.segments_cut.get(id.index()).copied().unwrap_or(false);
            if cut { "Cut off from the network.".to_owned() } else { "Joined to the network.".to_owned() }
        }
        Thing::Login(id) => {
            let belief = view.knowledge.logins.get(id.index()).copied().unwrap_or_default();
            let text = public.logins.get(id.index()).map_or("", |login| login.text.as_str());
            let state = match (belief.taken, belief.disabled) {
                (true, _) => "In the adversary's hands.",
                (false, true) => "Disabled.",
                (false, false) => "Nothing is known against it.",
            };
            format!("{text}. {state}")
        }
        Thing::Vendor(id) => public.vendors.get(id.index()).map_or_else(String::new, |vendor| {
            let rate = crate::debrief::model::money(vendor.cost_an_hour_minor_units, &public.currency);
            format!("{} Comes within {}; costs {rate} an hour.", vendor.text, vendor.arrives_within)
        }),
        Thing::Service(id) => public.services.get(id.index()).map_or_else(String::new, |service| format!("Has to be back within {}.", service.rto)),
        Thing::Sensor(id) => public.sensors.get(id.index()).map_or_else(String::new, |sensor| sensor.text.clone()),
        _ => String::new(),
    }
}

fn preview(view: &View<'_>, order: Order) -> Preview {
    let names = Names::of(view);
    let action = view.public.actions.get(order.action.index());
    let mut preview = Preview {
        order,
        says: names.order(&order),
        about: action.map_or_else(String::new, |action| action.about.clone()),
        takes: Vec::new(),
        touches: Vec::new(),
        refused: None,
    };
    match quote(view, &order) {
        Err(refusal) => preview.refused = Some(refusal.label()),
        Ok(quote) => {
            let takes = if quote.takes == Span::ZERO { "nothing: it is done at once".to_owned() } else { format!("{} of work", quote.takes) };
            preview.takes.push(("Time", takes));
            match quote.skill {
                Some(skill) => {
                    preview.takes.push(("People", format!("{}, {}; it waits until somebody is free", words::people(quote.people), skill.label())))
                }
                None if quote.takes != Span::ZERO => preview.takes.push(("People", "your own time".to_owned())),
                None => {}
            }
            if quote.targets > 1 {
                preview.takes.push(("Done to", format!("{} machines", quote.targets)));
            }
            if let Some(Thing::Vendor(vendor)) = words::thing(&order)
                && let Some(vendor) = view.public.vendors.get(vendor.index())
            {
                let rate = crate::debrief::model::money(vendor.cost_an_hour_minor_units, &view.public.currency);
                preview.takes.push(("Price", format!("{rate} for each hour from when they come, within {}", vendor.arrives_within)));
            }
            preview.touches = quote.touches.iter().map(|service| names.service(*service).to_owned()).collect();
        }
    }
    preview
}

/// What the screen remembers of the panel.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Only what contains this.
    pub filter: String,
    /// Why an order is given, in the person's own words.
    pub because: String,
    /// What is refused is shown as well.
    pub with_refused: bool,
}

/// Draws it.
pub fn orders_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Intent> {
    let mut intents = Vec::new();
    match &data.shown {
        Shown::Actions(actions) => {
            ui.label(egui::RichText::new("Orders").text_style(theme::heading()));
            ui.label(theme::muted(ui, "Pick an action, or something on the map or in a list."));
            filter_ui(ui, state);
            let wanted = state.filter.to_lowercase();
            ScrollArea::vertical().id_salt("actions").auto_shrink(false).show(ui, |ui| {
                let mut family = None;
                for action in actions.iter().filter(|action| action.says.to_lowercase().contains(&wanted)) {
                    if family != Some(action.family) {
                        family = Some(action.family);
                        ui.add_space(space::TIGHT);
                        ui.label(theme::muted(ui, FAMILIES[action.family.min(FAMILIES.len() - 1)]));
                    }
                    if row(ui, &action.says, None).clicked() {
                        intents.push(Intent::PickAction(Some(action.action)));
                    }
                }
                if actions.is_empty() {
                    ui.label("This role may give no order.");
                }
            });
        }
        Shown::Targets { says, offers } => {
            if ui.button("All actions").clicked() {
                intents.push(Intent::PickAction(None));
            }
            ui.label(egui::RichText::new(says).text_style(theme::heading()));
            offers_ui(ui, offers, state, &mut intents, |offer| if offer.target.is_empty() { &offer.action } else { &offer.target });
        }
        Shown::About { says, about, offers } => {
            if ui.button("All actions").clicked() {
                intents.push(Intent::Select(None));
            }
            ui.label(egui::RichText::new(says).text_style(theme::heading()));
            if !about.is_empty() {
                ui.label(about);
            }
            offers_ui(ui, offers, state, &mut intents, |offer| &offer.action);
        }
        Shown::Order(preview) => preview_ui(ui, preview, state, data.revision, &mut intents),
    }
    intents
}

fn filter_ui(ui: &mut Ui, state: &mut State) {
    ui.horizontal(|ui| {
        let label = ui.label("Find");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(f32::INFINITY)).labelled_by(label.id);
    });
}

/// A row that is clicked as a whole, with a remark below.
fn row(ui: &mut Ui, says: &str, below: Option<egui::RichText>) -> egui::Response {
    let palette = Palette::of(ui);
    let mut text = egui::text::LayoutJob::default();
    let body = egui::TextStyle::Body.resolve(ui.style());
    text.append(says, 0.0, egui::TextFormat { font_id: body, color: palette.text, ..Default::default() });
    if let Some(below) = below {
        let small = egui::TextStyle::Small.resolve(ui.style());
        text.append(&format!("\n{}", below.text()), 0.0, egui::TextFormat { font_id: small, color: palette.muted, ..Default::default() });
    }
    text.wrap.max_width = ui.available_width() - 20.0;
    let button = egui::Button::new(text).fill(palette.raised).min_size(egui::vec2(ui.available_width(), space::CLICK));
    let answer = ui.add(button);
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, says));
    answer
}

fn offers_ui(ui: &mut Ui, offers: &[Offer], state: &mut State, intents: &mut Vec<Intent>, name: impl Fn(&Offer) -> &String) {
    if offers.len() > 8 {
        filter_ui(ui, state);
    }
    let refused = offers.iter().filter(|offer| offer.price.is_err()).count();
    if refused > 0 {
        ui.checkbox(&mut state.with_refused, format!("show what is refused ({refused})"));
    }
    let wanted = if offers.len() > 8 { state.filter.to_lowercase() } else { String::new() };
    ScrollArea::vertical().id_salt("offers").auto_shrink(false).show(ui, |ui| {
        let mut shown = 0;
        for offer in offers.iter().filter(|offer| name(offer).to_lowercase().contains(&wanted)) {
            let below = match &offer.price {
                Ok(price) => egui::RichText::new(price),
                Err(_) if !state.with_refused => continue,
                Err(why) => egui::RichText::new(format!("refused: {why}")),
            };
            shown += 1;
            if row(ui, name(offer), Some(below)).clicked() {
                intents.push(Intent::Draft(Some(offer.order)));
            }
        }
        if shown == 0 {
            ui.label("Nothing can be ordered here now.");
        }
    });
}

fn preview_ui(ui: &mut Ui, preview: &Preview, state: &mut State, revision: u64, intents: &mut Vec<Intent>) {
    if ui.button("Back").clicked() {
        intents.push(Intent::Draft(None));
    }
    ScrollArea::vertical().id_salt("preview").auto_shrink([false, true]).show(ui, |ui| {
        ui.label(egui::RichText::new(&preview.says).text_style(theme::heading()));
        if !preview.about.is_empty() {
            ui.label(&preview.about);
        }
        ui.add_space(space::USUAL);
        if let Some(why) = preview.refused {
            theme::card_of(ui, Tone::Warning).show(ui, |ui| ui.label(format!("Refused: {why}.")));
            return;
        }
        for (name, value) in &preview.takes {
            ui.label(theme::muted(ui, *name));
            ui.label(value);
        }
        if preview.touches.is_empty() {
            ui.label(theme::muted(ui, "Touches no service that this role knows of."));
        } else {
            ui.add_space(space::TIGHT);
            theme::card_of(ui, Tone::Warning).show(ui, |ui| {
                ui.label(theme::toned(ui, Tone::Warning, "Services that rest on it"));
                for service in &preview.touches {
                    ui.label(service);
                }
            });
        }
        ui.add_space(space::USUAL);
        let label = ui.label("Why (for the record; may stay empty)");
        ui.add(egui::TextEdit::multiline(&mut state.because).desired_rows(2).desired_width(f32::INFINITY)).labelled_by(label.id);
        ui.add_space(space::USUAL);
        let entered = super::nothing_focused(ui) && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
        if theme::main_button(ui, true, "Give the order").on_hover_text("Enter").clicked() || entered {
            intents.push(give_with(revision, preview.order, Some(state.because.clone())));
        }
    });
}
