//! Decisions: each choice is weighed by what its orders would save and cost, by what is known then.

use super::Style;
use super::command::wanted_level;
use super::desk::Desk;
use super::mind::Mind;
use super::words;
use crate::exercise::incident_command::stand_in;
use crate::exercise::quote::{speaks_for, takes_for_decision};
use crate::ids::*;
use crate::scenario::program::Choice;
use crate::scenario::written::{LoginLevel, Verb};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::estate::Seen;
use crate::vocabulary::{Command, Order, Scope, continuity, incident_command, investigation, response};

/// A decision waits for what the first minutes bring, but not longer than this.
const LISTENS: Span = Span::minutes(10);
/// Who decides together speaks again after so long, if nothing was decided.
const SPEAKS_AGAIN: Span = Span::minutes(10);

/// What counts, in points. Only their order matters to most decisions.
const A_MACHINE_CONTAINED: i64 = 6;
const A_MACHINE_SAVED_FROM_THE_FIRE: i64 = 3;
const A_LOGIN_CLOSED: i64 = 20;
const A_DOOR_CLOSED: i64 = 5;
const THE_RIGHT_LEVEL: i64 = 20;
const A_GOOD_STEP: i64 = 3;
const A_TRUE_WORD: i64 = 5;
const AN_UNTRUE_WORD: i64 = -100;

impl Mind<'_> {
    /// When this role is to speak on a decision that is open: soon, if it is the first of those who decide; towards the end, if another is.
    pub fn speaks_at(&self, gate: GateId) -> Option<ExerciseTime> {
        let opened = self.memory.gates[gate.index()]?;
        let until = self.view.knowledge.gates[gate.index()].open_until?;
        let plan = &self.view.public.gates[gate.index()];
        if !speaks_for(self.view).iter().any(|role| plan.who.has(role)) {
            return None;
        }
        let speaks = |role| stand_in(self.view.public, self.view.knowledge.away, role);
        let first = plan.who.iter().find_map(speaks) == Some(self.view.role);
        let at = if plan.all_of || first { opened + LISTENS.min(Span((until - opened).0 / 4)) } else { opened + Span((until - opened).0 * 2 / 3) };
        Some(self.memory.voted[gate.index()].filter(|last| *last >= opened).map_or(at, |last| last + SPEAKS_AGAIN).min(until))
    }
}

/// Decides what is open and due.
pub(super) fn decide(mind: &Mind<'_>) -> Option<Order> {
    let due = |gate: &GateId| mind.speaks_at(*gate).is_some_and(|at| mind.view.now >= at);
    (0..mind.memory.gates.len()).map(GateId::at).filter(due).find_map(|gate| {
        let plan = &mind.view.public.gates[gate.index()];
        let mut weighed: Vec<(i64, u8)> = plan.choices.iter().zip(0..).map(|(choice, place)| (worth(mind, choice), place)).collect();
        weighed.sort_by_key(|(worth, place)| (std::cmp::Reverse(*worth), *place));
        let (best, choice) = *weighed.first()?;
        let clear = weighed.get(1).is_none_or(|(second, _)| best - second >= 10);
        let sure = if clear { 85 } else { 65 };
        mind.order(Verb::Decide, incident_command::Command::Decide { gate, choice, sure })
    })
}

/// What a choice is worth.
fn worth(mind: &Mind<'_>, choice: &Choice) -> i64 {
    let orders: i64 = choice.orders.iter().map(|order| worth_of(mind, order)).sum();
    let word = choice.publishes.map_or(0, |statement| if words::is_true(mind, statement) { A_TRUE_WORD } else { AN_UNTRUE_WORD });
    orders + word
}

fn machines(mind: &Mind<'_>, scope: Scope) -> Vec<AssetId> {
    match scope {
        Scope::Asset(asset) => vec![asset],
        Scope::Group(group) => mind.view.public.groups[group.index()].assets.iter().collect(),
    }
}

/// What cutting these machines off saves, less what people lose by it.
fn worth_of_cutting(mind: &Mind<'_>, machines: &[AssetId]) -> i64 {
    let on = || machines.iter().filter(|asset| mind.looks(**asset) == Seen::Working);
    let contained = on().filter(|asset| mind.view.knowledge.assets[asset.index()].found).count() as i64 * A_MACHINE_CONTAINED;
    let fire = mind.burning() && mind.lost_logins(LoginLevel::Admin).next().is_some();
    let saved = if fire { on().count() as i64 * A_MACHINE_SAVED_FROM_THE_FIRE } else { 0 };
    let lost = on().map(|asset| i64::from(mind.desk.price[asset.index()])).sum::<i64>() / 100;
    // What burns anyway is half lost already; who puts services first feels the loss twice.
    let lost = if fire { lost / 2 } else { lost };
    contained + saved - if mind.style == Style::ServiceFirst { lost * 2 } else { lost }
}

/// What one order of a choice is worth, if it would do anything.
fn worth_of(mind: &Mind<'_>, order: &Order) -> i64 {
    if takes_for_decision(mind.view, order).is_err() {
        return 0;
    }
    let public = mind.view.public;
    let in_segment = |segment: SegmentId| -> Vec<AssetId> {
        (0..public.assets.len()).map(AssetId::at).filter(|asset| public.assets[asset.index()].segment == segment).collect()
    };
    match order.command {
        Command::Response(command) => match command {
            response::Command::Isolate { scope } | response::Command::PowerOff { scope } => worth_of_cutting(mind, &machines(mind, scope)),
            response::Command::CutSegment { segment } => worth_of_cutting(mind, &in_segment(segment)),
            response::Command::BlockEgress { segment } => {
                let here = mind.at_large().filter(|asset| public.assets[asset.index()].segment == segment).count() as i64;
                here * A_MACHINE_CONTAINED + i64::from(mind.signs()) * A_GOOD_STEP
            }
            response::Command::CutLink { link } => {
                let open = mind.signs() && Desk::comes_from_outside(public, link) && !public.links[link.index()].second_factor;
                if open { A_DOOR_CLOSED } else { 0 }
            }
            response::Command::DisableLogin { login } | response::Command::ResetLogin { login }
                if mind.view.knowledge.logins[login.index()].taken =>
            {
                A_LOGIN_CLOSED
            }
            response::Command::SecureBackup { .. } if mind.signs() => A_GOOD_STEP,
            _ => 0,
        },
        Command::IncidentCommand(incident_command::Command::Declare { level }) => match wanted_level(mind) {
            Some(wanted) if wanted == level => THE_RIGHT_LEVEL,
            Some(_) => THE_RIGHT_LEVEL / 2,
            None => -THE_RIGHT_LEVEL,
        },
        Command::Continuity(command) => {
            let percent = |service: ServiceId| mind.view.knowledge.services[service.index()].percent;
            match command {
                continuity::Command::Invoke { service } => {
                    let level = public.services[service.index()].workaround.as_ref().map_or(0, |workaround| workaround.level_percent);
                    let criticality = i64::from(public.services[service.index()].criticality);
                    if percent(service) < level { 2 * criticality } else { -criticality }
                }
                continuity::Command::Prioritise { service } => i64::from(percent(service) < 100) * A_GOOD_STEP,
                continuity::Command::StandDown { .. } => 0,
            }
        }
        // What only costs time.
        Command::Investigation(investigation::Command::Learn {}) => -(public.actions[order.action.index()].takes.as_minutes() / 60),
        Command::Investigation(_) | Command::Compliance(_) | Command::Communication(_) | Command::Detection(_) | Command::Team(_) => {
            i64::from(mind.signs()) * A_GOOD_STEP
        }
        Command::IncidentCommand(_) | Command::Documentation(_) => 0,
    }
}
