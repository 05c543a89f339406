//! The bands: what each policy's mean score has to be, over many seeds, for a rubric to be worth trusting.
//!
//! In the ordinary tests a few seeds are played. `HOTWASH_BAND_SEEDS=200` plays them all, as `.ci/run` does in a step of its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use hotwash::assessment::assess;
use hotwash::policy::{Driver, Kind};
use hotwash::scenario::program::Program;
use hotwash::vocabulary::condition::Watch;

use crate::fixture;

/// What one run came to.
struct Run {
    score: f64,
    harm: f64,
    ending: String,
}

fn play(program: &Arc<Program>, seed: u64, kind: Kind) -> Run {
    let mut driver = Driver::new(program.clone(), seed, kind);
    driver.run_to_end().expect("no circle");
    let ledger = driver.exercise().ledger();
    let watch = Watch::fold(&program.conditions, ledger, program.public.endex);
    let assessment = assess(program, ledger, &watch);
    let tenths = assessment.score_tenths.unwrap_or_else(|| panic!("{} at seed {seed} is evaluated on too few points", kind.name()));
    let outcome = &assessment.outcome;
    let records: u64 = program.public.data.iter().map(|data| u64::from(data.records)).sum();
    // Three kinds of harm, each as a share of about the most there can be.
    let hours = program.public.endex.0 as f64 / 60.0 * program.public.services.len() as f64;
    let harm = outcome.assets_compromised as f64 / program.public.assets.len() as f64
        + outcome.records_exposed as f64 / records.max(1) as f64
        + outcome.outage_service_minutes as f64 / hours;
    Run { score: f64::from(tenths) / 10.0, harm, ending: format!("{:?}", assessment.ending) }
}

/// All runs of a policy, on two threads; the order of the results is that of the seeds.
fn runs(program: &Arc<Program>, kind: Kind, seeds: u64) -> Vec<Run> {
    std::thread::scope(|scope| {
        let halves: Vec<_> = (0..2)
            .map(|half| scope.spawn(move || (0..seeds).filter(|seed| seed % 2 == half).map(|seed| play(program, seed + 1, kind)).collect::<Vec<_>>()))
            .collect();
        halves.into_iter().flat_map(|half| half.join().expect("no panic")).collect()
    })
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count() as f64
}

/// Pearson's coefficient.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (x, y) = (mean(pairs.iter().map(|pair| pair.0)), mean(pairs.iter().map(|pair| pair.1)));
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    sum(&|pair| (pair.0 - x) * (pair.1 - y)) / (sum(&|pair| (pair.0 - x).powi(2)) * sum(&|pair| (pair.1 - y).powi(2))).sqrt()
}

fn hold(name: &str, program: &Arc<Program>, endings_at_least: usize) {
    let wanted: u64 = std::env::var("HOTWASH_BAND_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(6);
    let bands = [("idle", 0.0, 20.0), ("reactive", 30.0, 65.0), ("reference", 80.0, 100.0), ("everything", 0.0, 65.0), ("random", 0.0, 65.0)];
    let (mut pairs, mut endings, mut misses) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (policy, low, high) in bands {
        let runs = runs(program, Kind::named(policy).expect("a policy"), wanted);
        let score = mean(runs.iter().map(|run| run.score));
        println!("{name}, {wanted} seeds: {policy} {score:.1} (harm {:.2})", mean(runs.iter().map(|run| run.harm)));
        // The mean of a few runs may lie a little outside of what the mean of two hundred must not.
        let slack = if wanted < 50 { 5.0 } else { 0.0 };
        if !(low - slack..=high + slack).contains(&score) {
            misses.push(format!("{policy} scores {score:.1}, outside {low} to {high}"));
        }
        pairs.extend(runs.iter().map(|run| (run.score, run.harm)));
        endings.extend(runs.into_iter().map(|run| run.ending));
    }
    let correlation = correlation(&pairs);
    println!("{name}: score and harm correlate at {correlation:.2}; endings: {endings:?}");
    assert!(misses.is_empty(), "{name}: {misses:?}");
    assert!(correlation < 0.0, "{name}: more harm must not mean more points ({correlation:.2})");
    assert!(endings.len() >= endings_at_least, "{name}: only {endings:?}");
}

#[test]
fn the_shipped_hospital_holds_its_bands() {
    // Over 200 seeds there are at least five endings; over a few, not every one need come.
    let few = std::env::var("HOTWASH_BAND_SEEDS").is_err();
    hold("long-weekend", &fixture::hospital(), if few { 3 } else { 5 });
}

/// A scenario that was written from the documentation alone, after the rules of `reference` were frozen.
#[test]
fn a_scenario_that_no_policy_was_made_for_holds_them_as_well() {
    let (sheet, files) = fixture::sheet("tests/scenarios/borrowed-badge");
    hold("borrowed-badge", &fixture::compiled(&sheet, &files), 2);
}
