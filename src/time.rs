//! Exercise time: whole story seconds, signed, counted from STARTEX.
//!
//! Nothing here knows a calendar except [`Calendar`], which turns exercise time into a date for people to read. The simulation never asks
//! what time it is on the machine.

mod calendar;

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use chrono::{NaiveDateTime, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use calendar::{Calendar, ClockChange, MOST_CLOCK_CHANGES};

/// A length of story time, in seconds. Written `"90m"`, `"2h"`, `"1h30m"`, `"3d"`, `"45s"`, with an optional sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Span(pub i64);

/// A moment of the exercise: seconds from STARTEX; what lies before it is negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct ExerciseTime(pub i64);

/// A moment of the day, in seconds after midnight. Written `"22:00"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct ClockTime(pub u32);

/// The longest span anybody may write: ten years. Longer ones are typing errors, and would overflow sums.
pub const LONGEST_SPAN_SECONDS: i64 = 10 * 366 * 24 * 3600;

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// A span of whole minutes.
    pub const fn minutes(minutes: i64) -> Span {
        Span(minutes * 60)
    }

    /// A span of whole hours.
    pub const fn hours(hours: i64) -> Span {
        Span(hours * 3600)
    }

    /// Whole minutes, rounded towards zero.
    pub const fn as_minutes(self) -> i64 {
        self.0 / 60
    }

    /// Reads `"90m"`, `"+5m"`, `"-11d"`, `"1h30m"`.
    ///
    /// # Errors
    /// Says what is wrong and shows the form that is expected.
    pub fn parse(text: &str) -> Result<Span, String> {
        let wrong = || format!("`{text}` is not a span of time; write a number and a unit, as in \"90m\", \"2h\", \"1h30m\" or \"3d\"");
        let trimmed = text.trim();
        let (sign, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, trimmed.strip_prefix('+').unwrap_or(trimmed)),
        };
        let mut total: i64 = 0;
        let mut number: Option<i64> = None;
        for character in digits.chars() {
            if let Some(digit) = character.to_digit(10) {
                let so_far = number.unwrap_or(0);
                number = Some(so_far.checked_mul(10).and_then(|n| n.checked_add(i64::from(digit))).ok_or_else(wrong)?);
                continue;
            }
            let unit = match character {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                'd' => 86_400,
                'w' => 7 * 86_400,
                _ => return Err(wrong()),
            };
            let seconds = number.take().ok_or_else(wrong)?.checked_mul(unit).ok_or_else(wrong)?;
            total = total.checked_add(seconds).ok_or_else(wrong)?;
        }
        if number.is_some() || digits.is_empty() {
            return Err(wrong());
        }
        if total > LONGEST_SPAN_SECONDS {
            return Err(format!("`{text}` is longer than ten years"));
        }
        Ok(Span(sign * total))
    }
}

impl ClockTime {
    /// Reads `"22:00"`.
    ///
    /// # Errors
    /// Says what is wrong and shows the form that is expected.
    pub fn parse(text: &str) -> Result<ClockTime, String> {
        let wrong = || format!("`{text}` is not a time of day; write hours and minutes, as in \"22:00\"");
        let (hours, minutes) = text.trim().split_once(':').ok_or_else(wrong)?;
        let hours: u32 = hours.parse().map_err(|_| wrong())?;
        let minutes: u32 = minutes.parse().map_err(|_| wrong())?;
        if hours > 23 || minutes > 59 {
            return Err(wrong());
        }
        Ok(ClockTime(hours * 3600 + minutes * 60))
    }
}

impl Add<Span> for ExerciseTime {
    type Output = ExerciseTime;
    fn add(self, span: Span) -> ExerciseTime {
        ExerciseTime(self.0 + span.0)
    }
}

impl AddAssign<Span> for ExerciseTime {
    fn add_assign(&mut self, span: Span) {
        self.0 += span.0;
    }
}

impl Sub for ExerciseTime {
    type Output = Span;
    fn sub(self, earlier: ExerciseTime) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0 + other.0)
    }
}

impl fmt::Display for Span {
    /// The way people write it: `1d 3h`, `2h05m`, `45m`, `30s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
        match (days, hours, minutes) {
            (0, 0, 0) => write!(f, "{seconds}s"),
            (0, 0, _) => write!(f, "{minutes}m"),
            (0, _, 0) => write!(f, "{hours}h"),
            (0, ..) => write!(f, "{hours}h{minutes:02}m"),
            (_, 0, _) => write!(f, "{days}d"),
            _ => write!(f, "{days}d {hours}h"),
        }
    }
}

impl fmt::Display for ExerciseTime {
    /// `T+01:30`, or `T+26:05`; `T-264:20` before STARTEX.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        write!(f, "T{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
    }
}

macro_rules! written_as_text {
    ($($kind:ty),*) => {$(
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                <$kind>::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

written_as_text!(Span, ClockTime, Moment);

impl Serialize for ExerciseTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for ExerciseTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(ExerciseTime)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

/// A moment as an author writes it; [`Calendar::resolve`] turns it into exercise time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// `"+5m"`, `"-6d"`: from a stated origin (STARTEX, or the opening of the move).
    After(Span),
    /// `"-11d 02:40"`: a number of days before the day of STARTEX, at a time of day.
    DayAt {
        /// Days from the day of STARTEX; usually negative.
        days: i64,
        /// Time of day.
        clock: ClockTime,
    },
    /// `"Thu 16:20"`: the first such day at or after the day of STARTEX.
    Weekday(Weekday, ClockTime),
    /// `"2026-05-14 16:20"`.
    Date(NaiveDateTime),
}

impl Moment {
    /// Reads any of the four forms.
    ///
    /// # Errors
    /// Says what is wrong and shows the forms that are expected.
    pub fn parse(text: &str) -> Result<Moment, String> {
        let trimmed = text.trim();
        if let Ok(date) = NaiveDateTime::parse_from_str(trimmed, "%Y-%m-%d %H:%M") {
            return Ok(Moment::Date(date));
        }
        if let Some((day, clock)) = trimmed.split_once(' ') {
            if let Ok(clock) = ClockTime::parse(clock) {
                if let Ok(weekday) = day.parse::<Weekday>() {
                    return Ok(Moment::Weekday(weekday, clock));
                }
                if let Ok(span) = Span::parse(day)
                    && span.0 % 86_400 == 0
                {
                    return Ok(Moment::DayAt { days: span.0 / 86_400, clock });
                }
            }
        } else if let Ok(span) = Span::parse(trimmed) {
            return Ok(Moment::After(span));
        }
        Err(format!("`{text}` is not a moment; write \"+90m\", \"-11d 02:40\", \"Thu 16:20\" or \"2026-05-14 16:20\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written_the_way_people_do() {
        assert_eq!(Span::parse("90m"), Ok(Span(5400)));
        assert_eq!(Span::parse("1h30m"), Ok(Span(5400)));
        assert_eq!(Span::parse("-11d"), Ok(Span(-11 * 86_400)));
        assert_eq!(Span(5400).to_string(), "1h30m");
        for wrong in ["", "m", "5", "5 m", "h5", "99999999999999999999d", "400000w", "½h"] {
            assert!(Span::parse(wrong).is_err(), "{wrong}");
        }
    }
}
