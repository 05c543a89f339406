//! What things are called beside their own names: by where they stand, by whose they are, by initials, by what kind of people do it.

use std::collections::BTreeSet;

use crate::ids::*;
use crate::scenario::program::{Public, Segment};
use crate::scenario::written::Skill;
use crate::session::words::{Weights, stems};

/// How a word begins that stands for a part of the network.
const PLACE: char = '@';

/// The word that stands for a part of the network.
pub(super) fn place(segment: SegmentId) -> String {
    format!("{PLACE}{}", segment.index())
}

/// The part of the network that a group of machines is all in.
pub(super) fn stands_in(public: &Public, machines: impl Iterator<Item = AssetId>) -> Option<SegmentId> {
    let mut segments = machines.map(|asset| public.assets[asset.index()].segment);
    let first = segments.next()?;
    segments.all(|segment| segment == first).then_some(first)
}

/// By segment, the words of its proper name that no other segment has, and that are no ordinary words: "hospital" is said of each of them. A text is
/// a proper name if all its words begin with a capital letter.
pub(super) fn places(public: &Public) -> Vec<BTreeSet<String>> {
    let segments = &public.segments;
    let weights = Weights::over(segments.iter().map(|segment| stems(&segment.text)).collect::<Vec<_>>().iter());
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let texts = public.assets.iter().map(|asset| &asset.text).chain(public.groups.iter().map(|group| &group.text));
    let ordinary: BTreeSet<String> = texts.flat_map(|text| text.split_whitespace()).filter(|word| !capital(word)).flat_map(stems).collect();
    let own = |segment: &Segment| {
        let words = if segment.text.split_whitespace().all(capital) { stems(&segment.text) } else { BTreeSet::new() };
        words.into_iter().filter(|word| weights.of(word) == 1000 && !ordinary.contains(word)).collect()
    };
    segments.iter().map(own).collect()
}

/// People by the words of their names, with whoever is named beside a post: "Ilse Brandauer, network planner", "Chief executive (Fergal Hession)".
pub(super) fn people(public: &Public) -> Vec<BTreeSet<String>> {
    let staff = public.staff.iter().filter(|staff| staff.vendor.is_none()).map(|staff| staff.name.as_str());
    let posts = public.roles.iter().filter_map(|role| role.label.split_once('(')).map(|(_, name)| name.trim_end_matches(')'));
    let others = public.stakeholders.iter().map(|stakeholder| stakeholder.words.as_str());
    staff.chain(posts).chain(others).filter_map(|text| person(text).map(stems)).collect()
}

/// The names of companies, and of people who are not in the room.
pub(super) fn outsiders(public: &Public) -> BTreeSet<String> {
    let companies = public.vendors.iter().flat_map(|vendor| stems(&vendor.name));
    companies.chain(public.stakeholders.iter().filter_map(|stakeholder| person(&stakeholder.words)).flat_map(stems)).collect()
}

/// The name that a text begins with, if it is somebody's: two words with capital letters.
fn person(text: &str) -> Option<&str> {
    let name = text.split([',', '(']).next()?.split(" of ").next()?.trim().trim_start_matches("Dr ");
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    (name.split_whitespace().count() == 2 && name.split_whitespace().all(capital)).then_some(name)
}

/// What posts are called by: "analyst", "engineer", "officer".
pub(super) fn posts(public: &Public) -> impl Iterator<Item = String> {
    public.staff.iter().filter(|staff| staff.vendor.is_none()).filter_map(|staff| stems(post(&staff.name).split(' ').next_back()?).into_iter().next())
}

/// What somebody is, of a name and a post, or of a post alone.
fn post(name: &str) -> &str {
    name.split(", ").nth(usize::from(person(name).is_some())).unwrap_or_default()
}

/// What people of each skill are called, in the order of [`Skill::ALL`]: by it, and by the posts of those who have it before all else.
pub(super) fn skills(public: &Public) -> Vec<BTreeSet<String>> {
    let called = |skill: Skill| {
        let staff = public.staff.iter().filter(|staff| staff.vendor.is_none() && staff.skills.first() == Some(&skill));
        staff.flat_map(|staff| stems(post(&staff.name))).chain(stems(skill.label())).collect()
    };
    Skill::ALL.into_iter().map(called).collect()
}

/// "dpc" for "the Data Protection Commission": the first letters of three capitalised words and more, as people shorten names.
pub(super) fn initials(text: &str) -> Vec<String> {
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
