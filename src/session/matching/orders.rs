//! From words to the orders on offer.

use std::collections::BTreeSet;

use super::book::{BY_NAME, Book, Near};
use super::cues::{self, EVERY, Hit};
use super::heard::Heard;
use super::naming::{says, suits};
use super::{CLEAR, LEAST, Meant, Proposal, ahead, open_choices};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{candidates, may, quote};
use crate::ids::*;
use crate::scenario::written::Verb;
use crate::session::words::Weights;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, Scope, communication, incident_command, response};

/// Verbs that a record is not for: alerts have no names, decisions, beliefs and signatures are recorded as such, and what an author made up to be
/// chosen in a decision is reached by that decision only.
const NOT_IN_WORDS: [Verb; 7] = [Verb::Acknowledge, Verb::Triage, Verb::Dismiss, Verb::Decide, Verb::Conclude, Verb::SignOff, Verb::Learn];

/// What an author called an action counts beside the cues of its verb, for so much.
const OWN_WORDS_COUNT: u32 = 4;

/// An order that was heard, with the cue that said so.
pub(super) struct Ordered {
    pub proposal: Proposal,
    pub action: ActionId,
    pub verb: Verb,
    pub hit: Hit,
    /// The words of the sentence that it explains: those of the cue, and those of what it is done to.
    pub explains: BTreeSet<String>,
}

impl Ordered {
    /// What it orders, without by whom.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        let list = if let Meant::Orders(list) = &self.proposal.meant { list.as_slice() } else { &[] };
        list.iter().map(|(_, order)| order).filter(|order| order.action == self.action)
    }
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
        let cue: BTreeSet<String> = hit.at.iter().filter_map(|at| heard.act().get(*at)).cloned().collect();
        let said = Said { heard, left: heard.words.difference(&cue).cloned().collect(), cue: if hit.strong { cue } else { BTreeSet::new() }, waits };
        let roles = views.iter().filter(|view| owner.is_none_or(|owner| owner == view.role) && may(view, action));
        let best = roles
            .filter_map(|view| {
                let chosen = targets(view, book, action, &said)?;
                let of_targets = chosen.iter().map(|chosen| chosen.nearness).max().unwrap_or(0);
                let named = if owner.is_some() { 0 } else { book.role_weights.shared(&heard.words, &book.roles[view.role.index()]) };
                Some((of_targets, named, view, chosen))
            })
            .max_by_key(|(nearness, named, view, _)| (*nearness, *named, suits(view, action), std::cmp::Reverse(view.role)));
        let Some((of_targets, _, view, chosen)) = best else { continue };
        let nearness = hit.weight + own / OWN_WORDS_COUNT + of_targets;
        if nearness >= LEAST && (hit.strong || of_targets >= LEAST) {
            let mut explains = cues::explained(&book.cues[action.index()], heard.act());
            explains.extend(chosen.iter().flat_map(|chosen| chosen.explains.iter().cloned()));
            explains.extend(heard.words.intersection(&book.actions[action.index()]).cloned());
            let sure = chosen.iter().all(|chosen| chosen.sure);
            let orders: Vec<Order> = chosen.into_iter().map(|chosen| chosen.order).collect();
            let says = says(view, &orders);
            let proposal = Proposal { says, meant: Meant::Orders(with_signatures(views, view.role, orders)), nearness, sure };
            found.push(Ordered { proposal, action, verb: plan.verb, hit, explains });
        }
    }
    found
}

/// The words that a target is looked for with.
struct Said<'a> {
    heard: &'a Heard,
    /// Without those that said the verb.
    left: BTreeSet<String>,
    /// Those, if they say more than that: "backup" in "copy the backup".
    cue: BTreeSet<String>,
    /// It is to be done once something is so.
    waits: bool,
}

/// Something an order can be done to, as near as the words come to it.
struct Chosen {
    nearness: u32,
    explains: BTreeSet<String>,
    order: Order,
    /// Nothing else comes nearly as near.
    sure: bool,
}

/// Whether an order would be accepted, or waits for nothing but a decision that opens, a signature, or somebody's return.
pub(super) fn possible(view: &View<'_>, order: &Order) -> bool {
    matches!(quote(view, order), Ok(_) | Err(Refusal::GateClosed | Refusal::NotSignedOff | Refusal::InProgress | Refusal::Away))
}

/// What of an action the words name: its only order; all that are named; or what comes nearest, and with "every" all that come as near.
fn targets(view: &View<'_>, book: &Book, action: ActionId, said: &Said<'_>) -> Option<Vec<Chosen>> {
    let possible = |order: &Order| possible(view, order);
    let some = |chosen: Vec<Chosen>| (!chosen.is_empty()).then_some(chosen);
    let plan = &view.public.actions[action.index()];
    let fixed = !plan.on.is_empty();
    let mut near = Vec::new();
    let mut whole: Vec<Chosen> = Vec::new();
    // What is brought back from a backup is not the backup.
    let source = |order: &Order| match order.command {
        Command::Response(response::Command::RestoreData { data }) => view.public.data[data.index()].is_backup,
        _ => false,
    };
    for order in candidates(view, action).filter(|order| !source(order)) {
        match book.target(&order.command, said.heard, &said.left, &said.cue) {
            // What is not near need not be quoted.
            Some(known) if !fixed && known.nearness == 0 => {}
            Some(known) if !fixed && possible(&order) => near.push((known, order)),
            Some(_) if !fixed => {}
            _ if possible(&order) => {
                let (order, explains) = told_whom(view, book, order, &said.heard.words);
                whole.push(Chosen { nearness: 0, explains, order, sure: true });
            }
            _ => {}
        }
    }
    if !whole.is_empty() {
        return Some(whole);
    }
    // What explains less of the sentence than another is not meant: "desks" in "the laboratory desks".
    let outdone = |known: &Near| {
        let of = &known.explains;
        near.iter().any(|(other, _)| other.explains.len() > of.len() && of.is_subset(&other.explains))
    };
    let mut left: Vec<_> = near.iter().filter(|(known, _)| !outdone(known)).cloned().collect();
    left.sort_by_key(|(known, _)| (std::cmp::Reverse(known.nearness), known.unsaid));
    let best = left.first().map_or(0, |(known, _)| known.nearness);
    // A word that only one thing is called by names it.
    if best < CLEAR
        && let Some(mut chosen) = as_chosen(view, book, action, said)
        && chosen.iter().any(|chosen| chosen.nearness > best)
    {
        chosen.retain(|chosen| possible(&chosen.order));
        return some(chosen);
    }
    if left.is_empty() && matches!(plan.verb, Verb::Invoke | Verb::StandDown) {
        let there = candidates(view, action).map(|order| (book.by_place(&order.command, &said.left), order));
        let there = there.filter(|((nearness, _), order)| *nearness > 0 && possible(order));
        return some(there.map(|((nearness, explains), order)| Chosen { nearness, explains, order, sure: false }).collect());
    }
    let every = EVERY.iter().any(|cue| said.heard.lower.contains(cue));
    let mut unexplained: BTreeSet<String> = said.heard.words.clone();
    let (mut chosen, mut beside, mut taken_together) = (Vec::new(), 0, false);
    for (known, order) in left {
        let new = known.explains.iter().all(|word| unexplained.contains(word));
        let named = known.nearness >= BY_NAME && new;
        // A further target counts only if the words name it, or say something that the ones before it do not explain.
        let further = new && known.nearness >= 2 * LEAST && best < BY_NAME;
        // What is in a group that was chosen is chosen.
        if chosen.iter().any(|chosen: &Chosen| within(view, &order, &chosen.order)) {
            continue;
        }
        // "All" of what shares a word may be more than was meant.
        taken_together |= !chosen.is_empty() && !named && !further && every && known.nearness == best;
        if chosen.is_empty() || named || further || (every && known.nearness == best) {
            unexplained.retain(|word| !known.explains.contains(word));
            chosen.push(Chosen { nearness: known.nearness, explains: known.explains, order, sure: true });
        } else {
            beside = beside.max(known.nearness);
        }
    }
    chosen.iter_mut().for_each(|chosen| chosen.sure = ahead(best, beside) && !taken_together);
    some(chosen)
}

/// Whether the machines of an order are all among those of another.
fn within(view: &View<'_>, order: &Order, other: &Order) -> bool {
    let machines = |order: &Order| -> Option<BTreeSet<AssetId>> {
        Some(match order.command.scope()? {
            Scope::Asset(asset) => BTreeSet::from([asset]),
            Scope::Group(group) => view.public.groups[group.index()].assets.iter().collect(),
        })
    };
    machines(order).zip(machines(other)).is_some_and(|(these, those)| these.is_subset(&those))
}

/// What an author wrote into a choice of a decision is a name for what that choice is done to: "between the hospitals". While the decision is to be
/// taken, it is the decision that is meant.
fn as_chosen(view: &View<'_>, book: &Book, action: ActionId, said: &Said<'_>) -> Option<Vec<Chosen>> {
    let open = open_choices(std::slice::from_ref(view));
    let words = &said.heard.words;
    let mut best: Option<(u32, BTreeSet<String>, Vec<Order>)> = None;
    for choice in book.choices.iter().filter(|choice| said.waits || !open.contains(&choice.gate)) {
        let plan = &view.public.gates[choice.gate.index()];
        let orders: Vec<Order> = plan.choices[usize::from(choice.choice)].orders.iter().filter(|order| order.action == action).copied().collect();
        let explains: BTreeSet<String> = words.intersection(&choice.words).cloned().collect();
        let nearness = book.choice_weights.shared(words, &choice.words);
        if !orders.is_empty() && explains.len() >= 2 && nearness >= LEAST && best.as_ref().is_none_or(|(known, ..)| nearness > *known) {
            best = Some((nearness, explains, orders));
        }
    }
    best.map(|(nearness, explains, orders)| {
        orders.into_iter().map(|order| Chosen { nearness, explains: explains.clone(), order, sure: true }).collect()
    })
}

/// Who is to be told: those who are named, or everybody.
fn told_whom(view: &View<'_>, book: &Book, order: Order, words: &BTreeSet<String>) -> (Order, BTreeSet<String>) {
    if !matches!(order.command, Command::IncidentCommand(incident_command::Command::Brief { .. })) {
        return (order, BTreeSet::new());
    }
    let named = |role: &RoleId| book.role_weights.shared(words, &book.roles[role.index()]) >= 1000;
    let (mut roles, mut explains) = (RoleSet::NONE, BTreeSet::new());
    for role in (0..book.roles.len()).map(RoleId::at).filter(|role| *role != view.role).filter(named) {
        roles = roles.with(role);
        explains.extend(words.intersection(&book.roles[role.index()]).cloned());
    }
    if roles.is_empty() { (order, explains) } else { (Order { command: incident_command::Command::Brief { roles }.into(), ..order }, explains) }
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
