//! A fact in one plain sentence, with names filled in.
//!
//! The subject is what happened, never a person: a role stands at most in brackets, as the place a decision was taken. [`Teller`] remembers what
//! keys born in play stand for, so that "the alert" of a later fact has a sensor and a machine; [`sentence`] tells one fact on its own.

use std::collections::BTreeMap;

use crate::ids::*;
use crate::scenario::program::{Hand, Program};
use crate::time::ExerciseTime;
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::{
    Fact, Observation, adversary, communication, compliance, continuity, detection, documentation, estate, exercise, incident_command, injects,
    investigation, team,
};

/// One fact, told on its own. Things born in play (alerts, tasks) are named as well as the fact itself allows; use a [`Teller`] for a whole ledger.
pub fn sentence(program: &Program, happened: &Happened) -> String {
    Teller::new(program).tell(happened)
}

/// Tells facts one after the other, and remembers what was born in play.
#[derive(Clone, Debug)]
pub struct Teller<'a> {
    program: &'a Program,
    alerts: BTreeMap<Key, String>,
    tasks: BTreeMap<Key, String>,
}

/// What an author's text is without its final stop, so that it can stand inside a sentence.
pub fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// A role's label without the name of whoever has it, which may stand behind it in brackets.
pub fn role_only(label: &str) -> &str {
    bare(label.split_once(" (").map_or(label, |(role, _)| role))
}

/// A stakeholder's description is cut at commas down to so many letters.
const LONGEST_STAKEHOLDER: usize = 44;

/// `a, b and c`.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => "nobody".into(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 machine`, `3 machines`.
pub fn counted(number: impl Into<i64>, one: &str, many: &str) -> String {
    let number: i64 = number.into();
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number)) }
}

pub use crate::vocabulary::measures::grouped;

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name of a table, or a plain word where the table has none.
macro_rules! name_of {
    ($($(#[$doc:meta])* $name:ident($id:ty) = $table:ident . $field:ident or $missing:literal;)*) => {
        impl Teller<'_> {
            $($(#[$doc])*
            pub fn $name(&self, id: $id) -> &str {
                self.program.public.$table.get(id.index()).map_or($missing, |entry| match bare(&entry.$field) {
                    "" => entry.id.as_str(),
                    text => text,
                })
            })*
        }
    };
}

name_of! {
    /// A machine.
    asset(AssetId) = assets.name or "a machine";
    /// A group of machines.
    group(GroupId) = groups.text or "a group of machines";
    /// A network segment.
    segment(SegmentId) = segments.text or "a segment";
    /// A data store.
    data(DataId) = data.text or "a data store";
    /// A login.
    login(LoginId) = logins.name or "a login";
    /// A link.
    link(LinkId) = links.text or "a link";
    /// A service.
    service(ServiceId) = services.text or "a service";
    /// An action, as people say it.
    action(ActionId) = actions.says or "an action";
    /// A person of the staff.
    staff(StaffId) = staff.name or "a member of staff";
    /// A vendor.
    vendor(VendorId) = vendors.name or "a vendor";
    /// A rule.
    rule(RuleId) = rules.text or "a rule";
    /// A claim.
    claim(ClaimId) = claims.text or "a claim";
    /// What a gate asks.
    gate(GateId) = gates.ask or "a decision";
}

impl<'a> Teller<'a> {
    /// Nothing told yet.
    pub fn new(program: &'a Program) -> Teller<'a> {
        Teller { program, alerts: BTreeMap::new(), tasks: BTreeMap::new() }
    }

    /// Roles, in words.
    pub fn roles(&self, roles: RoleSet) -> String {
        let all = self.program.public.roles.len();
        let named: Vec<String> = roles.iter().filter(|role| role.index() < all).map(|role| self.role(role).to_owned()).collect();
        match named.len() {
            few if few < all || all <= 2 => listed(&named),
            _ => "all roles".into(),
        }
    }

    /// The same, for those who hear one of them: all but one are all others.
    pub fn others(&self, roles: RoleSet) -> String {
        let all = self.program.public.roles.len();
        if all > 2 && roles.iter().filter(|role| role.index() < all).count() + 1 == all { "all other roles".into() } else { self.roles(roles) }
    }

    /// A choice of a gate, in words.
    pub fn choice(&self, gate: GateId, choice: u8) -> &str {
        self.program
            .public
            .gates
            .get(gate.index())
            .and_then(|gate| gate.choices.get(usize::from(choice)))
            .map_or("another choice", |choice| bare(&choice.text))
    }

    /// A stage: its technique, and the author's text for it.
    pub fn stage(&self, stage: StageId) -> String {
        let Some(stage) = self.program.secret.stages.get(stage.index()) else { return "a step of the attack".into() };
        let technique = self.program.public.techniques.get(stage.technique.index());
        match (bare(&stage.text), technique) {
            ("", Some(technique)) => format!("{} ({})", technique.name, technique.id),
            ("", None) => stage.id.clone(),
            (text, Some(technique)) => format!("{text} ({})", technique.id),
            (text, None) => text.to_owned(),
        }
    }

    /// A role, without the name that may stand behind it in brackets: a debrief speaks of roles.
    pub fn role(&self, id: RoleId) -> &str {
        self.program.public.roles.get(id.index()).map_or("a role", |role| role_only(&role.label))
    }

    /// A sensor, without what may be explained behind a colon.
    pub fn sensor(&self, id: SensorId) -> &str {
        self.program.public.sensors.get(id.index()).map_or("a sensor", |sensor| {
            let name = sensor.text.split_once(": ").map_or(sensor.text.as_str(), |(name, _)| name);
            if name.trim().is_empty() { sensor.id.as_str() } else { bare(name) }
        })
    }

    /// A level of severity, by its name; its text is a definition.
    pub fn level(&self, id: LevelId) -> String {
        self.program.public.levels.get(id.index()).map_or_else(|| "an incident".into(), |level| level.id.replace('-', " "))
    }

    /// A stakeholder: who they are, and no more of their description than fits into a sentence.
    pub fn stakeholder_words(&self, id: StakeholderId) -> String {
        let Some(stakeholder) = self.program.public.stakeholders.get(id.index()) else { return "a stakeholder".into() };
        let mut words = bare(&stakeholder.words);
        while words.chars().count() > LONGEST_STAKEHOLDER {
            match words.rsplit_once(", ") {
                Some((shorter, _)) => words = shorter,
                None => break,
            }
        }
        capital(if words.is_empty() { &stakeholder.id } else { words })
    }

    /// A statement, by its id in words.
    pub fn statement(&self, id: StatementId) -> String {
        self.program
            .public
            .statements
            .get(id.index())
            .map_or_else(|| "a statement".into(), |statement| format!("\u{201c}{}\u{201d}", statement.id.replace('-', " ")))
    }

    /// An inject: what it says plainly, or its channel and sender.
    pub fn inject(&self, id: InjectId) -> String {
        let Some(inject) = self.program.public.injects.get(id.index()) else { return "an inject".into() };
        let from = if inject.from.is_empty() { String::new() } else { format!(" from {}", inject.from.replace('-', " ")) };
        let plain = match inject.hand {
            Hand::Author if inject.plain.is_empty() => inject.id.replace('-', " "),
            _ => bare(inject.in_short()).to_owned(),
        };
        let by = match inject.hand {
            Hand::Author => "",
            Hand::Edited => " (in the facilitator's words)",
            Hand::MadeUp => " (made up by the facilitator)",
            Hand::Hint => " (a hint of the facilitator's)",
        };
        format!("{}{from}{by}: {plain}", inject.channel.label())
    }

    /// What an order is about, where the key is of something the author named or of an alert told before.
    pub fn target(&self, key: Key) -> Option<String> {
        if let Some(alert) = self.alerts.get(&key) {
            return Some(alert.clone());
        }
        let public = &self.program.public;
        let names = &self.program.names;
        macro_rules! look {
            ($($table:ident $id:ident $name:ident),*) => {
                $(if let Some(found) = (0..public.$table.len()).map($id::at).find(|id| names.of(*id) == key) {
                    return Some(self.$name(found).to_owned());
                })*
            };
        }
        look!(assets AssetId asset, groups GroupId group, segments SegmentId segment, data DataId data, logins LoginId login, links LinkId link,
              services ServiceId service, sensors SensorId sensor, vendors VendorId vendor, rules RuleId rule, levels LevelId level,
              claims ClaimId claim, gates GateId gate);
        (0..public.stakeholders.len())
            .map(StakeholderId::at)
            .find(|id| names.of(*id) == key)
            .map(|id| self.stakeholder_words(id))
            .or_else(|| (0..public.statements.len()).map(StatementId::at).find(|id| names.of(*id) == key).map(|id| self.statement(id)))
    }

    /// A moment as the clock of the story shows it: `Thu 14 May 16:20`.
    pub fn clock(&self, at: ExerciseTime) -> String {
        self.program.public.calendar.label(at)
    }

    fn alert(&self, key: Key) -> String {
        self.alerts.get(&key).cloned().unwrap_or_else(|| "an alert".into())
    }

    fn task(&self, key: Key) -> String {
        self.tasks.get(&key).map_or_else(|| "a task".into(), |order| format!("\u{201c}{order}\u{201d}"))
    }

    fn order(&self, action: ActionId, target: Key) -> String {
        self.target(target).map_or_else(|| self.action(action).to_owned(), |target| format!("{}: {target}", self.action(action)))
    }

    /// One fact in one sentence. Remembers alerts and tasks for those that follow.
    pub fn tell(&mut self, happened: &Happened) -> String {
        let text = match happened.fact {
            Fact::Exercise(fact) => self.exercise(fact),
            Fact::Estate(fact) => self.estate(fact),
            Fact::Adversary(fact) => self.adversary(fact),
            Fact::Detection(fact) => self.detection(fact),
            Fact::Investigation(fact) => self.investigation(fact),
            Fact::Team(fact) => self.team(fact),
            Fact::IncidentCommand(fact) => self.incident_command(fact),
            Fact::Communication(fact) => self.communication(fact),
            Fact::Compliance(fact) => self.compliance(fact),
            Fact::Continuity(fact) => self.continuity(fact),
            Fact::Documentation(fact) => self.documentation(fact),
            Fact::Injects(fact) => self.injects(fact),
            Fact::Told(observation) => {
                let what = self.observation(observation);
                format!("Told to {}: {what}", self.roles(happened.roles))
            }
        };
        let mut text = capital(&text);
        if !text.ends_with(['.', '?', '!', '\u{201d}']) {
            text.push('.');
        }
        text
    }

    fn exercise(&self, fact: exercise::Fact) -> String {
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

    fn estate(&self, fact: estate::Fact) -> String {
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

    fn adversary(&self, fact: adversary::Fact) -> String {
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

    fn detection(&mut self, fact: detection::Fact) -> String {
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

    fn investigation(&self, fact: investigation::Fact) -> String {
        use investigation::Fact::*;
        match fact {
            Found { asset, .. } => format!("signs of the adversary are found on {}", self.asset(asset)),
            EvidenceKept { asset, evidence } => format!("evidence kept: {} of {}", evidence.label(), self.asset(asset)),
            EvidenceLost { asset, evidence } => format!("evidence lost: {} of {}", evidence.label(), self.asset(asset)),
            Believed { role, claim, percent } => format!("belief stated ({}): {}, {percent} % sure", self.role(role), self.claim(claim)),
        }
    }

    fn team(&mut self, fact: team::Fact) -> String {
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

    fn incident_command(&self, fact: incident_command::Fact) -> String {
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

    fn communication(&self, fact: communication::Fact) -> String {
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

    fn compliance(&self, fact: compliance::Fact) -> String {
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

    fn continuity(&self, fact: continuity::Fact) -> String {
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

    fn documentation(&self, fact: documentation::Fact) -> String {
        use documentation::Fact::*;
        match fact {
            Logged { role, entries } => format!("incident log ({}): {}", self.role(role), counted(entries, "new entry", "new entries")),
            LogHoldsClaim { claim } => format!("the log now says: {}", self.claim(claim)),
            LogHoldsAsset { asset } => format!("the log now says that {} was taken", self.asset(asset)),
            Reported { role } => format!("situation report to all ({})", self.role(role)),
        }
    }

    fn injects(&self, fact: injects::Fact) -> String {
        use injects::Fact::*;
        match fact {
            Fired { inject } => self.inject(inject),
            Passed { inject, why } => format!("inject not used: {}; {}", self.inject_id(inject), why.label()),
            Held { inject } => format!("inject held by the facilitator: {}", self.inject_id(inject)),
            Retracted { inject } => format!("inject taken back by the facilitator: {}", self.inject_id(inject)),
        }
    }

    fn inject_id(&self, inject: InjectId) -> String {
        self.program.public.injects.get(inject.index()).map_or_else(String::new, |inject| inject.id.replace('-', " "))
    }

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
