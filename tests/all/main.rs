//! All integration tests in one binary, so that they link once.

mod determinism;
mod fixture;
mod simulation;
mod spoilers;
