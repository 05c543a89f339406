//! Reading a file of orders: `[(at: "+5m", role: "responder", order: Order(..)), ..]`, and a file of records:
//! `[(move: "friday", says: "Cut off the desks", owner: "it-operations"), ..]`.

use serde::de::DeserializeOwned;

use super::{keep_text, read_alone, sheet};
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::reference::Mention;
use crate::scenario::source::{Part, Sources};
use crate::scenario::written::{Record, TimedOrder};

/// A list that was read, whether or not anything was wrong.
#[derive(Clone, Debug)]
pub struct LoadedList<T> {
    /// The items, as written.
    pub items: Vec<T>,
    /// Their references.
    pub mentions: Vec<Mention>,
    /// What was found while reading them.
    pub diagnostics: Diagnostics,
}

/// Orders that were read.
pub type LoadedOrders = LoadedList<TimedOrder>;
/// Records that were read.
pub type LoadedRecords = LoadedList<Record>;

/// Reads a list of orders. Its text is added to the scenario's sources, so that findings in it have a place beside theirs.
pub fn load_orders(sources: &mut Sources, label: &str, bytes: Vec<u8>) -> LoadedOrders {
    load_list(sources, label, bytes, "a list of orders")
}

/// Reads a list of records, likewise.
pub fn load_records(sources: &mut Sources, label: &str, bytes: Vec<u8>) -> LoadedRecords {
    load_list(sources, label, bytes, "a list of records")
}

fn load_list<T: DeserializeOwned>(sources: &mut Sources, label: &str, bytes: Vec<u8>, what: &str) -> LoadedList<T> {
    let mut found = Diagnostics::default();
    let Some((file, true)) = keep_text(sources, label, label, bytes, Part::Orders, &mut found) else {
        return LoadedList { items: Vec::new(), mentions: Vec::new(), diagnostics: found };
    };
    let text = sources.files().get(file as usize).map_or("", |file| file.text.as_str());
    let (items, mentions, _) = read_alone(file, text, &mut found, |reader| match sheet::structure(reader, what, '[') {
        Some(root) => reader.items(root),
        None => Vec::new(),
    });
    LoadedList { items: items.unwrap_or_default(), mentions, diagnostics: found }
}
