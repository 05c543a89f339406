//! Words of continuity: service levels and workarounds.

use crate::ids::ServiceId;
use crate::vocabulary::encoding::records;

records! {
    /// Orders of continuity.
    pub enum Command {
        /// Start a workaround.
        0x0a41 Invoke { service: ServiceId },
        /// Go back from it.
        0x0a42 StandDown { service: ServiceId },
        /// Have what the service rests on recovered first.
        0x0a43 Prioritise { service: ServiceId },
    }
}

records! {
    /// What services did.
    pub enum Fact {
        /// A service is at so many percent, workaround included.
        0x0a01 ServiceLevel { service: ServiceId, percent: u8 },
        /// A workaround has started.
        0x0a02 WorkaroundStarted { service: ServiceId },
        /// A workaround was ended.
        0x0a03 WorkaroundEnded { service: ServiceId },
        /// People cannot keep a workaround up any longer.
        0x0a04 WorkaroundWornOut { service: ServiceId },
        /// A service was put first.
        0x0a05 Prioritised { service: ServiceId },
        /// A service failed for a reason of its own.
        0x0a06 OwnFault { service: ServiceId, ended: bool },
    }
}

records! {
    /// What people can be told of services.
    pub enum Observation {
        /// A service is at so many percent.
        0x0a81 ServiceIs { service: ServiceId, percent: u8 },
        /// Whether its workaround runs.
        0x0a82 WorkaroundIs { service: ServiceId, runs: bool },
        /// It was put first.
        0x0a83 PutFirst { service: ServiceId },
        /// People cannot keep its workaround up any longer.
        0x0a84 WorkaroundIsWornOut { service: ServiceId },
    }
}
