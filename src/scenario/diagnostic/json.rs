//! Findings as JSON, for editors and build servers.

use serde_json::{Value, json};

use super::Diagnostic;
use crate::scenario::source::Sources;

/// A list of objects with `file, line, column, code, severity, found, expected, help`. Lines and columns count from 1; columns count characters.
pub fn render_json(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let (line, column) = sources.position(diagnostic.at);
            json!({
                "file": sources.label(diagnostic.at.file),
                "line": line,
                "column": column,
                "code": diagnostic.code.number(),
                "severity": diagnostic.severity().label(),
                "found": diagnostic.found,
                "expected": diagnostic.expected,
                "help": diagnostic.help,
            })
        })
        .collect()
}
