//! The map played again: one scrubber over attack and response, the machines and services at that moment, and the changes as a list beside it.

use egui::{Key, Modifiers, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::super::theme::{self, Mark, Palette, Tone, space};
use crate::debrief::Debrief;
use crate::debrief::model::Kind;
use crate::debrief::model::replay::{Attack, Lane, MachineTrack, Replay, Response};
use crate::time::ExerciseTime;

/// Heights and widths, in points at a text scale of 100 %.
const BAND: f32 = 110.0;
/// Room on the left of the band for the names of its lanes.
const LEFT: f32 = 74.0;
const RIGHT: f32 = 12.0;
/// The cell of a machine: a mark for the attack, one for the response.
const CELL: egui::Vec2 = vec2(34.0, 22.0);
/// So many changes stand in the list; more are further back than anybody scrolls.
const CHANGES_SHOWN: usize = 120;
/// And so many on the wall, where somebody stands beside it and tells the rest.
const CHANGES_ON_THE_WALL: usize = 14;

/// What the screen remembers.
#[derive(Default)]
pub struct State {
    /// The machine that is looked at, by its place.
    machine: Option<usize>,
}

/// Draws it. How far down somebody has scrolled, as a share.
pub fn map_ui(ui: &mut Ui, debrief: &Debrief, at: &mut i64, state: &mut State) -> f32 {
    let replay = &debrief.replay;
    let (from, until) = span(replay);
    *at = (*at).clamp(from, until);
    scrubber_ui(ui, replay, at, from, until);
    let area = ScrollArea::vertical().id_salt("replay").auto_shrink(false).show(ui, |ui| {
        if let Some(moment) = band_ui(ui, debrief, *at, true) {
            *at = moment;
        }
        let now = ExerciseTime(*at);
        ui.label(RichText::new(replay.in_words(now)).strong());
        ui.add_space(space::TIGHT);
        if ui.available_width() >= space::NARROW {
            ui.columns(2, |columns| {
                picture_ui(&mut columns[0], replay, now, Some(state));
                changes_ui(&mut columns[1], replay, now, Some(at), CHANGES_SHOWN);
            });
        } else {
            picture_ui(ui, replay, now, Some(state));
            changes_ui(ui, replay, now, Some(at), CHANGES_SHOWN);
        }
    });
    super::scrolled(&area)
}

/// Draws it for the room, at the moment that the facilitator has come to: there is nothing to press.
pub fn read_ui(ui: &mut Ui, debrief: &Debrief, at: i64) {
    let replay = &debrief.replay;
    let (from, until) = span(replay);
    let at = at.clamp(from, until);
    let now = ExerciseTime(at);
    ui.label(RichText::new(moment(replay, at)).text_style(theme::heading()));
    band_ui(ui, debrief, at, false);
    ui.label(RichText::new(replay.in_words(now)).strong());
    ui.add_space(space::TIGHT);
    if ui.available_width() >= space::NARROW {
        ui.columns(2, |columns| {
            picture_ui(&mut columns[0], replay, now, None);
            changes_ui(&mut columns[1], replay, now, None, CHANGES_ON_THE_WALL);
        });
    } else {
        picture_ui(ui, replay, now, None);
        changes_ui(ui, replay, now, None, CHANGES_ON_THE_WALL);
    }
}

fn span(replay: &Replay) -> (i64, i64) {
    (replay.from.0, replay.until.0.max(replay.from.0 + 1))
}

/// A moment on the clock of the story.
fn moment(replay: &Replay, at: i64) -> String {
    replay.calendar.label(ExerciseTime(at))
}

fn scrubber_ui(ui: &mut Ui, replay: &Replay, at: &mut i64, from: i64, until: i64) {
    // Arrows step from change to change while nothing else wants them.
    if ui.ctx().memory(|memory| memory.focused().is_none()) {
        let (back, on) =
            ui.input_mut(|input| (input.consume_key(Modifiers::NONE, Key::ArrowLeft), input.consume_key(Modifiers::NONE, Key::ArrowRight)));
        if back || on {
            *at = replay.step(ExerciseTime(*at), on).map_or(*at, |next| next.0);
        }
    }
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Moment");
        ui.spacing_mut().slider_width = (ui.available_width() - 330.0).max(140.0);
        theme::slider(ui, egui::Slider::new(at, from..=until).show_value(false).step_by(60.0)).labelled_by(label.id);
        ui.label(moment(replay, *at));
        for (says, forward) in [("Back", false), ("On", true)] {
            let next = replay.step(ExerciseTime(*at), forward);
            let button = ui.add_enabled(next.is_some(), egui::Button::new(says)).on_hover_text("Arrow left and right: from change to change");
            if button.clicked() {
                *at = next.map_or(*at, |next| next.0);
            }
        }
    });
}

fn shape(ui: &Ui, painter: &egui::Painter, kind: Kind, at: Pos2, past: bool) {
    let palette = Palette::of(ui);
    let colour = match kind {
        Kind::Attack | Kind::Harm => palette.tone(Tone::Grave),
        Kind::Setback => palette.tone(Tone::Warning),
        Kind::Decision | Kind::Act => palette.tone(Tone::Notice),
    };
    let colour = if past { colour } else { palette.line };
    let (radius, line) = (5.0, Stroke::new(1.6, colour));
    let diamond = vec![at + vec2(0.0, -radius), at + vec2(radius, 0.0), at + vec2(0.0, radius), at + vec2(-radius, 0.0)];
    match kind {
        Kind::Attack => drop(painter.add(egui::Shape::closed_line(diamond, line))),
        Kind::Harm => drop(painter.add(egui::Shape::convex_polygon(diamond, colour, line))),
        Kind::Decision => drop(painter.circle_filled(at, radius, colour)),
        Kind::Setback | Kind::Act => drop(painter.circle_stroke(at, radius, line)),
    }
}

/// Both lanes over time. Where it can be pressed, a click or a drag leads to another moment.
fn band_ui(ui: &mut Ui, debrief: &Debrief, at: i64, pressed: bool) -> Option<i64> {
    let palette = Palette::of(ui);
    let lanes = &debrief.timeline;
    let (from, until) = span(&debrief.replay);
    let sense = if pressed { Sense::click_and_drag() } else { Sense::hover() };
    let (rect, answer) = ui.allocate_exact_size(vec2(ui.available_width(), BAND), sense);
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Other, true, "Timeline: attack above, response below"));
    let width = rect.width() - LEFT - RIGHT;
    let x_of = |moment: i64| rect.left() + LEFT + width * ((moment - from) as f32 / (until - from) as f32);
    let moved = answer.interact_pointer_pos().filter(|_| pressed).map(|pointer| {
        let share = ((pointer.x - rect.left() - LEFT) / width).clamp(0.0, 1.0);
        from + (f64::from(share) * (until - from) as f64) as i64
    });
    let at = moved.unwrap_or(at);
    let now = ExerciseTime(at);
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 4.0, palette.panel);
    let middle = rect.center().y + 6.0;
    painter.hline(rect.x_range(), middle, Stroke::new(1.0, palette.line));
    let small = egui::TextStyle::Small.resolve(ui.style());
    painter.text(pos2(rect.left() + 8.0, middle - 20.0), egui::Align2::LEFT_CENTER, "Attack", small.clone(), palette.muted);
    painter.text(pos2(rect.left() + 8.0, middle + 20.0), egui::Align2::LEFT_CENTER, "Response", small.clone(), palette.muted);
    // Names of moves that would stand on one another are left out; the lines stay.
    let mut free = f32::NEG_INFINITY;
    for (moment, title) in &lanes.moves {
        let x = x_of(moment.0);
        painter.vline(x, rect.y_range(), Stroke::new(1.0, palette.line));
        if x > free {
            let drawn = painter.text(pos2(x + 4.0, rect.top() + 2.0), egui::Align2::LEFT_TOP, title, small.clone(), palette.muted);
            free = drawn.right() + 6.0;
        }
    }
    for (events, direction) in [(&lanes.attack, -1.0), (&lanes.response, 1.0)] {
        let mut free = [f32::NEG_INFINITY; 3];
        for event in events {
            let x = x_of(event.at.0);
            let row = free.iter().position(|free| x - free > 11.0).unwrap_or(2);
            free[row] = x;
            shape(ui, &painter, event.kind, pos2(x, middle + direction * (10.0 + row as f32 * 12.0)), event.at <= now);
        }
    }
    painter.vline(x_of(at), rect.y_range(), Stroke::new(2.0, palette.accent));
    moved
}

fn attack_mark(attack: Attack) -> Option<Mark> {
    match attack {
        Attack::Untouched => None,
        Attack::Lost => Some(Mark::Aside),
        Attack::Held | Attack::Rooted | Attack::Robbed => Some(Mark::Signs),
        Attack::Encrypted => Some(Mark::Encrypted),
    }
}

fn response_mark(response: Response) -> Option<Mark> {
    match response {
        Response::AsItWas => None,
        Response::Isolated => Some(Mark::Isolated),
        Response::Off => Some(Mark::Off),
        Response::Cleaned => Some(Mark::Held),
        Response::Rebuilt | Response::Restored => Some(Mark::Done),
    }
}

/// What a machine is at a moment, in words.
fn says(machine: &MachineTrack, now: ExerciseTime) -> String {
    let (attack, response, known) = machine.at(now);
    let known = match (known, attack) {
        (true, _) => ", known",
        (false, Attack::Untouched) => "",
        (false, _) => ", not known",
    };
    format!("{}: {}; {}{known}", machine.name, attack.label(), response.label())
}

/// The machines by part of the network, and the services. Without a state, machines cannot be looked at one by one.
fn picture_ui(ui: &mut Ui, replay: &Replay, now: ExerciseTime, mut state: Option<&mut State>) {
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        for (mark, says) in [
            (Mark::Signs, "held"),
            (Mark::Encrypted, "encrypted"),
            (Mark::Aside, "no longer held"),
            (Mark::Isolated, "cut off"),
            (Mark::Off, "powered off"),
            (Mark::Held, "cleaned"),
            (Mark::Done, "installed anew or restored"),
        ] {
            mark.show(ui);
            ui.label(theme::muted(ui, says));
        }
        ui.label(theme::muted(ui, "Underlined: known to a role."));
    });
    for (place, segment) in replay.segments.iter().enumerate() {
        let cut = segment.cut_at(now);
        let inside: Vec<usize> = (0..replay.machines.len()).filter(|machine| replay.machines[*machine].segment == place).collect();
        if inside.is_empty() {
            continue;
        }
        // Where nothing ever happened a line is enough, and leaves room for where it did.
        if segment.cut.is_empty() && !inside.iter().any(|machine| replay.machines[*machine].touched()) {
            let machines = crate::debrief::narrative::counted(inside.len() as i64, "machine", "machines");
            ui.label(theme::muted(ui, format!("{}: {machines}, nothing happened to them.", segment.name)));
            continue;
        }
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(&segment.name).strong());
                if cut {
                    theme::badge(ui, Tone::Notice, "cut off from the rest");
                }
            });
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
                for number in inside {
                    let machine = &replay.machines[number];
                    let Some(state) = state.as_deref_mut() else {
                        let (rect, _) = ui.allocate_exact_size(CELL, Sense::hover());
                        cell(ui, palette, rect, machine, now, false);
                        continue;
                    };
                    let (rect, answer) = ui.allocate_exact_size(CELL, Sense::click());
                    let words = says(machine, now);
                    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &words));
                    cell(ui, palette, rect, machine, now, state.machine == Some(number) || answer.has_focus());
                    if answer.clicked() {
                        state.machine = if state.machine == Some(number) { None } else { Some(number) };
                    }
                    answer.on_hover_text(words);
                }
            });
        });
    }
    if let Some(machine) = state.and_then(|state| state.machine).and_then(|number| replay.machines.get(number)) {
        theme::card_chosen(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(says(machine, now)).strong());
            match &machine.known {
                Some((since, whom)) => ui.label(format!("Known since {since} after STARTEX, to {whom}.")),
                None => ui.label("No role ever knew that anything was wrong with it."),
            };
        });
    }
    ui.label(RichText::new("Services").strong());
    for service in &replay.services {
        let (level, workaround) = service.at(now);
        ui.horizontal_wrapped(|ui| {
            if level < 100 {
                Mark::Signs.show(ui)
            } else {
                Mark::Working.show(ui)
            }
            ui.label(format!("{}: {level} %{}", service.name, if workaround { ", with a workaround" } else { "" }));
        });
    }
}

fn cell(ui: &Ui, palette: &Palette, rect: Rect, machine: &MachineTrack, now: ExerciseTime, chosen: bool) {
    let painter = ui.painter();
    let (attack, response, known) = machine.at(now);
    painter.rect(
        rect,
        3.0,
        if chosen { palette.chosen } else { palette.ground },
        Stroke::new(if chosen { 2.0 } else { 1.0 }, if chosen { palette.accent } else { palette.line }),
        egui::StrokeKind::Inside,
    );
    let radius = rect.height() * 0.28;
    if let Some(mark) = attack_mark(attack) {
        mark.paint(painter, pos2(rect.left() + rect.width() * 0.28, rect.center().y), radius, palette);
    }
    if let Some(mark) = response_mark(response) {
        mark.paint(painter, pos2(rect.left() + rect.width() * 0.72, rect.center().y), radius, palette);
    }
    if known {
        let low = rect.bottom() - 3.0;
        painter.hline((rect.left() + 4.0)..=(rect.right() - 4.0), low, Stroke::new(2.0, palette.text));
    }
}

/// What has changed by now, the last first. A click leads to its moment, where there is one to be led to.
fn changes_ui(ui: &mut Ui, replay: &Replay, now: ExerciseTime, mut at: Option<&mut i64>, most: usize) {
    ui.label(RichText::new("What changed, the last first").text_style(theme::heading()));
    let past = replay.changes.partition_point(|change| change.at <= now);
    if past == 0 {
        ui.label("Nothing yet.");
    }
    for change in replay.changes[..past].iter().rev().take(most) {
        ui.horizontal_wrapped(|ui| {
            let tone = match change.lane {
                Lane::Attack => Tone::Grave,
                Lane::Response => Tone::Notice,
                Lane::Known => Tone::Good,
                Lane::Service => Tone::Warning,
            };
            theme::badge(ui, tone, change.lane.label());
            match at.as_deref_mut() {
                Some(at) => {
                    if ui.link(&change.clock).clicked() {
                        *at = change.at.0;
                    }
                }
                None => drop(ui.label(theme::muted(ui, &change.clock))),
            }
            ui.label(&change.text);
        });
    }
}
