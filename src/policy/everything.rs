//! Orders all that is on offer, once, as soon as it is offered: shows whether a rubric pays for orders instead of for what comes of them.

use std::collections::{BTreeSet, VecDeque};

use super::{Kinds, Orders, Policy, Wake};
use crate::exercise::knowledge::{Heard, View};
use crate::exercise::quote::{offers, quote};
use crate::ids::Key;
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
            let new = |order: &Order| !self.given.contains(&key(view, order));
            self.waiting = offers(view).filter(new).collect();
        }
        while let Some(order) = self.waiting.pop_front() {
            // What was on offer when it was looked for may be done by now, or ordered by a twin of it.
            if quote(view, &order).is_ok() && self.given.insert(key(view, &order)) {
                orders.give(order);
                return Wake::at(view.now + PACE);
            }
        }
        Wake::on(Kinds::ALL, LOOKS_AFTER)
    }
}
