//! Does nothing: what the adversary comes to when nobody is in its way.

use super::{Orders, Policy, Wake};
use crate::exercise::knowledge::{Heard, View};

/// Does nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Idle;

impl Policy for Idle {
    fn wake(&mut self, _: &View<'_>, _: &[Heard], _: &mut Orders) -> Wake {
        Wake::never()
    }
}
