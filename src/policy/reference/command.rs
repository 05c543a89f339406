//! Leading: declaring, telling each other, calling in, writing down, saying what is believed.

use super::mind::Mind;
use crate::ids::*;
use crate::scenario::written::{LoginLevel, Verb};
use crate::time::Span;
use crate::vocabulary::{Order, documentation, incident_command, investigation, team};

/// What is news to others is told at once, but not more often than this.
const TELLS_AGAIN: Span = Span::minutes(15);
/// Reports and log entries, once an incident is declared.
const HOURLY: Span = Span::hours(1);

/// The level that what is known asks for: the highest if somebody works inside, holds more than one machine or a login that opens many, or if care
/// is affected; the one below while there is only a sign; none without one.
pub(super) fn wanted_level(mind: &Mind<'_>) -> Option<LevelId> {
    let top = mind.view.public.levels.len().checked_sub(1)?;
    if !mind.signs() {
        return None;
    }
    let grave = (0..mind.desk.grave.len()).map(ClaimId::at).any(|claim| mind.desk.grave[claim.index()] && mind.memory.claims[claim.index()].yes);
    let logins = mind.view.knowledge.logins.iter().zip(&mind.view.public.logins);
    let strong_login = logins.into_iter().any(|(belief, plan)| belief.taken && plan.level >= LoginLevel::Admin);
    let spread = mind.found().nth(1).is_some() || mind.memory.encrypted > 0;
    Some(LevelId::at(if grave || strong_login || spread { top } else { top.saturating_sub(1) }))
}

/// Declares as soon as there is a sign, and raises the level with what is known.
pub(super) fn declare(mind: &Mind<'_>) -> Option<Order> {
    let level = wanted_level(mind)?;
    if mind.view.knowledge.declared >= Some(level) {
        return None;
    }
    mind.order(Verb::Declare, incident_command::Command::Declare { level })
}

/// Tells everybody what was learnt and they cannot know.
pub(super) fn tell_at_once(mind: &Mind<'_>) -> Option<Order> {
    if !mind.memory.unshared || !mind.signs() || !mind.over(mind.memory.last_brief, TELLS_AGAIN) {
        return None;
    }
    mind.order(Verb::Brief, incident_command::Command::Brief { roles: mind.desk.everybody.without(mind.view.role) })
}

/// Calls everybody in, once.
pub(super) fn call_in(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() || mind.memory.called_in {
        return None;
    }
    mind.order(Verb::CallIn, team::Command::CallIn { skill: None })
}

/// Calls in companies whose people can look into it.
pub(super) fn engage(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() {
        return None;
    }
    mind.desk.investigators.iter().find_map(|vendor| mind.order(Verb::Engage, team::Command::Engage { vendor: *vendor }))
}

/// Says what is believed of every claim, and says so again when it changes.
pub(super) fn conclude(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() {
        return None;
    }
    (0..mind.memory.claims.len()).map(ClaimId::at).find_map(|claim| {
        let percent = mind.confidence(claim);
        if mind.memory.claims[claim.index()].stated == Some(percent) {
            return None;
        }
        mind.order(Verb::Conclude, investigation::Command::Conclude { claim, percent })
    })
}

/// Reports to everybody every hour while an incident lasts.
pub(super) fn report(mind: &Mind<'_>) -> Option<Order> {
    if !mind.declared() || !mind.over(mind.memory.last_report, HOURLY) {
        return None;
    }
    mind.order(Verb::Report, documentation::Command::Report {})
}

/// Writes down what is new, every hour.
pub(super) fn log(mind: &Mind<'_>) -> Option<Order> {
    if !mind.memory.unlogged || !mind.over(mind.memory.last_log, HOURLY) {
        return None;
    }
    mind.order(Verb::Log, documentation::Command::Log {})
}
