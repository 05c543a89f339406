//! Assessments of ledgers made by hand.

mod measures;
mod whole;

use super::*;
use crate::ids::*;
use crate::scenario::program::{Basis, Criterion, Deadline, Measure, Objective, Target};
use crate::scenario::written::{Count, IfNever};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::adversary::Fact as Adversary;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::compliance::Fact as Compliance;
use crate::vocabulary::continuity::Fact as Continuity;
use crate::vocabulary::detection::Fact as Detection;
use crate::vocabulary::documentation::Fact as Documentation;
use crate::vocabulary::estate::Fact as Estate;
use crate::vocabulary::exercise;
use crate::vocabulary::investigation::{Evidence, Fact as Investigation, Observation};
use crate::vocabulary::measures::made::*;

/// What a criterion of 10 points came to.
#[derive(PartialEq, Debug)]
enum Came {
    /// Thousandths of its points.
    Earned(u32),
    /// And the fact that opened it.
    Missed(Option<u32>),
    NotEvaluated,
}
use Came::{Earned, Missed, NotEvaluated};

fn ignore(_seq: u32) {}

fn criterion(measure: Measure) -> Criterion {
    Criterion {
        id: "it".into(),
        text: String::new(),
        target: 0,
        counts_for: Capability::Documentation,
        points: 10,
        measure,
        basis: Basis { kind: BasisKind::Standard, says: String::new(), source: String::new() },
        left_out: false,
    }
}

fn rubric(criteria: Vec<Criterion>) -> Program {
    let mut program = program();
    program.rubric.objectives = ["Operational Coordination", "Cybersecurity"]
        .map(|name| Objective { id: name.into(), text: String::new(), core_capability: name.into(), csf: Vec::new() })
        .into();
    program.rubric.targets = [("first", 0), ("second", 0), ("third", 1)]
        .map(|(id, objective)| Target { id: id.into(), text: String::new(), tasks: Vec::new(), objective })
        .into();
    program.rubric.criteria = criteria;
    program
}

fn assessed(criteria: Vec<Criterion>, book: &mut Book) -> Assessment {
    if !book.ledger.iter().any(|happened| happened.fact == exercise::Fact::Endex {}.into()) {
        book.at(ENDEX_MINUTE).fact(exercise::Fact::Endex {});
    }
    assess(&rubric(criteria), &book.ledger, &book.watch())
}

fn one(measure: &Measure, write: impl FnOnce(&mut Book)) -> (Came, Why) {
    let mut book = Book::new();
    write(&mut book);
    let assessment = assessed(vec![criterion(measure.clone())], &mut book);
    let Assessed { result, why, .. } = assessment.criteria[0].clone();
    assert!(why.says.ends_with('.'), "{}", why.says);
    assert!(why.facts.iter().all(|seq| (*seq as usize) < book.ledger.len()));
    let came = match result {
        CriterionResult::Earned { points_milli } => Earned(points_milli / 10),
        CriterionResult::Missed { opened_by } => Missed(opened_by),
        CriterionResult::NotEvaluated { reason } => {
            assert!(!reason.is_empty());
            NotEvaluated
        }
    };
    (came, why)
}

fn came(measure: &Measure, write: impl FnOnce(&mut Book)) -> Came {
    one(measure, write).0
}

fn never() -> Measure {
    Measure::Never { what: DONE, counts_once: OPENED, if_never: IfNever::Missed }
}

/// Earned once [`OPENED`] came true.
fn earned(points: u16, counts_for: Capability) -> Criterion {
    Criterion { points, counts_for, ..criterion(never()) }
}

/// Missed once [`OPENED`] came true.
fn missed(points: u16, counts_for: Capability) -> Criterion {
    let minutes = Measure::Minutes { from: OPENED, to: DONE, full: Span::ZERO, none: Span::minutes(1), if_never: IfNever::Missed };
    Criterion { points, counts_for, ..criterion(minutes) }
}

fn unjudged(points: u16) -> Criterion {
    Criterion { points, ..criterion(Measure::Judged { ask: String::new(), look_for: Vec::new() }) }
}

fn opened() -> Book {
    let mut book = Book::new();
    book.at(1).opened();
    book
}
