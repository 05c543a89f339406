//! What Home shows before a scenario is picked: to go on with, to play, to do, played.

use egui::{RichText, Ui};

use super::super::Intent;
use super::super::keep::{Kept, ToDo};
use super::super::theme::{self, Tone, space};
use super::begin::says;
use super::{Card, State};
use crate::debrief::day;
use crate::debrief::narrative::{capital, counted};
use crate::session::Mode;

/// So much of a list is shown before somebody asks for all of it.
const FEW: usize = 4;

pub(super) fn library_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    go_on(ui, state, intents);
    ui.label(RichText::new("Scenarios").text_style(theme::heading()));
    if state.cards.is_empty() {
        ui.label("No scenario is shipped with this build.");
    }
    for (place, card) in state.cards.iter().enumerate() {
        card_ui(ui, place, card, intents);
    }
    ui.add_space(space::USUAL);
    to_do(ui, state, intents);
    played(ui, state, intents);
    own(ui, state, intents);
}

/// Sessions that were interrupted.
fn go_on(ui: &mut Ui, state: &State, intents: &mut Vec<Intent>) {
    let open: Vec<&Kept> = state.shelf.sessions.iter().filter(|session| !session.closed && session.trouble.is_none()).collect();
    if open.is_empty() {
        return;
    }
    ui.label(RichText::new("Go on").text_style(theme::heading()));
    let shown = if state.all_sessions { open.len() } else { FEW };
    for session in open.iter().take(shown) {
        theme::card_of(ui, Tone::Notice).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                let button = theme::main_button(ui, true, "Go on with it");
                if button.on_hover_text("At the moment where it stood").clicked() {
                    intents.push(Intent::Resume(session.path.clone()));
                }
                ui.strong(&session.title);
                ui.label(theme::muted(ui, format!("{}. Stands {} into the story. Last played {}.", how(session), session.reached, session.written)));
            });
        });
    }
    if open.len() > shown {
        ui.label(theme::muted(ui, format!("{} more; \u{201c}Show all\u{201d} below lists them.", open.len() - shown)));
    }
    ui.add_space(space::USUAL);
}

/// How a session is played, and by whom.
fn how(session: &Kept) -> String {
    let people = session.people.iter().map(|role| role.replace('-', " ")).collect::<Vec<_>>().join(", ");
    let with = match Mode::named(&session.mode) {
        Some(mode) if people.is_empty() => says(mode).0.to_owned(),
        Some(mode) => format!("{}: {people}", says(mode).0),
        None => session.mode.clone(),
    };
    let profile = session.profile.as_ref().map(|profile| format!(", names of {}", profile.replace('-', " "))).unwrap_or_default();
    format!("{with}; cut {}{profile}", session.cut)
}

fn card_ui(ui: &mut Ui, place: usize, card: &Card, intents: &mut Vec<Intent>) {
    let answer = theme::card(ui)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                theme::badge(ui, Tone::Notice, &card.family);
                ui.add(egui::Label::new(RichText::new(&card.title).text_style(theme::heading())).selectable(false));
                if place < 9 {
                    ui.add(egui::Label::new(theme::muted(ui, format!("key {}", place + 1))).selectable(false));
                }
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
    ui.horizontal_wrapped(|ui| {
        for (says, mode) in [("Begin with a room", Mode::Discussion), ("Begin alone", Mode::Solo)] {
            if ui.button(says).on_hover_text("At once, as the card says; everything else is behind the card").clicked() {
                intents.extend([Intent::PickScenario(card.name.clone()), Intent::PickMode(mode), Intent::Start]);
            }
        }
        ui.label(theme::muted(ui, "or open the card: with whom, how long, under which names, on paper"));
    });
    ui.add_space(space::USUAL);
}

/// What rooms took on and have not done yet.
fn to_do(ui: &mut Ui, state: &State, intents: &mut Vec<Intent>) {
    let is_shown = |to_do: &&ToDo| to_do.item.status != "done" || state.was_ticked(to_do);
    let shown: Vec<&ToDo> = state.shelf.to_do.iter().filter(is_shown).collect();
    if shown.is_empty() {
        return;
    }
    let open = shown.iter().filter(|to_do| to_do.item.status != "done").count();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Improvement items").text_style(theme::heading()));
        ui.label(theme::muted(ui, format!("{open} open, over all sessions")));
    });
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let few = if state.all_to_do { shown.len() } else { FEW };
        for to_do in shown.iter().take(few) {
            to_do_ui(ui, to_do, &state.today, intents);
        }
        if shown.len() > FEW {
            let says = if state.all_to_do { "Show fewer items".to_owned() } else { format!("Show all {} items", shown.len()) };
            if ui.button(says).clicked() {
                intents.push(Intent::AllToDo);
            }
        }
    });
    ui.add_space(space::USUAL);
}

fn to_do_ui(ui: &mut Ui, to_do: &ToDo, today: &str, intents: &mut Vec<Intent>) {
    let item = &to_do.item;
    let what = if item.action.trim().is_empty() { &item.issue } else { &item.action };
    let mut done = item.status == "done";
    ui.horizontal_wrapped(|ui| {
        let says = what.trim().trim_end_matches('.');
        if ui.checkbox(&mut done, says).on_hover_text("Tick it off; it is written into the session's journal").changed() {
            intents.push(Intent::TickOff(Box::new(to_do.clone()), if done { "done" } else { "open" }));
        }
        if item.status == "started" {
            theme::badge(ui, Tone::Notice, "started");
        }
        let overdue = !item.due.is_empty() && !today.is_empty() && item.due.as_str() < today && !done;
        if overdue {
            theme::badge(ui, Tone::Warning, "overdue");
        }
        let owner = if item.owner.trim().is_empty() { "no owner yet" } else { item.owner.trim() };
        let due = if item.due.trim().is_empty() { "no date yet".to_owned() } else { format!("until {}", day::said(&item.due)) };
        ui.label(theme::muted(ui, format!("{owner}, {due}. {}", to_do.title)));
    });
}

/// What was played to its end, and what cannot be read.
fn played(ui: &mut Ui, state: &State, intents: &mut Vec<Intent>) {
    let all = &state.shelf.sessions;
    let played: Vec<&Kept> = all.iter().filter(|session| session.closed || session.trouble.is_some()).collect();
    if played.is_empty() && all.len() <= FEW {
        return;
    }
    ui.label(RichText::new("Played").text_style(theme::heading()));
    let shown = if state.all_sessions { played.len() } else { FEW };
    for session in played.iter().take(shown) {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            played_ui(ui, session, intents);
        });
        ui.add_space(space::TIGHT);
    }
    if state.shelf.unread > 0 {
        ui.label(theme::muted(ui, format!("{} have not been read yet.", counted(state.shelf.unread as i64, "older session", "older sessions"))));
    }
    ui.horizontal_wrapped(|ui| {
        if state.shelf.unread > 0 && ui.button("Read on").clicked() {
            intents.push(Intent::Home);
        }
        if all.len() > FEW {
            let says = if state.all_sessions { "Show fewer sessions".to_owned() } else { format!("Show all {} sessions", all.len()) };
            if ui.button(says).clicked() {
                intents.push(Intent::AllSessions);
            }
        }
    });
    ui.add_space(space::USUAL);
}

fn played_ui(ui: &mut Ui, session: &Kept, intents: &mut Vec<Intent>) {
    if let Some(why) = &session.trouble {
        ui.horizontal_wrapped(|ui| {
            theme::badge(ui, Tone::Warning, "cannot be read");
            ui.label(format!("{}: {why}", session.path.display()));
        });
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let button = ui.button("Open its debrief").on_hover_text("Out of the journal, which is not changed");
        if button.clicked() {
            intents.push(Intent::OpenDebrief(session.path.clone()));
        }
        ui.strong(&session.title);
        ui.label(theme::muted(ui, format!("{}. {}.", capital(&session.written), how(session))));
    });
    let id = ui.make_persistent_id(("results of", &session.path));
    egui::CollapsingHeader::new("Results and journal").id_salt(id).show(ui, |ui| {
        if let Some(score) = session.score {
            ui.label(format!("Score: {score} of 100"));
        }
        for line in session.results.iter().filter(|line| line.rating.is_some()) {
            ui.label(format!("{}: {}", line.capability, rating(line.rating.as_deref().unwrap_or_default())));
        }
        if session.results.iter().all(|line| line.rating.is_none()) {
            ui.label("No capability was rated.");
        }
        ui.label(theme::muted(ui, format!("Began {}. The journal: {}", session.started, session.path.display())));
    });
}

/// A rating in the words of HSEEP.
fn rating(letter: &str) -> &str {
    match letter {
        "P" => "performed without challenges (P)",
        "S" => "performed with some challenges (S)",
        "M" => "performed with major challenges (M)",
        "U" => "unable to be performed (U)",
        other => other,
    }
}

/// What somebody brings along.
fn own(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    ui.label(RichText::new("Your own").text_style(theme::heading()));
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Folder or .ron file");
        let field = ui.add(egui::TextEdit::singleline(&mut state.path).desired_width(320.0)).labelled_by(label.id);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if (ui.add_enabled(!state.path.trim().is_empty(), egui::Button::new("Open")).clicked() || entered) && !state.path.trim().is_empty() {
            intents.push(Intent::OpenPath(state.path.trim().to_owned()));
        }
    });
    ui.label(theme::muted(ui, "Or drop a file or a folder on this window: a scenario, a profile, or the journal of a session."));
    for (path, title) in &state.shelf.recent {
        ui.horizontal_wrapped(|ui| {
            if ui.button(format!("Open {title}")).clicked() {
                intents.push(Intent::OpenPath(path.clone()));
            }
            ui.label(theme::muted(ui, path));
        });
    }
}
