//! What a facilitator may ask: the estate and the truth, each answer with who knows it.
//!
//! It looks at ground truth, as the running order (`msel`) and the overrides (`facilitate`) do, and only for the facilitator's eyes: nothing of it
//! reaches a view.

use std::collections::BTreeSet;

use super::Session;
use super::words::{Weights, stems};
use crate::exercise::quote::{candidates, quote};
use crate::ids::*;
use crate::scenario::compile::orders::{Target, target};
use crate::scenario::program::Truth;
use crate::scenario::written::Verb;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::measures::Measures;
use crate::vocabulary::{Fact, adversary, estate};

/// Who knows something.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Known {
    /// Some role in the room was told.
    Room,
    /// Nobody has found anything, because nobody has looked; how it could be looked for, if it can be now.
    NotLooked(Option<String>),
    /// Nobody, but somebody could find out: how.
    AfterQuery(String),
    /// Nobody, and nothing on offer shows it now.
    Secret,
}

impl Known {
    /// In words.
    pub fn label(&self) -> String {
        match self {
            Known::Room => "room knows".to_owned(),
            Known::NotLooked(None) => "nobody has looked".to_owned(),
            Known::NotLooked(Some(how)) => format!("nobody has looked: {how}"),
            Known::AfterQuery(how) => format!("after this query: {how}"),
            Known::Secret => "secret".to_owned(),
        }
    }
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// What is so.
    pub says: String,
    /// Who knows.
    pub known: Known,
}

/// What an answer is about.
enum About {
    Asset(AssetId),
    Claim(ClaimId),
    Login(LoginId),
    Service(ServiceId),
}

/// So many at most, the nearest first.
const MOST_ANSWERS: usize = 8;

impl Session {
    /// Searches the estate and the truth for a facilitator.
    pub fn ask(&self, words: &str) -> Vec<Answer> {
        let public = &self.program().public;
        let words = stems(words);
        let assets = public.assets.iter().map(|asset| stems(&format!("{} {} {}", asset.id, asset.name, asset.text)));
        let claims = public.claims.iter().map(|claim| stems(&format!("{} {}", claim.id, claim.text)));
        let logins = public.logins.iter().map(|login| stems(&format!("{} {} {}", login.id, login.name, login.text)));
        let services = public.services.iter().map(|service| stems(&format!("{} {}", service.id, service.text)));
        let (assets, claims, logins, services): (Vec<_>, Vec<_>, Vec<_>, Vec<_>) =
            (assets.collect(), claims.collect(), logins.collect(), services.collect());
        let weights = Weights::over(assets.iter().chain(&claims).chain(&logins).chain(&services));
        let measures = Measures::of(self.program(), self.exercise().ledger());
        // What is near is answered, and nothing else is looked at.
        let mut near: Vec<(u32, About)> = Vec::new();
        let mut enter = |documents: &[BTreeSet<String>], about: &dyn Fn(usize) -> About| {
            let nearness = documents.iter().enumerate().map(|(place, document)| (weights.shared(&words, document), about(place)));
            near.extend(nearness.filter(|(nearness, _)| *nearness > 0));
        };
        enter(&assets, &|place| About::Asset(AssetId::at(place)));
        enter(&claims, &|place| About::Claim(ClaimId::at(place)));
        enter(&logins, &|place| About::Login(LoginId::at(place)));
        enter(&services, &|place| About::Service(ServiceId::at(place)));
        near.sort_by_key(|(nearness, _)| std::cmp::Reverse(*nearness));
        let answer = |about: About| match about {
            About::Asset(asset) => self.of_asset(&measures, asset),
            About::Claim(claim) => self.of_claim(claim),
            About::Login(login) => self.of_login(login),
            About::Service(service) => self.of_service(service),
        };
        near.into_iter().take(MOST_ANSWERS).map(|(_, about)| answer(about)).collect()
    }

    fn of_asset(&self, measures: &Measures, asset: AssetId) -> Answer {
        let public = &self.program().public;
        // Cut off is not clean: what the adversary left is still there.
        let (taken, encrypted) = (measures.machines.unclean.has(asset), measures.machines.encrypted.has(asset));
        let plan = &public.assets[asset.index()];
        let state = match (taken, encrypted) {
            (_, true) => "encrypted",
            (true, false) => "taken by the adversary",
            (false, false) => "clean",
        };
        let says = format!("{} ({}, in {}): {state}", plan.name, plan.text, public.segments[plan.segment.index()].text);
        let told = self.roles().any(|role| {
            let belief = self.view(role).knowledge.assets[asset.index()];
            match (taken, encrypted) {
                (_, true) => belief.looks == estate::Seen::Encrypted,
                (true, false) => belief.found,
                // That a machine is there is no word on what is on it: somebody has looked, or nobody knows.
                (false, false) => belief.cleared,
            }
        });
        let known = match self.known(told, &[Verb::Hunt], &|thing| thing == Target::Thing(IdKind::Asset, asset.0)) {
            Known::AfterQuery(how) if !taken && !encrypted => Known::NotLooked(Some(how)),
            Known::Secret if !taken && !encrypted => Known::NotLooked(None),
            known => known,
        };
        Answer { says, known }
    }

    fn of_claim(&self, claim: ClaimId) -> Answer {
        let program = self.program();
        let came = || {
            self.exercise()
                .ledger()
                .iter()
                .any(|happened| matches!(happened.fact, Fact::Adversary(adversary::Fact::ClaimBecameTrue { claim: of }) if of == claim))
        };
        let so = match program.secret.truth[claim.index()] {
            Truth::Always => true,
            Truth::Never => false,
            Truth::Once(_) => came(),
        };
        let wanted = if so { Stance::Yes } else { Stance::No };
        let told = self.roles().any(|role| self.view(role).knowledge.claims[claim.index()] == Some(wanted));
        let text = program.public.claims[claim.index()].text.trim().trim_end_matches('.');
        let says = format!("{text}: {}", if so { "true" } else { "not true, or not yet" });
        Answer { says, known: if told { Known::Room } else { Known::Secret } }
    }

    fn of_login(&self, login: LoginId) -> Answer {
        let mut stolen = false;
        for happened in self.exercise().ledger().iter() {
            match happened.fact {
                Fact::Adversary(adversary::Fact::LoginStolen { login: of, .. }) if of == login => stolen = true,
                Fact::Adversary(adversary::Fact::LoginLost { login: of }) if of == login => stolen = false,
                _ => {}
            }
        }
        let plan = &self.program().public.logins[login.index()];
        let says = format!("login {} ({}): {}", plan.name, plan.text, if stolen { "taken: in the adversary's hands" } else { "not in other hands" });
        let told = self.roles().any(|role| {
            let belief = self.view(role).knowledge.logins[login.index()];
            belief.known && belief.taken == stolen
        });
        Answer { says, known: if told { Known::Room } else { Known::Secret } }
    }

    fn of_service(&self, service: ServiceId) -> Answer {
        let plan = &self.program().public.services[service.index()];
        let percent = self.exercise().ledger().iter().filter_map(|happened| match happened.fact {
            Fact::Continuity(crate::vocabulary::continuity::Fact::ServiceLevel { service: of, percent }) if of == service => Some(percent),
            _ => None,
        });
        let percent = percent.last().unwrap_or(100);
        let told = self.roles().any(|role| {
            let belief = self.view(role).knowledge.services[service.index()];
            belief.known && belief.percent == percent
        });
        Answer { says: format!("{}: {percent} %", plan.text), known: if told { Known::Room } else { Known::Secret } }
    }

    /// Known to the room, or to be found out by an order that some role could give now, or neither.
    fn known(&self, told: bool, verbs: &[Verb], about: &dyn Fn(Target) -> bool) -> Known {
        if told {
            return Known::Room;
        }
        let public = &self.program().public;
        for role in self.roles() {
            let view = self.view(role);
            for action in (0..public.actions.len()).map(ActionId::at).filter(|action| verbs.contains(&public.actions[action.index()].verb)) {
                if candidates(&view, action).any(|order| about(target(&order.command)) && quote(&view, &order).is_ok()) {
                    return Known::AfterQuery(format!(
                        "{} ({})",
                        public.actions[action.index()].says.to_lowercase(),
                        public.roles[role.index()].label
                    ));
                }
            }
        }
        Known::Secret
    }
}
