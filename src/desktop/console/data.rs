//! How the exercise stands, for whoever runs the room: plain data, built when something has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::sheets::{self, Sheet};
use crate::debrief::narrative::{counted, role_only};
use crate::desktop::play::Game;
use crate::desktop::theme::Tone;
use crate::desktop::words::Names;
use crate::ids::{DenseId, GateId, InjectId, RoleId};
use crate::journal::{Annotation, RemarkKind};
use crate::paper::script::{self, Item, Turn};
use crate::scenario::program::Public;
use crate::scenario::script::Minutes;
use crate::session::{Became, Mode, Session};
use crate::time::ExerciseTime;
use crate::vocabulary::team::Outcome;
use crate::vocabulary::{Command, Fact, Order, incident_command, injects};

/// A decision that the room has to take, or has taken.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Gate {
    /// Until when the story waits, where it is open.
    pub open_until: Option<String>,
    /// What was decided.
    pub decided: Option<String>,
    /// It has been asked, or will be before the next move opens, as things stand; what a play does not ask cannot be decided.
    pub in_play: bool,
    /// Nobody decided in time: the story did.
    pub timed_out: bool,
    /// What the room has recorded for it.
    pub recorded: Option<String>,
}

/// What the room recorded.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// In its words.
    pub words: String,
    /// What they were taken to mean; none where they were only noted.
    pub means: Option<String>,
    /// What came of it, in a line.
    pub became: (Tone, String),
}

/// An order of the room that nobody has carried out yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// What.
    pub order: Order,
    /// Who was told: any of them.
    pub roles: Vec<RoleId>,
    /// What it is, in words to read out.
    pub says: String,
}

/// How it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Data {
    /// The revision of the game that this shows.
    pub revision: u64,
    /// What is played: the scenario, its cut, and under whose names.
    pub played: String,
    /// The moment on the clock of the story.
    pub clock: String,
    /// The place of the move that is on, among those of the cut.
    pub current: Option<usize>,
    /// When each inject came, on the clock of the story.
    pub came: BTreeMap<InjectId, String>,
    /// What has been handed out or said.
    pub given: BTreeSet<InjectId>,
    /// How each sheet of the move that is on stands.
    pub sheets: BTreeMap<InjectId, Sheet>,
    /// What the room has not been given and is to be given now, in the order of the script: what has come, and what is certain to.
    pub now: Vec<Item>,
    /// What the script has for this move by the room's minutes, and nobody has given: from which minute to which, and what.
    pub later: Vec<(String, Item)>,
    /// What came in between, while the clock ran to this move, and nobody has given: when, and what.
    pub between: Vec<(String, Item)>,
    /// What came since the move before opened, and has been given.
    pub handed: Vec<Item>,
    /// What to read aloud of what came of it all, since the last *Next*.
    pub update: Option<String>,
    /// Decisions, by gate.
    pub gates: BTreeMap<GateId, Gate>,
    /// What colleagues were told and have not done yet: each order once, whoever may carry it out.
    pub waiting: Vec<Waiting>,
    /// What was written down, the newest first.
    pub recorded: Vec<Record>,
    /// Claims about the real organisation: what, what became of it.
    pub assumed: Vec<(String, String)>,
    /// Labels of the roles, by role.
    pub roles: Vec<String>,
    /// A room talks while the clock stands: what it has heard is known by ticks alone.
    pub talks: bool,
    /// Play is over.
    pub over: bool,
    /// The room's minutes.
    pub minutes: Minutes,
    /// From which minute of the room the move that is on is to last until which.
    slot: Option<(i64, i64)>,
}

/// Builds it.
pub fn data(game: &Game, turns: &[Turn]) -> Data {
    let session = game.session();
    let program = session.program();
    let public = &program.public;
    let exercise = session.exercise();
    let current = session.current_move().and_then(|id| turns.iter().position(|turn| turn.id == id));
    let opened = session.current_move().and_then(|id| public.moves.get(id.index())).map(|step| step.opens);
    // Whatever the move before brought after it was talked about is handed out now.
    let before = current.and_then(|place| turns.get(place.checked_sub(1)?)).and_then(|turn| public.moves.get(turn.id.index())).map(|step| step.opens);
    let since = before.or(opened);
    let given = sheets::given(game);
    let turn = current.and_then(|place| turns.get(place));
    let sheets = turn.map(|turn| sheets::of_move(game, turn, &given)).unwrap_or_default();
    let mut now: Vec<Item> = Vec::new();
    let (mut between, mut handed) = (Vec::new(), Vec::new());
    if let Some(turn) = turn {
        now.extend(sheets::items(turn).filter(|item| sheets.get(&item.id).is_some_and(|sheet| sheet.now)).cloned());
    }
    let later: Vec<(String, Item)> = turn
        .map_or_else(Vec::new, |turn| sheets::items(turn).filter_map(|item| Some((sheets.get(&item.id)?.later.clone()?, item.clone()))).collect());
    let mut came = BTreeMap::new();
    let mut timed_out = Vec::new();
    let mut asked = BTreeSet::new();
    for happened in exercise.ledger().iter() {
        match happened.fact {
            Fact::Injects(injects::Fact::Fired { inject }) => {
                let clock = public.calendar.label(happened.at);
                came.insert(inject, clock.clone());
                let is_new = since.is_some_and(|since| happened.at >= since);
                let Some(item) = script::item(program, inject).filter(|_| is_new && !now.iter().any(|known| known.id == inject)) else { continue };
                if given.contains(&inject) {
                    handed.push(item);
                } else if opened.is_some_and(|opened| happened.at >= opened) {
                    now.push(item);
                } else {
                    between.push((clock, item));
                }
            }
            Fact::IncidentCommand(incident_command::Fact::GateOpened { gate, .. }) => drop(asked.insert(gate)),
            Fact::IncidentCommand(incident_command::Fact::TimedOut { gate, .. }) => timed_out.push(gate),
            _ => {}
        }
    }
    let roles: Vec<RoleId> = (0..public.roles.len()).map(RoleId::at).collect();
    let mut gates: BTreeMap<GateId, Gate> = BTreeMap::new();
    for role in &roles {
        for (place, gate) in session.view(*role).knowledge.gates.iter().enumerate() {
            let known = gates.entry(GateId::at(place)).or_default();
            if let Some(until) = gate.open_until {
                known.open_until = Some(public.calendar.label(until));
            }
            if let Some(choice) = gate.decided {
                let text = public.gates.get(place).and_then(|plan| plan.choices.get(usize::from(choice)));
                known.decided = text.map(|choice| choice.text.clone());
            }
        }
    }
    for (gate, known) in &mut gates {
        // Where nobody looks ahead, any may be asked yet.
        known.in_play = asked.contains(gate) || game.asked_ahead().is_none_or(|ahead| ahead.contains(gate));
        known.timed_out = timed_out.contains(gate);
        let id = public.gates.get(gate.index()).map(|plan| plan.id.as_str());
        let about = |remark: &&Annotation| remark.kind == RemarkKind::Record && remark.about.as_deref() == id;
        known.recorded = session.annotations().iter().rev().find(about).and_then(|remark| remark.value.clone());
    }
    let waiting = waiting(session, &gates);
    let recorded = session.recorded().into_iter().rev().map(|record| Record {
        words: record.words.to_owned(),
        means: record.means.map(str::to_owned),
        became: became(public, &record.became),
    });
    let assumed = session.annotations().iter().rev().filter(|remark| remark.kind == RemarkKind::Assumption);
    let assumed = assumed.map(|remark| (remark.text.clone(), remark.value.clone().unwrap_or_default())).collect();
    Data {
        revision: game.revision(),
        played: played(game),
        clock: public.calendar.label(session.now()),
        current,
        came,
        given,
        sheets,
        now,
        later,
        between,
        handed,
        update: session.annotations().iter().rev().find(|remark| remark.kind == RemarkKind::Update).map(|remark| remark.text.clone()),
        gates,
        waiting,
        recorded: recorded.take(30).collect(),
        assumed,
        roles: public.roles.iter().map(|role| role_only(&role.label).to_owned()).collect(),
        talks: game.mode() == Mode::Discussion,
        over: game.over(),
        minutes: program.script.minutes,
        slot: current.and_then(|place| turns.get(place)).map(|turn| (turn.from, turn.until)),
    }
}

/// What is played, in a line. Whoever runs several rooms sees here which organisation this one is adapted to.
fn played(game: &Game) -> String {
    let public = game.public();
    let names = game.session().prepared().under().map_or_else(|| "the scenario's own names".to_owned(), |under| format!("names of {under}"));
    format!("{}; cut {}; {names}", public.title, public.cut.id)
}

/// What waits to be done: a decision is told to all who may take it, and is one line still.
fn waiting(session: &Session, gates: &BTreeMap<GateId, Gate>) -> Vec<Waiting> {
    let public = &session.program().public;
    let mut list: Vec<(Waiting, ExerciseTime)> = Vec::new();
    for role in (0..public.roles.len()).map(RoleId::at) {
        for task in session.waiting(role) {
            match list.iter_mut().find(|(known, _)| known.order == task.order) {
                Some((known, _)) => known.roles.push(role),
                None => list.push((Waiting { order: task.order, roles: vec![role], says: String::new() }, task.from)),
            }
        }
    }
    let says = |waiting: &Waiting, from: ExerciseTime| {
        let from = if from > session.now() { format!(", from {}", public.calendar.label(from)) } else { String::new() };
        if let Command::IncidentCommand(incident_command::Command::Decide { gate, choice, .. }) = waiting.order.command
            && let Some(plan) = public.gates.get(gate.index())
            && let Some(choice) = plan.choices.get(usize::from(choice))
        {
            let is_open = gates.get(&gate).is_some_and(|gate| gate.open_until.is_some());
            let when = if is_open { String::new() } else { format!(" (takes effect once it is asked: {})", plan.ask) };
            return format!("Decided: {}{from}{when}", choice.text.trim_end_matches('.'));
        }
        let label = |role: &RoleId| public.roles.get(role.index()).map_or("somebody", |role| role_only(&role.label));
        let who: Vec<&str> = waiting.roles.iter().map(label).collect();
        let does = waiting.roles.first().map(|role| Names::of(&session.view(*role)).order(&waiting.order)).unwrap_or_default();
        format!("{}: {does}{from}", who.join(" or "))
    };
    list.into_iter().map(|(waiting, from)| Waiting { says: says(&waiting, from), ..waiting }).collect()
}

/// What came of a record, in a line: what is refused or still to be done says most.
fn became(public: &Public, list: &[Became]) -> (Tone, String) {
    let line = |one: &Became| -> (Tone, String) {
        let clock = |at| public.calendar.label(at);
        let by = |role: RoleId| public.roles.get(role.index()).map_or("somebody", |role| role_only(&role.label));
        match *one {
            Became::Refused { at, by: role, why } => (Tone::Grave, format!("refused {} ({}): {}", clock(at), by(role), why.label())),
            Became::Told { by: role, from: Some(from), .. } => (Tone::Notice, format!("not yet done: {} is to, from {}", by(role), clock(from))),
            Became::Told { by: role, why: Some(why), .. } => (Tone::Warning, format!("not yet done: {} is to; {}", by(role), why.label())),
            Became::Told { by: role, .. } => (Tone::Notice, format!("not yet done: {} is about to", by(role))),
            Became::Ordered { at, ended: Some(Outcome::Failed), .. } => (Tone::Grave, format!("ordered {}, could not be done", clock(at))),
            Became::Ordered { at, ended: Some(Outcome::Done), .. } => (Tone::Good, format!("ordered {}, done", clock(at))),
            Became::Ordered { at, by: role, ended: None } => (Tone::Notice, format!("ordered {} by {}, under way", clock(at), by(role))),
            Became::Standing => (Tone::Good, "standing: they watch for it".to_owned()),
            Became::TakenBack => (Tone::Plain, "taken back".to_owned()),
            Became::Settled => (Tone::Plain, "not needed any more: it is so already, or was decided otherwise".to_owned()),
            Became::Noted => (Tone::Plain, "only noted, without effect".to_owned()),
        }
    };
    let lines: Vec<(Tone, String)> = list.iter().map(line).collect();
    let Some(worst) = lines.iter().max_by_key(|(tone, _)| *tone).cloned() else { return (Tone::Plain, String::new()) };
    let alike = lines.iter().filter(|known| **known == worst).count();
    match (alike, lines.len()) {
        (_, 1) => worst,
        (alike, all) if alike == all => (worst.0, format!("{} (all {all})", worst.1)),
        (alike, all) => (worst.0, format!("{} ({alike} of {all})", worst.1)),
    }
}

impl Data {
    /// What *Next* would pass over: sheets that the room is to have by then and that nobody has ticked, with when.
    pub fn not_ticked(&self) -> impl Iterator<Item = (&str, &Item)> {
        let came = |item: &Item| self.came.get(&item.id).map_or("", String::as_str);
        let now = self.now.iter().map(move |item| (came(item), item));
        now.chain(self.later.iter().chain(&self.between).map(|(when, item)| (when.as_str(), item)))
    }

    /// By how many minutes of the room the move that is on has overrun; negative: so many are left.
    pub fn behind(&self, room: Duration) -> Option<i64> {
        let minute = i64::try_from(room.as_secs() / 60).unwrap_or(i64::MAX);
        self.slot.map(|(_, until)| minute - until)
    }

    /// How the room stands with its time, in words.
    pub fn room_says(&self, room: Duration) -> (Tone, String) {
        let minute = room.as_secs() / 60;
        let of = self.minutes.total().as_minutes();
        let head = format!("Minute {minute} of {of}");
        if self.over {
            return (Tone::Plain, format!("{head}, play is over"));
        }
        match self.behind(room) {
            Some(late) if late > 0 => (Tone::Warning, format!("{head}, {} late", counted(late, "minute", "minutes"))),
            Some(left) => (Tone::Plain, format!("{head}, {} left for this move", counted(-left, "minute", "minutes"))),
            None => (Tone::Plain, head),
        }
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::desktop::application::{Application, Screen};
    use crate::desktop::play::Begin;
    use crate::scenario::prepare;
    use crate::scenario::source::shipped;

    #[test]
    fn the_console_says_under_whose_names_it_is_played() {
        let own = prepare::prepare(shipped()[0], None, None).expect("it is shipped");
        let profile = own.loaded.profiles.first().expect("a profile beside it").clone();
        let title = profile.profile.title.clone().expect("it is called something");
        let asked = profile.profile.id.expect("an id").value;
        let adapted = prepare::prepare(shipped()[0], Some(&asked), None).expect("it fits");
        for (prepared, names) in [(own, "the scenario's own names".to_owned()), (adapted, format!("names of {title}"))] {
            let game = Game::begin(prepared, &Begin::discussion(7), None);
            let says = data(&game, &[]).played;
            assert!(says.starts_with(&game.public().title) && says.contains(&game.public().cut.id) && says.ends_with(&names), "{says}");
            let mut application = Application::new(None, 1);
            application.screen = Screen::Console(Box::new(game), Box::default());
            let mut harness = crate::desktop::scratch::harness(application, 1280.0, 720.0);
            harness.run();
            assert!(harness.query_by_label(&says).is_some(), "{says}");
        }
    }
}
