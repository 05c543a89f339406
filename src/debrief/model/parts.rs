//! The parts of a debrief as plain data: what each of its tables and charts holds. Nothing here computes.

use serde::Serialize;

use super::replay::Replay;
use super::spoken::{AtTheTable, Cause, EvaluatorRating, Hand, ObservationLine, Quote, Stated};
use super::{Bars, Clocks, Lanes, Steps, Strips};
use crate::debrief::approval::{Approval, Part};
use crate::debrief::plan::{Element, Status};
use crate::time::ExerciseTime;

/// A whole debrief, in the order in which it is read.
#[derive(Clone, Debug, Serialize)]
pub struct Debrief {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What stands on every page.
    pub marking: Marking,
    /// What was exercised.
    pub overview: Overview,
    /// Parts that may be shown, by name; none where nobody was asked.
    pub approved: Option<Vec<&'static str>>,
    /// The same, to ask for.
    #[serde(skip)]
    pub approval: Approval,
    /// What participants write before they read on, and what they wrote.
    pub participants: Participants,
    /// Causes that participants stated, beside what was so.
    pub causes: Vec<Cause>,
    /// What happened, on one page.
    pub story: Vec<StoryLine>,
    /// One review for each capability that was measured.
    pub capabilities: Vec<Review>,
    /// HSEEP's Appendix A: proposals, as far as the room has not written them over, and what it added.
    pub improvement_plan: Vec<Improvement>,
    /// Proposals that the room has left out.
    pub improvement_left_out: Vec<Improvement>,
    /// How it ended.
    pub outcome: Vec<Figure>,
    /// Attack above, response below.
    pub timeline: Lanes,
    /// The map over time.
    pub replay: Replay,
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
    /// The room's own words, as they were recorded.
    pub room: Vec<Quote>,
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
    /// What evaluators saw.
    pub observations: Vec<ObservationLine>,
    /// Where the facilitator had a hand in play.
    pub hand: Hand,
    /// How it was made, and every alert.
    pub appendix: Appendix,
}

impl Debrief {
    /// Says what may be shown.
    pub fn approve(&mut self, approval: Approval) {
        self.approved = match &approval {
            Approval::NotAsked => None,
            Approval::Only(parts) => Some(parts.iter().map(|part| part.name()).collect()),
        };
        self.approval = approval;
    }

    /// Whether a part may be shown.
    pub fn shows(&self, part: Part) -> bool {
        self.approval.has(part)
    }
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
    /// The day on which it was held, as a plan keeps days; empty where nothing says: a journal knows the clock of the story, and no other.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub held_on: String,
    /// First and last moment of the story, and its time zone.
    pub story_time: String,
    /// How long that is.
    pub story_length: String,
    /// The cut: its id, and minutes of opening, play and hotwash.
    pub cut: String,
    /// Whose exercise it is.
    pub organisation: String,
    /// What stands over what was known at a decision.
    #[serde(skip)]
    pub told: &'static str,
    /// Who is trained, and whose work is not theirs; none where it is not known whose doing things were.
    #[serde(skip)]
    pub whose: Option<(&'static str, &'static str)>,
    /// The profile it was tailored with, if any.
    pub profile: Option<String>,
    /// Whether play reached ENDEX.
    pub finished: bool,
    /// The same in words, and how long before it play was ended.
    pub reached_endex: String,
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
    /// What they found to be strengths.
    pub strengths: Vec<Stated>,
    /// And gaps.
    pub gaps: Vec<Stated>,
    /// Lessons they took.
    pub lessons: Vec<Stated>,
}

impl Participants {
    /// What they wrote, by heading; headings without a word are left out.
    pub fn wrote(&self) -> Vec<(&'static str, &[Stated])> {
        let all = [("Strengths", &self.strengths), ("Gaps", &self.gaps), ("Lessons", &self.lessons)];
        all.into_iter().filter(|(_, list)| !list.is_empty()).map(|(title, list)| (title, list.as_slice())).collect()
    }
}

/// One of the few moments that tell what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryLine {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// Whose doing: `attack`, `decision`, `response`, `duty` for what the law asks, or `service` for what lay down.
    pub side: &'static str,
    /// What, in a sentence or two.
    pub text: String,
}

/// A capability: what was known, why it seemed sensible, what to change.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// The capability.
    pub capability: &'static str,
    /// What went well by what people did, each with what was measured.
    pub strengths: Vec<String>,
    /// What went well by a program's own doing: nobody's strength.
    pub routine: Vec<String>,
    /// What people were asked and did not answer, or with no more than half sure: no lapse, and worth nothing.
    pub unanswered: Vec<String>,
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
    /// What had been told by then; in a discussion, what the room had heard.
    pub known: Vec<String>,
    /// In a discussion: what roles told each other, or found, in the simulation by then, and the room had not heard.
    pub colleagues: Vec<String>,
    /// Why it made sense then, by what was known then.
    pub sensible: Vec<String>,
    /// What of it was not so, and what was so and had not been told: hindsight.
    pub not_known: Vec<String>,
    /// Where `known` and `not_known` are those of an earlier review: the clock of its moment, to which pages refer instead of repeating them.
    pub as_at: Option<String>,
}

/// One line of the improvement plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Improvement {
    /// What it is called by: the id of its criterion, or one of its own.
    pub id: String,
    /// `proposed`, `edited` by the room, or `added` by it.
    pub origin: &'static str,
    /// Core capability of the objective.
    pub core_capability: String,
    /// Issue or area for improvement.
    pub issue: String,
    /// A corrective action, proposed from the basis of the criterion.
    pub action: String,
    /// Capability element (planning, organization, equipment, training, exercise), proposed.
    pub element: &'static str,
    /// Who answers for it; empty while nobody does.
    pub owner: String,
    /// Who to ask.
    pub contact: String,
    /// When it begins: a day, or nothing.
    pub start: String,
    /// When it is to be done, likewise.
    pub completion: String,
    /// `open`, `started` or `done`.
    pub status: &'static str,
    /// The criterion it comes from; empty if it comes from none.
    pub criterion: String,
    /// Points that were missed, in thousandths.
    pub missed_milli: i64,
}

impl Default for Improvement {
    fn default() -> Improvement {
        let nothing = String::new;
        Improvement {
            id: nothing(),
            origin: "proposed",
            core_capability: nothing(),
            issue: nothing(),
            action: nothing(),
            element: Element::Planning.label(),
            owner: nothing(),
            contact: nothing(),
            start: nothing(),
            completion: nothing(),
            status: Status::Open.label(),
            criterion: nothing(),
            missed_milli: 0,
        }
    }
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
    /// What those who decide had been told by then; in a discussion, what the room had heard.
    pub known: Vec<String>,
    /// In a discussion: what roles told each other, or found, in the simulation by the time it was decided, and the room had not heard.
    pub colleagues: Vec<String>,
    /// What of it was not so, and what was so and had not reached them.
    pub not_known: Vec<String>,
    /// What was said about it at the table.
    pub table: AtTheTable,
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
    /// How it reached them: by which message, in which briefing, or in the course of which work.
    pub from: String,
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
    /// Whose doing it was, in words; empty where nobody was trained or nothing was earned.
    pub earned_by: String,
    /// On what ground: law, standard, own plan or judgement.
    pub basis: &'static str,
    /// What that says.
    pub basis_says: String,
    /// And where.
    pub basis_source: String,
    /// The facts it rests on.
    pub facts: Vec<FactLine>,
    /// What evaluators gave it, and saw of it.
    pub evaluators: Vec<String>,
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
    /// The id of the target.
    pub id: String,
    /// What evaluators gave it: the last word of each.
    pub evaluators: Vec<EvaluatorRating>,
}

impl TargetRating {
    /// That evaluators differ, with the reasons of each; none while they agree.
    pub fn disagreement(&self) -> Option<String> {
        let first = self.evaluators.first()?;
        if self.evaluators.iter().all(|other| other.letter == first.letter) {
            return None;
        }
        let leads = |rating: &EvaluatorRating| if rating.leads { ", who leads," } else { "" };
        let each = self.evaluators.iter().map(|rating| format!("{}{} rates {}: {}", rating.by, leads(rating), rating.letter, rating.reason.trim()));
        Some(format!("Evaluators differ. {}", each.map(|one| format!("{}.", one.trim_end_matches(['.', ' ']))).collect::<Vec<_>>().join(" ")))
    }
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
    /// Words that need one.
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
