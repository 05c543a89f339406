//! Words of incident command: declaration, gates, briefings.

use crate::ids::{GateId, LevelId, MoveId, RoleId, RoleSet};
use crate::time::ExerciseTime;
use crate::vocabulary::encoding::records;

records! {
    /// Orders of command.
    pub enum Command {
        /// Declare an incident.
        0x0741 Declare { level: LevelId },
        /// Decide a gate, and how surely.
        0x0742 Decide { gate: GateId, choice: u8, sure: u8 },
        /// Share what one knows.
        0x0743 Brief { roles: RoleSet },
    }
}

records! {
    /// What command did.
    pub enum Fact {
        /// An incident was declared.
        0x0701 Declared { role: RoleId, level: LevelId },
        /// A gate opened.
        0x0702 GateOpened { gate: GateId, until: ExerciseTime },
        /// One of those who decide said what they are for.
        0x0703 Voted { gate: GateId, role: RoleId, choice: u8, sure: u8 },
        /// A gate was decided by people.
        0x0704 Decided { gate: GateId, role: RoleId, choice: u8, sure: u8 },
        /// Nobody decided in time.
        0x0705 TimedOut { gate: GateId, choice: u8 },
        /// A role shared what it knew.
        0x0706 Briefed { role: RoleId, with: RoleSet },
        /// A move opened.
        0x0707 MoveOpened { number: MoveId },
    }
}

records! {
    /// What people can be told of command.
    pub enum Observation {
        /// An incident is declared.
        0x0781 IncidentDeclared { level: LevelId },
        /// A gate is open to them.
        0x0782 GateIsOpen { gate: GateId, until: ExerciseTime },
        /// It is decided.
        0x0783 GateIsDecided { gate: GateId, choice: u8, timed_out: bool },
        /// A move has opened.
        0x0784 MoveHasOpened { number: MoveId },
    }
}
