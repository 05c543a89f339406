//! Tables of comma-separated values as lists of the sheet.
//!
//! Each row is written out as the RON that an author would have written, and read like it, so that a table can say nothing that RON cannot and
//! every message about a value is the same. Only places differ: they are those of the cells ([`reading_cells`]).

mod cells;

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::words;
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean, one_of};
use crate::scenario::lexical::carriage_returns_only;
use crate::scenario::located::{Piece, Place, reading_cells, ron_options};
use crate::scenario::reference::{Mention, collecting};

use cells::Cell;

/// The most rows of a table.
const MOST_ROWS: usize = 10_000;
/// The most findings in one table before the rest of it is not read.
const MOST_FINDINGS: usize = 100;
/// A column of this name is for whoever writes the table, and not read.
const NOTE: &str = "note";

/// What stands in the cells of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// A text, an id, a span or an amount: whatever stands between quotation marks in RON.
    Text,
    /// Several of those, separated by `;`.
    Texts,
    /// A word of the format, such as `FileServer`; `file server` is the same.
    Word,
    /// Several of those, separated by `;`.
    Words,
    /// Digits.
    Number,
    /// Hours of work: a word, or two times of day with a hyphen.
    Hours,
}

/// What a table is a list of.
pub(super) struct Kind {
    /// The name of the thing in RON.
    item: &'static str,
    columns: &'static [(&'static str, Form)],
}

/// `Staff(..)`.
pub(super) const STAFF: Kind = Kind {
    item: "Staff",
    columns: &[("id", Form::Text), ("named", Form::Text), ("skills", Form::Words), ("on_shift", Form::Hours), ("comes_within", Form::Text)],
};
/// `Asset(..)`.
pub(super) const ASSETS: Kind = Kind {
    item: "Asset",
    columns: &[
        ("id", Form::Text),
        ("kind", Form::Word),
        ("count", Form::Number),
        ("named", Form::Text),
        ("segment", Form::Text),
        ("text", Form::Text),
    ],
};
/// `Stakeholder(..)`, as far as it has one value a field.
pub(super) const CONTACTS: Kind = Kind {
    item: "Stakeholder",
    columns: &[
        ("id", Form::Text),
        ("words", Form::Text),
        ("wants", Form::Text),
        ("knows", Form::Texts),
        ("hides", Form::Text),
        ("trust", Form::Number),
    ],
};
/// `Vendor(..)`; `people` and `skills` are what it `brings`.
pub(super) const VENDORS: Kind = Kind {
    item: "Vendor",
    columns: &[
        ("id", Form::Text),
        ("named", Form::Text),
        ("text", Form::Text),
        (PEOPLE, Form::Number),
        (SKILLS, Form::Words),
        ("arrives_within", Form::Text),
        ("cost_an_hour", Form::Text),
    ],
};
const PEOPLE: &str = "people";
const SKILLS: &str = "skills";

/// What reading a table adds to.
pub(super) struct Reading<'a> {
    pub file: u16,
    pub found: &'a mut Diagnostics,
    pub mentions: &'a mut Vec<Mention>,
    pub lost: &'a mut BTreeSet<String>,
    /// Something could not be read.
    pub incomplete: bool,
    /// Nobody knows what the table defines.
    pub unread: bool,
    /// Where the first row stands.
    header: Place,
    findings: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(file: u16, found: &'a mut Diagnostics, mentions: &'a mut Vec<Mention>, lost: &'a mut BTreeSet<String>) -> Self {
        Reading { file, found, mentions, lost, incomplete: false, unread: false, header: Place { file, ..Place::default() }, findings: 0 }
    }

    /// The rows that can be read.
    pub(super) fn rows<T: DeserializeOwned>(&mut self, kind: &Kind, text: &str) -> Vec<T> {
        if carriage_returns_only(self.file, text, self.found) {
            (self.incomplete, self.unread) = (true, true);
            return Vec::new();
        }
        let (rows, open) = cells::split(text, MOST_ROWS + 2);
        if let Some(at) = open {
            let help = "close it; a quotation mark inside a cell is written twice";
            self.report(Code::UnclosedText, self.place(at, 1), "a cell without its closing quotation mark", "`\"` at its end", help);
        }
        let mut rows = rows.into_iter();
        let Some(header) = rows.next() else {
            let expected = format!("a first row that names the columns: {}", one_of(names(kind), 20));
            self.unread = true;
            self.report(Code::EmptyFile, self.place(0, 0), "an empty table", &expected, "write the table, or leave the file out");
            return Vec::new();
        };
        let columns = self.header(kind, &header);
        self.header = self.row_place(&header);
        self.unread = columns.iter().flatten().all(|(name, _)| *name != "id");
        let mut items = Vec::new();
        for (number, row) in rows.enumerate() {
            if number >= MOST_ROWS {
                let what = format!("a table of more than {MOST_ROWS} rows");
                self.report(Code::TooManyValues, self.row_place(&row), &what, "a table that people could read", "leave rows out");
                break;
            }
            if self.findings >= MOST_FINDINGS {
                let what = "so much that cannot be read that the rest of the table was left unread";
                self.found.add(Code::GivenUp, self.row_place(&row), what, "a table", "mend what is above and check again");
                break;
            }
            items.extend(self.row(kind, &columns, &row));
        }
        items
    }

    fn place(&self, at: usize, length: usize) -> Place {
        Place { file: self.file, offset: at as u32, length: length as u32 }
    }

    fn cell_place(&self, cell: &Cell) -> Place {
        self.place(cell.at, cell.length)
    }

    /// The first cell of a row with something in it.
    fn row_place(&self, row: &[Cell]) -> Place {
        row.iter().find(|cell| !cell.text.is_empty()).map_or_else(Place::default, |cell| self.cell_place(cell))
    }

    fn report(&mut self, code: Code, at: Place, found: &str, expected: &str, help: &str) {
        self.incomplete = true;
        self.findings += 1;
        self.found.add(code, at, found, expected, help);
    }

    /// Which column is what. People write `Comes within`; `comes_within` is the same.
    fn header(&mut self, kind: &Kind, header: &[Cell]) -> Vec<Option<(&'static str, Form)>> {
        let mut columns: Vec<Option<(&'static str, Form)>> = Vec::new();
        for cell in header {
            let name = cell.text.to_lowercase().replace([' ', '-'], "_");
            let column = kind.columns.iter().find(|(known, _)| *known == name).copied();
            if let Some((name, _)) = column
                && columns.iter().flatten().any(|(before, _)| *before == name)
            {
                let what = format!("the column `{name}` for the second time");
                self.report(Code::FieldTwice, self.cell_place(cell), &what, "each column once", "join the two");
            } else if column.is_none() && !name.is_empty() && name != NOTE {
                let near = did_you_mean(&name, names(kind));
                let expected = near.map_or_else(|| one_of(names(kind).chain([NOTE]), 20), |near| format!("`{near}`"));
                let help = near.map_or_else(|| "leave it out, or call it `note`".to_owned(), |near| format!("did you mean `{near}`?"));
                let what = format!("the column `{}`, which a table of `{}` does not have", cell.text, kind.item);
                self.report(Code::UnknownField, self.cell_place(cell), &what, &expected, &help);
            }
            columns.push(column);
        }
        columns
    }

    fn row<T: DeserializeOwned>(&mut self, kind: &Kind, columns: &[Option<(&'static str, Form)>], row: &[Cell]) -> Option<T> {
        if let Some(beyond) = row.get(columns.len()..).and_then(|beyond| beyond.iter().find(|cell| !cell.text.is_empty())) {
            let what = format!("a cell behind the last column: {}", words::shown(&beyond.text));
            let help = "a comma inside a cell needs quotation marks around the cell";
            self.report(Code::WrongForm, self.cell_place(beyond), &what, "as many cells as the first row has names", help);
        }
        let mut written = Written { text: format!("{}(", kind.item), pieces: Vec::new() };
        let mut brings = Written { text: String::new(), pieces: Vec::new() };
        let mut fine = true;
        for (column, cell) in columns.iter().zip(row) {
            let Some((name, form)) = column else { continue };
            if cell.text.is_empty() {
                continue;
            }
            let into = if kind.item == VENDORS.item && matches!(*name, PEOPLE | SKILLS) { &mut brings } else { &mut written };
            into.text += &format!("{name}: ");
            if let Err((expected, help)) = into.value(*form, cell) {
                let what = format!("{} in the column `{name}`", words::shown(&cell.text));
                self.report(Code::WrongForm, self.cell_place(cell), &what, expected, help);
                fine = false;
            }
            into.text.push_str(", ");
        }
        if !brings.text.is_empty() {
            written.text.push_str("brings: [Brings(");
            let from = written.text.len() as u32;
            written.pieces.extend(brings.pieces.iter().map(|piece| Piece { start: piece.start + from, end: piece.end + from, ..*piece }));
            written.text.push_str(&brings.text);
            written.text.push_str(")]");
        }
        written.text.push(')');
        let item = if fine { self.read(columns, row, &written) } else { None };
        if item.is_none() {
            let id = columns.iter().zip(row).find(|(column, _)| column.is_some_and(|(name, _)| name == "id"));
            self.lost.extend(id.map(|(_, cell)| cell.text.clone()).filter(|id| !id.is_empty()));
        }
        item
    }

    fn read<T: DeserializeOwned>(&mut self, columns: &[Option<(&'static str, Form)>], row: &[Cell], written: &Written) -> Option<T> {
        let text = written.text.as_str();
        let ((result, failure), mentions) = collecting(|| reading_cells(self.file, text, &written.pieces, || ron_options().from_str::<T>(text)));
        let error = match result {
            Ok(item) => {
                self.mentions.extend(mentions);
                return Some(item);
            }
            Err(error) => error,
        };
        let (at, error) = match failure {
            Some(failure) => (Some(failure.at), failure.error),
            None => {
                let offset = words::offset_of(text, error.span.end) as u32;
                // A word is known to be wrong only behind it.
                let piece = written.pieces.iter().rev().find(|piece| piece.start <= offset);
                (piece.map(|piece| self.place(piece.at as usize, piece.length as usize)), error.code)
            }
        };
        let missing = match &error {
            ron::Error::MissingStructField { field, .. } => Some(*field),
            _ => None,
        };
        if let Some(field) = missing {
            let named = columns.iter().flatten().any(|(name, _)| *name == field);
            // A column that is missing is missing once, not in every row.
            let (at, what) = if named { (self.row_place(row), "a row") } else { (self.header, "a table") };
            let help = if named { format!("fill in its cell in the column `{field}`") } else { format!("add the column `{field}`") };
            self.report(Code::MissingField, at, &format!("{what} without `{field}`"), &format!("a `{field}`"), &help);
            return None;
        }
        let at = at.unwrap_or_else(|| self.row_place(row));
        let cell = columns.iter().zip(row).find(|(_, cell)| (cell.at..=cell.at + cell.length).contains(&(at.offset as usize)));
        let shown = cell.map_or("", |(_, cell)| cell.text.as_str());
        let column = cell.and_then(|(column, _)| *column).map_or(String::new(), |(name, _)| format!(" in the column `{name}`"));
        let said = words::of(&error, shown);
        self.report(said.code, at, &format!("{}{column}", said.found), &said.expected, &said.help);
        None
    }
}

fn names(kind: &Kind) -> impl Iterator<Item = &'static str> + use<> {
    kind.columns.iter().map(|(name, _)| *name)
}

/// A row as RON, with which piece of it stands in which cell.
struct Written {
    text: String,
    pieces: Vec<Piece>,
}

impl Written {
    /// Writes the value of a cell; an error is what was expected, and help.
    fn value(&mut self, form: Form, cell: &Cell) -> Result<(), (&'static str, &'static str)> {
        match form {
            Form::Text => self.quoted(&cell.text, cell.at, cell.length),
            Form::Number if cell.text.bytes().all(|byte| byte.is_ascii_digit()) => self.piece(&cell.text, cell.at, cell.length),
            Form::Number => return Err(("a number in digits", "write the number only, without a unit or a point")),
            Form::Word => self.word(&cell.text, cell.at, cell.length)?,
            Form::Hours => match cell.text.replace(['–', '—'], "-").split_once('-') {
                Some((from, until)) => self.piece(&format!("Between({:?}, {:?})", from.trim(), until.trim()), cell.at, cell.length),
                None => self.word(&cell.text, cell.at, cell.length)?,
            },
            Form::Texts | Form::Words => {
                self.text.push('[');
                for (at, part) in parts(cell) {
                    match form {
                        Form::Texts => self.quoted(part, at, part.len()),
                        _ => self.word(part, at, part.len())?,
                    }
                    self.text.push_str(", ");
                }
                self.text.push(']');
            }
        }
        Ok(())
    }

    fn piece(&mut self, written: &str, at: usize, length: usize) {
        let start = self.text.len() as u32;
        self.text.push_str(written);
        self.pieces.push(Piece { start, end: self.text.len() as u32, at: at as u32, length: length as u32 });
    }

    fn quoted(&mut self, text: &str, at: usize, length: usize) {
        self.piece(&format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")), at, length);
    }

    /// `file server` as `FileServer`.
    fn word(&mut self, text: &str, at: usize, length: usize) -> Result<(), (&'static str, &'static str)> {
        let wrong = ("a word of the format", "letters only; several are separated by `;`");
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_".contains(&byte)) || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(wrong);
        }
        let steps = text.split([' ', '-', '_']).filter(|step| !step.is_empty());
        let word: String = steps.map(|step| step[..1].to_ascii_uppercase() + &step[1..]).collect();
        self.piece(&word, at, length);
        Ok(())
    }
}

/// The parts of a cell between `;`, with where they begin. In a cell with doubled quotation marks places are only near.
fn parts(cell: &Cell) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    cell.text
        .split(';')
        .map(move |part| {
            let at = from + (part.len() - part.trim_start().len());
            from += part.len() + 1;
            (cell.at + at, part.trim())
        })
        .filter(|(_, part)| !part.is_empty())
}
