//! What things are called on the screen: sentences about what a role was told, and names of what an order is done to.
//!
//! Everything here reads the public tables and one role's knowledge; it cannot name anything else.

use std::collections::BTreeMap;

use crate::debrief::narrative::{bare, capital, listed, role_only};
use crate::exercise::knowledge::{TaskBelief, View};
use crate::exercise::quote::Quote;
use crate::ids::*;
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::time::Span;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::{
    Command, Observation, Order, Scope, communication, compliance, continuity, detection, estate, incident_command, injects, investigation, response,
    team,
};

/// Something on the screen that orders can be given about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Thing {
    Asset(AssetId),
    Group(GroupId),
    Segment(SegmentId),
    Data(DataId),
    Login(LoginId),
    Link(LinkId),
    Service(ServiceId),
    Sensor(SensorId),
    Alert(Key),
    Vendor(VendorId),
    Stakeholder(StakeholderId),
    Statement(StatementId),
    Rule(RuleId),
    Level(LevelId),
    Gate(GateId),
    Claim(ClaimId),
}

/// What an order is done to.
pub fn thing(order: &Order) -> Option<Thing> {
    use {communication::Command as C, compliance::Command as L, continuity::Command as S, detection::Command as D};
    use {incident_command::Command as I, investigation::Command as V, response::Command as R, team::Command as T};
    let of = |scope: Scope| match scope {
        Scope::Asset(asset) => Thing::Asset(asset),
        Scope::Group(group) => Thing::Group(group),
    };
    Some(match order.command {
        Command::Detection(D::Acknowledge { alert } | D::Triage { alert } | D::Dismiss { alert }) => Thing::Alert(alert),
        Command::Detection(D::Watch { sensor } | D::SetToBlock { sensor } | D::Tune { sensor }) | Command::Investigation(V::Query { sensor }) => {
            Thing::Sensor(sensor)
        }
        Command::Investigation(V::Hunt { scope } | V::CaptureMemory { scope } | V::ImageDisk { scope }) => of(scope),
        Command::Investigation(V::Conclude { claim, .. }) => Thing::Claim(claim),
        Command::Response(
            R::Isolate { scope }
            | R::Reconnect { scope }
            | R::PowerOff { scope }
            | R::PowerOn { scope }
            | R::Clean { scope }
            | R::Rebuild { scope }
            | R::RestoreMachines { scope },
        ) => of(scope),
        Command::Response(R::DisableLogin { login } | R::ResetLogin { login }) => Thing::Login(login),
        Command::Response(R::CutLink { link } | R::RestoreLink { link }) => Thing::Link(link),
        Command::Response(R::CutSegment { segment } | R::RejoinSegment { segment } | R::BlockEgress { segment } | R::OpenEgress { segment }) => {
            Thing::Segment(segment)
        }
        Command::Response(R::RestoreData { data } | R::SecureBackup { data }) => Thing::Data(data),
        Command::Team(T::Engage { vendor }) => Thing::Vendor(vendor),
        Command::IncidentCommand(I::Declare { level }) => Thing::Level(level),
        Command::IncidentCommand(I::Decide { gate, .. }) => Thing::Gate(gate),
        Command::Communication(C::Ask { stakeholder }) => Thing::Stakeholder(stakeholder),
        Command::Communication(C::SignOff { statement } | C::Publish { statement }) => Thing::Statement(statement),
        Command::Compliance(L::Determine { rule } | L::Notify { rule }) => Thing::Rule(rule),
        Command::Continuity(S::Invoke { service } | S::StandDown { service } | S::Prioritise { service }) => Thing::Service(service),
        Command::Investigation(V::Learn {})
        | Command::Team(T::CallIn { .. })
        | Command::IncidentCommand(I::Brief { .. })
        | Command::Compliance(L::Preserve {})
        | Command::Documentation(_) => return None,
    })
}

/// Names, in the scenario's own words.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    public: &'a Public,
    alerts: &'a [crate::exercise::knowledge::AlertBelief],
}

fn sensor_name(text: &str) -> &str {
    bare(text.split_once(": ").map_or(text, |(name, _)| name))
}

impl<'a> Names<'a> {
    /// As one role sees them.
    pub fn of(view: &View<'a>) -> Names<'a> {
        Names { public: view.public, alerts: &view.knowledge.alerts }
    }

    /// A machine, by its name.
    pub fn asset(self, id: AssetId) -> &'a str {
        self.public.assets.get(id.index()).map_or("a machine", |asset| asset.name.as_str())
    }

    /// A segment.
    pub fn segment(self, id: SegmentId) -> &'a str {
        self.public.segments.get(id.index()).map_or("a segment", |segment| bare(&segment.text))
    }

    /// A sensor, without what may be explained behind a colon.
    pub fn sensor(self, id: SensorId) -> &'a str {
        self.public.sensors.get(id.index()).map_or("a sensor", |sensor| sensor_name(&sensor.text))
    }

    /// A service.
    pub fn service(self, id: ServiceId) -> &'a str {
        self.public.services.get(id.index()).map_or("a service", |service| bare(&service.text))
    }

    /// A role, without the person's name behind it.
    pub fn role(self, id: RoleId) -> &'a str {
        self.public.roles.get(id.index()).map_or("a role", |role| role_only(&role.label))
    }

    /// Several roles.
    pub fn roles(self, roles: RoleSet) -> String {
        let named: Vec<String> = roles.iter().filter(|role| role.index() < self.public.roles.len()).map(|role| self.role(role).to_owned()).collect();
        if named.len() == self.public.roles.len() && named.len() > 2 { "all roles".to_owned() } else { listed(&named) }
    }

    /// A claim.
    pub fn claim(self, id: ClaimId) -> &'a str {
        self.public.claims.get(id.index()).map_or("a claim", |claim| bare(&claim.text))
    }

    /// A rule.
    pub fn rule(self, id: RuleId) -> &'a str {
        self.public.rules.get(id.index()).map_or("a rule", |rule| bare(&rule.text))
    }

    /// An action, as people say it.
    pub fn action(self, id: ActionId) -> &'a str {
        self.public.actions.get(id.index()).map_or("an action", |action| bare(&action.says))
    }

    /// A statement, by its id in words.
    pub fn statement(self, id: StatementId) -> String {
        self.public.statements.get(id.index()).map_or_else(|| "a statement".into(), |statement| capital(&statement.id.replace('-', " ")))
    }

    /// A stakeholder: who they are, without the rest of their description.
    pub fn stakeholder(self, id: StakeholderId) -> String {
        self.public.stakeholders.get(id.index()).map_or_else(
            || "a stakeholder".into(),
            |stakeholder| capital(bare(stakeholder.words.split([',', ';', ':']).next().filter(|words| !words.is_empty()).unwrap_or(&stakeholder.id))),
        )
    }

    /// A level of severity.
    pub fn level(self, id: LevelId) -> String {
        self.public.levels.get(id.index()).map_or_else(|| "an incident".into(), |level| capital(&level.id.replace('-', " ")))
    }

    /// An alert, by the seat's short number.
    pub fn alert(self, key: Key) -> String {
        match self.alerts.iter().position(|known| known.alert == key) {
            Some(place) => format!("alert #{} on {}", place + 1, self.asset(self.alerts[place].asset)),
            None => "an alert".to_owned(),
        }
    }

    /// Anything.
    pub fn thing(self, thing: Thing) -> String {
        macro_rules! text {
            ($table:ident, $id:expr, $field:ident) => {
                self.public.$table.get($id.index()).map_or_else(String::new, |entry| bare(&entry.$field).to_owned())
            };
        }
        match thing {
            Thing::Asset(id) => self.asset(id).to_owned(),
            Thing::Group(id) => {
                let machines = self.public.groups.get(id.index()).map_or(0, |group| group.assets.len());
                format!("{} ({machines} machines)", text!(groups, id, text))
            }
            Thing::Segment(id) => self.segment(id).to_owned(),
            Thing::Data(id) => text!(data, id, text),
            Thing::Login(id) => text!(logins, id, name),
            Thing::Link(id) => text!(links, id, text),
            Thing::Service(id) => self.service(id).to_owned(),
            Thing::Sensor(id) => self.sensor(id).to_owned(),
            Thing::Alert(key) => self.alert(key),
            Thing::Vendor(id) => text!(vendors, id, name),
            Thing::Stakeholder(id) => self.stakeholder(id),
            Thing::Statement(id) => self.statement(id),
            Thing::Rule(id) => self.rule(id).to_owned(),
            Thing::Level(id) => self.level(id),
            Thing::Gate(id) => text!(gates, id, ask),
            Thing::Claim(id) => self.claim(id).to_owned(),
        }
    }

    /// What an order is done to, in words; empty where it is done to nothing.
    pub fn target(self, order: &Order) -> String {
        let plain = thing(order).map_or_else(String::new, |thing| self.thing(thing));
        match order.command {
            Command::IncidentCommand(incident_command::Command::Brief { roles }) => self.roles(roles),
            Command::IncidentCommand(incident_command::Command::Decide { gate, choice, .. }) => self
                .public
                .gates
                .get(gate.index())
                .and_then(|gate| gate.choices.get(usize::from(choice)))
                .map_or(plain, |choice| bare(&choice.text).to_owned()),
            Command::Team(team::Command::CallIn { skill: Some(skill) }) => skill.label().to_owned(),
            _ => plain,
        }
    }

    /// A whole order: `Isolate: A-FILE1`.
    pub fn order(self, order: &Order) -> String {
        let (action, target) = (self.action(order.action), self.target(order));
        if target.is_empty() { action.to_owned() } else { format!("{action}: {target}") }
    }

    /// What was told, in one sentence.
    pub fn told(self, observation: &Observation) -> String {
        match *observation {
            Observation::Estate(told) => self.told_of_estate(told),
            Observation::Detection(told) => match told {
                detection::Observation::Alert { sensor, asset, trail, .. } => {
                    format!("Alert: {} saw {} on {}", self.sensor(sensor), trail.label(), self.asset(asset))
                }
                detection::Observation::AlertTakenUp { alert } => format!("Taken up: {}", self.alert(alert)),
                detection::Observation::Verdict { alert, real: true } => format!("Judged real: {}", self.alert(alert)),
                detection::Observation::Verdict { alert, real: false } => format!("Judged harmless: {}", self.alert(alert)),
                detection::Observation::AlertDismissed { alert } => format!("Put aside: {}", self.alert(alert)),
                detection::Observation::SensorIs { sensor, watched, blocks } => {
                    let watched = if watched { "is watched around the clock" } else { "is not watched around the clock" };
                    format!("{} {watched} and {}", self.sensor(sensor), if blocks { "blocks" } else { "only reports" })
                }
                detection::Observation::SensorIsTuned { sensor } => format!("{} is tuned", self.sensor(sensor)),
            },
            Observation::Investigation(told) => match told {
                investigation::Observation::Finding { asset, technique, of } => {
                    let name = self.public.techniques.get(technique.index()).map_or("something", |technique| technique.name.as_str());
                    format!("Found on {}: {name}, of {}", self.asset(asset), self.public.calendar.label(of))
                }
                investigation::Observation::SignsOn { asset } => format!("A colleague reports signs of the adversary on {}", self.asset(asset)),
                investigation::Observation::NothingFound { asset } => format!("Nothing found on {}", self.asset(asset)),
                investigation::Observation::NothingInRecords { sensor } => format!("Nothing found in the records of {}", self.sensor(sensor)),
                investigation::Observation::LoginTaken { login } => format!("In the adversary's hands: {}", self.thing(Thing::Login(login))),
                investigation::Observation::EvidenceIsKept { asset, evidence } => {
                    format!("Kept as evidence: {} of {}", evidence.label(), self.asset(asset))
                }
            },
            Observation::Team(told) => match told {
                team::Observation::TaskWaits { action, .. } => format!("Waits for somebody: {}", self.action(action)),
                team::Observation::TaskRuns { .. } => "Work has begun".to_owned(),
                team::Observation::TaskIsOver { outcome, .. } => format!("Work ended: {}", outcome.label()),
                team::Observation::VendorComes { vendor } => format!("On the way: {}", self.thing(Thing::Vendor(vendor))),
                team::Observation::VendorIsHere { vendor } => format!("At work: {}", self.thing(Thing::Vendor(vendor))),
                team::Observation::StaffCalled { skill } => format!("Called in: {}", skill.map_or("all staff", |skill| skill.label())),
                team::Observation::RoleIsAway { role, away } => format!("{} is {}", self.role(role), if away { "away" } else { "back" }),
            },
            Observation::IncidentCommand(told) => match told {
                incident_command::Observation::IncidentDeclared { level } => format!("Declared: {}", self.level(level)),
                incident_command::Observation::GateIsOpen { gate, until } => {
                    format!("To decide by {}: {}", self.public.calendar.label(until), self.thing(Thing::Gate(gate)))
                }
                incident_command::Observation::GateIsDecided { gate, choice, timed_out } => {
                    let choice = self.public.gates.get(gate.index()).and_then(|gate| gate.choices.get(usize::from(choice)));
                    let choice = choice.map_or("a choice", |choice| bare(&choice.text));
                    format!("{}: {choice}", if timed_out { "Nobody decided in time, so this holds" } else { "Decided" })
                }
                incident_command::Observation::MoveHasOpened { number } => {
                    format!("The situation: {}", self.public.moves.get(number.index()).map_or("a new move", |opened| bare(&opened.title)))
                }
            },
            Observation::Communication(told) => match told {
                communication::Observation::Claim { claim, stance } => match stance {
                    Stance::Yes => format!("Told that it is so: {}", self.claim(claim)),
                    Stance::No => format!("Told that it is not so: {}", self.claim(claim)),
                    Stance::NotYet => format!("Told that it is not known yet: {}", self.claim(claim)),
                },
                communication::Observation::StatementSigned { statement, role } => {
                    format!("Signed off by {}: {}", self.role(role), self.statement(statement))
                }
                communication::Observation::StatementIsOut { statement } => format!("Published: {}", self.statement(statement)),
                communication::Observation::Trust { stakeholder, trust } => format!("Trust of {}: {trust} of 10", self.stakeholder(stakeholder)),
            },
            Observation::Compliance(told) => match told {
                compliance::Observation::ClockRuns { rule, due } => {
                    format!("A clock runs until {}: {}", self.public.calendar.label(due), self.rule(rule))
                }
                compliance::Observation::NotificationIsOut { rule } => format!("Notified: {}", self.rule(rule)),
                compliance::Observation::DeadlinePassed { rule } => format!("The deadline has passed: {}", self.rule(rule)),
                compliance::Observation::HoldIsOn {} => "A legal hold is on".to_owned(),
            },
            Observation::Continuity(told) => match told {
                continuity::Observation::ServiceIs { service, percent } => format!("{} is at {percent} %", self.service(service)),
                continuity::Observation::WorkaroundIs { service, runs } => {
                    format!("Workaround of {} {}", self.service(service), if runs { "runs" } else { "has ended" })
                }
                continuity::Observation::PutFirst { service } => format!("Put first: {}", self.service(service)),
                continuity::Observation::WorkaroundIsWornOut { service } => {
                    format!("People cannot keep the workaround up any longer: {}", self.service(service))
                }
            },
            Observation::Injects(injects::Observation::IsVoid { inject }) => {
                let plain = self.public.injects.get(inject.index()).map_or("a message", |inject| bare(inject.in_short()));
                format!("Does not count any more: {plain}")
            }
            Observation::Injects(injects::Observation::Came { inject }) => {
                let Some(inject) = self.public.injects.get(inject.index()) else { return "A message".to_owned() };
                let from = sender(&inject.from);
                let from = if from.is_empty() { String::new() } else { format!(" from {from}") };
                format!("{}{from}: {}", capital(inject.channel.label()), bare(inject.in_short()))
            }
        }
    }

    /// The same, where work is named by what it is: `tasks` are names by key, as [`tasks_by_key`] has them.
    pub fn told_of_work(self, observation: &Observation, tasks: &BTreeMap<Key, String>) -> String {
        let named = |task: Key, says: &str| tasks.get(&task).map_or_else(|| says.to_owned(), |name| format!("{says}: {name}"));
        match *observation {
            Observation::Team(team::Observation::TaskWaits { task, .. }) => named(task, "Waits for somebody"),
            Observation::Team(team::Observation::TaskRuns { task }) => named(task, "Work has begun"),
            Observation::Team(team::Observation::TaskIsOver { task, outcome }) => named(task, &format!("Work ended, {}", outcome.label())),
            _ => self.told(observation),
        }
    }

    fn told_of_estate(self, told: estate::Observation) -> String {
        let open = |open: bool| if open { "open" } else { "closed" };
        match told {
            estate::Observation::AssetLooks { asset, seen } => format!("{} is {}", self.asset(asset), seen.label()),
            estate::Observation::AssetIsFresh { asset } => format!("{} is rebuilt, restored or cleaned", self.asset(asset)),
            estate::Observation::LoginIs { login, enabled } => {
                format!("{} is {}", self.thing(Thing::Login(login)), if enabled { "enabled, with a new secret" } else { "disabled" })
            }
            estate::Observation::LinkIs { link, open: is } => format!("{} is {}", self.thing(Thing::Link(link)), open(is)),
            estate::Observation::SegmentIs { segment, joined } => {
                format!("{} is {}", self.segment(segment), if joined { "joined to the network" } else { "cut off" })
            }
            estate::Observation::EgressIs { segment, open: is } => format!("The way of {} to the internet is {}", self.segment(segment), open(is)),
            estate::Observation::BackupIs { data, there, secured } => {
                let name = self.thing(Thing::Data(data));
                match (there, secured) {
                    (false, _) => format!("{name} is gone"),
                    (true, true) => format!("{name} is out of reach of everybody else"),
                    (true, false) => format!("{name} is there"),
                }
            }
            estate::Observation::DataIsBack { data } => format!("{} is back", self.thing(Thing::Data(data))),
        }
    }
}

/// Who a message is from: ids read as words.
pub fn sender(from: &str) -> String {
    if from.contains(['@', ' ', '.']) { from.to_owned() } else { capital(&from.replace('-', " ")) }
}

/// What a task's target key stands for: everything the public tables name.
pub fn targets_by_key(view: &View<'_>) -> BTreeMap<Key, String> {
    let (public, names) = (view.public, Names::of(view));
    let mut by_key = BTreeMap::new();
    macro_rules! add {
        ($($table:ident $id:ident $kind:ident;)*) => {$(
            for place in 0..public.$table.len() {
                by_key.insert(view.names.of($id::at(place)), names.thing(Thing::$kind($id::at(place))));
            }
        )*};
    }
    add! {
        assets AssetId Asset; groups GroupId Group; segments SegmentId Segment; data DataId Data; logins LoginId Login; links LinkId Link;
        services ServiceId Service; sensors SensorId Sensor; vendors VendorId Vendor; stakeholders StakeholderId Stakeholder;
        statements StatementId Statement; rules RuleId Rule; levels LevelId Level; gates GateId Gate; claims ClaimId Claim;
    }
    by_key
}

/// The tasks of a role in words, by key: what is done, and to what. `targets` are names by key, as [`targets_by_key`] has them.
pub fn tasks_by_key(view: &View<'_>, targets: &BTreeMap<Key, String>) -> BTreeMap<Key, String> {
    let names = Names::of(view);
    let says = |task: &TaskBelief| {
        let target = match targets.get(&task.target) {
            Some(name) => name.clone(),
            None if view.knowledge.alerts.iter().any(|alert| alert.alert == task.target) => names.alert(task.target),
            None => String::new(),
        };
        let action = names.action(task.action);
        if target.is_empty() { action.to_owned() } else { format!("{action}: {target}") }
    };
    view.knowledge.tasks.iter().map(|task| (task.task, says(task))).collect()
}

/// What an order would take, in short: `20m, 1 analysis`.
pub fn price(quote: &Quote) -> String {
    let takes = if quote.takes == Span::ZERO { "at once".to_owned() } else { quote.takes.to_string() };
    match quote.skill {
        Some(skill) => format!("{takes}, {} of {}", people(quote.people), skill.label()),
        None => takes,
    }
}

/// `1 person`, `3 people`.
pub fn people(count: u8) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

/// Which group of orders a verb stands in; in the order of [`FAMILIES`].
pub const fn family(verb: Verb) -> usize {
    match verb {
        Verb::Acknowledge | Verb::Triage | Verb::Dismiss | Verb::Watch | Verb::SetToBlock | Verb::Tune => 0,
        Verb::Query | Verb::Hunt | Verb::CaptureMemory | Verb::ImageDisk | Verb::Conclude | Verb::Learn => 1,
        Verb::Isolate | Verb::PowerOff | Verb::DisableLogin | Verb::CutLink | Verb::CutSegment | Verb::BlockEgress | Verb::SecureBackup => 2,
        Verb::Clean
        | Verb::Rebuild
        | Verb::Restore
        | Verb::Reconnect
        | Verb::PowerOn
        | Verb::ResetLogin
        | Verb::RestoreLink
        | Verb::RejoinSegment
        | Verb::OpenEgress => 3,
        Verb::Invoke | Verb::StandDown | Verb::Prioritise => 4,
        Verb::CallIn | Verb::Engage => 5,
        Verb::Brief | Verb::Declare | Verb::Decide | Verb::Log | Verb::Report => 6,
        Verb::Ask | Verb::SignOff | Verb::Publish => 7,
        Verb::Determine | Verb::Notify | Verb::Preserve => 8,
    }
}

/// Groups of orders.
pub const FAMILIES: [&str; 9] =
    ["Alerts and sensors", "Investigate", "Contain", "Recover", "Keep services going", "People", "Lead and record", "Speak", "Legal duties"];
