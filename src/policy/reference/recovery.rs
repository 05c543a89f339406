//! Recovery: what is clean comes back, what is not is installed anew, in the order that people need it.

use super::Style;
use super::mind::Mind;
use crate::ids::*;
use crate::scenario::written::{LoginLevel, Skill, Verb};
use crate::vocabulary::estate::Seen;
use crate::vocabulary::response::Command;
use crate::vocabulary::{Order, Scope};

/// Nothing that is known to be in other hands opens machines any more.
fn closed(mind: &Mind<'_>) -> bool {
    mind.lost_logins(LoginLevel::Admin).next().is_none()
}

/// Installs machines anew that had signs or are encrypted, once memory is kept: what care rests on first. Machines alike go together.
pub(super) fn rebuild(mind: &Mind<'_>) -> Option<Order> {
    if !closed(mind) || !mind.free(Skill::Systems) {
        return None;
    }
    // When very many are encrypted, people come before memory.
    let many = mind.memory.encrypted > 10;
    let ready = |asset: &AssetId| {
        let belief = mind.view.knowledge.assets[asset.index()];
        let encrypted = belief.looks == Seen::Encrypted;
        if !belief.found && !encrypted {
            return false;
        }
        let waits_for_people = mind.style == Style::ServiceFirst && mind.desk.price[asset.index()] >= 300;
        belief.memory_kept || belief.looks == Seen::Off || (encrypted && (many || !belief.found)) || waits_for_people
    };
    let needed: AssetSet = mind.memory.marked.iter().filter(ready).collect();
    if needed.is_empty() {
        return None;
    }
    let rebuild = |scope: Scope| mind.order(Verb::Rebuild, Command::Rebuild { scope });
    let put_first = |asset: AssetId| {
        let services = mind.view.knowledge.services.iter().zip(&mind.view.public.services);
        services
            .filter(|(belief, _)| belief.put_first)
            .any(|(_, plan)| plan.rests_on.iter().any(|item| matches!(item, crate::scenario::program::RestsOn::Assets(assets) if assets.has(asset))))
    };
    let mut machines: Vec<(bool, u32, AssetId)> = needed.iter().map(|asset| (put_first(asset), mind.desk.price[asset.index()], asset)).collect();
    machines.sort_by_key(|(first, price, asset)| (std::cmp::Reverse((*first, *price)), *asset));
    machines.into_iter().find_map(|(_, _, asset)| {
        together(mind, asset, &needed).and_then(|group| rebuild(Scope::Group(group))).or_else(|| rebuild(Scope::Asset(asset)))
    })
}

/// A small group with this machine in it, all of which needs the same.
fn together(mind: &Mind<'_>, asset: AssetId, needed: &AssetSet) -> Option<GroupId> {
    if needed.len() < 12 {
        return None;
    }
    let groups = mind.view.public.groups.iter().enumerate();
    groups
        .filter(|(_, group)| (2..=4).contains(&group.assets.len()) && group.assets.has(asset) && group.assets.iter().all(|other| needed.has(other)))
        .map(|(place, _)| GroupId::at(place))
        .next()
}

/// Gives logins that were closed a new secret once no machine on which they lie has signs; and the strongest ones in any case.
pub(super) fn renew_logins(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() || !mind.free(Skill::Systems) {
        return None;
    }
    let logins = mind.view.knowledge.logins.iter().zip(&mind.view.public.logins).enumerate();
    logins
        .filter(|(_, (belief, plan))| {
            let lies_in_the_open = mind.found().any(|asset| plan.lies_on.has(asset));
            belief.known && belief.disabled && !lies_in_the_open
        })
        .find_map(|(place, _)| mind.order(Verb::ResetLogin, Command::ResetLogin { login: LoginId::at(place) }))
}

/// Brings data back to machines that work again.
pub(super) fn bring_data_back(mind: &Mind<'_>) -> Option<Order> {
    if !closed(mind) {
        return None;
    }
    let ready = |data: &&DataId| mind.view.public.data[data.index()].hosts.iter().all(|host| mind.looks(host) == Seen::Working);
    mind.memory.data_lost.iter().filter(ready).find_map(|data| mind.order(Verb::Restore, Command::RestoreData { data: *data }))
}

/// Whether a machine that is cut off or powered off may come back.
fn clean(mind: &Mind<'_>, asset: AssetId) -> bool {
    let belief = mind.view.knowledge.assets[asset.index()];
    !belief.found && (belief.cleared || mind.memory.looked[asset.index()].is_some())
}

/// Puts machines back on the network.
pub(super) fn reconnect(mind: &Mind<'_>) -> Option<Order> {
    if !closed(mind) {
        return None;
    }
    let machines = mind.memory.marked.iter().filter(|asset| mind.looks(*asset) == Seen::Isolated && clean(mind, *asset));
    machines.into_iter().find_map(|asset| mind.order(Verb::Reconnect, Command::Reconnect { scope: Scope::Asset(asset) }))
}

/// Powers machines on that nothing was found on.
pub(super) fn power_on(mind: &Mind<'_>) -> Option<Order> {
    if !closed(mind) || mind.burning() {
        return None;
    }
    let machines = mind.memory.marked.iter().filter(|asset| mind.looks(*asset) == Seen::Off && !mind.view.knowledge.assets[asset.index()].found);
    machines.into_iter().find_map(|asset| mind.order(Verb::PowerOn, Command::PowerOn { scope: Scope::Asset(asset) }))
}

/// Joins segments that were cut off and have no machine with signs left at large.
pub(super) fn rejoin(mind: &Mind<'_>) -> Option<Order> {
    if !closed(mind) || mind.burning() {
        return None;
    }
    let cut = mind.view.knowledge.segments_cut.iter().enumerate().filter(|(_, cut)| **cut).map(|(place, _)| SegmentId::at(place));
    let quiet = |segment: &SegmentId| mind.at_large().all(|asset| mind.view.public.assets[asset.index()].segment != *segment);
    cut.filter(quiet).find_map(|segment| mind.order(Verb::RejoinSegment, Command::RejoinSegment { segment }))
}
