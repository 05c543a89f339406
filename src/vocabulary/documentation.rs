//! Words of documentation: the incident log and the situation reports.

use crate::ids::{AssetId, ClaimId, RoleId};
use crate::vocabulary::encoding::records;

records! {
    /// Orders to write.
    pub enum Command {
        /// Write down what one knows.
        0x0b41 Log {},
        /// Report it to all roles.
        0x0b42 Report {},
    }
}

records! {
    /// What was written.
    pub enum Fact {
        /// A role wrote into the log.
        0x0b01 Logged { role: RoleId, entries: u16 },
        /// The log now says what a role knew of a claim.
        0x0b02 LogHoldsClaim { claim: ClaimId },
        /// The log now says that a machine was taken.
        0x0b03 LogHoldsAsset { asset: AssetId },
        /// A role reported to all.
        0x0b04 Reported { role: RoleId },
    }
}
