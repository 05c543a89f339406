//! Words of the adversary. All of them are ground truth; nobody is told any.

use crate::ids::{AssetId, ClaimId, DataId, Key, LoginId, StageId};
use crate::scenario::written::Trail;
use crate::vocabulary::encoding::{AsField, Field, records, words};

words! {
    /// Why a stage failed.
    pub enum Obstacle {
        /// No machine from which it could be done.
        NoFoothold = 1 "no foothold it can work from",
        /// The way was closed.
        NoWay = 2 "no way there",
        /// No login that opens it.
        NoLogin = 3 "no login that opens it",
        /// Nothing left to do it to.
        NoTarget = 4 "nothing to do it to",
        /// A sensor stopped it.
        Blocked = 5 "stopped by a sensor",
        /// A second factor held.
        SecondFactor = 6 "stopped by a second factor",
        /// The backup was out of reach.
        OutOfReach = 7 "out of reach",
    }

    /// How the adversary lost a machine.
    pub enum Loss {
        /// It was isolated, powered off, or cut off.
        CutOff = 1 "cut off",
        /// It was installed anew or restored.
        Rebuilt = 2 "rebuilt",
        /// It was cleaned.
        Cleaned = 3 "cleaned",
        /// A login it used stopped working.
        Login = 4 "login disabled",
    }

    /// What it does about having been noticed.
    pub enum ReactionKind {
        /// Nothing.
        None = 0 "carries on",
        /// Goes straight for its goal.
        Hurry = 1 "hurries",
        /// Keeps quiet for a while.
        LieLow = 2 "lies low",
    }
}

impl AsField for Trail {
    fn as_field(self) -> Field {
        Field::Word(self as u8, self.label())
    }
}

records! {
    /// What the adversary did.
    pub enum Fact {
        /// A stage was begun, for the nth time.
        0x0201 StageBegun { stage: StageId, nth: u16 },
        /// A stage succeeded.
        0x0202 StageDone { stage: StageId, nth: u16 },
        /// A stage failed.
        0x0203 StageFailed { stage: StageId, nth: u16, obstacle: Obstacle },
        /// A machine was taken.
        0x0204 Compromised { asset: AssetId, stage: StageId },
        /// A login was taken.
        0x0205 LoginStolen { login: LoginId, stage: StageId },
        /// A way back in was left.
        0x0206 Persisted { asset: AssetId, stage: StageId },
        /// A trace was left. Its key is what alerts and findings come from.
        0x0207 Trace { trace: Key, asset: AssetId, trail: Trail, stage: StageId },
        /// A machine was lost.
        0x0208 FootholdLost { asset: AssetId, loss: Loss },
        /// A login was lost.
        0x0209 LoginLost { login: LoginId },
        /// It remarked the loss.
        0x020a Reacted { reaction: ReactionKind },
        /// Records were copied out.
        0x020b Copied { data: DataId, records: u32, stage: StageId },
        /// It holds nothing any more, and has no way back.
        0x020c Evicted {},
        /// A claim has become true.
        0x020d ClaimBecameTrue { claim: ClaimId },
        /// It made itself heard.
        0x020e Demanded { stage: StageId },
    }
}
