//! What a facilitator does to a session: it counts, it is kept, and it comes back after a crash.

use super::super::msel::{Kind as Brings, State};
use super::*;
use crate::scenario::program::Hand;
use crate::scenario::written::Channel;

pub(super) fn roles_of(session: &Session) -> Vec<RoleId> {
    session.roles().collect()
}

/// An inject of the second half that comes by the clock alone, to somebody.
fn timed(session: &Session) -> InjectId {
    let waits = |line: &&super::super::msel::Line| {
        line.kind == Brings::At && line.state == State::Waiting && line.planned > Some(session.now()) && !line.to.is_empty()
    };
    session.msel().iter().filter(waits).last().expect("a timed inject that has not come").inject
}

fn improvised(session: &Session, to: RoleSet, tells: Option<(ClaimId, bool)>) -> Improvise {
    let text = "The switchboard says that a helicopter asks where to land.".to_owned();
    assert!(session.program().public.claims.len() > 1);
    Improvise { to, channel: Channel::Phone, from: "The switchboard".to_owned(), text, tells }
}

pub(super) fn to_the_end(session: &mut Session) {
    while !session.finished() {
        session.next_move().expect("no fault");
    }
}

pub(super) fn same_again(disk: &Disk, session: &Session) {
    let replayed = journal::replay(&read(&disk.bytes.borrow())).expect("it can be played again");
    assert!(replayed.differs.is_none(), "{:?}", replayed.differs);
    assert_eq!(replayed.exercise.hash(), session.exercise().hash());
}

#[test]
fn the_list_of_injects_says_how_each_stands() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let before = session.msel();
    let played = session.program().script.injects.iter().filter(|inject| inject.played).count();
    assert_eq!(before.len(), played, "all that the cut has");
    assert!(before.iter().enumerate().all(|(place, line)| line.number == place + 1 && !line.title.is_empty() && !line.comes.is_empty()));
    assert!(before.iter().any(|line| matches!(line.state, State::Came { at } if at <= session.now())));
    let handouts: Vec<usize> = before.iter().filter_map(|line| line.handout).collect();
    assert_eq!(handouts, (1..=handouts.len()).collect::<Vec<_>>());
    let by_hand = before.iter().find(|line| line.kind == Brings::ByHand && line.state.can_fire()).expect("the deck has one").inject;
    let contingency = before.iter().find(|line| line.kind == Brings::Contingency && line.state.can_fire()).expect("there is one").inject;
    let held = timed(&session);
    let id = |session: &Session, inject: InjectId| session.program().public.injects[inject.index()].id.clone();
    session.fire(by_hand).expect("it waits");
    assert!(session.fire(by_hand).is_err(), "it has come");
    session.direct(PlainDirection::Skip { inject: id(&session, contingency) }, None).expect("it waits");
    session.direct(PlainDirection::Hold { inject: id(&session, held) }, None).expect("it waits");
    let state = |session: &Session, inject: InjectId| session.msel().into_iter().find(|line| line.inject == inject).expect("a line").state;
    let now = session.now();
    assert_eq!(state(&session, by_hand), State::Came { at: now });
    assert_eq!(state(&session, contingency), State::Skipped { at: now });
    assert_eq!(state(&session, held), State::Held { due: false });
    let own = session.improvise(&improvised(&session, RoleSet::one(RoleId(0)), None)).expect("it can come");
    let after = session.msel();
    assert_eq!(
        after.iter().take(before.len()).map(|line| (line.number, line.inject, line.handout)).collect::<Vec<_>>(),
        before.iter().map(|line| (line.number, line.inject, line.handout)).collect::<Vec<_>>()
    );
    let last = after.last().expect("the new one");
    assert_eq!((last.inject, last.kind, last.number), (own, Brings::MadeUp, before.len() + 1));
    session.direct(PlainDirection::Retract { inject: id(&session, own) }, None).expect("it has come");
    assert_eq!(state(&session, own), State::Retracted { at: session.now() });
    to_the_end(&mut session);
    assert!(matches!(state(&session, held), State::Over | State::Held { .. }));
    assert!(session.msel().iter().all(|line| line.state != State::Waiting), "nothing waits after ENDEX");
    same_again(&disk, &session);
}

#[test]
fn other_words_are_read_everywhere_and_leave_the_scenario_as_it_is() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let start = session.now();
    let inject = timed(&session);
    let place = inject.index();
    let (identity, author) = (session.program().public.identity.clone(), session.program().public.injects[place].clone());
    assert!(session.edit(inject, "  ").is_err() && session.edit(inject, &"x".repeat(5000)).is_err());
    assert_eq!(session.program().public.injects[place].text, author.text, "what was refused changed nothing");
    let words = "It is the board on the line, and it wants to know what you know.";
    session.edit(inject, words).expect("it has not come");
    let other = discussion(&Disk::default());
    assert_eq!(other.program().public.injects[place].text, author.text, "the scenario is what it was");
    assert_eq!(session.program().public.identity, identity);
    let of_all = session.program().public.injects[place].to;
    to_the_end(&mut session);
    let role = of_all.iter().next().expect("somebody");
    assert!(session.view(role).knowledge.injects.contains(&inject));
    assert_eq!(session.view(role).public.injects[place].text, words);
    assert_eq!((session.program().public.injects[place].hand, &session.program().public.injects[place].from), (Hand::Edited, &author.from));
    assert!(session.edit(inject, "too late").is_err());
    let teller = crate::debrief::narrative::Teller::new(session.program());
    assert!(teller.inject(inject).contains("in the facilitator's words") && teller.inject(inject).contains("the board on the line"));
    same_again(&disk, &session);
    // Other words are another session, so the hash of the facts is another.
    session.rewind(start).expect("it has been");
    assert_eq!(session.program().public.injects[place].text, words, "edited at that very moment");
    session.rewind(ExerciseTime(0)).expect("it has been");
    assert_eq!(session.program().public.injects[place].text, author.text);
}

#[test]
fn an_improvised_inject_reaches_those_it_is_for_and_what_rests_on_it_does_not_count() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let roles = roles_of(&session);
    let (one, other) = (roles[0], roles[1]);
    let untold = |claim: &ClaimId| session.view(one).knowledge.claims[claim.index()].is_none();
    let claim = (0..session.program().public.claims.len()).map(ClaimId::at).find(untold).expect("something it does not know");
    let made = improvised(&session, RoleSet::one(one), Some((claim, false)));
    assert!(session.improvise(&Improvise { to: RoleSet::NONE, ..made.clone() }).is_err());
    assert!(session.improvise(&Improvise { text: " ".to_owned(), ..made.clone() }).is_err());
    let inject = session.improvise(&made).expect("it can come");
    let knows = |session: &Session, role: RoleId| session.view(role).knowledge.injects.contains(&inject);
    assert!(knows(&session, one) && !knows(&session, other));
    assert_eq!(session.view(one).public.injects[inject.index()].text, made.text);
    assert_eq!(session.view(one).knowledge.claims[claim.index()], Some(crate::vocabulary::communication::Stance::No));
    // A second one has a number of its own, and so has one after going back.
    let now = session.now();
    session.advance(now + Span::minutes(5)).expect("no fault");
    let second = session.improvise(&made).expect("it can come");
    assert_ne!(session.program().public.injects[second.index()].id, session.program().public.injects[inject.index()].id);
    let count = session.program().public.injects.len();
    session.rewind(now).expect("it has been");
    assert_eq!(session.program().public.injects.len(), count - 1);
    assert_eq!(session.improvise(&made).expect("it can come"), second);
    let teller = crate::debrief::narrative::Teller::new(session.program());
    assert!(teller.inject(inject).contains("made up by the facilitator"));
    to_the_end(&mut session);
    assert!(session.improvise(&made).is_err(), "play is over");
    session.close().expect("it is open");
    same_again(&disk, &session);
    let replayed = journal::replay(&read(&disk.bytes.borrow())).expect("it can be played again");
    assert_eq!(replayed.prepared.program.public.injects[inject.index()].text, made.text);
}

#[test]
fn a_hint_sets_aside_what_it_helps_with_even_when_play_goes_back() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let start = session.now();
    let gates: Vec<String> = session.program().public.gates.iter().map(|gate| gate.id.clone()).collect();
    let gate = gates.iter().find(|gate| !session.touched_by(gate).expect("a gate").is_empty()).expect("a decision that is assessed").clone();
    let touched = session.touched_by(&gate).expect("a gate");
    assert!(touched.len() < session.program().rubric.criteria.len());
    assert!(session.hint(RoleSet::one(RoleId(0)), "Think of the backups.", &[]).is_err());
    assert!(session.hint(RoleSet::one(RoleId(0)), "Think of the backups.", &["nothing-of-the-kind".to_owned()]).is_err());
    session.advance(start + Span::minutes(2)).expect("no fault");
    let inject = session.hint(RoleSet::one(RoleId(0)), "Think of the backups.", std::slice::from_ref(&gate)).expect("it is about something");
    assert!(session.view(RoleId(0)).knowledge.injects.contains(&inject));
    let aside = |session: &Session| -> Vec<CriterionId> {
        let criteria = session.assess().criteria;
        let helped = |result: &CriterionResult| matches!(result, CriterionResult::NotEvaluated { reason } if reason.contains("hint"));
        criteria.iter().enumerate().filter(|(_, criterion)| helped(&criterion.result)).map(|(place, _)| CriterionId::at(place)).collect()
    };
    assert_eq!(aside(&session), touched);
    session.rewind(start).expect("it has been");
    assert!(!session.view(RoleId(0)).knowledge.injects.contains(&inject));
    assert_eq!(aside(&session), touched, "nobody forgets a hint");
    let journal = read(&disk.bytes.borrow());
    assert_eq!(journal::from_people(journal.annotations()).set_aside.len(), touched.len());
    let again = Session::resume(&journal).expect("it can be gone on with");
    assert_eq!(aside(&again), touched);
}

#[test]
fn overrides_do_what_they_say_and_nothing_behind_anybodys_back() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    let public = session.program().public.clone();
    // A service, whatever it rests on; and back to what it rests on.
    let service = public.services[0].id.clone();
    let holder = session.roles().find(|role| session.view(*role).knowledge.services[0].known).expect("somebody runs it");
    let before = session.view(holder).knowledge.services[0].percent;
    let level = |session: &Session| session.view(holder).knowledge.services[0].percent;
    session.direct(PlainDirection::ServiceAt { service: service.clone(), percent: 37 }, None).expect("there is one");
    assert_eq!(level(&session), 37);
    assert!(session.direct(PlainDirection::ServiceAt { service: service.clone(), percent: 101 }, None).is_err());
    session.direct(PlainDirection::ServiceFollows { service }, None).expect("there is one");
    assert_eq!(level(&session), before);
    // A machine.
    let asset = public.assets.iter().position(|_| true).map(AssetId::at).expect("a machine");
    let owner = session.roles().find(|role| public.roles[role.index()].assets.has(asset)).expect("somebody has it");
    let looks = |session: &Session| session.view(owner).knowledge.assets[asset.index()].looks;
    let id = public.assets[asset.index()].id.clone();
    session.direct(PlainDirection::Machine { asset: id.clone(), on_network: false }, None).expect("there is one");
    assert_eq!(looks(&session), crate::vocabulary::estate::Seen::Isolated);
    session.direct(PlainDirection::Machine { asset: id, on_network: true }, None).expect("there is one");
    assert_eq!(looks(&session), crate::vocabulary::estate::Seen::Working);
    // A role.
    let away = |session: &Session| session.view(RoleId(0)).knowledge.away.has(RoleId(1));
    let role = public.roles[1].id.clone();
    session.direct(PlainDirection::Absent { role: role.clone(), away: true }, None).expect("there is one");
    assert!(away(&session));
    session.direct(PlainDirection::Absent { role, away: false }, None).expect("there is one");
    assert!(!away(&session));
    same_again(&disk, &session);
    let journal = read(&disk.bytes.borrow());
    assert_eq!(Session::resume(&journal).expect("it can be gone on with").exercise().hash(), session.exercise().hash());
}

#[test]
fn a_task_ends_by_hand_and_its_people_are_free() {
    for done in [true, false] {
        let disk = Disk::default();
        let mut session = discussion(&disk);
        let open = |session: &Session| {
            session.roles().find_map(|role| {
                let knows = session.view(role).knowledge;
                knows.open_tasks.first().map(|place| (role, knows.tasks[*place as usize].task))
            })
        };
        // Step by step, until something is worked on.
        while open(&session).is_none() && !session.finished() {
            let now = session.now();
            session.advance(now + Span::minutes(5)).expect("no fault");
        }
        let (role, task) = open(&session).expect("colleagues do routine work");
        let offered = session
            .overrides("")
            .into_iter()
            .filter(|known| matches!(&known.direction, PlainDirection::EndTask { task: of, .. } if *of == task.to_string()));
        assert_eq!(offered.count(), 2);
        session.direct(PlainDirection::EndTask { task: task.to_string(), done }, None).expect("it is open");
        let state = session.view(role).knowledge.tasks.iter().find(|known| known.task == task).expect("it was there").state;
        let over = |state| match state {
            crate::exercise::knowledge::TaskState::Over(outcome) => outcome == crate::vocabulary::team::Outcome::Failed,
            _ => panic!("it is over"),
        };
        if !done {
            assert!(over(state), "it failed");
        } else {
            assert!(matches!(state, crate::exercise::knowledge::TaskState::Over(_)));
        }
        // Once is enough: the moment at which it would have ended brings nothing more.
        to_the_end(&mut session);
        let ended = session
            .exercise()
            .ledger()
            .iter()
            .filter(|happened| matches!(happened.fact, Fact::Team(crate::vocabulary::team::Fact::TaskEnded { task: of, .. }) if of == task));
        assert_eq!(ended.count(), 1);
        assert!(session.direct(PlainDirection::EndTask { task: "xyz".to_owned(), done }, None).is_err());
        same_again(&disk, &session);
    }
}

/// Plays on until a decision is open; which, and until when.
pub(super) fn until_open(session: &mut Session) -> (GateId, ExerciseTime) {
    loop {
        let open = session.roles().find_map(|role| {
            let gates = session.view(role).knowledge.gates.clone();
            gates.iter().position(|gate| gate.open_until.is_some()).map(|place| (GateId::at(place), gates[place].open_until.expect("just seen")))
        });
        if let Some(open) = open {
            return open;
        }
        assert!(!session.finished(), "a decision opens");
        let now = session.now();
        session.advance(now + Span::minutes(10)).expect("no fault");
    }
}

#[test]
fn a_decision_has_more_time_and_opens_once_more() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    let (gate, until) = until_open(&mut session);
    let id = session.program().public.gates[gate.index()].id.clone();
    let belief = |session: &Session| {
        let who = session.program().public.gates[gate.index()].who.iter().next().expect("somebody decides");
        session.view(who).knowledge.gates[gate.index()]
    };
    session.direct(PlainDirection::Extend { gate: id.clone(), minutes: 45 }, None).expect("it is open");
    assert_eq!(belief(&session).open_until, Some(until + Span::minutes(45)));
    session.advance(until + Span::minutes(44)).expect("no fault");
    assert!(belief(&session).decided.is_none(), "there is time left");
    session.advance(until + Span::minutes(46)).expect("no fault");
    assert!(belief(&session).decided.is_some(), "and then it is over");
    session.direct(PlainDirection::Reopen { gate: id.clone(), minutes: 20 }, None).expect("it is over");
    let open = belief(&session);
    assert_eq!((open.open_until, open.decided), (Some(session.now() + Span::minutes(20)), None));
    let now = session.now();
    let other = session.program().public.gates[gate.index()].choices.len() as u8 - 1;
    session.decide("Now we do it otherwise.", gate, other, 80, now).expect("it is open again");
    session.advance(now + Span::minutes(19)).expect("no fault");
    assert_eq!(belief(&session).decided, Some(other));
    assert!(session.direct(PlainDirection::Extend { gate: id, minutes: 0 }, None).is_err());
    to_the_end(&mut session);
    same_again(&disk, &session);
}

#[test]
fn results_wait_for_the_rooms_own_words() {
    let disk = Disk::default();
    let mut session = discussion(&disk);
    session.next_move().expect("no fault");
    assert!(session.strength("We called early.", &[]).is_err(), "play is not over");
    to_the_end(&mut session);
    let claim = session.program().public.claims[0].id.clone();
    assert!(!session.may_show_results());
    session.strength("We called early.", std::slice::from_ref(&claim)).expect("play is over");
    assert_eq!(session.lessons_missing(), [RemarkKind::Gap]);
    assert!(session.gap("We told nobody.", &["nothing-of-the-kind".to_owned()]).is_err());
    session.gap("We told nobody.", &[]).expect("play is over");
    session.cause("A login without a second factor.", std::slice::from_ref(&claim)).expect("play is over");
    assert!(session.may_show_results());
    let kept = session.annotations().iter().find(|remark| remark.kind == RemarkKind::Strength).expect("it is kept");
    assert_eq!(kept.value.as_ref(), Some(&claim));
    session.close().expect("it is open");
    session.gap("And one more.", &[]).expect("remarks may follow the close");
    assert_eq!(read(&disk.bytes.borrow()).annotations().filter(|remark| remark.kind == RemarkKind::Gap).count(), 2);
    let mut other = discussion(&Disk::default());
    to_the_end(&mut other);
    other.skip_lessons("The room had to leave.").expect("play is over");
    assert!(other.may_show_results());
    // Play that is ended by hand is over, here and in what is gone on with.
    let disk = Disk::default();
    let mut third = discussion(&disk);
    third.next_move().expect("no fault");
    third.end_play();
    third.end_play();
    third.strength("We called early.", &[]).expect("play is over");
    let again = Session::resume(&read(&disk.bytes.borrow())).expect("it can be gone on with");
    assert!(again.play_was_ended() && again.lessons_missing() == [RemarkKind::Gap]);
    assert_eq!(again.annotations().len(), 2, "once is enough");
}

/// A session in which everything is done that can be done, at a checkpoint.
pub(super) fn busy(disk: &Disk) -> Session {
    let mut session = discussion(disk);
    session.next_move().expect("no fault");
    let everybody = RoleSet::first(session.program().public.roles.len());
    let inject = timed(&session);
    session.edit(inject, "Other words.").expect("it has not come");
    session.improvise(&improvised(&session, everybody, Some((ClaimId::at(0), true)))).expect("it can come");
    let gate = session.program().public.gates[0].id.clone();
    session.hint(everybody, "Who decides?", &[gate]).expect("it is about something");
    let (open, _) = until_open(&mut session);
    session.position(open, RoleId(0), 0, 70, None).expect("it is open");
    session.position(open, RoleId(1), 1, 60, None).expect("it is open");
    let now = session.now();
    session.decide_because("We do it.", open, 0, 80, now, Some("It costs least.")).expect("it is open");
    let back = PlainDirection::Absent { role: session.program().public.roles[2].id.clone(), away: false };
    session.direct(PlainDirection::ServiceAt { service: session.program().public.services[0].id.clone(), percent: 50 }, None).expect("there is one");
    // If anything happens at all, in twenty minutes: until then nothing is done, after a crash neither.
    let later = now + Span::minutes(20);
    let log = session.action(Verb::Log).expect("every scenario has one");
    let order = crate::exercise::quote::candidates(&session.view(RoleId(0)), log).next().expect("it can be ordered");
    let once = Instruction::Once(crate::policy::colleague::Trigger::Encrypted(0), vec![Waiting { order, from: later }]);
    session.instruct("In twenty minutes.", None, "written down", vec![(RoleId(0), once)]).expect("a colleague");
    session.assume("Somebody is on call", None, None, Assumption::Accepted(Some(back))).expect("it can be set");
    session.seat(RoleId(1), Seated::Person, Some("seat 1".to_owned())).expect("there is one");
    session.advance(now + Span::minutes(30)).expect("no fault");
    session.improvise(&improvised(&session, RoleSet::one(RoleId(1)), None)).expect("it can come");
    session.leave(RoleId(1)).expect("there is one");
    session.advance(now + Span::minutes(60)).expect("no fault");
    session.rewind(now + Span::minutes(10)).expect("it has been");
    session.improvise(&improvised(&session, RoleSet::one(RoleId(0)), None)).expect("it can come");
    session.checkpoint();
    session
}

#[test]
fn a_session_with_everything_in_it_goes_on_after_a_crash_at_any_line() {
    let disk = Disk::default();
    let mut session = busy(&disk);
    same_again(&disk, &session);
    let bytes = disk.bytes.borrow().clone();
    let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1).collect();
    let whole = read(&bytes);
    // Policies' orders come in long rows: of those, every eighth; of everything else, all.
    let is_policys = |line: usize| {
        whole
            .entries
            .iter()
            .any(|known| known.line == line && matches!(&known.entry, Entry::Command(command) if command.origin == journal::Origin::Policy))
    };
    let mut cuts = 0;
    for (place, end) in ends.iter().enumerate().filter(|(place, _)| !is_policys(place + 1) || place % 8 == 0) {
        let journal = read(&bytes[..*end]);
        let again = Disk::default();
        let mut resumed = Session::resume(&journal).unwrap_or_else(|trouble| panic!("cut after line {}: {trouble}", place + 1));
        resumed.keep_in(Box::new(again.clone())).expect("it can be written");
        resumed.checkpoint();
        let replayed = journal::replay(&read(&again.bytes.borrow())).unwrap_or_else(|error| panic!("cut after line {}: {error}", place + 1));
        assert!(replayed.differs.is_none(), "cut after line {}: {:?}", place + 1, replayed.differs);
        assert_eq!(replayed.exercise.hash(), resumed.exercise().hash(), "cut after line {}", place + 1);
        assert_eq!(replayed.prepared.program.public.injects.len(), resumed.program().public.injects.len());
        cuts += 1;
    }
    assert!(cuts > 20, "{cuts} lines");
    let mut resumed = Session::resume(&whole).expect("it can be gone on with");
    assert_eq!((resumed.exercise().hash(), resumed.seats()), (session.exercise().hash(), session.seats()));
    to_the_end(&mut session);
    to_the_end(&mut resumed);
    assert_eq!(resumed.exercise().hash(), session.exercise().hash(), "going on is going on");
}

#[test]
fn looking_ahead_says_what_comes_and_changes_nothing() {
    let (disk, other) = (Disk::default(), Disk::default());
    let (mut looked, mut plain) = (discussion(&disk), discussion(&other));
    let mut came = 0;
    while !looked.finished() {
        let (before, from) = (looked.exercise().hash(), looked.exercise().ledger().len());
        let ahead = looked.ahead();
        assert_eq!((looked.exercise().hash(), looked.ahead()), (before, ahead.clone()), "twice is as once");
        looked.next_move().expect("no fault");
        plain.next_move().expect("no fault");
        let fired = looked.exercise().ledger().iter().skip(from).filter_map(|happened| match happened.fact {
            Fact::Injects(crate::vocabulary::injects::Fact::Fired { inject }) => Some((inject, happened.at)),
            _ => None,
        });
        assert_eq!(fired.collect::<Vec<_>>(), ahead.injects);
        came += ahead.injects.len();
        assert_eq!(looked.exercise().hash(), plain.exercise().hash());
    }
    assert!(came > 5, "something came: {came}");
    assert_eq!(*disk.bytes.borrow(), *other.bytes.borrow(), "not a byte of the journal differs");
    same_again(&disk, &looked);
}
