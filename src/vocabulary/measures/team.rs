//! Tasks and who did them, vendors and what they cost, trust.

use std::collections::BTreeMap;

use super::{Mark, clipped, rounded};
use crate::ids::{ActionId, DenseId, Key, RoleId, StaffId};
use crate::scenario::program::Program;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication;
use crate::vocabulary::team::{Fact, Outcome};

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its key.
    pub key: Key,
    /// Who ordered it.
    pub role: RoleId,
    /// What.
    pub action: ActionId,
    /// Since when it waited.
    pub queued: Mark,
    /// Who worked on it, and from when.
    pub started: Vec<(StaffId, Mark)>,
    /// How it ended.
    pub ended: Option<(Mark, Outcome)>,
}

/// The trust of one stakeholder, 0 to 10.
#[derive(Clone, Debug)]
pub struct TrustLine {
    /// At STARTEX.
    pub first: u8,
    /// At ENDEX.
    pub last: u8,
    /// The least there was.
    pub lowest: u8,
    /// Changes, in order.
    pub changes: Vec<(Mark, u8)>,
}

/// What people did.
#[derive(Clone, Debug)]
pub struct Team {
    /// Tasks, in the order they were queued.
    pub tasks: Vec<Task>,
    /// When a vendor was first called in, by vendor.
    pub engaged: Vec<Option<Mark>>,
    /// When its people were first at work.
    pub arrived: Vec<Option<Mark>>,
    /// Who went home too tired to go on, and when.
    pub went_home: Vec<(StaffId, Mark)>,
    /// By stakeholder.
    pub trust: Vec<TrustLine>,
    by_key: BTreeMap<Key, usize>,
    vendor_cost_an_hour: Vec<i64>,
    ended: ExerciseTime,
}

impl Team {
    pub(super) fn begin(program: &Program) -> Team {
        let public = &program.public;
        Team {
            tasks: Vec::new(),
            engaged: vec![None; public.vendors.len()],
            arrived: vec![None; public.vendors.len()],
            went_home: Vec::new(),
            trust: public
                .stakeholders
                .iter()
                .map(|who| TrustLine { first: who.trust, last: who.trust, lowest: who.trust, changes: Vec::new() })
                .collect(),
            by_key: BTreeMap::new(),
            vendor_cost_an_hour: public.vendors.iter().map(|vendor| vendor.cost_an_hour_minor_units).collect(),
            ended: ExerciseTime(0),
        }
    }

    pub(super) fn take(&mut self, mark: Mark, fact: &Fact) {
        match *fact {
            Fact::TaskQueued { task, role, action, .. } => {
                self.by_key.insert(task, self.tasks.len());
                self.tasks.push(Task { key: task, role, action, queued: mark, started: Vec::new(), ended: None });
            }
            Fact::TaskStarted { task, staff } => self.change(task, |task| task.started.push((staff, mark))),
            Fact::TaskEnded { task, outcome } => self.change(task, |task| task.ended = task.ended.or(Some((mark, outcome)))),
            Fact::VendorEngaged { vendor, .. } => first(&mut self.engaged, vendor.index(), mark),
            Fact::VendorArrived { vendor } => first(&mut self.arrived, vendor.index(), mark),
            Fact::WentHome { staff } => self.went_home.push((staff, mark)),
            _ => {}
        }
    }

    pub(super) fn take_trust(&mut self, mark: Mark, fact: &communication::Fact) {
        if let communication::Fact::TrustBecame { stakeholder, trust } = *fact
            && let Some(line) = self.trust.get_mut(stakeholder.index())
        {
            line.last = trust;
            line.lowest = line.lowest.min(trust);
            line.changes.push((mark, trust));
        }
    }

    pub(super) fn end(&mut self, ended: ExerciseTime) {
        self.ended = ended;
    }

    fn change(&mut self, key: Key, change: impl FnOnce(&mut Task)) {
        if let Some(place) = self.by_key.get(&key) {
            change(&mut self.tasks[*place]);
        }
    }

    /// How long a task waited for somebody; up to ENDEX if nobody ever came, or up to its end if it ended without.
    pub fn waited(&self, task: &Task) -> Span {
        let started = task.started.first().map(|(_, mark)| mark.at);
        started.or(task.ended.map(|(mark, _)| mark.at)).unwrap_or(self.ended).max(task.queued.at) - task.queued.at
    }

    /// How long people worked on a task, added up over those who did, up to ENDEX.
    pub fn worked(&self, task: &Task) -> Span {
        let until = task.ended.map_or(self.ended, |(mark, _)| mark.at);
        Span(task.started.iter().map(|(_, mark)| (until - mark.at).0.max(0)).sum())
    }

    /// Tasks that could not be done.
    pub fn failed(&self) -> usize {
        self.tasks.iter().filter(|task| task.ended.is_some_and(|(_, outcome)| outcome == Outcome::Failed)).count()
    }

    /// What vendors cost: for each, cost an hour x hours from its arrival to ENDEX; rounded once, in minor units. One that is still on the way
    /// at ENDEX costs nothing yet.
    pub fn vendor_cost_minor_units(&self) -> i64 {
        let sum: i128 = self
            .arrived
            .iter()
            .zip(&self.vendor_cost_an_hour)
            .filter_map(|(arrived, cost)| Some(i128::from((self.ended - (*arrived)?.in_play()).0.max(0)) * i128::from(*cost)))
            .sum();
        clipped(rounded(sum, 3600))
    }
}

fn first(list: &mut [Option<Mark>], place: usize, mark: Mark) {
    if let Some(slot) = list.get_mut(place) {
        *slot = slot.or(Some(mark));
    }
}
