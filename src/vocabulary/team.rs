//! Words of the team: tasks, people who do them, companies that help.

use crate::ids::{ActionId, Key, RoleId, StaffId, VendorId};
use crate::scenario::written::Skill;
use crate::vocabulary::encoding::{AsField, Field, records, words};

impl AsField for Skill {
    fn as_field(self) -> Field {
        Field::Word(self as u8, self.label())
    }
}

impl AsField for Option<Skill> {
    fn as_field(self) -> Field {
        self.map_or(Field::Absent, Skill::as_field)
    }
}

words! {
    /// How a task ended.
    pub enum Outcome {
        /// It did what was asked.
        Done = 1 "done",
        /// It turned out to be impossible.
        Failed = 2 "could not be done",
    }
}

records! {
    /// Orders about people.
    pub enum Command {
        /// Call staff in: those of a skill, or all.
        0x0641 CallIn { skill: Option<Skill> },
        /// Call a vendor in.
        0x0642 Engage { vendor: VendorId },
    }
}

records! {
    /// What people did.
    pub enum Fact {
        /// A task waits for somebody.
        0x0601 TaskQueued { task: Key, role: RoleId, action: ActionId, target: Key },
        /// Somebody works on it.
        0x0602 TaskStarted { task: Key, staff: StaffId },
        /// It ended.
        0x0603 TaskEnded { task: Key, outcome: Outcome },
        /// Somebody was called in.
        0x0604 CalledIn { staff: StaffId },
        /// Somebody came to work.
        0x0605 CameIn { staff: StaffId },
        /// Somebody went home, too tired to go on.
        0x0606 WentHome { staff: StaffId },
        /// A vendor was called in.
        0x0607 VendorEngaged { vendor: VendorId, role: RoleId },
        /// Its people are at work.
        0x0608 VendorArrived { vendor: VendorId },
        /// Somebody is away, and cannot give orders.
        0x0609 RoleAbsent { role: RoleId },
        /// And is back.
        0x060a RoleBack { role: RoleId },
    }
}

records! {
    /// What people can be told of the team.
    pub enum Observation {
        /// A task was accepted and waits for somebody.
        0x0681 TaskWaits { task: Key, action: ActionId, target: Key },
        /// It is being worked on.
        0x0682 TaskRuns { task: Key },
        /// It ended.
        0x0683 TaskIsOver { task: Key, outcome: Outcome },
        /// A vendor is on the way.
        0x0684 VendorComes { vendor: VendorId },
        /// Its people are at work.
        0x0685 VendorIsHere { vendor: VendorId },
        /// Staff were called in.
        0x0686 StaffCalled { skill: Option<Skill> },
        /// Somebody is away.
        0x0687 RoleIsAway { role: RoleId, away: bool },
    }
}
