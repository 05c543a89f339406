//! What a journal says beside its orders, held against the scenario: its setup, and what colleagues were told. Whoever can compute a chain can
//! write anything; what can be looked at is looked at, so that nothing that cannot be is passed on as if it had been so.

use std::collections::BTreeSet;

use super::entry::{Annotation, COMMANDS, Command, Header, NOBODY, Origin, PERSON, UNATTENDED};
use super::people::{Instructed, Occupied, PlainInstruction, PlainTrigger, Position};
use crate::ids::{ClaimId, DenseId, GateId, RoleId, SegmentId, ServiceId};
use crate::policy::Kind;
use crate::policy::reference::DUTIES;
use crate::scenario::compile::{PlainOrder, orders};
use crate::scenario::prepare::Prepared;
use crate::time::ExerciseTime;

/// The modes that there are.
const MODES: [&str; 4] = [UNATTENDED, "discussion", "clocked", "solo"];

/// Whether the header fits the scenario that it carries.
///
/// # Errors
/// What does not, in one sentence.
pub(super) fn setup(header: &Header, prepared: &Prepared) -> Result<(), String> {
    let public = &prepared.program.public;
    if header.scenario.id != public.id {
        return Err(format!("it says that the scenario is `{}`, and carries `{}`", header.scenario.id, public.id));
    }
    if header.setup.cut != public.cut.id {
        return Err(format!("the scenario has no cut `{}`", header.setup.cut));
    }
    if !MODES.contains(&header.setup.mode.as_str()) {
        return Err(format!("there is no mode `{}`", header.setup.mode));
    }
    let mut seated = BTreeSet::new();
    for seat in &header.setup.seats {
        let role: RoleId = prepared.names.resolve(&seat.role)?;
        if !seated.insert(role) {
            return Err(format!("the role `{}` has two seats", seat.role));
        }
        let (first, second) = seat.by.split_once('+').map_or((seat.by.as_str(), None), |(first, second)| (first, Some(second)));
        let is_somebody = match second {
            None => [PERSON, COMMANDS, NOBODY].contains(&first) || Kind::named(first).is_some(),
            Some(policy) => first == COMMANDS && Kind::named(policy).is_some(),
        };
        if !is_somebody {
            return Err(format!("nobody who could play `{}` is called `{}`", seat.role, seat.by));
        }
    }
    match public.roles.iter().find(|role| header.setup.seats.iter().all(|seat| seat.role != role.id)) {
        Some(role) => Err(format!("the role `{}` has no seat", role.id)),
        None => Ok(()),
    }
}

/// Whether an order of an unattended session can come from where it says: seats do not change hands there.
///
/// # Errors
/// Why not, in one sentence.
pub(super) fn origin(header: &Header, command: &Command) -> Result<(), String> {
    let by = header.setup.seats.iter().find(|seat| seat.role == command.role).map_or("", |seat| seat.by.as_str());
    let from_a_file = by.split('+').next() == Some(COMMANDS);
    let fits = match command.origin {
        Origin::Person => from_a_file || by == PERSON,
        Origin::Policy => ![COMMANDS, NOBODY, PERSON].contains(&by),
    };
    if fits || header.setup.mode != UNATTENDED {
        return Ok(());
    }
    let whom = if command.origin == Origin::Policy { "a program" } else { "a person" };
    Err(format!("an order of {whom}, where the header says that `{}` is played by `{by}`", command.role))
}

/// Whether what colleagues were told can be understood.
///
/// # Errors
/// What cannot, in one sentence.
pub(super) fn instructed(header: &Header, instructed: &Instructed, prepared: &Prepared) -> Result<(), String> {
    if header.setup.mode == UNATTENDED {
        return Err("colleagues were told something, where the header says that nobody was there".to_owned());
    }
    let names = &prepared.names;
    let public = &prepared.program.public;
    let one = |order: &PlainOrder| match orders(public, names, order, &|_| None)?.len() {
        1 => Ok(()),
        _ => Err("an order in a journal is done to one thing".to_owned()),
    };
    let within = |from: ExerciseTime| match (ExerciseTime(0)..=public.endex).contains(&from) {
        true => Ok(()),
        false => Err(format!("an order for a moment outside the exercise: {} seconds from STARTEX", from.0)),
    };
    for told in &instructed.told {
        let _: RoleId = names.resolve(&told.role)?;
        match &told.to {
            PlainInstruction::Order { order, from } => {
                one(order)?;
                within(*from)?;
            }
            PlainInstruction::Leave { order } => one(order)?,
            PlainInstruction::Duty { says } => {
                if DUTIES.iter().all(|duty| duty.says != says) {
                    return Err(format!("there is no duty to {says}"));
                }
            }
            PlainInstruction::Once { trigger, orders, from } => {
                match trigger {
                    PlainTrigger::Told(claim) => names.resolve::<ClaimId>(claim).map(|_| ())?,
                    PlainTrigger::Down(service) => names.resolve::<ServiceId>(service).map(|_| ())?,
                    PlainTrigger::InSegment(segment) => names.resolve::<SegmentId>(segment).map(|_| ())?,
                    PlainTrigger::Encrypted(_) | PlainTrigger::Segments(_) | PlainTrigger::Sites(_) | PlainTrigger::Declared => {}
                }
                orders.iter().try_for_each(one)?;
                within(*from)?;
            }
        }
    }
    Ok(())
}

/// Whether a remark is about a moment that there is.
///
/// # Errors
/// Why not, in one sentence.
pub(super) fn remark(remark: &Annotation, endex: ExerciseTime) -> Result<(), String> {
    match remark.at {
        Some(at) if at < ExerciseTime(0) || at > endex => Err(format!("a remark about a moment outside the exercise: {} seconds from STARTEX", at.0)),
        _ => Ok(()),
    }
}

/// Whether somebody can have taken a role.
///
/// # Errors
/// Why not, in one sentence.
pub(super) fn occupied(header: &Header, occupied: &Occupied, prepared: &Prepared) -> Result<(), String> {
    if header.setup.mode == UNATTENDED {
        return Err("somebody took a role, where the header says that nobody was there".to_owned());
    }
    let _: RoleId = prepared.names.resolve(&occupied.role)?;
    if occupied.by != PERSON && Kind::named(&occupied.by).is_none() {
        return Err(format!("nobody who could play `{}` is called `{}`", occupied.role, occupied.by));
    }
    Ok(())
}

/// Whether somebody can have taken a position.
///
/// # Errors
/// Why not, in one sentence.
pub(super) fn position(header: &Header, position: &Position, prepared: &Prepared) -> Result<(), String> {
    if header.setup.mode == UNATTENDED {
        return Err("somebody took a position, where the header says that nobody was there".to_owned());
    }
    match (&position.role, &position.by) {
        (Some(role), _) => {
            let _: RoleId = prepared.names.resolve(role)?;
        }
        (None, Some(_)) => {}
        (None, None) => return Err("somebody took a position, and nothing says who".to_owned()),
    }
    let gate: GateId = prepared.names.resolve(&position.gate)?;
    let known = prepared.program.public.gates.get(gate.index()).is_some_and(|gate| gate.choices.iter().any(|choice| choice.id == position.choice));
    if known { Ok(()) } else { Err(format!("`{}` has no choice `{}`", position.gate, position.choice)) }
}
