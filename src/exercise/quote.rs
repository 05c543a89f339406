//! What an order would take, and whether it is accepted: one function for the preview, for acceptance, for policies and for random play.
//!
//! It reads the view and nothing else. A refusal is therefore no oracle: what only ground truth forbids is accepted, and fails later at its price.

use crate::exercise::communication as communication_room;
use crate::exercise::incident_command::acts_for;
use crate::exercise::knowledge::{AlertState, View};
use crate::ids::*;
use crate::scenario::compile::orders::target_key;
use crate::scenario::program::{Action, LinkEnd, RestsOn};
use crate::scenario::written::{AssetKind, Verb};
use crate::time::Span;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Command, Order, Scope, communication, compliance, continuity, detection, incident_command, investigation, response, team};

/// What an order would take.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How long the work takes one person at rest; the time until somebody is free comes on top.
    pub takes: Span,
    /// How many people.
    pub people: u8,
    /// Whose work it is; none: the role's own, or none at all.
    pub skill: Option<crate::scenario::written::Skill>,
    /// How many things it is done to.
    pub targets: usize,
    /// Services that rest on what is touched, as far as the role knows of them.
    pub touches: Vec<ServiceId>,
}

/// Whether and how an order would be done.
///
/// # Errors
/// Why it would be refused; always for a reason the role can see.
pub fn quote(view: &View<'_>, order: &Order) -> Result<Quote, Refusal> {
    let action = accepted(view, order)?;
    Ok(price(view, order, action))
}

/// Whether an order would be accepted, without asking what it would take.
pub fn accepts(view: &View<'_>, order: &Order) -> bool {
    accepted(view, order).is_ok()
}

/// How long an order would take one person at rest.
///
/// # Errors
/// Why it would be refused, as [`quote`] has it.
pub fn takes(view: &View<'_>, order: &Order) -> Result<Span, Refusal> {
    let action = accepted(view, order)?;
    Ok(time(action, targets(view, order)))
}

/// The same for an order that a decision gives: it needs no authority of its own, and what it names is named by the decision.
///
/// # Errors
/// Why it would be refused.
pub fn takes_for_decision(view: &View<'_>, order: &Order) -> Result<Span, Refusal> {
    let action = view.public.actions.get(order.action.index()).ok_or(Refusal::DoesNotFit)?;
    match check(view, order, action) {
        Ok(()) | Err(Refusal::Unknown) => Ok(time(action, targets(view, order))),
        Err(refusal) => Err(refusal),
    }
}

fn accepted<'v>(view: &View<'v>, order: &Order) -> Result<&'v Action, Refusal> {
    let action = view.public.actions.get(order.action.index()).ok_or(Refusal::DoesNotFit)?;
    if view.knowledge.away.has(view.role) {
        return Err(Refusal::Away);
    }
    if !may(view, order.action) {
        return Err(Refusal::NotYours);
    }
    check(view, order, action)?;
    Ok(action)
}

/// A role may order what it may, and what those may for whom it stands in while they are away.
pub fn may(view: &View<'_>, action: ActionId) -> bool {
    let may = |role: RoleId| view.public.roles[role.index()].may[action.index()];
    may(view.role) || (!view.knowledge.away.is_empty() && speaks_for(view).iter().any(may))
}

/// The roles in whose place this one acts at this moment: itself, and those whose deputy it is while they are away.
pub fn speaks_for(view: &View<'_>) -> RoleSet {
    acts_for(view.public, view.knowledge.away, view.role)
}

fn check(view: &View<'_>, order: &Order, action: &Action) -> Result<(), Refusal> {
    match order.command {
        Command::Detection(command) => check_detection(view, command)?,
        Command::Investigation(command) => match command {
            investigation::Command::Query { sensor } => known(view.knowledge.sensors[sensor.index()].known)?,
            investigation::Command::Hunt { scope } => check_scope(view, scope, |seen| seen != Seen::Off)?,
            investigation::Command::CaptureMemory { scope } => {
                let off = |asset: AssetId| matches!(view.knowledge.assets[asset.index()].looks, Seen::Off);
                check_assets(view, scope, |asset| !off(asset) && !view.knowledge.assets[asset.index()].memory_kept).map_err(|refusal| {
                    // Memory that was kept is there already; that of a machine which is off is not, and never will be.
                    match refusal {
                        Refusal::AlreadySo if !assets(view, scope).all(|asset| view.knowledge.assets[asset.index()].memory_kept) => {
                            Refusal::NothingLeft
                        }
                        other => other,
                    }
                })?;
            }
            investigation::Command::ImageDisk { scope } => check_assets(view, scope, |asset| !view.knowledge.assets[asset.index()].disk_kept)?,
            investigation::Command::Conclude { .. } | investigation::Command::Learn {} => {}
        },
        Command::Response(command) => check_response(view, command)?,
        Command::Team(command) => match command {
            team::Command::CallIn { skill } => {
                unless_so(view.knowledge.called_all || skill.is_some_and(|skill| view.knowledge.called[skill as usize]))?;
            }
            team::Command::Engage { vendor } => {
                let belief = view.knowledge.vendors[vendor.index()];
                known(belief.known)?;
                unless_so(belief.called)?;
            }
        },
        Command::IncidentCommand(command) => match command {
            incident_command::Command::Declare { level } => unless_so(view.knowledge.declared >= Some(level))?,
            incident_command::Command::Decide { gate, choice, .. } => {
                let belief = view.knowledge.gates[gate.index()];
                let plan = &view.public.gates[gate.index()];
                if belief.open_until.is_none_or(|until| view.now > until) {
                    return Err(Refusal::GateClosed);
                }
                if !speaks_for(view).iter().any(|role| plan.who.has(role)) {
                    return Err(Refusal::NotYours);
                }
                if usize::from(choice) >= plan.choices.len() {
                    return Err(Refusal::NoSuchChoice);
                }
            }
            incident_command::Command::Brief { roles } => {
                if roles.without(view.role).is_empty() {
                    return Err(Refusal::NothingToDo);
                }
            }
        },
        Command::Communication(command) => match command {
            communication::Command::Ask { stakeholder } => known(view.knowledge.stakeholders[stakeholder.index()].is_some())?,
            communication::Command::SignOff { statement } => {
                let signs_for = communication_room::signs_for(view.public, view.knowledge.away, view.role, statement);
                if signs_for.is_empty() {
                    return Err(Refusal::NotYours);
                }
                unless_so(signs_for.iter().all(|role| view.knowledge.signed[statement.index()].has(role)))?;
            }
            communication::Command::Publish { statement } => {
                unless_so(view.knowledge.published[statement.index()])?;
                let plan = &view.public.statements[statement.index()];
                let signed = view.knowledge.signed[statement.index()];
                if plan.signed_off_by.iter().any(|role| !signed.has(role)) {
                    return Err(Refusal::NotSignedOff);
                }
            }
        },
        Command::Compliance(command) => match command {
            compliance::Command::Determine { rule } => {
                let belief = view.knowledge.rules[rule.index()];
                known(belief.known && view.public.rules[rule.index()].in_force)?;
                unless_so(belief.sent)?;
            }
            compliance::Command::Notify { rule } => {
                let belief = view.knowledge.rules[rule.index()];
                known(belief.known && view.public.rules[rule.index()].in_force)?;
                unless_so(belief.sent)?;
            }
            compliance::Command::Preserve {} => unless_so(view.knowledge.legal_hold)?,
        },
        Command::Continuity(command) => match command {
            continuity::Command::Invoke { service } => {
                let belief = view.knowledge.services[service.index()];
                known(belief.known)?;
                if view.public.services[service.index()].workaround.is_none() {
                    return Err(Refusal::NothingToDo);
                }
                // Nothing is left of what people could not keep up any longer.
                unless_so(belief.workaround || belief.worn_out)?;
            }
            continuity::Command::StandDown { service } => {
                let belief = view.knowledge.services[service.index()];
                known(belief.known)?;
                unless_so(!belief.workaround)?;
            }
            continuity::Command::Prioritise { service } => {
                known(view.knowledge.services[service.index()].known)?;
                unless_so(view.knowledge.services[service.index()].put_first)?;
            }
        },
        Command::Documentation(_) => {}
    }
    if action.verb != Verb::Conclude && !view.knowledge.open_tasks.is_empty() {
        let target = target_key(view.names, &order.command);
        let in_progress = |place: &u32| {
            let task = &view.knowledge.tasks[*place as usize];
            task.action == order.action && task.target == target
        };
        if view.knowledge.open_tasks.iter().any(in_progress) {
            return Err(Refusal::InProgress);
        }
    }
    Ok(())
}

fn check_detection(view: &View<'_>, command: detection::Command) -> Result<(), Refusal> {
    use detection::Command as D;
    match command {
        D::Acknowledge { alert } | D::Triage { alert } | D::Dismiss { alert } => {
            let state = view.knowledge.alerts.iter().rev().find(|known| known.alert == alert).map(|known| known.state).ok_or(Refusal::Unknown)?;
            let so = match command {
                D::Acknowledge { .. } => state >= AlertState::TakenUp,
                D::Triage { .. } => matches!(state, AlertState::Real | AlertState::Nothing),
                _ => state == AlertState::Dismissed,
            };
            unless_so(so)
        }
        D::Watch { sensor } => {
            known(view.knowledge.sensors[sensor.index()].known)?;
            unless_so(view.knowledge.sensors[sensor.index()].watched)
        }
        D::SetToBlock { sensor } => {
            known(view.knowledge.sensors[sensor.index()].known)?;
            unless_so(view.knowledge.sensors[sensor.index()].blocks)
        }
        D::Tune { sensor } => {
            known(view.knowledge.sensors[sensor.index()].known)?;
            unless_so(view.knowledge.sensors[sensor.index()].tuned)
        }
    }
}

fn check_response(view: &View<'_>, command: response::Command) -> Result<(), Refusal> {
    use response::Command as R;
    match command {
        R::Isolate { scope } => check_scope(view, scope, |seen| seen == Seen::Working || seen == Seen::Encrypted),
        R::Reconnect { scope } => check_scope(view, scope, |seen| seen == Seen::Isolated),
        R::PowerOff { scope } => check_scope(view, scope, |seen| seen != Seen::Off),
        R::PowerOn { scope } => check_scope(view, scope, |seen| seen == Seen::Off),
        R::Clean { scope } | R::Rebuild { scope } | R::RestoreMachines { scope } => {
            check_scope(view, scope, |_| true)?;
            let imaged = |asset: AssetId| !view.knowledge.assets[asset.index()].found || view.knowledge.assets[asset.index()].disk_kept;
            if view.knowledge.legal_hold && !assets(view, scope).all(imaged) {
                return Err(Refusal::OnHold);
            }
            Ok(())
        }
        R::RestoreData { data } => known(view.knowledge.data[data.index()].known),
        R::SecureBackup { data } => {
            known(view.knowledge.data[data.index()].known)?;
            if !view.public.data[data.index()].is_backup {
                return Err(Refusal::NothingToDo);
            }
            unless_so(view.knowledge.data[data.index()].secured)
        }
        R::DisableLogin { login } => {
            known(view.knowledge.logins[login.index()].known)?;
            unless_so(view.knowledge.logins[login.index()].disabled)
        }
        R::ResetLogin { login } => known(view.knowledge.logins[login.index()].known),
        R::CutLink { link } => {
            known(view.knowledge.links_known[link.index()])?;
            unless_so(view.knowledge.links_cut[link.index()])
        }
        R::RestoreLink { link } => {
            known(view.knowledge.links_known[link.index()])?;
            unless_so(!view.knowledge.links_cut[link.index()])
        }
        R::CutSegment { segment } => unless_so(view.knowledge.segments_cut[segment.index()]),
        R::RejoinSegment { segment } => unless_so(!view.knowledge.segments_cut[segment.index()]),
        R::BlockEgress { segment } => unless_so(view.knowledge.egress_blocked[segment.index()]),
        R::OpenEgress { segment } => unless_so(!view.knowledge.egress_blocked[segment.index()]),
    }
}

fn known(known: bool) -> Result<(), Refusal> {
    if known { Ok(()) } else { Err(Refusal::Unknown) }
}

fn unless_so(so: bool) -> Result<(), Refusal> {
    if so { Err(Refusal::AlreadySo) } else { Ok(()) }
}

fn assets<'v>(view: &'v View<'_>, scope: Scope) -> Box<dyn Iterator<Item = AssetId> + 'v> {
    match scope {
        Scope::Asset(asset) => Box::new(std::iter::once(asset)),
        Scope::Group(group) => Box::new(view.public.groups[group.index()].assets.iter()),
    }
}

fn check_scope(view: &View<'_>, scope: Scope, sensible: impl Fn(Seen) -> bool) -> Result<(), Refusal> {
    check_assets(view, scope, |asset| sensible(view.knowledge.assets[asset.index()].looks))
}

/// A group is known if any of its machines is; there is something to do if there is for any of them.
fn check_assets(view: &View<'_>, scope: Scope, sensible: impl Fn(AssetId) -> bool) -> Result<(), Refusal> {
    known(assets(view, scope).any(|asset| view.knowledge.assets[asset.index()].known))?;
    unless_so(!assets(view, scope).any(sensible))
}

/// How many things an order is done to.
fn targets(view: &View<'_>, order: &Order) -> usize {
    match order.command.scope() {
        Some(Scope::Group(group)) => view.public.groups[group.index()].assets.len(),
        Some(Scope::Asset(_)) | None => 1,
    }
}

fn time(action: &Action, targets: usize) -> Span {
    Span(action.takes.0 + action.each.0 * targets.saturating_sub(1) as i64)
}

fn price(view: &View<'_>, order: &Order, action: &Action) -> Quote {
    let scope = order.command.scope();
    let machines: AssetSet = scope.map_or_else(AssetSet::default, |scope| assets(view, scope).collect());
    let targets = targets(view, order);
    let login = match order.command {
        Command::Response(response::Command::DisableLogin { login } | response::Command::ResetLogin { login }) => Some(login),
        _ => None,
    };
    let link = match order.command {
        Command::Response(response::Command::CutLink { link }) => Some(link),
        _ => None,
    };
    let segment = match order.command {
        Command::Response(response::Command::CutSegment { segment }) => Some(segment),
        _ => None,
    };
    let closes = match order.command {
        Command::Response(response::Command::CutSegment { segment } | response::Command::BlockEgress { segment }) => Some(segment),
        _ => None,
    };
    let loses_its_way_out = |asset: AssetId| closes == Some(view.public.assets[asset.index()].segment);
    let in_segment = |asset: AssetId| segment == Some(view.public.assets[asset.index()].segment);
    let touches = view
        .public
        .services
        .iter()
        .enumerate()
        .filter(|(place, service)| {
            view.knowledge.services[*place].known
                && service.rests_on.iter().any(|item| match item {
                    RestsOn::Assets(assets) => assets.iter().any(|asset| {
                        let mails = view.public.assets[asset.index()].kind == AssetKind::MailServer;
                        machines.has(asset) || in_segment(asset) || (mails && loses_its_way_out(asset))
                    }),
                    RestsOn::Data(data) => view.public.data[data.index()].hosts.iter().any(|asset| machines.has(asset) || in_segment(asset)),
                    RestsOn::Login(of) => login == Some(*of),
                    RestsOn::Link(of) => {
                        let plan = &view.public.links[of.index()];
                        link == Some(*of) || (matches!(plan.from, LinkEnd::Vendor(_)) && plan.to.iter().any(loses_its_way_out))
                    }
                    RestsOn::Internet => closes.is_some_and(|segment| service.own_segments.contains(&segment)),
                    RestsOn::Service(_) => false,
                })
        })
        .map(|(place, _)| ServiceId::at(place))
        .collect();
    Quote {
        takes: time(action, targets),
        people: if action.skill.is_some() { action.people.max(1) } else { 0 },
        skill: action.skill,
        targets,
        touches,
    }
}

/// What a role could order at this moment, lazily: every action it may, on everything it knows that the action fits, where the quote is not a
/// refusal. In a fixed order.
pub fn offers<'v>(view: &'v View<'v>) -> impl Iterator<Item = Order> + 'v {
    (0..view.public.actions.len()).map(ActionId::at).filter(|action| may(view, *action)).flat_map(|action| offers_of(view, action))
}

/// The same of one action.
pub fn offers_of<'v>(view: &'v View<'v>, action: ActionId) -> impl Iterator<Item = Order> + 'v {
    candidates(view, action).filter(|order| accepts(view, order))
}

/// What an action could be done to, by what the role knows, whether it would be refused or not. In a fixed order.
pub fn candidates<'v>(view: &'v View<'v>, action: ActionId) -> Box<dyn Iterator<Item = Order> + 'v> {
    let public = view.public;
    let plan = &public.actions[action.index()];
    let order = move |command: Command| Order { action, command };
    macro_rules! over {
        ($table:ident, $id:ident, $command:expr) => {
            Box::new((0..public.$table.len()).map($id::at).map(move |id| order(($command)(id).into())))
        };
    }
    let scopes = move || {
        let singles = (0..public.assets.len()).map(AssetId::at).filter(|asset| view.knowledge.assets[asset.index()].known).map(Scope::Asset);
        singles.chain((0..public.groups.len()).map(GroupId::at).map(Scope::Group))
    };
    macro_rules! scoped {
        ($command:expr) => {
            Box::new(scopes().map(move |scope| order(($command)(scope).into())))
        };
    }
    macro_rules! alerts {
        ($command:expr) => {
            Box::new(view.knowledge.alerts.iter().map(move |known| order(($command)(known.alert).into())))
        };
    }
    use {communication::Command as C, compliance::Command as L, continuity::Command as S, detection::Command as D};
    use {incident_command::Command as I, investigation::Command as V, response::Command as R, team::Command as T};
    // An action of the scenario's own is done to what it names.
    if !plan.on.is_empty() || plan.verb == Verb::Learn {
        return Box::new(plan.own_orders.iter().copied());
    }
    match plan.verb {
        Verb::Acknowledge => alerts!(|alert| D::Acknowledge { alert }),
        Verb::Triage => alerts!(|alert| D::Triage { alert }),
        Verb::Dismiss => alerts!(|alert| D::Dismiss { alert }),
        Verb::Watch => over!(sensors, SensorId, |sensor| D::Watch { sensor }),
        Verb::SetToBlock => over!(sensors, SensorId, |sensor| D::SetToBlock { sensor }),
        Verb::Tune => over!(sensors, SensorId, |sensor| D::Tune { sensor }),
        Verb::Query => over!(sensors, SensorId, |sensor| V::Query { sensor }),
        Verb::Hunt => scoped!(|scope| V::Hunt { scope }),
        Verb::CaptureMemory => scoped!(|scope| V::CaptureMemory { scope }),
        Verb::ImageDisk => scoped!(|scope| V::ImageDisk { scope }),
        Verb::Conclude => over!(claims, ClaimId, |claim| V::Conclude { claim, percent: 75 }),
        Verb::Learn => Box::new(std::iter::once(order(V::Learn {}.into()))),
        Verb::Isolate => scoped!(|scope| R::Isolate { scope }),
        Verb::Reconnect => scoped!(|scope| R::Reconnect { scope }),
        Verb::PowerOff => scoped!(|scope| R::PowerOff { scope }),
        Verb::PowerOn => scoped!(|scope| R::PowerOn { scope }),
        Verb::Clean => scoped!(|scope| R::Clean { scope }),
        Verb::Rebuild => scoped!(|scope| R::Rebuild { scope }),
        Verb::Restore => Box::new(
            scopes()
                .map(move |scope| order(R::RestoreMachines { scope }.into()))
                .chain((0..public.data.len()).map(DataId::at).map(move |data| order(R::RestoreData { data }.into()))),
        ),
        Verb::DisableLogin => over!(logins, LoginId, |login| R::DisableLogin { login }),
        Verb::ResetLogin => over!(logins, LoginId, |login| R::ResetLogin { login }),
        Verb::CutLink => over!(links, LinkId, |link| R::CutLink { link }),
        Verb::RestoreLink => over!(links, LinkId, |link| R::RestoreLink { link }),
        Verb::CutSegment => over!(segments, SegmentId, |segment| R::CutSegment { segment }),
        Verb::RejoinSegment => over!(segments, SegmentId, |segment| R::RejoinSegment { segment }),
        Verb::BlockEgress => over!(segments, SegmentId, |segment| R::BlockEgress { segment }),
        Verb::OpenEgress => over!(segments, SegmentId, |segment| R::OpenEgress { segment }),
        Verb::SecureBackup => over!(data, DataId, |data| R::SecureBackup { data }),
        Verb::CallIn => Box::new(std::iter::once(order(T::CallIn { skill: None }.into()))),
        Verb::Engage => over!(vendors, VendorId, |vendor| T::Engage { vendor }),
        Verb::Brief => Box::new(std::iter::once(order(I::Brief { roles: RoleSet::first(public.roles.len()) }.into()))),
        Verb::Declare => over!(levels, LevelId, |level| I::Declare { level }),
        Verb::Decide => Box::new((0..public.gates.len()).map(GateId::at).flat_map(move |gate| {
            (0..public.gates[gate.index()].choices.len() as u8).map(move |choice| order(I::Decide { gate, choice, sure: 50 }.into()))
        })),
        Verb::Ask => over!(stakeholders, StakeholderId, |stakeholder| C::Ask { stakeholder }),
        Verb::SignOff => over!(statements, StatementId, |statement| C::SignOff { statement }),
        Verb::Publish => over!(statements, StatementId, |statement| C::Publish { statement }),
        Verb::Determine => over!(rules, RuleId, |rule| L::Determine { rule }),
        Verb::Notify => over!(rules, RuleId, |rule| L::Notify { rule }),
        Verb::Preserve => Box::new(std::iter::once(order(L::Preserve {}.into()))),
        Verb::Invoke => over!(services, ServiceId, |service| S::Invoke { service }),
        Verb::StandDown => over!(services, ServiceId, |service| S::StandDown { service }),
        Verb::Prioritise => over!(services, ServiceId, |service| S::Prioritise { service }),
        Verb::Log => Box::new(std::iter::once(order(crate::vocabulary::documentation::Command::Log {}.into()))),
        Verb::Report => Box::new(std::iter::once(order(crate::vocabulary::documentation::Command::Report {}.into()))),
    }
}
