//! What a sentence is, before it is known what it is about: an order, a condition with an order, something for good, a question, a refusal.

use std::collections::BTreeSet;

use super::cues::{CONDITIONAL, CONDITIONAL_AFTER, NOT_UNDERSTOOD, QUESTION, REPORTED, STANDING, TENTATIVE};
use crate::session::words::{counts, tokens};

/// Words by which somebody is asked to have something done: "tell the wards to go to paper". What is to be done stands behind "to".
const CARRIERS: [&str; 8] = ["tell", "ask", "get", "want", "need", "instruct", "order", "have"];

/// A sentence, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// As it was said, in lower case.
    pub lower: String,
    /// Its words in their order, without endings.
    pub said: Vec<String>,
    /// Those that say something.
    pub words: BTreeSet<String>,
    /// Where what is to be done begins; what stands before says to whom.
    pub act_from: usize,
}

impl Heard {
    pub fn new(text: &str) -> Heard {
        let lower = text.trim().to_lowercase().replace('\u{2019}', "'");
        let said = tokens(&lower);
        let words = said.iter().filter(|word| counts(word)).cloned().collect();
        let carrier = said.iter().position(|word| CARRIERS.contains(&word.as_str()));
        let act_from =
            carrier.and_then(|at| said.iter().enumerate().skip(at + 1).take(7).find(|(_, word)| *word == "to").map(|(to, _)| to + 1)).unwrap_or(0);
        Heard { lower, said, words, act_from }
    }

    /// What is to be done, without who is told to.
    pub fn act(&self) -> &[String] {
        self.said.get(self.act_from..).unwrap_or(&[])
    }

    /// Whether it says that something is to hold from now on.
    pub fn stands(&self) -> bool {
        STANDING.iter().any(|cue| self.lower.contains(cue))
    }

    /// Whether somebody only asks.
    pub fn asks(&self) -> bool {
        QUESTION.iter().any(|cue| self.lower.starts_with(cue))
    }

    /// Whether somebody thinks aloud, asks for something politely, or says what has been: it may be meant, and somebody has to say that it is.
    pub fn doubtful(&self) -> bool {
        self.lower.ends_with('?') || TENTATIVE.iter().any(|cue| self.lower.contains(cue)) || self.reports()
    }

    /// "The backups are fine, I checked."
    fn reports(&self) -> bool {
        let plain: Vec<&str> = self.lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let pronouns = ["i", "we", "they", "he", "she", "somebody", "someone", "nobody", "everybody", "everyone"];
        plain.windows(2).any(|pair| {
            pronouns.contains(&pair[0]) && (pair[1].len() > 4 && pair[1].ends_with("ed") && pair[1] != "need" || REPORTED.contains(&pair[1]))
        })
    }

    /// Whether it waits for something, or leaves something out, that nothing here understands.
    pub fn held_back(&self) -> bool {
        NOT_UNDERSTOOD.iter().any(|cue| self.lower.contains(cue))
    }
}

/// "if a second site falls, cut the WAN", "cut the WAN if a second site falls": what has to be so, and what to do then. A condition whose end cannot
/// be told is one all the same: then there is nothing to do.
pub(super) fn condition(lower: &str) -> Option<(&str, &str)> {
    if let Some(rest) = CONDITIONAL.iter().find_map(|cue| lower.strip_prefix(cue)) {
        return Some(rest.split_once(',').or_else(|| rest.split_once(" then ")).unwrap_or((rest, "")));
    }
    let inside = CONDITIONAL_AFTER.iter().filter_map(|cue| lower.find(&format!(" {cue}")).map(|at| (at, cue.len() + 1))).min()?;
    Some((&lower[inside.0 + inside.1..], lower[..inside.0].trim_end_matches(',')))
}

/// Where a sentence may be cut between a condition and what is to be done, if nothing marks it: behind each of its words.
pub(super) fn cuts(condition: &str) -> impl Iterator<Item = (&str, &str)> {
    condition.match_indices(' ').skip(1).map(|(at, _)| (&condition[..at], condition[at..].trim()))
}

/// The parts of a sentence that may each be an order of its own.
pub(super) fn parts(lower: &str) -> Vec<&str> {
    let mut parts = vec![lower];
    for mark in [". ", ";", ", ", " and ", " then ", " & ", " + "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}
