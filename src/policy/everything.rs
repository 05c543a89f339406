//! Orders all that is on offer, once, as soon as it is offered: shows whether a rubric pays for orders instead of for what comes of them.

use std::collections::{BTreeSet, VecDeque};

use super::{Kinds, Orders, Policy, Wake};
use crate::exercise::knowledge::{Heard, View};
use crate::exercise::quote::{accepts, candidates, may};
use crate::ids::{ActionId, DenseId, Key};
use crate::scenario::compile::orders::target_key;
use crate::time::Span;
use crate::vocabulary::Order;

/// Between one order and the next.
const PACE: Span = Span(15);
/// New offers are looked for so long after news.
const LOOKS_AFTER: Span = Span::minutes(45);

/// Orders all that is on offer.
#[derive(Clone, Debug, Default)]
pub struct Everything {
    waiting: VecDeque<Order>,
    given: BTreeSet<Key>,
}

fn key(view: &View<'_>, order: &Order) -> Key {
    Key::of(&[view.names.of(order.action).0, target_key(view.names, &order.command).0])
}

impl Policy for Everything {
    fn wake(&mut self, view: &View<'_>, _: &[Heard], orders: &mut Orders) -> Wake {
        if self.waiting.is_empty() {
            // What was given once is not asked for again; what of the rest is on offer shows when its turn comes.
            let new = |order: &Order| !self.given.contains(&key(view, order));
            let actions = (0..view.public.actions.len()).map(ActionId::at).filter(|action| may(view, *action));
            self.waiting = actions.flat_map(|action| candidates(view, action)).filter(new).collect();
        }
        while let Some(order) = self.waiting.pop_front() {
            // It may have been done by now, or was ordered as a twin of it.
            if accepts(view, &order) && self.given.insert(key(view, &order)) {
                orders.give(order);
                return Wake::at(view.now + PACE);
            }
        }
        Wake::on(Kinds::ALL, LOOKS_AFTER)
    }
}
