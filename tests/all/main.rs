//! All integration tests, in one binary: linking the crate once is most of what a test binary costs.

mod cases;
mod determinism;
mod fixture;
mod hostile;
mod simulation;
mod spoilers;
