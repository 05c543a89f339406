//! Evaluation sheets: an exercise evaluation guide for every capability target, in the manner of HSEEP (FEMA, January 2020).
//!
//! A sheet rates the target and never a person: it has no line for a name but the evaluator's own.

use askama::Template;

use super::Sheet;
use super::words::{clock, heading, name_of, sentence, span};
use crate::assessment::Rating;
use crate::debrief::narrative::capital;
use crate::ids::{DenseId, InjectId};
use crate::scenario::program::{BasisKind, Criterion, Measure, Program, Public};
use crate::scenario::script::Beat;
use crate::scenario::written::Count;

#[derive(Template)]
#[template(path = "evaluation.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    ratings: [(Rating, &'static str); 4],
    guides: Vec<Guide>,
    watch: Vec<Watch>,
}

/// A sheet.
struct Guide {
    number: usize,
    objective: String,
    core_capability: String,
    csf: String,
    target: String,
    tasks: Vec<String>,
    criteria: Vec<Line>,
    /// How many lines are left for notes.
    lines: usize,
}

struct Line {
    text: String,
    measure: String,
    look_for: Vec<String>,
    basis: String,
}

/// What good looks like in a move.
struct Watch {
    title: String,
    lines: Vec<(String, String, Vec<String>)>,
}

/// The four ratings, by the clauses of their definitions, in our words.
const RATINGS: [(Rating, &str); 4] = [
    (
        Rating::Performed,
        "The critical tasks were done so that the objective was reached. Nothing else suffered, nobody was put at added risk, and it went by plan, policy, rule and law.",
    ),
    (Rating::SomeChallenges, "As above, and there were ways to do it better or faster that ought to be written down."),
    (
        Rating::MajorChallenges,
        "The objective was reached, but something else suffered by it, or somebody was put at added risk, or it did not go by plan, policy, rule or law.",
    ),
    (Rating::Unable, "The critical tasks were not done so that the objective was reached."),
];

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let Program { public, script, rubric, .. } = program;
    // Lines to write on that a sheet has room for, beside what is printed on it.
    let room = if sheet.is_letter() { 14_usize } else { 17 };
    let mut guides = Vec::new();
    for (place, target) in rubric.targets.iter().enumerate() {
        let criteria: Vec<Line> = rubric
            .criteria
            .iter()
            .filter(|criterion| criterion.target == place && !criterion.left_out)
            .map(|criterion| line(public, criterion))
            .collect();
        // The cut has nothing to observe for it.
        let Some(objective) = rubric.objectives.get(target.objective).filter(|_| !criteria.is_empty()) else { continue };
        let printed: usize = criteria.iter().map(|line| 3 + line.look_for.len()).sum::<usize>() + target.tasks.len();
        guides.push(Guide {
            number: guides.len() + 1,
            objective: objective.text.clone(),
            core_capability: objective.core_capability.clone(),
            csf: objective.csf.join(", "),
            target: target.text.clone(),
            tasks: target.tasks.iter().map(|task| capital(task)).collect(),
            criteria,
            lines: room.saturating_sub(printed * 3 / 5).max(5),
        });
    }
    let mut watch = Vec::new();
    for (one, turn) in public.moves.iter().zip(&script.moves) {
        let expected = |id: &InjectId| {
            let inject = public.injects.get(id.index()).filter(|inject| !inject.expected.is_empty())?;
            let when = script.inject(*id)?.at.map_or_else(|| "if it comes".to_owned(), |at| clock(public, at));
            Some((format!("{} ({})", heading(inject), name_of(&inject.id)), when, inject.expected.clone()))
        };
        let lines: Vec<_> = turn.order.iter().filter_map(|beat| if let Beat::Inject(id) = beat { expected(id) } else { None }).collect();
        if !lines.is_empty() {
            watch.push(Watch { title: one.title.clone(), lines });
        }
    }
    Page { sheet, ratings: RATINGS, guides, watch }.render()
}

fn line(public: &Public, criterion: &Criterion) -> Line {
    let (measure, look_for) = match &criterion.measure {
        Measure::Judged { ask, look_for } => (ask.clone(), look_for.clone()),
        other => (threshold(public, other), Vec::new()),
    };
    let ground = match criterion.basis.kind {
        BasisKind::Law => "Law",
        BasisKind::Standard => "Standard",
        BasisKind::OwnPlan => "Own plan",
        BasisKind::Judgement => "Judgement",
    };
    // That nobody reviewed it yet is for whoever writes the scenario, and is said there; to a room it says nothing about the criterion.
    let reviewed = criterion.basis.kind != BasisKind::Judgement || !criterion.basis.source.trim().to_lowercase().starts_with("not yet");
    let source = if criterion.basis.source.is_empty() || !reviewed { String::new() } else { format!(" ({})", criterion.basis.source) };
    Line { text: sentence(&criterion.text), measure, look_for, basis: format!("{ground}: {}{source}", criterion.basis.says) }
}

/// What is good and what is not enough, in words.
fn threshold(public: &Public, measure: &Measure) -> String {
    let good = |full: String, none: String| format!("Good: {full}. Not enough: {none}.");
    let spans = |full, none| good(format!("within {}", span(full)), format!("{} or longer", span(none)));
    let most = |full: u32, none: u32, what: &str| {
        let full = if full == 0 { format!("none: 0 {what}") } else { format!("at most {full} {what}") };
        good(full, format!("{none} or more"))
    };
    let percent = |full: u8, none: u8| good(format!("{full} % or more"), format!("{none} % or less"));
    match measure {
        Measure::Minutes { full, none, .. }
        | Measure::Shared { full, none, .. }
        | Measure::AlertsTakenUp { full, none }
        | Measure::WorkaroundsInTime { full, none, .. } => spans(*full, *none),
        Measure::Never { .. } => "Good: it does not happen.".to_owned(),
        Measure::Belief { claim, .. } => {
            let claim = public.claims.get(claim.index()).map_or("", |claim| claim.text.as_str());
            format!("Asked of everybody at the end of the move: how sure are you of this? {claim}")
        }
        Measure::FalseClaims { full, none, .. } => most(u32::from(*full), u32::from(*none), "of them"),
        Measure::Heard { within, .. } => format!("Good: within {}.", span(*within)),
        Measure::Deadline { rule, .. } => {
            let deadline = public.rules.get(rule.index()).map_or("in time", |rule| rule.deadline_text.as_str());
            format!("Good: sent within {deadline} of the hour that started the clock.")
        }
        Measure::Outage { full, none, .. } => most(*full, *none, "minutes without a service, weighted by how much rests on it"),
        Measure::AtEnd { count, full, none, .. } => {
            let what = match count {
                Count::Alerts => "alerts at the end",
                Count::Encrypted => "machines encrypted at the end",
                Count::Compromised => "machines taken at the end",
                Count::FoundCompromised => "machines found to be taken at the end",
                Count::Isolated => "machines cut off at the end",
            };
            most(*full, *none, what)
        }
        Measure::RecordsExposed { full, none, .. } => most(*full, *none, "records copied out"),
        Measure::ScopeKnown { full_percent, none_percent }
        | Measure::EvidenceKept { full_percent, none_percent }
        | Measure::LogCovers { full_percent, none_percent }
        | Measure::AlertsJudged { full_percent, none_percent } => percent(*full_percent, *none_percent),
        Measure::WithinRto { .. } => "Good: no service is out for longer than its plan allows.".to_owned(),
        Measure::Judged { ask, .. } => ask.clone(),
    }
}
