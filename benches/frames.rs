//! What a frame of the screens costs the processor: data, layout and triangles; no window, no GPU. Each screen on its own line, with its budget.
//!
//! `cargo bench --no-default-features --features panels --bench frames` runs it. Times are medians on one core; no test asserts any of them.

#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the machine's clock")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use hotwash::desktop::Drawn;

fn main() {
    println!("{:<62} {:>10} {:>8}", "a frame of", "median", "budget");
    let mut fullest = (Duration::ZERO, String::new());
    for (size, scale) in [((1920, 1080), 100), ((1920, 1080), 200), ((1280, 720), 200)] {
        for screen in Drawn::names() {
            let what = format!("{screen}, {} x {}, text at {scale} %", size.0, size.1);
            let mut drawn = Drawn::new(screen, size, scale).expect("the screen");
            let median = line(&what, "8 ms", || drawn.frame());
            fullest = fullest.max((median, what));
        }
    }
    println!("{:<62} {:>7} us {:>8}", format!("the fullest: {}", fullest.1), fullest.0.as_micros(), "8 ms");
    for (elsewhere, by) in [(false, "by egui"), (true, "left to the window")] {
        for (zoom, how) in [(1.0, "whole"), (8.0, "8 x"), (24.0, "24 x")] {
            let mut drawn = Drawn::map(10_000, zoom, elsewhere).expect("the map");
            line(&format!("map of 10,000 machines, {how}, panned, machines {by}"), "", || drawn.frame());
        }
    }
}

/// The median of as many runs as fit into a second, at least five and at most two hundred.
fn line<T>(what: &str, budget: &str, mut run: impl FnMut() -> T) -> Duration {
    let mut times = Vec::new();
    let begun = Instant::now();
    // The first frame loads letters, and the second finds out how large things are.
    black_box((run(), run()));
    while times.len() < 5 || (times.len() < 200 && begun.elapsed() < Duration::from_secs(1)) {
        let begin = Instant::now();
        black_box(run());
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    let median = times[times.len() / 2];
    println!("{what:<62} {:>7} us {budget:>8}", median.as_micros());
    median
}
