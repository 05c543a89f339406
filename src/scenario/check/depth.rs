//! What lies above the depth that the author chose, and what the chosen depth needs.

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::Place;
use crate::scenario::written::{Also, Depth, Measure, Term, VoiceOf};

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let Some(depth) = &context.sheet.depth else { return };
    let mut above = |needs: Depth, at: Place, what: String| {
        if depth.value < needs {
            let help = match needs {
                Depth::Talk => "",
                Depth::Claims => "the next rung needs claims, and statements that say something of them",
                Depth::Services => "the next rung needs services, with what they cost and what people do without them",
                Depth::Estate => "the next rung needs an estate, sensors, and a campaign",
            };
            found.add(
                Code::AboveDepth,
                at,
                format!("{what}, which a scenario of the depth `{:?}` does not have", depth.value),
                format!("`depth: {needs:?}`, or another way to say it"),
                help,
            );
        }
    };
    let sheet = context.sheet;
    let estate = context.estate();
    if let Some(asset) = estate.assets.first() {
        above(Depth::Estate, asset.id.at, "machines".to_owned());
    }
    if let Some(sensor) = sheet.sensors.first() {
        above(Depth::Estate, sensor.id.at, "sensors".to_owned());
    }
    if let Some(campaign) = &sheet.campaign {
        above(Depth::Estate, campaign.wants.at, "a campaign".to_owned());
    }
    if let Some(service) = estate.services.first() {
        above(Depth::Services, service.id.at, "services".to_owned());
    }
    if let Some(claim) = sheet.claims.first() {
        above(Depth::Claims, claim.id.at, "claims".to_owned());
    }
    for voice in sheet.moves.iter().flat_map(|turn| &turn.voices) {
        let needs = if matches!(voice.of, VoiceOf::Down { .. }) { Depth::Services } else { Depth::Estate };
        above(needs, voice.id.at, format!("the voice `{}`", voice.id));
    }
    for (_, inject) in context.injects() {
        if inject.also.iter().any(|also| matches!(also, Also::Outage { .. })) {
            above(Depth::Services, inject.id.at, format!("the outage in `{}`", inject.id));
        }
    }
    for condition in context.conditions() {
        for term in &condition.terms {
            let needs = rung(term);
            above(needs, condition.at, format!("what {} waits for", condition.owner));
        }
    }
    for criterion in sheet.objectives.iter().flat_map(|objective| &objective.targets).flat_map(|target| &target.criteria) {
        above(measured(&criterion.measure), criterion.id.at, format!("the measure of `{}`", criterion.id));
    }
    if context.whole {
        below(context, depth.value, depth.at, found);
    }
}

fn rung(term: &Term) -> Depth {
    match term {
        Term::Happened { .. } | Term::AtLeast { .. } | Term::Evicted | Term::Secured(_) => Depth::Estate,
        Term::Down { .. } => Depth::Services,
        Term::Told { .. } | Term::Said(_) | Term::Published(_) | Term::Notified(_) => Depth::Claims,
        Term::Any(terms) => terms.iter().map(rung).max().unwrap_or(Depth::Talk),
        Term::Not { what, of, .. } => rung(what).max(of.as_deref().map_or(Depth::Talk, rung)),
        _ => Depth::Talk,
    }
}

fn measured(measure: &Measure) -> Depth {
    match measure {
        Measure::AtEnd { .. }
        | Measure::RecordsExposed { .. }
        | Measure::ScopeKnown { .. }
        | Measure::EvidenceKept { .. }
        | Measure::AlertsTakenUp { .. }
        | Measure::AlertsJudged { .. } => Depth::Estate,
        Measure::Outage { .. } | Measure::WorkaroundsInTime { .. } | Measure::WithinRto { .. } => Depth::Services,
        Measure::Belief { .. }
        | Measure::FalseClaims { .. }
        | Measure::Heard { .. }
        | Measure::Deadline { .. }
        | Measure::LogCovers { .. }
        | Measure::Shared { .. } => Depth::Claims,
        _ => Depth::Talk,
    }
}

fn below(context: &Context<'_>, depth: Depth, at: Place, found: &mut Diagnostics) {
    let sheet = context.sheet;
    let needs = [
        (Depth::Talk, sheet.moves.is_empty(), "moves"),
        (Depth::Talk, sheet.roles.is_empty(), "roles"),
        (Depth::Talk, sheet.objectives.is_empty(), "objectives"),
        (Depth::Claims, sheet.claims.is_empty(), "claims"),
        (Depth::Services, context.estate().services.is_empty(), "services"),
        (Depth::Estate, context.estate().assets.is_empty(), "machines"),
        (Depth::Estate, context.estate().segments.is_empty(), "segments"),
        (Depth::Estate, sheet.campaign.is_none(), "a campaign"),
        (Depth::Estate, sheet.sensors.is_empty(), "sensors"),
        (Depth::Estate, sheet.actions.is_empty(), "actions (from the library or its own)"),
    ];
    for (needs, missing, what) in needs {
        if depth >= needs && missing {
            found.add(Code::BelowDepth, at, format!("the depth `{depth:?}` without {what}"), what, "add them, or choose a lower rung");
        }
    }
}
