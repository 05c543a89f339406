//! `hotwash run --mode discussion`: a tabletop exercise without anybody at the keyboard, from a file of what a room decided.

use serde::Serialize;

use super::clock::Clock;
use super::play::Finished;
use super::request::{Format, Run};
use super::run::{printed, tell_result};
use super::screen::{Screen, printable};
use super::tell::EXERCISE;
use super::{Exit, Trouble, output, replay};
use crate::debrief;
use crate::files;
use crate::ids::{DenseId, RoleSet};
use crate::journal::Store;
use crate::scenario::prepare::{self, Prepared};
use crate::session::{Mode, Outcome, Session, play_records};

/// What became of a record, as programs read it.
#[derive(Serialize)]
pub(super) struct RecordPrinted {
    #[serde(rename = "move")]
    of_move: String,
    says: String,
    /// What it was taken to mean; null where it was noted without effect.
    taken: Option<String>,
}

pub(super) fn run(request: &Run, prepared: Prepared, screen: &mut Screen) -> Result<Exit, Trouble> {
    let records = match &request.records {
        Some(file) => prepare::records(&prepared, &request.scenario, file)?,
        None => Vec::new(),
    };
    let older = request.journal.as_deref().and_then(files::older);
    let journal: Option<Box<dyn Store>> = match &request.journal {
        Some(path) => Some(Box::new(files::journal_file(path)?)),
        None => None,
    };
    let clock = Clock::start();
    let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
    let again = prepared.clone();
    let mut session = Session::begin(prepared, Mode::Discussion, request.seed, seats, journal)
        .map_err(|error| Trouble::Says(format!("the journal cannot be written: {error}")))?;
    output::remark_older(older.as_deref(), screen);
    let mut lines: Vec<String> = Vec::new();
    let mut taken: Vec<RecordPrinted> = Vec::new();
    // Three listeners write to one page.
    let page = std::cell::RefCell::new(&mut lines);
    play_records(
        &mut session,
        &records,
        |session, opened| {
            let step = &session.program().public.moves[opened.index()];
            let also = step.also_read.iter().filter(|(condition, _)| session.exercise().watch().holds(*condition)).map(|(_, text)| text.clone());
            page.borrow_mut().extend(["".to_owned(), format!("== {}", step.title), step.read_aloud.clone()]);
            page.borrow_mut().extend(also);
            page.borrow_mut().push(String::new());
        },
        |session, record, outcome| {
            let says = printable(&record.says);
            let (line, meant) = match outcome {
                Outcome::Taken(meant) => (format!("  \u{201c}{says}\u{201d}\n    -> {meant}"), Some(meant)),
                Outcome::NotedOnly => (format!("  \u{201c}{says}\u{201d}\n    -> noted"), None),
                Outcome::NotClear(fits) if fits.is_empty() => {
                    (format!("  \u{201c}{says}\u{201d}\n    -> noted. {}", session.why_nothing(&record.says)), None)
                }
                Outcome::NotClear(fits) => {
                    let list: Vec<String> = fits.iter().enumerate().map(|(place, fit)| format!("\n       take: {}  {fit}", place + 1)).collect();
                    (format!("  \u{201c}{says}\u{201d}\n    -> noted; it is not clear which is meant{}", list.concat()), None)
                }
                Outcome::TooLate(why) => (format!("  \u{201c}{says}\u{201d}\n    -> noted; {why}"), None),
            };
            page.borrow_mut().push(line);
            let of_move = session.program().public.moves[record.of_move.index()].id.clone();
            taken.push(RecordPrinted { of_move, says: record.says.clone(), taken: meant });
        },
        |session, update| {
            let public = &session.program().public;
            let came: Vec<&str> = update.came.iter().map(|inject| public.injects[inject.index()].id.as_str()).collect();
            page.borrow_mut().push(String::new());
            if !came.is_empty() {
                page.borrow_mut().push(format!("  Came meanwhile: {}", came.join(", ")));
            }
            page.borrow_mut().push(format!("  Read aloud: {}", update.text));
        },
    )
    .map_err(|trouble| Trouble::Mismatch(trouble.to_string()))?;
    let assessment = session.close().map_err(|trouble| Trouble::Mismatch(trouble.to_string()))?;
    // What the room did is shown all the same: it is only not kept.
    let unwritten = session.unwritten();
    let about = debrief::session_of(&session);
    let finished = Finished::of(session.into_driver(), assessment);
    let wall_ms = clock.milliseconds();
    match request.format {
        Format::Json => {
            let mut printed = printed(&again, request.seed, "directed".to_owned(), &finished, wall_ms);
            printed.mode = Some(Mode::Discussion.name());
            printed.records = Some(taken);
            screen.say(serde_json::to_string_pretty(&printed).map_err(|error| error.to_string())?);
        }
        Format::Text => {
            if !screen.quiet() {
                screen.say(EXERCISE);
                lines.iter().for_each(|line| screen.say(line));
                screen.say("");
            }
            let who = match records.len() {
                0 => "discussion, routine work alone".to_owned(),
                1 => "discussion, 1 record".to_owned(),
                many => format!("discussion, {many} records"),
            };
            tell_result(&again, request.seed, &who, &finished, wall_ms, screen);
        }
    }
    let debriefs =
        replay::write_debriefs(finished.exercise().program(), finished.exercise(), &finished.assessment, &about, &request.debriefs, screen);
    output::kept(request.journal.as_deref(), unwritten, debriefs, screen)
}
