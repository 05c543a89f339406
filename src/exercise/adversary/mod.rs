//! The adversary: an actor, not a script.
//!
//! It holds machines and logins, works through a campaign of stages with what it holds, leaves traces where it works, and reacts to losing
//! something. After STARTEX its stages have no times and no fixed targets: each asks the estate, at the instant it begins and again at the instant
//! it ends, whether it is possible. It never reads what the team knows.

mod acts;
mod choice;
mod hope;
mod reach;
#[cfg(test)]
mod tests;

use bevy::ecs::resource::Resource;

use crate::chance::Purpose;
use crate::exercise::agenda::Lane;
use crate::exercise::detection::{self, Detection};
use crate::exercise::estate::Estate;
use crate::exercise::outbox::Outbox;
use crate::ids::*;
use crate::scenario::program::{Act, Program, Truth};
use crate::scenario::written::Trail;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::adversary::{Fact, Loss, Obstacle, ReactionKind};
use crate::vocabulary::ledger::Cause;

pub use hope::Hope;
pub use reach::Reach;

/// How long a hand that found nothing to do takes to notice that something has changed. A modelling assumption of this project.
const NOTICES: (Span, Span) = (Span::minutes(5), Span::minutes(30));

/// What is due for the adversary.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    /// Something of the past is laid down.
    Past { place: u16 },
    /// A hand looks for something to do.
    Choose { hand: u8 },
    /// An hour has come that a stage waited for: a hand that found nothing to do looks again.
    Hour { hand: u8 },
    /// A hand is done with a stage.
    Finish { hand: u8 },
    /// The next tenth of the data.
    CopyTenth { hand: u8, tenth: u8 },
    /// The next machine to encrypt.
    EncryptNext { hand: u8, place: u32 },
    /// A machine was isolated, powered off, rebuilt or cleaned.
    MachineLost { asset: AssetId, loss: Loss },
    /// A machine is back on the network.
    MachineBack { asset: AssetId },
    /// A machine came back from a backup that had the adversary in it.
    BroughtBack { asset: AssetId },
    /// A link, a segment or a way out was opened again.
    WayOpened,
    /// Data is back that was lost.
    DataBack,
    /// A login was disabled or reset.
    LoginLost { login: LoginId },
    /// A link, a segment or a way out was closed.
    WayClosed,
    /// It remarks that something was lost.
    Remark { nth: u16 },
}

/// How often a stage was tried, and what came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StageState {
    /// How often it was begun.
    pub begun: u16,
    /// How often it succeeded.
    pub done: u16,
    /// How often it failed.
    pub failed: u16,
    /// A hand is at it.
    pub running: bool,
}

/// A trace: what a step left on a machine, for those who look there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trace {
    /// Its key.
    pub key: Key,
    /// Where.
    pub asset: AssetId,
    /// In which kind of record.
    pub trail: Trail,
    /// Of which stage.
    pub stage: StageId,
    /// When.
    pub at: ExerciseTime,
    /// How easily it is remarked on, in percent.
    pub loudness: u8,
    /// Its fact.
    pub fact: Cause,
    /// The trace before it on the same machine.
    before: Option<u32>,
}

/// What a hand is doing.
#[derive(Clone, Debug, PartialEq)]
struct Hand {
    stage: Option<StageId>,
    /// The machine it works from.
    from: Option<AssetId>,
    /// Machines to encrypt, in order.
    targets: Vec<AssetId>,
    /// It has encrypted one of them, or a sensor stopped it on one.
    encrypted_one: bool,
    was_blocked: bool,
    /// How often it has looked for something to do.
    turns: u32,
    /// When it was due to look again, so that a reaction can call it earlier without doubling it.
    next: ExerciseTime,
    /// The hour at which it looks again, if it finds nothing to do before.
    hour: Option<ExerciseTime>,
}

/// Of a hand that found nothing to do: it is called when something has changed that it could do something about.
const WAITS: ExerciseTime = ExerciseTime(i64::MAX);

/// The state of the adversary.
#[derive(Resource, Clone, Debug)]
pub struct Adversary {
    /// Machines it holds.
    pub(super) footholds: AssetSet,
    /// Machines on which it left a way back in.
    pub(super) persisted: AssetSet,
    /// Machines it was cut off from but whose foothold is still there.
    dormant: AssetSet,
    /// Logins it holds, with the generation of the secret.
    logins: Vec<Option<u16>>,
    /// Links it came in through.
    entered: Vec<bool>,
    /// Traces it left.
    pub(super) traces: Vec<Trace>,
    /// By machine, the place of the last trace on it.
    last_trace_on: Vec<Option<u32>>,
    stages: Vec<StageState>,
    hands: Vec<Hand>,
    failures_in_a_row: u16,
    /// How often a stage came to an end, well or not.
    tried: u32,
    losses: u16,
    hurrying_to: Option<StageId>,
    quiet_until: ExerciseTime,
    evicted: bool,
    truth: Vec<bool>,
    reach: Reach,
    hope: Hope,
    revision: u64,
}

impl Adversary {
    /// Before anything was done.
    pub fn before(program: &Program) -> Adversary {
        let public = &program.public;
        Adversary {
            footholds: AssetSet::with_room(public.assets.len()),
            persisted: AssetSet::with_room(public.assets.len()),
            dormant: AssetSet::with_room(public.assets.len()),
            logins: vec![None; public.logins.len()],
            entered: vec![false; public.links.len()],
            traces: Vec::new(),
            last_trace_on: vec![None; public.assets.len()],
            stages: vec![StageState::default(); program.secret.stages.len()],
            hands: vec![
                Hand {
                    stage: None,
                    from: None,
                    targets: Vec::new(),
                    encrypted_one: false,
                    was_blocked: false,
                    turns: 0,
                    next: ExerciseTime(0),
                    hour: None
                };
                usize::from(program.secret.hands.max(1))
            ],
            failures_in_a_row: 0,
            tried: 0,
            losses: 0,
            hurrying_to: None,
            quiet_until: ExerciseTime(i64::MIN),
            evicted: false,
            truth: vec![false; public.claims.len()],
            reach: Reach::default(),
            hope: Hope::default(),
            revision: 0,
        }
    }

    /// Whether it holds a machine.
    pub fn holds(&self, asset: AssetId) -> bool {
        self.footholds.has(asset)
    }

    /// Whether something of it is left on a machine: a foothold, dormant or not, or a way back in.
    pub fn is_on(&self, asset: AssetId) -> bool {
        self.footholds.has(asset) || self.dormant.has(asset) || self.persisted.has(asset)
    }

    /// Whether a stage has succeeded at least once.
    pub fn has_done(&self, stage: StageId) -> bool {
        self.stages[stage.index()].done > 0
    }

    /// Whether it had left something on a machine by a moment: a copy made then has it, too.
    pub fn was_on_before(&self, asset: AssetId, moment: ExerciseTime) -> bool {
        self.traces_on(asset).any(|place| self.traces[place as usize].at <= moment)
    }

    /// The places of the traces on a machine, the latest first.
    pub(super) fn traces_on(&self, asset: AssetId) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.last_trace_on[asset.index()], |place| self.traces[*place as usize].before)
    }

    /// Whether a claim is true at this moment.
    pub fn is_true(&self, claim: ClaimId) -> bool {
        self.truth[claim.index()]
    }

    /// Enters what was done before STARTEX, each at its own date.
    pub(super) fn enter_past(&mut self, out: &mut Outbox<'_>) {
        for (place, truth) in out.program.secret.truth.iter().enumerate() {
            if *truth == Truth::Always {
                self.truth[place] = true;
                out.fact(Fact::ClaimBecameTrue { claim: ClaimId::at(place) });
            }
        }
        for (place, past) in out.program.secret.past.iter().enumerate() {
            out.agenda.enter(past.at, Lane::World, Cause::Origin, Due::Past { place: place as u16 }.into());
        }
    }

    /// Play starts: every hand looks for something to do, some minutes in.
    pub(super) fn begin(&mut self, out: &mut Outbox<'_>) {
        for hand in 0..self.hands.len() as u8 {
            let key = self.turn_key(hand);
            let wait = out.between(Span::minutes(2), Span::minutes(25), key, Purpose::Wait, 0);
            self.call(hand, out.now + wait, out);
        }
    }

    /// The key of a hand's next turn: of how often that hand has looked for something to do, and of nothing else.
    fn turn_key(&self, hand: u8) -> Key {
        Key::of(&[u64::from(hand), u64::from(self.hands[usize::from(hand)].turns), 0x7u64])
    }

    pub(super) fn handle(&mut self, due: Due, estate: &Estate, detection: &Detection, out: &mut Outbox<'_>) {
        let tried = self.tried;
        match due {
            Due::Past { place } => {
                let stage = out.program.secret.past[usize::from(place)].stage;
                self.begin_stage(stage, out);
                let targets = self.past_targets(stage, estate, out.program);
                self.perform_past(stage, &targets, estate, out);
            }
            Due::Choose { hand } => self.choose(hand, estate, out),
            Due::Hour { hand } => {
                let state = &mut self.hands[usize::from(hand)];
                if state.stage.is_none() && state.next == WAITS && !self.evicted {
                    state.next = out.now;
                    self.choose(hand, estate, out);
                }
            }
            Due::Finish { hand } => self.finish(hand, estate, detection, out),
            Due::CopyTenth { hand, tenth } => self.copy_tenth(hand, tenth, estate, out),
            Due::EncryptNext { hand, place } => self.encrypt_next(hand, place, estate, detection, out),
            Due::MachineLost { asset, loss } => self.machine_lost(asset, loss, estate, out),
            Due::BroughtBack { asset } => {
                self.persisted.insert(asset);
                self.machine_back(asset, estate, out);
            }
            Due::DataBack => {}
            Due::WayOpened => {
                if self.evicted && self.can_come_back(estate, out.program) {
                    self.evicted = false;
                    self.call_idle_hands(Span::minutes(10), out);
                }
            }
            Due::MachineBack { asset } => self.machine_back(asset, estate, out),
            Due::LoginLost { login } => {
                if self.logins[login.index()].take().is_some() {
                    self.revision += 1;
                    out.fact(Fact::LoginLost { login });
                    self.will_remark(estate, out);
                }
            }
            Due::WayClosed => {
                if !self.evicted && !self.in_control(estate, out.program) {
                    self.will_remark(estate, out);
                }
            }
            Due::Remark { nth } => self.react(nth, estate, out),
        }
        // What changed the estate or its holdings, or brought a stage to an end, may have made something possible. Nothing else can, but the
        // clock, for which `wait` arms the moment.
        let of_the_estate = matches!(
            due,
            Due::MachineLost { .. }
                | Due::BroughtBack { .. }
                | Due::DataBack
                | Due::WayOpened
                | Due::MachineBack { .. }
                | Due::LoginLost { .. }
                | Due::WayClosed
        );
        if of_the_estate || self.tried != tried {
            self.call_who_waits(out);
        }
    }

    fn begin_stage(&mut self, stage: StageId, out: &mut Outbox<'_>) -> u16 {
        let state = &mut self.stages[stage.index()];
        state.begun += 1;
        let nth = state.begun;
        out.fact(Fact::StageBegun { stage, nth });
        nth
    }

    /// The key of the nth attempt at a stage.
    fn attempt_key(&self, program: &Program, stage: StageId) -> Key {
        Key::of(&[program.names.of(stage).0, u64::from(self.stages[stage.index()].begun)])
    }

    fn machine_lost(&mut self, asset: AssetId, loss: Loss, estate: &Estate, out: &mut Outbox<'_>) {
        let held = self.footholds.remove(asset);
        let asleep = self.dormant.remove(asset);
        let had_way_back = loss != Loss::CutOff && self.persisted.remove(asset);
        if held && loss == Loss::CutOff {
            self.dormant.insert(asset);
        } else if asleep && loss == Loss::CutOff {
            self.dormant.insert(asset);
            return;
        }
        if held || asleep || had_way_back {
            self.revision += 1;
            out.fact(Fact::FootholdLost { asset, loss });
            if held {
                self.will_remark(estate, out);
            } else {
                self.consider_eviction(estate, out);
            }
        }
    }

    /// Putting a machine back gives back what was left on it: not before it is both powered on and on the network.
    fn machine_back(&mut self, asset: AssetId, estate: &Estate, out: &mut Outbox<'_>) {
        if !estate.on_network(asset) {
            return;
        }
        let returns = self.dormant.remove(asset) || self.persisted.has(asset);
        if returns && self.footholds.insert(asset) {
            self.revision += 1;
            self.evicted = false;
            let stage = self.last_stage_on(asset);
            out.fact(Fact::Compromised { asset, stage });
            self.call_idle_hands(Span::minutes(10), out);
        }
    }

    fn last_stage_on(&self, asset: AssetId) -> StageId {
        self.last_trace_on[asset.index()].map_or(StageId(0), |place| self.traces[place as usize].stage)
    }

    /// It remarks a loss some time later, once for several.
    fn will_remark(&mut self, estate: &Estate, out: &mut Outbox<'_>) {
        self.losses += 1;
        let key = Key::of(&[u64::from(self.losses), 0x10_55]);
        let delay = out.between(Span::minutes(5), Span::minutes(40), key, Purpose::RemarkDelay, 0);
        out.later(out.now + delay, Lane::World, Due::Remark { nth: self.losses });
        self.consider_eviction(estate, out);
    }

    /// What it does about a loss: only about the last of several, and only while something is left.
    fn react(&mut self, nth: u16, estate: &Estate, out: &mut Outbox<'_>) {
        if nth != self.losses || self.evicted || self.hurrying_to.is_some() {
            return;
        }
        let key = Key::of(&[u64::from(nth), 0x4ea]);
        let left = self.in_control(estate, out.program);
        if left
            && let Some((stage, chance_percent)) = out.program.secret.hurry
            && out.percent(u32::from(chance_percent), key, Purpose::Reaction, 0)
        {
            self.hurrying_to = Some(stage);
            self.quiet_until = out.now;
            out.fact(Fact::Reacted { reaction: ReactionKind::Hurry });
            self.call_idle_hands(Span::minutes(1), out);
        } else if let Some(lasts) = out.program.secret.lie_low {
            self.quiet_until = out.now + lasts;
            out.fact(Fact::Reacted { reaction: ReactionKind::LieLow });
        } else {
            out.fact(Fact::Reacted { reaction: ReactionKind::None });
        }
    }

    /// It is evicted once it can act from nowhere and has no way back.
    fn consider_eviction(&mut self, estate: &Estate, out: &mut Outbox<'_>) {
        if !self.evicted
            && self.footholds.is_empty()
            && self.dormant.is_empty()
            && self.persisted.is_empty()
            && !self.can_come_back(estate, out.program)
        {
            self.evicted = true;
            out.fact(Fact::Evicted {});
        }
    }

    /// Has those who do nothing look for something to do.
    fn call_idle_hands(&mut self, within: Span, out: &mut Outbox<'_>) {
        for hand in 0..self.hands.len() as u8 {
            if self.hands[usize::from(hand)].stage.is_none() {
                self.call(hand, out.now + within, out);
            }
        }
    }

    /// Has those who found nothing to do look again, each when it comes to notice.
    fn call_who_waits(&mut self, out: &mut Outbox<'_>) {
        for hand in 0..self.hands.len() as u8 {
            let state = &self.hands[usize::from(hand)];
            if !self.evicted && state.stage.is_none() && state.next == WAITS {
                let notices = out.between(NOTICES.0, NOTICES.1, self.turn_key(hand), Purpose::Wait, 0);
                self.call(hand, out.now + notices, out);
            }
        }
    }

    /// Has a hand look for something to do at a moment.
    fn call(&mut self, hand: u8, at: ExerciseTime, out: &mut Outbox<'_>) {
        self.hands[usize::from(hand)].next = at;
        out.later(at, Lane::World, Due::Choose { hand });
    }

    fn succeed(&mut self, stage: StageId, out: &mut Outbox<'_>) {
        self.tried += 1;
        let state = &mut self.stages[stage.index()];
        state.done += 1;
        let nth = state.begun;
        self.failures_in_a_row = 0;
        out.effect(Fact::StageDone { stage, nth });
        if self.stages[stage.index()].done == 1 {
            for (place, truth) in out.program.secret.truth.iter().enumerate() {
                if *truth == Truth::Once(stage) {
                    self.truth[place] = true;
                    out.effect(Fact::ClaimBecameTrue { claim: ClaimId::at(place) });
                }
            }
        }
    }

    fn fail(&mut self, stage: StageId, obstacle: Obstacle, out: &mut Outbox<'_>) {
        self.tried += 1;
        let state = &mut self.stages[stage.index()];
        state.failed += 1;
        let nth = state.begun;
        self.failures_in_a_row += 1;
        out.effect(Fact::StageFailed { stage, nth, obstacle });
    }

    /// A hand is free again.
    fn release(&mut self, hand: u8) {
        let hand = &mut self.hands[usize::from(hand)];
        if let Some(stage) = hand.stage.take() {
            self.stages[stage.index()].running = false;
            self.tried += 1;
        }
        hand.from = None;
        hand.targets.clear();
        (hand.encrypted_one, hand.was_blocked) = (false, false);
    }

    /// Leaves the usual traces of a stage's technique on a machine, once an attempt, and lets the sensors look at them.
    fn leave_traces(&mut self, stage: StageId, asset: AssetId, out: &mut Outbox<'_>) {
        let attempt = self.attempt_key(out.program, stage);
        self.leave_traces_of(attempt, stage, asset, out);
    }

    fn leave_traces_of(&mut self, attempt: Key, stage: StageId, asset: AssetId, out: &mut Outbox<'_>) {
        let technique = out.program.secret.stages[stage.index()].technique;
        let leaves = &out.program.public.techniques[technique.index()].leaves;
        for leaf in leaves {
            let key = Key::of(&[attempt.0, out.program.names.of(asset).0, leaf.trail as u64, 0x7ace]);
            if self.traces_on(asset).any(|place| self.traces[place as usize].key == key) {
                continue;
            }
            out.effect(Fact::Trace { trace: key, asset, trail: leaf.trail, stage });
            let before = self.last_trace_on[asset.index()].replace(self.traces.len() as u32);
            let trace = Trace { key, asset, trail: leaf.trail, stage, at: out.now, loudness: leaf.loudness_percent, fact: out.latest, before };
            self.traces.push(trace);
            out.ask(detection::Due::Trace { trace: (self.traces.len() - 1) as u32 });
        }
    }

    fn compromise(&mut self, asset: AssetId, stage: StageId, out: &mut Outbox<'_>) {
        if self.footholds.insert(asset) {
            self.dormant.remove(asset);
            self.revision += 1;
            self.evicted = false;
            out.effect(Fact::Compromised { asset, stage });
        }
    }

    fn act<'p>(&self, program: &'p Program, stage: StageId) -> &'p Act {
        &program.secret.stages[stage.index()].act
    }
}
