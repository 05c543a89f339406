//! A small scenario and a ledger, made by hand: what tests draw and what a designer looks at. Nothing here is shipped.

use chrono::NaiveDate;

use super::{Input, Mode, Session};
use crate::assessment::{Assessment, assess};
use crate::ids::*;
use crate::scenario::program::*;
use crate::scenario::written::{AssetKind, Audience, Capability, Channel, Difficulty, Family, IfNever, LoginLevel, RoleKind, Sensitivity, Starts, Trail, Verb, Watched};
use crate::time::{Calendar, ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::{Atom, Condition, Conditions, Term, Watch};
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{
    Fact, Observation, adversary, communication, compliance, continuity, detection, documentation, estate, exercise, incident_command, injects,
    investigation, team,
};

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
    let ledger = ledger();
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
        about: words("A chain of pharmacies learns from outside that somebody has been working on its servers, through access that it gave to its provider."),
        family: Family::ThirdPartyCompromise,
        audience: Audience::Team,
        difficulty: Difficulty::Intermediate,
        time_zone: "Europe/Dublin".into(),
        attack_version: "19.1".into(),
        identity: "3f9a0c12b4d5e6f708192a3b4c5d6e7f".into(),
        profile: Some(words("Larkmere Pharmacies")),
        cut: Cut { id: "90m".into(), opening: Span::minutes(5), play: Span::minutes(65), hotwash: Span::minutes(20) },
        calendar: Calendar { startex },
        endex: ExerciseTime(18 * 3600),
        currency: "EUR".into(),
        assumptions: vec![words("A search of one machine takes an analyst about half an hour.")],
        artificialities: vec![words("The insurer answers within an hour, at night as well.")],
        out_of_scope: vec![words("Paying a ransom.")],
        sensitive_topics: vec![words("Patients without medicine.")],
        sources: vec![
            Source { id: "gdpr-33".into(), title: words("Regulation (EU) 2016/679, Article 33"), url: Some(words("https://eur-lex.europa.eu/eli/reg/2016/679/oj")) },
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
        links: vec![Link { id: "vendor-rmm".into(), text: words("The provider's remote management"), from: LinkEnd::Internet, to: AssetSet::default(), runs_as: LoginLevel::Admin, second_factor: false }],
        services: SERVICES
            .iter()
            .map(|(text, rto, criticality)| Service {
                id: text.to_lowercase().replace(' ', "-"),
                text: words(text),
                rests_on: vec![],
                one_segment: None,
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
            about: String::new(),
            verb: Verb::Isolate,
            on: vec![],
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
        vendors: vec![Vendor { id: "ir-firm".into(), name: words("Corrib Response"), text: String::new(), arrives_within: Span::hours(4), cost_an_hour_minor_units: 90_000 }],
        stakeholders: ["privacy-regulator", "patients", "press"]
            .into_iter()
            .map(|id| Stakeholder { id: id.into(), words: words("a person"), wants: words("to know"), trust: 5, must_hear: vec![] })
            .collect(),
        statements: vec![Statement {
            id: "first-word-to-patients".into(),
            text: words("Since last night we have switched off parts of our systems because somebody may have got into them. We do not know yet whether records were copied, and will say so here by noon."),
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
                    choice("cut-all", words("Everything, now"), words("Nothing runs through it tonight, theirs or yours. Somebody writes the report by hand.")),
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
                choices: vec![choice("now", words("Yes, what we know"), String::new()), choice("later", words("When we know"), words("The paper goes first."))],
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
    Program { public, secret, rubric, conditions, names }
}

/// Builds a ledger, minute by minute.
struct Pen {
    ledger: Ledger,
}

impl Pen {
    fn write(&mut self, minute: i64, fact: impl Into<Fact>, cause: Option<u32>) -> u32 {
        self.told(minute, RoleSet::NONE, fact, cause)
    }

    fn told(&mut self, minute: i64, roles: RoleSet, fact: impl Into<Fact>, cause: Option<u32>) -> u32 {
        let seq = self.ledger.len() as u32;
        self.ledger.push(Happened { at: ExerciseTime(minute * 60), seq, cause: cause.map_or(Cause::Origin, Cause::Fact), roles, fact: fact.into() });
        seq
    }

    fn say(&mut self, minute: i64, roles: RoleSet, observation: impl Into<Observation>, cause: Option<u32>) {
        self.told(minute, roles, Fact::Told(observation.into()), cause);
    }
}

fn ledger() -> Ledger {
    use adversary::Fact as A;
    use communication::{Fact as C, Observation as CO};
    use detection::{Fact as D, Observation as DO};
    use estate::Fact as E;
    use incident_command::Fact as I;
    let mut pen = Pen { ledger: Ledger::default() };
    let responder = RoleSet::one(RoleId(1));
    let everybody = RoleSet::first(4);
    let done = |stage: u16, nth| A::StageDone { stage: StageId(stage), nth };
    let taken = |asset: u16, stage: u16| A::Compromised { asset: AssetId(asset), stage: StageId(stage) };
    let level = |service: u16, percent| continuity::Fact::ServiceLevel { service: ServiceId(service), percent };
    // Dated before play.
    pen.write(-11 * 1440, done(0, 1), None);
    pen.write(-11 * 1440, taken(22, 0), None);
    pen.write(-6 * 1440, done(1, 1), None);
    pen.write(-6 * 1440, A::LoginStolen { login: LoginId(0), stage: StageId(1) }, None);
    pen.write(-2 * 1440, done(2, 1), None);
    pen.write(-2 * 1440, A::Persisted { asset: AssetId(22), stage: StageId(2) }, None);
    pen.write(0, exercise::Fact::Startex { scenario: Key::named("somebody-elses-key") }, None);
    pen.write(0, I::MoveOpened { number: MoveId(0) }, None);
    let call = pen.write(0, injects::Fact::Fired { inject: InjectId(0) }, None);
    pen.say(0, everybody, CO::Claim { claim: ClaimId(0), stance: Stance::Yes }, Some(call));
    let gate = pen.write(5, I::GateOpened { gate: GateId(0), until: ExerciseTime(45 * 60) }, Some(call));
    pen.say(20, RoleSet::one(RoleId(2)), CO::Claim { claim: ClaimId(1), stance: Stance::No }, None);
    pen.say(22, RoleSet::one(RoleId(0)), CO::Claim { claim: ClaimId(3), stance: Stance::Yes }, None);
    // Noise and a real alert.
    let noise = pen.write(12, D::Noise { noise: Key(1), sensor: SensorId(0), asset: AssetId(12), trail: Trail::Process }, None);
    pen.write(14, D::AlertRaised { alert: Key(11), sensor: SensorId(0), asset: AssetId(12), trail: Trail::Process }, Some(noise));
    pen.say(14, responder, DO::Alert { alert: Key(11), sensor: SensorId(0), asset: AssetId(12), trail: Trail::Process, raised: ExerciseTime(840) }, None);
    for (nth, (minute, machine)) in [(30, 0), (52, 1), (75, 2), (118, 3), (150, 4), (190, 20), (260, 21)].into_iter().enumerate() {
        pen.write(minute, done(3, nth as u16 + 1), None);
        pen.write(minute, taken(machine, 3), None);
        let trace = pen.write(minute, A::Trace { trace: Key(100 + u64::from(machine)), asset: AssetId(machine), trail: Trail::Login, stage: StageId(3) }, None);
        if machine % 2 == 0 {
            let key = Key(200 + u64::from(machine));
            let alert = pen.write(minute + 4, D::AlertRaised { alert: key, sensor: SensorId(0), asset: AssetId(machine), trail: Trail::Login }, Some(trace));
            pen.say(
                minute + 4,
                responder,
                DO::Alert { alert: key, sensor: SensorId(0), asset: AssetId(machine), trail: Trail::Login, raised: ExerciseTime((minute + 4) * 60) },
                Some(alert),
            );
        }
    }
    pen.write(38, I::Decided { gate: GateId(0), role: RoleId(2), choice: 2, sure: 70 }, Some(gate));
    pen.write(70, D::Acknowledged { alert: Key(200) }, None);
    pen.write(95, D::Judged { alert: Key(200), real: true }, None);
    pen.say(95, responder, DO::Verdict { alert: Key(200), real: true }, None);
    pen.write(96, D::Judged { alert: Key(11), real: false }, None);
    pen.write(104, I::Declared { role: RoleId(0), level: LevelId(0) }, None);
    pen.write(104, compliance::Fact::ClockStarted { rule: RuleId(0), due: ExerciseTime(104 * 60 + 72 * 3600) }, None);
    pen.write(104, compliance::Fact::ClockStarted { rule: RuleId(1), due: ExerciseTime((104 + 720) * 60) }, None);
    pen.write(110, team::Fact::VendorEngaged { vendor: VendorId(0), role: RoleId(0) }, None);
    pen.write(112, documentation::Fact::Logged { role: RoleId(0), entries: 4 }, None);
    pen.write(130, I::MoveOpened { number: MoveId(1) }, None);
    for (minute, machine) in [(140, 0_u16), (141, 1), (143, 2), (205, 4)] {
        pen.write(minute, investigation::Fact::EvidenceLost { asset: AssetId(machine), evidence: investigation::Evidence::Memory }, None);
        pen.write(minute, E::Isolated { asset: AssetId(machine) }, None);
        pen.write(minute, A::FootholdLost { asset: AssetId(machine), loss: adversary::Loss::CutOff }, None);
        pen.say(minute, responder, investigation::Observation::Finding { asset: AssetId(machine), technique: TechniqueId(3), of: ExerciseTime(minute * 60) }, None);
    }
    pen.write(140, level(0, 60), None);
    pen.write(141, level(5, 0), None);
    pen.write(200, continuity::Fact::WorkaroundStarted { service: ServiceId(0) }, None);
    pen.write(200, level(0, 80), None);
    pen.write(210, I::Briefed { role: RoleId(0), with: everybody }, None);
    pen.write(215, investigation::Fact::EvidenceKept { asset: AssetId(20), evidence: investigation::Evidence::Memory }, None);
    pen.write(215, investigation::Fact::EvidenceKept { asset: AssetId(20), evidence: investigation::Evidence::Disk }, None);
    pen.write(300, A::Reacted { reaction: adversary::ReactionKind::Hurry }, None);
    pen.write(330, done(4, 1), None);
    pen.write(330, A::Copied { data: DataId(0), records: 58_000, stage: StageId(4) }, None);
    pen.write(350, team::Fact::VendorArrived { vendor: VendorId(0) }, None);
    pen.write(380, E::LinkCut { link: LinkId(0) }, None);
    pen.write(380, level(2, 0), None);
    pen.write(400, A::StageFailed { stage: StageId(5), nth: 1, obstacle: adversary::Obstacle::OutOfReach }, None);
    pen.write(520, done(6, 1), None);
    for machine in [21_u16, 22, 3] {
        pen.write(520, E::Encrypted { asset: AssetId(machine), stage: StageId(6) }, None);
    }
    pen.write(520, level(0, 30), None);
    pen.write(520, level(3, 0), None);
    pen.write(520, level(4, 50), None);
    pen.write(560, continuity::Fact::WorkaroundWornOut { service: ServiceId(0) }, None);
    pen.write(560, level(0, 0), None);
    pen.write(600, E::LoginDisabled { login: LoginId(0) }, None);
    pen.write(600, A::LoginLost { login: LoginId(0) }, None);
    for machine in [21_u16, 22, 3, 0, 1] {
        pen.write(680, E::Rebuilt { asset: AssetId(machine) }, None);
    }
    pen.write(690, level(0, 100), None);
    pen.write(690, level(3, 100), None);
    pen.write(700, level(5, 100), None);
    pen.write(720, A::Evicted {}, None);
    pen.write(824, compliance::Fact::DeadlineMissed { rule: RuleId(1) }, None);
    pen.write(910, I::MoveOpened { number: MoveId(2) }, None);
    let second = pen.write(915, I::GateOpened { gate: GateId(1), until: ExerciseTime(975 * 60) }, None);
    pen.write(920, investigation::Fact::Believed { role: RoleId(0), claim: ClaimId(2), percent: 20 }, None);
    pen.write(930, compliance::Fact::Notified { rule: RuleId(0), role: RoleId(3), in_time: true }, None);
    pen.write(940, C::Published { statement: StatementId(0), role: RoleId(2) }, None);
    for to in [1, 2] {
        pen.write(940, C::Said { claim: ClaimId(2), stance: Stance::NotYet, to: StakeholderId(to) }, None);
        pen.write(945, C::Said { claim: ClaimId(3), stance: Stance::Yes, to: StakeholderId(to) }, None);
    }
    pen.write(976, I::TimedOut { gate: GateId(1), choice: 1 }, Some(second));
    pen.write(1080, injects::Fact::Passed { inject: InjectId(1), why: injects::Skipped::NeverDue }, None);
    pen.write(1080, exercise::Fact::Endex {}, None);
    pen.ledger
}
