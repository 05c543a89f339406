//! What everything is called: by its author, by the organisation's own names, by initials, and by where it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::cues::{Cue, cues};
use super::forms::{KINDS, KINDS_OF_THING};
use super::heard::{Heard, light, plain};
use super::names::{initials, mentions, outsiders, people, place, places, posts, skills, stands_in};
use crate::ids::*;
use crate::policy::reference::DUTIES;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::program::{LinkEnd, Public, RestsOn};
use crate::scenario::written::Verb;
use crate::session::words::{Weights, counts, stems, tokens};
use crate::vocabulary::{Command, continuity};

/// What a thing's own id or name in the words weighs: more than words that others share.
pub(super) const BY_NAME: u32 = 2000;
/// What each letter of it adds: the longer name is the one that is meant.
const BY_LETTER: u32 = 20;
/// Words that said the verb count as names for this part.
const CUE_COUNTS: u32 = 2;
/// What a service weighs that rests on machines at the place which was named.
const BY_PLACE: u32 = 500;
/// So many words of a statement in a row are a quotation.
const LEAST_QUOTED: usize = 4;

/// How near something comes, and what of the sentence it explains.
#[derive(Clone, Default, Debug)]
pub(super) struct Near {
    pub nearness: u32,
    pub explains: BTreeSet<String>,
    /// The words of its id and its names that stand in the sentence as such.
    pub by_name: BTreeSet<String>,
    /// How many of its own words were not said.
    pub unsaid: usize,
}

impl Near {
    /// Both stand in the sentence by names of their own.
    pub fn is_called_otherwise(&self, other: &Near) -> bool {
        !self.by_name.is_empty() && !other.by_name.is_empty() && self.by_name.is_disjoint(&other.by_name)
    }
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
                let long = text.split_whitespace().count() > 4;
                // "In charge of the beds tonight" is said in many words that say nothing of who it is.
                document.extend(stems(text).into_iter().filter(|word| !long || !light().contains(word)));
                document.extend(initials(text));
                // A short text is what people call it, and so is what stands before a colon.
                let short = text.split(": ").next().unwrap_or_default();
                if (2..=4).contains(&short.split_whitespace().count()) {
                    names.push(short.to_lowercase());
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
        let mentioned: Vec<&String> = names.iter().filter(|name| mentions(&heard.named_in, name)).collect();
        // "the domain admin passwords": the name of the domain admins.
        let called = self
            .called
            .get(place)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|name| heard.named_said.windows(name.len()).any(|said| said == **name));
        let called: Vec<&Vec<String>> = called.collect();
        let by_name = mentioned.iter().flat_map(|name| stems(name)).chain(called.iter().flat_map(|name| name.iter().cloned())).collect();
        let long = called.iter().map(|name| letters(name.iter().map(|word| word.chars().count()).sum()));
        let named = mentioned.iter().map(|name| letters(name.chars().count())).chain(long).max();
        let tells = |words: &BTreeSet<String>| -> BTreeSet<String> {
            words.intersection(document).filter(|word| !KINDS.contains(&word.as_str())).cloned().collect()
        };
        let explains = tells(words);
        let nearness = self.weights.shared(&explains, document) + self.weights.shared(&tells(cue), document) / CUE_COUNTS + named.unwrap_or(0);
        Near { nearness, unsaid: document.len() - explains.len(), explains, by_name }
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
    pub action_weights: Weights,
    /// What people of each skill are called.
    pub skills: Vec<BTreeSet<String>>,
    pub skill_weights: Weights,
    /// Words by which people and posts are called.
    people: BTreeSet<String>,
    pub duties: Vec<(BTreeSet<String>, Vec<Cue>)>,
    pub duty_weights: Weights,
    pub choices: Vec<ChoiceOf>,
    pub choice_weights: Weights,
    claims: Vec<BTreeSet<String>>,
    /// What people outside are called in a word.
    outside: BTreeSet<String>,
    /// The names of companies, and of people outside.
    others: BTreeSet<String>,
    /// What statements are called, and say.
    statements: Vec<(String, String)>,
    shelves: BTreeMap<IdKind, Shelf>,
    /// Machines that stand alone: what is said of one of several alike is said of all of them.
    alone: Vec<bool>,
    /// What says that a part of the network is meant: words that only it is called by.
    places: Vec<BTreeSet<String>>,
    /// By service: the words of the machines it rests on.
    rests_on: Vec<BTreeSet<String>>,
    /// By service: the words of what is done without it.
    workarounds: Vec<BTreeSet<String>>,
    workaround_weights: Weights,
    /// Words that something is called by.
    names: BTreeSet<String>,
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
        let persons = people(public);
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
        // Machines are also called by where they stand, logins by whose they are.
        let mut also = |kind: IdKind, called: &dyn Fn(usize, &BTreeSet<String>) -> BTreeSet<String>| {
            if let Some(shelf) = shelves.get_mut(&kind) {
                shelf.documents.iter_mut().enumerate().for_each(|(nth, document)| document.extend(called(nth, document)));
                shelf.weigh();
            }
        };
        also(IdKind::Asset, &|nth, _| {
            let asset = &public.assets[nth];
            stems(asset.kind.label()).into_iter().chain([place(asset.segment)]).collect()
        });
        also(IdKind::Group, &|nth, _| stands_in(public, public.groups[nth].assets.iter()).map(place).into_iter().collect());
        also(IdKind::Link, &|nth, _| match public.links[nth].from {
            LinkEnd::Vendor(vendor) => stems(&public.vendors[vendor.index()].name),
            _ => BTreeSet::new(),
        });
        // "The pilot tool": what watches a group of machines is called by what only they are called.
        let own = Weights::over(public.groups.iter().map(|group| stems(&group.text)).collect::<Vec<_>>().iter());
        also(IdKind::Sensor, &|nth, _| {
            let groups = public.groups.iter().filter(|group| group.assets == public.sensors[nth].covers);
            groups.flat_map(|group| stems(&group.text)).filter(|word| own.of(word) == 1000).collect()
        });
        // "Tell the wards": a text is called by those it is for, where no text has them in its own name.
        also(IdKind::Statement, &|nth, _| {
            let whom = public.statements[nth].to.iter().map(|whom| stems(&public.stakeholders[whom.index()].id));
            whom.flatten()
                .filter(|word| !KINDS_OF_THING.contains(&word.as_str()) && !public.statements.iter().any(|other| stems(&other.id).contains(word)))
                .collect()
        });
        // "Lumen is down": a service is called by the systems that it rests on.
        also(IdKind::Service, &|nth, _| {
            let machines = public.services[nth].rests_on.iter().filter_map(|on| if let RestsOn::Assets(set) = on { Some(set) } else { None });
            let texts = machines.flat_map(|set| set.iter()).filter_map(|asset| public.assets[asset.index()].text.split_once(": "));
            texts.flat_map(|(system, _)| stems(system)).collect()
        });
        also(IdKind::Login, &|_, document| persons.iter().filter(|person| !person.is_disjoint(document)).flatten().cloned().collect());
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
        let duties: Vec<(BTreeSet<String>, Vec<Cue>)> = DUTIES.iter().map(|duty| (stems(duty.says), cues(duty.verb, &[]))).collect();
        let rests_on = (public.services.iter())
            .map(|service| {
                let machines = service.rests_on.iter().filter_map(|on| if let RestsOn::Assets(set) = on { Some(set) } else { None });
                let assets = machines.flat_map(|set| set.iter()).map(|asset| &public.assets[asset.index()]);
                assets.flat_map(|asset| stems(&format!("{} {}", asset.id, asset.text))).collect()
            })
            .collect();
        let workarounds = public.services.iter().map(|service| service.workaround.as_ref().map(|other| stems(&other.text)).unwrap_or_default());
        let workarounds: Vec<BTreeSet<String>> = workarounds.map(|words| words.difference(light()).cloned().collect()).collect();
        let actions: Vec<BTreeSet<String>> = public.actions.iter().map(|action| stems(&format!("{} {}", action.id, action.says))).collect();
        let skills = skills(public);
        let names = shelves.values().flat_map(|shelf| shelf.documents.iter().flatten());
        let mut book = Book {
            cues: public.actions.iter().map(|action| with_levels(public, action.verb, cues(action.verb, &action.said))).collect(),
            action_weights: Weights::over(actions.iter()),
            actions,
            skill_weights: Weights::over(skills.iter()),
            skills,
            people: persons.into_iter().flatten().chain(roles.iter().flatten().cloned()).chain(posts(public)).collect(),
            workaround_weights: Weights::over(workarounds.iter()),
            workarounds,
            names: names.filter(|word| !KINDS.contains(&word.as_str())).cloned().collect(),
            role_weights: Weights::over(roles.iter()),
            roles,
            duty_weights: Weights::over(duties.iter().map(|(document, _)| document)),
            duties,
            choice_weights: Weights::over(choices.iter().map(|choice| &choice.words)),
            choices,
            claims: public.claims.iter().map(|claim| stems(&claim.text)).collect(),
            others: outsiders(public),
            outside: public.stakeholders.iter().map(|stakeholder| stems(&stakeholder.id)).filter(|id| id.len() == 1).flatten().collect(),
            statements: public.statements.iter().map(|statement| (statement.id.clone(), plain(&statement.text.to_lowercase()))).collect(),
            alone: public.assets.iter().map(|asset| texts.get(asset.text.as_str()) == Some(&1)).collect(),
            places: places(public),
            rests_on,
            shelves,
            known: BTreeSet::new(),
        };
        let documents = book.shelves.values().flat_map(|shelf| shelf.documents.iter().flatten());
        let others = book.actions.iter().chain(&book.roles).chain(&book.claims).chain(&book.workarounds).chain(&book.skills).flatten();
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
                heard.mistyped = true;
            }
        }
        // "Get the notice to everybody": what stands behind "to" is nothing to do.
        if !self.cues.iter().any(|cues| super::cues::heard(cues, heard.act()).is_some()) {
            heard.act_from = 0;
        }
        heard.words = heard.words.iter().map(|word| self.mistyped(word).unwrap_or_else(|| word.clone())).collect();
        heard.to_explain = heard.to_explain.iter().map(|word| self.mistyped(word).unwrap_or_else(|| word.clone())).collect();
        let named = self.places.iter().enumerate().filter(|(nth, words)| {
            !heard.words.is_disjoint(words)
                || self.shelves.get(&IdKind::Segment).is_some_and(|shelf| shelf.names[*nth].iter().any(|name| mentions(&heard.lower, name)))
        });
        let places: Vec<String> = named.map(|(nth, _)| place(SegmentId::at(nth))).collect();
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

    /// With what is quoted of a statement replaced by what the statement is called: "the one with come unless we ring you".
    pub fn without_quotes(&self, text: &str) -> String {
        let lower = text.to_lowercase().replace('\u{2019}', "'");
        let starts: Vec<usize> = lower
            .char_indices()
            .filter(|(at, c)| !c.is_whitespace() && lower[..*at].chars().next_back().is_none_or(char::is_whitespace))
            .map(|(at, _)| at)
            .collect();
        let ends = |from: usize| lower[from..].find(char::is_whitespace).map_or(lower.len(), |length| from + length);
        let words = starts.len();
        for count in (LEAST_QUOTED..=words).rev() {
            for first in 0..=words - count {
                let range = starts[first]..ends(starts[first + count - 1]);
                let said = plain(&lower[range.clone()]);
                let mut of = self.statements.iter().filter(|(_, text)| text.contains(&said));
                if let (Some((id, _)), None) = (of.next(), of.next())
                    && stems(&said).len() >= 2
                {
                    return format!("{}{id}{}", &lower[..range.start], &lower[range.end..]);
                }
            }
        }
        lower
    }

    /// Whether something that can be done is heard.
    pub fn carries(&self, text: &str) -> bool {
        let said = tokens(text);
        self.cues.iter().any(|cues| super::cues::heard(cues, &said).is_some())
    }

    /// What of a sentence is left if so much of it is explained: words that something is called by, and others. Whoever is to do it may be named.
    pub fn left_over(&self, heard: &Heard, explained: &BTreeSet<String>) -> (usize, usize) {
        // What says where something stands is explained where its place is.
        let places = self.places.iter().enumerate().filter(|(nth, _)| explained.contains(&place(SegmentId::at(*nth))));
        let places: BTreeSet<&String> = places.flat_map(|(_, words)| words).collect();
        let left = || heard.to_explain.difference(explained).filter(|word| !self.people.contains(*word) && !places.contains(*word));
        (left().filter(|word| self.names.contains(*word)).count(), left().filter(|word| !self.names.contains(*word)).count())
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
        let mut near = self.shelves.get(&kind)?.near(place, heard, words, cue);
        if let (Command::Continuity(continuity::Command::Invoke { .. }), Some(instead)) = (command, self.workarounds.get(place)) {
            let said: BTreeSet<String> = words.intersection(instead).cloned().collect();
            if said.len() > 1 {
                near.nearness += self.workaround_weights.shared(&said, instead);
                near.explains.extend(said);
            }
        }
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

    /// Whether something is named by nothing but the words that said what to do ("look at the time"), or by who it is for ("patients" of patient
    /// administration). Links, data, duties and texts are often named by what is done to them: "shut the VPN", "copy the backup".
    pub fn hardly_named(&self, command: &Command, said: &BTreeSet<String>) -> bool {
        let kinds = [IdKind::Asset, IdKind::Group, IdKind::Login, IdKind::Segment, IdKind::Sensor, IdKind::Service];
        matches!(target(command), Target::Thing(kind, _) if kinds.contains(&kind)) && said.is_subset(&self.outside)
    }

    /// "Passgate reads its own records": what somebody outside does is no order.
    pub fn tells_of_others(&self, plain: &str) -> bool {
        let mut words = plain.split_whitespace().skip_while(|word| *word == "the");
        let (Some(who), Some(does)) = (words.next(), words.next()) else { return false };
        stems(who).iter().any(|word| self.others.contains(word)) && does.len() > 3 && does.ends_with('s') && !does.ends_with("ss")
    }

    /// Whether words tell what is done without some service: two of them at least, and not only what is done without any.
    pub fn tells_a_workaround(&self, words: &BTreeSet<String>) -> bool {
        self.workarounds.iter().any(|instead| words.intersection(instead).count() >= 2 && self.workaround_weights.shared(words, instead) >= 1000)
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

/// An incident is also declared by saying that this is one of such a level.
fn with_levels(public: &Public, verb: Verb, mut cues: Vec<Cue>) -> Vec<Cue> {
    if verb == Verb::Declare {
        let levels = public.levels.iter().map(|level| level.id.replace('-', " "));
        let said = levels.flat_map(|level| [format!("it|this|that|call|level {level}"), format!("~{level}")]);
        cues.extend(said.map(|cue| Cue::new(&cue)));
    }
    cues
}
