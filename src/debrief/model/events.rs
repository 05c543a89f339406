//! From facts to charts: both lanes of the timeline, spread, services, clocks.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Reading, some};
use super::{Clock, Clocks, Event, FactLine, Kind, Lanes, Series, State, Steps, Stretch, Strip, Strips, minutes};
use crate::debrief::charts::scale::Axis;
use crate::debrief::narrative::{bare, capital, counted};
use crate::ids::*;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::{Fact, Observation, adversary, compliance, continuity, detection, estate, incident_command, investigation, team};

/// More marks than this in a lane, and none of them is read: events close together are told together until they fit.
const MARKS_IN_A_LANE: usize = 34;

/// The clock between the lanes is stretched, so it has marks for where it is wide; where it is narrow, most of them are not drawn.
const MARKS_ON_THE_CLOCK: i64 = 64;

/// An event in the making: facts of one kind close together in time.
struct Draft {
    at: ExerciseTime,
    last: ExerciseTime,
    /// Drafts with the same key are told together.
    key: (u16, u64),
    /// What happened, without to what.
    what: String,
    /// To what.
    names: Vec<String>,
    kind: Kind,
    facts: Vec<u32>,
}

/// Something to enter into a lane.
struct Entry {
    key: (u16, u64),
    what: String,
    name: Option<String>,
    kind: Kind,
}

impl Entry {
    fn new(tag: u16, sub: u64, kind: Kind, what: impl Into<String>) -> Entry {
        Entry { key: (tag, sub), what: what.into(), name: None, kind }
    }

    fn of(mut self, name: impl Into<String>) -> Entry {
        self.name = Some(name.into());
        self
    }
}

/// Tells events close together as one, with as small a distance as leaves few enough.
fn gathered(entries: &[(ExerciseTime, u32, Entry)], long: Span) -> Vec<Draft> {
    let mut apart = (long.0 / 96).max(60);
    loop {
        let mut drafts: Vec<Draft> = Vec::new();
        for (at, seq, entry) in entries {
            let near = drafts
                .iter_mut()
                .rev()
                .find(|draft| draft.key == entry.key && at.0 - draft.last.0 <= if entry.kind == Kind::Setback { apart * 4 } else { apart });
            match near {
                Some(draft) => {
                    draft.last = *at;
                    draft.facts.push(*seq);
                    if entry.kind == Kind::Harm {
                        draft.kind = Kind::Harm;
                    }
                    if let Some(name) = &entry.name
                        && !draft.names.contains(name)
                    {
                        draft.names.push(name.clone());
                    }
                }
                None => drafts.push(Draft {
                    at: *at,
                    last: *at,
                    key: entry.key,
                    what: entry.what.clone(),
                    names: entry.name.iter().cloned().collect(),
                    kind: entry.kind,
                    facts: vec![*seq],
                }),
            }
        }
        if drafts.len() <= MARKS_IN_A_LANE || apart >= long.0.max(1) {
            return drafts;
        }
        apart *= 2;
    }
}

impl Reading<'_> {
    fn axis(&self) -> Axis {
        Axis::new(&self.program.public.calendar, ExerciseTime(0), self.until)
    }

    /// Both lanes.
    pub fn lanes(&self) -> Lanes {
        let axis = Axis::with_at_most(&self.program.public.calendar, ExerciseTime(0), self.until, MARKS_ON_THE_CLOCK);
        let (mut attack, mut response) = (Vec::new(), Vec::new());
        let mut firsts = BTreeSet::new();
        let mut moves = Vec::new();
        for happened in self.facts.iter().filter(|happened| happened.at >= ExerciseTime(0)) {
            if let Fact::IncidentCommand(incident_command::Fact::MoveOpened { number }) = happened.fact {
                let title = self.program.public.moves.get(number.index()).map_or_else(String::new, |opened| opened.title.clone());
                moves.push((happened.at, title));
            }
            if let Some(entry) = self.attack_entry(&happened.fact) {
                attack.push((happened.at, happened.seq, entry));
            } else if let Some(entry) = self.response_entry(&happened.fact, &mut firsts) {
                response.push((happened.at, happened.seq, entry));
            }
        }
        let long = axis.long();
        let finish = |entries: &[(ExerciseTime, u32, Entry)], letter: char| -> Vec<Event> {
            gathered(entries, long)
                .into_iter()
                .enumerate()
                .map(|(place, draft)| {
                    let mut text = match draft.names.len() {
                        0 => draft.what.clone(),
                        1..=4 => format!("{}: {}", draft.what, some(&draft.names, 4)),
                        more => format!("{} ({more}): {}", draft.what, some(&draft.names, 3)),
                    };
                    if draft.last.0 - draft.at.0 >= 60 {
                        text.push_str(&format!(" (the last at {})", self.clock(draft.last)));
                    }
                    let mut text = capital(&text);
                    if !text.ends_with(['.', '?', '!', '\u{201d}']) {
                        text.push('.');
                    }
                    Event {
                        at: draft.at,
                        clock: self.clock(draft.at),
                        mark: format!("{letter}{}", place + 1),
                        text,
                        kind: draft.kind,
                        facts: draft.facts,
                    }
                })
                .collect()
        };
        Lanes { moves, attack: finish(&attack, 'A'), response: finish(&response, 'R'), axis }
    }

    fn attack_entry(&self, fact: &Fact) -> Option<Entry> {
        use adversary::Fact::*;
        let by_stage = |stage: StageId, kind| Entry::new(1, u64::from(stage.0), kind, self.teller.stage(stage));
        let teller = &self.teller;
        Some(match *fact {
            Fact::Adversary(adversary) => match adversary {
                StageDone { stage, .. } => by_stage(stage, Kind::Attack),
                Compromised { asset, stage } | Persisted { asset, stage } => by_stage(stage, Kind::Attack).of(teller.asset(asset)),
                LoginStolen { login, stage } => by_stage(stage, Kind::Attack).of(teller.login(login)),
                Copied { data, records, stage } => {
                    by_stage(stage, Kind::Harm).of(format!("{} of {}", counted(records, "record", "records"), teller.data(data)))
                }
                StageFailed { stage, obstacle, .. } if obstacle.is_a_defence() => Entry::new(
                    2,
                    u64::from(stage.0) << 8 | obstacle as u64,
                    Kind::Setback,
                    format!("Fails: {}; {}", teller.stage(stage), obstacle.label()),
                ),
                FootholdLost { asset, loss } => {
                    Entry::new(3, loss as u64, Kind::Setback, format!("Taken from the adversary: foothold, {}", loss.label())).of(teller.asset(asset))
                }
                LoginLost { login } => Entry::new(4, 0, Kind::Setback, "Taken from the adversary: login").of(teller.login(login)),
                Reacted { reaction } if reaction != adversary::ReactionKind::None => {
                    Entry::new(5, reaction as u64, Kind::Attack, format!("The loss is remarked: the adversary {}", reaction.label()))
                }
                Evicted {} => Entry::new(6, 0, Kind::Setback, "Evicted: the adversary holds nothing any more, and has no way back"),
                Demanded { stage } => by_stage(stage, Kind::Harm),
                _ => return None,
            },
            Fact::Estate(estate::Fact::Encrypted { asset, stage }) => by_stage(stage, Kind::Harm).of(teller.asset(asset)),
            Fact::Estate(estate::Fact::BackupDestroyed { data, stage }) => by_stage(stage, Kind::Harm).of(teller.data(data)),
            Fact::Detection(detection::Fact::Blocked { sensor, asset, stage }) => {
                Entry::new(7, u64::from(stage.0), Kind::Setback, format!("Stopped by {}: {}", teller.sensor(sensor), teller.stage(stage)))
                    .of(teller.asset(asset))
            }
            Fact::Detection(detection::Fact::Blinded { sensor, asset }) => {
                Entry::new(8, u64::from(sensor.0), Kind::Harm, format!("{} no longer sees", teller.sensor(sensor))).of(teller.asset(asset))
            }
            _ => return None,
        })
    }

    fn response_entry(&self, fact: &Fact, firsts: &mut BTreeSet<&'static str>) -> Option<Entry> {
        let teller = &self.teller;
        let tag = fact.tag();
        let act = |what: &str| Entry::new(tag, 0, Kind::Act, what);
        let decision = |sub: u16, what: String| Entry::new(tag, u64::from(sub), Kind::Decision, what);
        Some(match *fact {
            Fact::Estate(fact) => {
                use estate::Fact::*;
                match fact {
                    Isolated { asset } => act("Cut off the network").of(teller.asset(asset)),
                    Reconnected { asset } => act("Back on the network").of(teller.asset(asset)),
                    PoweredOff { asset } => act("Powered off").of(teller.asset(asset)),
                    PoweredOn { asset } => act("Powered on").of(teller.asset(asset)),
                    Rebuilt { asset } => act("Installed anew").of(teller.asset(asset)),
                    Restored { asset, again: false, .. } => act("Restored from a backup").of(teller.asset(asset)),
                    Restored { asset, again: true, .. } => {
                        Entry::new(tag, 1, Kind::Act, "Restored from a backup, and what the adversary left came back with it").of(teller.asset(asset))
                    }
                    Cleaned { asset, missed: false } => act("Cleaned").of(teller.asset(asset)),
                    Cleaned { asset, missed: true } => {
                        Entry::new(tag, 1, Kind::Act, "Cleaned, but something of the adversary's stayed").of(teller.asset(asset))
                    }
                    LoginDisabled { login } => act("Login disabled").of(teller.login(login)),
                    LoginReset { login } => act("Login given a new secret").of(teller.login(login)),
                    LinkCut { link } => act("Link closed").of(teller.link(link)),
                    LinkRestored { link } => act("Link opened again").of(teller.link(link)),
                    SegmentCut { segment } => act("Segment cut off").of(teller.segment(segment)),
                    SegmentRejoined { segment } => act("Segment joined again").of(teller.segment(segment)),
                    EgressBlocked { segment } => act("Way to the internet closed").of(teller.segment(segment)),
                    EgressOpened { segment } => act("Way to the internet opened again").of(teller.segment(segment)),
                    BackupSecured { data } => act("Backup taken out of reach").of(teller.data(data)),
                    DataRestored { data, .. } => act("Data back").of(teller.data(data)),
                    Encrypted { .. } | BackupDestroyed { .. } => return None,
                }
            }
            Fact::Detection(fact) => {
                use detection::Fact::*;
                match fact {
                    Acknowledged { .. } if firsts.insert("taken up") => act("First alert taken up"),
                    Judged { real: true, .. } if firsts.insert("judged") => act("First alert judged real"),
                    Watched { sensor } => act("Watched around the clock from now on").of(teller.sensor(sensor)),
                    SetToBlock { sensor } => act("Stops what it notices from now on").of(teller.sensor(sensor)),
                    _ => return None,
                }
            }
            Fact::Investigation(fact) => {
                use investigation::Fact::*;
                match fact {
                    Found { asset, .. } => act("Signs of the adversary found").of(teller.asset(asset)),
                    EvidenceKept { asset, evidence } => {
                        Entry::new(tag, evidence as u64, Kind::Act, format!("Evidence kept, {}", evidence.label())).of(teller.asset(asset))
                    }
                    EvidenceLost { asset, evidence } => {
                        Entry::new(tag, evidence as u64, Kind::Act, format!("Evidence lost, {}", evidence.label())).of(teller.asset(asset))
                    }
                    Believed { .. } => return None,
                }
            }
            Fact::Team(team::Fact::VendorEngaged { vendor, .. }) => decision(vendor.0, format!("Vendor called in: {}", teller.vendor(vendor))),
            Fact::Team(team::Fact::VendorArrived { vendor }) => act("Vendor at work").of(teller.vendor(vendor)),
            Fact::IncidentCommand(incident_command::Fact::Declared { level, .. }) => {
                decision(level.0, format!("Incident declared: {}", teller.level(level)))
            }
            Fact::IncidentCommand(incident_command::Fact::Decided { gate, choice, sure, .. }) => {
                decision(gate.0, format!("{} {} ({sure} % sure)", teller.gate(gate), teller.choice(gate, choice)))
            }
            Fact::IncidentCommand(incident_command::Fact::TimedOut { gate, choice }) => {
                decision(gate.0, format!("{} Nobody decided in time; so: {}", teller.gate(gate), teller.choice(gate, choice)))
            }
            Fact::Communication(crate::vocabulary::communication::Fact::Published { statement, .. }) => {
                decision(statement.0, format!("Published: {}", teller.statement(statement)))
            }
            Fact::Compliance(fact) => match fact {
                compliance::Fact::Determined { rule, .. } => decision(rule.0, format!("Determined that it applies: {}", teller.rule(rule))),
                compliance::Fact::Notified { rule, in_time, .. } => {
                    decision(rule.0, format!("Notification sent {}: {}", if in_time { "in time" } else { "late" }, teller.rule(rule)))
                }
                compliance::Fact::DeadlineMissed { rule } => act("Deadline passed without a notification").of(teller.rule(rule)),
                compliance::Fact::HoldPlaced { .. } => decision(0, "Legal hold on evidence".into()),
                compliance::Fact::ClockStarted { .. } => return None,
            },
            Fact::Continuity(continuity::Fact::WorkaroundStarted { service }) => act("Workaround begins").of(teller.service(service)),
            Fact::Continuity(continuity::Fact::WorkaroundWornOut { service }) => act("Workaround worn out").of(teller.service(service)),
            _ => return None,
        })
    }

    /// What the adversary had done before play began.
    pub fn before_startex(&self) -> Vec<FactLine> {
        self.facts
            .iter()
            .filter(|happened| happened.at < ExerciseTime(0) && matches!(happened.fact, Fact::Adversary(adversary::Fact::StageDone { .. })))
            .filter_map(|happened| {
                let Fact::Adversary(adversary::Fact::StageDone { stage, .. }) = happened.fact else { return None };
                Some(FactLine {
                    seq: happened.seq,
                    at: happened.at,
                    clock: self.clock(happened.at),
                    text: format!("{}.", capital(&self.teller.stage(stage))),
                })
            })
            .collect()
    }

    /// How far the attack had spread and how much of it was known; and how many machines were out of use. Two charts, because on one scale the
    /// second would flatten the first.
    pub fn spread(&self) -> Vec<Steps> {
        let assets = &self.program.public.assets;
        let (mut held, mut ever, mut suspected, mut encrypted) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut isolated: BTreeSet<AssetId> = BTreeSet::new();
        let mut cut: BTreeSet<SegmentId> = BTreeSet::new();
        let mut alerts: BTreeMap<Key, AssetId> = BTreeMap::new();
        let mut counts: [Vec<(ExerciseTime, u32)>; 5] = std::array::from_fn(|_| Vec::new());
        let mut changed = true;
        // A suspicion of a machine that was never taken is not knowledge; the scope criterion weighs it, this line does not show it.
        let mut note = |at: ExerciseTime, now: [usize; 5]| {
            let at = at.max(ExerciseTime(0));
            for (points, count) in counts.iter_mut().zip(now) {
                let count = count as u32;
                match points.last_mut() {
                    Some(last) if last.0 == at => last.1 = count,
                    Some(last) if last.1 == count => {}
                    _ => points.push((at, count)),
                }
            }
        };
        note(ExerciseTime(0), [0; 5]);
        for happened in &self.facts {
            match happened.fact {
                Fact::Adversary(adversary::Fact::Compromised { asset, .. }) => changed |= held.insert(asset) | ever.insert(asset),
                Fact::Adversary(adversary::Fact::FootholdLost { asset, .. }) => changed |= held.remove(&asset),
                Fact::Estate(estate::Fact::Encrypted { asset, .. }) => changed |= encrypted.insert(asset),
                Fact::Estate(estate::Fact::Rebuilt { asset } | estate::Fact::Restored { asset, .. }) => changed |= encrypted.remove(&asset),
                Fact::Estate(estate::Fact::Isolated { asset } | estate::Fact::PoweredOff { asset }) => changed |= isolated.insert(asset),
                Fact::Estate(estate::Fact::Reconnected { asset } | estate::Fact::PoweredOn { asset }) => changed |= isolated.remove(&asset),
                Fact::Estate(estate::Fact::SegmentCut { segment }) => changed |= cut.insert(segment),
                Fact::Estate(estate::Fact::SegmentRejoined { segment }) => changed |= cut.remove(&segment),
                Fact::Told(Observation::Investigation(investigation::Observation::Finding { asset, .. })) => changed |= suspected.insert(asset),
                Fact::Told(Observation::Detection(detection::Observation::Alert { alert, asset, .. })) => {
                    alerts.insert(alert, asset);
                }
                Fact::Told(Observation::Detection(detection::Observation::Verdict { alert, real: true })) => {
                    changed |= alerts.get(&alert).is_some_and(|asset| suspected.insert(*asset));
                }
                _ => {}
            }
            if changed {
                let off = assets.iter().enumerate().filter(|(place, asset)| isolated.contains(&AssetId::at(*place)) || cut.contains(&asset.segment));
                note(happened.at, [ever.len(), held.len(), suspected.intersection(&ever).count(), off.count(), encrypted.len()]);
                changed = false;
            }
        }
        let [ever, held, known, off, encrypted] = counts;
        let series = |name: &str, class, points| Series { name: name.into(), class, points };
        let chart = |title: &str, series| Steps { axis: self.axis(), title: title.into(), series };
        vec![
            chart(
                "Machines taken, held and known",
                vec![
                    series("taken so far", "ever", ever),
                    series("held by the adversary", "harm", held),
                    series("known to the team", "known", known),
                ],
            ),
            chart("Machines out of use", vec![series("encrypted", "encrypted", encrypted), series("cut off or switched off", "off", off)]),
        ]
    }

    /// Services over time.
    pub fn strips(&self) -> Strips {
        let public = &self.program.public;
        let mut levels: Vec<Vec<(ExerciseTime, u8)>> = vec![vec![(ExerciseTime(0), 100)]; public.services.len()];
        let mut workarounds: Vec<Vec<(ExerciseTime, ExerciseTime)>> = vec![Vec::new(); public.services.len()];
        for happened in &self.facts {
            let at = happened.at.max(ExerciseTime(0));
            let Fact::Continuity(fact) = happened.fact else { continue };
            match fact {
                continuity::Fact::ServiceLevel { service, percent } => {
                    if let Some(levels) = levels.get_mut(service.index()) {
                        levels.push((at, percent));
                    }
                }
                continuity::Fact::WorkaroundStarted { service } => {
                    if let Some(runs) = workarounds.get_mut(service.index()) {
                        runs.push((at, self.until));
                    }
                }
                continuity::Fact::WorkaroundEnded { service } | continuity::Fact::WorkaroundWornOut { service } => {
                    if let Some(run) = workarounds.get_mut(service.index()).and_then(|runs| runs.last_mut()) {
                        run.1 = at.min(run.1);
                    }
                }
                _ => {}
            }
        }
        let services = public
            .services
            .iter()
            .zip(levels)
            .zip(workarounds)
            .map(|((service, levels), workarounds)| {
                let mut stretches: Vec<Stretch> = Vec::new();
                for (place, (from, percent)) in levels.iter().enumerate() {
                    let until = levels.get(place + 1).map_or(self.until, |(at, _)| *at);
                    match stretches.last_mut() {
                        Some(last) if last.percent == *percent => last.until = until,
                        _ if until > *from => stretches.push(Stretch { from: *from, until, percent: *percent }),
                        _ => {}
                    }
                }
                let (mut longest, mut running, mut lost) = (0, 0, 0);
                for stretch in &stretches {
                    let seconds = stretch.until.0 - stretch.from.0;
                    running = if stretch.percent < 100 { running + seconds } else { 0 };
                    longest = longest.max(running);
                    lost += seconds * i64::from(100 - stretch.percent.min(100)) / 100;
                }
                Strip {
                    name: capital(if service.text.is_empty() { &service.id } else { bare(&service.text) }),
                    stretches,
                    workarounds,
                    rto_minutes: service.rto.as_minutes(),
                    longest_minutes: longest / 60,
                    lost_minutes: lost / 60,
                }
            })
            .collect();
        Strips { axis: self.axis(), services }
    }

    /// Notification clocks of the rules in force.
    pub fn clocks(&self) -> Clocks {
        let public = &self.program.public;
        let mut clocks: Vec<Clock> = Vec::new();
        for (place, rule) in public.rules.iter().enumerate() {
            let id = RuleId::at(place);
            let (mut started, mut due, mut sent, mut missed) = (None, None, None, false);
            for happened in &self.facts {
                match happened.fact {
                    Fact::Compliance(compliance::Fact::ClockStarted { rule, due: until }) if rule == id && started.is_none() => {
                        started = Some(happened.at);
                        due = Some(until);
                    }
                    Fact::Compliance(compliance::Fact::Notified { rule, in_time, .. }) if rule == id && sent.is_none() => {
                        sent = Some((happened.at, in_time))
                    }
                    Fact::Compliance(compliance::Fact::DeadlineMissed { rule }) if rule == id => missed = true,
                    _ => {}
                }
            }
            if !rule.in_force && started.is_none() && sent.is_none() {
                continue;
            }
            let state = match (started, sent, missed) {
                (_, Some((_, true)), _) => State::InTime,
                (_, Some((_, false)), _) => State::Late,
                (Some(_), None, true) => State::Missed,
                (Some(_), None, false) => State::Open,
                (None, None, _) => State::NotStarted,
            };
            let margin = |from: ExerciseTime, until: ExerciseTime| minutes((until.0 - from.0) / 60);
            let text = match (state, started, due, sent) {
                (State::InTime, _, Some(due), Some((at, _))) => format!("Sent {}, with {} to spare.", self.clock(at), margin(at, due)),
                (State::InTime, _, None, Some((at, _))) => format!("Sent {}, before anything had started its clock.", self.clock(at)),
                (State::Late, _, Some(due), Some((at, _))) => format!("Sent {}, {} late.", self.clock(at), margin(due, at)),
                (State::Missed, _, Some(due), _) => format!("The deadline passed {}; nothing had been sent by the end of play.", self.clock(due)),
                (State::Open, _, Some(due), _) => {
                    format!("Due {}; not sent by the end of play, {} before its deadline.", self.clock(due), margin(self.until, due))
                }
                _ => "Nothing that happened in play started this clock.".into(),
            };
            clocks.push(Clock {
                name: bare(&rule.text).to_owned(),
                recipient: rule.recipient.clone(),
                deadline: rule.deadline_text.clone(),
                started,
                due,
                sent: sent.map(|(at, _)| at),
                state,
                text,
                source: rule.source.clone(),
            });
        }
        // A deadline of thirty days would press the hours of play into nothing: what is due later than this stands at the edge.
        let latest = ExerciseTime(self.until.0.max(1) * 2).max(ExerciseTime(72 * 3600));
        let last = clocks.iter().filter_map(|clock| clock.due).max().unwrap_or(self.until).min(latest).max(self.until);
        Clocks { axis: Axis::new(&public.calendar, ExerciseTime(0), last), endex: self.until, clocks }
    }
}

impl adversary::Obstacle {
    /// Whether it failed because of something the defenders had or did, and not for want of an aim. What a sensor stopped has a fact of its own.
    fn is_a_defence(self) -> bool {
        use adversary::Obstacle::*;
        matches!(self, NoWay | NoLogin | SecondFactor | OutOfReach | NoFoothold)
    }
}
