//! From words to the choice of a decision that the room has before it.

use std::collections::BTreeSet;

use super::book::Book;
use super::cues;
use super::heard::Heard;
use super::orders::{Ordered, covers};
use super::{CLEAR, LEAST, Meant, Proposal, give_way};
use crate::exercise::knowledge::View;
use crate::ids::*;
use crate::session::words::{negated, stems};

/// Decisions of the move that is on, which nobody has taken yet.
pub(super) fn open_choices(views: &[View<'_>]) -> BTreeSet<GateId> {
    let Some(public) = views.first().map(|view| view.public) else { return BTreeSet::new() };
    let current = views.iter().filter_map(|view| view.knowledge.current_move).max_by_key(|turn| public.moves[turn.index()].opens);
    let open = |(gate, plan): &(GateId, &crate::scenario::program::Gate)| {
        Some(plan.of_move) == current && !views.iter().any(|view| view.knowledge.gates[gate.index()].decided.is_some())
    };
    (0..).map(GateId::at).zip(&public.gates).filter(open).map(|(gate, _)| gate).collect()
}

/// Choices that the words come near to. An order that is one of them is doubted: it is the decision that the room has before it.
pub(super) fn decisions(views: &[View<'_>], book: &Book, heard: &Heard, refused: bool, whole: &mut [Ordered]) -> Vec<Proposal> {
    let Some(public) = views.first().map(|view| view.public) else { return Vec::new() };
    let mut found = Vec::new();
    for gate in open_choices(views) {
        let plan = &public.gates[gate.index()];
        // A refusal is put as one: "No answer and no money".
        let refuses =
            |place: u8| negated(plan.choices[usize::from(place)].text.to_lowercase().split([':', ';', ',', '.']).next().unwrap_or_default());
        let asked = stems(&format!("{} {}", plan.ask, plan.dilemma.as_deref().unwrap_or_default()));
        let mut near = |place: u8| -> (u32, bool) {
            let Some(choice) = book.choices.iter().find(|choice| choice.gate == gate && choice.choice == place) else { return (0, false) };
            let orders = &plan.choices[usize::from(place)].orders;
            let explains: BTreeSet<String> = heard.words.intersection(&choice.words).cloned().collect();
            let hits = orders.iter().filter_map(|order| Some((order.action, cues::heard(book.cues.get(order.action.index())?, heard.act())?)));
            let any = hits.max_by_key(|(_, hit)| (hit.strong, hit.weight));
            let hit = any.as_ref().filter(|(_, hit)| hit.strong);
            let called = choice.id.iter().all(|word| heard.said.contains(word));
            let mut nearness = 0;
            let mut explained: BTreeSet<String> = explains.union(&asked).cloned().collect();
            // A decision is a large thing to take by two words among many.
            let whole_of_it = called || explains.len() > 2 || explains.len() * 2 > heard.words.len();
            if explains.len() >= 2 || called || explains.len() == 1 && hit.is_some() {
                nearness = book.choice_weights.shared(&heard.words, &choice.words) + hit.map_or(0, |(_, hit)| hit.weight) / 2;
            }
            // "Ambulances go to the next hospital": what a choice is about is also said in what is asked.
            if nearness == 0 && explains.len() == 1 && heard.words.intersection(&asked).filter(|word| !explains.contains(*word)).count() >= 2 {
                nearness = LEAST;
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
            if !explains.is_empty()
                && let Some(ordered) = whole.iter_mut().find(same)
            {
                nearness = nearness.max(ordered.proposal.nearness + 1);
                explained.extend(ordered.explains.iter().cloned());
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
            (nearness, covers(book, heard, &explained))
        };
        let places = || (0..plan.choices.len()).map(|place| place as u8);
        let mut refusals = places().filter(|place| refuses(*place));
        let only_refusal = refusals.next().filter(|_| refusals.next().is_none());
        for place in places() {
            // A refusal means a choice that is put as one, or that has one in it; what it refuses may be one of the others, but somebody has to say so:
            // "nothing goes out to the internet" is no "not yet".
            let (nearness, sure) = match (refused, refuses(place)) {
                (true, true) if only_refusal == Some(place) => {
                    let others = places().filter(|other| *other != place).map(|other| near(other).0).max().unwrap_or(0);
                    let (nearness, sure) = near(place);
                    (nearness.max(others.min(CLEAR - 1)), sure)
                }
                (true, true) | (false, false) => near(place),
                (true, false) if negated(&plan.choices[usize::from(place)].text.to_lowercase()) => (near(place).0, false),
                _ => (0, false),
            };
            if nearness >= LEAST {
                let says = format!("the decision \u{201c}{}\u{201d}: {}", plan.ask, plan.choices[usize::from(place)].text);
                found.push(Proposal { meant: Meant::Decision(gate, place), says, nearness, sure });
            }
        }
    }
    found
}
