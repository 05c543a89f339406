//! Home: the library as cards, an interrupted session to go on with, what was played, what is still to do; and the card from which play begins.

mod begin;
mod library;
pub mod past;

use std::path::{Path, PathBuf};

use egui::{ScrollArea, Ui};

use super::adapt;
use super::keep::{Folder, Shelf, ToDo, write_papers};
use super::play::lead;
use super::theme::{self, Look, Palette, TEXT_SCALE_PERCENT, Tone, space};
use super::{Go, Intent, desk};
use crate::debrief::narrative::{capital, counted};
use crate::ids::{DenseId, RoleId, RoleSet};
use crate::paper;
use crate::scenario::diagnostic::{Colour, render_text};
use crate::scenario::load;
use crate::scenario::prepare::{self, Prepared, Unprepared};
use crate::scenario::source::{OpenError, Opening, Sources, read_outside, shipped};
use crate::session::Mode;
use crate::time::Span;

/// What is picked and put in here.
#[derive(Clone, PartialEq, Debug)]
pub enum Deed {
    /// A scenario of the library, by its name.
    PickScenario(String),
    /// Who the person plays; among several people, a role that somebody takes or gives back.
    PickRole(RoleId),
    /// With whom it is played.
    PickMode(Mode),
    /// Another cut, by its id.
    PickCut(String),
    /// Another profile, by its name or path; none for the scenario's own names.
    PickProfile(Option<String>),
    /// Names and answers are put in.
    Adapting(adapt::Deed),
    /// How far an improvement item has come.
    TickOff(Box<ToDo>, &'static str),
    /// All sessions are listed, or only the last.
    AllSessions,
    /// All improvement items are listed, or only the first.
    AllToDo,
}

/// A scenario of the library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The name it is opened by.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Kind of threat.
    pub family: String,
    /// For whom.
    pub audience: String,
    /// How long the room sits in the first cut.
    pub length: String,
    /// How hard.
    pub difficulty: String,
    /// What it is about.
    pub about: String,
}

/// The cards of what is shipped.
pub fn library() -> Vec<Card> {
    shipped().into_iter().filter_map(|name| Some(card(name, &Opening::shipped(name)?))).collect()
}

fn card(name: &str, opening: &Opening) -> Card {
    let sheet = load::load(opening).sheet;
    let values = sheet.variables.iter().map(|variable| (variable.id.text.clone(), variable.example.value.clone())).collect();
    let filled = |text: &str| crate::scenario::compile::text::fill(text, &values);
    let unknown = || "not said".to_owned();
    let length = sheet.cuts.first().map(|cut| Span(cut.opening.value.0 + cut.play.value.0 + cut.hotwash.value.0));
    Card {
        name: name.to_owned(),
        title: sheet.title.as_ref().map_or_else(|| name.to_owned(), |title| filled(title)),
        family: sheet.family.as_ref().map_or_else(unknown, |family| capital(family.value.label())),
        audience: sheet.audience.map_or_else(unknown, |audience| format!("{audience:?}")),
        length: length.map_or_else(unknown, |length| length.to_string()),
        about: sheet.about.as_ref().map_or_else(String::new, |about| filled(about.trim())),
        difficulty: sheet.difficulty.map_or_else(unknown, |difficulty| format!("{difficulty:?}")),
    }
}

/// A profile that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What it is asked for by: the name of one beside the scenario, or a path.
    pub name: String,
    /// How it is called on screen.
    pub title: String,
    /// It is one of the person's own: it may be changed where it lies.
    pub own: bool,
}

/// A scenario that was picked, ready to begin.
pub struct Picked {
    /// What it was opened by.
    pub path: String,
    /// What is played: with the cut and the profile below.
    pub prepared: Prepared,
    /// With whom.
    pub mode: Mode,
    /// The roles that people hold: none in a discussion, one alone.
    pub people: RoleSet,
    /// The id of the cut.
    pub cut: Option<String>,
    /// The profile; none for the scenario's own names.
    pub profile: Option<String>,
    /// The profiles there are.
    pub profiles: Vec<Choice>,
    /// The seed, as it is typed.
    pub seed: String,
    /// Where the papers were put, or why not.
    pub printed: Option<(Tone, String)>,
}

impl Picked {
    /// Why play cannot begin as it is chosen.
    pub fn not_yet(&self) -> Option<&'static str> {
        match self.mode {
            Mode::Clocked if self.people.is_empty() => Some("Pick at least one role that somebody holds."),
            _ => None,
        }
    }

    /// How the profile is called under whose names it is played.
    pub fn under(&self) -> Option<&str> {
        let chosen = self.profiles.iter().find(|choice| Some(&choice.name) == self.profile.as_ref());
        chosen.map(|choice| choice.title.as_str())
    }

    /// Keeps under which names it was made, printed or played: the next room most likely plays under the same.
    pub fn note_profile(&self, folder: Option<&Folder>) {
        if let Some(folder) = folder {
            folder.use_profile(&self.prepared.program.public.id, self.profile.as_deref());
        }
    }

    fn set_mode(&mut self, mode: Mode) {
        self.mode = mode;
        self.people = match mode {
            Mode::Discussion => RoleSet::NONE,
            // Whoever was chosen first stays.
            Mode::Solo => RoleSet::one(self.people.iter().next().unwrap_or_else(|| lead(&self.prepared.program.public))),
            Mode::Clocked if self.people.is_empty() => RoleSet::one(lead(&self.prepared.program.public)),
            Mode::Clocked => self.people,
        };
    }

    fn set_role(&mut self, role: RoleId) {
        if role.index() >= self.prepared.program.public.roles.len() {
            return;
        }
        self.people = match self.mode {
            Mode::Discussion => RoleSet::NONE,
            Mode::Solo => RoleSet::one(role),
            Mode::Clocked => self.people.iter().filter(|held| *held != role).chain((!self.people.has(role)).then_some(role)).collect(),
        };
    }
}

/// What Home shows.
pub struct State {
    /// The library.
    pub cards: Vec<Card>,
    /// What is kept on disk.
    pub shelf: Shelf,
    /// The day it is, as `2026-05-14`: what is due before it is overdue.
    pub today: String,
    /// A path that is typed.
    pub path: String,
    /// The scenario that was picked.
    pub picked: Option<Box<Picked>>,
    /// The names are being put in.
    pub adapting: Option<Box<adapt::State>>,
    /// Why something could not be opened: a line, and findings below it.
    pub trouble: Option<(String, String)>,
    /// Why sessions are not kept.
    pub not_kept: Option<String>,
    /// Lists are shown in full.
    pub all_sessions: bool,
    /// The same of what is to do.
    pub all_to_do: bool,
    /// What was ticked off since Home was opened: it stays, so that it can be taken back.
    ticked: Vec<(PathBuf, String)>,
}

impl State {
    /// With the library and what is kept.
    pub fn new(cards: Vec<Card>, shelf: Shelf) -> State {
        State {
            cards,
            shelf,
            today: String::new(),
            path: String::new(),
            picked: None,
            adapting: None,
            trouble: None,
            not_kept: None,
            all_sessions: false,
            all_to_do: false,
            ticked: Vec::new(),
        }
    }

    /// Opens a scenario by its name or path; a profile opens the scenario it is for.
    pub fn open(&mut self, path: &str, seed: u64, folder: Option<&Folder>) {
        self.trouble = None;
        self.picked = None;
        let (path, opened) = match prepared(path, None, None) {
            Err(Unprepared::Open(OpenError::IsProfile { of, .. })) => match prepared(&of, Some(path), None) {
                Ok(prepared) => (of, Ok((prepared, Some(path.to_owned())))),
                Err(error) => (path.to_owned(), Err(error)),
            },
            other => (path.to_owned(), other.map(|prepared| as_last_time(path, prepared, folder))),
        };
        match opened {
            Ok((prepared, profile)) => {
                let mut picked = Picked {
                    cut: Some(prepared.program.public.cut.id.clone()),
                    profiles: profiles(&prepared, profile.as_deref(), folder),
                    profile,
                    path,
                    mode: Mode::Discussion,
                    people: RoleSet::NONE,
                    seed: seed.to_string(),
                    printed: None,
                    prepared,
                };
                picked.set_mode(picked.mode);
                self.picked = Some(Box::new(picked));
            }
            Err(why) => self.trouble = Some(said(&why, &path)),
        }
    }

    /// Does it. `seed` is what play would begin with.
    pub fn take(&mut self, deed: Deed, seed: u64, folder: Option<&Folder>) {
        match deed {
            Deed::PickScenario(name) => self.open(&name, seed, folder),
            Deed::PickCut(cut) => self.prepare_again(Some(cut), None, folder),
            Deed::PickProfile(profile) => self.prepare_again(None, Some(profile), folder),
            Deed::PickRole(role) => self.picked.iter_mut().for_each(|picked| picked.set_role(role)),
            Deed::PickMode(mode) => self.picked.iter_mut().for_each(|picked| picked.set_mode(mode)),
            Deed::Adapting(deed) => self.adapting(deed, folder),
            Deed::TickOff(to_do, status) => self.tick_off(&to_do, status, folder),
            Deed::AllSessions => self.all_sessions = !self.all_sessions,
            Deed::AllToDo => self.all_to_do = !self.all_to_do,
        }
    }

    /// Another cut or another profile: what is played is put together anew. If that does not work, it stays as it was and says why.
    fn prepare_again(&mut self, cut: Option<String>, profile: Option<Option<String>>, folder: Option<&Folder>) {
        let Some(picked) = &mut self.picked else { return };
        let cut = cut.or_else(|| picked.cut.clone());
        let profile = profile.unwrap_or_else(|| picked.profile.clone());
        self.trouble = None;
        match prepared(&picked.path, profile.as_deref(), cut.as_deref()) {
            Ok(prepared) => {
                picked.profiles = profiles(&prepared, profile.as_deref(), folder);
                (picked.prepared, picked.cut, picked.profile, picked.printed) = (prepared, cut, profile, None);
            }
            Err(why) => self.trouble = Some(said(&why, profile.as_deref().unwrap_or(&picked.path))),
        }
    }

    fn adapting(&mut self, deed: adapt::Deed, folder: Option<&Folder>) {
        match deed {
            adapt::Deed::Open => {
                if let Some(picked) = &self.picked {
                    self.adapting = Some(Box::new(adapt::State::new(&picked.prepared, picked.profile.as_deref(), &picked.profiles)));
                }
            }
            adapt::Deed::Leave => {
                let Some(adapting) = &mut self.adapting else { return };
                if adapting.ask_before_leaving() {
                    return;
                }
                let saved = adapting.saved_at().map(|path| path.display().to_string());
                self.adapting = None;
                // Whoever has just saved a profile wants to play with it.
                if let Some(path) = saved {
                    self.prepare_again(None, Some(Some(path)), folder);
                }
            }
            other => {
                let Some(adapting) = &mut self.adapting else { return };
                adapting.take(other, folder);
                if let (Some(path), Some(folder), Some(picked)) = (adapting.saved_at(), folder, &self.picked) {
                    folder.use_profile(&picked.prepared.program.public.id, Some(&path.display().to_string()));
                }
            }
        }
    }

    fn tick_off(&mut self, to_do: &ToDo, status: &str, folder: Option<&Folder>) {
        let Some(folder) = folder else { return };
        match folder.set_status(to_do, status) {
            Ok(()) => {
                self.trouble = None;
                self.ticked.push((to_do.path.clone(), to_do.item.item.clone()));
                let all = &mut self.shelf.to_do;
                all.iter_mut().filter(|known| same(known, to_do)).for_each(|known| known.item.status = status.to_owned());
            }
            Err(why) => self.trouble = Some((why, String::new())),
        }
    }

    /// Whether an item is to be shown although it is done.
    fn was_ticked(&self, to_do: &ToDo) -> bool {
        self.ticked.iter().any(|(path, item)| *path == to_do.path && *item == to_do.item.item)
    }

    /// Prints the papers of what was picked.
    pub fn print(&mut self, size: paper::Size, folder: Option<&Folder>) {
        let Some(picked) = &mut self.picked else { return };
        picked.note_profile(folder);
        picked.printed = Some(match print(&picked.prepared, size, folder) {
            Ok(path) => (Tone::Good, format!("The papers are in {}. Begin with {}.", folder_of(&path), file_of(&path))),
            Err(why) => (Tone::Grave, why),
        });
    }
}

/// What is played. A profile is called by the name of its file: a journal is handed on, and where a person's folders lie is nobody's business.
fn prepared(path: &str, profile: Option<&str>, cut: Option<&str>) -> Result<Prepared, Unprepared> {
    let mut prepared = prepare::prepare(path, profile, cut)?;
    if let Some(profile) = &mut prepared.profile
        && let Some(name) = Path::new(&profile.name).file_name()
    {
        profile.name = name.to_string_lossy().into_owned();
    }
    Ok(prepared)
}

/// Under the names that were used last, if they still fit: papers that were printed with them lie on the table. With what the profile is asked for by.
fn as_last_time(path: &str, plain: Prepared, folder: Option<&Folder>) -> (Prepared, Option<String>) {
    let used = folder.and_then(|folder| folder.used_profile(&plain.program.public.id)).flatten();
    let used = used.filter(|used| profiles(&plain, None, folder).iter().any(|choice| choice.name == *used));
    match used.map(|used| (prepared(path, Some(&used), None), used)) {
        Some((Ok(prepared), used)) => (prepared, Some(used)),
        _ => (plain, None),
    }
}

fn folder_of(path: &Path) -> String {
    path.parent().unwrap_or(path).display().to_string()
}

fn file_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn same(one: &ToDo, other: &ToDo) -> bool {
    one.path == other.path && one.item.item == other.item.item
}

/// Writes the papers of what is played into the data folder, as `hotwash print` does; the path of the one to begin with. It takes about as long as a
/// few frames, so nothing has to go on beside it.
///
/// # Errors
/// Why there are none, as a sentence.
pub fn print(prepared: &Prepared, size: paper::Size, folder: Option<&Folder>) -> Result<PathBuf, String> {
    let folder = folder.ok_or("There is no folder to put papers in; start with --data DIR.")?;
    let public = &prepared.program.public;
    let papers = paper::papers(&prepared.program, size)?;
    write_papers(&folder.papers(&public.id, &public.cut.id, public.profile.as_deref()), &papers)
}

/// The profiles there are: beside the scenario, of one's own, and the one that is asked for by its path.
fn profiles(prepared: &Prepared, asked: Option<&str>, folder: Option<&Folder>) -> Vec<Choice> {
    let title = |title: Option<&String>, name: &str| title.filter(|title| !title.trim().is_empty()).cloned().unwrap_or_else(|| name.to_owned());
    let mut choices: Vec<Choice> = (prepared.loaded.profiles.iter())
        .map(|profile| {
            let name = profile.name.rsplit('/').next().unwrap_or(&profile.name).trim_end_matches(".ron").to_owned();
            Choice { title: title(profile.profile.title.as_ref(), &name), name, own: false }
        })
        .collect();
    let own = folder.map(|folder| folder.own_profiles(&prepared.program.public.id)).unwrap_or_default();
    choices.extend(own.into_iter().map(|own| {
        // What its maker wrote for this list; the name of the file where nobody did.
        let name = own.path.display().to_string();
        let read = read_outside(&name).ok().map(|text| load::load_profile(&mut Sources::default(), &name, &name, text));
        let said = read.and_then(|read| read.profile.title.clone());
        Choice { title: title(said.as_ref(), &own.name.replace('-', " ")), name, own: true }
    }));
    if let Some(asked) = asked
        && choices.iter().all(|choice| choice.name != asked)
    {
        let stem = Path::new(asked).file_stem().map_or_else(|| asked.to_owned(), |stem| stem.to_string_lossy().into_owned());
        choices.push(Choice { name: asked.to_owned(), title: stem, own: false });
    }
    choices
}

/// Why something cannot be played: a line, and findings below it.
fn said(why: &Unprepared, path: &str) -> (String, String) {
    match why {
        Unprepared::Open(error) => (error.to_string(), String::new()),
        Unprepared::Findings(found) => {
            let errors = counted(found.list.len() as i64, "finding keeps", "findings keep");
            (format!("{errors} {path} from being played."), render_text(&found.list, &found.sources, Colour::Off))
        }
    }
}

/// Draws it.
pub fn home_ui(ui: &mut Ui, state: &mut State, look: Look) -> Vec<Intent> {
    if let Some(adapting) = &mut state.adapting {
        return adapt::adapt_ui(ui, adapting);
    }
    let mut intents = keys(ui, state);
    let ground = egui::Frame::new().fill(Palette::of(ui).ground).inner_margin(egui::Margin::symmetric(24, 16));
    egui::CentralPanel::default().frame(ground).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(1100.0_f32.min(ui.available_width()));
            ui.horizontal_wrapped(|ui| {
                ui.label(egui::RichText::new("Hotwash").text_style(theme::clock()));
                ui.label(theme::muted(ui, "A breach exercise on a clock"));
            });
            look_ui(ui, look, &mut intents);
            ui.add_space(space::USUAL);
            let warnings = state
                .not_kept
                .iter()
                .map(|why| format!("Sessions are not saved: {why}"))
                .chain(state.shelf.unseen.clone())
                .chain(state.shelf.trouble.clone());
            for warning in warnings.collect::<Vec<_>>() {
                theme::card_of(ui, Tone::Warning).show(ui, |ui| ui.add(egui::Label::new(warning).wrap()));
            }
            if let Some((says, findings)) = &state.trouble {
                theme::card_of(ui, Tone::Warning).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.label(egui::RichText::new(capital(says)).strong());
                    if !findings.is_empty() {
                        ui.label(egui::RichText::new(findings).monospace());
                    }
                });
            }
            match &mut state.picked {
                Some(picked) => begin::begin_ui(ui, picked, &mut intents),
                None => library::library_ui(ui, state, &mut intents),
            }
        });
    });
    intents
}

/// A number picks a scenario, or with whom it is played; Enter begins it, Escape goes back.
fn keys(ui: &Ui, state: &State) -> Vec<Intent> {
    use egui::{Key, Modifiers};
    if !desk::nothing_focused(ui) {
        return Vec::new();
    }
    let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    ui.input_mut(|input| match &state.picked {
        Some(picked) if picked.not_yet().is_none() && input.consume_key(Modifiers::NONE, Key::Enter) => vec![Intent::Go(Go::Start)],
        Some(_) if input.consume_key(Modifiers::NONE, Key::Escape) => vec![Intent::Go(Go::Home)],
        Some(_) if input.consume_key(Modifiers::NONE, Key::A) => vec![Intent::Home(Deed::Adapting(adapt::Deed::Open))],
        Some(_) => {
            let picked = Mode::ALL.into_iter().zip(numbers);
            let picked = picked.into_iter().find(|(_, key)| input.consume_key(Modifiers::NONE, *key));
            picked.map(|(mode, _)| Intent::Home(Deed::PickMode(mode))).into_iter().collect()
        }
        None => {
            let picked = numbers.into_iter().zip(&state.cards).find(|(key, _)| input.consume_key(Modifiers::NONE, *key));
            picked.map(|(_, card)| Intent::Home(Deed::PickScenario(card.name.clone()))).into_iter().collect()
        }
    })
}

/// How the screen is to look.
fn look_ui(ui: &mut Ui, look: Look, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        let mut wanted = look;
        ui.checkbox(&mut wanted.dark, "Dark");
        ui.checkbox(&mut wanted.reduced_motion, "No movement");
        ui.label("Text");
        if ui.button("Smaller").clicked() {
            wanted.scale_percent = look.scale_percent.saturating_sub(10).max(TEXT_SCALE_PERCENT.0);
        }
        ui.label(format!("{} %", look.scale_percent));
        if ui.button("Larger").clicked() {
            wanted.scale_percent = (look.scale_percent + 10).min(TEXT_SCALE_PERCENT.1);
        }
        if wanted != look {
            intents.push(Intent::Look(wanted));
        }
    });
}

#[cfg(test)]
mod tests;
