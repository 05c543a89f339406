//! Where in which file a value was written.
//!
//! RON tells positions only of errors. [`Located`] takes the text of its value as a borrowed slice of the source, whose address gives the
//! offset; the source being read is announced by [`reading`]. Nothing else in the crate looks at it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Deref;

use ron::value::RawValue;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

/// A place in the files of a scenario.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Place {
    /// Which file, as an index into the scenario's list of sources.
    pub file: u16,
    /// Byte offset of the value in that file.
    pub offset: u32,
    /// Its length in bytes.
    pub length: u32,
}

#[derive(Clone, Copy)]
struct Source {
    file: u16,
    /// Offset in the file at which the text being read begins.
    base: usize,
    start: usize,
    length: usize,
    /// The text was written out from cells; places are theirs.
    in_cells: bool,
}

/// A piece of a text that was written out from the cell of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    /// Where it begins in the text that is read.
    pub start: u32,
    /// Where it ends there.
    pub end: u32,
    /// Where the cell begins in its file.
    pub at: u32,
    /// How long it is there.
    pub length: u32,
}

thread_local! {
    static SOURCE: Cell<Option<Source>> = const { Cell::new(None) };
    static CELLS: RefCell<Vec<Piece>> = const { RefCell::new(Vec::new()) };
    static FAILURE: RefCell<Option<Failure>> = const { RefCell::new(None) };
}

/// Why the innermost value that could not be read could not. RON tells only where the value around it ends.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The value.
    pub at: Place,
    /// What was wrong with it.
    pub error: ron::Error,
}

/// Runs `read` with `text` announced as the text of `file`. Values in any slice of `text` get their place.
pub fn reading<T>(file: u16, text: &str, read: impl FnOnce() -> T) -> T {
    reading_part(file, 0, text, read).0
}

/// The same for a part of a file that begins at byte `base`; beside the result, the first value that could not be read.
pub fn reading_part<T>(file: u16, base: usize, text: &str, read: impl FnOnce() -> T) -> (T, Option<Failure>) {
    let source = Source { file, base, start: text.as_ptr() as usize, length: text.len(), in_cells: false };
    reading_source(source, read)
}

/// The same for a text that was written out from the cells of a table. Pieces stand in the order of the text.
pub(crate) fn reading_cells<T>(file: u16, text: &str, pieces: &[Piece], read: impl FnOnce() -> T) -> (T, Option<Failure>) {
    CELLS.set(pieces.to_vec());
    reading_source(Source { file, base: 0, start: text.as_ptr() as usize, length: text.len(), in_cells: true }, read)
}

fn reading_source<T>(source: Source, read: impl FnOnce() -> T) -> (T, Option<Failure>) {
    struct Restore(Option<Source>);
    impl Drop for Restore {
        fn drop(&mut self) {
            SOURCE.set(self.0);
        }
    }
    let _restore = Restore(SOURCE.replace(Some(source)));
    FAILURE.take();
    let result = read();
    (result, FAILURE.take())
}

/// The place of a slice of the text being read; the file's beginning if it is no slice of it.
pub fn place_of(slice: &str) -> Place {
    let Some(source) = SOURCE.get() else { return Place::default() };
    let Some(offset) = (slice.as_ptr() as usize).checked_sub(source.start).filter(|offset| *offset <= source.length) else {
        return Place { file: source.file, ..Place::default() };
    };
    let trimmed = skip_blank(slice);
    let offset = source.base + offset + (slice.len() - trimmed.len());
    if source.in_cells {
        let piece = CELLS.with_borrow(|pieces| {
            let behind = pieces.partition_point(|piece| piece.start as usize <= offset);
            behind.checked_sub(1).and_then(|place| pieces.get(place)).filter(|piece| offset <= piece.end as usize).copied()
        });
        return piece.map_or(Place { file: source.file, ..Place::default() }, |piece| Place {
            file: source.file,
            offset: piece.at,
            length: piece.length,
        });
    }
    Place { file: source.file, offset: offset as u32, length: length_of(trimmed) as u32 }
}

/// Leaves out white space and comments at the beginning.
pub(crate) fn skip_blank(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.find('\n').map_or("", |end| &comment[end..]);
        } else if rest.starts_with("/*") {
            let (mut depth, mut at) = (0_usize, 0);
            loop {
                match &rest.as_bytes()[at..] {
                    [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
                    [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
                    [] => break,
                    _ => at += 1,
                }
                if depth == 0 {
                    break;
                }
            }
            rest = &rest[at..];
        } else {
            return rest;
        }
    }
}

/// The length of the value that a text begins with, without the comments behind it.
fn length_of(text: &str) -> usize {
    let trimmed = text.trim_end();
    if !trimmed.contains('/') {
        return trimmed.len();
    }
    if let Some(inner) = trimmed.strip_prefix('"') {
        let mut escaped = false;
        for (at, byte) in inner.bytes().enumerate() {
            match byte {
                b'"' if !escaped => return at + 2,
                b'\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        return trimmed.len();
    }
    if trimmed.contains('"') {
        return trimmed.len();
    }
    let end = trimmed.find("//").into_iter().chain(trimmed.find("/*")).min().unwrap_or(trimmed.len());
    trimmed[..end].trim_end().len()
}

/// The dialect of RON that authors write: `Some(..)` may be left out.
pub fn ron_options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// A value and where it was written.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub at: Place,
}

impl<T> Deref for Located<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Located<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        let at = place_of(raw.get_ron());
        match ron_options().from_str(raw.get_ron()) {
            Ok(value) => Ok(Located { value, at }),
            Err(error) => {
                let message = D::Error::custom("this value");
                FAILURE.with_borrow_mut(|failure| {
                    failure.get_or_insert(Failure { at, error: error.code });
                });
                Err(message)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    enum Kind {
        Named { id: Located<String> },
    }

    #[derive(Deserialize)]
    struct Sheet {
        items: Vec<Kind>,
    }

    #[test]
    fn values_know_where_they_were_written() {
        let text = "// first\n(items: [ Named(id: \"one\"), Named(\n   id: /* of /* very */ old */ \"two\" /* or \"2\" */ ) ])";
        let sheet: Sheet = reading(3, text, || ron_options().from_str(text)).unwrap();
        let written: Vec<&str> = sheet
            .items
            .iter()
            .map(|Kind::Named { id }| {
                assert_eq!(id.at.file, 3);
                &text[id.at.offset as usize..(id.at.offset + id.at.length) as usize]
            })
            .collect();
        assert_eq!(written, ["\"one\"", "\"two\""]);
    }

    #[test]
    fn lengths_leave_comments_out() {
        for (text, length) in [("\"a // b\" // c", 8), ("12 /* dozen */", 2), ("\"\\\"/\"", 5), ("Word", 4), ("7//", 1)] {
            assert_eq!(length_of(text), length, "{text}");
        }
        assert_eq!(skip_blank("/* open"), "");
        assert_eq!(skip_blank(" // only"), "");
    }

    #[test]
    fn the_innermost_failure_is_kept() {
        let text = "(items: [ Named(id: 5) ])";
        let (sheet, failure) = reading_part(1, 100, text, || ron_options().from_str::<Sheet>(text));
        assert!(sheet.is_err());
        let failure = failure.unwrap();
        assert_eq!(failure.at, Place { file: 1, offset: 120, length: 1 });
        assert_eq!(failure.error, ron::Error::ExpectedString);
    }
}
