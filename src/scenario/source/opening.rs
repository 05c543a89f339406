//! Where a scenario's files come from: a folder, the binary, or memory.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{ClosureFile, LARGEST_FILE};
use crate::scenario::diagnostic::did_you_mean;

static SCENARIOS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");
static LIBRARY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/library");

/// The name of the file that is opened where a folder is given.
pub const ROOT: &str = "scenario.ron";

/// The content of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// Its text.
    Text(String),
    /// Of a picture: Blake3 of its bytes, in hexadecimal.
    Digest(String),
}

/// A scenario cannot be opened at all.
#[derive(Error, Debug)]
pub enum OpenError {
    /// There is no such file, folder or shipped scenario.
    #[error("there is no file, folder or shipped scenario `{path}`{}", suggestion.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
    NotFound {
        /// What was asked for.
        path: String,
        /// A shipped scenario with a similar name.
        suggestion: Option<String>,
    },
    /// There is no such profile.
    #[error("there is no profile `{path}`, neither as a file nor beside the scenario, which has {known}{}", suggestion.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
    Profile {
        /// What was asked for.
        path: String,
        /// One of them with a similar name.
        suggestion: Option<String>,
        /// The profiles beside the scenario, in words.
        known: String,
    },
    /// A profile where a scenario was asked for.
    #[error(
        "`{path}` is a profile, not a scenario: give it to its scenario, as in `hotwash run {of} --profile {path}`; `hotwash check {path}` looks for what is wrong with it"
    )]
    IsProfile {
        /// What was asked for.
        path: String,
        /// The scenario that it is for.
        of: String,
    },
    /// A profile whose scenario cannot be found.
    #[error("`{path}` is a profile, and {}; to check it, put it into the folder `profiles` beside its scenario and check that scenario", if of.is_empty() { "does not say for which scenario: it lacks `scenario: \"..\"`".to_owned() } else { format!("the scenario `{of}` that it is for is neither shipped nor in the folder above it") })]
    ProfileAlone {
        /// What was asked for.
        path: String,
        /// The scenario that it is for; empty where it does not say.
        of: String,
    },
    /// There is no such cut.
    #[error("the scenario has no cut `{cut}`; it has {known}")]
    Cut {
        /// What was asked for.
        cut: String,
        /// The cuts it has, in words.
        known: String,
    },
    /// A folder without the file that a scenario begins with.
    #[error("the folder `{path}` has no scenario.ron")]
    NoScenario {
        /// The folder.
        path: String,
    },
    /// Not a file of the right kind.
    #[error("`{path}` is neither a folder nor a .ron file")]
    NotRon {
        /// What was asked for.
        path: String,
    },
    /// The file system refused.
    #[error("`{path}` cannot be read: {reason}")]
    Unreadable {
        /// What was asked for.
        path: String,
        /// What the system said.
        reason: String,
    },
}

/// Why one file cannot be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ReadError {
    /// Not a path inside the folder; says why.
    Outside(&'static str),
    Missing,
    TooLarge,
    Unreadable(String),
}

/// What reading a file gives.
pub(crate) enum Bytes {
    Whole(Vec<u8>),
    Digest([u8; 32]),
}

#[derive(Clone, Debug)]
enum Origin {
    Folder { folder: PathBuf, shown: PathBuf },
    Shipped(&'static Dir<'static>),
    Memory { files: BTreeMap<String, Content>, with_library: bool },
}

/// A scenario that was found and can be loaded.
#[derive(Clone, Debug)]
pub struct Opening {
    origin: Origin,
    root: String,
}

/// The names of the scenarios in the binary, sorted.
pub fn shipped() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = SCENARIOS
        .dirs()
        .filter(|dir| dir.get_file(dir.path().join(ROOT)).is_some())
        .filter_map(|dir| dir.path().file_name().and_then(|name| name.to_str()))
        .collect();
    names.sort_unstable();
    names
}

/// The text of a file of the shipped library: `response-actions`.
pub fn library_text(name: &str) -> Option<&'static str> {
    LIBRARY.get_file(format!("{name}.ron")).and_then(|file| file.contents_utf8())
}

/// The names of the library's files, sorted.
pub(crate) fn library_names() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = LIBRARY
        .files()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "ron"))
        .filter_map(|file| file.path().file_stem().and_then(|stem| stem.to_str()))
        .collect();
    names.sort_unstable();
    names
}

impl Opening {
    /// Finds a folder with a `scenario.ron`, a `.ron` file, or a shipped scenario by name. What is on disk comes first.
    ///
    /// # Errors
    /// Nothing of that name, or nothing that can be a scenario.
    pub fn find(path: &str) -> Result<Opening, OpenError> {
        let on_disk = Path::new(path);
        let unreadable = |error: std::io::Error| OpenError::Unreadable { path: path.to_owned(), reason: error.to_string() };
        match fs::metadata(on_disk) {
            Ok(found) if found.is_dir() => {
                if on_disk.join(ROOT).is_file() {
                    let folder = on_disk.canonicalize().map_err(unreadable)?;
                    return Ok(Opening { origin: Origin::Folder { folder, shown: on_disk.to_owned() }, root: ROOT.to_owned() });
                }
                // A folder beside which a shipped scenario has the same name should not hide it.
                Opening::shipped(path).ok_or_else(|| OpenError::NoScenario { path: path.to_owned() })
            }
            Ok(found) if found.is_file() && on_disk.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) => {
                let name = on_disk.file_name().and_then(|name| name.to_str()).ok_or_else(|| OpenError::NotRon { path: path.to_owned() })?;
                let shown = on_disk.parent().unwrap_or(Path::new("")).to_owned();
                let parent = if shown.as_os_str().is_empty() { Path::new(".") } else { &shown };
                let folder = parent.canonicalize().map_err(unreadable)?;
                Ok(Opening { origin: Origin::Folder { folder, shown: shown.clone() }, root: name.to_owned() })
            }
            Ok(_) => Err(OpenError::NotRon { path: path.to_owned() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound || error.kind() == std::io::ErrorKind::NotADirectory => Opening::shipped(path)
                .ok_or_else(|| OpenError::NotFound { path: path.to_owned(), suggestion: did_you_mean(path, shipped()).map(str::to_owned) }),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// A scenario in the binary.
    pub fn shipped(name: &str) -> Option<Opening> {
        if name.is_empty() || name.contains(['/', '\\', '.']) {
            return None;
        }
        let dir = SCENARIOS.get_dir(name)?;
        dir.get_file(dir.path().join(ROOT))?;
        Some(Opening { origin: Origin::Shipped(dir), root: ROOT.to_owned() })
    }

    /// Files in memory, with the shipped library beside them.
    pub fn in_memory<N: Into<String>, T: Into<String>>(root: &str, files: impl IntoIterator<Item = (N, T)>) -> Opening {
        let files = files.into_iter().map(|(name, text)| (name.into(), Content::Text(text.into()))).collect();
        Opening { origin: Origin::Memory { files, with_library: true }, root: root.to_owned() }
    }

    /// A closure as a journal carries it: these files and no others, the library's as they were then.
    pub fn closed(root: &str, closure: impl IntoIterator<Item = ClosureFile>) -> Opening {
        let files = closure.into_iter().map(|file| (file.name, file.content)).collect();
        Opening { origin: Origin::Memory { files, with_library: false }, root: root.to_owned() }
    }

    /// The name of the file that is read first.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The name of a file as people are shown it.
    pub(crate) fn label(&self, name: &str) -> String {
        match &self.origin {
            Origin::Folder { shown, .. } => shown.join(name).display().to_string(),
            Origin::Shipped(dir) => format!("{}/{name}", dir.path().display()),
            Origin::Memory { .. } => name.to_owned(),
        }
    }

    /// Reads a file of the scenario's folder.
    pub(crate) fn read(&self, name: &str) -> Result<Bytes, ReadError> {
        inside(name)?;
        match &self.origin {
            Origin::Folder { folder, .. } => {
                let path = folder.join(name);
                let whole = path.canonicalize().map_err(|error| match error.kind() {
                    std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => ReadError::Missing,
                    _ => ReadError::Unreadable(error.to_string()),
                })?;
                if !whole.starts_with(folder) {
                    return Err(ReadError::Outside("a symbolic link leads out of the scenario's folder"));
                }
                read_bounded(&whole).map(Bytes::Whole)
            }
            Origin::Shipped(dir) => {
                let file = dir.get_file(dir.path().join(name)).ok_or(ReadError::Missing)?;
                Ok(Bytes::Whole(file.contents().to_owned()))
            }
            Origin::Memory { files, .. } => from_memory(files, name),
        }
    }

    /// Reads a file of the library, by its name without extension.
    pub(crate) fn read_library(&self, name: &str) -> Result<Bytes, ReadError> {
        match &self.origin {
            Origin::Memory { files, with_library: false } => from_memory(files, &format!("library:{name}")),
            _ => library_text(name).map(|text| Bytes::Whole(text.as_bytes().to_owned())).ok_or(ReadError::Missing),
        }
    }

    /// The profiles beside the scenario, sorted: names in its folder `profiles`.
    pub fn profiles(&self) -> Vec<String> {
        const MOST: usize = 100;
        let mut names: Vec<String> = match &self.origin {
            Origin::Folder { folder, .. } => fs::read_dir(folder.join("profiles"))
                .map(|entries| entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).take(MOST * 10).collect())
                .unwrap_or_default(),
            Origin::Shipped(dir) => dir
                .get_dir(dir.path().join("profiles"))
                .map(|profiles| profiles.files().filter_map(|file| Some(file.path().file_name()?.to_str()?.to_owned())).collect())
                .unwrap_or_default(),
            Origin::Memory { files, .. } => files.keys().filter_map(|name| name.strip_prefix("profiles/")).map(str::to_owned).collect(),
        };
        names.retain(|name| name.ends_with(".ron") && !name.contains('/'));
        names.sort_unstable();
        names.truncate(MOST);
        names.into_iter().map(|name| format!("profiles/{name}")).collect()
    }
}

fn from_memory(files: &BTreeMap<String, Content>, name: &str) -> Result<Bytes, ReadError> {
    match files.get(name) {
        None => Err(ReadError::Missing),
        Some(Content::Text(text)) if text.len() > LARGEST_FILE => Err(ReadError::TooLarge),
        Some(Content::Text(text)) => Ok(Bytes::Whole(text.clone().into_bytes())),
        Some(Content::Digest(hex)) => blake3::Hash::from_hex(hex)
            .map(|hash| Bytes::Digest(*hash.as_bytes()))
            .map_err(|_| ReadError::Unreadable("its digest is not a hexadecimal number of 64 digits".to_owned())),
    }
}

/// Whether a name stays in the folder, judged by its letters alone.
pub(crate) fn inside(name: &str) -> Result<(), ReadError> {
    let wrong = if name.is_empty() {
        "the name is empty"
    } else if name.starts_with('/') || name.contains(':') {
        "the path is absolute"
    } else if name.contains('\\') {
        "folders are separated by `/`"
    } else if name.split('/').any(|step| step == "..") {
        "`..` leads out of the scenario's folder"
    } else if name.split('/').any(|step| step.is_empty() || step == ".") {
        "the path has an empty step"
    } else if name.chars().any(char::is_control) {
        "the path has a control character"
    } else {
        return Ok(());
    };
    Err(ReadError::Outside(wrong))
}

/// Reads a regular file, and at most one byte more than may be.
pub(crate) fn read_bounded(path: &Path) -> Result<Vec<u8>, ReadError> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Unreadable(error.to_string()),
    };
    let found = fs::metadata(path).map_err(unreadable)?;
    if !found.is_file() {
        return Err(ReadError::Unreadable("it is not a regular file".to_owned()));
    }
    if found.len() > LARGEST_FILE as u64 {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(found.len() as usize);
    fs::File::open(path).map_err(unreadable)?.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > LARGEST_FILE { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Reads a file that belongs to no scenario's folder: a profile or orders named on a command line.
///
/// # Errors
/// It cannot be read, or is larger than [`LARGEST_FILE`].
pub fn read_outside(path: &str) -> Result<Vec<u8>, OpenError> {
    read_bounded(Path::new(path)).map_err(|error| match error {
        ReadError::Missing => OpenError::NotFound { path: path.to_owned(), suggestion: None },
        ReadError::TooLarge => {
            OpenError::Unreadable { path: path.to_owned(), reason: format!("it is larger than {} MiB", LARGEST_FILE / 1024 / 1024) }
        }
        ReadError::Unreadable(reason) => OpenError::Unreadable { path: path.to_owned(), reason },
        ReadError::Outside(reason) => OpenError::Unreadable { path: path.to_owned(), reason: reason.to_owned() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        for name in ["../x.ron", "/etc/passwd", "a/../../b", "C:/x.ron", "a\\b", "", "a//b", "./a", "a\0b"] {
            assert!(inside(name).is_err(), "{name}");
        }
        for name in ["a.ron", "moves/1.ron", "a..b.ron", "artefacts/odd name.eml"] {
            assert!(inside(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_nowhere_is_named() {
        let error = Opening::find("no-such-scenario-anywhere").unwrap_err();
        assert!(error.to_string().starts_with("there is no file, folder or shipped scenario `no-such-scenario-anywhere`"));
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_does_not_lead_out() {
        let folder = std::env::temp_dir().join(format!("hotwash-link-{}", std::process::id()));
        let inner = folder.join("inner");
        fs::create_dir_all(&inner).unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        fs::write(inner.join(ROOT), "()").unwrap();
        fs::write(inner.join("own.txt"), "own").unwrap();
        std::os::unix::fs::symlink("../secret.txt", inner.join("out.txt")).unwrap();
        std::os::unix::fs::symlink("own.txt", inner.join("in.txt")).unwrap();
        let opening = Opening::find(inner.to_str().unwrap()).unwrap();
        let (out, within) = (opening.read("out.txt"), opening.read("in.txt"));
        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(out, Err(ReadError::Outside(_))));
        assert!(matches!(within, Ok(Bytes::Whole(bytes)) if bytes == b"own"));
    }
}
