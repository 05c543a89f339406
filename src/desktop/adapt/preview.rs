//! What people will read: three texts of the scenario with the names so far, each name marked.

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{RichText, ScrollArea, Stroke, TextStyle, Ui};

use super::super::theme::{self, Palette, Tone, space};
use super::State;
use crate::debrief::narrative::capital;
use crate::scenario::compile::text::fill;
use crate::scenario::tailor::{Field, Kind, Piece, Sample, marked};

pub(super) fn preview_ui(ui: &mut Ui, state: &mut State) {
    let in_hand = match state.focus {
        Some(Field::Value(place)) => state.draft.values.get(place).map(|(id, _)| id.clone()),
        _ => None,
    };
    ScrollArea::vertical().id_salt("adapt preview").auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new("What people read").text_style(theme::heading()));
        ui.label(theme::muted(ui, "Underlined: your names. In italics: names of the example that still stand."));
        let mut to_scroll = std::mem::take(&mut state.scroll_preview);
        let elsewhere = state.elsewhere.iter().map(|sample| (sample, true));
        let all: Vec<(&Sample, bool)> = elsewhere.chain(state.samples.iter().map(|sample| (sample, false))).collect();
        if all.is_empty() {
            ui.label("This scenario has no text with a name in it.");
        }
        for (sample, elsewhere) in all {
            ui.add_space(space::USUAL);
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                theme::exercise_mark(ui);
                let what = capital(&fill(&sample.what, &state.names));
                let what = if elsewhere { format!("The name in hand shows here: {what}") } else { what };
                ui.label(RichText::new(what).strong());
                to_scroll = !sample_ui(ui, state, sample, in_hand.as_deref(), to_scroll) && to_scroll;
            });
        }
    });
}

/// Draws a text; true if it came to the name in hand.
fn sample_ui(ui: &mut Ui, state: &State, sample: &Sample, in_hand: Option<&str>, to_scroll: bool) -> bool {
    let palette = Palette::of(ui);
    let font = if matches!(sample.kind, Kind::Log | Kind::Mail) { TextStyle::Monospace } else { TextStyle::Body }.resolve(ui.style());
    let plain = TextFormat { font_id: font.clone(), color: palette.text, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let mut at = None;
    let mut characters = 0;
    for piece in marked(&sample.text, &state.names) {
        let (text, format) = match &piece {
            Piece::Plain(text) => (text, plain.clone()),
            Piece::Name { variable, is } => {
                let own = state.draft.value(variable).is_some();
                let held = in_hand == Some(variable.as_str());
                if held && at.is_none() {
                    at = Some(characters);
                }
                let tone = if own { Tone::Good } else { Tone::Warning };
                let format = TextFormat {
                    italics: !own,
                    underline: Stroke::new(if own { 1.5 } else { 0.0 }, palette.tone(tone)),
                    background: if held { palette.chosen } else { palette.ground_of(tone) },
                    color: palette.text,
                    ..plain.clone()
                };
                (is, format)
            }
        };
        characters += text.chars().count();
        job.append(text, 0.0, format);
    }
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let shown = ui.add(egui::Label::new(galley.clone()).selectable(true));
    if let (true, Some(at)) = (to_scroll, at) {
        let place = galley.pos_from_cursor(CCursor::new(at)).translate(shown.rect.min.to_vec2());
        ui.scroll_to_rect(place.expand(space::CLICK), Some(egui::Align::Center));
        return true;
    }
    false
}
