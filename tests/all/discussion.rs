//! Discussion play: routine work alone is not enough, a room that decides does well, and the command line plays it.

use hotwash::ids::{ClaimId, DenseId, GateId, RoleId, RoleSet};
use hotwash::journal::{PlainDirection, Store};
use hotwash::scenario::prepare;
use hotwash::scenario::written::Channel;
use hotwash::session::{Improvise, Mode, Outcome, Seated, Session, play_records};

use crate::binary::Folder;

/// The mean score over some seeds, with what became of the records at the first.
fn scores(with_records: bool) -> (f64, Vec<(String, Outcome)>) {
    let seeds = 1..=if std::env::var("HOTWASH_BAND_SEEDS").is_ok() { 40 } else { 4 };
    let (mut sum, mut count, mut outcomes) = (0.0, 0.0, Vec::new());
    for seed in seeds {
        let prepared = prepare::prepare("long-weekend", None, Some("90m")).expect("it is shipped");
        let records = if with_records { prepare::records(&prepared, "long-weekend", "discussion").expect("they are shipped") } else { Vec::new() };
        assert!(records.len() <= 25, "a room cannot record {} decisions in ninety minutes", records.len());
        let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
        let mut session = Session::begin(prepared, Mode::Discussion, seed, seats, None).expect("nothing is written");
        let keep = |_: &Session, record: &prepare::Noted, outcome: Outcome| {
            if seed == 1 {
                outcomes.push((record.says.clone(), outcome));
            }
        };
        play_records(&mut session, &records, |_, _| {}, keep, |_, _| {}).expect("it plays");
        let assessed = session.close().expect("it is open");
        sum += f64::from(assessed.score_tenths.expect("enough is evaluated")) / 10.0;
        count += 1.0;
    }
    (sum / count, outcomes)
}

#[test]
fn routine_work_alone_scores_at_most_30() {
    let (mean, _) = scores(false);
    println!("discussion without records: {mean:.1}");
    assert!(mean <= 30.0, "{mean}");
}

#[test]
fn the_shipped_records_score_at_least_75_and_all_of_them_fit_something() {
    let (mean, outcomes) = scores(true);
    println!("discussion with the shipped records: {mean:.1}");
    assert!(mean >= 75.0, "{mean}");
    for (says, outcome) in &outcomes {
        assert!(matches!(outcome, Outcome::Taken(_)), "\u{201c}{says}\u{201d}: {outcome:?}");
    }
}

#[test]
fn the_command_line_plays_a_discussion_keeps_its_journal_and_debriefs_it() {
    let folder = Folder::new();
    let arguments = [
        "run",
        "long-weekend",
        "--mode",
        "discussion",
        "--records",
        "discussion",
        "--format",
        "json",
        "--journal",
        "evening.journal",
        "--debrief",
        "evening.html",
    ];
    let done = folder.hotwash(arguments);
    assert_eq!(done.code, Some(0), "{}", done.err);
    let printed: serde_json::Value = serde_json::from_str(&done.out).expect("one object");
    assert_eq!(printed["mode"], "discussion");
    assert!(printed["records"].as_array().is_some_and(|records| records.len() > 10));
    let again = folder.hotwash(["replay", "evening.journal", "--format", "json"]);
    let replayed: serde_json::Value = serde_json::from_str(&again.out).expect("one object");
    assert_eq!(replayed["hash"], printed["hash"]);
    let page = std::fs::read_to_string(folder.path("evening.html")).expect("a page");
    assert!(page.contains("thought otherwise"), "dissent is in it");
    // The words of the room stand at the decision that they took, and what its journal says later is the same.
    assert_eq!(folder.hotwash(["debrief", "evening.journal", "-o", "later.html", "later.json"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(folder.path("later.html")).expect("a page"), page);
    let later = std::fs::read_to_string(folder.path("later.json")).expect("an object");
    let debrief: serde_json::Value = serde_json::from_str(&later).expect("one object");
    let decisions = debrief["decisions"].as_array().expect("a list");
    let with_words = decisions.iter().filter(|decision| decision["table"]["words"].as_array().is_some_and(|words| !words.is_empty())).count();
    assert!(with_words >= 3, "{with_words} of {} decisions have the room's words beside them", decisions.len());
    assert!(debrief["room"].as_array().is_some_and(|room| room.len() > 10));
}

/// The journal of a room in which the facilitator had their hands full, read by the real program.
#[test]
fn a_room_with_a_busy_facilitator_is_replayed_and_debriefed_from_its_journal() {
    let folder = Folder::new();
    folder.file("room.journal", "");
    let file = std::fs::File::create(folder.path("room.journal")).expect("a file");
    let prepared = prepare::prepare("long-weekend", None, Some("90m")).expect("it is shipped");
    let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
    let store: Box<dyn Store> = Box::new(file);
    let mut session = Session::begin(prepared, Mode::Discussion, 3, seats, Some(store)).expect("it can be written");
    session.next_move().expect("no fault");
    let everybody = RoleSet::first(session.program().public.roles.len());
    let waits = session.msel().into_iter().rfind(|line| line.state.can_fire() && line.planned.is_some()).expect("a timed inject");
    session.edit(waits.inject, "Quite other words, chosen in the room.").expect("it has not come");
    let made = Improvise {
        to: everybody,
        channel: Channel::Phone,
        from: "The switchboard".to_owned(),
        text: "A helicopter asks where to land.".to_owned(),
        tells: Some((ClaimId::at(1), false)),
    };
    session.improvise(&made).expect("it can come");
    let gate = session.program().public.gates[0].id.clone();
    session.hint(everybody, "Who may decide that?", &[gate]).expect("it is about something");
    let last = GateId::at(session.program().public.gates.len() - 1);
    session.position(last, RoleId::at(0), 0, 80, None).expect("it is not decided");
    session.position(last, RoleId::at(1), 1, 60, None).expect("it is not decided");
    let now = session.now();
    session.decide_because("We do it.", last, 0, 75, now, Some("It costs least.")).expect("it is not decided");
    session.seat(RoleId::at(2), Seated::Person, Some("seat 2".to_owned())).expect("there is one");
    let service = session.program().public.services[0].id.clone();
    session.direct(PlainDirection::ServiceAt { service, percent: 10 }, Some("to see what they do".to_owned())).expect("there is one");
    while !session.finished() {
        session.next_move().expect("no fault");
    }
    session.strength("We rang early.", &[]).expect("play is over");
    session.gap("Nobody wrote it down.", &[]).expect("play is over");
    session.close().expect("it is open");
    let hash = session.exercise().hash();
    drop(session);
    let again = folder.hotwash(["replay", "room.journal", "--format", "json"]).exits(0).json();
    assert_eq!(again["hash"], hash);
    folder.hotwash(["debrief", "room.journal", "-o", "room.md"]).exits(0);
    let page = std::fs::read_to_string(folder.path("room.md")).expect("a page");
    for wanted in [
        "made up by the facilitator",
        "A helicopter asks where to land",
        "in the facilitator's words",
        "Quite other words",
        "a hint of the facilitator's",
        "thought otherwise",
        "It costs least",
        "a person (seat 2)",
        "We rang early",
    ] {
        assert!(page.contains(wanted) || page.contains(&wanted.replace('\'', "\u{2019}")), "`{wanted}` is not in the debrief");
    }
}

#[test]
fn records_that_cannot_be_are_named_with_their_place() {
    let folder = Folder::new();
    let text = r#"[
    (move: "friday-evning", says: "x"),
    (move: "friday-evening", says: "x", gate: "cut-the-wan", choice: "cut-it-all"),
    (move: "friday-evening", says: "x", gate: "cut-the-wan"),
    (move: "friday-evening", says: "x", take: 9),
    (move: "saturday-night", says: "x", at: "Fri 18:00"),
    (move: "friday-evening", says: "x", claim: "data-left", sure_percent: 101),
]"#;
    let play = |text: &str| {
        folder.file("bad.records.ron", text);
        let done = folder.hotwash(["run", "long-weekend", "--mode", "discussion", "--records", "bad.records.ron", "--no-color"]);
        assert_eq!(done.code, Some(1), "{}", done.err);
        format!("{}{}", done.out, done.err)
    };
    let said = play(text);
    assert!(said.contains("friday-evening") && said.contains("HW0401"), "{said}");
    let said = play(&text.replace("evning", "evening"));
    for wanted in ["cut-it-all", "without its choice", "proposal 9", "Fri 23 Oct 18:00", "101 percent"] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
}

#[test]
fn modes_that_need_people_and_records_without_a_discussion_are_refused() {
    let folder = Folder::new();
    for (arguments, wanted) in [
        (vec!["run", "long-weekend", "--mode", "solo"], "needs people"),
        (vec!["run", "long-weekend", "--mode", "seminar"], "no mode `seminar`"),
        (vec!["run", "long-weekend", "--mode", "unattended", "--records", "discussion"], "belong to `--mode discussion`"),
        (vec!["run", "long-weekend", "--mode", "discussion", "--records", "no-such-file"], "no-such-file"),
    ] {
        let done = folder.hotwash(&arguments);
        assert_eq!(done.code, Some(2), "{arguments:?}");
        assert!(done.err.contains(wanted), "{}", done.err);
    }
}
