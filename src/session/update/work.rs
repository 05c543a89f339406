//! Work as it is read aloud: what of one kind was done is one sentence, whatever it was done to.

use std::collections::BTreeMap;

use super::{NAMED, listed, number, plural, spoken};
use crate::exercise::knowledge::TaskState;
use crate::ids::*;
use crate::scenario::written::Verb;
use crate::session::Session;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::Observation;
use crate::vocabulary::team::{self, Outcome};

/// How a verb is told: its subject, with the things it was done to in place of `{}`; what many of them are called; what has been done.
struct Told {
    subject: &'static str,
    many: &'static str,
    done: &'static str,
}

/// None for the work of every hour, which nobody reads out, and for what has a sentence of its own.
fn told(verb: Verb) -> Option<Told> {
    let of = |subject, many, done| Some(Told { subject, many, done });
    match verb {
        Verb::Watch => of("{}", "sources", "put under watch around the clock"),
        Verb::SetToBlock => of("{}", "tools", "set to stop what they find"),
        Verb::Tune => of("{}", "tools", "rid of noise"),
        Verb::CaptureMemory => of("the memory of {}", "machines", "captured"),
        Verb::ImageDisk => of("the disk of {}", "machines", "copied"),
        Verb::Isolate => of("{}", "machines", "cut off the network"),
        Verb::Reconnect => of("{}", "machines", "put back on the network"),
        Verb::PowerOff => of("{}", "machines", "powered off"),
        Verb::PowerOn => of("{}", "machines", "powered on"),
        Verb::DisableLogin => of("the login {}", "logins", "disabled"),
        Verb::ResetLogin => of("the login {}", "logins", "given a new secret"),
        Verb::CutLink => of("{}", "ways in", "closed as a way in"),
        Verb::RestoreLink => of("{}", "ways in", "opened again"),
        Verb::CutSegment => of("{}", "parts of the network", "cut off from all others"),
        Verb::RejoinSegment => of("{}", "parts of the network", "joined to the network again"),
        Verb::BlockEgress => of("the way out to the internet for {}", "parts of the network", "closed"),
        Verb::OpenEgress => of("the way out to the internet for {}", "parts of the network", "opened again"),
        Verb::Clean => of("what they left on {}", "machines", "removed"),
        Verb::Rebuild => of("{}", "machines", "installed anew"),
        Verb::Restore => of("{}", "systems", "brought back from a backup"),
        Verb::SecureBackup => of("a copy of \u{201c}{}\u{201d}", "backups", "taken out of everybody's reach"),
        Verb::CallIn => of("more people", "people", "called in"),
        Verb::Notify => of("the notification to {}", "offices", "sent"),
        Verb::Preserve => of("all evidence", "", "put under a legal hold"),
        Verb::Invoke => of("{}", "services", "changed over to the workaround"),
        Verb::StandDown => of("{}", "services", "brought back from the workaround"),
        Verb::Prioritise => of("{}", "services", "put first for recovery"),
        _ => None,
    }
}

/// What nobody reads out, done or not: the work of every hour, and what has a sentence of its own.
const UNSAID: [Verb; 16] = [
    Verb::Acknowledge,
    Verb::Triage,
    Verb::Dismiss,
    Verb::Brief,
    Verb::Log,
    Verb::Report,
    Verb::Query,
    Verb::Hunt,
    Verb::Ask,
    Verb::Conclude,
    Verb::SignOff,
    Verb::Determine,
    Verb::Declare,
    Verb::Decide,
    Verb::Engage,
    Verb::Publish,
];

/// A piece of work that some role in the room was told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub action: ActionId,
    pub target: Key,
    pub state: TaskState,
    /// When somebody began with it.
    pub began: Option<ExerciseTime>,
}

/// All work that the room was told of.
pub(super) fn pieces(session: &Session) -> BTreeMap<Key, Piece> {
    let mut all = BTreeMap::new();
    for role in session.roles() {
        let mind = session.view(role).knowledge;
        for task in &mind.tasks {
            all.insert(task.task, Piece { action: task.action, target: task.target, state: task.state, began: None });
        }
        for heard in mind.news.since(0) {
            if let Observation::Team(team::Observation::TaskRuns { task }) = heard.observation
                && let Some(piece) = all.get_mut(&task)
            {
                piece.began = Some(heard.at);
            }
        }
    }
    all
}

/// Sentences about work that ended since, in the order of their weight, each with whether it changed who reaches what: nothing that somebody heard
/// weighs more.
pub(super) fn ended(session: &Session, before: &BTreeMap<Key, Piece>, now: &BTreeMap<Key, Piece>, outcome: Outcome) -> Vec<(bool, String)> {
    let over = |piece: &Piece| piece.state == TaskState::Over(outcome);
    // What is being done once more is not done.
    let again = |piece: &Piece| {
        let same = |other: &&Piece| (other.action, other.target) == (piece.action, piece.target);
        now.values().filter(same).any(|other| !matches!(other.state, TaskState::Over(_)))
    };
    let fresh = now.iter().filter(|(key, piece)| over(piece) && !before.get(key).is_some_and(over) && !again(piece));
    let fresh: Vec<Piece> = fresh.map(|(_, piece)| *piece).collect();
    let says = |verb: Verb, action: ActionId, pieces: &[Piece]| {
        let Some(form) = told(verb) else {
            let says = super::bare(&session.program().public.actions[action.index()].says).to_owned();
            return match outcome {
                Outcome::Done => format!("This has been done: {says}."),
                Outcome::Failed => format!("This could not be done: {says}."),
            };
        };
        let (subject, many, whole) = subject(session, &form, verb, pieces);
        match outcome {
            Outcome::Done => format!("{subject} {} been {}{whole}.", if many { "have" } else { "has" }, form.done),
            Outcome::Failed => format!("{subject} could not be {}{whole}.", form.done),
        }
    };
    by_kind(session, &fresh).into_iter().map(|(verb, action, pieces)| (weight(verb) <= 1, says(verb, action, &pieces))).collect()
}

/// What is still being worked on, and until when as the plan of such work has it: in full, and as a number.
pub(super) fn under_way(session: &Session, now: &BTreeMap<Key, Piece>) -> Option<(String, String)> {
    let public = &session.program().public;
    let running: Vec<Piece> = now.values().filter(|piece| !matches!(piece.state, TaskState::Over(_))).copied().collect();
    let kinds = by_kind(session, &running);
    let all: usize = kinds.iter().map(|(.., pieces)| pieces.len()).sum();
    let until = |action: ActionId, pieces: &[Piece]| {
        let takes = public.actions[action.index()].takes;
        let ends = pieces.iter().filter_map(|piece| piece.began).map(|began| began + takes).max().filter(|ends| *ends > session.now());
        ends.map(|ends| {
            let tens = Span::minutes(10).0;
            let rounded = ExerciseTime((ends.0 + tens - 1).div_euclid(tens) * tens);
            format!(" until about {}", super::clock(public, session.now(), rounded))
        })
        .unwrap_or_default()
    };
    let (verb, action, pieces) = kinds.iter().find(|(verb, ..)| told(*verb).is_some())?;
    let form = told(*verb)?;
    let (subject, many, whole) = subject(session, &form, *verb, pieces);
    let more = match all - pieces.len() {
        0 => String::new(),
        1 => "; one more piece of work is under way".to_owned(),
        more => format!("; {} more pieces of work are under way", number(more)),
    };
    let full = format!("{subject} {} still being {}{whole}{}{more}.", if many { "are" } else { "is" }, form.done, until(*action, pieces));
    let short = if all == 1 {
        "One piece of work is under way.".to_owned()
    } else {
        format!("{} pieces of work are under way.", super::capital(&number(all)))
    };
    Some((full, short))
}

/// Pieces of one kind together, in the order in which an author's library has the actions.
fn by_kind(session: &Session, pieces: &[Piece]) -> Vec<(Verb, ActionId, Vec<Piece>)> {
    let public = &session.program().public;
    let mut kinds: BTreeMap<(u8, ActionId), Vec<Piece>> = BTreeMap::new();
    for piece in pieces {
        let verb = public.actions[piece.action.index()].verb;
        if !UNSAID.contains(&verb) {
            let alike = kinds.entry((weight(verb), piece.action)).or_default();
            // Two roles may do the same to the same.
            if alike.iter().all(|known| known.target != piece.target) || piece.began.is_some() {
                alike.retain(|known| known.target != piece.target);
                alike.push(*piece);
            }
        }
    }
    kinds.into_iter().map(|((_, action), pieces)| (public.actions[action.index()].verb, action, pieces)).collect()
}

/// The lighter, the earlier it is said.
fn weight(verb: Verb) -> u8 {
    match verb {
        Verb::CutSegment | Verb::BlockEgress | Verb::CutLink | Verb::OpenEgress | Verb::RejoinSegment | Verb::RestoreLink => 0,
        Verb::Isolate | Verb::PowerOff | Verb::Reconnect | Verb::PowerOn => 1,
        Verb::SecureBackup | Verb::Restore | Verb::Rebuild | Verb::Clean => 2,
        Verb::DisableLogin | Verb::ResetLogin | Verb::Notify => 3,
        Verb::Invoke | Verb::StandDown | Verb::Prioritise => 4,
        _ => 5,
    }
}

/// The parts of the network that have a way out of their own.
fn ways_out(session: &Session) -> impl Iterator<Item = Key> {
    let program = session.program();
    let segments = program.public.segments.iter().enumerate().filter(|(_, segment)| segment.internet);
    segments.map(|(place, _)| program.names.of(SegmentId::at(place)))
}

/// What it is about, whether that is many, and what is said of all of it.
fn subject(session: &Session, form: &Told, verb: Verb, pieces: &[Piece]) -> (String, bool, &'static str) {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        let name = match verb {
            Verb::Invoke | Verb::StandDown | Verb::Prioritise => super::service_at(session, piece.target),
            Verb::Notify => super::recipient_at(session, piece.target),
            _ => session.name_of_target(piece.target).map(spoken),
        };
        if let Some(name) = name
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    let whole = |text: &str| super::capital(text);
    match verb {
        Verb::CallIn => return (whole(form.subject), true, ""),
        Verb::Preserve => return (whole(form.subject), false, ""),
        Verb::BlockEgress if names.len() > 1 && ways_out(session).all(|way| pieces.iter().any(|piece| piece.target == way)) => {
            return ("The way out to the internet".to_owned(), false, " everywhere");
        }
        _ => {}
    }
    let (things, many) = match names.len() {
        0 => (format!("some {}", form.many), true),
        1 => (names[0].clone(), plural(&names[0])),
        few if few <= NAMED => (listed(&names), true),
        all => (format!("{} {}", number(all), form.many), true),
    };
    match form.subject {
        "{}" => (whole(&things), many, ""),
        "the login {}" if names.len() > NAMED => (whole(&things), true, ""),
        "the login {}" if names.len() > 1 => (format!("The logins {things}"), true, ""),
        subject => (whole(&subject.replace("{}", &things)), false, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::prepare;
    use crate::session::Mode;

    fn session() -> Session {
        let prepared = prepare::prepare("long-weekend", None, None).expect("it ships");
        let seats = Session::usual_seats(&prepared.program, Mode::Discussion, RoleSet::NONE);
        Session::begin(prepared, Mode::Discussion, 1, seats, None).expect("nothing is written")
    }

    fn piece(session: &Session, action: &str, target: Key, state: TaskState) -> Piece {
        let action = session.program().public.actions.iter().position(|known| known.id == action).expect("it is there");
        Piece { action: ActionId::at(action), target, state, began: Some(session.now()) }
    }

    fn told(session: &Session, action: &str, targets: impl IntoIterator<Item = Key>, outcome: Outcome) -> Vec<String> {
        let pieces = targets.into_iter().map(|target| (target, piece(session, action, target, TaskState::Over(outcome)))).collect();
        ended(session, &BTreeMap::new(), &pieces, outcome).into_iter().map(|(_, says)| says).collect()
    }

    #[test]
    fn what_was_done_is_one_sentence_of_each_kind() {
        let session = session();
        let program = session.program();
        let (public, names) = (&program.public, &program.names);
        let segments = || (0..public.segments.len()).map(SegmentId::at).filter(|place| public.segments[place.index()].internet);
        assert_eq!(
            told(&session, "block-egress", segments().map(|place| names.of(place)), Outcome::Done),
            ["The way out to the internet has been closed everywhere."]
        );
        assert_eq!(
            told(&session, "block-egress", segments().take(2).map(|place| names.of(place)), Outcome::Done),
            ["The way out to the internet for Rosscarne University Hospital and Kilbrannon General has been closed."]
        );
        let asset = |place| names.of(AssetId::at(place));
        assert_eq!(told(&session, "isolate", (0..5).map(asset), Outcome::Done), ["Five machines have been cut off the network."]);
        assert_eq!(told(&session, "isolate", (0..5).map(asset), Outcome::Failed), ["Five machines could not be cut off the network."]);
        let machine = &public.assets[0].name;
        assert_eq!(told(&session, "capture-memory", [asset(0)], Outcome::Done), [format!("The memory of {machine} has been captured.")]);
        assert!(told(&session, "log", [asset(0)], Outcome::Done).is_empty(), "the work of every hour");
    }

    #[test]
    fn what_is_under_way_has_its_time_and_a_short_form() {
        let session = session();
        let names = &session.program().names;
        let pieces: BTreeMap<Key, Piece> = [AssetId::at(0), AssetId::at(1)]
            .map(|asset| (names.of(asset), piece(&session, "rebuild", names.of(asset), TaskState::Running)))
            .into_iter()
            .collect();
        let (full, short) = under_way(&session, &pieces).expect("two pieces");
        assert!(full.contains(" are still being installed anew until about ") && full.ends_with('.'), "{full}");
        assert_eq!(short, "Two pieces of work are under way.");
    }
}
