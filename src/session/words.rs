//! How words are compared: in lower case, without endings and without words that say nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words that say nothing about what is meant.
const EMPTY: &[&str] = &[
    "a",
    "am",
    "an",
    "and",
    "all",
    "any",
    "anybody",
    "anyone",
    "anything",
    "are",
    "as",
    "at",
    "be",
    "but",
    "by",
    "can",
    "do",
    "does",
    "for",
    "from",
    "get",
    "go",
    "has",
    "have",
    "he",
    "her",
    "i",
    "if",
    "in",
    "is",
    "it",
    "its",
    "let",
    "must",
    "no",
    "not",
    "now",
    "of",
    "off",
    "on",
    "one",
    "ones",
    "or",
    "our",
    "out",
    "own",
    "please",
    "she",
    "should",
    "somebody",
    "someone",
    "something",
    "there",
    "s",
    "t",
    "re",
    "ve",
    "ll",
    "d",
    "me",
    "my",
    "these",
    "those",
    "be",
    "been",
    "just",
    "was",
    "were",
    "want",
    "so",
    "that",
    "the",
    "their",
    "them",
    "then",
    "they",
    "this",
    "to",
    "up",
    "us",
    "we",
    "what",
    "which",
    "who",
    "will",
    "with",
    "you",
    "your",
];

/// Short forms that are said for longer ones. What is expanded here is expanded in what things are called as well.
const SHORT: &[(&str, &str)] = &[
    ("a&e", "emergency"),
    ("ad", "domain"),
    ("anti-virus", "antivirus"),
    ("av", "antivirus"),
    ("back-up", "backup"),
    ("back-ups", "backup"),
    ("ceo", "chief executive"),
    ("comms", "communications"),
    ("dc", "domain controller"),
    ("dcs", "domain controller"),
    ("ed", "emergency"),
    ("edr", "endpoint detection"),
    ("er", "emergency"),
    ("exec", "executive"),
    ("hr", "personnel"),
    ("icu", "intensive care"),
    ("ir", "incident response"),
    ("itu", "intensive care"),
    ("lis", "laboratory system"),
    ("ops", "operations"),
    ("pacs", "imaging"),
    ("pas", "patient administration"),
    ("vm", "virtual machine"),
    ("vms", "virtual machine"),
];

/// Two words that are said for one.
const TWO_WORDS: &[(&str, &str)] = &[
    ("active directory", "domain"),
    ("anti virus", "antivirus"),
    ("log in", "login"),
    ("re-image", "reimage"),
    ("re-install", "reinstall"),
    ("remote access", "vpn"),
    ("remote working", "vpn"),
];

/// Words that mean the same in this field; the first stands for all of them.
const SAME: &[&[&str]] = &[
    &["admin", "administrator"],
    &["centre", "center"],
    &["company", "firm"],
    &["desk", "desktop", "pc", "pcs", "workstation", "computer", "laptop"],
    &["elsewhere", "away", "divert", "diversion", "bypass"],
    &["emergency", "casualty"],
    &["everybody", "everyone"],
    &["executive", "management"],
    &["imaging", "radiology"],
    &["internet", "outside"],
    &["laboratory", "lab", "labs"],
    &["login", "account"],
    &["machine", "box", "device", "host"],
    &["network", "net"],
    &["night", "nightly"],
    &["pharmacy", "drug", "drugs", "medication", "medicine"],
    &["police", "garda", "guards", "detective"],
    &["press", "media", "journalist", "reporter"],
    &["regulator", "authority", "commissioner", "commission"],
    &["secret", "password", "passphrase", "credential"],
    &["sign", "trace"],
    &["site", "hospital"],
    &["telephone", "phone"],
    &["theatre", "theater"],
    &["vendor", "supplier"],
];

/// Forms that no rule about endings finds.
const IRREGULAR: &[(&str, &str)] = &[
    ("began", "begin"),
    ("begun", "begin"),
    ("broken", "break"),
    ("brought", "bring"),
    ("cannot", "not"),
    ("fallen", "fall"),
    ("fell", "fall"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("goes", "go"),
    ("gone", "go"),
    ("held", "hold"),
    ("imaging", "imaging"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("lost", "lose"),
    ("paid", "pay"),
    ("rang", "ring"),
    ("ring", "ring"),
    ("rung", "ring"),
    ("said", "say"),
    ("says", "say"),
    ("seen", "see"),
    ("sent", "send"),
    ("spoke", "speak"),
    ("taken", "take"),
    ("thing", "thing"),
    ("told", "tell"),
    ("took", "take"),
    ("went", "go"),
    ("woken", "wake"),
    ("written", "write"),
    ("wrote", "write"),
];

/// All words of a text in their order, in lower case, without endings, in long forms; those that say nothing as well.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut lower = text.to_lowercase().replace('\u{2019}', "'");
    for (two, one) in TWO_WORDS {
        if lower.contains(two) {
            lower = lower.replace(two, one);
        }
    }
    let mut all = Vec::new();
    let mut enter = |word: &str| {
        if !word.is_empty() {
            all.push(token(word));
        }
    };
    for chunk in lower.split_whitespace() {
        let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let chunk = chunk.strip_suffix("'s").unwrap_or(chunk);
        // "a&e" is one word, "site-a" are two.
        let whole = |part: &str| SHORT.iter().find(|(short, _)| *short == part).map(|(_, long)| *long);
        match whole(chunk) {
            Some(long) => long.split(' ').for_each(&mut enter),
            None => {
                for part in chunk.split(|c: char| !c.is_alphanumeric()) {
                    match whole(part) {
                        Some(long) => long.split(' ').for_each(&mut enter),
                        None => enter(part),
                    }
                }
            }
        }
    }
    all
}

/// The words of a text that count, without their endings.
pub(crate) fn stems(text: &str) -> BTreeSet<String> {
    tokens(text).into_iter().filter(|word| counts(word)).collect()
}

/// Whether a word says anything about what is meant.
pub(super) fn counts(token: &str) -> bool {
    !EMPTY.contains(&token)
}

fn token(word: &str) -> String {
    static SAME_AS: LazyLock<BTreeMap<String, String>> =
        LazyLock::new(|| SAME.iter().flat_map(|group| group.iter().map(|word| (stem(word), stem(group[0])))).collect());
    if EMPTY.contains(&word) {
        return word.to_owned();
    }
    let stem = stem(word);
    SAME_AS.get(&stem).cloned().unwrap_or(stem)
}

/// A word without its ending. Both sides of a comparison go through it, so it need not be right, only the same.
fn stem(word: &str) -> String {
    if let Some((_, regular)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return without_e((*regular).to_owned());
    }
    let cut = |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= least).map(str::to_owned);
    let bare = cut("ing", 3)
        .map(single)
        .or_else(|| cut("ies", 3).map(|rest| rest + "y"))
        .or_else(|| cut("ied", 3).map(|rest| rest + "y"))
        .or_else(|| cut("ed", 3).map(single))
        .or_else(|| cut("es", 4))
        .or_else(|| cut("s", 3).filter(|rest| !rest.ends_with('s')))
        .unwrap_or_else(|| word.to_owned());
    without_e(bare)
}

/// "give" and "giving" are the same.
fn without_e(mut word: String) -> String {
    if word.ends_with('e') && word.chars().count() > 3 {
        word.pop();
    }
    word
}

/// "cutting" is "cut", "calling" is "call".
fn single(mut rest: String) -> String {
    let last = rest.chars().next_back();
    if last.is_some_and(|last| !"lsaeiou".contains(last)) && rest.chars().rev().nth(1) == last {
        rest.pop();
    }
    rest
}

/// How much a word weighs: little if many things are called by it.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights(BTreeMap<String, u32>);

impl Weights {
    /// Over the words of all things that can be meant.
    pub fn over<'a>(documents: impl Iterator<Item = &'a BTreeSet<String>>) -> Weights {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        documents.flatten().for_each(|word| *counts.entry(word.clone()).or_default() += 1);
        Weights(counts)
    }

    /// What a word weighs; one that nothing is called by weighs as much as one that a single thing is.
    pub fn of(&self, word: &str) -> u32 {
        1000 / self.0.get(word).copied().unwrap_or(1).clamp(1, 20)
    }

    /// What the words that two texts share weigh together, in thousandths of a word that only one thing is called by.
    pub fn shared(&self, words: &BTreeSet<String>, document: &BTreeSet<String>) -> u32 {
        words.intersection(document).map(|word| self.of(word)).sum()
    }
}

/// Words that turn an order into its opposite. A negated sentence is never an order: it is written down, or it is the choice of a decision that is
/// itself put as a refusal.
const NEGATIONS: [&str; 16] = [
    "not",
    "no",
    "never",
    "nobody",
    "nothing",
    "none",
    "nor",
    "neither",
    "without",
    "don't",
    "won't",
    "can't",
    "cannot",
    "isn't",
    "shouldn't",
    "refuse",
];

/// Whether a sentence says that something is not to be done.
pub(super) fn negated(lower: &str) -> bool {
    let plain = lower.replace('\u{2019}', "'");
    plain.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| NEGATIONS.contains(&word) || word.ends_with("n't"))
}

/// A number in digits or as a word, up to ten.
pub(super) fn number(lower: &str) -> Option<u16> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    lower
        .split(|c: char| !c.is_alphanumeric())
        .find_map(|word| word.parse::<u16>().ok().or_else(|| WORDS.iter().position(|known| *known == word).map(|place| place as u16 + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_empty_words_do_not_count() {
        assert_eq!(stems("Isolate the desks!"), stems("isolating all desk"));
        assert_eq!(stems("the of and"), BTreeSet::new());
    }

    #[test]
    fn a_sentence_that_says_what_not_to_do_is_known() {
        for negated_words in ["don't isolate the desks", "Do not switch off", "nobody talks to the press", "We aren\u{2019}t paying"] {
            assert!(negated(&negated_words.to_lowercase()), "{negated_words}");
        }
        assert!(!negated("note it down now, northlight knows"));
        assert_eq!((number("three machines"), number("12 machines"), number("machines")), (Some(3), Some(12), None));
    }

    #[test]
    fn what_many_things_are_called_by_weighs_less() {
        let documents = [stems("pathology desks"), stems("ward desks"), stems("office desks")];
        let weights = Weights::over(documents.iter());
        assert!(weights.shared(&stems("pathology"), &documents[0]) > weights.shared(&stems("desks"), &documents[0]));
    }
}
