//! One pass over the letters of a file, before anything reads it as RON.
//!
//! It mends what word processors leave behind, names what cannot be mended, refuses what is too large or too deep, and writes down where
//! entries begin and end ([`Outline`]). Every mending keeps the length in bytes, so that offsets in the mended text are offsets in the file.

mod outline;
mod scan;
mod text;

pub use outline::{Entry, Kind, Outline};

use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::Place;

/// How deep brackets may be nested. The deepest thing in the format is about twelve deep.
pub const DEEPEST: usize = 64;
/// How many values a file may have.
pub const MOST_VALUES: usize = 100_000;
/// How many findings of this pass are reported for one file before it is given up.
pub const MOST_LEXICAL_FINDINGS: usize = 100;
/// How many mended quotation marks are reported one by one; the rest of a pasted page are counted.
const MOST_CURLY_FINDINGS: usize = 10;

/// A file as it is given to the reader.
#[derive(Clone, Debug)]
pub struct Scanned {
    /// The text with what could be mended mended.
    pub mended: String,
    /// Where entries begin and end.
    pub outline: Outline,
    /// The file is not worth reading: too deep, too many values, too much wrong.
    pub given_up: bool,
    /// The rest of the file was swallowed by something that is never closed, or stands behind the end.
    pub cut_short: bool,
}

/// Names lines that end in a carriage return alone: line numbers, comments and every editor's idea of such a file would differ.
pub(crate) fn carriage_returns_only(file: u16, text: &str, found: &mut Diagnostics) -> bool {
    let Some(at) = text.find('\r').filter(|_| !text.contains('\n')) else { return false };
    found.add(
        Code::LineEnds,
        Place { file, offset: at as u32, length: 1 },
        "lines that end in a carriage return (CR) alone",
        "lines that end in LF, or in CR and LF",
        "save it with the line ends of Unix (LF) or Windows (CRLF): an editor has it in its status line or under \"Save as\"",
    );
    true
}

/// Looks at the text of a file.
pub fn scan(file: u16, text: &str, found: &mut Diagnostics) -> Scanned {
    if carriage_returns_only(file, text, found) {
        return Scanned { mended: text.to_owned(), outline: Outline::default(), given_up: true, cut_short: true };
    }
    scan::Scanner::new(file, text, found).run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::diagnostic::Code;

    fn codes(text: &str) -> (Vec<(Code, usize)>, Scanned) {
        let mut found = Diagnostics::default();
        let scanned = scan(0, text, &mut found);
        assert_eq!(scanned.mended.len(), text.len(), "mending keeps lengths");
        (found.iter().map(|d| (d.code, d.at.offset as usize)).collect(), scanned)
    }

    fn items<'t>(scanned: &'t Scanned, name: &str) -> Vec<&'t str> {
        let (outline, text) = (&scanned.outline, scanned.mended.as_str());
        let field = outline.children(0).find(|field| outline.name(*field, text) == Some(name)).unwrap();
        outline
            .children(field)
            .map(|item| {
                let entry = outline.get(item).unwrap();
                &text[entry.value as usize..entry.end as usize]
            })
            .collect()
    }

    #[test]
    fn a_clean_file_has_an_outline_and_no_findings() {
        let text = "( // head\n id: \"x\", list: [One(a: 1), Two, \"three\", ], r: r#\"raw \" text\"#, c: 'x', /* [ */ )";
        let (found, scanned) = codes(text);
        assert_eq!(found, []);
        assert_eq!(items(&scanned, "list"), ["One(a: 1)", "Two", "\"three\""]);
        assert_eq!(scanned.mended, text);
        let inner = scanned.outline.innermost(text.find("1)").unwrap()).unwrap();
        assert_eq!(scanned.outline.name(inner, text), Some("a"));
    }

    #[test]
    fn what_word_leaves_behind_is_mended() {
        let text = "\u{feff}(id:\u{a0}“x”, text: “don’t \u{a0} say”)";
        let (found, scanned) = codes(text);
        let found: Vec<Code> = found.into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, [Code::ByteOrderMark, Code::CurlyQuotes, Code::CurlyQuotes, Code::OddSpace]);
        assert_eq!(scanned.mended, "   (id:    \"x\"  , text:   \"don’t \u{a0} say\"  )");
    }

    #[test]
    fn a_straight_mark_closed_by_a_curly_one_is_mended() {
        let (found, scanned) = codes("(id: \"x”,\n title: \"y\")");
        assert_eq!(found, [(Code::CurlyQuotes, 5)]);
        assert_eq!(scanned.mended, "(id: \"x\"  ,\n title: \"y\")");
    }

    #[test]
    fn a_pasted_page_is_mended_whole_and_reported_briefly() {
        let (found, scanned) = codes(&format!("[{}]", "“x”, ".repeat(300)));
        assert_eq!(found.len(), MOST_CURLY_FINDINGS + 1);
        assert!(!scanned.given_up);
        assert_eq!(scanned.mended.matches('"').count(), 600);
    }

    #[test]
    fn paths_with_single_backslashes_are_named() {
        let (found, _) = codes(r#"(a: "C:\temp", b: "C:\new", c: "\\srv\share", d: "line\nline", e: "C:\\temp", f: r"C:\temp")"#);
        assert_eq!(found, [(Code::PathEscape, 7), (Code::PathEscape, 21), (Code::UnknownEscape, 37)]);
    }

    #[test]
    fn control_characters_are_named() {
        let (found, _) = codes("(a: \"x\u{1b}[0m\", b: \"\\u{202e}\", c: \"\\u{e9}\", \u{7} d: \"\\0\")");
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [Code::ControlCharacter; 4]);
    }

    #[test]
    fn a_missing_comma_is_named_and_set() {
        let (found, scanned) = codes("(a: \"x\"\n b: [1 2,\n 3]\n)");
        assert_eq!(found, [(Code::MissingComma, 6), (Code::MissingComma, 13)]);
        assert_eq!(scanned.mended, "(a: \"x\", b: [1,2,\n 3]\n)");
        assert_eq!(items(&scanned, "b"), ["1", "2", "3"]);
    }

    #[test]
    fn an_unclosed_bracket_is_named_at_its_opener() {
        for text in ["(a: [One(x: [1, 2), Two(y: 3)])", "(a: [\n  One(\n    x: [1,\n    y: 2,\n  ),\n  Two(y: 3),\n])"] {
            let (found, scanned) = codes(text);
            assert_eq!(found, [(Code::Unclosed, text.find("[1").unwrap())], "{text}");
            assert_eq!(items(&scanned, "a")[1], "Two(y: 3)");
        }
        let text = "(a: [\n  One(x: 1,\n  One(x: 2),\n])";
        let (found, scanned) = codes(text);
        assert_eq!(found, [(Code::Unclosed, text.find("(x: 1").unwrap())]);
        assert_eq!(items(&scanned, "a")[1], "One(x: 2)");
        let (found, _) = codes("(a: [1, 2]");
        assert_eq!(found, [(Code::Unclosed, 0)]);
    }

    #[test]
    fn a_closer_too_many_is_named() {
        let text = "(a: [\n  One(x: 1)),\n  Two(x: 2),\n])";
        let (found, scanned) = codes(text);
        assert_eq!(found, [(Code::Unopened, text.find(")),").unwrap() + 1)]);
        assert_eq!(items(&scanned, "a"), ["One(x: 1)", "Two(x: 2)"]);
    }

    #[test]
    fn a_text_without_its_end_does_not_swallow_the_rest() {
        let text = "(\n a: \"one,\n b: \"two\",\n c: [\"three\"],\n)";
        let (found, scanned) = codes(text);
        assert_eq!(found, [(Code::UnclosedText, text.find("\"one").unwrap())]);
        assert_eq!(items(&scanned, "c"), ["\"three\""]);
        let text = "(\n a: one\",\n b: [\"two\"],\n)";
        let (found, scanned) = codes(text);
        assert_eq!(found[0].0, Code::UnclosedText);
        assert_eq!(items(&scanned, "b"), ["\"two\""]);
        let text = "(a: \"he said \"no\" to me\", b: [1])";
        let (found, scanned) = codes(text);
        assert_eq!(found, [(Code::UnclosedText, 13)]);
        assert_eq!(items(&scanned, "b"), ["1"]);
    }

    #[test]
    fn a_text_over_several_lines_is_a_text() {
        let (found, _) = codes("(a: \"Dear team,\nplease note: [x]\n  b: (\", b: 2)");
        assert_eq!(found, []);
    }

    #[test]
    fn other_separators_are_named_and_replaced() {
        let (found, scanned) = codes("(a = 1; b: 2)");
        assert_eq!(found, [(Code::WrongSeparator, 3), (Code::WrongSeparator, 6)]);
        assert_eq!(scanned.mended, "(a : 1, b: 2)");
    }

    #[test]
    fn names_in_quotation_marks_are_read_as_names() {
        let (found, scanned) = codes("(\"a\": \"b\", c: [(\"d\" : 1)])");
        assert_eq!(found, [(Code::QuotedName, 1), (Code::QuotedName, 16)]);
        assert_eq!(scanned.mended, "( a : \"b\", c: [( d  : 1)])");
        assert_eq!(items(&scanned, "a"), [""; 0]);
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let (found, scanned) = codes(&"[".repeat(100_000));
        assert_eq!(found, [(Code::TooDeep, DEEPEST)]);
        assert!(scanned.given_up);
        let (found, scanned) = codes(&format!("[{}]", "1,".repeat(MOST_VALUES + 10)));
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [Code::TooManyValues]);
        assert!(scanned.given_up);
    }

    #[test]
    fn comments_and_attributes() {
        let (found, _) = codes("#![enable(implicit_some)]\n(a: 1 /* never closed )");
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [Code::Attribute, Code::UnclosedComment]);
    }
}
