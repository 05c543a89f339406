//! Giving orders: pick what is looked at or what is to be done, see what it would take, then order it.
//!
//! What is refused stays in the list with its reason. Quotes come from the one function that also accepts orders.

use egui::{ScrollArea, Ui};

use super::{Deed, give_with, named};
use crate::debrief::narrative::counted;
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::desktop::words::{self, FAMILIES, Names, Thing};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{Quote, may, quote, takes_for_decision};
use crate::ids::{ActionId, DenseId, RoleId, RoleSet};
use crate::scenario::written::Verb;
use crate::time::Span;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, communication, incident_command};

/// An action that the role may order.
#[derive(Clone, Debug)]
pub struct Action {
    /// Which.
    pub action: ActionId,
    /// As people say it.
    pub says: String,
    /// In which group it stands.
    pub family: usize,
    /// Whether this role knows of anything that it could be done to.
    pub possible: bool,
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
    pub price: Result<String, String>,
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
    pub refused: Option<String>,
}

/// What the panel shows.
#[derive(Clone, Debug)]
pub enum Shown {
    /// All actions, and those that only others may order: what, and who.
    Actions(Vec<Action>, Vec<(String, String)>),
    /// What one action could be done to.
    Targets { says: String, offers: Vec<Offer> },
    /// What could be done about one thing.
    About { says: String, about: String, offers: Vec<Offer>, others: Vec<(String, String)> },
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
            offers: sorted(named::orders(view, action).map(|order| offer(view, order)).collect()),
        },
        (None, None, Some(selected)) => {
            let fits = |order: &Order| words::thing(order) == Some(selected);
            let orders = actions(view).flat_map(|action| named::orders(view, action)).filter(fits);
            let offers = sorted(orders.map(|order| offer(view, order)).collect());
            // Who else can is worth knowing where this role can do nothing.
            let nothing = offers.iter().all(|offer| offer.price.is_err());
            let others = foreign(view).filter(|action| nothing && named::orders(view, *action).any(|order| fits(&order)));
            let others = others.map(|action| (names.action(action).to_owned(), names.roles(those_who_may(view, action)))).collect();
            Shown::About { says: names.thing(selected), about: about(view, selected), offers, others }
        }
        (None, None, None) => {
            let action = |action: ActionId| {
                let verb = view.public.actions.get(action.index()).map(|action| action.verb);
                Action {
                    action,
                    says: names.action(action).to_owned(),
                    family: verb.map_or(0, words::family),
                    // Decisions and beliefs have panels of their own, which say it themselves where there is none.
                    possible: matches!(verb, Some(Verb::Decide | Verb::Conclude)) || named::orders(view, action).next().is_some(),
                }
            };
            let mut all: Vec<Action> = actions(view).map(action).collect();
            all.sort_by_key(|action| action.family);
            let others = foreign(view).map(|action| (names.action(action).to_owned(), names.roles(those_who_may(view, action))));
            Shown::Actions(all, others.collect())
        }
    };
    Data { shown, revision }
}

fn actions<'v>(view: &'v View<'v>) -> impl Iterator<Item = ActionId> + 'v {
    (0..view.public.actions.len()).map(ActionId::at).filter(|action| may(view, *action) && named::action(view, *action))
}

/// Actions that only others may order.
fn foreign<'v>(view: &'v View<'v>) -> impl Iterator<Item = ActionId> + 'v {
    let others = |action: &ActionId| !may(view, *action) && named::action(view, *action) && !those_who_may(view, *action).is_empty();
    (0..view.public.actions.len()).map(ActionId::at).filter(others)
}

fn those_who_may(view: &View<'_>, action: ActionId) -> RoleSet {
    let may = |role: &RoleId| view.public.roles[role.index()].may.get(action.index()).copied().unwrap_or(false);
    (0..view.public.roles.len()).map(RoleId::at).filter(may).fold(RoleSet::NONE, RoleSet::with)
}

/// Why an order is refused, with what can be done about it, and by whom.
pub fn why(view: &View<'_>, order: &Order, refusal: Refusal) -> String {
    let names = Names::of(view);
    let plain = refusal.label();
    let of_statement =
        |statement: crate::ids::StatementId| view.public.statements.get(statement.index()).map_or(RoleSet::NONE, |plan| plan.signed_off_by);
    match (refusal, order.command) {
        (Refusal::NotYours, Command::Communication(communication::Command::SignOff { statement })) => match names.roles(of_statement(statement)) {
            who if who.is_empty() => "nobody has to sign this".to_owned(),
            who => format!("signed off by {who}, not by this role"),
        },
        (Refusal::NotYours, Command::IncidentCommand(incident_command::Command::Decide { gate, .. })) => {
            let who = view.public.gates.get(gate.index()).map_or(RoleSet::NONE, |plan| plan.who);
            format!("decided by {}, not by this role", names.roles(who))
        }
        (Refusal::NotYours, _) => format!("{plain}; may be ordered by {}", names.roles(those_who_may(view, order.action))),
        (Refusal::NotSignedOff, Command::Communication(communication::Command::Publish { statement })) => {
            let signed = view.knowledge.signed.get(statement.index()).copied().unwrap_or_default();
            let missing = of_statement(statement).iter().filter(|role| !signed.has(*role)).collect();
            format!("{plain}; needs {}", names.roles(missing))
        }
        (Refusal::OnHold, _) => {
            let images =
                (0..view.public.actions.len()).map(ActionId::at).filter(|action| view.public.actions[action.index()].verb == Verb::ImageDisk);
            let ways: Vec<String> =
                images.map(|action| format!("{} (by {})", names.action(action), names.roles(those_who_may(view, action)))).collect();
            if ways.is_empty() { plain.to_owned() } else { format!("{plain}: {}", ways.join(" or ")) }
        }
        (Refusal::Away, _) => match view.public.roles.get(view.role.index()).and_then(|role| role.deputy) {
            Some(deputy) => format!("{plain}; until it is back {} orders in its place", names.role(deputy)),
            None => format!("{plain}, and nobody orders in its place"),
        },
        (Refusal::InProgress, _) => format!("{plain}; see Tasks and people"),
        _ => plain.to_owned(),
    }
}

/// What an order takes that a decision gives, in short.
pub fn price_in_decision(view: &View<'_>, order: &Order) -> String {
    let skill = view.public.actions.get(order.action.index()).and_then(|action| action.skill.map(|skill| (skill, action.people.max(1))));
    match takes_for_decision(view, order) {
        Ok(takes) => {
            let (skill, people) = skill.map_or((None, 0), |(skill, people)| (Some(skill), people));
            words::price(&Quote { takes, people, skill, targets: 1, touches: Vec::new() })
        }
        Err(refusal) => refusal.label().to_owned(),
    }
}

/// An order with its price or refusal.
pub fn offer(view: &View<'_>, order: Order) -> Offer {
    let names = Names::of(view);
    let price = quote(view, &order).map(|quote| words::price(&quote)).map_err(|refusal| why(view, &order, refusal));
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
        Err(refusal) => preview.refused = Some(why(view, &order, refusal)),
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
    /// The words of orders that were put away before they were given.
    put_away: Vec<(Order, String)>,
    /// What is refused is shown as well.
    pub with_refused: bool,
    /// The order that is open is to have the keyboard: the field of its reason, or the way back where it is refused.
    pub into_order: bool,
    /// The keyboard was in this panel, and is to stay in it.
    stay: bool,
}

impl State {
    /// An order is put away, and its words with it: they are there when it is opened again. Whether there were any.
    pub fn put_away(&mut self, order: Order) -> bool {
        self.given(&order);
        let words = std::mem::take(&mut self.because);
        let some = !words.trim().is_empty();
        self.put_away.extend(some.then_some((order, words)));
        some
    }

    /// An order is opened, with the words that were put away with it.
    pub fn take_up(&mut self, order: &Order) {
        let place = self.put_away.iter().position(|(known, _)| known == order);
        self.because = place.map(|place| self.put_away.swap_remove(place).1).unwrap_or_default();
    }

    /// What was given is no draft any more.
    pub fn given(&mut self, order: &Order) {
        self.put_away.retain(|(known, _)| known != order);
    }

    /// What is drawn first takes the keyboard, if that was in this panel before.
    fn takes_keyboard(&mut self, answer: &egui::Response) {
        if std::mem::take(&mut self.stay) {
            answer.request_focus();
        }
    }
}

/// Draws it.
pub fn orders_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Deed> {
    let mut deeds = Vec::new();
    match &data.shown {
        Shown::Actions(actions, others) => {
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
                    if !action.possible {
                        let why = "not now: this role knows of nothing that it could be done to";
                        ui.add_enabled_ui(false, |ui| row(ui, &action.says, Some(egui::RichText::new(why))));
                        continue;
                    }
                    let answer = row(ui, &action.says, None);
                    state.takes_keyboard(&answer);
                    if answer.clicked() {
                        deeds.push(Deed::PickAction(Some(action.action)));
                    }
                }
                if actions.is_empty() {
                    ui.label("This role may give no order.");
                }
                others_ui(ui, others, &wanted);
            });
        }
        Shown::Targets { says, offers } => {
            let all = ui.button("All actions");
            state.takes_keyboard(&all);
            if all.clicked() {
                deeds.push(Deed::PickAction(None));
            }
            ui.label(egui::RichText::new(says).text_style(theme::heading()));
            offers_ui(ui, offers, &[], state, &mut deeds, |offer| if offer.target.is_empty() { &offer.action } else { &offer.target });
        }
        Shown::About { says, about, offers, others } => {
            let all = ui.button("All actions");
            state.takes_keyboard(&all);
            if all.clicked() {
                deeds.push(Deed::Select(None));
            }
            ui.label(egui::RichText::new(says).text_style(theme::heading()));
            if !about.is_empty() {
                ui.label(about);
            }
            offers_ui(ui, offers, others, state, &mut deeds, |offer| &offer.action);
        }
        Shown::Order(preview) => preview_ui(ui, preview, state, data.revision, &mut deeds),
    }
    deeds
}

fn filter_ui(ui: &mut Ui, state: &mut State) {
    ui.horizontal(|ui| {
        let label = ui.label("Find");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(f32::INFINITY)).labelled_by(label.id);
    });
}

/// What only others may order, and who.
fn others_ui(ui: &mut Ui, others: &[(String, String)], wanted: &str) {
    let shown: Vec<_> = others.iter().filter(|(says, _)| says.to_lowercase().contains(wanted)).collect();
    if shown.is_empty() {
        return;
    }
    ui.add_space(space::TIGHT);
    egui::CollapsingHeader::new(format!("What others may order ({})", shown.len())).id_salt("others").show(ui, |ui| {
        for (says, who) in shown {
            ui.label(says);
            ui.label(theme::muted(ui, format!("may be ordered by: {who}")));
        }
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
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, ui.is_enabled(), says));
    if answer.gained_focus() {
        answer.scroll_to_me(None);
    }
    answer
}

/// Why nothing stands in a list of orders, and what can be done about it.
fn nothing_says(offers: &[Offer], wanted: &str) -> String {
    if offers.is_empty() {
        return "This role may order nothing that is done to what it knows of here.".to_owned();
    }
    if !wanted.is_empty() && offers.iter().any(|offer| offer.price.is_ok()) {
        return format!("Nothing here contains \u{201c}{wanted}\u{201d}.");
    }
    let mut reasons: Vec<&str> = offers.iter().filter_map(|offer| offer.price.as_ref().err().map(String::as_str)).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let more = reasons.len().saturating_sub(3);
    let more = if more > 0 { format!("; and {}", counted(more as i64, "other reason", "other reasons")) } else { String::new() };
    format!("Nothing can be ordered here now: {}{more}.", reasons.iter().take(3).copied().collect::<Vec<_>>().join("; "))
}

fn offers_ui(ui: &mut Ui, offers: &[Offer], others: &[(String, String)], state: &mut State, deeds: &mut Vec<Deed>, name: impl Fn(&Offer) -> &String) {
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
            let answer = row(ui, name(offer), Some(below));
            if answer.clicked() {
                deeds.push(Deed::Draft(Some(offer.order)));
            }
        }
        if shown == 0 {
            ui.label(nothing_says(offers, &wanted));
        }
        others_ui(ui, others, "");
    });
}

fn preview_ui(ui: &mut Ui, preview: &Preview, state: &mut State, revision: u64, deeds: &mut Vec<Deed>) {
    let back = ui.button("Back");
    if back.clicked() {
        deeds.push(Deed::Draft(None));
    }
    if preview.refused.is_some() && std::mem::take(&mut state.into_order) {
        back.request_focus();
    }
    ScrollArea::vertical().id_salt("preview").auto_shrink([false, true]).show(ui, |ui| {
        ui.label(egui::RichText::new(&preview.says).text_style(theme::heading()));
        if !preview.about.is_empty() {
            ui.label(&preview.about);
        }
        ui.add_space(space::USUAL);
        if let Some(why) = &preview.refused {
            theme::card_of(ui, Tone::Warning).show(ui, |ui| ui.label(format!("Refused: {why}.")));
            ui.add_space(space::TIGHT);
            // Whoever goes on with Tab, as to an order that can be given, comes here, and not to the clock.
            if ui.button("All actions").clicked() {
                deeds.push(Deed::PickAction(None));
            }
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
        let id = ui.id().with("why");
        let free = crate::desktop::desk::nothing_focused(ui) || ui.memory(|memory| memory.has_focus(id));
        let entered = free && crate::desktop::desk::enter(ui);
        let why = egui::TextEdit::multiline(&mut state.because).id(id).desired_rows(2).desired_width(f32::INFINITY);
        let why = ui.add(why.return_key(egui::KeyboardShortcut::new(egui::Modifiers::SHIFT, egui::Key::Enter))).labelled_by(label.id);
        if std::mem::take(&mut state.into_order) {
            why.request_focus();
        }
        ui.add_space(space::USUAL);
        let main = theme::main_button(ui, true, "Give the order").on_hover_text("Enter");
        if main.clicked() || entered {
            state.stay = entered || main.has_focus();
            deeds.push(give_with(revision, preview.order, Some(state.because.clone())));
        }
        if !state.because.is_empty() && ui.button("Empty it").on_hover_text("Take the words away; otherwise they wait here").clicked() {
            state.because.clear();
        }
    });
}
