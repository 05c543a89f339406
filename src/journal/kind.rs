//! What remarks there are. Their written names stand here and nowhere else; a journal has them byte for byte, and so they never change.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The kind of a remark.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RemarkKind {
    /// The room's words that were recorded, with what they were taken to mean; without that, they were only noted.
    Record,
    /// Why something was decided.
    Because,
    /// What somebody thought of a decision before it was taken.
    Position,
    /// Somebody thought otherwise than was decided.
    Dissent,
    /// A claim about the real organisation, with what became of it.
    Assumption,
    /// An evaluator saw something.
    Observation,
    /// An evaluator rated a capability target: `P`, `S`, `M` or `U`.
    Rating,
    /// An evaluator judged a criterion, in thousandths of its points.
    Judged,
    /// Whose word counts where evaluators differ.
    LeadEvaluator,
    /// What went well, in the room's own words.
    Strength,
    /// What went less well.
    Gap,
    /// What the room would do otherwise.
    Lesson,
    /// What the room takes for a cause, before it is told the truth.
    Cause,
    /// The room goes without strengths and gaps.
    LessonsSkipped,
    /// An item of the improvement plan.
    Improvement,
    /// What of the debrief may be shown.
    Approved,
    /// What was read aloud when a move began.
    Update,
    /// A sheet was handed out or said (`yes`), or was not after all (`no`).
    HandedOut,
    /// Somebody else plays a role.
    HandOver,
    /// Play went back: to the moment the remark stands at, from the one in its value (seconds from STARTEX).
    Rewound,
    /// A hint, from when hints were remarks.
    Hint,
    /// The clock was stopped, or went on.
    Pause,
    /// The clock goes at another pace.
    Pace,
    /// How long the room has been at it, in whole seconds: only going on after a break reads it.
    Room,
    /// Play was ended by hand: going on after a crash leads to the hotwash and not back into play.
    Endex,
    /// Anything else that somebody wrote down.
    Note,
    /// One that this version does not know, as it was written.
    Other(String),
}

/// All that this version knows, with their written names.
const KNOWN: [(RemarkKind, &str); 26] = [
    (RemarkKind::Record, "record"),
    (RemarkKind::Because, "because"),
    (RemarkKind::Position, "position"),
    (RemarkKind::Dissent, "dissent"),
    (RemarkKind::Assumption, "assumption"),
    (RemarkKind::Observation, "observation"),
    (RemarkKind::Rating, "rating"),
    (RemarkKind::Judged, "judged"),
    (RemarkKind::LeadEvaluator, "lead evaluator"),
    (RemarkKind::Strength, "strength"),
    (RemarkKind::Gap, "gap"),
    (RemarkKind::Lesson, "lesson"),
    (RemarkKind::Cause, "cause"),
    (RemarkKind::LessonsSkipped, "lessons skipped"),
    (RemarkKind::Improvement, "improvement"),
    (RemarkKind::Approved, "approved"),
    (RemarkKind::Update, "update"),
    (RemarkKind::HandedOut, "handed out"),
    (RemarkKind::HandOver, "hand-over"),
    (RemarkKind::Rewound, "rewound"),
    (RemarkKind::Hint, "hint"),
    (RemarkKind::Pause, "pause"),
    (RemarkKind::Pace, "pace"),
    (RemarkKind::Room, "room"),
    (RemarkKind::Endex, "endex"),
    (RemarkKind::Note, "note"),
];

impl RemarkKind {
    /// Its name in a journal.
    pub fn name(&self) -> &str {
        match self {
            RemarkKind::Other(name) => name,
            known => KNOWN.iter().find(|(kind, _)| kind == known).map_or("", |(_, name)| name),
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> RemarkKind {
        let known = KNOWN.into_iter().find(|(_, known)| *known == name);
        known.map_or_else(|| RemarkKind::Other(name.to_owned()), |(kind, _)| kind)
    }
}

impl fmt::Display for RemarkKind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

impl Serialize for RemarkKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for RemarkKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RemarkKind, D::Error> {
        Ok(RemarkKind::named(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Annotation;

    /// As journals have them that were written before there was a list.
    const WRITTEN: [&str; 26] = [
        "approved",
        "assumption",
        "because",
        "cause",
        "dissent",
        "endex",
        "gap",
        "hand-over",
        "handed out",
        "hint",
        "improvement",
        "judged",
        "lead evaluator",
        "lesson",
        "lessons skipped",
        "note",
        "observation",
        "pace",
        "pause",
        "position",
        "rating",
        "record",
        "rewound",
        "room",
        "strength",
        "update",
    ];

    #[test]
    fn a_kind_is_written_as_it_always_was() {
        let mut names = KNOWN.map(|(_, name)| name);
        names.sort_unstable();
        assert_eq!(names, WRITTEN);
        for (kind, name) in KNOWN {
            assert_eq!((kind.name(), RemarkKind::named(name)), (name, kind.clone()));
        }
    }

    #[test]
    fn a_kind_of_a_later_version_is_kept_as_it_is() {
        for kind in ["lead evaluator", "of a later version", "", "Note"] {
            let line = format!("{{\"kind\":\"{kind}\",\"text\":\"Something.\"}}");
            let remark: Annotation = serde_json::from_str(&line).expect("a remark");
            assert_eq!(serde_json::to_string(&remark).expect("a line"), line);
        }
        assert!(matches!(RemarkKind::named("Note"), RemarkKind::Other(_)));
    }
}
