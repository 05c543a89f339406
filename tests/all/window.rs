//! The real windows, on a display of their own.
//!
//! Needs `Xvfb`, `xdotool`, `openbox` and a Vulkan driver (Mesa's lavapipe does). Where they are missing a test says so and is left out, except in CI.
//! A drawn picture is not to be had from outside; keys are repeated until what they lead to is there.

#![cfg(all(feature = "desktop", target_os = "linux"))]
#![allow(clippy::disallowed_methods, reason = "what a window does takes time on the machine's clock")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::binary::Folder;
use crate::display::{Display, Window, data, journals, lines, rest, wait_for};

/// How a session is played, by the key that picks it at Home.
const ROOM: &str = "1";
const ALONE: &str = "3";

/// From Home into a session.
fn begin(display: &Display, folder: &Folder, how: &str) -> PathBuf {
    wait_for("a session", || {
        display.focus(display.console());
        for key in ["1", how, "Return"] {
            display.key(key);
            rest(400);
        }
        !journals(folder).is_empty()
    });
    journals(folder).remove(0)
}

/// On to what comes next. What a room has left open is asked for first: go on without.
fn on(display: &Display, how: &str) {
    display.key("n");
    rest(400);
    if how == ROOM {
        display.key("Return");
        rest(400);
    }
}

/// Plays on until so much more has been noted.
fn play_on(display: &Display, journal: &Path, how: &str, marks: usize) {
    let wanted = lines(journal, "\"reached\"") + marks;
    wait_for("time passes", || {
        on(display, how);
        lines(journal, "\"reached\"") >= wanted
    });
}

/// Writes down what the room decided, in its words, and takes the first thing that it may mean.
fn record(display: &Display, journal: &Path, words: &str) {
    wait_for("a record", || {
        display.key("r");
        rest(400);
        display.tool(&["type", "--delay", "60", words]);
        for key in ["Return", "1"] {
            rest(600);
            display.key(key);
        }
        rest(600);
        let recorded = lines(journal, words) > 0;
        if !recorded {
            // Whatever came of it instead is put away, and it is tried again.
            display.key("Escape");
        }
        recorded
    });
}

/// To the end of play by the palette, as somebody would who does not know where to look.
fn end_play(display: &Display, journal: &Path) {
    wait_for("the session is over", || {
        display.with_control("k");
        for keys in [&["type", "--delay", "60", "end play"][..], &["key", "Return"], &["key", "Return"]] {
            display.tool(keys);
            rest(500);
        }
        lines(journal, "\"endex\"") > 0
    });
}

/// From the end of play to a saved debrief. Participants write first: into every field that Tab leads to, until that is enough.
fn debrief(display: &Display, folder: &Folder) {
    let debriefs = data(folder).join("debriefs");
    let saved = || {
        std::fs::read_dir(&debriefs)
            .is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))))
    };
    // What Tab leads to comes in this order: the head, whatever is below, the fields and their buttons.
    for _ in 0..10 {
        display.key("Tab");
        rest(200);
        display.tool(&["type", "--delay", "60", "listened"]);
        rest(200);
    }
    wait_for("a debrief", || {
        display.with_control("Return");
        display.with_control("s");
        rest(500);
        saved()
    });
}

fn no_panic(errors: &str) {
    assert!(!errors.contains("panicked"), "{errors}");
}

/// From Home to a saved debrief, killed in the middle and gone on with.
fn evening(how: &str, play: impl Fn(&Display, &Path), end: impl Fn(&Display, &Path)) {
    let Some(display) = Display::open() else { return };
    let folder = Folder::new();
    let window = Window::start(&display, &folder);
    let journal = begin(&display, &folder, how);
    play(&display, &journal);
    play_on(&display, &journal, how, 2);
    no_panic(&window.errors());
    window.kill();
    let before = lines(&journal, "\"reached\"");
    assert!(before >= 2, "what was noted before it was killed is on disk");
    let window = Window::start(&display, &folder);
    // What goes on with the session is somewhere among what can be reached from Home: on to the next, until somebody writes the journal again.
    let written = || std::fs::File::open(&journal).is_ok_and(|file| file.try_lock().is_err());
    assert!(!written(), "nobody writes it while nobody plays");
    wait_for("the session goes on", || {
        display.key("Tab");
        rest(200);
        display.key("Return");
        rest(800);
        written()
    });
    play_on(&display, &journal, how, 1);
    end(&display, &journal);
    debrief(&display, &folder);
    assert_eq!(journals(&folder), std::slice::from_ref(&journal), "it went on where it was, and began nothing anew");
    assert_eq!(lines(&journal, "\"closed\""), 1, "the debrief closes the journal");
    no_panic(&window.errors());
    drop(window);
    folder.hotwash(["replay", journal.to_str().expect("a path")]).exits(0);
}

#[test]
fn somebody_alone_comes_from_home_to_a_saved_debrief_with_a_kill_in_the_middle() {
    evening(ALONE, |_, _| {}, end_play);
}

#[test]
fn a_room_comes_from_home_to_a_saved_debrief_with_a_kill_in_the_middle() {
    let decides = |display: &Display, journal: &Path| record(display, journal, "Call Northlight in on the retainer");
    // On to the next move, and the next, until there is none.
    let end = |display: &Display, journal: &Path| {
        wait_for("the last move is over", || {
            on(display, ROOM);
            lines(journal, "\"endex\"") > 0
        });
    };
    evening(ROOM, decides, end);
}

#[test]
fn the_projector_comes_and_goes_and_only_the_console_ends_it_all() {
    let Some(display) = Display::open() else { return };
    let folder = Folder::new();
    let mut window = Window::start(&display, &folder);
    let journal = begin(&display, &folder, ALONE);
    let press_until = |what: &str, key: &str, so: &dyn Fn() -> bool| {
        wait_for(what, || {
            display.key(key);
            (0..20).any(|_| {
                rest(150);
                so()
            })
        });
    };
    press_until("the projector", "F9", &|| display.projector().is_some());
    // The whole screen, and back.
    display.focus(display.projector());
    let whole = || display.projector().and_then(|projector| display.size(&projector)) == Some((1600, 1000));
    press_until("the whole screen", "F11", &whole);
    press_until("not the whole screen", "Escape", &|| !whole());
    // Closed as people close windows: it goes, and the application stays.
    press_until("the projector is closed", "alt+F4", &|| display.projector().is_none());
    assert!(window.ended().is_none(), "{}", window.errors());
    for _ in 0..3 {
        display.focus(display.console());
        press_until("the projector is back", "F9", &|| display.projector().is_some());
        display.focus(display.console());
        press_until("the projector is away", "F9", &|| display.projector().is_none());
    }
    press_until("the projector stays behind", "F9", &|| display.projector().is_some());
    display.focus(display.console());
    let marks = lines(&journal, "\"reached\"");
    press_until("the console is closed", "alt+F4", &|| display.console().is_none());
    wait_for("it ends", || window.ended().is_some());
    assert!(window.ended().is_some_and(|status| status.success()), "{}", window.errors());
    assert!(lines(&journal, "\"reached\"") > marks, "what was played when it was closed is on disk");
    no_panic(&window.errors());
}

#[test]
fn two_idle_windows_cost_under_one_percent_of_a_core() {
    let Some(display) = Display::open() else { return };
    let folder = Folder::new();
    let window = Window::start(&display, &folder);
    begin(&display, &folder, ROOM);
    wait_for("the projector", || {
        display.key("F9");
        (0..20).any(|_| {
            rest(150);
            display.projector().is_some()
        })
    });
    // Pictures follow one another for a while after the start, and a window that is new is drawn a few times.
    rest(8000);
    let before = window.busy();
    rest(20_000);
    let spent = window.busy() - before;
    eprintln!("two windows, nothing to do: {spent} hundredths of a second in 20 seconds");
    assert!(spent < 20, "{spent} hundredths of a second in 20 seconds");
    no_panic(&window.errors());
}

/// Whole numbers, the same for the same seed: xorshift64* (Vigna, 2016).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most.max(1)
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What somebody types who tries everything. What leads on stands in it several times, or most of the time would pass at Home.
const KEYS: [&str; 46] = [
    "Return",
    "Return",
    "Return",
    "Tab",
    "Tab",
    "Tab",
    "space",
    "space",
    "Escape",
    "n",
    "n",
    "n",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "0",
    "r",
    "b",
    "a",
    "Up",
    "Down",
    "Left",
    "Right",
    "Prior",
    "Next",
    "Home",
    "End",
    "BackSpace",
    "Delete",
    "F1",
    "F2",
    "F9",
    "F11",
    "shift+Tab",
    "ctrl+k",
    "ctrl+s",
    "ctrl+Return",
    "ctrl+plus",
    "ctrl+minus",
    "ctrl+a",
];
const WORDS: [&str; 8] = ["isolate", "end play", "log", "declare", "mail", "Zażółć 漢字 <b>", "../../x", "9999999999999"];

#[test]
fn random_clicking_and_typing_ends_with_no_panic_and_journals_that_replay() {
    let Some(display) = Display::open() else { return };
    let seconds = std::env::var("HOTWASH_CLICK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let seed = std::env::var("HOTWASH_CLICK_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1_u64);
    eprintln!("random clicking for {seconds} s (HOTWASH_CLICK_SECONDS) with seed {seed} (HOTWASH_CLICK_SEED)");
    let folder = Folder::new();
    let mut window = Window::start(&display, &folder);
    begin(&display, &folder, if seed.is_multiple_of(2) { ALONE } else { ROOM });
    let mut dice = Dice(seed.wrapping_mul(2).wrapping_add(0x9E37_79B9_7F4A_7C15));
    let begun = Instant::now();
    let mut acts = 0;
    let mut seen = Instant::now();
    while begun.elapsed() < Duration::from_secs(seconds) {
        assert!(window.ended().is_none(), "it ended by itself after {acts} acts, seed {seed}: {}", window.errors());
        let on = if dice.below(5) == 0 { display.projector().or_else(|| display.console()) } else { display.console() };
        let Some(on) = on else {
            assert!(seen.elapsed() < Duration::from_secs(120), "no window to be seen for two minutes, after {acts} acts, seed {seed}");
            continue;
        };
        seen = Instant::now();
        display.focus(Some(on.clone()));
        for _ in 0..=dice.below(6) {
            acts += 1;
            let (width, height) = display.size(&on).unwrap_or((1280, 720));
            let (x, y) = (dice.below(width as usize).to_string(), dice.below(height as usize).to_string());
            match dice.below(10) {
                0..5 => {
                    let button = dice.pick(&["1", "1", "1", "1", "1", "3", "4", "5", "5"]);
                    let times = if dice.below(6) == 0 { "2" } else { "1" };
                    display.tool(&["mousemove", "--window", &on, &x, &y, "click", "--repeat", times, "--delay", "30", button]);
                }
                5 => {
                    display.tool(&["mousedown", "1", "mousemove", "--window", &on, &x, &y, "mouseup", "1"]);
                }
                6 => {
                    display.tool(&["type", "--delay", "20", dice.pick(&WORDS)]);
                }
                _ => display.key(dice.pick(&KEYS)),
            }
            rest(40 + dice.below(120) as u64);
        }
    }
    eprintln!("{acts} acts; {} journals", journals(&folder).len());
    // Still answering: whatever is on the screen, the projector opens and closes.
    let was_open = display.projector().is_some();
    wait_for("an answer", || {
        assert!(window.ended().is_none(), "it ended by itself, seed {seed}: {}", window.errors());
        display.focus(display.console());
        display.key("F9");
        (0..20).any(|_| {
            rest(150);
            display.projector().is_some() != was_open
        })
    });
    no_panic(&window.errors());
    window.kill();
    assert!(!journals(&folder).is_empty());
    for journal in journals(&folder) {
        folder.hotwash(["replay", journal.to_str().expect("a path")]).exits(0);
    }
}
