//! The ledger, read once: what each fact says, what an alert or a finding comes from, when claims were true, and what had been told by when.

use std::collections::{BTreeMap, BTreeSet};

use super::{FactLine, whose};
use crate::debrief::narrative::{Ids, Teller, bare, counted};
use crate::debrief::{Doer, Mode, Session};
use crate::ids::*;
use crate::scenario::program::{Program, Truth};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{
    Fact, Observation, adversary, communication, continuity, detection, documentation, exercise, incident_command, injects, investigation,
};

/// As many claims are written out where it is told what was known; the rest is counted, and in the table of all that was told.
const CLAIMS_SHOWN: usize = 5;

/// As many claims does an update name that is read aloud when a move opens.
const CLAIMS_IN_AN_UPDATE: usize = 4;

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
    /// Where alerts were raised and findings made, by key.
    shown: BTreeMap<Key, usize>,
    /// When each machine first fell into the adversary's hands, and by which step of the attack.
    pub taken: BTreeMap<AssetId, (ExerciseTime, StageId)>,
    /// The steps of the attack that succeeded, each when it first did.
    pub done: Vec<(StageId, ExerciseTime)>,
    /// The last moment of the story that was played.
    pub until: ExerciseTime,
    /// How it was played.
    pub mode: Mode,
    /// By fact: whose order it goes back to.
    pub by: Vec<Option<Doer>>,
    /// Whether it is known whose doing anything was.
    pub any_doer: bool,
    /// When moves opened, in order.
    pub moves: Vec<(ExerciseTime, MoveId)>,
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
    pub fn new(program: &'a Program, ledger: &Ledger, about: &Session) -> Reading<'a> {
        let facts: Vec<Happened> = ledger.iter().copied().collect();
        let mut teller = Teller::new(program);
        let texts = facts.iter().map(|happened| teller.tell(happened)).collect();
        let mut traces = BTreeMap::new();
        let mut came_true = BTreeMap::new();
        let mut moves = Vec::new();
        // Remarks may name evidence by the ten thousand: looked for among all facts each time, a small journal would keep a debrief busy for minutes.
        let mut shown = BTreeMap::new();
        let mut taken = BTreeMap::new();
        let mut done: Vec<(StageId, ExerciseTime)> = Vec::new();
        for (place, happened) in facts.iter().enumerate() {
            match happened.fact {
                Fact::Detection(detection::Fact::AlertRaised { alert: key, .. })
                | Fact::Investigation(investigation::Fact::Found { trace: key, .. }) => {
                    shown.entry(key).or_insert(place);
                }
                Fact::Adversary(adversary::Fact::Compromised { asset, stage }) => {
                    taken.entry(asset).or_insert((happened.at, stage));
                }
                Fact::IncidentCommand(incident_command::Fact::MoveOpened { number }) => moves.push((happened.at, number)),
                Fact::Adversary(adversary::Fact::Trace { trace, stage, .. }) => {
                    traces.insert(trace, stage);
                }
                Fact::Adversary(adversary::Fact::ClaimBecameTrue { claim }) => {
                    came_true.entry(claim).or_insert(happened.at);
                }
                // The fact that makes a claim true says so itself where the engine does not.
                Fact::Adversary(adversary::Fact::StageDone { stage, .. }) => {
                    if !done.iter().any(|(known, _)| *known == stage) {
                        done.push((stage, happened.at));
                    }
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
        let by = whose::doers(&facts, &about.doers);
        let (ids, any_doer) = (Ids::of(program), !about.doers.is_empty());
        Reading { program, facts, teller, ids, texts, traces, came_true, shown, taken, done, until, mode: about.mode, by, any_doer, moves }
    }

    /// What a fact says.
    pub fn text(&self, seq: u32) -> &str {
        self.texts.get(seq as usize).map_or("", String::as_str)
    }

    /// The fact that first showed somebody an alert or a finding of this key.
    pub fn shown(&self, key: Key) -> Option<&Happened> {
        self.facts.get(*self.shown.get(&key)?)
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

    /// How something reached whoever was told it, in words: by which message, in which briefing, or in the course of which work. And whether it came
    /// to the room from outside the simulation of its own roles: read aloud, handed out, or said by the facilitator.
    pub fn source(&self, told: &Happened) -> (String, bool) {
        let mut at = *told;
        for _ in 0..16 {
            match at.fact {
                Fact::Injects(injects::Fact::Fired { inject }) => {
                    let Some(inject) = self.program.public.injects.get(inject.index()) else { break };
                    let from = bare(&inject.from).replace('-', " ");
                    let from = if from.is_empty() { String::new() } else { format!(" from {from}") };
                    return (format!("{}{from}, to {}", inject.channel.label(), self.teller.roles(told.roles)), true);
                }
                Fact::Exercise(exercise::Fact::Directed { .. }) => return ("said by the facilitator".to_owned(), true),
                Fact::IncidentCommand(incident_command::Fact::Briefed { role, .. }) => {
                    return (format!("briefing by {}", self.teller.role(role)), false);
                }
                Fact::Documentation(documentation::Fact::Reported { role }) => {
                    return (format!("situation report by {}", self.teller.role(role)), false);
                }
                Fact::Investigation(investigation::Fact::Found { .. }) => return (self.by_work("found in a search", told), false),
                Fact::Detection(detection::Fact::Judged { .. }) => return (self.by_work("from an alert judged real", told), false),
                Fact::Communication(communication::Fact::Asked { stakeholder, .. }) => {
                    return (self.by_work(&format!("answer of {}", self.teller.stakeholder_words(stakeholder)), told), false);
                }
                _ => {}
            }
            match at.cause {
                Cause::Fact(seq) if seq < at.seq => match self.facts.get(seq as usize) {
                    Some(earlier) => at = *earlier,
                    None => break,
                },
                _ => break,
            }
        }
        (self.by_work("in the course of work", told), false)
    }

    fn by_work(&self, how: &str, told: &Happened) -> String {
        format!("{how}, to {}", self.teller.roles(told.roles))
    }

    /// What a room had heard by a moment, and what only the roles of the simulation had told each other or found by then. In a discussion the clock
    /// stands while the room talks: it has heard what was read and handed out until the clock stood still, and of the rest what an update told it
    /// when a move opened. Everywhere else whoever sits in a role has been told what the role was.
    pub fn heard(&self, room: ExerciseTime, roles_until: ExerciseTime, roles: RoleSet) -> (Known, Known) {
        let all = self.known(roles_until, roles);
        if self.mode != Mode::Discussion {
            return (all, Known::default());
        }
        let everybody = self.known(room, RoleSet::NONE);
        let mut heard = Known { machines: everybody.machines, services: everybody.services, ..Known::default() };
        let mut colleagues = Known { alerts: all.alerts, judged: all.judged, ..Known::default() };
        // As the update has them: in the order of the scenario, so many each time.
        let updated = self.updates(room);
        for (claim, said) in everybody.claims {
            for word in said {
                let aloud = updated.get(&claim).filter(|opened| word.stance == Stance::Yes && word.at <= **opened);
                match aloud {
                    _ if word.to_the_room => heard.claims.entry(claim).or_default().push(word),
                    Some(opened) if !heard.claims.contains_key(&claim) => {
                        heard.claims.entry(claim).or_default().push(Word { at: *opened, source: "update read aloud".to_owned(), ..word });
                    }
                    _ => {}
                }
            }
        }
        for (claim, said) in all.claims {
            let new: Vec<Word> = said.into_iter().filter(|word| !word.to_the_room || word.at > room).collect();
            let same = |last: &Word| heard.claims.get(&claim).and_then(|said| said.last()).is_some_and(|known| known.stance == last.stance);
            if new.last().is_some_and(|last| !same(last)) {
                colleagues.claims.insert(claim, new);
            }
        }
        (heard, colleagues)
    }

    /// Which claims updates told the room of that they are so, until a moment: those that were new to every role when a move opened.
    fn updates(&self, until: ExerciseTime) -> BTreeMap<ClaimId, ExerciseTime> {
        let mut first: BTreeMap<ClaimId, ExerciseTime> = BTreeMap::new();
        for happened in self.facts.iter().take_while(|happened| happened.at <= until) {
            if let Fact::Told(Observation::Communication(communication::Observation::Claim { claim, stance: Stance::Yes })) = happened.fact {
                first.entry(claim).or_insert(happened.at);
            }
        }
        let mut told = BTreeMap::new();
        for pair in self.moves.windows(2).filter(|pair| pair[1].0 <= until) {
            let new = first.iter().filter(|(_, since)| (pair[0].0..pair[1].0).contains(*since)).take(CLAIMS_IN_AN_UPDATE);
            told.extend(new.map(|(claim, _)| (*claim, pair[1].0)));
        }
        told
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
                    let (source, to_the_room) = self.source(happened);
                    known.claims.entry(claim).or_default().push(Word { stance, at: happened.at, source, to_the_room });
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

    /// The same in sentences, each with when it was told and by what, and without a word on what was true: the latest of what was said first.
    pub fn known_in_words(&self, known: &Known) -> Vec<String> {
        let mut lines = self.words(known);
        if lines.is_empty() {
            lines.push("Nothing that the exercise keeps track of had been told yet.".into());
        }
        lines
    }

    /// The same, and nothing where nothing was told.
    pub fn words(&self, known: &Known) -> Vec<String> {
        let mut lines = Vec::new();
        let mut claims: Vec<_> = known.claims.iter().filter_map(|(claim, said)| Some((*claim, said, said.last()?))).collect();
        claims.sort_by_key(|(claim, _, last)| (std::cmp::Reverse(last.at), *claim));
        for (claim, said, last) in claims.iter().take(CLAIMS_SHOWN) {
            let word = match last.stance {
                Stance::Yes => "Said",
                Stance::No => "Denied",
                Stance::NotYet => "Left open",
            };
            let differed = if said.iter().any(|other| other.stance != last.stance) { "; before that, otherwise" } else { "" };
            lines.push(format!("{word}: \u{201c}{}\u{201d} ({}, {}{differed}).", self.teller.claim(*claim), self.clock(last.at), last.source));
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
        lines
    }
}

/// Something said of a claim.
#[derive(Clone, Debug)]
pub struct Word {
    /// That it is so, that it is not, or that nobody knows.
    pub stance: Stance,
    /// When.
    pub at: ExerciseTime,
    /// How it reached whoever was told.
    pub source: String,
    /// It came from outside the simulation of the room's own roles.
    pub to_the_room: bool,
}

/// What had been told.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Claims, with everything said of each, in order.
    pub claims: BTreeMap<ClaimId, Vec<Word>>,
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
