//! The file of a new journal: held from the moment it is opened, and what was there before it is kept.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::{Claimed, NotClaimed, NotWritten, Part, cannot, followed, may_write};
use crate::journal::{BEGINS, Store};

/// Where an older journal is kept when a new one takes its place: none where there is none.
pub fn older(path: &Path) -> Option<PathBuf> {
    let place = followed(path);
    fs::metadata(&place).ok().filter(|found| found.is_file() && found.len() > 0)?;
    let mut name = place.file_name()?.to_owned();
    name.push(".old");
    Some(place.with_file_name(name))
}

/// A new journal. Where there is an older one, it is written beside it until its first line is on disk: whatever happens before that leaves the
/// older one as it was.
#[derive(Debug)]
pub struct JournalFile {
    file: File,
    /// What has not taken its place yet.
    waiting: Option<Waiting>,
}

/// A journal that has not taken its place yet, and what is held until it has.
#[derive(Debug)]
struct Waiting {
    part: Part,
    /// Where what is there now is kept.
    older: PathBuf,
    /// What is there now, and what the older one takes the place of: nobody else writes to them meanwhile.
    _held: [Option<Claimed>; 2],
}

impl Waiting {
    fn take_place(&self) -> io::Result<()> {
        let Waiting { part, older, .. } = self;
        // By way of a second name, so that there is a journal in its place at every moment; where a file has only one name, it is moved.
        let second = part.beside.with_extension("older");
        let _ = fs::remove_file(&second);
        match fs::hard_link(&part.place, &second) {
            Ok(()) => fs::rename(&second, older)?,
            Err(_) => fs::rename(&part.place, older)?,
        }
        let _ = fs::remove_file(&second);
        fs::rename(&part.beside, &part.place)
    }
}

impl Write for JournalFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Store for JournalFile {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()?;
        if let Some(waiting) = &self.waiting {
            waiting.take_place()?;
            self.waiting = None;
        }
        Ok(())
    }
}

impl Drop for JournalFile {
    fn drop(&mut self) {
        if let Some(waiting) = &self.waiting {
            waiting.part.discard();
        }
    }
}

/// Whether a file is a journal, or what a killed run has left of its first line.
fn is_journal(mut file: &File) -> io::Result<bool> {
    let mut beginning = Vec::new();
    file.rewind()?;
    file.take(BEGINS.len() as u64).read_to_end(&mut beginning)?;
    Ok(BEGINS.starts_with(&beginning))
}

/// Whether what was claimed may make room: it is a journal.
fn makes_room(claimed: &Claimed, path: &Path) -> Result<(), NotWritten> {
    match is_journal(&claimed.file) {
        Ok(true) => Ok(()),
        Ok(false) => Err(cannot(path, "there is a file of that name which is no journal; name another, or remove it")),
        Err(error) => Err(cannot(path, error)),
    }
}

/// Opens the file for a new journal, and holds it: whoever has a journal open, be it a window or a run, is the only one who writes there. An older
/// journal is kept beside it ([`older`]); anything else is not replaced.
///
/// # Errors
/// It cannot be written, or is open elsewhere; nothing has been changed then.
pub fn journal_file(path: &Path) -> Result<JournalFile, NotWritten> {
    may_write(path)?;
    // A pipe or a device takes what comes, and cannot be held.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let file = OpenOptions::new().write(true).open(path).map_err(|error| cannot(path, error))?;
        return Ok(JournalFile { file, waiting: None });
    }
    let place = followed(path);
    let there = Claimed::open_or_make(&place).map_err(|why| cannot(path, why))?;
    // Asked only now that nobody else writes to it.
    let Some(older) = older(&place) else { return Ok(JournalFile { file: there.file, waiting: None }) };
    makes_room(&there, path)?;
    let before = match fs::metadata(&older) {
        Ok(_) => Some(Claimed::open(&older).map_err(|why| cannot(&older, why))?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(&older, error)),
    };
    if let Some(before) = &before {
        makes_room(before, &older)?;
    }
    let (part, file) = Part::make(place).map_err(|error| cannot(path, error))?;
    // What takes the place is held as well: from then on it is what others find there.
    let waiting = Waiting { part, older, _held: [Some(there), before] };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(cannot(path, NotClaimed::Elsewhere)),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(JournalFile { file, waiting: Some(waiting) }),
    }
}
