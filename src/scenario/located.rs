//! Where in which file a value was written.
//!
//! RON tells positions only of errors. [`Located`] takes the text of its value as a borrowed slice of the source, whose address gives the
//! offset; the source being read is announced by [`reading`]. Nothing else in the crate looks at it.

use std::cell::Cell;
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
    start: usize,
    length: usize,
}

thread_local! {
    static SOURCE: Cell<Option<Source>> = const { Cell::new(None) };
}

/// Runs `read` with `text` announced as the text of `file`. Values in any slice of `text` get their place.
pub fn reading<T>(file: u16, text: &str, read: impl FnOnce() -> T) -> T {
    struct Restore(Option<Source>);
    impl Drop for Restore {
        fn drop(&mut self) {
            SOURCE.set(self.0);
        }
    }
    let _restore = Restore(SOURCE.replace(Some(Source { file, start: text.as_ptr() as usize, length: text.len() })));
    read()
}

/// The place of a slice of the text being read; the file's beginning if it is no slice of it.
pub fn place_of(slice: &str) -> Place {
    let Some(source) = SOURCE.get() else { return Place::default() };
    let Some(offset) = (slice.as_ptr() as usize).checked_sub(source.start).filter(|offset| *offset <= source.length) else {
        return Place { file: source.file, ..Place::default() };
    };
    let trimmed = slice.trim_start();
    let offset = offset + (slice.len() - trimmed.len());
    Place { file: source.file, offset: offset as u32, length: trimmed.trim_end().len() as u32 }
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
        let value = ron_options().from_str(raw.get_ron().trim()).map_err(|error| D::Error::custom(error.code))?;
        Ok(Located { value, at })
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
        let text = "// first\n(items: [ Named(id: \"one\"), Named(\n   id: /* of old */ \"two\") ])";
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
}
