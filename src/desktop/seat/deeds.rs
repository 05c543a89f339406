//! What is done at a seat.

use super::{Deed, Panel, State, named, palette, request_of};
use crate::debrief::narrative::counted;
use crate::desktop::play::{Clock, Game, is_next};
use crate::desktop::theme::Tone;
use crate::desktop::words::{self, Names};
use crate::exercise::Receipt;
use crate::ids::DenseId;
use crate::scenario::written::Verb;
use crate::time::ExerciseTime;
use crate::vocabulary::{Command, Observation, Order, incident_command, investigation};

/// Says at what the clock stopped: the last thing that is worth stopping at, and how many others there were.
pub fn came(game: &Game, state: &mut State, heard: usize) {
    let view = game.view();
    let stops = |observation: &Observation| game.stop_at().stops(observation) || is_next(observation);
    let news: Vec<&Observation> = view.knowledge.news.since(heard).map(|heard| &heard.observation).filter(|heard| stops(heard)).collect();
    state.last = match news.as_slice() {
        [.., last] => {
            let others = if news.len() > 1 { format!("  (and {} more, in the log)", news.len() - 1) } else { String::new() };
            let tasks = words::tasks_by_key(&view, &words::targets_by_key(&view));
            Some((Tone::Notice, format!("Stopped at: {}{others}", Names::of(&view).told_of_work(last, &tasks))))
        }
        [] => None,
    };
}

/// The same after somebody asked for what comes next: that nothing came is said as well.
fn came_since(game: &Game, state: &mut State, heard: usize, from: ExerciseTime) {
    came(game, state, heard);
    if state.last.is_none() {
        let before_endex = if game.endex_is_next() { " ENDEX is next." } else { "" };
        let span = game.view().now - from;
        // The log has it all, so what is said here must not deny it.
        let says = match game.view().knowledge.news.since(heard).count() {
            0 => format!("Nothing came in {span}.{before_endex}"),
            others => {
                let others = counted(others as i64, "lesser thing is", "lesser things are");
                format!("Nothing to stop at came in {span}; {others} in the log.{before_endex}")
            }
        };
        state.last = Some((Tone::Notice, says));
    }
}

/// A decision and a belief have forms of their own, in which nothing is chosen that nobody chose. Whether the order is one of them.
fn has_a_form(state: &mut State, order: &Order) -> bool {
    match order.command {
        Command::IncidentCommand(incident_command::Command::Decide { gate, choice, .. }) => {
            state.panel = Panel::Decisions;
            state.decisions.choose(gate, usize::from(choice));
        }
        Command::Investigation(investigation::Command::Conclude { claim, .. }) => {
            state.panel = Panel::Evidence;
            state.evidence.ask(claim);
        }
        _ => return false,
    }
    true
}

/// What stays out of the way of the clock: whether something is being written here that was not given yet, and where.
pub fn unsent(state: &State) -> Option<&'static str> {
    if state.draft.is_some() || !state.orders.because.is_empty() {
        return Some("an order is being written");
    }
    let gates = state.built.as_ref().map(|built| &built.decisions);
    gates.is_some_and(|gates| state.decisions.is_being_written(gates)).then_some("the reason for a decision is being written")
}

/// Does it.
pub fn at_seat(game: &mut Game, state: &mut State, deed: Deed) {
    match deed {
        Deed::NextNews if game.endex_is_next() => state.ending = true,
        Deed::NextNews => {
            let (heard, from) = (game.view().knowledge.news.len(), game.view().now);
            game.jump_to_news();
            came_since(game, state, heard, from);
        }
        Deed::AskToEnd => state.ending = true,
        Deed::Show(panel) => state.panel = panel,
        Deed::Select(selected) => {
            put_away(game, state);
            (state.selected, state.action, state.draft) = (selected, None, None);
            // Where orders have no place beside the rest, they come to the front.
            if state.narrow && selected.is_some() {
                state.panel = Panel::Orders;
            }
            state.orders.filter.clear();
        }
        Deed::PickAction(action) => pick(game, state, action),
        Deed::Draft(order) => draft(game, state, order),
        Deed::Give { request, order, because } => give(game, state, &request, order, because),
        Deed::Open(number) => state.open_message(number),
        Deed::Palette(open) => state.palette = open.then(palette::State::default),
        Deed::Help(shown) => state.help = shown,
        Deed::Brief(shown) => state.brief = shown,
    }
}

/// Tells the clock. A jump that would reach ENDEX is asked about first, and what came on the way is said.
pub fn at_clock(game: &mut Game, state: &mut State, told: Clock) {
    match told {
        Clock::Jump(span) if game.view().now + span >= game.public().endex => state.ending = true,
        Clock::Jump(_) => {
            let (heard, from) = (game.view().knowledge.news.len(), game.view().now);
            game.tell_clock(told);
            came_since(game, state, heard, from);
        }
        Clock::Run(_) | Clock::Pace(_) | Clock::StopAt(_) => game.tell_clock(told),
    }
}

fn pick(game: &Game, state: &mut State, action: Option<crate::ids::ActionId>) {
    put_away(game, state);
    (state.action, state.selected, state.draft) = (action, None, None);
    state.orders.filter.clear();
    let Some(action) = action else { return };
    let view = game.view();
    match view.public.actions.get(action.index()).map(|plan| plan.verb) {
        Some(Verb::Decide) => (state.panel, state.action) = (Panel::Decisions, None),
        Some(Verb::Conclude) => {
            (state.panel, state.action) = (Panel::Evidence, None);
            state.evidence.unfold = true;
        }
        // What can be done to one thing only needs no list of one.
        _ => {
            let mut all = named::orders(&view, action);
            if let (Some(only), None) = (all.next(), all.next()) {
                state.action = None;
                draft(game, state, Some(only));
            }
        }
    }
}

/// What is being written is closed; its words wait until the same order is opened again.
fn put_away(game: &Game, state: &mut State) {
    if let Some(order) = state.draft.take()
        && state.orders.put_away(order)
    {
        let says = format!("Put away with its words: {}. Open it again to go on with it.", Names::of(&game.view()).order(&order));
        state.last = Some((Tone::Notice, says));
    }
}

fn draft(game: &Game, state: &mut State, order: Option<Order>) {
    if order.is_some() && order == state.draft {
        // Its words stay; whoever asks for it again is to be in it, and not at the clock.
        to_order(state);
        return;
    }
    put_away(game, state);
    if order.is_some_and(|order| has_a_form(state, &order)) {
        return;
    }
    state.draft = order;
    if let Some(order) = &order {
        state.orders.take_up(order);
        to_order(state);
    }
}

/// The keyboard goes into the order that is open, and where orders have no place beside the rest, they come to the front.
fn to_order(state: &mut State) {
    state.orders.into_order = true;
    if state.narrow {
        state.panel = Panel::Orders;
    }
}

fn give(game: &mut Game, state: &mut State, request: &str, order: Order, because: Option<String>) {
    let view = game.view();
    let says = match order.command {
        Command::Investigation(investigation::Command::Conclude { percent, .. }) => format!("{} ({percent} %)", Names::of(&view).order(&order)),
        _ => Names::of(&view).order(&order),
    };
    let why = |refusal| super::orders::why(&view, &order, refusal);
    let request = game.request(&request_of(&view, request, &order));
    let refused = crate::exercise::quote::quote(&view, &order).err().map(why);
    let outcome = game.order(&request, order, because);
    state.last = Some(match &outcome {
        Ok(Receipt::Accepted(_)) => (Tone::Good, format!("Ordered: {says}")),
        Ok(Receipt::Refused(refusal)) => {
            (Tone::Warning, format!("Refused, because {}: {says}", refused.unwrap_or_else(|| refusal.label().to_owned())))
        }
        Err(why) => (Tone::Warning, format!("Not ordered, because {why}: {says}")),
    });
    // What is open in the panel of orders belongs to another order where this one was given in a list.
    if state.draft.is_none_or(|draft| draft == order) {
        state.draft = None;
        state.orders.because.clear();
    }
    if matches!(outcome, Ok(Receipt::Accepted(_))) {
        state.orders.given(&order);
        state.decisions.given(&order);
    }
}
