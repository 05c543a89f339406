//! What happens in the sample, minute by minute.

use crate::ids::*;
use crate::scenario::written::Trail;
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{
    Fact, Observation, adversary, communication, compliance, continuity, detection, documentation, estate, exercise, incident_command, injects,
    investigation, team,
};

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

    /// The ledger in order of time, with places and causes to match.
    fn in_order(self) -> Ledger {
        let mut facts: Vec<Happened> = self.ledger.iter().copied().collect();
        facts.sort_by_key(|happened| happened.at);
        let place = |seq: u32| facts.iter().position(|happened| happened.seq == seq).map_or(0, |place| place as u32);
        let mut ledger = Ledger::default();
        for happened in &facts {
            let cause = match happened.cause {
                Cause::Fact(seq) => Cause::Fact(place(seq)),
                other => other,
            };
            ledger.push(Happened { seq: place(happened.seq), cause, ..*happened });
        }
        ledger
    }

    fn say(&mut self, minute: i64, roles: RoleSet, observation: impl Into<Observation>, cause: Option<u32>) {
        self.told(minute, roles, Fact::Told(observation.into()), cause);
    }
}

/// What happened in the sample.
pub fn ledger() -> Ledger {
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
    pen.say(
        14,
        responder,
        DO::Alert { alert: Key(11), sensor: SensorId(0), asset: AssetId(12), trail: Trail::Process, raised: ExerciseTime(840) },
        None,
    );
    for (nth, (minute, machine)) in [(30, 0), (52, 1), (75, 2), (118, 3), (150, 4), (190, 20), (260, 21)].into_iter().enumerate() {
        pen.write(minute, done(3, nth as u16 + 1), None);
        pen.write(minute, taken(machine, 3), None);
        let trace = pen.write(
            minute,
            A::Trace { trace: Key(100 + u64::from(machine)), asset: AssetId(machine), trail: Trail::Login, stage: StageId(3) },
            None,
        );
        if machine % 2 == 0 {
            let key = Key(200 + u64::from(machine));
            let alert =
                pen.write(minute + 4, D::AlertRaised { alert: key, sensor: SensorId(0), asset: AssetId(machine), trail: Trail::Login }, Some(trace));
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
        pen.say(
            minute,
            responder,
            investigation::Observation::Finding { asset: AssetId(machine), technique: TechniqueId(3), of: ExerciseTime(minute * 60) },
            None,
        );
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
    pen.write(330, A::Trace { trace: Key(300), asset: AssetId(21), trail: Trail::Traffic, stage: StageId(4) }, None);
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
    pen.in_order()
}
