//! The simulation: commands in, facts out, knowledge per role.
//!
//! An [`Exercise`] owns one bevy `World` with one resource per domain and one `Schedule` with one system, [`advance`], which drains the agenda:
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
use bevy::ecs::system::SystemParam;

use crate::chance::Chance;
use crate::ids::*;
use crate::scenario::bounds::dues_in_one_instant;
use crate::scenario::compile::orders::target_key;
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::condition::Watch;
use crate::vocabulary::exercise::{Direction, Fact as ExerciseFact, Refusal};
use crate::vocabulary::ledger::{Cause, Ledger};
use crate::vocabulary::{Command, Order};

use ablation::Domain;
use adversary::Adversary;
use agenda::{Agenda, Due, Lane, Work};
use communication::Communication;
use compliance::Compliance;
use continuity::Continuity;
use detection::Detection;
use documentation::Documentation;
use estate::Estate;
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

/// So many dues of a circle are named.
const NAMED_OF_A_CIRCLE: usize = 6;

/// Nobody listens.
const NO_STOP: (RoleSet, Span) = (RoleSet::NONE, Span::ZERO);

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

/// What the one system is to do.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Task {
    Advance,
    Issue { role: RoleId, order: Order, receipt: Option<Receipt> },
    Direct(Direction),
}

/// The play itself: where the clock stands, and what is being asked of it.
#[derive(Resource, Clone, Debug)]
struct Play {
    program: Arc<Program>,
    now: ExerciseTime,
    until: ExerciseTime,
    /// Stop so long after the first instant in which one of these roles is told something.
    stop_on_news: (RoleSet, Span),
    task: Task,
    entries: u32,
    finished: bool,
    fault: Option<Fault>,
    /// How often each order was given on each target; sorted.
    ordered: Vec<(Key, u32)>,
    /// Roles that nobody occupies: away from STARTEX on.
    vacant: RoleSet,
    /// A domain that is left out.
    left_out: Option<Domain>,
}

/// All resources, as one parameter.
#[derive(SystemParam)]
struct Rooms<'w> {
    play: ResMut<'w, Play>,
    agenda: ResMut<'w, Agenda>,
    book: ResMut<'w, Book>,
    luck: ResMut<'w, Luck>,
    watching: ResMut<'w, Watching>,
    knowledge: ResMut<'w, Knowledge>,
    estate: ResMut<'w, Estate>,
    adversary: ResMut<'w, Adversary>,
    detection: ResMut<'w, Detection>,
    investigation: ResMut<'w, Investigation>,
    response: ResMut<'w, Response>,
    team: ResMut<'w, Team>,
    incident_command: ResMut<'w, IncidentCommand>,
    communication: ResMut<'w, Communication>,
    compliance: ResMut<'w, Compliance>,
    continuity: ResMut<'w, Continuity>,
    documentation: ResMut<'w, Documentation>,
    injects: ResMut<'w, Injects>,
}

/// The same as plain references.
struct Hall<'a> {
    play: &'a mut Play,
    common: Common<'a>,
    estate: &'a mut Estate,
    adversary: &'a mut Adversary,
    detection: &'a mut Detection,
    investigation: &'a mut Investigation,
    response: &'a mut Response,
    team: &'a mut Team,
    incident_command: &'a mut IncidentCommand,
    communication: &'a mut Communication,
    compliance: &'a mut Compliance,
    continuity: &'a mut Continuity,
    documentation: &'a mut Documentation,
    injects: &'a mut Injects,
}

/// The one system.
fn advance(mut rooms: Rooms<'_>) {
    let program = rooms.play.program.clone();
    let mut hall = Hall {
        play: &mut rooms.play,
        common: Common {
            agenda: &mut rooms.agenda,
            ledger: &mut rooms.book.0,
            chance: &mut rooms.luck.0,
            watch: &mut rooms.watching.0,
            knowledge: &mut rooms.knowledge,
        },
        estate: &mut rooms.estate,
        adversary: &mut rooms.adversary,
        detection: &mut rooms.detection,
        investigation: &mut rooms.investigation,
        response: &mut rooms.response,
        team: &mut rooms.team,
        incident_command: &mut rooms.incident_command,
        communication: &mut rooms.communication,
        compliance: &mut rooms.compliance,
        continuity: &mut rooms.continuity,
        documentation: &mut rooms.documentation,
        injects: &mut rooms.injects,
    };
    hall.settle(&program);
    if let Task::Issue { role, order, .. } = hall.play.task
        && hall.play.fault.is_none()
        && !hall.play.finished
    {
        let entry = hall.play.entries;
        hall.play.entries += 1;
        let receipt = hall.apply(&program, Cause::Entry(entry), role, order, false);
        hall.play.task = Task::Issue { role, order, receipt: Some(receipt) };
        hall.settle(&program);
    }
    if let Task::Direct(direction) = hall.play.task
        && hall.play.fault.is_none()
        && !hall.play.finished
    {
        let entry = hall.play.entries;
        hall.play.entries += 1;
        direction::begin(direction, hall.estate, &mut hall.common.outbox(&program, hall.play.now, Cause::Entry(entry)));
        hall.settle(&program);
    }
}

impl Hall<'_> {
    /// Drains everything that is due up to the moment asked for.
    fn settle(&mut self, program: &Program) {
        let most = dues_in_one_instant(program.public.assets.len()) as u32;
        let mut instant = (self.play.now, 0_u32);
        let mut last: Vec<String> = Vec::new();
        while self.play.fault.is_none() && !self.play.finished {
            let (listening, after) = self.play.stop_on_news;
            let news_from = self.common.ledger.len();
            let Some((at, cause, due)) = self.common.agenda.take(self.play.until) else { break };
            self.play.now = at;
            if instant.0 == at {
                instant.1 += 1;
            } else {
                instant = (at, 0);
                last.clear();
            }
            if instant.1 > most {
                last.push(due.in_words(program));
                if last.len() >= NAMED_OF_A_CIRCLE {
                    self.play.fault = Some(Fault { most, at, through: last.join(" -> ") });
                    break;
                }
                // Until it is sure that there is a fault, no due may be lost.
            }
            self.dispatch(program, cause, due);
            #[cfg(debug_assertions)]
            invariants::after_event(self.team, self.common.ledger, news_from);
            if !listening.is_empty() && self.common.ledger.since(news_from).any(|happened| happened.roles.0 & listening.0 != 0) {
                // With no span, the rest of this instant still comes first: nobody acts in the middle of one.
                self.play.until = self.play.until.min(at + after);
                self.play.stop_on_news = NO_STOP;
            }
        }
        self.play.now = self.play.now.max(self.play.until);
    }

    fn dispatch(&mut self, program: &Program, cause: Cause, due: Due) {
        let now = self.play.now;
        let left_out = self.play.left_out;
        if left_out.is_some() && Domain::of(&due) == left_out {
            return;
        }
        if let Due::Order { role, order } = due {
            self.apply(program, cause, role, order, true);
            return;
        }
        let mut out = self.common.outbox(program, now, cause);
        let out = &mut out;
        match due {
            Due::Estate(due) => self.estate.handle(due, out),
            Due::Adversary(due) => self.adversary.handle(due, self.estate, self.detection, out),
            Due::Detection(due) => self.detection.handle(due, self.adversary, out),
            Due::Investigation(due) => self.investigation.handle(due, self.adversary, out),
            Due::Response(due) => self.response.handle(due, self.estate, out),
            Due::Team(due) => self.team.handle(due, self.continuity, out),
            Due::IncidentCommand(due) => self.incident_command.handle(due, out),
            Due::Communication(due) => self.communication.handle(due, out),
            Due::Compliance(due) => self.compliance.handle(due, out),
            Due::Continuity(due) => self.continuity.handle(due, self.estate, out),
            Due::Injects(due) => self.injects.handle(due, out),
            Due::Condition(condition) => outbox::came_true(condition, out),
            Due::LookAt(condition) => out.look_at(condition),
            Due::CarryOut(work) => match work.order.command {
                Command::Detection(command) => self.detection.carry_out(command, work, self.adversary, out),
                Command::Investigation(command) => self.investigation.carry_out(command, work, self.estate, self.adversary, self.detection, out),
                Command::Response(command) => self.response.carry_out(command, work, self.estate, self.adversary, out),
                Command::Team(command) => self.team.carry_out(command, work, out),
                Command::IncidentCommand(command) => self.incident_command.carry_out(command, work, out),
                Command::Communication(command) => self.communication.carry_out(command, work, out),
                Command::Compliance(command) => self.compliance.carry_out(command, work, out),
                Command::Continuity(command) => self.continuity.carry_out(command, work, out),
                Command::Documentation(command) => self.documentation.carry_out(command, work, out),
            },
            Due::Startex => {
                out.fact(ExerciseFact::Startex { scenario: Key::named(&program.public.id) });
                out.begin_watch();
                if left_out != Some(Domain::Adversary) {
                    self.adversary.begin(out);
                }
                if left_out != Some(Domain::Detection) {
                    self.detection.begin(out);
                }
                if left_out != Some(Domain::Team) {
                    self.team.begin(out);
                }
                if left_out != Some(Domain::IncidentCommand) {
                    self.incident_command.begin(out);
                }
                if left_out != Some(Domain::Injects) {
                    self.injects.begin(out);
                }
                for role in self.play.vacant.iter() {
                    out.ask(team::Due::Absent { role, away: true });
                }
                out.agenda.enter(program.public.endex, Lane::Last, out.latest, Due::Endex);
            }
            Due::Endex => {
                out.fact(ExerciseFact::Endex {});
                out.agenda.clear();
                self.play.finished = true;
            }
            Due::Order { .. } => {}
        }
    }

    /// Accepts or refuses an order; what it needs no work for is done at once.
    fn apply(&mut self, program: &Program, cause: Cause, role: RoleId, order: Order, by_decision: bool) -> Receipt {
        let now = self.play.now;
        let knowledge = self.common.knowledge.of(role);
        let view = View { public: &program.public, names: &program.names, role, knowledge, now, team: self.team };
        let takes = if by_decision { quote::takes_for_decision(&view, &order) } else { quote::takes(&view, &order) };
        let target = target_key(&program.names, &order.command);
        let mut out = self.common.outbox(program, now, cause);
        match takes {
            Err(refusal) => {
                out.fact(ExerciseFact::Refused { role, action: order.action, refusal });
                Receipt::Refused(refusal)
            }
            Ok(takes) => {
                out.fact(ExerciseFact::Ordered { role, action: order.action, target });
                if takes == Span::ZERO {
                    out.ask(Due::CarryOut(Work { role, order, target, task: None }));
                    return Receipt::Accepted(None);
                }
                let what = Key::of(&[program.names.of(order.action).0, target.0]);
                let ordered = &mut self.play.ordered;
                let place = ordered.partition_point(|(known, _)| *known < what);
                if ordered.get(place).is_none_or(|(known, _)| *known != what) {
                    ordered.insert(place, (what, 0));
                }
                ordered[place].1 += 1;
                let nth = ordered[place].1;
                let task = Key::of(&[what.0, u64::from(nth)]);
                out.ask(team::Due::Begin { work: Work { role, order, target, task: Some(task) } });
                Receipt::Accepted(Some(task))
            }
        }
    }
}

/// The label of the one schedule.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Play1;

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
        let mut schedule = Schedule::new(Play1);
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems(advance);
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

macro_rules! dues {
    ($($domain:ident($module:ident)),* $(,)?) => {$(
        impl From<$module::Due> for Due {
            fn from(due: $module::Due) -> Due {
                Due::$domain(due)
            }
        }
    )*};
}

dues! {
    Estate(estate), Adversary(adversary), Detection(detection), Investigation(investigation), Response(response), Team(team),
    IncidentCommand(incident_command), Communication(communication), Compliance(compliance), Continuity(continuity), Injects(injects),
}
