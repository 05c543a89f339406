//! Who was told what and when; what was believed, said and written down; and what was true.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alerts, Mark};
use crate::ids::{AssetId, ClaimId, DenseId, Key, RoleId, RoleSet, StakeholderId};
use crate::scenario::program::{Program, Truth};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::{Observation, adversary, communication, detection, documentation, estate, investigation};

/// A belief somebody stated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Belief {
    /// When.
    pub mark: Mark,
    /// Who.
    pub role: RoleId,
    /// About what.
    pub claim: ClaimId,
    /// 0 (surely false) to 100 (surely true).
    pub percent: u8,
}

/// A claim that a stakeholder heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SaidOnce {
    /// When.
    pub mark: Mark,
    /// Which.
    pub claim: ClaimId,
    /// How it was put.
    pub stance: Stance,
    /// Who heard it.
    pub to: StakeholderId,
    /// Whether the claim was true at that instant.
    pub was_true: bool,
}

impl SaidOnce {
    /// Whether what was said was not so. "Not known yet" claims nothing, and is never false.
    pub fn is_false(&self) -> bool {
        matches!((self.stance, self.was_true), (Stance::Yes, false) | (Stance::No, true))
    }

    /// Whether it told what is so.
    pub fn is_right(&self) -> bool {
        matches!((self.stance, self.was_true), (Stance::Yes, true) | (Stance::No, false))
    }
}

/// What people knew, and what they made of it.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// When a claim was first told to a role, by claim, by role: that it is so, or rightly that it is not.
    pub told: Vec<[Option<Mark>; RoleSet::CAPACITY]>,
    /// Beliefs, in order.
    pub beliefs: Vec<Belief>,
    /// What was said, in order.
    pub said: Vec<SaidOnce>,
    /// Claims that the log holds.
    pub log_claims: BTreeSet<ClaimId>,
    /// Machines that the log holds to be taken.
    pub log_machines: BTreeSet<AssetId>,
    /// How many times somebody wrote into it.
    pub log_entries: u32,
    /// When somebody reported to all.
    pub reports: Vec<Mark>,
    /// Machines on which somebody was told of signs, and when first.
    signs: BTreeMap<AssetId, Mark>,
    /// Machines that somebody was told are encrypted, and when first.
    seen_encrypted: BTreeMap<AssetId, Mark>,
    /// The last verdict that was told, by alert, with the machine it is about.
    verdicts: BTreeMap<Key, (AssetId, bool, Mark)>,
    /// When claims became true in the exercise.
    became_true: Vec<Option<Mark>>,
    truth: Vec<Truth>,
}

impl Knowledge {
    pub(super) fn begin(program: &Program) -> Knowledge {
        let claims = program.public.claims.len();
        Knowledge {
            told: vec![[None; RoleSet::CAPACITY]; claims],
            became_true: vec![None; claims],
            truth: program.secret.truth.clone(),
            ..Knowledge::default()
        }
    }

    pub(super) fn take_truth(&mut self, mark: Mark, fact: &adversary::Fact) {
        match *fact {
            adversary::Fact::ClaimBecameTrue { claim } => {
                if let Some(since) = self.became_true.get_mut(claim.index()) {
                    *since = since.or(Some(mark));
                }
            }
            // The same instant as the fact above, one way or the other; whichever the ledger has first.
            adversary::Fact::StageDone { stage, .. } => {
                for (since, truth) in self.became_true.iter_mut().zip(&self.truth) {
                    if *truth == Truth::Once(stage) {
                        *since = since.or(Some(mark));
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn take_belief(&mut self, mark: Mark, fact: &investigation::Fact) {
        if let investigation::Fact::Believed { role, claim, percent } = *fact {
            self.beliefs.push(Belief { mark, role, claim, percent: percent.min(100) });
        }
    }

    pub(super) fn take_said(&mut self, mark: Mark, fact: &communication::Fact) {
        if let communication::Fact::Said { claim, stance, to } = *fact {
            let was_true = self.is_true(claim);
            self.said.push(SaidOnce { mark, claim, stance, to, was_true });
        }
    }

    pub(super) fn take_log(&mut self, mark: Mark, fact: &documentation::Fact) {
        match *fact {
            documentation::Fact::Logged { .. } => self.log_entries += 1,
            documentation::Fact::LogHoldsClaim { claim } => drop(self.log_claims.insert(claim)),
            documentation::Fact::LogHoldsAsset { asset } => drop(self.log_machines.insert(asset)),
            documentation::Fact::Reported { .. } => self.reports.push(mark),
        }
    }

    pub(super) fn take_told(&mut self, mark: Mark, roles: RoleSet, observation: &Observation, alerts: &Alerts) {
        match *observation {
            Observation::Communication(communication::Observation::Claim { claim, stance }) => {
                // Who denies what is so has not told it, nor has who says that it is not known.
                let tells = match stance {
                    Stance::Yes => true,
                    Stance::No => !self.is_true(claim),
                    Stance::NotYet => false,
                };
                if !tells {
                    return;
                }
                if let Some(told) = self.told.get_mut(claim.index()) {
                    for role in roles.iter() {
                        told[role.index()] = told[role.index()].or(Some(mark));
                    }
                }
            }
            Observation::Investigation(investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset }) => {
                self.signs.entry(asset).or_insert(mark);
            }
            Observation::Estate(estate::Observation::AssetLooks { asset, seen: Seen::Encrypted }) => {
                self.seen_encrypted.entry(asset).or_insert(mark);
            }
            Observation::Detection(detection::Observation::Verdict { alert, real }) => {
                if let Some(known) = alerts.get(alert) {
                    self.verdicts.insert(alert, (known.asset, real, mark));
                }
            }
            _ => {}
        }
    }

    /// Whether a claim is true by what has been folded so far.
    fn is_true(&self, claim: ClaimId) -> bool {
        match self.truth.get(claim.index()) {
            Some(Truth::Always) => true,
            Some(Truth::Once(_)) => self.became_true.get(claim.index()).is_some_and(Option::is_some),
            Some(Truth::Never) | None => false,
        }
    }

    /// Whether a claim was true at a moment, that moment included.
    pub fn was_true(&self, claim: ClaimId, at: ExerciseTime) -> bool {
        match self.truth.get(claim.index()) {
            Some(Truth::Always) => true,
            Some(Truth::Once(_)) => self.became_true.get(claim.index()).copied().flatten().is_some_and(|since| since.at <= at),
            Some(Truth::Never) | None => false,
        }
    }

    /// When a role was first told a claim: that it is so, or rightly that it is not. A false denial, and "not known yet", tell nothing.
    pub fn told_first(&self, claim: ClaimId, role: RoleId) -> Option<Mark> {
        self.told.get(claim.index())?.get(role.index()).copied().flatten()
    }

    /// Which role was first told a claim, and when.
    pub fn first_who_knew(&self, claim: ClaimId) -> Option<(RoleId, Mark)> {
        let told = self.told.get(claim.index())?;
        told.iter().enumerate().filter_map(|(role, mark)| Some((RoleId::at(role), (*mark)?))).min_by_key(|(_, mark)| *mark)
    }

    /// Machines that the team holds to be taken: there were signs on them, they are encrypted, or an alert about them was last judged real.
    pub fn held_to_be_taken(&self) -> BTreeMap<AssetId, Mark> {
        let mut held = self.signs.clone();
        let verdicts = self.verdicts.values().filter(|(_, real, _)| *real).map(|(asset, _, mark)| (asset, mark));
        for (asset, mark) in self.seen_encrypted.iter().chain(verdicts) {
            held.entry(*asset).and_modify(|first| *first = (*first).min(*mark)).or_insert(*mark);
        }
        held
    }

    /// What was last believed of a claim up to a moment, that moment included, by whomever.
    pub fn last_belief(&self, claim: ClaimId, until: ExerciseTime) -> Option<Belief> {
        self.beliefs.iter().rfind(|belief| belief.claim == claim && belief.mark.at <= until).copied()
    }

    /// Claims said to any of these that were not so. A claim said at one instant to several counts once.
    pub fn false_claims(&self, to: &[StakeholderId]) -> Vec<SaidOnce> {
        let mut once = BTreeSet::new();
        self.said.iter().filter(|said| to.contains(&said.to) && said.is_false() && once.insert((said.claim, said.mark.at))).copied().collect()
    }

    /// When a stakeholder first heard of a claim: how it really is, or that it is not known yet.
    pub fn heard(&self, stakeholder: StakeholderId, claim: ClaimId) -> Option<Mark> {
        let of_it = |said: &&SaidOnce| said.to == stakeholder && said.claim == claim && (said.is_right() || said.stance == Stance::NotYet);
        self.said.iter().find(of_it).map(|said| said.mark)
    }

    /// How much of what the team knows at ENDEX the log holds: claims that any role was told, and machines on which signs were found.
    /// Held by the log, and known. A machine that was found and rebuilt before anybody wrote it down stays a gap.
    pub fn log_covers(&self) -> (u32, u32) {
        let claims: Vec<ClaimId> =
            self.told.iter().enumerate().filter(|(_, told)| told.iter().any(Option::is_some)).map(|(claim, _)| ClaimId::at(claim)).collect();
        let machines = &self.signs;
        let logged = claims.iter().filter(|claim| self.log_claims.contains(claim)).count()
            + machines.keys().filter(|machine| self.log_machines.contains(machine)).count();
        (logged as u32, (claims.len() + machines.len()) as u32)
    }
}
