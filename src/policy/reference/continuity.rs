//! Keeping going.

use super::mind::Mind;
use crate::ids::*;
use crate::scenario::written::Verb;
use crate::vocabulary::Order;
use crate::vocabulary::continuity::Command;

/// So many services can be first.
const FIRST: usize = 3;

fn services<'a>(mind: &'a Mind<'_>) -> impl Iterator<Item = ServiceId> + 'a {
    let known = mind.view.knowledge.services.iter().enumerate().filter(|(_, belief)| belief.known);
    known.map(|(place, _)| ServiceId::at(place))
}

/// Goes over to the workaround of a service that is below it, the most critical first.
pub(super) fn go_over(mind: &Mind<'_>) -> Option<Order> {
    let below = |service: &ServiceId| {
        let belief = mind.view.knowledge.services[service.index()];
        let workaround = &mind.view.public.services[service.index()].workaround;
        !belief.workaround && workaround.as_ref().is_some_and(|workaround| belief.percent < workaround.level_percent)
    };
    let mut fallen: Vec<ServiceId> = services(mind).filter(below).collect();
    fallen.sort_by_key(|service| std::cmp::Reverse(mind.view.public.services[service.index()].criticality));
    fallen.into_iter().find_map(|service| mind.order(Verb::Invoke, Command::Invoke { service }))
}

/// Goes back from a workaround when the service gives more than it.
pub(super) fn go_back(mind: &Mind<'_>) -> Option<Order> {
    let back = |service: &ServiceId| {
        let belief = mind.view.knowledge.services[service.index()];
        belief.workaround && belief.percent == 100
    };
    services(mind).filter(back).find_map(|service| mind.order(Verb::StandDown, Command::StandDown { service }))
}

/// Has the most critical services that fell recovered first.
pub(super) fn put_first(mind: &Mind<'_>) -> Option<Order> {
    if mind.view.knowledge.services.iter().filter(|belief| belief.put_first).count() >= FIRST {
        return None;
    }
    let fallen = services(mind).filter(|service| {
        let belief = mind.view.knowledge.services[service.index()];
        belief.percent < 60 && !belief.put_first
    });
    let service = fallen.max_by_key(|service| (mind.view.public.services[service.index()].criticality, std::cmp::Reverse(*service)))?;
    mind.order(Verb::Prioritise, Command::Prioritise { service })
}
