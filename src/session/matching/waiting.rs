//! Orders that wait for something.

use super::book::Book;
use super::forms::*;
use super::heard::{Heard, Sentence, cuts};
use super::orders::{Ordered, orders};
use super::{CLEAR, Meant, Proposal};
use crate::exercise::knowledge::View;
use crate::ids::*;
use crate::policy::colleague::Trigger;
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::session::words::number;

/// Orders that wait: for what is understood, or not at all.
pub(super) fn once(views: &[View<'_>], book: &Book, condition: &str, rest: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let Some(public) = views.first().map(|view| view.public) else { return Vec::new() };
    let waiting = |condition: &str, rest: &str| -> Vec<Proposal> {
        let condition_heard = book.read(condition);
        let Some(trigger) = trigger(public, book, &condition_heard) else {
            return if condition_heard.recovers() { first_of_all(views, book, rest, owner) } else { Vec::new() };
        };
        let once = |ordered: Ordered| {
            let Meant::Orders(list) = ordered.proposal.meant.clone() else { return None };
            let says = format!("once {}: {}", says_trigger(public, trigger), ordered.proposal.says);
            let sure = ordered.proposal.sure && is_told(trigger, &condition_heard);
            Some(Proposal { meant: Meant::Once(trigger, list), says, sure, ..ordered.proposal })
        };
        let rest = Sentence::new(rest, |part| book.carries(part));
        if rest.asks() {
            return Vec::new();
        }
        let mut rest = book.read(&rest.ordered());
        let mut found = orders(views, book, &rest, owner, true);
        if rest.means_what_was_named(nearest(&found)) {
            // "If the laboratory goes down, go over to paper there"
            rest.borrow(&condition_heard);
            found = orders(views, book, &rest, owner, true);
        }
        found.into_iter().filter_map(once).collect()
    };
    if !rest.is_empty() {
        return waiting(condition, rest);
    }
    // "if they get into the data centre we take the servers down": the first place where both halves say something.
    cuts(condition)
        .filter(|(_, rest)| BEGINS_WHAT_THEN.iter().any(|begin| rest.starts_with(begin)) || book.begins_an_order(rest))
        .map(|(condition, rest)| waiting(condition, rest))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn nearest(found: &[Ordered]) -> Option<&Ordered> {
    found.iter().max_by_key(|ordered| ordered.proposal.nearness)
}

/// "When things come back, radiotherapy before anything else": what is to be first waits for nothing, as it only counts then.
fn first_of_all(views: &[View<'_>], book: &Book, rest: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let found = orders(views, book, &book.read(rest), owner, false);
    found.into_iter().filter(|ordered| ordered.verb == Verb::Prioritise).map(|ordered| ordered.proposal).collect()
}

/// Whether a condition says what happens in a part of the network, and not only which: "if Kilbrannon complains" is another.
fn is_told(trigger: Trigger, heard: &Heard) -> bool {
    !matches!(trigger, Trigger::InSegment(_) | Trigger::Segments(_) | Trigger::Sites(_))
        || heard.said.iter().any(|word| STRUCK.contains(&word.as_str()))
}

/// What has to be so; none if that is not understood.
fn trigger(public: &Public, book: &Book, heard: &Heard) -> Option<Trigger> {
    let says = |list: &[&str]| list.iter().any(|word| heard.lower.contains(word));
    let stands = |list: &[&str]| heard.said.iter().position(|word| list.contains(&word.as_str()));
    if says(&ENCRYPTED) {
        return Some(Trigger::Encrypted(number(&heard.lower).unwrap_or(1).max(1)));
    }
    let further = stands(&FURTHER);
    let further = further.map(|at| heard.said.iter().skip(at + 1).take(3).map(String::as_str).collect::<Vec<_>>()).unwrap_or_default();
    if further.iter().any(|word| SITES.contains(word)) {
        return Some(Trigger::Sites(2));
    }
    if further.iter().any(|word| SEGMENTS.contains(word)) {
        return Some(Trigger::Segments(2));
    }
    if stands(&LOST).is_some()
        && let Some(service) = book.nearest(IdKind::Service, heard, CLEAR)
    {
        return Some(Trigger::Down(ServiceId::at(service)));
    }
    if let Some(segment) = book.nearest(IdKind::Segment, heard, CLEAR) {
        return Some(Trigger::InSegment(SegmentId::at(segment)));
    }
    match book.claim(heard) {
        Some(claim) if claim < public.claims.len() => Some(Trigger::Told(ClaimId::at(claim))),
        _ if stands(&DECLARED).is_some() => Some(Trigger::Declared),
        _ => None,
    }
}

/// A trigger, after "once".
fn says_trigger(public: &Public, trigger: Trigger) -> String {
    match trigger {
        Trigger::Told(claim) => format!("told: {}", public.claims[claim.index()].text.trim_end_matches('.')),
        Trigger::Down(service) => format!("{} is down", public.services[service.index()].text),
        Trigger::Encrypted(1) => "a machine is seen encrypted".to_owned(),
        Trigger::Encrypted(least) => format!("{least} machines are seen encrypted"),
        Trigger::InSegment(segment) => format!("something is found in {}", public.segments[segment.index()].text),
        Trigger::Segments(least) => format!("something is found in {least} parts of the network"),
        Trigger::Sites(least) => format!("something is found on {least} sites"),
        Trigger::Declared => "an incident is declared".to_owned(),
    }
}
