//! The time scale: story seconds to places on a chart, and where the clock is written.

use chrono::{NaiveTime, TimeDelta};
use serde::Serialize;

use super::{Anchor, Svg};
use crate::time::{Calendar, ExerciseTime, Span};

/// A stretch of story time with marks on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// Where it begins, in seconds from STARTEX.
    pub from: ExerciseTime,
    /// Where it ends.
    pub until: ExerciseTime,
    /// Moments that are written on it.
    pub ticks: Vec<Tick>,
}

/// A moment that is written on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// When.
    pub at: ExerciseTime,
    /// What the clock shows: the time, and the day where a day begins.
    pub label: String,
    /// A new day.
    pub day: bool,
}

/// Distances between marks that people count in.
const STEPS_MINUTES: [i64; 9] = [5, 15, 30, 60, 120, 180, 360, 720, 1440];

impl Axis {
    /// An axis with at most twelve marks, on round times of the story's clock.
    pub fn new(calendar: &Calendar, from: ExerciseTime, until: ExerciseTime) -> Axis {
        Axis::with_at_most(calendar, from, until, 12)
    }

    /// An axis with about so many marks at most.
    pub fn with_at_most(calendar: &Calendar, from: ExerciseTime, until: ExerciseTime, marks: i64) -> Axis {
        let until = ExerciseTime(until.0.max(from.0 + 60));
        let long = until - from;
        let step = STEPS_MINUTES
            .into_iter()
            .map(|minutes| minutes * 60)
            .find(|step| long.0 / step <= marks)
            .unwrap_or_else(|| 86_400 * (long.0 / (86_400 * marks.max(2) * 5 / 6)).max(1));
        // Marks fall on multiples of the step since the midnight before the axis begins, as the clocks show them: also when those change on the way.
        let midnight = calendar.date(from).date().and_time(NaiveTime::MIN);
        let mut shown = i64::from(calendar.clock(from).0.0 + step as u32 - 1) / step * step;
        let mut ticks = Vec::new();
        while let Some(date) = TimeDelta::try_seconds(shown).and_then(|shown| midnight.checked_add_signed(shown))
            && calendar.time_of(date) <= until
        {
            let day = date.time() == NaiveTime::MIN;
            let label = if day { date.format("%a %-d").to_string() } else { date.format("%H:%M").to_string() };
            let within = calendar.times_of(date).filter(|at| (from..=until).contains(at));
            ticks.extend(within.map(|at| Tick { at, label: label.clone(), day }));
            shown += step;
        }
        ticks.sort_by_key(|tick| tick.at);
        Axis { from, until, ticks }
    }

    /// The place of a moment between two edges; what lies outside stands at the edge.
    pub fn x(&self, at: ExerciseTime, left: i64, right: i64) -> i64 {
        let long = (self.until.0 - self.from.0).max(1);
        let gone = at.0.clamp(self.from.0, self.until.0) - self.from.0;
        left + gone * (right - left) / long
    }

    /// How long it is.
    pub fn long(&self) -> Span {
        self.until - self.from
    }

    /// Draws marks and what the clock shows, below `bottom`, with thin lines up to `top`.
    pub fn draw(&self, svg: &mut Svg, left: i64, right: i64, top: i64, bottom: i64) {
        let mut free_from = i64::MIN;
        for tick in &self.ticks {
            let x = self.x(tick.at, left, right);
            svg.line(if tick.day { "grid day" } else { "grid" }, (x, top), (x, bottom));
            if x >= free_from {
                svg.text(if tick.day { "tick day" } else { "tick" }, x, bottom + 16, Anchor::Middle, &tick.label);
                free_from = x + 44;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::time::ClockChange;

    fn calendar() -> Calendar {
        Calendar::new(NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 20, 0)).unwrap())
    }

    #[test]
    fn marks_fall_on_round_times() {
        let axis = Axis::new(&calendar(), ExerciseTime(0), ExerciseTime(18 * 3600));
        let labels: Vec<&str> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["18:00", "20:00", "22:00", "Fri 15", "02:00", "04:00", "06:00", "08:00", "10:00"]);
        assert_eq!(axis.ticks[0].at, ExerciseTime(100 * 60));
    }

    #[test]
    fn marks_stay_on_round_times_when_clocks_go_back() {
        let date = |day, hour| NaiveDate::from_ymd_opt(2026, 10, day).and_then(|day| day.and_hms_opt(hour, 0, 0)).unwrap();
        let back = ClockChange { at: date(25, 2), by: Span::hours(-1) };
        let axis = Axis::new(&Calendar::with_changes(date(23, 18), &[back]), ExerciseTime(0), ExerciseTime(63 * 3600));
        let labels: Vec<&str> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["18:00", "Sat 24", "06:00", "12:00", "18:00", "Sun 25", "06:00", "12:00", "18:00", "Mon 26", "06:00"]);
        assert_eq!((axis.ticks[6].at - axis.ticks[5].at, axis.ticks[7].at - axis.ticks[6].at), (Span::hours(7), Span::hours(6)));
    }

    #[test]
    fn any_length_has_few_marks() {
        for hours in [0, 1, 2, 5, 17, 63, 24 * 9, 24 * 90, 24 * 3000] {
            let axis = Axis::new(&calendar(), ExerciseTime(-3600), ExerciseTime(hours * 3600));
            assert!(axis.ticks.len() <= 14, "{hours} h: {}", axis.ticks.len());
            assert!(axis.ticks.iter().all(|tick| tick.at >= axis.from && tick.at <= axis.until));
        }
    }

    #[test]
    fn places_stay_between_the_edges() {
        let axis = Axis::new(&calendar(), ExerciseTime(0), ExerciseTime(3600));
        assert_eq!(axis.x(ExerciseTime(1800), 100, 200), 150);
        assert_eq!(axis.x(ExerciseTime(-5), 100, 200), 100);
        assert_eq!(axis.x(ExerciseTime(i64::MAX), 100, 200), 200);
    }
}
