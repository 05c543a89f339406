//! What people will read: three texts of the scenario with the names so far, each name marked.

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{FontId, RichText, ScrollArea, Stroke, TextStyle, Ui};

use super::super::theme::{self, Palette, Tone, space};
use super::{Deed, State};
use crate::debrief::narrative::capital;
use crate::scenario::compile::text::fill;
use crate::scenario::tailor::{Field, Kind, Piece, Sample, marked};

pub(super) fn preview_ui(ui: &mut Ui, state: &mut State, deeds: &mut Vec<Deed>) {
    let in_hand = match state.focus {
        Some(Field::Value(place)) => state.draft.values.get(place).map(|(id, _)| id.clone()),
        _ => None,
    };
    ui.label(RichText::new("What people read").text_style(theme::heading()));
    ui.label(theme::muted(ui, "Underlined: your names. In italics: names of the example that still stand."));
    ui.horizontal_wrapped(|ui| {
        for (place, sample) in state.samples.iter().enumerate() {
            if ui.button(called(sample)).clicked() {
                deeds.push(Deed::ToSample(place));
            }
        }
    });
    ScrollArea::vertical().id_salt("adapt preview").auto_shrink(false).show(ui, |ui| {
        let to_sample = state.to_sample.take();
        let mut to_scroll = std::mem::take(&mut state.scroll_preview);
        let elsewhere = state.elsewhere.iter().map(|sample| (sample, None));
        let all: Vec<(&Sample, Option<usize>)> =
            elsewhere.chain(state.samples.iter().enumerate().map(|(place, sample)| (sample, Some(place)))).collect();
        if all.is_empty() {
            ui.label("This scenario has no text with a name in it.");
        }
        for (sample, place) in all {
            ui.add_space(space::USUAL);
            let card = theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                theme::exercise_mark(ui);
                let what = capital(&fill(&sample.what, &state.names));
                let what = if place.is_none() { format!("The name in hand shows here: {what}") } else { what };
                ui.label(RichText::new(what).strong());
                to_scroll = !sample_ui(ui, state, sample, in_hand.as_deref(), to_scroll) && to_scroll;
            });
            if place.is_some() && place == to_sample {
                card.response.scroll_to_me(Some(egui::Align::TOP));
            }
        }
    });
}

/// Draws a text; true if it came to the name in hand.
fn sample_ui(ui: &mut Ui, state: &State, sample: &Sample, in_hand: Option<&str>, to_scroll: bool) -> bool {
    let palette = Palette::of(ui);
    let text = as_read(sample);
    let font = if sample.kind == Kind::Log { columns(ui, &text) } else { TextStyle::Body.resolve(ui.style()) };
    let plain = TextFormat { font_id: font.clone(), color: palette.text, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let mut at = None;
    let mut characters = 0;
    for piece in marked(&text, &state.names) {
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

/// What kind of text it is, in a word or two: `Mail`, `Read aloud`.
pub(super) fn called(sample: &Sample) -> String {
    let what = sample.what.split(" from ").next().unwrap_or(&sample.what);
    capital(what.split(',').next().unwrap_or(what))
}

/// Lines of a head that nobody reads; a sheet that is handed out has them, small, at its end.
const HEAD_READ: [&str; 5] = ["Date", "From", "To", "Cc", "Subject"];

/// The text as people read it: without the lines of a mail's head that only machines read, and without the marks of Markdown.
fn as_read(sample: &Sample) -> String {
    let (head, body) = sample.text.split_once("\n\n").unwrap_or(("", &sample.text));
    let field = |line: &str| line.split_once(": ").map(|(name, _)| name.to_owned()).filter(|name| !name.contains(' '));
    let is_head = sample.kind == Kind::Mail && !head.is_empty() && head.lines().all(|line| field(line).is_some() || line.starts_with([' ', '\t']));
    let text = if is_head {
        let read = head.lines().filter(|line| field(line).is_some_and(|name| HEAD_READ.contains(&name.as_str())));
        format!("{}\n\n{body}", read.collect::<Vec<_>>().join("\n"))
    } else {
        sample.text.clone()
    };
    let lines = text.lines().map(|line| match line.trim() {
        "---" | "***" => String::new(),
        _ => line.trim_start_matches('#').replace("**", ""),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Letters of one width, as small as it takes for the columns of a log to stay columns, and no smaller than can be read.
fn columns(ui: &Ui, text: &str) -> FontId {
    const SMALLEST: f32 = 11.0;
    let mut font = TextStyle::Monospace.resolve(ui.style());
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0) as f32;
    let letter = ui.fonts_mut(|fonts| fonts.glyph_width(&font, 'm'));
    if widest * letter > ui.available_width() {
        font.size = (font.size * ui.available_width() / (widest * letter)).max(SMALLEST.min(font.size));
    }
    font
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(kind: Kind, text: &str) -> Sample {
        Sample { kind, what: "mail from {person.press}, Sunday".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_text_is_shown_as_it_is_read() {
        let mail = "X-Exercise: EXERCISE\nDate: Sunday\nFrom: {person.press} <a@b>\n\tfolded\nMIME-Version: 1.0\n\nGood morning,\n\nNote: no head.";
        assert_eq!(as_read(&sample(Kind::Mail, mail)), "Date: Sunday\nFrom: {person.press} <a@b>\n\nGood morning,\n\nNote: no head.");
        // A chat message has no head, whatever its first line looks like.
        assert_eq!(as_read(&sample(Kind::Mail, "Heard: there is something on.\nCall me.\n\nNow")), "Heard: there is something on.\nCall me.\n\nNow");
        assert_eq!(as_read(&sample(Kind::Log, "# INC1\n**Monday, {org}:** closed\n---\n    a  b")), " INC1\nMonday, {org}: closed\n\n    a  b");
        assert_eq!(called(&sample(Kind::Mail, "")), "Mail");
    }
}
