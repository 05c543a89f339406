//! Words of the running order.

use crate::ids::InjectId;
use crate::vocabulary::encoding::{records, words};

words! {
    /// Why an inject did not fire.
    pub enum Skipped {
        /// What it waited for did not come in its move.
        NeverDue = 1 "what it waited for did not come",
        /// It was not called for at that moment.
        NotCalledFor = 2 "not called for",
        /// The cut leaves it out.
        LeftOut = 3 "left out by the cut",
        /// The facilitator skipped it.
        ByFacilitator = 4 "skipped by the facilitator",
    }
}

records! {
    /// What happened to injects.
    pub enum Fact {
        /// It reached people.
        0x0c01 Fired { inject: InjectId },
        /// It did not.
        0x0c02 Passed { inject: InjectId, why: Skipped },
        /// Its moment came while the facilitator held it.
        0x0c03 Held { inject: InjectId },
        /// It was taken back.
        0x0c04 Retracted { inject: InjectId },
    }
}

records! {
    /// What people can be told by injects.
    pub enum Observation {
        /// An inject has come.
        0x0c81 Came { inject: InjectId },
        /// An inject that had come is void.
        0x0c82 IsVoid { inject: InjectId },
    }
}
