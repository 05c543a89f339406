//! Machines taken, encrypted, cut off; evidence; backups; records copied out; when the adversary was gone.

use std::collections::BTreeMap;

use super::Mark;
use crate::ids::{AssetId, AssetSet, DenseId, StageId};
use crate::scenario::program::{Act, Program};
use crate::scenario::written::Count;
use crate::vocabulary::investigation::Evidence;
use crate::vocabulary::{adversary, estate, investigation};

/// How many machines there were of each kind after a fact: the spread over time.
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize, Debug)]
pub struct Spread {
    /// After which fact.
    pub mark: Mark,
    /// Taken up to then.
    pub taken: u32,
    /// Taken, and not cleaned, rebuilt or restored since.
    pub unclean: u32,
    /// Encrypted, and not rebuilt or restored since.
    pub encrypted: u32,
    /// Cut off or powered off by us.
    pub isolated: u32,
}

/// What became of machines and data.
#[derive(Clone, Debug, Default)]
pub struct Machines {
    /// Ever taken, and when first.
    pub taken: BTreeMap<AssetId, Mark>,
    /// Taken, and not cleaned, rebuilt or restored since. A machine that is cut off stays unclean.
    pub unclean: AssetSet,
    /// On which a trace of the adversary ever lay, taken or not.
    pub touched: AssetSet,
    /// Ever encrypted, and when first.
    pub encrypted_ever: BTreeMap<AssetId, Mark>,
    /// Encrypted, and not rebuilt or restored since.
    pub encrypted: AssetSet,
    /// Cut off the network by us.
    pub isolated: AssetSet,
    /// Powered off by us.
    pub off: AssetSet,
    /// Ever rebuilt, restored or powered off, and when first: what loses memory.
    pub wiped: BTreeMap<AssetId, Mark>,
    /// Found by somebody who looked to have been visited, and when first.
    pub found: BTreeMap<AssetId, Mark>,
    /// Evidence kept, and when first.
    pub evidence_kept: BTreeMap<(AssetId, Evidence), Mark>,
    /// Evidence lost, and when first.
    pub evidence_lost: BTreeMap<(AssetId, Evidence), Mark>,
    /// Counts after each change.
    pub spread: Vec<Spread>,
    /// Records copied out, by data store; not more than it has.
    pub copied: Vec<u32>,
    /// The facts of copying.
    pub copies: Vec<Mark>,
    /// Backups destroyed, by data store.
    pub destroyed: Vec<Option<Mark>>,
    /// Backups secured, by data store.
    pub secured: Vec<Option<Mark>>,
    /// The first trace of the adversary: the first moment at which a sensor could have seen something.
    pub first_trace: Option<Mark>,
    /// When the adversary made itself heard.
    pub demanded: Option<Mark>,
    /// Since when it holds nothing and has no way back.
    pub evicted: Option<Mark>,
    records: Vec<u32>,
    demands: Vec<StageId>,
}

impl Machines {
    pub(super) fn begin(program: &Program) -> Machines {
        let data = &program.public.data;
        Machines {
            copied: vec![0; data.len()],
            destroyed: vec![None; data.len()],
            secured: vec![None; data.len()],
            records: data.iter().map(|data| data.records).collect(),
            demands: program.secret.stages.iter().enumerate().filter(|(_, stage)| stage.act == Act::Demand).map(|(n, _)| StageId::at(n)).collect(),
            ..Machines::default()
        }
    }

    pub(super) fn take_estate(&mut self, mark: Mark, fact: &estate::Fact) {
        use estate::Fact;
        match *fact {
            Fact::Isolated { asset } => drop(self.isolated.insert(asset)),
            Fact::Reconnected { asset } => drop(self.isolated.remove(asset)),
            Fact::PoweredOff { asset } => {
                self.off.insert(asset);
                self.wiped.entry(asset).or_insert(mark);
            }
            Fact::PoweredOn { asset } => drop(self.off.remove(asset)),
            Fact::Encrypted { asset, .. } => {
                self.encrypted_ever.entry(asset).or_insert(mark);
                self.encrypted.insert(asset);
                self.touched.insert(asset);
                self.evicted = None;
            }
            Fact::Rebuilt { asset } => {
                self.unclean.remove(asset);
                self.encrypted.remove(asset);
                self.wiped.entry(asset).or_insert(mark);
            }
            Fact::Restored { asset, again, .. } => {
                self.encrypted.remove(asset);
                if again {
                    self.taken.entry(asset).or_insert(mark);
                    self.unclean.insert(asset);
                } else {
                    self.unclean.remove(asset);
                }
                self.wiped.entry(asset).or_insert(mark);
            }
            Fact::Cleaned { asset, missed } => {
                if !missed {
                    self.unclean.remove(asset);
                }
            }
            Fact::BackupDestroyed { data, .. } => {
                if let Some(destroyed) = self.destroyed.get_mut(data.index()) {
                    *destroyed = destroyed.or(Some(mark));
                }
                self.evicted = None;
                return;
            }
            Fact::BackupSecured { data } => {
                if let Some(secured) = self.secured.get_mut(data.index()) {
                    *secured = secured.or(Some(mark));
                }
                return;
            }
            _ => return,
        }
        self.note(mark);
    }

    pub(super) fn take_adversary(&mut self, mark: Mark, fact: &adversary::Fact) {
        use adversary::Fact;
        match *fact {
            Fact::Compromised { asset, .. } => {
                self.taken.entry(asset).or_insert(mark);
                self.unclean.insert(asset);
                self.touched.insert(asset);
                self.evicted = None;
                self.note(mark);
            }
            Fact::Trace { asset, .. } => {
                self.touched.insert(asset);
                self.first_trace = self.first_trace.or(Some(mark));
            }
            // What succeeds after an eviction shows that it was none. A demand needs no foothold.
            Fact::StageDone { stage, .. } if !self.demands.contains(&stage) => self.evicted = None,
            Fact::Demanded { .. } => self.demanded = self.demanded.or(Some(mark)),
            Fact::Copied { data, records, .. } => {
                if let (Some(copied), Some(all)) = (self.copied.get_mut(data.index()), self.records.get(data.index())) {
                    *copied = copied.saturating_add(records).min(*all);
                }
                self.copies.push(mark);
                self.evicted = None;
            }
            Fact::Evicted {} => self.evicted = self.evicted.or(Some(mark)),
            _ => {}
        }
    }

    pub(super) fn take_evidence(&mut self, mark: Mark, fact: &investigation::Fact) {
        use investigation::Fact;
        match *fact {
            Fact::Found { asset, .. } => drop(self.found.entry(asset).or_insert(mark)),
            Fact::EvidenceKept { asset, evidence } => drop(self.evidence_kept.entry((asset, evidence)).or_insert(mark)),
            Fact::EvidenceLost { asset, evidence } => drop(self.evidence_lost.entry((asset, evidence)).or_insert(mark)),
            Fact::Believed { .. } => {}
        }
    }

    fn note(&mut self, mark: Mark) {
        let spread = Spread {
            mark,
            taken: self.taken.len() as u32,
            unclean: self.unclean.len() as u32,
            encrypted: self.encrypted.len() as u32,
            isolated: self.isolated_or_off(),
        };
        self.spread.push(spread);
    }

    fn isolated_or_off(&self) -> u32 {
        (self.isolated.len() + self.off.iter().filter(|asset| !self.isolated.has(*asset)).count()) as u32
    }

    /// Records copied out of all data stores, each at most what it has.
    pub fn records_exposed(&self) -> u64 {
        self.copied.iter().map(|records| u64::from(*records)).sum()
    }

    /// How many of something there were at ENDEX. Machines count by their state at that moment (taken and unclean; encrypted; cut off or off);
    /// machines found and alerts raised count since the beginning.
    pub fn at_end(&self, count: Count, alerts: usize) -> u32 {
        match count {
            Count::Compromised => self.unclean.len() as u32,
            Count::Encrypted => self.encrypted.len() as u32,
            Count::FoundCompromised => self.found.len() as u32,
            Count::Alerts => alerts as u32,
            Count::Isolated => self.isolated_or_off(),
        }
    }

    /// Taken machines that were rebuilt, restored, powered off, or lost their memory otherwise; and of those, how many had it captured before.
    pub fn memory_kept(&self) -> (Vec<AssetId>, Vec<AssetId>) {
        let lost: Vec<(AssetId, Mark)> = self
            .taken
            .keys()
            .filter_map(|asset| {
                let wiped = self.wiped.get(asset).copied();
                let gone = self.evidence_lost.get(&(*asset, Evidence::Memory)).copied();
                Some((*asset, wiped.into_iter().chain(gone).min()?))
            })
            .collect();
        let kept = lost
            .iter()
            .filter(|(asset, when)| self.evidence_kept.get(&(*asset, Evidence::Memory)).is_some_and(|kept| kept < when))
            .map(|(asset, _)| *asset)
            .collect();
        (lost.into_iter().map(|(asset, _)| asset).collect(), kept)
    }
}
