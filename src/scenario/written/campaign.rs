//! The adversary: what it did before STARTEX, and what it will try.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::scenario::written::estate::{AssetKind, LoginLevel, Trail};
use crate::time::{ClockTime, Moment, Span};

/// What the adversary wants and how it goes about it.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// In two sentences.
    pub wants: Located<String>,
    /// What it may do when a step fails or a foothold is lost.
    #[serde(default)]
    pub if_noticed: Vec<Reaction>,
    /// How many things it does at once (people at keyboards).
    #[serde(default)]
    pub hands: Option<Located<u8>>,
    /// How many failed steps in a row it bears before it gives up what it has and leaves.
    #[serde(default)]
    pub patience: Option<Located<u8>>,
    /// What was done before STARTEX: certain, dated, leaving traces.
    #[serde(default)]
    pub past: Vec<Past>,
    /// What it tries next, as needs and queries.
    #[serde(default)]
    pub next: Vec<Stage>,
}

/// What the adversary may do when it is noticed.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Reaction {
    /// Goes straight for a stage, however unready.
    Hurry {
        /// The stage.
        to: Ref<kind::Stage>,
        /// How likely.
        chance_percent: Located<u8>,
    },
    /// Does nothing for a while; so do its traces.
    LieLow {
        /// How long.
        lasts: Located<Span>,
    },
}

/// Something done before STARTEX.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Past {
    /// Its id; shares its kind with [`Stage`].
    pub id: Id<kind::Stage>,
    /// When: `"-11d 02:40"`.
    pub at: Located<Moment>,
    /// ATT&CK id.
    pub technique: Ref<kind::Technique>,
    /// One sentence for the debrief.
    pub text: Located<String>,
    /// What it was.
    pub does: Act,
}

/// Something the adversary tries once its needs are met.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its id.
    pub id: Id<kind::Stage>,
    /// ATT&CK id.
    pub technique: Ref<kind::Technique>,
    /// One sentence for the debrief.
    #[serde(default)]
    pub text: Option<Located<String>>,
    /// How long it takes: drawn between the two.
    pub takes: Range,
    /// What must hold, at the start and again at the end.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What it is.
    pub does: Act,
    /// It may be tried again after it succeeded.
    #[serde(default)]
    pub repeats: bool,
    /// It is what the campaign is for: preferred as soon as it is possible.
    #[serde(default)]
    pub goal: bool,
    /// Not earlier than this time of day or moment.
    #[serde(default)]
    pub not_before: Option<Located<NotBefore>>,
    /// Stages that wait until this one was done, or failed for good.
    #[serde(default)]
    pub before: Vec<Ref<kind::Stage>>,
}

/// `"22:00"` (the next time it is that late, until six in the morning), or a moment of the story: `"Sat 01:00"`, `"+9h"`.
#[derive(Clone, Copy, Debug)]
pub enum NotBefore {
    /// A time of day.
    Clock(ClockTime),
    /// A moment.
    Moment(Moment),
}

impl<'de> Deserialize<'de> for NotBefore {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        if let Ok(clock) = ClockTime::parse(&text) {
            return Ok(NotBefore::Clock(clock));
        }
        Moment::parse(&text).map(NotBefore::Moment).map_err(serde::de::Error::custom)
    }
}

/// A span drawn at the instant it matters.
#[derive(Deserialize, Clone, Debug)]
pub enum Range {
    /// Between two spans, both included.
    Between(Located<Span>, Located<Span>),
    /// Always the same.
    Exactly(Located<Span>),
}

/// What a stage needs.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Need {
    /// A machine it can work from.
    Foothold,
    /// A login of at least this level.
    Login {
        /// The level.
        level: LoginLevel,
    },
    /// This very login.
    Holds {
        /// The login.
        login: Ref<kind::Login>,
    },
    /// A foothold on the machine the data lies on, or a login that opens it and a way there.
    OpensData(Ref<kind::Data>),
    /// A foothold that can reach the internet.
    WayOut,
    /// A stage that has succeeded.
    Done(Ref<kind::Stage>),
    /// At least this many machines held.
    Machines(Located<u16>),
}

/// What the adversary does. A query is answered at the instant of the act, from what it holds and can reach then.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Act {
    /// Comes in through a link, to the machine given or to one of those the link leads to.
    Enter {
        /// The link.
        through: Ref<kind::Link>,
        /// The machine.
        #[serde(default)]
        to: Option<Ref<kind::AssetOrGroup>>,
    },
    /// Runs something on machines; the first of them becomes a foothold.
    Run {
        /// The machines.
        on: Vec<Ref<kind::AssetOrGroup>>,
    },
    /// Takes a login from a foothold on which it lies.
    Steal {
        /// The login.
        login: Ref<kind::Login>,
        /// From which machine; any foothold on which it lies, where not said.
        #[serde(default)]
        from: Option<Ref<kind::AssetOrGroup>>,
    },
    /// Leaves a way back in that does not need the first one.
    Persist {
        /// The machines; any foothold, where not said.
        #[serde(default)]
        on: Vec<Ref<kind::AssetOrGroup>>,
    },
    /// Looks around.
    Discover,
    /// Takes a further machine.
    Spread {
        /// Which.
        to: Query,
    },
    /// Copies data out, a tenth at a time.
    CopyOut {
        /// The data.
        data: Ref<kind::Data>,
    },
    /// Destroys a backup that can be reached.
    Destroy {
        /// The backup.
        data: Ref<kind::Data>,
    },
    /// Blinds a sensor on the machines it holds.
    Impair {
        /// The sensor.
        sensor: Ref<kind::Sensor>,
    },
    /// Encrypts machines, one after the other, for as long as it can reach them.
    Encrypt {
        /// Which.
        on: Query,
    },
    /// Makes itself heard: a note, a mail, a call.
    Demand,
}

/// Which machines.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Query {
    /// Those that can be reached and opened from what is held at that instant.
    Reachable {
        /// Only of these kinds; any, where not said.
        #[serde(default)]
        kinds: Vec<AssetKind>,
        /// Only of these.
        #[serde(default)]
        of: Vec<Ref<kind::AssetOrGroup>>,
    },
}

/// A technique of ATT&CK as the simulation knows it.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Its ATT&CK id.
    pub id: Id<kind::Technique>,
    /// Its ATT&CK name.
    pub name: String,
    /// The trails it usually leaves, and how loud each is: the chance in percent that a tool which sees everything would remark on it.
    pub leaves: Vec<Leaves>,
    /// Usual duration.
    pub takes: Range,
    /// ATT&CK mitigation ids that make it fail or harder.
    #[serde(default)]
    pub blocked_by: Vec<String>,
}

/// A trail and how loud it is.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Leaves {
    /// The trail.
    pub trail: Trail,
    /// 0 to 100.
    pub loudness_percent: Located<u8>,
    /// What it looks like in a log, in a few words.
    pub looks_like: String,
}
