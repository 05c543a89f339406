//! `hotwash screens`: every screen in a fixed state, as pictures. For review, and for the README.

use std::fs;
use std::path::{Path, PathBuf};

use super::application::{Application, Screen};
use super::play::{Begin, Game};
use super::raster::Canvas;
use super::seat::Panel;
use super::theme::Look;
use super::words::Thing;
use super::{Intent, debriefing, png, seat};
use crate::ids::{DenseId, RoleId};
use crate::scenario::prepare;
use crate::scenario::source::shipped;
use crate::scenario::written::RoleKind;
use crate::time::Span;

/// The seed of what is shown.
const SEED: u64 = 1;
/// How far play has come on pictures of a seat: a night in, with something in every panel.
const INTO_PLAY: Span = Span::hours(16);

/// The screens, by name.
const SCREENS: [&str; 17] = [
    "home",
    "begin",
    "findings",
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
];
const DEBRIEFS: [(&str, debriefing::Part); 7] = [
    ("debrief-outcome", debriefing::Part::Outcome),
    ("debrief-capabilities", debriefing::Part::Capabilities),
    ("debrief-timeline", debriefing::Part::Timeline),
    ("debrief-services", debriefing::Part::Services),
    ("debrief-decisions", debriefing::Part::Decisions),
    ("debrief-criteria", debriefing::Part::Scores),
    ("debrief-plan", debriefing::Part::Plan),
];

/// A game at a fixed moment, in nobody's folder.
///
/// # Errors
/// Nothing is shipped, or it cannot be played.
pub fn game_at(span: Span, kind: RoleKind) -> Result<Game, String> {
    let name = shipped().first().copied().ok_or("no scenario is shipped with this build")?;
    let prepared = prepare::prepare(name, None, None).map_err(|error| error.to_string())?;
    let roles = &prepared.program.public.roles;
    let role = roles.iter().position(|role| role.kind == kind).unwrap_or(0);
    let mut game = Game::begin(prepared, &Begin::solo(RoleId::at(role), SEED), None);
    game.for_a_picture();
    game.set_stop_at(super::play::StopAt::Never);
    game.jump(span);
    Ok(game)
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
        "begin" => {
            let name = shipped().first().copied().unwrap_or_default();
            application.take(Intent::PickScenario(name.to_owned()));
            return Ok(application);
        }
        "findings" => {
            application.take(Intent::OpenPath("no-such-scenario".to_owned()));
            return Ok(application);
        }
        _ => {}
    }
    if screen == "lessons" || screen.starts_with("debrief") {
        let mut game = game_at(Span::hours(24 * 30), RoleKind::IncidentManager)?;
        game.close();
        application.screen = Screen::Debrief(Box::new(game), Box::new(debriefing::State::new()));
        if screen != "lessons" {
            application.take(Intent::Lessons(vec!["What went well: we said early what we did not know.".to_owned()]));
        }
        if let (Screen::Debrief(_, state), Some((_, part))) = (&mut application.screen, DEBRIEFS.iter().find(|(name, _)| *name == screen)) {
            state.part = *part;
        }
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

/// All names of screens.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCREENS.into_iter().chain(DEBRIEFS.iter().map(|(name, _)| *name))
}

/// One picture.
///
/// # Errors
/// Nothing is shipped, or it cannot be played.
pub fn picture(screen: &str, look: Look, width: usize, height: usize) -> Result<Vec<u8>, String> {
    let mut application = application_on(screen)?;
    application.look = look;
    let mut canvas = Canvas::new(width, height);
    let pixels = canvas.picture(|ui| application.ui(ui));
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
