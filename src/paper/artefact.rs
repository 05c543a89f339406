//! Artefacts shown as what they are: a mail with its headers, a log in columns, a table of records, a page.

use super::markdown;

/// Something that is looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    /// A mail: who, to whom, when, about what; the other headers, as they came; and its parts.
    Mail {
        /// The headers that people read.
        head: Vec<(String, String)>,
        /// The headers that analysts read, line by line.
        more: String,
        /// Texts and attachments.
        parts: Vec<Piece>,
    },
    /// Anything else: one piece.
    Piece(Piece),
}

/// A text or an attachment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Lines as they came, in type of one width.
    Log(String),
    /// Lines as somebody wrote them.
    Letter(String),
    /// Records in columns.
    Table {
        /// What stands above it: the name of the file, or remarks.
        notes: Vec<String>,
        /// The names of the columns, and whether a column is too broad to stay on one line.
        head: Vec<(String, bool)>,
        /// The records.
        rows: Vec<Vec<String>>,
    },
    /// A page, as HTML of our own making.
    Page(String),
}

/// So many letters of a table stand on a line of an upright sheet.
const ON_A_LINE: usize = 88;

/// A column with longer cells than this, in letters, may break its lines.
const BROAD: usize = 24;

/// Headers that people read, in the order in which they are shown.
const READ: [&str; 6] = ["From", "To", "Cc", "Date", "Subject", "Reply-To"];

/// An artefact by the name of its file and its text; none where it has no words (a picture: those stand with the inject).
pub fn shown(file: &str, text: &str) -> Option<Shown> {
    if text.trim().is_empty() {
        return None;
    }
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    Some(match ending.as_str() {
        "eml" => mail(text),
        "csv" => Shown::Piece(table(text, None)),
        "md" => Shown::Piece(Piece::Page(markdown::html(text))),
        _ => Shown::Piece(Piece::Log(text.trim_end().to_owned())),
    })
}

fn mail(text: &str) -> Shown {
    let text = text.replace("\r\n", "\n");
    let (headers, body) = text.split_once("\n\n").unwrap_or((text.as_str(), ""));
    let headers = unfolded(headers);
    let value = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    let head = READ.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect();
    // The marking of the exercise stands on every sheet.
    let is_more = |name: &str| !READ.iter().chain(&["X-Exercise"]).any(|read| read.eq_ignore_ascii_case(name));
    let more: Vec<String> = headers.iter().filter(|(name, _)| is_more(name)).map(|(name, value)| format!("{name}: {value}")).collect();
    let boundary = value("Content-Type").and_then(|kind| parameter(&kind, "boundary"));
    let parts = match boundary {
        Some(boundary) => parts(body, &boundary),
        None => letter(body),
    };
    Shown::Mail { head, more: more.join("\n"), parts }
}

/// Headers, with folded lines joined (RFC 5322, section 2.2.3).
fn unfolded(text: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }
    headers
}

/// `boundary="x"` in a header.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|parameter| {
        let (known, value) = parameter.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// The parts of a mail with several (RFC 2046, section 5.1.1).
fn parts(body: &str, boundary: &str) -> Vec<Piece> {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    for part in body.split(mark.as_str()).skip(1) {
        let part = part.trim_start_matches('\n');
        if part.starts_with("--") || part.trim().is_empty() {
            continue;
        }
        let (headers, text) = part.split_once("\n\n").unwrap_or(("", part));
        let headers = unfolded(headers);
        let value = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.as_str());
        let kind = value("Content-Type");
        let file = parameter(value("Content-Disposition"), "filename").or_else(|| parameter(kind, "name"));
        match file {
            Some(file) if kind.starts_with("text/csv") => parts.push(table(text, Some(&file))),
            Some(file) => parts.push(Piece::Log(format!("[{file}]\n\n{}", text.trim()))),
            None => parts.extend(letter(text)),
        }
    }
    parts
}

/// What somebody wrote. Paragraphs with columns in them keep their type of one width.
fn letter(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let text = text.trim_matches('\n').trim_end();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let has_columns = paragraph.lines().any(|line| line.trim().contains("   "));
        match (has_columns, pieces.last_mut()) {
            (true, Some(Piece::Log(before))) | (false, Some(Piece::Letter(before))) => {
                before.push_str("\n\n");
                before.push_str(paragraph);
            }
            (true, _) => pieces.push(Piece::Log(paragraph.to_owned())),
            (false, _) => pieces.push(Piece::Letter(paragraph.to_owned())),
        }
    }
    pieces
}

/// Records; lines that begin with `#` are remarks.
fn table(text: &str, file: Option<&str>) -> Piece {
    let mut notes: Vec<String> = file.map(|file| format!("Attachment: {file}")).into_iter().collect();
    let is_note = |line: &&str| line.trim_start().starts_with('#');
    notes.extend(text.lines().filter(is_note).map(|line| line.trim_start_matches(['#', ' ']).to_owned()));
    let records: Vec<&str> = text.lines().filter(|line| !is_note(line) && !line.trim().is_empty()).collect();
    let records = records.join("\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(records.as_bytes());
    let mut rows: Vec<Vec<String>> = reader.records().filter_map(Result::ok).map(|record| record.iter().map(str::to_owned).collect()).collect();
    let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    let widest = |place: usize| rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count()).max().unwrap_or_default();
    let head = head.into_iter().enumerate().map(|(place, name)| (name, widest(place) > BROAD)).collect();
    Piece::Table { notes, head, rows }
}

impl Shown {
    /// A table that is broader than a sheet is when it stands upright, by itself or attached to a mail.
    pub fn is_broad(&self) -> bool {
        match self {
            Shown::Mail { parts, .. } => parts.iter().any(Piece::is_broad),
            Shown::Piece(piece) => piece.is_broad(),
        }
    }

    /// How many lines it takes, roughly, so that a long one can be set smaller.
    pub fn lines(&self) -> usize {
        match self {
            Shown::Mail { head, more, parts } => head.len() + more.lines().count() + parts.iter().map(Piece::lines).sum::<usize>(),
            Shown::Piece(piece) => piece.lines(),
        }
    }
}

impl Piece {
    fn is_broad(&self) -> bool {
        let Piece::Table { head, rows, .. } = self else { return false };
        let widest = |place: usize| rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count()).max().unwrap_or_default();
        head.iter().enumerate().map(|(place, (name, _))| widest(place).max(name.chars().count()) + 2).sum::<usize>() > ON_A_LINE
    }

    /// How a log is set, by its longest line.
    pub fn class(&self) -> &'static str {
        match self {
            Piece::Log(text) => markdown::log_class(text),
            _ => "",
        }
    }

    fn lines(&self) -> usize {
        match self {
            Piece::Log(text) | Piece::Letter(text) => text.lines().map(|line| 1 + line.chars().count() / 95).sum(),
            Piece::Table { notes, rows, .. } => {
                notes.len() + 1 + rows.iter().map(|row| 1 + row.iter().map(|cell| cell.chars().count()).sum::<usize>() / 95).sum::<usize>()
            }
            Piece::Page(html) => html.lines().map(|line| 1 + line.chars().count() / 95).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "X-Exercise: EXERCISE\nReceived: from a\n\tby b; now\nFrom: \"A\" <a@x.example>\nSubject: Hello\nContent-Type: multipart/mixed; boundary=\"=_1\"\n\n--=_1\nContent-Type: text/plain\n\nDear all,\nbye\n\n--=_1\nContent-Type: text/csv; name=\"t.csv\"\nContent-Disposition: attachment; filename=\"t.csv\"\n\nhost,what\nA-1,\"x, y\"\n\n--=_1--\n";

    #[test]
    fn a_mail_has_headers_a_letter_and_its_attachment_as_a_table() {
        let Some(Shown::Mail { head, more, parts }) = shown("artefacts/a.eml", MAIL) else { panic!("a mail") };
        assert_eq!(head, [("From", "\"A\" <a@x.example>"), ("Subject", "Hello")].map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(more, "Received: from a by b; now\nContent-Type: multipart/mixed; boundary=\"=_1\"");
        assert_eq!(parts[0], Piece::Letter("Dear all,\nbye".to_owned()));
        let table = Piece::Table {
            notes: vec!["Attachment: t.csv".to_owned()],
            head: vec![("host".to_owned(), false), ("what".to_owned(), false)],
            rows: vec![vec!["A-1".to_owned(), "x, y".to_owned()]],
        };
        assert_eq!(parts[1..], [table]);
    }

    #[test]
    fn a_log_stays_as_it_is_and_nothing_is_nothing() {
        assert_eq!(shown("x.log", " -1h  a\n"), Some(Shown::Piece(Piece::Log(" -1h  a".to_owned()))));
        assert_eq!(shown("x.png", ""), None);
        let Some(Shown::Piece(Piece::Table { notes, head, rows })) = shown("x.csv", "# why\na,b\n1\n") else { panic!("a table") };
        assert_eq!((notes, head.len(), rows), (vec!["why".to_owned()], 2, vec![vec!["1".to_owned()]]));
    }

    #[test]
    fn a_broken_mail_is_still_shown() {
        for text in ["no headers", "From: x", "Content-Type: multipart/mixed; boundary=\"b\"\n\nnothing", "\n\n"] {
            assert!(matches!(shown("x.eml", text), Some(Shown::Mail { .. })) != text.trim().is_empty(), "{text}");
        }
    }
}
