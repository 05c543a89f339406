//! An exercise being played by people: its mode, its pace, its journal, and what the facilitator does.
//!
//! Three ways to play one scenario. In **discussion** the clock stands while the room talks: every role is played by a directed colleague
//! ([`crate::policy::colleague`]), the facilitator records what the room decides ([`Session::accept`], [`Session::decide`], [`Session::believe`]) and
//! lets the exercise run to the next move ([`Session::next_move`]). In **clocked** play people sit in roles and order for themselves while time runs. **Solo**
//! is clocked play with one person, and simulated colleagues ([`crate::policy::simulated`]) in the other roles.
//!
//! A session is its header and what people did, in order; everything else is computed again from it. So going back ([`Session::rewind`]) and going on
//! after a crash ([`Session::resume`]) are one thing: a new exercise in which policies play as before and people's doings are taken from the record. A
//! policy that orders anything else than the journal says is a fault with a name ([`Trouble::Unlike`]), never silently accepted.
//!
//! Absent by design: the wall clock and files. Whoever shows a session says how much time passes, and gives it a [`Store`] to write to. The journal is
//! held in memory as well ([`Retained`]): a store that fails can be replaced at any time ([`Session::keep_in`]), and nothing is missing in the next.

mod ask;
mod evaluate;
mod facilitate;
pub mod matching;
pub mod msel;
mod outcomes;
mod plain;
mod positions;
mod recording;
mod records;
mod resume;
mod seating;
mod update;
pub(crate) mod words;
mod writing;

use std::io;
use std::sync::Arc;

use thiserror::Error;

use crate::assessment::{self, Assessment};
use crate::exercise::knowledge::View;
use crate::exercise::{Exercise, Fault, Receipt};
use crate::ids::*;
use crate::journal::{
    self, Annotation, Closed, Directed, Entry, Header, PlainDirection, Reached, RemarkKind, ReplayError, Retained, Rewound, Setup, Store, Writer,
};
use crate::policy::colleague::{Instruction, Waiting};
use crate::policy::{Driver, Issued, Kind};
use crate::scenario::compile::Names;
use crate::scenario::prepare::Prepared;
use crate::scenario::program::Program;
use crate::time::ExerciseTime;
use crate::vocabulary::ledger::Shared;
use crate::vocabulary::{Fact, Order, exercise};

pub use ask::{Answer, Known as WhoKnows};
pub use evaluate::LESSONS;
pub use facilitate::{Improvise, Override};
pub use outcomes::{Became, Recorded, STOPS, Undone};
pub use plain::{Instructed, instructions};
use recording::gate_of;
pub use records::{Decided, Outcome, play_records};
pub use seating::{Occupancy, who_played};
pub use update::{MOST_WORDS, Update};

/// How a session is played.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// The clock stands while the room talks.
    Discussion,
    /// People in roles, while time runs.
    Clocked,
    /// One person, and simulated colleagues in the other roles.
    Solo,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Discussion, Mode::Clocked, Mode::Solo];

    /// Its name: on the command line, in a journal.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Discussion => "discussion",
            Mode::Clocked => "clocked",
            Mode::Solo => "solo",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// Who plays a role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seated {
    /// Somebody at the table.
    Person,
    /// A program.
    Policy(Kind),
}

impl Seated {
    /// Its name in a journal.
    pub fn name(self) -> &'static str {
        match self {
            Seated::Person => journal::PERSON,
            Seated::Policy(kind) => kind.name(),
        }
    }

    fn named(name: &str) -> Option<Seated> {
        if name == journal::PERSON { Some(Seated::Person) } else { Kind::named(name).map(Seated::Policy) }
    }

    fn kind(self) -> Kind {
        match self {
            Seated::Person => Kind::Idle,
            Seated::Policy(kind) => kind,
        }
    }
}

/// Why a session cannot go on as asked.
#[derive(Error, Debug)]
pub enum Trouble {
    /// The scenario goes in a circle.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The journal cannot be played.
    #[error(transparent)]
    Journal(#[from] ReplayError),
    /// The session is over.
    #[error("the session is over")]
    Closed,
    /// A policy ordered something else than it did when the journal was written.
    #[error("going on differs from the journal at order {nth}: it has `{then}`, and now it is `{now}`")]
    Unlike {
        /// The how-manieth order, from 1.
        nth: usize,
        /// What the journal says.
        then: String,
        /// What was ordered now.
        now: String,
    },
    /// Something else came of what the journal says than it says.
    #[error("going on differs from the journal: line {}: {}", .0.line, .0.what)]
    Otherwise(journal::Difference),
    /// Something named is not there, or not possible; one sentence.
    #[error("{0}")]
    Not(String),
}

/// What became of a claim about the real organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Assumption {
    /// It holds from now on; what it sets in the simulation, if anything.
    Accepted(Option<PlainDirection>),
    /// It does not hold here.
    Denied,
    /// Nobody knows; somebody finds out after the exercise.
    Parked,
}

/// A session.
pub struct Session {
    /// What is played: the scenario, and what the facilitator has laid over it so far.
    prepared: Prepared,
    /// The scenario without.
    written: (Arc<Program>, Names),
    mode: Mode,
    seed: u64,
    /// Who plays which role, by role: now, and at STARTEX.
    seats: Vec<Seated>,
    first_seats: Vec<Seated>,
    /// What tells people apart, by role.
    labels: Vec<Option<String>>,
    driver: Driver,
    /// What people did, in order; what was undone is not in it.
    doings: Vec<(ExerciseTime, Doing)>,
    annotations: Vec<Annotation>,
    /// What people think of decisions, and nobody has been shown.
    positions: Vec<positions::Private>,
    journal: Writer<Retained>,
    /// So many orders are in the journal.
    journalled: usize,
    closed: bool,
}

/// Something that people did.
#[derive(Clone, PartialEq, Debug)]
enum Doing {
    Order {
        role: RoleId,
        order: Order,
        because: Option<String>,
        request: Option<String>,
    },
    Direction {
        direction: PlainDirection,
        because: Option<String>,
    },
    /// In the room's words; to whom, and what.
    Instruction {
        words: String,
        told: Vec<(RoleId, Instruction)>,
    },
    Seat(Occupancy),
}

impl Session {
    /// Begins at STARTEX. `seats` are by role; with `journal`, everything is written from the first line on.
    ///
    /// # Errors
    /// What the store says when the first line is written.
    pub fn begin(prepared: Prepared, mode: Mode, seed: u64, seats: Vec<Seated>, journal: Option<Box<dyn Store>>) -> io::Result<Session> {
        let mut session = Session::unkept(prepared, mode, seed, seats);
        journal.map_or(Ok(()), |store| session.keep_in(store))?;
        Ok(session)
    }

    /// The same, written nowhere yet.
    pub fn unkept(prepared: Prepared, mode: Mode, seed: u64, seats: Vec<Seated>) -> Session {
        let driver = driver(&prepared, seed, &seats);
        let header = header(&prepared, mode, seed, &seats);
        let mut session = Session {
            written: (prepared.program.clone(), prepared.names.clone()),
            prepared,
            mode,
            seed,
            labels: vec![None; seats.len()],
            first_seats: seats.clone(),
            seats,
            driver,
            doings: Vec::new(),
            annotations: Vec::new(),
            positions: Vec::new(),
            journal: Writer::new(Retained::default()),
            journalled: 0,
            closed: false,
        };
        session.write(&Entry::Header(Box::new(header)));
        session
    }

    /// The usual seats of a mode: directed colleagues in discussion; else people in `persons`, and ordinary simulated colleagues in the other roles.
    pub fn usual_seats(program: &Program, mode: Mode, persons: RoleSet) -> Vec<Seated> {
        (0..program.public.roles.len())
            .map(RoleId::at)
            .map(|role| match mode {
                Mode::Discussion => Seated::Policy(Kind::Directed),
                _ if persons.has(role) => Seated::Person,
                _ => Seated::Policy(Kind::COLLEAGUE),
            })
            .collect()
    }

    /// What is played.
    pub fn program(&self) -> &Program {
        &self.prepared.program
    }

    /// What is played, with its names and texts.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// How.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The seed of every chance event.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Who plays which role, by role.
    pub fn seats(&self) -> &[Seated] {
        &self.seats
    }

    /// The exercise, to look at. What a screen may show to a role is its [`Session::view`].
    pub fn exercise(&self) -> &Exercise {
        self.driver.exercise()
    }

    /// What a role knows.
    pub fn view(&self, role: RoleId) -> View<'_> {
        self.driver.exercise().view(role)
    }

    /// Where the clock stands.
    pub fn now(&self) -> ExerciseTime {
        self.driver.exercise().now()
    }

    /// Whether ENDEX has come.
    pub fn finished(&self) -> bool {
        self.driver.exercise().finished()
    }

    /// All orders so far, of people and of policies; refused ones as well.
    pub fn issued(&self) -> &Shared<Issued> {
        self.driver.issued()
    }

    /// What was remarked, in order.
    pub fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    /// Reasons that people gave with their orders: when, in whose name, with which order, in their words.
    pub fn reasons(&self) -> impl Iterator<Item = (ExerciseTime, RoleId, Order, &str)> {
        self.doings.iter().filter_map(|(at, doing)| match doing {
            Doing::Order { role, order, because: Some(because), .. } if !because.trim().is_empty() => Some((*at, *role, *order, because.as_str())),
            _ => None,
        })
    }

    /// What the facilitator did to the course of play, in order, as a journal has it.
    pub fn directed(&self) -> impl Iterator<Item = Directed> {
        self.doings.iter().filter_map(|(at, doing)| match doing {
            Doing::Direction { direction, because } => Some(Directed { at: *at, direction: direction.clone(), because: because.clone() }),
            _ => None,
        })
    }

    /// What a colleague was told to do and has not done yet.
    pub fn waiting(&self, role: RoleId) -> &[Waiting] {
        self.driver.waiting(role)
    }

    /// Lets time pass.
    ///
    /// # Errors
    /// A fault of the scenario.
    pub fn advance(&mut self, until: ExerciseTime) -> Result<(), Trouble> {
        self.driver.advance(until.min(self.prepared.program.public.endex))?;
        self.note();
        Ok(())
    }

    /// Writes down where the clock stands: at pauses, and often enough that a crash loses little.
    pub fn checkpoint(&mut self) {
        let reached = Reached { at: self.now().max(ExerciseTime(0)), hash: self.exercise().hash() };
        self.write(&Entry::Reached(reached));
    }

    /// Somebody orders something themselves. The same request twice is one order.
    ///
    /// # Errors
    /// The session is over, or a fault of the scenario.
    pub fn order(&mut self, role: RoleId, order: Order, because: Option<String>, request: Option<String>) -> Result<Receipt, Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        let known = |(_, doing): &&(ExerciseTime, Doing)| matches!(doing, Doing::Order { request: Some(old), .. } if Some(old) == request.as_ref());
        if let Some((at, Doing::Order { order, role, .. })) = self.doings.iter().find(known) {
            let issued = self.driver.issued().iter().find(|issued| (issued.at, issued.role, issued.order) == (*at, *role, *order));
            return issued.map(|issued| issued.receipt).ok_or_else(|| Trouble::Not("this was ordered already".to_owned()));
        }
        let at = self.now();
        let reason = because.clone();
        let doing = Doing::Order { role, order, because, request };
        let receipt = self.do_it(at, &doing)?;
        self.doings.push((at, doing));
        self.note();
        if let (Some(Receipt::Accepted(_)), Some(gate)) = (receipt, gate_of(&order)) {
            self.because(gate, reason.as_deref());
        }
        receipt.ok_or_else(|| Trouble::Not("nothing was ordered".to_owned()))
    }

    /// The facilitator changes the course of play.
    ///
    /// # Errors
    /// It names something that is not there.
    pub fn direct(&mut self, direction: PlainDirection, because: Option<String>) -> Result<(), Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        if self.finished() {
            return Err(Trouble::Not("play is over: nothing of it can be changed any more".to_owned()));
        }
        let at = self.now();
        let doing = Doing::Direction { direction: direction.clone(), because: because.clone() };
        self.do_it(at, &doing)?;
        self.doings.push((at, doing));
        self.write(&Entry::Directed(Box::new(Directed { at, direction, because })));
        self.note();
        Ok(())
    }

    /// Runs to the opening of the next move, or to ENDEX, and says what the room now knows.
    ///
    /// # Errors
    /// A fault of the scenario.
    pub fn next_move(&mut self) -> Result<Update, Trouble> {
        let before = update::Known::of(self);
        self.advance(self.next_opening())?;
        self.checkpoint();
        Ok(update::Update::since(&before, self))
    }

    /// What the room knows where the clock stands, told from the beginning: what to read aloud after going back.
    pub fn so_far(&self) -> Update {
        update::Update::since(&update::Known::at_startex(self), self)
    }

    /// The move that is on: the last that has opened.
    pub fn current_move(&self) -> Option<MoveId> {
        let now = self.now();
        let moves = &self.prepared.program.public.moves;
        (0..moves.len())
            .map(MoveId::at)
            .filter(|place| moves[place.index()].played && moves[place.index()].opens <= now)
            .max_by_key(|place| moves[place.index()].opens)
    }

    /// Goes back: everything that people did after this moment is undone. Nothing is erased from the journal.
    ///
    /// # Errors
    /// It lies ahead, or the session is over.
    pub fn rewind(&mut self, to: ExerciseTime) -> Result<(), Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        if to > self.now() || to < ExerciseTime(0) {
            return Err(Trouble::Not("one can only go back to a moment that has been".to_owned()));
        }
        let from = self.now();
        // Nobody forgets a hint, and nobody leaves the table, because the clock is set back.
        let helped = self.helped_after(to);
        let there = self.occupants();
        self.doings.retain(|(at, _)| *at <= to);
        self.annotations.retain(|remark| remark.at.is_none_or(|at| at <= to));
        self.positions.retain(|private| private.at <= to);
        self.positions.iter_mut().for_each(|private| private.revealed = false);
        self.play_again(to)?;
        self.write(&Entry::Rewound(Rewound { to }));
        let calendar = self.prepared.program.public.calendar;
        let text = format!("Play went back from {} to {}.", calendar.label(from), calendar.label(to));
        self.annotate(Annotation { value: Some(from.0.to_string()), about: helped, ..Annotation::new(RemarkKind::Rewound, text) });
        self.positions_again();
        for occupancy in there {
            self.seat(occupancy.role, occupancy.by, occupancy.label)?;
        }
        Ok(())
    }

    /// The ids of criteria that hints were given on after a moment, with spaces between them.
    fn helped_after(&self, to: ExerciseTime) -> Option<String> {
        let criteria = &self.prepared.program.rubric.criteria;
        let helped = self.exercise().ledger().iter().filter(|happened| happened.at > to).filter_map(|happened| match happened.fact {
            Fact::Exercise(exercise::Fact::Helped { criterion }) => criteria.get(criterion.index()).map(|criterion| criterion.id.clone()),
            _ => None,
        });
        let helped: std::collections::BTreeSet<String> = helped.collect();
        (!helped.is_empty()).then(|| helped.into_iter().collect::<Vec<_>>().join(" "))
    }

    /// Writes down a remark, about this moment. It has no effect on play; what an evaluator judged counts in the assessment.
    pub fn annotate(&mut self, remark: Annotation) {
        self.annotate_at(self.now(), remark);
    }

    fn annotate_at(&mut self, at: ExerciseTime, remark: Annotation) {
        let annotation = Annotation { at: Some(at), ..remark };
        self.annotations.push(annotation.clone());
        self.write(&Entry::Annotation(annotation));
    }

    /// How the exercise stands by its rubric. What the facilitator had a hand in is not evaluated.
    pub fn assess(&self) -> Assessment {
        let exercise = self.driver.exercise();
        let people = journal::from_people(&self.annotations);
        assessment::assess_with_people(&self.prepared.program, exercise.ledger(), exercise.watch(), &people)
    }

    /// A claim about the real organisation that came up in the room. Accepting it may set something in the simulation from now on; nothing that has
    /// happened changes. It stands in the debrief as assumed, to be verified by its owner, until a day as a plan keeps it.
    ///
    /// # Errors
    /// What it sets is not there.
    pub fn assume(&mut self, text: &str, owner: Option<String>, by_when: Option<String>, became: Assumption) -> Result<(), Trouble> {
        let value = match became {
            Assumption::Accepted(sets) => {
                if let Some(direction) = sets {
                    self.direct(direction, Some(text.to_owned()))?;
                }
                "accepted"
            }
            Assumption::Denied => "denied",
            Assumption::Parked => "parked",
        };
        self.annotate(Annotation { by: owner, about: by_when, value: Some(value.to_owned()), ..Annotation::new(RemarkKind::Assumption, text) });
        Ok(())
    }

    /// Ends the session.
    ///
    /// # Errors
    /// It is over already.
    pub fn close(&mut self) -> Result<Assessment, Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        self.note();
        let assessment = self.assess();
        let closed = Closed::of(self.driver.exercise(), &assessment);
        self.write(&Entry::Closed(Box::new(closed)));
        self.closed = true;
        Ok(assessment)
    }

    /// The exercise and its policies, when nothing more is to happen.
    pub fn into_driver(self) -> Driver {
        self.driver
    }

    fn roles(&self) -> impl Iterator<Item = RoleId> + use<> {
        (0..self.prepared.program.public.roles.len()).map(RoleId::at)
    }
}

fn driver(prepared: &Prepared, seed: u64, seats: &[Seated]) -> Driver {
    let kinds: Vec<Kind> = seats.iter().map(|seat| seat.kind()).collect();
    Driver::with_seats(prepared.program.clone(), seed, &kinds)
}

fn header(prepared: &Prepared, mode: Mode, seed: u64, seats: &[Seated]) -> Header {
    let setup = Setup::of(&prepared.program.public, mode.name(), seats.iter().map(|seat| seat.name().to_owned()));
    Header::of(prepared, seed, setup)
}

#[cfg(test)]
mod tests;
