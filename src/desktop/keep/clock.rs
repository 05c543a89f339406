//! The machine's clock: when a file was written, which day it is, how long a list takes to be read. Nothing of it reaches an exercise.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Datelike, Local, NaiveDateTime, TimeZone};

/// Since when something goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Since(Instant);

impl Since {
    /// Since now.
    #[allow(clippy::disallowed_methods, reason = "how long a picture may wait for a list is a matter of the wall")]
    pub fn now() -> Since {
        Since(Instant::now())
    }

    /// So long.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Now, in milliseconds since 1970, UTC.
#[allow(clippy::disallowed_methods, reason = "an improvement item is due on a day of the real calendar")]
pub(super) fn now() -> i64 {
    of(SystemTime::now()).unwrap_or(0)
}

/// A moment, in milliseconds since 1970, UTC; none before.
pub(super) fn of(moment: SystemTime) -> Option<i64> {
    i64::try_from(moment.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_millis()).ok()
}

/// The day it is here, as `2026-05-14`.
pub fn today() -> String {
    on(now(), &Local).map_or_else(String::new, |moment| moment.format("%Y-%m-%d").to_string())
}

/// The day on which a file was begun, as `2026-05-14`; none where the system does not say. Copying may change when a file was made, and goes on with when
/// it was written: the earlier of the two is meant.
pub fn day_of(path: &Path) -> Option<String> {
    let about = path.metadata().ok()?;
    let begun = [about.created(), about.modified()].into_iter().flatten().filter_map(of).min()?;
    Some(on(begun, &Local)?.format("%Y-%m-%d").to_string())
}

/// What the clock here shows in so many minutes, as `14:20`.
pub fn in_minutes(minutes: u8) -> String {
    on(now() + i64::from(minutes) * 60_000, &Local).map_or_else(String::new, |moment| moment.format("%H:%M").to_string())
}

/// As people here read it: on the clock and the calendar of this machine.
pub(super) fn said(milliseconds: i64) -> String {
    said_in(milliseconds, now(), &Local)
}

/// The same in a time zone, read at a moment: `today 14:20`, `yesterday 09:05`, `Mon 3 Nov, 14:20`, and with the year where that is another.
fn said_in<Zone: TimeZone>(milliseconds: i64, now: i64, zone: &Zone) -> String {
    let (Some(moment), Some(now)) = (on(milliseconds, zone), on(now, zone)) else { return String::new() };
    let (day, today) = (moment.date(), now.date());
    let clock = moment.format("%H:%M");
    if day == today {
        format!("today {clock}")
    } else if Some(day) == today.pred_opt() {
        format!("yesterday {clock}")
    } else if day.year() == today.year() {
        format!("{}, {clock}", day.format("%a %-d %b"))
    } else {
        format!("{}, {clock}", day.format("%a %-d %b %Y"))
    }
}

/// Day and hour of a moment, as a clock in that zone shows them.
fn on<Zone: TimeZone>(milliseconds: i64, zone: &Zone) -> Option<NaiveDateTime> {
    Some(DateTime::from_timestamp_millis(milliseconds)?.with_timezone(zone).naive_local())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    /// A moment on the clock of a zone so many hours east of Greenwich.
    fn moment(text: &str, hours_east: i32) -> i64 {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        local.and_local_timezone(zone(hours_east)).unwrap().timestamp_millis()
    }

    fn zone(hours_east: i32) -> FixedOffset {
        FixedOffset::east_opt(hours_east * 3600).unwrap()
    }

    #[test]
    fn a_moment_is_said_as_people_say_it_on_the_day_they_read_it() {
        let now = moment("2026-11-22 09:30", 1);
        for (at, said) in [
            ("2026-11-22 00:00", "today 00:00"),
            ("2026-11-22 09:30", "today 09:30"),
            ("2026-11-21 23:59", "yesterday 23:59"),
            ("2026-11-20 14:05", "Fri 20 Nov, 14:05"),
            ("2025-11-22 14:05", "Sat 22 Nov 2025, 14:05"),
            // A file from a machine whose clock is ahead.
            ("2026-11-23 08:00", "Mon 23 Nov, 08:00"),
        ] {
            assert_eq!(said_in(moment(at, 1), now, &zone(1)), said);
        }
    }

    #[test]
    fn the_zone_decides_which_day_and_which_hour_it_was() {
        let (at, now) = (moment("2026-11-21 23:30", 0), moment("2026-11-22 12:00", 0));
        for (hours_east, said) in [(0, "yesterday 23:30"), (1, "today 00:30"), (-5, "yesterday 18:30"), (13, "yesterday 12:30")] {
            assert_eq!(said_in(at, now, &zone(hours_east)), said);
        }
    }
}
