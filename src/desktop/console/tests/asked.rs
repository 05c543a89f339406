//! What the console asks and says before play goes on, goes back, stands or is over.

use egui::Key;
use egui_kittest::kittest::Queryable;

use super::{console, game, harness};
use crate::desktop::Intent;
use crate::desktop::application::{Application, Screen};
use crate::desktop::console::data::data;
use crate::desktop::console::{Deed, Pane, Strip};
use crate::desktop::play::Begin;
use crate::desktop::projector;
use crate::journal::{Annotation, RemarkKind};
use crate::session::Undone;

#[test]
fn next_names_what_is_not_ticked_and_one_key_ticks_it() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    application.take(Intent::Console(Deed::Show(Pane::Move)));
    let mut harness = harness(application);
    harness.run();
    harness.key_press(Key::N);
    harness.run();
    let missed = |application: &Application| {
        let game = console(application).0;
        let turns = crate::paper::script::turns(game.session().program());
        data(game, &turns).not_ticked().map(|(when, item)| super::super::beside::called(when, item)).collect::<Vec<_>>()
    };
    let named = missed(harness.state());
    assert_eq!(console(harness.state()).1.strip, Some(Strip::Beliefs), "it asks, and does not go on");
    assert!(named.iter().any(|says| says.starts_with("Minute ")), "what the script has for later in the move is among them: {named:?}");
    for says in &named {
        assert!(harness.query_by_label(&format!("\u{2022} {says}")).is_some(), "{says}");
    }
    harness.key_press(Key::G);
    harness.run();
    assert!(missed(harness.state()).is_empty());
    assert!(harness.query_by_label("All were given  (G)").is_none());
}

#[test]
fn after_endex_the_console_and_the_wall_say_that_play_is_over() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    while !console(&application).0.over() {
        application.take(Intent::Console(Deed::GoOn));
    }
    assert!(projector::data(&application).standing.contains("over"));
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label("ENDEX: play is over").is_some());
    assert!(harness.query_by_label_contains("left for this move").is_none());
    assert!(harness.query_by_label_contains("give it now").is_none());
    // What is recorded would change nothing any more.
    harness.key_press(Key::R);
    harness.run();
    assert_eq!(console(harness.state()).1.strip, None);
    harness.get_by_label("Go to the hotwash").click();
    harness.run();
    assert!(matches!(harness.state().screen, Screen::Debrief(..)));
}

#[test]
fn the_stop_is_said_to_be_on_the_wall_and_is_no_note_that_going_back_undoes() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    application.show_projector(true);
    application.take(Intent::Console(Deed::GoOn));
    let start = super::super::deeds::before_opening(console(&application).0.session().now());
    application.take(Intent::Console(Deed::Stop(true)));
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label("On the wall: the stop").is_some());
    harness.state_mut().take(Intent::Console(Deed::Stop(false)));
    assert_eq!(console(harness.state()).0.session().undone_by(start), Undone::default());
    let Screen::Console(game, _) = &mut harness.state_mut().screen else { panic!("a console") };
    game.remark(Annotation::new(RemarkKind::Note, "They asked who leads"));
    harness.state_mut().take(Intent::Console(Deed::AskToGoBack(Some(start))));
    harness.run();
    assert!(harness.query_by_label_contains("Go back to the start of this move").is_some());
    assert!(harness.query_by_label_contains("They asked who leads").is_some());
}
