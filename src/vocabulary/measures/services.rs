//! Service levels over time: minutes lost, cost, people, stretches, workarounds.

use super::{Mark, Root, clipped, root, rounded};
use crate::ids::{DenseId, ServiceId};
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::continuity::Fact;
use crate::vocabulary::ledger::{Happened, Ledger};

/// A service came to a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// When, and through which fact.
    pub mark: Mark,
    /// The level from then on, 0 to 100, workaround included.
    pub percent: u8,
    /// Whether an order of the team led to it.
    pub by_own_order: bool,
}

/// A time without a break in which a service was below a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The fall.
    pub fell: Change,
    /// From when it counts: the fall, or STARTEX.
    pub from: ExerciseTime,
    /// When it was over, or ENDEX.
    pub until: ExerciseTime,
    /// Whether it was over before ENDEX.
    pub over: bool,
}

impl Stretch {
    /// How long it was.
    pub fn length(&self) -> Span {
        self.until - self.from
    }
}

/// The time line of one service.
#[derive(Clone, Debug, Default)]
pub struct ServiceLine {
    /// Levels, in order; 100 percent before the first.
    pub changes: Vec<Change>,
    /// When its workaround started, and ended.
    pub workarounds: Vec<(Mark, Option<Mark>)>,
    /// When people could not keep it up any longer.
    pub worn_out: Option<Mark>,
    ended: ExerciseTime,
}

impl ServiceLine {
    /// The parts of play with one level each: from, until, percent.
    pub fn parts(&self) -> impl Iterator<Item = (ExerciseTime, ExerciseTime, u8)> + '_ {
        let nexts = self.changes.iter().skip(1).map(|change| change.mark.at).chain([self.ended]);
        self.changes.iter().zip(nexts).filter_map(|(change, next)| {
            let (from, until) = (change.mark.in_play().min(self.ended), next.min(self.ended));
            (until > from).then_some((from, until, change.percent))
        })
    }

    /// What was missing, in percent times seconds: a service at 40 percent for ten seconds misses 600.
    pub fn missing_percent_seconds(&self) -> i128 {
        self.parts().map(|(from, until, percent)| i128::from(100 - percent.min(100)) * i128::from((until - from).0)).sum()
    }

    /// The stretches of play below a level. A stretch that began before STARTEX counts from STARTEX.
    pub fn stretches_below(&self, percent: u8) -> Vec<Stretch> {
        let mut found = Vec::new();
        let mut open: Option<Change> = None;
        let mut close = |fell: Change, until: ExerciseTime, over: bool| {
            let from = fell.mark.in_play();
            if until > from {
                found.push(Stretch { fell, from, until, over });
            }
        };
        for change in self.changes.iter().filter(|change| change.mark.at <= self.ended) {
            match (open, change.percent < percent) {
                (None, true) => open = Some(*change),
                (Some(fell), false) => {
                    close(fell, change.mark.at, true);
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(fell) = open {
            close(fell, self.ended, false);
        }
        found
    }

    /// The longest stretch below a level.
    pub fn worst_stretch_below(&self, percent: u8) -> Option<Stretch> {
        self.stretches_below(percent).into_iter().max_by_key(|stretch| (stretch.length(), std::cmp::Reverse(stretch.fell.mark)))
    }

    /// Whether the workaround ran at a moment.
    pub fn workaround_runs(&self, at: ExerciseTime) -> bool {
        self.workarounds.iter().any(|(started, ended)| started.at <= at && ended.is_none_or(|ended| ended.at > at))
    }

    /// The level at ENDEX.
    pub fn at_end(&self) -> u8 {
        self.changes.last().map_or(100, |change| change.percent)
    }
}

/// What is needed of a service's table entry.
#[derive(Clone, Copy, Debug)]
struct Worth {
    criticality: u8,
    cost_an_hour_minor_units: i64,
}

/// The time lines of all services.
#[derive(Clone, Debug)]
pub struct Services {
    /// By service.
    pub lines: Vec<ServiceLine>,
    worth: Vec<Worth>,
}

impl Services {
    pub(super) fn begin(program: &Program) -> Services {
        let services = &program.public.services;
        Services {
            lines: vec![ServiceLine::default(); services.len()],
            worth: services
                .iter()
                .map(|service| Worth { criticality: service.criticality, cost_an_hour_minor_units: service.cost_an_hour_minor_units })
                .collect(),
        }
    }

    pub(super) fn take(&mut self, ledger: &Ledger, happened: &Happened, fact: &Fact) {
        let mark = Mark::of(happened);
        match *fact {
            Fact::ServiceLevel { service, percent } => {
                if let Some(line) = self.lines.get_mut(service.index()) {
                    let by_own_order = matches!(root(ledger, happened), Root::Order(_));
                    line.changes.push(Change { mark, percent, by_own_order });
                }
            }
            Fact::WorkaroundStarted { service } => {
                if let Some(line) = self.lines.get_mut(service.index()) {
                    line.workarounds.push((mark, None));
                }
            }
            Fact::WorkaroundEnded { service } | Fact::WorkaroundWornOut { service } => {
                if let Some(line) = self.lines.get_mut(service.index()) {
                    if let Some((_, ended)) = line.workarounds.last_mut() {
                        *ended = ended.or(Some(mark));
                    }
                    if matches!(fact, Fact::WorkaroundWornOut { .. }) {
                        line.worn_out = line.worn_out.or(Some(mark));
                    }
                }
            }
            Fact::Prioritised { .. } | Fact::OwnFault { .. } => {}
        }
    }

    pub(super) fn end(&mut self, ended: ExerciseTime) {
        self.lines.iter_mut().for_each(|line| line.ended = ended);
    }

    /// The line of a service.
    pub fn line(&self, service: ServiceId) -> Option<&ServiceLine> {
        self.lines.get(service.index())
    }

    /// Service minutes lost, weighted by criticality: for each service, the sum over play of (100 - percent) / 100 x minutes x criticality / 3;
    /// all of it added up, and then rounded once, halves up. A service of criticality 3 that is off for an hour loses 60; one of criticality 5,
    /// 100.
    pub fn minutes_lost(&self, of: impl Iterator<Item = ServiceId>) -> u64 {
        let sum: i128 = of
            .filter_map(|service| Some((self.lines.get(service.index())?, self.worth.get(service.index())?)))
            .map(|(line, worth)| line.missing_percent_seconds() * i128::from(worth.criticality))
            .sum();
        clipped(rounded(sum, 100 * 60 * 3)).unsigned_abs()
    }

    /// All services.
    pub fn all(&self) -> impl Iterator<Item = ServiceId> + use<> {
        (0..self.lines.len()).map(ServiceId::at)
    }

    /// What lost service hours cost: the sum of cost an hour x hours x the share that was missing, rounded once, in minor units.
    pub fn cost_minor_units(&self) -> i64 {
        let sum: i128 =
            self.lines.iter().zip(&self.worth).map(|(line, worth)| line.missing_percent_seconds() * i128::from(worth.cost_an_hour_minor_units)).sum();
        clipped(rounded(sum, 100 * 3600))
    }

    /// From when on all services were whole again and stayed so; none if one never was, or if none ever fell.
    pub fn all_restored(&self) -> Option<Mark> {
        if self.lines.iter().any(|line| line.at_end() < 100) {
            return None;
        }
        self.lines.iter().filter(|line| !line.stretches_below(100).is_empty()).filter_map(|line| line.changes.last()).map(|change| change.mark).max()
    }
}
