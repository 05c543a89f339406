//! What happened, on one page: of hundreds of facts, the few that somebody who was not there would ask for.

use super::reading::Reading;
use super::{Decision, Kind, State, StoryLine};
use crate::debrief::Input;
use crate::debrief::charts::shortened;
use crate::time::ExerciseTime;
use crate::vocabulary::{Fact, incident_command};

/// As many moments as stand on one page beside the timeline.
const MOMENTS: usize = 14;
/// So many harms of the attack are told; the timeline has all.
const HARMS: usize = 4;
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
            if let Some(first) = events.first() {
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

fn decided(decision: &Decision) -> Option<(ExerciseTime, String)> {
    let (at, choice) = (decision.decided?, decision.choice.as_ref()?);
    let how = if decision.timed_out { "Nobody decided in time, so this held" } else { "Decided" };
    Some((at, format!("{} {how}: {}.", decision.ask.trim(), choice.trim_end_matches('.'))))
}
