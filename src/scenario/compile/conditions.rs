//! Conditions: from written terms to atoms over facts.

use std::cell::RefCell;

use crate::ids::*;
use crate::scenario::compile::{Problem, names};
use crate::scenario::located::Place;
use crate::scenario::program::Public;
use crate::scenario::reference::Ref;
use crate::scenario::written::{self, Says};
use crate::time::{Calendar, ExerciseTime, Moment};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::{Atom, Condition, Conditions, Term};

use super::Names;

/// The most conditions, and the most atoms, of a scenario. Dense ids have sixteen bits.
const MOST: usize = 60_000;

/// What terms are compiled against. Plans and standing orders are compiled at run time with [`Terms::new`], which knows no stages: what
/// players wait for cannot name the campaign.
pub struct Terms<'a> {
    /// Ids.
    pub names: &'a Names,
    /// The story's calendar.
    pub calendar: Calendar,
    /// The ids of the choices of every gate.
    pub choices: Vec<Vec<String>>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Terms<'a> {
    /// For a compiled scenario.
    pub fn new(public: &Public, names: &'a Names) -> Terms<'a> {
        let choices = public.gates.iter().map(|gate| gate.choices.iter().map(|choice| choice.id.clone()).collect()).collect();
        Terms::with(names, public.calendar, choices)
    }

    pub(super) fn with(names: &'a Names, calendar: Calendar, choices: Vec<Vec<String>>) -> Terms<'a> {
        Terms { names, calendar, choices, problems: RefCell::default() }
    }

    /// What was wrong so far.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    fn problem(&self, at: Place, message: String) {
        self.problems.borrow_mut().push(Problem::new(at, message));
    }

    fn id<K, T: DenseId>(&self, written: &Ref<K>) -> Option<T> {
        self.names.resolve(written).map_err(|message| self.problem(written.at, message)).ok()
    }

    /// Enters a condition: all of the terms, and not before a moment if one is given. Empty `scope`: everybody's ears and ground truth.
    pub fn condition(&self, into: &mut Conditions, terms: &[written::Term], scope: RoleSet, not_before: Option<ExerciseTime>) -> ConditionId {
        let mut all: Vec<Term> = terms.iter().filter_map(|term| self.term(into, term, scope)).collect();
        all.extend(not_before.map(Term::After));
        self.enter(into, all, scope)
    }

    /// Enters a condition of one term.
    pub fn single(&self, into: &mut Conditions, term: &written::Term) -> ConditionId {
        self.condition(into, std::slice::from_ref(term), RoleSet::NONE, None)
    }

    pub(super) fn enter(&self, into: &mut Conditions, all: Vec<Term>, scope: RoleSet) -> ConditionId {
        if into.list.len() >= MOST || into.atoms.len() >= MOST {
            if self.problems.borrow().len() < MOST {
                self.problem(Place::default(), format!("a scenario can have at most {MOST} conditions"));
            }
            return ConditionId::default();
        }
        into.add(Condition { all, scope })
    }

    pub(super) fn term(&self, into: &mut Conditions, term: &written::Term, scope: RoleSet) -> Option<Term> {
        use written::Term as W;
        let atom = match term {
            W::Happened { stage } => Atom::Happened(self.id(stage)?),
            W::Told { claim, role } => {
                let role = match role {
                    Some(role) => Some(self.id(role)?),
                    None => None,
                };
                Atom::Told { claim: self.id(claim)?, role }
            }
            W::Ordered { action, on } => Atom::Ordered { action: self.id(action)?, target: self.target(on.as_ref())? },
            W::Done { action, on } => Atom::CarriedOut { action: self.id(action)?, target: self.target(on.as_ref())? },
            W::Decided { gate, choice, not } => {
                let gate: GateId = self.id(gate)?;
                let place = |written: &Option<crate::scenario::located::Located<String>>| match written {
                    None => Some(None),
                    Some(written) => self.choice(gate, written, written.at).map(Some),
                };
                Atom::Decided { gate, choice: place(choice)?, not: place(not)? }
            }
            W::Said(says) => {
                let (claim, stance) = self.says(says)?;
                Atom::Said { claim, stance }
            }
            W::Published(statement) => Atom::Published(self.id(statement)?),
            W::Fired(inject) => Atom::Fired(self.id(inject)?),
            W::Declared { level: Some(level) } => Atom::Declared { at_least: self.id(level)? },
            W::Declared { level: None } => Atom::Declared { at_least: LevelId::default() },
            W::Arrived(vendor) => Atom::Arrived(self.id(vendor)?),
            W::Notified(rule) => Atom::Notified(self.id(rule)?),
            W::Down { service, below_percent } => {
                Atom::Down { service: self.id(service)?, below_percent: below_percent.as_ref().map_or(100, |percent| percent.value) }
            }
            W::Evicted => Atom::Evicted,
            W::Secured(data) => Atom::Secured(self.id(data)?),
            W::AtLeast { count, n } => Atom::AtLeast { count: *count, n: n.value },
            W::After(moment) => return Some(Term::After(self.calendar.resolve(moment.value, ExerciseTime::default()))),
            W::Any(terms) => return Some(Term::Any(terms.iter().filter_map(|term| self.term(into, term, scope)).collect())),
            W::Not { what, within, of } => {
                let what = Box::new(self.term(into, what, scope)?);
                let Some(within) = within else {
                    self.problem(Place::default(), "`Not` needs a deadline: say `within`".to_owned());
                    return None;
                };
                return match (within.value, of) {
                    (Moment::After(span), Some(of)) => Some(Term::NotWithin(what, span, Box::new(self.term(into, of, scope)?))),
                    (_, Some(_)) => {
                        self.problem(within.at, "with `of`, `within` is a span: \"30m\", not a moment".to_owned());
                        None
                    }
                    (moment, None) => Some(Term::NotBy(what, self.calendar.resolve(moment, ExerciseTime::default()))),
                };
            }
        };
        if into.atoms.len() >= MOST {
            return None;
        }
        Some(Term::Atom(into.atom(atom, scope)))
    }

    /// The key that facts about orders on this target have.
    fn target<K>(&self, on: Option<&Ref<K>>) -> Option<Option<Key>> {
        let Some(on) = on else { return Some(None) };
        if !self.names.is_target(on) {
            self.problem(on.at, self.names.unknown(&names::TARGETS, on));
            return None;
        }
        Some(Some(Key::named(on)))
    }

    /// The place of a choice in its gate.
    pub(super) fn choice(&self, gate: GateId, choice: &str, at: Place) -> Option<u8> {
        let choices = self.choices.get(gate.index()).map_or(&[][..], Vec::as_slice);
        let place = choices.iter().position(|known| known == choice).and_then(|place| u8::try_from(place).ok());
        if place.is_none() {
            self.problem(at, names::unknown("choice", choice, choices.iter().map(String::as_str)));
        }
        place
    }

    /// A claim and what is said of it.
    pub(super) fn says(&self, says: &Says) -> Option<(ClaimId, Stance)> {
        let (claim, stance) = match says {
            Says::Yes(claim) => (claim, Stance::Yes),
            Says::No(claim) => (claim, Stance::No),
            Says::NotYet(claim) => (claim, Stance::NotYet),
        };
        Some((self.id(claim)?, stance))
    }
}
