//! Plays at random: an action that is on offer, on something it can be done to, at random intervals.

use super::{Orders, Policy, Wake};
use crate::chance::{Chance, Purpose};
use crate::exercise::knowledge::{Heard, View};
use crate::exercise::quote::{may, offers_of};
use crate::ids::{ActionId, DenseId, Key};
use crate::time::Span;

/// The shortest and the longest time between two orders of one role.
const INTERVAL: (Span, Span) = (Span::minutes(5), Span::minutes(90));
/// So many actions are tried until one has something it can be done to.
const TRIES: u32 = 6;

/// Plays at random.
#[derive(Clone, Debug)]
pub struct Random {
    chance: Chance,
    key: Key,
    turn: u32,
}

impl Random {
    /// A random player: its luck depends on the seed and on the role, and on nothing else.
    pub fn new(seed: u64, role: Key) -> Random {
        Random { chance: Chance::new(seed), key: role, turn: 0 }
    }
}

impl Policy for Random {
    fn wake(&mut self, view: &View<'_>, _: &[Heard], orders: &mut Orders) -> Wake {
        self.turn += 1;
        let allowed: Vec<ActionId> = (0..view.public.actions.len()).map(ActionId::at).filter(|action| may(view, *action)).collect();
        for nth in 0..TRIES {
            let n = self.turn * TRIES + nth;
            let drawn = self.chance.below(allowed.len() as u32, self.key, Purpose::RandomAction, n);
            let Some(action) = allowed.get(drawn as usize) else { break };
            let offered: Vec<_> = offers_of(view, *action).collect();
            let drawn = self.chance.below(offered.len() as u32, self.key, Purpose::RandomTarget, n);
            if let Some(order) = offered.get(drawn as usize) {
                orders.give(*order);
                break;
            }
        }
        let wait = self.chance.between(INTERVAL.0, INTERVAL.1, self.key, Purpose::RandomInterval, self.turn);
        Wake::at(view.now + wait)
    }
}
