//! Incident command: declaring, deciding gates, briefing, and the moves that open.

use bevy::ecs::resource::Resource;

use crate::exercise::agenda::{Due as AnyDue, Lane, Work};
use crate::exercise::outbox::Outbox;
use crate::exercise::{communication, team};
use crate::ids::*;
use crate::scenario::program::{Program, Public, When};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::incident_command::{Command, Fact, Observation};
use crate::vocabulary::team::Outcome;

/// What is due in incident command.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    MoveOpens(MoveId),
    GateOpens(GateId),
    /// Nobody decided.
    GateTimesOut(GateId),
    /// Somebody went away: who stands in learns what is open to them now.
    StandIn(RoleId),
    /// One role shares all it knows with others.
    Share {
        from: RoleId,
        with: RoleSet,
    },
    /// The facilitator gives more time for an open decision.
    Extend {
        gate: GateId,
        by: Span,
    },
    /// The facilitator opens a decision that is over once more.
    Reopen {
        gate: GateId,
        within: Span,
    },
}

#[derive(Clone, Debug, Default)]
struct Gate {
    open: bool,
    decided: bool,
    until: ExerciseTime,
    /// Who was told that it is open: those who decide, and those who stand in for them.
    told: RoleSet,
    /// By role that decides, whoever spoke for it.
    votes: Vec<(RoleId, u8)>,
}

/// The state of gates. What is declared is a fact, and known to those who were told.
#[derive(Resource, Clone, Debug)]
pub struct IncidentCommand {
    gates: Vec<Gate>,
}

impl IncidentCommand {
    /// No gate is open.
    pub fn at_startex(program: &Program) -> IncidentCommand {
        IncidentCommand { gates: vec![Gate::default(); program.public.gates.len()] }
    }

    /// Enters the openings of moves and gates that have a time.
    pub(super) fn begin(&self, out: &mut Outbox<'_>) {
        for (place, of_move) in out.program.public.moves.iter().enumerate() {
            if of_move.played {
                out.later(of_move.opens.max(out.now), Lane::Script, Due::MoveOpens(MoveId::at(place)));
            }
        }
        for (place, when) in out.program.secret.gates.iter().enumerate() {
            if let When::At(at) = when {
                out.later((*at).max(out.now), Lane::Script, Due::GateOpens(GateId::at(place)));
            }
        }
    }

    pub(super) fn handle(&mut self, due: Due, out: &mut Outbox<'_>) {
        match due {
            Due::MoveOpens(number) => {
                out.fact(Fact::MoveOpened { number });
                let roles = out.everybody();
                out.tell(roles, Observation::MoveHasOpened { number });
            }
            Due::GateOpens(gate) => {
                let state = &mut self.gates[gate.index()];
                if state.open || state.decided {
                    return;
                }
                let public = &out.program.public;
                let plan = &public.gates[gate.index()];
                let until = out.now + plan.decide_within;
                let told = plan.who.and(plan.who.iter().filter_map(|role| stand_in(public, away(out), role)).collect());
                (state.open, state.until, state.told) = (true, until, told);
                out.fact(Fact::GateOpened { gate, until });
                out.tell(told, Observation::GateIsOpen { gate, until });
                // The last second belongs to those who decide.
                out.later(until + Span(1), Lane::Script, Due::GateTimesOut(gate));
            }
            Due::GateTimesOut(gate) => {
                let state = &mut self.gates[gate.index()];
                // There may be more time than there was when this was entered.
                if state.decided || out.now <= state.until {
                    return;
                }
                (state.open, state.decided) = (false, true);
                let choice = out.program.public.gates[gate.index()].if_nobody_decides;
                out.fact(Fact::TimedOut { gate, choice });
                if let Some(role) = out.program.public.gates[gate.index()].who.iter().next() {
                    self.follow(gate, choice, role, true, out);
                }
            }
            Due::StandIn(role) => {
                for (place, state) in self.gates.iter_mut().enumerate().filter(|(_, state)| state.open && !state.decided) {
                    let public = &out.program.public;
                    let Some(deputy) = stand_in(public, away(out), role).filter(|deputy| !state.told.has(*deputy)) else { continue };
                    // Also a deputy who stood in for others can go away, and leave theirs to the next.
                    if acts_for(public, away(out), deputy).iter().any(|role| public.gates[place].who.has(role)) {
                        state.told = state.told.with(deputy);
                        out.tell(RoleSet::one(deputy), Observation::GateIsOpen { gate: GateId::at(place), until: state.until });
                    }
                }
            }
            Due::Share { from, with } => share(from, with, out),
            Due::Extend { gate, by } => {
                let state = &self.gates[gate.index()];
                if state.open {
                    self.open(gate, state.until + by, out);
                }
            }
            Due::Reopen { gate, within } => {
                let state = &mut self.gates[gate.index()];
                if state.decided {
                    (state.open, state.decided) = (true, false);
                    state.votes.clear();
                    let until = out.now + within;
                    out.fact(Fact::GateOpened { gate, until });
                    self.open(gate, until, out);
                }
            }
        }
    }

    /// Those who decide on an open gate hear until when; a moment earlier than before counts for nothing.
    fn open(&mut self, gate: GateId, until: ExerciseTime, out: &mut Outbox<'_>) {
        let state = &mut self.gates[gate.index()];
        let public = &out.program.public;
        let who = public.gates[gate.index()].who;
        state.told = state.told.and(who).and(who.iter().filter_map(|role| stand_in(public, away(out), role)).collect());
        state.until = state.until.max(until);
        let (told, until) = (state.told, state.until);
        out.tell(told, Observation::GateIsOpen { gate, until });
        out.later(until + Span(1), Lane::Script, Due::GateTimesOut(gate));
    }

    /// What a choice brings: its orders in the name of who decides, its publication; and everybody who decides is told.
    fn follow(&mut self, gate: GateId, choice: u8, role: RoleId, timed_out: bool, out: &mut Outbox<'_>) {
        let plan = &out.program.public.gates[gate.index()];
        out.tell(self.gates[gate.index()].told, Observation::GateIsDecided { gate, choice, timed_out });
        let Some(chosen) = plan.choices.get(usize::from(choice)) else { return };
        for order in &chosen.orders {
            out.ask(AnyDue::Order { role, order: *order });
        }
        if let Some(statement) = chosen.publishes {
            out.ask(communication::Due::Publish { statement, role });
        }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, out: &mut Outbox<'_>) {
        let mut outcome = Outcome::Done;
        match command {
            Command::Declare { level } => {
                out.fact(Fact::Declared { role: work.role, level });
                let plan = &out.program.public.levels[level.index()];
                let called = plan.calls_in.with(work.role);
                out.tell(called, Observation::IncidentDeclared { level });
                out.ask(Due::Share { from: work.role, with: called.without(work.role) });
                for skill in &plan.calls_staff {
                    out.ask(team::Due::Call { skill: Some(*skill), role: work.role });
                }
            }
            Command::Decide { gate, choice, sure } => {
                if !self.decide(gate, choice, sure, work, out) {
                    outcome = Outcome::Failed;
                }
            }
            Command::Brief { roles } => {
                let with = roles.without(work.role);
                out.fact(Fact::Briefed { role: work.role, with });
                out.ask(Due::Share { from: work.role, with });
            }
        }
        out.ask(team::Due::Ended { work, outcome });
    }

    /// Takes a vote in, for those in whose place it is given; false if the gate is not open any more, or not to this role.
    fn decide(&mut self, gate: GateId, choice: u8, sure: u8, work: Work, out: &mut Outbox<'_>) -> bool {
        let state = &mut self.gates[gate.index()];
        if !state.open || state.decided {
            return false;
        }
        let plan = &out.program.public.gates[gate.index()];
        let speaks_for: RoleSet = acts_for(&out.program.public, away(out), work.role).iter().filter(|role| plan.who.has(*role)).collect();
        if speaks_for.is_empty() {
            return false;
        }
        out.fact(Fact::Voted { gate, role: work.role, choice, sure });
        state.votes.retain(|(role, _)| !speaks_for.has(*role));
        state.votes.extend(speaks_for.iter().map(|role| (role, choice)));
        let agreed = !plan.all_of || plan.who.iter().all(|role| state.votes.contains(&(role, choice)));
        if agreed {
            (state.open, state.decided) = (false, true);
            out.effect(Fact::Decided { gate, role: work.role, choice, sure });
            self.follow(gate, choice, work.role, false, out);
        }
        true
    }
}

/// Who is away, as everybody is told.
fn away(out: &Outbox<'_>) -> RoleSet {
    out.knowledge().away()
}

/// Who acts in a role's place: the role itself while it is there, otherwise the first of its deputies, their deputies and so on who is. None if
/// nobody is left: then what only it could decide runs out.
pub fn stand_in(public: &Public, away: RoleSet, role: RoleId) -> Option<RoleId> {
    let mut now = role;
    for _ in 0..=RoleSet::CAPACITY {
        if !away.has(now) {
            return Some(now);
        }
        now = public.roles.get(now.index())?.deputy?;
    }
    None
}

/// The roles in whose place a role acts: itself, and those that are away and that it stands in for.
pub fn acts_for(public: &Public, away: RoleSet, role: RoleId) -> RoleSet {
    away.iter().filter(|absent| stand_in(public, away, *absent) == Some(role)).collect::<RoleSet>().with(role)
}

/// Tells others what one role knows and they do not.
fn share(from: RoleId, with: RoleSet, out: &mut Outbox<'_>) {
    for role in with.iter() {
        for (observation, from_when) in out.knowledge().news_for(from, role) {
            out.tell(RoleSet::one(role), observation);
            out.knowledge.date_back(role, observation, from_when);
        }
    }
}
