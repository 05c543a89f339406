//! Texts that others wrote, and where they are shown, through the real binary: nothing in them steers, turns, hides or leads anywhere.

use hotwash::journal::{Annotation, Entry, Header, RemarkKind, Writer, read};
use hotwash::scenario::prepare::ProfileText;

use crate::binary::{Ended, Folder};

/// What no terminal and no file that is handed on may be given.
const STEERS: [char; 6] = ['\u{1b}', '\u{7}', '\0', '\u{9b}', '\u{202e}', '\u{200b}'];

/// A journal of a discussion, written by the binary: its header and what follows.
fn discussed() -> (Header, Vec<Entry>) {
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--journal", "j.jsonl"]).exits(0);
    let journal = read(&std::fs::read(folder.path("j.jsonl")).expect("a journal")[..]).expect("whole");
    let entries = journal.entries.iter().filter(|numbered| !matches!(numbered.entry, Entry::Header(_))).map(|numbered| numbered.entry.clone());
    (journal.header().clone(), entries.collect())
}

/// The same as a file.
fn journal(folder: &Folder, header: &Header, entries: &[Entry]) {
    let mut writer = Writer::begin(Vec::new(), header.clone()).expect("memory");
    entries.iter().for_each(|entry| writer.record(entry).expect("memory"));
    folder.file("j.jsonl", writer.finish().expect("memory"));
}

#[track_caller]
fn steers_nothing(ended: &Ended) {
    for text in [&ended.out, &ended.err] {
        assert!(!text.contains(STEERS), "{text:?}");
    }
}

#[test]
fn a_name_in_a_journal_cannot_steer_a_terminal() {
    let (header, entries) = discussed();
    let name = "a\u{1b}[2J\u{7}\0\u{9b}\u{202e}\u{200b}b\nhotwash: all is well\n";
    let spoilt = |header: &mut Header| header.profile = Some(ProfileText { name: name.to_owned(), text: "(format: 1".to_owned() });
    let renamed = |header: &mut Header| {
        let root = header.scenario.files.iter_mut().find(|file| file.name == header.scenario.root).expect("the root");
        root.name = name.to_owned();
        root.content = hotwash::scenario::source::Content::Text("(moves: [".to_owned());
        header.scenario.root = name.to_owned();
    };
    for change in [&spoilt as &dyn Fn(&mut Header), &renamed] {
        let folder = Folder::new();
        let mut header = header.clone();
        change(&mut header);
        journal(&folder, &header, &entries);
        for arguments in [&["replay", "j.jsonl"][..], &["replay", "j.jsonl", "--format", "json"]] {
            let ended = folder.hotwash(arguments).exits(1);
            steers_nothing(&ended);
            assert!(ended.err.contains("a\u{fffd}[2J") && !ended.err.lines().any(|line| line.starts_with("hotwash: all")), "{}", ended.err);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_name_on_the_command_line_cannot_steer_a_terminal() {
    let folder = Folder::new();
    let name = "o\u{1b}[2J\u{7}\u{9b}\u{202e}\u{200b}\nhotwash: all is well.ron";
    folder.file(name, "[(at: \"+5m\"");
    let ended = folder.hotwash(["run", "long-weekend", "--commands", name]).exits(1);
    steers_nothing(&ended);
    assert!(ended.err.contains("[o\u{fffd}[2J") && !ended.err.lines().any(|line| line.starts_with("hotwash: all")), "{}", ended.err);
}

#[test]
fn a_debrief_takes_out_what_cannot_be_seen_and_keeps_what_scripts_need() {
    let (header, mut entries) = discussed();
    entries.push(Entry::Annotation(Annotation::new(RemarkKind::Observation, "in\u{200b}vis\u{ad}ib\u{2028}le \u{6cc}\u{200c}\u{6cc}")));
    let folder = Folder::new();
    journal(&folder, &header, &entries);
    folder.hotwash(["debrief", "j.jsonl", "-o", "d.html", "d.md", "d.json"]).exits(0);
    for name in ["d.html", "d.md", "d.json"] {
        let text = std::fs::read_to_string(folder.path(name)).expect("a debrief");
        assert!(text.contains("invisible \u{6cc}\u{200c}\u{6cc}"), "{name}");
        assert!(!text.contains(['\u{200b}', '\u{ad}', '\u{2028}', '\u{feff}']), "{name}");
    }
}

#[test]
fn a_debrief_in_markdown_has_no_address_that_leads_anywhere() {
    let (header, mut entries) = discussed();
    let text = "see http://evil.example/a, www.evil.example and mail eve@evil.example";
    entries.push(Entry::Annotation(Annotation::new(RemarkKind::Observation, text)));
    let folder = Folder::new();
    journal(&folder, &header, &entries);
    folder.hotwash(["debrief", "j.jsonl", "-o", "d.md"]).exits(0);
    let text = std::fs::read_to_string(folder.path("d.md")).expect("a debrief");
    assert!(text.contains("see http\\://evil.example/a, www\\.evil.example and mail eve\\@evil.example"), "{text}");
    // Those of the scenario, laws among them, as well.
    assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("www."), "{text}");
}

#[test]
fn letters_that_cannot_be_seen_are_found_in_whatever_is_read() {
    for letter in ["\u{200b}", "\u{2060}", "\u{ad}", "\u{feff}", "\u{2028}", "\u{e0041}"] {
        let folder = Folder::new();
        folder.base_with("A clinic on a Thursday", &format!("A cli{letter}nic on a Thursday"));
        let found = folder.hotwash(["check", "."]).exits(1);
        assert!(found.out.contains("HW0122") && found.out.contains("the invisible character U+"), "{}", found.out);
        folder.hotwash(["run", "."]).exits(1);
    }
    let folder = Folder::new();
    folder.base_with("A clinic on a Thursday", "A \u{6cc}\u{200c}\u{6cc} cli\u{200d}nic");
    assert!(!folder.hotwash(["check", "."]).out.contains("HW01"));

    let profile = "(format: 1, id: \"own\", scenario: \"base\", values: [\n  (of: \"org\", is: \"Har\u{200b}bour\")])";
    folder.file("own.ron", profile);
    let found = folder.hotwash(["run", ".", "--profile", "own.ron"]).exits(1);
    assert!(found.err.contains("HW0122") && found.err.contains("own.ron:2:23"), "{}", found.err);
    steers_nothing(&found);

    folder.file("r.ron", "[(move: \"friday-evening\", says: \"We iso\u{2060}late it\")]");
    let found = folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "r.ron"]).exits(1);
    assert!(found.err.contains("HW0122") && found.err.contains("r.ron:1:"), "{}", found.err);

    folder.file("artefacts/ticket.md", "\u{feff}A ticket.\nSe\u{ad}cond line.\n");
    let found = folder.hotwash(["check", "."]).exits(1);
    assert!(found.out.contains("HW0122") && found.out.contains("ticket.md:2:3"), "{}", found.out);
}

#[test]
fn a_session_from_before_such_letters_were_found_is_still_played() {
    let (mut header, entries) = discussed();
    let folder = Folder::new();
    journal(&folder, &header, &entries);
    let hash = folder.hotwash(["replay", "j.jsonl", "--quiet"]).exits(0).out;
    let root = header.scenario.files.iter_mut().find(|file| file.name == header.scenario.root).expect("the root");
    let hotwash::scenario::source::Content::Text(text) = &mut root.content else { panic!("a text") };
    let title = text.find("title: \"").expect("a title") + "title: \"".len();
    text.insert(title, '\u{ad}');
    let opening = hotwash::scenario::source::Opening::closed(&header.scenario.root, header.scenario.files.clone());
    let identity = hotwash::scenario::load::load(&opening).sources.identity();
    header.scenario.identity = blake3::Hash::from_bytes(identity).to_hex().to_string();
    journal(&folder, &header, &entries);
    assert_eq!(folder.hotwash(["replay", "j.jsonl", "--quiet"]).exits(0).out, hash);
}

#[test]
fn what_tells_of_the_story_says_that_it_is_an_exercise() {
    let folder = Folder::new();
    for arguments in [
        &["run", "long-weekend"][..],
        &["run", "long-weekend", "--against", "2"],
        &["run", "long-weekend", "--mode", "discussion"],
        &["show", "long-weekend"],
        &["show", "long-weekend", "moves"],
    ] {
        let out = folder.hotwash(arguments).exits(0).out;
        assert!(out.starts_with("EXERCISE. Everything below is invented.\n") && out.matches("EXERCISE").count() == 1, "{arguments:?}: {out}");
    }
    // A result on one line, and an object, are for programs.
    assert!(!folder.hotwash(["run", "long-weekend", "--quiet"]).exits(0).out.contains("EXERCISE"));
    folder.hotwash(["run", "long-weekend", "--format", "json"]).exits(0).json();
}
