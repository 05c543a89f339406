//! Handouts: a sheet for everything that is put into somebody's hand, with no word about why or when.

use askama::Template;

use super::Sheet;
use super::artefact::{Piece, Shown, shown};
use super::words::{clock, handouts, heading_for_players, roles};
use crate::debrief::narrative::capital;
use crate::ids::DenseId;
use crate::scenario::program::Program;

#[derive(Template)]
#[template(path = "handouts.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    leaves: Vec<Leaf>,
}

struct Leaf {
    number: usize,
    heading: String,
    to: String,
    at: String,
    text: String,
    shown: Option<Shown>,
    /// It is long, and set smaller so that it stays on its sheet.
    class: &'static str,
    /// A table of many columns lies on its side.
    sheet: &'static str,
}

impl Page<'_> {
    fn is_broad(&self, head: &[(String, bool)], column: &usize) -> bool {
        head.get(*column).is_some_and(|(_, broad)| *broad)
    }
}

/// So many lines of an artefact stand on a sheet at the usual size.
const ON_A_SHEET: usize = 34;

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let mut leaves = Vec::new();
    for (place, id) in handouts(program).into_iter().enumerate() {
        let Some(inject) = program.public.injects.get(id.index()) else { continue };
        let at = program.script.inject(id).and_then(|plan| plan.at).map(|at| clock(&program.public, at));
        let shown = inject.artefact.as_ref().and_then(|(file, text)| shown(file, text));
        let is_long = shown.as_ref().is_some_and(|shown| shown.lines() + inject.text.chars().count() / 45 > ON_A_SHEET);
        leaves.push(Leaf {
            number: place + 1,
            heading: heading_for_players(&program.public, inject),
            to: capital(&roles(&program.public, inject.to)),
            at: at.unwrap_or_default(),
            text: inject.text.clone(),
            sheet: if shown.as_ref().is_some_and(Shown::is_broad) { "sheet broad" } else { "sheet" },
            class: if is_long { "leaf handout long" } else { "leaf handout" },
            shown,
        });
    }
    Page { sheet, leaves }.render()
}
