//! From files to one [`Sheet`], with everything that is wrong on the way.
//!
//! Nothing here stops at the first problem. Every list is read item by item; what cannot be read is reported where it stands and left out,
//! and the rest is read. What was left out is remembered ([`Loaded::lost`]), so that checks do not complain of what they cannot know.

mod head;
mod orders;
mod profile;
mod region;
mod sheet;
mod table;
mod words;

use std::collections::BTreeSet;

pub use orders::{LoadedList, LoadedOrders, LoadedRecords, load_orders, load_records};
pub(crate) use profile::is_profile;
pub use profile::{LoadedProfile, load_profile};

use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean, fresh_suggestions};
use crate::scenario::lexical::{self, Scanned};
use crate::scenario::located::{Located, Place};
use crate::scenario::reference::Mention;
use crate::scenario::source::{Bytes, LARGEST_CLOSURE, LARGEST_FILE, MOST_FILES, Opening, Part, ReadError, Sources, is_picture, library_names};
use crate::scenario::written::Sheet;

/// What loading gives, whether or not anything was wrong.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// All files of the scenario and the library's that it uses, joined.
    pub sheet: Sheet,
    /// Every id and every reference in them.
    pub mentions: Vec<Mention>,
    /// Ids in what could not be read: references to them are not dangling as far as anybody knows.
    pub lost: BTreeSet<String>,
    /// Something could not be read, so that absence proves nothing.
    pub incomplete: bool,
    /// Items of which something was left out: what they lack, they may have had.
    pub damaged: Vec<Place>,
    /// A whole file could not be read, so that nobody knows what it defines.
    pub unread_files: bool,
    /// The texts.
    pub sources: Sources,
    /// What was found while reading.
    pub diagnostics: Diagnostics,
    /// The profiles beside the scenario.
    pub profiles: Vec<LoadedProfile>,
}

/// Reads a scenario with its parts, its library files, what its injects show, and the profiles beside it.
pub fn load(opening: &Opening) -> Loaded {
    fresh_suggestions();
    let mut loader = Loader {
        opening,
        loaded: Loaded {
            sheet: Sheet::default(),
            mentions: Vec::new(),
            lost: BTreeSet::new(),
            incomplete: false,
            damaged: Vec::new(),
            unread_files: false,
            sources: Sources::new(opening.root()),
            diagnostics: Diagnostics::default(),
            profiles: Vec::new(),
        },
        open: Vec::new(),
    };
    loader.sheet_file(opening.root(), Place::default());
    loader.library();
    loader.artefacts();
    loader.profiles();
    let mut loaded = loader.loaded;
    head::check(&mut loaded);
    loaded
}

struct Loader<'a> {
    opening: &'a Opening,
    loaded: Loaded,
    /// The parts being read, outermost first.
    open: Vec<String>,
}

impl Loader<'_> {
    /// Reads the file of the scenario that is opened, or one of its parts.
    fn sheet_file(&mut self, name: &str, from: Place) {
        let Some(file) = self.fetch(name, Part::Sheet, from) else { return };
        self.open.push(name.to_owned());
        let tables = self.loaded.sheet.tables.len();
        let parts = self.read_sheet(file, Part::Sheet);
        self.tables(tables);
        for part in parts {
            self.part(&part);
        }
        self.open.pop();
    }

    fn part(&mut self, part: &Located<String>) {
        let name = part.value.strip_prefix("./").unwrap_or(&part.value).to_owned();
        if self.open.contains(&name) {
            let from = self.open.iter().position(|open| *open == name).unwrap_or(0);
            let chain = self.open[from..].iter().map(String::as_str).chain([name.as_str()]).collect::<Vec<_>>().join(" -> ");
            let found = format!("parts that name one another in a circle: {chain}");
            self.add(Code::PartLoop, part.at, &found, "parts that name only parts below them", "name it once, in the scenario's first file");
            return;
        }
        if self.loaded.sources.index_of(&name).is_some() {
            let found = format!("the part `{name}`, which was named before");
            self.add(Code::PartTwice, part.at, &found, "each part once", "it is read once; leave the other out");
            return;
        }
        self.sheet_file(&name, part.at);
    }

    fn read_sheet(&mut self, file: u16, part: Part) -> Vec<Located<String>> {
        let scanned = self.scan(file);
        if scanned.given_up {
            self.loaded.incomplete = true;
            self.loaded.unread_files = true;
            return Vec::new();
        }
        let before = self.loaded.sheet.parts.len();
        let mut reader = region::Reader::new(file, &scanned, &mut self.loaded.diagnostics, &mut self.loaded.mentions, &mut self.loaded.lost);
        self.loaded.unread_files |= scanned.cut_short;
        let is_sheet = sheet::read(&mut reader, &mut self.loaded.sheet, part == Part::Library);
        self.loaded.incomplete |= reader.incomplete;
        self.loaded.damaged.append(&mut reader.damaged);
        self.loaded.unread_files |= !is_sheet;
        self.loaded.sheet.parts[before..].to_vec()
    }

    /// Reads the tables that a file named: those from `first` on.
    fn tables(&mut self, first: usize) {
        for named in self.loaded.sheet.tables.get(first..).unwrap_or_default().to_vec() {
            if let Some(name) = &named.staff {
                let rows = self.table(name, &table::STAFF);
                self.loaded.sheet.staff.extend(rows);
            }
            if let Some(name) = &named.assets {
                let rows = self.table(name, &table::ASSETS);
                self.loaded.sheet.estate.get_or_insert_default().assets.extend(rows);
            }
            if let Some(name) = &named.contacts {
                let rows = self.table(name, &table::CONTACTS);
                self.loaded.sheet.stakeholders.extend(rows);
            }
            if let Some(name) = &named.vendors {
                let rows = self.table(name, &table::VENDORS);
                self.loaded.sheet.vendors.extend(rows);
            }
        }
    }

    fn table<T: serde::de::DeserializeOwned>(&mut self, written: &Located<String>, kind: &table::Kind) -> Vec<T> {
        let name = written.value.strip_prefix("./").unwrap_or(&written.value).to_owned();
        if self.loaded.sources.index_of(&name).is_some() {
            let found = format!("the table `{name}`, which is read already as something else");
            self.add(Code::PartMissing, written.at, &found, "a table of its own for each list", "name the file that this list is in");
            self.loaded.incomplete = true;
            self.loaded.unread_files = true;
            return Vec::new();
        }
        let Some(file) = self.fetch(&name, Part::Table, written.at) else {
            self.loaded.incomplete = true;
            self.loaded.unread_files = true;
            return Vec::new();
        };
        let loaded = &mut self.loaded;
        let text = loaded.sources.files().get(file as usize).map_or("", |file| file.text.as_str());
        let mut reading = table::Reading::new(file, &mut loaded.diagnostics, &mut loaded.mentions, &mut loaded.lost);
        let rows = reading.rows(kind, text);
        loaded.incomplete |= reading.incomplete;
        loaded.unread_files |= reading.unread;
        rows
    }

    fn scan(&mut self, file: u16) -> Scanned {
        let text = self.loaded.sources.files().get(file as usize).map_or("", |file| file.text.as_str());
        let before = self.loaded.diagnostics.has_errors();
        let scanned = lexical::scan(file, text, &mut self.loaded.diagnostics);
        self.loaded.incomplete |= !before && self.loaded.diagnostics.has_errors();
        scanned
    }

    fn library(&mut self) {
        let names = self.loaded.sheet.from_library.clone();
        let mut seen = BTreeSet::new();
        for written in names {
            let name = written.value.strip_prefix("library/").unwrap_or(&written.value);
            let name = name.strip_suffix(".ron").unwrap_or(name).to_owned();
            if !seen.insert(name.clone()) {
                let found = format!("the library file `{name}`, which was named before");
                self.add(Code::PartTwice, written.at, &found, "each once", "it is read once; leave the other out");
                continue;
            }
            match self.opening.read_library(&name) {
                Ok(bytes) => {
                    let label = format!("library/{name}.ron");
                    if let Some(file) = self.keep(&format!("library:{name}"), &label, bytes, Part::Library, written.at) {
                        self.read_sheet(file, Part::Library);
                    }
                }
                Err(_) => {
                    let known = library_names();
                    let expected = format!("one of {}", known.join(", "));
                    let help = did_you_mean(&name, known.iter().copied()).map_or("leave it out".to_owned(), |near| format!("did you mean `{near}`?"));
                    self.add(Code::LibraryMissing, written.at, &format!("the library has no file `{name}`"), &expected, &help);
                    self.loaded.incomplete = true;
                    self.loaded.unread_files = true;
                }
            }
        }
    }

    /// Reads what injects and voices show.
    fn artefacts(&mut self) {
        let sheet = &self.loaded.sheet;
        let injects = sheet.moves.iter().flat_map(|m| &m.injects).chain(&sheet.deck);
        let shown = injects.clone().filter_map(|inject| inject.artefact.clone());
        let voices = sheet.moves.iter().flat_map(|m| &m.voices).filter_map(|voice| voice.artefact.clone());
        let pictures = injects.filter_map(|inject| inject.picture.as_ref().map(|picture| picture.file.clone()));
        let files: Vec<(Located<String>, Part)> =
            shown.chain(voices).map(|name| (name, Part::Artefact)).chain(pictures.map(|name| (name, Part::Picture))).collect();
        for (written, part) in files {
            let name = written.value.strip_prefix("./").unwrap_or(&written.value).to_owned();
            if let Some(known) = self.loaded.sources.find(&name) {
                if matches!(known.part, Part::Sheet | Part::Library | Part::Table) {
                    let found = format!("`{name}`, which is a file of the scenario itself");
                    let help = "players would read what is hidden from them; name the file that they are to look at";
                    self.add(Code::ArtefactIsPart, written.at, &found, "a file that is looked at in play", help);
                }
                continue;
            }
            let part = if is_picture(&name) { Part::Picture } else { part };
            self.fetch(&name, part, written.at);
        }
    }

    fn profiles(&mut self) {
        for name in self.opening.profiles() {
            let Ok(Bytes::Whole(bytes)) = self.opening.read(&name) else { continue };
            let label = self.opening.label(&name);
            let profile = load_profile(&mut self.loaded.sources, &name, &label, bytes);
            self.loaded.profiles.push(profile);
        }
    }

    /// Reads a file of the scenario's folder and keeps it.
    fn fetch(&mut self, name: &str, part: Part, from: Place) -> Option<u16> {
        let label = self.opening.label(name);
        match self.opening.read(name) {
            Ok(bytes) => self.keep(name, &label, bytes, part, from),
            Err(error) => {
                let missing = if matches!(part, Part::Sheet | Part::Table) { Code::PartMissing } else { Code::ArtefactMissing };
                let (code, found, expected, help) = match error {
                    ReadError::Outside(why) => (
                        Code::PartOutside,
                        format!("`{name}`: {why}"),
                        "a path inside the scenario's folder",
                        "move the file into the folder and name it from there",
                    ),
                    ReadError::Missing => (
                        missing,
                        format!("there is no file `{name}`"),
                        "a file in the scenario's folder",
                        "paths count from the folder of the scenario's first file",
                    ),
                    ReadError::TooLarge => return self.too_large(name, from),
                    ReadError::Unreadable(why) => {
                        (missing, format!("`{name}` cannot be read: {why}"), "a file that can be read", "look at the file's kind and its permissions")
                    }
                };
                if self.loaded.sources.files().is_empty() {
                    // The first file itself: there has to be something that the finding can point at.
                    self.loaded.sources.add(name, &label, String::new(), Part::Sheet);
                }
                self.add(code, from, &found, expected, help);
                self.loaded.incomplete |= part == Part::Sheet;
                self.loaded.unread_files |= part == Part::Sheet;
                None
            }
        }
    }

    fn too_large(&mut self, name: &str, from: Place) -> Option<u16> {
        if self.loaded.sources.files().is_empty() {
            self.loaded.sources.add(name, &self.opening.label(name), String::new(), Part::Sheet);
        }
        let found = format!("`{name}` is larger than {} MiB", LARGEST_FILE / 1024 / 1024);
        self.add(Code::TooLarge, from, &found, "a file that people could read", "split it into parts");
        self.loaded.incomplete = true;
        self.loaded.unread_files = true;
        None
    }

    fn keep(&mut self, name: &str, label: &str, bytes: Bytes, part: Part, from: Place) -> Option<u16> {
        let sources = &mut self.loaded.sources;
        let size = match &bytes {
            Bytes::Whole(bytes) => bytes.len(),
            Bytes::Digest(_) => 0,
        };
        if sources.size() + size > LARGEST_CLOSURE || sources.files().len() >= MOST_FILES {
            let found = format!("`{name}` makes the scenario larger than {} MiB or {MOST_FILES} files", LARGEST_CLOSURE / 1024 / 1024);
            self.add(Code::ClosureTooLarge, from, &found, "a smaller scenario", "leave files out, or make them shorter");
            self.loaded.incomplete = true;
            self.loaded.unread_files = true;
            return None;
        }
        match (bytes, part) {
            (Bytes::Digest(digest), _) => sources.add_with_digest(name, label, String::new(), Part::Picture, digest),
            (Bytes::Whole(bytes), Part::Picture) => {
                let digest = *blake3::hash(&bytes).as_bytes();
                sources.add_with_digest(name, label, String::new(), Part::Picture, digest)
            }
            (Bytes::Whole(bytes), _) => {
                let (file, whole) = keep_text(sources, name, label, bytes, part, &mut self.loaded.diagnostics)?;
                self.loaded.incomplete |= !whole;
                self.loaded.unread_files |= !whole && part != Part::Artefact;
                whole.then_some(file)
            }
        }
    }

    fn add(&mut self, code: Code, at: Place, found: &str, expected: &str, help: &str) {
        self.loaded.diagnostics.add(code, at, found, expected, help);
    }
}

/// Why bytes are no text that can be read, in the words of a finding: where, what is there, and its code.
fn no_text(bytes: &[u8]) -> Option<(Code, usize, u32, String)> {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if marked {
        return Some((Code::NotUtf8, 0, 3, "this file is UTF-16".to_owned()));
    }
    if let Some(first) = bytes.iter().position(|byte| *byte == 0) {
        // Of Latin letters in UTF-16 every second byte is zero, always on the same side.
        let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd, pairs) = (zeros(0), zeros(1), bytes.len() / 2);
        let (more, fewer) = (even.max(odd), even.min(odd));
        if more * 2 > pairs && fewer * 20 <= pairs {
            return Some((Code::NotUtf8, 0, 3, "this file is UTF-16, without a byte-order mark".to_owned()));
        }
        let count = even + odd;
        let what = if count == 1 { "a NUL byte (0x00)".to_owned() } else { format!("{count} NUL bytes (0x00), here the first") };
        return Some((Code::NulBytes, first, 1, format!("{what}: this file is no text, or was damaged")));
    }
    let offset = std::str::from_utf8(bytes).err()?.valid_up_to();
    Some((Code::NotUtf8, offset, 3, format!("byte {offset} (0x{:02x}) is not UTF-8", bytes.get(offset).copied().unwrap_or(0))))
}

/// Keeps bytes as text. What is not UTF-8 is kept as far as it can be shown, and named.
fn keep_text(sources: &mut Sources, name: &str, label: &str, bytes: Vec<u8>, part: Part, found: &mut Diagnostics) -> Option<(u16, bool)> {
    let wrong = no_text(&bytes);
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let Some((code, offset, length, what)) = wrong else { return sources.add(name, label, text, part).map(|file| (file, true)) };
    let file = sources.add(name, label, text, part)?;
    let place = Place { file, offset: offset as u32, length };
    let help = match code {
        Code::NulBytes => "open it in an editor: if it is a text, save it again as UTF-8; if not, another file was meant",
        _ => "save it as UTF-8 (in Word and Excel: \"Unicode (UTF-8)\" under the options of \"Save as\")",
    };
    found.add(code, place, what, "a text in UTF-8", help);
    Some((file, false))
}

/// Reads a list or a structure that is a file of its own.
fn read_alone<T>(file: u16, text: &str, found: &mut Diagnostics, read: impl FnOnce(&mut region::Reader<'_>) -> T) -> (Option<T>, Vec<Mention>, bool) {
    let scanned = lexical::scan(file, text, found);
    let (mut mentions, mut lost) = (Vec::new(), BTreeSet::new());
    if scanned.given_up {
        return (None, mentions, true);
    }
    let mut reader = region::Reader::new(file, &scanned, found, &mut mentions, &mut lost);
    let value = read(&mut reader);
    let incomplete = reader.incomplete;
    (Some(value), mentions, incomplete)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::diagnostic::Diagnostic;

    fn loaded(files: &[(&str, &str)]) -> (Loaded, Vec<Diagnostic>) {
        let mut loaded = load(&Opening::in_memory("scenario.ron", files.iter().copied()));
        let found = std::mem::take(&mut loaded.diagnostics).into_sorted();
        let reading = found.into_iter().filter(|d| !matches!(d.code, Code::HeadMissing | Code::Format)).collect();
        (loaded, reading)
    }

    fn listed(loaded: &Loaded, found: &[Diagnostic]) -> Vec<(Code, (usize, usize))> {
        found.iter().map(|d| (d.code, loaded.sources.position(d.at))).collect()
    }

    #[test]
    fn everything_else_is_read_when_items_are_wrong() {
        let text = r#"(
  claims: [
    Claim(id: "one", text: "One", truth: Always),
    Claim(id: "two", tezt: "Two", text: "Two", truth: Always),
    Claim(id: "three", truth: Always),
    Claim(id: "four", text: "Four", truth: Allways),
    Claim(id: "five", text: 5, truth: Always),
    Claim(id: "six", text: "Six", truth: Always),
  ],
  cuts: [Cut(id: "90m", opening: "5 minutes", play: "65m", hotwash: "20m", moves: ["a"])],
  sinsors: [],
  title: "T",
)"#;
        let (loaded, found) = loaded(&[("scenario.ron", text)]);
        assert_eq!(
            listed(&loaded, &found),
            [
                (Code::UnknownField, (4, 22)),
                (Code::MissingField, (5, 5)),
                (Code::UnknownVariant, (6, 44)),
                (Code::WrongType, (7, 29)),
                (Code::WrongForm, (10, 34)),
                (Code::UnknownField, (11, 3)),
            ],
            "{found:#?}"
        );
        let ids: Vec<&str> = loaded.sheet.claims.iter().map(|claim| &*claim.id).collect();
        assert_eq!(ids, ["one", "two", "six"]);
        assert_eq!(loaded.lost.iter().map(String::as_str).collect::<Vec<_>>(), ["90m", "five", "four", "three"]);
        assert_eq!(loaded.sheet.title.as_ref().map(|title| title.as_str()), Some("T"));
        assert!(loaded.incomplete);
        assert!(found[0].help.contains("did you mean `text`"), "{found:#?}");
        assert!(found[2].help.contains("did you mean `Always`"), "{found:#?}");
        assert!(found[5].help.contains("did you mean `sensors`"), "{found:#?}");
    }

    #[test]
    fn a_mistake_deep_inside_costs_only_the_innermost_item() {
        let text = r#"(moves: [Move(id: "m", opens: "+0m", talk: "20m", read_aloud: "x",
  injects: [
    Inject(id: "i", fires: At("+5x"), channel: Phone, from: "x", to: ["r"]),
    Inject(id: "j", fires: At("+5m"), channel: Fone, from: "x", to: ["r"]),
    Inject(id: "k", fires: At("+5m"), channel: Mail, from: "x", to: ["r"], talk: 5, fires_only_if: [Told(claim: "c", rol: "r")]),
  ],
  gates: [Gate(id: "g", ask: "?", opens: At("+1m"), decide_within: "5m", who: AnyOf(["r"]), if_nobody_decides: "a", choices: [
    Choice(id: "a", text: "A"), Choice(id: "b", txt: "B")])],
)])"#;
        let (loaded, found) = loaded(&[("scenario.ron", text)]);
        assert_eq!(
            listed(&loaded, &found),
            [
                (Code::WrongForm, (3, 31)),
                (Code::UnknownVariant, (4, 48)),
                (Code::WrongType, (5, 82)),
                (Code::UnknownField, (5, 118)),
                (Code::MissingField, (8, 33)),
                (Code::UnknownField, (8, 49)),
            ],
            "{found:#?}"
        );
        let first = &loaded.sheet.moves[0];
        assert_eq!(first.injects.iter().map(|inject| &*inject.id).collect::<Vec<_>>(), ["k"]);
        assert_eq!(first.gates[0].choices.len(), 1);
    }

    #[test]
    fn parts_are_joined_and_must_stay_inside() {
        let (loaded, found) = loaded(&[
            ("scenario.ron", r#"(parts: ["a.ron", "../b.ron", "c.ron", "a.ron"], teaching: [Point(id: "one", text: "1")], title: "T")"#),
            ("a.ron", r#"(parts: ["sub/d.ron"], teaching: [Point(id: "two", text: "2")], title: "U")"#),
            ("sub/d.ron", r#"(parts: ["a.ron"], teaching: [Point(id: "three", text: "3")])"#),
        ]);
        let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
        assert_eq!(codes, [Code::PartOutside, Code::PartMissing, Code::PartTwice, Code::GivenTwice, Code::PartLoop]);
        assert_eq!(found[4].found, "parts that name one another in a circle: a.ron -> sub/d.ron -> a.ron");
        assert_eq!(loaded.sheet.teaching.iter().map(|point| &*point.id).collect::<Vec<_>>(), ["one", "two", "three"]);
    }

    #[test]
    fn what_is_no_sheet_is_said_plainly() {
        for (text, code) in
            [("", Code::EmptyFile), ("[1, 2]", Code::WrongType), ("{a: 1}", Code::WrongType), ("(1, 2)", Code::Syntax), ("hello", Code::WrongType)]
        {
            let (_, found) = loaded(&[("scenario.ron", text)]);
            assert_eq!(found.iter().map(|d| d.code).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>(), [code], "{text}: {found:?}");
        }
        let (_, found) = loaded(&[]);
        assert_eq!(found[0].code, Code::PartMissing);
    }

    #[test]
    fn a_closure_read_again_is_the_same_scenario() {
        let files = [
            (
                "scenario.ron",
                "(title: \"T\", parts: [\"a.ron\"], deck: [Inject(id: \"i\", fires: ByHand, channel: Mail, from: \"x\", to: [\"all\"], artefact: \"x.eml\")])",
            ),
            ("a.ron", "()"),
            ("x.eml", "Subject: x"),
            ("profiles/p.ron", "(format: 1)"),
        ];
        let first = load(&Opening::in_memory("scenario.ron", files));
        assert_eq!(first.sources.artefact("x.eml"), Some("Subject: x"));
        assert_eq!(first.profiles.len(), 1);
        let again = load(&Opening::closed(first.sources.root(), first.sources.closure()));
        assert_eq!(again.sources.identity(), first.sources.identity());
        assert_eq!(again.sheet.title.map(|title| title.value), Some("T".to_owned()));
        assert!(again.profiles.is_empty());
    }

    #[test]
    fn tables_are_part_of_the_closure_and_stand_behind_what_is_written_out() {
        let files = [
            ("scenario.ron", "(tables: Tables(staff: \"staff.csv\"), staff: [Staff(id: \"first\", named: \"First\", skills: [])])"),
            (
                "staff.csv",
                "id,named,skills,on_shift,note\nsecond,\"The \"\"old\"\" hand\",Network; systems,20:00-08:00,x\nthird,{org}\\n,,office hours,\n",
            ),
        ];
        let first = load(&Opening::in_memory("scenario.ron", files));
        let named: Vec<(&str, &str)> = first.sheet.staff.iter().map(|staff| (&*staff.id, staff.named.as_str())).collect();
        assert_eq!(named[..2], [("first", "First"), ("second", "The \"old\" hand")]);
        assert_eq!(first.sheet.staff[1].skills, [crate::scenario::written::Skill::Network, crate::scenario::written::Skill::Systems]);
        assert!(matches!(first.sheet.staff[1].on_shift, crate::scenario::written::Watched::Between(..)));
        // `skills` is needed, and the third row has none.
        assert_eq!(first.sheet.staff.len(), 2);
        let place = first.sheet.staff[1].named.at;
        assert_eq!((first.sources.label(place.file), first.sources.written(place)), ("staff.csv", "The \"\"old\"\" hand"));
        let again = load(&Opening::closed(first.sources.root(), first.sources.closure()));
        assert_eq!(again.sources.identity(), first.sources.identity());
        assert_eq!(again.sheet.staff.len(), 2);
        let other = files.map(|(name, text)| (name, text.replace("hand", "head")));
        assert_ne!(load(&Opening::in_memory("scenario.ron", other)).sources.identity(), first.sources.identity());
    }

    #[test]
    fn the_library_is_named_and_carried() {
        let (_, found) = loaded(&[("scenario.ron", r#"(from_library: ["no-such-thing"])"#)]);
        assert_eq!(found[0].code, Code::LibraryMissing);
        let closure = [("scenario.ron", "(from_library: [\"own.ron\"])"), ("library:own", "(teaching: [Point(id: \"p\", text: \"x\")])")];
        let files = closure.map(|(name, text)| crate::scenario::source::ClosureFile {
            name: name.to_owned(),
            content: crate::scenario::source::Content::Text(text.to_owned()),
        });
        let loaded = load(&Opening::closed("scenario.ron", files));
        assert_eq!(loaded.sheet.teaching.len(), 1);
    }
}
