//! The debrief: what a trainer hands out after the exercise, as one HTML file, as Markdown, or as JSON.
//!
//! [`model`] reads program, ledger and assessment into plain data; [`render`] writes the data down. Neither looks at a clock, a file or the
//! network, so the same session always gives the same bytes.
//!
//! Its order follows what helps people to learn: first they write what they saw themselves, then come capabilities, proposals, outcome, and only
//! then the attack, the records, and scores with their reasons. A sentence is about a decision and its hour, never about a person; no deaths are
//! counted; a total is given only where it was asked for.

pub mod approval;
pub mod charts;
pub mod day;
mod gather;
mod html;
mod json;
mod markdown;
pub mod model;
pub mod narrative;
pub mod plan;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use gather::session_of;
pub use model::{Debrief, SCHEMA, model};

use crate::assessment::Assessment;
use crate::ids::RoleId;
use crate::journal::{Annotation, Directed};
use crate::scenario::diagnostic::shown_as;
use crate::scenario::program::Program;
use crate::session;
use crate::time::ExerciseTime;
use crate::vocabulary::Order;
use crate::vocabulary::ledger::Ledger;

/// What a debrief is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The scenario that was played.
    pub program: &'a Program,
    /// What happened.
    pub ledger: &'a Ledger,
    /// How it is judged.
    pub assessment: &'a Assessment,
    /// How it was played, and how the debrief is to be marked.
    pub about: &'a Session,
}

/// How a session was played, and how its debrief is to be marked.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// The seed of every chance event.
    pub seed: u64,
    /// Whose exercise it is, if the scenario or its profile says.
    pub organisation: String,
    /// In which mode it was played.
    pub mode: Mode,
    /// Who played which role: a program, or people, in words. Roles that do not occur had nobody.
    pub seats: Vec<(RoleId, String)>,
    /// The number of the rules it was played by.
    pub rules_version: u32,
    /// The hash of all facts.
    pub hash: String,
    /// How many events the engine worked off.
    pub events: u64,
    /// Whether play reached ENDEX.
    pub finished: bool,
    /// What the facilitator noted, beside the annotations.
    pub notes: Vec<String>,
    /// Remarks of the journal that count, in order.
    pub annotations: Vec<Annotation>,
    /// Reasons that were given with orders.
    pub reasons: Vec<Reason>,
    /// Whose doing each order was, in the order in which they were given, refused ones too. Empty where nobody was trained, or nothing says.
    pub doers: Vec<Doer>,
    /// What the facilitator did to play, as the journal has it: for the reasons.
    pub directed: Vec<Directed>,
    /// Who may read it.
    pub tlp: Tlp,
    /// A marking that counsel asked for, in their words.
    pub counsel: Option<String>,
    /// Whether to give a total. A room gets none unless it asks.
    pub with_total: bool,
}

/// Whose doing an order was.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Doer {
    /// Somebody in a seat gave it.
    Person,
    /// A directed colleague gave it, because the room had recorded that it is to be done.
    Room,
    /// A program gave it of its own accord: the routine of a directed colleague, or a simulated one.
    Program,
}

impl Doer {
    /// Whether people are to be credited with it.
    pub const fn is_people(self) -> bool {
        matches!(self, Doer::Person | Doer::Room)
    }
}

/// Why somebody ordered something, in their own words.
#[derive(Clone, Debug)]
pub struct Reason {
    /// When.
    pub at: ExerciseTime,
    /// In whose name.
    pub role: RoleId,
    /// What was ordered.
    pub order: Order,
    /// Why.
    pub words: String,
}

/// How an exercise is played. The words are those of NIST SP 800-84 and HSEEP.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// By programs alone; nobody was trained.
    #[default]
    Unattended,
    /// The room talks, the clock stands.
    Discussion,
    /// Seats act while the clock runs.
    Clocked,
    /// One person; colleagues in the other roles.
    Solo,
}

impl Mode {
    /// The one of this name, as a journal has it.
    pub fn named(name: &str) -> Mode {
        session::Mode::named(name).map_or(Mode::Unattended, Mode::from)
    }

    /// Who is trained, as the subject of a sentence, and whose work is not theirs; nobody where programs play alone.
    pub const fn trained(self) -> Option<(&'static str, &'static str)> {
        match self {
            Mode::Unattended => None,
            Mode::Discussion => Some(("the room", "the program's routine")),
            Mode::Clocked => Some(("people in their seats", "simulated colleagues")),
            Mode::Solo => Some(("you", "your colleagues")),
        }
    }

    /// What such an exercise is called.
    pub const fn label(self) -> &'static str {
        match self {
            Mode::Unattended => "unattended run",
            Mode::Discussion => "tabletop exercise",
            Mode::Clocked => "functional exercise",
            Mode::Solo => "functional exercise, solo",
        }
    }

    /// What that means.
    pub const fn honest(self) -> &'static str {
        match self {
            Mode::Unattended => {
                "Played by programs, not by people: programs took every decision below. It shows what the scenario does and what such decisions cost; \
                 it says nothing about how any person or team would perform."
            }
            Mode::Discussion => {
                "A tabletop exercise (NIST SP 800-84, HSEEP): the room discussed and decided while the clock stood; nothing real was switched."
            }
            Mode::Clocked => "A functional exercise (NIST SP 800-84, HSEEP): roles gave orders in a simulated environment while the clock ran.",
            Mode::Solo => "A functional exercise for one person; programs played the other roles.",
        }
    }
}

/// Labels of the Traffic Light Protocol 2.0 (FIRST, August 2022).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Tlp {
    Clear,
    Green,
    Amber,
    /// The default: a debrief shows where an organisation is weak.
    #[default]
    AmberStrict,
    Red,
}

impl Tlp {
    /// The label, as the standard writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Tlp::Clear => "TLP:CLEAR",
            Tlp::Green => "TLP:GREEN",
            Tlp::Amber => "TLP:AMBER",
            Tlp::AmberStrict => "TLP:AMBER+STRICT",
            Tlp::Red => "TLP:RED",
        }
    }

    /// Who may read it, in our words.
    pub const fn means(self) -> &'static str {
        match self {
            Tlp::Clear => "no limit on sharing",
            Tlp::Green => "for the community, not for the public",
            Tlp::Amber => "for this organisation and its clients, as far as they need it",
            Tlp::AmberStrict => "for this organisation only, as far as people need it",
            Tlp::Red => "for those named as recipients only",
        }
    }

    /// Reads a label, with or without `TLP:`, in any case.
    pub fn parse(text: &str) -> Option<Tlp> {
        let text = text.trim().to_ascii_uppercase();
        let label = text.strip_prefix("TLP:").unwrap_or(&text);
        [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red].into_iter().find(|tlp| &tlp.label()[4..] == label)
    }
}

/// How a debrief is written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Format {
    Html,
    Markdown,
    Json,
}

impl Format {
    /// The format that a file name asks for: `.html`, `.htm`, `.md`, `.markdown` or `.json`, in any case.
    pub fn from_path(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Format::Html),
            "md" | "markdown" => Some(Format::Markdown),
            "json" => Some(Format::Json),
            _ => None,
        }
    }
}

/// Writes a debrief down. A journal comes from anywhere: what could reverse or hide text, or steer a terminal, goes no further.
pub fn render(debrief: &Debrief, format: Format) -> String {
    let text = match format {
        Format::Html => html::page(debrief),
        Format::Markdown => markdown::text(debrief),
        Format::Json => json::text(debrief),
    };
    text.chars().filter_map(|c| if c == '\r' { Some(c) } else { shown_as(c) }).collect()
}
