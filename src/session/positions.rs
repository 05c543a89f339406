//! Private positions before a decision: what each thinks, and how sure they are, before the room talks itself into one mind.
//!
//! They are journalled at once, and nobody is shown any of them until the decision is recorded: there is no accessor by value. Then all become
//! remarks, and those that differ become dissent as well.

use super::seating::LONGEST_LABEL;
use super::{Session, Trouble};
use crate::ids::*;
use crate::journal::{Annotation, Entry, Position, RemarkKind};
use crate::time::ExerciseTime;
use crate::vocabulary::{Command, incident_command};

/// A position that somebody took.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Private {
    pub at: ExerciseTime,
    pub gate: GateId,
    /// None for somebody who has no role.
    pub role: Option<RoleId>,
    pub choice: u8,
    pub sure: u8,
    pub by: Option<String>,
    /// It stands among the remarks.
    pub revealed: bool,
}

/// What tells somebody apart, if anything does.
fn label(by: Option<String>) -> Option<String> {
    by.map(|by| by.trim().to_owned()).filter(|by| !by.is_empty())
}

impl Session {
    /// Takes what somebody at the table thinks of a decision, and how sure they are in percent. `by` tells several people in one role apart, and
    /// says who it is that has none: a function, initials or a number, never a name. Of one person the last word counts.
    ///
    /// # Errors
    /// There is no such choice, nothing says who it is, or the decision has been recorded.
    pub fn position(&mut self, gate: GateId, role: impl Into<Option<RoleId>>, choice: u8, sure: u8, by: Option<String>) -> Result<(), Trouble> {
        let (role, by) = (role.into(), label(by));
        self.write_position(Private { at: self.now(), gate, role, choice, sure: sure.min(100), by, revealed: false }, false)
    }

    /// Takes back what was written down of somebody's position on a decision that has not been recorded: it was a slip of whoever wrote it down.
    ///
    /// # Errors
    /// There is none, or the decision has been recorded.
    pub fn take_back_position(&mut self, gate: GateId, role: Option<RoleId>, by: Option<&str>) -> Result<(), Trouble> {
        let same = |private: &&Private| !private.revealed && (private.gate, private.role, private.by.as_deref()) == (gate, role, by);
        let Some(private) = self.positions.iter().find(same).cloned() else {
            return Err(Trouble::Not("nothing was written down of theirs".to_owned()));
        };
        self.write_position(Private { at: self.now(), ..private }, true)
    }

    fn write_position(&mut self, private: Private, taken_back: bool) -> Result<(), Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        let public = &self.prepared.program.public;
        let plan = public.gates.get(private.gate.index()).ok_or_else(|| Trouble::Not("there is no such decision".to_owned()))?;
        let role = match private.role.map(|role| public.roles.get(role.index())) {
            Some(None) => return Err(Trouble::Not("there is no such role".to_owned())),
            None if private.by.is_none() => return Err(Trouble::Not("say who it is: a role, or what tells them apart".to_owned())),
            known => known.flatten().map(|role| role.id.clone()),
        };
        if private.by.as_ref().is_some_and(|by| by.chars().count() > LONGEST_LABEL) {
            return Err(Trouble::Not(format!("a label has at most {LONGEST_LABEL} characters")));
        }
        let Some(chosen) = plan.choices.get(usize::from(private.choice)) else {
            return Err(Trouble::Not(format!("`{}` has {} choices", plan.id, plan.choices.len())));
        };
        if self.recorded_choice(private.gate).is_some() {
            return Err(Trouble::Not(format!("\u{201c}{}\u{201d} is decided already: what was thought before can not be said after", plan.ask)));
        }
        let (gate, choice) = (plan.id.clone(), chosen.id.clone());
        let entry = Position { at: private.at, gate, role, choice, sure: private.sure, by: private.by.clone(), taken_back };
        self.take_position(private, taken_back);
        self.write(&Entry::Position(entry));
        Ok(())
    }

    /// Who has taken a position on a decision that is still to be recorded, without what it is: the role, and which of several people in it.
    pub fn positions_taken(&self, gate: GateId) -> Vec<(Option<RoleId>, Option<&str>)> {
        let of = self.positions.iter().filter(|private| private.gate == gate && !private.revealed);
        of.map(|private| (private.role, private.by.as_deref())).collect()
    }

    fn take_position(&mut self, private: Private, taken_back: bool) {
        // What has been revealed belongs to an earlier round of the same decision.
        self.positions.retain(|known| known.revealed || (known.gate, known.role, &known.by) != (private.gate, private.role, &private.by));
        if !taken_back {
            self.positions.push(private);
        }
    }

    /// After a crash: a position as the journal has it.
    pub(super) fn position_again(&mut self, position: &Position) -> Result<(), Trouble> {
        let names = &self.prepared.names;
        let gate: GateId = names.resolve(&position.gate).map_err(Trouble::Not)?;
        let role = position.role.as_deref().map(|role| names.resolve::<RoleId>(role)).transpose().map_err(Trouble::Not)?;
        let choices = &self.prepared.program.public.gates[gate.index()].choices;
        let choice = choices.iter().position(|choice| choice.id == position.choice).and_then(|place| u8::try_from(place).ok());
        let choice = choice.ok_or_else(|| Trouble::Not(format!("`{}` has no choice `{}`", position.gate, position.choice)))?;
        let by = position.by.clone();
        let private = Private { at: position.at, gate, role, choice, sure: position.sure.min(100), by, revealed: false };
        self.take_position(private, position.taken_back);
        Ok(())
    }

    /// What was decided at a gate: in play, or by a record that is still being carried out.
    fn recorded_choice(&self, gate: GateId) -> Option<u8> {
        let decided = self.roles().find_map(|role| self.view(role).knowledge.gates.get(gate.index()).and_then(|belief| belief.decided));
        let to_be = || {
            self.roles().find_map(|role| {
                self.waiting(role).iter().find_map(|waiting| match waiting.order.command {
                    Command::IncidentCommand(incident_command::Command::Decide { gate: of, choice, .. }) if of == gate => Some(choice),
                    _ => None,
                })
            })
        };
        decided.or_else(to_be)
    }

    /// Positions on decisions that have been recorded, or that nobody took in time, become remarks.
    pub(super) fn reveal(&mut self) {
        let mut ready: Vec<(usize, u8)> = Vec::new();
        for (place, private) in self.positions.iter().enumerate().filter(|(_, private)| !private.revealed) {
            if let Some(chosen) = self.recorded_choice(private.gate) {
                ready.push((place, chosen));
            }
        }
        for (place, chosen) in ready {
            let private = &mut self.positions[place];
            private.revealed = true;
            let private = private.clone();
            let remarks = self.position_remarks(&private, chosen);
            remarks.into_iter().for_each(|remark| self.annotate(remark));
        }
    }

    /// What a position is as remarks: itself, and dissent where the decision was another.
    fn position_remarks(&self, private: &Private, chosen: u8) -> Vec<Annotation> {
        let public = &self.prepared.program.public;
        let Some(plan) = public.gates.get(private.gate.index()) else { return Vec::new() };
        let Some(choice) = plan.choices.get(usize::from(private.choice)) else { return Vec::new() };
        let role = private.role.and_then(|role| public.roles.get(role.index())).map(|role| role.label.as_str());
        let who = role.into_iter().chain(private.by.as_deref()).collect::<Vec<_>>().join(", ");
        let remark = |kind: RemarkKind, text: String| Annotation {
            by: Some(who.clone()),
            about: Some(plan.id.clone()),
            value: Some(choice.id.clone()),
            ..Annotation::new(kind, text)
        };
        let mut remarks = vec![remark(RemarkKind::Position, format!("{} ({} % sure)", choice.text.trim_end_matches('.'), private.sure))];
        if private.choice != chosen {
            let text = choice.text.trim_end_matches('.');
            remarks.push(remark(RemarkKind::Dissent, format!("{} {who} thought otherwise: {text} ({} % sure)", plan.ask, private.sure)));
        }
        remarks
    }

    /// After a crash: what had become of positions. A remark that was not written then is written now, and none is written twice.
    pub(super) fn positions_again(&mut self) {
        let said = |remark: &&Annotation| matches!(remark.kind, RemarkKind::Position | RemarkKind::Dissent);
        let mut said: Vec<Annotation> = self.annotations.iter().filter(said).cloned().collect();
        let mut missing = Vec::new();
        for place in 0..self.positions.len() {
            let recorded = self.recorded_choice(self.positions[place].gate);
            // Where nothing is recorded any more, the decision was opened once more: of the first round, everything was said.
            let remarks = self.position_remarks(&self.positions[place], recorded.unwrap_or(self.positions[place].choice));
            let mut unsaid = Vec::new();
            for remark in remarks {
                let same = |other: &Annotation| {
                    (&other.kind, &other.by, &other.about, &other.text) == (&remark.kind, &remark.by, &remark.about, &remark.text)
                };
                match said.iter().position(same) {
                    Some(known) => {
                        said.remove(known);
                        self.positions[place].revealed = true;
                    }
                    None => unsaid.push(remark),
                }
            }
            if recorded.is_some() {
                self.positions[place].revealed = true;
                missing.append(&mut unsaid);
            }
        }
        missing.into_iter().for_each(|remark| self.annotate(remark));
    }
}
