//! No domain is an ornament: leave the handlers of any one of them out, and a promise breaks that is kept in another room.

use std::collections::BTreeSet;
use std::sync::Arc;

use hotwash::assessment::{Assessment, assess};
use hotwash::exercise::Exercise;
use hotwash::exercise::ablation::Domain;
use hotwash::policy::{Driver, Kind};
use hotwash::scenario::program::Program;
use hotwash::scenario::written::Capability;
use hotwash::vocabulary::ledger::Ledger;
use hotwash::vocabulary::{
    Fact, Observation, adversary, communication, compliance, continuity, detection, documentation, estate, incident_command, investigation, team,
};

use crate::fixture;

/// What nobody doing anything leads to, and what a careful team does of it.
struct Runs {
    idle: Driver,
    reference: Driver,
    assessed: Assessment,
}

impl Runs {
    fn of(program: &Arc<Program>, left_out: Option<Domain>) -> Runs {
        let play = |policy: &str| {
            let exercise = match left_out {
                Some(domain) => Exercise::without(program.clone(), 1, domain),
                None => Exercise::new(program.clone(), 1),
            };
            let kind = Kind::named(policy).expect("a policy");
            let mut driver = Driver::of(exercise, &vec![kind; program.public.roles.len()]);
            driver.run_to_end().expect("no circle");
            driver
        };
        let (idle, reference) = (play("idle"), play("reference"));
        let assessed = assess(program, reference.exercise().ledger(), reference.exercise().watch());
        Runs { idle, reference, assessed }
    }
}

fn any(driver: &Driver, is: impl Fn(&Fact) -> bool) -> bool {
    let ledger: &Ledger = driver.exercise().ledger();
    ledger.iter().any(|happened| happened.at.0 >= 0 && is(&happened.fact))
}

/// A promise: the room it is kept in (none: the assessment), what it says, and whether it holds.
type Promise = (Option<Domain>, &'static str, fn(&Runs) -> bool);

const PROMISES: [Promise; 17] = [
    (Some(Domain::Adversary), "a machine falls if nobody acts", |runs| {
        any(&runs.idle, |fact| matches!(fact, Fact::Adversary(adversary::Fact::Compromised { .. })))
    }),
    (Some(Domain::Adversary), "a careful team takes footholds away", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Adversary(adversary::Fact::FootholdLost { .. })))
    }),
    (Some(Domain::Estate), "machines are encrypted if nobody acts", |runs| {
        any(&runs.idle, |fact| matches!(fact, Fact::Estate(estate::Fact::Encrypted { .. })))
    }),
    (Some(Domain::Estate), "a careful team isolates", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Estate(estate::Fact::Isolated { .. } | estate::Fact::SegmentCut { .. })))
    }),
    (Some(Domain::Continuity), "a service goes down with its machines if nobody acts", |runs| {
        any(&runs.idle, |fact| matches!(fact, Fact::Continuity(continuity::Fact::ServiceLevel { percent: 0, .. })))
    }),
    (Some(Domain::Continuity), "a careful team falls back on a workaround", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Continuity(continuity::Fact::WorkaroundStarted { .. })))
    }),
    (Some(Domain::Detection), "a careful team finds a real alert among the noise", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Detection(detection::Fact::Judged { real: true, .. })))
    }),
    (Some(Domain::Investigation), "a careful team finds what the adversary left", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Investigation(investigation::Fact::Found { .. })))
    }),
    (Some(Domain::Team), "work is begun and ends done", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Team(team::Fact::TaskEnded { outcome: team::Outcome::Done, .. })))
    }),
    (Some(Domain::IncidentCommand), "an incident is declared, and a gate decided by people", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::IncidentCommand(incident_command::Fact::Declared { .. })))
            && any(&runs.reference, |fact| matches!(fact, Fact::IncidentCommand(incident_command::Fact::Decided { .. })))
    }),
    (Some(Domain::Communication), "stakeholders lose trust if nobody tells them anything", |runs| {
        any(&runs.idle, |fact| matches!(fact, Fact::Communication(communication::Fact::TrustBecame { .. })))
    }),
    (Some(Domain::Compliance), "a regulator is told in time", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Compliance(compliance::Fact::Notified { in_time: true, .. })))
    }),
    (Some(Domain::Documentation), "the log holds a claim", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Documentation(documentation::Fact::LogHoldsClaim { .. })))
    }),
    (Some(Domain::Injects), "an inject finds that it does not happen any more", |runs| {
        any(&runs.reference, |fact| matches!(fact, Fact::Injects(hotwash::vocabulary::injects::Fact::Passed { .. })))
    }),
    (Some(Domain::Communication), "claims are told even to those who ask for nothing", |runs| {
        any(&runs.idle, |fact| matches!(fact, Fact::Told(Observation::Communication(communication::Observation::Claim { .. }))))
    }),
    (None, "the outage and its cost are on the sheet if nobody acts", |runs| {
        let outcome = &assess(runs.idle.exercise().program(), runs.idle.exercise().ledger(), runs.idle.exercise().watch()).outcome;
        outcome.outage_service_minutes > 0 && outcome.cost_minor_units > 0
    }),
    (None, "a careful team does well in every capability", |runs| {
        Capability::ALL.into_iter().all(|capability| runs.assessed.scores.of(capability).is_some_and(|score| score >= 60))
    }),
];

#[test]
fn leaving_out_any_domain_breaks_a_promise_kept_in_another_room() {
    let program = fixture::hospital();
    let whole = Runs::of(&program, None);
    for (_, says, holds) in PROMISES {
        assert!(holds(&whole), "with nothing left out, `{says}` holds");
    }
    let mut unneeded = BTreeSet::new();
    for domain in Domain::ALL {
        let runs = Runs::of(&program, Some(domain));
        let broken: Vec<&str> = PROMISES.iter().filter(|(room, _, holds)| *room != Some(domain) && !holds(&runs)).map(|(_, says, _)| *says).collect();
        println!("without {domain:?}: {broken:?}");
        if broken.is_empty() {
            unneeded.insert(domain);
        }
    }
    assert!(unneeded.is_empty(), "nothing outside of their rooms needs {unneeded:?}");
}
