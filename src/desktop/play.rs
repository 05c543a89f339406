//! An exercise being played at this desk: the session, its clock, where it is kept, and the seat that is looked at.
//!
//! The screens know an exercise only through [`Game`]. To a player's seat it shows one role's [`View`] and nothing else before ENDEX; the
//! facilitator's console reads the session itself ([`Game::session`]), for whoever runs the room may know all of it.

mod clock;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::keep::{self, Claimed, NotClaimed};
use crate::assessment::Assessment;
use crate::debrief;
use crate::exercise::Receipt;
use crate::exercise::knowledge::View;
use crate::ids::{ClaimId, DenseId, GateId, InjectId, MoveId, RoleId, RoleSet};
use crate::journal::{self, Annotation, RemarkKind};
use crate::policy::Origin;
use crate::scenario::prepare::Prepared;
use crate::scenario::program::{Measure, Public};
use crate::scenario::written::RoleKind;
use crate::session::msel::Ahead;
use crate::session::{Mode, Seated, Session, Trouble};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;
pub use clock::{Clock, PACES, StopAt, is_next};

/// While a room talks nothing has to be drawn but its minutes, and nothing is asked for more often than this.
pub const ROOM_EVERY: Duration = Duration::from_secs(30);
/// The longest that a room is believed to have been at it.
const LONGEST_ROOM: Duration = Duration::from_secs(7 * 24 * 3600);

/// An order that a person gave from a seat: when, what, what came of it, and why, in their own words.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub struct Own {
    pub at: ExerciseTime,
    pub order: Order,
    pub receipt: Receipt,
    pub because: Option<String>,
}

/// What a new game is to be.
#[derive(Clone, Debug)]
pub struct Begin {
    /// How it is played.
    pub mode: Mode,
    /// The roles that people at this desk play; none in discussion.
    pub people: RoleSet,
    /// The seed of every chance event.
    pub seed: u64,
}

impl Begin {
    /// One person in one role.
    pub fn solo(role: RoleId, seed: u64) -> Begin {
        Begin { mode: Mode::Solo, people: RoleSet::one(role), seed }
    }

    /// A room that talks.
    pub fn discussion(seed: u64) -> Begin {
        Begin { mode: Mode::Discussion, people: RoleSet::NONE, seed }
    }
}

/// An exercise being played.
pub struct Game {
    session: Session,
    /// Whose seat is looked at.
    seat: RoleId,
    /// Where the session is kept, or was until it could not be written any more.
    kept_at: Option<PathBuf>,
    /// Why nothing is kept, where nothing is; empty where that need not be said.
    not_kept: Option<String>,
    /// The clock runs.
    running: bool,
    pace: u32,
    stop_at: StopAt,
    /// Thousandths of a story second that have passed and not been played yet.
    owed: u64,
    unmarked: Duration,
    /// How much of its news each role has been stopped for or passed by.
    heard: Vec<usize>,
    /// How long the room has been at it, breaks left out.
    room: Duration,
    /// The room takes a break, or something real has happened.
    pause: bool,
    revision: u64,
    /// What comes until the next move opens, as things stand; none: that has changed since it was looked at.
    ahead: Option<Ahead>,
    /// What tells requests of this sitting from those of another: how many orders there were when it began.
    sitting: usize,
    fault: Option<String>,
    assessment: Option<Assessment>,
}

impl Game {
    /// At STARTEX. The journal begins in the folder; where that cannot be written, play goes on in memory and says so.
    pub fn begin(prepared: Prepared, begin: &Begin, folder: Option<&keep::Folder>) -> Game {
        let seats = Session::usual_seats(&prepared.program, begin.mode, begin.people);
        let mut game = Game::of(Session::unkept(prepared, begin.mode, begin.seed, seats), None);
        game.keep(folder);
        game
    }

    fn of(session: Session, kept_at: Option<PathBuf>) -> Game {
        let people = people(session.seats());
        let seat = people.iter().next().unwrap_or_else(|| lead(&session.program().public));
        let mut game = Game {
            seat,
            kept_at,
            not_kept: None,
            running: false,
            pace: 60,
            stop_at: if session.mode() == Mode::Solo { StopAt::Messages } else { StopAt::Never },
            owed: 0,
            unmarked: Duration::ZERO,
            heard: Vec::new(),
            room: Duration::ZERO,
            pause: false,
            revision: 0,
            ahead: None,
            sitting: session.issued().len(),
            fault: None,
            assessment: None,
            session,
        };
        game.heard = game.news();
        game
    }

    /// Goes on with an interrupted session, at the moment that its journal reached.
    ///
    /// # Errors
    /// Why it cannot go on, as a sentence.
    pub fn resume(path: &Path) -> Result<Game, String> {
        let cannot = |why: &dyn std::fmt::Display| format!("{} cannot be gone on with: {why}", path.display());
        // Claimed before it is read: otherwise another window could add to it in between.
        let claimed = Claimed::open(path);
        let journal = match &claimed {
            Ok(claimed) => claimed.read(),
            Err(NotClaimed::Elsewhere) => return Err(cannot(&NotClaimed::Elsewhere)),
            Err(NotClaimed::Not(_)) => journal::read(keep::open_file(path).map_err(|error| cannot(&error))?),
        };
        let session = match Session::resume(&journal.map_err(|error| cannot(&error))?) {
            Err(Trouble::Closed) => return Err(cannot(&"it has been played to its end")),
            other => other.map_err(|trouble| cannot(&trouble))?,
        };
        let mut game = Game::of(session, Some(path.to_owned()));
        let claimed = claimed.map_err(|why| cannot_be_written(path, &why));
        game.not_kept = claimed.and_then(|claimed| game.write_into(claimed)).err();
        let seconds = game.room_told().and_then(|told| told.parse().ok()).unwrap_or(0);
        // A journal may say anything; nobody sits for longer than this.
        game.room = Duration::from_secs(seconds).min(LONGEST_ROOM);
        Ok(game)
    }

    /// The session: for the facilitator's console, which may know all of it.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The public tables of the scenario.
    pub fn public(&self) -> &Public {
        &self.session.program().public
    }

    /// What the role knows whose seat is looked at.
    pub fn view(&self) -> View<'_> {
        self.session.view(self.seat)
    }

    /// The roles that people play.
    pub fn people(&self) -> RoleSet {
        people(self.session.seats())
    }

    /// Looks at another seat.
    pub fn sit_down(&mut self, role: RoleId) {
        if role.index() < self.public().roles.len() {
            self.seat = role;
            self.revision += 1;
        }
    }

    /// How it is played.
    pub fn mode(&self) -> Mode {
        self.session.mode()
    }

    /// Rises whenever something may have changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The name of a request, unique over all sittings at which the session was gone on with: revisions begin again with each.
    pub fn request(&self, of_picture: &str) -> String {
        format!("{}.{of_picture}", self.sitting)
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
        self.session.finished() || self.fault.is_some() || self.ended()
    }

    /// Whether play was ended, here or before a break, and the hotwash has begun.
    pub fn ended(&self) -> bool {
        self.session.play_was_ended()
    }

    /// Why play cannot go on, if it cannot.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Where the session is kept.
    pub fn kept_at(&self) -> Option<&Path> {
        self.kept_at.as_deref()
    }

    /// Why nothing is kept, where nothing is.
    pub fn not_kept(&self) -> Option<String> {
        self.not_kept.clone().or_else(|| self.session.unwritten()).filter(|why| !why.is_empty())
    }

    /// Tries once more to write the session where it belongs: all that happened so far, and what happens from now on.
    ///
    /// # Errors
    /// Why it is still not kept, as a sentence.
    pub fn try_again(&mut self, folder: Option<&keep::Folder>) -> Result<(), String> {
        self.mark();
        self.keep(folder);
        self.not_kept().map_or(Ok(()), Err)
    }

    /// Writes the session into a file of somebody's choice, and goes on there.
    ///
    /// # Errors
    /// Why it cannot be written there, as a sentence.
    pub fn save_at(&mut self, typed: &str) -> Result<(), String> {
        let path = keep::typed(typed, &self.file_name())?;
        self.mark();
        self.session.let_go();
        let claimed = Claimed::open_or_make(&path).map_err(|why| cannot_be_written(&path, &why));
        claimed.and_then(|claimed| self.write_into(claimed))
    }

    /// What a file of this session is called, without an ending.
    pub fn file_name(&self) -> String {
        let kept = self.kept_at.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        let name = kept.unwrap_or_else(|| self.public().id.clone());
        name.strip_prefix("hotwash-").map_or(name.clone(), str::to_owned)
    }

    fn keep(&mut self, folder: Option<&keep::Folder>) {
        self.session.let_go();
        let claimed = match (&self.kept_at, folder) {
            (Some(path), _) => Claimed::open_or_make(path).map_err(|why| cannot_be_written(path, &why)),
            (None, Some(folder)) => folder.new_session(&self.public().id),
            (None, None) => Err("this system names no folder for sessions".to_owned()),
        };
        self.not_kept = claimed.and_then(|claimed| self.write_into(claimed)).err();
    }

    fn write_into(&mut self, claimed: Claimed) -> Result<(), String> {
        let (path, is_new) = (claimed.path.clone(), claimed.is_new);
        let file = claimed.ready_for(self.session.journal())?;
        if let Err(error) = self.session.keep_in(Box::new(file)) {
            // Half of what never was there is nothing to go on with.
            if is_new {
                let _ = std::fs::remove_file(&path);
            }
            return Err(cannot_be_written(&path, &error));
        }
        (self.kept_at, self.not_kept) = (Some(path), None);
        Ok(())
    }

    /// Nobody plays it: that nothing is kept need not be said.
    pub fn for_a_picture(&mut self) {
        self.not_kept = Some(String::new());
    }

    /// How long the room has been at it, breaks left out.
    pub fn room(&self) -> Duration {
        self.room
    }

    /// Looks at what comes until the next move opens, as things stand: in a room that talks, whoever runs it hands that out before the clock gets there.
    /// Elsewhere it comes by itself.
    pub fn look_ahead(&mut self) {
        if self.mode() == Mode::Discussion && self.ahead.is_none() && !self.over() {
            self.ahead = Some(self.session.ahead());
            self.revision += 1;
        }
    }

    /// What was seen by [`Game::look_ahead`]: which inject, and when; none where nobody looked.
    pub fn ahead(&self) -> Option<&[(InjectId, ExerciseTime)]> {
        self.ahead.as_ref().map(|ahead| ahead.injects.as_slice())
    }

    /// Decisions that [`Game::look_ahead`] saw open.
    pub fn asked_ahead(&self) -> Option<&BTreeSet<GateId>> {
        self.ahead.as_ref().map(|ahead| &ahead.gates)
    }

    /// What is read aloud when a move opens: its text, and what is read as well after what had been decided by then.
    pub fn read_aloud(&self, number: MoveId, at: ExerciseTime) -> String {
        let exercise = self.session.exercise();
        let Some(opened) = self.public().moves.get(number.index()) else { return String::new() };
        let as_well = opened.also_read.iter().filter(|(condition, _)| exercise.watch().first_true(*condition).is_some_and(|first| first.at <= at));
        std::iter::once(opened.read_aloud.trim()).chain(as_well.map(|(_, text)| text.trim())).collect::<Vec<_>>().join("\n\n")
    }

    /// Orders that people gave in the name of the role whose seat is looked at.
    pub fn own_orders(&self) -> Vec<Own> {
        let own = self.session.issued().iter().filter(|issued| issued.origin == Origin::Person && issued.role == self.seat);
        own.map(|issued| {
            let mut reasons = self.session.reasons();
            let because = reasons.find(|(at, role, order, _)| (*at, *role, *order) == (issued.at, issued.role, issued.order));
            Own { at: issued.at, order: issued.order, receipt: issued.receipt, because: because.map(|(.., because)| because.to_owned()) }
        })
        .collect()
    }

    /// Claims of which somebody is asked what they believe, at the end of a move that has opened.
    pub fn asked(&self) -> Vec<ClaimId> {
        let public = self.public();
        let Some(open) = self.view().knowledge.current_move else { return Vec::new() };
        let closes = public.moves.iter().skip(open.index() + 1).find(|one| one.played).map_or(public.endex, |one| one.opens);
        let criteria = self.session.program().rubric.criteria.iter().filter(|criterion| !criterion.left_out);
        let asked = criteria.filter_map(|criterion| match criterion.measure {
            Measure::Belief { claim, until } if until <= closes => Some(claim),
            _ => None,
        });
        asked.collect()
    }

    fn news(&self) -> Vec<usize> {
        (0..self.public().roles.len()).map(|role| self.session.view(RoleId::at(role)).knowledge.news.len()).collect()
    }

    /// Gives an order in the name of the role whose seat is looked at. The same request twice is one order.
    ///
    /// # Errors
    /// Why it cannot be given at all, as a sentence; that it is refused is a receipt.
    pub fn order(&mut self, request: &str, order: Order, because: Option<String>) -> Result<Receipt, String> {
        if self.over() {
            return Err("play is over".to_owned());
        }
        let because = because.filter(|text| !text.trim().is_empty());
        let seat = self.seat;
        self.facilitate(|session| session.order(seat, order, because, Some(request.to_owned())))
    }

    /// Does something to the session that only whoever runs the room may do.
    ///
    /// # Errors
    /// Why it cannot be done, as a sentence.
    pub fn facilitate<T>(&mut self, deed: impl FnOnce(&mut Session) -> Result<T, Trouble>) -> Result<T, String> {
        if self.assessment.is_some() {
            return Err(Trouble::Closed.to_string());
        }
        let result = deed(&mut self.session);
        self.ahead = None;
        self.heard = self.news();
        self.revision += 1;
        result.map_err(|trouble| {
            if let Trouble::Fault(fault) = &trouble {
                self.fault = Some(fault.to_string());
            }
            trouble.to_string()
        })
    }

    /// Notes where the clock stands, and makes sure that it is on disk.
    pub fn mark(&mut self) {
        self.unmarked = Duration::ZERO;
        if self.assessment.is_some() {
            return;
        }
        if self.mode() == Mode::Discussion {
            let seconds = self.room.as_secs().to_string();
            if self.room_told() != Some(seconds.as_str()) {
                let says = format!("The room has been at it for {}.", Span(i64::try_from(self.room.as_secs()).unwrap_or(0)));
                self.session.annotate(Annotation { value: Some(seconds), ..Annotation::new(RemarkKind::Room, says) });
            }
        } else {
            self.session.checkpoint();
        }
    }

    /// How long the room has been at it, in seconds, as the journal has it; the hotwash counts its own minutes.
    fn room_told(&self) -> Option<&str> {
        let told = self.session.annotations().iter().rev().find(|remark| remark.kind == RemarkKind::Room && remark.about.is_none());
        told.and_then(|remark| remark.value.as_deref())
    }

    /// Writes down a remark, about this moment.
    pub fn remark(&mut self, remark: Annotation) {
        self.session.annotate(remark);
        self.revision += 1;
    }

    /// Ends play where it stands. What people say about it can still be written down, and counts.
    pub fn end_play(&mut self) {
        self.run(false);
        self.session.end_play();
        self.revision += 1;
    }

    /// Closes the journal; the assessment, once there is one.
    pub fn close(&mut self) -> &Assessment {
        self.end_play();
        // A session that is over already says the same again.
        let assessment = self.assessment.take().unwrap_or_else(|| self.session.close().unwrap_or_else(|_| self.session.assess()));
        self.assessment.insert(assessment)
    }

    /// The debrief. Nothing before it shows ground truth.
    pub fn debrief(&mut self) -> debrief::Debrief {
        let assessment = self.close().clone();
        let session = &self.session;
        let exercise = session.exercise();
        let about = debrief::session_of(session);
        debrief::model(&debrief::Input { program: session.program(), ledger: exercise.ledger(), assessment: &assessment, about: &about })
    }
}

impl Drop for Game {
    /// However a session is left, the journal says where it stood.
    fn drop(&mut self) {
        self.mark();
    }
}

fn people(seats: &[Seated]) -> RoleSet {
    let roles = seats.iter().enumerate().filter(|(_, seated)| **seated == Seated::Person);
    roles.map(|(place, _)| RoleId::at(place)).fold(RoleSet::NONE, RoleSet::with)
}

/// Somebody who leads sees most; otherwise whoever comes first.
pub fn lead(public: &Public) -> RoleId {
    RoleId::at(public.roles.iter().position(|role| role.kind == RoleKind::IncidentManager).unwrap_or(0))
}

fn cannot_be_written(path: &Path, why: &dyn std::fmt::Display) -> String {
    format!("{} cannot be written: {why}", path.display())
}

#[cfg(test)]
mod tests;
