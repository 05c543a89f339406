//! A file of records: what a room decided, in its own words, with the move it was said in.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Ref};
use crate::time::Moment;

/// One record. What was decided stands in `says`, word for word; the rest tells what it was taken to mean.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The move it was said in.
    #[serde(rename = "move")]
    pub of_move: Ref<kind::Move>,
    /// The room's words.
    pub says: Located<String>,
    /// Who is to do it; none: whoever the words fit best.
    #[serde(default)]
    pub owner: Option<Ref<kind::Role>>,
    /// Not before this moment; `"+20m"` counts from the opening of the move.
    #[serde(default)]
    pub at: Option<Located<Moment>>,
    /// Which of the proposals is meant: 1, 2 or 3; 0 notes the words without effect. If it is not said: the first, where it is clearly ahead.
    #[serde(default)]
    pub take: Option<Located<u8>>,
    /// It is the decision of a gate ..
    #[serde(default)]
    pub gate: Option<Ref<kind::Gate>>,
    /// .. for this choice.
    #[serde(default)]
    pub choice: Option<Located<String>>,
    /// How sure the room is, of a decision or of a claim, in percent.
    #[serde(default)]
    pub sure_percent: Option<Located<u8>>,
    /// What each thought before the discussion; whoever thought otherwise is recorded as dissenting.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// It states how sure the room is of a claim.
    #[serde(default)]
    pub claim: Option<Ref<kind::Claim>>,
}

/// What somebody thought before a decision was discussed.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Who.
    pub role: Ref<kind::Role>,
    /// The choice.
    pub choice: Located<String>,
    /// How sure, in percent.
    #[serde(default)]
    pub sure_percent: Option<Located<u8>>,
}
