//! How each act of the adversary ends: asked again whether it is possible, then done, with its traces.

use super::{Adversary, Due};
use crate::chance::Purpose;
use crate::exercise::agenda::Lane;
use crate::exercise::detection;
use crate::exercise::detection::Detection;
use crate::exercise::estate::{self, Estate};
use crate::exercise::outbox::Outbox;
use crate::ids::*;
use crate::scenario::program::{Act, LinkEnd, Program};
use crate::scenario::written::LoginLevel;
use crate::time::Span;
use crate::vocabulary::adversary::{Fact, Obstacle};

impl Adversary {
    /// Where something of the past was done.
    pub(super) fn past_targets(&mut self, stage: StageId, estate: &Estate, program: &Program) -> Vec<AssetId> {
        let first = |set: &AssetSet| set.iter().next().into_iter().collect();
        match self.act(program, stage).clone() {
            Act::Enter { through, to } => to.as_ref().map_or_else(|| first(&program.public.links[through.index()].to), first),
            Act::Run { on } | Act::Persist { on: Some(on) } => on.iter().collect(),
            Act::Steal { from: Some(from), .. } => first(&from),
            Act::Steal { login, from: None } => first(&program.public.logins[login.index()].lies_on),
            Act::Spread { to } => self.new_machines(&to, estate, program).into_iter().take(1).collect(),
            _ => self.footholds.iter().take(1).collect(),
        }
    }

    /// The past is certain: it is done as it is written.
    pub(super) fn perform_past(&mut self, stage: StageId, targets: &[AssetId], estate: &Estate, out: &mut Outbox<'_>) {
        let act = self.act(out.program, stage).clone();
        for target in targets {
            self.leave_traces(stage, *target, out);
        }
        match act {
            Act::Enter { through, .. } => {
                self.entered[through.index()] = true;
                targets.iter().for_each(|asset| self.compromise(*asset, stage, out));
            }
            Act::Run { .. } | Act::Spread { .. } => targets.iter().for_each(|asset| self.compromise(*asset, stage, out)),
            Act::Steal { login, .. } => self.take_login(login, stage, estate, out),
            Act::Persist { .. } => {
                for asset in targets {
                    self.compromise(*asset, stage, out);
                    if self.persisted.insert(*asset) {
                        out.effect(Fact::Persisted { asset: *asset, stage });
                    }
                }
            }
            Act::CopyOut { data } => {
                let records = out.program.public.data[data.index()].records;
                out.effect(Fact::Copied { data, records, stage });
            }
            Act::Destroy { .. } | Act::Impair { .. } | Act::Encrypt { .. } | Act::Discover | Act::Demand => {}
        }
        self.succeed(stage, out);
    }

    /// A hand is done with a stage: does it still hold?
    pub(super) fn finish(&mut self, hand: u8, estate: &Estate, detection: &Detection, out: &mut Outbox<'_>) {
        let Some(stage) = self.hands[usize::from(hand)].stage else { return };
        let hurried = self.hurrying_to == Some(stage);
        let from = self.hands[usize::from(hand)].from;
        let thrown_out = from.is_some_and(|from| !self.commands(from, estate, out.program));
        let obstacle = if thrown_out { Some(Obstacle::NoFoothold) } else { self.obstacle(stage, hurried, estate, out.program) };
        if let Some(obstacle) = obstacle {
            self.fail(stage, obstacle, out);
            self.go_on(hand, out);
            return;
        }
        let act = self.act(out.program, stage).clone();
        let result = match &act {
            Act::Enter { through, to } => self.enter(stage, *through, to.as_ref(), estate, detection, out),
            Act::Run { on } => {
                let machines: Vec<AssetId> = on.iter().filter(|asset| self.can_use(*asset, LoginLevel::Admin, estate, out.program)).collect();
                self.take_machines(stage, &machines, detection, out)
            }
            Act::Steal { login, from } => {
                let machines = self.thieves(*login, from.as_ref(), estate, out.program);
                match self.pick(&machines, stage, out) {
                    None => Err(Obstacle::NoFoothold),
                    Some(asset) => self.on_machine(stage, asset, detection, out).map(|()| self.take_login(*login, stage, estate, out)),
                }
            }
            Act::Persist { on } => {
                let mut machines = self.commanded(estate, out.program);
                machines.retain(|asset| !self.persisted.has(*asset) && on.as_ref().is_none_or(|on| on.has(*asset)));
                match self.pick(&machines, stage, out) {
                    None => Err(Obstacle::NoTarget),
                    Some(asset) => self.on_machine(stage, asset, detection, out).map(|()| {
                        self.persisted.insert(asset);
                        self.revision += 1;
                        out.effect(Fact::Persisted { asset, stage });
                    }),
                }
            }
            Act::Discover => {
                let machines = self.commanded(estate, out.program);
                match self.pick(&machines, stage, out) {
                    None => Err(Obstacle::NoFoothold),
                    Some(asset) => self.on_machine(stage, asset, detection, out),
                }
            }
            Act::Spread { to } => {
                let mut machines = self.new_machines(to, estate, out.program);
                machines.retain(|asset| from.is_none_or(|from| estate.can_reach(&out.program.public, from, *asset)));
                let machine = self.pick(&machines, stage, out);
                machine.map_or(Err(Obstacle::NoTarget), |asset| self.take_machines(stage, &[asset], detection, out))
            }
            Act::Destroy { data } => self.destroy(stage, *data, estate, detection, out),
            Act::Impair { sensor } => {
                let machines: Vec<AssetId> = self
                    .commanded(estate, out.program)
                    .into_iter()
                    .filter(|asset| out.program.public.sensors[sensor.index()].covers.has(*asset))
                    .collect();
                if machines.is_empty() { Err(Obstacle::NoTarget) } else { self.blind(stage, *sensor, &machines, detection, out) }
            }
            Act::Encrypt { on } => {
                let mut targets = self.answer(on, LoginLevel::Admin, estate, out.program);
                targets.retain(|asset| !estate.is_encrypted(*asset));
                // What it holds falls last, so that it can reach the rest from there.
                targets.sort_by_key(|asset| (self.footholds.has(*asset), *asset));
                self.hands[usize::from(hand)].targets = targets;
                self.encrypt_next(hand, 0, estate, detection, out);
                return;
            }
            Act::Demand => {
                out.effect(Fact::Demanded { stage });
                Ok(())
            }
            Act::CopyOut { .. } => Ok(()),
        };
        match result {
            Ok(()) => self.succeed(stage, out),
            Err(obstacle) => self.fail(stage, obstacle, out),
        }
        self.go_on(hand, out);
    }

    fn pick(&self, among: &[AssetId], stage: StageId, out: &mut Outbox<'_>) -> Option<AssetId> {
        let key = self.attempt_key(out.program, stage);
        let drawn = out.below(among.len() as u32, key, Purpose::TargetChoice, 0);
        among.get(drawn as usize).copied()
    }

    /// Works on one machine: it leaves traces, unless a sensor stops it first.
    fn on_machine(&mut self, stage: StageId, asset: AssetId, detection: &Detection, out: &mut Outbox<'_>) -> Result<(), Obstacle> {
        self.leave_traces(stage, asset, out);
        let key = Key::of(&[self.attempt_key(out.program, stage).0, out.program.names.of(asset).0]);
        let technique = out.program.secret.stages[stage.index()].technique;
        match detection.would_block(asset, technique, key, out) {
            Some(sensor) => {
                out.ask(detection::Due::Blocked { sensor, asset, stage });
                Err(Obstacle::Blocked)
            }
            None => Ok(()),
        }
    }

    fn take_machines(&mut self, stage: StageId, machines: &[AssetId], detection: &Detection, out: &mut Outbox<'_>) -> Result<(), Obstacle> {
        let mut result = Err(Obstacle::NoTarget);
        for asset in machines {
            match self.on_machine(stage, *asset, detection, out) {
                Ok(()) => {
                    self.compromise(*asset, stage, out);
                    result = Ok(());
                }
                Err(obstacle) if result.is_err() => result = Err(obstacle),
                Err(_) => {}
            }
        }
        result
    }

    fn enter(
        &mut self,
        stage: StageId,
        link: LinkId,
        to: Option<&AssetSet>,
        estate: &Estate,
        detection: &Detection,
        out: &mut Outbox<'_>,
    ) -> Result<(), Obstacle> {
        let public = &out.program.public;
        let plan = &public.links[link.index()];
        let machines: Vec<AssetId> = plan
            .to
            .iter()
            .filter(|asset| to.is_none_or(|to| to.has(*asset)) && !self.footholds.has(*asset))
            .filter(|asset| estate.can_enter(public, link, *asset) && !estate.is_encrypted(*asset))
            .collect();
        // A link between machines of the organisation is used from one it commands.
        if !matches!(plan.from, LinkEnd::Internet | LinkEnd::Vendor(_)) && !self.in_control(estate, out.program) {
            return Err(Obstacle::NoFoothold);
        }
        let Some(asset) = self.pick(&machines, stage, out) else { return Err(Obstacle::NoWay) };
        let key = self.attempt_key(out.program, stage);
        if plan.second_factor && !out.percent(15, key, Purpose::SecondFactor, 0) {
            self.leave_traces(stage, asset, out);
            return Err(Obstacle::SecondFactor);
        }
        self.entered[link.index()] = true;
        self.take_machines(stage, &[asset], detection, out)
    }

    fn take_login(&mut self, login: LoginId, stage: StageId, estate: &Estate, out: &mut Outbox<'_>) {
        self.logins[login.index()] = Some(estate.login_generation(login));
        self.revision += 1;
        out.effect(Fact::LoginStolen { login, stage });
    }

    fn destroy(&mut self, stage: StageId, data: DataId, estate: &Estate, detection: &Detection, out: &mut Outbox<'_>) -> Result<(), Obstacle> {
        let hosts: Vec<AssetId> = out.program.public.data[data.index()].hosts.iter().collect();
        let Some(host) = hosts.into_iter().find(|host| self.can_use(*host, LoginLevel::Admin, estate, out.program)) else {
            return Err(Obstacle::NoWay);
        };
        self.on_machine(stage, host, detection, out)?;
        if estate.backup_secured(data) {
            return Err(Obstacle::OutOfReach);
        }
        out.ask(estate::Due::DestroyBackup { data, stage });
        Ok(())
    }

    fn blind(&mut self, stage: StageId, sensor: SensorId, machines: &[AssetId], detection: &Detection, out: &mut Outbox<'_>) -> Result<(), Obstacle> {
        let mut result = Err(Obstacle::NoTarget);
        for asset in machines {
            match self.on_machine(stage, *asset, detection, out) {
                Ok(()) => {
                    out.ask(detection::Due::Blind { sensor, asset: *asset });
                    result = Ok(());
                }
                Err(obstacle) if result.is_err() => result = Err(obstacle),
                Err(_) => {}
            }
        }
        result
    }

    /// Copies the next tenth, if the data can still be opened and there is still a way out.
    pub(super) fn copy_tenth(&mut self, hand: u8, tenth: u8, estate: &Estate, out: &mut Outbox<'_>) {
        let Some(stage) = self.hands[usize::from(hand)].stage else { return };
        let Act::CopyOut { data } = *self.act(out.program, stage) else { return };
        // Who hurried past what should come first is not asked for it half-way.
        let hurried = self.hurrying_to == Some(stage);
        let no_way = |can: bool| (!can).then_some(Obstacle::NoWay);
        let obstacle = self.obstacle(stage, hurried, estate, out.program).or_else(|| no_way(self.can_copy_out(data, estate, out.program)));
        if let Some(obstacle) = obstacle {
            self.fail(stage, obstacle, out);
            self.go_on(hand, out);
            return;
        }
        let store = &out.program.public.data[data.index()];
        // Tenths of a whole that need not be a multiple of ten: differences of rounded sums add up exactly.
        let records = ((u64::from(store.records) * u64::from(tenth)) / 10 - (u64::from(store.records) * u64::from(tenth - 1)) / 10) as u32;
        if let Some(host) = store.hosts.iter().next()
            && tenth % 3 == 1
        {
            self.leave_traces(stage, host, out);
        }
        out.effect(Fact::Copied { data, records, stage });
        if tenth == 1 {
            // The harm is done with the first tenth.
            self.succeed(stage, out);
        }
        if tenth == 10 {
            self.go_on(hand, out);
            return;
        }
        let (low, high) = out.program.secret.stages[stage.index()].takes;
        let key = self.attempt_key(out.program, stage);
        let takes = out.between(low, high, key, Purpose::StageDuration, u32::from(self.stages[stage.index()].begun));
        out.later(out.now + Span((takes.0 / 10).max(1)), Lane::World, Due::CopyTenth { hand, tenth: tenth + 1 });
    }

    /// Encrypts the next machine that it can still reach and open.
    pub(super) fn encrypt_next(&mut self, hand: u8, place: u32, estate: &Estate, detection: &Detection, out: &mut Outbox<'_>) {
        let Some(stage) = self.hands[usize::from(hand)].stage else { return };
        let targets = std::mem::take(&mut self.hands[usize::from(hand)].targets);
        let mut next = place as usize;
        while let Some(asset) = targets.get(next).copied() {
            next += 1;
            if estate.is_encrypted(asset) || !self.can_use(asset, LoginLevel::Admin, estate, out.program) {
                continue;
            }
            if self.on_machine(stage, asset, detection, out).is_ok() {
                out.ask(estate::Due::Encrypt { asset, stage });
                if !std::mem::replace(&mut self.hands[usize::from(hand)].encrypted_one, true) {
                    self.succeed(stage, out);
                }
            } else {
                self.hands[usize::from(hand)].was_blocked = true;
            }
            let key = Key::of(&[self.attempt_key(out.program, stage).0, next as u64]);
            let pace = out.between(Span(40), Span(200), key, Purpose::EncryptPace, 0);
            self.hands[usize::from(hand)].targets = targets;
            out.later(out.now + pace, Lane::World, Due::EncryptNext { hand, place: next as u32 });
            return;
        }
        let state = &self.hands[usize::from(hand)];
        if !state.encrypted_one {
            // There was something to do it to, and a sensor stopped it: that is another story than an empty estate.
            let obstacle = if state.was_blocked { Obstacle::Blocked } else { Obstacle::NoTarget };
            self.fail(stage, obstacle, out);
        }
        self.go_on(hand, out);
    }
}
