//! The alert queue: what sensors told this role, and how far each alert has come.

use std::collections::{BTreeMap, BTreeSet};

use egui::Ui;
use egui_extras::{Column, TableBuilder};

use super::{action_for, give};
use crate::desktop::Intent;
use crate::desktop::theme::{self, Mark, space};
use crate::desktop::words::{self, Names, Thing};
use crate::exercise::knowledge::{AlertState, View};
use crate::exercise::quote::quote;
use crate::ids::Key;
use crate::scenario::written::Verb;
use crate::time::ExerciseTime;
use crate::vocabulary::{Order, detection::Command};

/// One alert.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its key.
    pub alert: Key,
    /// The seat's short number.
    pub number: usize,
    /// When it was raised.
    pub raised: ExerciseTime,
    /// The same on the clock of the story.
    pub clock: String,
    /// From which sensor.
    pub sensor: String,
    /// About which machine.
    pub machine: String,
    /// What that machine is.
    pub about: String,
    /// What was seen.
    pub trail: &'static str,
    /// How far it has come.
    pub state: AlertState,
    /// What can be ordered about it now.
    pub orders: Vec<(&'static str, Order)>,
    /// What these take, in short.
    pub prices: Vec<String>,
}

/// The queue.
#[derive(Clone, Debug)]
pub struct Data {
    /// Alerts, in the order in which the role was told.
    pub rows: Vec<Row>,
    /// How many nobody has taken up.
    pub new: usize,
    /// Rises with every change: part of what a request is known by.
    pub revision: u64,
}

/// In words.
pub const fn state_label(state: AlertState) -> &'static str {
    match state {
        AlertState::New => "new",
        AlertState::TakenUp => "taken up",
        AlertState::Real => "judged real",
        AlertState::Nothing => "judged harmless",
        AlertState::Dismissed => "put aside",
    }
}

const fn state_mark(state: AlertState) -> Mark {
    match state {
        AlertState::New => Mark::New,
        AlertState::TakenUp => Mark::Held,
        AlertState::Real => Mark::Signs,
        AlertState::Nothing => Mark::Done,
        AlertState::Dismissed => Mark::Aside,
    }
}

/// The queue of a role.
pub fn data(view: &View<'_>, revision: u64) -> Data {
    let names = Names::of(view);
    let verbs: Vec<(&'static str, Verb, crate::ids::ActionId)> =
        [("Take up", Verb::Acknowledge), ("Look into", Verb::Triage), ("Put aside", Verb::Dismiss)]
            .into_iter()
            .filter_map(|(says, verb)| Some((says, verb, action_for(view, verb)?)))
            .collect();
    let command = |verb: Verb, alert: Key| match verb {
        Verb::Acknowledge => Command::Acknowledge { alert },
        Verb::Triage => Command::Triage { alert },
        _ => Command::Dismiss { alert },
    };
    let rows: Vec<Row> = (view.knowledge.alerts.iter().enumerate())
        .map(|(place, known)| {
            let all = verbs.iter().map(|(says, verb, action)| (*says, Order { action: *action, command: command(*verb, known.alert).into() }));
            // What is judged is judged: putting it aside as well would only make the queue longer to read.
            let open = matches!(known.state, AlertState::New | AlertState::TakenUp);
            let asset = view.public.assets.get(usize::from(known.asset.0));
            let quoted: Vec<((&'static str, Order), String)> =
                if open { all.filter_map(|offer| Some((offer, words::price(&quote(view, &offer.1).ok()?)))).collect() } else { Vec::new() };
            let (orders, prices) = quoted.into_iter().unzip();
            Row {
                alert: known.alert,
                number: place + 1,
                raised: known.raised,
                clock: view.public.calendar.label(known.raised),
                sensor: names.sensor(known.sensor).to_owned(),
                machine: names.asset(known.asset).to_owned(),
                about: asset.map_or_else(String::new, |asset| asset.text.clone()),
                trail: known.trail.label(),
                state: known.state,
                orders,
                prices,
            }
        })
        .collect();
    let new = rows.iter().filter(|row| row.state == AlertState::New).count();
    Data { rows, new, revision }
}

/// By what the queue is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    Time,
    /// By how far they have come: new ones first.
    State,
    /// By machine.
    Machine,
    /// By sensor.
    Sensor,
}

/// What the screen remembers of the queue.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The order.
    pub sort: Sort,
    /// Only those whose row contains this.
    pub filter: String,
    /// Only those nobody has judged or put aside.
    pub only_open: bool,
    /// The rows as they stand, and by what they were sorted: they stay where they are under the pointer.
    kept: Option<(Asked, Vec<Key>)>,
}

/// What rows are sorted by and have to contain.
type Asked = (Sort, String, bool);

impl State {
    /// The panel was left: the next time it is sorted anew.
    pub fn leave(&mut self) {
        self.kept = None;
    }

    /// The rows in place: as they were when they were last sorted, what has come since below them. How many have come.
    fn in_place(&mut self, data: &Data) -> (Vec<usize>, usize) {
        let asked = (self.sort, self.filter.clone(), self.only_open);
        let fresh = shown(data, self);
        let kept = match &mut self.kept {
            Some((same, kept)) if *same == asked => kept,
            kept => &mut kept.insert((asked, fresh.iter().map(|place| data.rows[*place].alert).collect())).1,
        };
        let by_key: BTreeMap<Key, usize> = data.rows.iter().enumerate().map(|(place, row)| (row.alert, place)).collect();
        let mut places: Vec<usize> = kept.iter().filter_map(|key| by_key.get(key).copied()).collect();
        let stand: BTreeSet<usize> = places.iter().copied().collect();
        let come: Vec<usize> = fresh.into_iter().filter(|place| !stand.contains(place)).collect();
        let count = come.len();
        places.extend(come);
        (places, count)
    }
}

/// The rows that are shown, in order, by their place.
pub fn shown(data: &Data, state: &State) -> Vec<usize> {
    let wanted = state.filter.to_lowercase();
    let has = |row: &Row| {
        wanted.is_empty()
            || [&row.sensor, &row.machine, &row.about].iter().any(|text| text.to_lowercase().contains(&wanted))
            || row.trail.contains(&wanted)
            || state_label(row.state).contains(&wanted)
    };
    let open = |row: &Row| !state.only_open || matches!(row.state, AlertState::New | AlertState::TakenUp);
    let mut places: Vec<usize> = (0..data.rows.len()).filter(|place| has(&data.rows[*place]) && open(&data.rows[*place])).collect();
    places.sort_by(|one, other| {
        let (one, other) = (&data.rows[*one], &data.rows[*other]);
        let later = other.raised.cmp(&one.raised).then(other.number.cmp(&one.number));
        match state.sort {
            Sort::Time => later,
            Sort::State => one.state.cmp(&other.state).then(later),
            Sort::Machine => one.machine.cmp(&other.machine).then(later),
            Sort::Sensor => one.sensor.cmp(&other.sensor).then(later),
        }
    });
    places
}

/// Draws it.
pub fn alerts_ui(ui: &mut Ui, data: &Data, state: &mut State, selected: Option<Thing>) -> Vec<Intent> {
    let mut intents = Vec::new();
    let (places, come) = state.in_place(data);
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Filter");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(150.0)).labelled_by(label.id);
        ui.checkbox(&mut state.only_open, "only open ones");
        let new: Vec<&Row> =
            places.iter().map(|place| &data.rows[*place]).filter(|row| row.state == AlertState::New && !row.orders.is_empty()).collect();
        if new.len() > 1 && ui.button(format!("Take up all {} new ones shown", new.len())).clicked() {
            intents.extend(new.iter().filter_map(|row| row.orders.first()).map(|(_, order)| give(data.revision, *order)));
        }
        ui.label(theme::muted(ui, format!("{} of {}", places.len(), data.rows.len())));
        if come > 0 && ui.button(format!("Sort again ({come} came since, below)")).clicked() {
            state.leave();
        }
    });
    ui.add_space(space::TIGHT);
    if data.rows.is_empty() {
        ui.label("No alert has been told to this role.");
        return intents;
    }
    let height = space::CLICK + 4.0;
    // What gives way first is what the machine's line says as well when it is pointed at.
    let (narrow, medium) = (ui.available_width() < 640.0, ui.available_width() < 900.0);
    let mut table = TableBuilder::new(ui)
        .id_salt("alerts")
        .striped(true)
        .sense(egui::Sense::click())
        .auto_shrink(false)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .column(Column::exact(30.0))
        .column(Column::exact(116.0))
        .column(Column::exact(98.0));
    table = if medium { table } else { table.column(Column::initial(150.0).clip(true)) };
    table = if narrow { table } else { table.column(Column::initial(108.0).clip(true)) };
    table
        .column(Column::exact(112.0))
        .column(Column::remainder().at_least(214.0))
        .header(height, |mut head| {
            let mut column = |says: &str, sort: Option<Sort>| {
                head.col(|ui| match sort {
                    Some(sort) => {
                        let name = egui::RichText::new(says).strong();
                        let name = if state.sort == sort { name.underline() } else { name };
                        let button = ui.add(egui::Button::new(name).frame(false));
                        if button.on_hover_text("Sort by this").clicked() {
                            state.sort = sort;
                            state.leave();
                        }
                    }
                    None => {
                        ui.strong(says);
                    }
                });
            };
            column("#", None);
            column("Raised", Some(Sort::Time));
            column("Machine", Some(Sort::Machine));
            if !medium {
                column("Sensor", Some(Sort::Sensor));
            }
            if !narrow {
                column("What was seen", None);
            }
            column("State", Some(Sort::State));
            column("Orders", None);
        })
        .body(|body| {
            body.rows(height, places.len(), |mut line| {
                let Some(row) = places.get(line.index()).and_then(|place| data.rows.get(*place)) else { return };
                line.set_selected(selected == Some(Thing::Alert(row.alert)));
                line.col(|ui| {
                    ui.label(row.number.to_string());
                });
                line.col(|ui| {
                    ui.label(&row.clock);
                });
                line.col(|ui| {
                    ui.label(&row.machine).on_hover_text(format!("{}: {}, seen by {}", row.about, row.trail, row.sensor));
                });
                if !medium {
                    line.col(|ui| {
                        ui.add(egui::Label::new(&row.sensor).truncate());
                    });
                }
                if !narrow {
                    line.col(|ui| {
                        ui.label(row.trail);
                    });
                }
                line.col(|ui| {
                    state_mark(row.state).show(ui);
                    ui.label(state_label(row.state));
                });
                line.col(|ui| {
                    for ((says, order), price) in row.orders.iter().zip(&row.prices) {
                        let button = ui.small_button(*says).on_hover_text(format!("Ordered at once; takes {price}"));
                        button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("{says} alert {}", row.number)));
                        if button.clicked() {
                            intents.push(give(data.revision, *order));
                        }
                    }
                });
                if line.response().clicked() {
                    intents.push(Intent::Select(Some(Thing::Alert(row.alert))));
                }
            });
        });
    intents
}
