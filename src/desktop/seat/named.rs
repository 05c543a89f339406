//! What may be named at a seat: what its role knows, and what is open by now. Anything else would tell what is to come by its title.
//!
//! The rules of play refuse the same things; here they are not even listed.

use crate::exercise::knowledge::View;
use crate::exercise::quote::candidates;
use crate::ids::{ActionId, AssetId, DenseId, GateId, StatementId};
use crate::vocabulary::Order;
use crate::vocabulary::communication::Stance;

use crate::desktop::words::{self, Thing};

/// Whether a decision is open to the eyes of this role, or was.
pub fn gate(view: &View<'_>, gate: GateId) -> bool {
    view.knowledge.gates.get(gate.index()).is_some_and(|belief| belief.open_until.is_some() || belief.decided.is_some())
}

/// Whether a prepared text may be shown: its title and words say what it claims to be so. It is shown once the role was told anything of one of
/// these claims, once somebody has signed or published it, or once a decision that would publish it is open. What takes back an earlier text
/// comes after that text.
pub fn statement(view: &View<'_>, statement: StatementId) -> bool {
    let (public, knowledge) = (view.public, view.knowledge);
    let Some(plan) = public.statements.get(statement.index()) else { return false };
    let is_out = |statement: StatementId| knowledge.published.get(statement.index()).copied().unwrap_or(false);
    let signed = knowledge.signed.get(statement.index()).is_some_and(|roles| !roles.is_empty());
    let by_decision = public
        .gates
        .iter()
        .enumerate()
        .any(|(place, plan)| gate(view, GateId::at(place)) && plan.choices.iter().any(|choice| choice.publishes == Some(statement)));
    if is_out(statement) || signed || by_decision {
        return true;
    }
    if let Some(before) = plan.corrects {
        return is_out(before);
    }
    let mut gives_away = plan.says.iter().filter(|(_, stance)| *stance == Stance::Yes).peekable();
    gives_away.peek().is_none() || gives_away.any(|(claim, _)| knowledge.claims.get(claim.index()).is_some_and(Option::is_some))
}

/// Whether an action may be listed. One of the scenario's own that a decision would order belongs to that decision.
pub fn action(view: &View<'_>, action: ActionId) -> bool {
    let Some(plan) = view.public.actions.get(action.index()) else { return false };
    if plan.own_orders.is_empty() {
        return true;
    }
    let mut gates = view.public.gates.iter().enumerate().filter(|(_, gate)| {
        let mut orders = gate.choices.iter().flat_map(|choice| &choice.orders);
        orders.any(|order| order.action == action)
    });
    let Some(first) = gates.next() else { return true };
    std::iter::once(first).chain(gates).any(|(place, _)| gate(view, GateId::at(place)))
}

/// Whether a thing may be named. Claims are asked about in their own panel, which knows what is asked by now.
pub fn thing(view: &View<'_>, thing: Thing) -> bool {
    let knowledge = view.knowledge;
    let known = |asset: AssetId| knowledge.assets.get(asset.index()).is_some_and(|belief| belief.known);
    match thing {
        Thing::Asset(asset) => known(asset),
        Thing::Group(group) => view.public.groups.get(group.index()).is_some_and(|group| group.assets.iter().any(known)),
        Thing::Data(data) => knowledge.data.get(data.index()).is_some_and(|belief| belief.known),
        Thing::Login(login) => knowledge.logins.get(login.index()).is_some_and(|belief| belief.known),
        Thing::Link(link) => knowledge.links_known.get(link.index()).copied().unwrap_or(false),
        Thing::Service(service) => knowledge.services.get(service.index()).is_some_and(|belief| belief.known),
        Thing::Sensor(sensor) => knowledge.sensors.get(sensor.index()).is_some_and(|belief| belief.known),
        Thing::Alert(key) => knowledge.alerts.iter().any(|alert| alert.alert == key),
        Thing::Vendor(vendor) => knowledge.vendors.get(vendor.index()).is_some_and(|belief| belief.known),
        Thing::Stakeholder(stakeholder) => knowledge.stakeholders.get(stakeholder.index()).is_some_and(Option::is_some),
        Thing::Statement(of) => statement(view, of),
        Thing::Rule(rule) => {
            knowledge.rules.get(rule.index()).is_some_and(|belief| belief.known)
                && view.public.rules.get(rule.index()).is_some_and(|rule| rule.in_force)
        }
        Thing::Gate(of) => gate(view, of),
        Thing::Claim(claim) => knowledge.claims.get(claim.index()).is_some_and(Option::is_some),
        Thing::Segment(_) | Thing::Level(_) => true,
    }
}

/// What an action could be done to, as far as it may be named, whether it would be refused or not.
pub fn orders<'v>(view: &'v View<'v>, of: ActionId) -> impl Iterator<Item = Order> + 'v {
    let listed = action(view, of).then(|| candidates(view, of));
    listed.into_iter().flatten().filter(|order| words::thing(order).is_none_or(|on| thing(view, on)))
}
