//! The incident log of this seat: what its role was told, and what was ordered from here.

use std::collections::BTreeMap;

use egui::{ScrollArea, Ui};

use super::{Deed, action_for, offer_buttons};
use crate::desktop::play::Own;
use crate::desktop::theme::{self, Tone, space};
use crate::desktop::words::{self, Names};
use crate::exercise::Receipt;
use crate::exercise::knowledge::View;
use crate::exercise::quote::quote;
use crate::ids::Key;
use crate::scenario::written::Verb;
use crate::time::ExerciseTime;
use crate::vocabulary::{Command as AnyCommand, Order, documentation::Command, incident_command, investigation};

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// What.
    pub says: String,
    /// It was ordered from here.
    pub own: bool,
}

/// The panel's data.
#[derive(Clone, Debug)]
pub struct Data {
    /// The lines, the newest first.
    pub lines: Vec<Line>,
    /// Writing into the team's log and reporting, where this role may.
    pub orders: Vec<(&'static str, Order)>,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// The log of a role; `own` is what was ordered from this seat, `targets` are names by key.
pub fn data(view: &View<'_>, own: &[Own], targets: &BTreeMap<Key, String>, revision: u64) -> Data {
    let names = Names::of(view);
    let clock = |at: ExerciseTime| view.public.calendar.label(at);
    let tasks = words::tasks_by_key(view, targets);
    let told = view.knowledge.news.iter().map(|heard| Line {
        at: heard.at,
        clock: clock(heard.at),
        says: names.told_of_work(&heard.observation, &tasks),
        own: false,
    });
    let ordered = own.iter().map(|own| {
        let sure = match own.order.command {
            AnyCommand::IncidentCommand(incident_command::Command::Decide { sure, .. }) => format!(", {sure} % sure"),
            AnyCommand::Investigation(investigation::Command::Conclude { percent, .. }) => format!(", {percent} % sure"),
            _ => String::new(),
        };
        let because = own.because.as_ref().map_or_else(String::new, |because| format!(" (reason: {because})"));
        let says = match own.receipt {
            Receipt::Accepted(_) => format!("Ordered: {}{sure}{because}", names.order(&own.order)),
            Receipt::Refused(refusal) => format!("Ordered and refused, because {}: {}{because}", refusal.label(), names.order(&own.order)),
        };
        Line { at: own.at, clock: clock(own.at), says, own: true }
    });
    let mut lines: Vec<Line> = told.chain(ordered).collect();
    // Stable: what was told at one moment keeps its order.
    lines.sort_by_key(|line| line.at);
    lines.reverse();
    let orders = [("Write into the team's log", Verb::Log, Command::Log {}), ("Report to all roles", Verb::Report, Command::Report {})];
    let orders = orders.into_iter().filter_map(|(says, verb, command)| {
        let order = Order { action: action_for(view, verb)?, command: command.into() };
        quote(view, &order).is_ok().then_some((says, order))
    });
    Data { lines, orders: orders.collect(), revision }
}

/// What the screen remembers of the log.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Only what contains this.
    pub filter: String,
    /// Only what was ordered from here.
    pub own: bool,
}

/// Draws it.
pub fn diary_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Deed> {
    let mut deeds = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Search");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(160.0)).labelled_by(label.id);
        ui.checkbox(&mut state.own, "only own orders");
        offer_buttons(ui, "the incident", &data.orders, data.revision, &mut deeds);
    });
    ui.add_space(space::TIGHT);
    let wanted = state.filter.to_lowercase();
    let shown: Vec<&Line> = data.lines.iter().filter(|line| (line.own || !state.own) && line.says.to_lowercase().contains(&wanted)).collect();
    if shown.is_empty() {
        ui.label(match (data.lines.is_empty(), wanted.is_empty()) {
            (true, _) => "Nothing stands in the log yet.",
            (false, true) => "Nothing was ordered from here yet.",
            (false, false) => "No line of the log fits the search.",
        });
    }
    let height = ui.text_style_height(&egui::TextStyle::Body) + 4.0;
    ScrollArea::vertical().id_salt("diary").auto_shrink(false).show_rows(ui, height, shown.len(), |ui, rows| {
        for line in shown.get(rows).unwrap_or_default() {
            ui.horizontal(|ui| {
                ui.label(theme::muted(ui, &line.clock));
                let text = if line.own { theme::toned(ui, Tone::Notice, &line.says).strong() } else { egui::RichText::new(&line.says) };
                ui.add(egui::Label::new(text).truncate()).on_hover_text(&line.says);
            });
        }
    });
    deeds
}
