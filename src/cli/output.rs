//! What the command line says of the files that it writes.

use std::path::Path;

use super::screen::{Screen, printable, shown};
use super::{Exit, Trouble};
use crate::files::NotWritten;

impl From<NotWritten> for Trouble {
    fn from(NotWritten { path, why }: NotWritten) -> Trouble {
        Trouble::Says(format!("{} cannot be written: {why}", shown(&path)))
    }
}

/// Says that an older journal was kept.
pub(super) fn remark_older(older: Option<&Path>, screen: &Screen) {
    if let Some(older) = older {
        screen.remark(format!("the journal that was there is kept as {}", shown(older)));
    }
}

/// How a run ends whose result has been shown: what could not be kept of it is said, and takes nothing of that back. Programs have their one object.
pub(super) fn kept(journal: Option<&Path>, unwritten: Option<String>, debriefs: Result<(), Trouble>, screen: &Screen) -> Result<Exit, Trouble> {
    let mut exit = Exit::Done;
    match (unwritten, journal) {
        (Some(why), _) => {
            screen.complain(printable(&format!("hotwash: {why}; what is shown is the whole session, and the journal ends before it")));
            exit = Exit::Trouble;
        }
        (None, Some(path)) => screen.remark(format!("journal: {}", shown(path))),
        (None, None) => {}
    }
    match debriefs {
        Ok(()) => Ok(exit),
        Err(Trouble::Says(why)) => {
            screen.complain(printable(&format!("hotwash: {why}; no debrief was written")));
            Ok(Exit::Trouble)
        }
        Err(other) => Err(other),
    }
}
