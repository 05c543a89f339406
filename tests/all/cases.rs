//! Broken scenarios, a folder each: the scenario, and in `expected.txt` what is found in it. A new case needs no code.
//!
//! A folder holds `scenario.ron` with whatever it names, and perhaps `orders.ron`, a file of orders. `UPDATE_EXPECT=1 cargo test` writes
//! what is found now; look at the difference before committing it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hotwash::scenario::diagnostic::{Code, Colour, Diagnostic, Severity, line_of, render_json, render_text};
use hotwash::scenario::source::{Opening, read_outside};
use hotwash::scenario::{check, load, prepare};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What is found in a case, as lines, and the codes met.
fn found_in(name: &str) -> (String, Vec<Code>) {
    let path = folder().join(name);
    let opening = Opening::find(path.to_str().unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut loaded = load::load(&opening);
    let mut diagnostics = check::all(&loaded);
    let orders = path.join("orders.ron");
    if orders.exists() {
        let bytes = read_outside(orders.to_str().unwrap()).unwrap();
        let orders = load::load_orders(&mut loaded.sources, orders.to_str().unwrap(), bytes);
        diagnostics.extend(check::orders(&loaded, &orders));
    }
    whole(name, &diagnostics);
    let prefix = format!("{}/", path.display());
    let lines: String = diagnostics.iter().map(|diagnostic| line_of(diagnostic, &loaded.sources).replacen(&prefix, "", 1) + "\n").collect();

    // The same findings as text and as JSON, with the same places.
    let text = render_text(&diagnostics, &loaded.sources, Colour::Off);
    let json = render_json(&diagnostics, &loaded.sources);
    let json = json.as_array().unwrap();
    assert_eq!(json.len(), diagnostics.len(), "{name}");
    for (diagnostic, value) in diagnostics.iter().zip(json) {
        let (line, column) = loaded.sources.position(diagnostic.at);
        assert_eq!((value["line"].as_u64(), value["column"].as_u64()), (Some(line as u64), Some(column as u64)), "{name}");
        let header = format!("[{}:{line}:{column}]", loaded.sources.label(diagnostic.at.file));
        assert!(text.contains(&header), "{name}: no {header} in the rendered text");
        assert!(text.contains(diagnostic.code.number()), "{name}");
    }
    (lines, diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
}

fn whole(name: &str, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        assert!(!diagnostic.found.is_empty() && !diagnostic.expected.is_empty() && !diagnostic.help.is_empty(), "{name}: {diagnostic:?}");
    }
}

#[test]
fn every_case_is_found_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let names = names();
    assert!(names.len() > 45, "only {} cases", names.len());
    let mut wrong = Vec::new();
    for name in &names {
        let (found, _) = found_in(name);
        assert!(!found.is_empty() || name.starts_with("base"), "{name}: nothing is found in it");
        let file = folder().join(name).join("expected.txt");
        if update {
            fs::write(&file, &found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            wrong.push(format!("--- {name}\nexpected:\n{expected}found:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ (UPDATE_EXPECT=1 writes what is found now):\n{}", wrong.len(), wrong.join("\n"));
}

/// What the checks let pass, compiling takes: an author meets one list of findings, not a second one behind it.
#[test]
fn compiling_finds_nothing_that_the_checks_do_not_name() {
    let scenarios = names().into_iter().map(|name| folder().join(name).to_str().unwrap().to_owned());
    let mut passed = 0;
    for path in scenarios.chain(["long-weekend".to_owned(), format!("{}/tests/scenarios/borrowed-badge", env!("CARGO_MANIFEST_DIR"))]) {
        let findings = prepare::check(&path).unwrap().list;
        passed += usize::from(findings.iter().all(|finding| finding.severity() != Severity::Error));
        let late: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.code == Code::DoesNotCompile).collect();
        assert!(late.is_empty(), "{path}: {late:?}");
    }
    assert!(passed > 20, "only {passed} scenarios come as far as compiling");
}

#[test]
fn a_profile_that_is_not_there_is_answered_with_those_that_are() {
    let error = prepare::prepare("long-weekend", Some("tamarfolt"), None).unwrap_err().to_string();
    assert!(error.contains("`tamarfold` or `western-shore`") && error.contains("did you mean `tamarfold`?"), "{error}");
    let base = folder().join("base");
    let error = prepare::prepare(base.to_str().unwrap(), Some("tamarfold"), None).unwrap_err().to_string();
    assert!(error.contains("which has none"), "{error}");
}

#[test]
fn the_scenario_that_the_cases_are_copies_of_has_no_flaw() {
    assert_eq!(found_in("base").0, "");
}

#[test]
fn every_code_is_met_by_a_case() {
    // What only files of megabytes, or more files than a case should have, can bring about, and what compiling finds; `hostile` and unit
    // tests do.
    const ELSEWHERE: &[Code] = &[
        Code::TooManyValues,
        Code::TooLarge,
        Code::ClosureTooLarge,
        Code::GivenUp,
        Code::MoreErrors,
        Code::MoreFindings,
        Code::DoesNotCompile,
        Code::OrderUnreadable,
    ];
    let met: BTreeSet<Code> = names().iter().flat_map(|name| found_in(name).1).collect();
    let missing: Vec<&str> = Code::ALL.iter().filter(|code| !met.contains(code) && !ELSEWHERE.contains(code)).map(|code| code.number()).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}
