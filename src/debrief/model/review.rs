//! From an assessment to what is said of it: reviews by capability, proposals, outcome, scores with reasons, ratings.

use std::collections::BTreeSet;

use super::reading::{Known, Reading};
use super::{Bar, Bars, CriterionLine, Figure, Improvement, Review, ReviewMoment, Scores, TargetRating, minutes, money, span};
use crate::assessment::{Assessed, Clause, CriterionResult};
use crate::debrief::Input;
use crate::debrief::narrative::{bare, capital, counted, grouped};
use crate::ids::*;
use crate::scenario::program::Measure;
use crate::scenario::written::Capability;
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::measures::Mark;
use crate::vocabulary::{Fact, communication, compliance, continuity, detection, documentation, estate, exercise, incident_command, investigation};

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
                    moment: self.moment(capability),
                    changes: vec![],
                    not_evaluated: vec![],
                };
                for (place, assessed) in mine {
                    let asks = self.asks(*place, assessed);
                    match assessed.counted() {
                        None => {
                            let reason = match &assessed.result {
                                CriterionResult::NotEvaluated { reason } => reason.as_str(),
                                _ => "",
                            };
                            review.not_evaluated.push(format!("{asks}: {}.", bare(reason)));
                        }
                        Some((earned, worth)) if earned * 100 >= worth * STRENGTH_PERCENT => {
                            review.strengths.push(format!("{asks}. {}", short(&assessed.why.says)))
                        }
                        Some(_) => {
                            let proposal = self
                                .program
                                .rubric
                                .criteria
                                .get(*place)
                                .map_or_else(String::new, |criterion| self.action_for(&criterion.measure, assessed));
                            review.changes.push(format!("{asks}. {} Proposal: {proposal}", short(&assessed.why.says)));
                        }
                    }
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

    /// The first decision that belongs to a capability.
    fn first_decision(&self, capability: Capability) -> Option<&Happened> {
        self.facts.iter().find(|happened| {
            happened.at >= ExerciseTime(0)
                && match happened.fact {
                    Fact::IncidentCommand(incident_command::Fact::Declared { .. }) | Fact::Detection(detection::Fact::Judged { .. }) => {
                        capability == Capability::Triage
                    }
                    Fact::Investigation(
                        investigation::Fact::EvidenceKept { .. } | investigation::Fact::Believed { .. } | investigation::Fact::Found { .. },
                    ) => capability == Capability::Investigation,
                    Fact::Estate(
                        estate::Fact::Isolated { .. }
                        | estate::Fact::PoweredOff { .. }
                        | estate::Fact::LoginDisabled { .. }
                        | estate::Fact::LinkCut { .. }
                        | estate::Fact::SegmentCut { .. }
                        | estate::Fact::EgressBlocked { .. }
                        | estate::Fact::BackupSecured { .. },
                    ) => capability == Capability::Containment,
                    Fact::Estate(
                        estate::Fact::Rebuilt { .. }
                        | estate::Fact::Restored { .. }
                        | estate::Fact::Cleaned { .. }
                        | estate::Fact::DataRestored { .. },
                    ) => capability == Capability::Recovery,
                    Fact::Communication(communication::Fact::Published { .. } | communication::Fact::Said { .. }) => {
                        capability == Capability::Communication
                    }
                    Fact::Compliance(
                        compliance::Fact::Determined { .. } | compliance::Fact::Notified { .. } | compliance::Fact::HoldPlaced { .. },
                    ) => capability == Capability::Compliance,
                    Fact::IncidentCommand(
                        incident_command::Fact::Decided { .. } | incident_command::Fact::TimedOut { .. } | incident_command::Fact::Briefed { .. },
                    ) => capability == Capability::Coordination,
                    Fact::Continuity(continuity::Fact::WorkaroundStarted { .. } | continuity::Fact::Prioritised { .. }) => {
                        capability == Capability::Continuity
                    }
                    Fact::Documentation(documentation::Fact::Logged { .. } | documentation::Fact::Reported { .. }) => {
                        capability == Capability::Documentation
                    }
                    _ => false,
                }
        })
    }

    /// The moment a review looks at: the first decision of its kind.
    fn moment(&self, capability: Capability) -> Option<ReviewMoment> {
        let decision = self.first_decision(capability)?;
        let at = decision.at;
        let known = self.known(at, RoleSet::NONE);
        Some(ReviewMoment {
            at,
            clock: self.clock(at),
            what: self.text(decision.seq).to_owned(),
            known: self.known_in_words(&known),
            sensible: self.sensible(at),
            not_known: self.not_known(&known, at),
            as_at: None,
        })
    }

    /// What had been told and was not so, and what was so and had not been told.
    pub fn not_known(&self, known: &Known, at: ExerciseTime) -> Vec<String> {
        let mut lines = Vec::new();
        let quoted = |claim: &ClaimId| format!("\u{201c}{}\u{201d}", self.teller.claim(*claim));
        let wrongly = |stance: Stance| -> Vec<String> {
            (known.claims.iter())
                .filter(|(claim, said)| said.last().is_some_and(|(last, _)| *last == stance) && self.is_true(**claim, at) == (stance == Stance::No))
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
        for happened in self.facts.iter().take_while(|happened| happened.at <= at) {
            if let Fact::Investigation(investigation::Fact::Believed { role, claim, percent }) = happened.fact {
                believed.insert((claim, role), percent);
            }
        }
        // What somebody was sure of, this way or that, explains a decision; even odds hardly do.
        let mut believed: Vec<_> = believed.into_iter().collect();
        believed.sort_by_key(|(_, percent)| std::cmp::Reverse(percent.abs_diff(50)));
        let more = believed.len().saturating_sub(BELIEFS_SHOWN);
        let mut lines: Vec<String> = (believed.into_iter().take(BELIEFS_SHOWN))
            .map(|((claim, role), percent)| {
                format!("Believed by {}: \u{201c}{}\u{201d}, {percent} % sure.", self.teller.role(role), self.teller.claim(claim))
            })
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
                "capture memory before a machine is powered off, installed anew or restored (RFC 3227, section 2.1).".into()
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
        vec![
            Figure { id: "ending", label: "Ending", value: None, text: input.assessment.ending.says().to_owned() },
            number(
                "assets_compromised",
                "Machines ever in the adversary's hands",
                i64::from(outcome.assets_compromised),
                of(outcome.assets_compromised as usize),
            ),
            number("assets_encrypted", "Machines ever encrypted", encrypted.len() as i64, of(encrypted.len())),
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
            number("deadlines_met", "Notifications sent in time", i64::from(outcome.deadlines_met), outcome.deadlines_met.to_string()),
            number("deadlines_missed", "Notifications late or missed", i64::from(outcome.deadlines_missed), outcome.deadlines_missed.to_string()),
            time("first_alert", "First alert on a real trace", times.first_alert),
            length("to_acknowledge_median", "Median time until a real alert was taken up", times.to_acknowledge_median),
            time("triaged", "First recognised as an incident", times.triaged),
            time("contained", "Contained: nothing that can act, no way back", times.contained),
            time("eradicated", "Eradicated", times.eradicated),
            time("restored", "All services whole again", times.restored),
            length("to_detect", "From the first machine taken to the first alert on a real trace", times.to_detect),
            length(
                "dwell",
                "Dwell time: from the first machine taken until it was recognised",
                times.triaged.zip(times.compromised).map(|(triaged, compromised)| triaged.at - compromised.at),
            ),
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
                let mut bar = Bar { name: capital(capability.label()), earned_milli: 0, missed_milli: 0, not_evaluated_milli: 0 };
                for (_, assessed) in played.iter().filter(|(_, assessed)| assessed.counts_for == capability) {
                    match assessed.counted() {
                        Some((earned, worth)) => {
                            bar.earned_milli += earned as i64;
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
                    basis: match assessed.basis.kind {
                        "own_plan" => "own plan",
                        other => other,
                    },
                    basis_says: assessed.basis.says.clone(),
                    basis_source: assessed.basis.source.clone(),
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
