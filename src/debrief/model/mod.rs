//! What a debrief says, as plain data. HTML, Markdown and JSON are three ways to write the same thing down.
//!
//! In JSON times are seconds of the story counted from STARTEX, with the clock of the story beside them; `facts` are places in the ledger; money
//! is in the smallest unit of the currency; points are in thousandths. Fields may be added under the same schema number; none changes its meaning.

use super::{Input, Mode, approval, narrative, plan};
use crate::ids::DenseId;
use crate::journal::RemarkKind;
use crate::time::{ExerciseTime, Span};

mod events;
mod parts;
mod people;
mod reading;
mod records;
pub mod replay;
mod review;
mod spoken;
mod story;
mod whose;

pub use crate::debrief::charts::bars::{Bar, Bars, points};
pub use crate::debrief::charts::clocks::{Clock, Clocks, State};
pub use crate::debrief::charts::lanes::{Event, Kind, Lanes};
pub use crate::debrief::charts::step::{Series, Steps};
pub use crate::debrief::charts::strip::{Stretch, Strip, Strips};
pub use parts::*;
use reading::Reading;
pub use reading::some;
pub use spoken::*;

/// The name of this layout, and its version.
pub const SCHEMA: &str = "hotwash-debrief/1";

/// Reads a session into a debrief.
pub fn model(input: &Input<'_>) -> Debrief {
    let reading = Reading::new(input.program, input.ledger, input.about);
    let (public, about) = (&input.program.public, input.about);
    let mut hand = reading.hand(input);
    let mut proposals = reading.improvement_plan(input);
    proposals.extend(reading.verifications(&hand.assumptions));
    let plan = plan::edited(proposals, &about.annotations);
    // Who verifies an assumption, and by when, stands in the plan.
    for assumed in &mut hand.assumptions {
        if let Some(item) = plan.items.iter().find(|item| item.id == assumed.id) {
            (assumed.owner, assumed.date) = (item.owner.clone(), item.completion.clone());
        }
    }
    let mut debrief = Debrief {
        schema: SCHEMA,
        marking: Marking {
            exercise: "EXERCISE EXERCISE EXERCISE",
            tlp: about.tlp.label(),
            tlp_means: about.tlp.means(),
            counsel: about.counsel.clone().filter(|text| !text.trim().is_empty()),
        },
        overview: overview(input, &reading),
        approved: None,
        approval: approval::Approval::NotAsked,
        story: reading.story(input),
        participants: Participants {
            strengths: reading.stated(RemarkKind::Strength, about),
            gaps: reading.stated(RemarkKind::Gap, about),
            lessons: reading.stated(RemarkKind::Lesson, about),
            asks: vec![
                "What went well, and what made it go well?",
                "Where did we lose time, or decide without knowing what we needed?",
                "What would I do in the first ten minutes next time?",
                "What did I believe for too long?",
            ],
        },
        causes: reading.causes(about),
        capabilities: reading.reviews(input),
        improvement_plan: plan.items,
        improvement_left_out: plan.left_out,
        outcome: reading.outcome(input),
        timeline: reading.lanes(),
        replay: reading.replay(),
        before_startex: reading.before_startex(),
        spread: reading.spread(),
        services: reading.strips(),
        clocks: reading.clocks(),
        told: reading.told(),
        communication: reading.communication(),
        room: reading.room(about),
        evidence: reading.evidence(),
        decisions: reading.decisions(about),
        beliefs: reading.beliefs(),
        coverage: reading.coverage(),
        scores: reading.scores(input),
        ratings: reading.ratings(input),
        observations: reading.observations(about),
        hand,
        appendix: Appendix {
            card: vec![
                ("Scenario", public.id.clone()),
                ("Scenario identity (hash of all its files)", public.identity.clone()),
                ("Seed", about.seed.to_string()),
                ("Rules", about.rules_version.to_string()),
                ("Events", narrative::grouped(about.events.min(i64::MAX as u64) as i64)),
                ("Facts in the ledger", narrative::grouped(reading.facts.len() as i64)),
                ("Hash of all facts", about.hash.clone()),
                ("ATT&CK version", public.attack_version.clone()),
            ],
            assumptions: public.assumptions.clone(),
            artificialities: public.artificialities.clone(),
            teaching: public.teaching.clone(),
            sources: public.sources.iter().map(|source| (source.title.clone(), source.url.clone())).collect(),
            injects: reading.injects(),
            alerts: reading.alerts(),
            glossary: vec![
                ("Inject", "A message or event that the exercise brings to somebody: a call, a mail, an alert."),
                ("Ground truth", "What the simulation knows. Roles know only what they were told; the distance is most of what is trained."),
                ("Gate", "A decision that the story asks for by a certain time, and what holds if nobody takes it."),
                ("STARTEX and ENDEX", "The first and the last moment of play."),
                ("T1566.001 and the like", "Numbers of MITRE ATT&CK, a catalogue of what adversaries do."),
                ("Capability target", "What good looks like, with a threshold; criteria measure it."),
            ],
        },
    };
    debrief.approve(approval::Approval::of(&about.annotations));
    debrief
}

/// How long before ENDEX play was ended, in words: to the second, where a minute would say that it was at once.
fn before_endex(input: &Input<'_>, reading: &Reading<'_>) -> String {
    // The last fact may lie hours before the moment at which somebody ended play.
    let ended = input.about.annotations.iter().filter(|remark| remark.kind == RemarkKind::Endex).filter_map(|remark| remark.at).max();
    let left = input.program.public.endex - ended.unwrap_or(reading.until);
    if left.0 < 60 { format!("{} s", left.0.max(0)) } else { span(left) }
}

fn overview(input: &Input<'_>, reading: &Reading<'_>) -> Overview {
    let (public, about) = (&input.program.public, input.about);
    let calendar = &public.calendar;
    let date = |at: ExerciseTime| calendar.date(at).format("%a %-d %B %Y, %H:%M").to_string();
    let mut honest = about.mode.honest().to_owned();
    if !about.finished {
        honest.push_str(&format!(" Play was ended {} before ENDEX; everything below is as far as it came.", before_endex(input, reading)));
    }
    Overview {
        title: public.title.clone(),
        about: public.about.clone(),
        kind: about.mode.label(),
        honest,
        threat: public.family.label(),
        held_on: String::new(),
        story_time: format!("{} to {} ({})", date(ExerciseTime(0)), date(reading.until), public.time_zone),
        story_length: span(reading.until - ExerciseTime(0)),
        cut: review::cut_in_words(&public.cut),
        organisation: about.organisation.clone(),
        told: if about.mode == Mode::Discussion { "What the room had heard" } else { "Had been told" },
        whose: about.mode.trained().filter(|_| reading.says_whose()),
        profile: public.profile.clone(),
        finished: about.finished,
        reached_endex: if about.finished { "yes".to_owned() } else { format!("play was ended {} before it", before_endex(input, reading)) },
        seats: (public.roles.iter().enumerate())
            .map(|(place, role)| {
                let mut by: Vec<String> = about.seats.iter().filter(|(seat, _)| seat.index() == place).map(|(_, by)| by.clone()).collect();
                by.dedup();
                SeatLine {
                    role: narrative::role_only(&role.label).to_owned(),
                    played_by: if by.is_empty() { "nobody".into() } else { by.join(", ") },
                }
            })
            .collect(),
        objectives: (input.program.rubric.objectives.iter())
            .map(|objective| ObjectiveLine {
                text: objective.text.clone(),
                core_capability: objective.core_capability.clone(),
                csf: objective.csf.clone(),
            })
            .collect(),
        out_of_scope: public.out_of_scope.clone(),
        sensitive_topics: public.sensitive_topics.clone(),
        notes: about.notes.clone(),
    }
}

/// Alerts alike: the same sensor, truth and verdict.
#[derive(Clone, Debug)]
pub struct AlertGroup<'a> {
    /// The first of them.
    pub first: &'a AlertLine,
    /// How many.
    pub count: usize,
    /// On which machines.
    pub machines: Vec<String>,
    /// What they saw.
    pub trails: Vec<String>,
}

/// Alerts for reading: those of one sensor that came from the same and ended the same are one line. In the order of the first of each.
pub fn gathered(alerts: &[AlertLine]) -> Vec<AlertGroup<'_>> {
    let mut groups: Vec<AlertGroup<'_>> = Vec::new();
    for alert in alerts {
        let alike =
            |group: &AlertGroup<'_>| (&group.first.sensor, group.first.real, group.first.verdict) == (&alert.sensor, alert.real, alert.verdict);
        let place = groups.iter().position(alike).unwrap_or_else(|| {
            groups.push(AlertGroup { first: alert, count: 0, machines: vec![], trails: vec![] });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.count += 1;
            if !group.machines.contains(&alert.machine) {
                group.machines.push(alert.machine.clone());
            }
            if !group.trails.iter().any(|trail| trail == alert.trail) {
                group.trails.push(alert.trail.to_owned());
            }
        }
    }
    groups
}

/// Minutes as people write them: `45 min`, `2 h 05 min`, `1 d 3 h`.
pub fn minutes(minutes: i64) -> String {
    let sign = if minutes < 0 { "\u{2212}" } else { "" };
    let minutes = minutes.unsigned_abs();
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, left) => format!("{sign}{left} min"),
        (0, hours, 0) => format!("{sign}{hours} h"),
        (0, hours, left) => format!("{sign}{hours} h {left:02} min"),
        (days, 0, _) => format!("{sign}{days} d"),
        (days, hours, _) => format!("{sign}{days} d {hours} h"),
    }
}

/// A span in the same words.
pub fn span(span: Span) -> String {
    minutes(span.0 / 60)
}

/// Money in the smallest unit of its currency, as people write it, without cents: `EUR 30,010`.
pub fn money(minor_units: i64, currency: &str) -> String {
    // With commas: fonts differ in whether they show a narrow space at all, and a sum of money is read out.
    let digits = (minor_units / 100).unsigned_abs().to_string();
    let mut sum = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            sum.push(',');
        }
        sum.push(digit);
    }
    let sign = if minor_units <= -100 { "\u{2212}" } else { "" };
    format!("{currency} {sign}{sum}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sums_read_like_words() {
        assert_eq!([0, 45, 60, 125, 1440, 1620, -5].map(minutes), ["0 min", "45 min", "1 h", "2 h 05 min", "1 d", "1 d 3 h", "\u{2212}5 min"]);
        assert_eq!(money(123_456_700, "EUR"), "EUR 1,234,567");
        assert_eq!(money(900_000, ""), "9,000");
    }
}
