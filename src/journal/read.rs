//! Reading a journal that anybody may have written, cut, joined or edited.
//!
//! Every line is checked against the one before. What does not fit is named with its number and with what happened to it, as far as that can
//! be told: changed, missing, doubled or out of place. A journal with any damage is not played, with one exception: a last line without its end
//! is what a crash leaves behind, and is left out.

use std::io::{self, Read};

use serde::Deserialize;
use thiserror::Error;

use super::entry::{Annotation, Entry, FORMAT, Header, shortened};

/// The longest line, in bytes: a header with the largest closure, escaped.
pub const LONGEST_LINE: usize = 64 << 20;
/// The largest journal, in bytes.
pub const LARGEST_JOURNAL: u64 = 256 << 20;
/// The most lines.
pub const MOST_LINES: usize = 2_000_000;
/// So many damaged lines are listed; more tell nobody anything.
const MOST_DAMAGE: usize = 20;

/// What the first line is chained to.
pub(super) const FIRST: [u8; 32] = *b"hotwash journal, format 1\0\0\0\0\0\0\0";
/// How every journal begins.
pub const BEGINS: &[u8] = b"{\"n\":0,\"entry\":{\"header\":";
/// What stands before the chain in a line.
pub(super) const BEFORE_CHAIN: &str = ",\"chain\":\"";
/// Chain, quotation mark and brace.
const AFTER_BODY: usize = BEFORE_CHAIN.len() + 64 + 2;

/// The chain of a line: of the chain before it and of the bytes of its own body.
pub(super) fn link(before: &[u8; 32], body: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before);
    hasher.update(body);
    *hasher.finalize().as_bytes()
}

/// A journal that is whole, save perhaps for a torn last line.
#[derive(Clone, PartialEq, Debug)]
pub struct Journal {
    /// Its entries without the header.
    pub entries: Vec<Numbered>,
    header: Box<Header>,
    /// The number of the last line, if it was torn and left out.
    pub torn: Option<usize>,
    /// Its whole lines, as they were read.
    pub(super) text: Vec<u8>,
    /// Where it goes on.
    pub(super) end: End,
}

/// Where a journal goes on: after its last whole line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct End {
    /// The number of the next entry.
    pub next: u64,
    /// What it is chained to.
    pub chain: [u8; 32],
}

/// An entry with the number of its line, from 1.
#[derive(Clone, PartialEq, Debug)]
pub struct Numbered {
    /// The line.
    pub line: usize,
    /// What stands there.
    pub entry: Entry,
}

impl Journal {
    /// What is played, and by whom.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The length of its whole lines, in bytes: what comes after is a torn line, to be cut off before anything is added.
    pub fn whole_bytes(&self) -> u64 {
        self.text.len() as u64
    }

    /// The end of the session, if it came to one.
    pub fn closed(&self) -> Option<&super::entry::Closed> {
        self.entries.iter().find_map(|numbered| match &numbered.entry {
            Entry::Closed(closed) => Some(&**closed),
            _ => None,
        })
    }

    /// Remarks, in order; without those about what was undone.
    pub fn annotations(&self) -> impl Iterator<Item = &Annotation> {
        let mut kept: Vec<&Annotation> = Vec::new();
        for numbered in &self.entries {
            match &numbered.entry {
                Entry::Annotation(annotation) => kept.push(annotation),
                Entry::Rewound(rewound) => kept.retain(|annotation| annotation.at.is_none_or(|at| at <= rewound.to)),
                _ => {}
            }
        }
        kept.into_iter()
    }
}

/// Why a journal cannot be read.
#[derive(Error, Debug)]
pub enum ReadError {
    /// The system refused.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// There is no journal yet: it ends before its first line was whole, as when play was killed at once. Nothing is lost, for nothing was there.
    #[error("nothing had been recorded")]
    Nothing,
    /// Lines are damaged.
    #[error("{}", said(.0))]
    Damaged(Vec<Damage>),
}

/// One damaged line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damage {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it, as a sentence without a full stop.
    pub what: String,
}

fn said(damage: &[Damage]) -> String {
    damage.iter().map(|damage| format!("line {}: {}", damage.line, damage.what)).collect::<Vec<_>>().join("\n")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[allow(dead_code, reason = "read before, with less effort; here it only has to be there")]
    n: u64,
    entry: Entry,
    #[allow(dead_code, reason = "read before, as bytes")]
    chain: String,
}

/// What a line is, before anybody believes it.
struct Claim {
    n: Option<u64>,
    chain: Option<[u8; 32]>,
    body: usize,
}

fn claim(line: &[u8]) -> Claim {
    let digits = line.strip_prefix(b"{\"n\":").unwrap_or_default();
    let length = digits.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    let n = if digits.get(length) == Some(&b',') { std::str::from_utf8(&digits[..length]).ok().and_then(|digits| digits.parse().ok()) } else { None };
    let body = line.len().saturating_sub(AFTER_BODY);
    let chain = line[body..].strip_prefix(BEFORE_CHAIN.as_bytes()).and_then(|rest| rest.strip_suffix(b"\"}")).and_then(|hex| {
        let hash = blake3::Hash::from_hex(hex).ok()?;
        // Only the spelling that is written: otherwise a line could be changed without a trace.
        (hash.to_hex().as_bytes() == hex).then(|| *hash.as_bytes())
    });
    Claim { n, chain, body }
}

/// Where each line says it belongs, to tell a missing line from one that stands elsewhere.
struct Reader {
    lines: Vec<Option<u64>>,
    damage: Vec<Damage>,
    entries: Vec<Numbered>,
    header: Option<Box<Header>>,
    expected: u64,
    /// The chain so far; none after a line that has none of its own.
    chain: Option<[u8; 32]>,
    closed: bool,
    before: Vec<u8>,
}

/// Reads a journal.
///
/// # Errors
/// What the system says, or every damaged line (the first twenty).
pub fn read(from: impl Read) -> Result<Journal, ReadError> {
    // Two looks at every line: the first only to know where each number stands.
    let mut bytes = Vec::new();
    from.take(LARGEST_JOURNAL + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_JOURNAL {
        let what = format!("the journal is larger than {} MiB; nothing in it was read", LARGEST_JOURNAL >> 20);
        return Err(ReadError::Damaged(vec![Damage { line: 1, what }]));
    }
    if let Some(what) = not_text(&bytes) {
        return Err(ReadError::Damaged(vec![Damage { line: 1, what }]));
    }
    if bytes.iter().filter(|byte| **byte == b'\n').count() > MOST_LINES {
        return Err(ReadError::Damaged(vec![Damage { line: MOST_LINES + 1, what: format!("a journal has at most {MOST_LINES} lines") }]));
    }
    if !bytes.contains(&b'\n') && is_a_beginning(&bytes) {
        return Err(ReadError::Nothing);
    }
    let torn = bytes.last().is_some_and(|last| *last != b'\n');
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    let text = &bytes[..whole];
    let lines = || text.split_inclusive(|byte| *byte == b'\n').map(|line| &line[..line.len() - 1]);
    let mut reader = Reader {
        lines: lines().map(|line| claim(line).n).collect(),
        damage: Vec::new(),
        entries: Vec::new(),
        header: None,
        expected: 0,
        chain: Some(FIRST),
        closed: false,
        before: Vec::new(),
    };
    for (place, line) in lines().enumerate() {
        if reader.damage.len() >= MOST_DAMAGE {
            break;
        }
        reader.line(place + 1, line);
    }
    let count = reader.lines.len();
    if !reader.damage.is_empty() {
        return Err(ReadError::Damaged(reader.damage));
    }
    match reader.header {
        Some(header) => {
            let end = End { next: reader.expected, chain: reader.chain.unwrap_or(FIRST) };
            bytes.truncate(whole);
            Ok(Journal { entries: reader.entries, header, torn: torn.then_some(count + 1), text: bytes, end })
        }
        None => {
            // An empty file, and a torn header, have been answered already.
            Err(ReadError::Damaged(vec![Damage { line: 1, what: "is not the beginning of a journal".to_owned() }]))
        }
    }
}

/// Whether bytes are how every journal begins, as far as they go.
fn is_a_beginning(bytes: &[u8]) -> bool {
    let both = bytes.len().min(BEGINS.len());
    bytes[..both] == BEGINS[..both]
}

/// Why bytes cannot be a journal at all.
fn not_text(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Some("begins with a byte-order mark: the journal was saved by an editor, and journals are not for editing".to_owned());
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some("this is UTF-16, and no journal".to_owned());
    }
    if bytes.iter().position(|byte| *byte == b'\n').is_some_and(|end| end > 0 && bytes[end - 1] == b'\r') {
        return Some("ends like a line of Windows (CR LF): the journal was changed by an editor or on its way here".to_owned());
    }
    None
}

impl Reader {
    fn report(&mut self, line: usize, what: impl Into<String>) {
        self.damage.push(Damage { line, what: what.into() });
    }

    fn line(&mut self, number: usize, line: &[u8]) {
        let before = std::mem::replace(&mut self.before, line.to_vec());
        let claim = claim(line);
        if self.out_of_place(number, line, &before, &claim) {
            return;
        }
        // From here on the line stands where it belongs.
        let (body, _) = line.split_at(claim.body);
        let follows = self.chain.is_none_or(|chain| claim.chain == Some(link(&chain, body)));
        let numbered = claim.n == Some(self.expected);
        self.chain = claim.chain;
        self.expected += 1;
        if !follows {
            let what = self.what_changed(number, line, claim.chain.is_none());
            self.report(number, what);
            return;
        }
        if !numbered {
            // Whoever computes chains anew can write any number: what was written here has the one that follows.
            self.report(number, format!("does not begin with the number of entry {}: the line was not written here", self.expected - 1));
            return;
        }
        self.enter(number, line);
    }

    /// Says where a line belongs that does not belong here.
    fn out_of_place(&mut self, number: usize, line: &[u8], before: &[u8], claim: &Claim) -> bool {
        let Some(n) = claim.n else { return false };
        let expected = self.expected;
        if n == expected {
            return false;
        }
        let elsewhere =
            |n: u64| self.lines.iter().enumerate().position(|(place, other)| place + 1 != number && *other == Some(n)).map(|place| place + 1);
        let (wanted, twin) = (elsewhere(expected), elsewhere(n));
        // Whether the next line is the one that belongs after this place.
        let neighbour_fits = self.lines.get(number).copied().flatten() == Some(expected + 1);
        if neighbour_fits && line != before && wanted.is_none() && (n > expected || twin.is_some()) {
            // Everything around is in its place: the number of this line was changed.
            return false;
        }
        let what = match (n < expected, wanted) {
            (true, _) if line == before => format!("is line {} once more: the line is doubled", number - 1),
            (true, _) if twin.is_some() => format!("entry {n} stands here again: the line is doubled"),
            (true, _) => format!("entry {n} stands where entry {expected} belongs: the line is out of place"),
            (false, Some(other)) => format!("entry {n} stands where entry {expected} belongs, which is in line {other}: lines are swapped"),
            (false, None) if n - expected == 1 => format!("entry {expected} is missing before this line"),
            (false, None) => format!("entries {expected} to {} are missing before this line", n - 1),
        };
        self.report(number, what);
        // How to go on: what follows is checked against this line where it can be, and otherwise only from the line after it.
        if neighbour_fits && twin.is_none() {
            (self.expected, self.chain) = (expected + 1, None);
        } else if n > expected {
            (self.expected, self.chain) = (n + 1, claim.chain);
        }
        true
    }

    fn what_changed(&self, number: usize, line: &[u8], no_chain: bool) -> String {
        if line.len() > LONGEST_LINE {
            return format!("is longer than {} MiB", LONGEST_LINE >> 20);
        }
        if line.is_empty() {
            return "is empty".to_owned();
        }
        if line.ends_with(b"\r") {
            return "ends like a line of Windows (CR LF): the journal was changed by an editor or on its way here".to_owned();
        }
        if let Err(error) = std::str::from_utf8(line) {
            return format!("byte {} is not UTF-8: the line was changed after it was written", error.valid_up_to() + 1);
        }
        if number == 1 && no_chain && !line.starts_with(b"{\"n\":0,") {
            return "is not the beginning of a journal".to_owned();
        }
        if no_chain {
            return "has no hash of 64 hexadecimal digits at its end: the line was changed after it was written".to_owned();
        }
        match number {
            1 => "its hash does not fit its content: the line was changed after it was written".to_owned(),
            _ => format!("its hash does not follow from line {}: the line was changed after it was written, or another stood before it", number - 1),
        }
    }

    /// A line whose chain is right. Anybody can compute one, so what it says is still only a claim.
    fn enter(&mut self, number: usize, line: &[u8]) {
        if line.len() > LONGEST_LINE {
            return self.report(number, format!("is longer than {} MiB", LONGEST_LINE >> 20));
        }
        let entry = match serde_json::from_slice::<Line>(line) {
            Ok(line) => line.entry,
            Err(error) => return self.report(number, format!("cannot be understood: {}", shortened(&error.to_string()))),
        };
        match entry {
            Entry::Header(header) if number == 1 && header.format == FORMAT => self.header = Some(header),
            Entry::Header(header) if number == 1 => {
                self.report(1, format!("this journal has format {}; this build reads format {FORMAT}", header.format));
            }
            Entry::Header(_) => self.report(number, "a second header"),
            other if number == 1 => self.report(1, format!("a journal begins with a header, not with `{}`", other.name())),
            Entry::Annotation(annotation) => self.entries.push(Numbered { line: number, entry: Entry::Annotation(annotation) }),
            other if self.closed => self.report(number, format!("`{}` after the session was closed", other.name())),
            other => {
                self.closed = matches!(other, Entry::Closed(_));
                self.entries.push(Numbered { line: number, entry: other });
            }
        }
    }
}
