//! One criterion, judged by its measure.
//!
//! Three rules hold for all measures. What lies before STARTEX counts from STARTEX, because nobody in play could act earlier. Where ENDEX came
//! before all points were lost to time (less than `full` had passed), nothing was missed yet: it is not evaluated. And a measure that absence
//! alone satisfies counts only once its `counts_once` came true; until then it is missed, opened by STARTEX: doing nothing earns nothing.

mod beliefs;
mod services;

use super::curves::{falling, rising};
use super::{CriterionResult, FromPeople, Why};
use crate::ids::{ClaimId, ConditionId, DenseId, RoleId, RuleId, ServiceId, StakeholderId};
use crate::scenario::program::{Criterion, Measure, Program};
use crate::scenario::written::{Count, IfNever};
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::condition::{FirstTrue, Watch};
use crate::vocabulary::measures::grouped;
use crate::vocabulary::measures::{Measures, STARTEX, due, median};

pub(super) use beliefs::Beliefs;

/// What a measure came to, before points.
enum Found {
    /// Credit in thousandths, and the fact that opened the opportunity.
    Credit(u16, Option<u32>),
    /// The reason.
    NotEvaluated(String),
}

struct Judged {
    found: Found,
    facts: Vec<u32>,
    says: String,
}

impl Judged {
    fn credit(credit: u16, opened: Option<u32>, facts: impl IntoIterator<Item = Option<u32>>, says: String) -> Judged {
        Judged { found: Found::Credit(credit, opened), facts: facts.into_iter().flatten().collect(), says }
    }

    fn none(reason: impl Into<String>) -> Judged {
        let reason = reason.into();
        Judged { says: format!("Not evaluated: {reason}."), found: Found::NotEvaluated(reason), facts: Vec::new() }
    }

    fn through(mut self, facts: impl IntoIterator<Item = Option<u32>>) -> Judged {
        self.facts.extend(facts.into_iter().flatten());
        self
    }
}

/// Judges a criterion.
pub(super) fn judge(
    program: &Program,
    measures: &Measures,
    watch: &Watch,
    people: &FromPeople,
    beliefs: &Beliefs,
    criterion: &Criterion,
) -> (CriterionResult, Why) {
    let bench = Bench { program, measures, watch, beliefs };
    let judged = if criterion.left_out {
        Judged::none("the cut leaves it out")
    } else if let Some(reason) = people.set_aside.get(&criterion.id) {
        Judged::none(reason.clone())
    } else if let Some((credit, note)) = people.judged.get(&criterion.id).filter(|_| matches!(criterion.measure, Measure::Judged { .. })) {
        Judged::credit((*credit).min(1000), bench.startex(), [], if note.is_empty() { "Judged by an evaluator.".into() } else { note.clone() })
    } else {
        bench.measure(&criterion.measure)
    };
    let Judged { found, mut facts, says } = judged;
    facts.sort_unstable();
    facts.dedup();
    let result = match found {
        Found::Credit(0, opened_by) => CriterionResult::Missed { opened_by },
        Found::Credit(credit, _) => CriterionResult::Earned { points_milli: u32::from(criterion.points) * u32::from(credit) },
        Found::NotEvaluated(reason) => CriterionResult::NotEvaluated { reason },
    };
    (result, Why { facts, says })
}

struct Bench<'a> {
    program: &'a Program,
    measures: &'a Measures,
    watch: &'a Watch,
    beliefs: &'a Beliefs,
}

impl Bench<'_> {
    fn measure(&self, measure: &Measure) -> Judged {
        match measure {
            Measure::Minutes { from, to, full, none, if_never } => self.minutes(*from, *to, *full, *none, *if_never),
            Measure::Never { what, counts_once, if_never } => self.never(*what, *counts_once, *if_never),
            Measure::Belief { claim, until } => self.belief(*claim, *until),
            Measure::FalseClaims { to, full, none } => self.false_claims(to, *full, *none),
            Measure::Heard { stakeholder, claims, within, of } => self.heard(*stakeholder, claims, *within, *of),
            Measure::Deadline { rule, from } => self.deadline(*rule, *from),
            Measure::Outage { of, full, none, counts_once } => self.once(*counts_once, |bench| bench.outage(of, *full, *none)),
            Measure::AtEnd { count, full, none, counts_once } => self.once(*counts_once, |bench| bench.at_end(*count, *full, *none)),
            Measure::RecordsExposed { full, none, counts_once } => self.once(*counts_once, |bench| bench.records(*full, *none)),
            Measure::ScopeKnown { full_percent, none_percent } => self.scope_known(*full_percent, *none_percent),
            Measure::EvidenceKept { full_percent, none_percent } => self.evidence_kept(*full_percent, *none_percent),
            Measure::LogCovers { full_percent, none_percent } => self.log_covers(*full_percent, *none_percent),
            Measure::Shared { claim, with, full, none } => self.shared(*claim, *with, *full, *none),
            Measure::AlertsTakenUp { full, none } => self.alerts_taken_up(*full, *none),
            Measure::AlertsJudged { full_percent, none_percent } => self.alerts_judged(*full_percent, *none_percent),
            Measure::WorkaroundsInTime { of, full, none } => self.workarounds(of, *full, *none),
            Measure::WithinRto { of, counts_once } => self.once(*counts_once, |bench| bench.within_rto(of)),
            Measure::Judged { .. } => Judged::none("an evaluator judges this, and none did"),
        }
    }

    fn startex(&self) -> Option<u32> {
        self.measures.startex.map(|mark| mark.seq)
    }

    /// When a condition came true, by ENDEX.
    fn first(&self, condition: ConditionId) -> Option<FirstTrue> {
        self.watch.first_true(condition).filter(|first| first.at <= self.measures.ended)
    }

    /// A measure that counts only once a condition came true.
    fn once(&self, condition: ConditionId, measure: impl Fn(&Self) -> Judged) -> Judged {
        match self.first(condition) {
            Some(first) => measure(self).through([first.fact]),
            None => Judged::credit(
                0,
                self.startex(),
                [self.startex()],
                "No points: they count only once something is done for it, and nothing was.".into(),
            ),
        }
    }

    fn minutes(&self, from: ConditionId, to: ConditionId, full: Span, none: Span, if_never: IfNever) -> Judged {
        let Some(opened) = self.first(from) else {
            // What was done without being called for is not held against anybody, and is not kept quiet either.
            return match self.first(to) {
                Some(done) => Judged::none(format!("it was done, {}, and what its time is measured from never happened", self.moment(done.at)))
                    .through([done.fact]),
                None => Judged::none("what it is measured from never happened"),
            };
        };
        let start = opened.at.max(STARTEX);
        match self.first(to) {
            Some(done) => {
                let took = Span((done.at - start).0.max(0));
                Judged::credit(
                    falling(took.0, full.0, none.0),
                    opened.fact,
                    [opened.fact, done.fact],
                    format!(
                        "Done {}; all points up to {}, none from {}.",
                        if took.0 == 0 { "at once".to_owned() } else { format!("after {}", words(took)) },
                        words(full),
                        words(none)
                    ),
                )
            }
            None => {
                let left = self.measures.ended - start;
                if left < full {
                    return self.too_late(left, full).through([opened.fact]);
                }
                match if_never {
                    IfNever::NotEvaluated => Judged::none("it never happened").through([opened.fact]),
                    IfNever::Missed => Judged::credit(
                        0,
                        opened.fact,
                        [opened.fact],
                        format!("Not done in the {} there were; all points up to {}, none from {}.", words(left), words(full), words(none)),
                    ),
                }
            }
        }
    }

    fn too_late(&self, left: Span, full: Span) -> Judged {
        Judged::none(format!("play ended after {}, and there were {} for all points", words(left), words(full)))
    }

    fn never(&self, what: ConditionId, counts_once: ConditionId, if_never: IfNever) -> Judged {
        match (self.first(counts_once), self.first(what), if_never) {
            (None, _, IfNever::NotEvaluated) => Judged::none("what it counts from never happened"),
            (None, None, IfNever::Missed) => Judged::credit(
                0,
                self.startex(),
                [self.startex()],
                "No points: they count only once something is done for it, and nothing was.".into(),
            ),
            (counted, Some(happened), _) => Judged::credit(
                0,
                happened.fact,
                [counted.and_then(|first| first.fact), happened.fact],
                format!("It did not hold: what counts against it happened, {}.", self.moment(happened.at)),
            ),
            (Some(counted), None, _) => {
                Judged::credit(1000, counted.fact, [counted.fact], "It held: nothing that counts against it happened up to the end of play.".into())
            }
        }
    }

    fn false_claims(&self, to: &[StakeholderId], full: u16, none: u16) -> Judged {
        let said: Vec<u32> = self.measures.knowledge.said.iter().filter(|said| to.contains(&said.to)).map(|said| said.mark.seq).collect();
        let Some(first) = said.first().copied() else {
            return Judged::credit(0, self.startex(), [self.startex()], "Nothing was said to them, and silence earns nothing.".into());
        };
        let wrong = self.measures.knowledge.false_claims(to);
        let facts: Vec<Option<u32>> =
            if wrong.is_empty() { said.into_iter().map(Some).collect() } else { wrong.iter().map(|said| Some(said.mark.seq)).collect() };
        Judged::credit(
            falling(wrong.len() as i64, i64::from(full), i64::from(none)),
            Some(first),
            facts,
            match wrong.len() {
                0 => format!("Nothing was said to them that was not so; all points up to {full}, none from {none}."),
                1 => format!("1 claim was said to them that was not so; all points up to {full}, none from {none}."),
                more => format!("{more} claims were said to them that were not so; all points up to {full}, none from {none}."),
            },
        )
    }

    fn heard(&self, stakeholder: StakeholderId, claims: &[ClaimId], within: Span, of: ConditionId) -> Judged {
        let Some(opened) = self.first(of) else { return Judged::none("what it is measured from never happened") };
        let by = opened.at.max(STARTEX) + within;
        let heard: Vec<_> = claims.iter().filter_map(|claim| self.measures.knowledge.heard(stakeholder, *claim)).collect();
        let in_time = heard.iter().filter(|mark| mark.at <= by).count();
        if in_time < claims.len() && by > self.measures.ended {
            return Judged::none(format!("play ended before {}, by when it was due", self.clock(by))).through([opened.fact]);
        }
        let credit = if claims.is_empty() { 1000 } else { (in_time * 1000 / claims.len()) as u16 };
        let facts = heard.iter().map(|mark| Some(mark.seq)).chain([opened.fact]);
        Judged::credit(
            credit,
            opened.fact,
            facts,
            match in_time {
                all if all == claims.len() => format!("So it was: they were told all of it within {}.", words(within)),
                0 => format!("It was not so: within {} they were told nothing of it.", words(within)),
                some => format!("In part: within {} they were told {some} of {}.", words(within), many(claims.len() as u64, "thing", "things")),
            },
        )
    }

    fn deadline(&self, rule: RuleId, from: ConditionId) -> Judged {
        let Some(entry) = self.program.public.rules.get(rule.index()) else { return Judged::none("there is no such rule") };
        if !entry.in_force {
            return Judged::none("the rule does not apply to this organisation");
        }
        let clock = self.measures.clocks.get(rule);
        let opened = self.first(from);
        let began = clock.started.map(|mark| mark.seq).or(opened.and_then(|first| first.fact));
        if let Some((sent, in_time)) = clock.notified
            && (clock.started.is_some() || opened.is_some())
        {
            let margin = match clock.margin() {
                Some(margin) if margin.0 >= 0 => format!("{} before it was due", words(margin)),
                Some(margin) => format!("{} after it was due", words(Span(-margin.0))),
                None => "before its clock started".to_owned(),
            };
            let credit = if in_time && clock.missed.is_none() { 1000 } else { 0 };
            return Judged::credit(credit, began, [began, Some(sent.seq)], format!("Sent {margin}; the rule allows {}.", entry.deadline_text));
        }
        let (start, by) = match (clock.due, opened) {
            (Some(by), _) => (clock.started.map_or(STARTEX, |mark| mark.at), by),
            (None, Some(opened)) => {
                let start = opened.at.max(STARTEX);
                (start, due(self.program.public.calendar, entry.deadline, start))
            }
            (None, None) => return Judged::none("its clock never started, and nothing should have started it"),
        };
        if clock.missed.is_none() && by > self.measures.ended {
            return Judged::none(format!("it was not sent, and is not due until {}", self.clock(by))).through([began]);
        }
        let says = if clock.started.is_some() {
            format!("Not sent by {}, when it was due; the rule allows {}.", self.clock(by), entry.deadline_text)
        } else {
            format!(
                "Not sent, and its clock never started: from {} on it should have been; the rule allows {}.",
                self.clock(start),
                entry.deadline_text
            )
        };
        Judged::credit(0, began, [began, clock.missed.map(|mark| mark.seq)], says)
    }

    fn at_end(&self, count: Count, full: u32, none: u32) -> Judged {
        let machines = &self.measures.machines;
        let there = machines.at_end(count, self.measures.alerts.list.len());
        let says = match count {
            Count::Compromised => format!("{} still held what the adversary left at the end of play", many(there.into(), "machine", "machines")),
            Count::Encrypted => format!("{} still encrypted at the end of play", many(there.into(), "machine was", "machines were")),
            Count::FoundCompromised => {
                format!("{} found to be compromised up to the end of play", many(there.into(), "machine was", "machines were"))
            }
            Count::Alerts => format!("{} raised up to the end of play", many(there.into(), "alert was", "alerts were")),
            Count::Isolated => format!("{} still isolated or off at the end of play", many(there.into(), "machine was", "machines were")),
        };
        let facts: Vec<Option<u32>> = match count {
            Count::Compromised => machines.unclean.iter().map(|asset| machines.taken.get(&asset).map(|mark| mark.seq)).collect(),
            Count::Encrypted => machines.encrypted.iter().map(|asset| machines.encrypted_ever.get(&asset).map(|mark| mark.seq)).collect(),
            Count::FoundCompromised => machines.found.values().map(|mark| Some(mark.seq)).collect(),
            Count::Alerts => self.measures.alerts.list.iter().map(|alert| Some(alert.raised.seq)).collect(),
            Count::Isolated => machines.spread.last().map(|spread| Some(spread.mark.seq)).into_iter().collect(),
        };
        let credit = falling(i64::from(there), i64::from(full), i64::from(none));
        Judged::credit(
            credit,
            self.startex(),
            facts,
            format!("{says}; all points up to {}, none from {}.", grouped(full.into()), grouped(none.into())),
        )
    }

    fn records(&self, full: u32, none: u32) -> Judged {
        let records = self.measures.machines.records_exposed();
        Judged::credit(
            falling(records as i64, i64::from(full), i64::from(none)),
            self.startex(),
            self.measures.machines.copies.iter().map(|mark| Some(mark.seq)),
            format!(
                "{} copied out; all points up to {}, none from {}.",
                many(records, "record was", "records were"),
                grouped(full.into()),
                grouped(none.into())
            ),
        )
    }

    /// The share of taken machines that the team held to be taken, less the share of clean ones. A machine that was not taken but on which a
    /// trace lay is neither: signs on it were no error.
    fn scope_known(&self, full: u8, none: u8) -> Judged {
        let machines = &self.measures.machines;
        let held = self.measures.knowledge.held_to_be_taken();
        let taken = machines.taken.len() as i64;
        if taken == 0 {
            return Judged::none("no machine was taken");
        }
        let clean = self.program.public.assets.len() as i64
            - (0..self.program.public.assets.len())
                .map(crate::ids::AssetId::at)
                .filter(|asset| machines.taken.contains_key(asset) || machines.touched.has(*asset))
                .count() as i64;
        let known = held.keys().filter(|asset| machines.taken.contains_key(asset)).count() as i64;
        let wrong = held.keys().filter(|asset| !machines.taken.contains_key(asset) && !machines.touched.has(**asset)).count() as i64;
        let milli = (known * 1000 / taken - if clean > 0 { wrong * 1000 / clean } else { 0 }).max(0);
        Judged::credit(
            rising(milli, i64::from(full) * 10, i64::from(none) * 10),
            machines.taken.values().min().map(|mark| mark.seq),
            held.values().map(|mark| Some(mark.seq)),
            format!(
                "{known} of {} known{}: {} percent; all points from {full}, none up to {none}.",
                many(taken as u64, "taken machine was", "taken machines were"),
                match wrong {
                    0 => String::new(),
                    1 => format!(", and 1 of {} was held to be taken, by a verdict on an alert", many(clean as u64, "clean one", "clean ones")),
                    more => format!(", and {more} of {} were held to be taken, by verdicts on alerts", many(clean as u64, "clean one", "clean ones")),
                },
                milli / 10,
            ),
        )
    }

    fn evidence_kept(&self, full: u8, none: u8) -> Judged {
        let machines = &self.measures.machines;
        let (lost, kept) = machines.memory_kept();
        if lost.is_empty() {
            return Judged::none("no taken machine was rebuilt, restored, powered off or lost");
        }
        let facts: Vec<u32> = lost
            .iter()
            .flat_map(|asset| {
                let memory = (*asset, crate::vocabulary::investigation::Evidence::Memory);
                [machines.wiped.get(asset), machines.evidence_kept.get(&memory), machines.evidence_lost.get(&memory)]
            })
            .flatten()
            .map(|mark| mark.seq)
            .collect();
        let milli = (kept.len() * 1000 / lost.len()) as i64;
        Judged::credit(
            rising(milli, i64::from(full) * 10, i64::from(none) * 10),
            facts.iter().min().copied(),
            facts.iter().copied().map(Some),
            format!(
                "{} switched off, built anew or lost; memory had been kept of {}: {} percent; all points from {full}, none up to {none}.",
                many(lost.len() as u64, "taken machine was", "taken machines were"),
                match kept.len() {
                    0 => "none".to_owned(),
                    kept => grouped(kept as i64),
                },
                milli / 10
            ),
        )
    }

    fn log_covers(&self, full: u8, none: u8) -> Judged {
        let (logged, known) = self.measures.knowledge.log_covers();
        if known == 0 {
            return Judged::none("there was nothing to write down");
        }
        let milli = i64::from(logged) * 1000 / i64::from(known);
        Judged::credit(
            rising(milli, i64::from(full) * 10, i64::from(none) * 10),
            self.startex(),
            [],
            format!(
                "The log held {logged} of {} that the team knew at the end of play: {} percent; all points from {full}, none up to {none}.",
                many(known.into(), "thing", "things"),
                milli / 10
            ),
        )
    }

    fn shared(&self, claim: ClaimId, with: RoleId, full: Span, none: Span) -> Judged {
        let knowledge = &self.measures.knowledge;
        let Some((_, first)) = knowledge.first_who_knew(claim) else { return Judged::none("nobody was told it") };
        match knowledge.told_first(claim, with) {
            Some(reached) => {
                let took = reached.in_play() - first.in_play();
                Judged::credit(
                    falling(took.0, full.0, none.0),
                    Some(first.seq),
                    [Some(first.seq), Some(reached.seq)],
                    format!(
                        "It got there {} after the first in the team knew; all points up to {}, none from {}.",
                        words(took),
                        words(full),
                        words(none)
                    ),
                )
            }
            None => {
                let left = self.measures.ended - first.in_play();
                if left < full {
                    return self.too_late(left, full).through([Some(first.seq)]);
                }
                let says =
                    format!("It never got there in the {} there were; all points up to {}, none from {}.", words(left), words(full), words(none));
                Judged::credit(0, Some(first.seq), [Some(first.seq)], says)
            }
        }
    }

    /// Alerts that nobody took up count as never, unless ENDEX came before `full` had passed: those are left out.
    fn alerts_taken_up(&self, full: Span, none: Span) -> Judged {
        let ended = self.measures.ended;
        let alerts: Vec<_> = self.measures.alerts.real().filter(|alert| alert.taken_up.is_some() || ended - alert.raised.in_play() >= full).collect();
        let Some(first) = alerts.first() else { return Judged::none("there was no alert on a real trace, or none early enough") };
        let opened = Some(first.raised.seq);
        let mut waits: Vec<Option<Span>> = alerts.iter().map(|alert| alert.wait()).collect();
        let never = waits.iter().filter(|wait| wait.is_none()).count();
        let facts: Vec<Option<u32>> = alerts.iter().flat_map(|alert| [Some(alert.raised.seq), alert.taken_up.map(|mark| mark.seq)]).collect();
        let of = many(waits.len() as u64, "real alert", "real alerts");
        match median(&mut waits) {
            Some(wait) => Judged::credit(
                falling(wait.0, full.0, none.0),
                opened,
                facts,
                format!(
                    "Of {of} the middle one was taken up after {}{}; all points up to {}, none from {}.",
                    words(wait),
                    if never > 0 { format!(", and {never} never") } else { String::new() },
                    words(full),
                    words(none)
                ),
            ),
            None => Judged::credit(0, opened, facts, format!("Of {of}, {never} were never taken up, so that the median one never was.")),
        }
    }

    fn alerts_judged(&self, full: u8, none: u8) -> Judged {
        let alerts = &self.measures.alerts;
        let (right, count) = alerts.judged_right();
        if count == 0 {
            return Judged::none("no alert was judged, and none was real");
        }
        let counted = || alerts.list.iter().filter(|alert| alert.judged.is_some() || alert.is_real());
        let milli = i64::from(right) * 1000 / i64::from(count);
        Judged::credit(
            rising(milli, i64::from(full) * 10, i64::from(none) * 10),
            counted().map(|alert| alert.raised.seq).next(),
            counted().flat_map(|alert| [Some(alert.raised.seq), alert.judged.map(|(mark, _)| mark.seq)]),
            format!(
                "{right} of {} judged as what they were, a real one that nobody judged counting as wrong: {} percent; all points from {full}, none up to {none}.",
                many(count.into(), "alert was", "alerts were"),
                milli / 10
            ),
        )
    }

    fn clock(&self, at: ExerciseTime) -> String {
        self.program.public.calendar.label(at)
    }

    fn moment(&self, at: ExerciseTime) -> String {
        if at < STARTEX { format!("before play began, on {}", self.clock(at)) } else { format!("{} after play began", words(at - STARTEX)) }
    }
}

/// A number and its noun: `1 claim`, `2 claims`.
fn many(count: u64, one: &str, more: &str) -> String {
    format!("{} {}", grouped(count.min(i64::MAX as u64) as i64), if count == 1 { one } else { more })
}

/// Tenths of a whole as people say them: `0.4 times`, `3 times`, `59.4 times`; from a hundred on without the tenth.
fn times(tenths: i64) -> String {
    match (tenths / 10, tenths % 10) {
        (1, 0) => "1 time".to_owned(),
        (whole @ 0..100, tenth @ 1..) => format!("{whole}.{tenth} times"),
        (whole, _) => format!("{} times", grouped(whole)),
    }
}

/// A span in words: `47 minutes`, `3 hours 5 minutes`, `2 days 1 hour`, `30 seconds`.
fn words(span: Span) -> String {
    let seconds = span.0.unsigned_abs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let mut parts = Vec::new();
    if days > 0 {
        parts.push(many(days, "day", "days"));
    }
    if hours > 0 {
        parts.push(many(hours, "hour", "hours"));
    }
    if minutes > 0 && days == 0 {
        parts.push(many(minutes, "minute", "minutes"));
    }
    if parts.is_empty() {
        parts.push(if seconds == 0 { "no time".to_owned() } else { many(seconds, "second", "seconds") });
    }
    parts.join(" ")
}
