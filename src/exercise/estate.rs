//! The estate: machines, logins, links, segments, backups; and [`Estate::can_reach`], the one home of "isolation stops spread".
//!
//! Absent by design: nobody else decides whether one machine can reach another, or how far one gets from there ([`Estate::relays`]), and nothing
//! here knows why a machine was isolated.

use bevy::ecs::resource::Resource;

use crate::exercise::outbox::Outbox;
use crate::ids::*;
use crate::scenario::program::{LinkEnd, Program, Public};
use crate::scenario::written::LoginLevel;
use crate::vocabulary::Scope;
use crate::vocabulary::estate::{Fact, Seen};

/// What others ask of the estate.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    Isolate(AssetId),
    Reconnect(AssetId),
    PowerOff(AssetId),
    PowerOn(AssetId),
    Rebuild(AssetId),
    Restore { asset: AssetId, from: DataId, again: bool },
    Clean { asset: AssetId, missed: bool },
    Encrypt { asset: AssetId, stage: StageId },
    DisableLogin(LoginId),
    ResetLogin(LoginId),
    CutLink(LinkId),
    RestoreLink(LinkId),
    CutSegment(SegmentId),
    RejoinSegment(SegmentId),
    BlockEgress(SegmentId),
    OpenEgress(SegmentId),
    DestroyBackup { data: DataId, stage: StageId },
    SecureBackup(DataId),
    RestoreData { data: DataId, from: DataId },
}

/// The state of everything the organisation runs.
#[derive(Resource, Clone, Debug)]
pub struct Estate {
    isolated: AssetSet,
    off: AssetSet,
    encrypted: AssetSet,
    login_disabled: Vec<bool>,
    /// How often each login got a new secret: what was stolen before is worthless.
    login_generation: Vec<u16>,
    link_cut: Vec<bool>,
    segment_cut: Vec<bool>,
    egress_blocked: Vec<bool>,
    backup_destroyed: Vec<bool>,
    backup_secured: Vec<bool>,
    data_lost: Vec<bool>,
    /// Counts every change, so that what was computed from the estate can be kept until it moves.
    revision: u64,
}

impl Estate {
    /// Everything works.
    pub fn at_startex(program: &Program) -> Estate {
        let public = &program.public;
        let room = || AssetSet::with_room(public.assets.len());
        Estate {
            isolated: room(),
            off: room(),
            encrypted: room(),
            login_disabled: vec![false; public.logins.len()],
            login_generation: vec![0; public.logins.len()],
            link_cut: vec![false; public.links.len()],
            segment_cut: vec![false; public.segments.len()],
            egress_blocked: vec![false; public.segments.len()],
            backup_destroyed: vec![false; public.data.len()],
            backup_secured: program.secret.out_of_reach.clone(),
            data_lost: vec![false; public.data.len()],
            revision: 0,
        }
    }

    /// Whether a machine is on the network: neither isolated nor powered off. An encrypted machine still answers.
    pub fn on_network(&self, asset: AssetId) -> bool {
        !self.isolated.has(asset) && !self.off.has(asset)
    }

    /// Whether one machine can open a connection to another: both are on the network, and they are in one segment, in two that are joined and
    /// talk to each other, or at the two ends of an open link.
    pub fn can_reach(&self, public: &Public, from: AssetId, to: AssetId) -> bool {
        if !self.on_network(from) || !self.on_network(to) {
            return false;
        }
        let (from_segment, to_segment) = (public.assets[from.index()].segment, public.assets[to.index()].segment);
        self.segments_talk(public, from_segment, to_segment) || self.linked(public, from, to)
    }

    /// Whether a connection can be opened from one segment into another.
    pub fn segments_talk(&self, public: &Public, from: SegmentId, to: SegmentId) -> bool {
        from == to || (!self.segment_cut[from.index()] && !self.segment_cut[to.index()] && public.segments[from.index()].talks_to.contains(&to))
    }

    /// The segments into which a connection can be opened from one of these; both by segment.
    pub fn segments_from(&self, public: &Public, from: &[bool]) -> Vec<bool> {
        let opens = |to: usize| (0..from.len()).any(|start| from[start] && self.segments_talk(public, SegmentId::at(start), SegmentId::at(to)));
        (0..from.len()).map(opens).collect()
    }

    /// From segment to segment, as far as connections can be opened: 0 for those it begins in, else over how many others on the shortest way; none
    /// where no way leads. It leads only `through` segments in which somebody is who passes it on. All by segment.
    pub fn relays(&self, public: &Public, begins_in: &[bool], through: &[bool]) -> Vec<Option<u8>> {
        let mut relays: Vec<Option<u8>> = begins_in.iter().map(|begins| begins.then_some(0)).collect();
        for over in 1..=u8::MAX {
            let so_far: Vec<bool> = relays.iter().map(Option::is_some).collect();
            let next = self.segments_from(public, &so_far);
            let further: Vec<usize> = (0..relays.len()).filter(|to| through[*to] && next[*to] && !so_far[*to]).collect();
            if further.is_empty() {
                break;
            }
            further.into_iter().for_each(|segment| relays[segment] = Some(over));
        }
        relays
    }

    /// [`Estate::can_reach`] from any of several machines on the network, told without asking each of them where that can be: `into` is
    /// [`Estate::segments_from`] of their segments, and the machines themselves are asked for only where a link leads to this one.
    pub fn any_can_reach(&self, public: &Public, into: &[bool], machines: impl FnOnce() -> Vec<AssetId>, to: AssetId) -> bool {
        if !self.on_network(to) {
            return false;
        }
        let by_link = || public.links.iter().any(|link| link.to.has(to)) && machines().into_iter().any(|from| self.can_reach(public, from, to));
        into[public.assets[to.index()].segment.index()] || by_link()
    }

    fn linked(&self, public: &Public, from: AssetId, to: AssetId) -> bool {
        public.links.iter().enumerate().any(|(place, link)| {
            self.link_carries(public, LinkId::at(place))
                && link.to.has(to)
                && match link.from {
                    LinkEnd::Asset(asset) => asset == from,
                    LinkEnd::Group(group) => public.groups[group.index()].assets.has(from),
                    LinkEnd::Segment(segment) => public.assets[from.index()].segment == segment,
                    LinkEnd::Internet | LinkEnd::Vendor(_) => false,
                }
        })
    }

    /// Whether somebody outside can come in to a machine through a link: not into a segment that is cut off, which has no way from outside either.
    pub fn can_enter(&self, public: &Public, link: LinkId, to: AssetId) -> bool {
        !self.link_cut[link.index()]
            && public.links[link.index()].to.has(to)
            && self.on_network(to)
            && !self.segment_cut[public.assets[to.index()].segment.index()]
    }

    /// Whether a machine can open connections to the internet.
    pub fn way_out(&self, public: &Public, from: AssetId) -> bool {
        self.on_network(from) && self.segment_has_way_out(public, public.assets[from.index()].segment)
    }

    /// Whether connections to the internet can be opened from a segment.
    pub fn segment_has_way_out(&self, public: &Public, segment: SegmentId) -> bool {
        public.segments[segment.index()].internet && !self.segment_cut[segment.index()] && !self.egress_blocked[segment.index()]
    }

    /// Whether a segment had a way to the internet that is closed now. Where there never was one, nothing is missing.
    pub fn way_out_is_closed(&self, public: &Public, segment: SegmentId) -> bool {
        public.segments[segment.index()].internet && !self.segment_has_way_out(public, segment)
    }

    /// Whether a login, in its present generation, works.
    pub fn login_works(&self, login: LoginId, generation: u16) -> bool {
        !self.login_disabled[login.index()] && self.login_generation[login.index()] == generation
    }

    /// The generation of a login's secret.
    pub fn login_generation(&self, login: LoginId) -> u16 {
        self.login_generation[login.index()]
    }

    /// Whether a login opens a machine with at least this level.
    pub fn opens(&self, public: &Public, login: LoginId, asset: AssetId, level: LoginLevel) -> bool {
        let login = &public.logins[login.index()];
        login.level >= level && login.opens.has(asset)
    }

    /// Whether a machine does its work for services: on, on the network, not encrypted.
    pub fn serves(&self, asset: AssetId) -> bool {
        self.on_network(asset) && !self.encrypted.has(asset)
    }

    /// Whether a machine is encrypted.
    pub fn is_encrypted(&self, asset: AssetId) -> bool {
        self.encrypted.has(asset)
    }

    /// Whether a machine is powered off.
    pub fn is_off(&self, asset: AssetId) -> bool {
        self.off.has(asset)
    }

    /// Whether a login is enabled.
    pub fn login_enabled(&self, login: LoginId) -> bool {
        !self.login_disabled[login.index()]
    }

    /// Whether a link is open.
    pub fn link_open(&self, link: LinkId) -> bool {
        !self.link_cut[link.index()]
    }

    /// Whether a link is open and neither of its ends lies in a segment that is cut off. A partner's exchange needs both directions: it stands
    /// still while the way out is closed on our side, too. (Somebody who comes in through a link needs only the one: see [`Estate::can_enter`].)
    pub fn link_carries(&self, public: &Public, link: LinkId) -> bool {
        let plan = &public.links[link.index()];
        let joined = |asset: AssetId| !self.segment_cut[public.assets[asset.index()].segment.index()];
        let from_joined = match plan.from {
            LinkEnd::Internet | LinkEnd::Vendor(_) => true,
            LinkEnd::Segment(segment) => !self.segment_cut[segment.index()],
            LinkEnd::Asset(asset) => joined(asset),
            LinkEnd::Group(group) => public.groups[group.index()].assets.iter().any(joined),
        };
        let answers = |asset: AssetId| match plan.from {
            LinkEnd::Vendor(_) => !self.way_out_is_closed(public, public.assets[asset.index()].segment),
            _ => true,
        };
        !self.link_cut[link.index()] && from_joined && plan.to.iter().any(|asset| joined(asset) && answers(asset))
    }

    /// Whether a segment is joined to the others.
    pub fn segment_joined(&self, segment: SegmentId) -> bool {
        !self.segment_cut[segment.index()]
    }

    /// Whether a segment's way to the internet is closed.
    pub fn egress_is_blocked(&self, segment: SegmentId) -> bool {
        self.egress_blocked[segment.index()]
    }

    /// Whether data can be read: its machine serves, and what it held has not been lost.
    pub fn data_there(&self, public: &Public, data: DataId) -> bool {
        !self.data_lost[data.index()] && public.data[data.index()].hosts.iter().all(|host| self.serves(host))
    }

    /// Whether a backup can be restored from.
    pub fn backup_there(&self, data: DataId) -> bool {
        !self.backup_destroyed[data.index()] && !self.data_lost[data.index()]
    }

    /// Whether a backup is out of the adversary's reach.
    pub fn backup_secured(&self, data: DataId) -> bool {
        self.backup_secured[data.index()]
    }

    /// What a machine looks like to somebody in front of it.
    pub fn looks(&self, asset: AssetId) -> Seen {
        if self.off.has(asset) {
            Seen::Off
        } else if self.encrypted.has(asset) {
            Seen::Encrypted
        } else if self.isolated.has(asset) {
            Seen::Isolated
        } else {
            Seen::Working
        }
    }

    /// Counts every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Does what was asked. What is so already is left as it is, without a fact.
    pub(super) fn handle(&mut self, due: Due, out: &mut Outbox<'_>) {
        self.revision += 1;
        match due {
            Due::Isolate(asset) if self.isolated.insert(asset) => out.fact(Fact::Isolated { asset }),
            Due::Reconnect(asset) if self.isolated.remove(asset) => out.fact(Fact::Reconnected { asset }),
            Due::PowerOff(asset) if self.off.insert(asset) => out.fact(Fact::PoweredOff { asset }),
            Due::PowerOn(asset) if self.off.remove(asset) => out.fact(Fact::PoweredOn { asset }),
            Due::Encrypt { asset, stage } if self.encrypted.insert(asset) => {
                out.fact(Fact::Encrypted { asset, stage });
                for (place, data) in out.program.public.data.iter().enumerate() {
                    if data.hosts.has(asset) && !self.backup_secured[place] {
                        self.data_lost[place] = true;
                    }
                }
            }
            Due::Rebuild(asset) => {
                self.fresh(asset);
                out.fact(Fact::Rebuilt { asset });
            }
            Due::Restore { asset, from, again } => {
                self.fresh(asset);
                for (place, data) in out.program.public.data.iter().enumerate() {
                    if data.hosts.has(asset) && !data.is_backup {
                        self.data_lost[place] = false;
                    }
                }
                out.fact(Fact::Restored { asset, from, again });
            }
            Due::Clean { asset, missed } => out.fact(Fact::Cleaned { asset, missed }),
            Due::DisableLogin(login) if !std::mem::replace(&mut self.login_disabled[login.index()], true) => out.fact(Fact::LoginDisabled { login }),
            Due::ResetLogin(login) => {
                self.login_disabled[login.index()] = false;
                self.login_generation[login.index()] += 1;
                out.fact(Fact::LoginReset { login });
            }
            Due::CutLink(link) if !std::mem::replace(&mut self.link_cut[link.index()], true) => out.fact(Fact::LinkCut { link }),
            Due::RestoreLink(link) if std::mem::replace(&mut self.link_cut[link.index()], false) => out.fact(Fact::LinkRestored { link }),
            Due::CutSegment(segment) if !std::mem::replace(&mut self.segment_cut[segment.index()], true) => out.fact(Fact::SegmentCut { segment }),
            Due::RejoinSegment(segment) if std::mem::replace(&mut self.segment_cut[segment.index()], false) => {
                out.fact(Fact::SegmentRejoined { segment })
            }
            Due::BlockEgress(segment) if !std::mem::replace(&mut self.egress_blocked[segment.index()], true) => {
                out.fact(Fact::EgressBlocked { segment })
            }
            Due::OpenEgress(segment) if std::mem::replace(&mut self.egress_blocked[segment.index()], false) => {
                out.fact(Fact::EgressOpened { segment })
            }
            Due::DestroyBackup { data, stage } if !std::mem::replace(&mut self.backup_destroyed[data.index()], true) => {
                out.fact(Fact::BackupDestroyed { data, stage });
            }
            Due::SecureBackup(data) if !self.backup_destroyed[data.index()] && !std::mem::replace(&mut self.backup_secured[data.index()], true) => {
                out.fact(Fact::BackupSecured { data });
            }
            Due::RestoreData { data, from } => {
                self.data_lost[data.index()] = false;
                out.fact(Fact::DataRestored { data, from });
            }
            Due::Isolate(_)
            | Due::Reconnect(_)
            | Due::PowerOff(_)
            | Due::PowerOn(_)
            | Due::Encrypt { .. }
            | Due::DisableLogin(_)
            | Due::CutLink(_)
            | Due::RestoreLink(_)
            | Due::CutSegment(_)
            | Due::RejoinSegment(_)
            | Due::BlockEgress(_)
            | Due::OpenEgress(_)
            | Due::DestroyBackup { .. }
            | Due::SecureBackup(_) => {}
        }
    }

    /// Makes a change outside of play, without anybody who would hear of it.
    #[cfg(test)]
    pub(super) fn change(&mut self, program: &Program, due: Due) {
        let (mut chance, mut ledger, mut agenda) = (crate::chance::Chance::new(0), Default::default(), Default::default());
        let mut knowledge = super::knowledge::Knowledge::at_startex(program);
        let mut watch = crate::vocabulary::condition::Watch::new(&program.conditions);
        let cause = crate::vocabulary::ledger::Cause::Origin;
        let mut out = Outbox {
            now: crate::time::ExerciseTime(0),
            program,
            chance: &mut chance,
            ledger: &mut ledger,
            knowledge: &mut knowledge,
            agenda: &mut agenda,
            watch: &mut watch,
            cause,
            latest: cause,
            now_true: Vec::new(),
            timers: Vec::new(),
        };
        self.handle(due, &mut out);
    }

    /// A machine that was installed anew is on, on the network, and readable.
    fn fresh(&mut self, asset: AssetId) {
        self.isolated.remove(asset);
        self.off.remove(asset);
        self.encrypted.remove(asset);
    }
}

/// The machines a scope means.
pub fn machines(public: &Public, scope: Scope) -> Vec<AssetId> {
    match scope {
        Scope::Asset(asset) => vec![asset],
        Scope::Group(group) => public.groups[group.index()].assets.iter().collect(),
    }
}
