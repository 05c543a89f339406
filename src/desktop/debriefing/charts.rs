//! Plots: services, deadlines, and how far the attack had spread.

use egui::{Align2, RichText, Ui, vec2};
use egui_plot::{Line, LineStyle, Plot, PlotPoint, Points, Text};

use super::super::theme::{self, Palette, Tone, space};
use super::parts::heading;
use crate::debrief::Debrief;
use crate::debrief::model::State;
use crate::time::ExerciseTime;

/// Heights of plots, in points at a text scale of 100 %.
const LOW: f32 = 70.0;
const HIGH: f32 = 170.0;
/// And of one clock's bar with its name.
const ROW_HIGH: f32 = 44.0;

fn hours(at: ExerciseTime) -> f64 {
    at.0 as f64 / 3600.0
}

/// A plot that is looked at, and neither dragged nor zoomed.
fn plot(name: &str, height: f32, from: f64, until: f64) -> Plot<'_> {
    Plot::new(name.to_owned())
        .height(height)
        .include_x(from)
        .include_x(until)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .show_background(false)
        .show_grid(false)
        .x_axis_formatter(|mark, _| format!("{:.0} h", mark.value))
}

/// Draws them.
pub fn charts_ui(ui: &mut Ui, debrief: &Debrief) {
    heading(ui, "Services");
    ui.label("How far each service worked, workaround included, by hours since play began.");
    services_ui(ui, debrief);
    ui.add_space(space::USUAL);
    heading(ui, "Notification clocks");
    ui.label("From the moment that starts a clock to its deadline; the mark is when it was sent. Training material, not legal advice.");
    clocks_ui(ui, debrief);
    ui.add_space(space::USUAL);
    for steps in &debrief.spread {
        heading(ui, &steps.title);
        steps_ui(ui, steps);
    }
}

fn services_ui(ui: &mut Ui, debrief: &Debrief) {
    let palette = Palette::of(ui);
    let (from, until) = (hours(debrief.services.axis.from), hours(debrief.services.axis.until));
    let (whole, below): (Vec<_>, Vec<_>) =
        debrief.services.services.iter().partition(|service| service.stretches.iter().all(|part| part.percent >= 100));
    if !whole.is_empty() {
        let names: Vec<String> = whole.iter().map(|service| service.name.clone()).collect();
        ui.horizontal_wrapped(|ui| {
            theme::badge(ui, Tone::Good, "whole throughout");
            ui.label(crate::debrief::narrative::listed(&names));
        });
    }
    for service in below {
        let mut line: Vec<[f64; 2]> = Vec::new();
        for stretch in &service.stretches {
            line.push([hours(stretch.from), f64::from(stretch.percent)]);
            line.push([hours(stretch.until), f64::from(stretch.percent)]);
        }
        let (tone, says) =
            if service.within_objective() { (Tone::Good, "within its objective") } else { (Tone::Grave, "longer down than its objective allows") };
        ui.horizontal_wrapped(|ui| {
            ui.strong(&service.name);
            theme::badge(ui, tone, says);
            let minutes = crate::debrief::model::minutes;
            ui.label(theme::muted(ui, format!("longest stretch {}, objective {}", minutes(service.longest_minutes), minutes(service.rto_minutes))));
        });
        plot(&service.name, LOW, from, until)
            .include_y(0.0)
            .include_y(104.0)
            .y_axis_formatter(|mark, _| if mark.value == 0.0 || mark.value == 100.0 { format!("{:.0} %", mark.value) } else { String::new() })
            .show(ui, |plot| {
                plot.line(Line::new(service.name.clone(), line).color(palette.accent).width(2.0).fill(0.0));
            });
    }
}

fn clocks_ui(ui: &mut Ui, debrief: &Debrief) {
    let palette = Palette::of(ui);
    let started: Vec<_> = debrief.clocks.clocks.iter().filter(|clock| clock.started.is_some() || clock.sent.is_some()).collect();
    // A bar of the picture is told by its number, which stands before its name.
    let mut number = 0;
    for clock in &debrief.clocks.clocks {
        let drawn = clock.started.is_some() || clock.sent.is_some();
        number += usize::from(drawn);
        let tone = match clock.state {
            State::InTime => Tone::Good,
            State::Late | State::Missed => Tone::Grave,
            State::Open => Tone::Warning,
            State::NotStarted => Tone::Plain,
        };
        ui.horizontal_wrapped(|ui| {
            ui.strong(if drawn { format!("{number}. {}", clock.name) } else { clock.name.clone() });
            theme::badge(ui, tone, clock.state.label());
            ui.label(theme::muted(ui, format!("to {}. {}", clock.recipient, clock.text)));
        });
    }
    if started.is_empty() {
        ui.label("Nothing that happened in play started a clock.");
        return;
    }
    let (from, until) = (hours(debrief.clocks.axis.from), hours(debrief.clocks.axis.until));
    let high = (started.len() as f32 * ROW_HIGH).max(LOW);
    plot("clocks", high, from, until).include_y(-0.5).include_y(started.len() as f64 - 0.5).y_axis_formatter(|_, _| String::new()).show(ui, |plot| {
        for (row, clock) in started.iter().enumerate() {
            let height = (started.len() - 1 - row) as f64;
            let begins = clock.started.or(clock.sent).map_or(from, hours);
            let ends = clock.due.map_or(until, hours).min(until);
            let colour = if matches!(clock.state, State::Late | State::Missed) { palette.tone(Tone::Grave) } else { palette.accent };
            let style = if clock.sent.is_some() { LineStyle::Solid } else { LineStyle::dashed_dense() };
            plot.line(Line::new(clock.name.clone(), vec![[begins, height], [ends, height]]).color(colour).width(4.0).style(style));
            let name = RichText::new(format!("{}. {}", row + 1, clock.name)).color(palette.text);
            // A bar that begins late has its name to the left of where it ends, or the name would run out of the picture.
            let (at, anchor) = if begins > (from + until) / 2.0 { (until, Align2::RIGHT_BOTTOM) } else { (begins, Align2::LEFT_BOTTOM) };
            plot.text(Text::new(clock.name.clone(), PlotPoint::new(at, height + 0.12), name).anchor(anchor));
            if let Some(sent) = clock.sent {
                plot.points(
                    Points::new(clock.name.clone(), vec![[hours(sent), height]]).color(colour).radius(6.0).shape(egui_plot::MarkerShape::Diamond),
                );
            }
        }
    });
}

fn steps_ui(ui: &mut Ui, steps: &crate::debrief::model::Steps) {
    let palette = Palette::of(ui);
    let (from, until) = (hours(steps.axis.from), hours(steps.axis.until));
    // Told apart by their strokes as well as by their colours.
    let stroke = |place: usize| match place {
        0 => (palette.muted, LineStyle::Solid),
        1 => (palette.tone(Tone::Grave), LineStyle::dashed_loose()),
        _ => (palette.accent, LineStyle::dotted_dense()),
    };
    ui.horizontal_wrapped(|ui| {
        for (place, series) in steps.series.iter().enumerate() {
            sample_ui(ui, place, stroke(place).0);
            ui.label(&series.name);
        }
    });
    plot(&steps.title, HIGH, from, until).include_y(0.0).show(ui, |plot| {
        for (place, series) in steps.series.iter().enumerate() {
            let mut line: Vec<[f64; 2]> = Vec::new();
            for (at, count) in &series.points {
                if let Some(last) = line.last().copied() {
                    line.push([hours(*at), last[1]]);
                }
                line.push([hours(*at), f64::from(*count)]);
            }
            if let Some(last) = line.last().copied() {
                line.push([until, last[1]]);
            }
            let (colour, style) = stroke(place);
            plot.line(Line::new(series.name.clone(), line).color(colour).width(2.5).style(style));
        }
    });
}

/// A piece of a line, as the plot draws the one in this place: whole, in dashes, in dots.
fn sample_ui(ui: &mut Ui, place: usize, colour: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(26.0, ui.text_style_height(&egui::TextStyle::Body)), egui::Sense::hover());
    let line = [rect.left_center(), rect.right_center()];
    let stroke = egui::Stroke::new(2.5, colour);
    match place {
        0 => drop(ui.painter().line_segment(line, stroke)),
        1 => ui.painter().extend(egui::Shape::dashed_line(&line, stroke, 7.0, 4.0)),
        _ => ui.painter().extend(egui::Shape::dotted_line(&line, colour, 5.0, 1.5)),
    }
}
