//! Before any result: what participants saw themselves, the causes they state with the evidence they hold, and what evaluators give.
//!
//! Its data come from the session's views and remarks alone: what the roles were told.

use std::collections::BTreeMap;

use egui::{ComboBox, ScrollArea, TextEdit, Ui};

use super::super::play::Game;
use super::super::theme::{self, Tone, space};
use super::Intent;
use crate::assessment::Rating;
use crate::debrief::narrative::bare;
use crate::ids::{DenseId, RoleId};
use crate::journal::{Annotation, RemarkKind};
use crate::scenario::program::Measure;
use crate::vocabulary::communication::Stance;

/// What participants are asked, with the kind of remark that keeps it.
pub(super) const ASKS: [(RemarkKind, &str); 3] =
    [(RemarkKind::Strength, "What went well?"), (RemarkKind::Gap, "What went less well?"), (RemarkKind::Lesson, "What would you change?")];

/// What is to be written down of what was typed. The session says whether it can be; if not, it stays where it was typed, with the reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Deed {
    /// The answer to one of the questions, in this place.
    Answer(usize),
    /// A cause, with the evidence that it rests on.
    Cause,
    /// An evaluator's rating of a capability target, by its id.
    Rate(String),
    /// What an evaluator gives a criterion, by its id.
    Judge(String),
    /// What an evaluator saw.
    Observe,
}

impl Deed {
    fn page(&self) -> Page {
        match self {
            Deed::Answer(_) => Page::Lessons,
            Deed::Cause => Page::Causes,
            Deed::Rate(_) | Deed::Judge(_) | Deed::Observe => Page::Evaluators,
        }
    }
}

/// Pages of the first screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Page {
    #[default]
    Lessons,
    Causes,
    Evaluators,
}

/// Something that can be pointed to: its id, and what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    id: String,
    says: String,
}

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    page: Page,
    /// What was typed and is not written down yet, in the order of [`ASKS`].
    drafts: [String; 3],
    cause: String,
    linked: Vec<String>,
    filter: String,
    without: bool,
    evaluator: String,
    observation: String,
    observed: String,
    ratings: BTreeMap<String, (Rating, String)>,
    judged: BTreeMap<String, (u16, String)>,
    /// What could not be written down last, and why.
    refused: Option<(Deed, String)>,
    /// What nobody has written yet and results wait for, by kind.
    missing: Vec<RemarkKind>,
    /// What is written down already: kind, and the line that says it.
    written: Vec<(RemarkKind, String)>,
    /// What participants hold that a cause can be linked to.
    held: Vec<Held>,
    /// Capability targets, and criteria that people judge: id and text.
    targets: Vec<Held>,
    criteria: Vec<Held>,
}

impl State {
    /// Nothing typed yet.
    pub fn new(game: &Game) -> State {
        let program = game.session().program();
        let targets = program.rubric.targets.iter().map(|target| Held { id: target.id.clone(), says: bare(&target.text).to_owned() });
        let criteria = program.rubric.criteria.iter().filter(|criterion| !criterion.left_out).filter_map(|criterion| match &criterion.measure {
            Measure::Judged { ask, .. } => Some(Held { id: criterion.id.clone(), says: ask.clone() }),
            _ => None,
        });
        let mut state = State {
            evaluator: "Evaluator".to_owned(),
            held: held(game),
            targets: targets.collect(),
            criteria: criteria.collect(),
            ..State::default()
        };
        state.follow(game);
        state
    }

    /// Takes note of what is written down.
    pub fn follow(&mut self, game: &Game) {
        let written = |remark: &Annotation| {
            let says = match remark.kind {
                RemarkKind::Cause => match remark.value.as_ref().map_or(0, |value| value.split(',').count()) {
                    0 => remark.text.clone(),
                    links => format!("{} ({links} linked)", remark.text),
                },
                RemarkKind::Strength | RemarkKind::Gap | RemarkKind::Lesson => remark.text.clone(),
                RemarkKind::Rating | RemarkKind::Judged | RemarkKind::Observation => remark.says(),
                _ => return None,
            };
            Some((remark.kind.clone(), says))
        };
        self.written = game.session().annotations().iter().filter_map(written).collect();
        self.missing = game.session().lessons_missing();
    }

    /// Writes down what was typed: whether it could be.
    pub fn write(&mut self, game: &mut Game, deed: &Deed) -> bool {
        let by = self.evaluator.as_str();
        let done = match deed {
            Deed::Answer(place) => {
                let text = &self.drafts[*place];
                game.facilitate(|session| match ASKS[*place].0 {
                    RemarkKind::Strength => session.strength(text, &[]),
                    RemarkKind::Gap => session.gap(text, &[]),
                    _ => session.lesson(text),
                })
            }
            Deed::Cause => game.facilitate(|session| session.cause(&self.cause, &self.linked)),
            Deed::Rate(target) => {
                let (rating, reason) = self.ratings.get(target).cloned().unwrap_or_else(unrated);
                game.facilitate(|session| session.rate(by, target, rating, &reason))
            }
            Deed::Judge(criterion) => {
                let (percent, reason) = self.judged.get(criterion).cloned().unwrap_or_default();
                game.facilitate(|session| session.judge(by, criterion, percent * 10, &reason))
            }
            Deed::Observe => {
                let about = Some(self.observed.as_str()).filter(|about| !about.is_empty());
                game.facilitate(|session| session.observe(by, &self.observation, about, None))
            }
        };
        match done {
            Ok(()) => {
                self.clear(deed);
                self.refused = None;
                self.follow(game);
                true
            }
            Err(why) => {
                self.page = deed.page();
                self.refused = Some((deed.clone(), why));
                false
            }
        }
    }

    /// As if typed.
    #[cfg(test)]
    pub fn type_answers(&mut self, answers: [&str; 3]) {
        self.drafts = answers.map(str::to_owned);
    }

    fn clear(&mut self, deed: &Deed) {
        match deed {
            Deed::Answer(place) => self.drafts[*place].clear(),
            Deed::Cause => (self.cause, self.linked) = (String::new(), Vec::new()),
            Deed::Rate(target) => self.ratings.get_mut(target).into_iter().for_each(|(_, reason)| reason.clear()),
            Deed::Judge(criterion) => self.judged.get_mut(criterion).into_iter().for_each(|(_, reason)| reason.clear()),
            Deed::Observe => self.observation.clear(),
        }
    }

    /// Before results: what participants typed and did not write down is written, and where strengths or gaps are missing, that is on record. Whether
    /// all of it could be.
    pub fn write_the_rest(&mut self, game: &mut Game) -> bool {
        let typed = (0..ASKS.len()).filter(|place| !self.drafts[*place].trim().is_empty()).map(Deed::Answer);
        let typed: Vec<Deed> = typed.chain((!self.cause.trim().is_empty()).then_some(Deed::Cause)).collect();
        if !typed.iter().all(|deed| self.write(game, deed)) {
            return false;
        }
        let because = match self.missing.as_slice() {
            [] => return true,
            [one] => format!("No {one}s were written before the results."),
            _ => "No strengths and gaps were written before the results.".to_owned(),
        };
        let done = game.facilitate(|session| session.skip_lessons(&because));
        self.follow(game);
        done.is_ok()
    }

    /// What is still to be written before results, in words.
    fn missing(&self) -> Option<&'static str> {
        let typed = |kind: &RemarkKind| ASKS.iter().zip(&self.drafts).any(|((known, _), draft)| known == kind && !draft.trim().is_empty());
        let missing: Vec<&RemarkKind> = self.missing.iter().filter(|kind| !typed(kind)).collect();
        match missing.as_slice() {
            _ if self.without => None,
            [] => None,
            [RemarkKind::Strength] => Some("What went well is still to be written."),
            [RemarkKind::Gap] => Some("What went less well is still to be written."),
            _ => Some("What went well, and what went less well, is still to be written."),
        }
    }
}

fn unrated() -> (Rating, String) {
    (Rating::Performed, String::new())
}

/// What the roles of the room were told, as far as a cause can rest on it: claims, and machines and logins with signs on them.
fn held(game: &Game) -> Vec<Held> {
    let session = game.session();
    let public = &session.program().public;
    let people = game.people();
    let roles: Vec<RoleId> = (0..public.roles.len()).map(RoleId::at).filter(|role| people.is_empty() || people.has(*role)).collect();
    let mut list = Vec::new();
    for (place, claim) in public.claims.iter().enumerate() {
        let told = roles.iter().filter_map(|role| session.view(*role).knowledge.claims.get(place).copied().flatten()).next();
        let word = match told {
            Some(Stance::Yes) => "Told",
            Some(Stance::No) => "Denied",
            Some(Stance::NotYet) => "Left open",
            None => continue,
        };
        list.push(Held { id: claim.id.clone(), says: format!("{word}: {}", bare(&claim.text)) });
    }
    for (place, asset) in public.assets.iter().enumerate() {
        if roles.iter().any(|role| session.view(*role).knowledge.assets.get(place).is_some_and(|belief| belief.found)) {
            list.push(Held { id: asset.id.clone(), says: format!("Signs found on {}", asset.name) });
        }
    }
    for (place, login) in public.logins.iter().enumerate() {
        if roles.iter().any(|role| session.view(*role).knowledge.logins.get(place).is_some_and(|belief| belief.known && belief.taken)) {
            list.push(Held { id: login.id.clone(), says: format!("Login in other hands: {}", login.name) });
        }
    }
    list
}

/// Draws it.
pub fn hotwash_ui(ui: &mut Ui, state: &mut State, room: bool, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        for (page, says) in [(Page::Lessons, "Strengths and gaps"), (Page::Causes, "Causes"), (Page::Evaluators, "Evaluators")] {
            if room || page != Page::Evaluators {
                ui.selectable_value(&mut state.page, page, says);
            }
        }
    });
    ui.add_space(space::TIGHT);
    let foot = egui::Frame::new().inner_margin(egui::Margin::symmetric(0, 8));
    egui::Panel::bottom("hotwash foot").frame(foot).resizable(false).show(ui, |ui| foot_ui(ui, state, room, intents));
    ScrollArea::vertical().id_salt(state.page as u8).auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(space::READING.min(ui.available_width()));
        match state.page {
            Page::Lessons => lessons_ui(ui, state, intents),
            Page::Causes => causes_ui(ui, state, intents),
            Page::Evaluators => evaluators_ui(ui, state, intents),
        }
    });
}

fn foot_ui(ui: &mut Ui, state: &mut State, room: bool, intents: &mut Vec<Intent>) {
    let missing = if room { state.missing() } else { None };
    ui.horizontal_wrapped(|ui| {
        let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let asked = theme::main_button(ui, missing.is_none(), "Show the debrief").on_hover_text("Ctrl+Enter").clicked();
        if missing.is_none() && (asked || entered) {
            intents.push(Intent::Results);
        }
        match missing {
            Some(says) => {
                ui.label(theme::muted(ui, says));
                ui.checkbox(&mut state.without, "Go on without");
            }
            None => drop(ui.label(theme::muted(ui, "Nothing is shown before that; what you wrote comes first in it."))),
        }
    });
}

/// Why this could not be written down, below its field.
fn refused_ui(ui: &mut Ui, state: &State, deed: &Deed) {
    if let Some((refused, why)) = &state.refused
        && refused == deed
    {
        ui.label(theme::toned(ui, Tone::Warning, format!("Not written down: {why}.")));
    }
}

fn written_ui(ui: &mut Ui, state: &State, kinds: &[RemarkKind]) {
    for (_, says) in state.written.iter().filter(|(kind, _)| kinds.contains(kind)) {
        ui.label(format!("\u{2022} {says}"));
    }
}

fn lessons_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    ui.label(egui::RichText::new("Before any result").text_style(theme::heading()));
    ui.label("Write what you saw yourselves, one thing at a time; Enter writes it down. It comes first in the debrief, and nothing below it can be seen before.");
    for (place, (kind, says)) in ASKS.into_iter().enumerate() {
        ui.add_space(space::USUAL);
        let label = ui.label(egui::RichText::new(says).strong());
        written_ui(ui, state, &[kind]);
        let new_line = egui::KeyboardShortcut::new(egui::Modifiers::SHIFT, egui::Key::Enter);
        let edit =
            TextEdit::multiline(&mut state.drafts[place]).id_salt(("asked", place)).return_key(new_line).desired_rows(2).desired_width(f32::INFINITY);
        let edit = ui.add(edit).labelled_by(label.id);
        // One remark after the other, as fast as a room says them: the cursor stays, although the list above grows.
        let entered = edit.has_focus() && ui.input(|input| input.modifiers.is_none() && input.key_pressed(egui::Key::Enter));
        let deed = Deed::Answer(place);
        refused_ui(ui, state, &deed);
        let empty = state.drafts[place].trim().is_empty();
        if ui.add_enabled(!empty, egui::Button::new("Write it down")).on_hover_text("Enter; Shift+Enter begins a new line").clicked()
            || entered && !empty
        {
            edit.request_focus();
            intents.push(Intent::Hotwash(deed));
        }
    }
}

fn causes_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    ui.label(egui::RichText::new("Causes, before the truth").text_style(theme::heading()));
    ui.label("What do you hold to be the causes of what happened, and on what evidence? Each stands in the debrief beside what was so.");
    written_ui(ui, state, &[RemarkKind::Cause]);
    ui.add_space(space::USUAL);
    let label = ui.label(egui::RichText::new("A cause").strong());
    ui.add(TextEdit::multiline(&mut state.cause).desired_rows(2).desired_width(f32::INFINITY)).labelled_by(label.id);
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Evidence you hold; find");
        ui.add(TextEdit::singleline(&mut state.filter).desired_width(200.0)).labelled_by(label.id);
        ui.label(theme::muted(ui, format!("{} linked", state.linked.len())));
    });
    let wanted = state.filter.trim().to_lowercase();
    ScrollArea::vertical().id_salt("evidence").max_height(220.0).auto_shrink([false, true]).show(ui, |ui| {
        for held in state.held.iter().filter(|held| wanted.is_empty() || held.says.to_lowercase().contains(&wanted)) {
            let mut is = state.linked.contains(&held.id);
            if ui.checkbox(&mut is, &held.says).changed() {
                if is { state.linked.push(held.id.clone()) } else { state.linked.retain(|id| *id != held.id) }
            }
        }
        if state.held.is_empty() {
            ui.label("The roles in the room were told of nothing that could be linked.");
        }
    });
    refused_ui(ui, state, &Deed::Cause);
    if ui.add_enabled(!state.cause.trim().is_empty(), egui::Button::new("Write the cause down")).clicked() {
        intents.push(Intent::Hotwash(Deed::Cause));
    }
}

fn evaluators_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    ui.label(egui::RichText::new("What evaluators give").text_style(theme::heading()));
    ui.label("Ratings by HSEEP's four letters, with a reason. Several evaluators may differ: both stay, and the debrief says so.");
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Evaluator (a function, not a name)");
        ui.add(TextEdit::singleline(&mut state.evaluator).desired_width(220.0)).labelled_by(label.id);
    });
    written_ui(ui, state, &[RemarkKind::Rating, RemarkKind::Judged, RemarkKind::Observation]);
    for target in &state.targets.clone() {
        ui.add_space(space::USUAL);
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(egui::RichText::new(&target.says).strong());
            let (rating, reason) = state.ratings.entry(target.id.clone()).or_insert_with(unrated);
            ui.horizontal_wrapped(|ui| {
                for known in Rating::ALL {
                    ui.selectable_value(rating, known, known.letter()).on_hover_text(known.label());
                }
                ui.label(theme::muted(ui, rating.label()));
            });
            let label = ui.label("Why");
            ui.add(TextEdit::multiline(reason).desired_rows(1).desired_width(f32::INFINITY)).labelled_by(label.id);
            let ready = !reason.trim().is_empty();
            let deed = Deed::Rate(target.id.clone());
            refused_ui(ui, state, &deed);
            if ui.add_enabled(ready, egui::Button::new("Rate")).clicked() {
                intents.push(Intent::Hotwash(deed));
            }
        });
    }
    for criterion in &state.criteria.clone() {
        ui.add_space(space::USUAL);
        theme::card_of(ui, Tone::Notice).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(egui::RichText::new(&criterion.says).strong());
            let (percent, reason) = state.judged.entry(criterion.id.clone()).or_insert((50, String::new()));
            let label = ui.label("How much of it was so, in percent");
            ui.add(egui::Slider::new(percent, 0..=100)).labelled_by(label.id);
            let label = ui.label("Why");
            ui.add(TextEdit::multiline(reason).desired_rows(1).desired_width(f32::INFINITY)).labelled_by(label.id);
            let ready = !reason.trim().is_empty();
            let deed = Deed::Judge(criterion.id.clone());
            refused_ui(ui, state, &deed);
            if ui.add_enabled(ready, egui::Button::new("Judge")).clicked() {
                intents.push(Intent::Hotwash(deed));
            }
        });
    }
    ui.add_space(space::USUAL);
    let label = ui.label(egui::RichText::new("Something you saw").strong());
    ui.add(TextEdit::multiline(&mut state.observation).desired_rows(2).desired_width(f32::INFINITY)).labelled_by(label.id);
    let shown = state.targets.iter().find(|target| target.id == state.observed).map_or("nothing in particular", |target| target.says.as_str());
    ComboBox::from_label("It is about").selected_text(shown.chars().take(60).collect::<String>()).show_ui(ui, |ui| {
        ui.selectable_value(&mut state.observed, String::new(), "nothing in particular");
        for target in &state.targets {
            ui.selectable_value(&mut state.observed, target.id.clone(), &target.says);
        }
    });
    refused_ui(ui, state, &Deed::Observe);
    if ui.add_enabled(!state.observation.trim().is_empty(), egui::Button::new("Note the observation")).clicked() {
        intents.push(Intent::Hotwash(Deed::Observe));
    }
}
