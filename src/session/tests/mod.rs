//! Sessions: the same doings give the same facts, whatever happens on the way.

mod journals;
mod people;
mod room;
mod said;

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

use super::matching::{Meant, Proposal};
use super::*;
use crate::assessment::CriterionResult;
use crate::scenario::prepare;
use crate::scenario::written::Verb;
use crate::time::Span;

/// A store that can be looked into, and that can fill up.
#[derive(Clone, Default)]
struct Disk {
    bytes: Rc<RefCell<Vec<u8>>>,
    room: Option<usize>,
}

impl Write for Disk {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        let mut bytes = self.bytes.borrow_mut();
        // As a disk does: what fits is written.
        let fits = self.room.map_or(more.len(), |room| more.len().min(room - bytes.len()));
        if fits == 0 && !more.is_empty() {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"));
        }
        bytes.extend_from_slice(&more[..fits]);
        Ok(fits)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Store for Disk {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn shipped() -> &'static str {
    crate::scenario::source::shipped()[0]
}

fn prepared() -> Prepared {
    prepare::prepare(shipped(), None, None).expect("the first shipped scenario")
}

fn discussion(disk: &Disk) -> Session {
    let prepared = prepared();
    let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
    Session::begin(prepared, Mode::Discussion, 1, seats, Some(Box::new(disk.clone()))).expect("it can be written")
}

/// Plays the list of records that is shipped beside the first scenario.
fn played(disk: &Disk) -> Session {
    let mut session = discussion(disk);
    let records = prepare::records(session.prepared(), shipped(), "discussion").expect("records are shipped beside it");
    play_records(&mut session, &records, |_, _| {}, |_, _, _| {}, |_, _| {}).expect("it plays");
    session
}

fn read(bytes: &[u8]) -> journal::Journal {
    journal::read(bytes).expect("a whole journal")
}

#[test]
fn a_session_that_was_cut_off_anywhere_goes_on_to_the_same_facts() {
    let disk = Disk::default();
    let whole = played(&disk);
    let bytes = disk.bytes.borrow().clone();
    let lines: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1).collect();
    // At the end of a line and in the middle of the next; a handful of places over the whole length.
    for nth in [2, 4, 7] {
        let end = lines[lines.len() * nth / 8];
        for cut in [end, end + 7] {
            let journal = read(&bytes[..cut]);
            let again = Disk::default();
            let mut session = Session::resume(&journal).unwrap_or_else(|trouble| panic!("cut at {cut}: {trouble}"));
            session.keep_in(Box::new(again.clone())).expect("it can be written");
            let records = prepare::records(session.prepared(), shipped(), "discussion").expect("records");
            // What was recorded before the cut is known again; the rest of the list is recorded now.
            let noted = read(&again.bytes.borrow()).entries.iter().filter(|line| matches!(line.entry, Entry::Instructed(_))).count();
            assert_eq!(session.doings.len(), noted);
            let current = session.current_move().expect("a move is on");
            for record in records.iter().filter(|record| record.of_move.index() >= current.index()) {
                while session.current_move() != Some(record.of_move) {
                    session.next_move().expect("no fault");
                }
                let words: Vec<String> = read(&again.bytes.borrow())
                    .entries
                    .iter()
                    .filter_map(|line| match &line.entry {
                        Entry::Instructed(instructed) => Some(instructed.words.clone()),
                        _ => None,
                    })
                    .collect();
                if !words.contains(&record.says) {
                    records::take(&mut session, record).expect("it can be taken");
                }
            }
            while !session.finished() {
                session.next_move().expect("no fault");
            }
            assert_eq!(session.exercise().hash(), whole.exercise().hash(), "cut at {cut}");
            session.close().expect("it is open");
            let replayed = journal::replay(&read(&again.bytes.borrow())).expect("it can be played again");
            assert!(replayed.differs.is_none(), "cut at {cut}: {:?}", replayed.differs);
        }
    }
}

#[test]
fn going_back_keeps_what_was_and_forgets_what_came_after() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let start = session.now();
    session.next_move().expect("no fault");
    let (second, before) = (session.now(), session.exercise().hash());
    session.believe("we do not know", ClaimId::at(0), 40).expect("somebody may");
    session.next_move().expect("no fault");
    let otherwise = session.exercise().hash();
    session.rewind(second).expect("it has been");
    // What was said at that moment itself stays said.
    assert_eq!(session.exercise().hash(), before);
    session.next_move().expect("no fault");
    assert_eq!(session.exercise().hash(), otherwise);
    session.rewind(start).expect("it has been");
    assert!(session.rewind(second).is_err(), "nobody can go back to what has not been");
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    session.close().expect("it is open");
    let replayed = journal::replay(&read(&disk.bytes.borrow())).expect("it can be played again");
    assert!(replayed.differs.is_none(), "{:?}", replayed.differs);
    assert_eq!(replayed.exercise.hash(), session.exercise().hash());
    assert!(session.close().is_err());
}

#[test]
fn what_was_undone_is_not_said_and_what_was_played_twice_does_not_count() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let first = session.now();
    session.next_move().expect("no fault");
    session.annotate(Annotation::new(RemarkKind::Note, "said in the course that was undone"));
    session.rewind(first).expect("it has been");
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    let assessed = session.close().expect("it is open");
    let journal = read(&disk.bytes.borrow());
    let said: Vec<String> = journal.annotations().map(Annotation::says).collect();
    assert_eq!(said, session.annotations().iter().map(Annotation::says).collect::<Vec<_>>());
    assert!(said.iter().all(|said| !said.contains("undone")) && said.iter().any(|said| said.starts_with("Play went back")), "{said:?}");
    let aside = |criterion: &&crate::assessment::Assessed| matches!(&criterion.result, CriterionResult::NotEvaluated { reason } if reason.contains("went back"));
    assert!(assessed.criteria.iter().any(|criterion| aside(&criterion)), "something of the second night was seen twice");
}

#[test]
fn what_the_facilitator_had_a_hand_in_is_not_evaluated_and_the_journal_plays_again() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let public = &session.program().public;
    let inject = public.injects.iter().find(|inject| inject.of_move.is_some() && !inject.is_voice).expect("an inject").id.clone();
    let roles: Vec<String> = public.roles.iter().map(|role| role.id.clone()).collect();
    // The first criterion that asks from when a claim was known: the facilitator tells the claim.
    let claim = public.claims[0].id.clone();
    session.direct(PlainDirection::Skip { inject }, None).expect("there is one");
    session.direct(PlainDirection::Tell { roles, claim, yes: true }, Some("they would have rung by now".to_owned())).expect("there is one");
    assert!(session.direct(PlainDirection::Fire { inject: "no-such-inject".to_owned() }, None).is_err());
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    let assessment = session.close().expect("it is open");
    let set_aside = assessment
        .criteria
        .iter()
        .filter(|criterion| matches!(&criterion.result, CriterionResult::NotEvaluated { reason } if reason.contains("facilitator")));
    assert!(set_aside.count() > 0, "something hangs on what the facilitator told");
    let replayed = journal::replay(&read(&disk.bytes.borrow())).expect("it can be played again");
    assert!(replayed.differs.is_none(), "{:?}", replayed.differs);
}

#[test]
fn an_update_is_short_and_says_nothing_that_nobody_was_told() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    while !session.finished() {
        let update = session.next_move().expect("no fault");
        assert!(update.text.split_whitespace().count() <= MOST_WORDS, "{}", update.text);
        let shown: Vec<AssetId> = (0..session.program().public.assets.len())
            .map(AssetId::at)
            .filter(|asset| session.roles().any(|role| session.view(role).knowledge.assets[asset.index()].found))
            .collect();
        assert!(update.text.starts_with("It is ") && update.text.ends_with('.'), "{}", update.text);
        let pay = session.program().public.services.iter().position(|service| service.id == "payroll");
        let down = |place: usize| session.roles().any(|role| session.view(role).knowledge.services[place].percent < 50);
        if pay.is_some_and(down) {
            let again = session.so_far().text;
            assert!(
                ["payroll", "Payroll", "All services"].iter().any(|says| again.contains(says)) && again.split_whitespace().count() <= MOST_WORDS,
                "what matters is said after going back: {again}"
            );
        }
        if shown.is_empty() {
            assert!(!update.text.contains("intruder"), "nobody has found anything: {}", update.text);
        }
    }
}

#[test]
fn the_same_request_twice_is_one_order() {
    let prepared = prepared();
    let seats = Session::usual_seats(&prepared.program, Mode::Solo, RoleSet::one(RoleId::at(0)));
    let mut session = Session::begin(prepared, Mode::Solo, 1, seats, None).expect("nothing is written");
    session.advance(ExerciseTime(600)).expect("no fault");
    let role = RoleId::at(0);
    let order = crate::exercise::quote::offers(&session.view(role)).next().expect("something is on offer");
    let first = session.order(role, order, None, Some("click 1".to_owned())).expect("it is taken");
    let facts = session.exercise().ledger().len();
    let second = session.order(role, order, None, Some("click 1".to_owned())).expect("it is known");
    assert_eq!((first, facts), (second, session.exercise().ledger().len()));
}

#[test]
fn a_full_disk_is_said_and_play_goes_on() {
    let disk = Disk { room: Some(1 << 20), ..Disk::default() };
    let mut session = discussion(&disk);
    assert!(session.unwritten().is_none());
    for n in 0..2000 {
        session.annotate(Annotation::new(RemarkKind::Note, format!("{n} {}", "x".repeat(1000))));
    }
    assert!(session.unwritten().is_some_and(|why| why.contains("no space left")));
    session.next_move().expect("play goes on");
    assert!(session.now() > ExerciseTime(0) + Span::hours(1));
}

#[test]
fn a_journal_that_policies_do_not_follow_is_named() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let mut journal = read(&disk.bytes.borrow());
    let place = journal.entries.iter().position(|line| matches!(&line.entry, Entry::Command(command) if command.origin == journal::Origin::Policy));
    journal.entries.remove(place.expect("colleagues do routine work"));
    match Session::resume(&journal) {
        Err(Trouble::Unlike { nth, .. }) => assert_eq!(nth, 1),
        other => panic!("{:?}", other.map(|_| "a session").err()),
    }
}

#[test]
fn what_an_evaluator_judged_counts_here_and_in_a_debrief_of_the_journal() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let judged = |criterion: &&crate::scenario::program::Criterion| matches!(criterion.measure, crate::scenario::program::Measure::Judged { .. });
    let criterion = session.program().rubric.criteria.iter().find(judged).expect("an evaluator has something to judge").id.clone();
    let remark = |value: &str, by: &str| Annotation {
        about: Some(criterion.clone()),
        value: Some(value.to_owned()),
        by: Some(by.to_owned()),
        ..Annotation::new(RemarkKind::Judged, "said when the next word comes")
    };
    session.annotate(remark("4000", "evaluator 1"));
    session.annotate(remark("750", "evaluator 2"));
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    let assessed = session.close().expect("it is open");
    let earned = |assessed: &Assessment| assessed.criteria.iter().find(|known| known.id == criterion).map(|known| known.result.clone());
    assert!(matches!(earned(&assessed), Some(CriterionResult::Earned { .. })), "{:?}", earned(&assessed));
    let journal = read(&disk.bytes.borrow());
    assert_eq!(journal::from_people(journal.annotations()).judged.get(&criterion).map(|(milli, _)| *milli), Some(750));
}

#[test]
fn an_assumption_sets_something_from_now_on_and_stands_in_the_journal() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let place = session
        .program()
        .public
        .sensors
        .iter()
        .position(|sensor| !sensor.blocks && sensor.notices_percent.is_some())
        .expect("a sensor that only reports");
    let sensor = session.program().public.sensors[place].id.clone();
    let facts = session.exercise().ledger().len();
    session
        .assume("Ours blocks", Some("IT operations".into()), None, Assumption::Accepted(Some(PlainDirection::AssumeBlocks { sensor })))
        .expect("there is one");
    session.assume("We have a retainer", None, None, Assumption::Parked).expect("nothing is set");
    let holder = session.roles().find(|role| session.view(*role).knowledge.sensors[place].known).expect("somebody has it");
    assert!(session.view(holder).knowledge.sensors[place].blocks);
    assert!(session.exercise().ledger().len() > facts, "what has happened stays, and this is new");
    let said: Vec<String> = read(&disk.bytes.borrow()).annotations().map(Annotation::says).collect();
    assert_eq!(said, ["Assumed, accepted: Ours blocks. To be verified (IT operations)", "Assumed, parked: We have a retainer. To be verified"]);
}

#[test]
fn a_facilitator_who_asks_is_told_who_knows() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    let taken = session.exercise().ledger().iter().filter_map(|happened| match happened.fact {
        crate::vocabulary::Fact::Adversary(crate::vocabulary::adversary::Fact::Compromised { asset, .. }) => Some(asset),
        _ => None,
    });
    let taken: std::collections::BTreeSet<AssetId> = taken.collect();
    let mut kinds = std::collections::BTreeSet::new();
    for asset in &taken {
        let id = session.program().public.assets[asset.index()].id.clone();
        let answers = session.ask(&id);
        assert!(!answers.is_empty(), "{id} is on the estate");
        let found = session.roles().any(|role| session.view(role).knowledge.assets[asset.index()].found);
        for answer in answers.iter().filter(|answer| answer.says.contains("taken")) {
            if !found {
                assert_ne!(answer.known, WhoKnows::Room, "{}", answer.says);
            }
            kinds.insert(format!("{:?}", answer.known).chars().take_while(|letter| letter.is_alphabetic()).collect::<String>());
        }
    }
    // Where nothing is, and nobody has looked, nobody knows that nothing is.
    let disk = Disk::default();
    let fresh = discussion(&disk);
    let name = fresh.program().public.assets[0].name.clone();
    let says = fresh.ask(&name).into_iter().find(|answer| answer.says.starts_with(&format!("{name} ("))).expect("it is on the estate");
    assert!(says.says.ends_with(": clean") && says.known.label().starts_with("nobody has looked"), "{says:?}");
    let claims = session.ask("backups destroyed");
    assert!(claims.iter().any(|answer| answer.says.contains("destroyed: ")) && claims.iter().all(|answer| !answer.says.contains(".:")));
    assert!(kinds.len() >= 2, "routine work alone leaves something secret: {kinds:?}");
    assert!(session.ask("zzz nothing of the kind").is_empty());
}

/// What the words of a room come to, in the shipped hospital at its beginning.
#[test]
fn words_mean_what_was_said_or_nothing() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.advance(ExerciseTime(0)).expect("no fault");
    let verb = |session: &Session, words: &str| -> Vec<(Verb, Vec<String>)> {
        let public = &session.program().public;
        let plain = |list: &[(RoleId, Order)]| {
            let verb = list.last().map(|(_, order)| public.actions[order.action.index()].verb).unwrap_or(Verb::Log);
            (verb, list.iter().flat_map(|(_, order)| crate::scenario::compile::written(public, order).on).collect())
        };
        let meant = |proposal: &Proposal| match &proposal.meant {
            Meant::Orders(list) | Meant::Once(_, list) => Some(plain(list)),
            Meant::Duty(_) | Meant::Decision(..) => None,
        };
        session.propose(words, None).iter().filter_map(meant).collect()
    };
    for (words, wanted, on) in [
        ("Isolate the pathology desks", Verb::Isolate, "pathology-desks"),
        ("pull the plug on pathology", Verb::Isolate, "pathology-desks"),
        ("Disable the svc-backup login", Verb::DisableLogin, "svc-backup"),
        ("Get Northlight on the phone", Verb::Engage, "ir-firm"),
        ("Take the backups offline", Verb::SecureBackup, "backups"),
        ("Shut down the domain controllers", Verb::PowerOff, "domain"),
        ("Isolate the pathology desks without delay", Verb::Isolate, "pathology-desks"),
        ("that backup login has to go", Verb::DisableLogin, "svc-backup"),
    ] {
        let (verb, targets) = verb(&session, words).into_iter().next().unwrap_or_else(|| panic!("nothing for `{words}`"));
        assert!(verb == wanted && targets.iter().any(|target| target == on), "`{words}`: {verb:?} on {targets:?}");
    }
    for words in [
        "Don't isolate the pathology desks",
        "Never pay the demand",
        "Nobody talks to the press",
        "We are not disabling any logins",
        "If the moon is full, isolate the pathology desks",
        "Have the sum paid through Northlight",
    ] {
        let harmful = verb(&session, words).into_iter().find(|(verb, _)| !matches!(verb, Verb::Engage));
        assert_eq!(harmful, None, "`{words}`");
    }
    let once = session.propose("If a second site falls, cut the WAN", None);
    let waits = |proposal: &Proposal| matches!(proposal.meant, Meant::Once(crate::policy::colleague::Trigger::Sites(2), _) | Meant::Decision(..));
    assert!(once.iter().any(|proposal| matches!(proposal.meant, Meant::Once(..))) && once.iter().all(waits), "{once:?}");
}
