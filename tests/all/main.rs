//! All integration tests in one binary, so that they link once.

mod binary;
mod cli;
mod determinism;
mod fixture;
mod journal;
mod simulation;
mod spoilers;
