//! What the role is: what its scenario says to it, what it may order, what it sees, and who stands in for it.

use egui::Ui;

use super::Deed;
use crate::debrief::narrative::{counted, listed};
use crate::desktop::theme::{self, space};
use crate::desktop::words::{FAMILIES, Names, family};
use crate::exercise::knowledge::View;
use crate::exercise::quote::may;
use crate::ids::{ActionId, DenseId};

/// The role in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Data {
    /// What it is called, with the person's name where there is one.
    pub label: String,
    /// What the scenario says to it.
    pub text: String,
    /// Name and value of what else is worth knowing at the beginning.
    pub lines: Vec<(&'static str, String)>,
}

/// The brief of a role.
pub fn data(view: &View<'_>) -> Data {
    let names = Names::of(view);
    let Some(role) = view.public.roles.get(view.role.index()) else { return Data { label: String::new(), text: String::new(), lines: Vec::new() } };
    let mut families: Vec<usize> = (0..view.public.actions.len())
        .map(ActionId::at)
        .filter(|action| may(view, *action))
        .map(|action| family(view.public.actions[action.index()].verb))
        .collect();
    families.sort_unstable();
    families.dedup();
    let may_order: Vec<String> = families.into_iter().filter_map(|family| FAMILIES.get(family)).map(|family| family.to_lowercase()).collect();
    let may_order = if may_order.is_empty() { "nothing".to_owned() } else { listed(&may_order) };
    let sensors: Vec<String> = role.sensors.iter().map(|sensor| names.sensor(*sensor).to_owned()).collect();
    let sees = if sensors.is_empty() { "no sensor: somebody has to tell you".to_owned() } else { listed(&sensors) };
    // As the panel of clocks lists them: what this exercise leaves out is no duty here.
    let duties = (view.public.rules.iter().zip(&view.knowledge.rules)).filter(|(plan, belief)| belief.known && plan.in_force).count();
    let known = [
        (role.assets.len(), "machine", "machines"),
        (role.services.len(), "service", "services"),
        (role.logins.len(), "login", "logins"),
        (role.stakeholders.len(), "contact outside", "contacts outside"),
        (role.vendors.len(), "company", "companies"),
        (duties, "duty to notify", "duties to notify"),
    ];
    let known: Vec<String> = known.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(count as i64, one, many)).collect();
    let mut lines = vec![("You may order", may_order), ("You see alerts of", sees)];
    if !known.is_empty() {
        lines.push(("You know of", listed(&known)));
    }
    if let Some(deputy) = role.deputy {
        lines.push(("While you are away", format!("{} orders in your place", names.role(deputy))));
    }
    Data { label: role.label.clone(), text: role.brief.clone(), lines }
}

/// Draws it over the panel in the middle.
pub fn brief_ui(ui: &mut Ui, data: &Data) -> Vec<Deed> {
    let mut deeds = Vec::new();
    theme::card_chosen(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(egui::RichText::new(format!("You are: {}", data.label)).text_style(theme::heading()));
            if ui.button("Put the brief away").on_hover_text("Again with R, or from your role's name above").clicked() {
                deeds.push(Deed::Brief(false));
            }
        });
        let most = (ui.ctx().content_rect().height() * 0.4).max(90.0);
        egui::ScrollArea::vertical().id_salt("brief").max_height(most).show(ui, |ui| {
            ui.set_max_width(space::WORDS.min(ui.available_width()));
            ui.label(&data.text);
            for (name, value) in &data.lines {
                ui.horizontal_wrapped(|ui| {
                    ui.label(theme::muted(ui, format!("{name}:")));
                    ui.label(value);
                });
            }
        });
    });
    ui.add_space(space::USUAL);
    deeds
}
