//! Forms that are written on, and the sheet that says what to print.

use askama::Template;

use super::Sheet;
use super::words::{handouts, minutes};
use crate::scenario::program::{Program, Public};

/// Rows of the decision log on one sheet: what fits on the lower of the two, A4 and Letter lying on their side.
const ROWS: usize = 9;

#[derive(Template)]
#[template(path = "decision-log.html", config = "src/paper/askama.toml")]
struct DecisionLog<'a> {
    sheet: Sheet<'a>,
    sheets: [usize; 3],
    rows: usize,
}

/// Writes the decision log: three sheets, a table each.
pub fn decision_log(sheet: Sheet<'_>) -> Result<String, askama::Error> {
    DecisionLog { sheet, sheets: [1, 2, 3], rows: ROWS }.render()
}

#[derive(Template)]
#[template(path = "feedback.html", config = "src/paper/askama.toml")]
struct Feedback<'a> {
    sheet: Sheet<'a>,
    statements: [&'static str; 8],
}

/// What participants are asked to agree or disagree with. It is about the exercise and the organisation, and never about a person.
const STATEMENTS: [&str; 8] = [
    "I knew what was expected of me in my role.",
    "The story could happen here.",
    "The papers looked like what I would see in life.",
    "I could say what I thought, also when I was not sure.",
    "I had enough time to think before decisions were taken.",
    "I learned something that I can use next week.",
    "Our plan and our tools would have helped us in this case.",
    "I know better now whom to call, and for what.",
];

/// Writes the feedback form.
pub fn feedback(sheet: Sheet<'_>) -> Result<String, askama::Error> {
    Feedback { sheet, statements: STATEMENTS }.render()
}

#[derive(Template)]
#[template(path = "index.html", config = "src/paper/askama.toml")]
struct Index<'a> {
    sheet: Sheet<'a>,
    public: &'a Public,
    length: String,
    roles: usize,
    handouts: usize,
    targets: usize,
}

/// Writes the index: what there is, for whom, and how many of it.
pub fn index(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let rubric = &program.rubric;
    let measured = |place: usize| rubric.criteria.iter().any(|criterion| criterion.target == place && !criterion.left_out);
    let index = Index {
        sheet,
        public: &program.public,
        length: minutes(program.script.minutes.total()),
        roles: program.public.roles.len(),
        handouts: handouts(program).len(),
        targets: (0..rubric.targets.len()).filter(|place| measured(*place)).count(),
    };
    index.render()
}
