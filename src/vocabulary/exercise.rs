//! Words of the exercise itself: its beginning, its end, and what became of orders.

use crate::ids::{ActionId, AssetId, ClaimId, CriterionId, DataId, GateId, InjectId, Key, RoleId, RoleSet, SensorId, ServiceId, VendorId};
use crate::scenario::written::Skill;
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::encoding::{records, words};

words! {
    /// Why an order was refused. Every reason follows from what the role knows; none tells more.
    pub enum Refusal {
        /// The role may not order it.
        NotYours = 1 "this role may not order it",
        /// The role does not know what it is about.
        Unknown = 2 "this role does not know of it",
        /// As far as the role knows, it is so already.
        AlreadySo = 3 "as far as this role knows, it is so already",
        /// The same task waits or runs already.
        InProgress = 4 "it is being done already",
        /// A gate that is not open to it.
        GateClosed = 5 "this decision is not open",
        /// There is no such choice, level, or text.
        NoSuchChoice = 6 "there is no such choice",
        /// A statement is not signed off.
        NotSignedOff = 7 "it is not signed off yet",
        /// The role is away.
        Away = 8 "this role is away",
        /// A legal hold: image it first.
        OnHold = 9 "a legal hold asks for an image first",
        /// Nothing it could be done with or for.
        NothingToDo = 10 "there is nothing to do it to",
        /// The order does not fit its action.
        DoesNotFit = 11 "the order does not fit the action",
        /// What it would take is gone, or was taken before.
        NothingLeft = 12 "as far as this role knows, there is nothing left to take",
    }
}

records! {
    /// What happened to the exercise.
    pub enum Fact {
        /// Play starts.
        0x0001 Startex { scenario: Key },
        /// Play ends.
        0x0002 Endex {},
        /// An order was accepted.
        0x0003 Ordered { role: RoleId, action: ActionId, target: Key },
        /// An order was refused.
        0x0004 Refused { role: RoleId, action: ActionId, refusal: Refusal },
        /// An order was carried out.
        0x0005 CarriedOut { action: ActionId, target: Key },
        /// An inject found nothing to say: the clock reached this moment.
        0x0006 Reached { time: ExerciseTime },
        /// The facilitator changed the course of play: by which direction (its tag), about what.
        0x0007 Directed { direction: u16, about: Key },
        /// The facilitator helped with what this criterion asks for: it is not evaluated.
        0x0008 Helped { criterion: CriterionId },
    }
}

records! {
    /// What a facilitator can do to play, beyond what any role can order. Everything that follows has the direction among its causes, so that no
    /// criterion it touches counts for or against the room.
    pub enum Direction {
        /// An inject now, whatever it waits for.
        0x0041 Fire { inject: InjectId },
        /// An inject not before it is released.
        0x0042 Hold { inject: InjectId },
        /// No longer held: at once, if its moment has come meanwhile.
        0x0043 Release { inject: InjectId },
        /// An inject not at all.
        0x0044 Skip { inject: InjectId },
        /// An inject that has come is taken back: it was a mistake of the exercise.
        0x0045 Retract { inject: InjectId },
        /// A claim told by an inject that the facilitator makes up.
        0x0046 Tell { roles: RoleSet, claim: ClaimId, stance: Stance },
        /// Assumed: a sensor is watched around the clock.
        0x0047 AssumeWatched { sensor: SensorId },
        /// Assumed: a sensor stops what it notices.
        0x0048 AssumeBlocks { sensor: SensorId },
        /// Assumed: a backup is out of reach.
        0x0049 AssumeBackupSafe { data: DataId },
        /// Assumed: a company's people are here.
        0x004a AssumeVendorHere { vendor: VendorId },
        /// Assumed: there are more people with a skill.
        0x004b AssumeStaff { people: u8, skill: Skill },
        /// An inject that has not come gets other words.
        0x004c Edit { inject: InjectId },
        /// An inject that the facilitator makes up comes now.
        0x004d Improvise { inject: InjectId },
        /// A message that helps roles on comes now; what it helps with is not evaluated.
        0x004e Hint { inject: InjectId },
        /// Override: a task that waits or runs is over now: done, or in vain.
        0x0050 EndTask { task: Key, done: bool },
        /// Override: a machine is cut off the network, or back on it.
        0x0051 Machine { asset: AssetId, on_network: bool },
        /// Override: a service is at this level, whatever it rests on.
        0x0052 ServiceAt { service: ServiceId, percent: u8 },
        /// A service is again as good as what it rests on.
        0x0053 ServiceFollows { service: ServiceId },
        /// Override: a role is away, or back.
        0x0054 Absent { role: RoleId, away: bool },
        /// Override: a sensor sees again what it was blinded to.
        0x0055 SensorBack { sensor: SensorId },
        /// Override: there is more time for a decision that is open; minutes.
        0x0056 Extend { gate: GateId, minutes: u16 },
        /// Override: a decision is open once more, for so many minutes. What the first one brought about stays.
        0x0057 Reopen { gate: GateId, minutes: u16 },
    }
}

/// What a direction does, after "the facilitator", by its stable number.
pub fn says_of_direction(tag: u16) -> &'static str {
    match tag {
        0x0041 => "fired an inject",
        0x0042 => "held an inject",
        0x0043 => "released an inject",
        0x0044 => "skipped an inject",
        0x0045 => "took an inject back",
        0x0046 => "told something of their own",
        0x0047 => "let it be assumed that a sensor is watched around the clock",
        0x0048 => "let it be assumed that a sensor stops what it notices",
        0x0049 => "let it be assumed that a backup is out of reach",
        0x004a => "let it be assumed that a company's people are here",
        0x004b => "let it be assumed that there are more people",
        0x004c => "put an inject into other words",
        0x004d => "made up an inject",
        0x004e => "gave a hint",
        0x0050 => "ended a task by hand",
        0x0051 => "took a machine off the network or back by hand",
        0x0052 => "set the level of a service by hand",
        0x0053 => "let a service follow what it rests on again",
        0x0054 => "sent a role away or had it back by hand",
        0x0055 => "gave a sensor its sight back by hand",
        0x0056 => "gave more time for a decision",
        0x0057 => "opened a decision once more",
        _ => "changed the course of play",
    }
}
