//! What evaluators give, and what the room says of itself before it is shown any result.

use super::{Session, Trouble};
use crate::assessment::Rating;
use crate::ids::*;
use crate::journal::{self, Annotation, Given, RemarkKind};
use crate::scenario::program::Measure;
use crate::time::ExerciseTime;

/// What a room writes before it is shown any result: strengths and gaps.
pub const LESSONS: [RemarkKind; 2] = [RemarkKind::Strength, RemarkKind::Gap];
/// The longest remark, in characters.
const LONGEST_REMARK: usize = 4000;

impl Session {
    /// An evaluator's observation, about the moment `at` (now, where none is given): an objective, a capability target, a criterion, an inject, a
    /// decision or a move, by its id.
    ///
    /// # Errors
    /// It says nothing, or is about nothing that there is.
    pub fn observe(&mut self, by: &str, text: &str, about: Option<&str>, at: Option<ExerciseTime>) -> Result<(), Trouble> {
        let text = remark(text)?;
        if let Some(about) = about
            && !self.is_evaluated(about)
        {
            return Err(Trouble::Not(format!("nothing that an evaluator looks at is called `{about}`")));
        }
        let at = at.unwrap_or_else(|| self.now()).min(self.now()).max(ExerciseTime(0));
        let observation = Annotation { by: signed(by), about: about.map(str::to_owned), ..Annotation::new(RemarkKind::Observation, text) };
        self.annotate_at(at, observation);
        Ok(())
    }

    /// An evaluator's rating of a capability target, by its id, and why. Of one evaluator the last counts.
    ///
    /// # Errors
    /// There is no such target, or no reason.
    pub fn rate(&mut self, by: &str, target: &str, rating: Rating, reason: &str) -> Result<(), Trouble> {
        let reason = remark(reason)?;
        if self.prepared.program.rubric.targets.iter().all(|known| known.id != target) {
            return Err(Trouble::Not(format!("there is no capability target `{target}`")));
        }
        let value = Some(rating.letter().to_string());
        self.annotate(Annotation { by: signed(by), about: Some(target.to_owned()), value, ..Annotation::new(RemarkKind::Rating, reason) });
        Ok(())
    }

    /// What an evaluator gives a criterion that people judge, by its id: thousandths of its points, and why. Of one evaluator the last counts.
    ///
    /// # Errors
    /// There is no such criterion, it is not for people to judge, or there is no reason.
    pub fn judge(&mut self, by: &str, criterion: &str, thousandths: u16, reason: &str) -> Result<(), Trouble> {
        let reason = remark(reason)?;
        let known = self.prepared.program.rubric.criteria.iter().find(|known| known.id == criterion);
        match known.map(|known| &known.measure) {
            None => return Err(Trouble::Not(format!("there is no criterion `{criterion}`"))),
            Some(Measure::Judged { .. }) => {}
            Some(_) => return Err(Trouble::Not(format!("`{criterion}` is measured, not judged; write an observation about it"))),
        }
        if thousandths > 1000 {
            return Err(Trouble::Not("a criterion has at most 1000 thousandths of its points".to_owned()));
        }
        let value = Some(thousandths.to_string());
        self.annotate(Annotation { by: signed(by), about: Some(criterion.to_owned()), value, ..Annotation::new(RemarkKind::Judged, reason) });
        Ok(())
    }

    /// Whose word counts where evaluators differ.
    ///
    /// # Errors
    /// Nobody is named.
    pub fn set_lead_evaluator(&mut self, by: &str) -> Result<(), Trouble> {
        let by = signed(by).ok_or_else(|| Trouble::Not("say who leads".to_owned()))?;
        let text = format!("Where evaluators differ, the word of {by} counts.");
        self.annotate(Annotation { by: Some(by), ..Annotation::new(RemarkKind::LeadEvaluator, text) });
        Ok(())
    }

    /// All that evaluators gave, with the word that counts.
    pub fn given(&self) -> Vec<Given> {
        journal::given(&self.annotations)
    }

    /// What evaluators differ on.
    pub fn disagreements(&self) -> Vec<Given> {
        journal::disagreements(&self.annotations)
    }

    /// What went well, in the room's own words. `evidence`: ids of claims, machines, logins, services, decisions or injects, or keys of alerts and tasks.
    ///
    /// # Errors
    /// Play is not over, it says nothing, or names evidence that there is not.
    pub fn strength(&mut self, text: &str, evidence: &[String]) -> Result<(), Trouble> {
        self.of_the_room(RemarkKind::Strength, text, evidence)
    }

    /// What went less well. See [`Session::strength`].
    ///
    /// # Errors
    /// As there.
    pub fn gap(&mut self, text: &str, evidence: &[String]) -> Result<(), Trouble> {
        self.of_the_room(RemarkKind::Gap, text, evidence)
    }

    /// What the room takes for a cause of what happened, before it is told the truth. See [`Session::strength`].
    ///
    /// # Errors
    /// As there.
    pub fn cause(&mut self, text: &str, evidence: &[String]) -> Result<(), Trouble> {
        self.of_the_room(RemarkKind::Cause, text, evidence)
    }

    /// What the room would do otherwise next time. See [`Session::strength`].
    ///
    /// # Errors
    /// As there.
    pub fn lesson(&mut self, text: &str) -> Result<(), Trouble> {
        self.of_the_room(RemarkKind::Lesson, text, &[])
    }

    /// The room goes without strengths and gaps, and why: it is on record.
    ///
    /// # Errors
    /// Play is not over, or no reason is given.
    pub fn skip_lessons(&mut self, because: &str) -> Result<(), Trouble> {
        self.of_the_room(RemarkKind::LessonsSkipped, because, &[])
    }

    /// Which of [`LESSONS`] nobody has written yet; empty once the room goes without.
    pub fn lessons_missing(&self) -> Vec<RemarkKind> {
        let has = |kind: &RemarkKind| self.annotations.iter().any(|remark| remark.kind == *kind);
        if has(&RemarkKind::LessonsSkipped) { Vec::new() } else { LESSONS.into_iter().filter(|kind| !has(kind)).collect() }
    }

    /// Whether results may be shown: play is over, and the room has written its own strengths and gaps, or goes without.
    pub fn may_show_results(&self) -> bool {
        self.play_is_over() && self.lessons_missing().is_empty()
    }

    /// Ends play where the clock stands, if that has not been done: nobody goes back into it, and the room says what it has to say.
    pub fn end_play(&mut self) {
        if !self.play_was_ended() {
            self.annotate(Annotation::new(RemarkKind::Endex, "Play was ended here."));
        }
    }

    /// Whether somebody has ended play.
    pub fn play_was_ended(&self) -> bool {
        self.annotations.iter().any(|remark| remark.kind == RemarkKind::Endex)
    }

    fn play_is_over(&self) -> bool {
        self.finished() || self.closed || self.play_was_ended()
    }

    fn of_the_room(&mut self, kind: RemarkKind, text: &str, evidence: &[String]) -> Result<(), Trouble> {
        let text = remark(text)?;
        if !self.play_is_over() {
            return Err(Trouble::Not("what went well and what did not is written once play is over".to_owned()));
        }
        for id in evidence {
            if !self.is_evidence(id) {
                return Err(Trouble::Not(format!("nothing that the room could point to is called `{id}`")));
            }
        }
        let value = (!evidence.is_empty()).then(|| evidence.join(", "));
        self.annotate(Annotation { value, ..Annotation::new(kind, text) });
        Ok(())
    }

    /// Whether an evaluator can speak about it.
    fn is_evaluated(&self, about: &str) -> bool {
        let rubric = &self.prepared.program.rubric;
        rubric.objectives.iter().any(|known| known.id == about)
            || rubric.targets.iter().any(|known| known.id == about)
            || rubric.criteria.iter().any(|known| known.id == about)
            || [IdKind::Inject, IdKind::Gate, IdKind::Move].iter().any(|kind| self.prepared.names.has(*kind, about))
    }

    /// Whether the room can point to it: something with a name, or something it was told of.
    fn is_evidence(&self, id: &str) -> bool {
        let kinds = [IdKind::Claim, IdKind::Asset, IdKind::Login, IdKind::Service, IdKind::Gate, IdKind::Inject];
        if kinds.iter().any(|kind| self.prepared.names.has(*kind, id)) {
            return true;
        }
        let Some(key) = u64::from_str_radix(id, 16).ok().filter(|_| id.len() == 16).map(Key) else { return false };
        self.roles().any(|role| {
            let knows = self.view(role).knowledge;
            knows.alerts.iter().any(|alert| alert.alert == key) || knows.tasks.iter().any(|task| task.task == key)
        })
    }
}

fn signed(by: &str) -> Option<String> {
    Some(by.trim().to_owned()).filter(|by| !by.is_empty())
}

fn remark(text: &str) -> Result<String, Trouble> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Trouble::Not("there are no words in it".to_owned())),
        many if many > LONGEST_REMARK => Err(Trouble::Not(format!("it has {many} characters; a remark has at most {LONGEST_REMARK}"))),
        _ => Ok(text.to_owned()),
    }
}
