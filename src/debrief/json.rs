//! The debrief as JSON: the model as it is, fields in the order of the report.

use super::model::Debrief;

/// The whole debrief. `schema` names the layout; the fields are documented in [`super::model`].
pub fn text(debrief: &Debrief) -> String {
    // The model holds no maps with keys that are not text and no floats, so this cannot fail; an empty object would be a lie, so say what happened.
    serde_json::to_string_pretty(debrief)
        .map_or_else(|error| format!("{{\"error\": \"{}\"}}\n", error.to_string().replace(['"', '\\'], "'")), |text| text + "\n")
}
