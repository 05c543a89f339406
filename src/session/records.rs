//! Playing a discussion from a file of records: what a room decided, move by move, with nobody at the keyboard.

use super::matching::{Proposal, clear, ids};
use super::{Session, Trouble, Update};
use crate::ids::{DenseId, GateId, MoveId, RoleId};
use crate::journal::{Annotation, RemarkKind};
use crate::scenario::prepare::{Noted, NotedAs};
use crate::time::ExerciseTime;

/// What became of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was taken to mean this.
    Taken(String),
    /// It was written down, and has no effect.
    NotedOnly,
    /// It was written down; what it may mean, for whoever is to pick one. Empty: nothing does ([`Session::why_nothing`]).
    NotClear(Vec<String>),
    /// It was written down, and cannot be any more: why.
    TooLate(String),
}

/// Plays a discussion to ENDEX. `tell` hears of every record and what became of it, and of every update that would be read aloud.
///
/// # Errors
/// A fault of the scenario, or a record that names what is not there.
pub fn play_records(
    session: &mut Session,
    records: &[Noted],
    mut opened: impl FnMut(&Session, MoveId),
    mut tell: impl FnMut(&Session, &Noted, Outcome),
    mut updated: impl FnMut(&Session, &Update),
) -> Result<(), Trouble> {
    // The first move may open at STARTEX itself or later; until it does nobody is in the room.
    while session.current_move().is_none() && !session.finished() {
        session.next_move()?;
    }
    while !session.finished() {
        if let Some(current) = session.current_move() {
            opened(session, current);
            for record in records.iter().filter(|record| record.of_move.index() == current.index()) {
                let outcome = take(session, record)?;
                tell(session, record, outcome);
            }
        }
        let update = session.next_move()?;
        updated(session, &update);
    }
    Ok(())
}

pub(super) fn take(session: &mut Session, record: &Noted) -> Result<Outcome, Trouble> {
    match &record.what {
        NotedAs::Order(Some(0)) => {
            session.annotate(Annotation::new(RemarkKind::Record, record.says.clone()));
            Ok(Outcome::NotedOnly)
        }
        NotedAs::Order(take) => {
            let proposals = session.propose(&record.says, record.owner);
            let picked = match take {
                Some(take) => proposals.get(usize::from(*take) - 1),
                None => clear(&proposals),
            };
            match picked.cloned() {
                Some(proposal) => {
                    session.accept(&record.says, &proposal, record.at)?;
                    Ok(Outcome::Taken(proposal.says))
                }
                None => {
                    session.annotate(Annotation::new(RemarkKind::Record, record.says.clone()));
                    // Whoever writes the file says which by what its author called it.
                    let public = &session.program().public;
                    let says = |proposal: Proposal| match ids(public, &proposal.meant).as_slice() {
                        [] => proposal.says,
                        ids => format!("{} [{}]", proposal.says, ids.join(", ")),
                    };
                    Ok(Outcome::NotClear(proposals.into_iter().map(says).collect()))
                }
            }
        }
        NotedAs::Decision { gate, choice, sure, positions } => {
            let decided = Decided { gate: *gate, choice: *choice, sure: *sure, positions, because: None };
            session.decide_with(&record.says, &decided, record.at)
        }
        NotedAs::Belief(claim, percent) => {
            session.believe(&record.says, *claim, *percent)?;
            let text = session.program().public.claims[claim.index()].text.clone();
            Ok(Outcome::Taken(format!("believed with {percent} %: {text}")))
        }
    }
}

/// A decision of a room, as it is written down.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// Of what.
    pub gate: GateId,
    /// Which choice.
    pub choice: u8,
    /// How sure the room is, in percent.
    pub sure: u8,
    /// What others wrote down before it was discussed: who, which choice, how sure in percent.
    pub positions: &'a [(RoleId, u8, u8)],
    /// The reason that the room gave.
    pub because: Option<&'a str>,
}

impl Session {
    /// Records a decision, with what others wrote down before it was discussed: who, which choice, how sure in percent. Who thought otherwise stays on
    /// record.
    ///
    /// # Errors
    /// A fault of the scenario.
    pub fn decide_with(&mut self, says: &str, decided: &Decided<'_>, from: ExerciseTime) -> Result<Outcome, Trouble> {
        let Decided { gate, choice, sure, positions, because } = *decided;
        let public = &self.program().public;
        let plan = public.gates.get(gate.index()).ok_or_else(|| Trouble::Not("there is no such decision".to_owned()))?;
        let stand = |choice: u8| plan.choices.get(usize::from(choice)).map_or("", |choice| choice.text.as_str());
        let lines: Vec<(Option<String>, RoleId, u8, u8)> = (positions.iter())
            .map(|(role, other, sure)| {
                let label = public.roles.get(role.index()).map_or("", |role| role.label.as_str());
                let says = || format!("{} {label} thought otherwise: {} ({sure} % sure)", plan.ask, stand(*other));
                ((*other != choice).then(says), *role, *other, *sure)
            })
            .collect();
        let id = plan.id.clone();
        for (line, role, other, sure) in lines {
            // Of what is decided already, nobody can say privately any more what they think; what was written down stays.
            if self.position(gate, role, other, sure, None).is_err()
                && let Some(line) = line
            {
                self.annotate(Annotation { about: Some(id.clone()), ..Annotation::new(RemarkKind::Dissent, line) });
            }
        }
        match self.decide_because(says, gate, choice, sure, from, because) {
            Ok(()) => {
                let record = self.annotations().iter().rev().find(|remark| remark.kind == RemarkKind::Record);
                Ok(Outcome::Taken(record.and_then(|remark| remark.value.clone()).unwrap_or_default()))
            }
            Err(Trouble::Not(why)) => {
                self.annotate(Annotation::new(RemarkKind::Record, says));
                Ok(Outcome::TooLate(why))
            }
            Err(other) => Err(other),
        }
    }
}
