//! A session of before: its debrief again, out of its journal, which is read and not written.

use std::path::Path;

use crate::assessment;
use crate::debrief::{self, Debrief};
use crate::desktop::keep;
use crate::journal;

/// Whether the session of a journal is over.
///
/// # Errors
/// It cannot be read.
pub fn is_over(path: &Path) -> Result<bool, String> {
    let cannot = |why: &dyn std::fmt::Display| format!("{} cannot be read: {why}", path.display());
    let journal = journal::read(keep::open_file(path).map_err(|error| cannot(&error))?).map_err(|error| cannot(&error))?;
    Ok(journal.closed().is_some())
}

/// The debrief of a session that is over, and whether a room played it.
///
/// # Errors
/// Why there is none, as a sentence.
pub fn debrief_of(path: &Path) -> Result<(Debrief, bool), String> {
    let cannot = |why: &dyn std::fmt::Display| format!("{} cannot be opened again: {why}", path.display());
    let journal = journal::read(keep::open_file(path).map_err(|error| cannot(&error))?).map_err(|error| cannot(&error))?;
    let replayed = journal::replay(&journal).map_err(|error| cannot(&error))?;
    if let Some(difference) = &replayed.differs {
        return Err(cannot(&format!("line {}: {}; a debrief would tell of another session", difference.line, difference.what)));
    }
    let (exercise, program) = (&replayed.exercise, &replayed.prepared.program);
    let people = journal::from_people(journal.annotations());
    let assessment = assessment::assess_with_people(program, exercise.ledger(), exercise.watch(), &people);
    let about = debrief::Session::of_journal(&journal, &replayed);
    let debrief = debrief::model(&debrief::Input { program, ledger: exercise.ledger(), assessment: &assessment, about: &about });
    Ok((debrief, about.mode != debrief::Mode::Solo))
}
