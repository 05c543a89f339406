//! What a journal says is what was played: nothing is lost in it, and nothing is believed because it stands there.

use super::room::{busy, same_again, to_the_end};
use super::*;
use crate::debrief;
use crate::journal::{Command, Numbered, PlainInstruction, ReceiptWritten};

fn clocked(disk: &Disk) -> Session {
    let prepared = prepared();
    let seats = Session::usual_seats(&prepared.program, Mode::Clocked, RoleSet::one(RoleId::at(0)));
    Session::begin(prepared, Mode::Clocked, 1, seats, Some(Box::new(disk.clone()))).expect("it can be written")
}

fn first_offer(session: &Session) -> Order {
    crate::exercise::quote::offers(&session.view(RoleId::at(0))).next().expect("something is on offer")
}

/// The requests of orders, as they stand in the journal.
fn requests(disk: &Disk) -> Vec<String> {
    let request = |line: &Numbered| match &line.entry {
        Entry::Command(command) => command.request.clone(),
        _ => None,
    };
    read(&disk.bytes.borrow()).entries.iter().filter_map(request).collect()
}

#[test]
fn a_request_that_was_undone_may_come_again_after_a_crash() {
    let disk = Disk::default();
    let mut session = clocked(&disk);
    session.advance(ExerciseTime(300)).expect("no fault");
    session.checkpoint();
    session.advance(ExerciseTime(600)).expect("no fault");
    let order = first_offer(&session);
    let click = || Some("click 1".to_owned());
    session.order(RoleId::at(0), order, None, click()).expect("it is taken");
    session.rewind(ExerciseTime(300)).expect("it has been");
    let journal = read(&disk.bytes.borrow());
    let mut again = Session::resume(&journal).expect("it can be gone on with");
    let disk = Disk::default();
    again.keep_in(Box::new(disk.clone())).expect("it can be written");
    again.advance(ExerciseTime(600)).expect("no fault");
    again.order(RoleId::at(0), order, None, click()).expect("it was undone");
    again.checkpoint();
    assert_eq!(requests(&disk), ["click 1", "click 1"], "what is played is written");
    same_again(&disk, &again);
}

#[test]
fn two_orders_of_one_moment_that_say_the_same_are_two() {
    let disk = Disk::default();
    let mut session = clocked(&disk);
    session.advance(ExerciseTime(600)).expect("no fault");
    let order = first_offer(&session);
    for click in ["a", "b"] {
        session.order(RoleId::at(0), order, None, Some(click.to_owned())).expect("it is heard");
    }
    session.checkpoint();
    assert_eq!(requests(&disk), ["a", "b"]);
    same_again(&disk, &session);
    Session::resume(&read(&disk.bytes.borrow())).expect("it can be gone on with");
}

#[test]
fn what_is_done_at_startex_comes_after_what_policies_do_there() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let role = session.program().public.roles[0].id.clone();
    session.direct(PlainDirection::Absent { role, away: true }, None).expect("there is one");
    session.believe("We do not know.", ClaimId::at(0), 40).expect("somebody may");
    session.checkpoint();
    same_again(&disk, &session);
    let again = Session::resume(&read(&disk.bytes.borrow())).expect("it can be gone on with");
    assert_eq!(again.exercise().hash(), session.exercise().hash());
}

#[test]
fn a_live_debrief_is_that_of_its_journal() {
    let disk = Disk::default();
    let mut session = busy(&disk);
    to_the_end(&mut session);
    let assessment = session.close().expect("it is open");
    let json = |about: &debrief::Session, exercise: &Exercise| {
        let input = debrief::Input { program: exercise.program(), ledger: exercise.ledger(), assessment: &assessment, about };
        debrief::render(&debrief::model(&input), debrief::Format::Json)
    };
    let live = json(&debrief::session_of(&session), session.exercise());
    let journal = read(&disk.bytes.borrow());
    let replayed = journal::replay(&journal).expect("it can be played again");
    let kept = json(&debrief::Session::of_journal(&journal, &replayed), &replayed.exercise);
    let differs = live.lines().zip(kept.lines()).find(|(live, kept)| live != kept);
    assert_eq!((differs, live.len()), (None, kept.len()));
    assert!(live.contains("Somebody is on call"), "why the facilitator did something is told");
}

/// Both readers name the line, and neither plays on.
#[track_caller]
fn refused(journal: &journal::Journal, place: usize, says: &str) {
    let line = journal.entries[place].line;
    let replayed = match journal::replay(journal) {
        Ok(replayed) => replayed.differs.map(|differs| (differs.line, differs.what)),
        Err(ReplayError::Damaged(damage)) => Some((damage.line, damage.what)),
        Err(other) => panic!("{other}"),
    };
    assert!(replayed.as_ref().is_some_and(|(at, what)| *at == line && what.contains(says)), "replay, of line {line}: {replayed:?}");
    match Session::resume(journal) {
        Err(
            Trouble::Otherwise(journal::Difference { line: at, what }) | Trouble::Journal(ReplayError::Damaged(journal::Damage { line: at, what })),
        ) => {
            assert!(at == line && what.contains(says), "line {at}, not {line}: {what}");
        }
        other => panic!("going on, of line {line}: {:?}", other.map(|_| "a session").err()),
    }
}

#[test]
fn what_replay_does_not_believe_is_not_gone_on_with() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    session.believe("We do not know.", ClaimId::at(0), 40).expect("somebody may");
    session.annotate(Annotation::new(RemarkKind::Note, "a remark"));
    session.next_move().expect("no fault");
    let journal = read(&disk.bytes.borrow());
    Session::resume(&journal).expect("as it is, it can be gone on with");
    let place = |wanted: &dyn Fn(&Entry) -> bool| journal.entries.iter().position(|line| wanted(&line.entry)).expect("there is one");
    let changed = |place: usize, change: &dyn Fn(&mut Entry)| {
        let mut journal = read(&disk.bytes.borrow());
        change(&mut journal.entries[place].entry);
        journal
    };
    let instructed = place(&|entry| matches!(entry, Entry::Instructed(_)));
    let never = changed(instructed, &|entry| {
        let Entry::Instructed(instructed) = entry else { panic!("an instruction") };
        let PlainInstruction::Order { from, .. } = &mut instructed.told[0].to else { panic!("an order") };
        *from = ExerciseTime(i64::MAX);
    });
    refused(&never, instructed, "outside the exercise");
    let reached = place(&|entry| matches!(entry, Entry::Reached(_)));
    let otherwise = changed(reached, &|entry| {
        let Entry::Reached(reached) = entry else { panic!("a checkpoint") };
        reached.hash = "1".repeat(32);
    });
    refused(&otherwise, reached, "the hash of the facts");
    let remark = place(&|entry| matches!(entry, Entry::Annotation(_)));
    for at in [i64::MIN, -1, i64::MAX] {
        let far = changed(remark, &|entry| {
            let Entry::Annotation(remark) = entry else { panic!("a remark") };
            remark.at = Some(ExerciseTime(at));
        });
        refused(&far, remark, "outside the exercise");
    }
    let command = place(&|entry| matches!(entry, Entry::Command(_)));
    let receipt = changed(command, &|entry| {
        let Entry::Command(command) = entry else { panic!("an order") };
        command.receipt = ReceiptWritten::Refused("NotNow".to_owned());
    });
    refused(&receipt, command, "NotNow");
}

#[test]
fn orders_are_missing_only_where_a_crash_can_have_lost_them() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    session.next_move().expect("no fault");
    let whole = read(&disk.bytes.borrow());
    let last = whole.entries.iter().rposition(|line| matches!(line.entry, Entry::Command(_))).expect("colleagues do routine work");
    let Entry::Command(order) = &whole.entries[last].entry else { panic!("an order") };
    let at = |command: &Command| command.at;
    // Everything after it is on disk, so it must have been, too.
    let mut without = read(&disk.bytes.borrow());
    without.entries.remove(last);
    let refused = Session::resume(&without).map(|_| "a session").expect_err("an order is missing");
    assert!(matches!(refused, Trouble::Unlike { .. } | Trouble::Otherwise(_)), "{refused}");
    // So it is where a checkpoint of the same moment follows ..
    let hash = {
        let mut short = read(&disk.bytes.borrow());
        short.entries.truncate(last + 1);
        Session::resume(&short).expect("it can be gone on with").exercise().hash()
    };
    let mut without = read(&disk.bytes.borrow());
    without.entries.truncate(last);
    let there = Entry::Reached(Reached { at: at(order), hash });
    without.entries.push(Numbered { line: last + 1, entry: there });
    match Session::resume(&without).map(|_| "a session") {
        Err(Trouble::Otherwise(differs)) => assert_eq!(differs.line, last + 1),
        other => panic!("{other:?}"),
    }
    // .. and where nothing follows, nothing is missing: play goes on from the last line.
    without.entries.pop();
    Session::resume(&without).expect("it can be gone on with");
}

#[test]
fn after_a_full_disk_the_next_one_holds_all_of_it_and_nothing_twice() {
    let play = |session: &mut Session, mut between: Box<dyn FnMut(&mut Session)>| {
        session.next_move().expect("no fault");
        let back = session.now();
        session.believe("We do not know.", ClaimId::at(0), 40).expect("somebody may");
        session.next_move().expect("no fault");
        between(session);
        session.annotate(Annotation::new(RemarkKind::Note, "said before it is undone"));
        session.rewind(back).expect("it has been");
        to_the_end(session);
        session.close().expect("it is open");
    };
    let good = Disk::default();
    let mut whole = discussion(&good);
    let header = good.bytes.borrow().len();
    play(&mut whole, Box::new(|_| {}));
    let bytes = good.bytes.borrow().clone();
    // It fills up between two lines, in the middle of one, in the middle of play, and within the very last.
    for room in [header, header + 7, (header + bytes.len()) / 2, bytes.len() - 1] {
        let full = Disk { room: Some(room), ..Disk::default() };
        let mut session = discussion(&full);
        let next = Disk::default();
        let other = next.clone();
        play(
            &mut session,
            Box::new(move |session| {
                if session.unwritten().is_some() {
                    let still_full = Disk { room: Some(room), ..Disk::default() };
                    assert!(session.keep_in(Box::new(still_full)).is_err() && session.unwritten().is_some(), "it stays as it was");
                    session.keep_in(Box::new(other.clone())).expect("there is room");
                }
            }),
        );
        if session.unwritten().is_some() {
            // What was written is a beginning.
            assert_eq!(*full.bytes.borrow(), bytes[..room]);
            session.keep_in(Box::new(next.clone())).expect("there is room");
        }
        assert_eq!(session.unwritten(), None);
        assert!(*next.bytes.borrow() == bytes, "with room for {room} bytes");
        same_again(&next, &session);
    }
}
