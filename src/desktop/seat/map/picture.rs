//! The picture of the map: plain shapes, at home in no window.
//!
//! Lengths are points at the scale of the picture, counted from the upper left corner of the map. Names are not in it: text is egui's, on top.
//! [`Picture::paint`] draws it with egui. Where something else draws (the window, by bevy), that leaves its texture with [`drawn_into`]; the panel
//! then shows the texture, and leaves with [`leave`] what is to be in it.

use std::sync::Arc;

use egui::epaint::shape_transform::adjust_colors;
use egui::{Context, Id, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId, Vec2, vec2};

use super::{Data, Machine, Segment};
use crate::desktop::theme::{DARK, LIGHT, Mark, Palette};
use crate::desktop::words::Thing;
use crate::ids::DenseId;

/// How far what does not stand out fades.
const FADED: f32 = 0.25;

/// What a machine looks like. Many look the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stamp {
    /// What is believed of it, as a shape.
    pub mark: Mark,
    /// What was found on it besides, as a small shape at its side.
    pub beside: Option<Mark>,
    /// Work on it is in progress: a ring around the mark.
    pub in_work: bool,
    /// It does not contain what is looked for.
    pub faded: bool,
}

/// A machine in the picture.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Placed {
    /// Where its mark stands.
    pub at: Pos2,
    /// What it looks like.
    pub stamp: Stamp,
}

/// The picture.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// Ways, segments and what is chosen, from back to front.
    pub ground: Vec<Shape>,
    /// The machines, in the order of the map.
    pub machines: Vec<Placed>,
    /// How large a mark is.
    pub radius: f32,
    /// In which colours.
    pub dark: bool,
}

/// What is looked at, and for what.
pub struct Shown<'a> {
    /// How many points a unit of the map is long.
    pub scale: f32,
    /// In which colours.
    pub dark: bool,
    /// What is chosen.
    pub selected: Option<Thing>,
    /// Whether a machine contains what is looked for.
    pub stands_out: &'a dyn Fn(&Machine) -> bool,
}

/// How large marks are at this scale: never too small to be told apart by somebody who comes close, never larger than a name.
pub fn radius(scale: f32) -> f32 {
    (8.0 * scale).clamp(1.5, 16.0)
}

/// Where the mark of a machine stands in its place.
pub fn mark_at(place: Rect, scale: f32) -> Pos2 {
    let inner = place.shrink(2.0 * scale);
    Pos2::new(inner.center().x, (inner.top() + radius(scale) + 2.0 * scale).min(inner.center().y))
}

impl Stamp {
    /// What it is made of, around the origin.
    pub fn shapes(self, radius: f32, palette: &Palette) -> Vec<Shape> {
        let mut shapes = self.mark.shapes(Pos2::ZERO, radius, palette);
        if let Some(beside) = self.beside {
            let at = Pos2::new(radius * 1.35, radius * 0.75);
            shapes.push(Shape::circle_filled(at, radius * 0.72, palette.panel));
            shapes.extend(beside.shapes(at, radius * 0.62, palette));
        }
        if self.in_work {
            shapes.push(Shape::circle_stroke(Pos2::ZERO, radius * 1.45, Stroke::new(1.5, palette.accent)));
        }
        if self.faded {
            shapes.iter_mut().for_each(|shape| adjust_colors(shape, |colour| *colour = colour.gamma_multiply(FADED)));
        }
        shapes
    }
}

impl Picture {
    /// The picture of this map.
    pub fn of(data: &Data, shown: &Shown<'_>) -> Picture {
        let palette = if shown.dark { &DARK } else { &LIGHT };
        let mut ground = ways(data, shown.scale, palette);
        let mut machines = Vec::with_capacity(data.segments.iter().map(|segment| segment.machines.len()).sum());
        for segment in &data.segments {
            ground.push(outline(segment, shown, palette));
            for machine in &segment.machines {
                let place = scaled(machine.place, shown.scale);
                if shown.selected == Some(Thing::Asset(machine.asset)) {
                    let inner = place.shrink(2.0 * shown.scale);
                    ground.push(Shape::rect_filled(inner, 4.0, palette.chosen));
                    ground.push(Shape::rect_stroke(inner, 4.0, Stroke::new(2.0, palette.accent), StrokeKind::Inside));
                }
                let stamp = Stamp {
                    mark: machine.belief.mark(),
                    beside: machine.beside(),
                    in_work: !machine.work.is_empty(),
                    faded: !(shown.stands_out)(machine),
                };
                machines.push(Placed { at: mark_at(place, shown.scale), stamp });
            }
        }
        Picture { ground, machines, radius: radius(shown.scale), dark: shown.dark }
    }

    /// The colours it is drawn in.
    pub fn palette(&self) -> &'static Palette {
        if self.dark { &DARK } else { &LIGHT }
    }

    /// Draws it with egui: what of it lies within the painter's bounds, with the upper left corner of the map at `origin`.
    pub fn paint(&self, painter: &Painter, origin: Pos2) {
        let by = origin.to_vec2();
        let seen = painter.clip_rect().translate(-by).expand(self.radius * 2.0);
        for shape in self.ground.iter().filter(|shape| seen.intersects(shape.visual_bounding_rect())) {
            let mut shape = shape.clone();
            shape.translate(by);
            painter.add(shape);
        }
        let mut stamps: Vec<(Stamp, Vec<Shape>)> = Vec::new();
        for placed in self.machines.iter().filter(|placed| seen.contains(placed.at)) {
            let known = stamps.iter().position(|(stamp, _)| *stamp == placed.stamp);
            let known = known.unwrap_or_else(|| {
                stamps.push((placed.stamp, placed.stamp.shapes(self.radius, self.palette())));
                stamps.len() - 1
            });
            painter.extend(stamps[known].1.iter().map(|shape| {
                let mut shape = shape.clone();
                shape.translate(by + placed.at.to_vec2());
                shape
            }));
        }
    }
}

/// A place on the map, in points.
pub fn scaled(place: Rect, scale: f32) -> Rect {
    Rect::from_min_max((place.min.to_vec2() * scale).to_pos2(), (place.max.to_vec2() * scale).to_pos2())
}

/// Ways between segments, once each.
fn ways(data: &Data, scale: f32, palette: &Palette) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (from, segment) in data.segments.iter().enumerate() {
        for to in &segment.talks_to {
            let Some((to_place, other)) = data.segments.iter().enumerate().find(|(_, other)| other.segment.index() == *to) else { continue };
            let both_ways = other.talks_to.contains(&segment.segment.index());
            if both_ways && to_place < from {
                continue;
            }
            let line = [scaled(segment.place, scale).center(), scaled(other.place, scale).center()];
            if segment.cut || other.cut {
                shapes.extend(Shape::dashed_line(&line, Stroke::new(1.0, palette.line), 4.0, 6.0));
            } else {
                shapes.push(Shape::line_segment(line, Stroke::new(1.5, palette.line)));
            }
        }
    }
    shapes
}

/// The box of a segment.
fn outline(segment: &Segment, shown: &Shown<'_>, palette: &Palette) -> Shape {
    let rect = scaled(segment.place, shown.scale);
    let chosen = shown.selected == Some(Thing::Segment(segment.segment));
    let stroke = if chosen { Stroke::new(2.5, palette.accent) } else { Stroke::new(1.0, palette.line) };
    Shape::Vec(vec![Shape::rect_filled(rect, 6.0, palette.panel), Shape::rect_stroke(rect, 6.0, stroke, StrokeKind::Inside)])
}

/// A picture that somebody else is to draw, and which part of it is seen.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The picture. The same as long as nothing but the view changes.
    pub picture: Arc<Picture>,
    /// Which point of it stands in the upper left corner.
    pub corner: Pos2,
    /// How much of it is seen, in points.
    pub size: Vec2,
    /// How many pixels a point is wide.
    pub pixels_per_point: f32,
}

fn texture_id() -> Id {
    Id::new("the map is drawn into")
}

fn wanted_id() -> Id {
    Id::new("of the map is wanted")
}

/// Into this texture something else than egui draws the map.
pub fn drawn_into(context: &Context, texture: TextureId) {
    context.data_mut(|data| data.insert_temp(texture_id(), texture));
}

/// Into which texture, if something else draws it.
pub fn texture(context: &Context) -> Option<TextureId> {
    context.data(|data| data.get_temp(texture_id()))
}

/// Leaves what is to be drawn.
pub fn leave(context: &Context, wanted: Wanted) {
    context.data_mut(|data| data.insert_temp(wanted_id(), Some(wanted)));
}

/// Takes what is to be drawn; none, if the map is not on the screen.
pub fn take(context: &Context) -> Option<Wanted> {
    context.data_mut(|data| data.get_temp_mut_or_default::<Option<Wanted>>(wanted_id()).take())
}

/// The size of what is seen in whole pixels.
pub fn pixels(wanted: &Wanted) -> Vec2 {
    let size = (wanted.size * wanted.pixels_per_point).round();
    vec2(size.x.max(1.0), size.y.max(1.0))
}
