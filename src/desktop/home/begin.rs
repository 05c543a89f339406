//! The card from which play begins: with whom, how long, under which names.

use egui::{RichText, Ui};

use super::super::theme::{self, Tone, space};
use super::super::{Intent, adapt};
use super::Picked;
use crate::debrief::narrative::{counted, role_only};
use crate::ids::{DenseId, RoleId};
use crate::paper::Size;
use crate::session::Mode;
use crate::time::Span;

/// With whom, in the room's words, and what that means.
pub(super) const fn says(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Discussion => {
            ("A room, talking", "The clock stands while people talk. You read aloud, ask, and write down what they decide; nobody needs a seat.")
        }
        Mode::Clocked => ("Several at this desk, on a clock", "People hold roles and give orders while the clock runs. It stops only by hand."),
        Mode::Solo => ("Alone", "You hold one role. The clock stops when something comes, and you may go on to what comes next."),
    }
}

pub(super) fn begin_ui(ui: &mut Ui, picked: &mut Picked, intents: &mut Vec<Intent>) {
    // In the first row: whoever has large text has not to look for how to begin.
    ui.horizontal_wrapped(|ui| {
        if ui.button("All scenarios").on_hover_text("Escape").clicked() {
            intents.push(Intent::PutBack);
        }
        let not_yet = picked.not_yet();
        if theme::main_button(ui, not_yet.is_none(), "Begin").on_hover_text("Enter").clicked() {
            intents.push(Intent::Start);
        }
        let says = not_yet.unwrap_or(match picked.mode {
            Mode::Discussion => "The first move is on at once; the clock of the story stands until you go on to the next.",
            Mode::Clocked | Mode::Solo => "The clock stands until you run it.",
        });
        ui.label(theme::muted(ui, says));
    });
    ui.horizontal_wrapped(|ui| match picked.under() {
        Some(under) => {
            ui.label(RichText::new(format!("Under the names of {under}")).strong());
            if ui.button("Play under the scenario's own names").clicked() {
                intents.push(Intent::PickProfile(None));
            }
        }
        None => drop(ui.label(theme::muted(ui, "Under the names of the scenario; others are chosen below."))),
    });
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let public = &picked.prepared.program.public;
        ui.horizontal_wrapped(|ui| {
            theme::exercise_mark(ui);
            ui.label(RichText::new(&public.title).text_style(theme::heading()));
        });
        ui.label(public.about.trim());
        ui.add_space(space::USUAL);
        with_whom(ui, picked, intents);
        ui.add_space(space::USUAL);
        roles(ui, picked, intents);
        cuts(ui, picked, intents);
        names(ui, picked, intents);
        print(ui, picked, intents);
        let topics = &picked.prepared.program.public.sensitive_topics;
        if !topics.is_empty() {
            ui.label(RichText::new("Touches on").strong());
            ui.label(theme::muted(ui, format!("{}. Say so before you begin.", topics.join("; "))));
            ui.add_space(space::USUAL);
        }
        more(ui, picked);
    });
}

fn with_whom(ui: &mut Ui, picked: &Picked, intents: &mut Vec<Intent>) {
    ui.label(RichText::new("With whom?").strong());
    for (place, mode) in Mode::ALL.into_iter().enumerate() {
        let (name, means) = says(mode);
        ui.horizontal_wrapped(|ui| {
            if ui.radio(picked.mode == mode, name).on_hover_text(format!("Key {}", place + 1)).clicked() {
                intents.push(Intent::PickMode(mode));
            }
            ui.label(theme::muted(ui, means));
        });
    }
}

fn roles(ui: &mut Ui, picked: &Picked, intents: &mut Vec<Intent>) {
    let (heading, others) = match picked.mode {
        Mode::Discussion => return,
        Mode::Clocked => ("Which roles do people hold?", "Programs play the others. One person may hold several."),
        Mode::Solo => ("Which role do you hold?", "Programs play the others."),
    };
    let public = &picked.prepared.program.public;
    ui.label(RichText::new(heading).strong());
    ui.horizontal_wrapped(|ui| {
        for (place, role) in public.roles.iter().enumerate() {
            let id = RoleId::at(place);
            let name = role_only(&role.label);
            let mut held = picked.people.has(id);
            let clicked = match picked.mode {
                Mode::Clocked => ui.checkbox(&mut held, name).changed(),
                _ => ui.selectable_label(held, name).clicked(),
            };
            if clicked {
                intents.push(Intent::PickRole(id));
            }
        }
    });
    if let (Mode::Solo, Some(role)) = (picked.mode, picked.people.iter().next().and_then(|role| public.roles.get(role.index()))) {
        ui.label(theme::muted(ui, role.brief.trim()));
    }
    ui.label(theme::muted(ui, others));
    ui.add_space(space::USUAL);
}

fn cuts(ui: &mut Ui, picked: &Picked, intents: &mut Vec<Intent>) {
    let cuts = &picked.prepared.loaded.sheet.cuts;
    if cuts.is_empty() {
        return;
    }
    ui.label(RichText::new("How long?").strong());
    ui.horizontal_wrapped(|ui| {
        for cut in cuts {
            let (opening, play, hotwash) = (cut.opening.value, cut.play.value, cut.hotwash.value);
            let all = Span(opening.0 + play.0 + hotwash.0);
            let chosen = picked.prepared.program.public.cut.id == cut.id.text;
            let all = all.to_string();
            let id = cut.id.text.replace('-', " ");
            // A cut that is called by its length says it once.
            let named_so = crate::time::Span::parse(&cut.id.text).is_ok_and(|length| length.to_string() == all);
            let button = ui.radio(chosen, if named_so { all } else { format!("{id} ({all})") });
            if button.on_hover_text(format!("Opening {opening}, play {play}, hotwash {hotwash}")).clicked() && !chosen {
                intents.push(Intent::PickCut(cut.id.text.clone()));
            }
        }
    });
    let public = &picked.prepared.program.public;
    let moves = public.moves.iter().filter(|step| step.played).map(|step| step.title.as_str()).collect::<Vec<_>>().join("; ");
    ui.label(theme::muted(ui, format!("Moves: {moves}")));
    ui.add_space(space::USUAL);
}

fn names(ui: &mut Ui, picked: &Picked, intents: &mut Vec<Intent>) {
    ui.label(RichText::new("Under which names?").strong());
    ui.horizontal_wrapped(|ui| {
        if ui.radio(picked.profile.is_none(), "As the scenario is written").clicked() && picked.profile.is_some() {
            intents.push(Intent::PickProfile(None));
        }
        for choice in &picked.profiles {
            let chosen = picked.profile.as_ref() == Some(&choice.name);
            let says = if choice.own { format!("Your own: {}", choice.title) } else { choice.title.clone() };
            if ui.radio(chosen, says).clicked() && !chosen {
                intents.push(Intent::PickProfile(Some(choice.name.clone())));
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        let says = if picked.profile.is_some() { "Adapt these names" } else { "Adapt it to your organisation" };
        if ui.button(says).on_hover_text("Key A").clicked() {
            intents.push(Intent::Adapting(adapt::Deed::Open));
        }
        let sheet = &picked.prepared.loaded.sheet;
        let (names, questions) =
            (counted(sheet.variables.len() as i64, "name", "names"), counted(sheet.about_us.len() as i64, "question", "questions"));
        ui.label(theme::muted(ui, format!("{names} and {questions}; you see at once what people will read.")));
    });
    ui.add_space(space::USUAL);
}

fn print(ui: &mut Ui, picked: &Picked, intents: &mut Vec<Intent>) {
    ui.label(RichText::new("On paper").strong());
    ui.horizontal_wrapped(|ui| {
        for (size, says) in [(Size::A4, "Print for A4"), (Size::Letter, "Print for Letter")] {
            if ui.button(says).clicked() {
                intents.push(Intent::Print(size));
            }
        }
        ui.label(theme::muted(
            ui,
            "Script and reference, situation manual, role cards, handouts, evaluation sheets, decision log, feedback: as files to print.",
        ));
    });
    if let Some((tone, says)) = &picked.printed {
        ui.label(theme::toned(ui, *tone, says));
    }
    ui.add_space(space::USUAL);
}

fn more(ui: &mut Ui, picked: &mut Picked) {
    egui::CollapsingHeader::new("More").show(ui, |ui| {
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
