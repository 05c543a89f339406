//! From the room's words to orders: at most three proposals, the nearest first.
//!
//! Nothing is guessed silently: whoever records picks a proposal, or notes the words without effect. What is taken without anybody picking it must be
//! clear ([`clear`]): near enough, and well ahead of the next. A proposal is made only of what is on offer to some role at that moment, by what that
//! role knows, or of what waits for nothing but a decision that opens, a signature, or somebody's return. What nobody should do by a slip of words is
//! never proposed: a negated sentence is no order, nor is a question, a condition that is not understood is not left out, and what an author made a
//! choice of a decision (to pay, say) is only reached by that decision. A sentence of which only a part is understood is not clear.
//!
//! What is compared: the words for the verb ([`cues`]), and the words for what it is done to ([`book`]), after forms, short forms and slips of the
//! keyboard have been made alike ([`super::words`]).

mod book;
mod cues;
mod heard;
mod naming;
mod orders;

use std::collections::BTreeSet;

use super::words::{negated, number};
use crate::exercise::knowledge::View;
use crate::exercise::quote::may;
use crate::ids::*;
use crate::policy::colleague::Trigger;
use crate::policy::reference::DUTIES;
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::vocabulary::Order;
use book::Book;
use heard::{Heard, condition, cuts, parts};
pub use naming::{ids, owners};
use orders::{Ordered, orders};

/// So many are shown: more is a search, not a choice.
pub const MOST_PROPOSALS: usize = 3;
/// A match below this, in thousandths of a word that only one thing is called by, is none.
const LEAST: u32 = 500;
/// From here on it can be clear.
const CLEAR: u32 = 2 * LEAST;

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
    /// Nothing in the words speaks against taking it as it is; somebody who only asks, doubts or reports has to say that it is meant.
    pub sure: bool,
}

/// The first proposal, if it can be taken without anybody picking it.
pub fn clear(proposals: &[Proposal]) -> Option<&Proposal> {
    let (first, rest) = proposals.split_first()?;
    let ahead = rest.first().is_none_or(|second| ahead(first.nearness, second.nearness));
    (first.sure && ahead && first.nearness >= CLEAR).then_some(first)
}

/// Whether what is nearest is so by a fifth at least.
fn ahead(nearest: u32, second: u32) -> bool {
    nearest >= second + second / 5
}

/// What the words may mean, nearest first. `views` are those of all roles, by role; `owner` narrows it to one.
pub fn proposals(views: &[View<'_>], words: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let Some(first) = views.first() else { return Vec::new() };
    let book = Book::of(first.public);
    let heard = book.read(words);
    if heard.asks() || heard.held_back() {
        return Vec::new();
    }
    let refused = negated(&heard.lower);
    // "As a rule we go over to paper when a service falls": what holds from now on has its condition in the duty.
    let standing = heard.stands();
    let waits = if standing { None } else { condition(&heard.lower) };
    let mut found = match waits {
        _ if refused && (standing || waits.is_some()) => Vec::new(),
        Some((condition, rest)) => once(views, &book, condition, rest, owner),
        None if standing => duties(views, &book, &heard),
        None => at_once(views, &book, &heard, owner, refused),
    };
    found.sort_by_key(|proposal| std::cmp::Reverse(proposal.nearness));
    let mut seen: Vec<Meant> = Vec::new();
    found.retain(|proposal| {
        let new = !seen.contains(&proposal.meant);
        seen.push(proposal.meant.clone());
        new
    });
    found.truncate(MOST_PROPOSALS);
    if heard.doubtful() {
        found.iter_mut().for_each(doubt);
    }
    found
}

/// Somebody has to say that it is meant.
fn doubt(proposal: &mut Proposal) {
    proposal.sure = false;
}

/// Something else is meant sooner.
fn give_way(proposal: &mut Proposal) {
    proposal.nearness = proposal.nearness.min(CLEAR - 1);
    proposal.sure = false;
}

/// What is to be done now: decided, or ordered; what the parts of a sentence say, if it has several, comes before what the whole says.
fn at_once(views: &[View<'_>], book: &Book, heard: &Heard, owner: Option<RoleId>, refused: bool) -> Vec<Proposal> {
    let mut whole = if refused { Vec::new() } else { nearest_first(orders(views, book, heard, owner, false)) };
    let mut found = decisions(views, book, heard, refused, &mut whole);
    let together = if refused { Together::One } else { Together::of(views, book, heard, owner) };
    let nearest = whole.iter().map(|ordered| &ordered.proposal).chain(&found).map(|proposal| proposal.nearness).max().unwrap_or(0);
    found.extend(whole.into_iter().map(|ordered| ordered.proposal));
    // One half of what was said is not what was said.
    if together != Together::One {
        found.iter_mut().for_each(doubt);
    }
    if let Together::All(mut both) = together {
        both.nearness = nearest.max(CLEAR) + LEAST;
        found.push(both);
    }
    found
}

fn nearest_first(mut found: Vec<Ordered>) -> Vec<Ordered> {
    found.sort_by_key(|ordered| std::cmp::Reverse(ordered.proposal.nearness));
    found
}

/// A sentence with several orders in it.
#[derive(PartialEq)]
enum Together {
    /// It has one, or none.
    One,
    /// It has more, and not all of them are understood.
    InPart,
    /// It has more, and this is all of them.
    All(Proposal),
}

impl Together {
    fn of(views: &[View<'_>], book: &Book, heard: &Heard, owner: Option<RoleId>) -> Together {
        let parts = parts(&heard.lower).into_iter().map(|part| nearest_first(orders(views, book, &book.read(part), owner, false)));
        let heard: Vec<Vec<Ordered>> = parts.filter(|found| found.first().is_some_and(|first| first.proposal.nearness >= CLEAR)).collect();
        let firsts = || heard.iter().filter_map(|found| found.first());
        if firsts().map(|first| first.verb as u8).collect::<BTreeSet<_>>().len() < 2 {
            return Together::One;
        }
        let mut list: Vec<(RoleId, Order)> = Vec::new();
        let mut says: Vec<&str> = Vec::new();
        for found in &heard {
            let proposals: Vec<Proposal> = found.iter().map(|ordered| ordered.proposal.clone()).collect();
            let Some((Meant::Orders(orders), first)) = clear(&proposals).zip(found.first()).map(|(clear, first)| (clear.meant.clone(), first)) else {
                return Together::InPart;
            };
            list.extend(orders.into_iter().filter(|order| !list.contains(order)).collect::<Vec<_>>());
            says.push(&first.proposal.says);
        }
        Together::All(Proposal { meant: Meant::Orders(list), says: says.join("; and "), nearness: 0, sure: true })
    }
}

/// Orders that wait: for what is understood, or not at all.
fn once(views: &[View<'_>], book: &Book, condition: &str, rest: &str, owner: Option<RoleId>) -> Vec<Proposal> {
    let Some(public) = views.first().map(|view| view.public) else { return Vec::new() };
    let waiting = |condition: &str, rest: &str| -> Vec<Proposal> {
        let Some(trigger) = trigger(public, book, &book.read(condition)) else { return Vec::new() };
        let once = |ordered: Ordered| {
            let Meant::Orders(list) = ordered.proposal.meant.clone() else { return None };
            let says = format!("once {}: {}", says_trigger(public, trigger), ordered.proposal.says);
            Some(Proposal { meant: Meant::Once(trigger, list), says, ..ordered.proposal })
        };
        let mut rest = book.read(rest);
        let mut found = orders(views, book, &rest, owner, true);
        let points_back = rest.said.iter().any(|word| ["it", "its", "there", "them", "their", "that"].contains(&word.as_str()));
        if found.is_empty() || points_back {
            // "If the laboratory goes down, go over to paper there": what is done to nothing is done to what was named before.
            rest.words.extend(book.read(condition).words);
            found = orders(views, book, &rest, owner, true);
        }
        found.into_iter().filter_map(once).collect()
    };
    if !rest.is_empty() {
        return waiting(condition, rest);
    }
    // "if they get into the data centre we take the servers down": the first place where both halves say something.
    cuts(condition)
        .filter(|(_, rest)| ["we ", "you ", "it ", "they ", "then "].iter().any(|begin| rest.starts_with(begin)) || book.begins_an_order(rest))
        .map(|(condition, rest)| waiting(condition, rest))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Decisions of the move that is on, which nobody has taken yet.
fn open_choices(views: &[View<'_>]) -> BTreeSet<GateId> {
    let Some(public) = views.first().map(|view| view.public) else { return BTreeSet::new() };
    let current = views.iter().filter_map(|view| view.knowledge.current_move).max_by_key(|turn| public.moves[turn.index()].opens);
    let open = |(gate, plan): &(GateId, &crate::scenario::program::Gate)| {
        Some(plan.of_move) == current && !views.iter().any(|view| view.knowledge.gates[gate.index()].decided.is_some())
    };
    (0..).map(GateId::at).zip(&public.gates).filter(open).map(|(gate, _)| gate).collect()
}

/// Choices that the words come near to. An order that is one of them is doubted: it is the decision that the room has before it.
fn decisions(views: &[View<'_>], book: &Book, heard: &Heard, refused: bool, whole: &mut [Ordered]) -> Vec<Proposal> {
    let Some(public) = views.first().map(|view| view.public) else { return Vec::new() };
    let mut found = Vec::new();
    for gate in open_choices(views) {
        let plan = &public.gates[gate.index()];
        // A refusal is put as one: "No answer and no money".
        let refuses =
            |place: u8| negated(plan.choices[usize::from(place)].text.to_lowercase().split([':', ';', ',', '.']).next().unwrap_or_default());
        let mut near = |place: u8| -> u32 {
            let Some(choice) = book.choices.iter().find(|choice| choice.gate == gate && choice.choice == place) else { return 0 };
            let orders = &plan.choices[usize::from(place)].orders;
            let explains: BTreeSet<String> = heard.words.intersection(&choice.words).cloned().collect();
            let hits = orders.iter().filter_map(|order| Some((order.action, cues::heard(book.cues.get(order.action.index())?, heard.act())?)));
            let any = hits.max_by_key(|(_, hit)| (hit.strong, hit.weight));
            let hit = any.as_ref().filter(|(_, hit)| hit.strong);
            let called = choice.id.iter().all(|word| heard.said.contains(word));
            let mut nearness = 0;
            // A decision is a large thing to take by two words among many.
            let whole_of_it = called || explains.len() > 2 || explains.len() * 2 > heard.words.len();
            if explains.len() >= 2 || called || explains.len() == 1 && hit.is_some() {
                nearness = book.choice_weights.shared(&heard.words, &choice.words) + hit.map_or(0, |(_, hit)| hit.weight) / 2;
            }
            if !whole_of_it {
                nearness = nearness.min(CLEAR - 1);
            }
            // What is ordered is all that the choice would order.
            let same = |ordered: &&mut Ordered| {
                !orders.is_empty() && orders.iter().all(|order| order.action == ordered.action) && {
                    ordered.orders().count() == orders.len() && ordered.orders().all(|order| orders.contains(order))
                }
            };
            if let Some(ordered) = whole.iter_mut().find(same) {
                nearness = nearness.max(ordered.proposal.nearness + 1);
                give_way(&mut ordered.proposal);
            } else if whole
                .iter()
                .any(|ordered| ordered.hit.strong && ordered.explains.len() > explains.len() && explains.is_subset(&ordered.explains))
            {
                // "Power the pathology desks off" says more than "all desks off".
                nearness /= 2;
            } else if nearness >= CLEAR {
                let about = |ordered: &&mut Ordered| any.as_ref().is_some_and(|(action, _)| *action == ordered.action);
                whole.iter_mut().filter(about).for_each(|ordered| give_way(&mut ordered.proposal));
            }
            nearness
        };
        let places = || (0..plan.choices.len()).map(|place| place as u8);
        let mut refusals = places().filter(|place| refuses(*place));
        let only_refusal = refusals.next().filter(|_| refusals.next().is_none());
        for place in places() {
            // A refusal means a choice that is put as one, and nothing else; what it refuses may be one of the others, but somebody has to say so:
            // "nothing goes out to the internet" is no "not yet".
            let nearness = match (refused, refuses(place)) {
                (true, true) if only_refusal == Some(place) => {
                    let others = places().filter(|other| *other != place).map(&mut near).max().unwrap_or(0);
                    near(place).max(others.min(CLEAR - 1))
                }
                (true, true) | (false, false) => near(place),
                _ => 0,
            };
            if nearness >= LEAST {
                let says = format!("the decision \u{201c}{}\u{201d}: {}", plan.ask, plan.choices[usize::from(place)].text);
                found.push(Proposal { meant: Meant::Decision(gate, place), says, nearness, sure: true });
            }
        }
    }
    found
}

fn duties(views: &[View<'_>], book: &Book, heard: &Heard) -> Vec<Proposal> {
    let able = |verb: Verb| {
        views.iter().any(|view| {
            (0..view.public.actions.len()).map(ActionId::at).any(|action| view.public.actions[action.index()].verb == verb && may(view, action))
        })
    };
    // "Whenever we find something out, tell the others": the duty stands behind the comma.
    let behind =
        ["whenever ", "every time ", "each time "].iter().any(|cue| heard.lower.starts_with(cue)).then(|| heard.lower.split_once(',')).flatten();
    let heard = behind.map_or_else(|| heard.clone(), |(_, rest)| book.read(rest));
    let near = |place: usize| {
        let (document, cues) = &book.duties[place];
        let words = book.duty_weights.shared(&heard.words, document);
        cues::heard(cues, heard.act()).map_or(words / 2, |hit| hit.weight + words)
    };
    (DUTIES.iter().enumerate())
        .filter(|(_, duty)| able(duty.verb))
        .map(|(place, duty)| Proposal { meant: Meant::Duty(place), says: format!("from now on: {}", duty.says), nearness: near(place), sure: true })
        .filter(|proposal| proposal.nearness >= LEAST)
        .collect()
}

/// What has to be so; none if that is not understood.
fn trigger(public: &Public, book: &Book, heard: &Heard) -> Option<Trigger> {
    let says = |list: &[&str]| list.iter().any(|word| heard.lower.contains(word));
    let stands = |list: &[&str]| heard.said.iter().position(|word| list.contains(&word.as_str()));
    if says(&["encrypt", "ransomware", "scrambl"]) {
        return Some(Trigger::Encrypted(number(&heard.lower).unwrap_or(1).max(1)));
    }
    let further = stands(&["second", "another", "other", "two", "2", "more", "any"]);
    if further.is_some_and(|at| heard.said.iter().skip(at + 1).take(3).any(|word| ["sit", "segment", "house", "hous"].contains(&word.as_str()))) {
        return Some(Trigger::Segments(2));
    }
    let lost = ["down", "fail", "stop", "gone", "go", "fall", "die", "lose", "crash", "out", "drop", "unavailable"];
    if stands(&lost).is_some()
        && let Some(service) = book.nearest(IdKind::Service, heard, CLEAR)
    {
        return Some(Trigger::Down(ServiceId::at(service)));
    }
    if let Some(segment) = book.nearest(IdKind::Segment, heard, CLEAR) {
        return Some(Trigger::InSegment(SegmentId::at(segment)));
    }
    match book.claim(heard) {
        Some(claim) if claim < public.claims.len() => Some(Trigger::Told(ClaimId::at(claim))),
        _ if stands(&["declar"]).is_some() => Some(Trigger::Declared),
        _ => None,
    }
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
