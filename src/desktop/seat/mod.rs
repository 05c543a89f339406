//! A player's seat: the clock on top, panels in the middle, orders on the right.
//!
//! Everything in here is built from one role's view. Where the window is narrow, or the text large, panels stand behind one another.

pub mod alerts;
pub mod artefact;
mod brief;
pub mod decisions;
pub mod deeds;
pub mod diary;
pub mod duties;
pub mod evidence;
pub mod inbox;
pub mod map;
mod named;
pub mod orders;
mod overlays;
pub mod palette;
pub mod services;
pub mod speak;
pub mod team;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use egui::Ui;

use super::Intent;
use super::play::{Game, PACES, StopAt};
use super::theme::{self, Palette, Tone, space};
use super::words::{self, Names, Thing};
use crate::debrief::narrative::counted;
use crate::exercise::knowledge::View;
use crate::exercise::quote::may;
use crate::ids::{ActionId, DenseId, Key};
use crate::scenario::compile::written;
use crate::scenario::written::Verb;
use crate::session::Mode;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;

/// What stands in the middle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
#[allow(missing_docs)]
pub enum Panel {
    #[default]
    Inbox,
    Map,
    Alerts,
    Decisions,
    Services,
    Team,
    Duties,
    Speak,
    Evidence,
    Diary,
    /// Only where the window is too narrow for orders to stand beside the rest.
    Orders,
}

impl Panel {
    /// Those that are always there, in the order of their keys 1 to 9 and 0.
    pub const ALL: [Panel; 10] = [
        Panel::Inbox,
        Panel::Map,
        Panel::Alerts,
        Panel::Decisions,
        Panel::Services,
        Panel::Team,
        Panel::Duties,
        Panel::Speak,
        Panel::Evidence,
        Panel::Diary,
    ];

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Panel::Inbox => "Inbox",
            Panel::Map => "Situation map",
            Panel::Alerts => "Alerts",
            Panel::Decisions => "Decisions",
            Panel::Services => "Services",
            Panel::Team => "Tasks and people",
            Panel::Duties => "Clocks",
            Panel::Speak => "Statements",
            Panel::Evidence => "Evidence and beliefs",
            Panel::Diary => "Log",
            Panel::Orders => "Orders",
        }
    }
}

/// What the screen remembers of a seat.
#[derive(Default)]
pub struct State {
    /// What stands in the middle.
    pub panel: Panel,
    /// What is looked at.
    pub selected: Option<Thing>,
    /// The action whose targets are shown.
    pub action: Option<ActionId>,
    /// The order that is looked at before it is given.
    pub draft: Option<Order>,
    /// Messages that were opened, by their place among the news.
    pub read: BTreeSet<usize>,
    /// What came of the last order.
    pub last: Option<(Tone, String)>,
    /// The command palette, while it is open.
    pub palette: Option<palette::State>,
    /// The list of keys is shown.
    pub help: bool,
    /// The window was too narrow for orders to stand beside the rest.
    pub narrow: bool,
    /// Somebody asked to end play, and is asked whether to.
    pub ending: bool,
    /// What the role is stands above the panel in the middle.
    pub brief: bool,
    inbox: inbox::State,
    alerts: alerts::State,
    map: map::State,
    decisions: decisions::State,
    evidence: evidence::State,
    diary: diary::State,
    /// The panel of orders.
    pub orders: orders::State,
    targets: Option<BTreeMap<Key, String>>,
    built: Option<Built>,
    palette_data: Option<(u64, palette::Data)>,
}

impl State {
    /// Somebody sits down: the first thing to read is the newest that has come, and who gave no order yet is told what the role is.
    pub fn of(game: &Game) -> State {
        let mut state = State { brief: game.own_orders().is_empty(), ..State::default() };
        let nothing = BTreeSet::new();
        let inbox = inbox::data(&game.view(), &nothing, &|number, at| game.read_aloud(number, at));
        if let Some(first) = inbox.messages.first() {
            state.open_message(first.number);
        }
        state
    }

    /// The map as a list of machines, or as a picture.
    pub fn show_map_as_list(&mut self, as_list: bool) {
        self.map.as_list = as_list;
    }

    /// The map, so many times as large as would show the whole.
    pub fn zoom_map(&mut self, zoom: f32) {
        self.map.zoom = zoom;
    }

    /// The map, moved sideways.
    pub fn pan_map(&mut self, by: f32) {
        self.map.pan(by);
    }

    /// A message is looked at.
    pub fn open_message(&mut self, number: usize) {
        self.inbox.open = Some(number);
        self.read.insert(number);
    }
}

/// What counts in the list of panels are made from; built anew only when something may have changed.
struct Built {
    revision: u64,
    read: usize,
    inbox: inbox::Data,
    alerts: alerts::Data,
    decisions: decisions::Data,
    services: services::Data,
    duties: duties::Data,
    to_sign: usize,
}

/// The action for a verb that this role may order, of those that are not bound to a target of their own.
pub fn action_for(view: &View<'_>, verb: Verb) -> Option<ActionId> {
    let fits = |action: &ActionId| view.public.actions.get(action.index()).is_some_and(|plan| plan.verb == verb && plan.on.is_empty());
    (0..view.public.actions.len()).map(ActionId::at).filter(fits).find(|action| may(view, *action))
}

/// An order as an intent. What is on the screen and what is ordered make the request: a second click on the same picture is the same request.
pub fn give(revision: u64, order: Order) -> Intent {
    give_with(revision, order, None)
}

/// The same with a reason.
pub fn give_with(revision: u64, order: Order, because: Option<String>) -> Intent {
    Intent::Give { request: format!("{revision}/{:?}", order.action.0), order, because }
}

/// The request as the journal has it: unique for what was on the screen and what was ordered.
pub fn request_of(view: &View<'_>, request: &str, order: &Order) -> String {
    let plain = written(view.public, order);
    let plain = [vec![plain.action], plain.on, plain.as_what.into_iter().collect()].concat().join(" ");
    format!("{} {plain}", request.split('/').next().unwrap_or_default())
}

/// Buttons for what can be ordered at once; each is named by what it does and to what.
fn offer_buttons(ui: &mut Ui, about: &str, orders: &[(&'static str, Order)], revision: u64, intents: &mut Vec<Intent>) {
    if orders.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (says, order) in orders {
            let button = ui.button(*says);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("{says}: {about}")));
            let _ = revision;
            // What it takes is shown first.
            if button.clicked() {
                intents.push(Intent::Draft(Some(*order)));
            }
        }
    });
}

/// How long is left, in a word and a tone.
fn remaining(ui: &mut Ui, left: Span, until: &str) {
    let (tone, text) = match left.0 {
        ..0 => (Tone::Grave, "time is over".to_owned()),
        0..1800 => (Tone::Grave, format!("{left} left")),
        1800..7200 => (Tone::Warning, format!("{left} left")),
        _ => (Tone::Notice, format!("{left} left")),
    };
    theme::badge(ui, tone, &text);
    ui.label(theme::muted(ui, format!("until {until}")));
}

/// Draws the seat.
pub fn seat_ui(ui: &mut Ui, game: &Game, state: &mut State) -> Vec<Intent> {
    let mut intents = Vec::new();
    let view = game.view();
    build(game, &view, state);
    keys(ui, game, state, &mut intents);
    let narrow = ui.available_width() < space::NARROW;
    state.narrow = narrow;
    let palette = Palette::of(ui);
    let edge = |ui: &Ui| egui::Frame::new().fill(Palette::of(ui).panel).inner_margin(egui::Margin::symmetric(10, 6));
    egui::Panel::top("clock").frame(edge(ui)).resizable(false).show(ui, |ui| header_ui(ui, game, &view, state, narrow, &mut intents));
    // Where room is short, a line that has nothing to say takes none.
    if !narrow || state.last.is_some() || game.fault().is_some() {
        egui::Panel::bottom("last").frame(edge(ui)).resizable(false).show(ui, |ui| footer_ui(ui, game, state));
    }
    if !narrow {
        egui::Panel::left("panels").frame(edge(ui)).resizable(false).exact_size(190.0).show(ui, |ui| {
            egui::ScrollArea::vertical().show(ui, |ui| tabs_ui(ui, state, false, &mut intents));
        });
        if state.panel == Panel::Orders {
            state.panel = Panel::Map;
        }
    }
    let middle = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::same(12));
    if narrow {
        egui::CentralPanel::default().frame(middle).show(ui, |ui| panel_ui(ui, game, &view, state, &mut intents));
    } else {
        // What stands in the middle comes before the orders for whoever goes from one to the next with Tab.
        let whole = ui.available_rect_before_wrap();
        let width = (whole.width() * 0.3).clamp(250.0, 360.0);
        let (left, right) = whole.split_left_right_at_x(whole.right() - width);
        ui.scope_builder(egui::UiBuilder::new().id_salt("middle").max_rect(left), |ui| {
            egui::CentralPanel::default().frame(middle).show(ui, |ui| panel_ui(ui, game, &view, state, &mut intents));
        });
        ui.scope_builder(egui::UiBuilder::new().id_salt("orders").max_rect(right), |ui| {
            let frame = edge(ui).stroke(egui::Stroke::new(1.0, palette.line));
            egui::CentralPanel::default().frame(frame).show(ui, |ui| {
                let data = orders::data(&view, state.draft, state.action, state.selected, game.revision());
                intents.extend(orders::orders_ui(ui, &data, &mut state.orders));
            });
        });
    }
    overlays::overlays(ui, game, &view, state, &mut intents);
    intents
}

fn build(game: &Game, view: &View<'_>, state: &mut State) {
    let revision = game.revision();
    if state.targets.is_none() {
        state.targets = Some(words::targets_by_key(view));
    }
    if state.built.as_ref().is_some_and(|built| built.revision == revision && built.read == state.read.len()) {
        return;
    }
    let read_aloud = |number, at| game.read_aloud(number, at);
    state.built = Some(Built {
        revision,
        read: state.read.len(),
        inbox: inbox::data(view, &state.read, &read_aloud),
        alerts: alerts::data(view, revision),
        decisions: decisions::data(view, &game.own_orders(), revision),
        services: services::data(view, revision),
        duties: duties::data(view, revision),
        to_sign: speak::data(view, revision).to_sign,
    });
}

fn panel_ui(ui: &mut Ui, game: &Game, view: &View<'_>, state: &mut State, intents: &mut Vec<Intent>) {
    let revision = game.revision();
    if state.brief {
        intents.extend(brief::brief_ui(ui, &brief::data(view)));
    }
    if state.panel != Panel::Alerts {
        state.alerts.leave();
    }
    let nothing = BTreeMap::new();
    let targets = state.targets.as_ref().unwrap_or(&nothing);
    let Some(built) = &state.built else { return };
    intents.extend(match state.panel {
        Panel::Inbox => inbox::inbox_ui(ui, &built.inbox, &mut state.inbox),
        Panel::Map => {
            let data = state.map.data(view, revision);
            map::map_ui(ui, &data, &mut state.map, state.selected)
        }
        Panel::Alerts => alerts::alerts_ui(ui, &built.alerts, &mut state.alerts, state.selected),
        Panel::Decisions => decisions::decisions_ui(ui, &built.decisions, &mut state.decisions),
        Panel::Services => services::services_ui(ui, &built.services, state.selected),
        Panel::Team => team::team_ui(ui, &team::data(view, targets, revision)),
        Panel::Duties => duties::duties_ui(ui, &built.duties),
        Panel::Speak => speak::speak_ui(ui, &speak::data(view, revision)),
        Panel::Evidence => evidence::evidence_ui(ui, &evidence::data(view, &game.asked(), &game.own_orders(), revision), &mut state.evidence),
        Panel::Diary => diary::diary_ui(ui, &diary::data(view, &game.own_orders(), targets, revision), &mut state.diary),
        Panel::Orders => orders::orders_ui(ui, &orders::data(view, state.draft, state.action, state.selected, revision), &mut state.orders),
    });
}

/// The moment as people say it: the clock of the story, and how long it is since STARTEX.
pub fn clock_says(view: &View<'_>) -> (String, String) {
    let left = view.public.endex - view.now.max(ExerciseTime(0));
    (view.public.calendar.label(view.now), format!("{}, ENDEX in {left}", view.now))
}

fn header_ui(ui: &mut Ui, game: &Game, view: &View<'_>, state: &State, narrow: bool, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        theme::exercise_mark(ui);
        let (clock, since) = clock_says(view);
        ui.label(egui::RichText::new(clock).text_style(if narrow { theme::heading() } else { theme::clock() }));
        if !narrow {
            ui.label(theme::muted(ui, since));
        }
        let running = game.running();
        let says = match (running, narrow) {
            (true, false) => "Stop the clock",
            (false, false) => "Run the clock",
            (true, true) => "Stop",
            (false, true) => "Run",
        };
        if theme::main_button(ui, true, says).on_hover_text("Stop or run the clock (Space)").clicked() {
            intents.push(Intent::Run(!running));
        }
        let says = if narrow { "Next" } else { "On to what comes next" };
        if game.mode() == Mode::Solo && ui.button(says).on_hover_text("On to what comes next (N)").clicked() {
            intents.push(Intent::NextNews);
        }
        let pace = PACES.iter().find(|(pace, _)| *pace == game.pace()).map_or("another pace", |(_, says)| says);
        let paces = |ui: &mut Ui, intents: &mut Vec<Intent>| {
            for (pace, says) in PACES {
                if ui.selectable_label(game.pace() == pace, says).clicked() {
                    intents.push(Intent::Pace(pace));
                }
            }
        };
        if narrow {
            ui.menu_button(state.panel.label(), |ui| tabs_ui(ui, state, true, intents));
        } else {
            egui::ComboBox::from_id_salt("pace").selected_text(pace).width(150.0).show_ui(ui, |ui| paces(ui, intents));
        }
        ui.menu_button("More", |ui| {
            if ui.button("Do something  (Ctrl+K)").clicked() {
                intents.push(Intent::Palette(true));
            }
            if ui.button("Keys  (F1)").clicked() {
                intents.push(Intent::Help(true));
            }
            if ui.button("Your role  (R)").clicked() {
                intents.push(Intent::Brief(!state.brief));
            }
            ui.separator();
            if narrow {
                paces(ui, intents);
                ui.separator();
            }
            if game.mode() == Mode::Solo {
                ui.label(theme::muted(ui, "The clock stops by itself at"));
                for (stop_at, says) in StopAt::ALL {
                    if ui.radio(game.stop_at() == stop_at, says).clicked() {
                        intents.push(Intent::StopAt(stop_at));
                    }
                }
                for (span, says) in [(Span::minutes(15), "On by 15 minutes"), (Span::hours(1), "On by an hour")] {
                    if ui.button(says).clicked() {
                        intents.push(Intent::Jump(span));
                    }
                }
                ui.separator();
            }
            if game.mode() == Mode::Clocked {
                for role in game.people().iter().filter(|role| *role != view.role) {
                    if ui.button(format!("To the seat of: {}", Names::of(view).role(role))).clicked() {
                        intents.push(Intent::SitDown(role));
                    }
                }
                if ui.button("Facilitator's console").clicked() {
                    intents.push(Intent::ToConsole);
                }
                ui.separator();
            }
            if ui.button("Leave; go on later").clicked() {
                intents.push(Intent::Home);
            }
            if ui.button("End play and debrief").clicked() {
                intents.push(Intent::AskToEnd);
            }
        });
        let says = format!("You are: {}", Names::of(view).role(view.role));
        if !narrow && ui.button(says).on_hover_text("What your role is, may do and answers for (R)").clicked() {
            intents.push(Intent::Brief(!state.brief));
        }
    });
}

fn footer_ui(ui: &mut Ui, game: &Game, state: &State) {
    ui.horizontal_wrapped(|ui| {
        if let Some(fault) = game.fault() {
            theme::badge(ui, Tone::Grave, &format!("Play cannot go on: {fault}"));
        }
        match &state.last {
            // As long as it has to be, but on one line: the log has the rest.
            Some((tone, says)) => {
                let ground = Palette::of(ui).ground_of(*tone);
                let text = theme::toned(ui, *tone, says).background_color(ground);
                ui.add(egui::Label::new(text).truncate()).on_hover_text(says);
            }
            None => drop(ui.label(theme::muted(ui, "Space runs and stops the clock, Ctrl+K finds everything, F1 shows the keys."))),
        }
    });
}

fn tabs_ui(ui: &mut Ui, state: &State, narrow: bool, intents: &mut Vec<Intent>) {
    let Some(built) = &state.built else { return };
    let count = |panel: Panel| -> (usize, &str, &str) {
        match panel {
            Panel::Inbox => (built.inbox.unread, "unread", "unread"),
            Panel::Alerts => (built.alerts.new, "new", "new"),
            Panel::Decisions => (built.decisions.open, "open", "open"),
            Panel::Services => (built.services.affected, "affected", "affected"),
            Panel::Duties => (built.duties.running, "runs", "run"),
            Panel::Speak => (built.to_sign, "to sign", "to sign"),
            _ => (0, "", ""),
        }
    };
    let mut tab = |ui: &mut Ui, panel: Panel, key: Option<usize>| {
        let (number, one, many) = count(panel);
        let says = if number == 0 { panel.label().to_owned() } else { format!("{}  ({})", panel.label(), counted(number as i64, one, many)) };
        let palette = Palette::of(ui);
        let chosen = state.panel == panel;
        let text = egui::RichText::new(&says).color(palette.text);
        let text = if number > 0 { text.strong() } else { text };
        let mut button = egui::Button::new(text).fill(if chosen { palette.chosen } else { palette.panel });
        if !narrow {
            button = button.min_size(egui::vec2(ui.available_width(), space::CLICK));
        }
        if chosen {
            button = button.stroke(egui::Stroke::new(1.0, palette.accent));
        }
        let answer = ui.add(button);
        let answer = match key {
            Some(key) => answer.on_hover_text(format!("Key {}", key % 10)),
            None => answer,
        };
        if answer.clicked() {
            intents.push(Intent::Show(panel));
        }
    };
    for (place, panel) in Panel::ALL.into_iter().enumerate() {
        tab(ui, panel, Some(place + 1));
    }
    if narrow {
        tab(ui, Panel::Orders, None);
    }
}

fn keys(ui: &Ui, game: &Game, state: &mut State, intents: &mut Vec<Intent>) {
    use egui::{Key, Modifiers};
    // A button that has the keyboard is pressed with Space; it does not keep other keys from meaning something.
    let (typing, free) = (ui.ctx().text_edit_focused(), nothing_focused(ui));
    if state.panel == Panel::Decisions
        && state.palette.is_none()
        && !state.help
        && !state.ending
        && let Some(built) = &state.built
    {
        decisions::keys(ui, &built.decisions, &mut state.decisions, intents);
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::COMMAND, Key::K) {
            intents.push(Intent::Palette(state.palette.is_none()));
        }
        if input.consume_key(Modifiers::NONE, Key::F1) {
            intents.push(Intent::Help(!state.help));
        }
        if typing || state.palette.is_some() || state.help || state.ending {
            return;
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            intents.push(if state.draft.is_some() { Intent::Draft(None) } else { Intent::Select(None) });
        }
        let runs = free && input.consume_key(Modifiers::NONE, Key::Space);
        let next = game.mode() == Mode::Solo && input.consume_key(Modifiers::NONE, Key::N);
        // What was meant for a text must not spend hours.
        match deeds::unsent(state) {
            Some(why) if runs || next => state.last = Some((Tone::Notice, format!("Space and N wait, because {why}. The buttons above work."))),
            Some(_) => {}
            None if runs => intents.push(Intent::Run(!game.running())),
            None if next => intents.push(Intent::NextNews),
            None => {}
        }
        if input.consume_key(Modifiers::NONE, Key::R) {
            intents.push(Intent::Brief(!state.brief));
        }
        let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];
        for (key, panel) in numbers.into_iter().zip(Panel::ALL) {
            if input.consume_key(Modifiers::NONE, key) {
                intents.push(Intent::Show(panel));
            }
        }
    });
}

/// Nothing has the keyboard, so that a key may mean what is to be done next.
pub fn nothing_focused(ui: &Ui) -> bool {
    ui.ctx().memory(|memory| memory.focused().is_none())
}
