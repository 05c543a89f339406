//! What a facilitator does to the running order and to the world: injects by hand, in other words, of their own; hints; overrides.
//!
//! Everything here is one [`PlainDirection`] in the journal, and one fact with all that follows from it behind it. The scenario stays what it is:
//! words and injects are laid over it ([`crate::scenario::overlay`]), so whoever shows an inject finds its words where they always are, in
//! [`Session::program`] or the `public` of a [`Session::view`].

use super::{Session, Trouble};
use crate::exercise::knowledge::TaskState;
use crate::ids::*;
use crate::journal::{Improvised, PlainDirection};
use crate::scenario::overlay::free_id;
use crate::scenario::program::{Hand, Program};
use crate::scenario::written::Channel;

/// An inject of the facilitator's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Improvise {
    /// To which roles.
    pub to: RoleSet,
    /// How it comes.
    pub channel: Channel,
    /// From whom, in words; may be empty.
    pub from: String,
    /// What it says.
    pub text: String,
    /// A claim that is learnt from it, and whether it is said to be so. What is said may be false.
    pub tells: Option<(ClaimId, bool)>,
}

/// An override on offer: what it does in words, and the direction that does it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Override {
    /// What it does, as an imperative sentence without a full stop.
    pub says: String,
    /// For [`Session::direct`].
    pub direction: PlainDirection,
}

/// How much longer a decision is offered to stay open, in minutes.
const MORE_MINUTES: u16 = 30;

impl Session {
    /// Gives an inject that has not come other words. Its sender, channel, roles and what is learnt from it stay.
    ///
    /// # Errors
    /// It has come or never will, there are no words, or play is over.
    pub fn edit(&mut self, inject: InjectId, text: &str) -> Result<(), Trouble> {
        let inject = self.id_of_inject(inject)?;
        self.direct(PlainDirection::Edit { inject, text: text.to_owned() }, None)
    }

    /// Has an inject of the facilitator's own come now. It is known to its roles as any other.
    ///
    /// # Errors
    /// It says nothing or goes to nobody, or play is over.
    pub fn improvise(&mut self, made: &Improvise) -> Result<InjectId, Trouble> {
        let public = &self.prepared.program.public;
        let tells = made.tells.map(|(claim, yes)| {
            let claim = public.claims.get(claim.index()).ok_or_else(|| Trouble::Not("there is no such claim".to_owned()))?;
            Ok::<_, Trouble>((claim.id.clone(), yes))
        });
        let id = free_id(&self.prepared.names, Hand::MadeUp);
        let improvised = Improvised {
            inject: id.clone(),
            of_move: self.id_of_current_move(),
            roles: self.ids_of_roles(made.to),
            channel: made.channel.label().to_owned(),
            from: made.from.clone(),
            text: made.text.clone(),
            tells: tells.transpose()?,
        };
        self.direct(PlainDirection::Improvise(Box::new(improvised)), None)?;
        self.prepared.names.resolve(&id).map_err(Trouble::Not)
    }

    /// Helps roles on with a message. What it is about is not evaluated from now on: criteria, capability targets, decisions, claims, services or legal
    /// duties, by their ids; for a decision and so on every criterion that rests on it. A hint that is undone by going back stays a hint, because
    /// nobody forgets it.
    ///
    /// # Errors
    /// It says nothing, goes to nobody, is about nothing, or play is over.
    pub fn hint(&mut self, to: RoleSet, text: &str, about: &[String]) -> Result<InjectId, Trouble> {
        if about.is_empty() {
            return Err(Trouble::Not("a hint is about something: say which decision, claim or criterion it helps with".to_owned()));
        }
        let id = free_id(&self.prepared.names, Hand::Hint);
        let direction = PlainDirection::Hint {
            inject: id.clone(),
            of_move: self.id_of_current_move(),
            roles: self.ids_of_roles(to),
            text: text.to_owned(),
            about: about.to_vec(),
        };
        self.direct(direction, None)?;
        self.prepared.names.resolve(&id).map_err(Trouble::Not)
    }

    /// What a hint about something would set aside: the criteria, by their place in the rubric.
    ///
    /// # Errors
    /// Nothing that is assessed has this id.
    pub fn touched_by(&self, about: &str) -> Result<Vec<CriterionId>, Trouble> {
        crate::scenario::overlay::criteria_about(&self.prepared.program, &self.prepared.names, about).map_err(Trouble::Not)
    }

    /// Has an inject come now, whatever it waits for: contingencies and the deck as well.
    ///
    /// # Errors
    /// It has come or never will, or play is over.
    pub fn fire(&mut self, inject: InjectId) -> Result<(), Trouble> {
        if self.exercise().standing(inject) == crate::exercise::injects::Standing::Over {
            return Err(Trouble::Not("this inject has come already, or was skipped".to_owned()));
        }
        let inject = self.id_of_inject(inject)?;
        self.direct(PlainDirection::Fire { inject }, None)
    }

    /// What can be overridden now: what is open or wrong, and the words that name something (all of it where there are none, except machines).
    /// Looks at ground truth.
    pub fn overrides(&self, words: &str) -> Vec<Override> {
        let public = &self.prepared.program.public;
        let wanted = words.trim().to_lowercase();
        let mut list: Vec<Override> = Vec::new();
        let mut offer = |says: String, direction: PlainDirection| {
            if wanted.is_empty() || says.to_lowercase().contains(&wanted) {
                let known = list.iter().any(|other| other.direction == direction);
                if !known {
                    list.push(Override { says, direction });
                }
            }
        };
        for role in self.roles() {
            let view = self.view(role);
            for place in &view.knowledge.open_tasks {
                let Some(task) = view.knowledge.tasks.get(*place as usize) else { continue };
                if matches!(task.state, TaskState::Over(_)) {
                    continue;
                }
                let says = public.actions.get(task.action.index()).map_or("a task", |action| action.says.trim_end_matches('.'));
                let target = self.name_of_target(task.target).map(|name| format!(": {name}")).unwrap_or_default();
                let what = format!("\u{201c}{says}{target}\u{201d} ({})", public.roles[role.index()].label);
                let key = task.task.to_string();
                offer(format!("Let this be done now: {what}"), PlainDirection::EndTask { task: key.clone(), done: true });
                offer(format!("Let this fail now: {what}"), PlainDirection::EndTask { task: key, done: false });
            }
        }
        for (place, gate) in public.gates.iter().enumerate() {
            let beliefs: Vec<_> = self.roles().map(|role| self.view(role).knowledge.gates[place]).collect();
            let id = gate.id.clone();
            if beliefs.iter().any(|belief| belief.open_until.is_some()) {
                offer(format!("Give {MORE_MINUTES} more minutes for: {}", gate.ask), PlainDirection::Extend { gate: id, minutes: MORE_MINUTES });
            } else if beliefs.iter().any(|belief| belief.decided.is_some()) {
                offer(format!("Open once more for {MORE_MINUTES} minutes: {}", gate.ask), PlainDirection::Reopen { gate: id, minutes: MORE_MINUTES });
            }
        }
        for sensor in self.exercise().blinded() {
            if let Some(known) = public.sensors.get(sensor.index()) {
                offer(format!("Let it see again: {}", known.text), PlainDirection::SensorBack { sensor: known.id.clone() });
            }
        }
        let away = self.roles().next().map_or(RoleSet::NONE, |role| self.view(role).knowledge.away);
        for role in self.roles() {
            let known = &public.roles[role.index()];
            let is_away = away.has(role);
            let says = if is_away { format!("Can be reached again: {}", known.label) } else { format!("Cannot be reached: {}", known.label) };
            offer(says, PlainDirection::Absent { role: known.id.clone(), away: !is_away });
        }
        for service in &public.services {
            let id = || service.id.clone();
            offer(format!("Let it work fully: {}", service.text), PlainDirection::ServiceAt { service: id(), percent: 100 });
            offer(format!("Let it stand still: {}", service.text), PlainDirection::ServiceAt { service: id(), percent: 0 });
            offer(format!("Let the simulation set its level again: {}", service.text), PlainDirection::ServiceFollows { service: id() });
        }
        if !wanted.is_empty() {
            for asset in &public.assets {
                // Each is there once, so none has to be looked for among the others: there can be ten thousand.
                for (what, on_network) in [("Cut off", false), ("Put back on", true)] {
                    let says = format!("{what} the network: {}", asset.name);
                    if says.to_lowercase().contains(&wanted) {
                        list.push(Override { says, direction: PlainDirection::Machine { asset: asset.id.clone(), on_network } });
                    }
                }
            }
        }
        list
    }

    /// What a task is done to, where it is something that the author named.
    pub(super) fn name_of_target(&self, target: Key) -> Option<&str> {
        let Program { public, names, .. } = &*self.prepared.program;
        macro_rules! look {
            ($($table:ident $id:ident $name:ident),*) => {
                $(if let Some((_, found)) = public.$table.iter().enumerate().find(|(place, _)| names.of($id::at(*place)) == target) {
                    return Some(&found.$name);
                })*
            };
        }
        look!(assets AssetId name, groups GroupId text, segments SegmentId text, data DataId text, logins LoginId name, links LinkId text,
              services ServiceId text, sensors SensorId text, vendors VendorId name, rules RuleId text, stakeholders StakeholderId words);
        None
    }

    fn id_of_inject(&self, inject: InjectId) -> Result<String, Trouble> {
        let known = self.prepared.program.public.injects.get(inject.index());
        known.map(|inject| inject.id.clone()).ok_or_else(|| Trouble::Not("there is no such inject".to_owned()))
    }

    fn id_of_current_move(&self) -> Option<String> {
        self.current_move().and_then(|place| self.prepared.program.public.moves.get(place.index())).map(|step| step.id.clone())
    }

    pub(super) fn ids_of_roles(&self, roles: RoleSet) -> Vec<String> {
        roles.iter().filter_map(|role| self.prepared.program.public.roles.get(role.index())).map(|role| role.id.clone()).collect()
    }
}
