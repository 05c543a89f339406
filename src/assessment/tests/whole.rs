//! Scores, ratings, outcome, endings, JSON.

use super::*;

#[test]
fn evaluators_judge_and_facilitators_set_aside() {
    let judged = Measure::Judged { ask: String::new(), look_for: Vec::new() };
    assert_eq!(came(&judged, |_| {}), NotEvaluated);
    let program = rubric(vec![criterion(judged), Criterion { id: "other".into(), ..criterion(never()) }]);
    let mut book = Book::new();
    book.at(1).opened();
    let people = FromPeople {
        judged: [("it".to_owned(), (600, "Clear, and late.".to_owned())), ("other".to_owned(), (0, String::new()))].into(),
        set_aside: [("other".to_owned(), "a hint was given".to_owned())].into(),
        ..FromPeople::default()
    };
    let assessment = assess_with(&program, &book.measured(), &book.watch(), &people);
    assert_eq!(assessment.criteria[0].result, CriterionResult::Earned { points_milli: 6000 });
    assert_eq!(assessment.criteria[0].why.says, "Clear, and late.");
    assert_eq!(assessment.criteria[1].result, CriterionResult::NotEvaluated { reason: "a hint was given".into() });
    let none = assess_with(&program, &book.measured(), &book.watch(), &FromPeople { set_aside: [].into(), ..people });
    assert_eq!(none.criteria[1].result, CriterionResult::Earned { points_milli: 10_000 }, "only `Judged` ones are an evaluator's");
}

#[test]
fn scores_are_shares_of_what_was_evaluated() {
    use Capability::{Containment, Recovery, Triage};
    let criteria = vec![earned(1, Triage), missed(7, Triage), earned(1, Containment), unjudged(1)];
    let assessment = assessed(criteria, &mut opened());
    // 2 of 9 points: 22.2 percent; 1 of 8: 12.5, rounded up.
    assert_eq!((assessment.score, assessment.score_tenths), (Some(22), Some(222)));
    assert_eq!((assessment.points_evaluated, assessment.points_total, assessment.earned_milli), (9, 10, 2000));
    let of = |capability| assessment.scores.of(capability);
    assert_eq!((of(Triage), of(Containment), of(Recovery)), (Some(13), Some(100), None));
}

#[test]
fn too_little_evaluated_is_no_score() {
    let score = |unevaluated| assessed(vec![earned(70, Capability::Triage), unjudged(unevaluated)], &mut opened()).score;
    assert_eq!([score(30), score(31)], [Some(100), None]);
    let nothing = assessed(vec![], &mut opened());
    assert_eq!((nothing.score, nothing.points_total), (None, 0));
}

#[test]
fn what_the_cut_leaves_out_is_in_no_total() {
    let left_out = Criterion { left_out: true, ..missed(50, Capability::Triage) };
    let assessment = assessed(vec![earned(10, Capability::Triage), left_out], &mut opened());
    assert_eq!((assessment.score, assessment.points_total), (Some(100), 10));
    assert!(assessment.criteria[1].left_out);
}

fn rated(criteria: Vec<Criterion>, book: &mut Book) -> (Option<Rating>, Clause) {
    let assessment = assessed(criteria, book);
    (assessment.ratings[0].rating, assessment.ratings[0].decided_by)
}

fn by_plan(criterion: Criterion) -> Criterion {
    Criterion { basis: Basis { kind: BasisKind::OwnPlan, says: String::new(), source: String::new() }, ..criterion }
}

#[test]
fn ratings_follow_their_clauses() {
    use Capability::{Communication, Containment};
    let unstated = || criterion(Measure::Belief { claim: ALWAYS, until: ExerciseTime(60) });
    let half = || Criterion { points: 10, ..criterion(Measure::AtEnd { count: Count::Encrypted, full: 1, none: 3, counts_once: OPENED }) };
    let plain = || earned(5, Communication);
    let rate = |criteria| rated(criteria, &mut opened());
    assert_eq!(rate(vec![unjudged(5)]), (None, Clause::NothingEvaluated));
    assert_eq!(rate(vec![plain(), missed(5, Communication)]), (Some(Rating::MajorChallenges), Clause::InPart), "some of it was done");
    assert_eq!(rate(vec![missed(5, Communication)]), (Some(Rating::Unable), Clause::ObjectiveNotAchieved));
    assert_eq!(rate(vec![unstated()]), (None, Clause::NothingEvaluated), "nobody answered, which is nobody's inability");
    assert_eq!(rate(vec![plain(), by_plan(unstated())]), (Some(Rating::MajorChallenges), Clause::NotByPlan));
    assert_eq!(rate(vec![plain(), unstated()]), (Some(Rating::SomeChallenges), Clause::RoomToImprove));
    let mut book = opened();
    book.encrypted(0);
    book.encrypted(1);
    assert_eq!(rated(vec![plain(), half()], &mut book), (Some(Rating::SomeChallenges), Clause::RoomToImprove));
    assert_eq!(rate(vec![plain(), unjudged(5)]), (Some(Rating::Performed), Clause::AllMet));
    assert_eq!(rate(vec![earned(5, Containment)]), (Some(Rating::Performed), Clause::AllMet));
}

#[test]
fn a_late_notification_is_against_the_law_and_still_done() {
    let deadline = criterion(Measure::Deadline { rule: SHORT, from: OPENED });
    let law = Criterion { basis: Basis { kind: BasisKind::Law, says: String::new(), source: String::new() }, ..deadline };
    let rate = |notified| {
        let mut book = opened();
        book.fact(Compliance::ClockStarted { rule: SHORT, due: ExerciseTime(3600) });
        book.at(61).fact(Compliance::DeadlineMissed { rule: SHORT });
        if notified {
            book.at(70).fact(Compliance::Notified { rule: SHORT, role: RoleId(0), in_time: false });
        }
        rated(vec![law.clone()], &mut book)
    };
    assert_eq!(rate(true), (Some(Rating::MajorChallenges), Clause::NotByPlan));
    assert_eq!(rate(false), (Some(Rating::Unable), Clause::ObjectiveNotAchieved));
}

#[test]
fn harm_by_own_orders_is_rated_where_they_are_given() {
    use Capability::{Communication, Containment};
    let rate = |capability, minutes: i64, write: fn(&mut Book)| {
        let mut book = opened();
        book.at(10).level_by_order(OFFICE, 49);
        write(&mut book);
        book.at(10 + minutes).level(OFFICE, 100);
        rated(vec![earned(5, capability)], &mut book)
    };
    let (harmed, fine) = ((Some(Rating::MajorChallenges), Clause::OtherActivitiesHarmed), (Some(Rating::Performed), Clause::AllMet));
    assert_eq!(rate(Containment, 241, |_| {}), harmed);
    assert_eq!(rate(Containment, 240, |_| {}), fine, "within its recovery time objective");
    assert_eq!(rate(Communication, 241, |_| {}), fine, "not theirs");
    let worse = |book: &mut Book| {
        let encrypted = book.at(100).encrypted(3);
        book.caused(crate::vocabulary::ledger::Cause::Fact(encrypted), Continuity::ServiceLevel { service: OFFICE, percent: 0 });
    };
    assert_eq!(rate(Containment, 241, worse), fine, "the adversary took it further down");
}

#[test]
fn safety_asks_for_workarounds() {
    let rate = |service, percent, workaround_after: Option<i64>| {
        let mut book = opened();
        book.at(10).level(service, percent);
        if let Some(minutes) = workaround_after {
            book.at(10 + minutes).fact(Continuity::WorkaroundStarted { service });
            book.level(service, 60);
        }
        rated(vec![earned(5, Capability::Continuity)], &mut book)
    };
    let (at_risk, fine) = ((Some(Rating::MajorChallenges), Clause::Safety), (Some(Rating::Performed), Clause::AllMet));
    assert_eq!([rate(WARD, 49, None), rate(WARD, 49, Some(61)), rate(WARD, 49, Some(60))], [at_risk, at_risk, fine]);
    assert_eq!([rate(WARD, 50, None), rate(OFFICE, 0, None)], [fine, fine]);
}

#[test]
fn core_capabilities_take_the_worst_of_their_targets() {
    let for_target = |target, criterion| Criterion { target, ..criterion };
    let criteria = vec![for_target(0, earned(5, Capability::Triage)), for_target(1, missed(5, Capability::Triage)), for_target(2, unjudged(5))];
    let assessment = assessed(criteria, &mut opened());
    let rolled: Vec<_> =
        assessment.core_capabilities.iter().map(|one| (one.core_capability.as_str(), one.rating, one.targets_rated, one.targets)).collect();
    assert_eq!(rolled, [("Operational Coordination", Some(Rating::Unable), 2, 2), ("Cybersecurity", None, 0, 1)]);
}

#[test]
fn the_outcome_has_its_numbers() {
    let nothing = assessed(vec![], &mut Book::new()).outcome;
    let none = Outcome {
        assets_compromised: 0,
        records_exposed: 0,
        outage_service_minutes: 0,
        cost_minor_units: 0,
        contained_at_minute: None,
        deadlines_met: 0,
        deadlines_missed: 0,
    };
    assert_eq!(nothing, none);
    let mut book = Book::new();
    book.at(-9).taken(0);
    book.at(10).level(OFFICE, 0);
    book.at(70).level(OFFICE, 100);
    book.fact(Adversary::Copied { data: RECORDS, records: 7, stage: ENCRYPT });
    book.at(99).fact(Adversary::Evicted {});
    book.fact(Compliance::ClockStarted { rule: LONG, due: ExerciseTime(90_000) });
    book.fact(Compliance::Notified { rule: LONG, role: RoleId(0), in_time: true });
    book.fact(Compliance::DeadlineMissed { rule: SHORT });
    let all = Outcome {
        assets_compromised: 1,
        records_exposed: 7,
        outage_service_minutes: 60,
        cost_minor_units: 600,
        contained_at_minute: Some(99),
        deadlines_met: 1,
        deadlines_missed: 1,
    };
    assert_eq!(assessed(vec![], &mut book).outcome, all);
}

#[test]
fn endings_are_told_apart() {
    let copied = |book: &mut Book| ignore(book.fact(Adversary::Copied { data: RECORDS, records: 7, stage: ENCRYPT }));
    let evicted = |book: &mut Book| ignore(book.at(90).fact(Adversary::Evicted {}));
    let encrypted = |machines: std::ops::Range<u16>| move |book: &mut Book| machines.clone().for_each(|asset| ignore(book.encrypted(asset)));
    let restored = |book: &mut Book| ignore(book.fact(Estate::Restored { asset: AssetId(0), from: BACKUP, again: false }));
    let destroyed = |book: &mut Book| ignore(book.fact(Estate::BackupDestroyed { data: BACKUP, stage: ENCRYPT }));
    let ending = |steps: &[&dyn Fn(&mut Book)]| {
        let mut book = Book::new();
        book.at(5);
        steps.iter().for_each(|step| step(&mut book));
        assessed(vec![], &mut book).ending
    };
    let endings = [
        ending(&[&evicted]),
        ending(&[&copied, &evicted]),
        ending(&[]),
        ending(&[&copied]),
        ending(&[&encrypted(0..1), &restored]),
        ending(&[&encrypted(0..3)]),
        ending(&[&encrypted(0..3), &destroyed]),
        ending(&[&encrypted(0..4)]),
        ending(&[&encrypted(0..4), &destroyed]),
    ];
    assert_eq!(endings, Ending::ALL);
    assert_eq!(ending(&[&encrypted(5..8)]), Ending::PartlyEncryptedWithoutBackups, "the backup is of other machines");
}

#[test]
fn the_json_is_stable() {
    let mut book = opened();
    let json = serde_json::to_value(assessed(vec![earned(10, Capability::Triage), missed(10, Capability::Triage)], &mut book)).unwrap();
    assert_eq!(json["score"], 50);
    assert_eq!(json["scores"]["triage"], 50);
    assert!(json["scores"]["recovery"].is_null());
    assert_eq!(json["criteria"][0]["result"], "earned");
    assert_eq!(json["criteria"][0]["points_milli"], 10_000);
    assert_eq!(json["criteria"][1]["result"], "missed");
    assert_eq!(json["criteria"][1]["opened_by"], 1);
    assert_eq!(json["criteria"][1]["counts_for"], "triage");
    assert_eq!(json["ratings"][0]["rating"], "M");
    assert_eq!(json["ratings"][0]["decided_by"], "in_part");
    assert_eq!(json["ending"], "present_without_harm");
    let outcome = json["outcome"].as_object().unwrap();
    assert!(outcome["contained_at_minute"].is_null());
    let mut names: Vec<&str> = outcome.keys().map(String::as_str).collect();
    names.sort_unstable();
    let expected = [
        "assets_compromised",
        "contained_at_minute",
        "cost_minor_units",
        "deadlines_met",
        "deadlines_missed",
        "outage_service_minutes",
        "records_exposed",
    ];
    assert_eq!(names, expected);
    fn floats(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Number(number) => number.is_f64(),
            serde_json::Value::Array(list) => list.iter().any(floats),
            serde_json::Value::Object(map) => map.values().any(floats),
            _ => false,
        }
    }
    assert!(!floats(&json));
}
