//! Containment: logins before doors, doors before machines, and no more than it saves.

use super::Style;
use super::desk::Desk;
use super::mind::Mind;
use crate::ids::*;
use crate::scenario::written::{LoginLevel, Verb};
use crate::vocabulary::response::Command;
use crate::vocabulary::{Order, Scope};

/// What people may lose by one machine that is cut off, in hundredths of a service of criticality 1, before it is looked for another way.
const fn bearable(style: Style) -> u32 {
    match style {
        Style::ContainFirst => 150,
        Style::EvidenceFirst => 100,
        Style::ServiceFirst => 30,
    }
}

/// What people may lose by a login or a link that is closed.
const BEARABLE_FOR_A_DOOR: u32 = 300;

/// Closes logins that are in other hands; where care rests on one, it gets a new secret instead.
pub(super) fn close_logins(mind: &Mind<'_>) -> Option<Order> {
    let mut logins: Vec<LoginId> = mind.lost_logins(LoginLevel::User).collect();
    logins.sort_by_key(|login| std::cmp::Reverse(mind.view.public.logins[login.index()].level));
    logins.into_iter().find_map(|login| {
        if mind.desk.login_price[login.index()] > BEARABLE_FOR_A_DOOR {
            mind.order(Verb::ResetLogin, Command::ResetLogin { login })
        } else {
            mind.order(Verb::DisableLogin, Command::DisableLogin { login })
        }
    })
}

/// Puts backups out of reach, those first that bring most back.
pub(super) fn secure_backups(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() {
        return None;
    }
    let data = mind.view.public.data.iter().enumerate();
    let mut backups: Vec<(usize, DataId)> = data
        .filter(|(place, data)| data.is_backup && !mind.view.knowledge.data[*place].gone)
        .map(|(place, data)| (data.restores_assets.len() + data.restores_data.len(), DataId::at(place)))
        .collect();
    backups.sort_by_key(|(brings_back, data)| (std::cmp::Reverse(*brings_back), *data));
    backups.into_iter().find_map(|(_, data)| mind.order(Verb::SecureBackup, Command::SecureBackup { data }))
}

/// Gives the strongest logins a new secret once an incident is declared: which of them was stolen is seldom known in time. Who puts evidence first
/// waits until it is known, so as not to warn anybody.
pub(super) fn renew_the_strongest(mind: &Mind<'_>) -> Option<Order> {
    if !mind.declared() || !mind.signs() || mind.style == Style::EvidenceFirst {
        return None;
    }
    let logins = mind.view.public.logins.iter().enumerate();
    let strongest = logins.filter(|(place, plan)| plan.level >= LoginLevel::DomainAdmin && mind.memory.renewed[*place].is_none());
    strongest.map(|(place, _)| LoginId::at(place)).find_map(|login| mind.order(Verb::ResetLogin, Command::ResetLogin { login }))
}

/// Closes links from outside that no second factor guards: those first that lead to a machine with signs or let in with more rights.
pub(super) fn close_doors(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() || (mind.style == Style::ServiceFirst && !mind.declared()) {
        return None;
    }
    let links = mind.view.public.links.iter().enumerate();
    let mut doors: Vec<(bool, LoginLevel, LinkId)> = links
        .filter(|(place, link)| {
            let id = LinkId::at(*place);
            Desk::comes_from_outside(mind.view.public, id)
                && !link.second_factor
                && mind.view.knowledge.links_known[*place]
                && !mind.view.knowledge.links_cut[*place]
                && mind.desk.link_price[*place] <= BEARABLE_FOR_A_DOOR
        })
        .map(|(place, link)| (mind.found().any(|asset| link.to.has(asset)), link.runs_as, LinkId::at(place)))
        .collect();
    doors.sort_by_key(|(used, level, link)| (std::cmp::Reverse((*used, *level)), *link));
    doors.into_iter().find_map(|(_, _, link)| mind.order(Verb::CutLink, Command::CutLink { link }))
}

/// Closes the way out of segments with signs at once; of all others when an incident is declared, unless services come first.
pub(super) fn close_ways_out(mind: &Mind<'_>) -> Option<Order> {
    if !mind.signs() {
        return None;
    }
    let mut here = vec![0_u32; mind.view.public.segments.len()];
    mind.found().for_each(|asset| here[mind.view.public.assets[asset.index()].segment.index()] += 1);
    let everywhere = mind.declared() && mind.style != Style::ServiceFirst;
    let segments = mind.view.public.segments.iter().enumerate();
    let mut open: Vec<SegmentId> = segments
        .filter(|(place, segment)| segment.internet && !mind.view.knowledge.egress_blocked[*place] && (everywhere || here[*place] > 0))
        .map(|(place, _)| SegmentId::at(place))
        .collect();
    open.sort_by_key(|segment| std::cmp::Reverse(here[segment.index()]));
    open.into_iter().find_map(|segment| mind.order(Verb::BlockEgress, Command::BlockEgress { segment }))
}

/// Cuts off machines with signs: those first that cost people least; those that cost much only when it burns.
pub(super) fn cut_off(mind: &Mind<'_>) -> Option<Order> {
    let limit = if mind.burning() { u32::MAX } else { bearable(mind.style) };
    let mut machines: Vec<AssetId> = mind.at_large().filter(|asset| mind.desk.price[asset.index()] <= limit).collect();
    machines.sort_by_key(|asset| (std::cmp::Reverse(Desk::is_server(mind.view.public, *asset)), mind.desk.price[asset.index()]));
    machines.into_iter().find_map(|asset| mind.order(Verb::Isolate, Command::Isolate { scope: Scope::Asset(asset) }))
}
