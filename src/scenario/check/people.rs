//! Roles, stakeholders and the plan: who may, who stands in, who has to hear.

use std::collections::BTreeSet;

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::source::Part;
use crate::scenario::written::{Says, Sheet};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let sheet = context.sheet;
    for role in &sheet.roles {
        if let Some(deputy) = &role.deputy
            && **deputy == *role.id
        {
            found.add(
                Code::OwnDeputy,
                deputy.at,
                format!("the role `{}` is its own deputy", role.id),
                "another role",
                "name who stands in while it is away",
            );
        }
    }
    let library = |file: u16| context.loaded.sources.files().get(file as usize).is_some_and(|file| file.part == Part::Library);
    for action in sheet.actions.iter().filter(|action| !library(action.id.at.file)) {
        if context.whole && !sheet.roles.is_empty() && !context.orderable.contains(&*action.id) {
            found.add(
                Code::NobodyMay,
                action.id.at,
                format!("no role may order `{}`", action.id),
                "`who: [..]`, `by: [..]`, or a role's `may`",
                "say who has the authority",
            );
        }
    }
    for step in sheet.plan.iter().flat_map(|plan| &plan.steps) {
        let Some(role) = sheet.roles.iter().find(|role| *role.id == *step.who) else { continue };
        for order in &step.orders {
            let Some(action) = context.action(&order.action) else { continue };
            if !context.may(role, action) {
                let what = format!("the plan lets `{}` order `{}`, which it may not", role.id, action.id);
                found.add(
                    Code::MayNot,
                    order.action.at,
                    what,
                    "an order that the role may give",
                    "let another role do it, or add it to the role's `may`",
                );
            }
        }
    }
    let told = told(sheet);
    for who in &sheet.stakeholders {
        for hear in &who.must_hear {
            let heard = told.contains(&(&*who.id, &*hear.claim)) || told.contains(&("all", &*hear.claim));
            if !heard && context.whole {
                let what = format!("`{}` must hear of `{}`, and no statement to them says anything of it", who.id, hear.claim);
                found.add(Code::NobodyTells, hear.claim.at, what, "a statement to them that does", "write one, if only with `NotYet`");
            }
        }
    }
}

/// Whom statements tell of which claims, whatever they say of them.
pub(super) fn told(sheet: &Sheet) -> BTreeSet<(&str, &str)> {
    // Statements go to a handful of people and say a handful of things; longer lists are cut, so that their product stays small.
    const MOST: usize = 200;
    let mut told = BTreeSet::new();
    for statement in &sheet.statements {
        for to in statement.to.iter().take(MOST) {
            told.extend(statement.says.iter().take(MOST).map(|(Says::Yes(claim) | Says::No(claim) | Says::NotYet(claim))| (&**to, &**claim)));
        }
    }
    told
}
