//! The running order: moves, injects, voices, gates, and which of them the cut plays.

use super::Compiler;
use super::conditions::Terms;
use crate::ids::*;
use crate::scenario::located::{Located, Place};
use crate::scenario::program::{Also, Choice, Cut, Gate, Hand, Inject, InjectPlan, Move, Public, Secret, VoiceOf, When};
use crate::scenario::reference::{self as kind, Ref};
use crate::scenario::source::is_picture;
use crate::scenario::written::{self, Channel, Deciders, Fires};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::condition::{Atom, Conditions, Term};

/// Where in the running order something stands.
#[derive(Clone, Copy)]
struct Setting {
    /// Its move; none for the deck.
    of_move: Option<MoveId>,
    /// From when on it may happen: the move's opening, or STARTEX.
    opens: ExerciseTime,
    /// The cut has it.
    played: bool,
}

/// What the cut that is chosen holds.
pub struct Chosen<'a> {
    pub cut: Cut,
    moves: Option<&'a [Ref<kind::OrAll<kind::Move>>]>,
    leave_out: &'a [Ref<kind::LeaveOut>],
}

impl Chosen<'_> {
    /// Whether a move is part of it.
    pub fn plays(&self, id: &str) -> bool {
        self.moves.is_none_or(|moves| moves.iter().any(|played| played.text == id || played.text == "all"))
    }

    /// Whether an inject, a gate or a criterion is not part of it.
    pub fn leaves_out(&self, id: &str) -> bool {
        self.leave_out.iter().any(|left| left.text == id)
    }
}

impl<'a> Compiler<'a> {
    /// The cut that was asked for; the first, where none was; all moves, where there is none.
    pub fn cut(&self, wanted: Option<&str>) -> Chosen<'a> {
        let cuts = &self.sheet.cuts;
        for cut in cuts {
            let _checked: Vec<MoveId> = self.list(&cut.moves);
            for left in &cut.leave_out {
                let kinds = [IdKind::Inject, IdKind::Gate, IdKind::Criterion];
                if !kinds.iter().any(|kind| self.names.has(*kind, left)) {
                    self.problem(left.at, self.names.unknown(&kinds, left));
                }
            }
        }
        let chosen = match wanted {
            None => cuts.first(),
            Some(wanted) => {
                let found = cuts.iter().find(|cut| cut.id.text == wanted);
                if found.is_none() && !(cuts.is_empty() && wanted == "all") {
                    self.problem(Place::default(), super::names::unknown("cut", wanted, cuts.iter().map(|cut| cut.id.text.as_str())));
                }
                found
            }
        };
        match chosen {
            Some(cut) => Chosen {
                cut: Cut { id: cut.id.text.clone(), opening: cut.opening.value, play: cut.play.value, hotwash: cut.hotwash.value },
                moves: Some(&cut.moves),
                leave_out: &cut.leave_out,
            },
            None => {
                let play = self.sheet.moves.iter().map(|one| one.talk.value).fold(Span::ZERO, |sum, talk| sum + talk);
                Chosen { cut: Cut { id: "all".to_owned(), opening: Span::ZERO, play, hotwash: Span::ZERO }, moves: None, leave_out: &[] }
            }
        }
    }

    /// Moves, injects and gates; the orders of choices come later, when everything they can name is there.
    pub fn moves(&self, chosen: &Chosen<'_>, terms: &Terms<'_>, conditions: &mut Conditions, public: &mut Public, secret: &mut Secret) {
        for (place, one) in self.sheet.moves.iter().enumerate() {
            let opens = self.calendar.resolve(one.opens.value, ExerciseTime::default());
            let played = chosen.plays(&one.id);
            let also_read = one.also_read.iter().map(|read| (terms.condition(conditions, &read.when, RoleSet::NONE, None), self.text(&read.say)));
            public.moves.push(Move {
                id: one.id.text.clone(),
                title: one.title.as_deref().map_or_else(|| one.id.text.clone(), |title| self.text(title)),
                opens,
                talk: one.talk.value,
                read_aloud: self.text(&one.read_aloud),
                also_read: also_read.collect(),
                played,
            });
            let setting = |id: &str| Setting { of_move: Some(MoveId::at(place)), opens, played: played && !chosen.leaves_out(id) };
            for inject in &one.injects {
                self.inject(inject, setting(&inject.id), terms, conditions, public, secret);
            }
            for voice in &one.voices {
                self.voice(voice, setting(&voice.id), terms, public, secret);
            }
            for gate in &one.gates {
                self.gate(gate, setting(&gate.id), MoveId::at(place), terms, conditions, public, secret);
            }
        }
        for inject in &self.sheet.deck {
            let setting = Setting { of_move: None, opens: ExerciseTime::default(), played: !chosen.leaves_out(&inject.id) };
            self.inject(inject, setting, terms, conditions, public, secret);
        }
    }

    fn inject(
        &self,
        inject: &written::Inject,
        setting: Setting,
        terms: &Terms<'_>,
        conditions: &mut Conditions,
        public: &mut Public,
        secret: &mut Secret,
    ) {
        let from = match self.names.find::<StakeholderId>(&inject.from.value) {
            Some(stakeholder) => self.text(&self.sheet.stakeholders[stakeholder.index()].words),
            None => self.text(&inject.from),
        };
        let mut text = self.text_of(inject.text.as_ref());
        if let Some(picture) = &inject.picture {
            // The words of a picture stand with the text, so that no reader depends on seeing it.
            let separator = if text.is_empty() { "" } else { "\n\n" };
            text += &format!("{separator}[Picture: {}]", self.text(&picture.alt));
        }
        public.injects.push(Inject {
            id: inject.id.text.clone(),
            of_move: setting.of_move,
            is_voice: false,
            channel: inject.channel,
            from,
            to: self.role_set(&inject.to),
            text,
            artefact: self.artefact(inject.artefact.as_ref()),
            plain: self.text_of(inject.plain.as_ref()),
            expected: inject.expected.iter().map(|expected| self.text(expected)).collect(),
            why: self.text_of(inject.why.as_ref()),
            hand: Hand::Author,
        });
        let when = self.when(&inject.fires, RoleSet::NONE, setting, terms, conditions);
        secret.injects.push(InjectPlan {
            when: if setting.played { when } else { When::Never },
            only_if: (!inject.fires_only_if.is_empty()).then(|| terms.condition(conditions, &inject.fires_only_if, RoleSet::NONE, None)),
            or_else: inject.or_else.as_ref().and_then(|other| self.id(other)),
            tells: self.tells(terms, &inject.tells),
            also: inject.also.iter().filter_map(|also| self.also(also, setting.opens)).collect(),
            voice: None,
            played: setting.played,
            sets_aside: Vec::new(),
        });
    }

    fn voice(&self, voice: &written::Voice, setting: Setting, terms: &Terms<'_>, public: &mut Public, secret: &mut Secret) {
        let (of, channel) = match &voice.of {
            written::VoiceOf::Alert { stage } => (self.id(stage).map(VoiceOf::Alert), Channel::Alert),
            written::VoiceOf::Finding { stage } => (self.id(stage).map(VoiceOf::Finding), Channel::Log),
            written::VoiceOf::Down { service } => (self.id(service).map(VoiceOf::Down), Channel::Phone),
            written::VoiceOf::Demand => (Some(VoiceOf::Demand), Channel::Letter),
        };
        public.injects.push(Inject {
            id: voice.id.text.clone(),
            of_move: setting.of_move,
            is_voice: true,
            channel,
            from: String::new(),
            to: self.role_set(&voice.to),
            text: self.text_of(voice.text.as_ref()),
            artefact: self.artefact(voice.artefact.as_ref()),
            plain: self.text_of(voice.plain.as_ref()),
            expected: Vec::new(),
            why: String::new(),
            hand: Hand::Author,
        });
        secret.injects.push(InjectPlan {
            when: When::Never,
            only_if: None,
            or_else: None,
            tells: self.tells(terms, &voice.tells),
            also: Vec::new(),
            voice: of,
            played: setting.played,
            sets_aside: Vec::new(),
        });
    }

    #[allow(clippy::too_many_arguments)] // The three tables it writes to are what it is for.
    fn gate(
        &self,
        gate: &written::Gate,
        setting: Setting,
        of_move: MoveId,
        terms: &Terms<'_>,
        conditions: &mut Conditions,
        public: &mut Public,
        secret: &mut Secret,
    ) {
        let (who, all_of) = match &gate.who {
            Deciders::AnyOf(roles) => (self.role_set(roles), false),
            Deciders::AllOf(roles) => (self.role_set(roles), true),
        };
        if who.is_empty() {
            self.problem(gate.id.at, format!("nobody decides the gate `{}`", gate.id));
        }
        let choices: Vec<Choice> = gate
            .choices
            .iter()
            .map(|choice| Choice {
                id: choice.id.value.clone(),
                text: self.text(&choice.text),
                orders: Vec::new(),
                publishes: choice.publishes.as_ref().and_then(|statement| self.id(statement)),
                feedback: self.text_of(choice.feedback.as_ref()),
            })
            .collect();
        for (place, choice) in gate.choices.iter().enumerate() {
            if gate.choices[..place].iter().any(|earlier| earlier.id.value == choice.id.value) {
                self.problem(choice.id.at, format!("the gate `{}` has a choice `{}` already", gate.id, choice.id.value));
            }
        }
        if choices.len() > usize::from(u8::MAX) {
            self.problem(gate.id.at, format!("the gate `{}` has more than {} choices", gate.id, u8::MAX));
        }
        let id = GateId::at(public.gates.len());
        let when = self.when(&gate.opens, who, setting, terms, conditions);
        secret.gates.push(if setting.played { when } else { When::Never });
        public.gates.push(Gate {
            id: gate.id.text.clone(),
            of_move,
            ask: self.text(&gate.ask),
            dilemma: gate.dilemma.as_ref().map(|dilemma| self.text(dilemma)),
            who,
            all_of,
            decide_within: gate.decide_within.value,
            choices,
            if_nobody_decides: terms.choice(id, &gate.if_nobody_decides, gate.if_nobody_decides.at).unwrap_or_default(),
        });
    }

    /// Nothing in a move happens before the move has opened.
    fn when(&self, fires: &Fires, scope: RoleSet, setting: Setting, terms: &Terms<'_>, conditions: &mut Conditions) -> When {
        match fires {
            Fires::At(moment) => When::At(self.calendar.resolve(moment.value, setting.opens).max(setting.opens)),
            Fires::When { all } => When::Condition(terms.condition(conditions, all, scope, Some(setting.opens))),
            Fires::IfNot { done, within, of } => self.contingency(done, within.value, of.as_ref(), scope, setting, terms, conditions),
            Fires::Instead | Fires::ByHand => When::Never,
        }
    }

    /// A contingency counts from its move's opening or from another inject. Where that one may come before the move opens, in the deck, which
    /// has no opening, and for gates, which listen with the ears of those who decide, it becomes a condition, because only a condition can
    /// hold it back.
    #[allow(clippy::too_many_arguments)]
    fn contingency(
        &self,
        done: &written::Term,
        within: Span,
        of: Option<&Ref<kind::Inject>>,
        scope: RoleSet,
        setting: Setting,
        terms: &Terms<'_>,
        conditions: &mut Conditions,
    ) -> When {
        let of: Option<InjectId> = match of {
            None => None,
            Some(of) => match self.id(of) {
                Some(of) => Some(of),
                None => return When::Never,
            },
        };
        let stays_inside = setting.of_move.is_some() && of.is_none_or(|of| self.move_of_inject(of) == setting.of_move);
        if stays_inside && scope.is_empty() {
            return When::IfNot { done: terms.condition(conditions, std::slice::from_ref(done), scope, None), within, of };
        }
        let Some(done) = terms.term(conditions, done, scope) else { return When::Never };
        let mut all = vec![match of {
            None => Term::NotBy(Box::new(done), setting.opens + within),
            Some(of) => Term::NotWithin(Box::new(done), within, Box::new(Term::Atom(conditions.atom(Atom::Fired(of), scope)))),
        }];
        all.extend(setting.of_move.map(|_| Term::After(setting.opens)));
        When::Condition(terms.enter(conditions, all, scope))
    }

    /// Which move an inject stands in, from the order in which injects are numbered.
    fn move_of_inject(&self, inject: InjectId) -> Option<MoveId> {
        let mut first = 0;
        for (place, one) in self.sheet.moves.iter().enumerate() {
            first += one.injects.len() + one.voices.len();
            if inject.index() < first {
                return Some(MoveId::at(place));
            }
        }
        None
    }

    fn also(&self, also: &written::Also, opens: ExerciseTime) -> Option<Also> {
        Some(match also {
            written::Also::Outage { service, lasts } => Also::Outage { service: self.id(service)?, lasts: lasts.as_ref().map(|lasts| lasts.value) },
            written::Also::Absent { role, from, until } => {
                let (starts, ends) = (self.calendar.resolve(from.value, opens), self.calendar.resolve(until.value, opens));
                if ends <= starts {
                    self.problem(until.at, "whoever is away comes back after leaving".to_owned());
                }
                Also::Absent { role: self.id(role)?, from: starts, until: ends }
            }
            written::Also::Volunteers { people, skill } => Also::Volunteers { people: people.value, skill: *skill },
            written::Also::Trust { of, by } => Also::Trust { of: self.id(of)?, by: by.value },
        })
    }

    /// A file and its words. A picture has none.
    fn artefact(&self, path: Option<&Located<String>>) -> Option<(String, String)> {
        let path = path?;
        let text = match self.files.get(path.strip_prefix("./").unwrap_or(path)) {
            Some(text) => self.text(text),
            None => {
                if !is_picture(path) {
                    self.problem(path.at, super::names::unknown("file", path, self.files.keys().map(String::as_str)));
                }
                String::new()
            }
        };
        Some((path.value.clone(), text))
    }

    /// What the choices of gates order. Alerts cannot be named before play.
    pub fn choices(&self, public: &mut Public) {
        let written = self.sheet.moves.iter().flat_map(|one| &one.gates);
        let mut all = Vec::new();
        for gate in written {
            let of_choice = |choice: &written::Choice| {
                let mut orders = Vec::new();
                for order in &choice.orders {
                    match super::orders::orders(public, &self.names, &order.into(), &|_| None) {
                        Ok(more) => orders.extend(more),
                        Err(message) => self.problem(Self::order_place(order), message),
                    }
                }
                orders
            };
            all.push(gate.choices.iter().map(of_choice).collect::<Vec<_>>());
        }
        for (gate, orders) in public.gates.iter_mut().zip(all) {
            for (choice, orders) in gate.choices.iter_mut().zip(orders) {
                choice.orders = orders;
            }
        }
    }
}
