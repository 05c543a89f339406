//! What of a debrief may be shown: the facilitator approves it part by part.
//!
//! Each word on it is an annotation of kind [`RemarkKind::Approved`], `about` the name of the part or [`ALL`], `value` `yes` or `no`; the last one on a part counts. As long as
//! there is no such word, nobody has been asked, and a debrief is whole: a run of programs, or a person alone. From the first word on, an export holds what is
//! approved and nothing else. What participants wrote themselves, and the marking, need no approval.

use std::collections::BTreeSet;

use crate::journal::{Annotation, RemarkKind};

/// Every part at once.
pub const ALL: &str = "all";

/// The parts of a debrief, in the order in which they are talked about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Part {
    Causes,
    Capabilities,
    Decisions,
    Plan,
    Outcome,
    Course,
    Services,
    Words,
    Scores,
    Hand,
    Appendix,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 11] = [
        Part::Causes,
        Part::Capabilities,
        Part::Decisions,
        Part::Plan,
        Part::Outcome,
        Part::Course,
        Part::Services,
        Part::Words,
        Part::Scores,
        Part::Hand,
        Part::Appendix,
    ];

    /// Its name in a journal.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Causes => "causes",
            Part::Capabilities => "capabilities",
            Part::Decisions => "decisions",
            Part::Plan => "plan",
            Part::Outcome => "outcome",
            Part::Course => "course",
            Part::Services => "services",
            Part::Words => "words",
            Part::Scores => "scores",
            Part::Hand => "hand",
            Part::Appendix => "appendix",
        }
    }

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Part::Causes => "Stated causes",
            Part::Capabilities => "Capabilities",
            Part::Decisions => "Decisions",
            Part::Plan => "Improvement plan",
            Part::Outcome => "Outcome",
            Part::Course => "What happened",
            Part::Services => "Services and deadlines",
            Part::Words => "What was said",
            Part::Scores => "Scores and ratings",
            Part::Hand => "Facilitator's hand",
            Part::Appendix => "How it was made",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }

    /// The annotation that says yes or no to it. Write it with `Session::annotate`.
    pub fn annotation(self, yes: bool) -> Annotation {
        word(self.name(), format!("{}: {}", self.title(), if yes { "may be shown" } else { "not shown" }), yes)
    }
}

fn word(about: &str, text: String, yes: bool) -> Annotation {
    Annotation {
        about: Some(about.to_owned()),
        value: Some(if yes { "yes" } else { "no" }.to_owned()),
        ..Annotation::new(RemarkKind::Approved, text)
    }
}

/// What may be shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Approval {
    /// Nobody was asked: everything.
    #[default]
    NotAsked,
    /// These parts.
    Only(BTreeSet<Part>),
}

impl Approval {
    /// The annotation with which approval becomes a matter of the facilitator's: nothing may be shown yet.
    pub fn begin() -> Annotation {
        word(ALL, "Nothing is approved for showing yet.".to_owned(), false)
    }

    /// The annotation that says yes to everything.
    pub fn all() -> Annotation {
        word(ALL, "All of it may be shown.".to_owned(), true)
    }

    /// What the annotations of a session come to. Parts that there are not are passed over.
    pub fn of<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Approval {
        let mut approval = Approval::NotAsked;
        for remark in annotations.into_iter().filter(|remark| remark.kind == RemarkKind::Approved) {
            let yes = remark.value.as_deref() == Some("yes");
            match remark.about.as_deref() {
                Some(ALL) => Part::ALL.into_iter().for_each(|part| approval.say(part, yes)),
                Some(name) => Part::named(name).into_iter().for_each(|part| approval.say(part, yes)),
                None => {}
            }
        }
        approval
    }

    /// Says yes or no to a part. The first word on any of them makes it a matter of approval.
    pub fn say(&mut self, part: Part, yes: bool) {
        if *self == Approval::NotAsked {
            *self = Approval::Only(BTreeSet::new());
        }
        if let Approval::Only(parts) = self {
            if yes {
                parts.insert(part)
            } else {
                parts.remove(&part)
            };
        }
    }

    /// Whether a part may be shown.
    pub fn has(&self, part: Part) -> bool {
        match self {
            Approval::NotAsked => true,
            Approval::Only(parts) => parts.contains(&part),
        }
    }

    /// Whether all may.
    pub fn whole(&self) -> bool {
        Part::ALL.into_iter().all(|part| self.has(part))
    }

    /// Parts that may not be shown, in order.
    pub fn held_back(&self) -> Vec<Part> {
        Part::ALL.into_iter().filter(|part| !self.has(*part)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_first_word_on_only_what_is_approved_is_shown() {
        assert!(Approval::of(&[]).whole());
        let yes = Part::Decisions.annotation(true);
        let approval = Approval::of(&[yes.clone(), Part::Scores.annotation(true), Part::Scores.annotation(false)]);
        assert!(approval.has(Part::Decisions) && !approval.has(Part::Scores) && !approval.has(Part::Outcome));
        assert_eq!(approval.held_back().len(), Part::ALL.len() - 1);
        let all: Vec<Annotation> = Part::ALL.iter().map(|part| part.annotation(true)).collect();
        assert!(Approval::of(&all).whole());
        assert_eq!(Approval::of(&[Approval::begin()]).held_back().len(), Part::ALL.len());
        assert!(Approval::of(&[Approval::begin(), Approval::all()]).whole());
        assert_eq!(Approval::of(&[Approval::begin(), Part::Plan.annotation(true)]).held_back().len(), Part::ALL.len() - 1);
        let unknown = Annotation { about: Some("nonsense".into()), ..yes };
        assert_eq!(Approval::of(&[unknown]), Approval::NotAsked);
    }

    #[test]
    fn every_part_has_a_name_of_its_own() {
        for part in Part::ALL {
            assert_eq!(Part::named(part.name()), Some(part));
        }
    }
}
