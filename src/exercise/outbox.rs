//! The one way in which a handler changes anything but its own room.

use bevy::ecs::resource::Resource;

use crate::chance::{Chance, Moment, Purpose};
use crate::exercise::agenda::{Agenda, Due, Lane};
use crate::exercise::knowledge::Knowledge;
use crate::exercise::{adversary, communication, compliance, continuity, incident_command, injects, investigation};
use crate::ids::{ConditionId, DenseId, GateId, InjectId, Key, RoleId, RoleSet, StakeholderId};
use crate::scenario::program::{Program, When};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::Watch;
use crate::vocabulary::investigation::Evidence;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{
    Fact, Observation, adversary as adversary_words, communication as communication_words, continuity as continuity_words, estate, team as team_words,
};

/// What has happened, as a resource.
#[derive(Resource, Clone, Debug, Default)]
pub struct Book(pub Ledger);

/// The source of chance, as a resource.
#[derive(Resource, Clone, Debug)]
pub struct Luck(pub Chance);

/// The state of all conditions, as a resource.
#[derive(Resource, Clone, Debug, Default)]
pub struct Watching(pub Watch);

/// Facts, tellings and dues of one handler. What is due or told after a fact has that fact as its cause; the fact itself, what led to the handler.
pub struct Outbox<'a> {
    /// Now.
    pub now: ExerciseTime,
    /// The compiled scenario.
    pub program: &'a Program,
    pub(super) chance: &'a mut Chance,
    pub(super) ledger: &'a mut Ledger,
    pub(super) knowledge: &'a mut Knowledge,
    pub(super) agenda: &'a mut Agenda,
    pub(super) watch: &'a mut Watch,
    pub(super) cause: Cause,
    pub(super) latest: Cause,
    pub(super) now_true: Vec<ConditionId>,
    pub(super) timers: Vec<(ExerciseTime, ConditionId)>,
}

/// What every handler writes to through its outbox, whosever room it is.
pub(super) struct Common<'a> {
    pub(super) chance: &'a mut Chance,
    pub(super) ledger: &'a mut Ledger,
    pub(super) knowledge: &'a mut Knowledge,
    pub(super) agenda: &'a mut Agenda,
    pub(super) watch: &'a mut Watch,
}

impl Common<'_> {
    /// An outbox for one handler at one moment.
    pub(super) fn outbox<'b>(&'b mut self, program: &'b Program, now: ExerciseTime, cause: Cause) -> Outbox<'b> {
        Outbox {
            now,
            program,
            chance: self.chance,
            ledger: self.ledger,
            knowledge: self.knowledge,
            agenda: self.agenda,
            watch: self.watch,
            cause,
            latest: cause,
            now_true: Vec::new(),
            timers: Vec::new(),
        }
    }
}

impl Outbox<'_> {
    /// Records what happened.
    pub fn fact(&mut self, fact: impl Into<Fact>) {
        self.record(self.cause, RoleSet::NONE, fact.into());
    }

    /// Records what happened, as an effect of the fact recorded just before.
    pub fn effect(&mut self, fact: impl Into<Fact>) {
        self.record(self.latest, RoleSet::NONE, fact.into());
    }

    /// Tells roles something.
    pub fn tell(&mut self, roles: RoleSet, observation: impl Into<Observation>) {
        if roles.is_empty() {
            return;
        }
        let observation = observation.into();
        self.knowledge.tell(self.now, roles, observation);
        let latest = self.latest;
        self.record(latest, roles, Fact::Told(observation));
        self.latest = latest;
    }

    /// Tells all roles something.
    pub fn tell_everybody(&mut self, observation: impl Into<Observation>) {
        self.tell(self.everybody(), observation);
    }

    /// Has something done at a later moment; what would lie in the past is done now.
    pub fn later(&mut self, at: ExerciseTime, lane: Lane, due: impl Into<Due>) {
        self.agenda.enter(at.max(self.now), lane, self.latest, due.into());
    }

    /// Asks another domain for something, at this same instant.
    pub fn ask(&mut self, due: impl Into<Due>) {
        self.agenda.enter(self.now, Lane::AtOnce, self.latest, due.into());
    }

    /// What roles have been told so far.
    pub fn knowledge(&self) -> &Knowledge {
        self.knowledge
    }

    /// Whether a condition has come true.
    pub fn holds(&self, condition: ConditionId) -> bool {
        self.watch.holds(condition)
    }

    /// A record of draws says when each was made and what led to it.
    fn stand(&mut self) {
        let fact = match self.cause {
            Cause::Fact(fact) => Some(fact),
            Cause::Origin | Cause::Entry(_) => None,
        };
        self.chance.stands_at(Moment { at: self.now, fact });
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: u32, key: Key, purpose: Purpose, n: u32) -> bool {
        self.stand();
        self.chance.percent(percent, key, purpose, n)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: u32, key: Key, purpose: Purpose, n: u32) -> u32 {
        self.stand();
        self.chance.below(bound, key, purpose, n)
    }

    /// A span between two, both included.
    pub fn between(&mut self, low: Span, high: Span, key: Key, purpose: Purpose, n: u32) -> Span {
        self.stand();
        self.chance.between(low, high, key, purpose, n)
    }

    /// All roles.
    pub fn everybody(&self) -> RoleSet {
        RoleSet::first(self.program.public.roles.len())
    }

    /// The roles that know a service, a sensor, .. from the start.
    pub fn roles(&self, which: impl Fn(&crate::scenario::program::Role) -> bool) -> RoleSet {
        self.program.public.roles.iter().enumerate().filter(|(_, role)| which(role)).map(|(place, _)| RoleId::at(place)).collect()
    }

    fn record(&mut self, cause: Cause, roles: RoleSet, fact: Fact) {
        let happened = Happened { at: self.now, seq: self.ledger.len() as u32, cause, roles, fact };
        self.ledger.push(happened);
        self.latest = Cause::Fact(happened.seq);
        self.watch.observe(&self.program.conditions, &happened, &mut self.now_true, &mut self.timers);
        self.consequences(&fact);
        self.enter_conditions();
    }

    /// Looks at a condition because of the clock.
    pub(super) fn look_at(&mut self, condition: ConditionId) {
        self.watch.look(&self.program.conditions, condition, self.now, None, &mut self.now_true, &mut self.timers);
        self.enter_conditions();
    }

    /// Looks at all conditions at STARTEX.
    pub(super) fn begin_watch(&mut self) {
        self.watch.begin(&self.program.conditions, self.now, &mut self.now_true, &mut self.timers);
        self.enter_conditions();
    }

    fn enter_conditions(&mut self) {
        for condition in self.now_true.drain(..) {
            self.agenda.enter(self.now, Lane::Script, self.latest, Due::Condition(condition));
        }
        for (at, condition) in self.timers.drain(..) {
            self.agenda.enter(at.max(self.now), Lane::Script, self.latest, Due::LookAt(condition));
        }
    }

    /// Which other domains have to hear of a fact at once. The only place where one room's doings reach another's without being asked for.
    fn consequences(&mut self, fact: &Fact) {
        use continuity::Due as Service;
        match *fact {
            Fact::Estate(changed) => match changed {
                estate::Fact::Isolated { asset } => {
                    self.ask(Service::Machine(asset));
                    self.ask(adversary::Due::MachineLost { asset, loss: adversary_words::Loss::CutOff });
                }
                estate::Fact::PoweredOff { asset } => {
                    self.ask(Service::Machine(asset));
                    self.ask(adversary::Due::MachineLost { asset, loss: adversary_words::Loss::CutOff });
                    self.ask(investigation::Due::Gone { asset, evidence: Evidence::Memory });
                }
                estate::Fact::Reconnected { asset } | estate::Fact::PoweredOn { asset } => {
                    self.ask(Service::Machine(asset));
                    self.ask(adversary::Due::MachineBack { asset });
                }
                estate::Fact::Encrypted { asset, .. } => self.ask(Service::Machine(asset)),
                estate::Fact::Rebuilt { asset } | estate::Fact::Restored { asset, .. } => {
                    self.ask(Service::Machine(asset));
                    self.ask(adversary::Due::MachineLost { asset, loss: adversary_words::Loss::Rebuilt });
                    if let estate::Fact::Restored { again: true, .. } = changed {
                        self.ask(adversary::Due::BroughtBack { asset });
                    }
                    self.ask(investigation::Due::Gone { asset, evidence: Evidence::Memory });
                    self.ask(investigation::Due::Gone { asset, evidence: Evidence::Disk });
                }
                estate::Fact::Cleaned { asset, missed: false } => {
                    self.ask(adversary::Due::MachineLost { asset, loss: adversary_words::Loss::Cleaned });
                }
                estate::Fact::Cleaned { missed: true, .. } => {}
                estate::Fact::LoginDisabled { login } => {
                    self.ask(Service::Login(login));
                    self.ask(adversary::Due::LoginLost { login });
                }
                estate::Fact::LoginReset { login } => {
                    self.ask(Service::Login(login));
                    self.ask(adversary::Due::LoginLost { login });
                }
                estate::Fact::LinkCut { link } => {
                    self.ask(Service::Link(link));
                    self.ask(adversary::Due::WayClosed);
                }
                estate::Fact::LinkRestored { link } => {
                    self.ask(Service::Link(link));
                    self.ask(adversary::Due::WayOpened);
                }
                estate::Fact::SegmentCut { segment } => {
                    self.ask(Service::Segment(segment));
                    self.ask(adversary::Due::WayClosed);
                }
                estate::Fact::SegmentRejoined { segment } => {
                    self.ask(Service::Segment(segment));
                    self.ask(adversary::Due::WayOpened);
                }
                estate::Fact::EgressBlocked { segment } => {
                    self.ask(Service::WayOut(segment));
                    self.ask(adversary::Due::WayClosed);
                }
                estate::Fact::DataRestored { data, .. } => {
                    self.ask(Service::Data(data));
                    self.ask(adversary::Due::DataBack);
                }
                estate::Fact::EgressOpened { segment } => {
                    self.ask(Service::WayOut(segment));
                    self.ask(adversary::Due::WayOpened);
                }
                estate::Fact::BackupDestroyed { .. } | estate::Fact::BackupSecured { .. } => {}
            },
            Fact::Told(Observation::Communication(communication_words::Observation::Claim { claim, stance: Stance::Yes })) => {
                self.ask(compliance::Due::Told { claim });
                self.ask(communication::Due::Told { claim });
            }
            Fact::Told(Observation::Team(team_words::Observation::RoleIsAway { role, away: true })) => {
                self.ask(incident_command::Due::StandIn(role));
            }
            Fact::Continuity(continuity_words::Fact::ServiceLevel { service, .. }) => self.ask(injects::Due::Down { service }),
            Fact::Adversary(adversary_words::Fact::Demanded { .. }) => self.ask(injects::Due::Demanded),
            _ => {}
        }
    }
}

/// A condition has come true: who waited for it?
pub(super) fn came_true(condition: ConditionId, out: &mut Outbox<'_>) {
    let program = out.program;
    for (place, plan) in program.secret.injects.iter().enumerate() {
        if plan.played && matches!(plan.when, When::Condition(waited) if waited == condition) {
            out.ask(injects::Due::Fire(InjectId::at(place)));
        }
    }
    for (place, when) in program.secret.gates.iter().enumerate() {
        if matches!(when, When::Condition(waited) if *waited == condition) {
            out.ask(incident_command::Due::GateOpens(GateId::at(place)));
        }
    }
    for (place, secret) in program.secret.stakeholders.iter().enumerate() {
        let stakeholder = StakeholderId::at(place);
        if secret.warms_when.contains(&condition) {
            out.ask(communication::Due::Trust { stakeholder, by: 1 });
        }
        if secret.cools_when.contains(&condition) {
            out.ask(communication::Due::Trust { stakeholder, by: -1 });
        }
    }
}
