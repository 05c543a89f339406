//! The estate: services that rest on something, machines that can be told apart, links and logins that lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, chain, circles};
use crate::scenario::compile::MOST_MACHINES;
use crate::scenario::diagnostic::{Code, Diagnostics};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    machines(context, found);
    groups(context, found);
    services(context, found);
    data(context, found);
    let estate = context.estate();
    for link in estate.links.iter().filter(|link| link.to.is_empty() && !context.damaged(link.id.at)) {
        found.add(
            Code::LinkNowhere,
            link.id.at,
            format!("the link `{}` leads nowhere", link.id),
            "`to: [..]` with at least one machine",
            "say which machines it reaches, or leave it out",
        );
    }
    for login in estate.logins.iter().filter(|login| login.opens.is_empty() && !context.damaged(login.id.at)) {
        found.add(
            Code::LoginOpensNothing,
            login.id.at,
            format!("the login `{}` opens nothing", login.id),
            "`opens: [..]` with at least one machine",
            "say which machines it opens, or leave it out",
        );
    }
    for sensor in &context.sheet.sensors {
        if (sensor.sees.is_empty() || sensor.on.is_empty()) && !context.damaged(sensor.id.at) {
            let what = format!("the sensor `{}` {}", sensor.id, if sensor.sees.is_empty() { "sees nothing" } else { "is nowhere" });
            found.add(
                Code::SensorBlind,
                sensor.id.at,
                what,
                "`sees: [..]` and `on: [..]`, both with something",
                "say what it sees and on which machines",
            );
        }
    }
    skills(context, found);
}

fn machines(context: &Context<'_>, found: &mut Diagnostics) {
    let assets = &context.estate().assets;
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut total = 0;
    for asset in assets {
        let count = asset.count.as_ref().map_or(1, |count| u32::from(count.value));
        if total <= MOST_MACHINES && total + count > MOST_MACHINES {
            let what = format!("more than {MOST_MACHINES} machines");
            found.add(Code::TooManyMachines, asset.id.at, what, "a few hundred", "let one machine stand for ten, and say so under `assumptions`");
        }
        total += count;
        if count > 1 && !asset.named.contains('#') {
            let what = format!("{count} machines that are all called \"{}\"", asset.named.value);
            found.add(
                Code::NotNumbered,
                asset.named.at,
                what,
                "a `#` for each digit of the number: \"TILL-##\"",
                "people order things by these names",
            );
        }
        if let Some(other) = names.insert(&asset.named.value, &asset.id) {
            let what = format!("\"{}\", which is the name of `{other}` as well", asset.named.value);
            found.add(Code::SameName, asset.named.at, what, "a name of its own", "give one of them another name");
        }
    }
}

fn groups(context: &Context<'_>, found: &mut Diagnostics) {
    let groups = &context.estate().groups;
    for group in groups {
        if group.of.is_empty() && !context.damaged(group.id.at) {
            found.add(
                Code::EmptyGroup,
                group.id.at,
                format!("the group `{}` has no members", group.id),
                "`of: [..]` with at least one machine",
                "name its machines, or leave it out",
            );
        }
    }
    let edges = groups.iter().map(|group| (&*group.id, group.of.iter().map(|member| &*member.text).collect())).collect();
    for circle in circles(&edges) {
        let at = groups.iter().find(|group| &*group.id == circle[0]).map_or_else(Default::default, |group| group.id.at);
        let what = format!("the group `{}` holds itself: {}", circle[0], chain(&circle));
        found.add(Code::GroupLoop, at, what, "groups of machines and of other groups", "look at the groups it holds");
    }
}

fn services(context: &Context<'_>, found: &mut Diagnostics) {
    let services = &context.estate().services;
    for service in services {
        if service.rests_on.is_empty() && !context.damaged(service.id.at) {
            found.add(
                Code::RestsOnNothing,
                service.id.at,
                format!("the service `{}` rests on nothing", service.id),
                "`rests_on: [..]` with at least one thing",
                "name the machines, data or services it needs; otherwise nothing can stop it",
            );
        }
    }
    let edges = services.iter().map(|service| (&*service.id, service.rests_on.iter().map(|on| &*on.text).collect())).collect();
    for circle in circles(&edges) {
        let at = services.iter().find(|service| &*service.id == circle[0]).map_or_else(Default::default, |service| service.id.at);
        let what = format!("the service `{}` rests on itself: {}", circle[0], chain(&circle));
        found.add(Code::ServiceLoop, at, what, "services that rest on other things", "look at what the services it rests on rest on");
    }
}

fn data(context: &Context<'_>, found: &mut Diagnostics) {
    for data in &context.estate().data {
        if data.restores.is_empty() && !context.damaged(data.id.at) && (data.made.is_some() || data.out_of_reach) {
            let what = format!("`{}` is made like a backup and restores nothing", data.id);
            found.add(
                Code::BackupUnclear,
                data.id.at,
                what,
                "`restores: [..]`",
                "say what can be brought back from it, or leave `made` and `out_of_reach` out",
            );
        } else if data.restores.iter().any(|restored| **restored == *data.id) {
            found.add(
                Code::BackupUnclear,
                data.id.at,
                format!("the backup `{}` restores itself", data.id),
                "`restores: [..]` with other things",
                "a backup that is gone cannot bring itself back",
            );
        }
    }
}

/// Work that the scenario's own actions ask for, and that neither staff nor vendors can do.
fn skills(context: &Context<'_>, found: &mut Diagnostics) {
    if !context.whole || context.sheet.staff.is_empty() {
        return;
    }
    let known: Vec<_> = context
        .sheet
        .staff
        .iter()
        .flat_map(|staff| &staff.skills)
        .chain(context.sheet.vendors.iter().flat_map(|vendor| &vendor.brings).flat_map(|brings| &brings.skills))
        .collect();
    let mut reported = BTreeSet::new();
    for action in &context.sheet.actions {
        let Some(skill) = action.skill else { continue };
        if !known.contains(&&skill) && reported.insert(skill) {
            let at = context.sheet.staff[0].id.at;
            let what = format!("nobody can do {}, which `{}` and others ask for", skill.label(), action.id);
            found.add(
                Code::NobodyCan,
                at,
                what,
                format!("staff or a vendor with the skill `{skill:?}`"),
                "give it to somebody, or let a vendor bring it",
            );
        }
    }
}
