//! Clocks that count down: notifications that the law or a contract asks for.

use egui::{ScrollArea, Ui};

use super::{Deed, action_for, offer_buttons, remaining};
use crate::desktop::theme::{self, Tone, space};
use crate::desktop::words::Names;
use crate::exercise::knowledge::View;
use crate::exercise::quote::quote;
use crate::ids::{DenseId, RuleId};
use crate::scenario::written::Verb;
use crate::time::Span;
use crate::vocabulary::{Order, compliance::Command};

/// One duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// In words.
    pub says: String,
    /// Whom to notify.
    pub recipient: String,
    /// Within what.
    pub deadline: String,
    /// What has to be in it.
    pub fields: Vec<String>,
    /// Where it comes from.
    pub source: String,
    /// How long is left, where its clock runs.
    pub left: Option<Span>,
    /// Until when.
    pub due: String,
    /// It is sent.
    pub sent: bool,
    /// The deadline has passed without it.
    pub passed: bool,
    /// What can be ordered about it now.
    pub orders: Vec<(&'static str, Order)>,
}

/// All of them, the most pressing first.
#[derive(Clone, Debug)]
pub struct Data {
    /// The duties.
    pub duties: Vec<Duty>,
    /// How many clocks run.
    pub running: usize,
    /// A legal hold is on.
    pub hold: bool,
    /// Putting one on, if it can be ordered.
    pub preserve: Vec<(&'static str, Order)>,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// The duties that a role knows of.
pub fn data(view: &View<'_>, revision: u64) -> Data {
    let names = Names::of(view);
    let (determine, notify) = (action_for(view, Verb::Determine), action_for(view, Verb::Notify));
    let mut duties: Vec<Duty> = (view.public.rules.iter().zip(&view.knowledge.rules).enumerate())
        .filter(|(_, (plan, belief))| belief.known && plan.in_force)
        .map(|(place, (plan, belief))| {
            let rule = RuleId::at(place);
            let mut orders = Vec::new();
            for (says, action, command) in
                [("Determine that it applies", determine, Command::Determine { rule }), ("Send the notification", notify, Command::Notify { rule })]
            {
                if let Some(action) = action {
                    let order = Order { action, command: command.into() };
                    if quote(view, &order).is_ok() && !(belief.due.is_some() && matches!(command, Command::Determine { .. })) {
                        orders.push((says, order));
                    }
                }
            }
            Duty {
                says: names.rule(rule).to_owned(),
                recipient: plan.recipient.clone(),
                deadline: plan.deadline_text.clone(),
                fields: plan.fields.clone(),
                source: plan.source.clone(),
                left: belief.due.filter(|_| !belief.sent && !belief.passed).map(|due| due - view.now),
                due: belief.due.map_or_else(String::new, |due| view.public.calendar.label(due)),
                sent: belief.sent,
                passed: belief.passed,
                orders,
            }
        })
        .collect();
    duties.sort_by_key(|duty| (duty.sent, !duty.passed && duty.left.is_none(), duty.left));
    let preserve = action_for(view, Verb::Preserve).map(|action| Order { action, command: Command::Preserve {}.into() });
    Data {
        running: duties.iter().filter(|duty| duty.left.is_some()).count(),
        duties,
        hold: view.knowledge.legal_hold,
        preserve: preserve.filter(|order| quote(view, order).is_ok()).map(|order| ("Put a legal hold on evidence", order)).into_iter().collect(),
        revision,
    }
}

/// Draws them.
pub fn duties_ui(ui: &mut Ui, data: &Data) -> Vec<Deed> {
    let mut deeds = Vec::new();
    ScrollArea::vertical().id_salt("duties").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(space::READING.min(ui.available_width()));
        ui.horizontal_wrapped(|ui| {
            if data.hold {
                theme::badge(ui, Tone::Notice, "a legal hold is on");
            }
            offer_buttons(ui, "evidence", &data.preserve, data.revision, &mut deeds);
        });
        if data.duties.is_empty() {
            ui.label("This role knows of no duty to notify.");
        }
        for (place, duty) in data.duties.iter().enumerate() {
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| match (duty.sent, duty.passed, duty.left) {
                    (true, true, _) => drop(theme::badge(ui, Tone::Warning, "sent late")),
                    (true, false, _) => drop(theme::badge(ui, Tone::Good, "sent")),
                    (false, true, _) => drop(theme::badge(ui, Tone::Grave, "deadline passed")),
                    (false, false, None) => drop(theme::badge(ui, Tone::Plain, "no clock runs")),
                    (false, false, Some(left)) => remaining(ui, left, &duty.due),
                });
                ui.strong(&duty.says);
                ui.label(theme::muted(ui, format!("To {}, within {}. {}", duty.recipient, duty.deadline, duty.source)));
                if !duty.fields.is_empty() {
                    egui::CollapsingHeader::new("What has to be in it").id_salt(("fields", place)).show(ui, |ui| {
                        duty.fields.iter().for_each(|field| drop(ui.label(format!("\u{2022} {field}"))));
                    });
                }
                offer_buttons(ui, &duty.says, &duty.orders, data.revision, &mut deeds);
            });
            ui.add_space(space::TIGHT);
        }
    });
    deeds
}
