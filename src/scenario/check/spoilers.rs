//! Ground truth in what players see: ids of stages and techniques, and sentences that belong into the debrief.

use super::Context;
use super::needles::{Needle, Needles};
use super::texts::{self, Seen, Text};
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::written::Truth;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let texts = texts::collect(context);
    let visible: Vec<&Text<'_>> = texts.iter().filter(|text| text.seen == Seen::ByPlayers).collect();
    let campaign = context.sheet.campaign.as_ref();
    // An id of one word (`encrypt`) is a word like any other; one with a hyphen is nobody's usual word.
    let stages: Vec<&str> = campaign
        .iter()
        .flat_map(|campaign| campaign.past.iter().map(|past| &*past.id).chain(campaign.next.iter().map(|stage| &*stage.id)))
        .filter(|id| id.contains('-'))
        .collect();
    let used: Vec<&str> = campaign
        .iter()
        .flat_map(|campaign| campaign.past.iter().map(|past| &*past.technique).chain(campaign.next.iter().map(|stage| &*stage.technique)))
        .collect();
    let names: Vec<&str> = context
        .sheet
        .techniques
        .iter()
        .filter(|technique| used.contains(&&*technique.id) && technique.name.contains(' '))
        .map(|technique| technique.name.as_str())
        .collect();
    let secrets = secrets(context);
    // A campaign has twenty steps. Looking for thousands of needles in megabytes is nobody's check.
    const MOST_NEEDLES: usize = 300;
    let (stages, names) = (&stages[..stages.len().min(MOST_NEEDLES)], &names[..names.len().min(MOST_NEEDLES)]);
    let secrets = &secrets[..secrets.len().min(MOST_NEEDLES)];
    let words = stages.iter().chain(names).map(|text| Needle { text, whole_word: true });
    let needles = Needles::new(words.chain(secrets.iter().map(|(text, _)| Needle { text, whole_word: false })).collect());
    for text in visible {
        if found.is_full() {
            return;
        }
        if let Some((at, id)) = technique_id(text.text) {
            let what = format!("`{id}`, the id of a technique, in a text that players see");
            found.add(
                Code::TruthShown,
                texts::place(context, text, id, at),
                what,
                "words that people in the story would use",
                "leave it to the debrief to name the technique",
            );
        }
        for (needle, at) in needles.find(text.text) {
            if let Some(stage) = stages.get(needle) {
                let what = format!("`{stage}`, the id of a stage of the campaign, in a text that players see");
                found.add(
                    Code::TruthShown,
                    texts::place(context, text, stage, at),
                    what,
                    "words that people in the story would use",
                    "players must not read what the adversary's steps are called",
                );
            } else if let Some(name) = names.get(needle - stages.len()) {
                let what = format!("\"{name}\", a technique of the campaign, in a text that players see");
                found.add(
                    Code::TechniqueNamed,
                    texts::place(context, text, name, at),
                    what,
                    "what would be seen, not what it is called",
                    "describe the trace, and leave the name to the debrief",
                );
            } else if let Some((secret, whose)) = secrets.get(needle - stages.len() - names.len()) {
                let what = format!("{whose}, word for word, in a text that players see");
                found.add(
                    Code::DebriefShown,
                    texts::place(context, text, secret, at),
                    what,
                    "what people in the story can know",
                    "say what can be seen from where they are",
                );
            }
        }
    }
}

/// Sentences that are true and hidden, long enough not to be met by chance.
fn secrets<'a>(context: &Context<'a>) -> Vec<(&'a str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    if let Some(campaign) = &context.sheet.campaign {
        all.extend(sentences(&campaign.wants).map(|sentence| (sentence, "what the adversary wants".to_owned())));
        for past in &campaign.past {
            all.extend(sentences(&past.text).map(|sentence| (sentence, format!("the debrief's sentence on `{}`", past.id))));
        }
        for stage in &campaign.next {
            all.extend(
                stage.text.iter().flat_map(|text| sentences(text)).map(|sentence| (sentence, format!("the debrief's sentence on `{}`", stage.id))),
            );
        }
    }
    for claim in &context.sheet.claims {
        if let Truth::Never { tempting } = &claim.truth {
            all.extend(sentences(tempting).map(|sentence| (sentence, format!("why `{}` is not true", claim.id))));
        }
    }
    for who in &context.sheet.stakeholders {
        all.extend(who.hides.iter().flat_map(|hides| sentences(hides)).map(|sentence| (sentence, format!("what `{}` keeps to themselves", who.id))));
    }
    for question in &context.sheet.about_us {
        for despite in &question.despite {
            all.extend(sentences(&despite.text).map(|sentence| (sentence, format!("how `{}` happened all the same", despite.stage))));
        }
    }
    all
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', ';', ':']).map(str::trim).filter(|sentence| sentence.split_whitespace().count() >= 5)
}

/// `T1059` or `T1059.001` as a word of its own.
fn technique_id(text: &str) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let letter = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    text.match_indices('T').map(|(at, _)| at).find_map(|at| {
        let starts = at == 0 || (!letter(at - 1) && bytes[at - 1] != b'-');
        if !starts || !(1..=4).all(|n| digit(at + n)) {
            return None;
        }
        let end = if bytes.get(at + 5) == Some(&b'.') && (6..=8).all(|n| digit(at + n)) { at + 9 } else { at + 5 };
        if letter(end) || bytes.get(end) == Some(&b'-') { None } else { text.get(at..end).map(|id| (at, id)) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_techniques_are_told_from_other_numbers() {
        assert_eq!(technique_id("see T1059.001, then"), Some((4, "T1059.001")));
        assert_eq!(technique_id("T1486"), Some((0, "T1486")));
        for other in ["AT1059", "T10590", "T105", "LAB-T1059-2", "T1059-3", "Thursday"] {
            assert_eq!(technique_id(other), None, "{other}");
        }
    }
}
