//! A directed colleague: does the routine work of its role, and what the people at the table have told it to do.
//!
//! In discussion play the clock stands while the room talks, and every role is played by one of these. Unasked it takes up alerts, finds out whether
//! they are real, tells the others what they do not know and writes down what it knows. It never passes a gate, contains, pays, discloses or notifies
//! of its own accord. An order of the room is given as soon as it would be accepted, and not before its time; a standing order is seen to whenever it
//! applies. A standing order is either one of the duties of a careful team ([`super::reference::DUTIES`]), or orders that wait for a [`Trigger`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reference::{DUTIES, Desk, Duties, Reference, Style};
use super::{Kinds, Orders, Policy, Wake};
use crate::exercise::knowledge::{Heard, View};
use crate::exercise::quote::{accepts, quote};
use crate::ids::{ClaimId, DenseId, SegmentId, ServiceId};
use crate::scenario::program::Public;
use crate::scenario::written::{AssetKind, Verb};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, incident_command};

/// What a role does without being told to.
pub const ROUTINE: [Verb; 4] = [Verb::Acknowledge, Verb::Triage, Verb::Brief, Verb::Log];

/// Between one order of the room and the next: a telephone call.
const PACE: Span = Span::minutes(1);

/// What a standing order waits for, as far as the role that carries it out knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trigger {
    /// It was told that a claim is true.
    Told(ClaimId),
    /// A service that it knows is below half of its level.
    Down(ServiceId),
    /// So many machines look encrypted to it.
    Encrypted(u16),
    /// It has seen signs of the adversary, or encrypted machines, in this part of the network.
    InSegment(SegmentId),
    /// The same, in so many parts of the network.
    Segments(u16),
    /// The same, in so many of those parts where people have desks: what a room calls a site.
    Sites(u16),
    /// An incident is declared, at whatever level.
    Declared,
}

impl Trigger {
    fn holds(self, view: &View<'_>) -> bool {
        let knows = view.knowledge;
        match self {
            Trigger::Told(claim) => knows.claims[claim.index()] == Some(Stance::Yes),
            Trigger::Down(service) => knows.services[service.index()].known && knows.services[service.index()].percent < 50,
            Trigger::Encrypted(least) => knows.assets.iter().filter(|asset| asset.looks == Seen::Encrypted).count() >= usize::from(least),
            Trigger::InSegment(segment) => struck(view).any(|of| of == segment),
            Trigger::Segments(least) => struck(view).collect::<BTreeSet<_>>().len() >= usize::from(least),
            Trigger::Sites(least) => struck(view).filter(|segment| is_site(view, *segment)).collect::<BTreeSet<_>>().len() >= usize::from(least),
            Trigger::Declared => knows.declared.is_some(),
        }
    }
}

/// The parts of the network in which the role has seen something.
fn struck<'a>(view: &'a View<'_>) -> impl Iterator<Item = SegmentId> + 'a {
    let assets = view.knowledge.assets.iter().zip(&view.public.assets);
    assets.filter(|(belief, _)| belief.found || belief.looks == Seen::Encrypted).map(|(_, asset)| asset.segment)
}

fn is_site(view: &View<'_>, segment: SegmentId) -> bool {
    view.public.assets.iter().any(|asset| asset.segment == segment && asset.kind == AssetKind::Workstation)
}

/// Whether nobody needs an order any more.
fn moot(view: &View<'_>, order: &Order) -> bool {
    let decided = match order.command {
        Command::IncidentCommand(incident_command::Command::Decide { gate, .. }) => view.knowledge.gates[gate.index()].decided.is_some(),
        _ => false,
    };
    decided || matches!(quote(view, order), Err(Refusal::AlreadySo | Refusal::NothingLeft))
}

/// What the room tells a colleague.
#[derive(Clone, PartialEq, Debug)]
pub enum Instruction {
    /// Give this order, not before its time.
    Do(Waiting),
    /// See to a duty from now on; its place among [`DUTIES`].
    SeeTo(usize),
    /// Give these orders once something is so.
    Once(Trigger, Vec<Waiting>),
    /// Leave this order after all, if it has not been given yet.
    Leave(Order),
}

/// An order that is to be given.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Waiting {
    /// What.
    pub order: Order,
    /// Not before.
    pub from: ExerciseTime,
}

/// A directed colleague.
#[derive(Clone, Debug)]
pub struct Colleague {
    habits: Reference,
    waiting: Vec<Waiting>,
    standing: Vec<(Trigger, Vec<Waiting>)>,
}

impl Colleague {
    /// One who does the routine work of a role.
    pub(super) fn new(public: &Public, desk: Arc<Desk>) -> Colleague {
        let mut habits = Reference::new(Style::ContainFirst, public, desk);
        habits.see_to(Duties::of(&ROUTINE));
        Colleague { habits, waiting: Vec::new(), standing: Vec::new() }
    }

    /// What it looks things up in.
    pub(super) fn desk(&self) -> &Arc<Desk> {
        self.habits.desk()
    }

    /// Is told what to do.
    pub fn instruct(&mut self, instruction: Instruction) {
        match instruction {
            Instruction::Do(order) => self.waiting.push(order),
            Instruction::SeeTo(duty) if duty < DUTIES.len() => self.habits.see_to(self.habits.duties().with(duty)),
            Instruction::SeeTo(_) => {}
            Instruction::Once(trigger, orders) => self.standing.push((trigger, orders)),
            Instruction::Leave(order) => self.waiting.retain(|waiting| waiting.order != order),
        }
    }

    /// What it was told to do and has not done yet.
    pub fn waiting(&self) -> &[Waiting] {
        &self.waiting
    }

    /// What it was told to do once something is so, and waits for.
    pub fn standing(&self) -> &[(Trigger, Vec<Waiting>)] {
        &self.standing
    }
}

impl Policy for Colleague {
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake {
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.standing).into_iter().partition(|(trigger, _)| trigger.holds(view));
        self.standing = later;
        self.waiting.extend(due.into_iter().flat_map(|(_, orders)| orders));
        // What is so already, or was decided by somebody else, need not be done any more.
        self.waiting.retain(|waiting| !moot(view, &waiting.order));
        let ready = self.waiting.iter().position(|waiting| waiting.from <= view.now && accepts(view, &waiting.order));
        if let Some(place) = ready {
            self.habits.hear(view, news);
            let order = self.waiting.remove(place).order;
            self.habits.remember(view, &order);
            orders.give(order);
            return Wake::on(Kinds::ALL, PACE).or_at(view.now + PACE);
        }
        let wake = self.habits.wake(view, news, orders);
        let next = self.waiting.iter().map(|waiting| waiting.from).filter(|from| *from > view.now).min();
        let wake = next.map_or(wake, |at| wake.or_at(at));
        // Whoever waits for a decision to open, or for a signature, hears of it as news.
        if self.waiting.is_empty() && self.standing.is_empty() { wake } else { Wake { on: Kinds::ALL, after: wake.after.min(PACE), ..wake } }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::hospital;
    use super::*;
    use crate::ids::RoleId;
    use crate::policy::{Driver, Kind};
    use crate::vocabulary::{Fact, exercise, response};

    fn ordered(driver: &Driver) -> Vec<(ExerciseTime, Order)> {
        driver.issued().iter().map(|issued| (issued.at, issued.order)).collect()
    }

    #[test]
    fn unasked_it_only_does_routine_work() {
        let program = hospital();
        for seed in 0..10 {
            let mut driver = Driver::new(program.clone(), seed, Kind::Directed);
            driver.run_to_end().expect("no circle");
            for (_, order) in ordered(&driver) {
                assert!(ROUTINE.contains(&program.public.actions[order.action.index()].verb), "{order:?}");
            }
        }
    }

    #[test]
    fn an_order_of_the_room_is_given_at_its_time_and_by_nobody_else() {
        let program = hospital();
        let mut driver = Driver::new(program.clone(), 1, Kind::Directed);
        let offers: Vec<(RoleId, Order)> = (0..program.public.roles.len())
            .map(RoleId::at)
            .flat_map(|role| {
                let view = driver.exercise().view(role);
                crate::exercise::quote::offers(&view).map(move |order| (role, order)).collect::<Vec<_>>()
            })
            .filter(|(_, order)| matches!(order.command, Command::Response(response::Command::CutSegment { .. } | response::Command::Isolate { .. })))
            .collect();
        let (role, order) = *offers.first().expect("somebody can contain something");
        let from = ExerciseTime(3600);
        assert!(driver.instruct(role, Instruction::Do(Waiting { order, from })));
        assert_eq!(driver.waiting(role).len(), 1);
        driver.run_to_end().expect("no circle");
        assert!(driver.waiting(role).is_empty());
        let given: Vec<_> = ordered(&driver).into_iter().filter(|(_, given)| *given == order).collect();
        assert_eq!(given.len(), 1, "once, and once only");
        assert!(given[0].0 >= from && given[0].0 <= from + Span::minutes(5), "{given:?}");
        assert!(
            driver
                .exercise()
                .ledger()
                .iter()
                .any(|happened| matches!(happened.fact, Fact::Exercise(exercise::Fact::Ordered { role: by, .. }) if by == role))
        );
    }

    #[test]
    fn a_second_site_is_not_the_data_centre_of_the_first() {
        let program = hospital();
        let driver = Driver::new(program.clone(), 1, Kind::Directed);
        let view = driver.exercise().view(RoleId::at(0));
        let first_of =
            |segment: usize| program.public.assets.iter().position(|asset| asset.segment == SegmentId::at(segment)).expect("it has machines");
        let (sites, others): (Vec<usize>, Vec<usize>) = (0..program.public.segments.len()).partition(|place| is_site(&view, SegmentId::at(*place)));
        let holds = |trigger: Trigger, found: &[usize]| {
            let mut knowledge = view.knowledge.clone();
            found.iter().for_each(|segment| knowledge.assets[first_of(*segment)].found = true);
            trigger.holds(&view.knowing(&knowledge))
        };
        assert!(holds(Trigger::Segments(2), &[sites[0], others[0]]) && !holds(Trigger::Sites(2), &[sites[0], others[0]]));
        assert!(holds(Trigger::Sites(2), &[sites[0], sites[1]]) && !holds(Trigger::Sites(2), &[sites[0]]));
    }

    #[test]
    fn a_role_that_no_colleague_plays_takes_no_instructions() {
        let mut driver = Driver::new(hospital(), 1, Kind::Idle);
        assert!(!driver.instruct(RoleId::at(0), Instruction::SeeTo(0)));
    }
}
