//! Conditions: what has happened, been told, ordered or decided. A list of terms means all of them.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Ref};
use crate::scenario::written::Says;
use crate::time::{Moment, Span};

/// One term of a condition. Every term but `Not` latches: once true, it stays true.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Term {
    /// A stage of the campaign has succeeded.
    Happened {
        /// The stage.
        stage: Ref<kind::Stage>,
    },
    /// A role has been told a claim, true or not.
    Told {
        /// The claim.
        claim: Ref<kind::Claim>,
        /// Which role; any, where not said.
        #[serde(default)]
        role: Option<Ref<kind::Role>>,
    },
    /// Somebody was allowed to order this.
    Ordered {
        /// The action.
        action: Ref<kind::Action>,
        /// On this.
        #[serde(default)]
        on: Option<Ref<kind::AnyTarget>>,
    },
    /// An order has been carried out.
    Done {
        /// The action.
        action: Ref<kind::Action>,
        /// On this.
        #[serde(default)]
        on: Option<Ref<kind::AnyTarget>>,
    },
    /// A gate has been decided, by people or by time running out.
    Decided {
        /// The gate.
        gate: Ref<kind::Gate>,
        /// For this choice.
        #[serde(default)]
        choice: Option<Located<String>>,
        /// For any choice but this.
        #[serde(default)]
        not: Option<Located<String>>,
    },
    /// Something was said to the outside.
    Said(Says),
    /// A statement was published.
    Published(Ref<kind::Statement>),
    /// An inject has fired.
    Fired(Ref<kind::Inject>),
    /// An incident was declared.
    Declared {
        /// At this level or a higher one (later in the plan's list); any, where not said.
        #[serde(default)]
        level: Option<Ref<kind::Level>>,
    },
    /// A vendor's people have arrived.
    Arrived(Ref<kind::Vendor>),
    /// A notification was sent.
    Notified(Ref<kind::Rule>),
    /// A service fell below what it should be, whatever the reason.
    Down {
        /// The service.
        service: Ref<kind::Service>,
        /// Below this percentage; 100 where not said.
        #[serde(default)]
        below_percent: Option<Located<u8>>,
    },
    /// The adversary holds nothing any more.
    Evicted,
    /// A backup was taken out of the adversary's reach, or found to be so.
    Secured(Ref<kind::Data>),
    /// A moment of the story has come.
    After(Located<Moment>),
    /// At least so many of one kind of thing.
    AtLeast {
        /// What is counted.
        count: Count,
        /// How many.
        n: Located<u32>,
    },
    /// Any of these.
    Any(Vec<Term>),
    /// This has not come true by the deadline: a span from STARTEX, a moment, or (with `of`) a span from when another term came true.
    Not {
        /// What should have come true.
        what: Box<Term>,
        /// The deadline.
        #[serde(default)]
        within: Option<Located<Moment>>,
        /// From when the span counts.
        #[serde(default)]
        of: Option<Box<Term>>,
    },
}

/// What can be counted.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// Machines taken by the adversary.
    Compromised,
    /// Machines encrypted.
    Encrypted,
    /// Machines that were found to be compromised.
    FoundCompromised,
    /// Alerts that were raised.
    Alerts,
    /// Machines isolated or powered off by us.
    Isolated,
}

/// An order in written form: in gates, plans, standing orders, files of commands and the journal.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The action.
    pub action: Ref<kind::Action>,
    /// On what: ids of assets, groups, logins, services, .. as the action's verb asks for; alerts by the seat's short number (`"#12"`).
    #[serde(default)]
    pub on: Vec<Located<String>>,
    /// The level, choice, answer or belief it carries: `"major"`, `"watch"`, `"yes"`.
    #[serde(default, rename = "as")]
    pub as_what: Option<Located<String>>,
    /// How sure, 0 to 100.
    #[serde(default)]
    pub sure_percent: Option<Located<u8>>,
    /// Why, in the room's words.
    #[serde(default)]
    pub because: Option<String>,
}

/// An order that waits for something: standing plans, standing orders, habits of colleagues, plans to rehearse.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id.
    pub id: crate::scenario::reference::Id<kind::Step>,
    /// When it is due.
    pub when: Vec<Term>,
    /// Who gives it.
    pub who: Ref<kind::Role>,
    /// What is ordered.
    pub orders: Vec<Order>,
    /// How long the plan allows.
    #[serde(default)]
    pub within: Option<Located<Span>>,
    /// Where the plan says so.
    #[serde(default)]
    pub section: Option<String>,
}

/// An order with its moment, in a file of orders: what `run --commands` plays.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct TimedOrder {
    /// When; `"+5m"` counts from STARTEX.
    pub at: Located<Moment>,
    /// Who gives it.
    pub role: Ref<kind::Role>,
    /// What is ordered.
    pub order: Order,
}
