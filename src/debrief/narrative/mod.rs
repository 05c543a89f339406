//! A fact in one plain sentence, with names filled in.
//!
//! The subject is what happened, never a person: a role stands at most in brackets, as the place a decision was taken. [`Teller`] remembers what
//! keys born in play stand for, so that "the alert" of a later fact has a sensor and a machine; [`sentence`] tells one fact on its own.

mod facts;
mod ids;
mod observations;

use std::collections::BTreeMap;

use crate::ids::*;
use crate::scenario::program::{Hand, Program};
use crate::time::ExerciseTime;
use crate::vocabulary::Fact;
use crate::vocabulary::ledger::Happened;

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

/// Who somebody is, without what an author adds for those who play them: cut at commas down to a few words.
pub fn who(words: &str) -> &str {
    const LONGEST: usize = 44;
    let mut words = bare(words);
    while words.chars().count() > LONGEST {
        match words.rsplit_once(", ") {
            Some((shorter, _)) => words = shorter,
            None => break,
        }
    }
    words
}

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
pub use ids::Ids;

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

    /// A stage: the author's text for it, or what its technique is called. Numbers of techniques stand in the table of coverage.
    pub fn stage(&self, stage: StageId) -> String {
        let Some(stage) = self.program.secret.stages.get(stage.index()) else { return "a step of the attack".into() };
        let technique = self.program.public.techniques.get(stage.technique.index());
        match (bare(&stage.text), technique) {
            ("", Some(technique)) => format!("{} ({})", technique.name, technique.id),
            ("", None) => stage.id.clone(),
            (text, _) => text.to_owned(),
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
        let words = who(&stakeholder.words);
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

    fn inject_id(&self, inject: InjectId) -> String {
        self.program.public.injects.get(inject.index()).map_or_else(String::new, |inject| inject.id.replace('-', " "))
    }
}
