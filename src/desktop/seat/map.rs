//! The situation map: segments with their machines, and what this role believes about each. Never what is so.

use std::collections::BTreeMap;

use egui::{Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::debrief::narrative::capital;
use crate::desktop::Intent;
use crate::desktop::theme::{self, Mark, Palette, Tone, space};
use crate::desktop::words::{Names, Thing};
use crate::exercise::knowledge::{AlertState, View};
use crate::ids::{AssetId, AssetSet, DenseId, GroupId, Key, SegmentId, ServiceId};
use crate::scenario::program::RestsOn;
use crate::vocabulary::estate::Seen;

/// What a role believes about a machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Belief {
    Encrypted,
    Signs,
    Isolated,
    Off,
    Working,
    Unknown,
}

impl Belief {
    /// All of them, the gravest first.
    pub const ALL: [Belief; 6] = [Belief::Encrypted, Belief::Signs, Belief::Isolated, Belief::Off, Belief::Working, Belief::Unknown];

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Belief::Encrypted => "encrypted",
            Belief::Signs => "signs of the adversary",
            Belief::Isolated => "isolated",
            Belief::Off => "powered off",
            Belief::Working => "working",
            Belief::Unknown => "not known",
        }
    }

    /// Its shape.
    pub const fn mark(self) -> Mark {
        match self {
            Belief::Encrypted => Mark::Encrypted,
            Belief::Signs => Mark::Signs,
            Belief::Isolated => Mark::Isolated,
            Belief::Off => Mark::Off,
            Belief::Working => Mark::Working,
            Belief::Unknown => Mark::Unknown,
        }
    }
}

/// What a role believes about a machine: what it looks like outweighs what was found on it, because that is what stands in the way now.
pub fn belief(view: &View<'_>, asset: AssetId) -> Belief {
    let Some(belief) = view.knowledge.assets.get(asset.index()) else { return Belief::Unknown };
    match belief.looks {
        _ if !belief.known => Belief::Unknown,
        Seen::Encrypted => Belief::Encrypted,
        Seen::Isolated => Belief::Isolated,
        Seen::Off => Belief::Off,
        Seen::Working if belief.found => Belief::Signs,
        Seen::Working => Belief::Working,
    }
}

/// The same in a sentence, with what else is known.
pub fn belief_says(view: &View<'_>, asset: AssetId) -> String {
    let Some(known) = view.knowledge.assets.get(asset.index()) else { return String::new() };
    let believed = belief(view, asset);
    let mut says = if known.known { format!("Believed {}.", believed.label()) } else { "This role does not know of it.".to_owned() };
    if known.found && believed != Belief::Signs {
        says.push_str(" Signs of the adversary were found on it.");
    }
    if known.cleared {
        says.push_str(" Somebody looked and found nothing.");
    }
    match (known.memory_kept, known.disk_kept) {
        (true, true) => says.push_str(" Memory and disk are kept as evidence."),
        (true, false) => says.push_str(" Its memory is kept as evidence."),
        (false, true) => says.push_str(" Its disk is kept as evidence."),
        (false, false) => {}
    }
    says
}

/// A machine on the map.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Which.
    pub asset: AssetId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// What is believed.
    pub belief: Belief,
    /// The same in sentences.
    pub says: String,
    /// What is being done to it.
    pub work: Vec<String>,
    /// Alerts about it that nobody has judged.
    pub open_alerts: usize,
    /// Where it stands on the map.
    pub place: Rect,
}

/// A segment on the map.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Which.
    pub segment: SegmentId,
    /// Its name.
    pub name: String,
    /// Cut off, as far as the role knows.
    pub cut: bool,
    /// It has a way to the internet, and whether that is blocked.
    pub egress: Option<bool>,
    /// Where it stands on the map.
    pub place: Rect,
    /// Its machines.
    pub machines: Vec<Machine>,
    /// Where it leads, by place in the list.
    pub talks_to: Vec<usize>,
}

/// A service beside the map.
#[derive(Clone, Debug)]
pub struct Service {
    /// Which.
    pub service: ServiceId,
    /// Its name.
    pub name: String,
    /// How far it works, as far as the role knows.
    pub percent: u8,
    /// The machines it rests on, those that hold its data among them.
    pub rests_on: AssetSet,
}

/// The map.
#[derive(Clone, Debug)]
pub struct Data {
    /// Services that the role knows of.
    pub services: Vec<Service>,
    /// The segments.
    pub segments: Vec<Segment>,
    /// How large it is.
    pub size: Vec2,
    /// How many machines are believed in each state.
    pub counts: Vec<(Belief, usize)>,
}

const CELL: Vec2 = vec2(86.0, 40.0);
const HEAD: f32 = 24.0;
const PADDING: f32 = 10.0;
const GAP: f32 = 26.0;

/// The map of a role, laid out for a window of this shape: width by height.
pub fn data(view: &View<'_>, aspect: f32) -> Data {
    let names = Names::of(view);
    let public = view.public;
    let mut work: BTreeMap<Key, Vec<String>> = BTreeMap::new();
    for place in &view.knowledge.open_tasks {
        if let Some(task) = view.knowledge.tasks.get(*place as usize) {
            work.entry(task.target).or_default().push(names.action(task.action).to_owned());
        }
    }
    let groups: Vec<(GroupId, &Vec<String>)> =
        (0..public.groups.len()).map(GroupId::at).filter_map(|group| Some((group, work.get(&view.names.of(group))?))).collect();
    let machine = |asset: AssetId| {
        let plan = &public.assets[asset.index()];
        let mut doing = work.get(&view.names.of(asset)).cloned().unwrap_or_default();
        for (group, actions) in &groups {
            if public.groups[group.index()].assets.has(asset) {
                doing.extend(actions.iter().cloned());
            }
        }
        let open = |state: AlertState| matches!(state, AlertState::New | AlertState::TakenUp);
        Machine {
            asset,
            name: plan.name.clone(),
            about: format!("{}, {}", plan.kind.label(), plan.text),
            belief: belief(view, asset),
            says: belief_says(view, asset),
            work: doing,
            open_alerts: view.knowledge.alerts.iter().filter(|alert| alert.asset == asset && open(alert.state)).count(),
            place: Rect::NOTHING,
        }
    };
    let mut segments: Vec<Segment> = (public.segments.iter().enumerate())
        .map(|(place, plan)| Segment {
            segment: SegmentId::at(place),
            name: names.segment(SegmentId::at(place)).to_owned(),
            cut: view.knowledge.segments_cut.get(place).copied().unwrap_or(false),
            egress: plan.internet.then(|| view.knowledge.egress_blocked.get(place).copied().unwrap_or(false)),
            place: Rect::NOTHING,
            machines: (0..public.assets.len())
                .map(AssetId::at)
                .filter(|asset| public.assets[asset.index()].segment.index() == place)
                .map(machine)
                .collect(),
            talks_to: plan.talks_to.iter().map(|segment| segment.index()).collect(),
        })
        .filter(|segment| !segment.machines.is_empty())
        .collect();
    let size = lay_out(&mut segments, aspect);
    let counts = Belief::ALL
        .iter()
        .map(|belief| (*belief, segments.iter().flat_map(|segment| &segment.machines).filter(|machine| machine.belief == *belief).count()));
    let services =
        (public.services.iter().zip(&view.knowledge.services).enumerate()).filter(|(_, (_, belief))| belief.known).map(|(place, (plan, belief))| {
            let service = ServiceId::at(place);
            let rests_on = plan.rests_on.iter().flat_map(|item| match item {
                RestsOn::Assets(assets) => assets.iter().collect::<Vec<_>>(),
                RestsOn::Data(data) => public.data.get(data.index()).map(|data| data.hosts.iter().collect()).unwrap_or_default(),
                RestsOn::Link(_) | RestsOn::Login(_) | RestsOn::Service(_) => Vec::new(),
            });
            Service { service, name: names.service(service).to_owned(), percent: belief.percent, rests_on: rests_on.collect() }
        });
    Data { services: services.collect(), size, counts: counts.collect(), segments }
}

fn box_size(machines: usize) -> Vec2 {
    let columns = ((machines as f32 * 1.25).sqrt().ceil() as usize).clamp(2, 8);
    let rows = machines.div_ceil(columns).max(1);
    vec2(columns as f32 * CELL.x + 2.0 * PADDING, rows as f32 * CELL.y + HEAD + 2.0 * PADDING)
}

/// Boxes on shelves, as wide as makes the whole fit the window best. The same scenario always looks the same.
fn lay_out(segments: &mut [Segment], aspect: f32) -> Vec2 {
    let sizes: Vec<Vec2> = segments.iter().map(|segment| box_size(segment.machines.len())).collect();
    let widest = sizes.iter().map(|size| size.x).fold(0.0, f32::max);
    let pack = |width: f32| -> (Vec<Pos2>, Vec2) {
        let (mut at, mut shelf, mut all) = (pos2(0.0, 0.0), 0.0_f32, Vec2::ZERO);
        let places = sizes.iter().map(|size| {
            if at.x > 0.0 && at.x + size.x > width {
                at = pos2(0.0, at.y + shelf + GAP);
                shelf = 0.0;
            }
            let place = at;
            at.x += size.x + GAP;
            shelf = shelf.max(size.y);
            all = all.max(vec2(place.x + size.x, place.y + size.y));
            place
        });
        (places.collect(), all)
    };
    let wish = aspect.clamp(0.4, 4.0);
    let best = (0..30_u8).map(|step| pack(widest + f32::from(step) * 90.0)).min_by(|(_, one), (_, other)| {
        // How much the window would have to be scaled to show it whole: its height counts as so much width.
        let needs = |size: &Vec2| size.x.max(size.y * wish);
        needs(one).total_cmp(&needs(other))
    });
    let Some((places, all)) = best else { return Vec2::ZERO };
    for ((segment, place), size) in segments.iter_mut().zip(places).zip(sizes) {
        segment.place = Rect::from_min_size(place, size);
        let columns = (((size.x - 2.0 * PADDING) / CELL.x).round() as usize).max(1);
        for (number, machine) in segment.machines.iter_mut().enumerate() {
            let cell = vec2((number % columns) as f32 * CELL.x, (number / columns) as f32 * CELL.y);
            machine.place = Rect::from_min_size(place + vec2(PADDING, PADDING + HEAD) + cell, CELL);
        }
    }
    all
}

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
    /// Which point of the map stands in the middle; none: the middle.
    pub centre: Option<Pos2>,
    /// Width by height of where it was drawn last: it is laid out to fit.
    pub aspect: f32,
}

impl Default for State {
    fn default() -> State {
        State { filter: String::new(), only: None, as_list: false, zoom: 1.0, centre: None, aspect: 1.6 }
    }
}

impl State {
    fn shows(&self, machine: &Machine) -> bool {
        let wanted = self.filter.to_lowercase();
        self.only.is_none_or(|only| only == machine.belief)
            && (wanted.is_empty() || machine.name.to_lowercase().contains(&wanted) || machine.about.to_lowercase().contains(&wanted))
    }
}

/// Draws it.
pub fn map_ui(ui: &mut Ui, data: &Data, state: &mut State, selected: Option<Thing>) -> Vec<Intent> {
    let mut intents = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Filter");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(130.0)).labelled_by(label.id);
        ui.checkbox(&mut state.as_list, "as a list");
        if !state.as_list {
            if ui.button("Larger").clicked() {
                state.zoom = (state.zoom * 1.25).min(6.0);
            }
            if ui.button("Smaller").clicked() {
                state.zoom = (state.zoom / 1.25).max(0.5);
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
                intents.push(Intent::Select((!chosen).then_some(Thing::Service(service.service))));
            }
        }
        ui.menu_button(format!("{well} services work"), |ui| {
            for service in data.services.iter().filter(|service| service.percent == 100) {
                if ui.button(&service.name).clicked() {
                    intents.push(Intent::Select(Some(Thing::Service(service.service))));
                }
            }
        })
        .response
        .on_hover_text("Show what one of them rests on");
    });
    ui.add_space(space::TIGHT);
    if state.as_list {
        list_ui(ui, data, state, selected, &mut intents)
    } else {
        picture_ui(ui, data, state, selected, &mut intents)
    }
    intents
}

fn list_ui(ui: &mut Ui, data: &Data, state: &State, selected: Option<Thing>, intents: &mut Vec<Intent>) {
    egui::ScrollArea::vertical().id_salt("machines").auto_shrink(false).show(ui, |ui| {
        for segment in &data.segments {
            let shown: Vec<&Machine> = segment.machines.iter().filter(|machine| state.shows(machine)).collect();
            if shown.is_empty() {
                continue;
            }
            ui.horizontal_wrapped(|ui| {
                if ui.selectable_label(selected == Some(Thing::Segment(segment.segment)), egui::RichText::new(&segment.name).strong()).clicked() {
                    intents.push(Intent::Select(Some(Thing::Segment(segment.segment))));
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
                    let chosen = selected == Some(Thing::Asset(machine.asset));
                    if ui.selectable_label(chosen, &machine.name).clicked() {
                        intents.push(Intent::Select(Some(Thing::Asset(machine.asset))));
                    }
                    ui.label(theme::muted(ui, format!("{}; {}", machine.belief.label(), machine.about)));
                    if !machine.work.is_empty() {
                        theme::badge(ui, Tone::Notice, &format!("in work: {}", machine.work.join(", ")));
                    }
                });
            }
            ui.add_space(space::TIGHT);
        }
    });
}

fn picture_ui(ui: &mut Ui, data: &Data, state: &mut State, selected: Option<Thing>, intents: &mut Vec<Intent>) {
    let palette = Palette::of(ui);
    let size = ui.available_size().max(vec2(120.0, 120.0));
    state.aspect = size.x / size.y;
    let (canvas, ground) = ui.allocate_exact_size(size, Sense::click_and_drag());
    ground.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Other, true, "Map of the network"));
    let painter = ui.painter_at(canvas);
    painter.rect_filled(canvas, 4.0, palette.ground);
    let whole = (canvas.width() / (data.size.x + 30.0)).min(canvas.height() / (data.size.y + 30.0)).min(1.6);
    if ground.dragged() && state.zoom > 0.0 {
        let centre = state.centre.unwrap_or(pos2(data.size.x / 2.0, data.size.y / 2.0));
        state.centre = Some(centre - ground.drag_delta() / (whole * state.zoom));
    }
    if ground.contains_pointer() {
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = if wheel != 0.0 { (wheel / 300.0).exp() } else { 1.0 } * pinch;
        if (factor - 1.0).abs() > 0.0001
            && let Some(pointer) = ui.input(|input| input.pointer.hover_pos())
        {
            // What is under the pointer stays there.
            let centre = state.centre.unwrap_or(pos2(data.size.x / 2.0, data.size.y / 2.0));
            let under = centre + (pointer - canvas.center()) / (whole * state.zoom);
            state.zoom = (state.zoom * factor).clamp(0.5, 6.0);
            state.centre = Some(under - (pointer - canvas.center()) / (whole * state.zoom));
        }
    }
    let scale = whole * state.zoom;
    let centre = state.centre.unwrap_or(pos2(data.size.x / 2.0, data.size.y / 2.0));
    let place = |rect: Rect| Rect::from_min_max(canvas.center() + (rect.min - centre) * scale, canvas.center() + (rect.max - centre) * scale);
    // Ways between segments, once each, below everything else.
    for (from, segment) in data.segments.iter().enumerate() {
        for to in &segment.talks_to {
            let Some((to_place, other)) = data.segments.iter().enumerate().find(|(_, other)| other.segment.index() == *to) else { continue };
            let both_ways = other.talks_to.contains(&segment.segment.index());
            if both_ways && to_place < from {
                continue;
            }
            let cut = segment.cut || other.cut;
            let line = [place(segment.place).center(), place(other.place).center()];
            let stroke = Stroke::new(if cut { 1.0 } else { 1.5 }, palette.line);
            if cut {
                painter.extend(egui::Shape::dashed_line(&line, stroke, 4.0, 6.0));
            } else {
                painter.line_segment(line, stroke);
            }
        }
    }
    let highlighted = data.services.iter().find(|service| selected == Some(Thing::Service(service.service)));
    let font = |points: f32| egui::FontId::proportional((points * scale.sqrt()).clamp(9.0, 18.0));
    for segment in &data.segments {
        let rect = place(segment.place);
        if !canvas.intersects(rect) {
            continue;
        }
        let chosen = selected == Some(Thing::Segment(segment.segment));
        let stroke = if chosen { Stroke::new(2.5, palette.accent) } else { Stroke::new(1.0, palette.line) };
        painter.rect(rect, 6.0, palette.panel, stroke, StrokeKind::Inside);
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), (HEAD + PADDING) * scale));
        let mut caption = segment.name.clone();
        if segment.cut {
            caption = format!("[cut off]  {caption}");
        } else if segment.egress == Some(true) {
            caption = format!("[no internet]  {caption}");
        }
        fitted(&painter, head.shrink2(vec2(6.0 * scale, 0.0)), &caption, font(13.0), palette.text, egui::Align2::LEFT_CENTER);
        let answer = ui.interact(head.intersect(canvas), ui.id().with(("segment", segment.segment.index())), Sense::click());
        answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Segment {}", segment.name)));
        if answer.clicked() {
            intents.push(Intent::Select(Some(Thing::Segment(segment.segment))));
        }
        for machine in &segment.machines {
            let shown = state.shows(machine) && highlighted.is_none_or(|service| service.rests_on.has(machine.asset));
            machine_ui(ui, &painter, canvas, place(machine.place), scale, machine, shown, selected, intents);
        }
    }
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
    canvas: Rect,
    rect: Rect,
    scale: f32,
    machine: &Machine,
    stands_out: bool,
    selected: Option<Thing>,
    intents: &mut Vec<Intent>,
) {
    if !canvas.intersects(rect) {
        return;
    }
    let palette = Palette::of(ui);
    let inner = rect.shrink(2.0 * scale);
    let answer = ui.interact(inner.intersect(canvas), ui.id().with(("machine", machine.asset.index())), Sense::click());
    let says = || {
        let work = if machine.work.is_empty() { String::new() } else { format!("; in work: {}", machine.work.join(", ")) };
        format!("{}: {}{work}", machine.name, machine.belief.label())
    };
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, says()));
    if answer.clicked() {
        intents.push(Intent::Select(Some(Thing::Asset(machine.asset))));
    }
    let chosen = selected == Some(Thing::Asset(machine.asset));
    if chosen {
        painter.rect(inner, 4.0, palette.chosen, Stroke::new(2.0, palette.accent), StrokeKind::Inside);
    } else if answer.hovered() || answer.has_focus() {
        painter.rect(inner, 4.0, palette.raised, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    let mut fade = painter.clone();
    if !stands_out {
        fade.set_opacity(0.25);
    }
    let radius = (8.0 * scale).clamp(3.0, 16.0);
    let at = pos2(inner.center().x, inner.top() + radius + 2.0 * scale);
    machine.belief.mark().paint(&fade, at, radius, palette);
    if !machine.work.is_empty() {
        // Work in progress: a ring around the mark, and in words beside it when somebody points at it.
        fade.circle_stroke(at, radius * 1.45, Stroke::new(1.5, palette.accent));
    }
    if machine.open_alerts > 0 {
        let spot = pos2(at.x + radius * 2.2, at.y);
        let font = egui::FontId::proportional((11.0 * scale.sqrt()).clamp(8.0, 16.0));
        fade.text(spot, egui::Align2::LEFT_CENTER, format!("!{}", machine.open_alerts), font, palette.tone(Tone::Warning));
    }
    let text = Rect::from_min_max(pos2(inner.left(), at.y + radius), inner.max);
    if text.height() >= 7.0 {
        let font = egui::FontId::proportional((12.0 * scale.sqrt()).clamp(8.5, 16.0));
        fitted(&fade, text, &machine.name, font, if stands_out { palette.text } else { palette.muted }, egui::Align2::CENTER_CENTER);
    }
    if answer.hovered() {
        answer.on_hover_ui(|ui| {
            ui.strong(&machine.name);
            ui.label(capital(&machine.about));
            ui.label(&machine.says);
            if !machine.work.is_empty() {
                ui.label(format!("In work: {}.", machine.work.join(", ")));
            }
            if machine.open_alerts > 0 {
                ui.label(crate::debrief::narrative::counted(machine.open_alerts as i64, "open alert.", "open alerts."));
            }
        });
    }
}
