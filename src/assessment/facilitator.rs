//! What the facilitator had a hand in.
//!
//! A direction is a fact, and what follows from it leads back to it by its causes. A result that rests on such a fact says something about the
//! facilitator as well as about the room, so it counts neither way.

use super::{Assessed, Assessment, CriterionResult};
use crate::vocabulary::ledger::{Cause, Ledger};
use crate::vocabulary::{Fact, exercise};

/// The ids of criteria whose result rests on something that a direction led to.
pub(super) fn touched(ledger: &Ledger, assessed: &Assessment) -> Vec<String> {
    let mut led_to: Vec<bool> = Vec::with_capacity(ledger.len());
    for happened in ledger.iter() {
        let by_direction = matches!(happened.fact, Fact::Exercise(exercise::Fact::Directed { .. }));
        let inherited = match happened.cause {
            Cause::Fact(cause) => led_to.get(cause as usize).copied().unwrap_or(false),
            _ => false,
        };
        led_to.push(by_direction || inherited);
    }
    if !led_to.contains(&true) {
        return Vec::new();
    }
    let rests_on = |criterion: &&Assessed| {
        let opened = match criterion.result {
            CriterionResult::Missed { opened_by } => opened_by,
            _ => None,
        };
        criterion.why.facts.iter().chain(&opened).any(|fact| led_to.get(*fact as usize).copied().unwrap_or(false))
    };
    assessed.criteria.iter().filter(rests_on).map(|criterion| criterion.id.clone()).collect()
}
