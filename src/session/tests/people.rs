//! Who holds a role, what each thinks before a decision, and what evaluators say: it is whose it is, it is kept, and it comes back after a crash.

use super::room::{roles_of, same_again, to_the_end, until_open};
use super::*;
use crate::assessment::Rating;
use crate::scenario::program::Measure;

#[test]
fn positions_are_nobodys_business_until_the_decision_is_recorded() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let (gate, _) = until_open(&mut session);
    let roles = roles_of(&session);
    session.position(gate, roles[0], 0, 90, None).expect("it is open");
    session.position(gate, roles[1], 0, 60, Some("second chair".to_owned())).expect("it is open");
    // They change their mind: the last word counts.
    session.position(gate, roles[1], 1, 55, Some("second chair".to_owned())).expect("it is open");
    assert!(session.position(gate, roles[1], 99, 55, None).is_err());
    assert_eq!(session.positions_taken(gate), [(Some(roles[0]), None), (Some(roles[1]), Some("second chair"))]);
    let said = |session: &Session| -> Vec<Annotation> {
        session.annotations().iter().filter(|remark| matches!(remark.kind, RemarkKind::Position | RemarkKind::Dissent)).cloned().collect()
    };
    assert!(said(&session).is_empty());
    // A crash before the decision keeps them, and keeps them private.
    let journal = read(&disk.bytes.borrow());
    let again = Session::resume(&journal).expect("it can be gone on with");
    assert_eq!(again.positions_taken(gate), session.positions_taken(gate));
    assert!(said(&again).is_empty());
    let now = session.now();
    session.decide_because("We do it.", gate, 0, 80, now, Some("It costs least.")).expect("it is open");
    let kinds: Vec<(RemarkKind, Option<String>)> = said(&session).into_iter().map(|remark| (remark.kind, remark.by)).collect();
    assert_eq!(kinds.iter().map(|(kind, _)| kind.name()).collect::<Vec<_>>(), ["position", "position", "dissent"]);
    assert!(kinds[2].1.as_ref().is_some_and(|by| by.ends_with("second chair")));
    let id = &session.program().public.gates[gate.index()].id;
    assert!(said(&session).iter().all(|remark| remark.about.as_ref() == Some(id)));
    let reason = session.annotations().iter().find(|remark| remark.kind == RemarkKind::Because).expect("the reason is kept");
    assert_eq!((reason.about.as_ref(), reason.text.as_str()), (Some(id), "It costs least."));
    assert!(session.position(gate, roles[2], 0, 50, None).is_err(), "too late");
    // Whatever of these lines a crash keeps from being written is written when play goes on; nothing is written twice.
    let bytes = disk.bytes.borrow().clone();
    let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1).collect();
    for end in &ends[ends.len() - 5..] {
        let whole = read(&bytes[..*end]);
        let decided = whole.entries.iter().any(|line| matches!(line.entry, Entry::Instructed(_)));
        let again = Session::resume(&whole).expect("it can be gone on with");
        assert_eq!(said(&again).len(), if decided { 3 } else { 0 });
    }
}

#[test]
fn several_in_a_role_and_somebody_without_one_hold_positions_of_their_own() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let (gate, _) = until_open(&mut session);
    let role = roles_of(&session)[1];
    for (role, choice, by) in [(Some(role), 0, None), (Some(role), 1, Some("2")), (None, 1, Some("duty nurse")), (Some(role), 1, Some("slip"))] {
        session.position(gate, role, choice, 70, by.map(str::to_owned)).expect("it is open");
    }
    assert!(session.position(gate, None::<RoleId>, 0, 50, Some("  ".to_owned())).is_err(), "somebody has to be somebody");
    assert!(session.take_back_position(gate, None, Some("nobody")).is_err());
    session.take_back_position(gate, Some(role), Some("slip")).expect("it was written down");
    assert_eq!(session.positions_taken(gate), [(Some(role), None), (Some(role), Some("2")), (None, Some("duty nurse"))]);
    let again = Session::resume(&read(&disk.bytes.borrow())).expect("it can be gone on with");
    assert_eq!(again.positions_taken(gate), session.positions_taken(gate));
    let now = session.now();
    session.decide_because("We do it.", gate, 0, 80, now, None).expect("it is open");
    assert!(session.take_back_position(gate, None, Some("duty nurse")).is_err(), "it is on record");
    let by = |kind: RemarkKind| -> Vec<String> {
        session.annotations().iter().filter(|remark| remark.kind == kind).filter_map(|remark| remark.by.clone()).collect()
    };
    let label = session.program().public.roles[role.index()].label.clone();
    assert_eq!(by(RemarkKind::Position), [label.clone(), format!("{label}, 2"), "duty nurse".to_owned()]);
    assert_eq!(by(RemarkKind::Dissent), [format!("{label}, 2"), "duty nurse".to_owned()]);
    to_the_end(&mut session);
    session.close().expect("it is open");
    let about = crate::debrief::session_of(&session);
    let assessment = session.assess();
    let input = crate::debrief::Input { program: session.program(), ledger: session.exercise().ledger(), assessment: &assessment, about: &about };
    let debrief = crate::debrief::model(&input);
    let ask = &session.program().public.gates[gate.index()].ask;
    let decision = debrief.decisions.iter().find(|decision| decision.ask.trim_end_matches('.') == ask.trim_end_matches('.')).expect("it was asked");
    assert_eq!(decision.table.otherwise(), (2, 3));
    assert!(decision.table.dissent.is_empty(), "what stands beside a position is not said twice");
    same_again(&disk, &session);
}

#[test]
fn nobody_decided_and_the_positions_are_told_all_the_same() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let (gate, until) = until_open(&mut session);
    session.position(gate, RoleId(0), 0, 90, None).expect("it is open");
    session.advance(until + Span::minutes(1)).expect("no fault");
    assert!(session.annotations().iter().any(|remark| remark.kind == RemarkKind::Position));
}

fn clocked(disk: &Disk) -> Session {
    let prepared = prepared();
    let seats = Session::usual_seats(&prepared.program, Mode::Clocked, RoleSet::NONE);
    Session::begin(prepared, Mode::Clocked, 1, seats, Some(Box::new(disk.clone()))).expect("it can be written")
}

#[test]
fn people_take_roles_and_leave_them_while_play_runs() {
    let disk = Disk::default();
    let mut session = clocked(&disk);
    let ordered = |session: &Session, role: RoleId, from: ExerciseTime| {
        let issued =
            session.driver.issued().iter().filter(|issued| issued.role == role && issued.at > from && issued.origin == crate::policy::Origin::Policy);
        issued.count()
    };
    let hour = Span::hours(1);
    session.advance(ExerciseTime(0) + hour).expect("no fault");
    // The busiest policy, so that its silence means something.
    let role = session.roles().max_by_key(|role| ordered(&session, *role, ExerciseTime(0))).expect("a role");
    let news = session.view(role).knowledge.news.len();
    session.seat(role, Seated::Person, Some("seat 3".to_owned())).expect("there is such a role");
    let sat_down = session.now();
    assert_eq!(session.view(role).knowledge.news.len(), news, "who comes late knows what the role knows");
    session.advance(sat_down + Span::hours(4)).expect("no fault");
    assert_eq!(ordered(&session, role, sat_down), 0, "nobody orders behind their back");
    let middle = session.exercise().hash();
    session.seat(role, Seated::Person, Some("seat 4".to_owned())).expect("handed over");
    session.leave(role).expect("there is such a role");
    let left = session.now();
    session.advance(left + Span::hours(4)).expect("no fault");
    assert!(ordered(&session, role, left) > 0, "a colleague takes over");
    let occupied: Vec<(RoleId, Seated, Option<String>)> = session.occupancy().map(|known| (known.role, known.by, known.label.clone())).collect();
    assert_eq!(occupied.len(), 3);
    assert_eq!((occupied[1].1, occupied[1].2.as_deref()), (Seated::Person, Some("seat 4")));
    let says: Vec<String> = session.who_played().into_iter().filter(|(of, _)| *of == role).map(|(_, says)| says).collect();
    assert_eq!(says.len(), 4);
    assert!(says[1].contains("a person (seat 3)") && says[1].starts_with("from "), "{says:?}");
    let now = session.exercise().hash();
    session.checkpoint();
    same_again(&disk, &session);
    let journal = read(&disk.bytes.borrow());
    let again = Session::resume(&journal).expect("it can be gone on with");
    assert_eq!((again.exercise().hash(), again.seats(), again.occupants()), (now.clone(), session.seats(), session.occupants()));
    // Play goes back; the people stay where they are.
    session.seat(role, Seated::Person, Some("seat 5".to_owned())).expect("there is such a role");
    session.rewind(left).expect("it has been");
    assert_eq!(session.seats()[role.index()], Seated::Person);
    assert_ne!(middle, now);
    session.checkpoint();
    same_again(&disk, &session);
    assert!(session.seat(RoleId(15), Seated::Person, None).is_err() && session.seat(role, Seated::Person, Some("x".repeat(99))).is_err());
}

#[test]
fn in_discussion_what_a_colleague_was_told_is_handed_over_in_words() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let gate = GateId::at(session.program().public.gates.len() - 1);
    let now = session.now();
    session.decide("When it comes to it, the first.", gate, 0, 70, now).expect("it is not decided");
    let role = session.roles().find(|role| !session.waiting(*role).is_empty()).expect("somebody was told");
    session.seat(role, Seated::Person, None).expect("there is such a role");
    let handed = session.annotations().iter().rev().find(|remark| remark.kind == RemarkKind::HandOver).expect("a remark");
    assert!(handed.text.contains("Told and not done yet"), "{}", handed.text);
    session.next_move().expect("no fault");
    same_again(&disk, &session);
}

#[test]
fn two_evaluators_may_differ_and_the_lead_has_the_last_word() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let target = session.program().rubric.targets[0].id.clone();
    let judged = session.program().rubric.criteria.iter().find(|known| matches!(known.measure, Measure::Judged { .. })).expect("one").id.clone();
    let measured = session.program().rubric.criteria.iter().find(|known| !matches!(known.measure, Measure::Judged { .. })).expect("one").id.clone();
    session.rate("evaluator A", &target, Rating::SomeChallenges, "The call came late.").expect("there is such a target");
    session.rate("evaluator B", &target, Rating::MajorChallenges, "Nobody called.").expect("there is such a target");
    session.judge("evaluator A", &judged, 800, "Clear.").expect("there is such a criterion");
    session.judge("evaluator B", &judged, 200, "Not clear.").expect("there is such a criterion");
    assert!(session.rate("evaluator A", "no-such-target", Rating::Performed, "x").is_err());
    assert!(session.judge("evaluator A", &measured, 500, "x").is_err() && session.judge("evaluator A", &judged, 1001, "x").is_err());
    assert!(session.judge("evaluator A", &judged, 500, " ").is_err(), "without a reason it says nothing");
    let counts = |session: &Session| journal::from_people(session.annotations()).judged[&judged].0;
    assert_eq!(counts(&session), 200, "without a lead, the last word");
    session.set_lead_evaluator("evaluator A").expect("somebody");
    assert_eq!(counts(&session), 800);
    // Nobody else has the last word now; the lead may change their mind.
    session.judge("evaluator B", &judged, 100, "Still not clear.").expect("there is such a criterion");
    assert_eq!(counts(&session), 800);
    session.judge("evaluator A", &judged, 700, "On reflection.").expect("there is such a criterion");
    assert_eq!(counts(&session), 700);
    let differ = session.disagreements();
    assert_eq!(differ.len(), 2);
    assert!(differ.iter().all(|given| given.said.len() == 2 && given.last_word().is_some_and(|said| said.by == "evaluator A")));
    assert_eq!(journal::final_ratings(session.annotations())[&target].value, "S");
    let inject = session.program().public.injects[0].id.clone();
    session.observe("evaluator B", "They asked who leads.", Some(&inject), Some(ExerciseTime(60))).expect("there is such an inject");
    assert!(session.observe("evaluator B", "x", Some("nothing-of-the-kind"), None).is_err());
    assert_eq!(session.annotations().last().and_then(|remark| remark.at), Some(ExerciseTime(60)));
    let journal = read(&disk.bytes.borrow());
    assert_eq!(journal::disagreements(journal.annotations()), differ);
    let again = Session::resume(&journal).expect("it can be gone on with");
    assert_eq!((again.disagreements(), again.annotations()), (differ, session.annotations()));
}
