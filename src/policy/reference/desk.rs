//! What a careful player looks up before play, in the public tables: who sees to what, what hangs on what, which claims weigh.

use super::DUTIES;
use crate::exercise::knowledge::View;
use crate::exercise::quote::{may, speaks_for};
use crate::ids::*;
use crate::scenario::program::{LinkEnd, Public, RestsOn};
use crate::scenario::written::{AssetKind, RoleKind, Skill, Verb};

/// Looked up once.
#[derive(Debug)]
pub(in crate::policy) struct Desk {
    /// Actions that are not bound to a target of their own, ordered by verb.
    actions: Vec<(Verb, ActionId)>,
    /// Who sees to each of the duties.
    owners: Vec<Option<RoleId>>,
    /// Who sees to the alerts and records of each sensor.
    pub sensors: Vec<Option<RoleId>>,
    /// Who rings each stakeholder that may know something.
    pub contacts: Vec<Option<RoleId>>,
    /// What people lose when a machine stops, in hundredths of a service of criticality 1, what rests on it indirectly included.
    pub price: Vec<u32>,
    /// How much it tells to look at a machine: servers are worth more than desks, and what care rests on more than the rest.
    pub worth_a_look: Vec<u32>,
    /// What people lose when a login or a link is closed.
    pub login_price: Vec<u32>,
    pub link_price: Vec<u32>,
    /// Claims that somebody outside must hear of or that a legal duty hangs on.
    pub grave: Vec<bool>,
    /// Companies whose people can look into what happened.
    pub investigators: Vec<VendorId>,
    /// Everybody.
    pub everybody: RoleSet,
}

/// Who takes care of what a sensor reports, and of rings to those who may have seen something.
const WATCHERS: [RoleKind; 4] = [RoleKind::Responder, RoleKind::Forensics, RoleKind::ItOperations, RoleKind::IncidentManager];

impl Desk {
    pub fn new(public: &Public) -> Desk {
        let mut actions: Vec<(Verb, ActionId)> = (public.actions.iter().enumerate())
            .filter(|(_, action)| action.on.is_empty())
            .map(|(place, action)| (action.verb, ActionId::at(place)))
            .collect();
        actions.sort_by_key(|(verb, _)| *verb);
        let may_do =
            |role: RoleId, verb: Verb| actions.iter().any(|(known, action)| *known == verb && public.roles[role.index()].may[action.index()]);
        let first = |kinds: &[RoleKind], fits: &dyn Fn(RoleId) -> bool| {
            let of_kind = |kind: RoleKind| (0..public.roles.len()).map(RoleId::at).filter(move |role| public.roles[role.index()].kind == kind);
            kinds.iter().flat_map(|kind| of_kind(*kind)).find(|role| fits(*role))
        };
        let owners = DUTIES.iter().map(|duty| first(duty.by, &|role| may_do(role, duty.verb))).collect();
        let sensors = (0..public.sensors.len())
            .map(SensorId::at)
            .map(|sensor| first(&WATCHERS, &|role| public.roles[role.index()].sensors.contains(&sensor) && may_do(role, Verb::Triage)))
            .collect();
        // Those whom the technical people have in their books; the public, the press and the ministry are told, not asked.
        let contacts = (0..public.stakeholders.len())
            .map(StakeholderId::at)
            .map(|of| first(&WATCHERS[..3], &|role| public.roles[role.index()].stakeholders.contains(&of) && may_do(role, Verb::Ask)))
            .collect();
        let weights = weights(public);
        let mut price = vec![0; public.assets.len()];
        let mut login_price = vec![0; public.logins.len()];
        let mut link_price = vec![0; public.links.len()];
        for (service, weight) in public.services.iter().zip(&weights) {
            for item in &service.rests_on {
                match item {
                    RestsOn::Assets(assets) => {
                        assets.iter().for_each(|asset| price[asset.index()] += weight * 100 / (assets.len() as u32).max(1));
                    }
                    RestsOn::Data(data) => public.data[data.index()].hosts.iter().for_each(|asset| price[asset.index()] += weight * 100),
                    RestsOn::Login(login) => login_price[login.index()] += weight * 100,
                    RestsOn::Link(link) => link_price[link.index()] += weight * 100,
                    RestsOn::Service(_) | RestsOn::Internet => {}
                }
            }
        }
        let look = |(place, price): (usize, &u32)| 2 + 4 * u32::from(Desk::is_server(public, AssetId::at(place))) + price / 100;
        let worth_a_look = price.iter().enumerate().map(look).collect();
        let must_be_heard = public.stakeholders.iter().flat_map(|stakeholder| stakeholder.must_hear.iter().map(|(claim, _)| *claim));
        let duty_hangs_on = public.rules.iter().filter(|rule| rule.in_force).flat_map(|rule| rule.aware_of.iter().copied());
        let mut grave = vec![false; public.claims.len()];
        must_be_heard.chain(duty_hangs_on).for_each(|claim| grave[claim.index()] = true);
        let looks = |vendor: VendorId| {
            let staff = public.staff.iter().filter(|staff| staff.vendor == Some(vendor));
            staff.flat_map(|staff| &staff.skills).any(|skill| matches!(skill, Skill::Analysis | Skill::Forensics))
        };
        Desk {
            owners,
            sensors,
            contacts,
            price,
            worth_a_look,
            login_price,
            link_price,
            grave,
            investigators: (0..public.vendors.len()).map(VendorId::at).filter(|vendor| looks(*vendor)).collect(),
            everybody: RoleSet::first(public.roles.len()),
            actions,
        }
    }

    /// The action for a verb that the role may order at this moment.
    pub fn action(&self, view: &View<'_>, verb: Verb) -> Option<ActionId> {
        let first = self.actions.partition_point(|(known, _)| *known < verb);
        self.actions[first..].iter().take_while(|(known, _)| *known == verb).map(|(_, action)| *action).find(|action| may(view, *action))
    }

    /// Whether a duty is this role's, its own or that of somebody it stands in for.
    pub fn has_duty(&self, view: &View<'_>, duty: usize) -> bool {
        self.owners[duty].is_some_and(|owner| stands_for(view, owner))
    }

    /// Whether a machine is more than somebody's desk.
    pub fn is_server(public: &Public, asset: AssetId) -> bool {
        !matches!(public.assets[asset.index()].kind, AssetKind::Workstation | AssetKind::MedicalDevice)
    }

    /// Whether a link comes from outside.
    pub fn comes_from_outside(public: &Public, link: LinkId) -> bool {
        matches!(public.links[link.index()].from, LinkEnd::Internet | LinkEnd::Vendor(_))
    }
}

/// Whether a role does another's work: it is that role, or stands in for it while that role is away.
pub(super) fn stands_for(view: &View<'_>, owner: RoleId) -> bool {
    owner == view.role || (view.knowledge.away.has(owner) && speaks_for(view).has(owner))
}

/// The weight of each service: its criticality, and that of all that rests on it.
fn weights(public: &Public) -> Vec<u32> {
    let rests_on = |service: usize, other: usize| {
        public.services[service].rests_on.iter().any(|item| matches!(item, RestsOn::Service(of) if of.index() == other))
    };
    let count = public.services.len();
    let rest_on: Vec<Vec<usize>> = (0..count).map(|service| (0..count).filter(|other| rests_on(*other, service)).collect()).collect();
    (0..count)
        .map(|service| {
            let mut falls = vec![false; count];
            let mut falling = vec![service];
            while let Some(service) = falling.pop() {
                if !std::mem::replace(&mut falls[service], true) {
                    falling.extend(&rest_on[service]);
                }
            }
            (0..count).filter(|other| falls[*other]).map(|other| u32::from(public.services[other].criticality)).sum()
        })
        .collect()
}
