//! The files that the real binary writes: who holds a journal, what is replaced and what is not, and what a full disk takes away.

#![cfg(unix)]

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

use crate::binary::Folder;

#[test]
fn a_journal_that_is_open_elsewhere_is_left_alone() {
    for begun in [false, true] {
        let folder = Folder::new();
        let path = folder.path("j.jsonl");
        if begun {
            folder.hotwash(["run", "long-weekend", "--seed", "1", "--journal", "j.jsonl"]).exits(0);
        }
        let held = OpenOptions::new().append(true).create(true).open(&path).expect("a journal");
        held.try_lock().expect("nobody else has it");
        let (before, names) = (fs::read(&path).expect("a journal"), folder.names());
        for mode in ["unattended", "discussion"] {
            let ended = folder.hotwash(["run", "long-weekend", "--seed", "2", "--mode", mode, "--journal", "j.jsonl"]).exits(2);
            assert!(ended.err.contains("j.jsonl cannot be written: it is open elsewhere"), "{mode}: {}", ended.err);
            assert_eq!((fs::read(&path).expect("a journal"), folder.names()), (before.clone(), names.clone()), "{mode}: nothing has changed");
        }
        drop(held);
        folder.hotwash(["run", "long-weekend", "--seed", "2", "--journal", "j.jsonl"]).exits(0);
    }
    // The one that a journal makes room for is held as well.
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(0);
    let held = fs::File::create(folder.path("j.jsonl.old")).expect("an older one");
    held.try_lock().expect("nobody else has it");
    let ended = folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(2);
    assert!(ended.err.contains("j.jsonl.old cannot be written: it is open elsewhere"), "{}", ended.err);
}

#[test]
fn runs_at_the_same_time_never_write_into_one_another() {
    let folder = Folder::new();
    // On a new file, and on one that makes room.
    for _ in 0..2 {
        let run = |seed: &str| {
            let mut command = folder.command(["run", "long-weekend", "-q", "--seed", seed, "--journal", "j.jsonl"]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs")
        };
        let runs: Vec<_> = ["1", "2", "3", "4"].map(run).into();
        let ended: Vec<_> = runs.into_iter().map(|mut run| run.wait().expect("it ends").code()).collect();
        assert!(ended.contains(&Some(0)), "{ended:?}");
        assert!(ended.iter().all(|code| matches!(code, Some(0 | 2))), "{ended:?}");
        assert!(folder.names().iter().all(|name| ["j.jsonl", "j.jsonl.old"].contains(&name.as_str())), "{:?}", folder.names());
        for name in folder.names() {
            folder.hotwash(["replay", name.as_str()]).exits(0);
        }
    }
}

#[test]
fn a_run_whose_journal_fails_shows_its_result() {
    let folder = Folder::new();
    let run = "run long-weekend --format json --debrief d.md --journal";
    let whole = folder.shell(&format!("\"$HOTWASH\" {run} whole.jsonl")).exits(0).json();
    let debrief = fs::read(folder.path("d.md")).expect("a debrief");
    let header = fs::read_to_string(folder.path("whole.jsonl")).expect("a journal").lines().next().map_or(0, str::len);
    // In blocks of 512 bytes: the header fits, and not much more.
    let blocks = header / 512 + 4;
    let ended = folder.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; \"$HOTWASH\" {run} j.jsonl")).exits(2);
    assert!(ended.err.contains("j.jsonl cannot be written any more"), "{}", ended.err);
    assert_eq!(ended.json()["hash"], whole["hash"]);
    assert_eq!(fs::read(folder.path("d.md")).expect("a debrief"), debrief);
    folder.hotwash(["replay", "j.jsonl"]).exits(0);
}

#[test]
fn a_link_in_the_place_of_a_temporary_file_is_not_followed() {
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(0);
    folder.file("precious", "mine");
    // The number of a process stays the same when it becomes another program.
    for (what, name) in [("--debrief", "d.md"), ("--journal", "j.jsonl")] {
        folder.shell(&format!("ln -s precious .{name}.$$.part; exec \"$HOTWASH\" run long-weekend -q {what} {name}")).exits(0);
        assert_eq!(fs::read_to_string(folder.path("precious")).expect("a file"), "mine", "{what}");
        assert!(!folder.path(name).is_symlink(), "{what}");
    }
    assert_eq!(folder.names(), ["d.md", "j.jsonl", "j.jsonl.old", "precious"]);
}

#[test]
fn what_takes_the_place_of_a_file_lets_the_same_people_read_it() {
    let folder = Folder::new();
    let asked = ["run", "long-weekend", "--journal", "j.jsonl", "--debrief", "d.md"];
    folder.hotwash(asked).exits(0);
    for mode in [0o600, 0o664] {
        for name in ["j.jsonl", "d.md"] {
            fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).expect("it is ours");
        }
        folder.hotwash(asked).exits(0);
        for name in ["j.jsonl", "j.jsonl.old", "d.md"] {
            let now = fs::metadata(folder.path(name)).expect("a file").permissions().mode() & 0o777;
            assert_eq!(now, mode, "{name}: {now:o}");
        }
    }
}

#[test]
fn several_debriefs_are_written_all_or_none() {
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(0);
    folder.hotwash(["debrief", "j.jsonl", "-o", "whole.md", "whole.json"]).exits(0);
    let size = |name: &str| fs::metadata(folder.path(name)).expect("a debrief").len();
    assert!(size("whole.md") + 4096 < size("whole.json"));
    let names = folder.names();
    // In blocks of 512 bytes: one of them fits, and the other does not.
    let little = format!("trap '' XFSZ; ulimit -f {}; \"$HOTWASH\"", size("whole.md") / 512 + 2);
    let ended = folder.shell(&format!("{little} debrief j.jsonl -o d.md d.json")).exits(2);
    assert!(ended.err.contains("d.json cannot be written"), "{}", ended.err);
    assert_eq!(folder.names(), names);
    // After a run its result has been shown: programs still get one object.
    for mode in ["unattended", "discussion"] {
        let ended = folder.shell(&format!("{little} run long-weekend --mode {mode} --format json --debrief d.md d.json")).exits(2);
        assert!(ended.json()["hash"].is_string() && ended.err.contains("no debrief was written"), "{mode}: {}", ended.err);
        assert_eq!(folder.names(), names, "{mode}");
    }
    // No system has room for such a name: that is said before anything is played.
    let long = format!("{}.md", "x".repeat(300));
    let ended = folder.hotwash(["run", "long-weekend", "--debrief", "d.html", &long]).exits(2);
    assert!(ended.err.contains("cannot be written") && ended.out.is_empty(), "{}", ended.err);
    assert_eq!(folder.names(), names);
}

#[test]
fn the_longest_names_have_room_beside_them() {
    let folder = Folder::new();
    let (debrief, journal) = (format!("{}.md", "\u{e9}".repeat(126)), format!("{}.jsonl", "x".repeat(245)));
    assert_eq!((debrief.len(), journal.len()), (255, 251));
    for _ in 0..2 {
        folder.hotwash(["run", "long-weekend", "--journal", &journal, "--debrief", &debrief]).exits(0);
    }
    assert_eq!(folder.names(), [journal.clone(), format!("{journal}.old"), debrief]);
}

#[test]
fn nobody_waits_for_a_pipe_that_has_the_name_of_an_older_journal() {
    let folder = Folder::new();
    folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(0);
    let ended = folder.shell("mkfifo j.jsonl.old; timeout 60 \"$HOTWASH\" run long-weekend --journal j.jsonl").exits(2);
    assert!(ended.err.contains("j.jsonl.old cannot be written: it is no file"), "{}", ended.err);
    // A link that leads nowhere holds nothing.
    fs::remove_file(folder.path("j.jsonl.old")).expect("a pipe");
    symlink("nowhere", folder.path("j.jsonl.old")).expect("a link");
    folder.hotwash(["run", "long-weekend", "--journal", "j.jsonl"]).exits(0);
    folder.hotwash(["replay", "j.jsonl.old"]).exits(0);
}
