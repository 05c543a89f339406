//! Reading a file of orders: `[(at: "+5m", role: "responder", order: Order(..)), ..]`.

use super::{keep_text, read_alone, sheet};
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::reference::Mention;
use crate::scenario::source::{Part, Sources};
use crate::scenario::written::TimedOrder;

/// Orders that were read, whether or not anything was wrong.
#[derive(Clone, Debug, Default)]
pub struct LoadedOrders {
    /// The orders, as written.
    pub orders: Vec<TimedOrder>,
    /// Their references.
    pub mentions: Vec<Mention>,
    /// What was found while reading them.
    pub diagnostics: Diagnostics,
}

/// Reads a list of orders. Its text is added to the scenario's sources, so that findings in it have a place beside theirs.
pub fn load_orders(sources: &mut Sources, label: &str, bytes: Vec<u8>) -> LoadedOrders {
    let mut found = Diagnostics::default();
    let Some((file, true)) = keep_text(sources, label, label, bytes, Part::Orders, &mut found) else {
        return LoadedOrders { diagnostics: found, ..LoadedOrders::default() };
    };
    let text = sources.files().get(file as usize).map_or("", |file| file.text.as_str());
    let (orders, mentions, _) = read_alone(file, text, &mut found, |reader| match sheet::structure(reader, "a list of orders", '[') {
        Some(root) => reader.items(root),
        None => Vec::new(),
    });
    LoadedOrders { orders: orders.unwrap_or_default(), mentions, diagnostics: found }
}
