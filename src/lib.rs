//! Hotwash: a breach exercise on a clock.
pub mod scenario;
pub mod time;
