//! The facilitator's reference: what is really going on, who calls, the deck, and what each thing is there for. Read beforehand, and kept beside the
//! script; no page of it has to be turned for the exercise to go on.

use askama::Template;

use super::Sheet;
use super::script::{self, Item, Step, Turn};
use super::words::{clock, sentence};
use crate::ids::DenseId;
use crate::scenario::program::{Program, Public};
use crate::scenario::script::Script;
use crate::scenario::written::Answer;

#[derive(Template)]
#[template(path = "reference.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    public: &'a Public,
    script: &'a Script,
    wants: &'a str,
    story: Vec<(String, String)>,
    next: Vec<String>,
    claims: Vec<(String, String)>,
    answers: Vec<(String, String)>,
    cast: Vec<Caller>,
    deck: Vec<Item>,
    moves: Vec<Turn>,
}

struct Caller {
    who: String,
    wants: String,
    hides: String,
    knows: Vec<String>,
    lines: Vec<String>,
}

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let Program { public, secret, script, .. } = program;
    let story = secret.past.iter().filter_map(|past| Some((clock(public, past.at), secret.stages.get(past.stage.index())?.text.clone())));
    let next = secret.stages.iter().filter(|stage| !stage.is_past).map(|stage| stage.text.clone());
    let claims = public.claims.iter().zip(&script.truth).map(|(claim, truth)| (claim.text.clone(), truth.clone()));
    let word = |answer: Answer| match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unsure => "not sure",
    };
    let answers = script.answers.iter().map(|answer| {
        let counts = if answer.given == answer.counts_as { String::new() } else { format!(", counts as {}", word(answer.counts_as)) };
        (answer.ask.clone(), format!("{}{counts}", word(answer.given)))
    });
    let page = Page {
        sheet,
        public,
        script,
        wants: &secret.wants,
        story: story.collect(),
        next: next.collect(),
        claims: claims.collect(),
        answers: answers.collect(),
        cast: cast(program),
        deck: script.deck.iter().filter_map(|id| script::item(program, *id)).collect(),
        moves: script::turns(program),
    };
    page.render()
}

fn cast(program: &Program) -> Vec<Caller> {
    let claim = |id: &crate::ids::ClaimId| program.public.claims.get(id.index()).map(|claim| claim.text.clone());
    let callers = program.public.stakeholders.iter().zip(&program.script.personas);
    callers
        .map(|(stakeholder, persona)| Caller {
            who: stakeholder.words.clone(),
            wants: sentence(&stakeholder.wants),
            hides: sentence(&persona.hides),
            knows: persona.knows.iter().filter_map(claim).collect(),
            lines: persona.lines.clone(),
        })
        .collect()
}
