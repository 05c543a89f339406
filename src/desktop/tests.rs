//! Screens without a window: data as plain data, drawing by its accessible labels.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::application::{Application, Screen};
use super::keep::Folder;
use super::play::{Begin, Game, StopAt};
use super::seat::{self, Panel};
use super::theme::Look;
use super::{Intent, screens, words};
use crate::exercise::Receipt;
use crate::exercise::quote::offers;
use crate::ids::{DenseId, RoleId};
use crate::scenario::prepare;
use crate::scenario::source::shipped;
use crate::session::Mode;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Order;

/// A folder of one test, gone when it is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("hotwash-screens-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Scratch(path)
    }

    fn folder(&self) -> Option<Folder> {
        Folder::find(Some(&self.0))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn begin(folder: Option<&Folder>) -> Game {
    let prepared = prepare::prepare(shipped()[0], None, None).unwrap();
    let roles = &prepared.program.public.roles;
    let role = roles.iter().position(|role| role.kind == crate::scenario::written::RoleKind::IncidentManager).unwrap();
    Game::begin(prepared, &Begin::solo(RoleId::at(role), 7), folder)
}

fn home() -> super::home::State {
    super::home::State::new(Vec::new(), super::keep::Shelf::default())
}

/// An order that would be accepted, and that takes work: the second of two such would be a second task.
fn some_order(game: &Game) -> Order {
    let view = game.view();
    offers(&view).next().expect("something can be ordered")
}

fn harness(application: Application) -> Harness<'static, Application> {
    Harness::builder()
        .with_size([1280.0, 720.0])
        .with_max_steps(12)
        .build_ui_state(|ui, application: &mut Application| application.ui(ui), application)
}

/// Everything a seat can show, as text.
fn all_that_is_shown(game: &Game) -> String {
    let view = game.view();
    let targets = words::targets_by_key(&view);
    let inbox = seat::inbox::data(&view, &Default::default(), &|number, at| game.read_aloud(number, at));
    let parts = [
        format!("{inbox:?}"),
        format!("{:?}", seat::alerts::data(&view, 0)),
        format!("{:?}", seat::map::data(&view, 1.6)),
        format!("{:?}", seat::decisions::data(&view, &game.own_orders(), 0)),
        format!("{:?}", seat::services::data(&view, 0)),
        format!("{:?}", seat::team::data(&view, &targets, 0)),
        format!("{:?}", seat::duties::data(&view, 0)),
        format!("{:?}", seat::evidence::data(&view, &game.asked(), &game.own_orders(), 0).findings),
        format!("{:?}", seat::diary::data(&view, &game.own_orders(), &targets, 0)),
    ];
    parts.concat()
}

#[test]
fn a_seat_shows_nothing_of_what_is_to_come_nor_of_the_attack() {
    let prepared = prepare::prepare(shipped()[0], None, None).unwrap();
    let program = prepared.program.clone();
    let mut looked_for = 0;
    for place in 0..program.public.roles.len() {
        let mut game = Game::begin(prepared.clone(), &Begin::solo(RoleId::at(place), 7), None);
        game.set_stop_at(StopAt::Never);
        for _ in 0..3 {
            game.jump(Span::hours(5));
            let shown = all_that_is_shown(&game);
            let told = &game.view().knowledge.injects;
            for (number, inject) in program.public.injects.iter().enumerate() {
                let told = told.iter().any(|told| told.index() == number);
                let secrets = inject.expected.iter().chain(std::iter::once(&inject.why)).chain(if told { None } else { Some(&inject.text) });
                for secret in secrets.filter(|secret| secret.chars().count() > 30) {
                    let quoted = format!("{secret:?}");
                    assert!(!shown.contains(quoted.trim_matches('"')), "{place} is shown {secret}");
                    looked_for += 1;
                }
            }
            for stage in program.secret.stages.iter().filter(|stage| stage.text.chars().count() > 20) {
                let quoted = format!("{:?}", stage.text);
                assert!(!shown.contains(quoted.trim_matches('"')), "{place} is shown the attack: {}", stage.text);
                looked_for += 1;
            }
        }
    }
    assert!(looked_for > 500, "there was something to look for: {looked_for}");
}

#[test]
fn two_clicks_on_the_same_picture_are_one_order() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Seat(Box::new(begin(None)), Box::default());
    let order = {
        let Screen::Seat(game, _) = &application.screen else { unreachable!() };
        some_order(game)
    };
    let intent = seat::give(0, order);
    application.take(intent.clone());
    application.take(intent);
    let Screen::Seat(game, _) = &application.screen else { panic!("still playing") };
    assert_eq!(game.own_orders().len(), 1);
    // Another picture, another request: it is for the rules to say what comes of it.
    let revision = game.revision();
    application.take(seat::give(revision, order));
    let Screen::Seat(game, _) = &application.screen else { panic!("still playing") };
    assert_eq!(game.own_orders().len(), 2);
}

#[test]
fn a_machine_that_slept_does_not_skip_the_exercise() {
    let mut game = begin(None);
    game.set_stop_at(StopAt::Never);
    game.pass(Duration::from_secs(60));
    assert_eq!(game.view().now, ExerciseTime(0), "the clock stands until it is run");
    game.run(true);
    game.set_pace(60);
    game.pass(Duration::from_secs(8 * 3600));
    assert_eq!(game.view().now, ExerciseTime(90), "a second and a half at sixty to one");
    game.run(false);
    game.pass(Duration::from_secs(1));
    assert_eq!(game.view().now, ExerciseTime(90), "a pause is a pause");
}

#[test]
fn the_clock_stops_at_what_comes_and_a_jump_skips_nothing() {
    let mut game = begin(None);
    let before = game.view().knowledge.news.len();
    game.jump_to_news();
    let came = game.view().knowledge.news.len();
    assert!(came > before && !game.running());
    let at = game.view().now;
    let mut again = begin(None);
    again.set_stop_at(StopAt::Never);
    again.jump(at - ExerciseTime(0));
    assert_eq!(again.view().knowledge.news.len(), came, "the same as without stopping on the way");
}

#[test]
fn a_session_that_was_cut_off_goes_on_where_it_stood_and_its_journal_replays() {
    let scratch = Scratch::new("resume");
    let folder = scratch.folder().unwrap();
    let mut game = begin(Some(&folder));
    assert_eq!(game.not_kept(), None);
    game.set_stop_at(StopAt::Never);
    game.jump(Span::hours(2));
    let order = some_order(&game);
    let receipt = game.order("first", order, Some("because".to_owned())).unwrap();
    assert!(matches!(receipt, Receipt::Accepted(_)));
    game.jump(Span::minutes(30));
    let (now, news, path) = (game.view().now, game.view().knowledge.news.len(), game.kept_at().unwrap().to_owned());
    drop(game);
    // A crash in the middle of a line.
    let mut text = fs::read(&path).unwrap();
    text.extend_from_slice(b"{\"n\":99,\"entr");
    fs::write(&path, text).unwrap();
    let sessions = folder.sessions();
    assert_eq!((sessions.len(), sessions[0].closed, sessions[0].mode.as_str()), (1, false, "solo"));
    let mut game = Game::resume(&path).unwrap();
    assert_eq!((game.view().now, game.view().knowledge.news.len()), (now, news));
    assert!(Game::resume(&path).is_err(), "one window at a time writes to a journal");
    assert_eq!(game.order("first", order, None).unwrap(), receipt, "a request of before is still known");
    assert_eq!(game.own_orders().len(), 1, "and not given again");
    // The first picture of this sitting is not the first picture of that one.
    let mut application = Application::new(None, 1);
    application.screen = Screen::Seat(Box::new(game), Box::default());
    application.take(seat::give(0, order));
    let Screen::Seat(game, _) = std::mem::replace(&mut application.screen, Screen::Home(Box::new(home()))) else { panic!("still playing") };
    assert_eq!(game.own_orders().len(), 2, "an order of another sitting is another order");
    let mut game = *game;
    game.set_stop_at(StopAt::Never);
    game.jump(Span::hours(24 * 30));
    game.close();
    drop(game);
    let journal = crate::journal::read(fs::File::open(&path).unwrap()).unwrap();
    let replayed = crate::journal::replay(&journal).unwrap();
    assert_eq!(replayed.differs, None);
    assert!(replayed.closed);
    assert!(folder.sessions()[0].closed);
    assert!(Game::resume(&path).is_err(), "what is over is over");
}

#[test]
fn without_a_place_to_write_play_goes_on_and_says_so() {
    let scratch = Scratch::new("no-place");
    fs::write(&scratch.0, "a file, not a folder").unwrap();
    let mut application = Application::new(scratch.folder(), 1);
    application.take(Intent::PickScenario(shipped()[0].to_owned()));
    application.take(Intent::Start);
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label_contains("Not saved").is_some());
    let _ = fs::remove_file(&scratch.0);
}

#[test]
fn from_home_to_the_first_order_and_on_to_a_saved_debrief() {
    let scratch = Scratch::new("evening");
    let mut harness = harness(Application::new(scratch.folder(), 3));
    harness.run();
    harness.get_by_label("Begin alone").click();
    harness.run();
    assert!(matches!(harness.state().screen, Screen::Seat(..)), "one click to the seat");
    assert!(harness.query_all_by_label("EXERCISE").next().is_some());
    // The second and third: an action that is done to one thing, and giving the order after having seen what it takes.
    let Screen::Seat(game, _) = &harness.state().screen else { panic!("a seat") };
    let action = {
        let view = game.view();
        let only = |order: &Order| crate::exercise::quote::candidates(&view, order.action).count() == 1;
        let order = offers(&view).find(only).expect("something is done to one thing only");
        words::Names::of(&view).action(order.action).to_owned()
    };
    harness.get_all_by_label(&action).next().unwrap().scroll_to_me();
    harness.run();
    harness.get_all_by_label(&action).next().unwrap().click();
    harness.run();
    harness.get_by_label("Give the order").click();
    harness.run();
    assert!(harness.query_by_label_contains("Ordered: ").is_some());
    let Screen::Seat(game, _) = &harness.state().screen else { panic!("a seat") };
    assert_eq!(game.own_orders().len(), 1);
    harness.get_by_label("On to what comes next").click();
    harness.run();
    harness.state_mut().take(Intent::EndPlay);
    harness.run();
    assert!(harness.query_by_label("Save as HTML").is_none(), "results come after the participants' own words");
    harness.get_by_label("What went well?").click();
    harness.run();
    harness.get_by_label("Show the debrief").click();
    harness.run();
    for format in ["HTML", "Markdown", "JSON"] {
        harness.get_by_label(&format!("Save as {format}")).click();
        harness.run();
        assert!(harness.query_by_label_contains("Saved: ").is_some());
    }
    let mut saved: Vec<String> =
        fs::read_dir(scratch.0.join("debriefs")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    saved.sort();
    assert_eq!(saved.iter().map(|name| name.rsplit('.').next().unwrap()).collect::<Vec<_>>(), ["html", "json", "md"]);
}

#[test]
fn everything_is_reached_from_the_keyboard() {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Seat(Box::new(begin(None)), Box::default());
    let mut harness = harness(application);
    harness.run();
    harness.key_press(egui::Key::Num3);
    harness.run();
    let panel = |harness: &Harness<'_, Application>| match &harness.state().screen {
        Screen::Seat(_, state) => state.panel,
        _ => panic!("a seat"),
    };
    assert_eq!(panel(&harness), Panel::Alerts);
    harness.key_press(egui::Key::N);
    harness.run();
    let Screen::Seat(game, _) = &harness.state().screen else { panic!("a seat") };
    assert!(game.view().now > ExerciseTime(0));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run();
    harness.get_by_label("What do you want to do?").type_text("show: log");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(panel(&harness), Panel::Diary);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Plus);
    harness.run();
    assert_eq!(harness.state().look.scale_percent, 110);
}

/// What cannot be named can neither be read aloud nor be tested. And no screen may panic, however large its text.
#[test]
fn every_screen_draws_at_every_size_and_everything_that_is_pressed_has_a_name() {
    for name in screens::names() {
        for (scale_percent, size) in [(100, [1280.0, 720.0]), (200, [640.0, 360.0]), (80, [1920.0, 1080.0])] {
            let mut application = screens::application_on(name).unwrap();
            application.look = Look { scale_percent: 100, dark: scale_percent == 80, reduced_motion: true };
            let builder = Harness::builder().with_size(size).with_max_steps(12);
            let mut harness = builder.build_ui_state(|ui, application: &mut Application| screens::draw(name, application, ui), application);
            harness.run_steps(3);
            let nameless = harness.root().children_recursive().filter(|node| {
                let node = node.accesskit_node();
                matches!(node.role(), Role::Button | Role::TextInput | Role::CheckBox | Role::RadioButton | Role::Slider)
                    && node.label().is_none_or(|label| label.trim().is_empty())
            });
            let nameless: Vec<String> = nameless.map(|node| format!("{:?}", node.accesskit_node().role())).collect();
            assert!(nameless.is_empty(), "{name} at {size:?}: {nameless:?}");
        }
    }
}

#[test]
fn alerts_are_sorted_and_filtered() {
    let game = screens::game_at(Span::hours(8), crate::scenario::written::RoleKind::Responder).unwrap();
    let data = seat::alerts::data(&game.view(), 0);
    assert!(data.rows.len() > 3, "{}", data.rows.len());
    let mut state = seat::alerts::State::default();
    let shown = seat::alerts::shown(&data, &state);
    assert!(shown.windows(2).all(|pair| data.rows[pair[0]].raised >= data.rows[pair[1]].raised), "the newest first");
    state.filter = data.rows[0].machine.to_uppercase();
    let shown = seat::alerts::shown(&data, &state);
    assert!(!shown.is_empty() && shown.len() < data.rows.len());
    assert!(shown.iter().all(|place| data.rows[*place].machine == data.rows[0].machine));
}

#[test]
fn the_palette_finds_orders_by_parts_of_their_words() {
    let game = screens::game_at(Span::hours(8), crate::scenario::written::RoleKind::IncidentManager).unwrap();
    let view = game.view();
    let data = seat::palette::data(&view, Vec::new(), &seat::evidence::data(&view, &[], &[], 0));
    let hits = seat::palette::found(&data, "show map");
    assert_eq!(hits[0].says, "Show: Situation map");
    let hits = seat::palette::found(&data, "isolate");
    assert!(hits.iter().any(|hit| matches!(hit.leads, seat::palette::Leads::Order(_))), "by the field's word, whatever the scenario calls it");
    assert!(seat::palette::found(&data, "no such thing at all").is_empty());
    assert!(seat::palette::found(&data, "").len() <= 12);
}

/// Somebody who presses everything, everywhere: nothing panics, nothing sticks, and the journal replays.
#[test]
fn random_clicks_and_keys_leave_a_journal_that_replays() {
    for mode in Mode::ALL {
        press_everything(mode);
    }
}

fn press_everything(mode: Mode) {
    let scratch = Scratch::new(mode.name());
    let mut application = Application::new(scratch.folder(), 5);
    let begin = |application: &mut Application| {
        application.take(Intent::PickScenario(shipped()[0].to_owned()));
        application.take(Intent::PickMode(mode));
        if mode == Mode::Clocked {
            application.take(Intent::PickRole(RoleId::at(1)));
        }
        application.take(Intent::Start);
        match &application.screen {
            Screen::Seat(game, _) | Screen::Console(game, _) => game.kept_at().unwrap().to_owned(),
            _ => panic!("somebody plays"),
        }
    };
    let mut path = begin(&mut application);
    let mut entries = 0;
    let mut harness = harness(application);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let keys = [
        egui::Key::Space,
        egui::Key::N,
        egui::Key::Enter,
        egui::Key::Tab,
        egui::Key::Escape,
        egui::Key::Num2,
        egui::Key::Num4,
        egui::Key::F1,
        egui::Key::R,
    ];
    for step in 0..300 {
        match next(6) {
            0 => harness.key_press(keys[next(keys.len() as u64) as usize]),
            1 => harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K),
            2 => harness.event(egui::Event::Text(["a", "7", "iso"][next(3) as usize].to_owned())),
            _ => {
                let pos = egui::pos2(next(1280) as f32, next(720) as f32);
                harness.hover_at(pos);
                for pressed in [true, false] {
                    harness.event(egui::Event::PointerButton {
                        pos,
                        button: egui::PointerButton::Primary,
                        pressed,
                        modifiers: egui::Modifiers::NONE,
                    });
                }
            }
        }
        harness.step();
        harness.state_mut().pass(Duration::from_millis(200));
        // Leaving is not what is tested here: whoever left goes on.
        if matches!(harness.state().screen, Screen::Home(_)) {
            harness.state_mut().take(Intent::Resume(path.clone()));
            assert!(!matches!(harness.state().screen, Screen::Home(_)), "step {step}: it can be gone on with");
        }
        // Ending is: the journal has to hold, and somebody else begins.
        if matches!(harness.state().screen, Screen::Debrief(..)) {
            harness.state_mut().take(Intent::Home);
            entries += replays(&path);
            path = begin(harness.state_mut());
        }
    }
    drop(harness);
    entries += replays(&path);
    // At the console the clock stands, so less is written by itself.
    let least = if mode == Mode::Discussion { 4 } else { 10 };
    assert!(entries > least, "something happened: {entries}");
}

/// How many entries a journal has that replays.
fn replays(path: &std::path::Path) -> usize {
    let journal = crate::journal::read(fs::File::open(path).unwrap()).unwrap();
    assert_eq!(crate::journal::replay(&journal).unwrap().differs, None);
    journal.entries.len()
}
