//! `hotwash run`: a scenario played to its end, and what came of it. Also what happens without any subcommand.

use std::path::Path;

use serde::Serialize;

use super::clock::Clock;
use super::play::{Casting, Finished, Game};
use super::request::{DEFAULT_SEED, Format, Run};
use super::screen::{Screen, printable, shown};
use super::tell::EXERCISE;
use super::{Exit, Trouble, output, replay};
use crate::assessment::{Outcome, Rating, Scores};
use crate::files;
use crate::ids::{DenseId, RoleId, RoleSet};
use crate::journal::{NOBODY, UNATTENDED};
use crate::policy::{Kind, reference::Style};
use crate::scenario::compile::{Names, PlainOrder};
use crate::scenario::diagnostic::{Severity, did_you_mean, one_of};
use crate::scenario::prepare::{self, Prepared};
use crate::scenario::program::Public;
use crate::scenario::source::shipped;
use crate::scenario::written::Capability;
use crate::session::Mode;

/// The policy of a role that nobody says anything about.
const USUAL: Kind = Kind::Reference(Style::ContainFirst);

/// The result for programs. Its keys are part of the command line's promise.
#[derive(Serialize)]
pub(super) struct Printed<'a> {
    scenario: &'a str,
    seed: u64,
    policy: String,
    events: u64,
    facts: usize,
    hash: &'a str,
    score: Option<u8>,
    evaluated: u32,
    scores: &'a Scores,
    ratings: Vec<Proposed<'a>>,
    outcome: &'a Outcome,
    exercise_minutes: i64,
    wall_ms: u64,
    /// Only in a discussion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mode: Option<&'static str>,
    /// Only in a discussion: what became of each record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) records: Option<Vec<super::discuss::RecordPrinted>>,
    /// Only with a file of orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Vec<RefusedPrinted<'a>>>,
}

/// An order of a file that came to nothing.
#[derive(Serialize)]
struct RefusedPrinted<'a> {
    at_second: i64,
    clock: String,
    role: &'a str,
    order: &'a PlainOrder,
    reason: &'static str,
}

/// A rating that an evaluator may overrule.
#[derive(Serialize)]
struct Proposed<'a> {
    target: &'a str,
    core_capability: &'a str,
    /// `P`, `S`, `M` or `U`; null where nothing was evaluated.
    rating: Option<Rating>,
    why: &'a str,
}

pub(super) fn run(request: &Run, screen: &mut Screen) -> Result<Exit, Trouble> {
    outputs_fit(request)?;
    let prepared = prepare::prepare(&request.scenario, request.profile.as_deref(), request.cut.as_deref())?;
    match request.mode.as_deref() {
        None | Some(UNATTENDED) => {}
        Some(mode) if mode == Mode::Discussion.name() => return super::discuss::run(request, prepared, screen),
        Some(mode) if Mode::named(mode).is_some() => {
            return Err(Trouble::Says(format!("`{mode}` needs people at screens; here there are `discussion` and `{UNATTENDED}`")));
        }
        Some(mode) => return Err(Trouble::Says(format!("there is no mode `{mode}`; a mode is `discussion` or `{UNATTENDED}`"))),
    }
    if request.records.is_some() {
        return Err(Trouble::Says("`--records` are what a room decided: they belong to `--mode discussion`".to_owned()));
    }
    let casting = cast(request, &prepared)?;
    let warnings = prepared.diagnostics.iter().filter(|finding| finding.severity() == Severity::Warning).count();
    if warnings > 0 {
        screen.remark(format!(
            "the scenario has {}; `hotwash check` shows them",
            if warnings == 1 { "1 warning".to_owned() } else { format!("{warnings} warnings") }
        ));
    }
    let policy = request.policy.clone().unwrap_or_else(|| if request.commands.is_some() { "commands".to_owned() } else { USUAL.name().to_owned() });
    if let Some(against) = request.against {
        super::differ::differ(request, against, &prepared, &casting, &policy, screen)?;
        return Ok(Exit::Done);
    }
    let clock = Clock::start();
    let older = request.journal.as_deref().and_then(files::older);
    let mut game = Game::begin(&prepared, request.seed, &casting, request.journal.as_deref())?;
    output::remark_older(older.as_deref(), screen);
    game.play(&casting.commands, screen, |_, _| {})?;
    let finished = game.close()?;
    let wall_ms = clock.milliseconds();
    match request.format {
        Format::Json => {
            let mut printed = printed(&prepared, request.seed, policy, &finished, wall_ms);
            printed.refused = request.commands.as_ref().map(|_| refused(&prepared, &finished));
            screen.say(serde_json::to_string_pretty(&printed).map_err(|error| error.to_string())?);
        }
        Format::Text => {
            screen.say_unless_quiet(EXERCISE);
            let who = if request.seats.is_empty() { policy } else { format!("{policy}, with {}", request.seats.join(", ")) };
            tell_result(&prepared, request.seed, &who, &finished, wall_ms, screen);
            if request.commands.is_some() && !screen.quiet() {
                tell_refused(&prepared, &finished, screen);
            }
        }
    }
    let setup = casting.setup(&prepared.program.public);
    let about = finished.about(request.seed, &setup, &prepared);
    let debriefs = replay::write_debriefs(&prepared.program, finished.exercise(), &finished.assessment, &about, &request.debriefs, screen);
    output::kept(request.journal.as_deref(), finished.unwritten, debriefs, screen)
}

/// Finds out before play what could only fail after it.
fn outputs_fit(request: &Run) -> Result<(), Trouble> {
    replay::outputs_differ(&request.debriefs)?;
    for path in &request.debriefs {
        replay::format_of(path)?;
        files::may_write(path)?;
        if request.journal.as_ref().is_some_and(|journal| files::same_file(journal, path)) {
            return Err(Trouble::Says(format!("{} cannot be both the journal and the debrief", shown(path))));
        }
    }
    Ok(())
}

/// Who plays what: one policy for all, other policies for some.
fn cast(request: &Run, prepared: &Prepared) -> Result<Casting, Trouble> {
    let everybody = match &request.policy {
        Some(name) => kind(name)?,
        None if request.commands.is_some() => Kind::Idle,
        None => USUAL,
    };
    let mut vacant = RoleSet::NONE;
    let mut kinds = vec![everybody; prepared.program.public.roles.len()];
    let mut seated = vec![false; kinds.len()];
    for seat in &request.seats {
        let Some((role, policy)) = seat.split_once('=') else {
            return Err(Trouble::Says(format!("`--seat {seat}` is not of the form ROLE=POLICY, as in `--seat legal=idle`")));
        };
        let role: RoleId = role_named(&prepared.names, &prepared.program.public, role)?;
        if std::mem::replace(&mut seated[role.index()], true) {
            return Err(Trouble::Says(format!("`--seat` names a policy for `{}` twice", prepared.program.public.roles[role.index()].id)));
        }
        if policy == NOBODY {
            vacant = vacant.with(role);
        }
        if let Some(place) = kinds.get_mut(role.index()) {
            *place = if policy == NOBODY { Kind::Idle } else { kind(policy)? };
        }
    }
    let commands = match &request.commands {
        Some(path) => prepare::scheduled(prepared, path)?,
        None => Vec::new(),
    };
    if let Some(command) = commands.iter().find(|command| vacant.has(command.role)) {
        let role = prepared.program.public.roles.get(command.role.index()).map_or("", |role| role.id.as_str());
        return Err(Trouble::Says(format!("the file gives orders as `{role}`, and `--seat {role}=nobody` leaves it empty")));
    }
    Ok(Casting { kinds, vacant, commands })
}

fn role_named(names: &Names, public: &Public, role: &str) -> Result<RoleId, Trouble> {
    names.resolve(role).map_err(|message| {
        let roles = one_of(public.roles.iter().map(|role| role.id.as_str()), RoleSet::CAPACITY);
        Trouble::Says(format!("{message} (a role is {roles})"))
    })
}

fn kind(name: &str) -> Result<Kind, Trouble> {
    Kind::named(name).ok_or_else(|| {
        let names = || Kind::ALL.iter().map(|kind| kind.name());
        let help = match did_you_mean(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("a policy is {}", one_of(names(), 20)),
        };
        Trouble::Says(format!("there is no policy `{name}`; {help}"))
    })
}

pub(super) fn printed<'a>(prepared: &'a Prepared, seed: u64, policy: String, finished: &'a Finished, wall_ms: u64) -> Printed<'a> {
    let (exercise, assessment) = (finished.exercise(), &finished.assessment);
    Printed {
        scenario: &prepared.program.public.id,
        seed,
        policy,
        events: exercise.events(),
        facts: exercise.ledger().len(),
        hash: &finished.hash,
        score: assessment.score,
        evaluated: assessment.points_evaluated,
        scores: &assessment.scores,
        ratings: assessment
            .ratings
            .iter()
            .map(|rated| Proposed { target: &rated.target, core_capability: &rated.core_capability, rating: rated.rating, why: &rated.why.says })
            .collect(),
        outcome: &assessment.outcome,
        exercise_minutes: exercise.now().0 / 60,
        wall_ms,
        mode: None,
        records: None,
        refused: None,
    }
}

/// Orders that came to nothing, as programs read them.
fn refused<'a>(prepared: &'a Prepared, finished: &'a Finished) -> Vec<RefusedPrinted<'a>> {
    let public = &prepared.program.public;
    (finished.refused.iter())
        .map(|refused| RefusedPrinted {
            at_second: refused.at.0,
            clock: public.calendar.label(refused.at),
            role: public.roles.get(refused.role.index()).map_or("", |role| role.id.as_str()),
            order: &refused.order,
            reason: refused.why.label(),
        })
        .collect()
}

/// The same for people, who would otherwise take a score for that of orders that were never carried out.
fn tell_refused(prepared: &Prepared, finished: &Finished, screen: &mut Screen) {
    let all = finished.ordered_by_people();
    screen.say("");
    if finished.refused.is_empty() {
        screen.say(format!("Orders     {all}, none refused"));
        return;
    }
    for refused in refused(prepared, finished) {
        let PlainOrder { action, on, as_what, .. } = refused.order;
        let on = if on.is_empty() { String::new() } else { format!(" on {}", on.join(", ")) };
        let as_what = as_what.as_ref().map(|what| format!(" as {what}")).unwrap_or_default();
        screen.say(printable(&format!("Refused    {}, {}: {action}{on}{as_what}: {}", refused.clock, refused.role, refused.reason)));
    }
    screen.say(format!("Orders     {all}, {} refused", finished.refused.len()));
}

pub(super) fn tell_result(prepared: &Prepared, seed: u64, who: &str, finished: &Finished, wall_ms: u64, screen: &mut Screen) {
    let public = &prepared.program.public;
    let (exercise, assessment) = (finished.exercise(), &finished.assessment);
    let score = match assessment.score {
        Some(score) => format!("{score} of 100"),
        None => "none: too little could be evaluated".to_owned(),
    };
    if screen.quiet() {
        screen.say(format!("{score}  {}", finished.hash));
        return;
    }
    screen.say(&public.title);
    screen.say(format!("{who}, seed {seed}, cut {}, {} of story time", public.cut.id, crate::time::Span(exercise.now().0)));
    screen.say("");
    screen.say(format!("Score      {score}, on {} of {} points", assessment.points_evaluated, assessment.points_total));
    for capability in Capability::ALL {
        let score = assessment.scores.of(capability).map_or_else(|| "not evaluated".to_owned(), |score| score.to_string());
        screen.say(format!("  {:<14} {score}", capability.label()));
    }
    screen.say("");
    tell_outcome(public, assessment, screen);
    screen.say("");
    screen.say(format!("Facts      {} in {} events, {wall_ms} ms", exercise.ledger().len(), exercise.events()));
    screen.say(format!("Hash       {}", finished.hash));
}

fn tell_outcome(public: &Public, assessment: &crate::assessment::Assessment, screen: &mut Screen) {
    let outcome = &assessment.outcome;
    let contained = match outcome.contained_at_minute {
        Some(minute) => format!("contained {} after STARTEX", crate::time::Span::minutes(minute)),
        None => "not contained".to_owned(),
    };
    screen.say(format!("Outcome    {}", assessment.ending.says()));
    screen.say(format!(
        "           {} machines ever in the adversary's hands (others may be encrypted from them), {} records exposed, {contained}",
        outcome.assets_compromised, outcome.records_exposed
    ));
    let cost = money(outcome.cost_minor_units, &public.currency);
    screen.say(format!("           {} weighted minutes without a service, {cost}", outcome.outage_service_minutes));
    screen.say(format!("           {} deadlines met, {} missed", outcome.deadlines_met, outcome.deadlines_missed));
}

/// Whole units of the currency; nobody reads cents of a breach.
fn money(minor_units: i64, currency: &str) -> String {
    let digits = (minor_units / 100).unsigned_abs().to_string();
    let grouped: Vec<&str> =
        (0..digits.len().div_ceil(3)).rev().map(|group| &digits[digits.len().saturating_sub(group * 3 + 3)..digits.len() - group * 3]).collect();
    format!("{}{} {currency}", if minor_units < 0 { "-" } else { "" }, grouped.join(","))
}

/// Where the debrief of a run without a subcommand goes.
const FIRST_DEBRIEF: &str = "hotwash-debrief.html";

/// Without a subcommand: the first shipped scenario, told as it goes, and its debrief.
pub(super) fn first(verbose: bool, screen: &mut Screen) -> Result<Exit, Trouble> {
    let Some(name) = shipped().first().copied() else {
        return Err(Trouble::Says("no scenario is shipped with this build".to_owned()));
    };
    let prepared = prepare::prepare(name, None, None)?;
    let public = &prepared.program.public;
    let casting = Casting { kinds: vec![USUAL; public.roles.len()], vacant: RoleSet::NONE, commands: Vec::new() };
    let mut game = Game::begin(&prepared, DEFAULT_SEED, &casting, None)?;
    let mut story = super::tell::Story::new(&prepared.program, verbose);
    if !screen.quiet() {
        story.opening().iter().for_each(|line| screen.say(line));
    }
    let mut lines = Vec::new();
    let clock = Clock::start();
    game.play(&[], screen, |exercise, happened| {
        lines.extend(story.tell(happened, |condition| exercise.watch().first_true(condition).map(|first| first.at)))
    })?;
    let finished = game.close()?;
    let wall_ms = clock.milliseconds();
    if !screen.quiet() {
        lines.iter().for_each(|line| screen.say(line));
        screen.say("");
    }
    tell_result(&prepared, DEFAULT_SEED, USUAL.name(), &finished, wall_ms, screen);
    let path = Path::new(FIRST_DEBRIEF);
    let setup = casting.setup(public);
    let about = finished.about(DEFAULT_SEED, &setup, &prepared);
    let text = replay::written(&prepared.program, finished.exercise(), &finished.assessment, &about, path)?;
    // It was played, and told: only the file is missing.
    files::write_whole(path, &text).map_err(|why| Trouble::Says(format!("the debrief was not written: {why}")))?;
    screen.remark(format!("\nThe debrief is in {FIRST_DEBRIEF}; `hotwash --help` shows what else there is."));
    Ok(Exit::Done)
}
