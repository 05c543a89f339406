//! Records: decisions, what was said, evidence, beliefs, coverage of techniques, injects, alerts.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Origin, Reading};
use super::{AlertLine, Belief, Coverage, Decision, EvidenceLine, InjectLine, Said, ToldLine};
use crate::debrief::narrative::{bare, capital, listed};
use crate::debrief::{Doer, Mode, Session};
use crate::ids::*;
use crate::journal::RemarkKind;
use crate::scenario::program;
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::{Fact, Observation, adversary, communication, detection, documentation, estate, incident_command, injects, investigation};

/// Briefings at most so many seconds apart are told together.
const BRIEFINGS_APART: i64 = 3 * 3600;

impl Reading<'_> {
    /// Decisions at gates, in the order in which gates opened.
    pub fn decisions(&self, about: &Session) -> Vec<Decision> {
        let mut decisions = Vec::new();
        for opening in &self.facts {
            let Fact::IncidentCommand(incident_command::Fact::GateOpened { gate, until }) = opening.fact else { continue };
            let Some(asked) = self.program.public.gates.get(gate.index()) else { continue };
            let end = self.facts.iter().find(|happened| match happened.fact {
                Fact::IncidentCommand(
                    incident_command::Fact::Decided { gate: decided, .. } | incident_command::Fact::TimedOut { gate: decided, .. },
                ) => decided == gate && happened.seq > opening.seq,
                _ => false,
            });
            let (choice, by, sure, timed_out) = match end.map(|end| end.fact) {
                Some(Fact::IncidentCommand(incident_command::Fact::Decided { role, choice, sure, .. })) => {
                    (Some(choice), Some(role), Some(sure), false)
                }
                Some(Fact::IncidentCommand(incident_command::Fact::TimedOut { choice, .. })) => (Some(choice), None, None, true),
                _ => (None, None, None, false),
            };
            let at = end.map(|end| end.at);
            let known_at = at.unwrap_or(until.min(self.until));
            // A room decides while the clock stands: what came afterwards, before its word was carried out, it had not heard.
            let said =
                about.annotations.iter().rev().find(|remark| remark.kind == RemarkKind::Record && remark.about.as_deref() == Some(asked.id.as_str()));
            let room_at = said.and_then(|remark| remark.at).filter(|said| *said <= known_at).unwrap_or_else(|| self.stood_at(known_at));
            let (heard, colleagues) = self.heard(room_at, known_at, asked.who);
            decisions.push(Decision {
                ask: asked.ask.clone(),
                dilemma: asked.dilemma.clone(),
                who: format!("{}{}", self.teller.roles(asked.who), if asked.all_of { ", together" } else { "" }),
                opened: opening.at,
                opened_clock: self.clock(opening.at),
                decided: at,
                decided_clock: at.map(|at| self.clock(at)),
                took_minutes: at.map(|at| (at - opening.at).as_minutes()),
                choice: choice.map(|choice| capital(self.teller.choice(gate, choice))),
                by: by.map(|role| self.teller.role(role).to_owned()),
                sure_percent: sure,
                timed_out,
                others: (asked.choices.iter().enumerate())
                    .filter(|(place, _)| choice != Some(*place as u8))
                    .map(|(_, choice)| capital(bare(&choice.text)))
                    .collect(),
                feedback: choice.and_then(|choice| asked.choices.get(usize::from(choice))).map_or_else(String::new, |choice| choice.feedback.clone()),
                known: self.known_in_words(&heard),
                colleagues: self.words(&colleagues),
                not_known: self.not_known(&heard, if self.mode == Mode::Discussion { room_at } else { known_at }),
                table: self.at_the_table(gate, choice, by, about),
            });
        }
        // Of those asked at one moment, what was decided first comes first.
        decisions.sort_by_key(|decision| (decision.opened, decision.decided.unwrap_or(ExerciseTime(i64::MAX))));
        decisions
    }

    /// What was said to whom, and what was shared in the team. Briefings that follow on one another are one line.
    pub fn communication(&self) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        let mut shared: Vec<(ExerciseTime, Vec<String>)> = Vec::new();
        let mut spread = |said: &mut Vec<Said>, happened: &Happened, what: &str, role: RoleId, to: String| {
            let by = self.teller.role(role).to_owned();
            if let (Some(line), Some((last, by_whom))) = (said.last_mut(), shared.last_mut())
                && line.what.starts_with(what)
                && happened.at.0 - last.0 <= BRIEFINGS_APART
            {
                *last = happened.at;
                if !by_whom.contains(&by) {
                    by_whom.push(by);
                }
                line.facts.push(happened.seq);
                line.what = format!("{what}s ({}, until {}) by {}", line.facts.len(), self.clock(happened.at), listed(by_whom));
                if line.to != to {
                    line.to = "in turn".into();
                }
                return;
            }
            said.push(Said {
                at: happened.at,
                clock: self.clock(happened.at),
                what: format!("{what} by {by}"),
                to,
                truth: "",
                facts: vec![happened.seq],
            });
            shared.push((happened.at, vec![by]));
        };
        // Several ears of one sentence, by moment, claim and stance.
        let mut spoken: BTreeMap<(ExerciseTime, ClaimId, Stance), (usize, Vec<String>)> = BTreeMap::new();
        for happened in &self.facts {
            let mut push = |what: String, to: String, truth: &'static str| {
                said.push(Said { at: happened.at, clock: self.clock(happened.at), what, to, truth, facts: vec![happened.seq] });
            };
            match happened.fact {
                Fact::Communication(communication::Fact::Published { statement, .. }) => {
                    let Some(published) = self.program.public.statements.get(statement.index()) else { continue };
                    let to: Vec<String> = published.to.iter().map(|to| self.teller.stakeholder_words(*to)).collect();
                    push(format!("Published: {}", published.text), super::reading::some(&to, 4), "");
                }
                Fact::Communication(communication::Fact::Said { claim, stance, to }) => {
                    let to = self.teller.stakeholder_words(to);
                    if let Some((place, ears)) = spoken.get_mut(&(happened.at, claim, stance)) {
                        ears.push(to);
                        if let Some(line) = said.get_mut(*place) {
                            line.to = super::reading::some(ears, 4);
                            line.facts.push(happened.seq);
                        }
                        continue;
                    }
                    let truth = match (stance, self.is_true(claim, happened.at)) {
                        (Stance::NotYet, _) => "said to be open",
                        (Stance::Yes, true) | (Stance::No, false) => "true then",
                        (Stance::Yes, false) | (Stance::No, true) => "not true then",
                    };
                    push(format!("Said: {}", self.teller.stance(claim, stance)), to.clone(), truth);
                    spoken.insert((happened.at, claim, stance), (said.len() - 1, vec![to]));
                }
                Fact::Communication(communication::Fact::Asked { stakeholder, .. }) => {
                    push("Asked what they know".into(), self.teller.stakeholder_words(stakeholder), "");
                }
                Fact::Communication(communication::Fact::NotHeard { stakeholder, claim }) => {
                    push(format!("Not told in time: \u{201c}{}\u{201d}", self.teller.claim(claim)), self.teller.stakeholder_words(stakeholder), "");
                }
                Fact::IncidentCommand(incident_command::Fact::Briefed { role, with }) => {
                    spread(&mut said, happened, "Briefing", role, self.teller.others(with));
                }
                Fact::Documentation(documentation::Fact::Reported { role }) => {
                    spread(&mut said, happened, "Situation report", role, "all roles".into());
                }
                _ => {}
            }
        }
        said
    }

    /// What roles were told of claims: each telling with whom it reached, and whether it was so.
    pub fn told(&self) -> Vec<ToldLine> {
        let mut lines: Vec<(ClaimId, Stance, RoleSet, ToldLine)> = Vec::new();
        for happened in &self.facts {
            let Fact::Told(Observation::Communication(communication::Observation::Claim { claim, stance })) = happened.fact else { continue };
            // The same word to further roles within a quarter of an hour is one telling.
            let known = lines.iter_mut().rev().find(|(of, how, _, line)| *of == claim && *how == stance && happened.at.0 - line.at.0 <= 900);
            match known {
                Some((_, _, roles, line)) => {
                    *roles = roles.and(happened.roles);
                    line.to = self.teller.roles(*roles);
                }
                None => lines.push((
                    claim,
                    stance,
                    happened.roles,
                    ToldLine {
                        at: happened.at,
                        clock: self.clock(happened.at),
                        claim: self.teller.claim(claim).to_owned(),
                        stance: match stance {
                            Stance::Yes => "said",
                            Stance::No => "denied",
                            Stance::NotYet => "left open",
                        },
                        to: self.teller.roles(happened.roles),
                        from: self.source(happened).0,
                        was_true: self.is_true(claim, happened.at),
                        right: match (stance, self.is_true(claim, happened.at)) {
                            (Stance::Yes, true) => "right: it was so",
                            (Stance::No, false) => "right: it was not so",
                            (Stance::Yes, false) => "wrong: it was not so",
                            (Stance::No, true) => "wrong: it was so",
                            (Stance::NotYet, true) => "left open; it was so",
                            (Stance::NotYet, false) => "left open; it was not so",
                        },
                    },
                )),
            }
        }
        lines.into_iter().map(|(_, _, _, line)| line).collect()
    }

    /// What evidence was kept and what was lost.
    pub fn evidence(&self) -> Vec<EvidenceLine> {
        let mut lines: Vec<EvidenceLine> = Vec::new();
        for happened in &self.facts {
            let (what, kind, machine) = match happened.fact {
                Fact::Investigation(investigation::Fact::EvidenceKept { asset, evidence }) => ("kept", evidence.label(), Some(asset)),
                Fact::Investigation(investigation::Fact::EvidenceLost { asset, evidence }) => ("lost", evidence.label(), Some(asset)),
                Fact::Compliance(crate::vocabulary::compliance::Fact::HoldPlaced { .. }) => ("legal hold", "", None),
                _ => continue,
            };
            let machine = machine.map(|asset| self.teller.asset(asset).to_owned());
            match lines.iter_mut().rev().find(|line| line.what == what && line.kind == kind && happened.at.0 - line.at.0 <= 600) {
                Some(line) => line.machines.extend(machine),
                None => {
                    lines.push(EvidenceLine { at: happened.at, clock: self.clock(happened.at), what, kind, machines: machine.into_iter().collect() })
                }
            }
        }
        lines
    }

    /// Beliefs that were stated, against the truth. A room is asked when a move is over, while the clock still stands where it opened: its beliefs are
    /// those of the end of that move, and the last word it gave on each is the one that holds.
    pub fn beliefs(&self) -> Vec<Belief> {
        let mut beliefs: Vec<(ExerciseTime, Belief)> = Vec::new();
        for happened in &self.facts {
            let Fact::Investigation(investigation::Fact::Believed { role, claim, percent }) = happened.fact else { continue };
            let mut belief = Belief {
                at: happened.at,
                clock: self.clock(happened.at),
                role: self.teller.role(role).to_owned(),
                claim: self.teller.claim(claim).to_owned(),
                percent,
                was_true: self.is_true(claim, happened.at),
            };
            let stands = self.believed_from(happened);
            if self.asked_the_room(happened) {
                let of = self.move_at(happened.at).0;
                (belief.clock, belief.role) = (capital(&self.end_of(of)), "The room, asked at the end of the move".to_owned());
                beliefs.retain(|(other, known)| *other != stands || known.claim != belief.claim || known.role != belief.role);
            }
            beliefs.push((stands, belief));
        }
        beliefs.sort_by_key(|(stands, _)| *stands);
        beliefs.into_iter().map(|(_, belief)| belief).collect()
    }

    /// Whether a belief is the word of a room, and not of whoever sits in a role.
    pub fn asked_the_room(&self, happened: &Happened) -> bool {
        self.mode == Mode::Discussion && self.doer(happened.seq) != Some(Doer::Program)
    }

    /// From when on a belief may be told: what a room was asked at the end of a move says nothing of why it decided as it did in it.
    pub fn believed_from(&self, happened: &Happened) -> ExerciseTime {
        if self.asked_the_room(happened) { self.move_at(happened.at).1 } else { happened.at }
    }

    /// Where the clock stood while a room talked about what happened at a moment: where the move opened.
    pub fn stood_at(&self, at: ExerciseTime) -> ExerciseTime {
        if self.mode == Mode::Discussion { self.move_at(at).0.map_or(at, |(opened, _)| opened) } else { at }
    }

    /// The attack by technique, and who saw it.
    pub fn coverage(&self) -> Vec<Coverage> {
        self.program.secret.stages.iter().enumerate().map(|(place, stage)| self.coverage_of(StageId::at(place), stage)).collect()
    }

    fn coverage_of(&self, id: StageId, stage: &program::Stage) -> Coverage {
        let (mut times, mut first, mut failed, mut traces) = (0_u32, None, None, 0);
        let (mut raised, mut alerted, mut recognised) = (false, None, None);
        let says_so = |claim: ClaimId| self.program.secret.truth.get(claim.index()) == Some(&program::Truth::Once(id));
        let mut encrypted = BTreeSet::new();
        let mut judged_by: BTreeMap<Key, RoleSet> = BTreeMap::new();
        for happened in &self.facts {
            match happened.fact {
                Fact::Adversary(adversary::Fact::StageDone { stage, .. }) if stage == id => {
                    times += 1;
                    first.get_or_insert(happened.at);
                }
                Fact::Adversary(adversary::Fact::StageFailed { stage, obstacle, .. }) if stage == id => {
                    failed.get_or_insert((happened.at, obstacle));
                }
                Fact::Adversary(adversary::Fact::Trace { stage, .. }) if stage == id => traces += 1,
                Fact::Detection(detection::Fact::AlertRaised { alert, .. }) if self.origin(happened) == Some(Origin::Stage(id)) => {
                    raised = true;
                    judged_by.insert(alert, RoleSet::NONE);
                }
                Fact::Told(Observation::Detection(detection::Observation::Alert { alert, sensor, .. })) if judged_by.contains_key(&alert) => {
                    alerted.get_or_insert((happened.at, happened.roles, sensor));
                }
                Fact::Told(Observation::Detection(detection::Observation::Verdict { alert, real: true })) if judged_by.contains_key(&alert) => {
                    recognised.get_or_insert((happened.at, happened.roles, "alert judged real"));
                }
                Fact::Estate(estate::Fact::Encrypted { asset, stage }) if stage == id => {
                    encrypted.insert(asset);
                }
                Fact::Told(Observation::Estate(estate::Observation::AssetLooks { asset, seen: estate::Seen::Encrypted }))
                    if encrypted.contains(&asset) =>
                {
                    recognised.get_or_insert((happened.at, happened.roles, "seen on the machine"));
                }
                Fact::Told(Observation::Investigation(investigation::Observation::Finding { .. }))
                    if self.origin(happened) == Some(Origin::Stage(id)) =>
                {
                    recognised.get_or_insert((happened.at, happened.roles, "found by a search"));
                }
                // Whoever is told that it happened need not find it first.
                Fact::Told(Observation::Communication(communication::Observation::Claim { claim, stance: Stance::Yes }))
                    if first.is_some() && says_so(claim) =>
                {
                    recognised.get_or_insert((happened.at, happened.roles, "told that it is so"));
                }
                _ => {}
            }
        }
        let technique = self.program.public.techniques.get(stage.technique.index());
        let happened = match (first, failed) {
            (Some(at), _) if times > 1 => format!("{times} times, first {}", self.clock(at)),
            (Some(at), _) => self.clock(at),
            (None, Some((at, obstacle))) => format!("failed {}: {}", self.clock(at), obstacle.label()),
            (None, None) => "not tried".into(),
        };
        let alert = match (alerted, raised, traces) {
            (Some((at, roles, sensor)), _, _) => format!("{}, {}, from {}", self.clock(at), self.teller.roles(roles), self.teller.sensor(sensor)),
            (None, true, _) => "raised, but it reached nobody".into(),
            (None, false, 0) => "no trace".into(),
            (None, false, _) => "none of the simulation's sensors".into(),
        };
        // What leaves no trace (a demand, a note on a desktop) is heard or read by whoever it is for; nobody could have detected it.
        let unseen = first.is_some() && recognised.is_none() && traces > 0;
        let recognised = match recognised {
            Some((at, roles, how)) => format!("{}, {}: {how}", self.clock(at), self.teller.roles(roles)),
            None if unseen => "never".into(),
            None if first.is_some() => "left no trace".into(),
            None => "\u{2013}".into(),
        };
        Coverage {
            technique: technique.map_or_else(String::new, |technique| technique.id.clone()),
            name: technique.map_or_else(String::new, |technique| technique.name.clone()),
            stage: if stage.text.is_empty() { capital(&stage.id.replace('-', " ")) } else { bare(&stage.text).to_owned() },
            happened,
            first,
            traces,
            alert,
            recognised,
            unseen,
        }
    }

    /// Injects: those that came, then those that did not.
    pub fn injects(&self) -> Vec<InjectLine> {
        let mut lines = Vec::new();
        for happened in &self.facts {
            let (inject, at, clock) = match happened.fact {
                Fact::Injects(injects::Fact::Fired { inject }) => (inject, Some(happened.at), self.clock(happened.at)),
                Fact::Injects(injects::Fact::Passed { inject, why }) => (inject, None, capital(why.label())),
                _ => continue,
            };
            let Some(known) = self.program.public.injects.get(inject.index()) else { continue };
            lines.push(InjectLine { at, clock, text: capital(&self.teller.inject(inject)), to: self.teller.roles(known.to), why: known.why.clone() });
        }
        lines.sort_by_key(|line| line.at.is_none());
        lines
    }

    /// Every alert, in the order in which they were raised.
    pub fn alerts(&self) -> Vec<AlertLine> {
        let mut handled: BTreeMap<Key, Vec<String>> = BTreeMap::new();
        let mut verdicts: BTreeMap<Key, &'static str> = BTreeMap::new();
        for happened in &self.facts {
            let Fact::Detection(fact) = happened.fact else { continue };
            let (alert, what) = match fact {
                detection::Fact::Acknowledged { alert } => (alert, "taken up"),
                detection::Fact::Dismissed { alert } => (alert, "put aside"),
                detection::Fact::Judged { alert, real: true } => (alert, "judged real"),
                detection::Fact::Judged { alert, real: false } => (alert, "judged harmless"),
                _ => continue,
            };
            handled.entry(alert).or_default().push(format!("{what} {}", self.clock(happened.at)));
            // A verdict stands until another one; that somebody takes the alert up again changes nothing.
            if what == "taken up" {
                verdicts.entry(alert).or_insert("taken up, not judged");
            } else {
                verdicts.insert(alert, what);
            }
        }
        self.facts
            .iter()
            .filter_map(|happened| {
                let Fact::Detection(detection::Fact::AlertRaised { alert, sensor, asset, trail }) = happened.fact else { return None };
                Some(AlertLine {
                    raised: happened.at,
                    clock: self.clock(happened.at),
                    sensor: self.teller.sensor(sensor).to_owned(),
                    machine: self.teller.asset(asset).to_owned(),
                    trail: trail.label(),
                    real: matches!(self.origin(happened), Some(Origin::Stage(_))),
                    handled: handled.get(&alert).map_or_else(|| "not taken up".into(), |what| what.join(", ")),
                    verdict: verdicts.get(&alert).copied().unwrap_or("not taken up"),
                })
            })
            .collect()
    }
}
