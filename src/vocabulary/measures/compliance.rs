//! Notification clocks: started, due, sent, missed.

use super::Mark;
use crate::ids::{DenseId, RuleId};
use crate::scenario::program::{Deadline, Program};
use crate::time::{Calendar, ExerciseTime, Span};
use crate::vocabulary::compliance::Fact;

/// What became of one rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clock {
    /// When its clock first started.
    pub started: Option<Mark>,
    /// When it was due; that second included.
    pub due: Option<ExerciseTime>,
    /// When the team determined that it applies.
    pub determined: Option<Mark>,
    /// When its notification was first sent, and whether that was in time.
    pub notified: Option<(Mark, bool)>,
    /// When its deadline passed without one.
    pub missed: Option<Mark>,
}

impl Clock {
    /// Its clock ran, and its notification was sent in time. Sending what nothing calls for meets no deadline.
    pub fn is_met(&self) -> bool {
        self.started.is_some() && self.missed.is_none() && self.notified.is_some_and(|(_, in_time)| in_time)
    }

    /// Its deadline passed without a notification, or the notification was late.
    pub fn is_missed(&self) -> bool {
        self.missed.is_some() || self.notified.is_some_and(|(_, in_time)| !in_time)
    }

    /// What was left of the deadline when the notification went out; negative when it was late.
    pub fn margin(&self) -> Option<Span> {
        Some(self.due? - self.notified?.0.at)
    }
}

/// What became of all rules.
#[derive(Clone, Debug)]
pub struct Clocks {
    /// By rule.
    pub list: Vec<Clock>,
    /// When a legal hold was placed.
    pub hold: Option<Mark>,
}

impl Clocks {
    pub(super) fn begin(program: &Program) -> Clocks {
        Clocks { list: vec![Clock::default(); program.public.rules.len()], hold: None }
    }

    pub(super) fn take(&mut self, mark: Mark, fact: &Fact) {
        let rule = match *fact {
            Fact::HoldPlaced { .. } => {
                self.hold = self.hold.or(Some(mark));
                return;
            }
            Fact::ClockStarted { rule, .. } | Fact::Determined { rule, .. } | Fact::Notified { rule, .. } | Fact::DeadlineMissed { rule } => rule,
        };
        let Some(clock) = self.list.get_mut(rule.index()) else { return };
        match *fact {
            Fact::ClockStarted { due, .. } if clock.started.is_none() => (clock.started, clock.due) = (Some(mark), Some(due)),
            Fact::Determined { .. } => clock.determined = clock.determined.or(Some(mark)),
            Fact::Notified { in_time, .. } => clock.notified = clock.notified.or(Some((mark, in_time))),
            Fact::DeadlineMissed { .. } => clock.missed = clock.missed.or(Some(mark)),
            _ => {}
        }
    }

    /// One clock.
    pub fn get(&self, rule: RuleId) -> Clock {
        self.list.get(rule.index()).copied().unwrap_or_default()
    }

    /// How many notifications were sent in time.
    pub fn met(&self) -> u32 {
        self.list.iter().filter(|clock| clock.is_met()).count() as u32
    }

    /// How many deadlines passed without one, or with a late one. A deadline that lies after ENDEX is neither met nor missed.
    pub fn missed(&self) -> u32 {
        self.list.iter().filter(|clock| clock.is_missed()).count() as u32
    }
}

/// When a notification is due whose clock started at a moment; that second included. Hours are elapsed time; days end when the clocks
/// show the same again. Business days are Monday to Friday, the day of the start not counted, and end with the last second of the last day; public
/// holidays are not known.
pub fn due(calendar: Calendar, deadline: Deadline, started: ExerciseTime) -> ExerciseTime {
    match deadline {
        Deadline::Span(span) => started + span,
        Deadline::Days(days) => calendar.days_after(started, days),
        Deadline::BusinessDays(days) => {
            let (_, mut weekday) = calendar.clock(started);
            // Ten years of them are beyond any exercise.
            let (mut left, mut gone) = (days.min(2600), 0);
            while left > 0 {
                gone += 1;
                weekday = (weekday + 1) % 7;
                left -= u32::from(weekday < 5);
            }
            calendar.end_of_day(started, gone) + Span(-1)
        }
    }
}
