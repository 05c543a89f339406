//! The file of a journal: one window or run writes to it at a time, and what stands in it is never less than it was.
//!
//! A journal is written over itself, from its first line on. What is there already is written once more, byte for byte, so whatever happens
//! meanwhile leaves a whole beginning of the session behind, and a disk that is nearly full needs no room for a second copy. It is also the only
//! way to be sure of the end of it: what a system said it could not write it may take for written the next time it is asked.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::journal::{self, Journal, LARGEST_JOURNAL, ReadError};

/// A file that a journal is written to. As long as it is held, nobody else who asks for it here writes to it.
#[derive(Debug)]
pub struct Claimed {
    /// Where it is.
    pub path: PathBuf,
    /// It was made just now, and nothing stands in it.
    pub is_new: bool,
    pub(crate) file: File,
}

/// Why a file cannot be claimed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotClaimed {
    /// Somebody else writes to it.
    #[error("it is open elsewhere, in another window or a run that has not ended")]
    Elsewhere,
    /// Anything else, as a clause.
    #[error("{0}")]
    Not(String),
}

impl Claimed {
    /// Claims the file of a journal that is there.
    ///
    /// # Errors
    /// It is not there, cannot be written, or another window has it.
    pub fn open(path: &Path) -> Result<Claimed, NotClaimed> {
        Claimed::with(path, OpenOptions::new().read(true).write(true), false)
    }

    /// The same; where nothing is there, it is made, and so are the folders that lead to it.
    ///
    /// # Errors
    /// As [`Claimed::open`], or it cannot be made.
    pub fn open_or_make(path: &Path) -> Result<Claimed, NotClaimed> {
        if path.exists() {
            return Claimed::open(path);
        }
        // Somebody may have made it in between: then it is theirs to hold, and not one that cannot be made.
        Claimed::make(path).or_else(|why| if path.exists() { Claimed::open(path) } else { Err(why) })
    }

    /// Makes it.
    ///
    /// # Errors
    /// It is there already, or cannot be made.
    pub fn make(path: &Path) -> Result<Claimed, NotClaimed> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| NotClaimed::Not(error.to_string()))?;
        }
        Claimed::with(path, OpenOptions::new().read(true).write(true).create_new(true), true)
    }

    fn with(path: &Path, how: &OpenOptions, is_new: bool) -> Result<Claimed, NotClaimed> {
        let not = |error: io::Error| NotClaimed::Not(error.to_string());
        // A pipe would have the window wait for ever, and a device swallows everything.
        if !is_new && !path.metadata().map_err(not)?.is_file() {
            return Err(NotClaimed::Not("it is no file".to_owned()));
        }
        let file = how.open(path).map_err(not)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(NotClaimed::Elsewhere),
            // Where the system cannot hold that, nobody is kept from playing.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // What is held is to be what lies there: a run that has just begun may have put its own in that place.
        if !lies_at(&file, path).map_err(not)? {
            return Err(NotClaimed::Elsewhere);
        }
        Ok(Claimed { path: path.to_owned(), is_new, file })
    }

    /// What stands in it.
    ///
    /// # Errors
    /// It is no journal, or a damaged one.
    pub fn read(&self) -> Result<Journal, ReadError> {
        journal::read(&self.file)
    }

    /// The file, to be written from its beginning with these lines. What stands in it must be where they begin: a journal that somebody has gone on
    /// with, and any other file, is left alone.
    ///
    /// # Errors
    /// It is not, or the system refuses; as a sentence.
    pub fn ready_for(mut self, whole: &[u8]) -> Result<File, String> {
        let cannot = |why: &dyn std::fmt::Display| format!("{} cannot be written: {why}", self.path.display());
        let mut there = Vec::new();
        self.file.seek(SeekFrom::Start(0)).map_err(|error| cannot(&error))?;
        (&self.file).take(LARGEST_JOURNAL).read_to_end(&mut there).map_err(|error| cannot(&error))?;
        let lines = there.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let (lines, torn) = there.split_at(lines);
        // Of a last line without its end, only that of a file with nothing else says what file it is.
        if !whole.starts_with(lines) || (lines.is_empty() && !whole.starts_with(torn)) {
            return Err(cannot(&"it holds something else, or was gone on with in another window"));
        }
        self.file.set_len(lines.len() as u64).and_then(|()| self.file.seek(SeekFrom::Start(0))).map_err(|error| cannot(&error))?;
        Ok(self.file)
    }
}

/// Whether an open file is the one that a path leads to.
#[cfg(unix)]
fn lies_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (held, there) = (file.metadata()?, path.metadata()?);
    Ok((held.dev(), held.ino()) == (there.dev(), there.ino()))
}

/// The same where the system does not say.
#[cfg(not(unix))]
fn lies_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}
