//! A decision of the scenario, recorded by keys: D, the letter that stands on the wall, how sure, Enter.

use egui::{Key, Modifiers, RichText, Ui};

use super::data::Data;
use super::record::{Field, State, empty_ui, field, put_away_ui};
use super::{Deed, slips};
use crate::desktop::Intent;
use crate::desktop::play::Game;
use crate::desktop::projector::{self, Shown};
use crate::desktop::seat::decisions::LETTERS;
use crate::desktop::theme::{self, space};
use crate::ids::{DenseId, GateId};
use crate::paper::script::{Step, Turn};

/// How sure a room may be, with the key for it: its first figure.
const SURE: [(Key, u8); 6] = [(Key::Num5, 50), (Key::Num6, 60), (Key::Num7, 70), (Key::Num8, 80), (Key::Num9, 90), (Key::Num0, 100)];

/// A decision that is being written down.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    /// Which choice.
    pub choice: Option<usize>,
    /// How sure the room is, in percent; none: nobody has asked it yet.
    pub sure: Option<u8>,
    /// Its words.
    pub words: String,
}

impl Decision {
    fn ready(&self) -> bool {
        self.choice.is_some() && self.sure.is_some()
    }
}

/// Decisions of the move that is on which come up in this play as things stand, nobody took and nobody has recorded.
pub fn open_gates(game: &Game, turns: &[Turn], data: &Data) -> Vec<GateId> {
    let Some(turn) = data.current.and_then(|place| turns.get(place)) else { return Vec::new() };
    let open = |gate: &GateId| data.gates.get(gate).is_some_and(|state| state.in_play && state.decided.is_none() && state.recorded.is_none());
    asked_in(game, turn).filter(open).collect()
}

/// Decisions that a move asks for.
fn asked_in(game: &Game, turn: &Turn) -> impl Iterator<Item = GateId> {
    let plans = game.public().gates.iter().enumerate().filter(|(_, plan)| plan.of_move == turn.id);
    plans.map(|(place, _)| GateId::at(place))
}

/// Of decisions of the move that is on: which are not asked in this play, and what they wait for.
fn not_asked(turns: &[Turn], data: &Data) -> String {
    let Some(turn) = data.current.and_then(|place| turns.get(place)) else { return String::new() };
    let steps = turn.steps.iter().filter_map(|step| if let Step::Gate(gate) = step { Some(gate) } else { None });
    let not =
        steps.filter(|gate| data.gates.get(&gate.gate).is_some_and(|state| !state.in_play && state.decided.is_none() && state.recorded.is_none()));
    not.map(|gate| format!(" \u{201c}{}\u{201d} is not asked, as things stand. {}", gate.ask, gate.opens)).collect()
}

/// That no decision is open, why, and when the script asks for the next one.
pub fn none_open(game: &Game, turns: &[Turn], data: &Data) -> String {
    let asks = |turn: &&Turn| asked_in(game, turn).next().is_some();
    let here = match data.current.and_then(|place| turns.get(place)) {
        None => "No move has opened yet.",
        Some(turn) if asks(&turn) => "No decision is open: all of this move are recorded, or were decided.",
        Some(_) => "No decision is open: this move asks for none.",
    };
    let here = format!("{here}{}", not_asked(turns, data));
    match turns.iter().skip(data.current.map_or(0, |place| place + 1)).find(asks) {
        Some(turn) => format!("{here} The next comes with move {}, \u{201c}{}\u{201d}, from minute {}.", turn.number, turn.title, turn.from),
        None => format!("{here} The script asks for no other after it."),
    }
}

/// What the keyboard does while a decision is written down, unless somebody types words.
pub fn keys(ui: &Ui, game: &Game, gate: GateId, state: &State, wall: projector::State, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let choices = game.public().gates.get(gate.index()).map_or(0, |plan| plan.choices.len());
    let ready = state.decisions.get(&gate).is_some_and(Decision::ready);
    // A button that has the keyboard takes Enter for itself.
    let free = crate::desktop::desk::nothing_focused(ui);
    ui.input_mut(|input| {
        for (place, key) in LETTERS.into_iter().enumerate().take(choices) {
            if input.consume_key(Modifiers::NONE, key) {
                deeds.push(Deed::Choose(gate, place));
            }
        }
        for (key, percent) in SURE {
            if input.consume_key(Modifiers::NONE, key) {
                deeds.push(Deed::Sure(gate, percent));
            }
        }
        for (key, into) in [(Key::W, Field::Why), (Key::P, Field::Slip)] {
            if input.consume_key(Modifiers::NONE, key) {
                deeds.push(Deed::Type(into));
            }
        }
        if !is_on(wall, gate) && input.consume_key(Modifiers::NONE, Key::S) {
            intents.push(Intent::Projector(projector::Deed::Put(Shown::Decision(gate))));
        }
        if ready && free && input.consume_key(Modifiers::NONE, Key::Enter) {
            deeds.push(Deed::Decide(gate));
        }
    });
}

/// Whether the room sees the question.
fn is_on(wall: projector::State, gate: GateId) -> bool {
    wall.what == Shown::Decision(gate) && !wall.blank
}

/// Whether the question is on the wall, and putting it there.
pub fn wall_ui(ui: &mut Ui, gate: GateId, wall: projector::State, intents: &mut Vec<Intent>) {
    if is_on(wall, gate) {
        ui.label(theme::muted(
            ui,
            if wall.shown { "The question is on the wall." } else { "The question is on the projector, which is not open (F9)." },
        ));
    } else if ui.button("Show the question on the wall  (S)").clicked() {
        intents.push(Intent::Projector(projector::Deed::Put(Shown::Decision(gate))));
    }
}

/// Who decides: any of several, or all of them together.
fn deciders(labels: &[&str], all_of: bool) -> String {
    match labels {
        [first, rest @ ..] if all_of && !rest.is_empty() => format!("{first} together with {}, who must choose the same", rest.join(" and ")),
        labels => labels.join(" or "),
    }
}

/// Draws it.
pub fn decide_ui(ui: &mut Ui, game: &Game, data: &Data, gate: GateId, state: &mut State, low: bool, deeds: &mut Vec<Deed>) {
    let Some(plan) = game.public().gates.get(gate.index()) else { return };
    ui.label(RichText::new(&plan.ask).strong());
    let who: Vec<&str> = plan.who.iter().filter_map(|role| data.roles.get(role.index())).map(String::as_str).collect();
    ui.label(theme::muted(ui, format!("To be decided by: {}", deciders(&who, plan.all_of))));
    if ui.available_width() < space::NARROW {
        choice_ui(ui, game, gate, state, low, deeds);
        ui.separator();
        slips::slips_ui(ui, game, gate, state, deeds);
        return;
    }
    ui.columns(2, |columns| {
        columns[0].vertical(|ui| choice_ui(ui, game, gate, state, low, deeds));
        columns[1].vertical(|ui| slips::slips_ui(ui, game, gate, state, deeds));
    });
}

fn choice_ui(ui: &mut Ui, game: &Game, gate: GateId, state: &mut State, low: bool, deeds: &mut Vec<Deed>) {
    let Some(plan) = game.public().gates.get(gate.index()) else { return };
    let draft = state.decisions.entry(gate).or_default();
    for ((letter, place), choice) in ('A'..).zip(0..).zip(&plan.choices) {
        if ui.radio(draft.choice == Some(place), format!("{letter}  {}", choice.text)).clicked() {
            draft.choice = Some(place);
        }
    }
    if !low {
        sure_ui(ui, draft);
    }
    let mut focus = state.focus.take_if(|focus| *focus == Field::Why).is_some();
    let entered = field(ui, "Why, in the room's words (may stay empty)  (W)", &mut draft.words, &mut focus);
    if entered && draft.ready() {
        deeds.push(Deed::Decide(gate));
    }
    if !low {
        record_it_ui(ui, gate, draft, deeds);
    }
}

/// How sure the room is, and what takes the decision down: below the choices, where those need all the height there is.
pub fn take_down_ui(ui: &mut Ui, gate: GateId, state: &mut State, deeds: &mut Vec<Deed>) {
    let draft = state.decisions.entry(gate).or_default();
    ui.add_space(space::TIGHT);
    sure_ui(ui, draft);
    record_it_ui(ui, gate, draft, deeds);
}

fn sure_ui(ui: &mut Ui, draft: &mut Decision) {
    ui.horizontal_wrapped(|ui| {
        ui.label("How sure is the room? Ask.");
        for (key, percent) in SURE {
            ui.selectable_value(&mut draft.sure, Some(percent), format!("{percent} %")).on_hover_text(format!("Key {}", key.symbol_or_name()));
        }
    });
}

fn record_it_ui(ui: &mut Ui, gate: GateId, draft: &mut Decision, deeds: &mut Vec<Deed>) {
    ui.horizontal_wrapped(|ui| {
        if theme::main_button(ui, draft.ready(), "Record it").on_hover_text("Enter").clicked() {
            deeds.push(Deed::Decide(gate));
        }
        put_away_ui(ui, deeds);
        if empty_ui(ui, *draft != Decision::default()) {
            *draft = Decision::default();
        }
        let keys = match (draft.choice, draft.sure) {
            (None, _) => "Keys: the letter of the choice.",
            (Some(_), None) => "Keys: 5 to 9 for 50 to 90 %, 0 for 100 %.",
            (Some(_), Some(_)) => "Enter records it.",
        };
        ui.label(theme::muted(ui, keys));
    });
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::desktop::application::Screen;
    use crate::desktop::console::Strip;
    use crate::desktop::{Intent, console, scratch, screens};

    #[test]
    fn d_says_so_where_no_decision_is_open_and_when_the_next_comes() {
        let mut harness = scratch::harness(screens::application_on("console").expect("a screen"), 1280.0, 720.0);
        harness.run();
        // D leads to each decision of the move that is open; the room takes them one after the other.
        let mut recorded = 0;
        let says = loop {
            assert!(recorded < 10);
            harness.key_press(Key::D);
            harness.run();
            let Screen::Console(game, state) = &mut harness.state_mut().screen else { panic!("a console") };
            let turns = state.turns(game);
            let data = console::data::data(game, &turns);
            let Some(Strip::Decide(gate)) = state.strip else { break none_open(game, &turns, &data) };
            assert!(open_gates(game, &turns, &data).contains(&gate));
            for deed in [Deed::Choose(gate, 0), Deed::Sure(gate, 70), Deed::Decide(gate)] {
                harness.state_mut().take(Intent::Console(deed));
            }
            recorded += 1;
        };
        assert!(recorded > 0, "the move asks for a decision");
        assert!(says.starts_with("No decision is open: all of this move"), "{says}");
        assert!(harness.query_by_label(&says).is_some(), "{says}");
    }

    #[test]
    fn who_decides_says_whether_one_of_them_is_enough() {
        assert_eq!(deciders(&["Chief executive"], true), "Chief executive");
        assert_eq!(deciders(&["Incident manager", "Chief executive"], false), "Incident manager or Chief executive");
        let both = deciders(&["Medical director", "Chief executive"], true);
        assert!(both.starts_with("Medical director together with Chief executive"), "{both}");
    }

    #[test]
    fn what_this_play_does_not_ask_is_not_offered_and_it_is_said_what_it_waits_for() {
        let application = screens::application_on("console").expect("a screen");
        let Screen::Console(game, mut state) = application.screen else { panic!("a console") };
        let turns = state.turns(&game);
        let mut data = console::data::data(&game, &turns);
        let of_move = |place: usize| asked_in(&game, &turns[place]).collect::<Vec<_>>();
        let place = (0..turns.len()).find(|place| !of_move(*place).is_empty()).expect("a move that asks");
        data.current = Some(place);
        for (in_play, offered) in [(true, of_move(place)), (false, Vec::new())] {
            for gate in data.gates.values_mut() {
                *gate = console::data::Gate { in_play, ..Default::default() };
            }
            assert_eq!(open_gates(&game, &turns, &data), offered);
            let says = none_open(&game, &turns, &data);
            for gate in of_move(place) {
                assert_eq!(says.contains(&game.public().gates[gate.index()].ask), !in_play, "{says}");
            }
        }
    }

    #[test]
    fn the_next_decision_is_the_one_of_the_next_move_that_asks_for_one() {
        let application = screens::application_on("console").expect("a screen");
        let Screen::Console(game, mut state) = application.screen else { panic!("a console") };
        let turns = state.turns(&game);
        let mut data = console::data::data(&game, &turns);
        let asking: Vec<usize> = (0..turns.len()).filter(|place| asked_in(&game, &turns[*place]).next().is_some()).collect();
        for place in 0..turns.len() {
            data.current = Some(place);
            let says = none_open(&game, &turns, &data);
            match asking.iter().find(|next| **next > place) {
                Some(next) => assert!(says.contains(&format!("move {},", turns[*next].number)) && says.contains(&turns[*next].title), "{says}"),
                None => assert!(says.ends_with("asks for no other after it."), "{says}"),
            }
            assert_eq!(says.contains("asks for none"), !asking.contains(&place), "{says}");
        }
        assert!(!asking.is_empty());
    }
}
