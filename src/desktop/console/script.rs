//! The move that is on: what to read, what to hand out, what to ask and what to listen for.

use egui::{CollapsingHeader, RichText, Ui};

use super::data::Data;
use super::{Deed, Strip};
use crate::debrief::narrative::capital;
use crate::desktop::play::Game;
use crate::desktop::projector::Shown;
use crate::desktop::seat::artefact;
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::desktop::{Go, Intent, projector};
use crate::ids::{DenseId, InjectId};
use crate::journal::PlainDirection;
use crate::paper::script::{self, Asked, Decision, Item, Step, Turn};

/// Draws the move.
pub fn move_ui(ui: &mut Ui, game: &Game, turns: &[Turn], data: &Data, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    if data.over {
        return over_ui(ui, data, intents);
    }
    let begins = data.current.is_none_or(|place| place == 0) && game.room().as_secs() < u64::try_from(data.minutes.opening.0).unwrap_or(0);
    if begins {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(format!("Before you begin: {} minutes of rules and roles", data.minutes.opening.as_minutes())).strong());
            for line in script::OPENING {
                ui.label(format!("\u{2022} {line}"));
            }
        });
        ui.add_space(space::USUAL);
    }
    let Some(turn) = data.current.and_then(|place| turns.get(place)) else {
        ui.label("Next opens the first move.");
        return;
    };
    ui.label(RichText::new(format!("{}. {}", turn.number, turn.title)).text_style(theme::heading()));
    ui.label(theme::muted(ui, format!("Minute {} to {}. {}", turn.from, turn.until, turn.sums)));
    late_ui(ui, game, turn, data, deeds);
    if !turn.note.is_empty() {
        titled(ui, "To yourself", &turn.note);
    }
    // As it was when the move opened: what is decided since is for the next one.
    let opens = game.public().moves.get(turn.id.index()).map_or(game.session().now(), |step| step.opens);
    aloud_ui(ui, if data.update.is_some() { "Then read aloud" } else { "Read aloud" }, &game.read_aloud(turn.id, opens));
    if ui.button("Show this on the projector").clicked() {
        intents.push(Intent::Projector(projector::Deed::Put(Shown::Situation)));
    }
    for step in &turn.steps {
        ui.add_space(space::USUAL);
        match step {
            Step::Inject(item) => theme::card(ui).show(ui, |ui| inject_ui(ui, game, item, data, deeds)).inner,
            Step::Questions(list) => theme::card(ui).show(ui, |ui| questions_ui(ui, list)).inner,
            Step::Gate(gate) => gate_ui(ui, gate, data, deeds, intents),
        }
    }
    if !turn.voices.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("If they look, or when it happens").strong());
        for item in &turn.voices {
            theme::card(ui).show(ui, |ui| inject_ui(ui, game, item, data, deeds));
        }
    }
    if !turn.beliefs.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("Before you go on").strong());
        ui.label("Everybody writes, from 0 (surely not) to 100 (surely). Next asks for the room's answer.");
        for (_, claim) in &turn.beliefs {
            ui.label(format!("\u{2022} {claim}"));
        }
    }
}

/// After ENDEX there is no script any more: the update, then the hotwash.
fn over_ui(ui: &mut Ui, data: &Data, intents: &mut Vec<Intent>) {
    ui.label(RichText::new("ENDEX: play is over").text_style(theme::heading()));
    ui.label("Say so. Read aloud what the room now knows, then go to the hotwash: nothing more is given, recorded or decided.");
    if data.talks && !data.now.is_empty() {
        ui.label(format!("What the room was given and is not ticked can be ticked still, beside this. {}", super::sheets::TICK));
    }
    ui.add_space(space::USUAL);
    if theme::main_button(ui, true, "Go to the hotwash").on_hover_text("N").clicked() {
        intents.push(Intent::Go(Go::End));
    }
}

fn titled(ui: &mut Ui, title: &str, text: &str) {
    ui.add_space(space::TIGHT);
    ui.label(RichText::new(title).strong());
    ui.label(text);
}

/// What is read aloud, large enough to be read standing.
pub fn aloud_ui(ui: &mut Ui, title: &str, text: &str) {
    ui.add_space(space::USUAL);
    theme::card_of(ui, Tone::Notice).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(title).strong());
        for paragraph in text.split("\n\n") {
            ui.label(RichText::new(paragraph.trim()).text_style(theme::aloud()));
        }
    });
}

/// What to leave out when the room is late.
fn late_ui(ui: &mut Ui, game: &Game, turn: &Turn, data: &Data, deeds: &mut Vec<Deed>) {
    let Some(late) = data.behind(game.room()).filter(|late| *late > 0) else { return };
    theme::card_of(ui, Tone::Warning).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let head = format!("{late} min late. The hotwash is not shortened: its {} minutes stay.", data.minutes.hotwash.as_minutes());
        ui.label(RichText::new(head).strong());
        let script = &game.session().program().script;
        let drop = script.moves.get(turn.id.index()).map(|one| one.drop_when_late.as_slice()).unwrap_or_default();
        for (id, name) in drop.iter().zip(&turn.drop) {
            if data.came.contains_key(id) {
                continue;
            }
            ui.horizontal_wrapped(|ui| {
                ui.label(format!("Drop first: {name}"));
                if ui.button("Leave it out").clicked() {
                    deeds.push(Deed::Direct(PlainDirection::Skip { inject: inject_id(game, *id) }));
                }
            });
        }
    });
}

fn inject_id(game: &Game, id: InjectId) -> String {
    game.public().injects.get(id.index()).map(|inject| inject.id.clone()).unwrap_or_default()
}

fn inject_ui(ui: &mut Ui, game: &Game, item: &Item, data: &Data, deeds: &mut Vec<Deed>) {
    ui.set_width(ui.available_width());
    ui.horizontal_wrapped(|ui| {
        if let Some(sheet) = data.sheets.get(&item.id) {
            theme::badge(ui, sheet.tone, &sheet.says);
        }
        ui.label(RichText::new(&item.heading).strong());
        let mut about = vec![format!("to {}", item.to)];
        about.extend([&item.handout, &item.minutes].into_iter().filter(|text| !text.is_empty()).cloned());
        ui.label(theme::muted(ui, about.join(" \u{b7} ")));
    });
    // Whoever hands it out has to see what it is true of, without opening anything.
    if let Some(sheet) = data.sheets.get(&item.id).filter(|sheet| !sheet.condition.is_empty()) {
        ui.label(RichText::new(&sheet.condition).strong());
    }
    if !item.asked_for.is_empty() {
        ui.label(&item.asked_for);
    }
    if !item.say.is_empty() {
        ui.label(RichText::new(format!("\u{201c}{}\u{201d}", item.say.trim())).italics());
    } else if !item.plain.is_empty() {
        ui.label(&item.plain);
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button("Look at it").clicked() {
            deeds.push(Deed::LookAt(Some(item.id)));
        }
        let mut is_given = data.given.contains(&item.id);
        if ui.checkbox(&mut is_given, "given").on_hover_text(&item.heading).changed() {
            deeds.push(Deed::Given(item.id, is_given));
        }
        if !data.came.contains_key(&item.id) {
            ui.menu_button("Change its course", |ui| {
                let inject = inject_id(game, item.id);
                let list = [
                    ("Bring it now", PlainDirection::Fire { inject: inject.clone() }),
                    ("Hold it back", PlainDirection::Hold { inject: inject.clone() }),
                    ("Let it come after all", PlainDirection::Release { inject: inject.clone() }),
                    ("Leave it out", PlainDirection::Skip { inject }),
                ];
                for (says, direction) in list {
                    if ui.button(says).clicked() {
                        deeds.push(Deed::Direct(direction));
                    }
                }
            });
        } else if ui.button("Take it back").clicked() {
            deeds.push(Deed::Direct(PlainDirection::Retract { inject: inject_id(game, item.id) }));
        }
    });
    CollapsingHeader::new("What it is for, and what to say if asked").id_salt(("about", item.id)).show(ui, |ui| {
        for text in [&item.comes, &item.why].into_iter().filter(|text| !text.is_empty()) {
            ui.label(text);
        }
        for text in item.tells.iter().chain(&item.also) {
            ui.label(format!("\u{2022} {text}"));
        }
        list(ui, "Listen for", &item.expected);
        pairs(ui, "If asked", &item.replies);
        pairs(ui, "If they go wrong", &item.wrong_turns);
    });
}

fn list(ui: &mut Ui, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    ui.label(RichText::new(title).strong());
    for line in lines {
        ui.label(format!("\u{2022} {line}"));
    }
}

fn pairs(ui: &mut Ui, title: &str, pairs: &[(String, String)]) {
    if pairs.is_empty() {
        return;
    }
    ui.label(RichText::new(title).strong());
    for (asked, say) in pairs {
        ui.label(format!("\u{2022} {asked}"));
        ui.indent(("answer", asked), |ui| ui.label(RichText::new(say).italics()));
    }
}

fn questions_ui(ui: &mut Ui, questions: &[Asked]) {
    ui.set_width(ui.available_width());
    for (place, question) in questions.iter().enumerate() {
        if place > 0 {
            ui.separator();
        }
        ui.label(theme::muted(ui, format!("Ask {}", question.to)));
        ui.label(RichText::new(&question.ask).strong());
        if !question.listen_for.is_empty() {
            ui.label(format!("Listen for: {}", question.listen_for.join("; ")));
        }
        if !question.if_quiet.is_empty() {
            ui.label(theme::muted(ui, format!("If quiet: {}", question.if_quiet)));
        }
    }
}

fn gate_ui(ui: &mut Ui, gate: &Decision, data: &Data, deeds: &mut Vec<Deed>, intents: &mut Vec<Intent>) {
    let state = data.gates.get(&gate.gate).cloned().unwrap_or_default();
    let open = state.open_until.is_some() && state.decided.is_none();
    let frame = if open { theme::card(ui).stroke(egui::Stroke::new(2.0, Palette::of(ui).accent)) } else { theme::card(ui) };
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            match (&state.decided, &state.open_until, &state.recorded) {
                (Some(_), _, _) if state.timed_out => theme::badge(ui, Tone::Warning, "nobody decided in time"),
                (Some(_), _, _) => theme::badge(ui, Tone::Good, "decided"),
                (None, _, Some(_)) => theme::badge(ui, Tone::Good, "recorded"),
                (None, Some(until), None) => theme::badge(ui, Tone::Warning, &format!("to be decided: open until {until}")),
                (None, None, None) if !state.in_play => theme::badge(ui, Tone::Plain, "not asked in this play, as things stand"),
                (None, None, None) => theme::badge(ui, Tone::Notice, "to be decided in this move"),
            };
            ui.label(theme::muted(
                ui,
                [&gate.who, &gate.minutes].into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" \u{b7} "),
            ));
        });
        ui.label(RichText::new(&gate.ask).strong());
        if let Some(decided) = &state.decided {
            let by = if state.timed_out { "The story went on with" } else { "Decided" };
            ui.label(format!("{by}: {decided}"));
            if let Some(choice) = gate.choices.iter().find(|choice| choice.text == *decided).filter(|choice| !choice.feedback.is_empty()) {
                ui.label(theme::muted(ui, format!("You may say: {}", choice.feedback)));
            }
            return;
        }
        if let Some(recorded) = &state.recorded {
            ui.label(capital(recorded));
        }
        if !gate.dilemma.is_empty() {
            ui.label(theme::muted(ui, &gate.dilemma));
        }
        for choice in &gate.choices {
            ui.label(format!("{}  {}", choice.letter, choice.text));
        }
        ui.label(theme::muted(ui, format!("If nobody decides: {}. {} {}", gate.if_nobody, gate.opens, gate.until)));
        if !state.in_play {
            return;
        }
        ui.horizontal(|ui| {
            if theme::main_button(ui, true, "Record the decision").clicked() {
                deeds.push(Deed::Write(Some(Strip::Decide(gate.gate))));
            }
            if ui.button("On the projector").clicked() {
                intents.push(Intent::Projector(projector::Deed::Put(Shown::Decision(gate.gate))));
            }
        });
    });
}

/// A handout as it looks.
pub fn handout_ui(ui: &mut Ui, game: &Game, id: InjectId, search: &mut String) {
    let Some(inject) = game.public().injects.get(id.index()) else { return };
    ui.label(theme::muted(ui, format!("{} \u{b7} {}", inject.channel.label(), crate::desktop::words::sender(&inject.from))));
    if !inject.text.trim().is_empty() {
        ui.label(RichText::new(inject.text.trim()).text_style(theme::aloud()));
    }
    if let Some((name, text)) = &inject.artefact {
        artefact::artefact_ui(ui, name, text, search);
    }
    if !inject.plain.trim().is_empty() {
        ui.add_space(space::USUAL);
        ui.label(theme::muted(ui, inject.plain.trim()));
    }
}
