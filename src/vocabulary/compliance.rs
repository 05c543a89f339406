//! Words of compliance: notification clocks and the legal hold.

use crate::ids::{RoleId, RuleId};
use crate::time::ExerciseTime;
use crate::vocabulary::encoding::records;

records! {
    /// Orders of compliance.
    pub enum Command {
        /// Determine that a rule applies.
        0x0941 Determine { rule: RuleId },
        /// Send its notification.
        0x0942 Notify { rule: RuleId },
        /// Put a legal hold on evidence.
        0x0943 Preserve {},
    }
}

records! {
    /// What clocks did.
    pub enum Fact {
        /// A clock started; the notification is due by then, that second included.
        0x0901 ClockStarted { rule: RuleId, due: ExerciseTime },
        /// The team determined that a rule applies.
        0x0902 Determined { rule: RuleId, role: RoleId },
        /// A notification was sent.
        0x0903 Notified { rule: RuleId, role: RoleId, in_time: bool },
        /// A deadline passed without one.
        0x0904 DeadlineMissed { rule: RuleId },
        /// A legal hold is on.
        0x0905 HoldPlaced { role: RoleId },
    }
}

records! {
    /// What people can be told of duties.
    pub enum Observation {
        /// A clock runs.
        0x0981 ClockRuns { rule: RuleId, due: ExerciseTime },
        /// A notification is out.
        0x0982 NotificationIsOut { rule: RuleId },
        /// A deadline has passed.
        0x0983 DeadlinePassed { rule: RuleId },
        /// A legal hold is on.
        0x0984 HoldIsOn {},
    }
}
