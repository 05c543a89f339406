//! The rubric: objectives, capability targets, criteria and their measures.

use super::Compiler;
use super::conditions::Terms;
use super::moves::Chosen;
use crate::ids::*;
use crate::scenario::program::{Basis, BasisKind, Criterion, Measure, Objective, Public, Rubric, Target};
use crate::scenario::reference::{self as kind, Ref};
use crate::scenario::written;
use crate::time::ExerciseTime;
use crate::vocabulary::condition::Conditions;

impl Compiler<'_> {
    /// The rubric.
    pub fn rubric(&self, chosen: &Chosen<'_>, terms: &Terms<'_>, conditions: &mut Conditions, public: &Public) -> Rubric {
        let mut rubric = Rubric::default();
        for objective in &self.sheet.objectives {
            let place = rubric.objectives.len();
            rubric.objectives.push(Objective {
                id: objective.id.text.clone(),
                text: self.text(&objective.text),
                core_capability: objective.core_capability.clone(),
                csf: objective.csf.clone(),
            });
            for target in &objective.targets {
                let target_place = rubric.targets.len();
                rubric.targets.push(Target {
                    id: target.id.text.clone(),
                    text: self.text(&target.text),
                    tasks: target.tasks.iter().map(|task| self.text(task)).collect(),
                    objective: place,
                });
                for criterion in &target.criteria {
                    let basis = self.basis(&criterion.basis);
                    rubric.criteria.push(Criterion {
                        id: criterion.id.text.clone(),
                        text: criterion.text.as_ref().map_or_else(|| basis.says.clone(), |text| self.text(text)),
                        target: target_place,
                        counts_for: criterion.counts_for,
                        points: criterion.points.value,
                        measure: self
                            .measure(&criterion.measure, terms, conditions, public)
                            .unwrap_or(Measure::Judged { ask: String::new(), look_for: Vec::new() }),
                        basis,
                        left_out: chosen.leaves_out(&criterion.id) || asked_in_a_move_that_is_not_played(&criterion.measure, chosen),
                    });
                }
            }
        }
        rubric
    }

    fn basis(&self, basis: &written::Basis) -> Basis {
        let cited = |kind, says: &str, source: &Ref<kind::Cite>, section: &Option<String>| {
            let title = self.sheet.sources.iter().find(|cite| cite.id.text == source.text).map(|cite| self.text(&cite.title));
            if title.is_none() {
                let known = self.sheet.sources.iter().map(|cite| cite.id.text.as_str());
                self.problem(source.at, super::names::unknown("source", source, known));
            }
            let section = section.as_ref().map(|section| format!(", {section}")).unwrap_or_default();
            Basis { kind, says: self.text(says), source: title.unwrap_or_default() + &section }
        };
        match basis {
            written::Basis::Law { says, source, section } => cited(BasisKind::Law, says, source, section),
            written::Basis::Standard { says, source, section } => cited(BasisKind::Standard, says, source, section),
            written::Basis::OwnPlan { says, source, section } => cited(BasisKind::OwnPlan, says, source, section),
            written::Basis::Judgement { says, reviewed_by } => {
                Basis { kind: BasisKind::Judgement, says: self.text(says), source: self.text(reviewed_by) }
            }
        }
    }

    fn measure(&self, measure: &written::Measure, terms: &Terms<'_>, conditions: &mut Conditions, public: &Public) -> Option<Measure> {
        use written::Measure as W;
        let mut single = |term: &written::Term| terms.single(conditions, term);
        Some(match measure {
            W::Minutes { from, to, full, none, if_never } => {
                Measure::Minutes { from: single(from), to: single(to), full: full.value, none: none.value, if_never: *if_never }
            }
            W::Never { what, counts_once, if_never } => Measure::Never { what: single(what), counts_once: single(counts_once), if_never: *if_never },
            W::Belief { claim, asked_at_end_of } => Measure::Belief { claim: self.id(claim)?, until: end_of(public, self.id(asked_at_end_of)?) },
            W::FalseClaims { to, full, none } => Measure::FalseClaims { to: self.list(to), full: full.value, none: none.value },
            W::Heard { stakeholder, claims, within, of } => {
                Measure::Heard { stakeholder: self.id(stakeholder)?, claims: self.list(claims), within: within.value, of: single(of) }
            }
            W::Deadline { rule, from } => Measure::Deadline { rule: self.id(rule)?, from: single(from) },
            W::Outage { of, full, none, counts_once } => Measure::Outage {
                of: self.services_or_all(of, |_| true, public),
                full: full.value,
                none: none.value,
                counts_once: single(counts_once),
            },
            W::AtEnd { count, full, none, counts_once } => {
                Measure::AtEnd { count: *count, full: full.value, none: none.value, counts_once: single(counts_once) }
            }
            W::RecordsExposed { full, none, counts_once } => {
                Measure::RecordsExposed { full: full.value, none: none.value, counts_once: single(counts_once) }
            }
            W::ScopeKnown { full_percent, none_percent } => {
                Measure::ScopeKnown { full_percent: full_percent.value, none_percent: none_percent.value }
            }
            W::EvidenceKept { full_percent, none_percent } => {
                Measure::EvidenceKept { full_percent: full_percent.value, none_percent: none_percent.value }
            }
            W::LogCovers { full_percent, none_percent } => Measure::LogCovers { full_percent: full_percent.value, none_percent: none_percent.value },
            W::Shared { claim, with, full, none } => {
                Measure::Shared { claim: self.id(claim)?, with: self.id(with)?, full: full.value, none: none.value }
            }
            W::AlertsTakenUp { full, none } => Measure::AlertsTakenUp { full: full.value, none: none.value },
            W::AlertsJudged { full_percent, none_percent } => {
                Measure::AlertsJudged { full_percent: full_percent.value, none_percent: none_percent.value }
            }
            W::WorkaroundsInTime { of, full, none } => Measure::WorkaroundsInTime {
                of: self.services_or_all(of, |service| public.services[service.index()].workaround.is_some(), public),
                full: full.value,
                none: none.value,
            },
            W::WithinRto { of, counts_once } => {
                Measure::WithinRto { of: self.services_or_all(of, |_| true, public), counts_once: single(counts_once) }
            }
            W::Judged { ask, look_for } => Measure::Judged { ask: self.text(ask), look_for: look_for.iter().map(|thing| self.text(thing)).collect() },
        })
    }

    fn services_or_all(&self, of: &[Ref<kind::OrAll<kind::Service>>], counts: impl Fn(ServiceId) -> bool, public: &Public) -> Vec<ServiceId> {
        if of.is_empty() {
            return (0..public.services.len()).map(ServiceId::at).filter(|service| counts(*service)).collect();
        }
        self.list(of)
    }
}

/// A belief is asked at the end of a move: when the next one that is played opens, or at ENDEX.
fn end_of(public: &Public, one: MoveId) -> ExerciseTime {
    let next = public.moves.iter().skip(one.index() + 1).find(|next| next.played);
    next.map_or(public.endex, |next| next.opens)
}

fn asked_in_a_move_that_is_not_played(measure: &written::Measure, chosen: &Chosen<'_>) -> bool {
    matches!(measure, written::Measure::Belief { asked_at_end_of, .. } if !chosen.plays(asked_at_end_of))
}
