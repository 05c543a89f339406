//! Same scenario, seed and commands: same facts, whatever the world was used for before and on whatever thread.

use hotwash::exercise::{Exercise, quote};
use hotwash::ids::RoleId;
use hotwash::time::{ExerciseTime, Span};
use hotwash::vocabulary::Order;

use crate::fixture;

/// Plays with an order every twenty minutes, chosen by a fixed walk over what is on offer.
pub fn play(exercise: &mut Exercise, until: ExerciseTime, walk: usize) {
    let roles = exercise.program().public.roles.len() as u16;
    let mut n = walk;
    while exercise.now() < until && !exercise.finished() {
        let at = exercise.now() + Span::minutes(20);
        exercise.advance(at).expect("no circle");
        let role = RoleId((n % usize::from(roles)) as u16);
        if let Some(order) = nth_offer(exercise, role, n * 31) {
            exercise.issue(at, role, order).expect("no circle");
        }
        n += 7;
    }
}

fn nth_offer(exercise: &Exercise, role: RoleId, n: usize) -> Option<Order> {
    let view = exercise.view(role);
    let offers: Vec<Order> = quote::offers(&view).collect();
    offers.get(n % offers.len().max(1)).copied()
}

#[test]
fn the_same_seed_gives_the_same_hash_in_a_fresh_and_in_a_reused_world() {
    for program in [fixture::two_sites(), fixture::hospital()] {
        let endex = program.public.endex;
        let mut fresh = Exercise::new(program.clone(), 11);
        play(&mut fresh, endex, 3);
        let mut reused = Exercise::new(fixture::hospital(), 5);
        play(&mut reused, ExerciseTime(9 * 3600), 1);
        reused.restart(program.clone(), 11);
        play(&mut reused, endex, 3);
        assert_eq!(fresh.hash(), reused.hash());
        let mut other = Exercise::new(program, 12);
        play(&mut other, endex, 3);
        assert_ne!(fresh.hash(), other.hash(), "another seed changes something");
    }
}

#[test]
fn threads_do_not_matter() {
    let program = fixture::two_sites();
    let run = |seed: u64| {
        let mut exercise = Exercise::new(program.clone(), seed);
        play(&mut exercise, program.public.endex, seed as usize);
        exercise.hash()
    };
    let alone: Vec<String> = (0..8).map(run).collect();
    let together: Vec<String> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..8).map(|seed| scope.spawn(move || run(seed))).collect();
        handles.into_iter().map(|handle| handle.join().expect("no panic")).collect()
    });
    assert_eq!(alone, together);
}

#[test]
fn a_fork_goes_on_as_the_original_does_and_leaves_it_alone() {
    let program = fixture::two_sites();
    let middle = ExerciseTime(4 * 3600);
    let mut straight = Exercise::new(program.clone(), 21);
    play(&mut straight, middle, 2);
    let snapshot = straight.snapshot();
    play(&mut straight, program.public.endex, 9);

    let mut fork = Exercise::new(program.clone(), 1);
    fork.restore(&snapshot);
    play(&mut fork, program.public.endex, 9);
    assert_eq!(straight.hash(), fork.hash());

    let mut otherwise = Exercise::new(program.clone(), 1);
    otherwise.restore(&snapshot);
    play(&mut otherwise, program.public.endex, 4);
    assert_ne!(straight.hash(), otherwise.hash());
    fork.restore(&snapshot);
    play(&mut fork, program.public.endex, 9);
    assert_eq!(straight.hash(), fork.hash(), "a fork of the fork's snapshot is not touched by its sibling");
}

#[test]
fn stopping_on_the_way_changes_nothing() {
    let program = fixture::hospital();
    let mut straight = Exercise::new(program.clone(), 8);
    straight.advance(program.public.endex).expect("no circle");
    let mut often = Exercise::new(program.clone(), 8);
    while !often.finished() {
        let next = often.now() + Span(601);
        often.advance(next.min(program.public.endex)).expect("no circle");
    }
    assert_eq!(straight.hash(), often.hash());
}

/// A case is a frozen scenario, the rules' number, a seed and a walk. Where the rules change, their number rises and a line is added; an existing
/// line never changes, which `.ci/run` holds against the history of this file.
#[test]
fn golden_runs_give_their_hashes() {
    let golden = include_str!("../golden/hashes.csv");
    let (mut checked, mut different) = (0, Vec::new());
    for line in golden.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [rules, case, seed, walk, hash] = fields[..] else { panic!("`{line}` does not have five fields") };
        if rules != hotwash::exercise::RULES.to_string() {
            continue;
        }
        assert_eq!(case, "two-sites");
        let program = fixture::two_sites();
        let mut exercise = Exercise::new(program.clone(), seed.parse().expect("a seed"));
        play(&mut exercise, program.public.endex, walk.parse().expect("a walk"));
        if exercise.hash() != hash {
            different.push(format!("{rules},{case},{seed},{walk},{}", exercise.hash()));
        }
        checked += 1;
    }
    assert!(different.is_empty(), "if the rules have changed on purpose, raise RULES and add lines; now:\n{}", different.join("\n"));
    assert!(checked >= 4, "there are golden runs of the present rules");
}

#[test]
fn facts_have_causes_that_lead_back_to_an_order_or_to_the_beginning() {
    use hotwash::vocabulary::ledger::Cause;
    let program = fixture::hospital();
    let mut exercise = Exercise::new(program.clone(), 3);
    play(&mut exercise, program.public.endex, 5);
    let facts: Vec<_> = exercise.ledger().iter().copied().collect();
    for fact in &facts {
        let mut at = *fact;
        let mut steps = 0;
        while let Cause::Fact(cause) = at.cause {
            assert!(cause < at.seq);
            at = facts[cause as usize];
            steps += 1;
        }
        assert!(steps <= facts.len());
    }
    let mut alert_keys: Vec<_> = facts
        .iter()
        .filter_map(|happened| match happened.fact {
            hotwash::vocabulary::Fact::Detection(hotwash::vocabulary::detection::Fact::AlertRaised { alert, .. }) => Some(alert),
            _ => None,
        })
        .collect();
    let all = alert_keys.len();
    alert_keys.sort_unstable();
    alert_keys.dedup();
    assert_eq!(all, alert_keys.len(), "every alert has a key of its own");
}

#[test]
fn the_first_differing_draw_of_two_seeds_is_named_with_its_purpose() {
    use hotwash::chance::Chance;
    let program = fixture::two_sites();
    let record = |seed: u64| {
        let mut chance = Chance::new(seed);
        chance.start_recording();
        let mut exercise = Exercise::with_chance(program.clone(), chance);
        exercise.advance(program.public.endex).expect("no circle");
        exercise.chance().record().to_vec()
    };
    let (one, other) = (record(1), record(2));
    let first = hotwash::chance::first_difference(&one, &other).expect("they differ");
    assert!(first.to_string().contains("purpose"), "{first}");
    assert!(hotwash::chance::first_difference(&one, &record(1)).is_none());
}
