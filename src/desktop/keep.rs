//! The user's data folder: journals of sessions, profiles, exported debriefs, papers, and how the screen is to look.
//!
//! On Linux `$XDG_DATA_HOME/hotwash`, or `~/.local/share/hotwash` where that is not set (XDG Base Directory Specification 0.8); on macOS
//! `~/Library/Application Support/hotwash`; on Windows `%APPDATA%\hotwash`. `--data DIR` overrides it. Inside are `sessions/`, one journal a
//! session, `debriefs/`, `papers/`, `profiles/SCENARIO/NAME.ron`, `look.json`, and `hotwash.sqlite`: what stands in the journals, found quickly ([`library`]).

mod claim;
mod clock;
mod elsewhere;
mod library;
mod own;
mod remark;
mod summary;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::theme::Look;
use crate::files::write_whole;
use crate::ids::RoleSet;
use crate::journal::Annotation;
use crate::scenario::bounds::LONGEST_EXERCISE;
use crate::scenario::diagnostic::is_unprintable;
use crate::time::Span;
use library::{Library, Stamp};

pub use claim::{ENDING, elsewhere, typed};
pub use clock::{day_of, in_minutes, today};
pub use elsewhere::{goes_on_elsewhere, goes_on_here};
pub use own::{Saved, plain_name, write_papers};
pub use summary::{Improvement, ResultLine};

pub use crate::files::{Claimed, NotClaimed};

/// The largest of the small files that are kept beside the journals, in bytes.
const LARGEST_SMALL: u64 = 64 << 10;

/// The data folder. It is made when something is first kept in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folder(PathBuf);

/// A session on disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Its journal.
    pub path: PathBuf,
    /// The scenario's id.
    pub scenario: String,
    /// Its title, with the names it was played with.
    pub title: String,
    /// The mode's name.
    pub mode: String,
    /// The id of the cut.
    pub cut: String,
    /// The profile's name.
    pub profile: Option<String>,
    /// The ids of the roles that people played.
    pub people: Vec<String>,
    /// How far play came, from STARTEX.
    pub reached: Span,
    /// It came to its end.
    pub closed: bool,
    /// The score of one person alone.
    pub score: Option<u8>,
    /// What it came to, by capability.
    pub results: Vec<ResultLine>,
    /// When it began, as people here read it: `today 14:20`.
    pub started: String,
    /// When it was last written, likewise.
    pub written: String,
    /// Why it cannot be read, if it cannot.
    pub trouble: Option<String>,
}

/// Something that a room took on, of whichever session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToDo {
    /// The journal of its session.
    pub path: PathBuf,
    /// The title of what was played.
    pub title: String,
    /// What it is.
    pub item: Improvement,
}

/// What Home shows of the data folder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shelf {
    /// Sessions, the last written first.
    pub sessions: Vec<Kept>,
    /// Improvement items of sessions that are over: those that are open first.
    pub to_do: Vec<ToDo>,
    /// Files and folders that were opened, the last first: path and title.
    pub recent: Vec<(String, String)>,
    /// So many journals have not been read yet; they are read when it is asked for again.
    pub unread: usize,
    /// Why the list is not kept, in a line.
    pub trouble: Option<String>,
    /// What else in the folder cannot be read, each in a line: otherwise what it holds would be missing without a word.
    pub unseen: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
struct LookWritten {
    dark: bool,
    scale_percent: u16,
    reduced_motion: bool,
}

impl Default for LookWritten {
    fn default() -> Self {
        let look = Look::default();
        LookWritten { dark: look.dark, scale_percent: look.scale_percent, reduced_motion: look.reduced_motion }
    }
}

/// So many journals are looked at.
const MOST_LISTED: usize = 5000;
/// A name that begins with a number as large as this was numbered by nobody here.
const MOST_NUMBERED: u32 = 1_000_000;
/// So long a list may take to be read at once: a picture waits for it.
const LONGEST_READING: Duration = if cfg!(test) { Duration::from_secs(600) } else { Duration::from_millis(300) };
/// The database.
const DATABASE: &str = "hotwash.sqlite";
/// How the screen is to look.
const LOOK: &str = "look.json";
/// So many characters of what a journal says of itself are shown in a list.
const MOST_SHOWN: usize = 400;

impl Folder {
    /// The one that was asked for, or the usual one; none if the system has no place for it.
    pub fn find(asked: Option<&Path>) -> Option<Folder> {
        if let Some(asked) = asked {
            return Some(Folder(asked.to_owned()));
        }
        let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let usual = if cfg!(windows) {
            from("APPDATA")
        } else if cfg!(target_os = "macos") {
            from("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            // A relative path is to be ignored, says the specification.
            from("XDG_DATA_HOME").filter(|path| path.is_absolute()).or_else(|| from("HOME").map(|home| home.join(".local/share")))
        };
        usual.map(|usual| Folder(usual.join("hotwash")))
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.0
    }

    fn sub(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.0.join(name);
        fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        Ok(folder)
    }

    /// A new file for a session, under the next free number.
    ///
    /// # Errors
    /// Why there can be none, as a sentence.
    pub fn new_session(&self, scenario: &str) -> Result<Claimed, String> {
        let folder = self.sub("sessions")?;
        let numbers = names(&folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
        let numbers = numbers.iter().filter_map(|name| name.split('-').next()?.parse::<u32>().ok());
        let last = numbers.filter(|number| *number < MOST_NUMBERED).max().unwrap_or(0);
        let plain: String = scenario.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(60).collect();
        for number in last + 1..last + 1000 {
            let path = folder.join(format!("{number:04}-{plain}.{ENDING}"));
            match Claimed::make(&path) {
                Ok(claimed) => return Ok(claimed),
                // Another window has just taken it.
                Err(_) if path.exists() => {}
                Err(why) => return Err(format!("{} cannot be written: {why}", path.display())),
            }
        }
        Err(format!("{} has no free number", folder.display()))
    }

    /// Sessions, the last written first.
    #[cfg(test)]
    pub fn sessions(&self) -> Vec<Kept> {
        self.shelf().sessions
    }

    /// Everything that Home shows: what has been written since the last time is read first. Whatever is wrong with the database, sessions are listed.
    pub fn shelf(&self) -> Shelf {
        self.shelf_within(LONGEST_READING)
    }

    /// The same, in about this time; one journal is read at least, so that asking again comes to an end.
    fn shelf_within(&self, longest: Duration) -> Shelf {
        let unseen = self.unseen();
        let (library, mut trouble) = self.library();
        let Some(mut library) = library else { return Shelf { trouble, unseen, ..Shelf::default() } };
        let mut listed = self.list(&mut library, longest);
        if let Err(library::Trouble::Damaged(why)) = &listed
            && library.on_disk()
        {
            // It opened, and what is in it is broken all the same.
            let why = why.clone();
            drop(library);
            let (instead, says) = self.made_anew(&why);
            trouble = Some(says);
            let Some(instead) = instead else { return Shelf { trouble, unseen, ..Shelf::default() } };
            library = instead;
            listed = self.list(&mut library, longest);
        }
        if let Err(why) = &listed
            && library.on_disk()
        {
            // It opened and yet cannot be used: a disk that filled up, another window that does not let go.
            trouble = Some(not_kept(why));
            listed = Library::in_memory().and_then(|mut instead| self.list(&mut instead, longest));
        }
        Shelf { trouble, unseen, ..listed.unwrap_or_default() }
    }

    fn list(&self, library: &mut Library, longest: Duration) -> Result<Shelf, library::Trouble> {
        let unread = self.refresh(library, longest)?;
        Ok(Shelf { unread, ..self.listed(library)? })
    }

    /// What in the folder cannot be read, and what would help.
    fn unseen(&self) -> Vec<String> {
        let sessions = self.0.join("sessions");
        let folder = match fs::metadata(&self.0) {
            Ok(found) if !found.is_dir() => Some(format!("{} is no folder. Start with --data and another one.", self.0.display())),
            _ => names(&sessions)
                .err()
                .map(|error| format!("{} cannot be read: {error}. What was played is not listed until that is mended.", sessions.display())),
        };
        let look = self.look_written().err().map(|why| {
            format!("{} is not used: {why}. Choose how the screen is to look once more, and it is written anew.", self.0.join(LOOK).display())
        });
        folder.into_iter().chain(look).collect()
    }

    /// The database, or one in memory and why.
    fn library(&self) -> (Option<Library>, Option<String>) {
        let in_memory = || Library::in_memory().ok();
        // Nothing has been kept yet: nothing is made for it.
        if !self.0.is_dir() {
            return (in_memory(), None);
        }
        let path = self.0.join(DATABASE);
        match Library::open(&path) {
            Ok(library) => (Some(library), None),
            Err(library::Trouble::Damaged(why)) => {
                let (library, says) = self.made_anew(&why);
                (library, Some(says))
            }
            Err(why) => (in_memory(), Some(not_kept(&why))),
        }
    }

    /// A new database in the place of one that is damaged, or one in memory; and what became of it, in a line.
    fn made_anew(&self, why: &str) -> (Option<Library>, String) {
        let path = self.0.join(DATABASE);
        let anew = set_aside(&path).ok().and_then(|aside| Some((Library::open(&path).ok()?, aside)));
        match anew {
            Some((library, aside)) => {
                let says =
                    format!("The list of sessions was damaged ({why}). It was made anew from the journals; what it was lies in {}", aside.display());
                (Some(library), says)
            }
            None => (Library::in_memory().ok(), not_kept(&library::Trouble::Damaged(why.to_owned()))),
        }
    }

    /// Reads what is new in the journals; how many it has left for the next time.
    fn refresh(&self, library: &mut Library, longest: Duration) -> Result<usize, library::Trouble> {
        let folder = self.0.join("sessions");
        // A folder that cannot be read says nothing about what is gone; what was read of it before is still listed.
        let Ok(names) = names(&folder) else { return Ok(0) };
        let mut known: BTreeMap<String, (i64, i64)> =
            library.known()?.into_iter().map(|(journal, bytes, modified)| (journal, (bytes, modified))).collect();
        let mut names: Vec<String> = names.into_iter().filter(|name| name.ends_with(".jsonl")).collect();
        names.sort_unstable_by(|one, other| other.cmp(one));
        let (mut read, mut titles, mut unread) = (Vec::new(), BTreeMap::new(), 0);
        let began = clock::Since::now();
        for name in names.into_iter().take(MOST_LISTED) {
            let path = folder.join(&name);
            let Some(stamp) = stamp(&path, &name) else { continue };
            if known.remove(&name) == Some((stamp.bytes, stamp.modified)) {
                continue;
            }
            if !read.is_empty() && began.elapsed() > longest {
                unread += 1;
            } else if let Some(summary) = summary::of(&path, &mut titles) {
                read.push((stamp, summary));
            }
        }
        let gone: Vec<String> = known.into_keys().collect();
        library.take_in(&read, &gone)?;
        Ok(unread)
    }

    fn listed(&self, library: &Library) -> Result<Shelf, library::Trouble> {
        let folder = self.0.join("sessions");
        let listed = library.sessions()?;
        let titles: BTreeMap<&str, &str> = listed.iter().map(|listed| (listed.journal.as_str(), listed.summary.title.as_str())).collect();
        let to_do = library.improvements()?.into_iter().map(|(journal, item)| ToDo {
            path: folder.join(&journal),
            title: shown(titles.get(journal.as_str()).copied().unwrap_or_default()),
            item: Improvement {
                issue: shown(&item.issue),
                action: shown(&item.action),
                element: shown(&item.element),
                owner: shown(&item.owner),
                due: shown(&item.due),
                ..item
            },
        });
        let to_do = to_do.collect();
        let mut results = library.results()?;
        let sessions = listed.into_iter().map(|listed| Kept {
            results: results.remove(&listed.journal).unwrap_or_default(),
            path: folder.join(&listed.journal),
            scenario: shown(&listed.summary.scenario),
            title: shown(&listed.summary.title),
            mode: shown(&listed.summary.mode),
            cut: shown(&listed.summary.cut),
            profile: listed.summary.profile.as_deref().map(shown),
            people: listed.summary.people.iter().take(RoleSet::CAPACITY).map(|role| shown(role)).collect(),
            // A journal may say anything; whether it is so is found out when it is opened.
            reached: Span(listed.summary.reached.clamp(0, LONGEST_EXERCISE.0)),
            closed: listed.summary.closed,
            score: listed.summary.score,
            started: clock::said(listed.started),
            written: clock::said(listed.modified),
            trouble: listed.summary.trouble,
        });
        Ok(Shelf {
            sessions: sessions.collect(),
            to_do,
            recent: library.recent()?.into_iter().map(|(path, title)| (path, shown(&title))).collect(),
            ..Shelf::default()
        })
    }

    /// Notes that a file or folder was opened. Nobody is bothered if that fails.
    pub fn opened(&self, path: &str, title: &str) {
        if fs::create_dir_all(&self.0).is_ok()
            && let (Some(library), _) = self.library()
        {
            let _ = library.opened(path, title, clock::now());
        }
    }

    /// Says how far an improvement item has come: a remark behind the end of its session's journal.
    ///
    /// # Errors
    /// Why it cannot be written, as a sentence.
    pub fn set_status(&self, to_do: &ToDo, status: &str) -> Result<(), String> {
        remark::add(&to_do.path, |journal| remark::status(journal, &to_do.item.item, status))
    }

    /// Writes a debrief, whole or not at all; its path.
    ///
    /// # Errors
    /// Why it cannot be written, as a sentence.
    pub fn write_debrief(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let folder = self.sub("debriefs")?;
        let path = folder.join(name);
        write_whole(&path, text).map_err(|error| error.to_string())?;
        Ok(path)
    }

    /// What was kept of how the screen is to look.
    fn look_written(&self) -> Result<LookWritten, String> {
        match small(&self.0.join(LOOK)) {
            Ok(text) => serde_json::from_str(&text).map_err(|_| "it cannot be understood".to_owned()),
            // There is no folder yet, or no file in it; that the folder is a file is said elsewhere.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(LookWritten::default()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// How the screen is to look; the usual where what was kept cannot be read, which the shelf says.
    pub fn look(&self) -> Look {
        let written = self.look_written().unwrap_or_default();
        let (least, most) = super::theme::TEXT_SCALE_PERCENT;
        Look { dark: written.dark, scale_percent: written.scale_percent.clamp(least, most), reduced_motion: written.reduced_motion }
    }

    /// Keeps how the screen is to look. Nobody is bothered if that fails: it is only looks.
    pub fn keep_look(&self, look: Look) {
        let written = LookWritten { dark: look.dark, scale_percent: look.scale_percent, reduced_motion: look.reduced_motion };
        if fs::create_dir_all(&self.0).is_ok()
            && let Ok(text) = serde_json::to_string_pretty(&written)
        {
            let _ = write_whole(&self.0.join(LOOK), &text);
        }
    }
}

/// Opens a file to read it: no folder, and no pipe, which would have the window wait for ever.
///
/// # Errors
/// It is not there, cannot be read, or is no file.
pub fn open_file(path: &Path) -> io::Result<File> {
    if path.metadata()?.is_file() { File::open(path) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file")) }
}

/// One of the small files that are kept beside the journals. What is larger was not written by this program, and is not read.
fn small(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open_file(path)?.take(LARGEST_SMALL + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST_SMALL {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} KiB", LARGEST_SMALL >> 10)));
    }
    Ok(text)
}

/// The names of what is in a folder; none where there is no such folder yet.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}

/// Adds a remark to a journal whose session is over.
///
/// # Errors
/// Why it cannot be, as a sentence. The journal is then as it was.
pub fn add_remark(path: &Path, remark: Annotation) -> Result<(), String> {
    remark::add(path, |_| Some(remark))
}

/// What a journal says of itself, as a list may show it: it comes from anywhere.
fn shown(text: &str) -> String {
    let plain = text.chars().map(|letter| if is_unprintable(letter) { '\u{fffd}' } else { letter });
    let mut shown: String = plain.take(MOST_SHOWN).collect();
    if text.chars().nth(MOST_SHOWN).is_some() {
        shown.push('\u{2026}');
    }
    shown
}

fn stamp(path: &Path, name: &str) -> Option<Stamp> {
    let about = fs::metadata(path).ok().filter(|about| about.is_file())?;
    Some(Stamp {
        journal: name.to_owned(),
        bytes: i64::try_from(about.len()).ok()?,
        // A clock that was wrong made it before 1970; it is a session all the same.
        modified: about.modified().ok().and_then(clock::of).unwrap_or(0),
        created: about.created().ok().and_then(clock::of),
    })
}

/// Why the list of sessions is not kept, in a line.
fn not_kept(why: &library::Trouble) -> String {
    let why = match why {
        library::Trouble::Damaged(why) => format!("it is damaged ({why})"),
        library::Trouble::Newer => "it was written by a later version of this program, and is left alone".to_owned(),
        library::Trouble::Other(why) => why.clone(),
    };
    format!("The list of sessions ({DATABASE}) is not used: {why}. Sessions are listed from their journals, and nothing of them is lost.")
}

/// Moves a damaged database out of the way, and what belongs to it first: a rollback journal without its database would spoil the next one.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let name = |ending: &str| path.with_file_name(format!("{DATABASE}{ending}"));
    let aside = (1..100).map(|number| name(&format!(".damaged-{number}"))).find(|aside| !aside.exists()).unwrap_or_else(|| name(".damaged"));
    for ending in ["-journal", "-wal", "-shm"] {
        let beside = name(ending);
        if beside.exists() {
            fs::rename(&beside, aside.with_file_name(format!("{}{ending}", aside.file_name().unwrap_or_default().to_string_lossy())))?;
        }
    }
    fs::rename(path, &aside)?;
    Ok(aside)
}

#[cfg(test)]
mod tests;
