//! The facilitator's console: one person runs a room from it.
//!
//! Three controls carry a discussion, *Next*, *Record* and *Note*; everything else is one key away. The console may show all of a scenario, for whoever
//! runs the room may know all of it; what the room may see is on the projector ([`super::projector`]) and on paper.
//!
//! | file | what |
//! |---|---|
//! | `data` | how it stands: moves, what came, what is open, what was recorded |
//! | `script` | the move that is on: what to read, hand out, ask, listen for |
//! | `sheets` | how each sheet stands: to be given now, later, or not in this play |
//! | `record` | what the room decides, in its words; beliefs; notes |
//! | `decide` | decisions of the scenario |
//! | `slips` | what each wrote down before a decision was discussed |
//! | `injects` | the running order as a timeline and a list; injects in other words, made up, held, left out |
//! | `hand` | hints and overrides |
//! | `evaluate` | what evaluators give |
//! | `seats` | who plays which role, and who takes it over |
//! | `asking` | looking something up, and what is assumed about the real organisation |
//! | `beside` | the column beside the script: the update to read aloud, handouts, what is under way |
//! | `keys` | what the keyboard does, and the list of it |
//! | `overlays` | what stands over the console: a handout, a question, the stop |
//! | `deeds` | what the controls do |

mod asking;
mod beside;
mod data;
mod decide;
mod deeds;
mod evaluate;
mod hand;
mod injects;
mod keys;
mod overlays;
mod record;
mod script;
mod seats;
mod sheets;
mod slips;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::Ui;

pub use data::Data;
pub use deeds::at_console;
pub use record::percent_ui;
pub use slips::Slip;

use super::play::{Clock, Game, PACES};
use super::projector::{self, Shown};
use super::theme::{self, Palette, Tone, space};
use super::{Go, Intent, desk};
use crate::assessment::Rating;
use crate::ids::{ClaimId, GateId, InjectId, RoleId, RoleSet};
use crate::journal::PlainDirection;
use crate::paper::Size;
use crate::paper::script::Turn;
use crate::session::{Assumption, Improvise, Mode};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;

/// What stands in the middle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pane {
    /// The move that is on.
    #[default]
    Move,
    /// The running order.
    Injects,
    /// Looking something up.
    Ask,
    /// What is assumed about the real organisation.
    Assume,
    /// What evaluators give.
    Evaluate,
    /// Hints and overrides.
    Hand,
    /// Who plays which role.
    Seats,
    /// Going back.
    Back,
}

impl Pane {
    const ALL: [Pane; 8] = [Pane::Move, Pane::Injects, Pane::Ask, Pane::Assume, Pane::Evaluate, Pane::Hand, Pane::Back, Pane::Seats];

    /// Those that a mode has: in discussion every role is directed, and nobody sits anywhere.
    pub fn of(mode: Mode) -> impl Iterator<Item = Pane> {
        Pane::ALL.into_iter().filter(move |pane| *pane != Pane::Seats || mode != Mode::Discussion)
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Pane::Move => "This move",
            Pane::Injects => "Running order",
            Pane::Ask => "Ask",
            Pane::Assume => "Assume",
            Pane::Evaluate => "Evaluation",
            Pane::Seats => "Seats",
            Pane::Hand => "Help, override",
            Pane::Back => "Go back",
        }
    }
}

/// What is written at the moment, below the middle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strip {
    /// What the room decides, in its words.
    Record,
    /// A decision of the scenario.
    Decide(GateId),
    /// How sure the room is, before it goes on.
    Beliefs,
    /// A remark.
    Note,
}

/// What somebody at the console wants.
#[derive(Clone, PartialEq, Debug)]
pub enum Deed {
    /// On to the next move; what is open is asked for first: the room's beliefs, decisions that nobody took, and whether play is to end.
    Next,
    /// On to the next move.
    GoOn,
    /// Another pane.
    Show(Pane),
    /// Something is to be written, or no more.
    Write(Option<Strip>),
    /// The proposal in this place is what was meant.
    Accept(usize),
    /// The words are noted, without effect.
    NoteOnly,
    /// A choice is picked.
    Choose(GateId, usize),
    /// How sure the room is of its choice, in percent.
    Sure(GateId, u8),
    /// This is typed into.
    Type(record::Field),
    /// What somebody wrote down before a decision was discussed.
    Slip(GateId, slips::Slip),
    /// It was a slip of the pen: whose.
    TakeSlipBack(GateId, Option<RoleId>, Option<String>),
    /// The decision is recorded as it is drafted.
    Decide(GateId),
    /// A decision was to be written down, and none is open.
    NoneToDecide,
    /// Somebody else is to do what is proposed first: the next of those who could.
    NextOwner,
    /// Something recorded that nobody has done yet is not to be done, by any of those who were told.
    TakeBack(Vec<RoleId>, Order),
    /// An inject was handed out or said, or was not after all.
    Given(InjectId, bool),
    /// All that *Next* would pass over was handed out or said.
    AllGiven,
    /// What the room believes is recorded, and it goes on.
    Believe(Vec<(ClaimId, u8)>),
    /// A remark is written down.
    Remark,
    /// Something is looked up.
    Ask,
    /// A claim about the real organisation is settled.
    Assume(Assumption),
    /// The course of play is changed.
    Direct(PlainDirection),
    /// An inject gets other words; none: it keeps its own.
    Edit(InjectId, String),
    /// An inject of the facilitator's own comes.
    Improvise(Improvise),
    /// A hint: to whom, what it says, what it is about.
    Hint(RoleSet, String, Vec<String>),
    /// An evaluator writes down what they saw.
    Observe { by: String, text: String, about: Option<String> },
    /// An evaluator rates a capability target.
    Rate { by: String, target: String, rating: Rating, reason: String },
    /// An evaluator judges a criterion.
    Judge { by: String, criterion: String, thousandths: u16, reason: String },
    /// Whose word counts.
    LeadEvaluator(String),
    /// A role changes hands: to a person (so labelled), or to a colleague.
    Seat(RoleId, bool, String),
    /// Somebody wants to go back to a moment, and is asked whether to; none: stays.
    AskToGoBack(Option<ExerciseTime>),
    /// Play goes back to a moment.
    Rewind(ExerciseTime),
    /// The room takes a break, or goes on.
    Pause(bool),
    /// The room takes a break of so many minutes, and the wall says until when.
    BreakFor(u8),
    /// Something real has happened, or it is over.
    Stop(bool),
    /// The list of keys.
    Help(bool),
    /// Somebody wants to end play, and is asked whether to.
    AskToEnd(bool),
    /// A handout is looked at.
    LookAt(Option<InjectId>),
}

/// A break of the room.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pause {
    /// When it ends, on the clock of this machine, if somebody said how long it is.
    pub back_at: Option<String>,
}

/// How long breaks usually are, in minutes.
const BREAKS: [u8; 3] = [5, 10, 15];

/// What the console remembers.
#[derive(Default)]
pub struct State {
    /// What stands in the middle.
    pub pane: Pane,
    /// What is written at the moment.
    pub strip: Option<Strip>,
    /// The last thing that was done, in words.
    pub last: Option<(Tone, String)>,
    /// A handout that is looked at.
    pub looked_at: Option<InjectId>,
    /// Something real has happened.
    pub stopped: bool,
    /// The room takes a break.
    pub pause: Option<Pause>,
    /// Rises whenever a move opens, or play goes back: what is new begins at its top.
    page: u64,
    /// Rises whenever something else is written or looked at, for the same reason.
    opened: u64,
    help: bool,
    ending: bool,
    /// Where somebody wants to go back to, and is asked.
    going_back: Option<ExerciseTime>,
    /// With the revision of the game that they show: words can change in play.
    turns: Option<(u64, Arc<Vec<Turn>>)>,
    built: Option<Data>,
    order: Option<(u64, injects::Data)>,
    injects: injects::State,
    hand: hand::State,
    evaluate: evaluate::State,
    seats: seats::State,
    record: record::State,
    asking: asking::State,
    search: String,
}

impl State {
    /// The moves of the cut.
    pub fn turns(&mut self, game: &Game) -> Arc<Vec<Turn>> {
        match &self.turns {
            Some((revision, turns)) if *revision == game.revision() => turns.clone(),
            _ => {
                let turns = Arc::new(crate::paper::script::turns(game.session().program()));
                self.turns = Some((game.revision(), turns.clone()));
                turns
            }
        }
    }

    /// Words for a record, as if typed.
    pub fn type_record(&mut self, words: &str) {
        self.strip = Some(Strip::Record);
        self.record.words = words.to_owned();
    }

    /// Papers were written, or not: where, or why.
    pub fn printed(&mut self, papers: Result<std::path::PathBuf, String>) {
        self.last = Some(match papers {
            Ok(path) => (Tone::Good, format!("Papers to print: {}", path.display())),
            Err(why) => (Tone::Warning, why),
        });
    }

    /// Looks for what the words of a record may mean.
    pub fn look_for(&mut self, game: &Game) {
        self.record.look_for(game);
    }

    /// A question, as if typed.
    pub fn ask(&mut self, question: &str) {
        self.asking.question = question.to_owned();
    }
}

/// Draws the console; `wall` is what the room sees meanwhile.
pub fn console_ui(ui: &mut Ui, game: &Game, state: &mut State, wall: projector::State) -> Vec<Intent> {
    let mut deeds = Vec::new();
    let mut intents = Vec::new();
    let turns = state.turns(game);
    if state.built.as_ref().is_none_or(|built| built.revision != game.revision()) {
        state.built = Some(data::data(game, &turns));
    }
    keys::keys(ui, game, &turns, state, wall, &mut deeds, &mut intents);
    let narrow = ui.available_width() < space::NARROW;
    // What is written takes all there is where two things have no room above one another.
    let low = ui.available_height() < space::LOW;
    let edge = |ui: &Ui| egui::Frame::new().fill(Palette::of(ui).panel).inner_margin(egui::Margin::symmetric(10, 6));
    let Some(built) = state.built.take() else { return intents };
    egui::Panel::top("console").frame(edge(ui)).resizable(false).show(ui, |ui| {
        header_ui(ui, game, state, &built, narrow, &mut deeds, &mut intents);
        wall_ui(ui, game, state, wall, &mut intents);
    });
    egui::Panel::bottom("remarks").frame(edge(ui)).resizable(false).show(ui, |ui| {
        let keys = match (game.over(), low && state.strip.is_some()) {
            (_, true) => "Esc puts it away, F1 shows the keys.",
            (true, false) => "Play is over. N leads to the hotwash, T takes a note, F1 shows the keys.",
            (false, false) => "N goes on to the next move, R records what the room decides, D takes a decision down, T a note, F1 shows the keys.",
        };
        desk::foot_ui(ui, game, state.last.as_ref(), keys);
    });
    if let Some(strip) = state.strip {
        // As high as what is usually in it: a strip that grows with every proposal would push the script about.
        let height: f32 = match strip {
            Strip::Record => 262.0,
            Strip::Decide(_) => 320.0,
            Strip::Beliefs => 330.0,
            Strip::Note => 150.0,
        };
        let frame = edge(ui).stroke(egui::Stroke::new(2.0, Palette::of(ui).accent));
        let write = |ui: &mut Ui| {
            if let Strip::Decide(gate) = strip
                && !low
            {
                decide::wall_ui(ui, gate, wall, &mut intents);
            }
            record::strip_ui(ui, game, &turns, &built, state, low, &mut deeds);
        };
        if low {
            egui::CentralPanel::default().frame(frame).show(ui, write);
            overlays::overlays_ui(ui, game, state, wall, &mut deeds, &mut intents);
            state.built = Some(built);
            intents.extend(deeds.into_iter().map(Intent::Console));
            return intents;
        }
        let height = height.min(ui.available_height() * 0.7);
        egui::Panel::bottom("strip").frame(frame).resizable(false).exact_size(height).show(ui, write);
    }
    if !narrow {
        egui::Panel::left("moves").frame(edge(ui)).resizable(false).exact_size(180.0).show(ui, |ui| {
            egui::ScrollArea::vertical().show(ui, |ui| {
                panes_ui(ui, game.mode(), state, &mut deeds);
                ui.separator();
                ui.label(theme::muted(ui, &built.played));
                ui.separator();
                beside::moves_ui(ui, game, &turns, &built);
            });
        });
        let width = (ui.available_width() * 0.32).clamp(240.0, 380.0);
        egui::Panel::right("beside").frame(edge(ui)).resizable(false).exact_size(width).show(ui, |ui| {
            let area = egui::ScrollArea::vertical().id_salt(("beside", state.page));
            area.show(ui, |ui| beside::beside_ui(ui, &built, &mut deeds));
        });
    }
    let middle = egui::Frame::new().fill(Palette::of(ui).panel).inner_margin(egui::Margin::same(12));
    egui::CentralPanel::default().frame(middle).show(ui, |ui| {
        egui::ScrollArea::vertical().id_salt(("pane", state.pane.label(), state.page)).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(space::READING.min(ui.available_width()));
            if narrow {
                beside::beside_ui(ui, &built, &mut deeds);
                ui.separator();
            }
            match state.pane {
                Pane::Move => script::move_ui(ui, game, &turns, &built, &mut deeds, &mut intents),
                Pane::Injects => {
                    let revision = game.revision();
                    let order = match state.order.take() {
                        Some((built, order)) if built == revision => order,
                        _ => injects::data(game),
                    };
                    injects::injects_ui(ui, game, &order, &mut state.injects, &mut deeds);
                    state.order = Some((revision, order));
                }
                Pane::Hand => hand::hand_ui(ui, game, &mut state.hand, &mut deeds),
                Pane::Evaluate => evaluate::evaluate_ui(ui, game, &mut state.evaluate, &mut deeds),
                Pane::Seats => seats::seats_ui(ui, game, &mut state.seats, &mut deeds, &mut intents),
                Pane::Ask => asking::ask_ui(ui, &mut state.asking, &mut deeds),
                Pane::Assume => asking::assume_ui(ui, game, &mut state.asking, &mut deeds),
                Pane::Back => beside::back_ui(ui, game, &turns, &mut deeds),
            }
        });
    });
    overlays::overlays_ui(ui, game, state, wall, &mut deeds, &mut intents);
    state.built = Some(built);
    intents.extend(deeds.into_iter().map(Intent::Console));
    intents
}

fn header_ui(ui: &mut Ui, game: &Game, state: &State, built: &Data, narrow: bool, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        theme::exercise_mark(ui);
        ui.label(egui::RichText::new(&built.clock).text_style(if narrow { theme::heading() } else { theme::clock() }));
        let (tone, says) = built.room_says(game.room());
        ui.label(theme::toned(ui, tone, says));
        if let Some(pause) = &state.pause {
            let until = pause.back_at.as_ref().map(|at| format!(", back at {at}")).unwrap_or_default();
            theme::badge(ui, Tone::Warning, &format!("Break{until}"));
        }
        if built.over {
            if theme::main_button(ui, true, "To the hotwash").clicked() {
                intents.push(Intent::Go(Go::End));
            }
        } else if game.mode() == Mode::Discussion {
            if theme::main_button(ui, true, "Next").on_hover_text("Let the exercise run to the next move (N)").clicked() {
                deeds.push(Deed::Next);
            }
            let says = if state.strip != Some(Strip::Record) && state.record.is_draft() { "Record (draft)" } else { "Record" };
            if ui.button(says).on_hover_text("Write down what the room decides (R)").clicked() {
                deeds.push(Deed::Write(Some(Strip::Record)));
            }
        } else {
            clock_ui(ui, game, intents);
        }
        let says = if state.strip != Some(Strip::Note) && !state.record.remark.trim().is_empty() { "Note (draft)" } else { "Note" };
        if ui.button(says).on_hover_text("Write down a remark (T)").clicked() {
            deeds.push(Deed::Write(Some(Strip::Note)));
        }
        if narrow {
            ui.menu_button(state.pane.label(), |ui| panes_ui(ui, game.mode(), state, deeds));
        }
        ui.menu_button("Projector", |ui| projector_ui(ui, intents));
        ui.menu_button("More", |ui| {
            if narrow {
                ui.label(theme::muted(ui, &built.played));
                ui.separator();
            }
            let paused = state.pause.is_some();
            if ui.button(if paused { "End the break  (B)" } else { "Take a break  (B)" }).clicked() {
                deeds.push(Deed::Pause(!paused));
            }
            for minutes in BREAKS {
                if ui.button(format!("Break of {minutes} minutes")).clicked() {
                    deeds.push(Deed::BreakFor(minutes));
                }
            }
            if ui.button("Keys  (F1)").clicked() {
                deeds.push(Deed::Help(true));
            }
            for (size, says) in [(Size::A4, "Papers, for A4"), (Size::Letter, "Papers, for US Letter")] {
                if ui.button(says).clicked() {
                    intents.push(Intent::Print(size));
                }
            }
            ui.separator();
            if ui.button("Leave; go on later").clicked() {
                intents.push(Intent::Go(Go::Home));
            }
            if ui.button("End play, and to the hotwash").clicked() {
                deeds.push(Deed::AskToEnd(true));
            }
        });
        let stop =
            egui::Button::new(theme::toned(ui, Tone::Grave, "Stop: this is real")).stroke(egui::Stroke::new(1.0, Palette::of(ui).tone(Tone::Grave)));
        if ui.add(stop).on_hover_text("Something real has happened: everything stands (Ctrl+.)").clicked() {
            deeds.push(Deed::Stop(true));
        }
    });
}

/// The clock, where it runs: on and off, how fast, on by a span; and back to a seat.
fn clock_ui(ui: &mut Ui, game: &Game, intents: &mut Vec<Intent>) {
    let running = game.running();
    let says = if running { "Stop the clock" } else { "Run the clock" };
    if theme::main_button(ui, true, says).on_hover_text("Stop or run the clock (Space)").clicked() {
        intents.push(Intent::Clock(Clock::Run(!running)));
    }
    let pace = PACES.iter().find(|(pace, _)| *pace == game.pace()).map_or("another pace", |(_, says)| says);
    egui::ComboBox::from_id_salt("pace of the console").selected_text(pace).width(150.0).show_ui(ui, |ui| {
        for (pace, says) in PACES {
            if ui.selectable_label(game.pace() == pace, says).clicked() {
                intents.push(Intent::Clock(Clock::Pace(pace)));
            }
        }
    });
    ui.menu_button("Jump", |ui| {
        for (span, says) in [(Span::minutes(15), "On by 15 minutes"), (Span::hours(1), "On by an hour"), (Span::hours(4), "On by 4 hours")] {
            if ui.button(says).clicked() {
                intents.push(Intent::Clock(Clock::Jump(span)));
            }
        }
    });
    ui.menu_button("To a seat", |ui| {
        for (role, says) in seats::held(game) {
            if ui.button(says).clicked() {
                intents.push(Intent::Go(Go::Seat(role)));
            }
        }
    });
}

fn panes_ui(ui: &mut Ui, mode: Mode, state: &State, deeds: &mut Vec<Deed>) {
    let palette = Palette::of(ui);
    for (place, pane) in Pane::of(mode).enumerate() {
        let chosen = state.pane == pane;
        let text = egui::RichText::new(pane.label()).color(palette.text);
        let mut button = egui::Button::new(text).fill(if chosen { palette.chosen } else { palette.panel });
        button = button.min_size(egui::vec2(ui.available_width().min(170.0), space::CLICK));
        if chosen {
            button = button.stroke(egui::Stroke::new(1.0, palette.accent));
        }
        if ui.add(button).on_hover_text(format!("Key {}", place + 1)).clicked() {
            deeds.push(Deed::Show(pane));
        }
    }
}

/// What the room sees now, and how it is put away or read on.
fn wall_ui(ui: &mut Ui, game: &Game, state: &State, wall: projector::State, intents: &mut Vec<Intent>) {
    let has_something = wall.what != Shown::Clock || wall.blank;
    if !wall.shown && !has_something {
        return;
    }
    ui.horizontal(|ui| {
        if has_something && ui.small_button("Clear").on_hover_text("The wall shows the clock again").clicked() {
            intents.push(Intent::Projector(projector::Deed::Blank(false)));
            intents.push(Intent::Projector(projector::Deed::Clear));
        }
        if wall.what != Shown::Clock {
            for (says, on) in [("Page up", false), ("Page down", true)] {
                if ui.small_button(says).on_hover_text("Turn the page on the wall; the key is called so too").clicked() {
                    intents.push(Intent::Projector(projector::Deed::Turn(on)));
                }
            }
        }
        // The stop and a break stand over whatever was put there.
        let says = match (state.stopped, &state.pause) {
            (true, _) if wall.shown => "On the wall: the stop".to_owned(),
            (false, Some(_)) if wall.shown && !wall.blank => "On the wall: the break".to_owned(),
            _ => projector::says(game, wall),
        };
        ui.add(egui::Label::new(theme::muted(ui, says)).truncate());
    });
}

/// What is on the projector.
fn projector_ui(ui: &mut Ui, intents: &mut Vec<Intent>) {
    if ui.button("Show or hide the projector  (F9)").clicked() {
        intents.push(Intent::Projector(projector::Deed::ShowOrHide));
    }
    ui.separator();
    let list = [("The clock", Shown::Clock), ("What was read aloud", Shown::Situation), ("The situation map", Shown::Map)];
    for (says, what) in list {
        if ui.button(says).clicked() {
            intents.push(Intent::Projector(projector::Deed::Put(what)));
        }
    }
    if ui.button("Nothing").clicked() {
        intents.push(Intent::Projector(projector::Deed::Blank(true)));
    }
    ui.label(theme::muted(ui, "Handouts and decisions: by their own button."));
}
