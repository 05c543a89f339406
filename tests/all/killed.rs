//! The real binary, killed in the middle of a run: what was recorded is there, and plays.

use std::path::PathBuf;

use hotwash::journal::{Entry, read};

use crate::binary::Folder;

/// A run that takes its time: an order a minute, each of which is on disk before the next is given.
fn many_orders() -> String {
    let orders: Vec<String> =
        (1..2000).map(|minute| format!("(at: \"+{minute}m\", role: \"incident-manager\", order: Order(action: \"log\"))")).collect();
    format!("[{}]", orders.join(","))
}

#[test]
fn a_run_that_is_killed_plays_as_far_as_it_came() {
    let folder = Folder::new();
    folder.file("orders.ron", many_orders());
    let mut in_the_middle = 0;
    // Killed as soon as so many lines are there; none at all is a run that is killed before it wrote anything.
    for wanted in [0, 1, 40, 400] {
        let path = folder.path("j.jsonl");
        let _ = std::fs::remove_file(&path);
        let mut child = folder
            .command(["run", "long-weekend", "--commands", "orders.ron", "--journal", "j.jsonl"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the binary runs");
        let there = |path: &PathBuf| std::fs::read(path).map(|bytes| bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
        while there(&path) < wanted && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        // SIGKILL: nothing of it runs any more.
        child.kill().expect("it can be killed");
        let killed = child.wait().expect("it ends").code().is_none();
        let left = std::fs::read(&path).unwrap_or_default();
        let lines = left.iter().filter(|byte| **byte == b'\n').count();
        if !path.exists() {
            continue;
        }
        let again = folder.hotwash(["replay", "j.jsonl"]);
        if lines == 0 {
            assert!(again.exits(1).err.contains("nothing had been recorded"));
            continue;
        }
        let again = again.exits(0);
        if killed {
            assert!(again.out.contains("It reaches "), "{again:?}");
            in_the_middle += 1;
        }
        // Every order whose line is there was played, and a debrief can be written of them.
        let orders = read(&left[..]).expect("whole").entries.iter().filter(|entry| matches!(entry.entry, Entry::Command(_))).count();
        assert!(again.out.contains(&format!("{orders} orders played again")), "{again:?}");
        assert!(lines >= wanted, "what was on disk when it was killed is still there");
        folder.hotwash(["debrief", "j.jsonl", "-o", "d.md"]).exits(0);
    }
    assert!(in_the_middle >= 2, "it was really killed in the middle of a run");
}
