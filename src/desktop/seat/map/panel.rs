//! The panel of the map: the picture with names on it, or a list; clicks, tooltips, and what screen readers say.

use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::picture::{self, Picture, Shown, Wanted};
use super::{Belief, CELL, Data, HEAD, Machine, PADDING, Segment, data};
use crate::debrief::narrative::{capital, counted};
use crate::desktop::seat::Deed;
use crate::desktop::theme::{self, Mark, Palette, Tone, space};
use crate::desktop::words::Thing;
use crate::exercise::knowledge::View;
use crate::ids::DenseId;

/// The smallest the map becomes, where 1 shows the whole.
const LEAST_ZOOM: f32 = 0.5;
/// Machines whose place is lower than this, in points, have no names on the map and are no buttons of their own: nobody could read the one or hit
/// the other. They answer to the pointer all the same, and stand in the list.
const LEGIBLE: f32 = 14.0;

/// A segment that is narrower than this, in points, has no room for words before its name.
const LONG_CAPTION: f32 = 260.0;

/// What the screen remembers of the map.
#[derive(Clone, Debug)]
pub struct State {
    /// Only what contains this stands out.
    pub filter: String,
    /// Only this state stands out.
    pub only: Option<Belief>,
    /// A list instead of a picture.
    pub as_list: bool,
    /// How large, where 1 shows the whole.
    pub zoom: f32,
    /// The largest: names are as large as they become.
    most_zoom: f32,
    /// Which point of the map stands in the middle; none: the middle.
    pub centre: Option<Pos2>,
    /// Width by height of where it was drawn last: it is laid out to fit.
    pub aspect: f32,
    /// The map, and the revision and shape it was made for.
    made: Option<(u64, f32, Arc<Data>)>,
    /// The picture, and what it was drawn for.
    drawn: Option<(Look, Arc<Picture>)>,
}

impl Default for State {
    fn default() -> State {
        State { filter: String::new(), only: None, as_list: false, zoom: 1.0, most_zoom: 6.0, centre: None, aspect: 1.6, made: None, drawn: None }
    }
}

/// What a picture depends on.
#[derive(Clone, Debug)]
struct Look {
    data: Arc<Data>,
    scale: f32,
    dark: bool,
    selected: Option<Thing>,
    filter: String,
    only: Option<Belief>,
}

impl PartialEq for Look {
    fn eq(&self, other: &Look) -> bool {
        // The map is made anew whenever anything may have changed: the same map is the same place in memory.
        Arc::ptr_eq(&self.data, &other.data)
            && (self.scale, self.dark, self.selected, &self.filter, self.only) == (other.scale, other.dark, other.selected, &other.filter, other.only)
    }
}

/// Whether a machine stands out, by what is typed in lower case and which state is asked for.
fn stands_out(machine: &Machine, wanted: &str, only: Option<Belief>) -> bool {
    only.is_none_or(|only| machine.is(only))
        && (wanted.is_empty() || machine.name.to_lowercase().contains(wanted) || machine.about.to_lowercase().contains(wanted))
}

impl State {
    /// Moves the map sideways, by units of the map.
    pub fn pan(&mut self, by: f32) {
        let middle = self.made.as_ref().map_or(pos2(0.0, 0.0), |(_, _, data)| (data.size / 2.0).to_pos2());
        self.centre = Some(self.centre.unwrap_or(middle) + vec2(by, 0.0));
    }

    /// The map as it is at this revision; made anew only when something may have changed.
    pub fn data(&mut self, view: &View<'_>, revision: u64) -> Arc<Data> {
        if let Some((made_at, aspect, data)) = &self.made
            && (*made_at, *aspect) == (revision, self.aspect)
        {
            return data.clone();
        }
        let made = Arc::new(data(view, self.aspect));
        self.made = Some((revision, self.aspect, made.clone()));
        made
    }

    fn picture(&mut self, look: Look) -> Arc<Picture> {
        if let Some((drawn, picture)) = &self.drawn
            && *drawn == look
        {
            return picture.clone();
        }
        let wanted = look.filter.to_lowercase();
        let highlighted = look.data.services.iter().find(|service| look.selected == Some(Thing::Service(service.service)));
        let stands_out =
            |machine: &Machine| stands_out(machine, &wanted, look.only) && highlighted.is_none_or(|service| service.rests_on.has(machine.asset));
        let shown = Shown { scale: look.scale, dark: look.dark, selected: look.selected, stands_out: &stands_out };
        let picture = Arc::new(Picture::of(&look.data, &shown));
        self.drawn = Some((look, picture.clone()));
        picture
    }
}

/// Draws it.
pub fn map_ui(ui: &mut Ui, data: &Arc<Data>, state: &mut State, selected: Option<Thing>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Filter");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(130.0)).labelled_by(label.id);
        ui.checkbox(&mut state.as_list, "as a list");
        if !state.as_list {
            if ui.button("Larger").clicked() {
                state.zoom = (state.zoom * 1.25).min(state.most_zoom);
            }
            if ui.button("Smaller").clicked() {
                state.zoom = (state.zoom / 1.25).max(LEAST_ZOOM);
            }
            if ui.button("Whole map").clicked() {
                (state.zoom, state.centre) = (1.0, None);
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for (belief, count) in &data.counts {
            // A state that no machine is in would only take room.
            if *count == 0 && state.only != Some(*belief) {
                continue;
            }
            // Shape and word stay together at the end of a line.
            ui.horizontal(|ui| {
                belief.mark().show(ui);
                let chosen = state.only == Some(*belief);
                if ui.selectable_label(chosen, format!("{} {count}", belief.label())).clicked() {
                    state.only = (!chosen).then_some(*belief);
                }
            });
        }
        let machines = data.segments.iter().map(|segment| segment.machines.len()).sum::<usize>();
        if data.counts.iter().map(|(_, count)| count).sum::<usize>() > machines {
            ui.label(theme::muted(ui, format!("of {machines}; one with two marks counts in both")));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        let well = data.services.iter().filter(|service| service.percent == 100).count();
        for service in data.services.iter().filter(|service| service.percent < 100 || selected == Some(Thing::Service(service.service))) {
            let tone = if service.percent == 0 {
                Tone::Grave
            } else if service.percent < 100 {
                Tone::Warning
            } else {
                Tone::Good
            };
            let chosen = selected == Some(Thing::Service(service.service));
            let text = theme::toned(ui, tone, format!("{} {} %", service.name, service.percent));
            if ui.selectable_label(chosen, text).on_hover_text("Show what it rests on").clicked() {
                deeds.push(Deed::Select((!chosen).then_some(Thing::Service(service.service))));
            }
        }
        ui.menu_button(format!("{well} services work"), |ui| {
            for service in data.services.iter().filter(|service| service.percent == 100) {
                if ui.button(&service.name).clicked() {
                    deeds.push(Deed::Select(Some(Thing::Service(service.service))));
                }
            }
        })
        .response
        .on_hover_text("Show what one of them rests on");
    });
    ui.add_space(space::TIGHT);
    if state.as_list {
        list_ui(ui, data, state, selected, &mut deeds)
    } else {
        picture_ui(ui, data, state, selected, &mut deeds)
    }
    deeds
}

fn list_ui(ui: &mut Ui, data: &Data, state: &State, selected: Option<Thing>, deeds: &mut Vec<Deed>) {
    let wanted = state.filter.to_lowercase();
    egui::ScrollArea::vertical().id_salt("machines").auto_shrink(false).show(ui, |ui| {
        for segment in &data.segments {
            let shown: Vec<&Machine> = segment.machines.iter().filter(|machine| stands_out(machine, &wanted, state.only)).collect();
            if shown.is_empty() {
                continue;
            }
            ui.horizontal_wrapped(|ui| {
                if ui.selectable_label(selected == Some(Thing::Segment(segment.segment)), egui::RichText::new(&segment.name).strong()).clicked() {
                    deeds.push(Deed::Select(Some(Thing::Segment(segment.segment))));
                }
                if segment.cut {
                    theme::badge(ui, Tone::Notice, "cut off");
                }
                if segment.egress == Some(true) {
                    theme::badge(ui, Tone::Notice, "no way to the internet");
                }
            });
            for machine in shown {
                ui.horizontal_wrapped(|ui| {
                    machine.belief.mark().show(ui);
                    let beside = machine.beside();
                    if let Some(beside) = beside {
                        beside.show(ui);
                    }
                    let chosen = selected == Some(Thing::Asset(machine.asset));
                    if ui.selectable_label(chosen, &machine.name).clicked() {
                        deeds.push(Deed::Select(Some(Thing::Asset(machine.asset))));
                    }
                    ui.label(theme::muted(ui, format!("{}{}; {}", machine.belief.label(), beside_says(beside), machine.about)));
                    if !machine.work.is_empty() {
                        theme::badge(ui, Tone::Notice, &format!("in work: {}", machine.work.join(", ")));
                    }
                });
            }
            ui.add_space(space::TIGHT);
        }
    });
}

/// The small mark in words.
fn beside_says(beside: Option<Mark>) -> &'static str {
    match beside {
        Some(Mark::Signs) => ", with signs of the adversary",
        Some(_) => ", looked at and nothing found",
        None => "",
    }
}

/// Where the map lies on the screen.
struct Seen {
    /// Where it is seen.
    canvas: Rect,
    /// Where its upper left corner falls.
    origin: Pos2,
    /// How many points a unit of the map is long.
    scale: f32,
}

impl Seen {
    fn place(&self, place: Rect) -> Rect {
        picture::scaled(place, self.scale).translate(self.origin.to_vec2())
    }
}

fn picture_ui(ui: &mut Ui, data: &Arc<Data>, state: &mut State, selected: Option<Thing>, deeds: &mut Vec<Deed>) {
    let palette = Palette::of(ui);
    let size = ui.available_size().max(vec2(120.0, 120.0));
    state.aspect = size.x / size.y;
    let (canvas, ground) = ui.allocate_exact_size(size, Sense::click_and_drag());
    // A texture is sharp where its pixels are the screen's.
    let canvas = canvas.round_to_pixels(ui.pixels_per_point());
    ground.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Other, true, "Map of the network"));
    let whole: f32 = (canvas.width() / (data.size.x + 30.0)).min(canvas.height() / (data.size.y + 30.0)).min(1.6);
    state.most_zoom = (3.0 / whole).max(6.0);
    pan_and_zoom(ui, &ground, data, state, canvas, whole);
    let scale = whole * state.zoom;
    let centre = state.centre.unwrap_or(pos2(data.size.x / 2.0, data.size.y / 2.0));
    let origin = (canvas.center() - centre.to_vec2() * scale).round_to_pixels(ui.pixels_per_point());
    let seen = Seen { canvas, origin, scale };
    let (filter, only, dark) = (state.filter.clone(), state.only, ui.visuals().dark_mode);
    let picture = state.picture(Look { data: data.clone(), scale, dark, selected, filter, only });
    let painter = ui.painter_at(canvas);
    match picture::texture(ui.ctx()) {
        Some(texture) => {
            let corner = (canvas.min - origin).to_pos2();
            picture::leave(ui.ctx(), Wanted { picture: picture.clone(), corner, size: canvas.size(), pixels_per_point: ui.pixels_per_point() });
            painter.image(texture, canvas, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), egui::Color32::WHITE);
        }
        None => {
            painter.rect_filled(canvas, 4.0, palette.ground);
            picture.paint(&painter, origin);
        }
    }
    let legible = CELL.y * scale >= LEGIBLE;
    let mut place = 0;
    for segment in &data.segments {
        let first = place;
        place += segment.machines.len();
        if !canvas.intersects(seen.place(segment.place)) {
            continue;
        }
        segment_ui(ui, &painter, &seen, segment, deeds);
        if !legible {
            continue;
        }
        for (machine, placed) in segment.machines.iter().zip(&picture.machines[first..place]) {
            let rect = seen.place(machine.place);
            if canvas.intersects(rect) {
                machine_ui(ui, &painter, &seen, rect, machine, placed.stamp.faded, selected, deeds);
            }
        }
    }
    if !legible && let Some(pointer) = ground.hover_pos() {
        let at = ((pointer - seen.origin) / scale).to_pos2();
        let under = data.segments.iter().filter(|segment| segment.place.contains(at)).flat_map(|segment| &segment.machines);
        if let Some(machine) = under.into_iter().find(|machine| machine.place.contains(at)) {
            if ground.clicked() {
                deeds.push(Deed::Select(Some(Thing::Asset(machine.asset))));
            }
            ground.on_hover_ui_at_pointer(|ui| tooltip_ui(ui, machine));
        }
    }
}

fn pan_and_zoom(ui: &Ui, ground: &Response, data: &Data, state: &mut State, canvas: Rect, whole: f32) {
    let middle = pos2(data.size.x / 2.0, data.size.y / 2.0);
    if ground.dragged() && state.zoom > 0.0 {
        let centre = state.centre.unwrap_or(middle);
        state.centre = Some(centre - ground.drag_delta() / (whole * state.zoom));
    }
    if !ground.contains_pointer() {
        return;
    }
    let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = if wheel != 0.0 { (wheel / 300.0).exp() } else { 1.0 } * pinch;
    if (factor - 1.0).abs() > 0.0001
        && let Some(pointer) = ui.input(|input| input.pointer.hover_pos())
    {
        // What is under the pointer stays there.
        let from_middle: Vec2 = pointer - canvas.center();
        let under = state.centre.unwrap_or(middle) + from_middle / (whole * state.zoom);
        state.zoom = (state.zoom * factor).clamp(LEAST_ZOOM, state.most_zoom);
        state.centre = Some(under - from_middle / (whole * state.zoom));
    }
}

fn segment_ui(ui: &Ui, painter: &egui::Painter, seen: &Seen, segment: &Segment, deeds: &mut Vec<Deed>) {
    let palette = Palette::of(ui);
    let rect = seen.place(segment.place);
    let head = Rect::from_min_size(rect.min, vec2(rect.width(), (HEAD + PADDING) * seen.scale));
    let state = match (segment.cut, segment.egress == Some(true)) {
        (true, true) => Some(("[cut off, no internet]", "[x]")),
        (true, false) => Some(("[cut off]", "[x]")),
        (false, true) => Some(("[no internet]", "[-]")),
        (false, false) => None,
    };
    // Where the box is narrow, a short mark that is always read whole stands for the words; they are there when it is pointed at.
    let caption = state.map_or_else(
        || segment.name.clone(),
        |(long, short)| {
            let says = if rect.width() < LONG_CAPTION { short } else { long };
            format!("{says}  {}", segment.name)
        },
    );
    let font = egui::FontId::proportional((13.0 * seen.scale.sqrt()).clamp(9.0, 18.0));
    // On a small map names of segments stand over their machines: better than none.
    let line = Rect::from_min_size(head.min, vec2(head.width(), head.height().max(font.size * 1.4)));
    fitted(painter, line.shrink2(vec2((6.0 * seen.scale).max(2.0), 0.0)), &caption, font, palette.text, egui::Align2::LEFT_CENTER);
    let answer = ui.interact(line.intersect(seen.canvas), ui.id().with(("segment", segment.segment.index())), Sense::click());
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Segment {}", segment.name)));
    if answer.clicked() {
        deeds.push(Deed::Select(Some(Thing::Segment(segment.segment))));
    }
    answer.on_hover_text(state.map_or_else(|| segment.name.clone(), |(long, _)| format!("{}  {long}", segment.name)));
}

/// A line of text, shortened to what fits.
fn fitted(painter: &egui::Painter, rect: Rect, text: &str, font: egui::FontId, colour: egui::Color32, align: egui::Align2) {
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), egui::TextFormat { font_id: font, color: colour, ..Default::default() });
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width().max(4.0));
    let galley = painter.layout_job(job);
    let at = align.align_size_within_rect(galley.size(), rect).min;
    painter.galley(at, galley, colour);
}

#[allow(clippy::too_many_arguments, reason = "drawing one machine of many, with what all of them share")]
fn machine_ui(
    ui: &Ui,
    painter: &egui::Painter,
    seen: &Seen,
    rect: Rect,
    machine: &Machine,
    faded: bool,
    selected: Option<Thing>,
    deeds: &mut Vec<Deed>,
) {
    let (palette, scale) = (Palette::of(ui), seen.scale);
    let inner = rect.shrink(2.0 * scale);
    let answer = ui.interact(inner.intersect(seen.canvas), ui.id().with(("machine", machine.asset.index())), Sense::click());
    let says = || {
        let work = if machine.work.is_empty() { String::new() } else { format!("; in work: {}", machine.work.join(", ")) };
        format!("{}: {}{}{work}", machine.name, machine.belief.label(), beside_says(machine.beside()))
    };
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, says()));
    if answer.clicked() {
        deeds.push(Deed::Select(Some(Thing::Asset(machine.asset))));
    }
    if selected != Some(Thing::Asset(machine.asset)) && (answer.hovered() || answer.has_focus()) {
        painter.rect_stroke(inner, 4.0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    let mut fade = painter.clone();
    if faded {
        fade.set_opacity(0.25);
    }
    let radius = picture::radius(scale);
    let at = picture::mark_at(picture::scaled(machine.place, scale), scale) + seen.origin.to_vec2();
    if machine.open_alerts > 0 {
        let spot = pos2(at.x + radius * 2.2, at.y);
        let font = egui::FontId::proportional((11.0 * scale.sqrt()).clamp(8.0, 16.0));
        fade.text(spot, egui::Align2::LEFT_CENTER, format!("!{}", machine.open_alerts), font, palette.tone(Tone::Warning));
    }
    let text = Rect::from_min_max(pos2(inner.left(), at.y + radius), inner.max);
    if text.height() >= 7.0 {
        let font = egui::FontId::proportional((12.0 * scale.sqrt()).clamp(8.5, 16.0));
        fitted(&fade, text, &machine.name, font, if faded { palette.muted } else { palette.text }, egui::Align2::CENTER_CENTER);
    }
    if answer.hovered() {
        answer.on_hover_ui(|ui| tooltip_ui(ui, machine));
    }
}

fn tooltip_ui(ui: &mut Ui, machine: &Machine) {
    ui.strong(&machine.name);
    ui.label(capital(&machine.about));
    ui.label(machine.says());
    if !machine.work.is_empty() {
        ui.label(format!("In work: {}.", machine.work.join(", ")));
    }
    if machine.open_alerts > 0 {
        ui.label(counted(machine.open_alerts as i64, "open alert.", "open alerts."));
    }
}
