//! The facilitator's half: what is read, asked, answered and dropped, in order, with the room's minutes.

use super::Compiler;
use super::moves::Chosen;
use super::text::in_words;
use super::words::Words;
use crate::ids::*;
use crate::scenario::located::Located;
use crate::scenario::program::{InjectPlan, Public, Secret};
use crate::scenario::script::{Answered, Beat, Gate, Inject, Minutes, Move, Name, Persona, Question, ReadIf, Script, Told};
use crate::scenario::written::{self, Fires, Term, Verb};
use crate::time::{ExerciseTime, Span};

impl Compiler<'_> {
    /// The script. Everything else must be compiled.
    pub fn script(&self, chosen: &Chosen<'_>, public: &Public, secret: &Secret) -> Script {
        let words = self.words(public, secret);
        let mut script = Script { injects: self.script_injects(public, secret, &words), ..Script::default() };
        let written = self.sheet.moves.iter().flat_map(|one| one.gates.iter().map(move |gate| (one, gate)));
        script.gates = written.map(|(one, gate)| self.script_gate(one, gate, chosen, public, &words)).collect();
        let cut = &chosen.cut;
        let mut begins = cut.opening;
        for (place, one) in self.sheet.moves.iter().enumerate() {
            let id = MoveId::at(place);
            let played = public.moves.get(place).is_some_and(|one| one.played);
            let mut turn = self.script_move(one, &words);
            if played {
                turn.starts = Some(begins);
                begins = begins + turn.talk;
                let running = Running { public, secret, script: &script, compiler: self, id, one };
                turn.order = running.order();
                let sure: Vec<GateId> = running.gates().filter(|(_, gate)| running.opens(&gate.opens).is_some()).map(|(id, _)| id).collect();
                sure.iter().for_each(|gate| script.gates[gate.index()].certain = true);
                turn.drop_when_late = self.list(&one.drop_when_late);
                turn.drop_when_late.retain(|inject| script.inject(*inject).is_some_and(|inject| inject.played));
                (turn.certain, turn.possible) = minutes(&turn.order, &script);
            }
            script.moves.push(turn);
        }
        script.minutes = Minutes { opening: cut.opening, play: cut.play, moves: Span(begins.0 - cut.opening.0), hotwash: cut.hotwash };
        let deck = public.injects.iter().enumerate().filter(|(_, inject)| inject.of_move.is_none());
        script.deck = deck.map(|(place, _)| InjectId::at(place)).filter(|id| script.inject(*id).is_some_and(|inject| inject.played)).collect();
        let personas = self.sheet.stakeholders.iter().map(|stakeholder| Persona {
            knows: self.list(&stakeholder.knows),
            hides: self.text_of(stakeholder.hides.as_ref()),
            lines: self.texts(&stakeholder.lines),
        });
        script.personas = personas.collect();
        script.truth = self.sheet.claims.iter().zip(&secret.truth).map(|(claim, truth)| self.text(&words.truth(*truth, &claim.truth))).collect();
        let answers = self.sheet.about_us.iter().zip(&self.answers);
        script.answers =
            answers.map(|(question, (given, counts_as))| Answered { ask: self.text(&question.ask), given: *given, counts_as: *counts_as }).collect();
        let is = |id: &str| self.values.get(id).cloned().unwrap_or_default();
        let variables = self.sheet.variables.iter();
        script.names = variables.map(|variable| Name { id: variable.id.text.clone(), about: variable.about.clone(), is: is(&variable.id) }).collect();
        script
    }

    fn texts(&self, list: &[Located<String>]) -> Vec<String> {
        list.iter().map(|text| self.text(text)).collect()
    }

    fn script_move(&self, one: &written::Move, words: &Words<'_>) -> Move {
        let question = |question: &written::Question| Question {
            to: self.list(&question.to),
            ask: self.text(&question.ask),
            listen_for: self.texts(&question.listen_for),
            if_quiet: self.text_of(question.if_quiet.as_ref()),
        };
        Move {
            note: self.text_of(one.facilitator.as_ref()),
            also_read: one.also_read.iter().map(|read| ReadIf { when: words.all(&read.when), say: self.text(&read.say) }).collect(),
            questions: one.questions.iter().map(question).collect(),
            talk: one.talk.value,
            ..Move::default()
        }
    }

    /// By inject, in the order in which injects are numbered: move by move, injects before voices, then the deck.
    fn script_injects(&self, public: &Public, secret: &Secret, words: &Words<'_>) -> Vec<Inject> {
        let mut list = Vec::new();
        for (place, one) in self.sheet.moves.iter().enumerate() {
            let opens = public.moves.get(place).map(|one| one.opens);
            for inject in &one.injects {
                let plan = secret.injects.get(list.len());
                list.push(self.script_inject(inject, opens, plan, words));
            }
            for voice in &one.voices {
                let plan = secret.injects.get(list.len());
                let comes = match &voice.of {
                    written::VoiceOf::Alert { stage } => format!("with the first alert on this: {}", words.stage(stage)),
                    written::VoiceOf::Finding { stage } => format!("when somebody looks and finds this: {}", words.stage(stage)),
                    written::VoiceOf::Down { service } => format!("when this is no longer whole: {}", words.target(&service.text)),
                    written::VoiceOf::Demand => "when the adversary makes its demand".to_owned(),
                };
                list.push(Inject { comes, played: plan.is_some_and(|plan| plan.played), tells: told(plan, words), ..Inject::default() });
            }
        }
        for inject in &self.sheet.deck {
            let plan = secret.injects.get(list.len());
            list.push(self.script_inject(inject, None, plan, words));
        }
        // Who stands in for whom is written at the one that is replaced.
        for place in 0..list.len() {
            let Some(stand_in) = list[place].or_else else { continue };
            let talk = list[place].talk;
            if let Some(other) = list.get_mut(stand_in.index()) {
                other.instead_of = Some(InjectId::at(place));
                if other.talk == Span::ZERO {
                    other.talk = talk;
                }
            }
        }
        list
    }

    fn script_inject(&self, inject: &written::Inject, opens: Option<ExerciseTime>, plan: Option<&InjectPlan>, words: &Words<'_>) -> Inject {
        let played = plan.is_some_and(|plan| plan.played);
        let (comes, at) = self.comes(&inject.fires, opens, words);
        let pairs = |asked: &Located<String>, say: &Located<String>| (self.text(asked), self.text(say));
        Inject {
            comes,
            at,
            only_if: if inject.fires_only_if.is_empty() { String::new() } else { words.all(&inject.fires_only_if) },
            instead_of: None,
            or_else: plan.and_then(|plan| plan.or_else),
            certain: played && at.is_some() && inject.fires_only_if.is_empty(),
            talk: inject.talk.as_ref().map_or(Span::ZERO, |talk| talk.value),
            tells: told(plan, words),
            also: inject.also.iter().map(|also| words.also(also)).collect(),
            replies: inject.replies.iter().map(|reply| pairs(&reply.asked, &reply.say)).collect(),
            wrong_turns: inject.wrong_turns.iter().map(|turn| pairs(&turn.when, &turn.say)).collect(),
            played,
        }
    }

    /// When something comes: in words, and on the clock of the story where that alone decides.
    fn comes(&self, fires: &Fires, opens: Option<ExerciseTime>, words: &Words<'_>) -> (String, Option<ExerciseTime>) {
        let opens = opens.unwrap_or_default();
        match fires {
            Fires::At(moment) => {
                let at = self.calendar.resolve(moment.value, opens).max(opens);
                (format!("at {}", self.calendar.label(at)), Some(at))
            }
            Fires::When { all } => (format!("once {}", words.all(all)), None),
            Fires::IfNot { done, within, of } => {
                let after = match of {
                    Some(of) => format!("the inject \u{201c}{}\u{201d}", of.text.replace('-', " ")),
                    None => "the opening of the move".to_owned(),
                };
                (format!("if within {} after {after} {}", in_words(within.value), words.term(done, false)), None)
            }
            Fires::Instead => ("in place of another".to_owned(), None),
            Fires::ByHand => ("by hand, when you choose".to_owned(), None),
        }
    }

    fn script_gate(&self, one: &written::Move, gate: &written::Gate, chosen: &Chosen<'_>, public: &Public, words: &Words<'_>) -> Gate {
        let opens = self.names.find::<MoveId>(&one.id).and_then(|id| public.moves.get(id.index())).map(|one| one.opens);
        let (opens, at) = self.comes(&gate.opens, opens, words);
        let does = |choice: &written::Choice| {
            let mut does: Vec<String> = choice.orders.iter().map(|order| words.written_order(order)).collect();
            does.extend(choice.publishes.as_ref().map(|statement| format!("the text \u{201c}{}\u{201d} goes out", statement.text.replace('-', " "))));
            does
        };
        Gate {
            opens,
            at,
            certain: false,
            talk: gate.talk.as_ref().map_or(Span::ZERO, |talk| talk.value),
            does: gate.choices.iter().map(does).collect(),
            played: chosen.plays(&one.id) && !chosen.leaves_out(&gate.id),
        }
    }
}

fn told(plan: Option<&InjectPlan>, words: &Words<'_>) -> Vec<Told> {
    let tells = plan.map_or(&[][..], |plan| &plan.tells[..]);
    tells.iter().map(|(claim, stance)| Told { claim: *claim, words: words.stance(*claim, *stance) }).collect()
}

/// The minutes of what comes in any case, and of what may come besides. One of two that stand in for each other comes in any case.
fn minutes(order: &[Beat], script: &Script) -> (Span, Span) {
    let (mut certain, mut possible) = (Span::ZERO, Span::ZERO);
    for beat in order {
        let (surely, talk) = match beat {
            Beat::Inject(id) => match script.inject(*id) {
                Some(inject) if inject.instead_of.is_none() => (inject.at.is_some() && (inject.certain || inject.or_else.is_some()), inject.talk),
                _ => continue,
            },
            Beat::Gate(id) => match script.gate(*id) {
                Some(gate) => (gate.certain, gate.talk),
                None => continue,
            },
            Beat::Read | Beat::Questions | Beat::Voice(_) => continue,
        };
        if surely {
            certain = certain + talk;
        } else {
            possible = possible + talk;
        }
    }
    (certain, possible)
}

/// A move on its way to an order of reading.
struct Running<'a> {
    public: &'a Public,
    secret: &'a Secret,
    script: &'a Script,
    compiler: &'a Compiler<'a>,
    id: MoveId,
    one: &'a written::Move,
}

impl Running<'_> {
    /// The order: the situation; injects by the clock of the story, each before the decisions that can still wait for it; the questions before the
    /// first decision; what depends on something behind what it depends on; last, the words for what the simulation does.
    fn order(&self) -> Vec<Beat> {
        // By the clock, then injects before what is put after them.
        let mut timed: Vec<(ExerciseTime, u8, Beat)> = Vec::new();
        let mut open = Vec::new();
        for (id, inject) in self.injects() {
            match (self.script.inject(id).and_then(|inject| inject.at), &inject.fires) {
                (Some(at), _) => timed.push((at, 0, Beat::Inject(id))),
                (None, Fires::Instead) => {}
                (None, fires) => match self.contingency(fires) {
                    Some(at) => timed.push((at, 1, Beat::Inject(id))),
                    None => open.push((Beat::Inject(id), fires)),
                },
            }
        }
        let mut loose = Vec::new();
        for (id, gate) in self.gates() {
            // A decision is asked for as late as its time allows, so that the room knows what it can know by then.
            match self.opens(&gate.opens) {
                Some(at) => timed.push((at + gate.decide_within.value, 2, Beat::Gate(id))),
                None => loose.push(Beat::Gate(id)),
            }
        }
        // Stable: at one moment the author's order holds.
        timed.sort_by_key(|(at, rank, _)| (*at, *rank));
        let mut order: Vec<Beat> = timed.into_iter().map(|(_, _, beat)| beat).collect();
        order.extend(loose);
        for (beat, fires) in open {
            let behind = self.leans_on(fires);
            let place = order.iter().rposition(|known| behind.contains(known)).map_or(order.len(), |place| {
                // Behind others that lean on the same thing, in the author's order.
                let others = order[place + 1..].iter().take_while(|known| self.is_open(known));
                place + 1 + others.count()
            });
            order.insert(place, beat);
        }
        let stand_ins: Vec<(Beat, Beat)> =
            self.injects().filter_map(|(id, _)| Some((Beat::Inject(self.script.inject(id)?.instead_of?), Beat::Inject(id)))).collect();
        for (of, stand_in) in stand_ins {
            let place = order.iter().position(|known| *known == of).map_or(order.len(), |place| place + 1);
            order.insert(place, stand_in);
        }
        if !self.one.questions.is_empty() {
            let place = order.iter().position(|beat| matches!(beat, Beat::Gate(_))).unwrap_or(order.len());
            order.insert(place, Beat::Questions);
        }
        order.insert(0, Beat::Read);
        let voices = (0..self.public.injects.len()).map(InjectId::at).filter(|id| self.is_here(*id) && self.public.injects[id.index()].is_voice);
        order.extend(voices.filter(|id| self.script.inject(*id).is_some_and(|voice| voice.played)).map(Beat::Voice));
        order
    }

    fn is_here(&self, id: InjectId) -> bool {
        self.public.injects.get(id.index()).is_some_and(|inject| inject.of_move == Some(self.id))
    }

    /// The injects of the move that the cut has.
    fn injects(&self) -> impl Iterator<Item = (InjectId, &written::Inject)> {
        let first = self.public.injects.iter().position(|inject| inject.of_move == Some(self.id)).unwrap_or_default();
        let numbered = self.one.injects.iter().enumerate().map(move |(place, inject)| (InjectId::at(first + place), inject));
        numbered.filter(|(id, _)| self.script.inject(*id).is_some_and(|inject| inject.played))
    }

    /// The gates of the move that the cut has.
    fn gates(&self) -> impl Iterator<Item = (GateId, &written::Gate)> {
        let first = self.public.gates.iter().position(|gate| gate.of_move == self.id).unwrap_or_default();
        let numbered = self.one.gates.iter().enumerate().map(move |(place, gate)| (GateId::at(first + place), gate));
        numbered.filter(|(id, _)| self.script.gate(*id).is_some_and(|gate| gate.played))
    }

    /// It comes only if something holds.
    fn is_open(&self, beat: &Beat) -> bool {
        matches!(beat, Beat::Inject(id) if self.script.inject(*id).is_some_and(|inject| inject.at.is_none()))
    }

    /// When a gate opens, if the clock and what comes by the clock alone decide.
    fn opens(&self, fires: &Fires) -> Option<ExerciseTime> {
        let opens = self.public.moves.get(self.id.index())?.opens;
        match fires {
            Fires::At(moment) => Some(self.compiler.calendar.resolve(moment.value, opens).max(opens)),
            Fires::When { all } => {
                let times: Option<Vec<ExerciseTime>> = all.iter().map(|term| self.comes_true(term)).collect();
                times.map(|times| times.into_iter().fold(opens, Ord::max))
            }
            Fires::IfNot { .. } | Fires::Instead | Fires::ByHand => None,
        }
    }

    /// When a term comes true at the latest, where injects that come in any case see to it.
    fn comes_true(&self, term: &Term) -> Option<ExerciseTime> {
        match term {
            Term::After(moment) => Some(self.compiler.calendar.resolve(moment.value, ExerciseTime::default())),
            Term::Told { claim, role } => {
                let role: Option<RoleId> = role.as_ref().and_then(|role| self.compiler.names.find(&role.text));
                let claim: ClaimId = self.compiler.names.find(&claim.text)?;
                let tells = |(place, plan): (usize, &InjectPlan)| {
                    let to = self.public.injects.get(place)?.to;
                    let inject = self.script.injects.get(place).filter(|inject| inject.certain)?;
                    let told = plan.tells.iter().any(|(told, _)| *told == claim) && role.is_none_or(|role| to.has(role));
                    if told { inject.at } else { None }
                };
                self.secret.injects.iter().enumerate().filter_map(tells).min()
            }
            Term::Fired(inject) => self.compiler.names.find::<InjectId>(&inject.text).and_then(|id| self.script.inject(id)?.at),
            Term::Any(terms) => terms.iter().filter_map(|term| self.comes_true(term)).min(),
            _ => None,
        }
    }

    /// When a contingency is due, unless a decision of this move is what it waits for: then it comes behind that.
    fn contingency(&self, fires: &Fires) -> Option<ExerciseTime> {
        let Fires::IfNot { done, within, of } = fires else { return None };
        let mut beats = Vec::new();
        self.mentions(done, &mut beats);
        if beats.iter().any(|beat| matches!(beat, Beat::Gate(gate) if self.gates().any(|(here, _)| here == *gate))) {
            return None;
        }
        let from = match of {
            Some(of) => self.compiler.names.find::<InjectId>(&of.text).and_then(|id| self.script.inject(id)?.at)?,
            None => self.public.moves.get(self.id.index())?.opens,
        };
        Some(from + within.value)
    }

    /// What has to have been talked about before this can come.
    fn leans_on(&self, fires: &Fires) -> Vec<Beat> {
        let mut beats = Vec::new();
        match fires {
            Fires::When { all } => all.iter().for_each(|term| self.mentions(term, &mut beats)),
            Fires::IfNot { done, of, .. } => {
                self.mentions(done, &mut beats);
                beats.extend(of.as_ref().and_then(|of| self.compiler.names.find(&of.text)).map(Beat::Inject));
            }
            Fires::At(_) | Fires::Instead | Fires::ByHand => {}
        }
        beats
    }

    fn mentions(&self, term: &Term, beats: &mut Vec<Beat>) {
        match term {
            Term::Decided { gate, .. } => beats.extend(self.compiler.names.find(&gate.text).map(Beat::Gate)),
            Term::Fired(inject) => beats.extend(self.compiler.names.find(&inject.text).map(Beat::Inject)),
            Term::Told { claim, .. } => {
                let Some(claim) = self.compiler.names.find::<ClaimId>(&claim.text) else { return };
                let tells = self.secret.injects.iter().enumerate().filter(|(_, plan)| plan.tells.iter().any(|(told, _)| *told == claim));
                beats.extend(tells.map(|(place, _)| Beat::Inject(InjectId::at(place))));
            }
            Term::Declared { .. } => {
                let declares = |choice: &written::Choice| choice.orders.iter().any(|order| self.is_verb(&order.action.text, Verb::Declare));
                beats.extend(self.gates().filter(|(_, gate)| gate.choices.iter().any(declares)).map(|(id, _)| Beat::Gate(id)));
            }
            Term::Published(statement) => {
                let publishes = |choice: &written::Choice| choice.publishes.as_ref().is_some_and(|published| published.text == statement.text);
                beats.extend(self.gates().filter(|(_, gate)| gate.choices.iter().any(publishes)).map(|(id, _)| Beat::Gate(id)));
            }
            Term::Any(terms) => terms.iter().for_each(|term| self.mentions(term, beats)),
            Term::Not { what, of, .. } => {
                self.mentions(what, beats);
                if let Some(of) = of {
                    self.mentions(of, beats);
                }
            }
            _ => {}
        }
    }

    fn is_verb(&self, action: &str, verb: Verb) -> bool {
        let found = self.compiler.names.find::<ActionId>(action).and_then(|id| self.public.actions.get(id.index()));
        found.is_some_and(|action| action.verb == verb)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::compile::{Tailoring, compile_loaded};
    use crate::scenario::load;
    use crate::scenario::program::Program;
    use crate::scenario::source::{Opening, shipped};

    /// Every shipped scenario with every profile and cut, and with none.
    fn all() -> Vec<Program> {
        let mut programs = Vec::new();
        for name in shipped() {
            let loaded = load::load(&Opening::shipped(name).unwrap());
            let profiles = loaded.profiles.iter().map(|loaded| Some(&loaded.profile)).chain([None]);
            for profile in profiles {
                for cut in loaded.sheet.cuts.iter().map(|cut| Some(cut.id.text.clone())) {
                    programs.push(compile_loaded(&loaded, &Tailoring { profile, cut }).unwrap());
                }
            }
        }
        assert!(programs.len() >= 6, "both profiles and none, in both cuts");
        programs
    }

    #[test]
    fn every_name_is_filled_in_and_comes_from_the_profile() {
        for program in all() {
            let spoken = format!("{:?}", program.script);
            for variable in ["org", "site.", "person.", "system.", "vendor.", "regulator.", "csirt", "police", "paper", "minister", "report."] {
                assert!(!spoken.contains(&format!("{{{variable}")), "{{{variable} is left in the script");
            }
            let (theirs, ours) = if program.public.profile.as_deref() == Some("tamarfold") {
                ("Western Shore", "Penharrow General")
            } else {
                ("Penharrow", "Kilbrannon General")
            };
            assert!(spoken.contains(ours) && !spoken.contains(theirs), "the names of {:?}", program.public.profile);
        }
    }

    #[test]
    fn everything_that_is_played_stands_once_in_the_order_of_its_move() {
        for program in all() {
            let Program { public, script, .. } = &program;
            assert_eq!(
                (script.moves.len(), script.injects.len(), script.gates.len()),
                (public.moves.len(), public.injects.len(), public.gates.len())
            );
            assert_eq!((script.personas.len(), script.truth.len()), (public.stakeholders.len(), public.claims.len()));
            for (place, one) in script.moves.iter().enumerate() {
                assert_eq!(one.order.first(), Some(&Beat::Read));
                let mut wanted: Vec<Beat> = vec![Beat::Read, Beat::Questions];
                wanted.extend((0..public.injects.len()).filter(|inject| public.injects[*inject].of_move == Some(MoveId::at(place))).map(|inject| {
                    let id = InjectId::at(inject);
                    if public.injects[inject].is_voice { Beat::Voice(id) } else { Beat::Inject(id) }
                }));
                wanted.extend(
                    (0..public.gates.len()).filter(|gate| public.gates[*gate].of_move == MoveId::at(place)).map(|gate| Beat::Gate(GateId::at(gate))),
                );
                assert!(wanted.iter().all(|beat| one.order.iter().filter(|known| *known == beat).count() == 1), "{:?}", one.order);
                assert_eq!(wanted.len(), one.order.len());
                let at = |wanted: fn(&Beat) -> bool| one.order.iter().position(wanted);
                assert!(at(|beat| *beat == Beat::Questions) < at(|beat| matches!(beat, Beat::Gate(_))), "questions come before decisions");
                assert!(
                    one.questions.iter().all(|question| !question.to.is_empty() && !question.listen_for.is_empty() && !question.if_quiet.is_empty())
                );
                assert!(!one.note.is_empty() && one.also_read.len() == public.moves[place].also_read.len());
            }
            assert_eq!(script.deck.len(), 5);
            assert!(
                script
                    .injects
                    .iter()
                    .zip(&public.injects)
                    .all(|(inject, shown)| shown.is_voice || (!inject.replies.is_empty() && inject.wrong_turns.len() == 2))
            );
        }
    }

    /// A facilitator reads the first evening in this order.
    #[test]
    fn what_depends_on_a_decision_is_read_behind_it() {
        let program = &all()[0];
        let name = |beat: &Beat| match beat {
            Beat::Read => "read".to_owned(),
            Beat::Questions => "questions".to_owned(),
            Beat::Inject(id) | Beat::Voice(id) => program.public.injects[id.index()].id.clone(),
            Beat::Gate(id) => program.public.gates[id.index()].id.clone(),
        };
        let order = |place: usize, most: usize| program.script.moves[place].order.iter().take(most).map(name).collect::<Vec<_>>();
        let evening = [
            "read",
            "av-support-mail",
            "site-b-ticket",
            "questions",
            "declare-tonight",
            "av-support-rings",
            "ran-clean-at-two",
            "cut-the-wan",
            "bloods-by-phone",
        ];
        assert_eq!(order(0, 9), evening);
        let sunday = [
            "read",
            "reporter-mail",
            "leak-site",
            "not-an-upgrade",
            "monday-list",
            "regulator-letter",
            "ministers-office",
            "questions",
            "answer-demand",
        ];
        assert_eq!(order(2, 9), sunday);
    }

    #[test]
    fn the_minutes_of_the_room_add_up() {
        for program in all() {
            let script = &program.script;
            let cut = &program.public.cut;
            assert_eq!(script.minutes.total(), cut.opening + cut.play + cut.hotwash);
            assert_eq!(script.minutes.moves, Span::minutes(65));
            assert_eq!(script.minutes.spare(), Span(cut.play.0 - Span::minutes(65).0));
            let mut clock = cut.opening;
            for one in &script.moves {
                assert_eq!(one.starts, Some(clock));
                assert!(one.certain <= one.talk && one.certain > Span::ZERO, "{one:?}");
                clock = clock + one.talk;
            }
            // Mail, ticket and two decisions; three calls that may come.
            assert_eq!((script.moves[0].certain, script.moves[0].possible), (Span::minutes(19), Span::minutes(3)));
        }
    }

    #[test]
    fn the_cut_decides_what_is_in_it() {
        use crate::scenario::compile::tests::small;
        let program = small();
        let script = &program.script;
        let played: Vec<bool> = script.moves.iter().map(|one| one.starts.is_some()).collect();
        assert_eq!(played, [true, false, true], "the second move is not in the cut");
        assert!(script.moves[1].order.is_empty());
        let inject = |id: &str| &script.injects[program.public.injects.iter().position(|inject| inject.id == id).unwrap()];
        assert!(inject("call").played && !inject("unplayed").played && !inject("rumour").played);
        assert_eq!(inject("rumour").instead_of.map(|id| program.public.injects[id.index()].id.as_str()), Some("leak"));
        assert!(!script.moves[2].order.iter().any(|beat| matches!(beat, Beat::Inject(id) if program.public.injects[id.index()].id == "rumour")));
        assert_eq!(script.truth[1], "True once this has happened: Data Encrypted for Impact");
        assert_eq!(
            inject("still").comes,
            "if within 2 hours after the inject \u{201c}call\u{201d} nothing but \u{201c}No\u{201d} was decided on \u{201c}Cut?\u{201d}"
        );
        assert_eq!(inject("call").tells[0].words, "\u{201c}Somebody is inside Larkmere\u{201d}");
        assert_eq!(script.gates[0].does[0], ["Cut off: tills; DB", "Declare: major", "the text \u{201c}line\u{201d} goes out"]);
    }
}
