//! The user's data folder: journals of sessions, exported debriefs, and how the screen is to look.
//!
//! On Linux `$XDG_DATA_HOME/hotwash`, or `~/.local/share/hotwash` where that is not set (XDG Base Directory Specification 0.8); on macOS
//! `~/Library/Application Support/hotwash`; on Windows `%APPDATA%\hotwash`. `--data DIR` overrides it. Inside are `sessions/`, one journal a
//! session, `debriefs/`, and `look.json`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::theme::Look;

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
    /// The mode's name.
    pub mode: String,
    /// The id of the role that a person played.
    pub role: String,
    /// It came to its end.
    pub closed: bool,
    /// When it was last written, as people read it; in UTC.
    pub written: String,
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

/// So many sessions are listed.
const MOST_LISTED: usize = 12;

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

    fn sub(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.0.join(name);
        fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        Ok(folder)
    }

    /// A new file for a session, under the next free number.
    ///
    /// # Errors
    /// Why there can be none, as a sentence.
    pub fn new_session(&self, scenario: &str) -> Result<(PathBuf, File), String> {
        let folder = self.sub("sessions")?;
        let last = names(&folder).iter().filter_map(|name| name.split('-').next()?.parse::<u32>().ok()).max().unwrap_or(0);
        let plain: String = scenario.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(60).collect();
        for number in last + 1..last + 1000 {
            let path = folder.join(format!("{number:04}-{plain}.jsonl"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((path, file)),
                // Another window has just taken it.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(format!("{} cannot be written: {error}", path.display())),
            }
        }
        Err(format!("{} has no free number", folder.display()))
    }

    /// Sessions, the newest first.
    pub fn sessions(&self) -> Vec<Kept> {
        let folder = self.0.join("sessions");
        let mut names: Vec<String> = names(&folder).into_iter().filter(|name| name.ends_with(".jsonl")).collect();
        names.sort_unstable_by(|one, other| other.cmp(one));
        names.into_iter().take(MOST_LISTED).filter_map(|name| kept(&folder.join(name))).collect()
    }

    /// Writes a debrief, whole or not at all; its path.
    ///
    /// # Errors
    /// Why it cannot be written, as a sentence.
    pub fn write_debrief(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let folder = self.sub("debriefs")?;
        let path = folder.join(name);
        write_whole(&path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        Ok(path)
    }

    /// How the screen is to look.
    pub fn look(&self) -> Look {
        let read = fs::read(self.0.join("look.json")).ok();
        let written: LookWritten = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let (least, most) = super::theme::TEXT_SCALE_PERCENT;
        Look { dark: written.dark, scale_percent: written.scale_percent.clamp(least, most), reduced_motion: written.reduced_motion }
    }

    /// Keeps how the screen is to look. Nobody is bothered if that fails: it is only looks.
    pub fn keep_look(&self, look: Look) {
        let written = LookWritten { dark: look.dark, scale_percent: look.scale_percent, reduced_motion: look.reduced_motion };
        if fs::create_dir_all(&self.0).is_ok()
            && let Ok(text) = serde_json::to_string_pretty(&written)
        {
            let _ = write_whole(&self.0.join("look.json"), &text);
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

/// Beside its place first, so that a crash or a full disk never leaves half of it.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let beside = beside(path);
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// The largest journal that is listed, in bytes.
const LARGEST_LISTED: u64 = 64 << 20;

/// What the first line of a journal says, and whether it was closed. The chain is checked only when it is opened.
fn kept(path: &Path) -> Option<Kept> {
    let file = File::open(path).ok()?;
    let about = file.metadata().ok().filter(|about| about.is_file() && about.len() <= LARGEST_LISTED)?;
    let written = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    let written = chrono::DateTime::from_timestamp(i64::try_from(written).ok()?, 0)?.format("%-d %b %Y, %H:%M UTC").to_string();
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).ok()?;
    let first: Value = serde_json::from_slice(&line).ok()?;
    let header = first.get("entry")?.get("header")?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let setup = header.get("setup")?;
    let person = setup.get("seats")?.as_array()?.iter().find(|seat| seat.get("by").and_then(Value::as_str) == Some("person"))?;
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).ok()?;
    let closed = rest.split(|byte| *byte == b'\n').any(|line| line.get(..40).is_some_and(|start| contains(start, b"\"entry\":{\"closed\"")));
    Some(Kept {
        path: path.to_owned(),
        scenario: text(header.get("scenario")?.get("id")),
        mode: text(setup.get("mode")),
        role: text(person.get("role")),
        closed,
        written,
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of one test, gone when it is over.
    pub struct Scratch(pub PathBuf);

    impl Scratch {
        pub fn new(name: &str) -> Scratch {
            let path = std::env::temp_dir().join(format!("hotwash-desktop-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Scratch(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn looks_are_kept_and_kept_within_bounds() {
        let scratch = Scratch::new("look");
        let folder = Folder(scratch.0.clone());
        assert_eq!(folder.look(), Look::default());
        let look = Look { dark: true, scale_percent: 150, reduced_motion: true };
        folder.keep_look(look);
        assert_eq!(folder.look(), look);
        fs::write(scratch.0.join("look.json"), "{\"scale_percent\": 9000}").unwrap();
        assert_eq!(folder.look().scale_percent, 200);
    }

    #[test]
    fn sessions_are_numbered_and_what_is_no_journal_is_not_listed() {
        let scratch = Scratch::new("numbers");
        let folder = Folder(scratch.0.clone());
        let (first, _) = folder.new_session("a/../b").unwrap();
        let (second, _) = folder.new_session("ab").unwrap();
        assert_eq!(first.file_name().unwrap(), "0001-a b.jsonl".replace(' ', "").as_str());
        assert_eq!(second.file_name().unwrap(), "0002-ab.jsonl");
        assert!(folder.sessions().is_empty(), "empty files are no sessions");
    }
}
