//! When people are at work, and when alerts are looked at.

use crate::scenario::written::Watched;
use crate::time::{Calendar, ClockTime, ExerciseTime};

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
    let now = within(hours, calendar, time);
    let edges = [edges.0, edges.1].map(|edge| ClockTime(edge as u32));
    (0..9)
        .flat_map(|day| edges.into_iter().flat_map(move |edge| calendar.clock_on(time, day, edge)))
        // A clock that is put back or forward may step over an edge.
        .chain(calendar.changes())
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
    use crate::time::{ClockChange, Span};
    use chrono::NaiveDateTime;

    fn date(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn office_hours_end_on_friday_and_begin_on_monday() {
        // A Friday.
        let calendar = Calendar::new(date("2026-10-23 17:40"));
        let startex = ExerciseTime(0);
        assert!(within(Watched::OfficeHours, &calendar, startex));
        assert_eq!(next_change(Watched::OfficeHours, &calendar, startex), Some(ExerciseTime(20 * 60)));
        assert_eq!(next_within(Watched::OfficeHours, &calendar, ExerciseTime(3600)), Some(ExerciseTime(2 * 86_400 + 14 * 3600 + 20 * 60)));
        let night = Watched::Between(ClockTime(22 * 3600), ClockTime(6 * 3600));
        assert!(within(night, &calendar, ExerciseTime(8 * 3600)));
        assert!(!within(night, &calendar, startex));
    }

    #[test]
    fn a_night_shift_is_an_hour_longer_when_clocks_go_back() {
        let back = ClockChange { at: date("2026-10-25 02:00"), by: Span::hours(-1) };
        let calendar = Calendar::with_changes(date("2026-10-24 20:00"), &[back]);
        let until = |hours, from: i64| next_change(hours, &calendar, ExerciseTime(from * 3600)).map(|at| at.0 / 3600);
        assert_eq!(until(Watched::Between(ClockTime(20 * 3600), ClockTime(8 * 3600)), 0), Some(13));
        assert_eq!(until(Watched::OfficeHours, 0), Some(37), "Monday at eight");
        // Who leaves at two leaves when the clock shows two at last.
        assert_eq!(until(Watched::Between(ClockTime(20 * 3600), ClockTime(2 * 3600)), 0), Some(7));
        // Who comes at half past one is there for half an hour, and again for the second half past one.
        let half_past_one = Watched::Between(ClockTime(5400), ClockTime(6 * 3600));
        let changes: Vec<Option<ExerciseTime>> =
            [0, 5 * 3600 + 1800, 6 * 3600].map(|at| next_change(half_past_one, &calendar, ExerciseTime(at))).into();
        assert_eq!(changes, [Some(ExerciseTime(5 * 3600 + 1800)), Some(ExerciseTime(6 * 3600)), Some(ExerciseTime(6 * 3600 + 1800))]);
    }
}
