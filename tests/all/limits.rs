//! What people would not do on purpose, through the real binary: too much of something, files in one another's place, disks that fill up, journals
//! written by hand.

#![allow(clippy::disallowed_methods)]

use std::time::{Duration, Instant};

use hotwash::journal::{Entry, Header, Instructed, PlainInstruction, PlainTrigger, RemarkKind, Told, Writer, read};
use hotwash::scenario::compile::PlainOrder;
use hotwash::time::ExerciseTime;

use crate::binary::{Ended, Folder};

/// Far more than any of these takes in a debug build on a busy machine, and far less than what was mended took.
const SOON: Duration = Duration::from_secs(60);

fn soon(run: impl FnOnce() -> Ended) -> Ended {
    let start = Instant::now();
    let ended = run();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    ended
}

fn names(count: usize) -> String {
    (0..count).map(|n| format!("\"desks-{n}\"")).collect::<Vec<_>>().join(",")
}

#[test]
fn a_title_of_any_length_is_listed_and_found() {
    let folder = Folder::new();
    folder.base_with("title: \"A clinic on a Thursday\"", &format!("title: \"{}\"", "long ".repeat(14_000)));
    let listed = folder.hotwash(["list", "."]).exits(0);
    assert!(listed.out.contains("long long") && listed.out.lines().all(|line| line.len() < 500), "{}", listed.out);
    let found = folder.hotwash(["check", "."]).exits(1);
    assert!(found.out.contains("HW0213") && found.out.contains("characters in the title"), "{}", found.out);
    folder.hotwash(["show", ".", "moves"]).exits(1);
}

#[test]
fn a_long_label_is_cut_where_it_is_shown() {
    let folder = Folder::new();
    folder.base_with("words: \"Manager ({person.ciso})\"", &format!("words: \"{}\"", "m".repeat(70_000)));
    let shown = folder.hotwash(["show", ".", "roles"]).exits(0);
    assert!(shown.out.contains("mmm…") && shown.out.lines().all(|line| line.chars().count() < 1_000), "{}", shown.out.len());
}

#[test]
fn a_value_of_any_length_is_found_with_its_place() {
    let folder = Folder::new();
    folder.base_with("example: \"Harbour Clinic\"", &format!("example: \"{}\"", "x".repeat(900_000)));
    let found = soon(|| folder.hotwash(["check", "."]).exits(1));
    assert!(found.out.contains("900000 characters in the value of one variable"), "{}", found.out);

    let folder = Folder::new();
    folder.base_with("Harbour Clinic", "Harbour Clinic");
    folder.file("own.ron", format!("(format: 1, id: \"own\", scenario: \"base\", values: [\n  (of: \"org\", is: \"{}\")])", "x".repeat(900_000)));
    let found = soon(|| folder.hotwash(["run", ".", "--profile", "own.ron"]).exits(1));
    assert!(found.err.contains("own.ron:2:") && found.err.contains("at most 2000"), "{}", found.err);
}

#[test]
fn names_fill_so_much_and_no_more() {
    // An example of two thousand letters, named four thousand times: ninety-six kilobytes that would become a debrief of hundreds of megabytes.
    let folder = Folder::new();
    folder.base_with("example: \"Harbour Clinic\"", &format!("example: \"{}\"", "x".repeat(2_000)));
    let text = std::fs::read_to_string(folder.path("scenario.ron")).expect("the scenario");
    folder.file("scenario.ron", text.replacen("You are on a list.", &"{org}".repeat(4_000), 1));
    let found = soon(|| folder.hotwash(["check", "."]).exits(1));
    assert!(found.out.contains("HW0213") && found.out.contains("characters that names put into the texts"), "{}", found.out);
    assert!(found.out.contains("at most 500000") && found.out.contains("scenario.ron:16:"), "{}", found.out);
    folder.hotwash(["run", "."]).exits(1);
    folder.hotwash(["print", ".", "-o", "papers"]).exits(1);

    // In what is looked at ..
    let folder = Folder::new();
    folder.base_with("A clinic", "A clinic");
    folder.file("artefacts/ticket.md", "{org}".repeat(190_000));
    let found = soon(|| folder.hotwash(["check", "."]).exits(1));
    assert!(found.out.contains("characters that names put into the texts"), "{}", found.out);

    // .. and by a profile, of which the value is named.
    folder.file("artefacts/ticket.md", "{org}".repeat(1_000));
    let value =
        |letters: usize| format!("(format: 1, id: \"own\", scenario: \"base\", values: [\n  (of: \"org\", is: \"{}\")])", "x".repeat(letters));
    folder.file("own.ron", value(20));
    folder.hotwash(["run", ".", "--profile", "own.ron"]).exits(0);
    folder.file("own.ron", value(2_000));
    let found = soon(|| folder.hotwash(["run", ".", "--profile", "own.ron"]).exits(1));
    assert!(found.err.contains("own.ron:2:19") && found.err.contains("characters that names put into the texts"), "{}", found.err);
}

#[test]
fn many_machines_have_short_names() {
    let folder = Folder::new();
    folder.base_with("count: 12", "count: 999");
    let text = std::fs::read_to_string(folder.path("scenario.ron")).expect("the scenario");
    let named = |name: &str| folder.file("scenario.ron", text.replacen("DESK-##", name, 1).replacen("desks-03", "desks-003", 1));
    named(&format!("DESK-###{}", "x".repeat(100_000)));
    let found = soon(|| folder.hotwash(["check", "."]).exits(1));
    assert!(found.out.contains("characters in names and descriptions of machines"), "{}", found.out);
    named(&format!("DESK-###{}", "{org}".repeat(200)));
    let found = soon(|| folder.hotwash(["check", "."]).exits(1));
    assert!(found.out.contains("characters that names put into the texts"), "{}", found.out);
}

#[test]
fn records_are_so_long_and_no_longer() {
    let folder = Folder::new();
    let run = |records: String| {
        folder.file("r.ron", records);
        soon(|| folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "r.ron"]))
    };
    let record = |says: &str| format!("(move: \"friday-evening\", says: \"{says}\"),\n");
    let found = run(format!("[{}]", record(&"isolate pathology desks and ".repeat(800)))).exits(1);
    assert!(found.err.contains("HW0213") && found.err.contains("r.ron:1:"), "{}", found.err);
    assert!(found.err.contains("22400 characters in one record") && found.err.contains("at most 400"), "{}", found.err);
    // What is said of it is of a file of records, not of a scenario.
    assert!(!found.err.contains("the scenario"), "{}", found.err);
    let longest = "isolate pathology desks and ".repeat(14);
    let found = run(format!("[{}]", record(&longest).repeat(60))).exits(1);
    assert!(found.err.contains("23520 characters in all records") && found.err.contains("at most 20000"), "{}", found.err);
    run(format!("[{}]", record(&longest).repeat(10))).exits(0);
}

#[test]
fn an_order_names_so_many_things_and_each_once() {
    let folder = Folder::new();
    let order = |on: &str| format!("[(at: \"+5m\", role: \"incident-manager\", order: Order(action: \"isolate\", on: [{on}]))]");
    folder.file("many.ron", order(&names(20_000)));
    let found = soon(|| folder.hotwash(["run", "long-weekend", "--commands", "many.ron"]).exits(1));
    assert!(found.err.contains("20000 names in one order") && found.err.contains("many.ron:1:"), "{}", found.err);

    folder.file("orders.ron", format!("[{}]", "(at: \"+5m\", role: \"incident-manager\", order: Order(action: \"log\")),".repeat(2_001)));
    let found = soon(|| folder.hotwash(["run", "long-weekend", "--commands", "orders.ron"]).exits(1));
    assert!(found.err.contains("2001 orders in one file"), "{}", found.err);

    folder.file("records.ron", format!("[{}]", "(move: \"friday-evening\", says: \"Cut off the desks\"),".repeat(3_000)));
    let found = soon(|| folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "records.ron"]).exits(1));
    assert!(found.err.contains("3000 records in one file"), "{}", found.err);

    let from = "on: [\"clinic\"]";
    folder.base_with(from, "on: [\"clinic\", \"rooms\", \"clinic\"]");
    let found = folder.hotwash(["check", "."]);
    assert!(found.out.contains("`clinic` for the second time in one order"), "{}", found.out);

    let many = (0..40_000).map(|_| "\"clinic\"").collect::<Vec<_>>().join(",");
    folder.base_with(from, &format!("on: [{many}]"));
    let found = soon(|| folder.hotwash(["check", "."]).exits(1));
    assert!(found.out.contains("40000 names in one order"), "{}", found.out);
    folder.hotwash(["run", "."]).exits(1);

    folder.base_with("Order(action: \"block-egress\", on: [\"clinic\"])", &"Order(action: \"block-egress\", on: [\"clinic\"]),".repeat(150));
    let found = folder.hotwash(["check", "."]).exits(1);
    assert!(found.out.contains("150 orders of one choice"), "{}", found.out);
}

#[test]
fn a_machine_that_is_off_has_nothing_left_in_memory() {
    let folder = Folder::new();
    folder.base_with("A clinic", "A clinic");
    let order = |at: &str, action: &str| format!("(at: \"{at}\", role: \"operations\", order: Order(action: \"{action}\", on: [\"files\"])),");
    folder.file("o.ron", format!("[{}{}{}]", order("+5m", "power-off"), order("+3h", "power-off"), order("+4h", "capture-memory")));
    let run = folder.hotwash(["run", ".", "--commands", "o.ron"]).exits(0);
    assert!(run.out.contains("power-off on files: as far as this role knows, it is so already"), "{}", run.out);
    assert!(run.out.contains("capture-memory on files: as far as this role knows, there is nothing left to take"), "{}", run.out);
}

#[test]
fn fields_without_effect_in_a_record_are_named() {
    let folder = Folder::new();
    let one = |record: &str| format!("[(move: \"friday-evening\", says: \"We look at it\", {record})]");
    for (record, field, what) in [
        ("choice: \"declare-major\"", "choice", "an order"),
        ("positions: [(role: \"executive\", choice: \"declare-major\")]", "positions", "an order"),
        ("sure_percent: 60", "sure_percent", "an order"),
        ("gate: \"declare-tonight\", choice: \"declare-major\", owner: \"executive\"", "owner", "a decision"),
        ("gate: \"declare-tonight\", choice: \"declare-major\", take: 1", "take", "a decision"),
    ] {
        folder.file("r.ron", one(record));
        let found = folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "r.ron"]).exits(1);
        assert!(found.err.contains(&format!("`{field}` in a record of {what}")), "{record}: {}", found.err);
    }
    let claim = crate::fixture::hospital().public.claims[0].id.clone();
    for field in ["owner: \"executive\"", "take: 1", "at: \"+5m\""] {
        folder.file("r.ron", one(&format!("claim: \"{claim}\", {field}")));
        let found = folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "r.ron"]).exits(1);
        assert!(found.err.contains("in a record of a belief"), "{field}: {}", found.err);
    }
}

#[test]
fn an_older_journal_is_kept() {
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--seed", "1", "--journal", "j.jsonl"]).exits(0);
    let first = std::fs::read(folder.path("j.jsonl")).expect("a journal");
    let again = folder.hotwash(["run", "long-weekend", "--seed", "2", "--journal", "j.jsonl"]).exits(0);
    assert!(again.err.contains("kept as") && again.err.contains("j.jsonl.old"), "{}", again.err);
    assert_eq!(std::fs::read(folder.path("j.jsonl.old")).expect("the older one"), first);
    assert_ne!(std::fs::read(folder.path("j.jsonl")).expect("the new one"), first);
    assert_eq!(folder.names(), ["j.jsonl", "j.jsonl.old"]);
    folder.hotwash(["replay", "j.jsonl"]).exits(0);

    // The disk is full before the header is written: nothing has changed.
    let before = std::fs::read(folder.path("j.jsonl")).expect("the new one");
    let full = folder.shell("trap '' XFSZ; ulimit -f 8; \"$HOTWASH\" run long-weekend --seed 3 --journal j.jsonl").exits(2);
    assert!(full.err.contains("cannot be written"), "{}", full.err);
    assert_eq!(std::fs::read(folder.path("j.jsonl")).expect("the new one"), before);
    assert_eq!(std::fs::read(folder.path("j.jsonl.old")).expect("the older one"), first);
    assert_eq!(folder.names(), ["j.jsonl", "j.jsonl.old"]);

    // What is kept is a journal as well, or nothing is replaced.
    folder.file("j.jsonl.old", "my letters");
    folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(2);
    assert_eq!(std::fs::read(folder.path("j.jsonl.old")).expect("letters"), b"my letters");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_that_is_not_there_yet_is_that_file() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("real.jsonl", folder.path("lnk.html")).expect("a link");
    let both = folder.hotwash(["run", "long-weekend", "--journal", "real.jsonl", "--debrief", "lnk.html"]).exits(2);
    assert!(both.err.contains("cannot be both the journal and the debrief"), "{}", both.err);
    // A link is followed, to where there is nothing as well.
    std::fs::remove_file(folder.path("lnk.html")).expect("a link");
    std::os::unix::fs::symlink("real.html", folder.path("lnk.html")).expect("a link");
    folder.hotwash(["run", "long-weekend", "--debrief", "lnk.html"]).exits(0);
    assert!(folder.path("lnk.html").is_symlink() && folder.path("real.html").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_run_has_left_is_removed() {
    let folder = Folder::new();
    // No process has the first number; this one lives.
    folder.file(".d.md.4194305.part", "half");
    let living = format!(".d.md.{}.part", std::process::id());
    folder.file(&living, "half");
    folder.file(".d.md.notes.part", "mine");
    folder.hotwash(["run", "long-weekend", "--debrief", "d.md"]).exits(0);
    let mut left = vec![living, ".d.md.notes.part".to_owned(), "d.md".to_owned()];
    left.sort();
    assert_eq!(folder.names(), left);
}

#[test]
fn whoever_asks_for_an_object_gets_one() {
    let folder = Folder::new();
    for arguments in [
        &["run", "long-weekend", "--seed", "many", "--format", "json"][..],
        &["run", "--format=json"],
        &["replay", "--format", "json"],
        &["run", "long-weekend", "--policy", "idle", "--commands", "x.ron", "--format", "json"],
        &["check", "--format", "json"],
    ] {
        let ended = folder.hotwash(arguments).exits(2);
        assert!(ended.json()["error"].as_str().is_some_and(|says| !says.is_empty()), "{arguments:?}: {}", ended.out);
        assert!(!ended.err.is_empty() && !ended.out.contains('\u{1b}'));
    }
    let ended = folder.shell("\"$HOTWASH\" run \"$(printf 'a\\377b')\" --format json").exits(2);
    assert!(ended.json()["error"].is_string(), "{}", ended.out);
    assert!(folder.hotwash(["run", "--seed", "many"]).exits(2).out.is_empty());
    assert!(folder.hotwash(["run", "--help", "--format", "json"]).exits(0).out.contains("Usage"));
}

#[cfg(unix)]
#[test]
fn a_discussion_whose_journal_fails_shows_its_result() {
    let folder = Folder::new();
    let run = "run long-weekend --mode discussion --format json --journal";
    let whole = folder.shell(&format!("\"$HOTWASH\" {run} whole.jsonl")).exits(0).json();
    let header = std::fs::read_to_string(folder.path("whole.jsonl")).expect("a journal").lines().next().map_or(0, str::len);
    // In blocks of 512 bytes: the header fits, and not much more.
    let blocks = header / 512 + 4;
    let ended = folder.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; \"$HOTWASH\" {run} j.jsonl")).exits(2);
    assert!(ended.err.contains("the journal cannot be written any more"), "{}", ended.err);
    assert_eq!(ended.json()["hash"], whole["hash"]);
}

/// A journal of a discussion, written by the binary.
fn discussed() -> (Header, Vec<Entry>) {
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "discussion", "--journal", "j.jsonl"]).exits(0);
    let journal = read(&std::fs::read(folder.path("j.jsonl")).expect("a journal")[..]).expect("whole");
    let entries = journal.entries.iter().filter(|numbered| !matches!(numbered.entry, Entry::Header(_)));
    (journal.header().clone(), entries.map(|numbered| numbered.entry.clone()).collect())
}

fn replayed(header: &Header, entries: &[Entry], debrief: bool) -> (Ended, Folder) {
    let folder = Folder::new();
    let mut writer = Writer::begin(Vec::new(), header.clone()).expect("memory");
    entries.iter().for_each(|entry| writer.record(entry).expect("memory"));
    folder.file("j.jsonl", writer.finish().expect("memory"));
    let ended =
        if debrief { folder.hotwash(["debrief", "j.jsonl", "-o", "d.html", "d.md", "d.json"]) } else { folder.hotwash(["replay", "j.jsonl"]) };
    (ended, folder)
}

#[test]
fn a_header_that_does_not_fit_its_scenario_is_named() {
    let (header, entries) = discussed();
    replayed(&header, &entries, false).0.exits(0);
    type Change = fn(&mut Header);
    let changes: [(Change, &str); 7] = [
        (|header| header.setup.cut = "no-such-cut".to_owned(), "cut"),
        (|header| header.setup.mode = "seance".to_owned(), "no mode `seance`"),
        (|header| header.scenario.id = "another".to_owned(), "`another`"),
        (|header| header.setup.seats[0].by = "ghost".to_owned(), "called `ghost`"),
        (|header| header.setup.seats[0].role = "ghost".to_owned(), "`ghost`"),
        (|header| header.setup.seats[1] = header.setup.seats[0].clone(), "two seats"),
        (|header| drop(header.setup.seats.pop()), "no seat"),
    ];
    for (change, says) in changes {
        let mut header = header.clone();
        change(&mut header);
        let ended = replayed(&header, &entries, false).0.exits(1);
        assert!(ended.err.contains("line 1") && ended.err.contains(says), "{says}: {}", ended.err);
    }
    // In an unattended session nobody is told anything ..
    let mut unattended = header;
    unattended.setup.mode = "unattended".to_owned();
    let ended = replayed(&unattended, &entries, false).0.exits(1);
    assert!(ended.err.contains("nobody was there"), "{}", ended.err);
    // .. and nobody but a file of orders speaks for a person.
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--policy", "reactive", "--journal", "j.jsonl"]).exits(0);
    let journal = read(&std::fs::read(folder.path("j.jsonl")).expect("a journal")[..]).expect("whole");
    let mut entries: Vec<Entry> = journal.entries.iter().skip(1).map(|numbered| numbered.entry.clone()).collect();
    let first = entries.iter_mut().enumerate().find_map(|(place, entry)| match entry {
        Entry::Command(command) => Some((place, command)),
        _ => None,
    });
    let (place, command) = first.expect("an order");
    command.origin = hotwash::journal::Origin::Person;
    let ended = replayed(journal.header(), &entries, false).0.exits(1);
    assert!(ended.err.contains(&format!("line {}: ", place + 2)) && ended.err.contains("an order of a person"), "{}", ended.err);
}

#[test]
fn what_colleagues_were_told_is_looked_at() {
    let (header, entries) = discussed();
    let place = entries.iter().position(|entry| matches!(entry, Entry::Instructed(_))).expect("somebody was told something");
    let Entry::Instructed(first) = &entries[place] else { unreachable!() };
    let order = |action: &str, from: i64| PlainInstruction::Order {
        order: PlainOrder { action: action.to_owned(), ..PlainOrder::default() },
        from: ExerciseTime(from),
    };
    let once = |from: i64| PlainInstruction::Once { trigger: PlainTrigger::Declared, orders: Vec::new(), from: ExerciseTime(from) };
    let told = |role: &str, to: PlainInstruction| Instructed { told: vec![Told { role: role.to_owned(), to }], ..(**first).clone() };
    for (instructed, says) in [
        (told("ghost", order("log", 0)), "`ghost`"),
        (told("executive", order("conjure", 0)), "`conjure`"),
        (told("executive", order("log", i64::MAX)), "outside the exercise"),
        (told("executive", order("log", -5)), "outside the exercise"),
        (told("executive", once(-1)), "outside the exercise"),
        (told("executive", once(i64::MAX)), "outside the exercise"),
        (told("executive", PlainInstruction::Duty { says: "sing".to_owned() }), "no duty to sing"),
    ] {
        let mut entries = entries.clone();
        entries[place] = Entry::Instructed(Box::new(instructed));
        let ended = replayed(&header, &entries, false).0.exits(1);
        // Behind the header, and counted from 1.
        assert!(ended.err.contains(&format!("line {}: ", place + 2)) && ended.err.contains(says), "{says}: {}", ended.err);
    }
}

#[test]
fn a_remark_about_no_moment_of_the_exercise_is_named() {
    let (header, entries) = discussed();
    for at in [i64::MIN, -1, i64::MAX / 1000, i64::MAX] {
        let mut entries = entries.clone();
        let remark = hotwash::journal::Annotation { at: Some(ExerciseTime(at)), ..hotwash::journal::Annotation::new(RemarkKind::Observation, "x") };
        entries.push(Entry::Annotation(remark));
        let ended = replayed(&header, &entries, true).0.exits(1);
        assert!(ended.err.contains(&format!("line {}: ", entries.len() + 1)) && ended.err.contains("outside the exercise"), "{}", ended.err);
    }
}

#[test]
fn a_debrief_has_nothing_that_steers_or_turns_text() {
    let (header, mut entries) = discussed();
    let note = hotwash::journal::Annotation {
        by: Some("eve\u{1b}[31m".to_owned()),
        ..hotwash::journal::Annotation::new(RemarkKind::Observation, "abc\u{202e}fed\u{1b}]0;x\u{7}")
    };
    entries.push(Entry::Annotation(note));
    let (ended, folder) = replayed(&header, &entries, true);
    ended.exits(0);
    for name in ["d.html", "d.md", "d.json"] {
        let text = std::fs::read_to_string(folder.path(name)).expect("a debrief");
        assert!(text.contains("abc\u{fffd}fed"), "{name}");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{name}");
    }
}

#[test]
fn evidence_by_the_hundred_thousand_keeps_nobody_waiting() {
    let (header, mut entries) = discussed();
    let value = vec!["a"; 40].join(",");
    for kind in [RemarkKind::Gap, RemarkKind::Strength, RemarkKind::Cause] {
        let remark = hotwash::journal::Annotation { value: Some(value.clone()), ..hotwash::journal::Annotation::new(kind, "x") };
        entries.extend(std::iter::repeat_n(Entry::Annotation(remark), 1_500));
    }
    soon(|| replayed(&header, &entries, true).0).exits(0);
}
