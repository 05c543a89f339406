//! What the room says and decides, recorded: words are matched to orders, and colleagues carry them out.

use super::matching::{self, Meant, Proposal};
use super::plain::plain_instruction;
use super::{Doing, Seated, Session, Trouble};
use crate::exercise::knowledge::View;
use crate::ids::*;
use crate::journal::{Annotation, Entry, Instructed, RemarkKind, Told};
use crate::policy::Kind;
use crate::policy::colleague::{Instruction, Waiting};
use crate::scenario::compile::orders::SURE_OF_A_DECISION;
use crate::scenario::written::Verb;
use crate::time::ExerciseTime;
use crate::vocabulary::{Command, Order, incident_command, investigation};

impl Session {
    /// What the room may have meant by its words: at most three proposals, the nearest first.
    pub fn propose(&self, words: &str, owner: Option<RoleId>) -> Vec<Proposal> {
        let views: Vec<View<'_>> = self.roles().map(|role| self.view(role)).collect();
        matching::proposals(&views, words, owner)
    }

    /// Why nothing is proposed for words of the room, as far as it is known.
    pub fn why_nothing(&self, words: &str) -> String {
        matching::why_nothing(&self.program().public, words)
    }

    /// The roles that could be told to do what a proposal means, whose job it is first.
    pub fn owners(&self, meant: &Meant) -> Vec<RoleId> {
        let views: Vec<View<'_>> = self.roles().map(|role| self.view(role)).collect();
        matching::owners(&views, meant)
    }

    /// Records the room's words, and has colleagues do what they mean, not before `from`.
    ///
    /// # Errors
    /// The session is over, or a role that is to do it is played by somebody who cannot be told.
    pub fn accept(&mut self, words: &str, proposal: &Proposal, from: ExerciseTime) -> Result<(), Trouble> {
        let told: Vec<(RoleId, Instruction)> = match &proposal.meant {
            Meant::Orders(list) => list.iter().map(|(role, order)| (*role, Instruction::Do(Waiting { order: *order, from }))).collect(),
            Meant::Duty(place) => self.roles().map(|role| (role, Instruction::SeeTo(*place))).collect(),
            Meant::Once(trigger, list) => {
                let mut by_role: Vec<(RoleId, Vec<Waiting>)> = Vec::new();
                for (role, order) in list {
                    let waiting = Waiting { order: *order, from };
                    match by_role.iter_mut().find(|(known, _)| known == role) {
                        Some((_, orders)) => orders.push(waiting),
                        None => by_role.push((*role, vec![waiting])),
                    }
                }
                by_role.into_iter().map(|(role, orders)| (role, Instruction::Once(*trigger, orders))).collect()
            }
            Meant::Decision(gate, choice) => return self.decide(words, *gate, *choice, SURE_OF_A_DECISION, from),
        };
        self.instruct(words, None, &proposal.says, told)
    }

    /// Has colleagues leave undone what they were told and have not done yet. What was recorded stays on record, and so does this.
    ///
    /// # Errors
    /// It is not waiting to be done.
    pub fn take_back(&mut self, roles: &[RoleId], order: Order) -> Result<(), Trouble> {
        let told: Vec<RoleId> = roles.iter().copied().filter(|role| self.waiting(*role).iter().any(|waiting| waiting.order == order)).collect();
        if told.is_empty() {
            return Err(Trouble::Not("that is not waiting to be done".to_owned()));
        }
        let says = self.prepared.program.public.actions.get(order.action.index()).map_or("", |action| action.says.as_str());
        let words = format!("Taken back: {says}");
        self.instruct(&words, None, "not to be done after all", told.into_iter().map(|role| (role, Instruction::Leave(order))).collect())
    }

    pub(super) fn instruct(&mut self, words: &str, because: Option<&str>, means: &str, told: Vec<(RoleId, Instruction)>) -> Result<(), Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        let directed = |role: &RoleId| self.seats.get(role.index()) == Some(&Seated::Policy(Kind::Directed));
        if !told.iter().all(|(role, _)| directed(role)) {
            return Err(Trouble::Not("only a directed colleague carries out what the room records".to_owned()));
        }
        let at = self.now();
        let public = &self.prepared.program.public;
        let plain = |(role, instruction): &(RoleId, Instruction)| Told {
            role: public.roles[role.index()].id.clone(),
            to: plain_instruction(&self.prepared, instruction),
        };
        let because = because.map(str::trim).filter(|because| !because.is_empty());
        let entry = Instructed { at, words: words.to_owned(), because: because.map(str::to_owned), told: told.iter().map(plain).collect() };
        let gate = told.iter().find_map(|(_, instruction)| match instruction {
            Instruction::Do(waiting) => gate_of(&waiting.order),
            _ => None,
        });
        let claim = told.iter().find_map(|(_, instruction)| match instruction {
            Instruction::Do(Waiting {
                order: Order { command: Command::Investigation(investigation::Command::Conclude { claim, .. }), .. }, ..
            }) => public.claims.get(claim.index()),
            _ => None,
        });
        let decision = gate.and_then(|gate| public.gates.get(gate.index()));
        let about = decision.map(|gate| gate.id.clone()).or_else(|| claim.map(|claim| claim.id.clone()));
        let doing = Doing::Instruction { words: words.to_owned(), told };
        self.do_it(at, &doing)?;
        self.doings.push((at, doing));
        self.write(&Entry::Instructed(Box::new(entry)));
        self.annotate(Annotation { about, value: Some(means.to_owned()), ..Annotation::new(RemarkKind::Record, words) });
        if let Some(gate) = gate {
            self.because(gate, because);
        }
        self.reveal();
        Ok(())
    }

    /// Why something was decided, as a remark about the decision.
    pub(super) fn because(&mut self, gate: GateId, because: Option<&str>) {
        let Some(because) = because.map(str::trim).filter(|because| !because.is_empty()) else { return };
        let about = self.prepared.program.public.gates.get(gate.index()).map(|gate| gate.id.clone());
        self.annotate(Annotation { about, ..Annotation::new(RemarkKind::Because, because) });
    }

    /// Records a decision of the room: those who have to decide, or who stands in for them, do so as soon as the decision is open, and not before
    /// `from`.
    ///
    /// # Errors
    /// There is no such choice, or it is decided already.
    pub fn decide(&mut self, words: &str, gate: GateId, choice: u8, sure: u8, from: ExerciseTime) -> Result<(), Trouble> {
        self.decide_because(words, gate, choice, sure, from, None)
    }

    /// The same, with the reason that the room gave. Positions that people took privately are shown from now on.
    ///
    /// # Errors
    /// As [`Session::decide`].
    pub fn decide_because(
        &mut self,
        words: &str,
        gate: GateId,
        choice: u8,
        sure: u8,
        from: ExerciseTime,
        because: Option<&str>,
    ) -> Result<(), Trouble> {
        let public = &self.prepared.program.public;
        let plan = public.gates.get(gate.index()).ok_or_else(|| Trouble::Not("there is no such decision".to_owned()))?;
        let Some(chosen) = plan.choices.get(usize::from(choice)) else {
            return Err(Trouble::Not(format!("`{}` has {} choices", plan.id, plan.choices.len())));
        };
        if self.roles().any(|role| self.view(role).knowledge.gates[gate.index()].decided.is_some()) {
            return Err(Trouble::Not(format!("\u{201c}{}\u{201d} is decided already", plan.ask)));
        }
        let open = self.roles().any(|role| self.view(role).knowledge.gates[gate.index()].open_until.is_some());
        let means = format!("{}: {}", if open { "decided" } else { "decided, for when the question comes" }, chosen.text);
        // Whoever is there when it is open speaks; for who is away, the deputy.
        let mut deciders: Vec<RoleId> = plan.who.iter().collect();
        deciders.extend(plan.who.iter().filter_map(|role| public.roles[role.index()].deputy));
        deciders.sort_unstable();
        deciders.dedup();
        let order =
            Order { action: self.action(Verb::Decide)?, command: incident_command::Command::Decide { gate, choice, sure: sure.min(100) }.into() };
        self.instruct(words, because, &means, deciders.into_iter().map(|role| (role, Instruction::Do(Waiting { order, from }))).collect())
    }

    /// Records how sure the room is of a claim, in percent: in the name of a role that may conclude.
    ///
    /// # Errors
    /// There is no such role.
    pub fn believe(&mut self, words: &str, claim: ClaimId, percent: u8) -> Result<(), Trouble> {
        let action = self.action(Verb::Conclude)?;
        let public = &self.prepared.program.public;
        let may = |role: &RoleId| public.roles[role.index()].may[action.index()] && !self.view(*role).knowledge.away.has(*role);
        let role = self.roles().find(may).ok_or_else(|| Trouble::Not("nobody who is there may state what is believed".to_owned()))?;
        let means = format!("believed with {percent} %: {}", public.claims[claim.index()].text);
        let order = Order { action, command: investigation::Command::Conclude { claim, percent: percent.min(100) }.into() };
        let from = self.now();
        self.instruct(words, None, &means, vec![(role, Instruction::Do(Waiting { order, from }))])
    }

    pub(super) fn action(&self, verb: Verb) -> Result<ActionId, Trouble> {
        let actions = &self.prepared.program.public.actions;
        let place = actions.iter().position(|action| action.verb == verb && action.on.is_empty());
        place.map(ActionId::at).ok_or_else(|| Trouble::Not("this scenario has no action for it".to_owned()))
    }
}

/// The decision that an order is about.
pub(super) fn gate_of(order: &Order) -> Option<GateId> {
    match order.command {
        Command::IncidentCommand(incident_command::Command::Decide { gate, .. }) => Some(gate),
        _ => None,
    }
}
