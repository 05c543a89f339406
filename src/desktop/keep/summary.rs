//! What a journal says of its session, read without playing it: for lists. The chain is checked when a journal is opened, not here.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::open_file;
use crate::journal::{Annotation, BEGINS, Header, PERSON, Reached, RemarkKind, Rewound};
use crate::scenario::compile::text::fill;
use crate::scenario::load::{self, load_profile};
use crate::scenario::source::{Opening, Sources};
use crate::scenario::tailor::Draft;
use crate::session::Mode;
use crate::time::ExerciseTime;

/// The largest journal that is read for a list, in bytes.
const LARGEST_LISTED: u64 = 64 << 20;

/// A session, as its journal tells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// The scenario's id.
    pub scenario: String,
    /// Its title, with the names of the profile.
    pub title: String,
    /// `discussion`, `clocked` or `solo`.
    pub mode: String,
    /// The id of the cut.
    pub cut: String,
    /// The name of the profile.
    pub profile: Option<String>,
    /// The seed.
    pub seed: u64,
    /// The roles that people played.
    pub people: Vec<String>,
    /// How far play came, in seconds from STARTEX.
    pub reached: i64,
    /// It came to its end.
    pub closed: bool,
    /// The score, where it is for the one person who played; a room gets none unless it asks.
    pub score: Option<u8>,
    /// What the assessment came to, by capability.
    pub results: Vec<ResultLine>,
    /// What the room took on.
    pub improvements: Vec<Improvement>,
    /// Why it could not be read, if it could not.
    pub trouble: Option<String>,
}

/// One line of what an assessment came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResultLine {
    /// The capability.
    pub capability: String,
    /// 0 to 100, for what is scored.
    pub score: Option<u8>,
    /// `P`, `S`, `M` or `U`, for what is rated.
    pub rating: Option<String>,
}

/// Something that is to be better. The shape of a remark of kind `improvement`: its value is these fields as one JSON object.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Improvement {
    /// Its id within the session; the remark is about it.
    #[serde(skip)]
    pub item: String,
    /// What is to be better.
    pub issue: String,
    /// What is done about it.
    pub action: String,
    /// Planning, organization, equipment, training or exercise.
    pub element: String,
    /// Who answers for it: a role or function.
    pub owner: String,
    /// When it is to be done, as `2026-05-14`; empty where nobody has said.
    #[serde(rename = "completion")]
    pub due: String,
    /// `open`, `started` or `done`.
    pub status: String,
    /// The room does not take it on.
    pub left_out: bool,
}

#[derive(Deserialize)]
struct Line<T> {
    entry: T,
}

#[derive(Deserialize)]
struct HeaderEntry {
    header: Box<Header>,
}

#[derive(Deserialize)]
struct At {
    at: ExerciseTime,
}

/// The entries that a list needs; of those the parts that it needs. Any other line is passed over.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry {
    Command(At),
    Directed(At),
    Instructed(At),
    Reached(Reached),
    Rewound(Rewound),
    Annotation(Annotation),
    Closed(Closed),
}

#[derive(Deserialize)]
struct Closed {
    at: ExerciseTime,
    assessment: Value,
    #[allow(dead_code, reason = "passed over without being built")]
    ledger: IgnoredAny,
}

/// What the journal at a path says, or why it cannot be read; none if nothing was recorded in it.
pub fn of(path: &Path, titles: &mut BTreeMap<String, String>) -> Option<Summary> {
    let unread = |why: &str| Some(Summary { trouble: Some(why.to_owned()), ..Summary::default() });
    let mut file = match open_file(path) {
        Ok(file) => file,
        // It has just been removed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return unread(&error.to_string()),
    };
    let mut beginning = Vec::new();
    if let Err(error) = (&file).take(BEGINS.len() as u64).read_to_end(&mut beginning) {
        return unread(&error.to_string());
    }
    // Nothing, or what a crash left of the first line, is a session in which nothing was recorded.
    if !BEGINS.starts_with(&beginning) {
        return unread("it does not begin as a journal does: it was damaged, or is something else that has the name of one");
    }
    if file.metadata().is_ok_and(|about| about.len() > LARGEST_LISTED) {
        return unread("it is too large to be listed");
    }
    let mut bytes = Vec::new();
    file.rewind().ok()?;
    if let Err(error) = file.take(LARGEST_LISTED).read_to_end(&mut bytes) {
        return unread(&error.to_string());
    }
    // A line without its end is what a crash leaves behind.
    let whole = bytes.iter().rposition(|byte| *byte == b'\n')?;
    let mut lines = bytes[..whole].split(|byte| *byte == b'\n');
    let header = match serde_json::from_slice::<Line<HeaderEntry>>(lines.next()?) {
        Ok(line) => line.entry.header,
        Err(_) => return unread("its first line cannot be understood: it was damaged, or written by another version"),
    };
    let mut summary = from_header(&header, titles);
    let mut remarks: Vec<Annotation> = Vec::new();
    for line in lines {
        let Ok(line) = serde_json::from_slice::<Line<Entry>>(line) else { continue };
        match line.entry {
            Entry::Command(At { at }) | Entry::Directed(At { at }) | Entry::Instructed(At { at }) => summary.reached = summary.reached.max(at.0),
            Entry::Reached(reached) => summary.reached = summary.reached.max(reached.at.0),
            Entry::Rewound(rewound) => {
                summary.reached = rewound.to.0;
                remarks.retain(|remark| remark.at.is_none_or(|at| at <= rewound.to));
            }
            Entry::Annotation(remark) => remarks.push(remark),
            Entry::Closed(closed) => {
                summary.closed = true;
                summary.reached = closed.at.0;
                results(&mut summary, &closed.assessment);
            }
        }
    }
    summary.improvements = improvements(&remarks);
    Some(summary)
}

fn from_header(header: &Header, titles: &mut BTreeMap<String, String>) -> Summary {
    let key = format!("{} {}", header.scenario.identity, header.profile.as_ref().map_or("", |profile| profile.text.as_str()));
    let title = titles.entry(key).or_insert_with(|| title(header)).clone();
    let people = header.setup.seats.iter().filter(|seat| seat.by == PERSON).map(|seat| seat.role.clone());
    // A profile of one's own is asked for by its path; its name is that of its file.
    let named = |name: &str| Path::new(name).file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned());
    Summary {
        scenario: header.scenario.id.clone(),
        title,
        mode: header.setup.mode.clone(),
        cut: header.setup.cut.clone(),
        profile: header.profile.as_ref().map(|profile| named(&profile.name)),
        seed: header.seed,
        people: people.collect(),
        ..Summary::default()
    }
}

/// The title that a journal's own texts give the scenario.
fn title(header: &Header) -> String {
    let loaded = load::load(&Opening::closed(&header.scenario.root, header.scenario.files.iter().cloned()));
    let draft = match &header.profile {
        None => Draft::blank(&loaded.sheet),
        Some(profile) => {
            let read = load_profile(&mut Sources::default(), &profile.name, &profile.name, profile.text.clone().into_bytes());
            Draft::of(&loaded.sheet, &read.profile)
        }
    };
    let names = draft.names(&loaded.sheet);
    loaded.sheet.title.as_ref().map_or_else(|| header.scenario.id.clone(), |title| fill(title, &names))
}

fn results(summary: &mut Summary, assessment: &Value) {
    let number = |value: &Value| value.as_u64().and_then(|score| u8::try_from(score).ok());
    // A person alone may know; a room is asked first, so its total is not kept where everybody who opens Home would read it.
    summary.score = assessment.get("score").and_then(number).filter(|_| summary.mode == Mode::Solo.name());
    if let Some(scores) = assessment.get("scores").and_then(Value::as_object) {
        let lines = scores.iter().filter(|(_, score)| !score.is_null());
        summary.results.extend(lines.map(|(name, score)| ResultLine { capability: name.clone(), score: number(score), rating: None }));
    }
    for rated in assessment.get("core_capabilities").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| rated.get(name).and_then(Value::as_str).map(str::to_owned);
        if let (Some(capability), Some(rating)) = (text("core_capability"), text("rating")) {
            summary.results.push(ResultLine { capability, score: None, rating: Some(rating) });
        }
    }
}

/// The items that were written down, each as it was written last; without those that were left out.
fn improvements(remarks: &[Annotation]) -> Vec<Improvement> {
    let mut items: Vec<Improvement> = Vec::new();
    for (number, remark) in remarks.iter().filter(|remark| remark.kind == RemarkKind::Improvement).enumerate() {
        let item = remark.about.clone().unwrap_or_else(|| format!("remark-{}", number + 1));
        let read = remark.value.as_deref().and_then(|value| serde_json::from_str::<Improvement>(value).ok());
        let read = read.unwrap_or_else(|| Improvement {
            issue: remark.text.clone(),
            owner: remark.by.clone().unwrap_or_default(),
            ..Improvement::default()
        });
        let status = if matches!(read.status.as_str(), "started" | "done") { read.status.clone() } else { "open".to_owned() };
        let read = Improvement { item, status, ..read };
        match items.iter_mut().find(|known| known.item == read.item) {
            Some(known) => *known = read,
            None => items.push(read),
        }
    }
    let says = |item: &Improvement| !item.issue.trim().is_empty() || !item.action.trim().is_empty();
    items.retain(|item| !item.left_out && says(item));
    items
}
