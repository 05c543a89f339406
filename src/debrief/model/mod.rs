//! What a debrief says, as plain data. HTML, Markdown and JSON are three ways to write the same thing down.
//!
//! In JSON times are seconds of the story counted from STARTEX, with the clock of the story beside them; `facts` are places in the ledger; money
//! is in the smallest unit of the currency; points are in thousandths. Fields may be added under the same schema number; none changes its meaning.

use serde::Serialize;

use super::{Input, narrative};
use crate::ids::DenseId;
use crate::time::{ExerciseTime, Span};

mod events;
mod reading;
mod records;
mod review;

pub use crate::debrief::charts::bars::{Bar, Bars, points};
pub use crate::debrief::charts::clocks::{Clock, Clocks, State};
pub use crate::debrief::charts::lanes::{Event, Kind, Lanes};
pub use crate::debrief::charts::step::{Series, Steps};
pub use crate::debrief::charts::strip::{Stretch, Strip, Strips};
use reading::Reading;
pub use reading::some;

/// The name of this layout, and its version.
pub const SCHEMA: &str = "hotwash-debrief/1";

/// A whole debrief, in the order in which it is read.
#[derive(Clone, Debug, Serialize)]
pub struct Debrief {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What stands on every page.
    pub marking: Marking,
    /// What was exercised.
    pub overview: Overview,
    /// What participants write before they read on.
    pub participants: Participants,
    /// One review for each capability that was measured.
    pub capabilities: Vec<Review>,
    /// HSEEP's Appendix A, filled with proposals.
    pub improvement_plan: Vec<Improvement>,
    /// How it ended.
    pub outcome: Vec<Figure>,
    /// Attack above, response below.
    pub timeline: Lanes,
    /// What the adversary had done before play began.
    pub before_startex: Vec<FactLine>,
    /// How far the attack had spread, and how much of it was known.
    pub spread: Vec<Steps>,
    /// Services over time.
    pub services: Strips,
    /// Notification clocks.
    pub clocks: Clocks,
    /// What roles were told of claims.
    pub told: Vec<ToldLine>,
    /// What was said to whom.
    pub communication: Vec<Said>,
    /// What was kept and what was lost.
    pub evidence: Vec<EvidenceLine>,
    /// Decisions at gates.
    pub decisions: Vec<Decision>,
    /// Beliefs that were stated, against the truth.
    pub beliefs: Vec<Belief>,
    /// The attack by technique, and who saw it.
    pub coverage: Vec<Coverage>,
    /// Criteria with their reasons.
    pub scores: Scores,
    /// Proposed ratings of capability targets.
    pub ratings: Vec<TargetRating>,
    /// How it was made, and every alert.
    pub appendix: Appendix,
}

/// What stands on every page.
#[derive(Clone, Debug, Serialize)]
pub struct Marking {
    /// `EXERCISE EXERCISE EXERCISE`.
    pub exercise: &'static str,
    /// The label of the Traffic Light Protocol 2.0 (FIRST, August 2022).
    pub tlp: &'static str,
    /// What the label allows, in our words.
    pub tlp_means: &'static str,
    /// Words that counsel asked for, if any.
    pub counsel: Option<String>,
}

/// What was exercised: the fields of HSEEP's exercise overview that are known.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// Title of the exercise.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// `unattended run`, `tabletop exercise` or `functional exercise`.
    pub kind: &'static str,
    /// What that means, and what it does not.
    pub honest: String,
    /// Kind of threat.
    pub threat: &'static str,
    /// First and last moment of the story, and its time zone.
    pub story_time: String,
    /// How long that is.
    pub story_length: String,
    /// The cut: its id, and minutes of opening, play and hotwash.
    pub cut: String,
    /// The profile it was tailored with, if any.
    pub profile: Option<String>,
    /// Whether play reached ENDEX.
    pub finished: bool,
    /// Who played which role.
    pub seats: Vec<SeatLine>,
    /// Objectives with their core capability.
    pub objectives: Vec<ObjectiveLine>,
    /// What is out of scope.
    pub out_of_scope: Vec<String>,
    /// Topics to be careful with.
    pub sensitive_topics: Vec<String>,
    /// What the facilitator noted.
    pub notes: Vec<String>,
}

/// A role and who played it.
#[derive(Clone, Debug, Serialize)]
pub struct SeatLine {
    /// The role.
    pub role: String,
    /// A program, or people.
    pub played_by: String,
}

/// An objective.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveLine {
    /// In one sentence.
    pub text: String,
    /// The core capability of the National Preparedness Goal.
    pub core_capability: String,
    /// NIST CSF 2.0 subcategories.
    pub csf: Vec<String>,
}

/// What participants write before any result.
#[derive(Clone, Debug, Serialize)]
pub struct Participants {
    /// Questions, with room to write.
    pub asks: Vec<&'static str>,
}

/// A capability: what was known, why it seemed sensible, what to change.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// The capability.
    pub capability: &'static str,
    /// What went well, each with its reason.
    pub strengths: Vec<String>,
    /// The moment that is looked at, and why this one. None if nothing was decided here and nothing was due.
    pub moment: Option<ReviewMoment>,
    /// What to change: proposals from criteria that were missed.
    pub changes: Vec<String>,
    /// What could not be evaluated, and why.
    pub not_evaluated: Vec<String>,
}

/// The moment a review looks at.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewMoment {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// What was decided or fell due then.
    pub what: String,
    /// What had been told by then.
    pub known: Vec<String>,
    /// Why it made sense then, by what was known then.
    pub sensible: Vec<String>,
    /// What of it was not so, and what was so and had not been told: hindsight.
    pub not_known: Vec<String>,
    /// Where `known` and `not_known` are those of an earlier review: the clock of its moment, to which pages refer instead of repeating them.
    pub as_at: Option<String>,
}

/// One line of the improvement plan.
#[derive(Clone, Debug, Serialize)]
pub struct Improvement {
    /// Core capability of the objective.
    pub core_capability: String,
    /// Issue or area for improvement.
    pub issue: String,
    /// A corrective action, proposed from the basis of the criterion.
    pub action: String,
    /// Capability element (planning, organization, equipment, training, exercise), proposed.
    pub element: &'static str,
    /// The criterion it comes from.
    pub criterion: String,
}

/// One figure of the outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// A name for programs.
    pub id: &'static str,
    /// What it counts.
    pub label: &'static str,
    /// The number; none where there is none to give.
    pub value: Option<i64>,
    /// The number in words, with its unit.
    pub text: String,
}

/// A fact, as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct FactLine {
    /// Its place in the ledger.
    pub seq: u32,
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// In one sentence.
    pub text: String,
}

/// Something said to somebody outside the team, or shared inside it.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// What.
    pub what: String,
    /// To whom.
    pub to: String,
    /// Whether it was true when it was said; empty where that is not a question.
    pub truth: &'static str,
    /// Places of its facts in the ledger.
    pub facts: Vec<u32>,
}

/// Evidence kept or lost.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceLine {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// `kept`, `lost`, or `legal hold`.
    pub what: &'static str,
    /// Memory or disk; empty for a hold.
    pub kind: &'static str,
    /// Of which machines.
    pub machines: Vec<String>,
}

/// A gate and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// What was asked.
    pub ask: String,
    /// Why it was hard, if careful people disagree about it.
    pub dilemma: Option<String>,
    /// Who decides.
    pub who: String,
    /// When it opened.
    pub opened: ExerciseTime,
    /// On the clock of the story.
    pub opened_clock: String,
    /// When it was decided; none if play ended first.
    pub decided: Option<ExerciseTime>,
    /// On the clock of the story.
    pub decided_clock: Option<String>,
    /// How long it took, in minutes.
    pub took_minutes: Option<i64>,
    /// What was chosen.
    pub choice: Option<String>,
    /// By which role; none if nobody decided in time.
    pub by: Option<String>,
    /// How sure, in percent.
    pub sure_percent: Option<u8>,
    /// Nobody decided in time, so the default held.
    pub timed_out: bool,
    /// Other choices on offer.
    pub others: Vec<String>,
    /// What the author says of the choice.
    pub feedback: String,
    /// What those who decide had been told by then.
    pub known: Vec<String>,
    /// What of it was not so, and what was so and had not reached them.
    pub not_known: Vec<String>,
}

/// A claim, as roles were told of it.
#[derive(Clone, Debug, Serialize)]
pub struct ToldLine {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// The claim.
    pub claim: String,
    /// `said`, `denied` or `left open`.
    pub stance: &'static str,
    /// To which roles.
    pub to: String,
    /// Whether it was true then.
    pub was_true: bool,
    /// Whether what was said was right, in words.
    pub right: &'static str,
}

/// A stated belief, against the truth.
#[derive(Clone, Debug, Serialize)]
pub struct Belief {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// The role.
    pub role: String,
    /// The claim.
    pub claim: String,
    /// How sure that it is true, in percent.
    pub percent: u8,
    /// Whether it was.
    pub was_true: bool,
}

/// A stage of the attack, and who saw it.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// ATT&CK technique id.
    pub technique: String,
    /// Its name.
    pub name: String,
    /// What the author says of the stage.
    pub stage: String,
    /// What became of it: done (how often, when first), failed, or never tried.
    pub happened: String,
    /// When it was first done.
    pub first: Option<ExerciseTime>,
    /// Traces it left in play and before.
    pub traces: u32,
    /// When an alert on it first reached somebody, whom, and from what; or why not.
    pub alert: String,
    /// When it was recognised (an alert judged real, or signs found), and by whom; or never.
    pub recognised: String,
    /// Never recognised although it happened.
    pub unseen: bool,
}

/// Scores with reasons.
#[derive(Clone, Debug, Serialize)]
pub struct Scores {
    /// 100 x earned / (earned and missed points); none unless asked for, or where too little was evaluated.
    pub total: Option<u8>,
    /// Why there is no total, or what it counts.
    pub total_note: String,
    /// Points by capability.
    pub bars: Bars,
    /// All criteria.
    pub criteria: Vec<CriterionLine>,
}

/// One criterion, and why it got what it got.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionLine {
    /// Its id.
    pub id: String,
    /// The capability it counts for.
    pub capability: &'static str,
    /// What it asks.
    pub text: String,
    /// The capability target it measures.
    pub target: String,
    /// `earned`, `earned in part`, `missed` or `not evaluated`.
    pub result: &'static str,
    /// Points earned, in thousandths; none if it was not evaluated.
    pub earned_milli: Option<i64>,
    /// Points it is worth, in thousandths.
    pub worth_milli: i64,
    /// Why.
    pub why: String,
    /// On what ground: law, standard, own plan or judgement.
    pub basis: &'static str,
    /// What that says.
    pub basis_says: String,
    /// And where.
    pub basis_source: String,
    /// The facts it rests on.
    pub facts: Vec<FactLine>,
}

/// A proposed rating of a capability target.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRating {
    /// The target.
    pub target: String,
    /// Its core capability.
    pub core_capability: String,
    /// HSEEP's letter: P, S, M, U; none where nothing could be proposed.
    pub letter: Option<&'static str>,
    /// In HSEEP's words.
    pub words: &'static str,
    /// The clause of HSEEP's definition that it rests on.
    pub clause: String,
    /// Why.
    pub why: String,
}

/// How it was made, and the long lists.
#[derive(Clone, Debug, Serialize)]
pub struct Appendix {
    /// Parameters of the run.
    pub card: Vec<(&'static str, String)>,
    /// What is assumed.
    pub assumptions: Vec<String>,
    /// Where the exercise knowingly differs from life.
    pub artificialities: Vec<String>,
    /// Teaching points, with the place in `sources` of what they rest on.
    pub teaching: Vec<(String, Option<usize>)>,
    /// Works cited: title, and address if there is one.
    pub sources: Vec<(String, Option<String>)>,
    /// Injects of the cut: when they came, or why not.
    pub injects: Vec<InjectLine>,
    /// Every alert.
    pub alerts: Vec<AlertLine>,
    /// Five words.
    pub glossary: Vec<(&'static str, &'static str)>,
}

/// An inject and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct InjectLine {
    /// When it came; none if it did not.
    pub at: Option<ExerciseTime>,
    /// On the clock of the story, or why it did not come.
    pub clock: String,
    /// Channel, sender and what it says.
    pub text: String,
    /// To whom.
    pub to: String,
    /// Why it is there.
    pub why: String,
}

/// An alert and what was done about it.
#[derive(Clone, Debug, Serialize)]
pub struct AlertLine {
    /// When it was raised.
    pub raised: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// The sensor.
    pub sensor: String,
    /// The machine.
    pub machine: String,
    /// What it saw.
    pub trail: &'static str,
    /// Whether it came from the attack.
    pub real: bool,
    /// What was done: taken up, judged, put aside, each with its time; or that it was not taken up.
    pub handled: String,
    /// Where it ended, without times: `judged real`, `judged harmless`, `put aside`, `taken up, not judged` or `not taken up`.
    pub verdict: &'static str,
}

/// Reads a session into a debrief.
pub fn model(input: &Input<'_>) -> Debrief {
    let reading = Reading::new(input.program, input.ledger);
    let (public, about) = (&input.program.public, input.about);
    Debrief {
        schema: SCHEMA,
        marking: Marking {
            exercise: "EXERCISE EXERCISE EXERCISE",
            tlp: about.tlp.label(),
            tlp_means: about.tlp.means(),
            counsel: about.counsel.clone().filter(|text| !text.trim().is_empty()),
        },
        overview: overview(input, &reading),
        participants: Participants {
            asks: vec![
                "What went well, and what made it go well?",
                "Where did we lose time, or decide without knowing what we needed?",
                "What would I do in the first ten minutes next time?",
                "What did I believe for too long?",
            ],
        },
        capabilities: reading.reviews(input),
        improvement_plan: reading.improvement_plan(input),
        outcome: reading.outcome(input),
        timeline: reading.lanes(),
        before_startex: reading.before_startex(),
        spread: reading.spread(),
        services: reading.strips(),
        clocks: reading.clocks(),
        told: reading.told(),
        communication: reading.communication(),
        evidence: reading.evidence(),
        decisions: reading.decisions(),
        beliefs: reading.beliefs(),
        coverage: reading.coverage(),
        scores: reading.scores(input),
        ratings: reading.ratings(input),
        appendix: Appendix {
            card: vec![
                ("Scenario", public.id.clone()),
                ("Scenario identity (hash of all its files)", public.identity.clone()),
                ("Seed", about.seed.to_string()),
                ("Rules", about.rules_version.to_string()),
                ("Events", narrative::grouped(about.events.min(i64::MAX as u64) as i64)),
                ("Facts in the ledger", narrative::grouped(reading.facts.len() as i64)),
                ("Hash of all facts", about.hash.clone()),
                ("ATT&CK version", public.attack_version.clone()),
            ],
            assumptions: public.assumptions.clone(),
            artificialities: public.artificialities.clone(),
            teaching: public.teaching.clone(),
            sources: public.sources.iter().map(|source| (source.title.clone(), source.url.clone())).collect(),
            injects: reading.injects(),
            alerts: reading.alerts(),
            glossary: vec![
                ("Inject", "A message or event that the exercise brings to somebody: a call, a mail, an alert."),
                ("Ground truth", "What the simulation knows. Roles know only what they were told; the distance is most of what is trained."),
                ("Gate", "A decision that the story asks for by a certain time, and what holds if nobody takes it."),
                ("STARTEX and ENDEX", "The first and the last moment of play."),
                ("Capability target", "What good looks like, with a threshold; criteria measure it."),
            ],
        },
    }
}

fn overview(input: &Input<'_>, reading: &Reading<'_>) -> Overview {
    let (public, about) = (&input.program.public, input.about);
    let calendar = &public.calendar;
    let date = |at: ExerciseTime| calendar.date(at).format("%a %-d %B %Y, %H:%M").to_string();
    let mut honest = about.mode.honest().to_owned();
    if !about.finished {
        honest.push_str(" Play stopped before ENDEX; everything below is as far as it came.");
    }
    Overview {
        title: public.title.clone(),
        about: public.about.clone(),
        kind: about.mode.label(),
        honest,
        threat: public.family.label(),
        story_time: format!("{} to {} ({})", date(ExerciseTime(0)), date(reading.until), public.time_zone),
        story_length: span(reading.until - ExerciseTime(0)),
        cut: review::cut_in_words(&public.cut),
        profile: public.profile.clone(),
        finished: about.finished,
        seats: (public.roles.iter().enumerate())
            .map(|(place, role)| {
                let mut by: Vec<String> = about.seats.iter().filter(|(seat, _)| seat.index() == place).map(|(_, by)| by.clone()).collect();
                by.dedup();
                SeatLine {
                    role: narrative::role_only(&role.label).to_owned(),
                    played_by: if by.is_empty() { "nobody".into() } else { by.join(", ") },
                }
            })
            .collect(),
        objectives: (input.program.rubric.objectives.iter())
            .map(|objective| ObjectiveLine {
                text: objective.text.clone(),
                core_capability: objective.core_capability.clone(),
                csf: objective.csf.clone(),
            })
            .collect(),
        out_of_scope: public.out_of_scope.clone(),
        sensitive_topics: public.sensitive_topics.clone(),
        notes: about.notes.clone(),
    }
}

/// Alerts alike: the same sensor, truth and verdict.
#[derive(Clone, Debug)]
pub struct AlertGroup<'a> {
    /// The first of them.
    pub first: &'a AlertLine,
    /// How many.
    pub count: usize,
    /// On which machines.
    pub machines: Vec<String>,
    /// What they saw.
    pub trails: Vec<String>,
}

/// Alerts for reading: those of one sensor that came from the same and ended the same are one line. In the order of the first of each.
pub fn gathered(alerts: &[AlertLine]) -> Vec<AlertGroup<'_>> {
    let mut groups: Vec<AlertGroup<'_>> = Vec::new();
    for alert in alerts {
        let alike =
            |group: &AlertGroup<'_>| (&group.first.sensor, group.first.real, group.first.verdict) == (&alert.sensor, alert.real, alert.verdict);
        let place = groups.iter().position(alike).unwrap_or_else(|| {
            groups.push(AlertGroup { first: alert, count: 0, machines: vec![], trails: vec![] });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.count += 1;
            if !group.machines.contains(&alert.machine) {
                group.machines.push(alert.machine.clone());
            }
            if !group.trails.iter().any(|trail| trail == alert.trail) {
                group.trails.push(alert.trail.to_owned());
            }
        }
    }
    groups
}

/// Minutes as people write them: `45 min`, `2 h 05 min`, `1 d 3 h`.
pub fn minutes(minutes: i64) -> String {
    let sign = if minutes < 0 { "\u{2212}" } else { "" };
    let minutes = minutes.unsigned_abs();
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, left) => format!("{sign}{left} min"),
        (0, hours, 0) => format!("{sign}{hours} h"),
        (0, hours, left) => format!("{sign}{hours} h {left:02} min"),
        (days, 0, _) => format!("{sign}{days} d"),
        (days, hours, _) => format!("{sign}{days} d {hours} h"),
    }
}

/// A span in the same words.
pub fn span(span: Span) -> String {
    minutes(span.0 / 60)
}

/// Money in the smallest unit of its currency, as people write it, without cents.
pub fn money(minor_units: i64, currency: &str) -> String {
    format!("{currency} {}", crate::debrief::narrative::grouped(minor_units / 100)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sums_read_like_words() {
        assert_eq!([0, 45, 60, 125, 1440, 1620, -5].map(minutes), ["0 min", "45 min", "1 h", "2 h 05 min", "1 d", "1 d 3 h", "\u{2212}5 min"]);
        assert_eq!(money(123_456_700, "EUR"), "EUR 1\u{202f}234\u{202f}567");
        assert_eq!(money(900_000, ""), "9000");
    }
}
