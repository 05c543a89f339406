//! What happened, on one page: of hundreds of facts, the few that somebody who was not there would ask for.

use std::collections::BTreeSet;

use super::reading::{Reading, some};
use super::replay::{Attack, Response};
use super::{Decision, Kind, State, StoryLine};
use crate::assessment::Ending;
use crate::debrief::Input;
use crate::debrief::charts::shortened;
use crate::ids::{AssetId, DataId, DenseId};
use crate::time::ExerciseTime;
use crate::vocabulary::{Fact, adversary, estate, incident_command};

/// As many moments as stand on one page beside the timeline.
const MOMENTS: usize = 14;
/// So many harms of the attack are told; the timeline has all.
const HARMS: usize = 4;
/// So many services are told that were down for long: for at least so many seconds.
const SERVICES: usize = 3;
const LONG_DOWN: i64 = 6 * 3600;
/// How long the text of a moment may be, in letters: lines wrap, and only what would push others off the page is cut.
const LONGEST: usize = 400;

impl Reading<'_> {
    /// The story in at most fourteen moments, in order of time. Decisions and harm come first; what else finds room is when it was seen, declared
    /// and contained, what was done first, and what became of deadlines.
    pub fn story(&self, input: &Input<'_>) -> Vec<StoryLine> {
        let mut lines: Vec<StoryLine> = Vec::new();
        let mut push = |at: ExerciseTime, side: &'static str, text: String| {
            if lines.len() < MOMENTS && lines.iter().all(|line| line.text != text) {
                lines.push(StoryLine { at, clock: self.clock(at), side, text: shortened(&text, LONGEST) });
            }
        };
        for decision in self.decisions(input.about) {
            if let Some((at, text)) = decided(&decision) {
                push(at, "decision", text);
            }
        }
        let lanes = self.lanes();
        for harm in lanes.attack.iter().filter(|event| event.kind == Kind::Harm).take(HARMS) {
            push(harm.at, "attack", harm.text.clone());
        }
        for (at, text) in self.taken_again() {
            push(at, "attack", text);
        }
        for (at, text) in self.long_down() {
            push(at, "service", text);
        }
        if let Some(text) = self.still_held() {
            push(self.until, "attack", text);
        }
        for happened in &self.facts {
            if let Fact::IncidentCommand(incident_command::Fact::Declared { .. }) = happened.fact {
                push(happened.at, "response", self.text(happened.seq).to_owned());
                break;
            }
        }
        let times = &input.assessment.times;
        let marks = [
            (times.first_alert, "The first alert on something that was real."),
            (times.triaged, "What had been going on is recognised as an incident."),
            (times.contained, "Contained: nothing is left that can act, and no way back."),
            (times.restored, "All services are whole again."),
        ];
        for (mark, text) in marks {
            // What was so before play began is no part of the story of this session.
            if let Some(mark) = mark.filter(|mark| mark.at > ExerciseTime(0)) {
                push(mark.at, "response", text.to_owned());
            }
        }
        for (events, side) in [(&lanes.attack, "attack"), (&lanes.response, "response")] {
            // What the team took from the adversary is no step of the attack.
            if let Some(first) = events.iter().find(|event| event.kind != Kind::Setback) {
                push(first.at, side, first.text.clone());
            }
        }
        for clock in self.clocks().clocks {
            match (clock.state, clock.sent, clock.due) {
                (State::InTime | State::Late, Some(sent), _) => {
                    push(sent, "duty", format!("{}: sent to {}, {}.", clock.name, clock.recipient, clock.state.label()))
                }
                (State::Missed, None, Some(due)) => {
                    push(due, "duty", format!("{}: the deadline passes, and nothing has been sent to {}.", clock.name, clock.recipient))
                }
                _ => {}
            }
        }
        // Room that is left goes to the first measures.
        for event in lanes.response.iter().filter(|event| event.kind == Kind::Act) {
            push(event.at, "response", event.text.clone());
        }
        lines.sort_by_key(|line| line.at);
        lines
    }
}

impl Reading<'_> {
    /// Machines that the adversary took again after it had lost them, and how.
    fn taken_again(&self) -> Vec<(ExerciseTime, String)> {
        let mut lost: BTreeSet<AssetId> = BTreeSet::new();
        let mut again = Vec::new();
        for happened in &self.facts {
            match happened.fact {
                Fact::Adversary(adversary::Fact::FootholdLost { asset, .. }) => {
                    lost.insert(asset);
                }
                Fact::Estate(estate::Fact::Rebuilt { asset } | estate::Fact::Restored { asset, .. } | estate::Fact::Cleaned { asset, .. }) => {
                    lost.insert(asset);
                }
                Fact::Adversary(adversary::Fact::Compromised { asset, stage }) if lost.remove(&asset) => {
                    again.push((happened.at, format!("{} is taken again: {}.", self.teller.asset(asset), self.teller.stage(stage))));
                }
                _ => {}
            }
        }
        again.truncate(HARMS);
        again
    }

    /// What was down for long: the services that lay the longest, each with how long.
    fn long_down(&self) -> Vec<(ExerciseTime, String)> {
        let mut down: Vec<(i64, ExerciseTime, String)> = Vec::new();
        for service in self.strips().services {
            let Some(longest) =
                service.stretches.iter().filter(|stretch| stretch.percent == 0).max_by_key(|stretch| stretch.until.0 - stretch.from.0)
            else {
                continue;
            };
            let length = longest.until - longest.from;
            if length.0 >= LONG_DOWN {
                let until =
                    if longest.until >= self.until { "to the end of play".to_owned() } else { format!("until {}", self.clock(longest.until)) };
                let level = format!("{} is at 0 % from here {until}: {}.", service.name, super::span(length));
                down.push((-length.0, longest.from, level));
            }
        }
        down.sort();
        down.into_iter().take(SERVICES).map(|(_, from, says)| (from, says)).collect()
    }

    /// Where no backup holds anything that is encrypted: the backups that are there all the same, so that nobody takes them for lost.
    pub fn other_backups(&self, ending: Ending) -> Option<String> {
        if !matches!(ending, Ending::PartlyEncryptedWithoutBackups | Ending::WidelyEncryptedWithoutBackups) {
            return None;
        }
        let destroyed = |data: DataId| {
            self.facts.iter().any(|happened| matches!(happened.fact, Fact::Estate(estate::Fact::BackupDestroyed { data: lost, .. }) if lost == data))
        };
        let public = &self.program.public;
        let there: Vec<String> = (public.data.iter().enumerate())
            .filter(|(place, data)| data.is_backup && !destroyed(DataId::at(*place)))
            .map(|(_, data)| if data.text.is_empty() { data.id.clone() } else { data.text.clone() })
            .collect();
        (!there.is_empty()).then(|| format!("Backups of other machines or of data are still there: {}.", some(&there, 4)))
    }

    /// What the adversary holds when play ends, if anything.
    pub fn still_held(&self) -> Option<String> {
        let held = |machine: &&super::replay::MachineTrack| {
            let (attack, response, _) = machine.at(self.until);
            matches!(attack, Attack::Held | Attack::Rooted | Attack::Robbed) && !matches!(response, Response::Isolated | Response::Off)
        };
        let names: Vec<String> = self.replay().machines.iter().filter(held).map(|machine| machine.name.clone()).collect();
        (!names.is_empty()).then(|| format!("In the adversary's hands at the end of play, and in use: {}.", some(&names, 6)))
    }
}

fn decided(decision: &Decision) -> Option<(ExerciseTime, String)> {
    let (at, choice) = (decision.decided?, decision.choice.as_ref()?);
    let how = if decision.timed_out { "Nobody decided in time, so this held" } else { "Decided" };
    Some((at, format!("{} {how}: {}.", decision.ask.trim(), choice.trim_end_matches('.'))))
}
