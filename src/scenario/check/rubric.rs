//! Objectives, targets and criteria: each target measured, each criterion one that can be earned.

use std::collections::BTreeSet;

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::{Located, Place};
use crate::scenario::program::nobody_reviewed;
use crate::scenario::written::{Basis, Capability, Criterion, Measure, Setting};

/// The most one criterion may be worth: a score is printed out of a hundred.
const MOST_POINTS: u16 = 100;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let told = super::people::told(context.sheet);
    let (mut total, mut judged) = (0_u32, 0_u32);
    for objective in &context.sheet.objectives {
        if objective.targets.is_empty() && context.whole {
            found.add(
                Code::NoTargets,
                objective.id.at,
                format!("the objective `{}` has no targets", objective.id),
                "`targets: [..]` with at least one",
                "say what would show that it is met",
            );
        }
        for target in &objective.targets {
            if target.criteria.is_empty() && context.whole {
                found.add(
                    Code::Unmeasured,
                    target.id.at,
                    format!("nothing measures the target `{}`", target.id),
                    "`criteria: [..]` with at least one",
                    "measure it, if only with `Judged`",
                );
            }
            for criterion in &target.criteria {
                total += u32::from(criterion.points.value);
                if matches!(criterion.measure, Measure::Judged { .. }) {
                    judged += u32::from(criterion.points.value);
                }
                one(context, criterion, &told, found);
            }
        }
    }
    let Some(first) = context.sheet.objectives.first() else { return };
    if total == 0 && context.whole && context.sheet.objectives.iter().any(|o| o.targets.iter().any(|t| !t.criteria.is_empty())) {
        found.add(Code::Points, first.id.at, "a rubric of no points at all", "points that add up to about a hundred", "give the criteria points");
    }
    if judged * 10 > total * 4 && total > 0 {
        let what = format!("{judged} of {total} points are judged by an evaluator");
        found.add(
            Code::MerePresence,
            first.id.at,
            what,
            "at least 60 % that rest on outcome, knowledge or time",
            "without an evaluator these points are not evaluated",
        );
    }
    let used: Vec<Capability> = context.sheet.objectives.iter().flat_map(|o| &o.targets).flat_map(|t| &t.criteria).map(|c| c.counts_for).collect();
    for capability in [Capability::Triage, Capability::Containment, Capability::Communication] {
        if !used.contains(&capability) && context.whole && !used.is_empty() {
            found.add(
                Code::NoCapability,
                first.id.at,
                format!("nothing counts for {}", capability.label()),
                "a criterion for each of triage, containment and communication",
                "these three are what every breach asks for",
            );
        }
    }
}

fn one(context: &Context<'_>, criterion: &Criterion, told: &BTreeSet<(&str, &str)>, found: &mut Diagnostics) {
    let points = &criterion.points;
    if points.value == 0 || points.value > MOST_POINTS {
        found.add(
            Code::Points,
            points.at,
            format!("{} points", points.value),
            format!("1 to {MOST_POINTS}"),
            "what is worth nothing is not a criterion",
        );
    }
    if let Basis::Judgement { reviewed_by, .. } = &criterion.basis
        && nobody_reviewed(reviewed_by)
    {
        found.add(
            Code::Unreviewed,
            criterion.id.at,
            format!("the judgement behind `{}` was reviewed by nobody yet", criterion.id),
            "`reviewed_by`: who, and when",
            "let somebody with the trade look at it, or rest it on a plan or a standard",
        );
    }
    curve(criterion, found);
    if context.whole {
        earned(context, criterion, told, found);
    }
}

fn curve(criterion: &Criterion, found: &mut Diagnostics) {
    fn upwards<T: PartialOrd + std::fmt::Display>(full: &Located<T>, none: &Located<T>, found: &mut Diagnostics) {
        if full.value >= none.value {
            inverted(full.at, format!("all points up to {}, none from {}", full.value, none.value), "`full` below `none`", found);
        }
    }
    let downwards = |full: &Located<u8>, none: &Located<u8>, found: &mut Diagnostics| {
        if full.value <= none.value {
            inverted(
                full.at,
                format!("all points from {} percent, none up to {}", full.value, none.value),
                "`full_percent` above `none_percent`",
                found,
            );
        }
    };
    fn inverted(at: Place, what: String, expected: &str, found: &mut Diagnostics) {
        found.add(Code::CurveInverted, at, what, expected, "exchange the two");
    }
    match &criterion.measure {
        Measure::Minutes { full, none, .. }
        | Measure::Shared { full, none, .. }
        | Measure::AlertsTakenUp { full, none }
        | Measure::WorkaroundsInTime { full, none, .. } => upwards(full, none, found),
        Measure::FalseClaims { full, none, .. } => upwards(full, none, found),
        Measure::Outage { full, none, .. } | Measure::AtEnd { full, none, .. } | Measure::RecordsExposed { full, none, .. } => {
            upwards(full, none, found)
        }
        Measure::ScopeKnown { full_percent, none_percent }
        | Measure::EvidenceKept { full_percent, none_percent }
        | Measure::LogCovers { full_percent, none_percent }
        | Measure::AlertsJudged { full_percent, none_percent } => downwards(full_percent, none_percent, found),
        _ => {}
    }
}

/// Criteria whose opportunity can never arise.
fn earned(context: &Context<'_>, criterion: &Criterion, told: &BTreeSet<(&str, &str)>, found: &mut Diagnostics) {
    let sheet = context.sheet;
    let mut never = |why: String, help: &str| {
        found.add(
            Code::NeverEarned,
            criterion.id.at,
            format!("the criterion `{}` can never be earned: {why}", criterion.id),
            "a criterion that a team can meet",
            help,
        );
    };
    match &criterion.measure {
        Measure::Deadline { rule, .. } => {
            let settings = sheet.about_us.iter().flat_map(|question| question.yes.iter().chain(&question.no));
            let applies = sheet.rules_in_force.iter().any(|in_force| **in_force == **rule || &**in_force == "all")
                || settings.into_iter().any(|setting| matches!(setting, Setting::Rule { rule: set, .. } if **set == **rule));
            if !applies {
                never(format!("the rule `{rule}` never applies"), "put it into `rules_in_force`, or let an answer set it");
            }
        }
        Measure::FalseClaims { to, .. } => {
            let named: BTreeSet<&str> = to.iter().map(|to| &**to).collect();
            let reached = sheet
                .statements
                .iter()
                .flat_map(|statement| &statement.to)
                .any(|who| named.contains(&**who) || named.contains("all") || &**who == "all");
            if !reached {
                never("no statement goes to any of these".to_owned(), "write a statement to them");
            }
        }
        Measure::Heard { stakeholder, claims, .. } => {
            for claim in claims {
                let heard = told.contains(&(&**stakeholder, &**claim)) || told.contains(&("all", &**claim));
                let notified = sheet.rules.iter().any(|rule| rule.recipient.value == **stakeholder);
                if !heard && !notified {
                    never(format!("no statement tells `{stakeholder}` of `{claim}`"), "write one that does, or say so with `NotYet`");
                }
            }
        }
        Measure::WorkaroundsInTime { of, .. } => {
            let any =
                context.estate().services.iter().any(|service| {
                    service.workaround.is_some() && (of.is_empty() || of.iter().any(|named| **named == *service.id || &**named == "all"))
                });
            if !any {
                never("none of these services has a workaround".to_owned(), "describe what people do without the service");
            }
        }
        Measure::AlertsTakenUp { .. } | Measure::AlertsJudged { .. } if !sheet.sensors.iter().any(|sensor| sensor.notices_percent.is_some()) => {
            never("no sensor raises alerts".to_owned(), "give a sensor `notices_percent`");
        }
        _ => {}
    }
}
