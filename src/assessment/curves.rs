//! Partial credit, in thousandths: straight lines from `full` to `none`.

/// Credit where less is better: all of it up to `full`, none from `none`, a straight line between, rounded down. Where `none` does not lie above
/// `full`, it is all or nothing at `full`.
pub fn falling(value: i64, full: i64, none: i64) -> u16 {
    if value <= full {
        1000
    } else if value >= none {
        0
    } else {
        (i128::from(none - value) * 1000 / i128::from(none - full)) as u16
    }
}

/// Credit where more is better: all of it from `full`, none up to `none`, a straight line between, rounded down. Where `full` does not lie above
/// `none`, it is all or nothing at `full`.
pub fn rising(value: i64, full: i64, none: i64) -> u16 {
    if value >= full {
        1000
    } else if value <= none {
        0
    } else {
        (i128::from(value - none) * 1000 / i128::from(full - none)) as u16
    }
}

/// Worth of a belief by the quadratic rule, against the baseline of knowing nothing: 1 - (belief - truth)^2 / 0.25, belief and truth from 0 to 1,
/// in thousandths, rounded down. It is a proper scoring rule (Brier, 1950; set against the score of somebody who knows nothing, a skill
/// score): nobody gains by stating anything but what they believe. Surely right is worth 1000, half sure nothing, surely wrong -3000.
pub fn belief(percent: u8, truth: bool) -> i32 {
    let off = i32::from(percent.min(100)).abs_diff(if truth { 100 } else { 0 }) as i32;
    1000 - (off * off * 2 + 4) / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_and_end_where_they_say() {
        assert_eq!([0, 60, 61, 150, 239, 240, 999].map(|value| falling(value, 60, 240)), [1000, 1000, 994, 500, 5, 0, 0]);
        assert_eq!([100, 90, 89, 65, 41, 40, 0].map(|value| rising(value, 90, 40)), [1000, 1000, 980, 500, 20, 0, 0]);
    }

    #[test]
    fn a_step_is_all_or_nothing() {
        assert_eq!([0, 1].map(|value| falling(value, 0, 0)), [1000, 0]);
        assert_eq!([100, 99].map(|value| rising(value, 100, 100)), [1000, 0]);
    }

    #[test]
    fn beliefs_pay_by_the_square_of_what_they_are_off() {
        assert_eq!([100, 90, 75, 50, 0].map(|percent| belief(percent, true)), [1000, 960, 750, 0, -3000]);
        assert_eq!([0, 10, 25, 50, 100].map(|percent| belief(percent, false)), [1000, 960, 750, 0, -3000]);
        // One percent off is no longer everything.
        assert_eq!(belief(99, true), 999);
    }

    #[test]
    fn no_other_answer_than_what_one_believes_is_worth_more() {
        for believed in 0..=100_i32 {
            // What an answer is worth on average to somebody who is right about how often they are right; roundings aside.
            let worth = |answer: u8| believed * belief(answer, true) + (100 - believed) * belief(answer, false);
            let best = (0..=100).map(worth).max().expect("some answer");
            assert!(best - worth(believed as u8) <= 100, "at {believed}");
        }
        assert_eq!(belief(50, true) + belief(50, false), 0);
    }
}
