//! Words of response: containment, eradication, recovery. What comes of them are facts of the estate.

use crate::ids::{DataId, LinkId, LoginId, SegmentId};
use crate::vocabulary::Scope;
use crate::vocabulary::encoding::records;

records! {
    /// Orders to contain, eradicate and recover.
    pub enum Command {
        /// Cut machines off the network.
        0x0541 Isolate { scope: Scope },
        /// Put them back.
        0x0542 Reconnect { scope: Scope },
        /// Power machines off.
        0x0543 PowerOff { scope: Scope },
        /// Power them on.
        0x0544 PowerOn { scope: Scope },
        /// Disable a login.
        0x0545 DisableLogin { login: LoginId },
        /// Give it a new secret and enable it.
        0x0546 ResetLogin { login: LoginId },
        /// Close a link.
        0x0547 CutLink { link: LinkId },
        /// Open it again.
        0x0548 RestoreLink { link: LinkId },
        /// Cut a segment off.
        0x0549 CutSegment { segment: SegmentId },
        /// Join it again.
        0x054a RejoinSegment { segment: SegmentId },
        /// Close a segment's way to the internet.
        0x054b BlockEgress { segment: SegmentId },
        /// Open it again.
        0x054c OpenEgress { segment: SegmentId },
        /// Remove what the adversary left.
        0x054d Clean { scope: Scope },
        /// Install machines anew.
        0x054e Rebuild { scope: Scope },
        /// Bring machines back from a backup.
        0x054f RestoreMachines { scope: Scope },
        /// Bring data back from a backup.
        0x0550 RestoreData { data: DataId },
        /// Take a copy of a backup out of reach.
        0x0551 SecureBackup { data: DataId },
    }
}

impl Command {
    /// The machines it names; none where it is about something else.
    pub fn scope(&self) -> Option<Scope> {
        match *self {
            Command::Isolate { scope }
            | Command::Reconnect { scope }
            | Command::PowerOff { scope }
            | Command::PowerOn { scope }
            | Command::Clean { scope }
            | Command::Rebuild { scope }
            | Command::RestoreMachines { scope } => Some(scope),
            Command::DisableLogin { .. }
            | Command::ResetLogin { .. }
            | Command::CutLink { .. }
            | Command::RestoreLink { .. }
            | Command::CutSegment { .. }
            | Command::RejoinSegment { .. }
            | Command::BlockEgress { .. }
            | Command::OpenEgress { .. }
            | Command::RestoreData { .. }
            | Command::SecureBackup { .. } => None,
        }
    }
}
