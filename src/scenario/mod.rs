//! From files to a [`program::Program`]: what authors write, reading it, checking it, compiling it.

pub mod bounds;
pub mod check;
pub mod compile;
pub mod diagnostic;
pub mod generate;
pub mod lexical;
pub mod load;
pub mod located;
pub mod overlay;
pub mod prepare;
pub mod program;
pub mod reference;
pub mod script;
pub mod source;
pub mod tailor;
pub mod written;
