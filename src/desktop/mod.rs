//! The application: what a person sees and does at a desk.
//!
//! It adds no rule. It shows what one role knows and sends orders through the door that everybody uses.
//!
//! # How it is built
//!
//! A panel is two things in one file: **data**, plain and without any `Ui`, built from a [`View`](crate::exercise::knowledge::View) and nothing
//! else; and **drawing**, `x_ui(ui, &data, ..)`, which answers with [`Intent`]s. [`application::Application`] turns intents into deeds: it owns
//! the screen that is shown and the [`play::Game`]. The window (feature `desktop`) only carries it; tests and `hotwash screens` carry it without
//! one. Ground truth reaches the debrief and no other screen.
//!
//! | file | what |
//! |---|---|
//! | `theme` | every colour, size and shape |
//! | `words` | what things are called |
//! | `play` | the exercise at this desk: clock, journal, seat |
//! | `keep` | the user's data folder |
//! | `home`, `seat/`, `debriefing` | the three screens |
//! | `application` | what is shown, and what intents do |
//! | `raster`, `png`, `screens` | pictures of screens without a window |
//! | `window` | bevy: the window, its redrawing, its keys |
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

mod application;
mod debriefing;
mod home;
mod keep;
mod play;
mod png;
mod raster;
mod screens;
mod seat;
#[cfg(test)]
mod tests;
mod theme;
#[cfg(feature = "desktop")]
mod window;
mod words;

use std::path::{Path, PathBuf};

use crate::debrief::Format;
use crate::ids::{ActionId, RoleId};
use crate::time::Span;
use crate::vocabulary::Order;

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
    /// Who the person plays.
    PickRole(RoleId),
    /// How it is played.
    PickMode(crate::session::Mode),
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
    /// The participants' own words are written; results may be shown.
    Lessons(Vec<String>),
    /// The debrief is saved.
    Export(Format),
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
}

impl Drawn {
    /// The screen of this name, as in `hotwash screens`, at 1920 x 1080.
    ///
    /// # Errors
    /// There is no such screen, or nothing to show on it.
    pub fn new(screen: &str) -> Result<Drawn, String> {
        Ok(Drawn { application: screens::application_on(screen)?, canvas: raster::Canvas::new(1920, 1080) })
    }

    /// One frame, as far as the processor has to do with it: data, layout and triangles. How many triangles.
    pub fn frame(&mut self) -> usize {
        let application = &mut self.application;
        self.canvas.triangles(|ui| application.ui(ui))
    }
}
