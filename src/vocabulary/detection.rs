//! Words of detection: sensors, alerts and what is done about them.

use crate::ids::{AssetId, Key, SensorId, StageId};
use crate::scenario::written::Trail;
use crate::time::ExerciseTime;
use crate::vocabulary::encoding::records;

records! {
    /// Orders about alerts and sensors.
    pub enum Command {
        /// Take it up.
        0x0341 Acknowledge { alert: Key },
        /// Look into it until it is known to be real or not.
        0x0342 Triage { alert: Key },
        /// Put it aside.
        0x0343 Dismiss { alert: Key },
        /// Have somebody watch a sensor around the clock.
        0x0344 Watch { sensor: SensorId },
        /// Have it stop what it notices.
        0x0345 SetToBlock { sensor: SensorId },
        /// Remove noise from it.
        0x0346 Tune { sensor: SensorId },
    }
}

records! {
    /// What sensors did.
    pub enum Fact {
        /// Something that means nothing was there to be remarked on.
        0x0301 Noise { noise: Key, sensor: SensorId, asset: AssetId, trail: Trail },
        /// An alert was raised; its cause is the trace or the noise.
        0x0302 AlertRaised { alert: Key, sensor: SensorId, asset: AssetId, trail: Trail },
        /// A stage was stopped on a machine.
        0x0303 Blocked { sensor: SensorId, asset: AssetId, stage: StageId },
        /// Somebody watches it around the clock from now on.
        0x0304 Watched { sensor: SensorId },
        /// It stops what it notices from now on.
        0x0305 SetToBlock { sensor: SensorId },
        /// It raises less noise from now on.
        0x0306 Tuned { sensor: SensorId },
        /// It no longer sees a machine.
        0x0307 Blinded { sensor: SensorId, asset: AssetId },
        /// Somebody took an alert up.
        0x0308 Acknowledged { alert: Key },
        /// Somebody put an alert aside.
        0x0309 Dismissed { alert: Key },
        /// Triage came to a verdict.
        0x030a Judged { alert: Key, real: bool },
        /// It sees again what it had been blinded to.
        0x030b SeesAgain { sensor: SensorId },
    }
}

records! {
    /// What people can be told by sensors.
    pub enum Observation {
        /// An alert, and when it was raised.
        0x0381 Alert { alert: Key, sensor: SensorId, asset: AssetId, trail: Trail, raised: ExerciseTime },
        /// Somebody takes care of it.
        0x0382 AlertTakenUp { alert: Key },
        /// What triage came to.
        0x0383 Verdict { alert: Key, real: bool },
        /// It was put aside.
        0x0384 AlertDismissed { alert: Key },
        /// A sensor's mode.
        0x0385 SensorIs { sensor: SensorId, watched: bool, blocks: bool },
        /// A sensor was tuned.
        0x0386 SensorIsTuned { sensor: SensorId },
    }
}
