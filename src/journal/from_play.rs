//! Entries made of what is played, and orders made of entries: the two ways over the border between an exercise and its record.

use serde_json::Value;

use super::entry::{COMMANDS, Closed, Command, FORMAT, Header, Origin, ScenarioWritten, Seat, Setup};
use super::stored::stored_ledger;
use crate::assessment::Assessment;
use crate::exercise::{Exercise, RULES};
use crate::ids::{DenseId, Key};
use crate::policy::{self, Issued, Kind};
use crate::scenario::compile::{PlainOrder, orders, written};
use crate::scenario::prepare::Prepared;
use crate::scenario::program::Public;
use crate::vocabulary::Order;

impl Seat {
    /// Who plays a role whose orders stand in a file: the file, and a policy beside it unless that one does nothing.
    pub fn by_commands(kind: Kind) -> String {
        match kind {
            Kind::Idle => COMMANDS.to_owned(),
            kind => format!("{COMMANDS}+{}", kind.name()),
        }
    }
}

impl Setup {
    /// How a scenario is played. `by` says who plays each role, in the order of the roles.
    pub fn of(public: &Public, mode: &str, by: impl IntoIterator<Item = String>) -> Setup {
        let seats = public.roles.iter().zip(by).map(|(role, by)| Seat { role: role.id.clone(), by }).collect();
        Setup { mode: mode.to_owned(), cut: public.cut.id.clone(), seats }
    }
}

impl Header {
    /// The first line of a session by the present rules.
    pub fn of(prepared: &Prepared, seed: u64, setup: Setup) -> Header {
        let public = &prepared.program.public;
        Header {
            format: FORMAT,
            rules: RULES,
            scenario: ScenarioWritten {
                id: public.id.clone(),
                identity: public.identity.clone(),
                root: prepared.loaded.sources.root().to_owned(),
                files: prepared.loaded.sources.closure(),
            },
            profile: prepared.profile.clone(),
            seed,
            setup,
        }
    }
}

impl From<policy::Origin> for Origin {
    fn from(origin: policy::Origin) -> Origin {
        match origin {
            policy::Origin::Person => Origin::Person,
            policy::Origin::Policy => Origin::Policy,
        }
    }
}

impl Command {
    /// An order that was given. Only people have reasons and make requests.
    pub fn of(public: &Public, issued: &Issued, because: Option<String>, request: Option<String>) -> Command {
        Command {
            at: issued.at,
            role: public.roles.get(issued.role.index()).map(|role| role.id.clone()).unwrap_or_default(),
            origin: issued.origin.into(),
            order: written(public, &issued.order),
            because,
            request,
            receipt: issued.receipt.into(),
        }
    }
}

impl Closed {
    /// The end of a session, where its exercise stands now.
    pub fn of(exercise: &Exercise, assessment: &Assessment) -> Closed {
        Closed {
            at: exercise.now(),
            hash: exercise.hash(),
            assessment: serde_json::to_value(assessment).unwrap_or(Value::Null),
            ledger: stored_ledger(exercise.program(), exercise.ledger()),
        }
    }
}

/// The one order that a written one in a journal stands for.
///
/// # Errors
/// Says in one sentence what it names that is not there, or that it is done to several things at once.
pub fn order_of(prepared: &Prepared, written: &PlainOrder) -> Result<Order, String> {
    // Short numbers of alerts belong to a seat; a journal has keys.
    let none = |_: &str| -> Option<Key> { None };
    match orders(&prepared.program.public, &prepared.names, written, &none)?[..] {
        [order] => Ok(order),
        _ => Err("an order in a journal is done to one thing".to_owned()),
    }
}
