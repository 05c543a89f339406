//! The second window: what the room may see. Large, calm, with the clock; blank on a key.
//!
//! Nothing here leads anywhere: it is looked at, and what can be done about it is done at the console.

use egui::{Align, Key, Layout, Modifiers, RichText, Ui};

use super::application::{Application, Screen};
use super::seat;
use super::theme::{self, Look, Palette, TEXT_SCALE_PERCENT, space};

/// What the projector remembers. It has a text scale of its own: a room is further away than a desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    /// Its window is open.
    pub shown: bool,
    /// It shows nothing but that this is an exercise.
    pub blank: bool,
    /// Text scale, in percent; 100 is already large.
    pub scale_percent: u16,
}

impl Default for State {
    fn default() -> State {
        State { shown: false, blank: false, scale_percent: 100 }
    }
}

/// What the room may see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Data {
    /// What is played.
    pub title: String,
    /// The clock of the story, while something is played.
    pub clock: Option<String>,
    /// What goes on in the room.
    pub standing: &'static str,
}

impl Application {
    /// Whether the projector's window is open.
    pub fn projector(&self) -> bool {
        self.projector.shown
    }

    /// Opens the projector's window, or puts it away. What it shows and how stays as it was.
    pub fn show_projector(&mut self, shown: bool) {
        self.projector.shown = shown;
    }

    /// Draws what the room may see.
    pub fn projector_ui(&mut self, ui: &mut Ui) {
        Look { scale_percent: self.projector.scale_percent, ..self.look }.apply(ui.ctx());
        ui.reset_style();
        let before = self.projector;
        keys(ui, &mut self.projector);
        projector_ui(ui, &data(self), self.projector.blank);
        if self.projector != before {
            ui.ctx().request_repaint();
        }
    }
}

/// What the room may see, of what is on the console.
pub fn data(application: &Application) -> Data {
    match &application.screen {
        Screen::Home(_) => Data { title: "Hotwash".to_owned(), clock: None, standing: "We begin shortly." },
        Screen::Seat(game, _) => {
            let view = game.view();
            let (clock, _) = seat::clock_says(&view);
            let standing = if game.running() { "The clock runs." } else { "The clock stands." };
            Data { title: view.public.title.clone(), clock: Some(clock), standing }
        }
        Screen::Debrief(game, _) => Data { title: game.view().public.title.clone(), clock: None, standing: "Play is over." },
    }
}

/// What the keyboard does while this window has it.
fn keys(ui: &Ui, state: &mut State) {
    let (blank, step) = ui.input_mut(|input| {
        let larger = input.consume_key(Modifiers::COMMAND, Key::Plus) || input.consume_key(Modifiers::COMMAND, Key::Equals);
        let smaller = input.consume_key(Modifiers::COMMAND, Key::Minus);
        (input.consume_key(Modifiers::NONE, Key::B), i32::from(larger) - i32::from(smaller))
    });
    state.blank ^= blank;
    let (least, most) = (i32::from(TEXT_SCALE_PERCENT.0), i32::from(TEXT_SCALE_PERCENT.1));
    let wanted = (i32::from(state.scale_percent) + step * 10).clamp(least, most);
    state.scale_percent = u16::try_from(wanted).unwrap_or(state.scale_percent);
}

/// Draws it.
fn projector_ui(ui: &mut Ui, data: &Data, blank: bool) {
    let palette = Palette::of(ui);
    let frame = egui::Frame::new().fill(palette.ground).inner_margin(egui::Margin::same(24));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        // Whoever comes in late, or looks at a photograph of the wall, has to see that none of this is real: blank or not.
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| theme::exercise_mark(ui));
        if blank {
            return;
        }
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.22);
            ui.label(RichText::new(&data.title).text_style(theme::projected()));
            ui.add_space(space::USUAL * 3.0);
            if let Some(clock) = &data.clock {
                ui.label(RichText::new(clock).text_style(theme::projected_clock()));
                ui.add_space(space::USUAL * 3.0);
            }
            ui.label(RichText::new(data.standing).text_style(theme::heading()).color(palette.muted));
        });
    });
}
