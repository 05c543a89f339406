//! The form: names in groups, then questions about the organisation.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::super::theme::{self, Tone, space};
use super::{Deed, State};
use crate::scenario::diagnostic::Severity;
use crate::scenario::tailor::{self, Field};
use crate::scenario::written::Answer;

pub(super) fn form_ui(ui: &mut Ui, state: &mut State, deeds: &mut Vec<Deed>) {
    ScrollArea::vertical().id_salt("adapt form").auto_shrink(false).show(ui, |ui| {
        ui.label(theme::muted(ui, "In grey stands the example. What you leave empty stays as it is there. Enter goes on to the next field."));
        let go_to = state.go_to.take();
        for (heading, places) in tailor::groups(&state.draft) {
            ui.add_space(space::USUAL);
            ui.label(RichText::new(heading).text_style(theme::heading()));
            theme::card(ui).show(ui, |ui| {
                let width = ui.available_width();
                ui.set_width(width);
                for place in places {
                    let id = state.draft.values.get(place).map(|(id, _)| id.clone()).unwrap_or_default();
                    let variable = state.loaded.sheet.variables.iter().find(|variable| variable.id.text == id);
                    let (about, example) = match variable {
                        Some(variable) => (variable.about.clone(), variable.example.value.clone()),
                        None => (format!("{id}: the scenario has no such name"), String::new()),
                    };
                    field_ui(ui, state, Field::Value(place), (&about, &example), width, go_to, deeds);
                }
            });
        }
        ui.add_space(space::USUAL);
        ui.label(RichText::new("This profile").text_style(theme::heading()));
        theme::card(ui).show(ui, |ui| {
            let width = ui.available_width();
            ui.set_width(width);
            field_ui(ui, state, Field::Title, ("Whom it describes", "A line for the list of profiles"), width, go_to, deeds);
            let zone = state.loaded.sheet.time_zone.as_ref().map(|zone| zone.value.clone()).unwrap_or_default();
            field_ui(ui, state, Field::TimeZone, ("The time zone of the story, e.g. Europe/London", &zone), width, go_to, deeds);
            ui.menu_button("Choose the time zone by a country", |ui| {
                ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                    for (people_say, zone) in ZONES {
                        if ui.button(people_say).on_hover_text(zone).clicked() {
                            deeds.push(Deed::Set(Field::TimeZone, zone.to_owned()));
                        }
                    }
                });
            });
        });
        questions(ui, state, deeds);
    });
}

/// Time zones by what people know of them; any other can be typed as the IANA database names it.
const ZONES: [(&str, &str); 28] = [
    ("Australia (Brisbane)", "Australia/Brisbane"),
    ("Australia (Perth)", "Australia/Perth"),
    ("Australia (Sydney, Melbourne)", "Australia/Sydney"),
    ("Austria", "Europe/Vienna"),
    ("Belgium", "Europe/Brussels"),
    ("Canada (Toronto)", "America/Toronto"),
    ("Canada (Vancouver)", "America/Vancouver"),
    ("Denmark", "Europe/Copenhagen"),
    ("Finland", "Europe/Helsinki"),
    ("France", "Europe/Paris"),
    ("Germany", "Europe/Berlin"),
    ("Greece", "Europe/Athens"),
    ("India", "Asia/Kolkata"),
    ("Ireland", "Europe/Dublin"),
    ("Italy", "Europe/Rome"),
    ("Netherlands", "Europe/Amsterdam"),
    ("New Zealand", "Pacific/Auckland"),
    ("Norway", "Europe/Oslo"),
    ("Poland", "Europe/Warsaw"),
    ("Portugal", "Europe/Lisbon"),
    ("Singapore", "Asia/Singapore"),
    ("Spain", "Europe/Madrid"),
    ("Sweden", "Europe/Stockholm"),
    ("Switzerland", "Europe/Zurich"),
    ("United Kingdom", "Europe/London"),
    ("United States (Chicago)", "America/Chicago"),
    ("United States (Los Angeles)", "America/Los_Angeles"),
    ("United States (New York)", "America/New_York"),
];

/// One field: what it is for, what is typed, and how to take that back. `width` is that of the card: what a row has taken is no measure for the next.
fn field_ui(ui: &mut Ui, state: &State, field: Field, says: (&str, &str), width: f32, go_to: Option<Field>, deeds: &mut Vec<Deed>) {
    let (about, example) = says;
    let mut text = State::read(&state.draft, field).to_owned();
    let label = ui.label(about);
    let edit = ui.horizontal(|ui| {
        let reset = 92.0;
        let width = (width - reset).max(120.0);
        let edit = TextEdit::singleline(&mut text).hint_text(example).desired_width(width).id_salt(("adapt", field_key(field)));
        let edit = ui.add(edit).labelled_by(label.id);
        let changed = text != State::read(&state.base, field);
        // In place of a button that could do nothing: which names nobody has filled in is seen by running down the form.
        if !changed && text.is_empty() && matches!(field, Field::Value(_)) {
            ui.label(theme::toned(ui, Tone::Warning, "example"));
            return edit;
        }
        let says = if changed { "As before" } else { "Clear" };
        let can = changed || !text.is_empty();
        // Tab goes from name to name: what is typed can be taken back in the field itself, so this is for the pointer.
        let reset = ui.add_enabled(can, egui::Button::new(says).small().sense(egui::Sense::CLICK)).on_hover_text(if changed {
            "What stood here when the form was opened or last saved"
        } else {
            "People then read the example"
        });
        reset.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, can, format!("{says}: {about}")));
        if reset.clicked() {
            deeds.push(Deed::Reset(field));
        }
        edit
    });
    let edit = edit.inner;
    // What the field is for stands above it, and is to be seen with it.
    let with_label = label.rect.union(edit.rect);
    if edit.changed() {
        deeds.push(Deed::Set(field, text.clone()));
    }
    if edit.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        deeds.push(Deed::After(field));
    }
    if go_to == Some(field) {
        edit.request_focus();
        ui.scroll_to_rect(with_label, Some(egui::Align::Center));
    }
    if edit.gained_focus() {
        // Tab goes on below the edge of the window as well.
        ui.scroll_to_rect(with_label, None);
        deeds.push(Deed::Focus(Some(field)));
    }
    theme::lines_below(ui, 1, |ui| below_ui(ui, state, field));
}

/// What stands below a field: what is wrong with it, in full; otherwise, for the field in hand, where people read it.
fn below_ui(ui: &mut Ui, state: &State, field: Field) {
    let mut notes: Vec<String> = Vec::new();
    let mut wrong = false;
    for remark in state.remarks_about(field) {
        let (tone, says) = match remark.severity {
            // What people read instead stands in the field itself, in grey.
            Severity::Note if State::read(&state.draft, field).trim().is_empty() => continue,
            Severity::Note => {
                notes.push(remark.says.clone());
                continue;
            }
            Severity::Warning => (Tone::Warning, format!("To look at: {}", remark.says)),
            Severity::Error => (Tone::Grave, format!("Keeps it from being played: {}", remark.says)),
        };
        wrong = true;
        ui.label(theme::toned(ui, tone, says));
    }
    if wrong {
        return;
    }
    if state.focus == Some(field)
        && let Field::Value(place) = field
    {
        let used = state.draft.values.get(place).and_then(|(id, _)| state.uses.get(id));
        let says = |used| crate::scenario::compile::text::fill(&says_where(used), &state.names);
        notes.push(used.map_or_else(|| "It shows in no text of its own.".to_owned(), says));
    }
    if !notes.is_empty() {
        // One line, whatever it holds; pointed at, it shows all of it.
        ui.add(egui::Label::new(theme::muted(ui, notes.join(" "))).truncate());
    }
}

/// Where a name is used, in a sentence.
fn says_where(used: &tailor::Use) -> String {
    const FEW: usize = 4;
    let shown: Vec<&str> = used.texts.iter().take(FEW).map(String::as_str).collect();
    let more = used.texts.len().saturating_sub(FEW);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let times = if used.times == 1 { "once".to_owned() } else { format!("{} times", used.times) };
    format!("Read {times}: {}{more}.", shown.join("; "))
}

fn field_key(field: Field) -> (u8, usize) {
    match field {
        Field::Id => (0, 0),
        Field::Title => (1, 0),
        Field::TimeZone => (2, 0),
        Field::Value(place) => (3, place),
        Field::Answer(place) => (4, place),
    }
}

/// The sheet about us.
fn questions(ui: &mut Ui, state: &State, deeds: &mut Vec<Deed>) {
    let sheet = &state.loaded.sheet;
    if sheet.about_us.is_empty() {
        return;
    }
    ui.add_space(space::USUAL);
    ui.label(RichText::new("About us").text_style(theme::heading()));
    ui.label(theme::muted(
        ui,
        "Answers change the estate and the duties to notify, not the story. \u{201c}Unsure\u{201d} plays as the scenario is written, and stands in the debrief as something to find out.",
    ));
    for (place, question) in sheet.about_us.iter().enumerate() {
        let given = state.draft.answers.get(place).and_then(|(_, answer)| *answer);
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let ask = crate::scenario::compile::text::fill(&question.ask.value, &state.names);
            ui.label(RichText::new(&ask).strong());
            ui.horizontal_wrapped(|ui| {
                let usual = match question.unless_told {
                    Answer::Yes => "Not answered (plays as yes)",
                    Answer::No => "Not answered (plays as no)",
                    Answer::Unsure => "Not answered",
                };
                for (answer, says) in [(Some(Answer::Yes), "Yes"), (Some(Answer::No), "No"), (Some(Answer::Unsure), "Unsure"), (None, usual)] {
                    let radio = ui.radio(given == answer, says);
                    // Four alike in a row say nothing when read aloud without their question.
                    radio.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, given == answer, format!("{says}: {ask}")));
                    if radio.clicked() {
                        deeds.push(Deed::Answer(place, answer));
                        deeds.push(Deed::Focus(Some(Field::Answer(place))));
                    }
                }
            });
            for line in tailor::what_it_sets(sheet, question, given.unwrap_or(question.unless_told), &state.names) {
                ui.label(theme::muted(ui, line));
            }
            if let Some(why) = &question.why {
                ui.label(theme::muted(ui, crate::scenario::compile::text::fill(why.trim(), &state.names)));
            }
            for remark in state.remarks_about(Field::Answer(place)) {
                ui.label(theme::toned(ui, Tone::Warning, &remark.says));
            }
        });
        ui.add_space(space::TIGHT);
    }
}
