//! What everything is called: by its author, by the organisation's own names, by initials, and by where it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::cues::{Cue, cues};
use super::heard::Heard;
use crate::ids::*;
use crate::policy::reference::DUTIES;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::program::{Public, RestsOn, Segment};
use crate::session::words::{Weights, counts, stems, tokens};
use crate::vocabulary::Command;

/// What a thing's own id or name in the words weighs: more than words that others share.
pub(super) const BY_NAME: u32 = 2000;
/// What each letter of it adds: the longer name is the one that is meant.
const BY_LETTER: u32 = 20;
/// Words that said the verb count as names for this part.
const CUE_COUNTS: u32 = 2;
/// What a service weighs that rests on machines at the place which was named.
const BY_PLACE: u32 = 500;
/// How a word begins that stands for a part of the network.
const PLACE: char = '@';

/// How near something comes, and what of the sentence it explains.
#[derive(Clone, Default, Debug)]
pub(super) struct Near {
    pub nearness: u32,
    pub explains: BTreeSet<String>,
    /// How many of its own words were not said.
    pub unsaid: usize,
}

/// The things of one kind.
#[derive(Default)]
struct Shelf {
    documents: Vec<BTreeSet<String>>,
    /// Ids and names as they stand, in lower case.
    names: Vec<Vec<String>>,
    /// Ids and names of several words, in words without endings.
    called: Vec<Vec<Vec<String>>>,
    weights: Weights,
}

impl Shelf {
    /// Of each thing: its id, its names, and texts that say more of it.
    fn of<'a>(things: impl Iterator<Item = (&'a str, Vec<&'a str>, Vec<&'a str>)>) -> Shelf {
        let mut shelf = Shelf::default();
        for (id, own, texts) in things {
            let mut document = stems(id);
            let mut names = vec![id.to_lowercase()];
            for name in &own {
                document.extend(stems(name));
                names.push(name.to_lowercase());
            }
            for text in &texts {
                document.extend(stems(text));
                document.extend(initials(text));
                // A short text is what people call it.
                if (2..=4).contains(&text.split_whitespace().count()) {
                    names.push(text.to_lowercase());
                }
            }
            let several = names.iter().map(|name| tokens(name)).filter(|words| words.len() > 1);
            shelf.called.push(several.collect());
            shelf.documents.push(document);
            shelf.names.push(names);
        }
        shelf.weigh();
        shelf
    }

    fn weigh(&mut self) {
        self.weights = Weights::over(self.documents.iter());
    }

    /// `words` are looked for; `cue` are those that have said the verb already, and count for less.
    fn near(&self, place: usize, heard: &Heard, words: &BTreeSet<String>, cue: &BTreeSet<String>) -> Near {
        let Some(document) = self.documents.get(place) else { return Near::default() };
        let names = self.names.get(place).map_or(&[][..], Vec::as_slice);
        let letters = |count: usize| BY_NAME + count as u32 * BY_LETTER;
        let named = names.iter().filter(|name| mentions(&heard.lower, name)).map(|name| letters(name.chars().count()));
        // "the domain admin passwords": the name of the domain admins.
        let called =
            self.called.get(place).map_or(&[][..], Vec::as_slice).iter().filter(|name| heard.said.windows(name.len()).any(|said| said == **name));
        let named = named.chain(called.map(|name| letters(name.iter().map(|word| word.chars().count()).sum()))).max();
        let explains: BTreeSet<String> = words.intersection(document).cloned().collect();
        let nearness = self.weights.shared(words, document) + self.weights.shared(cue, document) / CUE_COUNTS + named.unwrap_or(0);
        Near { nearness, unsaid: document.len() - explains.len(), explains }
    }
}

/// A choice of a decision, as a name for what it would be done to.
pub(super) struct ChoiceOf {
    pub gate: GateId,
    pub choice: u8,
    pub words: BTreeSet<String>,
    /// Its id in words that stand in their order.
    pub id: Vec<String>,
}

/// What everything is called.
pub(super) struct Book {
    pub actions: Vec<BTreeSet<String>>,
    pub cues: Vec<Vec<Cue>>,
    pub roles: Vec<BTreeSet<String>>,
    pub role_weights: Weights,
    pub duties: Vec<(BTreeSet<String>, Vec<Cue>)>,
    pub duty_weights: Weights,
    pub choices: Vec<ChoiceOf>,
    pub choice_weights: Weights,
    claims: Vec<BTreeSet<String>>,
    shelves: BTreeMap<IdKind, Shelf>,
    /// Machines that stand alone: what is said of one of several alike is said of all of them.
    alone: Vec<bool>,
    /// What says that a part of the network is meant: words that only it is called by.
    places: Vec<BTreeSet<String>>,
    /// By service: the words of the machines it rests on.
    rests_on: Vec<BTreeSet<String>>,
    /// All words that mean something here, and so may be meant by one that is mistyped.
    known: BTreeSet<String>,
}

impl Book {
    pub fn of(public: &Public) -> Book {
        let mut shelves = BTreeMap::new();
        macro_rules! table {
            ($kind:ident, $table:ident, $entry:ident => [$($name:expr),*] [$($text:expr),*]) => {
                shelves.insert(IdKind::$kind, Shelf::of(public.$table.iter().map(|$entry| {
                    ($entry.id.as_str(), vec![$($name.as_str()),*], vec![$($text.as_str()),*])
                })));
            };
        }
        table!(Asset, assets, entry => [entry.name] [entry.text]);
        table!(Group, groups, entry => [] [entry.text]);
        table!(Data, data, entry => [] [entry.text]);
        table!(Login, logins, entry => [entry.name] [entry.text]);
        table!(Link, links, entry => [] [entry.text]);
        table!(Segment, segments, entry => [] [entry.text]);
        table!(Service, services, entry => [] [entry.text]);
        table!(Sensor, sensors, entry => [] [entry.text]);
        table!(Vendor, vendors, entry => [entry.name] [entry.text]);
        table!(Stakeholder, stakeholders, entry => [] [entry.words]);
        // The text of a statement speaks of everything; what it is called says which one is meant.
        table!(Statement, statements, entry => [] []);
        table!(Rule, rules, entry => [] [entry.text, entry.recipient, entry.source, entry.deadline_text]);
        table!(Level, levels, entry => [] []);
        stand(public, &mut shelves);
        let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
        public.assets.iter().for_each(|asset| *texts.entry(asset.text.as_str()).or_default() += 1);
        let choices: Vec<ChoiceOf> = (0..)
            .map(GateId::at)
            .zip(&public.gates)
            .flat_map(|(gate, plan)| {
                plan.choices.iter().zip(0..).map(move |(choice, place)| ChoiceOf {
                    gate,
                    choice: place,
                    words: stems(&format!("{} {}", choice.id, choice.text)),
                    id: tokens(&choice.id),
                })
            })
            .collect();
        let roles: Vec<BTreeSet<String>> = public.roles.iter().map(|role| stems(&format!("{} {}", role.id, role.label))).collect();
        let duties: Vec<(BTreeSet<String>, Vec<Cue>)> = DUTIES.iter().map(|duty| (stems(duty.says), cues(duty.verb))).collect();
        let rests_on = (public.services.iter())
            .map(|service| {
                let machines = service.rests_on.iter().filter_map(|on| if let RestsOn::Assets(set) = on { Some(set) } else { None });
                let assets = machines.flat_map(|set| set.iter()).map(|asset| &public.assets[asset.index()]);
                assets.flat_map(|asset| stems(&format!("{} {}", asset.id, asset.text))).collect()
            })
            .collect();
        let mut book = Book {
            actions: public.actions.iter().map(|action| stems(&format!("{} {}", action.id, action.says))).collect(),
            cues: public.actions.iter().map(|action| cues(action.verb)).collect(),
            role_weights: Weights::over(roles.iter()),
            roles,
            duty_weights: Weights::over(duties.iter().map(|(document, _)| document)),
            duties,
            choice_weights: Weights::over(choices.iter().map(|choice| &choice.words)),
            choices,
            claims: public.claims.iter().map(|claim| stems(&claim.text)).collect(),
            alone: public.assets.iter().map(|asset| texts.get(asset.text.as_str()) == Some(&1)).collect(),
            places: places(&public.segments),
            rests_on,
            shelves,
            known: BTreeSet::new(),
        };
        let documents = book.shelves.values().flat_map(|shelf| shelf.documents.iter().flatten());
        let others = book.actions.iter().chain(&book.roles).chain(&book.claims).flatten();
        let cues = book.cues.iter().flatten().flat_map(Cue::words);
        book.known = documents.chain(others).chain(cues).chain(book.choices.iter().flat_map(|choice| &choice.words)).cloned().collect();
        book
    }

    /// A sentence with what is mistyped in it put right, and with the parts of the network it names.
    pub fn read(&self, text: &str) -> Heard {
        let mut heard = Heard::new(text);
        for word in &mut heard.said {
            if let Some(meant) = self.mistyped(word) {
                *word = meant;
            }
        }
        heard.words = heard.said.iter().filter(|word| counts(word)).cloned().collect();
        let named = self.places.iter().enumerate().filter(|(place, words)| {
            !heard.words.is_disjoint(words)
                || self.shelves.get(&IdKind::Segment).is_some_and(|shelf| shelf.names[*place].iter().any(|name| mentions(&heard.lower, name)))
        });
        let places: Vec<String> = named.map(|(place, _)| format!("{PLACE}{place}")).collect();
        heard.words.extend(places);
        heard
    }

    /// What somebody who hurried may have meant: the only word that is one slip away. Short words are too much alike.
    fn mistyped(&self, word: &str) -> Option<String> {
        let letters = word.chars().count();
        if letters < 5 || self.known.contains(word) || !counts(word) {
            return None;
        }
        let slips = if letters >= 9 { 2 } else { 1 };
        let mut near = self
            .known
            .iter()
            .filter(|known| known.chars().next() == word.chars().next() && known.chars().count() >= 5)
            .filter(|known| known.chars().count().abs_diff(letters) <= slips && strsim::osa_distance(known, word) <= slips);
        near.next().filter(|_| near.next().is_none()).cloned()
    }

    /// Whether what begins here may be an order.
    pub fn begins_an_order(&self, text: &str) -> bool {
        let first = tokens(text).into_iter().next();
        first.is_some_and(|first| self.cues.iter().flatten().any(|cue| cue.begins_with(&first)))
    }

    /// How near an order's target comes. None for what has no target; nothing near is 0.
    pub fn target(&self, command: &Command, heard: &Heard, words: &BTreeSet<String>, cue: &BTreeSet<String>) -> Option<Near> {
        let Target::Thing(kind, index) = target(command) else { return None };
        let place = usize::from(index);
        let near = self.shelves.get(&kind)?.near(place, heard, words, cue);
        // One machine of several is meant only by its name.
        let by_words = kind != IdKind::Asset || self.alone.get(place) == Some(&true) && near.explains.len() > 1 || near.nearness >= BY_NAME;
        Some(if by_words { near } else { Near::default() })
    }

    /// How near a service comes that rests on machines of which something was said: "the wards".
    pub fn by_place(&self, command: &Command, words: &BTreeSet<String>) -> (u32, BTreeSet<String>) {
        let Target::Thing(IdKind::Service, index) = target(command) else { return Default::default() };
        let Some(document) = self.rests_on.get(usize::from(index)) else { return Default::default() };
        // What most services rest on tells none of them.
        let tells = |word: &&String| self.rests_on.iter().filter(|other| other.contains(*word)).count() * 2 <= self.rests_on.len();
        let explains: BTreeSet<String> = words.intersection(document).filter(tells).cloned().collect();
        (if explains.is_empty() { 0 } else { BY_PLACE }, explains)
    }

    /// The thing of a kind that words come nearest to, if they come near to one.
    pub fn nearest(&self, kind: IdKind, heard: &Heard, least: u32) -> Option<usize> {
        let shelf = self.shelves.get(&kind)?;
        let near =
            (0..shelf.documents.len()).map(|place| (shelf.near(place, heard, &heard.words, &BTreeSet::new()).nearness, std::cmp::Reverse(place)));
        near.max().filter(|(nearness, _)| *nearness >= least).map(|(_, place)| place.0)
    }

    /// The claim that words tell: half of what it says, and two words of it at least.
    pub fn claim(&self, heard: &Heard) -> Option<usize> {
        let told = self.claims.iter().enumerate().map(|(place, document)| (heard.words.intersection(document).count(), std::cmp::Reverse(place)));
        told.max().filter(|(shared, place)| *shared >= 2 && shared * 2 >= self.claims[place.0].len()).map(|(_, place)| place.0)
    }
}

/// Machines are also called by where they stand: those in one part of the network, and groups that are all in it.
fn stand(public: &Public, shelves: &mut BTreeMap<IdKind, Shelf>) {
    let place = |segment: SegmentId| format!("{PLACE}{}", segment.index());
    if let Some(shelf) = shelves.get_mut(&IdKind::Asset) {
        shelf.documents.iter_mut().zip(&public.assets).for_each(|(document, asset)| {
            document.insert(place(asset.segment));
        });
        shelf.weigh();
    }
    if let Some(shelf) = shelves.get_mut(&IdKind::Group) {
        for (document, group) in shelf.documents.iter_mut().zip(&public.groups) {
            let mut segments = group.assets.iter().map(|asset| public.assets[asset.index()].segment);
            if let Some(first) = segments.next()
                && segments.all(|segment| segment == first)
            {
                document.insert(place(first));
            }
        }
        shelf.weigh();
    }
}

/// By segment, the words of its proper name that no other segment has. A text is a proper name if all its words begin with a capital letter.
fn places(segments: &[Segment]) -> Vec<BTreeSet<String>> {
    let weights = Weights::over(segments.iter().map(|segment| stems(&segment.text)).collect::<Vec<_>>().iter());
    let proper = |text: &str| text.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    let own = |segment: &Segment| {
        let words = if proper(&segment.text) { stems(&segment.text) } else { BTreeSet::new() };
        words.into_iter().filter(|word| weights.of(word) == 1000 && counts(word)).collect()
    };
    segments.iter().map(own).collect()
}

/// "dpc" for "the Data Protection Commission": the first letters of three capitalised words and more, as people shorten names.
fn initials(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = String::new();
    let mut enter = |run: &mut String| {
        if run.chars().count() >= 3 {
            found.push(run.to_lowercase());
        }
        run.clear();
    };
    for word in text.split_whitespace() {
        match word.chars().next() {
            Some(first) if first.is_uppercase() => run.push(first),
            // "Secretary of State for Health"
            _ if matches!(word, "of" | "the" | "for" | "and") => {}
            _ => enter(&mut run),
        }
        if word.ends_with([',', ':', ';', '.']) {
            enter(&mut run);
        }
    }
    enter(&mut run);
    found
}

/// Whether a name stands in a text as a word of its own; `pathology-desks` is the same as "pathology desks".
pub(super) fn mentions(lower: &str, name: &str) -> bool {
    mentions_as(lower, name) || name.contains('-') && mentions_as(lower, &name.replace('-', " "))
}

fn mentions_as(lower: &str, name: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    name.chars().count() >= 3
        && lower
            .match_indices(name)
            .any(|(at, _)| !lower[..at].chars().next_back().is_some_and(inside) && !lower[at + name.len()..].chars().next().is_some_and(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_as_people_do() {
        assert_eq!(initials("the Data Protection Commission"), ["dpc"]);
        assert_eq!(initials("Duty officer of the National Cyber Security Centre"), ["ncsc"]);
        assert_eq!(initials("Kilbrannon General"), Vec::<String>::new());
    }

    #[test]
    fn a_name_is_a_word_of_its_own() {
        assert!(mentions("isolate the pathology desks!", "pathology-desks"));
        assert!(!mentions("isolate the new-pathology-desks", "pathology-desks"));
    }
}
