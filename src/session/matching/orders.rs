//! From words to the orders on offer.

use std::collections::BTreeSet;

use super::book::{BY_NAME, Book, Near};
use super::cues::{self, Hit};
use super::decisions::open_choices;
use super::forms::{EVERY, EVERYBODY, KINDS, LEFT_ON};
use super::heard::{Heard, has, light, plain};
use super::naming::{says, suits};
use super::{CLEAR, LEAST, Meant, Proposal, ahead};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{candidates, may, quote};
use crate::ids::*;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::written::{Skill, Verb};
use crate::session::words::stems;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, Scope, communication, incident_command, response, team};

/// Verbs that a record is not for: alerts have no names, decisions, beliefs and signatures are recorded as such, and what an author made up to be
/// chosen in a decision is reached by that decision only.
const NOT_IN_WORDS: [Verb; 7] = [Verb::Acknowledge, Verb::Triage, Verb::Dismiss, Verb::Decide, Verb::Conclude, Verb::SignOff, Verb::Learn];

/// What an author called an action counts beside the cues of its verb, for so much.
const OWN_WORDS_COUNT: u32 = 4;

/// What each word takes from nearness that is left unexplained; twice that, if something is called by it.
const LEFT_OVER: u32 = 100;

/// An order that was heard, with the cue that said so.
pub(super) struct Ordered {
    pub proposal: Proposal,
    pub action: ActionId,
    pub verb: Verb,
    pub hit: Hit,
    /// How near what it is done to comes, if it is done to something.
    of_target: Option<u32>,
    /// The words of the sentence that it explains: those of the cue, and those of what it is done to.
    pub explains: BTreeSet<String>,
}

impl Ordered {
    /// What it is done to has not been named.
    pub fn lacks_a_target(&self) -> bool {
        self.of_target.is_some_and(|nearness| nearness < LEAST)
    }

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
    for action in (0..public.actions.len()).map(ActionId::at) {
        let plan = &public.actions[action.index()];
        if NOT_IN_WORDS.contains(&plan.verb) {
            continue;
        }
        let own = book.action_weights.shared(&heard.words, &book.actions[action.index()]);
        // What an author calls an action of their own is a cue as well, and so is what people do while a service is down.
        let tells_a_workaround = plan.verb == Verb::Invoke && !heard.only_tells() && book.tells_a_workaround(&heard.words);
        let hit = match cues::heard(&book.cues[action.index()], heard.act()) {
            Some(hit) => Hit { strong: hit.strong || tells_a_workaround, ..hit },
            None if own >= 1000 && !plan.on.is_empty() => Hit { weight: own, strong: true, at: Vec::new() },
            None if tells_a_workaround => Hit { weight: LEAST, strong: true, at: Vec::new() },
            None => continue,
        };
        let of_cues = cues::explained(&book.cues[action.index()], heard.act(), false);
        let cue = cues::explained(&book.cues[action.index()], heard.act(), true).intersection(&heard.words).cloned().collect();
        let said = Said { heard, left: heard.words.difference(&of_cues).cloned().collect(), cue, of_cues: &of_cues, strong: hit.strong, waits };
        let roles = views.iter().filter(|view| owner.is_none_or(|owner| owner == view.role) && may(view, action));
        let best = roles
            .filter_map(|view| {
                let chosen = targets(view, book, action, &said)?;
                let of_targets = chosen.iter().map(|chosen| chosen.nearness).max().unwrap_or(0);
                let named = book.role_weights.shared(&heard.words, &book.roles[view.role.index()]);
                let named = match plan.verb {
                    _ if owner.is_some() => 0,
                    // Who is to be told is named, and not who tells.
                    Verb::Brief => u32::MAX - named,
                    _ => named,
                };
                let says = chosen.iter().flat_map(|chosen| &chosen.explains).collect::<BTreeSet<_>>().len();
                Some(((of_targets, says), named, view, chosen))
            })
            .max_by_key(|(nearness, named, view, _)| (*nearness, *named, suits(view, action), std::cmp::Reverse(view.role)));
        let Some(((of_targets, _), _, view, chosen)) = best else { continue };
        let nearness = hit.weight + own / OWN_WORDS_COUNT + of_targets;
        if nearness >= LEAST && (hit.strong || of_targets >= LEAST) {
            let mut explains = of_cues.clone();
            explains.extend(chosen.iter().flat_map(|chosen| chosen.explains.iter().cloned()));
            explains.extend(heard.words.intersection(&book.actions[action.index()]).cloned());
            let aimed = chosen.iter().any(|chosen| !matches!(target(&chosen.order.command), Target::Nothing | Target::Roles(_) | Target::Skill(_)));
            let of_target = aimed.then_some(of_targets);
            // What may be said in many orders has to begin one, or to be said of something by its name.
            let begins = hit.at.iter().any(|at| *at < 2);
            let says_enough = (hit.strong || !heard.borrows && (begins || of_targets >= BY_NAME)) && !heard.mistyped;
            let (names, others) = book.left_over(heard, &explains);
            let explained = names + others == 0 && !heard.ends_with(&LEFT_ON, &explains);
            let somebodys = chosen.iter().any(|chosen| heard.is_of_something(&chosen.explains));
            // "Tell the help desk to ring back": they are to ring, and not to be rung.
            let in_act = chosen.iter().any(|chosen| chosen.explains.iter().any(|word| heard.act().contains(word)));
            let rings_themselves = plan.verb == Verb::Ask && heard.act_from > 0 && !in_act;
            let sure = says_enough && explained && !somebodys && !rings_themselves && chosen.iter().all(|chosen| chosen.sure);
            let nearness = nearness - (LEFT_OVER * (2 * names + others) as u32).min(nearness / 2);
            let orders: Vec<Order> = chosen.into_iter().map(|chosen| chosen.order).collect();
            let says = says(view, &orders);
            let proposal = Proposal { says, meant: Meant::Orders(with_signatures(views, view.role, orders)), nearness, sure };
            found.push(Ordered { proposal, action, verb: plan.verb, hit, of_target, explains });
        }
    }
    beside_one_another(heard, &mut found);
    found
}

/// What orders that were heard in one sentence take from one another.
fn beside_one_another(heard: &Heard, found: &mut [Ordered]) {
    let within = |at: &[usize], of: &[usize]| !at.is_empty() && of.len() > at.len() && at.iter().all(|at| of.contains(at));
    let apart = |ordered: &Ordered, other: &Ordered| {
        let mut said = other.hit.at.iter().filter_map(|at| heard.act().get(*at)).peekable();
        other.hit.strong && other.verb != ordered.verb && said.peek().is_some() && said.all(|word| !ordered.explains.contains(word))
    };
    let beside = |ordered: &Ordered| {
        // "Off the network" is more than "off".
        let longer = found.iter().filter(|other| within(&ordered.hit.at, &other.hit.at)).map(|other| other.proposal.nearness).max();
        // A cue of which an order explains nothing is that of another order.
        (longer, found.iter().any(|other| apart(ordered, other)))
    };
    let all: Vec<(Option<u32>, bool)> = found.iter().map(beside).collect();
    for (Ordered { proposal, .. }, (longer, other)) in found.iter_mut().zip(all) {
        proposal.nearness = longer.map_or(proposal.nearness, |longer| proposal.nearness.min(longer * 4 / 5));
        proposal.sure &= !other;
    }
    // What explains all that was said goes before what does not.
    let sure = found.iter().map(|ordered| &ordered.proposal).filter(|proposal| proposal.sure && proposal.nearness >= CLEAR);
    if let Some(best) = sure.map(|proposal| proposal.nearness).max() {
        let behind = found.iter_mut().map(|ordered| &mut ordered.proposal).filter(|proposal| !proposal.sure);
        behind.for_each(|proposal| proposal.nearness = proposal.nearness.min(best - 1));
    }
}

/// Whether all of a sentence is explained that has to be: what is left may have been meant as well.
pub(super) fn covers(book: &Book, heard: &Heard, explains: &BTreeSet<String>) -> bool {
    book.left_over(heard, explains) == (0, 0)
}

/// The words that a target is looked for with.
struct Said<'a> {
    heard: &'a Heard,
    /// Without those that said the verb.
    left: BTreeSet<String>,
    /// Those, if they say more than that: "backup" in "copy the backup".
    cue: BTreeSet<String>,
    /// All of those, also where they could be said of other orders.
    of_cues: &'a BTreeSet<String>,
    /// They said it by themselves.
    strong: bool,
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
                let whom = of_whom(view, book, order, said);
                whole.extend(whom);
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
        near.iter().any(|(other, _)| other.explains.len() > of.len() && of.is_subset(&other.explains) && !other.is_called_otherwise(known))
    };
    let mut left: Vec<_> = near.iter().filter(|(known, _)| !outdone(known)).cloned().collect();
    // What is called the same on a machine and by itself is meant by itself.
    let machines = |order: &Order| order.command.scope().is_some();
    left.sort_by_key(|(known, order)| (std::cmp::Reverse(known.nearness), plan.verb == Verb::Restore && machines(order), known.unsaid));
    let best = left.first().map_or(0, |(known, _)| known.nearness);
    // A word that only one thing is called by names it.
    if best < CLEAR
        && let Some(mut chosen) = as_chosen(view, book, action, said)
        && chosen.iter().any(|chosen| chosen.nearness > best)
    {
        chosen.retain(|chosen| possible(&chosen.order));
        return some(chosen);
    }
    let there = |words: &BTreeSet<String>| -> Vec<Chosen> {
        let there = candidates(view, action).map(|order| (book.by_place(&order.command, words), order));
        let there = there.filter(|((nearness, _), order)| *nearness > 0 && possible(order));
        there.map(|((nearness, explains), order)| Chosen { nearness, explains, order, sure: false }).collect()
    };
    let by_place = matches!(plan.verb, Verb::Invoke | Verb::StandDown);
    if left.is_empty() && by_place && said.strong {
        return some(there(&said.left));
    }
    let every = EVERY.iter().any(|cue| has(&plain(&said.heard.lower), cue));
    let mut unexplained: BTreeSet<String> = said.heard.words.clone();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let (mut chosen, mut beside, mut taken_together) = (Vec::new(), 0, false);
    for (known, order) in left {
        let new = known.explains.iter().all(|word| unexplained.contains(word));
        let named = known.nearness >= BY_NAME && new;
        // A further target counts only if the words name it, or list it beside the ones before it.
        let says_more = known.explains.iter().any(|word| unexplained.contains(word));
        let further = says_more && known.nearness >= LEAST && said.heard.lists(&known.explains, said.of_cues);
        // "The svc-backup password and the domain admin ones": what says more of the one is the name of the other. It may be said of the one as well.
        let apart = !new && !known.by_name.is_empty() && known.by_name.is_disjoint(&names);
        // What is in a group that was chosen is chosen.
        if chosen.iter().any(|chosen: &Chosen| within(view, &order, &chosen.order)) {
            continue;
        }
        // "All" of what shares a word may be more than was meant.
        taken_together |= !chosen.is_empty() && !named && (apart || !further && every && known.nearness == best);
        if chosen.is_empty() || named || further || apart || (every && known.nearness == best) {
            unexplained.retain(|word| !known.explains.contains(word));
            names.extend(known.by_name);
            chosen.push(Chosen { nearness: known.nearness, explains: known.explains, order, sure: true });
        } else {
            beside = beside.max(known.nearness);
        }
    }
    // "Billing last, the fault desk first" puts one of them first.
    let several_first = plan.verb == Verb::Prioritise && chosen.len() > 1;
    let sure = ahead(best, beside)
        && !taken_together
        && !several_first
        && !chosen.iter().all(|chosen| book.hardly_named(&chosen.order.command, &chosen.explains));
    chosen.iter_mut().for_each(|chosen| chosen.sure = sure);
    if by_place && said.strong {
        // "The wards go to paper, the laboratory first": what is said of a place stands in a part of its own.
        let explained: BTreeSet<String> = chosen.iter().flat_map(|chosen| chosen.explains.iter().cloned()).collect();
        let parts = said.heard.lower.split([',', ';', '.', ':', '!']).map(stems);
        let own = parts.filter(|words| words.is_disjoint(&explained) && !words.is_disjoint(said.of_cues));
        let words: BTreeSet<String> = own.flatten().filter(|word| said.left.contains(word)).collect();
        let further = there(&words).into_iter().filter(|there| chosen.iter().all(|chosen| chosen.order != there.order)).collect::<Vec<_>>();
        if !further.is_empty() {
            chosen.iter_mut().for_each(|chosen| chosen.sure = false);
        }
        chosen.extend(further);
    }
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
    let words: &BTreeSet<String> =
        &said.heard.words.iter().filter(|word| !light().contains(*word) && !KINDS.contains(&word.as_str())).cloned().collect();
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

/// Who is to be told, or called in: those who are named, or everybody.
fn of_whom(view: &View<'_>, book: &Book, order: Order, said: &Said<'_>) -> Vec<Chosen> {
    const NAMED: u32 = 1000;
    let words = &said.left;
    // "Told by Orlaith": she tells.
    let tells = |place: usize| said.heard.said.windows(2).any(|pair| pair[0] == "by" && book.roles[place].contains(&pair[1]));
    let mut named: Vec<Chosen> = Vec::new();
    match order.command {
        Command::IncidentCommand(incident_command::Command::Brief { .. }) => {
            let (mut roles, mut explains) = (RoleSet::NONE, BTreeSet::new());
            for place in (0..book.roles.len()).filter(|place| *place != view.role.index() && !tells(*place)) {
                if book.role_weights.shared(words, &book.roles[place]) >= NAMED {
                    roles = roles.with(RoleId::at(place));
                    explains.extend(words.intersection(&book.roles[place]).cloned());
                }
            }
            let everybody = EVERYBODY.iter().any(|all| words.contains(*all));
            if !roles.is_empty() {
                let order = Order { command: incident_command::Command::Brief { roles }.into(), ..order };
                named.push(Chosen { nearness: NAMED, explains, order, sure: true });
            } else if !everybody {
                named.push(Chosen { nearness: 0, explains, order, sure: false });
            }
        }
        Command::Team(team::Command::CallIn { skill: None }) => {
            for (skill, called) in Skill::ALL.into_iter().zip(&book.skills) {
                let order = Order { command: team::Command::CallIn { skill: Some(skill) }.into(), ..order };
                if book.skill_weights.shared(words, called) >= NAMED && quote(view, &order).is_ok() {
                    named.push(Chosen { nearness: NAMED, explains: words.intersection(called).cloned().collect(), order, sure: true });
                }
            }
        }
        _ => {}
    }
    if named.is_empty() { vec![Chosen { nearness: 0, explains: BTreeSet::new(), order, sure: true }] } else { named }
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
