//! What the parts of an exercise cost, each on its own line, with its budget; and the kernel as a ratio to a bare heap in the same process.
//!
//! `cargo bench` runs it. Times are medians of many runs on one core; no test asserts any of them.

#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the machine's clock")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hotwash::assessment::assess;
use hotwash::exercise::agenda::{Agenda, Due, Lane};
use hotwash::exercise::{Exercise, Snapshot};
use hotwash::ids::{ConditionId, DenseId, RoleId, RoleSet};
use hotwash::policy::{Driver, Kind};
use hotwash::scenario::compile::{self, Tailoring};
use hotwash::scenario::generate;
use hotwash::scenario::load::load;
use hotwash::scenario::source::Opening;
use hotwash::session::{Mode, Session};
use hotwash::time::ExerciseTime;
use hotwash::vocabulary::condition::Watch;
use hotwash::vocabulary::ledger::Cause;

fn main() {
    let loaded = load(&Opening::find("long-weekend").expect("the shipped scenario"));
    let program = Arc::new(compile::compile_loaded(&loaded, &Tailoring::default()).expect("it compiles"));

    println!("{:<58} {:>12} {:>12}", "what", "median", "budget");
    let bare = line("bare heap over plain arrays, 3,000 dues", "", || bare_heap(3000));
    let agenda = line("kernel with empty handlers, 3,000 dues", "2.0x bare", || kernel(3000));
    println!("{:<58} {:>11.2}x {:>12}", "  kernel to bare heap", ratio(agenda, bare), "2.0x");

    let reference = Kind::named("reference").expect("a policy");
    let driver = std::cell::RefCell::new(Driver::new(program.clone(), 1, reference));
    let kinds = vec![reference; program.public.roles.len()];
    let play = |seed: u64| {
        let mut driver = driver.borrow_mut();
        driver.restart(program.clone(), seed, &kinds);
        driver.run_to_end().expect("no circle");
        driver.exercise().events()
    };
    println!("{:<58} {:>12}", "  dues in a run of the shipped hospital, reference", play(1));
    let mut seed = 0;
    let run = line("run: hospital, reference in all roles, to ENDEX", "", || {
        seed += 1;
        play(seed)
    });
    let assessing = line("  assessing it, by what the exercise watched", "", || {
        let driver = driver.borrow();
        let exercise = driver.exercise();
        assess(&program, exercise.ledger(), exercise.watch()).criteria.len()
    });
    println!("{:<58} {:>12} {:>12}", "  start to assessment", show(run + assessing), "1 ms");
    line("  conditions folded anew, as for a stored ledger", "", || {
        Watch::fold(&program.conditions, driver.borrow().exercise().ledger(), program.public.endex)
    });
    line("  of which: nobody plays", "", || {
        seed += 1;
        let mut exercise = Exercise::new(program.clone(), seed);
        exercise.advance(program.public.endex).expect("no circle");
        exercise.events()
    });

    let mut exercise = Exercise::new(program.clone(), 3);
    exercise.advance(ExerciseTime(9 * 3600)).expect("no circle");
    let snapshot: Snapshot = exercise.snapshot();
    line("fork at a decision: a snapshot", "20 us", || exercise.snapshot());
    line("fork at a decision: going over to it", "", || exercise.restore(&snapshot));
    line("hash of a whole ledger", "", || driver.borrow().exercise().hash());

    let large = Arc::new(generate::larger(&program, 10_000, 1));
    line("the same scenario with 10,000 machines, nobody plays", "50 ms", || {
        let mut exercise = Exercise::new(large.clone(), 1);
        exercise.advance(large.public.endex).expect("no circle");
        exercise.events()
    });

    let opening = Opening::find("long-weekend").expect("the shipped scenario");
    line("load the shipped hospital", "", || load(&opening));
    line("load, check and compile it", "20 ms", || {
        let loaded = load(&opening);
        let findings = hotwash::scenario::check::all(&loaded);
        (compile::compile_loaded(&loaded, &Tailoring::default()).is_ok(), findings.len())
    });
    let view = exercise.view(RoleId(0));
    line("everything one role could order, quoted", "", || hotwash::exercise::quote::offers(&view).count());
    words("long-weekend", "what a room's words may mean: hospital");
    words("tests/scenarios/borrowed-badge", "what a room's words may mean: second scenario");
}

/// A record is matched when somebody at the console presses Enter: the longest sentence of several, with a slip and two orders in it.
fn words(scenario: &str, what: &str) {
    let prepared = hotwash::scenario::prepare::prepare(scenario, None, None).expect("it is there");
    let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
    let mut session = Session::begin(prepared, Mode::Discussion, 1, seats, None).expect("nothing is written");
    session.next_move().expect("no fault");
    line(what, "50 ms", || {
        session
            .propose(
                "Isloate all the desks in the main building, take a copy of the backups out of reach, and ring the regulator about the records",
                None,
            )
            .len()
    });
}

/// The floor: so many dues through a binary heap, each entering the next one.
fn bare_heap(dues: u32) -> i64 {
    let mut heap = BinaryHeap::new();
    let mut work = vec![0_i64; 128];
    for n in 0..100 {
        heap.push(Reverse((i64::from(n) * 37 % 100, 0_u8, n, n % 128)));
    }
    for n in 100..dues {
        let Some(Reverse((at, lane, _, place))) = heap.pop() else { break };
        work[place as usize] += at;
        heap.push(Reverse((at + i64::from(n * 31 % 977), lane, n, n % 128)));
    }
    black_box(work.iter().sum())
}

/// The same through the agenda of the exercise.
fn kernel(dues: u32) -> i64 {
    let mut agenda = Agenda::default();
    let mut work = vec![0_i64; 128];
    let due = |n: u32| Due::LookAt(ConditionId::at((n % 128) as usize));
    for n in 0..100 {
        agenda.enter(ExerciseTime(i64::from(n) * 37 % 100), Lane::World, Cause::Origin, due(n));
    }
    for n in 100..dues {
        let Some((at, cause, Due::LookAt(place))) = agenda.take(ExerciseTime(i64::MAX)) else { break };
        work[place.index()] += at.0;
        agenda.enter(ExerciseTime(at.0 + i64::from(n * 31 % 977)), Lane::World, cause, due(n));
    }
    black_box(work.iter().sum())
}

/// The median of as many runs as fit into a second, at least five and at most two hundred.
fn line<T>(what: &str, budget: &str, mut run: impl FnMut() -> T) -> Duration {
    let mut times = Vec::new();
    let begun = Instant::now();
    black_box(run());
    while times.len() < 5 || (times.len() < 200 && begun.elapsed() < Duration::from_secs(1)) {
        let begin = Instant::now();
        black_box(run());
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    let median = times[times.len() / 2];
    println!("{what:<58} {:>12} {budget:>12}", show(median));
    median
}

fn show(time: Duration) -> String {
    match time.as_nanos() {
        nanos @ 0..10_000 => format!("{nanos} ns"),
        nanos @ 10_000..10_000_000 => format!("{} us", nanos / 1000),
        nanos => format!("{} ms", nanos / 1_000_000),
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_nanos() as f64 / other.as_nanos().max(1) as f64
}
