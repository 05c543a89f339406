//! Things that are looked at, shown as what they are: a mail with its headers, a log with a search, a table, a page. Links lead nowhere.

use egui::{RichText, ScrollArea, Ui, text::LayoutJob};
use egui_extras::{Column, TableBuilder};

use crate::desktop::theme::{self, Palette, Tone, space};

/// What a file is shown as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Artefact {
    /// Headers, then the parts: the body, and what is attached, by its name.
    Mail { headers: Vec<(String, String)>, parts: Vec<(Option<String>, Artefact)> },
    /// Lines.
    Log(Vec<String>),
    /// A table; remarks stand before it.
    Table { remarks: Vec<String>, head: Vec<String>, rows: Vec<Vec<String>> },
    /// A page.
    Page(String),
}

/// Reads a file by the ending of its name.
pub fn read(name: &str, text: &str) -> Artefact {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "eml" => mail(text),
        "csv" => table(text),
        "md" => Artefact::Page(text.to_owned()),
        _ => Artefact::Log(text.lines().map(str::to_owned).collect()),
    }
}

/// Headers and what comes after them.
fn headers_and_body(text: &str) -> (Vec<(String, String)>, String) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut lines = text.lines();
    for line in lines.by_ref() {
        if line.trim().is_empty() {
            break;
        }
        // A line that begins with a space goes on with the header before (RFC 5322, section 2.2.3).
        if line.starts_with([' ', '\t'])
            && let Some((_, value)) = headers.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (headers, lines.collect::<Vec<_>>().join("\n").trim().to_owned())
}

/// The value of a header, and of one of the parameters behind it: `text/csv; name="a.csv"`.
fn header<'h>(headers: &'h [(String, String)], wanted: &str) -> &'h str {
    headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map_or("", |(_, value)| value.as_str())
}

fn parameter(value: &str, wanted: &str) -> Option<String> {
    let parameters = value.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut found = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
    found.next().map(|(_, value)| value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

/// A mail is a body, or several parts between lines that begin with its boundary (RFC 2046, section 5.1.1).
fn mail(text: &str) -> Artefact {
    let (headers, body) = headers_and_body(text);
    let kind = header(&headers, "Content-Type").to_owned();
    let boundary = parameter(&kind, "boundary").filter(|_| kind.trim_start().to_ascii_lowercase().starts_with("multipart/"));
    let Some(boundary) = boundary else { return Artefact::Mail { headers, parts: vec![(None, Artefact::Page(body))] } };
    let (begins, ends) = (format!("--{boundary}"), format!("--{boundary}--"));
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for line in body.lines() {
        if line.trim_end() == ends {
            break;
        }
        if line.trim_end() == begins {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(line);
        }
    }
    Artefact::Mail { headers, parts: parts.iter().map(|lines| part(&lines.join("\n"))).collect() }
}

/// One part, shown as what it says it is.
fn part(text: &str) -> (Option<String>, Artefact) {
    let (headers, body) = headers_and_body(text);
    let kind = header(&headers, "Content-Type");
    let name = parameter(header(&headers, "Content-Disposition"), "filename").or_else(|| parameter(kind, "name"));
    let shown = match (&name, kind.split(';').next().unwrap_or_default().trim()) {
        (_, "text/csv") => table(&body),
        (Some(name), _) => read(name, &body),
        (None, _) => Artefact::Page(body),
    };
    (name, shown)
}

fn table(text: &str) -> Artefact {
    let (remarks, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(std::io::Cursor::new(rest.join("\n")));
    let mut rows: Vec<Vec<String>> = reader.records().filter_map(Result::ok).map(|row| row.iter().map(str::to_owned).collect()).collect();
    let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    Artefact::Table { remarks: remarks.iter().map(|line| line.trim_start_matches('#').trim().to_owned()).collect(), head, rows }
}

/// Draws an artefact under its name.
pub fn artefact_ui(ui: &mut Ui, name: &str, text: &str, search: &mut String) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            theme::exercise_mark(ui);
            ui.label(theme::muted(ui, name.rsplit('/').next().unwrap_or(name)));
            ui.label(theme::muted(ui, "Links and attachments lead nowhere."));
        });
        ui.separator();
        shown_ui(ui, &read(name, text), search);
    });
}

/// Headers that are read; the others are there for whoever looks into them.
const READ: [&str; 5] = ["From", "To", "Cc", "Date", "Subject"];

fn headers_ui(ui: &mut Ui, salt: &str, headers: &[&(String, String)]) {
    egui::Grid::new(salt).num_columns(2).spacing([12.0, 3.0]).show(ui, |ui| {
        for (name, value) in headers {
            ui.label(theme::muted(ui, name));
            ui.add(egui::Label::new(value).wrap());
            ui.end_row();
        }
    });
}

fn shown_ui(ui: &mut Ui, artefact: &Artefact, search: &mut String) {
    match artefact {
        Artefact::Mail { headers, parts } => {
            let is_read = |header: &&(String, String)| READ.iter().any(|name| header.0.eq_ignore_ascii_case(name));
            headers_ui(ui, "headers", &headers.iter().filter(is_read).collect::<Vec<_>>());
            let others: Vec<_> = headers.iter().filter(|header| !is_read(header)).collect();
            if !others.is_empty() {
                let all = format!("All other headers ({})", others.len());
                egui::CollapsingHeader::new(all).id_salt("all headers").show(ui, |ui| headers_ui(ui, "other headers", &others));
            }
            for (number, (name, part)) in parts.iter().enumerate() {
                ui.separator();
                if let Some(name) = name {
                    ui.label(theme::muted(ui, format!("Attached: {name}")));
                }
                ui.push_id(("part", number), |ui| match part {
                    // The text of a mail is what somebody typed: nothing in it is a heading.
                    Artefact::Page(body) => body.lines().for_each(|line| line_ui(ui, line, false)),
                    other => shown_ui(ui, other, search),
                });
            }
        }
        Artefact::Log(lines) => log(ui, lines, search),
        Artefact::Table { remarks, head, rows } => {
            for remark in remarks {
                ui.label(theme::muted(ui, remark));
            }
            search_ui(ui, search);
            let kept: Vec<usize> =
                (rows.iter().enumerate()).filter(|(_, row)| row.iter().any(|cell| has(cell, search))).map(|(place, _)| place).collect();
            table_ui(ui, head, rows, &kept);
        }
        Artefact::Page(text) => markdown(ui, text),
    }
}

fn has(text: &str, search: &str) -> bool {
    text.to_lowercase().contains(&search.to_lowercase())
}

/// A field to search with.
fn search_ui(ui: &mut Ui, search: &mut String) {
    ui.horizontal(|ui| {
        let label = ui.label("Search");
        ui.add(egui::TextEdit::singleline(search).desired_width(180.0)).labelled_by(label.id);
    });
}

fn log(ui: &mut Ui, lines: &[String], search: &mut String) {
    search_ui(ui, search);
    let found = lines.iter().filter(|line| !search.is_empty() && has(line, search)).count();
    if !search.is_empty() {
        ui.label(theme::muted(ui, if found == 1 { "1 line".to_owned() } else { format!("{found} lines") }));
    }
    ScrollArea::horizontal().id_salt("log").show(ui, |ui| {
        for (number, line) in lines.iter().enumerate() {
            let hit = !search.is_empty() && has(line, search);
            if !search.is_empty() && !hit && !line.starts_with('#') {
                continue;
            }
            ui.horizontal(|ui| {
                ui.label(theme::muted(ui, format!("{:>4}", number + 1)).monospace());
                let text = RichText::new(line).monospace();
                let text = if line.starts_with('#') { text.color(Palette::of(ui).muted) } else { text };
                let text = if hit { text.background_color(Palette::of(ui).ground_of(Tone::Warning)) } else { text };
                ui.add(egui::Label::new(text).wrap_mode(egui::TextWrapMode::Extend));
            });
        }
    });
}

fn table_ui(ui: &mut Ui, head: &[String], rows: &[Vec<String>], kept: &[usize]) {
    if head.is_empty() {
        return;
    }
    let height = ui.text_style_height(&egui::TextStyle::Monospace) + 6.0;
    let widths: Vec<f32> = (0..head.len())
        .map(|column| {
            let longest = rows.iter().filter_map(|row| row.get(column)).chain(head.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(4);
            (longest.min(44) as f32) * 7.6 + 12.0
        })
        .collect();
    ScrollArea::horizontal().id_salt("table").show(ui, |ui| {
        let mut table = TableBuilder::new(ui).striped(true).vscroll(false).cell_layout(egui::Layout::left_to_right(egui::Align::Center));
        for width in widths {
            table = table.column(Column::initial(width).at_least(30.0).clip(true).resizable(true));
        }
        table
            .header(height, |mut line| {
                for name in head {
                    line.col(|ui| {
                        ui.strong(name);
                    });
                }
            })
            .body(|body| {
                body.rows(height, kept.len(), |mut line| {
                    let row = kept.get(line.index()).and_then(|row| rows.get(*row));
                    for column in 0..head.len() {
                        line.col(|ui| {
                            let cell = row.and_then(|row| row.get(column)).map_or("", String::as_str);
                            ui.add(egui::Label::new(RichText::new(cell).monospace()).truncate()).on_hover_text(cell);
                        });
                    }
                });
            });
    });
}

/// A line of running text, in which addresses are shown as such and lead nowhere.
fn line_ui(ui: &mut Ui, line: &str, monospace: bool) {
    if line.trim().is_empty() {
        ui.add_space(space::USUAL);
        return;
    }
    let palette = Palette::of(ui);
    let font = if monospace { egui::TextStyle::Monospace } else { egui::TextStyle::Body }.resolve(ui.style());
    let mut job = LayoutJob::default();
    let mut has_link = false;
    for (text, kind) in spans(line) {
        let mut format = egui::TextFormat { font_id: font.clone(), color: palette.text, ..Default::default() };
        match kind {
            Kind::Plain => {}
            Kind::Strong => format.color = palette.accent,
            Kind::Slanted => format.italics = true,
            Kind::Code => {
                format.font_id = egui::TextStyle::Monospace.resolve(ui.style());
                format.background = palette.ground;
            }
            Kind::Link => {
                has_link = true;
                format.color = palette.accent;
                format.underline = egui::Stroke::new(1.0, palette.accent);
            }
        }
        job.append(text, 0.0, format);
    }
    let answer = ui.add(egui::Label::new(job).wrap());
    if has_link {
        answer.on_hover_text("This address is part of the exercise. It leads nowhere.");
    }
}

/// How a stretch of text is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Plain,
    Strong,
    Slanted,
    Code,
    Link,
}

/// Stretches of a line: `**strong**`, `*slanted*`, `` `code` `` and addresses.
fn spans(line: &str) -> Vec<(&str, Kind)> {
    let mut spans = Vec::new();
    let mut rest = line;
    let mut plain_from = 0;
    let mut at = 0;
    let marks: [(&str, Kind); 3] = [("**", Kind::Strong), ("`", Kind::Code), ("*", Kind::Slanted)];
    while !rest.is_empty() {
        let found = marks.iter().find_map(|(mark, kind)| {
            let inner = rest.strip_prefix(mark)?;
            let end = inner.find(mark).filter(|end| *end > 0 && !inner.starts_with(' '))?;
            Some((mark.len() * 2 + end, &inner[..end], *kind))
        });
        let link = || {
            ["https://", "http://", "www."].iter().any(|start| rest.starts_with(start)).then(|| {
                let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | ')' | '"')).unwrap_or(rest.len());
                (end, &rest[..end], Kind::Link)
            })
        };
        match found.or_else(link) {
            Some((length, text, kind)) => {
                if plain_from < at {
                    spans.push((&line[plain_from..at], Kind::Plain));
                }
                spans.push((text, kind));
                at += length;
                plain_from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
        rest = &line[at.min(line.len())..];
    }
    if plain_from < line.len() {
        spans.push((&line[plain_from..], Kind::Plain));
    }
    spans
}

/// A page of Markdown, as far as pages of an exercise use it: headings, lists, quotations, tables, rules, indented text.
pub fn markdown(ui: &mut Ui, text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut tables = 0;
    while let Some(line) = lines.get(at) {
        let trimmed = line.trim();
        let is_row = |line: &str| line.trim().starts_with('|') && line.trim().ends_with('|') && line.trim().len() > 1;
        if is_row(trimmed) {
            let from = at;
            while lines.get(at).is_some_and(|line| is_row(line)) {
                at += 1;
            }
            tables += 1;
            rows_ui(ui, tables, &lines[from..at]);
            continue;
        }
        at += 1;
        if trimmed == "---" || trimmed == "***" {
            ui.separator();
        } else if let Some(heading) = trimmed.strip_prefix('#') {
            let level = 1 + heading.len() - heading.trim_start_matches('#').len();
            let text = RichText::new(heading.trim_start_matches('#').trim()).strong();
            ui.label(if level <= 2 { text.text_style(theme::heading()) } else { text });
        } else if let Some(quoted) = trimmed.strip_prefix('>') {
            ui.indent(("quotation", at), |ui| line_ui(ui, quoted.trim(), false));
        } else if let Some(item) = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
            ui.horizontal_wrapped(|ui| {
                ui.label("\u{2022}");
                line_ui(ui, item, false);
            });
        } else if line.starts_with("    ") {
            line_ui(ui, line, true);
        } else {
            line_ui(ui, trimmed, false);
        }
    }
}

fn rows_ui(ui: &mut Ui, number: usize, lines: &[&str]) {
    let cells = |line: &str| -> Vec<String> { line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let is_rule = |row: &[String]| row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|letter| matches!(letter, '-' | ':')));
    let rows: Vec<Vec<String>> =
        lines.iter().map(|line| cells(line)).filter(|row| !is_rule(row) && row.iter().any(|cell| !cell.is_empty())).collect();
    egui::Grid::new(("rows", number)).striped(true).spacing([16.0, 4.0]).max_col_width(ui.available_width() * 0.7).show(ui, |ui| {
        for row in &rows {
            for cell in row {
                line_ui(ui, if cell.is_empty() { "\u{a0}" } else { cell }, false);
            }
            ui.end_row();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_has_headers_and_a_body_and_a_folded_header_is_one() {
        let Artefact::Mail { headers, parts } = read("x.eml", "Subject: one\n two\nTo: a@b.example\n\nHello\n\nthere\n") else { panic!("no mail") };
        assert_eq!(headers, [("Subject".to_owned(), "one two".to_owned()), ("To".to_owned(), "a@b.example".to_owned())]);
        assert_eq!(parts, [(None, Artefact::Page("Hello\n\nthere".to_owned()))]);
    }

    #[test]
    fn what_is_attached_to_a_mail_is_shown_as_what_it_is() {
        let text = "Subject: x\nContent-Type: multipart/mixed; boundary=\"=_b\"\n\n--=_b\nContent-Type: text/plain\n\nHello\n\n--=_b\nContent-Type: text/csv; name=\"t.csv\"\n\na,b\n1,2\n\n--=_b--\nafter\n";
        let Artefact::Mail { parts, .. } = read("x.eml", text) else { panic!("no mail") };
        let table = Artefact::Table { remarks: vec![], head: vec!["a".to_owned(), "b".to_owned()], rows: vec![vec!["1".to_owned(), "2".to_owned()]] };
        assert_eq!(parts, [(None, Artefact::Page("Hello".to_owned())), (Some("t.csv".to_owned()), table)]);
    }

    #[test]
    fn a_table_may_begin_with_remarks_and_quote_commas() {
        let Artefact::Table { remarks, head, rows } = read("x.csv", "# EXERCISE.\na,b\n1,\"x, y\"\n2\n") else { panic!("no table") };
        assert_eq!(remarks, ["EXERCISE."]);
        assert_eq!(head, ["a", "b"]);
        assert_eq!(rows, [vec!["1".to_owned(), "x, y".to_owned()], vec!["2".to_owned()]]);
    }

    #[test]
    fn marks_in_a_line_are_found_and_stray_ones_left_alone() {
        assert_eq!(spans("a **b** c"), [("a ", Kind::Plain), ("b", Kind::Strong), (" c", Kind::Plain)]);
        assert_eq!(spans("5 * 3 = 15 *"), [("5 * 3 = 15 *", Kind::Plain)]);
        assert_eq!(spans("see https://x.example/a now"), [("see ", Kind::Plain), ("https://x.example/a", Kind::Link), (" now", Kind::Plain)]);
        assert_eq!(spans("äö`ü`"), [("äö", Kind::Plain), ("ü", Kind::Code)]);
    }
}
