//! A display of its own for a test, and the real window on it.

#![cfg(all(feature = "desktop", target_os = "linux"))]
#![allow(clippy::disallowed_methods, reason = "what a window does takes time on the machine's clock")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::binary::Folder;

/// What has to be installed: a display server without a screen, somebody who types and clicks, somebody who manages windows.
const NEEDED: [&str; 3] = ["Xvfb", "xdotool", "openbox"];

/// Pictures are drawn by the processor here: two windows at once would only wait for each other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A process that does not outlive the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A window manager that only manages windows: one desktop, no menu, no keys. With its usual settings a wheel turned beside a window changes desktops, a
/// key minimises, and what was clicked at random is out of sight from then on.
const ONLY_WINDOWS: &str = r#"<openbox_config xmlns="http://openbox.org/3.4/rc"><desktops><number>1</number></desktops></openbox_config>"#;

/// A display, with a window manager.
pub struct Display {
    name: String,
    _settings: Folder,
    // In the order in which they have to go.
    _manager: Running,
    _server: Running,
    _only: MutexGuard<'static, ()>,
}

/// Asks again until it is so, for at most two minutes: pictures are drawn by processors that others may be busy with.
#[track_caller]
pub fn wait_for(what: &str, mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(120) {
        if so() {
            return;
        }
        rest(100);
    }
    panic!("{what}: not within two minutes");
}

/// Nothing, for so many thousandths of a second.
pub fn rest(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}

fn there_is(program: &str) -> bool {
    let found = Command::new("sh").arg("-c").arg(format!("command -v {program}")).stdout(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

impl Display {
    /// A fresh one. None where what it takes is not installed: then the test is left out and says so, except in CI.
    pub fn open() -> Option<Display> {
        let missing: Vec<&str> = NEEDED.into_iter().filter(|program| !there_is(program)).collect();
        if !missing.is_empty() {
            assert!(std::env::var_os("CI").is_none(), "in CI, {} has to be there", missing.join(", "));
            eprintln!("left out: {} is missing", missing.join(", "));
            return None;
        }
        let only = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        // The server picks a number that is free, and says which once it answers.
        let server =
            Command::new("Xvfb").args(["-displayfd", "1", "-screen", "0", "1600x1000x24"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut server = Running(server.expect("Xvfb starts"));
        let mut number = String::new();
        let mut said = server.0.stdout.take().expect("it was asked for");
        let mut byte = [0];
        while said.read(&mut byte).is_ok_and(|read| read == 1) && byte[0] != b'\n' {
            number.push(char::from(byte[0]));
        }
        assert!(!number.is_empty(), "Xvfb says which display it serves");
        let name = format!(":{number}");
        let settings = Folder::new();
        std::fs::write(settings.path("openbox.xml"), ONLY_WINDOWS).expect("a file");
        let mut manager = Command::new("openbox");
        manager.arg("--config-file").arg(settings.path("openbox.xml")).env("DISPLAY", &name);
        let manager = manager.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Some(Display { name, _settings: settings, _manager: Running(manager.expect("openbox starts")), _server: server, _only: only })
    }

    /// `xdotool` with these arguments; what it printed, if it succeeded.
    pub fn tool(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("xdotool").args(arguments).env("DISPLAY", &self.name).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Types a key, to whatever has the keyboard.
    pub fn key(&self, key: &str) {
        let _ = self.tool(&["key", key]);
    }

    /// Types a key while Control is held, as long as people hold it: several frames.
    pub fn with_control(&self, key: &str) {
        for arguments in [["keydown", "ctrl"], ["key", key], ["keyup", "ctrl"]] {
            let _ = self.tool(&arguments);
            rest(250);
        }
    }

    /// The window whose title begins so.
    pub fn window(&self, title: &str) -> Option<String> {
        let found = self.tool(&["search", "--onlyvisible", "--name", &format!("^{title}")])?;
        found.lines().next().map(str::to_owned)
    }

    /// The console.
    pub fn console(&self) -> Option<String> {
        self.window("Hotwash")
    }

    /// The projector.
    pub fn projector(&self) -> Option<String> {
        self.window("Projector")
    }

    /// Gives a window the keyboard, and brings it to the front.
    pub fn focus(&self, window: Option<String>) {
        if let Some(window) = window {
            // Not `--sync`: it waits for ever for a window that goes meanwhile.
            let _ = self.tool(&["windowactivate", &window]);
            rest(100);
        }
    }

    /// How large a window is.
    pub fn size(&self, window: &str) -> Option<(u32, u32)> {
        let says = self.tool(&["getwindowgeometry", "--shell", window])?;
        let number = |name: &str| says.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
        Some((number("WIDTH=")?, number("HEIGHT=")?))
    }
}

/// The application, running in a window.
pub struct Window<'a> {
    running: Running,
    folder: &'a Folder,
}

impl<'a> Window<'a> {
    /// Starts it on this display, and waits for its window.
    pub fn start(display: &Display, folder: &'a Folder) -> Window<'a> {
        let mut command = folder.command(["--data", data(folder).to_str().expect("a path")]);
        command.env("DISPLAY", &display.name).env_remove("XDG_RUNTIME_DIR").stdout(Stdio::null());
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(folder.path("errors")).expect("a file");
        let mut window = Window { running: Running(command.stderr(errors).spawn().expect("it starts")), folder };
        wait_for("the window", || {
            assert!(window.ended().is_none(), "it ended: {}", window.errors());
            display.console().is_some()
        });
        display.focus(display.console());
        window
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.running.0.try_wait().expect("a child")
    }

    /// SIGKILL: nothing of it runs any more.
    pub fn kill(mut self) {
        self.running.0.kill().expect("it can be killed");
        let _ = self.running.0.wait();
    }

    /// What it complained about.
    pub fn errors(&self) -> String {
        std::fs::read_to_string(self.folder.path("errors")).unwrap_or_default()
    }

    /// Hundredths of a second that it has kept processors busy (`/proc/PID/stat`, fields 14 and 15; Linux counts in hundredths everywhere).
    pub fn busy(&self) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.running.0.id())).expect("it runs");
        let after_name = text.rsplit(')').next().expect("fields");
        after_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().expect("a number")).sum()
    }
}

/// Where it keeps its data.
pub fn data(folder: &Folder) -> PathBuf {
    folder.path("data")
}

/// The journals that are kept, whole paths, sorted.
pub fn journals(folder: &Folder) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(data(folder).join("sessions"));
    let mut found: Vec<PathBuf> = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    found.sort();
    found
}

/// How many lines of a file have this in them.
pub fn lines(path: &Path, part: &str) -> usize {
    std::fs::read_to_string(path).unwrap_or_default().lines().filter(|line| line.contains(part)).count()
}
