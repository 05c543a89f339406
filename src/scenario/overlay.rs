//! What a facilitator lays over a scenario while it is played: other words for an inject that has not come, and injects of their own.
//!
//! The scenario never changes in play: its files, its identity and the program that was compiled from them stay what they are. A session plays a
//! program with such layers on top. So everything that shows injects - a seat's inbox, the console, the commentary, the debrief - finds the words
//! in the one place where it always looks, [`Public::injects`](crate::scenario::program::Public), and [`Hand`] says whose they are.

use std::sync::Arc;

use crate::ids::*;
use crate::scenario::compile::Names;
use crate::scenario::compile::orders::target_key;
use crate::scenario::prepare::Prepared;
use crate::scenario::program::{Hand, Inject, InjectPlan, Measure, Program, When};
use crate::scenario::script;
use crate::scenario::written::Channel;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::Atom;

/// The longest words that a facilitator can give an inject, in characters: two pages.
pub const LONGEST_WORDS: usize = 4000;
/// The longest name of a sender, in characters.
pub const LONGEST_SENDER: usize = 120;
/// So many injects of a facilitator's own at most: a session that needs more has lost its scenario.
pub const MOST_MADE_UP: usize = 500;

/// An inject of the facilitator's own.
#[derive(Clone, PartialEq, Debug)]
pub struct MadeUp {
    /// Its id; see [`free_id`].
    pub id: String,
    /// The move in which it comes.
    pub of_move: Option<MoveId>,
    /// To which roles.
    pub to: RoleSet,
    /// How it comes.
    pub channel: Channel,
    /// From whom, in words.
    pub from: String,
    /// What it says.
    pub text: String,
    /// What is learnt from it, true or not.
    pub tells: Option<(ClaimId, Stance)>,
    /// Criteria that are not evaluated because of it.
    pub sets_aside: Vec<CriterionId>,
    /// Made up, or a hint.
    pub hand: Hand,
}

/// The first id for an inject of the facilitator's own that nothing is called by yet: the same at every replay.
pub fn free_id(names: &Names, hand: Hand) -> String {
    let word = if hand == Hand::Hint { "hint" } else { "improvised" };
    let mut number = 1;
    loop {
        let id = format!("{word}-{number}");
        if !names.has(IdKind::Inject, &id) {
            return id;
        }
        number += 1;
    }
}

/// Gives an inject other words. What came with it, such as a file, stays.
///
/// # Errors
/// There are no words, or too many.
pub fn edit(prepared: &mut Prepared, inject: InjectId, text: &str) -> Result<(), String> {
    let text = words(text)?;
    let program = Arc::make_mut(&mut prepared.program);
    if let Some(known) = program.public.injects.get_mut(inject.index()) {
        // The author's plain words would tell of the other text.
        (known.text, known.plain) = (text, String::new());
        if known.hand == Hand::Author {
            known.hand = Hand::Edited;
        }
    }
    Ok(())
}

/// Adds an inject of the facilitator's own. It never comes by itself.
///
/// # Errors
/// It says nothing, goes to nobody, has a name that is taken, or there are too many.
pub fn add(prepared: &mut Prepared, made: MadeUp) -> Result<InjectId, String> {
    let text = words(&made.text)?;
    if made.to.is_empty() {
        return Err("a message goes to somebody".to_owned());
    }
    if made.from.chars().count() > LONGEST_SENDER {
        return Err(format!("the name of a sender has at most {LONGEST_SENDER} characters"));
    }
    if made.id.is_empty() || prepared.names.has(IdKind::Inject, &made.id) {
        return Err(format!("there is an inject `{}` already", made.id));
    }
    let own = prepared.program.public.injects.iter().filter(|inject| matches!(inject.hand, Hand::MadeUp | Hand::Hint)).count();
    let inject = prepared.program.public.injects.len();
    if own >= MOST_MADE_UP || inject >= usize::from(u16::MAX) {
        return Err(format!("a session has at most {MOST_MADE_UP} injects of the facilitator's own"));
    }
    let program = Arc::make_mut(&mut prepared.program);
    prepared.names.add(IdKind::Inject, &made.id, inject);
    program.names.add(IdKind::Inject, &made.id);
    let claim = made.tells.and_then(|(claim, stance)| Some((claim, stance, program.public.claims.get(claim.index())?.text.clone())));
    let told = claim.map(|(claim, stance, text)| script::Told {
        claim,
        words: match stance {
            Stance::Yes => format!("\u{201c}{text}\u{201d}"),
            Stance::No => format!("not so: \u{201c}{text}\u{201d}"),
            Stance::NotYet => format!("not known yet: \u{201c}{text}\u{201d}"),
        },
    });
    program.script.injects.push(script::Inject {
        comes: "by the facilitator's hand".to_owned(),
        tells: told.into_iter().collect(),
        played: true,
        ..script::Inject::default()
    });
    program.secret.injects.push(InjectPlan {
        when: When::Never,
        only_if: None,
        or_else: None,
        tells: made.tells.into_iter().collect(),
        also: Vec::new(),
        voice: None,
        played: true,
        sets_aside: made.sets_aside,
    });
    program.public.injects.push(Inject {
        id: made.id,
        of_move: made.of_move,
        is_voice: false,
        channel: made.channel,
        from: made.from.trim().to_owned(),
        to: made.to,
        text,
        artefact: None,
        plain: String::new(),
        expected: Vec::new(),
        why: String::new(),
        hand: made.hand,
    });
    Ok(InjectId::at(inject))
}

fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("there are no words in it".to_owned()),
        many if many > LONGEST_WORDS => Err(format!("it has {many} characters; at most {LONGEST_WORDS} can be read out")),
        _ => Ok(text.to_owned()),
    }
}

/// The criteria that something is about: a criterion itself, those of a target or an objective, and those that rest on a decision (on it, or on what
/// its choices order and publish), a claim, a service or a legal duty. By the id of it; empty where it is about none.
///
/// # Errors
/// There is nothing of this name that a criterion could be about.
pub fn criteria_about(program: &Program, names: &Names, about: &str) -> Result<Vec<CriterionId>, String> {
    let rubric = &program.rubric;
    let of = |wanted: &dyn Fn(&crate::scenario::program::Criterion) -> bool| -> Vec<CriterionId> {
        let list = rubric.criteria.iter().enumerate().filter(|(_, criterion)| wanted(criterion));
        list.map(|(place, _)| CriterionId::at(place)).collect()
    };
    let named = of(&|criterion| criterion.id == about);
    if !named.is_empty() {
        return Ok(named);
    }
    if let Some(target) = rubric.targets.iter().position(|target| target.id == about) {
        return Ok(of(&|criterion| criterion.target == target));
    }
    if let Some(objective) = rubric.objectives.iter().position(|objective| objective.id == about) {
        return Ok(of(&|criterion| rubric.targets.get(criterion.target).is_some_and(|target| target.objective == objective)));
    }
    let rests = |criterion: &crate::scenario::program::Criterion, wanted: &dyn Fn(Atom) -> bool| {
        conditions(&criterion.measure).iter().any(|condition| program.conditions.atoms_of(*condition).into_iter().any(wanted))
    };
    if let Some(gate) = names.find::<GateId>(about) {
        // What a choice orders and publishes is part of deciding for it.
        let choices = program.public.gates.get(gate.index()).map_or(&[][..], |gate| &gate.choices);
        let ordered: Vec<(ActionId, Key)> =
            choices.iter().flat_map(|choice| &choice.orders).map(|order| (order.action, target_key(&program.names, &order.command))).collect();
        return Ok(of(&|criterion| {
            rests(criterion, &|atom| match atom {
                Atom::Decided { gate: of, .. } => of == gate,
                Atom::Ordered { action, target } | Atom::CarriedOut { action, target } => {
                    ordered.iter().any(|(of, on)| *of == action && target.is_none_or(|target| target == *on))
                }
                Atom::Published(statement) => choices.iter().any(|choice| choice.publishes == Some(statement)),
                _ => false,
            })
        }));
    }
    if let Some(claim) = names.find::<ClaimId>(about) {
        let is = |of: ClaimId| of == claim;
        return Ok(of(&|criterion| {
            let measured = match &criterion.measure {
                Measure::Belief { claim, .. } | Measure::Shared { claim, .. } => is(*claim),
                Measure::Heard { claims, .. } => claims.iter().any(|claim| is(*claim)),
                _ => false,
            };
            measured || rests(criterion, &|atom| matches!(atom, Atom::Told { claim, .. } | Atom::Said { claim, .. } if is(claim)))
        }));
    }
    if let Some(service) = names.find::<ServiceId>(about) {
        return Ok(of(&|criterion| {
            let measured = match &criterion.measure {
                Measure::Outage { of, .. } | Measure::WorkaroundsInTime { of, .. } | Measure::WithinRto { of, .. } => of.contains(&service),
                _ => false,
            };
            measured || rests(criterion, &|atom| matches!(atom, Atom::Down { service: of, .. } if of == service))
        }));
    }
    if let Some(rule) = names.find::<RuleId>(about) {
        return Ok(of(&|criterion| {
            matches!(criterion.measure, Measure::Deadline { rule: of, .. } if of == rule)
                || rests(criterion, &|atom| matches!(atom, Atom::Notified(of) if of == rule))
        }));
    }
    Err(format!(
        "nothing that is assessed is called `{about}`: name a criterion, a capability target, a decision, a claim, a service or a legal duty"
    ))
}

/// The conditions that a measure reads.
fn conditions(measure: &Measure) -> Vec<ConditionId> {
    match *measure {
        Measure::Minutes { from, to, .. } => vec![from, to],
        Measure::Never { what, counts_once, .. } => vec![what, counts_once],
        Measure::Heard { of, .. } => vec![of],
        Measure::Deadline { from, .. } => vec![from],
        Measure::Outage { counts_once, .. }
        | Measure::AtEnd { counts_once, .. }
        | Measure::RecordsExposed { counts_once, .. }
        | Measure::WithinRto { counts_once, .. } => vec![counts_once],
        Measure::Belief { .. }
        | Measure::FalseClaims { .. }
        | Measure::ScopeKnown { .. }
        | Measure::EvidenceKept { .. }
        | Measure::LogCovers { .. }
        | Measure::Shared { .. }
        | Measure::AlertsTakenUp { .. }
        | Measure::AlertsJudged { .. }
        | Measure::WorkaroundsInTime { .. }
        | Measure::Judged { .. } => Vec::new(),
    }
}
