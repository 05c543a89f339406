//! Going on after a crash, and going back: playing again what people did, with policies as they played.

use super::plain::instruction;
use super::{Doing, Mode, Occupancy, Seated, Session, Trouble, driver};
use crate::exercise::{RULES, Receipt};
use crate::ids::{DenseId, RoleId};
use crate::journal::{self, Entry, Journal, ReplayError, Store, Writer};
use crate::policy::{Kind, Origin};
use crate::scenario::compile::written;
use crate::time::ExerciseTime;
use crate::vocabulary::Order;

impl Session {
    /// Goes on where a journal ends. `store` stands at the end of its whole lines ([`Journal::whole_bytes`]); without one, nothing more is written.
    ///
    /// # Errors
    /// The journal is closed, cannot be played, or policies do not play as they did.
    pub fn resume(journal: &Journal, store: Option<Box<dyn Store>>) -> Result<Session, Trouble> {
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
        let public = &prepared.program.public;
        let mut seats = vec![Seated::Policy(Kind::Idle); public.roles.len()];
        for seat in &header.setup.seats {
            let role: RoleId = prepared.names.resolve(&seat.role).map_err(Trouble::Not)?;
            let by = Seated::named(&seat.by).ok_or_else(|| Trouble::Not(format!("nobody is called `{}`", seat.by)))?;
            if let Some(place) = seats.get_mut(role.index()) {
                *place = by;
            }
        }
        let entries = journal::effective(&journal.entries, public.endex)?;
        let mut doings = Vec::new();
        let mut given = Vec::new();
        let mut positions = Vec::new();
        let mut reached = ExerciseTime(0);
        for numbered in entries {
            match &numbered.entry {
                Entry::Command(command) => {
                    reached = reached.max(command.at);
                    let role: RoleId = prepared.names.resolve(&command.role).map_err(Trouble::Not)?;
                    let order = journal::order_of(&prepared, &command.order).map_err(Trouble::Not)?;
                    if command.origin == journal::Origin::Policy {
                        given.push((command.at, role, order));
                    } else {
                        let doing = Doing::Order { role, order, because: command.because.clone(), request: command.request.clone() };
                        doings.push((command.at, doing));
                    }
                }
                Entry::Directed(directed) => {
                    reached = reached.max(directed.at);
                    doings.push((directed.at, Doing::Direction(directed.direction.clone())));
                }
                Entry::Instructed(instructed) => {
                    reached = reached.max(instructed.at);
                    let told = instructed.told.iter().map(|told| Ok((prepared.names.resolve(&told.role)?, instruction(&prepared, &told.to)?)));
                    doings.push((instructed.at, Doing::Instruction(told.collect::<Result<_, String>>().map_err(Trouble::Not)?)));
                }
                Entry::Occupied(occupied) => {
                    reached = reached.max(occupied.at);
                    let role = prepared.names.resolve(&occupied.role).map_err(Trouble::Not)?;
                    let by = Seated::named(&occupied.by).ok_or_else(|| Trouble::Not(format!("nobody is called `{}`", occupied.by)))?;
                    doings.push((occupied.at, Doing::Seat(Occupancy { at: occupied.at, role, by, label: occupied.label.clone() })));
                }
                Entry::Position(position) => {
                    reached = reached.max(position.at);
                    positions.push(position);
                }
                Entry::Reached(there) => reached = reached.max(there.at),
                Entry::Header(_) | Entry::Rewound(_) | Entry::Annotation(_) | Entry::Closed(_) => {}
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
            doings,
            annotations: journal.annotations().cloned().collect(),
            positions: Vec::new(),
            journal: store.map(|store| Writer::resume(store, journal)),
            unwritten: None,
            journalled: 0,
            closed: false,
        };
        session.play_again(reached)?;
        for position in positions {
            session.position_again(position)?;
        }
        session.like(&given)?;
        Ok(session)
    }

    /// Whether policies have ordered what the journal says. At the last moment of a journal a crash may have kept some of it from being written.
    fn like(&mut self, given: &[(ExerciseTime, RoleId, Order)]) -> Result<(), Trouble> {
        let now: Vec<_> = self.driver.issued().iter().filter(|issued| issued.origin == Origin::Policy).copied().collect();
        let public = &self.prepared.program.public;
        let show = |at: ExerciseTime, role: RoleId, order: &Order| {
            let plain = written(public, order);
            format!("{at} {}: {} {}", public.roles[role.index()].id, plain.action, plain.on.join(", "))
        };
        for (place, (at, role, order)) in given.iter().enumerate() {
            let then = show(*at, *role, order);
            match now.get(place) {
                Some(issued) if (issued.at, issued.role, issued.order) == (*at, *role, *order) => {}
                Some(issued) => return Err(Trouble::Unlike { nth: place + 1, then, now: show(issued.at, issued.role, &issued.order) }),
                None => return Err(Trouble::Unlike { nth: place + 1, then, now: "nothing".to_owned() }),
            }
        }
        // What a crash kept from being written is written now.
        let missing = now.len() - given.len();
        self.journalled = self.driver.issued().len() - missing.min(self.driver.issued().len());
        self.note_orders();
        self.positions_again();
        Ok(())
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
            Doing::Direction(direction) => {
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
            Doing::Instruction(told) => {
                self.driver.advance(at)?;
                for (role, instruction) in told {
                    self.driver.instruct(*role, instruction.clone());
                }
                Ok(None)
            }
        }
    }
}
