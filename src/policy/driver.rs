//! An exercise and the policies that play it.

use std::sync::Arc;

use super::colleague::{Instruction, Trigger, Waiting};
use super::reference::Desk;
use super::{Kind, Kinds, Orders, Player, Policy};
use crate::exercise::knowledge::Heard;
use crate::exercise::{Exercise, Fault, Receipt, Snapshot as ExerciseSnapshot};
use crate::ids::{DenseId, RoleId, RoleSet};
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;
use crate::vocabulary::exercise::Direction;
use crate::vocabulary::ledger::Shared;

/// Who an order comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// Somebody at the table.
    Person,
    /// A policy.
    Policy,
}

/// An order that was given, and what came of it. Refused ones as well.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Issued {
    /// When.
    pub at: ExerciseTime,
    /// In whose name.
    pub role: RoleId,
    /// What.
    pub order: Order,
    /// By whom.
    pub origin: Origin,
    /// What came of it.
    pub receipt: Receipt,
}

/// A role's player, and when it is to be called.
#[derive(Clone, Debug)]
struct Seat {
    player: Player,
    /// When it is due.
    due: Option<ExerciseTime>,
    /// On which news, and how long after.
    on: Kinds,
    after: Span,
    /// How much of its news has been handed to it, and how much has been looked through.
    read: usize,
    heard: usize,
}

impl Seat {
    /// How long after news it is called: at least a second.
    fn pause(&self) -> Span {
        self.after.max(Span(1))
    }
}

/// Owns an exercise and the policies in its roles.
pub struct Driver {
    exercise: Exercise,
    /// By role.
    seats: Vec<Seat>,
    issued: Shared<Issued>,
    news: Vec<Heard>,
}

/// A driver at one moment: everything that can go on from there.
#[derive(Clone)]
pub struct Snapshot {
    exercise: ExerciseSnapshot,
    seats: Vec<Seat>,
    issued: Shared<Issued>,
}

impl Driver {
    /// The same policy in all roles, from STARTEX.
    pub fn new(program: Arc<Program>, seed: u64, kind: Kind) -> Driver {
        let kinds = vec![kind; program.public.roles.len()];
        Driver::with_seats(program, seed, &kinds)
    }

    /// A policy for each role, from STARTEX. Roles without one stay idle.
    pub fn with_seats(program: Arc<Program>, seed: u64, kinds: &[Kind]) -> Driver {
        let seats = seats(&program, seed, kinds, None);
        Driver { exercise: Exercise::new(program, seed), seats, issued: Shared::default(), news: Vec::new() }
    }

    /// An exercise that has been prepared, such as one whose chance is recorded. Policies hear all that was told so far.
    pub fn of(exercise: Exercise, kinds: &[Kind]) -> Driver {
        let seats = seats(&exercise.program().clone(), exercise.chance().seed(), kinds, None);
        Driver { exercise, seats, issued: Shared::default(), news: Vec::new() }
    }

    /// Starts over in the same world.
    pub fn restart(&mut self, program: Arc<Program>, seed: u64, kinds: &[Kind]) {
        // What was looked up in the very same tables need not be looked up again.
        let same = Arc::ptr_eq(&program, self.exercise.program());
        let desk = self.seats.iter().find_map(|seat| seat.player.desk()).filter(|_| same).cloned();
        self.seats = seats(&program, seed, kinds, desk);
        self.issued = Shared::default();
        self.exercise.restart(program, seed);
    }

    /// The exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.exercise
    }

    /// The exercise alone, without its policies.
    pub fn into_exercise(self) -> Exercise {
        self.exercise
    }

    /// All orders so far.
    pub fn issued(&self) -> &Shared<Issued> {
        &self.issued
    }

    /// Puts another policy into a role. It is called a second later and hears all that the role was ever told.
    pub fn seat(&mut self, role: RoleId, player: Player) {
        let due = Some(self.exercise.now() + Span(1));
        if let Some(seat) = self.seats.get_mut(role.index()) {
            *seat = Seat { player, due, on: Kinds::NONE, after: Span(1), read: 0, heard: 0 };
        }
    }

    /// Has a role played by another kind of policy from now on; see [`Driver::seat`].
    pub fn occupy(&mut self, role: RoleId, kind: Kind) {
        let program = self.exercise.program().clone();
        let mut desk = self.seats.iter().find_map(|seat| seat.player.desk()).cloned();
        let player = kind.player(&program.public, &program.names, role, self.exercise.chance().seed(), &mut desk);
        self.seat(role, player);
    }

    /// Gives a colleague something to do, or to see to from now on. False if the role is not played by one.
    pub fn instruct(&mut self, role: RoleId, instruction: Instruction) -> bool {
        let soon = self.exercise.now() + Span(1);
        match self.seats.get_mut(role.index()) {
            Some(Seat { player: Player::Directed(colleague), due, .. }) => {
                colleague.instruct(instruction);
                *due = Some(due.map_or(soon, |at| at.min(soon)));
                true
            }
            _ => false,
        }
    }

    /// What a colleague was told to do and has not done yet; nothing if the role is not played by one.
    pub fn waiting(&self, role: RoleId) -> &[Waiting] {
        match self.seats.get(role.index()) {
            Some(Seat { player: Player::Directed(colleague), .. }) => colleague.waiting(),
            _ => &[],
        }
    }

    /// What a colleague was told to do once something is so, and has not become due yet.
    pub fn standing(&self, role: RoleId) -> &[(Trigger, Vec<Waiting>)] {
        match self.seats.get(role.index()) {
            Some(Seat { player: Player::Directed(colleague), .. }) => colleague.standing(),
            _ => &[],
        }
    }

    /// Lets time pass up to and including `until`; policies act on the way, those that are due at one instant in the order of their roles, each
    /// after what the one before ordered has settled.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn advance(&mut self, until: ExerciseTime) -> Result<(), Fault> {
        loop {
            self.listen();
            // At ENDEX there is nobody left to order anything.
            if self.exercise.is_over() {
                return self.exercise.advance(until);
            }
            let now = self.exercise.now();
            let next = self.seats.iter().filter_map(|seat| seat.due).min();
            match next {
                Some(due) if due <= now => self.call(now)?,
                _ if now >= until => return Ok(()),
                _ => {
                    // News that cannot bring a seat's turn forward need not stop the clock: it is handed over at that turn.
                    let listens = |seat: &&Seat| seat.on != Kinds::NONE && seat.due.is_none_or(|due| due > now + seat.pause());
                    let listening = || (0..).map(RoleId::at).zip(&self.seats).filter(|(_, seat)| listens(seat));
                    let roles: RoleSet = listening().map(|(role, _)| role).collect();
                    let soonest = listening().map(|(_, seat)| seat.pause()).min().unwrap_or_default();
                    self.exercise.advance_past_news(next.map_or(until, |due| due.min(until)), roles, soonest)?;
                }
            }
        }
    }

    /// Lets time pass to ENDEX.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn run_to_end(&mut self) -> Result<(), Fault> {
        self.advance(self.exercise.program().public.endex)
    }

    /// Lets time pass up to `at`, then gives an order that does not come from a policy.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn order(&mut self, at: ExerciseTime, role: RoleId, order: Order, origin: Origin) -> Result<Receipt, Fault> {
        self.advance(at)?;
        self.issue(role, order, origin)
    }

    /// Lets time pass up to `at`, then lets the facilitator change the course of play.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn direct(&mut self, at: ExerciseTime, direction: Direction) -> Result<(), Fault> {
        self.advance(at)?;
        self.exercise.direct(at, direction)
    }

    /// Plays on with what a facilitator has laid over the program; see [`Exercise::lay_over`].
    pub fn lay_over(&mut self, program: Arc<Program>) {
        self.exercise.lay_over(program);
    }

    fn issue(&mut self, role: RoleId, order: Order, origin: Origin) -> Result<Receipt, Fault> {
        let at = self.exercise.now();
        let receipt = self.exercise.issue(at, role, order)?;
        self.issued.push(Issued { at, role, order, origin, receipt });
        Ok(receipt)
    }

    /// What a test makes of a player.
    #[cfg(test)]
    pub(super) fn played_by<T>(&self, role: RoleId, see: impl Fn(&Player) -> T) -> T {
        see(&self.seats[role.index()].player)
    }

    /// Looks through what was told since the last time: who waited for it?
    fn listen(&mut self) {
        let knowledge = self.exercise.knowledge();
        for (place, seat) in self.seats.iter_mut().enumerate() {
            let news = &knowledge.of(RoleId::at(place)).news;
            if seat.heard == news.len() {
                continue;
            }
            if seat.on != Kinds::NONE
                && let Some(first) = news.since(seat.heard).find(|heard| seat.on.has(&heard.observation))
            {
                let due = first.at + seat.pause();
                seat.due = Some(seat.due.map_or(due, |sooner| sooner.min(due)));
            }
            seat.heard = news.len();
        }
    }

    /// Calls those who are due, in the order of their roles.
    fn call(&mut self, now: ExerciseTime) -> Result<(), Fault> {
        for place in 0..self.seats.len() {
            let role = RoleId::at(place);
            if self.seats[place].due.is_none_or(|due| due > now) {
                continue;
            }
            let seat = &mut self.seats[place];
            let view = self.exercise.view(role);
            self.news.clear();
            self.news.extend(view.knowledge.news.since(seat.read).copied());
            seat.read = view.knowledge.news.len();
            seat.heard = seat.read;
            let mut orders = Orders::default();
            let wake = seat.player.wake(&view, &self.news, &mut orders);
            seat.due = wake.at.map(|at| at.max(now + Span(1)));
            (seat.on, seat.after) = (wake.on, wake.after);
            if let Some(order) = orders.take() {
                self.issue(role, order, Origin::Policy)?;
            }
        }
        Ok(())
    }

    /// A copy of everything, to go on from.
    pub fn snapshot(&mut self) -> Snapshot {
        self.issued.freeze();
        Snapshot { exercise: self.exercise.snapshot(), seats: self.seats.clone(), issued: self.issued.clone() }
    }

    /// Goes back, or over, to a snapshot.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.exercise.restore(&snapshot.exercise);
        self.seats.clone_from(&snapshot.seats);
        self.issued = snapshot.issued.clone();
    }
}

fn seats(program: &Program, seed: u64, kinds: &[Kind], mut desk: Option<Arc<Desk>>) -> Vec<Seat> {
    (0..program.public.roles.len())
        .map(|place| {
            let kind = kinds.get(place).copied().unwrap_or(Kind::Idle);
            let player = kind.player(&program.public, &program.names, RoleId::at(place), seed, &mut desk);
            Seat { player, due: Some(ExerciseTime(1)), on: Kinds::NONE, after: Span(1), read: 0, heard: 0 }
        })
        .collect()
}
