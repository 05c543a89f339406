//! The command line: the only place that prints and exits.
//!
//! One file a subcommand. The command line is read once into a [`request::Request`]; what a subcommand did comes back as an [`Exit`], or as a
//! sentence of [`Trouble`], and becomes an exit code here and nowhere else.

mod check;
mod clock;
mod differ;
mod discuss;
mod list;
mod output;
mod play;
mod print;
mod replay;
pub mod request;
mod run;
mod screen;
mod show;
mod tell;

use std::process::ExitCode;

use request::{Format, Request, What};
use screen::Screen;
use serde_json::{Value, json};

use crate::journal::Damage;
use crate::scenario::diagnostic::{render_json, render_text};
use crate::scenario::prepare::{Findings, Unprepared};
use crate::scenario::source::OpenError;

/// How a subcommand ended, in the order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Exit {
    /// Done.
    Done,
    /// There are findings, or a replay came out differently.
    Findings,
    /// It could not be done: wrong usage, or a file that cannot be read or written.
    Trouble,
}

/// Why something could not be done.
#[derive(Debug)]
enum Trouble {
    /// In one sentence.
    Says(String),
    /// A scenario, profile or list of orders has findings.
    Findings(Box<Findings>),
    /// A session cannot go on, or a journal came out differently.
    Mismatch(String),
    /// A journal is damaged: in one sentence, and line by line.
    Damaged(String, Vec<Damage>),
}

impl From<OpenError> for Trouble {
    fn from(error: OpenError) -> Trouble {
        Trouble::Says(error.to_string())
    }
}

impl From<Unprepared> for Trouble {
    fn from(error: Unprepared) -> Trouble {
        match error {
            Unprepared::Open(error) => error.into(),
            Unprepared::Findings(findings) => Trouble::Findings(findings),
        }
    }
}

impl From<String> for Trouble {
    fn from(says: String) -> Trouble {
        Trouble::Says(says)
    }
}

/// Does what the command line asks for.
pub fn main() -> ExitCode {
    let request = match request::parse(std::env::args_os()) {
        Ok(request) => request,
        Err(error) => {
            // Help and version are printed the same way, and are no error. Nobody can be told if this cannot be printed.
            let _ = error.print();
            if error.use_stderr() && request::asks_for_json(std::env::args_os()) {
                let says = error.to_string();
                let says = screen::printable(says.strip_prefix("error: ").unwrap_or(&says).trim_end());
                Screen::new(true, true).say(format!("{:#}", json!({ "error": says })));
            }
            return code(if error.use_stderr() { Exit::Trouble } else { Exit::Done });
        }
    };
    let mut screen = Screen::new(request.quiet, request.no_color);
    let mut exit = ended(dispatch(&request, &mut screen), request.format(), &mut screen);
    if let Some(trouble) = screen.trouble() {
        screen.complain(format!("hotwash: {trouble}"));
        exit = Exit::Trouble;
    }
    code(exit)
}

/// The one place where exit codes are decided.
fn code(exit: Exit) -> ExitCode {
    ExitCode::from(match exit {
        Exit::Done => 0,
        Exit::Findings => 1,
        Exit::Trouble => 2,
    })
}

/// Says why something could not be done: to people on the standard error, and to programs, which were promised one object, as that object.
fn ended(result: Result<Exit, Trouble>, format: Format, screen: &mut Screen) -> Exit {
    let trouble = match result {
        Ok(exit) => return exit,
        Err(trouble) => trouble,
    };
    let (exit, object) = match &trouble {
        Trouble::Says(says) => (Exit::Trouble, json!({ "error": says })),
        Trouble::Mismatch(says) => (Exit::Findings, json!({ "error": says })),
        Trouble::Damaged(says, damage) => {
            let findings: Vec<Value> = damage.iter().map(|damage| json!({ "line": damage.line, "found": damage.what })).collect();
            (Exit::Findings, json!({ "error": says, "findings": findings }))
        }
        Trouble::Findings(findings) => {
            (Exit::Findings, json!({ "error": "the scenario has findings", "findings": render_json(&findings.list, &findings.sources) }))
        }
    };
    if format == Format::Json {
        screen.say(format!("{object:#}"));
    }
    match trouble {
        Trouble::Says(says) | Trouble::Mismatch(says) => screen.complain(format!("hotwash: {}", screen::printable(&says))),
        Trouble::Damaged(says, damage) => {
            let lines: Vec<String> = damage.iter().map(|damage| format!("\n  line {}: {}", damage.line, damage.what)).collect();
            screen.complain(format!("hotwash: {}", screen::printable(&format!("{says}:{}", lines.concat()))));
        }
        Trouble::Findings(findings) => {
            screen.complain_in_full(&render_text(&findings.list, &findings.sources, screen.colour_of_errors()));
        }
    }
    exit
}

fn dispatch(request: &Request, screen: &mut Screen) -> Result<Exit, Trouble> {
    match &request.what {
        None => without_subcommand(request, screen),
        Some(What::List(list)) => list::list(list, screen),
        Some(What::Check(check)) => check::check(check, screen),
        Some(What::Show(show)) => show::show(show, screen),
        Some(What::Run(run)) => run::run(run, screen),
        Some(What::Replay(replay)) => replay::replay(replay, screen),
        Some(What::Debrief(debrief)) => replay::debrief(debrief, screen),
        Some(What::Print(print)) => print::print(print, screen),
        #[cfg(feature = "panels")]
        Some(What::Screens(screens)) => {
            let written = crate::desktop::screens(&screens.dir, &screens.only)?;
            screen.remark(format!("{} pictures in {}", written.len(), screen::shown(&screens.dir)));
            Ok(Exit::Done)
        }
    }
}

/// The window; without a display, an exercise that is played and told in the terminal.
fn without_subcommand(request: &Request, screen: &mut Screen) -> Result<Exit, Trouble> {
    #[cfg(feature = "desktop")]
    match crate::desktop::open(request.data.as_deref()) {
        Ok(()) => return Ok(Exit::Done),
        Err(why) => screen.remark(format!("hotwash: {why}; it is played by programs and told here instead")),
    }
    run::first(request.verbose, screen)
}
