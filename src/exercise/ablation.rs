//! Leaving a whole domain out, to show what the others need it for.
//!
//! An exercise in which a domain does nothing is no exercise anybody plays: it is the test that the domain is no ornament. What is left out are its
//! handlers: whatever is due in it is taken from the agenda and passes without effect, orders it would carry out included.

use super::agenda::Due;
use crate::vocabulary::Command;

/// A domain with handlers of its own: a room of this module.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Domain {
    Estate,
    Adversary,
    Detection,
    Investigation,
    Response,
    Team,
    IncidentCommand,
    Communication,
    Compliance,
    Continuity,
    Documentation,
    Injects,
}

impl Domain {
    /// All of them.
    pub const ALL: [Domain; 12] = [
        Domain::Estate,
        Domain::Adversary,
        Domain::Detection,
        Domain::Investigation,
        Domain::Response,
        Domain::Team,
        Domain::IncidentCommand,
        Domain::Communication,
        Domain::Compliance,
        Domain::Continuity,
        Domain::Documentation,
        Domain::Injects,
    ];

    /// Whose business something due is; none for what belongs to the exercise as a whole.
    pub(super) fn of(due: &Due) -> Option<Domain> {
        Some(match due {
            Due::Estate(_) => Domain::Estate,
            Due::Adversary(_) => Domain::Adversary,
            Due::Detection(_) => Domain::Detection,
            Due::Investigation(_) => Domain::Investigation,
            Due::Response(_) => Domain::Response,
            Due::Team(_) => Domain::Team,
            Due::IncidentCommand(_) => Domain::IncidentCommand,
            Due::Communication(_) => Domain::Communication,
            Due::Compliance(_) => Domain::Compliance,
            Due::Continuity(_) => Domain::Continuity,
            Due::Injects(_) => Domain::Injects,
            Due::CarryOut(work) => match work.order.command {
                Command::Detection(_) => Domain::Detection,
                Command::Investigation(_) => Domain::Investigation,
                Command::Response(_) => Domain::Response,
                Command::Team(_) => Domain::Team,
                Command::IncidentCommand(_) => Domain::IncidentCommand,
                Command::Communication(_) => Domain::Communication,
                Command::Compliance(_) => Domain::Compliance,
                Command::Continuity(_) => Domain::Continuity,
                Command::Documentation(_) => Domain::Documentation,
            },
            Due::Condition(_) | Due::LookAt(_) | Due::Order { .. } | Due::Startex | Due::Endex => return None,
        })
    }
}
