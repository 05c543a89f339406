//! The second window: what the room may see. Large, calm, with the clock; blank on a key. After ENDEX, what of the debrief may be shown
//! ([`debriefing::Wall`]).
//!
//! Nothing here leads anywhere: it is looked at, and what can be done about it is done at the console.

mod handout;
mod map;

use std::sync::Arc;

use egui::{Align, Key, Layout, Modifiers, RichText, ScrollArea, Ui};

use super::application::{Application, Screen};
use super::debriefing::Wall;
use super::play::Game;
use super::theme::{self, Look, Palette, TEXT_SCALE_PERCENT, space};
use super::{debriefing, play, seat, words};
use crate::ids::{DenseId, GateId, InjectId, MoveId};
use crate::journal::RemarkKind;
use crate::vocabulary::{Fact, injects};

/// What is on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shown {
    /// The clock, and the move that is on.
    #[default]
    Clock,
    /// What was read aloud last.
    Situation,
    /// A decision that is to be taken.
    Decision(GateId),
    /// A handout.
    Handout(InjectId),
    /// The situation map, as the role knows it that leads.
    Map,
}

/// What is done with it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Deed {
    /// Its window is opened, or put away.
    ShowOrHide,
    /// Something else is on it.
    Put(Shown),
    /// The clock is on it again.
    Clear,
    /// A long page on it is turned on, or back.
    Turn(bool),
    /// It shows nothing, or something again.
    Blank(bool),
}

/// What the projector remembers. It has a text scale of its own: a room is further away than a desk.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct State {
    /// Its window is open.
    pub shown: bool,
    /// It shows nothing but that this is an exercise.
    pub blank: bool,
    /// Text scale, in percent; 100 is already large.
    pub scale_percent: u16,
    /// What is on it.
    pub what: Shown,
    /// How far down a long page is read, in points.
    read_to: f32,
    /// So many pages it is to be turned on when it is drawn next; less than none: back.
    turns: i8,
}

impl Default for State {
    fn default() -> State {
        State { shown: false, blank: false, scale_percent: 100, what: Shown::Clock, read_to: 0.0, turns: 0 }
    }
}

impl State {
    /// Does it.
    pub fn take(&mut self, deed: Deed) {
        match deed {
            Deed::ShowOrHide => self.shown = !self.shown,
            Deed::Put(what) => self.put(what),
            Deed::Clear => self.clear(),
            Deed::Turn(on) => self.turn(on),
            Deed::Blank(blank) => self.blank = blank,
        }
    }

    /// Puts something on it, from its beginning.
    pub fn put(&mut self, what: Shown) {
        (self.what, self.blank, self.read_to, self.turns) = (what, false, 0.0, 0);
    }

    /// Back to the clock. What was blank stays so.
    pub fn clear(&mut self) {
        (self.what, self.read_to, self.turns) = (Shown::Clock, 0.0, 0);
    }

    /// Turns a page on, or back.
    pub fn turn(&mut self, on: bool) {
        self.turns = self.turns.saturating_add(if on { 1 } else { -1 });
    }
}

/// What the room may see.
#[derive(Clone, Debug)]
pub struct Data {
    /// What is played.
    pub title: String,
    /// The clock of the story, while something is played.
    pub clock: Option<String>,
    /// What goes on in the room.
    pub standing: String,
    /// What is shown large, if anything is.
    pub large: Large,
}

/// What is shown large.
#[derive(Clone, Debug)]
pub enum Large {
    /// Nothing: the clock is.
    Clock,
    /// Paragraphs.
    Text(Vec<String>),
    /// A question, and what there is to choose from.
    Question(String, Vec<String>),
    /// A file, by its name and text, with whom it comes from and the words beside it.
    Handout(String, String, Option<(String, String)>),
    /// The map.
    Map(Arc<seat::map::Data>),
    /// The exercise is stopped.
    Stopped,
    /// The room takes a break; until when, on the clock of this machine, if somebody said.
    Break(Option<String>),
    /// Something of the debrief.
    Debrief(Wall),
}

impl Application {
    /// Whether the projector's window is open.
    pub fn projector(&self) -> bool {
        self.projector.shown
    }

    /// Opens the projector's window, or puts it away. What it shows and how stays as it was.
    pub fn show_projector(&mut self, shown: bool) {
        self.projector.shown = shown;
    }

    /// Draws what the room may see.
    pub fn projector_ui(&mut self, ui: &mut Ui) {
        let before = self.projector;
        let data = data(self);
        // What is real is on the wall until the console takes it back: no key blanks it.
        if !matches!(data.large, Large::Stopped) {
            keys(ui, &mut self.projector);
        }
        let times = of_the_wall(ui) * if let Large::Debrief(wall) = data.large { wall.times() } else { 1.0 };
        Look { scale_percent: self.projector.scale_percent, ..self.look }.apply_at(ui.ctx(), times);
        ui.reset_style();
        let debrief = match &self.screen {
            Screen::Debrief(_, state) | Screen::Past(_, state) => Some(state.as_ref()),
            Screen::Home(_) | Screen::Console(..) | Screen::Seat(..) => None,
        };
        projector_ui(ui, &data, debrief, &mut self.projector);
        if self.projector != before {
            ui.ctx().request_repaint();
        }
    }
}

/// The picture that everything here is laid out for, in points.
const PICTURE: egui::Vec2 = egui::vec2(1280.0, 720.0);

/// How large the window is beside that picture: however many pixels a projector has, its picture on the wall is as large as before.
fn of_the_wall(ui: &Ui) -> f32 {
    let size = ui.ctx().content_rect().size() * ui.ctx().zoom_factor();
    (size.x / PICTURE.x).min(size.y / PICTURE.y).clamp(0.75, 4.0)
}

/// What the room may see, of what is on the console.
pub fn data(application: &Application) -> Data {
    let playing = |game: &Game| {
        let view = game.view();
        (view.public.title.clone(), seat::clock_says(&view).0)
    };
    match &application.screen {
        Screen::Home(_) => Data { title: "Hotwash".to_owned(), clock: None, standing: "We begin shortly.".to_owned(), large: Large::Clock },
        Screen::Seat(game, _) => {
            let (title, clock) = playing(game);
            let standing = if game.running() { "The clock runs." } else { "The clock stands." };
            let large = if application.projector.what == Shown::Map { map(game) } else { Large::Clock };
            Data { title, clock: Some(clock), standing: standing.to_owned(), large }
        }
        Screen::Console(game, state) => {
            let (title, clock) = playing(game);
            let public = game.public();
            let open = game.session().current_move().and_then(|id| public.moves.get(id.index()));
            let standing = match open {
                _ if game.over() => "The exercise is over. The hotwash follows.".to_owned(),
                Some(step) => step.title.clone(),
                None => "We begin shortly.".to_owned(),
            };
            let large = match (state.stopped, &state.pause) {
                (true, _) => Large::Stopped,
                (false, Some(pause)) => Large::Break(pause.back_at.clone()),
                (false, None) => large(game, application.projector.what),
            };
            Data { title, clock: Some(clock), standing, large }
        }
        Screen::Debrief(game, state) => after_play(playing(game).0, state),
        Screen::Past(_, state) => after_play(state.debrief.as_ref().map_or_else(String::new, |debrief| debrief.overview.title.clone()), state),
    }
}

fn after_play(title: String, state: &debriefing::State) -> Data {
    let large = match state.wall() {
        Wall::Nothing => Large::Clock,
        wall => Large::Debrief(wall),
    };
    Data { title, clock: None, standing: "Play is over.".to_owned(), large }
}

/// Whether a move has opened: what belongs to a later one is no business of the room yet, whatever was asked for before play went back.
fn has_opened(game: &Game, of_move: Option<MoveId>) -> bool {
    let opens = of_move.and_then(|id| game.public().moves.get(id.index())).map(|step| step.opens);
    opens.is_some_and(|opens| opens <= game.session().now())
}

/// What is on the wall, in words, for whoever runs it.
pub fn says(game: &Game, state: State) -> String {
    let public = game.public();
    if !state.shown {
        return "The projector is not open".to_owned();
    }
    if state.blank {
        return "On the wall: nothing".to_owned();
    }
    let what = match (state.what, large(game, state.what)) {
        (_, Large::Clock) => "the clock".to_owned(),
        (Shown::Situation, _) => "what was read aloud".to_owned(),
        (Shown::Map, _) => "the situation map".to_owned(),
        (Shown::Decision(gate), _) => public.gates.get(gate.index()).map_or_else(String::new, |gate| format!("\u{201c}{}\u{201d}", gate.ask)),
        (Shown::Handout(inject), _) => crate::paper::script::item(game.session().program(), inject)
            .map_or_else(String::new, |item| [item.handout, item.heading].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")),
        (Shown::Clock, _) => "the clock".to_owned(),
    };
    format!("On the wall: {what}")
}

fn has_come(game: &Game, wanted: InjectId) -> bool {
    let fired = |fact: &Fact| matches!(fact, Fact::Injects(injects::Fact::Fired { inject }) if *inject == wanted);
    game.session().exercise().ledger().iter().any(|happened| fired(&happened.fact))
}

fn large(game: &Game, what: Shown) -> Large {
    let public = game.public();
    let allowed = match what {
        Shown::Decision(gate) => public.gates.get(gate.index()).is_some_and(|gate| has_opened(game, Some(gate.of_move))),
        // What a move hands out is laid on the table while its clock stands; anything else once it has come.
        Shown::Handout(id) => public.injects.get(id.index()).is_some_and(|inject| has_opened(game, inject.of_move)) || has_come(game, id),
        Shown::Clock | Shown::Situation | Shown::Map => true,
    };
    match what {
        _ if !allowed => Large::Clock,
        Shown::Clock => Large::Clock,
        Shown::Map => map(game),
        Shown::Situation => {
            let open = game.session().current_move().and_then(|id| Some((id, public.moves.get(id.index())?.opens)));
            let read = open.map(|(id, opens)| game.read_aloud(id, opens)).unwrap_or_default();
            let update = game.session().annotations().iter().rev().find(|remark| remark.kind == RemarkKind::Update).map(|remark| remark.text.clone());
            Large::Text(
                update.into_iter().chain(read.split("\n\n").map(|paragraph| paragraph.trim().to_owned())).filter(|text| !text.is_empty()).collect(),
            )
        }
        Shown::Decision(gate) => match public.gates.get(gate.index()) {
            Some(plan) => Large::Question(plan.ask.clone(), plan.choices.iter().map(|choice| choice.text.clone()).collect()),
            None => Large::Clock,
        },
        Shown::Handout(inject) => match public.injects.get(inject.index()) {
            Some(inject) => {
                let from = format!("{} \u{b7} {}", inject.channel.label(), words::sender(&inject.from));
                Large::Handout(from, inject.text.trim().to_owned(), inject.artefact.clone())
            }
            None => Large::Clock,
        },
    }
}

fn map(game: &Game) -> Large {
    let lead = play::lead(game.public());
    Large::Map(Arc::new(seat::map::data(&game.session().view(lead), 1.6)))
}

/// What the keyboard does while this window has it.
fn keys(ui: &Ui, state: &mut State) {
    let (blank, step) = ui.input_mut(|input| {
        for (key, on) in [(Key::PageDown, true), (Key::PageUp, false)] {
            if input.consume_key(Modifiers::NONE, key) {
                state.turn(on);
            }
        }
        let larger = input.consume_key(Modifiers::COMMAND, Key::Plus) || input.consume_key(Modifiers::COMMAND, Key::Equals);
        let smaller = input.consume_key(Modifiers::COMMAND, Key::Minus);
        (input.consume_key(Modifiers::NONE, Key::B), i32::from(larger) - i32::from(smaller))
    });
    state.blank ^= blank;
    let (least, most) = (i32::from(TEXT_SCALE_PERCENT.0), i32::from(TEXT_SCALE_PERCENT.1));
    let wanted = (i32::from(state.scale_percent) + step * 10).clamp(least, most);
    state.scale_percent = u16::try_from(wanted).unwrap_or(state.scale_percent);
}

/// Draws it.
fn projector_ui(ui: &mut Ui, data: &Data, debrief: Option<&debriefing::State>, state: &mut State) {
    let (palette, blank) = (Palette::of(ui), state.blank);
    if matches!(data.large, Large::Stopped) {
        return stopped_ui(ui);
    }
    let margin = if matches!(data.large, Large::Debrief(_)) { 14 } else { 24 };
    let frame = egui::Frame::new().fill(palette.ground).inner_margin(egui::Margin::same(margin));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        // Whoever comes in late, or looks at a photograph of the wall, has to see that none of this is real: blank or not.
        ui.horizontal(|ui| {
            if let (Some(clock), false, false) = (&data.clock, blank, matches!(data.large, Large::Clock | Large::Break(_))) {
                ui.label(RichText::new(clock).text_style(theme::projected()));
                ui.label(RichText::new(&data.standing).text_style(theme::heading()).color(palette.muted));
            }
            if let (Large::Debrief(wall), false) = (&data.large, blank) {
                ui.label(RichText::new(wall.title()).text_style(theme::heading()));
            }
            ui.with_layout(Layout::right_to_left(Align::TOP), theme::exercise_mark);
        });
        if blank {
            return;
        }
        ui.add_space(if matches!(data.large, Large::Debrief(_)) { space::USUAL } else { space::USUAL * 2.0 });
        match &data.large {
            Large::Clock => clock_ui(ui, data),
            Large::Break(back_at) => break_ui(ui, back_at.as_deref()),
            Large::Map(data) => long_ui(ui, state, |ui| map::map_ui(ui, data)),
            Large::Debrief(_) => {
                if let Some(state) = debrief {
                    debriefing::wall_ui(ui, state);
                }
            }
            other => long_ui(ui, state, |ui| page_ui(ui, other)),
        }
    });
}

/// What may be longer than the wall is high: read on by wheel at the wall, and by pages from the console.
fn long_ui(ui: &mut Ui, state: &mut State, page: impl FnOnce(&mut Ui)) {
    // What was read last stays in sight.
    let step = (ui.available_height() * 0.85).max(1.0);
    let wanted = (state.read_to + f32::from(std::mem::take(&mut state.turns)) * step).max(0.0);
    let area = ScrollArea::vertical().id_salt(format!("{:?}", state.what)).auto_shrink(false).vertical_scroll_offset(wanted).show(ui, page);
    let last = (area.content_size.y - area.inner_rect.height()).max(0.0);
    state.read_to = area.state.offset.y.min(last);
    if state.read_to + 1.0 < last {
        let palette = Palette::of(ui);
        let says = ui.painter().layout_no_wrap("more below".to_owned(), theme::heading().resolve(ui.style()), palette.on_accent);
        let foot = egui::Align2::RIGHT_BOTTOM.anchor_size(area.inner_rect.right_bottom() - egui::vec2(14.0, 8.0), says.size());
        ui.painter().rect_filled(foot.expand(6.0), 4.0, palette.accent);
        ui.painter().galley(foot.min, says, palette.on_accent);
    }
}

/// Nothing but the stop: no clock of the story, and no word that this is an exercise, because this is not.
fn stopped_ui(ui: &mut Ui) {
    let palette = Palette::of(ui);
    let frame = egui::Frame::new().fill(palette.ground_of(theme::Tone::Grave)).inner_margin(egui::Margin::same(24));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.25);
            ui.label(RichText::new("Stop. This is real.").text_style(theme::projected_clock()));
            ui.add_space(space::USUAL * 3.0);
            ui.label(RichText::new("We have stopped. All that was shown until now was invented.").text_style(theme::projected()));
        });
    });
}

fn break_ui(ui: &mut Ui, back_at: Option<&str>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.25);
        ui.label(RichText::new("Break").text_style(theme::projected_clock()));
        ui.add_space(space::USUAL * 3.0);
        let says = back_at.map_or_else(|| "We go on shortly.".to_owned(), |at| format!("Back at {at}"));
        ui.label(RichText::new(says).text_style(theme::projected()));
    });
}

fn clock_ui(ui: &mut Ui, data: &Data) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.2);
        ui.label(RichText::new(&data.title).text_style(theme::projected()));
        ui.add_space(space::USUAL * 3.0);
        if let Some(clock) = &data.clock {
            ui.label(RichText::new(clock).text_style(theme::projected_clock()));
            ui.add_space(space::USUAL * 3.0);
        }
        ui.label(RichText::new(&data.standing).text_style(theme::projected()).color(Palette::of(ui).muted));
    });
}

fn page_ui(ui: &mut Ui, large: &Large) {
    match large {
        Large::Text(paragraphs) => {
            for paragraph in paragraphs {
                ui.label(RichText::new(paragraph).text_style(theme::projected_text()));
                ui.add_space(space::USUAL * 2.0);
            }
        }
        Large::Question(ask, choices) => {
            ui.label(RichText::new(ask).text_style(theme::projected()));
            ui.add_space(space::USUAL * 3.0);
            for (letter, choice) in ('A'..).zip(choices) {
                ui.label(RichText::new(format!("{letter}   {choice}")).text_style(theme::projected_text()));
                ui.add_space(space::USUAL * 2.0);
            }
        }
        Large::Handout(from, text, artefact) => handout::handout_ui(ui, from, text, artefact.as_ref()),
        Large::Clock | Large::Stopped | Large::Break(_) | Large::Map(_) | Large::Debrief(_) => {}
    }
}
