//! `hotwash check`: everything that is wrong with a scenario.

use serde_json::{Value, json};

use super::request::{Check, Format};
use super::screen::{Screen, printable};
use super::{Exit, Trouble};
use crate::scenario::diagnostic::{Severity, render_json, render_text};
use crate::scenario::prepare;

pub(super) fn check(request: &Check, screen: &mut Screen) -> Result<Exit, Trouble> {
    let mut exit = Exit::Done;
    let (mut all, mut unreadable) = (Vec::new(), Vec::new());
    let mut bar = screen.progress(request.paths.len() as u64, "checking");
    for (done, path) in request.paths.iter().enumerate() {
        let findings = match prepare::check(path) {
            Ok(findings) => findings,
            // The other scenarios are still worth checking.
            Err(error) => {
                bar.aside(|| screen.complain(format!("hotwash: {}", printable(&error.to_string()))));
                unreadable.push(error.to_string());
                exit = Exit::Trouble;
                continue;
            }
        };
        bar.at(done as u64 + 1);
        // A note says what was mended or is worth knowing; it asks for nothing.
        let worst = findings.list.iter().map(|finding| finding.severity()).min();
        if worst.is_some_and(|worst| worst <= Severity::Warning) {
            exit = exit.max(Exit::Findings);
        }
        match request.format {
            Format::Json => {
                if let Value::Array(list) = render_json(&findings.list, &findings.sources) {
                    all.extend(list);
                }
            }
            Format::Text if findings.list.is_empty() => {
                if !screen.quiet() {
                    let line = format!("{}: nothing to mend", printable(path));
                    bar.aside(|| screen.say(line));
                }
            }
            Format::Text => {
                let colour = screen.colour();
                let text = render_text(&findings.list, &findings.sources, colour);
                bar.aside(|| screen.write(&text));
            }
        }
    }
    bar.done();
    if request.format == Format::Json {
        let mut object = json!({ "findings": all });
        if !unreadable.is_empty() {
            object["error"] = unreadable.join("\n").into();
        }
        screen.say(format!("{object:#}"));
    }
    Ok(exit)
}
