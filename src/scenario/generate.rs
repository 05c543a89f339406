//! Large estates out of small ones, for tests and benches.
