//! Conditions that can never hold, by their structure alone.
//!
//! Each case is one that an author meets: a choice that its gate does not have, two choices at once, a deadline after ENDEX, more machines
//! than there are, something that waits for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Context, chain, circles as circles_of};
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean, one_of};
use crate::scenario::located::Place;
use crate::scenario::reference::Name;
use crate::scenario::written::{Count, Fires, Measure, Says, Term};
use crate::time::{ExerciseTime, Moment};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    for condition in context.conditions() {
        for term in &condition.terms {
            walk(context, &condition, term, found);
        }
        together(&condition, found);
        in_time(context, &condition, found);
    }
    circles(context, found);
    pieces(context, found);
}

/// All conditions of the scenario, with where they stand.
pub(super) fn collect<'a>(context: &Context<'a>) -> Vec<Condition<'a>> {
    let sheet = context.sheet;
    let mut all = Vec::new();
    let mut add = |owner: String, terms: Vec<&'a Term>, at: Place, asked_at: Option<ExerciseTime>| {
        if !terms.is_empty() {
            all.push(Condition { owner, terms, at, asked_at });
        }
    };
    for (turn, inject) in context.injects() {
        let opening = turn.and_then(|turn| context.openings[turn]);
        let owner = format!("the inject `{}`", inject.id);
        let at = match &inject.fires {
            Fires::At(moment) => opening.and_then(|opening| context.time(moment.value, opening)),
            _ => None,
        };
        add(owner.clone(), inject.fires_only_if.iter().collect(), inject.id.at, at);
        match &inject.fires {
            Fires::When { all: terms } => add(owner, terms.iter().collect(), inject.id.at, None),
            Fires::IfNot { done, .. } => add(owner, vec![done], inject.id.at, None),
            _ => {}
        }
    }
    for (index, turn) in sheet.moves.iter().enumerate() {
        for read in &turn.also_read {
            add(format!("what is read in the move `{}`", turn.id), read.when.iter().collect(), read.say.at, context.openings[index]);
        }
    }
    for (_, gate) in context.gates() {
        match &gate.opens {
            Fires::When { all: terms } => add(format!("the gate `{}`", gate.id), terms.iter().collect(), gate.id.at, None),
            Fires::IfNot { done, .. } => add(format!("the gate `{}`", gate.id), vec![done], gate.id.at, None),
            _ => {}
        }
    }
    for step in sheet.plan.iter().flat_map(|plan| &plan.steps) {
        add(format!("the step `{}`", step.id), step.when.iter().collect(), step.id.at, None);
    }
    for who in &sheet.stakeholders {
        for term in who.warms_when.iter().chain(&who.cools_when) {
            add(format!("the stakeholder `{}`", who.id), vec![term], who.id.at, None);
        }
    }
    for criterion in sheet.objectives.iter().flat_map(|objective| &objective.targets).flat_map(|target| &target.criteria) {
        let terms: Vec<&Term> = match &criterion.measure {
            Measure::Minutes { from, to, .. } => vec![from, to],
            Measure::Never { what, counts_once, .. } => vec![what, counts_once],
            Measure::Heard { of, .. } => vec![of],
            Measure::Deadline { from, .. } => vec![from],
            Measure::Outage { counts_once, .. }
            | Measure::AtEnd { counts_once, .. }
            | Measure::RecordsExposed { counts_once, .. }
            | Measure::WithinRto { counts_once, .. } => vec![counts_once],
            _ => vec![],
        };
        // The terms of a measure are looked at one by one, not together.
        for term in terms {
            add(format!("the criterion `{}`", criterion.id), vec![term], criterion.id.at, None);
        }
    }
    all
}

fn never(found: &mut Diagnostics, at: Place, owner: &str, why: String, help: &str) {
    found.add(Code::NeverHolds, at, format!("{owner} waits for what cannot happen: {why}"), "a condition that can hold", help);
}

fn walk(context: &Context<'_>, condition: &Condition<'_>, term: &Term, found: &mut Diagnostics) {
    let owner = condition.owner.as_str();
    match term {
        Term::Any(terms) => {
            if terms.is_empty() {
                never(found, condition.at, owner, "`Any([])` has no alternatives".to_owned(), "name alternatives, or leave the term out");
            }
            for term in terms {
                walk(context, condition, term, found);
            }
        }
        Term::Not { what, within, of } => {
            walk(context, condition, what, found);
            if let Some(of) = of {
                walk(context, condition, of, found);
            }
            deadline(context, condition, within.as_ref().map(|within| (within.value, within.at)), of.is_some(), found);
        }
        Term::Decided { gate, choice, not } => {
            let Some((_, written)) = context.gate(gate) else { return };
            let ids: Vec<&str> = written.choices.iter().map(|choice| choice.id.value.as_str()).collect();
            if let (Some(choice), Some(_)) = (choice, not) {
                found.add(
                    Code::ChoiceAndNot,
                    choice.at,
                    "`choice` and `not` together",
                    "one of the two",
                    "`choice` is enough; `not` means any other",
                );
            }
            for named in choice.iter().chain(not) {
                if !ids.contains(&named.value.as_str()) && context.whole {
                    let help = did_you_mean(named, ids.iter().copied())
                        .map_or_else(|| "look at the choices of the gate".to_owned(), |near| format!("did you mean `{near}`?"));
                    found.add(
                        Code::UnknownChoice,
                        named.at,
                        format!("`{}`, which is no choice of the gate `{gate}`", named.value),
                        one_of(ids.iter().copied(), 20),
                        help,
                    );
                }
            }
            if let Some(not) = not
                && ids.len() == 1
                && ids[0] == not.value
            {
                never(found, not.at, owner, format!("the gate `{gate}` has no other choice"), "give the gate a second choice");
            }
        }
        Term::Told { claim, .. }
            if context.whole && context.has(Name::Claim, claim) && context.tellers(claim).is_empty() && !believed(context, claim) =>
        {
            never(found, claim.at, owner, format!("nobody tells the claim `{claim}`"), "let an inject, a voice, an action or a stakeholder tell it");
        }
        Term::Happened { stage }
            if context.sheet.campaign.as_ref().is_some_and(|campaign| campaign.past.iter().any(|past| *past.id == **stage))
                && !owner.starts_with("the criterion") =>
        {
            found.add(
                Code::AlwaysHolds,
                stage.at,
                format!("{owner} waits for `{stage}`, which happened before STARTEX"),
                "a stage that is still to come",
                "leave the term out, or wait until somebody was told of it",
            );
        }
        Term::Said(says) => {
            let said = |says: &Says| matches!((says, says), (Says::Yes(_), _) | (Says::No(_), _) | (Says::NotYet(_), _));
            let same = |a: &Says, b: &Says| match (a, b) {
                (Says::Yes(a), Says::Yes(b)) | (Says::No(a), Says::No(b)) | (Says::NotYet(a), Says::NotYet(b)) => **a == **b,
                _ => false,
            };
            let possible = context.sheet.statements.iter().flat_map(|statement| &statement.says).any(|other| same(other, says));
            if context.whole && said(says) && !possible {
                let claim = claim_of(says);
                never(found, claim.1, owner, format!("no statement says that of `{}`", claim.0), "write a statement that does");
            }
        }
        Term::Fired(inject) => {
            if let Some((_, written)) = context.inject(inject)
                && matches!(written.fires, Fires::ByHand)
            {
                found.add(
                    Code::ByHandOnly,
                    inject.at,
                    format!("{owner} waits for `{inject}`, which fires by hand only"),
                    "an inject that fires by itself",
                    "without a facilitator it never holds",
                );
            }
        }
        Term::Declared { .. } if context.whole && context.sheet.plan.as_ref().is_none_or(|plan| plan.severity.is_empty()) => {
            never(found, condition.at, owner, "the plan has no severity levels to declare".to_owned(), "add `plan: Plan(severity: [..])`");
        }
        Term::Arrived(vendor) => {
            if let Some(written) = context.sheet.vendors.iter().find(|written| *written.id == **vendor)
                && written.brings.is_empty()
            {
                never(found, vendor.at, owner, format!("`{vendor}` brings nobody"), "say whom it `brings`");
            }
        }
        Term::Secured(data) => {
            if let Some(written) = context.estate().data.iter().find(|written| *written.id == **data)
                && written.restores.is_empty()
            {
                never(found, data.at, owner, format!("`{data}` is no backup"), "say what it `restores`, or name the backup");
            }
        }
        Term::Down { below_percent: Some(below), .. } => {
            if below.value == 0 {
                never(found, below.at, owner, "no service falls below 0 percent".to_owned(), "name a level from 1 to 100");
            } else if below.value > 100 {
                found.add(Code::Percent, below.at, format!("{} percent", below.value), "1 to 100", "100 is the whole service");
            }
        }
        Term::After(moment) => {
            let time = context.time(moment.value, ExerciseTime(0));
            if let (Some(time), Some(endex)) = (time, context.endex) {
                if time >= endex {
                    never(found, moment.at, owner, format!("{time} is not before ENDEX"), "name a moment of the exercise");
                } else if time.0 <= 0 {
                    found.add(
                        Code::AlwaysHolds,
                        moment.at,
                        format!("{owner} waits for {time}, which is over at STARTEX"),
                        "a moment after STARTEX",
                        "leave the term out, or look at the day",
                    );
                }
            }
        }
        Term::AtLeast { count, n } => {
            if n.value == 0 {
                found.add(Code::AlwaysHolds, n.at, format!("{owner} waits for at least 0"), "at least 1", "leave the term out, or name a number");
            }
            let machines: u32 = context.estate().assets.iter().map(|asset| asset.count.as_ref().map_or(1, |count| u32::from(count.value))).sum();
            if context.whole && *count != Count::Alerts && n.value > machines {
                never(found, n.at, owner, format!("there are {machines} machines and no more"), "name a smaller number");
            }
        }
        Term::Ordered { action, on } | Term::Done { action, on } => {
            let Some(written) = context.action(action) else { return };
            let (kinds, _) = super::orders::targets(written.does);
            if let Some(on) = on
                && &**on != "all"
                && !kinds.is_empty()
                && !kinds.iter().any(|kind| context.has(*kind, on))
                && !(kinds.contains(&Name::Asset) && context.is_machine(on))
                && context.defined.values().any(|ids| ids.contains_key(&**on))
            {
                never(found, on.at, owner, format!("`{action}` is not ordered on `{on}`"), "name a target of the kind that the action asks for");
            }
            if context.whole && !context.sheet.roles.is_empty() && !context.orderable.contains(&*written.id) {
                never(found, action.at, owner, format!("no role may order `{action}`"), "let a role order it: `who`, `by`, or the role's `may`");
            }
        }
        _ => {}
    }
}

fn believed(context: &Context<'_>, claim: &str) -> bool {
    context.sheet.roles.iter().any(|role| role.believes.iter().any(|believed| &**believed == claim || &**believed == "all"))
}

fn claim_of(says: &Says) -> (&str, Place) {
    match says {
        Says::Yes(claim) | Says::No(claim) | Says::NotYet(claim) => (claim, claim.at),
    }
}

fn deadline(context: &Context<'_>, condition: &Condition<'_>, within: Option<(Moment, Place)>, of: bool, found: &mut Diagnostics) {
    let owner = condition.owner.as_str();
    let Some((moment, at)) = within else {
        found.add(
            Code::NotWithoutDeadline,
            condition.at,
            format!("{owner} has a `Not` without a deadline"),
            "`within: ..`",
            "say by when it should have happened; until then it has not failed to",
        );
        return;
    };
    if of {
        if !matches!(moment, Moment::After(span) if span.0 > 0) {
            never(found, at, owner, "a deadline that counts from a term must be a span".to_owned(), "write `within: \"40m\"`");
        }
        return;
    }
    let Some(time) = context.time(moment, ExerciseTime(0)) else { return };
    if time.0 <= 0 {
        found.add(
            Code::AlwaysHolds,
            at,
            format!("{owner} has a deadline at {time}, which is over at STARTEX"),
            "a moment after STARTEX",
            "spans count from STARTEX",
        );
    } else if context.endex.is_some_and(|endex| time >= endex) {
        never(found, at, owner, format!("its deadline {time} is not before ENDEX"), "name an earlier deadline");
    }
}

/// Terms of one list that exclude each other.
fn together(condition: &Condition<'_>, found: &mut Diagnostics) {
    let mut decided: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for term in &condition.terms {
        let Term::Decided { gate, choice, not } = term else { continue };
        let (chosen, excluded) = decided.entry(gate).or_default();
        chosen.extend(choice.iter().map(|choice| choice.value.as_str()));
        excluded.extend(not.iter().map(|not| not.value.as_str()));
        let both = chosen.len() > 1 || chosen.iter().any(|choice| excluded.contains(choice));
        if both {
            never(
                found,
                gate.at,
                &condition.owner,
                format!("the gate `{gate}` cannot be decided both ways"),
                "a list means all of it; write `Any([..])` for one of several",
            );
        }
    }
}

/// A gate that opens only after the moment at which its decision is asked for.
fn in_time(context: &Context<'_>, condition: &Condition<'_>, found: &mut Diagnostics) {
    let Some(asked_at) = condition.asked_at else { return };
    for term in &condition.terms {
        let Term::Decided { gate, .. } = term else { continue };
        let Some((turn, written)) = context.gate(gate) else { continue };
        let earliest = match &written.opens {
            Fires::At(moment) => context.openings[turn].and_then(|opening| context.time(moment.value, opening)).max(context.openings[turn]),
            _ => context.openings[turn],
        };
        if earliest.is_some_and(|earliest| earliest >= asked_at) {
            never(
                found,
                gate.at,
                &condition.owner,
                format!("the gate `{gate}` has not opened by then ({asked_at})"),
                "ask for a gate of an earlier moment",
            );
        }
    }
}

/// Injects and gates that wait for one another.
fn circles(context: &Context<'_>, found: &mut Diagnostics) {
    // What must have come first: only terms that all must hold, and `Any` where each alternative names it.
    let needs = |fires: &Fires| match fires {
        Fires::When { all } => all.iter().flat_map(needed).collect::<BTreeSet<String>>(),
        _ => BTreeSet::new(),
    };
    let mut owned: Vec<(&str, BTreeSet<String>, Place)> = Vec::new();
    for (_, inject) in context.injects() {
        let mut all = needs(&inject.fires);
        all.extend(inject.fires_only_if.iter().flat_map(needed));
        if let Fires::IfNot { of: Some(of), .. } = &inject.fires {
            all.insert(of.to_string());
        }
        owned.push((&inject.id, all, inject.id.at));
    }
    for (_, gate) in context.gates() {
        owned.push((&gate.id, needs(&gate.opens), gate.id.at));
    }
    let edges = owned.iter().map(|(id, all, _)| (*id, all.iter().map(String::as_str).collect())).collect();
    for circle in circles_of(&edges) {
        let at = owned.iter().find(|(id, ..)| *id == circle[0]).map_or_else(Default::default, |(.., at)| *at);
        found.add(
            Code::WaitsForItself,
            at,
            format!("what waits for itself: {}", chain(&circle)),
            "something that can happen first",
            "let one of them fire at a moment, or by something else",
        );
    }
}

fn needed(term: &Term) -> Vec<String> {
    match term {
        Term::Fired(inject) => vec![inject.to_string()],
        Term::Decided { gate, .. } => vec![gate.to_string()],
        Term::Any(terms) => {
            let mut sets = terms.iter().map(|term| needed(term).into_iter().collect::<BTreeSet<_>>());
            let first = sets.next().unwrap_or_default();
            sets.fold(first, |common, other| common.intersection(&other).cloned().collect()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// `When(all: [])`, and a contingency whose time is up only after ENDEX.
fn pieces(context: &Context<'_>, found: &mut Diagnostics) {
    let injects = context.injects().map(|(turn, inject)| (turn, &inject.fires, inject.id.at, format!("the inject `{}`", inject.id)));
    let gates = context.gates().map(|(turn, gate)| (Some(turn), &gate.opens, gate.id.at, format!("the gate `{}`", gate.id)));
    for (turn, fires, at, owner) in injects.chain(gates) {
        match fires {
            Fires::When { all } if all.is_empty() => {
                found.add(
                    Code::AlwaysHolds,
                    at,
                    format!("{owner} waits for nothing"),
                    "`When(all: [..])` with at least one term",
                    "write `At(\"+0m\")` for the opening of the move",
                );
            }
            Fires::IfNot { within, of, .. } => {
                let from = match of {
                    Some(of) => match context.inject(of) {
                        Some((other_turn, other)) => match &other.fires {
                            Fires::At(moment) => {
                                other_turn.and_then(|turn| context.openings[turn]).and_then(|opening| context.time(moment.value, opening))
                            }
                            _ => None,
                        },
                        None => None,
                    },
                    None => turn.and_then(|turn| context.openings[turn]),
                };
                if let (Some(from), Some(endex)) = (from, context.endex)
                    && from + within.value >= endex
                {
                    never(found, within.at, &owner, format!("its time is up at {}, not before ENDEX", from + within.value), "give less time");
                }
            }
            _ => {}
        }
    }
}
