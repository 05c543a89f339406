//! Every score, opened down to its facts; ratings beside what evaluators say.

use egui::{CollapsingHeader, RichText, Ui};

use super::super::theme::{self, Tone, space};
use super::parts::{card, heading};
use crate::debrief::Debrief;
use crate::debrief::model::{CriterionLine, points};
use crate::debrief::narrative::counted;

fn tone(criterion: &CriterionLine) -> Tone {
    match criterion.result {
        "earned" => Tone::Good,
        "earned in part" => Tone::Warning,
        "missed" => Tone::Grave,
        _ => Tone::Plain,
    }
}

/// Draws it; with the facts, where whoever reads it can open them.
pub fn scores_ui(ui: &mut Ui, debrief: &Debrief, with_facts: bool) {
    if let Some(total) = debrief.scores.total {
        heading(ui, &format!("Score {total} of 100"));
    }
    ui.label(theme::muted(ui, &debrief.scores.total_note));
    bars_ui(ui, debrief);
    for (place, criterion) in debrief.scores.criteria.iter().enumerate() {
        card(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                theme::badge(ui, tone(criterion), criterion.result);
                let earned = criterion.earned_milli.map_or_else(|| "\u{2013}".to_owned(), points);
                ui.label(theme::muted(ui, format!("{earned} of {} points, {}", points(criterion.worth_milli), criterion.capability)));
            });
            ui.label(RichText::new(&criterion.text).strong());
            ui.label(&criterion.why);
            if !criterion.earned_by.is_empty() {
                ui.label(theme::muted(ui, format!("Earned: {}", criterion.earned_by)));
            }
            criterion.evaluators.iter().for_each(|line| drop(ui.label(line)));
            let source = if criterion.basis_source.is_empty() { String::new() } else { format!(" ({})", criterion.basis_source) };
            ui.label(theme::muted(ui, format!("{}: {}{source}", criterion.basis, criterion.basis_says)));
            if with_facts && !criterion.facts.is_empty() {
                let says = counted(criterion.facts.len() as i64, "fact it rests on", "facts it rests on");
                CollapsingHeader::new(says).id_salt(("facts", place)).show(ui, |ui| {
                    for fact in criterion.facts.iter().take(100) {
                        ui.horizontal_wrapped(|ui| {
                            ui.label(theme::muted(ui, format!("{}  fact {}", fact.clock, fact.seq)));
                            ui.label(&fact.text);
                        });
                    }
                });
            }
        });
    }
    ratings_ui(ui, debrief);
}

/// Points by capability, in words and lengths.
fn bars_ui(ui: &mut Ui, debrief: &Debrief) {
    card(ui, |ui| {
        heading(ui, "Points by capability");
        for bar in &debrief.scores.bars.bars {
            let whole = (bar.earned_milli + bar.missed_milli).max(1);
            let share = (bar.earned_milli as f32 / whole as f32).clamp(0.0, 1.0);
            let theirs = if bar.by_program_milli > 0 { format!(", {} of them by programs", points(bar.by_program_milli)) } else { String::new() };
            let not = if bar.not_evaluated_milli > 0 { format!(", {} not evaluated", points(bar.not_evaluated_milli)) } else { String::new() };
            ui.horizontal_wrapped(|ui| {
                ui.label(format!("{}: {} of {}{theirs}{not}", bar.name, points(bar.earned_milli), points(bar.earned_milli + bar.missed_milli)));
            });
            ui.add(egui::ProgressBar::new(share).desired_height(space::USUAL).fill(theme::Palette::of(ui).accent));
        }
    });
}

fn ratings_ui(ui: &mut Ui, debrief: &Debrief) {
    heading(ui, "Ratings");
    ui.label("Proposed by the clauses of HSEEP's four definitions, never by a score. The evaluators' word is final.");
    for rating in &debrief.ratings {
        card(ui, |ui| {
            ui.label(RichText::new(&rating.target).strong());
            let letter = rating.letter.map_or_else(String::new, |letter| format!("{letter}: "));
            ui.label(format!("Proposal: {letter}{}", rating.words));
            ui.label(theme::muted(ui, format!("{}. {}", crate::debrief::narrative::capital(&rating.clause), rating.why)));
            for given in &rating.evaluators {
                let leads = if given.leads { " (leads)" } else { "" };
                ui.horizontal_wrapped(|ui| {
                    theme::badge(ui, Tone::Notice, &given.letter);
                    ui.label(format!("{}{leads}: {}", given.by, given.reason));
                });
            }
            if rating.disagreement().is_some() {
                theme::badge(ui, Tone::Warning, "Evaluators differ");
            }
        });
    }
    if !debrief.observations.is_empty() {
        heading(ui, "What evaluators saw");
        for line in &debrief.observations {
            card(ui, |ui| {
                ui.label(&line.text);
                let about = if line.about.is_empty() { String::new() } else { format!("; about: {}", line.about) };
                ui.label(theme::muted(ui, format!("{}, {}{about}", line.by, line.clock)));
            });
        }
    }
}
