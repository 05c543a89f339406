//! The clock of the story at this desk: it runs, stands, jumps, and stops by itself at what is worth it.

use std::time::Duration;

use super::{Game, ROOM_EVERY};
use crate::exercise::knowledge::Heard;
use crate::ids::DenseId;
use crate::journal::{Annotation, RemarkKind};
use crate::session::Mode;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::{Observation, communication, compliance, continuity, detection, incident_command, injects, investigation, team};

/// A laptop that slept wakes up to a frame of hours. No frame counts for more than this.
const LONGEST_FRAME: Duration = Duration::from_millis(1500);
/// At most so much wall time lies between two marks of where the clock stands.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(10);
/// And so much of the room's time, where the clock stands anyway.
const ROOM_MARK_EVERY: Duration = Duration::from_secs(60);
/// The clock is moved in steps of this length, so that it can stand soon after something came.
const STEP: Span = Span(15);
/// Jumping to the next news goes no further than this at once.
const LONGEST_JUMP: Span = Span::hours(12);

/// Paces of the clock: story seconds for each second of the wall, and how people say it.
pub const PACES: [(u32, &str); 5] =
    [(1, "real time"), (10, "10 times as fast"), (60, "1 minute a second"), (300, "5 minutes a second"), (900, "15 minutes a second")];

/// At what the clock stops by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StopAt {
    /// Messages, decisions, clocks that start, new situations.
    Messages,
    /// The same, and alerts.
    Alerts,
    /// Nothing.
    Never,
}

impl StopAt {
    /// All of them, with their words.
    pub const ALL: [(StopAt, &'static str); 3] =
        [(StopAt::Messages, "messages and decisions"), (StopAt::Alerts, "alerts as well"), (StopAt::Never, "nothing")];

    /// Whether it stops at this.
    pub fn stops(self, observation: &Observation) -> bool {
        match observation {
            Observation::Injects(injects::Observation::Came { .. })
            | Observation::IncidentCommand(incident_command::Observation::GateIsOpen { .. } | incident_command::Observation::MoveHasOpened { .. })
            | Observation::Compliance(compliance::Observation::ClockRuns { .. }) => self != StopAt::Never,
            Observation::Detection(detection::Observation::Alert { .. }) => self == StopAt::Alerts,
            _ => false,
        }
    }
}

/// Whether somebody who asks for what comes next asked for this: besides messages and decisions, that work of the role ended, that something was
/// found or reported, that people arrived, and that a service or its workaround stopped.
pub fn is_next(observation: &Observation) -> bool {
    StopAt::Messages.stops(observation)
        || matches!(
            observation,
            Observation::Team(team::Observation::TaskIsOver { .. } | team::Observation::VendorIsHere { .. })
                | Observation::Communication(communication::Observation::Claim { .. })
                | Observation::Continuity(
                    continuity::Observation::ServiceIs { percent: 0, .. } | continuity::Observation::WorkaroundIsWornOut { .. }
                )
        )
        || matches!(observation, Observation::Investigation(told) if !matches!(told, investigation::Observation::EvidenceIsKept { .. }))
}

/// What the clock of the story is told, from whichever desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clock {
    /// To run, or to stand.
    Run(bool),
    /// How fast.
    Pace(u32),
    /// At what to stop by itself.
    StopAt(StopAt),
    /// To go on by so much at once.
    Jump(Span),
}

impl Game {
    /// Does what the clock is told.
    pub fn tell_clock(&mut self, told: Clock) {
        match told {
            Clock::Run(running) => self.run(running),
            Clock::Pace(pace) => self.set_pace(pace),
            Clock::StopAt(stop_at) => self.set_stop_at(stop_at),
            Clock::Jump(span) => self.jump(span),
        }
    }

    /// Starts and stops the clock.
    pub fn run(&mut self, running: bool) {
        if self.running != running {
            self.running = running;
            self.owed = 0;
            self.remark(Annotation::new(RemarkKind::Pause, if running { "The clock runs." } else { "The clock stands." }));
            if !running {
                self.mark();
            }
        }
    }

    /// A break of the room, or its end: nothing goes on meanwhile.
    pub fn pause(&mut self, pause: bool) {
        self.run(false);
        self.pause = pause;
        self.revision += 1;
    }

    /// Sets the pace.
    pub fn set_pace(&mut self, pace: u32) {
        if self.pace != pace && pace > 0 {
            self.pace = pace;
            self.remark(Annotation::new(RemarkKind::Pace, format!("The clock runs {pace} times as fast as the wall's.")));
        }
    }

    /// Sets at what the clock stops by itself.
    pub fn set_stop_at(&mut self, stop_at: StopAt) {
        self.stop_at = stop_at;
    }

    /// Lets wall time pass. A machine that slept does not skip the exercise.
    pub fn pass(&mut self, wall: Duration) {
        let talks = self.mode() == Mode::Discussion && !self.pause && self.assessment.is_none();
        let waited = if talks { ROOM_EVERY } else { Duration::ZERO };
        let (talked, wall) = (wall.min(waited + LONGEST_FRAME), wall.min(LONGEST_FRAME));
        if talks {
            // The console is drawn seldom while nobody touches it, and its minutes go by all the same.
            self.room = self.room.saturating_add(talked);
        }
        if self.running() {
            self.owed += u64::try_from(wall.as_millis()).unwrap_or(0) * u64::from(self.pace);
            let seconds = i64::try_from(self.owed / 1000).unwrap_or(0);
            self.owed %= 1000;
            if seconds > 0 {
                let until = self.session.now() + Span(seconds);
                let stop_at = self.stop_at;
                if self.advance(until, |observation| stop_at.stops(observation)) {
                    self.run(false);
                }
            }
        }
        if talks || self.running() {
            self.unmarked += talked;
        }
        if self.unmarked >= if talks { ROOM_MARK_EVERY } else { CHECKPOINT_EVERY } {
            self.mark();
        }
    }

    /// Jumps to what comes next, or twelve hours on if nothing comes; whether something came. Nothing is skipped on the way, and play is not ended:
    /// it stands shortly before ENDEX.
    pub fn jump_to_news(&mut self) -> bool {
        let stop_at = self.stop_at;
        let until = (self.session.now() + LONGEST_JUMP).min(self.public().endex + Span(-STEP.0));
        let came = self.advance(until, |observation| stop_at.stops(observation) || is_next(observation));
        self.run(false);
        self.mark();
        came
    }

    /// Whether ENDEX is what comes next.
    pub fn endex_is_next(&self) -> bool {
        self.session.now() >= self.public().endex + Span(-STEP.0)
    }

    /// Jumps on by a span, or to the next news on the way.
    pub fn jump(&mut self, span: Span) {
        let until = self.session.now() + span;
        let stop_at = self.stop_at;
        self.advance(until, |observation| stop_at.stops(observation));
        self.run(false);
        self.mark();
    }

    /// True if something came that stops the clock.
    fn advance(&mut self, until: ExerciseTime, stops: impl Fn(&Observation) -> bool) -> bool {
        let until = until.min(self.public().endex);
        self.ahead = None;
        while self.session.now() < until && self.fault.is_none() {
            let step = (self.session.now() + STEP).min(until);
            if let Err(trouble) = self.session.advance(step) {
                self.fault = Some(trouble.to_string());
            }
            let stopped = self.people().with(self.seat).iter().any(|role| {
                let news = &self.session.view(role).knowledge.news;
                news.since(self.heard.get(role.index()).copied().unwrap_or(0)).any(|heard: &Heard| stops(&heard.observation))
            });
            self.heard = self.news();
            self.revision += 1;
            if stopped {
                return true;
            }
        }
        false
    }
}
