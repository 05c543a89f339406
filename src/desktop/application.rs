//! What is shown, and what intents do. It knows egui and no window.

use std::path::PathBuf;
use std::time::Duration;

use egui::Ui;

use super::play::{Begin, Game, StopAt};
use super::theme::{Look, TEXT_SCALE_PERCENT, Tone};
use super::words::Names;
use super::{Intent, debriefing, home, keep, seat};
use crate::debrief::{self, Format};
use crate::exercise::Receipt;
use crate::exercise::quote::candidates;
use crate::journal::Annotation;
use crate::session::Mode;
use crate::vocabulary::Observation;

/// The screen that is shown.
pub enum Screen {
    /// Where everything begins.
    Home(Box<home::State>),
    /// Somebody plays.
    Seat(Box<Game>, Box<seat::State>),
    /// Play is over.
    Debrief(Box<Game>, Box<debriefing::State>),
}

/// The application.
pub struct Application {
    /// What is shown.
    pub screen: Screen,
    /// How.
    pub look: Look,
    folder: Option<keep::Folder>,
    cards: Vec<home::Card>,
    /// The seed of the next game; drawn anew each time.
    next_seed: u64,
}

impl Application {
    /// At Home. Without a folder nothing is kept.
    pub fn new(folder: Option<keep::Folder>, seed: u64) -> Application {
        let look = folder.as_ref().map(keep::Folder::look).unwrap_or_default();
        let mut application = Application {
            screen: Screen::Home(Box::new(home::State::new(Vec::new(), Vec::new()))),
            look,
            folder,
            cards: home::library(),
            next_seed: seed,
        };
        application.go_home();
        application
    }

    fn go_home(&mut self) {
        let sessions = self.folder.as_ref().map(keep::Folder::sessions).unwrap_or_default();
        let mut state = home::State::new(self.cards.clone(), sessions);
        if self.folder.is_none() {
            state.not_kept = Some("this system names no folder for it; start with --data DIR".to_owned());
        }
        self.screen = Screen::Home(Box::new(state));
    }

    /// How soon it wants to be drawn again although nobody did anything; none: not at all.
    pub fn wants_redraw(&self) -> Option<Duration> {
        match &self.screen {
            // Four times a second is smooth enough for a clock that shows minutes.
            Screen::Seat(game, _) if game.running() => Some(Duration::from_millis(250)),
            _ => None,
        }
    }

    /// Lets wall time pass.
    pub fn pass(&mut self, wall: Duration) {
        if let Screen::Seat(game, state) = &mut self.screen {
            let (ran, heard) = (game.running(), game.view().knowledge.news.len());
            game.pass(wall);
            if ran && !game.running() {
                came(game, state, heard);
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
        let home = Screen::Home(Box::new(home::State::new(Vec::new(), Vec::new())));
        match std::mem::replace(&mut self.screen, home) {
            Screen::Seat(mut game, _) => {
                game.end_play();
                self.screen = Screen::Debrief(game, Box::new(debriefing::State::new()));
            }
            other => self.screen = other,
        }
    }

    /// Files or folders were dropped on the window.
    pub fn dropped(&mut self, path: &str) {
        if matches!(self.screen, Screen::Home(_)) {
            self.take(Intent::OpenPath(path.to_owned()));
        }
    }

    /// The window closes: what was played is on disk.
    pub fn closing(&mut self) {
        if let Screen::Seat(game, _) = &mut self.screen {
            game.mark();
        }
    }

    /// Draws the screen and does what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.look.apply(ui.ctx());
        // This picture was begun before the look was put into force.
        ui.reset_style();
        let mut intents = self.scale_keys(ui);
        intents.extend(match &mut self.screen {
            Screen::Home(state) => home::home_ui(ui, state, self.look),
            Screen::Seat(game, state) => seat::seat_ui(ui, game, state),
            Screen::Debrief(_, state) => debriefing::debrief_ui(ui, state),
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

    /// Does what was asked for.
    pub fn take(&mut self, intent: Intent) {
        match intent {
            Intent::Look(look) => {
                self.look = look;
                if let Some(folder) = &self.folder {
                    folder.keep_look(look);
                }
            }
            Intent::Home => {
                self.closing();
                self.go_home();
            }
            Intent::PickScenario(path) | Intent::OpenPath(path) => {
                let seed = self.next_seed;
                if let Screen::Home(state) = &mut self.screen {
                    state.open(&path, seed);
                }
            }
            Intent::PutBack => self.go_home(),
            Intent::Start => self.start(),
            Intent::Resume(path) => self.resume(path),
            Intent::EndPlay => self.debrief(),
            Intent::Lessons(lessons) => {
                if let Screen::Debrief(game, state) = &mut self.screen {
                    let written = lessons.iter().map(|lesson| lesson.trim()).filter(|lesson| !lesson.is_empty());
                    written.for_each(|lesson| game.remark(Annotation::new("lesson", lesson)));
                    let debrief = game.debrief();
                    state.at = debrief.timeline.axis.until.0;
                    state.debrief = Some(Box::new(debrief));
                }
            }
            Intent::Export(format) => self.export(format),
            other => match &mut self.screen {
                Screen::Home(state) => at_home(state, other),
                Screen::Seat(game, state) => at_seat(game, state, other),
                Screen::Debrief(..) => {}
            },
        }
    }

    fn start(&mut self) {
        let Screen::Home(state) = &mut self.screen else { return };
        let Some(picked) = state.picked.take() else { return };
        let seed = picked.seed.trim().parse().unwrap_or(self.next_seed);
        self.next_seed = self.next_seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 16;
        let begin = match picked.mode {
            Mode::Discussion => Begin::discussion(seed),
            mode => Begin { mode, ..Begin::solo(picked.role, seed) },
        };
        let game = Game::begin(picked.prepared, &begin, self.folder.as_ref());
        self.sit_down(game);
    }

    fn sit_down(&mut self, game: Game) {
        let mut state = seat::State::default();
        // The first thing to read is the newest that has come.
        if let Some(number) = first_to_read(&game) {
            state.open_message(number);
        }
        self.screen = Screen::Seat(Box::new(game), Box::new(state));
    }

    fn resume(&mut self, path: PathBuf) {
        match Game::resume(&path) {
            Ok(game) => self.sit_down(game),
            Err(why) => {
                if let Screen::Home(state) = &mut self.screen {
                    state.trouble = Some((why, String::new()));
                }
            }
        }
    }

    fn export(&mut self, format: Format) {
        let Screen::Debrief(game, state) = &mut self.screen else { return };
        let Some(debrief) = &state.debrief else { return };
        let ending = match format {
            Format::Html => "html",
            Format::Markdown => "md",
            Format::Json => "json",
        };
        let name = game.kept_at().and_then(|path| path.file_stem()).map_or_else(|| "debrief".to_owned(), |stem| stem.to_string_lossy().into_owned());
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

fn first_to_read(game: &Game) -> Option<usize> {
    let nothing = std::collections::BTreeSet::new();
    let inbox = seat::inbox::data(&game.view(), &nothing, &|number, at| game.read_aloud(number, at));
    inbox.messages.first().map(|message| message.number)
}

/// Says what has come since: the last thing that is worth stopping at, and how many others there were.
fn came(game: &Game, state: &mut seat::State, heard: usize) {
    let view = game.view();
    let notable = |observation: &Observation| StopAt::Messages.stops(observation);
    let news: Vec<&Observation> = view.knowledge.news.since(heard).map(|heard| &heard.observation).filter(|heard| notable(heard)).collect();
    state.last = match news.as_slice() {
        [.., last] => {
            let others = if news.len() > 1 { format!("  (and {} more, in the log)", news.len() - 1) } else { String::new() };
            Some((Tone::Notice, format!("{}{others}", Names::of(&view).told(last))))
        }
        [] => None,
    };
}

fn at_home(state: &mut home::State, intent: Intent) {
    let Some(picked) = &mut state.picked else { return };
    match intent {
        Intent::PickRole(role) => picked.role = role,
        Intent::PickMode(mode) => picked.mode = mode,
        _ => {}
    }
}

fn at_seat(game: &mut Game, state: &mut seat::State, intent: Intent) {
    match intent {
        Intent::Run(running) => game.run(running),
        Intent::Pace(pace) => game.set_pace(pace),
        Intent::StopAt(stop_at) => game.set_stop_at(stop_at),
        Intent::NextNews => {
            let heard = game.view().knowledge.news.len();
            game.jump_to_news();
            came(game, state, heard);
        }
        Intent::Jump(span) => {
            let heard = game.view().knowledge.news.len();
            game.jump(span);
            came(game, state, heard);
        }
        Intent::Show(panel) => state.panel = panel,
        Intent::Select(selected) => {
            (state.selected, state.action, state.draft) = (selected, None, None);
            // Where orders have no place beside the rest, they come to the front.
            if state.narrow && selected.is_some() {
                state.panel = seat::Panel::Orders;
            }
            state.orders.filter.clear();
        }
        Intent::PickAction(action) => {
            (state.action, state.selected, state.draft) = (action, None, None);
            // What can be done to one thing only needs no list of one.
            if let Some(action) = action {
                let view = game.view();
                let mut all = candidates(&view, action);
                if let (Some(only), None) = (all.next(), all.next()) {
                    (state.draft, state.action) = (Some(only), None);
                }
            }
            state.orders.filter.clear();
        }
        Intent::Draft(order) => {
            state.draft = order;
            if state.narrow && order.is_some() {
                state.panel = seat::Panel::Orders;
            }
            state.orders.because.clear();
        }
        Intent::Give { request, order, because } => {
            let view = game.view();
            let says = Names::of(&view).order(&order);
            let request = seat::request_of(&view, &request, &order);
            state.last = Some(match game.order(&request, order, because) {
                Receipt::Accepted(_) => (Tone::Good, format!("Ordered: {says}")),
                Receipt::Refused(refusal) => (Tone::Warning, format!("Refused, because {}: {says}", refusal.label())),
            });
            state.draft = None;
            state.orders.because.clear();
        }
        Intent::Open(number) => state.open_message(number),
        Intent::Palette(open) => state.palette = open.then(seat::palette::State::default),
        Intent::Help(shown) => state.help = shown,
        Intent::AskToEnd => state.ending = true,
        _ => {}
    }
}
