//! Words of investigation: searches, findings, evidence, beliefs.

use crate::ids::{AssetId, ClaimId, Key, LoginId, RoleId, SensorId, TechniqueId};
use crate::time::ExerciseTime;
use crate::vocabulary::Scope;
use crate::vocabulary::encoding::{records, words};

words! {
    /// Kinds of evidence, most volatile first (RFC 3227, section 2.1).
    pub enum Evidence {
        /// What is in memory.
        Memory = 1 "memory",
        /// What is on disk.
        Disk = 2 "disk",
    }
}

records! {
    /// Orders to look.
    pub enum Command {
        /// Search a sensor's records.
        0x0441 Query { sensor: SensorId },
        /// Look at machines.
        0x0442 Hunt { scope: Scope },
        /// Capture memory.
        0x0443 CaptureMemory { scope: Scope },
        /// Image disks.
        0x0444 ImageDisk { scope: Scope },
        /// State a belief in a claim, 0 (surely false) to 100 (surely true).
        0x0445 Conclude { claim: ClaimId, percent: u8 },
        /// Do what tells something and changes nothing.
        0x0446 Learn {},
    }
}

impl Command {
    /// The machines it names; none where it is about something else.
    pub fn scope(&self) -> Option<Scope> {
        match *self {
            Command::Hunt { scope } | Command::CaptureMemory { scope } | Command::ImageDisk { scope } => Some(scope),
            Command::Query { .. } | Command::Conclude { .. } | Command::Learn {} => None,
        }
    }
}

records! {
    /// What was found, kept and lost.
    pub enum Fact {
        /// A trace was found by somebody who looked.
        0x0401 Found { trace: Key, asset: AssetId },
        /// Evidence was kept.
        0x0402 EvidenceKept { asset: AssetId, evidence: Evidence },
        /// Evidence that nobody had kept was destroyed.
        0x0403 EvidenceLost { asset: AssetId, evidence: Evidence },
        /// A role stated a belief.
        0x0404 Believed { role: RoleId, claim: ClaimId, percent: u8 },
    }
}

records! {
    /// What people can be told by those who looked.
    pub enum Observation {
        /// Signs of the adversary, of when, and of which technique.
        0x0481 Finding { asset: AssetId, technique: TechniqueId, of: ExerciseTime },
        /// A colleague says that signs of the adversary were found on a machine.
        0x0486 SignsOn { asset: AssetId },
        /// Nothing was found on a machine.
        0x0482 NothingFound { asset: AssetId },
        /// Nothing was found in a sensor's records.
        0x0483 NothingInRecords { sensor: SensorId },
        /// A login was taken.
        0x0484 LoginTaken { login: LoginId },
        /// Evidence is kept.
        0x0485 EvidenceIsKept { asset: AssetId, evidence: Evidence },
    }
}
