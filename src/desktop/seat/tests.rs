//! What a seat shows and does: nothing that is to come, and nothing that nobody asked for.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::desktop::application::{Application, Screen};
use crate::desktop::play::Begin;
use crate::ids::{ClaimId, GateId, LoginId, RoleId, SensorId, StatementId};
use crate::scenario::prepare;
use crate::scenario::source::shipped;
use crate::scenario::written::RoleKind;
use crate::vocabulary::{Command, investigation};

fn begin(role: RoleId) -> Game {
    Game::begin(prepare::prepare(shipped()[0], None, None).unwrap(), &Begin::solo(role, 7), None)
}

fn begin_as(kind: RoleKind) -> Game {
    let prepared = prepare::prepare(shipped()[0], None, None).unwrap();
    let role = prepared.program.public.roles.iter().position(|role| role.kind == kind).unwrap();
    Game::begin(prepared, &Begin::solo(RoleId::at(role), 7), None)
}

fn at_a_seat(game: Game) -> Harness<'static, Application> {
    let mut application = Application::new(None, 1);
    application.screen = Screen::Seat(Box::new(game), Box::default());
    let mut harness = crate::desktop::scratch::harness(application, 1280.0, 720.0);
    harness.run();
    harness
}

fn seat<'h>(harness: &'h Harness<'_, Application>) -> (&'h Game, &'h State) {
    match &harness.state().screen {
        Screen::Seat(game, state) => (game, state),
        _ => panic!("a seat"),
    }
}

fn take(harness: &mut Harness<'_, Application>, intent: Intent) {
    harness.state_mut().take(intent);
    harness.run();
}

/// Everything that a seat offers, as text: every list of orders with what is refused, the palette, and the panels that name what could be.
fn offered(game: &Game) -> String {
    let view = game.view();
    let evidence = evidence::data(&view, &game.asked(), &game.own_orders(), 0);
    let mut parts = vec![
        format!("{:?}", palette::data(&view, Vec::new(), &evidence).all()),
        format!("{:?}", speak::data(&view, 0)),
        format!("{:?}", decisions::data(&view, &game.own_orders(), 0)),
        format!("{evidence:?}"),
        format!("{:?}", duties::data(&view, 0)),
        format!("{:?}", orders::data(&view, None, None, None, 0)),
    ];
    parts.extend((0..view.public.actions.len()).map(|action| format!("{:?}", orders::data(&view, None, Some(ActionId::at(action)), None, 0))));
    parts.concat()
}

#[test]
fn at_startex_nothing_is_named_that_a_role_does_not_know_and_that_is_not_open() {
    let mut looked_for = 0;
    for place in 0..begin(RoleId::at(0)).public().roles.len() {
        let game = begin(RoleId::at(place));
        let (view, shown, asked) = (game.view(), offered(&game), game.asked());
        let (public, names) = (view.public, Names::of(&view));
        let mut secrets: Vec<String> = Vec::new();
        for id in (0..public.gates.len()).map(GateId::at).filter(|id| view.knowledge.gates[id.index()].open_until.is_none()) {
            secrets.push(names.thing(Thing::Gate(id)));
            secrets.extend(public.gates[id.index()].choices.iter().map(|choice| crate::debrief::narrative::bare(&choice.text).to_owned()));
        }
        let unknown = |place: &usize| !view.knowledge.logins[*place].known;
        secrets.extend((0..public.logins.len()).filter(unknown).map(|place| names.thing(Thing::Login(LoginId::at(place)))));
        let unseen = |place: &usize| !view.knowledge.sensors[*place].known;
        secrets.extend((0..public.sensors.len()).filter(unseen).map(|place| names.thing(Thing::Sensor(SensorId::at(place)))));
        let untold = |claim: &ClaimId| view.knowledge.claims[claim.index()].is_none() && !asked.contains(claim);
        let untold: Vec<ClaimId> = (0..public.claims.len()).map(ClaimId::at).filter(untold).collect();
        secrets.extend(untold.iter().map(|claim| names.claim(*claim).to_owned()));
        for (place, statement) in public.statements.iter().enumerate() {
            if statement.says.iter().all(|(claim, _)| view.knowledge.claims[claim.index()].is_none()) {
                secrets.push(names.statement(StatementId::at(place)));
                secrets.push(statement.text.clone());
            }
        }
        for secret in &secrets {
            let quoted = format!("{secret:?}");
            assert!(!shown.contains(quoted.trim_matches('"')), "{} is shown {secret}", names.role(view.role));
            looked_for += 1;
        }
    }
    assert!(looked_for > 150, "there was something to look for: {looked_for}");
}

#[test]
fn what_a_role_has_to_sign_is_shown_by_the_time_it_is_needed() {
    // With everybody else at work, what the notices say reaches whoever signs or publishes them.
    let mut shown = 0;
    for kind in [RoleKind::Communications, RoleKind::Legal, RoleKind::BusinessOwner] {
        let mut game = begin_as(kind);
        game.set_stop_at(StopAt::Never);
        game.jump(Span::hours(24));
        let view = game.view();
        let texts = speak::data(&view, 0).statements;
        assert!(!texts.is_empty(), "{kind:?} is shown no text in a day");
        shown += texts.len();
    }
    assert!(shown > 3, "{shown}");
}

#[test]
fn while_an_order_is_written_space_and_n_let_no_time_pass() {
    let mut harness = at_a_seat(begin_as(RoleKind::IncidentManager));
    let order = {
        let view = seat(&harness).0.view();
        let has_no_form = |order: &Order| !matches!(order.command, Command::IncidentCommand(_) | Command::Investigation(_));
        crate::exercise::quote::offers(&view).find(has_no_form).expect("something can be ordered")
    };
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    // What is typed goes into the reason.
    for key in [egui::Key::N, egui::Key::Space] {
        harness.key_press(key);
    }
    harness.event(egui::Event::Text("no".to_owned()));
    harness.run();
    assert_eq!(seat(&harness).1.orders.because, "no");
    // And where it does not, nothing happens either.
    harness.state_mut().look.reduced_motion = true;
    let focused = harness.ctx.memory(|memory| memory.focused());
    harness.ctx.memory_mut(|memory| focused.into_iter().for_each(|id| memory.surrender_focus(id)));
    for key in [egui::Key::N, egui::Key::Space] {
        harness.key_press(key);
        harness.run();
        let (game, state) = seat(&harness);
        assert_eq!(game.view().now, ExerciseTime(0));
        assert!(!game.running() && state.draft.is_some());
        assert!(state.last.as_ref().is_some_and(|(_, says)| says.contains("wait, because")), "{:?}", state.last);
    }
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(seat(&harness).0.own_orders()[0].because.as_deref(), Some("no"));
    harness.key_press(egui::Key::N);
    harness.run();
    assert!(seat(&harness).0.view().now > ExerciseTime(0), "and afterwards they do what they say");
}

#[test]
fn an_order_that_is_put_away_keeps_its_words_until_it_is_given_or_emptied() {
    let mut harness = at_a_seat(begin_as(RoleKind::IncidentManager));
    let (order, other) = {
        let view = seat(&harness).0.view();
        let has_no_form = |order: &Order| !matches!(order.command, Command::IncidentCommand(_) | Command::Investigation(_));
        let mut offers = crate::exercise::quote::offers(&view).filter(has_no_form);
        (offers.next().expect("something can be ordered"), offers.next().expect("and something else"))
    };
    let because = |harness: &Harness<'_, Application>| seat(harness).1.orders.because.clone();
    let put_away = |harness: &mut Harness<'_, Application>| {
        // The first leaves the field, the second the order.
        for _ in 0..2 {
            harness.key_press(egui::Key::Escape);
            harness.run();
        }
        assert_eq!(seat(harness).1.draft, None);
    };
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    harness.event(egui::Event::Text("They asked for it".to_owned()));
    harness.run();
    put_away(&mut harness);
    assert!(harness.query_by_label_contains("Put away with its words").is_some());
    take(&mut harness, Intent::Seat(Deed::Draft(Some(other))));
    assert_eq!(because(&harness), "", "another order has other words");
    // What is opened instead of it puts it away as well.
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    assert_eq!(because(&harness), "They asked for it");
    take(&mut harness, Intent::Seat(Deed::Select(None)));
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    assert_eq!(because(&harness), "They asked for it");
    harness.get_by_label("Empty it").click();
    harness.run();
    put_away(&mut harness);
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    assert_eq!(because(&harness), "", "it was emptied");
    harness.event(egui::Event::Text("now".to_owned()));
    harness.run();
    put_away(&mut harness);
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    harness.get_by_label("Give the order").click();
    harness.run();
    assert_eq!(seat(&harness).0.own_orders()[0].because.as_deref(), Some("now"));
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    assert_eq!(because(&harness), "", "it was given");
}

#[test]
fn asking_for_what_comes_next_stops_at_own_results_and_asks_before_endex() {
    let mut harness = at_a_seat(begin_as(RoleKind::Responder));
    let order = {
        let view = seat(&harness).0.view();
        let takes = |order: &Order| crate::exercise::quote::takes(&view, order).is_ok_and(|takes| takes > Span::ZERO && takes < Span::minutes(30));
        let hunts = |order: &Order| matches!(order.command, Command::Investigation(investigation::Command::Hunt { .. }));
        let offers: Vec<Order> = crate::exercise::quote::offers(&view).filter(|order| takes(order)).collect();
        *offers.iter().find(|order| hunts(order)).or(offers.first()).expect("something takes a while")
    };
    take(&mut harness, Intent::Seat(give(0, order)));
    let mut ended = false;
    for _ in 0..40 {
        take(&mut harness, Intent::Seat(Deed::NextNews));
        let (game, state) = seat(&harness);
        ended |= state.last.as_ref().is_some_and(|(_, says)| says.contains("Work ended"));
        let over = |task: &crate::exercise::knowledge::TaskBelief| matches!(task.state, crate::exercise::knowledge::TaskState::Over(_));
        if game.view().knowledge.tasks.iter().any(over) {
            break;
        }
    }
    assert!(ended, "{:?}", seat(&harness).1.last);
    for _ in 0..400 {
        if seat(&harness).1.ending {
            break;
        }
        take(&mut harness, Intent::Seat(Deed::NextNews));
        let (game, state) = seat(&harness);
        assert!(!game.over() && (state.ending || state.last.is_some()), "it is said at what it stopped");
    }
    assert!(seat(&harness).1.ending, "who would end play is asked");
}

#[test]
fn a_belief_is_stated_by_somebody_who_chose_how_sure() {
    let mut harness = at_a_seat(begin_as(RoleKind::Responder));
    let action = {
        let view = seat(&harness).0.view();
        action_for(&view, Verb::Conclude).expect("the responder may")
    };
    let asked = seat(&harness).0.asked();
    let claim = *asked.first().expect("something is asked on the first evening");
    let order = Order { action, command: investigation::Command::Conclude { claim, percent: 75 }.into() };
    take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
    let (game, state) = seat(&harness);
    assert_eq!((state.panel, state.draft), (Panel::Evidence, None));
    let says = Names::of(&game.view()).claim(claim).to_owned();
    let count = |harness: &Harness<'_, Application>| seat(harness).0.own_orders().len();
    harness.get_by_label(&format!("State: {says}")).click();
    harness.run();
    assert_eq!(count(&harness), 0, "nothing was chosen");
    harness.get_by_label(&format!("40 % sure: {says}")).click();
    harness.run();
    harness.get_by_label(&format!("State: {says}")).click();
    harness.run();
    let own = seat(&harness).0.own_orders();
    assert!(matches!(own[0].order.command, Command::Investigation(investigation::Command::Conclude { percent: 40, .. })));
    assert!(harness.query_by_label_contains("Stated: 40 %").is_some());
}

#[test]
fn what_is_refused_says_who_can() {
    let game = begin_as(RoleKind::Responder);
    let view = game.view();
    let orders::Shown::Actions(_, others) = orders::data(&view, None, None, None, 0).shown else { panic!("all actions") };
    assert!(!others.is_empty() && others.iter().all(|(says, who)| !says.is_empty() && !who.is_empty()));
    let publish = (0..view.public.actions.len()).map(ActionId::at).find(|action| view.public.actions[action.index()].verb == Verb::Publish).unwrap();
    let order = crate::exercise::quote::candidates(&view, publish).next().unwrap();
    let refusal = crate::exercise::quote::quote(&view, &order).unwrap_err();
    assert!(orders::why(&view, &order, refusal).contains("may be ordered by Head of communications"), "{}", orders::why(&view, &order, refusal));
}

#[test]
fn whoever_ordered_work_sees_who_does_it_and_nobody_else_does() {
    let mut harness = at_a_seat(begin_as(RoleKind::IncidentManager));
    let order = {
        let view = seat(&harness).0.view();
        let by_people = |order: &Order| view.public.actions[order.action.index()].skill.is_some();
        let takes = |order: &Order| crate::exercise::quote::takes(&view, order).is_ok_and(|takes| takes > Span::minutes(5));
        crate::exercise::quote::offers(&view).find(|order| by_people(order) && takes(order)).expect("somebody has to do something")
    };
    take(&mut harness, Intent::Seat(give(0, order)));
    for _ in 0..60 {
        take(&mut harness, Intent::Clock(Clock::Jump(Span::minutes(5))));
        if !work(seat(&harness).0).iter().all(|(_, who)| who.is_empty()) {
            break;
        }
    }
    let game = seat(&harness).0;
    let (task, who) = work(game).into_iter().find(|(_, who)| !who.is_empty()).expect("somebody is at it");
    let staff = game.view().working_on(task).to_vec();
    assert!(staff.iter().all(|id| who.contains(&game.public().staff[id.index()].name)), "{who}");
    for role in (0..game.public().roles.len()).map(RoleId::at).filter(|role| *role != game.view().role) {
        assert_eq!(game.session().view(role).working_on(task), [], "whose work it is not, is not told");
    }
    take(&mut harness, Intent::Seat(Deed::Show(Panel::Team)));
    assert!(harness.query_all_by_label_contains(&format!("by {who}")).next().is_some());
    assert!(harness.query_all_by_label_contains("at your work").next().is_some());
}

/// The tasks of a role that are not over, with who works on each.
fn work(game: &Game) -> Vec<(Key, String)> {
    let data = team::data(&game.view(), &words::targets_by_key(&game.view()), 0);
    let open = game.view().knowledge.tasks.iter().rev().filter(|task| !matches!(task.state, crate::exercise::knowledge::TaskState::Over(_)));
    open.map(|task| task.task).zip(data.open.into_iter().map(|task| task.who)).collect()
}

#[test]
fn people_who_have_been_at_work_for_long_are_said_to_be_tired() {
    let mut game = begin_as(RoleKind::IncidentManager);
    game.set_stop_at(StopAt::Never);
    let call = action_for(&game.view(), Verb::CallIn).expect("the incident manager may");
    let order = Order { action: call, command: crate::vocabulary::team::Command::CallIn { skill: None }.into() };
    game.order("1", order, None).expect("it can be given");
    let strained = |game: &Game| {
        let data = team::data(&game.view(), &words::targets_by_key(&game.view()), 0);
        let said: Vec<String> = data.people.into_iter().filter_map(|person| person.strain).map(|(_, says)| says).collect();
        said.join("\n")
    };
    game.jump(Span::hours(2));
    assert!(!strained(&game).contains("tired"), "{}", strained(&game));
    game.jump(Span::hours(9));
    assert!(strained(&game).contains("tired: at work for"), "{}", strained(&game));
    let mut says = String::new();
    for _ in 0..10 {
        game.jump(Span::hours(1));
        says += &strained(&game);
    }
    assert!(says.contains("very tired") && says.contains("sent home to rest until"), "{says}");
}

#[test]
fn an_order_that_is_chosen_again_or_is_refused_takes_the_keyboard_from_the_clock() {
    let mut harness = at_a_seat(begin_as(RoleKind::IncidentManager));
    let (open, refused) = {
        let view = seat(&harness).0.view();
        let has_no_form = |order: &Order| !matches!(order.command, Command::IncidentCommand(_) | Command::Investigation(_));
        let all = (0..view.public.actions.len()).map(ActionId::at).flat_map(|action| named::orders(&view, action)).filter(has_no_form);
        let (open, refused): (Vec<Order>, Vec<Order>) = all.partition(|order| crate::exercise::quote::quote(&view, order).is_ok());
        (open[0], refused[0])
    };
    for (order, twice) in [(open, true), (refused, false), (refused, true)] {
        take(&mut harness, Intent::Seat(Deed::Draft(Some(order))));
        if twice {
            let focused = harness.ctx.memory(|memory| memory.focused());
            harness.ctx.memory_mut(|memory| focused.into_iter().for_each(|id| memory.surrender_focus(id)));
            take(&mut harness, Intent::Seat(Deed::Palette(true)));
            // As the palette asks for it: both at once.
            harness.state_mut().take(Intent::Seat(Deed::Draft(Some(order))));
            take(&mut harness, Intent::Seat(Deed::Palette(false)));
        }
        let focused = harness.ctx.memory(|memory| memory.focused());
        assert!(focused.is_some(), "{order:?}, chosen twice: {twice}");
        harness.key_press(egui::Key::Tab);
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
        assert!(!seat(&harness).0.running(), "Enter never reaches the clock");
    }
}

#[test]
fn what_can_be_done_to_nothing_says_so_before_it_is_picked() {
    let game = begin_as(RoleKind::IncidentManager);
    let view = game.view();
    let orders::Shown::Actions(actions, _) = orders::data(&view, None, None, None, 0).shown else { panic!("all actions") };
    let impossible: Vec<ActionId> = actions.iter().filter(|action| !action.possible).map(|action| action.action).collect();
    assert!(!impossible.is_empty() && impossible.len() < actions.len());
    for action in impossible {
        let orders::Shown::Targets { offers, .. } = orders::data(&view, None, Some(action), None, 0).shown else { panic!("its targets") };
        assert!(offers.is_empty());
    }
}

#[test]
fn what_somebody_said_is_told_with_who_said_it_and_a_finding_stands_once() {
    let mut game = begin_as(RoleKind::IncidentManager);
    game.set_stop_at(StopAt::Never);
    game.jump(Span::hours(24));
    let data = evidence::data(&game.view(), &game.asked(), &game.own_orders(), 0);
    assert!(data.told.iter().any(|told| !told.by.is_empty()), "{:?}", data.told);
    let says: BTreeSet<&String> = data.findings.iter().map(|(_, says)| says).collect();
    assert_eq!(says.len(), data.findings.len());
}

#[test]
fn the_brief_counts_the_duties_that_the_clocks_show() {
    let game = begin_as(RoleKind::IncidentManager);
    let view = game.view();
    let shown = counted(duties::data(&view, 0).duties.len() as i64, "duty to notify", "duties to notify");
    assert!(brief::data(&view).lines.iter().any(|(_, says)| says.contains(&shown)), "{shown}: {:?}", brief::data(&view).lines);
}

#[test]
fn a_service_that_stops_is_what_comes_next() {
    let service = crate::ids::ServiceId::at(0);
    let is = |percent| crate::vocabulary::Observation::from(crate::vocabulary::continuity::Observation::ServiceIs { service, percent });
    assert!(crate::desktop::play::is_next(&is(0)) && !crate::desktop::play::is_next(&is(60)));
}
