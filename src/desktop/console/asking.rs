//! Looking something up, for the facilitator's eyes; and what is assumed about the real organisation.

use egui::{RichText, Ui};

use super::Deed;
use crate::desktop::debriefing::day_ui;
use crate::desktop::keep;
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Tone, space};
use crate::journal::{PlainDirection, RemarkKind};
use crate::scenario::written::Skill;
use crate::session::{Answer, Assumption, WhoKnows};

/// What is being asked or assumed.
#[derive(Default)]
pub struct State {
    /// What is looked up.
    pub question: String,
    /// What came of it; none: nothing was asked yet.
    pub answers: Option<Vec<Answer>>,
    /// A claim about the real organisation.
    pub claim: String,
    /// Who is to verify it.
    pub owner: String,
    /// By when, as it is typed.
    pub by_when: String,
    /// What it sets in the simulation; its place in the list, from 1.
    pub sets: usize,
}

/// Draws the looking up.
pub fn ask_ui(ui: &mut Ui, state: &mut State, deeds: &mut Vec<Deed>) {
    ui.label(RichText::new("Ask the exercise").text_style(theme::heading()));
    ui.label("For your eyes: how it really is, and whether the room knows it, could find it out, or cannot.");
    let label = ui.label("About a machine, a login, a service, or one of the claims");
    let field = ui.add(egui::TextEdit::singleline(&mut state.question).desired_width(f32::INFINITY).char_limit(200)).labelled_by(label.id);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if theme::main_button(ui, !state.question.trim().is_empty(), "Look it up").clicked() || entered {
        deeds.push(Deed::Ask);
    }
    match &state.answers {
        None => {}
        Some(answers) if answers.is_empty() => drop(ui.label("Nothing here is called that.")),
        Some(answers) => {
            for answer in answers {
                theme::card(ui).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let tone = match answer.known {
                        WhoKnows::Room => Tone::Good,
                        WhoKnows::NotLooked(_) => Tone::Plain,
                        WhoKnows::AfterQuery(_) => Tone::Notice,
                        WhoKnows::Secret => Tone::Warning,
                    };
                    theme::badge(ui, tone, &answer.known.label());
                    ui.label(&answer.says);
                });
            }
        }
    }
}

/// What a claim can set: in words, and how.
pub fn settable(game: &Game) -> Vec<(String, PlainDirection)> {
    let public = game.public();
    let mut list: Vec<(String, PlainDirection)> = Vec::new();
    for sensor in &public.sensors {
        let name = crate::debrief::narrative::bare(sensor.text.split_once(": ").map_or(sensor.text.as_str(), |(name, _)| name));
        list.push((format!("{name}: watched around the clock"), PlainDirection::AssumeWatched { sensor: sensor.id.clone() }));
        list.push((format!("{name}: stops what it notices"), PlainDirection::AssumeBlocks { sensor: sensor.id.clone() }));
    }
    for data in &public.data {
        list.push((format!("the backup is out of reach: {}", data.text), PlainDirection::AssumeBackupSafe { data: data.id.clone() }));
    }
    for vendor in &public.vendors {
        list.push((format!("{}: their people are here", vendor.name), PlainDirection::AssumeVendorHere { vendor: vendor.id.clone() }));
    }
    for skill in Skill::ALL {
        list.push((format!("two more people: {}", skill.label()), PlainDirection::AssumeStaff { people: 2, skill: skill.label().to_owned() }));
    }
    list
}

/// Draws the assumptions.
pub fn assume_ui(ui: &mut Ui, game: &Game, state: &mut State, deeds: &mut Vec<Deed>) {
    ui.label(RichText::new("\u{201c}But here it is different\u{201d}").text_style(theme::heading()));
    ui.label("Write the claim down and settle it in a minute: accept it, and it holds from now on; deny it; or park it. It stands in the debrief as assumed, to be verified. What has happened does not change, and what rests on it is not evaluated.");
    let label = ui.label(RichText::new("What is claimed").strong());
    ui.add(egui::TextEdit::singleline(&mut state.claim).desired_width(f32::INFINITY).char_limit(300)).labelled_by(label.id);
    let halves = if ui.available_width() > space::READING / 2.0 { 2 } else { 1 };
    ui.columns(halves, |columns| {
        let label = columns[0].label("Who verifies it (a role or function)");
        columns[0].add(egui::TextEdit::singleline(&mut state.owner).desired_width(f32::INFINITY).char_limit(120)).labelled_by(label.id);
        day_ui(&mut columns[halves - 1], "By when", &mut state.by_when, &keep::today());
    });
    let list = settable(game);
    ui.label("If it is accepted, it sets");
    let says = state.sets.checked_sub(1).and_then(|place| list.get(place)).map_or("nothing in the simulation", |(says, _)| says.as_str());
    egui::ComboBox::from_id_salt("sets").selected_text(says).width(ui.available_width().min(460.0)).show_ui(ui, |ui| {
        ui.selectable_value(&mut state.sets, 0, "nothing in the simulation");
        for (place, (says, _)) in list.iter().enumerate() {
            ui.selectable_value(&mut state.sets, place + 1, says);
        }
    });
    let ready = !state.claim.trim().is_empty();
    ui.add_space(space::TIGHT);
    ui.horizontal(|ui| {
        if theme::main_button(ui, ready, "Accept").clicked() {
            let sets = state.sets.checked_sub(1).and_then(|place| list.get(place)).map(|(_, direction)| direction.clone());
            deeds.push(Deed::Assume(Assumption::Accepted(sets)));
        }
        if ui.add_enabled(ready, egui::Button::new("Deny")).clicked() {
            deeds.push(Deed::Assume(Assumption::Denied));
        }
        if ui.add_enabled(ready, egui::Button::new("Park")).clicked() {
            deeds.push(Deed::Assume(Assumption::Parked));
        }
    });
    let remarks: Vec<_> = game.session().annotations().iter().filter(|remark| remark.kind == RemarkKind::Assumption).collect();
    if !remarks.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("So far").strong());
        for remark in remarks {
            ui.label(format!("\u{2022} {}: {}", remark.value.as_deref().unwrap_or_default(), remark.text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::application::Screen;
    use crate::desktop::console::at_console;
    use crate::desktop::screens;

    #[test]
    fn what_is_assumed_has_an_owner_and_a_day_in_the_plan_and_a_day_that_may_be_two_is_asked_about() {
        let application = screens::application_on("console-assume").expect("a screen");
        let Screen::Console(mut game, mut state) = application.screen else { panic!("a console") };
        let assumed =
            |game: &Game| game.session().annotations().iter().filter(|remark| remark.kind == RemarkKind::Assumption).cloned().collect::<Vec<_>>();
        (state.asking.claim, state.asking.owner) = ("Our theatres have their own network".to_owned(), "Estates".to_owned());
        state.asking.by_when = "03/04/2031".to_owned();
        at_console(&mut game, &mut state, Deed::Assume(Assumption::Parked));
        assert!(assumed(&game).is_empty() && !state.asking.claim.is_empty());
        assert!(state.last.as_ref().is_some_and(|(_, says)| says.contains("may be")), "{:?}", state.last);
        state.asking.by_when = "1 Dec 2031".to_owned();
        at_console(&mut game, &mut state, Deed::Assume(Assumption::Parked));
        assert_eq!(assumed(&game).len(), 1);
        assert!(state.asking.claim.is_empty() && state.asking.by_when.is_empty());
        let debrief = game.debrief();
        let item = debrief.improvement_plan.first().expect("it is to be verified");
        assert_eq!((item.id.as_str(), item.owner.as_str(), item.completion.as_str()), ("assumption-1", "Estates", "2031-12-01"));
    }
}
