//! From the room's words to orders: at most three proposals, the nearest first.
//!
//! Nothing is guessed silently: whoever records picks a proposal, or notes the words without effect. What is taken without anybody picking it must be
//! clear ([`clear`]): near enough, and well ahead of the next. A proposal is made only of what is on offer to some role at that moment, by what that
//! role knows, or of what waits for nothing but a decision that opens, a signature, or somebody's return. What nobody should do by a slip of words is
//! never proposed: a negated sentence is no order, a condition that is not understood is not left out, and what an author made a choice of a decision
//! (to pay, say) is only reached by that decision.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{CONDITIONAL, EVERY, STANDING, Weights, negated, number, said_for, stems};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{candidates, may, quote};
use crate::ids::*;
use crate::policy::colleague::Trigger;
use crate::policy::reference::DUTIES;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::compile::written;
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::time::Span;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, communication};

/// So many are shown: more is a search, not a choice.
pub const MOST_PROPOSALS: usize = 3;
/// A match below this, in thousandths of a word that only one thing is called by, is none.
const LEAST: u32 = 500;
/// What a thing's own id or name in the words weighs: more than any number of words that others share.
const BY_NAME: u32 = 4000;

/// What the room may have meant.
#[derive(Clone, PartialEq, Debug)]
pub enum Meant {
    /// These orders, by this role, as soon as they would be accepted.
    Orders(Vec<(RoleId, Order)>),
    /// A duty from now on; its place among [`DUTIES`].
    Duty(usize),
    /// These orders once something is so.
    Once(Trigger, Vec<(RoleId, Order)>),
    /// This choice of a decision.
    Decision(GateId, u8),
}

/// A proposal.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// What.
    pub meant: Meant,
    /// In plain words: who does what, to what, and what it takes.
    pub says: String,
    /// How near it comes, in thousandths of a word that only one thing is called by.
    pub nearness: u32,
}

/// The first proposal, if it can be taken without anybody picking it.
pub fn clear(proposals: &[Proposal]) -> Option<&Proposal> {
    let (first, rest) = proposals.split_first()?;
    let ahead = rest.first().is_none_or(|second| first.nearness >= second.nearness + second.nearness / 5);
    (ahead && first.nearness >= 2 * LEAST).then_some(first)
}

/// What the words may mean, nearest first. `views` are those of all roles, by role; `owner` narrows it to one.
pub fn proposals(views: &[View<'_>], words: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let Some(first) = views.first() else { return Vec::new() };
    let book = Book::of(first.public);
    let lower = words.to_lowercase();
    let mut found = decisions(views, &book, &lower);
    if !negated(&lower) {
        // "As a rule we go over to paper when a service falls": what holds from now on has its condition in the duty.
        let standing = STANDING.iter().any(|cue| lower.contains(cue));
        match split(&lower).filter(|_| !standing) {
            Some((condition, rest)) => {
                if let Some(trigger) = book.trigger(first.public, condition) {
                    found.extend(orders(views, &book, rest, owner).into_iter().filter_map(|proposal| {
                        let Meant::Orders(list) = proposal.meant else { return None };
                        let says = format!("once {}: {}", says_trigger(first.public, trigger), proposal.says);
                        Some(Proposal { meant: Meant::Once(trigger, list), says, nearness: proposal.nearness })
                    }));
                }
            }
            None if standing => found.extend(duties(views, &lower)),
            None => found.extend(orders(views, &book, &lower, owner)),
        }
    }
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

/// "if a second site falls, cut the WAN", "cut the WAN if a second site falls": what has to be so, and what to do then. A condition whose end cannot
/// be told is one all the same.
fn split(lower: &str) -> Option<(&str, &str)> {
    if let Some(rest) = CONDITIONAL.iter().find_map(|cue| lower.strip_prefix(cue)) {
        return Some(rest.split_once(',').unwrap_or((rest, "")));
    }
    let inside = CONDITIONAL[..4].iter().filter_map(|cue| lower.find(&format!(" {cue}")).map(|at| (at, cue.len() + 1))).min()?;
    Some((&lower[inside.0 + inside.1..], &lower[..inside.0]))
}

/// Choices of decisions of the move that is on, which nobody has taken yet.
fn decisions(views: &[View<'_>], book: &Book, lower: &str) -> Vec<Proposal> {
    let Some(public) = views.first().map(|view| view.public) else { return Vec::new() };
    let current = views.iter().filter_map(|view| view.knowledge.current_move).max_by_key(|turn| public.moves[turn.index()].opens);
    let words = stems(lower);
    let mut found = Vec::new();
    for (gate, plan) in (0..).map(GateId::at).zip(&public.gates) {
        let decided = views.iter().any(|view| view.knowledge.gates[gate.index()].decided.is_some());
        if Some(plan.of_move) != current || decided {
            continue;
        }
        let documents: Vec<BTreeSet<String>> = plan.choices.iter().map(|choice| stems(&format!("{} {}", choice.id, choice.text))).collect();
        for ((choice, document), place) in plan.choices.iter().zip(&documents).zip(0..) {
            // A refusal means a choice that is put as one, and nothing else.
            if negated(lower) != negated(&choice.text.to_lowercase()) {
                continue;
            }
            // What other choices say as well tells nothing about this one.
            let own: BTreeSet<String> =
                document.iter().filter(|word| documents.iter().filter(|other| other.contains(*word)).count() == 1).cloned().collect();
            let nearness = book.weights.shared(&words, &own);
            if nearness >= LEAST {
                let says = format!("the decision \u{201c}{}\u{201d}: {}", plan.ask, choice.text);
                found.push(Proposal { meant: Meant::Decision(gate, place), says, nearness });
            }
        }
    }
    found
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
            nearness: weights.shared(&words, document),
        })
        .filter(|proposal| proposal.nearness >= LEAST)
        .collect()
}

/// What everything is called.
struct Book {
    actions: Vec<BTreeSet<String>>,
    roles: Vec<BTreeSet<String>>,
    things: BTreeMap<IdKind, Vec<BTreeSet<String>>>,
    /// Ids and names as they stand, in lower case.
    names: BTreeMap<IdKind, Vec<Vec<String>>>,
    weights: Weights,
}

impl Book {
    fn of(public: &Public) -> Book {
        let (mut things, mut names) = (BTreeMap::new(), BTreeMap::new());
        macro_rules! table {
            ($kind:ident, $table:ident, $entry:ident => [$($name:expr),*] [$($text:expr),*]) => {
                things.insert(IdKind::$kind, public.$table.iter().map(|$entry| stems(&[$entry.id.as_str(), $($name.as_str(),)* $($text.as_str()),*].join(" "))).collect::<Vec<_>>());
                names.insert(IdKind::$kind, public.$table.iter().map(|$entry| {
                    let mut names = vec![$entry.id.to_lowercase(), $($name.to_lowercase()),*];
                    // A short text is what people call it.
                    names.extend([$($text.to_lowercase()),*].into_iter().filter(|text: &String| (2..=4).contains(&text.split_whitespace().count())));
                    names
                }).collect::<Vec<_>>());
            };
        }
        table!(Asset, assets, entry => [entry.name] []);
        table!(Group, groups, entry => [] [entry.text]);
        table!(Data, data, entry => [] [entry.text]);
        table!(Login, logins, entry => [entry.name] [entry.text]);
        table!(Link, links, entry => [] [entry.text]);
        table!(Segment, segments, entry => [] [entry.text]);
        table!(Service, services, entry => [] [entry.text]);
        table!(Sensor, sensors, entry => [] [entry.text]);
        table!(Vendor, vendors, entry => [entry.name] [entry.text]);
        table!(Stakeholder, stakeholders, entry => [] [entry.words]);
        // The text of a statement speaks of everything; what it is called says which one is meant.
        table!(Statement, statements, entry => [] []);
        table!(Rule, rules, entry => [] [entry.text, entry.recipient]);
        table!(Level, levels, entry => [] []);
        let actions: Vec<BTreeSet<String>> =
            public.actions.iter().map(|action| stems(&format!("{} {} {}", action.id, action.says, said_for(action.verb)))).collect();
        let roles = public.roles.iter().map(|role| stems(&format!("{} {}", role.id, role.label))).collect();
        // Single machines are many and say little about what a word means.
        let weighed = things.iter().filter(|(kind, _)| **kind != IdKind::Asset).flat_map(|(_, table)| table);
        let weights = Weights::over(actions.iter().chain(weighed));
        Book { actions, roles, things, names, weights }
    }

    /// How near an order's target comes: by its own name, or by words. None for what has no target; nothing near is 0.
    fn target(&self, command: &Command, lower: &str, words: &BTreeSet<String>) -> Option<(u32, BTreeSet<String>)> {
        let Target::Thing(kind, index) = target(command) else { return None };
        let place = usize::from(index);
        let document = self.things.get(&kind).and_then(|table| table.get(place))?;
        let names = self.names.get(&kind).and_then(|table| table.get(place)).map_or(&[][..], Vec::as_slice);
        // The longer name is the one that is meant: "pathology desks" are not "desks".
        let named = names.iter().filter(|name| mentions(lower, name)).map(|name| BY_NAME + name.chars().count() as u32 * 50).max();
        let shared: BTreeSet<String> = words.intersection(document).cloned().collect();
        // One machine of many is meant only by its name: "the desks" are a group.
        let by_words = if kind == IdKind::Asset { 0 } else { self.weights.shared(words, document) };
        Some((by_words + named.unwrap_or(0), shared))
    }

    /// What has to be so; none if that is not understood.
    fn trigger(&self, public: &Public, condition: &str) -> Option<Trigger> {
        let words = stems(condition);
        let says = |list: &[&str]| list.iter().any(|word| condition.contains(word));
        if says(&["encrypt"]) {
            return Some(Trigger::Encrypted(number(condition).unwrap_or(1).max(1)));
        }
        if says(&["second site", "another site", "second hospital", "another hospital", "other hospitals", "other sites", "more than one site"]) {
            return Some(Trigger::Segments(2));
        }
        let own = |kind: IdKind| {
            let table = self.things.get(&kind).map_or(&[][..], Vec::as_slice);
            let weights = Weights::over(table.iter());
            let nearness = table.iter().enumerate().map(|(place, document)| (weights.shared(&words, document), std::cmp::Reverse(place)));
            nearness.max().filter(|(nearness, _)| *nearness >= 2 * LEAST).map(|(_, place)| place.0)
        };
        if let Some(service) = own(IdKind::Service).filter(|_| says(&["down", "fail", "stop", "gone", "falls", "out"])) {
            return Some(Trigger::Down(ServiceId::at(service)));
        }
        if let Some(segment) = own(IdKind::Segment) {
            return Some(Trigger::InSegment(SegmentId::at(segment)));
        }
        let claims: Vec<BTreeSet<String>> = public.claims.iter().map(|claim| stems(&claim.text)).collect();
        let told = claims.iter().enumerate().map(|(place, document)| (words.intersection(document).count(), std::cmp::Reverse(place))).max();
        match told {
            // Half of what a claim says, and two words of it at least.
            Some((shared, place)) if shared >= 2 && shared * 2 >= claims[place.0].len() => Some(Trigger::Told(ClaimId::at(place.0))),
            _ if says(&["declared", "declare"]) => Some(Trigger::Declared),
            _ => None,
        }
    }
}

/// Whether a name stands in a text as a word of its own; `pathology-desks` is the same as "pathology desks".
fn mentions(lower: &str, name: &str) -> bool {
    mentions_as(lower, name) || name.contains('-') && mentions_as(lower, &name.replace('-', " "))
}

fn mentions_as(lower: &str, name: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    name.chars().count() >= 3
        && lower
            .match_indices(name)
            .any(|(at, _)| !lower[..at].chars().next_back().is_some_and(inside) && !lower[at + name.len()..].chars().next().is_some_and(inside))
}

/// A trigger, after "once".
pub(super) fn says_trigger(public: &Public, trigger: Trigger) -> String {
    match trigger {
        Trigger::Told(claim) => format!("told: {}", public.claims[claim.index()].text.trim_end_matches('.')),
        Trigger::Down(service) => format!("{} is down", public.services[service.index()].text),
        Trigger::Encrypted(1) => "a machine is seen encrypted".to_owned(),
        Trigger::Encrypted(least) => format!("{least} machines are seen encrypted"),
        Trigger::InSegment(segment) => format!("something is found in {}", public.segments[segment.index()].text),
        Trigger::Segments(least) => format!("something is found in {least} parts of the network"),
        Trigger::Declared => "an incident is declared".to_owned(),
    }
}

/// Verbs that a record is not for: alerts have no names, decisions, beliefs and signatures are recorded as such, and what an author made up to be
/// chosen in a decision is reached by that decision only.
const NOT_IN_WORDS: [Verb; 7] = [Verb::Acknowledge, Verb::Triage, Verb::Dismiss, Verb::Decide, Verb::Conclude, Verb::SignOff, Verb::Learn];

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
                let chosen = targets(view, book, action, lower, &words)?;
                let of_targets = chosen.iter().map(|(nearness, _)| *nearness).max().unwrap_or(0);
                let named = if owner.is_some() { 0 } else { book.weights.shared(&words, &book.roles[view.role.index()]) };
                Some((of_action + of_targets, named, view, chosen))
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

/// What of an action the words name: its only order; all that are named; or what comes nearest, and with "every" all that come as near.
fn targets(view: &View<'_>, book: &Book, action: ActionId, lower: &str, words: &BTreeSet<String>) -> Option<Vec<(u32, Order)>> {
    let possible =
        |order: &Order| matches!(quote(view, order), Ok(_) | Err(Refusal::GateClosed | Refusal::NotSignedOff | Refusal::InProgress | Refusal::Away));
    let fixed = !view.public.actions[action.index()].on.is_empty();
    let mut near: Vec<(u32, BTreeSet<String>, Order)> = Vec::new();
    let mut whole: Vec<(u32, Order)> = Vec::new();
    for order in candidates(view, action) {
        match book.target(&order.command, lower, words) {
            // What is not near need not be quoted.
            Some((0, _)) if !fixed => {}
            Some((nearness, shared)) if !fixed && possible(&order) => near.push((nearness, shared, order)),
            Some(_) if !fixed => {}
            _ if possible(&order) => whole.push((0, order)),
            _ => {}
        }
    }
    if !whole.is_empty() {
        return Some(whole);
    }
    near.sort_by_key(|(nearness, ..)| std::cmp::Reverse(*nearness));
    let best = near.first()?.0;
    let every = EVERY.iter().any(|cue| lower.contains(cue));
    let mut left: BTreeSet<String> = words.clone();
    let mut chosen = Vec::new();
    for (nearness, its, order) in near {
        let named = nearness >= BY_NAME && its.iter().all(|word| left.contains(word));
        // A further target counts only if the words name it, or say something that the ones before it do not explain.
        let further = its.iter().all(|word| left.contains(word)) && nearness >= LEAST && best < BY_NAME;
        if chosen.is_empty() || named || further || (every && nearness == best) {
            left.retain(|word| !its.contains(word));
            chosen.push((nearness, order));
        }
    }
    Some(chosen)
}

/// A statement that the room sends out is signed by those in the room who have to, or by who stands in for them.
fn with_signatures(views: &[View<'_>], role: RoleId, orders: Vec<Order>) -> Vec<(RoleId, Order)> {
    let mut list = Vec::new();
    for order in &orders {
        if let Command::Communication(communication::Command::Publish { statement }) = order.command {
            let public = views[0].public;
            let Some(action) = public.actions.iter().position(|action| action.verb == Verb::SignOff) else { continue };
            let sign = Order { action: ActionId::at(action), command: communication::Command::SignOff { statement }.into() };
            for signer in public.statements[statement.index()].signed_off_by.iter() {
                list.push((signer, sign));
                list.extend(public.roles[signer.index()].deputy.map(|deputy| (deputy, sign)));
            }
        }
    }
    list.extend(orders.into_iter().map(|order| (role, order)));
    list
}

fn says(view: &View<'_>, orders: &[Order]) -> String {
    let public = view.public;
    let Some(first) = orders.first() else { return String::new() };
    let targets: Vec<String> = orders.iter().flat_map(|order| written(public, order).on).collect();
    let mut says = format!("{}: {}", public.roles[view.role.index()].label, public.actions[first.action.index()].says);
    if !targets.is_empty() {
        says.push_str(&format!(" ({})", targets.join(", ")));
    }
    if let Some(level) = written(public, first).as_what {
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
