//! `hotwash replay` and `hotwash debrief`: what a journal says, played again.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::request::{Debrief, Format, Replay};
use super::screen::{Screen, printable, shown};
use super::{Exit, Trouble};
use crate::assessment::{self, Assessment};
use crate::debrief;
use crate::exercise::{Exercise, RULES};
use crate::files;
use crate::journal::{self, Journal, ReadError, ReplayError, Replayed};
use crate::scenario::program::{Program, Public};

/// Reads a journal, and says what a crash has left of its last line.
fn open(path: &Path, screen: &Screen) -> Result<Journal, Trouble> {
    let cannot = |why: &dyn std::fmt::Display| Trouble::Says(format!("{} cannot be read: {why}", shown(path)));
    let file = File::open(path).map_err(|error| cannot(&error))?;
    if file.metadata().is_ok_and(|found| found.is_dir()) {
        return Err(cannot(&"it is a folder"));
    }
    match journal::read(file) {
        Ok(journal) => {
            if let Some(line) = journal.torn {
                screen.complain(format!("hotwash: warning: {}: line {line} has no end, as after a crash; it is left out", shown(path)));
            }
            Ok(journal)
        }
        Err(ReadError::Io(error)) => Err(cannot(&error)),
        Err(ReadError::Nothing) => {
            Err(Trouble::Mismatch(format!("{}: nothing had been recorded when it was written last; there is nothing to play", shown(path))))
        }
        Err(ReadError::Damaged(damage)) => Err(Trouble::Damaged(format!("{} is damaged and is not played", shown(path)), damage)),
    }
}

fn play_again(path: &Path, journal: &Journal) -> Result<Replayed, Trouble> {
    journal::replay(journal).map_err(|error| match error {
        ReplayError::Scenario(findings) => Trouble::Findings(findings),
        other => Trouble::Mismatch(format!("{}: {other}", shown(path))),
    })
}

/// How a session that was played again is judged: by its facts, and by what its evaluators gave.
fn assessed(journal: &Journal, replayed: &Replayed) -> Assessment {
    let exercise = &replayed.exercise;
    let people = journal::from_people(journal.annotations());
    assessment::assess_with_people(&replayed.prepared.program, exercise.ledger(), exercise.watch(), &people)
}

pub(super) fn replay(request: &Replay, screen: &mut Screen) -> Result<Exit, Trouble> {
    let path = &request.journal;
    let journal = open(path, screen)?;
    if journal.header().rules != RULES {
        return stored(&journal, request.format, screen);
    }
    let replayed = play_again(path, &journal)?;
    let hash = replayed.exercise.hash();
    let exercise = &replayed.exercise;
    let public = &replayed.prepared.program.public;
    let assessment = assessed(&journal, &replayed);
    match request.format {
        Format::Json => {
            let header = journal.header();
            let differs = replayed.differs.as_ref().map(|difference| json!({ "line": difference.line, "what": difference.what }));
            let object = json!({
                "hash": hash,
                "matches": replayed.differs.is_none(),
                "differs": differs,
                "scenario": header.scenario.id,
                "seed": header.seed,
                "rules": header.rules,
                "commands": replayed.commands.len(),
                "events": exercise.events(),
                "facts": exercise.ledger().len(),
                "score": assessment.score,
                "evaluated": assessment.points_evaluated,
                "exercise_minutes": exercise.now().0 / 60,
                "reaches": public.calendar.label(exercise.now()),
                "closed": replayed.closed,
                "torn_line": journal.torn,
            });
            screen.say(format!("{object:#}"));
        }
        Format::Text => {
            let header = journal.header();
            if !screen.quiet() {
                let orders = replayed.commands.len();
                let line = format!("{}, seed {}: {orders} orders played again, to {}", header.scenario.id, header.seed, exercise.now());
                screen.say(printable(&line));
                if !replayed.closed {
                    screen.say(printable(&not_closed(public, exercise)));
                }
                if let Some(score) = assessment.score {
                    screen.say(format!("Score      {score} of 100, on {} of {} points", assessment.points_evaluated, assessment.points_total));
                }
            }
            screen.say(format!("Hash       {hash}{}", if replayed.differs.is_none() { "" } else { "  (differs)" }));
        }
    }
    Ok(match replayed.differs {
        None => Exit::Done,
        // Programs have it in the object already, and were promised only one.
        Some(difference) => {
            screen.complain(printable(&format!("hotwash: {}: line {}: {}", shown(path), difference.line, difference.what)));
            Exit::Findings
        }
    })
}

/// Up to when a session reaches that has no end.
fn not_closed(public: &Public, exercise: &Exercise) -> String {
    let now = exercise.now();
    format!(
        "This session was not closed. It reaches {}, {} after STARTEX, and is played so far.",
        public.calendar.label(now),
        crate::time::Span(now.0)
    )
}

/// What can be said of a journal of other rules: what is stored in it, and no more.
fn stored(journal: &Journal, format: Format, screen: &mut Screen) -> Result<Exit, Trouble> {
    let header = journal.header();
    screen.complain(format!(
        "hotwash: this journal was played by rules {}; this build plays by rules {RULES}, so the result is the one stored at its close, not played again",
        header.rules
    ));
    let closed = journal.closed();
    let score = closed.map_or(&Value::Null, |closed| closed.assessment.get("score").unwrap_or(&Value::Null));
    match format {
        Format::Json => {
            let object = json!({
                "hash": closed.map(|closed| &closed.hash),
                "matches": Value::Null,
                "scenario": header.scenario.id,
                "seed": header.seed,
                "rules": header.rules,
                "facts": closed.map(|closed| closed.ledger.len()),
                "score": score,
                "closed": closed.is_some(),
            });
            screen.say(format!("{object:#}"));
        }
        Format::Text => match closed {
            None => screen.say("The session was not closed: nothing is stored."),
            Some(closed) => {
                screen.say(printable(&format!("{}, seed {}: {} facts stored", header.scenario.id, header.seed, closed.ledger.len())));
                screen.say(printable(&format!("Score      {score}")));
                screen.say(printable(&format!("Hash       {} (by rules {})", closed.hash, header.rules)));
            }
        },
    }
    Ok(Exit::Done)
}

pub(super) fn debrief(request: &Debrief, screen: &mut Screen) -> Result<Exit, Trouble> {
    outputs_differ(&request.outputs)?;
    for path in &request.outputs {
        format_of(path)?;
        files::may_write(path)?;
        if files::same_file(path, &request.journal) {
            return Err(Trouble::Says(format!("{} is the journal; the debrief needs a file of its own", shown(path))));
        }
    }
    let journal = open(&request.journal, screen)?;
    let replayed = play_again(&request.journal, &journal)?;
    if let Some(difference) = &replayed.differs {
        let says = format!("{}: line {}: {}; a debrief would tell of another session", shown(&request.journal), difference.line, difference.what);
        return Err(Trouble::Mismatch(says));
    }
    if !replayed.closed {
        screen.remark(printable(&not_closed(&replayed.prepared.program.public, &replayed.exercise)));
    }
    let about = debrief::Session::of_journal(&journal, &replayed);
    let (exercise, program) = (&replayed.exercise, replayed.exercise.program());
    let assessment = assessed(&journal, &replayed);
    write_debriefs(program, exercise, &assessment, &about, &request.outputs, screen)?;
    Ok(Exit::Done)
}

/// Two debriefs in one file are one too few, and nobody would be told.
pub(super) fn outputs_differ(outputs: &[PathBuf]) -> Result<(), Trouble> {
    for (place, path) in outputs.iter().enumerate() {
        if let Some(earlier) = outputs[..place].iter().find(|earlier| files::same_file(earlier, path)) {
            let also = if earlier == path { String::new() } else { format!(", which is also {}", shown(earlier)) };
            return Err(Trouble::Says(format!("{}{also}, is asked for twice; each debrief needs a file of its own", shown(path))));
        }
    }
    Ok(())
}

/// The format that a file name asks for.
pub(super) fn format_of(path: &Path) -> Result<debrief::Format, Trouble> {
    debrief::Format::from_path(path)
        .ok_or_else(|| Trouble::Says(format!("{}: a debrief is written as .html, .md or .json; the name has to end in one of them", shown(path))))
}

/// Writes debriefs of one session, each in the format that its name asks for: all of them or none.
pub(super) fn write_debriefs(
    program: &Program,
    exercise: &Exercise,
    assessment: &Assessment,
    about: &debrief::Session,
    outputs: &[PathBuf],
    screen: &Screen,
) -> Result<(), Trouble> {
    let texts: Vec<String> = outputs.iter().map(|path| written(program, exercise, assessment, about, path)).collect::<Result<_, Trouble>>()?;
    let all: Vec<(PathBuf, &str)> = outputs.iter().cloned().zip(texts.iter().map(String::as_str)).collect();
    files::write_all(&all)?;
    outputs.iter().for_each(|path| screen.remark(format!("debrief: {}", shown(path))));
    Ok(())
}

/// A debrief in the format that its file name asks for.
pub(super) fn written(
    program: &Program,
    exercise: &Exercise,
    assessment: &Assessment,
    about: &debrief::Session,
    path: &Path,
) -> Result<String, Trouble> {
    let input = debrief::Input { program, ledger: exercise.ledger(), assessment, about };
    Ok(debrief::render(&debrief::model(&input), format_of(path)?))
}
