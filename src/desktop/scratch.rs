//! What tests of the screens share: a folder of their own, and the application in no window.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use egui_kittest::Harness;

use super::application::Application;
use super::keep::Folder;

/// A folder of one test, gone when it is over.
pub struct Scratch(pub PathBuf);

impl Scratch {
    /// An empty one. Tests run side by side, so that a name alone would not tell them apart.
    pub fn new(name: &str) -> Scratch {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let nth = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("hotwash-test-{}-{nth}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Scratch(path)
    }

    /// It, as the data folder.
    pub fn folder(&self) -> Option<Folder> {
        Folder::find(Some(&self.0))
    }

    /// A data folder inside it, beside which there is room for other files.
    pub fn data(&self) -> Option<Folder> {
        Folder::find(Some(&self.0.join("data")))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The application in a window of this size, so many points wide and high, of which nothing was drawn yet.
pub fn harness(application: Application, width: f32, height: f32) -> Harness<'static, Application> {
    Harness::builder()
        .with_size([width, height])
        .with_max_steps(12)
        .build_ui_state(|ui, application: &mut Application| application.ui(ui), application)
}

/// The projector's window of it, of which nothing was drawn yet.
pub fn wall(application: Application) -> Harness<'static, Application> {
    Harness::builder()
        .with_size([1280.0, 720.0])
        .with_max_steps(12)
        .build_ui_state(|ui, application: &mut Application| application.projector_ui(ui), application)
}
