//! Measures: every number with a name, as a fold over the ledger.
//!
//! [`Measures::of`] reads the ledger once and sorts what it finds by domain; the numbers are methods on the parts. Nothing here asks the engine
//! anything, so a number of the debrief can be computed again from a stored ledger alone. All of it is integers: seconds, percent, thousandths,
//! minor units of a currency.
//!
//! Measured time runs from STARTEX to ENDEX. What lies before STARTEX sets the state that play begins with, and is charged to nobody.

mod alerts;
mod compliance;
mod knowledge;
mod machines;
mod services;
mod team;
mod times;

#[cfg(test)]
pub(crate) mod made;
#[cfg(test)]
mod tests;

pub(crate) use alerts::median;
pub use alerts::{Alert, Alerts, Source};
pub use compliance::{Clock, Clocks, due};
pub use knowledge::{Belief, Knowledge, SaidOnce};
pub use machines::{Machines, Spread};
pub use services::{Change, ServiceLine, Services, Stretch};
pub use team::{Task, Team, TrustLine};
pub use times::Times;

use serde::Serialize;

use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{Fact, continuity, estate, exercise, incident_command, team as team_words};

/// The beginning of play.
pub const STARTEX: ExerciseTime = ExerciseTime(0);

/// A moment, and the fact that marks it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Debug)]
pub struct Mark {
    /// When, in seconds from STARTEX.
    pub at: ExerciseTime,
    /// Its place in the ledger.
    pub seq: u32,
}

impl Mark {
    /// The mark of a fact.
    pub fn of(happened: &Happened) -> Mark {
        Mark { at: happened.at, seq: happened.seq }
    }

    /// The moment, or STARTEX where it lies before: from when somebody in play could have acted on it.
    pub fn in_play(self) -> ExerciseTime {
        self.at.max(STARTEX)
    }
}

/// What led to a fact in the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Root {
    /// An order of the team: the how-manieth, where that was kept.
    Order(Option<u32>),
    /// The adversary.
    Adversary,
    /// The script: an inject, or a gate that nobody decided.
    Script,
    /// A fault that has nothing to do with the incident.
    OwnFault,
    /// What was laid down at STARTEX, or something whose cause was not kept.
    Origin,
}

/// Follows the causes of a fact back to whoever did it. What the adversary did is its own, even where an order provoked it; what was carried out
/// is an order's, even where somebody's coming to work set it off.
pub fn root(ledger: &Ledger, happened: &Happened) -> Root {
    let (mut now, mut ordered) = (*happened, false);
    loop {
        let found = match now.fact {
            Fact::Adversary(_) | Fact::Estate(estate::Fact::Encrypted { .. } | estate::Fact::BackupDestroyed { .. }) => Some(Root::Adversary),
            Fact::Continuity(continuity::Fact::OwnFault { .. }) => Some(Root::OwnFault),
            Fact::Injects(_) | Fact::Exercise(exercise::Fact::Directed { .. }) => Some(Root::Script),
            // Nobody ordered what was carried out because time ran out.
            Fact::IncidentCommand(incident_command::Fact::TimedOut { .. }) => return Root::Script,
            Fact::Exercise(exercise::Fact::Ordered { .. } | exercise::Fact::CarriedOut { .. }) | Fact::Team(team_words::Fact::TaskStarted { .. }) => {
                ordered = true;
                None
            }
            _ => None,
        };
        let end = if ordered { Root::Order(None) } else { found.unwrap_or(Root::Origin) };
        if found.is_some() {
            return end;
        }
        match now.cause {
            Cause::Entry(entry) => return Root::Order(Some(entry)),
            Cause::Origin => return end,
            // Causes lie before what they cause; anything else is no ledger of ours, and must not make this run for ever.
            Cause::Fact(seq) if seq < now.seq => match ledger.get(seq as usize) {
                Some(earlier) => now = *earlier,
                None => return end,
            },
            Cause::Fact(_) => return end,
        }
    }
}

/// All measures of a ledger.
#[derive(Clone, Debug)]
pub struct Measures {
    /// The fact that began play.
    pub startex: Option<Mark>,
    /// The end of what was played: ENDEX, or the last fact of an unfinished exercise.
    pub ended: ExerciseTime,
    /// Whether ENDEX was reached.
    pub finished: bool,
    /// Service levels, workarounds, cost.
    pub services: Services,
    /// Machines, backups and data.
    pub machines: Machines,
    /// Alerts.
    pub alerts: Alerts,
    /// Who knew, believed and said what.
    pub knowledge: Knowledge,
    /// Notification clocks.
    pub clocks: Clocks,
    /// Tasks, people, vendors, trust.
    pub team: Team,
    /// When a move opened, by move.
    pub moves: Vec<Option<Mark>>,
    /// When an incident was first declared.
    pub declared: Option<Mark>,
}

impl Measures {
    /// Folds a ledger. Takes one pass over the facts.
    pub fn of(program: &Program, ledger: &Ledger) -> Measures {
        let public = &program.public;
        let mut measures = Measures {
            startex: None,
            ended: STARTEX,
            finished: false,
            services: Services::begin(program),
            machines: Machines::begin(program),
            alerts: Alerts::default(),
            knowledge: Knowledge::begin(program),
            clocks: Clocks::begin(program),
            team: Team::begin(program),
            moves: vec![None; public.moves.len()],
            declared: None,
        };
        for happened in ledger.iter() {
            measures.take(ledger, happened);
        }
        let ended = measures.ended;
        measures.services.end(ended);
        measures.team.end(ended);
        measures
    }

    fn take(&mut self, ledger: &Ledger, happened: &Happened) {
        let mark = Mark::of(happened);
        if !self.finished {
            self.ended = self.ended.max(happened.at);
        }
        match &happened.fact {
            Fact::Exercise(exercise::Fact::Startex { .. }) => self.startex = self.startex.or(Some(mark)),
            Fact::Exercise(exercise::Fact::Endex {}) => {
                self.finished = true;
                self.ended = happened.at;
            }
            Fact::IncidentCommand(incident_command::Fact::MoveOpened { number }) => {
                if let Some(opened) = self.moves.get_mut(usize::from(number.0)) {
                    *opened = opened.or(Some(mark));
                }
            }
            Fact::IncidentCommand(incident_command::Fact::Declared { .. }) => self.declared = self.declared.or(Some(mark)),
            Fact::Continuity(fact) => self.services.take(ledger, happened, fact),
            Fact::Estate(fact) => self.machines.take_estate(mark, fact),
            Fact::Adversary(fact) => {
                self.machines.take_adversary(mark, fact);
                self.knowledge.take_truth(mark, fact);
            }
            Fact::Detection(fact) => self.alerts.take(ledger, happened, fact),
            Fact::Investigation(fact) => {
                self.machines.take_evidence(mark, fact);
                self.knowledge.take_belief(mark, fact);
            }
            Fact::Communication(fact) => {
                self.knowledge.take_said(mark, fact);
                self.team.take_trust(mark, fact);
            }
            Fact::Compliance(fact) => self.clocks.take(mark, fact),
            Fact::Documentation(fact) => self.knowledge.take_log(mark, fact),
            Fact::Team(fact) => self.team.take(mark, fact),
            Fact::Told(observation) => self.knowledge.take_told(mark, happened.roles, observation, &self.alerts),
            _ => {}
        }
    }

    /// How long was played.
    pub fn played(&self) -> Span {
        self.ended - STARTEX
    }

    /// When the adversary was contained: the first moment from which, up to ENDEX, it holds nothing that can act and has no way back. None where
    /// that did not come, even if nothing more happened for a long time: quiet is no proof.
    pub fn contained(&self) -> Option<Mark> {
        self.machines.evicted
    }

    /// Cost of what happened, in minor units: lost service hours, and vendors from their arrival to ENDEX. See
    /// [`Services::cost_minor_units`] and [`Team::vendor_cost_minor_units`].
    pub fn cost_minor_units(&self) -> i64 {
        self.services.cost_minor_units().saturating_add(self.team.vendor_cost_minor_units())
    }

    /// The timestamps that response times are named after.
    pub fn times(&self) -> Times {
        Times::of(self)
    }
}

/// `numerator / denominator`, halves up, for values that are not negative.
pub(crate) fn rounded(numerator: i128, denominator: i128) -> i128 {
    if denominator <= 0 { 0 } else { (numerator * 2 + denominator).div_euclid(denominator * 2) }
}

/// As a signed number of 64 bits, at most the largest.
pub(crate) fn clipped(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A number with its thousands set apart: `212 000`, with narrow no-break spaces.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if number < 0 { format!("\u{2212}{text}") } else { text }
}
