//! What a debrief is told of how a session was played: from the session itself, or from its journal.

use super::{Doer, Mode, Reason, Session};
use crate::exercise::{Exercise, RULES};
use crate::ids::{DenseId, RoleId};
use crate::journal::{self, Annotation, Entry, Journal, RemarkKind, Replayed, Setup};
use crate::policy::colleague::{Instruction, Waiting};
use crate::policy::reference::DUTIES;
use crate::policy::{Issued, Origin};
use crate::scenario::load::load_profile;
use crate::scenario::prepare::Prepared;
use crate::scenario::program::Public;
use crate::scenario::source::Sources;
use crate::scenario::written::Verb;
use crate::session;
use crate::time::ExerciseTime;
use crate::vocabulary::Order;

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

/// Whether a remark is listed as a note: all others have a place of their own in a debrief, or say nothing afterwards.
fn is_note(remark: &&Annotation) -> bool {
    matches!(remark.kind, RemarkKind::Note | RemarkKind::Other(_))
}

fn notes<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<String> {
    annotations.into_iter().filter(is_note).map(Annotation::says).collect()
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

/// The variable in which a scenario, or its profile, says whose exercise it is.
const ORGANISATION: &str = "org";

/// What the organisation is called.
fn organisation(prepared: &Prepared) -> String {
    let written = prepared.loaded.sheet.variables.iter().find(|variable| variable.id.text == ORGANISATION);
    let tailored = prepared.profile.as_ref().and_then(|profile| {
        let read = load_profile(&mut Sources::default(), &profile.name, &profile.name, profile.text.clone().into_bytes());
        read.profile.values.into_iter().find(|value| value.of.text == ORGANISATION).map(|value| value.is.value)
    });
    tailored.or_else(|| written.map(|variable| variable.example.value.clone())).unwrap_or_default()
}

/// Whose doing orders were: when each was given, in whose name, what, and whether somebody in a seat gave it. What the room recorded is a standing
/// word: an order that it asked for, or that a duty asks for which it told colleagues to see to, is its doing whenever it is given.
fn doers(
    public: &Public,
    orders: impl Iterator<Item = (ExerciseTime, RoleId, Order, bool)>,
    instructions: impl IntoIterator<Item = session::Instructed>,
) -> Vec<Doer> {
    let mut asked: Vec<(ExerciseTime, RoleId, Order)> = Vec::new();
    let mut duties: Vec<(ExerciseTime, RoleId, Verb)> = Vec::new();
    for (at, role, instruction) in instructions {
        let mut ask = |waiting: &Waiting| asked.push((at, role, waiting.order));
        match &instruction {
            Instruction::Do(waiting) => ask(waiting),
            Instruction::Once(_, list) => list.iter().for_each(ask),
            Instruction::SeeTo(place) => duties.extend(DUTIES.get(*place).map(|duty| (at, role, duty.verb))),
            Instruction::Leave(_) => {}
        }
    }
    let doer = |(at, role, order, person): (ExerciseTime, RoleId, Order, bool)| {
        let verb = public.actions.get(order.action.index()).map(|action| action.verb);
        let asked_for = || asked.iter().any(|(since, by, what)| *since <= at && *by == role && *what == order);
        let seen_to = || duties.iter().any(|(since, by, what)| *since <= at && *by == role && Some(*what) == verb);
        match person {
            true => Doer::Person,
            false if asked_for() || seen_to() => Doer::Room,
            false => Doer::Program,
        }
    };
    orders.map(doer).collect()
}

impl Session {
    /// A run without any journal: a plain exercise, and who sat in it.
    pub fn of_run(exercise: &Exercise, seed: u64, setup: &Setup, prepared: &Prepared) -> Session {
        let seats = session::who_played(&exercise.program().public, &prepared.names, setup, &[]);
        Session { seats, organisation: organisation(prepared), ..of_exercise(exercise, seed, Mode::named(&setup.mode)) }
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
        let told = session::instructions(prepared, &entries);
        let given = replayed.commands.iter().filter_map(|(role, command)| {
            let order = journal::order_of(prepared, &command.order).ok()?;
            Some((command.at, *role, order, command.origin == journal::Origin::Person))
        });
        let directed = entries.into_iter().filter_map(|numbered| match &numbered.entry {
            Entry::Directed(directed) => Some((**directed).clone()),
            _ => None,
        });
        Session {
            seats: session::who_played(&prepared.program.public, &prepared.names, &header.setup, &replayed.occupied),
            reasons: reasons.collect(),
            doers: doers(&prepared.program.public, given, told),
            directed: directed.collect(),
            notes: notes(&annotations),
            annotations,
            ..Session::of_run(&replayed.exercise, header.seed, &header.setup, prepared)
        }
    }
}

/// A session as it stands.
pub fn session_of(session: &session::Session) -> Session {
    let mode = Mode::from(session.mode());
    let reasons = session.reasons().map(|(at, role, order, words)| Reason { at, role, order, words: words.to_owned() });
    let given = session.issued().iter().map(|Issued { at, role, order, origin, .. }| (*at, *role, *order, *origin == Origin::Person));
    Session {
        organisation: organisation(session.prepared()),
        doers: doers(&session.program().public, given, session.instructions()),
        seats: session.who_played(),
        reasons: reasons.collect(),
        directed: session.directed().collect(),
        notes: notes(session.annotations()),
        annotations: session.annotations().to_vec(),
        ..of_exercise(session.exercise(), session.seed(), mode)
    }
}
