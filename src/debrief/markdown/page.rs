//! Markdown, written piece by piece: headings, paragraphs, lists, tables, each made safe.

use std::fmt::Write;

use super::super::html::{part, shown};
use super::super::model::Debrief;

/// Text made safe for Markdown: nothing of it becomes markup, a link, a table cell or HTML. Addresses in it are text, as on paper: many readers make
/// links of them by themselves, and those of an exercise lead nowhere, or worse.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (place, character) in text.char_indices() {
        let (before, after) = (&text[..place], &text[place + character.len_utf8()..]);
        match character {
            ':' if after.starts_with("//") => safe.push_str("\\:"),
            '.' if before.len() >= 3 && before.as_bytes()[place - 3..].eq_ignore_ascii_case(b"www") => safe.push_str("\\."),
            '@' => safe.push_str("\\@"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Most are only an "and"; one that begins a character reference would be read as that character.
            '&' if begins_reference(after) => safe.push_str("&amp;"),
            // A number sign is markup only where a line begins: see `line_start`.
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                safe.push('\\');
                safe.push(character);
            }
            '\n' | '\r' | '\t' => safe.push(' '),
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Whether what follows an ampersand makes it a character reference: `amp;`, `#38;`, `#x26;`.
fn begins_reference(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}

/// Writes headings, paragraphs, lists and tables.
pub struct Page {
    pub text: String,
    /// What is written now belongs to a part that is not shown.
    pub held_back: bool,
}

impl Write for Page {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if !self.held_back {
            self.text.push_str(text);
        }
        Ok(())
    }
}

impl Page {
    pub fn heading(&mut self, depth: usize, text: &str) {
        let _ = write!(self, "\n{} {}\n\n", "#".repeat(depth), escaped(text));
    }

    /// The heading of a part of the page, with its number. What follows belongs to it, and is left out with it.
    pub fn part(&mut self, debrief: &Debrief, anchor: &str) {
        self.held_back = !shown(debrief, anchor);
        let (number, title) = part(debrief, anchor);
        self.heading(2, &format!("{number} {title}"));
    }

    pub fn paragraph(&mut self, text: &str) {
        let _ = write!(self, "{}\n\n", line_start(&escaped(text)));
    }

    pub fn bold(&mut self, strong: &str, rest: &str) {
        let _ = write!(self, "**{}** {}\n\n", escaped(strong), escaped(rest));
    }

    /// Room to write, with a word that says for what.
    pub fn room(&mut self, what: &str) {
        let _ = write!(self, "{}: {}\n\n", escaped(what), "\\_".repeat(40));
    }

    pub fn list<'a>(&mut self, items: impl IntoIterator<Item = &'a String>) {
        for item in items {
            let _ = writeln!(self, "- {}", line_start(&escaped(item)));
        }
        let _ = writeln!(self);
    }

    pub fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let _ = writeln!(self, "| {} |", head.join(" | "));
        let _ = writeln!(self, "|{}", " --- |".repeat(head.len()));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
            let _ = writeln!(self, "| {} |", cells.join(" | "));
        }
        let _ = writeln!(self);
    }
}

/// A line that would begin a list, a number or a rule is kept from it.
fn line_start(text: &str) -> String {
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if text.starts_with(['-', '+', '=', '#']) {
        format!("\\{text}")
    } else if numbered.len() < text.len() && numbered.starts_with(['.', ')']) {
        format!("{}\\{numbered}", &text[..text.len() - numbered.len()])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        assert_eq!(escaped("ATT&CK (#30)"), "ATT&CK (#30)");
        assert_eq!(escaped("&lt;b> &#38; a|b"), "&amp;lt;b&gt; &amp;#38; a\\|b");
    }

    #[test]
    fn an_address_is_text() {
        assert_eq!(escaped("see https://a.example/x, WWW.b.example"), "see https\\://a.example/x, WWW\\.b.example");
        assert_eq!(escaped("m@b.example: at 10:30. www"), "m\\@b.example: at 10:30. www");
    }

    #[test]
    fn a_line_begins_no_list() {
        let begun: Vec<String> = ["- a", "+ a", "# a", "=a", "12. a", "1) a", "1 a", "a - b"].map(line_start).to_vec();
        assert_eq!(begun, ["\\- a", "\\+ a", "\\# a", "\\=a", "12\\. a", "1\\) a", "1 a", "a - b"]);
    }
}
