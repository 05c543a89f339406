//! Comma-separated values as cells with their places.
//!
//! RFC 4180, and what spreadsheets do beside it: a byte-order mark, `;` or tabs as separators, spaces around cells.

/// One cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cell {
    /// Its text, without quotation marks and spaces around it.
    pub text: String,
    /// The byte offset at which it begins, behind the quotation mark if it has one.
    pub at: usize,
    /// How many bytes of the file it takes.
    pub length: usize,
}

/// The rows with something in them, at most `most`; and where a quotation mark is never closed.
pub(super) fn split(text: &str, most: usize) -> (Vec<Vec<Cell>>, Option<usize>) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let separator = separator(&text[start..]);
    let bytes = text.as_bytes();
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut at = start;
    let mut open = None;
    while rows.len() < most {
        let from = at + bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        let (cell, end) = if bytes.get(from) == Some(&b'"') {
            let (cell, end, closed) = quoted(text, from);
            if !closed {
                open.get_or_insert(from);
            }
            (cell, end)
        } else {
            let end = bytes[at..].iter().position(|byte| *byte == separator || *byte == b'\n').map_or(bytes.len(), |end| at + end);
            let written = text[from.min(end)..end].trim();
            (Cell { text: written.to_owned(), at: from.min(end), length: written.len() }, end)
        };
        row.push(cell);
        // Whatever stands between a closing mark and the separator belongs to nothing; spaces, mostly.
        let end = bytes[end..].iter().position(|byte| *byte == separator || *byte == b'\n').map_or(bytes.len(), |more| end + more);
        let ends_row = bytes.get(end) != Some(&separator);
        if ends_row {
            let row = std::mem::take(&mut row);
            if row.iter().any(|cell: &Cell| !cell.text.is_empty()) {
                rows.push(row);
            }
        }
        if end >= bytes.len() {
            break;
        }
        at = end + 1;
        if at >= bytes.len() && ends_row {
            break;
        }
    }
    (rows, open)
}

/// A cell in quotation marks, the offset behind it, and whether it is closed.
fn quoted(text: &str, from: usize) -> (Cell, usize, bool) {
    let bytes = text.as_bytes();
    let mut at = from + 1;
    loop {
        match text[at..].find('"').map(|mark| at + mark) {
            None => {
                // Everything to the end would be one cell: the line is enough.
                let end = text[from..].find('\n').map_or(bytes.len(), |end| from + end);
                let inner = text[from + 1..end].trim_end();
                return (Cell { text: inner.to_owned(), at: from + 1, length: inner.len() }, end, false);
            }
            Some(mark) if bytes.get(mark + 1) == Some(&b'"') => at = mark + 2,
            Some(mark) => {
                let inner = &text[from + 1..mark];
                return (Cell { text: inner.replace("\"\"", "\"").trim().to_owned(), at: from + 1, length: inner.len() }, mark + 1, true);
            }
        }
    }
}

/// What separates the names in the first row.
fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: char| header.matches(separator).count();
    let (commas, semicolons, tabs) = (count(','), count(';'), count('\t'));
    if tabs > commas && tabs > semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        split(text, 100).0.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_split_as_spreadsheets_write_them() {
        assert_eq!(texts("a,b\r\n1, \"2, \"\"x\"\"\" \r\n,\r\n\r\n3,\r\n"), [vec!["a", "b"], vec!["1", "2, \"x\""], vec!["3", ""]]);
        assert_eq!(texts("\u{feff}a;b\n1,5;2"), [vec!["a", "b"], vec!["1,5", "2"]]);
        assert_eq!(texts("a\tb\n \u{e9}\t\"two\nlines\""), [vec!["a", "b"], vec!["\u{e9}", "two\nlines"]]);
        assert_eq!(texts(""), [[""; 0]; 0]);
        assert_eq!(texts("\n \n"), [[""; 0]; 0]);
    }

    #[test]
    fn cells_know_where_they_stand() {
        let text = "id,named\n x , \"The \"\"old\"\" one\"\ny,\"never closed\nz,1";
        let (rows, open) = split(text, 100);
        let written: Vec<&str> = rows.iter().flatten().map(|cell| &text[cell.at..cell.at + cell.length]).collect();
        assert_eq!(written, ["id", "named", "x", "The \"\"old\"\" one", "y", "never closed", "z", "1"]);
        assert_eq!(open, text.find("\"never"));
        assert_eq!(split(text, 2).0.len(), 2);
    }
}
