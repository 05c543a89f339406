//! Simulated colleagues: what a person among them is worth. An idle one must not be carried by them, and a careful one must be able to win with them.
//!
//! In the ordinary tests a few seeds are played; `HOTWASH_BAND_SEEDS=40` gives the figures that the crate documentation names.

use std::sync::Arc;

use hotwash::assessment::assess;
use hotwash::ids::{DenseId, RoleId, RoleSet};
use hotwash::policy::{Driver, Kind};
use hotwash::scenario::program::Program;
use hotwash::scenario::written::RoleKind;
use hotwash::session::{Mode, Seated, Session};
use hotwash::vocabulary::condition::Watch;

use crate::binary::Folder;
use crate::fixture;

fn play(program: &Arc<Program>, seed: u64, kinds: &[Kind]) -> f64 {
    let mut driver = Driver::with_seats(program.clone(), seed, kinds);
    driver.run_to_end().expect("no circle");
    let ledger = driver.exercise().ledger();
    let watch = Watch::fold(&program.conditions, ledger, program.public.endex);
    let assessment = assess(program, ledger, &watch);
    assessment.score_tenths.map_or(0.0, |tenths| f64::from(tenths) / 10.0)
}

/// Mean scores over seeds, on two threads.
fn mean(program: &Arc<Program>, seeds: u64, kinds: &[Kind]) -> f64 {
    let sum: f64 = std::thread::scope(|scope| {
        let halves: Vec<_> = (0..2)
            .map(|half| {
                scope.spawn(move || (0..seeds).filter(|seed| seed % 2 == half).map(|seed| play(program, seed + 1, kinds)).collect::<Vec<_>>())
            })
            .collect();
        halves.into_iter().flat_map(|half| half.join().expect("no panic")).sum()
    });
    sum / seeds as f64
}

fn lead(program: &Program) -> usize {
    program.public.roles.iter().position(|role| role.kind == RoleKind::IncidentManager).expect("somebody leads")
}

fn with(program: &Program, person: &str, others: &str) -> Vec<Kind> {
    let kind = |name: &str| Kind::named(name).expect("a policy");
    let lead = lead(program);
    (0..program.public.roles.len()).map(|place| if place == lead { kind(person) } else { kind(others) }).collect()
}

fn hold(name: &str, program: &Arc<Program>) {
    let seeds: u64 = std::env::var("HOTWASH_BAND_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(6);
    let score = |person: &str, others: &str| {
        let score = mean(program, seeds, &with(program, person, others));
        println!("{name}, {seeds} seeds: {person} leads among {others}: {score:.1}");
        score
    };
    let idle = score("idle", "colleague-ordinary");
    let careful = score("reference", "colleague-ordinary");
    let all_ordinary = score("colleague-ordinary", "colleague-ordinary");
    let (steady, green) = (score("reference", "colleague-steady"), score("reference", "colleague-green"));
    assert!(careful >= idle + 10.0, "{name}: it has to matter what the person does: {careful:.1} against {idle:.1}");
    assert!(idle <= 60.0, "{name}: colleagues must not play the exercise for an idle person: {idle:.1}");
    assert!(careful >= 55.0, "{name}: a careful person among ordinary colleagues has to be able to do well: {careful:.1}");
    assert!(all_ordinary < careful, "{name}: one careful person makes a difference: {all_ordinary:.1} against {careful:.1}");
    assert!(steady > green, "{name}: skill counts: {steady:.1} against {green:.1}");
}

#[test]
fn in_the_hospital_it_matters_what_the_person_among_them_does() {
    hold("long-weekend", &fixture::hospital());
}

#[test]
fn and_in_a_second_scenario() {
    let (sheet, files) = fixture::sheet("tests/scenarios/borrowed-badge");
    hold("borrowed-badge", &fixture::compiled(&sheet, &files));
}

#[test]
fn every_manner_plays_to_the_end_the_same_way_twice_and_unlike_the_others() {
    let program = fixture::hospital();
    let mut hashes = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| kind.name().starts_with("colleague-")) {
        let hash = |()| {
            let mut driver = Driver::new(program.clone(), 3, kind);
            driver.run_to_end().expect("no circle");
            driver.exercise().hash()
        };
        let first = hash(());
        assert_eq!(first, hash(()), "{}", kind.name());
        assert!(!hashes.contains(&first), "{} plays as another does", kind.name());
        hashes.push(first);
    }
    assert_eq!(hashes.len(), 6);
}

#[test]
fn they_sit_in_the_seats_that_people_leave_empty() {
    let program = fixture::hospital();
    let person = RoleId::at(0);
    for mode in [Mode::Solo, Mode::Clocked] {
        let seats = Session::usual_seats(&program, mode, RoleSet::one(person));
        assert_eq!(seats[0], Seated::Person);
        assert!(seats[1..].iter().all(|seat| *seat == Seated::Policy(Kind::COLLEAGUE)));
    }
    assert!(Session::usual_seats(&program, Mode::Discussion, RoleSet::NONE).iter().all(|seat| *seat == Seated::Policy(Kind::Directed)));
}

#[test]
fn a_seat_is_given_to_one_by_name() {
    let folder = Folder::new();
    let journal = folder.path("colleague.jsonl");
    let journal = journal.to_str().expect("a path");
    folder
        .hotwash(["run", "long-weekend", "--seat", "responder=colleague-green", "--journal", journal, "--debrief", "colleague.html", "--quiet"])
        .exits(0);
    let page = std::fs::read_to_string(folder.path("colleague.html")).expect("a debrief");
    assert!(page.contains("a simulated colleague (`colleague-green`)"));
    folder.hotwash(["replay", journal, "--quiet"]).exits(0);
    let wrong = folder.hotwash(["run", "long-weekend", "--seat", "responder=colleague-grene"]);
    assert!(wrong.exits(2).err.contains("did you mean `colleague-green`"));
}
