//! The situation map: segments with their machines, and what this role believes about each. Never what is so.
//!
//! Three steps, a file each: **what is believed** and where it stands on the map (here); the **picture**, plain shapes of it (`picture`); and the
//! **panel**, which shows the picture with names, takes clicks and tells screen readers (`panel`). The picture is drawn by whoever can: in the
//! window by bevy 2D, where machines are entities; everywhere else by the painter of egui.

mod panel;
pub mod picture;

use std::collections::BTreeMap;

use egui::{Pos2, Rect, Vec2, pos2, vec2};

pub use panel::{State, map_ui};

use crate::desktop::theme::Mark;
use crate::desktop::words::Names;
use crate::exercise::knowledge::{AlertState, AssetBelief, View};
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
    view.knowledge.assets.get(asset.index()).map_or(Belief::Unknown, believed)
}

fn believed(known: &AssetBelief) -> Belief {
    match known.looks {
        _ if !known.known => Belief::Unknown,
        Seen::Encrypted => Belief::Encrypted,
        Seen::Isolated => Belief::Isolated,
        Seen::Off => Belief::Off,
        Seen::Working if known.found => Belief::Signs,
        Seen::Working => Belief::Working,
    }
}

/// The same in a sentence, with what else is known.
pub fn belief_says(view: &View<'_>, asset: AssetId) -> String {
    view.knowledge.assets.get(asset.index()).map_or_else(String::new, says)
}

fn says(known: &AssetBelief) -> String {
    let believed = believed(known);
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
    /// Everything that is held of it.
    pub known: Option<AssetBelief>,
    /// What is being done to it.
    pub work: Vec<String>,
    /// Alerts about it that nobody has judged.
    pub open_alerts: usize,
    /// Where it stands on the map.
    pub place: Rect,
}

impl Machine {
    /// Signs of the adversary were found on it, whatever was done to it since.
    pub fn found(&self) -> bool {
        self.known.is_some_and(|known| known.found)
    }

    /// What was found by looking, where the main mark does not say it already.
    pub fn beside(&self) -> Option<Mark> {
        let known = self.known.filter(|known| known.known)?;
        match (known.found, known.cleared) {
            (true, _) if self.belief != Belief::Signs => Some(Mark::Signs),
            (false, true) => Some(Mark::Done),
            _ => None,
        }
    }

    /// Whether it is in this state. Signs are signs although the machine was cut off.
    pub fn is(&self, belief: Belief) -> bool {
        self.belief == belief || (belief == Belief::Signs && self.found())
    }

    /// What is held of it, in sentences.
    pub fn says(&self) -> String {
        self.known.as_ref().map_or_else(String::new, says)
    }
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
    /// How many machines are believed in each state; those with signs that are cut off as well count as both.
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
    let mut open_alerts: BTreeMap<AssetId, usize> = BTreeMap::new();
    for alert in view.knowledge.alerts.iter().filter(|alert| matches!(alert.state, AlertState::New | AlertState::TakenUp)) {
        *open_alerts.entry(alert.asset).or_default() += 1;
    }
    let mut members: Vec<Vec<AssetId>> = vec![Vec::new(); public.segments.len()];
    for (place, plan) in public.assets.iter().enumerate() {
        if let Some(members) = members.get_mut(plan.segment.index()) {
            members.push(AssetId::at(place));
        }
    }
    let machine = |asset: AssetId| {
        let plan = &public.assets[asset.index()];
        let mut doing = work.get(&view.names.of(asset)).cloned().unwrap_or_default();
        for (group, actions) in &groups {
            if public.groups[group.index()].assets.has(asset) {
                doing.extend(actions.iter().cloned());
            }
        }
        Machine {
            asset,
            name: plan.name.clone(),
            about: format!("{}, {}", plan.kind.label(), plan.text),
            belief: belief(view, asset),
            known: view.knowledge.assets.get(asset.index()).copied(),
            work: doing,
            open_alerts: open_alerts.get(&asset).copied().unwrap_or(0),
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
            machines: members[place].iter().copied().map(machine).collect(),
            talks_to: plan.talks_to.iter().map(|segment| segment.index()).collect(),
        })
        .filter(|segment| !segment.machines.is_empty())
        .collect();
    let size = lay_out(&mut segments, aspect);
    let counts = Belief::ALL
        .iter()
        .map(|belief| (*belief, segments.iter().flat_map(|segment| &segment.machines).filter(|machine| machine.is(*belief)).count()));
    let services =
        (public.services.iter().zip(&view.knowledge.services).enumerate()).filter(|(_, (_, belief))| belief.known).map(|(place, (plan, belief))| {
            let service = ServiceId::at(place);
            let rests_on = plan.rests_on.iter().flat_map(|item| match item {
                RestsOn::Assets(assets) => assets.iter().collect::<Vec<_>>(),
                RestsOn::Data(data) => public.data.get(data.index()).map(|data| data.hosts.iter().collect()).unwrap_or_default(),
                RestsOn::Link(_) | RestsOn::Login(_) | RestsOn::Service(_) | RestsOn::Internet => Vec::new(),
            });
            Service { service, name: names.service(service).to_owned(), percent: belief.percent, rests_on: rests_on.collect() }
        });
    Data { services: services.collect(), size, counts: counts.collect(), segments }
}

fn box_size(machines: usize) -> Vec2 {
    let columns = ((machines as f32 * 1.25).sqrt().ceil() as usize).max(2);
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
    let step_width = (widest / 10.0).max(90.0);
    let best = (0..30_u8).map(|step| pack(widest + f32::from(step) * step_width)).min_by(|(_, one), (_, other)| {
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
