//! The debrief on the screen: nothing before the participants' own words, nothing in a room before it is approved, and all of it by labels.

use std::time::Duration;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::super::application::{Application, Screen};
use super::super::play::{Begin, Game, StopAt};
use super::super::{Intent, projector, screens};
use super::{Deed, Part, State, TABS, Wall, hotwash};
use crate::assessment::Rating;
use crate::debrief::approval::Approval;
use crate::debrief::{Format, render};
use crate::desktop::scratch;
use crate::journal::RemarkKind;
use crate::scenario::prepare;
use crate::scenario::source::shipped;
use crate::time::Span;

fn room() -> Application {
    let prepared = prepare::prepare(shipped()[0], None, None).expect("it is shipped");
    let mut game = Game::begin(prepared, &Begin::discussion(7), None);
    game.set_stop_at(StopAt::Never);
    game.jump(Span::hours(24 * 30));
    game.end_play();
    let state = State::new(&game);
    let mut application = Application::new(None, 1);
    application.screen = Screen::Debrief(Box::new(game), Box::new(state));
    application
}

fn harness(application: Application) -> Harness<'static, Application> {
    scratch::harness(application, 1280.0, 720.0)
}

fn shown<'a>(harness: &'a Harness<'_, Application>) -> (&'a Game, &'a State) {
    match &harness.state().screen {
        Screen::Debrief(game, state) => (game, state),
        _ => panic!("a debrief"),
    }
}

fn kinds(game: &Game) -> Vec<&RemarkKind> {
    game.session().annotations().iter().map(|remark| &remark.kind).collect()
}

#[test]
fn a_room_writes_strengths_and_gaps_before_it_sees_anything() {
    let mut harness = harness(room());
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    harness.run();
    assert!(shown(&harness).1.debrief.is_none(), "not before both are written");
    for (says, text) in [("What went well?", "We rang each other early."), ("What went less well?", "Nobody had the numbers.")] {
        harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, says).focus();
        harness.run();
        harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, says).type_text(text);
        harness.run();
    }
    harness.get_by_label("Show the debrief").click();
    harness.run();
    let (game, state) = shown(&harness);
    let debrief = state.debrief.as_ref().expect("results");
    assert_eq!(debrief.participants.strengths[0].text, "We rang each other early.");
    assert_eq!(debrief.participants.gaps[0].text, "Nobody had the numbers.");
    assert!(!kinds(game).contains(&&RemarkKind::LessonsSkipped));
    assert!(debrief.approval.held_back().len() == Part::ALL.len(), "in a room nothing is shown to begin with");
}

#[test]
fn remarks_are_typed_one_after_the_other_and_gaps_go_into_the_plan() {
    let mut harness = harness(room());
    harness.run();
    let field = |harness: &Harness<'_, Application>, text: &str| {
        harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "What went less well?").type_text(text);
    };
    harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "What went less well?").focus();
    harness.run();
    for text in ["Nobody had the numbers.", "The list was old."] {
        field(&harness, text);
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
    }
    assert_eq!(kinds(shown(&harness).0).iter().filter(|kind| kind.name() == "gap").count(), 2, "the cursor stays where it was");
    for _ in 0..23 * 2 {
        harness.state_mut().pass(Duration::from_secs(30));
    }
    harness.run();
    assert!(harness.query_by_label_contains("3 over the 20 kept for it").is_some());
    harness.get_by_label("Go on without").click();
    harness.run();
    harness.get_by_label("Show the debrief").click();
    harness.run();
    harness.get_by_label("Plan").click();
    harness.run();
    harness.get_by_label("Show it").click();
    harness.run();
    harness.get_by_label("Put into the plan: The list was old.").click();
    harness.run();
    let debrief = shown(&harness).1.debrief.as_ref().expect("results");
    assert!(debrief.improvement_plan.iter().any(|item| item.issue == "The list was old." && item.origin == "added"));
    assert!(harness.query_by_label("Put into the plan: The list was old.").is_none(), "it is there now");
}

#[test]
fn going_without_is_on_record() {
    let mut harness = harness(room());
    harness.run();
    harness.get_by_label("Go on without").click();
    harness.run();
    harness.get_by_label("Show the debrief").click();
    harness.run();
    assert!(shown(&harness).1.debrief.is_some());
    assert!(kinds(shown(&harness).0).contains(&&RemarkKind::LessonsSkipped));
    assert!(shown(&harness).0.session().may_show_results());
}

#[test]
fn what_is_too_long_is_refused_at_its_field_and_stays_there() {
    let mut application = room();
    if let Screen::Debrief(game, state) = &mut application.screen {
        // Ended by hand, long before ENDEX: the room can say what it has to say all the same.
        **game = Game::begin(prepare::prepare(shipped()[0], None, None).expect("it is shipped"), &Begin::discussion(7), None);
        game.end_play();
        **state = State::new(game);
        state.hotwash.type_answers(["We rang each other early.", "Nobody had the numbers.", &"x".repeat(5000)]);
    }
    let mut harness = harness(application);
    harness.run();
    harness.get_by_label("Show the debrief").click();
    harness.run();
    assert!(harness.query_by_label_contains("Not written down: it has 5000 characters").is_some());
    assert!(shown(&harness).1.debrief.is_none(), "what somebody wrote is not passed over");
    assert_eq!(
        kinds(shown(&harness).0).iter().filter(|kind| matches!(kind, RemarkKind::Strength | RemarkKind::Gap | RemarkKind::Lesson)).count(),
        2,
        "the rest is written"
    );
    if let Screen::Debrief(_, state) = &mut harness.state_mut().screen {
        state.hotwash.type_answers(["", "", "Ring earlier."]);
    }
    harness.run();
    harness.get_by_label("Show the debrief").click();
    harness.run();
    let (game, state) = shown(&harness);
    assert_eq!(state.debrief.as_ref().expect("results").participants.lessons[0].text, "Ring earlier.");
    assert_eq!(
        kinds(game).iter().filter(|kind| matches!(kind, RemarkKind::Strength | RemarkKind::Gap | RemarkKind::Lesson)).count(),
        3,
        "and nothing twice"
    );
    assert!(game.session().may_show_results());
}

#[test]
fn a_part_is_closed_until_it_is_approved_and_an_export_holds_what_is() {
    let mut application = room();
    application.take(Intent::Debrief(Deed::Results));
    if let Screen::Debrief(_, state) = &mut application.screen {
        state.part = Part::Scores;
    }
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label_contains("fact it rests on").is_none() && harness.query_by_label_contains("Points by capability").is_none());
    harness.get_by_label("Read it first").click();
    harness.run();
    assert!(harness.query_by_label_contains("Points by capability").is_some(), "the facilitator reads it");
    assert!(!shown(&harness).1.debrief.as_ref().expect("results").shows(Part::Scores));
    harness.get_by_label("Approve for showing").click();
    harness.run();
    {
        let (game, state) = shown(&harness);
        let debrief = state.debrief.as_ref().expect("results");
        assert!(debrief.shows(Part::Scores) && !debrief.shows(Part::Outcome));
        let page = render(debrief, Format::Html);
        assert!(page.contains("<section id=\"scores\"") && !page.contains("<section id=\"outcome\""));
        assert!(Approval::of(game.session().annotations()).has(Part::Scores), "it is kept with the session");
    }
    harness.get_by_label("Take back").click();
    harness.run();
    assert!(!shown(&harness).1.debrief.as_ref().expect("results").shows(Part::Scores));
    harness.get_by_label("Approve all").click();
    harness.run();
    assert!(shown(&harness).1.debrief.as_ref().expect("results").approval.whole());
}

#[test]
fn causes_are_linked_to_evidence_that_the_room_was_told_of() {
    let mut harness = harness(room());
    harness.run();
    harness.get_by_label("Causes").click();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "A cause").focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "A cause").type_text("An old account was open.");
    harness.run();
    let told = harness.get_all_by_role(egui::accesskit::Role::CheckBox).find(|node| {
        use egui_kittest::kittest::NodeT;
        node.accesskit_node().label().is_some_and(|label| label != "Go on without")
    });
    told.expect("the room was told of something").click();
    harness.run();
    harness.get_by_label("Write the cause down").click();
    harness.run();
    let (game, _) = shown(&harness);
    let cause = game.session().annotations().iter().find(|remark| remark.kind == RemarkKind::Cause).expect("it is written");
    assert!(cause.value.is_some(), "with its evidence");
    // An evaluator's sheet goes the same way, and says what cannot be.
    harness.get_by_label("Evaluators").click();
    harness.run();
    let target = shown(&harness).0.session().program().rubric.targets[0].id.clone();
    harness.state_mut().take(Intent::Debrief(Deed::Hotwash(hotwash::Deed::Rate(target))));
    harness.state_mut().take(Intent::Debrief(Deed::Hotwash(hotwash::Deed::Judge("no-such-criterion".to_owned()))));
    harness.run();
    assert!(!kinds(shown(&harness).0).iter().any(|kind| matches!(kind, RemarkKind::Rating | RemarkKind::Judged)), "not without a reason");
}

#[test]
fn an_evaluator_rates_and_two_may_differ() {
    let mut application = room();
    let target = match &application.screen {
        Screen::Debrief(game, _) => game.session().program().rubric.targets[0].id.clone(),
        _ => panic!("a debrief"),
    };
    for (by, rating, text) in
        [("First evaluator", Rating::Performed, "It was done."), ("Second evaluator", Rating::MajorChallenges, "It was done late.")]
    {
        if let Screen::Debrief(game, _) = &mut application.screen {
            game.facilitate(|session| session.rate(by, &target, rating, text)).expect("there is such a target");
        }
    }
    application.take(Intent::Debrief(Deed::Results));
    application.take(Intent::Debrief(Deed::Remark(Box::new(Part::Scores.annotation(true)))));
    if let Screen::Debrief(_, state) = &mut application.screen {
        state.part = Part::Scores;
    }
    let mut harness = harness(application);
    harness.run();
    assert_eq!(harness.query_all_by_label("Evaluators differ").count(), 1);
    assert!(harness.query_by_label_contains("First evaluator: It was done.").is_some());
    assert!(harness.query_by_label_contains("Second evaluator: It was done late.").is_some());
}

#[test]
fn the_plan_is_edited_where_it_stands() {
    let mut harness = harness(screens::application_on("debrief-plan").expect("a screen"));
    harness.run();
    let before = shown(&harness).1.debrief.as_ref().expect("results").improvement_plan.len();
    harness.get_by_label("Add an item").click();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Issue").type_text("Nobody had the numbers.");
    harness.run();
    harness.get_by_label("Completion").focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Completion").type_text("soon");
    harness.run();
    harness.get_by_label("Keep it").click();
    harness.run();
    assert_eq!(
        harness.query_all_by_label_contains("is no day").count(),
        2,
        "a date is a date: said while it is typed, and again when it is to be kept"
    );
    for _ in 0..4 {
        harness.key_press(egui::Key::Backspace);
    }
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Completion").focus();
    harness.run();
    for _ in 0..4 {
        harness.key_press(egui::Key::Backspace);
        harness.run();
    }
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Completion").type_text("1st of October 2026");
    harness.run();
    assert!(harness.query_by_label_contains("Thu 1 Oct 2026").is_some(), "as it is understood");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Enter);
    harness.run();
    let debrief = shown(&harness).1.debrief.as_ref().expect("results");
    assert_eq!(debrief.improvement_plan.len(), before + 1);
    let own = debrief.improvement_plan.iter().find(|item| item.id == "own-1").expect("it is there");
    assert_eq!((own.issue.as_str(), own.completion.as_str(), own.origin), ("Nobody had the numbers.", "2026-10-01", "added"));
    // What was kept last has come into view, and so can be clicked.
    harness.get_all_by_label("Leave out").next().expect("something can be left out").click();
    harness.run();
    assert_eq!(shown(&harness).1.debrief.as_ref().expect("results").improvement_left_out.len(), 1);
}

#[test]
fn the_scrubber_goes_from_change_to_change_by_keys() {
    let mut application = screens::application_on("debrief-map").expect("a screen");
    if let Screen::Debrief(_, state) = &mut application.screen {
        state.at = 0;
    }
    let mut harness = harness(application);
    harness.run();
    let first = shown(&harness).1.at;
    harness.key_press(egui::Key::ArrowRight);
    harness.run();
    let next = shown(&harness).1.at;
    assert!(next > first);
    harness.get_by_label("On").click();
    harness.run();
    assert!(shown(&harness).1.at > next);
    assert!(harness.query_by_label_contains("of those taken, ").is_some(), "the moment is said in words as well");
}

#[test]
fn every_part_is_drawn_and_reached_by_keys_in_turn() {
    let mut harness = harness(screens::application_on("debrief-capabilities").expect("a screen"));
    harness.run();
    let mut seen = Vec::new();
    for _ in TABS {
        seen.push(shown(&harness).1.part);
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::PageDown);
        harness.run();
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), TABS.len());
    assert!(!shown(&harness).1.room, "a person alone approves nothing");
}

fn wall(application: &Application) -> Wall {
    match projector::data(application).large {
        projector::Large::Debrief(wall) => wall,
        other => panic!("no debrief on the wall: {other:?}"),
    }
}

fn open(application: &mut Application, part: Part) {
    if let Screen::Debrief(_, state) | Screen::Past(_, state) = &mut application.screen {
        state.part = part;
    }
}

#[test]
fn the_wall_shows_the_part_that_is_open_once_it_is_approved() {
    let mut application = room();
    assert_eq!(wall(&application), Wall::Questions);
    if let Screen::Debrief(game, _) = &mut application.screen {
        game.facilitate(|session| session.strength("We rang each other early.", &[])).expect("play is over");
    }
    assert_eq!(wall(&application), Wall::Questions, "what one wrote is no business of the others yet");
    application.take(Intent::Debrief(Deed::Results));
    for part in Part::ALL {
        open(&mut application, part);
        assert_eq!(wall(&application), Wall::Wrote, "{part:?} is not approved");
    }
    let approve = |application: &mut Application, part: Part, yes| application.take(Intent::Debrief(Deed::Remark(Box::new(part.annotation(yes)))));
    open(&mut application, Part::Decisions);
    approve(&mut application, Part::Decisions, true);
    approve(&mut application, Part::Outcome, true);
    let mut harness = harness(application);
    harness.run();
    assert_eq!(wall(harness.state()), Wall::Part(Part::Decisions));
    // The facilitator reads on; the room keeps what it may see.
    open(harness.state_mut(), Part::Scores);
    harness.run();
    assert_eq!(wall(harness.state()), Wall::Part(Part::Decisions));
    open(harness.state_mut(), Part::Outcome);
    harness.run();
    assert_eq!(wall(harness.state()), Wall::Part(Part::Outcome));
    approve(harness.state_mut(), Part::Outcome, false);
    harness.run();
    assert_eq!(wall(harness.state()), Wall::Wrote, "what was taken back is on no wall");
}

#[test]
fn on_the_wall_there_is_nothing_to_press_and_no_total() {
    use egui::accesskit::Role;
    use egui_kittest::kittest::NodeT;
    let mut application = room();
    application.take(Intent::Debrief(Deed::Results));
    application.take(Intent::Debrief(Deed::Remark(Box::new(Approval::all()))));
    for part in Part::ALL {
        open(&mut application, part);
        let mut harness = scratch::wall(application);
        harness.run();
        assert!(harness.query_by_label(part.title()).is_some(), "{part:?} is on it");
        let pressed = harness.root().children_recursive().filter(|node| {
            matches!(node.accesskit_node().role(), Role::Button | Role::Link | Role::CheckBox | Role::Slider | Role::TextInput | Role::ComboBox)
        });
        let pressed: Vec<String> = pressed.map(|node| format!("{:?}", node.accesskit_node().label())).collect();
        assert!(pressed.is_empty(), "{part:?}: {pressed:?}");
        assert!(harness.query_by_label_contains(" of 100").is_none(), "nobody asked for a total");
        application = std::mem::replace(harness.state_mut(), Application::new(None, 1));
    }
}

#[test]
fn a_session_of_before_is_shown_by_the_same_approval() {
    let mut application = room();
    application.take(Intent::Debrief(Deed::Results));
    application.take(Intent::Debrief(Deed::Remark(Box::new(Part::Plan.annotation(true)))));
    let Screen::Debrief(_, state) = &mut application.screen else { panic!("a debrief") };
    let debrief = state.debrief.take().expect("results");
    application.screen = Screen::Past("nowhere.jsonl".into(), Box::new(State::past(*debrief, true)));
    assert!(matches!(projector::data(&application).large, projector::Large::Clock), "nobody wrote anything, and this part is not approved");
    open(&mut application, Part::Plan);
    assert_eq!(wall(&application), Wall::Part(Part::Plan));
}

#[test]
fn the_wall_goes_along_as_the_facilitator_scrolls() {
    let mut application = room();
    application.take(Intent::Debrief(Deed::Results));
    application.take(Intent::Debrief(Deed::Remark(Box::new(Part::Capabilities.annotation(true)))));
    open(&mut application, Part::Capabilities);
    let Screen::Debrief(_, state) = &application.screen else { panic!("a debrief") };
    let last =
        state.debrief.as_ref().and_then(|debrief| debrief.capabilities.last()).map(|review| crate::debrief::narrative::capital(review.capability));
    let last = last.expect("something was measured");
    let mut harness = scratch::wall(application);
    harness.run();
    let place = |harness: &Harness<'_, Application>| harness.get_by_label(&last).rect().top();
    let at_first = place(&harness);
    let scroll = |harness: &mut Harness<'_, Application>, share: f32| {
        if let Screen::Debrief(_, state) = &mut harness.state_mut().screen {
            state.scrolled = share;
        }
        harness.run();
    };
    scroll(&mut harness, 1.0);
    let at_last = place(&harness);
    assert!(at_first > 720.0 && at_last < 720.0, "{at_first}, {at_last}");
    scroll(&mut harness, 0.5);
    assert!(place(&harness) > at_last && place(&harness) < at_first);
}
