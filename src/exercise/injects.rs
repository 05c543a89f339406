//! The running order: timed, conditional and contingency injects, and the voices of what the simulation does.

use bevy::ecs::resource::Resource;

use crate::exercise::agenda::Lane;
use crate::exercise::outbox::Outbox;
use crate::exercise::{communication, continuity, team};
use crate::ids::*;
use crate::scenario::program::{Also, Program, VoiceOf, When};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication::Observation as Says;
use crate::vocabulary::injects::{Fact, Observation, Skipped};

/// What is due in the running order.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    Fire(InjectId),
    /// The deadline of a contingency.
    Contingency(InjectId),
    /// The move of an inject that waits for something is over.
    MoveIsOver(InjectId),
    /// The first alert on a stage's trace was seen by these roles.
    AlertOf {
        stage: StageId,
        roles: RoleSet,
    },
    /// The first finding of a stage's trace.
    FindingOf {
        stage: StageId,
        roles: RoleSet,
    },
    /// A service has fallen or risen.
    Down {
        service: ServiceId,
    },
    /// The adversary made itself heard.
    Demanded,
    /// The facilitator's word about an inject.
    Directed(InjectId, Word),
}

/// What a facilitator can say about an inject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Word {
    Fire,
    Hold,
    Release,
    Skip,
    Retract,
}

/// Whether the facilitator holds an inject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hold {
    Free,
    Held,
    /// Held, and its moment has come.
    Due(RoleSet),
}

/// How an inject stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It has not come, and may.
    Waiting,
    /// The same, and the facilitator holds it; whether its moment has come meanwhile.
    Held {
        /// It comes as soon as it is released.
        due: bool,
    },
    /// It has come, or never will.
    Over,
}

/// Which injects have fired.
#[derive(Resource, Clone, Debug)]
pub struct Injects {
    done: Vec<bool>,
    held: Vec<Hold>,
    /// Whom those that have come reached.
    reached: Vec<RoleSet>,
}

impl Injects {
    /// None has.
    pub fn at_startex(program: &Program) -> Injects {
        let count = program.public.injects.len();
        Injects { done: vec![false; count], held: vec![Hold::Free; count], reached: vec![RoleSet::NONE; count] }
    }

    /// Makes room for injects that were added behind the others.
    pub(super) fn make_room(&mut self, count: usize) {
        let count = count.max(self.done.len());
        self.done.resize(count, false);
        self.held.resize(count, Hold::Free);
        self.reached.resize(count, RoleSet::NONE);
    }

    /// How one stands.
    pub fn standing(&self, inject: InjectId) -> Standing {
        match (self.done.get(inject.index()), self.held.get(inject.index())) {
            (Some(true), _) => Standing::Over,
            (_, Some(Hold::Held)) => Standing::Held { due: false },
            (_, Some(Hold::Due(_))) => Standing::Held { due: true },
            _ => Standing::Waiting,
        }
    }

    /// Enters what has a time.
    pub(super) fn begin(&mut self, out: &mut Outbox<'_>) {
        for place in 0..self.done.len() {
            let inject = InjectId::at(place);
            let plan = &out.program.secret.injects[place];
            if !plan.played {
                if plan.voice.is_none() {
                    self.pass(inject, Skipped::LeftOut, out);
                }
                continue;
            }
            match &plan.when {
                When::At(at) => out.later((*at).max(out.now), Lane::Script, Due::Fire(inject)),
                When::IfNot { within, of: None, .. } => {
                    let opens = out.program.public.injects[place].of_move.map_or(out.now, |of| out.program.public.moves[of.index()].opens);
                    out.later((opens + *within + Span(1)).max(out.now), Lane::Script, Due::Contingency(inject));
                }
                When::Condition(_) => {
                    if let Some(end) = end_of_move(out.program, inject) {
                        out.later(end.max(out.now), Lane::Script, Due::MoveIsOver(inject));
                    }
                }
                When::IfNot { .. } | When::Never => {}
            }
        }
    }

    fn pass(&mut self, inject: InjectId, why: Skipped, out: &mut Outbox<'_>) {
        self.done[inject.index()] = true;
        out.fact(Fact::Passed { inject, why });
        // What counts from an inject that never came is never due either; what stands in for it still is.
        for place in 0..self.done.len() {
            let plan = &out.program.secret.injects[place];
            if !self.done[place] && plan.played && matches!(plan.when, When::IfNot { of: Some(of), .. } if of == inject) {
                self.pass(InjectId::at(place), Skipped::NeverDue, out);
                if let Some(instead) = plan.or_else {
                    self.fire(instead, RoleSet::NONE, out);
                }
            }
        }
    }

    pub(super) fn handle(&mut self, due: Due, out: &mut Outbox<'_>) {
        match due {
            Due::Fire(inject) => self.fire(inject, RoleSet::NONE, out),
            Due::Contingency(inject) => {
                let When::IfNot { done, .. } = out.program.secret.injects[inject.index()].when else { return };
                if out.holds(done) {
                    if !self.done[inject.index()] {
                        self.pass(inject, Skipped::NotCalledFor, out);
                    }
                } else {
                    self.fire(inject, RoleSet::NONE, out);
                }
            }
            Due::MoveIsOver(inject) => {
                if !self.done[inject.index()] {
                    self.pass(inject, Skipped::NeverDue, out);
                    if let Some(instead) = out.program.secret.injects[inject.index()].or_else {
                        self.fire(instead, RoleSet::NONE, out);
                    }
                }
            }
            Due::AlertOf { stage, roles } => self.speak(VoiceOf::Alert(stage), roles, out),
            Due::FindingOf { stage, roles } => self.speak(VoiceOf::Finding(stage), roles, out),
            Due::Down { service } => self.speak(VoiceOf::Down(service), RoleSet::NONE, out),
            Due::Demanded => self.speak(VoiceOf::Demand, RoleSet::NONE, out),
            Due::Directed(inject, word) => self.directed(inject, word, out),
        }
    }

    fn directed(&mut self, inject: InjectId, word: Word, out: &mut Outbox<'_>) {
        let place = inject.index();
        match word {
            Word::Fire => {
                self.held[place] = Hold::Free;
                if !self.done[place] {
                    self.come(inject, RoleSet::NONE, out);
                }
            }
            Word::Hold if !self.done[place] => self.held[place] = Hold::Held,
            Word::Release => {
                if let Hold::Due(told) = std::mem::replace(&mut self.held[place], Hold::Free)
                    && !self.done[place]
                {
                    self.fire(inject, told, out);
                }
            }
            Word::Skip if !self.done[place] => self.pass(inject, Skipped::ByFacilitator, out),
            Word::Retract if !self.reached[place].is_empty() => {
                let reached = std::mem::replace(&mut self.reached[place], RoleSet::NONE);
                out.fact(Fact::Retracted { inject });
                out.tell(reached, Observation::IsVoid { inject });
            }
            Word::Hold | Word::Skip | Word::Retract => {}
        }
    }

    fn speak(&mut self, of: VoiceOf, roles: RoleSet, out: &mut Outbox<'_>) {
        let voices: Vec<InjectId> =
            out.program.secret.injects.iter().enumerate().filter(|(_, plan)| plan.voice == Some(of)).map(|(place, _)| InjectId::at(place)).collect();
        for voice in voices {
            self.fire(voice, roles, out);
        }
    }

    /// It reaches people: those it is addressed to, or those whom the simulation told.
    fn fire(&mut self, inject: InjectId, told: RoleSet, out: &mut Outbox<'_>) {
        if self.done[inject.index()] {
            return;
        }
        let plan = &out.program.secret.injects[inject.index()];
        if !plan.played {
            return;
        }
        if plan.only_if.is_some_and(|condition| !out.holds(condition)) {
            // A voice waits for its next chance; an inject has had its own.
            if plan.voice.is_none() {
                self.pass(inject, Skipped::NotCalledFor, out);
                if let Some(instead) = plan.or_else {
                    self.fire(instead, told, out);
                }
            }
            return;
        }
        if self.held[inject.index()] != Hold::Free {
            self.held[inject.index()] = Hold::Due(told);
            out.fact(Fact::Held { inject });
            return;
        }
        self.come(inject, told, out);
    }

    fn come(&mut self, inject: InjectId, told: RoleSet, out: &mut Outbox<'_>) {
        let plan = &out.program.secret.injects[inject.index()];
        self.done[inject.index()] = true;
        let addressed = out.program.public.injects[inject.index()].to;
        let roles = if addressed.is_empty() { told } else { addressed };
        self.reached[inject.index()] = roles;
        out.fact(Fact::Fired { inject });
        out.tell(roles, Observation::Came { inject });
        for (claim, stance) in &plan.tells {
            out.tell(roles, Says::Claim { claim: *claim, stance: *stance });
        }
        for also in &plan.also {
            self.change_world(*also, out);
        }
        for (place, other) in out.program.secret.injects.iter().enumerate() {
            if let When::IfNot { within, of: Some(of), .. } = other.when
                && of == inject
                && other.played
            {
                out.later(out.now + within + Span(1), Lane::Script, Due::Contingency(InjectId::at(place)));
            }
        }
    }

    fn change_world(&self, also: Also, out: &mut Outbox<'_>) {
        match also {
            Also::Outage { service, lasts } => {
                out.ask(continuity::Due::OwnFault { service, ended: false });
                if let Some(lasts) = lasts {
                    out.later(out.now + lasts, Lane::World, continuity::Due::OwnFault { service, ended: true });
                }
            }
            Also::Absent { role, from, until } => {
                out.later(from.max(out.now), Lane::World, team::Due::Absent { role, away: true });
                out.later(until.max(from).max(out.now), Lane::World, team::Due::Absent { role, away: false });
            }
            Also::Volunteers { people, skill } => out.ask(team::Due::Volunteers { people, skill }),
            Also::Trust { of, by } => out.ask(communication::Due::Trust { stakeholder: of, by }),
        }
    }
}

/// When the move of an inject is over: when the next one of the cut opens. The last one ends half-way to ENDEX, so that what comes instead
/// still comes to people who play.
fn end_of_move(program: &Program, inject: InjectId) -> Option<ExerciseTime> {
    let of_move = program.public.injects[inject.index()].of_move?;
    let opens = program.public.moves[of_move.index()].opens;
    let next = program.public.moves.iter().filter(|other| other.played && other.opens > opens).map(|other| other.opens).min();
    Some(next.unwrap_or(opens + Span((program.public.endex - opens).0 / 2)))
}
