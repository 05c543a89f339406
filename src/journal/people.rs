//! What the people at the table and the facilitator do, other than to order something themselves.

use serde::{Deserialize, Serialize};

use crate::exercise::injects::Standing;
use crate::ids::{DenseId, InjectId, Key, RoleSet};
use crate::scenario::compile::{Names, PlainOrder};
use crate::scenario::overlay::{self, MadeUp};
use crate::scenario::prepare::Prepared;
use crate::scenario::program::Hand;
use crate::scenario::written::{Channel, Skill};
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
    Fire {
        inject: String,
    },
    Hold {
        inject: String,
    },
    Release {
        inject: String,
    },
    Skip {
        inject: String,
    },
    Retract {
        inject: String,
    },
    Tell {
        roles: Vec<String>,
        claim: String,
        yes: bool,
    },
    AssumeWatched {
        sensor: String,
    },
    AssumeBlocks {
        sensor: String,
    },
    AssumeBackupSafe {
        data: String,
    },
    AssumeVendorHere {
        vendor: String,
    },
    AssumeStaff {
        people: u8,
        skill: String,
    },
    /// Other words for an inject that has not come.
    Edit {
        inject: String,
        text: String,
    },
    /// An inject of the facilitator's own.
    Improvise(Box<Improvised>),
    /// A message that helps on; criteria that it is about are not evaluated.
    Hint {
        /// What the message is called from now on.
        inject: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of_move: Option<String>,
        roles: Vec<String>,
        text: String,
        about: Vec<String>,
    },
    /// A task by its key.
    EndTask {
        task: String,
        done: bool,
    },
    Machine {
        asset: String,
        on_network: bool,
    },
    ServiceAt {
        service: String,
        percent: u8,
    },
    ServiceFollows {
        service: String,
    },
    Absent {
        role: String,
        away: bool,
    },
    SensorBack {
        sensor: String,
    },
    Extend {
        gate: String,
        minutes: u16,
    },
    Reopen {
        gate: String,
        minutes: u16,
    },
}

/// An inject of the facilitator's own.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Improvised {
    /// What it is called from now on.
    pub inject: String,
    /// The id of the move in which it comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_move: Option<String>,
    /// To which roles, by their ids.
    pub roles: Vec<String>,
    /// How it comes, by its label.
    pub channel: String,
    /// From whom, in words; may be empty.
    pub from: String,
    /// What it says.
    pub text: String,
    /// The id of a claim that is learnt from it, and whether it is said to be so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tells: Option<(String, bool)>,
}

/// The longest that a decision can be kept open by one direction, in minutes: a week.
const LONGEST_EXTENSION: u16 = 7 * 24 * 60;

impl PlainDirection {
    /// Lays over the scenario what the direction brings with it: other words, or an inject. True if there is something; then the exercise has to play
    /// on with the program as it is now. `standing` says how an inject stands at that moment.
    ///
    /// # Errors
    /// Says in one sentence what it names that is not there, or why it cannot be.
    pub fn lay_over(&self, prepared: &mut Prepared, standing: impl Fn(InjectId) -> Standing) -> Result<bool, String> {
        let names = &prepared.names;
        let of_move = |id: &Option<String>| id.as_ref().map(|id| names.resolve(id)).transpose();
        let made = match self {
            PlainDirection::Edit { inject, text } => {
                let inject = names.resolve(inject)?;
                if standing(inject) == Standing::Over {
                    return Err(format!(
                        "`{}` has come already, or never will: its words stay what they are",
                        prepared.program.public.injects[inject.index()].id
                    ));
                }
                overlay::edit(prepared, inject, text)?;
                return Ok(true);
            }
            PlainDirection::Improvise(improvised) => MadeUp {
                id: improvised.inject.clone(),
                of_move: of_move(&improvised.of_move)?,
                to: roles_of(names, &improvised.roles)?,
                channel: Channel::named(&improvised.channel).ok_or_else(|| format!("nothing comes by `{}`", improvised.channel))?,
                from: improvised.from.clone(),
                text: improvised.text.clone(),
                tells: improvised.tells.as_ref().map(|(claim, yes)| Ok::<_, String>((names.resolve(claim)?, stance(*yes)))).transpose()?,
                sets_aside: Vec::new(),
                hand: Hand::MadeUp,
            },
            PlainDirection::Hint { inject, of_move: at, roles, text, about } => {
                let mut sets_aside = Vec::new();
                for about in about {
                    sets_aside.extend(overlay::criteria_about(&prepared.program, names, about)?);
                }
                sets_aside.sort_unstable();
                sets_aside.dedup();
                MadeUp {
                    id: inject.clone(),
                    of_move: of_move(at)?,
                    to: roles_of(names, roles)?,
                    channel: Channel::InPerson,
                    from: FACILITATOR.to_owned(),
                    text: text.clone(),
                    tells: None,
                    sets_aside,
                    hand: Hand::Hint,
                }
            }
            _ => return Ok(false),
        };
        overlay::add(prepared, made)?;
        Ok(true)
    }

    /// The direction it stands for, once what it brings with it is laid over the scenario.
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
            PlainDirection::Tell { roles, claim, yes } => {
                Direction::Tell { roles: roles_of(names, roles)?, claim: names.resolve(claim)?, stance: stance(*yes) }
            }
            PlainDirection::AssumeWatched { sensor } => Direction::AssumeWatched { sensor: names.resolve(sensor)? },
            PlainDirection::AssumeBlocks { sensor } => Direction::AssumeBlocks { sensor: names.resolve(sensor)? },
            PlainDirection::AssumeBackupSafe { data } => Direction::AssumeBackupSafe { data: names.resolve(data)? },
            PlainDirection::AssumeVendorHere { vendor } => Direction::AssumeVendorHere { vendor: names.resolve(vendor)? },
            PlainDirection::AssumeStaff { people, skill } => Direction::AssumeStaff {
                people: *people,
                skill: Skill::ALL.into_iter().find(|known| known.label() == skill).ok_or_else(|| format!("there is no skill `{skill}`"))?,
            },
            PlainDirection::Edit { inject, .. } => Direction::Edit { inject: names.resolve(inject)? },
            PlainDirection::Improvise(improvised) => Direction::Improvise { inject: names.resolve(&improvised.inject)? },
            PlainDirection::Hint { inject, .. } => Direction::Hint { inject: names.resolve(inject)? },
            PlainDirection::EndTask { task, done } => {
                let known = u64::from_str_radix(task, 16).ok().filter(|_| task.len() == 16);
                Direction::EndTask { task: known.map(Key).ok_or_else(|| format!("`{task}` is not the key of a task"))?, done: *done }
            }
            PlainDirection::Machine { asset, on_network } => Direction::Machine { asset: names.resolve(asset)?, on_network: *on_network },
            PlainDirection::ServiceAt { service, percent } if *percent <= 100 => {
                Direction::ServiceAt { service: names.resolve(service)?, percent: *percent }
            }
            PlainDirection::ServiceAt { percent, .. } => return Err(format!("a service is at 0 to 100 percent, not at {percent}")),
            PlainDirection::ServiceFollows { service } => Direction::ServiceFollows { service: names.resolve(service)? },
            PlainDirection::Absent { role, away } => Direction::Absent { role: names.resolve(role)?, away: *away },
            PlainDirection::SensorBack { sensor } => Direction::SensorBack { sensor: names.resolve(sensor)? },
            PlainDirection::Extend { gate, minutes } => Direction::Extend { gate: names.resolve(gate)?, minutes: extension(*minutes)? },
            PlainDirection::Reopen { gate, minutes } => Direction::Reopen { gate: names.resolve(gate)?, minutes: extension(*minutes)? },
        })
    }
}

/// Who a hint is from.
const FACILITATOR: &str = "the facilitator";

fn roles_of(names: &Names, roles: &[String]) -> Result<RoleSet, String> {
    roles.iter().map(|role| names.resolve(role)).collect()
}

fn stance(yes: bool) -> Stance {
    if yes { Stance::Yes } else { Stance::No }
}

fn extension(minutes: u16) -> Result<u16, String> {
    if (1..=LONGEST_EXTENSION).contains(&minutes) {
        Ok(minutes)
    } else {
        Err(format!("a decision stays open for 1 to {LONGEST_EXTENSION} minutes more"))
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
    /// Why, where the room gave a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
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
    /// To leave an order after all.
    Leave {
        /// Which.
        order: PlainOrder,
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
        /// Not before; in seconds from STARTEX.
        #[serde(default, skip_serializing_if = "is_startex")]
        from: ExerciseTime,
    },
}

fn is_startex(at: &ExerciseTime) -> bool {
    *at == ExerciseTime(0)
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
    Sites(u16),
    Declared,
}

/// Somebody took a role: from then on it is played by them, and not by who played it before. It has no effect of its own on play.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Occupied {
    /// When, in seconds from STARTEX.
    pub at: ExerciseTime,
    /// The id of the role.
    pub role: String,
    /// `person`, or the name of a policy.
    pub by: String,
    /// What tells people apart; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Somebody said privately how they would decide. It has no effect on play, and is shown to nobody before the decision is recorded.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// When, in seconds from STARTEX.
    pub at: ExerciseTime,
    /// The id of the decision.
    pub gate: String,
    /// The id of the role; none for somebody at the table who has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The id of the choice.
    pub choice: String,
    /// How sure, in percent.
    pub sure: u8,
    /// Which of several people in the role, or who without one; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What was written down is taken back: it was a slip of whoever wrote it down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_back: bool,
}
