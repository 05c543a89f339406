//! Input that nobody means well with: no panic, no hang, and a bounded use of memory.
//!
//! The allocator of this test binary counts what each thread holds; the peak over loading and checking 1 MiB must stay within 64 MiB.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, Instant};

use hotwash::scenario::diagnostic::{Colour, render_json, render_text};
use hotwash::scenario::source::Opening;
use hotwash::scenario::{check, load};
use proptest::prelude::*;

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
fn look_at(files: Vec<(String, String)>) -> usize {
    let loaded = load::load(&Opening::in_memory("scenario.ron", files));
    let found = check::all(&loaded);
    let text = render_text(&found, &loaded.sources, Colour::Off);
    let json = render_json(&found, &loaded.sources).to_string();
    assert!(!text.contains('\u{1b}'), "an escape sequence came through");
    text.len() + json.len()
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
const PIECES: &[&str] = &[
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

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

    /// Texts of the format's own pieces in any order.
    #[test]
    fn no_heap_of_pieces_panics(pieces in prop::collection::vec(any::<prop::sample::Index>(), 0..60)) {
        let text: String = pieces.iter().map(|piece| PIECES[piece.index(PIECES.len())]).collect();
        look_at(vec![("scenario.ron".to_owned(), format!("(moves: [{text}")), ("profiles/p.ron".to_owned(), text)]);
    }
}
