//! Notification duties and the legal hold.

use super::mind::Mind;
use crate::ids::*;
use crate::scenario::program::Deadline;
use crate::scenario::written::{Starts, Verb};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;
use crate::vocabulary::compliance::Command;

/// A notification goes out when a quarter of its time is over, and at the latest after half a day: what is known by then is sent.
const SEND_WITHIN: Span = Span::hours(12);

/// Rules that apply and whose notification is not out.
fn open<'a>(mind: &'a Mind<'_>) -> impl Iterator<Item = RuleId> + 'a {
    let rules = mind.view.knowledge.rules.iter().zip(&mind.view.public.rules).enumerate();
    rules.filter(|(_, (belief, plan))| belief.known && plan.in_force && !belief.sent).map(|(place, _)| RuleId::at(place))
}

/// Determines that a duty applies, as soon as what it hangs on is known.
pub(super) fn determine(mind: &Mind<'_>) -> Option<Order> {
    let applies = |rule: &RuleId| {
        let plan = &mind.view.public.rules[rule.index()];
        let known = plan.aware_of.iter().any(|claim| mind.confidence(*claim) >= 85);
        !mind.memory.determined[rule.index()] && plan.starts != Starts::Notified && (known || mind.view.knowledge.rules[rule.index()].due.is_some())
    };
    open(mind).filter(applies).find_map(|rule| mind.order(Verb::Determine, Command::Determine { rule }))
}

/// When a notification is to go out, if its clock runs.
///
/// A report that follows an earlier notification says how the incident was handled (a final report, a month after): it is not written early for the sake
/// of the clock. It goes out like any other where the exercise asks for it by its end, and waits where it is due after that.
fn send_at(mind: &Mind<'_>, rule: RuleId) -> Option<ExerciseTime> {
    let due = mind.view.knowledge.rules[rule.index()].due?;
    let plan = &mind.view.public.rules[rule.index()];
    let follows = plan.after.is_some() || plan.starts == Starts::Notified;
    if follows && due > mind.view.public.endex {
        return None;
    }
    let began = match plan.deadline {
        Deadline::Span(span) => due + Span(-span.0),
        Deadline::Days(days) => due + Span(-86_400 * i64::from(days)),
        Deadline::BusinessDays(_) => mind.memory.clocks[rule.index()].unwrap_or(mind.view.now),
    };
    Some(began + Span((due - began).0 / 4).min(SEND_WITHIN))
}

/// Sends notifications well before they are due.
pub(super) fn notify(mind: &Mind<'_>) -> Option<Order> {
    let ready = |rule: &RuleId| send_at(mind, *rule).is_some_and(|at| mind.view.now >= at);
    open(mind).filter(ready).find_map(|rule| mind.order(Verb::Notify, Command::Notify { rule }))
}

/// Puts a hold on evidence once an incident is declared.
pub(super) fn preserve(mind: &Mind<'_>) -> Option<Order> {
    if !mind.declared() || !mind.signs() {
        return None;
    }
    mind.order(Verb::Preserve, Command::Preserve {})
}

impl Mind<'_> {
    /// When the next notification is to go out.
    pub fn notifies_at(&self) -> Option<ExerciseTime> {
        open(self).filter_map(|rule| send_at(self, rule)).filter(|at| *at > self.view.now).min()
    }
}
