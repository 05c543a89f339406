//! Sessions that were gone on with elsewhere: what is left of them in the data folder ends earlier, and says so by its name.
//!
//! A name can be changed on a disk that is full, which is why most sessions are saved elsewhere; a note about them could not be written.

use std::path::{Path, PathBuf};

use super::{ENDING, Folder};

/// What the name of such a journal ends in, before its ending.
const MARK: &str = ".goes-on-elsewhere";

/// Whether a session was gone on with elsewhere.
pub fn goes_on_elsewhere(journal: &Path) -> bool {
    journal.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(MARK))
}

/// Somebody goes on here all the same: the name says no more that it is gone on with elsewhere. Where it lies then.
pub fn goes_on_here(journal: &Path) -> PathBuf {
    let stem = journal.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    match stem.as_deref().and_then(|stem| stem.strip_suffix(MARK)) {
        Some(stem) => renamed(journal, stem),
        None => journal.to_owned(),
    }
}

impl Folder {
    /// A session of this folder is gone on with elsewhere. Where what is left of it lies then: where it lay, if its name cannot be changed, and if it is no
    /// session of this folder.
    pub fn leave_behind(&self, journal: &Path) -> PathBuf {
        let is_ours = journal.parent() == Some(&*self.0.join("sessions"));
        match journal.file_stem() {
            Some(stem) if is_ours && !goes_on_elsewhere(journal) => renamed(journal, &format!("{}{MARK}", stem.to_string_lossy())),
            _ => journal.to_owned(),
        }
    }
}

/// The same file under another name, unless that is taken or cannot be given.
fn renamed(journal: &Path, stem: &str) -> PathBuf {
    let to = journal.with_file_name(format!("{stem}.{ENDING}"));
    if !to.exists() && std::fs::rename(journal, &to).is_ok() { to } else { journal.to_owned() }
}
