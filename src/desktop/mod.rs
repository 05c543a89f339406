//! The application: what a person sees and does at a desk.
//!
//! It adds no rule. It shows what one role knows and sends orders through the door that everybody uses.
//!
//! # How it is built
//!
//! A panel is two things in one file: **data**, plain and without any `Ui`, built from a [`View`](crate::exercise::knowledge::View) and nothing
//! else; and **drawing**, `x_ui(ui, &data, ..)`, which answers with [`Intent`]s. [`application::Application`] turns intents into deeds: it owns
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
mod home;
mod keep;
mod play;
mod png;
mod projector;
mod raster;
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

use crate::debrief::Format;
use crate::ids::{ActionId, RoleId};
use crate::time::Span;
use crate::vocabulary::Order;
use crate::{paper, session};

#[cfg(feature = "desktop")]
pub use window::{NoWindow, open};

/// What somebody wants who clicked or typed.
#[derive(Clone, PartialEq, Debug)]
enum Intent {
    /// Back to Home. Play that is not over can be gone on with from there.
    Home,
    /// The screen is to look otherwise.
    Look(theme::Look),
    /// A scenario of the library.
    PickScenario(String),
    /// A scenario by its path.
    OpenPath(String),
    /// Away from a scenario that was picked.
    PutBack,
    /// Who the person plays; among several people, a role that somebody takes or gives back.
    PickRole(RoleId),
    /// With whom it is played.
    PickMode(session::Mode),
    /// Another cut, by its id.
    PickCut(String),
    /// Another profile, by its name or path; none for the scenario's own names.
    PickProfile(Option<String>),
    /// Names and answers are put in.
    Adapting(adapt::Deed),
    /// The papers of what is to be played, on this size.
    Print(paper::Size),
    /// The debrief of a session that is over.
    OpenDebrief(PathBuf),
    /// How far an improvement item has come.
    TickOff(Box<keep::ToDo>, &'static str),
    /// All sessions are listed, or only the last.
    AllSessions,
    /// All improvement items are listed, or only the first.
    AllToDo,
    /// Play begins.
    Start,
    /// An interrupted session goes on.
    Resume(PathBuf),
    /// The clock runs, or stands.
    Run(bool),
    /// How fast.
    Pace(u32),
    /// At what the clock stops by itself.
    StopAt(play::StopAt),
    /// On to what comes next.
    NextNews,
    /// On by so much.
    Jump(Span),
    /// Somebody wants to end play, and is asked whether to.
    AskToEnd,
    /// Play ends here.
    EndPlay,
    /// Another panel.
    Show(seat::Panel),
    /// Something is looked at.
    Select(Option<words::Thing>),
    /// An action is picked, and its targets are shown.
    PickAction(Option<ActionId>),
    /// An order is looked at before it is given.
    Draft(Option<Order>),
    /// An order is given. The same request twice is one order.
    Give { request: String, order: Order, because: Option<String> },
    /// A message was opened.
    Open(usize),
    /// The command palette.
    Palette(bool),
    /// The list of keys.
    Help(bool),
    /// What the role is, may do and answers for.
    Brief(bool),
    /// Something is written down about the session.
    Remark(Box<crate::journal::Annotation>),
    /// Something is written down at the hotwash.
    Hotwash(debriefing::Deed),
    /// The participants' own words are written; results may be shown.
    Results,
    /// Something is done about a session that is not saved.
    Unsaved(unsaved::Deed),
    /// The debrief is saved.
    Export(Format),
    /// To a seat that a person holds.
    SitDown(RoleId),
    /// To the facilitator's console.
    ToConsole,
    /// Something is done at the facilitator's console.
    Console(console::Deed),
    /// The projector is shown or hidden; none: the other of the two.
    Projector(Option<bool>),
    /// Something else is on it.
    Project(projector::Shown),
    /// The clock is on it again.
    ClearWall,
    /// A long page on it is turned on, or back.
    TurnWall(bool),
    /// It shows nothing, or something again.
    Blank(bool),
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
