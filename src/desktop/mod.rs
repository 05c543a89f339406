//! The application: what a person sees and does at a desk.
//!
//! It adds no rule. It shows what one role knows and sends orders through the door that everybody uses.
//!
//! # How it is built
//!
//! A panel is two things in one file: **data**, plain and without any `Ui`, built from a [`View`](crate::exercise::knowledge::View) and nothing
//! else; and **drawing**, `x_ui(ui, &data, ..)`, which answers with what somebody wants: deeds of its own screen, or [`Intent`]s. [`application::Application`] turns intents into deeds: it owns
//! the screen that is shown and the [`play::Game`]. The window (feature `desktop`) only carries it; tests and `hotwash screens` carry it without
//! one. Ground truth reaches the facilitator's console and the debrief, and no other screen.
//!
//! | file | what |
//! |---|---|
//! | `theme` | every colour, size and shape |
//! | `words` | what things are called |
//! | `play` | the exercise at this desk: clock, journal, seat |
//! | `keep` | the user's data folder |
//! | `home/`, `adapt/`, `console/`, `seat/`, `debriefing/` | the screens |
//! | `desk` | what the console and a seat have in common |
//! | `application` | what is shown, and what intents do |
//! | `unsaved` | what is said and asked where a session is not saved |
//! | `projector`, `projector/` | the second window: what the room may see |
//! | `raster`, `png`, `screens` | pictures of screens without a window |
//! | `window` | bevy: the two windows, their redrawing, their keys |
//!
//! # Wording
//!
//! - Say what is so, then what can be done about it. No praise, no blame, no exclamation marks.
//! - Use the field's words (triage, containment, notification), and plain English for everything else. Spell out, except for clock times and units.
//! - A button says what it does: *Give the order*, not *OK*. What cannot be done now stays visible and says why.
//! - A state is a word and a shape, then a colour: *encrypted*, not a red dot.
//! - Story time is shown on the clock of the story; how long something takes as `20m` or `1h30m`. Money in whole units, with its currency.
//! - Speak of roles and decisions, never of a person's merit. Never show what a role was not told.

// Without the window, what only it calls is called by tests alone.
#![cfg_attr(not(feature = "desktop"), allow(dead_code))]

mod adapt;
mod application;
mod console;
mod debriefing;
mod desk;
mod home;
mod keep;
mod play;
mod png;
mod projector;
mod raster;
#[cfg(test)]
mod scratch;
mod screens;
mod seat;
#[cfg(test)]
mod tests;
mod theme;
mod unsaved;
#[cfg(feature = "desktop")]
mod window;
mod words;

use std::path::{Path, PathBuf};

use crate::ids::RoleId;
use crate::paper;

#[cfg(feature = "desktop")]
pub use window::{NoWindow, open};

/// What somebody wants who clicked or typed. Each screen has deeds of its own and does them all; what more than one screen asks for stands here by itself.
#[derive(Clone, PartialEq, Debug)]
enum Intent {
    /// The screen is to look otherwise.
    Look(theme::Look),
    /// Another screen.
    Go(Go),
    /// The papers of what is played, or is to be, on this size.
    Print(paper::Size),
    /// The clock of the story is told something, from whichever desk.
    Clock(play::Clock),
    /// Something is picked or put in at Home.
    Home(home::Deed),
    /// Something is looked at or ordered at a seat.
    Seat(seat::Deed),
    /// Something is done at the facilitator's console.
    Console(console::Deed),
    /// Something is written, shown or saved after play.
    Debrief(debriefing::Deed),
    /// Something is done with the second window.
    Projector(projector::Deed),
    /// Something is done about a session that is not saved.
    Unsaved(unsaved::Deed),
}

/// Where somebody wants to go.
#[derive(Clone, PartialEq, Debug)]
enum Go {
    /// Back to Home. Play that is not over can be gone on with from there.
    Home,
    /// Into what lies at a path: a scenario, a profile, the journal of a session.
    Open(String),
    /// Into play, with what was picked at Home.
    Start,
    /// Into an interrupted session.
    Resume(PathBuf),
    /// To a seat that a person holds.
    Seat(RoleId),
    /// To the facilitator's console.
    Console,
    /// Out of play: it ends here, and the debrief follows.
    End,
    /// To the debrief of a session that is over.
    Past(PathBuf),
}

/// Draws every screen in a fixed state into PNG files, or only some of them.
///
/// # Errors
/// Why a picture cannot be made or written, as a sentence.
pub fn screens(folder: &Path, only: &[String]) -> Result<Vec<PathBuf>, String> {
    screens::render(folder, only)
}

/// A screen in a fixed state that is drawn again and again without a window: what a benchmark times.
pub struct Drawn {
    application: application::Application,
    canvas: raster::Canvas,
    /// So far the map is moved before each frame, in points.
    pans: f32,
}

impl Drawn {
    /// The screen of this name, as in `hotwash screens`, in so many pixels, with text at so many percent.
    ///
    /// # Errors
    /// There is no such screen, or nothing to show on it.
    pub fn new(screen: &str, (width, height): (usize, usize), scale_percent: u16) -> Result<Drawn, String> {
        let mut application = screens::application_on(screen)?;
        application.look.scale_percent = scale_percent;
        Ok(Drawn { application, canvas: raster::Canvas::new(width, height), pans: 0.0 })
    }

    /// The map with so many machines at 1920 x 1080, `zoom` times as large as would show the whole, panned a little before each frame. Either
    /// egui draws the machines, or it leaves them to somebody else, as in the window.
    ///
    /// # Errors
    /// Nothing is shipped, or it cannot be played.
    pub fn map(machines: usize, zoom: f32, drawn_elsewhere: bool) -> Result<Drawn, String> {
        let mut application = screens::large_map(machines)?;
        if let application::Screen::Seat(_, state) = &mut application.screen {
            state.zoom_map(zoom);
        }
        let mut canvas = raster::Canvas::new(1920, 1080);
        if drawn_elsewhere {
            canvas.in_context(|context| seat::map::picture::drawn_into(context, egui::TextureId::User(0)));
        }
        Ok(Drawn { application, canvas, pans: 3.0 })
    }

    /// All names of screens.
    pub fn names() -> impl Iterator<Item = &'static str> {
        screens::names()
    }

    /// One frame, as far as the processor has to do with it: data, layout and triangles. How many triangles.
    pub fn frame(&mut self) -> usize {
        let application = &mut self.application;
        if self.pans != 0.0
            && let application::Screen::Seat(_, state) = &mut application.screen
        {
            state.pan_map(self.pans);
            self.pans = -self.pans;
        }
        self.canvas.triangles(|ui| application.ui(ui))
    }
}
