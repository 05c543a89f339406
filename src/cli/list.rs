//! `hotwash list`: which scenarios there are.

use std::fs;
use std::path::Path;

use super::request::List;
use super::screen::{Screen, cut, printable, shown};
use super::{Exit, Trouble};
use crate::scenario::load;
use crate::scenario::source::{OpenError, Opening, read_outside, shipped};
use crate::scenario::written::Sheet;
use crate::time::Span;

const COLUMNS: [&str; 6] = ["NAME", "FAMILY", "AUDIENCE", "LENGTH", "DIFFICULTY", "TITLE"];

/// So much of a title is shown. It fits on a line of a wide window, and titles that are meant well are shorter.
const LETTERS_OF_A_TITLE: usize = 100;

/// A path in front of everything is shown whole, as far as systems allow one.
const LETTERS_OF_A_CELL: usize = 8192;

pub(super) fn list(request: &List, screen: &mut Screen) -> Result<Exit, Trouble> {
    let mut rows = Vec::new();
    match &request.dir {
        None => rows.extend(shipped().into_iter().filter_map(|name| Some(row(name, &Opening::shipped(name)?)))),
        Some(dir) => {
            for path in candidates(dir)? {
                if let Ok(opening) = Opening::find(&path) {
                    rows.push(row(&path, &opening));
                }
            }
            if rows.is_empty() {
                screen.remark(format!("no scenario in {}", shown(dir)));
            }
        }
    }
    if rows.is_empty() {
        return Ok(Exit::Done);
    }
    let mut widths = COLUMNS.map(|column| column.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    if !screen.quiet() {
        screen.say(line(&COLUMNS.map(str::to_owned), widths));
    }
    for row in &rows {
        screen.say(line(row, widths));
    }
    Ok(Exit::Done)
}

fn line(cells: &[String; 6], widths: [usize; 6]) -> String {
    let padded: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
    padded.join("  ").trim_end().to_owned()
}

/// A folder itself, folders in it, and .ron files in it that say what a scenario says first.
fn candidates(dir: &Path) -> Result<Vec<String>, OpenError> {
    let unreadable = |error: std::io::Error| OpenError::Unreadable { path: dir.display().to_string(), reason: error.to_string() };
    let entries = fs::read_dir(dir).map_err(unreadable)?;
    if dir.join("scenario.ron").is_file() {
        return Ok(vec![dir.display().to_string()]);
    }
    let mut paths: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("scenario.ron").is_file() || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")))
        .filter(|path| path.is_dir() || begins_a_scenario(path))
        .map(|path| path.display().to_string())
        .collect();
    paths.sort_unstable();
    Ok(paths)
}

/// Parts, profiles and lists of orders are .ron files as well; only a scenario has a beginning and an end.
fn begins_a_scenario(path: &Path) -> bool {
    const ENOUGH: usize = 64 * 1024;
    path.to_str().and_then(|path| read_outside(path).ok()).is_some_and(|bytes| {
        let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(ENOUGH)]);
        beginning.contains("format:") && beginning.contains("startex:")
    })
}

fn row(name: &str, opening: &Opening) -> [String; 6] {
    let loaded = load::load(opening);
    let sheet = &loaded.sheet;
    let unknown = || "?".to_owned();
    let title = match (&sheet.title, loaded.diagnostics.has_errors()) {
        (Some(title), false) => cut(&filled(sheet, title), LETTERS_OF_A_TITLE),
        (Some(title), true) => format!("{} (has findings: hotwash check {name})", cut(&filled(sheet, title), LETTERS_OF_A_TITLE)),
        (None, _) => format!("(cannot be read: hotwash check {name})"),
    };
    let cells = [
        name.to_owned(),
        sheet.family.as_ref().map_or_else(unknown, |family| format!("{:?}", family.value)),
        sheet.audience.map_or_else(unknown, |audience| format!("{audience:?}")),
        length(sheet).map_or_else(unknown, |length| length.to_string()),
        sheet.difficulty.map_or_else(unknown, |difficulty| format!("{difficulty:?}")),
        title,
    ];
    cells.map(|cell| printable(&cut(&cell, LETTERS_OF_A_CELL)).replace('\n', " "))
}

/// In the scenario's own example names.
fn filled(sheet: &Sheet, text: &str) -> String {
    let values = sheet.variables.iter().map(|variable| (variable.id.text.clone(), variable.example.value.clone())).collect();
    crate::scenario::compile::text::fill(text, &values)
}

/// How long the room sits, in the first cut: that is the one a trainer books a room for.
fn length(sheet: &Sheet) -> Option<Span> {
    let cut = sheet.cuts.first()?;
    Some(Span::minutes((cut.opening.value.0 + cut.play.value.0 + cut.hotwash.value.0) / 60))
}
