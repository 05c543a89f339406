//! Discussion play: routine work alone is not enough, a room that decides does well, and the command line plays it.

use hotwash::ids::RoleSet;
use hotwash::scenario::prepare;
use hotwash::session::{Mode, Outcome, Session, play_records};

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
