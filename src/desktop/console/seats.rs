//! Who plays which role, in clocked and solo play: people at this desk, and colleagues in the other roles. A role can change hands at any moment.

use egui::{RichText, Ui};

use super::Deed;
use crate::debrief::narrative::role_only;
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Tone, space};
use crate::desktop::{Go, Intent};
use crate::ids::{DenseId, RoleId};
use crate::session::Seated;

/// What is being written.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Who sits down: a seat at the table or a function.
    pub label: String,
}

/// Draws the seats.
pub fn seats_ui(ui: &mut Ui, game: &Game, state: &mut State, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    ui.label(RichText::new("Seats").text_style(theme::heading()));
    ui.label("What a role knows stays with the role: whoever takes it over knows what the one before was told.");
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Who takes it (a seat or a function, no name; may stay empty)");
        ui.add(egui::TextEdit::singleline(&mut state.label).desired_width(220.0).char_limit(60)).labelled_by(label.id);
    });
    for occupancy in game.session().occupants() {
        let Some(role) = game.public().roles.get(occupancy.role.index()) else { continue };
        ui.add_space(space::TIGHT);
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let person = occupancy.by == Seated::Person;
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(role_only(&role.label)).strong());
                let who = if person { "a person" } else { "a simulated colleague" };
                let label = occupancy.label.as_ref().map(|label| format!(": {label}")).unwrap_or_default();
                theme::badge(ui, if person { Tone::Notice } else { Tone::Plain }, &format!("{who}{label}"));
                ui.label(theme::muted(ui, format!("since {}", game.public().calendar.label(occupancy.at))));
            });
            ui.horizontal_wrapped(|ui| {
                if person && ui.button("To this seat").clicked() {
                    intents.push(Intent::Go(Go::Seat(occupancy.role)));
                }
                let says = if person { "Hand over to somebody else" } else { "Somebody takes it" };
                if ui.button(says).clicked() {
                    deeds.push(Deed::Seat(occupancy.role, true, state.label.trim().to_owned()));
                }
                if person && ui.button("A colleague takes it").clicked() {
                    deeds.push(Deed::Seat(occupancy.role, false, String::new()));
                }
            });
        });
    }
}

/// The seats that people hold, with their labels.
pub fn held(game: &Game) -> Vec<(RoleId, String)> {
    let roles = game.people();
    roles.iter().filter_map(|role| Some((role, role_only(&game.public().roles.get(role.index())?.label).to_owned()))).collect()
}
