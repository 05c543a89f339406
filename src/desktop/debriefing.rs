//! The debrief on the screen: the participants' own words first, then what came of it. Only here is ground truth shown.

use egui::{ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::Intent;
use super::theme::{self, Palette, Tone, space};
use crate::debrief::model::{CriterionLine, Event, Kind};
use crate::debrief::{Debrief, Format};
use crate::time::ExerciseTime;

/// The parts of the debrief.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Part {
    #[default]
    Outcome,
    Capabilities,
    Timeline,
    Services,
    Decisions,
    Scores,
    Plan,
}

impl Part {
    const ALL: [(Part, &'static str); 7] = [
        (Part::Outcome, "Outcome"),
        (Part::Capabilities, "Capabilities"),
        (Part::Timeline, "Timeline"),
        (Part::Services, "Services"),
        (Part::Decisions, "Decisions"),
        (Part::Scores, "Criteria"),
        (Part::Plan, "Improvement plan"),
    ];
}

/// What the screen remembers.
pub struct State {
    /// The debrief, once the participants have written theirs.
    pub debrief: Option<Box<Debrief>>,
    /// What the participants write first: what went well, what to change.
    pub lessons: [String; 2],
    /// What is shown.
    pub part: Part,
    /// Where the scrubber of the timeline stands, in seconds.
    pub at: i64,
    /// What was saved, or why not.
    pub saved: Option<(Tone, String)>,
}

impl State {
    /// Nothing written yet.
    pub fn new() -> State {
        State { debrief: None, lessons: [String::new(), String::new()], part: Part::Outcome, at: 0, saved: None }
    }
}

/// Draws it.
pub fn debrief_ui(ui: &mut Ui, state: &mut State) -> Vec<Intent> {
    let mut intents = Vec::new();
    if state.debrief.is_some() && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::S)) {
        intents.push(Intent::Export(Format::Html));
    }
    let palette = Palette::of(ui);
    let edge = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(14, 8));
    egui::Panel::top("debrief head").frame(edge).resizable(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            theme::exercise_mark(ui);
            ui.label(egui::RichText::new("Debrief").text_style(theme::clock()));
            if state.debrief.is_some() {
                for (format, says) in [(Format::Html, "Save as HTML"), (Format::Markdown, "Save as Markdown"), (Format::Json, "Save as JSON")] {
                    let button = ui.button(says);
                    let button = if format == Format::Html { button.on_hover_text("Ctrl+S") } else { button };
                    if button.clicked() {
                        intents.push(Intent::Export(format));
                    }
                }
            }
            if ui.button("Home").clicked() {
                intents.push(Intent::Home);
            }
        });
        if let Some((tone, says)) = &state.saved {
            theme::badge(ui, *tone, says);
        }
        if state.debrief.is_some() {
            ui.horizontal_wrapped(|ui| {
                for (part, says) in Part::ALL {
                    ui.selectable_value(&mut state.part, part, says);
                }
            });
        }
    });
    let ground = egui::Frame::new().fill(palette.ground).inner_margin(egui::Margin::same(14));
    egui::CentralPanel::default().frame(ground).show(ui, |ui| {
        let Some(debrief) = state.debrief.take() else {
            lessons_ui(ui, state, &mut intents);
            return;
        };
        match state.part {
            Part::Timeline => timeline_ui(ui, &debrief, &mut state.at),
            part => {
                ScrollArea::vertical().id_salt(part as u8).auto_shrink(false).show(ui, |ui| match part {
                    Part::Outcome => outcome_ui(ui, &debrief),
                    Part::Capabilities => capabilities_ui(ui, &debrief),
                    Part::Services => services_ui(ui, &debrief),
                    Part::Decisions => decisions_ui(ui, &debrief),
                    Part::Scores | Part::Timeline => scores_ui(ui, &debrief),
                    Part::Plan => plan_ui(ui, &debrief),
                });
            }
        }
        state.debrief = Some(debrief);
    });
    intents
}

fn lessons_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(space::READING.min(ui.available_width()));
        ui.label(egui::RichText::new("Before any result").text_style(theme::heading()));
        ui.label("Write what you saw yourself. It comes first in the debrief, and nothing below it can be seen before.");
        for (says, text) in ["What went well?", "What would you change?"].into_iter().zip(&mut state.lessons) {
            ui.add_space(space::USUAL);
            let label = ui.label(says);
            ui.add(egui::TextEdit::multiline(text).desired_rows(4).desired_width(f32::INFINITY)).labelled_by(label.id);
        }
        ui.add_space(space::USUAL);
        let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        if theme::main_button(ui, true, "Show the debrief").on_hover_text("Ctrl+Enter").clicked() || entered {
            let lessons = ["What went well", "What to change"].into_iter().zip(&state.lessons).filter(|(_, text)| !text.trim().is_empty());
            intents.push(Intent::Lessons(lessons.map(|(says, text)| format!("{says}: {}", text.trim())).collect()));
        }
    });
}

fn outcome_ui(ui: &mut Ui, debrief: &Debrief) {
    ui.label(egui::RichText::new(&debrief.overview.title).text_style(theme::heading()));
    ui.label(theme::muted(ui, &debrief.overview.honest));
    ui.label(theme::muted(ui, format!("{}: {}", debrief.marking.tlp, debrief.marking.tlp_means)));
    for note in &debrief.overview.notes {
        theme::card_of(ui, Tone::Notice).show(ui, |ui| ui.label(note));
    }
    ui.add_space(space::USUAL);
    let across = ((ui.available_width() / 290.0) as usize).clamp(1, 4);
    for row in debrief.outcome.chunks(across) {
        ui.columns(across, |columns| {
            for (column, figure) in columns.iter_mut().zip(row) {
                theme::card(column).show(column, |ui| {
                    ui.set_width(ui.available_width());
                    ui.label(theme::muted(ui, figure.label));
                    ui.add(egui::Label::new(egui::RichText::new(&figure.text).strong()).wrap());
                });
            }
        });
        ui.add_space(space::TIGHT);
    }
    ui.add_space(space::USUAL);
    if let Some(total) = debrief.scores.total {
        ui.label(egui::RichText::new(format!("Score {total} of 100")).text_style(theme::heading()));
    }
    ui.label(theme::muted(ui, &debrief.scores.total_note));
}

fn capabilities_ui(ui: &mut Ui, debrief: &Debrief) {
    ui.set_max_width(900.0_f32.min(ui.available_width()));
    let list = |ui: &mut Ui, says: &str, items: &[String]| {
        if !items.is_empty() {
            ui.label(theme::muted(ui, says));
            items.iter().for_each(|item| drop(ui.label(format!("\u{2022} {item}"))));
        }
    };
    for review in &debrief.capabilities {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(egui::RichText::new(crate::debrief::narrative::capital(review.capability)).text_style(theme::heading()));
            list(ui, "What went well", &review.strengths);
            if let Some(moment) = &review.moment {
                ui.add_space(space::TIGHT);
                ui.label(egui::RichText::new(format!("{}: {}", moment.clock, moment.what)).strong());
                list(ui, "Known by then", &moment.known);
                list(ui, "Why it made sense", &moment.sensible);
                list(ui, "Not known then", &moment.not_known);
            }
            list(ui, "What to change", &review.changes);
            list(ui, "Not evaluated", &review.not_evaluated);
        });
        ui.add_space(space::TIGHT);
    }
}

fn decisions_ui(ui: &mut Ui, debrief: &Debrief) {
    ui.set_max_width(900.0_f32.min(ui.available_width()));
    for decision in &debrief.decisions {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(egui::RichText::new(&decision.ask).strong());
            let by = decision.by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
            let how = match (&decision.choice, decision.timed_out) {
                (Some(choice), true) => format!("Nobody decided in time, so this held: {choice}"),
                (Some(choice), false) => format!("Decided{by}: {choice}"),
                (None, _) => "Play ended before it was decided.".to_owned(),
            };
            ui.label(how);
            let when = decision.decided_clock.as_ref().map_or_else(String::new, |clock| format!(", decided {clock}"));
            ui.label(theme::muted(ui, format!("Opened {}{when}; for {}", decision.opened_clock, decision.who)));
            if !decision.feedback.is_empty() {
                ui.label(&decision.feedback);
            }
        });
        ui.add_space(space::TIGHT);
    }
    if debrief.decisions.is_empty() {
        ui.label("No decision was asked for.");
    }
}

fn plan_ui(ui: &mut Ui, debrief: &Debrief) {
    ui.set_max_width(900.0_f32.min(ui.available_width()));
    ui.label("Proposals from criteria that were missed. Owner and date are for the people in the room.");
    for line in &debrief.improvement_plan {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(egui::RichText::new(&line.issue).strong());
            ui.label(&line.action);
            ui.label(theme::muted(ui, format!("{}; {}", line.core_capability, line.element)));
        });
        ui.add_space(space::TIGHT);
    }
    if debrief.improvement_plan.is_empty() {
        ui.label("Nothing was missed that a proposal could be made from.");
    }
}

fn result_tone(criterion: &CriterionLine) -> Tone {
    match criterion.result {
        "earned" => Tone::Good,
        "earned in part" => Tone::Warning,
        "missed" => Tone::Grave,
        _ => Tone::Plain,
    }
}

fn scores_ui(ui: &mut Ui, debrief: &Debrief) {
    ui.set_max_width(900.0_f32.min(ui.available_width()));
    for (place, criterion) in debrief.scores.criteria.iter().enumerate() {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                theme::badge(ui, result_tone(criterion), criterion.result);
                let points = |milli: i64| if milli % 1000 == 0 { (milli / 1000).to_string() } else { format!("{:.1}", milli as f64 / 1000.0) };
                let earned = criterion.earned_milli.map_or_else(|| "\u{2013}".to_owned(), points);
                ui.label(theme::muted(ui, format!("{earned} of {} points, {}", points(criterion.worth_milli), criterion.capability)));
            });
            ui.label(egui::RichText::new(&criterion.text).strong());
            ui.label(&criterion.why);
            ui.label(theme::muted(ui, format!("{}: {} ({})", criterion.basis, criterion.basis_says, criterion.basis_source)));
            if !criterion.facts.is_empty() {
                let says = crate::debrief::narrative::counted(criterion.facts.len() as i64, "fact it rests on", "facts it rests on");
                egui::CollapsingHeader::new(says).id_salt(("facts", place)).show(ui, |ui| {
                    for fact in criterion.facts.iter().take(100) {
                        ui.horizontal_wrapped(|ui| {
                            ui.label(theme::muted(ui, format!("{}  fact {}", fact.clock, fact.seq)));
                            ui.label(&fact.text);
                        });
                    }
                });
            }
        });
        ui.add_space(space::TIGHT);
    }
}

fn hours(at: ExerciseTime) -> f64 {
    at.0 as f64 / 3600.0
}

fn services_ui(ui: &mut Ui, debrief: &Debrief) {
    ui.label("How far each service worked, workaround included, by hours since STARTEX.");
    let palette = Palette::of(ui);
    let (from, until) = (hours(debrief.services.axis.from), hours(debrief.services.axis.until));
    for service in &debrief.services.services {
        let mut points: Vec<[f64; 2]> = Vec::new();
        for stretch in &service.stretches {
            points.push([hours(stretch.from), f64::from(stretch.percent)]);
            points.push([hours(stretch.until), f64::from(stretch.percent)]);
        }
        let (tone, says) =
            if service.within_objective() { (Tone::Good, "within its objective") } else { (Tone::Grave, "longer down than its objective allows") };
        ui.horizontal_wrapped(|ui| {
            ui.strong(&service.name);
            theme::badge(ui, tone, says);
            let minutes = crate::debrief::model::minutes;
            ui.label(theme::muted(ui, format!("longest stretch {}, objective {}", minutes(service.longest_minutes), minutes(service.rto_minutes))));
        });
        egui_plot::Plot::new(&service.name)
            .height(70.0)
            .include_x(from)
            .include_x(until)
            .include_y(0.0)
            .include_y(104.0)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .show_background(false)
            .show_grid(false)
            .y_axis_formatter(|mark, _| if mark.value == 0.0 || mark.value == 100.0 { format!("{:.0} %", mark.value) } else { String::new() })
            .x_axis_formatter(|mark, _| format!("{:.0} h", mark.value))
            .show(ui, |plot| {
                plot.line(egui_plot::Line::new(service.name.clone(), points).color(palette.accent).width(2.0).fill(0.0));
            });
    }
}

fn shape(ui: &Ui, painter: &egui::Painter, kind: Kind, at: egui::Pos2, past: bool) {
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

fn timeline_ui(ui: &mut Ui, debrief: &Debrief, at: &mut i64) {
    let palette = Palette::of(ui);
    let lanes = &debrief.timeline;
    let (from, until) = (lanes.axis.from.0, lanes.axis.until.0.max(lanes.axis.from.0 + 1));
    *at = (*at).clamp(from, until);
    let now = ExerciseTime(*at);
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Moment");
        ui.spacing_mut().slider_width = (ui.available_width() - 260.0).max(140.0);
        ui.add(egui::Slider::new(at, from..=until).show_value(false).step_by(60.0)).labelled_by(label.id);
        ui.label(now.to_string());
        for (says, step) in [("Back", -1), ("On", 1)] {
            if ui.button(says).clicked() {
                let moments = lanes.attack.iter().chain(&lanes.response).map(|event| event.at.0);
                let next = if step > 0 { moments.filter(|moment| *moment > *at).min() } else { moments.filter(|moment| *moment < *at).max() };
                *at = next.unwrap_or(*at);
            }
        }
    });
    let (rect, answer) = ui.allocate_exact_size(vec2(ui.available_width(), 146.0), Sense::click_and_drag());
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Other, true, "Timeline: attack above, response below"));
    // Room on the left for the names of the lanes, on top for those of the moves.
    const LEFT: f32 = 74.0;
    const RIGHT: f32 = 12.0;
    let span = rect.width() - LEFT - RIGHT;
    let x_of = |moment: i64| rect.left() + LEFT + span * ((moment - from) as f32 / (until - from) as f32);
    if let Some(pointer) = answer.interact_pointer_pos() {
        let share = ((pointer.x - rect.left() - LEFT) / span).clamp(0.0, 1.0);
        *at = from + (f64::from(share) * (until - from) as f64) as i64;
    }
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 4.0, palette.panel);
    let middle = rect.center().y + 8.0;
    painter.hline(rect.x_range(), middle, Stroke::new(1.0, palette.line));
    let small = egui::TextStyle::Small.resolve(ui.style());
    painter.text(pos2(rect.left() + 8.0, middle - 24.0), egui::Align2::LEFT_CENTER, "Attack", small.clone(), palette.muted);
    painter.text(pos2(rect.left() + 8.0, middle + 24.0), egui::Align2::LEFT_CENTER, "Response", small.clone(), palette.muted);
    for (moment, title) in &lanes.moves {
        painter.vline(x_of(moment.0), rect.y_range(), Stroke::new(1.0, palette.line));
        painter.text(pos2(x_of(moment.0) + 4.0, rect.top() + 3.0), egui::Align2::LEFT_TOP, title, small.clone(), palette.muted);
    }
    for (events, direction) in [(&lanes.attack, -1.0), (&lanes.response, 1.0)] {
        let mut free = [f32::NEG_INFINITY; 4];
        for event in events {
            let x = x_of(event.at.0);
            let row = free.iter().position(|free| x - free > 11.0).unwrap_or(3);
            free[row] = x;
            shape(ui, &painter, event.kind, pos2(x, middle + direction * (11.0 + row as f32 * 12.0)), event.at <= now);
        }
    }
    painter.vline(x_of(*at), rect.y_range(), Stroke::new(2.0, palette.accent));
    ui.add_space(space::TIGHT);
    ui.columns(2, |columns| {
        for (column, (says, events)) in columns.iter_mut().zip([("Attack", &lanes.attack), ("Response", &lanes.response)]) {
            column.label(egui::RichText::new(says).text_style(theme::heading()));
            let past: Vec<&Event> = events.iter().filter(|event| event.at <= ExerciseTime(*at)).collect();
            ScrollArea::vertical().id_salt(says).auto_shrink(false).show(column, |ui| {
                if past.is_empty() {
                    ui.label("Nothing by then.");
                }
                for event in past.iter().rev().take(80) {
                    ui.horizontal_wrapped(|ui| {
                        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
                        shape(ui, ui.painter(), event.kind, rect.center(), true);
                        ui.label(theme::muted(ui, format!("{}  {}", event.clock, event.kind.label())));
                        ui.label(&event.text);
                    });
                }
            });
        }
    });
}
