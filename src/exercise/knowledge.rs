//! What each role has been told, and the lens through which everybody looks at it.
//!
//! [`Knowledge`] has one writer, [`Knowledge::tell`], reached only through the outbox, which records the telling as a fact. A [`View`] borrows one
//! role's knowledge and the public tables, and sees who is at its own work and how tired people are; there is no way from it to ground truth.

mod belief;
mod hearing;

use std::sync::Arc;

use bevy::ecs::resource::Resource;

use crate::exercise::team::Team;
use crate::ids::*;
use crate::scenario::program::{Program, Public, Sensor};
use crate::scenario::written::{Skill, Watched};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::investigation::Evidence;
use crate::vocabulary::ledger::Shared;
use crate::vocabulary::{Observation, communication, compliance, continuity, estate, incident_command, investigation};

pub use belief::{
    AlertBelief, AlertState, AssetBelief, DataBelief, GateBelief, LoginBelief, RuleBelief, SensorBelief, ServiceBelief, TaskBelief, TaskState,
    VendorBelief,
};

/// One thing a role was told.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Heard {
    /// When.
    pub at: ExerciseTime,
    /// What.
    pub observation: Observation,
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

impl<'a> View<'a> {
    /// The same moment, with other knowledge.
    #[cfg(test)]
    pub fn knowing<'b>(&self, knowledge: &'b RoleKnowledge) -> View<'b>
    where
        'a: 'b,
    {
        View { knowledge, ..*self }
    }

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
