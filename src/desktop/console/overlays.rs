//! What stands over the console: a handout, the list of keys, a question before something that cannot be taken back, the stop.

use egui::Ui;

use super::keys::KEYS;
use super::{Deed, State, script};
use crate::debrief::narrative::counted;
use crate::desktop::play::Game;
use crate::desktop::projector::{self, Shown};
use crate::desktop::theme::{self, Tone, space};
use crate::desktop::{Go, Intent, desk};
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
                            intents.push(Intent::Projector(projector::Deed::Turn(on)));
                        }
                    }
                } else if ui.button("On the projector").clicked() {
                    intents.push(Intent::Projector(projector::Deed::Put(Shown::Handout(id))));
                }
            });
        });
        if answer.should_close() {
            deeds.push(Deed::LookAt(None));
        }
    }
    if state.help && desk::keys_ui(ui, "console", &KEYS) {
        deeds.push(Deed::Help(false));
    }
    if state.ending {
        let says = ["The hotwash follows, and the debrief goes as far as play did. There is no way back into play after that."];
        if let Some(ends) = desk::end_ui(ui, "console", &says) {
            state.ending = false;
            if ends {
                intents.push(Intent::Go(Go::End));
            }
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
            let confirmed = desk::entered(ui);
            if ui.button("The exercise goes on").on_hover_text("Enter, or Ctrl+.").clicked() || confirmed {
                deeds.push(Deed::Stop(false));
            }
        });
    }
}

/// What is asked before play goes back.
fn going_back_ui(ui: &mut Ui, game: &Game, to: ExerciseTime, deeds: &mut Vec<Deed>) {
    let calendar = game.public().calendar;
    let answer = egui::Modal::new(egui::Id::new("going back")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(260.0, 520.0));
        let confirmed = desk::entered(ui);
        let (now, lands) = (game.session().now(), super::deeds::lands_at(game, to));
        let back = if now == lands {
            format!("Go back to the start of this move ({})?", calendar.label(lands))
        } else {
            format!("Go back from {} to {}?", calendar.label(now), calendar.label(lands))
        };
        ui.label(egui::RichText::new(back).text_style(theme::heading()));
        let of = game.session().undone_by(to);
        ui.label(undone(&of));
        for words in of.words.iter().take(NAMED) {
            ui.label(format!("\u{2022} \u{201c}{}\u{201d}", first_words(words)));
        }
        if of.words.len() > NAMED {
            ui.label(format!("\u{2022} and {} more", of.words.len() - NAMED));
        }
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

/// So many of what going back undoes are named.
const NAMED: usize = 8;

/// The first words of something, so that whoever wrote it knows it again.
fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.iter().take(9).copied().collect::<Vec<_>>().join(" ");
    if words.len() > 9 { format!("{first} ..") } else { first }
}

/// What going back undoes, as a sentence.
fn undone(of: &Undone) -> String {
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
