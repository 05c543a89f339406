//! What stands in quotation marks, and characters that are none of RON's.

use super::MOST_CURLY_FINDINGS;
use super::scan::Scanner;
use crate::scenario::diagnostic::{Code, is_invisible, is_unprintable};

/// Marks that word processors set where a quotation begins or ends.
const CURLY: &[char] = &['“', '”', '„', '‟', '«', '»', '″', '‘', '’', '‚', '‛'];

impl Scanner<'_> {
    /// A text between straight quotation marks.
    pub(super) fn text_value(&mut self) {
        let start = self.at;
        let Some(end) = self.end_of_text(start) else { return self.runaway(start) };
        let next = self.text[end..].chars().next();
        let closed = next.is_none_or(|c| c.is_whitespace() || ",)]}:;/\"".contains(c));
        let inner = &self.text[start + 1..end - 1];
        if !closed {
            if self.closed_by_curly(start) {
                return;
            }
            if inner.contains('\n') {
                return self.runaway(start);
            }
            return self.mark_inside(start, end);
        }
        self.look_into(start + 1, end - 1);
        self.text_between(start, end);
    }

    /// The offset behind the closing mark.
    fn end_of_text(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'"' => return Some(at + 1),
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        None
    }

    /// A text that begins with a straight mark and ends, on its line, with a curly one.
    fn closed_by_curly(&mut self, start: usize) -> bool {
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        let line = &self.text[start..line_end];
        let closing = line.char_indices().skip(1).find(|(at, c)| CURLY.contains(c) && ends_value(&line[at + c.len_utf8()..]));
        let Some((at, mark)) = closing else { return false };
        let (from, to) = (start + at, start + at + mark.len_utf8());
        if self.text[start + 1..from].contains('"') {
            return false;
        }
        self.blank(from, to);
        self.mended[from] = b'"';
        self.curly(start, to - start);
        self.look_into(start + 1, from);
        self.value(start, from + 1);
        self.at = to;
        true
    }

    /// A text that seems to go on to a mark which opens another: it ends with its line.
    fn runaway(&mut self, start: usize) {
        if self.closed_by_curly(start) {
            return;
        }
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        let line = self.text[start..line_end].trim_end();
        let found = "a text without its closing quotation mark";
        self.report(Code::UnclosedText, start, 1, found, "`\"` at its end", "close it; a quotation mark inside a text is written `\\\"`");
        let length = line.trim_end_matches([',', ')', ']', ' ']).len().max(1);
        self.value(start, start + length);
        self.break_entry();
    }

    /// `"he said "no" to me"`: goes on behind the last mark of the line that can end the value.
    fn mark_inside(&mut self, start: usize, end: usize) {
        let help = "write `\\\"` for a quotation mark inside a text, or use curly ones";
        self.report(Code::UnclosedText, end - 1, 1, "a quotation mark inside a text, which ends it", "`\\\"`", help);
        let line_end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let line = &self.text[end..line_end];
        let closing = line.char_indices().filter(|(at, c)| *c == '"' && ends_value(&line[at + 1..])).map(|(at, _)| end + at + 1).next();
        self.value(start, closing.unwrap_or(end));
        self.break_entry();
        if closing.is_none() {
            self.at = line_end;
        }
    }

    pub(super) fn raw_text_ahead(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let rest = rest.strip_prefix(b"br").or_else(|| rest.strip_prefix(b"r")).or_else(|| rest.strip_prefix(b"b")).unwrap_or(rest);
        let marks = rest.iter().take_while(|byte| **byte == b'#').count();
        rest.get(marks) == Some(&b'"')
    }

    /// `r"..."`, `r#"..."#`.
    pub(super) fn raw_text_value(&mut self) {
        let start = self.at;
        let open = self.text[start..].find('"').map_or(start, |at| start + at);
        if !self.text[start..open].contains('r') {
            // `b"..."`: bytes, which the format has no use for; RON says so.
            let end = self.end_of_text(open).unwrap_or(self.text.len());
            return self.value(start, end);
        }
        let marks = self.text[start..open].bytes().filter(|byte| *byte == b'#').count();
        let closing = format!("\"{}", "#".repeat(marks.min(255)));
        match self.text[open + 1..].find(&closing) {
            Some(at) => {
                let end = open + 1 + at + closing.len();
                self.control_characters(open + 1, end);
                self.value(start, end);
            }
            None => {
                let expected = format!("`{closing}` at its end");
                self.report(Code::UnclosedText, start, open + 1 - start, "a raw text that is never closed", &expected, "close it as it was opened");
                let end = self.text.len();
                self.value(start, end);
                self.break_entry();
                self.cut_short = true;
            }
        }
    }

    /// Escapes and control characters between two marks, which are not included.
    fn look_into(&mut self, start: usize, end: usize) {
        let inside = &self.text[start..end];
        if inside.contains('\\') {
            self.escapes(start, end);
        }
        self.control_characters(start, end);
    }

    fn control_characters(&mut self, start: usize, end: usize) {
        let inside = &self.text[start..end];
        // Nearly all texts are plain: seen at a glance.
        if inside.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
            return;
        }
        if let Some((at, character)) = inside.char_indices().find(|(_, c)| is_unprintable(*c) && *c != '\r') {
            let found = format!("the control character U+{:04X} in a text", character as u32);
            self.report(Code::ControlCharacter, start + at, character.len_utf8(), &found, "letters that can be seen", "leave it out");
        }
        if let Some((at, character)) = inside.char_indices().find(|(_, c)| is_invisible(*c)) {
            let found = format!("the invisible character U+{:04X} in a text", character as u32);
            self.report(Code::InvisibleCharacter, start + at, character.len_utf8(), &found, "letters that can be seen", "leave it out");
        }
    }

    fn escapes(&mut self, start: usize, end: usize) {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut at = start;
        let mut path_named = false;
        while at + 1 < end {
            if bytes[at] != b'\\' {
                at += 1;
                continue;
            }
            let after = text[at + 1..end].chars().next().unwrap_or('"');
            let drive = at >= start + 2 && bytes[at - 1] == b':' && bytes[at - 2].is_ascii_alphabetic();
            match after {
                't' | 'n' | 'r' | '0' if drive && !path_named => {
                    path_named = true;
                    let found = format!("`\\{after}` in what looks like a path, which is read as {}", escape_name(after));
                    self.report(Code::PathEscape, at, 2, &found, "`\\\\`", "write two backslashes, or r\"..\" for a text without escapes");
                }
                't' if !path_named
                    && text[at + 2..].starts_with(|c: char| c.is_ascii_alphanumeric())
                    && at > start
                    && !text[..at].ends_with([' ', 't', 'n']) =>
                {
                    path_named = true;
                    self.report(
                        Code::PathEscape,
                        at,
                        2,
                        "`\\t`, which is read as a tab",
                        "a space, or `\\\\`",
                        "write two backslashes if a path was meant",
                    );
                }
                '\'' | '"' | '\\' | 'n' | 'r' | 't' => {}
                '0' => self.report(Code::ControlCharacter, at, 2, "`\\0`, which is a control character", "letters that can be seen", "leave it out"),
                'x' | 'u' => self.numeric_escape(at, end),
                _ => {
                    let found = format!("`\\{after}`, which means nothing");
                    self.report(
                        Code::UnknownEscape,
                        at,
                        1 + after.len_utf8(),
                        &found,
                        "`\\\\`",
                        "write two backslashes, or r\"..\" for a text without escapes",
                    );
                    self.mended[at] = b'/';
                }
            }
            at += 1 + after.len_utf8();
        }
    }

    fn numeric_escape(&mut self, at: usize, end: usize) {
        let digits = &self.text[at + 2..end];
        let number: String = digits.trim_start_matches('{').chars().take(6).take_while(char::is_ascii_hexdigit).collect();
        let number = if digits.starts_with('{') { number } else { number.chars().take(2).collect() };
        let character = u32::from_str_radix(&number, 16).ok().and_then(char::from_u32);
        if let Some(character) = character.filter(|c| is_unprintable(*c) && *c != '\r') {
            let found = format!("an escape for the control character U+{:04X}", character as u32);
            self.report(Code::ControlCharacter, at, 2, &found, "letters that can be seen", "leave it out");
        } else if let Some(character) = character.filter(|c| is_invisible(*c)) {
            let found = format!("an escape for the invisible character U+{:04X}", character as u32);
            self.report(Code::InvisibleCharacter, at, 2, &found, "letters that can be seen", "leave it out");
        }
    }

    fn curly(&mut self, at: usize, length: usize) {
        self.curly_texts.0 += 1;
        if self.curly_texts.0 > MOST_CURLY_FINDINGS {
            if self.curly_texts.0 == MOST_CURLY_FINDINGS + 1 {
                self.curly_texts.1 = at;
            }
            return;
        }
        self.report(
            Code::CurlyQuotes,
            at,
            length,
            "a text in quotation marks of a word processor",
            "`\"`",
            "read as if they were straight; switch smart quotes off",
        );
    }

    pub(super) fn control(&mut self) {
        let character = self.character();
        let found = format!("the control character U+{:04X}", character as u32);
        self.report(Code::ControlCharacter, self.at, 1, &found, "letters that can be seen", "leave it out");
        self.blank(self.at, self.at + 1);
        self.at += 1;
    }

    /// A character outside texts that is neither ASCII nor a letter.
    pub(super) fn odd_character(&mut self) {
        let (at, character) = (self.at, self.character());
        let end = at + character.len_utf8();
        if CURLY.contains(&character) {
            return self.curly_text(at, end);
        }
        let joiner = matches!(character, '\u{200c}' | '\u{200d}');
        if character.is_whitespace() || joiner || is_invisible(character) {
            if self.odd_spaces.0 == 0 {
                self.odd_spaces.1 = at;
            }
            self.odd_spaces.0 += 1;
            self.blank(at, end);
        } else if is_unprintable(character) {
            let found = format!("the control character U+{:04X}", character as u32);
            self.report(Code::ControlCharacter, at, end - at, &found, "letters that can be seen", "leave it out");
            self.blank(at, end);
        }
        // Anything else RON refuses by itself, with its place.
        self.at = end;
    }

    /// A text that begins with a curly mark.
    fn curly_text(&mut self, at: usize, end: usize) {
        let line_end = self.text[at..].find('\n').map_or(self.text.len(), |line| at + line);
        let line = &self.text[end..line_end];
        let closing = line.char_indices().find(|(from, c)| (CURLY.contains(c) || *c == '"') && ends_value(&line[from + c.len_utf8()..]));
        let inner_mark = |to: usize| line[..to].contains('"');
        match closing {
            Some((to, mark)) if !inner_mark(to) => {
                // The marks keep their place next to the text: spaces go outside.
                self.blank(at, end);
                self.mended[end - 1] = b'"';
                let close = end + to;
                self.blank(close, close + mark.len_utf8());
                self.mended[close] = b'"';
                self.curly(at, close + mark.len_utf8() - at);
                self.look_into(end, close);
                self.value(end - 1, close + 1);
                self.at = close + mark.len_utf8();
            }
            _ => {
                let found = "a quotation mark of a word processor";
                self.report(
                    Code::CurlyQuotesUnclear,
                    at,
                    end - at,
                    found,
                    "`\"`",
                    "it is not clear where the text ends; write straight quotation marks",
                );
                let length = line.trim_end().trim_end_matches([',', ')', ']']).len();
                self.value(at, end + length);
                self.break_entry();
            }
        }
    }
}

/// What may follow a value on its line.
fn ends_value(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', ')', ']', '}']) || rest.starts_with("//") || rest.starts_with("/*")
}

fn escape_name(letter: char) -> &'static str {
    match letter {
        't' => "a tab",
        'n' | 'r' => "the end of a line",
        _ => "a control character",
    }
}
