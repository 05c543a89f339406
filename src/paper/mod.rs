//! The printed papers: what a trainer lays on the table before anybody sits down.
//!
//! Eight HTML files, each complete in itself, without scripts or network, for screens (light and dark) and for paper (A4 and US Letter). Two of
//! them are for those who run the exercise and hold all of its secrets: the facilitator's script and the evaluation sheets. The others are for
//! players. [`papers`] writes the player's papers from the public tables and from what is not secret in the script alone; `tests/all/papers.rs`
//! holds that no truth, no later move and no word to the facilitator stands in them.
//!
//! Nothing here looks at a clock, a file or the network: the same program gives the same bytes.

mod artefact;
mod evaluation;
mod facilitator;
mod forms;
mod handouts;
mod manual;
mod markdown;
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

impl<'a> Sheet<'a> {
    fn new(program: &'a Program, title: &'static str, reader: Reader, size: Size) -> Sheet<'a> {
        Sheet { exercise: &program.public.title, title, reader, size, landscape: false }
    }

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

/// All papers of a program, the index last.
///
/// # Errors
/// A page could not be written down; nothing that a scenario says can cause it.
pub fn papers(program: &Program, size: Size) -> Result<Vec<Paper>, String> {
    let of = |title, reader| Sheet::new(program, title, reader, size);
    let broad = |title, reader| Sheet { landscape: true, ..of(title, reader) };
    use Reader::{Evaluators, Facilitator, Players};
    let written = [
        ("facilitator-script.html", Facilitator, facilitator::page(program, of("Facilitator script", Facilitator))),
        ("evaluation.html", Evaluators, evaluation::page(program, of("Evaluation sheets", Evaluators))),
        ("situation-manual.html", Players, manual::page(program, of("Situation manual", Players))),
        ("role-cards.html", Players, roles::page(program, of("Role cards", Players))),
        ("handouts.html", Players, handouts::page(program, of("Handouts", Players))),
        ("decision-log.html", Players, forms::decision_log(broad("Decision log", Players))),
        ("feedback.html", Players, forms::feedback(of("Your view of the exercise", Players))),
        ("index.html", Facilitator, forms::index(program, of("What to print", Facilitator))),
    ];
    let titles = [
        "Facilitator script",
        "Evaluation sheets",
        "Situation manual",
        "Role cards",
        "Handouts",
        "Decision log",
        "Your view of the exercise",
        "What to print",
    ];
    written
        .into_iter()
        .zip(titles)
        .map(|((file, reader, html), title)| match html {
            Ok(html) => Ok(Paper { file, title, reader, html }),
            Err(error) => Err(format!("{file} could not be written down: {error}")),
        })
        .collect()
}
