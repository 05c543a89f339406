//! Finding out: asking, searching records, looking at machines, keeping evidence.

use super::Style;
use super::desk::{Desk, stands_for};
use super::mind::Mind;
use crate::ids::*;
use crate::scenario::written::{LoginLevel, Skill, Verb};
use crate::time::Span;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::investigation::Command;
use crate::vocabulary::{Order, Scope, communication};

/// Records are searched again after so long, if there were new signs.
const SEARCH_AGAIN: Span = Span::hours(10);
/// Machines are looked at again after so long.
const LOOK_AGAIN: Span = Span::hours(12);
/// Groups of more machines are looked at in parts.
const AT_ONCE: usize = 16;

/// Rings those who may have seen something.
pub(super) fn ask(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() {
        return None;
    }
    let contacts = mind.desk.contacts.iter().enumerate();
    let mine = contacts.filter(|(place, owner)| !mind.memory.asked[*place] && owner.is_some_and(|owner| stands_for(mind.view, owner)));
    mine.map(|(place, _)| StakeholderId::at(place)).find_map(|stakeholder| mind.order(Verb::Ask, communication::Command::Ask { stakeholder }))
}

/// Searches the records that are overwritten first; again when there were new signs since.
pub(super) fn search_records(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() || !mind.free(Skill::Analysis) {
        return None;
    }
    let sensors = mind.desk.sensors.iter().enumerate();
    let mine = sensors.filter(|(_, owner)| owner.is_some_and(|owner| stands_for(mind.view, owner)));
    let due = mine.map(|(place, _)| SensorId::at(place)).filter(|sensor| match mind.memory.searched[sensor.index()] {
        None => true,
        Some(last) => mind.view.now >= last + SEARCH_AGAIN && mind.memory.last_sign > Some(last),
    });
    let sensor = due.min_by_key(|sensor| (mind.memory.searched[sensor.index()], mind.view.public.sensors[sensor.index()].keeps))?;
    mind.order(Verb::Query, Command::Query { sensor })
}

/// Looks at machines: where an alert was real but nothing was found yet; where logins lie that are in other hands; then group by group, what care
/// rests on first.
pub(super) fn look_at_machines(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() || !mind.free(Skill::Analysis) {
        return None;
    }
    let unseen = |asset: &AssetId| mind.over(mind.memory.looked[asset.index()], LOOK_AGAIN) && !mind.view.knowledge.assets[asset.index()].found;
    let look = |asset: AssetId| mind.order(Verb::Hunt, Command::Hunt { scope: Scope::Asset(asset) });
    let doubtful = mind.memory.doubtful.iter().copied().filter(unseen).find_map(look);
    doubtful.or_else(|| where_logins_lie(mind).filter(unseen).find_map(look)).or_else(|| look_at_a_group(mind, unseen))
}

/// Servers on which a login lies that was found to be in other hands.
fn where_logins_lie<'a>(mind: &'a Mind<'_>) -> impl Iterator<Item = AssetId> + 'a {
    let logins = mind.view.knowledge.logins.iter().zip(&mind.view.public.logins);
    logins
        .filter(|(belief, plan)| belief.taken && plan.level >= LoginLevel::Admin)
        .flat_map(|(_, plan)| plan.lies_on.iter())
        .filter(|asset| Desk::is_server(mind.view.public, *asset))
}

fn look_at_a_group(mind: &Mind<'_>, unseen: impl Fn(&AssetId) -> bool) -> Option<Order> {
    let groups = mind.view.public.groups.iter().enumerate();
    let best = groups
        .filter(|(_, group)| (1..=AT_ONCE).contains(&group.assets.len()))
        .map(|(place, group)| {
            let gain: u32 = group.assets.iter().filter(&unseen).map(|asset| mind.desk.worth_a_look[asset.index()]).sum();
            (gain * 10 / (4 + group.assets.len() as u32), GroupId::at(place))
        })
        .filter(|(gain, _)| *gain > 0)
        .max_by_key(|(gain, group)| (*gain, std::cmp::Reverse(*group)))?;
    mind.order(Verb::Hunt, Command::Hunt { scope: Scope::Group(best.1) })
}

/// Captures memory of machines with signs, the most valuable first. Service-first leaves it where people wait for the machine.
pub(super) fn keep_memory(mind: &Mind<'_>) -> Option<Order> {
    if !mind.free(Skill::Forensics) {
        return None;
    }
    let wanted = |asset: &AssetId| !mind.view.knowledge.assets[asset.index()].memory_kept && mind.looks(*asset) != Seen::Off;
    let mut machines: Vec<AssetId> = mind.found().filter(wanted).collect();
    machines.sort_by_key(|asset| std::cmp::Reverse((Desk::is_server(mind.view.public, *asset), mind.desk.price[asset.index()])));
    machines.into_iter().find_map(|asset| mind.order(Verb::CaptureMemory, Command::CaptureMemory { scope: Scope::Asset(asset) }))
}

/// Images disks where a hold asks for it; evidence-first images all.
pub(super) fn keep_disks(mind: &Mind<'_>) -> Option<Order> {
    let asked = mind.view.knowledge.legal_hold || mind.style == Style::EvidenceFirst;
    if !asked || !mind.free(Skill::Forensics) {
        return None;
    }
    let wanted = |asset: &AssetId| {
        let belief = mind.view.knowledge.assets[asset.index()];
        !belief.disk_kept && (belief.memory_kept || belief.looks == Seen::Off)
    };
    let mut machines: Vec<AssetId> = mind.found().filter(wanted).collect();
    machines.sort_by_key(|asset| std::cmp::Reverse(mind.desk.price[asset.index()]));
    machines.into_iter().find_map(|asset| mind.order(Verb::ImageDisk, Command::ImageDisk { scope: Scope::Asset(asset) }))
}
