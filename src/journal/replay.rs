//! Playing a journal again: the same scenario, seed and orders, and what must come of them.

use std::collections::BTreeSet;

use thiserror::Error;

use super::entry::{Closed, Command, Entry, NOBODY, ReceiptWritten, shortened};
use super::from_play::order_of;
use super::people::{Directed, Occupied};
use super::plausible;
use super::read::{Damage, Journal, Numbered};
use crate::chance::Chance;
use crate::exercise::{Exercise, Fault, RULES};
use crate::ids::{RoleId, RoleSet};
use crate::scenario::prepare::{Findings, Prepared, Unprepared, prepare_closed};
use crate::scenario::source::Opening;
use crate::time::ExerciseTime;
use crate::vocabulary::Order;

/// A journal that was played again.
pub struct Replayed {
    /// What was played.
    pub prepared: Prepared,
    /// Where it stands now.
    pub exercise: Exercise,
    /// The first line whose result was another, if any was.
    pub differs: Option<Difference>,
    /// The orders that were played: when, by whom, what, and from where.
    pub commands: Vec<(RoleId, Command)>,
    /// Who took which role while play ran.
    pub occupied: Vec<Occupied>,
    /// Whether the session was closed.
    pub closed: bool,
}

/// A result that was not the journalled one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The number of the line, from 1.
    pub line: usize,
    /// What it says, and what came now.
    pub what: String,
}

/// Why a journal cannot be played.
#[derive(Error, Debug)]
pub enum ReplayError {
    /// It was played by other rules. What is stored in it can still be shown.
    #[error("this journal was played by rules {0}; this build plays by rules {RULES}")]
    OtherRules(u32),
    /// A line says something that cannot be.
    #[error("line {}: {}", .0.line, .0.what)]
    Damaged(Damage),
    /// The scenario in it cannot be played.
    #[error("line 1: the scenario in this journal cannot be played")]
    Scenario(Box<Findings>),
    /// The scenario goes in a circle.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fn damaged(line: usize, what: impl Into<String>) -> ReplayError {
    ReplayError::Damaged(Damage { line, what: what.into() })
}

/// A line says something that cannot be; `what` may quote it.
pub(crate) fn cannot_be(line: usize, what: &str) -> ReplayError {
    damaged(line, shortened(what))
}

/// The scenario that a journal carries, ready to be played.
///
/// # Errors
/// It cannot be played, or is not the one that the journal says it is.
pub fn prepare_journal(journal: &Journal) -> Result<Prepared, ReplayError> {
    let header = journal.header();
    let opening = Opening::closed(&header.scenario.root, header.scenario.files.iter().cloned());
    let prepared = match prepare_closed(&opening, header.profile.as_ref(), Some(&header.setup.cut)) {
        Ok(prepared) => prepared,
        Err(Unprepared::Findings(found)) => return Err(ReplayError::Scenario(found)),
        Err(Unprepared::Open(error)) => return Err(damaged(1, shortened(&error.to_string()))),
    };
    if prepared.program.public.identity != header.scenario.identity {
        return Err(damaged(1, "the scenario it carries is not the one it was played with: their identities differ"));
    }
    Ok(prepared)
}

/// Plays a journal again. No policy is asked anything.
///
/// # Errors
/// It cannot be played at all. A result that differs is no error: it is in [`Replayed::differs`].
pub fn replay(journal: &Journal) -> Result<Replayed, ReplayError> {
    let header = journal.header();
    if header.rules != RULES {
        return Err(ReplayError::OtherRules(header.rules));
    }
    let mut prepared = prepare_journal(journal)?;
    let entries = validated(journal, &prepared)?;
    let empty = header.setup.seats.iter().filter(|seat| seat.by == NOBODY);
    let vacant = empty.map(|seat| prepared.names.resolve(&seat.role)).collect::<Result<RoleSet, String>>();
    let vacant = vacant.map_err(|message| cannot_be(1, &message))?;
    let mut exercise = Exercise::with_setup(prepared.program.clone(), Chance::new(header.seed), vacant);
    let mut player = Player { prepared: &mut prepared, differs: None, commands: Vec::new() };
    let mut closed = false;
    let mut occupied = Vec::new();
    for numbered in entries {
        match &numbered.entry {
            Entry::Command(command) => player.command(&mut exercise, numbered.line, command)?,
            Entry::Reached(reached) => player.checkpoint(&mut exercise, numbered.line, reached.at, &reached.hash)?,
            Entry::Closed(end) => {
                let Closed { at, hash, .. } = &**end;
                player.checkpoint(&mut exercise, numbered.line, *at, hash)?;
                closed = true;
            }
            Entry::Directed(directed) => player.direction(&mut exercise, numbered.line, directed)?,
            Entry::Occupied(change) => occupied.push(change.clone()),
            // What colleagues were told has no effect but their orders, which are here.
            Entry::Instructed(_) | Entry::Position(_) | Entry::Header(_) | Entry::Rewound(_) | Entry::Annotation(_) => {}
        }
    }
    let Player { differs, commands, .. } = player;
    Ok(Replayed { prepared, exercise, differs, commands, occupied, closed })
}

/// The entries that count, held against the scenario that the journal carries: what replay and going on after a crash both play. An order that was
/// asked for twice counts once.
///
/// # Errors
/// The first line that says something which cannot be.
pub fn validated<'a>(journal: &'a Journal, prepared: &Prepared) -> Result<Vec<&'a Numbered>, ReplayError> {
    let header = journal.header();
    plausible::setup(header, prepared).map_err(|message| cannot_be(1, &message))?;
    let endex = prepared.program.public.endex;
    let mut requests = BTreeSet::new();
    let mut entries = effective(&journal.entries, endex)?;
    entries.retain(|numbered| match &numbered.entry {
        Entry::Command(command) => command.request.as_ref().is_none_or(|request| requests.insert(request)),
        _ => true,
    });
    // Remarks stand beside the course of play, so they are no entries that count; they are looked at all the same.
    for numbered in &journal.entries {
        if let Entry::Annotation(remark) = &numbered.entry {
            plausible::remark(remark, endex).map_err(|message| cannot_be(numbered.line, &message))?;
        }
    }
    for numbered in &entries {
        let fits = match &numbered.entry {
            Entry::Command(command) => plausible::origin(header, command),
            Entry::Instructed(instructed) => plausible::instructed(header, instructed, prepared),
            Entry::Occupied(change) => plausible::occupied(header, change, prepared),
            Entry::Position(position) => plausible::position(header, position, prepared),
            _ => Ok(()),
        };
        fits.map_err(|message| cannot_be(numbered.line, &message))?;
    }
    Ok(entries)
}

/// The entries that count: what was undone is left out, and time runs forward.
///
/// # Errors
/// A moment outside the exercise, or out of order.
pub fn effective(entries: &[Numbered], endex: ExerciseTime) -> Result<Vec<&Numbered>, ReplayError> {
    let mut list: Vec<(ExerciseTime, &Numbered)> = Vec::new();
    for numbered in entries {
        let at = match &numbered.entry {
            Entry::Command(command) => command.at,
            Entry::Directed(directed) => directed.at,
            Entry::Instructed(instructed) => instructed.at,
            Entry::Occupied(occupied) => occupied.at,
            Entry::Position(position) => position.at,
            Entry::Reached(reached) => reached.at,
            Entry::Closed(closed) => closed.at,
            Entry::Rewound(rewound) => {
                let until = list.last().map_or(ExerciseTime(0), |(at, _)| *at);
                if rewound.to < ExerciseTime(0) || rewound.to > until {
                    return Err(damaged(numbered.line, "play cannot go back to a moment that it had not reached"));
                }
                // In order of time, so that going back often costs no more than what is undone.
                list.truncate(list.partition_point(|(at, _)| *at <= rewound.to));
                continue;
            }
            Entry::Header(_) | Entry::Annotation(_) => continue,
        };
        if at < ExerciseTime(0) || at > endex {
            return Err(damaged(numbered.line, format!("its time, {} seconds from STARTEX, lies outside the exercise", at.0)));
        }
        if list.last().is_some_and(|(before, _)| at < *before) {
            return Err(damaged(numbered.line, "its time lies before that of the line before, and play did not go back"));
        }
        list.push((at, numbered));
    }
    Ok(list.into_iter().map(|(_, numbered)| numbered).collect())
}

/// Says that other facts came.
pub(crate) fn other_hash(at: ExerciseTime, then: &str, now: &str) -> String {
    format!("at {at} the hash of the facts was {} then, and is {now} now", shortened(then))
}

/// Says that something else came of an order.
pub(crate) fn other_receipt(command: &Command, now: &ReceiptWritten) -> String {
    format!("this order of `{}` was {} then, and is {} now", shortened(&command.role), command.receipt.says(), now.says())
}

struct Player<'a> {
    prepared: &'a mut Prepared,
    differs: Option<Difference>,
    commands: Vec<(RoleId, Command)>,
}

impl Player<'_> {
    fn differ(&mut self, line: usize, what: String) {
        if self.differs.is_none() {
            self.differs = Some(Difference { line, what });
        }
    }

    fn command(&mut self, exercise: &mut Exercise, line: usize, command: &Command) -> Result<(), ReplayError> {
        let (role, order) = self.understood(line, command)?;
        let receipt = ReceiptWritten::from(exercise.issue(command.at, role, order)?);
        if receipt != command.receipt {
            self.differ(line, other_receipt(command, &receipt));
        }
        self.commands.push((role, command.clone()));
        Ok(())
    }

    fn direction(&mut self, exercise: &mut Exercise, line: usize, directed: &Directed) -> Result<(), ReplayError> {
        let wrong = |message: String| cannot_be(line, &message);
        exercise.advance(directed.at)?;
        if directed.direction.lay_over(self.prepared, |inject| exercise.standing(inject)).map_err(wrong)? {
            exercise.lay_over(self.prepared.program.clone());
        }
        let direction = directed.direction.resolve(&self.prepared.names).map_err(wrong)?;
        exercise.direct(directed.at, direction)?;
        Ok(())
    }

    fn understood(&self, line: usize, command: &Command) -> Result<(RoleId, Order), ReplayError> {
        let wrong = |message: String| cannot_be(line, &message);
        let role = self.prepared.names.resolve(&command.role).map_err(wrong)?;
        Ok((role, order_of(self.prepared, &command.order).map_err(wrong)?))
    }

    fn checkpoint(&mut self, exercise: &mut Exercise, line: usize, at: ExerciseTime, hash: &str) -> Result<(), ReplayError> {
        exercise.advance(at)?;
        // After the first difference every later hash differs: nobody needs to compute them.
        if self.differs.is_none() {
            let now = exercise.hash();
            if now != hash {
                self.differ(line, other_hash(at, hash, &now));
            }
        }
        Ok(())
    }
}
