//! How what a role is told changes what it holds.

use super::belief::{AlertBelief, AlertState, DataBelief, GateBelief, TaskBelief, TaskState};
use super::{BEFORE_ALL, RoleKnowledge};
use crate::ids::{DenseId, InjectId, Key};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::investigation::Evidence;
use crate::vocabulary::{Observation, communication, compliance, continuity, detection, estate, incident_command, injects, investigation, team};

impl RoleKnowledge {
    /// Notes from when something is that replaces what was held before.
    pub(super) fn date(&mut self, observation: Observation, at: ExerciseTime) {
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

    /// Takes in what was told.
    pub(super) fn take_in(&mut self, observation: Observation) {
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
