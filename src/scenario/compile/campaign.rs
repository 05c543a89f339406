//! The campaign: past and next stages, techniques, and what claims are worth.

use super::Compiler;
use crate::ids::*;
use crate::scenario::program::{Act, Leaves, Need, NotBefore, Past, Public, Query, Secret, Stage, Technique, Truth};
use crate::scenario::reference::{self as kind, Ref};
use crate::scenario::written::{self, Answer, Range, Reaction};
use crate::time::{ExerciseTime, Span};

/// How many things an adversary does at once where the author does not say.
const HANDS: u8 = 1;
/// How many failures in a row it bears where the author does not say.
const PATIENCE: u8 = 6;

impl Compiler<'_> {
    /// The techniques.
    pub fn techniques(&self, public: &mut Public) {
        for technique in &self.sheet.techniques {
            let leaves = technique.leaves.iter().map(|leaves| Leaves {
                trail: leaves.trail,
                loudness_percent: leaves.loudness_percent.value,
                looks_like: self.text(&leaves.looks_like),
            });
            public.techniques.push(Technique { id: technique.id.text.clone(), name: technique.name.clone(), leaves: leaves.collect() });
        }
    }

    /// When each claim is true.
    pub fn truth(&self) -> Vec<Truth> {
        let truth = |claim: &written::Claim| match &claim.truth {
            written::Truth::Always => Some(Truth::Always),
            written::Truth::Never { .. } => Some(Truth::Never),
            written::Truth::Once { stage } => self.id(stage).map(Truth::Once),
            written::Truth::AsAnswered(question) => match self.answer(question)? {
                Answer::Yes => Some(Truth::Always),
                Answer::No | Answer::Unsure => Some(Truth::Never),
            },
        };
        self.sheet.claims.iter().map(|claim| truth(claim).unwrap_or(Truth::Never)).collect()
    }

    /// The campaign, into the secret tables.
    pub fn campaign(&self, campaign: &written::Campaign, secret: &mut Secret) {
        secret.wants = self.text(&campaign.wants);
        secret.hands = campaign.hands.as_ref().map_or(HANDS, |hands| hands.value);
        secret.patience = campaign.patience.as_ref().map_or(PATIENCE, |patience| patience.value);
        for reaction in &campaign.if_noticed {
            match reaction {
                Reaction::Hurry { to, chance_percent } => {
                    if secret.hurry.is_some() {
                        self.problem(to.at, "the adversary can hurry to one stage only".to_owned());
                    }
                    secret.hurry = self.id(to).map(|stage| (stage, chance_percent.value));
                }
                Reaction::LieLow { lasts } => {
                    if secret.lie_low.is_some() {
                        self.problem(lasts.at, "how long it lies low can be said once only".to_owned());
                    }
                    secret.lie_low = Some(lasts.value);
                }
            }
        }
        for past in &campaign.past {
            let at = self.calendar.resolve(past.at.value, ExerciseTime::default());
            if at.0 > 0 {
                self.problem(past.at.at, "what is past lies before STARTEX".to_owned());
            }
            secret.past.push(Past { stage: StageId::at(secret.stages.len()), at });
            secret.stages.push(Stage {
                id: past.id.text.clone(),
                technique: self.id(&past.technique).unwrap_or_default(),
                text: self.text(&past.text) + &self.despite(&past.id),
                takes: (Span::ZERO, Span::ZERO),
                needs: Vec::new(),
                act: self.act(&past.does).unwrap_or(Act::Discover),
                repeats: false,
                goal: false,
                not_before: None,
                waits_for: Vec::new(),
                is_past: true,
            });
        }
        // What came first is laid down first; the author may have written it in another order.
        secret.past.sort_by_key(|past| past.at);
        for stage in &campaign.next {
            secret.stages.push(self.stage(stage));
        }
        self.waits(campaign, secret);
    }

    fn stage(&self, stage: &written::Stage) -> Stage {
        let technique = self.id(&stage.technique).unwrap_or_default();
        let usual = || self.sheet.techniques.get(DenseId::index(technique)).map(|technique| technique.name.clone()).unwrap_or_default();
        Stage {
            id: stage.id.text.clone(),
            technique,
            text: stage.text.as_ref().map_or_else(usual, |text| self.text(text)),
            takes: self.range(&stage.takes),
            needs: stage.needs.iter().filter_map(|need| self.need(need)).collect(),
            act: self.act(&stage.does).unwrap_or(Act::Discover),
            repeats: stage.repeats,
            goal: stage.goal,
            not_before: stage.not_before.as_ref().map(|not_before| match not_before.value {
                written::NotBefore::Clock(clock) => NotBefore::Clock(clock),
                written::NotBefore::Moment(moment) => NotBefore::Moment(self.calendar.resolve(moment, ExerciseTime::default())),
            }),
            waits_for: Vec::new(),
            is_past: false,
        }
    }

    /// `before` is written at the stage that goes first; the simulation asks the one that waits.
    fn waits(&self, campaign: &written::Campaign, secret: &mut Secret) {
        for (place, stage) in campaign.next.iter().enumerate() {
            let first = StageId::at(campaign.past.len() + place);
            for later in &stage.before {
                let Some(waiting) = self.id::<_, StageId>(later) else { continue };
                if secret.stages[waiting.index()].is_past {
                    self.problem(later.at, format!("`{later}` is past and cannot wait for anything"));
                } else if !secret.stages[waiting.index()].waits_for.contains(&first) {
                    secret.stages[waiting.index()].waits_for.push(first);
                }
            }
        }
        for (place, stage) in campaign.next.iter().enumerate() {
            let start = StageId::at(campaign.past.len() + place);
            let mut seen = Vec::new();
            let mut look_at = vec![start];
            while let Some(next) = look_at.pop() {
                for before in &secret.stages[next.index()].waits_for {
                    if !seen.contains(before) {
                        seen.push(*before);
                        look_at.push(*before);
                    }
                }
            }
            if seen.contains(&start) {
                self.problem(stage.id.at, format!("the stage `{}` waits, by way of others, for itself", stage.id));
            }
        }
    }

    /// How something past happened although a safeguard was there.
    fn despite(&self, stage: &str) -> String {
        let mut told = String::new();
        for (question, (_, answer)) in self.sheet.about_us.iter().zip(&self.answers) {
            if *answer == Answer::Yes {
                for despite in question.despite.iter().filter(|despite| despite.stage.text == stage) {
                    told.push(' ');
                    told.push_str(&self.text(&despite.text));
                }
            }
        }
        told
    }

    fn range(&self, range: &Range) -> (Span, Span) {
        match range {
            Range::Exactly(span) => (span.value, span.value),
            Range::Between(low, high) => {
                if low.value > high.value {
                    self.problem(low.at, format!("the shorter span comes first: between {} and {}", high.value, low.value));
                }
                (low.value, high.value)
            }
        }
    }

    fn need(&self, need: &written::Need) -> Option<Need> {
        use written::Need as W;
        Some(match need {
            W::Foothold => Need::Foothold,
            W::Login { level } => Need::LoginOf(*level),
            W::Holds { login } => Need::Holds(self.id(login)?),
            W::OpensData(data) => Need::OpensData(self.id(data)?),
            W::WayOut => Need::WayOut,
            W::Done(stage) => Need::Done(self.id(stage)?),
            W::Machines(count) => Need::Machines(count.value),
        })
    }

    fn act(&self, act: &written::Act) -> Option<Act> {
        use written::Act as W;
        let perhaps = |machines: &Option<Ref<kind::AssetOrGroup>>| machines.as_ref().map(|machines| self.machines(std::slice::from_ref(machines)));
        Some(match act {
            W::Enter { through, to } => Act::Enter { through: self.id(through)?, to: perhaps(to) },
            W::Run { on } => Act::Run { on: self.machines(on) },
            W::Steal { login, from } => Act::Steal { login: self.id(login)?, from: perhaps(from) },
            W::Persist { on } => Act::Persist { on: self.optional_machines(on) },
            W::Discover => Act::Discover,
            W::Spread { to } => Act::Spread { to: self.query(to) },
            W::CopyOut { data } => Act::CopyOut { data: self.id(data)? },
            W::Destroy { data } => Act::Destroy { data: self.id(data)? },
            W::Impair { sensor } => Act::Impair { sensor: self.id(sensor)? },
            W::Encrypt { on } => Act::Encrypt { on: self.query(on) },
            W::Demand => Act::Demand,
        })
    }

    fn query(&self, query: &written::Query) -> Query {
        let written::Query::Reachable { kinds, of } = query;
        Query { kinds: kinds.clone(), of: self.optional_machines(of) }
    }
}
