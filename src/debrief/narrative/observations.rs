//! What a role was told, in words.

use super::Teller;
use crate::ids::DenseId;
use crate::vocabulary::{Observation, communication, compliance, continuity, detection, estate, incident_command, injects, investigation, team};

impl Teller<'_> {
    /// What was told, without to whom.
    pub fn observation(&self, told: Observation) -> String {
        match told {
            Observation::Estate(told) => {
                use estate::Observation::*;
                match told {
                    AssetLooks { asset, seen } => format!("{} is {}", self.asset(asset), seen.label()),
                    LoginIs { login, enabled } => format!("login {} is {}", self.login(login), if enabled { "enabled" } else { "disabled" }),
                    LinkIs { link, open } => format!("link {} is {}", self.link(link), if open { "open" } else { "closed" }),
                    SegmentIs { segment, joined } => format!("segment {} is {}", self.segment(segment), if joined { "joined" } else { "cut off" }),
                    EgressIs { segment, open } => {
                        format!("the way to the internet from {} is {}", self.segment(segment), if open { "open" } else { "closed" })
                    }
                    BackupIs { data, there: false, .. } => format!("backup {} is gone", self.data(data)),
                    BackupIs { data, secured, .. } => {
                        format!("backup {} is there{}", self.data(data), if secured { ", and out of reach" } else { "" })
                    }
                    AssetIsFresh { asset } => format!("{} is fresh: what was found on it is gone, as far as can be told", self.asset(asset)),
                    DataIsBack { data } => format!("{} is back", self.data(data)),
                }
            }
            Observation::Detection(told) => {
                use detection::Observation::*;
                match told {
                    Alert { sensor, asset, trail, raised, .. } => {
                        format!("alert of {} on {} ({}), raised {}", self.sensor(sensor), self.asset(asset), trail.label(), self.clock(raised))
                    }
                    AlertTakenUp { alert } => format!("taken up: {}", self.alert(alert)),
                    Verdict { alert, real } => format!("judged {}: {}", if real { "real" } else { "harmless" }, self.alert(alert)),
                    AlertDismissed { alert } => format!("put aside: {}", self.alert(alert)),
                    SensorIs { sensor, watched, blocks } => format!(
                        "{} is {}, and {}",
                        self.sensor(sensor),
                        if watched { "watched around the clock" } else { "not watched around the clock" },
                        if blocks { "stops what it notices" } else { "only reports" }
                    ),
                    SensorIsTuned { sensor } => format!("{} is tuned", self.sensor(sensor)),
                }
            }
            Observation::Investigation(told) => {
                use investigation::Observation::*;
                match told {
                    Finding { asset, technique, of } => {
                        let technique =
                            self.program.public.techniques.get(technique.index()).map_or_else(String::new, |t| format!("{} ({})", t.name, t.id));
                        format!("signs of the adversary on {}: {technique}, of {}", self.asset(asset), self.clock(of))
                    }
                    SignsOn { asset } => format!("signs of the adversary on {}, as a colleague says", self.asset(asset)),
                    NothingFound { asset } => format!("nothing found on {}", self.asset(asset)),
                    NothingInRecords { sensor } => format!("nothing found in the records of {}", self.sensor(sensor)),
                    LoginTaken { login } => format!("login {} was taken", self.login(login)),
                    EvidenceIsKept { asset, evidence } => format!("{} of {} is kept", evidence.label(), self.asset(asset)),
                }
            }
            Observation::Team(told) => {
                use team::Observation::*;
                match told {
                    TaskWaits { action, .. } => format!("waits for somebody to do it: {}", self.action(action)),
                    TaskRuns { task } => format!("being worked on: {}", self.task(task)),
                    TaskIsOver { task, outcome } => format!("{}: {}", self.task(task), outcome.label()),
                    VendorComes { vendor } => format!("{} is on the way", self.vendor(vendor)),
                    VendorIsHere { vendor } => format!("{} is at work", self.vendor(vendor)),
                    StaffCalled { skill: Some(skill) } => format!("staff called in: {}", skill.label()),
                    StaffCalled { skill: None } => "all staff called in".into(),
                    RoleIsAway { role, away } => format!("{} is {}", self.role(role), if away { "away" } else { "back" }),
                }
            }
            Observation::IncidentCommand(told) => {
                use incident_command::Observation::*;
                match told {
                    IncidentDeclared { level } => format!("an incident is declared: {}", self.level(level)),
                    GateIsOpen { gate, until } => format!("to be decided by {}: {}", self.clock(until), self.gate(gate)),
                    GateIsDecided { gate, choice, timed_out } => {
                        format!("{}: {} {}", if timed_out { "nobody decided" } else { "decided" }, self.gate(gate), self.choice(gate, choice))
                    }
                    MoveHasOpened { number } => format!("move {} has opened", number.index() + 1),
                }
            }
            Observation::Communication(told) => {
                use communication::Observation::*;
                match told {
                    Claim { claim, stance } => self.stance(claim, stance),
                    StatementSigned { statement, role } => format!("signed off ({}): {}", self.role(role), self.statement(statement)),
                    StatementIsOut { statement } => format!("published: {}", self.statement(statement)),
                    Trust { stakeholder, trust } => format!("trust of {} is {trust} of 10", self.stakeholder_words(stakeholder)),
                }
            }
            Observation::Compliance(told) => {
                use compliance::Observation::*;
                match told {
                    ClockRuns { rule, due } => format!("a clock runs: {}; due {}", self.rule(rule), self.clock(due)),
                    NotificationIsOut { rule } => format!("notification sent: {}", self.rule(rule)),
                    DeadlinePassed { rule } => format!("deadline passed: {}", self.rule(rule)),
                    HoldIsOn {} => "a legal hold is on".into(),
                }
            }
            Observation::Continuity(told) => {
                use continuity::Observation::*;
                match told {
                    ServiceIs { service, percent } => format!("{} is at {percent} %", self.service(service)),
                    WorkaroundIs { service, runs } => format!("workaround {}: {}", if runs { "runs" } else { "has ended" }, self.service(service)),
                    PutFirst { service } => format!("put first: {}", self.service(service)),
                    WorkaroundIsWornOut { service } => format!("people cannot keep the workaround up any longer: {}", self.service(service)),
                }
            }
            Observation::Injects(injects::Observation::Came { inject }) => self.inject(inject),
            Observation::Injects(injects::Observation::IsVoid { inject }) => format!("does not count any more: {}", self.inject_id(inject)),
        }
    }
}
