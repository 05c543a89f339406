//! Evidence and beliefs: what was found and kept, what one was told, and what one holds to be so.

use std::collections::BTreeMap;

use egui::{ScrollArea, Ui};

use super::{Deed, action_for, give, named};
use crate::desktop::play::Own;
use crate::desktop::theme::{self, Mark, Tone, space};
use crate::desktop::words::{self, Names, Thing};
use crate::exercise::Receipt;
use crate::exercise::knowledge::View;
use crate::ids::{ActionId, AssetId, ClaimId, DenseId, LoginId, StakeholderId};
use crate::scenario::written::Verb;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::{Command, Observation, Order, communication, injects, investigation, team};

/// A claim that somebody told this role.
#[derive(Clone, Debug)]
pub struct Told {
    /// The claim.
    pub claim: String,
    /// What was said of it last.
    pub stance: Stance,
    /// When.
    pub clock: String,
    /// By whom, as far as this role can tell; empty where it cannot.
    pub by: String,
}

/// A question of the exercise: what this role believes.
#[derive(Clone, Debug)]
pub struct Question {
    /// About which claim.
    pub claim: ClaimId,
    /// The same in words.
    pub says: String,
    /// What was stated of it from here last: how surely, and when.
    pub stated: Option<(u8, String)>,
}

impl Question {
    /// The order that states it.
    pub fn order(&self, action: ActionId, percent: u8) -> Order {
        Order { action, command: investigation::Command::Conclude { claim: self.claim, percent }.into() }
    }
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
    /// Questions that this role was told of, or that are asked in a move that has opened, where it may state a belief.
    pub questions: Vec<Question>,
    /// The action to state one with.
    pub action: Option<ActionId>,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// What a role has in hand. `asked` are claims of which somebody is asked by now, `own` is what was ordered from this seat.
pub fn data(view: &View<'_>, asked: &[ClaimId], own: &[Own], revision: u64) -> Data {
    let names = Names::of(view);
    let mut told: BTreeMap<ClaimId, Told> = BTreeMap::new();
    let mut voices: BTreeMap<ClaimId, Option<usize>> = BTreeMap::new();
    let mut findings: Vec<(String, String)> = Vec::new();
    for (place, heard) in view.knowledge.news.iter().enumerate() {
        let clock = || view.public.calendar.label(heard.at);
        match heard.observation {
            Observation::Communication(communication::Observation::Claim { claim, stance: said }) => {
                // What the role holds of it, not what the last voice said: an older word does not undo a newer one.
                if let Some(stance) = view.knowledge.claims.get(claim.index()).copied().flatten()
                    && (said == stance || !told.contains_key(&claim))
                {
                    told.insert(claim, Told { claim: names.claim(claim).to_owned(), stance, clock: clock(), by: String::new() });
                    voices.insert(claim, (said == stance).then_some(place));
                }
            }
            Observation::Investigation(investigation::Observation::EvidenceIsKept { .. }) => {}
            Observation::Investigation(_) => {
                // The same once more is the same finding, seen again.
                let says = names.told(&heard.observation);
                findings.retain(|(_, known)| *known != says);
                findings.push((clock(), says));
            }
            _ => {}
        }
    }
    findings.reverse();
    for (claim, told) in &mut told {
        told.by = voices.get(claim).copied().flatten().map_or_else(String::new, |place| said_by(view, place));
    }
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
    let stated = |of: ClaimId| {
        own.iter().rev().find_map(|own| match (own.order.command, own.receipt) {
            (Command::Investigation(investigation::Command::Conclude { claim, percent }), Receipt::Accepted(_)) if claim == of => {
                Some((percent, view.public.calendar.label(own.at)))
            }
            _ => None,
        })
    };
    let question = |claim: ClaimId| Question { claim, says: names.claim(claim).to_owned(), stated: stated(claim) };
    let may_be_named = |claim: &ClaimId| named::thing(view, Thing::Claim(*claim)) || asked.contains(claim);
    let questions = (0..view.public.claims.len()).map(ClaimId::at).filter(may_be_named).map(question);
    Data {
        told: told.into_values().collect(),
        findings,
        machines: machines.collect(),
        logins: logins.collect(),
        questions: if action.is_some() { questions.collect() } else { Vec::new() },
        action,
        revision,
    }
}

/// Whose word a claim is: that of the message it came with, of what was found with it, or of whoever was asked.
fn said_by(view: &View<'_>, place: usize) -> String {
    let names = Names::of(view);
    let is_claim = |observation: &Observation| matches!(observation, Observation::Communication(communication::Observation::Claim { .. }));
    let news = &view.knowledge.news;
    let Some(at) = news.iter().nth(place).map(|heard| heard.at) else { return String::new() };
    let before = news.iter().take(place).filter(|heard| heard.at == at && !is_claim(&heard.observation)).last();
    match before.map(|heard| heard.observation) {
        Some(Observation::Injects(injects::Observation::Came { inject })) => {
            return view.public.injects.get(inject.index()).map_or_else(String::new, |inject| match words::sender(&inject.from) {
                from if from.is_empty() => inject.channel.label().to_owned(),
                from => from,
            });
        }
        Some(Observation::Investigation(investigation::Observation::Finding { asset, .. })) => {
            return format!("what was found on {}", names.asset(asset));
        }
        _ => {}
    }
    // Whoever is asked answers as the work of asking ends.
    let mut after = news.since(place).take_while(|heard| heard.at == at).filter(|heard| !is_claim(&heard.observation));
    let Some(Observation::Team(team::Observation::TaskIsOver { task, .. })) = after.next().map(|heard| heard.observation) else {
        return String::new();
    };
    let asked = view.knowledge.tasks.iter().find(|belief| belief.task == task);
    let asked = asked.filter(|task| view.public.actions.get(task.action.index()).is_some_and(|action| action.verb == Verb::Ask));
    let who = asked.and_then(|task| (0..view.public.stakeholders.len()).map(StakeholderId::at).find(|who| view.names.of(*who) == task.target));
    who.map_or_else(String::new, |who| names.thing(Thing::Stakeholder(who)))
}

/// How sure one can be: fine enough for a belief, few enough to be picked.
const STEPS: [u8; 9] = [0, 10, 25, 40, 50, 60, 75, 90, 100];

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// How sure somebody is about to say they are, by claim; nothing until it was chosen.
    sure: BTreeMap<ClaimId, u8>,
    /// The list of questions is to be unfolded.
    pub unfold: bool,
    /// This question is to be looked at.
    asked: Option<ClaimId>,
}

impl State {
    /// Unfolds the form of one claim.
    pub fn ask(&mut self, claim: ClaimId) {
        (self.unfold, self.asked) = (true, Some(claim));
    }
}

/// One question: how sure, and what was stated before.
fn question_ui(ui: &mut Ui, question: &Question, action: ActionId, sure: &mut BTreeMap<ClaimId, u8>, revision: u64) -> Option<Deed> {
    ui.label(&question.says);
    match &question.stated {
        Some((percent, clock)) => ui.label(theme::toned(ui, Tone::Notice, format!("Stated: {percent} %, {clock}"))),
        None => ui.label(theme::muted(ui, "Not stated from this seat.")),
    };
    ui.horizontal_wrapped(|ui| {
        for step in STEPS {
            let chosen = sure.get(&question.claim) == Some(&step);
            let answer = ui.selectable_label(chosen, format!("{step} %"));
            let says = format!("{step} % sure: {}", question.says);
            answer.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, chosen, says.clone()));
            if answer.clicked() {
                sure.insert(question.claim, step);
            }
        }
        let percent = sure.get(&question.claim).copied();
        let button = ui.add_enabled(percent.is_some(), egui::Button::new("State")).on_disabled_hover_text("Choose how sure first");
        button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, percent.is_some(), format!("State: {}", question.says)));
        let percent = percent.filter(|_| button.clicked())?;
        sure.remove(&question.claim);
        Some(give(revision, question.order(action, percent)))
    })
    .inner
}

/// Draws it.
pub fn evidence_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Deed> {
    let mut deeds = Vec::new();
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
                let by = if told.by.is_empty() { String::new() } else { format!(", from {}", told.by) };
                ui.label(theme::muted(ui, format!("{}{by}", told.clock)));
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
                    deeds.push(Deed::Select(Some(Thing::Asset(*asset))));
                }
                ui.label(theme::muted(ui, kept));
            });
        }
        for (login, name) in &data.logins {
            ui.horizontal_wrapped(|ui| {
                Mark::Signs.show(ui);
                if ui.selectable_label(false, name).clicked() {
                    deeds.push(Deed::Select(Some(Thing::Login(*login))));
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
            let unfold = std::mem::take(&mut state.unfold).then_some(true);
            egui::CollapsingHeader::new("State what you believe").id_salt("beliefs").open(unfold).show(ui, |ui| {
                ui.label(theme::muted(ui, "0 % is surely not so, 100 % surely so. A belief that turns out wrong costs less the less sure it was."));
                if data.questions.is_empty() {
                    ui.label("Nothing is asked yet, and this role was told nothing that it could hold to be so or not.");
                }
                for question in &data.questions {
                    let is_asked = state.asked == Some(question.claim);
                    let shown = theme::card(ui).show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        deeds.extend(question_ui(ui, question, action, &mut state.sure, data.revision));
                    });
                    if is_asked {
                        shown.response.scroll_to_me(None);
                        state.asked = None;
                    }
                    ui.add_space(space::TIGHT);
                }
            });
        }
    });
    deeds
}
