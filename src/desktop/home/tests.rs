//! The trainer's evening before play: from Home over the start card to papers, by what can be read and pressed.

use std::fs;
use std::path::PathBuf;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::super::application::{Application, Screen};
use super::super::keep::{Folder, Improvement};
use super::super::{Go, screens};
use super::*;
use crate::desktop::scratch::{self, Scratch};
use crate::journal::{Annotation, RemarkKind};

fn harness(application: Application) -> Harness<'static, Application> {
    scratch::harness(application, 1280.0, 1400.0)
}

fn home(harness: &Harness<'_, Application>) -> &'static str {
    match harness.state().screen {
        Screen::Home(_) => "home",
        Screen::Seat(..) => "seat",
        Screen::Past(..) => "past",
        _ => "elsewhere",
    }
}

fn state(application: &mut Application) -> &mut State {
    match &mut application.screen {
        Screen::Home(state) => state,
        _ => panic!("not at Home"),
    }
}

fn picked(application: &mut Application) -> &mut Picked {
    state(application).picked.as_mut().expect("a scenario was picked")
}

fn application_at(folder: Option<Folder>) -> Application {
    Application::new(folder, 3)
}

#[test]
fn with_whom_decides_who_holds_a_role() {
    let mut application = application_at(None);
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    assert_eq!((picked(&mut application).mode, picked(&mut application).people), (Mode::Discussion, RoleSet::NONE));
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label_contains("Which role").is_none(), "nobody needs a seat");
    harness.get_by_label("Alone").click();
    harness.run();
    let leads = lead(&picked(harness.state_mut()).prepared.program.public);
    assert_eq!(picked(harness.state_mut()).people, RoleSet::one(leads));
    let another = RoleId::at(if leads.index() == 0 { 1 } else { 0 });
    let name = |application: &mut Application, role: RoleId| {
        crate::debrief::narrative::role_only(&picked(application).prepared.program.public.roles[role.index()].label).to_owned()
    };
    let label = name(harness.state_mut(), another);
    harness.get_by_label(&label).click();
    harness.run();
    assert_eq!(picked(harness.state_mut()).people, RoleSet::one(another), "one person, one role");
    harness.get_by_label("Several at this desk, on a clock").click();
    harness.run();
    let label = name(harness.state_mut(), leads);
    harness.get_by_label(&label).click();
    harness.run();
    assert_eq!(picked(harness.state_mut()).people, RoleSet::one(another).with(leads));
    for role in [leads, another] {
        let label = name(harness.state_mut(), role);
        harness.get_by_label(&label).click();
        harness.run();
    }
    assert!(harness.query_by_label_contains("Pick at least one role").is_some());
    harness.key_press(egui::Key::Enter);
    harness.get_by_label("Begin").click();
    harness.run();
    assert_eq!(home(&harness), "home", "nobody would play");
}

#[test]
fn everything_about_the_start_is_reached_from_the_keyboard() {
    let mut harness = harness(application_at(None));
    harness.run();
    harness.key_press(egui::Key::Num1);
    harness.run();
    harness.key_press(egui::Key::Num3);
    harness.run();
    assert_eq!(picked(harness.state_mut()).mode, Mode::Solo);
    harness.key_press(egui::Key::A);
    harness.run();
    assert!(state(harness.state_mut()).adapting.is_some());
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(state(harness.state_mut()).adapting.is_none());
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(state(harness.state_mut()).picked.is_none());
    harness.key_press(egui::Key::Num1);
    harness.run();
    harness.key_press(egui::Key::Num3);
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(home(&harness), "seat");
}

#[test]
fn another_cut_and_another_profile_are_put_together_anew_and_are_what_begins() {
    let mut application = application_at(None);
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    let first = picked(&mut application).prepared.program.public.cut.id.clone();
    let (cut, profile) = {
        let picked = picked(&mut application);
        let cut = picked.prepared.loaded.sheet.cuts.iter().map(|cut| cut.id.text.clone()).find(|cut| *cut != first).expect("a second cut");
        (cut, picked.profiles[0].clone())
    };
    let before = picked(&mut application).prepared.program.public.services.len();
    let mut harness = harness(application);
    harness.run();
    harness.get_by_label_contains(&cut.replace('-', " ")).click();
    harness.run();
    harness.get_by_label(&profile.title).click();
    harness.run();
    let chosen = picked(harness.state_mut());
    assert_eq!(chosen.prepared.program.public.cut.id, cut);
    assert_eq!(chosen.prepared.program.public.profile.as_deref(), Some(profile.name.as_str()));
    assert_eq!(chosen.prepared.program.public.services.len(), before);
    harness.get_by_label("As the scenario is written").click();
    harness.run();
    let chosen = picked(harness.state_mut());
    assert_eq!((chosen.prepared.program.public.profile.as_deref(), chosen.prepared.program.public.cut.id.as_str()), (None, cut.as_str()));
}

#[test]
fn a_profile_that_does_not_fit_changes_nothing_and_says_why() {
    let scratch = Scratch::new("unfit");
    fs::create_dir_all(&scratch.0).unwrap();
    let path = scratch.0.join("broken.ron");
    fs::write(&path, "(format: 1, scenario: \"another-one\", values: [Value(of: \"nothing\", is: \"x\")], answers: [])").unwrap();
    let mut application = application_at(scratch.folder());
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    application.take(Intent::Home(Deed::PickProfile(Some(path.display().to_string()))));
    let (says, findings) = state(&mut application).trouble.clone().expect("it is said");
    assert!(says.contains("from being played") && findings.contains("nothing"), "{says} {findings}");
    assert_eq!(picked(&mut application).profile, None, "what was chosen stays");
    // And one that names no scenario there is.
    application.take(Intent::Go(Go::Home));
    application.take(Intent::Go(Go::Open(path.display().to_string())));
    assert!(state(&mut application).trouble.is_some() && state(&mut application).picked.is_none());
}

#[test]
fn papers_are_printed_from_the_start_card_and_it_says_where() {
    let scratch = Scratch::new("papers");
    let mut application = application_at(scratch.folder());
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    let profile = picked(&mut application).profiles[0].name.clone();
    application.take(Intent::Home(Deed::PickProfile(Some(profile.clone()))));
    let mut harness = harness(application);
    harness.run();
    harness.get_by_label("Print for Letter").click();
    harness.run();
    let folder = scratch.0.join("papers").join(format!("{}-90m-{profile}", shipped()[0]));
    assert!(harness.query_by_label_contains(&folder.display().to_string()).is_some());
    let written = fs::read_to_string(folder.join("facilitator-script.html")).unwrap();
    let prepared = prepare::prepare(shipped()[0], Some(&profile), Some("90m")).unwrap();
    let papers = paper::papers(&prepared.program, paper::Size::Letter).unwrap();
    assert_eq!(written, papers.iter().find(|paper| paper.file == "facilitator-script.html").unwrap().html, "as the command line writes them");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), papers.len());
    // Where nothing can be written, that is said and nothing else happens.
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    harness.get_by_label("Print for A4").click();
    harness.run();
    assert!(harness.query_by_label_contains("cannot be").is_some());
}

/// A session that is played to its end here and now, with an item that somebody took on.
fn play_one(scratch: &Scratch) -> PathBuf {
    let mut application = application_at(scratch.folder());
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    application.take(Intent::Home(Deed::PickMode(Mode::Solo)));
    application.take(Intent::Go(Go::Start));
    let Screen::Seat(game, _) = &mut application.screen else { panic!("a seat") };
    let path = game.kept_at().expect("it is kept").to_owned();
    game.set_stop_at(crate::desktop::play::StopAt::Never);
    game.jump(Span::hours(10));
    let value = r#"{"issue":"Nobody knew the number","action":"Write it on the wall","element":"planning","owner":"IT","completion":"2020-01-01"}"#;
    let item = Annotation {
        about: Some("own-1".to_owned()),
        value: Some(value.to_owned()),
        ..Annotation::new(RemarkKind::Improvement, "Nobody knew the number")
    };
    game.remark(item);
    game.close();
    path
}

#[test]
fn what_was_played_opens_again_without_being_changed() {
    let scratch = Scratch::new("again");
    let path = play_one(&scratch);
    let before = fs::read(&path).unwrap();
    let mut harness = harness(application_at(scratch.folder()));
    harness.run();
    harness.get_by_label("Open its debrief").click();
    harness.run();
    assert_eq!(home(&harness), "past");
    assert!(harness.query_by_label("Save as HTML").is_some());
    assert_eq!(fs::read(&path).unwrap(), before);
    harness.get_by_label("Save as HTML").click();
    harness.run();
    assert!(harness.query_by_label_contains("Saved: ").is_some());
    assert_eq!(fs::read(&path).unwrap(), before);
    let saved = fs::read_dir(scratch.0.join("debriefs")).unwrap().next().expect("it is saved").unwrap().path();
    let day = crate::debrief::day::said(&crate::desktop::keep::day_of(&path).expect("a file has a day"));
    assert!(fs::read_to_string(saved).unwrap().contains(&format!("<dt>Held on</dt><dd>{day}</dd>")), "the day it was begun");
    // The same by dropping the journal on the window.
    harness.get_by_label("Home").click();
    harness.run();
    harness.state_mut().dropped(&path.display().to_string());
    harness.run();
    assert_eq!(home(&harness), "past");
}

#[test]
fn an_item_is_ticked_off_at_home_taken_back_and_gone_the_next_time() {
    let scratch = Scratch::new("tick");
    let path = play_one(&scratch);
    let mut harness = harness(application_at(scratch.folder()));
    harness.run();
    assert!(harness.query_by_label_contains("1 open").is_some());
    assert!(harness.query_by_label("overdue").is_some());
    let of_journal = || {
        let journal = crate::journal::read(fs::File::open(&path).unwrap()).unwrap();
        journal.annotations().filter(|remark| remark.kind == RemarkKind::Improvement).last().and_then(|remark| remark.value.clone()).unwrap()
    };
    harness.get_by_label("Write it on the wall").click();
    harness.run();
    assert!(of_journal().contains("\"done\""));
    assert!(harness.query_by_label_contains("0 open").is_some());
    harness.get_by_label("Write it on the wall").click();
    harness.run();
    assert!(of_journal().contains("\"open\""), "a slip is taken back");
    harness.get_by_label("Write it on the wall").click();
    harness.run();
    harness.state_mut().take(Intent::Go(Go::Home));
    harness.run();
    assert!(harness.query_by_label("Write it on the wall").is_none());
    // The plan in the debrief says so as well, and the journal still replays.
    let (debrief, _) = past::debrief_of(&path).unwrap();
    let item = debrief.improvement_plan.iter().find(|item| item.id == "own-1").unwrap();
    assert_eq!((item.status, item.owner.as_str()), ("done", "IT"));
}

#[test]
fn what_cannot_be_opened_is_said_at_home() {
    let scratch = Scratch::new("not-opened");
    let path = play_one(&scratch);
    let mut text = fs::read_to_string(&path).unwrap();
    text = text.replacen("\"reached\"", "\"reachad\"", 1);
    fs::write(&path, text).unwrap();
    let mut harness = harness(application_at(scratch.folder()));
    harness.run();
    harness.get_by_label("Open its debrief").click();
    harness.run();
    assert_eq!(home(&harness), "home");
    assert!(harness.query_by_label_contains("cannot be opened again").is_some());
}

#[test]
fn files_that_were_opened_are_offered_again() {
    let scratch = Scratch::new("recent");
    let path = "tests/scenarios/borrowed-badge".to_owned();
    let data = Folder::find(Some(&scratch.0.join("data")));
    let mut application = application_at(data.clone());
    application.take(Intent::Go(Go::Open(path.clone())));
    let title = picked(&mut application).prepared.program.public.title.clone();
    let mut harness = harness(application_at(data));
    harness.run();
    harness.get_by_label(&format!("Open {title}")).click();
    harness.run();
    assert_eq!(picked(harness.state_mut()).path, path);
}

#[test]
fn a_profile_opens_the_scenario_it_is_for() {
    let scratch = Scratch::new("profile-file");
    fs::create_dir_all(&scratch.0).unwrap();
    let loaded = load::load(&Opening::shipped(shipped()[0]).unwrap());
    let mut draft = crate::scenario::tailor::Draft::of(&loaded.sheet, &loaded.profiles[0].profile);
    draft.id = "mine".to_owned();
    let path = scratch.0.join("mine.ron");
    fs::write(&path, draft.written().text).unwrap();
    let mut application = application_at(None);
    application.take(Intent::Go(Go::Open(path.display().to_string())));
    let picked = picked(&mut application);
    assert_eq!((picked.path.as_str(), picked.prepared.program.public.profile.as_deref()), (shipped()[0], Some("mine")));
    assert!(picked.profiles.iter().any(|choice| choice.title == "mine"));
}

#[test]
fn the_profile_that_was_used_last_is_chosen_and_named() {
    let scratch = Scratch::new("used-last");
    let mut application = application_at(scratch.folder());
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    let choice = picked(&mut application).profiles[0].clone();
    application.take(Intent::Home(Deed::PickProfile(Some(choice.name.clone()))));
    application.take(Intent::Print(paper::Size::A4));
    let mut application = application_at(scratch.folder());
    application.take(Intent::Home(Deed::PickScenario(shipped()[0].to_owned())));
    assert_eq!(picked(&mut application).prepared.program.public.profile.as_deref(), Some(choice.name.as_str()));
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label(&format!("Under the names of {}", choice.title)).is_some());
    harness.get_by_label("Play under the scenario's own names").click();
    harness.run();
    assert_eq!(picked(harness.state_mut()).profile, None, "one click to choose otherwise");
}

#[test]
fn a_long_shelf_is_shown_in_part_and_in_full() {
    let mut application = screens::application_on("home-kept").unwrap();
    let shelf = &mut state(&mut application).shelf;
    let (session, to_do) = (shelf.sessions[1].clone(), shelf.to_do[1].clone());
    for number in 0..9 {
        let mut more = session.clone();
        more.path = PathBuf::from(format!("sessions/{number}"));
        shelf.sessions.push(more);
        let item = Improvement { item: format!("more-{number}"), action: format!("Item {number}"), ..to_do.item.clone() };
        shelf.to_do.push(ToDo { item, ..to_do.clone() });
    }
    let mut harness = harness(application);
    harness.run();
    assert_eq!(harness.query_all_by_label("Open its debrief").count(), 4);
    harness.get_by_label("Show all 12 sessions").click();
    harness.get_by_label("Show all 12 items").click();
    harness.run();
    assert_eq!(harness.query_all_by_label("Open its debrief").count(), 11);
    assert!(harness.query_by_label("Item 8").is_some());
}

#[test]
fn what_is_wrong_with_the_list_is_one_visible_line_and_play_goes_on() {
    let scratch = Scratch::new("trouble");
    fs::create_dir_all(scratch.0.join("hotwash.sqlite")).unwrap();
    for name in ["sessions", "look.json"] {
        fs::write(scratch.0.join(name), "in the way").unwrap();
    }
    let mut harness = harness(application_at(scratch.folder()));
    harness.run();
    for says in ["The list of sessions", "sessions cannot be read", "look.json is not used"] {
        assert!(harness.query_by_label_contains(says).is_some(), "{says}");
    }
    harness.key_press(egui::Key::Num1);
    harness.run();
    harness.key_press(egui::Key::Num3);
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(home(&harness), "seat");
}
