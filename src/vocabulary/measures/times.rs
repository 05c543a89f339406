//! Response times, named after the timestamps they lie between.
//!
//! Practice uses the same four letters for different things; MTTR alone has two common meanings. So each time here says from which moment to
//! which it runs, and the moments themselves are in the report.

use serde::Serialize;

use super::{Mark, Measures, median};
use crate::time::Span;

/// The moments of an incident, and the times between them. Spans are in seconds; none where one of the moments did not come.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
pub struct Times {
    /// The first machine was taken; usually before STARTEX.
    pub compromised: Option<Mark>,
    /// The adversary left its first trace.
    pub first_trace: Option<Mark>,
    /// The first alert on a real trace was raised.
    pub first_alert: Option<Mark>,
    /// A real alert was first taken up.
    pub acknowledged: Option<Mark>,
    /// Triage first rightly held an alert to be real, or an incident was declared, whichever came first.
    pub triaged: Option<Mark>,
    /// From here to ENDEX the adversary holds nothing that can act and has no way back.
    pub contained: Option<Mark>,
    /// Contained, and no machine that was taken is left uncleaned: the later of containment and the last cleaning.
    pub eradicated: Option<Mark>,
    /// All services were whole again and stayed so.
    pub restored: Option<Mark>,
    /// Time to detect: from `compromised` to `first_alert`.
    pub to_detect: Option<Span>,
    /// Time to acknowledge: the median over alerts on real traces, from raised (or STARTEX) to taken up; none if the median one never was.
    pub to_acknowledge_median: Option<Span>,
    /// Time to triage: from `acknowledged` to `triaged`.
    pub to_triage: Option<Span>,
    /// Time to contain: from `first_alert` to `contained`.
    pub to_contain: Option<Span>,
    /// Time to respond: from `first_alert` to `eradicated`.
    pub to_respond: Option<Span>,
    /// Time to restore: from `first_alert` to `restored`.
    pub to_restore: Option<Span>,
}

impl Times {
    pub(super) fn of(measures: &Measures) -> Times {
        let machines = &measures.machines;
        let between = |from: Option<Mark>, to: Option<Mark>| Some(to?.at - from?.at);
        let compromised = machines.taken.values().min().copied();
        let first_alert = measures.alerts.first_real().map(|alert| alert.raised);
        let acknowledged = measures.alerts.first_taken_up();
        let triaged = measures.alerts.first_confirmed().into_iter().chain(measures.declared).min();
        let contained = measures.contained();
        let eradicated = contained.filter(|_| machines.unclean.is_empty()).map(|contained| {
            let last = machines.spread.windows(2).rfind(|pair| pair[0].unclean > 0 && pair[1].unclean == 0).map(|pair| pair[1].mark);
            last.map_or(contained, |last| last.max(contained))
        });
        let restored = measures.services.all_restored();
        let mut waits: Vec<Option<Span>> = measures.alerts.real().map(|alert| alert.wait()).collect();
        Times {
            compromised,
            first_trace: machines.first_trace,
            first_alert,
            acknowledged,
            triaged,
            contained,
            eradicated,
            restored,
            to_detect: between(compromised, first_alert),
            to_acknowledge_median: median(&mut waits),
            to_triage: between(acknowledged, triaged).map(|span| span.max(Span::ZERO)),
            to_contain: between(first_alert, contained),
            to_respond: between(first_alert, eradicated),
            to_restore: between(first_alert, restored),
        }
    }
}
