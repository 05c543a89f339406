//! Response: containment, eradication, recovery.
//!
//! Every order here ends by asking the estate for a change; what the change stops or breaks is the affair of `estate` (who can reach whom),
//! `continuity` (what rests on it) and `adversary` (what it has lost).

use bevy::ecs::resource::Resource;

use crate::chance::Purpose;
use crate::exercise::adversary::Adversary;
use crate::exercise::agenda::Work;
use crate::exercise::estate::{self, Estate, machines};
use crate::exercise::outbox::Outbox;
use crate::exercise::team;
use crate::ids::*;
use crate::scenario::program::Program;
use crate::time::ExerciseTime;
use crate::vocabulary::Scope;
use crate::vocabulary::estate::{Observation, Seen};
use crate::vocabulary::response::Command;
use crate::vocabulary::team::Outcome;

/// Cleaning by hand misses something on this many of a hundred machines.
const CLEANING_MISSES_PERCENT: u32 = 30;

/// What is due in response.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Due {
    /// Work has begun that takes machines out of service until it is done.
    TakeDown(RoleId, Scope),
    /// Such work was broken off: the machines go back to what they were.
    PutBack(RoleId, Scope),
    /// The change has been made; those who ordered it see it.
    Show(RoleId, Shown),
}

/// What is seen to have changed.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Shown {
    Machine(AssetId),
    Fresh(AssetId),
    Login(LoginId),
    Link(LinkId),
    Segment(SegmentId),
    Egress(SegmentId),
    Backup(DataId),
    Data(DataId),
}

/// What an order takes out of service while it is carried out: a machine is of no use to anybody while it is installed anew.
pub fn takes_down(command: Command) -> Option<Scope> {
    match command {
        Command::Rebuild { scope } | Command::RestoreMachines { scope } => Some(scope),
        _ => None,
    }
}

/// Response keeps no state of its own: what it changes is the estate's.
#[derive(Resource, Clone, Debug, Default)]
pub struct Response;

impl Response {
    pub(super) fn handle(&mut self, due: Due, estate: &Estate, out: &mut Outbox<'_>) {
        let (role, shown) = match due {
            Due::TakeDown(role, scope) => {
                each(machines(&out.program.public, scope), role, out, estate::Due::PowerOff);
                return;
            }
            Due::PutBack(role, scope) => {
                each(machines(&out.program.public, scope), role, out, estate::Due::PowerOn);
                return;
            }
            Due::Show(role, shown) => (role, shown),
        };
        let concerned = |which: &dyn Fn(&crate::scenario::program::Role) -> bool, out: &Outbox<'_>| out.roles(which).with(role);
        match shown {
            Shown::Machine(asset) => {
                let roles = concerned(&|role| role.assets.has(asset), out);
                out.tell(roles, Observation::AssetLooks { asset, seen: estate.looks(asset) });
            }
            Shown::Fresh(asset) => {
                let roles = concerned(&|role| role.assets.has(asset), out);
                out.tell(roles, Observation::AssetIsFresh { asset });
                if estate.looks(asset) != Seen::Working {
                    out.tell(roles, Observation::AssetLooks { asset, seen: estate.looks(asset) });
                }
            }
            Shown::Login(login) => {
                let roles = concerned(&|role| role.logins.contains(&login), out);
                out.tell(roles, Observation::LoginIs { login, enabled: estate.login_enabled(login) });
            }
            Shown::Link(link) => {
                let roles = concerned(&|role| role.links.contains(&link), out);
                out.tell(roles, Observation::LinkIs { link, open: estate.link_open(link) });
            }
            // Everybody sees that a site is cut off.
            Shown::Segment(segment) => out.tell_everybody(Observation::SegmentIs { segment, joined: estate.segment_joined(segment) }),
            Shown::Egress(segment) => out.tell_everybody(Observation::EgressIs { segment, open: !estate.egress_is_blocked(segment) }),
            Shown::Backup(data) => {
                let roles = concerned(&|role| role.data.contains(&data), out);
                out.tell(roles, Observation::BackupIs { data, there: estate.backup_there(data), secured: estate.backup_secured(data) });
            }
            Shown::Data(data) => {
                let roles = concerned(&|role| role.data.contains(&data), out);
                out.tell(roles, Observation::DataIsBack { data });
            }
        }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, estate: &Estate, adversary: &Adversary, out: &mut Outbox<'_>) {
        let public = &out.program.public;
        let outcome = match command {
            Command::Isolate { scope } => each(machines(public, scope), work.role, out, estate::Due::Isolate),
            Command::Reconnect { scope } => each(machines(public, scope), work.role, out, estate::Due::Reconnect),
            Command::PowerOff { scope } => each(machines(public, scope), work.role, out, estate::Due::PowerOff),
            Command::PowerOn { scope } => each(machines(public, scope), work.role, out, estate::Due::PowerOn),
            Command::Clean { scope } => {
                for asset in machines(public, scope) {
                    let key = Key::of(&[out.program.names.of(asset).0, work.task.unwrap_or_default().0]);
                    // Only what is there can be missed; the draw is made all the same, so that it tells nothing.
                    let missed = out.percent(CLEANING_MISSES_PERCENT, key, Purpose::Miss, 0) && adversary.is_on(asset);
                    out.ask(estate::Due::Clean { asset, missed });
                    out.ask(Due::Show(work.role, Shown::Fresh(asset)));
                }
                Outcome::Done
            }
            Command::Rebuild { scope } => {
                for asset in machines(public, scope) {
                    out.ask(estate::Due::Rebuild(asset));
                    out.ask(Due::Show(work.role, Shown::Fresh(asset)));
                }
                Outcome::Done
            }
            Command::RestoreMachines { scope } => {
                let mut any = false;
                for asset in machines(public, scope) {
                    if let Some(from) = backup_of_machine(out.program, estate, asset) {
                        let copied_at = ExerciseTime(0) + crate::time::Span(-public.data[from.index()].made.0);
                        let again = adversary.was_on_before(asset, copied_at);
                        out.ask(estate::Due::Restore { asset, from, again });
                        out.ask(Due::Show(work.role, Shown::Fresh(asset)));
                        any = true;
                    } else {
                        // It goes back to what it was.
                        out.ask(estate::Due::PowerOn(asset));
                        out.ask(Due::Show(work.role, Shown::Machine(asset)));
                    }
                }
                self.or_failed(any, work, estate, out)
            }
            Command::RestoreData { data } => match backup_of_data(out.program, estate, data) {
                Some(from) => {
                    out.ask(estate::Due::RestoreData { data, from });
                    out.ask(Due::Show(work.role, Shown::Data(data)));
                    Outcome::Done
                }
                None => self.or_failed(false, work, estate, out),
            },
            Command::DisableLogin { login } => one(estate::Due::DisableLogin(login), Shown::Login(login), work, out),
            Command::ResetLogin { login } => one(estate::Due::ResetLogin(login), Shown::Login(login), work, out),
            Command::CutLink { link } => one(estate::Due::CutLink(link), Shown::Link(link), work, out),
            Command::RestoreLink { link } => one(estate::Due::RestoreLink(link), Shown::Link(link), work, out),
            Command::CutSegment { segment } => one(estate::Due::CutSegment(segment), Shown::Segment(segment), work, out),
            Command::RejoinSegment { segment } => one(estate::Due::RejoinSegment(segment), Shown::Segment(segment), work, out),
            Command::BlockEgress { segment } => one(estate::Due::BlockEgress(segment), Shown::Egress(segment), work, out),
            Command::OpenEgress { segment } => one(estate::Due::OpenEgress(segment), Shown::Egress(segment), work, out),
            Command::SecureBackup { data } => {
                let there = estate.backup_there(data);
                one(estate::Due::SecureBackup(data), Shown::Backup(data), work, out);
                if there { Outcome::Done } else { Outcome::Failed }
            }
        };
        out.ask(team::Due::Ended { work, outcome });
    }

    /// A restore that found no backup shows what became of the backups.
    fn or_failed(&self, any: bool, work: Work, estate: &Estate, out: &mut Outbox<'_>) -> Outcome {
        if any {
            return Outcome::Done;
        }
        for (place, data) in out.program.public.data.iter().enumerate() {
            if data.is_backup && !estate.backup_there(DataId::at(place)) {
                out.ask(Due::Show(work.role, Shown::Backup(DataId::at(place))));
            }
        }
        Outcome::Failed
    }
}

fn each(assets: Vec<AssetId>, role: RoleId, out: &mut Outbox<'_>, change: impl Fn(AssetId) -> estate::Due) -> Outcome {
    for asset in assets {
        out.ask(change(asset));
        out.ask(Due::Show(role, Shown::Machine(asset)));
    }
    Outcome::Done
}

fn one(change: estate::Due, shown: Shown, work: Work, out: &mut Outbox<'_>) -> Outcome {
    out.ask(change);
    out.ask(Due::Show(work.role, shown));
    Outcome::Done
}

/// A backup that is there and restores a machine.
fn backup_of_machine(program: &Program, estate: &Estate, asset: AssetId) -> Option<DataId> {
    let data = program.public.data.iter().enumerate();
    data.filter(|(_, data)| data.restores_assets.has(asset)).map(|(place, _)| DataId::at(place)).find(|data| estate.backup_there(*data))
}

/// A backup that is there and restores data.
fn backup_of_data(program: &Program, estate: &Estate, wanted: DataId) -> Option<DataId> {
    let data = program.public.data.iter().enumerate();
    data.filter(|(_, data)| data.restores_data.contains(&wanted)).map(|(place, _)| DataId::at(place)).find(|data| estate.backup_there(*data))
}
