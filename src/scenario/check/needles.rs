//! Looking for many words in many texts at once.
//!
//! Searching each text for each word costs their product, which was most of what checking cost. Here each text is walked once: only where a
//! word begins, and only where its first letters are those of something looked for, is anything compared.

/// How many letters (bytes) are compared through the table.
const KEY: usize = 4;
/// Bits of the table that says which keys there are.
const TABLE_BITS: u32 = 16;

/// One thing that is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needle<'a> {
    /// What is looked for.
    pub text: &'a str,
    /// It must end where a word ends, too; a whole sentence need not.
    pub whole_word: bool,
}

/// Things to look for.
pub(super) struct Needles<'a> {
    needles: Vec<Needle<'a>>,
    /// Key and index, sorted.
    keys: Vec<([u8; KEY], usize)>,
    /// Which hashes of keys there are.
    table: Vec<u64>,
    /// Those shorter than a key.
    short: Vec<usize>,
}

fn slot(key: [u8; KEY]) -> usize {
    (u32::from_le_bytes(key).wrapping_mul(0x9e37_79b1) >> (32 - TABLE_BITS)) as usize
}

fn letter(character: Option<char>) -> bool {
    character.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

impl<'a> Needles<'a> {
    /// Empty ones are never found.
    pub(super) fn new(needles: Vec<Needle<'a>>) -> Needles<'a> {
        let mut keys = Vec::new();
        let mut table = vec![0; (1 << TABLE_BITS) / 64];
        let mut short = Vec::new();
        for (index, needle) in needles.iter().enumerate() {
            match needle.text.as_bytes().first_chunk::<KEY>() {
                Some(key) => {
                    keys.push((*key, index));
                    table[slot(*key) / 64] |= 1_u64 << (slot(*key) % 64);
                }
                None => short.push(index),
            }
        }
        keys.sort_unstable();
        Needles { needles, keys, table, short }
    }

    /// The first place of each that stands in the text, in the order in which they were given.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for index in &self.short {
            let at = text.match_indices(self.needles[*index].text).map(|(at, _)| at).find(|at| self.stands(text, *at, *index));
            found.extend(at.map(|at| (*index, at)));
        }
        for (at, key) in text.as_bytes().windows(KEY).enumerate() {
            let key = [key[0], key[1], key[2], key[3]];
            if self.table[slot(key) / 64] & (1 << (slot(key) % 64)) == 0 {
                continue;
            }
            let from = self.keys.partition_point(|(known, _)| *known < key);
            for (_, index) in self.keys[from..].iter().take_while(|(known, _)| *known == key) {
                if self.stands(text, at, *index) && found.iter().all(|(known, _)| known != index) {
                    found.push((*index, at));
                }
            }
        }
        found.sort_unstable();
        found
    }

    fn stands(&self, text: &str, at: usize, index: usize) -> bool {
        let needle = self.needles[index];
        let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else { return false };
        let before = before.chars().next_back();
        if needle.text.is_empty() || letter(before) {
            return false;
        }
        let Some(after) = rest.strip_prefix(needle.text) else { return false };
        if !needle.whole_word {
            return true;
        }
        let after = after.chars().next();
        // `-` joins ids: `data-left` does not stand in `no-data-left-behind`.
        let joined = needle.text.contains('-') && (before == Some('-') || after == Some('-'));
        !letter(after) && !joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<(usize, usize)> {
        Needles::new(words.iter().map(|text| Needle { text, whole_word: true }).collect()).find(text)
    }

    #[test]
    fn words_are_found_as_words_and_once_each() {
        let words = ["data-left", "Maeve Lanigan", "Lanigan", "x-y", "", "é-Straße"];
        assert_eq!(found(&words, "no-data-left-behind, data-left. data-left"), [(0, 21)]);
        assert_eq!(found(&words, "Dr Maeve Lanigan; Lanigans; x-y, x-y-z"), [(1, 3), (2, 9), (3, 28)]);
        assert_eq!(found(&words, "né-Straße é-Straße"), [(5, 12)]);
        assert_eq!(found(&words, "xx-y_data-left data-leftover"), []);
        assert_eq!(found(&words, ""), []);
    }

    #[test]
    fn a_sentence_may_go_on() {
        let needles = Needles::new(vec![Needle { text: "They read the login", whole_word: false }]);
        assert_eq!(needles.find("So: They read the logins"), [(0, 4)]);
        assert_eq!(needles.find("SoThey read the login"), []);
    }
}
