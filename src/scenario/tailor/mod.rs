//! A profile as something that is being filled in: what a form holds, how it is written as RON, what is wrong with it and where it shows.
//!
//! A [`Draft`] is whatever somebody has typed so far. It is written by [`Draft::written`] as a text that loads back to the same draft, with the place
//! of every field in it, so that what the checks find in the text can be said beside the field ([`remarks`]). Where a name shows, and what a text
//! looks like with the names so far, is in [`texts`]. Nothing here knows a screen or a file.

mod texts;

pub use texts::{Kind, Piece, Sample, Use, marked, samples, uses, where_it_shows};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::scenario::check;
use crate::scenario::compile::text::fill;
use crate::scenario::diagnostic::{Code, Diagnostic, Severity, is_invisible, is_unprintable};
use crate::scenario::load::{Loaded, load_profile};
use crate::scenario::written::{AboutUs, Answer, Profile, Setting, Sheet, Watched};

/// A profile as it is being filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// Its short name; the name of its file.
    pub id: String,
    /// Whom it describes.
    pub title: String,
    /// The id of the scenario it is for.
    pub scenario: String,
    /// The time zone as the IANA database names it; empty for the scenario's own.
    pub time_zone: String,
    /// Every variable with what it is here, empty where nobody has said: those of the scenario in its order, then those that it does not know.
    pub values: Vec<(String, String)>,
    /// Every question with its answer, if there is one: in the same order.
    pub answers: Vec<(String, Option<Answer>)>,
}

/// A field of a draft.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// The short name.
    Id,
    /// Whom it describes.
    Title,
    /// The time zone.
    TimeZone,
    /// A name, by its place.
    Value(usize),
    /// An answer, by its place.
    Answer(usize),
}

/// A draft as a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The text of a profile.
    pub text: String,
    /// Where each field stands in it, in bytes.
    pub places: Vec<(Field, Range<usize>)>,
}

/// Something that is to be said about a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// About which field; none for the whole.
    pub field: Option<Field>,
    /// An error keeps it from being played.
    pub severity: Severity,
    /// What, in a sentence or two.
    pub says: String,
}

impl Draft {
    /// Nothing filled in yet.
    pub fn blank(sheet: &Sheet) -> Draft {
        Draft {
            scenario: sheet.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            values: sheet.variables.iter().map(|variable| (variable.id.text.clone(), String::new())).collect(),
            answers: sheet.about_us.iter().map(|question| (question.id.text.clone(), None)).collect(),
            ..Draft::default()
        }
    }

    /// What a profile says. Where it says something twice, the last word counts, as it does in play.
    pub fn of(sheet: &Sheet, profile: &Profile) -> Draft {
        let mut draft = Draft::blank(sheet);
        draft.id = one_line(profile.id.as_ref().map_or("", |id| &id.value));
        draft.title = one_line(profile.title.as_deref().unwrap_or_default());
        if let Some(scenario) = &profile.scenario {
            draft.scenario = one_line(&scenario.value);
        }
        draft.time_zone = one_line(profile.time_zone.as_ref().map_or("", |zone| &zone.value));
        for value in &profile.values {
            let is = one_line(&value.is.value);
            match draft.values.iter_mut().find(|(id, _)| *id == value.of.text) {
                Some((_, known)) => *known = is,
                None => draft.values.push((value.of.text.clone(), is)),
            }
        }
        for answered in &profile.answers {
            match draft.answers.iter_mut().find(|(id, _)| *id == answered.to.text) {
                Some((_, known)) => *known = Some(answered.is),
                None => draft.answers.push((answered.to.text.clone(), Some(answered.is))),
            }
        }
        draft
    }

    /// What a name is here, if somebody has said.
    pub fn value(&self, variable: &str) -> Option<&str> {
        self.values.iter().find(|(id, is)| id == variable && !is.trim().is_empty()).map(|(_, is)| is.trim())
    }

    /// So many names are filled in, of how many.
    pub fn filled(&self) -> (usize, usize) {
        (self.values.iter().filter(|(_, is)| !is.trim().is_empty()).count(), self.values.len())
    }

    /// What texts read: the examples, and what is filled in over them.
    pub fn names(&self, sheet: &Sheet) -> BTreeMap<String, String> {
        let mut names: BTreeMap<String, String> =
            sheet.variables.iter().map(|variable| (variable.id.text.clone(), variable.example.value.clone())).collect();
        for (id, is) in self.values.iter().filter(|(_, is)| !is.trim().is_empty()) {
            if let Some(known) = names.get_mut(id) {
                *known = one_line(is);
            }
        }
        names
    }

    /// The text of the profile. It loads back to this draft, but for white space around what was typed.
    pub fn written(&self) -> Written {
        let mut to = Written { text: String::from("(\n    format: 1,\n"), places: Vec::new() };
        to.line("id", Field::Id, &self.id);
        to.line("title", Field::Title, &self.title);
        to.text.push_str(&format!("    scenario: {},\n", quoted(&self.scenario)));
        to.line("time_zone", Field::TimeZone, &self.time_zone);
        to.text.push_str("    values: [\n");
        for (place, (id, is)) in self.values.iter().enumerate() {
            if !is.trim().is_empty() {
                to.item(Field::Value(place), &format!("Value(of: {}, is: {})", quoted(id), quoted(is)));
            }
        }
        to.text.push_str("    ],\n    answers: [\n");
        for (place, (id, answer)) in self.answers.iter().enumerate() {
            if let Some(answer) = answer {
                to.item(Field::Answer(place), &format!("Answered(to: {}, is: {answer:?})", quoted(id)));
            }
        }
        to.text.push_str("    ],\n)\n");
        to
    }
}

impl Written {
    /// Leaves out what nobody has said.
    fn line(&mut self, name: &str, field: Field, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(&format!("    {name}: {},\n", quoted(value)));
        self.places.push((field, start..self.text.len()));
    }

    fn item(&mut self, field: Field, item: &str) {
        let start = self.text.len();
        self.text.push_str(&format!("        {item},\n"));
        self.places.push((field, start..self.text.len()));
    }

    /// The field that stands at a place.
    fn field_at(&self, offset: usize) -> Option<Field> {
        self.places.iter().find(|(_, range)| range.contains(&offset)).map(|(field, _)| *field)
    }
}

/// What was typed, as one line without letters that cannot be seen: what comes out of a clipboard has both.
pub fn one_line(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| if is_unprintable(c) || c == '\n' || c == '\t' { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

/// As RON writes a text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Everything there is to say about a draft, by field: what the checks find, and which of the example's names still stand.
pub fn remarks(loaded: &Loaded, draft: &Draft) -> Vec<Remark> {
    let written = draft.written();
    // The checks read a text; what they find is led back to the field it stands in. Its text is not to stay among the scenario's.
    let mut with = loaded.clone();
    let profile = load_profile(&mut with.sources, "this profile", "this profile", written.text.clone().into_bytes());
    let own = |finding: &&Diagnostic| finding.at.file == profile.file;
    let mut remarks: Vec<Remark> = check::profile(&with, &profile)
        .iter()
        .filter(own)
        // Which names are missing is said once for each, below.
        .filter(|finding| finding.code != Code::ProfileLeaves)
        .map(|finding| Remark {
            field: written.field_at(finding.at.offset as usize),
            severity: finding.severity(),
            says: sentence(&finding.found, &finding.expected, &finding.help),
        })
        .collect();
    let sheet = &loaded.sheet;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, variable) in sheet.variables.iter().enumerate() {
        let field = Some(Field::Value(place));
        let note = |says: String| Remark { field, severity: Severity::Note, says };
        match draft.value(&variable.id.text) {
            None => remarks.push(note(format!("Not filled in: people read \u{201c}{}\u{201d}.", variable.example.trim()))),
            Some(is) => {
                if variable.id.text == "currency" && !is_currency(is) {
                    remarks.push(Remark {
                        field,
                        severity: Severity::Warning,
                        says: "A currency is three capital letters (ISO 4217), as in EUR, GBP or USD.".to_owned(),
                    });
                }
                if let Some(other) = seen.insert(is, place).and_then(|other| sheet.variables.get(other)) {
                    remarks.push(note(format!("The same as \u{201c}{}\u{201d}.", other.about.trim_end_matches('.'))));
                }
            }
        }
    }
    remarks.sort_by_key(|remark| remark.field);
    remarks
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn sentence(found: &str, expected: &str, help: &str) -> String {
    let capital = |text: &str| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    };
    let mut says = capital(found);
    if !expected.is_empty() {
        says.push_str(&format!(". Expected: {expected}"));
    }
    if !help.is_empty() {
        says.push_str(&format!(". {}", capital(help)));
    }
    // Marks around what a file says word for word are for whoever writes files.
    format!("{}.", says.replace('`', "").trim_end_matches('.'))
}

/// The fields of a scenario's names in groups, in the order in which people think of them: the heading, and places in [`Draft::values`].
pub fn groups(draft: &Draft) -> Vec<(&'static str, Vec<usize>)> {
    // By the first word of the id: authors name variables as they like, and what nobody thought of comes last.
    let of = |id: &str| match id.split('.').next().unwrap_or(id) {
        "org" | "organisation" | "site" | "unit" => 0,
        "person" | "team" => 1,
        "system" | "product" => 2,
        "vendor" | "supplier" | "partner" => 3,
        "regulator" | "csirt" | "police" | "authority" | "minister" | "ministry" => 4,
        "report" | "mail" | "phone" | "channel" => 5,
        "paper" | "press" | "media" | "station" => 6,
        "country" | "currency" | "time" | "holiday" | "city" | "region" => 7,
        _ => 8,
    };
    const HEADINGS: [&str; 9] = [
        "The organisation",
        "People in the story",
        "Systems",
        "Companies",
        "Authorities",
        "Reporting and mail",
        "The press",
        "Place, time and money",
        "Other names",
    ];
    let grouped = HEADINGS.iter().enumerate().map(|(group, heading)| {
        let places = draft.values.iter().enumerate().filter(|(_, (id, _))| of(id) == group).map(|(place, _)| place).collect::<Vec<_>>();
        (*heading, places)
    });
    grouped.filter(|(_, places)| !places.is_empty()).collect()
}

/// What an answer to a question changes in the exercise, in words with `names` filled in; a line each.
pub fn what_it_sets(sheet: &Sheet, question: &AboutUs, answer: Answer, names: &BTreeMap<String, String>) -> Vec<String> {
    let counts_as = if answer == Answer::Unsure { question.unless_told } else { answer };
    let settings_of = |answer: Answer| match answer {
        Answer::Yes => &question.yes,
        Answer::No | Answer::Unsure => &question.no,
    };
    let mut lines: Vec<String> = settings_of(counts_as).iter().map(|setting| sets(sheet, setting)).collect();
    // What stands in the scenario as long as nobody has answered falls away with another answer.
    if counts_as != question.unless_told {
        lines.extend(settings_of(question.unless_told).iter().map(|setting| match setting {
            Setting::Rule { rule, .. } => format!("Does not apply: {}", rule_text(sheet, rule)),
            other => format!("Falls away: {}", sets(sheet, other)),
        }));
    }
    if lines.is_empty() {
        lines.push("Nothing changes: it is as the scenario is written".to_owned());
    }
    if counts_as == Answer::Yes {
        lines.extend(question.despite.iter().map(|despite| format!("How it happened all the same: {}", despite.text.value.trim())));
    }
    lines.iter().map(|line| fill(line, names)).collect()
}

/// What a duty to notify is about.
fn rule_text(sheet: &Sheet, rule: &str) -> String {
    let written = sheet.rules.iter().find(|written| *written.id == *rule);
    written.map_or_else(|| called(sheet, rule), |written| written.text.trim_end_matches('.').to_owned())
}

/// What an answer sets, in words.
fn sets(sheet: &Sheet, setting: &Setting) -> String {
    let called = |id: &str| called(sheet, id);
    match setting {
        Setting::Blocks { sensor } => format!("{}: stops what it notices", called(sensor)),
        Setting::Covers { sensor, assets } => {
            let on: Vec<String> = assets.iter().map(|asset| called(asset)).collect();
            format!("{}: sees {} as well", called(sensor), on.join(", "))
        }
        Setting::OutOfReach { data } => format!("{}: cannot be destroyed with a login of the domain", called(data)),
        Setting::Watched { sensor, hours } => match hours {
            Watched::Always => format!("{}: somebody looks at any hour", called(sensor)),
            Watched::OfficeHours => format!("{}: somebody looks in office hours", called(sensor)),
            Watched::Never => format!("{}: nobody looks until told to", called(sensor)),
            Watched::Between(..) => format!("{}: somebody looks at certain hours of each day", called(sensor)),
        },
        Setting::SecondFactor { link } => format!("{}: asks for a second factor", called(link)),
        Setting::LeadTime { vendor, takes } => format!("{}: at work {} after the call", called(vendor), takes.value),
        Setting::Rule { rule, .. } => format!("Applies: {}", rule_text(sheet, rule)),
        Setting::NoWay { from, to } => format!("{}: cannot open connections to {}", called(from), called(to)),
    }
}

/// What people call something of the estate, as far as the author has said; its id in plain words otherwise.
fn called(sheet: &Sheet, id: &str) -> String {
    let estate = sheet.estate.as_ref();
    let sensor = || sheet.sensors.iter().find(|it| *it.id == *id)?.text.clone();
    let vendor = || sheet.vendors.iter().find(|it| *it.id == *id).map(|it| it.named.value.clone());
    let data = || estate?.data.iter().find(|it| *it.id == *id)?.text.clone();
    let link = || estate?.links.iter().find(|it| *it.id == *id)?.text.clone();
    let group = || estate?.groups.iter().find(|it| *it.id == *id)?.text.clone();
    let segment = || estate?.segments.iter().find(|it| *it.id == *id)?.text.clone();
    let asset = || estate?.assets.iter().find(|it| *it.id == *id).map(|it| it.named.value.clone());
    let said = sensor().or_else(vendor).or_else(data).or_else(link).or_else(group).or_else(segment).or_else(asset);
    said.unwrap_or_else(|| id.replace('-', " "))
}

#[cfg(test)]
mod tests;
