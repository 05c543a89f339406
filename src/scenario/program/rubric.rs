//! What is measured: objectives, targets, criteria, and how each is counted.

use super::*;

/// How an exercise is assessed.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Rubric {
    pub objectives: Vec<Objective>,
    pub targets: Vec<Target>,
    pub criteria: Vec<Criterion>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Objective {
    pub id: String,
    pub text: String,
    pub core_capability: String,
    pub csf: Vec<String>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Target {
    pub id: String,
    pub text: String,
    pub tasks: Vec<String>,
    pub objective: usize,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Criterion {
    pub id: String,
    pub text: String,
    pub target: usize,
    pub counts_for: Capability,
    pub points: u16,
    pub measure: Measure,
    pub basis: Basis,
    /// The cut leaves it out.
    pub left_out: bool,
}

/// On what ground a criterion stands.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Basis {
    pub kind: BasisKind,
    pub says: String,
    /// The cited work and section, or who reviewed the judgement.
    pub source: String,
}

/// Whether what stands for the reviewer of a judgement says that there was none yet.
pub fn nobody_reviewed(by: &str) -> bool {
    let by = by.trim().to_lowercase();
    by.is_empty() || by.contains("(who") || by.starts_with("not yet") || by == "nobody" || by == "tbd"
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum BasisKind {
    Law,
    Standard,
    OwnPlan,
    Judgement,
}

/// A compiled measure: see the written one for what each means.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Measure {
    Minutes { from: ConditionId, to: ConditionId, full: Span, none: Span, if_never: IfNever },
    Never { what: ConditionId, counts_once: ConditionId, if_never: IfNever },
    Belief { claim: ClaimId, until: ExerciseTime },
    FalseClaims { to: Vec<StakeholderId>, full: u16, none: u16 },
    Heard { stakeholder: StakeholderId, claims: Vec<ClaimId>, within: Span, of: ConditionId },
    Deadline { rule: RuleId, from: ConditionId },
    Outage { of: Vec<ServiceId>, full: u32, none: u32, counts_once: ConditionId },
    AtEnd { count: crate::scenario::written::Count, full: u32, none: u32, counts_once: ConditionId },
    RecordsExposed { full: u32, none: u32, counts_once: ConditionId },
    ScopeKnown { full_percent: u8, none_percent: u8 },
    EvidenceKept { full_percent: u8, none_percent: u8 },
    LogCovers { full_percent: u8, none_percent: u8 },
    Shared { claim: ClaimId, with: RoleId, full: Span, none: Span },
    AlertsTakenUp { full: Span, none: Span },
    AlertsJudged { full_percent: u8, none_percent: u8 },
    WorkaroundsInTime { of: Vec<ServiceId>, full: Span, none: Span },
    WithinRto { of: Vec<ServiceId>, counts_once: ConditionId },
    Judged { ask: String, look_for: Vec<String> },
}
