//! What stands over the console: a handout, the list of keys, a question before something that cannot be taken back, the stop.

use egui::Ui;

use super::keys::KEYS;
use super::{Deed, State, script};
use crate::debrief::narrative::counted;
use crate::desktop::Intent;
use crate::desktop::play::Game;
use crate::desktop::projector::{self, Shown};
use crate::desktop::theme::{self, Tone, space};
use crate::session::Undone;
use crate::time::ExerciseTime;

/// Draws whatever there is of it.
pub fn overlays_ui(ui: &mut Ui, game: &Game, state: &mut State, wall: projector::State, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    if let Some(id) = state.looked_at {
        let answer = egui::Modal::new(egui::Id::new("handout")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
            ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(260.0, space::READING));
            let area = egui::ScrollArea::vertical().id_salt(("handout", state.opened));
            area.max_height(ui.ctx().content_rect().height() - 140.0).show(ui, |ui| {
                theme::exercise_mark(ui);
                script::handout_ui(ui, game, id, &mut state.search);
            });
            ui.horizontal(|ui| {
                if theme::main_button(ui, true, "Close").clicked() {
                    deeds.push(Deed::LookAt(None));
                }
                if wall.what == Shown::Handout(id) {
                    for (says, on) in [("Page up on the wall", false), ("Page down on the wall", true)] {
                        if ui.button(says).clicked() {
                            intents.push(Intent::TurnWall(on));
                        }
                    }
                } else if ui.button("On the projector").clicked() {
                    intents.push(Intent::Project(Shown::Handout(id)));
                }
            });
        });
        if answer.should_close() {
            deeds.push(Deed::LookAt(None));
        }
    }
    if state.help {
        let answer = egui::Modal::new(egui::Id::new("console keys")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
            ui.label(egui::RichText::new("Keys").text_style(theme::heading()));
            egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 110.0).show(ui, |ui| {
                egui::Grid::new("console list of keys").spacing([18.0, 6.0]).show(ui, |ui| {
                    for (key, does) in KEYS {
                        ui.strong(key);
                        ui.label(does);
                        ui.end_row();
                    }
                });
            });
            if theme::main_button(ui, true, "Close").clicked() {
                deeds.push(Deed::Help(false));
            }
        });
        if answer.should_close() {
            deeds.push(Deed::Help(false));
        }
    }
    if state.ending {
        let answer = egui::Modal::new(egui::Id::new("console ending")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
            let confirmed = entered(ui);
            ui.label(egui::RichText::new("End play here?").text_style(theme::heading()));
            ui.label("The hotwash follows, and the debrief goes as far as play did. There is no way back into play after that.");
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
    if let Some(to) = state.going_back {
        going_back_ui(ui, game, to, deeds);
    }
    if state.stopped {
        egui::Modal::new(egui::Id::new("stopped")).frame(theme::card_of(ui, Tone::Grave)).show(ui.ctx(), |ui| {
            ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(260.0, 520.0));
            ui.label(egui::RichText::new("Stopped. This is real.").text_style(theme::clock()));
            ui.label("Say it aloud: \u{201c}Stop, this is real.\u{201d} The exercise stands, and nothing but the stop is on the wall.");
            ui.label(match game.not_kept() {
                Some(why) => format!("Not saved: {why}"),
                None => "Everything so far is saved.".to_owned(),
            });
            ui.label("Nothing that is shown or printed here is about the real event.");
            let confirmed = entered(ui);
            if ui.button("The exercise goes on").on_hover_text("Enter, or Ctrl+.").clicked() || confirmed {
                deeds.push(Deed::Stop(false));
            }
        });
    }
}

/// Enter, where no button has it.
fn entered(ui: &Ui) -> bool {
    crate::desktop::seat::nothing_focused(ui) && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter))
}

/// What is asked before play goes back.
fn going_back_ui(ui: &mut Ui, game: &Game, to: ExerciseTime, deeds: &mut Vec<Deed>) {
    let calendar = game.public().calendar;
    let answer = egui::Modal::new(egui::Id::new("going back")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(260.0, 520.0));
        let confirmed = entered(ui);
        let back = format!("Go back from {} to {}?", calendar.label(game.session().now()), calendar.label(super::deeds::lands_at(game, to)));
        ui.label(egui::RichText::new(back).text_style(theme::heading()));
        ui.label(undone(game.session().undone_by(to)));
        ui.label(
            "The journal keeps the trail of it, and the debrief says that play went back. Who sits where stays, and so does what a hint helped with.",
        );
        ui.horizontal(|ui| {
            if theme::main_button(ui, true, "Go back").on_hover_text("Enter").clicked() || confirmed {
                deeds.push(Deed::Rewind(to));
            }
            if ui.button("Stay here").on_hover_text("Esc").clicked() {
                deeds.push(Deed::AskToGoBack(None));
            }
        });
    });
    if answer.should_close() {
        deeds.push(Deed::AskToGoBack(None));
    }
}

/// What going back undoes, as a sentence.
fn undone(of: Undone) -> String {
    let parts = [
        (of.records, "record", "records"),
        (of.decisions, "decision", "decisions"),
        (of.orders, "order", "orders"),
        (of.by_hand, "change by hand", "changes by hand"),
        (of.notes, "note", "notes"),
    ];
    let said: Vec<String> = parts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(count as i64, one, many)).collect();
    let all: usize = parts.iter().map(|(count, ..)| count).sum();
    match all {
        0 => "Nobody has recorded, decided or noted anything since: only the story goes back.".to_owned(),
        1 => format!("{} is undone, with all that came of it.", said.concat()),
        _ => format!("{} are undone, with all that came of them.", crate::debrief::narrative::listed(&said)),
    }
}
