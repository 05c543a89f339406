//! Detection: sensors turn some traces into alerts, among noise; people take alerts up, look into them, put them aside.
//!
//! Whether an alert is real is known only through its cause. No observation carries it before somebody has looked.

use std::collections::BTreeMap;

use bevy::ecs::resource::Resource;

use crate::chance::Purpose;
use crate::exercise::adversary::Adversary;
use crate::exercise::agenda::{Lane, Work};
use crate::exercise::outbox::Outbox;
use crate::exercise::{hours, injects, investigation, team};
use crate::ids::*;
use crate::scenario::program::Program;
use crate::scenario::written::{Trail, Watched};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::detection::{Command, Fact, Observation};
use crate::vocabulary::team::Outcome;

/// Noise is a fifth of what it was once a sensor is tuned; its notice stays.
const TUNED_NOISE_DIVISOR: i64 = 5;
/// How often triage by a person comes to the right verdict, in percent.
const VERDICT_RIGHT_PERCENT: u32 = 92;

/// What is due in detection.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    /// A trace was left; sensors look at it.
    Trace { trace: u32 },
    /// An alert appears.
    Raise { alert: Key },
    /// An alert that waited for somebody is seen.
    Show { alert: Key },
    /// The next meaningless remark of a sensor.
    Noise { sensor: SensorId, nth: u32 },
    /// A sensor stopped a stage.
    Blocked { sensor: SensorId, asset: AssetId, stage: StageId },
    /// A sensor is blinded on a machine.
    Blind { sensor: SensorId, asset: AssetId },
    /// The facilitator lets it be assumed that a sensor is watched, or stops what it notices.
    Assume { sensor: SensorId, blocks: bool },
    /// The facilitator gives a sensor its sight back.
    SeesAgain { sensor: SensorId },
}

#[derive(Clone, Copy, Debug)]
struct Alert {
    sensor: SensorId,
    asset: AssetId,
    trail: Trail,
    /// The trace it comes from; none for noise.
    trace: Option<u32>,
    raised: ExerciseTime,
    shown: bool,
}

#[derive(Clone, Debug)]
struct Sensor {
    watched: Watched,
    blocks: bool,
    tuned: bool,
    blind_on: AssetSet,
}

/// The state of sensors and alerts.
#[derive(Resource, Clone, Debug)]
pub struct Detection {
    sensors: Vec<Sensor>,
    alerts: BTreeMap<Key, Alert>,
}

/// The key of the draw whether a sensor notices a trace.
pub fn notice_key(trace: Key, sensor: Key) -> Key {
    Key::of(&[trace.0, sensor.0, 0x401ce])
}

/// The key of the draw how long it is until a sensor's meaningless alert with this number.
pub fn next_noise_key(sensor: Key, nth: u32) -> Key {
    Key::of(&[sensor.0, u64::from(nth), 0x4015e])
}

/// The key of a sensor's meaningless alert with this number.
pub fn noise_key(sensor: Key, nth: u32) -> Key {
    Key::of(&[sensor.0, u64::from(nth), 0xa1a7])
}

impl Detection {
    /// Sensors as the scenario and the answers about us have them.
    pub fn at_startex(program: &Program) -> Detection {
        let sensors = program
            .public
            .sensors
            .iter()
            .map(|sensor| Sensor { watched: sensor.watched, blocks: sensor.blocks, tuned: false, blind_on: AssetSet::default() })
            .collect();
        Detection { sensors, alerts: BTreeMap::new() }
    }

    /// Starts the noise.
    pub(super) fn begin(&self, out: &mut Outbox<'_>) {
        for place in 0..self.sensors.len() {
            self.next_noise(SensorId::at(place), 0, out);
        }
    }

    /// Whether a sensor can see this kind of record on a machine.
    pub fn sees(&self, program: &Program, sensor: SensorId, asset: AssetId, trail: Trail) -> bool {
        let tool = &program.public.sensors[sensor.index()];
        tool.covers.has(asset) && tool.sees.contains(&trail) && !self.sensors[sensor.index()].blind_on.has(asset)
    }

    /// Sensors that no longer see some machine.
    pub fn blinded(&self) -> Vec<SensorId> {
        self.sensors.iter().enumerate().filter(|(_, sensor)| !sensor.blind_on.is_empty()).map(|(place, _)| SensorId::at(place)).collect()
    }

    /// The sensor that would stop a technique on a machine, if one does.
    pub(super) fn would_block(&self, asset: AssetId, technique: TechniqueId, attempt: Key, out: &mut Outbox<'_>) -> Option<SensorId> {
        let program = out.program;
        for place in 0..self.sensors.len() {
            let sensor = SensorId::at(place);
            if !self.sensors[place].blocks {
                continue;
            }
            let Some(notices) = program.public.sensors[place].notices_percent else { continue };
            for (n, leaf) in program.public.techniques[technique.index()].leaves.iter().enumerate() {
                let chance = u32::from(notices) * u32::from(leaf.loudness_percent) / 100;
                let key = Key::of(&[attempt.0, program.names.of(sensor).0]);
                if self.sees(program, sensor, asset, leaf.trail) && out.percent(chance, key, Purpose::Block, n as u32) {
                    return Some(sensor);
                }
            }
        }
        None
    }

    pub(super) fn handle(&mut self, due: Due, adversary: &Adversary, out: &mut Outbox<'_>) {
        match due {
            Due::Trace { trace } => self.look_at_trace(trace, adversary, out),
            Due::Raise { alert } => self.raise(alert, adversary, out),
            Due::Show { alert } => self.show(alert, adversary, out),
            Due::Noise { sensor, nth } => self.noise(sensor, nth, out),
            Due::Blocked { sensor, asset, stage } => out.fact(Fact::Blocked { sensor, asset, stage }),
            Due::Blind { sensor, asset } => {
                if self.sensors[sensor.index()].blind_on.insert(asset) {
                    out.fact(Fact::Blinded { sensor, asset });
                }
            }
            Due::SeesAgain { sensor } => {
                let blind_on = &mut self.sensors[sensor.index()].blind_on;
                if !blind_on.is_empty() {
                    *blind_on = AssetSet::default();
                    out.fact(Fact::SeesAgain { sensor });
                }
            }
            Due::Assume { sensor, blocks } => {
                let tool = &mut self.sensors[sensor.index()];
                if blocks {
                    tool.blocks = true;
                    out.fact(Fact::SetToBlock { sensor });
                } else {
                    tool.watched = Watched::Always;
                    out.fact(Fact::Watched { sensor });
                }
                let (watched, blocks) = (tool.watched == Watched::Always, tool.blocks);
                out.tell(out.roles(|role| role.sensors.contains(&sensor)), Observation::SensorIs { sensor, watched, blocks });
            }
        }
    }

    fn look_at_trace(&mut self, place: u32, adversary: &Adversary, out: &mut Outbox<'_>) {
        let trace = adversary.traces[place as usize];
        for number in 0..self.sensors.len() {
            let sensor = SensorId::at(number);
            let tool = &out.program.public.sensors[number];
            let Some(notices) = tool.notices_percent else { continue };
            if !self.sees(out.program, sensor, trace.asset, trace.trail) {
                continue;
            }
            let chance = u32::from(notices) * u32::from(trace.loudness) / 100;
            // By the sensor's name: another sensor more or less changes nothing for this one.
            let key = notice_key(trace.key, out.program.names.of(sensor));
            if !out.percent(chance, key, Purpose::Notice, 0) {
                continue;
            }
            let alert = Key::of(&[trace.key.0, out.program.names.of(sensor).0]);
            let raised = trace.at + tool.after;
            self.alerts.insert(alert, Alert { sensor, asset: trace.asset, trail: trace.trail, trace: Some(place), raised, shown: false });
            out.latest = trace.fact;
            out.later(raised.max(out.now), Lane::World, Due::Raise { alert });
        }
    }

    fn next_noise(&self, sensor: SensorId, nth: u32, out: &mut Outbox<'_>) {
        let a_day = i64::from(out.program.public.sensors[sensor.index()].noise_a_day);
        if a_day == 0 {
            return;
        }
        let mean = 86_400 / a_day * if self.sensors[sensor.index()].tuned { TUNED_NOISE_DIVISOR } else { 1 };
        let key = next_noise_key(out.program.names.of(sensor), nth);
        let wait = out.between(Span(mean / 5), Span(mean * 9 / 5), key, Purpose::NoiseInterval, 0);
        out.later(out.now + wait, Lane::World, Due::Noise { sensor, nth });
    }

    fn noise(&mut self, sensor: SensorId, nth: u32, out: &mut Outbox<'_>) {
        let tool = &out.program.public.sensors[sensor.index()];
        let noise = noise_key(out.program.names.of(sensor), nth);
        let which = out.below(tool.covers.len() as u32, noise, Purpose::NoiseSubject, 0);
        let trail = out.below(tool.sees.len() as u32, noise, Purpose::NoiseSubject, 1);
        if let (Some(asset), Some(trail)) = (tool.covers.iter().nth(which as usize), tool.sees.get(trail as usize).copied()) {
            out.fact(Fact::Noise { noise, sensor, asset, trail });
            let alert = Key::of(&[noise.0, out.program.names.of(sensor).0]);
            self.alerts.insert(alert, Alert { sensor, asset, trail, trace: None, raised: out.now, shown: false });
            out.ask(Due::Raise { alert });
        }
        self.next_noise(sensor, nth + 1, out);
    }

    fn raise(&mut self, key: Key, adversary: &Adversary, out: &mut Outbox<'_>) {
        let Some(alert) = self.alerts.get_mut(&key) else { return };
        alert.raised = out.now;
        let alert = *alert;
        out.fact(Fact::AlertRaised { alert: key, sensor: alert.sensor, asset: alert.asset, trail: alert.trail });
        let hours = self.sensors[alert.sensor.index()].watched;
        match hours::next_within(hours, &out.program.public.calendar, out.now) {
            Some(now) if now == out.now => self.show(key, adversary, out),
            // What nobody would look at before play ends is never seen.
            Some(later) if later < out.program.public.endex => out.later(later, Lane::World, Due::Show { alert: key }),
            Some(_) | None => {}
        }
    }

    fn show(&mut self, key: Key, adversary: &Adversary, out: &mut Outbox<'_>) {
        let Some(alert) = self.alerts.get_mut(&key) else { return };
        if std::mem::replace(&mut alert.shown, true) {
            return;
        }
        let alert = *alert;
        let roles = who_sees(alert.sensor, out);
        out.tell(roles, Observation::Alert { alert: key, sensor: alert.sensor, asset: alert.asset, trail: alert.trail, raised: alert.raised });
        if let Some(trace) = alert.trace {
            let stage = adversary.traces[trace as usize].stage;
            // A voice speaks of what was done; of an attempt that failed the alert itself is all there is.
            if adversary.has_done(stage) {
                out.ask(injects::Due::AlertOf { stage, roles });
            }
        }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, adversary: &Adversary, out: &mut Outbox<'_>) {
        let mut outcome = Outcome::Done;
        match command {
            Command::Acknowledge { alert } => {
                out.fact(Fact::Acknowledged { alert });
                out.tell(self.who_saw(alert, work.role, out), Observation::AlertTakenUp { alert });
            }
            Command::Dismiss { alert } => {
                out.fact(Fact::Dismissed { alert });
                out.tell(self.who_saw(alert, work.role, out), Observation::AlertDismissed { alert });
            }
            Command::Triage { alert } => outcome = self.triage(alert, work, out),
            Command::Watch { sensor } => {
                self.sensors[sensor.index()].watched = Watched::Always;
                out.fact(Fact::Watched { sensor });
                self.tell_mode(sensor, work.role, out);
                let waiting: Vec<Key> = self
                    .alerts
                    .iter()
                    .filter(|(_, alert)| alert.sensor == sensor && !alert.shown && alert.raised <= out.now)
                    .map(|(key, _)| *key)
                    .collect();
                for key in waiting {
                    self.show(key, adversary, out);
                }
            }
            Command::SetToBlock { sensor } => {
                self.sensors[sensor.index()].blocks = true;
                out.fact(Fact::SetToBlock { sensor });
                self.tell_mode(sensor, work.role, out);
            }
            Command::Tune { sensor } => {
                self.sensors[sensor.index()].tuned = true;
                out.fact(Fact::Tuned { sensor });
                let roles = who_sees(sensor, out).with(work.role);
                out.tell(roles, Observation::SensorIsTuned { sensor });
            }
        }
        out.ask(team::Due::Ended { work, outcome });
    }

    fn triage(&mut self, key: Key, work: Work, out: &mut Outbox<'_>) -> Outcome {
        let Some(alert) = self.alerts.get(&key).copied() else { return Outcome::Failed };
        let right = out.percent(VERDICT_RIGHT_PERCENT, key, Purpose::Verdict, 0);
        let real = alert.trace.is_some() == right;
        out.fact(Fact::Judged { alert: key, real });
        out.tell(self.who_saw(key, work.role, out), Observation::Verdict { alert: key, real });
        if let (Some(trace), true) = (alert.trace, real) {
            out.ask(investigation::Due::Found { trace, role: work.role });
        }
        Outcome::Done
    }

    fn tell_mode(&self, sensor: SensorId, role: RoleId, out: &mut Outbox<'_>) {
        let state = &self.sensors[sensor.index()];
        let roles = who_sees(sensor, out).with(role);
        out.tell(roles, Observation::SensorIs { sensor, watched: state.watched == Watched::Always, blocks: state.blocks });
    }

    fn who_saw(&self, alert: Key, role: RoleId, out: &Outbox<'_>) -> RoleSet {
        self.alerts.get(&alert).map_or(RoleSet::one(role), |alert| who_sees(alert.sensor, out).with(role))
    }
}

fn who_sees(sensor: SensorId, out: &Outbox<'_>) -> RoleSet {
    out.roles(|role| role.sensors.contains(&sensor))
}
