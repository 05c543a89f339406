//! From an assessment to what is said of it: reviews by capability, proposals, outcome, scores with reasons, ratings.

use std::collections::BTreeSet;

use super::reading::{Known, Reading};
use super::whose::{Whose, belongs};
use super::{Bar, Bars, CriterionLine, Figure, Improvement, Review, ReviewMoment, Scores, State, TargetRating, minutes, money, span};
use crate::assessment::{Assessed, Clause, CriterionResult};
use crate::debrief::Input;
use crate::debrief::narrative::{bare, capital, counted, grouped};
use crate::ids::*;
use crate::scenario::program::{Measure, nobody_reviewed};
use crate::scenario::written::{Capability, Count};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::measures::Mark;
use crate::vocabulary::{Fact, estate, exercise, incident_command, investigation};

/// From this share of its points on, a criterion is a strength; in percent.
const STRENGTH_PERCENT: u64 = 75;

/// Facts shown with a reason; more are counted.
const FACTS_SHOWN: usize = 8;

/// Beliefs told where it is said why something seemed sensible; more are counted, and stand with the decisions.
const BELIEFS_SHOWN: usize = 4;

impl Reading<'_> {
    /// Criteria of the cut, with their place in the rubric.
    fn played<'b>(&self, input: &Input<'b>) -> Vec<(usize, &'b Assessed)> {
        input.assessment.criteria.iter().enumerate().filter(|(_, assessed)| !assessed.left_out).collect()
    }

    /// What a criterion asks, as a sentence without its stop.
    fn asks(&self, place: usize, assessed: &Assessed) -> String {
        if !assessed.text.is_empty() {
            return bare(&assessed.text).to_owned();
        }
        let target = self.program.rubric.criteria.get(place).and_then(|criterion| self.program.rubric.targets.get(criterion.target));
        target.map_or_else(|| capital(&assessed.id.replace('-', " ")), |target| bare(&target.text).to_owned())
    }

    /// One review for each capability that has a criterion in the cut.
    pub fn reviews(&self, input: &Input<'_>) -> Vec<Review> {
        let played = self.played(input);
        let mut reviews: Vec<Review> = Capability::ALL
            .into_iter()
            .filter_map(|capability| {
                let mine: Vec<_> = played.iter().filter(|(_, assessed)| assessed.counts_for == capability).collect();
                if mine.is_empty() {
                    return None;
                }
                let mut review = Review {
                    capability: capability.label(),
                    strengths: vec![],
                    routine: vec![],
                    unanswered: vec![],
                    moment: self.moment(capability),
                    changes: vec![],
                    not_evaluated: vec![],
                };
                for (place, assessed) in mine {
                    self.file(&mut review, *place, assessed);
                }
                Some(review)
            })
            .collect();
        // Several capabilities often decide at one moment: what was known then is said once.
        let mut told: Vec<ReviewMoment> = Vec::new();
        for moment in reviews.iter_mut().filter_map(|review| review.moment.as_mut()) {
            match told.iter().find(|earlier| (&earlier.known, &earlier.not_known) == (&moment.known, &moment.not_known)) {
                Some(earlier) => moment.as_at = Some(earlier.clock.clone()),
                None => told.push(moment.clone()),
            }
        }
        reviews
    }

    /// Files a criterion under what to keep, what to change, what a program did, what nobody answered, or what was not evaluated.
    fn file(&self, review: &mut Review, place: usize, assessed: &Assessed) {
        let (asks, found) = (self.asks(place, assessed), short(&assessed.why.says));
        let criterion = self.program.rubric.criteria.get(place);
        let says = format!("{asks}. {found}");
        let Some((earned, worth)) = assessed.counted() else {
            let CriterionResult::NotEvaluated { reason } = &assessed.result else { return };
            review.not_evaluated.push(format!("{asks}: {}.", bare(reason)));
            return;
        };
        if criterion.is_some_and(|criterion| self.unanswered(&criterion.measure, assessed)) {
            review.unanswered.push(says);
        } else if earned * 100 < worth * STRENGTH_PERCENT {
            let proposal = criterion.map_or_else(String::new, |criterion| self.action_for(&criterion.measure, assessed));
            review.changes.push(format!("{says} Proposal: {proposal}"));
        } else if criterion.is_some_and(|criterion| harm_remains(&criterion.measure, assessed)) {
            // Few enough for the points, and no reason to be content.
            review.changes.push(format!("{says} Few enough for its points, and not none."));
        } else {
            let whose = criterion.and_then(|criterion| self.whose(&criterion.measure, assessed));
            match (whose, self.mode.trained()) {
                (Some(Whose::Program), _) => review.routine.push(says),
                (Some(Whose::Both), Some((_, program))) => review.strengths.push(format!("{says} In part the work of {program}.")),
                _ => review.strengths.push(says),
            }
        }
    }

    /// Whether a belief was not stated, or with no more than half sure: an entry that nobody chose is no lapse.
    fn unanswered(&self, measure: &Measure, assessed: &Assessed) -> bool {
        if !matches!((measure, &assessed.result), (Measure::Belief { .. }, CriterionResult::Missed { .. })) {
            return false;
        }
        !assessed
            .why
            .facts
            .iter()
            .filter_map(|seq| self.facts.get(*seq as usize))
            .any(|happened| matches!(happened.fact, Fact::Investigation(investigation::Fact::Believed { percent, .. }) if percent != 50))
    }

    /// The moment a review looks at: the first decision of its kind that was those people's who are trained. What a room believed is no moment of its
    /// own, because it was asked.
    fn moment(&self, capability: Capability) -> Option<ReviewMoment> {
        let decision = self.facts.iter().find(|happened| {
            let asked = matches!(happened.fact, Fact::Investigation(investigation::Fact::Believed { .. })) && self.asked_the_room(happened);
            happened.at >= ExerciseTime(0) && !asked && belongs(&happened.fact, capability) && self.is_theirs(happened)
        })?;
        let at = decision.at;
        let room_at = self.stood_at(at);
        let (heard, colleagues) = self.heard(room_at, at, RoleSet::NONE);
        Some(ReviewMoment {
            at,
            clock: self.clock(at),
            what: self.text(decision.seq).to_owned(),
            known: self.known_in_words(&heard),
            colleagues: self.words(&colleagues),
            sensible: self.sensible(at),
            not_known: self.not_known(&heard, room_at),
            as_at: None,
        })
    }

    /// What had been told and was not so, and what was so and had not been told.
    pub fn not_known(&self, known: &Known, at: ExerciseTime) -> Vec<String> {
        let mut lines = Vec::new();
        let quoted = |claim: &ClaimId| format!("\u{201c}{}\u{201d}", self.teller.claim(*claim));
        let wrongly = |stance: Stance| -> Vec<String> {
            (known.claims.iter())
                .filter(|(claim, said)| said.last().is_some_and(|last| last.stance == stance) && self.is_true(**claim, at) == (stance == Stance::No))
                .map(|(claim, _)| quoted(claim))
                .collect()
        };
        let (said, denied) = (wrongly(Stance::Yes), wrongly(Stance::No));
        if !said.is_empty() {
            lines.push(format!("Said, and not so: {}.", super::reading::some(&said, 3)));
        }
        if !denied.is_empty() {
            lines.push(format!("Denied, and so all the same: {}.", super::reading::some(&denied, 3)));
        }
        let untold: Vec<String> = (0..self.program.public.claims.len())
            .map(ClaimId::at)
            .filter(|claim| self.is_true(*claim, at) && !known.claims.contains_key(claim))
            .map(|claim| quoted(&claim))
            .collect();
        if !untold.is_empty() {
            lines.push(format!("So already, but not told yet: {}.", super::reading::some(&untold, 3)));
        }
        lines
    }

    /// What made it sensible, from what was known then alone: what had been stated as believed, and a dilemma that was open.
    fn sensible(&self, at: ExerciseTime) -> Vec<String> {
        let mut believed = std::collections::BTreeMap::new();
        for happened in self.facts.iter().filter(|happened| self.believed_from(happened) <= at) {
            if let Fact::Investigation(investigation::Fact::Believed { role, claim, percent }) = happened.fact {
                let by = if self.asked_the_room(happened) {
                    format!("the room, asked at the {}", self.end_of(self.move_at(happened.at).0))
                } else {
                    self.teller.role(role).to_owned()
                };
                believed.insert((claim, role), (by, percent));
            }
        }
        // What somebody was sure of, this way or that, explains a decision; even odds hardly do.
        let mut believed: Vec<_> = believed.into_iter().collect();
        believed.sort_by_key(|(_, (_, percent))| std::cmp::Reverse(percent.abs_diff(50)));
        let more = believed.len().saturating_sub(BELIEFS_SHOWN);
        let mut lines: Vec<String> = (believed.into_iter().take(BELIEFS_SHOWN))
            .map(|((claim, _), (by, percent))| format!("Believed by {by}: \u{201c}{}\u{201d}, {percent} % sure.", self.teller.claim(claim)))
            .collect();
        if more > 0 {
            lines.push(format!("Believed as well: {} (see the decisions).", counted(more as i64, "further claim", "further claims")));
        }
        for (place, gate) in self.program.public.gates.iter().enumerate() {
            if gate.dilemma.is_none() {
                continue;
            }
            let open = self.facts.iter().any(|happened| matches!(happened.fact, Fact::IncidentCommand(incident_command::Fact::GateOpened { gate, until }) if gate == GateId::at(place) && happened.at <= at && at <= until));
            if open {
                lines.push(format!("\u{201c}{}\u{201d} was open: a dilemma (see the decisions).", gate.ask));
            }
        }
        lines
    }

    /// What to do about a criterion that earned too little. A proposal: the room knows better.
    fn action_for(&self, measure: &Measure, assessed: &Assessed) -> String {
        if self.nothing_was_done(measure, assessed) {
            return "agree on what sign the first step is taken, and by whom: here none was.".into();
        }
        match measure {
            Measure::Minutes { full, .. } => {
                format!("agree who starts this and on what sign, and practise it until it takes no more than {}.", span(*full))
            }
            Measure::Never { .. } => "find what let it happen, close it, and rehearse the moment at which it could still have been prevented.".into(),
            Measure::Belief { .. } => "at each handover write down what is known, what is assumed and what is open, each with how sure.".into(),
            Measure::FalseClaims { .. } => "have one person check every statement against the log of what is known before it goes out.".into(),
            Measure::Heard { stakeholder, within, .. } => {
                format!("put {} on the contact list with an owner and a time: within {}.", self.teller.stakeholder_words(*stakeholder), span(*within))
            }
            Measure::Deadline { .. } => "write the deadline up where all can see it the moment the clock starts, with an owner and a draft.".into(),
            Measure::Outage { .. } => {
                "prepare smaller cuts (one segment, one login, one link) and know the price of each before it is needed.".into()
            }
            Measure::AtEnd { .. } => "look for every foothold and way back before recovery begins, and check afterwards that none is left.".into(),
            Measure::RecordsExposed { .. } => "close ways out early, and have somebody watch for large transfers around the clock.".into(),
            Measure::ScopeKnown { .. } => "keep one list of machines: taken, clean, not looked at; and search by group, not one by one.".into(),
            Measure::EvidenceKept { .. } => {
                "capture memory before a machine is powered off, installed anew or restored (what is lost first is kept first: RFC 3227, a guideline for evidence).".into()
            }
            Measure::LogCovers { .. } => "name a scribe when the incident is declared, and write at every decision.".into(),
            Measure::Shared { with, full, .. } => {
                format!("brief at fixed times, so that what is new reaches {} within {}.", self.teller.role(*with), span(*full))
            }
            Measure::AlertsTakenUp { .. } => "settle who watches alerts at night and at weekends, and who is called.".into(),
            Measure::AlertsJudged { .. } => "practise triage on past alerts, with their answers, and remove the noise that hides the rest.".into(),
            Measure::WorkaroundsInTime { .. } => "rehearse the change to the workaround with those who would work by it.".into(),
            Measure::WithinRto { .. } => "put services in order of recovery, and test that the objective can be met from backups.".into(),
            Measure::Judged { .. } => "as the evaluator notes.".into(),
        }
    }

    /// Whether a criterion was missed because what it counts from never came: nobody acted.
    fn nothing_was_done(&self, measure: &Measure, assessed: &Assessed) -> bool {
        let counts_once = matches!(
            measure,
            Measure::Never { .. } | Measure::Outage { .. } | Measure::AtEnd { .. } | Measure::RecordsExposed { .. } | Measure::WithinRto { .. }
        );
        let CriterionResult::Missed { opened_by: Some(opened) } = assessed.result else { return false };
        let from_startex = self.facts.get(opened as usize).is_some_and(|fact| matches!(fact.fact, Fact::Exercise(exercise::Fact::Startex { .. })));
        counts_once && from_startex && assessed.why.facts == [opened]
    }

    /// HSEEP's Appendix A, filled with a proposal for each criterion that earned too little; what cost most comes first.
    pub fn improvement_plan(&self, input: &Input<'_>) -> Vec<Improvement> {
        let rubric = &self.program.rubric;
        let mut plan: Vec<Improvement> = self
            .played(input)
            .into_iter()
            .filter(|(_, assessed)| assessed.counted().is_some_and(|(earned, worth)| earned * 100 < worth * STRENGTH_PERCENT))
            .filter(|(place, assessed)| !rubric.criteria.get(*place).is_some_and(|criterion| self.unanswered(&criterion.measure, assessed)))
            .map(|(place, assessed)| {
                let criterion = rubric.criteria.get(place);
                let objective =
                    criterion.and_then(|criterion| rubric.targets.get(criterion.target)).and_then(|target| rubric.objectives.get(target.objective));
                Improvement {
                    id: assessed.id.clone(),
                    core_capability: objective.map_or_else(String::new, |objective| objective.core_capability.clone()),
                    issue: format!("{}. {}", self.asks(place, assessed), short(&assessed.why.says)),
                    action: criterion.map_or_else(String::new, |criterion| capital(&self.action_for(&criterion.measure, assessed))),
                    element: criterion.map_or("planning", |criterion| element(&criterion.measure)),
                    criterion: assessed.id.clone(),
                    missed_milli: assessed.counted().map_or(0, |(earned, worth)| worth.saturating_sub(earned) as i64),
                    ..Improvement::default()
                }
            })
            .collect();
        plan.sort_by_key(|line| std::cmp::Reverse(line.missed_milli));
        plan
    }

    /// How it ended, in figures.
    pub fn outcome(&self, input: &Input<'_>) -> Vec<Figure> {
        let (outcome, times) = (&input.assessment.outcome, &input.assessment.times);
        let encrypted: BTreeSet<AssetId> = self
            .facts
            .iter()
            .filter_map(|happened| match happened.fact {
                Fact::Estate(estate::Fact::Encrypted { asset, .. }) => Some(asset),
                _ => None,
            })
            .collect();
        let machines = self.program.public.assets.len();
        let number = |id, label, value: i64, text: String| Figure { id, label, value: Some(value), text };
        let time = |id, label, mark: Option<Mark>| Figure {
            id,
            label,
            value: mark.map(|mark| mark.at.0),
            text: mark.map_or_else(|| "not reached".into(), |mark| self.clock(mark.at)),
        };
        let length = |id, label, value: Option<crate::time::Span>| Figure {
            id,
            label,
            value: value.map(|span| span.0),
            text: value.map_or_else(|| "not reached".into(), span),
        };
        let of = |count: usize| format!("{} of {}", grouped(count as i64), counted(machines as i64, "machine", "machines"));
        let mut cost = money(outcome.cost_minor_units, &self.program.public.currency);
        if self.program.public.currency_renamed {
            cost.push_str(" (the author's estimate, not converted)");
        }
        let clocks = self.clocks().clocks;
        let sent = |states: &[State]| clocks.iter().filter(|clock| states.contains(&clock.state)).count();
        let (in_time, late) = (sent(&[State::InTime]), sent(&[State::Late, State::Missed]));
        let unasked = clocks.iter().filter(|clock| clock.state == State::InTime && clock.started.is_none()).count();
        let mut in_time_says = in_time.to_string();
        if unasked > 0 {
            in_time_says.push_str(&format!(", {unasked} of them before anything had started a clock"));
        }
        // A length says from when to when, or it is held against another moment that somebody has in mind.
        let between = |from: Option<Mark>, to: Option<Mark>| match from.zip(to) {
            Some((from, to)) => format!("{} ({} to {})", span(to.at - from.at), self.clock(from.at), self.clock(to.at)),
            None => "not reached".to_owned(),
        };
        vec![
            Figure {
                id: "ending",
                label: "Ending",
                value: None,
                text: [Some(input.assessment.ending.says().to_owned()), self.other_backups(input.assessment.ending), self.still_held()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            },
            number(
                "assets_compromised",
                "Machines ever in the adversary's hands, to work from",
                i64::from(outcome.assets_compromised),
                of(outcome.assets_compromised as usize),
            ),
            number("assets_encrypted", "Machines ever encrypted, in its hands or from others", encrypted.len() as i64, of(encrypted.len())),
            number(
                "records_exposed",
                "Records copied out",
                outcome.records_exposed.min(i64::MAX as u64) as i64,
                grouped(outcome.records_exposed.min(i64::MAX as u64) as i64),
            ),
            number(
                "outage_service_minutes",
                "Service lost, weighted by criticality",
                outcome.outage_service_minutes.min(i64::MAX as u64) as i64,
                format!("{} service minutes", grouped(outcome.outage_service_minutes.min(i64::MAX as u64) as i64)),
            ),
            number("cost_minor_units", "Cost", outcome.cost_minor_units, cost),
            number("deadlines_met", "Notifications sent in time", in_time as i64, in_time_says),
            number("deadlines_missed", "Notifications late or missed", late as i64, late.to_string()),
            time("first_alert", "First alert on something real", times.first_alert),
            length("to_acknowledge_median", "Median time until a real alert was taken up", times.to_acknowledge_median),
            time("triaged", "First recognised as an incident", times.triaged),
            time("contained", "Contained: nothing that can act, no way back", times.contained),
            time("eradicated", "Eradicated", times.eradicated),
            time("restored", "All services whole again", times.restored),
            Figure {
                text: between(times.compromised, times.first_alert),
                ..length("to_detect", "From the attack's first step on a machine to the first alert on something real", times.to_detect)
            },
            Figure {
                text: between(times.compromised, times.triaged),
                ..length(
                    "dwell",
                    "Dwell time: from the attack's first step on a machine until it was recognised",
                    times.triaged.zip(times.compromised).map(|(triaged, compromised)| triaged.at - compromised.at),
                )
            },
        ]
    }

    /// Scores with their reasons, down to the facts.
    pub fn scores(&self, input: &Input<'_>) -> Scores {
        let assessment = input.assessment;
        let played = self.played(input);
        let bars = Capability::ALL
            .into_iter()
            .filter(|capability| played.iter().any(|(_, assessed)| assessed.counts_for == *capability))
            .map(|capability| {
                let mut bar =
                    Bar { name: capital(capability.label()), earned_milli: 0, by_program_milli: 0, missed_milli: 0, not_evaluated_milli: 0 };
                for (place, assessed) in played.iter().filter(|(_, assessed)| assessed.counts_for == capability) {
                    match assessed.counted() {
                        Some((earned, worth)) => {
                            bar.earned_milli += earned as i64;
                            let measure = self.program.rubric.criteria.get(*place).map(|criterion| &criterion.measure);
                            if measure.and_then(|measure| self.whose(measure, assessed)) == Some(Whose::Program) {
                                bar.by_program_milli += earned as i64;
                            }
                            bar.missed_milli += worth.saturating_sub(earned) as i64;
                        }
                        None => bar.not_evaluated_milli += i64::from(assessed.points) * 1000,
                    }
                }
                bar
            })
            .collect();
        let evaluated = format!("{} of {} points were evaluated", assessment.points_evaluated, assessment.points_total);
        let (total, total_note) = match (input.about.with_total, assessment.score) {
            (true, Some(score)) => (Some(score), format!("{evaluated}. The total is 100 \u{d7} points earned / points evaluated.")),
            (true, None) => (None, format!("{evaluated}: fewer than 70 %, so there is no total.")),
            (false, _) => (None, format!("{evaluated}. No total is given: what helps is the reasons.")),
        };
        let total_note = match (total, self.earned_by_whom(&played)) {
            (Some(_), Some(split)) => format!("{split} {total_note}"),
            _ => total_note,
        };
        let criteria = played
            .iter()
            .map(|(place, assessed)| {
                let rubric = &self.program.rubric;
                let target = rubric.criteria.get(*place).and_then(|criterion| rubric.targets.get(criterion.target));
                let counted = assessed.counted();
                let mut facts: Vec<u32> = assessed.why.facts.clone();
                if let CriterionResult::Missed { opened_by: Some(opened) } = &assessed.result {
                    facts.push(*opened);
                }
                facts.sort_unstable();
                facts.dedup();
                let hidden = facts.len().saturating_sub(FACTS_SHOWN);
                facts.truncate(FACTS_SHOWN);
                let mut why = assessed.why.says.clone();
                if hidden > 0 {
                    why.push_str(&format!(" {} are in the ledger.", counted_facts(hidden)));
                }
                CriterionLine {
                    id: assessed.id.clone(),
                    capability: assessed.counts_for.label(),
                    text: format!("{}.", self.asks(*place, assessed)),
                    target: target.map_or_else(String::new, |target| target.text.clone()),
                    result: match counted {
                        None => "not evaluated",
                        Some((0, _)) => "missed",
                        Some((earned, worth)) if earned >= worth => "earned",
                        Some(_) => "earned in part",
                    },
                    earned_milli: counted.map(|(earned, _)| earned as i64),
                    worth_milli: i64::from(assessed.points) * 1000,
                    why,
                    earned_by: rubric
                        .criteria
                        .get(*place)
                        .filter(|_| counted.is_some_and(|(earned, _)| earned > 0))
                        .and_then(|criterion| self.whose(&criterion.measure, assessed))
                        .map_or_else(String::new, |whose| whose.says(self.mode)),
                    basis: match assessed.basis.kind {
                        "own_plan" => "own plan",
                        other => other,
                    },
                    basis_says: assessed.basis.says.clone(),
                    // That nobody has reviewed a judgement is for its author, who is told by the check.
                    basis_source: if nobody_reviewed(&assessed.basis.source) { String::new() } else { assessed.basis.source.clone() },
                    facts: facts.into_iter().filter_map(|seq| self.line(seq)).collect(),
                    evaluators: self.judgements(&assessed.id, input.about),
                }
            })
            .collect();
        Scores { total, total_note, bars: Bars { bars }, criteria }
    }

    /// Proposed ratings with the clause each rests on.
    pub fn ratings(&self, input: &Input<'_>) -> Vec<TargetRating> {
        input
            .assessment
            .ratings
            .iter()
            .map(|rating| TargetRating {
                target: self
                    .program
                    .rubric
                    .targets
                    .iter()
                    .find(|target| target.id == rating.target)
                    .map_or_else(|| rating.target.clone(), |target| target.text.clone()),
                core_capability: rating.core_capability.clone(),
                letter: rating.rating.map(crate::assessment::Rating::letter),
                words: rating.rating.map_or("No rating proposed", crate::assessment::Rating::label),
                clause: clause(rating.decided_by).to_owned(),
                why: rating.why.says.clone(),
                id: rating.target.clone(),
                evaluators: self.evaluators(&rating.target, input.about),
            })
            .collect()
    }
}

/// Whether something of the adversary's is still there although its measure earned its points.
fn harm_remains(measure: &Measure, assessed: &Assessed) -> bool {
    matches!(measure, Measure::AtEnd { count: Count::Compromised | Count::Encrypted, .. }) && !assessed.why.says.starts_with("0 ")
}

/// A reason without its curve, which stands with the scores: `Done after 2 hours; all points up to ..` says enough before the semicolon.
fn short(says: &str) -> String {
    says.split_once("; all points").map_or_else(|| says.to_owned(), |(found, _)| format!("{found}."))
}

fn counted_facts(hidden: usize) -> String {
    counted(hidden as i64, "more fact", "more facts")
}

/// The clause of HSEEP's definitions that decided, in our words.
const fn clause(clause: Clause) -> &'static str {
    match clause {
        Clause::NothingEvaluated => "nothing of this target was evaluated",
        Clause::ObjectiveNotAchieved => "the objective was not achieved",
        Clause::InPart => "achieved in part",
        Clause::OtherActivitiesHarmed => "achieved, but other activities were harmed",
        Clause::Safety => "achieved, but health or safety was put at risk",
        Clause::NotByPlan => "achieved, but not by plan or law",
        Clause::RoomToImprove => "achieved as planned, with ways to do it better",
        Clause::AllMet => "achieved as planned, nothing harmed",
    }
}

/// The capability element that an improvement would most likely belong to (HSEEP: planning, organization, equipment, training, exercise).
const fn element(measure: &Measure) -> &'static str {
    match measure {
        Measure::Minutes { .. }
        | Measure::Belief { .. }
        | Measure::ScopeKnown { .. }
        | Measure::AlertsJudged { .. }
        | Measure::EvidenceKept { .. } => "training",
        Measure::AtEnd { .. } | Measure::RecordsExposed { .. } => "equipment",
        Measure::LogCovers { .. } | Measure::Shared { .. } | Measure::AlertsTakenUp { .. } => "organization",
        Measure::Judged { .. } | Measure::WorkaroundsInTime { .. } => "exercise",
        Measure::Never { .. }
        | Measure::FalseClaims { .. }
        | Measure::Heard { .. }
        | Measure::Deadline { .. }
        | Measure::Outage { .. }
        | Measure::WithinRto { .. } => "planning",
    }
}

/// Minutes of a cut, in words.
pub fn cut_in_words(cut: &crate::scenario::program::Cut) -> String {
    format!(
        "{}: opening {}, play {}, hotwash {}",
        cut.id,
        minutes(cut.opening.as_minutes()),
        minutes(cut.play.as_minutes()),
        minutes(cut.hotwash.as_minutes())
    )
}
