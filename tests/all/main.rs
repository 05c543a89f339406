//! All integration tests, in one binary: linking the crate once is most of what a test binary costs.

mod ablation;
mod bands;
mod binary;
mod cases;
mod cli;
mod determinism;
mod fixture;
mod hostile;
mod journal;
mod simulation;
mod spoilers;
mod tidy;
mod window;
