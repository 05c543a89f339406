//! What people said, as plain data: at decisions, as evaluators, as participants after ENDEX, and where the facilitator had a hand in play.
//!
//! All of it is quoted; nothing is added but what was so at the time, in words that neither praise nor blame.

use serde::Serialize;

use crate::time::ExerciseTime;

/// Words of the room, as they were written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// When; none for what was written after play.
    pub at: Option<ExerciseTime>,
    /// On the clock of the story.
    pub clock: String,
    /// In whose name, if that was written down.
    pub by: Option<String>,
    /// Word for word.
    pub words: String,
    /// What it was taken to mean, with the names that people know; none if it was only noted.
    pub taken: Option<String>,
    /// The same as the journal has it, with ids: for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<String>,
}

/// What somebody thought before the room decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Who: a role.
    pub by: String,
    /// For what.
    pub choice: String,
    /// How sure, in percent, if that was asked.
    pub sure_percent: Option<u8>,
    /// Whether it was decided otherwise.
    pub otherwise: bool,
}

/// What was said at the table about one decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AtTheTable {
    /// The room's own words, and reasons given with an order.
    pub words: Vec<Quote>,
    /// What roles thought before.
    pub positions: Vec<Position>,
    /// Who thought otherwise, where that is all that was written down.
    pub dissent: Vec<String>,
    /// That a deputy decided, and for whom.
    pub deputy: Option<String>,
}

impl AtTheTable {
    /// Whether nothing was written down.
    pub fn is_empty(&self) -> bool {
        *self == AtTheTable::default()
    }

    /// How many thought otherwise, and how many said what they thought.
    pub fn otherwise(&self) -> (usize, usize) {
        (self.positions.iter().filter(|position| position.otherwise).count(), self.positions.len())
    }

    /// The same in words, without anybody's name; nothing where nobody thought otherwise.
    pub fn otherwise_in_words(&self) -> Option<String> {
        let (otherwise, all) = self.otherwise();
        (otherwise > 0).then(|| format!("{otherwise} of {all} thought otherwise"))
    }

    /// What those who thought otherwise were for, in the order in which it came up, and how many each.
    pub fn others(&self) -> Vec<(&str, usize)> {
        let mut others: Vec<(&str, usize)> = Vec::new();
        for position in self.positions.iter().filter(|position| position.otherwise) {
            match others.iter_mut().find(|(choice, _)| *choice == position.choice) {
                Some((_, number)) => *number += 1,
                None => others.push((&position.choice, 1)),
            }
        }
        others
    }
}

/// An evaluator's rating of a capability target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvaluatorRating {
    /// Who: a function, never a person's name.
    pub by: String,
    /// `P`, `S`, `M` or `U`.
    pub letter: String,
    /// Why.
    pub reason: String,
    /// On the clock of the story.
    pub clock: String,
    /// This evaluator leads: where they differ, this word counts.
    pub leads: bool,
}

/// Something an evaluator saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObservationLine {
    /// When.
    pub at: Option<ExerciseTime>,
    /// On the clock of the story.
    pub clock: String,
    /// Who.
    pub by: String,
    /// What it is about: an objective, a target, a criterion, an inject, a decision; empty if nothing in particular.
    pub about: String,
    /// What was seen.
    pub text: String,
}

/// Something that participants wrote themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// What.
    pub text: String,
    /// Who, if that was written down.
    pub by: Option<String>,
    /// Evidence that they linked.
    pub evidence: Vec<String>,
}

/// A cause that participants stated before they saw the truth, beside what was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// In their words.
    pub stated: String,
    /// Who, if that was written down.
    pub by: Option<String>,
    /// Evidence that they linked.
    pub linked: Vec<LinkedEvidence>,
    /// What happened there.
    pub happened: Vec<String>,
}

/// A piece of evidence, and what it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkedEvidence {
    /// What it is.
    pub what: String,
    /// What was so.
    pub was: String,
}

/// Where the facilitator had a hand in play: everything in one place.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hand {
    /// What was done to play, in order.
    pub lines: Vec<HandLine>,
    /// What was assumed about the real organisation.
    pub assumptions: Vec<Assumed>,
    /// Criteria that count neither way, and why.
    pub not_evaluated: Vec<String>,
}

impl Hand {
    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.assumptions.is_empty()
    }
}

/// Something that the facilitator did to play.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandLine {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// What kind of thing, in a word or two.
    pub kind: String,
    /// What.
    pub text: String,
    /// Why, in the facilitator's words.
    pub because: Option<String>,
}

/// Something that was assumed about the real organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assumed {
    /// Its id in the improvement plan; empty where nothing has to be verified.
    pub id: String,
    /// On the clock of the story.
    pub clock: String,
    /// What.
    pub text: String,
    /// `accepted`, `denied` or `parked`.
    pub became: String,
    /// What follows from that, in words.
    pub means: &'static str,
    /// Who verifies it, as far as that was said.
    pub owner: String,
    /// By when, from the plan.
    pub date: String,
}
