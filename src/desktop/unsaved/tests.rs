//! A session that is not saved: it is said on every screen of play, mended from there, and not lost without a word.

use std::fs;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::super::application::{Application, Screen};
use super::super::play::Game;
use super::super::{Go, Intent, debriefing, home, screens};
use super::*;
use crate::desktop::scratch::{self, Scratch};
use crate::journal::{Annotation, RemarkKind};
use crate::scenario::source::shipped;
use crate::session::Mode;

/// Play has begun, and the disk is full.
fn unsaved(scratch: &Scratch, mode: Mode) -> Application {
    let mut application = Application::new(scratch.data(), 3);
    application.take(Intent::Home(home::Deed::PickScenario(shipped()[0].to_owned())));
    application.take(Intent::Home(home::Deed::PickMode(mode)));
    application.take(Intent::Go(Go::Start));
    let game = game(&mut application);
    game.fill_the_disk();
    game.mark();
    game.remark(Annotation::new(RemarkKind::Note, "x".repeat(200)));
    assert!(game.not_kept().is_some());
    application
}

fn game(application: &mut Application) -> &mut Game {
    match &mut application.screen {
        Screen::Seat(game, _) | Screen::Console(game, _) | Screen::Debrief(game, _) => game,
        _ => panic!("somebody plays"),
    }
}

fn harness(application: Application) -> Harness<'static, Application> {
    let mut harness = scratch::harness(application, 1280.0, 720.0);
    harness.run();
    harness
}

fn click(harness: &mut Harness<'_, Application>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

#[test]
fn every_screen_of_play_says_it_and_mends_it() {
    for (place, name) in ["seat", "console", "hotwash", "debrief"].into_iter().enumerate() {
        let scratch = Scratch::new(name);
        let mut application = unsaved(&scratch, if place == 0 { Mode::Solo } else { Mode::Discussion });
        if place >= 2 {
            application.take(Intent::Go(Go::End));
        }
        if place == 3 {
            application.take(Intent::Debrief(debriefing::Deed::Results));
        }
        let mut harness = harness(application);
        assert!(harness.query_by_label_contains("Not saved: ").is_some(), "{name}");
        click(&mut harness, "Try again");
        assert!(harness.query_by_label_contains("Not saved: ").is_none(), "{name}");
        assert!(harness.query_by_label_contains("All of it is saved").is_some(), "{name}");
        assert_eq!(game(harness.state_mut()).not_kept(), None, "{name}");
    }
}

#[test]
fn what_cannot_be_tried_says_why() {
    let mut application = Application::new(None, 3);
    application.take(Intent::Home(home::Deed::PickScenario(shipped()[0].to_owned())));
    application.take(Intent::Go(Go::Start));
    let mut harness = harness(application);
    click(&mut harness, "Try again");
    assert!(harness.query_by_label_contains("Still not saved").is_none(), "it is no button to press");
    click(&mut harness, "Save elsewhere");
    assert!(harness.query_by_label("Save it there").is_some());
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Save it there").is_none());
}

#[test]
fn a_path_that_will_not_do_is_refused_where_it_is_typed() {
    let scratch = Scratch::new("path");
    let mut harness = harness(unsaved(&scratch, Mode::Solo));
    click(&mut harness, "Save elsewhere");
    // The keys belong to the path, and not to the seat below it.
    harness.key_press(egui::Key::Space);
    harness.run();
    assert!(!game(harness.state_mut()).running());
    fs::write(scratch.0.join("list.jsonl"), "milk").expect("a file");
    let path = |name: &str| scratch.0.join(name).display().to_string();
    harness.state_mut().take(Intent::Unsaved(Deed::SaveAt(path("list.jsonl"))));
    harness.run();
    assert!(harness.query_by_label_contains("holds something else").is_some());
    // That was said of this path: while another is typed it is not there any more.
    harness.event(egui::Event::Text("x".to_owned()));
    harness.run();
    assert!(harness.query_by_label_contains("holds something else").is_none());
    harness.state_mut().take(Intent::Unsaved(Deed::SaveAt(path("mine"))));
    harness.run();
    assert!(harness.query_by_label("Save it there").is_none() && harness.query_by_label_contains("Not saved").is_none());
    assert!(harness.query_by_label_contains("All of it is saved").is_some());
    assert_eq!(game(harness.state_mut()).kept_at(), Some(&*scratch.0.join("mine.jsonl")));
}

#[test]
fn going_home_asks_first() {
    let scratch = Scratch::new("home");
    for mode in [Mode::Solo, Mode::Discussion] {
        let mut harness = harness(unsaved(&scratch, mode));
        harness.state_mut().take(Intent::Go(Go::Home));
        harness.run();
        assert!(harness.query_by_label("This session is not saved").is_some(), "{mode:?}");
        click(&mut harness, "Stay");
        assert!(harness.query_by_label("This session is not saved").is_none());
        assert!(!matches!(harness.state().screen, Screen::Home(_)));
        harness.state_mut().take(Intent::Go(Go::Home));
        harness.run();
        click(&mut harness, "Leave and lose it");
        assert!(matches!(harness.state().screen, Screen::Home(_)));
        assert!(!harness.state().closes());
    }
    // Whoever saves it leaves with it, and Home knows where it is.
    let mut application = unsaved(&scratch, Mode::Solo);
    application.take(Intent::Go(Go::End));
    let mut harness = harness(application);
    click(&mut harness, "Home");
    let path = scratch.0.join("stick.jsonl");
    harness.state_mut().take(Intent::Unsaved(Deed::SaveAt(path.display().to_string())));
    harness.run();
    let Screen::Home(home) = &harness.state().screen else { panic!("at Home") };
    assert!(home.shelf.recent.iter().any(|(known, _)| *known == path.display().to_string()));
    harness.state_mut().take(Intent::Go(Go::Open(path.display().to_string())));
    assert!(matches!(harness.state().screen, Screen::Debrief(..)), "it goes on at the hotwash");
}

#[test]
fn what_is_left_of_a_session_that_was_saved_elsewhere_says_so() {
    let scratch = Scratch::new("left");
    let mut application = unsaved(&scratch, Mode::Solo);
    let before = game(&mut application).kept_at().expect("it is kept").to_owned();
    let elsewhere = scratch.0.join("stick.jsonl");
    application.take(Intent::Unsaved(Deed::SaveAt(elsewhere.display().to_string())));
    let whole = |path: &std::path::Path| fs::read(path).expect("a journal").iter().filter(|byte| **byte == b'\n').count();
    application.take(Intent::Go(Go::Home));
    let mut harness = harness(application);
    let Screen::Home(home) = &harness.state().screen else { panic!("at Home") };
    let [left] = home.shelf.sessions.as_slice() else { panic!("one session: {:?}", home.shelf.sessions) };
    let left = left.path.clone();
    assert!(!before.exists() && keep::goes_on_elsewhere(&left) && whole(&left) < whole(&elsewhere));
    // It is not what Home offers to go on with.
    assert!(harness.query_by_label("gone on with elsewhere").is_some());
    assert!(harness.query_by_label("Go on with it").is_none());
    // Whoever wants it all the same goes on with it where it was, and it is a session like any other again.
    click(&mut harness, "Go on from here all the same");
    assert_eq!(game(harness.state_mut()).kept_at(), Some(&*before));
    harness.state_mut().take(Intent::Go(Go::Home));
    harness.run();
    assert!(harness.query_by_label("Go on with it").is_some() && harness.query_by_label("gone on with elsewhere").is_none());
}

#[test]
fn the_window_closes_once_somebody_has_said_so() {
    let scratch = Scratch::new("window");
    let mut harness = harness(unsaved(&scratch, Mode::Solo));
    for _ in 0..2 {
        assert!(!harness.state_mut().may_close());
        harness.run();
        assert!(harness.query_by_label("This session is not saved").is_some());
    }
    click(&mut harness, "Stay");
    assert!(!harness.state().closes());
    assert!(!harness.state_mut().may_close());
    harness.run();
    click(&mut harness, "Leave and lose it");
    assert!(harness.state().closes());
    // What is saved, and what is nobody's session, closes at once.
    let mut mended = unsaved(&scratch, Mode::Solo);
    mended.take(Intent::Unsaved(Deed::TryAgain));
    assert!(mended.may_close());
    assert!(Application::new(None, 1).may_close());
    assert!(screens::application_on("inbox").expect("a screen").may_close());
}
