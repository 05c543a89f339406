//! The minutes that are kept for the hotwash, and how many of them are gone: time in which the application did not run is a break.

use std::time::Duration;

use super::super::play::{Game, ROOM_EVERY};
use super::super::theme::Tone;
use crate::journal::{Annotation, RemarkKind};
use crate::time::Span;

/// What the remark is about in which the journal says how long the hotwash has gone on; the room's own minutes are about nothing.
const HOTWASH: &str = "hotwash";
/// At most so much of the hotwash lies between two marks of how long it has gone on.
const MARK_EVERY: Duration = Duration::from_secs(60);
/// A laptop that slept wakes up to a frame of hours. No frame counts for more than the longest that nothing is drawn.
const LONGEST_FRAME: Duration = Duration::from_millis(ROOM_EVERY.as_millis() as u64 + 1500);
/// The longest that a room is believed to have been at it.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// How long the hotwash has gone on, and how long it is to: the time that nobody may take from it.
#[derive(Clone, Debug)]
pub struct Minutes {
    gone: Duration,
    kept: Span,
    /// How much of it the journal has.
    marked: Duration,
}

impl Minutes {
    /// As the journal has them: a hotwash that was interrupted goes on where it stood.
    pub fn of(game: &Game) -> Minutes {
        let told = game.session().annotations().iter().rev().find(|remark| says_how_long(remark));
        let seconds = told.and_then(|remark| remark.value.as_ref()?.parse().ok()).unwrap_or(0);
        let gone = Duration::from_secs(seconds).min(LONGEST);
        Minutes { gone, kept: game.public().cut.hotwash, marked: gone }
    }

    /// Lets wall time pass.
    pub fn pass(&mut self, wall: Duration) {
        self.gone += wall.min(LONGEST_FRAME);
    }

    /// Marks it now and then.
    pub fn mark_if_due(&mut self, game: &mut Game) {
        if self.gone >= self.marked + MARK_EVERY {
            self.mark(game);
        }
    }

    /// Notes in the journal how long it has gone on.
    pub fn mark(&mut self, game: &mut Game) {
        if self.gone.as_secs() > self.marked.as_secs() {
            self.marked = self.gone;
            let seconds = self.gone.as_secs();
            let says = format!("The hotwash has gone on for {}.", Span(i64::try_from(seconds).unwrap_or(0)));
            game.remark(Annotation { about: Some(HOTWASH.to_owned()), value: Some(seconds.to_string()), ..Annotation::new(RemarkKind::Room, says) });
        }
    }

    /// How the room stands with them.
    pub fn say(&self) -> (Tone, String) {
        let (gone, kept) = (i64::try_from(self.gone.as_secs() / 60).unwrap_or(i64::MAX), self.kept.as_minutes());
        match kept - gone {
            left @ 0.. => (Tone::Plain, format!("Minute {gone} of the {kept} kept for the hotwash, {left} left")),
            over => (Tone::Warning, format!("Minute {gone} of the hotwash, {} over the {kept} kept for it", -over)),
        }
    }
}

fn says_how_long(remark: &Annotation) -> bool {
    remark.kind == RemarkKind::Room && remark.about.as_deref() == Some(HOTWASH)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::desktop::application::{Application, Screen};
    use crate::desktop::keep::Folder;
    use crate::desktop::{Go, Intent, home};
    use crate::scenario::source::shipped;
    use crate::session::Mode;

    fn said(application: &Application) -> String {
        let Screen::Debrief(_, state) = &application.screen else { panic!("the hotwash") };
        state.minutes_say().expect("a room has minutes").1
    }

    fn kept_at(application: &Application) -> PathBuf {
        let Screen::Debrief(game, _) = &application.screen else { panic!("the hotwash") };
        game.kept_at().expect("it is kept").to_owned()
    }

    #[test]
    fn a_hotwash_that_was_interrupted_goes_on_at_its_minute_and_leaves_those_of_the_room_alone() {
        let path = std::env::temp_dir().join(format!("hotwash-minutes-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        let folder = || Folder::find(Some(&path));
        let mut application = Application::new(folder(), 7);
        application.take(Intent::Home(home::Deed::PickScenario(shipped()[0].to_owned())));
        application.take(Intent::Home(home::Deed::PickMode(Mode::Discussion)));
        application.take(Intent::Go(Go::Start));
        for _ in 0..10 {
            application.pass(ROOM_EVERY);
        }
        application.take(Intent::Go(Go::End));
        // A night in which the laptop slept is no part of it.
        application.pass(Duration::from_secs(8 * 3600));
        assert!(said(&application).starts_with("Minute 0 of"), "{}", said(&application));
        for _ in 0..24 {
            application.pass(ROOM_EVERY);
        }
        assert!(said(&application).starts_with("Minute 12 of"), "{}", said(&application));
        let journal = kept_at(&application);
        drop(application);
        let mut application = Application::new(folder(), 8);
        application.take(Intent::Go(Go::Resume(journal.clone())));
        assert!(said(&application).starts_with("Minute 12 of"), "{}", said(&application));
        // What has not been marked yet is, when somebody leaves.
        application.pass(Duration::from_millis(29_500));
        application.pass(Duration::from_millis(29_500));
        application.take(Intent::Go(Go::Home));
        application.take(Intent::Go(Go::Resume(journal)));
        assert!(said(&application).starts_with("Minute 13 of"), "{}", said(&application));
        let Screen::Debrief(game, _) = &application.screen else { panic!("the hotwash") };
        assert_eq!(game.room(), ROOM_EVERY * 10, "the room's minutes are what they were at ENDEX");
        drop(application);
        let _ = std::fs::remove_dir_all(&path);
    }
}
