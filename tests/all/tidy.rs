//! The repository, held to its own rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn files(under: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, ending, into);
            } else if path.to_string_lossy().ends_with(ending) {
                into.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(under), ending, &mut found);
    found.sort();
    found
}

/// A file's text without its tests and its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a text");
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs" | "sample" | "made.rs")))
}

/// Policies choose by verbs and by their view: a scenario's ids are nobody's business but its own.
#[test]
fn no_id_of_a_shipped_scenario_occurs_in_the_source() {
    let mut ids = BTreeSet::new();
    for path in files("scenarios", ".ron") {
        let text = fs::read_to_string(path).expect("a text");
        for piece in text.split("id: \"").skip(1) {
            let id = piece.split('"').next().unwrap_or_default();
            // Words of one part, such as "mail", are words of the language as well.
            if id.contains('-') {
                ids.insert(id.to_owned());
            }
        }
    }
    for path in files("scenarios", ".csv").iter().filter(|path| path.parent().is_some_and(|folder| folder.ends_with("tables"))) {
        let text = fs::read_to_string(path).expect("a text");
        ids.extend(text.lines().skip(1).filter_map(|row| row.split(',').next()).filter(|id| id.contains('-')).map(str::to_owned));
    }
    // The library's ids are the product's own.
    for path in files("assets/library", ".ron") {
        let text = fs::read_to_string(path).expect("a text");
        for piece in text.split("id: \"").skip(1) {
            ids.remove(piece.split('"').next().unwrap_or_default());
        }
    }
    let roles = ["incident-manager", "it-operations"];
    assert!(ids.len() > 100, "the ids were found");
    for path in files("src", ".rs").iter().filter(|path| !is_test(path)) {
        let text = code(path);
        for id in &ids {
            let quoted = format!("\"{id}\"");
            assert!(roles.contains(&id.as_str()) || !text.contains(&quoted), "{} names `{id}`", path.display());
        }
    }
}

/// What decides must not differ from run to run.
#[test]
fn the_engine_has_no_clock_no_hash_map_and_no_state_hidden_in_systems() {
    let banned = [
        "HashMap",
        "HashSet",
        "Instant",
        "SystemTime",
        "Utc::now",
        "Local::now",
        "f32",
        "f64",
        "Local<",
        "Changed<",
        "Added<",
        "MessageReader",
        "par_iter",
        "thread::",
    ];
    for folder in ["src/exercise", "src/vocabulary", "src/assessment", "src/policy"] {
        for path in files(folder, ".rs").iter().filter(|path| !is_test(path)) {
            let text = code(path);
            for word in banned {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

/// A view leads to nothing but what a role was told and what everybody may see.
#[test]
fn policies_and_quotes_cannot_name_ground_truth() {
    for path in files("src/policy", ".rs").iter().chain(&files("src/exercise", "quote.rs")).filter(|path| !is_test(path)) {
        let text = code(path);
        for word in ["program::Secret", ".secret", "adversary::", "Adversary", "ledger()"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

/// What the facilitator reads stands beside the public tables in a program, and is nobody's in the exercise.
#[test]
fn the_exercise_and_its_players_cannot_name_the_script() {
    for folder in ["src/exercise", "src/policy", "src/vocabulary", "src/assessment", "src/journal"] {
        for path in files(folder, ".rs").iter().filter(|path| !is_test(path)) {
            let text = code(path);
            for word in [".script", "scenario::script", "Script {"] {
                assert!(!text.contains(word), "{} names {word}", path.display());
            }
        }
    }
}

/// The modules of the crate that a text names: after `crate::`, and in the outermost braces after it.
fn modules_used(text: &str) -> BTreeSet<String> {
    let name = |text: &str| text.trim_start().chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for piece in text.split("crate::").skip(1) {
        let Some(group) = piece.strip_prefix('{') else {
            found.insert(name(piece));
            continue;
        };
        let (mut depth, mut begins) = (0_usize, true);
        for (place, letter) in group.char_indices() {
            if begins {
                found.insert(name(&group[place..]));
            }
            begins = letter == ',' && depth == 0;
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    found
}

#[test]
fn modules_in_braces_are_seen() {
    let text = "use crate::{paper, session::{self, Mode},\n    time};\nuse crate::ids::RoleId;";
    assert_eq!(modules_used(text).into_iter().collect::<Vec<_>>(), ["ids", "paper", "session", "time"]);
}

/// A module uses only what stands above it in the table of the crate's documentation.
#[test]
fn modules_use_only_what_stands_above_them() {
    let order = [
        "time",
        "ids",
        "chance",
        "vocabulary",
        "scenario",
        "exercise",
        "policy",
        "assessment",
        "journal",
        "session",
        "debrief",
        "paper",
        "files",
        "desktop",
        "cli",
    ];
    let rank = |module: &str| order.iter().position(|known| *known == module);
    for path in files("src", ".rs").iter().filter(|path| !is_test(path)) {
        let relative = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("under src");
        let own = relative.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        let Some(own_rank) = rank(&own) else { continue };
        for other in modules_used(&code(path)) {
            // Plain data of these two refers to each other.
            let sisters = ["vocabulary", "scenario"];
            if sisters.contains(&own.as_str()) && sisters.contains(&other.as_str()) {
                continue;
            }
            if let Some(other_rank) = rank(&other) {
                assert!(other_rank <= own_rank, "{} ({own}) uses {other}, which stands below it", relative.display());
            }
        }
    }
}

/// What kinds of remarks there are stands in one list, with the names that journals have.
#[test]
fn kinds_of_remarks_are_named_in_one_place() {
    for path in files("src", ".rs").iter().filter(|path| !is_test(path) && !path.to_string_lossy().contains("src/journal")) {
        let text = code(path);
        for word in ["Annotation::new(\"", "RemarkKind::named(\"", "RemarkKind::Other(\"", "remark.kind == \""] {
            assert!(!text.contains(word), "{} names a kind of remark of its own: {word}", path.display());
        }
    }
}

#[test]
fn bevy_stays_in_the_engine() {
    for path in files("src", ".rs") {
        // The window is carried by it as well; no screen is.
        let carries = path.ends_with("src/desktop/window.rs") || path.to_string_lossy().contains("src/desktop/window/");
        if !path.to_string_lossy().contains("src/exercise") && !carries {
            assert!(!code(&path).contains("bevy"), "{} uses bevy", path.display());
        }
    }
}

/// One place knows colours; everybody else asks it by what they mean.
#[test]
fn colours_are_named_in_one_place() {
    let literal =
        ["from_rgb(", "from_gray", "from_rgba_unmultiplied", "from_black_alpha", "from_white_alpha", "hex_color", "Color32::RED", "Color32::GREEN"];
    let all = files("src/desktop", ".rs");
    assert!(all.len() > 20, "the screens were found");
    for path in all.iter().filter(|path| !path.ends_with("theme.rs")) {
        let text = code(path);
        for word in literal {
            assert!(!text.contains(word), "{} names a colour of its own: {word}", path.display());
        }
    }
}

/// Before the debrief a screen has one role's view: it cannot name the rest.
#[test]
fn a_seat_cannot_name_ground_truth() {
    for path in files("src/desktop/seat", ".rs").iter().chain(&files("src/desktop", "words.rs")) {
        let text = code(path);
        for word in
            ["program::Secret", ".secret", "adversary::", "Adversary", "ledger()", "Ledger", "program::Program", ".rubric", ".expected", "inject.why"]
        {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn files_stay_readable_in_one_sitting() {
    for path in files("src", ".rs").iter().chain(&files("tests", ".rs")) {
        let lines = fs::read_to_string(path).expect("a text").lines().count();
        assert!(lines <= 650, "{} has {lines} lines: it is asking to become a folder", path.display());
    }
}

/// The project stands alone.
#[test]
fn nothing_speaks_of_the_machine_it_was_made_on() {
    let words = ["/home/", "/root/", "/work/", "../shared", "crates.io-"];
    for ending in [".rs", ".ron", ".md", ".toml", ".html", ".csv"] {
        for folder in ["src", "scenarios", "assets", "tests"] {
            for path in files(folder, ending).iter().filter(|path| !path.ends_with("tidy.rs")) {
                let Ok(text) = fs::read_to_string(path) else { continue };
                for word in words {
                    assert!(!text.contains(word), "{} says {word}", path.display());
                }
            }
        }
    }
}
