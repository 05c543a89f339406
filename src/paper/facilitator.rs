//! The facilitator's script: what is read, asked, answered and dropped, in order, with the room's minutes running beside it.

use askama::Template;

use super::Sheet;
use super::script::{self, Item, Step, Turn};
use super::words::{clock, minutes, sentence};
use crate::ids::DenseId;
use crate::scenario::program::{Program, Public};
use crate::scenario::script::Script;
use crate::scenario::written::Answer;
use crate::time::Span;

#[derive(Template)]
#[template(path = "facilitator.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    public: &'a Public,
    script: &'a Script,
    wants: &'a str,
    schedule: Vec<Slot>,
    opening: [&'static str; 6],
    story: Vec<(String, String)>,
    next: Vec<String>,
    claims: Vec<(String, String)>,
    answers: Vec<(String, String)>,
    moves: Vec<Turn>,
    deck: Vec<Item>,
    hotwash: [&'static str; 5],
    cast: Vec<Caller>,
    teaching: Vec<String>,
}

/// A line of the room's timetable.
struct Slot {
    from: i64,
    until: i64,
    what: String,
    story: String,
}

struct Caller {
    who: String,
    wants: String,
    hides: String,
    knows: Vec<String>,
    lines: Vec<String>,
}

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let Program { public, secret, script, .. } = program;
    let story = secret.past.iter().filter_map(|past| Some((clock(public, past.at), secret.stages.get(past.stage.index())?.text.clone())));
    let next = secret.stages.iter().filter(|stage| !stage.is_past).map(|stage| stage.text.clone());
    let claims = public.claims.iter().zip(&script.truth).map(|(claim, truth)| (claim.text.clone(), truth.clone()));
    let word = |answer: Answer| match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unsure => "not sure",
    };
    let answers = script.answers.iter().map(|answer| {
        let counts = if answer.given == answer.counts_as { String::new() } else { format!(", counts as {}", word(answer.counts_as)) };
        (answer.ask.clone(), format!("{}{counts}", word(answer.given)))
    });
    let page = Page {
        sheet,
        public,
        script,
        wants: &secret.wants,
        schedule: schedule(program),
        opening: script::OPENING,
        story: story.collect(),
        next: next.collect(),
        claims: claims.collect(),
        answers: answers.collect(),
        moves: script::turns(program),
        deck: script.deck.iter().filter_map(|id| script::item(program, *id)).collect(),
        hotwash: script::HOTWASH,
        cast: cast(program),
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
        let deck = if self.deck.is_empty() { String::new() } else { " A card of the deck takes about five of them.".to_owned() };
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

fn cast(program: &Program) -> Vec<Caller> {
    let claim = |id: &crate::ids::ClaimId| program.public.claims.get(id.index()).map(|claim| claim.text.clone());
    let callers = program.public.stakeholders.iter().zip(&program.script.personas);
    callers
        .map(|(stakeholder, persona)| Caller {
            who: stakeholder.words.clone(),
            wants: sentence(&stakeholder.wants),
            hides: sentence(&persona.hides),
            knows: persona.knows.iter().filter_map(claim).collect(),
            lines: persona.lines.clone(),
        })
        .collect()
}
