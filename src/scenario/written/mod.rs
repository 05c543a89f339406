//! What an author writes, field by field, and nothing more.
//!
//! These types are the format. They hold words and references exactly as written; nothing is resolved here, so that a scenario with ten
//! mistakes still loads and all ten can be reported. [`Sheet`] is one file: the scenario's own or one of its `parts`.

pub mod campaign;
pub mod condition;
pub mod estate;
pub mod library;
pub mod moves;
pub mod people;
pub mod profile;
pub mod record;
pub mod rubric;
pub mod tables;

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::time::Span;

pub use campaign::*;
pub use condition::*;
pub use estate::*;
pub use library::*;
pub use moves::*;
pub use people::*;
pub use profile::*;
pub use record::*;
pub use rubric::*;
pub use tables::*;

/// One file of a scenario. The file that is opened has the head (`format`, `id`, `title`, ..); a part has only what it adds.
/// Lists of several files are joined in the order of `parts`; a single value may be given once.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Sheet {
    /// The version of the format: 1.
    pub format: Option<Located<u32>>,
    /// A short name for files and the command line: lower-case words joined by hyphens.
    pub id: Option<Located<String>>,
    /// The title people read.
    pub title: Option<Located<String>>,
    /// How much of the exercise is simulated.
    pub depth: Option<Located<Depth>>,
    /// What kind of breach it is.
    pub family: Option<Located<Family>>,
    /// Whom it is for.
    pub audience: Option<Audience>,
    /// How hard it is for a team that has done one exercise before.
    pub difficulty: Option<Difficulty>,
    /// The date and time of day at which play starts: `"2026-05-14 16:20"`.
    pub startex: Option<Located<String>>,
    /// The date and time of day at which play ends.
    pub endex: Option<Located<String>>,
    /// The time zone all times are in, as an IANA name. Shown; never computed with.
    pub time_zone: Option<Located<String>>,
    /// When clocks go forward or back there, in the past of the campaign or in play. Nobody looks it up: what is not said does not happen.
    pub clock_changes: Vec<ClockChange>,
    /// The version of MITRE ATT&CK that technique ids are of.
    pub attack_version: Option<Located<String>>,
    /// The language it is written in.
    pub written_in: Option<String>,
    /// One or two sentences for the library's card.
    pub about: Option<String>,
    /// Further files in the scenario's folder.
    pub parts: Vec<Located<String>>,
    /// Lists that are kept as tables beside it, one entry a file that names some.
    #[serde(skip)]
    pub tables: Vec<Tables>,
    /// Files of the shipped library that it uses.
    pub from_library: Vec<Located<String>>,
    /// Works that are cited.
    pub sources: Vec<Cite>,
    /// What the simulation takes for granted.
    pub assumptions: Vec<Located<String>>,
    /// Where the exercise knowingly differs from life.
    pub artificialities: Vec<Located<String>>,
    /// What the exercise is not about.
    pub out_of_scope: Vec<Located<String>>,
    /// Topics to warn participants of beforehand.
    pub sensitive_topics: Vec<Located<String>>,
    /// The ways to play it in a given time.
    pub cuts: Vec<Cut>,
    /// What the trainer fills in.
    pub variables: Vec<Variable>,
    /// Questions about the organisation that set parameters.
    pub about_us: Vec<AboutUs>,
    /// What there is to know.
    pub claims: Vec<Claim>,
    /// Objectives with targets and criteria.
    pub objectives: Vec<Objective>,
    /// The roles that are played.
    pub roles: Vec<Role>,
    /// People and bodies outside the team who want something.
    pub stakeholders: Vec<Stakeholder>,
    /// Labour inside the simulation.
    pub staff: Vec<Staff>,
    /// Companies that can be called in.
    pub vendors: Vec<Vendor>,
    /// The organisation's own response plan.
    pub plan: Option<Plan>,
    /// Orders in the room's words, beside those from the library.
    pub actions: Vec<Action>,
    /// Techniques, beside those from the library.
    pub techniques: Vec<Technique>,
    /// Notification rules, beside those from the library.
    pub rules: Vec<Rule>,
    /// Ids of notification rules that apply whatever the answers are.
    pub rules_in_force: Vec<Ref<kind::OrAll<kind::Rule>>>,
    /// The running order.
    pub moves: Vec<Move>,
    /// Injects off the timeline, by hand.
    pub deck: Vec<Inject>,
    /// Texts that can be published.
    pub statements: Vec<Statement>,
    /// What people should take home.
    pub teaching: Vec<Point>,
    /// The organisation's assets, data and services.
    pub estate: Option<Estate>,
    /// What watches them.
    pub sensors: Vec<Sensor>,
    /// What the adversary did and will try.
    pub campaign: Option<Campaign>,
}

/// How much of an exercise is simulated; each rung needs what the one below has.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Depth {
    /// Moves, injects, gates and criteria judged by people.
    Talk,
    /// Who knew and said what, when; notification clocks.
    Claims,
    /// Cost and workarounds.
    Services,
    /// Assets, sensors, a campaign: alerts, spread, what-if.
    Estate,
}

/// The kinds of breach that the library is sorted by.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Family {
    Ransomware,
    BusinessMailCompromise,
    InsiderTheft,
    ThirdPartyCompromise,
    CloudLeak,
    WebExploit,
    HelpDeskDeception,
    OperationalTechnology,
    LostDevice,
    DenialOfService,
}

impl Family {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Family::Ransomware => "ransomware",
            Family::BusinessMailCompromise => "business mail compromise",
            Family::InsiderTheft => "insider theft",
            Family::ThirdPartyCompromise => "third-party compromise",
            Family::CloudLeak => "cloud leak",
            Family::WebExploit => "web exploit",
            Family::HelpDeskDeception => "help-desk deception",
            Family::OperationalTechnology => "operational technology",
            Family::LostDevice => "lost device",
            Family::DenialOfService => "denial of service",
        }
    }
}

/// Whom an exercise is for.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Audience {
    #[default]
    Team,
    Everyone,
    Executives,
}

/// How hard an exercise is.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Difficulty {
    Introductory,
    #[default]
    Intermediate,
    Advanced,
}

/// A work that is cited.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Its id.
    pub id: Id<kind::Cite>,
    /// Its title.
    pub title: String,
    /// Where it is found. Shown as text, never fetched.
    #[serde(default)]
    pub url: Option<String>,
}

/// The clocks are put forward or back: `ClockChange(at: "2026-10-25 02:00", by: "-1h")`. Times that are written are those that people read from the
/// clock, before and after it; in the hour that comes again, the first. Spans and deadlines are elapsed time all the same.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct ClockChange {
    /// What the clocks show just before.
    pub at: Located<String>,
    /// By how much: `"1h"` forward, in spring, or `"-1h"` back.
    pub by: Located<Span>,
}

/// A way to play the scenario in a given time. The three parts are minutes of the room, not of the story.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// Its id, as on the command line: `"90m"`.
    pub id: Id<kind::Cut>,
    /// For rules and roles.
    pub opening: Located<Span>,
    /// For playing.
    pub play: Located<Span>,
    /// For the hotwash; protected.
    pub hotwash: Located<Span>,
    /// The moves that are played, in order.
    pub moves: Vec<Ref<kind::OrAll<kind::Move>>>,
    /// Injects, gates and criteria that are not part of it.
    #[serde(default)]
    pub leave_out: Vec<Ref<kind::LeaveOut>>,
}

/// A name that the trainer may replace. Written `{org}` in any visible text.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its id: words joined by dots and hyphens.
    pub id: Id<kind::Variable>,
    /// What it stands for.
    pub about: String,
    /// What it is where nobody says otherwise.
    pub example: Located<String>,
}

/// One thing that can be known, true or not.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its id.
    pub id: Id<kind::Claim>,
    /// A sentence that is true or false.
    pub text: Located<String>,
    /// When it is true.
    pub truth: Truth,
}

/// When a claim is true.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Truth {
    /// From STARTEX on.
    Always,
    /// From the moment a stage has succeeded (its `past` date, or when it happens in play).
    Once {
        /// The stage.
        stage: Ref<kind::Stage>,
    },
    /// Never; but people are tempted to believe it.
    Never {
        /// Why.
        tempting: String,
    },
    /// If the answer to a question about the organisation is yes.
    AsAnswered(Ref<kind::AboutUs>),
}

/// A claim with what is said of it.
#[derive(Deserialize, Clone, Debug)]
pub enum Says {
    /// It is true.
    Yes(Ref<kind::Claim>),
    /// It is false.
    No(Ref<kind::Claim>),
    /// We do not know yet.
    NotYet(Ref<kind::Claim>),
}

/// What people should take home.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Its id.
    pub id: Id<kind::Point>,
    /// One sentence.
    pub text: Located<String>,
    /// A cited work.
    #[serde(default)]
    pub source: Option<Ref<kind::Cite>>,
}
