//! Tasks and people: what is being done, who there is to do it, who can be called.

use std::collections::BTreeMap;

use egui::{ScrollArea, Ui};

use super::{action_for, offer_buttons};
use crate::debrief::narrative::bare;
use crate::desktop::Intent;
use crate::desktop::theme::{self, Mark, Tone, space};
use crate::desktop::words::{self, Names};
use crate::exercise::hours;
use crate::exercise::knowledge::{TaskBelief, TaskState, View};
use crate::exercise::quote::quote;
use crate::ids::{DenseId, GroupId, Key, SensorId, VendorId};
use crate::scenario::program::Staff;
use crate::scenario::written::{Verb, Watched};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::team::{Command, Observation as Told, Outcome};
use crate::vocabulary::{Observation, Order};

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    /// What is done, and to what.
    pub says: String,
    /// How far it has come.
    pub state: TaskState,
    /// Since when, and until about when where it usually takes so long.
    pub times: String,
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
    /// They are at work now, by the rota or because they were called in.
    pub on_shift: bool,
    /// Since when and until when, or when they come, as far as this role can tell.
    pub presence: String,
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

/// What was told of one task, and when.
#[derive(Clone, Copy, Default)]
struct Course {
    waits: Option<ExerciseTime>,
    runs: Option<ExerciseTime>,
    over: Option<ExerciseTime>,
}

fn course(view: &View<'_>) -> BTreeMap<Key, Course> {
    let mut all: BTreeMap<Key, Course> = BTreeMap::new();
    for heard in view.knowledge.news.iter() {
        match heard.observation {
            Observation::Team(Told::TaskWaits { task, .. }) => all.entry(task).or_default().waits = Some(heard.at),
            Observation::Team(Told::TaskRuns { task }) => all.entry(task).or_default().runs = Some(heard.at),
            Observation::Team(Told::TaskIsOver { task, .. }) => all.entry(task).or_default().over = Some(heard.at),
            _ => {}
        }
    }
    all
}

impl Course {
    fn says(self, view: &View<'_>, task: &TaskBelief) -> String {
        let clock = |at: ExerciseTime| view.public.calendar.label(at);
        match (self.waits, self.runs, self.over) {
            (_, _, Some(over)) => format!("at {}", clock(over)),
            (_, Some(runs), None) => {
                let until = runs + usually_takes(view, task);
                let until = if until > view.now { format!("usually done by about {}", clock(until)) } else { "takes longer than usual".to_owned() };
                format!("since {}; {until}", clock(runs))
            }
            (Some(waits), None, None) => {
                let plan = view.public.actions.get(task.action.index());
                let skill = plan.and_then(|plan| Some(format!("; wants {} of {}", words::people(plan.people.max(1)), plan.skill?.label())));
                format!("since {}{}", clock(waits), skill.unwrap_or_default())
            }
            (None, None, None) => String::new(),
        }
    }
}

/// How long this usually takes rested people.
fn usually_takes(view: &View<'_>, task: &TaskBelief) -> Span {
    let Some(plan) = view.public.actions.get(task.action.index()) else { return Span::ZERO };
    let group = (view.public.groups.iter().enumerate()).find(|(place, _)| view.names.of(GroupId::at(*place)) == task.target);
    let machines = group.map_or(1, |(_, group)| group.assets.len());
    let sensor = (view.public.sensors.iter().enumerate()).find(|(place, _)| view.names.of(SensorId::at(*place)) == task.target);
    // Records that somebody else holds take their time to come.
    let answer = sensor.filter(|_| plan.verb == Verb::Query).map_or(Span::ZERO, |(_, sensor)| sensor.answer_takes);
    Span(plan.takes.0 + plan.each.0 * machines.saturating_sub(1) as i64) + answer
}

/// Whether somebody is at work, and since or until when: by the rota, and by what this role was told of people being called in.
fn presence(view: &View<'_>, staff: &Staff) -> (bool, String) {
    let calendar = &view.public.calendar;
    let clock = |at: ExerciseTime| calendar.label(at);
    let here_by_vendor = staff.vendor.and_then(|vendor| {
        view.knowledge.news.iter().find(|heard| heard.observation == Observation::Team(Told::VendorIsHere { vendor })).map(|heard| heard.at)
    });
    if let Some(at) = here_by_vendor {
        return (true, format!("here since {} ({})", clock(at), view.now - at));
    }
    let concerns = |skill: Option<crate::scenario::written::Skill>| staff.vendor.is_none() && skill.is_none_or(|skill| staff.skills.contains(&skill));
    let called = view.knowledge.news.iter().find_map(|heard| match heard.observation {
        Observation::Team(Told::StaffCalled { skill }) if concerns(skill) => Some(heard.at),
        _ => None,
    });
    let rota = hours::within(staff.on_shift, calendar, view.now);
    if let Some(called) = called {
        if hours::within(staff.on_shift, calendar, called) {
            return (true, format!("at work when called at {}, and stays", clock(called)));
        }
        let Some(within) = staff.comes_within else {
            return (rota, format!("called in at {}; when they come, this role is not told", clock(called)));
        };
        let due = called + within;
        return if due <= view.now {
            (true, format!("called in, due here since {} ({})", clock(due), view.now - due))
        } else {
            (rota, format!("called in at {}, arrives by {}", clock(called), clock(due)))
        };
    }
    let changes = hours::next_change(staff.on_shift, calendar, view.now);
    let says = match (rota, changes) {
        (true, Some(until)) => format!("on shift by the rota until {}", clock(until)),
        (true, None) => "on shift by the rota".to_owned(),
        (false, Some(from)) => format!("off shift by the rota until {}", clock(from)),
        (false, None) => "on call".to_owned(),
    };
    (rota, says)
}

/// What a role knows of tasks and people. `targets` are names by key.
pub fn data(view: &View<'_>, targets: &BTreeMap<Key, String>, revision: u64) -> Data {
    let names = Names::of(view);
    let (mut open, mut over) = (Vec::new(), Vec::new());
    let tasks = words::tasks_by_key(view, targets);
    let course = course(view);
    for task in view.knowledge.tasks.iter().rev() {
        let says = tasks.get(&task.task).cloned().unwrap_or_default();
        let times = course.get(&task.task).map_or_else(String::new, |course| course.says(view, task));
        let list = if matches!(task.state, TaskState::Over(_)) { &mut over } else { &mut open };
        list.push(Task { says, state: task.state, times });
    }
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
            let (on_shift, presence) = presence(view, staff);
            Person {
                name: staff.name.clone(),
                skills: staff.skills.iter().map(|skill| skill.label()).collect::<Vec<_>>().join(", "),
                hours: format!("{hours}{comes}"),
                on_shift,
                presence,
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

/// What the rules of play tell no role.
const NOT_TOLD: &str = "Who works on which task, who was called in by others and who went home to rest, this role is not told.";

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
        if !task.times.is_empty() {
            ui.label(theme::muted(ui, &task.times));
        }
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
        ui.label(theme::muted(ui, NOT_TOLD));
        for person in &data.people {
            ui.horizontal_wrapped(|ui| {
                if person.on_shift {
                    Mark::Held.show(ui);
                } else {
                    Mark::Aside.show(ui);
                }
                ui.label(&person.name);
                ui.label(&person.presence);
                ui.label(theme::muted(ui, format!("{}; {}", person.skills, person.hours)));
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
