//! The columns beside the script: the moves of the cut, the update to read aloud, what came, what is under way; and going back.

use egui::{RichText, Ui};

use super::data::Data;
use super::{Deed, Pane, State, script};
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::ids::DenseId;
use crate::paper::script::Turn;
use crate::time::Span;

/// The moves of the cut, with the room's minutes.
pub fn moves_ui(ui: &mut Ui, game: &Game, turns: &[Turn], data: &Data) {
    let minutes = data.minutes;
    ui.label(theme::muted(ui, format!("Minute 0 to {}", minutes.opening.as_minutes())));
    ui.label("Rules and roles");
    for (place, turn) in turns.iter().enumerate() {
        ui.add_space(space::USUAL);
        let now = data.current == Some(place);
        let state = if now {
            " (now)"
        } else if data.current.is_some_and(|current| place < current) {
            " (over)"
        } else {
            ""
        };
        ui.label(theme::muted(ui, format!("Minute {} to {}{state}", turn.from, turn.until)));
        let text = RichText::new(&turn.title);
        ui.label(if now { text.strong().background_color(Palette::of(ui).chosen) } else { text });
    }
    ui.add_space(space::USUAL);
    let from = (minutes.opening + minutes.play).as_minutes();
    ui.label(theme::muted(ui, format!("Minute {from} to {}, protected", minutes.total().as_minutes())));
    ui.label("Hotwash");
    ui.add_space(space::USUAL);
    ui.label(theme::muted(ui, format!("Seed {}", game.session().seed())));
}

/// The update, what came, what is under way, what was recorded.
pub fn beside_ui(ui: &mut Ui, state: &State, data: &Data, deeds: &mut Vec<Deed>) {
    if let Some(update) = &data.update {
        script::aloud_ui(ui, "What the room now knows: read aloud", update);
    }
    if data.over {
        theme::card_of(ui, Tone::Notice).show(ui, |ui| {
            ui.label(RichText::new("ENDEX").strong());
            ui.label("Play is over. Read the update aloud, then go to the hotwash.");
        });
    }
    if !data.fresh.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("Came since: hand out or say").strong());
        for item in &data.fresh {
            let mut given = state.given.contains(&item.id);
            // What is given makes room for what is not.
            let says = if given { format!("given: {}", item.heading) } else { "given".to_owned() };
            let given_now = ui.checkbox(&mut given, says).on_hover_text(&item.heading).changed();
            if given_now {
                deeds.push(Deed::Given(item.id, given));
            }
            if given {
                continue;
            }
            let handout = if item.handout.is_empty() { String::new() } else { format!("{}: ", item.handout) };
            let says = format!("{handout}{} (to {})", item.heading, item.to);
            if ui.add(egui::Button::new(says).wrap()).on_hover_text("Look at it").clicked() {
                deeds.push(Deed::LookAt(Some(item.id)));
            }
        }
    }
    if !data.waiting.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("Told, and waiting to be done").strong());
        for (role, order, line) in &data.waiting {
            ui.horizontal_wrapped(|ui| {
                ui.label(format!("\u{2022} {line}"));
                let button = ui.small_button("Take back");
                button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Take back: {line}")));
                if button.clicked() {
                    deeds.push(Deed::TakeBack(*role, *order));
                }
            });
        }
    }
    ui.add_space(space::USUAL);
    ui.label(RichText::new("Recorded").strong());
    if data.recorded.is_empty() {
        ui.label(theme::muted(ui, "Nothing yet. Roles do their routine work; unasked they contain nothing and decide nothing."));
    }
    for (place, record) in data.recorded.iter().enumerate() {
        ui.label(format!("\u{201c}{}\u{201d}", record.words));
        ui.indent(("means", place), |ui| {
            if let Some(means) = &record.means {
                ui.label(theme::muted(ui, means));
            }
            let (tone, says) = &record.became;
            ui.label(theme::toned(ui, *tone, says));
        });
    }
}

/// Going back to a moment that has been.
pub fn back_ui(ui: &mut Ui, game: &Game, turns: &[Turn], deeds: &mut Vec<Deed>) {
    ui.label(RichText::new("Go back").text_style(theme::heading()));
    ui.label("Everything recorded after that moment is undone. Nothing is erased from the journal, and the debrief says that play went back; what rests on it is not evaluated.");
    let public = game.public();
    let now = game.session().now();
    ui.add_space(space::USUAL);
    for turn in turns.iter().rev() {
        let Some(opens) = public.moves.get(turn.id.index()).map(|step| step.opens).filter(|opens| *opens < now) else { continue };
        if ui.button(format!("To the opening of {}: {} ({})", turn.number, turn.title, turn.story)).clicked() {
            deeds.push(Deed::AskToGoBack(Some(opens)));
        }
    }
    for back in [Span::minutes(15), Span::hours(1), Span::hours(4)] {
        let to = crate::time::ExerciseTime(now.0 - back.0);
        if to.0 >= 0 && ui.button(format!("Back by {back}, to {}", public.calendar.label(to))).clicked() {
            deeds.push(Deed::AskToGoBack(Some(to)));
        }
    }
    if ui.button("Stay here").clicked() {
        deeds.push(Deed::Show(Pane::Move));
    }
}
