//! Words of the exercise itself: its beginning, its end, and what became of orders.

use crate::ids::{ActionId, Key, RoleId};
use crate::time::ExerciseTime;
use crate::vocabulary::encoding::{records, words};

words! {
    /// Why an order was refused. Every reason follows from what the role knows; none tells more.
    pub enum Refusal {
        /// The role may not order it.
        NotYours = 1 "this role may not order it",
        /// The role does not know what it is about.
        Unknown = 2 "this role does not know of it",
        /// As far as the role knows, it is so already.
        AlreadySo = 3 "as far as this role knows, it is so already",
        /// The same task waits or runs already.
        InProgress = 4 "it is being done already",
        /// A gate that is not open to it.
        GateClosed = 5 "this decision is not open",
        /// There is no such choice, level, or text.
        NoSuchChoice = 6 "there is no such choice",
        /// A statement is not signed off.
        NotSignedOff = 7 "it is not signed off yet",
        /// The role is away.
        Away = 8 "this role is away",
        /// A legal hold: image it first.
        OnHold = 9 "a legal hold asks for an image first",
        /// Nothing it could be done with or for.
        NothingToDo = 10 "there is nothing to do it to",
        /// The order does not fit its action.
        DoesNotFit = 11 "the order does not fit the action",
    }
}

records! {
    /// What happened to the exercise.
    pub enum Fact {
        /// Play starts.
        0x0001 Startex { scenario: Key },
        /// Play ends.
        0x0002 Endex {},
        /// An order was accepted.
        0x0003 Ordered { role: RoleId, action: ActionId, target: Key },
        /// An order was refused.
        0x0004 Refused { role: RoleId, action: ActionId, refusal: Refusal },
        /// An order was carried out.
        0x0005 CarriedOut { action: ActionId, target: Key },
        /// An inject found nothing to say: the clock reached this moment.
        0x0006 Reached { time: ExerciseTime },
    }
}
