//! How each sheet of the move that is on stands: to be given now, later, or not in this play. Plain data.
//!
//! While a room talks the clock stands, and what a sheet waits for may be certain long before the story gets there: what the room has recorded, and
//! what is on its way anyway, is played ahead ([`Game::look_ahead`]). So a sheet is handed out while the room still talks about what it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use crate::debrief::narrative::{bare, capital};
use crate::desktop::play::Game;
use crate::desktop::theme::Tone;
use crate::ids::{DenseId, InjectId};
use crate::journal::Annotation;
use crate::paper::script::{Item, Step, Turn};
use crate::session::msel::{Kind, Line, State};
use crate::time::{ExerciseTime, Span};

/// The remark that a sheet was handed out or said, or was not after all: so that going on after a break knows it.
const HANDED_OUT: &str = "handed out";

/// What comes so soon belongs to what the room talks about now.
const SOON: Span = Span::hours(4);

/// How a sheet stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// How urgent it is.
    pub tone: Tone,
    /// In words.
    pub says: String,
    /// It is to be given now, and nobody has.
    pub now: bool,
    /// What it comes with or waits for, as sentences; empty where it comes in any case.
    pub condition: String,
}

/// Writes down that a sheet was given, or was not after all.
pub fn hand_out(game: &mut Game, inject: InjectId, given: bool) {
    let Some(id) = game.public().injects.get(inject.index()).map(|inject| inject.id.clone()) else { return };
    let says = format!("{}: {}", if given { "Handed out or said" } else { "Not handed out after all" }, id.replace('-', " "));
    let value = Some(if given { "yes" } else { "no" }.to_owned());
    game.remark(Annotation { about: Some(id), value, ..Annotation::new(HANDED_OUT, says) });
}

/// What has been given: of each sheet the last word counts.
pub fn given(game: &Game) -> BTreeSet<InjectId> {
    let mut given = BTreeSet::new();
    let public = game.public();
    for remark in game.session().annotations().iter().filter(|remark| remark.kind == HANDED_OUT) {
        let Some(place) = public.injects.iter().position(|inject| remark.about.as_deref() == Some(inject.id.as_str())) else { continue };
        let _ = if remark.value.as_deref() == Some("yes") { given.insert(InjectId::at(place)) } else { given.remove(&InjectId::at(place)) };
    }
    given
}

/// All sheets of a move: how they stand.
pub fn of_move(game: &Game, turn: &Turn, given: &BTreeSet<InjectId>) -> BTreeMap<InjectId, Sheet> {
    let lines = game.session().msel();
    let table = Table { game, turn, given, lines: lines.iter().map(|line| (line.inject, line)).collect() };
    items(turn).map(|item| (item.id, table.sheet(item))).collect()
}

/// All sheets of a move, in the order of its script.
pub fn items(turn: &Turn) -> impl Iterator<Item = &Item> {
    let steps = turn.steps.iter().filter_map(|step| if let Step::Inject(item) = step { Some(item) } else { None });
    steps.chain(&turn.voices)
}

struct Table<'a> {
    game: &'a Game,
    turn: &'a Turn,
    given: &'a BTreeSet<InjectId>,
    lines: BTreeMap<InjectId, &'a Line>,
}

impl Table<'_> {
    /// When a sheet comes by itself until the next move opens.
    fn comes_at(&self, id: InjectId) -> Option<ExerciseTime> {
        self.game.ahead()?.iter().find(|(inject, _)| *inject == id).map(|(_, at)| *at)
    }

    /// It has come, or will.
    fn is_in_play(&self, id: InjectId) -> bool {
        self.comes_at(id).is_some() || self.lines.get(&id).is_some_and(|line| matches!(line.state, State::Came { .. }))
    }

    fn sheet(&self, item: &Item) -> Sheet {
        let state = self.lines.get(&item.id).map_or(State::Waiting, |line| line.state);
        let (tone, says, now) = match state {
            _ if self.given.contains(&item.id) => (Tone::Good, "given".to_owned(), false),
            State::Came { at } => (Tone::Warning, format!("give it now: it came {}", self.clock(at)), true),
            State::Held { .. } => (Tone::Notice, "held: it comes when you let it".to_owned(), false),
            State::Retracted { .. } => (Tone::Plain, "taken back".to_owned(), false),
            State::Skipped { .. } => (Tone::Plain, "left out".to_owned(), false),
            State::Never { .. } | State::Over => (Tone::Plain, self.not_in_play(item), false),
            State::Waiting => self.waiting(item),
        };
        Sheet { tone, says, now, condition: self.condition(item) }
    }

    fn waiting(&self, item: &Item) -> (Tone, String, bool) {
        let kind = self.lines.get(&item.id).map_or(Kind::At, |line| line.kind);
        // Where nobody looks ahead, it comes by itself, and the console says so when it has.
        if self.game.ahead().is_none() {
            return match self.lines.get(&item.id).and_then(|line| line.planned) {
                Some(at) if item.only_if.is_empty() => (Tone::Plain, format!("comes {}", self.clock(at)), false),
                _ => (Tone::Plain, "only if it comes".to_owned(), false),
            };
        }
        let Some(at) = self.comes_at(item.id) else { return (Tone::Plain, self.not_in_play(item), false) };
        let minutes = if item.clock.is_empty() { self.minutes_of_other(item) } else { Some(item.clock.as_str()) };
        let soon = at <= self.game.session().now() + SOON;
        match (kind, minutes) {
            (Kind::Contingency, _) => (Tone::Notice, format!("if nobody acts, it comes {}", self.clock(at)), false),
            (Kind::At | Kind::Instead, Some(minutes)) => (Tone::Notice, format!("give it, {minutes}"), false),
            _ if soon => (Tone::Warning, format!("give it now: it comes {}", self.clock(at)), true),
            _ => (Tone::Plain, format!("later: it comes {}", self.clock(at)), false),
        }
    }

    /// The room's minutes of what a sheet stands in for.
    fn minutes_of_other(&self, item: &Item) -> Option<&str> {
        let of = self.game.session().program().script.inject(item.id)?.instead_of?;
        items(self.turn).find(|other| other.id == of).map(|other| other.clock.as_str()).filter(|clock| !clock.is_empty())
    }

    /// Why it is not given as things stand, and what is given in its place.
    fn not_in_play(&self, item: &Item) -> String {
        let plan = self.game.session().program().script.inject(item.id);
        let other = plan.and_then(|plan| plan.or_else.or(plan.instead_of)).filter(|other| self.is_in_play(*other));
        let called = |other: InjectId| {
            let other = items(self.turn).find(|item| item.id == other)?;
            Some(if other.handout.is_empty() { format!("\u{201c}{}\u{201d}", other.heading) } else { other.handout.to_lowercase() })
        };
        match other.and_then(called) {
            Some(other) => format!("not in this play: use {other} instead"),
            None if item.only_if.is_empty() && self.lines.get(&item.id).is_some_and(|line| line.state == State::Waiting) => "not so far".to_owned(),
            None => "not in this play".to_owned(),
        }
    }

    /// What it waits for, in words that can stand on its card.
    fn condition(&self, item: &Item) -> String {
        let kind = self.lines.get(&item.id).map_or(Kind::At, |line| line.kind);
        let comes = match kind {
            Kind::When | Kind::Contingency | Kind::Voice => item.comes.as_str(),
            Kind::At | Kind::Instead | Kind::ByHand | Kind::MadeUp | Kind::Hint => "",
        };
        let only_if = if item.only_if.is_empty() { String::new() } else { format!("Only if {}.", bare(&item.only_if)) };
        [comes, &only_if, &item.instead].into_iter().filter(|text| !text.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
    }

    fn clock(&self, at: ExerciseTime) -> String {
        self.game.public().calendar.label(at)
    }
}
