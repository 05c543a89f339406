//! The facilitator's script: what is read, asked, answered and dropped, in order, with the room's minutes running beside it.

use askama::Template;

use super::Sheet;
use super::words::{clock, handouts, heading, minutes, name_of, roles, sentence, short_role, span, subject};
use crate::debrief::narrative::{bare, capital, listed};
use crate::ids::{DenseId, GateId, InjectId, MoveId};
use crate::scenario::program::{Measure, Program, Public};
use crate::scenario::script::{Beat, Script};
use crate::scenario::written::{Answer, Channel};
use crate::time::Span;

#[derive(Template)]
#[template(path = "facilitator.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    public: &'a Public,
    script: &'a Script,
    wants: &'a str,
    schedule: Vec<Slot>,
    opening: [&'static str; 6],
    story: Vec<(String, String)>,
    next: Vec<String>,
    claims: Vec<(String, String)>,
    answers: Vec<(String, String)>,
    moves: Vec<Turn>,
    deck: Vec<Item>,
    hotwash: [&'static str; 5],
    cast: Vec<Caller>,
    teaching: Vec<String>,
}

/// A line of the room's timetable.
struct Slot {
    from: i64,
    until: i64,
    what: String,
    story: String,
}

/// A move.
struct Turn {
    number: usize,
    title: String,
    story: String,
    from: i64,
    until: i64,
    sums: String,
    note: String,
    read_aloud: String,
    also_read: Vec<(String, String)>,
    steps: Vec<Step>,
    voices: Vec<Item>,
    drop: Vec<String>,
    beliefs: Vec<String>,
}

/// A step of a move.
enum Step {
    Inject(Item),
    Questions(Vec<Asked>),
    Gate(Decision),
}

/// An inject, a voice or a card of the deck.
struct Item {
    name: String,
    heading: String,
    to: String,
    comes: String,
    only_if: String,
    instead: String,
    minutes: String,
    clock: String,
    handout: String,
    /// The words to say, where it is spoken; otherwise it is handed out.
    say: String,
    plain: String,
    why: String,
    tells: Vec<String>,
    also: Vec<String>,
    /// Of a voice: what the room says or does when it is handed out, in words that no secret is in.
    asked_for: String,
    expected: Vec<String>,
    replies: Vec<(String, String)>,
    wrong_turns: Vec<(String, String)>,
}

struct Asked {
    to: String,
    ask: String,
    listen_for: Vec<String>,
    if_quiet: String,
}

struct Decision {
    /// What it is called in a file of records.
    id: String,
    ask: String,
    who: String,
    opens: String,
    until: String,
    minutes: String,
    clock: String,
    dilemma: String,
    choices: Vec<Choice>,
    if_nobody: String,
}

struct Choice {
    letter: char,
    id: String,
    text: String,
    does: Vec<String>,
    feedback: String,
}

struct Caller {
    who: String,
    wants: String,
    hides: String,
    knows: Vec<String>,
    lines: Vec<String>,
}

/// What is said before play, in the order in which it is said.
const OPENING: [&str; 6] = [
    "This is an exercise. Everything in it is invented, and every paper says so. If something real happens, say \u{201c}stop, this is real\u{201d}: we stop at once.",
    "Nobody here is being tested. We try a plan and a way of working together; what does not work is what we came to find.",
    "You are in the roles on your cards. You know what your card says, what you are told, and what you ask for. Nobody in the room rings or touches anything real.",
    "The clock of the story stands while we talk. I say what time it is, and I move it on.",
    "Say what you would do, who does it and by when. I write down decisions with an owner and an hour. If you cannot agree, say so: that is a finding too.",
    "Take the story as it is. Where it is not like here, tell me once, we note it, and go on as if it were.",
];

/// How the hotwash goes, in order.
const HOTWASH: [&str; 5] = [
    "Everybody writes for three minutes, alone: one thing that helped, one thing that was missing. No result is shown before that.",
    "Round the table, one strength each; then round again, one gap each. No answers yet. Write them where all can see them.",
    "Choose the three gaps that would hurt most in a real case. For each: what to do, who owns it, by when.",
    "Say what was really going on, from the page behind this script. Ask what one sign would have changed which decision.",
    "Hand out the feedback form, collect the handouts and the decision log, and say when the report comes.",
];

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let Program { public, secret, script, .. } = program;
    let numbered = handouts(program);
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
    let writer = Writer { program, numbered: &numbered };
    let played = (0..script.moves.len()).filter(|place| script.moves[*place].starts.is_some());
    let page = Page {
        sheet,
        public,
        script,
        wants: &secret.wants,
        schedule: schedule(program),
        opening: OPENING,
        story: story.collect(),
        next: next.collect(),
        claims: claims.collect(),
        answers: answers.collect(),
        moves: played.enumerate().filter_map(|(number, place)| writer.turn(number + 1, MoveId::at(place))).collect(),
        deck: script.deck.iter().filter_map(|id| writer.item(*id, String::new())).collect(),
        hotwash: HOTWASH,
        cast: cast(program),
        teaching: public.teaching.iter().map(|(text, _)| text.clone()).collect(),
    };
    page.render()
}

impl Page<'_> {
    fn minutes(&self, of: &Span) -> String {
        minutes(*of)
    }

    /// What to do with minutes that no move asks for, or that are missing.
    fn spare(&self) -> String {
        let spare = self.script.minutes.spare();
        match spare.0 {
            0 => String::new(),
            1.. => format!(
                "The moves ask for {} of the {} of play. The other {} are yours. {}",
                minutes(self.script.minutes.moves),
                minutes(self.script.minutes.play),
                minutes(spare),
                self.how_to_spend(spare)
            ),
            _ => format!("The moves ask for {} more than the cut has for play: drop something before you begin.", minutes(Span(-spare.0))),
        }
    }
}

impl Page<'_> {
    /// What to do with minutes that no move asks for, in words. They are given to talk, never to more injects: a pile of messages is not a longer exercise.
    fn how_to_spend(&self, spare: Span) -> String {
        const A_BREAK: Span = Span::minutes(15);
        if spare < Span::minutes(30) {
            return "Use them for letting the room finish a thought, or for a card of the deck.".to_owned();
        }
        let moves = self.moves.len().max(1) as i64;
        let each = Span((spare.0 - A_BREAK.0) / moves / 300 * 300);
        let deck = if self.deck.is_empty() { String::new() } else { " A card of the deck takes about five of them.".to_owned() };
        format!(
            "The same moves are played as in a shorter cut: this one buys time to talk. Give each move {} more than the minutes printed here (all questions asked, every decision written down with its reasons, the handouts read in groups of two or three), take a break of {} between two moves, and keep what is left for the move in which the room is stuck.{deck} All later room minutes move back by what you have used.",
            minutes(each),
            minutes(A_BREAK)
        )
    }
}

/// The room's timetable.
fn schedule(program: &Program) -> Vec<Slot> {
    let Program { public, script, .. } = program;
    let sums = script.minutes;
    let slot =
        |from: Span, length: Span, what: String, story: String| Slot { from: from.as_minutes(), until: (from + length).as_minutes(), what, story };
    let mut slots = Vec::new();
    if sums.opening != Span::ZERO {
        slots.push(slot(Span::ZERO, sums.opening, "Opening: rules and roles".to_owned(), String::new()));
    }
    for (turn, one) in script.moves.iter().zip(&public.moves) {
        if let Some(starts) = turn.starts {
            slots.push(slot(starts, turn.talk, one.title.clone(), clock(public, one.opens)));
        }
    }
    let spare = sums.spare();
    if spare.0 > 0 {
        slots.push(slot(sums.opening + sums.moves, spare, "Not given to a move: breaks, the deck, time to finish".to_owned(), String::new()));
    }
    if sums.hotwash != Span::ZERO {
        slots.push(slot(sums.opening + sums.play, sums.hotwash, "Hotwash: protected, never shortened".to_owned(), String::new()));
    }
    slots
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

struct Writer<'a> {
    program: &'a Program,
    numbered: &'a [InjectId],
}

impl Writer<'_> {
    fn turn(&self, number: usize, id: MoveId) -> Option<Turn> {
        let Program { public, script, .. } = self.program;
        let (one, turn) = (public.moves.get(id.index())?, script.moves.get(id.index())?);
        let starts = turn.starts?;
        let mut steps = Vec::new();
        let mut voices = Vec::new();
        let mut now = starts;
        for beat in &turn.order {
            match beat {
                Beat::Read => {}
                Beat::Questions => steps.push(Step::Questions(turn.questions.iter().map(|question| self.asked(question)).collect())),
                Beat::Voice(voice) => voices.extend(self.item(*voice, String::new())),
                Beat::Inject(inject) => {
                    let plan = script.inject(*inject)?;
                    // One of two that stand in for each other takes the minutes, once.
                    let sure = plan.at.is_some() && (plan.certain || plan.or_else.is_some());
                    let clock = if sure { running(&mut now, plan.talk) } else { String::new() };
                    steps.extend(self.item(*inject, clock).map(Step::Inject));
                }
                Beat::Gate(gate) => {
                    let plan = script.gate(*gate)?;
                    let clock = if plan.certain { running(&mut now, plan.talk) } else { String::new() };
                    steps.extend(self.decision(*gate, clock).map(Step::Gate));
                }
            }
        }
        let names = |list: &[InjectId]| list.iter().filter_map(|id| self.reference(*id)).collect();
        let sums = format!(
            "{} in all: {} come in any case, {} may come besides; what is left is for reading aloud and for talk.",
            capital(&minutes(turn.talk)),
            minutes(turn.certain),
            minutes(turn.possible)
        );
        Some(Turn {
            number,
            title: one.title.clone(),
            story: clock(public, one.opens),
            from: starts.as_minutes(),
            until: turn.ends()?.as_minutes(),
            sums,
            note: turn.note.clone(),
            read_aloud: one.read_aloud.clone(),
            also_read: turn.also_read.iter().map(|read| (read.when.clone(), read.say.clone())).collect(),
            steps,
            voices,
            drop: names(&turn.drop_when_late),
            beliefs: self.beliefs(id),
        })
    }

    /// What everybody is asked at the end of a move: the claims on which the rubric asks for a belief then.
    fn beliefs(&self, id: MoveId) -> Vec<String> {
        let public = &self.program.public;
        let closes = public.moves.iter().enumerate().skip(id.index() + 1).find(|(_, one)| one.played).map_or(public.endex, |(_, one)| one.opens);
        let opens = public.moves.get(id.index()).map_or(public.endex, |one| one.opens);
        let criteria = self.program.rubric.criteria.iter().filter(|criterion| !criterion.left_out);
        let mut asked = Vec::new();
        for criterion in criteria {
            if let Measure::Belief { claim, until } = &criterion.measure
                && *until > opens
                && *until <= closes
                && let Some(claim) = public.claims.get(claim.index())
                && !asked.contains(&claim.text)
            {
                asked.push(claim.text.clone());
            }
        }
        asked
    }

    fn asked(&self, question: &crate::scenario::script::Question) -> Asked {
        let to: Vec<String> = question.to.iter().map(|role| short_role(&self.program.public, *role)).collect();
        Asked { to: capital(&listed(&to)), ask: question.ask.clone(), listen_for: question.listen_for.clone(), if_quiet: question.if_quiet.clone() }
    }

    /// An inject by name, with its handout.
    fn reference(&self, id: InjectId) -> Option<String> {
        let inject = self.program.public.injects.get(id.index())?;
        let handout = self.handout(id);
        let handout = if handout.is_empty() { String::new() } else { format!(" ({})", handout.to_lowercase()) };
        Some(format!("\u{201c}{}\u{201d}{handout}", name_of(&inject.id)))
    }

    fn handout(&self, id: InjectId) -> String {
        self.numbered.iter().position(|known| *known == id).map_or_else(String::new, |place| format!("Handout {}", place + 1))
    }

    fn item(&self, id: InjectId, clock: String) -> Option<Item> {
        let Program { public, script, .. } = self.program;
        let (inject, plan) = (public.injects.get(id.index())?, script.inject(id)?);
        let instead = match (plan.instead_of, plan.or_else.filter(|other| script.inject(*other).is_some_and(|other| other.played))) {
            (Some(of), _) => format!("Stands in for {}, where that does not come.", self.reference(of)?),
            (None, Some(other)) => format!("Otherwise use {}.", self.reference(other)?),
            (None, None) => String::new(),
        };
        Some(Item {
            name: name_of(&inject.id),
            heading: heading(inject),
            to: capital(&roles(public, inject.to)),
            comes: sentence(&plan.comes),
            only_if: bare(&plan.only_if).to_owned(),
            instead,
            minutes: if plan.talk == Span::ZERO { String::new() } else { minutes(plan.talk) },
            clock,
            handout: self.handout(id),
            asked_for: match subject(inject) {
                _ if !inject.is_voice => String::new(),
                what if what.is_empty() => String::new(),
                what if inject.channel == Channel::Log => format!("The room looks at: {what}"),
                what => format!("It happens: {what}"),
            },
            say: if inject.artefact.is_some() { String::new() } else { inject.text.clone() },
            plain: inject.plain.clone(),
            why: inject.why.clone(),
            tells: plan.tells.iter().map(|told| self.told(told)).collect(),
            also: plan.also.iter().map(|also| capital(also)).collect(),
            expected: inject.expected.clone(),
            replies: plan.replies.clone(),
            wrong_turns: plan.wrong_turns.clone(),
        })
    }

    /// What an inject says, and whether it is so.
    fn told(&self, told: &crate::scenario::script::Told) -> String {
        let never = self.program.secret.truth.get(told.claim.index()) == Some(&crate::scenario::program::Truth::Never);
        let as_true = told.words.starts_with('\u{201c}');
        format!("{}{}", capital(&told.words), if never && as_true { " (which is not so)" } else { "" })
    }

    fn decision(&self, id: GateId, clock_of_room: String) -> Option<Decision> {
        let Program { public, script, .. } = self.program;
        let (gate, plan) = (public.gates.get(id.index())?, script.gate(id)?);
        let who: Vec<String> = gate.who.iter().map(|role| short_role(public, role)).collect();
        let who = match (who.len(), gate.all_of) {
            (0 | 1, _) => format!("{} decides", listed(&who)),
            (_, true) => format!("{} decide, all for the same choice; the last word counts", listed(&who)),
            (_, false) => format!("{} decides", who.join(" or ")),
        };
        let until = match plan.at {
            Some(at) => format!("The story waits until {}.", clock(public, at + gate.decide_within)),
            None => format!("The story waits {}.", span(gate.decide_within)),
        };
        let choices = gate.choices.iter().zip(&plan.does).zip('A'..);
        let letter = char::from(b'A'.saturating_add(gate.if_nobody_decides));
        Some(Decision {
            id: gate.id.clone(),
            ask: gate.ask.clone(),
            who: capital(&who),
            opens: sentence(&format!("open {}", plan.opens)),
            until,
            minutes: if plan.talk == Span::ZERO { String::new() } else { minutes(plan.talk) },
            clock: clock_of_room,
            dilemma: gate.dilemma.clone().unwrap_or_default(),
            choices: choices
                .map(|((choice, does), letter)| Choice {
                    letter,
                    id: choice.id.clone(),
                    text: choice.text.clone(),
                    does: does.clone(),
                    feedback: choice.feedback.clone(),
                })
                .collect(),
            if_nobody: format!("{letter}"),
        })
    }
}

/// `minute 5 to 10`, and the clock moves on.
fn running(now: &mut Span, talk: Span) -> String {
    let from = now.as_minutes();
    *now = *now + talk;
    if talk == Span::ZERO { format!("minute {from}") } else { format!("minute {from} to {}", now.as_minutes()) }
}
