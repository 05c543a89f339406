//! A simulated colleague: plays as a careful team does, as well as somebody of its skill can, and after its own habits.
//!
//! Where one person plays with colleagues, or some seats of a room are empty, careful players in the other roles would do the exercise for them. These leave
//! something to do. They see and order what [`super::reference`] does, through the same door, but
//!
//! - they take things up later: news waits until they look, and between two orders they need longer;
//! - they miss things: whether somebody sees to a duty when it first comes up is drawn once for each duty and stretch of the day ([`STRETCH`]), by a key of the seed, role,
//!   duty and stretch; what is missed comes up again in the next stretch, so that nothing is lost for good, but time is. Two colleagues miss different
//!   things, and the same ones in every replay;
//! - they wait for the word: what costs others something ([`NEEDS_THE_WORD`]) a steady one does on their own account, the others only once an incident is
//!   declared;
//! - they decide less well: in some decisions, drawn once for each, they take another choice than a careful player would;
//! - they are less sure: what they state lies nearer to fifty percent;
//! - they have habits: what comes first (containing, evidence, services), and whether they escalate early or late.
//!
//! How often and how long is assumed, not measured: chosen so that it matters what a person among them does. What came of it, as mean scores over 40 seeds
//! with the role that leads played as in the first column (`HOTWASH_BAND_SEEDS=40 cargo test --test all -- colleagues --nocapture`):
//!
//! | leads | among | hospital | second scenario |
//! |---|---|---|---|
//! | nobody does anything (`idle`) | ordinary | 45.8 | 32.5 |
//! | an ordinary colleague | ordinary | 75.1 | 79.5 |
//! | a careful player (`reference`) | ordinary | 83.4 | 86.5 |
//! | the same | steady | 94.1 | 93.5 |
//! | the same | green | 75.7 | 74.3 |

use std::sync::Arc;

use super::reference::{DUTIES, Desk, Duties, Reference, Style};
use super::{Orders, Policy, Wake};
use crate::chance::{Chance, Purpose};
use crate::exercise::knowledge::{Heard, View};
use crate::ids::{DenseId, GateId, Key};
use crate::scenario::program::Public;
use crate::scenario::written::Verb;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::{Command, Order, incident_command, investigation};

/// So long a missed duty stays missed, before it comes up again.
pub const STRETCH: Span = Span::hours(3);

/// How well a colleague works.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Skill {
    /// Has done this before.
    Steady,
    /// Knows the work, and not this.
    Ordinary,
    /// New to it.
    Green,
}

impl Skill {
    /// How much later than a careful player they act on news, and how long they need between two orders.
    const fn delays(self) -> (Span, Span) {
        match self {
            Skill::Steady => (Span::minutes(10), Span::minutes(4)),
            Skill::Ordinary => (Span::minutes(40), Span::minutes(15)),
            Skill::Green => (Span::minutes(90), Span::minutes(30)),
        }
    }

    /// In so many of a hundred stretches they do not see to a duty that comes up.
    const fn misses_percent(self) -> u32 {
        match self {
            Skill::Steady => 10,
            Skill::Ordinary => 45,
            Skill::Green => 65,
        }
    }

    /// In so many of a hundred decisions they take another choice than a careful player would.
    const fn otherwise_percent(self) -> u32 {
        match self {
            Skill::Steady => 5,
            Skill::Ordinary => 30,
            Skill::Green => 50,
        }
    }

    /// How far from fifty percent they dare to go, in percent of what a careful player would.
    const fn sureness_percent(self) -> i32 {
        match self {
            Skill::Steady => 90,
            Skill::Ordinary => 60,
            Skill::Green => 35,
        }
    }
}

/// When a colleague escalates: declares, calls people in, decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Escalates {
    /// As soon as there is a reason.
    Early,
    /// Not before they have waited for a better one.
    Late,
}

/// A late one waits for the second half of each stretch.
const WAITS: Span = Span(STRETCH.0 / 2);

/// What is escalation.
const ESCALATION: [Verb; 4] = [Verb::Declare, Verb::CallIn, Verb::Engage, Verb::Decide];

/// What costs others something: it is done once somebody has declared an incident, and by a steady colleague before that.
pub const NEEDS_THE_WORD: [Verb; 12] = [
    Verb::CutLink,
    Verb::CutSegment,
    Verb::BlockEgress,
    Verb::DisableLogin,
    Verb::ResetLogin,
    Verb::Isolate,
    Verb::PowerOff,
    Verb::SecureBackup,
    Verb::SetToBlock,
    Verb::Rebuild,
    Verb::Engage,
    Verb::Publish,
];

/// What a colleague is like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Manner {
    /// How well they work.
    pub skill: Skill,
    /// What comes first.
    pub style: Style,
    /// When they escalate.
    pub escalates: Escalates,
}

impl Manner {
    /// Those that can be asked for by name.
    pub const ALL: [Manner; 6] = [
        Manner::of(Skill::Ordinary),
        Manner::of(Skill::Steady),
        Manner::of(Skill::Green),
        Manner { style: Style::EvidenceFirst, ..Manner::of(Skill::Ordinary) },
        Manner { style: Style::ServiceFirst, ..Manner::of(Skill::Ordinary) },
        Manner { escalates: Escalates::Late, ..Manner::of(Skill::Ordinary) },
    ];

    /// Of this skill, with the usual habits: contains first, escalates early.
    pub const fn of(skill: Skill) -> Manner {
        Manner { skill, style: Style::ContainFirst, escalates: Escalates::Early }
    }

    /// Its name: on the command line, in a journal. Only those of [`Manner::ALL`] have one of their own.
    pub const fn name(self) -> &'static str {
        match (self.skill, self.style, self.escalates) {
            (Skill::Steady, ..) => "colleague-steady",
            (Skill::Green, ..) => "colleague-green",
            (Skill::Ordinary, _, Escalates::Late) => "colleague-late",
            (Skill::Ordinary, Style::EvidenceFirst, _) => "colleague-evidence-first",
            (Skill::Ordinary, Style::ServiceFirst, _) => "colleague-service-first",
            (Skill::Ordinary, Style::ContainFirst, _) => "colleague-ordinary",
        }
    }
}

/// A simulated colleague.
#[derive(Clone, Debug)]
pub struct Simulated {
    manner: Manner,
    habits: Reference,
    chance: Chance,
    role: Key,
}

impl Simulated {
    /// A colleague in a role. Its luck depends on the seed and on the role, and on nothing else.
    pub(super) fn new(manner: Manner, public: &Public, desk: Arc<Desk>, seed: u64, role: Key) -> Simulated {
        Simulated { manner, habits: Reference::new(manner.style, public, desk), chance: Chance::new(seed), role }
    }

    /// What it looks things up in.
    pub(super) fn desk(&self) -> &Arc<Desk> {
        self.habits.desk()
    }

    /// The duties that it sees to in this stretch of time.
    fn sees_to(&mut self, view: &View<'_>) -> Duties {
        let stretch = u32::try_from(view.now.0.max(0) / STRETCH.0).unwrap_or(0);
        let misses = self.manner.skill.misses_percent();
        let late = self.manner.escalates == Escalates::Late && view.now.0.max(0) % STRETCH.0 < WAITS.0;
        let unasked = self.manner.skill != Skill::Steady && view.knowledge.declared.is_none();
        let mut duties = Duties::NONE;
        for (place, duty) in DUTIES.iter().enumerate() {
            let waits = late && ESCALATION.contains(&duty.verb) || unasked && NEEDS_THE_WORD.contains(&duty.verb);
            let key = Key::of(&[self.role.0, place as u64]);
            if !waits && !self.chance.percent(misses, key, Purpose::DutyMissed, stretch) {
                duties = duties.with(place);
            }
        }
        duties
    }

    /// An order as somebody less sure of themselves gives it.
    fn tempered(&mut self, view: &View<'_>, order: Order) -> Order {
        let skill = self.manner.skill;
        let nearer = |percent: u8| {
            let from_half = (i32::from(percent) - 50) * skill.sureness_percent() / 100;
            u8::try_from((50 + from_half).clamp(0, 100)).unwrap_or(50)
        };
        let command = match order.command {
            Command::Investigation(investigation::Command::Conclude { claim, percent }) => {
                investigation::Command::Conclude { claim, percent: nearer(percent) }.into()
            }
            Command::IncidentCommand(incident_command::Command::Decide { gate, choice, sure }) => {
                let choices = view.public.gates[gate.index()].choices.len();
                let choice = self.choice_of(gate, choice, choices);
                incident_command::Command::Decide { gate, choice, sure: nearer(sure) }.into()
            }
            other => other,
        };
        Order { command, ..order }
    }

    /// What they choose where a careful player would choose this: the same, or another. The same in every vote on one decision.
    fn choice_of(&mut self, gate: GateId, careful: u8, choices: usize) -> u8 {
        let key = Key::of(&[self.role.0, u64::from(gate.0)]);
        let others = u32::try_from(choices.saturating_sub(1)).unwrap_or(0);
        if others == 0 || !self.chance.percent(self.manner.skill.otherwise_percent(), key, Purpose::ChoseOtherwise, 0) {
            return careful;
        }
        let drawn = self.chance.below(others, key, Purpose::ChoseOtherwise, 1) as u8;
        if drawn >= careful { drawn + 1 } else { drawn }
    }
}

impl Policy for Simulated {
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake {
        let duties = self.sees_to(view);
        self.habits.see_to(duties);
        let mut wanted = Orders::default();
        let wake = self.habits.wake(view, news, &mut wanted);
        let (after, pace) = self.manner.skill.delays();
        let next = ExerciseTime((view.now.0.max(0) / WAITS.0 + 1) * WAITS.0);
        match wanted.take() {
            Some(order) => {
                let order = self.tempered(view, order);
                orders.give(order);
                Wake { at: wake.at.map(|at| at.max(view.now + pace)), after: wake.after.max(after), ..wake }
            }
            // What is missed or put off now may be seen to in the next stretch, or in its second half.
            None => Wake { after: wake.after.max(after), ..wake }.or_at(next),
        }
    }
}
