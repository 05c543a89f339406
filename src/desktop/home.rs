//! Home: the library as cards, an interrupted session to go on with, and how to begin.

use egui::{ScrollArea, Ui};

use super::Intent;
use super::keep::Kept;
use super::theme::{self, Look, Palette, TEXT_SCALE_PERCENT, Tone, space};
use crate::debrief::narrative::{capital, role_only};
use crate::ids::{DenseId, RoleId};
use crate::scenario::diagnostic::{Colour, render_text};
use crate::scenario::load;
use crate::scenario::prepare::{self, Prepared, Unprepared};
use crate::scenario::source::{Opening, shipped};
use crate::session::Mode;
use crate::time::Span;

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

/// A scenario that was picked, ready to begin.
pub struct Picked {
    /// What is played.
    pub prepared: Prepared,
    /// Who the person plays.
    pub role: RoleId,
    /// How.
    pub mode: Mode,
    /// The seed, as it is typed.
    pub seed: String,
}

/// What Home shows.
pub struct State {
    /// The library.
    pub cards: Vec<Card>,
    /// Sessions on disk, the newest first.
    pub sessions: Vec<Kept>,
    /// A path that is typed.
    pub path: String,
    /// The scenario that was picked.
    pub picked: Option<Picked>,
    /// Why something could not be opened: a line, and findings below it.
    pub trouble: Option<(String, String)>,
    /// Why sessions are not kept.
    pub not_kept: Option<String>,
}

impl State {
    /// With the library and these sessions.
    pub fn new(cards: Vec<Card>, sessions: Vec<Kept>) -> State {
        State { cards, sessions, path: String::new(), picked: None, trouble: None, not_kept: None }
    }

    /// Opens a scenario by its name or path.
    pub fn open(&mut self, path: &str, seed: u64) {
        self.trouble = None;
        self.picked = None;
        match prepare::prepare(path, None, None) {
            Ok(prepared) => {
                let roles = &prepared.program.public.roles;
                // Somebody who leads sees most; otherwise whoever comes first.
                let leads = roles.iter().position(|role| role.kind == crate::scenario::written::RoleKind::IncidentManager).unwrap_or(0);
                self.picked = Some(Picked { role: RoleId::at(leads), mode: Mode::Solo, seed: seed.to_string(), prepared });
            }
            Err(Unprepared::Open(error)) => self.trouble = Some((error.to_string(), String::new())),
            Err(Unprepared::Findings(found)) => {
                let errors = crate::debrief::narrative::counted(found.list.len() as i64, "finding keeps", "findings keep");
                self.trouble = Some((format!("{errors} {path} from being played."), render_text(&found.list, &found.sources, Colour::Off)));
            }
        }
    }
}

/// Draws it.
pub fn home_ui(ui: &mut Ui, state: &mut State, look: Look) -> Vec<Intent> {
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
            if let Some(why) = &state.not_kept {
                theme::card_of(ui, Tone::Warning).show(ui, |ui| ui.label(format!("Sessions are not saved: {why}")));
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
                Some(picked) => begin_ui(ui, picked, &mut intents),
                None => library_ui(ui, state, &mut intents),
            }
        });
    });
    intents
}

/// A number picks a scenario, Enter begins it, Escape goes back.
fn keys(ui: &Ui, state: &State) -> Vec<Intent> {
    use egui::{Key, Modifiers};
    if !super::seat::nothing_focused(ui) {
        return Vec::new();
    }
    let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    ui.input_mut(|input| match &state.picked {
        Some(_) if input.consume_key(Modifiers::NONE, Key::Enter) => vec![Intent::Start],
        Some(_) if input.consume_key(Modifiers::NONE, Key::Escape) => vec![Intent::PutBack],
        Some(_) => Vec::new(),
        None => {
            let picked = numbers.into_iter().zip(&state.cards).find(|(key, _)| input.consume_key(Modifiers::NONE, *key));
            picked.map(|(_, card)| Intent::PickScenario(card.name.clone())).into_iter().collect()
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

fn library_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    let open: Vec<&Kept> = state.sessions.iter().filter(|session| !session.closed).collect();
    if !open.is_empty() {
        ui.label(egui::RichText::new("Go on").text_style(theme::heading()));
        for session in open.iter().take(4) {
            theme::card_of(ui, Tone::Notice).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    let title =
                        state.cards.iter().find(|card| card.name == session.scenario).map_or(session.scenario.as_str(), |card| card.title.as_str());
                    if theme::main_button(ui, true, "Go on with it").clicked() {
                        intents.push(Intent::Resume(session.path.clone()));
                    }
                    ui.strong(title);
                    ui.label(theme::muted(ui, format!("{}, {}, {}", session.mode, session.role.replace('-', " "), session.written)));
                });
            });
        }
        ui.add_space(space::USUAL);
    }
    ui.label(egui::RichText::new("Scenarios").text_style(theme::heading()));
    if state.cards.is_empty() {
        ui.label("No scenario is shipped with this build.");
    }
    for card in &state.cards {
        let answer = theme::card(ui)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    theme::badge(ui, Tone::Notice, &card.family);
                    ui.add(egui::Label::new(egui::RichText::new(&card.title).text_style(theme::heading())).selectable(false));
                });
                let about = format!("For: {}    Length: {}    Difficulty: {}", card.audience, card.length, card.difficulty);
                if !card.about.is_empty() {
                    ui.add(egui::Label::new(&card.about).selectable(false).wrap());
                }
                ui.add(egui::Label::new(theme::muted(ui, about)).selectable(false));
            })
            .response
            .interact(egui::Sense::click());
        answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Play {}", card.title)));
        let answer = answer.on_hover_cursor(egui::CursorIcon::PointingHand);
        if answer.clicked() {
            intents.push(Intent::PickScenario(card.name.clone()));
        }
        ui.add_space(space::TIGHT);
    }
    ui.add_space(space::USUAL);
    ui.label(egui::RichText::new("Your own").text_style(theme::heading()));
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Folder or .ron file");
        let field = ui.add(egui::TextEdit::singleline(&mut state.path).desired_width(320.0)).labelled_by(label.id);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if (ui.add_enabled(!state.path.trim().is_empty(), egui::Button::new("Open")).clicked() || entered) && !state.path.trim().is_empty() {
            intents.push(Intent::OpenPath(state.path.trim().to_owned()));
        }
    });
    ui.label(theme::muted(ui, "Or drop a file or a folder on this window."));
    let played: Vec<&Kept> = state.sessions.iter().filter(|session| session.closed).collect();
    if !played.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(egui::RichText::new("Played").text_style(theme::heading()));
        for session in played {
            ui.label(theme::muted(
                ui,
                format!("{}: {}, {} ({})", session.written, session.scenario, session.role.replace('-', " "), session.path.display()),
            ));
        }
    }
}

fn begin_ui(ui: &mut Ui, picked: &mut Picked, intents: &mut Vec<Intent>) {
    if ui.button("All scenarios").clicked() {
        intents.push(Intent::PutBack);
    }
    let public = &picked.prepared.program.public;
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        theme::exercise_mark(ui);
        ui.label(egui::RichText::new(&public.title).text_style(theme::heading()));
        ui.label(public.about.trim());
        if !public.sensitive_topics.is_empty() {
            ui.label(theme::muted(ui, format!("Touches on: {}", public.sensitive_topics.join("; "))));
        }
        ui.add_space(space::USUAL);
        ui.horizontal_wrapped(|ui| {
            if theme::main_button(ui, true, "Begin").clicked() {
                intents.push(Intent::Start);
            }
            ui.label(theme::muted(ui, "The clock stands until you run it. Enter begins as well."));
        });
        ui.add_space(space::USUAL);
        ui.label(egui::RichText::new("You play").strong());
        ui.horizontal_wrapped(|ui| {
            for (place, role) in public.roles.iter().enumerate() {
                if ui.selectable_label(picked.role.index() == place, role_only(&role.label)).clicked() {
                    intents.push(Intent::PickRole(RoleId::at(place)));
                }
            }
        });
        if let Some(role) = public.roles.get(picked.role.index()) {
            ui.label(theme::muted(ui, role.brief.trim()));
        }
        ui.label(theme::muted(ui, "Programs play the other roles."));
        ui.add_space(space::USUAL);
        ui.label(egui::RichText::new("How").strong());
        for (mode, says) in [
            (Mode::Solo, "Solo: the clock stops when something comes, and you may jump on to what comes next"),
            (Mode::Clocked, "Clocked: the clock runs on at its pace; it stops only by hand"),
        ] {
            if ui.radio(picked.mode == mode, says).clicked() {
                intents.push(Intent::PickMode(mode));
            }
        }
        ui.horizontal_wrapped(|ui| {
            let label = ui.label("Seed");
            ui.add(egui::TextEdit::singleline(&mut picked.seed).desired_width(170.0)).labelled_by(label.id);
            ui.label(theme::muted(ui, "The same seed and the same decisions give the same exercise."));
        });
        if picked.seed.trim().parse::<u64>().is_err() {
            ui.label(theme::toned(ui, Tone::Warning, "A seed is a whole number; a fresh one is drawn if this cannot be read."));
        }
    });
}
