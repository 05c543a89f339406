//! From the room's words to orders: at most three proposals, the nearest first.
//!
//! Nothing is guessed silently: whoever records picks a proposal, or notes the words without effect. A proposal is made only of what is on offer to
//! some role at that moment, by what that role knows, or of what waits for nothing but a decision that opens, a signature, or somebody's return.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{CONDITIONAL, STANDING, Weights, said_for, stems};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{candidates, may, quote};
use crate::ids::*;
use crate::policy::colleague::Trigger;
use crate::policy::reference::DUTIES;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::compile::{PlainOrder, written};
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::time::Span;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, communication};

/// So many are shown: more is a search, not a choice.
pub const MOST_PROPOSALS: usize = 3;
/// A match below this, in thousandths of a word that only one thing is called by, is none.
const LEAST: u32 = 500;

/// What the room may have meant.
#[derive(Clone, PartialEq, Debug)]
pub enum Meant {
    /// These orders, by this role, as soon as they would be accepted.
    Orders(Vec<(RoleId, Order)>),
    /// A duty from now on; its place among [`DUTIES`].
    Duty(usize),
    /// These orders once something is so.
    Once(Trigger, Vec<(RoleId, Order)>),
}

/// A proposal.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// What.
    pub meant: Meant,
    /// In plain words: who does what, to what, and what it takes.
    pub says: String,
    /// How near it comes; only the order of proposals follows from it.
    pub nearness: u32,
}

/// What the words may mean, nearest first. `views` are those of all roles, by role; `owner` narrows it to one.
pub fn proposals(views: &[View<'_>], words: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let Some(first) = views.first() else { return Vec::new() };
    let book = Book::of(first.public);
    let lower = words.to_lowercase();
    let mut found = Vec::new();
    let (condition, rest) = split(&lower);
    if let Some(trigger) = condition.and_then(|condition| book.trigger(condition)) {
        let orders = orders(views, &book, rest, owner);
        found.extend(orders.into_iter().filter_map(|proposal| match proposal.meant {
            Meant::Orders(list) => {
                let says = format!("once {}: {}", says_trigger(first.public, trigger), proposal.says);
                Some(Proposal { meant: Meant::Once(trigger, list), says, nearness: proposal.nearness + 1000 })
            }
            Meant::Duty(_) | Meant::Once(..) => None,
        }));
    }
    if STANDING.iter().any(|cue| lower.contains(cue)) {
        found.extend(duties(views, &lower));
    }
    found.extend(orders(views, &book, &lower, owner));
    found.sort_by_key(|proposal| std::cmp::Reverse(proposal.nearness));
    let mut seen: Vec<Meant> = Vec::new();
    found.retain(|proposal| {
        let new = !seen.contains(&proposal.meant);
        seen.push(proposal.meant.clone());
        new
    });
    found.truncate(MOST_PROPOSALS);
    found
}

/// "if a second site falls, cut the WAN": what has to be so, and what to do then.
fn split(lower: &str) -> (Option<&str>, &str) {
    let begins = CONDITIONAL.iter().find(|cue| lower.starts_with(**cue));
    match begins.and_then(|cue| lower[cue.len()..].split_once(',')) {
        Some((condition, rest)) => (Some(condition), rest),
        None => (None, lower),
    }
}

fn duties(views: &[View<'_>], lower: &str) -> Vec<Proposal> {
    let documents: Vec<BTreeSet<String>> = DUTIES.iter().map(|duty| stems(&format!("{} {}", duty.says, said_for(duty.verb)))).collect();
    let weights = Weights::over(documents.iter());
    let words = stems(lower);
    let able = |verb: Verb| {
        views.iter().any(|view| {
            (0..view.public.actions.len()).map(ActionId::at).any(|action| view.public.actions[action.index()].verb == verb && may(view, action))
        })
    };
    (DUTIES.iter().zip(&documents).enumerate())
        .filter(|(_, (duty, _))| able(duty.verb))
        .map(|(place, (duty, document))| Proposal {
            meant: Meant::Duty(place),
            says: format!("from now on: {}", duty.says),
            // Whoever says "from now on" means it.
            nearness: weights.shared(&words, document) + 1500,
        })
        .filter(|proposal| proposal.nearness >= 1500 + LEAST)
        .collect()
}

/// What everything is called.
struct Book {
    actions: Vec<BTreeSet<String>>,
    roles: Vec<BTreeSet<String>>,
    things: BTreeMap<IdKind, Vec<BTreeSet<String>>>,
    weights: Weights,
}

impl Book {
    fn of(public: &Public) -> Book {
        macro_rules! table {
            ($table:ident, $entry:ident => $($text:expr),+) => {
                public.$table.iter().map(|$entry| stems(&[$entry.id.as_str(), $($text.as_str()),+].join(" "))).collect::<Vec<_>>()
            };
        }
        let things = BTreeMap::from([
            (IdKind::Asset, table!(assets, entry => entry.name)),
            (IdKind::Group, table!(groups, entry => entry.text)),
            (IdKind::Data, table!(data, entry => entry.text)),
            (IdKind::Login, table!(logins, entry => entry.name, entry.text)),
            (IdKind::Link, table!(links, entry => entry.text)),
            (IdKind::Segment, table!(segments, entry => entry.text)),
            (IdKind::Service, table!(services, entry => entry.text)),
            (IdKind::Sensor, table!(sensors, entry => entry.text)),
            (IdKind::Vendor, table!(vendors, entry => entry.name, entry.text)),
            (IdKind::Stakeholder, table!(stakeholders, entry => entry.words)),
            (IdKind::Statement, table!(statements, entry => entry.text)),
            (IdKind::Rule, table!(rules, entry => entry.text, entry.recipient)),
            (IdKind::Level, table!(levels, entry => entry.text)),
            (IdKind::Claim, table!(claims, entry => entry.text)),
        ]);
        let actions: Vec<BTreeSet<String>> =
            public.actions.iter().map(|action| stems(&format!("{} {} {}", action.id, action.says, said_for(action.verb)))).collect();
        // Single machines and claims are many and say little about what a word means.
        let weighed = things.iter().filter(|(kind, _)| !matches!(kind, IdKind::Asset | IdKind::Claim)).flat_map(|(_, table)| table);
        let weights = Weights::over(actions.iter().chain(weighed));
        Book { actions, roles: table!(roles, entry => entry.label), things, weights }
    }

    fn table(&self, kind: IdKind) -> &[BTreeSet<String>] {
        self.things.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// What an order is done to is called; none for what has no target.
    fn target(&self, command: &Command) -> Option<&BTreeSet<String>> {
        match target(command) {
            Target::Thing(kind, index) => self.table(kind).get(usize::from(index)),
            _ => None,
        }
    }

    fn trigger(&self, condition: &str) -> Option<Trigger> {
        let words = stems(condition);
        if words.contains("encrypt") || words.contains("encrypted") {
            let number = condition.split_whitespace().find_map(|word| word.parse::<u16>().ok());
            return Some(Trigger::Encrypted(number.unwrap_or(1).max(1)));
        }
        let nearest = |documents: &[BTreeSet<String>]| {
            let weights = Weights::over(documents.iter());
            documents
                .iter()
                .enumerate()
                .map(|(place, document)| (weights.shared(&words, document), place))
                .max_by_key(|(nearness, place)| (*nearness, std::cmp::Reverse(*place)))
        };
        let service = nearest(self.table(IdKind::Service)).filter(|(nearness, _)| *nearness >= LEAST);
        let claim = nearest(self.table(IdKind::Claim)).filter(|(nearness, _)| *nearness >= LEAST);
        match (service, claim) {
            (Some((near, service)), claim) if claim.is_none_or(|(other, _)| near >= other) => Some(Trigger::Down(ServiceId::at(service))),
            (_, Some((_, claim))) => Some(Trigger::Told(ClaimId::at(claim))),
            _ if words.contains("declar") => Some(Trigger::Declared),
            _ => None,
        }
    }
}

/// A trigger, after "once".
pub(super) fn says_trigger(public: &Public, trigger: Trigger) -> String {
    match trigger {
        Trigger::Told(claim) => format!("told that {}", public.claims[claim.index()].text),
        Trigger::Down(service) => format!("{} is down", public.services[service.index()].text),
        Trigger::Encrypted(1) => "a machine is seen encrypted".to_owned(),
        Trigger::Encrypted(least) => format!("{least} machines are seen encrypted"),
        Trigger::Declared => "an incident is declared".to_owned(),
    }
}

/// Verbs that a record is not for: alerts have no names, decisions and beliefs are recorded as such.
const NOT_IN_WORDS: [Verb; 6] = [Verb::Acknowledge, Verb::Triage, Verb::Dismiss, Verb::Decide, Verb::Conclude, Verb::SignOff];

fn orders(views: &[View<'_>], book: &Book, lower: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let words = stems(lower);
    let mut found: Vec<Proposal> = Vec::new();
    let Some(public) = views.first().map(|view| view.public) else { return found };
    for action in (0..public.actions.len()).map(ActionId::at) {
        let plan = &public.actions[action.index()];
        let of_action = book.weights.shared(&words, &book.actions[action.index()]);
        if of_action == 0 || NOT_IN_WORDS.contains(&plan.verb) {
            continue;
        }
        let roles = views.iter().filter(|view| owner.is_none_or(|owner| owner == view.role) && may(view, action));
        let best = roles
            .filter_map(|view| {
                let chosen = targets(view, book, action, &words)?;
                let of_targets: u32 = chosen.iter().map(|(nearness, _)| nearness).sum();
                let named = if owner.is_some() { 0 } else { book.weights.shared(&words, &book.roles[view.role.index()]) };
                Some((of_action + 2 * of_targets, named, view, chosen))
            })
            .max_by_key(|(nearness, named, view, _)| (*nearness, *named, std::cmp::Reverse(view.role)));
        if let Some((nearness, _, view, chosen)) = best
            && nearness >= LEAST
        {
            let orders: Vec<Order> = chosen.into_iter().map(|(_, order)| order).collect();
            found.push(Proposal { says: says(view, &orders), meant: Meant::Orders(with_signatures(views, view.role, orders)), nearness });
        }
    }
    found
}

/// What of an action the words name: its only order, or every target that has words of its own among them.
fn targets(view: &View<'_>, book: &Book, action: ActionId, words: &BTreeSet<String>) -> Option<Vec<(u32, Order)>> {
    let possible =
        |order: &Order| matches!(quote(view, order), Ok(_) | Err(Refusal::GateClosed | Refusal::NotSignedOff | Refusal::InProgress | Refusal::Away));
    let fixed = !view.public.actions[action.index()].on.is_empty();
    let mut near: Vec<(u32, BTreeSet<String>, Order)> = Vec::new();
    let mut whole: Vec<(u32, Order)> = Vec::new();
    for order in candidates(view, action).filter(possible) {
        match book.target(&order.command) {
            Some(document) if !fixed => {
                let nearness = book.weights.shared(words, document);
                if nearness > 0 {
                    near.push((nearness, words.intersection(document).cloned().collect(), order));
                }
            }
            _ => whole.push((0, order)),
        }
    }
    if !whole.is_empty() {
        return Some(whole);
    }
    near.sort_by_key(|(nearness, ..)| std::cmp::Reverse(*nearness));
    let mut left: BTreeSet<String> = words.clone();
    let mut chosen = Vec::new();
    for (nearness, its, order) in near {
        // A further target counts only if the words say something that the ones before it do not explain.
        if chosen.is_empty() || its.iter().all(|word| left.contains(word)) && nearness >= LEAST {
            left.retain(|word| !its.contains(word));
            chosen.push((nearness, order));
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// A statement that the room sends out is signed by those in the room who have to.
fn with_signatures(views: &[View<'_>], role: RoleId, orders: Vec<Order>) -> Vec<(RoleId, Order)> {
    let mut list = Vec::new();
    for order in &orders {
        if let Command::Communication(communication::Command::Publish { statement }) = order.command {
            let plan = &views[0].public.statements[statement.index()];
            for signer in plan.signed_off_by.iter().filter_map(|signer| views.get(signer.index())) {
                let signs = |action: &ActionId| signer.public.actions[action.index()].verb == Verb::SignOff && may(signer, *action);
                if let Some(action) = (0..signer.public.actions.len()).map(ActionId::at).find(signs) {
                    list.push((signer.role, Order { action, command: communication::Command::SignOff { statement }.into() }));
                }
            }
        }
    }
    list.extend(orders.into_iter().map(|order| (role, order)));
    list
}

fn says(view: &View<'_>, orders: &[Order]) -> String {
    let public = view.public;
    let Some(first) = orders.first() else { return String::new() };
    let targets: Vec<String> = orders.iter().flat_map(|order| plain(public, order).on).collect();
    let mut says = format!("{}: {}", public.roles[view.role.index()].label, public.actions[first.action.index()].says);
    if !targets.is_empty() {
        says.push_str(&format!(" ({})", targets.join(", ")));
    }
    if let Some(level) = plain(public, first).as_what {
        says.push_str(&format!(" as {level}"));
    }
    let quotes: Vec<_> = orders.iter().filter_map(|order| quote(view, order).ok()).collect();
    let takes = Span(quotes.iter().map(|quote| quote.takes.0).sum());
    if takes > Span::ZERO {
        says.push_str(&format!(", about {takes} of work"));
    }
    let mut touched: Vec<&str> = quotes.iter().flat_map(|quote| &quote.touches).map(|service| public.services[service.index()].id.as_str()).collect();
    touched.sort_unstable();
    touched.dedup();
    if !touched.is_empty() {
        says.push_str(&format!("; touches {}", touched.join(", ")));
    }
    says
}

/// An order in words that can be written down.
pub(super) fn plain(public: &Public, order: &Order) -> PlainOrder {
    written(public, order)
}
