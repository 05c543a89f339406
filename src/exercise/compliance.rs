//! Compliance: notification clocks, started by what the team knew or decided, and the legal hold.

use bevy::ecs::resource::Resource;

use crate::exercise::agenda::{Lane, Work};
use crate::exercise::outbox::Outbox;
use crate::exercise::team;
use crate::ids::*;
use crate::scenario::program::Program;
use crate::scenario::written::Starts;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::compliance::{Command, Fact, Observation};
use crate::vocabulary::measures;
use crate::vocabulary::team::Outcome;

/// What is due in compliance.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    /// Somebody in the team was told a claim as true.
    Told { claim: ClaimId },
    /// A deadline is over.
    Deadline { rule: RuleId },
}

#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    due: Option<ExerciseTime>,
    sent: bool,
}

/// The state of clocks.
#[derive(Resource, Clone, Debug)]
pub struct Compliance {
    clocks: Vec<Clock>,
    hold: bool,
}

impl Compliance {
    /// No clock runs.
    pub fn at_startex(program: &Program) -> Compliance {
        Compliance { clocks: vec![Clock::default(); program.public.rules.len()], hold: false }
    }

    pub(super) fn handle(&mut self, due: Due, out: &mut Outbox<'_>) {
        match due {
            Due::Told { claim } => {
                for (place, rule) in out.program.public.rules.iter().enumerate() {
                    if rule.in_force && rule.starts == Starts::Aware && rule.aware_of.contains(&claim) {
                        self.start(RuleId::at(place), out);
                    }
                }
            }
            Due::Deadline { rule } => {
                if !self.clocks[rule.index()].sent {
                    out.fact(Fact::DeadlineMissed { rule });
                    let roles = out.roles(|role| role.rules.contains(&rule));
                    out.tell(roles, Observation::DeadlinePassed { rule });
                }
            }
        }
    }

    /// Starts a clock that does not run yet. Its last second belongs to those who notify.
    fn start(&mut self, rule: RuleId, out: &mut Outbox<'_>) {
        let clock = &mut self.clocks[rule.index()];
        if clock.due.is_some() || clock.sent {
            return;
        }
        let public = &out.program.public;
        let due = measures::due(public.calendar, public.rules[rule.index()].deadline, out.now);
        clock.due = Some(due);
        out.fact(Fact::ClockStarted { rule, due });
        let roles = out.roles(|role| role.rules.contains(&rule));
        out.tell(roles, Observation::ClockRuns { rule, due });
        out.later(due + Span(1), Lane::World, Due::Deadline { rule });
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, out: &mut Outbox<'_>) {
        match command {
            Command::Determine { rule } => {
                out.fact(Fact::Determined { rule, role: work.role });
                if out.program.public.rules[rule.index()].starts != Starts::Notified {
                    self.start(rule, out);
                }
            }
            Command::Notify { rule } => {
                let clock = &mut self.clocks[rule.index()];
                if !clock.sent {
                    clock.sent = true;
                    let in_time = clock.due.is_none_or(|due| out.now <= due);
                    out.fact(Fact::Notified { rule, role: work.role, in_time });
                    let roles = out.roles(|role| role.rules.contains(&rule)).with(work.role);
                    out.tell(roles, Observation::NotificationIsOut { rule });
                    for (place, other) in out.program.public.rules.iter().enumerate() {
                        if other.in_force && other.starts == Starts::Notified && other.after == Some(rule) {
                            self.start(RuleId::at(place), out);
                        }
                    }
                }
            }
            Command::Preserve {} => {
                if !std::mem::replace(&mut self.hold, true) {
                    out.fact(Fact::HoldPlaced { role: work.role });
                    let everybody = out.everybody();
                    out.tell(everybody, Observation::HoldIsOn {});
                }
            }
        }
        out.ask(team::Due::Ended { work, outcome: Outcome::Done });
    }
}
