//! `hotwash screens`: every screen in a fixed state, as pictures. For review, and for the README.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::application::{Application, Screen};
use super::console::{self, Deed, Pane, Strip};
use super::keep::{Improvement, Kept, ResultLine, Shelf, ToDo};
use super::play::{Begin, Game};
use super::projector::Shown;
use super::raster::Canvas;
use super::seat::Panel;
use super::theme::Look;
use super::words::Thing;
use super::{Go, Intent, adapt, debriefing, home, png, seat};
use crate::ids::{DenseId, GateId, InjectId, RoleId, RoleSet};
use crate::scenario::source::shipped;
use crate::scenario::tailor::Field;
use crate::scenario::written::RoleKind;
use crate::scenario::{generate, prepare};
use crate::session;
use crate::time::Span;

/// The seed of what is shown.
const SEED: u64 = 1;
/// How far play has come on pictures of a seat: a night in, with something in every panel.
const INTO_PLAY: Span = Span::hours(16);

/// The screens, by name.
const SCREENS: [&str; 44] = [
    "home",
    "home-kept",
    "begin-room",
    "begin-clocked",
    "begin-alone",
    "adapt",
    "adapt-half",
    "findings",
    "console-opening",
    "console",
    "console-late",
    "console-record",
    "console-decide",
    "console-beliefs",
    "console-ask",
    "console-assume",
    "console-injects",
    "console-hand",
    "console-evaluation",
    "console-seats",
    "console-stopped",
    "projector-clock",
    "projector-situation",
    "projector-decision",
    "projector-handout",
    "projector-map",
    "projector-break",
    "projector-stopped",
    "inbox",
    "map",
    "map-list",
    "alerts",
    "decisions",
    "services",
    "team",
    "duties",
    "statements",
    "evidence",
    "log",
    "order",
    "palette",
    "lessons",
    "not-saved",
    "not-saved-leaving",
];
const DEBRIEFS: [(&str, debriefing::Part); 12] = [
    ("debrief-causes", debriefing::Part::Causes),
    ("debrief-capabilities", debriefing::Part::Capabilities),
    ("debrief-decisions", debriefing::Part::Decisions),
    ("debrief-plan", debriefing::Part::Plan),
    ("debrief-outcome", debriefing::Part::Outcome),
    ("debrief-map", debriefing::Part::Course),
    ("debrief-services", debriefing::Part::Services),
    ("debrief-words", debriefing::Part::Words),
    ("debrief-scores", debriefing::Part::Scores),
    ("debrief-hand", debriefing::Part::Hand),
    ("debrief-appendix", debriefing::Part::Appendix),
    // In a room, before the facilitator has approved it.
    ("debrief-closed", debriefing::Part::Capabilities),
];

/// What the projector shows of a debrief: before results, before anything is approved, and part by part.
const WALLS: [(&str, Option<debriefing::Part>); 11] = [
    ("projector-questions", None),
    ("projector-wrote", None),
    ("projector-causes", Some(debriefing::Part::Causes)),
    ("projector-capabilities", Some(debriefing::Part::Capabilities)),
    ("projector-decisions", Some(debriefing::Part::Decisions)),
    ("projector-plan", Some(debriefing::Part::Plan)),
    ("projector-outcome", Some(debriefing::Part::Outcome)),
    ("projector-course", Some(debriefing::Part::Course)),
    ("projector-services", Some(debriefing::Part::Services)),
    ("projector-words", Some(debriefing::Part::Words)),
    ("projector-scores", Some(debriefing::Part::Scores)),
];
/// The console in the middle of something.
const CONSOLES: [&str; 3] = ["console-slips", "console-back", "console-keys"];

/// A game at a fixed moment, in nobody's folder.
///
/// # Errors
/// Nothing is shipped, or it cannot be played.
pub fn game_at(span: Span, kind: RoleKind) -> Result<Game, String> {
    let name = shipped().first().copied().ok_or("no scenario is shipped with this build")?;
    play_of(prepare::prepare(name, None, None).map_err(|error| error.to_string())?, span, kind)
}

fn play_of(prepared: prepare::Prepared, span: Span, kind: RoleKind) -> Result<Game, String> {
    let roles = &prepared.program.public.roles;
    let role = roles.iter().position(|role| role.kind == kind).unwrap_or(0);
    let mut game = Game::begin(prepared, &Begin::solo(RoleId::at(role), SEED), None);
    game.for_a_picture();
    game.set_stop_at(super::play::StopAt::Never);
    game.jump(span);
    Ok(game)
}

/// The console of a room that has gone through its first move and is in the second.
fn console_on(screen: &str) -> Result<(Game, console::State), String> {
    let name = shipped().first().copied().ok_or("no scenario is shipped with this build")?;
    let prepared = prepare::prepare(name, None, None).map_err(|error| error.to_string())?;
    let mut game = Game::begin(prepared, &Begin::discussion(SEED), None);
    game.for_a_picture();
    let mut state = console::State::default();
    if screen == "console-seats" {
        let prepared = prepare::prepare(name, None, None).map_err(|error| error.to_string())?;
        let people = RoleSet::first(3);
        let mut game = Game::begin(prepared, &Begin { mode: session::Mode::Clocked, people, seed: SEED }, None);
        game.for_a_picture();
        game.jump(Span::hours(2));
        state.pane = Pane::Seats;
        return Ok((game, state));
    }
    let late = match screen {
        "console-opening" => return Ok((game, state)),
        "console-late" => 31,
        _ => 26,
    };
    (0..late * 60).for_each(|_| game.pass(std::time::Duration::from_secs(1)));
    for words in ["Call Northlight in on the retainer", "From now on whoever finds a machine with signs cuts it off"] {
        state.type_record(words);
        state.look_for(&game);
        console::at_console(&mut game, &mut state, Deed::Accept(0));
    }
    if screen != "console-late" {
        console::at_console(&mut game, &mut state, Deed::GoOn);
    }
    let open = game.session().current_move();
    let gate = game.public().gates.iter().position(|gate| Some(gate.of_move) == open).unwrap_or(0);
    let mut does = |deed: Deed| console::at_console(&mut game, &mut state, deed);
    match screen {
        "console-record" => {
            state.type_record("If a second site falls, cut the line between the hospitals");
            state.look_for(&game);
        }
        "console-decide" => does(Deed::Write(Some(Strip::Decide(GateId::at(gate))))),
        "console-slips" => {
            let gate = GateId::at(gate);
            let slips = [(Some(0), None, 1), (Some(2), None, 0), (Some(2), Some("2"), 1), (Some(3), Some("KL"), 1), (None, Some("duty nurse"), 0)];
            does(Deed::Write(Some(Strip::Decide(gate))));
            for (role, by, choice) in slips {
                let slip = console::Slip { role: role.map(RoleId::at), by: by.map(str::to_owned), choice, sure: 70 };
                does(Deed::Slip(gate, slip));
            }
            does(Deed::Choose(gate, 1));
        }
        "console-back" => {
            does(Deed::Choose(GateId::at(gate), 1));
            does(Deed::Sure(GateId::at(gate), 70));
            does(Deed::Decide(GateId::at(gate)));
            does(Deed::Show(Pane::Back));
            does(Deed::AskToGoBack(Some(crate::time::ExerciseTime(0))));
        }
        "console-keys" => does(Deed::Help(true)),
        "console-beliefs" => does(Deed::Next),
        "console-ask" => {
            state.pane = Pane::Ask;
            state.ask("backup");
            console::at_console(&mut game, &mut state, Deed::Ask);
        }
        "console-assume" => does(Deed::Show(Pane::Assume)),
        "console-injects" => does(Deed::Show(Pane::Injects)),
        "console-hand" => does(Deed::Show(Pane::Hand)),
        "console-evaluation" => does(Deed::Show(Pane::Evaluate)),
        "console-stopped" | "projector-stopped" => does(Deed::Stop(true)),
        "projector-break" => state.pause = Some(console::Pause { back_at: Some("14:20".to_owned()) }),
        _ => {}
    }
    Ok((game, state))
}

/// A discussion in which nobody decided anything, at its end, in nobody's folder.
fn room_at_its_end() -> Result<Game, String> {
    let name = shipped().first().copied().ok_or("no scenario is shipped with this build")?;
    let prepared = prepare::prepare(name, None, None).map_err(|error| error.to_string())?;
    let mut game = Game::begin(prepared, &Begin::discussion(SEED), None);
    game.for_a_picture();
    game.set_stop_at(super::play::StopAt::Never);
    game.jump(Span::hours(24 * 30));
    Ok(game)
}

/// What the participants on the pictures write.
fn write_lessons(session: &mut session::Session) -> Result<(), session::Trouble> {
    session.strength("We said early what we did not know.", &[])?;
    session.strength("One person kept the log all night.", &[])?;
    session.gap("Nobody knew who may close the line between the hospitals.", &[])?;
    session.lesson("Agree on the first three telephone calls before the weekend.")?;
    session.cause("An account that nobody used any more was still open.", &[])?;
    let assumption = "Our backups cannot be reached from the office network";
    session.assume(assumption, Some("IT operations".to_owned()), Some("2026-12-01".to_owned()), session::Assumption::Accepted(None))
}

/// The map of the shipped scenario with so many machines, a night in.
///
/// # Errors
/// Nothing is shipped, or it cannot be played.
pub fn large_map(machines: usize) -> Result<Application, String> {
    let name = shipped().first().copied().ok_or("no scenario is shipped with this build")?;
    let mut prepared = prepare::prepare(name, None, None).map_err(|error| error.to_string())?;
    prepared.program = Arc::new(generate::larger(&prepared.program, machines, SEED));
    let game = play_of(prepared, INTO_PLAY, RoleKind::IncidentManager)?;
    let mut application = Application::new(None, SEED);
    let mut state = seat::State::default();
    state.panel = Panel::Map;
    application.screen = Screen::Seat(Box::new(game), Box::new(state));
    Ok(application)
}

/// The application on one of the screens.
///
/// # Errors
/// Nothing is shipped, or it cannot be played.
pub fn application_on(screen: &str) -> Result<Application, String> {
    let mut application = Application::new(None, SEED);
    if let Screen::Home(state) = &mut application.screen {
        state.not_kept = None;
    }
    match screen {
        "home" => return Ok(application),
        "home-kept" => {
            if let Screen::Home(state) = &mut application.screen {
                state.today = "2026-11-22".to_owned();
                state.shelf = shelf();
            }
            return Ok(application);
        }
        "begin-room" | "begin-clocked" | "begin-alone" | "adapt" | "adapt-half" => {
            let name = shipped().first().copied().unwrap_or_default();
            application.take(Intent::Home(home::Deed::PickScenario(name.to_owned())));
            let mode = match screen {
                "begin-clocked" => session::Mode::Clocked,
                "begin-alone" => session::Mode::Solo,
                _ => session::Mode::Discussion,
            };
            application.take(Intent::Home(home::Deed::PickMode(mode)));
            if mode == session::Mode::Clocked {
                application.take(Intent::Home(home::Deed::PickRole(RoleId::at(1))));
            }
            if screen.starts_with("adapt") {
                application.take(Intent::Home(home::Deed::Adapting(adapt::Deed::Open)));
            }
            if screen == "adapt-half" {
                half_adapted(&mut application);
            }
            return Ok(application);
        }
        "findings" => {
            application.take(Intent::Go(Go::Open("no-such-scenario".to_owned())));
            return Ok(application);
        }
        _ => {}
    }
    if screen == "lessons" || screen.starts_with("debrief") {
        let mut game = if screen == "debrief-closed" { room_at_its_end()? } else { game_at(Span::hours(24 * 30), RoleKind::IncidentManager)? };
        game.end_play();
        game.facilitate(write_lessons)?;
        let state = debriefing::State::new(&game);
        application.screen = Screen::Debrief(Box::new(game), Box::new(state));
        if screen != "lessons" {
            application.take(Intent::Debrief(debriefing::Deed::Results));
        }
        if let (Screen::Debrief(_, state), Some((_, part))) = (&mut application.screen, DEBRIEFS.iter().find(|(name, _)| *name == screen)) {
            state.part = *part;
            // Half-way through there is more to see on a map than at the end.
            state.at /= 3;
        }
        return Ok(application);
    }
    if let Some((_, part)) = WALLS.iter().find(|(name, _)| *name == screen) {
        on_the_wall(&mut application, screen, *part)?;
        return Ok(application);
    }
    if screen.starts_with("not-saved") {
        // In nobody's folder, and that is said.
        application.take(Intent::Home(home::Deed::PickScenario(shipped().first().copied().unwrap_or_default().to_owned())));
        application.take(Intent::Go(Go::Start));
        if screen == "not-saved-leaving" {
            application.take(Intent::Go(Go::Home));
        }
        return Ok(application);
    }
    if let Some(what) = screen.strip_prefix("projector-") {
        let (game, state) = console_on(screen)?;
        application.projector.what = match what {
            "situation" => Shown::Situation,
            "decision" => Shown::Decision(GateId::at(0)),
            "handout" => Shown::Handout(InjectId::at(0)),
            "map" => Shown::Map,
            _ => Shown::Clock,
        };
        application.screen = Screen::Console(Box::new(game), Box::new(state));
        return Ok(application);
    }
    if screen.starts_with("console") {
        let (game, state) = console_on(screen)?;
        application.screen = Screen::Console(Box::new(game), Box::new(state));
        return Ok(application);
    }
    let game = match screen {
        // Sensors report to those who watch them; and a decision is worth a picture while it is open.
        "alerts" => game_at(INTO_PLAY, RoleKind::Responder)?,
        "decisions" => game_at(Span::minutes(25), RoleKind::IncidentManager)?,
        _ => game_at(INTO_PLAY, RoleKind::IncidentManager)?,
    };
    let signs = {
        let view = game.view();
        let found =
            view.knowledge.assets.iter().position(|belief| belief.found).or_else(|| view.knowledge.assets.iter().position(|belief| belief.known));
        found.map(|place| Thing::Asset(crate::ids::AssetId::at(place)))
    };
    let mut state = seat::State::default();
    state.panel = match screen {
        "inbox" | "palette" => Panel::Inbox,
        "alerts" => Panel::Alerts,
        "decisions" => Panel::Decisions,
        "services" => Panel::Services,
        "team" => Panel::Team,
        "duties" => Panel::Duties,
        "statements" => Panel::Speak,
        "evidence" => Panel::Evidence,
        "log" => Panel::Diary,
        _ => Panel::Map,
    };
    state.show_map_as_list(screen == "map-list");
    let with_file = {
        let view = game.view();
        let inbox = seat::inbox::data(&view, &Default::default(), &|number, at| game.read_aloud(number, at));
        inbox.messages.iter().find(|message| message.artefact.is_some()).or(inbox.messages.first()).map(|message| message.number)
    };
    if let Some(number) = with_file {
        state.open_message(number);
    }
    state.selected = if matches!(screen, "map" | "map-list" | "order") { signs } else { None };
    if screen == "order" {
        let view = game.view();
        let offers = seat::orders::data(&view, None, None, signs, 0);
        if let seat::orders::Shown::About { offers, .. } = offers.shown {
            state.draft = offers.iter().find(|offer| offer.price.is_ok()).map(|offer| offer.order);
        }
    }
    if screen == "palette" {
        state.palette = Some(seat::palette::State { text: "isolate".to_owned(), ..Default::default() });
    }
    application.screen = Screen::Seat(Box::new(game), Box::new(state));
    Ok(application)
}

/// What a room sees after play.
fn on_the_wall(application: &mut Application, screen: &str, part: Option<debriefing::Part>) -> Result<(), String> {
    let name = shipped().first().copied().ok_or("no scenario is shipped with this build")?;
    let prepared = prepare::prepare(name, None, None).map_err(|error| error.to_string())?;
    // As a careful room played it.
    let records = prepare::records(&prepared, name, "discussion").unwrap_or_default();
    let mut game = Game::begin(prepared, &Begin::discussion(SEED), None);
    game.for_a_picture();
    game.facilitate(|session| session::play_records(session, &records, |_, _| {}, |_, _, _| {}, |_, _| {}))?;
    game.end_play();
    game.facilitate(write_lessons)?;
    let state = debriefing::State::new(&game);
    application.screen = Screen::Debrief(Box::new(game), Box::new(state));
    if screen != "projector-questions" {
        application.take(Intent::Debrief(debriefing::Deed::Results));
    }
    if let Some(part) = part {
        application.take(Intent::Debrief(debriefing::Deed::Remark(Box::new(part.annotation(true)))));
        if let Screen::Debrief(_, state) = &mut application.screen {
            state.part = part;
            state.at /= 3;
        }
    }
    Ok(())
}

/// A form somebody is in the middle of, with a slip in it.
fn half_adapted(application: &mut Application) {
    let names = ["Tannbruck Clinics", "Tannbruck Central", "Eichhof Hospital", "", "Marit Solvang"];
    let set = |place: usize, is: &str| Intent::Home(home::Deed::Adapting(adapt::Deed::Set(Field::Value(place), is.to_owned())));
    for (place, is) in names.into_iter().enumerate() {
        application.take(set(place, is));
    }
    application.take(set(2, "Eichhof Hospital, formerly {org}"));
    application.take(Intent::Home(home::Deed::Adapting(adapt::Deed::Answer(0, Some(crate::scenario::written::Answer::Yes)))));
    application.take(Intent::Home(home::Deed::Adapting(adapt::Deed::Focus(Some(Field::Value(1))))));
}

/// What a room leaves on the shelf in a few weeks.
fn shelf() -> Shelf {
    let kept = |number: u8, mode: &str, people: &[&str], closed: bool, written: &str| Kept {
        path: PathBuf::from(format!("sessions/000{number}-a-scenario.jsonl")),
        scenario: "a-scenario".to_owned(),
        title: "A long weekend at Tannbruck Clinics".to_owned(),
        mode: mode.to_owned(),
        cut: "90m".to_owned(),
        profile: Some("tannbruck".to_owned()),
        people: people.iter().map(|role| (*role).to_owned()).collect(),
        reached: Span::hours(9),
        closed,
        score: (mode == "solo").then_some(71),
        results: vec![ResultLine { capability: "Operational coordination".to_owned(), score: None, rating: Some("S".to_owned()) }],
        started: written.to_owned(),
        written: written.to_owned(),
        trouble: None,
    };
    let to_do = |action: &str, owner: &str, due: &str, status: &str| ToDo {
        path: PathBuf::from("sessions/0002-a-scenario.jsonl"),
        title: "A long weekend at Tannbruck Clinics".to_owned(),
        item: Improvement {
            item: action.to_owned(),
            action: action.to_owned(),
            owner: owner.to_owned(),
            due: due.to_owned(),
            status: status.to_owned(),
            ..Improvement::default()
        },
    };
    Shelf {
        sessions: vec![
            kept(4, "discussion", &[], false, "yesterday 16:40"),
            kept(3, "solo", &["communications"], true, "Wed 18 Nov, 09:12"),
            kept(2, "clocked", &["incident-manager", "responder"], true, "Wed 4 Nov, 15:03"),
        ],
        to_do: vec![
            to_do("Put the telephone numbers of all vendors on one sheet of paper", "IT operations", "2026-11-15", "started"),
            to_do("Agree who may cut the line between the sites at night, and write it into the plan", "Executive", "2026-12-31", "open"),
            to_do("Try a restore of the patient system from tape", "", "", "open"),
        ],
        recent: vec![("scenarios/our-own".to_owned(), "The quiet supplier".to_owned())],
        unread: 0,
        trouble: None,
        unseen: Vec::new(),
    }
}

/// All names of screens.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCREENS.into_iter().chain(CONSOLES).chain(DEBRIEFS.iter().map(|(name, _)| *name)).chain(WALLS.iter().map(|(name, _)| *name))
}

/// Draws the window that the screen is in: the projector has one of its own.
pub fn draw(screen: &str, application: &mut Application, ui: &mut egui::Ui) {
    if screen.starts_with("projector") { application.projector_ui(ui) } else { application.ui(ui) }
}

/// One picture.
///
/// # Errors
/// Nothing is shipped, or it cannot be played.
pub fn picture(screen: &str, look: Look, width: usize, height: usize) -> Result<Vec<u8>, String> {
    let mut application = application_on(screen)?;
    application.look = look;
    let mut canvas = Canvas::new(width, height);
    application.projector.scale_percent = look.scale_percent;
    let pixels = canvas.picture(|ui| draw(screen, &mut application, ui));
    let size = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    Ok(png::png(size(width), size(height), &pixels))
}

/// Every screen, or only some, light and dark at 1280 x 720, light at 1920 x 1080, and light at 1280 x 720 with text at 200 %.
///
/// # Errors
/// Why a picture cannot be made or written, as a sentence.
pub fn render(folder: &Path, only: &[String]) -> Result<Vec<PathBuf>, String> {
    if let Some(unknown) = only.iter().find(|wanted| !names().any(|name| name == wanted.as_str())) {
        return Err(format!("there is no screen `{unknown}`; there are {}", names().collect::<Vec<_>>().join(", ")));
    }
    fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let still = Look { reduced_motion: true, ..Look::default() };
    let variants = [
        ("light", still, 1280, 720),
        ("dark", Look { dark: true, ..still }, 1280, 720),
        ("wide", still, 1920, 1080),
        ("large-text", Look { scale_percent: 200, ..still }, 1280, 720),
    ];
    let mut written = Vec::new();
    for name in names().filter(|name| only.is_empty() || only.iter().any(|wanted| wanted == name)) {
        for (variant, look, width, height) in variants {
            let path = folder.join(format!("{name}-{variant}.png"));
            fs::write(&path, picture(name, look, width, height)?).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
            written.push(path);
        }
    }
    Ok(written)
}
