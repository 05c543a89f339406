//! An exercise being played at this desk: the clock, the journal, and the one seat that a person holds.
//!
//! The screens know an exercise only through [`Game`]. It shows them one role's [`View`] and nothing else before ENDEX; what is behind it
//! (today [`Driver`]) can be exchanged without touching a screen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use super::keep;
use crate::assessment::{self, Assessment};
use crate::debrief;
use crate::exercise::knowledge::{Heard, View};
use crate::exercise::{Exercise, RULES, Receipt};
use crate::ids::{DenseId, MoveId, RoleId};
use crate::journal::{self, Annotation, Closed, Entry, Header, Reached, Setup, Writer};
use crate::policy::{Driver, Kind, Origin, reference::Style};
use crate::scenario::prepare::Prepared;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::exercise::Refusal;
use crate::vocabulary::{Observation, Order, compliance, detection, incident_command, injects};

/// A laptop that slept wakes up to a frame of hours. No frame counts for more than this.
const LONGEST_FRAME: Duration = Duration::from_millis(1500);
/// At most so much wall time lies between two marks of where the clock stands.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(10);
/// The clock is moved in steps of this length, so that it can stand soon after something came.
const STEP: Span = Span(15);
/// Jumping to the next news goes no further than this at once.
const LONGEST_JUMP: Span = Span::hours(12);
/// Who plays the roles that nobody sits in.
pub const COLLEAGUES: Kind = Kind::Reference(Style::ContainFirst);

/// How it is played at this desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// One person, who may stop the clock and jump to what comes next.
    Solo,
    /// The clock runs as it does for everybody; it is stopped only by hand.
    Clocked,
}

impl Mode {
    /// As a journal names it.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Solo => "solo",
            Mode::Clocked => "clocked",
        }
    }

    fn of_debrief(self) -> debrief::Mode {
        match self {
            Mode::Solo => debrief::Mode::Solo,
            Mode::Clocked => debrief::Mode::Clocked,
        }
    }
}

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

/// Where the journal goes.
enum Record {
    /// Into a file.
    Kept { path: PathBuf, writer: Writer<File> },
    /// Nowhere: why, as a sentence that stays visible.
    Memory(String),
}

/// What a new game is to be.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Who the person plays.
    pub role: RoleId,
    /// How.
    pub mode: Mode,
    /// The seed of every chance event.
    pub seed: u64,
}

/// An exercise being played.
pub struct Game {
    prepared: Prepared,
    driver: Driver,
    role: RoleId,
    mode: Mode,
    seed: u64,
    record: Record,
    journalled: usize,
    /// The request and the reason that belong to the next order of a person in the journal.
    asked: Option<(String, Option<String>)>,
    requests: BTreeMap<String, Receipt>,
    /// The clock runs.
    running: bool,
    pace: u32,
    stop_at: StopAt,
    /// Thousandths of a story second that have passed and not been played yet.
    owed: u64,
    unmarked: Duration,
    heard: usize,
    revision: u64,
    fault: Option<String>,
    ended: Option<Assessment>,
}

impl Game {
    /// At STARTEX. The journal begins in the folder; where that cannot be written, play goes on in memory and says so.
    pub fn begin(prepared: Prepared, begin: &Begin, folder: Option<&keep::Folder>) -> Game {
        let header = header(&prepared, begin);
        let record = match folder.map(|folder| folder.new_session(&prepared.program.public.id)) {
            None => Record::Memory("this session is not kept".to_owned()),
            Some(Err(why)) => Record::Memory(why),
            Some(Ok((path, file))) => match Writer::begin(file, header) {
                Ok(writer) => Record::Kept { path, writer },
                Err(error) => Record::Memory(format!("the journal cannot be written: {error}")),
            },
        };
        let mut kinds = vec![COLLEAGUES; prepared.program.public.roles.len()];
        if let Some(kind) = kinds.get_mut(begin.role.index()) {
            *kind = Kind::Idle;
        }
        let driver = Driver::with_seats(prepared.program.clone(), begin.seed, &kinds);
        Game::of(prepared, driver, begin, record)
    }

    fn of(prepared: Prepared, driver: Driver, begin: &Begin, record: Record) -> Game {
        let heard = driver.exercise().view(begin.role).knowledge.news.len();
        Game {
            prepared,
            driver,
            role: begin.role,
            mode: begin.mode,
            seed: begin.seed,
            record,
            journalled: 0,
            asked: None,
            requests: BTreeMap::new(),
            running: false,
            pace: 60,
            stop_at: if begin.mode == Mode::Solo { StopAt::Messages } else { StopAt::Never },
            owed: 0,
            unmarked: Duration::ZERO,
            heard,
            revision: 0,
            fault: None,
            ended: None,
        }
    }

    /// Goes on with an interrupted session, at the moment that its journal reached.
    ///
    /// # Errors
    /// Why it cannot go on, as a sentence.
    pub fn resume(path: &Path) -> Result<Game, String> {
        let cannot = |why: &dyn std::fmt::Display| format!("{} cannot be gone on with: {why}", path.display());
        let journal = journal::read(File::open(path).map_err(|error| cannot(&error))?).map_err(|error| cannot(&error))?;
        let replayed = journal::replay(&journal).map_err(|error| cannot(&error))?;
        if let Some(difference) = &replayed.differs {
            return Err(cannot(&format!("line {}: {}", difference.line, difference.what)));
        }
        if replayed.closed {
            return Err(cannot(&"it has been played to its end"));
        }
        let header = journal.header();
        let names = &replayed.prepared.names;
        let person = header.setup.seats.iter().find(|seat| seat.by == BY_PERSON);
        let role: RoleId = person.and_then(|seat| names.find(&seat.role)).ok_or_else(|| cannot(&"nobody sat in it"))?;
        let kinds: Vec<Kind> = (header.setup.seats.iter()).map(|seat| Kind::named(&seat.by).unwrap_or(Kind::Idle)).collect();
        let mode = if header.setup.mode == Mode::Clocked.name() { Mode::Clocked } else { Mode::Solo };
        let begin = Begin { role, mode, seed: header.seed };
        let requests: BTreeSet<String> = replayed.commands.iter().filter_map(|(_, command)| command.request.clone()).collect();
        let record = match keep::continued(path, &journal) {
            Ok(writer) => Record::Kept { path: path.to_owned(), writer },
            Err(error) => Record::Memory(format!("the journal cannot be written: {error}")),
        };
        // Colleagues hear all that their role was told so far, and take it from there.
        let driver = Driver::of(replayed.exercise, &kinds);
        let mut game = Game::of(replayed.prepared, driver, &begin, record);
        game.requests = requests.into_iter().map(|request| (request, Receipt::Accepted(None))).collect();
        Ok(game)
    }

    /// What the person's role knows.
    pub fn view(&self) -> View<'_> {
        self.driver.exercise().view(self.role)
    }

    /// How it is played.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Rises whenever something may have changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the clock runs.
    pub fn running(&self) -> bool {
        self.running && !self.over()
    }

    /// Story seconds a second.
    pub fn pace(&self) -> u32 {
        self.pace
    }

    /// At what the clock stops by itself.
    pub fn stop_at(&self) -> StopAt {
        self.stop_at
    }

    /// Whether play is over: ENDEX has come, or the scenario goes in a circle.
    pub fn over(&self) -> bool {
        self.driver.exercise().finished() || self.fault.is_some() || self.ended.is_some()
    }

    /// Why play cannot go on, if it cannot.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Where the session is kept.
    pub fn kept_at(&self) -> Option<&Path> {
        match &self.record {
            Record::Kept { path, .. } => Some(path),
            Record::Memory(_) => None,
        }
    }

    /// Why nothing is kept, where nothing is.
    pub fn not_kept(&self) -> Option<&str> {
        match &self.record {
            Record::Kept { .. } => None,
            Record::Memory(why) => Some(why.as_str()).filter(|why| !why.is_empty()),
        }
    }

    /// Nobody plays it: that nothing is kept need not be said.
    pub fn for_a_picture(&mut self) {
        self.record = Record::Memory(String::new());
    }

    /// What is read aloud when a move opens: its text, and what is read as well after what had been decided by then.
    pub fn read_aloud(&self, number: MoveId, at: ExerciseTime) -> String {
        let exercise = self.driver.exercise();
        let Some(opened) = exercise.program().public.moves.get(number.index()) else { return String::new() };
        let as_well = opened.also_read.iter().filter(|(condition, _)| exercise.watch().first_true(*condition).is_some_and(|first| first.at <= at));
        std::iter::once(opened.read_aloud.trim()).chain(as_well.map(|(_, text)| text.trim())).collect::<Vec<_>>().join("\n\n")
    }

    /// Orders that the person gave: when, what, and what came of it.
    pub fn own_orders(&self) -> Vec<(ExerciseTime, Order, Receipt)> {
        let issued = self.driver.issued().iter().filter(|issued| issued.origin == Origin::Person);
        issued.map(|issued| (issued.at, issued.order, issued.receipt)).collect()
    }

    /// Starts and stops the clock.
    pub fn run(&mut self, running: bool) {
        if self.running != running {
            self.running = running;
            self.owed = 0;
            self.annotate("pause", if running { "the clock runs" } else { "the clock stands" });
            if !running {
                self.mark();
            }
            self.revision += 1;
        }
    }

    /// Sets the pace.
    pub fn set_pace(&mut self, pace: u32) {
        if self.pace != pace && pace > 0 {
            self.pace = pace;
            self.annotate("pace", &format!("{pace} story seconds a second"));
        }
    }

    /// Sets at what the clock stops by itself.
    pub fn set_stop_at(&mut self, stop_at: StopAt) {
        self.stop_at = stop_at;
    }

    /// Lets wall time pass. A machine that slept does not skip the exercise.
    pub fn pass(&mut self, wall: Duration) {
        if !self.running() {
            return;
        }
        let wall = wall.min(LONGEST_FRAME);
        self.owed += u64::try_from(wall.as_millis()).unwrap_or(0) * u64::from(self.pace);
        let seconds = i64::try_from(self.owed / 1000).unwrap_or(0);
        self.owed %= 1000;
        if seconds > 0 {
            let until = self.now() + Span(seconds);
            if self.advance(until, self.stop_at) {
                self.run(false);
            }
        }
        self.unmarked += wall;
        if self.unmarked >= CHECKPOINT_EVERY {
            self.mark();
        }
    }

    /// Jumps to the next news that would stop the clock, or twelve hours on if nothing comes. Nothing is skipped on the way.
    pub fn jump_to_news(&mut self) {
        let stop_at = if self.stop_at == StopAt::Never { StopAt::Messages } else { self.stop_at };
        let until = self.now() + LONGEST_JUMP;
        self.advance(until, stop_at);
        self.run(false);
        self.mark();
    }

    /// Jumps on by a span, or to the next news on the way.
    pub fn jump(&mut self, span: Span) {
        let until = self.now() + span;
        self.advance(until, self.stop_at);
        self.run(false);
        self.mark();
    }

    fn now(&self) -> ExerciseTime {
        self.driver.exercise().now()
    }

    /// True if something came that stops the clock.
    fn advance(&mut self, until: ExerciseTime, stop_at: StopAt) -> bool {
        let until = until.min(self.prepared.program.public.endex);
        while self.now() < until && self.fault.is_none() {
            let step = (self.now() + STEP).min(until);
            if let Err(fault) = self.driver.advance(step) {
                self.fault = Some(fault.to_string());
            }
            self.note();
            let news = &self.driver.exercise().view(self.role).knowledge.news;
            let stops = news.since(self.heard).any(|heard: &Heard| stop_at.stops(&heard.observation));
            self.heard = news.len();
            self.revision += 1;
            if stops {
                return true;
            }
        }
        false
    }

    /// Gives an order in the person's name. The same request twice is one order.
    pub fn order(&mut self, request: &str, order: Order, because: Option<String>) -> Receipt {
        if let Some(known) = self.requests.get(request) {
            return *known;
        }
        if self.over() {
            return Receipt::Refused(Refusal::Away);
        }
        self.asked = Some((request.to_owned(), because.filter(|text| !text.trim().is_empty())));
        let receipt = match self.driver.order(self.now(), self.role, order, Origin::Person) {
            Ok(receipt) => receipt,
            Err(fault) => {
                self.fault = Some(fault.to_string());
                Receipt::Refused(Refusal::Away)
            }
        };
        self.note();
        self.asked = None;
        self.requests.insert(request.to_owned(), receipt);
        self.heard = self.driver.exercise().view(self.role).knowledge.news.len();
        self.revision += 1;
        receipt
    }

    /// Puts the orders given since the last time into the journal.
    fn note(&mut self) {
        let public = &self.prepared.program.public;
        let mut failed = None;
        if let Record::Kept { writer, .. } = &mut self.record {
            for issued in self.driver.issued().since(self.journalled) {
                let asked = self.asked.as_ref().filter(|_| issued.origin == Origin::Person);
                let because = asked.and_then(|(_, because)| because.clone());
                let request = asked.map(|(request, _)| request.clone());
                let command = journal::Command::of(public, issued, because, request);
                if let Err(error) = writer.command(command) {
                    failed = Some(error);
                    break;
                }
            }
        }
        self.journalled = self.driver.issued().len();
        self.failed(failed);
    }

    fn failed(&mut self, error: Option<std::io::Error>) {
        if let Some(error) = error {
            self.record = Record::Memory(format!("the journal cannot be written any more: {error}"));
        }
    }

    /// Notes where the clock stands, and makes sure that it is on disk.
    pub fn mark(&mut self) {
        self.unmarked = Duration::ZERO;
        if self.ended.is_some() {
            return;
        }
        let exercise = self.driver.exercise();
        let reached = Reached { at: exercise.now().max(ExerciseTime(0)), hash: exercise.hash() };
        self.enter(&Entry::Reached(reached));
    }

    fn annotate(&mut self, kind: &str, text: &str) {
        let at = Some(self.now());
        self.enter(&Entry::Annotation(Annotation { at, ..Annotation::new(kind, text) }));
    }

    /// Notes a lesson in the participants' own words.
    pub fn lesson(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.annotate("lesson", text.trim());
        }
    }

    fn enter(&mut self, entry: &Entry) {
        if let Record::Kept { writer, .. } = &mut self.record {
            let failed = writer.record(entry).err();
            self.failed(failed);
        }
    }

    /// Ends play where it stands and closes the journal; the assessment, once there is one.
    pub fn close(&mut self) -> &Assessment {
        let ended = self.ended.take().unwrap_or_else(|| {
            self.running = false;
            let exercise = self.driver.exercise();
            let program = exercise.program();
            let assessment = assessment::assess(program, exercise.ledger(), exercise.watch());
            let closed = Closed {
                at: exercise.now(),
                hash: exercise.hash(),
                assessment: serde_json::to_value(&assessment).unwrap_or(Value::Null),
                ledger: journal::stored_ledger(program, exercise.ledger()),
            };
            self.enter(&Entry::Closed(Box::new(closed)));
            assessment
        });
        self.revision += 1;
        self.ended.insert(ended)
    }

    /// The debrief. Nothing before it shows ground truth.
    pub fn debrief(&mut self, lessons: &[String]) -> debrief::Debrief {
        let assessment = self.close().clone();
        let exercise: &Exercise = self.driver.exercise();
        let public = &self.prepared.program.public;
        let colleagues = format!("the policy `{}`", COLLEAGUES.name());
        let seat = |role: RoleId| (role, if role == self.role { "a person".to_owned() } else { colleagues.clone() });
        let about = debrief::Session {
            seed: self.seed,
            mode: self.mode.of_debrief(),
            seats: (0..public.roles.len()).map(RoleId::at).map(seat).collect(),
            rules_version: RULES,
            hash: exercise.hash(),
            events: exercise.events(),
            finished: exercise.finished(),
            notes: lessons.to_vec(),
            // A person alone may know; a room is asked first.
            with_total: self.mode == Mode::Solo,
            ..debrief::Session::default()
        };
        debrief::model(&debrief::Input { program: &self.prepared.program, ledger: exercise.ledger(), assessment: &assessment, about: &about })
    }
}

impl Drop for Game {
    /// However a session is left, the journal says where it stood.
    fn drop(&mut self) {
        self.mark();
    }
}

const BY_PERSON: &str = "person";

fn header(prepared: &Prepared, begin: &Begin) -> Header {
    let public = &prepared.program.public;
    let by = (0..public.roles.len()).map(|place| if place == begin.role.index() { BY_PERSON } else { COLLEAGUES.name() }.to_owned());
    Header::of(prepared, begin.seed, Setup::of(public, begin.mode.name(), by))
}
