//! Cuts: for each way to play the scenario, that it fits into its time and that nothing waits for what was left out.

use std::collections::BTreeSet;

use super::{Context, Teller};
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::written::{Cut, Deciders, Fires, Measure, Move, Term};
use crate::time::Span;

/// People need this long to talk about what happened while memory is fresh.
const SHORTEST_HOTWASH: Span = Span::minutes(20);

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    if context.sheet.cuts.is_empty() && context.whole && !context.sheet.moves.is_empty() {
        let at = context.sheet.title.as_ref().map_or_else(Default::default, |title| title.at);
        found.add(Code::NoCut, at, "a scenario without a cut", "`cuts: [Cut(..)]`, the 90-minute one first", "say what is played in which time");
    }
    for cut in &context.sheet.cuts {
        let playing = Playing::new(context, cut);
        times(&playing, found);
        moves(context, &playing, found);
        if context.whole {
            roles(context, &playing, found);
            objectives(context, &playing, found);
            tellers(context, &playing, found);
        }
    }
}

/// A cut, with what every question about it asks.
struct Playing<'a> {
    cut: &'a Cut,
    /// The moves it plays, in its order, with their index.
    moves: Vec<(usize, &'a Move)>,
    /// Their ids.
    names: BTreeSet<&'a str>,
    /// What it leaves out.
    out: BTreeSet<&'a str>,
    /// Claims of which every teller was left out.
    untold: BTreeSet<&'a str>,
}

impl<'a> Playing<'a> {
    fn new(context: &Context<'a>, cut: &'a Cut) -> Playing<'a> {
        let mut seen = BTreeSet::new();
        let moves: Vec<(usize, &Move)> = if cut.moves.iter().any(|id| &*id.text == "all") {
            context.sheet.moves.iter().enumerate().collect()
        } else {
            cut.moves.iter().filter(|id| seen.insert(&*id.text)).filter_map(|id| context.turn(id)).collect()
        };
        let names = moves.iter().map(|(_, turn)| &*turn.id.text).collect();
        let out = cut.leave_out.iter().map(|out| &*out.text).collect();
        let mut playing = Playing { cut, moves, names, out, untold: BTreeSet::new() };
        for claim in &context.sheet.claims {
            let tellers = context.tellers(&claim.id);
            let gone = |teller: &Teller<'_>| match teller {
                Teller::Anywhen => false,
                Teller::Inject(turn, id) => playing.left_out(id) || playing.absent(context, *turn),
            };
            if !tellers.is_empty() && tellers.iter().all(gone) {
                playing.untold.insert(&claim.id);
            }
        }
        playing
    }

    fn left_out(&self, id: &str) -> bool {
        self.out.contains(id)
    }

    /// A move that it does not play. The deck, which is in no move, is always there.
    fn absent(&self, context: &Context<'_>, turn: Option<usize>) -> bool {
        turn.and_then(|turn| context.sheet.moves.get(turn)).is_some_and(|turn| !self.names.contains(&*turn.id))
    }
}

fn times(playing: &Playing<'_>, found: &mut Diagnostics) {
    let cut = playing.cut;
    if cut.opening.0 <= 0 {
        found.add(
            Code::NoOpening,
            cut.opening.at,
            format!("the cut `{}` without an opening", cut.id),
            "about five minutes",
            "people need to hear the rules and who they are",
        );
    }
    if cut.hotwash.value < SHORTEST_HOTWASH {
        found.add(
            Code::ShortHotwash,
            cut.hotwash.at,
            format!("a hotwash of {}", cut.hotwash.value),
            "at least 20m",
            "what is learnt is learnt there",
        );
    }
    if cut.moves.is_empty() {
        found.add(
            Code::NoCut,
            cut.id.at,
            format!("the cut `{}` plays no move", cut.id),
            "`moves: [..]` with at least one",
            "name the moves in order",
        );
    }
    let whole = cut.opening.value + cut.play.value + cut.hotwash.value;
    if let Ok(named) = Span::parse(&cut.id)
        && named != whole
    {
        let what = format!("the cut `{}` takes {whole}", cut.id);
        found.add(Code::CutName, cut.id.at, what, format!("{named}"), "change its parts or its name");
    }
    let talk = playing.moves.iter().fold(Span::ZERO, |sum, (_, turn)| sum + turn.talk.value);
    if talk > cut.play.value {
        let what = format!("{talk} of talk in {} of play", cut.play.value);
        found.add(Code::OverTime, cut.play.at, what, "moves that fit into the time for play", "shorten moves, leave one out, or give it more time");
    }
    for (_, turn) in &playing.moves {
        let injects = turn
            .injects
            .iter()
            .filter(|inject| matches!(inject.fires, Fires::At(_)) && !playing.left_out(&inject.id))
            .filter_map(|inject| inject.talk.as_ref());
        let gates = turn.gates.iter().filter(|gate| !playing.left_out(&gate.id)).filter_map(|gate| gate.talk.as_ref());
        let inner = injects.chain(gates).fold(Span::ZERO, |sum, talk| sum + talk.value);
        if inner > turn.talk.value {
            let what = format!("{inner} of talk on injects and gates in the move `{}` of {}, in the cut `{}`", turn.id, turn.talk.value, cut.id);
            found.add(
                Code::OverTime,
                turn.talk.at,
                what,
                "injects and gates that fit into their move",
                "give the move more time, or leave something out",
            );
        }
    }
}

fn moves(context: &Context<'_>, playing: &Playing<'_>, found: &mut Diagnostics) {
    let (cut, played) = (playing.cut, &playing.moves);
    for pair in played.windows(2) {
        if pair[1].0 <= pair[0].0
            && let Some(written) = cut.moves.iter().find(|id| ***id == *pair[1].1.id)
        {
            let what = format!("the move `{}` behind `{}`, in the cut `{}`", pair[1].1.id, pair[0].1.id, cut.id);
            found.add(Code::CutOrder, written.at, what, "moves in the order in which they open", "story time does not run backwards");
        }
    }
    let there: BTreeSet<&str> = played
        .iter()
        .flat_map(|(_, turn)| {
            let (injects, voices) = (turn.injects.iter().map(|inject| &*inject.id.text), turn.voices.iter().map(|voice| &*voice.id.text));
            injects.chain(voices).chain(turn.gates.iter().map(|gate| &*gate.id.text))
        })
        .collect();
    for out in &cut.leave_out {
        let there = there.contains(&*out.text);
        let elsewhere = context.inject(out).is_some_and(|(turn, _)| turn.is_some()) || context.gate(out).is_some();
        if !there && elsewhere && context.whole {
            let what = format!("the cut `{}` leaves `{out}` out, whose move it does not play", cut.id);
            found.add(Code::LeavesOutAbsent, out.at, what, "things of its moves", "it is left out already");
        }
    }
    for (_, turn) in played {
        let allowed = (turn.talk.as_minutes() * 2 + 19) / 20;
        let injects = turn.injects.iter().filter(|inject| matches!(inject.fires, Fires::At(_)) && !playing.left_out(&inject.id)).count() as i64;
        let gates = turn.gates.iter().filter(|gate| !playing.left_out(&gate.id)).count() as i64;
        for (count, code, what) in [(injects, Code::CrowdedInjects, "injects that fire whatever happens"), (gates, Code::CrowdedGates, "gates")] {
            if count > allowed {
                let what = format!("{count} {what} in the {} of the move `{}`, in the cut `{}`", turn.talk.value, turn.id, cut.id);
                found.add(
                    code,
                    turn.id.at,
                    what,
                    "at most two in 20 minutes",
                    "leave some out of this cut, or let them fire only when they are needed",
                );
            }
        }
    }
}

/// Everybody has something to do in every move.
fn roles(context: &Context<'_>, playing: &Playing<'_>, found: &mut Diagnostics) {
    let cut = playing.cut;
    for (_, turn) in &playing.moves {
        let mut addressed: BTreeSet<&str> = BTreeSet::new();
        for inject in turn.injects.iter().filter(|inject| !playing.left_out(&inject.id)) {
            addressed.extend(inject.to.iter().map(|to| &**to));
        }
        for voice in turn.voices.iter().filter(|voice| !playing.left_out(&voice.id)) {
            addressed.extend(voice.to.iter().map(|to| &**to));
        }
        for question in &turn.questions {
            addressed.extend(question.to.iter().map(|to| &**to));
        }
        for gate in turn.gates.iter().filter(|gate| !playing.left_out(&gate.id)) {
            match &gate.who {
                Deciders::AnyOf(roles) | Deciders::AllOf(roles) => addressed.extend(roles.iter().map(|role| &**role)),
            }
        }
        if addressed.contains("all") {
            continue;
        }
        let idle: Vec<String> =
            context.sheet.roles.iter().filter(|role| !addressed.contains(&*role.id)).map(|role| format!("`{}`", role.id)).collect();
        if !idle.is_empty() {
            let what = format!("nothing in the move `{}` addresses {}, in the cut `{}`", turn.id, idle.join(", "), cut.id);
            found.add(
                Code::RoleIdle,
                turn.id.at,
                what,
                "an inject, a question or a gate for every role",
                "somebody who is not asked looks at the clock: ask them a question",
            );
        }
    }
}

fn objectives(context: &Context<'_>, playing: &Playing<'_>, found: &mut Diagnostics) {
    let cut = playing.cut;
    for objective in &context.sheet.objectives {
        let criteria: Vec<_> = objective.targets.iter().flat_map(|target| &target.criteria).collect();
        let kept = criteria.iter().any(|criterion| {
            !playing.left_out(&criterion.id)
                && match &criterion.measure {
                    Measure::Belief { asked_at_end_of, .. } => playing.names.contains(&**asked_at_end_of),
                    Measure::Minutes { from, to, .. } => !gone(context, playing, from) && !gone(context, playing, to),
                    Measure::Never { counts_once, .. } => !gone(context, playing, counts_once),
                    _ => true,
                }
        });
        if !kept && !criteria.is_empty() {
            let what = format!("nothing measures the objective `{}` in the cut `{}`", objective.id, cut.id);
            found.add(
                Code::ObjectiveUnmeasured,
                objective.id.at,
                what,
                "at least one criterion that the cut keeps",
                "keep a criterion, or leave the objective to a longer cut",
            );
        }
    }
}

/// A term that cannot come true in this cut, because what it waits for is not part of it.
fn gone(context: &Context<'_>, playing: &Playing<'_>, term: &Term) -> bool {
    match term {
        Term::Decided { gate, .. } => playing.left_out(gate) || context.gate(gate).is_some_and(|(turn, _)| playing.absent(context, Some(turn))),
        Term::Fired(inject) => playing.left_out(inject) || context.inject(inject).is_some_and(|(turn, _)| playing.absent(context, turn)),
        Term::Told { claim, .. } => playing.untold.contains(&**claim),
        Term::Any(terms) => !terms.is_empty() && terms.iter().all(|term| gone(context, playing, term)),
        _ => false,
    }
}

fn tellers(context: &Context<'_>, playing: &Playing<'_>, found: &mut Diagnostics) {
    let cut = playing.cut;
    for (_, turn) in &playing.moves {
        let gates = turn
            .gates
            .iter()
            .filter(|gate| !playing.left_out(&gate.id))
            .map(|gate| (format!("the gate `{}`", gate.id), &gate.opens, gate.id.at, &[][..]));
        // An inject with a stand-in has an answer to not firing.
        let injects = turn.injects.iter().filter(|inject| !playing.left_out(&inject.id) && inject.or_else.is_none());
        let injects = injects.map(|inject| (format!("the inject `{}`", inject.id), &inject.fires, inject.id.at, &inject.fires_only_if[..]));
        for (owner, fires, at, only_if) in gates.chain(injects) {
            let waits = match fires {
                Fires::When { all } => &all[..],
                _ => &[],
            };
            for term in waits.iter().chain(only_if).filter(|term| gone(context, playing, term)) {
                let what = format!("{owner} waits for {}, in the cut `{}`", in_words(term), cut.id);
                found.add(Code::TellerLeftOut, at, what, "something that the cut keeps", "keep what tells it, or leave this out as well");
            }
        }
    }
}

fn in_words(term: &Term) -> String {
    match term {
        Term::Told { claim, .. } => format!("the claim `{claim}`, whose every teller was left out"),
        Term::Decided { gate, .. } => format!("the gate `{gate}`, which was left out"),
        Term::Fired(inject) => format!("the inject `{inject}`, which was left out"),
        _ => "what was left out".to_owned(),
    }
}
