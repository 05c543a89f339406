//! What nobody in play may know: the truth of claims, the campaign, what stakeholders hide, and when injects come.

use super::*;

/// Ground truth of the author.
#[derive(Clone, Debug)]
pub struct Secret {
    /// When claims are true.
    pub truth: Vec<Truth>,
    /// What the adversary wants.
    pub wants: String,
    /// How many things it does at once.
    pub hands: u8,
    /// How many failures in a row it bears.
    pub patience: u8,
    /// Likelihood of hurrying when it is noticed, and to which stage.
    pub hurry: Option<(StageId, u8)>,
    /// How long it lies low.
    pub lie_low: Option<Span>,
    /// What was done before STARTEX.
    pub past: Vec<Past>,
    /// All stages: those of the past first.
    pub stages: Vec<Stage>,
    /// What stakeholders know, and say when asked.
    pub stakeholders: Vec<StakeholderSecret>,
    /// When injects fire, and what they do.
    pub injects: Vec<InjectPlan>,
    /// When gates open.
    pub gates: Vec<When>,
    /// Backups that no login of the domain can destroy.
    pub out_of_reach: Vec<bool>,
}

/// When a claim is true.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Truth {
    Always,
    Never,
    Once(StageId),
}

/// Something done before STARTEX.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Past {
    pub stage: StageId,
    pub at: ExerciseTime,
}

/// A stage of the campaign.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Stage {
    pub id: String,
    pub technique: TechniqueId,
    pub text: String,
    pub takes: (Span, Span),
    pub needs: Vec<Need>,
    pub act: Act,
    pub repeats: bool,
    pub goal: bool,
    pub not_before: Option<NotBefore>,
    /// Stages that must be over before this one.
    pub waits_for: Vec<StageId>,
    /// It belongs to the past and is never tried in play.
    pub is_past: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum NotBefore {
    Clock(ClockTime),
    Moment(ExerciseTime),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Need {
    Foothold,
    LoginOf(LoginLevel),
    Holds(LoginId),
    OpensData(DataId),
    WayOut,
    Done(StageId),
    Machines(u16),
}

/// Which machines a query asks for.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub struct Query {
    /// None: of any kind.
    pub kinds: Vec<AssetKind>,
    /// None: all.
    pub of: Option<AssetSet>,
}

#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Act {
    Enter { through: LinkId, to: Option<AssetSet> },
    Run { on: AssetSet },
    Steal { login: LoginId, from: Option<AssetSet> },
    Persist { on: Option<AssetSet> },
    Discover,
    Spread { to: Query },
    CopyOut { data: DataId },
    Destroy { data: DataId },
    Impair { sensor: SensorId },
    Encrypt { on: Query },
    Demand,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct StakeholderSecret {
    pub knows: Vec<ClaimId>,
    pub warms_when: Vec<ConditionId>,
    pub cools_when: Vec<ConditionId>,
}

/// When something in the running order is due.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum When {
    At(ExerciseTime),
    Condition(ConditionId),
    /// If a condition has not come true so long after an inject or the opening of the move.
    IfNot {
        done: ConditionId,
        within: Span,
        of: Option<InjectId>,
    },
    Never,
}

/// When an inject fires, and what it does.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct InjectPlan {
    pub when: When,
    pub only_if: Option<ConditionId>,
    pub or_else: Option<InjectId>,
    pub tells: Vec<(ClaimId, Stance)>,
    pub also: Vec<Also>,
    pub voice: Option<VoiceOf>,
    /// The cut has it.
    pub played: bool,
    /// Criteria that are not evaluated once it has come: a hint of the facilitator's.
    pub sets_aside: Vec<CriterionId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum VoiceOf {
    Alert(StageId),
    Finding(StageId),
    Down(ServiceId),
    Demand,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Also {
    Outage { service: ServiceId, lasts: Option<Span> },
    Absent { role: RoleId, from: ExerciseTime, until: ExerciseTime },
    Volunteers { people: u8, skill: Skill },
    Trust { of: StakeholderId, by: i8 },
}
