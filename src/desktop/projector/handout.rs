//! A handout as a room reads it on the wall: a mail without what machines wrote about it, a table as a table, in letters that fit a room. The file
//! itself, with all its lines, is on paper and at the seats.

use egui::{FontFamily, FontId, RichText, TextStyle, Ui, vec2};

use crate::desktop::seat::artefact;
use crate::desktop::theme::{self, Palette, space};
use crate::paper::artefact::{Piece, Shown, shown};

/// Sizes of letters, in points: the largest in which all of it can be seen at once, else the smallest, and the page is turned.
const SIZES: [f32; 4] = [30.0, 26.0, 23.0, 20.0];
/// A log keeps its lines whole down to this size.
const SMALLEST_LOG: f32 = 15.0;
/// Headers of a mail that a room reads.
const READ: [&str; 4] = ["From", "To", "Date", "Subject"];
/// Lines of a mail that are longer than this were broken by the program that sent it, and not by whoever wrote it.
const BROKEN: usize = 58;
/// How wide a letter is, for each point of its size.
const LETTER: f32 = 0.53;
/// Between the columns of a table.
const BETWEEN: f32 = 16.0;

/// Draws it: whom it comes from, its words, and what comes with it.
pub fn handout_ui(ui: &mut Ui, from: &str, text: &str, artefact: Option<&(String, String)>) {
    ui.label(RichText::new(from).text_style(theme::heading()).color(Palette::of(ui).muted));
    ui.add_space(space::USUAL);
    let is_page = |name: &str| name.to_ascii_lowercase().ends_with(".md");
    match artefact {
        Some((name, page)) if is_page(name) => {
            let lines: usize = page.lines().chain(text.lines()).map(|line| 1 + line.chars().count() / 80).sum();
            let size = if lines <= 16 { SIZES[1] } else { SIZES[2] };
            words_ui(ui, text, size);
            in_size(ui, size, |ui| artefact::markdown(ui, page));
        }
        _ => {
            let shown = artefact.and_then(|(name, text)| shown(name, text));
            let (head, pieces) = match shown {
                Some(Shown::Mail { head, parts, .. }) => (head, parts),
                Some(Shown::Piece(piece)) => (Vec::new(), vec![piece]),
                None => (Vec::new(), Vec::new()),
            };
            let head: Vec<_> = head.into_iter().filter(|(name, _)| READ.contains(&name.as_str())).collect();
            let room = ui.available_size();
            let height = |size: f32| {
                let lines = head.len() as f32 * size * 1.3;
                lines + words_height(ui, text, size) + pieces.iter().map(|piece| height(ui, piece, size, room.x)).sum::<f32>()
            };
            let smallest = SIZES[SIZES.len() - 1];
            let size = SIZES.into_iter().find(|size| height(*size) <= room.y).unwrap_or(smallest);
            words_ui(ui, text, size);
            head_ui(ui, &head, size);
            for piece in &pieces {
                piece_ui(ui, piece, size);
            }
        }
    }
}

fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

fn words_ui(ui: &mut Ui, text: &str, size: f32) {
    if !text.is_empty() {
        ui.label(RichText::new(text).font(font(size)));
        ui.add_space(space::USUAL * 2.0);
    }
}

fn words_height(ui: &Ui, text: &str, size: f32) -> f32 {
    if text.is_empty() { 0.0 } else { laid_out(ui, text, font(size), ui.available_width()) + space::USUAL * 2.0 }
}

fn laid_out(ui: &Ui, text: &str, font: FontId, width: f32) -> f32 {
    ui.painter().layout(text.to_owned(), font, Palette::of(ui).text, width).size().y
}

/// Draws with running text of this size.
fn in_size(ui: &mut Ui, size: f32, draw: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        let styles = &mut ui.style_mut().text_styles;
        styles.insert(TextStyle::Body, font(size));
        styles.insert(TextStyle::Monospace, FontId::new(size * 0.85, FontFamily::Monospace));
        styles.insert(theme::heading(), font(size * 1.25));
        draw(ui);
    });
}

fn head_ui(ui: &mut Ui, head: &[(String, String)], size: f32) {
    if head.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    for (name, value) in head {
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(size * 4.5, size), |ui| {
                ui.set_width(size * 4.5);
                ui.label(RichText::new(name).font(font(size)).color(palette.muted));
            });
            let value = RichText::new(value).font(font(size));
            ui.add(egui::Label::new(if name == "Subject" { value.strong() } else { value }).wrap());
        });
    }
    ui.separator();
}

/// What somebody wrote, as paragraphs: lines that a program broke are one again.
fn paragraphs(text: &str) -> String {
    let mut whole = String::new();
    let mut goes_on = false;
    for line in text.lines() {
        if goes_on && !line.trim().is_empty() {
            whole.push(' ');
        } else if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(line.trim_end());
        goes_on = line.chars().count() > BROKEN;
    }
    whole
}

/// In which size a log is set: its longest line stays whole, if that can be read at all.
fn size_of_log(text: &str, size: f32, width: f32) -> f32 {
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(1).max(1);
    // A letter of one width takes six tenths of its height.
    (width / (longest as f32 * 0.62)).clamp(SMALLEST_LOG, size.max(SMALLEST_LOG))
}

/// A table is set a little smaller than running text.
fn size_of_table(size: f32) -> f32 {
    size * 0.85
}

fn height(ui: &Ui, piece: &Piece, size: f32, width: f32) -> f32 {
    match piece {
        Piece::Letter(text) => laid_out(ui, &paragraphs(text), font(size), width) + space::USUAL * 2.0,
        Piece::Log(text) => {
            let mono = FontId::new(size_of_log(text, size, width), FontFamily::Monospace);
            laid_out(ui, text, mono, width) + space::USUAL
        }
        Piece::Table { notes, head, rows } => {
            let size = size_of_table(size);
            let widths = widths(head, rows, size, width);
            let lines = |row: &[String]| -> f32 {
                let lines = row.iter().zip(&widths).map(|(cell, width)| (cell.chars().count() as f32 * size * LETTER / width).ceil().max(1.0));
                lines.fold(1.0, f32::max)
            };
            let all: f32 = rows.iter().map(|row| lines(row)).sum();
            (all + 1.0 + notes.len() as f32) * size * 1.35
        }
        Piece::Page(_) => 0.0,
    }
}

/// How wide columns are: narrow ones as wide as they need, broad ones share what is left.
fn widths(head: &[(String, bool)], rows: &[Vec<String>], size: f32, width: f32) -> Vec<f32> {
    let needs = |place: usize| {
        let cells = rows.iter().filter_map(|row| row.get(place)).chain(head.get(place).map(|(name, _)| name));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(1) as f32 * size * LETTER + BETWEEN
    };
    let needs: Vec<f32> = (0..head.len()).map(needs).collect();
    let room = width - BETWEEN * head.len() as f32;
    let mut given: Vec<Option<f32>> = vec![None; needs.len()];
    loop {
        let open = given.iter().filter(|width| width.is_none()).count().max(1) as f32;
        let share = (room - given.iter().flatten().sum::<f32>()) / open;
        let fits: Vec<usize> = (0..needs.len()).filter(|place| given[*place].is_none() && needs[*place] <= share).collect();
        if fits.is_empty() {
            return given.into_iter().map(|width| width.unwrap_or(share.max(size * 3.0))).collect();
        }
        fits.into_iter().for_each(|place| given[place] = Some(needs[place]));
    }
}

fn piece_ui(ui: &mut Ui, piece: &Piece, size: f32) {
    let width = ui.available_width();
    match piece {
        Piece::Letter(text) => {
            ui.label(RichText::new(paragraphs(text)).font(font(size)));
            ui.add_space(space::USUAL * 2.0);
        }
        Piece::Log(text) => {
            let size = size_of_log(text, size, width);
            ui.add(egui::Label::new(RichText::new(text).font(FontId::new(size, FontFamily::Monospace))).wrap());
            ui.add_space(space::USUAL);
        }
        Piece::Table { notes, head, rows } => table_ui(ui, notes, head, rows, size_of_table(size)),
        // Pages are drawn from what they were written as.
        Piece::Page(_) => {}
    }
}

fn table_ui(ui: &mut Ui, notes: &[String], head: &[(String, bool)], rows: &[Vec<String>], size: f32) {
    // What a file is called says nothing to a room.
    for note in notes.iter().filter(|note| !note.starts_with("Attachment: ")) {
        ui.label(RichText::new(note).font(font(size)).color(Palette::of(ui).muted));
    }
    let widths = widths(head, rows, size, ui.available_width());
    let names: Vec<String> = head.iter().map(|(name, _)| name.replace('_', " ")).collect();
    let striped = ui.visuals().faint_bg_color;
    for (place, row) in std::iter::once(&names).chain(rows).enumerate() {
        let frame = egui::Frame::new().fill(if place % 2 == 1 { striped } else { egui::Color32::TRANSPARENT });
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = BETWEEN;
                for (cell, width) in row.iter().zip(&widths) {
                    ui.allocate_ui(vec2(*width, size), |ui| {
                        ui.set_width(*width);
                        let cell = RichText::new(cell).font(font(size));
                        ui.add(egui::Label::new(if place == 0 { cell.strong() } else { cell }).wrap());
                    });
                }
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_a_mail_program_broke_are_one_again_and_others_stay() {
        let long = "a line that is as long as a program lets lines in a mail become,";
        assert_eq!(paragraphs(&format!("Hello,\n\n{long}\nand goes on.\n\nRegards,\nA")), format!("Hello,\n\n{long} and goes on.\n\nRegards,\nA"));
    }

    #[test]
    fn columns_fill_the_wall_and_narrow_ones_keep_their_lines_whole() {
        let head = [("a".to_owned(), false), ("b".to_owned(), true)];
        let rows = [vec!["x".repeat(10), "y".repeat(400)]];
        let widths = widths(&head, &rows, 20.0, 1200.0);
        assert_eq!(widths[0], 10.0 * 20.0 * LETTER + BETWEEN);
        assert!(widths[1] > 900.0 && widths.iter().sum::<f32>() + 2.0 * BETWEEN <= 1200.5, "{widths:?}");
    }
}
