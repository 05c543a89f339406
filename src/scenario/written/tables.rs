//! Lists that are kept as tables: what people already have as a sheet of a spreadsheet.

use serde::Deserialize;

use crate::scenario::located::Located;

/// Files of comma-separated values in the scenario's folder. The first row names the fields; each further row is an item of the list, behind
/// those that are written out. A cell that is empty leaves its field out; several values in one cell are separated by `;`.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Tables {
    /// Staff: `id`, `named`, `skills`, `on_shift` (`Always`, `Office hours`, `Never` or `20:00-08:00`), `comes_within`.
    pub staff: Option<Located<String>>,
    /// Machines: `id`, `kind`, `count`, `named`, `segment`, `text`.
    pub assets: Option<Located<String>>,
    /// Stakeholders: `id`, `words`, `wants`, `knows`, `hides`, `trust`.
    pub contacts: Option<Located<String>>,
    /// Vendors: `id`, `named`, `text`, `people`, `skills`, `arrives_within`, `cost_an_hour`.
    pub vendors: Option<Located<String>>,
}
