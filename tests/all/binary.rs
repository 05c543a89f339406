//! Running the real binary.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of one test, gone when it is over.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty one.
    pub fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("hotwash-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        Folder(folder)
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The small scenario of the cases, with one text in place of another.
    pub fn base_with(&self, from: &str, to: &str) {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base");
        let text = std::fs::read_to_string(base.join("scenario.ron")).expect("the base");
        assert!(text.contains(from), "{from}");
        self.file("scenario.ron", text.replacen(from, to, 1));
        std::fs::create_dir_all(self.path("artefacts")).expect("a folder");
        self.file("artefacts/ticket.md", std::fs::read(base.join("artefacts/ticket.md")).expect("a ticket"));
    }

    /// A file in it.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file for the test");
        path
    }

    /// The names of what is in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder of the test");
        let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// The binary, run in it.
    pub fn hotwash<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ended {
        Ended::of(self.command(arguments).output().expect("the binary runs"))
    }

    /// The same, not yet started.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hotwash"));
        // A test that runs where there is a display must not open windows on it.
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command.args(arguments).current_dir(&self.0).env_remove("NO_COLOR").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
        command
    }

    /// A line of a shell, with the binary as `$HOTWASH`.
    pub fn shell(&self, line: &str) -> Ended {
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).current_dir(&self.0).env("HOTWASH", env!("CARGO_BIN_EXE_hotwash")).env_remove("NO_COLOR");
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        Ended::of(command.output().expect("a shell"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a process left behind.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; none after a signal.
    pub code: Option<i32>,
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub err: String,
}

impl Ended {
    fn of(output: Output) -> Ended {
        let ended = Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 on the standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on the standard error"),
        };
        assert!(!ended.err.contains("panicked"), "{ended:?}");
        ended
    }

    /// Fails with everything there is to know unless the exit code is this one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Ended {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// The standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.out))
    }
}
