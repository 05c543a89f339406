//! The ledger: what has happened so far, in order, with its causes.

use std::sync::Arc;

use crate::ids::RoleSet;
use crate::time::ExerciseTime;
use crate::vocabulary::Fact;
use crate::vocabulary::encoding::{Encoder, NameHashes};

/// What led to a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Nothing: STARTEX, and what was laid down before it.
    Origin,
    /// An order: the how-manieth that was issued, from 0.
    Entry(u32),
    /// An earlier fact, by its place in the ledger.
    Fact(u32),
}

/// One thing that happened.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Happened {
    /// When.
    pub at: ExerciseTime,
    /// Its place in the ledger, from 0.
    pub seq: u32,
    /// What led to it.
    pub cause: Cause,
    /// Who was told; empty for ground truth.
    pub roles: RoleSet,
    /// What.
    pub fact: Fact,
}

/// A list that only grows, and that forks share up to where they part.
#[derive(Clone, Debug)]
pub struct Shared<T> {
    frozen: Vec<Arc<Vec<T>>>,
    frozen_length: usize,
    tail: Vec<T>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Shared { frozen: Vec::new(), frozen_length: 0, tail: Vec::new() }
    }
}

impl<T: Clone> Shared<T> {
    /// Adds to the end.
    pub fn push(&mut self, item: T) {
        self.tail.push(item);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.frozen_length + self.tail.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.frozen.iter().flat_map(|part| part.iter()).chain(&self.tail)
    }

    /// Those from the nth on.
    pub fn since(&self, n: usize) -> impl Iterator<Item = &T> {
        let mut begins = 0;
        let tail_from = n.saturating_sub(self.frozen_length).min(self.tail.len());
        self.frozen
            .iter()
            .flat_map(move |part| {
                let skip = n.saturating_sub(begins).min(part.len());
                begins += part.len();
                part[skip..].iter()
            })
            .chain(&self.tail[tail_from..])
    }

    /// One of them.
    pub fn get(&self, n: usize) -> Option<&T> {
        if let Some(in_tail) = n.checked_sub(self.frozen_length) {
            return self.tail.get(in_tail);
        }
        let mut begins = 0;
        for part in &self.frozen {
            if n < begins + part.len() {
                return part.get(n - begins);
            }
            begins += part.len();
        }
        None
    }

    /// The last.
    pub fn last(&self) -> Option<&T> {
        self.tail.last().or_else(|| self.frozen.last().and_then(|part| part.last()))
    }

    /// Whether all of it is shareable.
    pub fn is_frozen(&self) -> bool {
        self.tail.is_empty()
    }

    /// Makes what is there shareable, so that a clone costs nothing for it.
    pub fn freeze(&mut self) {
        if !self.tail.is_empty() {
            self.frozen_length += self.tail.len();
            self.frozen.push(Arc::new(std::mem::take(&mut self.tail)));
        }
    }
}

/// The facts so far.
pub type Ledger = Shared<Happened>;

impl Ledger {
    /// The hash of all facts: of their encoding, in order, in blocks; 32 hexadecimal digits.
    pub fn hash(&self, names: &NameHashes) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut encoder = Encoder::new(names);
        for happened in self.iter() {
            happened.encode(&mut encoder);
            if encoder.bytes.len() > 1 << 16 {
                hasher.update(&encoder.bytes);
                encoder.bytes.clear();
            }
        }
        hasher.update(&encoder.bytes);
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

impl Happened {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.number(self.at.0);
        match self.cause {
            Cause::Origin => to.short(0),
            Cause::Entry(entry) => {
                to.short(1);
                to.number(i64::from(entry));
            }
            Cause::Fact(seq) => {
                to.short(2);
                to.number(i64::from(seq));
            }
        }
        to.field(crate::vocabulary::encoding::Field::Roles(self.roles));
        to.short(self.fact.tag());
        self.fact.visit(|_, field| to.field(field));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stay_small_enough_to_copy() {
        assert!(std::mem::size_of::<Fact>() <= 48, "{}", std::mem::size_of::<Fact>());
    }

    #[test]
    fn tags_are_unique() {
        let mut tags = Fact::tags();
        let all = tags.len();
        tags.sort_unstable();
        tags.dedup_by_key(|(tag, _)| *tag);
        assert_eq!(tags.len(), all);
    }

    #[test]
    fn a_shared_list_reads_the_same_frozen_or_not() {
        let mut list = Shared::default();
        for n in 0..10 {
            if n % 3 == 0 {
                list.freeze();
            }
            list.push(n);
        }
        assert_eq!(list.iter().copied().collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        for n in 0..=10 {
            assert_eq!(list.since(n).copied().collect::<Vec<_>>(), (n as i32..10).collect::<Vec<_>>());
            assert_eq!(list.get(n).copied(), (n < 10).then_some(n as i32));
        }
    }
}
