//! The ledger, read once: what each fact says, what an alert or a finding comes from, when claims were true, and what had been told by when.

use std::collections::{BTreeMap, BTreeSet};

use super::FactLine;
use crate::debrief::narrative::{Ids, Teller, counted};
use crate::ids::*;
use crate::scenario::program::{Program, Truth};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{Fact, Observation, adversary, communication, continuity, detection, investigation};

/// As many claims are written out where it is told what was known; the rest is counted, and in the table of all that was told.
const CLAIMS_SHOWN: usize = 5;

/// A finished ledger with what it takes to tell of it.
pub struct Reading<'a> {
    /// The scenario.
    pub program: &'a Program,
    /// All facts, in order.
    pub facts: Vec<Happened>,
    /// Names.
    pub teller: Teller<'a>,
    /// What the ids in remarks are called.
    pub ids: Ids,
    texts: Vec<String>,
    /// Traces by key: the stage that left them.
    traces: BTreeMap<Key, StageId>,
    /// When claims came true, by claim.
    came_true: BTreeMap<ClaimId, ExerciseTime>,
    /// The last moment of the story that was played.
    pub until: ExerciseTime,
}

/// What something comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A step of the attack.
    Stage(StageId),
    /// Nothing of the attack.
    Harmless,
}

impl<'a> Reading<'a> {
    /// Reads a ledger.
    pub fn new(program: &'a Program, ledger: &Ledger) -> Reading<'a> {
        let facts: Vec<Happened> = ledger.iter().copied().collect();
        let mut teller = Teller::new(program);
        let texts = facts.iter().map(|happened| teller.tell(happened)).collect();
        let mut traces = BTreeMap::new();
        let mut came_true = BTreeMap::new();
        for happened in &facts {
            match happened.fact {
                Fact::Adversary(adversary::Fact::Trace { trace, stage, .. }) => {
                    traces.insert(trace, stage);
                }
                Fact::Adversary(adversary::Fact::ClaimBecameTrue { claim }) => {
                    came_true.entry(claim).or_insert(happened.at);
                }
                // The fact that makes a claim true says so itself where the engine does not.
                Fact::Adversary(adversary::Fact::StageDone { stage, .. }) => {
                    for (place, truth) in program.secret.truth.iter().enumerate() {
                        if *truth == Truth::Once(stage) {
                            came_true.entry(ClaimId::at(place)).or_insert(happened.at);
                        }
                    }
                }
                _ => {}
            }
        }
        let until = facts.last().map_or(program.public.endex, |last| last.at.min(program.public.endex)).max(ExerciseTime(0));
        Reading { program, facts, teller, ids: Ids::of(program), texts, traces, came_true, until }
    }

    /// What a fact says.
    pub fn text(&self, seq: u32) -> &str {
        self.texts.get(seq as usize).map_or("", String::as_str)
    }

    /// The clock of the story.
    pub fn clock(&self, at: ExerciseTime) -> String {
        self.program.public.calendar.label(at)
    }

    /// A fact, as it is shown.
    pub fn line(&self, seq: u32) -> Option<FactLine> {
        let happened = self.facts.get(seq as usize)?;
        Some(FactLine { seq, at: happened.at, clock: self.clock(happened.at), text: self.text(seq).to_owned() })
    }

    /// Whether a claim was true at a moment.
    pub fn is_true(&self, claim: ClaimId, at: ExerciseTime) -> bool {
        match self.program.secret.truth.get(claim.index()) {
            Some(Truth::Always) => true,
            Some(Truth::Once(_)) => self.came_true.get(&claim).is_some_and(|since| *since <= at),
            Some(Truth::Never) | None => false,
        }
    }

    /// Since when a claim was true, if something in play or before made it so.
    pub fn true_since(&self, claim: ClaimId) -> Option<ExerciseTime> {
        self.came_true.get(&claim).copied()
    }

    /// The step of the attack that makes a claim true, if one does.
    pub fn makes_true(&self, claim: ClaimId) -> Option<StageId> {
        match self.program.secret.truth.get(claim.index()) {
            Some(Truth::Once(stage)) if self.came_true.contains_key(&claim) => Some(*stage),
            _ => None,
        }
    }

    /// The stage that left a trace.
    pub fn stage_of(&self, trace: Key) -> Option<StageId> {
        self.traces.get(&trace).copied()
    }

    /// What a fact comes from in the end, as far as its causes are facts: a trace of the attack, or something harmless.
    pub fn origin(&self, happened: &Happened) -> Option<Origin> {
        let mut at = *happened;
        // A chain goes back in the ledger, so it ends; the bound is for ledgers from outside that claim otherwise.
        for _ in 0..16 {
            match at.fact {
                Fact::Adversary(adversary::Fact::Trace { stage, .. }) => return Some(Origin::Stage(stage)),
                Fact::Investigation(investigation::Fact::Found { trace, .. }) => return self.stage_of(trace).map(Origin::Stage),
                Fact::Detection(detection::Fact::Noise { .. }) => return Some(Origin::Harmless),
                _ => {}
            }
            match at.cause {
                Cause::Fact(seq) if seq < at.seq => at = *self.facts.get(seq as usize)?,
                _ => return None,
            }
        }
        None
    }

    /// What these roles (or anybody, if empty) had been told by a moment: claims with what was said last, alerts, machines, services.
    pub fn known(&self, at: ExerciseTime, roles: RoleSet) -> Known {
        let mut known = Known::default();
        for happened in self.facts.iter().take_while(|happened| happened.at <= at) {
            let Fact::Told(observation) = happened.fact else { continue };
            if !roles.is_empty() && happened.roles.0 & roles.0 == 0 {
                continue;
            }
            match observation {
                Observation::Communication(communication::Observation::Claim { claim, stance }) => {
                    known.claims.entry(claim).or_default().push((stance, happened.at));
                }
                Observation::Detection(detection::Observation::Alert { alert, .. }) => {
                    known.alerts.insert(alert);
                }
                Observation::Detection(detection::Observation::Verdict { alert, .. } | detection::Observation::AlertDismissed { alert }) => {
                    known.judged.insert(alert);
                }
                Observation::Investigation(investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset }) => {
                    known.machines.insert(asset);
                }
                Observation::Continuity(continuity::Observation::ServiceIs { service, percent }) => {
                    known.services.insert(service, percent);
                }
                _ => {}
            }
        }
        known
    }

    /// The same in sentences, without a word on what was true: the latest of what was said first.
    pub fn known_in_words(&self, known: &Known) -> Vec<String> {
        let mut lines = Vec::new();
        let mut claims: Vec<_> = known.claims.iter().filter_map(|(claim, said)| Some((*claim, said, *said.last()?))).collect();
        claims.sort_by_key(|(claim, _, (_, when))| (std::cmp::Reverse(*when), *claim));
        for (claim, said, (stance, when)) in claims.iter().take(CLAIMS_SHOWN) {
            let word = match stance {
                Stance::Yes => "Said",
                Stance::No => "Denied",
                Stance::NotYet => "Left open",
            };
            let differed = said.iter().any(|(other, _)| other != stance);
            let source = if differed { "; before that, otherwise" } else { "" };
            lines.push(format!("{word}: \u{201c}{}\u{201d} ({}{source}).", self.teller.claim(*claim), self.clock(*when)));
        }
        if claims.len() > CLAIMS_SHOWN {
            lines.push(format!("{} said earlier.", counted((claims.len() - CLAIMS_SHOWN) as i64, "more claim", "more claims")));
        }
        let down: Vec<String> = known
            .services
            .iter()
            .filter(|(_, percent)| **percent < 100)
            .map(|(service, percent)| format!("{} at {percent} %", self.teller.service(*service)))
            .collect();
        let open = known.alerts.difference(&known.judged).count();
        if !known.alerts.is_empty() {
            lines.push(format!("{} had come in, {open} of them not judged yet.", counted(known.alerts.len() as i64, "alert", "alerts")));
        }
        if !known.machines.is_empty() {
            lines.push(format!("Signs of the adversary had been found on {}.", counted(known.machines.len() as i64, "machine", "machines")));
        }
        if !down.is_empty() {
            lines.push(format!("Services: {}.", some(&down, 4)));
        }
        if lines.is_empty() {
            lines.push("Nothing that the exercise keeps track of had been told yet.".into());
        }
        lines
    }
}

/// What had been told.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Claims, with everything said of each, in order.
    pub claims: BTreeMap<ClaimId, Vec<(Stance, ExerciseTime)>>,
    /// Alerts.
    pub alerts: BTreeSet<Key>,
    /// Alerts judged or put aside.
    pub judged: BTreeSet<Key>,
    /// Machines on which signs were found.
    pub machines: BTreeSet<AssetId>,
    /// Levels of services.
    pub services: BTreeMap<ServiceId, u8>,
}

/// The first few of a list, and how many more there are.
pub fn some(items: &[String], few: usize) -> String {
    if items.is_empty() {
        String::new()
    } else if items.len() <= few + 1 {
        super::super::narrative::listed(items)
    } else {
        format!("{} and {} more", items[..few].join(", "), items.len() - few)
    }
}
