//! The improvement plan, edited where it stands.

use egui::{ComboBox, RichText, TextEdit, Ui};

use super::super::keep;
use super::super::theme::{self, Tone, space};
use super::{Deed, Intent};
use crate::debrief::Debrief;
use crate::debrief::day;
use crate::debrief::model::Improvement;
use crate::debrief::plan::{self, Element, Plan, Status};

/// What the screen remembers: the item that is being written, if any.
#[derive(Default)]
pub struct State {
    /// Its days stand in it as they are typed.
    draft: Option<Improvement>,
    /// The day it was when the item was opened: `in 2 weeks` counts from it.
    today: String,
    trouble: Option<String>,
    /// An item was opened: it comes into view, and its first field gets the cursor.
    opened: bool,
    /// The item that was kept last: it comes into view once.
    kept_last: Option<String>,
}

impl State {
    /// An item is opened to be written.
    fn open(&mut self, item: Improvement) {
        let days = (day::said(&item.start), day::said(&item.completion));
        self.draft = Some(Improvement { start: days.0, completion: days.1, ..item });
        (self.today, self.trouble, self.opened) = (keep::today(), None, true);
    }

    /// The item as it is kept: its days as a plan has them.
    fn kept(&self) -> Option<Result<Improvement, String>> {
        let draft = self.draft.as_ref()?;
        let days = day::read(&draft.start, &self.today).and_then(|start| Ok((start, day::read(&draft.completion, &self.today)?)));
        Some(days.map(|(start, completion)| Improvement { start, completion, ..draft.clone() }))
    }
}

/// Draws it.
pub fn plan_ui(ui: &mut Ui, debrief: &Debrief, state: &mut State, intents: &mut Vec<Intent>) {
    ui.label("Proposals from criteria that were missed, and what the room adds. Each needs an owner and a date before anybody can be held to it.");
    let plan = Plan { items: debrief.improvement_plan.clone(), left_out: debrief.improvement_left_out.clone() };
    if ui.button("Add an item").clicked() {
        state.open(plan::own(&plan));
    }
    offers_ui(ui, debrief, &plan, state, intents);
    ui.add_space(space::TIGHT);
    if let Some(draft) = &state.draft
        && !plan.items.iter().any(|item| item.id == draft.id)
    {
        draft_ui(ui, state, intents);
    }
    for item in &plan.items {
        if state.draft.as_ref().is_some_and(|draft| draft.id == item.id) {
            draft_ui(ui, state, intents);
        } else {
            item_ui(ui, item, state, intents);
        }
    }
    if plan.items.is_empty() {
        ui.label("Nothing was missed that a proposal could be made from.");
    }
    if !plan.left_out.is_empty() {
        ui.add_space(space::USUAL);
        ui.label(RichText::new("Left out").text_style(theme::heading()));
        for item in &plan.left_out {
            ui.horizontal_wrapped(|ui| {
                if ui.button("Take up again").clicked() {
                    intents.push(Intent::Debrief(Deed::Remark(Box::new(plan::annotation(item, false)))));
                }
                ui.label(theme::muted(ui, &item.issue));
            });
        }
    }
}

/// What the room wrote itself, and is not in the plan yet: one click puts it there.
fn offers_ui(ui: &mut Ui, debrief: &Debrief, plan: &Plan, state: &mut State, intents: &mut Vec<Intent>) {
    let wrote = &debrief.participants;
    let known = |text: &str| plan.items.iter().chain(&plan.left_out).any(|item| item.issue.trim() == text.trim());
    let offered: Vec<&str> = wrote.gaps.iter().chain(&wrote.lessons).map(|stated| stated.text.as_str()).filter(|text| !known(text)).collect();
    if offered.is_empty() {
        return;
    }
    ui.add_space(space::TIGHT);
    theme::card_of(ui, Tone::Notice).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new("What you wrote yourselves, and is not in the plan").strong());
        for text in offered {
            ui.horizontal_wrapped(|ui| {
                let button = ui.button("Put into the plan");
                button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Put into the plan: {text}")));
                if button.clicked() {
                    let item = Improvement { issue: text.chars().take(plan::LONGEST).collect(), ..plan::own(plan) };
                    intents.push(Intent::Debrief(Deed::Remark(Box::new(plan::annotation(&item, false)))));
                    // It lacks an owner and a day: they are typed at once.
                    state.open(item);
                }
                ui.label(text);
            });
        }
    });
}

/// Draws it for the room: to be read.
pub fn read_ui(ui: &mut Ui, debrief: &Debrief) {
    for item in &debrief.improvement_plan {
        super::parts::card(ui, |ui| text_ui(ui, item));
    }
    if debrief.improvement_plan.is_empty() {
        ui.label("Nothing stands in the plan.");
    }
}

/// What an item says.
fn text_ui(ui: &mut Ui, item: &Improvement) {
    ui.label(RichText::new(&item.issue).strong());
    if !item.action.is_empty() {
        ui.label(&item.action);
    }
    let or = |text: &str, nothing: &str| if text.is_empty() { nothing.to_owned() } else { text.to_owned() };
    let edited = if item.origin == "edited" { ", edited" } else { "" };
    // What changes is known only where somebody wrote what is done.
    let element = if item.action.is_empty() { String::new() } else { format!("; {}", item.element) };
    ui.label(theme::muted(ui, format!("{}{edited}{element}", or(&item.core_capability, "The room's own"))));
    ui.horizontal_wrapped(|ui| {
        let missing = plan::missing(item);
        match (item.status, missing.is_empty()) {
            ("done", _) => theme::badge(ui, Tone::Good, "done"),
            (status, true) => theme::badge(ui, Tone::Notice, status),
            (status, false) => theme::badge(ui, Tone::Warning, &format!("{status}; lacks {}", missing.join(", "))),
        };
        let (start, completion) = (day::said(&item.start), day::said(&item.completion));
        let dates = if start.is_empty() { completion } else { format!("{start} to {}", or(&completion, "?")) };
        ui.label([item.owner.clone(), item.contact.clone(), dates].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "));
    });
}

fn item_ui(ui: &mut Ui, item: &Improvement, state: &mut State, intents: &mut Vec<Intent>) {
    let card = theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        text_ui(ui, item);
        ui.horizontal_wrapped(|ui| {
            let edit = ui.button("Edit");
            if state.kept_last.as_ref() == Some(&item.id) {
                edit.request_focus();
            }
            if edit.clicked() {
                state.open(item.clone());
            }
            if ui.button("Leave out").clicked() {
                intents.push(Intent::Debrief(Deed::Remark(Box::new(plan::annotation(item, true)))));
            }
        });
    });
    if state.kept_last.take_if(|kept| *kept == item.id).is_some() {
        card.response.scroll_to_me(Some(egui::Align::Center));
    }
    ui.add_space(space::TIGHT);
}

fn line(ui: &mut Ui, says: &str, text: &mut String, rows: usize) -> egui::Response {
    let label = ui.label(says);
    let edit = if rows > 1 { TextEdit::multiline(text).desired_rows(rows) } else { TextEdit::singleline(text) };
    ui.add(edit.char_limit(plan::LONGEST).desired_width(f32::INFINITY)).labelled_by(label.id)
}

/// A day: as it is typed, and below it as it is understood, so that nobody has to trust a guess.
pub fn day_ui(ui: &mut Ui, says: &str, text: &mut String, today: &str) {
    let label = ui.label(says);
    let edit = TextEdit::singleline(text).hint_text("1 Dec 2026, or in 2 weeks").char_limit(plan::LONGEST).desired_width(f32::INFINITY);
    ui.add(edit).labelled_by(label.id);
    let says = match day::read(text, today) {
        Ok(read) if read.is_empty() => "No day yet.".to_owned(),
        Ok(read) if read.as_str() < today => format!("{}, which is past.", day::said(&read)),
        Ok(read) => format!("{}.", day::said(&read)),
        Err(why) => format!("{why}."),
    };
    theme::lines_below(ui, 2, |ui| drop(ui.label(theme::muted(ui, says))));
}

fn draft_ui(ui: &mut Ui, state: &mut State, intents: &mut Vec<Intent>) {
    let Some(draft) = &mut state.draft else { return };
    let (mut keep, mut done) = (false, false);
    theme::card_chosen(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let first = line(ui, "Issue", &mut draft.issue, 2);
        if std::mem::take(&mut state.opened) {
            first.request_focus();
            first.scroll_to_me(Some(egui::Align::Center));
        }
        line(ui, "Corrective action", &mut draft.action, 2);
        ui.horizontal_wrapped(|ui| {
            ComboBox::from_label("Element").selected_text(draft.element).show_ui(ui, |ui| {
                Element::ALL.into_iter().for_each(|element| drop(ui.selectable_value(&mut draft.element, element.label(), element.label())));
            });
            ComboBox::from_label("Status").selected_text(draft.status).show_ui(ui, |ui| {
                Status::ALL.into_iter().for_each(|status| drop(ui.selectable_value(&mut draft.status, status.label(), status.label())));
            });
        });
        let halves = if ui.available_width() > space::READING / 2.0 { 2 } else { 1 };
        ui.columns(halves, |columns| {
            line(&mut columns[0], "Owner (a role or function)", &mut draft.owner, 1);
            line(&mut columns[halves - 1], "Point of contact", &mut draft.contact, 1);
        });
        ui.columns(halves, |columns| {
            day_ui(&mut columns[0], "Start", &mut draft.start, &state.today);
            day_ui(&mut columns[halves - 1], "Completion", &mut draft.completion, &state.today);
        });
        ui.horizontal_wrapped(|ui| {
            let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
            if theme::main_button(ui, true, "Keep it").on_hover_text("Ctrl+Enter").clicked() || entered {
                keep = true;
            }
            let left = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            if ui.button("As it was").on_hover_text("Esc").clicked() || left {
                done = true;
            }
        });
        // Below the buttons: what was pressed does not move away from under the pointer.
        if let Some(trouble) = &state.trouble {
            theme::badge(ui, Tone::Grave, trouble);
        }
    });
    ui.add_space(space::TIGHT);
    if keep {
        match state.kept() {
            Some(Ok(item)) => {
                intents.push(Intent::Debrief(Deed::Remark(Box::new(plan::annotation(&item, false)))));
                state.kept_last = Some(item.id);
                done = true;
            }
            Some(Err(why)) => state.trouble = Some(why),
            None => {}
        }
    }
    if done {
        (state.draft, state.trouble) = (None, None);
    }
}
