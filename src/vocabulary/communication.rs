//! Words of communication: what is said to whom, and what they make of it.

use crate::ids::{ClaimId, RoleId, StakeholderId, StatementId};
use crate::vocabulary::encoding::{records, words};

words! {
    /// What is said of a claim.
    pub enum Stance {
        /// It is false.
        No = 0 "no",
        /// It is true.
        Yes = 1 "yes",
        /// We do not know yet.
        NotYet = 2 "not known yet",
    }
}

records! {
    /// Orders to speak.
    pub enum Command {
        /// Ask somebody what they know.
        0x0841 Ask { stakeholder: StakeholderId },
        /// Sign a statement off.
        0x0842 SignOff { statement: StatementId },
        /// Publish it.
        0x0843 Publish { statement: StatementId },
    }
}

records! {
    /// What was said.
    pub enum Fact {
        /// A role signed a statement off.
        0x0801 SignedOff { statement: StatementId, role: RoleId },
        /// A statement went out.
        0x0802 Published { statement: StatementId, role: RoleId },
        /// A stakeholder heard a claim.
        0x0803 Said { claim: ClaimId, stance: Stance, to: StakeholderId },
        /// A stakeholder was asked.
        0x0804 Asked { stakeholder: StakeholderId, role: RoleId },
        /// Trust changed, to this (0 to 10).
        0x0805 TrustBecame { stakeholder: StakeholderId, trust: u8 },
        /// A stakeholder did not hear what it had to in time.
        0x0806 NotHeard { stakeholder: StakeholderId, claim: ClaimId },
    }
}

records! {
    /// What people can be told by others.
    pub enum Observation {
        /// A claim, as somebody sees it.
        0x0881 Claim { claim: ClaimId, stance: Stance },
        /// A statement is signed off by a role.
        0x0882 StatementSigned { statement: StatementId, role: RoleId },
        /// A statement is out.
        0x0883 StatementIsOut { statement: StatementId },
        /// How somebody feels about us.
        0x0884 Trust { stakeholder: StakeholderId, trust: u8 },
    }
}
