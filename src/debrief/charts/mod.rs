//! Charts: pure functions from data to one SVG string. Same data, same bytes; whole coordinates only.
//!
//! Colours are not here: a chart names classes, and the page has tokens for them in light, dark and on paper. Nothing is told by colour alone:
//! each class differs by shape, dash, hatch or a word as well. Every chart has a `<title>` and a `<desc>` for those who do not see it.

use std::fmt::Write;

pub mod bars;
pub mod clocks;
pub mod lanes;
pub mod scale;
pub mod step;
pub mod strip;

/// The width of every chart, in its own units; the page scales it.
pub const WIDTH: i64 = 960;

/// Text made safe for markup, in elements and in quoted attributes. Control characters that XML forbids are left out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Text cut to so many letters, with an ellipsis where something was cut.
pub fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(letters.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('\u{2026}');
    short
}

/// Where a text is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// At its beginning.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

impl Anchor {
    const fn word(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// A drawing in the making.
#[derive(Clone, Debug)]
pub struct Svg {
    text: String,
}

impl Svg {
    /// An empty drawing. `name` is of this page alone and makes the ids of title and description.
    pub fn new(name: &str, height: i64, title: &str, description: &str) -> Svg {
        let mut text = String::new();
        let name = escaped(name);
        let _ = write!(
            text,
            r#"<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-desc" xmlns="http://www.w3.org/2000/svg"><title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>"#,
            escaped(title),
            escaped(description)
        );
        Svg { text }
    }

    /// A pattern of slanting lines, to fill areas with `url(#id)`.
    pub fn hatch(&mut self, id: &str, class: &str, step: i64) {
        let _ = write!(
            self.text,
            r#"<pattern id="{}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="{class}-back" width="{step}" height="{step}"/><line class="{class}" x1="0" y1="0" x2="0" y2="{step}"/></pattern>"#,
            escaped(id)
        );
    }

    /// A rectangle; nothing where it has no width.
    pub fn rect(&mut self, class: &str, x: i64, y: i64, width: i64, height: i64) {
        if width > 0 && height > 0 {
            let _ = write!(self.text, r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#);
        }
    }

    /// A rectangle filled with a pattern.
    pub fn filled(&mut self, class: &str, pattern: &str, x: i64, y: i64, width: i64, height: i64) {
        if width > 0 && height > 0 {
            let _ =
                write!(self.text, r##"<rect class="{class}" fill="url(#{})" x="{x}" y="{y}" width="{width}" height="{height}"/>"##, escaped(pattern));
        }
    }

    /// A line.
    pub fn line(&mut self, class: &str, from: (i64, i64), to: (i64, i64)) {
        let _ = write!(self.text, r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}"/>"#, from.0, from.1, to.0, to.1);
    }

    /// A line through many points.
    pub fn path(&mut self, class: &str, points: &[(i64, i64)]) {
        let mut steps = String::new();
        for (place, (x, y)) in points.iter().enumerate() {
            let _ = write!(steps, "{}{x} {y}", if place == 0 { "M" } else { "L" });
        }
        if !steps.is_empty() {
            let _ = write!(self.text, r#"<path class="{class}" d="{steps}"/>"#);
        }
    }

    /// A disc.
    pub fn disc(&mut self, class: &str, x: i64, y: i64, radius: i64) {
        let _ = write!(self.text, r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#);
    }

    /// A square on its corner.
    pub fn diamond(&mut self, class: &str, x: i64, y: i64, radius: i64) {
        let _ = write!(self.text, r#"<path class="{class}" d="M{x} {}L{} {y}L{x} {}L{} {y}Z"/>"#, y - radius, x + radius, y + radius, x - radius);
    }

    /// A word or two.
    pub fn text(&mut self, class: &str, x: i64, y: i64, anchor: Anchor, text: &str) {
        let _ = write!(self.text, r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{}">{}</text>"#, anchor.word(), escaped(text));
    }

    /// Opens a group whose words show when pointed at.
    pub fn begin(&mut self, tip: &str) {
        let _ = write!(self.text, "<g><title>{}</title>", escaped(tip));
    }

    /// Closes it.
    pub fn end(&mut self) {
        self.text.push_str("</g>");
    }

    /// The drawing.
    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_untrusted_becomes_markup() {
        let mut svg = Svg::new("x", 10, "<script>", "a\"b");
        svg.text("label", 1, 2, Anchor::Start, "</text><image href='http://x'>\u{0}\u{1b}");
        let drawn = svg.finish();
        assert!(!drawn.contains("<script>") && !drawn.contains("<image") && !drawn.contains("a\"b"), "{drawn}");
        assert!(drawn.contains("&lt;/text&gt;&lt;image href=&#39;http://x&#39;&gt;</text>"), "{drawn}");
    }

    #[test]
    fn long_words_are_cut_by_letters() {
        assert_eq!(shortened("Größe der Dienste", 6), "Größe\u{2026}");
        assert_eq!(shortened("Größe", 5), "Größe");
    }
}
