//! The ledger, read once: what each fact says, what an alert or a finding comes from, when claims were true, and what had been told by when.

use std::collections::{BTreeMap, BTreeSet};

use super::{FactLine, whose};
use crate::debrief::narrative::{Ids, Teller, bare, counted};
use crate::debrief::{Doer, Mode, Session};
use crate::ids::*;
use crate::journal::RemarkKind;
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
    /// What was handed out or said in a room, and when; none where nobody wrote that down, as in journals of before: there whatever came counts.
    given: Option<BTreeMap<InjectId, ExerciseTime>>,
}

/// By what something reached whoever was told it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    /// A message.
    Inject(InjectId),
    /// Whoever runs the room said it.
    Facilitator,
    /// The roles of the simulation told each other, or found it.
    Colleagues,
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
        let given = given(program, about);
        Reading { program, facts, teller, ids, texts, traces, came_true, shown, taken, done, until, mode: about.mode, by, any_doer, moves, given }
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

    /// How something reached whoever was told it, in words: by which message, in which briefing, or in the course of which work.
    pub fn source(&self, told: &Happened) -> String {
        self.came_by(told).0
    }

    /// The same, and by what: in a room only what came from outside the simulation of its own roles is heard.
    fn came_by(&self, told: &Happened) -> (String, By) {
        let mut at = *told;
        for _ in 0..16 {
            match at.fact {
                Fact::Injects(injects::Fact::Fired { inject }) => {
                    let Some(plan) = self.program.public.injects.get(inject.index()) else { break };
                    let from = bare(&plan.from).replace('-', " ");
                    let from = if from.is_empty() { String::new() } else { format!(" from {from}") };
                    return (format!("{}{from}, to {}", plan.channel.label(), self.teller.roles(told.roles)), By::Inject(inject));
                }
                Fact::Exercise(exercise::Fact::Directed { .. }) => return ("said by the facilitator".to_owned(), By::Facilitator),
                Fact::IncidentCommand(incident_command::Fact::Briefed { role, .. }) => {
                    return (format!("briefing by {}", self.teller.role(role)), By::Colleagues);
                }
                Fact::Documentation(documentation::Fact::Reported { role }) => {
                    return (format!("situation report by {}", self.teller.role(role)), By::Colleagues);
                }
                Fact::Investigation(investigation::Fact::Found { .. }) => return (self.by_work("found in a search", told), By::Colleagues),
                Fact::Detection(detection::Fact::Judged { .. }) => return (self.by_work("from an alert judged real", told), By::Colleagues),
                Fact::Communication(communication::Fact::Asked { stakeholder, .. }) => {
                    return (self.by_work(&format!("answer of {}", self.teller.stakeholder_words(stakeholder)), told), By::Colleagues);
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
        (self.by_work("in the course of work", told), By::Colleagues)
    }

    fn by_work(&self, how: &str, told: &Happened) -> String {
        format!("{how}, to {}", self.teller.roles(told.roles))
    }

    /// What a room had heard by a moment, and what only the roles of the simulation had told each other or found by then. In a discussion the clock
    /// stands while the room talks: it has heard what was read and handed out until then, also ahead of the clock, and of the rest what an update told
    /// it when a move opened. Everywhere else whoever sits in a role has been told what the role was.
    pub fn heard(&self, room: ExerciseTime, roles_until: ExerciseTime, roles: RoleSet) -> (Known, Known) {
        let all = self.known_in_room(roles_until, room, roles);
        if self.mode != Mode::Discussion {
            return (all, Known::default());
        }
        let everybody = self.known_in_room(room, room, RoleSet::NONE);
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

    /// When the room heard what came to a role, if it had by a moment.
    fn heard_at(&self, by: By, came: ExerciseTime, until: ExerciseTime) -> Option<ExerciseTime> {
        match (by, &self.given) {
            (By::Inject(inject), Some(given)) => given.get(&inject).copied().filter(|at| *at <= until),
            (By::Inject(_) | By::Facilitator, _) => Some(came).filter(|at| *at <= until),
            (By::Colleagues, _) => None,
        }
    }

    /// What these roles (or anybody, if empty) had been told by a moment: claims with what was said last, alerts, machines, services; and whether a room
    /// that had come to its own moment by then had heard it.
    fn known_in_room(&self, at: ExerciseTime, room: ExerciseTime, roles: RoleSet) -> Known {
        let mut known = Known::default();
        // What is handed out ahead of the clock has been heard before it comes.
        let ahead = self.given.is_some();
        for happened in self.facts.iter().take_while(|happened| ahead || happened.at <= at) {
            let Fact::Told(observation) = happened.fact else { continue };
            if !roles.is_empty() && happened.roles.0 & roles.0 == 0 {
                continue;
            }
            match observation {
                Observation::Communication(communication::Observation::Claim { claim, stance }) => {
                    let (source, by) = self.came_by(happened);
                    let heard = self.heard_at(by, happened.at, room);
                    if happened.at <= at || heard.is_some() {
                        let word = Word { stance, at: heard.unwrap_or(happened.at), source, to_the_room: heard.is_some() };
                        known.claims.entry(claim).or_default().push(word);
                    }
                }
                _ if happened.at > at => {}
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
        // What was handed out later than something else came was heard later, too.
        known.claims.values_mut().for_each(|said| said.sort_by_key(|word| word.at));
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

/// What was handed out or said in a room, by the remarks of whoever ran it: of each the last word counts, and when it was first given.
fn given(program: &Program, about: &Session) -> Option<BTreeMap<InjectId, ExerciseTime>> {
    let remarks = about.annotations.iter().filter(|remark| about.mode == Mode::Discussion && remark.kind == RemarkKind::HandedOut);
    let mut given: Option<BTreeMap<InjectId, ExerciseTime>> = None;
    for remark in remarks {
        let given = given.get_or_insert_default();
        let Some(place) = program.public.injects.iter().position(|inject| remark.about.as_deref() == Some(inject.id.as_str())) else { continue };
        if remark.value.as_deref() == Some("yes") {
            given.entry(InjectId::at(place)).or_insert(remark.at.unwrap_or(ExerciseTime(0)));
        } else {
            given.remove(&InjectId::at(place));
        }
    }
    given
}

/// Something said of a claim.
#[derive(Clone, Debug)]
pub struct Word {
    /// That it is so, that it is not, or that nobody knows.
    pub stance: Stance,
    /// When it was told, or when a room heard it.
    pub at: ExerciseTime,
    /// How it reached whoever was told.
    pub source: String,
    /// The room had heard it: it came from outside the simulation of its own roles, and was read aloud, said or handed out.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::debrief::session_of;
    use crate::journal::Annotation;
    use crate::scenario::prepare::prepare;
    use crate::scenario::source::shipped;
    use crate::session;

    type Said = (ClaimId, ExerciseTime, String);

    /// What a room had heard from outside, and what its colleagues alone knew.
    fn heard(session: &session::Session, about: &Session, room: ExerciseTime) -> (Vec<Said>, Vec<Said>) {
        let reading = Reading::new(session.program(), session.exercise().ledger(), about);
        let (heard, colleagues) = reading.heard(room, room, RoleSet::NONE);
        let words = |known: Known, outside: bool| {
            let all = known.claims.into_iter().flat_map(|(claim, said)| said.into_iter().map(move |word| (claim, word)));
            all.filter(|(_, word)| word.to_the_room == outside).map(|(claim, word)| (claim, word.at, word.source)).collect()
        };
        (words(heard, true), words(colleagues, false))
    }

    #[test]
    fn a_room_has_heard_of_what_came_only_what_was_handed_out() {
        let prepared = prepare(shipped()[0], None, None).expect("it is shipped");
        let seats = session::Session::usual_seats(&prepared.program, session::Mode::Discussion, RoleSet::NONE);
        let mut session = session::Session::unkept(prepared, session::Mode::Discussion, 1, seats);
        while !session.finished() {
            session.next_move().expect("no fault");
        }
        let about = session_of(&session);
        let reading = Reading::new(session.program(), session.exercise().ledger(), &about);
        let room = reading.moves[reading.moves.len() - 2].0;
        let came = |happened: &Happened| match (happened.fact, reading.came_by(happened).1) {
            (Fact::Told(Observation::Communication(communication::Observation::Claim { .. })), By::Inject(inject)) => Some((inject, happened.at)),
            _ => None,
        };
        let tell: BTreeMap<InjectId, ExerciseTime> = reading.facts.iter().filter_map(came).collect();
        let with = |remarks: &[(InjectId, ExerciseTime, &str)]| {
            let mut about = about.clone();
            about.annotations.extend(remarks.iter().map(|(inject, at, value)| Annotation {
                at: Some(*at),
                about: Some(session.program().public.injects[inject.index()].id.clone()),
                value: Some((*value).to_owned()),
                ..Annotation::new(RemarkKind::HandedOut, "")
            }));
            heard(&session, &about, room)
        };
        // A journal of before, in which nobody wrote down what was given.
        let before = heard(&session, &about, room);
        assert!(!before.0.is_empty() && before.0.iter().all(|(_, at, _)| *at <= room));
        // All of it, as it came: the same.
        let all: Vec<_> = tell.iter().map(|(inject, at)| (*inject, *at, "yes")).collect();
        assert_eq!(with(&all), before);
        // Nothing was given after all: what the roles of the simulation know, the room does not.
        let (nothing, colleagues) = with(&[(all[0].0, room, "yes"), (all[0].0, room, "no")]);
        assert_eq!(nothing, []);
        assert!(colleagues.len() > before.1.len());
        // Ahead of the clock: heard when it was given, and not a second earlier.
        let (later, _) = tell.iter().find(|(_, at)| **at > room).expect("something comes in the last moves");
        let (ahead, _) = with(&[(*later, room, "yes")]);
        assert!(!ahead.is_empty() && ahead.iter().all(|(_, at, _)| *at == room), "{ahead:?}");
        assert_eq!(with(&[(*later, ExerciseTime(room.0 + 1), "yes")]).0, []);
    }
}
