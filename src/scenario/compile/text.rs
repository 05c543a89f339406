//! Filling names into visible text, and saying spans in words.

use std::collections::BTreeMap;

use crate::scenario::bounds::MOST_FILLED_IN;
use crate::time::Span;

/// The longest id of a variable, in bytes.
const LONGEST_NAME: usize = 80;

/// How much names have put into texts, and how much they may: a text that names one thing a hundred thousand times would fill the memory.
#[derive(Clone, Default, Debug)]
pub struct Room {
    taken: usize,
    by_name: BTreeMap<String, usize>,
}

impl Room {
    /// Whether there is room for a name's value, in so many copies. What there is no room for is counted all the same.
    pub fn has_for(&mut self, name: &str, value: &str, copies: usize) -> bool {
        let letters = value.chars().count().saturating_mul(copies);
        self.taken = self.taken.saturating_add(letters);
        match self.by_name.get_mut(name) {
            Some(known) => *known = known.saturating_add(letters),
            None => drop(self.by_name.insert(name.to_owned(), letters)),
        }
        self.taken <= MOST_FILLED_IN
    }

    /// How many characters it would have taken, where that is too many, and the name that takes most of them.
    pub fn exceeded(&self) -> Option<(usize, &str)> {
        let most = self.by_name.iter().max_by_key(|(_, letters)| **letters)?;
        (self.taken > MOST_FILLED_IN).then_some((self.taken, most.0.as_str()))
    }
}

/// The text with every `{variable}` that is among `values` replaced. Any other brace stays as it was written: logs are full of them.
pub fn fill(text: &str, values: &BTreeMap<String, String>) -> String {
    fill_within(text, values, 1, &mut Room::default())
}

/// The same as long as there is room; the text is used in so many copies.
pub fn fill_within(text: &str, values: &BTreeMap<String, String>, copies: usize, room: &mut Room) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(opens) = rest.find('{') {
        filled.push_str(&rest[..opens]);
        let after = &rest[opens + 1..];
        // No name is longer. Looking for the closing brace in all of the text would cost the square of a text full of opening ones.
        let near = &after[..after.floor_char_boundary(LONGEST_NAME.min(after.len()))];
        let value = near.find('}').map(|closes| &after[..closes]).and_then(|name| values.get_key_value(name));
        if let Some((name, value)) = value.filter(|(name, value)| room.has_for(name, value, copies)) {
            filled.push_str(value);
            rest = &after[name.len() + 1..];
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// The widest number in a name.
const WIDEST: usize = 9;

/// A name with its runs of `#` replaced by a number, as wide as the run is long (at most nine digits).
pub fn numbered(name: &str, number: usize) -> String {
    let mut result = String::with_capacity(name.len() + 4);
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '#' {
            result.push(character);
            continue;
        }
        let mut width = 1;
        while characters.next_if_eq(&'#').is_some() {
            width += 1;
        }
        let width = width.min(WIDEST);
        result.push_str(&format!("{number:0width$}"));
    }
    result
}

/// `1 hour`, `72 hours`.
pub fn counted(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// A span in words: in hours where they are whole, otherwise in minutes or seconds.
pub fn in_words(span: Span) -> String {
    match span.0 {
        seconds if seconds % 3600 == 0 => counted(seconds / 3600, "hour"),
        seconds if seconds % 60 == 0 => counted(seconds / 60, "minute"),
        seconds => counted(seconds, "second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_declared_variables_are_filled() {
        let values = BTreeMap::from([("org".to_owned(), "Larkmere".to_owned()), ("vendor.it".to_owned(), "{org}".to_owned())]);
        for (text, filled) in [
            ("{org} and {vendor.it}.", "Larkmere and {org}."),
            (r#"{"org": 1, "x": {org}}"#, r#"{"org": 1, "x": Larkmere}"#),
            ("{Org} {org ", "{Org} {org "),
            ("{{org}}", "{Larkmere}"),
            ("ä{org}ö{", "äLarkmereö{"),
        ] {
            assert_eq!(fill(text, &values), filled);
        }
    }

    #[test]
    fn names_fill_no_more_than_there_is_room_for() {
        let values = BTreeMap::from([("org".to_owned(), "x".repeat(1_000)), ("city".to_owned(), "y".to_owned())]);
        let mut room = Room::default();
        let within = "{org}".repeat(MOST_FILLED_IN / 1_000 - 1) + "{city}";
        assert_eq!(fill_within(&within, &values, 1, &mut room).len(), MOST_FILLED_IN - 999);
        assert_eq!(room.exceeded(), None);
        // What there is no room for stays as it is written, and is counted.
        assert_eq!(fill_within("{org}{org}", &values, 2, &mut room), "{org}{org}");
        assert_eq!(room.exceeded(), Some((MOST_FILLED_IN + 3_001, "org")));
        let named = "{org}".repeat(200_000);
        assert!(fill(&named, &values).len() < named.len() + MOST_FILLED_IN);
    }

    #[test]
    fn names_are_numbered_as_wide_as_written() {
        assert_eq!(numbered("TILL-##", 3), "TILL-03");
        assert_eq!(numbered("DC#", 12), "DC12");
        assert_eq!(numbered("PLAIN", 3), "PLAIN");
        assert_eq!(numbered(&"#".repeat(70_000), 3), "000000003");
    }

    #[test]
    fn spans_are_said_in_words() {
        assert_eq!(in_words(Span::hours(72)), "72 hours");
        assert_eq!(in_words(Span::hours(1)), "1 hour");
        assert_eq!(in_words(Span::minutes(90)), "90 minutes");
    }
}
