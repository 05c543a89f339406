//! A scenario, compiled: resolved, tailored, and split into what may be seen and what may not.
//!
//! [`Public`] is all that a view, a policy or a screen can look at beside what a role was told. [`Secret`] is the campaign, the truth of claims
//! and the running order; the exercise reads it, nothing else does until the debrief. [`Rubric`] is for the assessment.

mod rubric;
mod secret;

pub use rubric::*;
pub use secret::*;

use crate::ids::*;
use crate::scenario::script::Script;
use crate::scenario::written::{
    Answer, AssetKind, Audience, Capability, Channel, DataSubject, Difficulty, Family, IfNever, LoginLevel, RoleKind, Sensitivity, Skill, Starts,
    Trail, Verb, Watched,
};
use crate::time::{Calendar, ClockTime, ExerciseTime, Span};
use crate::vocabulary::Order;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::Conditions;
use crate::vocabulary::encoding::NameHashes;

/// A compiled scenario.
#[derive(Clone, Debug)]
pub struct Program {
    /// What may be seen.
    pub public: Public,
    /// What may not.
    pub secret: Secret,
    /// How it is assessed.
    pub rubric: Rubric,
    /// What the facilitator reads, and nobody else.
    pub script: Script,
    /// All conditions.
    pub conditions: Conditions,
    /// What the author called things, hashed.
    pub names: NameHashes,
}

/// The public tables.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Public {
    pub id: String,
    pub title: String,
    pub about: String,
    pub family: Family,
    pub audience: Audience,
    pub difficulty: Difficulty,
    pub time_zone: String,
    pub attack_version: String,
    /// The hash of all files of the scenario; hexadecimal.
    pub identity: String,
    /// The profile it is tailored with.
    pub profile: Option<String>,
    /// The cut that is played.
    pub cut: Cut,
    pub calendar: Calendar,
    pub endex: ExerciseTime,
    pub currency: String,
    /// Amounts were written in another currency and are shown as they are: nothing converts them.
    pub currency_renamed: bool,
    pub assumptions: Vec<String>,
    pub artificialities: Vec<String>,
    pub out_of_scope: Vec<String>,
    pub sensitive_topics: Vec<String>,
    pub sources: Vec<Source>,
    pub teaching: Vec<(String, Option<usize>)>,
    pub answers: Vec<(String, Answer)>,
    pub roles: Vec<Role>,
    pub segments: Vec<Segment>,
    pub assets: Vec<Asset>,
    pub groups: Vec<Group>,
    pub data: Vec<Data>,
    pub logins: Vec<Login>,
    pub links: Vec<Link>,
    pub services: Vec<Service>,
    pub sensors: Vec<Sensor>,
    pub techniques: Vec<Technique>,
    pub claims: Vec<Claim>,
    pub actions: Vec<Action>,
    pub staff: Vec<Staff>,
    pub vendors: Vec<Vendor>,
    pub stakeholders: Vec<Stakeholder>,
    pub statements: Vec<Statement>,
    pub rules: Vec<Rule>,
    pub levels: Vec<Level>,
    pub moves: Vec<Move>,
    pub injects: Vec<Inject>,
    pub gates: Vec<Gate>,
}

/// The cut that is played.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Cut {
    pub id: String,
    pub opening: Span,
    pub play: Span,
    pub hotwash: Span,
}

/// A cited work.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Source {
    pub id: String,
    pub title: String,
    pub url: Option<String>,
}

/// What a role knows at STARTEX, and what it may order.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Role {
    pub id: String,
    pub label: String,
    pub kind: RoleKind,
    pub brief: String,
    pub deputy: Option<RoleId>,
    /// By action.
    pub may: Vec<bool>,
    pub assets: AssetSet,
    pub sensors: Vec<SensorId>,
    pub services: Vec<ServiceId>,
    pub data: Vec<DataId>,
    pub logins: Vec<LoginId>,
    pub links: Vec<LinkId>,
    pub stakeholders: Vec<StakeholderId>,
    pub vendors: Vec<VendorId>,
    pub rules: Vec<RuleId>,
    pub believes: Vec<ClaimId>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Segment {
    pub id: String,
    pub text: String,
    pub talks_to: Vec<SegmentId>,
    pub internet: bool,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Asset {
    pub id: String,
    pub name: String,
    pub text: String,
    pub kind: AssetKind,
    pub segment: SegmentId,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Group {
    pub id: String,
    pub text: String,
    pub assets: AssetSet,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Data {
    pub id: String,
    pub text: String,
    pub hosts: AssetSet,
    pub records: u32,
    pub about: Vec<DataSubject>,
    pub sensitive: Sensitivity,
    /// It is a backup: it restores these machines.
    pub restores_assets: AssetSet,
    /// And these data.
    pub restores_data: Vec<DataId>,
    /// How old the newest copy is at STARTEX.
    pub made: Span,
    pub is_backup: bool,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Login {
    pub id: String,
    pub name: String,
    pub text: String,
    pub level: LoginLevel,
    pub opens: AssetSet,
    pub lies_on: AssetSet,
}

/// Where a link comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum LinkEnd {
    Internet,
    Vendor(VendorId),
    Segment(SegmentId),
    Group(GroupId),
    Asset(AssetId),
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Link {
    pub id: String,
    pub text: String,
    pub from: LinkEnd,
    pub to: AssetSet,
    pub runs_as: LoginLevel,
    pub second_factor: bool,
}

/// One thing that a service rests on.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum RestsOn {
    Assets(AssetSet),
    Data(DataId),
    Link(LinkId),
    Login(LoginId),
    Service(ServiceId),
    /// Something outside: what it has in the cloud, partners, the public. Needs a way out from one of its own segments.
    Internet,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Service {
    pub id: String,
    pub text: String,
    pub rests_on: Vec<RestsOn>,
    /// All its machines are in one segment, so that cutting the segment off does not stop it.
    pub one_segment: Option<SegmentId>,
    /// The segments of its own machines, and of those that hold its data; all, if it has none.
    pub own_segments: Vec<SegmentId>,
    pub rto: Span,
    pub cost_an_hour_minor_units: i64,
    pub people_an_hour: u32,
    pub criticality: u8,
    pub workaround: Option<Workaround>,
}

/// The level from which on a service without a workaround counts as resumed, in percent. A modelling assumption of this project.
const HALF: u8 = 50;

impl Service {
    /// The level from which on the service counts as resumed, in percent: what its workaround gives, since that is what the organisation is
    /// prepared to live with for a while; half, where it has none. A recovery time objective is the time frame for resuming an activity at a
    /// specified minimum acceptable capacity (ISO 22301:2019, 8.2.2), not for having the last desk back.
    pub fn acceptable_percent(&self) -> u8 {
        self.workaround.as_ref().map_or(HALF, |workaround| workaround.level_percent.clamp(1, 100))
    }
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Workaround {
    pub text: String,
    pub level_percent: u8,
    pub holds: Span,
    pub takes: Span,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Sensor {
    pub id: String,
    pub text: String,
    pub sees: Vec<Trail>,
    pub covers: AssetSet,
    pub notices_percent: Option<u8>,
    pub after: Span,
    pub noise_a_day: u16,
    pub keeps: Span,
    pub watched: Watched,
    pub blocks: bool,
    pub held_by: Option<VendorId>,
    pub answer_takes: Span,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Technique {
    pub id: String,
    pub name: String,
    pub leaves: Vec<Leaves>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Leaves {
    pub trail: Trail,
    pub loudness_percent: u8,
    pub looks_like: String,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Claim {
    pub id: String,
    pub text: String,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Action {
    pub id: String,
    pub says: String,
    /// How rooms say it; empty: as the shipped library has it for its verb.
    pub said: Vec<String>,
    pub about: String,
    pub verb: Verb,
    /// What it is done to where the order does not say.
    pub on: Vec<String>,
    /// The orders it stands for where it names what it is done to, or needs nothing; empty for all others.
    pub own_orders: Vec<Order>,
    /// Base time, for the first target; none: at once.
    pub takes: Span,
    pub each: Span,
    pub skill: Option<Skill>,
    pub people: u8,
    pub tells: Vec<(ClaimId, Stance)>,
    pub react: Vec<String>,
    pub d3fend: Vec<String>,
    pub mitigations: Vec<String>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Staff {
    pub id: String,
    pub name: String,
    pub skills: Vec<Skill>,
    pub on_shift: Watched,
    pub comes_within: Option<Span>,
    /// They belong to a vendor, and are there only once it has arrived.
    pub vendor: Option<VendorId>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Vendor {
    pub id: String,
    pub name: String,
    pub text: String,
    pub arrives_within: Span,
    pub cost_an_hour_minor_units: i64,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Stakeholder {
    pub id: String,
    pub words: String,
    pub wants: String,
    pub trust: u8,
    pub must_hear: Vec<(ClaimId, Span)>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Statement {
    pub id: String,
    pub text: String,
    pub to: Vec<StakeholderId>,
    pub signed_off_by: RoleSet,
    pub says: Vec<(ClaimId, Stance)>,
    pub corrects: Option<StatementId>,
}

/// How a rule counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Deadline {
    /// So many days later, at the time of day at which the clock started.
    Days(u32),
    Span(Span),
    BusinessDays(u32),
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Rule {
    pub id: String,
    pub text: String,
    pub starts: Starts,
    pub deadline: Deadline,
    pub deadline_text: String,
    pub recipient: String,
    pub after: Option<RuleId>,
    pub fields: Vec<String>,
    pub source: String,
    /// It applies to this organisation.
    pub in_force: bool,
    /// Claims whose telling is awareness.
    pub aware_of: Vec<ClaimId>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Level {
    pub id: String,
    pub text: String,
    pub calls_in: RoleSet,
    pub calls_staff: Vec<Skill>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Move {
    pub id: String,
    pub title: String,
    pub opens: ExerciseTime,
    pub talk: Span,
    pub read_aloud: String,
    pub also_read: Vec<(ConditionId, String)>,
    /// It is part of the cut.
    pub played: bool,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Inject {
    pub id: String,
    pub of_move: Option<MoveId>,
    /// It is the voice of something the simulation does.
    pub is_voice: bool,
    pub channel: Channel,
    pub from: String,
    pub to: RoleSet,
    pub text: String,
    /// The file, and what it says (names filled in).
    pub artefact: Option<(String, String)>,
    pub plain: String,
    pub expected: Vec<String>,
    pub why: String,
    /// Whose words these are.
    pub hand: Hand,
}

impl Inject {
    /// In one line, as it is now: in plain words where there are any, else how its text begins. Empty where it is nothing but a file.
    pub fn in_short(&self) -> &str {
        let plain = self.plain.trim();
        if plain.is_empty() { self.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default() } else { plain }
    }
}

/// By whose hand an inject is what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Hand {
    /// The author's.
    #[default]
    Author,
    /// The author's inject, in the facilitator's words.
    Edited,
    /// The facilitator's own.
    MadeUp,
    /// The facilitator's own, to help the room on.
    Hint,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Gate {
    pub id: String,
    pub of_move: MoveId,
    pub ask: String,
    pub dilemma: Option<String>,
    pub who: RoleSet,
    pub all_of: bool,
    pub decide_within: Span,
    pub choices: Vec<Choice>,
    pub if_nobody_decides: u8,
}

#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Choice {
    pub id: String,
    pub text: String,
    pub orders: Vec<Order>,
    pub publishes: Option<StatementId>,
    pub feedback: String,
}
