//! Orders: from words to typed commands, and back.
//!
//! One door for gates, plans, files of commands, the journal and the command line, so that an order means the same everywhere.

use serde::{Deserialize, Serialize};

use super::names::{Names, unknown};
use crate::ids::*;
use crate::scenario::program::{Action, Public};
use crate::scenario::written::{self, Skill, Verb};
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::{
    Command, Order, Scope, communication, compliance, continuity, detection, documentation, incident_command, investigation, response, team,
};

/// How sure somebody is who does not say so, when concluding: in percent.
pub const SURE_OF_A_BELIEF: u8 = 75;
/// How sure somebody is who does not say so, when deciding: in percent.
pub const SURE_OF_A_DECISION: u8 = 50;

/// An order in words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainOrder {
    /// The id of the action.
    pub action: String,
    /// Ids of what it is done to; alerts as the seat's short number or as `@` and the key's sixteen digits. Empty: what the action says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// The level, choice or belief it carries.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub as_what: Option<String>,
    /// How sure, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure_percent: Option<u8>,
}

impl From<&written::Order> for PlainOrder {
    fn from(order: &written::Order) -> PlainOrder {
        PlainOrder {
            action: order.action.text.clone(),
            on: order.on.iter().map(|target| target.value.clone()).collect(),
            as_what: order.as_what.as_ref().map(|what| what.value.clone()),
            sure_percent: order.sure_percent.as_ref().map(|percent| percent.value),
        }
    }
}

/// The orders that a written one stands for: one a target. `alerts` knows the short numbers of the seat that speaks.
///
/// # Errors
/// Says in one sentence what cannot be understood, and what may have been meant.
pub fn orders(public: &Public, names: &Names, written: &PlainOrder, alerts: &dyn Fn(&str) -> Option<Key>) -> Result<Vec<Order>, String> {
    let id: ActionId = names.resolve(&written.action)?;
    let action = public.actions.get(id.index()).ok_or_else(|| format!("there is no action `{}`", written.action))?;
    if let Some(sure) = written.sure_percent
        && sure > 100
    {
        return Err(format!("how sure is a percentage from 0 to 100, not {sure}"));
    }
    let reader = Reader { public, names, written, action, alerts };
    reader.commands().map(|commands| commands.into_iter().map(|command| Order { action: id, command }).collect())
}

struct Reader<'a> {
    public: &'a Public,
    names: &'a Names,
    written: &'a PlainOrder,
    action: &'a Action,
    alerts: &'a dyn Fn(&str) -> Option<Key>,
}

impl Reader<'_> {
    fn targets(&self) -> &[String] {
        if self.written.on.is_empty() { &self.action.on } else { &self.written.on }
    }

    fn each<C: Into<Command>>(&self, wants: &str, read: impl Fn(&str) -> Result<C, String>) -> Result<Vec<Command>, String> {
        if self.targets().is_empty() {
            return Err(format!("`{}` needs to know on what: name {wants}", self.action.id));
        }
        self.targets().iter().map(|target| read(target).map(Into::into)).collect()
    }

    fn each_id<T: DenseId, C: Into<Command>>(&self, wants: &str, make: impl Fn(T) -> C) -> Result<Vec<Command>, String> {
        self.each(wants, |target| self.names.resolve(target).map(&make))
    }

    fn machines<C: Into<Command>>(&self, make: impl Fn(Scope) -> C) -> Result<Vec<Command>, String> {
        self.each("machines", |target| self.names.scope(target).map(&make).ok_or_else(|| self.names.unknown(&[IdKind::Asset, IdKind::Group], target)))
    }

    fn alert<C: Into<Command>>(&self, make: impl Fn(Key) -> C) -> Result<Vec<Command>, String> {
        self.each("an alert", |target| {
            let key = match target.strip_prefix('@') {
                Some(digits) if digits.len() == 16 => u64::from_str_radix(digits, 16).ok().map(Key),
                _ => (self.alerts)(target),
            };
            key.map(&make).ok_or_else(|| format!("there is no alert `{target}`"))
        })
    }

    /// Of what has no target: exactly one.
    fn alone<C: Into<Command>>(&self, command: C) -> Result<Vec<Command>, String> {
        match self.written.on.first() {
            Some(target) => Err(format!("`{}` is not done to anything; leave `{target}` out", self.action.id)),
            None => Ok(vec![command.into()]),
        }
    }

    fn as_what(&self, wants: &str) -> Result<&str, String> {
        self.written.as_what.as_deref().ok_or_else(|| format!("`{}` needs to know as what: {wants}", self.action.id))
    }

    fn commands(&self) -> Result<Vec<Command>, String> {
        use {communication::Command as Say, compliance::Command as Duty, continuity::Command as Serve, detection::Command as Detect};
        use {documentation::Command as Write, incident_command::Command as Lead, investigation::Command as Look};
        use {response::Command as Do, team::Command as Team};
        match self.action.verb {
            Verb::Acknowledge => self.alert(|alert| Detect::Acknowledge { alert }),
            Verb::Triage => self.alert(|alert| Detect::Triage { alert }),
            Verb::Dismiss => self.alert(|alert| Detect::Dismiss { alert }),
            Verb::Watch => self.each_id("a sensor", |sensor| Detect::Watch { sensor }),
            Verb::SetToBlock => self.each_id("a sensor", |sensor| Detect::SetToBlock { sensor }),
            Verb::Tune => self.each_id("a sensor", |sensor| Detect::Tune { sensor }),
            Verb::Query => self.each_id("a sensor", |sensor| Look::Query { sensor }),
            Verb::Hunt => self.machines(|scope| Look::Hunt { scope }),
            Verb::CaptureMemory => self.machines(|scope| Look::CaptureMemory { scope }),
            Verb::ImageDisk => self.machines(|scope| Look::ImageDisk { scope }),
            Verb::Conclude => {
                let sure = self.written.sure_percent.unwrap_or(SURE_OF_A_BELIEF);
                let percent = match self.as_what("yes or no")?.to_ascii_lowercase().as_str() {
                    "yes" => sure,
                    "no" => 100 - sure,
                    other => return Err(format!("a belief is `yes` or `no`, not `{other}`")),
                };
                self.each_id("a claim", |claim| Look::Conclude { claim, percent })
            }
            Verb::Learn => self.alone(Look::Learn {}),
            Verb::Isolate => self.machines(|scope| Do::Isolate { scope }),
            Verb::Reconnect => self.machines(|scope| Do::Reconnect { scope }),
            Verb::PowerOff => self.machines(|scope| Do::PowerOff { scope }),
            Verb::PowerOn => self.machines(|scope| Do::PowerOn { scope }),
            Verb::DisableLogin => self.each_id("a login", |login| Do::DisableLogin { login }),
            Verb::ResetLogin => self.each_id("a login", |login| Do::ResetLogin { login }),
            Verb::CutLink => self.each_id("a link", |link| Do::CutLink { link }),
            Verb::RestoreLink => self.each_id("a link", |link| Do::RestoreLink { link }),
            Verb::CutSegment => self.each_id("a segment", |segment| Do::CutSegment { segment }),
            Verb::RejoinSegment => self.each_id("a segment", |segment| Do::RejoinSegment { segment }),
            Verb::BlockEgress => self.each_id("a segment", |segment| Do::BlockEgress { segment }),
            Verb::OpenEgress => self.each_id("a segment", |segment| Do::OpenEgress { segment }),
            Verb::Clean => self.machines(|scope| Do::Clean { scope }),
            Verb::Rebuild => self.machines(|scope| Do::Rebuild { scope }),
            Verb::Restore => self.each("machines or data", |target| match (self.names.scope(target), self.names.find(target)) {
                (Some(scope), _) => Ok(Do::RestoreMachines { scope }),
                (None, Some(data)) => Ok(Do::RestoreData { data }),
                (None, None) => Err(self.names.unknown(&[IdKind::Asset, IdKind::Group, IdKind::Data], target)),
            }),
            Verb::SecureBackup => self.each("a backup", |target| {
                let data: DataId = self.names.resolve(target)?;
                match self.public.data.get(data.index()) {
                    Some(store) if store.is_backup => Ok(Do::SecureBackup { data }),
                    _ => Err(format!("`{target}` is not a backup")),
                }
            }),
            Verb::CallIn if self.targets().is_empty() => Ok(vec![Team::CallIn { skill: None }.into()]),
            Verb::CallIn => self.each("a skill", |target| {
                let known = || Skill::ALL.iter().map(|skill| skill.label());
                let skill = Skill::ALL.into_iter().find(|skill| skill.label().eq_ignore_ascii_case(target));
                skill.map(|skill| Team::CallIn { skill: Some(skill) }).ok_or_else(|| unknown("skill", target, known()))
            }),
            Verb::Engage => self.each_id("a vendor", |vendor| Team::Engage { vendor }),
            Verb::Brief => {
                let targets = self.targets();
                let roles: RoleSet = if targets.iter().any(|target| target == "all") {
                    RoleSet::first(self.public.roles.len())
                } else {
                    targets.iter().map(|target| self.names.resolve::<RoleId>(target)).collect::<Result<_, _>>()?
                };
                if roles.is_empty() {
                    return Err(format!("`{}` needs to know whom: name roles", self.action.id));
                }
                Ok(vec![Lead::Brief { roles }.into()])
            }
            Verb::Declare => {
                let levels: Vec<&str> = self.public.levels.iter().map(|level| level.id.as_str()).collect();
                let level = self.names.resolve(self.as_what(&levels.join(", "))?)?;
                self.alone(Lead::Declare { level })
            }
            Verb::Decide => {
                let sure = self.written.sure_percent.unwrap_or(SURE_OF_A_DECISION);
                self.each("a gate", |target| {
                    let gate: GateId = self.names.resolve(target)?;
                    let choices = || self.public.gates.get(gate.index()).into_iter().flat_map(|gate| &gate.choices).map(|choice| choice.id.as_str());
                    let wanted = self.as_what(&choices().collect::<Vec<_>>().join(", "))?;
                    let place = choices().position(|choice| choice == wanted).and_then(|place| u8::try_from(place).ok());
                    place.map(|choice| Lead::Decide { gate, choice, sure }).ok_or_else(|| unknown("choice", wanted, choices()))
                })
            }
            Verb::Ask => self.each_id("a stakeholder", |stakeholder| Say::Ask { stakeholder }),
            Verb::SignOff => self.each_id("a statement", |statement| Say::SignOff { statement }),
            Verb::Publish => self.each_id("a statement", |statement| Say::Publish { statement }),
            Verb::Determine => self.each_id("a notification rule", |rule| Duty::Determine { rule }),
            Verb::Notify => self.each_id("a notification rule", |rule| Duty::Notify { rule }),
            Verb::Preserve => self.alone(Duty::Preserve {}),
            Verb::Invoke => self.each_id("a service", |service| Serve::Invoke { service }),
            Verb::StandDown => self.each_id("a service", |service| Serve::StandDown { service }),
            Verb::Prioritise => self.each_id("a service", |service| Serve::Prioritise { service }),
            Verb::Log => self.alone(Write::Log {}),
            Verb::Report => self.alone(Write::Report {}),
        }
    }
}

/// What a command is done to, by what it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    Nothing,
    Thing(IdKind, u16),
    Alert(Key),
    Skill(Option<Skill>),
    Roles(RoleSet),
}

fn thing<T: DenseId>(id: T) -> Target {
    Target::Thing(T::KIND, id.index() as u16)
}

fn machines(scope: Scope) -> Target {
    match scope {
        Scope::Asset(asset) => thing(asset),
        Scope::Group(group) => thing(group),
    }
}

pub(crate) fn target(command: &Command) -> Target {
    use {communication::Command as Say, compliance::Command as Duty, continuity::Command as Serve, detection::Command as Detect};
    use {documentation::Command as Write, incident_command::Command as Lead, investigation::Command as Look};
    use {response::Command as Do, team::Command as Team};
    if let Some(scope) = command.scope() {
        return machines(scope);
    }
    match *command {
        Command::Detection(Detect::Acknowledge { alert } | Detect::Triage { alert } | Detect::Dismiss { alert }) => Target::Alert(alert),
        Command::Detection(Detect::Watch { sensor } | Detect::SetToBlock { sensor } | Detect::Tune { sensor })
        | Command::Investigation(Look::Query { sensor }) => thing(sensor),
        Command::Investigation(Look::Conclude { claim, .. }) => thing(claim),
        Command::Response(Do::DisableLogin { login } | Do::ResetLogin { login }) => thing(login),
        Command::Response(Do::CutLink { link } | Do::RestoreLink { link }) => thing(link),
        Command::Response(Do::CutSegment { segment } | Do::RejoinSegment { segment } | Do::BlockEgress { segment } | Do::OpenEgress { segment }) => {
            thing(segment)
        }
        Command::Response(Do::RestoreData { data } | Do::SecureBackup { data }) => thing(data),
        // Those that name machines have been dealt with; the rest is done to nothing that has a name.
        Command::Investigation(_) | Command::Response(_) => Target::Nothing,
        Command::Team(Team::CallIn { skill }) => Target::Skill(skill),
        Command::Team(Team::Engage { vendor }) => thing(vendor),
        Command::IncidentCommand(Lead::Declare { level }) => thing(level),
        Command::IncidentCommand(Lead::Decide { gate, .. }) => thing(gate),
        Command::IncidentCommand(Lead::Brief { roles }) => Target::Roles(roles),
        Command::Communication(Say::Ask { stakeholder }) => thing(stakeholder),
        Command::Communication(Say::SignOff { statement } | Say::Publish { statement }) => thing(statement),
        Command::Compliance(Duty::Determine { rule } | Duty::Notify { rule }) => thing(rule),
        Command::Compliance(Duty::Preserve {}) => Target::Nothing,
        Command::Continuity(Serve::Invoke { service } | Serve::StandDown { service } | Serve::Prioritise { service }) => thing(service),
        Command::Documentation(Write::Log {} | Write::Report {}) => Target::Nothing,
    }
}

/// The key of what a command is done to: the hash of its id, an alert's own key, the hash of a skill's word; of several roles the sum of
/// theirs, as in the encoding of facts; `Key(0)` where there is nothing. Conditions on orders compare with it.
pub fn target_key(names: &NameHashes, command: &Command) -> Key {
    match target(command) {
        Target::Nothing | Target::Skill(None) => Key::default(),
        Target::Thing(kind, index) => names.key(kind, index),
        Target::Alert(alert) => alert,
        Target::Skill(Some(skill)) => Key::named(skill.label()),
        Target::Roles(roles) => Key(roles.iter().map(|role| names.of(role).0).fold(0, u64::wrapping_add)),
    }
}

/// An order in words again: what [`orders`] reads back as the same order.
pub fn written(public: &Public, order: &Order) -> PlainOrder {
    let name = |kind: IdKind, index: u16| id_of(public, kind, index).unwrap_or_default().to_owned();
    let on = match target(&order.command) {
        Target::Nothing | Target::Skill(None) | Target::Thing(IdKind::Level, _) => Vec::new(),
        Target::Thing(kind, index) => vec![name(kind, index)],
        Target::Alert(alert) => vec![format!("@{alert}")],
        Target::Skill(Some(skill)) => vec![skill.label().to_owned()],
        Target::Roles(roles) => roles.iter().map(|role| name(IdKind::Role, role.0)).collect(),
    };
    let (as_what, sure_percent) = match order.command {
        Command::Investigation(investigation::Command::Conclude { percent, .. }) if percent >= 50 => (Some("yes".to_owned()), Some(percent)),
        Command::Investigation(investigation::Command::Conclude { percent, .. }) => (Some("no".to_owned()), Some(100 - percent)),
        Command::IncidentCommand(incident_command::Command::Declare { level }) => (Some(name(IdKind::Level, level.0)), None),
        Command::IncidentCommand(incident_command::Command::Decide { gate, choice, sure }) => {
            let choice = public.gates.get(gate.index()).and_then(|gate| gate.choices.get(usize::from(choice)));
            (choice.map(|choice| choice.id.clone()), Some(sure))
        }
        _ => (None, None),
    };
    PlainOrder { action: name(IdKind::Action, order.action.0), on, as_what, sure_percent }
}

/// What the author called the thing with this index; none where the public tables have no such kind or index.
pub fn id_of(public: &Public, kind: IdKind, index: u16) -> Option<&str> {
    let index = usize::from(index);
    macro_rules! look_up {
        ($($kind:ident $table:ident)*) => {
            match kind {
                $(IdKind::$kind => public.$table.get(index).map(|entry| entry.id.as_str()),)*
                IdKind::Stage | IdKind::Criterion | IdKind::Condition => None,
            }
        };
    }
    look_up! {
        Role roles  Asset assets  Group groups  Segment segments  Data data  Login logins  Link links  Service services  Sensor sensors
        Technique techniques  Claim claims  Action actions  Staff staff  Vendor vendors  Stakeholder stakeholders  Statement statements
        Rule rules  Level levels  Move moves  Inject injects  Gate gates
    }
}
