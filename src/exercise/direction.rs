//! The facilitator's hand: what changes the course of play without being anybody's order.
//!
//! A direction is recorded as a fact, and everything that follows from it has that fact among its causes. So the assessment can tell which results
//! the facilitator had a part in, and leaves them out.

use crate::exercise::injects::Word;
use crate::exercise::outbox::Outbox;
use crate::exercise::{detection, estate, injects, team};
use crate::ids::Key;
use crate::vocabulary::communication::Observation as Says;
use crate::vocabulary::estate::Observation as Looks;
use crate::vocabulary::exercise::{Direction, Fact};

/// Records a direction and asks the domain that it is about.
pub(super) fn begin(direction: Direction, out: &mut Outbox<'_>) {
    let names = &out.program.names;
    let about = match direction {
        Direction::Fire { inject }
        | Direction::Hold { inject }
        | Direction::Release { inject }
        | Direction::Skip { inject }
        | Direction::Retract { inject } => names.of(inject),
        Direction::Tell { claim, .. } => names.of(claim),
        Direction::AssumeWatched { sensor } | Direction::AssumeBlocks { sensor } => names.of(sensor),
        Direction::AssumeBackupSafe { data } => names.of(data),
        Direction::AssumeVendorHere { vendor } => names.of(vendor),
        Direction::AssumeStaff { people, skill } => Key::of(&[u64::from(people), skill as u64]),
    };
    out.fact(Fact::Directed { direction: direction.tag(), about });
    match direction {
        Direction::Fire { inject } => out.ask(injects::Due::Directed(inject, Word::Fire)),
        Direction::Hold { inject } => out.ask(injects::Due::Directed(inject, Word::Hold)),
        Direction::Release { inject } => out.ask(injects::Due::Directed(inject, Word::Release)),
        Direction::Skip { inject } => out.ask(injects::Due::Directed(inject, Word::Skip)),
        Direction::Retract { inject } => out.ask(injects::Due::Directed(inject, Word::Retract)),
        Direction::Tell { roles, claim, stance } => out.tell(roles, Says::Claim { claim, stance }),
        Direction::AssumeWatched { sensor } => out.ask(detection::Due::Assume { sensor, blocks: false }),
        Direction::AssumeBlocks { sensor } => out.ask(detection::Due::Assume { sensor, blocks: true }),
        Direction::AssumeBackupSafe { data } => {
            out.ask(estate::Due::SecureBackup(data));
            out.tell(out.roles(|role| role.data.contains(&data)), Looks::BackupIs { data, there: true, secured: true });
        }
        Direction::AssumeVendorHere { vendor } => out.ask(team::Due::VendorArrives { vendor }),
        Direction::AssumeStaff { people, skill } => out.ask(team::Due::Volunteers { people, skill }),
    }
}
