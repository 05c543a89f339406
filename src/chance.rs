//! Chance: pure functions of (seed, key, purpose, n).
//!
//! Nothing draws ahead and nothing shares a stream, so a changed decision changes only what it causes. The generator is Philox4x32-10
//! (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC11), tested against its published vectors. The distributions
//! are integers of our own, because golden hashes freeze them.

use crate::ids::Key;
use crate::time::{ExerciseTime, Span};

/// What a draw is for. A number is never used again for another purpose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u32)]
pub enum Purpose {
    /// How long a stage takes.
    StageDuration = 1,
    /// Which of the stages that are possible.
    StageChoice = 2,
    /// Which of the machines that are possible.
    TargetChoice = 3,
    /// Whether a sensor notices a trace.
    Notice = 4,
    /// When the next meaningless alert comes.
    NoiseInterval = 5,
    /// What the meaningless alert is about.
    NoiseSubject = 6,
    /// Whether triage gets an alert right.
    Verdict = 7,
    /// Whether a search finds a trace.
    Find = 8,
    /// How long until the adversary remarks a loss.
    RemarkDelay = 9,
    /// What it does about it.
    Reaction = 10,
    /// How long it waits when nothing is possible.
    Wait = 11,
    /// Whether a sensor blocks.
    Block = 12,
    /// How long a person takes, around the usual time.
    Workmanship = 13,
    /// Whether cleaning misses something.
    Miss = 14,
    /// Whether a second factor holds.
    SecondFactor = 15,
    /// How long one machine takes to encrypt.
    EncryptPace = 16,
    /// Until a policy that plays at random acts again. From 100 on: draws of policies, which the exercise never makes.
    RandomInterval = 100,
    /// Which action it draws.
    RandomAction = 101,
    /// And what it does it to.
    RandomTarget = 102,
    /// Whether a simulated colleague misses a duty for a while.
    DutyMissed = 103,
    /// Whether a simulated colleague chooses otherwise than a careful player would, and what.
    ChoseOtherwise = 104,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Purpose; 21] = [
        Purpose::StageDuration,
        Purpose::StageChoice,
        Purpose::TargetChoice,
        Purpose::Notice,
        Purpose::NoiseInterval,
        Purpose::NoiseSubject,
        Purpose::Verdict,
        Purpose::Find,
        Purpose::RemarkDelay,
        Purpose::Reaction,
        Purpose::Wait,
        Purpose::Block,
        Purpose::Workmanship,
        Purpose::Miss,
        Purpose::SecondFactor,
        Purpose::EncryptPace,
        Purpose::RandomInterval,
        Purpose::RandomAction,
        Purpose::RandomTarget,
        Purpose::DutyMissed,
        Purpose::ChoseOtherwise,
    ];
}

impl Purpose {
    /// What a draw of this purpose decides, in words.
    pub const fn label(self) -> &'static str {
        match self {
            Purpose::StageDuration => "how long a step of the attack takes",
            Purpose::StageChoice => "which of the possible steps the adversary takes next",
            Purpose::TargetChoice => "which of the possible machines the adversary takes",
            Purpose::Notice => "whether a sensor notices a trace",
            Purpose::NoiseInterval => "how long until a sensor's next meaningless alert",
            Purpose::NoiseSubject => "what a meaningless alert is about",
            Purpose::Verdict => "whether triage gets an alert right",
            Purpose::Find => "whether a search finds a trace",
            Purpose::RemarkDelay => "how long until the adversary remarks a loss",
            Purpose::Reaction => "what the adversary does about a loss",
            Purpose::Wait => "how long the adversary waits",
            Purpose::Block => "whether a sensor blocks a step of the attack",
            Purpose::Workmanship => "how long a person takes for a task, around the usual time",
            Purpose::Miss => "whether cleaning a machine misses something",
            Purpose::SecondFactor => "whether a second factor is overcome",
            Purpose::EncryptPace => "how long one machine takes to encrypt",
            Purpose::RandomInterval => "how long until a policy that plays at random acts again",
            Purpose::RandomAction => "which action a policy that plays at random gives",
            Purpose::RandomTarget => "what a policy that plays at random does it to",
            Purpose::ChoseOtherwise => "whether a simulated colleague chooses otherwise than a careful player would",
            Purpose::DutyMissed => "whether a simulated colleague misses a duty for a while",
        }
    }
}

/// What was drawn, in the terms in which it was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drawn {
    /// A number from 0 up to but not including a bound.
    Below {
        /// The bound.
        bound: u32,
        /// The number.
        number: u32,
    },
    /// Yes or no.
    Chance {
        /// In so many of a hundred cases yes.
        percent: u32,
        /// Which it was.
        yes: bool,
    },
    /// A span, in whole seconds.
    Span(Span),
}

impl Drawn {
    /// In words.
    pub fn says(self) -> String {
        match self {
            Drawn::Below { bound, number } => format!("number {} of {bound}", u64::from(number) + 1),
            Drawn::Chance { percent, yes } => format!("{} (the chance was {percent} %)", if yes { "yes" } else { "no" }),
            Drawn::Span(span) => span.to_string(),
        }
    }
}

/// When a draw was made, and what led to it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Moment {
    /// When; the past lies before STARTEX.
    pub at: ExerciseTime,
    /// The place in the ledger of the fact that led to it, if a fact did rather than an order or the start of play.
    pub fact: Option<u32>,
}

/// One recorded draw: what was asked, and what came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Draw {
    /// Of what.
    pub key: Key,
    /// What for.
    pub purpose: Purpose,
    /// The how-manieth of that purpose and key.
    pub n: u32,
    /// What was drawn.
    pub drawn: Drawn,
    /// When, and what led to it.
    pub moment: Moment,
}

/// The source of chance of one run. The record is kept only where somebody asked for it.
#[derive(Clone, Debug)]
pub struct Chance {
    seed: u64,
    record: Option<Vec<Draw>>,
    /// Where the next draws are made; kept only with the record.
    moment: Moment,
}

impl Chance {
    /// The chance of a seed.
    pub fn new(seed: u64) -> Chance {
        Chance { seed, record: None, moment: Moment::default() }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Chance after a fork: another seed from here on.
    pub fn reseed(&mut self, seed: u64) {
        self.seed = seed;
    }

    /// Keeps a record of every draw from here on.
    pub fn start_recording(&mut self) {
        self.record = Some(Vec::new());
    }

    /// The draws since recording began, in order.
    pub fn record(&self) -> &[Draw] {
        self.record.as_deref().unwrap_or(&[])
    }

    /// Says where the next draws are made. It is noted with them, and decides nothing.
    pub fn stands_at(&mut self, moment: Moment) {
        self.moment = moment;
    }

    fn word(&self, key: Key, purpose: Purpose, n: u32) -> u32 {
        philox4x32_10([key.0 as u32, (key.0 >> 32) as u32, purpose as u32, n], [self.seed as u32, (self.seed >> 32) as u32])[0]
    }

    fn number(&self, bound: u32, key: Key, purpose: Purpose, n: u32) -> u32 {
        ((u64::from(self.word(key, purpose, n)) * u64::from(bound)) >> 32) as u32
    }

    fn note(&mut self, key: Key, purpose: Purpose, n: u32, drawn: Drawn) {
        let moment = self.moment;
        if let Some(record) = &mut self.record {
            record.push(Draw { key, purpose, n, drawn, moment });
        }
    }

    /// A number from 0 up to but not including `bound`; 0 for a bound of 0. The bias of multiply-and-shift is below one in 2^32 / bound.
    pub fn below(&mut self, bound: u32, key: Key, purpose: Purpose, n: u32) -> u32 {
        let number = self.number(bound, key, purpose, n);
        self.note(key, purpose, n, Drawn::Below { bound, number });
        number
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: u32, key: Key, purpose: Purpose, n: u32) -> bool {
        let yes = self.number(100, key, purpose, n) < percent;
        self.note(key, purpose, n, Drawn::Chance { percent, yes });
        yes
    }

    /// A whole number of seconds between two spans, both included.
    pub fn between(&mut self, low: Span, high: Span, key: Key, purpose: Purpose, n: u32) -> Span {
        let width = (high.0 - low.0).max(0).min(i64::from(u32::MAX - 1)) as u32 + 1;
        let span = Span(low.0 + i64::from(self.number(width, key, purpose, n)));
        self.note(key, purpose, n, Drawn::Span(span));
        span
    }
}

/// Where two runs first drew something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The how-manieth draw it is, from 0.
    pub place: usize,
    /// What the one run drew; none if it had come to its end.
    pub one: Option<Draw>,
    /// What the other drew.
    pub other: Option<Draw>,
}

/// The first draw in which two records differ: in what was asked, or in what came of it. Under another seed every word of the generator is
/// another; what matters is the first that meant something else.
pub fn first_difference(one: &[Draw], other: &[Draw]) -> Option<Difference> {
    let place = (0..one.len().max(other.len())).find(|place| one.get(*place) != other.get(*place))?;
    Some(Difference { place, one: one.get(place).copied(), other: other.get(place).copied() })
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let say = |draw: Option<Draw>| match draw {
            Some(draw) => format!("purpose {:?} of {} (n {}): {}", draw.purpose, draw.key, draw.n, draw.drawn.says()),
            None => "no further draw".to_owned(),
        };
        write!(f, "draw {}: {}; against {}", self.place, say(self.one), say(self.other))
    }
}

/// Philox4x32 with ten rounds.
fn philox4x32_10(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let first = u64::from(counter[0]) * 0xD251_1F53;
        let second = u64::from(counter[2]) * 0xCD9E_8D57;
        counter = [(second >> 32) as u32 ^ counter[1] ^ key[0], second as u32, (first >> 32) as u32 ^ counter[3] ^ key[1], first as u32];
        key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers of the authors' Random123 library, file `kat_vectors`.
    #[test]
    fn philox_gives_the_published_vectors() {
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox4x32_10([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox4x32_10([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn draws_stay_in_their_bounds_and_use_all_of_them() {
        let mut chance = Chance::new(7);
        let mut seen = [false; 6];
        for n in 0..200 {
            let drawn = chance.between(Span(10), Span(15), Key(1), Purpose::Wait, n);
            seen[(drawn.0 - 10) as usize] = true;
        }
        assert_eq!(seen, [true; 6]);
        assert_eq!(chance.below(0, Key(1), Purpose::Wait, 0), 0);
    }

    #[test]
    fn purposes_have_numbers_of_their_own() {
        let mut numbers: Vec<u32> = Purpose::ALL.iter().map(|purpose| *purpose as u32).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), Purpose::ALL.len());
    }
}
