//! A room is told what it said, heard and did; and of what programs did in its place, that programs did it.

use crate::debrief::{Debrief, Doer, Input, Mode, model, session_of};
use crate::ids::{ClaimId, DenseId, RoleSet};
use crate::scenario::prepare::prepare;
use crate::session::{self, Session};

fn discussion() -> Session {
    let prepared = prepare("long-weekend", None, None).expect("it is shipped");
    let seats = Session::usual_seats(&prepared.program, session::Mode::Discussion, RoleSet::NONE);
    Session::unkept(prepared, session::Mode::Discussion, 1, seats)
}

fn ended(mut session: Session) -> Debrief {
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    let about = session_of(&session);
    let assessment = session.assess();
    model(&Input { program: session.program(), ledger: session.exercise().ledger(), assessment: &assessment, about: &about })
}

/// A discussion in which the room recorded a decision and was asked what it believes; twice, because it went back.
fn with_a_room() -> Debrief {
    let mut session = discussion();
    while session.current_move().is_none() {
        session.next_move().expect("no fault");
    }
    let from = session.now();
    let first =
        session.program().public.gates.iter().position(|gate| !gate.choices.is_empty()).map(crate::ids::GateId::at).expect("it has decisions");
    session.decide("We call people in.", first, 0, 70, from).expect("nobody has decided");
    let orders = session.propose("Disable the login svc-backup", None);
    session.accept("Kill that backup login", orders.first().expect("it is on offer"), from).expect("a colleague does it");
    session.believe("the room was asked", ClaimId(0), 50).expect("somebody may");
    session.believe("the room was asked", ClaimId(0), 80).expect("somebody may");
    ended(session)
}

#[test]
fn what_a_room_believed_is_dated_where_it_was_asked() {
    let debrief = with_a_room();
    let stated: Vec<_> = debrief.beliefs.iter().map(|belief| (belief.clock.as_str(), belief.role.as_str(), belief.percent)).collect();
    assert_eq!(stated, [("End of move 1", "The room, asked at the end of the move", 80)], "the last word holds");
    let opens = debrief.timeline.moves.get(1).expect("a second move").0;
    for moment in debrief.capabilities.iter().filter_map(|review| review.moment.as_ref()) {
        let believed = moment.sensible.iter().any(|line| line.starts_with("Believed by"));
        assert_eq!(believed, moment.at >= opens, "{}: {:?}", moment.clock, moment.sensible);
        assert!(!moment.what.starts_with("Belief stated"), "{}", moment.what);
    }
    assert!(debrief.room.iter().all(|quote| quote.words != "the room was asked"), "nobody said that");
    assert!(debrief.room.iter().any(|quote| quote.words == "Kill that backup login"));
}

#[test]
fn an_entry_that_nobody_chose_is_no_lapse() {
    let debrief = ended(discussion());
    let asked: Vec<&String> = debrief.capabilities.iter().flat_map(|review| &review.unanswered).collect();
    assert!(!asked.is_empty(), "the scenario asks for beliefs, and none was stated");
    let lapse = |line: &&String| line.contains("Nobody said by");
    assert_eq!(debrief.capabilities.iter().flat_map(|review| &review.changes).filter(lapse).count(), 0);
    assert_eq!(debrief.improvement_plan.iter().map(|line| &line.issue).filter(lapse).count(), 0);
}

#[test]
fn a_room_has_heard_what_came_to_it_and_not_what_roles_told_each_other() {
    let debrief = with_a_room();
    let decided = debrief.decisions.iter().find(|decision| !decision.timed_out && decision.choice.is_some()).expect("the room decided");
    let all = debrief.decisions.iter().map(|decision| (&decision.known, &decision.colleagues));
    let moments = debrief.capabilities.iter().filter_map(|review| review.moment.as_ref()).map(|moment| (&moment.known, &moment.colleagues));
    let mut meanwhile = 0;
    for (known, colleagues) in all.chain(moments) {
        for inside in ["briefing by", "situation report by", "found in a search"] {
            assert!(known.iter().all(|line| !line.contains(inside)), "{known:?}");
            meanwhile += colleagues.iter().filter(|line| line.contains(inside)).count();
        }
    }
    assert!(meanwhile > 0, "colleagues brief each other, and the debrief says so apart");
    assert!(decided.known.iter().any(|line| line.starts_with("Said: ") && line.contains(" from ") && line.contains(", to ")), "{:?}", decided.known);
    assert!(debrief.told.iter().all(|line| !line.from.is_empty()));
}

#[test]
fn the_outcome_counts_what_the_page_shows() {
    let debrief = with_a_room();
    let figure = |id: &str| debrief.outcome.iter().find(|figure| figure.id == id).expect("it is in the outcome");
    let in_time = debrief.clocks.clocks.iter().filter(|clock| clock.state == model::State::InTime).count();
    assert_eq!(figure("deadlines_met").value, Some(in_time as i64));
    let (alert, detect) = (figure("first_alert"), figure("to_detect"));
    assert!(detect.text.ends_with(&format!("to {})", alert.text)), "{} / {}", detect.text, alert.text);
    let setbacks = ["Taken from the adversary", "Fails:", "Stopped by"];
    assert!(debrief.story.iter().filter(|line| line.side == "attack").all(|line| setbacks.iter().all(|what| !line.text.starts_with(what))));
}

#[test]
fn nobody_is_praised_for_what_a_program_did() {
    let routine = ended(discussion());
    let earned: Vec<&model::CriterionLine> = routine.scores.criteria.iter().filter(|criterion| criterion.earned_milli > Some(0)).collect();
    assert!(!earned.is_empty(), "routine alone earns something");
    for criterion in earned {
        assert_eq!(criterion.earned_by, "by the program's routine", "{}", criterion.id);
    }
    for review in &routine.capabilities {
        assert!(review.strengths.is_empty(), "the room did nothing: {:?}", review.strengths);
    }
    let bars = &routine.scores.bars.bars;
    assert!(bars.iter().any(|bar| bar.by_program_milli > 0));
    assert!(bars.iter().all(|bar| bar.by_program_milli <= bar.earned_milli));

    let room = with_a_room();
    let theirs = |criterion: &&model::CriterionLine| criterion.earned_by.contains("the room");
    assert!(room.scores.criteria.iter().any(|criterion| theirs(&criterion)), "what it recorded is its doing");
    assert!(room.capabilities.iter().any(|review| !review.strengths.is_empty()));
}

#[test]
fn an_order_is_whose_word_it_was() {
    let mut session = discussion();
    while session.current_move().is_none() {
        session.next_move().expect("no fault");
    }
    let from = session.now();
    let orders = session.propose("Disable the login svc-backup", None);
    session.accept("Kill that backup login", orders.first().expect("it is on offer"), from).expect("a colleague does it");
    session.next_move().expect("no fault");
    let about = session_of(&session);
    assert_eq!(about.doers.len(), session.issued().len());
    assert_eq!(about.doers.iter().filter(|doer| **doer == Doer::Room).count(), 1, "one order was the room's");
    assert!(about.doers.contains(&Doer::Program), "the rest is routine");
    assert_eq!(about.organisation, "Western Shore Hospitals");
    assert_eq!(about.mode, Mode::Discussion);
}
