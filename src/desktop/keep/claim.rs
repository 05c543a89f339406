//! Where a session may be kept that somebody has to find a place for.

use std::path::PathBuf;

/// The ending of a journal's name.
pub const ENDING: &str = "jsonl";

/// Where a session may be kept that cannot be kept in its place, as somebody may type it: in their own folder, under a name that is free.
pub fn elsewhere(name: &str) -> String {
    let numbered = (2..100).map(|number| format!("hotwash-{name}-{number}.{ENDING}"));
    let mut names = std::iter::once(format!("hotwash-{name}.{ENDING}")).chain(numbered);
    let folder = own_folder();
    names.find(|name| !folder.join(name).exists()).map_or_else(String::new, |free| format!("~/{free}"))
}

/// The path that somebody typed: `~` and what has no beginning lead to the person's own folder, a folder is one to put it in, and its name ends as
/// Home knows journals by.
///
/// # Errors
/// Nothing was typed.
pub fn typed(text: &str, name: &str) -> Result<PathBuf, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Say where it is to be saved.".to_owned());
    }
    let path = match text.strip_prefix('~').map(|rest| rest.trim_start_matches(['/', '\\'])) {
        Some("") => own_folder(),
        Some(rest) => own_folder().join(rest),
        None => own_folder().join(text),
    };
    if path.is_dir() {
        return Ok(path.join(format!("hotwash-{name}.{ENDING}")));
    }
    let ends = path.extension().is_some_and(|ending| ending == ENDING);
    let mut named = path.into_os_string();
    if !ends {
        named.push(format!(".{ENDING}"));
    }
    Ok(PathBuf::from(named))
}

fn own_folder() -> PathBuf {
    std::env::home_dir().filter(|home| home.is_absolute()).unwrap_or_else(std::env::temp_dir)
}
