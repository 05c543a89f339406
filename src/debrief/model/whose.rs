//! Whose doing things were: back along their causes to an order, and whose order that was. A debrief may praise the room for what the room did, and
//! for nothing that a program did of its own accord.

use std::collections::BTreeMap;

use super::points;
use super::reading::Reading;
use crate::assessment::Assessed;
use crate::debrief::{Doer, Mode};
use crate::ids::{DenseId, MoveId};
use crate::scenario::program::Measure;
use crate::scenario::written::Capability;
use crate::time::ExerciseTime;
use crate::vocabulary::ledger::{Cause, Happened};
use crate::vocabulary::{
    Fact, adversary, communication, compliance, continuity, detection, documentation, estate, exercise, incident_command, investigation, team,
};

/// Who earned the points of a criterion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// People, by their own orders or by what they recorded.
    People,
    /// Programs, of their own accord.
    Program,
    /// Both had a part in it.
    Both,
    /// It goes back to no order in particular: what came of everything that was done.
    Nobody,
}

impl Whose {
    /// In words, for a mode; empty where nobody was trained.
    pub fn says(self, mode: Mode) -> String {
        let (Some((people, program)), true) = (mode.trained(), mode != Mode::Solo) else {
            return match (mode, self) {
                (Mode::Solo, Whose::People) => "yours".to_owned(),
                (Mode::Solo, Whose::Program) => "your colleagues'".to_owned(),
                (Mode::Solo, Whose::Both) => "yours and your colleagues'".to_owned(),
                (Mode::Solo, Whose::Nobody) => "what came of all that was done".to_owned(),
                _ => String::new(),
            };
        };
        match self {
            Whose::People => format!("by {people}"),
            Whose::Program => format!("by {program}"),
            Whose::Both => format!("by {people} and by {program}"),
            Whose::Nobody => "what came of all that was done".to_owned(),
        }
    }
}

/// By fact: whose order it goes back to; none where it goes back to no order. What the adversary does is its own, even where an order provoked it;
/// what it loses is not.
pub fn doers(facts: &[Happened], orders: &[Doer]) -> Vec<Option<Doer>> {
    // A direction of the facilitator's is counted among the orders, and is none.
    let mut by_entry: BTreeMap<u32, Option<Doer>> = BTreeMap::new();
    for happened in facts {
        if let (Fact::Exercise(exercise::Fact::Directed { .. }), Cause::Entry(entry)) = (happened.fact, happened.cause) {
            by_entry.insert(entry, None);
        }
    }
    let directions: Vec<u32> = by_entry.keys().copied().collect();
    let of_entry = |entry: u32| {
        if directions.contains(&entry) {
            return None;
        }
        let place = entry as usize - directions.iter().filter(|direction| **direction < entry).count();
        orders.get(place).copied()
    };
    let mut by: Vec<Option<Doer>> = Vec::with_capacity(facts.len());
    let mut queued = BTreeMap::new();
    for happened in facts {
        let inherited = match happened.cause {
            Cause::Entry(entry) => of_entry(entry),
            Cause::Fact(seq) => by.get(seq as usize).copied().flatten(),
            Cause::Origin => None,
        };
        by.push(match happened.fact {
            Fact::Adversary(adversary::Fact::FootholdLost { .. } | adversary::Fact::LoginLost { .. } | adversary::Fact::Evicted {}) => inherited,
            Fact::Adversary(_)
            | Fact::Injects(_)
            | Fact::Estate(estate::Fact::Encrypted { .. } | estate::Fact::BackupDestroyed { .. })
            | Fact::Detection(detection::Fact::Noise { .. } | detection::Fact::AlertRaised { .. })
            | Fact::IncidentCommand(incident_command::Fact::TimedOut { .. })
            | Fact::Continuity(continuity::Fact::OwnFault { .. })
            | Fact::Exercise(exercise::Fact::Directed { .. }) => None,
            Fact::Team(team::Fact::TaskQueued { task, .. }) => {
                queued.insert(task, inherited);
                inherited
            }
            // Work may begin because somebody came in; it was ordered by whoever ordered it.
            Fact::Team(team::Fact::TaskStarted { task, .. }) => queued.get(&task).copied().unwrap_or(inherited),
            _ => inherited,
        });
    }
    by
}

/// Whether a fact is a step that belongs to a capability.
pub fn belongs(fact: &Fact, capability: Capability) -> bool {
    capability
        == match fact {
            Fact::IncidentCommand(incident_command::Fact::Declared { .. }) | Fact::Detection(detection::Fact::Judged { .. }) => Capability::Triage,
            Fact::Investigation(
                investigation::Fact::EvidenceKept { .. } | investigation::Fact::Believed { .. } | investigation::Fact::Found { .. },
            ) => Capability::Investigation,
            Fact::Estate(
                estate::Fact::Isolated { .. }
                | estate::Fact::PoweredOff { .. }
                | estate::Fact::LoginDisabled { .. }
                | estate::Fact::LinkCut { .. }
                | estate::Fact::SegmentCut { .. }
                | estate::Fact::EgressBlocked { .. }
                | estate::Fact::BackupSecured { .. },
            ) => Capability::Containment,
            Fact::Estate(
                estate::Fact::Rebuilt { .. } | estate::Fact::Restored { .. } | estate::Fact::Cleaned { .. } | estate::Fact::DataRestored { .. },
            ) => Capability::Recovery,
            Fact::Communication(communication::Fact::Published { .. } | communication::Fact::Said { .. }) => Capability::Communication,
            Fact::Compliance(compliance::Fact::Determined { .. } | compliance::Fact::Notified { .. } | compliance::Fact::HoldPlaced { .. }) => {
                Capability::Compliance
            }
            Fact::IncidentCommand(
                incident_command::Fact::Decided { .. } | incident_command::Fact::TimedOut { .. } | incident_command::Fact::Briefed { .. },
            ) => Capability::Coordination,
            Fact::Continuity(continuity::Fact::WorkaroundStarted { .. } | continuity::Fact::Prioritised { .. }) => Capability::Continuity,
            Fact::Documentation(documentation::Fact::Logged { .. } | documentation::Fact::Reported { .. }) => Capability::Documentation,
            _ => return false,
        }
}

impl Reading<'_> {
    /// Whose order a fact goes back to.
    pub fn doer(&self, seq: u32) -> Option<Doer> {
        self.by.get(seq as usize).copied().flatten()
    }

    /// Whether a fact is to be told as a step of those who are trained: theirs, or nobody knows whose.
    pub fn is_theirs(&self, happened: &Happened) -> bool {
        !self.says_whose() || self.doer(happened.seq).is_some_and(Doer::is_people)
    }

    /// Whether it is known whose doing things were, and somebody was trained.
    pub fn says_whose(&self) -> bool {
        self.mode.trained().is_some() && self.any_doer
    }

    /// Who earned a criterion's points; none where that is not known.
    pub fn whose(&self, measure: &Measure, assessed: &Assessed) -> Option<Whose> {
        if !self.says_whose() {
            return None;
        }
        let mut facts = assessed.why.facts.clone();
        let fact = |seq: &u32| self.facts.get(*seq as usize).map(|happened| happened.fact);
        match measure {
            Measure::Judged { .. } => return Some(Whose::People),
            // What came true at the end, whoever did which part of it.
            Measure::Never { .. } | Measure::Outage { .. } | Measure::AtEnd { .. } | Measure::RecordsExposed { .. } | Measure::WithinRto { .. } => {
                let acted = self
                    .facts
                    .iter()
                    .any(|happened| happened.at >= ExerciseTime(0) && belongs(&happened.fact, assessed.counts_for) && self.is_theirs(happened));
                return Some(if acted { Whose::Nobody } else { Whose::Program });
            }
            // What it is measured from may be anybody's; what was done is the later of the two.
            Measure::Minutes { .. } | Measure::Shared { .. } | Measure::Deadline { .. } => facts = facts.into_iter().max().into_iter().collect(),
            Measure::Heard { .. } => facts.retain(|seq| matches!(fact(seq), Some(Fact::Communication(_)))),
            Measure::WorkaroundsInTime { .. } => {
                facts.retain(|seq| matches!(fact(seq), Some(Fact::Continuity(continuity::Fact::WorkaroundStarted { .. }))));
            }
            Measure::LogCovers { .. } => {
                let logged = |happened: &&Happened| matches!(happened.fact, Fact::Documentation(documentation::Fact::Logged { .. }));
                facts = self.facts.iter().filter(logged).map(|happened| happened.seq).collect();
            }
            _ => {}
        }
        let doers: Vec<Doer> = facts.iter().filter_map(|seq| self.doer(*seq)).collect();
        let people = doers.iter().any(|doer| doer.is_people());
        let program = doers.contains(&Doer::Program);
        Some(match (people, program) {
            (true, true) => Whose::Both,
            (true, false) => Whose::People,
            // What the story itself brought is no more people's than what a program did.
            (false, _) => Whose::Program,
        })
    }

    /// How much of what was earned goes back to whose orders, in a sentence; none where that is not known.
    pub fn earned_by_whom(&self, played: &[(usize, &Assessed)]) -> Option<String> {
        let (people, program) = self.mode.trained().filter(|_| self.says_whose())?;
        let mut milli = [0_i64; 4];
        for (place, assessed) in played {
            let Some((earned, _)) = assessed.counted().filter(|(earned, _)| *earned > 0) else { continue };
            let whose = self.whose(&self.program.rubric.criteria.get(*place)?.measure, assessed)?;
            milli[whose as usize] += earned as i64;
        }
        let all: i64 = milli.iter().sum();
        if all == 0 {
            return None;
        }
        let [own, theirs, both, nobody] = milli.map(points);
        let mut parts = vec![format!("{own} by what {people} decided or did"), format!("{theirs} by {program} alone")];
        if milli[Whose::Both as usize] > 0 {
            parts.push(format!("{both} by both"));
        }
        if milli[Whose::Nobody as usize] > 0 {
            parts.push(format!("{nobody} by what came of all that was done"));
        }
        Some(format!("Of {} points earned: {}.", points(all), parts.join(", ")))
    }

    /// The move that was open at a moment, and when the next one opened, or play ended.
    pub fn move_at(&self, at: ExerciseTime) -> (Option<(ExerciseTime, MoveId)>, ExerciseTime) {
        let next = self.moves.partition_point(|(opened, _)| *opened <= at);
        (next.checked_sub(1).and_then(|place| self.moves.get(place)).copied(), self.moves.get(next).map_or(self.until, |(opened, _)| *opened))
    }

    /// What the end of a move is called.
    pub fn end_of(&self, of: Option<(ExerciseTime, MoveId)>) -> String {
        of.map_or_else(|| "end of play".to_owned(), |(_, number)| format!("end of move {}", number.index() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::debrief::session_of;
    use crate::ids::RoleSet;
    use crate::scenario::prepare::prepare;
    use crate::scenario::source::shipped;
    use crate::session::{self, Session};

    #[test]
    fn nothing_that_routine_earned_is_said_to_be_the_rooms() {
        let prepared = prepare(shipped()[0], None, None).expect("it is shipped");
        let seats = Session::usual_seats(&prepared.program, session::Mode::Discussion, RoleSet::NONE);
        let mut session = Session::unkept(prepared, session::Mode::Discussion, 1, seats);
        while !session.finished() {
            session.next_move().expect("no fault");
        }
        let (about, assessment) = (session_of(&session), session.assess());
        let reading = Reading::new(session.program(), session.exercise().ledger(), &about);
        let played: Vec<_> = assessment.criteria.iter().enumerate().filter(|(_, assessed)| !assessed.left_out).collect();
        let all = points(assessment.earned_milli as i64);
        let says = reading.earned_by_whom(&played).expect("it is known whose doing things were");
        assert_eq!(says, format!("Of {all} points earned: 0 by what the room decided or did, {all} by the program's routine alone."));
    }
}
