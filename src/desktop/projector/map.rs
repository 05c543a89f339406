//! The situation on the wall: each part of the network with what is known of it, in words that a room can read. Machines of which there is something
//! to say have their names; the others are counted. Nothing on it can be used: it is looked at.

use egui::{FontFamily, FontId, RichText, Ui, vec2};

use crate::debrief::narrative::counted;
use crate::desktop::seat::map::{Belief, Data, Machine, Segment};
use crate::desktop::theme::{self, Palette, Tone, space};

/// Letters of names, in points.
const NAME: f32 = 19.0;
/// So many names of a kind stand in a box; the others are counted.
const MOST_NAMES: usize = 6;

/// Draws it.
pub fn map_ui(ui: &mut Ui, data: &Data) {
    ui.label(RichText::new("What we know of our network").text_style(theme::projected()));
    ui.horizontal_wrapped(|ui| {
        ui.label(text(ui, "The marks mean:", Tone::Plain).color(Palette::of(ui).muted));
        for (belief, count) in data.counts.iter().filter(|(_, count)| *count > 0) {
            // Shape and word stay together at the end of a line.
            ui.horizontal(|ui| {
                mark_ui(ui, *belief);
                ui.label(text(ui, &format!("{} ({count})", belief.label()), Tone::Plain));
            });
        }
    });
    let down: Vec<_> = data.services.iter().filter(|service| service.percent < 100).collect();
    ui.horizontal_wrapped(|ui| {
        let says = if down.is_empty() { "As far as we know, every service works." } else { "Not working as they should:" };
        ui.label(text(ui, says, Tone::Plain).color(Palette::of(ui).muted));
        for service in down {
            let tone = if service.percent == 0 { Tone::Grave } else { Tone::Warning };
            ui.label(text(ui, &format!("{} {}\u{a0}%", service.name, service.percent), tone));
        }
    });
    ui.add_space(space::USUAL);
    // The next box goes where there is most room.
    let columns = if ui.available_width() < 1000.0 { 2 } else { 3 };
    let mut heights = vec![0_usize; columns];
    let mut place: Vec<Vec<&Segment>> = vec![Vec::new(); columns];
    for segment in &data.segments {
        let Some(column) = (0..columns).min_by_key(|column| heights[*column]) else { break };
        heights[column] += 3 + lines(segment);
        place[column].push(segment);
    }
    ui.columns(columns, |uis| {
        for (ui, segments) in uis.iter_mut().zip(place) {
            for segment in segments {
                segment_ui(ui, segment);
            }
        }
    });
}

fn text(ui: &Ui, says: &str, tone: Tone) -> RichText {
    let text = RichText::new(says).font(FontId::new(NAME, FontFamily::Proportional));
    if tone == Tone::Plain { text.color(Palette::of(ui).text) } else { text.color(Palette::of(ui).tone(tone)) }
}

fn mark_ui(ui: &mut Ui, belief: Belief) {
    let (rect, _) = ui.allocate_exact_size(vec2(NAME, NAME * 1.2), egui::Sense::hover());
    belief.mark().paint(ui.painter(), rect.center(), NAME * 0.42, Palette::of(ui));
}

/// Machines of a state that is worth a name.
fn named(segment: &Segment) -> impl Iterator<Item = (Belief, Vec<&Machine>)> {
    let worth = Belief::ALL.into_iter().filter(|belief| !matches!(belief, Belief::Working | Belief::Unknown));
    let of = move |belief: Belief| (belief, segment.machines.iter().filter(|machine| machine.belief == belief).collect::<Vec<_>>());
    worth.map(of).filter(|(_, machines)| !machines.is_empty())
}

/// Machines of which there is nothing to say, counted by state.
fn others(segment: &Segment) -> impl Iterator<Item = (Belief, usize)> {
    let count = |belief: Belief| (belief, segment.machines.iter().filter(|machine| machine.belief == belief).count());
    [Belief::Working, Belief::Unknown].into_iter().map(count).filter(|(_, count)| *count > 0)
}

/// So many lines a box has, roughly.
fn lines(segment: &Segment) -> usize {
    named(segment).map(|(_, machines)| 1 + machines.len().min(MOST_NAMES) / 3).sum::<usize>() + 1
}

fn segment_ui(ui: &mut Ui, segment: &Segment) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(text(ui, &segment.name, Tone::Plain).strong());
        if segment.cut {
            ui.label(text(ui, "cut off from the rest", Tone::Notice));
        } else if segment.egress == Some(true) {
            ui.label(text(ui, "no way to the internet", Tone::Notice));
        }
        for (belief, machines) in named(segment) {
            ui.horizontal_top(|ui| {
                mark_ui(ui, belief);
                ui.add(egui::Label::new(text(ui, &names(&machines), Tone::Plain)).wrap());
            });
        }
        ui.horizontal_wrapped(|ui| {
            for (belief, count) in others(segment) {
                ui.horizontal(|ui| {
                    mark_ui(ui, belief);
                    ui.label(text(ui, &format!("{count} {}", belief.label()), Tone::Plain).color(Palette::of(ui).muted));
                });
            }
        });
    });
    ui.add_space(space::USUAL);
}

fn names(machines: &[&Machine]) -> String {
    let mut says = machines.iter().take(MOST_NAMES).map(|machine| machine.name.as_str()).collect::<Vec<_>>().join(", ");
    if let Some(more) = machines.len().checked_sub(MOST_NAMES).filter(|more| *more > 0) {
        says.push_str(&format!(" and {}", counted(more as i64, "other", "others")));
    }
    says
}
