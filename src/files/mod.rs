//! Files: written whole or not at all, and never where a name that is easily guessed was laid out as a trap.

mod claim;
mod record;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use claim::{Claimed, NotClaimed};
pub use record::{JournalFile, journal_file, older};

/// A file cannot be written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{} cannot be written: {why}", path.display())]
pub struct NotWritten {
    /// Which.
    pub path: PathBuf,
    /// Why, as a clause.
    pub why: String,
}

fn cannot(path: &Path, why: impl std::fmt::Display) -> NotWritten {
    NotWritten { path: path.to_owned(), why: why.to_string() }
}

/// Whether a file could be written there, as far as that can be told before the work is done.
///
/// # Errors
/// It could not.
pub fn may_write(path: &Path) -> Result<(), NotWritten> {
    if path.is_dir() {
        return Err(cannot(path, "it is a folder"));
    }
    let place = followed(path);
    let folder = folder_of(&place);
    match fs::metadata(&folder) {
        // A name that is too long, a folder that nobody may look into.
        Ok(found) if found.is_dir() => match fs::symlink_metadata(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot(path, error)),
            _ => Ok(()),
        },
        Ok(_) => Err(cannot(path, format!("{} is not a folder", folder.display()))),
        Err(_) => Err(cannot(path, format!("there is no folder {}", folder.display()))),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Writes a file whole: beside its place first, so that a crash or a full disk never leaves half of it, nor destroys what was there.
///
/// # Errors
/// It cannot be written; what was there is as it was.
pub fn write_whole(path: &Path, text: &str) -> Result<(), NotWritten> {
    write_all(&[(path.to_owned(), text)])
}

/// Writes several files, all or none: none takes its place before all of them are on disk.
///
/// # Errors
/// One of them cannot be written.
pub fn write_all(files: &[(PathBuf, &str)]) -> Result<(), NotWritten> {
    let mut parts: Vec<Part> = Vec::new();
    for (path, text) in files {
        match write_beside(path, text) {
            Ok(part) => parts.extend(part),
            Err(trouble) => {
                parts.iter().for_each(|part| part.discard());
                return Err(trouble);
            }
        }
    }
    for place in 0..parts.len() {
        let part = &parts[place];
        if let Err(error) = fs::rename(&part.beside, &part.place) {
            parts[place..].iter().for_each(|part| part.discard());
            return Err(cannot(&part.place, error));
        }
    }
    Ok(())
}

/// A file that is written and has not taken its place yet.
#[derive(Debug)]
struct Part {
    beside: PathBuf,
    place: PathBuf,
}

impl Part {
    /// Makes the file beside its place. Whoever may not read what is there now may not read what takes its place either.
    fn make(place: PathBuf) -> io::Result<(Part, File)> {
        let beside = beside(&place).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it has no name"))?;
        let there = fs::metadata(&place).ok();
        let mut how = OpenOptions::new();
        // Never one that is there: it may be a link that somebody laid out, and lead anywhere.
        how.write(true).read(true).create_new(true);
        #[cfg(unix)]
        if there.is_some() {
            std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
        }
        let file = match how.open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                // What a killed run of the same number has left. A link is removed, and not what it leads to.
                fs::remove_file(&beside)?;
                how.open(&beside)?
            }
            other => other?,
        };
        if let Some(there) = there {
            // Where the system keeps no modes there is nothing to keep; what was made so far lets nobody else read it.
            let _ = file.set_permissions(there.permissions());
        }
        Ok((Part { beside, place }, file))
    }

    fn discard(&self) {
        let _ = fs::remove_file(&self.beside);
    }
}

fn write_beside(path: &Path, text: &str) -> Result<Option<Part>, NotWritten> {
    may_write(path)?;
    // A pipe or a device is not to be replaced by a file; and a link is followed.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| cannot(path, error))?;
        return Ok(None);
    }
    let place = followed(path);
    // A file that is protected is not to be replaced by way of its folder.
    if place.exists() {
        OpenOptions::new().append(true).open(&place).map_err(|error| cannot(path, error))?;
    }
    let (part, mut file) = Part::make(place).map_err(|error| cannot(path, error))?;
    match file.write_all(text.as_bytes()).and_then(|()| file.sync_data()) {
        Ok(()) => Ok(Some(part)),
        Err(error) => {
            part.discard();
            Err(cannot(path, error))
        }
    }
}

/// Where a file is written before it takes its place. What killed runs have left there is removed.
fn beside(place: &Path) -> Option<PathBuf> {
    let name = short(&place.file_name()?.to_string_lossy());
    let folder = folder_of(place);
    let number = |entry: &fs::DirEntry| -> Option<u32> {
        let left = entry.file_name().into_string().ok()?;
        left.strip_prefix(&format!(".{name}."))?.strip_suffix(".part")?.parse().ok()
    };
    // Only where the system tells which processes live is a leftover known to be one.
    if Path::new("/proc/self").exists() {
        for entry in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            if number(&entry).is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
    Some(folder.join(format!(".{name}.{}.part", std::process::id())))
}

/// A name as the name of what lies beside it contains it. Systems bound names at 255 bytes, and a long one leaves no room for more.
fn short(name: &str) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let end = (0..=LONGEST - 17).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    // Two long names that begin alike are still two.
    format!("{}-{}", &name[..end], &blake3::hash(name.as_bytes()).to_hex()[..16])
}

/// Where a path leads, through links, those included whose file is not there yet.
fn followed(path: &Path) -> PathBuf {
    // As many as the system follows; a circle of links leads nowhere.
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(place) = path.canonicalize() {
            return place;
        }
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => break,
        }
    }
    let whole = Some(()).and_then(|()| Some(folder_of(&path).canonicalize().ok()?.join(path.file_name()?)));
    whole.unwrap_or(path)
}

/// Whether two paths are one file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    followed(one) == followed(other)
}
