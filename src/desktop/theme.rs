//! Design tokens: the one place that knows a colour, a size or a shape.
//!
//! What matters is never told by colour alone: a [`Tone`] always stands beside a word, and a [`Mark`] has a shape of its own. Texts reach a
//! contrast of at least 4.5 to 1 on every ground they stand on (WCAG 2.2, success criterion 1.4.3); a test holds it.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Frame, Margin, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextStyle, Ui, Vec2, pos2,
    vec2,
};

/// The smallest and largest text scale, in percent.
pub const TEXT_SCALE_PERCENT: (u16, u16) = (80, 200);

/// How much something matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Tone {
    Plain,
    Good,
    Notice,
    Warning,
    Grave,
}

/// The colours of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Panels.
    pub panel: Color32,
    /// Cards, fields and rows that stand out of a panel.
    pub raised: Color32,
    /// Lines and outlines.
    pub line: Color32,
    /// Outlines of what can be ticked, pressed or written in, and rails of sliders: 3 to 1 on every ground (WCAG 2.2, success criterion 1.4.11).
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Text that may be overlooked.
    pub muted: Color32,
    /// What is chosen, and what is to be done next.
    pub accent: Color32,
    /// Text on it.
    pub on_accent: Color32,
    /// Behind what is chosen.
    pub chosen: Color32,
    tones: [Color32; 5],
    grounds: [Color32; 5],
}

impl Palette {
    /// The colour of a tone: for text and marks.
    pub fn tone(&self, tone: Tone) -> Color32 {
        self.tones[tone as usize]
    }

    /// The ground of a tone: behind its text.
    pub fn ground_of(&self, tone: Tone) -> Color32 {
        self.grounds[tone as usize]
    }

    /// The palette that is in use.
    pub fn of(ui: &Ui) -> &'static Palette {
        if ui.visuals().dark_mode { &DARK } else { &LIGHT }
    }
}

const fn rgb(code: u32) -> Color32 {
    Color32::from_rgb((code >> 16) as u8, (code >> 8) as u8, code as u8)
}

/// For a bright room.
pub static LIGHT: Palette = Palette {
    ground: rgb(0xeef1f4),
    panel: rgb(0xf8fafb),
    raised: rgb(0xffffff),
    line: rgb(0xc3ccd4),
    edge: rgb(0x7c8895),
    text: rgb(0x17212b),
    muted: rgb(0x4d5a67),
    accent: rgb(0x0b5c8a),
    on_accent: rgb(0xffffff),
    chosen: rgb(0xd6e8f3),
    tones: [rgb(0x17212b), rgb(0x1c6636), rgb(0x0b5c8a), rgb(0x855000), rgb(0xab1f2d)],
    grounds: [rgb(0xe4e9ee), rgb(0xdcf1e2), rgb(0xd6e8f3), rgb(0xfbeed2), rgb(0xfbe0e1)],
};

/// For an operations room at night.
pub static DARK: Palette = Palette {
    ground: rgb(0x10161c),
    panel: rgb(0x172029),
    raised: rgb(0x202c37),
    line: rgb(0x3b4b5a),
    edge: rgb(0x778899),
    text: rgb(0xe8eef3),
    muted: rgb(0xa9b7c4),
    accent: rgb(0x6dbbe8),
    on_accent: rgb(0x0b1a25),
    chosen: rgb(0x234357),
    tones: [rgb(0xe8eef3), rgb(0x7fd49a), rgb(0x86c9f0), rgb(0xf2c163), rgb(0xff9d9d)],
    grounds: [rgb(0x2a3742), rgb(0x1b3a28), rgb(0x1d3c50), rgb(0x42340f), rgb(0x4b2024)],
};

/// Lengths, in points at a text scale of 100 %.
pub mod space {
    /// Between things that belong together.
    pub const TIGHT: f32 = 4.0;
    /// Between things.
    pub const USUAL: f32 = 8.0;
    /// The smallest height of what is clicked (WCAG 2.2, success criterion 2.5.8, asks for 24).
    pub const CLICK: f32 = 26.0;
    /// Below this width of the window, panels stand behind one another instead of side by side.
    pub const NARROW: f32 = 900.0;
    /// Lower than this, what is written takes all there is: text at 150 % in a window of 720.
    pub const LOW: f32 = 560.0;
    /// The widest a column of running text may become.
    pub const READING: f32 = 720.0;
    /// The widest a column of cards may become.
    pub const WORDS: f32 = 900.0;
}

/// The text style of headings of a panel.
pub fn heading() -> TextStyle {
    TextStyle::Heading
}

/// The text style of clocks.
pub fn clock() -> TextStyle {
    TextStyle::Name("clock".into())
}

/// The text style of what is read aloud: readable at arm's length, standing.
pub fn aloud() -> TextStyle {
    TextStyle::Name("aloud".into())
}

/// The text style of titles that are read from the other end of a room.
pub fn projected() -> TextStyle {
    TextStyle::Name("projected".into())
}

/// The text style of running text that is read from the other end of a room.
pub fn projected_text() -> TextStyle {
    TextStyle::Name("projected text".into())
}

/// The text style of clocks that are read from the other end of a room.
pub fn projected_clock() -> TextStyle {
    TextStyle::Name("projected clock".into())
}

/// How the person at the screen wants it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Dark rather than light.
    pub dark: bool,
    /// Text scale, in percent.
    pub scale_percent: u16,
    /// No movement that nobody asked for.
    pub reduced_motion: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look { dark: false, scale_percent: 100, reduced_motion: false }
    }
}

impl Look {
    /// Puts it into force. Cheap, so it may be called every frame.
    pub fn apply(self, ctx: &Context) {
        self.apply_at(ctx, 1.0);
    }

    /// The same, with everything so many times as large: what is made for a desk, seen from the other end of a room.
    pub fn apply_at(self, ctx: &Context, times: f32) {
        let wanted = times * f32::from(self.scale_percent.clamp(TEXT_SCALE_PERCENT.0, TEXT_SCALE_PERCENT.1)) / 100.0;
        if (ctx.zoom_factor() - wanted).abs() > 0.001 {
            ctx.set_zoom_factor(wanted);
        }
        let id = egui::Id::new("hotwash look");
        if ctx.data(|data| data.get_temp::<(bool, bool)>(id)) == Some((self.dark, self.reduced_motion)) {
            return;
        }
        ctx.data_mut(|data| data.insert_temp(id, (self.dark, self.reduced_motion)));
        let theme = if self.dark { egui::Theme::Dark } else { egui::Theme::Light };
        ctx.set_theme(theme);
        ctx.style_mut_of(theme, |style| self.style(style));
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
    }

    fn style(self, style: &mut egui::Style) {
        let palette = if self.dark { &DARK } else { &LIGHT };
        style.animation_time = if self.reduced_motion { 0.0 } else { 0.08 };
        style.scroll_animation = if self.reduced_motion { egui::style::ScrollAnimation::none() } else { egui::style::ScrollAnimation::default() };
        style.url_in_tooltip = false;
        style.spacing.item_spacing = vec2(space::USUAL, 5.0);
        style.spacing.button_padding = vec2(9.0, 4.0);
        style.spacing.interact_size = vec2(space::CLICK, space::CLICK);
        style.spacing.scroll = egui::style::ScrollStyle::solid();
        let sizes = [
            (TextStyle::Small, 12.0, FontFamily::Proportional),
            (TextStyle::Body, 14.0, FontFamily::Proportional),
            (TextStyle::Button, 14.0, FontFamily::Proportional),
            (TextStyle::Monospace, 13.0, FontFamily::Monospace),
            (TextStyle::Heading, 18.0, FontFamily::Proportional),
            (clock(), 22.0, FontFamily::Monospace),
            (aloud(), 16.5, FontFamily::Proportional),
            (projected(), 34.0, FontFamily::Proportional),
            (projected_text(), 25.0, FontFamily::Proportional),
            (projected_clock(), 68.0, FontFamily::Monospace),
        ];
        style.text_styles = sizes.into_iter().map(|(name, size, family)| (name, FontId::new(size, family))).collect();
        let visuals = &mut style.visuals;
        visuals.dark_mode = self.dark;
        // Light type on a projector is thin enough: both themes fill out the edges of letters.
        visuals.text_options.color_transfer_function = egui::epaint::FontColorTransferFunction::TwoCoverageMinusCoverageSq;
        visuals.panel_fill = palette.panel;
        visuals.window_fill = palette.raised;
        visuals.window_stroke = Stroke::new(1.0, palette.line);
        visuals.extreme_bg_color = palette.raised;
        visuals.faint_bg_color = palette.ground;
        visuals.code_bg_color = palette.ground;
        visuals.hyperlink_color = palette.accent;
        visuals.warn_fg_color = palette.tone(Tone::Warning);
        visuals.error_fg_color = palette.tone(Tone::Grave);
        visuals.weak_text_color = Some(palette.muted);
        visuals.selection.bg_fill = palette.chosen;
        visuals.selection.stroke = Stroke::new(1.0, palette.text);
        // A blinking cursor would keep an idle window awake.
        visuals.text_cursor.blink = false;
        visuals.text_cursor.stroke = Stroke::new(2.0, palette.accent);
        let widgets = &mut visuals.widgets;
        for (state, fill, line, width) in [
            (&mut widgets.noninteractive, palette.panel, palette.line, 1.0),
            (&mut widgets.inactive, palette.ground_of(Tone::Plain), palette.edge, 1.0),
            (&mut widgets.hovered, palette.chosen, palette.accent, 1.0),
            (&mut widgets.active, palette.chosen, palette.accent, 2.0),
            (&mut widgets.open, palette.chosen, palette.accent, 1.0),
        ] {
            state.bg_fill = fill;
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(width, line);
            state.fg_stroke = Stroke::new(if width > 1.0 { 2.0 } else { 1.0 }, palette.text);
            state.corner_radius = CornerRadius::same(4);
            state.expansion = 0.0;
        }
        // Empty until it is ticked: a grey box looks as if nobody could.
        widgets.inactive.bg_fill = palette.raised;
    }
}

/// A slider, with a rail that is seen on every ground.
pub fn slider(ui: &mut Ui, slider: egui::Slider<'_>) -> egui::Response {
    let edge = Palette::of(ui).edge;
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_fill = edge;
        ui.add(slider)
    })
    .inner
}

/// A card on a panel.
pub fn card(ui: &Ui) -> Frame {
    let palette = Palette::of(ui);
    Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 9))
}

/// A card that asks for attention.
pub fn card_of(ui: &Ui, tone: Tone) -> Frame {
    let palette = Palette::of(ui);
    card(ui).fill(palette.ground_of(tone)).stroke(Stroke::new(1.0, palette.tone(tone)))
}

/// A card that is chosen.
pub fn card_chosen(ui: &Ui) -> Frame {
    let palette = Palette::of(ui);
    card(ui).fill(palette.chosen).stroke(Stroke::new(2.0, palette.accent))
}

/// Text in a tone.
pub fn toned(ui: &Ui, tone: Tone, text: impl Into<String>) -> egui::RichText {
    egui::RichText::new(text).color(Palette::of(ui).tone(tone))
}

/// Text that may be overlooked.
pub fn muted(ui: &Ui, text: impl Into<String>) -> egui::RichText {
    egui::RichText::new(text).color(Palette::of(ui).muted)
}

/// Lines below a field: room for so many is always taken, whether something stands there or not, so that nothing below moves when it comes.
pub fn lines_below(ui: &mut Ui, lines: usize, add: impl FnOnce(&mut Ui)) {
    let height = ui.text_style_height(&TextStyle::Body) * lines as f32;
    ui.vertical(|ui| {
        ui.set_min_height(height);
        add(ui);
    });
}

/// A word on the ground of its tone.
pub fn badge(ui: &mut Ui, tone: Tone, text: &str) -> egui::Response {
    let palette = Palette::of(ui);
    Frame::new()
        .fill(palette.ground_of(tone))
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(6, 1))
        .show(ui, |ui| ui.add(egui::Label::new(egui::RichText::new(text).color(palette.tone(tone))).wrap_mode(egui::TextWrapMode::Extend)))
        .inner
}

/// The button for what is to be done next.
pub fn main_button(ui: &mut Ui, enabled: bool, text: &str) -> egui::Response {
    let palette = Palette::of(ui);
    let button =
        if enabled { egui::Button::new(egui::RichText::new(text).color(palette.on_accent)).fill(palette.accent) } else { egui::Button::new(text) };
    let answer = ui.add_enabled(enabled, button);
    if answer.has_focus() {
        // Its own edge is as blue as itself: the ring stands off it.
        ui.painter().rect_stroke(answer.rect.expand(3.0), CornerRadius::same(6), Stroke::new(2.0, palette.text), StrokeKind::Outside);
    }
    answer
}

/// What stands on every artefact and every screen of play.
pub fn exercise_mark(ui: &mut Ui) -> egui::Response {
    let palette = Palette::of(ui);
    Frame::new()
        .stroke(Stroke::new(1.5, palette.tone(Tone::Warning)))
        .corner_radius(CornerRadius::same(3))
        .inner_margin(Margin::symmetric(6, 1))
        .show(ui, |ui| {
            let text = egui::RichText::new("EXERCISE").strong().color(palette.tone(Tone::Warning));
            ui.add(egui::Label::new(text).wrap_mode(egui::TextWrapMode::Extend))
        })
        .inner
}

/// Shapes of states. Each can be told from the others without its colour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mark {
    /// Nothing is known: a broken ring.
    Unknown,
    /// As it should be: a filled square.
    Working,
    /// Signs of the adversary: a triangle.
    Signs,
    /// Encrypted: a crossed square.
    Encrypted,
    /// Cut off by us: a ring with a bar.
    Isolated,
    /// Powered off: an empty square with a dash.
    Off,
    /// New: a disc.
    New,
    /// Being looked after: a half disc.
    Held,
    /// Over and done: a tick.
    Done,
    /// Put aside: a small dash.
    Aside,
}

impl Mark {
    /// Draws it.
    pub fn paint(self, painter: &Painter, at: Pos2, radius: f32, palette: &Palette) {
        painter.extend(self.shapes(at, radius, palette));
    }

    /// What it is made of.
    pub fn shapes(self, at: Pos2, radius: f32, palette: &Palette) -> Vec<Shape> {
        let tone = match self {
            Mark::Working | Mark::Done => Tone::Good,
            Mark::Signs | Mark::New => Tone::Warning,
            Mark::Encrypted => Tone::Grave,
            Mark::Isolated | Mark::Held => Tone::Notice,
            Mark::Unknown | Mark::Off | Mark::Aside => Tone::Plain,
        };
        let colour = if tone == Tone::Plain { palette.muted } else { palette.tone(tone) };
        let line = Stroke::new((radius / 4.0).clamp(1.2, 3.0), colour);
        let square = Rect::from_center_size(at, Vec2::splat(radius * 1.7));
        let to = |x: f32, y: f32| pos2(at.x + x * radius, at.y + y * radius);
        match self {
            Mark::Working => vec![Shape::rect_filled(square, CornerRadius::same(2), colour)],
            Mark::Signs => vec![Shape::convex_polygon(vec![to(0.0, -1.0), to(1.0, 0.85), to(-1.0, 0.85)], colour, Stroke::NONE)],
            Mark::Encrypted => vec![
                Shape::rect_stroke(square, CornerRadius::same(2), line, StrokeKind::Inside),
                Shape::line_segment([square.left_top(), square.right_bottom()], line),
                Shape::line_segment([square.right_top(), square.left_bottom()], line),
            ],
            Mark::Isolated => vec![
                Shape::circle_stroke(at, radius * 0.9, line),
                Shape::line_segment([to(-0.6, 0.0), to(0.6, 0.0)], Stroke::new(line.width * 1.6, colour)),
            ],
            Mark::Off => vec![
                Shape::rect_stroke(square, CornerRadius::same(2), line, StrokeKind::Inside),
                Shape::line_segment([to(-0.4, 0.0), to(0.4, 0.0)], line),
            ],
            Mark::Unknown => {
                let arc = |quarter: u8| {
                    let from = f32::from(quarter) * std::f32::consts::FRAC_PI_2;
                    let arc = (0..=4_u8).map(|step| {
                        let angle = from + f32::from(step) * 0.24;
                        to(angle.cos() * 0.9, angle.sin() * 0.9)
                    });
                    Shape::line(arc.collect(), line)
                };
                (0..4).map(arc).collect()
            }
            Mark::New => vec![Shape::circle_filled(at, radius * 0.8, colour)],
            Mark::Held => {
                let arc = (0..=10_u8).map(|step| {
                    let angle = std::f32::consts::FRAC_PI_2 + f32::from(step) * std::f32::consts::PI / 10.0;
                    to(angle.cos() * 0.85, angle.sin() * 0.85)
                });
                vec![Shape::circle_stroke(at, radius * 0.85, line), Shape::convex_polygon(arc.collect(), colour, Stroke::NONE)]
            }
            Mark::Done => vec![Shape::line(vec![to(-0.8, 0.1), to(-0.2, 0.7), to(0.9, -0.7)], Stroke::new(line.width * 1.4, colour))],
            Mark::Aside => vec![Shape::line_segment([to(-0.6, 0.0), to(0.6, 0.0)], line)],
        }
    }

    /// Draws it where the text would go on.
    pub fn show(self, ui: &mut Ui) {
        let size = ui.text_style_height(&TextStyle::Body);
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), egui::Sense::hover());
        self.paint(ui.painter(), rect.center(), size * 0.38, Palette::of(ui));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let luminance = |colour: Color32| {
            let channel = |value: u8| {
                let value = f32::from(value) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn texts_can_be_read_on_every_ground_they_stand_on() {
        for (name, palette) in [("light", &LIGHT), ("dark", &DARK)] {
            let mut pairs = vec![("on accent", palette.on_accent, palette.accent)];
            for ground in [palette.ground, palette.panel, palette.raised, palette.chosen] {
                pairs.push(("text", palette.text, ground));
                pairs.push(("muted", palette.muted, ground));
                pairs.extend(palette.tones.iter().map(|tone| ("tone", *tone, ground)));
            }
            for (tone, ground) in palette.tones.iter().zip(&palette.grounds) {
                pairs.push(("tone on its ground", *tone, *ground));
                pairs.push(("text on a tone's ground", palette.text, *ground));
            }
            for (what, text, ground) in pairs {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{name}: {what} {text:?} on {ground:?} has a contrast of {contrast:.2}");
            }
            for ground in [palette.ground, palette.panel, palette.raised] {
                let contrast = contrast(palette.edge, ground);
                assert!(contrast >= 3.0, "{name}: the edge on {ground:?} has a contrast of {contrast:.2}");
            }
        }
    }
}
