//! The calendar of the story: what people read from a clock on the wall, also in the night in which the clocks change.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::{ClockTime, ExerciseTime, Moment, Span};

const WEEK: i64 = 7 * 86_400;

/// Changes of the clocks that one story may have: two a year, over the longest past and the longest exercise.
pub const MOST_CLOCK_CHANGES: usize = 8;

/// The clocks are put forward or back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockChange {
    /// What they show just before.
    pub at: NaiveDateTime,
    /// By how much: an hour forward, or `-1h` back.
    pub by: Span,
}

impl ClockChange {
    /// The first time of day that occurs twice, or does not occur at all.
    pub fn odd_from(&self) -> NaiveDateTime {
        self.at.min(self.put_to())
    }

    /// The first time of day behind those.
    pub fn odd_until(&self) -> NaiveDateTime {
        self.at.max(self.put_to())
    }

    /// What the clocks show just after it.
    fn put_to(&self) -> NaiveDateTime {
        TimeDelta::try_seconds(self.by.0).and_then(|by| self.at.checked_add_signed(by)).unwrap_or(self.at)
    }
}

/// A change as exercise time has it: elapsed time knows no odd hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Shift {
    at: ExerciseTime,
    by: i64,
}

/// Where exercise time lies in the calendar of the story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calendar {
    /// The date and time of day at STARTEX, in the scenario's own time zone.
    pub startex: NaiveDateTime,
    /// In the order in which they happen.
    shifts: [Option<Shift>; MOST_CLOCK_CHANGES],
}

impl Calendar {
    /// A story whose clocks are left alone.
    pub fn new(startex: NaiveDateTime) -> Calendar {
        Calendar { startex, shifts: [None; MOST_CLOCK_CHANGES] }
    }

    /// A story whose clocks change. Those beyond [`MOST_CLOCK_CHANGES`] are left out.
    pub fn with_changes(startex: NaiveDateTime, changes: &[ClockChange]) -> Calendar {
        let mut calendar = Calendar::new(startex);
        let mut changes: Vec<ClockChange> = changes.iter().copied().filter(|change| change.by.0 != 0).take(MOST_CLOCK_CHANGES).collect();
        changes.sort_by_key(|change| change.at);
        let later = changes.partition_point(|change| change.odd_from() <= startex);
        let mut shifts = Vec::new();
        // From STARTEX forward a change is met by the old clock, and backward by the new one.
        let mut gone = 0;
        for change in &changes[later..] {
            shifts.push(Shift { at: ExerciseTime((change.at - startex).num_seconds() - gone), by: change.by.0 });
            gone += change.by.0;
        }
        let mut gone = 0;
        for change in changes[..later].iter().rev() {
            shifts.push(Shift { at: ExerciseTime((change.put_to() - startex).num_seconds() + gone), by: change.by.0 });
            gone += change.by.0;
        }
        shifts.sort_by_key(|shift| shift.at);
        for (place, shift) in calendar.shifts.iter_mut().zip(shifts) {
            *place = Some(shift);
        }
        calendar
    }

    fn shifts(&self) -> impl Iterator<Item = Shift> + '_ {
        self.shifts.iter().flatten().copied()
    }

    /// The moments at which the clocks change.
    pub fn changes(&self) -> impl Iterator<Item = ExerciseTime> + '_ {
        self.shifts().map(|shift| shift.at)
    }

    /// By how many seconds the clocks have been put forward, against what they showed at STARTEX.
    fn put_forward(&self, time: ExerciseTime) -> i64 {
        let by = |shift: Shift| match (shift.at.0 > 0, shift.at <= time) {
            (true, true) => shift.by,
            (false, false) => -shift.by,
            _ => 0,
        };
        self.shifts().map(by).sum()
    }

    /// The date and time that people in the story would read from a clock; STARTEX for a moment that no calendar has.
    pub fn date(&self, time: ExerciseTime) -> NaiveDateTime {
        let shown = time.0.checked_add(self.put_forward(time)).and_then(TimeDelta::try_seconds);
        shown.and_then(|span| self.startex.checked_add_signed(span)).unwrap_or(self.startex)
    }

    /// The moments at which the clocks show this date and time: one; none in the hour that is left out, two in the hour that comes again.
    pub fn times_of(&self, date: NaiveDateTime) -> impl Iterator<Item = ExerciseTime> + '_ {
        let shown = (date - self.startex).num_seconds();
        let begins = std::iter::once(ExerciseTime(i64::MIN)).chain(self.changes());
        let ends = self.changes().chain([ExerciseTime(i64::MAX)]);
        begins.zip(ends).filter_map(move |(begins, ends)| {
            let time = ExerciseTime(shown - self.put_forward(begins));
            (begins <= time && time < ends).then_some(time)
        })
    }

    /// Exercise time of a date of the story. Where the clocks show it twice, the first time; where they leave it out, as if they had not changed yet.
    pub fn time_of(&self, date: NaiveDateTime) -> ExerciseTime {
        self.times_of(date).next().unwrap_or_else(|| {
            let shown = (date - self.startex).num_seconds();
            let before = |shift: Shift| ExerciseTime(shown - self.put_forward(ExerciseTime(shift.at.0 - 1)));
            let left_out = |(shift, time): &(Shift, ExerciseTime)| (shift.at.0..shift.at.0 + shift.by.max(0)).contains(&time.0);
            self.shifts().map(|shift| (shift, before(shift))).find(left_out).map_or(ExerciseTime(shown), |(_, time)| time)
        })
    }

    /// Resolves a written moment; `"+5m"` counts from `origin`.
    pub fn resolve(&self, moment: Moment, origin: ExerciseTime) -> ExerciseTime {
        match moment {
            Moment::After(span) => origin + span,
            _ => self.date_of(moment).map_or(origin, |date| self.time_of(date)),
        }
    }

    /// What the clocks show at a written moment; none for one that is counted from an origin, or that no calendar has.
    pub fn date_of(&self, moment: Moment) -> Option<NaiveDateTime> {
        let (days, clock) = match moment {
            Moment::After(_) => return None,
            Moment::Date(date) => return Some(date),
            Moment::DayAt { days, clock } => (days, clock),
            Moment::Weekday(weekday, clock) => {
                let today = self.startex.weekday().num_days_from_monday();
                (i64::from((weekday.num_days_from_monday() + 7 - today) % 7), clock)
            }
        };
        let midnight = self.startex.date().and_time(NaiveTime::MIN);
        midnight.checked_add_signed(TimeDelta::try_seconds(days * 86_400 + i64::from(clock.0))?)
    }

    /// Seconds after midnight, and the day of the week (Monday is 0), at a moment.
    pub fn clock(&self, time: ExerciseTime) -> (ClockTime, u32) {
        let since_monday = i64::from(self.startex.weekday().num_days_from_monday()) * 86_400
            + i64::from(self.startex.num_seconds_from_midnight())
            + self.put_forward(time)
            + time.0.rem_euclid(WEEK);
        let in_week = since_monday.rem_euclid(WEEK);
        (ClockTime((in_week % 86_400) as u32), (in_week / 86_400) as u32)
    }

    /// The moments at which the clocks show a time of day, so many days after the day of `time`.
    pub fn clock_on(&self, time: ExerciseTime, days: u64, clock: ClockTime) -> impl Iterator<Item = ExerciseTime> + '_ {
        let day: Option<NaiveDate> = self.date(time).date().checked_add_days(Days::new(days));
        let date = day.zip(NaiveTime::from_num_seconds_from_midnight_opt(clock.0, 0)).map(|(day, clock)| day.and_time(clock));
        date.into_iter().flat_map(|date| self.times_of(date))
    }

    /// So many days later, when the clocks show the same time of day.
    pub fn days_after(&self, time: ExerciseTime, days: u32) -> ExerciseTime {
        let date = self.date(time).checked_add_days(Days::new(days.into()));
        date.map_or(time + Span(86_400 * i64::from(days)), |date| self.time_of(date))
    }

    /// The midnight that ends the day of `time`, or so many days later.
    pub fn end_of_day(&self, time: ExerciseTime, days: u32) -> ExerciseTime {
        let day = self.date(time).date().checked_add_days(Days::new(u64::from(days) + 1));
        day.map_or(time + Span(86_400 * (i64::from(days) + 1)), |day| self.time_of(day.and_time(NaiveTime::MIN)))
    }

    /// `Thu 14 May 16:20`; in the hour that comes again, `Sun 25 Oct 01:20 (again)`.
    pub fn label(&self, time: ExerciseTime) -> String {
        let again = self.shifts().any(|shift| (shift.at.0..shift.at.0.saturating_sub(shift.by)).contains(&time.0));
        format!("{}{}", self.date(time).format("%a %-d %b %H:%M"), if again { " (again)" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn changing(startex: &str, changes: &[(&str, i64)]) -> Calendar {
        let changes: Vec<ClockChange> = changes.iter().map(|(at, hours)| ClockChange { at: date(at), by: Span::hours(*hours) }).collect();
        Calendar::with_changes(date(startex), &changes)
    }

    #[test]
    fn moments_resolve_against_the_calendar() {
        let calendar = Calendar::new(date("2026-05-14 16:20"));
        let resolve = |text: &str| calendar.resolve(Moment::parse(text).unwrap(), ExerciseTime(0));
        assert_eq!(resolve("+5m"), ExerciseTime(300));
        assert_eq!(resolve("Thu 18:30"), ExerciseTime(130 * 60));
        assert_eq!(resolve("Fri 07:30"), ExerciseTime(15 * 3600 + 600));
        assert_eq!(resolve("2026-05-15 10:00"), ExerciseTime(17 * 3600 + 2400));
        assert_eq!(resolve("-1d 16:20"), ExerciseTime(-86_400));
        assert_eq!(calendar.clock(ExerciseTime(8 * 3600)), (ClockTime(20 * 60), 4));
        assert_eq!(calendar.clock(ExerciseTime(-86_400)), (ClockTime(58_800), 2));
        // A file nobody vouches for may name any moment.
        for far in [i64::MIN, i64::MIN / 1000, i64::MAX / 1000, i64::MAX] {
            assert_eq!(calendar.date(ExerciseTime(far)), calendar.startex);
            assert!(calendar.clock(ExerciseTime(far)).1 < 7 && !calendar.label(ExerciseTime(far)).is_empty());
        }
    }

    #[test]
    fn the_hour_comes_again_when_clocks_go_back() {
        let calendar = changing("2026-10-23 17:40", &[("2026-10-25 02:00", -1)]);
        let at = |text: &str| calendar.resolve(Moment::parse(text).unwrap(), ExerciseTime(0));
        let change = Span::hours(32) + Span::minutes(20);
        assert_eq!(calendar.label(ExerciseTime(change.0 - 60)), "Sun 25 Oct 01:59");
        assert_eq!(calendar.label(ExerciseTime(change.0)), "Sun 25 Oct 01:00 (again)");
        assert_eq!(calendar.label(ExerciseTime(change.0 + 3600)), "Sun 25 Oct 02:00");
        assert_eq!(calendar.clock(ExerciseTime(change.0)), (ClockTime(3600), 6));
        // What is written counts the first time, and what comes after it lies an hour later.
        assert_eq!(at("Sun 01:30"), ExerciseTime(change.0 - 1800));
        assert_eq!(calendar.times_of(date("2026-10-25 01:30")).count(), 2);
        assert_eq!(at("Sun 09:30"), ExerciseTime(40 * 3600 + 50 * 60));
        assert_eq!(at("2026-10-26 08:00"), ExerciseTime(63 * 3600 + 20 * 60));
        assert_eq!(at("-1d 17:40"), ExerciseTime(-86_400), "nothing before it moves");
        // Elapsed time is elapsed time: seventy-two hours end an hour earlier on the wall.
        assert_eq!(calendar.label(ExerciseTime(0) + Span::hours(72)), "Mon 26 Oct 16:40");
    }

    #[test]
    fn the_hour_is_left_out_when_clocks_go_forward() {
        let calendar = changing("2026-03-28 20:00", &[("2026-03-29 01:00", 1)]);
        assert_eq!(calendar.label(ExerciseTime(5 * 3600 - 60)), "Sun 29 Mar 00:59");
        assert_eq!(calendar.label(ExerciseTime(5 * 3600)), "Sun 29 Mar 02:00");
        assert_eq!(calendar.times_of(date("2026-03-29 01:30")).count(), 0);
        assert_eq!(calendar.time_of(date("2026-03-29 01:30")), ExerciseTime(5 * 3600 + 1800));
        assert_eq!(calendar.time_of(date("2026-03-29 08:00")), ExerciseTime(11 * 3600));
    }

    #[test]
    fn a_change_before_startex_moves_what_lies_before_it() {
        // Both changes of a year lie in the past of a campaign that began in winter.
        let calendar = changing("2026-11-13 16:00", &[("2026-03-29 01:00", 1), ("2026-10-25 02:00", -1)]);
        for text in ["2026-02-10 09:00", "2026-06-01 12:00", "2026-10-25 00:30", "2026-10-25 02:30", "2026-11-14 08:00"] {
            assert_eq!(calendar.date(calendar.time_of(date(text))), date(text));
        }
        let hours = |text: &str| (ExerciseTime(0) - calendar.time_of(date(text))).0 / 3600;
        assert_eq!(hours("2026-11-12 16:00"), 24);
        assert_eq!(hours("2026-10-24 16:00"), 20 * 24 + 1, "over the night that had one hour more");
        assert_eq!(hours("2026-03-28 16:00"), 230 * 24, "and over both nights");
    }

    #[test]
    fn every_moment_is_one_of_those_its_date_has() {
        let calendar = changing("2026-10-23 17:40", &[("2026-10-25 02:00", -1), ("2026-03-29 01:00", 1), ("2027-03-28 01:00", 1)]);
        let mut time = ExerciseTime(-300 * 86_400);
        while time.0 < 200 * 86_400 {
            assert!(calendar.times_of(calendar.date(time)).any(|one| one == time), "{}", calendar.label(time));
            let clock = calendar.date(time).num_seconds_from_midnight();
            assert_eq!(calendar.clock(time), (ClockTime(clock), calendar.date(time).weekday().num_days_from_monday()));
            time += Span(1_777);
        }
    }
}
