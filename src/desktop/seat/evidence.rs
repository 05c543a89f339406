//! Evidence and beliefs: what was found and kept, what one was told, and what one holds to be so.

use std::collections::BTreeMap;

use egui::{ScrollArea, Ui};

use super::{action_for, give};
use crate::desktop::Intent;
use crate::desktop::theme::{self, Mark, Tone, space};
use crate::desktop::words::{Names, Thing};
use crate::exercise::knowledge::View;
use crate::ids::{ActionId, AssetId, ClaimId, DenseId, LoginId};
use crate::scenario::written::Verb;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::{Observation, Order, communication, investigation};

/// A claim that somebody told this role.
#[derive(Clone, Debug)]
pub struct Told {
    /// The claim.
    pub claim: String,
    /// What was said of it last.
    pub stance: Stance,
    /// When.
    pub clock: String,
}

/// A question of the exercise: what this role believes.
#[derive(Clone, Debug)]
pub struct Question {
    /// About which claim.
    pub claim: ClaimId,
    /// The same in words.
    pub says: String,
}

/// The panel's data.
#[derive(Clone, Debug)]
pub struct Data {
    /// What was told of claims.
    pub told: Vec<Told>,
    /// What was found, the newest first.
    pub findings: Vec<(String, String)>,
    /// Machines with signs of the adversary: which, its name, and what is kept of it.
    pub machines: Vec<(AssetId, String, String)>,
    /// Logins in the adversary's hands.
    pub logins: Vec<(LoginId, String)>,
    /// Questions, where this role may state a belief.
    pub questions: Vec<Question>,
    /// The action to state one with.
    pub action: Option<ActionId>,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// What a role has in hand.
pub fn data(view: &View<'_>, revision: u64) -> Data {
    let names = Names::of(view);
    let mut told: BTreeMap<ClaimId, Told> = BTreeMap::new();
    let mut findings = Vec::new();
    for heard in view.knowledge.news.iter() {
        let clock = || view.public.calendar.label(heard.at);
        match heard.observation {
            Observation::Communication(communication::Observation::Claim { claim, .. }) => {
                // What the role holds of it, not what the last voice said: an older word does not undo a newer one.
                if let Some(stance) = view.knowledge.claims.get(claim.index()).copied().flatten() {
                    told.insert(claim, Told { claim: names.claim(claim).to_owned(), stance, clock: clock() });
                }
            }
            Observation::Investigation(investigation::Observation::EvidenceIsKept { .. }) => {}
            Observation::Investigation(_) => findings.push((clock(), names.told(&heard.observation))),
            _ => {}
        }
    }
    findings.reverse();
    let kept = |memory: bool, disk: bool| match (memory, disk) {
        (true, true) => "memory and disk are kept",
        (true, false) => "memory is kept",
        (false, true) => "disk is kept",
        (false, false) => "nothing is kept",
    };
    let machines = (view.knowledge.assets.iter().enumerate()).filter(|(_, belief)| belief.found || belief.memory_kept || belief.disk_kept).map(
        |(place, belief)| {
            let asset = AssetId::at(place);
            (asset, names.asset(asset).to_owned(), kept(belief.memory_kept, belief.disk_kept).to_owned())
        },
    );
    let logins = (view.knowledge.logins.iter().enumerate()).filter(|(_, belief)| belief.taken).map(|(place, _)| {
        let login = LoginId::at(place);
        (login, names.thing(Thing::Login(login)))
    });
    let action = action_for(view, Verb::Conclude);
    let question = |claim: ClaimId| Question { claim, says: names.claim(claim).to_owned() };
    Data {
        told: told.into_values().collect(),
        findings,
        machines: machines.collect(),
        logins: logins.collect(),
        questions: if action.is_some() { (0..view.public.claims.len()).map(ClaimId::at).map(question).collect() } else { Vec::new() },
        action,
        revision,
    }
}

/// How sure somebody is about to say they are, by claim.
pub type State = BTreeMap<ClaimId, u8>;

/// Draws it.
pub fn evidence_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Intent> {
    let mut intents = Vec::new();
    ScrollArea::vertical().id_salt("evidence").auto_shrink(false).show(ui, |ui| {
        ui.label(egui::RichText::new("What this role was told").text_style(theme::heading()));
        if data.told.is_empty() {
            ui.label("Nobody has told this role anything for certain.");
        }
        for told in &data.told {
            ui.horizontal_wrapped(|ui| {
                let (tone, word) = match told.stance {
                    Stance::Yes => (Tone::Notice, "it is so"),
                    Stance::No => (Tone::Plain, "it is not so"),
                    Stance::NotYet => (Tone::Warning, "not known yet"),
                };
                theme::badge(ui, tone, word);
                ui.label(&told.claim);
                ui.label(theme::muted(ui, &told.clock));
            });
        }
        ui.add_space(space::USUAL);
        ui.label(egui::RichText::new("Machines and logins").text_style(theme::heading()));
        if data.machines.is_empty() && data.logins.is_empty() {
            ui.label("No signs of the adversary were found yet.");
        }
        for (asset, name, kept) in &data.machines {
            ui.horizontal_wrapped(|ui| {
                Mark::Signs.show(ui);
                if ui.selectable_label(false, name).clicked() {
                    intents.push(Intent::Select(Some(Thing::Asset(*asset))));
                }
                ui.label(theme::muted(ui, kept));
            });
        }
        for (login, name) in &data.logins {
            ui.horizontal_wrapped(|ui| {
                Mark::Signs.show(ui);
                if ui.selectable_label(false, name).clicked() {
                    intents.push(Intent::Select(Some(Thing::Login(*login))));
                }
                ui.label(theme::muted(ui, "in the adversary's hands"));
            });
        }
        if !data.findings.is_empty() {
            egui::CollapsingHeader::new(format!("Findings ({})", data.findings.len())).id_salt("findings").default_open(true).show(ui, |ui| {
                for (clock, says) in data.findings.iter().take(300) {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(theme::muted(ui, clock));
                        ui.label(says);
                    });
                }
            });
        }
        if let Some(action) = data.action {
            ui.add_space(space::USUAL);
            // Folded, because a list of questions tells what might be asked.
            egui::CollapsingHeader::new("State what you believe").id_salt("beliefs").show(ui, |ui| {
                ui.label(theme::muted(ui, "0 % is surely not so, 100 % surely so. A belief that turns out wrong costs less the less sure it was."));
                for question in &data.questions {
                    let percent = state.entry(question.claim).or_insert(50);
                    ui.horizontal_wrapped(|ui| {
                        let label = ui.label(&question.says);
                        theme::slider(ui, egui::Slider::new(percent, 0..=100).suffix(" %")).labelled_by(label.id);
                        let button = ui.button("State");
                        button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("State: {}", question.says)));
                        if button.clicked() {
                            let command = investigation::Command::Conclude { claim: question.claim, percent: *percent };
                            intents.push(give(data.revision, Order { action, command: command.into() }));
                        }
                    });
                }
            });
        }
    });
    intents
}
