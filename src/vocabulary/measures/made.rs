//! A small program and ledgers made by hand, for tests.

use crate::ids::*;
use crate::scenario::program::*;
use crate::scenario::written::{AssetKind, Audience, Difficulty, Family, RoleKind, Sensitivity, Starts};
use crate::time::{Calendar, ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::{Atom, Condition, Conditions, Term, Watch};
use crate::vocabulary::encoding::NameHashes;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::measures::Measures;
use crate::vocabulary::{Fact, Observation, adversary, communication, continuity, detection, estate, exercise, team};

/// Play lasts ten hours.
pub const ENDEX_MINUTE: i64 = 600;
/// A condition that a vendor's arrival makes true: what measures count from.
pub const OPENED: ConditionId = ConditionId(0);
/// A condition that the publication of a statement makes true: what measures count to.
pub const DONE: ConditionId = ConditionId(1);
/// A claim that is true from the start.
pub const ALWAYS: ClaimId = ClaimId(0);
/// A claim that is never true.
pub const NEVER: ClaimId = ClaimId(1);
/// A claim that the stage [`ENCRYPT`] makes true.
pub const ONCE: ClaimId = ClaimId(2);
/// Encrypts.
pub const ENCRYPT: StageId = StageId(0);
/// Demands.
pub const DEMAND: StageId = StageId(1);
/// Records: a thousand of them.
pub const RECORDS: DataId = DataId(0);
/// A backup of the machines 0 and 1.
pub const BACKUP: DataId = DataId(1);
/// Criticality 5, RTO two hours, a workaround at 60 percent that takes half an hour, 1,200 minor units and 10 people an hour.
pub const WARD: ServiceId = ServiceId(0);
/// Criticality 3, RTO four hours, no workaround, 600 minor units an hour.
pub const OFFICE: ServiceId = ServiceId(1);
/// Runs for 72 hours, or for two hours if it is [`SHORT`].
pub const LONG: RuleId = RuleId(0);
/// A rule of two hours.
pub const SHORT: RuleId = RuleId(1);
/// A rule that does not apply.
pub const ELSEWHERE: RuleId = RuleId(2);

fn asset(n: u32) -> Asset {
    Asset { id: format!("m{n}"), name: String::new(), text: String::new(), kind: AssetKind::Server, segment: SegmentId(0) }
}

fn data(id: &str, records: u32, restores: &[u16]) -> Data {
    Data {
        id: id.into(),
        text: String::new(),
        hosts: AssetSet::default(),
        records,
        about: Vec::new(),
        sensitive: Sensitivity::Ordinary,
        restores_assets: restores.iter().map(|asset| AssetId(*asset)).collect(),
        restores_data: Vec::new(),
        made: Span::hours(12),
        is_backup: !restores.is_empty(),
    }
}

fn service(id: &str, criticality: u8, rto: Span, cost: i64, people: u32, workaround: Option<Workaround>) -> Service {
    Service {
        id: id.into(),
        text: id.into(),
        rests_on: Vec::new(),
        one_segment: None,
        own_segments: Vec::new(),
        rto,
        cost_an_hour_minor_units: cost,
        people_an_hour: people,
        criticality,
        workaround,
    }
}

fn rule(id: &str, deadline: Deadline, in_force: bool) -> Rule {
    Rule {
        id: id.into(),
        text: String::new(),
        starts: Starts::Determined,
        deadline,
        deadline_text: "so long".into(),
        recipient: String::new(),
        after: None,
        fields: Vec::new(),
        source: String::new(),
        in_force,
        aware_of: Vec::new(),
    }
}

fn role(id: &str) -> Role {
    Role {
        id: id.into(),
        label: id.into(),
        kind: RoleKind::Responder,
        brief: String::new(),
        deputy: None,
        may: Vec::new(),
        assets: AssetSet::default(),
        sensors: Vec::new(),
        services: Vec::new(),
        data: Vec::new(),
        logins: Vec::new(),
        links: Vec::new(),
        stakeholders: Vec::new(),
        vendors: Vec::new(),
        rules: Vec::new(),
        believes: Vec::new(),
    }
}

fn stage(id: &str, act: Act) -> Stage {
    Stage {
        id: id.into(),
        technique: TechniqueId(0),
        text: String::new(),
        takes: (Span::ZERO, Span::ZERO),
        needs: Vec::new(),
        act,
        repeats: false,
        goal: false,
        not_before: None,
        waits_for: Vec::new(),
        is_past: false,
    }
}

/// Ten machines, two data stores, two services, two roles, two stakeholders, three rules, one vendor, one move; STARTEX on a Thursday at 16:00.
pub fn program() -> Program {
    let mut conditions = Conditions::default();
    for atom in [Atom::Arrived(VendorId(0)), Atom::Published(StatementId(0))] {
        let term = Term::Atom(conditions.atom(atom, RoleSet::NONE));
        conditions.add(Condition { all: vec![term], scope: RoleSet::NONE });
    }
    conditions.index();
    let workaround = Workaround { text: String::new(), level_percent: 60, holds: Span::hours(8), takes: Span::minutes(30) };
    let who = |id: &str| Stakeholder { id: id.into(), words: String::new(), wants: String::new(), trust: 6, must_hear: Vec::new() };
    Program {
        public: Public {
            id: "made".into(),
            title: String::new(),
            about: String::new(),
            family: Family::Ransomware,
            audience: Audience::Team,
            difficulty: Difficulty::Intermediate,
            time_zone: String::new(),
            attack_version: String::new(),
            identity: String::new(),
            profile: None,
            cut: Cut { id: "whole".into(), opening: Span::ZERO, play: Span::ZERO, hotwash: Span::ZERO },
            calendar: Calendar::new("2026-05-14T16:00:00".parse().unwrap()),
            endex: ExerciseTime(ENDEX_MINUTE * 60),
            currency: "EUR".into(),
            currency_renamed: false,
            assumptions: Vec::new(),
            artificialities: Vec::new(),
            out_of_scope: Vec::new(),
            sensitive_topics: Vec::new(),
            sources: Vec::new(),
            teaching: Vec::new(),
            answers: Vec::new(),
            roles: vec![role("first"), role("second")],
            segments: Vec::new(),
            assets: (0..10).map(asset).collect(),
            groups: Vec::new(),
            data: vec![data("records", 1000, &[]), data("backup", 0, &[0, 1])],
            logins: Vec::new(),
            links: Vec::new(),
            services: vec![service("ward", 5, Span::hours(2), 1200, 10, Some(workaround)), service("office", 3, Span::hours(4), 600, 0, None)],
            sensors: Vec::new(),
            techniques: Vec::new(),
            claims: ["always", "never", "once"].map(|id| Claim { id: id.into(), text: String::new() }).into(),
            actions: Vec::new(),
            staff: Vec::new(),
            vendors: vec![Vendor {
                id: "firm".into(),
                name: String::new(),
                text: String::new(),
                arrives_within: Span::ZERO,
                cost_an_hour_minor_units: 100,
            }],
            stakeholders: vec![who("patients"), who("press")],
            statements: Vec::new(),
            rules: vec![
                rule("long", Deadline::Span(Span::hours(72)), true),
                rule("short", Deadline::Span(Span::hours(2)), true),
                rule("elsewhere", Deadline::BusinessDays(1), false),
            ],
            levels: Vec::new(),
            moves: vec![Move {
                id: "one".into(),
                title: String::new(),
                opens: ExerciseTime(0),
                talk: Span::ZERO,
                read_aloud: String::new(),
                also_read: Vec::new(),
                played: true,
            }],
            injects: Vec::new(),
            gates: Vec::new(),
        },
        secret: Secret {
            truth: vec![Truth::Always, Truth::Never, Truth::Once(ENCRYPT)],
            wants: String::new(),
            hands: 1,
            patience: 1,
            hurry: None,
            lie_low: None,
            past: Vec::new(),
            stages: vec![stage("encrypt", Act::Encrypt { on: Query { kinds: Vec::new(), of: None } }), stage("demand", Act::Demand)],
            stakeholders: Vec::new(),
            injects: Vec::new(),
            gates: Vec::new(),
            out_of_reach: Vec::new(),
        },
        rubric: Rubric::default(),
        script: Default::default(),
        conditions,
        names: NameHashes::new(),
    }
}

/// A ledger in the making: STARTEX is its first fact.
pub struct Book {
    pub ledger: Ledger,
    minute: i64,
}

impl Book {
    pub fn new() -> Book {
        let mut book = Book { ledger: Ledger::default(), minute: 0 };
        book.fact(exercise::Fact::Startex { scenario: Key(1) });
        book
    }

    /// What follows happens in this minute.
    pub fn at(&mut self, minute: i64) -> &mut Book {
        self.minute = minute;
        self
    }

    pub fn fact(&mut self, fact: impl Into<Fact>) -> u32 {
        self.add(fact.into(), Cause::Origin, RoleSet::NONE)
    }

    pub fn caused(&mut self, cause: Cause, fact: impl Into<Fact>) -> u32 {
        self.add(fact.into(), cause, RoleSet::NONE)
    }

    pub fn told(&mut self, role: u16, observation: impl Into<Observation>) -> u32 {
        self.add(Fact::Told(observation.into()), Cause::Origin, RoleSet::one(RoleId(role)))
    }

    fn add(&mut self, fact: Fact, cause: Cause, roles: RoleSet) -> u32 {
        let seq = self.ledger.len() as u32;
        self.ledger.push(Happened { at: ExerciseTime(self.minute * 60), seq, cause, roles, fact });
        seq
    }

    /// Makes [`OPENED`] come true.
    pub fn opened(&mut self) -> u32 {
        self.fact(team::Fact::VendorArrived { vendor: VendorId(0) })
    }

    /// Makes [`DONE`] come true.
    pub fn done(&mut self) -> u32 {
        self.fact(communication::Fact::Published { statement: StatementId(0), role: RoleId(0) })
    }

    pub fn level(&mut self, service: ServiceId, percent: u8) -> u32 {
        self.fact(continuity::Fact::ServiceLevel { service, percent })
    }

    /// A fall to this level because of an order.
    pub fn level_by_order(&mut self, service: ServiceId, percent: u8) -> u32 {
        let cut = self.caused(Cause::Entry(0), estate::Fact::SegmentCut { segment: SegmentId(0) });
        self.caused(Cause::Fact(cut), continuity::Fact::ServiceLevel { service, percent })
    }

    pub fn taken(&mut self, asset: u16) -> u32 {
        self.fact(adversary::Fact::Compromised { asset: AssetId(asset), stage: ENCRYPT })
    }

    pub fn encrypted(&mut self, asset: u16) -> u32 {
        self.fact(estate::Fact::Encrypted { asset: AssetId(asset), stage: ENCRYPT })
    }

    /// An alert with this key, on a trace or on noise.
    pub fn alert(&mut self, key: u64, asset: u16, real: bool) -> u32 {
        let (asset, trail, sensor) = (AssetId(asset), crate::scenario::written::Trail::File, SensorId(0));
        let source = if real {
            self.fact(adversary::Fact::Trace { trace: Key(key + 1000), asset, trail, stage: ENCRYPT })
        } else {
            self.fact(detection::Fact::Noise { noise: Key(key + 1000), sensor, asset, trail })
        };
        self.caused(Cause::Fact(source), detection::Fact::AlertRaised { alert: Key(key), sensor, asset, trail })
    }

    pub fn said(&mut self, claim: ClaimId, stance: Stance, to: u16) -> u32 {
        self.fact(communication::Fact::Said { claim, stance, to: StakeholderId(to) })
    }

    pub fn tell_claim(&mut self, role: u16, claim: ClaimId) -> u32 {
        self.told(role, communication::Observation::Claim { claim, stance: Stance::Yes })
    }

    /// Ends play, and measures it.
    pub fn measured(&mut self) -> Measures {
        self.at(ENDEX_MINUTE).fact(exercise::Fact::Endex {});
        Measures::of(&program(), &self.ledger)
    }

    /// Its conditions.
    pub fn watch(&self) -> Watch {
        Watch::fold(&program().conditions, &self.ledger, ExerciseTime(ENDEX_MINUTE * 60))
    }
}
