//! Wall time: how long a run took, and whether work has become long enough to show its progress. It reaches nothing else.

use std::time::{Duration, Instant};

/// A stop watch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts.
    #[allow(clippy::disallowed_methods, reason = "the one place of the command line that looks at the machine's clock")]
    pub fn start() -> Clock {
        Clock(Instant::now())
    }

    /// Since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// Whole milliseconds since the start.
    pub fn milliseconds(&self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
