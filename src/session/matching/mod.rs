//! From the room's words to orders: at most three proposals, the nearest first.
//!
//! Nothing is guessed silently: whoever records picks a proposal, or notes the words without effect. What is taken without anybody picking it must be
//! clear ([`clear`]): near enough, and well ahead of the next. A proposal is made only of what is on offer to some role at that moment, by what that
//! role knows, or of what waits for nothing but a decision that opens, a signature, or somebody's return. What nobody should do by a slip of words is
//! never proposed: a negated sentence is no order, nor is a question, a condition that is not understood is not left out, and what an author made a
//! choice of a decision (to pay, say) is only reached by that decision. A sentence of which only a part is understood is not clear.
//!
//! What is compared: the words for the verb ([`cues`]), and the words for what it is done to ([`book`], [`names`]), after forms, short forms and slips
//! of the keyboard have been made alike ([`super::words`]). Before that it is found out what kind of sentence it is ([`heard`], [`forms`]).

mod book;
mod cues;
mod decisions;
mod forms;
mod heard;
mod names;
mod naming;
mod orders;
mod waiting;

use std::collections::BTreeSet;

use crate::exercise::knowledge::View;
use crate::exercise::quote::may;
use crate::ids::*;
use crate::policy::colleague::Trigger;
use crate::policy::reference::DUTIES;
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::vocabulary::Order;
use book::Book;
use decisions::decisions;
use heard::{Heard, Sentence, condition, parts};
pub use naming::{ids, owners};
use orders::{Ordered, covers, orders};
use waiting::once;

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
    let sentence = Sentence::new(&book.without_quotes(words), |part| book.carries(part));
    if sentence.asks() || sentence.holds_back().is_some() {
        return Vec::new();
    }
    // "As a rule we go over to paper when a service falls": what holds from now on has its condition in the duty.
    let standing = sentence.stands();
    let waits = if standing { None } else { condition(&sentence.text) };
    let mut found = match waits {
        _ if sentence.refuses() && (standing || waits.is_some()) => Vec::new(),
        Some((condition, rest)) => once(views, &book, condition, rest, owner),
        None if standing => duties(views, &book, &book.read(&sentence.text)),
        None => at_once(views, &book, &sentence, owner),
    };
    found.sort_by_key(|proposal| std::cmp::Reverse(proposal.nearness));
    let mut seen: Vec<Meant> = Vec::new();
    found.retain(|proposal| {
        let new = !seen.contains(&proposal.meant);
        seen.push(proposal.meant.clone());
        new
    });
    found.truncate(MOST_PROPOSALS);
    if sentence.doubtful() || book.tells_of_others(&sentence.plain) {
        found.iter_mut().for_each(doubt);
    }
    found
}

/// Why nothing is proposed, in plain words for whoever reads on: how the words were heard, where that is known.
pub fn why_nothing(public: &Public, words: &str) -> String {
    let book = Book::of(public);
    let sentence = Sentence::new(&book.without_quotes(words), |part| book.carries(part));
    let waits = !sentence.stands() && condition(&sentence.text).is_some();
    let nothing_else = sentence.ordered().is_empty();
    let refused = "Heard as something not to do: nothing is ordered by it, and nothing taken back.";
    // "Nobody restarts anything, is that clear?"
    if sentence.refuses() && nothing_else {
        refused.to_owned()
    } else if sentence.asks() {
        "Heard as a question: nothing is ordered by it.".to_owned()
    } else if let Some(mark) = sentence.holds_back() {
        format!("Heard as held back (\u{201c}{mark}\u{201d}): nothing is ordered by it. Say what is to be done by itself, or once what is so.")
    } else if sentence.refuses() && (waits || sentence.stands()) {
        refused.to_owned()
    } else if waits {
        "Heard as something that waits: for what, or what is to be done then, was not understood.".to_owned()
    } else if sentence.stands() {
        "Heard as a standing order: no duty on offer fits these words.".to_owned()
    } else if sentence.leaves_as_it_is() && nothing_else {
        "Heard as leaving something as it is: nothing is ordered by it.".to_owned()
    } else if nothing_else {
        "Heard as what is so, and not as what is to be done: nothing is ordered by it.".to_owned()
    } else if sentence.refuses() {
        "A part of it was heard as something not to do. Nothing on offer fits the rest.".to_owned()
    } else if sentence.leaves_as_it_is() {
        "A part of it was heard as leaving something as it is. Nothing on offer fits the rest.".to_owned()
    } else {
        "Nothing on offer fits these words.".to_owned()
    }
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
fn at_once(views: &[View<'_>], book: &Book, sentence: &Sentence, owner: Option<RoleId>) -> Vec<Proposal> {
    let ordered = book.read(&sentence.ordered());
    let mut whole = nearest_first(orders(views, book, &ordered, owner, false));
    if !sentence.whole() && ordered.means_what_was_named(whole.first()) {
        // "Nothing goes out from the data centre any more, shut it": what is done to it was named where nothing is ordered.
        let all = orders(views, book, &book.read(&sentence.text), owner, false);
        // What is said of a thing in the ordered part, and is said there to be done.
        let said_there = |found: &Ordered| {
            let says = found.hit.at.is_empty() || cues::heard(&book.cues[found.action.index()], ordered.act()).is_some();
            says && found.explains.iter().any(|word| ordered.words.contains(word))
        };
        whole.extend(nearest_first(all).into_iter().filter(said_there));
    }
    let mut found = decisions(views, book, &book.read(&sentence.said()), false, &mut whole);
    let refusals = if sentence.refuses() { decisions(views, book, &book.read(&sentence.text), true, &mut whole) } else { Vec::new() };
    let together = Together::of(views, book, &ordered, owner);
    // What is ordered comes before what is refused.
    found.extend(whole.into_iter().map(|ordered| ordered.proposal).chain(refusals));
    let nearest = found.iter().map(|proposal| proposal.nearness).max().unwrap_or(0);
    // One half of what was said is not what was said.
    if together != Together::One {
        found.iter_mut().for_each(doubt);
    }
    if let Together::All(mut both) = together {
        // A choice that orders all of it is what the room has before it.
        match found.iter_mut().find(|proposal| proposal.nearness >= CLEAR && chooses(views, proposal, &both)) {
            Some(choice) => {
                choice.nearness = nearest + 1;
                both.nearness = nearest;
            }
            None => both.nearness = nearest.max(CLEAR) * 5 / 4,
        }
        found.push(both);
    }
    found
}

/// Whether a proposal is a choice of a decision by which all would be ordered that others are.
fn chooses(views: &[View<'_>], proposal: &Proposal, others: &Proposal) -> bool {
    let (Meant::Decision(gate, choice), Meant::Orders(orders)) = (&proposal.meant, &others.meant) else { return false };
    let choice = views.first().and_then(|view| view.public.gates[gate.index()].choices.get(usize::from(*choice)));
    choice.is_some_and(|choice| orders.iter().all(|(_, order)| choice.orders.contains(order)))
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
    fn of(views: &[View<'_>], book: &Book, whole: &Heard, owner: Option<RoleId>) -> Together {
        let mut understood: Vec<Vec<Ordered>> = Vec::new();
        let mut explained: BTreeSet<String> = BTreeSet::new();
        let mut before: Option<Heard> = None;
        let parts = parts(&whole.lower);
        if parts.len() < 2 {
            return Together::One;
        }
        for part in parts {
            let mut heard = book.read(part);
            let mut found = nearest_first(orders(views, book, &heard, owner, false));
            // "Dump its memory, then rebuild it": what nothing is named for is done to what was named before.
            if let Some(before) = &before
                && heard.means_what_was_named(found.first())
            {
                heard.borrow(before);
                found = nearest_first(orders(views, book, &heard, owner, false));
            }
            if let Some(first) = found.first()
                && first.proposal.nearness >= CLEAR
                && first.explains.iter().any(|word| !explained.contains(word))
            {
                explained.extend(first.explains.iter().cloned());
                understood.push(found);
            }
            before = Some(heard);
        }
        let firsts = || understood.iter().filter_map(|found| found.first());
        if firsts().map(|first| first.verb as u8).collect::<BTreeSet<_>>().len() < 2 {
            return Together::One;
        }
        let mut list: Vec<(RoleId, Order)> = Vec::new();
        let (mut says, mut sure): (Vec<&str>, bool) = (Vec::new(), true);
        for found in &understood {
            let proposals: Vec<Proposal> = found.iter().map(|ordered| ordered.proposal.clone()).collect();
            let Some((first, Meant::Orders(orders))) = found.first().map(|first| (first, &first.proposal.meant)) else { return Together::InPart };
            if clear(&proposals).is_none() {
                if !first.hit.strong {
                    return Together::InPart;
                }
                sure = false;
            }
            list.extend(orders.iter().filter(|order| !list.contains(order)).copied().collect::<Vec<_>>());
            says.push(&first.proposal.says);
        }
        sure &= covers(book, whole, &explained);
        Together::All(Proposal { meant: Meant::Orders(list), says: says.join("; and "), nearness: 0, sure })
    }
}

fn duties(views: &[View<'_>], book: &Book, heard: &Heard) -> Vec<Proposal> {
    let able = |verb: Verb| {
        views.iter().any(|view| {
            (0..view.public.actions.len()).map(ActionId::at).any(|action| view.public.actions[action.index()].verb == verb && may(view, action))
        })
    };
    // "Whenever we find something out, tell the others": the duty stands behind the comma.
    let behind = forms::AS_OFTEN_AS.iter().any(|cue| heard.lower.starts_with(cue)).then(|| heard.lower.split_once(',')).flatten();
    let heard = behind.map_or_else(|| heard.clone(), |(_, rest)| book.read(rest));
    let near = |place: usize| {
        let (document, cues) = &book.duties[place];
        let words = book.duty_weights.shared(&heard.words, document);
        let nearness = cues::heard(cues, heard.act()).map_or(words / 2, |hit| hit.weight + words);
        let explains = cues::explained(cues, heard.act(), false).union(document).cloned().collect();
        // Whatever else is named may be what it is about, unless it is said in the words of the duty.
        (nearness, book.left_over(&heard, &explains).0 == 0 || heard.words.intersection(document).count() > 1)
    };
    let duty = |place: usize| {
        let (nearness, sure) = near(place);
        Proposal { meant: Meant::Duty(place), says: format!("from now on: {}", DUTIES[place].says), nearness, sure }
    };
    let found = (0..DUTIES.len()).filter(|place| able(DUTIES[*place].verb)).map(duty);
    found.filter(|proposal| proposal.nearness >= LEAST).collect()
}
