//! Nobody is told the truth: what nothing can observe changes no view, and what differs in a view can be traced to something that differed.

use proptest::prelude::*;

use hotwash::exercise::knowledge::{Heard, View};
use hotwash::exercise::{Exercise, Receipt, quote};
use hotwash::ids::RoleId;
use hotwash::ids::{AssetSet, DenseId, StaffId, StageId};
use hotwash::scenario::program::{Act, NotBefore, Past, Program, Stage};
use hotwash::time::{ExerciseTime, Span};
use hotwash::vocabulary::ledger::{Cause, Happened};
use hotwash::vocabulary::{Fact, Order, adversary};

use crate::fixture;

/// Everything a role can see at one moment.
#[derive(PartialEq, Debug)]
struct Seen {
    news: Vec<Heard>,
    knowledge: String,
    offers: Vec<Order>,
    quotes: Vec<String>,
}

/// A leak, planted on purpose: the test must find it.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Leak {
    None,
    /// A quote takes longer where the adversary is.
    Quote,
    /// A refusal comes only where the adversary is.
    Refusal,
    /// A role is woken when something happens that nobody tells it.
    Wake,
}

/// What a leak would give away: how many machines are held in truth.
fn truth(exercise: &Exercise) -> usize {
    exercise
        .ledger()
        .iter()
        .filter(|happened| matches!(happened.fact, Fact::Adversary(hotwash::vocabulary::adversary::Fact::Compromised { .. })))
        .count()
}

/// Who is at the role's own work, and how tired everybody is.
fn people(view: &View<'_>) -> String {
    let work: Vec<_> = view.knowledge.tasks.iter().map(|task| view.working_on(task.task)).collect();
    let strain: Vec<_> = (0..view.public.staff.len()).map(|staff| view.strain(StaffId::at(staff))).collect();
    format!("{work:?} {strain:?}")
}

fn seen(exercise: &Exercise, role: RoleId, leak: Leak) -> Seen {
    let view = exercise.view(role);
    let offers: Vec<Order> = quote::offers(&view).collect();
    let mut quotes: Vec<String> = offers.iter().map(|order| format!("{:?}", quote::quote(&view, order))).collect();
    if leak == Leak::Quote {
        quotes.push(format!("takes {} minutes", 10 + truth(exercise)));
    }
    let mut news: Vec<Heard> = view.knowledge.news.iter().copied().collect();
    if leak == Leak::Wake
        && let Some(last) = news.last().copied()
    {
        news.extend(std::iter::repeat_n(last, truth(exercise)));
    }
    Seen {
        news,
        knowledge: format!("{:?}", (&view.knowledge.assets, &view.knowledge.alerts, &view.knowledge.claims, &view.knowledge.services, people(&view))),
        offers,
        quotes,
    }
}

/// A step of play: after so many minutes, a role orders one of what is on offer to it.
type Step = (u8, u8, u16);

/// Plays the same steps in two programs and compares what every role sees, after every step and at ENDEX.
fn compare(one: &Program, other: &Program, seed: u64, steps: &[Step], leak: Leak) -> Result<(), String> {
    let mut one = Exercise::new(one.clone().into(), seed);
    let mut other = Exercise::new(other.clone().into(), seed);
    let roles = one.program().public.roles.len() as u16;
    let endex = one.program().public.endex;
    let check = |one: &Exercise, other: &Exercise| {
        for role in (0..roles).map(RoleId) {
            let (here, there) = (seen(one, role, leak), seen(other, role, leak));
            if here != there {
                return Err(format!("role {} sees something else at {}", role.0, one.now()));
            }
        }
        Ok(())
    };
    for (minutes, role, choice) in steps {
        let at = (one.now() + Span::minutes(i64::from(*minutes))).min(endex);
        one.advance(at).map_err(|fault| fault.to_string())?;
        other.advance(at).map_err(|fault| fault.to_string())?;
        check(&one, &other)?;
        let role = RoleId(u16::from(*role) % roles);
        let offers: Vec<Order> = quote::offers(&one.view(role)).collect();
        let Some(order) = offers.get(usize::from(*choice) % offers.len().max(1)).copied() else { continue };
        let receipts =
            (one.issue(at, role, order).map_err(|fault| fault.to_string())?, other.issue(at, role, order).map_err(|fault| fault.to_string())?);
        let refused_there = leak == Leak::Refusal && truth(&one) != truth(&other);
        if receipts.0 != receipts.1 || (refused_there && matches!(receipts.1, Receipt::Accepted(_))) {
            return Err(format!("an order is answered differently at {at}"));
        }
    }
    one.advance(endex).map_err(|fault| fault.to_string())?;
    other.advance(endex).map_err(|fault| fault.to_string())?;
    check(&one, &other)
}

/// Whether an exercise with these steps ends with, or ever has, the adversary thrown out. One who holds a hidden machine is not thrown out where it
/// would have been, and so acts otherwise, where everybody can see it: that is an effect and no leak, and such a run proves nothing either way.
fn thrown_out(program: &Program, seed: u64, steps: &[Step]) -> bool {
    let mut exercise = Exercise::new(program.clone().into(), seed);
    let (roles, endex) = (exercise.program().public.roles.len() as u16, exercise.program().public.endex);
    for (minutes, role, choice) in steps {
        let at = (exercise.now() + Span::minutes(i64::from(*minutes))).min(endex);
        exercise.advance(at).expect("no circle");
        let role = RoleId(u16::from(*role) % roles);
        let offers: Vec<Order> = quote::offers(&exercise.view(role)).collect();
        if let Some(order) = offers.get(usize::from(*choice) % offers.len().max(1)) {
            exercise.issue(at, role, *order).expect("no circle");
        }
    }
    exercise.advance(endex).expect("no circle");
    exercise.ledger().iter().any(|happened| matches!(happened.fact, Fact::Adversary(adversary::Fact::Evicted {})))
}

/// The hidden changes: each is something that no sensor covers, no role knows of and no order reaches.
fn perturbed(which: u8) -> Program {
    let mut program = (*fixture::two_sites()).clone();
    let attic = |program: &Program| -> AssetSet {
        let place = |asset: &hotwash::scenario::program::Asset| asset.id.starts_with("old-box");
        program.public.assets.iter().enumerate().filter(|(_, asset)| place(asset)).map(|(place, _)| DenseId::at(place)).collect()
    };
    // Nobody may look where nobody is meant to be able to: orders name groups and machines, and these are neither known nor on offer.
    match which % 3 {
        // A foothold where no sensor is and nobody looks.
        0 => add_past(&mut program, |program| Act::Run { on: attic(program) }, ExerciseTime(-90_000)),
        // Evidence stored there, of a way back in.
        1 => add_past(&mut program, |program| Act::Persist { on: Some(attic(program)) }, ExerciseTime(-80_000)),
        // What the adversary would choose after ENDEX: a stage that can begin only in the last second.
        _ => {
            program = unperturbed(which);
            encrypt(&mut program).takes = (Span(7), Span(9));
        }
    }
    program
}

/// The program against which a hidden change is compared.
fn unperturbed(which: u8) -> Program {
    let mut program = (*fixture::two_sites()).clone();
    if which % 3 == 2 {
        let endex = program.public.endex;
        program.secret.hurry = None;
        encrypt(&mut program).not_before = Some(NotBefore::Moment(endex));
    }
    program
}

fn encrypt(program: &mut Program) -> &mut Stage {
    program.secret.stages.iter_mut().find(|stage| stage.id == "encrypt").expect("it has such a stage")
}

fn add_past(program: &mut Program, act: impl Fn(&Program) -> Act, at: ExerciseTime) {
    let stage = Stage {
        id: "hidden".to_owned(),
        technique: program.secret.stages[0].technique,
        text: String::new(),
        takes: (Span(1), Span(1)),
        needs: Vec::new(),
        act: act(program),
        repeats: false,
        goal: false,
        not_before: None,
        waits_for: Vec::new(),
        is_past: true,
    };
    program.secret.stages.push(stage);
    program.secret.past.push(Past { stage: StageId::at(program.secret.stages.len() - 1), at });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_nothing_can_observe_changes_no_view(which in 0_u8..3, seed in 0_u64..1000, steps in proptest::collection::vec((1_u8..60, any::<u8>(), any::<u16>()), 1..24)) {
        prop_assume!(which == 2 || !thrown_out(&unperturbed(which), seed, &steps));
        let result = compare(&unperturbed(which), &perturbed(which), seed, &steps, Leak::None);
        prop_assert!(result.is_ok(), "{which}: {}", result.unwrap_err());
    }
}

/// The facilitator's text is the facilitator's: with every word of it gone, every role sees, is offered and is quoted the same.
#[test]
fn nothing_anybody_sees_depends_on_the_facilitators_script() {
    let with = (*fixture::two_sites()).clone();
    let without = Program { script: Default::default(), ..with.clone() };
    assert!(with.script != without.script, "there is a script to lose");
    let steps: Vec<Step> = (0..12).map(|n| (20 + n, n * 3, u16::from(n) * 97)).collect();
    for seed in 0..4 {
        assert_eq!(compare(&with, &without, seed, &steps, Leak::None), Ok(()));
    }
}

#[test]
fn leaks_planted_on_purpose_are_found() {
    let steps: Vec<Step> = (0..12).map(|n| (20 + n, n * 3, u16::from(n) * 97)).collect();
    for leak in [Leak::Quote, Leak::Refusal, Leak::Wake] {
        assert!(compare(&unperturbed(0), &perturbed(0), 4, &steps, leak).is_err(), "{leak:?} goes unnoticed");
    }
    assert_eq!(compare(&unperturbed(0), &perturbed(0), 4, &steps, Leak::None), Ok(()));
}

/// A fact without its place and causes: what can be looked for in another run.
fn body(happened: &Happened) -> (i64, u16, String) {
    (happened.at.0, happened.roles.0, format!("{:?}", happened.fact))
}

#[test]
fn every_first_difference_in_what_is_told_leads_back_to_a_fact_that_differs() {
    let plain = (*fixture::two_sites()).clone();
    let mut visible = plain.clone();
    let office: AssetSet = plain
        .public
        .assets
        .iter()
        .enumerate()
        .filter(|(_, asset)| asset.id.starts_with("office-desks"))
        .map(|(place, _)| DenseId::at(place))
        .collect();
    add_past(&mut visible, |_| Act::Run { on: office.clone() }, ExerciseTime(-3600));
    for seed in 0..20 {
        let run = |program: &Program| {
            let mut exercise = Exercise::new(program.clone().into(), seed);
            exercise.advance(program.public.endex).expect("no circle");
            exercise.ledger().iter().copied().collect::<Vec<Happened>>()
        };
        let (one, other) = (run(&plain), run(&visible));
        let known: std::collections::BTreeSet<_> = one.iter().map(body).collect();
        for role in fixture::roles(&plain) {
            let told = |ledger: &[Happened]| ledger.iter().filter(|happened| happened.roles.has(role)).copied().collect::<Vec<_>>();
            let (here, there) = (told(&one), told(&other));
            let Some(first) = there.iter().find(|happened| !here.iter().any(|known| body(known) == body(happened))) else { continue };
            let mut at = *first;
            let mut leads_to_a_difference = false;
            while let Cause::Fact(cause) = at.cause {
                at = other[cause as usize];
                leads_to_a_difference |= at.roles.is_empty() && !known.contains(&body(&at));
            }
            assert!(leads_to_a_difference, "seed {seed}: role {} is told something new out of nothing: {first:?}", role.0);
        }
    }
}
