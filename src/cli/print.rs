//! `hotwash print`: the papers that lie on the table, as files.

use std::fs;
use std::path::Path;

use super::request::{PaperSize, Print};
use super::screen::{Screen, printable, shown};
use super::{Exit, Trouble};
use crate::files;
use crate::paper::{self, Reader, Size};
use crate::scenario::prepare;

pub(super) fn print(request: &Print, screen: &mut Screen) -> Result<Exit, Trouble> {
    let folder = &request.output;
    // Said before the work is done, and before anything is made.
    if fs::metadata(folder).is_ok_and(|found| !found.is_dir()) {
        return Err(Trouble::Says(format!("{} is a file; the papers need a folder", shown(folder))));
    }
    let prepared = prepare::prepare(&request.scenario, request.profile.as_deref(), request.cut.as_deref())?;
    let size = match request.paper {
        PaperSize::A4 => Size::A4,
        PaperSize::Letter => Size::Letter,
    };
    let papers = paper::papers(&prepared.program, size)?;
    let is_new = !folder.exists();
    fs::create_dir_all(folder).map_err(|error| Trouble::Says(format!("the folder {} cannot be made: {error}", shown(folder))))?;
    let papers_there: Vec<(std::path::PathBuf, &str)> = papers.iter().map(|paper| (folder.join(paper.file), paper.html.as_str())).collect();
    if let Err(why) = files::write_all(&papers_there) {
        if is_new {
            // Only if nothing is in it: a folder that others have begun to use is theirs.
            let _ = fs::remove_dir(folder);
        }
        return Err(why.into());
    }
    let public = &prepared.program.public;
    let profile = public.profile.as_ref().map(|profile| format!(", profile {profile}")).unwrap_or_default();
    screen.remark(printable(&format!("{}, cut {}{profile}: {} papers for {}", public.title, public.cut.id, papers.len(), request.paper.label())));
    for paper in &papers {
        let for_whom = match paper.reader {
            Reader::Facilitator => "facilitator only",
            Reader::Evaluators => "evaluators only",
            Reader::Players => "players",
        };
        screen.remark(format!("  {:<40} {for_whom}", shown(&folder.join(paper.file))));
    }
    open_first(folder, screen);
    Ok(Exit::Done)
}

fn open_first(folder: &Path, screen: &Screen) {
    screen.remark(format!("Begin with {}.", shown(&folder.join("index.html"))));
}
