//! Going on after a crash, and going back: playing again what people did, with policies as they played.

use super::plain::instruction;
use super::{Doing, Mode, Occupancy, Seated, Session, Trouble, driver};
use crate::exercise::{RULES, Receipt};
use crate::ids::{DenseId, RoleId};
use crate::journal::{self, Command, Difference, Entry, Journal, Numbered, Position, Reached, ReceiptWritten, ReplayError, Retained, Writer};
use crate::policy::{Kind, Origin};
use crate::scenario::compile::written;
use crate::time::ExerciseTime;
use crate::vocabulary::Order;

/// What is gathered while a journal is played again.
#[derive(Default)]
struct Again<'a> {
    /// All orders that it has.
    given: Vec<Given<'a>>,
    /// What people thought of decisions; it is taken when play stands where it stood.
    positions: Vec<&'a Position>,
    /// Where the clock stood.
    reached: ExerciseTime,
    /// The first checkpoint that was reached otherwise.
    differs: Option<Difference>,
}

/// An order in a journal.
struct Given<'a> {
    line: usize,
    command: &'a Command,
    role: RoleId,
    order: Order,
}

impl Session {
    /// Goes on where a journal ends; it is kept nowhere until [`Session::keep_in`] says where.
    ///
    /// # Errors
    /// The journal is closed, cannot be played, or policies do not play as they did.
    pub fn resume(journal: &Journal) -> Result<Session, Trouble> {
        let header = journal.header();
        if header.rules != RULES {
            return Err(ReplayError::OtherRules(header.rules).into());
        }
        if journal.closed().is_some() {
            return Err(Trouble::Closed);
        }
        let mode = Mode::named(&header.setup.mode)
            .ok_or_else(|| Trouble::Not(format!("a session in mode `{}` cannot be gone on with", header.setup.mode)))?;
        let prepared = journal::prepare_journal(journal)?;
        let entries = journal::validated(journal, &prepared)?;
        let public = &prepared.program.public;
        let mut seats = vec![Seated::Policy(Kind::Idle); public.roles.len()];
        for seat in &header.setup.seats {
            let role: RoleId = prepared.names.resolve(&seat.role).map_err(Trouble::Not)?;
            let by = Seated::named(&seat.by).ok_or_else(|| Trouble::Not(format!("nobody is called `{}`", seat.by)))?;
            if let Some(place) = seats.get_mut(role.index()) {
                *place = by;
            }
        }
        let mut session = Session {
            driver: driver(&prepared, header.seed, &seats),
            written: (prepared.program.clone(), prepared.names.clone()),
            prepared,
            mode,
            seed: header.seed,
            labels: vec![None; seats.len()],
            first_seats: seats.clone(),
            seats,
            doings: Vec::new(),
            annotations: journal.annotations().cloned().collect(),
            positions: Vec::new(),
            journal: Writer::resume(Retained::of(journal), journal),
            journalled: 0,
            closed: false,
        };
        let mut again = Again::default();
        for numbered in entries {
            session.entry_again(numbered, &mut again)?;
        }
        session.driver.advance(again.reached)?;
        for position in again.positions {
            session.position_again(position)?;
        }
        session.like(&again.given, again.reached)?;
        if let Some(difference) = again.differs {
            return Err(Trouble::Otherwise(difference));
        }
        // What a crash kept from being written is written now.
        session.journalled = again.given.len();
        session.note_orders();
        session.positions_again();
        Ok(session)
    }

    /// Does again what a line says.
    fn entry_again<'a>(&mut self, numbered: &'a Numbered, again: &mut Again<'a>) -> Result<(), Trouble> {
        let wrong = |message: String| Trouble::from(journal::cannot_be(numbered.line, &message));
        let (at, doing) = match &numbered.entry {
            Entry::Command(command) => {
                let role: RoleId = self.prepared.names.resolve(&command.role).map_err(wrong)?;
                let order = journal::order_of(&self.prepared, &command.order).map_err(wrong)?;
                again.given.push(Given { line: numbered.line, command, role, order });
                again.reached = again.reached.max(command.at);
                if command.origin == journal::Origin::Policy {
                    // Policies are asked again; what they order now is held against this afterwards.
                    return Ok(());
                }
                (command.at, Doing::Order { role, order, because: command.because.clone(), request: command.request.clone() })
            }
            Entry::Directed(directed) => (directed.at, Doing::Direction { direction: directed.direction.clone(), because: directed.because.clone() }),
            Entry::Instructed(instructed) => {
                let told = instructed.told.iter().map(|told| Ok((self.prepared.names.resolve(&told.role)?, instruction(&self.prepared, &told.to)?)));
                (instructed.at, Doing::Instruction { words: instructed.words.clone(), told: told.collect::<Result<_, String>>().map_err(wrong)? })
            }
            Entry::Occupied(occupied) => {
                let role = self.prepared.names.resolve(&occupied.role).map_err(wrong)?;
                let by = Seated::named(&occupied.by).ok_or_else(|| wrong(format!("nobody is called `{}`", occupied.by)))?;
                (occupied.at, Doing::Seat(Occupancy { at: occupied.at, role, by, label: occupied.label.clone() }))
            }
            Entry::Position(position) => {
                again.positions.push(position);
                again.reached = again.reached.max(position.at);
                return Ok(());
            }
            Entry::Reached(there) => {
                again.reached = again.reached.max(there.at);
                return self.reached_again(numbered.line, there, again);
            }
            Entry::Header(_) | Entry::Rewound(_) | Entry::Annotation(_) | Entry::Closed(_) => return Ok(()),
        };
        again.reached = again.reached.max(at);
        self.do_it(at, &doing).map_err(|trouble| match trouble {
            Trouble::Not(message) => wrong(message),
            other => other,
        })?;
        self.doings.push((at, doing));
        Ok(())
    }

    /// Whether a checkpoint is reached as it was: with the same facts, and with nothing ordered until then that the journal does not have, because
    /// whatever was ordered is on disk before a checkpoint is.
    fn reached_again(&mut self, line: usize, there: &Reached, again: &mut Again<'_>) -> Result<(), Trouble> {
        if self.now() < there.at {
            self.driver.advance(there.at)?;
        }
        if again.differs.is_some() {
            return Ok(());
        }
        let mut now = self.exercise().hash();
        if now != there.hash {
            // It may have been written after policies had their turn at this very moment.
            self.driver.advance(there.at)?;
            now = self.exercise().hash();
        }
        let difference = if now != there.hash {
            journal::other_hash(there.at, &there.hash, &now)
        } else if self.driver.issued().len() > again.given.len() {
            "an order was given before this, and no line has it".to_owned()
        } else {
            return Ok(());
        };
        again.differs = Some(Difference { line, what: difference });
        Ok(())
    }

    /// Whether what was ordered now is what the journal says. At its last moment a crash may have kept some of what policies ordered from being
    /// written; before that, nothing.
    fn like(&self, given: &[Given<'_>], reached: ExerciseTime) -> Result<(), Trouble> {
        let public = &self.prepared.program.public;
        let show = |at: ExerciseTime, role: RoleId, order: &Order| {
            let plain = written(public, order);
            format!("{at} {}: {} {}", public.roles[role.index()].id, plain.action, plain.on.join(", "))
        };
        let mut issued = self.driver.issued().iter();
        for (place, Given { line, command, role, order }) in given.iter().enumerate() {
            let then = || show(command.at, *role, order);
            match issued.next() {
                Some(now) if (now.at, now.role, now.order, now.origin.into()) == (command.at, *role, *order, command.origin) => {
                    let receipt = ReceiptWritten::from(now.receipt);
                    if receipt != command.receipt {
                        return Err(Trouble::Otherwise(Difference { line: *line, what: journal::other_receipt(command, &receipt) }));
                    }
                }
                Some(now) => return Err(Trouble::Unlike { nth: place + 1, then: then(), now: show(now.at, now.role, &now.order) }),
                None => return Err(Trouble::Unlike { nth: place + 1, then: then(), now: "nothing".to_owned() }),
            }
        }
        match issued.next() {
            Some(now) if now.at < reached => {
                Err(Trouble::Unlike { nth: given.len() + 1, then: "nothing".to_owned(), now: show(now.at, now.role, &now.order) })
            }
            _ => Ok(()),
        }
    }

    /// Plays from STARTEX to a moment, with all that people did until then.
    pub(super) fn play_again(&mut self, until: ExerciseTime) -> Result<(), Trouble> {
        // What was laid over the scenario is laid over it again.
        (self.prepared.program, self.prepared.names) = self.written.clone();
        // And everybody takes their seats again.
        self.seats.clone_from(&self.first_seats);
        self.labels = vec![None; self.seats.len()];
        self.driver = driver(&self.prepared, self.seed, &self.seats);
        for (at, doing) in self.doings.clone() {
            self.do_it(at, &doing)?;
        }
        self.driver.advance(until)?;
        self.journalled = self.driver.issued().len();
        Ok(())
    }

    pub(super) fn do_it(&mut self, at: ExerciseTime, doing: &Doing) -> Result<Option<Receipt>, Trouble> {
        match doing {
            Doing::Order { role, order, .. } => Ok(Some(self.driver.order(at, *role, *order, Origin::Person)?)),
            Doing::Direction { direction, .. } => {
                self.driver.advance(at)?;
                let exercise = self.driver.exercise();
                if direction.lay_over(&mut self.prepared, |inject| exercise.standing(inject)).map_err(Trouble::Not)? {
                    self.driver.lay_over(self.prepared.program.clone());
                }
                let direction = direction.resolve(&self.prepared.names).map_err(Trouble::Not)?;
                self.driver.direct(at, direction)?;
                Ok(None)
            }
            Doing::Seat(Occupancy { role, by, label, .. }) => {
                self.driver.advance(at)?;
                if let (Some(seat), Some(known)) = (self.seats.get_mut(role.index()), self.labels.get_mut(role.index())) {
                    // From one person to the next no program is concerned.
                    if seat != by {
                        self.driver.occupy(*role, by.kind());
                    }
                    (*seat, *known) = (*by, label.clone());
                }
                Ok(None)
            }
            Doing::Instruction { told, .. } => {
                self.driver.advance(at)?;
                for (role, instruction) in told {
                    self.driver.instruct(*role, instruction.clone());
                }
                Ok(None)
            }
        }
    }
}
