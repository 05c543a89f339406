//! Where the rooms meet: the one system, which drains the agenda and hands each due to the room that it is for.

use std::sync::Arc;

use bevy::ecs::prelude::*;
use bevy::ecs::system::SystemParam;

use super::ablation::Domain;
use super::adversary::Adversary;
use super::agenda::{Agenda, Due, Lane, Work};
use super::communication::Communication;
use super::compliance::Compliance;
use super::continuity::Continuity;
use super::detection::Detection;
use super::documentation::Documentation;
use super::estate::Estate;
use super::incident_command::IncidentCommand;
use super::injects::Injects;
#[cfg(debug_assertions)]
use super::invariants;
use super::investigation::Investigation;
use super::knowledge::{Knowledge, View};
use super::outbox::{Book, Common, Luck, Watching};
use super::response::Response;
use super::team::Team;
use super::{Fault, Receipt, direction, outbox, quote, team};
use crate::ids::*;
use crate::scenario::bounds::dues_in_one_instant;
use crate::scenario::compile::orders::target_key;
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::exercise::{Direction, Fact as ExerciseFact};
use crate::vocabulary::ledger::Cause;
use crate::vocabulary::{Command, Order};

/// So many dues of a circle are named.
const NAMED_OF_A_CIRCLE: usize = 6;

/// Nobody listens.
pub(super) const NO_STOP: (RoleSet, Span) = (RoleSet::NONE, Span::ZERO);

/// What the one system is to do.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Task {
    Advance,
    Issue { role: RoleId, order: Order, receipt: Option<Receipt> },
    Direct(Direction),
}

/// The play itself: where the clock stands, and what is being asked of it.
#[derive(Resource, Clone, Debug)]
pub(super) struct Play {
    pub(super) program: Arc<Program>,
    pub(super) now: ExerciseTime,
    pub(super) until: ExerciseTime,
    /// Stop so long after the first instant in which one of these roles is told something.
    pub(super) stop_on_news: (RoleSet, Span),
    pub(super) task: Task,
    pub(super) entries: u32,
    pub(super) finished: bool,
    pub(super) fault: Option<Fault>,
    /// How often each order was given on each target; sorted.
    pub(super) ordered: Vec<(Key, u32)>,
    /// Roles that nobody occupies: away from STARTEX on.
    pub(super) vacant: RoleSet,
    /// A domain that is left out.
    pub(super) left_out: Option<Domain>,
}

/// All resources, as one parameter.
#[derive(SystemParam)]
pub(super) struct Rooms<'w> {
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
pub(super) fn advance(mut rooms: Rooms<'_>) {
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
