//! What evaluators gave, out of a session's remarks. They may differ: everything they gave stays, and the lead evaluator has the last word.

use std::collections::BTreeMap;

use super::entry::Annotation;
use super::kind::RemarkKind;
use crate::assessment::{FromPeople, HELPED};
use crate::time::ExerciseTime;

/// What one evaluator said last of one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Who: a function, never a name. Empty where nobody signed it.
    pub by: String,
    /// The rating, or thousandths.
    pub value: String,
    /// Why.
    pub reason: String,
    /// About which moment.
    pub at: Option<ExerciseTime>,
    /// It is the word that counts.
    pub counts: bool,
}

/// What evaluators said of one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// A rating, or a judgement.
    pub kind: RemarkKind,
    /// The id of the capability target or the criterion.
    pub about: String,
    /// One line an evaluator, in the order in which they first spoke.
    pub said: Vec<Said>,
}

impl Given {
    /// The word that counts.
    pub fn last_word(&self) -> Option<&Said> {
        self.said.iter().find(|said| said.counts)
    }

    /// Whether they differ.
    pub fn differs(&self) -> bool {
        self.said.iter().any(|said| said.value != self.said[0].value)
    }
}

/// What counts as a value of a kind.
fn is_value(kind: &RemarkKind, value: &str) -> bool {
    match kind {
        RemarkKind::Rating => ["P", "S", "M", "U"].contains(&value),
        _ => value.parse::<u16>().is_ok_and(|milli| milli <= 1000),
    }
}

/// All that evaluators gave, in the order in which things were first spoken of. Of one evaluator the last word stands; of all, that of the lead
/// evaluator counts, and where there is none or they did not speak, the last one. Values that are none are passed over.
pub fn given<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<Given> {
    let mut lead: Option<&str> = None;
    let mut list: Vec<(Given, Vec<usize>)> = Vec::new();
    for (nth, annotation) in annotations.into_iter().enumerate() {
        if annotation.kind == RemarkKind::LeadEvaluator {
            lead = annotation.by.as_deref();
            continue;
        }
        let kind = &annotation.kind;
        if !matches!(kind, RemarkKind::Rating | RemarkKind::Judged) {
            continue;
        }
        let (Some(about), Some(value)) = (&annotation.about, annotation.value.as_ref().filter(|value| is_value(kind, value))) else { continue };
        let place = list.iter().position(|(given, _)| given.kind == *kind && given.about == *about).unwrap_or_else(|| {
            list.push((Given { kind: kind.clone(), about: about.clone(), said: Vec::new() }, Vec::new()));
            list.len() - 1
        });
        let by = annotation.by.clone().unwrap_or_default();
        let said = Said { by, value: value.clone(), reason: annotation.text.clone(), at: annotation.at, counts: false };
        let (given, spoken) = &mut list[place];
        match given.said.iter().position(|known| known.by == said.by) {
            Some(known) => (given.said[known], spoken[known]) = (said, nth),
            None => {
                given.said.push(said);
                spoken.push(nth);
            }
        }
    }
    list.into_iter()
        .map(|(mut given, spoken)| {
            let leads = given.said.iter().position(|said| lead == Some(said.by.as_str()));
            let last = (0..spoken.len()).max_by_key(|place| spoken[*place]);
            if let Some(place) = leads.or(last) {
                given.said[place].counts = true;
            }
            given
        })
        .collect()
}

/// What evaluators differ on.
pub fn disagreements<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<Given> {
    given(annotations).into_iter().filter(Given::differs).collect()
}

/// The rating of each capability target that evaluators rated, by its id: the last word.
pub fn final_ratings<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> BTreeMap<String, Said> {
    let rated = given(annotations).into_iter().filter(|given| given.kind == RemarkKind::Rating);
    rated.filter_map(|given| Some((given.about.clone(), given.last_word()?.clone()))).collect()
}

/// What people add to what a machine can judge, out of a session's remarks: what evaluators gave criteria, of which the lead evaluator's word counts,
/// and otherwise the last one (see [`given`]); and where play went back, over which stretch, and what hints had been given in it.
pub fn from_people<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> FromPeople {
    let annotations: Vec<&Annotation> = annotations.into_iter().collect();
    let mut people = FromPeople::default();
    for annotation in annotations.iter().filter(|annotation| annotation.kind == RemarkKind::Rewound) {
        if let (Some(to), Some(from)) = (annotation.at, annotation.value.as_ref().and_then(|value| value.parse().ok())) {
            people.gone_back.push((to, ExerciseTime(from)));
        }
        // Nobody forgets a hint because the clock was set back.
        for criterion in annotation.about.iter().flat_map(|about| about.split(' ')).filter(|criterion| !criterion.is_empty()) {
            people.set_aside.insert(criterion.to_owned(), HELPED.to_owned());
        }
    }
    for given in given(annotations).into_iter().filter(|given| given.kind == RemarkKind::Judged) {
        if let Some(said) = given.last_word()
            && let Ok(milli) = said.value.parse()
        {
            people.judged.insert(given.about.clone(), (milli, said.reason.clone()));
        }
    }
    people
}
