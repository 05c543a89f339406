//! What a proposal says, in names that people know; and whose job an order is.
//!
//! What an author called something stands behind its name only where two things of a kind have the same name. Whoever writes a file of records needs
//! it more often: [`ids`] has it.

use super::Meant;
use super::orders::possible;
use crate::exercise::knowledge::View;
use crate::exercise::quote::{may, quote};
use crate::ids::*;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::compile::written;
use crate::scenario::program::Public;
use crate::scenario::written::{RoleKind, Verb};
use crate::time::Span;
use crate::vocabulary::{Command, Order, communication};

/// What some orders of one action are, in words: by whom, what, to what, and what it takes.
pub(super) fn says(view: &View<'_>, orders: &[Order]) -> String {
    let public = view.public;
    let Some(first) = orders.first() else { return String::new() };
    let targets: Vec<String> = orders.iter().map(|order| name_of_target(public, order)).filter(|name| !name.is_empty()).collect();
    let mut says = format!("{}: {}", public.roles[view.role.index()].label, public.actions[first.action.index()].says.trim_end_matches('.'));
    if !targets.is_empty() {
        says.push_str(&format!(" ({})", targets.join("; ")));
    }
    let quotes: Vec<_> = orders.iter().filter_map(|order| quote(view, order).ok()).collect();
    let takes = Span(quotes.iter().map(|quote| quote.takes.0).sum());
    if takes > Span::ZERO {
        says.push_str(&format!(", about {takes} of work"));
    }
    let mut touched: Vec<ServiceId> = quotes.iter().flat_map(|quote| quote.touches.iter().copied()).collect();
    touched.sort_unstable();
    touched.dedup();
    if !touched.is_empty() {
        let names: Vec<String> = touched.into_iter().map(|service| name_of(public, IdKind::Service, service.index())).collect();
        says.push_str(&format!("; touches {}", names.join(", ")));
    }
    says
}

/// What an order is done to, as people call it; empty where it is done to nothing.
fn name_of_target(public: &Public, order: &Order) -> String {
    match target(&order.command) {
        Target::Nothing | Target::Skill(None) | Target::Alert(_) => String::new(),
        Target::Skill(Some(skill)) => skill.label().to_owned(),
        // Whoever briefs everybody briefs all but themselves.
        Target::Roles(roles) if roles.iter().count() + 1 >= public.roles.len() => "everybody".to_owned(),
        Target::Roles(roles) => roles.iter().map(|role| name_of(public, IdKind::Role, role.index())).collect::<Vec<_>>().join(", "),
        Target::Thing(kind, index) => name_of(public, kind, usize::from(index)),
    }
}

/// What people call something.
fn name_of(public: &Public, kind: IdKind, place: usize) -> String {
    match kind {
        IdKind::Asset => named(&public.assets, place, |asset| &asset.id, |asset| format!("{}, {}", asset.name, short(&asset.text))),
        IdKind::Group => named(&public.groups, place, |group| &group.id, |group| format!("{}, {}", short(&group.text), machines(group.assets.len()))),
        IdKind::Segment => named(&public.segments, place, |segment| &segment.id, |segment| short(&segment.text).to_owned()),
        IdKind::Data => named(&public.data, place, |data| &data.id, |data| short(&data.text).to_owned()),
        IdKind::Login => named(&public.logins, place, |login| &login.id, |login| login.name.clone()),
        IdKind::Link => named(&public.links, place, |link| &link.id, |link| short(&link.text).to_owned()),
        IdKind::Service => named(&public.services, place, |service| &service.id, |service| short(&service.text).to_owned()),
        IdKind::Sensor => named(&public.sensors, place, |sensor| &sensor.id, |sensor| short(&sensor.text).to_owned()),
        IdKind::Vendor => named(&public.vendors, place, |vendor| &vendor.id, |vendor| vendor.name.clone()),
        IdKind::Stakeholder => named(&public.stakeholders, place, |one| &one.id, |one| first_words(&one.words).to_owned()),
        IdKind::Rule => named(&public.rules, place, |rule| &rule.id, |rule| short(&rule.text).to_owned()),
        IdKind::Claim => named(&public.claims, place, |claim| &claim.id, |claim| short(&claim.text).to_owned()),
        IdKind::Role => named(&public.roles, place, |role| &role.id, |role| short(&role.label).to_owned()),
        // These have a text, and are called by their id.
        IdKind::Statement => named(&public.statements, place, |statement| &statement.id, |statement| statement.id.replace('-', " ")),
        IdKind::Level => named(&public.levels, place, |level| &level.id, |level| level.id.replace('-', " ")),
        _ => String::new(),
    }
}

/// A name; with the id where something else of the kind has the same.
fn named<T>(list: &[T], place: usize, id: impl Fn(&T) -> &String, called: impl Fn(&T) -> String) -> String {
    let Some(one) = list.get(place) else { return String::new() };
    let name = called(one);
    let alike = list.iter().filter(|other| called(other) == name).count() > 1;
    if alike { format!("{name}, {}", id(one)) } else { name }
}

/// Behind a colon stands what something is for, and in brackets who has it or how it counts.
fn short(text: &str) -> &str {
    let text = text.split(": ").next().unwrap_or(text);
    text.split(" (").next().unwrap_or(text).trim_end_matches('.')
}

/// Of a person, who they are.
fn first_words(text: &str) -> &str {
    text.split([',', ';', ':']).next().unwrap_or(text)
}

fn machines(count: usize) -> String {
    if count == 1 { "1 machine".to_owned() } else { format!("{count} machines") }
}

/// What an author called that which a proposal's orders are done to: for whoever writes a file of records and has to name one of several.
pub fn ids(public: &Public, meant: &Meant) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in main_orders(meant).iter().flat_map(|order| written(public, order).on) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The orders of a proposal, without the signatures that one of them needs.
fn main_orders(meant: &Meant) -> Vec<Order> {
    let (Meant::Orders(list) | Meant::Once(_, list)) = meant else { return Vec::new() };
    let is_signature = |order: &Order| matches!(order.command, Command::Communication(communication::Command::SignOff { .. }));
    list.iter().map(|(_, order)| *order).filter(|order| !is_signature(order)).collect()
}

impl Meant {
    /// Who would do it; none for what is everybody's, or is decided.
    pub fn by(&self) -> Option<RoleId> {
        // Signatures stand before what they are for.
        let (Meant::Orders(list) | Meant::Once(_, list)) = self else { return None };
        list.last().map(|(role, _)| *role)
    }
}

/// The roles that could be told to do what a proposal means, whose job it is first. Of what is everybody's, or is decided, none.
pub fn owners(views: &[View<'_>], meant: &Meant) -> Vec<RoleId> {
    let orders = main_orders(meant);
    let Some(first) = orders.first() else { return Vec::new() };
    let able = |view: &&View<'_>| orders.iter().all(|order| may(view, order.action) && possible(view, order));
    let mut able: Vec<&View<'_>> = views.iter().filter(able).collect();
    able.sort_by_key(|view| (std::cmp::Reverse(suits(view, first.action)), view.role));
    able.into_iter().map(|view| view.role).collect()
}

/// How near an action is to the job of a role: the more, the nearer.
pub(super) fn suits(view: &View<'_>, action: ActionId) -> usize {
    let kind = view.public.roles[view.role.index()].kind;
    let whose = whose(view.public.actions[action.index()].verb);
    whose.iter().position(|known| *known == kind).map_or(0, |place| whose.len() - place)
}

/// Whose job it is, the nearest first. A room that names nobody means these: who leads may order nearly everything, and does not do it.
fn whose(verb: Verb) -> &'static [RoleKind] {
    use RoleKind::{BusinessOwner, Communications, Executive, Forensics, IncidentManager, ItOperations, Legal, Responder};
    match verb {
        Verb::Acknowledge | Verb::Triage | Verb::Dismiss | Verb::Query | Verb::Hunt | Verb::Watch | Verb::SetToBlock | Verb::Tune | Verb::Learn => {
            &[Responder, Forensics, ItOperations]
        }
        Verb::CaptureMemory | Verb::ImageDisk => &[Forensics, Responder, ItOperations],
        Verb::Isolate
        | Verb::Reconnect
        | Verb::PowerOff
        | Verb::PowerOn
        | Verb::DisableLogin
        | Verb::ResetLogin
        | Verb::CutLink
        | Verb::RestoreLink
        | Verb::CutSegment
        | Verb::RejoinSegment
        | Verb::BlockEgress
        | Verb::OpenEgress
        | Verb::Clean
        | Verb::Rebuild
        | Verb::Restore
        | Verb::SecureBackup => &[ItOperations, Responder, Forensics],
        Verb::Ask => &[Responder, ItOperations, BusinessOwner, Legal, Communications, Executive],
        Verb::Publish => &[Communications, Executive],
        Verb::Determine | Verb::Notify | Verb::Preserve => &[Legal, Executive],
        Verb::Invoke | Verb::StandDown | Verb::Prioritise => &[BusinessOwner, ItOperations],
        Verb::CallIn | Verb::Engage | Verb::Brief | Verb::Declare | Verb::Log | Verb::Report | Verb::Conclude | Verb::Decide | Verb::SignOff => {
            &[IncidentManager, Executive]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_behind_a_name_only_where_two_have_it() {
        let list = [("one", "Ward desks"), ("two", "Theatre desks"), ("three", "Ward desks")].map(|(id, name)| (id.to_owned(), name.to_owned()));
        let called = |place| named(&list, place, |entry| &entry.0, |entry| entry.1.clone());
        assert_eq!([called(0), called(1), called(2)], ["Ward desks, one", "Theatre desks", "Ward desks, three"]);
        assert_eq!(called(9), "");
    }

    #[test]
    fn what_stands_behind_a_name_is_left_out() {
        assert_eq!(short("LabRoute: laboratory system"), "LabRoute");
        assert_eq!(short("Incident manager (somebody)"), "Incident manager");
        assert_eq!(first_words("Somebody of the paper, careful, on a deadline"), "Somebody of the paper");
    }

    #[test]
    fn what_is_work_is_for_those_who_do_it_and_not_for_who_leads() {
        for verb in [Verb::Isolate, Verb::CutLink, Verb::Rebuild, Verb::Restore] {
            assert_eq!(whose(verb)[0], RoleKind::ItOperations, "{verb:?}");
        }
        assert_eq!([whose(Verb::Publish)[0], whose(Verb::Notify)[0]], [RoleKind::Communications, RoleKind::Legal]);
    }
}
