//! The night in which the clocks change, and what is written for an hour that it leaves out or has twice.

use chrono::NaiveDateTime;

use super::super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::{Located, Place};
use crate::scenario::written::{Also, Fires, NotBefore, Sheet};
use crate::time::{ClockChange, MOST_CLOCK_CHANGES, Moment, Span};

/// No clock was ever put further than that.
const FARTHEST: Span = Span::hours(3);

fn date(written: &Located<String>) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(written.trim(), "%Y-%m-%d %H:%M").ok()
}

/// Those that can be read.
pub(in crate::scenario::check) fn clock_changes(sheet: &Sheet) -> Vec<ClockChange> {
    let readable = |by: Span| by.0 != 0 && by.0.abs() <= FARTHEST.0;
    let changes = sheet.clock_changes.iter().filter(|change| readable(change.by.value));
    changes.filter_map(|change| Some(ClockChange { at: date(&change.at)?, by: change.by.value })).collect()
}

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    changes(context.sheet, found);
    hours(context, found);
}

fn changes(sheet: &Sheet, found: &mut Diagnostics) {
    let wrong = |at: Place, what: String, expected: &str, help: &str, found: &mut Diagnostics| found.add(Code::ClockChange, at, what, expected, help);
    let mut dates: Vec<(NaiveDateTime, Place)> = Vec::new();
    for change in &sheet.clock_changes {
        match date(&change.at) {
            Some(date) => dates.push((date, change.at.at)),
            None => wrong(
                change.at.at,
                format!("clocks that change at \"{}\"", change.at.value),
                "the date, and what the clocks show just before: \"2026-10-25 02:00\"",
                "year, month, day, hours and minutes, with leading zeros",
                found,
            ),
        }
        let by = change.by.value;
        if by.0 == 0 || by.0.abs() > FARTHEST.0 {
            let help = "in spring the clocks go forward, `\"1h\"`, and in autumn back, `\"-1h\"`";
            wrong(change.by.at, format!("clocks that are put by {by}"), "at most three hours, forward or back", help, found);
        }
    }
    dates.sort_by_key(|(date, _)| *date);
    for pair in dates.windows(2) {
        if (pair[1].0 - pair[0].0).num_hours() < 24 {
            let what = format!(
                "clocks that change twice within a day, at {} and {}",
                pair[0].0.format("%a %-d %b %H:%M"),
                pair[1].0.format("%a %-d %b %H:%M")
            );
            wrong(pair[1].1, what, "a day or more between two changes", "leave one of the two out", found);
        }
    }
    if let Some(beyond) = sheet.clock_changes.get(MOST_CLOCK_CHANGES) {
        let what = format!("{} changes of the clocks", sheet.clock_changes.len());
        let expected = format!("at most {MOST_CLOCK_CHANGES}");
        wrong(beyond.at.at, what, &expected, "only those between the first day of the past and ENDEX matter", found);
    }
    for (name, written) in [("STARTEX", &sheet.startex), ("ENDEX", &sheet.endex)] {
        let Some((written, date)) = written.as_ref().and_then(|written| Some((written, date(written)?))) else { continue };
        if clock_changes(sheet).iter().any(|change| (change.odd_from()..change.odd_until()).contains(&date)) {
            let what = format!("{name} at {}, in the hour in which the clocks change", date.format("%a %-d %b %H:%M"));
            wrong(written.at, what, "a time of day that comes once", "take one before that hour or behind it", found);
        }
    }
}

/// Times of day that an author wrote, in the order of the sheet.
fn written<'a>(context: &Context<'a>) -> impl Iterator<Item = (Moment, Place)> + use<'a> {
    let sheet = context.sheet;
    let fires = |fires: &Fires| match fires {
        Fires::At(moment) => Some((moment.value, moment.at)),
        _ => None,
    };
    let injects = context.injects().flat_map(move |(_, inject)| {
        let absences = inject.also.iter().flat_map(|also| match also {
            Also::Absent { from, until, .. } => vec![(from.value, from.at), (until.value, until.at)],
            _ => Vec::new(),
        });
        fires(&inject.fires).into_iter().chain(absences)
    });
    let campaign = sheet.campaign.iter().flat_map(|campaign| {
        let stages = campaign.next.iter().filter_map(|stage| stage.not_before.as_ref()).filter_map(|when| match when.value {
            NotBefore::Moment(moment) => Some((moment, when.at)),
            NotBefore::Clock(_) => None,
        });
        campaign.past.iter().map(|past| (past.at.value, past.at.at)).chain(stages)
    });
    let gates = context.gates().filter_map(move |(_, gate)| fires(&gate.opens));
    sheet.moves.iter().map(|turn| (turn.opens.value, turn.opens.at)).chain(injects).chain(gates).chain(campaign)
}

fn hours(context: &Context<'_>, found: &mut Diagnostics) {
    let Some(calendar) = context.calendar.filter(|calendar| calendar.changes().next().is_some()) else { return };
    for (moment, at) in written(context) {
        let Some(date) = calendar.date_of(moment) else { continue };
        let shown = date.format("%a %-d %b %H:%M");
        match calendar.times_of(date).count() {
            0 => found.add(
                Code::LeftOutHour,
                at,
                format!("{shown}, which the clocks leave out"),
                "a time of day that comes",
                "the clocks go forward over it: take one before that hour or behind it",
            ),
            1 => {}
            _ => found.add(
                Code::HourTwice,
                at,
                format!("{shown}, which comes twice: the clocks go back over it"),
                "a time of day that comes once, or the first of the two",
                "the first is taken; for the second, count from the opening of the move: \"+90m\"",
            ),
        }
    }
}
