//! What people say when they mean an action: what its author wrote as `said`, in the shipped library or in a scenario.
//!
//! A cue is a few words that stand near one another, in any order: "switch|turn off" is heard in "turn the servers off" and in "off they are switched".
//! A cue after `~` is weak: it is heard in many other orders as well, and counts for little without the name of something it can be done to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::scenario::load::load;
use crate::scenario::source::{Opening, ROOT};
use crate::scenario::written::Verb;
use crate::session::words::tokens;

/// What a cue weighs that says the verb; each further word of it makes it surer.
const STRONG: u32 = 1000;
/// What a weak one does.
const WEAK: u32 = 400;
/// What each further word adds.
const FURTHER: u32 = 300;
/// The words of a cue stand no further from one another than this, in words.
const NEAR: usize = 7;

/// One way to say a verb.
#[derive(Debug)]
pub(super) struct Cue {
    /// In each of its places one of these.
    slots: Vec<Vec<String>>,
    weak: bool,
}

/// A cue that was heard.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Hit {
    pub weight: u32,
    /// It says the verb by itself.
    pub strong: bool,
    /// Where its words stand.
    pub at: Vec<usize>,
}

impl Cue {
    /// As an author writes it.
    pub fn new(written: &str) -> Cue {
        let bare = written.trim();
        let (weak, bare) = bare.strip_prefix('~').map_or((false, bare), |bare| (true, bare));
        let slots = bare.split_whitespace().map(|slot| slot.split('|').flat_map(tokens).collect()).collect();
        Cue { slots, weak }
    }

    fn heard(&self, said: &[String]) -> Option<Hit> {
        let (first, rest) = self.slots.split_first()?;
        let weight = if self.weak { WEAK } else { STRONG } + FURTHER * rest.len() as u32;
        let begins = said.iter().enumerate().filter(|(_, word)| first.contains(word)).map(|(at, _)| at);
        begins.filter_map(|begin| self.from(said, begin, rest)).next().map(|at| Hit { weight, strong: !self.weak, at })
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.slots.iter().flatten()
    }

    /// Whether it may begin with this word.
    pub fn begins_with(&self, word: &str) -> bool {
        self.slots.first().is_some_and(|slot| slot.iter().any(|known| known == word))
    }

    /// Each further word is the nearest one there is.
    fn from(&self, said: &[String], begin: usize, rest: &[Vec<String>]) -> Option<Vec<usize>> {
        let mut at = vec![begin];
        for slot in rest {
            let near = (0..said.len()).filter(|place| place.abs_diff(begin) <= NEAR && !at.contains(place) && slot.contains(&said[*place]));
            at.push(near.min_by_key(|place| place.abs_diff(begin))?);
        }
        Some(at)
    }
}

/// The cues that an action has by its author, or where they are left out by the shipped library for what it does.
pub(super) fn cues(verb: Verb, said: &[String]) -> Vec<Cue> {
    let said = if said.is_empty() { shipped().get(&verb).map_or(&[][..], Vec::as_slice) } else { said };
    said.iter().map(|cue| Cue::new(cue)).collect()
}

/// How rooms say what the shipped library has an action for.
fn shipped() -> &'static BTreeMap<Verb, Vec<String>> {
    static SAID: LazyLock<BTreeMap<Verb, Vec<String>>> = LazyLock::new(|| {
        let only_the_library = [(ROOT, "(format: 1, id: \"library\", from_library: [\"response-actions.ron\"])")];
        let loaded = load(&Opening::in_memory(ROOT, only_the_library));
        loaded.sheet.actions.into_iter().map(|action| (action.does, action.said)).collect()
    });
    &SAID
}

/// All words of cues that are heard, or only of those that say the verb by themselves.
pub(super) fn explained(cues: &[Cue], said: &[String], only_strong: bool) -> BTreeSet<String> {
    let places = cues.iter().filter(|cue| !only_strong || !cue.weak).filter_map(|cue| cue.heard(said)).flat_map(|hit| hit.at);
    places.filter_map(|at| said.get(at)).cloned().collect()
}

/// The surest of some cues that is heard.
pub(super) fn heard(cues: &[Cue], said: &[String]) -> Option<Hit> {
    cues.iter().filter_map(|cue| cue.heard(said)).max_by_key(|hit| hit.weight)
}
