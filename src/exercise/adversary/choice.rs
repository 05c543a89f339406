//! What the adversary does next: among what is possible at that instant.

use super::{Adversary, Due, WAITS};
use crate::chance::Purpose;
use crate::exercise::agenda::Lane;
use crate::exercise::estate::Estate;
use crate::exercise::outbox::Outbox;
use crate::ids::*;
use crate::scenario::program::{Act, LinkEnd, Need, NotBefore, Program};
use crate::scenario::written::LoginLevel;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::adversary::{Fact, Obstacle};

/// A night lasts until six: a stage that waits for 22:00 may begin until then.
const NIGHT_ENDS: u32 = 6 * 3600;
/// What each relay costs between a machine that calls home and the one it works from: typing through two tunnels is slow. A modelling
/// assumption of this project.
const PIVOT: Span = Span::minutes(6);
/// How long it keeps away when its patience is gone. A modelling assumption of this project.
const KEEPS_AWAY: Span = Span::hours(6);
/// A stage that failed so often is given up.
pub(super) const GIVEN_UP_AFTER: u16 = 3;

impl Adversary {
    /// A hand looks for something to do.
    pub(super) fn choose(&mut self, hand: u8, estate: &Estate, out: &mut Outbox<'_>) {
        let state = &self.hands[usize::from(hand)];
        if state.stage.is_some() || state.next != out.now {
            return;
        }
        if self.evicted {
            self.hands[usize::from(hand)].next = WAITS;
            return;
        }
        self.hands[usize::from(hand)].turns += 1;
        if out.now < self.quiet_until {
            self.call(hand, self.quiet_until, out);
            return;
        }
        let possible: Vec<StageId> =
            (0..self.stages.len()).map(StageId::at).filter(|stage| self.possible(*stage, out.now, estate, out.program)).collect();
        let Some(stage) = self.preferred(&possible, hand, out) else {
            if !self.in_control(estate, out.program) {
                self.come_back(hand, estate, out)
            } else {
                self.wait(hand, out);
            }
            return;
        };
        let from = self.work_place(stage, hand, estate, out);
        let nth = self.begin_stage(stage, out);
        let key = self.attempt_key(out.program, stage);
        let (low, high) = out.program.secret.stages[stage.index()].takes;
        let mut takes = out.between(low, high, key, Purpose::StageDuration, u32::from(nth));
        if self.hurrying_to.is_some() {
            takes = Span(takes.0 / 2);
        }
        if let Some(from) = from {
            takes = takes + Span(PIVOT.0 * i64::from(self.hops(from, estate, out.program)));
        }
        let state = &mut self.hands[usize::from(hand)];
        (state.stage, state.from) = (Some(stage), from);
        self.stages[stage.index()].running = true;
        match self.act(out.program, stage) {
            Act::CopyOut { .. } => out.later(out.now + Span(takes.0 / 10), Lane::World, Due::CopyTenth { hand, tenth: 1 }),
            _ => out.later(out.now + takes, Lane::World, Due::Finish { hand }),
        }
    }

    /// Nothing is possible: the hand waits for something to change, or for the hour that a stage waits for.
    fn wait(&mut self, hand: u8, out: &mut Outbox<'_>) {
        let hours =
            out.program.secret.stages.iter().filter(|plan| !plan.is_past).filter_map(|plan| next_hour(plan.not_before?, out.now, out.program));
        let hour = hours.min();
        let state = &mut self.hands[usize::from(hand)];
        // A change in the meantime calls it all the same.
        state.next = WAITS;
        if let Some(at) = hour
            && state.hour.replace(at) != Some(at)
        {
            out.later(at, Lane::World, Due::Hour { hand });
        }
    }

    /// The machine it works from: one of those it commands, by lot; for spreading, the first from there on that can reach something new.
    fn work_place(&mut self, stage: StageId, hand: u8, estate: &Estate, out: &mut Outbox<'_>) -> Option<AssetId> {
        if self.comes_from_outside(stage, out.program) {
            return None;
        }
        let machines = self.commanded(estate, out.program);
        let key = self.turn_key(hand);
        let start = out.below(machines.len() as u32, key, Purpose::TargetChoice, 1) as usize;
        let mut in_turn = machines[start..].iter().chain(&machines[..start]).copied();
        match self.act(out.program, stage).clone() {
            Act::Spread { to } => {
                let new = self.new_machines(&to, estate, out.program);
                in_turn.find(|from| new.iter().any(|asset| estate.can_reach(&out.program.public, *from, *asset)))
            }
            _ => in_turn.next(),
        }
    }

    /// The goal it hurries to, else a goal, else one of the others by lot.
    fn preferred(&self, possible: &[StageId], hand: u8, out: &mut Outbox<'_>) -> Option<StageId> {
        if let Some(hurry) = self.hurrying_to
            && possible.contains(&hurry)
        {
            return Some(hurry);
        }
        let goals: Vec<StageId> = possible.iter().copied().filter(|stage| out.program.secret.stages[stage.index()].goal).collect();
        let among = if goals.is_empty() { possible } else { &goals };
        let key = self.turn_key(hand);
        let drawn = out.below(among.len() as u32, key, Purpose::StageChoice, 0);
        among.get(drawn as usize).copied()
    }

    /// Whether a stage can be begun now.
    fn possible(&mut self, stage: StageId, now: ExerciseTime, estate: &Estate, program: &Program) -> bool {
        let plan = &program.secret.stages[stage.index()];
        let state = self.stages[stage.index()];
        let hurried = self.hurrying_to == Some(stage);
        if plan.is_past || state.running || (state.done > 0 && !plan.repeats) || (state.failed >= GIVEN_UP_AFTER && state.done == 0 && !plan.goal) {
            return false;
        }
        if state.failed >= GIVEN_UP_AFTER * 4 {
            return false;
        }
        if !hurried && !plan.not_before.is_none_or(|when| late_enough(when, now, program)) {
            return false;
        }
        if !hurried && !plan.waits_for.iter().all(|other| self.is_over(*other, estate, program)) {
            return false;
        }
        self.obstacle(stage, hurried, estate, program).is_none() && self.has_target(stage, estate, program)
    }

    /// Whether what waits for a stage need not wait any longer: it succeeded, failed too often, or can never be done any more.
    fn is_over(&mut self, stage: StageId, estate: &Estate, program: &Program) -> bool {
        let state = self.stages[stage.index()];
        state.done > 0 || state.failed >= GIVEN_UP_AFTER || (!state.running && !self.may_still_succeed(stage, estate, program))
    }

    /// What stands in the way of a stage's needs at this instant.
    pub(super) fn obstacle(&mut self, stage: StageId, hurried: bool, estate: &Estate, program: &Program) -> Option<Obstacle> {
        if !self.comes_from_outside(stage, program) && !self.in_control(estate, program) {
            return Some(Obstacle::NoFoothold);
        }
        for need in &program.secret.stages[stage.index()].needs {
            let obstacle = match *need {
                Need::Foothold => None,
                Need::LoginOf(level) => (!self.holds_login_of(level, estate, program)).then_some(Obstacle::NoLogin),
                Need::Holds(login) => {
                    let works = self.logins[login.index()].is_some_and(|generation| estate.login_works(login, generation));
                    (!works).then_some(Obstacle::NoLogin)
                }
                Need::OpensData(data) => {
                    let hosts: Vec<AssetId> = program.public.data[data.index()].hosts.iter().collect();
                    let opens = hosts.iter().any(|host| !estate.is_encrypted(*host) && self.can_use(*host, LoginLevel::User, estate, program));
                    (!opens).then_some(Obstacle::NoWay)
                }
                Need::WayOut => {
                    let out = self.commanded(estate, program).into_iter().any(|asset| estate.way_out(&program.public, asset));
                    (!out).then_some(Obstacle::NoWay)
                }
                Need::Done(other) => (!hurried && self.stages[other.index()].done == 0).then_some(Obstacle::NoTarget),
                Need::Machines(count) => (!hurried && self.footholds.len() < usize::from(count)).then_some(Obstacle::NoTarget),
            };
            if obstacle.is_some() {
                return obstacle;
            }
        }
        None
    }

    pub(super) fn holds_login_of(&self, level: LoginLevel, estate: &Estate, program: &Program) -> bool {
        self.logins.iter().enumerate().any(|(place, held)| {
            program.public.logins[place].level >= level && held.is_some_and(|generation| estate.login_works(LoginId::at(place), generation))
        })
    }

    fn has_target(&mut self, stage: StageId, estate: &Estate, program: &Program) -> bool {
        match self.act(program, stage).clone() {
            Act::Steal { login, from } => {
                let held = self.logins[login.index()].is_some();
                !held && !self.thieves(login, from.as_ref(), estate, program).is_empty()
            }
            Act::Spread { to } => !self.new_machines(&to, estate, program).is_empty(),
            Act::Encrypt { on } => self.answer(&on, LoginLevel::Admin, estate, program).into_iter().any(|asset| !estate.is_encrypted(asset)),
            Act::Enter { through, to } => program.public.links[through.index()].to.iter().any(|asset| {
                to.as_ref().is_none_or(|to| to.has(asset))
                    && !self.footholds.has(asset)
                    && !estate.is_encrypted(asset)
                    && estate.can_enter(&program.public, through, asset)
            }),
            Act::Destroy { data } => estate.backup_there(data),
            Act::CopyOut { data } => self.can_copy_out(data, estate, program),
            Act::Persist { on } => {
                self.commanded(estate, program).into_iter().any(|asset| !self.persisted.has(asset) && on.as_ref().is_none_or(|on| on.has(asset)))
            }
            _ => true,
        }
    }

    /// Whether a stage needs nothing inside: coming in through a link from outside.
    pub(super) fn comes_from_outside(&self, stage: StageId, program: &Program) -> bool {
        match self.act(program, stage) {
            Act::Enter { through, .. } => matches!(program.public.links[through.index()].from, LinkEnd::Internet | LinkEnd::Vendor(_)),
            _ => false,
        }
    }

    /// Machines it could take.
    pub(super) fn new_machines(&mut self, query: &crate::scenario::program::Query, estate: &Estate, program: &Program) -> Vec<AssetId> {
        let mut machines = self.answer(query, LoginLevel::Admin, estate, program);
        machines.retain(|asset| !self.footholds.has(*asset) && !estate.is_encrypted(*asset));
        machines
    }

    /// Machines it commands on which a login lies.
    pub(super) fn thieves(&mut self, login: LoginId, from: Option<&AssetSet>, estate: &Estate, program: &Program) -> Vec<AssetId> {
        let mut machines = self.commanded(estate, program);
        machines.retain(|asset| program.public.logins[login.index()].lies_on.has(*asset) && from.is_none_or(|from| from.has(*asset)));
        machines
    }

    /// With nothing left, it tries the doors it knows.
    fn come_back(&mut self, hand: u8, estate: &Estate, out: &mut Outbox<'_>) {
        let public = &out.program.public;
        let mut doors: Vec<(AssetId, StageId)> = self
            .persisted
            .iter()
            .filter(|asset| estate.way_out(public, *asset) && !estate.is_encrypted(*asset))
            .map(|asset| (asset, self.last_stage_on(asset)))
            .collect();
        for (place, link) in public.links.iter().enumerate() {
            if self.door_opens(LinkId::at(place), estate, out.program) {
                doors.extend(
                    link.to
                        .iter()
                        .filter(|asset| estate.can_enter(public, LinkId::at(place), *asset) && !estate.is_encrypted(*asset))
                        .map(|asset| (asset, self.last_stage_on(asset))),
                );
            }
        }
        let key = Key::of(&[u64::from(self.losses), 0xd004]);
        let drawn = out.below(doors.len() as u32, key, Purpose::TargetChoice, 0);
        match doors.get(drawn as usize) {
            Some((asset, stage)) => {
                self.compromise(*asset, *stage, out);
                // It is seen to come back, each time: not only when it came first.
                let attempt = Key::of(&[self.attempt_key(out.program, *stage).0, u64::from(self.losses), 0xbac]);
                self.leave_traces_of(attempt, *stage, *asset, out);
                self.call(hand, out.now + Span::minutes(5), out);
            }
            None => {
                self.consider_eviction(estate, out);
                self.wait(hand, out);
            }
        }
    }

    /// A hand is free for the next thing after a pause. When patience is gone, the adversary keeps away for six hours.
    pub(super) fn go_on(&mut self, hand: u8, out: &mut Outbox<'_>) {
        self.release(hand);
        let key = self.turn_key(hand);
        if self.failures_in_a_row > u16::from(out.program.secret.patience) {
            self.failures_in_a_row = 0;
            self.quiet_until = self.quiet_until.max(out.now + KEEPS_AWAY);
            out.fact(Fact::Reacted { reaction: crate::vocabulary::adversary::ReactionKind::LieLow });
        }
        let pause = out.between(Span::minutes(3), Span::minutes(20), key, Purpose::Wait, 1);
        let at = (out.now + pause).max(self.quiet_until.max(out.now));
        self.call(hand, at, out);
    }
}

fn late_enough(when: NotBefore, now: ExerciseTime, program: &Program) -> bool {
    match when {
        NotBefore::Moment(at) => now >= at,
        NotBefore::Clock(from) => {
            let (clock, _) = program.public.calendar.clock(now);
            clock >= from || (clock.0 < NIGHT_ENDS && from.0 > NIGHT_ENDS)
        }
    }
}

/// The next moment at which a stage that waits for an hour need not wait any more; none if it need not now.
fn next_hour(when: NotBefore, now: ExerciseTime, program: &Program) -> Option<ExerciseTime> {
    if late_enough(when, now, program) {
        return None;
    }
    match when {
        NotBefore::Moment(at) => Some(at),
        NotBefore::Clock(from) => {
            // Not late enough means that the hour is still to come today, unless the clocks leave it out: then it is late enough behind it.
            let calendar = &program.public.calendar;
            calendar.clock_on(now, 0, from).chain(calendar.changes()).filter(|at| *at > now && late_enough(when, *at, program)).min()
        }
    }
}
