//! Reading one part of a file as one value, leaving out what cannot be read.
//!
//! RON stops at the first error. So the smallest entry around the error is replaced by spaces, and the part is read once more, until it can
//! be read or nothing is left of it.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::words;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::lexical::{Kind, Outline, Scanned};
use crate::scenario::located::{Place, reading_part, ron_options, skip_blank};
use crate::scenario::reference::{Mention, collecting};

/// How many findings one file may cause here before the rest of it is not read.
const MOST_READING_FINDINGS: usize = 200;

pub(super) struct Reader<'a> {
    file: u16,
    pub(super) text: &'a str,
    pub(super) outline: &'a Outline,
    pub(super) found: &'a mut Diagnostics,
    mentions: &'a mut Vec<Mention>,
    lost: &'a mut BTreeSet<String>,
    findings: usize,
    /// How many bytes may still be read: each error costs reading its part again, and a hostile file has many errors in one large part.
    budget: usize,
    pub(super) incomplete: bool,
    /// The items of which something was left out.
    pub(super) damaged: Vec<Place>,
}

/// The text of one part of a file, with what was left out replaced by spaces.
struct Draft {
    base: usize,
    end: usize,
    edited: Option<String>,
    left_out: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        file: u16,
        scanned: &'a Scanned,
        found: &'a mut Diagnostics,
        mentions: &'a mut Vec<Mention>,
        lost: &'a mut BTreeSet<String>,
    ) -> Self {
        let budget = scanned.mended.len() * 8 + 4 * 1024 * 1024;
        Reader {
            file,
            text: &scanned.mended,
            outline: &scanned.outline,
            found,
            mentions,
            lost,
            findings: 0,
            budget,
            incomplete: false,
            damaged: Vec::new(),
        }
    }

    pub(super) fn place(&self, offset: usize, length: usize) -> Place {
        Place { file: self.file, offset: offset as u32, length: length as u32 }
    }

    pub(super) fn place_of(&self, entry: usize) -> Place {
        let (from, to) = self.value_of(entry);
        self.place(from, to.saturating_sub(from))
    }

    pub(super) fn report(&mut self, code: Code, at: Place, found: &str, expected: &str, help: &str) {
        self.incomplete = true;
        self.findings += 1;
        if self.findings == MOST_READING_FINDINGS {
            self.found.add(
                Code::GivenUp,
                at,
                "so much that cannot be read that the rest of the file was left unread",
                "a scenario",
                "mend what is above and check again",
            );
        }
        if self.findings < MOST_READING_FINDINGS {
            self.found.add(code, at, found, expected, help);
        }
    }

    fn exhausted(&self) -> bool {
        self.findings >= MOST_READING_FINDINGS || self.budget == 0
    }

    /// Where the value of an entry begins and ends.
    pub(super) fn value_of(&self, entry: usize) -> (usize, usize) {
        self.outline.get(entry).map_or((0, 0), |entry| {
            let start = if entry.kind == Kind::Field && entry.value == entry.start { entry.end } else { entry.value };
            (start as usize, (entry.end as usize).max(start as usize))
        })
    }

    pub(super) fn written(&self, entry: usize) -> &'a str {
        let (from, to) = self.value_of(entry);
        self.text.get(from..to).unwrap_or("")
    }

    /// The items of a list, as many as can be read.
    pub(super) fn items<T: DeserializeOwned>(&mut self, field: usize) -> Vec<T> {
        let written = self.written(field);
        if !written.starts_with('[') {
            let at = self.place_of(field);
            let found = format!("{} where a list belongs", words::shown(written));
            self.report(Code::WrongType, at, &found, "a list: `[..]`", "put square brackets around it, even around a single item");
            self.lose(field);
            return Vec::new();
        }
        let children: Vec<usize> = self.outline.children(field).collect();
        children.into_iter().filter_map(|item| self.read(item)).collect()
    }

    /// The value of an entry, with as many of its inner items as can be read; nothing if too much of it cannot.
    pub(super) fn read<T: DeserializeOwned>(&mut self, entry: usize) -> Option<T> {
        if self.exhausted() {
            self.incomplete = true;
            self.lose(entry);
            return None;
        }
        let (base, end) = self.value_of(entry);
        let mut draft = Draft { base, end, edited: None, left_out: Vec::new() };
        // What the letters already show to be wrong has been reported.
        let broken: Vec<usize> = self.outline.within(entry).filter(|inner| self.outline.get(*inner).is_some_and(|inner| inner.broken)).collect();
        for inner in broken {
            self.leave_out(inner, &mut draft);
        }
        // A bracket that is never closed makes a list long, not unreadable: only what is in it was broken.
        if self.outline.get(entry).is_some_and(|whole| whole.broken && whole.kind == Kind::Item) && draft.left_out.is_empty() {
            self.lose(entry);
            return None;
        }
        loop {
            let text = draft.edited.as_deref().unwrap_or_else(|| &self.text[base..end]);
            self.budget = self.budget.saturating_sub(text.len().max(1));
            let ((result, failure), mentions) = collecting(|| reading_part(self.file, base, text, || ron_options().from_str::<T>(text)));
            let error = match result {
                Ok(value) => {
                    self.mentions.extend(mentions);
                    return Some(value);
                }
                Err(error) => error,
            };
            let (offset, error) = match failure {
                Some(failure) => (failure.at.offset as usize, failure.error),
                None => (base + words::offset_of(text, error.span.end), error.code),
            };
            let around = self.around(offset, &error, base, text, entry);
            let missing_of_ours = match &error {
                ron::Error::MissingStructField { field, .. } => draft
                    .left_out
                    .iter()
                    .any(|gone| self.outline.parent(*gone) == Some(around) && self.outline.name(*gone, self.text) == Some(*field)),
                _ => false,
            };
            if !missing_of_ours {
                let (at, words) = self.describe(offset, &error, around, text, base);
                let of_field = matches!(words.code, Code::WrongType | Code::WrongForm | Code::NumberBounds | Code::UnknownVariant);
                let found = match self.field_around(around).filter(|_| of_field) {
                    Some(name) => format!("{} in `{name}`", words.found),
                    None => words.found,
                };
                self.report(words.code, at, &found, &words.expected, &words.help);
            }
            if self.exhausted() || !self.leave_out_around(around, entry, &mut draft) {
                self.lose(entry);
                return None;
            }
        }
    }

    /// The innermost entry that an error is about.
    fn around(&self, offset: usize, error: &ron::Error, base: usize, text: &str, whole: usize) -> usize {
        let offset = match error {
            ron::Error::NoSuchStructField { found, .. } => words::last_word(text, found, offset - base).map_or(offset, |at| base + at),
            ron::Error::DuplicateStructField { field, .. } => words::last_word(text, field, offset - base).map_or(offset, |at| base + at),
            _ => offset,
        };
        self.outline.innermost(offset).filter(|inner| *inner > whole).unwrap_or(whole)
    }

    /// The field that an entry is, or stands in the list of.
    fn field_around(&self, entry: usize) -> Option<&'a str> {
        let mut entry = Some(entry);
        for _ in 0..3 {
            if let Some(name) = self.outline.name(entry?, self.text) {
                return Some(name);
            }
            entry = self.outline.parent(entry?);
        }
        None
    }

    fn describe(&self, offset: usize, error: &ron::Error, around: usize, text: &str, base: usize) -> (Place, words::Words) {
        let value = self.written(around);
        let words = words::of(error, value);
        let word_at = |word: &str| words::last_word(text, word, offset - base).map(|at| self.place(base + at, word.len()));
        let at = match error {
            ron::Error::NoSuchStructField { found, .. } | ron::Error::NoSuchEnumVariant { found, .. } => word_at(found),
            ron::Error::DuplicateStructField { field, .. } => word_at(field),
            ron::Error::MissingStructField { .. } => {
                let (from, _) = self.value_of(around);
                let length = value.find('(').filter(|length| *length > 0).unwrap_or(1);
                Some(self.place(from, length))
            }
            _ => None,
        };
        let length = words::length_at(&text[(offset - base).min(text.len())..]);
        (at.unwrap_or_else(|| self.place(offset, length)), words)
    }

    /// Leaves out the smallest entry around an error that can be left out and has not been.
    fn leave_out_around(&mut self, around: usize, whole: usize, draft: &mut Draft) -> bool {
        let mut entry = around;
        while entry > whole {
            let can_be_left_out = self.outline.get(entry).is_some_and(|entry| entry.kind != Kind::Bare);
            if can_be_left_out && !draft.left_out.contains(&entry) {
                self.leave_out(entry, draft);
                return true;
            }
            match self.outline.parent(entry) {
                Some(parent) => entry = parent,
                None => return false,
            }
        }
        false
    }

    fn leave_out(&mut self, entry: usize, draft: &mut Draft) {
        let Some(bounds) = self.outline.get(entry) else { return };
        let text = draft.edited.take().unwrap_or_else(|| self.text[draft.base..draft.end].to_owned());
        let (from, to) = ((bounds.start as usize - draft.base).min(text.len()), (bounds.end as usize - draft.base).min(text.len()));
        let rest = text.get(to..).map_or(0, |rest| rest.len() - skip_blank(rest).len());
        let mut bytes = text.into_bytes();
        bytes[from..to].fill(b' ');
        if bytes.get(to + rest) == Some(&b',') {
            bytes[to + rest] = b' ';
        }
        self.lose(entry);
        let mut item = self.outline.parent(entry);
        while let Some(index) = item
            && self.outline.get(index).is_some_and(|around| around.kind != Kind::Item)
        {
            item = self.outline.parent(index);
        }
        if let Some(item) = item.and_then(|item| self.outline.get(item)) {
            self.damaged.push(self.place(item.start as usize, (item.end - item.start) as usize));
        }
        draft.left_out.push(entry);
        draft.edited = Some(String::from_utf8(bytes).unwrap_or_default());
    }

    /// Remembers the ids in an entry that is not read.
    pub(super) fn lose(&mut self, entry: usize) {
        self.incomplete = true;
        for inner in std::iter::once(entry).chain(self.outline.within(entry)) {
            if self.outline.name(inner, self.text) == Some("id") {
                let id = self.written(inner).trim().trim_matches('"');
                if !id.is_empty() && id.len() <= 100 {
                    self.lost.insert(id.to_owned());
                }
            }
        }
    }
}
