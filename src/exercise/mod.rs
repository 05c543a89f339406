//! The simulation: commands in, facts out, knowledge per role.
//!
//! An [`Exercise`] owns one bevy `World` with one resource per domain and one `Schedule` with one system, [`hall::advance`], which drains the agenda:
//! it splits the resources once into plain references and dispatches by `match` on what is due. A handler takes `&mut` its own domain, `&` of
//! others, and an [`outbox::Outbox`]; the compiler holds "a domain writes only its own state". There are no entities, observers, messages or
//! change detection here, because what-if lives on forks and a `World` cannot be cloned: a [`Snapshot`] is a clone of the resources.
//!
//! Absent by design: files, the wall clock, threads, screens; any order in which plugins are registered.

pub mod ablation;
pub mod adversary;
pub mod agenda;
pub mod communication;
pub mod compliance;
pub mod continuity;
pub mod detection;
pub mod direction;
pub mod documentation;
pub mod estate;
mod hall;
pub mod hours;
pub mod incident_command;
pub mod injects;
pub mod invariants;
pub mod investigation;
pub mod knowledge;
pub mod outbox;
pub mod quote;
pub mod response;
mod snapshot;
pub mod team;

use std::sync::Arc;

use bevy::ecs::prelude::*;
use bevy::ecs::schedule::{ScheduleLabel, SingleThreadedExecutor};

use crate::chance::Chance;
use crate::ids::*;
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;
use crate::vocabulary::condition::Watch;
use crate::vocabulary::exercise::{Direction, Refusal};
use crate::vocabulary::ledger::{Cause, Ledger};

use ablation::Domain;
use adversary::Adversary;
use agenda::{Agenda, Due, Lane};
use communication::Communication;
use compliance::Compliance;
use continuity::Continuity;
use detection::Detection;
use documentation::Documentation;
use estate::Estate;
use hall::{NO_STOP, Play, Task};
use incident_command::IncidentCommand;
use injects::Injects;
use investigation::Investigation;
use knowledge::{Knowledge, View};
use outbox::{Book, Common, Luck, Watching};
use response::Response;
pub use snapshot::Snapshot;
use team::Team;

/// The version of the rules: rises whenever a golden hash changes. Only it decides whether a replay may claim the same hash.
pub const RULES: u32 = 2;

/// What came of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Receipt {
    /// It is accepted; the task, if it needs work.
    Accepted(Option<Key>),
    /// It is refused.
    Refused(Refusal),
}

/// The exercise cannot go on: the scenario goes in a circle.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("more than {most} things are due at {at}: the scenario goes in a circle through {through}")]
pub struct Fault {
    /// How many dues one second may have.
    pub most: u32,
    /// When.
    pub at: ExerciseTime,
    /// The last few dues, by name.
    pub through: String,
}

/// The label of the one schedule.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Drain;

/// An exercise being played.
pub struct Exercise {
    world: World,
    schedule: Schedule,
}

impl Exercise {
    /// An exercise at STARTEX: the past is laid down, nothing else has happened.
    pub fn new(program: Arc<Program>, seed: u64) -> Exercise {
        Exercise::with_chance(program, Chance::new(seed))
    }

    /// The same with a prepared source of chance, such as one that records.
    pub fn with_chance(program: Arc<Program>, chance: Chance) -> Exercise {
        Exercise::with_setup(program, chance, RoleSet::NONE)
    }

    /// The same with roles that nobody occupies: they are away from STARTEX on, and their deputies act in their place.
    pub fn with_setup(program: Arc<Program>, chance: Chance, vacant: RoleSet) -> Exercise {
        let mut exercise = Exercise::empty();
        exercise.lay_out(program, chance, vacant, None);
        exercise
    }

    /// An exercise in which one domain does nothing, from before STARTEX on.
    pub fn without(program: Arc<Program>, seed: u64, domain: Domain) -> Exercise {
        let mut exercise = Exercise::empty();
        exercise.lay_out(program, Chance::new(seed), RoleSet::NONE, Some(domain));
        exercise
    }

    fn empty() -> Exercise {
        let mut schedule = Schedule::new(Drain);
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems(hall::advance);
        Exercise { world: World::new(), schedule }
    }

    /// Starts over, in the same world, with another program or seed.
    pub fn restart(&mut self, program: Arc<Program>, seed: u64) {
        self.lay_out(program, Chance::new(seed), RoleSet::NONE, None);
    }

    /// STARTEX, in one fixed list.
    fn lay_out(&mut self, program: Arc<Program>, mut chance: Chance, vacant: RoleSet, left_out: Option<Domain>) {
        let earliest = program.secret.past.iter().map(|past| past.at).min().unwrap_or_default().min(ExerciseTime(0));
        let mut agenda = Agenda::default();
        let mut ledger = Ledger::default();
        let mut knowledge = Knowledge::at_startex(&program);
        let mut watch = Watch::new(&program.conditions);
        let estate = Estate::at_startex(&program);
        let mut adversary = Adversary::before(&program);
        let detection = Detection::at_startex(&program);
        let team = Team::at_startex(&program);
        let incident_command = IncidentCommand::at_startex(&program);
        let injects = Injects::at_startex(&program);
        {
            let mut common = Common { chance: &mut chance, ledger: &mut ledger, knowledge: &mut knowledge, agenda: &mut agenda, watch: &mut watch };
            let mut out = common.outbox(&program, earliest, Cause::Origin);
            adversary.enter_past(&mut out);
            out.agenda.enter(ExerciseTime(0), Lane::First, Cause::Origin, Due::Startex);
        }
        let play = Play {
            now: earliest,
            until: ExerciseTime(0),
            stop_on_news: NO_STOP,
            task: Task::Advance,
            entries: 0,
            finished: false,
            fault: None,
            ordered: Vec::new(),
            vacant,
            left_out,
            program: program.clone(),
        };
        let world = &mut self.world;
        world.insert_resource(play);
        world.insert_resource(agenda);
        world.insert_resource(Book(ledger));
        world.insert_resource(Luck(chance));
        world.insert_resource(Watching(watch));
        world.insert_resource(knowledge);
        world.insert_resource(estate);
        world.insert_resource(adversary);
        world.insert_resource(detection);
        world.insert_resource(Investigation::at_startex(&program));
        world.insert_resource(Response);
        world.insert_resource(team);
        world.insert_resource(incident_command);
        world.insert_resource(Communication::at_startex(&program));
        world.insert_resource(Compliance::at_startex(&program));
        world.insert_resource(Continuity::at_startex(&program));
        world.insert_resource(Documentation::at_startex(&program));
        world.insert_resource(injects);
        self.schedule.run(&mut self.world);
    }

    fn run(&mut self, until: ExerciseTime, stop_on_news: (RoleSet, Span), task: Task) -> Result<(), Fault> {
        let idle = task == Task::Advance && self.world.resource::<Agenda>().next_at().is_none_or(|at| at > until);
        let mut play = self.world.resource_mut::<Play>();
        play.until = until.max(play.now);
        play.stop_on_news = stop_on_news;
        play.task = task;
        if idle && play.fault.is_none() {
            play.now = play.until;
            return Ok(());
        }
        self.schedule.run(&mut self.world);
        match &self.world.resource::<Play>().fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(()),
        }
    }

    /// Lets time pass: everything due up to and including `until` happens.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn advance(&mut self, until: ExerciseTime) -> Result<(), Fault> {
        self.run(until, NO_STOP, Task::Advance)
    }

    /// The same, but stops so long after the first instant in which one of these roles is told something.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn advance_past_news(&mut self, until: ExerciseTime, roles: RoleSet, after: Span) -> Result<(), Fault> {
        self.run(until, (roles, after.max(Span::ZERO)), Task::Advance)
    }

    /// Settles everything due up to `at`, applies an order, and settles again. Live play, replay, policies and what-if share it.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn issue(&mut self, at: ExerciseTime, role: RoleId, order: Order) -> Result<Receipt, Fault> {
        self.run(at, NO_STOP, Task::Issue { role, order, receipt: None })?;
        match self.world.resource::<Play>().task {
            Task::Issue { receipt: Some(receipt), .. } => Ok(receipt),
            // Play had ended: there is nobody left to order anything.
            Task::Issue { receipt: None, .. } | Task::Advance | Task::Direct(_) => Ok(Receipt::Refused(Refusal::Away)),
        }
    }

    /// Settles everything due up to `at`, lets the facilitator change the course of play, and settles again.
    ///
    /// # Errors
    /// A [`Fault`] if the scenario goes in a circle.
    pub fn direct(&mut self, at: ExerciseTime, direction: Direction) -> Result<(), Fault> {
        self.run(at, NO_STOP, Task::Direct(direction))
    }

    /// Plays on with a program that differs from the present one only in what a facilitator laid over it: other words for injects that have not
    /// come, and injects behind those that there were. Nothing happens by it.
    pub fn lay_over(&mut self, program: Arc<Program>) {
        self.world.resource_mut::<Injects>().make_room(program.public.injects.len());
        self.world.resource_mut::<Play>().program = program;
    }

    /// How an inject stands.
    pub fn standing(&self, inject: InjectId) -> injects::Standing {
        self.world.resource::<Injects>().standing(inject)
    }

    /// Sensors that are blinded on some machine: ground truth, for the facilitator.
    pub fn blinded(&self) -> Vec<SensorId> {
        self.world.resource::<Detection>().blinded()
    }

    /// Where the clock stands.
    pub fn now(&self) -> ExerciseTime {
        self.world.resource::<Play>().now
    }

    /// Whether ENDEX has come.
    pub fn finished(&self) -> bool {
        self.world.resource::<Play>().finished
    }

    /// Whether nobody can order anything any more: ENDEX has come, or it is its second.
    pub fn is_over(&self) -> bool {
        let play = self.world.resource::<Play>();
        play.finished || play.now >= play.program.public.endex
    }

    /// What is played.
    pub fn program(&self) -> &Arc<Program> {
        &self.world.resource::<Play>().program
    }

    /// What has happened.
    pub fn ledger(&self) -> &Ledger {
        &self.world.resource::<Book>().0
    }

    /// The hash of what has happened.
    pub fn hash(&self) -> String {
        self.ledger().hash(&self.program().names)
    }

    /// How far every condition has come: what the assessment reads beside the facts.
    pub fn watch(&self) -> &Watch {
        &self.world.resource::<Watching>().0
    }

    /// What a role knows.
    pub fn view(&self, role: RoleId) -> View<'_> {
        let play = self.world.resource::<Play>();
        let (knowledge, team) = (self.world.resource::<Knowledge>().of(role), self.world.resource::<Team>());
        View { public: &play.program.public, names: &play.program.names, role, knowledge, now: play.now, team }
    }

    /// What all roles know.
    pub fn knowledge(&self) -> &Knowledge {
        self.world.resource::<Knowledge>()
    }

    /// How many dues have been drained.
    pub fn events(&self) -> u64 {
        self.world.resource::<Agenda>().drained()
    }

    /// The source of chance, with its record if one was asked for.
    pub fn chance(&self) -> &Chance {
        &self.world.resource::<Luck>().0
    }

    /// Chance from another seed from here on: for continuations after a fork.
    pub fn reseed(&mut self, seed: u64) {
        self.world.resource_mut::<Luck>().0.reseed(seed);
    }
}
