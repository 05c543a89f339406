//! Where everything is printed.
//!
//! Results go to the standard output, everything else to the standard error. Neither may stop the work: a reader that went away (`| head -1`)
//! has seen enough, and the journal is still written to its end.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::clock::Clock;
pub use crate::scenario::diagnostic::printable;
use crate::scenario::diagnostic::{Colour, printable_name};

/// The two streams, and how to write on them.
#[derive(Debug)]
pub struct Screen {
    quiet: bool,
    colour: bool,
    /// Why the standard output cannot be written to, once it cannot.
    lost: Option<io::Error>,
}

impl Screen {
    /// As the request and the environment say.
    pub fn new(quiet: bool, no_color: bool) -> Screen {
        // As no-color.org asks: present and not empty.
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Screen { quiet, colour: !no_color && !refused && !dumb, lost: None }
    }

    /// Whether to leave out what was not asked for.
    pub fn quiet(&self) -> bool {
        self.quiet
    }

    /// Colours, for the standard output.
    pub fn colour(&self) -> Colour {
        if self.colour && io::stdout().is_terminal() { Colour::On } else { Colour::Off }
    }

    /// Colours, for the standard error.
    pub fn colour_of_errors(&self) -> Colour {
        if self.colour && io::stderr().is_terminal() { Colour::On } else { Colour::Off }
    }

    /// A line of the result.
    pub fn say(&mut self, line: impl Display) {
        self.write(&format!("{line}\n"));
    }

    /// A line above the result, for people; left out when quiet.
    pub fn say_unless_quiet(&mut self, line: impl Display) {
        if !self.quiet {
            self.say(line);
        }
    }

    /// A part of the result that ends its own lines.
    pub fn write(&mut self, text: &str) {
        if self.lost.is_some() {
            return;
        }
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            self.lost = Some(error);
        }
    }

    /// Something worth knowing beside the result; left out when quiet.
    pub fn remark(&self, line: impl Display) {
        if !self.quiet {
            self.complain(line);
        }
    }

    /// Something that went wrong. If nobody can read it, nobody can be told.
    pub fn complain(&self, line: impl Display) {
        self.complain_in_full(&format!("{line}\n"));
    }

    /// The same for text that ends its own lines.
    pub fn complain_in_full(&self, text: &str) {
        let mut err = io::stderr().lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// Why the result did not arrive, if it did not and somebody still wanted it.
    pub fn trouble(&self) -> Option<String> {
        match &self.lost {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => Some(format!("the result cannot be printed: {error}")),
            _ => None,
        }
    }

    /// Progress of work that may become long: on the standard error, when that is a terminal and nobody asked for quiet.
    pub fn progress(&self, length: u64, what: &'static str) -> Progress {
        let wanted = !self.quiet && io::stderr().is_terminal();
        Progress { clock: wanted.then(Clock::start), bar: None, length, what, colour: self.colour }
    }
}

/// A bar, once work has become long.
#[derive(Debug)]
pub struct Progress {
    clock: Option<Clock>,
    bar: Option<ProgressBar>,
    length: u64,
    what: &'static str,
    colour: bool,
}

impl Progress {
    /// A bar that flashes up and is gone tells nobody anything.
    const LONG: Duration = Duration::from_millis(500);

    /// So far.
    pub fn at(&mut self, position: u64) {
        let long = self.clock.is_some_and(|clock| clock.elapsed() > Self::LONG);
        if self.bar.is_none() && long {
            let bar = ProgressBar::with_draw_target(Some(self.length), ProgressDrawTarget::stderr());
            let template = if self.colour { "{msg} {bar:40.cyan} {percent}%" } else { "{msg} {bar:40} {percent}%" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_message(self.what);
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(position);
        }
    }

    /// Prints something while the bar is out of the way.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// It is done.
    pub fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A path as people are shown it.
pub fn shown(path: &Path) -> String {
    printable_name(&path.display().to_string())
}

/// Text cut to so many letters, with a sign that it goes on: for columns, whose width is what the longest text in them asks for.
pub fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
