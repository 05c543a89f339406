//! Beliefs, scored together.

use super::FromPeople;
use super::curves::belief;
use crate::scenario::program::{Measure, Program};
use crate::vocabulary::measures::Measures;

/// What the beliefs of a rubric are worth together, in thousandths of points.
///
/// A belief that is worse than knowing nothing costs up to three times its points. No criterion can show less than nothing, so the cost is taken
/// from what the others earn, each in proportion, and only their sum is kept from falling below zero. As long as it stays above, every point of
/// the quadratic rule counts, so that nobody gains by stating anything but what they believe: neither by "unsure" to all nor by "surely" to all.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Beliefs {
    won: i64,
    lost: i64,
}

impl Beliefs {
    /// Those of all criteria that are evaluated.
    pub fn of(program: &Program, measures: &Measures, people: &FromPeople) -> Beliefs {
        let mut beliefs = Beliefs::default();
        for criterion in program.rubric.criteria.iter().filter(|criterion| !criterion.left_out && !people.set_aside.contains_key(&criterion.id)) {
            let Measure::Belief { claim, until } = criterion.measure else { continue };
            if let Some(stated) = measures.knowledge.last_belief(claim, until).filter(|_| until <= measures.ended) {
                let worth = i64::from(belief(stated.percent, measures.knowledge.was_true(claim, until))) * i64::from(criterion.points);
                beliefs.won += worth.max(0);
                beliefs.lost -= worth.min(0);
            }
        }
        beliefs
    }

    /// The credit that is left of one belief, in thousandths.
    pub fn kept(&self, worth: i32) -> u16 {
        if worth <= 0 || self.won <= self.lost {
            return 0;
        }
        (i64::from(worth) * (self.won - self.lost) / self.won) as u16
    }
}
