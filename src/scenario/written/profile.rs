//! What adapts a scenario to an organisation: names, and answers about it.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::scenario::written::estate::Watched;
use crate::time::Span;

/// A question about the organisation. Its answer sets parameters of the estate and the rules; it never rewrites the story.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct AboutUs {
    /// Its id.
    pub id: Id<kind::AboutUs>,
    /// The question.
    pub ask: Located<String>,
    /// The answer where nobody gives one, and where the answer is `Unsure`.
    pub unless_told: Answer,
    /// What a yes sets.
    #[serde(default)]
    pub yes: Vec<Setting>,
    /// What a no sets.
    #[serde(default)]
    pub no: Vec<Setting>,
    /// Where a yes contradicts the past: how it happened all the same.
    #[serde(default)]
    pub despite: Vec<Despite>,
    /// The notification rules in whose awareness it matters: see [`Setting::Rule`].
    #[serde(default)]
    pub why: Option<String>,
}

/// An answer.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Answer {
    Yes,
    No,
    Unsure,
}

/// A parameter that an answer sets.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Setting {
    /// A sensor stops what it notices.
    Blocks {
        /// The sensor.
        sensor: Ref<kind::Sensor>,
    },
    /// A sensor covers these as well.
    Covers {
        /// The sensor.
        sensor: Ref<kind::Sensor>,
        /// The machines.
        assets: Vec<Ref<kind::AssetOrGroup>>,
    },
    /// A backup cannot be destroyed with a login of the domain.
    OutOfReach {
        /// The backup.
        data: Ref<kind::Data>,
    },
    /// When somebody looks at a sensor's alerts.
    Watched {
        /// The sensor.
        sensor: Ref<kind::Sensor>,
        /// When.
        hours: Watched,
    },
    /// A link asks for a second factor.
    SecondFactor {
        /// The link.
        link: Ref<kind::Link>,
    },
    /// How long a vendor takes.
    LeadTime {
        /// The vendor.
        vendor: Ref<kind::Vendor>,
        /// From the call to the first person at work.
        takes: Located<Span>,
    },
    /// A notification rule applies; its clock starts when the team is told one of these claims as true.
    Rule {
        /// The rule.
        rule: Ref<kind::Rule>,
        /// The claims.
        aware_of: Vec<Ref<kind::OrAll<kind::Claim>>>,
    },
    /// Two segments no longer talk to each other.
    NoWay {
        /// From.
        from: Ref<kind::Segment>,
        /// To.
        to: Ref<kind::SegmentOrInternet>,
    },
}

/// How something happened although a safeguard was there.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Despite {
    /// The stage of the past.
    pub stage: Ref<kind::Stage>,
    /// How.
    pub text: Located<String>,
}

/// A profile: a file of its own, beside a scenario.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// The version of the format: 1.
    pub format: Option<Located<u32>>,
    /// A short name.
    pub id: Option<Located<String>>,
    /// Whom it describes.
    pub title: Option<String>,
    /// The scenario it is for.
    pub scenario: Option<Located<String>>,
    /// The time zone of the story there, as the IANA database names it; the scenario's own where nothing is said. It is shown and never computed with.
    pub time_zone: Option<Located<String>>,
    /// Names.
    pub values: Vec<Value>,
    /// Answers.
    pub answers: Vec<Answered>,
}

/// One name.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The variable.
    pub of: Ref<kind::Variable>,
    /// What it is here.
    pub is: Located<String>,
}

/// One answer.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// The question.
    pub to: Ref<kind::AboutUs>,
    /// The answer.
    pub is: Answer,
}
