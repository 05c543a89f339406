//! What an exercise came to, whatever was scored.

use serde::{Serialize, Serializer};

use crate::scenario::program::Program;
use crate::vocabulary::measures::Measures;

/// The outcome in numbers.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct Outcome {
    /// Machines that were ever taken, before STARTEX or after.
    pub assets_compromised: u32,
    /// Records copied out, each data store at most what it has.
    pub records_exposed: u64,
    /// Service minutes lost, weighted by criticality: the sum of (100 - percent) / 100 x minutes x criticality / 3.
    pub outage_service_minutes: u64,
    /// Lost service hours and vendors, in minor units of the currency.
    pub cost_minor_units: i64,
    /// Whole minutes from STARTEX until the adversary held nothing that could act and had no way back; none if that did not come.
    pub contained_at_minute: Option<i64>,
    /// Notifications sent in time.
    pub deadlines_met: u32,
    /// Deadlines that passed without one, or with a late one.
    pub deadlines_missed: u32,
}

impl Outcome {
    /// The outcome of an exercise.
    pub fn of(measures: &Measures) -> Outcome {
        Outcome {
            assets_compromised: measures.machines.taken.len() as u32,
            records_exposed: measures.machines.records_exposed(),
            outage_service_minutes: measures.services.minutes_lost(measures.services.all()),
            cost_minor_units: measures.cost_minor_units(),
            contained_at_minute: measures.contained().map(|mark| (mark.at - crate::vocabulary::measures::STARTEX).as_minutes()),
            deadlines_met: measures.clocks.met(),
            deadlines_missed: measures.clocks.missed(),
        }
    }
}

/// How an exercise ended. Three things decide: what was encrypted and can be brought back, whether data left, whether the adversary is gone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ending {
    /// Gone; nothing left, nothing encrypted.
    EvictedBeforeHarm,
    /// Gone; data left, nothing encrypted.
    EvictedAfterTheft,
    /// Still there; nothing left or encrypted yet.
    PresentWithoutHarm,
    /// Still there; data left, nothing encrypted.
    PresentAfterTheft,
    /// Machines were encrypted, and none is any more at ENDEX.
    EncryptedAndRestored,
    /// Some machines are encrypted, and there is a backup of some of them.
    PartlyEncryptedWithBackups,
    /// Some machines are encrypted, and no backup that is there restores any: it was destroyed, or none was ever made of them.
    PartlyEncryptedWithoutBackups,
    /// At least a third of all machines are encrypted, and there is a backup of some of them.
    WidelyEncryptedWithBackups,
    /// At least a third of all machines are encrypted, and no backup that is there restores any: it was destroyed, or none was ever made of them.
    WidelyEncryptedWithoutBackups,
}

impl Ending {
    /// All of them.
    pub const ALL: [Ending; 9] = [
        Ending::EvictedBeforeHarm,
        Ending::EvictedAfterTheft,
        Ending::PresentWithoutHarm,
        Ending::PresentAfterTheft,
        Ending::EncryptedAndRestored,
        Ending::PartlyEncryptedWithBackups,
        Ending::PartlyEncryptedWithoutBackups,
        Ending::WidelyEncryptedWithBackups,
        Ending::WidelyEncryptedWithoutBackups,
    ];

    /// The ending of an exercise.
    pub fn of(program: &Program, measures: &Measures) -> Ending {
        let machines = &measures.machines;
        if machines.encrypted_ever.is_empty() {
            return match (measures.contained().is_some(), machines.records_exposed() > 0) {
                (true, false) => Ending::EvictedBeforeHarm,
                (true, true) => Ending::EvictedAfterTheft,
                (false, false) => Ending::PresentWithoutHarm,
                (false, true) => Ending::PresentAfterTheft,
            };
        }
        if machines.encrypted.is_empty() {
            return Ending::EncryptedAndRestored;
        }
        let wide = machines.encrypted.len() * 3 >= program.public.assets.len();
        let backups =
            program.public.data.iter().zip(&machines.destroyed).any(|(data, destroyed)| {
                data.is_backup && destroyed.is_none() && machines.encrypted.iter().any(|asset| data.restores_assets.has(asset))
            });
        match (wide, backups) {
            (false, true) => Ending::PartlyEncryptedWithBackups,
            (false, false) => Ending::PartlyEncryptedWithoutBackups,
            (true, true) => Ending::WidelyEncryptedWithBackups,
            (true, false) => Ending::WidelyEncryptedWithoutBackups,
        }
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Ending::EvictedBeforeHarm => "evicted_before_harm",
            Ending::EvictedAfterTheft => "evicted_after_theft",
            Ending::PresentWithoutHarm => "present_without_harm",
            Ending::PresentAfterTheft => "present_after_theft",
            Ending::EncryptedAndRestored => "encrypted_and_restored",
            Ending::PartlyEncryptedWithBackups => "partly_encrypted_with_backups",
            Ending::PartlyEncryptedWithoutBackups => "partly_encrypted_without_backups",
            Ending::WidelyEncryptedWithBackups => "widely_encrypted_with_backups",
            Ending::WidelyEncryptedWithoutBackups => "widely_encrypted_without_backups",
        }
    }

    /// In one sentence.
    pub fn says(self) -> &'static str {
        match self {
            Ending::EvictedBeforeHarm => "The adversary is out. No data left and nothing was encrypted.",
            Ending::EvictedAfterTheft => "The adversary is out and nothing was encrypted, but data left.",
            Ending::PresentWithoutHarm => "No data left and nothing was encrypted, but the adversary is still inside.",
            Ending::PresentAfterTheft => "Data left. Nothing was encrypted yet, and the adversary is still inside.",
            Ending::EncryptedAndRestored => "Machines were encrypted, and all of them are back.",
            Ending::PartlyEncryptedWithBackups => "Some machines are encrypted, and a backup holds at least some of them.",
            Ending::PartlyEncryptedWithoutBackups => "Some machines are encrypted, and no backup holds any of them.",
            Ending::WidelyEncryptedWithBackups => "A third of all machines or more are encrypted, and a backup holds at least some of them.",
            Ending::WidelyEncryptedWithoutBackups => "A third of all machines or more are encrypted, and no backup holds any of them.",
        }
    }
}

impl Serialize for Ending {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
