//! Draws what egui wants drawn into memory: no window, no graphics device, the same picture on every machine with the same arithmetic.

use std::collections::BTreeMap;

use egui::epaint::{ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, Context, FullOutput, RawInput, Rect, TextureId, TexturesDelta, Ui, Vec2, pos2};

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
}

impl Texture {
    /// Between the four nearest pixels.
    fn at(&self, u: f32, v: f32) -> [f32; 4] {
        let [width, height] = self.size;
        let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let pixel = |x: f32, y: f32| {
            let (x, y) = ((x.max(0.0) as usize).min(width - 1), (y.max(0.0) as usize).min(height - 1));
            self.pixels[y * width + x].to_array().map(f32::from)
        };
        let corners = [(left, top, 1.0 - right_share, 1.0 - bottom_share), (left + 1.0, top, right_share, 1.0 - bottom_share)];
        let below = corners.map(|(x, y, across, _)| (x, y + 1.0, across, bottom_share));
        let mut sum = [0.0; 4];
        for (x, y, across, down) in corners.into_iter().chain(below) {
            let weight = across * down;
            if weight > 0.0 {
                sum.iter_mut().zip(pixel(x, y)).for_each(|(sum, channel)| *sum += channel * weight);
            }
        }
        sum
    }
}

/// A screen in memory.
pub struct Canvas {
    context: Context,
    textures: BTreeMap<TextureId, Texture>,
    width: usize,
    height: usize,
    pixels_per_point: f32,
    frame: f64,
}

impl Canvas {
    /// A screen of so many pixels.
    pub fn new(width: usize, height: usize) -> Canvas {
        Canvas { context: Context::default(), textures: BTreeMap::new(), width, height, pixels_per_point: 1.0, frame: 0.0 }
    }

    /// Runs one frame; what was to be drawn.
    pub fn frame(&mut self, draw: impl FnMut(&mut Ui)) -> FullOutput {
        self.frame += 0.25;
        let size = Vec2::new(self.width as f32, self.height as f32) / self.context.zoom_factor();
        let mut draw = draw;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
            time: Some(self.frame),
            max_texture_side: Some(8192),
            focused: true,
            ..RawInput::default()
        };
        let mut output = self.context.run_ui(input, |ui| draw(ui));
        self.pixels_per_point = output.pixels_per_point;
        self.take_textures(&output.textures_delta);
        output.textures_delta.clear();
        output
    }

    fn take_textures(&mut self, delta: &TexturesDelta) {
        for (id, change) in delta.set.iter().flat_map(|(id, changes)| changes.iter().map(move |change| (id, change))) {
            let ImageData::Color(image) = &change.image;
            match change.pos {
                None => drop(self.textures.insert(*id, Texture { size: image.size, pixels: image.pixels.clone() })),
                Some([left, top]) => {
                    if let Some(texture) = self.textures.get_mut(id) {
                        for (row, line) in image.pixels.chunks_exact(image.size[0].max(1)).enumerate() {
                            let from = (top + row) * texture.size[0] + left;
                            if let Some(into) = texture.pixels.get_mut(from..from + line.len()) {
                                into.copy_from_slice(line);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Prepares what is drawn in.
    pub fn in_context(&mut self, prepare: impl FnOnce(&Context)) {
        prepare(&self.context);
    }

    /// Runs one frame up to its triangles; how many there are.
    pub fn triangles(&mut self, draw: impl FnMut(&mut Ui)) -> usize {
        let output = self.frame(draw);
        let primitives = self.context.tessellate(output.shapes, self.pixels_per_point);
        let triangles = primitives.iter().map(|clipped| match &clipped.primitive {
            Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            Primitive::Callback(_) => 0,
        });
        triangles.sum()
    }

    /// Runs frames until the screen has settled, and paints the last; red, green and blue, row by row.
    pub fn picture(&mut self, mut draw: impl FnMut(&mut Ui)) -> Vec<u8> {
        // Sizes and animations take a few frames to come to rest.
        let mut output = self.frame(&mut draw);
        for _ in 0..5 {
            output = self.frame(&mut draw);
        }
        let ground = if self.context.global_style().visuals.dark_mode { super::theme::DARK.ground } else { super::theme::LIGHT.ground };
        let mut pixels = vec![ground; self.width * self.height];
        for clipped in self.context.tessellate(output.shapes, self.pixels_per_point) {
            if let Primitive::Mesh(mesh) = &clipped.primitive {
                let clip = clipped.clip_rect * self.pixels_per_point;
                self.mesh(&mut pixels, mesh, clip);
            }
        }
        pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect()
    }

    fn mesh(&self, pixels: &mut [Color32], mesh: &Mesh, clip: Rect) {
        let Some(texture) = self.textures.get(&mesh.texture_id) else { return };
        let bounds = (
            clip.left().round().clamp(0.0, self.width as f32) as usize,
            clip.top().round().clamp(0.0, self.height as f32) as usize,
            clip.right().round().clamp(0.0, self.width as f32) as usize,
            clip.bottom().round().clamp(0.0, self.height as f32) as usize,
        );
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |place: usize| mesh.vertices.get(corners[place] as usize).copied().unwrap_or_default();
            self.triangle(pixels, texture, [corner(0), corner(1), corner(2)], bounds);
        }
    }

    fn triangle(&self, pixels: &mut [Color32], texture: &Texture, corners: [Vertex; 3], bounds: (usize, usize, usize, usize)) {
        let [a, b, c] = corners.map(|corner| (corner.pos.x * self.pixels_per_point, corner.pos.y * self.pixels_per_point));
        let area = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        if area.abs() < 1e-6 {
            return;
        }
        let least = |one: f32, two: f32, three: f32| one.min(two).min(three).floor().max(0.0) as usize;
        let most = |one: f32, two: f32, three: f32| one.max(two).max(three).ceil().max(0.0) as usize;
        let (left, top) = (least(a.0, b.0, c.0).max(bounds.0), least(a.1, b.1, c.1).max(bounds.1));
        let (right, bottom) = (most(a.0, b.0, c.0).min(bounds.2), most(a.1, b.1, c.1).min(bounds.3));
        let plain = corners.iter().all(|corner| corner.uv == corners[0].uv) && corners.iter().all(|corner| corner.color == corners[0].color);
        let flat = plain.then(|| shade(corners[0].color.to_array().map(f32::from), texture.at(corners[0].uv.x, corners[0].uv.y)));
        // A pixel whose middle lies on an edge belongs to one of the two triangles that share it: the one whose edge goes up, or left.
        let owns = |from: (f32, f32), to: (f32, f32)| {
            let (across, down) = if area > 0.0 { (to.0 - from.0, to.1 - from.1) } else { (from.0 - to.0, from.1 - to.1) };
            down < 0.0 || (down == 0.0 && across > 0.0)
        };
        let edges = [(b, c), (c, a), (a, b)].map(|(from, to)| (from, to, owns(from, to)));
        for y in top..bottom {
            for x in left..right {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let weights = edges.map(|(from, to, _)| ((to.0 - from.0) * (py - from.1) - (to.1 - from.1) * (px - from.0)) / area);
                if weights.iter().zip(&edges).any(|(weight, (_, _, owned))| *weight < 0.0 || (*weight == 0.0 && !owned)) {
                    continue;
                }
                let source = flat.unwrap_or_else(|| {
                    let mix = |value: fn(&Vertex) -> f32| weights.iter().zip(&corners).map(|(weight, corner)| weight * value(corner)).sum::<f32>();
                    let colour = [
                        mix(|v| f32::from(v.color.r())),
                        mix(|v| f32::from(v.color.g())),
                        mix(|v| f32::from(v.color.b())),
                        mix(|v| f32::from(v.color.a())),
                    ];
                    shade(colour, texture.at(mix(|v| v.uv.x), mix(|v| v.uv.y)))
                });
                if let Some(pixel) = pixels.get_mut(y * self.width + x) {
                    *pixel = over(source, *pixel);
                }
            }
        }
    }
}

fn shade(colour: [f32; 4], texture: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|channel| colour[channel] * texture[channel] / 255.0)
}

/// Premultiplied colours, blended as they are stored: as egui's own renderers do.
fn over(source: [f32; 4], ground: Color32) -> Color32 {
    let keep = 1.0 - source[3] / 255.0;
    let channel = |place: usize, ground: u8| (source[place] + f32::from(ground) * keep).round().clamp(0.0, 255.0) as u8;
    Color32::from_rgba_premultiplied(channel(0, ground.r()), channel(1, ground.g()), channel(2, ground.b()), u8::MAX)
}
