//! Investigation: searching records, looking at machines, keeping evidence, stating beliefs.
//!
//! What is found was left by the adversary; what is not found may be there all the same. A finding names the technique, never the stage.

use bevy::ecs::resource::Resource;

use crate::chance::Purpose;
use crate::exercise::adversary::Adversary;
use crate::exercise::agenda::Work;
use crate::exercise::detection::Detection;
use crate::exercise::estate::{Estate, machines};
use crate::exercise::outbox::Outbox;
use crate::exercise::{injects, team};
use crate::ids::*;
use crate::scenario::program::{Act, LinkEnd, Program, Truth};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::investigation::{Command, Evidence, Fact, Observation};
use crate::vocabulary::team::Outcome;
use crate::vocabulary::{communication, estate};

/// How often somebody who looks at a machine finds what is left on it, in percent.
const HUNT_FINDS_PERCENT: u32 = 80;
/// A search of records finds loud traces more easily: this much on top of half the loudness, in percent.
const QUERY_BASE_PERCENT: u32 = 30;
/// Somebody who has a memory image finds what was taken from it, in percent.
const MEMORY_TELLS_PERCENT: u32 = 90;

/// What is due in investigation.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    /// Somebody found a trace.
    Found { trace: u32, role: RoleId },
    /// Evidence on a machine is gone, unless it was kept.
    Gone { asset: AssetId, evidence: Evidence },
}

/// What was kept, lost and found.
#[derive(Resource, Clone, Debug)]
pub struct Investigation {
    memory_kept: AssetSet,
    disk_kept: AssetSet,
    memory_lost: AssetSet,
    disk_lost: AssetSet,
    /// Traces that were found, and by whom.
    found: Vec<(u32, RoleSet)>,
}

impl Investigation {
    /// Nothing is kept yet.
    pub fn at_startex(program: &Program) -> Investigation {
        let room = || AssetSet::with_room(program.public.assets.len());
        Investigation { memory_kept: room(), disk_kept: room(), memory_lost: room(), disk_lost: room(), found: Vec::new() }
    }

    pub(super) fn handle(&mut self, due: Due, adversary: &Adversary, out: &mut Outbox<'_>) {
        match due {
            Due::Found { trace, role } => self.found(trace, role, adversary, out),
            Due::Gone { asset, evidence } => {
                let mattered = adversary.traces_on(asset).next().is_some();
                let (kept, lost) = match evidence {
                    Evidence::Memory => (&self.memory_kept, &mut self.memory_lost),
                    Evidence::Disk => (&self.disk_kept, &mut self.disk_lost),
                };
                if mattered && !kept.has(asset) && lost.insert(asset) {
                    out.fact(Fact::EvidenceLost { asset, evidence });
                }
            }
        }
    }

    /// Somebody found a trace: they know of the machine, of the technique, and of what the stage makes evident.
    fn found(&mut self, place: u32, role: RoleId, adversary: &Adversary, out: &mut Outbox<'_>) {
        let trace = adversary.traces[place as usize];
        let known = self.found.iter().position(|(known, _)| *known == place);
        let new_to_role = match known {
            Some(known) => {
                let finders = &mut self.found[known].1;
                let new = !finders.has(role);
                *finders = finders.with(role);
                new
            }
            None => {
                self.found.push((place, RoleSet::one(role)));
                out.fact(Fact::Found { trace: trace.key, asset: trace.asset });
                true
            }
        };
        if !new_to_role {
            return;
        }
        let roles = RoleSet::one(role);
        let stage = &out.program.secret.stages[trace.stage.index()];
        out.tell(roles, Observation::Finding { asset: trace.asset, technique: stage.technique, of: trace.at });
        if let Act::Steal { login, .. } = stage.act {
            out.tell(roles, Observation::LoginTaken { login });
        }
        for (claim, truth) in out.program.secret.truth.iter().enumerate() {
            let claim = ClaimId::at(claim);
            if *truth == Truth::Once(trace.stage) && adversary.is_true(claim) && out.knowledge().of(role).claims[claim.index()] != Some(Stance::Yes) {
                out.tell(roles, communication::Observation::Claim { claim, stance: Stance::Yes });
            }
        }
        // A way in that was left on a machine, or used to come to it, shows the links from outside that lead there.
        if matches!(stage.act, Act::Persist { .. } | Act::Enter { .. }) {
            for (place, link) in out.program.public.links.iter().enumerate() {
                let from_outside = matches!(link.from, LinkEnd::Internet | LinkEnd::Vendor(_));
                if from_outside && link.to.has(trace.asset) && !out.knowledge().of(role).links_known[place] {
                    out.tell(roles, estate::Observation::LinkIs { link: LinkId::at(place), open: true });
                }
            }
        }
        if adversary.has_done(trace.stage) {
            out.ask(injects::Due::FindingOf { stage: trace.stage, roles });
        }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(
        &mut self,
        command: Command,
        work: Work,
        estate: &Estate,
        adversary: &Adversary,
        detection: &Detection,
        out: &mut Outbox<'_>,
    ) {
        let roles = RoleSet::one(work.role);
        let mut outcome = Outcome::Done;
        match command {
            Command::Query { sensor } => {
                let found = self.search(sensor, work, adversary, detection, out);
                if !found {
                    out.tell(roles, Observation::NothingInRecords { sensor });
                }
            }
            Command::Hunt { scope } => {
                for asset in machines(&out.program.public, scope) {
                    if !estate.is_off(asset) {
                        self.look_at(asset, work, adversary, out);
                    }
                }
            }
            Command::CaptureMemory { scope } => {
                let mut any = false;
                for asset in machines(&out.program.public, scope) {
                    if !estate.is_off(asset) && !self.memory_lost.has(asset) {
                        any = true;
                        self.keep(asset, Evidence::Memory, roles, out);
                        self.read_image(asset, work, adversary, out);
                    }
                }
                outcome = if any { Outcome::Done } else { Outcome::Failed };
            }
            Command::ImageDisk { scope } => {
                let mut any = false;
                for asset in machines(&out.program.public, scope) {
                    if !self.disk_lost.has(asset) {
                        any = true;
                        self.keep(asset, Evidence::Disk, roles, out);
                    }
                }
                outcome = if any { Outcome::Done } else { Outcome::Failed };
            }
            Command::Conclude { claim, percent } => out.fact(Fact::Believed { role: work.role, claim, percent }),
            Command::Learn {} => {}
        }
        out.ask(team::Due::Ended { work, outcome });
    }

    fn keep(&mut self, asset: AssetId, evidence: Evidence, roles: RoleSet, out: &mut Outbox<'_>) {
        let kept = match evidence {
            Evidence::Memory => &mut self.memory_kept,
            Evidence::Disk => &mut self.disk_kept,
        };
        if kept.insert(asset) {
            out.fact(Fact::EvidenceKept { asset, evidence });
        }
        out.tell(roles, Observation::EvidenceIsKept { asset, evidence });
    }

    /// Searches what a sensor recorded and still keeps.
    fn search(&mut self, sensor: SensorId, work: Work, adversary: &Adversary, detection: &Detection, out: &mut Outbox<'_>) -> bool {
        let keeps = out.program.public.sensors[sensor.index()].keeps;
        let mut any = false;
        for (place, trace) in adversary.traces.iter().enumerate() {
            let recorded = detection.sees(out.program, sensor, trace.asset, trace.trail) && (out.now - trace.at) <= keeps;
            let chance = QUERY_BASE_PERCENT + u32::from(trace.loudness) / 2;
            let key = Key::of(&[trace.key.0, out.program.names.of(sensor).0]);
            if recorded && out.percent(chance, key, Purpose::Find, self.attempts_at(work)) {
                any = true;
                self.found(place as u32, work.role, adversary, out);
            }
        }
        any
    }

    /// A number of its own for each look at the same thing, from the key of its task: looking again can find what was overlooked.
    fn attempts_at(&self, work: Work) -> u32 {
        work.task.map_or(0, |task| (task.0 >> 32) as u32)
    }

    /// Looks at one machine.
    fn look_at(&mut self, asset: AssetId, work: Work, adversary: &Adversary, out: &mut Outbox<'_>) {
        let key = Key::of(&[out.program.names.of(asset).0, 0x8047]);
        let finds = out.percent(HUNT_FINDS_PERCENT, key, Purpose::Find, self.attempts_at(work));
        let traces: Vec<u32> = on_machine(adversary, asset);
        if finds && adversary.is_on(asset) && !traces.is_empty() {
            for place in traces {
                self.found(place, work.role, adversary, out);
            }
        } else {
            out.tell(RoleSet::one(work.role), Observation::NothingFound { asset });
        }
    }

    /// What was done in a machine's memory tells of what was taken from it.
    fn read_image(&mut self, asset: AssetId, work: Work, adversary: &Adversary, out: &mut Outbox<'_>) {
        let key = Key::of(&[out.program.names.of(asset).0, 0x3e30]);
        if out.percent(MEMORY_TELLS_PERCENT, key, Purpose::Find, 0) {
            for place in on_machine(adversary, asset) {
                self.found(place, work.role, adversary, out);
            }
        }
    }
}

/// The traces on a machine; the latest twenty tell as much as a thousand.
fn on_machine(adversary: &Adversary, asset: AssetId) -> Vec<u32> {
    adversary.traces_on(asset).take(20).collect()
}
