//! What each role has been told, and the lens through which everybody looks at it.
//!
//! [`Knowledge`] has one writer, [`Knowledge::tell`], reached only through the outbox, which records the telling as a fact. A [`View`] borrows one
//! role's knowledge and the public tables, and sees who is at its own work and how tired people are; there is no way from it to ground truth.

use std::sync::Arc;

use bevy::ecs::resource::Resource;

use crate::exercise::team::Team;
use crate::ids::*;
use crate::scenario::program::{Program, Public, Sensor};
use crate::scenario::written::{Skill, Trail, Watched};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::investigation::Evidence;
use crate::vocabulary::ledger::Shared;
use crate::vocabulary::team::Outcome;
use crate::vocabulary::{Observation, communication, compliance, continuity, detection, estate, incident_command, injects, investigation, team};

/// One thing a role was told.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Heard {
    /// When.
    pub at: ExerciseTime,
    /// What.
    pub observation: Observation,
}

/// What a role holds of a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssetBelief {
    /// It knows of it.
    pub known: bool,
    /// Signs of the adversary were found, and it has not been rebuilt, restored or cleaned since.
    pub found: bool,
    /// Somebody looked and found nothing since.
    pub cleared: bool,
    /// What it looks like.
    pub looks: Seen,
    /// Memory is kept.
    pub memory_kept: bool,
    /// A disk image is kept.
    pub disk_kept: bool,
}

/// What a role holds of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlertBelief {
    /// Its key.
    pub alert: Key,
    /// From which sensor.
    pub sensor: SensorId,
    /// About which machine.
    pub asset: AssetId,
    /// What was seen.
    pub trail: Trail,
    /// When it was raised.
    pub raised: ExerciseTime,
    /// How far it has come.
    pub state: AlertState,
}

/// How far an alert has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum AlertState {
    New,
    TakenUp,
    Real,
    Nothing,
    Dismissed,
}

/// What a role holds of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TaskBelief {
    /// Its key.
    pub task: Key,
    /// What is done.
    pub action: ActionId,
    /// To what.
    pub target: Key,
    /// How far it has come.
    pub state: TaskState,
}

/// How far a task has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum TaskState {
    Waiting,
    Running,
    Over(Outcome),
}

/// What a role holds of a sensor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct SensorBelief {
    pub known: bool,
    pub watched: bool,
    pub blocks: bool,
    pub tuned: bool,
}

/// What a role holds of a login.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct LoginBelief {
    pub known: bool,
    pub disabled: bool,
    /// It was found to be in the adversary's hands, and not reset since.
    pub taken: bool,
}

/// What a role holds of a backup.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct DataBelief {
    pub known: bool,
    pub gone: bool,
    pub secured: bool,
}

/// What a role holds of a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct ServiceBelief {
    pub known: bool,
    pub percent: u8,
    pub workaround: bool,
    /// People could not keep the workaround up any longer.
    pub worn_out: bool,
    pub put_first: bool,
}

/// What a role holds of a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct GateBelief {
    pub open_until: Option<ExerciseTime>,
    pub decided: Option<u8>,
}

/// What a role holds of a notification rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct RuleBelief {
    pub known: bool,
    pub due: Option<ExerciseTime>,
    pub sent: bool,
    pub passed: bool,
}

/// What a role holds of a vendor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct VendorBelief {
    pub known: bool,
    pub called: bool,
    pub here: bool,
}

/// From when what a role holds is: what a colleague passes on is as old as it was with them, and does not replace what is newer.
#[derive(Clone, Debug)]
struct Ages {
    claims: Vec<ExerciseTime>,
    signs: Vec<ExerciseTime>,
    looks: Vec<ExerciseTime>,
    logins: Vec<ExerciseTime>,
    services: Vec<ExerciseTime>,
}

/// Older than anything.
const BEFORE_ALL: ExerciseTime = ExerciseTime(i64::MIN);

/// All that one role has been told.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct RoleKnowledge {
    pub news: Shared<Heard>,
    pub assets: Vec<AssetBelief>,
    pub alerts: Vec<AlertBelief>,
    pub tasks: Vec<TaskBelief>,
    /// Those that are not over, by their place in `tasks`.
    pub open_tasks: Vec<u32>,
    pub claims: Vec<Option<Stance>>,
    pub sensors: Vec<SensorBelief>,
    pub logins: Vec<LoginBelief>,
    pub links_cut: Vec<bool>,
    pub links_known: Vec<bool>,
    pub segments_cut: Vec<bool>,
    pub egress_blocked: Vec<bool>,
    pub data: Vec<DataBelief>,
    pub services: Vec<ServiceBelief>,
    pub gates: Vec<GateBelief>,
    pub rules: Vec<RuleBelief>,
    pub vendors: Vec<VendorBelief>,
    pub signed: Vec<RoleSet>,
    pub published: Vec<bool>,
    pub stakeholders: Vec<Option<u8>>,
    /// Staff it knows to have been called in: all, or those with a skill, by skill.
    pub called_all: bool,
    pub called: [bool; Skill::ALL.len()],
    pub declared: Option<LevelId>,
    pub legal_hold: bool,
    pub away: RoleSet,
    pub current_move: Option<MoveId>,
    pub injects: Vec<InjectId>,
    /// Machines of which anything was told: only these can be news to a colleague.
    told_of: AssetSet,
    ages: Ages,
}

/// What every role has been told. A fork shares each role's knowledge until one of the two is told something.
#[derive(Resource, Clone, Debug)]
pub struct Knowledge {
    roles: Vec<Arc<RoleKnowledge>>,
}

impl Knowledge {
    /// What roles know before anybody tells them anything.
    pub fn at_startex(program: &Program) -> Knowledge {
        let public = &program.public;
        let roles = public
            .roles
            .iter()
            .map(|role| {
                let mut knowledge = RoleKnowledge {
                    news: Shared::default(),
                    assets: vec![
                        AssetBelief {
                            known: false,
                            found: false,
                            cleared: false,
                            looks: Seen::Working,
                            memory_kept: false,
                            disk_kept: false
                        };
                        public.assets.len()
                    ],
                    alerts: Vec::new(),
                    tasks: Vec::new(),
                    open_tasks: Vec::new(),
                    claims: vec![None; public.claims.len()],
                    sensors: public.sensors.iter().map(believed_of).collect(),
                    logins: vec![LoginBelief::default(); public.logins.len()],
                    links_cut: vec![false; public.links.len()],
                    links_known: vec![false; public.links.len()],
                    segments_cut: vec![false; public.segments.len()],
                    egress_blocked: vec![false; public.segments.len()],
                    data: vec![DataBelief::default(); public.data.len()],
                    services: vec![
                        ServiceBelief { known: false, percent: 100, workaround: false, worn_out: false, put_first: false };
                        public.services.len()
                    ],
                    gates: vec![GateBelief::default(); public.gates.len()],
                    rules: vec![RuleBelief::default(); public.rules.len()],
                    vendors: vec![VendorBelief::default(); public.vendors.len()],
                    signed: vec![RoleSet::NONE; public.statements.len()],
                    published: vec![false; public.statements.len()],
                    stakeholders: vec![None; public.stakeholders.len()],
                    called_all: false,
                    called: [false; Skill::ALL.len()],
                    declared: None,
                    legal_hold: false,
                    away: RoleSet::NONE,
                    current_move: None,
                    injects: Vec::new(),
                    told_of: AssetSet::with_room(public.assets.len()),
                    ages: Ages {
                        claims: vec![BEFORE_ALL; public.claims.len()],
                        signs: vec![BEFORE_ALL; public.assets.len()],
                        looks: vec![BEFORE_ALL; public.assets.len()],
                        logins: vec![BEFORE_ALL; public.logins.len()],
                        services: vec![BEFORE_ALL; public.services.len()],
                    },
                };
                role.assets.iter().for_each(|asset| knowledge.assets[asset.index()].known = true);
                role.sensors.iter().for_each(|sensor| knowledge.sensors[sensor.index()].known = true);
                role.services.iter().for_each(|service| knowledge.services[service.index()].known = true);
                role.data.iter().for_each(|data| knowledge.data[data.index()].known = true);
                role.logins.iter().for_each(|login| knowledge.logins[login.index()].known = true);
                role.links.iter().for_each(|link| knowledge.links_known[link.index()] = true);
                role.vendors.iter().for_each(|vendor| knowledge.vendors[vendor.index()].known = true);
                role.rules.iter().for_each(|rule| knowledge.rules[rule.index()].known = true);
                role.believes.iter().for_each(|claim| knowledge.claims[claim.index()] = Some(Stance::Yes));
                for stakeholder in &role.stakeholders {
                    knowledge.stakeholders[stakeholder.index()] = Some(public.stakeholders[stakeholder.index()].trust);
                }
                Arc::new(knowledge)
            })
            .collect();
        Knowledge { roles }
    }

    /// One role's knowledge.
    pub fn of(&self, role: RoleId) -> &RoleKnowledge {
        &self.roles[role.index()]
    }

    /// Who is away. Everybody is told, and nobody is away before play.
    pub(super) fn away(&self) -> RoleSet {
        self.roles.first().map_or(RoleSet::NONE, |role| role.away)
    }

    /// Makes the news so far shareable.
    pub fn freeze(&mut self) {
        for role in self.roles.iter_mut().filter(|role| !role.news.is_frozen()) {
            Arc::make_mut(role).news.freeze();
        }
    }

    /// Tells roles something. The outbox is the only caller.
    pub(super) fn tell(&mut self, at: ExerciseTime, roles: RoleSet, observation: Observation) {
        for role in roles.iter() {
            if let Some(knowledge) = self.roles.get_mut(role.index()).map(Arc::make_mut) {
                knowledge.news.push(Heard { at, observation });
                knowledge.date(observation, at);
                knowledge.take_in(observation);
            }
        }
    }

    /// What one role would tell another: what the other does not hold, or holds from an earlier moment; each with the moment it is from.
    pub(super) fn news_for(&self, from: RoleId, to: RoleId) -> Vec<(Observation, ExerciseTime)> {
        let (mine, theirs) = (self.of(from), self.of(to));
        let mut news: Vec<(Observation, ExerciseTime)> = Vec::new();
        for (place, stance) in mine.claims.iter().enumerate() {
            if let Some(stance) = *stance
                && theirs.claims[place] != Some(stance)
                && (theirs.claims[place].is_none() || (stance != Stance::NotYet && mine.ages.claims[place] > theirs.ages.claims[place]))
            {
                news.push((communication::Observation::Claim { claim: ClaimId::at(place), stance }.into(), mine.ages.claims[place]));
            }
        }
        for asset in mine.told_of.iter() {
            let place = asset.index();
            let (belief, other) = (&mine.assets[place], &theirs.assets[place]);
            let (signs, looks) = (mine.ages.signs[place], mine.ages.looks[place]);
            if belief.found != other.found && signs > theirs.ages.signs[place] {
                if belief.found {
                    news.push((investigation::Observation::SignsOn { asset }.into(), signs));
                } else {
                    news.push((estate::Observation::AssetIsFresh { asset }.into(), signs));
                }
            }
            if belief.known && belief.looks != other.looks && looks > theirs.ages.looks[place] {
                news.push((estate::Observation::AssetLooks { asset, seen: belief.looks }.into(), looks));
            }
            for (kept, known, evidence) in
                [(belief.memory_kept, other.memory_kept, Evidence::Memory), (belief.disk_kept, other.disk_kept, Evidence::Disk)]
            {
                if kept && !known {
                    news.push((investigation::Observation::EvidenceIsKept { asset, evidence }.into(), BEFORE_ALL));
                }
            }
        }
        for (place, belief) in mine.logins.iter().enumerate() {
            if belief.taken && !theirs.logins[place].taken && mine.ages.logins[place] > theirs.ages.logins[place] {
                news.push((investigation::Observation::LoginTaken { login: LoginId::at(place) }.into(), mine.ages.logins[place]));
            }
        }
        for (place, belief) in mine.services.iter().enumerate() {
            if belief.known && belief.percent != theirs.services[place].percent && mine.ages.services[place] > theirs.ages.services[place] {
                let service = ServiceId::at(place);
                news.push((continuity::Observation::ServiceIs { service, percent: belief.percent }.into(), mine.ages.services[place]));
            }
        }
        for (place, belief) in mine.rules.iter().enumerate() {
            if let Some(due) = belief.due
                && theirs.rules[place].due.is_none()
            {
                news.push((compliance::Observation::ClockRuns { rule: RuleId::at(place), due }.into(), BEFORE_ALL));
            }
        }
        if let Some(level) = mine.declared
            && theirs.declared < mine.declared
        {
            news.push((incident_command::Observation::IncidentDeclared { level }.into(), BEFORE_ALL));
        }
        news
    }

    /// What a colleague passed on is as old as it was with them.
    pub(super) fn date_back(&mut self, role: RoleId, observation: Observation, to: ExerciseTime) {
        if let Some(knowledge) = self.roles.get_mut(role.index()).map(Arc::make_mut) {
            knowledge.date(observation, to);
        }
    }
}

/// What the rota and the settings say of a sensor before anything happens: no secret to those who know of it.
fn believed_of(sensor: &Sensor) -> SensorBelief {
    SensorBelief { known: false, watched: sensor.watched == Watched::Always, blocks: sensor.blocks, tuned: false }
}

impl RoleKnowledge {
    /// Notes from when something is that replaces what was held before.
    fn date(&mut self, observation: Observation, at: ExerciseTime) {
        let ages = &mut self.ages;
        match observation {
            Observation::Estate(estate::Observation::AssetLooks { asset, .. }) => {
                self.told_of.insert(asset);
                ages.looks[asset.index()] = at;
            }
            Observation::Estate(estate::Observation::AssetIsFresh { asset }) => {
                self.told_of.insert(asset);
                (ages.signs[asset.index()], ages.looks[asset.index()]) = (at, at);
            }
            Observation::Estate(estate::Observation::LoginIs { login, .. })
            | Observation::Investigation(investigation::Observation::LoginTaken { login }) => ages.logins[login.index()] = at,
            Observation::Investigation(investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset }) => {
                self.told_of.insert(asset);
                ages.signs[asset.index()] = at;
            }
            Observation::Investigation(investigation::Observation::EvidenceIsKept { asset, .. }) => drop(self.told_of.insert(asset)),
            Observation::Communication(communication::Observation::Claim { claim, stance })
                if stance != Stance::NotYet || self.claims[claim.index()].is_none() =>
            {
                ages.claims[claim.index()] = at;
            }
            Observation::Continuity(continuity::Observation::ServiceIs { service, .. }) => ages.services[service.index()] = at,
            _ => {}
        }
    }

    fn take_in(&mut self, observation: Observation) {
        match observation {
            Observation::Estate(told) => self.take_in_estate(told),
            Observation::Detection(told) => self.take_in_detection(told),
            Observation::Investigation(told) => match told {
                investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset } => {
                    let belief = &mut self.assets[asset.index()];
                    (belief.known, belief.found, belief.cleared) = (true, true, false);
                }
                investigation::Observation::NothingFound { asset } => {
                    let belief = &mut self.assets[asset.index()];
                    belief.cleared = !belief.found;
                }
                investigation::Observation::NothingInRecords { .. } => {}
                investigation::Observation::LoginTaken { login } => {
                    let belief = &mut self.logins[login.index()];
                    (belief.known, belief.taken) = (true, true);
                }
                investigation::Observation::EvidenceIsKept { asset, evidence } => match evidence {
                    Evidence::Memory => self.assets[asset.index()].memory_kept = true,
                    Evidence::Disk => self.assets[asset.index()].disk_kept = true,
                },
            },
            Observation::Team(told) => match told {
                team::Observation::TaskWaits { task, action, target } => {
                    self.open_tasks.push(self.tasks.len() as u32);
                    self.tasks.push(TaskBelief { task, action, target, state: TaskState::Waiting });
                }
                team::Observation::TaskRuns { task } => self.task(task, TaskState::Running),
                team::Observation::TaskIsOver { task, outcome } => self.task(task, TaskState::Over(outcome)),
                team::Observation::VendorComes { vendor } => self.vendors[vendor.index()].called = true,
                team::Observation::VendorIsHere { vendor } => {
                    let belief = &mut self.vendors[vendor.index()];
                    (belief.called, belief.here) = (true, true);
                }
                team::Observation::StaffCalled { skill: None } => self.called_all = true,
                team::Observation::StaffCalled { skill: Some(skill) } => self.called[skill as usize] = true,
                team::Observation::RoleIsAway { role, away } => {
                    self.away = if away { self.away.with(role) } else { self.away.without(role) };
                }
            },
            Observation::IncidentCommand(told) => match told {
                incident_command::Observation::IncidentDeclared { level } => self.declared = self.declared.max(Some(level)),
                incident_command::Observation::GateIsOpen { gate, until } => {
                    self.gates[gate.index()] = GateBelief { open_until: Some(until), decided: None };
                }
                incident_command::Observation::GateIsDecided { gate, choice, .. } => {
                    self.gates[gate.index()] = GateBelief { open_until: None, decided: Some(choice) };
                }
                incident_command::Observation::MoveHasOpened { number } => self.current_move = Some(number),
            },
            Observation::Communication(told) => match told {
                // Who was once told yes or no is not brought back to "not known yet".
                communication::Observation::Claim { claim, stance } => {
                    let belief = &mut self.claims[claim.index()];
                    if stance != Stance::NotYet || belief.is_none() {
                        *belief = Some(stance);
                    }
                }
                communication::Observation::StatementSigned { statement, role } => {
                    let signed = &mut self.signed[statement.index()];
                    *signed = signed.with(role);
                }
                communication::Observation::StatementIsOut { statement } => self.published[statement.index()] = true,
                communication::Observation::Trust { stakeholder, trust } => self.stakeholders[stakeholder.index()] = Some(trust),
            },
            Observation::Compliance(told) => match told {
                compliance::Observation::ClockRuns { rule, due } => {
                    let belief = &mut self.rules[rule.index()];
                    (belief.known, belief.due) = (true, Some(due));
                }
                compliance::Observation::NotificationIsOut { rule } => self.rules[rule.index()].sent = true,
                compliance::Observation::DeadlinePassed { rule } => self.rules[rule.index()].passed = true,
                compliance::Observation::HoldIsOn {} => self.legal_hold = true,
            },
            Observation::Continuity(told) => match told {
                continuity::Observation::ServiceIs { service, percent } => {
                    let belief = &mut self.services[service.index()];
                    (belief.known, belief.percent) = (true, percent);
                }
                continuity::Observation::WorkaroundIs { service, runs } => self.services[service.index()].workaround = runs,
                continuity::Observation::WorkaroundIsWornOut { service } => {
                    let belief = &mut self.services[service.index()];
                    (belief.workaround, belief.worn_out) = (false, true);
                }
                continuity::Observation::PutFirst { service } => self.services[service.index()].put_first = true,
            },
            Observation::Injects(injects::Observation::Came { inject }) => self.injects.push(inject),
            Observation::Injects(injects::Observation::IsVoid { inject }) => self.forget(inject),
        }
    }

    /// An inject does not count any more, nor what it told, as far as nothing else has been heard of it since.
    fn forget(&mut self, inject: InjectId) {
        self.injects.retain(|known| *known != inject);
        let came = self.news.since(0).find(|heard| heard.observation == Observation::Injects(injects::Observation::Came { inject }));
        if let Some(at) = came.map(|heard| heard.at) {
            for (belief, heard) in self.claims.iter_mut().zip(&mut self.ages.claims) {
                if *heard == at {
                    (*belief, *heard) = (None, BEFORE_ALL);
                }
            }
        }
    }

    fn take_in_estate(&mut self, told: estate::Observation) {
        match told {
            estate::Observation::AssetLooks { asset, seen } => {
                let belief = &mut self.assets[asset.index()];
                (belief.known, belief.looks) = (true, seen);
            }
            estate::Observation::AssetIsFresh { asset } => {
                let belief = &mut self.assets[asset.index()];
                (belief.known, belief.found, belief.cleared, belief.looks) = (true, false, false, Seen::Working);
            }
            estate::Observation::LoginIs { login, enabled } => {
                let belief = &mut self.logins[login.index()];
                (belief.known, belief.disabled) = (true, !enabled);
                if enabled {
                    belief.taken = false;
                }
            }
            estate::Observation::LinkIs { link, open } => {
                self.links_known[link.index()] = true;
                self.links_cut[link.index()] = !open;
            }
            estate::Observation::SegmentIs { segment, joined } => self.segments_cut[segment.index()] = !joined,
            estate::Observation::EgressIs { segment, open } => self.egress_blocked[segment.index()] = !open,
            estate::Observation::BackupIs { data, there, secured } => self.data[data.index()] = DataBelief { known: true, gone: !there, secured },
            estate::Observation::DataIsBack { data } => self.data[data.index()].known = true,
        }
    }

    fn take_in_detection(&mut self, told: detection::Observation) {
        match told {
            detection::Observation::Alert { alert, sensor, asset, trail, raised } => {
                if self.alerts.iter().all(|known| known.alert != alert) {
                    self.assets[asset.index()].known = true;
                    self.alerts.push(AlertBelief { alert, sensor, asset, trail, raised, state: AlertState::New });
                }
            }
            detection::Observation::AlertTakenUp { alert } => self.alert(alert, AlertState::TakenUp),
            detection::Observation::Verdict { alert, real } => self.alert(alert, if real { AlertState::Real } else { AlertState::Nothing }),
            detection::Observation::AlertDismissed { alert } => self.alert(alert, AlertState::Dismissed),
            detection::Observation::SensorIs { sensor, watched, blocks } => {
                let belief = &mut self.sensors[sensor.index()];
                (belief.known, belief.watched, belief.blocks) = (true, watched, blocks);
            }
            detection::Observation::SensorIsTuned { sensor } => {
                let belief = &mut self.sensors[sensor.index()];
                (belief.known, belief.tuned) = (true, true);
            }
        }
    }

    fn alert(&mut self, alert: Key, state: AlertState) {
        if let Some(known) = self.alerts.iter_mut().rev().find(|known| known.alert == alert) {
            // A verdict is the last word, whatever was thought of it before.
            let verdict = matches!(state, AlertState::Real | AlertState::Nothing);
            known.state = if verdict { state } else { known.state.max(state) };
        }
    }

    fn task(&mut self, task: Key, state: TaskState) {
        let tasks = &mut self.tasks;
        if let Some(open) = self.open_tasks.iter().position(|place| tasks[*place as usize].task == task) {
            tasks[self.open_tasks[open] as usize].state = state;
            if matches!(state, TaskState::Over(_)) {
                self.open_tasks.remove(open);
            }
        }
    }
}

/// One role's knowledge and the public tables, for as long as nothing moves; and of the team what whoever works with people sees of them.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The public tables.
    pub public: &'a Public,
    /// What the author called things, hashed.
    pub names: &'a NameHashes,
    /// Whose view it is.
    pub role: RoleId,
    /// What the role has been told.
    pub knowledge: &'a RoleKnowledge,
    /// Now.
    pub now: ExerciseTime,
    /// Asked through what the team's room shows of people alone: who works on what others ordered stays with them.
    pub(super) team: &'a Team,
}

impl View<'_> {
    /// An alert as people name it: `"#12"`, or `"sensor/asset/2"`, the second alert of that sensor on that machine.
    pub fn alert_named(&self, text: &str) -> Option<Key> {
        if let Some(number) = text.strip_prefix('#') {
            let number: usize = number.parse().ok()?;
            return self.knowledge.alerts.get(number.checked_sub(1)?).map(|known| known.alert);
        }
        let mut parts = text.split('/');
        let (sensor, asset) = (parts.next()?, parts.next()?);
        let nth: usize = parts.next().map_or(Ok(1), str::parse).ok()?;
        let of_both = |known: &&AlertBelief| {
            self.public.sensors[known.sensor.index()].id == sensor
                && (self.public.assets[known.asset.index()].id == asset || self.public.assets[known.asset.index()].name == asset)
        };
        self.knowledge.alerts.iter().filter(of_both).nth(nth.checked_sub(1)?).map(|known| known.alert)
    }
}
