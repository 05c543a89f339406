//! What people say in the sample: at decisions, as evaluators, and after ENDEX.

use super::Words;
use crate::journal::{Annotation, RemarkKind};
use crate::time::ExerciseTime;

/// The remarks of its journal.
pub fn remarks(words: Words) -> Vec<Annotation> {
    let remark = |minute: i64, kind: RemarkKind, text: &str, by: Option<&str>, about: Option<&str>, value: Option<&str>| Annotation {
        at: Some(ExerciseTime(minute * 60)),
        by: by.map(str::to_owned),
        about: about.map(str::to_owned),
        value: value.map(str::to_owned),
        ..Annotation::new(kind, words(text))
    };
    let gate = Some("cut-the-provider");
    vec![
        remark(20, RemarkKind::Position, "Not before they answer (70 % sure)", Some("Executive"), gate, Some("wait")),
        remark(21, RemarkKind::Position, "Everything, now (90 % sure)", Some("responder"), gate, Some("cut-all")),
        remark(30, RemarkKind::Record, "Ring the provider back on the number we have on file", None, None, Some("Responder: ask the provider")),
        remark(38, RemarkKind::Record, "We wait until they answer us", Some("executive"), gate, Some("decided: Not before they answer")),
        remark(38, RemarkKind::Dissent, "Cut the provider off from all branches now? The night pharmacist wanted to cut at once.", None, gate, None),
        remark(
            40,
            RemarkKind::Assumption,
            "Our tills run without the provider for a night.",
            Some("IT operations"),
            Some("2026-09-15"),
            Some("accepted"),
        ),
        remark(41, RemarkKind::Assumption, "The insurer pays for the lawyers.", Some("legal"), None, Some("parked")),
        remark(42, RemarkKind::Assumption, "Head office is never reached.", None, None, Some("denied")),
        remark(60, RemarkKind::Hint, "Look at who else has the provider's key.", None, Some("claim-1"), None),
        remark(70, RemarkKind::Observation, "Nobody wrote down who would call back.", Some("evaluator A"), Some("verify"), None),
        remark(900, RemarkKind::Rating, "The notice was checked within the hour, by one call.", Some("evaluator A"), Some("verify"), Some("P")),
        remark(905, RemarkKind::Rating, "It was checked, but with the number the caller gave.", Some("evaluator B"), Some("verify"), Some("M")),
        remark(906, RemarkKind::Rating, "All agree.", Some("evaluator A"), Some("contain"), Some("U")),
        remark(1440, RemarkKind::Strength, "One person held the telephone.", Some("Participants"), None, None),
        remark(1440, RemarkKind::Gap, "We did not know our own way out.", None, None, Some("claim-3")),
        remark(1440, RemarkKind::Lesson, "Keep the numbers on paper.", None, None, None),
        remark(1441, RemarkKind::Cause, "The provider's key was the way in.", None, None, Some("claim-1, claim-4, 00000000000000c8")),
        remark(1441, RemarkKind::Cause, "We were too few at night.", Some("Participants"), None, None),
    ]
}
