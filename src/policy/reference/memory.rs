//! What a careful player keeps in mind: small lists of what is open, made from the news as it comes, so that no rule has to look through all
//! alerts and machines.

use crate::exercise::knowledge::{AlertState, Heard, View};
use crate::ids::*;
use crate::scenario::program::Public;
use crate::scenario::written::{Skill, Verb};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::{self, Stance};
use crate::vocabulary::estate::{self, Seen};
use crate::vocabulary::investigation as inquiry;
use crate::vocabulary::{Command, Observation, Order, Scope, compliance, detection, documentation, incident_command, response, team};

use super::desk::{Desk, stands_for};

/// What was heard of a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Heards {
    /// It was told as true, as false, since STARTEX.
    pub yes: bool,
    pub no: bool,
    /// As true by a colleague, or by somebody who was asked; not only by a message from outside.
    pub vouched_for: bool,
    /// Somebody of the team found it out.
    pub found_out: bool,
    /// What this role last stated of it.
    pub stated: Option<u8>,
}

/// Where something heard comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    FoundOut,
    Asked,
    Colleague,
    Message,
}

/// A task of this role that is not over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct OpenTask {
    pub task: Key,
    pub action: ActionId,
    pub skill: Option<Skill>,
    pub waits: bool,
}

/// What a careful player keeps in mind.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// Alerts of this role's sensors that nobody has taken up, and those that nobody has judged; the most pressing last.
    pub new_alerts: Vec<Key>,
    pub unjudged: Vec<(u32, Key)>,
    /// Alerts that were judged to be real on machines where nothing was found yet.
    pub doubtful: Vec<AssetId>,
    /// Machines with signs, or that are not working as they should, or that hold data which was lost.
    pub marked: AssetSet,
    /// When somebody last looked at a machine, or will have.
    pub looked: Vec<Option<ExerciseTime>>,
    /// When a sensor's records were last searched.
    pub searched: Vec<Option<ExerciseTime>>,
    /// The last new sign, and the first.
    pub first_sign: Option<ExerciseTime>,
    pub last_sign: Option<ExerciseTime>,
    /// Machines seen encrypted so far, and when last.
    pub encrypted: u32,
    pub last_encrypted: Option<ExerciseTime>,
    /// Data on machines that were encrypted.
    pub data_lost: Vec<DataId>,
    /// When a login last got a new secret by this role's order; and whether it was stolen only before that.
    pub renewed: Vec<Option<ExerciseTime>>,
    pub stolen_before: Vec<bool>,
    pub claims: Vec<Heards>,
    pub tasks: Vec<OpenTask>,
    /// When decisions opened to this role, and when it last spoke.
    pub gates: Vec<Option<ExerciseTime>>,
    pub voted: Vec<Option<ExerciseTime>>,
    /// What each stakeholder was last told of each claim.
    pub said: Vec<Vec<Option<Stance>>>,
    pub asked: Vec<bool>,
    pub determined: Vec<bool>,
    /// Clocks that run, with the moment they began to.
    pub clocks: Vec<Option<ExerciseTime>>,
    pub called_in: bool,
    /// Something was learnt that is not written down, or that others do not know.
    pub unlogged: bool,
    pub unshared: bool,
    pub last_log: Option<ExerciseTime>,
    pub last_brief: Option<ExerciseTime>,
    pub last_report: Option<ExerciseTime>,
}

impl Memory {
    pub fn new(public: &Public) -> Memory {
        Memory {
            new_alerts: Vec::new(),
            unjudged: Vec::new(),
            doubtful: Vec::new(),
            marked: AssetSet::with_room(public.assets.len()),
            looked: vec![None; public.assets.len()],
            searched: vec![None; public.sensors.len()],
            first_sign: None,
            last_sign: None,
            encrypted: 0,
            last_encrypted: None,
            data_lost: Vec::new(),
            renewed: vec![None; public.logins.len()],
            stolen_before: vec![false; public.logins.len()],
            claims: vec![Heards::default(); public.claims.len()],
            tasks: Vec::new(),
            gates: vec![None; public.gates.len()],
            voted: vec![None; public.gates.len()],
            said: vec![vec![None; public.claims.len()]; public.stakeholders.len()],
            asked: vec![false; public.stakeholders.len()],
            determined: vec![false; public.rules.len()],
            clocks: vec![None; public.rules.len()],
            called_in: false,
            unlogged: false,
            unshared: false,
            last_log: None,
            last_brief: None,
            last_report: None,
        }
    }

    /// Takes the news in, in order.
    pub fn take_in(&mut self, view: &View<'_>, desk: &Desk, news: &[Heard]) {
        // What comes in one second comes from one source.
        let mut finding = None;
        let mut message_at = None;
        for heard in news {
            match heard.observation {
                Observation::Injects(_) => message_at = Some(heard.at),
                Observation::Detection(told) => self.take_in_alert(view, desk, told, heard.at),
                Observation::Investigation(told) => {
                    if let inquiry::Observation::Finding { of, .. } = told {
                        finding = Some((heard.at, of));
                    }
                    let theft = finding.filter(|(at, _)| *at == heard.at).map(|(_, of)| of);
                    self.take_in_finding(view, told, theft, heard.at);
                }
                Observation::Estate(told) => self.take_in_estate(view, told, heard.at),
                Observation::Communication(communication::Observation::Claim { claim, stance }) => {
                    let source = match (finding, message_at) {
                        (Some((at, _)), _) if at == heard.at => Source::FoundOut,
                        (_, Some(at)) if at == heard.at => Source::Message,
                        _ if self.asks(view) => Source::Asked,
                        _ => Source::Colleague,
                    };
                    self.take_in_claim(desk, claim, stance, source, heard.at);
                }
                Observation::Communication(communication::Observation::StatementIsOut { statement }) => {
                    let plan = &view.public.statements[statement.index()];
                    for to in &plan.to {
                        plan.says.iter().for_each(|(claim, stance)| self.said[to.index()][claim.index()] = Some(*stance));
                    }
                }
                Observation::Communication(_) | Observation::Continuity(_) => {}
                Observation::Team(told) => self.take_in_task(view, told),
                Observation::IncidentCommand(told) => match told {
                    incident_command::Observation::IncidentDeclared { .. } => self.sign(heard.at, false),
                    incident_command::Observation::GateIsOpen { gate, .. } => self.gates[gate.index()] = Some(heard.at),
                    incident_command::Observation::GateIsDecided { gate, .. } => self.gates[gate.index()] = None,
                    incident_command::Observation::MoveHasOpened { .. } => {}
                },
                Observation::Compliance(compliance::Observation::ClockRuns { rule, .. }) => {
                    self.clocks[rule.index()] = Some(heard.at);
                    self.unlogged = true;
                }
                Observation::Compliance(_) => {}
            }
        }
    }

    /// A sign of the adversary. What was found, and is not only said, is news to others as well.
    fn sign(&mut self, at: ExerciseTime, first_hand: bool) {
        self.first_sign = self.first_sign.or(Some(at));
        self.last_sign = Some(at);
        self.unlogged = true;
        self.unshared |= first_hand;
    }

    fn take_in_alert(&mut self, view: &View<'_>, desk: &Desk, told: detection::Observation, at: ExerciseTime) {
        match told {
            detection::Observation::Alert { alert, sensor, asset, .. } => {
                if !desk.sensors[sensor.index()].is_some_and(|owner| stands_for(view, owner)) {
                    return;
                }
                self.new_alerts.push(alert);
                // Servers before desks, what care rests on before the rest, what nothing is known of before what is found already.
                let found = view.knowledge.assets[asset.index()].found;
                let pressing = 1000 * u32::from(!found) + 500 * u32::from(Desk::is_server(view.public, asset)) + desk.price[asset.index()].min(400);
                let place = self.unjudged.partition_point(|(other, _)| *other < pressing);
                self.unjudged.insert(place, (pressing, alert));
            }
            detection::Observation::AlertTakenUp { alert } => self.new_alerts.retain(|known| *known != alert),
            detection::Observation::Verdict { alert, real } => {
                self.close(alert);
                let known = view.knowledge.alerts.iter().rev().find(|known| known.alert == alert);
                if let (true, Some(known)) = (real, known) {
                    self.sign(at, true);
                    if !view.knowledge.assets[known.asset.index()].found && !self.doubtful.contains(&known.asset) {
                        self.doubtful.push(known.asset);
                    }
                }
            }
            detection::Observation::AlertDismissed { alert } => self.close(alert),
            detection::Observation::SensorIs { .. } | detection::Observation::SensorIsTuned { .. } => {}
        }
    }

    fn close(&mut self, alert: Key) {
        self.new_alerts.retain(|known| *known != alert);
        self.unjudged.retain(|(_, known)| *known != alert);
    }

    fn take_in_finding(&mut self, view: &View<'_>, told: inquiry::Observation, theft: Option<ExerciseTime>, at: ExerciseTime) {
        match told {
            inquiry::Observation::Finding { asset, .. } => {
                let new = self.mark(view, asset);
                self.doubtful.retain(|known| *known != asset);
                self.sign(at, new);
            }
            inquiry::Observation::SignsOn { asset } => {
                self.mark(view, asset);
                self.doubtful.retain(|known| *known != asset);
                self.sign(at, false);
            }
            inquiry::Observation::NothingFound { asset } => {
                self.looked[asset.index()] = Some(at);
                self.doubtful.retain(|known| *known != asset);
                self.mark(view, asset);
            }
            inquiry::Observation::NothingInRecords { .. } => {}
            inquiry::Observation::LoginTaken { login } => {
                let renewed = self.renewed[login.index()];
                self.stolen_before[login.index()] = theft.is_some() && renewed > theft;
                self.sign(at, theft.is_some());
            }
            inquiry::Observation::EvidenceIsKept { asset, .. } => drop(self.mark(view, asset)),
        }
    }

    fn take_in_estate(&mut self, view: &View<'_>, told: estate::Observation, at: ExerciseTime) {
        match told {
            estate::Observation::AssetLooks { asset, seen } => {
                self.mark(view, asset);
                if seen == Seen::Encrypted {
                    self.encrypted += 1;
                    self.last_encrypted = Some(at);
                    self.sign(at, true);
                    for (place, data) in view.public.data.iter().enumerate() {
                        let data_id = DataId::at(place);
                        if data.hosts.has(asset) && !data.is_backup && !self.data_lost.contains(&data_id) {
                            self.data_lost.push(data_id);
                        }
                    }
                }
            }
            estate::Observation::AssetIsFresh { asset } => {
                self.looked[asset.index()] = Some(at);
                self.mark(view, asset);
            }
            estate::Observation::DataIsBack { data } => self.data_lost.retain(|known| *known != data),
            _ => {}
        }
    }

    /// Puts a machine on the list of those to do something about, or takes it off; true if it is new there.
    fn mark(&mut self, view: &View<'_>, asset: AssetId) -> bool {
        let belief = view.knowledge.assets[asset.index()];
        if belief.found || belief.looks != Seen::Working {
            self.marked.insert(asset)
        } else {
            self.marked.remove(asset);
            false
        }
    }

    /// Whether this role is asking somebody.
    fn asks(&self, view: &View<'_>) -> bool {
        self.tasks.iter().any(|open| view.public.actions[open.action.index()].verb == Verb::Ask)
    }

    fn take_in_claim(&mut self, desk: &Desk, claim: ClaimId, stance: Stance, source: Source, at: ExerciseTime) {
        let heards = &mut self.claims[claim.index()];
        let before = *heards;
        match stance {
            Stance::Yes => heards.yes = true,
            Stance::No => heards.no = true,
            Stance::NotYet => {}
        }
        heards.found_out |= source == Source::FoundOut;
        heards.vouched_for |= stance == Stance::Yes && source != Source::Message;
        if *heards != before {
            self.unlogged = true;
            // What a colleague told is known to others already, or will be.
            self.unshared |= source != Source::Colleague;
            if stance == Stance::Yes && desk.grave[claim.index()] {
                self.sign(at, source != Source::Colleague);
            }
        }
    }

    fn take_in_task(&mut self, view: &View<'_>, told: team::Observation) {
        match told {
            team::Observation::TaskWaits { task, action, .. } => {
                let skill = view.public.actions[action.index()].skill;
                self.tasks.push(OpenTask { task, action, skill, waits: true });
            }
            team::Observation::TaskRuns { task } => {
                self.tasks.iter_mut().filter(|open| open.task == task).for_each(|open| open.waits = false);
            }
            team::Observation::TaskIsOver { task, .. } => self.tasks.retain(|open| open.task != task),
            _ => {}
        }
    }

    /// Keeps in mind what this role has just ordered.
    pub fn ordered(&mut self, view: &View<'_>, order: &Order) {
        let now = Some(view.now);
        match order.command {
            Command::Investigation(inquiry::Command::Query { sensor }) => self.searched[sensor.index()] = now,
            Command::Investigation(inquiry::Command::Hunt { scope }) => match scope {
                Scope::Asset(asset) => self.looked[asset.index()] = now,
                Scope::Group(group) => view.public.groups[group.index()].assets.iter().for_each(|asset| self.looked[asset.index()] = now),
            },
            Command::Investigation(inquiry::Command::Conclude { claim, percent }) => self.claims[claim.index()].stated = Some(percent),
            Command::IncidentCommand(incident_command::Command::Brief { .. }) => (self.last_brief, self.unshared) = (now, false),
            Command::IncidentCommand(incident_command::Command::Decide { gate, .. }) => self.voted[gate.index()] = now,
            Command::Documentation(documentation::Command::Log {}) => (self.last_log, self.unlogged) = (now, false),
            Command::Documentation(documentation::Command::Report {}) => {
                (self.last_report, self.last_brief, self.last_log) = (now, now, now);
                (self.unlogged, self.unshared) = (false, false);
            }
            Command::Communication(communication::Command::Ask { stakeholder }) => self.asked[stakeholder.index()] = true,
            Command::Compliance(compliance::Command::Determine { rule }) => self.determined[rule.index()] = true,
            Command::Team(team::Command::CallIn { .. }) => self.called_in = true,
            Command::Response(response::Command::ResetLogin { login }) => self.renewed[login.index()] = now,
            Command::Detection(detection::Command::Acknowledge { alert }) => self.new_alerts.retain(|known| *known != alert),
            _ => {}
        }
    }

    /// Alerts that were closed while nobody looked at the list, by somebody else.
    pub fn still_open(&self, view: &View<'_>, alert: Key, below: AlertState) -> bool {
        view.knowledge.alerts.iter().rev().find(|known| known.alert == alert).is_some_and(|known| known.state < below)
    }
}
