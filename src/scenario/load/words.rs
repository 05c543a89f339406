//! RON's errors in the words of this format.

use crate::scenario::diagnostic::{Code, did_you_mean, one_of};

/// What is said about an error.
pub(super) struct Words {
    pub code: Code,
    pub found: String,
    pub expected: String,
    pub help: String,
}

/// The byte offset of a position in a text.
pub(super) fn offset_of(text: &str, position: ron::error::Position) -> usize {
    let mut start = 0;
    for _ in 1..position.line {
        match text[start..].find('\n') {
            Some(end) => start += end + 1,
            None => return text.len(),
        }
    }
    let line = &text[start..];
    start + line.char_indices().nth(position.col.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// Where a word stands for the last time up to an offset.
pub(super) fn last_word(text: &str, word: &str, before: usize) -> Option<usize> {
    if word.is_empty() {
        return None;
    }
    // The parser stands behind the word, but may not have gone on to the next character yet.
    let end = text.floor_char_boundary((before + 1).min(text.len()));
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    text[..end]
        .rmatch_indices(word)
        .map(|(at, _)| at)
        .find(|at| !letter(at.checked_sub(1).and_then(|before| bytes.get(before))) && !letter(bytes.get(at + word.len())))
}

/// How much of a text is worth underlining: the word, text or bracket it begins with.
pub(super) fn length_at(text: &str) -> usize {
    let first = text.chars().next().unwrap_or(' ');
    if first == '"' {
        return text[1..].find(['"', '\n']).map_or(1, |end| end + 2).min(text.len().max(1));
    }
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-' && c != '.').unwrap_or(text.len());
    if word == 0 { first.len_utf8() } else { word }
}

/// The beginning of a value, to be shown in a sentence.
pub(super) fn shown(value: &str) -> String {
    const LONGEST: usize = 40;
    let first = value.trim().lines().next().unwrap_or("").trim_end();
    if first.is_empty() {
        return "nothing".to_owned();
    }
    let mut short: String = first.chars().take(LONGEST).collect();
    if short.len() < value.trim().len() {
        short.push('…');
    }
    format!("`{short}`")
}

fn words(code: Code, found: String, expected: impl Into<String>, help: impl Into<String>) -> Words {
    Words { code, found, expected: expected.into(), help: help.into() }
}

/// What an error says. `value` is the smallest entry around it.
pub(super) fn of(error: &ron::Error, value: &str) -> Words {
    use ron::Error as E;
    let wrong_type = |expected: &str, help: &str| words(Code::WrongType, shown(value), expected, help);
    match error {
        E::NoSuchStructField { expected, found, outer } => {
            let of = outer.as_deref().map_or(String::new(), |outer| format!(" in `{outer}`"));
            let help = did_you_mean(found, expected.iter().copied())
                .map_or_else(|| "leave it out, or look the name up".to_owned(), |near| format!("did you mean `{near}`?"));
            words(Code::UnknownField, format!("the field `{found}`{of}, which is unknown"), one_of(expected.iter().copied(), 40), help)
        }
        E::NoSuchEnumVariant { expected, found, .. } => {
            let help = did_you_mean(found, expected.iter().copied())
                .map_or_else(|| "choose one of those expected".to_owned(), |near| format!("did you mean `{near}`?"));
            words(Code::UnknownVariant, format!("`{found}`"), one_of(expected.iter().copied(), 60), help)
        }
        E::MissingStructField { field, outer } => {
            let of = outer.as_deref().map_or(String::new(), |outer| format!(" in this `{outer}`"));
            words(Code::MissingField, format!("no field `{field}`{of}"), format!("`{field}: ..`"), format!("add `{field}: ..`"))
        }
        E::DuplicateStructField { field, .. } => {
            words(Code::FieldTwice, format!("the field `{field}` for the second time"), "each field once", "leave one of the two out")
        }
        E::ExpectedDifferentStructName { expected, found } => {
            words(Code::UnknownVariant, format!("`{found}`"), format!("`{expected}(..)`"), format!("did you mean `{expected}`?"))
        }
        E::ExpectedNamedStructLike(name) => {
            wrong_type(&if name.is_empty() { "`(..)`".to_owned() } else { format!("`{name}(..)`") }, "write its fields between round brackets")
        }
        E::ExpectedStructLike => wrong_type("`(..)`", "write its fields between round brackets"),
        E::ExpectedString => wrong_type("a text in quotation marks: `\"..\"`", "put straight quotation marks around it"),
        E::ExpectedInteger | E::InvalidIntegerDigit { .. } | E::UnderscoreAtBeginning => {
            wrong_type("a whole number", "write digits without quotation marks")
        }
        E::ExpectedBoolean => wrong_type("`true` or `false`", "write it without quotation marks"),
        E::ExpectedArray => wrong_type("a list: `[..]`", "put square brackets around it, even around a single item"),
        E::ExpectedOption => wrong_type("a value, or `None`", "write the value as it is"),
        E::IntegerOutOfBounds => words(
            Code::NumberBounds,
            format!("{}, which is too large or too small here", shown(value)),
            "a smaller number",
            "look at the unit; negative numbers are rarely possible",
        ),
        E::ExpectedIdentifier if value.starts_with('"') => words(
            Code::Syntax,
            format!("{} where a name belongs", shown(value)),
            "a name without quotation marks",
            "write `name: value`; names and words like `Mail` have no quotation marks, texts have them",
        ),
        E::ExpectedIdentifier | E::InvalidIdentifier(_) | E::SuggestRawIdentifier(_) => words(
            Code::Syntax,
            format!("{} where a name belongs", shown(value)),
            "a name: `name: value`",
            "names are words of letters, digits and underscores",
        ),
        E::ExpectedMapColon => words(Code::Syntax, format!("no `:` in {}", shown(value)), "`name: value`", "set a colon between name and value"),
        E::ExpectedDifferentLength { expected, found } => {
            let expected = expected.replace("tuple variant ", "").replace("tuple struct ", "").replace("struct ", "");
            words(Code::WrongType, format!("{found} values in {}", shown(value)), expected, "count the values between the brackets")
        }
        E::InvalidValueForType { expected, found } => {
            let found = if found.chars().count() > 60 { shown(value) } else { found.replace("the string ", "").replace("the integer ", "") };
            words(Code::WrongType, found, expected.clone(), "write what is expected")
        }
        E::Message(text) => {
            let (found, expected) = text.split_once("; ").unwrap_or((text, "another form"));
            let expected = expected.strip_prefix("write ").unwrap_or(expected);
            let found = if found.is_empty() { shown(value) } else { found.to_owned() };
            words(Code::WrongForm, found, expected, "write it in the form expected")
        }
        E::Eof => words(Code::Syntax, format!("{}, which ends too early", shown(value)), "a value", "complete it, or leave the whole entry out"),
        E::InvalidEscape(what) => {
            words(Code::Syntax, format!("an escape that cannot be read: {}", what.to_lowercase()), "`\\\\`", "write two backslashes for one")
        }
        E::TrailingCharacters => {
            words(Code::Syntax, format!("something behind the value in {}", shown(value)), "`,` or a closing bracket", "one value an entry")
        }
        E::ExpectedStructLikeEnd | E::ExpectedOptionEnd | E::ExpectedArrayEnd | E::ExpectedComma | E::ExpectedMapEnd => words(
            Code::Syntax,
            format!("something that does not belong in {}", shown(value)),
            "`,` or a closing bracket",
            "look for a missing comma or quotation mark",
        ),
        E::UnexpectedChar(character) => words(
            Code::Syntax,
            format!("the character `{character}`"),
            "a value",
            "leave it out, or put quotation marks around the text it belongs to",
        ),
        E::ExceededRecursionLimit => words(Code::Syntax, "brackets nested too deep".to_owned(), "about a dozen at most", "take it apart"),
        other => words(Code::Syntax, format!("{} cannot be read: {other}", shown(value)), "a value", "compare it with an entry that can be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_become_offsets() {
        let text = "aé\nböc";
        assert_eq!(offset_of(text, ron::error::Position { line: 2, col: 3 }), text.find('c').unwrap());
        assert_eq!(offset_of(text, ron::error::Position { line: 9, col: 1 }), text.len());
        assert_eq!(last_word("id: 1, id_x: 2, id: 3", "id", 18), Some(16));
        assert_eq!(last_word("void", "id", 4), None);
    }
}
