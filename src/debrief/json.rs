//! The debrief as JSON: the model as it is, fields in the order of the report.

use serde_json::Value;

use super::approval::Part;
use super::model::Debrief;

/// Fields that belong to a part, and are left out with it. All others need no approval.
const FIELDS: [(&str, Part); 23] = [
    ("causes", Part::Causes),
    ("capabilities", Part::Capabilities),
    ("improvement_plan", Part::Plan),
    ("improvement_left_out", Part::Plan),
    ("outcome", Part::Outcome),
    ("story", Part::Course),
    ("timeline", Part::Course),
    ("replay", Part::Course),
    ("before_startex", Part::Course),
    ("spread", Part::Course),
    ("coverage", Part::Course),
    ("services", Part::Services),
    ("clocks", Part::Services),
    ("told", Part::Words),
    ("communication", Part::Words),
    ("room", Part::Words),
    ("evidence", Part::Words),
    ("decisions", Part::Decisions),
    ("beliefs", Part::Decisions),
    ("scores", Part::Scores),
    ("ratings", Part::Scores),
    ("observations", Part::Scores),
    ("hand", Part::Hand),
];

/// The debrief, as far as it is approved. `schema` names the layout; the fields are documented in [`super::model`].
pub fn text(debrief: &Debrief) -> String {
    let written = if debrief.approval.whole() { serde_json::to_string_pretty(debrief) } else { approved(debrief) };
    // The model holds no maps with keys that are not text and no floats, so this cannot fail; an empty object would be a lie, so say what happened.
    written.map_or_else(|error| format!("{{\"error\": \"{}\"}}\n", error.to_string().replace(['"', '\\'], "'")), |text| text + "\n")
}

fn approved(debrief: &Debrief) -> serde_json::Result<String> {
    let mut whole = serde_json::to_value(debrief)?;
    if let Value::Object(fields) = &mut whole {
        fields.retain(|name, _| FIELDS.iter().all(|(field, part)| field != name || debrief.shows(*part)));
        if !debrief.shows(Part::Appendix) {
            fields.remove("appendix");
        }
    }
    serde_json::to_string_pretty(&whole)
}
