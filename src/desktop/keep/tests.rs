//! The data folder as it is found in the world: damaged, newer, read-only, full, used by two windows.

use std::fs::OpenOptions;

use super::library::Trouble;
use super::own::OwnProfile;
use super::*;
use crate::journal::{Annotation, Closed, Entry, Header, Reached, RemarkKind, Setup, Writer};
use crate::scenario::prepare;
use crate::scenario::source::shipped;
use crate::time::ExerciseTime;

/// A folder of one test, gone when it is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("hotwash-desktop-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Scratch(path)
    }

    fn folder(&self) -> Folder {
        Folder(self.0.clone())
    }

    fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A journal as play writes it; nothing in a list depends on what happened in between.
fn session(folder: &Folder, mode: &str, people: &[usize], close: bool) -> PathBuf {
    let prepared = prepare::prepare(shipped()[0], None, None).unwrap();
    let public = &prepared.program.public;
    let by = (0..public.roles.len()).map(|place| if people.contains(&place) { "person" } else { "reference" }.to_owned());
    let header = Header::of(&prepared, 7, Setup::of(public, mode, by));
    let Claimed { path, file, .. } = folder.new_session(&public.id).unwrap();
    let mut writer = Writer::begin(file, header).unwrap();
    writer.record(&Entry::Reached(Reached { at: ExerciseTime(5400), hash: String::new() })).unwrap();
    let item = |about: &str, value: &str| Annotation {
        about: Some(about.to_owned()),
        value: Some(value.to_owned()),
        ..Annotation::new(RemarkKind::Improvement, "An issue.")
    };
    for (about, value) in [
        ("first", r#"{"issue":"Nobody had the numbers","action":"Print them","element":"planning","owner":"IT","completion":"2026-12-01"}"#),
        ("second", r#"{"issue":"No log was kept","action":"","owner":"","completion":""}"#),
        ("third", r#"{"issue":"Not taken on","left_out":true}"#),
        ("first", r#"{"issue":"Nobody had the numbers","action":"Print them","element":"planning","owner":"Security","completion":"2026-11-30"}"#),
    ] {
        writer.record(&Entry::Annotation(item(about, value))).unwrap();
    }
    if close {
        let assessment = serde_json::json!({
            "score": 71,
            "scores": { "triage": 80, "forensics": null },
            "core_capabilities": [{ "core_capability": "Operational coordination", "rating": "S" }],
        });
        let closed = Closed { at: ExerciseTime(7200), hash: String::new(), assessment, ledger: Vec::new() };
        writer.record(&Entry::Closed(Box::new(closed))).unwrap();
    }
    path
}

/// What matters of a shelf to compare.
fn said(shelf: &Shelf) -> Vec<(String, bool, Option<u8>)> {
    shelf.sessions.iter().map(|kept| (kept.mode.clone(), kept.closed, kept.score)).collect()
}

#[test]
fn looks_are_kept_and_kept_within_bounds() {
    let scratch = Scratch::new("look");
    let folder = scratch.folder();
    assert_eq!(folder.look(), Look::default());
    let look = Look { dark: true, scale_percent: 150, reduced_motion: true };
    folder.keep_look(look);
    assert_eq!(folder.look(), look);
    fs::write(scratch.0.join("look.json"), "{\"scale_percent\": 9000}").unwrap();
    assert_eq!((folder.look().scale_percent, folder.shelf().unseen), (200, Vec::new()));
    // One that is broken is said, until it is written anew.
    fs::write(scratch.0.join("look.json"), "{\"scale_per").unwrap();
    assert_eq!(folder.look(), Look::default());
    assert!(folder.shelf().unseen[0].contains("look.json is not used"));
    // So is what is larger than anything that is written here: it is not read to its end.
    fs::write(scratch.0.join("look.json"), format!("{{\"scale_percent\": 150{}}}", " ".repeat(LARGEST_SMALL as usize))).unwrap();
    assert_eq!(folder.look(), Look::default());
    assert!(folder.shelf().unseen[0].contains("look.json is not used"));
    folder.keep_look(look);
    assert_eq!((folder.look(), folder.shelf().unseen), (look, Vec::new()));
}

#[test]
fn sessions_are_numbered_and_what_is_no_journal_is_not_listed() {
    let scratch = Scratch::new("numbers");
    let folder = scratch.folder();
    let [first, second] = ["a/../b", "ab"].map(|scenario| folder.new_session(scenario).unwrap().path);
    assert_eq!(first.file_name().unwrap(), "0001-a b.jsonl".replace(' ', "").as_str());
    assert_eq!(second.file_name().unwrap(), "0002-ab.jsonl");
    assert!(folder.sessions().is_empty(), "nothing was recorded in these");
    // What has the name of a session is not passed over without a word.
    fs::write(scratch.0.join("sessions/0003-x.jsonl"), "not a journal at all, and longer than the beginning of one").unwrap();
    fs::write(scratch.0.join("sessions/notes.txt"), "nor this").unwrap();
    let listed = folder.sessions();
    assert_eq!(listed.len(), 1);
    assert!(listed[0].trouble.as_ref().unwrap().contains("does not begin as a journal does"));
}

#[test]
fn a_name_with_a_number_of_any_size_is_no_trouble() {
    let scratch = Scratch::new("large");
    let folder = scratch.folder();
    for name in ["4294967295-x.jsonl", "4294967000-x.jsonl", "1000000-x.jsonl", "99999999999999-x.jsonl", "0041-x.jsonl"] {
        fs::create_dir_all(scratch.0.join("sessions")).unwrap();
        fs::write(scratch.0.join("sessions").join(name), "").unwrap();
    }
    let path = folder.new_session("x").unwrap().path;
    assert_eq!(path.file_name().unwrap(), "0042-x.jsonl");
}

#[test]
fn what_cannot_be_seen_is_said() {
    let scratch = Scratch::new("unseen");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    assert_eq!((folder.shelf().sessions.len(), folder.shelf().unseen), (1, Vec::new()));
    // A file where the folder of sessions belongs: what was read before is still listed.
    let (sessions, away) = (scratch.0.join("sessions"), scratch.0.join("away"));
    fs::rename(&sessions, &away).unwrap();
    fs::write(&sessions, "in the way").unwrap();
    let shelf = folder.shelf();
    assert_eq!((shelf.sessions.len(), shelf.unseen.len()), (1, 1));
    assert!(shelf.unseen[0].contains("sessions cannot be read"), "{:?}", shelf.unseen);
    assert!(folder.new_session("x").is_err());
    fs::remove_file(&sessions).unwrap();
    fs::rename(&away, &sessions).unwrap();
    assert_eq!((folder.shelf().sessions.len(), folder.shelf().unseen), (1, Vec::new()));
    // A file where the whole data folder belongs.
    let file = Folder(scratch.0.join("file"));
    fs::write(&file.0, "a file").unwrap();
    assert!(file.shelf().unseen.iter().any(|says| says.contains("is no folder")) && file.shelf().unseen.len() == 1);
}

#[test]
fn a_journal_whose_beginning_is_damaged_is_listed_with_why() {
    let scratch = Scratch::new("beginning");
    let folder = scratch.folder();
    let path = session(&folder, "solo", &[0], true);
    let whole = fs::read(&path).unwrap();
    let changed = |first: u8| [&[first], &whole[1..]].concat();
    for (what, bytes) in [("a mark in front", [b"\xef\xbb\xbf", &whole[..]].concat()), ("first byte", changed(b'[')), ("zeros", vec![0; whole.len()])]
    {
        fs::write(&path, bytes).unwrap();
        let listed = folder.sessions();
        assert!(listed.len() == 1 && listed[0].trouble.is_some(), "{what}: {listed:?}");
    }
    fs::write(&path, &whole).unwrap();
    // A clock that was wrong when it was written.
    let before = std::time::SystemTime::UNIX_EPOCH - Duration::from_secs(5);
    OpenOptions::new().append(true).open(&path).unwrap().set_modified(before).unwrap();
    let listed = folder.sessions();
    assert!(listed.len() == 1 && listed[0].trouble.is_none(), "{listed:?}");
}

#[test]
fn a_list_shows_only_so_much_of_what_a_journal_says() {
    let scratch = Scratch::new("bounded");
    let folder = scratch.folder();
    let path = session(&folder, "solo", &[0], false);
    let text = fs::read_to_string(&path).unwrap();
    let long = format!("\\u202e{}", "m".repeat(100_000));
    let text = text.replacen("\"mode\":\"solo\"", &format!("\"mode\":\"{long}\""), 1).replacen("\"at\":5400", &format!("\"at\":{}", i64::MAX), 1);
    fs::write(&path, text).unwrap();
    folder.opened("somewhere", &"t".repeat(100_000));
    let shelf = folder.shelf();
    let kept = &shelf.sessions[0];
    assert_eq!((kept.mode.chars().count(), kept.mode.chars().next()), (MOST_SHOWN + 1, Some('\u{fffd}')));
    assert_eq!(kept.reached, LONGEST_EXERCISE);
    assert_eq!(shelf.recent[0].1.chars().count(), MOST_SHOWN + 1);
}

#[test]
fn looking_at_an_empty_folder_makes_nothing() {
    let scratch = Scratch::new("nothing");
    assert_eq!(scratch.folder().shelf(), Shelf::default());
    assert!(!scratch.0.exists());
}

#[test]
fn the_database_says_what_the_journals_say_and_comes_back_when_it_is_deleted() {
    let scratch = Scratch::new("rebuilt");
    let folder = scratch.folder();
    session(&folder, "discussion", &[], true);
    session(&folder, "clocked", &[0, 2], false);
    let alone = session(&folder, "solo", &[1], true);
    let shelf = folder.shelf();
    assert_eq!((shelf.trouble.as_ref(), shelf.unread), (None, 0));
    let mut modes = said(&shelf);
    modes.sort();
    // A room's total is not lying about; a person's own is.
    let expected = [("clocked", false, None), ("discussion", true, None), ("solo", true, Some(71))];
    assert_eq!(modes, expected.map(|(mode, closed, score)| (mode.to_owned(), closed, score)));
    let kept = shelf.sessions.iter().find(|kept| kept.mode == "clocked").unwrap();
    assert_eq!((kept.people.len(), kept.reached, kept.cut.as_str()), (2, Span(5400), "90m"));
    assert!(!kept.title.is_empty() && !kept.title.contains('{') && kept.title != kept.scenario, "{}", kept.title);
    // What is over, and only that; the last version; without what was left out; what is due first.
    let items: Vec<(&str, &str, &str)> =
        shelf.to_do.iter().map(|to_do| (to_do.item.item.as_str(), to_do.item.owner.as_str(), to_do.item.status.as_str())).collect();
    assert_eq!(items, [("first", "Security", "open"), ("first", "Security", "open"), ("second", "", "open"), ("second", "", "open")]);
    let results = |shelf: &Shelf| shelf.sessions.iter().find(|kept| kept.path == alone).unwrap().results.clone();
    assert_eq!(results(&shelf).iter().map(|line| (line.score, line.rating.as_deref())).collect::<Vec<_>>(), [(None, Some("S")), (Some(80), None)]);
    assert!(scratch.database().is_file());
    fs::remove_file(scratch.database()).unwrap();
    let again = folder.shelf();
    assert_eq!((again.sessions, again.to_do), (shelf.sessions, shelf.to_do));
}

#[test]
fn a_journal_that_grew_is_read_again_and_one_that_is_gone_leaves_the_list() {
    let scratch = Scratch::new("grown");
    let folder = scratch.folder();
    let path = session(&folder, "solo", &[0], false);
    assert!(!folder.sessions()[0].closed);
    assert!(folder.shelf().to_do.is_empty(), "a session that goes on has no plan yet");
    let journal = crate::journal::read(File::open(&path).unwrap()).unwrap();
    let mut writer = Writer::resume(OpenOptions::new().append(true).open(&path).unwrap(), &journal);
    let closed = Closed { at: ExerciseTime(9000), hash: String::new(), assessment: serde_json::Value::Null, ledger: Vec::new() };
    writer.record(&Entry::Closed(Box::new(closed))).unwrap();
    let kept = &folder.sessions()[0];
    assert_eq!((kept.closed, kept.reached), (true, Span(9000)));
    fs::remove_file(&path).unwrap();
    assert_eq!(folder.shelf().sessions, []);
    assert_eq!(folder.shelf().to_do, []);
}

#[test]
fn a_damaged_database_is_set_aside_said_and_made_anew() {
    let scratch = Scratch::new("damaged");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    let before = folder.shelf();
    let whole = fs::read(scratch.database()).unwrap();
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 3);
    let mut scribbled = whole.clone();
    scribbled[200..4000].fill(b'x');
    let garbage = b"this is no database, but somebody's shopping list, saved under the wrong name. Milk, flour, eggs, and a new disk.".to_vec();
    for (what, bytes) in [("no database", garbage), ("torn", torn), ("scribbled", scribbled), ("no tables", Vec::new())] {
        fs::write(scratch.database(), &bytes).unwrap();
        let shelf = folder.shelf();
        assert_eq!(said(&shelf), said(&before), "{what}: nothing is lost");
        assert_eq!(shelf.trouble.is_some(), !bytes.is_empty(), "{what}: {:?}", shelf.trouble);
        let again = folder.shelf();
        assert_eq!((said(&again), again.trouble), (said(&before), None), "{what}: said once, and well again");
    }
    let aside = fs::read_dir(&scratch.0).unwrap().filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains(".damaged-")).count();
    assert_eq!(aside, 3, "nothing is thrown away");
}

#[test]
fn a_database_that_is_not_as_it_was_made_is_set_aside() {
    let endless = "CREATE VIEW session AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
         SELECT x AS journal, 1 AS bytes, 1 AS modified, x AS trouble FROM n;";
    for (number, sql) in [
        "DROP TABLE session; CREATE TABLE session (a INTEGER)",
        "ALTER TABLE session RENAME COLUMN seed TO sown",
        "ALTER TABLE session ADD COLUMN more TEXT",
        "DROP TABLE recent",
        "CREATE TRIGGER no BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'no'); END",
        "PRAGMA user_version = 0",
        &format!("PRAGMA foreign_keys = 0; DROP TABLE session; {endless}"),
        &format!("PRAGMA foreign_keys = 0; DROP TABLE session; {endless} PRAGMA user_version = 0"),
    ]
    .into_iter()
    .enumerate()
    {
        let scratch = Scratch::new(&format!("tables-{number}"));
        let folder = scratch.folder();
        session(&folder, "solo", &[0], true);
        let before = folder.shelf();
        session(&folder, "solo", &[0], true);
        rusqlite_of(&scratch.database()).execute_batch(sql).unwrap();
        let shelf = folder.shelf();
        let says = shelf.trouble.clone().unwrap();
        assert!(says.contains("made anew") && !says.contains("CREATE") && !says.contains('\n'), "{sql}: {says}");
        assert_eq!((before.sessions.len(), shelf.sessions.len()), (1, 2), "{sql}");
        assert_eq!((said(&folder.shelf()), folder.shelf().trouble), (said(&shelf), None), "{sql}: said once, and well again");
    }
}

#[test]
fn damage_that_shows_only_when_it_is_read_is_set_aside_as_well() {
    let scratch = Scratch::new("pages");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    let before = folder.shelf();
    // The first page, which says what there is, is whole; the others are not.
    let mut bytes = fs::read(scratch.database()).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(scratch.database(), bytes).unwrap();
    assert!(Library::open(&scratch.database()).is_ok(), "it opens");
    let shelf = folder.shelf();
    assert!(shelf.trouble.as_ref().unwrap().contains("made anew"), "{:?}", shelf.trouble);
    assert_eq!((said(&shelf), said(&folder.shelf()), folder.shelf().trouble), (said(&before), said(&before), None));
}

fn rusqlite_of(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

#[test]
fn a_database_of_a_later_version_is_left_alone() {
    let scratch = Scratch::new("newer");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    let before = folder.shelf();
    rusqlite_of(&scratch.database()).pragma_update(None, "user_version", 9).unwrap();
    let bytes = fs::read(scratch.database()).unwrap();
    let shelf = folder.shelf();
    assert_eq!(said(&shelf), said(&before));
    assert!(shelf.trouble.unwrap().contains("later version"));
    assert_eq!(fs::read(scratch.database()).unwrap(), bytes);
}

#[test]
fn where_no_database_can_be_made_sessions_are_listed_all_the_same() {
    let scratch = Scratch::new("no-room");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    // What cannot be opened as a file: as on a disk that lets nobody write.
    fs::create_dir_all(scratch.database()).unwrap();
    let shelf = folder.shelf();
    assert_eq!(shelf.sessions.len(), 1);
    assert_eq!(shelf.trouble.unwrap().matches('\n').count(), 0, "one line");
    assert!(!shelf.sessions[0].results.is_empty());
    folder.opened("somewhere", "Nobody is bothered");
}

#[test]
fn a_full_disk_is_said_and_what_was_there_stays() {
    let scratch = Scratch::new("full");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    folder.shelf();
    let mut library = Library::open(&scratch.database()).unwrap();
    library.no_more_room();
    let much: Vec<(Stamp, summary::Summary)> = (0..400)
        .map(|number| {
            let stamp = Stamp { journal: format!("{number}.jsonl"), bytes: 1, modified: 1, created: None };
            (stamp, summary::Summary { title: "x".repeat(2000), ..summary::Summary::default() })
        })
        .collect();
    assert_eq!(library.take_in(&much, &[]), Err(Trouble::Other("the disk is full".to_owned())));
    assert_eq!(library.sessions().unwrap().len(), 1, "all of it or nothing");
}

#[test]
fn another_window_that_does_not_let_go_is_waited_for_and_then_done_without() {
    let scratch = Scratch::new("busy");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    folder.shelf();
    let other = rusqlite_of(&scratch.database());
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    session(&folder, "clocked", &[0], false);
    let began = clock::Since::now();
    let shelf = folder.shelf();
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(shelf.sessions.len(), 2);
    assert!(shelf.trouble.unwrap().contains("another window"));
    other.execute_batch("COMMIT").unwrap();
    assert_eq!((folder.shelf().sessions.len(), folder.shelf().trouble), (2, None));
}

#[test]
fn two_windows_at_once_lose_nothing() {
    let scratch = Scratch::new("two");
    let folder = scratch.folder();
    for _ in 0..3 {
        session(&folder, "solo", &[0], true);
    }
    let windows: Vec<_> = (0..4)
        .map(|number| {
            let folder = folder.clone();
            std::thread::spawn(move || {
                for step in 0..6 {
                    folder.opened(&format!("file-{number}-{step}"), "A file");
                    assert_eq!(folder.shelf().sessions.len(), 3);
                }
            })
        })
        .collect();
    windows.into_iter().for_each(|window| window.join().unwrap());
    let shelf = folder.shelf();
    assert_eq!((shelf.sessions.len(), shelf.trouble), (3, None));
    assert!(!shelf.recent.is_empty() && shelf.recent.len() <= 8, "{:?}", shelf.recent);
}

#[test]
fn a_long_list_is_read_in_parts_the_newest_first() {
    let scratch = Scratch::new("parts");
    let folder = scratch.folder();
    let paths: Vec<PathBuf> = (0..3).map(|_| session(&folder, "solo", &[0], true)).collect();
    for read in 1..=3 {
        let shelf = folder.shelf_within(Duration::ZERO);
        assert_eq!((shelf.sessions.len(), shelf.unread), (read, 3 - read));
        assert!(shelf.sessions.iter().any(|kept| kept.path == paths[3 - read]));
    }
}

/// The program is killed again and again while it writes; what is there afterwards is always something it meant to write.
#[test]
fn a_crash_in_the_middle_of_writing_leaves_all_or_nothing() {
    let scratch = Scratch::new("crash");
    let folder = scratch.folder();
    session(&folder, "solo", &[0], true);
    folder.shelf();
    let whole = fs::read(scratch.database()).unwrap();
    // As after a kill: the pages half written, and the rollback journal beside them.
    let connection = rusqlite_of(&scratch.database());
    connection.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; DELETE FROM session;").unwrap();
    for number in 0..300 {
        connection.execute("INSERT INTO recent VALUES (?1, ?2, 0)", (format!("{number}"), "x".repeat(900))).unwrap();
    }
    let (half, beside) = (fs::read(scratch.database()).unwrap(), scratch.0.join(format!("{DATABASE}-journal")));
    let hot = fs::read(&beside).unwrap();
    assert_ne!(half, whole, "pages were written before the end");
    drop(connection);
    fs::write(scratch.database(), half).unwrap();
    fs::write(&beside, hot).unwrap();
    let shelf = folder.shelf();
    assert_eq!((shelf.sessions.len(), shelf.trouble, shelf.recent.len()), (1, None, 0));
}

#[test]
fn a_journal_that_cannot_be_understood_is_listed_with_why() {
    let scratch = Scratch::new("broken");
    let folder = scratch.folder();
    let path = session(&folder, "solo", &[0], true);
    let text = fs::read_to_string(&path).unwrap().replacen("\"seed\":7", "\"seed\":\"seven\"", 1);
    fs::write(&path, text).unwrap();
    let sessions = folder.sessions();
    assert_eq!(sessions.len(), 1);
    assert!(sessions[0].trouble.as_ref().unwrap().contains("cannot be understood"));
}

#[test]
fn an_item_that_is_ticked_off_stands_in_its_journal() {
    let scratch = Scratch::new("ticked");
    let folder = scratch.folder();
    let path = session(&folder, "discussion", &[], true);
    // A crash left half a line.
    let mut text = fs::read(&path).unwrap();
    text.extend_from_slice(b"{\"n\":99,\"entr");
    fs::write(&path, text).unwrap();
    let to_do = folder.shelf().to_do.into_iter().find(|to_do| to_do.item.item == "first").unwrap();
    folder.set_status(&to_do, "done").unwrap();
    let shelf = folder.shelf();
    let ticked = shelf.to_do.last().unwrap();
    assert_eq!(
        (ticked.item.item.as_str(), ticked.item.status.as_str(), ticked.item.owner.as_str()),
        ("first", "done", "Security"),
        "done comes last"
    );
    // The truth is the journal: it is whole, and says so without the database.
    fs::remove_file(scratch.database()).unwrap();
    assert_eq!(folder.shelf(), shelf);
    let journal = crate::journal::read(File::open(&path).unwrap()).unwrap();
    assert!(journal.closed().is_some() && journal.torn.is_none());
    // Two at once: one of them may have to try again, and nothing is torn.
    let all: Vec<_> = ["open", "done", "started", "done"]
        .map(|status| {
            let (folder, to_do) = (folder.clone(), to_do.clone());
            std::thread::spawn(move || folder.set_status(&to_do, status))
        })
        .into_iter()
        .map(|ticking| ticking.join().unwrap())
        .collect();
    let written = all.iter().filter(|done| done.is_ok()).count();
    assert!(written >= 1, "{all:?}");
    let after = crate::journal::read(File::open(&path).unwrap()).unwrap();
    assert_eq!(after.entries.len(), journal.entries.len() + written);
}

#[test]
fn what_goes_on_is_not_ticked_off() {
    let scratch = Scratch::new("going-on");
    let folder = scratch.folder();
    let path = session(&folder, "discussion", &[], false);
    let item = Improvement { item: "first".to_owned(), ..Improvement::default() };
    let to_do = ToDo { path: path.clone(), title: String::new(), item };
    let before = fs::read(&path).unwrap();
    assert!(folder.set_status(&to_do, "done").unwrap_err().contains("not over"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn names_of_profiles_are_names_of_files() {
    for (typed, plain) in [
        ("St Elwen's Trust", Some("st-elwen-s-trust")),
        ("  ../../etc/passwd ", Some("etc-passwd")),
        ("CON", Some("profile-con")),
        ("com1", Some("profile-com1")),
        ("Über Klinik", Some("ber-klinik")),
        ("...", None),
        ("", None),
    ] {
        assert_eq!(plain_name(typed).as_deref(), plain, "{typed}");
    }
    assert_eq!(plain_name(&"a".repeat(500)).unwrap().len(), 60);
}

#[test]
fn a_profile_that_is_there_is_replaced_only_when_somebody_says_so() {
    let scratch = Scratch::new("profiles");
    let folder = scratch.folder();
    let Saved::At(path) = folder.save_profile("a-scenario", "Our Trust", "(first)", false).unwrap() else { panic!("it was not there") };
    assert_eq!(folder.save_profile("a-scenario", "our trust", "(second)", false), Ok(Saved::Asks(path.clone())));
    assert_eq!(fs::read_to_string(&path).unwrap(), "(first)");
    assert_eq!(folder.save_profile("a-scenario", "our trust", "(second)", true), Ok(Saved::At(path.clone())));
    assert_eq!(fs::read_to_string(&path).unwrap(), "(second)");
    assert_eq!(folder.own_profiles("a-scenario"), [OwnProfile { name: "our-trust".to_owned(), path }]);
    assert!(folder.own_profiles("another").is_empty());
    assert!(folder.save_profile("a-scenario", "?!", "", false).is_err());
    assert_eq!(fs::read_dir(scratch.0.join("profiles/a-scenario")).unwrap().count(), 1, "nothing half-written is left");
}

#[test]
fn a_path_is_taken_as_it_is_typed_and_ends_as_journals_do() {
    let scratch = Scratch::new("typed");
    fs::create_dir_all(&scratch.0).unwrap();
    let there = |name: &str| scratch.0.join(name);
    let typed_there = |name: &str| typed(&there(name).display().to_string(), "0001-x").unwrap();
    assert_eq!(typed_there("monday"), there("monday.jsonl"));
    assert_eq!(typed_there("monday.2"), there("monday.2.jsonl"));
    assert_eq!(typed_there("monday.jsonl"), there("monday.jsonl"));
    // A folder is one to put it in.
    assert_eq!(typed_there(""), there("hotwash-0001-x.jsonl"));
    let home = typed("~", "0001-x").unwrap();
    assert!(home.is_absolute() && home.ends_with("hotwash-0001-x.jsonl"));
    assert_eq!(typed(&elsewhere("no-such-name"), "x").unwrap(), home.with_file_name("hotwash-no-such-name.jsonl"));
    assert_eq!(typed("monday", "x").unwrap(), home.with_file_name("monday.jsonl"), "not wherever the program was started");
    assert!(typed("  ", "x").is_err());
}

#[test]
fn a_claimed_file_is_written_only_where_it_begins_the_same() {
    let scratch = Scratch::new("claimed");
    let path = scratch.0.join("sessions/0001-x.jsonl");
    let whole = b"{\"n\":0}\nsecond\nthird\n";
    for (there, fits) in [
        (&b""[..], true),
        (b"{\"n\"", true),
        (b"{\"n\":0}\nsecond\n", true),
        // Half a line is left out, whatever it was.
        (b"{\"n\":0}\nsecond\nsomething", true),
        (b"milk", false),
        (b"{\"n\":0}\nanother\n", false),
        (b"{\"n\":0}\nsecond\nthird\nfourth\n", false),
    ] {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, there).unwrap();
        let ready = Claimed::open(&path).unwrap().ready_for(whole);
        assert_eq!(ready.is_ok(), fits, "{}", String::from_utf8_lossy(there));
        if !fits {
            assert_eq!(fs::read(&path).unwrap(), there, "what is not ours stays");
        }
    }
    assert!(Claimed::make(&path).is_err() && Claimed::open(&scratch.0).is_err());
    let first = Claimed::open(&path).unwrap();
    assert_eq!(Claimed::open(&path).map(drop), Err(NotClaimed::Elsewhere));
    drop(first);
    fs::remove_file(&path).unwrap();
    assert!(Claimed::open(&path).is_err() && Claimed::open_or_make(&path).is_ok_and(|made| made.is_new));
}
