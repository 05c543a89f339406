//! Helping a room on, and putting right what the simulation got wrong for it: hints and overrides.

use egui::{RichText, Ui};

use super::Deed;
use super::injects::roles_ui;
use crate::desktop::play::Game;
use crate::desktop::theme::{self, space};
use crate::ids::RoleSet;
use crate::journal::PlainDirection;

/// What is being written.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// To whom a hint goes.
    pub to: RoleSet,
    /// What it says.
    pub text: String,
    /// What it is about; its place among the things there are.
    pub about: Option<usize>,
    /// What is looked for among the overrides.
    pub wanted: String,
}

/// What a hint can be about: decisions, claims and legal duties, by id and in words.
pub fn topics(game: &Game) -> Vec<(String, String)> {
    let public = game.public();
    let gates = public.gates.iter().map(|gate| (gate.id.clone(), format!("the decision: {}", gate.ask)));
    let claims = public.claims.iter().map(|claim| (claim.id.clone(), format!("the claim: {}", claim.text)));
    let rules = public.rules.iter().map(|rule| (rule.id.clone(), format!("the duty: {}", rule.text)));
    gates.chain(claims).chain(rules).collect()
}

/// Draws hints and overrides.
pub fn hand_ui(ui: &mut Ui, game: &Game, state: &mut State, deeds: &mut Vec<Deed>) {
    ui.label(RichText::new("Help the room on").text_style(theme::heading()));
    ui.label("A hint is a message like any other. What it is about is not evaluated from then on: never lower, only left out.");
    roles_ui(ui, game, &mut state.to);
    let label = ui.label("What you tell them");
    ui.add(egui::TextEdit::multiline(&mut state.text).desired_rows(2).desired_width(f32::INFINITY).char_limit(1000)).labelled_by(label.id);
    let topics = topics(game);
    let says = state.about.and_then(|place| topics.get(place)).map_or("say what it is about", |(_, says)| says.as_str());
    egui::ComboBox::from_id_salt("about of a hint").selected_text(says).width(ui.available_width().min(560.0)).truncate().show_ui(ui, |ui| {
        for (place, (_, says)) in topics.iter().enumerate() {
            ui.selectable_value(&mut state.about, Some(place), says);
        }
    });
    let about = state.about.and_then(|place| topics.get(place)).map(|(id, _)| id.clone());
    if let Some(about) = &about {
        let count = game.session().touched_by(about).map_or(0, |criteria| criteria.len());
        ui.label(theme::muted(ui, format!("Sets aside {}.", crate::debrief::narrative::counted(count as i64, "criterion", "criteria"))));
    }
    let ready = !state.text.trim().is_empty() && !state.to.is_empty() && about.is_some();
    if theme::main_button(ui, ready, "Give the hint").clicked() {
        deeds.push(Deed::Hint(state.to, state.text.trim().to_owned(), about.into_iter().collect()));
    }
    ui.add_space(space::USUAL * 2.0);
    ui.label(RichText::new("Override").text_style(theme::heading()));
    ui.label("Where the simulation stands in the way of the exercise. What follows from it is not evaluated.");
    let label = ui.label("Find (name a machine to see what can be done to it)");
    ui.add(egui::TextEdit::singleline(&mut state.wanted).desired_width(320.0).char_limit(80)).labelled_by(label.id);
    const MOST: usize = 40;
    let list = game.session().overrides(&state.wanted);
    let mut kind = "";
    for offered in list.iter().take(MOST) {
        let (title, what) = kind_of(&offered.direction);
        if kind != title {
            kind = title;
            ui.add_space(space::USUAL);
            ui.label(RichText::new(title).strong());
            ui.label(theme::muted(ui, what));
        }
        if ui.add(egui::Button::new(&offered.says).wrap()).clicked() {
            deeds.push(Deed::Direct(offered.direction.clone()));
        }
    }
    if list.len() > MOST {
        ui.label(theme::muted(ui, format!("and {} more: say which", list.len() - MOST)));
    }
}

/// What overrides of a kind are for: a title, and a sentence.
fn kind_of(direction: &PlainDirection) -> (&'static str, &'static str) {
    match direction {
        PlainDirection::EndTask { .. } => ("Work that is under way", "It ends at once, as done or as failed."),
        PlainDirection::Extend { .. } | PlainDirection::Reopen { .. } => ("Decisions", "The story waits longer, or asks once more."),
        PlainDirection::SensorBack { .. } => ("Sensors", "What the adversary blinded sees again."),
        PlainDirection::Absent { .. } => (
            "Who can be reached",
            "Somebody who plays a role has left the room, or is not to be reached in the story: their deputy acts until they are back.",
        ),
        PlainDirection::ServiceAt { .. } | PlainDirection::ServiceFollows { .. } => ("Services", "How far they work, whatever the simulation says."),
        _ => ("Machines", "On the network or off it, whatever the simulation says."),
    }
}
