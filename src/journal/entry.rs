//! What stands in a journal.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kind::RemarkKind;
use super::people::{Directed, Instructed, Occupied, Position};
use super::stored::StoredFact;
use crate::exercise::Receipt;
use crate::scenario::compile::PlainOrder;
use crate::scenario::diagnostic::printable_name;
use crate::scenario::prepare::ProfileText;
use crate::scenario::source::ClosureFile;
use crate::time::ExerciseTime;

/// The version of the format that this build writes and reads.
pub const FORMAT: u32 = 1;

/// One entry: one line.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// What is played, and by whom. Always the first line, and only there.
    Header(Box<Header>),
    /// Somebody ordered something.
    Command(Box<Command>),
    /// The facilitator changed the course of play.
    Directed(Box<Directed>),
    /// A colleague was told what to do.
    Instructed(Box<Instructed>),
    /// Somebody took a role.
    Occupied(Occupied),
    /// Somebody said privately how they would decide.
    Position(Position),
    /// The clock stood here, and this had happened.
    Reached(Reached),
    /// Play went back.
    Rewound(Rewound),
    /// A remark, without any effect on play.
    Annotation(Annotation),
    /// The session is over. Only remarks may follow.
    Closed(Box<Closed>),
}

impl Entry {
    /// In a word.
    pub fn name(&self) -> &'static str {
        match self {
            Entry::Header(_) => "header",
            Entry::Command(_) => "command",
            Entry::Directed(_) => "directed",
            Entry::Instructed(_) => "instructed",
            Entry::Occupied(_) => "occupied",
            Entry::Position(_) => "position",
            Entry::Reached(_) => "reached",
            Entry::Rewound(_) => "rewound",
            Entry::Annotation(_) => "annotation",
            Entry::Closed(_) => "closed",
        }
    }
}

/// What is played, and by whom.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of this format.
    pub format: u32,
    /// The number of the rules: the same hash can be claimed only under the same number.
    pub rules: u32,
    /// The scenario, whole.
    pub scenario: ScenarioWritten,
    /// The profile it is tailored with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileText>,
    /// The seed of every chance event.
    pub seed: u64,
    /// How it is played.
    pub setup: Setup,
}

/// A scenario with all its texts.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct ScenarioWritten {
    /// Its id.
    pub id: String,
    /// The hash over its texts: 64 hexadecimal digits.
    pub identity: String,
    /// The name of the file that is read first.
    pub root: String,
    /// Its files, and those of the library that it uses.
    pub files: Vec<ClosureFile>,
}

/// How a scenario is played.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// `unattended`, `discussion`, `clocked` or `solo`.
    pub mode: String,
    /// The id of the cut.
    pub cut: String,
    /// Who plays which role.
    pub seats: Vec<Seat>,
}

/// The mode of a run in which nobody sits at the table.
pub const UNATTENDED: &str = "unattended";

/// Who plays a role at which somebody sits.
pub const PERSON: &str = "person";

/// Who plays a role that nobody occupies: it is away from STARTEX on, and its deputy acts in its place.
pub const NOBODY: &str = "nobody";

/// Who plays a role that a file of orders speaks for; see [`Seat::by_commands`].
pub const COMMANDS: &str = "commands";

/// Who plays a role.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The id of the role.
    pub role: String,
    /// The name of a policy, [`COMMANDS`], both (`commands+reference`: a file of orders, and a policy for the rest), [`PERSON`], or [`NOBODY`].
    pub by: String,
}

/// Where a command comes from.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A person in a seat, or a file of orders in their place.
    Person,
    /// A program.
    Policy,
}

/// Somebody ordered something.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// When, in seconds from STARTEX.
    pub at: ExerciseTime,
    /// The id of the role.
    pub role: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What; alerts by their keys.
    pub order: PlainOrder,
    /// Why, in the words of whoever ordered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The same request twice is one command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What came of it.
    pub receipt: ReceiptWritten,
}

/// Whether an order was accepted.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptWritten {
    /// It was; the key of the task, if it needed work.
    Accepted(Option<String>),
    /// It was not; the reason's stable name.
    Refused(String),
}

impl From<Receipt> for ReceiptWritten {
    fn from(receipt: Receipt) -> ReceiptWritten {
        match receipt {
            Receipt::Accepted(task) => ReceiptWritten::Accepted(task.map(|task| task.to_string())),
            // The name in the code rather than the sentence: a sentence may be put better without changing any rule.
            Receipt::Refused(refusal) => ReceiptWritten::Refused(format!("{refusal:?}")),
        }
    }
}

impl ReceiptWritten {
    /// In words.
    pub fn says(&self) -> String {
        match self {
            ReceiptWritten::Accepted(None) => "accepted".to_owned(),
            ReceiptWritten::Accepted(Some(task)) => format!("accepted as task {}", shortened(task)),
            ReceiptWritten::Refused(reason) => format!("refused: {}", shortened(reason)),
        }
    }
}

/// A checkpoint.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// Where the clock stood; everything due up to and including this second had happened.
    pub at: ExerciseTime,
    /// The hash of all facts until then.
    pub hash: String,
}

/// Play went back: everything ordered after this moment is undone. Nothing is erased.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Rewound {
    /// To when.
    pub to: ExerciseTime,
}

/// A remark.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    /// About which moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<ExerciseTime>,
    /// What kind of remark it is.
    pub kind: RemarkKind,
    /// What.
    pub text: String,
    /// By whom: an evaluator, the owner of an improvement. The role or function, never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The id of what it is about: a capability target, a criterion, an inject, a decision, a role. Of `rewound`, the criteria that hints were given on
    /// in what was undone, with spaces between them. Of an assumption, the day by which it is verified, as `2026-12-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The rating (`P`, `S`, `M`, `U`), the thousandths of a criterion's points, the id of the choice of a position, what became of an assumption, or the
    /// evidence of a strength, a gap or a cause: ids and keys, with commas between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Annotation {
    /// A remark about nothing in particular.
    pub fn new(kind: RemarkKind, text: impl Into<String>) -> Annotation {
        Annotation { at: None, kind, text: text.into(), by: None, about: None, value: None }
    }

    /// As one line of a debrief.
    pub fn says(&self) -> String {
        let by = self.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        let about = self.about.as_ref().map(|about| format!(" {}", about.replace('-', " "))).unwrap_or_default();
        match (&self.kind, &self.value) {
            (RemarkKind::Rating, Some(value)) => format!("Rating{about}: {value}{by}. {}", self.text),
            (RemarkKind::Assumption, Some(value)) => format!("Assumed, {value}: {}. To be verified{by}", self.text.trim_end_matches('.')),
            (RemarkKind::Judged, Some(value)) => format!("Judged{about}: {value} of 1000{by}. {}", self.text),
            (RemarkKind::Observation, _) => format!("Observed{about}{by}: {}", self.text),
            (RemarkKind::Record, Some(means)) => format!("Recorded: \u{201c}{}\u{201d} Taken to mean: {means}", self.text),
            (RemarkKind::Record, None) => format!("Noted: \u{201c}{}\u{201d}", self.text),
            (RemarkKind::Dissent | RemarkKind::Note | RemarkKind::HandOver | RemarkKind::LeadEvaluator | RemarkKind::Rewound, _) => self.text.clone(),
            (kind, _) => format!("{}{about}{by}: {}", capital(kind.name()), self.text),
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The end of a session.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Where the clock stood.
    pub at: ExerciseTime,
    /// The hash of all facts.
    pub hash: String,
    /// How it was judged, for readers with other rules.
    pub assessment: Value,
    /// All facts, for readers with other rules.
    pub ledger: Vec<StoredFact>,
}

/// The beginning of a text that comes from a file nobody vouches for.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => printable_name(&text[..end]) + "…",
        None => printable_name(text),
    }
}
