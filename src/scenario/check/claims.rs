//! What there is to know, and who tells it.

use std::collections::BTreeSet;

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::Place;
use crate::scenario::written::{Says, Truth};

/// A facilitator ticks them while people talk.
const MOST_CLAIMS: usize = 12;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let possible = context.sheet.campaign.as_ref().map(|campaign| super::campaign::possible(context, campaign));
    let believed: BTreeSet<&str> = context.sheet.roles.iter().flat_map(|role| role.believes.iter().map(|claim| &**claim)).collect();
    for (index, claim) in context.sheet.claims.iter().enumerate() {
        if index == MOST_CLAIMS {
            let what = format!("{} claims", context.sheet.claims.len());
            found.add(
                Code::TooManyClaims,
                claim.id.at,
                what,
                format!("at most {MOST_CLAIMS}"),
                "a facilitator ticks them while people talk: join or leave some out",
            );
        }
        if context.whole && !believed.contains(&*claim.id) && !believed.contains("all") && context.tellers(&claim.id).is_empty() {
            let what = format!("nobody can learn the claim `{}`", claim.id);
            found.add(
                Code::NobodyLearns,
                claim.id.at,
                what,
                "an inject, a voice, an action or a stakeholder that tells it",
                "add `tells: [Yes(\"..\")]` where it can be seen, or leave the claim out",
            );
        }
        if let Truth::Once { stage } = &claim.truth
            && context.whole
            && possible.as_ref().is_some_and(|possible| !possible.contains(&**stage))
            && context.has(crate::scenario::reference::Name::Stage, stage)
        {
            found.add(
                Code::NeverTrue,
                stage.at,
                format!("the claim `{}` becomes true by `{stage}`, which cannot happen", claim.id),
                "a stage whose needs can be met",
                "look at what the stage needs",
            );
        }
    }
    let both = |says: &[Says], owner: String, at: Place, found: &mut Diagnostics| {
        for (index, one) in says.iter().take(200).enumerate() {
            if says[..index].iter().any(|other| id(one) == id(other)) {
                found.add(Code::SaysBoth, at, format!("{owner} says two things of the claim `{}`", id(one)), "one thing", "leave one of them out");
            }
        }
    };
    for statement in &context.sheet.statements {
        both(&statement.says, format!("the statement `{}`", statement.id), statement.id.at, found);
    }
    for (_, inject) in context.injects() {
        both(&inject.tells, format!("the inject `{}`", inject.id), inject.id.at, found);
    }
    for voice in context.sheet.moves.iter().flat_map(|turn| &turn.voices) {
        both(&voice.tells, format!("the voice `{}`", voice.id), voice.id.at, found);
    }
}

fn id(says: &Says) -> &str {
    match says {
        Says::Yes(claim) | Says::No(claim) | Says::NotYet(claim) => claim,
    }
}
