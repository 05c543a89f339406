//! Communication: asking, signing off, publishing; and what stakeholders make of what they hear.

use bevy::ecs::resource::Resource;

use crate::exercise::agenda::{Lane, Work};
use crate::exercise::incident_command::acts_for;
use crate::exercise::outbox::Outbox;
use crate::exercise::team;
use crate::ids::*;
use crate::scenario::program::{Program, Public};
use crate::time::Span;
use crate::vocabulary::communication::{Command, Fact, Observation, Stance};
use crate::vocabulary::team::Outcome;

/// What is due in communication.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    /// Somebody in the team was told a claim as true: those who must hear of it start waiting.
    Told { claim: ClaimId },
    /// A stakeholder has waited long enough.
    ShouldHaveHeard { stakeholder: StakeholderId, claim: ClaimId },
    /// A statement goes out.
    Publish { statement: StatementId, role: RoleId },
    /// Trust changes.
    Trust { stakeholder: StakeholderId, by: i8 },
}

/// What has been said, and how much is trusted.
#[derive(Resource, Clone, Debug)]
pub struct Communication {
    trust: Vec<u8>,
    signed: Vec<RoleSet>,
    published: Vec<bool>,
    /// What each stakeholder heard of each claim, last.
    heard: Vec<Vec<Option<Stance>>>,
    waiting: Vec<bool>,
}

impl Communication {
    /// Trust as it is at STARTEX; nothing is said.
    pub fn at_startex(program: &Program) -> Communication {
        let public = &program.public;
        Communication {
            trust: public.stakeholders.iter().map(|stakeholder| stakeholder.trust).collect(),
            signed: vec![RoleSet::NONE; public.statements.len()],
            published: vec![false; public.statements.len()],
            heard: vec![vec![None; public.claims.len()]; public.stakeholders.len()],
            waiting: vec![false; public.claims.len()],
        }
    }

    pub(super) fn handle(&mut self, due: Due, out: &mut Outbox<'_>) {
        match due {
            Due::Told { claim } => {
                if std::mem::replace(&mut self.waiting[claim.index()], true) {
                    return;
                }
                for (place, stakeholder) in out.program.public.stakeholders.iter().enumerate() {
                    for (must_hear, within) in &stakeholder.must_hear {
                        if *must_hear == claim {
                            let stakeholder = StakeholderId::at(place);
                            out.later(out.now + *within + Span(1), Lane::World, Due::ShouldHaveHeard { stakeholder, claim });
                        }
                    }
                }
            }
            Due::ShouldHaveHeard { stakeholder, claim } => {
                if self.heard[stakeholder.index()][claim.index()].is_none() {
                    out.fact(Fact::NotHeard { stakeholder, claim });
                    self.change_trust(stakeholder, -2, out);
                }
            }
            Due::Publish { statement, role } => self.publish(statement, role, out),
            Due::Trust { stakeholder, by } => self.change_trust(stakeholder, by, out),
        }
    }

    fn change_trust(&mut self, stakeholder: StakeholderId, by: i8, out: &mut Outbox<'_>) {
        let trust = &mut self.trust[stakeholder.index()];
        let changed = trust.saturating_add_signed(by).min(10);
        if changed != *trust {
            *trust = changed;
            out.fact(Fact::TrustBecame { stakeholder, trust: changed });
            let roles = out.roles(|role| role.stakeholders.contains(&stakeholder));
            out.tell(roles, Observation::Trust { stakeholder, trust: changed });
        }
    }

    fn publish(&mut self, statement: StatementId, role: RoleId, out: &mut Outbox<'_>) {
        if std::mem::replace(&mut self.published[statement.index()], true) {
            return;
        }
        let plan = &out.program.public.statements[statement.index()];
        out.fact(Fact::Published { statement, role });
        let everybody = out.everybody();
        out.tell(everybody, Observation::StatementIsOut { statement });
        for stakeholder in &plan.to {
            for (claim, stance) in &plan.says {
                self.heard[stakeholder.index()][claim.index()] = Some(*stance);
                out.effect(Fact::Said { claim: *claim, stance: *stance, to: *stakeholder });
            }
        }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, out: &mut Outbox<'_>) {
        let mut outcome = Outcome::Done;
        match command {
            Command::Ask { stakeholder } => {
                out.fact(Fact::Asked { stakeholder, role: work.role });
                for claim in &out.program.secret.stakeholders[stakeholder.index()].knows {
                    out.tell(RoleSet::one(work.role), Observation::Claim { claim: *claim, stance: Stance::Yes });
                }
            }
            Command::SignOff { statement } => {
                let signs_for = signs_for(&out.program.public, out.knowledge().away(), work.role, statement);
                if signs_for.is_empty() {
                    outcome = Outcome::Failed;
                }
                for role in signs_for.iter().filter(|role| !self.signed[statement.index()].has(*role)).collect::<Vec<_>>() {
                    self.signed[statement.index()] = self.signed[statement.index()].with(role);
                    out.fact(Fact::SignedOff { statement, role });
                    out.tell_everybody(Observation::StatementSigned { statement, role });
                }
            }
            Command::Publish { statement } => self.publish(statement, work.role, out),
        }
        out.ask(team::Due::Ended { work, outcome });
    }
}

/// In whose place a role signs a statement: its own, and that of those who are away and whose deputy it is, as far as their word is asked for.
pub fn signs_for(public: &Public, away: RoleSet, role: RoleId, statement: StatementId) -> RoleSet {
    let asked = public.statements[statement.index()].signed_off_by;
    acts_for(public, away, role).iter().filter(|role| asked.has(*role)).collect()
}
