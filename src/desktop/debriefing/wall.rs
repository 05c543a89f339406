//! What of a debrief is on the wall: before results the questions that people write about; then the part that is open at the desk, if it may be
//! shown. It is looked at, and nothing on it can be pressed.

use egui::{Id, RichText, ScrollArea, Ui};

use super::super::theme::{self, space};
use super::{Part, State, charts, hotwash, map, parts, plan, scores};
use crate::debrief::Debrief;

/// What is on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wall {
    /// What everybody writes about before any result.
    Questions,
    /// What they wrote: it needs nobody's approval.
    Wrote,
    /// A part that may be shown.
    Part(Part),
    /// Nothing may be shown yet, and nobody has written anything.
    Nothing,
}

impl Wall {
    /// What stands above it.
    pub const fn title(self) -> &'static str {
        match self {
            Wall::Questions => "Before any result",
            Wall::Wrote => "What you wrote",
            Wall::Part(part) => part.title(),
            Wall::Nothing => "",
        }
    }

    /// So many times as large as at a desk: a map wants room, and words want to be read from the back.
    pub const fn times(self) -> f32 {
        match self {
            Wall::Nothing => 1.0,
            Wall::Part(Part::Course) => 1.35,
            Wall::Questions => 1.5,
            Wall::Part(_) | Wall::Wrote => 1.75,
        }
    }
}

impl State {
    /// What is on the wall. Where the open part may not be shown, the room keeps what it had, as long as that may be.
    pub fn wall(&self) -> Wall {
        let Some(debrief) = &self.debrief else { return Wall::Questions };
        let open = [Some(self.part), self.shown_last].into_iter().flatten().find(|part| debrief.shows(*part));
        match open {
            Some(part) => Wall::Part(part),
            None if debrief.participants.wrote().is_empty() => Wall::Nothing,
            None => Wall::Wrote,
        }
    }
}

/// Draws it.
pub fn wall_ui(ui: &mut Ui, state: &State) {
    match (state.wall(), &state.debrief) {
        (Wall::Questions, _) => questions_ui(ui),
        (Wall::Wrote, Some(debrief)) => along_ui(ui, "wrote", 0.0, |ui| parts::wrote_ui(ui, debrief)),
        (Wall::Part(part), Some(debrief)) => {
            // What the room keeps while the facilitator reads something else stays where it is.
            let scrolled = if part == state.part { Some(state.scrolled) } else { None };
            along_ui(ui, part.name(), scrolled, |ui| part_ui(ui, debrief, part, state.at));
        }
        _ => {}
    }
}

fn questions_ui(ui: &mut Ui) {
    ui.add_space(ui.available_height() * 0.08);
    ui.label(RichText::new("Everybody writes, before we look at anything.").text_style(theme::projected_text()).color(theme::Palette::of(ui).muted));
    ui.add_space(space::USUAL * 4.0);
    for (_, asks) in hotwash::ASKS {
        ui.label(RichText::new(asks).text_style(theme::projected()));
        ui.add_space(space::USUAL * 4.0);
    }
}

/// An area that goes along as somebody scrolls at the desk; between that, the wheel moves it as any other.
fn along_ui(ui: &mut Ui, name: &str, share: impl Into<Option<f32>>, inside: impl FnOnce(&mut Ui)) {
    let id = Id::new(("on the wall", name));
    // How far down it was last, and how far there is to go: known once it was drawn.
    let known: Option<(f32, f32)> = ui.data(|data| data.get_temp(id));
    let mut area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
    let share = share.into();
    let mut followed = known.map_or(0.0, |(followed, _)| followed);
    if let (Some(share), Some((was, most))) = (share, known)
        && (share - was).abs() > 0.0005
    {
        area = area.vertical_scroll_offset(share * most);
        followed = share;
    }
    let drawn = area.show(ui, |ui| {
        ui.set_max_width(space::WORDS.max(ui.available_width() * 0.8).min(ui.available_width()));
        inside(ui);
    });
    let most = (drawn.content_size.y - drawn.inner_rect.height()).max(0.0);
    if known.is_none() {
        ui.ctx().request_repaint();
    }
    ui.data_mut(|data| data.insert_temp(id, (followed, most)));
}

fn part_ui(ui: &mut Ui, debrief: &Debrief, part: Part, at: i64) {
    match part {
        Part::Causes => parts::causes_ui(ui, debrief),
        Part::Capabilities => parts::capabilities_ui(ui, debrief),
        Part::Decisions => parts::decisions_ui(ui, debrief),
        Part::Plan => plan::read_ui(ui, debrief),
        Part::Outcome => parts::outcome_ui(ui, debrief),
        Part::Course => map::read_ui(ui, debrief, at),
        Part::Services => charts::charts_ui(ui, debrief),
        Part::Words => parts::words_ui(ui, debrief),
        Part::Scores => scores::scores_ui(ui, debrief, false),
        Part::Hand => parts::hand_ui(ui, debrief),
        Part::Appendix => parts::appendix_ui(ui, debrief),
    }
}
