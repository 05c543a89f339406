//! All integration tests, in one binary: linking the crate once is most of what a test binary costs.

mod ablation;
mod bands;
mod behaviour;
mod binary;
mod cases;
mod cli;
mod colleagues;
mod determinism;
mod discussion;
mod display;
mod files;
mod fixture;
mod fuzz;
mod hostile;
mod journal;
mod killed;
mod limits;
mod papers;
mod simulation;
mod spoilers;
mod texts;
mod tidy;
mod window;
