//! Programs that play roles, through the same door as people: they see a [`View`], hear the news of their role, and give orders.
//!
//! A policy never sees ground truth, and never acts in the instant in which it hears of something: it is called at least a second later. One call
//! yields at most one order, so that no two orders count on the same idle person; a policy that wants more asks to be called again, and then sees
//! what has come of the first. [`driver::Driver`] owns an exercise and its policies.
//!
//! Absent by design: the id of anything in a scenario. Policies choose by verbs, kinds of role, and what their view holds.

pub mod colleague;
pub mod driver;
pub mod everything;
pub mod idle;
pub mod random;
pub mod reactive;
pub mod reference;
pub mod simulated;

use std::sync::Arc;

use crate::exercise::knowledge::{Heard, View};
use crate::ids::RoleId;
use crate::scenario::program::Public;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::{Observation, Order};

pub use driver::{Driver, Issued, Origin};

/// A program that plays one role.
pub trait Policy {
    /// Called when it asked to be; `news` is what its role was told since the last call, oldest first.
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake;
}

/// Where a policy puts the one order of a call.
#[derive(Debug, Default)]
pub struct Orders {
    order: Option<Order>,
}

impl Orders {
    /// Gives an order. False if this call has given one already: the second is dropped.
    pub fn give(&mut self, order: Order) -> bool {
        let free = self.order.is_none();
        if free {
            self.order = Some(order);
        }
        free
    }

    /// Whether this call has given one.
    pub fn given(&self) -> bool {
        self.order.is_some()
    }

    fn take(&mut self) -> Option<Order> {
        self.order.take()
    }
}

/// When a policy wants to be called again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wake {
    /// At this moment, whatever happens. A moment that is not later than now means the next second.
    pub at: Option<ExerciseTime>,
    /// On news of these kinds.
    pub on: Kinds,
    /// So long after such news; at least a second.
    pub after: Span,
}

impl Wake {
    /// Not any more.
    pub fn never() -> Wake {
        Wake::default()
    }

    /// At a moment.
    pub fn at(at: ExerciseTime) -> Wake {
        Wake { at: Some(at), ..Wake::default() }
    }

    /// So long after the next news of these kinds.
    pub fn on(on: Kinds, after: Span) -> Wake {
        Wake { at: None, on, after }
    }

    /// And at this moment at the latest.
    pub fn or_at(self, at: ExerciseTime) -> Wake {
        Wake { at: Some(self.at.map_or(at, |sooner| sooner.min(at))), ..self }
    }
}

/// Kinds of news, by the domain they come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kinds(u16);

#[allow(missing_docs)]
impl Kinds {
    pub const NONE: Kinds = Kinds(0);
    pub const ESTATE: Kinds = Kinds(1);
    pub const DETECTION: Kinds = Kinds(2);
    pub const INVESTIGATION: Kinds = Kinds(4);
    pub const TEAM: Kinds = Kinds(8);
    pub const INCIDENT_COMMAND: Kinds = Kinds(16);
    pub const COMMUNICATION: Kinds = Kinds(32);
    pub const COMPLIANCE: Kinds = Kinds(64);
    pub const CONTINUITY: Kinds = Kinds(128);
    pub const INJECTS: Kinds = Kinds(256);
    pub const ALL: Kinds = Kinds(511);

    /// Those of either.
    #[must_use]
    pub const fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Whether something told is of one of these kinds.
    pub fn has(self, observation: &Observation) -> bool {
        let kind = match observation {
            Observation::Estate(_) => Kinds::ESTATE,
            Observation::Detection(_) => Kinds::DETECTION,
            Observation::Investigation(_) => Kinds::INVESTIGATION,
            Observation::Team(_) => Kinds::TEAM,
            Observation::IncidentCommand(_) => Kinds::INCIDENT_COMMAND,
            Observation::Communication(_) => Kinds::COMMUNICATION,
            Observation::Compliance(_) => Kinds::COMPLIANCE,
            Observation::Continuity(_) => Kinds::CONTINUITY,
            Observation::Injects(_) => Kinds::INJECTS,
        };
        self.0 & kind.0 != 0
    }
}

/// The policies there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Does nothing.
    Idle,
    /// Takes things late, in the order they arrive.
    Reactive,
    /// Works as a careful team would.
    Reference(reference::Style),
    /// Orders all that is on offer.
    Everything,
    /// Plays at random.
    Random,
    /// Does the routine work of its role and what it is told to do, and nothing else.
    Directed,
    /// Plays as a careful team does, as well as its skill allows and after its own habits.
    Colleague(simulated::Manner),
}

impl Kind {
    /// All of them; of the reference in its three styles, of simulated colleagues those with a name.
    pub const ALL: [Kind; 14] = [
        Kind::Idle,
        Kind::Reactive,
        Kind::Reference(reference::Style::ContainFirst),
        Kind::Reference(reference::Style::EvidenceFirst),
        Kind::Reference(reference::Style::ServiceFirst),
        Kind::Everything,
        Kind::Random,
        Kind::Directed,
        Kind::Colleague(simulated::Manner::ALL[0]),
        Kind::Colleague(simulated::Manner::ALL[1]),
        Kind::Colleague(simulated::Manner::ALL[2]),
        Kind::Colleague(simulated::Manner::ALL[3]),
        Kind::Colleague(simulated::Manner::ALL[4]),
        Kind::Colleague(simulated::Manner::ALL[5]),
    ];

    /// Who plays with people where nobody says otherwise: an ordinary simulated colleague.
    pub const COLLEAGUE: Kind = Kind::Colleague(simulated::Manner::ALL[0]);

    /// Its name: on the command line, in a journal.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Idle => "idle",
            Kind::Reactive => "reactive",
            Kind::Reference(reference::Style::ContainFirst) => "reference",
            Kind::Reference(reference::Style::EvidenceFirst) => "reference-evidence-first",
            Kind::Reference(reference::Style::ServiceFirst) => "reference-service-first",
            Kind::Everything => "everything",
            Kind::Random => "random",
            Kind::Directed => "directed",
            Kind::Colleague(manner) => manner.name(),
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// A player of this kind for a role. The seed is for random play and for what colleagues miss; the desk is made if this is the first that needs one.
    fn player(self, public: &Public, names: &NameHashes, role: RoleId, seed: u64, desk: &mut Option<Arc<reference::Desk>>) -> Player {
        match self {
            Kind::Idle => Player::Idle(idle::Idle),
            Kind::Reactive => Player::Reactive(reactive::Reactive::new(public, role)),
            Kind::Reference(style) => {
                let desk = desk.get_or_insert_with(|| Arc::new(reference::Desk::new(public)));
                Player::Reference(reference::Reference::new(style, public, desk.clone()))
            }
            Kind::Everything => Player::Everything(everything::Everything::default()),
            Kind::Random => Player::Random(random::Random::new(seed, names.of(role))),
            Kind::Directed => {
                let desk = desk.get_or_insert_with(|| Arc::new(reference::Desk::new(public)));
                Player::Directed(colleague::Colleague::new(public, desk.clone()))
            }
            Kind::Colleague(manner) => {
                let desk = desk.get_or_insert_with(|| Arc::new(reference::Desk::new(public)));
                Player::Simulated(simulated::Simulated::new(manner, public, desk.clone(), seed, names.of(role)))
            }
        }
    }
}

/// A policy with its state, as data: a fork is a clone.
#[allow(clippy::large_enum_variant, reason = "a handful a run, and a clone of one is what a fork costs")]
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Player {
    Idle(idle::Idle),
    Reactive(reactive::Reactive),
    Reference(reference::Reference),
    Everything(everything::Everything),
    Random(random::Random),
    Directed(colleague::Colleague),
    Simulated(simulated::Simulated),
    /// Notes when it is called, for tests.
    #[cfg(test)]
    Probe(tests::Probe),
}

impl Player {
    /// What it looked up in the public tables before play, if it is of a kind that does.
    fn desk(&self) -> Option<&Arc<reference::Desk>> {
        match self {
            Player::Reference(policy) => Some(policy.desk()),
            Player::Directed(policy) => Some(policy.desk()),
            Player::Simulated(policy) => Some(policy.desk()),
            _ => None,
        }
    }
}

impl Policy for Player {
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake {
        match self {
            Player::Idle(policy) => policy.wake(view, news, orders),
            Player::Reactive(policy) => policy.wake(view, news, orders),
            Player::Reference(policy) => policy.wake(view, news, orders),
            Player::Everything(policy) => policy.wake(view, news, orders),
            Player::Random(policy) => policy.wake(view, news, orders),
            Player::Directed(policy) => policy.wake(view, news, orders),
            Player::Simulated(policy) => policy.wake(view, news, orders),
            #[cfg(test)]
            Player::Probe(policy) => policy.wake(view, news, orders),
        }
    }
}

#[cfg(test)]
mod tests;
