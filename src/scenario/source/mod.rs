//! The texts of a scenario: its own files, the library's that it names, and what its injects show.
//!
//! Everything is read once, while loading; afterwards nothing looks at a file system again. The files together are the *closure*: they
//! are the scenario's identity, and a journal carries them.

mod opening;

pub(crate) use opening::{Bytes, ReadError, library_names};
pub use opening::{Content, OpenError, Opening, ROOT, library_text, read_outside, shipped};

use serde::{Deserialize, Serialize};

use crate::scenario::diagnostic::printable_name;
use crate::scenario::located::Place;

/// The largest single file, in bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;
/// The largest sum over all files, in bytes.
pub const LARGEST_CLOSURE: usize = 16 * 1024 * 1024;
/// The most files of one scenario.
pub const MOST_FILES: usize = 500;

/// What a file is to the scenario.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The file that was opened, or one of its `parts`.
    Sheet,
    /// A file of the library.
    Library,
    /// A table of comma-separated values with items of a list.
    Table,
    /// A text that is looked at in play.
    Artefact,
    /// Something that is looked at and is no text; only its digest is kept.
    Picture,
    /// A profile: beside the closure, because it changes labels and not the exercise.
    Profile,
    /// A list of orders.
    Orders,
}

impl Part {
    /// Whether it belongs to the scenario's identity.
    pub fn in_closure(self) -> bool {
        !matches!(self, Part::Profile | Part::Orders)
    }
}

/// Whether a file of this name is looked at and holds no text that the simulation could show in words.
pub fn is_picture(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "pdf")
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name in the closure: relative to the scenario's folder, or `library:NAME`.
    pub name: String,
    /// The name people are shown: with the path they typed.
    pub label: String,
    /// Its text, as it is in the file. Empty for pictures.
    pub text: String,
    /// What it is.
    pub part: Part,
    /// Blake3 of its content.
    pub digest: [u8; 32],
    lines: Vec<u32>,
}

/// One file of a closure, as a journal carries it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClosureFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Content,
}

/// All files that were read. A [`Place`] names them by index.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    files: Vec<SourceFile>,
    root: String,
}

impl Sources {
    pub(crate) fn new(root: &str) -> Sources {
        Sources { files: Vec::new(), root: root.to_owned() }
    }

    /// Adds a file and returns its index, or nothing if there are too many.
    pub fn add(&mut self, name: &str, label: &str, text: String, part: Part) -> Option<u16> {
        let digest = *blake3::hash(text.as_bytes()).as_bytes();
        self.add_with_digest(name, label, text, part, digest)
    }

    pub(crate) fn add_with_digest(&mut self, name: &str, label: &str, text: String, part: Part, digest: [u8; 32]) -> Option<u16> {
        if self.files.len() >= MOST_FILES {
            return None;
        }
        let index = self.files.len() as u16;
        let lines = std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1)).collect();
        self.files.push(SourceFile { name: name.to_owned(), label: printable_name(label), text, part, digest, lines });
        Some(index)
    }

    /// The files in the order in which they were read; the scenario's own first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The name of the file that was opened.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The file of this name in the closure.
    pub fn find(&self, name: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name == name && file.part.in_closure())
    }

    /// The index of the file of this name in the closure.
    pub fn index_of(&self, name: &str) -> Option<u16> {
        self.files.iter().position(|file| file.name == name && file.part.in_closure()).map(|index| index as u16)
    }

    /// The text of an artefact, as it was written.
    pub fn artefact(&self, name: &str) -> Option<&str> {
        self.find(name.strip_prefix("./").unwrap_or(name)).filter(|file| file.part == Part::Artefact).map(|file| file.text.as_str())
    }

    /// The name of a file as people are shown it.
    pub fn label(&self, file: u16) -> &str {
        self.files.get(file as usize).map_or("(no file)", |file| file.label.as_str())
    }

    /// Line and column of a place. Both count from 1; columns count characters.
    pub fn position(&self, at: Place) -> (usize, usize) {
        let Some(file) = self.files.get(at.file as usize) else { return (1, 1) };
        let offset = file.text.floor_char_boundary((at.offset as usize).min(file.text.len()));
        let line = file.lines.partition_point(|start| *start as usize <= offset);
        let start = file.lines.get(line - 1).copied().unwrap_or(0) as usize;
        // The byte-order mark is nothing that an editor counts.
        let before = file.text[start..offset].strip_prefix('\u{feff}').unwrap_or(&file.text[start..offset]);
        (line, before.chars().count() + 1)
    }

    /// Where a line begins, in bytes, and its text without its end. Lines count from 1.
    pub fn line(&self, file: u16, line: usize) -> Option<(usize, &str)> {
        let file = self.files.get(file as usize)?;
        let start = *file.lines.get(line.checked_sub(1)?)? as usize;
        let end = file.lines.get(line).map_or(file.text.len(), |next| *next as usize);
        Some((start, file.text[start..end].trim_end_matches(['\n', '\r'])))
    }

    /// What was written at a place.
    pub fn written(&self, at: Place) -> &str {
        let start = at.offset as usize;
        self.files.get(at.file as usize).and_then(|file| file.text.get(start..start + at.length as usize)).unwrap_or("")
    }

    /// The files of the closure, sorted by name: what a journal stores and [`Opening::closed`] reads again.
    pub fn closure(&self) -> Vec<ClosureFile> {
        let mut files: Vec<ClosureFile> = self
            .files
            .iter()
            .filter(|file| file.part.in_closure())
            .map(|file| ClosureFile {
                name: file.name.clone(),
                content: match file.part {
                    Part::Picture => Content::Digest(blake3::Hash::from_bytes(file.digest).to_hex().to_string()),
                    _ => Content::Text(file.text.clone()),
                },
            })
            .collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files
    }

    /// The scenario's identity: Blake3 over the names and digests of its closure, sorted by name, with lengths before names so that no two
    /// closures share a hash.
    pub fn identity(&self) -> [u8; 32] {
        let mut files: Vec<&SourceFile> = self.files.iter().filter(|file| file.part.in_closure()).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut hasher = blake3::Hasher::new();
        for file in files {
            hasher.update(&(file.name.len() as u64).to_le_bytes());
            hasher.update(file.name.as_bytes());
            hasher.update(&file.digest);
        }
        *hasher.finalize().as_bytes()
    }

    /// Bytes of all files together.
    pub fn size(&self) -> usize {
        self.files.iter().map(|file| file.text.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let mut sources = Sources::new("a.ron");
        let text = "\u{feff}(é: \"x\"\r\n  “y”: 2)";
        let file = sources.add("a.ron", "a.ron", text.to_owned(), Part::Sheet).unwrap();
        let at = |needle: &str| Place { file, offset: text.find(needle).unwrap() as u32, length: 1 };
        assert_eq!(sources.position(at("\"x")), (1, 5));
        assert_eq!(sources.position(at(": 2")), (2, 6));
        assert_eq!(sources.line(file, 2), Some((text.find("  “").unwrap(), "  “y”: 2)")));
        assert_eq!(sources.line(file, 3), None);
        assert_eq!(sources.line(file, 0), None);
    }

    #[test]
    fn identity_depends_on_names_and_texts_but_not_on_profiles_or_order() {
        let build = |files: &[(&str, &str, Part)]| {
            let mut sources = Sources::new("scenario.ron");
            for (name, text, part) in files {
                sources.add(name, name, (*text).to_owned(), *part);
            }
            sources.identity()
        };
        let one = build(&[("scenario.ron", "x", Part::Sheet), ("b.ron", "y", Part::Sheet)]);
        assert_eq!(one, build(&[("b.ron", "y", Part::Sheet), ("scenario.ron", "x", Part::Sheet), ("p.ron", "z", Part::Profile)]));
        assert_ne!(one, build(&[("scenario.ron", "x", Part::Sheet), ("b.ron", "z", Part::Sheet)]));
        assert_ne!(one, build(&[("scenario.ron", "x", Part::Sheet), ("c.ron", "y", Part::Sheet)]));
    }
}
