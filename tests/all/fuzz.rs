//! Fuzz targets for what reads other people's files: scenarios with their parts, tables, profiles and orders; journals; and journals that carry
//! a scenario which no check has seen.
//!
//! Inputs are real files with seeded changes, so that most of them come far. In ordinary tests each target runs for a few seconds;
//! `HOTWASH_FUZZ_SECONDS=300 cargo test --release --test all fuzz -- --nocapture` lets each run for that long, and `HOTWASH_FUZZ_SEED=N` begins with
//! a seed: a failure prints the one that leads to it.

#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use hotwash::assessment::assess_with_people;
use hotwash::debrief;
use hotwash::ids::{DenseId, RoleId, RoleSet};
use hotwash::journal::{Annotation, Entry, Header, Journal, PlainDirection, RemarkKind, Writer, from_people, prepare_journal, read, replay};
use hotwash::scenario::source::{ClosureFile, Content, Opening};
use hotwash::scenario::{check, load};
use hotwash::session::{Mode, Seated, Session};
use hotwash::time::ExerciseTime;

use crate::binary::Folder;
use crate::hostile::{PIECES, look_at};

/// How long a target runs where nobody says otherwise.
const USUAL_SECONDS: u64 = 4;
/// No input of these sizes may take longer, unoptimised.
const LONGEST: Duration = Duration::from_secs(20);

/// Files by name.
type Files = Vec<(String, Vec<u8>)>;

/// A sequence of numbers from a seed (SplitMix64, Steele, Lea and Flood 2014).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Says which seed it was, when a target panics.
struct Named(&'static str, u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: to see it again: HOTWASH_FUZZ_SEED={} cargo test --test all fuzz::{}", self.0, self.1, self.0);
        }
    }
}

fn fuzz(name: &'static str, target: impl Fn(&mut Draw)) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = Duration::from_secs(number("HOTWASH_FUZZ_SECONDS").unwrap_or(USUAL_SECONDS));
    let first = number("HOTWASH_FUZZ_SEED").unwrap_or(1);
    let begun = Instant::now();
    let mut seed = first;
    loop {
        let named = Named(name, seed);
        let started = Instant::now();
        target(&mut Draw(seed));
        assert!(started.elapsed() < LONGEST, "{:?} for one input", started.elapsed());
        drop(named);
        seed += 1;
        if begun.elapsed() >= seconds {
            break;
        }
    }
    println!("{name}: {} inputs", seed - first);
}

/// Changes a text in one to five places.
fn change(draw: &mut Draw, bytes: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..=draw.below(5) {
        let from = draw.below(bytes.len() + 1);
        let to = (from + draw.below(60)).min(bytes.len());
        match draw.below(8) {
            0 => drop(bytes.drain(from..to)),
            1 => bytes.truncate(from),
            2 => {
                let copy = bytes[from..to].to_vec();
                let at = draw.below(bytes.len() + 1);
                bytes.splice(at..at, copy);
            }
            3 => {
                let begin = draw.below(other.len() + 1);
                let end = (begin + draw.below(300)).min(other.len());
                bytes.splice(from..to, other[begin..end].iter().copied());
            }
            4 if from < bytes.len() => bytes[from] ^= 1 << draw.below(8),
            5 => value(draw, bytes),
            6 => value(draw, bytes),
            _ => {
                let piece = draw.one(PIECES).as_bytes();
                bytes.splice(from..from, piece.iter().copied());
            }
        }
    }
}

/// Puts one value in the place of another: such a text still reads, and comes further.
fn value(draw: &mut Draw, bytes: &mut Vec<u8>) {
    const NUMBERS: &[&str] = &["0", "1", "2", "99", "100", "101", "255", "256", "65535", "65536", "4294967295", "-1", "9223372036854775807"];
    const TEXTS: &[&str] = &[
        "0m",
        "+0m",
        "-1m",
        "1s",
        "90d",
        "99999w",
        "-31d 08:52",
        "Thu 16:00",
        "23:59",
        "9999-12-31 23:59",
        "1-01-01 00:00",
        "EUR 0",
        "all",
        "",
        "internet",
        "{org}",
        "x",
    ];
    let places = |wanted: &dyn Fn(u8, u8) -> bool| -> Vec<usize> { (1..bytes.len()).filter(|at| wanted(bytes[at - 1], bytes[*at])).collect() };
    if draw.below(2) == 0 {
        let numbers = places(&|before, byte| byte.is_ascii_digit() && b" :[(,".contains(&before));
        if numbers.is_empty() {
            return;
        }
        let from = *draw.one(&numbers);
        let to = bytes[from..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |end| from + end);
        bytes.splice(from..to, draw.one(NUMBERS).bytes());
        return;
    }
    let texts = places(&|before, byte| byte == b'"' && b" :[(".contains(&before));
    if texts.is_empty() {
        return;
    }
    let text = |from: usize| bytes[from + 1..].iter().position(|byte| *byte == b'"').map_or(bytes.len(), |end| from + 1 + end);
    let from = *draw.one(&texts);
    let to = text(from);
    let another = *draw.one(&texts);
    let with = if draw.below(3) == 0 { draw.one(TEXTS).as_bytes().to_vec() } else { bytes[another + 1..text(another)].to_vec() };
    bytes.splice(from + 1..to.max(from + 1), with);
}

/// The files of a scenario under `tests`, by name.
fn files(folder: &str) -> Files {
    fn walk(folder: &Path, name: &str, into: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let below = if name.is_empty() { String::new() } else { format!("{name}/") } + &entry.file_name().to_string_lossy();
            if entry.path().is_dir() {
                walk(&entry.path(), &below, into);
            } else if below != "expected.txt" {
                into.push((below, fs::read(entry.path()).expect("a file")));
            }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), "", &mut files);
    files.sort();
    files
}

fn scenarios() -> &'static [Files] {
    static SCENARIOS: OnceLock<Vec<Files>> = OnceLock::new();
    SCENARIOS.get_or_init(|| {
        ["tests/cases/base", "tests/cases/base-in-tables", "tests/scenarios/borrowed-badge", "tests/golden/two-sites"].map(files).into()
    })
}

/// One of the scenarios with a file or two changed.
fn changed(draw: &mut Draw) -> Files {
    let mut files = draw.one(scenarios()).clone();
    let other = draw.one(scenarios());
    let other = &draw.one(other).1;
    for _ in 0..=draw.below(2) {
        let file = draw.below(files.len());
        change(draw, &mut files[file].1, other);
    }
    files
}

#[test]
fn scenarios_are_read_checked_and_played() {
    fuzz("scenarios_are_read_checked_and_played", |draw| {
        let files = changed(draw).into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect();
        look_at(files);
    });
}

#[test]
fn profiles_and_orders_are_read_and_checked() {
    const PROFILE: &str = "(format: 1, id: \"p\", title: \"Another\", scenario: \"base\", values: [Value(of: \"org\", is: \"Another Clinic\"), Value(of: \"csirt\", is: \"them\")], answers: [Answered(to: \"av-blocks\", is: Yes)])";
    const ORDERS: &str = include_str!("../cases/orders-file/orders.ron");
    fuzz("profiles_and_orders_are_read_and_checked", |draw| {
        let mut files: Vec<(String, String)> =
            scenarios()[0].iter().map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned())).collect();
        let mut profile = PROFILE.as_bytes().to_vec();
        change(draw, &mut profile, ORDERS.as_bytes());
        files.push(("profiles/p.ron".to_owned(), String::from_utf8_lossy(&profile).into_owned()));
        look_at(files.clone());
        let mut orders = ORDERS.as_bytes().to_vec();
        change(draw, &mut orders, PROFILE.as_bytes());
        let mut loaded = load::load(&Opening::in_memory("scenario.ron", files));
        let orders = load::load_orders(&mut loaded.sources, "orders.ron", orders);
        check::orders(&loaded, &orders);
    });
}

/// A journal of a small scenario, made by the binary.
fn journal() -> &'static str {
    static JOURNAL: OnceLock<String> = OnceLock::new();
    JOURNAL.get_or_init(|| {
        let folder = Folder::new();
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base-in-tables");
        folder
            .hotwash(["run".as_ref(), scenario.as_os_str(), "--policy".as_ref(), "everything".as_ref(), "--journal".as_ref(), "j.jsonl".as_ref()])
            .exits(0);
        fs::read_to_string(folder.path("j.jsonl")).expect("a journal")
    })
}

/// The same lines with the right chain, whatever stands in them.
fn sealed(bodies: &[Vec<u8>]) -> Vec<u8> {
    let mut chain = *b"hotwash journal, format 1\0\0\0\0\0\0\0";
    let mut bytes = Vec::new();
    for body in bodies {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&chain).update(body);
        chain = *hasher.finalize().as_bytes();
        bytes.extend_from_slice(body);
        bytes.extend_from_slice(format!(",\"chain\":\"{}\"}}\n", blake3::Hash::from_bytes(chain).to_hex()).as_bytes());
    }
    bytes
}

fn bodies() -> Vec<Vec<u8>> {
    journal().lines().map(|line| line.as_bytes()[..line.rfind(",\"chain\":\"").expect("a chain")].to_vec()).collect()
}

#[test]
fn journals_are_read_and_replayed() {
    assert!(read(&sealed(&bodies())[..]).is_ok_and(|journal| replay(&journal).is_ok()), "the seal is that of the journal");
    fuzz("journals_are_read_and_replayed", |draw| {
        let mut bytes = if draw.below(3) == 0 {
            journal().as_bytes().to_vec()
        } else {
            // With the right chain, what stands in a line is looked at, too.
            let mut bodies = bodies();
            for _ in 0..=draw.below(2) {
                let line = draw.below(bodies.len());
                let other = draw.one(&bodies).clone();
                match draw.below(4) {
                    0 => drop(bodies.remove(line)),
                    1 => bodies.insert(line, other),
                    _ => value(draw, &mut bodies[line]),
                }
            }
            for _ in 0..draw.below(3) {
                let remark = hostile_remark(draw, bodies.len());
                bodies.push(remark);
            }
            sealed(&bodies)
        };
        if draw.below(3) == 0 {
            change(draw, &mut bytes, b"{\"n\":0,\"header\":{\"format\":1}}\n");
        }
        if let Ok(journal) = read(&bytes[..]) {
            look_into(&journal);
        }
    });
}

/// A remark as somebody writes it who wants no good.
fn hostile_remark(draw: &mut Draw, n: usize) -> Vec<u8> {
    const KINDS: &[&str] =
        &["observation", "rating", "judged", "lead evaluator", "position", "rewound", "strength", "improvement", "room", "", "\u{202e}"];
    const WORDS: &[&str] =
        &["", "0", "-1", "1000", "4294967296", "9223372036854775807", "P", "av-blocks", "0000000000000000", "\u{1b}[31m", "x, y z"];
    const MOMENTS: &[i64] = &[i64::MIN, i64::MIN / 1000, -1, 0, 60, i64::MAX / 1000, i64::MAX];
    let mut word = || Some((*draw.one(WORDS)).to_owned());
    let (by, about, value) = (word(), word(), word());
    let remark = Annotation {
        at: Some(ExerciseTime(*draw.one(MOMENTS))),
        by,
        about,
        value,
        ..Annotation::new(RemarkKind::named(draw.one::<&str>(KINDS)), *draw.one::<&str>(WORDS))
    };
    let entry = serde_json::to_string(&Entry::Annotation(remark)).expect("an entry");
    format!("{{\"n\":{n},\"entry\":{entry}").into_bytes()
}

/// Everything that is done with a journal of somebody else.
fn look_into(journal: &Journal) {
    let resumed = Session::resume(journal);
    let Ok(replayed) = replay(journal) else {
        assert!(resumed.is_err(), "what cannot be replayed is not gone on with");
        return;
    };
    assert!(replayed.differs.is_none() || resumed.is_err(), "{:?}", replayed.differs);
    let (program, exercise) = (&replayed.prepared.program, &replayed.exercise);
    let people = from_people(journal.annotations());
    let assessment = assess_with_people(program, exercise.ledger(), exercise.watch(), &people);
    let about = debrief::Session::of_journal(journal, &replayed);
    debrief::model(&debrief::Input { program, ledger: exercise.ledger(), assessment: &assessment, about: &about });
}

/// The beginning of a discussion of the same scenario, line by line: with all that a facilitator does.
fn discussion() -> &'static [Vec<u8>] {
    static DISCUSSION: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    DISCUSSION.get_or_init(|| {
        let folder = Folder::new();
        let path = folder.path("d.jsonl");
        let prepared = prepare_journal(&read(journal().as_bytes()).expect("a journal")).expect("it can be played");
        let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
        let store = fs::File::create(&path).expect("a file");
        let mut session = Session::begin(prepared, Mode::Discussion, 1, seats, Some(Box::new(store))).expect("it can be written");
        let role = RoleId::at(0);
        let id = session.program().public.roles[0].id.clone();
        session.advance(ExerciseTime(600)).expect("no fault");
        session.checkpoint();
        session.direct(PlainDirection::Absent { role: id, away: false }, Some("they are there".to_owned())).expect("there is one");
        session.seat(role, Seated::Person, Some("seat 1".to_owned())).expect("there is one");
        session.advance(ExerciseTime(1200)).expect("no fault");
        session.leave(role).expect("there is one");
        session.annotate(Annotation::new(RemarkKind::Observation, "a remark"));
        session.advance(ExerciseTime(1800)).expect("no fault");
        session.checkpoint();
        session.rewind(ExerciseTime(900)).expect("it has been");
        session.advance(ExerciseTime(1500)).expect("no fault");
        session.checkpoint();
        drop(session);
        let lines = fs::read_to_string(&path).expect("a journal");
        lines.lines().map(|line| line.as_bytes()[..line.rfind(",\"chain\":\"").expect("a chain")].to_vec()).collect()
    })
}

#[test]
fn journals_of_sessions_are_gone_on_with_or_refused() {
    let whole = read(&sealed(discussion())[..]).expect("the seal is that of the journal");
    assert!(Session::resume(&whole).is_ok() && replay(&whole).is_ok_and(|replayed| replayed.differs.is_none()));
    fuzz("journals_of_sessions_are_gone_on_with_or_refused", |draw| {
        let mut bodies = discussion().to_vec();
        for _ in 0..draw.below(3) {
            let line = 1 + draw.below(bodies.len() - 1);
            value(draw, &mut bodies[line]);
        }
        for _ in 0..draw.below(3) {
            let remark = hostile_remark(draw, bodies.len());
            bodies.push(remark);
        }
        if let Ok(journal) = read(&sealed(&bodies)[..]) {
            look_into(&journal);
        }
    });
}

#[test]
fn journals_with_a_scenario_that_nobody_checked_are_replayed() {
    let original: Journal = read(journal().as_bytes()).expect("a journal");
    fuzz("journals_with_a_scenario_that_nobody_checked_are_replayed", |draw| {
        let mut header: Header = original.header().clone();
        let file = draw.below(header.scenario.files.len());
        let ClosureFile { content: Content::Text(text), .. } = &mut header.scenario.files[file] else { return };
        let mut bytes = std::mem::take(text).into_bytes();
        for _ in 0..=draw.below(3) {
            value(draw, &mut bytes);
        }
        *text = String::from_utf8_lossy(&bytes).into_owned();
        let opening = Opening::closed(&header.scenario.root, header.scenario.files.iter().cloned());
        header.scenario.identity = blake3::Hash::from_bytes(load::load(&opening).sources.identity()).to_hex().to_string();
        let mut writer = Writer::begin(Vec::new(), header).expect("memory");
        for numbered in &original.entries {
            writer.record(&numbered.entry).expect("memory");
        }
        let journal = read(&writer.finish().expect("memory")[..]).expect("what was just written");
        drop(replay(&journal));
    });
}
