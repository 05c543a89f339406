//! Moments, durations, percentages and counts.

mod clocks;

use super::Context;
use crate::scenario::bounds::{LONGEST_EXERCISE, MOST_FALSE_ALERTS};
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::scenario::located::{Located, Place};
use crate::scenario::written::{Also, Fires, Measure, Money, NotBefore, Range, Setting};
use crate::time::{ExerciseTime, Moment, Span};

pub(super) use clocks::clock_changes;

/// Longer than this, a single piece of work or a wait was probably written in the wrong unit.
const LONG_WORK: Span = Span::hours(14 * 24);
/// Longer than this, a talk of the room was.
const LONG_TALK: Span = Span::hours(8);

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    bounds(context, found);
    if let Some(written) = &context.sheet.time_zone {
        zone(written, found);
    }
    clocks::check(context, found);
    moves(context, found);
    injects_and_gates(context, found);
    people(context, found);
    estate(context, found);
    campaign(context, found);
    rubric(context, found);
    library(context, found);
}

fn bounds(context: &Context<'_>, found: &mut Diagnostics) {
    for (name, written) in [("startex", &context.sheet.startex), ("endex", &context.sheet.endex)] {
        let Some(written) = written else { continue };
        if chrono::NaiveDateTime::parse_from_str(written.trim(), "%Y-%m-%d %H:%M").is_err() {
            let what = format!("`{name}: \"{}\"`", written.value);
            found.add(
                Code::ExerciseBounds,
                written.at,
                what,
                "a date and a time of day: \"2026-05-14 16:20\"",
                "year, month, day, hours and minutes, with leading zeros",
            );
        }
    }
    let (Some(calendar), Some(endex)) = (context.calendar, &context.sheet.endex) else { return };
    let Ok(date) = chrono::NaiveDateTime::parse_from_str(endex.trim(), "%Y-%m-%d %H:%M") else { return };
    let length = calendar.time_of(date);
    if length.0 <= 0 {
        let what = "ENDEX at or before STARTEX".to_owned();
        found.add(Code::EndBeforeStart, endex.at, what, "an ENDEX after STARTEX", "look at the day and the month");
    } else if length.0 > LONGEST_EXERCISE.0 {
        let what = format!("an exercise of {}", Span(length.0));
        found.add(
            Code::EndBeforeStart,
            endex.at,
            what,
            "at most sixty days",
            "look at the month and the year; what lies before STARTEX belongs into the past of the campaign",
        );
    }
}

/// A time zone is shown and never computed with, so one that nobody knows is a slip and no fault.
pub(super) fn zone(written: &Located<String>, found: &mut Diagnostics) {
    const ZONES: &str = include_str!("../../../assets/time-zones.txt");
    let known = || ZONES.lines().filter(|line| !line.starts_with('#'));
    if known().any(|zone| zone == written.value) {
        return;
    }
    let help = did_you_mean(written, known()).map_or_else(
        || "look the place up in the IANA time zone database; times are all in this one zone and are never converted".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let what = format!("the time zone `{}`, which the IANA time zone database does not have", written.value);
    found.add(Code::UnknownZone, written.at, what, "a name such as `Europe/Dublin`, or `UTC`", help);
}

/// A duration in which time must pass.
fn positive(span: &Located<Span>, what: &str, longest: Span, found: &mut Diagnostics) {
    if span.0 <= 0 {
        found.add(Code::NoDuration, span.at, format!("{what} of {}", span.value), "a time longer than nothing", "write how long it takes");
    } else if span.value > longest {
        found.add(
            Code::AbsurdDuration,
            span.at,
            format!("{what} of {}", span.value),
            format!("at most {longest}"),
            "look at the unit: m is minutes, h hours, d days, w weeks",
        );
    }
}

/// A duration that may be nothing.
fn not_negative(span: &Located<Span>, what: &str, longest: Span, found: &mut Diagnostics) {
    if span.0 != 0 {
        positive(span, what, longest, found);
    }
}

fn percent(value: Option<&Located<u8>>, found: &mut Diagnostics) {
    if let Some(value) = value.filter(|value| value.value > 100) {
        found.add(Code::Percent, value.at, format!("{} percent", value.value), "0 to 100", "100 is always");
    }
}

fn at_least_one(value: u64, at: Place, what: &str, found: &mut Diagnostics) {
    if value == 0 {
        found.add(Code::ZeroCount, at, format!("{what} of 0"), "at least 1", "leave the whole entry out where there is none");
    }
}

fn scale(value: i64, at: Place, low: i64, high: i64, what: &str, found: &mut Diagnostics) {
    if !(low..=high).contains(&value) {
        found.add(Code::OffScale, at, format!("{what} of {value}"), format!("{low} to {high}"), "stay on the scale");
    }
}

fn inside(context: &Context<'_>, time: Option<ExerciseTime>, at: Place, what: &str, found: &mut Diagnostics) -> bool {
    let (Some(time), Some(endex)) = (time, context.endex) else { return true };
    if time.0 >= 0 && time <= endex {
        return true;
    }
    let side = if time.0 < 0 { "before STARTEX" } else { "after ENDEX" };
    let label = context.calendar.map_or_else(String::new, |calendar| format!(" ({})", calendar.label(time)));
    found.add(
        Code::OutsideExercise,
        at,
        format!("{what} at {time}{label}, {side}"),
        "a moment between STARTEX and ENDEX",
        "look at the day, and at STARTEX and ENDEX",
    );
    false
}

fn moves(context: &Context<'_>, found: &mut Diagnostics) {
    let mut latest: Option<ExerciseTime> = None;
    for (index, turn) in context.sheet.moves.iter().enumerate() {
        positive(&turn.talk, "a talk", LONG_TALK, found);
        let opens = context.openings[index];
        if !inside(context, opens, turn.opens.at, "a move that opens", found) {
            continue;
        }
        if let (Some(opens), Some(endex)) = (opens, context.endex)
            && opens == endex
        {
            found.add(Code::OutsideExercise, turn.opens.at, "a move that opens at ENDEX", "a moment before ENDEX", "nothing can happen in it");
        }
        if let (Some(before), Some(opens)) = (latest, opens)
            && opens <= before
        {
            found.add(
                Code::MoveOrder,
                turn.opens.at,
                format!("a move that opens at {opens}, not after the one before it ({before})"),
                "moves in the order in which they open",
                "look at the day",
            );
        }
        latest = latest.max(opens);
    }
}

fn injects_and_gates(context: &Context<'_>, found: &mut Diagnostics) {
    for (turn, inject) in context.injects() {
        if let Some(talk) = &inject.talk {
            positive(talk, "a talk", LONG_TALK, found);
        }
        fires(context, turn, &inject.fires, "an inject", found);
        for also in &inject.also {
            self::also(context, turn, also, found);
        }
    }
    for (turn, gate) in context.gates() {
        positive(&gate.decide_within, "a time for deciding", LONG_WORK, found);
        if let Some(talk) = &gate.talk {
            positive(talk, "a talk", LONG_TALK, found);
        }
        fires(context, Some(turn), &gate.opens, "a gate", found);
        if let (Fires::At(moment), Some(opening), Some(endex)) = (&gate.opens, context.openings[turn], context.endex)
            && let Some(opens) = context.time(moment.value, opening)
            && opens <= endex
            && opens + gate.decide_within.value > endex
        {
            let what = format!("a gate whose time is up at {}, after ENDEX", opens + gate.decide_within.value);
            found.add(
                Code::EndsAfterEndex,
                gate.decide_within.at,
                what,
                "a gate that is decided within the exercise",
                "open it earlier, or give less time",
            );
        }
    }
}

fn fires(context: &Context<'_>, turn: Option<usize>, fires: &Fires, what: &str, found: &mut Diagnostics) {
    let opening = turn.and_then(|turn| context.openings[turn]);
    match fires {
        Fires::At(moment) => {
            let origin = opening.unwrap_or(ExerciseTime(0));
            let time = context.time(moment.value, origin);
            if !inside(context, time, moment.at, what, found) {
                return;
            }
            let (Some(time), Some(turn)) = (time, turn) else { return };
            if opening.is_some_and(|opening| time < opening) {
                found.add(
                    Code::OutsideExercise,
                    moment.at,
                    format!("{what} at {time}, before its move opens ({origin})"),
                    "a moment in its move",
                    "`\"+5m\"` counts from the opening of the move",
                );
            }
            if let Some(Some(next)) = context.openings.get(turn + 1)
                && time >= *next
                && opening.is_some_and(|opening| opening < *next)
            {
                found.add(
                    Code::AfterItsMove,
                    moment.at,
                    format!("{what} at {time}, when the next move has opened ({next})"),
                    "a moment in its move",
                    "move it to the next move, or fire it earlier",
                );
            }
        }
        Fires::IfNot { within, .. } => positive(within, "a time for doing it", LONG_WORK, found),
        _ => {}
    }
}

fn also(context: &Context<'_>, turn: Option<usize>, also: &Also, found: &mut Diagnostics) {
    match also {
        Also::Outage { lasts: Some(lasts), .. } => positive(lasts, "an outage", LONG_WORK, found),
        Also::Outage { .. } => {}
        Also::Absent { from, until, .. } => {
            let origin = turn.and_then(|turn| context.openings[turn]).unwrap_or(ExerciseTime(0));
            let (start, end) = (context.time(from.value, origin), context.time(until.value, origin));
            inside(context, start, from.at, "an absence that begins", found);
            if let (Some(start), Some(end)) = (start, end)
                && end <= start
            {
                found.add(
                    Code::RangeInverted,
                    until.at,
                    format!("an absence until {end} that begins at {start}"),
                    "an end after the beginning",
                    "`\"Thu 22:00\"` is the first such day from STARTEX on",
                );
            }
        }
        Also::Volunteers { people, .. } => at_least_one(people.value.into(), people.at, "a number of people", found),
        Also::Trust { by, .. } => scale(by.value.into(), by.at, -10, 10, "a change of trust", found),
    }
}

fn people(context: &Context<'_>, found: &mut Diagnostics) {
    for staff in &context.sheet.staff {
        if let Some(comes) = &staff.comes_within {
            not_negative(comes, "a way to work", LONG_WORK, found);
        }
    }
    for vendor in &context.sheet.vendors {
        not_negative(&vendor.arrives_within, "a way to us", LONG_WORK, found);
        for brings in &vendor.brings {
            at_least_one(brings.people.value.into(), brings.people.at, "a number of people", found);
        }
    }
    for who in &context.sheet.stakeholders {
        scale(who.trust.value.into(), who.trust.at, 0, 10, "a trust", found);
        for hear in &who.must_hear {
            positive(&hear.within, "a time to hear in", LONG_WORK, found);
        }
    }
    for step in context.sheet.plan.iter().flat_map(|plan| &plan.steps) {
        if let Some(within) = &step.within {
            positive(within, "a time for a step", LONG_WORK, found);
        }
    }
    for question in &context.sheet.about_us {
        for setting in question.yes.iter().chain(&question.no) {
            if let Setting::LeadTime { takes, .. } = setting {
                not_negative(takes, "a lead time", LONG_WORK, found);
            }
        }
    }
}

fn estate(context: &Context<'_>, found: &mut Diagnostics) {
    let estate = context.estate();
    for asset in &estate.assets {
        if let Some(count) = &asset.count {
            at_least_one(count.value.into(), count.at, "a count", found);
        }
    }
    for data in &estate.data {
        if let Some(made) = &data.made {
            not_negative(made, "an age of a backup", Span::hours(366 * 24), found);
        }
    }
    let mut currency: Option<String> = None;
    let mut same_currency = |money: &Located<Money>, found: &mut Diagnostics| {
        let first = currency.get_or_insert_with(|| money.currency.clone());
        if *first != money.currency {
            let what = format!("an amount in {}, where others are in {first}", money.currency);
            found.add(Code::TwoCurrencies, money.at, what, format!("amounts in {first}"), "costs are added up; nothing is converted");
        }
    };
    for service in &estate.services {
        positive(&service.rto, "a recovery time", Span::hours(90 * 24), found);
        if let Some(money) = &service.cost_an_hour {
            same_currency(money, found);
        }
        if let Some(criticality) = &service.criticality {
            scale(criticality.value.into(), criticality.at, 1, 5, "a criticality", found);
        }
        if let Some(workaround) = &service.workaround {
            percent(Some(&workaround.level_percent), found);
            positive(&workaround.holds, "a workaround", Span::hours(90 * 24), found);
        }
    }
    for vendor in &context.sheet.vendors {
        if let Some(money) = &vendor.cost_an_hour {
            same_currency(money, found);
        }
    }
    noise(context, found);
    for sensor in &context.sheet.sensors {
        percent(sensor.notices_percent.as_ref(), found);
        positive(&sensor.keeps, "a keeping of records", Span::hours(10 * 366 * 24), found);
        if let Some(after) = &sensor.after {
            not_negative(after, "a delay", LONG_WORK, found);
        }
        if let Some(takes) = &sensor.answer_takes {
            not_negative(takes, "an answer", LONG_WORK, found);
        }
    }
}

/// Alerts that mean nothing, over the whole exercise.
fn noise(context: &Context<'_>, found: &mut Diagnostics) {
    let Some(endex) = context.endex else { return };
    let mut total = 0;
    for sensor in &context.sheet.sensors {
        let Some(noise) = &sensor.noise_a_day else { continue };
        let before = total;
        total += i64::from(noise.value) * endex.0 / 86_400;
        if total > MOST_FALSE_ALERTS && before <= MOST_FALSE_ALERTS {
            let what = format!("{total} false alerts over the exercise, with those of the sensors before");
            found.add(Code::OffScale, noise.at, what, format!("at most {MOST_FALSE_ALERTS}, over all sensors"), "ten a day is much for two people");
        }
    }
}

fn range(range: &Range, found: &mut Diagnostics) {
    match range {
        Range::Between(low, high) => {
            not_negative(low, "a duration", LONG_WORK, found);
            positive(high, "a duration", LONG_WORK, found);
            if high.value < low.value && high.0 > 0 {
                found.add(
                    Code::RangeInverted,
                    low.at,
                    format!("between {} and {}", low.value, high.value),
                    "the shorter time first",
                    "exchange the two",
                );
            }
        }
        Range::Exactly(span) => positive(span, "a duration", LONG_WORK, found),
    }
}

fn campaign(context: &Context<'_>, found: &mut Diagnostics) {
    for technique in &context.sheet.techniques {
        range(&technique.takes, found);
        for leaves in &technique.leaves {
            percent(Some(&leaves.loudness_percent), found);
        }
    }
    let Some(campaign) = &context.sheet.campaign else { return };
    if let Some(hands) = &campaign.hands {
        at_least_one(hands.value.into(), hands.at, "a number of hands", found);
    }
    if let Some(patience) = &campaign.patience {
        at_least_one(patience.value.into(), patience.at, "a patience", found);
    }
    for reaction in &campaign.if_noticed {
        match reaction {
            crate::scenario::written::Reaction::Hurry { chance_percent, .. } => percent(Some(chance_percent), found),
            crate::scenario::written::Reaction::LieLow { lasts } => positive(lasts, "a quiet time", LONG_WORK, found),
        }
    }
    for past in &campaign.past {
        let Some(time) = context.time(past.at.value, ExerciseTime(0)) else { continue };
        if time.0 >= 0 {
            found.add(
                Code::PastNotPast,
                past.at.at,
                format!("something of the past at {time}"),
                "a moment before STARTEX: \"-11d 02:40\"",
                "what comes after STARTEX is a stage under `next`, without a time",
            );
        } else if time.0 < -3 * 366 * 86_400 {
            found.add(
                Code::AbsurdDuration,
                past.at.at,
                format!("something of the past at {time}"),
                "at most three years before STARTEX",
                "look at the number of days",
            );
        }
    }
    for stage in &campaign.next {
        range(&stage.takes, found);
        if let Some(not_before) = &stage.not_before
            && let NotBefore::Moment(moment) = not_before.value
            && !matches!(moment, Moment::After(span) if span.0 == 0)
        {
            inside(context, context.time(moment, ExerciseTime(0)), not_before.at, "a stage that begins", found);
        }
    }
}

fn rubric(context: &Context<'_>, found: &mut Diagnostics) {
    for criterion in context.sheet.objectives.iter().flat_map(|objective| &objective.targets).flat_map(|target| &target.criteria) {
        match &criterion.measure {
            Measure::Minutes { full, none, .. }
            | Measure::Shared { full, none, .. }
            | Measure::AlertsTakenUp { full, none }
            | Measure::WorkaroundsInTime { full, none, .. } => {
                not_negative(full, "a time for all points", Span::hours(90 * 24), found);
                positive(none, "a time for no points", Span::hours(90 * 24), found);
            }
            Measure::Heard { within, .. } => positive(within, "a time to hear in", LONG_WORK, found),
            Measure::ScopeKnown { full_percent, none_percent }
            | Measure::EvidenceKept { full_percent, none_percent }
            | Measure::LogCovers { full_percent, none_percent }
            | Measure::AlertsJudged { full_percent, none_percent } => {
                percent(Some(full_percent), found);
                percent(Some(none_percent), found);
            }
            _ => {}
        }
    }
}

fn library(context: &Context<'_>, found: &mut Diagnostics) {
    for action in &context.sheet.actions {
        for span in action.takes.iter().chain(&action.each) {
            not_negative(span, "a piece of work", LONG_WORK, found);
        }
        if let Some(people) = &action.people {
            at_least_one(people.value.into(), people.at, "a number of people", found);
        }
    }
    for rule in &context.sheet.rules {
        use crate::scenario::written::Deadline;
        match &rule.deadline {
            Deadline::Hours(n) | Deadline::CalendarDays(n) | Deadline::BusinessDays(n) => at_least_one(n.value.into(), n.at, "a deadline", found),
            Deadline::WithoutUndueDelay { taken_as } => positive(taken_as, "a deadline", Span::hours(90 * 24), found),
        }
    }
}
