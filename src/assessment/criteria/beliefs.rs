//! Beliefs: what one is worth, what several are worth together, and what is said of each.

use super::{Bench, Judged};
use crate::assessment::FromPeople;
use crate::ids::ClaimId;
use crate::scenario::program::{Measure, Program};
use crate::time::ExerciseTime;
use crate::vocabulary::measures::Measures;

/// Worth of a belief by the quadratic rule, against the baseline of knowing nothing: 1 - (belief - truth)^2 / 0.25, belief and truth from 0 to 1,
/// in thousandths, rounded down. It is a proper scoring rule (Brier, 1950; set against the score of somebody who knows nothing, a skill
/// score): nobody gains by stating anything but what they believe. Surely right is worth 1000, half sure nothing, surely wrong -3000.
fn worth_of(percent: u8, truth: bool) -> i32 {
    let off = i32::from(percent.min(100)).abs_diff(if truth { 100 } else { 0 }) as i32;
    1000 - (off * off * 2 + 4) / 5
}

/// What the beliefs of a rubric are worth together, in thousandths of points.
///
/// A belief that is worse than knowing nothing costs up to three times its points. No criterion can show less than nothing, so the cost is taken
/// from what the others earn, each in proportion, and only their sum is kept from falling below zero. As long as it stays above, every point of
/// the quadratic rule counts, so that nobody gains by stating anything but what they believe: neither by "unsure" to all nor by "surely" to all.
#[derive(Clone, Copy, Default, Debug)]
pub(in crate::assessment) struct Beliefs {
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
                let worth = i64::from(worth_of(stated.percent, measures.knowledge.was_true(claim, until))) * i64::from(criterion.points);
                beliefs.won += worth.max(0);
                beliefs.lost -= worth.min(0);
            }
        }
        beliefs
    }

    /// The credit that is left of one belief, in thousandths.
    fn kept(&self, worth: i32) -> u16 {
        if worth <= 0 || self.won <= self.lost {
            return 0;
        }
        (i64::from(worth) * (self.won - self.lost) / self.won) as u16
    }
}

impl Bench<'_> {
    pub(super) fn belief(&self, claim: ClaimId, until: ExerciseTime) -> Judged {
        if until > self.measures.ended {
            return Judged::none("play ended before it was asked");
        }
        let truth = self.measures.knowledge.was_true(claim, until);
        let was = if truth { "true" } else { "not true" };
        match self.measures.knowledge.last_belief(claim, until) {
            Some(stated) => {
                let worth = worth_of(stated.percent, truth);
                let kept = self.beliefs.kept(worth);
                let says = match worth {
                    0 => "Half sure is what anybody is who knows nothing.".to_owned(),
                    ..0 => "That is worse than knowing nothing, and is taken from what other beliefs earn.".to_owned(),
                    _ if i32::from(kept) == worth => format!("That earned {} percent of the points.", worth / 10),
                    _ => format!("That earned {} percent of the points, {} after what wrong beliefs cost.", worth / 10, kept / 10),
                };
                let says = format!("Said to be {} percent likely; it was {was}. {says}", stated.percent);
                Judged::credit(kept, Some(stated.mark.seq), [Some(stated.mark.seq)], says)
            }
            None => Judged::credit(0, self.startex(), [], format!("Nobody said by {} what they believed; it was {was}.", self.clock(until))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::worth_of;

    #[test]
    fn beliefs_pay_by_the_square_of_what_they_are_off() {
        assert_eq!([100, 90, 75, 50, 0].map(|percent| worth_of(percent, true)), [1000, 960, 750, 0, -3000]);
        assert_eq!([0, 10, 25, 50, 100].map(|percent| worth_of(percent, false)), [1000, 960, 750, 0, -3000]);
        // One percent off is no longer everything.
        assert_eq!(worth_of(99, true), 999);
    }

    #[test]
    fn no_other_answer_than_what_one_believes_is_worth_more() {
        for believed in 0..=100_i32 {
            // What an answer is worth on average to somebody who is right about how often they are right; roundings aside.
            let worth = |answer: u8| believed * worth_of(answer, true) + (100 - believed) * worth_of(answer, false);
            let best = (0..=100).map(worth).max().expect("some answer");
            assert!(best - worth(believed as u8) <= 100, "at {believed}");
        }
        assert_eq!(worth_of(50, true) + worth_of(50, false), 0);
    }
}
