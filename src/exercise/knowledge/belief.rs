//! What a role holds of one thing: a machine, an alert, a task, a decision.

use crate::ids::{ActionId, AssetId, Key, SensorId};
use crate::scenario::written::Trail;
use crate::time::ExerciseTime;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::team::Outcome;

/// What a role holds of a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssetBelief {
    /// It knows of it.
    pub known: bool,
    /// Signs of the adversary were found, and it has not been rebuilt, restored or cleaned since.
    pub found: bool,
    /// Somebody looked and found nothing since.
    pub cleared: bool,
    /// What it looks like.
    pub looks: Seen,
    /// Memory is kept.
    pub memory_kept: bool,
    /// A disk image is kept.
    pub disk_kept: bool,
}

/// What a role holds of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlertBelief {
    /// Its key.
    pub alert: Key,
    /// From which sensor.
    pub sensor: SensorId,
    /// About which machine.
    pub asset: AssetId,
    /// What was seen.
    pub trail: Trail,
    /// When it was raised.
    pub raised: ExerciseTime,
    /// How far it has come.
    pub state: AlertState,
}

/// How far an alert has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum AlertState {
    New,
    TakenUp,
    Real,
    Nothing,
    Dismissed,
}

/// What a role holds of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TaskBelief {
    /// Its key.
    pub task: Key,
    /// What is done.
    pub action: ActionId,
    /// To what.
    pub target: Key,
    /// How far it has come.
    pub state: TaskState,
}

/// How far a task has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum TaskState {
    Waiting,
    Running,
    Over(Outcome),
}

/// What a role holds of a sensor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct SensorBelief {
    pub known: bool,
    pub watched: bool,
    pub blocks: bool,
    pub tuned: bool,
}

/// What a role holds of a login.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct LoginBelief {
    pub known: bool,
    pub disabled: bool,
    /// It was found to be in the adversary's hands, and not reset since.
    pub taken: bool,
}

/// What a role holds of a backup.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct DataBelief {
    pub known: bool,
    pub gone: bool,
    pub secured: bool,
}

/// What a role holds of a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct ServiceBelief {
    pub known: bool,
    pub percent: u8,
    pub workaround: bool,
    /// People could not keep the workaround up any longer.
    pub worn_out: bool,
    pub put_first: bool,
}

/// What a role holds of a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct GateBelief {
    pub open_until: Option<ExerciseTime>,
    pub decided: Option<u8>,
}

/// What a role holds of a notification rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct RuleBelief {
    pub known: bool,
    pub due: Option<ExerciseTime>,
    pub sent: bool,
    pub passed: bool,
}

/// What a role holds of a vendor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct VendorBelief {
    pub known: bool,
    pub called: bool,
    pub here: bool,
}
