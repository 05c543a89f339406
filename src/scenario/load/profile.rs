//! Reading a profile: names and answers of one organisation.

use super::{keep_text, read_alone, sheet};
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean, one_of};
use crate::scenario::lexical;
use crate::scenario::located::Place;
use crate::scenario::reference::Mention;
use crate::scenario::source::{Part, Sources};
use crate::scenario::written::Profile;

/// A profile that was read, whether or not anything was wrong.
#[derive(Clone, Debug)]
pub struct LoadedProfile {
    /// What it says.
    pub profile: Profile,
    /// Its references.
    pub mentions: Vec<Mention>,
    /// Its name: relative to the scenario's folder.
    pub name: String,
    /// The file it stands in.
    pub file: u16,
    /// What was found while reading it.
    pub diagnostics: Diagnostics,
    /// Something could not be read.
    pub incomplete: bool,
}

const FIELDS: &[&str] = &["format", "id", "title", "scenario", "time_zone", "values", "answers"];

/// Is this the text of a profile and of nothing else? A profile names its scenario, or has names or answers; a scenario or a part of one has neither.
pub(crate) fn is_profile(text: &str) -> bool {
    let scanned = lexical::scan(0, text, &mut Diagnostics::default());
    let Some(root) = scanned.outline.root() else { return false };
    let fields: Vec<&str> = scanned.outline.children(root).filter_map(|entry| scanned.outline.name(entry, &scanned.mended)).collect();
    // A file of records has a scenario too, and is a list of records.
    let has = |wanted: &[&str]| fields.iter().any(|field| wanted.contains(field));
    has(&["values", "answers"]) || has(&["scenario"]) && fields.iter().all(|field| FIELDS.contains(field))
}

/// Reads a profile. Its text is added to the scenario's sources, so that findings in it have a place beside theirs.
pub fn load_profile(sources: &mut Sources, name: &str, label: &str, bytes: Vec<u8>) -> LoadedProfile {
    let mut found = Diagnostics::default();
    let empty = |diagnostics, file| LoadedProfile {
        profile: Profile::default(),
        mentions: Vec::new(),
        name: name.to_owned(),
        file,
        diagnostics,
        incomplete: true,
    };
    let (file, whole) = match keep_text(sources, name, label, bytes, Part::Profile, &mut found) {
        Some(kept) => kept,
        None => {
            found.add(Code::ClosureTooLarge, Place::default(), format!("`{name}` is one file too many"), "fewer files", "leave profiles out");
            return empty(found, 0);
        }
    };
    if !whole {
        return empty(found, file);
    }
    let text = sources.files().get(file as usize).map_or("", |file| file.text.as_str());
    let (profile, mentions, incomplete) = read_alone(file, text, &mut found, |reader| {
        let mut profile = Profile::default();
        let Some(root) = sheet::structure(reader, "a profile", '(') else { return profile };
        let children: Vec<usize> = reader.outline.children(root).collect();
        for entry in children {
            match reader.outline.name(entry, reader.text) {
                Some("format") => profile.format = reader.read(entry),
                Some("id") => profile.id = reader.read(entry),
                Some("title") => profile.title = reader.read(entry),
                Some("scenario") => profile.scenario = reader.read(entry),
                Some("time_zone") => profile.time_zone = reader.read(entry),
                Some("values") => profile.values.extend(reader.items(entry)),
                Some("answers") => profile.answers.extend(reader.items(entry)),
                other => {
                    let at = reader.place(reader.outline.get(entry).map_or(0, |entry| entry.start as usize), other.map_or(1, str::len));
                    let name = other.unwrap_or("");
                    let help = did_you_mean(name, FIELDS.iter().copied())
                        .map_or_else(|| "leave it out".to_owned(), |near| format!("did you mean `{near}`?"));
                    reader.report(
                        Code::UnknownField,
                        at,
                        &format!("the field `{name}`, which a profile does not have"),
                        &one_of(FIELDS.iter().copied(), 10),
                        &help,
                    );
                }
            }
        }
        profile
    });
    LoadedProfile { profile: profile.unwrap_or_default(), mentions, name: name.to_owned(), file, diagnostics: found, incomplete }
}
