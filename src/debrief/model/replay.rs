//! The map, played again: what was true of each machine and service at any moment, and when a role came to know of it.
//!
//! Plain data: a line of changes for each machine and service, in order of time, so that whoever draws it asks for one moment
//! ([`MachineTrack::at`], [`ServiceTrack::at`]) and gets an answer by bisection. [`Replay::changes`] is the same as a list of sentences.

use std::collections::BTreeMap;

use serde::Serialize;

use super::reading::Reading;
use crate::debrief::narrative::{bare, capital, counted};
use crate::ids::*;
use crate::time::{Calendar, ExerciseTime};
use crate::vocabulary::estate::Seen;
use crate::vocabulary::{Fact, Observation, adversary, continuity, detection, estate, investigation};

/// The whole map over time.
#[derive(Clone, Debug, Serialize)]
pub struct Replay {
    /// The first moment: STARTEX. What was so before is so then.
    pub from: ExerciseTime,
    /// The last moment that was played.
    pub until: ExerciseTime,
    /// The parts of the network, in the author's order.
    pub segments: Vec<SegmentTrack>,
    /// The machines, in the author's order.
    pub machines: Vec<MachineTrack>,
    /// The services, in the author's order.
    pub services: Vec<ServiceTrack>,
    /// All changes, in order of time.
    pub changes: Vec<Change>,
    /// What says where the clock of the story stands at a moment.
    #[serde(skip)]
    pub calendar: Calendar,
}

/// A part of the network.
#[derive(Clone, Debug, Serialize)]
pub struct SegmentTrack {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since when it was cut off from the others, and since when no longer: pairs in order of time.
    pub cut: Vec<(ExerciseTime, bool)>,
}

/// A machine over time.
#[derive(Clone, Debug, Serialize)]
pub struct MachineTrack {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The place of its part of the network among [`Replay::segments`].
    pub segment: usize,
    /// What the adversary had made of it.
    pub attack: Vec<(ExerciseTime, Attack)>,
    /// What the team had made of it.
    pub response: Vec<(ExerciseTime, Response)>,
    /// When a role first knew that something was wrong with it, and which.
    pub known: Option<(ExerciseTime, String)>,
}

/// What the adversary has made of a machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attack {
    /// Nothing.
    #[default]
    Untouched,
    /// It was held, and is not any more.
    Lost,
    /// The adversary works on it.
    Held,
    /// The adversary works on it, and has made itself a way back.
    Rooted,
    /// Data that lie on it were copied out, while it was held.
    Robbed,
    /// It is encrypted.
    Encrypted,
}

impl Attack {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Attack::Untouched => "untouched",
            Attack::Lost => "was held, no longer",
            Attack::Held => "held by the adversary",
            Attack::Rooted => "held, with a way back",
            Attack::Robbed => "held, and data copied out",
            Attack::Encrypted => "encrypted",
        }
    }
}

/// What the team has made of a machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Nothing.
    #[default]
    AsItWas,
    /// It is cut off the network.
    Isolated,
    /// It is powered off.
    Off,
    /// It was cleaned.
    Cleaned,
    /// It was installed anew.
    Rebuilt,
    /// It was restored from a backup.
    Restored,
}

impl Response {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Response::AsItWas => "as it was",
            Response::Isolated => "cut off",
            Response::Off => "powered off",
            Response::Cleaned => "cleaned",
            Response::Rebuilt => "installed anew",
            Response::Restored => "restored",
        }
    }
}

/// A service over time.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceTrack {
    /// Its name.
    pub name: String,
    /// At how much of its level it worked, in percent.
    pub level: Vec<(ExerciseTime, u8)>,
    /// Whether a workaround was on.
    pub workaround: Vec<(ExerciseTime, bool)>,
}

/// What changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// The adversary's doing.
    Attack,
    /// The team's.
    Response,
    /// A role came to know of it.
    Known,
    /// What it did to a service.
    Service,
}

impl Lane {
    /// In a word.
    pub const fn label(self) -> &'static str {
        match self {
            Lane::Attack => "attack",
            Lane::Response => "response",
            Lane::Known => "known",
            Lane::Service => "service",
        }
    }
}

/// One change, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// When.
    pub at: ExerciseTime,
    /// On the clock of the story.
    pub clock: String,
    /// In which lane.
    pub lane: Lane,
    /// In one sentence.
    pub text: String,
    /// The places of its machines in [`Replay::machines`].
    pub machines: Vec<usize>,
}

/// What stands at a moment: the last that was not later.
fn at_moment<T: Copy>(line: &[(ExerciseTime, T)], at: ExerciseTime) -> Option<T> {
    line.partition_point(|(since, _)| *since <= at).checked_sub(1).and_then(|place| line.get(place)).map(|(_, what)| *what)
}

impl SegmentTrack {
    /// Whether it is cut off at a moment.
    pub fn cut_at(&self, at: ExerciseTime) -> bool {
        at_moment(&self.cut, at).unwrap_or(false)
    }
}

impl MachineTrack {
    /// What the adversary and the team have made of it at a moment, and whether a role knows that something is wrong with it.
    pub fn at(&self, at: ExerciseTime) -> (Attack, Response, bool) {
        let known = self.known.as_ref().is_some_and(|(since, _)| *since <= at);
        (at_moment(&self.attack, at).unwrap_or_default(), at_moment(&self.response, at).unwrap_or_default(), known)
    }

    /// Whether anything ever happened to it.
    pub fn touched(&self) -> bool {
        !self.attack.is_empty() || !self.response.is_empty() || self.known.is_some()
    }
}

impl ServiceTrack {
    /// Its level in percent at a moment, and whether a workaround is on.
    pub fn at(&self, at: ExerciseTime) -> (u8, bool) {
        (at_moment(&self.level, at).unwrap_or(100), at_moment(&self.workaround, at).unwrap_or(false))
    }
}

impl Replay {
    /// How many machines are held by the adversary, encrypted, cut off or off, and known to a role, at a moment.
    pub fn counts(&self, at: ExerciseTime) -> [usize; 4] {
        let mut counts = [0; 4];
        for machine in &self.machines {
            let (attack, response, known) = machine.at(at);
            let off =
                matches!(response, Response::Isolated | Response::Off) || self.segments.get(machine.segment).is_some_and(|part| part.cut_at(at));
            let held = matches!(attack, Attack::Held | Attack::Rooted | Attack::Robbed);
            for (count, is) in counts.iter_mut().zip([held, attack == Attack::Encrypted, off, known && attack != Attack::Untouched]) {
                *count += usize::from(is);
            }
        }
        counts
    }

    /// The same in one sentence: what a picture of that moment shows, for those who cannot see it.
    pub fn in_words(&self, at: ExerciseTime) -> String {
        let [held, encrypted, off, known] = self.counts(at);
        let machines = |count: usize| counted(count as i64, "machine", "machines");
        format!(
            "{} held by the adversary, {encrypted} encrypted, {off} cut off or powered off; of those taken, {known} known to the team.",
            machines(held)
        )
    }

    /// The moment of the next change after, or of the last before, if there is one.
    pub fn step(&self, at: ExerciseTime, forward: bool) -> Option<ExerciseTime> {
        let moments = self.changes.iter().map(|change| change.at);
        if forward { moments.filter(|moment| *moment > at).min() } else { moments.filter(|moment| *moment < at).max() }
    }
}

/// Writes a state down where it differs from the one before. What happened before STARTEX was so at STARTEX.
fn note<T: Copy + PartialEq + Default>(line: &mut Vec<(ExerciseTime, T)>, at: ExerciseTime, what: T) -> bool {
    let at = at.max(ExerciseTime(0));
    match line.last_mut() {
        Some((_, last)) if *last == what => return false,
        Some((since, last)) if *since == at => *last = what,
        None if what == T::default() => return false,
        _ => line.push((at, what)),
    }
    true
}

impl Reading<'_> {
    /// The map over time.
    pub fn replay(&self) -> Replay {
        let public = &self.program.public;
        let named = |text: &str, id: &str| capital(if bare(text).is_empty() { id } else { bare(text) });
        let mut replay = Replay {
            from: ExerciseTime(0),
            until: self.until,
            segments: (public.segments.iter())
                .map(|segment| SegmentTrack { id: segment.id.clone(), name: named(&segment.text, &segment.id), cut: Vec::new() })
                .collect(),
            machines: (public.assets.iter())
                .map(|asset| MachineTrack {
                    id: asset.id.clone(),
                    name: bare(&asset.name).to_owned(),
                    segment: asset.segment.index(),
                    attack: Vec::new(),
                    response: Vec::new(),
                    known: None,
                })
                .collect(),
            services: (public.services.iter())
                .map(|service| ServiceTrack { name: named(&service.text, &service.id), level: Vec::new(), workaround: Vec::new() })
                .collect(),
            changes: Vec::new(),
            calendar: public.calendar,
        };
        let mut alerts: BTreeMap<Key, AssetId> = BTreeMap::new();
        for happened in &self.facts {
            self.follow(&mut replay, &mut alerts, happened.at, happened.roles, &happened.fact);
        }
        // What was so before STARTEX stands at it; what happened then is told first.
        replay.changes.sort_by_key(|change| change.at);
        replay
    }

    fn follow(&self, replay: &mut Replay, alerts: &mut BTreeMap<Key, AssetId>, at: ExerciseTime, roles: RoleSet, fact: &Fact) {
        let attack = |replay: &mut Replay, asset: AssetId, what: Attack| self.change(replay, at, asset, Some(what), None);
        let response = |replay: &mut Replay, asset: AssetId, what: Response| self.change(replay, at, asset, None, Some(what));
        let now = |replay: &Replay, asset: AssetId| {
            replay.machines.get(asset.index()).map_or((Attack::Untouched, Response::AsItWas), |machine| {
                let (attack, response, _) = machine.at(at.max(ExerciseTime(0)));
                (attack, response)
            })
        };
        match *fact {
            Fact::Adversary(adversary::Fact::Compromised { asset, .. })
                if !matches!(now(replay, asset).0, Attack::Rooted | Attack::Robbed | Attack::Encrypted) =>
            {
                attack(replay, asset, Attack::Held);
            }
            Fact::Adversary(adversary::Fact::Persisted { asset, .. }) if !matches!(now(replay, asset).0, Attack::Robbed | Attack::Encrypted) => {
                attack(replay, asset, Attack::Rooted);
            }
            Fact::Adversary(adversary::Fact::Copied { data, .. }) => {
                let Some(store) = self.program.public.data.get(data.index()) else { return };
                for asset in store.hosts.iter() {
                    if matches!(now(replay, asset).0, Attack::Held | Attack::Rooted) {
                        attack(replay, asset, Attack::Robbed);
                    }
                }
            }
            Fact::Adversary(adversary::Fact::FootholdLost { asset, .. }) if now(replay, asset).0 != Attack::Encrypted => {
                attack(replay, asset, Attack::Lost);
            }
            Fact::Estate(fact) => {
                use estate::Fact::*;
                match fact {
                    Encrypted { asset, .. } => attack(replay, asset, Attack::Encrypted),
                    Isolated { asset } => response(replay, asset, Response::Isolated),
                    PoweredOff { asset } => response(replay, asset, Response::Off),
                    // What was done to it before it was cut off is told by the list of changes; on the map it is back.
                    Reconnected { asset } if now(replay, asset).1 == Response::Isolated => response(replay, asset, Response::AsItWas),
                    PoweredOn { asset } if now(replay, asset).1 == Response::Off => response(replay, asset, Response::AsItWas),
                    Cleaned { asset, missed } => {
                        response(replay, asset, Response::Cleaned);
                        if !missed && now(replay, asset).0 != Attack::Untouched && now(replay, asset).0 != Attack::Encrypted {
                            attack(replay, asset, Attack::Lost);
                        }
                    }
                    Rebuilt { asset } | Restored { asset, .. } => {
                        response(replay, asset, if matches!(fact, Rebuilt { .. }) { Response::Rebuilt } else { Response::Restored });
                        let came_back = matches!(fact, Restored { again: true, .. });
                        if now(replay, asset).0 != Attack::Untouched && !came_back {
                            attack(replay, asset, Attack::Lost);
                        }
                    }
                    SegmentCut { segment } => self.cut(replay, at, segment, true),
                    SegmentRejoined { segment } => self.cut(replay, at, segment, false),
                    _ => {}
                }
            }
            Fact::Continuity(continuity::Fact::ServiceLevel { service, percent }) => {
                if let Some(track) = replay.services.get_mut(service.index())
                    && track.level.last().map_or(100, |(_, level)| *level) != percent
                {
                    track.level.push((at.max(ExerciseTime(0)), percent));
                    self.tell(replay, at, Lane::Service, format!("{}: {percent} %.", capital(self.teller.service(service))), vec![]);
                }
            }
            Fact::Continuity(continuity::Fact::WorkaroundStarted { service }) => self.workaround(replay, at, service, true),
            Fact::Continuity(continuity::Fact::WorkaroundEnded { service } | continuity::Fact::WorkaroundWornOut { service }) => {
                self.workaround(replay, at, service, false);
            }
            Fact::Told(observation) => {
                let asset = match observation {
                    Observation::Detection(detection::Observation::Alert { alert, asset, .. }) => {
                        // An alert is not yet knowledge: it takes a verdict.
                        alerts.insert(alert, asset);
                        return;
                    }
                    Observation::Detection(detection::Observation::Verdict { alert, real: true }) => alerts.get(&alert).copied(),
                    Observation::Investigation(investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset }) => {
                        Some(asset)
                    }
                    Observation::Estate(estate::Observation::AssetLooks { asset, seen: Seen::Encrypted }) => Some(asset),
                    _ => None,
                };
                let Some(asset) = asset else { return };
                let whom = self.teller.roles(roles);
                if let Some(machine) = replay.machines.get_mut(asset.index())
                    && machine.known.is_none()
                {
                    machine.known = Some((at.max(ExerciseTime(0)), whom.clone()));
                    let text = format!("{}: known to {whom}.", self.teller.asset(asset));
                    self.tell(replay, at, Lane::Known, text, vec![asset.index()]);
                }
            }
            _ => {}
        }
    }

    fn change(&self, replay: &mut Replay, at: ExerciseTime, asset: AssetId, attack: Option<Attack>, response: Option<Response>) {
        let Some(machine) = replay.machines.get_mut(asset.index()) else { return };
        let name = self.teller.asset(asset);
        if let Some(what) = attack
            && note(&mut machine.attack, at, what)
        {
            self.tell(replay, at, Lane::Attack, format!("{name}: {}.", what.label()), vec![asset.index()]);
            return;
        }
        let Some(machine) = replay.machines.get_mut(asset.index()) else { return };
        if let Some(what) = response
            && note(&mut machine.response, at, what)
        {
            let says = if what == Response::AsItWas { "back in use" } else { what.label() };
            self.tell(replay, at, Lane::Response, format!("{name}: {says}."), vec![asset.index()]);
        }
    }

    fn cut(&self, replay: &mut Replay, at: ExerciseTime, segment: SegmentId, cut: bool) {
        if let Some(track) = replay.segments.get_mut(segment.index())
            && note(&mut track.cut, at, cut)
        {
            let says = if cut { "cut off from the rest" } else { "joined again" };
            let machines = (0..replay.machines.len()).filter(|place| replay.machines[*place].segment == segment.index()).collect();
            self.tell(replay, at, Lane::Response, format!("{}: {says}.", capital(self.teller.segment(segment))), machines);
        }
    }

    fn workaround(&self, replay: &mut Replay, at: ExerciseTime, service: ServiceId, on: bool) {
        if let Some(track) = replay.services.get_mut(service.index())
            && note(&mut track.workaround, at, on)
        {
            let says = if on { "a workaround is on" } else { "the workaround is over" };
            self.tell(replay, at, Lane::Service, format!("{}: {says}.", capital(self.teller.service(service))), vec![]);
        }
    }

    /// Adds a sentence. Several machines to which the same happens in one instant share one.
    fn tell(&self, replay: &mut Replay, at: ExerciseTime, lane: Lane, text: String, machines: Vec<usize>) {
        let at = at.max(ExerciseTime(0));
        if let (Some((_, what)), Some(last)) = (text.split_once(": "), replay.changes.last_mut())
            && (last.at, last.lane) == (at, lane)
            && machines.len() == 1
            && let Some((_, known)) = last.text.split_once(": ")
            && known == what
        {
            last.machines.extend(machines);
            let names: Vec<String> =
                last.machines.iter().filter_map(|place| replay.machines.get(*place)).map(|machine| machine.name.clone()).collect();
            last.text = format!("{}: {what}", super::some(&names, 4));
            return;
        }
        replay.changes.push(Change { at, clock: self.clock(at), lane, text, machines });
    }
}
