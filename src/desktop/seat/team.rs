//! Tasks and people: what is being done, who there is to do it, who can be called.

use std::collections::BTreeMap;

use egui::{ScrollArea, Ui};

use super::{action_for, offer_buttons};
use crate::debrief::narrative::bare;
use crate::desktop::Intent;
use crate::desktop::theme::{self, Mark, Tone, space};
use crate::desktop::words::Names;
use crate::exercise::knowledge::{TaskState, View};
use crate::exercise::quote::quote;
use crate::ids::{DenseId, Key, VendorId};
use crate::scenario::written::{Verb, Watched};
use crate::vocabulary::{Order, team::Command, team::Outcome};

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    /// What is done, and to what.
    pub says: String,
    /// How far it has come.
    pub state: TaskState,
}

/// One person of the staff.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// What they can do.
    pub skills: String,
    /// When they work, and how soon they come otherwise.
    pub hours: String,
    /// By the roster they are at work now.
    pub on_shift: bool,
}

/// A company.
#[derive(Clone, Debug)]
pub struct Vendor {
    /// Its name.
    pub name: String,
    /// What it is for, how soon it comes and what it costs.
    pub about: String,
    /// Whether it is called or here.
    pub state: &'static str,
    /// What can be ordered about it now.
    pub orders: Vec<(&'static str, Order)>,
}

/// The panel's data.
#[derive(Clone, Debug)]
pub struct Data {
    /// Tasks that are not over, and then the others, the newest first.
    pub open: Vec<Task>,
    /// Those that are over.
    pub over: Vec<Task>,
    /// The staff.
    pub people: Vec<Person>,
    /// Companies this role knows of.
    pub vendors: Vec<Vendor>,
    /// Who is away.
    pub away: String,
    /// Calling everybody in, if it can be ordered.
    pub call_in: Vec<(&'static str, Order)>,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// What a role knows of tasks and people. `targets` are names by key.
pub fn data(view: &View<'_>, targets: &BTreeMap<Key, String>, revision: u64) -> Data {
    let names = Names::of(view);
    let (mut open, mut over) = (Vec::new(), Vec::new());
    for task in view.knowledge.tasks.iter().rev() {
        let target = match targets.get(&task.target) {
            Some(name) => name.clone(),
            None if view.knowledge.alerts.iter().any(|alert| alert.alert == task.target) => names.alert(task.target),
            None => String::new(),
        };
        let action = names.action(task.action);
        let says = if target.is_empty() { action.to_owned() } else { format!("{action}: {target}") };
        let list = if matches!(task.state, TaskState::Over(_)) { &mut over } else { &mut open };
        list.push(Task { says, state: task.state });
    }
    let (clock, day) = view.public.calendar.clock(view.now);
    let at_work = |watched: &Watched| match watched {
        Watched::Always => true,
        Watched::OfficeHours => day < 5 && (8 * 3600..18 * 3600).contains(&clock.0),
        Watched::Never => false,
        Watched::Between(from, until) if from <= until => *from <= clock && clock < *until,
        Watched::Between(from, until) => clock >= *from || clock < *until,
    };
    let time = |clock: crate::time::ClockTime| format!("{:02}:{:02}", clock.0 / 3600, clock.0 / 60 % 60);
    let people = (view.public.staff.iter())
        .filter(|staff| staff.vendor.is_none_or(|vendor| view.knowledge.vendors.get(vendor.index()).is_some_and(|belief| belief.here)))
        .map(|staff| {
            let hours = match staff.on_shift {
                Watched::Always => "around the clock".to_owned(),
                Watched::OfficeHours => "office hours".to_owned(),
                Watched::Never => "on call".to_owned(),
                Watched::Between(from, until) => format!("{} to {}", time(from), time(until)),
            };
            let comes = staff.comes_within.map_or_else(String::new, |within| format!("; comes within {within} when called"));
            Person {
                name: staff.name.clone(),
                skills: staff.skills.iter().map(|skill| skill.label()).collect::<Vec<_>>().join(", "),
                hours: format!("{hours}{comes}"),
                on_shift: at_work(&staff.on_shift),
            }
        });
    let engage = action_for(view, Verb::Engage);
    let vendors = (view.public.vendors.iter().zip(&view.knowledge.vendors).enumerate()).filter(|(_, (_, belief))| belief.known).map(
        |(place, (plan, belief))| {
            let order = engage.map(|action| Order { action, command: Command::Engage { vendor: VendorId::at(place) }.into() });
            let rate = crate::debrief::model::money(plan.cost_an_hour_minor_units, &view.public.currency);
            Vendor {
                name: plan.name.clone(),
                about: format!("{}. Comes within {}; {rate} an hour", bare(&plan.text), plan.arrives_within),
                state: if belief.here {
                    "at work"
                } else if belief.called {
                    "on the way"
                } else {
                    "not called"
                },
                orders: order.filter(|order| quote(view, order).is_ok()).map(|order| ("Call in", order)).into_iter().collect(),
            }
        },
    );
    let call_in = action_for(view, Verb::CallIn).map(|action| Order { action, command: Command::CallIn { skill: None }.into() });
    Data {
        open,
        over,
        people: people.collect(),
        vendors: vendors.collect(),
        away: if view.knowledge.away.is_empty() { String::new() } else { names.roles(view.knowledge.away) },
        call_in: call_in.filter(|order| quote(view, order).is_ok()).map(|order| ("Call everybody in", order)).into_iter().collect(),
        revision,
    }
}

fn task_ui(ui: &mut Ui, task: &Task) {
    let (mark, word) = match task.state {
        TaskState::Waiting => (Mark::New, "waits for somebody"),
        TaskState::Running => (Mark::Held, "in work"),
        TaskState::Over(Outcome::Done) => (Mark::Done, "done"),
        TaskState::Over(Outcome::Failed) => (Mark::Encrypted, "could not be done"),
    };
    ui.horizontal_wrapped(|ui| {
        mark.show(ui);
        ui.label(&task.says);
        ui.label(theme::muted(ui, word));
    });
}

/// Draws it.
pub fn team_ui(ui: &mut Ui, data: &Data) -> Vec<Intent> {
    let mut intents = Vec::new();
    ScrollArea::vertical().id_salt("team").auto_shrink(false).show(ui, |ui| {
        ui.label(egui::RichText::new("In work").text_style(theme::heading()));
        if data.open.is_empty() {
            ui.label("This role knows of no work that is under way.");
        }
        data.open.iter().for_each(|task| task_ui(ui, task));
        if !data.over.is_empty() {
            egui::CollapsingHeader::new(format!("Over ({})", data.over.len())).id_salt("tasks over").show(ui, |ui| {
                data.over.iter().take(200).for_each(|task| task_ui(ui, task));
            });
        }
        ui.add_space(space::USUAL);
        ui.label(egui::RichText::new("People").text_style(theme::heading()));
        if !data.away.is_empty() {
            theme::badge(ui, Tone::Warning, &format!("Away: {}", data.away));
        }
        offer_buttons(ui, "staff", &data.call_in, data.revision, &mut intents);
        for person in &data.people {
            ui.horizontal_wrapped(|ui| {
                if person.on_shift {
                    Mark::Held.show(ui);
                } else {
                    Mark::Aside.show(ui);
                }
                ui.label(&person.name);
                let shift = if person.on_shift { "on shift" } else { "off shift" };
                ui.label(theme::muted(ui, format!("{shift}; {}; {}", person.skills, person.hours)));
            });
        }
        if !data.vendors.is_empty() {
            ui.add_space(space::USUAL);
            ui.label(egui::RichText::new("Companies").text_style(theme::heading()));
        }
        for vendor in &data.vendors {
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    ui.strong(&vendor.name);
                    theme::badge(ui, if vendor.state == "not called" { Tone::Plain } else { Tone::Notice }, vendor.state);
                });
                ui.label(theme::muted(ui, &vendor.about));
                offer_buttons(ui, &vendor.name, &vendor.orders, data.revision, &mut intents);
            });
        }
    });
    intents
}
