//! What evaluators give while it happens: ratings of capability targets, what people judge, observations. Two may differ; both stand.

use std::collections::BTreeMap;

use egui::{RichText, Ui};

use super::Deed;
use super::record::percent_ui;
use crate::assessment::Rating;
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Tone, space};
use crate::ids::DenseId;
use crate::journal::{Given, RemarkKind};
use crate::scenario::program::Measure;

/// What is being written.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Which evaluator speaks: a function or a seat, never a name.
    pub by: String,
    /// Reasons, by what they are about.
    pub reasons: BTreeMap<String, String>,
    /// Ratings that were picked, by capability target.
    pub ratings: BTreeMap<String, Rating>,
    /// Percent of the points, by criterion.
    pub judged: BTreeMap<String, u8>,
    /// An observation.
    pub observation: String,
}

/// Draws the evaluator's sheet.
pub fn evaluate_ui(ui: &mut Ui, game: &Game, state: &mut State, deeds: &mut Vec<Deed>) {
    let rubric = &game.session().program().rubric;
    let given = game.session().given();
    ui.label(RichText::new("Evaluation").text_style(theme::heading()));
    ui.label("Rate what was done, never who did it. The last word of an evaluator stands; where two differ, both are in the debrief.");
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Evaluator (a function or a seat, no name)");
        ui.add(egui::TextEdit::singleline(&mut state.by).desired_width(200.0).char_limit(60)).labelled_by(label.id);
        if ui.add_enabled(!state.by.trim().is_empty(), egui::Button::new("Their word counts where two differ")).clicked() {
            deeds.push(Deed::LeadEvaluator(state.by.trim().to_owned()));
        }
    });
    let label = ui.label(RichText::new("Observation, about the move that is on").strong());
    ui.add(egui::TextEdit::multiline(&mut state.observation).desired_rows(2).desired_width(f32::INFINITY).char_limit(2000)).labelled_by(label.id);
    if ui.add_enabled(!state.observation.trim().is_empty(), egui::Button::new("Write it down")).clicked() {
        let about = game.session().current_move().and_then(|id| game.public().moves.get(id.index())).map(|step| step.id.clone());
        deeds.push(Deed::Observe { by: state.by.clone(), text: std::mem::take(&mut state.observation), about });
    }
    for target in &rubric.targets {
        ui.add_space(space::TIGHT);
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(&target.text).strong());
            if let Some(objective) = rubric.objectives.get(target.objective) {
                ui.label(theme::muted(ui, &objective.text));
            }
            for rating in Rating::ALL {
                let picked = state.ratings.get(&target.id) == Some(&rating);
                if ui.radio(picked, format!("{}  {}", rating.letter(), rating.label())).clicked() {
                    state.ratings.insert(target.id.clone(), rating);
                }
            }
            let reason = reason_ui(ui, &target.id, state);
            let rating = state.ratings.get(&target.id).copied();
            let ready = rating.is_some() && !reason.trim().is_empty();
            if ui.add_enabled(ready, egui::Button::new("Give this rating")).clicked()
                && let Some(rating) = rating
            {
                deeds.push(Deed::Rate { by: state.by.clone(), target: target.id.clone(), rating, reason });
            }
            given_ui(ui, &given, &RemarkKind::Rating, &target.id);
        });
    }
    let judged = rubric.criteria.iter().filter(|criterion| !criterion.left_out);
    for criterion in judged {
        let Measure::Judged { ask, look_for } = &criterion.measure else { continue };
        ui.add_space(space::TIGHT);
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(ask).strong());
            for sign in look_for {
                ui.label(format!("\u{2022} {sign}"));
            }
            let mut percent = state.judged.get(&criterion.id).copied();
            ui.horizontal_wrapped(|ui| {
                ui.label("How much of it was there");
                percent_ui(ui, &mut percent, ask);
            });
            let _ = match percent {
                Some(percent) => state.judged.insert(criterion.id.clone(), percent),
                None => state.judged.remove(&criterion.id),
            };
            let reason = reason_ui(ui, &criterion.id, state);
            let ready = percent.is_some() && !reason.trim().is_empty();
            if ui.add_enabled(ready, egui::Button::new("Give this judgement")).clicked()
                && let Some(percent) = percent
            {
                deeds.push(Deed::Judge { by: state.by.clone(), criterion: criterion.id.clone(), thousandths: u16::from(percent) * 10, reason });
            }
            given_ui(ui, &given, &RemarkKind::Judged, &criterion.id);
        });
    }
}

fn reason_ui(ui: &mut Ui, about: &str, state: &mut State) -> String {
    let reason = state.reasons.entry(about.to_owned()).or_default();
    let label = ui.label("What you saw");
    ui.add(egui::TextEdit::singleline(reason).desired_width(f32::INFINITY).char_limit(1000)).labelled_by(label.id);
    reason.clone()
}

fn given_ui(ui: &mut Ui, given: &[Given], kind: &RemarkKind, about: &str) {
    let Some(given) = given.iter().find(|given| given.kind == *kind && given.about == about) else { return };
    if given.differs() {
        theme::badge(ui, Tone::Warning, "They differ; both are in the debrief");
    }
    for said in &given.said {
        let by = if said.by.is_empty() { "an evaluator" } else { said.by.as_str() };
        let counts = if said.counts { "" } else { " (does not count)" };
        ui.label(theme::muted(ui, format!("{by}: {}{counts}. {}", said.value, said.reason)));
    }
}
