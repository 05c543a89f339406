//! What must hold after every event, checked in debug builds.

use crate::exercise::team::Team;
use crate::vocabulary::ledger::{Cause, Ledger};

/// Facts are in order of time and have earlier causes; nobody does two things at once.
///
/// # Panics
/// If something does not hold: that is a fault of the simulation, never of a scenario.
pub fn after_event(team: &Team, ledger: &Ledger, from: usize) {
    let mut before = from.checked_sub(1).and_then(|place| ledger.get(place)).map(|happened| happened.at);
    for happened in ledger.since(from) {
        assert!(before.is_none_or(|before| before <= happened.at), "facts are out of order at {}", happened.at);
        if let Cause::Fact(cause) = happened.cause {
            assert!(cause < happened.seq, "fact {} is caused by the later fact {cause}", happened.seq);
        }
        before = Some(happened.at);
    }
    assert!(team.nobody_does_two_things(), "somebody works on two tasks at once");
}
