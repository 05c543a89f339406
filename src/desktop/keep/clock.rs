//! The machine's clock: when a file was written, which day it is, how long a list takes to be read. Nothing of it reaches an exercise.

use std::time::{Duration, Instant, SystemTime};

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

/// The day it is, in UTC, as `2026-05-14`.
pub fn today() -> String {
    chrono::DateTime::from_timestamp_millis(now()).map_or_else(String::new, |moment| moment.format("%Y-%m-%d").to_string())
}

/// As people read it.
pub(super) fn said(milliseconds: i64) -> String {
    chrono::DateTime::from_timestamp_millis(milliseconds).map_or_else(String::new, |moment| moment.format("%-d %b %Y, %H:%M UTC").to_string())
}
