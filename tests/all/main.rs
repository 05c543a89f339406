//! All integration tests, in one binary: linking the crate once is most of what a test binary costs.

mod cases;
mod hostile;
