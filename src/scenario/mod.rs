//! From files to a [`Program`]: what authors write, reading it, checking it, compiling it.

pub mod compile;
pub mod generate;
pub mod located;
pub mod program;
pub mod reference;
pub mod written;
