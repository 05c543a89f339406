//! Journals: played again to the same hash, and every kind of damage named with its line.

use std::path::PathBuf;
use std::sync::OnceLock;

use hotwash::exercise::{Exercise, RULES};
use hotwash::journal::{
    self, Annotation, Entry, Header, Journal, Reached, ReadError, ReceiptWritten, RemarkKind, Rewound, Store, Writer, read, replay,
};
use hotwash::time::ExerciseTime;
use proptest::prelude::*;

use crate::binary::{Ended, Folder};
use crate::hostile::{MEBIBYTE, peak_of};

/// A journal of the shipped scenario, made by the binary.
fn sample() -> &'static str {
    static JOURNAL: OnceLock<String> = OnceLock::new();
    JOURNAL.get_or_init(|| {
        let folder = Folder::new();
        folder.hotwash(["run", "long-weekend", "--policy", "reactive", "--seed", "5", "--journal", "j.jsonl"]).exits(0);
        std::fs::read_to_string(folder.path("j.jsonl")).expect("a journal")
    })
}

fn lines() -> Vec<&'static str> {
    sample().lines().collect()
}

fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn parsed() -> Journal {
    read(sample().as_bytes()).expect("a whole journal")
}

/// The damaged lines that reading names.
#[track_caller]
fn damage(bytes: &[u8]) -> Vec<(usize, String)> {
    match read(bytes) {
        Err(ReadError::Damaged(damage)) => damage.into_iter().map(|damage| (damage.line, damage.what)).collect(),
        other => panic!("damage was expected, not {:?}", other.map(|journal| journal.entries.len())),
    }
}

/// A journal with the right chain whatever stands in it: what somebody writes who knows how.
fn rechained(header: Header, entries: &[Entry]) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new(), header).expect("memory");
    for entry in entries {
        writer.record(entry).expect("memory");
    }
    writer.finish().expect("memory")
}

fn entries() -> Vec<Entry> {
    parsed().entries.into_iter().map(|numbered| numbered.entry).collect()
}

fn replayed(folder: &Folder, bytes: &[u8]) -> Ended {
    let path: PathBuf = folder.file("played.jsonl", bytes);
    folder.hotwash(["replay".as_ref(), path.as_os_str()])
}

/// Lines at the beginning, in the middle and at the end, from 1.
fn some_lines() -> Vec<usize> {
    let count = lines().len();
    assert!(count > 20, "{count} lines are no journal to test with");
    vec![2, 3, count / 2, count - 2, count - 1]
}

#[test]
fn a_journal_plays_to_the_hash_of_its_run() {
    let folder = Folder::new();
    let run = folder.hotwash(["run", "long-weekend", "--policy", "reactive", "--seed", "5", "--format", "json"]).exits(0).json();
    folder.file("j.jsonl", sample());
    let again = folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0).json();
    for key in ["hash", "score", "events", "facts", "seed", "scenario"] {
        assert_eq!(run[key], again[key], "{key}");
    }
    assert_eq!((&again["matches"], &again["closed"]), (&true.into(), &true.into()));
    let text = folder.hotwash(["replay", "j.jsonl"]).exits(0);
    assert!(text.out.contains(run["hash"].as_str().expect("a hash")));
    assert!(text.err.is_empty(), "{}", text.err);
}

#[test]
fn what_is_played_is_what_the_journal_carries() {
    let folder = Folder::new();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/long-weekend");
    folder.shell(&format!("cp -r '{}' here", from.display())).exits(0);
    let run =
        folder.hotwash(["run", "here", "--profile", "tamarfold", "--policy", "reactive", "--journal", "j.jsonl", "--format", "json"]).exits(0).json();
    // The scenario is gone, its profile with it, and another stands in its place.
    std::fs::remove_dir_all(folder.path("here/moves")).expect("gone");
    folder.file("here/scenario.ron", "(format: 1, id: \"another\")");
    let again = folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0).json();
    assert_eq!(run["hash"], again["hash"]);
    folder.hotwash(["debrief", "j.jsonl", "-o", "d.md"]).exits(0);
    assert!(std::fs::read_to_string(folder.path("d.md")).expect("a debrief").contains("Tamarfold"));
}

#[test]
fn a_changed_line_is_named() {
    let all = lines();
    for line in some_lines().into_iter().chain([1, all.len()]) {
        let text = all[line - 1];
        for change in [0, text.len() / 2, text.len() - 3] {
            let mut changed = text.as_bytes().to_vec();
            changed[change] = if changed[change] == b'1' { b'2' } else { b'1' };
            let mut bytes = joined(&all[..line - 1]).into_bytes();
            bytes.extend_from_slice(&changed);
            bytes.extend_from_slice(format!("\n{}", joined(&all[line..])).as_bytes());
            let found = damage(&bytes);
            assert_eq!(found[0].0, line, "byte {change}: {found:?}");
        }
    }
    let folder = Folder::new();
    let ended = replayed(&folder, joined(&all).replacen("\"origin\":\"policy\"", "\"origin\":\"person\"", 1).as_bytes()).exits(1);
    assert!(ended.err.contains("line 2: ") || ended.err.contains("line 3: "), "{}", ended.err);
    assert!(ended.err.contains("changed") && ended.out.is_empty(), "{}", ended.err);
}

#[test]
fn a_changed_number_is_a_changed_line() {
    let all = lines();
    let line = all.len() / 2;
    let number = format!("{{\"n\":{},", line - 1);
    for other in [line, line - 2, 0, 100_000] {
        let changed = all[line - 1].replacen(&number, &format!("{{\"n\":{other},"), 1);
        let mut all = all.clone();
        all[line - 1] = &changed;
        let found = damage(joined(&all).as_bytes());
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [line], "{other}: {found:?}");
        assert!(found[0].1.contains("changed"), "{found:?}");
    }
}

#[test]
fn a_missing_line_is_named() {
    for line in some_lines() {
        let mut all = lines();
        all.remove(line - 1);
        let found = damage(joined(&all).as_bytes());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, line);
        assert_eq!(found[0].1, format!("entry {} is missing before this line", line - 1));
    }
    let found = damage(joined(&lines()[1..]).as_bytes());
    assert_eq!(found[0], (1, "entry 0 is missing before this line".to_owned()));
    let mut all = lines();
    all.drain(4..9);
    assert_eq!(damage(joined(&all).as_bytes())[0], (5, "entries 4 to 8 are missing before this line".to_owned()));
}

#[test]
fn a_doubled_line_is_named() {
    for line in some_lines().into_iter().chain([1, lines().len()]) {
        let mut all = lines();
        all.insert(line, all[line - 1]);
        let found = damage(joined(&all).as_bytes());
        assert_eq!(found, [(line + 1, format!("is line {line} once more: the line is doubled"))]);
    }
    let mut all = lines();
    all.insert(9, all[3]);
    let found = damage(joined(&all).as_bytes());
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [10], "{found:?}");
    assert!(found[0].1.contains("doubled"));
}

#[test]
fn swapped_lines_are_named() {
    for line in some_lines() {
        let mut all = lines();
        all.swap(line - 1, line);
        let found = damage(joined(&all).as_bytes());
        assert_eq!(found[0].0, line, "{found:?}");
        assert!(found[0].1.contains("swapped") && found[0].1.contains(&format!("line {}", line + 1)), "{found:?}");
    }
    let mut all = lines();
    all.swap(3, 12);
    let found = damage(joined(&all).as_bytes());
    assert_eq!(found[0].0, 4);
    assert!(found[0].1.contains("line 13"), "{found:?}");
}

#[test]
fn a_torn_last_line_is_left_out_and_the_rest_plays() {
    let folder = Folder::new();
    let run = folder.hotwash(["run", "long-weekend", "--policy", "reactive", "--seed", "5", "--format", "json"]).exits(0).json();
    let all = lines();
    let last = all[all.len() - 1];
    let before = joined(&all[..all.len() - 1]);
    for kept in [1, 10, last.len() / 2, last.len() - 1, last.len()] {
        folder.file("j.jsonl", format!("{before}{}", &last[..kept]));
        let ended = folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0);
        assert!(ended.err.contains(&format!("warning: j.jsonl: line {}", all.len())), "{}", ended.err);
        let json = ended.json();
        // The close is torn off; the clock had reached ENDEX, and its hash is there.
        assert_eq!((&json["hash"], &json["closed"], &json["torn_line"]), (&run["hash"], &false.into(), &all.len().into()));
    }
    // In the middle: what came before it still plays, to another hash.
    let middle = all.len() / 2;
    folder.file("j.jsonl", format!("{}{}", joined(&all[..middle]), &all[middle][..20]));
    let ended = folder.hotwash(["replay", "j.jsonl"]).exits(0);
    assert!(ended.out.contains("not closed") && ended.err.contains("warning"), "{ended:?}");
    folder.hotwash(["debrief", "j.jsonl", "-o", "d.html", "d.md", "d.json"]).exits(0);
    // Cut at the end of a line, nothing is torn; it is said up to when it reaches.
    folder.file("j.jsonl", joined(&all[..middle]));
    let ended = folder.hotwash(["replay", "j.jsonl"]).exits(0);
    assert!(ended.err.is_empty() && ended.out.contains("It reaches ") && ended.out.contains(" after STARTEX"), "{ended:?}");
    assert!(folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0).json()["reaches"].is_string());
}

#[test]
fn before_the_first_line_was_whole_nothing_had_been_recorded() {
    let folder = Folder::new();
    for kept in [0, 1, 10, 500, lines()[0].len()] {
        let ended = replayed(&folder, &lines()[0].as_bytes()[..kept]).exits(1);
        assert!(ended.err.contains("nothing had been recorded") && !ended.err.contains("damaged"), "{kept}: {}", ended.err);
        // And it is no obstacle to the next run.
        folder.hotwash(["run", "long-weekend", "--policy", "idle", "--journal", "played.jsonl"]).exits(0);
    }
    assert!(replayed(&folder, b"a letter to somebody").exits(1).err.contains("not the beginning of a journal"));
}

#[test]
fn damage_before_a_torn_line_still_counts() {
    let all = lines();
    let mut kept = all[..30].to_vec();
    kept.remove(10);
    let bytes = format!("{}{}", joined(&kept), &all[30][..25]);
    assert_eq!(damage(bytes.as_bytes())[0].0, 11);
}

#[test]
fn what_editors_and_transfers_leave_behind_is_said() {
    let says = |bytes: &[u8], line: usize, wanted: &str| {
        let found = damage(bytes);
        assert!(found[0].0 == line && found[0].1.contains(wanted), "{found:?}");
    };
    says(format!("\u{feff}{}", sample()).as_bytes(), 1, "byte-order mark");
    says(sample().replace('\n', "\r\n").as_bytes(), 1, "CR LF");
    says(&sample().encode_utf16().flat_map(|unit| [0xff, 0xfe].into_iter().chain(unit.to_le_bytes())).take(4000).collect::<Vec<u8>>(), 1, "UTF-16");
    says(format!("{}\n", joined(&lines()[..5])).as_bytes(), 6, "is empty");
    let mut bytes = sample().as_bytes().to_vec();
    let at = joined(&lines()[..7]).len() + 30;
    bytes[at] = 0xff;
    says(&bytes, 8, "UTF-8");
    says(b"PK\x03\x04\n\0\0\n", 1, "not the beginning of a journal");
    says(b"{}\n", 1, "not the beginning of a journal");
    says(&b"[".repeat(1 << 20), 1, "not the beginning of a journal");
    says(&[&b"[".repeat(1 << 20)[..], b"\n"].concat(), 1, "not the beginning of a journal");
    says(&b"\n".repeat(1 << 20), 1, "is empty");
}

#[test]
fn deep_and_odd_json_with_the_right_chain_is_refused() {
    let deep = serde_json::from_str(&format!("{}{}", "[".repeat(126), "]".repeat(126))).expect("not too deep yet");
    let header = parsed().header().clone();
    let mut list = entries();
    let Some(Entry::Closed(closed)) = list.last_mut() else { panic!("closed") };
    closed.assessment = deep;
    let found = damage(&rechained(header.clone(), &list));
    assert_eq!(found[0].0, lines().len(), "{found:?}");
    assert!(found[0].1.contains("cannot be understood"));
    let again = Entry::Header(Box::new(header.clone()));
    assert!(damage(&rechained(header.clone(), &[again]))[0].1.contains("second header"));
    let mut other = header;
    other.format = 2;
    assert!(damage(&rechained(other, &[]))[0].1.contains("format 2"));
}

#[test]
fn nothing_but_remarks_follows_the_close() {
    let header = parsed().header().clone();
    let mut list = entries();
    let remark = Entry::Annotation(Annotation::new(RemarkKind::Lesson, "Ring back."));
    list.push(remark);
    assert!(read(&rechained(header.clone(), &list)[..]).is_ok());
    list.push(Entry::Reached(Reached { at: ExerciseTime(0), hash: String::new() }));
    let found = damage(&rechained(header, &list));
    assert_eq!(found[0].0, list.len() + 1);
    assert!(found[0].1.contains("closed"), "{found:?}");
}

#[test]
fn a_forged_result_is_a_mismatch_with_its_line() {
    let folder = Folder::new();
    let header = parsed().header().clone();
    let original = entries();
    // A hash.
    let place = original.iter().position(|entry| matches!(entry, Entry::Reached(_))).expect("a checkpoint");
    let mut list = original.clone();
    if let Entry::Reached(reached) = &mut list[place] {
        reached.hash = "0".repeat(32);
    }
    let ended = replayed(&folder, &rechained(header.clone(), &list)).exits(1);
    assert!(ended.err.contains(&format!("line {}: ", place + 2)) && ended.err.contains("hash"), "{}", ended.err);
    folder.hotwash(["debrief", "played.jsonl", "-o", "d.md"]).exits(1);
    // A receipt.
    let place = original.iter().position(|entry| matches!(entry, Entry::Command(_))).expect("an order");
    let mut list = original.clone();
    if let Entry::Command(command) = &mut list[place] {
        command.receipt = ReceiptWritten::Refused("NotYours".to_owned());
    }
    let ended = replayed(&folder, &rechained(header.clone(), &list)).exits(1);
    assert!(ended.err.contains(&format!("line {}: ", place + 2)) && ended.err.contains("NotYours"), "{}", ended.err);
    // An order left out: the next checkpoint shows it.
    let place = original
        .iter()
        .position(|entry| matches!(entry, Entry::Command(command) if matches!(command.receipt, ReceiptWritten::Accepted(_))))
        .expect("one");
    let mut list = original.clone();
    list.remove(place);
    replayed(&folder, &rechained(header.clone(), &list)).exits(1);
    // Another seed.
    let mut other = header.clone();
    other.seed += 1;
    replayed(&folder, &rechained(other, &original)).exits(1);
    // Untouched, the same way of writing is no mismatch.
    replayed(&folder, &rechained(header, &original)).exits(0);
}

#[test]
fn what_cannot_be_played_is_named_with_its_line() {
    let folder = Folder::new();
    let header = parsed().header().clone();
    let Some(Entry::Command(order)) = entries().into_iter().find(|entry| matches!(entry, Entry::Command(_))) else { panic!("an order") };
    let says = |change: &dyn Fn(&mut journal::Command), wanted: &str| {
        let mut changed = order.clone();
        change(&mut changed);
        let ended = replayed(&folder, &rechained(header.clone(), &[Entry::Command(changed)])).exits(1);
        assert!(ended.err.contains("line 2: ") && ended.err.contains(wanted), "{}", ended.err);
    };
    says(&|command| command.role = "nobody".to_owned(), "nobody");
    says(&|command| command.order.action = "dance".to_owned(), "dance");
    says(&|command| command.order.action = "\u{1b}[31m".repeat(10_000), "there is no action");
    says(&|command| command.order.on = vec!["@12".to_owned()], "@12");
    says(&|command| command.order.on = vec!["#1".to_owned()], "#1");
    says(&|command| command.at = ExerciseTime(i64::MAX), "outside");
    says(&|command| command.at = ExerciseTime(i64::MIN), "outside");
    says(&|command| command.order.on = Vec::new(), "");
    let late = Entry::Reached(Reached { at: ExerciseTime(order.at.0 + 10), hash: String::new() });
    let ended = replayed(&folder, &rechained(header.clone(), &[late, Entry::Command(order.clone())])).exits(1);
    assert!(ended.err.contains("line 3: ") && ended.err.contains("before"), "{}", ended.err);
    let ended = replayed(&folder, &rechained(header.clone(), &[Entry::Rewound(Rewound { to: ExerciseTime(60) })])).exits(1);
    assert!(ended.err.contains("line 2: ") && ended.err.contains("go back"), "{}", ended.err);
    // The scenario it carries.
    let mut other = header.clone();
    other.scenario.identity = "0".repeat(64);
    assert!(replayed(&folder, &rechained(other, &[])).exits(1).err.contains("identities differ"));
    let mut other = header.clone();
    other.scenario.files.retain(|file| !file.name.starts_with("moves/"));
    assert!(replayed(&folder, &rechained(other, &[])).exits(1).err.contains("HW0201"));
    let mut other = header.clone();
    other.scenario.root = "../../etc/passwd".to_owned();
    replayed(&folder, &rechained(other, &[])).exits(1);
    let mut other = header;
    other.setup.cut = "nonsense".to_owned();
    replayed(&folder, &rechained(other, &[])).exits(1);
}

#[test]
fn other_rules_claim_no_hash_and_show_what_is_stored() {
    let folder = Folder::new();
    let mut header = parsed().header().clone();
    header.rules = RULES + 1;
    folder.file("j.jsonl", rechained(header.clone(), &entries()));
    let json = folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0);
    assert!(json.err.contains(&format!("rules {}", RULES + 1)), "{}", json.err);
    let stored = json.json();
    let closed = parsed().closed().cloned().expect("a close");
    assert_eq!((&stored["hash"], &stored["matches"]), (&closed.hash.as_str().into(), &serde_json::Value::Null));
    assert_eq!(stored["score"], closed.assessment["score"]);
    assert!(folder.hotwash(["replay", "j.jsonl"]).exits(0).out.contains(&closed.hash));
    folder.hotwash(["debrief", "j.jsonl", "-o", "d.md"]).exits(1);
    folder.file("j.jsonl", rechained(header, &[]));
    assert!(folder.hotwash(["replay", "j.jsonl"]).exits(0).out.contains("nothing is stored"));
}

#[test]
fn what_was_undone_is_not_played() {
    let journal = parsed();
    let half = ExerciseTime(
        journal
            .entries
            .iter()
            .filter_map(|numbered| match &numbered.entry {
                Entry::Reached(reached) => Some(reached.at.0),
                _ => None,
            })
            .nth(1)
            .expect("two checkpoints"),
    );
    // To the second checkpoint, on to the end, back to the second checkpoint, and then nothing more.
    let mut list = entries();
    list.retain(|entry| !matches!(entry, Entry::Closed(_)));
    list.push(Entry::Rewound(Rewound { to: half }));
    let replayed = replay(&read(&rechained(journal.header().clone(), &list)[..]).expect("whole")).expect("it plays");
    assert_eq!(replayed.differs, None);
    assert_eq!(replayed.exercise.now(), half);
    let kept = list.iter().filter(|entry| matches!(entry, Entry::Command(command) if command.at <= half)).count();
    assert_eq!(replayed.commands.len(), kept);
    // A hash from before the way back still has to be right.
    let place = list.iter().position(|entry| matches!(entry, Entry::Reached(_))).expect("a checkpoint");
    if let Entry::Reached(reached) = &mut list[place] {
        reached.hash = "1".repeat(32);
    }
    let replayed = replay(&read(&rechained(journal.header().clone(), &list)[..]).expect("whole")).expect("it plays");
    assert_eq!(replayed.differs.map(|difference| difference.line), Some(place + 2));
}

#[test]
fn the_same_request_twice_is_one_command() {
    let journal = parsed();
    let Some(Entry::Command(mut order)) = entries().into_iter().find(|entry| matches!(entry, Entry::Command(_))) else { panic!("an order") };
    order.request = Some("r-1".to_owned());
    let twice = rechained(journal.header().clone(), &[Entry::Command(order.clone()), Entry::Command(order)]);
    let replayed = replay(&read(&twice[..]).expect("whole")).expect("it plays");
    assert_eq!((replayed.commands.len(), replayed.differs), (1, None));
}

/// A store that remembers how much of it was synced.
#[derive(Default)]
struct Disk {
    written: Vec<u8>,
    synced: usize,
}

impl std::io::Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Store for &mut Disk {
    fn sync(&mut self) -> std::io::Result<()> {
        self.synced = self.written.len();
        Ok(())
    }
}

#[test]
fn orders_of_people_are_on_disk_before_the_call_returns() {
    let journal = parsed();
    let Some(Entry::Command(order)) = entries().into_iter().find(|entry| matches!(entry, Entry::Command(_))) else { panic!("an order") };
    let synced_after = |origin: journal::Origin| {
        let mut disk = Disk::default();
        let mut writer = Writer::begin(&mut disk, journal.header().clone()).expect("memory");
        let order = journal::Command { origin, ..*order.clone() };
        writer.command(order).expect("memory");
        drop(writer);
        disk.written[..disk.synced].iter().filter(|byte| **byte == b'\n').count()
    };
    assert_eq!(synced_after(journal::Origin::Person), 2);
    assert_eq!(synced_after(journal::Origin::Policy), 1, "a policy's order may wait for the next sync");
}

#[test]
fn what_an_evaluator_gave_counts_in_a_replay_as_in_a_debrief() {
    let folder = Folder::new();
    let header = parsed().header().clone();
    let mut list = entries();
    let evaluated = |list: &[Entry]| {
        folder.file("judged.jsonl", rechained(header.clone(), list));
        let replayed = folder.hotwash(["replay", "judged.jsonl", "--format", "json"]).exits(0).json();
        folder.hotwash(["debrief", "judged.jsonl", "-o", "judged.json"]).exits(0);
        let text = std::fs::read_to_string(folder.path("judged.json")).expect("a debrief");
        let debrief: serde_json::Value = serde_json::from_str(&text).expect("one object");
        let points = replayed["evaluated"].as_u64().expect("a number of points");
        let said = debrief["scores"]["total_note"].as_str().expect("a sentence");
        assert!(said.starts_with(&format!("{points} of ")), "{said}");
        points
    };
    let before = evaluated(&list);
    list.push(Entry::Annotation(Annotation {
        about: Some("words-help".to_owned()),
        value: Some("800".to_owned()),
        ..Annotation::new(RemarkKind::Judged, "Three of four were there.")
    }));
    assert_eq!(evaluated(&list), before + 5);
}

#[test]
fn checkpoints_change_nothing() {
    // Replayed in one go, with the orders alone, the hash is the same.
    let journal = parsed();
    let mut list = entries();
    list.retain(|entry| matches!(entry, Entry::Command(_) | Entry::Closed(_)));
    let replayed = replay(&read(&rechained(journal.header().clone(), &list)[..]).expect("whole")).expect("it plays");
    assert_eq!(replayed.differs, None);
    let mut nobody = Exercise::new(replayed.prepared.program.clone(), journal.header().seed);
    nobody.advance(replayed.exercise.now()).expect("it plays");
    assert_ne!(nobody.hash(), replayed.exercise.hash(), "the orders matter");
}

#[test]
fn a_mebibyte_of_anything_takes_at_most_64() {
    let header = || {
        let mut header = parsed().header().clone();
        header.scenario.files.clear();
        header
    };
    let Some(Entry::Closed(closed)) = entries().pop() else { panic!("a close") };
    let fact = journal::StoredFact(0, String::new(), String::new(), Vec::new(), Vec::new());
    let Some(Entry::Command(order)) = entries().into_iter().find(|entry| matches!(entry, Entry::Command(_))) else { panic!("an order") };
    let mut files = header();
    files.scenario.files =
        vec![
            hotwash::scenario::source::ClosureFile { name: String::new(), content: hotwash::scenario::source::Content::Text(String::new()) };
            MEBIBYTE / 38
        ];
    let of_ones = journal::Closed { assessment: vec![1; MEBIBYTE / 2].into(), ledger: Vec::new(), ..*closed.clone() };
    let of_facts = journal::Closed { assessment: serde_json::Value::Null, ledger: vec![fact; MEBIBYTE / 16], ..*closed };
    let inputs: Vec<(&str, Vec<u8>)> = vec![
        ("line ends", b"\n".repeat(MEBIBYTE)),
        ("brackets", b"[".repeat(MEBIBYTE)),
        ("brackets in lines", b"[[[[[[[\n".repeat(MEBIBYTE / 8)),
        ("numbers", b"{\"n\":0,\n".repeat(MEBIBYTE / 8)),
        ("ones", rechained(header(), &[Entry::Closed(Box::new(of_ones))])),
        ("facts", rechained(header(), &[Entry::Closed(Box::new(of_facts))])),
        ("orders", rechained(header(), &vec![Entry::Command(order); MEBIBYTE / 350])),
        ("files", rechained(files, &[])),
    ];
    for (name, bytes) in inputs {
        assert!(bytes.len() > MEBIBYTE / 2 && bytes.len() < 2 * MEBIBYTE, "{name}: {}", bytes.len());
        let peak = peak_of(|| {
            if let Ok(journal) = read(&bytes[..]) {
                drop(replay(&journal));
            }
        });
        let bound = 64 * bytes.len().max(MEBIBYTE);
        assert!(peak < bound, "{name}: {} MiB", peak / MEBIBYTE);
    }
}

/// A small journal, to change at random.
fn small() -> &'static [u8] {
    static JOURNAL: OnceLock<Vec<u8>> = OnceLock::new();
    JOURNAL.get_or_init(|| {
        let mut header = parsed().header().clone();
        header.scenario.files.clear();
        let list: Vec<Entry> = entries().into_iter().filter(|entry| !matches!(entry, Entry::Closed(_))).take(12).collect();
        rechained(header, &list)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_goes_unseen(at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = small().to_vec();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != with);
        bytes[at] = with;
        match read(&bytes[..]) {
            Err(_) => {}
            // The last line's end is the one thing whose loss is forgiven.
            Ok(journal) => prop_assert!(journal.torn.is_some() && at == bytes.len() - 1),
        }
    }

    #[test]
    fn any_bytes_are_read_to_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(read(&bytes[..]).is_err());
    }

    #[test]
    fn any_cut_and_join_is_read_to_an_answer(pieces in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6)) {
        let source = small();
        let bytes: Vec<u8> = pieces.iter().flat_map(|(from, to)| {
            let (from, to) = (from.index(source.len()), to.index(source.len()));
            source[from.min(to)..from.max(to)].to_vec()
        }).collect();
        if let Ok(journal) = read(&bytes[..]) {
            // Whatever is read is a beginning of what was written.
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
            prop_assert_eq!(&bytes[..whole], &source[..whole]);
            prop_assert!(journal.entries.len() <= 12);
        }
    }
}
