//! The master scenario events list (MSEL; HSEEP) of a session: every inject that the cut has, and how it stands now.
//!
//! For the facilitator's eyes alone: it says what has not happened yet.

use std::collections::BTreeSet;

use crate::exercise::injects::Standing;
use crate::ids::*;
use crate::scenario::program::{Hand, When};
use crate::scenario::script::Beat;
use crate::scenario::written::Channel;
use crate::session::Session;
use crate::time::ExerciseTime;
use crate::vocabulary::injects::{Fact as Injected, Skipped};
use crate::vocabulary::{Fact, incident_command};

/// The first words of an inject are at most so many characters.
const FIRST_WORDS: usize = 72;

/// What comes until the next move opens, as things stand.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Ahead {
    /// Which inject, and when.
    pub injects: Vec<(InjectId, ExerciseTime)>,
    /// Decisions that are asked for.
    pub gates: BTreeSet<GateId>,
}

/// What brings an inject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The clock of the story.
    At,
    /// Something that has to be so.
    When,
    /// Something that was not done in time.
    Contingency,
    /// Another inject that does not come.
    Instead,
    /// The facilitator: what lies in the deck.
    ByHand,
    /// The simulation: the words for something that it does.
    Voice,
    /// The facilitator's own, made up in this session.
    MadeUp,
    /// The same, to help the room on.
    Hint,
}

impl Kind {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::At => "timed",
            Kind::When => "conditional",
            Kind::Contingency => "contingency",
            Kind::Instead => "stands in for another",
            Kind::ByHand => "by hand",
            Kind::Voice => "voice of the simulation",
            Kind::MadeUp => "made up here",
            Kind::Hint => "hint",
        }
    }
}

/// How an inject stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It has not come yet.
    Waiting,
    /// The facilitator holds it.
    Held {
        /// Its moment has come: it comes as soon as it is released.
        due: bool,
    },
    /// It reached people.
    Came {
        /// When.
        at: ExerciseTime,
    },
    /// The facilitator skipped it.
    Skipped {
        /// When.
        at: ExerciseTime,
    },
    /// It came, and was taken back.
    Retracted {
        /// When it was.
        at: ExerciseTime,
    },
    /// It did not come and never will by itself.
    Never {
        /// Since when.
        at: ExerciseTime,
        /// Why.
        why: Skipped,
    },
    /// Play ended before it came.
    Over,
}

impl State {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Held { due: false } => "held",
            State::Held { due: true } => "held, and due",
            State::Came { .. } => "came",
            State::Skipped { .. } => "skipped",
            State::Retracted { .. } => "taken back",
            State::Never { why, .. } => why.label(),
            State::Over => "play ended before it",
        }
    }

    /// Whether [`Session::fire`] can still bring it.
    pub const fn can_fire(self) -> bool {
        matches!(self, State::Waiting | State::Held { .. })
    }
}

/// One line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The inject.
    pub inject: InjectId,
    /// Its number on this list, from 1. The facilitator's own come last, so that no other number changes.
    pub number: usize,
    /// The number of its printed handout, if it has one.
    pub handout: Option<usize>,
    /// What the author called it.
    pub id: String,
    /// Its first words.
    pub title: String,
    /// All its words, as they are now.
    pub text: String,
    /// Whose words these are.
    pub hand: Hand,
    /// The move it belongs to; none in the deck.
    pub of_move: Option<MoveId>,
    /// What brings it.
    pub kind: Kind,
    /// When it is planned for, where the clock of the story alone decides.
    pub planned: Option<ExerciseTime>,
    /// When it comes, in words, as a clause: `at Fri 23 Oct 17:40`, `once ..`, `by hand, when you choose`.
    pub comes: String,
    /// What has to hold besides, in words, to stand behind "only if"; may be empty.
    pub only_if: String,
    /// To which roles; none: those whom the simulation tells.
    pub to: RoleSet,
    /// How it comes.
    pub channel: Channel,
    /// From whom, in words; may be empty.
    pub from: String,
    /// What is learnt from it, in words.
    pub tells: Vec<String>,
    /// Why it is there, in the author's words; may be empty.
    pub why: String,
    /// How it stands.
    pub state: State,
}

/// The first words of a text.
fn first_words(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if line.chars().count() <= FIRST_WORDS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(FIRST_WORDS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}\u{2026}")
}

impl Session {
    /// The MSEL: what the cut plays, in the order of the script; the deck; then what the facilitator made up. Looks at ground truth.
    pub fn msel(&self) -> Vec<Line> {
        let program = self.program();
        let (public, script) = (&program.public, &program.script);
        let own = |id: &InjectId| public.injects.get(id.index()).is_some_and(|inject| matches!(inject.hand, Hand::MadeUp | Hand::Hint));
        let in_moves = script.moves.iter().flat_map(|one| &one.order).filter_map(|beat| match beat {
            Beat::Inject(id) | Beat::Voice(id) => Some(*id),
            Beat::Read | Beat::Questions | Beat::Gate(_) => None,
        });
        let mut order: Vec<InjectId> = Vec::new();
        let all = (0..public.injects.len()).map(InjectId::at);
        let rest = all.filter(|id| script.inject(*id).is_some_and(|inject| inject.played));
        let authors = in_moves.chain(script.deck.iter().copied()).chain(rest.clone().filter(|id| !own(id)));
        for id in authors.chain(rest.filter(own)) {
            if !order.contains(&id) {
                order.push(id);
            }
        }
        let states = self.states();
        let mut handouts = 0;
        let mut lines = Vec::new();
        for (place, id) in order.into_iter().enumerate() {
            let (Some(inject), Some(words), Some(plan)) = (public.injects.get(id.index()), script.inject(id), program.secret.injects.get(id.index()))
            else {
                continue;
            };
            let printed = !own(&id) && (!inject.text.is_empty() || inject.artefact.is_some());
            handouts += usize::from(printed);
            let shown = [&inject.text, &inject.plain].into_iter().find(|text| !text.trim().is_empty());
            let titled = shown.map_or_else(
                || inject.artefact.as_ref().map_or_else(|| inject.id.replace('-', " "), |(file, _)| file.clone()),
                |text| first_words(text),
            );
            lines.push(Line {
                inject: id,
                number: place + 1,
                handout: printed.then_some(handouts),
                id: inject.id.clone(),
                title: titled,
                text: inject.text.clone(),
                hand: inject.hand,
                of_move: inject.of_move,
                kind: match (&plan.when, inject.hand) {
                    (_, Hand::MadeUp) => Kind::MadeUp,
                    (_, Hand::Hint) => Kind::Hint,
                    _ if plan.voice.is_some() => Kind::Voice,
                    (When::At(_), _) => Kind::At,
                    (When::Condition(_), _) => Kind::When,
                    (When::IfNot { .. }, _) => Kind::Contingency,
                    (When::Never, _) if words.instead_of.is_some() => Kind::Instead,
                    (When::Never, _) => Kind::ByHand,
                },
                planned: words.at,
                comes: words.comes.clone(),
                only_if: words.only_if.clone(),
                to: inject.to,
                channel: inject.channel,
                from: inject.from.clone(),
                tells: words.tells.iter().map(|told| told.words.clone()).collect(),
                why: inject.why.clone(),
                state: states.get(id.index()).copied().unwrap_or(State::Waiting),
            });
        }
        lines
    }

    /// What comes until the next move opens, or ENDEX, if nothing more is recorded. In a room that talks the clock stands, and
    /// what its words bring comes only with [`Session::next_move`]; whoever runs it needs to know before. Play is left as it was.
    pub fn ahead(&mut self) -> Ahead {
        if self.closed || self.finished() {
            return Ahead::default();
        }
        let (now, until) = (self.exercise().ledger().len(), self.next_opening());
        let here = self.driver.snapshot();
        // A scenario that goes in a circle says so when play gets there.
        let _ = self.driver.advance(until);
        let mut ahead = Ahead::default();
        for happened in self.exercise().ledger().iter().skip(now) {
            match happened.fact {
                Fact::Injects(Injected::Fired { inject }) => ahead.injects.push((inject, happened.at)),
                Fact::IncidentCommand(incident_command::Fact::GateOpened { gate, .. }) => drop(ahead.gates.insert(gate)),
                _ => {}
            }
        }
        self.driver.restore(&here);
        ahead
    }

    /// When the next move opens; after the last, ENDEX.
    pub(super) fn next_opening(&self) -> ExerciseTime {
        let (now, public) = (self.now(), &self.prepared.program.public);
        let opens = public.moves.iter().filter(|step| step.played && step.opens > now).map(|step| step.opens);
        opens.min().unwrap_or(public.endex)
    }

    /// How each inject stands, by its place: the last word of the facts.
    fn states(&self) -> Vec<State> {
        let exercise = self.exercise();
        let count = self.program().public.injects.len();
        let mut states: Vec<State> = (0..count)
            .map(|place| match exercise.standing(InjectId::at(place)) {
                Standing::Held { due } if !exercise.finished() => State::Held { due },
                _ if exercise.finished() => State::Over,
                _ => State::Waiting,
            })
            .collect();
        for happened in exercise.ledger().iter() {
            let (inject, state) = match happened.fact {
                Fact::Injects(Injected::Fired { inject }) => (inject, State::Came { at: happened.at }),
                Fact::Injects(Injected::Retracted { inject }) => (inject, State::Retracted { at: happened.at }),
                Fact::Injects(Injected::Passed { inject, why: Skipped::ByFacilitator }) => (inject, State::Skipped { at: happened.at }),
                Fact::Injects(Injected::Passed { inject, why }) => (inject, State::Never { at: happened.at, why }),
                _ => continue,
            };
            if let Some(known) = states.get_mut(inject.index()) {
                *known = state;
            }
        }
        states
    }
}
