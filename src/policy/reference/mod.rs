//! Works as a careful team would.

use super::{Orders, Policy, Wake};
use crate::exercise::knowledge::{Heard, View};
use crate::ids::RoleId;
use crate::scenario::program::Public;

/// What comes first where two things cannot both come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Style {
    ContainFirst,
    EvidenceFirst,
    ServiceFirst,
}

/// Works as a careful team would.
#[derive(Clone, Debug)]
pub struct Reference {
    _style: Style,
}

impl Reference {
    /// A careful player for a role.
    pub fn new(style: Style, _public: &Public, _role: RoleId) -> Reference {
        Reference { _style: style }
    }
}

impl Policy for Reference {
    fn wake(&mut self, _: &View<'_>, _: &[Heard], _: &mut Orders) -> Wake {
        Wake::never()
    }
}
