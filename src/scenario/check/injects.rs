//! Injects and voices: to whom, with what, and what takes whose place.

use std::collections::BTreeSet;

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::written::Fires;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let stand_ins: BTreeSet<&str> = context.injects().filter_map(|(_, inject)| inject.or_else.as_deref()).collect();
    for (turn, inject) in context.injects() {
        let id = &inject.id;
        let damaged = context.damaged(id.at);
        if inject.to.is_empty() && !damaged {
            found.add(
                Code::NobodyAddressed,
                id.at,
                format!("the inject `{id}` is addressed to nobody"),
                "`to: [..]` with at least one role",
                "write `to: [\"all\"]` for everybody",
            );
        }
        let blank = inject.text.as_ref().is_none_or(|text| text.trim().is_empty());
        if blank && inject.artefact.is_none() && inject.picture.is_none() && !damaged {
            found.add(
                Code::NothingToSee,
                id.at,
                format!("the inject `{id}` has nothing to say or show"),
                "`text`, `artefact` or `picture`",
                "write what people read or hear",
            );
        }
        if let Some(picture) = &inject.picture
            && picture.alt.trim().is_empty()
        {
            found.add(
                Code::PictureWithoutWords,
                picture.alt.at,
                "a picture without words",
                "`alt`: what it shows",
                "some people cannot see it, and paper may not print it",
            );
        }
        if let Some(other) = &inject.or_else {
            match context.inject(other) {
                Some((_, written)) if !matches!(written.fires, Fires::Instead) => {
                    let what = format!("`or_else` names `{other}`, which fires by itself");
                    found.add(Code::OrElseNotInstead, other.at, what, "an inject with `fires: Instead`", "otherwise both would fire");
                }
                _ => {}
            }
        }
        if matches!(inject.fires, Fires::Instead) && context.whole {
            let named = stand_ins.contains(&**id);
            if !named {
                let what = format!("the inject `{id}` fires instead of another, and no other names it");
                found.add(
                    Code::InsteadUnnamed,
                    id.at,
                    what,
                    format!("an inject with `or_else: \"{id}\"`"),
                    "name it there, or let it fire by itself",
                );
            }
        }
        if turn.is_none() && matches!(&inject.fires, Fires::At(moment) if matches!(moment.value, crate::time::Moment::After(_))) {
            let what = format!("the inject `{id}` of the deck counts from the opening of a move");
            found.add(
                Code::DeckNeedsHand,
                id.at,
                what,
                "`fires: ByHand`, or a moment of the story",
                "move it to a move, or let the facilitator fire it",
            );
        }
    }
    for voice in context.sheet.moves.iter().flat_map(|turn| &turn.voices) {
        let blank = voice.text.as_ref().is_none_or(|text| text.trim().is_empty());
        if blank && voice.artefact.is_none() && !context.damaged(voice.id.at) {
            found.add(
                Code::NothingToSee,
                voice.id.at,
                format!("the voice `{}` has nothing to say or show", voice.id),
                "`text` or `artefact`",
                "write what people read or hear",
            );
        }
    }
}
