//! A room run from the console: by keys alone, cut off in the middle, gone on with, to the hotwash; and what the wall shows.

mod asked;

use std::fs;
use std::time::Duration;

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::data::data;
use super::record::State as Recording;
use super::{Deed, Pane, Slip, State, Strip, at_console};
use crate::desktop::application::{Application, Screen};
use crate::desktop::keep::Folder;
use crate::desktop::play::{Begin, Game};
use crate::desktop::projector::{self, Shown};
use crate::desktop::raster::Canvas;
use crate::desktop::scratch::{self, Scratch};
use crate::desktop::{Go, Intent, home};
use crate::ids::{DenseId, GateId, InjectId, RoleId, RoleSet};
use crate::journal::RemarkKind;
use crate::scenario::prepare;
use crate::scenario::source::shipped;
use crate::session::{Mode, Seated};

fn game(begin: &Begin, folder: Option<&Folder>) -> Game {
    let prepared = prepare::prepare(shipped()[0], None, None).expect("the first shipped scenario");
    Game::begin(prepared, begin, folder)
}

fn harness(application: Application) -> Harness<'static, Application> {
    scratch::harness(application, 1280.0, 720.0)
}

fn console(application: &Application) -> (&Game, &State) {
    match &application.screen {
        Screen::Console(game, state) => (game, state),
        _ => panic!("no console"),
    }
}

fn recorded(game: &Game) -> usize {
    game.session().annotations().iter().filter(|remark| remark.kind == RemarkKind::Record).count()
}

#[test]
fn a_room_is_run_by_keys_from_home_to_the_hotwash_with_a_break_in_the_power() {
    let scratch = Scratch::new("evening");
    let mut harness = harness(Application::new(scratch.folder(), 7));
    harness.run();
    harness.key_press(Key::Num1);
    harness.run();
    harness.state_mut().take(Intent::Home(home::Deed::PickMode(Mode::Discussion)));
    harness.key_press(Key::Enter);
    harness.run();
    assert!(console(harness.state()).0.kept_at().is_some());
    // R, the words, Enter, a number: a decision is on record.
    harness.key_press(Key::R);
    harness.run();
    harness.get_by_label("What the room decides, in its words").type_text("Call Northlight in on the retainer");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(!console(harness.state()).1.record.proposals.is_empty());
    harness.key_press(Key::Num1);
    harness.run();
    assert_eq!(recorded(console(harness.state()).0), 1);
    assert!(harness.query_by_label_contains("Recorded: ").is_some());
    // T takes a note.
    harness.key_press(Key::T);
    harness.run();
    harness.get_by_label("What you saw or heard").type_text("They asked who leads");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let before = console(harness.state()).0.session().now();
    // N asks for beliefs where the move has any, and goes on.
    for _ in 0..2 {
        harness.key_press(Key::N);
        harness.run();
        if console(harness.state()).1.strip == Some(Strip::Beliefs) {
            harness.get_by_label("Go on without").click();
            harness.run();
        }
    }
    let (game, _) = console(harness.state());
    assert!(game.session().now() > before);
    assert!(harness.query_by_label_contains("what the room now knows").is_some());
    let (now, hash, path) = (game.session().now(), game.session().exercise().hash(), game.kept_at().expect("kept").to_owned());
    // The power goes: nothing closes anything, and a last line is torn.
    let bytes = fs::read(&path).expect("a journal");
    let torn = path.with_file_name("0099-torn.jsonl");
    fs::write(&torn, [&bytes[..], b"{\"n\":99,\"entr"].concat()).expect("written");
    let mut application = Application::new(scratch.folder(), 8);
    application.take(Intent::Go(Go::Resume(torn)));
    let (again, _) = console(&application);
    assert_eq!((again.session().now(), again.session().exercise().hash(), recorded(again)), (now, hash, 1));
    // To its end, and into the hotwash; results wait for the participants' own words.
    while !console(&application).0.over() {
        application.take(Intent::Console(Deed::GoOn));
    }
    let torn = console(&application).0.kept_at().expect("kept").to_owned();
    application.take(Intent::Go(Go::End));
    let Screen::Debrief(_, state) = &application.screen else { panic!("the hotwash") };
    assert!(state.debrief.is_none());
    application.take(Intent::Go(Go::Home));
    // Left before anything was closed: it is still there to go on with, and goes on in the hotwash.
    application.take(Intent::Go(Go::Resume(torn.clone())));
    assert!(matches!(application.screen, Screen::Debrief(..)));
    drop(application);
    let journal = crate::journal::read(fs::File::open(&torn).expect("there")).expect("whole");
    assert_eq!(crate::journal::replay(&journal).expect("it plays").differs, None);
}

#[test]
fn minutes_of_the_room_go_by_while_it_talks_and_stand_in_a_break() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    let turns = state.turns(&game);
    let minute = |game: &mut Game| (0..60).for_each(|_| game.pass(Duration::from_secs(1)));
    (0..turns[0].until).for_each(|_| minute(&mut game));
    let data = super::data::data(&game, &turns);
    assert_eq!(data.behind(game.room()), Some(0));
    assert!(data.room_says(game.room()).1.contains("0 minutes left"), "{}", data.room_says(game.room()).1);
    at_console(&mut game, &mut state, Deed::Pause(true));
    minute(&mut game);
    assert_eq!(data.behind(game.room()), Some(0), "a break is not the room's time");
    at_console(&mut game, &mut state, Deed::Pause(false));
    (0..3).for_each(|_| minute(&mut game));
    assert_eq!(data.behind(game.room()), Some(3));
    assert!(data.room_says(game.room()).1.contains("3 minutes late"));
    assert_eq!(game.session().now().0, 0, "the clock of the story stands");
}

#[test]
fn a_decision_is_recorded_with_what_others_thought() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    let gate = GateId::at(0);
    at_console(&mut game, &mut state, Deed::Write(Some(Strip::Decide(gate))));
    let slip = |by: &str, choice| Slip { role: Some(RoleId::at(1)), by: Some(by.to_owned()).filter(|by| !by.is_empty()), choice, sure: 70 };
    for slip in [slip("", 1), slip("2", 0), slip("3", 1), Slip { role: None, ..slip("duty nurse", 0) }] {
        at_console(&mut game, &mut state, Deed::Slip(gate, slip));
    }
    at_console(&mut game, &mut state, Deed::TakeSlipBack(gate, Some(RoleId::at(1)), Some("3".to_owned())));
    let kinds = |game: &Game, wanted: RemarkKind| game.session().annotations().iter().filter(|remark| remark.kind == wanted).count();
    assert_eq!((kinds(&game, RemarkKind::Position), kinds(&game, RemarkKind::Dissent)), (0, 0), "nobody is shown it");
    assert!(!format!("{:?}", state.last).contains(&game.public().gates[0].choices[1].text), "nor what it says");
    let draft = state.record.decisions.entry(gate).or_default();
    draft.choice = Some(0);
    draft.sure = Some(80);
    draft.words = "We say it is major".to_owned();
    at_console(&mut game, &mut state, Deed::Decide(gate));
    assert_eq!(state.strip, None, "{:?}", state.last);
    assert_eq!((kinds(&game, RemarkKind::Record), kinds(&game, RemarkKind::Position), kinds(&game, RemarkKind::Dissent)), (1, 3, 1));
    // What is decided already is not decided again, and says so.
    at_console(&mut game, &mut state, Deed::GoOn);
    state.record = Recording::default();
    *state.record.decisions.entry(gate).or_default() = super::decide::Decision { choice: Some(1), sure: Some(60), ..Default::default() };
    at_console(&mut game, &mut state, Deed::Decide(gate));
    assert!(state.last.as_ref().is_some_and(|(_, says)| says.contains("decided already")), "{:?}", state.last);
}

#[test]
fn a_decision_takes_four_keys_and_letters_are_those_of_the_wall() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    let mut harness = harness(application);
    harness.run();
    let press = |harness: &mut Harness<'_, Application>, key| {
        harness.key_press(key);
        harness.run();
    };
    press(&mut harness, Key::D);
    let Some(Strip::Decide(gate)) = console(harness.state()).1.strip else { panic!("the first decision that is open") };
    for key in [Key::B, Key::Num7] {
        press(&mut harness, key);
    }
    assert!(console(harness.state()).1.pause.is_none(), "B is a choice while a decision is written down");
    press(&mut harness, Key::Enter);
    let (game, state) = console(harness.state());
    assert_eq!(state.strip, None, "{:?}", state.last);
    let choice = &game.public().gates[gate.index()].choices[1].text;
    let remark = game.session().annotations().iter().find(|remark| remark.kind == RemarkKind::Record).expect("a record");
    assert!(remark.value.as_ref().is_some_and(|means| means.contains(choice)), "{remark:?}");
    // The next one has words and slips as well; what is typed is typed, and picks nothing.
    press(&mut harness, Key::D);
    let Some(Strip::Decide(next)) = console(harness.state()).1.strip else { panic!("another decision") };
    assert_ne!(next, gate);
    press(&mut harness, Key::P);
    for line in ["inc 2 a 70", "inc a 60"] {
        harness.get_by_label_contains("What each wrote before").type_text(line);
        harness.run();
        press(&mut harness, Key::Enter);
    }
    press(&mut harness, Key::Enter);
    let draft = |harness: &Harness<'_, Application>| console(harness.state()).1.record.decisions.get(&next).cloned().unwrap_or_default();
    assert_eq!((draft(&harness).choice, console(harness.state()).0.session().positions_taken(next).len()), (None, 2));
    press(&mut harness, Key::W);
    harness.get_by_label_contains("Why, in the room's words").type_text("because");
    harness.run();
    assert_eq!(draft(&harness).choice, None, "the letters of a reason are no choice");
    press(&mut harness, Key::Enter);
    for key in [Key::A, Key::Num0, Key::Enter] {
        press(&mut harness, key);
    }
    let (game, state) = console(harness.state());
    assert_eq!((state.strip, recorded(game)), (None, 2), "{:?}", state.last);
    assert!(game.session().annotations().iter().any(|remark| remark.kind == RemarkKind::Because && remark.text == "because"));
}

#[test]
fn somebody_else_does_it_at_one_key_and_names_are_those_that_people_know() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    state.type_record("Isolate the pathology desks");
    state.look_for(&game);
    let public = game.public().clone();
    let first = |state: &State| state.record.proposals[0].clone();
    let by = |state: &State| public.roles[first(state).meant.by().expect("somebody").index()].kind;
    assert_eq!(by(&state), crate::scenario::written::RoleKind::ItOperations, "{}", first(&state).says);
    let ids: Vec<&String> = public.groups.iter().map(|group| &group.id).chain(public.services.iter().map(|service| &service.id)).collect();
    for id in ids.into_iter().filter(|id| id.contains('-')) {
        assert!(!first(&state).says.contains(id.as_str()), "{} names {id}", first(&state).says);
    }
    let before = first(&state);
    at_console(&mut game, &mut state, Deed::NextOwner);
    let after = first(&state);
    assert_ne!(before.meant.by(), after.meant.by());
    assert!(state.record.owners.len() > 2 && state.record.owners.contains(&before.meant.by().expect("somebody")), "who could stays known");
    for _ in 1..state.record.owners.len() {
        at_console(&mut game, &mut state, Deed::NextOwner);
    }
    assert_eq!(first(&state).meant.by(), before.meant.by(), "all of them in turn");
}

#[test]
fn each_record_says_what_came_of_it() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    let turns = state.turns(&game);
    let mut record = |game: &mut Game, words: &str, deed: Deed| {
        state.type_record(words);
        state.look_for(game);
        at_console(game, &mut state, deed);
        assert!(state.record.words.is_empty(), "{words}: {:?}", state.last);
    };
    record(&mut game, "Call Northlight in on the retainer", Deed::Accept(0));
    record(&mut game, "From now on whoever finds a machine with signs cuts it off", Deed::Accept(0));
    record(&mut game, "Somebody should ring the canteen", Deed::NoteOnly);
    record(&mut game, "If a second site falls, cut the line between the hospitals", Deed::Accept(0));
    let became = |game: &Game| -> Vec<String> { data(game, &turns).recorded.into_iter().rev().map(|record| record.became.1).collect() };
    let at_first = became(&game);
    assert!(at_first[0].starts_with("not yet done: ") && at_first[0].ends_with("is about to"), "{at_first:?}");
    assert!(at_first[1].starts_with("standing") && at_first[3].starts_with("standing"), "{at_first:?}");
    assert_eq!(at_first[2], "only noted, without effect");
    let later = crate::time::Span::minutes(30);
    let until = game.session().now() + later;
    game.facilitate(|session| session.advance(until)).expect("no fault");
    assert!(became(&game)[0].starts_with("ordered "), "{:?}", became(&game));
    // What is taken back says so, and so does what took it back.
    let waiting = |game: &Game| data(game, &turns).waiting.first().map(|waiting| (waiting.roles.clone(), waiting.order));
    let mut state = State::default();
    state.type_record("Power the pathology desks off");
    state.record.from = 4;
    state.look_for(&game);
    at_console(&mut game, &mut state, Deed::Accept(0));
    assert!(became(&game)[4].contains(", from "), "{:?}", became(&game));
    let (roles, order) = waiting(&game).expect("it is for later");
    at_console(&mut game, &mut state, Deed::TakeBack(roles, order));
    assert_eq!(became(&game)[4..], ["taken back", "taken back"]);
}

#[test]
fn going_back_asks_and_says_what_it_undoes() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    let begun = console(&application).0.session().now();
    application.take(Intent::Console(Deed::GoOn));
    if let Screen::Console(game, state) = &mut application.screen {
        state.type_record("Call Northlight in on the retainer");
        state.look_for(game);
        at_console(game, state, Deed::Accept(0));
        at_console(game, state, Deed::Show(Pane::Back));
    }
    let now = console(&application).0.session().now();
    assert!(now > begun);
    let mut harness = harness(application);
    harness.run();
    let ask = |harness: &mut Harness<'_, Application>| {
        harness.get_all_by_label_contains("To the opening of").last().expect("the first move").click();
        harness.run();
    };
    ask(&mut harness);
    let label = |at| console(harness.state()).0.public().calendar.label(at);
    let question = format!("Go back from {} to {}?", label(now), label(begun));
    assert!(harness.query_by_label(&question).is_some(), "{question}");
    assert!(harness.query_by_label_contains("1 record is undone").is_some());
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!((console(harness.state()).0.session().now(), harness.query_by_label(&question).is_some()), (now, false));
    ask(&mut harness);
    harness.key_press(Key::Enter);
    harness.run();
    let (game, _) = console(harness.state());
    assert_eq!((game.session().now(), recorded(game)), (begun, 0));
}

#[test]
fn the_wall_shows_nothing_that_the_room_may_not_know() {
    let mut application = Application::new(None, 1);
    let mut looked_for = 0;
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    for _ in 0..3 {
        let (game, _) = console(&application);
        let program = game.session().program();
        let public = &program.public;
        let mut shown = vec![Shown::Clock, Shown::Situation, Shown::Map];
        shown.extend((0..public.gates.len()).map(|place| Shown::Decision(GateId::at(place))));
        shown.extend((0..public.injects.len()).map(|place| Shown::Handout(InjectId::at(place))));
        let stages: Vec<String> = program.secret.stages.iter().map(|stage| stage.text.clone()).collect();
        let for_the_facilitator: Vec<String> =
            public.injects.iter().flat_map(|inject| inject.expected.iter().chain([&inject.why]).cloned()).collect();
        let notes: Vec<String> = program.script.moves.iter().map(|turn| turn.note.clone()).collect();
        for what in shown {
            application.projector.what = what;
            let wall = format!("{:?}", projector::data(&application));
            for secret in stages.iter().chain(&for_the_facilitator).chain(&notes).filter(|text| text.chars().count() > 30) {
                let quoted = format!("{secret:?}");
                assert!(!wall.contains(quoted.trim_matches('"')), "{what:?} shows {secret}");
                looked_for += 1;
            }
        }
        application.take(Intent::Console(Deed::GoOn));
    }
    assert!(looked_for > 1000, "there was something to look for: {looked_for}");
}

#[test]
fn the_stop_word_stands_on_the_wall_until_it_is_taken_back() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    application.take(Intent::Console(Deed::Stop(true)));
    assert!(matches!(projector::data(&application).large, projector::Large::Stopped));
    application.pass(Duration::from_secs(1));
    assert_eq!(console(&application).0.room(), Duration::ZERO, "nothing goes on meanwhile");
    let mut harness = harness(application);
    harness.run();
    harness.get_by_label("The exercise goes on").click();
    harness.run();
    assert!(matches!(projector::data(harness.state()).large, projector::Large::Clock));
    let said = console(harness.state()).0.session().annotations().iter().filter(|remark| remark.text.contains("something real")).count();
    assert_eq!(said, 1, "it is on record");
}

#[test]
fn roles_change_hands_at_one_desk_and_nobody_sees_another_ones_seat() {
    let people = RoleSet::one(RoleId::at(0)).with(RoleId::at(2));
    let mut application = Application::new(None, 1);
    let game = game(&Begin { mode: Mode::Clocked, people, seed: 1 }, None);
    application.screen = Screen::Console(Box::new(game), Box::default());
    application.take(Intent::Go(Go::Seat(RoleId::at(1))));
    assert!(matches!(application.screen, Screen::Console(..)), "a colleague sits there");
    application.take(Intent::Go(Go::Seat(RoleId::at(2))));
    let Screen::Seat(game, _) = &application.screen else { panic!("a seat") };
    assert_eq!(game.view().role, RoleId::at(2));
    application.take(Intent::Go(Go::Console));
    application.take(Intent::Console(Deed::Seat(RoleId::at(1), true, "third chair".to_owned())));
    application.take(Intent::Console(Deed::Seat(RoleId::at(2), false, String::new())));
    let (game, _) = console(&application);
    let by: Vec<bool> = game.session().seats().iter().take(3).map(|seat| *seat == Seated::Person).collect();
    assert_eq!(by, [true, true, false]);
    application.take(Intent::Go(Go::Seat(RoleId::at(1))));
    assert!(matches!(&application.screen, Screen::Seat(game, _) if game.view().role == RoleId::at(1)));
}

#[test]
fn numbers_show_panes_and_every_pane_has_one() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    let mut harness = harness(application);
    harness.run();
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];
    for (key, pane) in keys.into_iter().zip(Pane::of(Mode::Discussion)) {
        harness.key_press(key);
        harness.run();
        assert_eq!(console(harness.state()).1.pane, pane);
    }
    assert_eq!(Pane::of(Mode::Discussion).count(), keys.len());
}

#[test]
fn the_wall_forgets_with_the_session_and_with_going_back() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    let large = |application: &Application| projector::data(application).large;
    let (game, _) = console(&application);
    let first = game.session().current_move();
    let later = game.public().injects.iter().position(|inject| inject.of_move.is_some() && inject.of_move != first).expect("a later move hands out");
    application.take(Intent::Projector(projector::Deed::Put(Shown::Handout(InjectId::at(later)))));
    assert!(matches!(large(&application), projector::Large::Clock), "what is to come is not on the wall, whoever asks");
    let begun = console(&application).0.session().now();
    (0..2).for_each(|_| application.take(Intent::Console(Deed::GoOn)));
    application.take(Intent::Projector(projector::Deed::Put(Shown::Handout(InjectId::at(later)))));
    assert!(matches!(large(&application), projector::Large::Handout(..)));
    application.take(Intent::Console(Deed::Rewind(begun)));
    assert!(matches!(large(&application), projector::Large::Clock), "play went back, and so did the wall");
    application.take(Intent::Projector(projector::Deed::Put(Shown::Handout(InjectId::at(0)))));
    assert!(matches!(large(&application), projector::Large::Handout(..)));
    // It is kept nowhere, so leaving is asked about.
    application.take(Intent::Go(Go::Home));
    application.take(Intent::Unsaved(crate::desktop::unsaved::Deed::Leave));
    assert_eq!(application.projector.what, Shown::Clock, "another room begins with the clock");
}

#[test]
fn the_picture_on_the_wall_is_as_large_however_many_pixels_a_projector_has() {
    let mut application = Application::new(None, 1);
    for (width, height, times) in [(1280, 720, 1.0), (1920, 1080, 1.5), (1024, 768, 0.8), (3840, 2160, 3.0)] {
        let mut canvas = Canvas::new(width, height);
        let mut seen = Vec::new();
        for _ in 0..5 {
            canvas.frame(|ui| application.projector_ui(ui));
            canvas.in_context(|context| seen.push(context.zoom_factor()));
        }
        assert!(seen[2..].iter().all(|zoom: &f32| (zoom - times).abs() < 0.01), "{width} x {height}: {seen:?}");
    }
}

#[test]
fn the_wall_goes_back_to_the_clock_with_every_move() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    let says = |application: &Application| projector::says(console(application).0, application.projector);
    application.show_projector(true);
    assert_eq!(says(&application), "On the wall: the clock");
    application.take(Intent::Projector(projector::Deed::Put(Shown::Handout(InjectId::at(0)))));
    assert!(says(&application).starts_with("On the wall: Handout 1, "), "{}", says(&application));
    application.take(Intent::Console(Deed::GoOn));
    assert_eq!(says(&application), "On the wall: the clock");
    application.take(Intent::Projector(projector::Deed::Put(Shown::Situation)));
    let start = super::deeds::before_opening(console(&application).0.session().now());
    application.take(Intent::Console(Deed::Rewind(start)));
    assert_eq!(application.projector.what, Shown::Clock, "the hour is the same, and the wall is clear all the same");
}

#[test]
fn the_start_of_a_move_is_without_what_was_recorded_in_it() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    at_console(&mut game, &mut state, Deed::GoOn);
    let turns = state.turns(&game);
    let (now, read, before) = (game.session().now(), data(&game, &turns).update.clone(), game.session().exercise().hash());
    state.type_record("Call Northlight in on the retainer");
    state.look_for(&game);
    at_console(&mut game, &mut state, Deed::Accept(0));
    assert_eq!(recorded(&game), 1);
    at_console(&mut game, &mut state, Deed::Rewind(super::deeds::before_opening(now)));
    assert_eq!((recorded(&game), game.session().now(), game.session().exercise().hash()), (0, now, before));
    let data = data(&game, &turns);
    assert!(data.waiting.is_empty() && read.is_some() && data.update == read, "what is read aloud is the same again");
}

#[test]
fn a_decision_that_waits_is_one_line_whoever_may_take_it() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    for gate in 0..game.public().gates.len() {
        *state.record.decisions.entry(GateId::at(gate)).or_default() =
            super::decide::Decision { choice: Some(0), sure: Some(60), ..Default::default() };
        at_console(&mut game, &mut state, Deed::Decide(GateId::at(gate)));
    }
    let waiting = data(&game, &state.turns(&game)).waiting;
    assert_eq!(waiting.len(), game.public().gates.len());
    assert!(waiting.iter().any(|waiting| waiting.roles.len() > 1), "several were told");
    assert!(waiting.iter().all(|waiting| waiting.says.starts_with("Decided: ")), "{waiting:?}");
    let first = waiting[0].clone();
    at_console(&mut game, &mut state, Deed::TakeBack(first.roles, first.order));
    assert_eq!(data(&game, &state.turns(&game)).waiting.len(), waiting.len() - 1);
}

#[test]
fn nothing_is_recorded_that_nobody_chose() {
    let mut game = game(&Begin::discussion(1), None);
    let mut state = State::default();
    let gate = GateId::at(0);
    state.record.decisions.entry(gate).or_default().choice = Some(0);
    at_console(&mut game, &mut state, Deed::Decide(gate));
    assert_eq!(recorded(&game), 0, "nobody said how sure the room is");
    // Words that mean a decision lead to where that is asked.
    let words = game.public().gates[0].choices[0].text.clone();
    state.type_record(&words);
    state.look_for(&game);
    let place = state.record.proposals.iter().position(|proposal| matches!(proposal.meant, crate::session::matching::Meant::Decision(..)));
    at_console(&mut game, &mut state, Deed::Accept(place.expect("its own words mean it")));
    assert!(matches!(state.strip, Some(Strip::Decide(_))), "{:?}", state.strip);
    assert_eq!(recorded(&game), 0);
    let mut application = Application::new(None, 1);
    at_console(&mut game, &mut state, Deed::Write(Some(Strip::Beliefs)));
    application.screen = Screen::Console(Box::new(game), Box::new(state));
    let mut harness = harness(application);
    harness.run();
    let go_on = |harness: &Harness<'_, Application>| harness.get_by_label("Record and go on").accesskit_node().is_disabled();
    assert!(go_on(&harness), "no number is chosen beforehand");
    harness.get_all_by_label_contains("70 %: ").next().expect("a number to choose").click();
    harness.run();
    assert!(!go_on(&harness));
}

#[test]
fn while_it_is_real_the_wall_says_nothing_else_and_cannot_be_blanked() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Console(Box::new(game(&Begin::discussion(1), None)), Box::default());
    let mut wall = scratch::wall(application);
    wall.run();
    let clock = projector::data(wall.state()).clock.expect("something is played");
    assert!(wall.query_by_label("EXERCISE").is_some() && wall.query_by_label(&clock).is_some());
    wall.state_mut().take(Intent::Console(Deed::Stop(true)));
    wall.run();
    wall.key_press(Key::B);
    wall.run();
    assert!(wall.query_by_label("Stop. This is real.").is_some());
    assert!(wall.query_by_label("EXERCISE").is_none() && wall.query_by_label(&clock).is_none());
    wall.state_mut().take(Intent::Console(Deed::Stop(false)));
    wall.state_mut().take(Intent::Console(Deed::BreakFor(10)));
    wall.run();
    assert!(wall.query_by_label("Break").is_some() && wall.query_by_label_contains("Back at ").is_some());
}

#[test]
fn a_long_page_on_the_wall_is_turned_from_the_console_and_the_next_begins_at_its_top() {
    let mut application = Application::new(None, 1);
    let game = game(&Begin::discussion(1), None);
    let with_file = |place: &usize| game.public().injects[*place].artefact.as_ref().is_some_and(|(name, _)| name.ends_with(".eml"));
    let mail = InjectId::at((0..game.public().injects.len()).find(with_file).expect("a mail"));
    application.screen = Screen::Console(Box::new(game), Box::default());
    application.take(Intent::Projector(projector::Deed::Put(Shown::Handout(mail))));
    let mut wall = scratch::wall(application);
    wall.run();
    for machine in ["boundary", "Received", "Content-Type", ".eml", ".csv"] {
        assert!(wall.query_by_label_contains(machine).is_none(), "{machine} is for machines");
    }
    let top = |wall: &Harness<'_, Application>| wall.get_by_label("Subject").rect().top();
    let first = top(&wall);
    wall.state_mut().take(Intent::Projector(projector::Deed::Turn(true)));
    wall.run();
    assert!(top(&wall) < first - 100.0, "{} after {first}", top(&wall));
    wall.state_mut().take(Intent::Projector(projector::Deed::Turn(false)));
    wall.run();
    assert_eq!(top(&wall), first);
    wall.state_mut().take(Intent::Projector(projector::Deed::Turn(true)));
    wall.run();
    wall.state_mut().take(Intent::Projector(projector::Deed::Put(Shown::Handout(mail))));
    wall.run();
    assert_eq!(top(&wall), first, "what is put up begins at its top");
}
