//! What the controls of the console do.

use super::decide::{Decision, open_gates};
use super::record::{FROM, Field, KINDS, is_last};
use super::{Deed, Pane, Pause, State, Strip, asking, slips};
use crate::debrief::day;
use crate::desktop::keep::{in_minutes, today};
use crate::desktop::play::Game;
use crate::desktop::theme::Tone;
use crate::ids::{DenseId, GateId};
use crate::journal::{Annotation, RemarkKind};
use crate::session::matching::Meant;
use crate::session::{Decided, Outcome, STOPS, Seated};
use crate::time::{ExerciseTime, Span};

/// Does what was asked for.
pub fn at_console(game: &mut Game, state: &mut State, deed: Deed) {
    match deed {
        Deed::Next => next(game, state),
        Deed::GoOn => go_on(game, state),
        Deed::Show(pane) => (state.pane, state.strip) = (pane, None),
        Deed::Write(strip) => write(state, strip),
        Deed::Accept(place) => accept(game, state, place),
        Deed::NoteOnly => note_only(game, state),
        Deed::Choose(gate, place) => state.record.decisions.entry(gate).or_default().choice = Some(place),
        Deed::Sure(gate, percent) => state.record.decisions.entry(gate).or_default().sure = Some(percent),
        Deed::Type(into) => state.record.focus = Some(into),
        Deed::Slip(gate, slip) => {
            // Whose it is is said; what it says is nobody's business yet.
            let who = slips::who(&game.public().roles, slip.role, slip.by.as_deref());
            let done = game.facilitate(|session| session.position(gate, slip.role, slip.choice, slip.sure, slip.by));
            if done.is_ok() {
                state.record.slip.clear();
            }
            say(state, done, &format!("Written down: {who}."));
        }
        Deed::TakeSlipBack(gate, role, by) => {
            let done = game.facilitate(|session| session.take_back_position(gate, role, by.as_deref()));
            say(state, done, "It is taken back.");
        }
        Deed::Decide(gate) => decide(game, state, gate),
        Deed::NoneToDecide => {
            let turns = state.turns(game);
            state.last = Some((Tone::Notice, super::decide::none_open(game, &turns, &super::data::data(game, &turns))));
        }
        Deed::NextOwner => state.record.next_owner(game),
        Deed::TakeBack(roles, order) => {
            let done = game.facilitate(|session| session.take_back(&roles, order));
            say(state, done, "It will not be done.");
        }
        Deed::Given(inject, given) => super::sheets::hand_out(game, inject, given),
        Deed::AllGiven => {
            let turns = state.turns(game);
            let data = super::data::data(game, &turns);
            data.not_ticked().for_each(|(_, item)| super::sheets::hand_out(game, item.id, true));
        }
        Deed::Believe(beliefs) => {
            let words = "the room was asked";
            let recorded = game.facilitate(|session| beliefs.iter().try_for_each(|(claim, percent)| session.believe(words, *claim, *percent)));
            state.record.beliefs.clear();
            match recorded {
                Ok(()) => go_on(game, state),
                Err(why) => state.last = Some((Tone::Warning, why)),
            }
        }
        Deed::Remark => {
            let (kind, label) = KINDS.get(state.record.kind).cloned().unwrap_or((RemarkKind::Note, "Note"));
            let text = state.record.remark.trim().to_owned();
            let done = if kind == RemarkKind::Observation {
                game.facilitate(|session| session.observe("", &text, None, None))
            } else {
                game.remark(Annotation::new(kind, text.as_str()));
                Ok(())
            };
            if done.is_ok() {
                state.record.remark.clear();
                state.strip = None;
            }
            say(state, done, &format!("{label} written down: {text}"));
        }
        Deed::Ask => state.asking.answers = Some(game.session().ask(&state.asking.question)),
        Deed::Assume(became) => {
            let claim = state.asking.claim.trim().to_owned();
            let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            let owner = said(&state.asking.owner);
            // A day that may be another is asked about, before anything is written down.
            let done = day::read(&state.asking.by_when, &today())
                .and_then(|by_when| game.facilitate(|session| session.assume(&claim, owner, said(&by_when), became)));
            match done {
                Ok(()) => {
                    state.asking = asking::State {
                        question: std::mem::take(&mut state.asking.question),
                        answers: state.asking.answers.take(),
                        ..Default::default()
                    };
                    state.last = Some((Tone::Good, format!("Written down: {claim}")));
                }
                Err(why) => state.last = Some((Tone::Warning, why)),
            }
        }
        Deed::Direct(direction) => {
            state.last = Some(match game.facilitate(|session| session.direct(direction, None)) {
                Ok(()) => (Tone::Good, "Done. The debrief says that you had a hand in it.".to_owned()),
                Err(why) => (Tone::Warning, why),
            });
        }
        Deed::Edit(inject, text) => {
            let keeps = text.is_empty();
            let done = if keeps { Ok(()) } else { game.facilitate(|session| session.edit(inject, &text)) };
            by_hand(state, done, if keeps { "It keeps its own words." } else { "It has other words now." });
        }
        Deed::Improvise(made) => {
            let done = game.facilitate(|session| session.improvise(&made)).map(drop);
            by_hand(state, done, "It has come; hand it out or say it.");
        }
        Deed::Hint(to, text, about) => match game.facilitate(|session| session.hint(to, &text, &about)) {
            Ok(_) => {
                state.hand = super::hand::State::default();
                state.last = Some((Tone::Good, "The hint is given, and what it is about is set aside.".to_owned()));
            }
            Err(why) => state.last = Some((Tone::Warning, why)),
        },
        Deed::Observe { by, text, about } => {
            let done = game.facilitate(|session| session.observe(&by, &text, about.as_deref(), None));
            say(state, done, "The observation is written down.");
        }
        Deed::Rate { by, target, rating, reason } => {
            let done = game.facilitate(|session| session.rate(&by, &target, rating, &reason));
            say(state, done, "The rating is written down.");
        }
        Deed::Judge { by, criterion, thousandths, reason } => {
            let done = game.facilitate(|session| session.judge(&by, &criterion, thousandths, &reason));
            say(state, done, "The judgement is written down.");
        }
        Deed::LeadEvaluator(by) => {
            let done = game.facilitate(|session| session.set_lead_evaluator(&by));
            say(state, done, "Their word counts where evaluators differ.");
        }
        Deed::Seat(role, person, label) => {
            let label = Some(label).filter(|label| !label.is_empty());
            let done = game.facilitate(|session| if person { session.seat(role, Seated::Person, label) } else { session.leave(role) });
            say(state, done, "The role has changed hands; the debrief says when.");
        }
        Deed::AskToGoBack(to) => state.going_back = to,
        Deed::Rewind(to) => {
            state.going_back = None;
            state.last = Some(match go_back(game, to) {
                Ok(at) => {
                    (state.pane, state.strip) = (Pane::Move, None);
                    state.page += 1;
                    (Tone::Notice, format!("Back at {}.", game.public().calendar.label(at)))
                }
                Err(why) => (Tone::Warning, why),
            });
        }
        Deed::Pause(paused) => {
            state.pause = paused.then(Pause::default);
            game.pause(paused || state.stopped);
        }
        Deed::BreakFor(minutes) => {
            state.pause = Some(Pause { back_at: Some(in_minutes(minutes)) });
            game.pause(true);
        }
        Deed::Stop(stopped) => {
            if state.stopped != stopped {
                state.stopped = stopped;
                game.pause(stopped || state.pause.is_some());
                game.remark(Annotation::new(RemarkKind::Note, STOPS[usize::from(!stopped)]));
                game.mark();
            }
        }
        Deed::Help(shown) => state.help = shown,
        Deed::AskToEnd(asked) => state.ending = asked,
        Deed::LookAt(inject) => {
            state.looked_at = inject;
            state.opened += 1;
            state.search.clear();
        }
    }
    // What was recorded may make a sheet certain that was not.
    game.look_ahead();
}

fn say(state: &mut State, done: Result<(), String>, says: &str) {
    state.last = Some(match done {
        Ok(()) => (Tone::Good, says.to_owned()),
        Err(why) => (Tone::Warning, why),
    });
}

fn by_hand(state: &mut State, done: Result<(), String>, says: &str) {
    state.last = Some(match done {
        Ok(()) => {
            super::injects::done(state);
            (Tone::Good, says.to_owned())
        }
        Err(why) => (Tone::Warning, why),
    });
}

fn write(state: &mut State, strip: Option<Strip>) {
    // What is half written is still there when somebody comes back to it; the keyboard goes to it.
    state.strip = strip;
    state.opened += 1;
    state.record.focus = match strip {
        Some(Strip::Record | Strip::Note) => Some(Field::First),
        // Letters pick a choice.
        Some(Strip::Decide(_) | Strip::Beliefs) | None => None,
    };
}

fn next(game: &mut Game, state: &mut State) {
    let turns = state.turns(game);
    let turn = game.session().current_move().and_then(|id| turns.iter().find(|turn| turn.id == id));
    if state.strip == Some(Strip::Record) && state.record.is_draft() {
        state.last = Some((Tone::Warning, "Something is written and not recorded: take a proposal, note it (0), or put it away (Esc).".to_owned()));
        return;
    }
    let data = super::data::data(game, &turns);
    let asks = turn.is_some_and(|turn| !turn.beliefs.is_empty());
    if asks || is_last(&turns, &data) || data.not_ticked().next().is_some() || !open_gates(game, &turns, &data).is_empty() {
        state.strip = Some(Strip::Beliefs);
        return;
    }
    go_on(game, state);
}

fn go_on(game: &mut Game, state: &mut State) {
    match game.facilitate(crate::session::Session::next_move) {
        Ok(update) => {
            game.remark(Annotation::new(RemarkKind::Update, update.text));
            game.mark();
            (state.strip, state.pane, state.last) = (None, Pane::Move, None);
            state.page += 1;
        }
        Err(why) => state.last = Some((Tone::Warning, why)),
    }
}

/// The last moment before a move opens stands for its start: there, nothing that was recorded in it has been yet.
pub fn before_opening(opens: ExerciseTime) -> ExerciseTime {
    ExerciseTime(opens.0 - 1)
}

/// Where going back to a moment leads: to the opening of a move, where it is the last moment before it.
pub fn lands_at(game: &Game, to: ExerciseTime) -> ExerciseTime {
    let opens = game.public().moves.iter().filter(|step| step.played).map(|step| step.opens);
    opens.into_iter().find(|opens| before_opening(*opens) == to).unwrap_or(to)
}

fn go_back(game: &mut Game, to: ExerciseTime) -> Result<ExerciseTime, String> {
    let at = lands_at(game, to);
    // What was read aloud when the move opened is said again, for it is the same.
    let read = game.session().annotations().iter().rev().find(|remark| remark.kind == RemarkKind::Update && remark.at == Some(at)).cloned();
    game.facilitate(|session| session.rewind(to))?;
    let opens = at > to;
    if opens {
        game.facilitate(|session| session.advance(at))?;
    }
    // What was read aloud later has not happened now.
    let so_far = || Annotation::new(RemarkKind::Update, game.session().so_far().text);
    let read = read.filter(|_| opens).unwrap_or_else(so_far);
    game.remark(read);
    game.mark();
    Ok(at)
}

fn accept(game: &mut Game, state: &mut State, place: usize) {
    let Some(proposal) = state.record.proposals.get(place).cloned() else { return };
    let words = state.record.words.trim().to_owned();
    if let Meant::Decision(gate, choice) = proposal.meant {
        // How sure the room is has to be asked, and is asked there.
        *state.record.decisions.entry(gate).or_default() = Decision { choice: Some(usize::from(choice)), sure: None, words };
        state.record.clear();
        write(state, Some(Strip::Decide(gate)));
        state.last = Some((Tone::Notice, "A decision. How sure is the room? Then record it.".to_owned()));
        return;
    }
    let from = game.session().now() + FROM.get(state.record.from).map_or(Span::ZERO, |(span, _)| *span);
    state.last = Some(match game.facilitate(|session| session.accept(&words, &proposal, from)) {
        Ok(()) => {
            state.record.clear();
            state.strip = None;
            (Tone::Good, format!("Recorded: {}", proposal.says))
        }
        Err(why) => (Tone::Warning, why),
    });
}

fn note_only(game: &mut Game, state: &mut State) {
    let words = state.record.words.trim().to_owned();
    if words.is_empty() {
        return;
    }
    game.remark(Annotation::new(RemarkKind::Record, words));
    state.record.clear();
    (state.strip, state.last) = (None, Some((Tone::Good, "Noted, without effect.".to_owned())));
}

fn decide(game: &mut Game, state: &mut State, gate: GateId) {
    let Some(draft) = state.record.decisions.get(&gate).cloned() else { return };
    let Some(choice) = draft.choice.and_then(|choice| u8::try_from(choice).ok()) else { return };
    let plan = game.public().gates.get(gate.index());
    let words = plan.and_then(|plan| plan.choices.get(usize::from(choice))).map(|choice| choice.text.clone()).unwrap_or_default();
    let because = Some(draft.words.trim()).filter(|words| !words.is_empty());
    let Some(sure) = draft.sure else { return };
    let outcome = game.facilitate(|session| {
        let from = session.now();
        session.decide_with(&words, &Decided { gate, choice, sure, positions: &[], because }, from)
    });
    state.last = Some(match outcome {
        Ok(Outcome::Taken(means)) => {
            state.record.decisions.remove(&gate);
            state.strip = None;
            (Tone::Good, format!("Recorded: {means}"))
        }
        Ok(Outcome::TooLate(why)) => (Tone::Warning, why),
        Ok(_) => (Tone::Warning, "It was noted, without effect.".to_owned()),
        Err(why) => (Tone::Warning, why),
    });
}
