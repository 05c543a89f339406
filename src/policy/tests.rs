//! The driver: same seed, same hash; forks; one order a call, after what it answers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::ids::DenseId;
use crate::scenario::program::Program;
use crate::scenario::{compile, load, source::Opening};

/// The first scenario that is shipped, whichever that is.
pub(super) fn hospital() -> Arc<Program> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let folder = std::fs::read_dir(shipped).unwrap().map(|entry| entry.unwrap().path()).min().unwrap();
    let loaded = load::load(&Opening::find(folder.to_str().unwrap()).unwrap());
    let files: BTreeMap<String, String> = loaded.sources.files().iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    Arc::new(compile::compile(&loaded.sheet, &Default::default(), &files, "test").unwrap())
}

fn played(program: &Arc<Program>, seed: u64, kind: Kind) -> Driver {
    let mut driver = Driver::new(program.clone(), seed, kind);
    driver.run_to_end().unwrap();
    driver
}

#[test]
fn names_are_unique_and_read_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(kind));
    }
}

#[test]
fn the_same_seed_gives_the_same_exercise_and_another_seed_another() {
    let program = hospital();
    for kind in Kind::ALL {
        let (first, second, other) = (played(&program, 5, kind), played(&program, 5, kind), played(&program, 6, kind));
        assert_eq!(first.exercise().hash(), second.exercise().hash(), "{}", kind.name());
        assert_ne!(first.exercise().hash(), other.exercise().hash(), "{}", kind.name());
        assert!(first.exercise().finished());
        let mut reused = other;
        reused.restart(program.clone(), 5, &vec![kind; program.public.roles.len()]);
        reused.run_to_end().unwrap();
        assert_eq!(first.exercise().hash(), reused.exercise().hash(), "{} in a world used before", kind.name());
    }
}

#[test]
fn stopping_on_the_way_changes_nothing() {
    let program = hospital();
    let straight = played(&program, 3, Kind::Reactive);
    let mut halting = Driver::new(program.clone(), 3, Kind::Reactive);
    for hour in 0..63 {
        halting.advance(ExerciseTime(hour * 3600 + 7)).unwrap();
    }
    halting.run_to_end().unwrap();
    assert_eq!(straight.exercise().hash(), halting.exercise().hash());
}

#[test]
fn a_fork_goes_on_as_the_straight_run_did() {
    let program = hospital();
    for kind in [Kind::Reactive, Kind::Reference(reference::Style::ContainFirst), Kind::Random] {
        let straight = played(&program, 9, kind);
        let mut driver = Driver::new(program.clone(), 9, kind);
        driver.advance(ExerciseTime(9 * 3600)).unwrap();
        let fork = driver.snapshot();
        driver.run_to_end().unwrap();
        let hash = driver.exercise().hash();
        driver.restore(&fork);
        assert_eq!(driver.exercise().now(), ExerciseTime(9 * 3600));
        driver.run_to_end().unwrap();
        assert_eq!(driver.exercise().hash(), hash, "{}", kind.name());
        assert_eq!(straight.exercise().hash(), hash, "{}", kind.name());
        assert!(straight.issued().iter().eq(driver.issued().iter()), "{}", kind.name());
    }
}

#[test]
fn orders_alone_reproduce_the_run() {
    let program = hospital();
    for kind in Kind::ALL {
        let driver = played(&program, 2, kind);
        let mut again = crate::exercise::Exercise::new(program.clone(), 2);
        for issued in driver.issued().iter() {
            assert_eq!(again.issue(issued.at, issued.role, issued.order).unwrap(), issued.receipt);
        }
        again.advance(program.public.endex).unwrap();
        assert_eq!(again.hash(), driver.exercise().hash(), "{}", kind.name());
    }
}

#[test]
fn a_report_on_the_whole_incident_is_not_sent_while_it_goes_on() {
    let program = hospital();
    let follows = |rule: crate::ids::RuleId| program.public.rules[rule.index()].after.is_some();
    let (mut first_reports, mut running) = (0, 0);
    for seed in 1..4 {
        let driver = played(&program, seed, Kind::Reference(reference::Style::ContainFirst));
        for issued in driver.issued().iter() {
            if let crate::vocabulary::Command::Compliance(crate::vocabulary::compliance::Command::Notify { rule }) = issued.order.command {
                assert!(!follows(rule), "`{}` went out at {}", program.public.rules[rule.index()].id, issued.at);
                first_reports += 1;
            }
        }
        // Its clock does run, so that it could have been sent.
        let facts = driver.exercise().ledger().iter();
        running += facts.filter(|fact| matches!(fact.fact, crate::vocabulary::Fact::Compliance(crate::vocabulary::compliance::Fact::ClockStarted { rule, .. }) if follows(rule))).count();
    }
    assert!(first_reports >= 3 && running >= 1, "{first_reports} first reports, {running} clocks of later ones");
}

#[test]
fn nobody_gives_two_orders_in_one_second() {
    let program = hospital();
    for kind in Kind::ALL {
        let driver = played(&program, 4, kind);
        let mut last = vec![ExerciseTime(0); program.public.roles.len()];
        for issued in driver.issued().iter() {
            assert!(issued.at > last[issued.role.index()], "{}: {} twice at {}", kind.name(), issued.role.0, issued.at);
            last[issued.role.index()] = issued.at;
        }
    }
}

/// Notes when it is called and what about, and gives an order each time.
#[derive(Clone, Debug, Default)]
pub struct Probe {
    after: Span,
    calls: Vec<(ExerciseTime, Option<ExerciseTime>, bool)>,
}

impl Policy for Probe {
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake {
        let oldest = news.iter().find(|heard| Kinds::INJECTS.has(&heard.observation)).map(|heard| heard.at);
        let offered = crate::exercise::quote::offers(view).next();
        let gave = offered.is_some_and(|order| orders.give(order));
        let second = offered.is_some_and(|order| orders.give(order));
        self.calls.push((view.now, oldest, gave && second));
        Wake::on(Kinds::INJECTS, self.after)
    }
}

#[test]
fn a_policy_is_called_only_after_its_news_and_gives_one_order_a_call() {
    let program = hospital();
    for after in [Span(0), Span(1), Span::minutes(7)] {
        let mut driver = Driver::new(program.clone(), 1, Kind::Idle);
        let role = RoleId::at(0);
        driver.seat(role, Player::Probe(Probe { after, ..Probe::default() }));
        driver.run_to_end().unwrap();
        let calls = driver.played_by(role, |player| match player {
            Player::Probe(probe) => probe.calls.clone(),
            _ => Vec::new(),
        });
        assert!(calls.len() > 3, "{} calls", calls.len());
        for (at, news, twice) in &calls[1..] {
            let late = *at - news.expect("called without news");
            assert_eq!(late, Span(after.0.max(1)));
            assert!(!twice, "a second order in one call was taken");
        }
        assert!(driver.issued().len() <= calls.len());
    }
}
