//! The columns beside the script: the moves of the cut, the update to read aloud, what came, what is under way; and going back.

use egui::{RichText, Ui};

use super::data::Data;
use super::deeds::before_opening;
use super::sheets::TICK;
use super::{Deed, Pane, script};
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::ids::DenseId;
use crate::paper::script::{Item, Turn};
use crate::time::{ExerciseTime, Span};

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
pub fn beside_ui(ui: &mut Ui, data: &Data, deeds: &mut Vec<Deed>) {
    if let Some(update) = &data.update {
        script::aloud_ui(ui, if data.over { "Read aloud: what the room now knows" } else { "Read aloud first: what the room now knows" }, update);
    }
    if data.over {
        theme::card_of(ui, Tone::Notice).show(ui, |ui| {
            ui.label(RichText::new("ENDEX").strong());
            ui.label("Play is over. Read the update aloud, then go to the hotwash (N).");
        });
    }
    if data.talks && data.not_ticked().next().is_some() {
        ui.add_space(space::USUAL);
        ui.label(theme::muted(ui, TICK));
    }
    if !data.now.is_empty() {
        heap_ui(ui, if data.over { "Came in the last move, not ticked as given" } else { "Give now, in this move" });
        for item in &data.now {
            sheet_ui(ui, data, item, "", deeds);
        }
    }
    if !data.later.is_empty() {
        heap_ui(ui, "In this move, by its minute");
        for (when, item) in &data.later {
            sheet_ui(ui, data, item, when, deeds);
        }
    }
    if !data.between.is_empty() {
        heap_ui(ui, "Came in between: hand out or say");
        for (clock, item) in &data.between {
            sheet_ui(ui, data, item, clock, deeds);
        }
    }
    if !data.handed.is_empty() {
        ui.add_space(space::USUAL);
        egui::CollapsingHeader::new(format!("Given already: {}", data.handed.len())).id_salt("given already").show(ui, |ui| {
            for item in &data.handed {
                sheet_ui(ui, data, item, data.came.get(&item.id).map_or("", String::as_str), deeds);
            }
        });
    }
    if !data.waiting.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("Told, and waiting to be done").strong());
        for waiting in &data.waiting {
            ui.horizontal_wrapped(|ui| {
                ui.label(format!("\u{2022} {}", waiting.says));
                let button = ui.small_button("Take back");
                button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Take back: {}", waiting.says)));
                if button.clicked() {
                    deeds.push(Deed::TakeBack(waiting.roles.clone(), waiting.order));
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

fn heap_ui(ui: &mut Ui, title: &str) {
    ui.add_space(space::USUAL);
    ui.label(RichText::new(title).strong());
}

/// What a sheet is called, with when it is to be given or came.
pub fn called(when: &str, item: &Item) -> String {
    let parts = [when, &item.handout, &item.heading].into_iter().filter(|part| !part.is_empty());
    format!("{} (to {})", parts.collect::<Vec<_>>().join(" \u{b7} "), item.to)
}

/// A sheet in a heap: what it is, when it came, and a tick once it is given.
fn sheet_ui(ui: &mut Ui, data: &Data, item: &Item, clock: &str, deeds: &mut Vec<Deed>) {
    let says = called(clock, item);
    if ui.add(egui::Button::new(&says).wrap()).on_hover_text("Look at it").clicked() {
        deeds.push(Deed::LookAt(Some(item.id)));
    }
    let mut given = data.given.contains(&item.id);
    if ui.checkbox(&mut given, "given").on_hover_text(&item.heading).changed() {
        deeds.push(Deed::Given(item.id, given));
    }
}

/// Going back to a moment that has been.
pub fn back_ui(ui: &mut Ui, game: &Game, turns: &[Turn], deeds: &mut Vec<Deed>) {
    ui.label(RichText::new("Go back").text_style(theme::heading()));
    ui.label("Everything recorded after that moment is undone. Nothing is erased from the journal, and the debrief says that play went back; what rests on it is not evaluated.");
    let public = game.public();
    let now = game.session().now();
    ui.add_space(space::USUAL);
    let on = game.session().current_move();
    for turn in turns.iter().rev() {
        let Some(opens) = public.moves.get(turn.id.index()).map(|step| step.opens).filter(|opens| *opens <= now) else { continue };
        let is_on = on == Some(turn.id);
        if opens.0 > 0 {
            let which = if is_on { "To the start of this move" } else { "To the start of" };
            let says = if is_on { format!("{which} ({})", turn.story) } else { format!("{which} {}: {} ({})", turn.number, turn.title, turn.story) };
            if ui.button(says).on_hover_text("Nothing that was recorded in it has been yet").clicked() {
                deeds.push(Deed::AskToGoBack(Some(before_opening(opens))));
            }
        } else if opens < now {
            if ui.button(format!("To the opening of {}: {} ({})", turn.number, turn.title, turn.story)).clicked() {
                deeds.push(Deed::AskToGoBack(Some(opens)));
            }
            ui.label(theme::muted(ui, "What was recorded while the first move was talked about stays recorded."));
        }
    }
    let spans: Vec<Span> = [Span::minutes(15), Span::hours(1), Span::hours(4)].into_iter().filter(|back| back.0 <= now.0).collect();
    for back in &spans {
        let to = ExerciseTime(now.0 - back.0);
        if ui.button(format!("Back by {back}, to {}", public.calendar.label(to))).clicked() {
            deeds.push(Deed::AskToGoBack(Some(to)));
        }
    }
    if now.0 <= 0 {
        ui.label(
            "The clock has not moved yet, so there is nothing to go back to. What was recorded and nobody has done can be taken back, each by its button beside the script. To begin anew: More, Leave, and start another session.",
        );
    }
    if ui.button("Stay here").clicked() {
        deeds.push(Deed::Show(Pane::Move));
    }
}
