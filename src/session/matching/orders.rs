//! From words to the orders on offer.

use std::collections::BTreeSet;

use super::book::{BY_NAME, Book};
use super::cues::{self, EVERY, Hit};
use super::heard::Heard;
use super::{LEAST, Meant, Proposal, open_choices};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{candidates, may, quote};
use crate::ids::*;
use crate::scenario::compile::written;
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::session::words::Weights;
use crate::time::Span;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, communication, incident_command};

/// Verbs that a record is not for: alerts have no names, decisions, beliefs and signatures are recorded as such, and what an author made up to be
/// chosen in a decision is reached by that decision only.
const NOT_IN_WORDS: [Verb; 7] = [Verb::Acknowledge, Verb::Triage, Verb::Dismiss, Verb::Decide, Verb::Conclude, Verb::SignOff, Verb::Learn];

/// What an author called an action counts beside the cues of its verb, for so much.
const OWN_WORDS_COUNT: u32 = 4;

/// An order that was heard, with the cue that said so.
pub(super) struct Ordered {
    pub proposal: Proposal,
    pub verb: Verb,
    pub hit: Hit,
}

/// What the words may order, in the order of the actions. `waits`: it is to be done once something is so, and may be what a decision would do.
pub(super) fn orders(views: &[View<'_>], book: &Book, heard: &Heard, owner: Option<RoleId>, waits: bool) -> Vec<Ordered> {
    let mut found: Vec<Ordered> = Vec::new();
    let Some(public) = views.first().map(|view| view.public) else { return found };
    let action_weights = Weights::over(book.actions.iter());
    for action in (0..public.actions.len()).map(ActionId::at) {
        let plan = &public.actions[action.index()];
        if NOT_IN_WORDS.contains(&plan.verb) {
            continue;
        }
        let own = action_weights.shared(&heard.words, &book.actions[action.index()]);
        // What an author calls an action of their own is a cue as well.
        let hit = match cues::heard(&book.cues[action.index()], heard.act()) {
            Some(hit) => hit,
            None if own >= 1000 && !plan.on.is_empty() => Hit { weight: own, strong: true, at: Vec::new() },
            None => continue,
        };
        let said: BTreeSet<&String> = hit.at.iter().filter_map(|at| heard.act().get(*at)).collect();
        let words: BTreeSet<String> = heard.words.iter().filter(|word| hit.strong || !said.contains(word)).cloned().collect();
        let roles = views.iter().filter(|view| owner.is_none_or(|owner| owner == view.role) && may(view, action));
        let best = roles
            .filter_map(|view| {
                let chosen = targets(view, book, action, heard, &words, waits)?;
                let of_targets = chosen.iter().map(|(nearness, _)| *nearness).max().unwrap_or(0);
                let named = if owner.is_some() { 0 } else { book.role_weights.shared(&heard.words, &book.roles[view.role.index()]) };
                Some((of_targets, named, view, chosen))
            })
            .max_by_key(|(nearness, named, view, _)| (*nearness, *named, std::cmp::Reverse(view.role)));
        let Some((of_targets, _, view, chosen)) = best else { continue };
        let nearness = hit.weight + own / OWN_WORDS_COUNT + of_targets;
        if nearness >= LEAST && (hit.strong || of_targets >= LEAST) {
            let orders: Vec<Order> = chosen.into_iter().map(|(_, order)| order).collect();
            let proposal = Proposal { says: says(view, &orders), meant: Meant::Orders(with_signatures(views, view.role, orders)), nearness };
            found.push(Ordered { proposal, verb: plan.verb, hit });
        }
    }
    found
}

/// What of an action the words name: its only order; all that are named; or what comes nearest, and with "every" all that come as near.
fn targets(view: &View<'_>, book: &Book, action: ActionId, heard: &Heard, words: &BTreeSet<String>, waits: bool) -> Option<Vec<(u32, Order)>> {
    let possible =
        |order: &Order| matches!(quote(view, order), Ok(_) | Err(Refusal::GateClosed | Refusal::NotSignedOff | Refusal::InProgress | Refusal::Away));
    let plan = &view.public.actions[action.index()];
    let fixed = !plan.on.is_empty();
    let mut near = Vec::new();
    let mut whole: Vec<(u32, Order)> = Vec::new();
    for order in candidates(view, action) {
        match book.target(&order.command, heard, words) {
            // What is not near need not be quoted.
            Some(known) if !fixed && known.nearness == 0 => {}
            Some(known) if !fixed && possible(&order) => near.push((known, order)),
            Some(_) if !fixed => {}
            _ if possible(&order) => whole.push((0, told_whom(view, book, order, words))),
            _ => {}
        }
    }
    if !whole.is_empty() {
        return Some(whole);
    }
    // What explains less of the sentence than another is not meant: "desks" in "the laboratory desks".
    let outdone = |place: usize| {
        let of: &BTreeSet<String> = &near[place].0.explains;
        near.iter().any(|(other, _)| other.explains.len() > of.len() && of.is_subset(&other.explains))
    };
    let mut left: Vec<_> = (0..near.len()).filter(|place| !outdone(*place)).map(|place| near[place].clone()).collect();
    left.sort_by_key(|(known, _)| (std::cmp::Reverse(known.nearness), known.unsaid));
    let best = left.first().map_or(0, |(known, _)| known.nearness);
    if best < BY_NAME
        && let Some(chosen) = as_chosen(view, book, action, words, waits).filter(|chosen| chosen.iter().any(|(nearness, _)| *nearness > best))
    {
        return Some(chosen.into_iter().filter(|(_, order)| possible(order)).collect()).filter(|chosen: &Vec<_>| !chosen.is_empty());
    }
    if left.is_empty() && matches!(plan.verb, Verb::Invoke | Verb::StandDown) {
        let there = candidates(view, action).map(|order| (book.by_place(&order.command, words), order));
        return Some(there.filter(|(nearness, order)| *nearness > 0 && possible(order)).collect()).filter(|chosen: &Vec<_>| !chosen.is_empty());
    }
    let every = EVERY.iter().any(|cue| heard.lower.contains(cue));
    let mut unexplained: BTreeSet<String> = words.clone();
    let mut chosen = Vec::new();
    for (known, order) in left {
        let new = known.explains.iter().all(|word| unexplained.contains(word));
        let named = known.nearness >= BY_NAME && new;
        // A further target counts only if the words name it, or say something that the ones before it do not explain.
        let further = new && known.nearness >= 2 * LEAST && best < BY_NAME;
        if chosen.is_empty() || named || further || (every && known.nearness == best) {
            unexplained.retain(|word| !known.explains.contains(word));
            chosen.push((known.nearness, order));
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// What an author wrote into a choice of a decision is a name for what that choice is done to: "between the hospitals". While the decision is to be
/// taken, it is the decision that is meant.
fn as_chosen(view: &View<'_>, book: &Book, action: ActionId, words: &BTreeSet<String>, waits: bool) -> Option<Vec<(u32, Order)>> {
    let open = open_choices(std::slice::from_ref(view));
    let mut best: Option<(u32, Vec<Order>)> = None;
    for choice in &book.choices {
        let plan = &view.public.gates[choice.gate.index()];
        let orders: Vec<Order> = plan.choices[usize::from(choice.choice)].orders.iter().filter(|order| order.action == action).copied().collect();
        let nearness = book.choice_weights.shared(words, &choice.words);
        let several = words.intersection(&choice.words).count() >= 2;
        if !orders.is_empty()
            && several
            && nearness >= LEAST
            && (waits || !open.contains(&choice.gate))
            && best.as_ref().is_none_or(|(known, _)| nearness > *known)
        {
            best = Some((nearness, orders));
        }
    }
    best.map(|(nearness, orders)| orders.into_iter().map(|order| (nearness, order)).collect())
}

/// Who is to be told: those who are named, or everybody.
fn told_whom(view: &View<'_>, book: &Book, order: Order, words: &BTreeSet<String>) -> Order {
    if !matches!(order.command, Command::IncidentCommand(incident_command::Command::Brief { .. })) {
        return order;
    }
    let named = |role: &RoleId| book.role_weights.shared(words, &book.roles[role.index()]) >= 1000;
    let mut roles = RoleSet::NONE;
    (0..book.roles.len()).map(RoleId::at).filter(|role| *role != view.role).filter(named).for_each(|role| roles = roles.with(role));
    if roles.is_empty() { order } else { Order { command: incident_command::Command::Brief { roles }.into(), ..order } }
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
    let public: &Public = view.public;
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
