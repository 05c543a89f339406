//! What is due, by (time, lane, order of entry).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use bevy::ecs::resource::Resource;

use crate::exercise::{
    adversary, communication, compliance, continuity, detection, estate, incident_command, injects, investigation, response, team,
};
use crate::ids::{ConditionId, DenseId, Key, RoleId};
use crate::scenario::program::Program;
use crate::time::ExerciseTime;
use crate::vocabulary::Order;
use crate::vocabulary::ledger::Cause;

/// Something that a domain has to do at a moment.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    Estate(estate::Due),
    Adversary(adversary::Due),
    Detection(detection::Due),
    Investigation(investigation::Due),
    Response(response::Due),
    Team(team::Due),
    IncidentCommand(incident_command::Due),
    Communication(communication::Due),
    Compliance(compliance::Due),
    Continuity(continuity::Due),
    Injects(injects::Due),
    /// A condition has come true.
    Condition(ConditionId),
    /// The clock may have made a condition true.
    LookAt(ConditionId),
    /// A decision orders something in a role's name.
    Order {
        role: RoleId,
        order: Order,
    },
    /// Work is done; its domain makes it so.
    CarryOut(Work),
    /// The past is over and play starts.
    Startex,
    /// Play ends.
    Endex,
}

macro_rules! dues {
    ($($domain:ident($module:ident)),* $(,)?) => {$(
        impl From<$module::Due> for Due {
            fn from(due: $module::Due) -> Due {
                Due::$domain(due)
            }
        }
    )*};
}

dues! {
    Estate(estate), Adversary(adversary), Detection(detection), Investigation(investigation), Response(response), Team(team),
    IncidentCommand(incident_command), Communication(communication), Compliance(compliance), Continuity(continuity), Injects(injects),
}

impl Due {
    /// For whoever has to mend a scenario: orders with what the author called them, everything else by its name in the code, in words.
    pub fn in_words(&self, program: &Program) -> String {
        let public = &program.public;
        let action = |order: &Order| public.actions.get(order.action.index()).map_or("", |action| action.id.as_str());
        match self {
            Due::Order { role, order } => {
                let role = public.roles.get(role.index()).map_or("", |role| role.id.as_str());
                format!("the order `{}` of `{role}`", action(order))
            }
            Due::CarryOut(work) => format!("carrying out `{}`", action(&work.order)),
            other => in_short(&format!("{other:?}")),
        }
    }
}

/// The two first names of what is due: the domain, and what is due there. The numbers of ids say nothing to anybody.
fn in_short(debug: &str) -> String {
    let names = debug.split(|c: char| !c.is_ascii_alphanumeric()).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    names.filter(|name| !name.ends_with("Id")).take(2).map(apart).collect::<Vec<_>>().join(": ")
}

/// `OwnFault` as `own fault`.
fn apart(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// An order whose work is done.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Work {
    /// Whose order.
    pub role: RoleId,
    /// The order.
    pub order: Order,
    /// The key of its target.
    pub target: Key,
    /// Its task, if it needed one.
    pub task: Option<Key>,
}

/// Which of several things due in the same second comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Lane {
    /// STARTEX, before anything else of its second.
    First,
    /// What follows at once from what has just happened.
    AtOnce,
    /// Work that ends.
    Work,
    /// The adversary, sensors, services.
    World,
    /// Conditions and the running order.
    Script,
    /// The end.
    Last,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Slot {
    at: ExerciseTime,
    lane: Lane,
    order: u64,
    place: u32,
}

/// The agenda.
#[derive(Resource, Clone, Debug, Default)]
pub struct Agenda {
    heap: BinaryHeap<Reverse<Slot>>,
    dues: Vec<(Cause, Due)>,
    free: Vec<u32>,
    entered: u64,
    drained: u64,
}

impl Agenda {
    /// Enters a due.
    pub fn enter(&mut self, at: ExerciseTime, lane: Lane, cause: Cause, due: Due) {
        let place = match self.free.pop() {
            Some(place) => {
                self.dues[place as usize] = (cause, due);
                place
            }
            None => {
                self.dues.push((cause, due));
                (self.dues.len() - 1) as u32
            }
        };
        self.heap.push(Reverse(Slot { at, lane, order: self.entered, place }));
        self.entered += 1;
    }

    /// The next moment at which something is due.
    pub fn next_at(&self) -> Option<ExerciseTime> {
        self.heap.peek().map(|Reverse(slot)| slot.at)
    }

    /// Takes the next due up to and including a moment.
    pub fn take(&mut self, until: ExerciseTime) -> Option<(ExerciseTime, Cause, Due)> {
        if self.next_at()? > until {
            return None;
        }
        let Reverse(slot) = self.heap.pop()?;
        let (cause, due) = self.dues[slot.place as usize];
        self.free.push(slot.place);
        self.drained += 1;
        Some((slot.at, cause, due))
    }

    /// Forgets everything that is still due.
    pub fn clear(&mut self) {
        self.heap.clear();
        self.dues.clear();
        self.free.clear();
    }

    /// How many dues have been drained.
    pub fn drained(&self) -> u64 {
        self.drained
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_is_named_in_words() {
        let service = crate::ids::ServiceId::at(0);
        let due = Due::Continuity(continuity::Due::OwnFault { service, ended: true });
        assert_eq!(in_short(&format!("{due:?}")), "continuity: own fault");
        assert_eq!(in_short(&format!("{:?}", Due::LookAt(ConditionId::at(3)))), "look at");
        assert_eq!(in_short(&format!("{:?}", Due::Endex)), "endex");
    }
}
