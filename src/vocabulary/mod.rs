//! What can be ordered, can happen and can be told: plain data, a file per domain.
//!
//! A **command** is one thing somebody decided to do. A **fact** is one thing that happened; past tense, never changed. An **observation** is
//! one thing a role was told; it has no field that names ground truth. Tags are stable numbers: a golden hash freezes them.

pub mod adversary;
pub mod communication;
pub mod compliance;
pub mod condition;
pub mod continuity;
pub mod detection;
pub mod documentation;
pub mod encoding;
pub mod estate;
pub mod exercise;
pub mod incident_command;
pub mod injects;
pub mod investigation;
pub mod ledger;
pub mod measures;
pub mod response;
pub mod team;

use crate::ids::{ActionId, AssetId, GroupId};
use encoding::{AsField, Field};

/// Machines, singly or together, as an order names them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scope {
    /// One machine.
    Asset(AssetId),
    /// A group, or all of several alike.
    Group(GroupId),
}

impl AsField for Scope {
    fn as_field(self) -> Field {
        match self {
            Scope::Asset(asset) => asset.as_field(),
            Scope::Group(group) => group.as_field(),
        }
    }
}

/// An order, resolved: the author's action, and the closed verb with its typed target.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Order {
    /// The action: says who may, how long it takes, whose work it is.
    pub action: ActionId,
    /// What it does.
    pub command: Command,
}

macro_rules! domains {
    ($(#[$doc:meta])* pub enum $name:ident { $($domain:ident($module:ident::$kind:ident)),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Debug)]
        #[allow(missing_docs)]
        pub enum $name { $($domain($module::$kind)),* }

        impl $name {
            /// Its stable number.
            pub const fn tag(&self) -> u16 {
                match self { $($name::$domain(inner) => inner.tag()),* }
            }

            /// Its name.
            pub const fn name(&self) -> &'static str {
                match self { $($name::$domain(inner) => inner.name()),* }
            }

            /// Its fields.
            pub fn visit(&self, see: impl FnMut(&'static str, Field)) {
                match self { $($name::$domain(inner) => inner.visit(see)),* }
            }

            /// Every tag and its name.
            pub fn tags() -> Vec<(u16, &'static str)> {
                [$($module::$kind::tags()),*].concat()
            }
        }

        $(impl From<$module::$kind> for $name {
            fn from(inner: $module::$kind) -> $name {
                $name::$domain(inner)
            }
        })*
    };
}

domains! {
    /// What somebody decided to do.
    pub enum Command {
        Detection(detection::Command),
        Investigation(investigation::Command),
        Response(response::Command),
        Team(team::Command),
        IncidentCommand(incident_command::Command),
        Communication(communication::Command),
        Compliance(compliance::Command),
        Continuity(continuity::Command),
        Documentation(documentation::Command),
    }
}

impl Command {
    /// The machines an order names, singly or together; none where it is done to something else. The one list of orders that name machines.
    pub fn scope(&self) -> Option<Scope> {
        match self {
            Command::Response(command) => command.scope(),
            Command::Investigation(command) => command.scope(),
            Command::Detection(_)
            | Command::Team(_)
            | Command::IncidentCommand(_)
            | Command::Communication(_)
            | Command::Compliance(_)
            | Command::Continuity(_)
            | Command::Documentation(_) => None,
        }
    }
}

domains! {
    /// What a role was told.
    pub enum Observation {
        Estate(estate::Observation),
        Detection(detection::Observation),
        Investigation(investigation::Observation),
        Team(team::Observation),
        IncidentCommand(incident_command::Observation),
        Communication(communication::Observation),
        Compliance(compliance::Observation),
        Continuity(continuity::Observation),
        Injects(injects::Observation),
    }
}

/// So that the one fact that has roles can stand among the others.
mod told {
    pub use super::Observation;
}

domains! {
    /// What happened.
    pub enum Fact {
        Exercise(exercise::Fact),
        Estate(estate::Fact),
        Adversary(adversary::Fact),
        Detection(detection::Fact),
        Investigation(investigation::Fact),
        Team(team::Fact),
        IncidentCommand(incident_command::Fact),
        Communication(communication::Fact),
        Compliance(compliance::Fact),
        Continuity(continuity::Fact),
        Documentation(documentation::Fact),
        Injects(injects::Fact),
        Told(told::Observation),
    }
}
