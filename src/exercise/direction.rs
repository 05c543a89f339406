//! The facilitator's hand: what changes the course of play without being anybody's order.
//!
//! A direction is recorded as a fact, and everything that follows from it has that fact among its causes. So the assessment can tell which results
//! the facilitator had a part in, and leaves them out.

use crate::exercise::estate::Estate;
use crate::exercise::injects::Word;
use crate::exercise::outbox::Outbox;
use crate::exercise::{continuity, detection, estate, incident_command, injects, response, team};
use crate::ids::{DenseId, Key};
use crate::time::Span;
use crate::vocabulary::communication::Observation as Says;
use crate::vocabulary::estate::Observation as Looks;
use crate::vocabulary::exercise::{Direction, Fact};

/// Records a direction and asks the domain that it is about.
pub(super) fn begin(direction: Direction, estate: &Estate, out: &mut Outbox<'_>) {
    out.fact(Fact::Directed { direction: direction.tag(), about: about(direction, out) });
    match direction {
        Direction::Fire { inject } => out.ask(injects::Due::Directed(inject, Word::Fire)),
        Direction::Hold { inject } => out.ask(injects::Due::Directed(inject, Word::Hold)),
        Direction::Release { inject } => out.ask(injects::Due::Directed(inject, Word::Release)),
        Direction::Skip { inject } => out.ask(injects::Due::Directed(inject, Word::Skip)),
        Direction::Retract { inject } => out.ask(injects::Due::Directed(inject, Word::Retract)),
        // The words are in the program that is played already.
        Direction::Edit { .. } => {}
        Direction::Improvise { inject } => out.ask(injects::Due::Directed(inject, Word::Fire)),
        Direction::Hint { inject } => {
            let program = out.program;
            for criterion in program.secret.injects.get(inject.index()).map_or(&[][..], |plan| &plan.sets_aside) {
                out.effect(Fact::Helped { criterion: *criterion });
            }
            out.ask(injects::Due::Directed(inject, Word::Fire));
        }
        Direction::Tell { roles, claim, stance } => out.tell(roles, Says::Claim { claim, stance }),
        Direction::AssumeWatched { sensor } => out.ask(detection::Due::Assume { sensor, blocks: false }),
        Direction::AssumeBlocks { sensor } => out.ask(detection::Due::Assume { sensor, blocks: true }),
        Direction::AssumeBackupSafe { data } => {
            out.ask(estate::Due::SecureBackup(data));
            out.tell(out.roles(|role| role.data.contains(&data)), Looks::BackupIs { data, there: true, secured: true });
        }
        Direction::AssumeVendorHere { vendor } => out.ask(team::Due::VendorArrives { vendor }),
        Direction::AssumeStaff { people, skill } => out.ask(team::Due::Volunteers { people, skill }),
        Direction::EndTask { task, done } => out.ask(team::Due::Override { task, done }),
        Direction::Machine { asset, on_network } => {
            if on_network {
                // Whatever keeps it off: cut off, or switched off.
                if estate.is_off(asset) {
                    out.ask(estate::Due::PowerOn(asset));
                }
                out.ask(estate::Due::Reconnect(asset));
            } else {
                out.ask(estate::Due::Isolate(asset));
            }
            // Those who have it see it; through any one of them.
            if let Some(role) = out.roles(|role| role.assets.has(asset)).iter().next() {
                out.ask(response::Due::Show(role, response::Shown::Machine(asset)));
            }
        }
        Direction::ServiceAt { service, percent } => out.ask(continuity::Due::Override { service, percent: Some(percent) }),
        Direction::ServiceFollows { service } => out.ask(continuity::Due::Override { service, percent: None }),
        Direction::Absent { role, away } => out.ask(team::Due::Absent { role, away }),
        Direction::SensorBack { sensor } => out.ask(detection::Due::SeesAgain { sensor }),
        Direction::Extend { gate, minutes } => out.ask(incident_command::Due::Extend { gate, by: Span::minutes(i64::from(minutes)) }),
        Direction::Reopen { gate, minutes } => out.ask(incident_command::Due::Reopen { gate, within: Span::minutes(i64::from(minutes)) }),
    }
}

/// What a direction is about. Words that the facilitator gave are in it, so that the hash of the facts covers them.
fn about(direction: Direction, out: &Outbox<'_>) -> Key {
    let names = &out.program.names;
    match direction {
        Direction::Fire { inject }
        | Direction::Hold { inject }
        | Direction::Release { inject }
        | Direction::Skip { inject }
        | Direction::Retract { inject } => names.of(inject),
        Direction::Edit { inject } | Direction::Improvise { inject } | Direction::Hint { inject } => {
            let words = out.program.public.injects.get(inject.index()).map_or("", |inject| inject.text.as_str());
            Key::of(&[names.of(inject).0, Key::named(words).0])
        }
        Direction::Tell { claim, .. } => names.of(claim),
        Direction::AssumeWatched { sensor } | Direction::AssumeBlocks { sensor } | Direction::SensorBack { sensor } => names.of(sensor),
        Direction::AssumeBackupSafe { data } => names.of(data),
        Direction::AssumeVendorHere { vendor } => names.of(vendor),
        Direction::AssumeStaff { people, skill } => Key::of(&[u64::from(people), skill as u64]),
        Direction::EndTask { task, done } => Key::of(&[task.0, u64::from(done)]),
        Direction::Machine { asset, on_network } => Key::of(&[names.of(asset).0, u64::from(on_network)]),
        Direction::ServiceAt { service, percent } => Key::of(&[names.of(service).0, u64::from(percent)]),
        Direction::ServiceFollows { service } => names.of(service),
        Direction::Absent { role, away } => Key::of(&[names.of(role).0, u64::from(away)]),
        Direction::Extend { gate, minutes } | Direction::Reopen { gate, minutes } => Key::of(&[names.of(gate).0, u64::from(minutes)]),
    }
}
