//! Objectives, capability targets, criteria, and how they are measured.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::scenario::written::condition::{Count, Term};
use crate::time::Span;

/// What the exercise is for.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its id.
    pub id: Id<kind::Objective>,
    /// In one sentence.
    pub text: Located<String>,
    /// The core capability of the National Preparedness Goal that it belongs to.
    pub core_capability: String,
    /// NIST CSF 2.0 subcategories.
    #[serde(default)]
    pub csf: Vec<String>,
    /// Capability targets.
    pub targets: Vec<Target>,
}

/// A performance threshold.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its id.
    pub id: Id<kind::Target>,
    /// The threshold in one sentence.
    pub text: Located<String>,
    /// Critical tasks, from plans and procedures.
    #[serde(default)]
    pub tasks: Vec<Located<String>>,
    /// How it is measured.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
}

/// One thing that is measured.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its id.
    pub id: Id<kind::Criterion>,
    /// What it says to the person it describes.
    #[serde(default)]
    pub text: Option<Located<String>>,
    /// The capability it counts for.
    pub counts_for: Capability,
    /// What it is worth.
    pub points: Located<u16>,
    /// How.
    pub measure: Measure,
    /// On what ground.
    pub basis: Basis,
}

/// The capabilities that scores are given for.
#[derive(Deserialize, serde::Serialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[serde(rename_all_fields = "snake_case")]
#[allow(missing_docs)]
pub enum Capability {
    Triage,
    Investigation,
    Containment,
    Recovery,
    Communication,
    Compliance,
    Coordination,
    Continuity,
    Documentation,
}

impl Capability {
    /// All of them, in the order of the report.
    pub const ALL: [Capability; 9] = [
        Capability::Triage,
        Capability::Investigation,
        Capability::Containment,
        Capability::Recovery,
        Capability::Communication,
        Capability::Compliance,
        Capability::Coordination,
        Capability::Continuity,
        Capability::Documentation,
    ];

    /// Its name in reports and JSON.
    pub fn label(self) -> &'static str {
        match self {
            Capability::Triage => "triage",
            Capability::Investigation => "investigation",
            Capability::Containment => "containment",
            Capability::Recovery => "recovery",
            Capability::Communication => "communication",
            Capability::Compliance => "compliance",
            Capability::Coordination => "coordination",
            Capability::Continuity => "continuity",
            Capability::Documentation => "documentation",
        }
    }
}

/// On what ground a criterion stands.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Basis {
    /// A law.
    Law {
        /// What it says.
        says: String,
        /// The cited work.
        source: Ref<kind::Cite>,
        /// Where in it.
        #[serde(default)]
        section: Option<String>,
    },
    /// A standard.
    Standard {
        /// What it says.
        says: String,
        /// The cited work.
        source: Ref<kind::Cite>,
        /// Where in it.
        #[serde(default)]
        section: Option<String>,
    },
    /// The organisation's own plan.
    OwnPlan {
        /// What it says.
        says: String,
        /// The cited work.
        source: Ref<kind::Cite>,
        /// Where in it.
        #[serde(default)]
        section: Option<String>,
    },
    /// A judgement that somebody reviewed.
    Judgement {
        /// What it says.
        says: String,
        /// Who, and when.
        reviewed_by: String,
    },
}

/// What happens to a time that never came.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum IfNever {
    /// No points.
    Missed,
    /// The criterion is not evaluated.
    NotEvaluated,
}

/// How a criterion is measured. Curves are straight lines from `full` (all points) to `none` (no points).
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Measure {
    /// The time between two events.
    Minutes {
        /// From the first time this came true; nothing to measure until then.
        from: Term,
        /// To the first time this came true.
        to: Term,
        /// All points up to here.
        full: Located<Span>,
        /// No points from here.
        none: Located<Span>,
        /// When `to` never came.
        if_never: IfNever,
    },
    /// Something that should not happen.
    Never {
        /// What.
        what: Term,
        /// It counts only once this came true: doing nothing earns nothing.
        counts_once: Term,
        /// What happens when that never came true. Missed, where not said.
        #[serde(default = "missed")]
        if_never: IfNever,
    },
    /// The belief stated on a claim, of the last `conclude` order up to the end of the move, by the quadratic rule against the baseline of knowing
    /// nothing: 1 - (belief - truth)^2 / 0.25. Half sure earns nothing; surely wrong costs three times the points, taken from other beliefs.
    Belief {
        /// The claim.
        claim: Ref<kind::Claim>,
        /// The move at whose end it is asked.
        asked_at_end_of: Ref<kind::Move>,
    },
    /// Claims said to these that were not true when they were said. Counts once something was said to one of them.
    FalseClaims {
        /// To whom.
        to: Vec<Ref<kind::OrAll<kind::Stakeholder>>>,
        /// All points up to here.
        full: Located<u16>,
        /// No points from here.
        none: Located<u16>,
    },
    /// A stakeholder heard of claims in time: how they really are, or that it is not known yet. What was said before counts as well.
    Heard {
        /// Who.
        stakeholder: Ref<kind::Stakeholder>,
        /// Of what.
        claims: Vec<Ref<kind::OrAll<kind::Claim>>>,
        /// In what time.
        within: Located<Span>,
        /// After what.
        of: Term,
    },
    /// A notification sent before its deadline. Not evaluated while its clock has not started, unless `from` came true.
    Deadline {
        /// The rule.
        rule: Ref<kind::Rule>,
        /// What should have started the clock: its opportunity.
        from: Term,
    },
    /// Service minutes lost, weighted by criticality: each minute counts for the share of the service that was missing.
    Outage {
        /// Which services; all, where not said.
        #[serde(default)]
        of: Vec<Ref<kind::OrAll<kind::Service>>>,
        /// All points up to here, in service minutes.
        full: Located<u32>,
        /// No points from here.
        none: Located<u32>,
        /// It counts only once this came true.
        counts_once: Term,
    },
    /// How many of something there were at ENDEX.
    AtEnd {
        /// Of what.
        count: Count,
        /// All points up to here.
        full: Located<u32>,
        /// No points from here.
        none: Located<u32>,
        /// It counts only once this came true.
        counts_once: Term,
    },
    /// Records copied out.
    RecordsExposed {
        /// All points up to here.
        full: Located<u32>,
        /// No points from here.
        none: Located<u32>,
        /// It counts only once this came true.
        counts_once: Term,
    },
    /// The share of taken machines that the team knew of at ENDEX, less the share of clean machines it held to be taken, in percent.
    ScopeKnown {
        /// All points from here.
        full_percent: Located<u8>,
        /// No points up to here.
        none_percent: Located<u8>,
    },
    /// The share of taken machines whose memory was captured before it was lost, among those that the team rebuilt, powered off or lost, in percent.
    EvidenceKept {
        /// All points from here.
        full_percent: Located<u8>,
        /// No points up to here.
        none_percent: Located<u8>,
    },
    /// What a fresh colleague with only the log would know of what the team knows at ENDEX, in percent.
    LogCovers {
        /// All points from here.
        full_percent: Located<u8>,
        /// No points up to here.
        none_percent: Located<u8>,
    },
    /// How long until what the first role knew reached another, counted from the first telling.
    Shared {
        /// What.
        claim: Ref<kind::Claim>,
        /// Whom it had to reach.
        with: Ref<kind::Role>,
        /// All points up to here.
        full: Located<Span>,
        /// No points from here.
        none: Located<Span>,
    },
    /// The median time from an alert on a real trace until somebody took it up.
    AlertsTakenUp {
        /// All points up to here.
        full: Located<Span>,
        /// No points from here.
        none: Located<Span>,
    },
    /// Alerts judged right among those judged, real ones never judged counting as wrong, in percent.
    AlertsJudged {
        /// All points from here.
        full_percent: Located<u8>,
        /// No points up to here.
        none_percent: Located<u8>,
    },
    /// How long workarounds of failing services took to start, from the fall, on average.
    WorkaroundsInTime {
        /// Which services; all that have one, where not said.
        #[serde(default)]
        of: Vec<Ref<kind::OrAll<kind::Service>>>,
        /// All points up to here.
        full: Located<Span>,
        /// No points from here.
        none: Located<Span>,
    },
    /// The longest time for which a service was not resumed, against its own recovery time objective. It counts as resumed at what its workaround
    /// gives, or at half where it has none.
    WithinRto {
        /// Which services; all, where not said.
        #[serde(default)]
        of: Vec<Ref<kind::OrAll<kind::Service>>>,
        /// It counts only once this came true.
        counts_once: Term,
    },
    /// Judged by an evaluator. Without one: not evaluated.
    Judged {
        /// The question.
        ask: Located<String>,
        /// What to look for.
        look_for: Vec<Located<String>>,
    },
}

fn missed() -> IfNever {
    IfNever::Missed
}
