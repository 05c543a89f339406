//! How words are compared: in lower case, without endings and without words that say nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::written::Verb;

/// Words that say nothing about what is meant.
const EMPTY: &[&str] = &[
    "a", "an", "and", "all", "any", "are", "as", "at", "be", "but", "by", "can", "do", "does", "for", "from", "get", "go", "has", "have", "he",
    "her", "i", "if", "in", "is", "it", "its", "let", "must", "no", "not", "now", "of", "off", "on", "or", "our", "out", "own", "please", "she",
    "should", "so", "that", "the", "their", "them", "then", "they", "this", "to", "up", "us", "we", "what", "which", "who", "will", "with", "you",
    "your",
];

/// The words of a text that count, without their endings.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !EMPTY.contains(&word.as_str()) && !word.is_empty())
        .map(stem)
        .collect()
}

/// A word without its ending. Both sides of a comparison go through it, so it need not be right, only the same.
fn stem(word: String) -> String {
    let cut = |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= least).map(str::to_owned);
    let bare = cut("ing", 4)
        .or_else(|| cut("ies", 3).map(|rest| rest + "y"))
        .or_else(|| cut("ed", 4))
        .or_else(|| cut("es", 4))
        .or_else(|| cut("s", 3))
        .unwrap_or(word.clone());
    bare.strip_suffix('e').filter(|rest| rest.chars().count() >= 4).map(str::to_owned).unwrap_or(bare)
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

    /// What the words that two texts share weigh together, in thousandths of a word that only one thing is called by.
    pub fn shared(&self, words: &BTreeSet<String>, document: &BTreeSet<String>) -> u32 {
        words.intersection(document).map(|word| 1000 / self.0.get(word).copied().unwrap_or(1).clamp(1, 20)).sum()
    }
}

/// What people say when they mean a verb, beside what its action is called.
pub(super) fn said_for(verb: Verb) -> &'static str {
    match verb {
        Verb::Acknowledge => "take up acknowledge alert",
        Verb::Triage => "triage judge alert real",
        Verb::Dismiss => "dismiss alert false",
        Verb::Watch => "watch monitor night eyes clock round console overnight",
        Verb::SetToBlock => "blocking mode prevent enforce",
        Verb::Tune => "tune quiet noise",
        Verb::Query => "search query logs records history",
        Verb::Hunt => "hunt look sweep examine scan check",
        Verb::CaptureMemory => "memory capture dump ram volatile",
        Verb::ImageDisk => "image disk copy forensic",
        Verb::Conclude => "believe conclude",
        Verb::Learn => "learn",
        Verb::Isolate => "isolate contain quarantine unplug disconnect network plug pull",
        Verb::Reconnect => "reconnect put back network plug",
        Verb::PowerOff => "power switch turn shut down",
        Verb::PowerOn => "power switch turn start again",
        Verb::DisableLogin => "disable lock account login user",
        Verb::ResetLogin => "reset change password secret credentials rotate login account",
        Verb::CutLink => "cut close link vpn remote tunnel connection",
        Verb::RestoreLink => "reopen link vpn remote connection",
        Verb::CutSegment => "cut separate segment site wan sever line between hospital",
        Verb::RejoinSegment => "rejoin segment site",
        Verb::BlockEgress => "block internet outgoing egress outside firewall kill",
        Verb::OpenEgress => "open internet outgoing egress again",
        Verb::Clean => "clean malware",
        Verb::Rebuild => "rebuild reinstall anew wipe",
        Verb::Restore => "restore recover bring back",
        Verb::SecureBackup => "backup offline secure protect tape reach safe",
        Verb::CallIn => "people wake bring everybody staff call-in in",
        Verb::Engage => "engage retainer firm company phone ring",
        Verb::Brief => "tell brief inform others team",
        Verb::Declare => "declare incident major",
        Verb::Decide => "decide",
        Verb::Ask => "ask ring",
        Verb::SignOff => "sign approve",
        Verb::Publish => "publish send statement notice press text announce",
        Verb::Determine => "determine duty applies breach law",
        Verb::Notify => "notify notification file early warning",
        Verb::Preserve => "preserve hold legal evidence",
        Verb::Invoke => "workaround paper fallback downtime",
        Verb::StandDown => "stand down end workaround paper",
        Verb::Prioritise => "first priority prioritise",
        Verb::Log => "log write note down",
        Verb::Report => "report situation sitrep hourly",
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

/// Words by which a room says that something is meant to hold from now on.
pub(super) const STANDING: [&str; 12] = [
    "from now on",
    "always",
    "whenever",
    "every time",
    "every hour",
    "until further notice",
    "standing order",
    "as a rule",
    "keep on",
    "at all times",
    "around the clock",
    "each time",
];

/// Words with which a condition begins.
pub(super) const CONDITIONAL: [&str; 6] = ["if ", "once ", "as soon as ", "when ", "in case ", "should "];

/// Words that mean all of a kind.
pub(super) const EVERY: [&str; 5] = ["every ", "all ", "each ", "whole ", "everything"];

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
