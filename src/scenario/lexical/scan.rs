//! Brackets, separators and words. (What stands inside quotation marks is in `text`.)

use super::outline::{Kind, Outline};
use super::{DEEPEST, MOST_CURLY_FINDINGS, MOST_LEXICAL_FINDINGS, MOST_VALUES, Scanned};
use crate::scenario::diagnostic::{Code, Diagnostics, Severity};
use crate::scenario::located::Place;

/// What was read last in a bracket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Last {
    /// Nothing, or a separator: a value may begin.
    Separator,
    /// A word that may be a name, or the beginning of `Word(..)`.
    Word { start: usize },
    /// A text, which somebody may have taken for a name.
    Text { start: usize },
    /// A value.
    Value,
}

/// A bracket that is open.
struct Frame {
    open: u8,
    at: usize,
    /// The entry whose value the bracket is.
    owner: Option<usize>,
    /// The entry being read.
    entry: Option<usize>,
    last: Last,
    /// Behind the last thing read.
    last_end: usize,
    /// A field was met: no item can stand here.
    named: bool,
    /// The word before the bracket of the first item of a list.
    item_word: Option<(usize, usize)>,
}

pub(super) struct Scanner<'a> {
    pub(super) file: u16,
    pub(super) text: &'a str,
    pub(super) mended: Vec<u8>,
    pub(super) at: usize,
    pub(super) odd_spaces: (usize, usize),
    /// Mended quotation marks: how many, and where the first stands that was not reported by itself.
    pub(super) curly_texts: (usize, usize),
    /// Where lines begin.
    lines: Vec<u32>,
    found: &'a mut Diagnostics,
    findings: usize,
    outline: Outline,
    frames: Vec<Frame>,
    values: usize,
    given_up: bool,
    pub(super) cut_short: bool,
    /// A bracket whose closer stood at another indentation: the likely culprit where one is missing at the end.
    suspect: Option<usize>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(file: u16, text: &'a str, found: &'a mut Diagnostics) -> Self {
        let root = Frame { open: 0, at: 0, owner: None, entry: None, last: Last::Separator, last_end: 0, named: false, item_word: None };
        Scanner {
            file,
            text,
            mended: text.as_bytes().to_owned(),
            at: 0,
            odd_spaces: (0, 0),
            curly_texts: (0, 0),
            lines: std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1)).collect(),
            found,
            findings: 0,
            outline: Outline::default(),
            frames: vec![root],
            values: 0,
            given_up: false,
            cut_short: false,
            suspect: None,
        }
    }

    pub(super) fn run(mut self) -> Scanned {
        self.beginning();
        while self.at < self.text.len() && !self.given_up {
            self.step();
        }
        if !self.given_up {
            self.ending();
        }
        let (count, first) = self.odd_spaces;
        if count > 0 {
            let many = if count == 1 { "a space that is none".to_owned() } else { format!("{count} spaces that are none") };
            let found = format!("{many} (non-breaking, thin or zero-width)");
            self.report(Code::OddSpace, first, 1, &found, "plain spaces", "read as spaces; paste without formatting to avoid them");
        }
        let (count, first) = self.curly_texts;
        if count > MOST_CURLY_FINDINGS {
            let found = format!("{} more texts in quotation marks of a word processor", count - MOST_CURLY_FINDINGS);
            self.report(Code::CurlyQuotes, first, 1, &found, "`\"`", "read as if they were straight; switch smart quotes off");
        }
        let mended = String::from_utf8(self.mended).unwrap_or_else(|_| self.text.to_owned());
        Scanned { mended, outline: self.outline, given_up: self.given_up, cut_short: self.cut_short }
    }

    pub(super) fn report(&mut self, code: Code, at: usize, length: usize, found: &str, expected: &str, help: &str) {
        // What could be mended is no reason to give up.
        self.findings += usize::from(code.severity() == Severity::Error);
        if self.findings > MOST_LEXICAL_FINDINGS {
            self.given_up = true;
            return;
        }
        let place = Place { file: self.file, offset: at as u32, length: length as u32 };
        self.found.add(code, place, found, expected, help);
    }

    fn byte(&self, at: usize) -> u8 {
        self.mended.get(at).copied().unwrap_or(0)
    }

    pub(super) fn blank(&mut self, from: usize, to: usize) {
        self.mended[from..to].fill(b' ');
    }

    pub(super) fn character(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    fn top(&mut self) -> &mut Frame {
        // The frame of the file is never popped, so there always is a last one.
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn beginning(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.blank(0, 3);
            self.at = 3;
            self.report(
                Code::ByteOrderMark,
                0,
                3,
                "a byte-order mark",
                "text from the first byte on",
                "read as if it were not there; save as UTF-8 without one",
            );
        }
        let rest = self.text[self.at..].trim_start();
        if rest.starts_with("#![") {
            let start = self.text.len() - rest.len();
            let end = rest.find(['\n', '\r']).map_or(self.text.len(), |end| start + end);
            self.blank(start, end);
            self.at = end;
            self.report(
                Code::Attribute,
                start,
                end - start,
                "a line that switches extensions of RON",
                "the scenario itself",
                "leave it out; `Some(..)` may be left out without it",
            );
        }
    }

    fn step(&mut self) {
        let (at, byte) = (self.at, self.byte(self.at));
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
            b'/' if self.byte(at + 1) == b'/' => self.at = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end),
            b'/' if self.byte(at + 1) == b'*' => self.block_comment(),
            b'"' => self.text_value(),
            b'r' | b'b' if self.raw_text_ahead() => self.raw_text_value(),
            b'\'' if self.letter_ahead() > 0 => {
                let length = self.letter_ahead();
                self.value(at, at + length);
            }
            b'(' | b'[' | b'{' => self.open(byte),
            b')' | b']' | b'}' => self.close(byte),
            b',' => self.separator(),
            b':' => self.colon(),
            b'=' if matches!(self.top().last, Last::Word { .. }) => {
                self.report(Code::WrongSeparator, at, 1, "`=` after a name", "`:`", "write `name: value`");
                self.mended[at] = b':';
                self.colon();
            }
            b';' => {
                self.report(Code::WrongSeparator, at, 1, "`;` between entries", "`,`", "entries are separated by commas");
                self.mended[at] = b',';
                self.separator();
            }
            0..=31 | 127 => self.control(),
            128.. if !self.character().is_alphanumeric() => self.odd_character(),
            _ => self.word(),
        }
    }

    fn block_comment(&mut self) {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let mut depth = 0;
        while self.at < bytes.len() {
            match &bytes[self.at..] {
                [b'/', b'*', ..] => (depth, self.at) = (depth + 1, self.at + 2),
                [b'*', b'/', ..] => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.at += 1,
            }
            if depth == 0 {
                return;
            }
        }
        self.report(
            Code::UnclosedComment,
            start,
            2,
            "a comment that is never closed",
            "`*/`",
            "close it, or begin it with `//`, which ends with the line",
        );
        self.blank(start, bytes.len());
        self.cut_short = true;
    }

    /// The length of `'x'`, or nothing: an apostrophe alone is no value.
    fn letter_ahead(&self) -> usize {
        let rest = &self.text[self.at + 1..];
        let mut characters = rest.char_indices();
        let escaped = rest.starts_with('\\');
        let closing = if escaped { characters.nth(2) } else { characters.nth(1) };
        match closing {
            Some((at, '\'')) => at + 2,
            _ => 0,
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let stop = |c: char| match c {
            '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' | ';' | '=' | '"' | '/' => true,
            _ if c.is_ascii() => c.is_whitespace(),
            _ => c.is_whitespace() || !c.is_alphanumeric(),
        };
        let end = self.text[start..].find(stop).map_or(self.text.len(), |end| start + end);
        // At least one character, so that a lone `/` does not stand still.
        let end = if end == start { start + self.character().len_utf8() } else { end };
        let is_word = self.text[start..end].starts_with(|c: char| c.is_alphanumeric() || "_+-.".contains(c));
        if is_word {
            self.value(start, end);
            self.top().last = Last::Word { start };
        } else {
            // Something that RON will refuse by itself, with its place.
            self.begin(start);
            self.at = end;
            self.top().last_end = end;
        }
    }

    /// Notes a value that goes from `start` to `end`, and goes on behind it.
    pub(super) fn value(&mut self, start: usize, end: usize) {
        self.count();
        self.begin(start);
        self.at = end;
        let entry = {
            let top = self.top();
            top.last = Last::Value;
            top.last_end = end;
            top.entry
        };
        if let Some(entry) = entry.and_then(|entry| self.outline.entry_mut(entry)) {
            entry.end = end as u32;
        }
    }

    /// Notes a text.
    pub(super) fn text_between(&mut self, start: usize, end: usize) {
        self.value(start, end);
        self.top().last = Last::Text { start };
    }

    fn count(&mut self) {
        self.values += 1;
        if self.values == MOST_VALUES + 1 {
            let found = format!("more than {MOST_VALUES} values");
            self.report(
                Code::TooManyValues,
                self.at,
                1,
                &found,
                "a file that people could read",
                "split it into parts, or leave generated lists out",
            );
            self.given_up = true;
        }
    }

    /// A value begins: there must be an entry for it, and a comma before it.
    fn begin(&mut self, start: usize) {
        if self.top().last != Last::Separator {
            self.missing_comma(start);
        }
        let top = self.top();
        let (entry, owner, kind) = (top.entry, top.owner, if top.open == b'[' { Kind::Item } else { Kind::Bare });
        match entry {
            None => {
                let entry = self.outline.begin(start, kind, owner);
                self.top().entry = Some(entry);
            }
            Some(entry) => {
                // The value of a field whose name was read.
                if let Some(entry) = self.outline.entry_mut(entry)
                    && entry.value == entry.start
                    && entry.kind == Kind::Field
                {
                    entry.value = start as u32;
                }
            }
        }
    }

    fn missing_comma(&mut self, start: usize) {
        let (end, in_file) = (self.top().last_end, self.frames.len() == 1);
        if in_file {
            self.report(
                Code::Unopened,
                start,
                1,
                "more text behind the end of the scenario",
                "the end of the file",
                "a bracket before it closes too early, or this is left over",
            );
            self.at = self.text.len();
            self.cut_short = true;
            self.given_up = self.outline.root().is_none();
            return;
        }
        self.report(Code::MissingComma, end.saturating_sub(1), 1, "no comma behind this", "`,`", "entries are separated by commas");
        if end < start && self.byte(end).is_ascii_whitespace() {
            self.mended[end] = b',';
            self.end_entry();
        } else {
            self.break_entry();
            self.end_entry();
        }
    }

    fn end_entry(&mut self) {
        let top = self.top();
        top.entry = None;
        top.last = Last::Separator;
    }

    /// The entry being read, or its nearest one that can be left out, is not to be trusted.
    pub(super) fn break_entry(&mut self) {
        let mut entry = self.top().entry.or(self.top().owner);
        while let Some(index) = entry {
            if let Some(entry) = self.outline.entry_mut(index)
                && entry.kind != Kind::Bare
            {
                entry.broken = true;
                return;
            }
            entry = self.outline.parent(index);
        }
    }

    fn separator(&mut self) {
        self.at += 1;
        self.end_entry();
    }

    fn colon(&mut self) {
        let at = self.at;
        self.at += 1;
        let (start, end) = match self.top().last {
            Last::Word { start } => (start, self.top().last_end),
            Last::Text { start } => return self.quoted_name(start),
            _ => return,
        };
        self.name(start, end, at);
    }

    /// `"name": value`, as in JSON.
    fn quoted_name(&mut self, start: usize) {
        let (at, end) = (self.at - 1, self.top().last_end);
        if self.text.get(start + 1..end - 1).is_none_or(|name| name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')) {
            return;
        }
        self.report(
            Code::QuotedName,
            start,
            end - start,
            "a name in quotation marks",
            "`name: value`",
            "names have no quotation marks, texts have them",
        );
        self.blank(start, start + 1);
        self.blank(end - 1, end);
        if let Some(entry) = self.top().entry.and_then(|entry| self.outline.entry_mut(entry))
            && entry.start as usize == start
        {
            (entry.start, entry.value) = (start as u32 + 1, start as u32 + 1);
        }
        self.name(start + 1, end - 1, at);
    }

    /// The word before the colon at `at` names the entry it begins.
    fn name(&mut self, start: usize, end: usize, at: usize) {
        let top = self.top();
        let (open, entry) = (top.open, top.entry);
        let Some(entry) = entry else { return };
        let starts_entry = self.outline.get(entry).is_some_and(|entry| entry.start as usize == start && entry.kind != Kind::Field);
        if !starts_entry {
            return;
        }
        if open == b'[' && self.frames.len() > 2 {
            // A field inside a list: the list was never closed. The word belongs to the structure around it.
            self.outline.take_back(entry);
            self.top().last_end = start;
            self.unclosed();
            self.begin(start);
        }
        let top = self.top();
        top.named = true;
        top.last = Last::Separator;
        top.last_end = at + 1;
        if let Some(entry) = top.entry {
            self.outline.set_name(entry, end);
            if let Some(entry) = self.outline.entry_mut(entry) {
                entry.end = at as u32 + 1;
            }
        }
    }

    fn open(&mut self, byte: u8) {
        let at = self.at;
        let word = match self.top().last {
            Last::Word { start } if byte == b'(' => Some((start, self.top().last_end)),
            _ => None,
        };
        if word.is_none() {
            self.begin(at);
        }
        if let Some(word) = word
            && self.item_in_structure(word)
        {
            return self.open(byte);
        }
        self.count();
        if self.frames.len() > DEEPEST {
            let found = format!("brackets nested more than {DEEPEST} deep");
            self.report(Code::TooDeep, at, 1, &found, "about a dozen at most", "a bracket further up is probably not closed");
            self.given_up = true;
            return;
        }
        let top = self.top();
        top.last = Last::Value;
        let owner = top.entry;
        if top.open == b'[' && top.item_word.is_none() {
            top.item_word = word;
        }
        self.frames.push(Frame { open: byte, at, owner, entry: None, last: Last::Separator, last_end: at + 1, named: false, item_word: None });
        self.at += 1;
    }

    /// `Inject(id: .., Inject(`: an item of the list around it in the middle of a structure. The structure was never closed: closes it.
    fn item_in_structure(&mut self, word: (usize, usize)) -> bool {
        let Some([.., list, structure]) = self.frames.get(..) else { return false };
        let same = |a: (usize, usize)| self.text.get(a.0..a.1) == self.text.get(word.0..word.1);
        let is_item = list.open == b'[' && list.item_word.is_some_and(same) && structure.open == b'(' && structure.named;
        let Some(entry) = structure.entry.filter(|_| is_item) else { return false };
        if self.outline.get(entry).is_none_or(|entry| entry.kind == Kind::Field) {
            return false;
        }
        self.outline.take_back(entry);
        self.top().last_end = word.0;
        self.unclosed();
        self.end_entry();
        self.begin(word.0);
        let top = self.top();
        top.last = Last::Word { start: word.0 };
        top.last_end = word.1;
        true
    }

    /// Reports the innermost bracket as never closed, and closes it here.
    fn unclosed(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let (closer, opener) = (pair(frame.open) as char, frame.open as char);
        let found = format!("a `{opener}` that is never closed");
        self.report(Code::Unclosed, frame.at, 1, &found, &format!("`{closer}`"), &format!("set the missing `{closer}`"));
        self.break_entry();
        if let Some(owner) = frame.owner.and_then(|owner| self.outline.entry_mut(owner)) {
            owner.end = frame.last_end as u32;
        }
        let top = self.top();
        top.last = Last::Separator;
        top.last_end = frame.last_end;
        top.entry = None;
    }

    fn close(&mut self, byte: u8) {
        let at = self.at;
        let top = self.top();
        if top.open != 0 && pair(top.open) == byte {
            return self.close_top();
        }
        let matching = self.frames.iter().rposition(|frame| frame.open != 0 && pair(frame.open) == byte);
        let (top_at, first_of_line) = (self.top().at, self.first_of_line(at));
        let really_unclosed = matching.is_some_and(|index| {
            let same_line = self.line_start(top_at) == self.line_start(at);
            same_line || (first_of_line && self.indentation(at) == self.indentation(self.frames[index].at))
        });
        match matching {
            Some(index) if really_unclosed => {
                while self.frames.len() > index + 1 {
                    self.unclosed();
                }
                self.close_top();
            }
            _ => {
                let expected = match self.top().open {
                    0 => "nothing".to_owned(),
                    open => format!("`{}`, for the `{}` before it", pair(open) as char, open as char),
                };
                let found = format!("a `{}` that closes nothing", byte as char);
                self.report(Code::Unopened, at, 1, &found, &expected, "leave it out, or set the bracket that it should close");
                self.blank(at, at + 1);
                self.at += 1;
            }
        }
    }

    fn close_top(&mut self) {
        let at = self.at;
        let Some(frame) = self.frames.pop() else { return };
        if self.suspect.is_none() && self.first_of_line(at) && self.indentation(at) != self.indentation(frame.at) {
            self.suspect = Some(frame.at);
        }
        self.at += 1;
        if let Some(owner) = frame.owner.and_then(|owner| self.outline.entry_mut(owner)) {
            owner.end = at as u32 + 1;
        }
        let top = self.top();
        top.last = Last::Value;
        top.last_end = at + 1;
    }

    fn ending(&mut self) {
        if self.frames.len() > 1 && !self.cut_short {
            let open = self.frames.len() - 1;
            let (innermost, bracket) = self.frames.last().map_or((0, b'('), |frame| (frame.at, frame.open));
            // The file's own bracket is where it should be; anything that closed crookedly is likelier.
            let at = self.suspect.unwrap_or(innermost);
            let bracket = self.text.as_bytes().get(at).copied().unwrap_or(bracket);
            let found = format!("a `{}` that is never closed", bracket as char);
            let help = if open == 1 {
                "the file ends before it is closed".to_owned()
            } else {
                format!("the file ends with {open} brackets open; look where the indentation and the brackets part")
            };
            self.report(Code::Unclosed, at, 1, &found, &format!("`{}`", pair(bracket) as char), &help);
        }
        let end = self.text.trim_end().len() as u32;
        while self.frames.len() > 1 {
            let Some(frame) = self.frames.pop() else { break };
            self.break_entry();
            if let Some(owner) = frame.owner.and_then(|owner| self.outline.entry_mut(owner)) {
                owner.end = end;
            }
        }
    }

    /// Where the line of `at` begins. (Looked up: searching backwards would cost the square of the length of a long line.)
    fn line_start(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start as usize <= at).checked_sub(1).map_or(0, |line| self.lines[line] as usize)
    }

    fn first_of_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].trim_start().is_empty()
    }

    /// White space before the first letter of the line of `at`.
    fn indentation(&self, at: usize) -> usize {
        self.text[self.line_start(at)..].bytes().take_while(|byte| *byte == b' ' || *byte == b'\t').count()
    }
}

fn pair(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}
