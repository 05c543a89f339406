//! The little Markdown that artefacts are written in, as HTML: headings, paragraphs, lists, tables, quotations, indented text, rules, and
//! emphasis within a line. Whatever it does not know stays as it was written; all of it is escaped.

use crate::debrief::charts::escaped;

/// Blocks of a text, as HTML.
pub fn html(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let block = kind(line);
        // A paragraph goes on over lines of its own kind and no other; a lone `|` may be one.
        let mut end = at + 1;
        while end < lines.len() && block.goes_on(lines[end]) {
            end += 1;
        }
        let of = &lines[at..end];
        at = end;
        match block {
            Block::Nothing => {}
            Block::Rule => out.push_str("<hr>\n"),
            Block::Heading(level) => {
                let text = inline(line.trim_start_matches('#').trim());
                // The paper has headings of its own above these.
                let level = (level + 2).min(6);
                out.push_str(&format!("<h{level}>{text}</h{level}>\n"));
            }
            Block::Quote => {
                let text: Vec<String> = of.iter().map(|line| inline(line.trim_start_matches('>').trim())).collect();
                out.push_str(&format!("<blockquote><p>{}</p></blockquote>\n", text.join("<br>")));
            }
            Block::Indented => {
                let text: Vec<String> = of.iter().map(|line| escaped(line.strip_prefix("    ").unwrap_or(line))).collect();
                let whole = of.join("\n");
                out.push_str(&format!("<pre class=\"{}\">{}</pre>\n", log_class(&whole), text.join("\n").trim_end()));
            }
            Block::Table => out.push_str(&table(of)),
            Block::Listed => list(of, "ul", &mut out),
            Block::Numbered => list(of, "ol", &mut out),
            Block::Paragraph => {
                let text: Vec<String> = of.iter().map(|line| inline(line)).collect();
                out.push_str(&format!("<p>{}</p>\n", text.join("<br>")));
            }
        }
    }
    out
}

/// How text of one width is set: the longest line decides, because so many letters fit on a sheet at each size.
pub fn log_class(text: &str) -> &'static str {
    match text.lines().map(|line| line.chars().count()).max().unwrap_or_default() {
        0..=84 => "log",
        85..=104 => "log tight",
        _ => "log tightest",
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Nothing,
    Rule,
    Heading(usize),
    Quote,
    Indented,
    Table,
    Listed,
    Numbered,
    Paragraph,
}

impl Block {
    fn goes_on(self, line: &str) -> bool {
        match self {
            Block::Nothing | Block::Rule | Block::Heading(_) => false,
            // An empty line inside indented text belongs to it.
            Block::Indented => line.is_empty() || kind(line) == Block::Indented,
            Block::Listed | Block::Numbered => kind(line) == self || (line.starts_with("  ") && !line.trim().is_empty()),
            Block::Quote | Block::Table | Block::Paragraph => kind(line) == self,
        }
    }
}

fn kind(line: &str) -> Block {
    let trimmed = line.trim();
    let hashes = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    match trimmed {
        "" => Block::Nothing,
        _ if line.starts_with("    ") || line.starts_with('\t') => Block::Indented,
        _ if trimmed.len() >= 3 && trimmed.bytes().all(|byte| byte == b'-') => Block::Rule,
        _ if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(' ') => Block::Heading(hashes),
        _ if trimmed.starts_with('>') => Block::Quote,
        _ if trimmed.starts_with('|') && trimmed.ends_with('|') && trimmed.len() > 1 => Block::Table,
        _ if trimmed.starts_with("- ") || trimmed.starts_with("* ") => Block::Listed,
        _ if digits > 0 && trimmed[digits..].starts_with(". ") => Block::Numbered,
        _ => Block::Paragraph,
    }
}

fn list(lines: &[&str], tag: &str, out: &mut String) {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        let trimmed = line.trim();
        match (kind(line), items.last_mut()) {
            (Block::Listed, _) => items.push(inline(trimmed[2..].trim())),
            (Block::Numbered, _) => items.push(inline(trimmed.split_once(". ").map_or(trimmed, |(_, text)| text).trim())),
            (_, Some(last)) => last.push_str(&format!(" {}", inline(trimmed))),
            (_, None) => items.push(inline(trimmed)),
        }
    }
    out.push_str(&format!("<{tag}>{}</{tag}>\n", items.iter().map(|item| format!("<li>{item}</li>")).collect::<String>()));
}

fn table(lines: &[&str]) -> String {
    let cells = |line: &str| -> Vec<String> { line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let is_rule = |cells: &[String]| cells.iter().all(|cell| !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':')));
    let rows: Vec<Vec<String>> = lines.iter().map(|line| cells(line)).collect();
    let headed = rows.get(1).is_some_and(|row| is_rule(row));
    let mut out = "<table>".to_owned();
    for (place, row) in rows.iter().enumerate() {
        // A head without words is how a table without a head is written.
        if headed && (place == 1 || (place == 0 && row.iter().all(String::is_empty))) {
            continue;
        }
        let tag = if headed && place == 0 { "th" } else { "td" };
        out.push_str("<tr>");
        row.iter().for_each(|cell| out.push_str(&format!("<{tag}>{}</{tag}>", inline(cell))));
        out.push_str("</tr>");
    }
    out + "</table>\n"
}

/// Emphasis and code within a line.
fn inline(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    'text: while !rest.is_empty() {
        for (mark, tag) in [("**", "strong"), ("`", "code"), ("*", "em")] {
            let Some(after) = rest.strip_prefix(mark) else { continue };
            // A mark before a space is a star and not the beginning of something.
            if after.starts_with(' ') {
                continue;
            }
            if let Some(end) = after.find(mark).filter(|end| *end > 0) {
                let inner = if tag == "code" { escaped(&after[..end]) } else { inline(&after[..end]) };
                out.push_str(&format!("<{tag}>{inner}</{tag}>"));
                rest = &after[end + mark.len()..];
                continue 'text;
            }
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let plain = rest[first..].find(['*', '`']).map_or(rest.len(), |place| first + place);
        out.push_str(&escaped(&rest[..plain]));
        rest = &rest[plain..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_artefacts_use_is_written_as_html_and_escaped() {
        for (text, wanted) in [
            ("# A <b>", "<h3>A &lt;b&gt;</h3>\n"),
            ("one\ntwo\n\nthree", "<p>one<br>two</p>\n<p>three</p>\n"),
            ("**Bold:** and *soft*, 2 * 3, `a*b`", "<p><strong>Bold:</strong> and <em>soft</em>, 2 * 3, <code>a*b</code></p>\n"),
            ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>\n"),
            ("- one\n  more\n- two", "<ul><li>one more</li><li>two</li></ul>\n"),
            ("| | |\n|---|---|\n| a | **b** |", "<table><tr><td>a</td><td><strong>b</strong></td></tr></table>\n"),
            ("| a |\n|---|\n| 1 |", "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>\n"),
            ("    x  <\n\n    y", "<pre class=\"log\">x  &lt;\n\ny</pre>\n"),
            ("> so\n\n---", "<blockquote><p>so</p></blockquote>\n<hr>\n"),
            ("*", "<p>*</p>\n"),
            ("**", "<p>**</p>\n"),
        ] {
            assert_eq!(html(text), wanted, "{text}");
        }
    }
}
