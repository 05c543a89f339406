//! The facilitator's script: what is read, asked, answered and dropped, in order, with the room's minutes running beside it. Whoever runs a room
//! alone turns its pages while people talk, so it holds what is needed there and nothing else; the rest is in the [reference](super::reference).

use askama::Template;

use super::Sheet;
use super::script::{self, Step, Turn};
use super::words::{clock, minutes};
use crate::scenario::program::{Program, Public};
use crate::scenario::script::Script;
use crate::time::Span;

#[derive(Template)]
#[template(path = "facilitator.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    public: &'a Public,
    script: &'a Script,
    schedule: Vec<Slot>,
    opening: [&'static str; 6],
    moves: Vec<Turn>,
    hotwash: [&'static str; 5],
    teaching: Vec<String>,
}

/// A line of the room's timetable.
struct Slot {
    from: i64,
    until: i64,
    what: String,
    story: String,
}

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let Program { public, script, .. } = program;
    let page = Page {
        sheet,
        public,
        script,
        schedule: schedule(program),
        opening: script::OPENING,
        moves: script::turns(program),
        hotwash: script::HOTWASH,
        teaching: public.teaching.iter().map(|(text, _)| text.clone()).collect(),
    };
    page.render()
}

impl Page<'_> {
    fn minutes(&self, of: &Span) -> String {
        minutes(*of)
    }

    /// What to do with minutes that no move asks for, or that are missing.
    fn spare(&self) -> String {
        let spare = self.script.minutes.spare();
        match spare.0 {
            0 => String::new(),
            1.. => format!(
                "The moves ask for {} of the {} of play. The other {} are yours. {}",
                minutes(self.script.minutes.moves),
                minutes(self.script.minutes.play),
                minutes(spare),
                self.how_to_spend(spare)
            ),
            _ => format!("The moves ask for {} more than the cut has for play: drop something before you begin.", minutes(Span(-spare.0))),
        }
    }
}

impl Page<'_> {
    /// What to do with minutes that no move asks for, in words. They are given to talk, never to more injects: a pile of messages is not a longer exercise.
    fn how_to_spend(&self, spare: Span) -> String {
        const A_BREAK: Span = Span::minutes(15);
        if spare < Span::minutes(30) {
            return "Use them for letting the room finish a thought, or for a card of the deck.".to_owned();
        }
        let moves = self.moves.len().max(1) as i64;
        let each = Span((spare.0 - A_BREAK.0) / moves / 300 * 300);
        let deck = if self.script.deck.is_empty() { String::new() } else { " A card of the deck takes about five of them.".to_owned() };
        format!(
            "The same moves are played as in a shorter cut: this one buys time to talk. Give each move {} more than the minutes printed here (all questions asked, every decision written down with its reasons, the handouts read in groups of two or three), take a break of {} between two moves, and keep what is left for the move in which the room is stuck.{deck} All later room minutes move back by what you have used.",
            minutes(each),
            minutes(A_BREAK)
        )
    }
}

/// The room's timetable.
fn schedule(program: &Program) -> Vec<Slot> {
    let Program { public, script, .. } = program;
    let sums = script.minutes;
    let slot =
        |from: Span, length: Span, what: String, story: String| Slot { from: from.as_minutes(), until: (from + length).as_minutes(), what, story };
    let mut slots = Vec::new();
    if sums.opening != Span::ZERO {
        slots.push(slot(Span::ZERO, sums.opening, "Opening: rules and roles".to_owned(), String::new()));
    }
    for (turn, one) in script.moves.iter().zip(&public.moves) {
        if let Some(starts) = turn.starts {
            slots.push(slot(starts, turn.talk, one.title.clone(), clock(public, one.opens)));
        }
    }
    let spare = sums.spare();
    if spare.0 > 0 {
        slots.push(slot(sums.opening + sums.moves, spare, "Not given to a move: breaks, the deck, time to finish".to_owned(), String::new()));
    }
    if sums.hotwash != Span::ZERO {
        slots.push(slot(sums.opening + sums.play, sums.hotwash, "Hotwash: protected, never shortened".to_owned(), String::new()));
    }
    slots
}
