//! Input that nobody means well with: no panic, no hang, and a bounded use of memory.
//!
//! (Wall time is looked at here, and nowhere in the engine: a hang is a fault that only a clock can see.)
//!
//! The allocator of this test binary counts what each thread holds; the peak over loading and checking 1 MiB must stay within 64 MiB.

#![allow(clippy::disallowed_methods)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hotwash::exercise::{Exercise, quote};
use hotwash::ids::RoleId;
use hotwash::scenario::compile::{Tailoring, compile_loaded};
use hotwash::scenario::diagnostic::{Colour, Severity, render_json, render_text};
use hotwash::scenario::source::Opening;
use hotwash::scenario::{check, load};
use hotwash::time::{ExerciseTime, Span};
use proptest::prelude::*;

use crate::fixture;

struct Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
}

fn held_more(bytes: usize) {
    // During the end of a thread its counters are gone; what is allocated then is nobody's peak.
    let _ = HELD.try_with(|held| {
        held.set(held.get().saturating_add(bytes));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

fn held_less(bytes: usize) {
    let _ = HELD.try_with(|held| held.set(held.get().saturating_sub(bytes)));
}

// SAFETY: every call is passed on to the system's allocator unchanged; the counters do not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        held_more(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        held_less(layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Old and new exist together while one is copied to the other.
        held_more(size);
        let moved = unsafe { System.realloc(pointer, layout, size) };
        held_less(layout.size());
        moved
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The most bytes that `run` held at once beyond what was held before.
pub fn peak_of(run: impl FnOnce()) -> usize {
    let before = HELD.get();
    PEAK.set(before);
    run();
    PEAK.get() - before
}

/// Loads, checks and renders; what a person does with a file.
pub fn look_at(files: Vec<(String, String)>) -> usize {
    let loaded = load::load(&Opening::in_memory("scenario.ron", files));
    let found = check::all(&loaded);
    let text = render_text(&found, &loaded.sources, Colour::Off);
    let json = render_json(&found, &loaded.sources).to_string();
    assert!(!text.contains('\u{1b}'), "an escape sequence came through");
    if !found.iter().any(|finding| finding.severity() == Severity::Error) {
        play(&loaded);
    }
    text.len() + json.len()
}

/// What the checks let pass is compiled, at every cut and with every profile, without a problem, and played to its end, with nobody and with
/// somebody at the keys. A fault may be named; a panic may not.
fn play(loaded: &load::Loaded) {
    let cuts = loaded.sheet.cuts.iter().map(|cut| (None, Some(cut.id.to_string())));
    let profiles = loaded.profiles.iter().map(|profile| (Some(&profile.profile), None));
    for (profile, cut) in cuts.chain(profiles) {
        let compiled = compile_loaded(loaded, &Tailoring { profile, cut });
        assert!(compiled.is_ok(), "the checks let pass what does not compile: {:?}", compiled.err());
    }
    let program = match compile_loaded(loaded, &Tailoring::default()) {
        Ok(program) => program,
        Err(problems) => panic!("the checks let pass what does not compile: {problems:?}"),
    };
    let program = Arc::new(program);
    if program.public.endex > ExerciseTime(4 * 86_400) {
        return;
    }
    let mut idle = Exercise::new(program.clone(), 7);
    if let Err(fault) = idle.advance(program.public.endex) {
        println!("{fault}");
    }
    let mut busy = Exercise::new(program.clone(), 7);
    let roles: Vec<RoleId> = fixture::roles(&program).collect();
    for (n, role) in roles.iter().copied().cycle().enumerate().take(60) {
        let at = busy.now() + Span::minutes(20);
        if busy.finished() || busy.advance(at).is_err() {
            return;
        }
        let offer = quote::offers(&busy.view(role)).nth(n * 7 % 40);
        if let Some(order) = offer
            && busy.issue(at, role, order).is_err()
        {
            return;
        }
    }
    drop(busy.advance(program.public.endex));
}

/// In bytes.
pub const MEBIBYTE: usize = 1024 * 1024;

fn repeated(unit: &str) -> String {
    unit.repeat(MEBIBYTE / unit.len())
}

/// Hostile texts of about a mebibyte, by name.
fn hostile() -> Vec<(&'static str, String)> {
    let list = |unit: &str| format!("(moves: [{}])", repeated(unit));
    // As many as the bound on values lets through, so that what comes behind the bound is tried as well.
    let claims: String =
        (0..9_000).map(|n| format!("Claim(id: \"claim-{n:06}\", text: \"{}\", truth: Once(stage: \"claim-{n}\")),\n", "x".repeat(50))).collect();
    let slips: String = (0..85_000).map(|n| format!("\"role-{n:05}\",")).collect();
    let short = "\"a\",".repeat(95_000);
    vec![
        ("opening brackets", repeated("[")),
        ("opening brackets in a field", format!("(moves: {}", repeated("["))),
        ("round brackets", repeated("(a:")),
        ("ones", format!("[{}", repeated("1,"))),
        ("ones in a list of texts", format!("(assumptions: [{}])", repeated("1,"))),
        ("a long text", format!("(title: \"{}\")", repeated("x"))),
        ("a long text of curly marks", format!("(title: \"{}\")", repeated("“"))),
        ("a long text without its end", format!("(title: \"{}", repeated("x"))),
        ("a long id", format!("(claims: [Claim(id: \"{}\", text: \"\", truth: Always)])", repeated("x"))),
        ("a long word", repeated("x")),
        ("a long word in a list", list("x")),
        ("many ids", format!("(claims: [{claims}])")),
        (
            "many references",
            format!(
                "(roles: [Role(id: \"r\", like: Legal)], moves: [Move(id: \"m\", opens: \"+0m\", talk: \"5m\", read_aloud: \"x\", questions: [Question(ask: \"?\", to: [{slips}])])])"
            ),
        ),
        ("many short references", format!("(rules_in_force: [{}])", short)),
        ("many empty items", format!("(moves: [{}])", "Move(),".repeat(30_000))),
        ("many unknown fields", format!("(claims: [Claim({})])", "a:1,".repeat(45_000))),
        ("many wrong values in one item", format!("(estate: Estate(assets: [{}]))", "Asset(id: 5),".repeat(20_000))),
        ("many wrong values deep inside", format!("(estate: Estate(groups: [Group(id: \"g\", of: [{}])]))", "5,".repeat(95_000))),
        ("quotation marks", repeated("\"")),
        ("quotation marks and line ends", repeated("\"\n")),
        ("curly marks", repeated("“x” ")),
        ("comments", repeated("/* ")),
        ("comment openers in a raw text", format!("(title: r{}\"", "#".repeat(300))),
        ("backslashes", format!("(title: \"{}\")", repeated("\\t"))),
        ("commas", format!("({})", repeated(","))),
        ("colons", format!("({})", repeated("a:"))),
        ("missing commas", format!("[{}]", repeated("a "))),
        ("closing brackets", repeated(")")),
        ("brackets that do not match", format!("({})", repeated("(]"))),
        ("line ends", repeated("\n")),
        ("apostrophes", repeated("'")),
        ("braces in a text", format!("(title: \"{}\")", repeated("{a.b}"))),
        ("open braces in a text", format!("(title: \"{}\")", repeated("{"))),
        ("marks of order", repeated("\u{feff}")),
        ("a field many times", format!("({})", repeated("title:\"x\","))),
        ("conditions in conditions", format!("(moves: [Move(also_read: [ReadIf(when: [{}", repeated("Any([Not(what: "))),
        ("circles of injects", {
            let injects: String = (0..3_500)
                .map(|n| {
                    format!(
                        "Inject(id: \"i{n}\", fires: When(all: [Fired(\"i{}\")]), channel: Mail, from: \"x\", to: [\"all\"], text: \"x\"),\n",
                        (n + 1) % 3_500
                    )
                })
                .collect();
            format!("(deck: [{injects}])")
        }),
        ("groups of groups", {
            let groups: String = (0..10_000).map(|n| format!("Group(id: \"g{n}\", of: [\"g{}\", \"g{}\"]),\n", n + 1, n + 2)).collect();
            format!("(estate: Estate(groups: [{groups}]))")
        }),
        ("services on services", {
            let services: String = (0..8_000)
                .map(|n| format!("Service(id: \"s{n}\", text: \"x\", rests_on: [\"s{}\", \"s{}\"], rto: \"1h\"),\n", n + 1, n / 2))
                .collect();
            format!("(estate: Estate(services: [{services}]))")
        }),
    ]
}

#[test]
fn a_hostile_mebibyte_costs_at_most_64_mebibytes_and_a_few_seconds() {
    for (name, text) in hostile() {
        let started = Instant::now();
        let files = vec![("scenario.ron".to_owned(), text)];
        let peak = peak_of(|| {
            look_at(files);
        });
        let took = started.elapsed();
        println!("{name}: {} MiB, {took:?}", peak / MEBIBYTE);
        assert!(peak <= 64 * MEBIBYTE, "{name}: {} MiB", peak / MEBIBYTE);
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    }
}

/// Whole scenarios that keep every bound and are as large as the bounds allow, or just beyond one: what passes must still end soon, and play.
fn large() -> Vec<(&'static str, String)> {
    let base = include_str!("../cases/base/scenario.ron");
    let with = |anchor: &str, more: String| {
        assert_eq!(base.matches(anchor).count(), 1, "{anchor}");
        base.replacen(anchor, &format!("{anchor}{more}"), 1)
    };
    let many = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<String>();
    let cut =
        |n: usize| format!("Cut(id: \"c{n}\", opening: \"5m\", play: \"65m\", hotwash: \"20m\", moves: [\"all\"], leave_out: [\"insurer\"]),\n");
    let chained = |n: usize| {
        format!("Stage(id: \"s{n}\", technique: \"T1018\", takes: Between(\"1m\", \"2m\"), needs: [Done(\"s{}\")], does: Discover),\n", n + 1)
    };
    let first = "Stage(id: \"s190\", technique: \"T1018\", takes: Exactly(\"1m\"), needs: [Foothold], does: Discover),\n";
    let past = |n: usize| {
        format!("Past(id: \"p{n}\", at: \"-9d 09:10\", technique: \"T1204.002\", text: \"Somebody opens.\", does: Run(on: [\"desks-03\"])),\n")
    };
    let inject = |n: usize| {
        let fires = format!("When(all: [Any([Told(claim: \"data-left\"), Decided(gate: \"cut-it\"), Fired(\"i{}\")])])", (n + 7) % 1_900);
        format!(
            "Inject(id: \"i{n}\", fires: {fires}, channel: Mail, from: \"x\", to: [\"all\"], text: \"{{org}} x\", tells: [Yes(\"data-left\")]),\n"
        )
    };
    let group =
        |n: usize| format!("Group(id: \"g{n}\", of: [\"desks\", \"servers\"{}]),\n", if n > 0 { format!(", \"g{}\"", n - 1) } else { String::new() });
    vec![
        ("as many cuts as may be", with("cuts: [", many(19, &cut))),
        ("thousands of cuts", with("cuts: [", many(4_800, &cut))),
        ("as long a chain of stages as may be", with("next: [", many(190, &chained) + first)),
        ("thousands of chained stages", with("next: [", many(4_800, &chained))),
        (
            "thousands of moves",
            with("    moves: [\n", many(7_200, &|n| format!("Move(id: \"m{n}\", opens: \"Thu 16:00\", talk: \"30m\", read_aloud: \"x\"),\n"))),
        ),
        ("as many pasts at one minute as may be", with("past: [", many(190, &past))),
        ("thousands of pasts at one minute", with("past: [", many(4_200, &past))),
        ("as many injects as may be", with("deck: [", many(1_900, &inject))),
        ("as much noise as may be, unread", base.replacen("noise_a_day: 3", "noise_a_day: 6600, watched: Between(\"08:00\", \"09:00\")", 1)),
        (
            "as many groups of groups as may be",
            base.replacen(
                "of: [\"files\", \"records-db\", \"backup\"])",
                &format!("of: [\"files\", \"records-db\", \"backup\"]),\n{}", many(490, &group).trim_end_matches("),\n")),
                1,
            )
            .replacen("\"g488\"]", "\"g488\"])", 1)
            .replacen("count: 12", "count: 900", 1)
            .replacen("DESK-##", "DESK-###", 1)
            .replacen("desks-03", "desks-003", 1),
        ),
        (
            "many terms",
            with(
                "deck: [",
                many(60, &|n| {
                    format!(
                        "Inject(id: \"i{n}\", fires: When(all: [{}]), channel: Mail, from: \"x\", to: [\"all\"], text: \"x\"),\n",
                        "Told(claim: \"data-left\"),".repeat(160)
                    )
                }),
            ),
        ),
        (
            "too many terms",
            with(
                "deck: [",
                many(60, &|n| {
                    format!(
                        "Inject(id: \"i{n}\", fires: When(all: [{}]), channel: Mail, from: \"x\", to: [\"all\"], text: \"x\"),\n",
                        "Told(claim: \"data-left\"),".repeat(180)
                    )
                }),
            ),
        ),
    ]
}

#[test]
fn large_scenarios_end_soon() {
    let ticket = include_str!("../cases/base/artefacts/ticket.md");
    let mut slow = Vec::new();
    for (name, text) in large() {
        let files = vec![("scenario.ron".to_owned(), text), ("artefacts/ticket.md".to_owned(), ticket.to_owned())];
        let started = Instant::now();
        let loaded = load::load(&Opening::in_memory("scenario.ron", files.clone()));
        let found = check::all(&loaded);
        let checked = started.elapsed();
        let errors: BTreeSet<&str> =
            found.iter().filter(|finding| finding.severity() == Severity::Error).map(|finding| finding.code.number()).collect();
        println!("{name}: {checked:?}, errors {errors:?}");
        // A name says which it is: within the bounds, or beyond one of them.
        let beyond = name.starts_with("thousands") || name.starts_with("too many");
        assert_eq!(errors.contains("HW0213"), beyond, "{name}: {errors:?}");
        if checked > Duration::from_secs(5) {
            slow.push((name, checked));
        }
        if errors.is_empty() {
            let started = Instant::now();
            play(&loaded);
            println!("{name}: played in {:?}", started.elapsed());
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn a_hostile_artefact_costs_no_more() {
    for unit in ["{", "{a.b}", "T1486 ", "x", "kill-backups "] {
        let scenario = include_str!("../cases/base/scenario.ron").to_owned();
        let files = vec![("scenario.ron".to_owned(), scenario), ("artefacts/ticket.md".to_owned(), repeated(unit))];
        let started = Instant::now();
        let peak = peak_of(|| {
            look_at(files);
        });
        assert!(peak <= 64 * MEBIBYTE, "{unit}: {} MiB", peak / MEBIBYTE);
        assert!(started.elapsed() < Duration::from_secs(10), "{unit}: {:?}", started.elapsed());
    }
}

/// What replaces a piece of a valid text: what people leave behind, and what breaks parsers.
pub const PIECES: &[&str] = &[
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "“",
    "”",
    ",",
    ":",
    ";",
    "=",
    "\\",
    "\\t",
    "//",
    "/*",
    "*/",
    "'",
    "\u{feff}",
    "\u{a0}",
    "\u{202e}",
    "\0",
    "\n",
    "0",
    "-1",
    "99999999999999999999",
    "1e9",
    "all",
    "\"\"",
    "Some(",
    "None",
    "()",
    "[]",
    "id:",
    "Any([",
    "Not(what: ",
    "é",
    "𝄞",
    "r#\"",
    "#",
    "\"+5m\"",
    "\"-99999d 00:00\"",
    "\"9999-12-31 23:59\"",
    "count: 65535,",
    "T1486",
    "{org}",
    "{",
];

/// The texts and numbers of a scenario, as places.
fn values(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut values = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => text[at + 1..].find('"').map(|end| at + end + 2),
            b'0'..=b'9' => text[at..].find(|c: char| !c.is_ascii_digit()).map(|end| at + end),
            _ => None,
        };
        if let Some(end) = end {
            values.push((at, end));
        }
        at = end.unwrap_or(at + 1);
    }
    values
}

/// What a value looks like: a number, a time, an id, or words.
fn form(value: &str) -> u8 {
    let inner = value.trim_matches('"');
    match inner.as_bytes().first() {
        _ if !value.starts_with('"') => 0,
        Some(b'0'..=b'9' | b'+' | b'-') => 1,
        _ if inner.contains(' ') => 2,
        _ => 3,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Valid scenarios with pieces cut out, doubled, moved and replaced.
    #[test]
    fn no_mutation_of_a_scenario_panics(edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, any::<prop::sample::Index>(), 0_u8..4), 1..6)) {
        let mut text = include_str!("../cases/base/scenario.ron").to_owned();
        for (at, length, piece, how) in edits {
            let from = text.floor_char_boundary(at.index(text.len() + 1));
            let to = text.floor_char_boundary((from + length).min(text.len()));
            let cut = text[from..to].to_owned();
            let piece = PIECES[piece.index(PIECES.len())];
            match how {
                0 => text.replace_range(from..to, piece),
                1 => text.insert_str(from, piece),
                2 => text.insert_str(from, &cut.repeat(3)),
                _ => text.replace_range(from..to, ""),
            }
        }
        look_at(vec![("scenario.ron".to_owned(), text)]);
    }

    /// Valid scenarios with one value for another of the same form: most of these pass the reader, and some the checks.
    #[test]
    fn no_exchange_of_values_panics(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4)) {
        let mut text = include_str!("../cases/base/scenario.ron").to_owned();
        for (at, with) in edits {
            let values = values(&text);
            let (from, to) = values[at.index(values.len())];
            let alike: Vec<String> = values.iter().map(|(from, to)| text[*from..*to].to_owned()).filter(|other| form(other) == form(&text[from..to])).collect();
            let with = alike[with.index(alike.len())].clone();
            text.replace_range(from..to, &with);
        }
        let ticket = include_str!("../cases/base/artefacts/ticket.md").to_owned();
        look_at(vec![("scenario.ron".to_owned(), text), ("artefacts/ticket.md".to_owned(), ticket)]);
    }

    /// Texts of the format's own pieces in any order.
    #[test]
    fn no_heap_of_pieces_panics(pieces in prop::collection::vec(any::<prop::sample::Index>(), 0..60)) {
        let text: String = pieces.iter().map(|piece| PIECES[piece.index(PIECES.len())]).collect();
        look_at(vec![("scenario.ron".to_owned(), format!("(moves: [{text}")), ("profiles/p.ron".to_owned(), text)]);
    }
}
