//! What came of what the room recorded, and what going back would undo: read from what the session holds, changed by nothing here.

use std::collections::BTreeSet;

use super::{Doing, Session};
use crate::exercise::Receipt;
use crate::exercise::knowledge::TaskState;
use crate::exercise::quote::quote;
use crate::ids::*;
use crate::journal::{Annotation, RemarkKind};
use crate::policy::colleague::{Instruction, Waiting};
use crate::time::ExerciseTime;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::team::Outcome;
use crate::vocabulary::{Command, Fact, Order, communication, incident_command};

/// Kinds of remarks that people write down themselves.
const NOTES: [RemarkKind; 5] = [RemarkKind::Note, RemarkKind::Observation, RemarkKind::Rating, RemarkKind::Judged, RemarkKind::Assumption];

/// What is noted by itself when the exercise is stopped because of something real, and when it goes on.
pub const STOPS: [&str; 2] = ["The exercise was stopped: something real had happened.", "The exercise went on after the stop."];

/// Something that the room recorded.
#[derive(Clone, PartialEq, Debug)]
pub struct Recorded<'a> {
    /// When.
    pub at: ExerciseTime,
    /// In the room's words.
    pub words: &'a str,
    /// What they were taken to mean; none where they were only noted.
    pub means: Option<&'a str>,
    /// What came of it: one for each order that it stands for.
    pub became: Vec<Became>,
}

/// What became of an order of the room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    /// Nothing: it was only written down.
    Noted,
    /// Somebody was told to do it and has not yet.
    Told {
        /// Who.
        by: RoleId,
        /// Not before, where that lies ahead.
        from: Option<ExerciseTime>,
        /// Why it would be refused now, if it would.
        why: Option<Refusal>,
    },
    /// It was ordered, and is being worked on or done.
    Ordered {
        /// When.
        at: ExerciseTime,
        /// By whom.
        by: RoleId,
        /// How the work ended; none while it goes on.
        ended: Option<Outcome>,
    },
    /// It was ordered, and refused.
    Refused {
        /// When.
        at: ExerciseTime,
        /// By whom.
        by: RoleId,
        /// Why.
        why: Refusal,
    },
    /// It holds from now on, or waits for something to be so.
    Standing,
    /// It was taken back before anybody did it.
    TakenBack,
    /// It was not needed any more: it was so already, or was decided otherwise.
    Settled,
}

/// What people did after a moment, and going back to it would undo.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Undone {
    /// What the room recorded, decisions left out.
    pub records: usize,
    /// Decisions.
    pub decisions: usize,
    /// Orders that people gave themselves.
    pub orders: usize,
    /// What the facilitator did to the course of play.
    pub by_hand: usize,
    /// What was noted, observed, rated or assumed.
    pub notes: usize,
    /// What was recorded, decided or noted, in the words it has, in order.
    pub words: Vec<String>,
}

impl Session {
    /// All that the room recorded, in order, with what came of it.
    pub fn recorded(&self) -> Vec<Recorded<'_>> {
        let mut told: Vec<_> = (self.doings.iter())
            .filter_map(|(at, doing)| match doing {
                Doing::Instruction { words, told } => Some((*at, words.as_str(), Some(told.as_slice()))),
                _ => None,
            })
            .collect();
        // Each order in the list of those given answers for one record only.
        let mut taken = vec![false; self.issued().len()];
        let records = self.annotations.iter().filter(|remark| remark.kind == RemarkKind::Record);
        records
            .map(|remark| {
                let (at, words) = (remark.at.unwrap_or_default(), remark.text.as_str());
                let mine = told.iter_mut().find(|(when, said, told)| (*when, *said) == (at, words) && told.is_some() && remark.value.is_some());
                let became = match mine.and_then(|(_, _, told)| told.take()) {
                    Some(told) => self.became(at, told, &mut taken),
                    None => vec![Became::Noted],
                };
                Recorded { at, words, means: remark.value.as_deref(), became }
            })
            .collect()
    }

    /// What became of instructions that were given at a moment: one for each order, whoever of several was told to give it.
    fn became(&self, at: ExerciseTime, told: &[(RoleId, Instruction)], taken: &mut [bool]) -> Vec<Became> {
        let mut standing = false;
        let mut orders: Vec<(Waiting, Vec<RoleId>)> = Vec::new();
        let mut enter = |role: RoleId, waiting: &Waiting| match orders.iter_mut().find(|(known, _)| known.order == waiting.order) {
            Some((_, roles)) => roles.push(role),
            None => orders.push((*waiting, vec![role])),
        };
        for (role, instruction) in told {
            match instruction {
                Instruction::Do(waiting) => enter(*role, waiting),
                Instruction::SeeTo(_) => standing = true,
                Instruction::Once(trigger, list) if self.driver.standing(*role).contains(&(*trigger, list.clone())) => standing = true,
                Instruction::Once(_, list) => list.iter().for_each(|waiting| enter(*role, waiting)),
                Instruction::Leave(_) => return vec![Became::TakenBack],
            }
        }
        let is_signature = |order: &Order| matches!(order.command, Command::Communication(communication::Command::SignOff { .. }));
        // What a statement needs to be signed by is said by the statement that waits for it.
        if !orders.iter().all(|(waiting, _)| is_signature(&waiting.order)) {
            orders.retain(|(waiting, _)| !is_signature(&waiting.order));
        }
        let mut became: Vec<Became> = orders.iter().map(|(waiting, roles)| self.order_became(at, *waiting, roles, taken)).collect();
        if standing {
            became.push(Became::Standing);
        }
        became
    }

    fn order_became(&self, told_at: ExerciseTime, waiting: Waiting, roles: &[RoleId], taken: &mut [bool]) -> Became {
        let order = waiting.order;
        let issued = self.issued().iter().enumerate().find(|(place, issued)| {
            !taken.get(*place).copied().unwrap_or(true) && issued.at >= told_at && issued.order == order && roles.contains(&issued.role)
        });
        if let Some((place, issued)) = issued {
            taken[place] = true;
            return match issued.receipt {
                Receipt::Refused(why) => Became::Refused { at: issued.at, by: issued.role, why },
                Receipt::Accepted(None) => Became::Ordered { at: issued.at, by: issued.role, ended: Some(Outcome::Done) },
                Receipt::Accepted(Some(task)) => {
                    let task = self.view(issued.role).knowledge.tasks.iter().find(|known| known.task == task).map(|task| task.state);
                    let ended = if let Some(TaskState::Over(outcome)) = task { Some(outcome) } else { None };
                    Became::Ordered { at: issued.at, by: issued.role, ended }
                }
            };
        }
        let still = |role: &&RoleId| self.waiting(**role).iter().any(|known| known.order == order);
        if let Some(by) = roles.iter().find(still).copied() {
            let why = quote(&self.view(by), &order).err();
            return Became::Told { by, from: Some(waiting.from).filter(|from| *from > self.now()), why };
        }
        let left = self.doings.iter().any(|(at, doing)| match doing {
            Doing::Instruction { told, .. } if *at >= told_at => {
                told.iter().any(|(role, instruction)| roles.contains(role) && *instruction == Instruction::Leave(order))
            }
            _ => false,
        });
        if left { Became::TakenBack } else { Became::Settled }
    }

    /// What people did after a moment.
    pub fn undone_by(&self, to: ExerciseTime) -> Undone {
        let gates = &self.prepared.program.public.gates;
        let gate = |remark: &Annotation| gates.iter().position(|gate| remark.about.as_deref() == Some(gate.id.as_str()));
        let mut undone = Undone::default();
        let decided = self.exercise().ledger().iter().filter(|happened| happened.at > to).filter_map(|happened| match happened.fact {
            Fact::IncidentCommand(incident_command::Fact::Decided { gate, .. }) => Some(gate.index()),
            _ => None,
        });
        let mut decisions: BTreeSet<usize> = decided.collect();
        for remark in self.annotations.iter().filter(|remark| remark.at.is_some_and(|at| at > to)) {
            match (&remark.kind, gate(remark)) {
                (RemarkKind::Record, Some(gate)) => decisions.extend([gate]),
                (RemarkKind::Record, None) => undone.records += 1,
                // That the exercise was stopped is no note of anybody's.
                (kind, _) if NOTES.contains(kind) && !STOPS.contains(&remark.text.as_str()) => undone.notes += 1,
                _ => continue,
            }
            undone.words.push(remark.text.clone());
        }
        for (_, doing) in self.doings.iter().filter(|(at, _)| *at > to) {
            match doing {
                // What was decided is counted as that.
                Doing::Order { order, .. } if super::gate_of(order).is_none() => undone.orders += 1,
                Doing::Direction { .. } => undone.by_hand += 1,
                _ => {}
            }
        }
        Undone { decisions: decisions.len(), ..undone }
    }
}
