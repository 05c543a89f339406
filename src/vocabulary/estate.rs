//! Words of the estate: what machines, logins, links, segments and backups go through.

use crate::ids::{AssetId, DataId, LinkId, LoginId, SegmentId, StageId};
use crate::vocabulary::encoding::{records, words};

words! {
    /// What people can see of a machine.
    pub enum Seen {
        /// As it should be.
        Working = 0 "working",
        /// Cut off the network by us.
        Isolated = 1 "isolated",
        /// Powered off by us.
        Off = 2 "powered off",
        /// Its files are encrypted.
        Encrypted = 3 "encrypted",
    }
}

records! {
    /// What happened to the estate.
    pub enum Fact {
        /// Cut off the network.
        0x0101 Isolated { asset: AssetId },
        /// Put back on it.
        0x0102 Reconnected { asset: AssetId },
        /// Powered off.
        0x0103 PoweredOff { asset: AssetId },
        /// Powered on.
        0x0104 PoweredOn { asset: AssetId },
        /// Encrypted by the adversary.
        0x0105 Encrypted { asset: AssetId, stage: StageId },
        /// Installed anew.
        0x0106 Rebuilt { asset: AssetId },
        /// Brought back from a backup; `again` if what the adversary left came back with it.
        0x0107 Restored { asset: AssetId, from: DataId, again: bool },
        /// Freed of what the adversary left; `missed` if some of it stayed.
        0x0108 Cleaned { asset: AssetId, missed: bool },
        /// A login no longer opens anything.
        0x0109 LoginDisabled { login: LoginId },
        /// A login works again, with a secret nobody else has.
        0x010a LoginReset { login: LoginId },
        /// A link was closed.
        0x010b LinkCut { link: LinkId },
        /// A link was opened again.
        0x010c LinkRestored { link: LinkId },
        /// A segment was cut off all others.
        0x010d SegmentCut { segment: SegmentId },
        /// A segment was joined again.
        0x010e SegmentRejoined { segment: SegmentId },
        /// A segment's way to the internet was closed.
        0x010f EgressBlocked { segment: SegmentId },
        /// It was opened again.
        0x0110 EgressOpened { segment: SegmentId },
        /// A backup was destroyed.
        0x0111 BackupDestroyed { data: DataId, stage: StageId },
        /// A backup was taken out of everybody's reach.
        0x0112 BackupSecured { data: DataId },
        /// Data came back from a backup.
        0x0113 DataRestored { data: DataId, from: DataId },
    }
}

records! {
    /// What people can be told of the estate.
    pub enum Observation {
        /// What a machine looks like.
        0x0181 AssetLooks { asset: AssetId, seen: Seen },
        /// A machine was rebuilt, restored or cleaned: what was found on it is gone, as far as those who did it can tell.
        0x0188 AssetIsFresh { asset: AssetId },
        /// Whether a login is enabled.
        0x0182 LoginIs { login: LoginId, enabled: bool },
        /// Whether a link is open.
        0x0183 LinkIs { link: LinkId, open: bool },
        /// Whether a segment is joined to the others.
        0x0184 SegmentIs { segment: SegmentId, joined: bool },
        /// Whether a segment's way out is open.
        0x0185 EgressIs { segment: SegmentId, open: bool },
        /// Whether a backup is there, and out of reach.
        0x0186 BackupIs { data: DataId, there: bool, secured: bool },
        /// Data is back.
        0x0187 DataIsBack { data: DataId },
    }
}
