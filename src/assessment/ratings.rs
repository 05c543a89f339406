//! Proposed HSEEP ratings of capability targets, by the clauses of their definitions.
//!
//! HSEEP (FEMA, January 2020) rates a target by what its four definitions say, and not by a number:
//!
//! - **P**, performed without challenges: done in a manner that achieved the objective, without harm to other activities, without added risk to
//!   health or safety, and according to plans, policies, procedures, regulations and laws;
//! - **S**, performed with some challenges: as P, but ways to do it better were found;
//! - **M**, performed with major challenges: the objective was achieved, but other activities were harmed, or risk was added, or it was not done
//!   according to plans and laws;
//! - **U**, unable to be performed: not done in a manner that achieved the objective.
//!
//! The rule here asks the clauses in this order; the first that fails decides. An evaluator's rating replaces the proposal.
//!
//! 1. Nothing of the target evaluated, or nothing but beliefs that nobody stated or was no more than half sure of: no rating.
//! 2. *Objective achieved*: of the evaluated criteria that measure time or outcome at least one earned something; where the target has none, of all
//!    evaluated ones. A notification that went out late does not count here: it was done, and not by the rule (clause 6). Otherwise U: a target of
//!    which some was done is not one that could not be performed.
//! 3. *Other activities harmed*: an order of the team, and not the adversary, took a service below 100 percent, for longer than its recovery
//!    time objective (until it was whole again, or something else took it down further). Only for targets with a criterion of containment or recovery, because theirs are the orders that do this. Then M.
//! 4. *Safety*: a service of criticality 5 was below 50 percent without its workaround for longer than twice what the workaround takes to start,
//!    or, where it has none, longer than its recovery time objective. Only for targets with a criterion of containment, recovery or continuity.
//!    Then M.
//! 5. *In part*: of the criteria that measure time or outcome some earned something and some nothing: achieved, with major challenges. Then M.
//! 6. *By plan and law*: an evaluated criterion whose basis is the organisation's own plan or a law earned nothing. Then M.
//! 7. An evaluated criterion earned less than all of its points: S.
//! 8. P.

use serde::{Serialize, Serializer};

use super::{Assessed, CriterionResult, Why};
use crate::ids::{DenseId, ServiceId};
use crate::scenario::program::{BasisKind, Measure, Program};
use crate::scenario::written::Capability;
use crate::time::Span;
use crate::vocabulary::measures::{Measures, Stretch};

/// A rating, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rating {
    /// Performed without challenges.
    Performed,
    /// Performed with some challenges.
    SomeChallenges,
    /// Performed with major challenges.
    MajorChallenges,
    /// Unable to be performed.
    Unable,
}

impl Rating {
    /// All of them, from the best to the worst.
    pub const ALL: [Rating; 4] = [Rating::Performed, Rating::SomeChallenges, Rating::MajorChallenges, Rating::Unable];

    /// The letter of the form.
    pub fn letter(self) -> &'static str {
        match self {
            Rating::Performed => "P",
            Rating::SomeChallenges => "S",
            Rating::MajorChallenges => "M",
            Rating::Unable => "U",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Rating::Performed => "Performed without Challenges",
            Rating::SomeChallenges => "Performed with Some Challenges",
            Rating::MajorChallenges => "Performed with Major Challenges",
            Rating::Unable => "Unable to be Performed",
        }
    }
}

impl Serialize for Rating {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.letter())
    }
}

/// The clause that decided.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// Nothing of the target was evaluated.
    NothingEvaluated,
    /// The objective was not achieved.
    ObjectiveNotAchieved,
    /// Some of it was achieved, and some not.
    InPart,
    /// Other activities were harmed.
    OtherActivitiesHarmed,
    /// Health or safety was put at risk.
    Safety,
    /// It was not done according to plan and law.
    NotByPlan,
    /// There were ways to do it better.
    RoomToImprove,
    /// None failed.
    AllMet,
}

/// A proposed rating.
#[derive(Clone, Serialize, Debug)]
pub struct TargetRating {
    /// The id of the target.
    pub target: String,
    /// The core capability it belongs to.
    pub core_capability: String,
    /// The rating; none where nothing was evaluated.
    pub rating: Option<Rating>,
    /// The clause that decided.
    pub decided_by: Clause,
    /// Why.
    pub why: Why,
}

/// The rating of a core capability: the worst of its targets.
///
/// Taking the worst is an ordinary practice of evaluators, and not doctrine of FEMA.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct CapabilityRating {
    /// Its name.
    pub core_capability: String,
    /// The worst rating of its targets that have one.
    pub rating: Option<Rating>,
    /// How many of its targets have a rating.
    pub targets_rated: usize,
    /// How many it has.
    pub targets: usize,
}

/// Proposes a rating for every target of which the cut has a criterion. `criteria` are those of the rubric, in its order.
pub(super) fn propose(program: &Program, measures: &Measures, criteria: &[Assessed]) -> Vec<TargetRating> {
    let harmed = harmed_by_own_orders(program, measures);
    let unsafe_services = unsafe_services(program, measures);
    let rubric = &program.rubric;
    let mut ratings = Vec::new();
    for (place, target) in rubric.targets.iter().enumerate() {
        let mine: Vec<Mine<'_>> = rubric
            .criteria
            .iter()
            .zip(criteria)
            .filter(|(criterion, _)| criterion.target == place && !criterion.left_out)
            .map(|(criterion, assessed)| Mine { measure: &criterion.measure, basis: criterion.basis.kind, assessed })
            .collect();
        if mine.is_empty() {
            continue;
        }
        let (rating, decided_by, why) = decide(program, measures, &mine, &harmed, &unsafe_services);
        ratings.push(TargetRating {
            target: target.id.clone(),
            core_capability: rubric.objectives.get(target.objective).map(|objective| objective.core_capability.clone()).unwrap_or_default(),
            rating,
            decided_by,
            why,
        });
    }
    ratings
}

/// The worst rating of each core capability, in the order of the objectives.
pub(super) fn roll_up(program: &Program, ratings: &[TargetRating]) -> Vec<CapabilityRating> {
    let mut rolled: Vec<CapabilityRating> = Vec::new();
    for objective in &program.rubric.objectives {
        let name = &objective.core_capability;
        if rolled.iter().any(|known| known.core_capability == *name) {
            continue;
        }
        let mine = || ratings.iter().filter(|rating| rating.core_capability == *name);
        rolled.push(CapabilityRating {
            core_capability: name.clone(),
            rating: mine().filter_map(|rating| rating.rating).max(),
            targets_rated: mine().filter(|rating| rating.rating.is_some()).count(),
            targets: mine().count(),
        });
    }
    rolled
}

/// A criterion of the target at hand.
struct Mine<'a> {
    measure: &'a Measure,
    basis: BasisKind,
    assessed: &'a Assessed,
}

impl Mine<'_> {
    fn earned_nothing(&self) -> bool {
        matches!(self.assessed.result, CriterionResult::Missed { .. })
    }

    /// Whether it measures time or outcome; the rest measure knowledge and records, or are judged by people.
    fn is_time_or_outcome(&self) -> bool {
        !matches!(
            self.measure,
            Measure::Belief { .. }
                | Measure::ScopeKnown { .. }
                | Measure::AlertsJudged { .. }
                | Measure::LogCovers { .. }
                | Measure::EvidenceKept { .. }
                | Measure::Judged { .. }
        )
    }
}

fn decide(
    program: &Program,
    measures: &Measures,
    mine: &[Mine<'_>],
    harmed: &[(ServiceId, Stretch)],
    unsafe_services: &[(ServiceId, Stretch)],
) -> (Option<Rating>, Clause, Why) {
    let evaluated: Vec<&Mine<'_>> = mine.iter().filter(|one| one.assessed.counted().is_some()).collect();
    // What people were asked and did not answer, or with no more than half sure, says nothing of what they can do.
    let unanswered = |one: &Mine<'_>| match one.measure {
        Measure::Belief { claim, until } => {
            one.earned_nothing() && measures.knowledge.last_belief(*claim, *until).is_none_or(|stated| stated.percent == 50)
        }
        _ => false,
    };
    if evaluated.iter().all(|one| unanswered(one)) {
        return (None, Clause::NothingEvaluated, Why { facts: Vec::new(), says: "Nothing of this target was evaluated.".into() });
    }
    let counts_for = |these: &[Capability]| mine.iter().any(|one| these.contains(&one.assessed.counts_for));

    let only_late = |one: &Mine<'_>| match one.measure {
        Measure::Deadline { rule, .. } => measures.clocks.get(*rule).notified.is_some(),
        _ => false,
    };
    let any_time_or_outcome = evaluated.iter().any(|one| one.is_time_or_outcome());
    let failed: Vec<&Assessed> = evaluated
        .iter()
        .filter(|one| one.earned_nothing() && !only_late(one) && !unanswered(one) && (one.is_time_or_outcome() || !any_time_or_outcome))
        .map(|one| one.assessed)
        .collect();
    let weighed = |one: &&Mine<'_>| one.is_time_or_outcome() || !any_time_or_outcome;
    let any_done = evaluated.iter().copied().filter(|one| weighed(one)).any(|one| !one.earned_nothing() || only_late(one));
    if !failed.is_empty() && !any_done {
        let why = by_criteria(&failed, "The objective was not achieved: nothing earned for");
        return (Some(Rating::Unable), Clause::ObjectiveNotAchieved, why);
    }
    if !harmed.is_empty() && counts_for(&[Capability::Containment, Capability::Recovery]) {
        let why = by_services(program, harmed, "Orders of the team kept services from being resumed for longer than their recovery time objective");
        return (Some(Rating::MajorChallenges), Clause::OtherActivitiesHarmed, why);
    }
    if !unsafe_services.is_empty() && counts_for(&[Capability::Containment, Capability::Recovery, Capability::Continuity]) {
        let why = by_services(program, unsafe_services, "Services of the highest criticality were below 50 percent for long without a workaround");
        return (Some(Rating::MajorChallenges), Clause::Safety, why);
    }
    if !failed.is_empty() && any_time_or_outcome {
        return (Some(Rating::MajorChallenges), Clause::InPart, by_criteria(&failed, "Achieved in part: nothing earned for"));
    }
    let against_plan: Vec<&Assessed> = evaluated
        .iter()
        .filter(|one| one.earned_nothing() && matches!(one.basis, BasisKind::OwnPlan | BasisKind::Law))
        .map(|one| one.assessed)
        .collect();
    if !against_plan.is_empty() {
        let why = by_criteria(&against_plan, "Not done according to plan or law: nothing earned for");
        return (Some(Rating::MajorChallenges), Clause::NotByPlan, why);
    }
    let improvable: Vec<&Assessed> =
        evaluated.iter().map(|one| one.assessed).filter(|assessed| assessed.counted().is_some_and(|(earned, possible)| earned < possible)).collect();
    if !improvable.is_empty() {
        return (Some(Rating::SomeChallenges), Clause::RoomToImprove, by_criteria(&improvable, "Achieved, with points left for"));
    }
    let facts = evaluated.iter().flat_map(|one| one.assessed.why.facts.iter().copied()).collect();
    let says = "Achieved, without harm or added risk, according to plan; all points of what was evaluated.".into();
    (Some(Rating::Performed), Clause::AllMet, Why { facts, says })
}

fn by_criteria(criteria: &[&Assessed], says: &str) -> Why {
    let names: Vec<&str> = criteria.iter().map(|one| if one.text.is_empty() { one.id.as_str() } else { one.text.trim_end_matches('.') }).collect();
    let mut facts: Vec<u32> = criteria.iter().flat_map(|one| one.why.facts.iter().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    Why { facts, says: format!("{says}: {}.", names.join("; ")) }
}

fn by_services(program: &Program, services: &[(ServiceId, Stretch)], says: &str) -> Why {
    let names: Vec<String> = services
        .iter()
        .filter_map(|(service, stretch)| {
            let entry = program.public.services.get(service.index())?;
            Some(format!("{} ({} minutes)", if entry.text.is_empty() { &entry.id } else { &entry.text }, stretch.length().as_minutes()))
        })
        .collect();
    Why { facts: services.iter().map(|(_, stretch)| stretch.fell.mark.seq).collect(), says: format!("{says}: {}.", names.join("; ")) }
}

/// Services that an order took below what counts as resumed, for longer than their RTO: the worst such stretch of each. It ends where anything else than an
/// order takes the service down further.
fn harmed_by_own_orders(program: &Program, measures: &Measures) -> Vec<(ServiceId, Stretch)> {
    worst(program, measures, |_, service| {
        let line = measures.services.line(service)?;
        let entry = program.public.services.get(service.index())?;
        let rto = entry.rto;
        line.stretches_below(entry.acceptable_percent())
            .into_iter()
            .filter(|stretch| stretch.fell.by_own_order)
            .map(|stretch| {
                let further = line.changes.windows(2).find(|pair| {
                    pair[1].mark > stretch.fell.mark && pair[1].percent < pair[0].percent && !pair[1].by_own_order && pair[1].mark.at < stretch.until
                });
                Stretch { until: further.map_or(stretch.until, |pair| pair[1].mark.at.max(stretch.from)), ..stretch }
            })
            .filter(|stretch| stretch.length() > rto)
            .max_by_key(Stretch::length)
    })
}

/// Services of criticality 5 that stood below 50 percent without a workaround for too long.
fn unsafe_services(program: &Program, measures: &Measures) -> Vec<(ServiceId, Stretch)> {
    worst(program, measures, |program, service| {
        let entry = program.public.services.get(service.index())?;
        if entry.criticality < 5 {
            return None;
        }
        let bearable = entry.workaround.as_ref().map_or(entry.rto, |workaround| Span(workaround.takes.0 * 2));
        let line = measures.services.line(service)?;
        line.stretches_below(50)
            .into_iter()
            .map(|stretch| {
                // The part before a workaround started, or all of it.
                let started = line.workarounds.iter().map(|(started, _)| started.at).find(|at| (stretch.from..stretch.until).contains(at));
                let until = if line.workaround_runs(stretch.from) { stretch.from } else { started.unwrap_or(stretch.until) };
                Stretch { until, ..stretch }
            })
            .filter(|stretch| stretch.length() > bearable)
            .max_by_key(Stretch::length)
    })
}

fn worst(program: &Program, measures: &Measures, find: impl Fn(&Program, ServiceId) -> Option<Stretch>) -> Vec<(ServiceId, Stretch)> {
    measures.services.all().filter_map(|service| Some((service, find(program, service)?))).collect()
}
