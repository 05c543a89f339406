//! A small scenario and a ledger, made by hand: what tests draw and what a designer looks at. Nothing here is shipped.

use chrono::NaiveDate;

use super::{Input, Mode, Session};
use crate::assessment::{Assessment, assess};
use crate::ids::*;
use crate::scenario::program::*;
use crate::scenario::written::{
    AssetKind, Audience, Capability, Channel, Difficulty, Family, IfNever, LoginLevel, RoleKind, Sensitivity, Starts, Trail, Verb, Watched,
};
use crate::time::{Calendar, ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::{Atom, Condition, Conditions, Term, Watch};
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::ledger::Ledger;

mod ledger;
mod people;

/// A session to debrief.
pub struct Sample {
    pub program: Program,
    pub ledger: Ledger,
    pub assessment: Assessment,
    pub about: Session,
}

impl Sample {
    /// What the debrief is made from.
    pub fn input(&self) -> Input<'_> {
        Input { program: &self.program, ledger: &self.ledger, assessment: &self.assessment, about: &self.about }
    }
}

/// Says of every text of the sample what it is to be; a test passes something hostile.
pub type Words = fn(&str) -> String;

/// The sample as a designer sees it.
pub fn sample() -> Sample {
    made(str::to_owned)
}

/// The sample with every free text passed through `words`.
pub fn made(words: Words) -> Sample {
    let program = program(words);
    let ledger = ledger::ledger();
    let mut watch = Watch::new(&program.conditions);
    let (mut now_true, mut timers) = (Vec::new(), Vec::new());
    watch.begin(&program.conditions, ExerciseTime(0), &mut now_true, &mut timers);
    for happened in ledger.iter() {
        watch.observe(&program.conditions, happened, &mut now_true, &mut timers);
    }
    let assessment = assess(&program, &ledger, &watch);
    let about = Session {
        seed: 7,
        mode: Mode::Unattended,
        seats: (0..4).map(|role| (RoleId(role), words("program: reactive"))).collect(),
        rules_version: 1,
        hash: ledger.hash(&program.names),
        events: 4120,
        finished: true,
        notes: vec![words("The second move ran ten minutes long.")],
        annotations: people::remarks(words),
        ..Session::default()
    };
    Sample { program, ledger, assessment, about }
}

const SERVICES: [(&str, i64, u8); 8] = [
    ("Dispensing in the branches", 2, 5),
    ("Card payment", 4, 3),
    ("Controlled-drugs return", 12, 4),
    ("Ordering", 24, 2),
    ("Mail", 8, 3),
    ("Out-of-hours hatch", 1, 5),
    ("Telephony", 2, 4),
    ("Payroll", 72, 1),
];

const CLAIMS: [&str; 5] = [
    "An outside body has seen one of our servers in an attacker's list.",
    "They came in through the provider's remote management.",
    "Prescription records were copied out.",
    "Only one branch is affected.",
    "A clean backup exists that they cannot reach.",
];

const STAGES: [(&str, &str, &str); 7] = [
    ("T1199", "Trusted Relationship", "They work in the provider's console with a technician's session."),
    ("T1003.001", "LSASS Memory", "They read the backup login from memory."),
    ("T1219.002", "Remote Desktop Software", "They leave a remote desktop tool, in case."),
    ("T1021.001", "Remote Desktop Protocol", "They move on to further servers."),
    ("T1567.002", "Exfiltration to Cloud Storage", "They copy the prescriptions to a cloud drive."),
    ("T1490", "Inhibit System Recovery", "They delete the backups."),
    ("T1486", "Data Encrypted for Impact", "They encrypt by whichever way is open."),
];

fn asset(n: usize, words: Words) -> Asset {
    let (name, kind) = match n {
        0..=9 => (format!("BR-{:02}-SRV", n + 1), AssetKind::Server),
        10..=19 => (format!("TILL-{:02}", n - 9), AssetKind::Workstation),
        20 => ("LM-DC1".into(), AssetKind::DomainController),
        21 => ("LM-RXDB1".into(), AssetKind::Database),
        22 => ("LM-FILE1".into(), AssetKind::FileServer),
        _ => ("LM-BKP1".into(), AssetKind::BackupServer),
    };
    Asset { id: format!("m{n}"), name: words(&name), text: String::new(), kind, segment: SegmentId(u16::from(n >= 20)) }
}

fn role(id: &str, label: &str, kind: RoleKind, words: Words) -> Role {
    Role {
        id: id.into(),
        label: words(label),
        kind,
        brief: String::new(),
        deputy: None,
        may: vec![true],
        assets: AssetSet::default(),
        sensors: vec![],
        services: vec![],
        data: vec![],
        logins: vec![],
        links: vec![],
        stakeholders: vec![],
        vendors: vec![],
        rules: vec![],
        believes: vec![],
    }
}

fn choice(id: &str, text: String, feedback: String) -> Choice {
    Choice { id: id.into(), text, orders: vec![], publishes: None, feedback }
}

fn public(words: Words) -> Public {
    let startex = NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 20, 0)).unwrap();
    let everybody = RoleSet::first(4);
    Public {
        id: "somebody-elses-key".into(),
        title: words("Somebody else's key: the call comes from outside"),
        about: words(
            "A chain of pharmacies learns from outside that somebody has been working on its servers, through access that it gave to its provider.",
        ),
        family: Family::ThirdPartyCompromise,
        audience: Audience::Team,
        difficulty: Difficulty::Intermediate,
        time_zone: "Europe/Dublin".into(),
        attack_version: "19.1".into(),
        identity: "3f9a0c12b4d5e6f708192a3b4c5d6e7f".into(),
        profile: Some(words("Larkmere Pharmacies")),
        cut: Cut { id: "90m".into(), opening: Span::minutes(5), play: Span::minutes(65), hotwash: Span::minutes(20) },
        calendar: Calendar::new(startex),
        endex: ExerciseTime(18 * 3600),
        currency: "EUR".into(),
        currency_renamed: false,
        assumptions: vec![words("A search of one machine takes an analyst about half an hour.")],
        artificialities: vec![words("The insurer answers within an hour, at night as well.")],
        out_of_scope: vec![words("Paying a ransom.")],
        sensitive_topics: vec![words("Patients without medicine.")],
        sources: vec![
            Source {
                id: "gdpr-33".into(),
                title: words("Regulation (EU) 2016/679, Article 33"),
                url: Some(words("https://eur-lex.europa.eu/eli/reg/2016/679/oj")),
            },
            Source { id: "plan".into(), title: words("Incident response plan v3.2"), url: None },
        ],
        teaching: vec![(words("Access that you have given is yours to cut."), Some(1))],
        answers: vec![],
        roles: vec![
            role("incident-manager", "Incident manager", RoleKind::IncidentManager, words),
            role("responder", "Responder", RoleKind::Responder, words),
            role("executive", "Executive", RoleKind::Executive, words),
            role("legal", "Legal and compliance", RoleKind::Legal, words),
        ],
        segments: vec![
            Segment { id: "branches".into(), text: words("Branches"), talks_to: vec![], internet: false },
            Segment { id: "data-centre".into(), text: words("Data centre"), talks_to: vec![], internet: true },
        ],
        assets: (0..24).map(|n| asset(n, words)).collect(),
        groups: vec![],
        data: vec![Data {
            id: "prescriptions".into(),
            text: words("Prescriptions"),
            hosts: AssetSet::default(),
            records: 212_000,
            about: vec![],
            sensitive: Sensitivity::Health,
            restores_assets: AssetSet::default(),
            restores_data: vec![],
            made: Span::ZERO,
            is_backup: false,
        }],
        logins: vec![Login {
            id: "svc-backup".into(),
            name: words("svc-backup"),
            text: String::new(),
            level: LoginLevel::DomainAdmin,
            opens: AssetSet::default(),
            lies_on: AssetSet::default(),
        }],
        links: vec![Link {
            id: "vendor-rmm".into(),
            text: words("The provider's remote management"),
            from: LinkEnd::Internet,
            to: AssetSet::default(),
            runs_as: LoginLevel::Admin,
            second_factor: false,
        }],
        services: SERVICES
            .iter()
            .map(|(text, rto, criticality)| Service {
                id: text.to_lowercase().replace(' ', "-"),
                text: words(text),
                rests_on: vec![],
                one_segment: None,
                own_segments: Vec::new(),
                rto: Span::hours(*rto),
                cost_an_hour_minor_units: 400_000,
                people_an_hour: 100,
                criticality: *criticality,
                workaround: None,
            })
            .collect(),
        sensors: vec![Sensor {
            id: "edr".into(),
            text: words("Endpoint protection"),
            sees: vec![Trail::Process],
            covers: AssetSet::default(),
            notices_percent: None,
            after: Span::ZERO,
            noise_a_day: 6,
            keeps: Span::hours(720),
            watched: Watched::OfficeHours,
            blocks: false,
            held_by: None,
            answer_takes: Span::ZERO,
        }],
        techniques: STAGES.iter().map(|(id, name, _)| Technique { id: (*id).into(), name: (*name).into(), leaves: vec![] }).collect(),
        claims: CLAIMS.iter().enumerate().map(|(n, text)| Claim { id: format!("claim-{n}"), text: words(text) }).collect(),
        actions: vec![Action {
            id: "isolate".into(),
            says: words("Cut it off the network"),
            said: vec![],
            about: String::new(),
            verb: Verb::Isolate,
            on: vec![],
            own_orders: vec![],
            takes: Span::minutes(10),
            each: Span::ZERO,
            skill: None,
            people: 1,
            tells: vec![],
            react: vec![],
            d3fend: vec![],
            mitigations: vec![],
        }],
        staff: vec![],
        vendors: vec![Vendor {
            id: "ir-firm".into(),
            name: words("Corrib Response"),
            text: String::new(),
            arrives_within: Span::hours(4),
            cost_an_hour_minor_units: 90_000,
        }],
        stakeholders: [("privacy-regulator", "The privacy regulator"), ("patients", "Patients"), ("press", "Press")]
            .into_iter()
            .map(|(id, who)| Stakeholder { id: id.into(), words: words(who), wants: words("to know"), trust: 5, must_hear: vec![] })
            .collect(),
        statements: vec![Statement {
            id: "first-word-to-patients".into(),
            text: words(
                "Since last night we have switched off parts of our systems because somebody may have got into them. We do not know yet whether records were copied, and will say so here by noon.",
            ),
            to: vec![StakeholderId(1), StakeholderId(2)],
            signed_off_by: RoleSet::NONE,
            says: vec![(ClaimId(2), Stance::NotYet)],
            corrects: None,
        }],
        rules: ["GDPR Art 33: breach to the authority", "NIS2: early warning", "GDPR Art 34: breach to the people concerned"]
            .into_iter()
            .zip([("72 hours", "privacy regulator"), ("24 hours", "national CSIRT"), ("without undue delay", "people concerned")])
            .enumerate()
            .map(|(n, (text, (deadline, recipient)))| Rule {
                id: format!("rule-{n}"),
                text: words(text),
                starts: Starts::Aware,
                deadline: Deadline::Span(Span::hours(if n == 0 { 72 } else { 24 })),
                deadline_text: words(deadline),
                recipient: words(recipient),
                after: None,
                fields: vec![],
                source: words("Regulation (EU) 2016/679"),
                in_force: true,
                aware_of: vec![],
            })
            .collect(),
        levels: vec![Level { id: "major".into(), text: words("Major incident"), calls_in: RoleSet::NONE, calls_staff: vec![] }],
        moves: ["The call from outside", "Who holds the key", "The morning after"]
            .into_iter()
            .zip([0, 130, 910])
            .map(|(title, opens)| Move {
                id: title.to_lowercase().replace(' ', "-"),
                title: words(title),
                opens: ExerciseTime(opens * 60),
                talk: Span::minutes(20),
                read_aloud: String::new(),
                also_read: vec![],
                played: true,
            })
            .collect(),
        injects: vec![
            Inject {
                id: "csirt-calls".into(),
                of_move: Some(MoveId(0)),
                is_voice: false,
                channel: Channel::Phone,
                from: words("national-csirt"),
                to: everybody,
                text: words("One of your servers is in a list that we have been shown."),
                artefact: None,
                plain: words("An authority says that an attacker has one of our servers on a list."),
                expected: vec![],
                why: words("The first notice comes from outside, and asks for trust before it gives any."),
                hand: Hand::Author,
            },
            Inject {
                id: "insurer-asks".into(),
                of_move: None,
                is_voice: false,
                channel: Channel::Mail,
                from: words("insurer"),
                to: RoleSet::one(RoleId(3)),
                text: String::new(),
                artefact: None,
                plain: words("The insurer asks when it will be told."),
                expected: vec![],
                why: words("If the room speaks of money and nobody of the policy."),
                hand: Hand::Author,
            },
        ],
        gates: vec![
            Gate {
                id: "cut-the-provider".into(),
                of_move: MoveId(0),
                ask: words("Cut the provider off from all branches now?"),
                dilemma: Some(words("The provider also sends the overnight controlled-drugs report, which the law asks for by eight.")),
                who: RoleSet::first(3),
                all_of: false,
                decide_within: Span::minutes(40),
                choices: vec![
                    choice(
                        "cut-all",
                        words("Everything, now"),
                        words("Nothing runs through it tonight, theirs or yours. Somebody writes the report by hand."),
                    ),
                    choice("cut-branches", words("Branches only; leave head office"), String::new()),
                    choice("wait", words("Not before they answer"), words("It keeps the report, and the door, open.")),
                ],
                if_nobody_decides: 2,
            },
            Gate {
                id: "first-word".into(),
                of_move: MoveId(2),
                ask: words("Tell patients now, before we know?"),
                dilemma: None,
                who: RoleSet::one(RoleId(2)),
                all_of: false,
                decide_within: Span::minutes(60),
                choices: vec![
                    choice("now", words("Yes, what we know"), String::new()),
                    choice("later", words("When we know"), words("The paper goes first.")),
                ],
                if_nobody_decides: 1,
            },
        ],
    }
}

fn program(words: Words) -> Program {
    let public = public(words);
    let stages = STAGES
        .iter()
        .enumerate()
        .map(|(n, (_, _, text))| Stage {
            id: format!("stage-{n}"),
            technique: TechniqueId(n as u16),
            text: words(text),
            takes: (Span::ZERO, Span::ZERO),
            needs: vec![],
            act: Act::Discover,
            repeats: n == 3,
            goal: n >= 4,
            not_before: None,
            waits_for: vec![],
            is_past: n < 3,
        })
        .collect();
    let mut conditions = Conditions::default();
    let mut when = |atom| {
        let place = conditions.atom(atom, RoleSet::NONE);
        conditions.add(Condition { all: vec![Term::Atom(place)], scope: RoleSet::NONE })
    };
    let told = when(Atom::Told { claim: ClaimId(0), role: None });
    let declared = when(Atom::Declared { at_least: LevelId(0) });
    let secured = when(Atom::Secured(DataId(0)));
    let isolated = when(Atom::AtLeast { count: crate::scenario::written::Count::Isolated, n: 1 });
    conditions.index();
    let criterion = |id: &str, text: &str, target, counts_for, points, measure, kind, says: &str, source: &str| Criterion {
        id: id.into(),
        text: words(text),
        target,
        counts_for,
        points,
        measure,
        basis: Basis { kind, says: words(says), source: words(source) },
        left_out: false,
    };
    let criteria = vec![
        criterion(
            "declared-in-time",
            "An incident is declared within an hour of the call",
            0,
            Capability::Triage,
            10,
            Measure::Minutes { from: told, to: declared, full: Span::hours(1), none: Span::hours(6), if_never: IfNever::Missed },
            BasisKind::OwnPlan,
            "Whoever takes a credible call from outside declares within the hour.",
            "Incident response plan v3.2, section 4",
        ),
        criterion(
            "alerts-taken-up",
            "Real alerts are taken up within half an hour",
            0,
            Capability::Triage,
            5,
            Measure::AlertsTakenUp { full: Span::minutes(30), none: Span::hours(4) },
            BasisKind::Judgement,
            "Half an hour is what a duty team can hold at night.",
            "reviewed by an incident responder, 2026",
        ),
        criterion(
            "records-kept",
            "Prescription records stay inside",
            1,
            Capability::Containment,
            10,
            Measure::RecordsExposed { full: 0, none: 100_000, counts_once: isolated },
            BasisKind::Law,
            "Personal data is protected against unauthorised disclosure.",
            "Regulation (EU) 2016/679, Article 32",
        ),
        criterion(
            "backups-safe",
            "A backup is out of reach before the night",
            1,
            Capability::Recovery,
            5,
            Measure::Minutes { from: declared, to: secured, full: Span::hours(2), none: Span::hours(6), if_never: IfNever::Missed },
            BasisKind::Standard,
            "Keep one copy that the domain cannot reach.",
            "NIST SP 800-184",
        ),
        criterion(
            "authority-told",
            "The authority hears in time",
            2,
            Capability::Compliance,
            8,
            Measure::Deadline { rule: RuleId(0), from: told },
            BasisKind::Law,
            "Within 72 hours of becoming aware.",
            "Regulation (EU) 2016/679, Article 33",
        ),
        criterion(
            "leadership",
            "The room keeps one voice",
            2,
            Capability::Coordination,
            4,
            Measure::Judged { ask: words("Did one person lead?"), look_for: vec![] },
            BasisKind::Judgement,
            "One commander, one rhythm.",
            "reviewed by a facilitator, 2026",
        ),
        criterion(
            "hatch-in-time",
            "The hatch is back within its objective",
            1,
            Capability::Continuity,
            6,
            Measure::WithinRto { of: vec![ServiceId(5)], counts_once: isolated },
            BasisKind::OwnPlan,
            "The out-of-hours hatch may be closed for one hour.",
            "Continuity plan, table 2",
        ),
    ];
    let target = |id: &str, text: &str| Target { id: id.into(), text: words(text), tasks: vec![], objective: 0 };
    let rubric = Rubric {
        objectives: vec![Objective {
            id: "own-access".into(),
            text: words("The team takes control of access that it has given to others, on evidence it can get itself."),
            core_capability: words("Supply Chain Integrity and Security"),
            csf: vec!["GV.SC-08".into(), "RS.MI-01".into()],
        }],
        targets: vec![
            target("verify", "The caller's notice is verified and graded within an hour"),
            target("contain", "The adversary is out before the night's copies are made"),
            target("tell", "Those who must hear, hear in time"),
        ],
        criteria,
    };
    let mut names = NameHashes::new();
    names.enter(IdKind::Asset, public.assets.iter().map(|asset| asset.id.as_str()));
    names.enter(IdKind::Service, public.services.iter().map(|service| service.id.as_str()));
    names.enter(IdKind::Role, public.roles.iter().map(|role| role.id.as_str()));
    let secret = Secret {
        truth: vec![Truth::Always, Truth::Once(StageId(0)), Truth::Once(StageId(4)), Truth::Never, Truth::Never],
        wants: String::new(),
        hands: 1,
        patience: 3,
        hurry: None,
        lie_low: None,
        past: vec![],
        stages,
        stakeholders: vec![],
        injects: vec![],
        gates: vec![],
        out_of_reach: vec![false],
    };
    Program { public, secret, rubric, script: Default::default(), conditions, names }
}
