//! What the facilitator had a hand in.
//!
//! A direction is a fact, and what follows from it leads back to it by its causes. A result that rests on such a fact says something about the
//! facilitator as well as about the room, so it counts neither way.

use super::{Assessed, Assessment, CriterionResult};
use crate::ids::DenseId;
use crate::time::ExerciseTime;
use crate::vocabulary::ledger::{Cause, Ledger};
use crate::vocabulary::{Fact, exercise};

/// Why a criterion that the facilitator helped with does not count.
pub const HELPED: &str = "the facilitator gave a hint on it";

/// The ids of criteria that the facilitator helped with, or whose result rests on something that a direction led to, or on a stretch that was played twice; and which of these.
pub(super) fn touched(ledger: &Ledger, assessed: &Assessment, gone_back: &[(ExerciseTime, ExerciseTime)]) -> Vec<(String, &'static str)> {
    let mut led_to: Vec<bool> = Vec::with_capacity(ledger.len());
    let mut twice: Vec<bool> = Vec::with_capacity(ledger.len());
    for happened in ledger.iter() {
        let by_direction = matches!(happened.fact, Fact::Exercise(exercise::Fact::Directed { .. }));
        let inherited = match happened.cause {
            Cause::Fact(cause) => led_to.get(cause as usize).copied().unwrap_or(false),
            _ => false,
        };
        led_to.push(by_direction || inherited);
        twice.push(gone_back.iter().any(|(to, from)| happened.at > *to && happened.at <= *from));
    }
    let rests_on = |criterion: &Assessed, marked: &[bool]| {
        let opened = match criterion.result {
            CriterionResult::Missed { opened_by } => opened_by,
            _ => None,
        };
        criterion.why.facts.iter().chain(&opened).any(|fact| marked.get(*fact as usize).copied().unwrap_or(false))
    };
    let helped: Vec<usize> = (ledger.iter())
        .filter_map(|happened| match happened.fact {
            Fact::Exercise(exercise::Fact::Helped { criterion }) => Some(criterion.index()),
            _ => None,
        })
        .collect();
    let why = |(place, criterion): (usize, &Assessed)| match (rests_on(criterion, &led_to), rests_on(criterion, &twice)) {
        _ if helped.contains(&place) => Some(HELPED),
        (true, _) => Some("the facilitator had a hand in it"),
        (false, true) => Some("play went back over it, so that it was seen before it was decided"),
        (false, false) => None,
    };
    assessed.criteria.iter().enumerate().filter_map(|(place, criterion)| Some((criterion.id.clone(), why((place, criterion))?))).collect()
}
