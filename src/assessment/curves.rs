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

/// Credit for a belief by the quadratic rule: 1 - (belief - truth)^2, belief and truth from 0 to 1, rounded down. It is a proper scoring rule
/// (Brier, 1950): nobody gains by stating anything but what they believe. Half sure earns three quarters, and surely wrong nothing.
pub fn belief(percent: u8, truth: bool) -> u16 {
    let off = u32::from(percent.min(100)).abs_diff(if truth { 100 } else { 0 });
    (1000 - (off * off).div_ceil(10)) as u16
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
    fn beliefs_pay_by_the_square() {
        assert_eq!([100, 90, 50, 0].map(|percent| belief(percent, true)), [1000, 990, 750, 0]);
        assert_eq!([0, 10, 50, 100].map(|percent| belief(percent, false)), [1000, 990, 750, 0]);
        // One percent off is no longer everything.
        assert_eq!(belief(99, true), 999);
    }
}
