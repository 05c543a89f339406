//! What the keyboard does at the console, and the list of it.

use egui::{Key, Modifiers, Ui};

use super::{Deed, Pane, State, Strip, decide};
use crate::desktop::play::{Clock, Game};
use crate::desktop::projector::{self, Shown};
use crate::desktop::{Go, Intent};
use crate::paper::script::Turn;
use crate::session::Mode;

/// The list: a key, and what it does.
pub const KEYS: [(&str, &str); 19] = [
    ("N", "on to the next move"),
    ("G", "then, where handouts are not ticked: all were given"),
    ("Space", "run or stop the clock (clocked)"),
    ("R", "record what the room decides, in its words"),
    ("Enter; 1, 2, 3; 0", "then: look for it; take a proposal; only note the words"),
    ("O", "somebody else is to do it: the next of those who could"),
    ("D", "record a decision of this move that is still open; again: the next"),
    ("A, B, C, ..", "then: the choice, by its letter on the wall"),
    ("5 to 9, 0", "how sure the room is: 50 to 90 %, 100 %"),
    ("S", "the question on the wall"),
    ("W, P, Enter", "why; what each wrote before; record it"),
    ("T", "take a note"),
    ("1, 2, 3, ..", "this move, running order, ask, assume, and so on"),
    ("B", "take a break, end it"),
    ("F9, F11", "projector; whole screen"),
    ("Page up, Page down", "turn the page on the wall"),
    ("Ctrl+.", "stop: something real has happened"),
    ("Esc", "put away what is being written"),
    ("Ctrl + and Ctrl -", "larger and smaller text"),
];

/// Does what is pressed.
pub fn keys(ui: &Ui, game: &Game, turns: &[Turn], state: &State, wall: projector::State, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    // A list or a question over the console takes the keyboard for itself.
    let asked = state.help || state.ending || state.stopped || state.going_back.is_some();
    let over_it = asked || state.looked_at.is_some();
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::COMMAND, Key::Period) {
            deeds.push(Deed::Stop(!state.stopped));
        }
        if input.consume_key(Modifiers::NONE, Key::F1) {
            deeds.push(Deed::Help(!state.help));
        }
        if !over_it && state.strip.is_some() && input.consume_key(Modifiers::NONE, Key::Escape) {
            deeds.push(Deed::Write(None));
        }
    });
    if asked {
        return;
    }
    if wall.what != Shown::Clock {
        ui.input_mut(|input| {
            for (key, on) in [(Key::PageDown, true), (Key::PageUp, false)] {
                if input.consume_key(Modifiers::NONE, key) {
                    intents.push(Intent::Projector(projector::Deed::Turn(on)));
                }
            }
        });
    }
    let deciding = if let Some(Strip::Decide(gate)) = state.strip { Some(gate) } else { None };
    if let Some(gate) = deciding.filter(|_| !over_it) {
        decide::keys(ui, game, gate, &state.record, wall, deeds, intents);
    }
    if ui.ctx().egui_wants_keyboard_input() {
        return;
    }
    ui.input_mut(|input| {
        let proposals = matches!(state.strip, Some(Strip::Record)).then(|| state.record.proposals.len()).unwrap_or(0);
        let panes: Vec<Pane> = Pane::of(game.mode()).collect();
        let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
        for (place, key) in numbers.into_iter().enumerate() {
            if input.consume_key(Modifiers::NONE, key) {
                // While proposals are shown, numbers take one of them; while a decision is written down, they say how sure.
                match panes.get(place) {
                    _ if place < proposals => deeds.push(Deed::Accept(place)),
                    Some(pane) if proposals == 0 && deciding.is_none() => deeds.push(Deed::Show(*pane)),
                    _ => {}
                }
            }
        }
        if state.strip == Some(Strip::Beliefs) && input.consume_key(Modifiers::NONE, Key::G) {
            deeds.push(Deed::AllGiven);
        }
        if state.strip == Some(Strip::Record) && input.consume_key(Modifiers::NONE, Key::Num0) {
            deeds.push(Deed::NoteOnly);
        }
        if proposals > 0 && input.consume_key(Modifiers::NONE, Key::O) {
            deeds.push(Deed::NextOwner);
        }
        if game.mode() == Mode::Discussion {
            if input.consume_key(Modifiers::NONE, Key::N) {
                if game.over() { intents.push(Intent::Go(Go::End)) } else { deeds.push(Deed::Next) }
            }
            if !game.over() && input.consume_key(Modifiers::NONE, Key::R) {
                deeds.push(Deed::Write(Some(Strip::Record)));
            }
            if !game.over()
                && input.consume_key(Modifiers::NONE, Key::D)
                && let Some(data) = &state.built
            {
                let open = decide::open_gates(game, turns, data);
                let after = open.iter().position(|gate| Some(*gate) == deciding).map_or(0, |place| place + 1);
                // The one after the one that is written down, and after the last the first.
                deeds.push(match open.get(after).or_else(|| open.first()) {
                    Some(gate) => Deed::Write(Some(Strip::Decide(*gate))),
                    None => Deed::NoneToDecide,
                });
            }
        } else if input.consume_key(Modifiers::NONE, Key::Space) {
            intents.push(Intent::Clock(Clock::Run(!game.running())));
        }
        if input.consume_key(Modifiers::NONE, Key::T) {
            deeds.push(Deed::Write(Some(Strip::Note)));
        }
        if input.consume_key(Modifiers::NONE, Key::B) {
            deeds.push(Deed::Pause(state.pause.is_none()));
        }
    });
}
