//! What happened, domain by domain: a fact in words, without its capital and its full stop.

use super::{Teller, bare, counted};
use crate::ids::{ClaimId, DenseId};
use crate::vocabulary::{
    adversary, communication, compliance, continuity, detection, documentation, estate, exercise, incident_command, injects, investigation, team,
};

impl Teller<'_> {
    pub(super) fn exercise(&self, fact: exercise::Fact) -> String {
        use exercise::Fact::*;
        match fact {
            Startex { .. } => "STARTEX: play begins".into(),
            Endex {} => "ENDEX: play is over".into(),
            Ordered { role, action, target } => format!("ordered ({}): {}", self.role(role), self.order(action, target)),
            Refused { role, action, refusal } => format!("not possible ({}): {}; {}", self.role(role), self.action(action), refusal.label()),
            CarriedOut { action, target } => format!("carried out: {}", self.order(action, target)),
            Reached { time } => format!("the clock reached {}", self.clock(time)),
            Helped { criterion } => {
                let text =
                    self.program.rubric.criteria.get(criterion.index()).map_or("something that is assessed", |criterion| bare(&criterion.text));
                format!("not evaluated, because the facilitator helped: {text}")
            }
            Directed { direction, .. } => format!("the facilitator {}", exercise::says_of_direction(direction)),
        }
    }

    pub(super) fn estate(&self, fact: estate::Fact) -> String {
        use estate::Fact::*;
        match fact {
            Isolated { asset } => format!("{} is cut off the network", self.asset(asset)),
            Reconnected { asset } => format!("{} is back on the network", self.asset(asset)),
            PoweredOff { asset } => format!("{} is powered off", self.asset(asset)),
            PoweredOn { asset } => format!("{} is powered on", self.asset(asset)),
            Encrypted { asset, .. } => format!("{} is encrypted", self.asset(asset)),
            Rebuilt { asset } => format!("{} is installed anew", self.asset(asset)),
            Restored { asset, from, again: false } => format!("{} is restored from {}", self.asset(asset), self.data(from)),
            Restored { asset, from, again: true } => {
                format!("{} is restored from {}, and what the adversary left came back with it", self.asset(asset), self.data(from))
            }
            Cleaned { asset, missed: false } => format!("{} is cleaned", self.asset(asset)),
            Cleaned { asset, missed: true } => format!("{} is cleaned, but something of the adversary's stayed", self.asset(asset)),
            LoginDisabled { login } => format!("login {} is disabled", self.login(login)),
            LoginReset { login } => format!("login {} has a new secret", self.login(login)),
            LinkCut { link } => format!("link closed: {}", self.link(link)),
            LinkRestored { link } => format!("link open again: {}", self.link(link)),
            SegmentCut { segment } => format!("segment cut off: {}", self.segment(segment)),
            SegmentRejoined { segment } => format!("segment joined again: {}", self.segment(segment)),
            EgressBlocked { segment } => format!("way to the internet closed: {}", self.segment(segment)),
            EgressOpened { segment } => format!("way to the internet open again: {}", self.segment(segment)),
            BackupDestroyed { data, .. } => format!("backup destroyed: {}", self.data(data)),
            BackupSecured { data } => format!("backup taken out of reach: {}", self.data(data)),
            DataRestored { data, from } => format!("{} is back, from {}", self.data(data), self.data(from)),
        }
    }

    pub(super) fn adversary(&self, fact: adversary::Fact) -> String {
        use adversary::Fact::*;
        match fact {
            StageBegun { stage, .. } => format!("attack begins: {}", self.stage(stage)),
            StageDone { stage, .. } => format!("attack succeeds: {}", self.stage(stage)),
            StageFailed { stage, obstacle, .. } => format!("attack fails: {}; {}", self.stage(stage), obstacle.label()),
            Compromised { asset, .. } => format!("{} is in the adversary's hands", self.asset(asset)),
            LoginStolen { login, .. } => format!("login {} is stolen", self.login(login)),
            Persisted { asset, .. } => format!("a way back in is left on {}", self.asset(asset)),
            Trace { asset, trail, .. } => format!("a trace is left on {} ({})", self.asset(asset), trail.label()),
            FootholdLost { asset, loss } => format!("the adversary loses {} ({})", self.asset(asset), loss.label()),
            LoginLost { login } => format!("the adversary loses login {}", self.login(login)),
            Reacted { reaction } => format!("the adversary remarks the loss, and {}", reaction.label()),
            Copied { data, records, .. } => format!("{} copied out of {}", counted(records, "record", "records"), self.data(data)),
            Evicted {} => "the adversary holds nothing any more, and has no way back".into(),
            ClaimBecameTrue { claim } => format!("now true: {}", self.claim(claim)),
            Demanded { .. } => "the adversary makes its demand".into(),
        }
    }

    pub(super) fn detection(&mut self, fact: detection::Fact) -> String {
        use detection::Fact::*;
        match fact {
            Noise { sensor, asset, trail, .. } => {
                format!("something harmless on {} ({}), where {} looks", self.asset(asset), trail.label(), self.sensor(sensor))
            }
            AlertRaised { alert, sensor, asset, trail } => {
                let text = format!("alert of {} on {} ({})", self.sensor(sensor), self.asset(asset), trail.label());
                self.alerts.insert(alert, text.clone());
                text
            }
            Blocked { sensor, asset, stage } => {
                format!("{} stops a step of the attack on {}: {}", self.sensor(sensor), self.asset(asset), self.stage(stage))
            }
            Watched { sensor } => format!("{} is watched around the clock from now on", self.sensor(sensor)),
            SetToBlock { sensor } => format!("{} stops what it notices from now on", self.sensor(sensor)),
            Tuned { sensor } => format!("{} raises less noise from now on", self.sensor(sensor)),
            SeesAgain { sensor } => format!("{} sees again what it had been blinded to", self.sensor(sensor)),
            Blinded { sensor, asset } => format!("{} no longer sees {}", self.sensor(sensor), self.asset(asset)),
            Acknowledged { alert } => format!("taken up: {}", self.alert(alert)),
            Dismissed { alert } => format!("put aside: {}", self.alert(alert)),
            Judged { alert, real: true } => format!("judged real: {}", self.alert(alert)),
            Judged { alert, real: false } => format!("judged harmless: {}", self.alert(alert)),
        }
    }

    pub(super) fn investigation(&self, fact: investigation::Fact) -> String {
        use investigation::Fact::*;
        match fact {
            Found { asset, .. } => format!("signs of the adversary are found on {}", self.asset(asset)),
            EvidenceKept { asset, evidence } => format!("evidence kept: {} of {}", evidence.label(), self.asset(asset)),
            EvidenceLost { asset, evidence } => format!("evidence lost: {} of {}", evidence.label(), self.asset(asset)),
            Believed { role, claim, percent } => format!("belief stated ({}): {}, {percent} % sure", self.role(role), self.claim(claim)),
        }
    }

    pub(super) fn team(&mut self, fact: team::Fact) -> String {
        use team::Fact::*;
        match fact {
            TaskQueued { task, role, action, target } => {
                self.tasks.insert(task, self.order(action, target));
                format!("waits for somebody to do it ({}): {}", self.role(role), self.order(action, target))
            }
            TaskStarted { task, staff } => format!("work begins on {} ({})", self.task(task), self.staff(staff)),
            TaskEnded { task, outcome } => format!("{}: {}", self.task(task), outcome.label()),
            CalledIn { staff } => format!("called in: {}", self.staff(staff)),
            CameIn { staff } => format!("at work: {}", self.staff(staff)),
            WentHome { staff } => format!("home to rest: {}", self.staff(staff)),
            VendorEngaged { vendor, role } => format!("vendor called in ({}): {}", self.role(role), self.vendor(vendor)),
            VendorArrived { vendor } => format!("vendor at work: {}", self.vendor(vendor)),
            RoleAbsent { role } => format!("away: {}", self.role(role)),
            RoleBack { role } => format!("back: {}", self.role(role)),
        }
    }

    pub(super) fn incident_command(&self, fact: incident_command::Fact) -> String {
        use incident_command::Fact::*;
        match fact {
            Declared { role, level } => format!("incident declared ({}): {}", self.role(role), self.level(level)),
            GateOpened { gate, until } => format!("to be decided by {}: {}", self.clock(until), self.gate(gate)),
            Voted { gate, role, choice, sure } => {
                format!("word given ({}, {sure} % sure): {} for: {}", self.role(role), self.choice(gate, choice), self.gate(gate))
            }
            Decided { gate, role, choice, sure } => {
                format!("decided ({}, {sure} % sure): {} {}", self.role(role), self.gate(gate), self.choice(gate, choice))
            }
            TimedOut { gate, choice } => format!("nobody decided in time: {} So it is: {}", self.gate(gate), self.choice(gate, choice)),
            Briefed { role, with } => format!("briefing ({}) to {}", self.role(role), self.others(with)),
            MoveOpened { number } => {
                let title = self.program.public.moves.get(number.index()).map_or("", |opened| bare(&opened.title));
                format!("move {} opens: {title}", number.index() + 1)
            }
        }
    }

    pub(super) fn communication(&self, fact: communication::Fact) -> String {
        use communication::Fact::*;
        match fact {
            SignedOff { statement, role } => format!("signed off ({}): {}", self.role(role), self.statement(statement)),
            Published { statement, role } => format!("published ({}): {}", self.role(role), self.statement(statement)),
            Said { claim, stance, to } => format!("said to {}: {}", self.stakeholder_words(to), self.stance(claim, stance)),
            Asked { stakeholder, role } => format!("asked ({}): {}", self.role(role), self.stakeholder_words(stakeholder)),
            TrustBecame { stakeholder, trust } => format!("trust of {} is now {trust} of 10", self.stakeholder_words(stakeholder)),
            NotHeard { stakeholder, claim } => format!("{} did not hear in time: {}", self.stakeholder_words(stakeholder), self.claim(claim)),
        }
    }

    /// A claim with what is said of it.
    pub fn stance(&self, claim: ClaimId, stance: communication::Stance) -> String {
        let text = self.claim(claim);
        match stance {
            communication::Stance::Yes => format!("\u{201c}{text}\u{201d}"),
            communication::Stance::No => format!("not so: \u{201c}{text}\u{201d}"),
            communication::Stance::NotYet => format!("not known yet: \u{201c}{text}\u{201d}"),
        }
    }

    pub(super) fn compliance(&self, fact: compliance::Fact) -> String {
        use compliance::Fact::*;
        match fact {
            ClockStarted { rule, due } => format!("clock starts: {}; due {}", self.rule(rule), self.clock(due)),
            Determined { rule, role } => format!("determined that it applies ({}): {}", self.role(role), self.rule(rule)),
            Notified { rule, role, in_time } => {
                format!("notification sent {} ({}): {}", if in_time { "in time" } else { "late" }, self.role(role), self.rule(rule))
            }
            DeadlineMissed { rule } => format!("deadline passed without a notification: {}", self.rule(rule)),
            HoldPlaced { role } => format!("legal hold on evidence ({})", self.role(role)),
        }
    }

    pub(super) fn continuity(&self, fact: continuity::Fact) -> String {
        use continuity::Fact::*;
        match fact {
            ServiceLevel { service, percent } => format!("{} is at {percent} %", self.service(service)),
            WorkaroundStarted { service } => format!("workaround begins: {}", self.service(service)),
            WorkaroundEnded { service } => format!("workaround ends: {}", self.service(service)),
            WorkaroundWornOut { service } => format!("workaround cannot be kept up any longer: {}", self.service(service)),
            Prioritised { service } => format!("put first: {}", self.service(service)),
            OwnFault { service, ended: false } => format!("{} fails for a reason of its own", self.service(service)),
            OwnFault { service, ended: true } => format!("{} is over its own fault", self.service(service)),
        }
    }

    pub(super) fn documentation(&self, fact: documentation::Fact) -> String {
        use documentation::Fact::*;
        match fact {
            Logged { role, entries } => format!("incident log ({}): {}", self.role(role), counted(entries, "new entry", "new entries")),
            LogHoldsClaim { claim } => format!("the log now says: {}", self.claim(claim)),
            LogHoldsAsset { asset } => format!("the log now says that {} was taken", self.asset(asset)),
            Reported { role } => format!("situation report to all ({})", self.role(role)),
        }
    }

    pub(super) fn injects(&self, fact: injects::Fact) -> String {
        use injects::Fact::*;
        match fact {
            Fired { inject } => self.inject(inject),
            Passed { inject, why } => format!("inject not used: {}; {}", self.inject_id(inject), why.label()),
            Held { inject } => format!("inject held by the facilitator: {}", self.inject_id(inject)),
            Retracted { inject } => format!("inject taken back by the facilitator: {}", self.inject_id(inject)),
        }
    }
}
