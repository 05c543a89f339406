//! The command palette: every panel, action and order, by a few letters.

use egui::{Key, Modifiers, ScrollArea, Ui};

use super::{Deed, Panel, evidence, named, orders};
use crate::desktop::Intent;
use crate::desktop::theme::{self, Palette, space};
use crate::desktop::words::{self, Names};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{may, quote};
use crate::ids::{ActionId, DenseId};
use crate::scenario::written::Verb;
use crate::vocabulary::investigation::Command as Investigation;
use crate::vocabulary::{Command, Order, incident_command};

/// What an entry leads to.
#[derive(Clone, PartialEq, Debug)]
pub enum Leads {
    /// To a panel.
    Panel(Panel),
    /// To an order, which is shown before it is given.
    Order(Box<Order>),
    /// To something else.
    Intent(Box<Intent>),
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called.
    pub says: String,
    /// The same in lower case, to be searched.
    lower: String,
    /// What it leads to.
    pub leads: Leads,
}

/// All entries.
#[derive(Clone, Debug, Default)]
pub struct Data {
    entries: Vec<Entry>,
}

fn entry(says: String, leads: Leads) -> Entry {
    Entry { lower: says.to_lowercase(), says, leads }
}

/// An order is also found by the field's word for it, whatever the scenario calls it: "isolate" finds "Cut these machines off the network".
fn order_entry(view: &View<'_>, order: Order) -> Entry {
    let says = Names::of(view).order(&order);
    let verb = view.public.actions.get(order.action.index()).map(|action| format!("{:?}", action.verb)).unwrap_or_default();
    Entry { lower: format!("{} {}", says.to_lowercase(), verb.to_lowercase()), says, leads: Leads::Order(Box::new(order)) }
}

/// Everything that a role could do: `fixed` first, then panels, then orders on what it knows, then beliefs it may state.
pub fn data(view: &View<'_>, fixed: Vec<(String, Intent)>, beliefs: &evidence::Data) -> Data {
    let fixed = fixed.into_iter().map(|(says, intent)| entry(says, Leads::Intent(Box::new(intent))));
    let panels = Panel::ALL.iter().map(|panel| entry(format!("Show: {}", panel.label()), Leads::Panel(*panel)));
    let orders = (0..view.public.actions.len())
        .map(ActionId::at)
        .filter(|action| may(view, *action) && view.public.actions[action.index()].verb != Verb::Conclude)
        .flat_map(|action| named::orders(view, action))
        .map(|order| order_entry(view, order));
    let beliefs = beliefs.questions.iter().filter_map(|question| Some(order_entry(view, question.order(beliefs.action?, 50))));
    Data { entries: fixed.chain(panels).chain(orders).chain(beliefs).collect() }
}

#[cfg(test)]
impl Data {
    /// What all entries are called.
    pub fn all(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.says.as_str()).collect()
    }
}

/// So many are shown.
const MOST_SHOWN: usize = 12;

/// Entries that contain all words of the text, at most a dozen: those that begin with it first, shorter ones before longer ones.
pub fn found<'d>(data: &'d Data, text: &str) -> Vec<&'d Entry> {
    let text = text.to_lowercase();
    let wanted: Vec<&str> = text.split_whitespace().collect();
    let mut hits: Vec<&Entry> = data.entries.iter().filter(|entry| wanted.iter().all(|word| entry.lower.contains(word))).collect();
    if !wanted.is_empty() {
        let begins = |entry: &Entry| wanted.first().is_some_and(|word| entry.lower.starts_with(word) || entry.lower.contains(&format!(" {word}")));
        hits.sort_by_key(|entry| (!begins(entry), entry.lower.len()));
    }
    hits.truncate(MOST_SHOWN);
    hits
}

/// What the screen remembers of it.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// What was typed.
    pub text: String,
    /// Which entry is chosen.
    pub chosen: usize,
    /// The field has had the keyboard once.
    pub focused: bool,
}

/// Draws it over everything else.
pub fn palette_ui(ui: &mut Ui, data: &Data, view: &View<'_>, state: &mut State) -> Vec<Intent> {
    let mut intents = Vec::new();
    let hits = found(data, &state.text);
    let (up, down, enter) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    if up {
        state.chosen = state.chosen.saturating_sub(1);
    }
    if down {
        state.chosen += 1;
    }
    state.chosen = state.chosen.min(hits.len().saturating_sub(1));
    let width = (ui.ctx().content_rect().width() - 60.0).clamp(260.0, 560.0);
    let answer = egui::Modal::new(egui::Id::new("palette")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let label = ui.label("What do you want to do?");
        let field = ui.add(egui::TextEdit::singleline(&mut state.text).desired_width(f32::INFINITY)).labelled_by(label.id);
        if !state.focused {
            field.request_focus();
            state.focused = true;
        }
        ui.add_space(space::TIGHT);
        // All the height there is: what is shown over the rest takes its size from the picture before, and would otherwise stay as low as its
        // shortest list was.
        let height = (ui.ctx().content_rect().height() - 140.0).max(space::CLICK);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            if hits.is_empty() {
                ui.label("Nothing is called that.");
            }
            for (place, entry) in hits.iter().enumerate() {
                let remark = match &entry.leads {
                    Leads::Order(order) => match (quote(view, order), order.command) {
                        (Err(refusal), _) => format!("refused: {}", orders::why(view, order, refusal)),
                        (
                            Ok(_),
                            Command::IncidentCommand(incident_command::Command::Decide { .. })
                            | Command::Investigation(Investigation::Conclude { .. }),
                        ) => "opens its form".to_owned(),
                        (Ok(quote), _) => words::price(&quote),
                    },
                    Leads::Panel(_) | Leads::Intent(_) => String::new(),
                };
                let palette = Palette::of(ui);
                let fill = if place == state.chosen { palette.chosen } else { palette.raised };
                let text = if remark.is_empty() { entry.says.clone() } else { format!("{}   ({remark})", entry.says) };
                let button = ui.add(egui::Button::new(text).fill(fill).min_size(egui::vec2(width - 20.0, space::CLICK)).wrap());
                if place == state.chosen && (up || down) {
                    button.scroll_to_me(None);
                }
                if button.clicked() || (enter && place == state.chosen) {
                    intents.push(match &entry.leads {
                        Leads::Panel(panel) => Intent::Seat(Deed::Show(*panel)),
                        Leads::Order(order) => Intent::Seat(Deed::Draft(Some(**order))),
                        Leads::Intent(intent) => (**intent).clone(),
                    });
                    intents.push(Intent::Seat(Deed::Palette(false)));
                }
            }
        });
    });
    if answer.should_close() {
        intents.push(Intent::Seat(Deed::Palette(false)));
    }
    intents
}
