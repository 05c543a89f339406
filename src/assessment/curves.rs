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
}
