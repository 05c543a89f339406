//! Gates: choices, who decides, and what happens when nobody does.

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean, one_of};
use crate::scenario::written::{Deciders, Fires, Gate};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    for (_, gate) in context.gates() {
        let ids: Vec<&str> = gate.choices.iter().map(|choice| choice.id.value.as_str()).collect();
        if ids.len() < 2 && context.whole {
            let what = format!("the gate `{}` with {}", gate.id, if ids.is_empty() { "no choice" } else { "one choice" });
            found.add(Code::FewChoices, gate.id.at, what, "at least two choices", "doing nothing is a choice as well; give it words");
        }
        let default = &gate.if_nobody_decides;
        if !ids.contains(&default.value.as_str()) && context.whole {
            let help = did_you_mean(default, ids.iter().copied())
                .map_or_else(|| "name one of the choices".to_owned(), |near| format!("did you mean `{near}`?"));
            found.add(
                Code::DefaultChoice,
                default.at,
                format!("`{}`, which is no choice of this gate", default.value),
                one_of(ids.iter().copied(), 20),
                help,
            );
        }
        let deciders = match &gate.who {
            Deciders::AnyOf(roles) | Deciders::AllOf(roles) => roles,
        };
        // Everybody of nobody decides as little.
        if (deciders.is_empty() || context.sheet.roles.is_empty() && context.whole) && !context.damaged(gate.id.at) {
            found.add(
                Code::NobodyDecides,
                gate.id.at,
                format!("nobody decides the gate `{}`", gate.id),
                "`who: AnyOf([..])` with at least one role",
                "name who has the authority",
            );
        }
        if matches!(gate.opens, Fires::Instead | Fires::ByHand) {
            let what = format!("the gate `{}` opens in a way that is for injects only", gate.id);
            found.add(Code::GateOpens, gate.id.at, what, "`At`, `When` or `IfNot`", "a gate belongs to the story: say when it opens");
        }
        orders(context, gate, found);
    }
}

/// A choice with orders that nobody may give. (Who decides need not be who carries it out.)
fn orders(context: &Context<'_>, gate: &Gate, found: &mut Diagnostics) {
    for choice in &gate.choices {
        for order in &choice.orders {
            let Some(action) = context.action(&order.action) else { continue };
            if context.whole && !context.orderable.contains(&*action.id) {
                let what = format!("the choice `{}` orders `{}`, which no role may order", choice.id.value, action.id);
                found.add(
                    Code::MayNot,
                    order.action.at,
                    what,
                    "an order that somebody may give",
                    "let a role order it: `who`, `by`, or the role's `may`",
                );
            }
        }
    }
}
