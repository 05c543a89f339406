//! A decision of the scenario, recorded by keys: D, the letter that stands on the wall, how sure, Enter.

use egui::{Key, Modifiers, RichText, Ui};

use super::data::Data;
use super::record::{Field, State, field};
use super::{Deed, slips};
use crate::desktop::play::Game;
use crate::desktop::seat::decisions::LETTERS;
use crate::desktop::theme::{self, space};
use crate::ids::{DenseId, GateId};
use crate::paper::script::Turn;

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

/// Decisions of the move that is on which nobody took and nobody has recorded.
pub fn open_gates(game: &Game, turns: &[Turn], data: &Data) -> Vec<GateId> {
    let Some(turn) = data.current.and_then(|place| turns.get(place)) else { return Vec::new() };
    let open = |gate: &GateId| data.gates.get(gate).is_some_and(|state| state.decided.is_none() && state.recorded.is_none());
    let plans = game.public().gates.iter().enumerate().filter(|(_, plan)| plan.of_move == turn.id);
    plans.map(|(place, _)| GateId::at(place)).filter(open).collect()
}

/// What the keyboard does while a decision is written down, unless somebody types words.
pub fn keys(ui: &Ui, game: &Game, gate: GateId, state: &State, deeds: &mut Vec<Deed>) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let choices = game.public().gates.get(gate.index()).map_or(0, |plan| plan.choices.len());
    let ready = state.decisions.get(&gate).is_some_and(Decision::ready);
    // A button that has the keyboard takes Enter for itself.
    let free = crate::desktop::seat::nothing_focused(ui);
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
        if ready && free && input.consume_key(Modifiers::NONE, Key::Enter) {
            deeds.push(Deed::Decide(gate));
        }
    });
}

/// Draws it.
pub fn decide_ui(ui: &mut Ui, game: &Game, data: &Data, gate: GateId, state: &mut State, deeds: &mut Vec<Deed>) {
    let Some(plan) = game.public().gates.get(gate.index()) else { return };
    ui.label(RichText::new(&plan.ask).strong());
    let who: Vec<&str> = plan.who.iter().filter_map(|role| data.roles.get(role.index())).map(String::as_str).collect();
    ui.label(theme::muted(ui, format!("To be decided by: {}", who.join(", "))));
    if ui.available_width() < space::NARROW {
        choice_ui(ui, game, gate, state, deeds);
        ui.separator();
        slips::slips_ui(ui, game, gate, state, deeds);
        return;
    }
    ui.columns(2, |columns| {
        columns[0].vertical(|ui| choice_ui(ui, game, gate, state, deeds));
        columns[1].vertical(|ui| slips::slips_ui(ui, game, gate, state, deeds));
    });
}

fn choice_ui(ui: &mut Ui, game: &Game, gate: GateId, state: &mut State, deeds: &mut Vec<Deed>) {
    let Some(plan) = game.public().gates.get(gate.index()) else { return };
    let draft = state.decisions.entry(gate).or_default();
    for ((letter, place), choice) in ('A'..).zip(0..).zip(&plan.choices) {
        if ui.radio(draft.choice == Some(place), format!("{letter}  {}", choice.text)).clicked() {
            draft.choice = Some(place);
        }
    }
    ui.horizontal_wrapped(|ui| {
        ui.label("How sure is the room? Ask.");
        for (key, percent) in SURE {
            ui.selectable_value(&mut draft.sure, Some(percent), format!("{percent} %")).on_hover_text(format!("Key {}", key.symbol_or_name()));
        }
    });
    let mut focus = state.focus.take_if(|focus| *focus == Field::Why).is_some();
    let entered = field(ui, "Why, in the room's words (may stay empty)  (W)", &mut draft.words, &mut focus);
    ui.horizontal_wrapped(|ui| {
        if theme::main_button(ui, draft.ready(), "Record it").on_hover_text("Enter").clicked() || (entered && draft.ready()) {
            deeds.push(Deed::Decide(gate));
        }
        if ui.button("Put away  (Esc)").clicked() {
            deeds.push(Deed::Write(None));
        }
        let keys = match (draft.choice, draft.sure) {
            (None, _) => "Keys: the letter of the choice.",
            (Some(_), None) => "Keys: 5 to 9 for 50 to 90 %, 0 for 100 %.",
            (Some(_), Some(_)) => "Enter records it.",
        };
        ui.label(theme::muted(ui, keys));
    });
}
