//! Which characters reach people. What others wrote is shown in a terminal, in a window and in files that are handed on; it must not be able to
//! steer, turn or hide anything there.

/// Control characters, and those that reverse text.
pub fn is_unprintable(character: char) -> bool {
    (character.is_control() && character != '\n' && character != '\t')
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Letters that take no room and that no script needs: two names that differ by one look the same, and what is looked for is not found. Persian and the
/// scripts of India need the two joiners (U+200C, U+200D) and variants need their selectors; these are none of them.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{2028}'..='\u{2029}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A character as it is shown, if it is: what cannot be seen is taken out, and a sign stands for what must not reach anybody.
pub fn shown_as(character: char) -> Option<char> {
    if is_unprintable(character) { Some('\u{fffd}') } else { Some(character).filter(|character| !is_invisible(*character)) }
}

/// Text that comes from a file, as it is shown.
pub fn printable(text: &str) -> String {
    text.chars().filter_map(shown_as).collect()
}

/// The same of a name: it stays on its line, and where something in it cannot be seen there is a sign for that, or it could pass for another.
pub fn printable_name(name: &str) -> String {
    name.chars().map(|c| shown_as(c).filter(|shown| !matches!(shown, '\n' | '\t')).unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_taken_out_and_what_steers_is_a_sign() {
        assert_eq!(printable("a\u{200b}b\u{ad}\u{feff}\u{2028}c\u{1b}[2J\u{202e}\n\td"), "abc\u{fffd}[2J\u{fffd}\n\td");
        // Persian, Hindi, a family in one picture, and a heart in colour.
        let needed = "می\u{200c}خواهم क्\u{200d}ष 👩\u{200d}👧 ❤\u{fe0f}";
        assert_eq!(printable(needed), needed);
    }

    #[test]
    fn a_name_is_one_line_in_which_everything_shows() {
        assert_eq!(printable_name("a\nb\tc\u{200b}d\u{1b}e"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
        assert_eq!(printable_name("Übung 1.ron"), "Übung 1.ron");
    }
}
