//! Alerts: which were real, who took them up, what triage made of them.

use std::collections::BTreeMap;

use super::Mark;
use crate::ids::{AssetId, Key, SensorId};
use crate::time::Span;
use crate::vocabulary::ledger::{Cause, Happened, Ledger};
use crate::vocabulary::{Fact as AnyFact, adversary, detection};

/// What an alert came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A trace of the adversary, by its place in the ledger.
    Trace(u32),
    /// Noise.
    Noise(u32),
    /// Its cause was not kept; it counts as neither real nor noise.
    Unknown,
}

/// One alert.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Alert {
    /// Its key.
    pub key: Key,
    /// When it was raised.
    pub raised: Mark,
    /// By which sensor.
    pub sensor: SensorId,
    /// About which machine.
    pub asset: AssetId,
    /// What it came from.
    pub source: Source,
    /// When somebody first took it up: acknowledged it, or came to a verdict. Putting it aside is not taking it up.
    pub taken_up: Option<Mark>,
    /// The last verdict.
    pub judged: Option<(Mark, bool)>,
    /// When it was first put aside.
    pub dismissed: Option<Mark>,
}

impl Alert {
    /// Whether it came from a trace of the adversary.
    pub fn is_real(&self) -> bool {
        matches!(self.source, Source::Trace(_))
    }

    /// How long it took until somebody took it up, from when it was raised or from STARTEX if that was later.
    pub fn wait(&self) -> Option<Span> {
        Some(self.taken_up?.in_play() - self.raised.in_play())
    }
}

/// All alerts, in the order they were raised.
#[derive(Clone, Debug, Default)]
pub struct Alerts {
    /// In order.
    pub list: Vec<Alert>,
    by_key: BTreeMap<Key, usize>,
}

impl Alerts {
    pub(super) fn take(&mut self, ledger: &Ledger, happened: &Happened, fact: &detection::Fact) {
        use detection::Fact;
        let mark = Mark::of(happened);
        match *fact {
            Fact::AlertRaised { alert, sensor, asset, .. } => {
                self.by_key.insert(alert, self.list.len());
                let source = source(ledger, happened);
                self.list.push(Alert { key: alert, raised: mark, sensor, asset, source, taken_up: None, judged: None, dismissed: None });
            }
            Fact::Acknowledged { alert } => self.change(alert, |alert| alert.taken_up = alert.taken_up.or(Some(mark))),
            Fact::Judged { alert, real } => self.change(alert, |alert| {
                alert.taken_up = alert.taken_up.or(Some(mark));
                alert.judged = Some((mark, real));
            }),
            Fact::Dismissed { alert } => self.change(alert, |alert| alert.dismissed = alert.dismissed.or(Some(mark))),
            _ => {}
        }
    }

    fn change(&mut self, key: Key, change: impl FnOnce(&mut Alert)) {
        if let Some(place) = self.by_key.get(&key) {
            change(&mut self.list[*place]);
        }
    }

    /// One alert.
    pub fn get(&self, key: Key) -> Option<&Alert> {
        self.by_key.get(&key).map(|place| &self.list[*place])
    }

    /// Those that came from a trace.
    pub fn real(&self) -> impl Iterator<Item = &Alert> {
        self.list.iter().filter(|alert| alert.is_real())
    }

    /// The first on a real trace.
    pub fn first_real(&self) -> Option<&Alert> {
        self.real().next()
    }

    /// When somebody first took a real one up.
    pub fn first_taken_up(&self) -> Option<Mark> {
        self.real().filter_map(|alert| alert.taken_up).min()
    }

    /// When triage first rightly held one to be real.
    pub fn first_confirmed(&self) -> Option<Mark> {
        self.real().filter_map(|alert| alert.judged.filter(|(_, real)| *real)).map(|(mark, _)| mark).min()
    }

    /// How many were judged right, and how many count: those judged, and real ones that were not. Alerts of unknown source do not count.
    pub fn judged_right(&self) -> (u32, u32) {
        let (mut right, mut count) = (0, 0);
        for alert in self.list.iter().filter(|alert| alert.source != Source::Unknown) {
            if alert.judged.is_some() || alert.is_real() {
                count += 1;
                right += u32::from(alert.judged.is_some_and(|(_, real)| real == alert.is_real()));
            }
        }
        (right, count)
    }
}

/// Follows the causes of an alert to the trace or the noise it came from.
fn source(ledger: &Ledger, raised: &Happened) -> Source {
    let mut now = *raised;
    while let Cause::Fact(seq) = now.cause {
        match ledger.get(seq as usize) {
            Some(earlier) if seq < now.seq => now = *earlier,
            _ => return Source::Unknown,
        }
        match now.fact {
            AnyFact::Adversary(adversary::Fact::Trace { .. }) => return Source::Trace(now.seq),
            AnyFact::Detection(detection::Fact::Noise { .. }) => return Source::Noise(now.seq),
            _ => {}
        }
    }
    Source::Unknown
}

/// The median of waits in which some never came to an end: the middle one, or the mean of the two middle ones rounded down; none if the middle
/// never came. NIST and practice report medians of response times because one forgotten alert must not decide a mean.
pub(crate) fn median(waits: &mut [Option<Span>]) -> Option<Span> {
    waits.sort_by_key(|wait| (wait.is_none(), *wait));
    let middle = waits.len() / 2;
    let upper = waits.get(middle).copied()??;
    if waits.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = waits.get(middle.checked_sub(1)?).copied()??;
    Some(Span((lower.0 + upper.0).div_euclid(2)))
}
