//! Which stages may still succeed: what waits for one that never can would wait for ever.

use super::Adversary;
use super::choice::GIVEN_UP_AFTER;
use crate::exercise::estate::Estate;
use crate::ids::*;
use crate::scenario::program::{Act, Need, Program, Stage};

/// Which stages may still succeed: kept until the estate, its holdings, or what came of its stages change.
#[derive(Clone, Debug, Default)]
pub struct Hope {
    /// Of which state of the estate, of its holdings and of its stages this was found out.
    of: Option<(u64, u64, u32)>,
    may_succeed: Vec<bool>,
}

impl Adversary {
    /// Whether a stage may still succeed, whatever has to happen first. It may not once what it is aimed at is gone or its own already, or where
    /// it asks for what it does not have and no stage that may still succeed can bring.
    pub(super) fn may_still_succeed(&mut self, stage: StageId, estate: &Estate, program: &Program) -> bool {
        let now = (estate.revision(), self.revision, self.tried);
        if self.hope.of != Some(now) {
            let mut may_succeed = vec![false; program.secret.stages.len()];
            let mut logins: Vec<bool> = (0..program.public.logins.len()).map(|place| self.login_works(LoginId::at(place), estate)).collect();
            // From what it has to what that makes possible, and so on: stages that only each other could make possible are never reached.
            let mut more = true;
            while more {
                more = false;
                for (place, plan) in program.secret.stages.iter().enumerate() {
                    if may_succeed[place] || !self.is_worth_a_try(StageId::at(place), plan, estate, program) {
                        continue;
                    }
                    if plan.needs.iter().all(|need| self.may_be_met(*need, &logins, &may_succeed, program)) {
                        (may_succeed[place], more) = (true, true);
                        if let Act::Steal { login, .. } = plan.act {
                            logins[login.index()] = true;
                        }
                    }
                }
            }
            self.hope = Hope { of: Some(now), may_succeed };
        }
        self.hope.may_succeed[stage.index()]
    }

    /// Whether it holds a login that works.
    pub(super) fn login_works(&self, login: LoginId, estate: &Estate) -> bool {
        self.logins[login.index()].is_some_and(|generation| estate.login_works(login, generation))
    }

    /// Whether a stage is still to be done, and what it is aimed at is there.
    fn is_worth_a_try(&self, stage: StageId, plan: &Stage, estate: &Estate, program: &Program) -> bool {
        let state = self.stages[stage.index()];
        let given_up = state.failed >= GIVEN_UP_AFTER * 4 || (state.failed >= GIVEN_UP_AFTER && state.done == 0 && !plan.goal);
        if plan.is_past || given_up || (state.done > 0 && !plan.repeats) {
            return false;
        }
        let public = &program.public;
        match &plan.act {
            Act::Destroy { data } => estate.backup_there(*data),
            Act::Steal { login, from } => {
                let lies_on = &public.logins[login.index()].lies_on;
                self.logins[login.index()].is_none() && lies_on.iter().any(|asset| from.as_ref().is_none_or(|from| from.has(asset)))
            }
            Act::Impair { sensor } => !public.sensors[sensor.index()].covers.is_empty(),
            Act::CopyOut { data } => !public.data[data.index()].hosts.is_empty(),
            Act::Enter { through, to } => {
                public.links[through.index()].to.iter().any(|asset| !self.footholds.has(asset) && to.as_ref().is_none_or(|to| to.has(asset)))
            }
            Act::Run { .. } | Act::Persist { .. } | Act::Discover | Act::Spread { .. } | Act::Encrypt { .. } | Act::Demand => true,
        }
    }

    /// Whether a need is met, or may be once other stages have succeeded. Footholds, ways out and open data come and go: they are never given up.
    fn may_be_met(&self, need: Need, logins: &[bool], may_succeed: &[bool], program: &Program) -> bool {
        match need {
            Need::Holds(login) => logins[login.index()],
            Need::LoginOf(level) => program.public.logins.iter().zip(logins).any(|(login, may_have)| *may_have && login.level >= level),
            Need::Done(other) => self.stages[other.index()].done > 0 || may_succeed[other.index()],
            Need::Machines(count) => usize::from(count) <= program.public.assets.len(),
            Need::OpensData(data) => !program.public.data[data.index()].hosts.is_empty(),
            Need::Foothold | Need::WayOut => true,
        }
    }
}
