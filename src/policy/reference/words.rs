//! Words that go out: only what one holds to be true, and of the rest that it is not known.

use super::mind::Mind;
use crate::exercise::quote::accepts;
use crate::ids::*;
use crate::scenario::written::Verb;
use crate::vocabulary::Order;
use crate::vocabulary::communication::{Command, Stance};

/// Whether a statement says nothing but what this role holds to be so.
pub(super) fn is_true(mind: &Mind<'_>, statement: StatementId) -> bool {
    mind.view.public.statements[statement.index()].says.iter().all(|(claim, stance)| match stance {
        Stance::Yes => mind.confidence(*claim) >= 85,
        Stance::No => mind.confidence(*claim) <= 15,
        Stance::NotYet => mind.confidence(*claim) < 85,
    })
}

/// Whether a statement tells somebody something that they have not heard; a correction, only once what it corrects is out.
fn tells_something(mind: &Mind<'_>, statement: StatementId) -> bool {
    let plan = &mind.view.public.statements[statement.index()];
    let corrects_what_is_out = plan.corrects.is_none_or(|corrected| mind.view.knowledge.published[corrected.index()]);
    let new = |to: &StakeholderId, claim: ClaimId, stance: Stance| match mind.memory.said[to.index()][claim.index()] {
        None => true,
        Some(said) => said != stance && stance != Stance::NotYet,
    };
    corrects_what_is_out && plan.to.iter().any(|to| plan.says.iter().any(|(claim, stance)| new(to, *claim, *stance)))
}

/// Statements that this role could order something about now, that are true by what it knows, and that tell somebody something. What is cheap to see
/// comes first.
fn wanted<'a>(mind: &'a Mind<'_>, verb: Verb, command: fn(StatementId) -> Command) -> impl Iterator<Item = (StatementId, Order)> + 'a {
    let action = mind.desk.action(mind.view, verb).filter(|_| mind.signs());
    let statements = action.into_iter().flat_map(|action| (0..mind.view.public.statements.len()).map(move |place| (action, StatementId::at(place))));
    let unpublished = statements.filter(|(_, statement)| !mind.view.knowledge.published[statement.index()]);
    let orders = unpublished.map(move |(action, statement)| (statement, Order { action, command: command(statement).into() }));
    let possible = orders.filter(|(_, order)| accepts(mind.view, order));
    possible.filter(|(statement, _)| is_true(mind, *statement) && tells_something(mind, *statement))
}

/// Signs what is true.
pub(super) fn sign_off(mind: &Mind<'_>) -> Option<Order> {
    wanted(mind, Verb::SignOff, |statement| Command::SignOff { statement }).map(|(_, order)| order).next()
}

/// Publishes what is true, once it is signed, to those first who must hear soonest.
pub(super) fn publish(mind: &Mind<'_>) -> Option<Order> {
    let soonest = |statement: StatementId| {
        let plan = &mind.view.public.statements[statement.index()];
        let must_hear = plan.to.iter().flat_map(|to| &mind.view.public.stakeholders[to.index()].must_hear);
        must_hear.filter(|(claim, _)| plan.says.iter().any(|(said, _)| said == claim)).map(|(_, within)| *within).min()
    };
    let statements = wanted(mind, Verb::Publish, |statement| Command::Publish { statement });
    // Of several that must be heard as soon, the first; what nobody must hear, last.
    statements.map(|(statement, order)| (soonest(statement), order)).min_by_key(|(soonest, _)| (soonest.is_none(), *soonest)).map(|(_, order)| order)
}
