//! Scenarios for the tests, compiled.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use hotwash::ids::RoleId;
use hotwash::scenario::compile::{self, Tailoring};
use hotwash::scenario::load;
use hotwash::scenario::program::Program;
use hotwash::scenario::source::Opening;
use hotwash::scenario::written::Sheet;

/// A scenario as written, with the texts that it shows.
pub fn sheet(path: &str) -> (Sheet, BTreeMap<String, String>) {
    let path = if path.contains('/') { format!("{}/{path}", env!("CARGO_MANIFEST_DIR")) } else { path.to_owned() };
    let loaded = load::load(&Opening::find(&path).expect("the scenario is there"));
    assert!(!loaded.diagnostics.has_errors(), "{path} has errors");
    let files = loaded.sources.files().iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    (loaded.sheet, files)
}

/// Compiles a sheet, changed or not.
pub fn compiled(sheet: &Sheet, files: &BTreeMap<String, String>) -> Arc<Program> {
    Arc::new(compile::compile(sheet, &Tailoring::default(), files, "test").expect("it compiles"))
}

/// The frozen small scenario.
pub fn two_sites() -> Arc<Program> {
    static PROGRAM: OnceLock<Arc<Program>> = OnceLock::new();
    PROGRAM
        .get_or_init(|| {
            let (sheet, files) = sheet("tests/golden/two-sites");
            compiled(&sheet, &files)
        })
        .clone()
}

/// The first shipped scenario.
pub fn hospital() -> Arc<Program> {
    static PROGRAM: OnceLock<Arc<Program>> = OnceLock::new();
    PROGRAM
        .get_or_init(|| {
            let (sheet, files) = sheet("long-weekend");
            compiled(&sheet, &files)
        })
        .clone()
}

/// All roles of a scenario.
pub fn roles(program: &Program) -> impl Iterator<Item = RoleId> + use<> {
    (0..program.public.roles.len() as u16).map(RoleId)
}
