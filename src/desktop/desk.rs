//! What the console and a seat have in common: the list of keys, the question whether play is to end, the line at the foot.

use egui::{Key, Modifiers, Ui};

use super::play::Game;
use super::theme::{self, Palette, Tone};

/// The list of keys, over the desk that is called so; true when it is to be put away.
pub fn keys_ui(ui: &Ui, desk: &str, keys: &[(&str, &str)]) -> bool {
    let answer = egui::Modal::new(egui::Id::new((desk, "keys"))).frame(theme::card(ui)).show(ui.ctx(), |ui| {
        ui.label(egui::RichText::new("Keys").text_style(theme::heading()));
        egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 110.0).show(ui, |ui| {
            egui::Grid::new("list of keys").spacing([18.0, 6.0]).show(ui, |ui| {
                for (key, does) in keys {
                    ui.strong(*key);
                    ui.label(*does);
                    ui.end_row();
                }
            });
        });
        theme::main_button(ui, true, "Close").clicked()
    });
    answer.inner || answer.should_close()
}

/// Whether play is to end here, with what follows from that; the answer, once there is one.
pub fn end_ui(ui: &Ui, desk: &str, says: &[&str]) -> Option<bool> {
    let answer = egui::Modal::new(egui::Id::new((desk, "ending"))).frame(theme::card(ui)).show(ui.ctx(), |ui| {
        let confirmed = entered(ui);
        ui.label(egui::RichText::new("End play here?").text_style(theme::heading()));
        for line in says {
            ui.label(*line);
        }
        ui.horizontal(|ui| {
            let ends = theme::main_button(ui, true, "End play").clicked() || confirmed;
            let goes_on = ui.button("Go on playing").clicked();
            ends.then_some(true).or(goes_on.then_some(false))
        })
        .inner
    });
    answer.inner.or(answer.should_close().then_some(false))
}

/// Nothing has the keyboard, so that a key may mean what is to be done next.
pub fn nothing_focused(ui: &Ui) -> bool {
    ui.ctx().memory(|memory| memory.focused().is_none())
}

/// Enter, where no button has it.
pub fn entered(ui: &Ui) -> bool {
    nothing_focused(ui) && enter(ui)
}

/// Enter by itself: with Shift, it begins a new line of a text. egui takes a key that has Shift beside it for the key alone.
pub fn enter(ui: &Ui) -> bool {
    ui.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::NONE, Key::Enter))
}

/// The line at the foot: that play cannot go on, and what came of the last deed or else which keys to begin with.
pub fn foot_ui(ui: &mut Ui, game: &Game, last: Option<&(Tone, String)>, keys: &str) {
    ui.horizontal_wrapped(|ui| {
        if let Some(fault) = game.fault() {
            theme::badge(ui, Tone::Grave, &format!("Play cannot go on: {fault}"));
        }
        match last {
            // As long as it has to be, but on one line: the log has the rest.
            Some((tone, says)) => {
                let text = theme::toned(ui, *tone, says).background_color(Palette::of(ui).ground_of(*tone));
                ui.add(egui::Label::new(text).truncate()).on_hover_text(says);
            }
            None => drop(ui.label(theme::muted(ui, keys))),
        }
    });
}
