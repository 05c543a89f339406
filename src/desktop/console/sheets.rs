//! How each sheet of the move that is on stands: to be given now, later, or not in this play. Plain data.
//!
//! While a room talks the clock stands, and what a sheet waits for may be certain long before the story gets there: what the room has recorded, and
//! what is on its way anyway, is played ahead ([`Game::look_ahead`]). So a sheet is handed out while the room still talks about what it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use crate::debrief::narrative::{bare, capital};
use crate::desktop::play::Game;
use crate::desktop::theme::Tone;
use crate::ids::{DenseId, InjectId};
use crate::journal::{Annotation, RemarkKind};
use crate::paper::script::{Item, Step, Turn};
use crate::session::msel::{Kind, Line, State};
use crate::time::{ExerciseTime, Span};

/// What comes so soon belongs to what the room talks about now.
const SOON: Span = Span::hours(4);

/// What the tick of a sheet is for in a discussion: whoever does not know that leaves some, and the debrief takes the room not to have heard them.
pub const TICK: &str = "Tick what the room was given or told. Once anything is ticked, the debrief counts the rest as not heard by the room.";

/// How a sheet stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// How urgent it is.
    pub tone: Tone,
    /// In words.
    pub says: String,
    /// It is to be given now, and nobody has.
    pub now: bool,
    /// From which minute of the room to which it is to be given, where the script says so and nobody has given it.
    pub later: Option<String>,
    /// What it comes with or waits for, as sentences; empty where it comes in any case.
    pub condition: String,
}

/// Writes down that a sheet was given, or was not after all.
pub fn hand_out(game: &mut Game, inject: InjectId, given: bool) {
    let Some(id) = game.public().injects.get(inject.index()).map(|inject| inject.id.clone()) else { return };
    let says = format!("{}: {}", if given { "Handed out or said" } else { "Not handed out after all" }, id.replace('-', " "));
    let value = Some(if given { "yes" } else { "no" }.to_owned());
    game.remark(Annotation { about: Some(id), value, ..Annotation::new(RemarkKind::HandedOut, says) });
}

/// What has been given: of each sheet the last word counts.
pub fn given(game: &Game) -> BTreeSet<InjectId> {
    let mut given = BTreeSet::new();
    let public = game.public();
    for remark in game.session().annotations().iter().filter(|remark| remark.kind == RemarkKind::HandedOut) {
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
            State::Came { at } if self.game.over() => (Tone::Plain, format!("came {}, not ticked as given", self.clock(at)), true),
            State::Came { at } => (Tone::Warning, format!("give it now: it came {}", self.clock(at)), true),
            State::Held { .. } => (Tone::Notice, "held: it comes when you let it".to_owned(), false),
            State::Retracted { .. } => (Tone::Plain, "taken back".to_owned(), false),
            State::Skipped { .. } => (Tone::Plain, "left out".to_owned(), false),
            State::Never { .. } | State::Over => (Tone::Plain, self.not_in_play(item), false),
            State::Waiting => self.waiting(item),
        };
        let later = (state == State::Waiting && !now && !self.given.contains(&item.id)).then(|| self.later(item)).flatten();
        Sheet { tone, says, now, later, condition: self.condition(item) }
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

    /// The room's minutes of a sheet that comes by the script before the next move. What the simulation brings while the clock runs is none of them.
    fn later(&self, item: &Item) -> Option<String> {
        self.comes_at(item.id)?;
        let minutes = if item.clock.is_empty() { self.minutes_of_other(item) } else { Some(item.clock.as_str()) };
        let kind = self.lines.get(&item.id).map_or(Kind::At, |line| line.kind);
        minutes.filter(|_| matches!(kind, Kind::At | Kind::Instead)).map(capital)
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
        let so = match self.game.ahead() {
            Some(_) if self.is_in_play(item.id) => " It is so, as things stand.",
            Some(_) => " It is not so, as things stand.",
            None => "",
        };
        let only_if = if item.only_if.is_empty() { String::new() } else { format!("Only if {}.{so}", bare(&item.only_if)) };
        [comes, &only_if, &item.instead].into_iter().filter(|text| !text.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
    }

    fn clock(&self, at: ExerciseTime) -> String {
        self.game.public().calendar.label(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::console::data::data;
    use crate::desktop::console::{Deed, State as Console, at_console};
    use crate::desktop::play::Begin;
    use crate::scenario::prepare;
    use crate::scenario::source::shipped;

    /// What a room records on its first evening that keeps the worst away, by the list that is shipped beside the scenario.
    fn careful(game: &mut Game, state: &mut Console) {
        let records = prepare::records(game.session().prepared(), shipped()[0], "discussion").expect("records are shipped beside it");
        let first = game.session().current_move();
        for record in records.iter().filter(|record| Some(record.of_move) == first && matches!(record.what, prepare::NotedAs::Order(_))) {
            state.type_record(&record.says);
            state.look_for(game);
            at_console(game, state, Deed::Accept(0));
        }
    }

    fn begun() -> (Game, Console) {
        let prepared = prepare::prepare(shipped()[0], None, None).expect("the first shipped scenario");
        let mut game = Game::begin(prepared, &Begin::discussion(1), None);
        game.look_ahead();
        (game, Console::default())
    }

    #[test]
    fn a_sheet_that_is_asked_for_comes_and_one_that_is_not_in_this_play_does_not() {
        let mut stand_ins = BTreeSet::new();
        for is_careful in [false, true] {
            let (mut game, mut state) = begun();
            if is_careful {
                careful(&mut game, &mut state);
            }
            while !game.over() {
                let turns = state.turns(&game);
                let data = data(&game, &turns);
                let Some(turn) = data.current.and_then(|place| turns.get(place)) else { panic!("a move is on") };
                for item in items(turn) {
                    let plan = game.session().program().script.inject(item.id).expect("it is in the script").clone();
                    if let Some(other) = plan.or_else {
                        let says = |id: InjectId| data.sheets[&id].says.as_str();
                        let out = [item.id, other].into_iter().filter(|id| says(*id).starts_with("not in this play: use ")).count();
                        assert_eq!(out, 1, "one of two that stand in for each other: {:?}, {:?}", says(item.id), says(other));
                        stand_ins.insert((item.id, says(item.id).starts_with("not")));
                    }
                    if !plan.certain {
                        assert!(!data.sheets[&item.id].condition.is_empty(), "{} says what it waits for", item.name);
                    }
                }
                at_console(&mut game, &mut state, Deed::GoOn);
                let came: BTreeSet<InjectId> = super::super::data::data(&game, &turns).came.keys().copied().collect();
                for (id, sheet) in &data.sheets {
                    let says = &sheet.says;
                    let wanted = sheet.now || says.starts_with("give it") || says.starts_with("later") || says.starts_with("if nobody acts");
                    assert_eq!(came.contains(id), wanted, "{says}: {:?}", game.public().injects[id.index()].id);
                }
            }
        }
        let both = stand_ins.iter().filter(|(id, out)| stand_ins.contains(&(*id, !out))).count();
        assert!(both > 0, "what the room did decided which of two sheets it got: {stand_ins:?}");
    }

    #[test]
    fn what_was_given_is_known_after_a_break_and_after_going_back() {
        let folder = std::env::temp_dir().join(format!("hotwash-sheets-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let kept = crate::desktop::keep::Folder::find(Some(&folder)).expect("it was asked for");
        let prepared = prepare::prepare(shipped()[0], None, None).expect("the first shipped scenario");
        let mut game = Game::begin(prepared, &Begin::discussion(1), Some(&kept));
        let mut state = Console::default();
        let mut first = Vec::new();
        for place in 0..2 {
            let turns = state.turns(&game);
            let mut ids = items(&turns[place]).map(|item| item.id);
            let (one, other) = (ids.next().expect("a sheet"), ids.next().expect("another"));
            drop(ids);
            for (id, is_given) in [(one, true), (other, true), (other, false)] {
                at_console(&mut game, &mut state, Deed::Given(id, is_given));
            }
            first.push(one);
            if place == 0 {
                at_console(&mut game, &mut state, Deed::GoOn);
            }
        }
        let both: BTreeSet<InjectId> = first.iter().copied().collect();
        assert_eq!(given(&game), both);
        let path = game.kept_at().expect("it is kept").to_owned();
        drop(game);
        let mut game = Game::resume(&path).expect("it goes on");
        assert_eq!(given(&game), both);
        // To the start of the second move: what was given in the first stays given.
        let opens = game.session().now();
        at_console(&mut game, &mut state, Deed::Rewind(ExerciseTime(opens.0 - 1)));
        assert_eq!((given(&game), game.session().now()), (BTreeSet::from([first[0]]), opens));
        let _ = std::fs::remove_dir_all(&folder);
    }

    #[test]
    fn what_came_is_sorted_and_what_was_given_is_out_of_the_way() {
        let (mut game, mut state) = begun();
        let turns = state.turns(&game);
        let early = items(&turns[0]).find(|item| !item.clock.is_empty()).expect("something with minutes").id;
        at_console(&mut game, &mut state, Deed::Given(early, true));
        at_console(&mut game, &mut state, Deed::GoOn);
        let data = data(&game, &state.turns(&game));
        let of = |list: &[Item]| list.iter().map(|item| item.id).collect::<BTreeSet<_>>();
        let between: Vec<Item> = data.between.iter().map(|(_, item)| item.clone()).collect();
        assert!(of(&data.handed).contains(&early) && !of(&between).contains(&early) && !of(&data.now).contains(&early));
        assert!(!between.is_empty() && of(&data.now).is_disjoint(&of(&between)));
        let ledger = game.session().exercise().ledger();
        let at = |id: InjectId| {
            let fired = crate::vocabulary::injects::Fact::Fired { inject: id };
            ledger.iter().find(|happened| happened.fact == crate::vocabulary::Fact::Injects(fired)).map(|happened| happened.at)
        };
        let times: Vec<_> = between.iter().map(|item| at(item.id).expect("it came")).collect();
        assert!(times.is_sorted() && times.iter().all(|at| *at < game.session().now()), "{times:?}");
    }
}
