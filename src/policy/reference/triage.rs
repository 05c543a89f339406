//! Alerts and sensors.

use super::desk::stands_for;
use super::mind::Mind;
use crate::exercise::knowledge::AlertState;
use crate::ids::*;
use crate::scenario::written::{Skill, Verb};
use crate::vocabulary::Order;
use crate::vocabulary::detection::Command;

/// Says whose an alert is.
pub(super) fn take_up(mind: &Mind<'_>) -> Option<Order> {
    mind.memory.new_alerts.iter().find_map(|alert| mind.order(Verb::Acknowledge, Command::Acknowledge { alert: *alert }))
}

/// Judges the most pressing one, while an analyst is free.
pub(super) fn judge(mind: &Mind<'_>) -> Option<Order> {
    if !mind.free(Skill::Analysis) {
        return None;
    }
    let open = mind.memory.unjudged.iter().rev().filter(|(_, alert)| mind.memory.still_open(mind.view, *alert, AlertState::Real));
    open.map(|(_, alert)| *alert).find_map(|alert| mind.order(Verb::Triage, Command::Triage { alert }))
}

/// Sensors this role takes care of.
fn mine<'a>(mind: &'a Mind<'_>) -> impl Iterator<Item = SensorId> + 'a {
    let owners = mind.desk.sensors.iter().enumerate();
    owners.filter(|(_, owner)| owner.is_some_and(|owner| stands_for(mind.view, owner))).map(|(place, _)| SensorId::at(place))
}

/// Has tools that report watched day and night, while there are signs.
pub(super) fn watch(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() {
        return None;
    }
    let reports = |sensor: &SensorId| mind.view.public.sensors[sensor.index()].notices_percent.is_some();
    let not_yet = |sensor: &SensorId| !mind.view.knowledge.sensors[sensor.index()].watched;
    mine(mind).filter(not_yet).filter(reports).find_map(|sensor| mind.order(Verb::Watch, Command::Watch { sensor }))
}

/// Has tools that only report stop what they notice, while there are signs.
pub(super) fn set_to_block(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() || !mind.free(Skill::Systems) {
        return None;
    }
    let reports = |sensor: &SensorId| mind.view.public.sensors[sensor.index()].notices_percent.is_some();
    let not_yet = |sensor: &SensorId| !mind.view.knowledge.sensors[sensor.index()].blocks;
    mine(mind).filter(not_yet).filter(reports).find_map(|sensor| mind.order(Verb::SetToBlock, Command::SetToBlock { sensor }))
}
