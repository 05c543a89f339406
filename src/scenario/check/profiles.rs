//! Profiles: names and answers of one organisation, against the scenario they are for.

use std::collections::BTreeSet;

use super::{Context, references, times, variables};
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::load::LoadedProfile;
use crate::scenario::located::Place;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    for profile in &context.loaded.profiles {
        check_one(context, profile, found);
    }
}

pub(super) fn check_one(context: &Context<'_>, loaded: &LoadedProfile, found: &mut Diagnostics) {
    let start = Place { file: loaded.file, offset: 0, length: 0 };
    references::check_mentions(context, &loaded.mentions, found);
    let profile = &loaded.profile;
    if let (Some(of), Some(id)) = (&profile.scenario, &context.sheet.id)
        && of.value != id.value
    {
        found.add(
            Code::ProfileElsewhere,
            of.at,
            format!("a profile for `{}`", of.value),
            format!("`scenario: \"{}\"`", id.value),
            "it stands beside another scenario, or was copied from it",
        );
    }
    match &profile.format {
        Some(format) if format.value != 1 => {
            found.add(Code::Format, format.at, format!("format {}", format.value), "`format: 1`", "this build reads format 1 and no other")
        }
        _ => {}
    }
    if let Some(written) = &profile.time_zone {
        times::zone(written, found);
    }
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for value in &profile.values {
        if !named.insert(&value.of) {
            found.add(
                Code::ProfileTwice,
                value.of.at,
                format!("`{}` for the second time", value.of),
                "each variable once",
                "leave one of the two out",
            );
        }
        if value.is.trim().is_empty() {
            found.add(Code::EmptyExample, value.is.at, format!("an empty value of `{}`", value.of), "a name", "leave it out to keep the example");
        } else if let Some((_, name)) = variables::opened(&value.is).first() {
            found.add(
                Code::NestedVariable,
                context.within(value.is.at, &format!("{{{name}}}")),
                format!("`{{{name}}}` inside the value of `{}`", value.of),
                "plain words",
                "variables are filled in once, not in one another",
            );
        }
    }
    let mut answered: BTreeSet<&str> = BTreeSet::new();
    for answer in &profile.answers {
        if !answered.insert(&answer.to) {
            found.add(
                Code::ProfileTwice,
                answer.to.at,
                format!("`{}` answered for the second time", answer.to),
                "each question once",
                "leave one of the two out",
            );
        }
    }
    let left: Vec<&str> = context.sheet.variables.iter().map(|variable| &*variable.id).filter(|id| !named.contains(id)).collect();
    if !left.is_empty() && !loaded.incomplete {
        let shown = left.iter().take(8).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let more = if left.len() > 8 { format!(" and {} more", left.len() - 8) } else { String::new() };
        let what = format!("the profile leaves names of the example standing: {shown}{more}");
        found.add(Code::ProfileLeaves, start, what, "a value for every variable", "people would read another organisation's names");
    }
}
