//! Ids that are defined twice: within their kind, and together where a field names several kinds.

use std::collections::BTreeMap;

use super::references::an;
use super::{Context, numbered};
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::Place;
use crate::scenario::reference::{Name, TOGETHER};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let mut first: BTreeMap<(Name, &str), Place> = BTreeMap::new();
    for mention in context.loaded.mentions.iter().filter(|mention| mention.defines) {
        let (kind, id) = (mention.kinds[0], mention.text.as_str());
        if let Some(before) = first.get(&(kind, id)) {
            let what = format!("the {} `{id}` for the second time", kind.label());
            found.add(
                Code::DefinedTwice,
                mention.at,
                what,
                format!("each {} once", kind.label()),
                format!("the first is in {}; give one of them another id", where_is(context, *before)),
            );
            continue;
        }
        let together = TOGETHER.iter().filter(|kinds| kinds.contains(&kind)).flat_map(|kinds| kinds.iter());
        if let Some((other, before)) =
            together.filter(|other| **other != kind).find_map(|other| first.get(&(*other, id)).map(|place| (*other, *place)))
        {
            let what = format!("the {} `{id}`, which is {} as well", kind.label(), an(other.label()));
            let help = format!("the {} is in {}; fields name both kinds, so their ids must differ", other.label(), where_is(context, before));
            found.add(Code::DefinedTogether, mention.at, what, "an id of its own", help);
        }
        first.insert((kind, id), mention.at);
    }
    several_alike(context, &first, found);
    brought(context, &first, found);
    choices(context, found);
    lists(context, found);
}

fn where_is(context: &Context<'_>, place: Place) -> String {
    let (line, _) = context.loaded.sources.position(place);
    format!("{}, line {line}", context.loaded.sources.label(place.file))
}

/// `tills-03` as an id of its own, beside twelve `tills`.
fn several_alike(context: &Context<'_>, first: &BTreeMap<(Name, &str), Place>, found: &mut Diagnostics) {
    let counts: BTreeMap<&str, u32> =
        context.estate().assets.iter().filter_map(|asset| Some((&*asset.id, u32::from(asset.count.as_ref()?.value)))).collect();
    for ((kind, id), at) in first.iter().filter(|((kind, _), _)| TOGETHER[0].contains(kind)) {
        let Some((base, number)) = numbered(id) else { continue };
        if counts.get(base).is_some_and(|count| (1..=*count).contains(&number)) {
            let what = format!("the {} `{id}`, which also means the machine {number} of `{base}`", kind.label());
            found.add(Code::DefinedTogether, *at, what, "an id of its own", "machines alike are named by their id and a number");
        }
    }
}

/// People whom a vendor brings are called by its id and a number.
fn brought(context: &Context<'_>, first: &BTreeMap<(Name, &str), Place>, found: &mut Diagnostics) {
    for vendor in &context.sheet.vendors {
        let people: u32 = vendor.brings.iter().map(|brings| u32::from(brings.people.value)).sum();
        for number in 1..=people {
            if let Some(at) = first.get(&(Name::Staff, format!("{}-{number}", vendor.id).as_str())) {
                let what = format!("the staff `{}-{number}`, which also means one of the people whom `{}` brings", vendor.id, vendor.id);
                found.add(Code::DefinedTogether, *at, what, "an id of its own", "people of vendors are named by its id and a number");
            }
        }
    }
}

fn choices(context: &Context<'_>, found: &mut Diagnostics) {
    for (_, gate) in context.gates() {
        for (index, choice) in gate.choices.iter().take(200).enumerate() {
            if gate.choices[..index].iter().any(|before| before.id.value == choice.id.value) {
                found.add(
                    Code::ChoiceTwice,
                    choice.id.at,
                    format!("the choice `{}` for the second time", choice.id.value),
                    "each choice of a gate once",
                    "give one of them another id",
                );
            }
        }
    }
}

/// The same id twice in a list that means a set.
fn lists(context: &Context<'_>, found: &mut Diagnostics) {
    let mut check = |items: Vec<(&str, Place)>, what: &str| {
        for (index, (id, at)) in items.iter().enumerate() {
            if items[..index].iter().any(|(before, _)| before == id) {
                found.add(Code::ListedTwice, *at, format!("`{id}` for the second time in {what}"), "each once", "leave one of them out");
            }
        }
    };
    macro_rules! ids {
        ($list:expr) => {
            $list.iter().take(200).map(|item| (&*item.text, item.at)).collect::<Vec<_>>()
        };
    }
    for (_, inject) in context.injects() {
        check(ids!(inject.to), "the addressees of this inject");
    }
    for cut in &context.sheet.cuts {
        check(ids!(cut.moves), "the moves of this cut");
        check(ids!(cut.leave_out), "what this cut leaves out");
    }
    for group in &context.estate().groups {
        check(ids!(group.of), "this group");
    }
    for service in &context.estate().services {
        check(ids!(service.rests_on), "what this service rests on");
    }
}
