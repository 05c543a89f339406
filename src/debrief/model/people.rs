//! From remarks in the journal to what people said: at decisions, as evaluators, after ENDEX, and by the facilitator's hand.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Origin, Reading};
use super::spoken::*;
use super::{Improvement, plan};
use crate::assessment::CriterionResult;
use crate::debrief::narrative::{bare, capital, role_only};
use crate::debrief::{Input, Mode, Session};
use crate::ids::*;
use crate::journal::{Annotation, RemarkKind};
use crate::time::ExerciseTime;
use crate::vocabulary::{Command, Fact, Order, adversary, detection, exercise, incident_command, investigation};

/// Steps of the attack that are told beside a stated cause; the timeline has all.
const STEPS_TOLD: usize = 4;

/// What stands in place of words where a room was asked for a belief, and nobody wrote its words down.
const ASKED: &str = "the room was asked";

/// Of those, what somebody without a facilitator does to their own session: nobody's hand in it.
const THEIR_OWN: [RemarkKind; 3] = [RemarkKind::Endex, RemarkKind::HandOver, RemarkKind::LessonsSkipped];

/// Remarks that are the facilitator's hand, and what they are called.
const BY_HAND: [(RemarkKind, &str); 5] = [
    (RemarkKind::Rewound, "Play went back"),
    (RemarkKind::Hint, "Hint"),
    (RemarkKind::Endex, "Play ended"),
    (RemarkKind::HandOver, "Seat"),
    (RemarkKind::LessonsSkipped, "Without own lessons"),
];

/// The words of a text that are long enough to say what it is about.
fn long_words(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() >= 5).map(str::to_lowercase).collect()
}

impl Reading<'_> {
    /// A moment on the clock of the story, or nothing.
    fn clock_of(&self, at: Option<ExerciseTime>) -> String {
        at.map_or_else(String::new, |at| self.clock(at))
    }

    /// Who a remark is by: a role by its name, anybody else as they were written down.
    fn whom(&self, by: &str) -> String {
        for role in &self.program.public.roles {
            if role.id == by {
                return role_only(&role.label).to_owned();
            }
            // Somebody of several in a role: the role, without the name that an author gave it, and what tells them apart.
            if let Some(rest) = by.strip_prefix(role.label.as_str()).filter(|rest| rest.is_empty() || rest.starts_with(", ")) {
                return format!("{}{rest}", role_only(&role.label));
            }
        }
        capital(bare(by))
    }

    /// What a remark is about, in words: whatever in the scenario has that id.
    fn about(&self, id: &str) -> String {
        let public = &self.program.public;
        let rubric = &self.program.rubric;
        let gate = || public.gates.iter().find(|gate| gate.id == id).map(|gate| bare(&gate.ask).to_owned());
        let claim = || public.claims.iter().find(|claim| claim.id == id).map(|claim| bare(&claim.text).to_owned());
        let target = || rubric.targets.iter().find(|target| target.id == id).map(|target| bare(&target.text).to_owned());
        let criterion = || {
            let found = rubric.criteria.iter().find(|criterion| criterion.id == id)?;
            Some(bare(&found.text).to_owned()).filter(|text| !text.is_empty())
        };
        let objective = || rubric.objectives.iter().find(|objective| objective.id == id).map(|objective| bare(&objective.text).to_owned());
        let inject = || {
            let place = public.injects.iter().position(|inject| inject.id == id)?;
            Some(capital(&self.teller.inject(InjectId::at(place))))
        };
        gate().or_else(claim).or_else(target).or_else(criterion).or_else(objective).or_else(inject).unwrap_or_else(|| id.replace('-', " "))
    }

    fn quote(&self, remark: &Annotation) -> Quote {
        Quote {
            at: remark.at,
            clock: self.clock_of(remark.at),
            by: remark.by.as_deref().map(|by| self.whom(by)),
            words: remark.text.clone(),
            taken: remark.value.as_deref().map(|value| self.meant(value)),
            recorded: remark.value.clone(),
        }
    }

    /// What a record was taken to mean: names for its ids, and of whoever does it the role alone.
    fn meant(&self, value: &str) -> String {
        let named = self.ids.named(value);
        match named.split_once(": ") {
            Some((by, what)) if self.program.public.roles.iter().any(|role| role.label == by) => format!("{}: {what}", role_only(by)),
            _ => named,
        }
    }

    fn reason(&self, at: ExerciseTime, role: RoleId, order: &Order, words: &str) -> Quote {
        let taken = match order.command {
            Command::IncidentCommand(incident_command::Command::Decide { gate, choice, .. }) => self.teller.choice(gate, choice).to_owned(),
            _ => self.teller.action(order.action).to_owned(),
        };
        let by = Some(self.teller.role(role).to_owned());
        Quote { at: Some(at), clock: self.clock(at), by, words: words.to_owned(), taken: Some(taken), recorded: None }
    }

    /// All that the room recorded, and reasons that were given with orders, in order of time.
    pub fn room(&self, about: &Session) -> Vec<Quote> {
        // That a belief was asked for is no word of the room's; what it believed stands among the beliefs.
        let asked = |remark: &&Annotation| remark.text != ASKED || !remark.value.as_deref().is_some_and(|value| value.starts_with("believed"));
        let records = about.annotations.iter().filter(|remark| remark.kind == RemarkKind::Record).filter(asked).map(|remark| self.quote(remark));
        let reasons = about.reasons.iter().map(|reason| self.reason(reason.at, reason.role, &reason.order, &reason.words));
        let mut quotes: Vec<Quote> = records.chain(reasons).collect();
        quotes.sort_by_key(|quote| quote.at);
        quotes
    }

    /// What was said at the table about a decision.
    pub fn at_the_table(&self, gate: GateId, choice: Option<u8>, by: Option<RoleId>, about: &Session) -> AtTheTable {
        let Some(asked) = self.program.public.gates.get(gate.index()) else { return AtTheTable::default() };
        let mine = |kind: RemarkKind| {
            about.annotations.iter().filter(move |remark| remark.kind == kind && remark.about.as_deref() == Some(asked.id.as_str()))
        };
        let mut words: Vec<Quote> = mine(RemarkKind::Record).map(|remark| self.quote(remark)).collect();
        words.extend(mine(RemarkKind::Because).map(|remark| Quote { taken: Some("the reason".to_owned()), recorded: None, ..self.quote(remark) }));
        // A reason that is among the remarks already is not said twice.
        let said = |text: &str| mine(RemarkKind::Because).any(|remark| remark.text.trim() == text.trim());
        words.extend(about.reasons.iter().filter_map(|reason| match reason.order.command {
            Command::IncidentCommand(incident_command::Command::Decide { gate: of, .. }) if of == gate && !said(&reason.words) => {
                Some(self.reason(reason.at, reason.role, &reason.order, &reason.words))
            }
            _ => None,
        }));
        let decided = choice.and_then(|choice| asked.choices.get(usize::from(choice))).map(|choice| choice.id.as_str());
        // Whoever spoke twice is heard with the last word.
        let mut positions: Vec<Position> = Vec::new();
        for remark in mine(RemarkKind::Position) {
            let value = remark.value.as_deref().unwrap_or_default();
            let id = value.split(' ').next().unwrap_or_default();
            let sure = remark.text.rsplit_once('(').and_then(|(_, sure)| sure.strip_suffix(" % sure)"));
            let chosen = asked.choices.iter().find(|choice| choice.id == id);
            let position = Position {
                by: remark.by.as_deref().map_or_else(|| "Somebody".to_owned(), |by| self.whom(by)),
                choice: chosen.map_or_else(|| bare(&remark.text).to_owned(), |choice| capital(bare(&choice.text))),
                sure_percent: sure.and_then(|sure| sure.parse().ok()).filter(|sure| *sure <= 100),
                otherwise: decided.is_some() && chosen.is_some() && Some(id) != decided,
            };
            positions.retain(|known| known.by != position.by);
            positions.push(position);
        }
        let told = |remark: &&Annotation| match &remark.by {
            Some(by) => !positions.iter().any(|position| position.by == self.whom(by)),
            None => !positions.iter().any(|position| position.otherwise && remark.text.contains(&position.by)),
        };
        let dissent =
            mine(RemarkKind::Dissent).filter(told).map(|remark| remark.text.strip_prefix(&asked.ask).unwrap_or(&remark.text).trim().to_owned());
        let dissent = dissent.collect();
        let deputy = by.filter(|role| !asked.who.has(*role)).map(|role| {
            let stands_for = asked.who.iter().find(|who| self.program.public.roles.get(who.index()).is_some_and(|plan| plan.deputy == Some(role)));
            let for_whom = stands_for.map_or_else(|| self.teller.roles(asked.who), |who| self.teller.role(who).to_owned());
            format!("{} decided as deputy, for {for_whom}.", self.teller.role(role))
        });
        AtTheTable { words, positions, dissent, deputy }
    }

    /// What evaluators gave a target: the last word of each, in the order in which they first spoke.
    pub fn evaluators(&self, target: &str, about: &Session) -> Vec<EvaluatorRating> {
        let lead = about.annotations.iter().rev().find(|remark| remark.kind == RemarkKind::LeadEvaluator).and_then(|remark| remark.by.as_deref());
        let lead = lead.map(|by| self.whom(by));
        let mut ratings: Vec<EvaluatorRating> = Vec::new();
        for remark in about.annotations.iter().filter(|remark| remark.kind == RemarkKind::Rating && remark.about.as_deref() == Some(target)) {
            let letter = remark.value.as_deref().unwrap_or_default().trim().to_uppercase();
            if !["P", "S", "M", "U"].contains(&letter.as_str()) {
                continue;
            }
            let by = remark.by.as_deref().map_or_else(|| "Evaluator".to_owned(), |by| self.whom(by));
            let leads = lead.as_deref() == Some(by.as_str());
            let rating = EvaluatorRating { by, letter, reason: remark.text.clone(), clock: self.clock_of(remark.at), leads };
            match ratings.iter_mut().find(|known| known.by == rating.by) {
                Some(known) => *known = rating,
                None => ratings.push(rating),
            }
        }
        ratings
    }

    /// What evaluators judged a criterion worth, and saw of it.
    pub fn judgements(&self, criterion: &str, about: &Session) -> Vec<String> {
        let mine = about.annotations.iter().filter(|remark| remark.about.as_deref() == Some(criterion));
        let mut last: BTreeMap<(&RemarkKind, Option<&str>), usize> = BTreeMap::new();
        let mut lines: Vec<String> = Vec::new();
        for remark in mine.filter(|remark| matches!(remark.kind, RemarkKind::Judged | RemarkKind::Observation)) {
            let by = remark.by.as_deref().map_or_else(|| "Evaluator".to_owned(), |by| self.whom(by));
            let line = match (&remark.kind, &remark.value) {
                (RemarkKind::Judged, Some(value)) => format!("{by}: {value} of 1000. {}", remark.text),
                _ => format!("{by} saw: {}", remark.text),
            };
            let place = if remark.kind == RemarkKind::Judged { last.get(&(&remark.kind, remark.by.as_deref())).copied() } else { None };
            match place.and_then(|place| lines.get_mut(place)) {
                Some(known) => *known = line,
                None => {
                    last.insert((&remark.kind, remark.by.as_deref()), lines.len());
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// What evaluators saw, and ratings of what is no target of this rubric, so that none is lost.
    pub fn observations(&self, about: &Session) -> Vec<ObservationLine> {
        let is_target = |id: &str| self.program.rubric.targets.iter().any(|target| target.id == id);
        let wanted = |remark: &&Annotation| match remark.kind {
            RemarkKind::Observation => true,
            RemarkKind::Rating => !remark.about.as_deref().is_some_and(is_target),
            _ => false,
        };
        about
            .annotations
            .iter()
            .filter(wanted)
            .map(|remark| ObservationLine {
                at: remark.at,
                clock: self.clock_of(remark.at),
                by: remark.by.as_deref().map_or_else(|| "Evaluator".to_owned(), |by| self.whom(by)),
                about: remark.about.as_deref().map_or_else(String::new, |id| self.about(id)),
                text: match (&remark.value, &remark.kind) {
                    (Some(value), RemarkKind::Rating) => format!("Rated {value}. {}", remark.text),
                    _ => remark.text.clone(),
                },
            })
            .collect()
    }

    /// What participants wrote of one kind: strengths, gaps, lessons.
    pub fn stated(&self, kind: RemarkKind, about: &Session) -> Vec<Stated> {
        let mine = about.annotations.iter().filter(|remark| remark.kind == kind && !remark.text.trim().is_empty());
        mine.map(|remark| Stated {
            text: remark.text.clone(),
            by: remark.by.as_deref().map(|by| self.whom(by)),
            evidence: self.linked(remark).into_iter().map(|(evidence, _)| evidence.what).collect(),
        })
        .collect()
    }

    /// Causes that participants stated, each beside what was so.
    pub fn causes(&self, about: &Session) -> Vec<Cause> {
        let mine = about.annotations.iter().filter(|remark| remark.kind == RemarkKind::Cause && !remark.text.trim().is_empty());
        mine.map(|remark| {
            let (linked, stages): (Vec<_>, Vec<_>) = self.linked(remark).into_iter().unzip();
            let mut stages: Vec<StageId> = stages.into_iter().flatten().collect();
            stages.dedup();
            let steps = if stages.is_empty() { self.steps_named(&remark.text) } else { stages };
            let happened = steps.into_iter().take(STEPS_TOLD).filter_map(|stage| self.step(stage)).collect();
            Cause { stated: remark.text.clone(), by: remark.by.as_deref().map(|by| self.whom(by)), linked, happened }
        })
        .collect()
    }

    /// The steps of the attack that share the most words with what was stated, where nothing was linked to it; the first of all where none does.
    fn steps_named(&self, stated: &str) -> Vec<StageId> {
        let stated = long_words(stated);
        let shared = |stage: StageId| long_words(&self.teller.stage(stage)).intersection(&stated).count();
        let most = self.done.iter().map(|(stage, _)| shared(*stage)).max().unwrap_or(0);
        self.done.iter().map(|(stage, _)| *stage).filter(|stage| shared(*stage) == most).collect()
    }

    /// When a step of the attack first succeeded, in a sentence.
    fn step(&self, stage: StageId) -> Option<String> {
        let (_, at) = self.done.iter().find(|(done, _)| *done == stage)?;
        Some(format!("{}: {}.", self.clock(*at), self.teller.stage(stage)))
    }

    /// The evidence that a remark names in its value, separated by commas or spaces: ids of claims and machines, keys of alerts and findings. With the
    /// step of the attack that each comes from.
    fn linked(&self, remark: &Annotation) -> Vec<(LinkedEvidence, Option<StageId>)> {
        let value = remark.value.as_deref().unwrap_or_default();
        value.split([',', ' ', ';']).filter(|token| !token.is_empty()).take(40).map(|token| self.evidence_named(token)).collect()
    }

    fn evidence_named(&self, token: &str) -> (LinkedEvidence, Option<StageId>) {
        let public = &self.program.public;
        let quoted = |text: &str| format!("\u{201c}{}\u{201d}", bare(text));
        if let Some(claim) = public.claims.iter().position(|claim| claim.id == token).map(ClaimId::at) {
            let since = self.true_since(claim);
            let was = match (self.is_true(claim, self.until), since) {
                (true, Some(since)) if since > ExerciseTime(0) => format!("so from {} on", self.clock(since)),
                (true, _) => "so before play began".to_owned(),
                (false, _) => "not so".to_owned(),
            };
            return (LinkedEvidence { what: quoted(self.teller.claim(claim)), was }, self.makes_true(claim));
        }
        if let Some(happened) = u64::from_str_radix(token, 16).ok().and_then(|key| self.shown(Key(key))) {
            let what = match happened.fact {
                Fact::Detection(detection::Fact::AlertRaised { sensor, asset, .. }) => {
                    format!("alert of {} on {}, {}", self.teller.sensor(sensor), self.teller.asset(asset), self.clock(happened.at))
                }
                Fact::Investigation(investigation::Fact::Found { asset, .. }) => {
                    format!("finding on {}, {}", self.teller.asset(asset), self.clock(happened.at))
                }
                _ => String::new(),
            };
            let stage = match self.origin(happened) {
                Some(Origin::Stage(stage)) => Some(stage),
                _ => None,
            };
            let was = stage.map_or_else(|| "nothing of the attack".to_owned(), |stage| format!("left by: {}", self.teller.stage(stage)));
            return (LinkedEvidence { what, was }, stage);
        }
        if let Some(asset) = public.assets.iter().position(|asset| asset.id == token).map(AssetId::at) {
            let taken = self.taken.get(&asset).copied();
            let was = taken.map_or_else(
                || "never in the adversary's hands".to_owned(),
                |(at, _)| format!("in the adversary's hands from {} on", self.clock(at)),
            );
            return (LinkedEvidence { what: self.teller.asset(asset).to_owned(), was }, taken.map(|(_, stage)| stage));
        }
        if let Some(place) = public.logins.iter().position(|login| login.id == token || login.name == token) {
            let stolen = self.facts.iter().find_map(|happened| match happened.fact {
                Fact::Adversary(adversary::Fact::LoginStolen { login, stage }) if login == LoginId::at(place) => Some((happened.at, stage)),
                _ => None,
            });
            let was = stolen.map_or_else(|| "never stolen".to_owned(), |(at, _)| format!("stolen {}", self.clock(at)));
            return (LinkedEvidence { what: public.logins[place].name.clone(), was }, stolen.map(|(_, stage)| stage));
        }
        let named = public.services.iter().find(|service| service.id == token).map(|service| bare(&service.text).to_owned());
        (LinkedEvidence { what: named.unwrap_or_else(|| self.about(token)), was: String::new() }, None)
    }

    /// Where the facilitator had a hand in play.
    pub fn hand(&self, input: &Input<'_>) -> Hand {
        let about = input.about;
        let directions: Vec<_> = (self.facts.iter())
            .filter_map(|happened| match happened.fact {
                Fact::Exercise(exercise::Fact::Directed { direction, about }) => Some((happened, direction, about)),
                _ => None,
            })
            .collect();
        // The journal has the reasons, in the same order; where it has other directions than the ledger, none is guessed.
        let told = directions.len() == about.directed.len();
        let mut lines: Vec<HandLine> = (directions.iter().enumerate())
            .map(|(place, (happened, direction, about_what))| HandLine {
                at: happened.at,
                clock: self.clock(happened.at),
                kind: capital(exercise::says_of_direction(*direction)),
                text: self.named(*about_what),
                because: about.directed.get(place).filter(|_| told).and_then(|directed| directed.because.clone()),
            })
            .collect();
        for remark in &about.annotations {
            let Some((_, kind)) = BY_HAND.iter().find(|(kind, _)| *kind == remark.kind) else { continue };
            if matches!(about.mode, Mode::Solo | Mode::Unattended) && THEIR_OWN.contains(&remark.kind) {
                continue;
            }
            let at = remark.at.unwrap_or_default();
            let to = remark
                .about
                .as_deref()
                .filter(|_| remark.kind != RemarkKind::Rewound)
                .map(|id| format!(" (about: {})", self.about(id)))
                .unwrap_or_default();
            lines.push(HandLine {
                at,
                clock: self.clock(at),
                kind: (*kind).to_owned(),
                text: format!("{}{to}", self.ids.named(&remark.text)),
                because: None,
            });
        }
        lines.sort_by_key(|line| line.at);
        let not_evaluated = (input.assessment.criteria.iter())
            .filter(|criterion| !criterion.left_out)
            .filter_map(|criterion| match &criterion.result {
                CriterionResult::NotEvaluated { reason } => Some(format!("{}: {}.", bare(&self.about(&criterion.id)), bare(reason))),
                _ => None,
            })
            .collect();
        Hand { lines, assumptions: self.assumptions(about), not_evaluated }
    }

    /// What a direction was about. One that gave words has them in its key.
    fn named(&self, key: Key) -> String {
        let words = |inject: &InjectId| self.program.public.injects.get(inject.index()).map_or("", |inject| inject.text.as_str());
        let injects = (0..self.program.public.injects.len()).map(InjectId::at);
        if let Some(given) = injects.clone().find(|inject| Key::of(&[self.program.names.of(*inject).0, Key::named(words(inject)).0]) == key) {
            return format!("\u{201c}{}\u{201d}", words(&given).trim());
        }
        let injects = injects.clone().find(|inject| self.program.names.of(*inject) == key);
        injects.map(|inject| capital(&self.teller.inject(inject))).or_else(|| self.teller.target(key)).map_or_else(String::new, |text| capital(&text))
    }

    fn assumptions(&self, about: &Session) -> Vec<Assumed> {
        let mut number = 0;
        let mine = about.annotations.iter().filter(|remark| remark.kind == RemarkKind::Assumption);
        mine.map(|remark| {
            let became = remark.value.clone().unwrap_or_else(|| "parked".to_owned());
            let (means, to_verify) = match became.as_str() {
                "accepted" => ("held in play from then on; to be verified", true),
                "denied" => ("did not hold in play", false),
                _ => ("left open in play; to be found out", true),
            };
            number += usize::from(to_verify);
            Assumed {
                id: if to_verify { format!("{}{number}", plan::ASSUMPTION) } else { String::new() },
                clock: self.clock_of(remark.at),
                text: remark.text.clone(),
                became,
                means,
                owner: remark.by.as_deref().map_or_else(String::new, |by| self.whom(by)),
                date: remark.about.clone().unwrap_or_default(),
            }
        })
        .collect()
    }

    /// What has to be verified after play, as items of the plan.
    pub fn verifications(&self, assumptions: &[Assumed]) -> Vec<Improvement> {
        (assumptions.iter())
            .filter(|assumed| !assumed.id.is_empty())
            .map(|assumed| Improvement {
                id: assumed.id.clone(),
                core_capability: String::new(),
                issue: format!("Assumed in play, and not verified: {}.", bare(&assumed.text)),
                action: "Verify whether it is so; where it is not, put that right or correct the plan.".into(),
                element: plan::Element::Planning.label(),
                owner: assumed.owner.clone(),
                completion: assumed.date.clone(),
                ..Improvement::default()
            })
            .collect()
    }
}
