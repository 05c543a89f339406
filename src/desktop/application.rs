//! What is shown, and what intents do. It knows egui and no window.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::Ui;

use super::play::{Begin, Game, ROOM_EVERY};
use super::theme::{Look, TEXT_SCALE_PERCENT, Tone};
use super::{Go, Intent, console, debriefing, home, keep, projector, seat, unsaved};
use crate::debrief::{self, Format};
use crate::ids::RoleId;
use crate::journal::Annotation;
use crate::session::Mode;

/// The screen that is shown.
pub enum Screen {
    /// Where everything begins.
    Home(Box<home::State>),
    /// Somebody runs a room.
    Console(Box<Game>, Box<console::State>),
    /// Somebody plays.
    Seat(Box<Game>, Box<seat::State>),
    /// Play is over.
    Debrief(Box<Game>, Box<debriefing::State>),
    /// A session of before, out of its journal; where that lies.
    Past(PathBuf, Box<debriefing::State>),
}

impl Screen {
    /// The exercise that is played, or has just been.
    fn game(&mut self) -> Option<&mut Game> {
        match self {
            Screen::Console(game, _) | Screen::Seat(game, _) | Screen::Debrief(game, _) => Some(game),
            Screen::Home(_) | Screen::Past(..) => None,
        }
    }

    /// Says what was done, or why not.
    fn say(&mut self, tone: Tone, says: String) {
        match self {
            Screen::Console(_, state) => state.last = Some((tone, says)),
            Screen::Seat(_, state) => state.last = Some((tone, says)),
            Screen::Debrief(_, state) | Screen::Past(_, state) => state.saved = Some((tone, says)),
            Screen::Home(_) => {}
        }
    }
}

/// The application.
pub struct Application {
    /// What is shown.
    pub screen: Screen,
    /// How.
    pub look: Look,
    /// The second window.
    pub projector: projector::State,
    /// What the console remembers while somebody is at a seat.
    console: Option<Box<console::State>>,
    folder: Option<keep::Folder>,
    /// What is asked about a session that is not saved.
    unsaved: unsaved::State,
    /// Somebody was asked whether to leave, and the window may close.
    closes: bool,
    cards: Vec<home::Card>,
    /// The seed of the next game; drawn anew each time.
    next_seed: u64,
}

impl Application {
    /// At Home. Without a folder nothing is kept.
    pub fn new(folder: Option<keep::Folder>, seed: u64) -> Application {
        let look = folder.as_ref().map(keep::Folder::look).unwrap_or_default();
        let mut application = Application {
            screen: Screen::Home(Box::new(home::State::new(Vec::new(), keep::Shelf::default()))),
            look,
            projector: projector::State::default(),
            console: None,
            folder,
            unsaved: unsaved::State::default(),
            closes: false,
            cards: home::library(),
            next_seed: seed,
        };
        application.go_home();
        application
    }

    fn go_home(&mut self) {
        let shelf = self.folder.as_ref().map(keep::Folder::shelf).unwrap_or_default();
        let mut state = home::State::new(self.cards.clone(), shelf);
        state.today = keep::today();
        if self.folder.is_none() {
            state.not_kept = Some("this system names no folder for it; start with --data DIR".to_owned());
        }
        self.screen = Screen::Home(Box::new(state));
        self.clear_desk();
    }

    /// What belonged to one session is not shown in another.
    fn clear_desk(&mut self) {
        self.console = None;
        self.unsaved = unsaved::State::default();
        self.projector.clear();
    }

    /// How soon it wants to be drawn again although nobody did anything; none: not at all.
    pub fn wants_redraw(&self) -> Option<Duration> {
        match &self.screen {
            // Four times a second is smooth enough for a clock that shows minutes.
            Screen::Seat(game, _) if game.running() => Some(Duration::from_millis(250)),
            Screen::Console(game, _) if game.running() => Some(Duration::from_millis(250)),
            // The room's minutes go by while the clock of the story stands.
            Screen::Console(..) => Some(ROOM_EVERY),
            Screen::Debrief(_, state) if state.room => Some(ROOM_EVERY),
            _ => None,
        }
    }

    /// Lets wall time pass.
    pub fn pass(&mut self, wall: Duration) {
        if let Screen::Console(game, _) = &mut self.screen {
            game.pass(wall);
        }
        if let Screen::Debrief(game, state) = &mut self.screen {
            state.pass(game, wall);
        }
        if let Screen::Seat(game, state) = &mut self.screen {
            let (ran, heard) = (game.running(), game.view().knowledge.news.len());
            game.pass(wall);
            if ran && !game.running() {
                seat::deeds::came(game, state, heard);
            }
        }
        self.follow();
    }

    /// At ENDEX comes the debrief.
    fn follow(&mut self) {
        if let Screen::Seat(game, _) = &self.screen
            && game.over()
            && game.fault().is_none()
        {
            self.debrief();
        }
    }

    fn debrief(&mut self) {
        let home = Screen::Home(Box::new(home::State::new(Vec::new(), keep::Shelf::default())));
        match std::mem::replace(&mut self.screen, home) {
            Screen::Seat(mut game, _) | Screen::Console(mut game, _) => {
                game.end_play();
                let state = debriefing::State::new(&game);
                self.screen = Screen::Debrief(game, Box::new(state));
            }
            other => self.screen = other,
        }
    }

    /// Files or folders were dropped on the window.
    pub fn dropped(&mut self, path: &str) {
        if matches!(self.screen, Screen::Home(_)) {
            self.go(Go::Open(path.to_owned()));
        }
    }

    /// Whether the window may close now. Where something would be lost, somebody is asked first, and [`Application::closes`] is the answer.
    pub fn may_close(&mut self) -> bool {
        self.may_leave(unsaved::To::Outside)
    }

    /// Whether somebody who was asked has answered that the window may close.
    pub fn closes(&self) -> bool {
        self.closes
    }

    fn may_leave(&mut self, to: unsaved::To) -> bool {
        self.screen.game().is_none_or(|game| self.unsaved.may_leave(game, to))
    }

    fn leave(&mut self, to: unsaved::To) {
        match to {
            unsaved::To::Home => {
                self.closing();
                self.go_home();
            }
            unsaved::To::Outside => self.closes = true,
        }
    }

    /// The window closes: what was played is on disk.
    pub fn closing(&mut self) {
        if let Screen::Seat(game, _) | Screen::Console(game, _) = &mut self.screen {
            game.mark();
        }
        if let Screen::Debrief(game, state) = &mut self.screen {
            state.leave(game);
        }
    }

    /// Draws the screen and does what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.look.apply(ui.ctx());
        // This picture was begun before the look was put into force.
        ui.reset_style();
        let mut intents = self.scale_keys(ui);
        let can_try = self.folder.is_some();
        if let Some(game) = self.screen.game() {
            unsaved::asking_ui(ui, game, &mut self.unsaved, &mut intents);
            unsaved::warning_ui(ui, game, can_try || game.kept_at().is_some(), &mut intents);
        }
        intents.extend(match &mut self.screen {
            Screen::Home(state) => home::home_ui(ui, state, self.look),
            Screen::Console(game, state) => {
                game.look_ahead();
                console::console_ui(ui, game, state, self.projector)
            }
            Screen::Seat(game, state) => seat::seat_ui(ui, game, state),
            Screen::Debrief(_, state) | Screen::Past(_, state) => debriefing::debrief_ui(ui, state),
        });
        let acted = !intents.is_empty();
        for intent in intents {
            self.take(intent);
        }
        self.follow();
        if acted {
            // What was asked for shows in the next picture.
            ui.ctx().request_repaint();
        }
    }

    fn scale_keys(&self, ui: &Ui) -> Vec<Intent> {
        use egui::{Key, Modifiers};
        let step = ui.input_mut(|input| {
            let larger = input.consume_key(Modifiers::COMMAND, Key::Plus) || input.consume_key(Modifiers::COMMAND, Key::Equals);
            let smaller = input.consume_key(Modifiers::COMMAND, Key::Minus);
            i32::from(larger) - i32::from(smaller)
        });
        let (least, most) = (i32::from(TEXT_SCALE_PERCENT.0), i32::from(TEXT_SCALE_PERCENT.1));
        let wanted = (i32::from(self.look.scale_percent) + step * 10).clamp(least, most);
        match u16::try_from(wanted) {
            Ok(scale_percent) if scale_percent != self.look.scale_percent => vec![Intent::Look(Look { scale_percent, ..self.look })],
            _ => Vec::new(),
        }
    }

    /// Does what was asked for. What is asked of a screen that is not shown any more is not done.
    pub fn take(&mut self, intent: Intent) {
        match (intent, &mut self.screen) {
            (Intent::Look(look), _) => {
                self.look = look;
                if let Some(folder) = &self.folder {
                    folder.keep_look(look);
                }
            }
            (Intent::Go(to), _) => self.go(to),
            (Intent::Print(size), Screen::Home(state)) => state.print(size, self.folder.as_ref()),
            (Intent::Print(size), Screen::Console(game, state)) => {
                state.printed(home::print(game.session().prepared(), size, self.folder.as_ref()));
            }
            (Intent::Clock(told), Screen::Seat(game, state)) => seat::deeds::at_clock(game, state, told),
            (Intent::Clock(told), Screen::Console(game, _)) => game.tell_clock(told),
            (Intent::Home(deed), Screen::Home(state)) => state.take(deed, self.next_seed, self.folder.as_ref()),
            (Intent::Seat(deed), Screen::Seat(game, state)) => seat::deeds::at_seat(game, state, deed),
            (Intent::Console(deed), Screen::Console(game, state)) => {
                let (before, back) = (game.session().now(), matches!(deed, console::Deed::Rewind(_)));
                console::at_console(game, state, deed);
                // What was on the wall belongs to another hour now.
                if back || game.session().now() != before {
                    self.projector.clear();
                }
            }
            (Intent::Debrief(deed), _) => self.after_play(deed),
            (Intent::Projector(deed), _) => self.projector.take(deed),
            (Intent::Unsaved(deed), _) => self.unsaved(deed),
            (Intent::Print(_) | Intent::Clock(_) | Intent::Home(_) | Intent::Seat(_) | Intent::Console(_), _) => {}
        }
    }

    fn go(&mut self, to: Go) {
        match to {
            Go::Home => {
                if self.may_leave(unsaved::To::Home) {
                    self.leave(unsaved::To::Home);
                }
            }
            Go::Open(path) => self.open_file(&path),
            Go::Start => self.start(),
            Go::Resume(path) => self.resume(path),
            Go::Seat(role) => self.change_desk(Some(role)),
            Go::Console => self.change_desk(None),
            Go::End => self.debrief(),
            Go::Past(path) => self.past(path),
        }
    }

    /// What is written, shown and saved after play. A session of before has had its hotwash.
    fn after_play(&mut self, deed: debriefing::Deed) {
        match (deed, &mut self.screen) {
            (debriefing::Deed::Hotwash(deed), Screen::Debrief(game, state)) => state.write(game, &deed),
            (debriefing::Deed::Results, Screen::Debrief(game, state)) => state.results(game),
            (debriefing::Deed::Hotwash(_) | debriefing::Deed::Results, _) => {}
            (debriefing::Deed::Remark(remark), Screen::Debrief(game, state)) => {
                game.remark(*remark);
                state.follow(game);
            }
            (debriefing::Deed::Remark(remark), _) => self.remark_on_the_past(*remark),
            (debriefing::Deed::Export(format), _) => self.export(format),
        }
    }

    /// Something is done about a session that is not saved.
    fn unsaved(&mut self, deed: unsaved::Deed) {
        let Some(game) = self.screen.game() else { return };
        let before = game.kept_at().map(Path::to_owned);
        match deed {
            unsaved::Deed::TryAgain => {
                let done = game.try_again(self.folder.as_ref());
                self.saved(done, before);
            }
            unsaved::Deed::Where => self.unsaved.ask_where(game),
            unsaved::Deed::SaveAt(path) => match game.save_at(&path) {
                Ok(()) => {
                    // Home lists what is in its own folder; of anything else it knows where it was.
                    if let (Some(folder), Some(path)) = (&self.folder, game.kept_at()) {
                        folder.opened(&path.display().to_string(), &game.public().title);
                    }
                    self.saved(Ok(()), before);
                    if let Some(to) = self.unsaved.answered() {
                        self.leave(to);
                    }
                }
                Err(why) => self.unsaved.refuse(why),
            },
            unsaved::Deed::Leave => {
                if let Some(to) = self.unsaved.answered() {
                    self.leave(to);
                }
            }
            unsaved::Deed::Stay => self.unsaved = unsaved::State::default(),
        }
    }

    /// Says what came of saving; `before` is where it was kept until it could not be written any more.
    fn saved(&mut self, done: Result<(), String>, before: Option<PathBuf>) {
        let now = self.screen.game().and_then(|game| game.kept_at()).map(Path::to_owned).unwrap_or_default();
        let before = match (&self.folder, before) {
            // Nobody is to go on with the shorter one by mistake.
            (Some(folder), Some(before)) if done.is_ok() && before != now => Some(folder.leave_behind(&before)),
            (_, before) => before,
        };
        let (tone, says) = match (done, before) {
            (Err(why), _) => (Tone::Warning, format!("Still not saved: {why}")),
            (Ok(()), Some(before)) if before != now => {
                (Tone::Good, format!("All of it is saved: {}. What is in {} ends earlier.", now.display(), before.display()))
            }
            (Ok(()), _) => (Tone::Good, format!("All of it is saved: {}", now.display())),
        };
        self.screen.say(tone, says);
    }

    fn start(&mut self) {
        let Screen::Home(state) = &mut self.screen else { return };
        let Some(picked) = state.picked.take() else { return };
        picked.note_profile(self.folder.as_ref());
        let seed = picked.seed.trim().parse().unwrap_or(self.next_seed);
        self.next_seed = self.next_seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 16;
        let begin = Begin { mode: picked.mode, people: picked.people, seed };
        let game = Game::begin(picked.prepared, &begin, self.folder.as_ref());
        self.sit_down(game);
    }

    /// To the seat of a role, or to the console. What one desk remembers is not shown at another.
    fn change_desk(&mut self, role: Option<RoleId>) {
        let home = Screen::Home(Box::new(home::State::new(Vec::new(), keep::Shelf::default())));
        self.screen = match (std::mem::replace(&mut self.screen, home), role) {
            (Screen::Console(game, state), Some(role)) if !game.people().has(role) => Screen::Console(game, state),
            (Screen::Seat(game, state), Some(role)) if !game.people().has(role) => Screen::Seat(game, state),
            (screen @ (Screen::Console(..) | Screen::Seat(..)), Some(role)) => {
                let mut game = match screen {
                    Screen::Console(game, state) => {
                        self.console = Some(state);
                        game
                    }
                    Screen::Seat(game, _) => game,
                    other => return self.screen = other,
                };
                game.sit_down(role);
                let state = seat::State::of(&game);
                Screen::Seat(game, Box::new(state))
            }
            (Screen::Seat(game, _), None) if game.mode() == Mode::Clocked => Screen::Console(game, self.console.take().unwrap_or_default()),
            (screen, _) => screen,
        };
    }

    fn sit_down(&mut self, game: Game) {
        self.clear_desk();
        if game.ended() {
            let state = debriefing::State::new(&game);
            self.screen = Screen::Debrief(Box::new(game), Box::new(state));
            return;
        }
        if game.mode() == Mode::Discussion {
            self.screen = Screen::Console(Box::new(game), Box::default());
            return;
        }
        let state = seat::State::of(&game);
        self.screen = Screen::Seat(Box::new(game), Box::new(state));
    }

    fn resume(&mut self, path: PathBuf) {
        match Game::resume(&keep::goes_on_here(&path)) {
            Ok(game) => self.sit_down(game),
            Err(why) => {
                if let Screen::Home(state) = &mut self.screen {
                    state.trouble = Some((why, String::new()));
                }
            }
        }
    }

    fn open(&mut self, path: &str) {
        let seed = self.next_seed;
        if let Screen::Home(state) = &mut self.screen {
            state.open(path, seed, self.folder.as_ref());
        }
    }

    /// Whatever somebody brings: a scenario, a profile, or the journal of a session, which is gone on with or shown again.
    fn open_file(&mut self, path: &str) {
        if Path::new(path).extension().is_some_and(|ending| ending == "jsonl") {
            match home::past::is_over(Path::new(path)) {
                Ok(true) => self.past(PathBuf::from(path)),
                Ok(false) => self.resume(PathBuf::from(path)),
                Err(why) => {
                    if let Screen::Home(state) = &mut self.screen {
                        state.trouble = Some((why, String::new()));
                    }
                }
            }
            return;
        }
        self.open(path);
        if let (Screen::Home(state), Some(folder)) = (&self.screen, &self.folder)
            && let Some(picked) = &state.picked
        {
            folder.opened(path, &picked.prepared.program.public.title);
        }
    }

    /// The debrief of a session of before: its participants have said what they had to say.
    fn past(&mut self, path: PathBuf) {
        let Screen::Home(home) = &mut self.screen else { return };
        match home::past::debrief_of(&path) {
            Ok((debrief, is_room)) => {
                let state = debriefing::State::past(debrief, is_room);
                self.screen = Screen::Past(path, Box::new(state));
            }
            Err(why) => home.trouble = Some((why, String::new())),
        }
    }

    /// What is written about a session of before stands behind the end of its journal.
    fn remark_on_the_past(&mut self, remark: Annotation) {
        let Screen::Past(path, state) = &mut self.screen else { return };
        match keep::add_remark(path, remark).and_then(|()| home::past::debrief_of(path)) {
            Ok((debrief, _)) => state.debrief = Some(Box::new(debrief)),
            Err(why) => state.saved = Some((Tone::Grave, why)),
        }
    }

    fn export(&mut self, format: Format) {
        let (kept_at, state) = match &mut self.screen {
            Screen::Debrief(game, state) => (game.kept_at(), state),
            Screen::Past(path, state) => (Some(path.as_path()), state),
            Screen::Home(_) | Screen::Console(..) | Screen::Seat(..) => return,
        };
        let Some(debrief) = &mut state.debrief else { return };
        // The journal was begun when the exercise was.
        debrief.overview.held_on = kept_at.and_then(keep::day_of).unwrap_or_default();
        let ending = match format {
            Format::Html => "html",
            Format::Markdown => "md",
            Format::Json => "json",
        };
        let name = kept_at.and_then(|path| path.file_stem()).map_or_else(|| "debrief".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let text = debrief::render(debrief, format);
        let written = match &self.folder {
            Some(folder) => folder.write_debrief(&format!("{name}.{ending}"), &text),
            None => Err("there is no folder to save it in; start with --data DIR".to_owned()),
        };
        state.saved = Some(match written {
            Ok(path) => (Tone::Good, format!("Saved: {}", path.display())),
            Err(why) => (Tone::Grave, why),
        });
    }
}
