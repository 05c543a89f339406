//! The ledger as it is stored at the close: words instead of indices, for readers that play by other rules and cannot make the facts again.

use serde::{Deserialize, Serialize};

use crate::ids::{DenseId, IdKind};
use crate::scenario::compile::id_of;
use crate::scenario::program::Program;
use crate::vocabulary::encoding::Field;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};

/// One fact: `[at, cause, name, roles told, fields]`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct StoredFact(
    /// When, in seconds from STARTEX.
    pub i64,
    /// What led to it: empty for STARTEX, `e3` for the order with that number, `f17` for the fact with that number.
    pub String,
    /// The name of the fact.
    pub String,
    /// The ids of the roles that were told.
    pub Vec<String>,
    /// `name=value`, in the order of the record.
    pub Vec<String>,
);

/// All facts of a ledger.
pub fn stored_ledger(program: &Program, ledger: &Ledger) -> Vec<StoredFact> {
    ledger.iter().map(|happened| stored(program, happened)).collect()
}

/// One fact.
pub fn stored(program: &Program, happened: &Happened) -> StoredFact {
    let cause = match happened.cause {
        Cause::Origin => String::new(),
        Cause::Entry(entry) => format!("e{entry}"),
        Cause::Fact(fact) => format!("f{fact}"),
    };
    let role = |role: crate::ids::RoleId| name(program, IdKind::Role, role.index() as u16);
    let mut fields = Vec::new();
    happened.fact.visit(|field, value| {
        let value = match value {
            Field::Id(kind, index) => name(program, kind, index),
            Field::Key(key) => format!("@{key}"),
            Field::Number(number) => number.to_string(),
            Field::Time(time) => time.0.to_string(),
            Field::Span(span) => span.0.to_string(),
            Field::Flag(flag) => flag.to_string(),
            Field::Roles(roles) => roles.iter().map(role).collect::<Vec<_>>().join(","),
            Field::Word(_, word) => word.to_owned(),
            Field::Absent => String::new(),
        };
        fields.push(format!("{field}={value}"));
    });
    StoredFact(happened.at.0, cause, happened.fact.name().to_owned(), happened.roles.iter().map(role).collect(), fields)
}

fn name(program: &Program, kind: IdKind, index: u16) -> String {
    let secret = match kind {
        IdKind::Stage => program.secret.stages.get(usize::from(index)).map(|stage| stage.id.as_str()),
        IdKind::Criterion => program.rubric.criteria.get(usize::from(index)).map(|criterion| criterion.id.as_str()),
        _ => None,
    };
    id_of(&program.public, kind, index).or(secret).map_or_else(|| index.to_string(), str::to_owned)
}
