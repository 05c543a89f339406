//! A session that is not saved: what is said about it on every screen of play, and what is asked before it is lost.

use egui::{Key, TextEdit, Ui};

use super::Intent;
use super::keep;
use super::play::Game;
use super::theme::{self, Palette, Tone, space};

/// What somebody wants who was told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Deed {
    /// It is to be written where it belongs.
    TryAgain,
    /// It is to be written somewhere else; where is asked.
    Where,
    /// There.
    SaveAt(String),
    /// They leave, and lose it.
    Leave,
    /// They stay.
    Stay,
}

/// Where somebody goes who leaves a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// Home.
    Home,
    /// Out: the window closes.
    Outside,
}

/// What is asked over the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
    /// Where it is to be saved.
    Where,
    /// Whether to leave.
    Leaving(To),
}

/// What is remembered while somebody is asked.
#[derive(Default)]
pub struct State {
    asked: Option<Asked>,
    /// The path that is typed.
    path: String,
    /// Why it could not be saved there.
    refused: Option<String>,
    /// The path has the keyboard from now on.
    focus: bool,
}

impl State {
    /// Asks where to save.
    pub fn ask_where(&mut self, game: &Game) {
        self.ask(Asked::Where, game);
    }

    /// Whether somebody may leave at once: nothing is lost. Otherwise they are asked.
    pub fn may_leave(&mut self, game: &Game, to: To) -> bool {
        if game.not_kept().is_none() {
            return true;
        }
        if self.asked != Some(Asked::Leaving(to)) {
            self.ask(Asked::Leaving(to), game);
        }
        false
    }

    fn ask(&mut self, asked: Asked, game: &Game) {
        *self = State { asked: Some(asked), path: keep::elsewhere(&game.file_name()), refused: None, focus: true };
    }

    /// Why it could not be saved there.
    pub fn refuse(&mut self, why: String) {
        self.refused = Some(why);
        self.focus = true;
    }

    /// Nothing is asked any more; where somebody was going who was asked whether to leave.
    pub fn answered(&mut self) -> Option<To> {
        match std::mem::take(self).asked {
            Some(Asked::Leaving(to)) => Some(to),
            Some(Asked::Where) | None => None,
        }
    }
}

/// Says that a session is not saved, and what can be done about it. It stays as long as that is so.
pub fn warning_ui(ui: &mut Ui, game: &Game, can_try: bool, intents: &mut Vec<Intent>) {
    let Some(why) = game.not_kept() else { return };
    let frame = egui::Frame::new().fill(Palette::of(ui).ground_of(Tone::Warning)).inner_margin(egui::Margin::symmetric(10, 4));
    egui::Panel::top("not saved").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::toned(ui, Tone::Warning, format!("Not saved: {why}")));
            let again = ui.add_enabled(can_try, egui::Button::new("Try again"));
            let again = again.on_hover_text("Write all of it where it belongs, and go on there");
            if again.on_disabled_hover_text("There is no folder for sessions: start with --data DIR, or save this one elsewhere").clicked() {
                intents.push(Intent::Unsaved(Deed::TryAgain));
            }
            if ui.button("Save elsewhere").on_hover_text("Write all of it to another place, and go on there").clicked() {
                intents.push(Intent::Unsaved(Deed::Where));
            }
        });
    });
}

/// Asks what there is to ask. The screen below is drawn afterwards, and gets no key as long as something is asked.
pub fn asking_ui(ui: &mut Ui, game: &Game, state: &mut State, intents: &mut Vec<Intent>) {
    let Some(asked) = state.asked else { return };
    let answer = egui::Modal::new(egui::Id::new("unsaved")).frame(theme::card(ui)).show(ui.ctx(), |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 80.0).clamp(260.0, space::READING));
        match asked {
            Asked::Where => drop(ui.label(egui::RichText::new("Save this session elsewhere").text_style(theme::heading()))),
            Asked::Leaving(_) => {
                ui.label(egui::RichText::new("This session is not saved").text_style(theme::heading()));
                ui.label(game.not_kept().map(|why| format!("Not saved: {why}.")).unwrap_or_default());
                ui.label(match game.kept_at() {
                    Some(_) => "Whoever leaves now can go on from what was written before that; the rest is lost.",
                    None => "Whoever leaves now loses all of it.",
                });
            }
        }
        ui.add_space(space::TIGHT);
        let label = ui.label("Save it as");
        let path = ui.add(TextEdit::singleline(&mut state.path).desired_width(f32::INFINITY)).labelled_by(label.id);
        if std::mem::take(&mut state.focus) {
            path.request_focus();
        }
        if path.changed() {
            // It was said of the path that stood there before.
            state.refused = None;
        }
        if let Some(why) = &state.refused {
            ui.label(theme::toned(ui, Tone::Warning, why));
        }
        ui.label(theme::muted(ui, "Home opens it from there by its path, to go on with it or to see its debrief."));
        ui.add_space(space::TIGHT);
        ui.horizontal_wrapped(|ui| {
            let entered = path.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if theme::main_button(ui, true, "Save it there").on_hover_text("Enter").clicked() || entered {
                intents.push(Intent::Unsaved(Deed::SaveAt(state.path.clone())));
            }
            if matches!(asked, Asked::Leaving(_)) && ui.button("Leave and lose it").clicked() {
                intents.push(Intent::Unsaved(Deed::Leave));
            }
            let stays = if matches!(asked, Asked::Leaving(_)) { "Stay" } else { "Not now" };
            if ui.button(stays).on_hover_text("Esc").clicked() {
                intents.push(Intent::Unsaved(Deed::Stay));
            }
        });
    });
    if answer.should_close() {
        intents.push(Intent::Unsaved(Deed::Stay));
    }
    ui.input_mut(|input| input.events.retain(|event| !matches!(event, egui::Event::Key { .. } | egui::Event::Text(_) | egui::Event::Paste(_))));
}

#[cfg(test)]
mod tests;
