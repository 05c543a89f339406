//! What the facilitator reads: everything that an author wrote for the person who runs the room, with names filled in and the cut applied.
//!
//! It is the half of a scenario that no player may see, and the half that the simulation has no use for. It stands beside
//! [`Public`](crate::scenario::program::Public), whose tables it follows by id, and is read by the facilitator's console and by printed papers. No
//! view, no policy and no handler of the exercise reads it; `tests/all/tidy.rs` holds that, and `tests/all/spoilers.rs` that nothing anybody sees
//! depends on it.
//!
//! Minutes here are the room's, never the story's.

use crate::ids::{ClaimId, DenseId, GateId, InjectId, RoleId};
use crate::scenario::written::Answer;
use crate::time::{ExerciseTime, Span};

/// What the facilitator reads. The tables follow those of the public half, by the same ids.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Script {
    /// The room's minutes, for the cut that is played.
    pub minutes: Minutes,
    /// By move.
    pub moves: Vec<Move>,
    /// By inject; voices and the deck are among them.
    pub injects: Vec<Inject>,
    /// By gate.
    pub gates: Vec<Gate>,
    /// Injects off the timeline that the cut has, in the author's order.
    pub deck: Vec<InjectId>,
    /// By stakeholder: how to play them.
    pub personas: Vec<Persona>,
    /// By claim: how it really is, in a sentence.
    pub truth: Vec<String>,
    /// What was answered about the organisation, question by question.
    pub answers: Vec<Answered>,
    /// What the trainer filled in, in the author's order.
    pub names: Vec<Name>,
}

/// The room's minutes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Minutes {
    /// For rules and roles.
    pub opening: Span,
    /// For play, as the cut has it.
    pub play: Span,
    /// What the moves of the cut ask for together.
    pub moves: Span,
    /// For the hotwash; protected.
    pub hotwash: Span,
}

impl Minutes {
    /// From the first word to the last.
    pub fn total(self) -> Span {
        self.opening + self.play + self.hotwash
    }

    /// Minutes of play that no move asks for; negative where the moves ask for more than there is.
    pub fn spare(self) -> Span {
        Span(self.play.0 - self.moves.0)
    }
}

/// A move, as the facilitator needs it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Move {
    /// What the facilitator should know before it starts; not read aloud.
    pub note: String,
    /// What is read as well, with its condition in words, in the order of the public table.
    pub also_read: Vec<ReadIf>,
    /// What the facilitator asks.
    pub questions: Vec<Question>,
    /// In which order to go through it. Empty where the cut does not play it.
    pub order: Vec<Beat>,
    /// What to drop first when late; only what the cut has.
    pub drop_when_late: Vec<InjectId>,
    /// When it begins in the room, counted from the first word of the session; none where the cut does not play it.
    pub starts: Option<Span>,
    /// How long the room has for it.
    pub talk: Span,
    /// Minutes of what comes in any case.
    pub certain: Span,
    /// Minutes of what may come besides.
    pub possible: Span,
}

impl Move {
    /// When it should be over, counted from the first word of the session.
    pub fn ends(&self) -> Option<Span> {
        self.starts.map(|starts| starts + self.talk)
    }
}

/// Text that is read only if something holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadIf {
    /// The condition in words, to stand behind "if".
    pub when: String,
    /// The text.
    pub say: String,
}

/// A turn in the order of reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beat {
    /// Read the situation aloud, and what is read as well.
    Read,
    /// An inject, or one that stands in for another.
    Inject(InjectId),
    /// The questions of the move: asked where the talk needs them.
    Questions,
    /// A decision to be taken.
    Gate(GateId),
    /// The words for something that happens when it happens, or when somebody looks.
    Voice(InjectId),
}

/// What the facilitator asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// Whom.
    pub to: Vec<RoleId>,
    /// What.
    pub ask: String,
    /// What to listen for.
    pub listen_for: Vec<String>,
    /// What to say when nobody speaks; may be empty.
    pub if_quiet: String,
}

/// An inject, as the facilitator needs it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Inject {
    /// When it comes, in words, as a clause: `at Fri 23 Oct 17:40`, `once ..`, `by hand`.
    pub comes: String,
    /// When it comes on the clock of the story, where the clock alone decides.
    pub at: Option<ExerciseTime>,
    /// What has to hold besides, in words, to stand behind "only if"; may be empty.
    pub only_if: String,
    /// The inject that it stands in for.
    pub instead_of: Option<InjectId>,
    /// The inject that stands in for it.
    pub or_else: Option<InjectId>,
    /// It comes in any case.
    pub certain: bool,
    /// Minutes of the room; that of the inject it stands in for, where it has none of its own.
    pub talk: Span,
    /// What is learnt from it, in words: a claim, whether it is said to be so, and how it really is.
    pub tells: Vec<Told>,
    /// What it changes in the world, in words.
    pub also: Vec<String>,
    /// What to say when asked: the question and the answer.
    pub replies: Vec<(String, String)>,
    /// Wrong turns that rooms take, and what to say then.
    pub wrong_turns: Vec<(String, String)>,
    /// The cut has it.
    pub played: bool,
}

/// A claim, as it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The claim.
    pub claim: ClaimId,
    /// What is said of it, in words.
    pub words: String,
}

/// A gate, as the facilitator needs it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Gate {
    /// When it opens, in words, as a clause.
    pub opens: String,
    /// When it opens on the clock of the story, where the clock alone decides.
    pub at: Option<ExerciseTime>,
    /// It opens in any case.
    pub certain: bool,
    /// Minutes of the room.
    pub talk: Span,
    /// By choice: what it orders and publishes, in words.
    pub does: Vec<Vec<String>>,
    /// The cut has it.
    pub played: bool,
}

/// How to play a stakeholder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Persona {
    /// What they know, and say when asked.
    pub knows: Vec<ClaimId>,
    /// What they keep to themselves; may be empty.
    pub hides: String,
    /// How they talk.
    pub lines: Vec<String>,
}

/// A name that was filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The variable.
    pub id: String,
    /// What it stands for.
    pub about: String,
    /// What it is here.
    pub is: String,
}

/// A question about the organisation, and what was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// The question.
    pub ask: String,
    /// As it was given.
    pub given: Answer,
    /// What it counts as: where somebody is unsure, the usual answer.
    pub counts_as: Answer,
}

impl Script {
    /// The inject that a beat is about.
    pub fn inject(&self, id: InjectId) -> Option<&Inject> {
        self.injects.get(id.index())
    }

    /// The gate that a beat is about.
    pub fn gate(&self, id: GateId) -> Option<&Gate> {
        self.gates.get(id.index())
    }
}
