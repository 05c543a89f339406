//! Adapt: the names and answers of one organisation as a form, beside what people will read.
//!
//! What is filled in is a [`Draft`]; what is to be said about it, where each name shows and how it is written are the library's
//! ([`crate::scenario::tailor`]). Here is what is on the screen: which field is in hand, under which name it is saved, what came of that.

mod form;
mod preview;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use egui::Ui;

use super::home::Choice;
use super::keep::{Folder, Saved, plain_name};
use super::theme::{self, Palette, Tone, space};
use super::{Intent, desk, home};
use crate::debrief::narrative::counted;
use crate::scenario::diagnostic::Severity;
use crate::scenario::load::Loaded;
use crate::scenario::prepare::Prepared;
use crate::scenario::tailor::{self, Draft, Field, Remark, Sample, Use};
use crate::scenario::written::Answer;

/// What somebody does on this screen.
#[derive(Clone, PartialEq, Debug)]
pub enum Deed {
    /// Begins, with the profile that is chosen.
    Open,
    /// Back to the card from which play begins.
    Leave,
    /// What was typed in a field.
    Set(Field, String),
    /// An answer; none takes it back.
    Answer(usize, Option<Answer>),
    /// A field as it was when the form was opened, or, if it is that already, empty.
    Reset(Field),
    /// A field came into hand.
    Focus(Option<Field>),
    /// On to the next name that nobody has filled in.
    NextOpen,
    /// On to the field after this one.
    After(Field),
    /// One of the texts is looked at.
    ToSample(usize),
    /// Saves it; `replace` a file that is there.
    Save {
        /// The file that is there may be replaced.
        replace: bool,
    },
    /// Nothing is replaced.
    KeepFile,
    /// Leaves without saving, or stays.
    LeaveUnsaved(bool),
    /// The form or the preview, where only one has room.
    Tab(Tab),
}

/// What is shown where only one has room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Tab {
    #[default]
    Form,
    Preview,
}

/// What the screen remembers.
pub struct State {
    /// The scenario.
    loaded: Loaded,
    /// What is filled in.
    pub draft: Draft,
    /// As it was when the form was opened or saved last.
    base: Draft,
    /// The name it is saved under, as typed.
    pub name: String,
    /// What is to be said about it, kept until something changes.
    remarks: Vec<Remark>,
    /// What texts read.
    names: BTreeMap<String, String>,
    samples: Vec<Sample>,
    /// Where the name in hand shows, if none of the samples shows it.
    elsewhere: Option<Sample>,
    uses: BTreeMap<String, Use>,
    /// The field in hand.
    focus: Option<Field>,
    /// The preview is to come to the name in hand.
    scroll_preview: bool,
    /// The preview is to come to this text.
    to_sample: Option<usize>,
    /// The form is to put the cursor here.
    go_to: Option<Field>,
    /// A file of that name is there: may it be replaced?
    asks: Option<PathBuf>,
    /// Something is not saved: leave all the same?
    leaving: bool,
    /// Where it was saved.
    saved: Option<PathBuf>,
    /// What came of saving.
    said: Option<(Tone, String)>,
    tab: Tab,
}

impl State {
    /// A form for what is prepared, filled in as its profile says. `profile` is what that was asked for by.
    pub fn new(prepared: &Prepared, profile: Option<&str>, choices: &[Choice]) -> State {
        let loaded = prepared.loaded.clone();
        let read = profile.and(prepared.profile.as_ref()).map(|profile| {
            let mut sources = crate::scenario::source::Sources::default();
            crate::scenario::load::load_profile(&mut sources, &profile.name, &profile.name, profile.text.clone().into_bytes()).profile
        });
        let draft = read.as_ref().map_or_else(|| Draft::blank(&loaded.sheet), |profile| Draft::of(&loaded.sheet, profile));
        // One's own is saved where it lies, after asking; one that came with the scenario, under a name of its own.
        let own = choices.iter().find(|choice| choice.own && Some(choice.name.as_str()) == profile);
        let name = own.and_then(|own| Path::new(&own.name).file_stem()).map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let mut state = State {
            samples: tailor::samples(&loaded),
            uses: tailor::uses(&loaded),
            base: draft.clone(),
            loaded,
            draft,
            name,
            remarks: Vec::new(),
            names: BTreeMap::new(),
            elsewhere: None,
            focus: None,
            scroll_preview: false,
            to_sample: None,
            go_to: None,
            asks: None,
            leaving: false,
            saved: None,
            said: None,
            tab: Tab::Form,
        };
        state.changed();
        state
    }

    fn changed(&mut self) {
        // What came of saving was about what stood here before.
        self.said = None;
        self.remarks = tailor::remarks(&self.loaded, &self.draft);
        self.names = self.draft.names(&self.loaded.sheet);
    }

    /// Where it was saved, if it was.
    pub fn saved_at(&self) -> Option<&Path> {
        self.saved.as_deref()
    }

    /// Something was changed and not saved.
    pub fn unsaved(&self) -> bool {
        self.draft != self.base
    }

    /// Asks before something is lost; true if it did, and leaving has to wait.
    pub fn ask_before_leaving(&mut self) -> bool {
        self.leaving = self.unsaved() && !self.leaving;
        self.leaving
    }

    /// What is said about a field.
    pub fn remarks_about(&self, field: Field) -> impl Iterator<Item = &Remark> {
        self.remarks.iter().filter(move |remark| remark.field == Some(field))
    }

    /// How many names are those of the example still.
    pub fn names_open(&self) -> usize {
        let (filled, all) = self.draft.filled();
        all - filled
    }

    /// Does what was asked for.
    pub fn take(&mut self, deed: Deed, folder: Option<&Folder>) {
        match deed {
            Deed::Open | Deed::Leave => {}
            Deed::Set(field, text) => self.set(field, text),
            Deed::Answer(place, answer) => {
                if let Some((_, known)) = self.draft.answers.get_mut(place) {
                    *known = answer;
                }
                self.changed();
            }
            Deed::Reset(field) => self.reset(field),
            Deed::Focus(field) => self.focus_on(field),
            Deed::NextOpen => self.next_open(),
            Deed::After(field) => self.after(field),
            Deed::ToSample(place) => self.to_sample = Some(place),
            Deed::Save { replace } => self.save(replace, folder),
            Deed::KeepFile => self.asks = None,
            // Leaving is done by whoever shows this screen, which asks no second time.
            Deed::LeaveUnsaved(leave) => self.leaving = leave,
            Deed::Tab(tab) => self.tab = tab,
        }
    }

    fn text_of(draft: &mut Draft, field: Field) -> Option<&mut String> {
        match field {
            Field::Id => Some(&mut draft.id),
            Field::Title => Some(&mut draft.title),
            Field::TimeZone => Some(&mut draft.time_zone),
            Field::Value(place) => draft.values.get_mut(place).map(|(_, is)| is),
            Field::Answer(_) => None,
        }
    }

    /// What stands in a field.
    fn read(draft: &Draft, field: Field) -> &str {
        match field {
            Field::Id => &draft.id,
            Field::Title => &draft.title,
            Field::TimeZone => &draft.time_zone,
            Field::Value(place) => draft.values.get(place).map_or("", |(_, is)| is),
            Field::Answer(_) => "",
        }
    }

    fn set(&mut self, field: Field, text: String) {
        if let Some(known) = State::text_of(&mut self.draft, field) {
            *known = text;
        }
        self.leaving = false;
        self.changed();
    }

    fn reset(&mut self, field: Field) {
        if let Field::Answer(place) = field {
            let before = self.base.answers.get(place).and_then(|(_, answer)| *answer);
            if let Some((_, known)) = self.draft.answers.get_mut(place) {
                *known = if *known == before { None } else { before };
            }
        } else {
            let before = State::read(&self.base, field).to_owned();
            if let Some(known) = State::text_of(&mut self.draft, field) {
                *known = if *known == before { String::new() } else { before };
            }
        }
        self.changed();
    }

    fn focus_on(&mut self, field: Option<Field>) {
        if self.focus == field {
            return;
        }
        self.focus = field;
        self.elsewhere = None;
        if let Some(Field::Value(place)) = field
            && let Some((variable, _)) = self.draft.values.get(place)
        {
            self.scroll_preview = true;
            let braced = format!("{{{variable}}}");
            if !self.samples.iter().any(|sample| sample.text.contains(&braced)) {
                self.elsewhere = tailor::where_it_shows(&self.loaded, variable);
            }
        }
    }

    /// In the order of the form, from the field in hand on and around.
    fn next_open(&mut self) {
        let order: Vec<usize> = tailor::groups(&self.draft).into_iter().flat_map(|(_, places)| places).collect();
        let from = match self.focus {
            Some(Field::Value(place)) => order.iter().position(|known| *known == place).map_or(0, |at| at + 1),
            _ => 0,
        };
        let is_open = |place: &&usize| self.draft.values.get(**place).is_some_and(|(_, is)| is.trim().is_empty());
        let next = order[from..].iter().find(is_open).or_else(|| order.iter().find(is_open)).copied();
        if let Some(next) = next {
            self.tab = Tab::Form;
            self.go_to = Some(Field::Value(next));
        }
    }

    /// In the order of the form.
    fn after(&mut self, field: Field) {
        let names = tailor::groups(&self.draft).into_iter().flat_map(|(_, places)| places).map(Field::Value);
        let order: Vec<Field> = names.chain([Field::Title, Field::TimeZone]).collect();
        self.go_to = order.iter().position(|known| *known == field).and_then(|at| order.get(at + 1)).copied();
    }

    fn save(&mut self, replace: bool, folder: Option<&Folder>) {
        self.asks = None;
        let Some(folder) = folder else {
            self.said = Some((Tone::Grave, "There is no folder to save it in; start with --data DIR.".to_owned()));
            return;
        };
        let Some(name) = plain_name(&self.name) else {
            self.said = Some((Tone::Warning, "It needs a name first: letters or digits.".to_owned()));
            return;
        };
        self.draft.id = name.clone();
        if self.draft.title.trim().is_empty() {
            self.draft.title = self.name.trim().to_owned();
        }
        let text = self.draft.written().text;
        // What this screen has saved itself it saves again without asking.
        let own = self.saved.as_ref().is_some_and(|path| path.file_stem().is_some_and(|stem| *stem == *name));
        match folder.save_profile(&self.draft.scenario, &name, &text, replace || own) {
            Ok(Saved::Asks(path)) => self.asks = Some(path),
            Ok(Saved::At(path)) => {
                self.base = self.draft.clone();
                self.changed();
                let wrong = self.remarks.iter().filter(|remark| remark.severity == Severity::Error).count();
                let open = self.names_open();
                let mut says = format!("Saved: {}", path.display());
                if wrong > 0 {
                    says = format!("{says}. {} it from being played; see beside the fields", counted(wrong as i64, "thing keeps", "things keep"));
                } else if open > 0 {
                    says = format!("{says}. {}", counted(open as i64, "name of the example still stands", "names of the example still stand"));
                }
                self.said = Some((if wrong > 0 { Tone::Warning } else { Tone::Good }, format!("{says}.")));
                self.saved = Some(path);
            }
            Err(why) => self.said = Some((Tone::Grave, why)),
        }
    }
}

/// Draws it.
pub fn adapt_ui(ui: &mut Ui, state: &mut State) -> Vec<Intent> {
    let mut deeds = keys(ui, state);
    let palette = Palette::of(ui);
    let edge = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(14, 8));
    let narrow = ui.available_width() < space::NARROW;
    egui::Panel::top("adapt head").frame(edge).resizable(false).show(ui, |ui| head(ui, state, narrow, &mut deeds));
    let body = egui::Frame::new().fill(palette.ground).inner_margin(egui::Margin::symmetric(14, 10));
    if narrow {
        egui::CentralPanel::default().frame(body).show(ui, |ui| match state.tab {
            Tab::Form => form::form_ui(ui, state, &mut deeds),
            Tab::Preview => preview::preview_ui(ui, state, &mut deeds),
        });
    } else {
        let width = ui.available_width();
        egui::Panel::right("adapt preview").frame(body.fill(palette.panel)).resizable(false).exact_size(width * 0.46).show(ui, |ui| {
            preview::preview_ui(ui, state, &mut deeds);
        });
        egui::CentralPanel::default().frame(body).show(ui, |ui| form::form_ui(ui, state, &mut deeds));
    }
    deeds.into_iter().map(|deed| Intent::Home(home::Deed::Adapting(deed))).collect()
}

fn keys(ui: &Ui, state: &State) -> Vec<Deed> {
    use egui::{Key, Modifiers};
    let nothing_focused = desk::nothing_focused(ui);
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::COMMAND, Key::S) {
            return vec![Deed::Save { replace: false }];
        }
        if input.consume_key(Modifiers::COMMAND, Key::J) {
            return vec![Deed::NextOpen];
        }
        if nothing_focused && input.consume_key(Modifiers::NONE, Key::Escape) {
            return vec![match (&state.asks, state.leaving) {
                (Some(_), _) => Deed::KeepFile,
                (None, true) => Deed::LeaveUnsaved(false),
                (None, false) => Deed::Leave,
            }];
        }
        Vec::new()
    })
}

fn head(ui: &mut Ui, state: &mut State, narrow: bool, deeds: &mut Vec<Deed>) {
    ui.horizontal_wrapped(|ui| {
        if ui.button("Back").on_hover_text("Escape").clicked() {
            deeds.push(Deed::Leave);
        }
        ui.label(egui::RichText::new("Adapt it to your organisation").text_style(theme::heading()));
        if narrow {
            for (tab, says) in [(Tab::Form, "Form"), (Tab::Preview, "What people read")] {
                if ui.selectable_label(state.tab == tab, says).clicked() {
                    deeds.push(Deed::Tab(tab));
                }
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        let (filled, all) = state.draft.filled();
        let open = state.names_open();
        ui.label(format!("{filled} of {all} names filled in."));
        if open > 0 {
            let says = format!("Next of {}", counted(open as i64, "open name", "open names"));
            if ui.button(says).on_hover_text("Ctrl+J. Where nothing is filled in, people read the name of the example").clicked() {
                deeds.push(Deed::NextOpen);
            }
        }
        let label = ui.label("Save as");
        let field = egui::TextEdit::singleline(&mut state.name).desired_width(180.0).hint_text("our-organisation").id_salt("adapt name");
        ui.add(field).labelled_by(label.id);
        if theme::main_button(ui, true, "Save").on_hover_text("Ctrl+S").clicked() {
            deeds.push(Deed::Save { replace: false });
        }
    });
    theme::lines_below(ui, 1, |ui| match &state.said {
        Some((tone, says)) => drop(ui.label(theme::toned(ui, *tone, says))),
        None if state.unsaved() => drop(ui.label(theme::muted(ui, "Not saved yet."))),
        None => {}
    });
    if let Some(path) = &state.asks {
        theme::card_of(ui, Tone::Warning).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(format!("{} is there already. If you replace it, what it says is gone, its comments as well.", path.display()));
                if ui.button("Replace it").clicked() {
                    deeds.push(Deed::Save { replace: true });
                }
                if ui.button("Keep it").clicked() {
                    deeds.push(Deed::KeepFile);
                }
            });
        });
    }
    if state.leaving {
        theme::card_of(ui, Tone::Warning).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label("What you filled in is not saved.");
                if ui.button("Leave without saving").clicked() {
                    deeds.push(Deed::Leave);
                }
                if ui.button("Stay").clicked() {
                    deeds.push(Deed::LeaveUnsaved(false));
                }
            });
        });
    }
}

#[cfg(test)]
mod tests;
