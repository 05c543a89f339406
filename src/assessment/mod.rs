//! Assessment: a finished ledger and a rubric become results with reasons.
//!
//! A pure function of the program, the ledger and the conditions that came true in it; nothing here looks at an engine, a screen or a clock. Each
//! criterion is *earned*, *missed* (its opportunity came and went: no points) or *not evaluated*, and says why with numbers, units, and the facts
//! they come from.
//!
//! **Score**: 100 x points earned / points of the earned and missed criteria, rounded halves up. Criteria that were not evaluated count neither
//! way; below 70 percent of all points evaluated there is no score, because it would speak of too little. Criteria that the cut leaves out do not
//! belong to the exercise, and are in no total.
//!
//! **Beliefs** are scored against what anybody is who knows nothing and says 50 percent: 1 - (belief - truth)^2 / 0.25, where belief and truth lie
//! between 0 and 1. Surely right earns all points, 50 percent nothing, and surely wrong costs three times the points, taken from what the other
//! beliefs earn; only their sum is kept from falling below zero.

mod criteria;
mod curves;
mod facilitator;
mod outcome;
mod ratings;
#[cfg(test)]
mod tests;

pub use facilitator::HELPED;

pub use curves::{falling, rising};
pub use outcome::{Ending, Outcome};
pub use ratings::{CapabilityRating, Clause, Rating, TargetRating};

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::scenario::program::{BasisKind, Program};
use crate::scenario::written::Capability;
use crate::time::ExerciseTime;
use crate::vocabulary::condition::Watch;
use crate::vocabulary::ledger::Ledger;
use crate::vocabulary::measures::{Measures, Times};

/// The share of all points that must be evaluated before there is a score, in percent.
pub const LEAST_EVALUATED_PERCENT: u64 = 70;

/// What evaluators and facilitators add to what a machine can judge. Both by the id of the criterion.
#[derive(Clone, Debug, Default)]
pub struct FromPeople {
    /// What an evaluator gave a `Judged` criterion: thousandths of its points, and a note.
    pub judged: BTreeMap<String, (u16, String)>,
    /// Criteria that are set aside, and why: a hint, a rewind, an override or an accepted assumption touched them. They are not evaluated.
    pub set_aside: BTreeMap<String, String>,
    /// Stretches that were played twice, because play went back: to when, from when. What rests on them was seen before it was decided.
    pub gone_back: Vec<(ExerciseTime, ExerciseTime)>,
}

/// Where a result comes from.
#[derive(Clone, PartialEq, Eq, Serialize, Debug, Default)]
pub struct Why {
    /// The facts it came from, by their place in the ledger.
    pub facts: Vec<u32>,
    /// One plain sentence.
    pub says: String,
}

/// What became of a criterion.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum CriterionResult {
    /// Some of its points, or all.
    Earned {
        /// In thousandths of a point.
        points_milli: u32,
    },
    /// Its opportunity came and went.
    Missed {
        /// The fact that opened it; none where the clock did.
        opened_by: Option<u32>,
    },
    /// It counts neither way.
    NotEvaluated {
        /// Why not.
        reason: String,
    },
}

/// One criterion, and what became of it.
#[derive(Clone, Serialize, Debug)]
pub struct Assessed {
    /// Its id.
    pub id: String,
    /// What it says to the person it describes.
    pub text: String,
    /// The id of its capability target.
    pub target: String,
    /// The capability it counts for.
    #[serde(serialize_with = "label")]
    pub counts_for: Capability,
    /// What it is worth.
    pub points: u16,
    /// On what ground it stands.
    pub basis: AssessedBasis,
    /// What became of it.
    #[serde(flatten)]
    pub result: CriterionResult,
    /// Why.
    pub why: Why,
    /// The cut leaves it out; it is in no total.
    pub left_out: bool,
}

/// On what ground a criterion stands, for the reader of a report.
#[derive(Clone, Serialize, Debug)]
pub struct AssessedBasis {
    /// `law`, `standard`, `own_plan` or `judgement`.
    pub kind: &'static str,
    /// What it says.
    pub says: String,
    /// The cited work, or who reviewed the judgement.
    pub source: String,
}

impl Assessed {
    /// Its points in thousandths, if it was evaluated; of how many it could have earned.
    pub fn counted(&self) -> Option<(u64, u64)> {
        let possible = u64::from(self.points) * 1000;
        match self.result {
            CriterionResult::Earned { points_milli } => Some((u64::from(points_milli), possible)),
            CriterionResult::Missed { .. } => Some((0, possible)),
            CriterionResult::NotEvaluated { .. } => None,
        }
    }
}

/// Scores by capability, 0 to 100; none where nothing was evaluated.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scores(pub [Option<u8>; 9]);

impl Scores {
    /// One of them.
    pub fn of(&self, capability: Capability) -> Option<u8> {
        Capability::ALL.iter().position(|known| *known == capability).and_then(|place| self.0[place])
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (capability, score) in Capability::ALL.iter().zip(&self.0) {
            map.serialize_entry(capability.label(), score)?;
        }
        map.end()
    }
}

/// An assessed exercise.
#[derive(Clone, Serialize, Debug)]
pub struct Assessment {
    /// 0 to 100, or none while under 70 percent of the points were evaluated.
    pub score: Option<u8>,
    /// The same in tenths, rounded from the points and not from the whole number.
    pub score_tenths: Option<u16>,
    /// Points earned, in thousandths.
    pub earned_milli: u64,
    /// Points of the criteria that were evaluated.
    pub points_evaluated: u32,
    /// Points of all criteria that the cut has.
    pub points_total: u32,
    /// By capability.
    pub scores: Scores,
    /// All criteria, in the order of the rubric.
    pub criteria: Vec<Assessed>,
    /// Proposed ratings of capability targets. The evaluator's is final.
    pub ratings: Vec<TargetRating>,
    /// The worst rating of each core capability.
    pub core_capabilities: Vec<CapabilityRating>,
    /// What it came to.
    pub outcome: Outcome,
    /// How it ended.
    pub ending: Ending,
    /// Response times.
    pub times: Times,
    /// Whether ENDEX was reached. An unfinished exercise is assessed up to its last fact.
    pub finished: bool,
}

/// Assesses a ledger without evaluators: what they would judge is not evaluated.
pub fn assess(program: &Program, ledger: &Ledger, watch: &Watch) -> Assessment {
    assess_with_people(program, ledger, watch, &FromPeople::default())
}

/// Assesses a ledger, with what people added. What the facilitator had a hand in is set aside.
pub fn assess_with_people(program: &Program, ledger: &Ledger, watch: &Watch, people: &FromPeople) -> Assessment {
    let measures = Measures::of(program, ledger);
    let assessed = assess_with(program, &measures, watch, people);
    let touched = facilitator::touched(ledger, &assessed, &people.gone_back);
    if touched.is_empty() {
        return assessed;
    }
    let mut people = people.clone();
    for (id, why) in touched {
        people.set_aside.entry(id).or_insert_with(|| why.to_owned());
    }
    assess_with(program, &measures, watch, &people)
}

/// Assesses measures, with what people added.
pub fn assess_with(program: &Program, measures: &Measures, watch: &Watch, people: &FromPeople) -> Assessment {
    let beliefs = criteria::Beliefs::of(program, measures, people);
    let criteria: Vec<Assessed> = program
        .rubric
        .criteria
        .iter()
        .map(|criterion| {
            let (result, why) = criteria::judge(program, measures, watch, people, &beliefs, criterion);
            Assessed {
                id: criterion.id.clone(),
                text: criterion.text.clone(),
                target: program.rubric.targets.get(criterion.target).map(|target| target.id.clone()).unwrap_or_default(),
                counts_for: criterion.counts_for,
                points: criterion.points,
                basis: AssessedBasis { kind: kind(criterion.basis.kind), says: criterion.basis.says.clone(), source: criterion.basis.source.clone() },
                result,
                why,
                left_out: criterion.left_out,
            }
        })
        .collect();

    let played = || criteria.iter().filter(|criterion| !criterion.left_out);
    let (earned_milli, possible_milli) = sum(played());
    let total_milli: u64 = played().map(|criterion| u64::from(criterion.points) * 1000).sum();
    let enough = possible_milli > 0 && possible_milli * 100 >= total_milli * LEAST_EVALUATED_PERCENT;
    let ratings = ratings::propose(program, measures, &criteria);
    Assessment {
        score: enough.then(|| share(earned_milli, possible_milli, 100) as u8),
        score_tenths: enough.then(|| share(earned_milli, possible_milli, 1000) as u16),
        earned_milli,
        points_evaluated: (possible_milli / 1000) as u32,
        points_total: (total_milli / 1000) as u32,
        scores: Scores(Capability::ALL.map(|capability| {
            let (earned, possible) = sum(played().filter(|criterion| criterion.counts_for == capability));
            (possible > 0).then(|| share(earned, possible, 100) as u8)
        })),
        core_capabilities: ratings::roll_up(program, &ratings),
        ratings,
        outcome: Outcome::of(measures),
        ending: Ending::of(program, measures),
        times: measures.times(),
        finished: measures.finished,
        criteria,
    }
}

/// Points earned and possible among those that were evaluated, in thousandths.
fn sum<'a>(criteria: impl Iterator<Item = &'a Assessed>) -> (u64, u64) {
    criteria.filter_map(Assessed::counted).fold((0, 0), |(earned, possible), (these, of)| (earned + these, possible + of))
}

/// `of x earned / possible`, halves up.
fn share(earned: u64, possible: u64, of: u64) -> u64 {
    (earned * of * 2 + possible) / (possible * 2)
}

fn kind(basis: BasisKind) -> &'static str {
    match basis {
        BasisKind::Law => "law",
        BasisKind::Standard => "standard",
        BasisKind::OwnPlan => "own_plan",
        BasisKind::Judgement => "judgement",
    }
}

fn label<S: Serializer>(capability: &Capability, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(capability.label())
}
