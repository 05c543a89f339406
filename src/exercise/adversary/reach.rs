//! What the adversary can reach from what it holds: kept until the estate or its holdings change. What is open between machines and segments is
//! asked of the estate.

use super::Adversary;
use crate::exercise::estate::Estate;
use crate::ids::*;
use crate::scenario::program::{Act, LinkEnd, Need, Program, Query, Stage};
use crate::scenario::written::LoginLevel;

/// From which segments it can act, and to which it can get from there.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Of which state of the estate and of its holdings this was computed.
    of: Option<(u64, u64)>,
    /// Segments with a foothold that it can command, and over how many relays: 0 where a machine calls home itself.
    commands: Vec<Option<u8>>,
    /// Segments it can open connections into from one of those.
    reaches: Vec<bool>,
    /// Segments from which what it copies can be carried to the internet: over machines it holds, back to one that can open connections there.
    carries_out: Vec<bool>,
}

impl Adversary {
    /// Computes the reach anew if something has moved.
    fn look_around(&mut self, estate: &Estate, program: &Program) {
        let now = (estate.revision(), self.revision);
        if self.reach.of == Some(now) {
            return;
        }
        let public = &program.public;
        let segments = public.segments.len();
        let (mut held, mut direct, mut way_out) = (vec![false; segments], vec![false; segments], vec![false; segments]);
        for asset in self.footholds.iter() {
            if !estate.serves(asset) {
                continue;
            }
            let segment = public.assets[asset.index()].segment.index();
            held[segment] = true;
            // It commands what calls home, and what an open link from outside leads to.
            let through_link = || {
                self.entered.iter().enumerate().any(|(place, entered)| {
                    let link = LinkId::at(place);
                    *entered && matches!(public.links[place].from, LinkEnd::Internet | LinkEnd::Vendor(_)) && estate.can_enter(public, link, asset)
                })
            };
            way_out[segment] |= estate.way_out(public, asset);
            direct[segment] = direct[segment] || way_out[segment] || through_link();
        }
        // And what those can be used to command in turn; what is fetched goes back the way it was asked for.
        let commands = estate.relays(public, &direct, &held);
        let carries_out = estate.relays(public, &way_out, &held).iter().map(Option::is_some).collect();
        let commanded: Vec<bool> = commands.iter().map(Option::is_some).collect();
        let reaches = estate.segments_from(public, &commanded);
        self.reach = Reach { of: Some(now), commands, reaches, carries_out };
    }

    /// Whether it can act at all.
    pub(super) fn in_control(&mut self, estate: &Estate, program: &Program) -> bool {
        self.look_around(estate, program);
        self.reach.commands.iter().any(Option::is_some)
    }

    /// Whether it can act from a machine it holds.
    pub(super) fn commands(&mut self, asset: AssetId, estate: &Estate, program: &Program) -> bool {
        self.look_around(estate, program);
        self.footholds.has(asset) && estate.serves(asset) && self.reach.commands[program.public.assets[asset.index()].segment.index()].is_some()
    }

    /// Over how many relays it works from a machine.
    pub(super) fn hops(&mut self, from: AssetId, estate: &Estate, program: &Program) -> u8 {
        self.look_around(estate, program);
        self.reach.commands[program.public.assets[from.index()].segment.index()].unwrap_or(0)
    }

    /// Machines it holds and can act from, in order.
    pub(super) fn commanded(&mut self, estate: &Estate, program: &Program) -> Vec<AssetId> {
        self.look_around(estate, program);
        self.commanded_as_seen(estate, program)
    }

    /// The same, for whoever has looked around.
    fn commanded_as_seen(&self, estate: &Estate, program: &Program) -> Vec<AssetId> {
        let commands = &self.reach.commands;
        self.footholds
            .iter()
            .filter(|asset| estate.serves(*asset) && commands[program.public.assets[asset.index()].segment.index()].is_some())
            .collect()
    }

    /// Whether it can open a connection to a machine from one it commands.
    pub(super) fn reaches(&mut self, asset: AssetId, estate: &Estate, program: &Program) -> bool {
        self.look_around(estate, program);
        estate.any_can_reach(&program.public, &self.reach.reaches, || self.commanded_as_seen(estate, program), asset)
    }

    /// Whether it can copy data out: it can open a machine that holds it, and carry it from there to the internet. What lies behind a segment
    /// that was cut off, or whose only way out was closed, stays where it is, whatever else it still commands elsewhere.
    pub(super) fn can_copy_out(&mut self, data: DataId, estate: &Estate, program: &Program) -> bool {
        let hosts: Vec<AssetId> = program.public.data[data.index()].hosts.iter().collect();
        hosts.into_iter().any(|host| {
            estate.serves(host)
                && self.can_use(host, LoginLevel::User, estate, program)
                && (estate.way_out(&program.public, host) || self.can_fetch(host, estate, program))
        })
    }

    /// Whether a machine from which it can carry something out can open a connection to this one.
    fn can_fetch(&mut self, host: AssetId, estate: &Estate, program: &Program) -> bool {
        let public = &program.public;
        let machines = self.commanded(estate, program);
        let carries_out = &self.reach.carries_out;
        machines.into_iter().any(|from| carries_out[public.assets[from.index()].segment.index()] && estate.can_reach(public, from, host))
    }

    /// A login it holds that opens a machine with at least this level.
    pub(super) fn login_for(&self, asset: AssetId, level: LoginLevel, estate: &Estate, program: &Program) -> Option<LoginId> {
        self.logins.iter().enumerate().find_map(|(place, held)| {
            let login = LoginId::at(place);
            let generation = (*held)?;
            (estate.login_works(login, generation) && estate.opens(&program.public, login, asset, level)).then_some(login)
        })
    }

    /// Whether it can act on a machine: it commands it, or can get there and open it.
    pub(super) fn can_use(&mut self, asset: AssetId, level: LoginLevel, estate: &Estate, program: &Program) -> bool {
        self.commands(asset, estate, program)
            || (self.login_for(asset, level, estate, program).is_some() && self.reaches(asset, estate, program))
            || (self.by_link(asset, level, estate, program) && self.in_control(estate, program))
    }

    /// Whether an open link that it came through leads to a machine with at least this level; one inside, only from a machine that it commands.
    fn by_link(&mut self, asset: AssetId, level: LoginLevel, estate: &Estate, program: &Program) -> bool {
        let links = program.public.links.iter().enumerate();
        let mut leads = links
            .filter(|(place, link)| self.entered[*place] && link.runs_as >= level && estate.can_enter(&program.public, LinkId::at(*place), asset))
            .map(|(_, link)| matches!(link.from, LinkEnd::Internet | LinkEnd::Vendor(_)));
        match leads.next() {
            None => false,
            Some(from_outside) => from_outside || leads.any(|from_outside| from_outside) || self.reaches(asset, estate, program),
        }
    }

    /// Whether the logins that a stage asks for are held and work. What it asks for inside does not matter from outside.
    fn logins_work(&self, stage: &Stage, estate: &Estate, program: &Program) -> bool {
        stage.needs.iter().all(|need| match need {
            Need::Holds(login) => self.logins[login.index()].is_some_and(|generation| estate.login_works(*login, generation)),
            Need::LoginOf(level) => self.holds_login_of(*level, estate, program),
            Need::Foothold | Need::OpensData(_) | Need::WayOut | Need::Machines(_) => false,
            Need::Done(other) => self.stages[other.index()].done > 0,
        })
    }

    /// Whether a link that it once came through would let it in again: no second factor, and the logins it takes still work.
    pub(super) fn door_opens(&self, link: LinkId, estate: &Estate, program: &Program) -> bool {
        let takes = |stage: &&Stage| matches!(stage.act, Act::Enter { through, .. } if through == link);
        self.entered[link.index()]
            && !program.public.links[link.index()].second_factor
            && program.secret.stages.iter().filter(takes).any(|stage| self.logins_work(stage, estate, program))
    }

    /// Whether it could come in again through a link it knows, if it lost everything else.
    pub(super) fn can_come_back(&self, estate: &Estate, program: &Program) -> bool {
        let by_stage = program.secret.stages.iter().enumerate().any(|(place, stage)| {
            let Act::Enter { through, .. } = stage.act else { return false };
            let logins_work = self.logins_work(stage, estate, program);
            let open = program.public.links[through.index()].to.iter().any(|asset| estate.can_enter(&program.public, through, asset));
            !stage.is_past && self.comes_from_outside(StageId::at(place), program) && logins_work && open
        });
        by_stage
            || program.public.links.iter().enumerate().any(|(place, link)| {
                self.door_opens(LinkId::at(place), estate, program)
                    && link.to.iter().any(|asset| estate.can_enter(&program.public, LinkId::at(place), asset))
            })
    }

    /// The machines a query asks for, among those it can act on, in order.
    pub(super) fn answer(&mut self, query: &Query, level: LoginLevel, estate: &Estate, program: &Program) -> Vec<AssetId> {
        let assets = 0..program.public.assets.len();
        assets
            .map(AssetId::at)
            .filter(|asset| query.kinds.is_empty() || query.kinds.contains(&program.public.assets[asset.index()].kind))
            .filter(|asset| query.of.as_ref().is_none_or(|of| of.has(*asset)))
            .filter(|asset| self.can_use(*asset, level, estate, program))
            .collect()
    }
}
