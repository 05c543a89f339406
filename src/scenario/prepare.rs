//! Where loading, checking and compiling meet: from a path to something that can be played.
//!
//! The command line, the desktop and the journal's reader all come through here, so that a scenario which one of them plays is a scenario that
//! all of them play.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use thiserror::Error;

use crate::ids::{ClaimId, DenseId, GateId, Key, MoveId, RoleId};
use crate::scenario::check;
use crate::scenario::compile::{Names, PlainOrder, Problem, Tailoring, compile, orders};
use crate::scenario::diagnostic::{Code, Diagnostic, Diagnostics, Severity, did_you_mean, one_of};
use crate::scenario::load::{self, Loaded, LoadedProfile, load_orders, load_profile, load_records};
use crate::scenario::located::Located;
use crate::scenario::program::Program;
use crate::scenario::source::{Bytes, OpenError, Opening, Part, ROOT, Sources, read_outside};
use crate::scenario::written::{Profile, Record};
use crate::time::ExerciseTime;

/// A scenario that can be played.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What is played.
    pub program: Arc<Program>,
    /// From what the author called things to their ids.
    pub names: Names,
    /// What was read.
    pub loaded: Loaded,
    /// The profile, where one was asked for.
    pub profile: Option<ProfileText>,
    /// What was found and does not keep it from being played.
    pub diagnostics: Vec<Diagnostic>,
}

impl Prepared {
    /// How the profile is called under whose names it is played: what its maker wrote, or the name of its file. None for the scenario's own names.
    pub fn under(&self) -> Option<String> {
        let profile = self.profile.as_ref()?;
        let read = load_profile(&mut Sources::default(), &profile.name, &profile.name, profile.text.clone().into_bytes());
        let file = || Path::new(&profile.name).file_stem().map_or_else(|| profile.name.clone(), |stem| stem.to_string_lossy().replace('-', " "));
        Some(read.profile.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(file))
    }
}

/// The text of a profile. It is no part of the scenario's identity, so a journal carries it beside the closure.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileText {
    /// The name it was asked for by.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Why a scenario cannot be played.
#[derive(Error, Debug)]
pub enum Unprepared {
    /// There is no such scenario or profile.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is, but something in it is wrong.
    #[error("the scenario has findings")]
    Findings(Box<Findings>),
}

/// What was found, with the texts to show it in.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Sorted by file and place.
    pub list: Vec<Diagnostic>,
    /// The texts.
    pub sources: Sources,
}

/// Makes a scenario ready: `path` is a file, a folder or the name of a shipped scenario; `profile` a file, or the name of a profile beside the
/// scenario; `cut` the id of a cut, the first where none is said.
///
/// # Errors
/// What keeps it from being played.
pub fn prepare(path: &str, profile: Option<&str>, cut: Option<&str>) -> Result<Prepared, Unprepared> {
    let opening = Opening::find(path)?;
    if let Some(of) = profile_for(&opening) {
        return Err(OpenError::IsProfile { path: path.to_owned(), of: of.unwrap_or_else(|| "SCENARIO".to_owned()) }.into());
    }
    let mut loaded = load::load(&opening);
    let profile = match profile {
        Some(wanted) => Some(find_profile(&mut loaded, wanted)?),
        None => None,
    };
    has_cut(&loaded, cut)?;
    let mut list = check::all(&loaded);
    // A profile beside the scenario has been checked with it.
    if let Some(profile) = profile.as_ref().filter(|profile| loaded.profiles.iter().all(|known| known.file != profile.file)) {
        list.extend(check::profile(&loaded, profile));
    }
    // Whoever asks for a profile is most likely writing it: what is wrong in it comes before what is wrong elsewhere.
    if let Some(profile) = &profile {
        list.sort_by_key(|finding| finding.at.file != profile.file);
    }
    finish(loaded, profile, cut, list)
}

/// Whether there is such a cut. A scenario without any has one of the name `all`.
fn has_cut(loaded: &Loaded, cut: Option<&str>) -> Result<(), OpenError> {
    let cuts = || loaded.sheet.cuts.iter().map(|cut| cut.id.text.as_str());
    let Some(cut) = cut else { return Ok(()) };
    let is_there = cuts().any(|known| known == cut) || (cut == "all" && cuts().next().is_none());
    if is_there || loaded.incomplete { Ok(()) } else { Err(OpenError::Cut { cut: cut.to_owned(), known: one_of(cuts(), 10) }) }
}

/// The same from texts that a journal carries. What was checked when it was first played is not checked again: the checks may have become
/// stricter since, and a session that was played stays playable.
///
/// # Errors
/// What keeps it from being played.
pub fn prepare_closed(opening: &Opening, profile: Option<&ProfileText>, cut: Option<&str>) -> Result<Prepared, Unprepared> {
    let mut loaded = load::load(opening);
    has_cut(&loaded, cut)?;
    let profile = profile.map(|profile| {
        let bytes = profile.text.clone().into_bytes();
        load_profile(&mut loaded.sources, &profile.name, &profile.name, bytes)
    });
    let mut found = loaded.diagnostics.clone();
    if let Some(profile) = &profile {
        found.append(profile.diagnostics.clone());
    }
    let mut list = found.into_sorted();
    // Once such letters were let pass. What shows texts leaves them out.
    list.retain(|finding| finding.code != Code::InvisibleCharacter);
    finish(loaded, profile, cut, list)
}

/// Everything that is wrong with a scenario, whether or not it can be played: what `check` shows. Where the checks find no error, it is also
/// compiled at every cut and with every profile beside it, so that what `check` lets pass, `run` plays.
///
/// # Errors
/// There is no such scenario; or it is a profile, and the scenario that it names is not there.
pub fn check(path: &str) -> Result<Findings, OpenError> {
    let opening = Opening::find(path)?;
    if let Some(of) = profile_for(&opening) {
        return check_profile(path, of);
    }
    let loaded = load::load(&opening);
    let mut list = check::all(&loaded);
    if !has_errors(&list) {
        let cuts = loaded.sheet.cuts.iter().map(|cut| (None, Some(cut.id.text.as_str())));
        let profiles = loaded.profiles.iter().map(|profile| (Some(&profile.profile), None));
        let mut found = Diagnostics::default();
        for (profile, cut) in std::iter::once((None, None)).chain(cuts).chain(profiles) {
            if let Err(problems) = compiled(&loaded, profile, cut) {
                report(problems, &mut found);
            }
        }
        list.extend(found.into_sorted());
    }
    Ok(Findings { list, sources: loaded.sources })
}

/// Whether what is opened is a profile, and the id of the scenario that it says it is for.
fn profile_for(opening: &Opening) -> Option<Option<String>> {
    let Ok(Bytes::Whole(bytes)) = opening.read(opening.root()) else { return None };
    let text = String::from_utf8_lossy(&bytes);
    load::is_profile(&text).then(|| {
        let read = load_profile(&mut Sources::new(opening.root()), opening.root(), opening.root(), bytes.clone());
        read.profile.scenario.map(|of| of.value)
    })
}

/// A profile on its own, against the scenario that it names: one in its folder or in the folder above, or a shipped one. Only what is found in the
/// profile is told.
fn check_profile(path: &str, of: Option<String>) -> Result<Findings, OpenError> {
    let of = of.unwrap_or_default();
    let named = |loaded: &Loaded| loaded.sheet.id.as_ref().is_some_and(|id| id.value == of);
    let folder = Path::new(path).parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let beside = folder.into_iter().flat_map(|folder| [folder.to_owned(), folder.join("..")]);
    let beside = beside.filter(|folder| folder.join(ROOT).is_file()).filter_map(|folder| Opening::find(folder.to_str()?).ok());
    let found = beside.chain(Opening::shipped(&of)).map(|opening| load::load(&opening)).find(named);
    let Some(mut loaded) = found else {
        return Err(OpenError::ProfileAlone { path: path.to_owned(), of });
    };
    let profile = load_profile(&mut loaded.sources, path, path, read_outside(path)?);
    let mut list = check::profile(&loaded, &profile);
    if !has_errors(&list)
        && !has_errors(&check::all(&loaded))
        && let Err(problems) = compiled(&loaded, Some(&profile.profile), None)
    {
        let mut found = Diagnostics::default();
        report(problems, &mut found);
        list.extend(found.into_sorted());
    }
    Ok(Findings { list, sources: loaded.sources })
}

/// What keeps something from being played, without what asks for nothing: notes are for whoever writes the scenario, and `check` shows them.
fn without_notes(mut list: Vec<Diagnostic>, sources: Sources) -> Findings {
    list.retain(|finding| finding.severity() != Severity::Note);
    Findings { list, sources }
}

fn has_errors(list: &[Diagnostic]) -> bool {
    list.iter().any(|finding| finding.severity() == Severity::Error)
}

fn finish(loaded: Loaded, profile: Option<LoadedProfile>, cut: Option<&str>, mut list: Vec<Diagnostic>) -> Result<Prepared, Unprepared> {
    if has_errors(&list) {
        return Err(Unprepared::Findings(Box::new(without_notes(list, loaded.sources))));
    }
    let program = match compiled(&loaded, profile.as_ref().map(|profile| &profile.profile), cut) {
        Ok(program) => program,
        Err(problems) => {
            let mut found = Diagnostics::default();
            report(problems, &mut found);
            list.extend(found.into_sorted());
            return Err(Unprepared::Findings(Box::new(without_notes(list, loaded.sources))));
        }
    };
    let profile = profile.map(|profile| {
        let text = loaded.sources.files().get(usize::from(profile.file)).map(|file| file.text.clone());
        ProfileText { name: profile.name, text: text.unwrap_or_default() }
    });
    let names = Names::new(&program.public);
    Ok(Prepared { program: Arc::new(program), names, loaded, profile, diagnostics: list })
}

fn compiled(loaded: &Loaded, profile: Option<&Profile>, cut: Option<&str>) -> Result<Program, Vec<Problem>> {
    let artefacts = loaded.sources.files().iter().filter(|file| file.part == Part::Artefact);
    let files: BTreeMap<String, String> = artefacts.map(|file| (file.name.clone(), file.text.clone())).collect();
    let identity = blake3::Hash::from_bytes(loaded.sources.identity()).to_hex();
    compile(&loaded.sheet, &Tailoring { profile, cut: cut.map(str::to_owned) }, &files, &identity)
}

/// The compiler resolves everything once more, and has the last word: what no check named becomes a finding here.
fn report(problems: Vec<Problem>, found: &mut Diagnostics) {
    for problem in problems {
        if let Some(excess) = &problem.excess {
            excess.report(found);
            continue;
        }
        let help = "this is found only when the scenario is put together for play; `check` should have named it before";
        found.add(Code::DoesNotCompile, problem.at, problem.message, "something that can be played", help);
    }
}

/// A profile by path, or by its id or the name of its file beside the scenario.
fn find_profile(loaded: &mut Loaded, wanted: &str) -> Result<LoadedProfile, OpenError> {
    if Path::new(wanted).exists() {
        let bytes = read_outside(wanted)?;
        return Ok(load_profile(&mut loaded.sources, wanted, wanted, bytes));
    }
    fn stem(profile: &LoadedProfile) -> &str {
        let name = profile.name.rsplit('/').next().unwrap_or(&profile.name);
        name.strip_suffix(".ron").unwrap_or(name)
    }
    let is_it = |profile: &LoadedProfile| {
        profile.profile.id.as_ref().is_some_and(|id| id.value == wanted) || stem(profile) == wanted || profile.name == wanted
    };
    if let Some(place) = loaded.profiles.iter().position(is_it) {
        return Ok(loaded.profiles[place].clone());
    }
    let near = did_you_mean(wanted, loaded.profiles.iter().map(stem)).map(str::to_owned);
    let known = match loaded.profiles.as_slice() {
        [] => "none".to_owned(),
        profiles => one_of(profiles.iter().map(stem), 10),
    };
    Err(OpenError::Profile { path: wanted.to_owned(), suggestion: near, known })
}

/// One order of a file of orders, understood as far as it can be before play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scheduled {
    /// When.
    pub at: ExerciseTime,
    /// Who gives it.
    pub role: RoleId,
    /// What; alerts by the names of that seat, which are known only then.
    pub order: PlainOrder,
    /// Why, in the room's words.
    pub because: Option<String>,
}

/// Reads a file of orders for a prepared scenario; in time order.
///
/// # Errors
/// The file cannot be read, or something in it is wrong.
pub fn scheduled(prepared: &Prepared, path: &str) -> Result<Vec<Scheduled>, Unprepared> {
    let bytes = read_outside(path)?;
    let mut scenario = prepared.loaded.clone();
    let loaded = load_orders(&mut scenario.sources, path, bytes);
    let list = check::orders(&scenario, &loaded);
    if has_errors(&list) {
        return Err(Unprepared::Findings(Box::new(Findings { list, sources: scenario.sources })));
    }
    let mut found = Diagnostics::default();
    let public = &prepared.program.public;
    let mut scheduled = Vec::new();
    for written in &loaded.items {
        let at = public.calendar.resolve(written.at.value, ExerciseTime(0));
        if at < ExerciseTime(0) || at >= public.endex {
            let what = format!("an order at {}", public.calendar.label(at));
            let expected = format!(
                "a moment from STARTEX ({}) and before ENDEX ({})",
                public.calendar.label(ExerciseTime(0)),
                public.calendar.label(public.endex)
            );
            found.add(Code::OutsideExercise, written.at.at, what, expected, "\"+5m\" counts from STARTEX");
            continue;
        }
        let order = PlainOrder::from(&written.order);
        // Alerts are born in play: here it is only asked whether the rest of the order makes sense.
        let readable = orders(public, &prepared.names, &order, &|name| text_names_alert(name).then_some(Key(0)));
        match (prepared.names.resolve::<RoleId>(&written.role.text), readable) {
            (Ok(role), Ok(_)) => scheduled.push(Scheduled { at, role, order, because: written.order.because.clone() }),
            (role, readable) => {
                if let Err(message) = role {
                    found.add(Code::UnknownId, written.role.at, message, "a role of the scenario", "");
                }
                if let Err(message) = readable {
                    found.add(Code::OrderUnreadable, written.order.action.at, message, "an order of the scenario", "");
                }
            }
        }
    }
    if found.has_errors() {
        return Err(Unprepared::Findings(Box::new(Findings { list: found.into_sorted(), sources: scenario.sources })));
    }
    // Stable: what stands at one moment keeps the order of the file.
    scheduled.sort_by_key(|order| order.at);
    Ok(scheduled)
}

/// One record of a file of records, understood as far as it can be before play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noted {
    /// The move it was said in.
    pub of_move: MoveId,
    /// The room's words.
    pub says: String,
    /// Who is to do it.
    pub owner: Option<RoleId>,
    /// Not before.
    pub at: ExerciseTime,
    /// What it is.
    pub what: NotedAs,
}

/// What a record is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotedAs {
    /// An order: which of the proposals, from 1; 0 for none. None: the first, if it is clear.
    Order(Option<u8>),
    /// A decision: the choice, how sure, and what each thought before.
    Decision {
        /// Of which gate.
        gate: GateId,
        /// Which.
        choice: u8,
        /// In percent.
        sure: u8,
        /// Who, which choice, how sure in percent.
        positions: Vec<(RoleId, u8, u8)>,
    },
    /// How sure the room is of a claim, in percent.
    Belief(ClaimId, u8),
}

/// Reads a file of records for a prepared scenario, in the order of its moves. `wanted` is a file, or the name of one beside the scenario: `discussion`
/// for `discussion.records.ron`. `scenario` is what the scenario was asked for by.
///
/// # Errors
/// The file cannot be read, or something in it is wrong.
pub fn records(prepared: &Prepared, scenario: &str, wanted: &str) -> Result<Vec<Noted>, Unprepared> {
    let (label, bytes) = find_records(scenario, wanted)?;
    let mut sources = prepared.loaded.clone();
    let loaded = load_records(&mut sources.sources, &label, bytes);
    let list = check::records(&sources, &loaded);
    if has_errors(&list) {
        return Err(Unprepared::Findings(Box::new(Findings { list, sources: sources.sources })));
    }
    let mut found = Diagnostics::default();
    let mut noted: Vec<Noted> = loaded.items.iter().filter_map(|record| understood(prepared, record, &mut found)).collect();
    if found.has_errors() {
        return Err(Unprepared::Findings(Box::new(Findings { list: found.into_sorted(), sources: sources.sources })));
    }
    // Stable: what was said in one move keeps the order of the file.
    noted.sort_by_key(|noted| prepared.program.public.moves[noted.of_move.index()].opens);
    Ok(noted)
}

fn find_records(scenario: &str, wanted: &str) -> Result<(String, Vec<u8>), OpenError> {
    if Path::new(wanted).exists() {
        return Ok((wanted.to_owned(), read_outside(wanted)?));
    }
    let opening = Opening::find(scenario)?;
    for name in [wanted.to_owned(), format!("{wanted}.records.ron")] {
        if let Ok(Bytes::Whole(bytes)) = opening.read(&name) {
            return Ok((opening.label(&name), bytes));
        }
    }
    Err(OpenError::NotFound { path: wanted.to_owned(), suggestion: None })
}

/// One record, with what is wrong with it.
fn understood(prepared: &Prepared, record: &Record, found: &mut Diagnostics) -> Option<Noted> {
    let public = &prepared.program.public;
    let names = &prepared.names;
    let of_move: MoveId = names.resolve(&record.of_move.text).ok()?;
    let step = &public.moves[of_move.index()];
    if !step.played {
        let what = format!("a record of the move `{}`", step.id);
        let expected = format!("a move of the cut `{}`", public.cut.id);
        found.add(Code::OrderUnreadable, record.of_move.at, what, expected, "leave the record out, or play another cut");
        return None;
    }
    let at = record.at.as_ref().map_or(step.opens, |at| public.calendar.resolve(at.value, step.opens));
    if at < step.opens || at >= public.endex {
        let place = record.at.as_ref().map_or(record.of_move.at, |at| at.at);
        let what = format!("a record for {}", public.calendar.label(at));
        let expected = format!("a moment from {} on and before ENDEX ({})", public.calendar.label(step.opens), public.calendar.label(public.endex));
        found.add(Code::OutsideExercise, place, what, expected, "\"+20m\" counts from the opening of the move");
        return None;
    }
    let percent = |written: &Option<Located<u8>>, usual: u8, found: &mut Diagnostics| -> Option<u8> {
        match written {
            Some(sure) if sure.value > 100 => {
                found.add(Code::OrderUnreadable, sure.at, format!("{} percent", sure.value), "a number from 0 to 100", "");
                None
            }
            Some(sure) => Some(sure.value),
            None => Some(usual),
        }
    };
    does_not_apply(record, found);
    let what = match (&record.gate, &record.claim) {
        (Some(gate), None) => {
            let id: GateId = names.resolve(&gate.text).ok()?;
            let plan = &public.gates[id.index()];
            let choices = || plan.choices.iter().map(|choice| choice.id.as_str());
            let place = |wanted: &Located<String>, found: &mut Diagnostics| -> Option<u8> {
                let place = choices().position(|known| known == wanted.value);
                if place.is_none() {
                    let what = format!("the choice `{}`", wanted.value);
                    let help = did_you_mean(&wanted.value, choices()).map_or_else(String::new, |near| format!("did you mean `{near}`?"));
                    found.add(Code::OrderUnreadable, wanted.at, what, format!("a choice of `{}`: {}", plan.id, one_of(choices(), 10)), help);
                }
                place.map(|place| place as u8)
            };
            let Some(choice) = &record.choice else {
                found.add(Code::OrderUnreadable, gate.at, "a decision without its choice", format!("`choice`: {}", one_of(choices(), 10)), "");
                return None;
            };
            let mut positions = Vec::new();
            for position in &record.positions {
                let role: RoleId = names.resolve(&position.role.text).ok()?;
                positions.push((role, place(&position.choice, found)?, percent(&position.sure_percent, 50, found)?));
            }
            NotedAs::Decision { gate: id, choice: place(choice, found)?, sure: percent(&record.sure_percent, 50, found)?, positions }
        }
        (None, Some(claim)) => NotedAs::Belief(names.resolve(&claim.text).ok()?, percent(&record.sure_percent, 75, found)?),
        (Some(gate), Some(_)) => {
            found.add(Code::OrderUnreadable, gate.at, "a record of a decision and of a belief", "one of them", "make two records of it");
            return None;
        }
        (None, None) => match &record.take {
            Some(take) if take.value > 3 => {
                found.add(Code::OrderUnreadable, take.at, format!("proposal {}", take.value), "0 (none), 1, 2 or 3", "");
                return None;
            }
            take => NotedAs::Order(take.as_ref().map(|take| take.value)),
        },
    };
    let owner = record.owner.as_ref().and_then(|owner| names.resolve(&owner.text).ok());
    Some(Noted { of_move, says: record.says.value.clone(), owner, at, what })
}

/// Names the fields of a record that have no meaning for what it is: whoever wrote them meant something by them.
fn does_not_apply(record: &Record, found: &mut Diagnostics) {
    let gate = record.gate.is_some();
    let claim = record.claim.is_some() && !gate;
    let order = !gate && !claim;
    let (what, help) = match (gate, claim) {
        (true, _) => ("a decision", "a decision has `choice`, `sure_percent`, `positions` and `at`"),
        (_, true) => ("a belief", "a belief has `sure_percent`"),
        _ => ("an order", "an order has `owner`, `at` and `take`; a decision names its `gate`, a belief its `claim`"),
    };
    let fields = [
        ("choice", record.choice.as_ref().map(|choice| choice.at), gate),
        ("positions", record.positions.first().map(|position| position.role.at), gate),
        ("sure_percent", record.sure_percent.as_ref().map(|sure| sure.at), !order),
        ("take", record.take.as_ref().map(|take| take.at), order),
        ("owner", record.owner.as_ref().map(|owner| owner.at), order),
        ("at", record.at.as_ref().map(|at| at.at), !claim),
    ];
    for (field, at, applies) in fields {
        if let Some(at) = at.filter(|_| !applies) {
            let what = format!("`{field}` in a record of {what}, where it has no effect");
            found.add(Code::OrderUnreadable, at, what, "only what the record needs", help);
        }
    }
}

/// Whether a text could name an alert: `#12`, or `sensor/asset/2`.
fn text_names_alert(text: &str) -> bool {
    text.starts_with('#') || (2..=3).contains(&text.split('/').count())
}
