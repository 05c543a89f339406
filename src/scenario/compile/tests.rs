//! A small scenario, compiled, and what it must have become.

use std::collections::BTreeMap;

use super::orders::{PlainOrder, orders, target_key, written as in_words};
use super::*;
use crate::scenario::located::{reading, ron_options};
use crate::scenario::program::*;
use crate::time::Span;
use crate::vocabulary::condition::{Atom, Term};
use crate::vocabulary::{Command, Order, Scope, incident_command, investigation, response};

const SMALL: &str = r#"(
    format: 1, id: "small", title: "A small one at {org}", depth: Estate, family: Ransomware,
    startex: "2026-05-14 16:20", endex: "2026-05-15 10:00",
    sources: [Cite(id: "plan", title: "The plan of {org}")],
    cuts: [
        Cut(id: "short", opening: "5m", play: "40m", hotwash: "10m", moves: ["first", "third"], leave_out: ["rumour", "tone"]),
        Cut(id: "long", opening: "5m", play: "60m", hotwash: "10m", moves: ["all"]),
    ],
    variables: [Variable(id: "org", about: "us", example: "Larkmere"), Variable(id: "currency", about: "money", example: "EUR")],
    about_us: [
        AboutUs(id: "blocks", ask: "?", unless_told: No, yes: [Blocks(sensor: "edr"), Covers(sensor: "edr", assets: ["tills"])], no: [NoWay(from: "shop", to: "internet")]),
        AboutUs(id: "offline", ask: "?", unless_told: No, yes: [OutOfReach(data: "backups")], despite: [Despite(stage: "door", text: "They asked nicely.")]),
        AboutUs(id: "in-the-eu", ask: "?", unless_told: Yes, yes: [Rule(rule: "gdpr-33", aware_of: ["data-left"])]),
    ],
    claims: [
        Claim(id: "inside", text: "Somebody is inside {org}", truth: Once(stage: "door")),
        Claim(id: "data-left", text: "Data left", truth: Once(stage: "copy")),
        Claim(id: "safe", text: "Backups are safe", truth: AsAnswered("offline")),
        Claim(id: "one-shop", text: "One shop only", truth: Never(tempting: "It looks like it")),
    ],
    objectives: [Objective(id: "o", text: "Know", core_capability: "Cybersecurity", targets: [Target(id: "t", text: "In time", criteria: [
        Criterion(id: "quick", counts_for: Triage, points: 10, basis: OwnPlan(says: "Within the hour", source: "plan", section: "3"),
            measure: Minutes(from: Told(claim: "inside"), to: Ordered(action: "isolate", on: "tills"), full: "10m", none: "60m", if_never: Missed)),
        Criterion(id: "belief", counts_for: Investigation, points: 10, basis: Judgement(says: "Known by then", reviewed_by: "us"),
            measure: Belief(claim: "inside", asked_at_end_of: "first")),
        Criterion(id: "belief-late", counts_for: Investigation, points: 10, basis: Judgement(says: "Known by then", reviewed_by: "us"),
            measure: Belief(claim: "inside", asked_at_end_of: "second")),
        Criterion(id: "tone", counts_for: Communication, points: 10, basis: Judgement(says: "Kind", reviewed_by: "us"), measure: Judged(ask: "Kind?", look_for: ["kindness"])),
        Criterion(id: "lost", counts_for: Continuity, points: 5, basis: Judgement(says: "Little lost", reviewed_by: "us"),
            measure: Outage(full: 10, none: 100, counts_once: Not(what: Declared(), within: "30m"))),
    ])])],
    roles: [
        Role(id: "manager", like: IncidentManager, knows: [Services(["all"]), Assets(["servers"])]),
        Role(id: "it", like: ItOperations, words: "IT of {org}", deputy: "manager", knows: [Assets(["all"])], may: ["sing"], believes: ["safe"]),
        Role(id: "legal", like: Legal),
    ],
    stakeholders: [Stakeholder(id: "press", words: "A reporter", wants: "a line", trust: 4, must_hear: [Hear(claim: "data-left", within: "4h")],
        warms_when: [Said(Yes("data-left")), Said(NotYet("data-left"))])],
    staff: [Staff(id: "night", named: "Night operator", skills: [Systems])],
    vendors: [Vendor(id: "firm", named: "The firm", text: "They help", arrives_within: "4h", brings: [Brings(people: 2, skills: [Forensics]), Brings(people: 1, skills: [Management])])],
    plan: Plan(severity: [Level(id: "minor", text: "small"), Level(id: "major", text: "large", calls_in: ["all"])]),
    actions: [
        Action(id: "isolate", says: "Cut off", does: Isolate, by: [IncidentManager, ItOperations], takes: "10m", skill: Systems),
        Action(id: "restore", says: "Bring back", does: Restore, by: [ItOperations]),
        Action(id: "watch", says: "Watch", does: Watch, who: ["legal"], on: ["edr"]),
        Action(id: "sing", says: "Sing", does: Learn),
        Action(id: "triage", says: "Look at it", does: Triage, by: [ItOperations]),
        Action(id: "conclude", says: "Say", does: Conclude, by: [ItOperations]),
        Action(id: "declare", says: "Declare", does: Declare, by: [IncidentManager]),
        Action(id: "decide", says: "Decide", does: Decide, by: [IncidentManager]),
        Action(id: "brief", says: "Tell", does: Brief, by: [IncidentManager]),
        Action(id: "call-in", says: "Call", does: CallIn, by: [IncidentManager]),
        Action(id: "secure", says: "Secure", does: SecureBackup, by: [IncidentManager]),
    ],
    techniques: [Technique(id: "T1486", name: "Data Encrypted for Impact", leaves: [Leaves(trail: File, loudness_percent: 90, looks_like: "renames")], takes: Exactly("1h"))],
    rules: [
        Rule(id: "gdpr-33", text: "To the regulator", starts: Aware, deadline: Hours(72), recipient: "the regulator of {org}", source: "GDPR 33"),
        Rule(id: "sec", text: "To investors", starts: Determined, deadline: BusinessDays(4), recipient: "investors", source: "8-K"),
        Rule(id: "people", text: "To people", starts: Aware, deadline: WithoutUndueDelay(taken_as: "1h"), recipient: "people", source: "GDPR 34"),
    ],
    rules_in_force: ["sec"],
    moves: [
        Move(id: "first", opens: "+0m", talk: "20m", read_aloud: "It is {org}. {not a name}", also_read: [ReadIf(when: [Evicted], say: "They left.")],
            injects: [
                Inject(id: "call", fires: At("+5m"), channel: Phone, from: "press", to: ["all"], text: "Hello {org}", tells: [Yes("inside")], artefact: "artefacts/log.csv"),
                Inject(id: "chair", fires: IfNot(done: Ordered(action: "isolate"), within: "40m", of: "call"), channel: Chat, from: "the chair", to: ["manager"]),
            ],
            voices: [Voice(id: "alert-words", of: Alert(stage: "copy"), to: ["it"], text: "A big upload")],
            gates: [Gate(id: "cut", ask: "Cut?", opens: When(all: [Told(claim: "inside")]), decide_within: "30m", who: AllOf(["manager", "it"]),
                choices: [
                    Choice(id: "yes", text: "Yes", orders: [Order(action: "isolate", on: ["tills", "db"]), Order(action: "declare", as: "major")], publishes: "line"),
                    Choice(id: "no", text: "No"),
                ], if_nobody_decides: "no")]),
        Move(id: "second", opens: "Thu 18:20", talk: "20m", read_aloud: "Later.", injects: [
            Inject(id: "unplayed", fires: At("+5m"), channel: Mail, from: "x", to: ["it"]),
        ], gates: [Gate(id: "late", ask: "?", opens: At("+0m"), decide_within: "5m", who: AnyOf(["it"]), choices: [Choice(id: "a", text: "A")], if_nobody_decides: "a")]),
        Move(id: "third", opens: "Fri 07:30", talk: "20m", read_aloud: "Morning.", injects: [
            Inject(id: "leak", fires: When(all: [Happened(stage: "copy")]), or_else: "rumour", channel: News, from: "them", to: ["all"], also: [Outage(service: "sell", lasts: "1h"), Trust(of: "press", by: -1)]),
            Inject(id: "rumour", fires: Instead, channel: Social, from: "x", to: ["it"]),
            Inject(id: "still", fires: IfNot(done: Decided(gate: "cut", not: "no"), within: "2h", of: "call"), channel: Chat, from: "x", to: ["it"]),
        ], gates: [Gate(id: "why", ask: "Why not?", opens: IfNot(done: Told(claim: "inside"), within: "20m"), decide_within: "30m", who: AnyOf(["legal"]),
            choices: [Choice(id: "a", text: "A")], if_nobody_decides: "a")]),
    ],
    deck: [
        Inject(id: "insurer", fires: ByHand, channel: Mail, from: "x", to: ["legal"]),
        Inject(id: "nobody-spoke", fires: IfNot(done: Published("line"), within: "3h"), channel: Mail, from: "x", to: ["legal"]),
    ],
    statements: [Statement(id: "line", to: ["press"], signed_off_by: ["legal"], text: "{org} says", says: [NotYet("data-left")])],
    estate: Estate(
        segments: [Segment(id: "shop", talks_to: ["centre", "internet"]), Segment(id: "centre")],
        assets: [
            Asset(id: "tills", kind: Workstation, count: 12, named: "TILL-##", segment: "shop"),
            Asset(id: "db", kind: Database, named: "DB", segment: "centre"),
            Asset(id: "bkp", kind: BackupServer, named: "BKP", segment: "centre"),
        ],
        groups: [Group(id: "servers", of: ["db", "bkp"]), Group(id: "everything", of: ["servers", "tills-01", "tills"])],
        data: [Data(id: "sales", on: "db", records: 1000), Data(id: "backups", on: "bkp", restores: ["sales", "db"], made: "14h")],
        logins: [Login(id: "svc", opens: ["servers"], level: DomainAdmin, lies_on: ["bkp"], needed_by: ["store"])],
        links: [Link(id: "remote", from: "firm", to: ["db"], runs_as: Admin)],
        services: [
            Service(id: "sell", text: "Selling", rests_on: ["tills", "store"], rto: "2h", cost_an_hour: "EUR 90"),
            Service(id: "store", text: "Storing", rests_on: ["sales"], rto: "2h", workaround: Workaround(text: "paper", level_percent: 40, holds: "6h")),
            Service(id: "far", text: "Far", rests_on: ["remote"], rto: "2h"),
        ],
    ),
    sensors: [Sensor(id: "edr", sees: [File], on: ["servers"], notices_percent: 40, keeps: "30d")],
    campaign: Campaign(wants: "Money from {org}", if_noticed: [Hurry(to: "lock", chance_percent: 60)],
        past: [
            Past(id: "key", at: "-1d 03:00", technique: "T1486", text: "They read a key.", does: Steal(login: "svc", from: "bkp")),
            Past(id: "door", at: "-3d 02:00", technique: "T1486", text: "They come in.", does: Enter(through: "remote")),
        ],
        next: [
            Stage(id: "copy", technique: "T1486", takes: Between("1h", "2h"), needs: [Foothold, OpensData("sales")], does: CopyOut(data: "sales"), before: ["lock"]),
            Stage(id: "lock", technique: "T1486", takes: Exactly("1h"), not_before: "22:00", does: Encrypt(on: Reachable(kinds: [Database], of: ["servers"])), goal: true),
        ]),
)"#;

fn sheet(text: &str) -> Sheet {
    reading(0, text, || ron_options().from_str(text)).unwrap_or_else(|error| panic!("{error}"))
}

fn files() -> BTreeMap<String, String> {
    BTreeMap::from([("artefacts/log.csv".to_owned(), "{\"a\": {org}}".to_owned())])
}

/// The small scenario as it stands.
pub fn small() -> Program {
    compiled(&Tailoring::default())
}

fn compiled(tailoring: &Tailoring<'_>) -> Program {
    compile(&sheet(SMALL), tailoring, &files(), "identity").unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The small scenario with one text replaced, which must then be refused with this message at this text.
#[track_caller]
fn refused(from: &str, to: &str, message: &str, at: &str) {
    let text = SMALL.replacen(from, to, 1);
    assert_ne!(text, SMALL, "nothing replaced");
    let problems = compile(&sheet(&text), &Tailoring::default(), &files(), "").map(|_| ()).unwrap_err();
    let found = problems.iter().find(|problem| problem.message == message);
    let found = found.unwrap_or_else(|| panic!("{message}: {problems:#?}"));
    assert_eq!(&text[found.at.offset as usize..(found.at.offset + found.at.length) as usize], at);
}

fn set(range: std::ops::Range<usize>) -> AssetSet {
    range.map(AssetId::at).collect()
}

fn profile(text: &str) -> Profile {
    ron_options().from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn machines_are_counted_out_and_groups_flattened() {
    let public = compiled(&Tailoring::default()).public;
    assert_eq!(public.assets.len(), 14);
    assert_eq!((public.assets[2].id.as_str(), public.assets[2].name.as_str()), ("tills-03", "TILL-03"));
    assert_eq!(public.groups.iter().map(|group| group.id.as_str()).collect::<Vec<_>>(), ["tills", "servers", "everything"]);
    assert_eq!(public.groups[0].assets.iter().collect::<Vec<_>>(), set(0..12).iter().collect::<Vec<_>>());
    assert_eq!(public.groups[2].assets.len(), 14);
    assert!(public.data[1].is_backup && public.data[1].restores_assets.has(AssetId(12)) && public.data[1].restores_data == [DataId(0)]);
    assert_eq!(public.data[1].made, Span::hours(14));
}

#[test]
fn services_know_what_they_rest_on() {
    let services = compiled(&Tailoring::default()).public.services;
    assert_eq!(services[0].one_segment, None, "tills and the store are apart");
    assert_eq!(services[1].one_segment, Some(SegmentId(1)));
    assert_eq!(services[2].one_segment, None, "it comes from outside");
    assert!(matches!(services[1].rests_on[..], [RestsOn::Data(DataId(0)), RestsOn::Login(LoginId(0))]));
    assert_eq!(services[0].cost_an_hour_minor_units, 9000);
}

#[test]
fn roles_may_what_their_kind_may_and_what_is_named() {
    let public = compiled(&Tailoring::default()).public;
    let may = |role: usize| (0..4).filter(|action| public.roles[role].may[*action]).collect::<Vec<_>>();
    assert_eq!(may(0), [0]);
    assert_eq!(may(1), [0, 1, 3]);
    assert_eq!(may(2), [2]);
    assert_eq!(public.roles[1].label, "IT of Larkmere");
    assert_eq!((public.roles[0].assets.len(), public.roles[1].assets.len()), (2, 14));
    assert_eq!(public.roles[0].services.len(), 3);
    assert_eq!(public.levels[1].calls_in, RoleSet::first(3));
    let brought: Vec<_> = public.staff.iter().filter(|staff| staff.vendor == Some(VendorId(0))).map(|staff| staff.id.as_str()).collect();
    assert_eq!(brought, ["firm-1", "firm-2", "firm-3"]);
    assert_eq!(public.staff[3].skills, [written::Skill::Management]);
}

#[test]
fn the_cut_decides_what_is_played() {
    let short = compiled(&Tailoring::default());
    assert_eq!((short.public.cut.id.as_str(), short.public.cut.play), ("short", Span::minutes(40)));
    assert_eq!(short.public.moves.iter().map(|one| one.played).collect::<Vec<_>>(), [true, false, true]);
    let place = |id: &str| short.public.injects.iter().position(|inject| inject.id == id).unwrap();
    for (id, played) in [("call", true), ("unplayed", false), ("rumour", false), ("insurer", true), ("alert-words", true)] {
        assert_eq!(short.secret.injects[place(id)].played, played, "{id}");
    }
    assert!(matches!(short.secret.gates[1], When::Never));
    assert_eq!(short.rubric.criteria.iter().map(|criterion| criterion.left_out).collect::<Vec<_>>(), [false, false, true, true, false]);
    let third = short.public.moves[2].opens;
    assert!(matches!(short.rubric.criteria[1].measure, Measure::Belief { until, .. } if until == third));

    let long = compiled(&Tailoring { cut: Some("long".to_owned()), ..Tailoring::default() });
    assert!(long.public.moves.iter().all(|one| one.played));
    assert!(matches!(long.rubric.criteria[1].measure, Measure::Belief { until: ExerciseTime(7200), .. }));
    let problems = compile(&sheet(SMALL), &Tailoring { cut: Some("longer".to_owned()), ..Tailoring::default() }, &files(), "").unwrap_err();
    assert_eq!(problems[0].message, "there is no cut `longer`; did you mean `long`?");
}

#[test]
fn a_scenario_without_cuts_plays_all_of_it() {
    let begins = SMALL.find("cuts: [").unwrap();
    let ends = begins + SMALL[begins..].find("],\n    variables").unwrap() + 2;
    let text = format!("{}{}", &SMALL[..begins], &SMALL[ends..]);
    let program = compile(&sheet(&text), &Tailoring::default(), &files(), "").unwrap();
    assert_eq!((program.public.cut.id.as_str(), program.public.cut.play), ("all", Span::minutes(60)));
    assert!(program.public.moves.iter().all(|one| one.played));
}

#[test]
fn the_running_order_stays_within_its_moves() {
    let Program { public, secret, conditions, .. } = compiled(&Tailoring::default());
    let third = public.moves[2].opens;
    assert_eq!(third, ExerciseTime(15 * 3600 + 600));
    let plan = |id: &str| &secret.injects[public.injects.iter().position(|inject| inject.id == id).unwrap()];
    let terms = |when: &When| match when {
        When::Condition(condition) => conditions.list[condition.index()].clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(plan("call").when, When::At(ExerciseTime(300))));
    assert!(matches!(plan("chair").when, When::IfNot { within: Span(2400), of: Some(InjectId(0)), .. }));
    assert!(matches!(terms(&plan("leak").when).all[..], [Term::Atom(_), Term::After(at)] if at == third));
    assert!(matches!(terms(&plan("still").when).all[..], [Term::NotWithin(_, Span(7200), _), Term::After(at)] if at == third));
    assert!(matches!(terms(&plan("nobody-spoke").when).all[..], [Term::NotBy(_, ExerciseTime(10_800))]));
    assert!(matches!(plan("insurer").when, When::Never));
    assert_eq!(plan("alert-words").voice, Some(VoiceOf::Alert(StageId(2))));
    assert_eq!(plan("leak").or_else, Some(InjectId(5)));
    let gate = terms(&secret.gates[0]);
    assert_eq!(gate.scope, [RoleId(0), RoleId(1)].into_iter().collect());
    assert!(matches!(gate.all[..], [Term::Atom(_), Term::After(ExerciseTime(0))]));
    let gate = terms(&secret.gates[2]);
    assert_eq!(gate.scope, RoleSet::one(RoleId(2)), "a gate is opened by what those who decide were told");
    assert!(matches!(gate.all[..], [Term::NotBy(_, by), Term::After(at)] if at == third && by == third + Span::minutes(20)));
    assert_eq!(public.injects[0].from, "A reporter");
    assert_eq!(public.injects[0].artefact.as_ref().unwrap().1, "{\"a\": Larkmere}");
    assert_eq!(public.moves[0].read_aloud, "It is Larkmere. {not a name}");
}

#[test]
fn the_past_comes_first_and_before_becomes_waiting() {
    let secret = compiled(&Tailoring::default()).secret;
    assert_eq!(secret.stages.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>(), ["key", "door", "copy", "lock"]);
    assert_eq!(secret.past.iter().map(|past| past.stage).collect::<Vec<_>>(), [StageId(1), StageId(0)]);
    assert_eq!(secret.past[0].at, ExerciseTime(-3 * 86_400 - (16 * 3600 + 1200) + 7200));
    assert_eq!(secret.stages[3].waits_for, [StageId(2)]);
    assert!(secret.stages[1].is_past && !secret.stages[2].is_past);
    assert_eq!(secret.stages[3].text, "Data Encrypted for Impact");
    assert_eq!(secret.hurry, Some((StageId(3), 60)));
    assert_eq!(secret.truth, [Truth::Once(StageId(1)), Truth::Once(StageId(2)), Truth::Never, Truth::Never]);
}

#[test]
fn answers_set_parameters_and_unsure_is_the_default() {
    let unsaid = compiled(&Tailoring::default());
    assert!(!unsaid.public.sensors[0].blocks && !unsaid.public.segments[0].internet);
    assert!(unsaid.public.rules[0].in_force && unsaid.public.rules[0].aware_of == [ClaimId(1)]);
    assert!(unsaid.public.rules[1].in_force && !unsaid.public.rules[2].in_force);

    let profile = profile(
        r#"(id: "ours", scenario: "small", values: [Value(of: "org", is: "Acme")],
            answers: [Answered(to: "blocks", is: Yes), Answered(to: "offline", is: Yes), Answered(to: "in-the-eu", is: Unsure)])"#,
    );
    let tailored = compiled(&Tailoring { profile: Some(&profile), cut: None });
    assert_eq!(tailored.public.title, "A small one at Acme");
    assert!(tailored.public.sensors[0].blocks && tailored.public.segments[0].internet);
    assert_eq!(tailored.public.sensors[0].covers.len(), 14);
    assert_eq!(tailored.secret.out_of_reach, [false, true]);
    assert_eq!(tailored.secret.truth[2], Truth::Always);
    assert_eq!(tailored.secret.stages[1].text, "They come in. They asked nicely.");
    assert!(tailored.public.rules[0].in_force, "unsure counts as the default");
    assert_eq!(tailored.public.answers[2], ("in-the-eu".to_owned(), Answer::Unsure));
    // Words never change what facts are called.
    assert_eq!(unsaid.names.of(AssetId(3)), tailored.names.of(AssetId(3)));
}

#[test]
fn deadlines_count_in_the_unit_of_their_rule() {
    let rules = compiled(&Tailoring::default()).public.rules;
    let texts: Vec<_> = rules.iter().map(|rule| (rule.deadline, rule.deadline_text.as_str())).collect();
    assert_eq!(
        texts,
        [
            (Deadline::Span(Span::hours(72)), "72 hours"),
            (Deadline::BusinessDays(4), "4 business days"),
            (Deadline::Span(Span::hours(1)), "without undue delay (taken as 1 hour)"),
        ]
    );
}

#[test]
fn conditions_on_orders_and_orders_use_the_same_key() {
    let Program { public, conditions, names, rubric, .. } = compiled(&Tailoring::default());
    let Measure::Minutes { to, .. } = rubric.criteria[0].measure else { panic!() };
    let [Term::Atom(atom)] = conditions.list[to.index()].all[..] else { panic!() };
    let isolate = public.gates[0].choices[0].orders[0];
    let expected = Atom::Ordered { action: ActionId(0), target: Some(target_key(&names, &isolate.command)) };
    assert_eq!(conditions.atoms[usize::from(atom)], (expected, RoleSet::NONE));
    assert_eq!(target_key(&names, &isolate.command), names.of(GroupId(0)));
    let Measure::Outage { counts_once, ref of, .. } = rubric.criteria[4].measure else { panic!() };
    assert!(matches!(conditions.list[counts_once.index()].all[..], [Term::NotBy(_, ExerciseTime(1800))]));
    assert_eq!(of.len(), 3);
    assert!(conditions.atoms.contains(&(Atom::Declared { at_least: LevelId(0) }, RoleSet::NONE)));
    assert_eq!(names.of(ConditionId(1)), Key::named("1"));
}

#[test]
fn choices_order_typed_commands() {
    let public = compiled(&Tailoring::default()).public;
    let choice = &public.gates[0].choices[0];
    let commands: Vec<Command> = choice.orders.iter().map(|order| order.command).collect();
    assert_eq!(
        commands,
        [
            response::Command::Isolate { scope: Scope::Group(GroupId(0)) }.into(),
            response::Command::Isolate { scope: Scope::Asset(AssetId(12)) }.into(),
            incident_command::Command::Declare { level: LevelId(1) }.into(),
        ]
    );
    assert_eq!((choice.publishes, public.gates[0].if_nobody_decides, public.gates[0].all_of), (Some(StatementId(0)), 1, true));
}

fn plain(action: &str, on: &[&str], as_what: Option<&str>, sure_percent: Option<u8>) -> PlainOrder {
    PlainOrder {
        action: action.to_owned(),
        on: on.iter().map(|target| (*target).to_owned()).collect(),
        as_what: as_what.map(str::to_owned),
        sure_percent,
    }
}

#[test]
fn orders_are_read_and_written_back() {
    let public = compiled(&Tailoring::default()).public;
    let names = Names::new(&public);
    let alerts = |text: &str| (text == "#3").then_some(Key(7));
    let read = |order: &PlainOrder| orders(&public, &names, order, &alerts);
    for order in [
        plain("isolate", &["tills", "tills-04"], None, None),
        plain("restore", &["db", "sales", "servers"], None, None),
        plain("watch", &[], None, None),
        plain("triage", &["#3", "@00000000000000ff"], None, None),
        plain("conclude", &["inside"], Some("yes"), Some(80)),
        plain("conclude", &["inside"], Some("no"), Some(80)),
        plain("conclude", &["inside"], Some("no"), None),
        plain("declare", &[], Some("major"), None),
        plain("decide", &["cut"], Some("yes"), None),
        plain("brief", &["it", "legal"], None, None),
        plain("brief", &["all"], None, None),
        plain("call-in", &["Forensics", "law"], None, None),
        plain("call-in", &[], None, None),
        plain("secure", &["backups"], None, None),
        plain("sing", &[], None, None),
    ] {
        let once = read(&order).unwrap_or_else(|message| panic!("{order:?}: {message}"));
        assert_eq!(once.len(), if order.action == "brief" { 1 } else { order.on.len().max(1) }, "{order:?}");
        for one in once {
            assert_eq!(read(&in_words(&public, &one)), Ok(vec![one]), "{order:?}");
        }
    }
    let percents: Vec<Order> = [("yes", Some(80)), ("no", Some(80)), ("yes", None)]
        .into_iter()
        .flat_map(|(as_what, sure)| read(&plain("conclude", &["inside"], Some(as_what), sure)).unwrap())
        .collect();
    for (order, percent) in percents.iter().zip([80, 20, 75]) {
        assert_eq!(order.command, investigation::Command::Conclude { claim: ClaimId(0), percent }.into());
    }
    assert_eq!(serde_json::to_string(&plain("declare", &[], Some("major"), None)).unwrap(), r#"{"action":"declare","as":"major"}"#);
}

#[test]
fn orders_that_make_no_sense_are_refused_in_a_sentence() {
    let public = compiled(&Tailoring::default()).public;
    let names = Names::new(&public);
    for (order, message) in [
        (plain("isolat", &["tills"], None, None), "there is no action `isolat`; did you mean `isolate`?"),
        (plain("isolate", &[], None, None), "`isolate` needs to know on what: name machines"),
        (plain("isolate", &["tils"], None, None), "there is no asset or group `tils`; did you mean `tills`?"),
        (plain("triage", &["#4"], None, None), "there is no alert `#4`"),
        (plain("triage", &["@00é0000000000"], None, None), "there is no alert `@00é0000000000`"),
        (plain("conclude", &["inside"], None, None), "`conclude` needs to know as what: yes or no"),
        (plain("conclude", &["inside"], Some("perhaps"), None), "a belief is `yes` or `no`, not `perhaps`"),
        (plain("conclude", &["inside"], Some("no"), Some(101)), "how sure is a percentage from 0 to 100, not 101"),
        (plain("declare", &[], None, None), "`declare` needs to know as what: minor, major"),
        (plain("declare", &[], Some("mayor"), None), "there is no severity level `mayor`; did you mean `major`?"),
        (plain("declare", &["db"], Some("major"), None), "`declare` is not done to anything; leave `db` out"),
        (plain("decide", &["cut"], Some("perhaps"), None), "there is no choice `perhaps`"),
        (plain("brief", &[], None, None), "`brief` needs to know whom: name roles"),
        (plain("call-in", &["magic"], None, None), "there is no skill `magic`"),
        (plain("secure", &["sales"], None, None), "`sales` is not a backup"),
    ] {
        assert_eq!(orders(&public, &names, &order, &|_| None), Err(message.to_owned()), "{order:?}");
    }
}

#[test]
fn what_does_not_resolve_is_named_with_its_place() {
    refused(r#"deputy: "manager""#, r#"deputy: "manger""#, "there is no role `manger`; did you mean `manager`?", r#""manger""#);
    refused(
        r#"of: ["db", "bkp"]"#,
        r#"of: ["db", "everything"]"#,
        "the group `everything` stands further down; a group can only hold groups that stand before it",
        r#""everything""#,
    );
    refused(r#"rests_on: ["sales"]"#, r#"rests_on: ["sell"]"#, "the service `store` rests, by way of others, on itself", r#""store""#);
    refused(r#"if_nobody_decides: "no")]),"#, r#"if_nobody_decides: "nay")]),"#, "there is no choice `nay`", r#""nay""#);
    refused(r#"not_before: "22:00","#, r#"before: ["copy"],"#, "the stage `lock` waits, by way of others, for itself", r#""lock""#);
    refused(
        r#"artefact: "artefacts/log.csv""#,
        r#"artefact: "artefacts/lag.csv""#,
        "there is no file `artefacts/lag.csv`; did you mean `artefacts/log.csv`?",
        r#""artefacts/lag.csv""#,
    );
    refused(
        r#"Order(action: "declare", as: "major")"#,
        r#"Order(action: "declare")"#,
        "`declare` needs to know as what: minor, major",
        r#""declare""#,
    );
    refused(r#"at: "-1d 03:00""#, r#"at: "+1d 03:00""#, "what is past lies before STARTEX", r#""+1d 03:00""#);
    refused(r#"endex: "2026-05-15 10:00""#, r#"endex: "2026-05-14 10:00""#, "ENDEX comes after STARTEX", r#""2026-05-14 10:00""#);
    refused(r#"Staff(id: "night""#, r#"Staff(id: "firm-2""#, "there is a staff member `firm-2` already", r#""firm""#);
    refused("count: 12", "count: 0", "there has to be at least one machine; leave the asset out instead", "0");
    refused(r#"not: "no"), within"#, r#"not: "na"), within"#, "there is no choice `na`; did you mean `no`?", r#""na""#);
    refused(
        r#"OutOfReach(data: "backups")"#,
        r#"OutOfReach(data: "backup")"#,
        "there is no data store `backup`; did you mean `backups`?",
        r#""backup""#,
    );
}

#[test]
fn what_is_too_large_is_refused_and_not_expanded() {
    let rows: String = (0..3).map(|n| format!(r#"Asset(id: "many-{n}", kind: Server, count: 40000, named: "M#", segment: "shop"),"#)).collect();
    let text = SMALL.replacen("\n        assets: [", &format!("\n        assets: [{rows}"), 1);
    let problems = compile(&sheet(&text), &Tailoring::default(), &files(), "").unwrap_err();
    assert_eq!(problems[0].message, "there can be at most 10000 machines, not 120014");

    let rows: String = (0..20).map(|n| format!(r#"Role(id: "r-{n}", like: Legal),"#)).collect();
    let text = SMALL.replacen("roles: [", &format!("roles: [{rows}"), 1);
    let problems = compile(&sheet(&text), &Tailoring::default(), &files(), "").unwrap_err();
    assert_eq!(problems[0].message, "there can be at most 16 roles, not 23");
}

#[test]
fn an_empty_sheet_says_what_is_missing() {
    let problems = compile(&Sheet::default(), &Tailoring::default(), &BTreeMap::new(), "").unwrap_err();
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    for field in ["`startex`", "`endex`", "`id`", "`title`", "`family`"] {
        assert!(said.iter().any(|message| message.contains(field)), "{field}: {said:?}");
    }
}

/// Plans are compiled against a compiled scenario: with the ears of a role, and without a word for the campaign.
#[test]
fn plans_cannot_name_the_campaign() {
    let public = compiled(&Tailoring::default()).public;
    let names = Names::new(&public);
    let read = |text: &str| {
        let terms = Terms::new(&public, &names);
        let mut into = Conditions::default();
        let written: Vec<written::Term> = ron_options().from_str(text).unwrap_or_else(|error| panic!("{error}"));
        let condition = terms.condition(&mut into, &written, RoleSet::one(RoleId(1)), None);
        (into.list[condition.index()].clone(), terms.into_problems().into_iter().map(|problem| problem.message).collect::<Vec<_>>())
    };
    let (condition, problems) = read(r#"[Told(claim: "inside"), Decided(gate: "cut", choice: "yes"), After("Thu 18:20")]"#);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!((condition.scope, condition.all.len()), (RoleSet::one(RoleId(1)), 3));
    assert_eq!(condition.all[2], Term::After(ExerciseTime(7200)));
    assert_eq!(read(r#"[Happened(stage: "copy")]"#).1, ["there is no stage `copy`"]);
    assert_eq!(read(r#"[Not(what: Evicted)]"#).1, ["`Not` needs a deadline: say `within`"]);
    assert_eq!(read(r#"[Not(what: Evicted, within: "Thu 18:20", of: Declared())]"#).1, ["with `of`, `within` is a span: \"30m\", not a moment"]);
}

/// Every word of the small scenario, replaced by words that mean something else or nothing: compiled or refused, never a panic.
#[test]
fn no_word_in_the_wrong_place_makes_compiling_panic() {
    let quotes: Vec<usize> = SMALL.match_indices('"').map(|(at, _)| at).collect();
    let mut compiled = 0;
    let mut refused = 0;
    for word in quotes.chunks_exact(2) {
        for other in ["nothing", "all", "tills", "internet", "copy", "-3650d 00:00", ""] {
            let text = format!("{}{other}{}", &SMALL[..=word[0]], &SMALL[word[1]..]);
            let Ok(sheet) = reading(0, &text, || ron_options().from_str::<Sheet>(&text)) else { continue };
            match compile(&sheet, &Tailoring::default(), &files(), "") {
                Ok(_) => compiled += 1,
                Err(problems) => {
                    assert!(!problems.is_empty());
                    refused += 1;
                }
            }
        }
    }
    assert!(compiled > 300 && refused > 300, "{compiled} compiled, {refused} refused");
}

/// Every cut and every profile of every shipped scenario compiles, and the orders of its choices read back as the same orders.
#[test]
fn shipped_scenarios_compile_in_every_cut_and_profile() {
    use crate::scenario::{load, source};
    let mut compiled = 0;
    for name in source::shipped() {
        let loaded = load::load(&source::Opening::shipped(name).unwrap());
        let profiles = loaded.profiles.iter().map(|loaded| Some(&loaded.profile)).chain([None]);
        for profile in profiles {
            for cut in loaded.sheet.cuts.iter().map(|cut| Some(cut.id.text.clone())).chain([None]) {
                let program = compile_loaded(&loaded, &Tailoring { profile, cut }).unwrap_or_else(|problems| {
                    let lines = problems.iter().map(|problem| {
                        let (line, column) = loaded.sources.position(problem.at);
                        format!("{}:{line}:{column}: {}", loaded.sources.label(problem.at.file), problem.message)
                    });
                    panic!("{}", lines.collect::<Vec<_>>().join("\n"))
                });
                let public = &program.public;
                let names = Names::new(public);
                for order in public.gates.iter().flat_map(|gate| &gate.choices).flat_map(|choice| &choice.orders) {
                    assert_eq!(orders(public, &names, &in_words(public, order), &|_| None), Ok(vec![*order]));
                }
                assert_eq!(public.injects.len(), program.secret.injects.len());
                assert_eq!(public.gates.len(), program.secret.gates.len());
                assert_eq!(public.data.len(), program.secret.out_of_reach.len());
                assert_eq!(public.claims.len(), program.secret.truth.len());
                compiled += 1;
            }
        }
    }
    assert!(compiled > 0, "nothing is shipped");
}
