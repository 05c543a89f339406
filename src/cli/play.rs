//! Playing an exercise to its end, with its journal.

use std::path::{Path, PathBuf};

use super::Trouble;
use super::screen::{Screen, shown};
use crate::assessment::{self, Assessment};
use crate::chance::Chance;
use crate::debrief::{self, Reason};
use crate::exercise::{Exercise, Fault, Receipt};
use crate::files::{self, JournalFile};
use crate::ids::{DenseId, Key, RoleId, RoleSet};
use crate::journal::{self, Closed, Entry, Header, NOBODY, Reached, Seat, Setup, UNATTENDED, Writer};
use crate::policy::{Driver, Issued, Kind, Origin};
use crate::scenario::compile::{PlainOrder, orders};
use crate::scenario::prepare::{Prepared, Scheduled};
use crate::scenario::program::Public;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::ledger::Happened;

/// How often an unattended run notes where it stands: often enough to find the hour in which a replay first differs.
const CHECKPOINT_EVERY: Span = Span::hours(4);

/// Who plays what.
pub(super) struct Casting {
    /// The policy of each role.
    pub kinds: Vec<Kind>,
    /// Roles that nobody occupies.
    pub vacant: RoleSet,
    /// Orders from a file, in time order. The roles they are given by count as played by people.
    pub commands: Vec<Scheduled>,
}

impl Casting {
    /// The same as a journal has it.
    pub fn setup(&self, public: &Public) -> Setup {
        let by_file = |role: RoleId| self.commands.iter().any(|command| command.role == role);
        let by = (0..public.roles.len()).map(RoleId::at).zip(&self.kinds).map(|(role, kind)| match role {
            role if self.vacant.has(role) => NOBODY.to_owned(),
            role if by_file(role) => Seat::by_commands(*kind),
            _ => kind.name().to_owned(),
        });
        Setup::of(public, UNATTENDED, by)
    }
}

/// A game in progress.
pub(super) struct Game<'a> {
    prepared: &'a Prepared,
    driver: Driver,
    journal: Option<(PathBuf, Writer<JournalFile>)>,
    /// Why nothing is written to the journal any more, if that is so. Play goes on.
    unwritten: Option<String>,
    /// So many orders are in the journal.
    journalled: usize,
    /// Why orders of a file were given.
    because: Option<String>,
    /// The reasons that stood with orders of a file.
    reasons: Vec<Reason>,
    /// Orders of a file that came to nothing.
    refused: Vec<Refused>,
}

/// An order of a file that was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Refused {
    /// When it was given.
    pub at: ExerciseTime,
    /// By which role.
    pub role: RoleId,
    /// As the file says it, with what it was to be done to.
    pub order: PlainOrder,
    /// Why not.
    pub why: Refusal,
}

impl<'a> Game<'a> {
    /// At STARTEX.
    pub fn begin(prepared: &'a Prepared, seed: u64, casting: &Casting, journal: Option<&Path>) -> Result<Game<'a>, Trouble> {
        let journal = match journal {
            None => None,
            Some(path) => {
                let file = files::journal_file(path)?;
                let writer = Writer::begin(file, header(prepared, seed, casting)).map_err(|error| not_written(path, &error))?;
                Some((path.to_owned(), writer))
            }
        };
        let exercise = Exercise::with_setup(prepared.program.clone(), Chance::new(seed), casting.vacant);
        let driver = Driver::of(exercise, &casting.kinds);
        Ok(Game { prepared, driver, journal, unwritten: None, journalled: 0, because: None, reasons: Vec::new(), refused: Vec::new() })
    }

    /// At STARTEX, without a journal; every draw of chance is recorded.
    pub fn recorded(prepared: &'a Prepared, seed: u64, casting: &Casting) -> Game<'a> {
        let mut chance = Chance::new(seed);
        chance.start_recording();
        let exercise = Exercise::with_setup(prepared.program.clone(), chance, casting.vacant);
        Game {
            prepared,
            driver: Driver::of(exercise, &casting.kinds),
            journal: None,
            unwritten: None,
            journalled: 0,
            because: None,
            reasons: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Plays to ENDEX. `tell` is given every fact, once, as soon as what led to it is in the journal.
    pub fn play(&mut self, commands: &[Scheduled], screen: &Screen, mut tell: impl FnMut(&Exercise, &Happened)) -> Result<(), Trouble> {
        let endex = self.prepared.program.public.endex;
        let mut bar = screen.progress(endex.0.max(0) as u64, "playing");
        let (mut told, mut next, mut checkpoint) = (0, 0, ExerciseTime(0) + CHECKPOINT_EVERY);
        loop {
            let until = commands.get(next).map_or(endex, |command| command.at).min(checkpoint).min(endex);
            self.advance(until)?;
            while let Some(command) = commands.get(next).filter(|command| command.at <= until) {
                self.order(command)?;
                next += 1;
            }
            if until == checkpoint || until == endex {
                self.checkpoint(until);
                checkpoint = until + CHECKPOINT_EVERY;
            }
            let exercise = self.driver.exercise();
            exercise.ledger().since(told).for_each(|happened| tell(exercise, happened));
            told = exercise.ledger().len();
            bar.at(until.0.max(0) as u64);
            if until == endex {
                bar.done();
                return Ok(());
            }
        }
    }

    fn advance(&mut self, until: ExerciseTime) -> Result<(), Trouble> {
        self.driver.advance(until).map_err(fault)?;
        self.note();
        Ok(())
    }

    /// Gives the orders that one entry of a file stands for. What it is done to is looked up now, in the eyes of its seat.
    fn order(&mut self, command: &Scheduled) -> Result<(), Trouble> {
        let view = self.driver.exercise().view(command.role);
        let alert = |name: &str| -> Option<Key> {
            // An alert that this seat does not have: the order goes out all the same, and is refused with a fact.
            view.alert_named(name).or(Some(Key::named(name)))
        };
        let list = orders(&self.prepared.program.public, &self.prepared.names, &command.order, &alert)?;
        self.because.clone_from(&command.because);
        let each = list.len() == command.order.on.len();
        for (place, order) in list.into_iter().enumerate() {
            let receipt = self.driver.order(command.at, command.role, order, Origin::Person).map_err(fault)?;
            if let Some(words) = command.because.clone().filter(|words| !words.trim().is_empty()) {
                self.reasons.push(Reason { at: command.at, role: command.role, order, words });
            }
            if let Receipt::Refused(why) = receipt {
                let mut order = command.order.clone();
                // One target of several: only this one was refused.
                if each && let Some(target) = order.on.get(place).cloned() {
                    order.on = vec![target];
                }
                self.refused.push(Refused { at: command.at, role: command.role, order, why });
            }
            self.note();
        }
        self.because = None;
        Ok(())
    }

    /// Writes to the journal. What cannot be written is not kept, and that is said at the end; nothing is written behind it.
    fn write(&mut self, deed: impl FnOnce(&mut Writer<JournalFile>) -> std::io::Result<()>) {
        if let Some((path, writer)) = &mut self.journal
            && let Err(error) = deed(writer)
        {
            self.unwritten = Some(format!("the journal {} cannot be written any more: {error}", shown(path)));
            self.journal = None;
        }
    }

    /// Puts the orders given since the last time into the journal.
    fn note(&mut self) {
        if self.journal.is_none() {
            return;
        }
        let public = &self.prepared.program.public;
        let command = |issued: &Issued| {
            let by_person = issued.origin == Origin::Person;
            journal::Command::of(public, issued, self.because.clone().filter(|_| by_person), None)
        };
        let commands: Vec<journal::Command> = self.driver.issued().since(self.journalled).map(command).collect();
        self.journalled = self.driver.issued().len();
        self.write(|writer| commands.into_iter().try_for_each(|command| writer.command(command)));
    }

    fn checkpoint(&mut self, at: ExerciseTime) {
        if self.journal.is_some() {
            let reached = Entry::Reached(Reached { at, hash: self.driver.exercise().hash() });
            self.write(|writer| writer.record(&reached));
        }
    }

    /// Closes the session.
    pub fn close(mut self) -> Result<Finished, Trouble> {
        let exercise = self.driver.exercise();
        let program = exercise.program();
        let assessment = assessment::assess(program, exercise.ledger(), exercise.watch());
        let hash = exercise.hash();
        if self.journal.is_some() {
            let closed = Closed::of(exercise, &assessment);
            self.write(|writer| writer.record(&Entry::Closed(Box::new(closed))));
        }
        Ok(Finished { hash, assessment, unwritten: self.unwritten, driver: self.driver, reasons: self.reasons, refused: self.refused })
    }

    /// Leaves the exercise as it stands, unjudged.
    pub fn into_exercise(self) -> Exercise {
        self.driver.into_exercise()
    }
}

/// A game that came to its end.
pub(super) struct Finished {
    pub hash: String,
    pub assessment: Assessment,
    /// Orders of a file that came to nothing, in the order of time.
    pub refused: Vec<Refused>,
    /// Why the journal ends before the session does, if that is so.
    pub unwritten: Option<String>,
    reasons: Vec<Reason>,
    driver: Driver,
}

impl Finished {
    /// Of a session that was played.
    pub fn of(driver: Driver, assessment: Assessment) -> Finished {
        Finished { hash: driver.exercise().hash(), assessment, refused: Vec::new(), unwritten: None, reasons: Vec::new(), driver }
    }

    /// How it was played, for its debrief: what its journal would say.
    pub fn about(&self, seed: u64, setup: &Setup, prepared: &Prepared) -> debrief::Session {
        debrief::Session { reasons: self.reasons.clone(), ..debrief::Session::of_run(self.exercise(), seed, setup, prepared) }
    }

    /// How many orders were given by people, or by a file in their place.
    pub fn ordered_by_people(&self) -> usize {
        self.driver.issued().since(0).filter(|issued| issued.origin == Origin::Person).count()
    }

    /// The exercise at its end.
    pub fn exercise(&self) -> &Exercise {
        self.driver.exercise()
    }
}

fn fault(fault: Fault) -> Trouble {
    Trouble::Mismatch(fault.to_string())
}

fn not_written(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::Says(format!("the journal {} cannot be written: {error}", shown(path)))
}

fn header(prepared: &Prepared, seed: u64, casting: &Casting) -> Header {
    Header::of(prepared, seed, casting.setup(&prepared.program.public))
}
