//! Writing files: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::Trouble;
use super::screen::shown;
use crate::journal::BEGINS;

fn cannot(path: &Path, why: impl std::fmt::Display) -> Trouble {
    Trouble::Says(format!("{} cannot be written: {why}", shown(path)))
}

/// Whether a file could be written there, as far as that can be told before the work is done.
pub(super) fn may_write(path: &Path) -> Result<(), Trouble> {
    if path.is_dir() {
        return Err(cannot(path, "it is a folder"));
    }
    let folder = folder_of(path);
    match fs::metadata(&folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(cannot(path, format!("{} is not a folder", shown(&folder)))),
        Err(_) => Err(cannot(path, format!("there is no folder {}", shown(&folder)))),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Writes a file whole: beside its place first, so that a crash or a full disk never leaves half of it, nor destroys what was there.
pub(super) fn write_whole(path: &Path, text: &str) -> Result<(), Trouble> {
    write_all(&[(path.to_owned(), text)])
}

/// Writes several files, all or none: none takes its place before all of them are on disk.
pub(super) fn write_all(files: &[(PathBuf, &str)]) -> Result<(), Trouble> {
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
struct Part {
    beside: PathBuf,
    place: PathBuf,
}

impl Part {
    fn discard(&self) {
        let _ = fs::remove_file(&self.beside);
    }
}

fn write_beside(path: &Path, text: &str) -> Result<Option<Part>, Trouble> {
    may_write(path)?;
    // A pipe or a device is not to be replaced by a file; and a link is followed.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| cannot(path, error))?;
        return Ok(None);
    }
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // A file that is protected is not to be replaced by way of its folder.
    if place.exists() {
        OpenOptions::new().append(true).open(&place).map_err(|error| cannot(path, error))?;
    }
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).ok_or_else(|| cannot(path, "it has no name"))?;
    let part = Part { beside: folder_of(&place).join(format!(".{name}.{}.part", std::process::id())), place };
    let written = File::create(&part.beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_data()
    });
    match written {
        Ok(()) => Ok(Some(part)),
        Err(error) => {
            part.discard();
            Err(cannot(path, error))
        }
    }
}

/// Opens the file for a new journal. An older journal there is replaced; anything else is not.
pub(super) fn journal_file(path: &Path) -> Result<File, Trouble> {
    may_write(path)?;
    if fs::metadata(path).is_ok_and(|found| found.is_file()) {
        let mut beginning = Vec::new();
        File::open(path).and_then(|file| file.take(BEGINS.len() as u64).read_to_end(&mut beginning)).map_err(|error| cannot(path, error))?;
        // What a killed run has left of its first line is a journal as well.
        if !BEGINS.starts_with(&beginning) {
            return Err(cannot(path, "there is a file of that name which is no journal; name another, or remove it"));
        }
    }
    OpenOptions::new().write(true).create(true).truncate(true).open(path).map_err(|error| cannot(path, error))
}

/// Whether two paths are one file.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| {
        path.canonicalize().ok().or_else(|| Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?))).unwrap_or_else(|| path.to_owned())
    };
    place(one) == place(other)
}
