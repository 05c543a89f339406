//! Services that this role knows of: how far each works, what stands in for it, how long it may be gone.

use egui::{ScrollArea, Ui};

use super::{Deed, offer_buttons};
use crate::debrief::narrative::bare;
use crate::desktop::theme::{self, Tone, space};
use crate::desktop::words::{Names, Thing};
use crate::exercise::knowledge::View;
use crate::exercise::quote::{may, quote};
use crate::ids::{ActionId, DenseId, ServiceId};
use crate::scenario::written::Verb;
use crate::vocabulary::{Order, continuity::Command};

/// One service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Which.
    pub service: ServiceId,
    /// Its name.
    pub name: String,
    /// How far it works, workaround included.
    pub percent: u8,
    /// 1 to 5.
    pub criticality: u8,
    /// Within what it has to be back.
    pub rto: String,
    /// What stands in for it, and what that reaches and how long it holds.
    pub workaround: Option<String>,
    /// It runs.
    pub runs: bool,
    /// What it rests on is recovered first.
    pub put_first: bool,
    /// What an hour without it costs.
    pub costs: String,
    /// What can be ordered about it now.
    pub orders: Vec<(&'static str, Order)>,
}

impl Service {
    /// How it is, in a word, and how grave that is.
    pub fn state(&self) -> (&'static str, Tone) {
        match (self.percent, self.runs) {
            (100, false) => ("working", Tone::Good),
            (100, true) => ("working, with its workaround", Tone::Good),
            (0, _) => ("down", Tone::Grave),
            (_, true) => ("impaired, with its workaround", Tone::Warning),
            (_, false) => ("impaired", Tone::Warning),
        }
    }
}

/// All of them, the most affected first.
#[derive(Clone, Debug)]
pub struct Data {
    /// The services.
    pub services: Vec<Service>,
    /// How many do less than they should.
    pub affected: usize,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// The services of a role.
pub fn data(view: &View<'_>, revision: u64) -> Data {
    let names = Names::of(view);
    let action = |verb: Verb| {
        (0..view.public.actions.len()).map(ActionId::at).find(|action| view.public.actions[action.index()].verb == verb && may(view, *action))
    };
    let actions =
        [("Start the workaround", action(Verb::Invoke)), ("End the workaround", action(Verb::StandDown)), ("Put first", action(Verb::Prioritise))];
    let mut services: Vec<Service> = (view.public.services.iter().zip(&view.knowledge.services).enumerate())
        .filter(|(_, (_, belief))| belief.known)
        .map(|(place, (plan, belief))| {
            let service = ServiceId::at(place);
            let commands = [Command::Invoke { service }, Command::StandDown { service }, Command::Prioritise { service }];
            let orders = (actions.iter().zip(commands)).filter_map(|((says, action), command)| {
                let order = Order { action: (*action)?, command: command.into() };
                quote(view, &order).is_ok().then_some((*says, order))
            });
            Service {
                service,
                name: names.service(service).to_owned(),
                percent: belief.percent,
                criticality: plan.criticality,
                rto: plan.rto.to_string(),
                workaround: (plan.workaround.as_ref()).map(|around| {
                    format!("{}: reaches {} %, takes {} to start, holds {}", bare(&around.text), around.level_percent, around.takes, around.holds)
                }),
                runs: belief.workaround,
                put_first: belief.put_first,
                costs: crate::debrief::model::money(plan.cost_an_hour_minor_units, &view.public.currency),
                orders: orders.collect(),
            }
        })
        .collect();
    services.sort_by(|one, other| one.percent.cmp(&other.percent).then(other.criticality.cmp(&one.criticality)));
    let affected = services.iter().filter(|service| service.percent < 100).count();
    Data { services, affected, revision }
}

/// Draws them.
pub fn services_ui(ui: &mut Ui, data: &Data, selected: Option<Thing>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    ScrollArea::vertical().id_salt("services").auto_shrink(false).show(ui, |ui| {
        if data.services.is_empty() {
            ui.label("This role knows of no service.");
        }
        for service in &data.services {
            let (says, tone) = service.state();
            let frame = if selected == Some(Thing::Service(service.service)) { theme::card_chosen(ui) } else { theme::card(ui) };
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    if ui.selectable_label(false, egui::RichText::new(&service.name).strong()).clicked() {
                        deeds.push(Deed::Select(Some(Thing::Service(service.service))));
                    }
                    theme::badge(ui, tone, &format!("{} %  {says}", service.percent));
                    if service.put_first {
                        theme::badge(ui, Tone::Notice, "put first");
                    }
                });
                let costs = if service.costs.is_empty() { String::new() } else { format!("; an hour without it costs {}", service.costs) };
                ui.label(theme::muted(ui, format!("Criticality {} of 5; has to be back within {}{costs}", service.criticality, service.rto)));
                if let Some(workaround) = &service.workaround {
                    ui.label(theme::muted(ui, format!("Workaround: {workaround}")));
                }
                offer_buttons(ui, &service.name, &service.orders, data.revision, &mut deeds);
            });
            ui.add_space(space::TIGHT);
        }
    });
    deeds
}
