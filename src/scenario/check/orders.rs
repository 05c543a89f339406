//! Orders in written form: in choices, in plans, in files of orders.

use std::collections::BTreeSet;

use super::references::{an, kinds_in_words, machine_called, misnumbered};
use super::{Context, numbered};
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean, one_of};
use crate::scenario::located::{Located, Place};
use crate::scenario::reference::Name;
use crate::scenario::written::{Action, Order, Skill, TimedOrder, Verb};
use crate::time::ExerciseTime;

const MACHINES: &[Name] = &[Name::Asset, Name::Group];

/// What an order of this verb is given on, and whether it must say so.
pub(super) fn targets(verb: Verb) -> (&'static [Name], bool) {
    match verb {
        Verb::Acknowledge | Verb::Triage | Verb::Dismiss => (&[], true),
        Verb::Watch | Verb::SetToBlock | Verb::Tune | Verb::Query => (&[Name::Sensor], true),
        Verb::Hunt
        | Verb::CaptureMemory
        | Verb::ImageDisk
        | Verb::Isolate
        | Verb::Reconnect
        | Verb::PowerOff
        | Verb::PowerOn
        | Verb::Clean
        | Verb::Rebuild => (MACHINES, true),
        Verb::Restore => (&[Name::Asset, Name::Group, Name::Data], true),
        Verb::Conclude => (&[Name::Claim], true),
        Verb::DisableLogin | Verb::ResetLogin => (&[Name::Login], true),
        Verb::CutLink | Verb::RestoreLink => (&[Name::Link], true),
        Verb::CutSegment | Verb::RejoinSegment | Verb::BlockEgress | Verb::OpenEgress => (&[Name::Segment], true),
        Verb::SecureBackup => (&[Name::Data], true),
        Verb::Engage => (&[Name::Vendor], true),
        Verb::Brief => (&[Name::Role], true),
        Verb::Decide => (&[Name::Gate], true),
        Verb::Ask => (&[Name::Stakeholder], true),
        Verb::SignOff | Verb::Publish => (&[Name::Statement], true),
        Verb::Determine | Verb::Notify => (&[Name::Rule], true),
        Verb::Invoke | Verb::StandDown | Verb::Prioritise => (&[Name::Service], true),
        Verb::CallIn | Verb::Declare | Verb::Preserve | Verb::Log | Verb::Report | Verb::Learn => (&[], false),
    }
}

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    for (_, gate) in context.gates() {
        for order in gate.choices.iter().flat_map(|choice| &choice.orders) {
            if !before_play(context, order, found) {
                check_one(context, order, found);
            }
        }
    }
    for step in context.sheet.plan.iter().flat_map(|plan| &plan.steps) {
        for order in &step.orders {
            check_one(context, order, found);
        }
    }
    for action in &context.sheet.actions {
        let (kinds, _) = targets(action.does);
        for target in &action.on {
            check_target(context, action.does, kinds, target, target.at, found);
        }
        named_twice(action.on.iter().map(|target| (&**target, target.at)), found);
    }
}

pub(super) fn check_timed(context: &Context<'_>, orders: &[TimedOrder], found: &mut Diagnostics) {
    let mut latest = ExerciseTime(i64::MIN);
    for timed in orders {
        check_one(context, &timed.order, found);
        let Some(at) = context.time(timed.at.value, ExerciseTime(0)) else { continue };
        if at.0 < 0 || context.endex.is_some_and(|endex| at > endex) {
            found.add(
                Code::OutsideExercise,
                timed.at.at,
                format!("an order at {at}, outside the exercise"),
                "a moment between STARTEX and ENDEX",
                "spans count from STARTEX",
            );
        }
        if at < latest {
            found.add(
                Code::OrdersBackwards,
                timed.at.at,
                format!("an order at {at}, behind a later one"),
                "orders in the order of their moments",
                "they are played by time, whatever their order here",
            );
        }
        latest = latest.max(at);
    }
}

fn check_one(context: &Context<'_>, order: &Order, found: &mut Diagnostics) {
    if order.sure_percent.as_ref().is_some_and(|sure| sure.value > 100)
        && let Some(sure) = &order.sure_percent
    {
        found.add(Code::Percent, sure.at, format!("{} percent", sure.value), "0 to 100", "100 is certain");
    }
    let Some(action) = context.action(&order.action) else { return };
    let (kinds, needed) = targets(action.does);
    for target in &order.on {
        check_target(context, action.does, kinds, &target.value, target.at, found);
    }
    if needed && order.on.is_empty() && action.on.is_empty() {
        let expected = if kinds.is_empty() {
            "`on: [\"#12\"]`, the short number of an alert".to_owned()
        } else {
            format!("`on: [..]` with the id of {}", an(&kinds_in_words(kinds)))
        };
        found.add(Code::WrongTarget, order.action.at, format!("the order `{}` without a target", order.action), expected, "say on what it is given");
    }
    named_twice(order.on.iter().map(|target| (target.value.as_str(), target.at)), found);
    carries(context, action, order, found);
}

/// An order is given once on each thing: what is named twice would be done twice, or refused the second time.
fn named_twice<'a>(on: impl Iterator<Item = (&'a str, Place)>, found: &mut Diagnostics) {
    let mut named = BTreeSet::new();
    for (target, at) in on {
        if !named.insert(target) {
            let what = format!("`{target}` for the second time in one order");
            found.add(Code::ListedTwice, at, what, "each once", "leave one of them out");
        }
    }
}

/// Alerts are born in play: what is written before cannot name them.
fn before_play(context: &Context<'_>, order: &Order, found: &mut Diagnostics) -> bool {
    let on_alerts = context.action(&order.action).is_some_and(|action| matches!(action.does, Verb::Acknowledge | Verb::Triage | Verb::Dismiss));
    if on_alerts {
        let at = order.on.first().map_or(order.action.at, |target| target.at);
        let what = format!("a choice that orders `{}`, which is given on an alert", order.action);
        found.add(
            Code::WrongTarget,
            at,
            what,
            "an order on something that there is before play",
            "alerts have no names yet; let people give this order",
        );
    }
    on_alerts
}

fn check_target(context: &Context<'_>, verb: Verb, kinds: &[Name], target: &str, at: Place, found: &mut Diagnostics) {
    match verb {
        Verb::CallIn => {
            let skills: Vec<String> = Skill::ALL.iter().map(|skill| format!("{skill:?}")).collect();
            if !skills.iter().any(|skill| skill.eq_ignore_ascii_case(target)) {
                let help = did_you_mean(target, skills.iter().map(String::as_str))
                    .map_or_else(|| "people are called in by what they can do".to_owned(), |near| format!("did you mean `{near}`?"));
                found.add(Code::WrongTarget, at, format!("`{target}`, which is no skill"), one_of(skills.iter().map(String::as_str), 10), help);
            }
        }
        Verb::Acknowledge | Verb::Triage | Verb::Dismiss => {
            // Alerts are born in play: by the seat's short number, or by (source, asset, nth), which begins with the source.
            let number = target.strip_prefix('#').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
            let source = target.split(['/', ',', ' ']).next().is_some_and(|source| context.has(Name::Sensor, source));
            if !number && !source {
                found.add(
                    Code::WrongTarget,
                    at,
                    format!("`{target}`, which is no alert"),
                    "an alert's short number: `\"#12\"`",
                    "alerts have no ids of their own",
                );
            }
        }
        Verb::Declare | Verb::Preserve | Verb::Log | Verb::Report | Verb::Learn => {
            found.add(Code::WrongTarget, at, format!("the target `{target}` of an order that needs none"), "no `on`", "leave it out");
        }
        _ => {
            let machine = kinds.contains(&Name::Asset) && context.is_machine(target);
            // Everybody can be told in one sentence; everything else is ordered on something that has a name.
            let all = target == "all" && verb == Verb::Brief;
            if verb == Verb::SecureBackup
                && let Some(data) = context.estate().data.iter().find(|data| &*data.id == target)
                && data.restores.is_empty()
                && !context.damaged(data.id.at)
            {
                let what = format!("`{target}`, which is no backup");
                found.add(Code::WrongTarget, at, what, "data with `restores: [..]`", "say what it restores, or name the backup");
                return;
            }
            if let Some(one) = context.numbered_machine(target)
                && kinds.contains(&Name::Asset)
                && !one.fits
                && !one.unsure
                && let Some((base, _)) = numbered(target)
            {
                let (what, expected, help) = misnumbered(target, base, &one);
                found.add(Code::NumberedBeyond, at, what, expected, help);
                return;
            }
            if machine
                || all
                || kinds.iter().any(|kind| context.has(*kind, target))
                || context.loaded.lost.contains(target)
                || context.loaded.unread_files
            {
                return;
            }
            let what = match context.defined.iter().find(|(_, ids)| ids.contains_key(target)) {
                Some((other, _)) => format!("`{target}`, which is {}", an(other.label())),
                None => format!("no {} `{target}`", kinds_in_words(kinds)),
            };
            let near = did_you_mean(target, kinds.iter().flat_map(|kind| context.ids(*kind)));
            let called = if kinds.contains(&Name::Asset) { machine_called(context, target) } else { None };
            let help = match (called, near) {
                (Some(id), _) => format!("did you mean `{id}`? `{target}` is what people see of it, and this is its id"),
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) => "look at what the action does".to_owned(),
            };
            found.add(Code::WrongTarget, at, what, format!("the id of {}", an(&kinds_in_words(kinds))), help);
        }
    }
}

/// What an order says with `as`.
fn carries(context: &Context<'_>, action: &Action, order: &Order, found: &mut Diagnostics) {
    let verb = action.does;
    let carried = order.as_what.as_ref();
    let known: Vec<&str> = match verb {
        Verb::Declare => context.ids(Name::Level).collect(),
        Verb::Conclude => vec!["yes", "no"],
        Verb::Decide => {
            // One choice for several gates has to be a choice of each.
            let mut gates = order.on.iter().map(|on| on.value.as_str()).chain(action.on.iter().filter(|_| order.on.is_empty()).map(|on| &**on));
            let choices = |id: &str| {
                let (_, gate) = context.gate(id)?;
                Some(gate.choices.iter().map(|choice| choice.id.value.as_str()).collect::<Vec<_>>())
            };
            let Some(mut known) = gates.by_ref().find_map(choices) else { return };
            for others in gates.filter_map(choices) {
                known.retain(|choice| others.contains(choice));
            }
            known
        }
        _ => return,
    };
    if known.is_empty() && !context.whole {
        return;
    }
    if known.is_empty() && verb == Verb::Declare {
        let what = "an order to declare, where the plan has no severity levels";
        found.add(Code::WrongTarget, order.action.at, what, "`plan: Plan(severity: [Level(..)])`", "say which levels there are");
        return;
    }
    let code = if verb == Verb::Decide { Code::UnknownChoice } else { Code::WrongTarget };
    match carried {
        Some(Located { value, at }) if !known.contains(&value.as_str()) => {
            let help =
                did_you_mean(value, known.iter().copied()).map_or_else(|| "choose one of those".to_owned(), |near| format!("did you mean `{near}`?"));
            found.add(code, *at, format!("`{value}`"), one_of(known, 20), help);
        }
        None => found.add(
            code,
            order.action.at,
            format!("the order `{}` without `as`", order.action),
            format!("`as: ..` with {}", one_of(known, 20)),
            "say which",
        ),
        _ => {}
    }
}
