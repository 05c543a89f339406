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
        Verb::Triage => "triage judge alert real look into",
        Verb::Dismiss => "dismiss close alert false",
        Verb::Watch => "watch monitor night eyes clock round console",
        Verb::SetToBlock => "block stop blocking mode prevent enforce",
        Verb::Tune => "tune quiet noise rule",
        Verb::Query => "search query logs records read history",
        Verb::Hunt => "hunt look sweep examine scan check machines",
        Verb::CaptureMemory => "memory capture dump ram volatile evidence",
        Verb::ImageDisk => "image disk copy forensic evidence",
        Verb::Conclude => "believe conclude think sure",
        Verb::Learn => "learn find out ask",
        Verb::Isolate => "isolate cut contain quarantine unplug disconnect take network",
        Verb::Reconnect => "reconnect put back network plug",
        Verb::PowerOff => "power switch turn shut down off plug",
        Verb::PowerOn => "power switch turn start on again",
        Verb::DisableLogin => "disable lock account login user close",
        Verb::ResetLogin => "reset change password secret credentials rotate login account",
        Verb::CutLink => "cut close link vpn remote access tunnel connection vendor",
        Verb::RestoreLink => "reopen restore link vpn remote connection",
        Verb::CutSegment => "cut separate segment site network wan sever",
        Verb::RejoinSegment => "rejoin reconnect segment site network",
        Verb::BlockEgress => "block internet outgoing egress way outside firewall out",
        Verb::OpenEgress => "open internet outgoing egress again",
        Verb::Clean => "clean remove malware",
        Verb::Rebuild => "rebuild reinstall anew wipe fresh",
        Verb::Restore => "restore recover bring back backup",
        Verb::SecureBackup => "backup offline secure protect reach tape pull",
        Verb::CallIn => "call in staff people wake bring everybody",
        Verb::Engage => "engage retainer vendor company response firm call help",
        Verb::Brief => "tell brief inform others team share",
        Verb::Declare => "declare incident major",
        Verb::Decide => "decide",
        Verb::Ask => "ask ring phone question",
        Verb::SignOff => "sign approve statement",
        Verb::Publish => "publish say send statement tell announce notice press",
        Verb::Determine => "determine duty applies breach law write down",
        Verb::Notify => "notify report regulator authority notification",
        Verb::Preserve => "preserve hold legal logs evidence keep",
        Verb::Invoke => "workaround paper start fallback downtime go over",
        Verb::StandDown => "stand down end workaround paper stop",
        Verb::Prioritise => "first priority prioritise order before",
        Verb::Log => "log write note",
        Verb::Report => "report situation sitrep hourly",
    }
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
pub(super) const CONDITIONAL: [&str; 4] = ["if ", "once ", "as soon as ", "when "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_empty_words_do_not_count() {
        assert_eq!(stems("Isolate the desks!"), stems("isolating all desk"));
        assert_eq!(stems("the of and"), BTreeSet::new());
    }

    #[test]
    fn what_many_things_are_called_by_weighs_less() {
        let documents = [stems("pathology desks"), stems("ward desks"), stems("office desks")];
        let weights = Weights::over(documents.iter());
        assert!(weights.shared(&stems("pathology"), &documents[0]) > weights.shared(&stems("desks"), &documents[0]));
    }
}
