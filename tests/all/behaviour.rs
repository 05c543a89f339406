//! How the rooms behave in play: each test plays the small frozen scenario with some of its words replaced.

use std::sync::Arc;

use hotwash::chance::Chance;
use hotwash::exercise::{Exercise, Receipt, quote};
use hotwash::ids::{DenseId, RoleId, RoleSet, ServiceId};
use hotwash::scenario::compile::{Names, PlainOrder, Tailoring, compile_loaded, orders};
use hotwash::scenario::load;
use hotwash::scenario::program::Program;
use hotwash::scenario::source::Opening;
use hotwash::time::ExerciseTime;
use hotwash::vocabulary::exercise::Refusal;
use hotwash::vocabulary::team::Outcome;
use hotwash::vocabulary::{Fact, Order, adversary, communication, continuity, detection, incident_command, injects, team};

/// The small scenario with some of its words replaced.
fn program(changes: &[(&str, &str)]) -> Arc<Program> {
    let mut text = include_str!("../golden/two-sites/scenario.ron").to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "`{from}` is not in it");
        text = text.replace(from, to);
    }
    let loaded = load::load(&Opening::in_memory("scenario.ron", [("scenario.ron", text)]));
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
    Arc::new(compile_loaded(&loaded, &Tailoring::default()).expect("it compiles"))
}

fn named(program: &Program, role: &str) -> RoleId {
    RoleId::at(program.public.roles.iter().position(|known| known.id == role).expect("a role"))
}

fn order(program: &Program, action: &str, on: &[&str], as_what: Option<&str>) -> Order {
    let on = on.iter().map(|target| (*target).to_owned()).collect();
    let written = PlainOrder { action: action.to_owned(), on, as_what: as_what.map(str::to_owned), sure_percent: None };
    orders(&program.public, &Names::new(&program.public), &written, &|_| None).expect("an order")[0]
}

/// A game, and the words to give orders in.
struct Game {
    exercise: Exercise,
    program: Arc<Program>,
}

impl Game {
    fn new(changes: &[(&str, &str)]) -> Game {
        Game::with_vacant(changes, &[])
    }

    fn with_vacant(changes: &[(&str, &str)], vacant: &[&str]) -> Game {
        let program = program(changes);
        let vacant = vacant.iter().map(|role| named(&program, role)).collect::<RoleSet>();
        Game { exercise: Exercise::with_setup(program.clone(), Chance::new(7), vacant), program }
    }

    fn at(&mut self, minutes: i64) -> &mut Game {
        self.exercise.advance(ExerciseTime(minutes * 60)).expect("no circle");
        self
    }

    fn give(&mut self, role: &str, action: &str, on: &[&str], as_what: Option<&str>) -> Receipt {
        let now = self.exercise.now();
        self.exercise.issue(now, named(&self.program, role), order(&self.program, action, on, as_what)).expect("no circle")
    }

    /// What an order would be refused for, if at all.
    fn refused(&self, role: &str, action: &str, on: &[&str]) -> Option<Refusal> {
        quote::quote(&self.exercise.view(named(&self.program, role)), &order(&self.program, action, on, None)).err()
    }

    fn end(&mut self) -> &mut Game {
        self.exercise.advance(self.program.public.endex).expect("no circle");
        self
    }

    /// The moments, in minutes, of facts that fit.
    fn minutes(&self, fits: impl Fn(&Fact) -> bool) -> Vec<i64> {
        self.exercise.ledger().iter().filter(|happened| fits(&happened.fact)).map(|happened| happened.at.0 / 60).collect()
    }
}

const NO_NOISE: (&str, &str) = ("noise_a_day: 20, ", "");
const BOTH: (&str, &str) = (r#"who: AnyOf(["incident-manager", "owner"])"#, r#"who: AllOf(["incident-manager", "owner"])"#);

fn decided(fact: &Fact) -> bool {
    matches!(fact, Fact::IncidentCommand(incident_command::Fact::Decided { .. }))
}

fn timed_out(fact: &Fact) -> bool {
    matches!(fact, Fact::IncidentCommand(incident_command::Fact::TimedOut { .. }))
}

#[test]
fn a_deputy_decides_in_the_place_of_a_role_that_nobody_occupies() {
    let mut game = Game::with_vacant(&[BOTH], &["incident-manager"]);
    game.at(45);
    assert_eq!(game.give("incident-manager", "decide", &["cut-the-yard"], Some("cut")), Receipt::Refused(Refusal::Away), "nobody is there to do it");
    assert_eq!(game.give("it", "decide", &["cut-the-yard"], Some("cut")), Receipt::Accepted(None));
    assert!(game.minutes(decided).is_empty(), "one of two");
    assert_eq!(game.give("owner", "decide", &["cut-the-yard"], Some("cut")), Receipt::Accepted(None));
    assert_eq!(game.minutes(decided), [45]);
    // Where everybody is there, a deputy decides nothing.
    let mut game = Game::new(&[BOTH]);
    game.at(45);
    assert_eq!(game.give("it", "decide", &["cut-the-yard"], Some("cut")), Receipt::Refused(Refusal::GateClosed));
    assert_eq!(game.end().minutes(timed_out), [130]);
}

#[test]
fn who_goes_away_leaves_an_open_decision_to_the_deputy_and_takes_it_back() {
    let goes = [
        BOTH,
        (
            r#"I have pulled nothing yet.", tells: [Yes("intruder")])"#,
            r#"I have pulled nothing yet.", tells: [Yes("intruder")], also: [Absent(role: "incident-manager", from: "+50m", until: "+100m")])"#,
        ),
    ];
    let mut game = Game::new(&goes);
    game.at(45);
    assert_eq!(game.give("it", "decide", &["cut-the-yard"], Some("cut")), Receipt::Refused(Refusal::GateClosed));
    game.at(55);
    assert_eq!(game.give("it", "decide", &["cut-the-yard"], Some("wait")), Receipt::Accepted(None));
    game.at(105);
    assert_eq!(game.give("it", "decide", &["cut-the-yard"], Some("cut")), Receipt::Refused(Refusal::NotYours), "the manager is back");
    game.give("incident-manager", "decide", &["cut-the-yard"], Some("cut"));
    game.give("owner", "decide", &["cut-the-yard"], Some("cut"));
    assert_eq!(game.minutes(decided), [105]);
}

#[test]
fn a_chain_of_deputies_signs_for_whoever_is_not_there() {
    let deputies = [(r#"Role(id: "owner", like: Executive, "#, r#"Role(id: "owner", like: Executive, deputy: "incident-manager", "#)];
    let mut game = Game::with_vacant(&deputies, &["owner", "incident-manager"]);
    game.at(10);
    assert!(matches!(game.give("it", "sign-off", &["first-word"], None), Receipt::Accepted(Some(_))));
    game.at(60);
    let owner = named(&game.program, "owner");
    let signed = |fact: &Fact| matches!(fact, Fact::Communication(communication::Fact::SignedOff { role, .. }) if *role == owner);
    assert_eq!(game.minutes(signed).len(), 1);
    assert_eq!(game.refused("it", "sign-off", &["first-word"]), Some(Refusal::AlreadySo));
    assert_eq!(game.refused("it", "publish", &["first-word"]), None, "what the owner may, too");
    let game = Game::new(&deputies);
    assert_eq!(game.refused("it", "sign-off", &["first-word"]), Some(Refusal::NotYours));
}

#[test]
fn who_is_not_there_is_in_the_journal_and_not_there_in_its_replay() {
    let folder = crate::binary::Folder::new();
    let words = ["run", "long-weekend", "--policy", "reactive", "--journal", "j.jsonl", "--format", "json", "--seat", "executive=nobody"];
    let played = folder.hotwash(words).exits(0);
    let journal = std::fs::read_to_string(folder.path("j.jsonl")).expect("a journal");
    assert!(journal.contains(r#"{"role":"executive","by":"nobody"}"#));
    let replayed = folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0);
    assert_eq!(replayed.json()["hash"], played.json()["hash"]);
    let occupied = folder.hotwash(["run", "long-weekend", "--policy", "reactive", "--format", "json"]).exits(0);
    assert_ne!(occupied.json()["hash"], played.json()["hash"], "it makes a difference");
}

#[test]
fn an_inject_that_waits_for_the_clock_alone_comes() {
    let waits = [(
        r#"Inject(id: "nobody-answers", fires: IfNot(done: Declared(), within: "2h", of: "yard-calls")"#,
        r#"Inject(id: "nobody-answers", fires: When(all: [Not(what: Declared(), within: "30m", of: After("+1h"))])"#,
    )];
    let mut game = Game::new(&waits);
    let place = game.program.public.injects.iter().position(|inject| inject.id == "nobody-answers").expect("it");
    game.at(120);
    let fired = |fact: &Fact| matches!(fact, Fact::Injects(injects::Fact::Fired { inject }) if inject.index() == place);
    assert_eq!(game.minutes(fired), [90], "thirty minutes after the first hour, without anything having happened");
}

/// Leaves nothing for the adversary to do but one stage.
fn one_stage(stage: &str) -> Vec<(String, String)> {
    let text = include_str!("../golden/two-sites/scenario.ron");
    let from = text.find("            Stage(id: \"look\"").expect("the first stage");
    let until = text[from..].find("\n        ],").expect("the end of them") + from;
    vec![
        (text[from..until].to_owned(), stage.to_owned()),
        (r#"if_noticed: [Hurry(to: "encrypt", chance_percent: 50), LieLow(lasts: "2h")],"#.to_owned(), String::new()),
        (
            r#"measure: Never(what: Happened(stage: "encrypt"), counts_once: Declared())"#.to_owned(),
            "measure: ScopeKnown(full_percent: 80, none_percent: 10)".to_owned(),
        ),
        (r#"truth: Once(stage: "take-login")"#.to_owned(), "truth: Always".to_owned()),
        (r#"truth: Once(stage: "copy-out")"#.to_owned(), "truth: Always".to_owned()),
        (r#", fires_only_if: [Happened(stage: "copy-out")]"#.to_owned(), String::new()),
        (NO_NOISE.0.to_owned(), NO_NOISE.1.to_owned()),
    ]
}

fn borrowed(changes: &[(String, String)]) -> Vec<(&str, &str)> {
    changes.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect()
}

#[test]
fn an_adversary_with_nothing_to_do_is_not_asked_again_and_again() {
    let late =
        r#"            Stage(id: "late", technique: "T1018", takes: Between("10m", "40m"), needs: [Foothold], does: Discover, not_before: "20:00"),"#;
    let changes = one_stage(late);
    let mut changes = borrowed(&changes);
    // Nor does anybody come or go.
    changes.extend(ONLY_ANA);
    let mut game = Game::new(&changes);
    game.at(6 * 60);
    let drained = game.exercise.events();
    game.at(10 * 60 + 50);
    assert_eq!(game.exercise.events(), drained, "nothing was polled in nearly five hours");
    game.end();
    let begun = |fact: &Fact| matches!(fact, Fact::Adversary(adversary::Fact::StageBegun { .. }));
    assert_eq!(game.minutes(begun).last(), Some(&(11 * 60)), "eight in the evening, to the second");
}

#[test]
fn an_adversary_that_waits_hears_of_what_changes() {
    // Nothing is possible from the yard once it is cut off; then it is joined again.
    let stage =
        r#"            Stage(id: "late", technique: "T1018", takes: Between("10m", "40m"), needs: [Foothold], does: Discover, repeats: true),"#;
    let changes = one_stage(stage);
    let mut game = Game::new(&borrowed(&changes));
    game.at(1);
    game.give("it", "cut-segment", &["yard"], None);
    game.at(8 * 60);
    let begun = |fact: &Fact| matches!(fact, Fact::Adversary(adversary::Fact::StageBegun { .. }));
    let before = game.minutes(begun).len();
    game.give("it", "rejoin-segment", &["yard"], None);
    game.at(10 * 60);
    assert!(game.minutes(begun).len() > before, "it came back");
    assert!(game.minutes(begun).iter().all(|minute| !(120..480).contains(minute)), "and had done nothing in between");
}

#[test]
fn nobody_waits_for_a_stage_that_can_never_be() {
    let stages = r#"            Stage(id: "kill-copies", technique: "T1490", takes: Between("10m", "20m"), needs: [Login(level: DomainAdmin)], does: Destroy(data: "copies"), before: ["burn"]),
            Stage(id: "burn", technique: "T1486", takes: Between("20m", "40m"), needs: [Foothold], does: Encrypt(on: Reachable()), goal: true),"#;
    let changes = one_stage(stages);
    let mut game = Game::new(&borrowed(&changes));
    game.end();
    let encrypted = |fact: &Fact| matches!(fact, Fact::Estate(hotwash::vocabulary::estate::Fact::Encrypted { .. }));
    assert!(!game.minutes(encrypted).is_empty(), "no stage ever brings the login that `kill-copies` needs");
}

#[test]
fn encryption_that_a_sensor_stops_everywhere_was_blocked() {
    let stages = r#"            Stage(id: "burn", technique: "T1486", takes: Between("20m", "40m"), needs: [Foothold], does: Encrypt(on: Reachable(of: ["yard-desks"])), goal: true),"#;
    let mut changes = one_stage(stages);
    changes.push((r#"notices_percent: 60, after: "3m", "#.to_owned(), r#"notices_percent: 100, after: "3m", blocks: true, "#.to_owned()));
    let program = program(&borrowed(&changes));
    let (mut blocked, mut attempt) = (0, 0);
    for seed in 0..20 {
        let mut exercise = Exercise::new(program.clone(), seed);
        exercise.advance(program.public.endex).expect("no circle");
        for happened in exercise.ledger().iter() {
            match happened.fact {
                Fact::Adversary(adversary::Fact::StageBegun { .. }) => attempt = 0,
                Fact::Detection(detection::Fact::Blocked { .. }) => attempt += 1,
                Fact::Adversary(adversary::Fact::StageFailed { obstacle, .. }) if attempt > 0 => {
                    assert_eq!(obstacle, adversary::Obstacle::Blocked, "seed {seed}");
                    blocked += 1;
                }
                _ => {}
            }
        }
    }
    assert!(blocked > 0, "in twenty runs, at least one was stopped on every machine");
}

#[test]
fn an_attempt_leaves_a_trace_of_a_kind_on_a_machine_once() {
    let program = crate::fixture::hospital();
    for seed in 1..6 {
        let mut exercise = Exercise::new(program.clone(), seed);
        exercise.advance(program.public.endex).expect("no circle");
        let mut keys: Vec<_> = exercise
            .ledger()
            .iter()
            .filter_map(|happened| match happened.fact {
                Fact::Adversary(adversary::Fact::Trace { trace, .. }) => Some(trace),
                _ => None,
            })
            .collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all, "seed {seed}");
    }
}

/// Everybody with one skill is Ana; the others never change shifts, so that nothing but she herself can set waiting work going.
const ONLY_ANA: [(&str, &str); 3] = [
    (r#"named: "Per Lund", skills: [Systems, Network], on_shift: OfficeHours"#, r#"named: "Per Lund", skills: [Systems, Network], on_shift: Always"#),
    (
        r#"named: "Ines Okafor", skills: [Systems, Operations], on_shift: OfficeHours"#,
        r#"named: "Ines Okafor", skills: [Systems, Operations], on_shift: Always"#,
    ),
    (
        r#"named: "Tom Reyes", skills: [Communication, Law, Management], on_shift: OfficeHours"#,
        r#"named: "Tom Reyes", skills: [Communication, Law, Management], on_shift: Always"#,
    ),
];
const THREE_DAYS: (&str, &str) = (r#"endex: "2026-03-04 21:00""#, r#"endex: "2026-03-07 09:00""#);

fn starts(fact: &Fact) -> bool {
    matches!(fact, Fact::Team(team::Fact::TaskStarted { .. }))
}

fn went_home(fact: &Fact) -> bool {
    matches!(fact, Fact::Team(team::Fact::WentHome { .. }))
}

#[test]
fn a_night_at_home_is_a_rest() {
    let office = (
        r#"named: "Ana Brandt", skills: [Analysis, Forensics], on_shift: Always"#,
        r#"named: "Ana Brandt", skills: [Analysis, Forensics], on_shift: OfficeHours"#,
    );
    let mut changes = vec![THREE_DAYS, office, NO_NOISE];
    changes.extend(ONLY_ANA);
    let mut game = Game::new(&changes);
    game.at(10);
    game.give("responder", "hunt", &["dc"], None);
    // Ten the next morning: she was there for an hour yesterday, and has slept.
    let next_day = 25 * 60;
    game.at(next_day);
    game.give("responder", "hunt", &["files"], None);
    game.at(next_day + 120);
    assert_eq!(game.minutes(starts), [10, next_day]);
    assert_eq!(game.minutes(went_home), [0; 0]);
}

#[test]
fn when_a_rest_ends_waiting_work_is_taken_up() {
    let mut changes = vec![THREE_DAYS, NO_NOISE];
    changes.extend(ONLY_ANA);
    let mut game = Game::new(&changes);
    game.at(10);
    // More than eighteen hours of looking, one machine after the other.
    for action in ["hunt", "capture-memory", "image-disk"] {
        for desk in ["yard-desks-01", "yard-desks-02", "yard-desks-03", "yard-desks-04", "files", "dc", "backup"] {
            game.give("responder", action, &[desk], None);
        }
    }
    game.end();
    let left = game.minutes(went_home);
    assert!(!left.is_empty(), "she was sent home");
    let after: Vec<i64> = game.minutes(starts).into_iter().filter(|minute| *minute > left[0]).collect();
    assert_eq!(after.first(), Some(&(left[0] + 8 * 60)), "eight hours later, and not when something else happens");
}

#[test]
fn orders_that_change_nothing_are_refused_by_what_the_role_knows() {
    let mut game = Game::new(&[NO_NOISE]);
    game.at(5);
    assert_eq!(game.refused("responder", "watch-at-night", &["edr"]), Some(Refusal::AlreadySo), "the rota says so");
    assert_eq!(game.refused("responder", "watch-at-night", &["firewall"]), None);
    game.give("responder", "tune-sensor", &["edr"], None);
    assert_eq!(game.refused("responder", "tune-sensor", &["firewall"]), None);
    game.give("it", "call-in", &[], None);
    game.at(240);
    assert_eq!(game.refused("responder", "tune-sensor", &["edr"]), Some(Refusal::AlreadySo));
    assert_eq!(game.refused("it", "call-in", &[]), Some(Refusal::AlreadySo));
    assert_eq!(game.refused("it", "call-in", &["systems"]), Some(Refusal::AlreadySo), "all of them are called");
    // Who was not told cannot know, and is not told by a refusal either.
    assert_eq!(game.refused("incident-manager", "call-in", &[]), None);
}

#[test]
fn images_of_disks_that_are_gone_cannot_be_taken() {
    let mut game = Game::new(&[NO_NOISE]);
    game.at(5);
    game.give("it", "rebuild", &["yard-desks"], None);
    game.at(8 * 60);
    let lost = |fact: &Fact| {
        use hotwash::vocabulary::investigation::{Evidence, Fact as Investigation};
        matches!(fact, Fact::Investigation(Investigation::EvidenceLost { evidence: Evidence::Disk, .. }))
    };
    assert!(!game.minutes(lost).is_empty(), "the adversary had been on one of them");
    let desk = game.exercise.ledger().iter().find_map(|happened| match happened.fact {
        Fact::Investigation(hotwash::vocabulary::investigation::Fact::EvidenceLost { asset, .. }) => Some(asset),
        _ => None,
    });
    let desk = game.program.public.assets[desk.expect("a machine").index()].id.clone();
    let Receipt::Accepted(Some(task)) = game.give("responder", "image-disk", &[&desk], None) else { panic!("nobody knows better yet") };
    game.end();
    let ended = game.exercise.ledger().iter().find_map(|happened| match happened.fact {
        Fact::Team(team::Fact::TaskEnded { task: ended, outcome }) if ended == task => Some(outcome),
        _ => None,
    });
    assert_eq!(ended, Some(Outcome::Failed));
}

#[test]
fn a_workaround_wears_out_however_often_it_is_started_again() {
    let mut game = Game::new(&[NO_NOISE]);
    let worn_out = |fact: &Fact| matches!(fact, Fact::Continuity(continuity::Fact::WorkaroundWornOut { .. }));
    let started = |fact: &Fact| matches!(fact, Fact::Continuity(continuity::Fact::WorkaroundStarted { .. }));
    let ended = |fact: &Fact| matches!(fact, Fact::Continuity(continuity::Fact::WorkaroundEnded { .. }));
    game.at(10);
    game.give("owner", "start-workaround", &["crane"], None);
    game.at(3 * 60);
    game.give("owner", "end-workaround", &["crane"], None);
    game.at(5 * 60);
    game.give("owner", "start-workaround", &["crane"], None);
    game.end();
    let [first, second] = game.minutes(started)[..] else { panic!("twice") };
    let ran = game.minutes(ended)[0] - first;
    // It holds five hours in all.
    let wore_out = game.minutes(worn_out)[0];
    assert!((wore_out - second - (300 - ran)).abs() <= 1, "started at {first} for {ran} and at {second}, worn out at {wore_out}");
    let mut game = Game::new(&[NO_NOISE]);
    game.at(10);
    game.give("owner", "start-workaround", &["crane"], None);
    game.at(8 * 60);
    assert_eq!(game.minutes(worn_out).len(), 1);
    assert_eq!(game.refused("owner", "start-workaround", &["crane"]), Some(Refusal::AlreadySo), "nothing is left of it");
}

fn levels(game: &Game, service: &str) -> Vec<u8> {
    let place = game.program.public.services.iter().position(|known| known.id == service).expect("a service");
    let of = |fact: &Fact| match fact {
        Fact::Continuity(continuity::Fact::ServiceLevel { service, percent }) if *service == ServiceId::at(place) => Some(*percent),
        _ => None,
    };
    game.exercise.ledger().iter().filter_map(|happened| of(&happened.fact)).collect()
}

#[test]
fn services_feel_it_when_their_way_out_is_closed() {
    // The estate says who needs the outside; the order does not know.
    let quiet = one_stage(r#"            Stage(id: "look", technique: "T1018", takes: Between("10m", "40m"), needs: [Foothold], does: Discover),"#);
    let outside = [
        (r#"rests_on: ["yard-desks", "files"], rto"#, r#"rests_on: ["yard-desks", "files", "internet"], rto"#),
        (
            r#"Asset(id: "dc", kind: DomainController,"#,
            r#"Asset(id: "post", kind: MailServer, count: 2, named: "GM-POST#", segment: "servers"), Asset(id: "dc", kind: DomainController,"#,
        ),
        (r#"links: [Link("#, r#"links: [Link(id: "partner", from: "helpers", to: ["files"], runs_as: User), Link("#),
        (
            r#"        services: [
"#,
            r#"        services: [
            Service(id: "mail", text: "Mail", rests_on: ["post"], rto: "8h"),
            Service(id: "parts", text: "Parts", rests_on: ["partner"], rto: "8h"),
            Service(id: "inside", text: "Inside", rests_on: ["files", "dc"], rto: "8h"),
"#,
        ),
    ];
    let mut changes = borrowed(&quiet);
    changes.extend(outside);
    let mut game = Game::new(&changes);
    game.at(5);
    game.give("it", "block-egress", &["servers"], None);
    game.at(120);
    let public = &game.program.public;
    let touched = |action: &str, segment: &str| -> Vec<String> {
        let view = game.exercise.view(named(&game.program, "it"));
        let quoted = quote::quote(&view, &order(&game.program, action, &[segment], None)).expect("it may");
        quoted.touches.iter().map(|service| public.services[service.index()].id.clone()).collect()
    };
    assert_eq!(touched("block-egress", "yard"), ["crane"], "the other of its two ways out");
    assert_eq!(levels(&game, "mail"), [75, 50], "of each of two servers half: mail inside goes on");
    assert_eq!(levels(&game, "parts"), [0]);
    assert_eq!(levels(&game, "crane"), [0_u8; 0], "its desks still have a way out, in the yard");
    assert_eq!(levels(&game, "inside"), [0_u8; 0]);
    game.give("it", "block-egress", &["yard"], None);
    game.at(240);
    assert_eq!(levels(&game, "crane"), [0]);
    game.give("it", "open-egress", &["servers"], None);
    game.at(400);
    assert_eq!((levels(&game, "mail"), levels(&game, "parts"), levels(&game, "crane")), (vec![75, 50, 75, 100], vec![0, 100], vec![0, 100]));
}

#[test]
fn what_a_journal_carries_is_bounded_though_it_is_not_checked_again() {
    use hotwash::scenario::prepare::{Unprepared, prepare_closed};
    use hotwash::scenario::source::{ClosureFile, Content, Opening};
    let whole = load::load(&Opening::find(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/two-sites")).expect("it is there"));
    let closure: Vec<ClosureFile> = whole.sources.closure();
    let says = |from: &str, to: &str| {
        let files = closure.iter().cloned().map(|mut file| {
            if let Content::Text(text) = &mut file.content {
                *text = text.replace(from, to);
            }
            file
        });
        let opening = Opening::closed(whole.sources.root(), files.collect::<Vec<_>>());
        match prepare_closed(&opening, None, None) {
            Err(Unprepared::Findings(found)) => {
                found.list.iter().map(|finding| format!("{}, {}", finding.found, finding.expected)).collect::<Vec<_>>().join("; ")
            }
            Err(other) => panic!("{other}"),
            Ok(_) => String::new(),
        }
    };
    assert_eq!(says("Two sites", "Two sites"), "");
    assert!(says("2026-03-04 21:00", "9999-12-31 23:59").contains("at most 60d"), "{}", says("2026-03-04 21:00", "9999-12-31 23:59"));
    assert!(says("count: 4, ", "count: 65535, ").contains("machines, at most 10000"));
    assert!(says("noise_a_day: 20", "noise_a_day: 65535").contains("alerts that mean nothing"));
    assert!(says("hands: 2", "hands: 255").contains("255 hands of an adversary, at most 16"));
}
