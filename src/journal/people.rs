//! What the people at the table and the facilitator do, other than to order something themselves.

use serde::{Deserialize, Serialize};

use crate::ids::RoleSet;
use crate::scenario::compile::{Names, PlainOrder};
use crate::scenario::written::Skill;
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::exercise::Direction;

/// The facilitator changed the course of play.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Directed {
    /// When, in seconds from STARTEX.
    pub at: ExerciseTime,
    /// How.
    pub direction: PlainDirection,
    /// Why, in the facilitator's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// A direction in words: the same as [`Direction`], with what the author called things.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum PlainDirection {
    Fire { inject: String },
    Hold { inject: String },
    Release { inject: String },
    Skip { inject: String },
    Retract { inject: String },
    Tell { roles: Vec<String>, claim: String, yes: bool },
    AssumeWatched { sensor: String },
    AssumeBlocks { sensor: String },
    AssumeBackupSafe { data: String },
    AssumeVendorHere { vendor: String },
    AssumeStaff { people: u8, skill: String },
}

impl PlainDirection {
    /// The direction it stands for.
    ///
    /// # Errors
    /// Says in one sentence what it names that is not there.
    pub fn resolve(&self, names: &Names) -> Result<Direction, String> {
        Ok(match self {
            PlainDirection::Fire { inject } => Direction::Fire { inject: names.resolve(inject)? },
            PlainDirection::Hold { inject } => Direction::Hold { inject: names.resolve(inject)? },
            PlainDirection::Release { inject } => Direction::Release { inject: names.resolve(inject)? },
            PlainDirection::Skip { inject } => Direction::Skip { inject: names.resolve(inject)? },
            PlainDirection::Retract { inject } => Direction::Retract { inject: names.resolve(inject)? },
            PlainDirection::Tell { roles, claim, yes } => Direction::Tell {
                roles: roles.iter().map(|role| names.resolve(role)).collect::<Result<RoleSet, String>>()?,
                claim: names.resolve(claim)?,
                stance: if *yes { Stance::Yes } else { Stance::No },
            },
            PlainDirection::AssumeWatched { sensor } => Direction::AssumeWatched { sensor: names.resolve(sensor)? },
            PlainDirection::AssumeBlocks { sensor } => Direction::AssumeBlocks { sensor: names.resolve(sensor)? },
            PlainDirection::AssumeBackupSafe { data } => Direction::AssumeBackupSafe { data: names.resolve(data)? },
            PlainDirection::AssumeVendorHere { vendor } => Direction::AssumeVendorHere { vendor: names.resolve(vendor)? },
            PlainDirection::AssumeStaff { people, skill } => Direction::AssumeStaff {
                people: *people,
                skill: Skill::ALL.into_iter().find(|known| known.label() == skill).ok_or_else(|| format!("there is no skill `{skill}`"))?,
            },
        })
    }
}

/// The room decided something, and colleagues were told what to do. It has no effect of its own on play: the orders that they give for it are
/// commands. It is what resuming needs, so that they know again what they were told. One record is one line, so that a crash keeps all of it or nothing.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Instructed {
    /// When, in seconds from STARTEX.
    pub at: ExerciseTime,
    /// What the room said, word for word.
    pub words: String,
    /// What it was taken to mean, by role.
    pub told: Vec<Told>,
}

/// What one role was told.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The id of the role.
    pub role: String,
    /// To do what.
    pub to: PlainInstruction,
}

/// What a colleague was told to do.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlainInstruction {
    /// To give an order, not before a moment.
    Order {
        /// What.
        order: PlainOrder,
        /// Not before; in seconds from STARTEX.
        from: ExerciseTime,
    },
    /// To see to a duty from now on, by what it says.
    Duty {
        /// What it says.
        says: String,
    },
    /// To give orders once something is so.
    Once {
        /// What has to be so.
        trigger: PlainTrigger,
        /// What then.
        orders: Vec<PlainOrder>,
    },
}

/// What a standing order waits for.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum PlainTrigger {
    Told(String),
    Down(String),
    Encrypted(u16),
    InSegment(String),
    Segments(u16),
    Declared,
}
