//! The real window, from Home to a saved debrief, on a display of its own.
//!
//! Needs `Xvfb`, `xdotool` and a Vulkan driver (Mesa's lavapipe does). Where they are missing the test says so and is left out, except in CI.

#![cfg(all(feature = "desktop", target_os = "linux"))]

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::binary::Folder;

/// A process that does not outlive the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn there_is(program: &str) -> bool {
    let found = Command::new("sh").arg("-c").arg(format!("command -v {program}")).stdout(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

/// Asks again until it is so, for at most a minute.
fn wait_for(what: &str, mut so: impl FnMut() -> bool) {
    for _ in 0..600 {
        if so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{what}: not within a minute");
}

#[test]
fn the_window_leads_from_home_to_a_saved_debrief() {
    if !["Xvfb", "xdotool"].into_iter().all(there_is) {
        assert!(std::env::var_os("CI").is_none(), "in CI, Xvfb and xdotool have to be there");
        eprintln!("left out: Xvfb or xdotool is missing");
        return;
    }
    let folder = Folder::new();
    let display = format!(":{}", 90 + std::process::id() % 900);
    let server = Command::new("Xvfb").args([&display, "-screen", "0", "1280x720x24"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let _server = Running(server.expect("Xvfb starts"));
    let socket = format!("/tmp/.X11-unix/X{}", &display[1..]);
    wait_for("the display", || std::path::Path::new(&socket).exists());
    let data = folder.path("data");
    let mut command = folder.command(["--data", data.to_str().expect("a path")]);
    command.env("DISPLAY", &display).env_remove("XDG_RUNTIME_DIR").stdout(Stdio::null());
    let errors = std::fs::File::create(folder.path("errors")).expect("a file");
    let mut window = Running(command.stderr(errors).spawn().expect("the window opens"));
    let do_it = |arguments: &[&str]| {
        Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &display)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    // Held as long as people hold it: several frames.
    let with_control = |key: &str| {
        for arguments in [["keydown", "ctrl"], ["key", key], ["keyup", "ctrl"]] {
            do_it(&arguments);
            std::thread::sleep(Duration::from_millis(250));
        }
    };
    wait_for("the window", || {
        if let Ok(Some(status)) = window.0.try_wait() {
            panic!("it ended with {status}: {}", std::fs::read_to_string(folder.path("errors")).unwrap_or_default());
        }
        do_it(&["search", "--name", "Hotwash"])
    });
    // A drawn picture is not to be had from outside; keys are repeated until what they lead to is there.
    let sessions = data.join("sessions");
    let journal = || std::fs::read_dir(&sessions).ok().and_then(|mut entries| entries.next()?.ok()).map(|entry| entry.path());
    wait_for("a session", || {
        do_it(&["search", "--name", "Hotwash", "windowfocus"]);
        do_it(&["key", "1"]);
        std::thread::sleep(Duration::from_millis(400));
        do_it(&["key", "Return"]);
        std::thread::sleep(Duration::from_millis(400));
        journal().is_some()
    });
    let journal = journal().expect("there is one");
    let lines = |part: &str| std::fs::read_to_string(&journal).unwrap_or_default().lines().filter(|line| line.contains(part)).count();
    wait_for("time passes", || {
        do_it(&["key", "n"]);
        std::thread::sleep(Duration::from_millis(300));
        lines("\"reached\"") > 2
    });
    // By the palette, as somebody would who does not know where to look.
    wait_for("the session is over", || {
        with_control("k");
        for keys in [&["type", "--delay", "60", "end play"][..], &["key", "Return"], &["key", "Return"]] {
            do_it(keys);
            std::thread::sleep(Duration::from_millis(500));
        }
        lines("\"closed\"") == 1
    });
    let debriefs = data.join("debriefs");
    wait_for("a debrief", || {
        with_control("Return");
        with_control("s");
        std::fs::read_dir(&debriefs)
            .is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))))
    });
    drop(window);
    folder.hotwash(["replay", journal.to_str().expect("a path")]).exits(0);
    let errors = std::fs::read_to_string(folder.path("errors")).unwrap_or_default();
    assert!(!errors.contains("panicked"), "{errors}");
}
