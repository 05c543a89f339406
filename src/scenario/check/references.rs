//! Ids that are referred to and not defined, by kind, with the nearest that is.

use super::{Context, Numbered, member, numbered, orders};
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::scenario::reference::{Mention, Name};

/// How many dangling references get a suggestion; computing one looks at every id of the kind.
const MOST_SUGGESTIONS: usize = 200;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    check_mentions(context, &context.loaded.mentions, found);
    odd_ids(context, found);
    senders(context, found);
    orders::check(context, found);
}

pub(super) fn check_mentions(context: &Context<'_>, mentions: &[Mention], found: &mut Diagnostics) {
    let mut suggested = 0;
    for mention in mentions.iter().filter(|mention| !mention.defines) {
        let text = mention.text.as_str();
        if mention.words.contains(&text) || mention.kinds.iter().any(|kind| context.has(*kind, text)) {
            continue;
        }
        if mention.kinds.contains(&Name::Asset) && one_of_several(context, mention, found) {
            continue;
        }
        if context.loaded.lost.contains(text) {
            continue;
        }
        let kinds = kinds_in_words(mention.kinds);
        if let Some(other) = context.defined.iter().find(|(_, ids)| ids.contains_key(text)).map(|(kind, _)| *kind) {
            if context.loaded.unread_files {
                continue;
            }
            let what = format!("`{text}`, which is {}", an(other.label()));
            found.add(
                Code::WrongKind,
                mention.at,
                what,
                format!("the id of {}", an(&kinds)),
                format!("name {} here, or define one of this id", an(&kinds)),
            );
            continue;
        }
        // A technique that ATT&CK does not have is named by the pass for it.
        if mention.kinds == [Name::Technique] && super::attack::name(text).is_none() {
            continue;
        }
        // Without all files it cannot be known what they define.
        if context.loaded.unread_files {
            continue;
        }
        suggested += 1;
        let near = if suggested > MOST_SUGGESTIONS { None } else { did_you_mean(text, candidates(context, mention)) };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("define {} of this id, or name another", an(&kinds)),
        };
        found.add(Code::UnknownId, mention.at, format!("no {kinds} `{text}`"), format!("the id of {} that is defined", an(&kinds)), help);
    }
}

/// The id of the machine that stands on the map under this name, if only one does.
pub(super) fn machine_called(context: &Context<'_>, name: &str) -> Option<String> {
    let mut ids = context.estate().assets.iter().filter_map(|asset| {
        let named = asset.named.value.as_str();
        match (&asset.count, named.split_once('#')) {
            (None, _) => named.eq_ignore_ascii_case(name).then(|| asset.id.text.clone()),
            (Some(count), Some((before, after))) => {
                let number = name.strip_prefix(before)?.strip_suffix(after.trim_start_matches('#'))?.parse().ok()?;
                (1..=u32::from(count.value)).contains(&number).then(|| member(&asset.id.text, count.value, number))
            }
            (Some(_), None) => None,
        }
    });
    let first = ids.next()?;
    ids.next().is_none().then_some(first)
}

fn candidates<'a>(context: &'a Context<'_>, mention: &'a Mention) -> impl Iterator<Item = &'a str> {
    mention.kinds.iter().flat_map(|kind| context.ids(*kind)).chain(mention.words.iter().copied())
}

/// `tills-03`, where `tills` are several.
fn one_of_several(context: &Context<'_>, mention: &Mention, found: &mut Diagnostics) -> bool {
    let Some((base, _)) = numbered(&mention.text) else { return false };
    let Some(one) = context.numbered_machine(&mention.text) else { return context.loaded.lost.contains(base) };
    if !one.fits && !one.unsure {
        let (what, expected, help) = misnumbered(&mention.text, base, &one);
        found.add(Code::NumberedBeyond, mention.at, what, expected, help);
    }
    true
}

/// What to say of a number that names no machine.
pub(super) fn misnumbered(text: &str, base: &str, one: &Numbered) -> (String, String, String) {
    let Some(count) = one.count else {
        return (
            format!("`{text}`, where `{base}` is a single machine"),
            format!("`{base}`"),
            "only machines with a `count` are numbered".to_owned(),
        );
    };
    let (first, last) = (member(base, count, 1), member(base, count, count.into()));
    match &one.meant {
        Some(meant) => {
            (format!("`{text}`, where machines are written `{first}` to `{last}`"), format!("`{meant}`"), format!("did you mean `{meant}`?"))
        }
        None => (
            format!("`{text}`, where `{base}` is {count} machines alike"),
            format!("`{first}` to `{last}`"),
            format!("machines alike are numbered from 01 on; `{base}` means all of them"),
        ),
    }
}

/// With its article.
pub(super) fn an(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

pub(super) fn kinds_in_words(kinds: &[Name]) -> String {
    kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" or ")
}

fn odd_ids(context: &Context<'_>, found: &mut Diagnostics) {
    for mention in context.loaded.mentions.iter().filter(|mention| mention.defines) {
        let id = mention.text.as_str();
        let kind = mention.kinds[0];
        let letters = |byte: u8| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || matches!(byte, b'-' | b'.')
                || (kind == Name::Technique && byte.is_ascii_uppercase())
        };
        let plain = !id.is_empty() && id.len() <= 80 && id.bytes().all(letters) && !id.starts_with(['-', '.']) && !id.ends_with(['-', '.']);
        if !plain {
            let what = if id.is_empty() { format!("an empty id of {}", an(kind.label())) } else { format!("the id `{id}`") };
            found.add(
                Code::OddId,
                mention.at,
                what,
                "lower-case words joined by hyphens",
                "ids are typed and compared letter by letter; people read `text` and `title`",
            );
        } else if id == "all" || (id == "internet" && matches!(kind, Name::Segment | Name::Vendor | Name::Asset | Name::Group)) {
            found.add(
                Code::OddId,
                mention.at,
                format!("the id `{id}`, which is a word of its own"),
                "another id",
                format!("`{id}` already means something in this format"),
            );
        }
    }
}

/// A sender may be an id or words; one that looks like an id and is nearly one was probably meant to be it.
fn senders(context: &Context<'_>, found: &mut Diagnostics) {
    for (_, inject) in context.injects() {
        let from = inject.from.value.as_str();
        let known = context.has(Name::Stakeholder, from) || context.has(Name::Vendor, from) || context.has(Name::Role, from);
        if known || !from.contains('-') || from.contains(' ') || context.loaded.lost.contains(from) {
            continue;
        }
        if let Some(near) = did_you_mean(from, context.ids(Name::Stakeholder).chain(context.ids(Name::Vendor)).chain(context.ids(Name::Role))) {
            found.add(
                Code::UnknownSender,
                inject.from.at,
                format!("the sender `{from}`, which is no stakeholder"),
                "the id of a stakeholder, or words",
                format!("did you mean `{near}`?"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::source::Opening;
    use crate::scenario::{check, load};

    #[test]
    fn a_machine_that_is_named_as_the_map_names_it_is_told_by_its_id() {
        let case = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/orders-file");
        let mut loaded = load::load(&Opening::find(case).expect("a case"));
        for (seen, id) in [("FILE1", "files"), ("DESK-03", "desks-03")] {
            let text = format!(r#"[(at: "+5m", role: "operations", order: Order(action: "isolate", on: ["{seen}"]))]"#);
            let orders = load::load_orders(&mut loaded.sources, "orders.ron", text.into_bytes());
            let found = check::orders(&loaded, &orders);
            let help = found.iter().find(|one| one.found.contains(seen)).map(|one| one.help.to_string()).expect("it is no id");
            assert!(help.starts_with(&format!("did you mean `{id}`?")), "{help}");
        }
    }
}
