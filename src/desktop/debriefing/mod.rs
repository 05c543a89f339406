//! After ENDEX: the participants' own words first, then what came of it, part by part. Only here is ground truth shown.
//!
//! Until somebody asks for results there is no debrief at all, so nothing on the first screen can give any of it away. In a room the facilitator then shows one
//! part after the other: a part is closed until it is approved, or until the facilitator reads it first; what is exported holds what is
//! approved. A person alone sees everything at once.
//!
//! The screen changes nothing itself: it asks for what is written at the hotwash ([`Deed::Hotwash`]) and for remarks ([`Deed::Remark`]), and is given a
//! new debrief when one was written down.
//!
//! What of it is on the projector is in `wall`: a part that is open here and approved, and none that is not.

mod charts;
mod hotwash;
mod map;
mod minutes;
mod parts;
mod plan;
mod scores;
#[cfg(test)]
mod tests;
mod wall;

use std::collections::BTreeSet;
use std::time::Duration;

use egui::scroll_area::ScrollAreaOutput;
use egui::{Key, Modifiers, ScrollArea, Ui};

use super::play::Game;
use super::theme::{self, Palette, Tone, space};
use super::{Go, Intent, projector};
use crate::debrief::approval::Approval;
pub use crate::debrief::approval::Part;
use crate::debrief::{Debrief, Format};
use crate::journal::Annotation;
use crate::session::Mode;
use minutes::Minutes;
pub use plan::day_ui;
pub use wall::{Wall, wall_ui};

/// The order in which a room goes through it, with what its tab says.
const TABS: [(Part, &str); 11] = [
    (Part::Causes, "Causes"),
    (Part::Capabilities, "Capabilities"),
    (Part::Decisions, "Decisions"),
    (Part::Plan, "Plan"),
    (Part::Outcome, "Outcome"),
    (Part::Course, "Map"),
    (Part::Services, "Services"),
    (Part::Words, "Words"),
    (Part::Scores, "Scores"),
    (Part::Hand, "By hand"),
    (Part::Appendix, "Appendix"),
];

/// What is asked for here.
#[derive(Clone, PartialEq, Debug)]
pub enum Deed {
    /// Something is written down at the hotwash.
    Hotwash(hotwash::Deed),
    /// The participants' own words are written; results may be shown.
    Results,
    /// Something is written down about the session.
    Remark(Box<Annotation>),
    /// The debrief is saved.
    Export(Format),
}

/// What the screen remembers.
pub struct State {
    /// The debrief, once somebody has asked for results.
    pub debrief: Option<Box<Debrief>>,
    /// What is shown.
    pub part: Part,
    /// Where the scrubber stands, in seconds of the story.
    pub at: i64,
    /// What was saved, or why not.
    pub saved: Option<(Tone, String)>,
    /// Whether there is a room, whose facilitator approves what is shown.
    pub room: bool,
    hotwash: hotwash::State,
    plan: plan::State,
    map: map::State,
    /// Parts that the facilitator reads before showing them.
    read_first: BTreeSet<Part>,
    /// The part that was open last of those that may be shown: the room keeps it while the facilitator reads on.
    shown_last: Option<Part>,
    /// Parts that were opened here before.
    opened: BTreeSet<Part>,
    /// How far down the open part is scrolled, as a share: the wall goes along.
    scrolled: f32,
    /// The minutes of the hotwash, while there is one.
    minutes: Option<Minutes>,
}

impl State {
    /// Play is over, and nothing is written yet but what is in the session.
    pub fn new(game: &Game) -> State {
        State {
            debrief: None,
            part: Part::Capabilities,
            at: 0,
            saved: None,
            room: game.mode() != Mode::Solo,
            hotwash: hotwash::State::new(game),
            plan: plan::State::default(),
            map: map::State::default(),
            read_first: BTreeSet::new(),
            shown_last: None,
            opened: BTreeSet::new(),
            scrolled: 0.0,
            minutes: Some(Minutes::of(game)),
        }
    }

    /// Lets wall time pass.
    pub fn pass(&mut self, game: &mut Game, wall: Duration) {
        if let Some(minutes) = &mut self.minutes {
            minutes.pass(wall);
            if self.room && self.debrief.is_none() {
                minutes.mark_if_due(game);
            }
        }
    }

    /// Somebody leaves: the journal says how long the hotwash has gone on. Once there are results, nobody comes back to it.
    pub fn leave(&mut self, game: &mut Game) {
        if let Some(minutes) = self.minutes.as_mut().filter(|_| self.room && self.debrief.is_none()) {
            minutes.mark(game);
        }
    }

    /// How the room stands with the minutes that are kept for the hotwash.
    fn minutes_say(&self) -> Option<(Tone, String)> {
        self.minutes.as_ref().filter(|_| self.room).map(Minutes::say)
    }

    /// A session of before, of which only the journal is left: its participants have said what they had to say.
    pub fn past(debrief: Debrief, room: bool) -> State {
        State {
            part: if debrief.causes.is_empty() { Part::Capabilities } else { Part::Causes },
            at: debrief.timeline.axis.until.0,
            debrief: Some(Box::new(debrief)),
            saved: None,
            room,
            hotwash: hotwash::State::default(),
            plan: plan::State::default(),
            map: map::State::default(),
            read_first: BTreeSet::new(),
            shown_last: None,
            opened: BTreeSet::new(),
            scrolled: 0.0,
            minutes: None,
        }
    }

    /// Takes note of what has been written down since.
    pub fn follow(&mut self, game: &mut Game) {
        self.hotwash.follow(game);
        if self.debrief.is_some() {
            self.debrief = Some(Box::new(game.debrief()));
        }
    }

    /// Writes down what was typed at the hotwash.
    pub fn write(&mut self, game: &mut Game, deed: &hotwash::Deed) {
        self.hotwash.write(game, deed);
    }

    /// Results are asked for. What was typed and not written down yet is written first, and if it cannot be, that is said instead; in a room nothing is
    /// approved to begin with.
    pub fn results(&mut self, game: &mut Game) {
        if !self.hotwash.write_the_rest(game) {
            return;
        }
        if self.room && Approval::of(game.session().annotations()) == Approval::NotAsked {
            game.remark(Approval::begin());
        }
        let debrief = game.debrief();
        self.at = debrief.timeline.axis.until.0;
        self.part = if debrief.causes.is_empty() { Part::Capabilities } else { Part::Causes };
        self.debrief = Some(Box::new(debrief));
    }
}

/// Draws it.
pub fn debrief_ui(ui: &mut Ui, state: &mut State) -> Vec<Intent> {
    let mut intents = Vec::new();
    keys(ui, state, &mut intents);
    let palette = Palette::of(ui);
    let edge = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(14, 8));
    egui::Panel::top("debrief head").frame(edge).resizable(false).show(ui, |ui| head_ui(ui, state, &mut intents));
    let ground = egui::Frame::new().fill(palette.ground).inner_margin(egui::Margin::same(14));
    egui::CentralPanel::default().frame(ground).show(ui, |ui| {
        let Some(debrief) = state.debrief.take() else {
            hotwash::hotwash_ui(ui, &mut state.hotwash, state.room, &mut intents);
            return;
        };
        part_ui(ui, state, &debrief, &mut intents);
        if debrief.shows(state.part) {
            state.shown_last = Some(state.part);
        }
        state.debrief = Some(debrief);
    });
    intents
}

fn keys(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    if state.debrief.is_none() {
        return;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::S)) {
        intents.push(Intent::Debrief(Deed::Export(Format::Html)));
    }
    let place = TABS.iter().position(|(part, _)| *part == state.part).unwrap_or(0);
    let turned = ui.input_mut(|input| {
        let next = input.consume_key(Modifiers::COMMAND, Key::PageDown);
        let back = input.consume_key(Modifiers::COMMAND, Key::PageUp);
        (next, back)
    });
    match turned {
        (true, _) => state.part = TABS[(place + 1) % TABS.len()].0,
        (_, true) => state.part = TABS[(place + TABS.len() - 1) % TABS.len()].0,
        _ => {}
    }
}

fn head_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        theme::exercise_mark(ui);
        ui.label(egui::RichText::new(if state.debrief.is_some() { "Debrief" } else { "Hotwash" }).text_style(theme::clock()));
        if let Some(debrief) = &state.debrief {
            for (format, says) in [(Format::Html, "Save as HTML"), (Format::Markdown, "Save as Markdown"), (Format::Json, "Save as JSON")] {
                let button = ui.button(says);
                let button = if format == Format::Html { button.on_hover_text("Ctrl+S") } else { button };
                if button.clicked() {
                    intents.push(Intent::Debrief(Deed::Export(format)));
                }
            }
            if state.room && !debrief.approval.whole() {
                let held = debrief.approval.held_back().len();
                let says = format!("{} of {} parts may be shown; what is saved holds those.", Part::ALL.len() - held, Part::ALL.len());
                ui.label(theme::muted(ui, says));
                if ui.button("Approve all").clicked() {
                    intents.push(Intent::Debrief(Deed::Remark(Box::new(Approval::all()))));
                }
            }
        }
        if state.room {
            ui.menu_button("Projector", |ui| projector_ui(ui, intents));
        }
        if ui.button("Home").clicked() {
            intents.push(Intent::Go(Go::Home));
        }
        if let Some((tone, says)) = state.minutes_say() {
            // Whole, on this line or the next.
            ui.add(egui::Label::new(theme::toned(ui, tone, says)).extend());
        }
    });
    if let Some((tone, says)) = &state.saved {
        theme::badge(ui, *tone, says);
    }
    if let Some(debrief) = &state.debrief {
        ui.horizontal_wrapped(|ui| {
            for (part, says) in TABS {
                let tab = ui.selectable_value(&mut state.part, part, says);
                // A sign, not only a colour, says what may be shown; it takes no room, so that no tab moves from under the pointer.
                if state.room && debrief.shows(part) {
                    theme::Mark::Done.paint(ui.painter(), tab.rect.right_top() + egui::vec2(-4.0, 4.0), 4.0, Palette::of(ui));
                    let chosen = state.part == part;
                    tab.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::SelectableLabel, true, chosen, format!("{says} (shown)")));
                }
                tab.on_hover_text("Ctrl+Page Down: the next part. Ctrl+Page Up: the one before. With a sign: it may be shown.");
            }
        });
    }
}

fn projector_ui(ui: &mut Ui, intents: &mut Vec<Intent>) {
    if ui.button("Show or hide the projector  (F9)").clicked() {
        intents.push(Intent::Projector(projector::Deed::ShowOrHide));
    }
    ui.separator();
    for (says, blank) in [("What is open here and may be shown", false), ("Nothing", true)] {
        if ui.button(says).clicked() {
            intents.push(Intent::Projector(projector::Deed::Blank(blank)));
        }
    }
}

/// How far down an area is scrolled, as a share.
fn scrolled<R>(area: &ScrollAreaOutput<R>) -> f32 {
    let most = area.content_size.y - area.inner_rect.height();
    if most > 0.0 { (area.state.offset.y / most).clamp(0.0, 1.0) } else { 0.0 }
}

fn part_ui(ui: &mut Ui, state: &mut State, debrief: &Debrief, intents: &mut Vec<Intent>) {
    let part = state.part;
    if state.room && !approval_ui(ui, state, debrief, part, intents) {
        return;
    }
    if part == Part::Course {
        state.scrolled = map::map_ui(ui, debrief, &mut state.at, &mut state.map);
        return;
    }
    let mut area = ScrollArea::vertical().id_salt(part.name()).auto_shrink(false);
    // A part opens at its top, wherever the same part of another session was left.
    if state.opened.insert(part) {
        area = area.vertical_scroll_offset(0.0);
    }
    let area = area.show(ui, |ui| {
        if !matches!(part, Part::Services | Part::Outcome) {
            ui.set_max_width(space::WORDS.min(ui.available_width()));
        }
        match part {
            Part::Causes => parts::causes_ui(ui, debrief),
            Part::Capabilities => parts::capabilities_ui(ui, debrief),
            Part::Decisions => parts::decisions_ui(ui, debrief),
            Part::Plan => plan::plan_ui(ui, debrief, &mut state.plan, intents),
            Part::Outcome => parts::outcome_ui(ui, debrief),
            Part::Services | Part::Course => charts::charts_ui(ui, debrief),
            Part::Words => parts::words_ui(ui, debrief),
            Part::Scores => scores::scores_ui(ui, debrief, true),
            Part::Hand => parts::hand_ui(ui, debrief),
            Part::Appendix => parts::appendix_ui(ui, debrief),
        }
    });
    state.scrolled = scrolled(&area);
}

/// Asks the facilitator, or says how it stands. Whether the part is open.
fn approval_ui(ui: &mut Ui, state: &mut State, debrief: &Debrief, part: Part, intents: &mut Vec<Intent>) -> bool {
    let approved = debrief.shows(part);
    let reads = state.read_first.contains(&part);
    if approved {
        ui.horizontal_wrapped(|ui| {
            theme::badge(ui, Tone::Good, "may be shown");
            if ui.button("Take back").clicked() {
                intents.push(Intent::Debrief(Deed::Remark(Box::new(part.annotation(false)))));
            }
            ui.label(theme::muted(ui, "The projector shows it while it is open here, and goes along as you scroll."));
        });
        ui.add_space(space::TIGHT);
        return true;
    }
    if reads {
        ui.horizontal_wrapped(|ui| {
            theme::badge(ui, Tone::Warning, "\u{25cb} not approved");
            if theme::main_button(ui, true, "Approve for showing").clicked() {
                intents.push(Intent::Debrief(Deed::Remark(Box::new(part.annotation(true)))));
            }
            if ui.button("Close it").clicked() {
                state.read_first.remove(&part);
            }
        });
        ui.add_space(space::TIGHT);
        return true;
    }
    // What participants wrote themselves needs nobody's approval.
    if part == Part::Causes {
        parts::wrote_ui(ui, debrief);
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_width(space::READING.min(ui.available_width()));
        ui.label(egui::RichText::new(part.title()).text_style(theme::heading()));
        ui.label("Closed. Show it when the room is ready for it: from then on it is on the projector while it is open here, and in what is saved.");
        ui.add_space(space::USUAL);
        ui.horizontal_wrapped(|ui| {
            if theme::main_button(ui, true, "Show it").clicked() {
                intents.push(Intent::Debrief(Deed::Remark(Box::new(part.annotation(true)))));
            }
            if ui.button("Read it first").clicked() {
                state.read_first.insert(part);
            }
        });
    });
    false
}
