//! Conditions over facts and the clock, and nothing else.
//!
//! A condition is compiled to a list of terms over *atoms*; an atom is one pattern over facts. [`Watch`] is told every fact and every moment,
//! latches atoms and conditions at their first truth, and says which conditions have just come true. It is a fold: the exercise runs one as it
//! goes, and an assessment runs another over the finished ledger.

use std::collections::BTreeSet;

use crate::ids::{
    ActionId, AssetId, ClaimId, ConditionId, DataId, DenseId, GateId, InjectId, Key, LevelId, RoleId, RoleSet, RuleId, ServiceId, StageId,
    StatementId, VendorId,
};
use crate::scenario::written::Count;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::ledger::{Happened, Ledger};
use crate::vocabulary::{
    Fact, Observation, adversary, communication, compliance, continuity, estate, exercise, incident_command, injects, investigation, team,
};

/// One pattern over facts.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Atom {
    Happened(StageId),
    /// A role was told that a claim is so. Who denied it, or said that it is not known, has not told it.
    Told {
        claim: ClaimId,
        role: Option<RoleId>,
    },
    Ordered {
        action: ActionId,
        target: Option<Key>,
    },
    CarriedOut {
        action: ActionId,
        target: Option<Key>,
    },
    Decided {
        gate: GateId,
        choice: Option<u8>,
        not: Option<u8>,
    },
    Said {
        claim: ClaimId,
        stance: Stance,
    },
    Published(StatementId),
    Fired(InjectId),
    Declared {
        at_least: LevelId,
    },
    Arrived(VendorId),
    Notified(RuleId),
    Down {
        service: ServiceId,
        below_percent: u8,
    },
    Evicted,
    Secured(DataId),
    AtLeast {
        count: Count,
        n: u32,
    },
}

/// A term of a condition.
#[derive(Clone, PartialEq, Debug)]
pub enum Term {
    /// An atom, by its place in the table.
    Atom(u16),
    /// A moment has come.
    After(ExerciseTime),
    /// Any of these.
    Any(Vec<Term>),
    /// The term is not true by then.
    NotBy(Box<Term>, ExerciseTime),
    /// The first term is not true so long after the second came true.
    NotWithin(Box<Term>, Span, Box<Term>),
}

/// A list of terms: all of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Condition {
    /// The terms; an empty list is true at once.
    pub all: Vec<Term>,
    /// Whose ears it uses: what was told to others does not count. Empty: everybody's, and ground truth as well.
    pub scope: RoleSet,
}

/// The compiled conditions of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// Patterns, without doubles, each with the ears it uses.
    pub atoms: Vec<(Atom, RoleSet)>,
    /// Conditions.
    pub list: Vec<Condition>,
    /// Which conditions an atom occurs in.
    pub uses: Vec<Vec<ConditionId>>,
    /// Which atoms a kind of fact can make true, by tag, sorted.
    pub by_tag: Vec<(u16, Vec<u16>)>,
}

impl Conditions {
    /// The place of an atom, entered if it is new.
    pub fn atom(&mut self, atom: Atom, scope: RoleSet) -> u16 {
        if let Some(place) = self.atoms.iter().position(|known| *known == (atom, scope)) {
            return place as u16;
        }
        self.atoms.push((atom, scope));
        (self.atoms.len() - 1) as u16
    }

    /// Enters a condition.
    pub fn add(&mut self, condition: Condition) -> ConditionId {
        self.list.push(condition);
        ConditionId::at(self.list.len() - 1)
    }

    /// The patterns that a condition rests on.
    pub fn atoms_of(&self, condition: ConditionId) -> Vec<Atom> {
        let mut places = Vec::new();
        if let Some(condition) = self.list.get(condition.index()) {
            condition.all.iter().for_each(|term| term.atoms(&mut places));
        }
        places.into_iter().filter_map(|place| self.atoms.get(usize::from(place))).map(|(atom, _)| *atom).collect()
    }

    /// Builds the watch lists. To be called once, when all conditions are in.
    pub fn index(&mut self) {
        self.uses = vec![Vec::new(); self.atoms.len()];
        for (place, condition) in self.list.iter().enumerate() {
            let mut atoms = Vec::new();
            condition.all.iter().for_each(|term| term.atoms(&mut atoms));
            atoms.sort_unstable();
            atoms.dedup();
            for atom in atoms {
                self.uses[usize::from(atom)].push(ConditionId::at(place));
            }
        }
        self.by_tag.clear();
        for (place, (atom, _)) in self.atoms.iter().enumerate() {
            for tag in atom.tags() {
                match self.by_tag.binary_search_by_key(tag, |(known, _)| *known) {
                    Ok(found) => self.by_tag[found].1.push(place as u16),
                    Err(gap) => self.by_tag.insert(gap, (*tag, vec![place as u16])),
                }
            }
        }
    }
}

impl Term {
    fn atoms(&self, into: &mut Vec<u16>) {
        match self {
            Term::Atom(atom) => into.push(*atom),
            Term::After(_) => {}
            Term::Any(terms) => terms.iter().for_each(|term| term.atoms(into)),
            Term::NotBy(what, _) => what.atoms(into),
            Term::NotWithin(what, _, of) => {
                what.atoms(into);
                of.atoms(into);
            }
        }
    }
}

impl Atom {
    /// The kinds of fact that can make it true. The numbers are those of the vocabulary; a test holds them equal.
    fn tags(&self) -> &'static [u16] {
        match self {
            Atom::Happened(_) => &[0x0202],
            Atom::Told { .. } => &[0x0881],
            Atom::Ordered { .. } => &[0x0003],
            Atom::CarriedOut { .. } => &[0x0005],
            Atom::Decided { .. } => &[0x0704, 0x0705],
            Atom::Said { .. } => &[0x0803],
            Atom::Published(_) => &[0x0802],
            Atom::Fired(_) => &[0x0c01],
            Atom::Declared { .. } => &[0x0701],
            Atom::Arrived(_) => &[0x0608],
            Atom::Notified(_) => &[0x0903],
            Atom::Down { .. } => &[0x0a01],
            Atom::Evicted => &[0x020c],
            Atom::Secured(_) => &[0x0112],
            Atom::AtLeast { count, .. } => match count {
                Count::Compromised => &[0x0204],
                Count::Encrypted => &[0x0105],
                Count::FoundCompromised => &[0x0401],
                Count::Alerts => &[0x0302],
                Count::Isolated => &[0x0101, 0x0103],
            },
        }
    }

    /// Whether a fact makes it true; for counts, whether it is one more.
    fn met_by(&self, fact: &Fact) -> bool {
        match (*self, *fact) {
            (Atom::Happened(stage), Fact::Adversary(adversary::Fact::StageDone { stage: done, .. })) => stage == done,
            (Atom::Told { claim, .. }, Fact::Told(Observation::Communication(communication::Observation::Claim { claim: told, stance }))) => {
                claim == told && stance == Stance::Yes
            }
            (Atom::Ordered { action, target }, Fact::Exercise(exercise::Fact::Ordered { action: ordered, target: on, .. }))
            | (Atom::CarriedOut { action, target }, Fact::Exercise(exercise::Fact::CarriedOut { action: ordered, target: on })) => {
                action == ordered && target.is_none_or(|target| target == on)
            }
            (
                Atom::Decided { gate, choice, not },
                Fact::IncidentCommand(
                    incident_command::Fact::Decided { gate: decided, choice: for_this, .. }
                    | incident_command::Fact::TimedOut { gate: decided, choice: for_this },
                ),
            ) => gate == decided && choice.is_none_or(|choice| choice == for_this) && not.is_none_or(|not| not != for_this),
            (Atom::Said { claim, stance }, Fact::Communication(communication::Fact::Said { claim: said, stance: how, .. })) => {
                claim == said && stance == how
            }
            (Atom::Published(statement), Fact::Communication(communication::Fact::Published { statement: out, .. })) => statement == out,
            (Atom::Fired(inject), Fact::Injects(injects::Fact::Fired { inject: fired })) => inject == fired,
            (Atom::Declared { at_least }, Fact::IncidentCommand(incident_command::Fact::Declared { level, .. })) => level >= at_least,
            (Atom::Arrived(vendor), Fact::Team(team::Fact::VendorArrived { vendor: here })) => vendor == here,
            (Atom::Notified(rule), Fact::Compliance(compliance::Fact::Notified { rule: sent, .. })) => rule == sent,
            (Atom::Down { service, below_percent }, Fact::Continuity(continuity::Fact::ServiceLevel { service: changed, percent })) => {
                service == changed && percent < below_percent
            }
            (Atom::Evicted, Fact::Adversary(adversary::Fact::Evicted {})) => true,
            (Atom::Secured(data), Fact::Estate(estate::Fact::BackupSecured { data: secured })) => data == secured,
            (Atom::AtLeast { .. }, _) => true,
            _ => false,
        }
    }

    /// The machine that a counted fact is about; each counts once.
    fn counted(fact: &Fact) -> Option<AssetId> {
        match *fact {
            Fact::Adversary(adversary::Fact::Compromised { asset, .. })
            | Fact::Estate(estate::Fact::Encrypted { asset, .. } | estate::Fact::Isolated { asset } | estate::Fact::PoweredOff { asset })
            | Fact::Investigation(investigation::Fact::Found { asset, .. }) => Some(asset),
            _ => None,
        }
    }
}

/// When something first came true, and through which fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FirstTrue {
    /// When.
    pub at: ExerciseTime,
    /// Through which fact; none for the clock.
    pub fact: Option<u32>,
}

/// The state of all conditions at one moment.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    atoms: Vec<Option<FirstTrue>>,
    counted: Vec<Vec<AssetId>>,
    conditions: Vec<Option<FirstTrue>>,
    /// By condition: the moment at which it will be looked at again because of the clock.
    armed: Vec<Option<ExerciseTime>>,
}

impl Watch {
    /// Nothing has come true yet.
    pub fn new(conditions: &Conditions) -> Watch {
        Watch {
            atoms: vec![None; conditions.atoms.len()],
            counted: vec![Vec::new(); conditions.atoms.len()],
            conditions: vec![None; conditions.list.len()],
            armed: vec![None; conditions.list.len()],
        }
    }

    /// When a condition first came true.
    pub fn first_true(&self, condition: ConditionId) -> Option<FirstTrue> {
        self.conditions[condition.index()]
    }

    /// Whether a condition has come true.
    pub fn holds(&self, condition: ConditionId) -> bool {
        self.conditions[condition.index()].is_some()
    }

    /// The state at the end of a ledger, refolded from nothing: what an exercise that ran to `endex` has latched, timers included.
    ///
    /// As in play, facts of the past are observed first, and conditions are first looked at right after STARTEX. Timers due after `endex` are not
    /// looked at. Where a timer and a fact make a condition true at one instant, the instant is the same in either order; which of the two is
    /// named may differ from play.
    pub fn fold(conditions: &Conditions, ledger: &Ledger, endex: ExerciseTime) -> Watch {
        let mut watch = Watch::new(conditions);
        let (mut now_true, mut armed) = (Vec::new(), Vec::new());
        let mut due = BTreeSet::new();
        let mut now = ledger.iter().next().map_or(ExerciseTime(0), |first| first.at.min(ExerciseTime(0)));
        let is_startex = |fact: &Fact| matches!(fact, Fact::Exercise(exercise::Fact::Startex { .. }));
        if !ledger.iter().any(|happened| is_startex(&happened.fact)) {
            watch.begin(conditions, now, &mut now_true, &mut armed);
        }
        for happened in ledger.iter() {
            due.extend(armed.drain(..));
            watch.look_at_due(conditions, &mut due, &mut now, happened.at.min(endex), &mut now_true);
            now = now.max(happened.at);
            watch.observe(conditions, happened, &mut now_true, &mut armed);
            if is_startex(&happened.fact) {
                watch.begin(conditions, happened.at, &mut now_true, &mut armed);
            }
        }
        due.extend(armed);
        watch.look_at_due(conditions, &mut due, &mut now, endex, &mut now_true);
        watch
    }

    /// Looks at every condition whose timer is due by then. Moments that had passed when they were armed count as now.
    fn look_at_due(
        &mut self,
        conditions: &Conditions,
        due: &mut BTreeSet<(ExerciseTime, ConditionId)>,
        now: &mut ExerciseTime,
        until: ExerciseTime,
        now_true: &mut Vec<ConditionId>,
    ) {
        while let Some(&(at, condition)) = due.first()
            && at <= until
        {
            due.pop_first();
            *now = (*now).max(at);
            let mut armed = Vec::new();
            self.look(conditions, condition, *now, None, now_true, &mut armed);
            due.extend(armed);
        }
    }

    /// Takes a fact in. Conditions that have just come true are added to `now_true`; moments at which one must be looked at again, to `timers`.
    pub fn observe(
        &mut self,
        conditions: &Conditions,
        happened: &Happened,
        now_true: &mut Vec<ConditionId>,
        timers: &mut Vec<(ExerciseTime, ConditionId)>,
    ) {
        let Ok(found) = conditions.by_tag.binary_search_by_key(&happened.fact.tag(), |(tag, _)| *tag) else { return };
        for &place in &conditions.by_tag[found].1 {
            let place = usize::from(place);
            let (atom, scope) = &conditions.atoms[place];
            if self.atoms[place].is_some() || !atom.met_by(&happened.fact) || !heard(atom, *scope, happened.roles) {
                continue;
            }
            if let Atom::AtLeast { n, .. } = atom {
                let counted = &mut self.counted[place];
                match Atom::counted(&happened.fact) {
                    Some(asset) if counted.contains(&asset) => continue,
                    asset => counted.push(asset.unwrap_or_default()),
                }
                if counted.len() < *n as usize {
                    continue;
                }
            }
            self.atoms[place] = Some(FirstTrue { at: happened.at, fact: Some(happened.seq) });
            for &condition in &conditions.uses[place] {
                self.look(conditions, condition, happened.at, Some(happened.seq), now_true, timers);
            }
        }
    }

    /// Conditions that hold from the start, and the moments at which others must be looked at.
    pub fn begin(
        &mut self,
        conditions: &Conditions,
        now: ExerciseTime,
        now_true: &mut Vec<ConditionId>,
        timers: &mut Vec<(ExerciseTime, ConditionId)>,
    ) {
        for place in 0..conditions.list.len() {
            self.look(conditions, ConditionId::at(place), now, None, now_true, timers);
        }
    }

    /// Looks at one condition again; latches it. As long as it is not true, the next moment at which the clock alone may make one of its terms
    /// true is armed, so that nothing that hangs on time waits for a further fact.
    pub fn look(
        &mut self,
        conditions: &Conditions,
        condition: ConditionId,
        now: ExerciseTime,
        fact: Option<u32>,
        now_true: &mut Vec<ConditionId>,
        timers: &mut Vec<(ExerciseTime, ConditionId)>,
    ) {
        let place = condition.index();
        if self.conditions[place].is_some() {
            return;
        }
        let terms = &conditions.list[place].all;
        if terms.iter().all(|term| self.since(term, now).is_some()) {
            self.conditions[place] = Some(FirstTrue { at: now, fact });
            now_true.push(condition);
            return;
        }
        let next = terms.iter().filter_map(|term| self.next_look(term, now)).min();
        // What is armed for that moment already need not be armed twice.
        if let Some(at) = next
            && self.armed[place] != Some(at)
        {
            self.armed[place] = Some(at);
            timers.push((at, condition));
        }
    }

    /// The next moment at which the clock alone may make a term true, or start what it counts from. None if only a fact can.
    fn next_look(&self, term: &Term, now: ExerciseTime) -> Option<ExerciseTime> {
        if self.since(term, now).is_some() {
            return None;
        }
        match term {
            Term::Atom(_) => None,
            Term::After(at) => Some(*at),
            Term::Any(terms) => terms.iter().filter_map(|term| self.next_look(term, now)).min(),
            Term::NotBy(_, by) => (now <= *by).then_some(*by + Span(1)),
            Term::NotWithin(_, span, of) => match self.since(of, now) {
                Some(since) => (now <= since + *span).then_some(since + *span + Span(1)),
                None => self.next_look(of, now),
            },
        }
    }

    /// Since when a term is true, if it is.
    fn since(&self, term: &Term, now: ExerciseTime) -> Option<ExerciseTime> {
        match term {
            Term::Atom(atom) => self.atoms[usize::from(*atom)].map(|first| first.at),
            Term::After(at) => (now >= *at).then_some(*at),
            Term::Any(terms) => terms.iter().filter_map(|term| self.since(term, now)).min(),
            Term::NotBy(what, by) => (now > *by && self.since(what, now).is_none_or(|at| at > *by)).then_some(*by + Span(1)),
            Term::NotWithin(what, span, of) => {
                let by = self.since(of, now)? + *span;
                (now > by && self.since(what, now).is_none_or(|at| at > by)).then_some(by + Span(1))
            }
        }
    }
}

/// Whether the ears a condition uses heard of a fact. Ground truth is heard only by conditions without a scope.
fn heard(atom: &Atom, scope: RoleSet, roles: RoleSet) -> bool {
    match atom {
        Atom::Told { role: Some(role), .. } => roles.has(*role),
        Atom::Told { .. } => scope.is_empty() || roles.0 & scope.0 != 0,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ledger::Cause;

    fn ledger(facts: &[(i64, Fact)]) -> Ledger {
        let mut ledger = Ledger::default();
        for (seq, (at, fact)) in facts.iter().enumerate() {
            ledger.push(Happened { at: ExerciseTime(*at), seq: seq as u32, cause: Cause::Origin, roles: RoleSet::NONE, fact: *fact });
        }
        ledger
    }

    fn one(term: impl FnOnce(&mut Conditions) -> Term) -> Conditions {
        let mut conditions = Conditions::default();
        let term = term(&mut conditions);
        conditions.add(Condition { all: vec![term], scope: RoleSet::NONE });
        conditions.index();
        conditions
    }

    const EVICTED: Fact = Fact::Adversary(adversary::Fact::Evicted {});
    const HERE: Fact = Fact::Team(team::Fact::VendorArrived { vendor: VendorId(0) });

    fn first(conditions: &Conditions, facts: &[(i64, Fact)], endex: i64) -> Option<(i64, Option<u32>)> {
        Watch::fold(conditions, &ledger(facts), ExerciseTime(endex)).first_true(ConditionId(0)).map(|first| (first.at.0, first.fact))
    }

    #[test]
    fn a_fold_latches_facts_at_their_first_time() {
        let conditions = one(|c| Term::Atom(c.atom(Atom::Evicted, RoleSet::NONE)));
        assert_eq!(first(&conditions, &[(-5, HERE), (10, EVICTED), (20, EVICTED)], 100), Some((10, Some(1))));
        assert_eq!(first(&conditions, &[(-5, HERE)], 100), None);
    }

    #[test]
    fn a_fold_comes_to_moments_that_no_fact_marks() {
        let conditions = one(|_| Term::After(ExerciseTime(50)));
        assert_eq!(first(&conditions, &[(0, HERE)], 100), Some((50, None)));
        assert_eq!(first(&conditions, &[(0, HERE)], 49), None);
    }

    #[test]
    fn the_past_is_over_when_conditions_are_first_looked_at() {
        let startex = Fact::Exercise(exercise::Fact::Startex { scenario: Key(1) });
        let clock = one(|_| Term::After(ExerciseTime(-50)));
        assert_eq!(first(&clock, &[(-90, HERE), (0, startex)], 100), Some((0, None)));
        let atom = one(|c| Term::Atom(c.atom(Atom::Evicted, RoleSet::NONE)));
        assert_eq!(first(&atom, &[(-90, EVICTED), (0, startex)], 100), Some((-90, Some(0))));
    }

    #[test]
    fn a_deadline_holds_its_last_second_and_is_over_the_second_after() {
        let conditions = one(|c| Term::NotBy(Box::new(Term::Atom(c.atom(Atom::Evicted, RoleSet::NONE))), ExerciseTime(60)));
        assert_eq!(first(&conditions, &[(60, EVICTED)], 100), None);
        assert_eq!(first(&conditions, &[(61, EVICTED)], 100), Some((61, None)));
        assert_eq!(first(&conditions, &[], 60), None);
    }

    #[test]
    fn a_span_counts_from_what_it_is_counted_from() {
        let conditions = one(|c| {
            let (what, of) = (c.atom(Atom::Evicted, RoleSet::NONE), c.atom(Atom::Arrived(VendorId(0)), RoleSet::NONE));
            Term::NotWithin(Box::new(Term::Atom(what)), Span(30), Box::new(Term::Atom(of)))
        });
        assert_eq!(first(&conditions, &[(10, HERE)], 100), Some((41, None)));
        assert_eq!(first(&conditions, &[(10, HERE), (40, EVICTED)], 100), None);
        assert_eq!(first(&conditions, &[(0, EVICTED)], 100), None);
    }

    #[test]
    fn a_span_that_counts_from_the_clock_is_over_without_a_further_fact() {
        let not_within = |of: fn(&mut Conditions) -> Term| {
            one(|c| {
                let what = c.atom(Atom::Evicted, RoleSet::NONE);
                let of = of(c);
                Term::NotWithin(Box::new(Term::Atom(what)), Span(30), Box::new(of))
            })
        };
        let here = |c: &mut Conditions| Box::new(Term::Atom(c.atom(Atom::Arrived(VendorId(0)), RoleSet::NONE)));
        let after = not_within(|_| Term::After(ExerciseTime(20)));
        assert_eq!(first(&after, &[], 100), Some((51, None)));
        assert_eq!(first(&after, &[(50, EVICTED)], 100), None);
        let not_by = not_within(|c| Term::NotBy(Box::new(Term::Atom(c.atom(Atom::Arrived(VendorId(0)), RoleSet::NONE))), ExerciseTime(9)));
        assert_eq!(first(&not_by, &[], 100), Some((41, None)));
        // The vendor does not come within 5 of the eviction at 20, and nothing else within 30 of that.
        let chained = one(|c| {
            let evicted = c.atom(Atom::Evicted, RoleSet::NONE);
            let of = Term::NotWithin(here(c), Span(5), Box::new(Term::Atom(evicted)));
            Term::NotWithin(here(c), Span(30), Box::new(of))
        });
        assert_eq!(first(&chained, &[(20, EVICTED)], 100), Some((57, None)));
        let any = one(|c| {
            let (here, later) = (here(c), Term::After(ExerciseTime(70)));
            Term::Any(vec![Term::NotWithin(here, Span(10), Box::new(Term::After(ExerciseTime(80)))), later])
        });
        assert_eq!(first(&any, &[], 100), Some((70, None)));
    }

    #[test]
    fn one_timer_is_armed_for_one_moment() {
        let mut conditions = Conditions::default();
        let atom = Term::Atom(conditions.atom(Atom::Evicted, RoleSet::NONE));
        conditions.add(Condition { all: vec![atom, Term::After(ExerciseTime(50)), Term::After(ExerciseTime(60))], scope: RoleSet::NONE });
        conditions.index();
        let mut watch = Watch::new(&conditions);
        let (mut now_true, mut timers) = (Vec::new(), Vec::new());
        watch.begin(&conditions, ExerciseTime(0), &mut now_true, &mut timers);
        watch.look(&conditions, ConditionId(0), ExerciseTime(1), None, &mut now_true, &mut timers);
        assert_eq!(timers, [(ExerciseTime(50), ConditionId(0))]);
        watch.look(&conditions, ConditionId(0), ExerciseTime(50), None, &mut now_true, &mut timers);
        assert_eq!(timers.len(), 2);
    }

    #[test]
    fn a_denial_has_told_nothing() {
        let told = |stance| Fact::Told(Observation::Communication(communication::Observation::Claim { claim: ClaimId(0), stance }));
        let conditions = one(|c| Term::Atom(c.atom(Atom::Told { claim: ClaimId(0), role: None }, RoleSet::NONE)));
        assert_eq!(first(&conditions, &[(5, told(Stance::No)), (6, told(Stance::NotYet)), (7, told(Stance::Yes))], 100), Some((7, Some(2))));
        assert_eq!(first(&conditions, &[(5, told(Stance::No)), (6, told(Stance::NotYet))], 100), None);
    }
}
