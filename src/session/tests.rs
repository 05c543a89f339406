//! Sessions: the same inputs give the same facts, whatever is done to them on the way.

use super::*;
