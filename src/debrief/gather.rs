//! What a debrief is told of how a session was played: from the session itself, or from its journal.

use super::{Mode, Reason, Session};
use crate::exercise::{Exercise, RULES};
use crate::journal::{self, Annotation, Entry, Journal, Replayed, Setup};
use crate::scenario::compile::Names;
use crate::session;

/// Remarks that have a place of their own in a debrief, and those that say nothing afterwards. All others are listed as notes.
const PLACED: [&str; 30] = [
    "update",
    "record",
    "position",
    "dissent",
    "rating",
    "judged",
    "observation",
    "strength",
    "gap",
    "lesson",
    "cause",
    "improvement",
    "assumption",
    "approved",
    "hint",
    "override",
    "improvise",
    "edit",
    "jump",
    "stop",
    "pause",
    "pace",
    "room",
    "handed out",
    "endex",
    "hand-over",
    "lead evaluator",
    "lessons skipped",
    "because",
    journal::REWOUND,
];

impl From<session::Mode> for Mode {
    fn from(mode: session::Mode) -> Mode {
        match mode {
            session::Mode::Discussion => Mode::Discussion,
            session::Mode::Clocked => Mode::Clocked,
            session::Mode::Solo => Mode::Solo,
        }
    }
}

impl Mode {
    /// Whether a total is given without anybody asking: a program has nobody who could mind, and a person alone may know. A room is asked.
    pub const fn gives_a_total(self) -> bool {
        matches!(self, Mode::Unattended | Mode::Solo)
    }
}

fn notes<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<String> {
    annotations.into_iter().filter(|remark| !PLACED.contains(&remark.kind.as_str())).map(Annotation::says).collect()
}

fn of_exercise(exercise: &Exercise, seed: u64, mode: Mode) -> Session {
    Session {
        seed,
        mode,
        rules_version: RULES,
        hash: exercise.hash(),
        events: exercise.events(),
        finished: exercise.finished(),
        with_total: mode.gives_a_total(),
        ..Session::default()
    }
}

impl Session {
    /// A run without any journal: a plain exercise, and who sat in it.
    pub fn of_run(exercise: &Exercise, seed: u64, setup: &Setup, names: &Names) -> Session {
        let seats = session::who_played(&exercise.program().public, names, setup, &[]);
        Session { seats, ..of_exercise(exercise, seed, Mode::named(&setup.mode)) }
    }

    /// A session that was played again from its journal.
    pub fn of_journal(journal: &Journal, replayed: &Replayed) -> Session {
        let header = journal.header();
        let prepared = &replayed.prepared;
        let annotations: Vec<Annotation> = journal.annotations().cloned().collect();
        let reasons = replayed.commands.iter().filter_map(|(role, command)| {
            let words = command.because.clone().filter(|words| !words.trim().is_empty())?;
            Some(Reason { at: command.at, role: *role, order: journal::order_of(prepared, &command.order).ok()?, words })
        });
        let entries = journal::effective(&journal.entries, prepared.program.public.endex).unwrap_or_default();
        let directed = entries.into_iter().filter_map(|numbered| match &numbered.entry {
            Entry::Directed(directed) => Some((**directed).clone()),
            _ => None,
        });
        Session {
            seats: session::who_played(&prepared.program.public, &prepared.names, &header.setup, &replayed.occupied),
            reasons: reasons.collect(),
            directed: directed.collect(),
            notes: notes(&annotations),
            annotations,
            ..Session::of_run(&replayed.exercise, header.seed, &header.setup, &prepared.names)
        }
    }
}

/// A session as it stands.
pub fn session_of(session: &session::Session) -> Session {
    let mode = Mode::from(session.mode());
    let reasons = session.reasons().map(|(at, role, order, words)| Reason { at, role, order, words: words.to_owned() });
    Session {
        seats: session.who_played(),
        reasons: reasons.collect(),
        directed: session.directed().collect(),
        notes: notes(session.annotations()),
        annotations: session.annotations().to_vec(),
        ..of_exercise(session.exercise(), session.seed(), mode)
    }
}
