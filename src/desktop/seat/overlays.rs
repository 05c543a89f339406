//! What is shown over a seat: the palette, the list of keys, and whether play is to end.

use egui::Ui;

use super::{State, evidence, nothing_focused, palette};
use crate::desktop::Intent;
use crate::desktop::play::Game;
use crate::desktop::theme;
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
                (if running { "Stop the clock" } else { "Run the clock" }.to_owned(), Intent::Run(!running)),
                ("Leave; go on later".to_owned(), Intent::Home),
                ("End play and debrief".to_owned(), Intent::AskToEnd),
            ];
            if game.mode() == Mode::Solo {
                fixed.push(("On to what comes next".to_owned(), Intent::NextNews));
            }
            let beliefs = evidence::data(view, &game.asked(), &game.own_orders(), game.revision());
            state.palette_data = Some((game.revision(), palette::data(view, fixed, &beliefs)));
        }
        if let Some((_, data)) = &state.palette_data {
            intents.extend(palette::palette_ui(ui, data, view, &mut open));
        }
        state.palette = Some(open);
    }
    if state.help {
        let answer = egui::Modal::new(egui::Id::new("keys")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
            ui.label(egui::RichText::new("Keys").text_style(theme::heading()));
            egui::Grid::new("list of keys").spacing([18.0, 6.0]).show(ui, |ui| {
                for (key, does) in KEYS {
                    ui.strong(key);
                    ui.label(does);
                    ui.end_row();
                }
            });
            if theme::main_button(ui, true, "Close").clicked() {
                intents.push(Intent::Help(false));
            }
        });
        if answer.should_close() {
            intents.push(Intent::Help(false));
        }
    }
    if state.ending {
        let answer = egui::Modal::new(egui::Id::new("ending")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
            let confirmed = nothing_focused(ui) && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
            ui.label(egui::RichText::new("End play here?").text_style(theme::heading()));
            if game.endex_is_next() {
                ui.label("Nothing else comes before ENDEX.");
            }
            ui.label("The debrief then goes as far as play did. The session cannot be gone on with after that.");
            ui.horizontal(|ui| {
                if theme::main_button(ui, true, "End play").clicked() || confirmed {
                    intents.push(Intent::EndPlay);
                    state.ending = false;
                }
                if ui.button("Go on playing").clicked() {
                    state.ending = false;
                }
            });
        });
        if answer.should_close() {
            state.ending = false;
        }
    }
}
