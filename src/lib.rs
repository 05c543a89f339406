//! Hotwash: a breach exercise on a clock.
pub mod assessment;
pub mod chance;
pub mod cli;
pub mod debrief;
pub mod exercise;
pub mod ids;
pub mod journal;
pub mod policy;
pub mod scenario;
pub mod time;
pub mod vocabulary;
