//! What every scenario says first.

use super::Loaded;
use crate::scenario::diagnostic::Code;
use crate::scenario::located::Place;

/// The version of the format that this build reads.
pub const FORMAT: u32 = 1;

pub(super) fn check(loaded: &mut Loaded) {
    let sheet = &loaded.sheet;
    let start = Place::default();
    match &sheet.format {
        Some(format) if format.value == FORMAT => {}
        Some(format) => {
            let (at, found) = (format.at, format!("format {}", format.value));
            loaded.diagnostics.add(Code::Format, at, found, format!("`format: {FORMAT}`"), "this build reads format 1 and no other");
        }
        None if loaded.incomplete => {}
        None => {
            loaded.diagnostics.add(Code::Format, start, "no `format`", format!("`format: {FORMAT}`"), "add it as the first line of the first file")
        }
    }
    let sheet = &loaded.sheet;
    let missing = [
        ("id", "`id: \"some-words\"`", sheet.id.is_none()),
        ("title", "`title: \"..\"`", sheet.title.is_none()),
        ("depth", "`depth: Talk`, `Claims`, `Services` or `Estate`", sheet.depth.is_none()),
        ("family", "`family: Ransomware` or another", sheet.family.is_none()),
        ("startex", "`startex: \"2026-05-14 16:20\"`", sheet.startex.is_none()),
        ("endex", "`endex: \"2026-05-15 10:00\"`", sheet.endex.is_none()),
        ("time_zone", "`time_zone: \"Europe/Dublin\"` or another", sheet.time_zone.is_none()),
        ("attack_version", "`attack_version: \"19.1\"`", sheet.attack_version.is_none() && sheet.campaign.is_some()),
    ];
    if !loaded.incomplete {
        for (name, expected, is_missing) in missing {
            if is_missing {
                loaded.diagnostics.add(
                    Code::HeadMissing,
                    start,
                    format!("a scenario without `{name}`"),
                    expected,
                    format!("add `{name}` to the first file"),
                );
            }
        }
    }
    if let Some(id) = &loaded.sheet.id {
        let plain = !id.is_empty()
            && id.len() <= 60
            && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !id.starts_with('-')
            && !id.ends_with('-');
        if !plain {
            let (at, found) = (id.at, format!("the scenario's id `{}`", id.value));
            loaded.diagnostics.add(Code::ScenarioId, at, found, "lower-case words joined by hyphens", "it is typed on command lines and names files");
        }
    }
}
