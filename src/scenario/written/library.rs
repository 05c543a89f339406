//! What the shipped library holds: response actions and notification rules. (Techniques are in `campaign`.)

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::scenario::written::Says;
use crate::scenario::written::people::{RoleKind, Skill};
use crate::time::Span;

/// Something that can be ordered, in the room's words.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its id.
    pub id: Id<kind::Action>,
    /// What it is called where it is offered.
    pub says: Located<String>,
    /// How rooms say it: what a facilitator types is compared with these. Each is a few words that stand near one another, in any order, with `|`
    /// between words of which one is enough: `switch|turn off`. After `~`, what is heard in other orders as well. Where it is left out, what the
    /// shipped library has for its verb.
    #[serde(default)]
    pub said: Vec<String>,
    /// What the simulation does.
    pub does: Verb,
    /// Kinds of role that may order it.
    #[serde(default)]
    pub by: Vec<RoleKind>,
    /// Roles that may order it, beside those.
    #[serde(default)]
    pub who: Vec<Ref<kind::OrAll<kind::Role>>>,
    /// On what, where the order does not say. Ids of the kind its verb asks for.
    #[serde(default)]
    pub on: Vec<Ref<kind::AnyTarget>>,
    /// How long it takes one person, for one target.
    #[serde(default)]
    pub takes: Option<Located<Span>>,
    /// How much longer for each further target.
    #[serde(default)]
    pub each: Option<Located<Span>>,
    /// Whose work it is. Without it, the role does it itself, and staff are not needed.
    #[serde(default)]
    pub skill: Option<Skill>,
    /// How many people it needs; 1, where not said.
    #[serde(default)]
    pub people: Option<Located<u8>>,
    /// What is learnt when it is done.
    #[serde(default)]
    pub tells: Vec<Says>,
    /// RE&CT response action ids.
    #[serde(default)]
    pub react: Vec<String>,
    /// D3FEND technique ids.
    #[serde(default)]
    pub d3fend: Vec<String>,
    /// ATT&CK mitigation ids.
    #[serde(default)]
    pub mitigations: Vec<String>,
    /// One sentence: when it helps and what it costs.
    #[serde(default)]
    pub about: Option<String>,
}

/// The closed list of what an order can do. A new verb raises the rules version.
#[derive(Deserialize, serde::Serialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verb {
    /// Take an alert up. On: an alert.
    Acknowledge,
    /// Look into an alert until it is known to be real or not. On: an alert.
    Triage,
    /// Put an alert aside as meaning nothing. On: an alert.
    Dismiss,
    /// Have somebody watch a sensor around the clock. On: a sensor.
    Watch,
    /// Have a sensor stop what it notices. On: a sensor.
    SetToBlock,
    /// Remove noise from a sensor. On: a sensor.
    Tune,
    /// Search a sensor's records. On: a sensor.
    Query,
    /// Look at machines for signs of the adversary. On: machines.
    Hunt,
    /// Capture memory. On: machines.
    CaptureMemory,
    /// Image disks. On: machines.
    ImageDisk,
    /// State what one believes of a claim, and how surely. On: a claim; as `yes` or `no`.
    Conclude,
    /// Cut machines off the network. On: machines.
    Isolate,
    /// Put isolated machines back. On: machines.
    Reconnect,
    /// Power machines off. On: machines.
    PowerOff,
    /// Power machines on. On: machines.
    PowerOn,
    /// Disable a login. On: a login.
    DisableLogin,
    /// Give a login a new secret and enable it. On: a login.
    ResetLogin,
    /// Close a link. On: a link.
    CutLink,
    /// Open a link again. On: a link.
    RestoreLink,
    /// Cut a segment off all others. On: a segment.
    CutSegment,
    /// Join a segment again. On: a segment.
    RejoinSegment,
    /// Close a segment's way out to the internet. On: a segment.
    BlockEgress,
    /// Open it again. On: a segment.
    OpenEgress,
    /// Remove what the adversary left, without a rebuild. May miss some. On: machines.
    Clean,
    /// Install machines anew. Removes everything, evidence as well. On: machines.
    Rebuild,
    /// Bring machines or data back from a backup. On: machines or data.
    Restore,
    /// Take a copy of a backup out of everybody's reach. On: a backup.
    SecureBackup,
    /// Call staff of a skill in, or keep them. On: a skill (`Analysis`), or nothing for all.
    CallIn,
    /// Call a vendor in. On: a vendor.
    Engage,
    /// Share all that one knows with other roles. On: roles.
    Brief,
    /// Declare an incident. As: a severity level.
    Declare,
    /// Decide a gate. On: the gate; as: the choice.
    Decide,
    /// Ask somebody. On: a stakeholder; they tell what they know.
    Ask,
    /// Sign a statement off. On: a statement.
    SignOff,
    /// Publish a statement. On: a statement.
    Publish,
    /// Determine that a notification rule applies. Starts its clock, if what the team knew did not. On: a rule.
    Determine,
    /// Send a notification. On: a rule.
    Notify,
    /// Put a legal hold on evidence: nothing that holds it is rebuilt without an image.
    Preserve,
    /// Start a service's workaround. On: a service.
    Invoke,
    /// Go back from it. On: a service.
    StandDown,
    /// Have what a service rests on recovered first. On: a service.
    Prioritise,
    /// Write down what is known and decided.
    Log,
    /// Report the situation to all roles.
    Report,
    /// Something with no effect but what it tells. Where the choice of a decision orders it, it is ordered by that decision only.
    Learn,
}

/// A duty to tell somebody by a deadline.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id.
    pub id: Id<kind::Rule>,
    /// Its name.
    pub text: Located<String>,
    /// What starts the clock.
    pub starts: Starts,
    /// How long, in the unit the rule counts in.
    pub deadline: Deadline,
    /// Who is told.
    pub recipient: Located<String>,
    /// The rule whose notification starts this one's clock, for chains.
    #[serde(default)]
    pub after: Option<Ref<kind::Rule>>,
    /// What the notification has to hold.
    #[serde(default)]
    pub fields: Vec<Located<String>>,
    /// Where it stands: title, article.
    pub source: Located<String>,
}

/// What starts a notification clock.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Starts {
    /// Awareness: when a claim listed by the scenario has been told to somebody in the team as true, or when the team determines it.
    Aware,
    /// The team's own determination, and nothing else.
    Determined,
    /// The notification of the rule in `after`.
    Notified,
}

/// A deadline in the unit its rule counts in.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub enum Deadline {
    /// Consecutive hours, weekends included.
    Hours(Located<u32>),
    /// Consecutive days.
    CalendarDays(Located<u32>),
    /// Monday to Friday; ends at the end of the last day.
    BusinessDays(Located<u32>),
    /// Without a number in the rule; the scenario's own plan says what it takes that to mean.
    WithoutUndueDelay {
        /// What the plan takes it to mean.
        taken_as: Located<Span>,
    },
}
