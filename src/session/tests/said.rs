//! How well words are understood: sentences as people in rooms say them, each with what an expert would take it for (`tests/data/said-*.txt`).

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::policy::colleague::Trigger;
use crate::policy::reference::DUTIES;
use crate::session::matching::clear;

/// One sentence of a table.
struct Said {
    of_move: String,
    words: String,
    meant: Vec<String>,
    /// Of which part of the table: nobody looked at the later ones while matching was made.
    part: u8,
}

/// What is said in one scenario.
struct Table {
    file: &'static str,
    scenario: &'static str,
}

const HOSPITAL: &str = "long-weekend";
const BADGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/borrowed-badge");

const ROOMS: Table = Table { file: "said-in-rooms", scenario: HOSPITAL };
const HOSPITAL_1: Table = Table { file: "said-in-hospital-1", scenario: HOSPITAL };
const BADGE_1: Table = Table { file: "said-in-badge-1", scenario: BADGE };
const HOSPITAL_2: Table = Table { file: "said-in-hospital-2", scenario: HOSPITAL };
const BADGE_2: Table = Table { file: "said-in-badge-2", scenario: BADGE };
const HOSPITAL_OWN: Table = Table { file: "said-in-hospital-while-mending", scenario: HOSPITAL };
const BADGE_OWN: Table = Table { file: "said-in-badge-while-mending", scenario: BADGE };

/// How often what was meant came first, or among three; and how often what was not meant could have been done without anybody picking it.
#[derive(Clone, Copy, Default, Debug)]
struct Figures {
    sentences: usize,
    first: usize,
    among: usize,
    wrong_and_clear: usize,
    right_and_clear: usize,
}

impl Table {
    fn sentences(&self) -> Vec<Said> {
        let path = format!("{}/tests/data/{}.txt", env!("CARGO_MANIFEST_DIR"), self.file);
        let text = std::fs::read_to_string(path).expect("the table is there");
        let mut part = 1;
        let mut said = Vec::new();
        for line in text.lines() {
            part += u8::from(line.starts_with("# Part ") && !line.starts_with("# Part one"));
            let mut columns = line.split(" | ").map(str::trim);
            if let (false, Some(of_move), Some(words), Some(meant)) = (line.starts_with('#'), columns.next(), columns.next(), columns.next()) {
                let meant = meant.split(" / ").map(|one| one.trim().to_owned()).collect();
                said.push(Said { of_move: of_move.to_owned(), words: words.to_owned(), meant, part });
            }
        }
        said
    }
}

/// Orders in the words of the table, signatures left out.
fn plain(session: &Session, list: &[(RoleId, Order)]) -> String {
    let public = &session.program().public;
    let mut by_action: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (_, order) in list.iter().filter(|(_, order)| public.actions[order.action.index()].verb != Verb::SignOff) {
        let order = crate::scenario::compile::written(public, order);
        let things = order.on.into_iter().chain(order.as_what);
        match by_action.iter_mut().find(|(action, _)| *action == order.action) {
            Some((_, known)) => known.extend(things),
            None => by_action.push((order.action, things.collect())),
        }
    }
    let one = |(action, things): &(String, BTreeSet<String>)| format!("{action} {}", things.iter().cloned().collect::<Vec<_>>().join(","));
    by_action.iter().map(one).map(|order| order.trim().to_owned()).collect::<Vec<_>>().join(" + ")
}

/// A proposal in the words of the table.
fn shown(session: &Session, proposal: &Proposal) -> String {
    let public = &session.program().public;
    match &proposal.meant {
        Meant::Orders(list) => plain(session, list),
        Meant::Duty(place) => format!("duty {}", DUTIES[*place].says),
        Meant::Once(trigger, list) => {
            let trigger = match trigger {
                Trigger::Told(claim) => format!("Told({})", public.claims[claim.index()].id),
                Trigger::Down(service) => format!("Down({})", public.services[service.index()].id),
                Trigger::InSegment(segment) => format!("InSegment({})", public.segments[segment.index()].id),
                other => format!("{other:?}"),
            };
            format!("once {trigger}: {}", plain(session, list))
        }
        Meant::Decision(gate, choice) => {
            let gate = &public.gates[gate.index()];
            format!("decide {} {}", gate.id, gate.choices[usize::from(*choice)].id)
        }
    }
}

/// Whether a proposal is what is meant.
fn is(shown: &str, meant: &str) -> bool {
    if meant.starts_with("duty ") {
        return shown.starts_with(meant);
    }
    if let Some(action) = meant.strip_suffix(" *") {
        return shown.split(' ').next() == Some(action);
    }
    let parts = |text: &str| -> BTreeSet<String> {
        let (condition, orders) = text.split_once(": ").unwrap_or(("", text));
        let sorted = |part: &str| {
            let (action, things) = part.rsplit_once(' ').unwrap_or((part, ""));
            let things: BTreeSet<&str> = things.split(',').collect();
            format!("{condition} {action} {things:?}")
        };
        orders.split(" + ").map(sorted).collect()
    };
    parts(shown) == parts(meant)
}

/// The session in which something is said: the beginning of a move, with only routine work done.
fn at_move(scenario: &str, of_move: &str) -> Session {
    let prepared = prepare::prepare(scenario, None, None).expect("it can be played");
    let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
    let mut session = Session::begin(prepared, Mode::Discussion, 1, seats, None).expect("nothing is written");
    while session.current_move().is_none_or(|turn| session.program().public.moves[turn.index()].id != of_move) {
        assert!(!session.finished(), "there is no move {of_move}");
        session.next_move().expect("no fault");
    }
    session
}

fn measured(table: &Table, part: u8) -> Figures {
    let mut figures = Figures::default();
    let mut sessions: BTreeMap<String, Session> = BTreeMap::new();
    for said in table.sentences().into_iter().filter(|said| said.part == part) {
        let session = sessions.entry(said.of_move.clone()).or_insert_with(|| at_move(table.scenario, &said.of_move));
        let proposals = session.propose(&said.words, None);
        let all: Vec<String> = proposals.iter().map(|proposal| shown(session, proposal)).collect();
        let right = |shown: &String| said.meant.iter().any(|meant| is(shown, meant));
        let taken = clear(&proposals).map(|proposal| shown(session, proposal));
        let none = said.meant.iter().any(|meant| meant == "none");
        let (first, among) = (all.first().is_some_and(right), all.iter().any(right));
        let wrong_and_clear = taken.as_ref().is_some_and(|taken| !right(taken));
        figures.sentences += 1;
        figures.first += usize::from(first || none && taken.is_none());
        figures.among += usize::from(among || none && taken.is_none());
        figures.wrong_and_clear += usize::from(wrong_and_clear);
        figures.right_and_clear += usize::from(taken.is_some() && !wrong_and_clear);
        let mark = match (first || none && taken.is_none(), among, wrong_and_clear) {
            (.., true) => "WRONG",
            (true, ..) => continue,
            (_, true, _) => "among",
            _ => "-",
        };
        let nearness: Vec<u32> = proposals.iter().map(|proposal| proposal.nearness).collect();
        println!("{mark:5} {} -> {all:?} {nearness:?}, meant {:?}", said.words, said.meant);
    }
    println!("{}, part {part}: {figures:?}", table.file);
    figures
}

/// Figures at first sight, before what they showed was mended.
///
/// By the author of matching: part two 29 of 38 first and 3 wrong and clear (22 and 6 before there were cues), part three, which means to mislead, 22 of
/// 30 and 7, part four 20 of 24 and 3. By somebody who had not seen it: of 40 for the hospital 19 first and 8 wrong and clear, of 25 for the badge 11 and
/// 4; then, of another list of each, 29 of 40 and 1, and 23 of 25 and none. What the test holds is what is so since.
#[test]
fn what_people_in_rooms_say_is_understood_and_nothing_else_is_done() {
    for (table, part, sentences, first_percent, clear_percent) in [
        (&ROOMS, 1, 80, 95, 60),
        (&ROOMS, 2, 36, 85, 50),
        (&ROOMS, 3, 30, 85, 30),
        (&ROOMS, 4, 24, 85, 30),
        (&HOSPITAL_1, 1, 40, 90, 40),
        (&BADGE_1, 1, 25, 90, 30),
        (&HOSPITAL_2, 1, 40, 80, 25),
        (&BADGE_2, 1, 25, 90, 20),
        (&HOSPITAL_OWN, 1, 290, 90, 15),
        (&BADGE_OWN, 1, 170, 90, 25),
    ] {
        let figures = measured(table, part);
        assert!(figures.sentences >= sentences && figures.first * 100 >= figures.sentences * first_percent, "{} {part}: {figures:?}", table.file);
        assert!(figures.among >= figures.first, "{} {part}: {figures:?}", table.file);
        assert!(figures.right_and_clear * 100 >= figures.sentences * clear_percent, "{} {part}: {figures:?}", table.file);
        assert_eq!(figures.wrong_and_clear, 0, "{} {part}: {figures:?}", table.file);
    }
}

/// Whatever is ordered in a sentence, it is not ordered any more if it is put like this.
const NO_ORDERS: [&str; 24] = [
    "Don't {}",
    "We do not {}",
    "Nobody is to {}",
    "Never {}",
    "Under no circumstances {}",
    "I don't want us to {}",
    "It makes no sense to {}",
    "If the moon is full, {}",
    "{} if the solicitor agrees",
    "Unless somebody objects, {}",
    "{} once the board has met",
    "When the auditors are gone, {}",
    "Should we {}?",
    "Did anybody {}?",
    "Why would we {}",
    "Do we {}",
    "What happens when we {}?",
    "Would it help to {}",
    "He said we should {}",
    "Last year they told us to {}",
    "The consultant thinks we have to {}",
    "Somebody suggested: {}",
    "In March the auditors wrote that we {}",
    "Maybe we {}",
];

#[test]
fn what_is_negated_waits_for_something_is_asked_or_reported_orders_nothing() {
    let (mut orders, mut wrong) = (0, Vec::new());
    for table in [&ROOMS, &HOSPITAL_1, &BADGE_1] {
        let mut sessions: BTreeMap<String, Session> = BTreeMap::new();
        for said in table.sentences() {
            let session = sessions.entry(said.of_move.clone()).or_insert_with(|| at_move(table.scenario, &said.of_move));
            let plain = !said.words.contains([',', '?', '.', ';', ':', '\'']);
            let ordered = |words: &str| clear(&session.propose(words, None)).cloned().filter(|proposal| matches!(proposal.meant, Meant::Orders(_)));
            if !plain || ordered(&said.words).is_none() {
                continue;
            }
            orders += 1;
            let mut chars = said.words.chars();
            let lower = chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect::<String>();
            let words = if said.words.split('-').next().is_some_and(|first| first.chars().all(char::is_uppercase)) { &said.words } else { &lower };
            // Each in every third form: all of them in all would take a minute.
            for form in NO_ORDERS.iter().skip(orders % 3).step_by(3) {
                let put = form.replace("{}", words);
                wrong.extend(ordered(&put).map(|proposal| format!("{put} -> {}", proposal.says)));
            }
        }
    }
    assert!(orders >= 50, "only {orders}");
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), orders * NO_ORDERS.len() / 3);
}

/// What was misheard once, each with what comes first now.
#[test]
fn what_was_misheard_once_is_heard() {
    let session = at_move(HOSPITAL, "friday-evening");
    let heard = |words: &str| -> Vec<String> { session.propose(words, None).iter().map(|proposal| shown(&session, proposal)).collect() };
    for (words, wanted) in [
        // What nobody minds is not refused.
        ("Cut the print server off right away, never mind the printing", "isolate print-server"),
        ("Isolate the print server, no ifs and no buts", "isolate print-server"),
        ("No time to lose: isolate the pathology desks, not just the one", "isolate pathology-desks"),
        // Whoever is told is not asked.
        ("Tell the wards that screens may go", "publish "),
        ("Tell the wards to expect paper by nine", "publish "),
        ("Tell the medical director what we know", "brief clinical-lead"),
        // A second site is not the data centre of the first.
        ("If a second site falls, cut Kilbrannon off from the rest", "once Sites(2): cut-segment site-b"),
        ("If they get into two parts of the network, cut Kilbrannon off from the rest", "once Segments(2): cut-segment site-b"),
        // Whoever is asked something is told nothing to do, and what is asked is no condition.
        ("Ask Declan whether he can isolate his own desks", "ask site-b-it"),
        ("Ask Declan if the desks in Kilbrannon are off", "ask site-b-it"),
    ] {
        let found = heard(words);
        assert!(found.first().is_some_and(|first| first.starts_with(wanted)), "{words}: {found:?}");
        assert!(wanted.starts_with("ask") || found.iter().all(|proposal| !proposal.starts_with("ask")), "{words}: {found:?}");
    }
    // Whoever takes it all back orders nothing that needs nobody to pick it, and what somebody else said is not ordered.
    for words in ["Isolate the print server. No, never mind", "\"Isolate the print server\", that's what they wrote", "Isolate their own servers"] {
        assert_eq!(clear(&session.propose(words, None)), None, "{words}");
    }
}

/// A room that reads a choice aloud, or nearly, means that choice.
#[test]
fn a_choice_is_found_by_its_own_words() {
    let mut wrong = Vec::new();
    let mut choices = 0;
    for (scenario, moves) in
        [(HOSPITAL, ["friday-evening", "saturday-night", "sunday-morning"]), (BADGE, ["tuesday-afternoon", "tuesday-evening", "wednesday-morning"])]
    {
        for of_move in moves {
            let session = at_move(scenario, of_move);
            let public = &session.program().public;
            let current = session.current_move().expect("a move is on");
            for (nth, gate) in public.gates.iter().enumerate().filter(|(_, gate)| gate.of_move == current) {
                for (place, choice) in gate.choices.iter().enumerate() {
                    choices += 1;
                    let plain = choice.text.replace([':', ';', ','], "");
                    for words in [choice.text.clone(), plain, format!("{}, that is what we do", choice.text.to_lowercase())] {
                        let found = session.propose(&words, None);
                        if found.first().is_none_or(|first| first.meant != Meant::Decision(GateId::at(nth), place as u8)) {
                            wrong.push(format!("{words} -> {:?}", found.iter().map(|one| shown(&session, one)).collect::<Vec<_>>()));
                        }
                    }
                }
            }
        }
    }
    assert!(choices >= 20, "only {choices}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Where nothing is proposed, it is said how the words were heard.
#[test]
fn why_nothing_is_proposed_is_said() {
    let session = at_move(HOSPITAL, "friday-evening");
    for (words, wanted) in [
        ("Don't switch anything off until memory is captured on the file server", "Heard as something not to do"),
        ("Nobody restarts anything, is that clear?", "Heard as something not to do"),
        ("If pathology is encrypted, nobody switches it off", "Heard as something not to do"),
        ("From now on nobody isolates anything without asking me", "Heard as something not to do"),
        ("Who looks after the backup?", "Heard as a question"),
        ("Unless Declan objects, cut Kilbrannon off", "Heard as held back (\u{201c}unless\u{201d})"),
        ("Isolate the print server once the board has met", "Heard as something that waits"),
        ("Look at the print server, tonight, and pull its cable if there is anything", "Heard as something that waits"),
        ("From now on we are all very kind to one another", "Heard as a standing order"),
        ("Leave the print server alone", "Heard as leaving something as it is"),
        ("Keep those two files in quarantine", "Heard as leaving something as it is"),
        ("Keep those two files in quarantine, and sing", "Heard as leaving something as it is"),
        ("Somebody buys biscuits", "Nothing on offer fits these words."),
    ] {
        assert_eq!(session.propose(words, None), Vec::new(), "{words}");
        let why = session.why_nothing(words);
        assert!(why.starts_with(wanted), "{words}: {why}");
    }
}

/// What is not to stop anybody does not stop an order, and takes nothing of what is refused beside it.
#[test]
fn what_may_come_of_it_does_not_hold_an_order_back() {
    let session = at_move(HOSPITAL, "friday-evening");
    let taken = |words: &str| clear(&session.propose(words, None)).map(|proposal| shown(&session, proposal));
    for words in [
        "Kill svc-backup, and if the jobs break they break",
        "If the jobs break they break, kill svc-backup",
        "If it hurts, so be it: kill svc-backup",
        "Kill svc-backup even if the jobs break",
    ] {
        assert_eq!(taken(words).as_deref(), Some("disable-login svc-backup"), "{words}");
    }
    for words in [
        "Kill svc-backup, and if the jobs break we stop",
        "If the jobs break, kill svc-backup",
        "Even if they break, nobody kills svc-backup",
        "Don't kill svc-backup even if the jobs break",
        "Kill svc-backup if the jobs break, not if they don't",
        "Nobody kills svc-backup without asking",
    ] {
        assert_eq!(taken(words), None, "{words}");
    }
}
