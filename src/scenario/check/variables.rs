//! Names that a trainer may replace, answers about the organisation, and the rules they switch on.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::needles::{Needle, Needles};
use super::texts::{self, Seen, Text};
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::scenario::reference::Name;
use crate::scenario::written::{AboutUs, Act, Setting, Starts, Truth};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let texts = texts::collect(context);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for text in &texts {
        for (at, name) in opened(text.text) {
            used.insert(name);
            if found.is_full() {
                continue;
            }
            if !context.has(Name::Variable, name) && !context.loaded.lost.contains(name) && !context.loaded.unread_files {
                let written = format!("{{{name}}}");
                let near = did_you_mean(name, context.ids(Name::Variable));
                // In somebody else's format `{id}` may be theirs; a dot or a near miss says that it was meant for us.
                if text.file && near.is_none() && !name.contains('.') {
                    continue;
                }
                let help = near.map_or_else(
                    || format!("declare `Variable(id: \"{name}\", ..)`, or write the words"),
                    |near| format!("did you mean `{{{near}}}`?"),
                );
                found.add(
                    Code::Undeclared,
                    texts::place(context, text, &written, at),
                    format!("`{written}`, which is not declared"),
                    "a variable that is declared",
                    help,
                );
            }
        }
        if !text.file && !found.is_full() {
            odd_braces(context, text, found);
        }
    }
    declared(context, &used, found);
    written_out(context, &texts, found);
    answers(context, found);
    regulators(context, &used, found);
}

/// Variables opened in a text, with the offset of their brace: `{a.b-c}` and nothing looser, or every JSON log would break.
pub(super) fn opened(text: &str) -> Vec<(usize, &str)> {
    text.match_indices('{')
        .filter_map(|(at, _)| {
            let rest = ahead(&text[at + 1..]);
            let name = &rest[..rest.find('}')?];
            let step =
                |step: &str| step.starts_with(|c: char| c.is_ascii_lowercase()) && step.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            name.split(['.', '-']).all(step).then_some((at, name))
        })
        .collect()
}

/// As much of a text as a name may take: looking for the closing brace in all of it would cost the square of a hostile text's length.
fn ahead(text: &str) -> &str {
    const LONGEST_NAME: usize = 80;
    &text[..text.floor_char_boundary(LONGEST_NAME.min(text.len()))]
}

/// `{Org}`, `{ org }`, `{vendor.it`: nearly a variable.
fn odd_braces(context: &Context<'_>, text: &Text<'_>, found: &mut Diagnostics) {
    // Ten thousand braces in one text are somebody else's format.
    const MOST_BRACES: usize = 10_000;
    for (at, _) in text.text.match_indices('{').take(MOST_BRACES) {
        if !text.text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == ' ') {
            continue;
        }
        let rest = ahead(&text.text[at + 1..]);
        let end = rest.find(['}', ' ', ',', '\n']).unwrap_or(rest.len());
        let whole = rest.find('}').map_or(&rest[..end], |end| &rest[..end]);
        let plain = whole.trim().to_lowercase().replace('_', "-");
        let closed = rest[whole.len()..].starts_with('}');
        if (closed && plain == whole) || !context.has(Name::Variable, &plain) {
            continue;
        }
        let written: String = text.text[at..].chars().take(whole.chars().count() + 1 + usize::from(closed)).collect();
        found.add(
            Code::OddBrace,
            texts::place(context, text, &written, at),
            format!("`{written}`, which is shown as it is"),
            format!("`{{{plain}}}`"),
            "a variable is lower-case words joined by dots and hyphens, directly between braces",
        );
    }
}

fn declared(context: &Context<'_>, used: &BTreeSet<&str>, found: &mut Diagnostics) {
    for variable in &context.sheet.variables {
        if variable.example.trim().is_empty() {
            found.add(
                Code::EmptyExample,
                variable.example.at,
                format!("the variable `{}` has an empty example", variable.id),
                "what it is where nobody says otherwise",
                "the scenario is played as it is shipped, too",
            );
        } else if let Some((_, name)) = opened(&variable.example).first() {
            found.add(
                Code::NestedVariable,
                variable.example.at,
                format!("`{{{name}}}` inside the example of a variable"),
                "plain words",
                "variables are filled in once, not in one another",
            );
        }
        if context.whole && !used.contains(&*variable.id) && &*variable.id != "currency" {
            found.add(
                Code::Unused,
                variable.id.at,
                format!("the variable `{}`, which no text uses", variable.id),
                "a text with it",
                "leave it out, so that nobody fills it in for nothing",
            );
        }
    }
}

/// Names of the invented organisation that are written out instead of as a variable: another organisation would read them.
fn written_out(context: &Context<'_>, texts: &[Text<'_>], found: &mut Diagnostics) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    // A profile has about twenty names.
    for variable in context.sheet.variables.iter().take(300) {
        let example = variable.example.trim();
        if example.chars().count() >= 4 && example.chars().any(char::is_uppercase) {
            names.insert(example, &variable.id);
        }
        if variable.id.starts_with("person.")
            && let Some(surname) = example.split_whitespace().next_back()
            && surname.chars().count() >= 5
            && example != surname
        {
            names.insert(surname, &variable.id);
        }
    }
    // The whole name first: its last word lies within it.
    let mut by_length: Vec<(&str, &str)> = names.into_iter().collect();
    by_length.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let needles = Needles::new(by_length.iter().map(|(text, _)| Needle { text, whole_word: true }).collect());
    for text in texts {
        if found.is_full() {
            return;
        }
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (needle, at) in needles.find(text.text) {
            let Some((name, id)) = by_length.get(needle) else { continue };
            if ends.iter().any(|(from, to)| (*from..*to).contains(&at)) {
                continue;
            }
            ends.push((at, at + name.len()));
            let who = if text.seen == Seen::InDebrief { "the debrief" } else { "a text" };
            let what = format!("\"{name}\", the example of `{{{id}}}`, written out in {who}");
            found.add(
                Code::NameWrittenOut,
                texts::place(context, text, name, at),
                what,
                format!("`{{{id}}}`"),
                "another organisation's profile would leave this name standing",
            );
        }
    }
}

fn answers(context: &Context<'_>, found: &mut Diagnostics) {
    for question in &context.sheet.about_us {
        let asked = context.sheet.claims.iter().any(|claim| matches!(&claim.truth, Truth::AsAnswered(about) if **about == *question.id));
        if question.yes.is_empty() && question.no.is_empty() && !asked && context.whole {
            let what = format!("the answer to `{}` changes nothing", question.id);
            found.add(
                Code::AnswerWithoutEffect,
                question.id.at,
                what,
                "`yes: [..]`, `no: [..]`, or a claim `AsAnswered`",
                "a question costs the trainer a minute: let it matter",
            );
        }
        for despite in &question.despite {
            let past = context.sheet.campaign.iter().flat_map(|campaign| &campaign.past).any(|past| *past.id == *despite.stage);
            if !past && context.has(Name::Stage, &despite.stage) {
                found.add(
                    Code::Contradiction,
                    despite.stage.at,
                    format!("a `despite` for `{}`, which has not happened yet", despite.stage),
                    "something of the past",
                    "what comes after STARTEX follows the answer by itself",
                );
            }
        }
        if let Some(contradicted) = contradicted(context, question)
            && question.despite.is_empty()
            && context.whole
        {
            let what = format!("a yes to `{}` contradicts `{contradicted}`, which happened before STARTEX", question.id);
            found.add(
                Code::Contradiction,
                question.id.at,
                what,
                "`despite: [Despite(stage: .., text: ..)]`",
                "say how it happened although the safeguard was there",
            );
        }
        for (settings, answer) in [(&question.yes, "yes"), (&question.no, "no")] {
            rules(context, question, settings, answer, found);
            for setting in settings {
                if let Some(already) = already(context, setting) {
                    let what = format!("a {answer} to `{}` sets what is so already: {already}", question.id);
                    found.add(
                        Code::AnswerWithoutEffect,
                        question.id.at,
                        what,
                        "a setting that changes something",
                        "change what the scenario says without the answer, or leave the setting out",
                    );
                }
            }
        }
    }
    for rule in &context.sheet.rules {
        if rule.starts == Starts::Notified && rule.after.is_none() {
            let what = format!("the rule `{}` starts with another's notification and does not say whose", rule.id);
            found.add(Code::RuleWithoutStart, rule.id.at, what, "`after: ..`", "name the rule it follows");
        }
    }
}

/// A setting that the scenario has without any answer.
fn already(context: &Context<'_>, setting: &Setting) -> Option<String> {
    let sensor = |id: &str| context.sheet.sensors.iter().find(|sensor| &*sensor.id == id);
    match setting {
        Setting::Blocks { sensor: id } if sensor(id)?.blocks => Some(format!("`{id}` blocks")),
        Setting::Watched { sensor: id, hours } if sensor(id)?.watched == *hours => Some(format!("`{id}` is watched then")),
        Setting::OutOfReach { data } if context.estate().data.iter().find(|written| *written.id == **data)?.out_of_reach => {
            Some(format!("`{data}` is out of reach"))
        }
        Setting::SecondFactor { link } if context.estate().links.iter().find(|written| *written.id == **link)?.second_factor => {
            Some(format!("`{link}` asks for a second factor"))
        }
        Setting::NoWay { from, to } => {
            let segment = context.estate().segments.iter().find(|segment| *segment.id == **from)?;
            (!segment.talks_to.iter().any(|other| **other == **to)).then(|| format!("`{from}` does not talk to `{to}`"))
        }
        _ => None,
    }
}

fn rules(context: &Context<'_>, question: &AboutUs, settings: &[Setting], answer: &str, found: &mut Diagnostics) {
    let in_force: BTreeSet<&str> = context
        .sheet
        .rules_in_force
        .iter()
        .map(|rule| &**rule)
        .chain(settings.iter().filter_map(|setting| match setting {
            Setting::Rule { rule, .. } => Some(&**rule),
            _ => None,
        }))
        .collect();
    for setting in settings {
        let Setting::Rule { rule, aware_of } = setting else { continue };
        let Some(written) = context.sheet.rules.iter().find(|written| *written.id == **rule) else { continue };
        if written.starts == Starts::Aware && aware_of.is_empty() {
            let what = format!("nothing starts the clock of `{rule}`");
            found.add(Code::RuleWithoutStart, rule.at, what, "`aware_of: [..]` with at least one claim", "say what the team knows when it is aware");
        }
        if let Some(after) = &written.after
            && written.starts == Starts::Notified
            && !in_force.contains(&**after)
        {
            let what = format!("`{rule}` follows `{after}`, which does not apply when `{}` is answered {answer}", question.id);
            found.add(Code::RuleWithoutStart, rule.at, what, format!("`Rule(rule: \"{after}\", ..)` beside it"), "a chain needs its first link");
        }
    }
}

/// What of the past a yes makes implausible.
fn contradicted<'a>(context: &Context<'a>, question: &AboutUs) -> Option<&'a str> {
    let past = &context.sheet.campaign.as_ref()?.past;
    if !context.affordable(past.len() * context.sheet.about_us.len()) {
        return None;
    }
    question.yes.iter().find_map(|setting| match setting {
        Setting::SecondFactor { link } => {
            past.iter().find(|past| matches!(&past.does, Act::Enter { through, .. } if **through == **link)).map(|past| &*past.id)
        }
        Setting::OutOfReach { data } => {
            past.iter().find(|past| matches!(&past.does, Act::Destroy { data: gone } if **gone == **data)).map(|past| &*past.id)
        }
        Setting::Blocks { sensor } => {
            let sensor = context.sheet.sensors.iter().find(|written| *written.id == **sensor)?;
            let covered: BTreeSet<usize> = sensor.on.iter().flat_map(|on| context.machines(on)).collect();
            past.iter()
                .find(|past| {
                    let on: Vec<&str> = match &past.does {
                        Act::Run { on } => on.iter().map(|on| &**on).collect(),
                        Act::Steal { from: Some(from), .. } => vec![from],
                        _ => vec![],
                    };
                    let loud = context.sheet.techniques.iter().find(|technique| *technique.id == *past.technique).is_some_and(|technique| {
                        technique.leaves.iter().any(|leaves| sensor.sees.contains(&leaves.trail) && leaves.loudness_percent.value >= 50)
                    });
                    loud && on.iter().flat_map(|on| context.machines(on)).any(|machine| covered.contains(&machine))
                })
                .map(|past| &*past.id)
        }
        _ => None,
    })
}

/// A regulator that texts speak of, and no rule ever writes to.
fn regulators(context: &Context<'_>, used: &BTreeSet<&str>, found: &mut Diagnostics) {
    let applying: BTreeSet<&str> = context
        .sheet
        .rules_in_force
        .iter()
        .map(|rule| &**rule)
        .chain(context.sheet.about_us.iter().flat_map(|question| question.yes.iter().chain(&question.no)).filter_map(|setting| match setting {
            Setting::Rule { rule, .. } => Some(&**rule),
            _ => None,
        }))
        .collect();
    for variable in context.sheet.variables.iter().filter(|variable| variable.id.starts_with("regulator.") && used.contains(&*variable.id)) {
        let written = format!("{{{}}}", variable.id);
        let reached = context.sheet.rules.iter().any(|rule| applying.contains(&*rule.id) && rule.recipient.contains(&written));
        if !reached && context.whole {
            let what = format!("no rule that can apply notifies `{written}`");
            found.add(
                Code::RegulatorWithoutRule,
                variable.id.at,
                what,
                format!("a rule with `recipient: \"{written}\"`, in force or set by an answer"),
                "a regulator without a rule has no deadline",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_open_variables_only_as_written() {
        let names = |text| opened(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("{org} and {vendor.it-support}, {\"a\": 1}, { org }, {Org}, {}, {a..b}, {1}, {open"), ["org", "vendor.it-support"]);
    }
}
