//! Writing files: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::Trouble;
use super::screen::{Screen, shown};
use crate::journal::{BEGINS, Store};

fn cannot(path: &Path, why: impl std::fmt::Display) -> Trouble {
    Trouble::Says(format!("{} cannot be written: {why}", shown(path)))
}

/// Whether a file could be written there, as far as that can be told before the work is done.
pub(super) fn may_write(path: &Path) -> Result<(), Trouble> {
    if path.is_dir() {
        return Err(cannot(path, "it is a folder"));
    }
    let folder = folder_of(&followed(path));
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
#[derive(Debug)]
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
    let place = followed(path);
    // A file that is protected is not to be replaced by way of its folder.
    if place.exists() {
        OpenOptions::new().append(true).open(&place).map_err(|error| cannot(path, error))?;
    }
    let part = Part { beside: beside(&place).ok_or_else(|| cannot(path, "it has no name"))?, place };
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

/// Where a file is written before it takes its place. What killed runs have left there is removed.
fn beside(place: &Path) -> Option<PathBuf> {
    let name = place.file_name()?.to_string_lossy().into_owned();
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

/// Where an older journal is kept when a new one takes its place: none where there is none.
pub(super) fn older(path: &Path) -> Option<PathBuf> {
    let place = followed(path);
    fs::metadata(&place).ok().filter(|found| found.is_file() && found.len() > 0)?;
    let mut name = place.file_name()?.to_owned();
    name.push(".old");
    Some(place.with_file_name(name))
}

/// Says that an older journal was kept.
pub(super) fn remark_older(older: Option<&Path>, screen: &Screen) {
    if let Some(older) = older {
        screen.remark(format!("the journal that was there is kept as {}", shown(older)));
    }
}

/// A new journal. Where there is an older one, it is written beside it until its first line is on disk: whatever happens before that leaves the
/// older one as it was.
#[derive(Debug)]
pub(super) struct JournalFile {
    file: File,
    /// What has not taken its place yet, and where what is there now is kept.
    waiting: Option<(Part, PathBuf)>,
}

impl JournalFile {
    fn take_place(part: &Part, older: &Path) -> std::io::Result<()> {
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
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Store for JournalFile {
    fn sync(&mut self) -> std::io::Result<()> {
        self.file.sync()?;
        if let Some((part, older)) = &self.waiting {
            JournalFile::take_place(part, older)?;
            self.waiting = None;
        }
        Ok(())
    }
}

impl Drop for JournalFile {
    fn drop(&mut self) {
        if let Some((part, _)) = &self.waiting {
            part.discard();
        }
    }
}

/// Whether a file is a journal, or what a killed run has left of its first line.
fn is_journal(path: &Path) -> std::io::Result<bool> {
    let mut beginning = Vec::new();
    File::open(path)?.take(BEGINS.len() as u64).read_to_end(&mut beginning)?;
    Ok(BEGINS.starts_with(&beginning))
}

/// Opens the file for a new journal. An older journal there is kept beside it ([`older`]); anything else is not replaced.
pub(super) fn journal_file(path: &Path) -> Result<JournalFile, Trouble> {
    may_write(path)?;
    let Some(older) = older(path) else {
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(path).map_err(|error| cannot(path, error))?;
        return Ok(JournalFile { file, waiting: None });
    };
    let place = followed(path);
    for (there, what) in [(&place, path), (&older, &older)] {
        if there.exists() && !is_journal(there).map_err(|error| cannot(what, error))? {
            return Err(cannot(what, "there is a file of that name which is no journal; name another, or remove it"));
        }
    }
    // A file that is protected is not to be replaced by way of its folder.
    OpenOptions::new().append(true).open(&place).map_err(|error| cannot(path, error))?;
    let part = Part { beside: beside(&place).ok_or_else(|| cannot(path, "it has no name"))?, place };
    let file = File::create(&part.beside).map_err(|error| cannot(path, error))?;
    Ok(JournalFile { file, waiting: Some((part, older)) })
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
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    followed(one) == followed(other)
}
