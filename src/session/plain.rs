//! Instructions to colleagues as a journal has them: with what the author called things.

use super::{Doing, Session};
use crate::ids::{DenseId, RoleId};
use crate::journal::{Entry, Numbered, PlainInstruction, PlainTrigger, order_of};
use crate::policy::colleague::{Instruction, Trigger, Waiting};
use crate::policy::reference::DUTIES;
use crate::scenario::compile::written;
use crate::scenario::prepare::Prepared;
use crate::time::ExerciseTime;

/// What a colleague was told: when, who, what.
pub type Instructed = (ExerciseTime, RoleId, Instruction);

impl Session {
    /// What the room had colleagues told, in order; what was undone is not in it.
    pub fn instructions(&self) -> impl Iterator<Item = Instructed> {
        self.doings.iter().flat_map(|(at, doing)| match doing {
            Doing::Instruction { told, .. } => told.iter().map(|(role, instruction)| (*at, *role, instruction.clone())).collect::<Vec<_>>(),
            _ => Vec::new(),
        })
    }
}

/// The same from a journal, of the entries that count. What names something that is not there is left out.
pub fn instructions(prepared: &Prepared, entries: &[&Numbered]) -> Vec<Instructed> {
    let mut list = Vec::new();
    for numbered in entries {
        let Entry::Instructed(instructed) = &numbered.entry else { continue };
        for told in &instructed.told {
            if let (Ok(role), Ok(to)) = (prepared.names.resolve(&told.role), instruction(prepared, &told.to)) {
                list.push((instructed.at, role, to));
            }
        }
    }
    list
}

/// An instruction as a journal has it.
pub(super) fn plain_instruction(prepared: &Prepared, instruction: &Instruction) -> PlainInstruction {
    let public = &prepared.program.public;
    match instruction {
        Instruction::Do(waiting) => PlainInstruction::Order { order: written(public, &waiting.order), from: waiting.from },
        Instruction::Leave(order) => PlainInstruction::Leave { order: written(public, order) },
        Instruction::SeeTo(place) => PlainInstruction::Duty { says: DUTIES.get(*place).map_or("", |duty| duty.says).to_owned() },
        Instruction::Once(trigger, waiting) => PlainInstruction::Once {
            trigger: match *trigger {
                Trigger::Told(claim) => PlainTrigger::Told(public.claims[claim.index()].id.clone()),
                Trigger::Down(service) => PlainTrigger::Down(public.services[service.index()].id.clone()),
                Trigger::Encrypted(least) => PlainTrigger::Encrypted(least),
                Trigger::InSegment(segment) => PlainTrigger::InSegment(public.segments[segment.index()].id.clone()),
                Trigger::Segments(least) => PlainTrigger::Segments(least),
                Trigger::Sites(least) => PlainTrigger::Sites(least),
                Trigger::Declared => PlainTrigger::Declared,
            },
            orders: waiting.iter().map(|waiting| written(public, &waiting.order)).collect(),
            // The room says once from when on, for all that it wants done then.
            from: waiting.iter().map(|waiting| waiting.from).max().unwrap_or_default(),
        },
    }
}

/// What an instruction in a journal stands for.
///
/// # Errors
/// Says in one sentence what it names that is not there.
pub(super) fn instruction(prepared: &Prepared, plain: &PlainInstruction) -> Result<Instruction, String> {
    Ok(match plain {
        PlainInstruction::Order { order, from } => Instruction::Do(Waiting { order: order_of(prepared, order)?, from: *from }),
        PlainInstruction::Leave { order } => Instruction::Leave(order_of(prepared, order)?),
        PlainInstruction::Duty { says } => {
            let place = DUTIES.iter().position(|duty| duty.says == says).ok_or_else(|| format!("there is no duty to {says}"))?;
            Instruction::SeeTo(place)
        }
        PlainInstruction::Once { trigger, orders, from } => {
            let trigger = match trigger {
                PlainTrigger::Told(claim) => Trigger::Told(prepared.names.resolve(claim)?),
                PlainTrigger::Down(service) => Trigger::Down(prepared.names.resolve(service)?),
                PlainTrigger::Encrypted(least) => Trigger::Encrypted(*least),
                PlainTrigger::InSegment(segment) => Trigger::InSegment(prepared.names.resolve(segment)?),
                PlainTrigger::Segments(least) => Trigger::Segments(*least),
                PlainTrigger::Sites(least) => Trigger::Sites(*least),
                PlainTrigger::Declared => Trigger::Declared,
            };
            let waiting = orders.iter().map(|order| Ok(Waiting { order: order_of(prepared, order)?, from: *from })).collect::<Result<_, String>>()?;
            Instruction::Once(trigger, waiting)
        }
    })
}
