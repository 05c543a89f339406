//! Continuity: what services are at, and what people do without them.
//!
//! A service is as good as the least of what it rests on; of machines alike, the share that serves. Nothing is scanned: each change of a machine,
//! a login, a link, a segment, a way out or data updates the services that rest on it.
//!
//! A workaround wears people out. What it `holds` is the time for which they can keep it up in all: who stands it down saves what is left of it,
//! and who starts it again goes on from there. It does not grow back during an exercise: those who carried it go back to their own work, not to
//! rest. A modelling assumption of this project.

use std::sync::Arc;

use bevy::ecs::resource::Resource;

use crate::exercise::agenda::{Lane, Work};
use crate::exercise::estate::Estate;
use crate::exercise::outbox::Outbox;
use crate::exercise::team;
use crate::ids::*;
use crate::scenario::program::{Program, RestsOn};
use crate::scenario::written::AssetKind;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::continuity::{Command, Fact, Observation};
use crate::vocabulary::team::Outcome;

/// What a mail server cannot do while its way to the internet is closed, in percent. A modelling assumption of this project.
const HAMPERED_LOSES: u32 = 50;

/// What is due in continuity.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    Machine(AssetId),
    Login(LoginId),
    Link(LinkId),
    Segment(SegmentId),
    /// A segment's way to the internet was closed or opened.
    WayOut(SegmentId),
    Data(DataId),
    /// A service that another rests on has changed.
    Service(ServiceId),
    /// People cannot keep a workaround up any longer.
    WornOut {
        service: ServiceId,
        nth: u16,
    },
    /// A service fails, or is mended, for a reason of its own.
    OwnFault {
        service: ServiceId,
        ended: bool,
    },
    /// The facilitator sets the level of a service, in percent, or lets it follow what it rests on again.
    Override {
        service: ServiceId,
        percent: Option<u8>,
    },
}

#[derive(Clone, Debug)]
struct Service {
    /// By item of `rests_on`: how many machines serve (of a set), or 1 and 0.
    serving: Vec<u32>,
    /// By item: how many of those that serve do only half of it.
    hampered: Vec<AssetSet>,
    faults: u16,
    workaround: bool,
    worn_out: bool,
    invoked: u16,
    /// Since when the workaround runs, and for how long it ran before.
    runs_since: ExerciseTime,
    has_run: Span,
    put_first: bool,
    /// The level that the facilitator set, whatever it rests on.
    by_hand: Option<u8>,
    percent: u8,
}

/// The state of services.
#[derive(Resource, Clone, Debug)]
pub struct Continuity {
    services: Vec<Service>,
    /// Which item of which service a machine counts in. It never changes: forks share it.
    items_of: Arc<Vec<Vec<(ServiceId, u16)>>>,
    /// Which machines were counted as serving each service item.
    counted: Vec<Vec<AssetSet>>,
}

impl Continuity {
    /// Everything is at a hundred percent.
    pub fn at_startex(program: &Program) -> Continuity {
        let public = &program.public;
        let mut items_of = vec![Vec::new(); public.assets.len()];
        let mut services = Vec::new();
        let mut counted = Vec::new();
        for (place, service) in public.services.iter().enumerate() {
            let mut serving = Vec::new();
            let mut sets = Vec::new();
            for (item, rests_on) in service.rests_on.iter().enumerate() {
                let machines = match rests_on {
                    RestsOn::Assets(assets) => assets.clone(),
                    RestsOn::Data(data) => public.data[data.index()].hosts.clone(),
                    RestsOn::Link(_) | RestsOn::Login(_) | RestsOn::Service(_) | RestsOn::Internet => AssetSet::default(),
                };
                machines.iter().for_each(|asset| items_of[asset.index()].push((ServiceId::at(place), item as u16)));
                serving.push(if matches!(rests_on, RestsOn::Assets(_)) { machines.len() as u32 } else { 1 });
                sets.push(machines);
            }
            counted.push(sets);
            let hampered = vec![AssetSet::default(); serving.len()];
            services.push(Service {
                serving,
                hampered,
                faults: 0,
                workaround: false,
                worn_out: false,
                invoked: 0,
                runs_since: ExerciseTime(0),
                has_run: Span::ZERO,
                put_first: false,
                by_hand: None,
                percent: 100,
            });
        }
        Continuity { services, items_of: Arc::new(items_of), counted }
    }

    /// Services that were put first.
    pub fn put_first(&self) -> impl Iterator<Item = ServiceId> + '_ {
        self.services.iter().enumerate().filter(|(_, service)| service.put_first).map(|(place, _)| ServiceId::at(place))
    }

    pub(super) fn handle(&mut self, due: Due, estate: &Estate, out: &mut Outbox<'_>) {
        let public = &out.program.public;
        match due {
            Due::Machine(asset) => self.machine(asset, estate, out),
            Due::Login(login) => self.items(|item| matches!(item, RestsOn::Login(of) if *of == login), |_| estate.login_enabled(login), out),
            Due::Link(link) => self.items(|item| matches!(item, RestsOn::Link(of) if *of == link), |_| estate.link_carries(public, link), out),
            Due::Data(data) => self.items(|item| matches!(item, RestsOn::Data(of) if *of == data), |_| estate.data_there(public, data), out),
            Due::Segment(segment) => {
                for place in 0..public.assets.len() {
                    if public.assets[place].segment == segment {
                        self.machine(AssetId::at(place), estate, out);
                    }
                }
                self.outside(segment, estate, out);
            }
            Due::WayOut(segment) => {
                for place in 0..public.assets.len() {
                    if public.assets[place].segment == segment && public.assets[place].kind == AssetKind::MailServer {
                        self.machine(AssetId::at(place), estate, out);
                    }
                }
                self.outside(segment, estate, out);
            }
            Due::Service(service) => {
                for place in 0..self.services.len() {
                    let rests = public.services[place].rests_on.iter().any(|item| matches!(item, RestsOn::Service(of) if *of == service));
                    if rests {
                        self.settle(ServiceId::at(place), out);
                    }
                }
            }
            Due::WornOut { service, nth } => {
                let state = &mut self.services[service.index()];
                if state.workaround && state.invoked == nth {
                    (state.workaround, state.worn_out) = (false, true);
                    out.fact(Fact::WorkaroundWornOut { service });
                    let roles = out.roles(|role| role.services.contains(&service));
                    out.tell(roles, Observation::WorkaroundIsWornOut { service });
                    self.settle(service, out);
                }
            }
            Due::OwnFault { service, ended } => {
                let state = &mut self.services[service.index()];
                state.faults = if ended { state.faults.saturating_sub(1) } else { state.faults + 1 };
                out.fact(Fact::OwnFault { service, ended });
                self.settle(service, out);
            }
            Due::Override { service, percent } => {
                self.services[service.index()].by_hand = percent.map(|percent| percent.min(100));
                self.settle(service, out);
            }
        }
    }

    /// What comes from outside, or leads there, may have changed.
    fn outside(&mut self, segment: SegmentId, estate: &Estate, out: &mut Outbox<'_>) {
        let public = &out.program.public;
        for place in 0..public.links.len() {
            self.handle(Due::Link(LinkId::at(place)), estate, out);
        }
        let through = |service: ServiceId| public.services[service.index()].own_segments.contains(&segment);
        for service in (0..public.services.len()).map(ServiceId::at).filter(|service| through(*service)) {
            let there = public.services[service.index()].own_segments.iter().any(|segment| estate.segment_has_way_out(public, *segment));
            self.items_of_service(service, |item| matches!(item, RestsOn::Internet), there, out);
        }
    }

    fn items_of_service(&mut self, service: ServiceId, which: impl Fn(&RestsOn) -> bool, there: bool, out: &mut Outbox<'_>) {
        let mut changed = false;
        for (item, rests_on) in out.program.public.services[service.index()].rests_on.iter().enumerate() {
            if which(rests_on) {
                self.services[service.index()].serving[item] = u32::from(there);
                changed = true;
            }
        }
        if changed {
            self.settle(service, out);
        }
    }

    /// A machine has changed: counts it in or out of each item it belongs to.
    fn machine(&mut self, asset: AssetId, estate: &Estate, out: &mut Outbox<'_>) {
        let public = &out.program.public;
        let segment = public.assets[asset.index()].segment;
        let mut changed = Vec::new();
        let items_of = self.items_of.clone();
        for &(service, item) in &items_of[asset.index()] {
            let plan = &public.services[service.index()];
            // Cut off from the rest, a machine serves only what lies wholly in its own segment.
            let joined = estate.segment_joined(segment) || plan.one_segment == Some(segment);
            let serves = estate.serves(asset) && joined;
            let set = &mut self.counted[service.index()][usize::from(item)];
            let mut moved = if serves { set.insert(asset) } else { set.remove(asset) };
            // Mail inside goes on without a way out, mail to and from the outside waits.
            let half = serves && public.assets[asset.index()].kind == AssetKind::MailServer && estate.way_out_is_closed(public, segment);
            let hampered = &mut self.services[service.index()].hampered[usize::from(item)];
            moved |= if half { hampered.insert(asset) } else { hampered.remove(asset) };
            match plan.rests_on[usize::from(item)] {
                RestsOn::Data(data) => {
                    let there = u32::from(serves && estate.data_there(public, data));
                    if self.services[service.index()].serving[usize::from(item)] != there {
                        self.services[service.index()].serving[usize::from(item)] = there;
                        changed.push(service);
                    }
                }
                _ if moved => {
                    self.services[service.index()].serving[usize::from(item)] = set.len() as u32;
                    changed.push(service);
                }
                _ => {}
            }
        }
        changed.dedup();
        for service in changed {
            self.settle(service, out);
        }
    }

    fn items(&mut self, which: impl Fn(&RestsOn) -> bool, there: impl Fn(ServiceId) -> bool, out: &mut Outbox<'_>) {
        for service in (0..self.services.len()).map(ServiceId::at) {
            self.items_of_service(service, &which, there(service), out);
        }
    }

    /// The level a service is at, from what it rests on, faults and workaround.
    fn level(&self, program: &Program, service: ServiceId) -> u8 {
        let state = &self.services[service.index()];
        if let Some(percent) = state.by_hand {
            return percent;
        }
        let plan = &program.public.services[service.index()];
        let least = plan
            .rests_on
            .iter()
            .enumerate()
            .map(|(item, rests_on)| match rests_on {
                RestsOn::Assets(assets) => {
                    ((state.serving[item] * 100 - state.hampered[item].len() as u32 * HAMPERED_LOSES) / (assets.len() as u32).max(1)) as u8
                }
                RestsOn::Service(of) => self.services[of.index()].percent,
                RestsOn::Data(_) | RestsOn::Link(_) | RestsOn::Login(_) | RestsOn::Internet => state.serving[item] as u8 * 100,
            })
            .min()
            .unwrap_or(100);
        let own = if state.faults > 0 { 0 } else { least };
        match &plan.workaround {
            Some(workaround) if state.workaround => own.max(workaround.level_percent),
            _ => own,
        }
    }

    fn settle(&mut self, service: ServiceId, out: &mut Outbox<'_>) {
        let percent = self.level(out.program, service);
        let state = &mut self.services[service.index()];
        if state.percent == percent {
            return;
        }
        state.percent = percent;
        out.fact(Fact::ServiceLevel { service, percent });
        let roles = out.roles(|role| role.services.contains(&service));
        out.tell(roles, Observation::ServiceIs { service, percent });
        out.ask(Due::Service(service));
    }

    fn tell_workaround(&self, service: ServiceId, out: &mut Outbox<'_>) {
        let roles = out.roles(|role| role.services.contains(&service));
        out.tell(roles, Observation::WorkaroundIs { service, runs: self.services[service.index()].workaround });
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, out: &mut Outbox<'_>) {
        let mut outcome = Outcome::Done;
        match command {
            Command::Invoke { service } => {
                let state = &mut self.services[service.index()];
                match &out.program.public.services[service.index()].workaround {
                    Some(workaround) if !state.worn_out && !state.workaround => {
                        state.workaround = true;
                        state.invoked += 1;
                        state.runs_since = out.now;
                        let (nth, left) = (state.invoked, Span((workaround.holds.0 - state.has_run.0).max(1)));
                        out.fact(Fact::WorkaroundStarted { service });
                        self.tell_workaround(service, out);
                        out.later(out.now + left, Lane::World, Due::WornOut { service, nth });
                        self.settle(service, out);
                    }
                    _ => outcome = Outcome::Failed,
                }
            }
            Command::StandDown { service } => {
                let state = &mut self.services[service.index()];
                if std::mem::replace(&mut state.workaround, false) {
                    state.has_run = state.has_run + (out.now - state.runs_since);
                    out.fact(Fact::WorkaroundEnded { service });
                    self.tell_workaround(service, out);
                    self.settle(service, out);
                }
            }
            Command::Prioritise { service } => {
                self.services[service.index()].put_first = true;
                out.fact(Fact::Prioritised { service });
                let roles = out.roles(|role| role.services.contains(&service)).with(work.role);
                out.tell(roles, Observation::PutFirst { service });
            }
        }
        out.ask(team::Due::Ended { work, outcome });
    }
}
