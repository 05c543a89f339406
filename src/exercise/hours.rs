//! When people are at work, and when alerts are looked at.

use crate::scenario::written::Watched;
use crate::time::{Calendar, ClockTime, ExerciseTime, Span};

const DAY: i64 = 86_400;
const OFFICE: (i64, i64) = (8 * 3600, 18 * 3600);

/// Whether it is within these hours.
pub fn within(hours: Watched, calendar: &Calendar, time: ExerciseTime) -> bool {
    let (clock, weekday) = calendar.clock(time);
    let clock = i64::from(clock.0);
    match hours {
        Watched::Always => true,
        Watched::Never => false,
        Watched::OfficeHours => weekday < 5 && (OFFICE.0..OFFICE.1).contains(&clock),
        Watched::Between(ClockTime(from), ClockTime(until)) => between(clock, i64::from(from), i64::from(until)),
    }
}

/// Hours may pass midnight: from 22:00 until 06:00.
fn between(clock: i64, from: i64, until: i64) -> bool {
    if from <= until { (from..until).contains(&clock) } else { clock >= from || clock < until }
}

/// The next moment after `time` at which these hours begin or end; none if they never do.
pub fn next_change(hours: Watched, calendar: &Calendar, time: ExerciseTime) -> Option<ExerciseTime> {
    let edges = match hours {
        Watched::Always | Watched::Never => return None,
        Watched::OfficeHours => OFFICE,
        Watched::Between(ClockTime(from), ClockTime(until)) => (i64::from(from), i64::from(until)),
    };
    let (clock, _) = calendar.clock(time);
    let midnight = time + Span(-i64::from(clock.0));
    let now = within(hours, calendar, time);
    (0..9)
        .flat_map(|day| [edges.0, edges.1].map(|edge| midnight + Span(day * DAY + edge)))
        .filter(|edge| *edge > time)
        .filter(|edge| within(hours, calendar, *edge) != now)
        .min()
}

/// The next moment, now included, within these hours; none if there is none.
pub fn next_within(hours: Watched, calendar: &Calendar, time: ExerciseTime) -> Option<ExerciseTime> {
    if within(hours, calendar, time) { Some(time) } else { next_change(hours, calendar, time) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDateTime;

    #[test]
    fn office_hours_end_on_friday_and_begin_on_monday() {
        // A Friday.
        let calendar = Calendar { startex: NaiveDateTime::parse_from_str("2026-10-23 17:40", "%Y-%m-%d %H:%M").unwrap() };
        let startex = ExerciseTime(0);
        assert!(within(Watched::OfficeHours, &calendar, startex));
        assert_eq!(next_change(Watched::OfficeHours, &calendar, startex), Some(ExerciseTime(20 * 60)));
        assert_eq!(next_within(Watched::OfficeHours, &calendar, ExerciseTime(3600)), Some(ExerciseTime(2 * DAY + 14 * 3600 + 20 * 60)));
        let night = Watched::Between(ClockTime(22 * 3600), ClockTime(6 * 3600));
        assert!(within(night, &calendar, ExerciseTime(8 * 3600)));
        assert!(!within(night, &calendar, startex));
    }
}
