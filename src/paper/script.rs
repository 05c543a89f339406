//! What the facilitator goes through, move by move, as data: the printed script and the console show the same.

use super::words::{clock, handouts, heading, minutes, name_of, roles, sentence, short_role, span, subject};
use crate::debrief::narrative::{bare, capital, listed};
use crate::ids::{ClaimId, DenseId, GateId, InjectId, MoveId};
use crate::scenario::program::{Measure, Program};
use crate::scenario::script::Beat;
use crate::scenario::written::Channel;
use crate::time::Span;

/// A move.
#[derive(Clone, PartialEq, Debug)]
pub struct Turn {
    /// Which.
    pub id: MoveId,
    /// The how-manieth of the cut, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// When it opens on the clock of the story.
    pub story: String,
    /// From which minute of the room.
    pub from: i64,
    /// To which.
    pub until: i64,
    /// How the minutes add up, as sentences.
    pub sums: String,
    /// What the facilitator should know before it starts; not read aloud.
    pub note: String,
    /// What is read aloud.
    pub read_aloud: String,
    /// What is read as well: the condition in words, and the text.
    pub also_read: Vec<(String, String)>,
    /// In which order to go through it.
    pub steps: Vec<Step>,
    /// The words for what happens when it happens, or when somebody looks.
    pub voices: Vec<Item>,
    /// What to drop first when late.
    pub drop: Vec<String>,
    /// What everybody is asked at its end, as claims.
    pub beliefs: Vec<(ClaimId, String)>,
}

/// A step of a move.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// An inject.
    Inject(Item),
    /// The questions of the move.
    Questions(Vec<Asked>),
    /// A decision.
    Gate(Decision),
}

/// An inject, a voice or a card of the deck.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// Which.
    pub id: InjectId,
    /// What the author calls it.
    pub name: String,
    /// How it reaches people.
    pub heading: String,
    /// Whom.
    pub to: String,
    /// When, as a sentence.
    pub comes: String,
    /// What has to hold besides; may be empty.
    pub only_if: String,
    /// What it stands in for, or what stands in for it; may be empty.
    pub instead: String,
    /// Minutes of the room; empty where it has none of its own.
    pub minutes: String,
    /// From which minute of the room to which; empty where that is not sure.
    pub clock: String,
    /// The number of its handout; empty where it has none.
    pub handout: String,
    /// The words to say, where it is spoken; otherwise it is handed out.
    pub say: String,
    /// The same in plain words.
    pub plain: String,
    /// What it is there for.
    pub why: String,
    /// What is learnt from it, and whether it is so.
    pub tells: Vec<String>,
    /// What it changes.
    pub also: Vec<String>,
    /// Of a voice: what the room says or does when it is handed out, in words that no secret is in.
    pub asked_for: String,
    /// What a careful room does.
    pub expected: Vec<String>,
    /// The question, and what to say.
    pub replies: Vec<(String, String)>,
    /// Wrong turns, and what to say then.
    pub wrong_turns: Vec<(String, String)>,
}

impl Item {
    /// There is something to say about what it is there for and what it does.
    pub fn has_reasons(&self) -> bool {
        !(self.why.is_empty() && self.tells.is_empty() && self.also.is_empty())
    }
}

/// A question to the room.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// Whom.
    pub to: String,
    /// What.
    pub ask: String,
    /// What to listen for.
    pub listen_for: Vec<String>,
    /// What to say when nobody speaks; may be empty.
    pub if_quiet: String,
}

/// A decision.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// Which.
    pub gate: GateId,
    /// What it is called in a file of records.
    pub id: String,
    /// The question.
    pub ask: String,
    /// Who decides.
    pub who: String,
    /// When it opens, as a sentence.
    pub opens: String,
    /// How long the story waits, as a sentence.
    pub until: String,
    /// Minutes of the room; may be empty.
    pub minutes: String,
    /// From which minute of the room to which; empty where that is not sure.
    pub clock: String,
    /// Why it is hard; may be empty.
    pub dilemma: String,
    /// What there is to choose from.
    pub choices: Vec<Choice>,
    /// The letter of what happens if nobody decides.
    pub if_nobody: String,
}

/// What can be chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// `A`, `B`, and so on.
    pub letter: char,
    /// What it is called in a file of records.
    pub id: String,
    /// In words.
    pub text: String,
    /// What it orders and publishes.
    pub does: Vec<String>,
    /// What to say once it is chosen.
    pub feedback: String,
}

/// What is said before play, in the order in which it is said.
pub const OPENING: [&str; 6] = [
    "This is an exercise. Everything in it is invented, and every paper says so. If something real happens, say \u{201c}stop, this is real\u{201d}: we stop at once.",
    "Nobody here is being tested. We try a plan and a way of working together; what does not work is what we came to find.",
    "You are in the roles on your cards. You know what your card says, what you are told, and what you ask for. Nobody in the room rings or touches anything real.",
    "The clock of the story stands while we talk. I say what time it is, and I move it on.",
    "Say what you would do, who does it and by when. I write down decisions with an owner and an hour. If you cannot agree, say so: that is a finding too.",
    "Take the story as it is. Where it is not like here, tell me once, we note it, and go on as if it were.",
];

/// How the hotwash goes, in order.
pub const HOTWASH: [&str; 5] = [
    "Everybody writes for three minutes, alone: one thing that helped, one thing that was missing. No result is shown before that.",
    "Round the table, one strength each; then round again, one gap each. No answers yet. Write them where all can see them.",
    "Choose the three gaps that would hurt most in a real case. For each: what to do, who owns it, by when.",
    "Say what was really going on, from the first page of the reference. Ask what one sign would have changed which decision.",
    "Hand out the feedback form, collect the handouts and the decision log, and say when the report comes.",
];

/// The moves of the cut, in order.
pub fn turns(program: &Program) -> Vec<Turn> {
    let numbered = handouts(program);
    let writer = Writer { program, numbered: &numbered };
    let moves = &program.script.moves;
    let played = (0..moves.len()).filter(|place| moves[*place].starts.is_some());
    played.enumerate().filter_map(|(number, place)| writer.turn(number + 1, MoveId::at(place))).collect()
}

/// Any inject: what came meanwhile, or a card of the deck.
pub fn item(program: &Program, id: InjectId) -> Option<Item> {
    let numbered = handouts(program);
    Writer { program, numbered: &numbered }.item(id, String::new())
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
            id,
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
    fn beliefs(&self, id: MoveId) -> Vec<(ClaimId, String)> {
        let public = &self.program.public;
        let closes = public.moves.iter().enumerate().skip(id.index() + 1).find(|(_, one)| one.played).map_or(public.endex, |(_, one)| one.opens);
        let opens = public.moves.get(id.index()).map_or(public.endex, |one| one.opens);
        let criteria = self.program.rubric.criteria.iter().filter(|criterion| !criterion.left_out);
        let mut asked = Vec::new();
        for criterion in criteria {
            if let Measure::Belief { claim: id, until } = &criterion.measure
                && *until > opens
                && *until <= closes
                && let Some(claim) = public.claims.get(id.index())
                && !asked.iter().any(|(known, _)| known == id)
            {
                asked.push((*id, claim.text.clone()));
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
            id,
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
            (_, true) => {
                format!("{} decide together: it is decided once they all choose the same, and until then each may choose again", listed(&who))
            }
            (_, false) => format!("{} decides", who.join(" or ")),
        };
        let until = match plan.at {
            Some(at) => format!("The story waits until {}.", clock(public, at + gate.decide_within)),
            None => format!("The story waits {}.", span(gate.decide_within)),
        };
        let choices = gate.choices.iter().zip(&plan.does).zip('A'..);
        let letter = char::from(b'A'.saturating_add(gate.if_nobody_decides));
        Some(Decision {
            gate: id,
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
