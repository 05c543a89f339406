//! What is shown over a seat: the palette, the list of keys, and whether play is to end.

use egui::Ui;

use super::{Deed, State, evidence, palette};
use crate::desktop::play::{Clock, Game};
use crate::desktop::{Go, Intent, desk};
use crate::exercise::knowledge::View;
use crate::session::Mode;

const KEYS: [(&str, &str); 10] = [
    ("Space", "run or stop the clock; not while an order or a reason is being written"),
    ("N", "on to what comes next (solo)"),
    ("1 to 9, 0", "show a panel"),
    ("R", "what your role is, may do and answers for"),
    ("A, B, C, ..; Left, Right; W; Enter", "in a decision: the choice, by its letter on the wall; how sure; why; decide"),
    ("Ctrl+K", "find an order, a panel or anything else to do"),
    ("Tab, Enter", "go through what can be pressed, and press it"),
    ("Esc", "back"),
    ("Ctrl + and Ctrl -", "larger and smaller text"),
    ("F1", "this list"),
];

pub fn overlays(ui: &mut Ui, game: &Game, view: &View<'_>, state: &mut State, intents: &mut Vec<Intent>) {
    if let Some(mut open) = state.palette.take() {
        if state.palette_data.as_ref().is_none_or(|(revision, _)| *revision != game.revision()) {
            let running = game.running();
            let mut fixed = vec![
                (if running { "Stop the clock" } else { "Run the clock" }.to_owned(), Intent::Clock(Clock::Run(!running))),
                ("Leave; go on later".to_owned(), Intent::Go(Go::Home)),
                ("End play and debrief".to_owned(), Intent::Seat(Deed::AskToEnd)),
            ];
            if game.mode() == Mode::Solo {
                fixed.push(("On to what comes next".to_owned(), Intent::Seat(Deed::NextNews)));
            }
            let beliefs = evidence::data(view, &game.asked(), &game.own_orders(), game.revision());
            state.palette_data = Some((game.revision(), palette::data(view, fixed, &beliefs)));
        }
        if let Some((_, data)) = &state.palette_data {
            intents.extend(palette::palette_ui(ui, data, view, &mut open));
        }
        state.palette = Some(open);
    }
    if state.help && desk::keys_ui(ui, "seat", &KEYS) {
        intents.push(Intent::Seat(Deed::Help(false)));
    }
    if state.ending {
        let next = game.endex_is_next().then_some("Nothing else comes before ENDEX.");
        let after = "The debrief then goes as far as play did. The session cannot be gone on with after that.";
        let says: Vec<&str> = next.into_iter().chain([after]).collect();
        if let Some(ends) = desk::end_ui(ui, "seat", &says) {
            state.ending = false;
            if ends {
                intents.push(Intent::Go(Go::End));
            }
        }
    }
}
