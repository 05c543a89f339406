//! Remarks behind the end of a session: the journal stays the truth also of what became of an improvement item afterwards.

use std::io::{Seek, SeekFrom};
use std::path::Path;

use serde_json::{Map, Value};

use crate::files::{Claimed, NotClaimed};
use crate::journal::{Annotation, Entry, Journal, RemarkKind, Writer};

/// Adds a remark to a journal whose session is over.
///
/// # Errors
/// Why it cannot be, as a sentence. The journal is then as it was.
pub fn add(path: &Path, remark: impl FnOnce(&Journal) -> Option<Annotation>) -> Result<(), String> {
    let cannot = |why: &dyn std::fmt::Display| format!("{} cannot be written: {why}", path.display());
    // Two windows that tick at once write one after the other; each reads what the other wrote.
    let claimed = Claimed::open(path).map_err(|why| match why {
        NotClaimed::Elsewhere => cannot(&"it is just being written elsewhere; try again"),
        NotClaimed::Not(why) => cannot(&why),
    })?;
    let journal = claimed.read().map_err(|error| cannot(&error))?;
    if journal.closed().is_none() {
        return Err(cannot(&"its session is not over"));
    }
    let Some(remark) = remark(&journal) else { return Err(cannot(&"there is no such item in it")) };
    // What a crash left behind of a last line is no part of it.
    let mut file = claimed.file;
    file.set_len(journal.whole_bytes()).and_then(|()| file.seek(SeekFrom::End(0))).map_err(|error| cannot(&error))?;
    let mut writer = Writer::resume(file, &journal);
    writer.record(&Entry::Annotation(remark)).map_err(|error| cannot(&error))
}

/// The remark that says how far an item of the improvement plan has come: the item once more, whole, with another status.
pub fn status(journal: &Journal, item: &str, status: &str) -> Option<Annotation> {
    let of_plan: Vec<&Annotation> = journal.annotations().filter(|remark| remark.kind == RemarkKind::Improvement).collect();
    let (_, last) = of_plan.iter().enumerate().rfind(|(number, remark)| match &remark.about {
        Some(about) => about == item,
        None => format!("remark-{}", number + 1) == item,
    })?;
    let fields = last.value.as_deref().and_then(|value| serde_json::from_str::<Map<String, Value>>(value).ok());
    let mut fields = fields.unwrap_or_else(|| {
        let mut fields = Map::new();
        fields.insert("issue".to_owned(), Value::from(last.text.clone()));
        fields.insert("owner".to_owned(), Value::from(last.by.clone().unwrap_or_default()));
        fields
    });
    fields.insert("status".to_owned(), Value::from(status));
    let value = serde_json::to_string(&fields).ok();
    Some(Annotation { at: None, about: Some(item.to_owned()), value, ..(*last).clone() })
}
