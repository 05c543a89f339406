//! What is wrong with a scenario that could be read. One pass a file; each looks at one thing and knows nothing of the others.
//!
//! Where something could not be read, its absence proves nothing: findings of the kind "nobody tells this" are then kept back
//! ([`Context::whole`]), while findings about what is there are not.
//!
//! Before any pass, everything is counted against [`bounds`]: where there is more of something than a room could ever play, that is named and
//! nothing else is, so that passes may compare each thing with each. What finds no error here compiles, at every cut and with every profile;
//! `tests/all/cases.rs` and `tests/all/hostile.rs` hold it.

mod attack;
mod campaign;
mod claims;
mod conditions;
mod cuts;
mod depth;
mod duplicates;
mod estate;
mod gates;
mod injects;
mod letters;
mod needles;
mod orders;
mod people;
mod profiles;
mod references;
mod rubric;
mod spoilers;
mod texts;
mod times;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use crate::scenario::bounds::{self, Excess};
use crate::scenario::diagnostic::{Code, Diagnostic, Diagnostics, fresh_suggestions};
use crate::scenario::load::{Loaded, LoadedOrders, LoadedRecords};
use crate::scenario::located::{Located, Place};
use crate::scenario::reference::Name;
use crate::scenario::written::{Action, Estate, Gate, Inject, Move, Role, Says, Sheet, Term};
use crate::time::{Calendar, ExerciseTime, Moment};

/// What every pass looks at.
pub struct Context<'a> {
    /// The scenario as it was read.
    pub loaded: &'a Loaded,
    /// The same.
    pub sheet: &'a Sheet,
    /// Everything could be read.
    pub whole: bool,
    /// The calendar, if STARTEX can be read.
    pub calendar: Option<Calendar>,
    /// ENDEX, if it can be read and comes after STARTEX.
    pub endex: Option<ExerciseTime>,
    /// What is defined, by kind, with the place of its first definition.
    pub defined: BTreeMap<Name, BTreeMap<&'a str, Place>>,
    /// When each move opens, in the order of the sheet.
    pub openings: Vec<Option<ExerciseTime>>,
    /// Actions that some role may order.
    pub orderable: BTreeSet<&'a str>,
    injects: BTreeMap<&'a str, (Option<usize>, &'a Inject)>,
    gates: BTreeMap<&'a str, (usize, &'a Gate)>,
    actions: BTreeMap<&'a str, &'a Action>,
    assets: BTreeMap<&'a str, usize>,
    groups: BTreeMap<&'a str, usize>,
    turns: BTreeMap<&'a str, usize>,
    tellers: BTreeMap<&'a str, Vec<Teller<'a>>>,
    empty: Estate,
}

type Pass = fn(&Context<'_>, &mut Diagnostics);

const PASSES: &[Pass] = &[
    letters::check,
    references::check,
    duplicates::check,
    times::check,
    conditions::check,
    injects::check,
    gates::check,
    claims::check,
    rubric::check,
    campaign::check,
    estate::check,
    attack::check,
    spoilers::check,
    variables::check,
    profiles::check,
    cuts::check,
    depth::check,
    people::check,
];

/// Everything that was found while loading and that checking finds, in the order of files and places.
pub fn all(loaded: &Loaded) -> Vec<Diagnostic> {
    fresh_suggestions();
    let mut found = loaded.diagnostics.clone();
    for profile in &loaded.profiles {
        found.append(profile.diagnostics.clone());
    }
    if too_many(loaded, &mut found) {
        return found.into_sorted();
    }
    let context = Context::new(loaded);
    if too_many_terms(&context, &mut found) {
        return found.into_sorted();
    }
    for pass in PASSES {
        pass(&context, &mut found);
    }
    found.into_sorted()
}

/// Whether there is more of something than [`bounds`] allow. Then nothing further is looked at: one pass may compare each thing with each.
fn too_many(loaded: &Loaded, found: &mut Diagnostics) -> bool {
    let mut exceeded = bounds::exceeded(&loaded.sheet);
    exceeded.extend(loaded.profiles.iter().flat_map(|profile| bounds::exceeded_by_profile(&profile.profile)));
    is_too_much(&exceeded, found)
}

fn is_too_much(exceeded: &[Excess], found: &mut Diagnostics) -> bool {
    exceeded.iter().for_each(|excess| excess.report(found));
    !exceeded.is_empty()
}

fn too_many_terms(context: &Context<'_>, found: &mut Diagnostics) -> bool {
    fn size(term: &Term) -> usize {
        match term {
            Term::Any(terms) => 1 + terms.iter().map(size).sum::<usize>(),
            Term::Not { what, of, .. } => 1 + size(what) + of.as_deref().map_or(0, size),
            _ => 1,
        }
    }
    let mut total = 0;
    for condition in context.conditions() {
        total += condition.terms.iter().map(|term| size(term)).sum::<usize>();
        if total > bounds::MOST_TERMS {
            let what = format!("more than {} terms in all conditions together, here in {}", bounds::MOST_TERMS, condition.owner);
            found.add(Code::TooMany, condition.at, what, format!("at most {}", bounds::MOST_TERMS), "let one event stand for several");
            return true;
        }
    }
    false
}

/// The same for a file of orders against its scenario: what was found while reading it, ids that the scenario does not have, times.
pub fn orders(loaded: &Loaded, orders: &LoadedOrders) -> Vec<Diagnostic> {
    let mut found = orders.diagnostics.clone();
    if is_too_much(&bounds::exceeded_by_orders(&orders.items), &mut found) {
        return found.into_sorted();
    }
    let context = Context::new(loaded);
    references::check_mentions(&context, &orders.mentions, &mut found);
    orders::check_timed(&context, &orders.items, &mut found);
    found.into_sorted()
}

/// The same for a file of records.
pub fn records(loaded: &Loaded, records: &LoadedRecords) -> Vec<Diagnostic> {
    let mut found = records.diagnostics.clone();
    if is_too_much(&bounds::exceeded_by_records(&records.items), &mut found) {
        return found.into_sorted();
    }
    references::check_mentions(&Context::new(loaded), &records.mentions, &mut found);
    found.into_sorted()
}

/// The same for one profile against its scenario.
pub fn profile(loaded: &Loaded, profile: &crate::scenario::load::LoadedProfile) -> Vec<Diagnostic> {
    let mut found = profile.diagnostics.clone();
    if is_too_much(&bounds::exceeded_by_profile(&profile.profile), &mut found) {
        return found.into_sorted();
    }
    profiles::check_one(&Context::new(loaded), profile, &mut found);
    found.into_sorted()
}

impl<'a> Context<'a> {
    /// Looks up what all passes need.
    pub fn new(loaded: &'a Loaded) -> Context<'a> {
        let sheet = &loaded.sheet;
        let date = |written: &Option<Located<String>>| {
            written.as_ref().and_then(|written| NaiveDateTime::parse_from_str(written.trim(), "%Y-%m-%d %H:%M").ok())
        };
        let calendar = date(&sheet.startex).map(|startex| Calendar::with_changes(startex, &times::clock_changes(sheet)));
        let endex = calendar.zip(date(&sheet.endex)).map(|(calendar, endex)| calendar.time_of(endex)).filter(|endex| endex.0 > 0);
        let mut defined: BTreeMap<Name, BTreeMap<&str, Place>> = BTreeMap::new();
        for mention in loaded.mentions.iter().filter(|mention| mention.defines) {
            defined.entry(mention.kinds[0]).or_default().entry(mention.text.as_str()).or_insert(mention.at);
        }
        let openings = sheet.moves.iter().map(|m| calendar.map(|calendar| calendar.resolve(m.opens.value, ExerciseTime(0)))).collect();
        let mut context = Context {
            loaded,
            sheet,
            whole: !loaded.incomplete,
            calendar,
            endex,
            defined,
            openings,
            orderable: BTreeSet::new(),
            injects: BTreeMap::new(),
            gates: BTreeMap::new(),
            actions: BTreeMap::new(),
            assets: BTreeMap::new(),
            groups: BTreeMap::new(),
            turns: BTreeMap::new(),
            tellers: BTreeMap::new(),
            empty: Estate::default(),
        };
        // Looked up once: a hostile file has as many ids as references, and searching a list for each would cost the square of them.
        for (turn, inject) in context.all_injects() {
            context.injects.entry(&inject.id).or_insert((turn, inject));
        }
        for (turn, gate) in context.all_gates() {
            context.gates.entry(&gate.id).or_insert((turn, gate));
        }
        for action in &sheet.actions {
            context.actions.entry(&action.id).or_insert(action);
        }
        for (index, asset) in sheet.estate.iter().flat_map(|estate| &estate.assets).enumerate() {
            context.assets.entry(&asset.id).or_insert(index);
        }
        for (index, group) in sheet.estate.iter().flat_map(|estate| &estate.groups).enumerate() {
            context.groups.entry(&group.id).or_insert(index);
        }
        for (index, turn) in sheet.moves.iter().enumerate() {
            context.turns.entry(&turn.id).or_insert(index);
        }
        context.orderable = orderable(sheet);
        context.tellers = tellers(sheet);
        context
    }

    /// Something of the item around this place could not be read: what it lacks, it may have had.
    pub fn damaged(&self, at: Place) -> bool {
        self.loaded.damaged.iter().any(|item| item.file == at.file && (item.offset..item.offset + item.length).contains(&at.offset))
    }

    /// The estate, empty where there is none.
    pub fn estate(&self) -> &Estate {
        self.sheet.estate.as_ref().unwrap_or(&self.empty)
    }

    /// Something of this kind is defined.
    pub fn has(&self, kind: Name, id: &str) -> bool {
        self.defined.get(&kind).is_some_and(|ids| ids.contains_key(id))
    }

    /// The ids of a kind.
    pub fn ids(&self, kind: Name) -> impl Iterator<Item = &'a str> + '_ {
        self.defined.get(&kind).into_iter().flat_map(|ids| ids.keys().copied())
    }

    /// Exercise time of a written moment.
    pub fn time(&self, moment: Moment, origin: ExerciseTime) -> Option<ExerciseTime> {
        self.calendar.map(|calendar| calendar.resolve(moment, origin))
    }

    /// All injects, with the index of their move; those of the deck have none. Voices are not among them.
    pub fn injects(&self) -> impl Iterator<Item = (Option<usize>, &'a Inject)> + use<'a> {
        self.all_injects()
    }

    fn all_injects(&self) -> impl Iterator<Item = (Option<usize>, &'a Inject)> + use<'a> {
        let sheet = self.sheet;
        let moves = sheet.moves.iter().enumerate().flat_map(|(index, m)| m.injects.iter().map(move |inject| (Some(index), inject)));
        moves.chain(sheet.deck.iter().map(|inject| (None, inject)))
    }

    /// All gates, with the index of their move.
    pub fn gates(&self) -> impl Iterator<Item = (usize, &'a Gate)> + use<'a> {
        self.all_gates()
    }

    fn all_gates(&self) -> impl Iterator<Item = (usize, &'a Gate)> + use<'a> {
        self.sheet.moves.iter().enumerate().flat_map(|(index, m)| m.gates.iter().map(move |gate| (index, gate)))
    }

    /// The inject of this id and the index of its move.
    pub fn inject(&self, id: &str) -> Option<(Option<usize>, &'a Inject)> {
        self.injects.get(id).copied()
    }

    /// The gate of this id and the index of its move.
    pub fn gate(&self, id: &str) -> Option<(usize, &'a Gate)> {
        self.gates.get(id).copied()
    }

    /// The action of this id.
    pub fn action(&self, id: &str) -> Option<&'a Action> {
        self.actions.get(id).copied()
    }

    /// The move of this id and its index.
    pub fn turn(&self, id: &str) -> Option<(usize, &'a Move)> {
        self.turns.get(id).map(|index| (*index, &self.sheet.moves[*index]))
    }

    /// Whether a role may order an action.
    pub fn may(&self, role: &Role, action: &Action) -> bool {
        action.by.contains(&role.like)
            || action.who.iter().any(|who| **who == *role.id || &**who == "all")
            || role.may.iter().any(|may| **may == *action.id || &**may == "all")
    }

    /// An id of a machine, of several, of one of several alike, or of a group.
    pub fn is_machine(&self, id: &str) -> bool {
        self.has(Name::Asset, id) || self.has(Name::Group, id) || self.numbered_machine(id).is_some_and(|one| one.fits || one.unsure)
    }

    /// What an id such as `tills-03` names, where `tills` are machines; nothing where they are none.
    pub fn numbered_machine(&self, id: &str) -> Option<Numbered> {
        let (base, number) = numbered(id)?;
        let asset = &self.estate().assets[*self.assets.get(base)?];
        // A count that could not be read may have been anything, and one of nothing is named where it stands.
        let unsure = (asset.count.is_none() && self.damaged(asset.id.at)) || asset.count.as_ref().is_some_and(|count| count.value == 0);
        let count = asset.count.as_ref().map(|count| count.value);
        let written = |number: u32| count.map_or_else(|| base.to_owned(), |count| member(base, count, number));
        let inside = count.is_some_and(|count| (1..=u32::from(count)).contains(&number));
        Some(Numbered { fits: inside && written(number) == id, unsure, count, meant: inside.then(|| written(number)) })
    }

    /// Comparing sets of machines for each of `many` things is affordable. A scenario of a megabyte can ask for more than anybody waits for.
    pub fn affordable(&self, many: usize) -> bool {
        const MOST_COMPARISONS: usize = 2_000_000;
        let estate = self.estate();
        many.saturating_mul(estate.assets.len() + estate.groups.len()) <= MOST_COMPARISONS
    }

    /// Asset entries that an id of an asset, one of several alike, or a group stands for.
    pub fn machines(&self, id: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.add_machines(id, &mut found, &mut BTreeSet::new());
        found
    }

    fn add_machines<'s>(&'s self, id: &'s str, found: &mut BTreeSet<usize>, seen: &mut BTreeSet<&'s str>) {
        let estate = self.estate();
        if id == "all" {
            found.extend(0..estate.assets.len());
            return;
        }
        if !seen.insert(id) {
            return;
        }
        let one_of_several = || {
            let index = *self.assets.get(numbered(id)?.0)?;
            estate.assets[index].count.is_some().then_some(index)
        };
        found.extend(self.assets.get(id).copied().or_else(one_of_several));
        if let Some(group) = self.groups.get(id) {
            for member in &estate.groups[*group].of {
                self.add_machines(member, found, seen);
            }
        }
    }

    /// Everything that tells a claim, whoever hears it.
    pub fn tellers(&self, claim: &str) -> &[Teller<'a>] {
        self.tellers.get(claim).map_or(&[], Vec::as_slice)
    }

    /// All conditions, each with the words for where it stands.
    pub fn conditions(&self) -> Vec<Condition<'a>> {
        conditions::collect(self)
    }

    /// Where in a file the `needle` stands within a text, if it can be found as written; the text's beginning otherwise.
    pub fn within(&self, at: Place, needle: &str) -> Place {
        match self.loaded.sources.written(at).find(needle) {
            Some(offset) => Place { file: at.file, offset: at.offset + offset as u32, length: needle.len() as u32 },
            None => at,
        }
    }
}

fn orderable(sheet: &Sheet) -> BTreeSet<&str> {
    let kinds: BTreeSet<_> = sheet.roles.iter().map(|role| role.like).collect();
    let roles: BTreeSet<&str> = sheet.roles.iter().map(|role| &*role.id).chain(["all"]).collect();
    let mut may: BTreeSet<&str> = sheet.roles.iter().flat_map(|role| role.may.iter().map(|may| &**may)).collect();
    let all = may.contains("all");
    for action in &sheet.actions {
        if all || action.by.iter().any(|kind| kinds.contains(kind)) || action.who.iter().any(|who| roles.contains(&**who)) {
            may.insert(&action.id);
        }
    }
    may
}

fn tellers(sheet: &Sheet) -> BTreeMap<&str, Vec<Teller<'_>>> {
    fn told<'a>(tellers: &mut BTreeMap<&'a str, Vec<Teller<'a>>>, tells: &'a [Says], teller: Teller<'a>) {
        for says in tells {
            if let Says::Yes(claim) | Says::No(claim) = says {
                tellers.entry(claim).or_default().push(teller);
            }
        }
    }
    let mut tellers = BTreeMap::new();
    for (index, turn) in sheet.moves.iter().enumerate() {
        for inject in &turn.injects {
            told(&mut tellers, &inject.tells, Teller::Inject(Some(index), &inject.id));
        }
        for voice in &turn.voices {
            told(&mut tellers, &voice.tells, Teller::Inject(Some(index), &voice.id));
        }
    }
    for inject in &sheet.deck {
        told(&mut tellers, &inject.tells, Teller::Inject(None, &inject.id));
    }
    for action in &sheet.actions {
        told(&mut tellers, &action.tells, Teller::Anywhen);
    }
    for who in &sheet.stakeholders {
        for known in &who.knows {
            match &**known {
                "all" => {
                    for claim in &sheet.claims {
                        tellers.entry(&*claim.id).or_default().push(Teller::Anywhen);
                    }
                }
                claim => tellers.entry(claim).or_default().push(Teller::Anywhen),
            }
        }
    }
    tellers
}

/// Circles among things that name others: each as the ids on it, once. One walk over all of them, whatever their number.
pub(crate) fn circles<'a>(edges: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<Vec<&'a str>> {
    const MOST_CIRCLES: usize = 50;
    let mut found = Vec::new();
    // Absent: not met. False: on the path. True: done.
    let mut state: BTreeMap<&str, bool> = BTreeMap::new();
    for start in edges.keys() {
        if state.contains_key(start) {
            continue;
        }
        state.insert(start, false);
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(to) = edges.get(node).and_then(|to| to.get(*next)).copied() else {
                state.insert(node, true);
                path.pop();
                continue;
            };
            *next += 1;
            match state.get(to) {
                Some(true) => {}
                Some(false) => {
                    let from = path.iter().position(|(on_path, _)| *on_path == to).unwrap_or(0);
                    found.push(path[from..].iter().map(|(id, _)| *id).collect());
                    if found.len() >= MOST_CIRCLES {
                        return found;
                    }
                }
                None if edges.contains_key(to) => {
                    state.insert(to, false);
                    path.push((to, 0));
                }
                None => {}
            }
        }
    }
    found
}

/// `a -> b -> a`, shortened where it is long.
pub(crate) fn chain(circle: &[&str]) -> String {
    let shown: Vec<&str> = circle.iter().take(8).copied().collect();
    let more = if circle.len() > 8 { " -> .." } else { "" };
    format!("{}{more} -> {}", shown.join(" -> "), circle.first().copied().unwrap_or(""))
}

/// What can tell a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Teller<'a> {
    /// An inject or a voice, with the index of its move.
    Inject(Option<usize>, &'a str),
    /// An action, or somebody who can be asked.
    Anywhen,
}

/// A condition and where it stands.
pub struct Condition<'a> {
    /// In words: "the inject `x`".
    pub owner: String,
    /// Its terms; all must hold.
    pub terms: Vec<&'a Term>,
    /// A place for findings about it as a whole.
    pub at: Place,
    /// When at the latest it is looked at, if that is known.
    pub asked_at: Option<ExerciseTime>,
}

/// What a numbered id names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Numbered {
    /// One of the machines, written as they are numbered.
    pub fits: bool,
    /// It cannot be known how many there are.
    pub unsure: bool,
    /// How many there are; nothing for a single machine.
    pub count: Option<u16>,
    /// The machine of that number, as it is written, if there is one.
    pub meant: Option<String>,
}

/// The id of one of several alike: numbers are as wide as the last one, and at least two digits.
pub fn member(base: &str, count: u16, number: u32) -> String {
    let width = count.to_string().len().max(2);
    format!("{base}-{number:0width$}")
}

/// `till-03` as `till` and 3.
pub fn numbered(id: &str) -> Option<(&str, u32)> {
    let (base, number) = id.rsplit_once('-')?;
    if base.is_empty() || number.is_empty() || number.len() > 5 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse().ok().map(|number| (base, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once_each() {
        let edges =
            BTreeMap::from([("a", vec!["b"]), ("b", vec!["c", "x"]), ("c", vec!["a"]), ("d", vec!["d"]), ("e", vec!["a", "f"]), ("f", vec![])]);
        assert_eq!(circles(&edges), [vec!["a", "b", "c"], vec!["d"]]);
        assert_eq!(chain(&["a", "b"]), "a -> b -> a");
    }
}
