//! What is wrong with a scenario, where, and what to do about it.
//!
//! Loading and checking never stop at the first problem: they return what could be read and a list of [`Diagnostic`]s. Each has a code that
//! stays the same over versions ([`Code`] is the table), the place in the file, what was found, what was expected, and a line of help.

mod code;
mod json;
mod letters;
mod text;

pub use code::{Code, Pass, Severity};
pub use json::render_json;
pub use letters::{is_invisible, is_unprintable, printable, printable_name, shown_as};
pub use text::{Colour, line_of, render_text};

use std::cell::Cell;

use crate::scenario::located::Place;

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What kind of finding it is; says how severe it is, too.
    pub code: Code,
    /// Where.
    pub at: Place,
    /// What was found, as a sentence without a full stop.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// How severe it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The longest text a finding carries, in characters. A hostile file can hold a string of a megabyte; nobody reads it in a message.
const LONGEST_TEXT: usize = 600;

/// How many findings are kept in full for one load or check; the rest are counted.
pub const MOST_FINDINGS: usize = 1000;

/// Findings as they are collected.
#[derive(Clone, Default, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    left_out: usize,
    errors_left_out: usize,
}

impl Diagnostics {
    /// Adds one. Beyond [`MOST_FINDINGS`] they are only counted.
    pub fn add(&mut self, code: Code, at: Place, found: impl Into<String>, expected: impl Into<String>, help: impl Into<String>) {
        if self.list.len() >= MOST_FINDINGS {
            self.left_out += 1;
            self.errors_left_out += usize::from(code.severity() == Severity::Error);
            return;
        }
        self.list.push(Diagnostic { code, at, found: clean(found.into()), expected: clean(expected.into()), help: clean(help.into()) });
    }

    /// Adds those of another list.
    pub fn append(&mut self, other: Diagnostics) {
        for diagnostic in other.list {
            self.add(diagnostic.code, diagnostic.at, diagnostic.found, diagnostic.expected, diagnostic.help);
        }
        self.left_out += other.left_out;
        self.errors_left_out += other.errors_left_out;
    }

    /// No more will be kept: a pass over many things can stop computing help for them.
    pub fn is_full(&self) -> bool {
        self.list.len() >= MOST_FINDINGS
    }

    /// How many were added and kept.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// None was added.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Those added so far, in the order of adding.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// At least one is an error.
    pub fn has_errors(&self) -> bool {
        self.errors_left_out > 0 || self.list.iter().any(|d| d.severity() == Severity::Error)
    }

    /// All of them by file, place and code, each once; the last says how many were left out.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| (a.at.file, a.at.offset, a.code, &a.found).cmp(&(b.at.file, b.at.offset, b.code, &b.found)));
        self.list.dedup_by(|a, b| a.code == b.code && a.at == b.at && a.found == b.found);
        if self.left_out > 0 {
            let code = if self.errors_left_out > 0 { Code::MoreErrors } else { Code::MoreFindings };
            self.list.push(Diagnostic {
                code,
                at: Place::default(),
                found: format!("{} more findings are not shown", self.left_out),
                expected: "a scenario with fewer findings".to_owned(),
                help: "mend those above and check again".to_owned(),
            });
        }
        self.list
    }
}

/// Shortens, and makes visible what is not: a scenario must not be able to write escape sequences to somebody's terminal, or lines that look like
/// findings of ours.
fn clean(text: String) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => printable_name(&text[..end]) + "…",
        None => printable_name(&text),
    }
}

thread_local! {
    static COMPARISONS: Cell<u32> = const { Cell::new(0) };
}

/// How many comparisons are made for suggestions in one load or check. Comparing costs the product of two lengths, and a hostile file has as
/// many dangling references as ids.
const MOST_COMPARISONS: u32 = 200_000;

/// Begins a load or a check: suggestions are made again.
pub(crate) fn fresh_suggestions() {
    COMPARISONS.set(0);
}

/// The nearest of `known` to `written`, if one is near enough to be a slip of the hand.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 48;
    if written.is_empty() || written.len() > LONGEST {
        return None;
    }
    let plainly = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let lower = plainly(written);
    let length = lower.chars().count();
    let allowed = match length {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let mut nearest: Option<(usize, &str)> = None;
    for candidate in known {
        if COMPARISONS.get() >= MOST_COMPARISONS {
            break;
        }
        COMPARISONS.set(COMPARISONS.get() + 1);
        if candidate.len() > LONGEST || candidate.is_empty() {
            continue;
        }
        let plain = plainly(candidate);
        // A word of several that was left out or added is a slip as well: `vendor` for `vendor-rmm`.
        let part = |whole: &str, of: &str| {
            of.len() > 3 && whole.strip_prefix(of).is_some_and(|rest| rest.starts_with('-'))
                || of.len() > 3 && whole.strip_suffix(of).is_some_and(|rest| rest.ends_with('-'))
        };
        let distance = if part(&plain, &lower) || part(&lower, &plain) {
            allowed
        } else if plain.chars().count().abs_diff(length) > allowed {
            continue;
        } else {
            strsim::damerau_levenshtein(&lower, &plain)
        };
        let nearer = nearest.is_none_or(|(best, name)| (distance, candidate) < (best, name));
        if distance <= allowed && nearer {
            nearest = Some((distance, candidate));
        }
    }
    nearest.map(|(_, candidate)| candidate)
}

/// `one, two or three`, at most `most` of them.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [one] => format!("`{one}`"),
        _ if words.len() > most => {
            let shown: Vec<String> = words.iter().take(most).map(|w| format!("`{w}`")).collect();
            format!("{} or {} more", shown.join(", "), words.len() - most)
        }
        [first @ .., last] => {
            let shown: Vec<String> = first.iter().map(|w| format!("`{w}`")).collect();
            format!("{} or `{last}`", shown.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["vendor-rmm", "files", "edr", "backup"];
        assert_eq!(did_you_mean("vendor_rmm", known), Some("vendor-rmm"));
        assert_eq!(did_you_mean("fiels", known), Some("files"));
        assert_eq!(did_you_mean("vendor", known), Some("vendor-rmm"));
        assert_eq!(did_you_mean("telephone", known), None);
        assert_eq!(did_you_mean("", known), None);
        assert_eq!(did_you_mean(&"x".repeat(10_000), known), None);
    }

    #[test]
    fn findings_beyond_the_bound_are_counted() {
        let mut found = Diagnostics::default();
        for n in 0..MOST_FINDINGS + 5 {
            found.add(Code::UnknownId, Place { offset: n as u32, ..Place::default() }, "x", "y", "z");
        }
        assert!(found.has_errors());
        let sorted = found.into_sorted();
        assert_eq!(sorted.len(), MOST_FINDINGS + 1);
        assert_eq!(sorted[MOST_FINDINGS].found, "5 more findings are not shown");
        assert_eq!(sorted[MOST_FINDINGS].severity(), Severity::Error);
    }

    #[test]
    fn nothing_unprintable_reaches_a_terminal() {
        let mut found = Diagnostics::default();
        found.add(Code::UnknownId, Place::default(), "\u{1b}[31mred\u{202e}", "", "");
        assert_eq!(found.into_sorted()[0].found, "\u{fffd}[31mred\u{fffd}");
    }
}
