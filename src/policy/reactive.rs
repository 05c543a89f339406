//! Takes things late, in the order they arrive, and cuts off what it sees: a team without a plan.

use super::{Kinds, Orders, Policy, Wake};
use crate::exercise::knowledge::{AlertState, Heard, View};
use crate::exercise::quote::{accepts, may, speaks_for};
use crate::ids::*;
use crate::scenario::program::Public;
use crate::scenario::written::{LoginLevel, Verb};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::estate::{Observation as EstateNews, Seen};
use crate::vocabulary::{Command, Observation, Order, Scope};
use crate::vocabulary::{communication, compliance, continuity, detection, documentation, incident_command, investigation, response, team};

/// Nobody looks up before so much time has passed.
const LATE: Span = Span::minutes(40);
/// Between one thing and the next.
const PACE: Span = Span::minutes(8);
/// A notification is thought of when no more than this is left.
const LAST_MINUTE: Span = Span::hours(3);
/// A decision is taken when no more than this is left.
const LAST_WORD: Span = Span::minutes(4);

/// Something to be dealt with, in the order it came.
#[derive(Clone, Copy, Debug)]
enum Matter {
    Alert(Key),
    Machine(AssetId),
    Login(LoginId),
    Service(ServiceId),
    /// Somebody said so.
    Said,
    /// Nobody can overlook it any more.
    Plain,
}

/// Takes things late.
#[derive(Clone, Debug)]
pub struct Reactive {
    /// The first of each verb that the role may order.
    actions: Vec<(Verb, ActionId)>,
    waiting: std::collections::VecDeque<(ExerciseTime, Matter)>,
}

impl Reactive {
    /// A reactive player for a role.
    pub fn new(public: &Public, role: RoleId) -> Reactive {
        let mut actions: Vec<(Verb, ActionId)> = Vec::new();
        for (place, action) in public.actions.iter().enumerate() {
            let may = public.roles[role.index()].may[place];
            if may && action.on.is_empty() && actions.iter().all(|(verb, _)| *verb != action.verb) {
                actions.push((action.verb, ActionId::at(place)));
            }
        }
        Reactive { actions, waiting: std::collections::VecDeque::new() }
    }

    fn order(&self, view: &View<'_>, verb: Verb, command: impl Into<Command>) -> Option<Order> {
        let (_, action) = self.actions.iter().find(|(known, action)| *known == verb && may(view, *action))?;
        let order = Order { action: *action, command: command.into() };
        accepts(view, &order).then_some(order)
    }

    fn take_in(&mut self, news: &[Heard]) {
        for heard in news {
            let matter = match heard.observation {
                Observation::Detection(detection::Observation::Alert { alert, .. }) => Matter::Alert(alert),
                Observation::Investigation(investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset })
                | Observation::Estate(EstateNews::AssetLooks { asset, seen: Seen::Encrypted }) => Matter::Machine(asset),
                Observation::IncidentCommand(incident_command::Observation::IncidentDeclared { .. }) => Matter::Plain,
                Observation::Investigation(investigation::Observation::LoginTaken { login }) => Matter::Login(login),
                Observation::Continuity(continuity::Observation::ServiceIs { service, percent }) if percent < 60 => {
                    self.waiting.push_back((heard.at, Matter::Plain));
                    Matter::Service(service)
                }
                Observation::Communication(communication::Observation::Claim { stance: Stance::Yes, .. }) => Matter::Said,
                _ => continue,
            };
            self.waiting.push_back((heard.at, matter));
        }
    }

    /// What is done about one thing.
    fn deal_with(&self, view: &View<'_>, matter: Matter) -> Option<Order> {
        let known = view.knowledge;
        match matter {
            Matter::Alert(alert) => {
                let belief = known.alerts.iter().rev().find(|belief| belief.alert == alert)?;
                match belief.state {
                    AlertState::New => self.order(view, Verb::Triage, detection::Command::Triage { alert }),
                    AlertState::TakenUp | AlertState::Real | AlertState::Nothing | AlertState::Dismissed => None,
                }
            }
            Matter::Machine(asset) => match known.assets[asset.index()].looks {
                Seen::Working => self.order(view, Verb::Isolate, response::Command::Isolate { scope: Scope::Asset(asset) }),
                Seen::Encrypted => self.order(view, Verb::Rebuild, response::Command::Rebuild { scope: Scope::Asset(asset) }),
                Seen::Isolated | Seen::Off => None,
            },
            Matter::Login(login) if view.public.logins[login.index()].level >= LoginLevel::Admin => {
                self.order(view, Verb::DisableLogin, response::Command::DisableLogin { login })
            }
            Matter::Login(_) => None,
            Matter::Service(service) => self.order(view, Verb::Invoke, continuity::Command::Invoke { service }),
            Matter::Said => {
                let brief = incident_command::Command::Brief { roles: RoleSet::first(view.public.roles.len()) };
                let below_the_top = LevelId::at(view.public.levels.len().saturating_sub(2));
                self.order(view, Verb::Declare, incident_command::Command::Declare { level: below_the_top })
                    .or_else(|| self.order(view, Verb::Brief, brief))
            }
            Matter::Plain => {
                let top = LevelId::at(view.public.levels.len().saturating_sub(1));
                let vendors = || (0..view.public.vendors.len()).map(VendorId::at);
                self.order(view, Verb::Declare, incident_command::Command::Declare { level: top })
                    .or_else(|| self.sign_or_publish(view))
                    .or_else(|| vendors().find_map(|vendor| self.order(view, Verb::Engage, team::Command::Engage { vendor })))
                    .or_else(|| self.order(view, Verb::Log, documentation::Command::Log {}))
            }
        }
    }

    /// Signs, or sends out, the first text on file that says nothing it has heard to be otherwise.
    fn sign_or_publish(&self, view: &View<'_>) -> Option<Order> {
        let fits = |statement: &StatementId| {
            let says = &view.public.statements[statement.index()].says;
            says.iter().all(|(claim, stance)| *stance == Stance::NotYet || view.knowledge.claims[claim.index()] == Some(*stance))
        };
        let texts = || (0..view.public.statements.len()).map(StatementId::at).filter(fits);
        texts()
            .find_map(|statement| self.order(view, Verb::Publish, communication::Command::Publish { statement }))
            .or_else(|| texts().find_map(|statement| self.order(view, Verb::SignOff, communication::Command::SignOff { statement })))
    }

    /// A decision that is about to be taken by nobody: as it would be without anybody.
    fn last_word(&self, view: &View<'_>) -> Option<Order> {
        let open = view.knowledge.gates.iter().enumerate().filter_map(|(place, gate)| Some((GateId::at(place), gate.open_until?)));
        open.filter(|(gate, until)| {
            *until - view.now <= LAST_WORD && speaks_for(view).iter().any(|role| view.public.gates[gate.index()].who.has(role))
        })
        .find_map(|(gate, _)| {
            let choice = view.public.gates[gate.index()].if_nobody_decides;
            self.order(view, Verb::Decide, incident_command::Command::Decide { gate, choice, sure: 50 })
        })
    }

    /// A duty whose time is nearly over.
    fn last_minute(&self, view: &View<'_>) -> Option<Order> {
        let rules = view.knowledge.rules.iter().enumerate();
        let pressing = rules.filter(|(_, rule)| !rule.sent && rule.due.is_some_and(|due| due - view.now <= LAST_MINUTE));
        pressing.map(|(place, _)| RuleId::at(place)).find_map(|rule| self.order(view, Verb::Notify, compliance::Command::Notify { rule }))
    }

    /// The next moment at which something runs out.
    fn next_deadline(&self, view: &View<'_>) -> Option<ExerciseTime> {
        let gates = view.knowledge.gates.iter().filter_map(|gate| Some(gate.open_until? + Span(-LAST_WORD.0)));
        let rules = view.knowledge.rules.iter().filter(|rule| !rule.sent).filter_map(|rule| Some(rule.due? + Span(-LAST_MINUTE.0)));
        gates.chain(rules).filter(|at| *at > view.now).min()
    }
}

impl Policy for Reactive {
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake {
        self.take_in(news);
        let mut order = self.last_word(view).or_else(|| self.last_minute(view));
        while order.is_none()
            && let Some((heard, matter)) = self.waiting.front().copied()
            && view.now >= heard + LATE
        {
            self.waiting.pop_front();
            order = self.deal_with(view, matter);
        }
        let gave = order.is_some_and(|order| orders.give(order));
        let next = self.waiting.front().map(|(heard, _)| (*heard + LATE).max(view.now + if gave { PACE } else { Span(1) }));
        let wake = Wake::on(Kinds::ALL, LATE);
        let wake = self.next_deadline(view).map_or(wake, |at| wake.or_at(at));
        next.map_or(wake, |at| wake.or_at(at))
    }
}
