//! The record of a session: who ordered what and when, and what came of it.
//!
//! A journal is lines of JSON, each chained to the one before by a hash, so that it cannot be changed without a trace. It carries the whole
//! scenario it was played with, so it never depends on a file that has changed since. From it alone a session is played again, to the same hash.
//!
//! Absent by design: screens, files (everything works on `Read` and `Write`), policies (a replay reads what they ordered and never asks them
//! again), and anything that can rewrite a line.

mod entry;
mod evaluators;
mod from_play;
mod kind;
mod people;
mod plausible;
mod read;
mod replay;
mod retained;
mod stored;
mod write;

pub use entry::{
    Annotation, COMMANDS, Closed, Command, Entry, FORMAT, Header, NOBODY, Origin, Reached, ReceiptWritten, Rewound, ScenarioWritten, Seat, Setup,
};
pub use evaluators::{Given, Said, disagreements, final_ratings, from_people, given};
pub use from_play::order_of;
pub use kind::RemarkKind;
pub use people::{Directed, Improvised, Instructed, Occupied, PlainDirection, PlainInstruction, PlainTrigger, Position, Told};
pub use read::{BEGINS, Damage, Journal, LARGEST_JOURNAL, LONGEST_LINE, MOST_LINES, Numbered, ReadError, read};
pub use replay::{Difference, ReplayError, Replayed, effective, prepare_journal, replay, validated};
pub(crate) use replay::{cannot_be, other_hash, other_receipt};
pub use retained::Retained;
pub use stored::{StoredFact, stored, stored_ledger};
pub use write::{Store, Writer};
