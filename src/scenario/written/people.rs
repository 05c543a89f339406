//! Roles, staff, vendors, stakeholders, and the plan they know.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::scenario::written::condition::{Step, Term};
use crate::scenario::written::estate::Watched;
use crate::time::Span;

/// What knowledge and authority belong to. Fixed by the scenario; who fills it is the room's affair.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its id.
    pub id: Id<kind::Role>,
    /// The usual role it is like: sets what it may do.
    pub like: RoleKind,
    /// What people call it here.
    #[serde(default)]
    pub words: Option<String>,
    /// Who stands in.
    #[serde(default)]
    pub deputy: Option<Ref<kind::Role>>,
    /// What it knows at STARTEX.
    #[serde(default)]
    pub knows: Vec<Knows>,
    /// Claims it holds to be true at STARTEX, true or not.
    #[serde(default)]
    pub believes: Vec<Ref<kind::OrAll<kind::Claim>>>,
    /// Actions it may order beside those usual for its kind.
    #[serde(default)]
    pub may: Vec<Ref<kind::OrAll<kind::Action>>>,
    /// One paragraph for the role card.
    #[serde(default)]
    pub brief: Option<Located<String>>,
}

/// Usual roles.
#[derive(Deserialize, serde::Serialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum RoleKind {
    IncidentManager,
    Responder,
    Forensics,
    ItOperations,
    Communications,
    Legal,
    Executive,
    BusinessOwner,
}

impl RoleKind {
    /// All of them, in a fixed order.
    pub const ALL: [RoleKind; 8] = [
        RoleKind::IncidentManager,
        RoleKind::Responder,
        RoleKind::Forensics,
        RoleKind::ItOperations,
        RoleKind::Communications,
        RoleKind::Legal,
        RoleKind::Executive,
        RoleKind::BusinessOwner,
    ];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            RoleKind::IncidentManager => "Incident manager",
            RoleKind::Responder => "Responder",
            RoleKind::Forensics => "Forensics",
            RoleKind::ItOperations => "IT operations",
            RoleKind::Communications => "Communications",
            RoleKind::Legal => "Legal and compliance",
            RoleKind::Executive => "Executive",
            RoleKind::BusinessOwner => "Business owner",
        }
    }
}

/// What a role knows from the start. `["all"]` means all of them.
#[derive(Deserialize, Clone, Debug)]
pub enum Knows {
    /// Machines: that they exist and what they are.
    Assets(Vec<Ref<kind::AssetOrGroup>>),
    /// Sensors whose alerts and records it sees.
    Sources(Vec<Ref<kind::OrAll<kind::Sensor>>>),
    /// Services, and what they rest on.
    Services(Vec<Ref<kind::OrAll<kind::Service>>>),
    /// Data stores.
    Data(Vec<Ref<kind::OrAll<kind::Data>>>),
    /// Logins.
    Logins(Vec<Ref<kind::OrAll<kind::Login>>>),
    /// Links.
    Links(Vec<Ref<kind::OrAll<kind::Link>>>),
    /// Whom to call.
    Contacts(Vec<Ref<kind::OrAll<kind::Stakeholder>>>),
    /// Which companies help.
    Vendors(Vec<Ref<kind::OrAll<kind::Vendor>>>),
    /// Notification rules.
    Rules(Vec<Ref<kind::OrAll<kind::Rule>>>),
}

/// Someone who does work and decides nothing.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Their id.
    pub id: Id<kind::Staff>,
    /// Their name, or how many alike: `"Night operator"`.
    pub named: Located<String>,
    /// What they can do.
    pub skills: Vec<Skill>,
    /// When they are at work.
    #[serde(default)]
    pub on_shift: Watched,
    /// How long it takes until they are at work when called in.
    #[serde(default)]
    pub comes_within: Option<Located<Span>>,
}

/// What people can do.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Skill {
    Analysis,
    Forensics,
    Systems,
    Network,
    Communication,
    Law,
    Management,
    Operations,
}

impl Skill {
    /// All of them, in a fixed order.
    pub const ALL: [Skill; 8] =
        [Skill::Analysis, Skill::Forensics, Skill::Systems, Skill::Network, Skill::Communication, Skill::Law, Skill::Management, Skill::Operations];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Skill::Analysis => "analysis",
            Skill::Forensics => "forensics",
            Skill::Systems => "systems",
            Skill::Network => "network",
            Skill::Communication => "communication",
            Skill::Law => "law",
            Skill::Management => "management",
            Skill::Operations => "operations",
        }
    }
}

/// A company that can be called in.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// Its id.
    pub id: Id<kind::Vendor>,
    /// Its name.
    pub named: Located<String>,
    /// What it is for.
    pub text: Located<String>,
    /// How many people it brings, with which skills.
    #[serde(default)]
    pub brings: Vec<Brings>,
    /// How long it takes from the call to the first person at work.
    pub arrives_within: Located<Span>,
    /// What an hour of it costs.
    #[serde(default)]
    pub cost_an_hour: Option<Located<crate::scenario::written::estate::Money>>,
}

/// People of a vendor.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Brings {
    /// How many.
    pub people: Located<u8>,
    /// What they can do.
    pub skills: Vec<Skill>,
}

/// Somebody outside the team who wants something.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Stakeholder {
    /// Their id.
    pub id: Id<kind::Stakeholder>,
    /// Who they are.
    pub words: Located<String>,
    /// What they want.
    pub wants: Located<String>,
    /// What they know, and say when asked.
    #[serde(default)]
    pub knows: Vec<Ref<kind::OrAll<kind::Claim>>>,
    /// What they keep to themselves.
    #[serde(default)]
    pub hides: Option<Located<String>>,
    /// How they talk.
    #[serde(default)]
    pub lines: Vec<Located<String>>,
    /// What they have to hear, and by when.
    #[serde(default)]
    pub must_hear: Vec<Hear>,
    /// What raises their trust by one.
    #[serde(default)]
    pub warms_when: Vec<Term>,
    /// What lowers their trust by one.
    #[serde(default)]
    pub cools_when: Vec<Term>,
    /// Trust at STARTEX, 0 to 10.
    pub trust: Located<u8>,
}

/// What a stakeholder has to hear.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Hear {
    /// The claim; `NotYet` counts as hearing of it.
    pub claim: Ref<kind::Claim>,
    /// From when anybody in the team was told of it.
    pub within: Located<Span>,
}

/// The organisation's own response plan.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The cited work.
    #[serde(default)]
    pub source: Option<Ref<kind::Cite>>,
    /// Severity levels, lowest first.
    pub severity: Vec<Level>,
    /// What the plan asks for, and when.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// A severity level.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its id.
    pub id: Id<kind::Level>,
    /// When it applies.
    pub text: Located<String>,
    /// Roles that are told at once when it is declared, with all that the declaring role knows.
    #[serde(default)]
    pub calls_in: Vec<Ref<kind::OrAll<kind::Role>>>,
    /// Staff of these skills are called in when it is declared.
    #[serde(default)]
    pub calls_staff: Vec<Skill>,
}
