//! The printed papers: what a trainer lays on the table before anybody sits down.
//!
//! Nine HTML files, each complete in itself, without scripts or network, for screens (light and dark) and for paper (A4 and US Letter). Three of
//! them are for those who run the exercise and hold all of its secrets: the facilitator's script and reference, and the evaluation sheets. The others
//! are for players. [`papers`] writes the player's papers from the public tables and from what is not secret in the script alone; `tests/all/papers.rs`
//! holds that no truth, no later move and no word to the facilitator stands in them.
//!
//! Nothing here looks at a clock, a file or the network: the same program gives the same bytes.

pub(crate) mod artefact;
mod evaluation;
mod facilitator;
mod forms;
mod handouts;
mod manual;
mod markdown;
mod reference;
mod roles;
pub mod script;
mod words;

use crate::scenario::program::Program;

/// What the paper is cut to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Size {
    /// 210 by 297 millimetres (ISO 216).
    #[default]
    A4,
    /// 8.5 by 11 inches (ANSI A).
    Letter,
}

impl Size {
    /// Its name in a style sheet.
    const fn css(self) -> &'static str {
        match self {
            Size::A4 => "A4",
            Size::Letter => "letter",
        }
    }
}

/// Who may read a paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// Those who run it: full of secrets.
    Facilitator,
    /// Those who watch and rate: as full of secrets.
    Evaluators,
    /// Everybody at the table.
    Players,
}

impl Reader {
    /// What stands at the head of every sheet.
    const fn label(self) -> &'static str {
        match self {
            Reader::Facilitator => "For the facilitator only",
            Reader::Evaluators => "For evaluators only",
            Reader::Players => "For players",
        }
    }
}

/// A paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The name of its file.
    pub file: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Whom it is for.
    pub reader: Reader,
    /// The page.
    pub html: String,
}

/// The head of a paper: what every sheet of it says.
#[derive(Clone, Copy, Debug)]
struct Sheet<'a> {
    /// The exercise.
    exercise: &'a str,
    /// The paper.
    title: &'static str,
    reader: Reader,
    size: Size,
    /// Broad rather than high.
    landscape: bool,
}

impl Sheet<'_> {
    /// The value of `size` in the style of a page.
    fn css(&self) -> String {
        if self.landscape { format!("{} landscape", self.size.css()) } else { self.size.css().to_owned() }
    }

    /// A sheet of this size is 18 millimetres lower than A4.
    fn is_letter(&self) -> bool {
        self.size == Size::Letter
    }

    fn class(&self) -> &'static str {
        match self.reader {
            Reader::Facilitator => "facilitator",
            Reader::Evaluators => "evaluators",
            Reader::Players => "players",
        }
    }
}

/// What writes a page.
type Write = for<'a> fn(&'a Program, Sheet<'a>) -> Result<String, askama::Error>;

/// All papers of a program, the index last.
///
/// # Errors
/// A page could not be written down; nothing that a scenario says can cause it.
pub fn papers(program: &Program, size: Size) -> Result<Vec<Paper>, String> {
    use Reader::{Evaluators, Facilitator, Players};
    let of = |title, reader| Sheet { exercise: &program.public.title, title, reader, size, landscape: false };
    let pages: [(&'static str, Sheet<'_>, Write); 9] = [
        ("facilitator-script.html", of("Facilitator script", Facilitator), facilitator::page),
        ("facilitator-reference.html", of("Facilitator reference", Facilitator), reference::page),
        ("evaluation.html", of("Evaluation sheets", Evaluators), evaluation::page),
        ("situation-manual.html", of("Situation manual", Players), manual::page),
        ("role-cards.html", of("Role cards", Players), roles::page),
        ("handouts.html", of("Handouts", Players), handouts::page),
        ("decision-log.html", Sheet { landscape: true, ..of("Decision log", Players) }, |_, sheet| forms::decision_log(sheet)),
        ("feedback.html", of("Your view of the exercise", Players), |_, sheet| forms::feedback(sheet)),
        ("index.html", of("What to print", Facilitator), forms::index),
    ];
    let written = pages.into_iter().map(|(file, sheet, write)| match write(program, sheet) {
        Ok(html) => Ok(Paper { file, title: sheet.title, reader: sheet.reader, html }),
        Err(error) => Err(format!("{file} could not be written down: {error}")),
    });
    written.collect()
}
