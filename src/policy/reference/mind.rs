//! What a rule looks at: the view, the tables, and what is kept in mind.

use super::Style;
use super::desk::Desk;
use super::memory::Memory;
use crate::exercise::knowledge::View;
use crate::exercise::quote::accepts;
use crate::ids::*;
use crate::scenario::written::{LoginLevel, Skill, Verb};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::estate::Seen;
use crate::vocabulary::{Command, Order};

/// What a rule looks at.
pub(super) struct Mind<'a> {
    pub view: &'a View<'a>,
    pub desk: &'a Desk,
    pub memory: &'a Memory,
    pub style: Style,
}

impl Mind<'_> {
    /// An order that would be accepted, or none.
    pub fn order(&self, verb: Verb, command: impl Into<Command>) -> Option<Order> {
        let order = Order { action: self.desk.action(self.view, verb)?, command: command.into() };
        accepts(self.view, &order).then_some(order)
    }

    /// Whether there is any sign of an adversary.
    pub fn signs(&self) -> bool {
        self.memory.first_sign.is_some()
    }

    /// Whether an incident is declared.
    pub fn declared(&self) -> bool {
        self.view.knowledge.declared.is_some()
    }

    /// So long after something, or if it never was.
    pub fn over(&self, last: Option<ExerciseTime>, span: Span) -> bool {
        last.is_none_or(|last| self.view.now >= last + span)
    }

    /// Whether somebody with a skill is likely to be free: none of this role's tasks waits for one.
    pub fn free(&self, skill: Skill) -> bool {
        self.memory.tasks.iter().all(|task| !task.waits || task.skill != Some(skill))
    }

    /// Machines with signs on them, in order.
    pub fn found(&self) -> impl Iterator<Item = AssetId> + '_ {
        self.memory.marked.iter().filter(|asset| self.view.knowledge.assets[asset.index()].found)
    }

    /// Machines with signs that are still on the network and working.
    pub fn at_large(&self) -> impl Iterator<Item = AssetId> + '_ {
        self.found().filter(|asset| self.looks(*asset) == Seen::Working)
    }

    /// What a machine looks like.
    pub fn looks(&self, asset: AssetId) -> Seen {
        self.view.knowledge.assets[asset.index()].looks
    }

    /// Logins of at least this level that are in other hands and still open something; what was stolen before a new secret was given opens nothing.
    pub fn lost_logins(&self, level: LoginLevel) -> impl Iterator<Item = LoginId> + '_ {
        let logins = self.view.knowledge.logins.iter().zip(&self.view.public.logins).enumerate();
        logins
            .filter(move |(_, (belief, plan))| belief.known && belief.taken && !belief.disabled && plan.level >= level)
            .filter(|(place, _)| !self.memory.stolen_before[*place])
            .map(|(place, _)| LoginId::at(place))
    }

    /// Encryption was seen in the last hours.
    pub fn burning(&self) -> bool {
        self.memory.encrypted >= 2 && !self.over(self.memory.last_encrypted, Span::hours(2))
    }

    /// How sure one can be of a claim, in percent: what was found out oneself counts most; of two voices that disagree, the one that bears the
    /// worse news is believed more; a reassuring message from outside weighs little once there are signs; what one believed before anything
    /// happened is no evidence.
    pub fn confidence(&self, claim: ClaimId) -> u8 {
        let heard = self.memory.claims[claim.index()];
        let grave = self.desk.grave[claim.index()];
        let believed_before = self.view.public.roles[self.view.role.index()].believes.contains(&claim);
        match (heard.yes, heard.no) {
            _ if heard.found_out => 97,
            (true, true) if grave => 75,
            (true, true) => 15,
            (true, false) if grave => 95,
            (true, false) if heard.vouched_for && !believed_before => 80,
            (true, false) if self.signs() => 35,
            (true, false) => 60,
            (false, true) => 5,
            (false, false) if believed_before => 40,
            (false, false) => 50,
        }
    }

    /// The next moment at which a rule that waits for the clock has something to do.
    pub fn next_moment(&self) -> Option<ExerciseTime> {
        let gates = (0..self.memory.gates.len()).map(GateId::at).filter_map(|gate| self.speaks_at(gate));
        gates.chain(self.notifies_at()).filter(|at| *at > self.view.now).min()
    }
}
