//! Profiles of one's own, and papers: files in the data folder that people made.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Folder, names, small};
use crate::files::{write_all, write_whole};
use crate::paper::Paper;

/// Beside the profiles of a scenario: the one that was used last.
const USED: &str = "used.txt";

/// A profile of one's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnProfile {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
}

/// What came of saving.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saved {
    /// It is there now.
    At(PathBuf),
    /// There is a file of that name already, and nobody has said that it may be replaced.
    Asks(PathBuf),
}

/// A name as a file may have it everywhere: small letters, digits and hyphens. None if nothing is left.
pub fn plain_name(name: &str) -> Option<String> {
    let mut plain = String::new();
    for letter in name.trim().to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => plain.push(letter),
            // One hyphen for everything that is none of these, and none at the beginning.
            _ if plain.ends_with('-') || plain.is_empty() => {}
            _ => plain.push('-'),
        }
        if plain.len() >= 60 {
            break;
        }
    }
    let plain = plain.trim_end_matches('-');
    // Names that a system has given away, with whatever ending (Microsoft, Naming Files, Paths, and Namespaces).
    let given_away = ["con", "prn", "aux", "nul"].contains(&plain)
        || (plain.len() == 4 && (plain.starts_with("com") || plain.starts_with("lpt")) && plain.ends_with(|c: char| c.is_ascii_digit()));
    match plain {
        "" => None,
        _ if given_away => Some(format!("profile-{plain}")),
        _ => Some(plain.to_owned()),
    }
}

impl Folder {
    /// Profiles of one's own for a scenario, sorted by name.
    pub fn own_profiles(&self, scenario: &str) -> Vec<OwnProfile> {
        let Some(scenario) = plain_name(scenario) else { return Vec::new() };
        let folder = self.root().join("profiles").join(scenario);
        let mut names: Vec<String> = names(&folder).unwrap_or_default().into_iter().filter(|name| name.ends_with(".ron")).collect();
        names.sort_unstable();
        let named = |name: String| OwnProfile { path: folder.join(&name), name: name.trim_end_matches(".ron").to_owned() };
        names.into_iter().map(named).collect()
    }

    /// Saves a profile, whole or not at all. A file that is there is replaced only if `replace` says so.
    ///
    /// # Errors
    /// Why it cannot be saved, as a sentence.
    pub fn save_profile(&self, scenario: &str, name: &str, text: &str, replace: bool) -> Result<Saved, String> {
        let name = plain_name(name).ok_or("a profile needs a name of letters or digits")?;
        let scenario = plain_name(scenario).ok_or("this scenario has no id that a folder could be named by")?;
        let folder = self.sub("profiles")?.join(scenario);
        fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        let path = folder.join(format!("{name}.ron"));
        if path.exists() && !replace {
            return Ok(Saved::Asks(path));
        }
        write_whole(&path, text).map_err(|error| error.to_string())?;
        Ok(Saved::At(path))
    }

    /// Which profile was made, printed or played last for a scenario: what it is asked for by, or none for the scenario's own names. None if nobody has
    /// used one yet.
    pub fn used_profile(&self, scenario: &str) -> Option<Option<String>> {
        let scenario = plain_name(scenario)?;
        let text = small(&self.root().join("profiles").join(scenario).join(USED)).ok()?;
        let name = text.trim();
        Some((!name.is_empty()).then(|| name.to_owned()))
    }

    /// Keeps which profile was used last. Nobody is bothered if that fails: it can be chosen again.
    pub fn use_profile(&self, scenario: &str, profile: Option<&str>) {
        // Where nobody ever used one, that needs no file.
        if profile.is_none() && self.used_profile(scenario).flatten().is_none() {
            return;
        }
        if let (Some(scenario), Ok(folder)) = (plain_name(scenario), self.sub("profiles")) {
            let folder = folder.join(scenario);
            if fs::create_dir_all(&folder).is_ok() {
                let _ = write_whole(&folder.join(USED), profile.unwrap_or_default());
            }
        }
    }

    /// Where the papers of a scenario go: a folder for each cut and profile.
    pub fn papers(&self, scenario: &str, cut: &str, profile: Option<&str>) -> PathBuf {
        let parts = [Some(scenario), Some(cut), profile].into_iter().flatten().filter_map(plain_name);
        self.root().join("papers").join(parts.collect::<Vec<_>>().join("-"))
    }
}

/// Writes papers into a folder, all of them or none; the path of the one to begin with. Papers of before are replaced.
///
/// # Errors
/// Why they cannot be written, as a sentence.
pub fn write_papers(folder: &Path, papers: &[Paper]) -> Result<PathBuf, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let files: Vec<(PathBuf, &str)> = papers.iter().map(|paper| (folder.join(paper.file), paper.html.as_str())).collect();
    write_all(&files).map_err(|error| error.to_string())?;
    Ok(folder.join("index.html"))
}
