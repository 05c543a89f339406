//! Stakeholders and statements: who has to hear what, what a text says, who has signed it.

use egui::{ScrollArea, Ui};

use super::{action_for, named, offer_buttons};
use crate::desktop::Intent;
use crate::desktop::theme::{self, Tone, space};
use crate::desktop::words::Names;
use crate::exercise::knowledge::View;
use crate::exercise::quote::quote;
use crate::ids::{DenseId, StakeholderId, StatementId};
use crate::scenario::written::Verb;
use crate::vocabulary::Order;
use crate::vocabulary::communication::{Command, Stance};

/// A text that can go out.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its name.
    pub name: String,
    /// What it says.
    pub text: String,
    /// To whom it goes.
    pub to: String,
    /// What it claims of what this role was told of, and whether that is as it was told.
    pub says: Vec<(String, &'static str, &'static str)>,
    /// It says something else as well, of which this role was told nothing.
    pub untold: bool,
    /// Who has signed it off.
    pub signed: String,
    /// Whose signature is missing.
    pub missing: String,
    /// It is out.
    pub out: bool,
    /// What can be ordered about it now.
    pub orders: Vec<(&'static str, Order)>,
}

/// Somebody who has to hear.
#[derive(Clone, Debug)]
pub struct Stakeholder {
    /// Who.
    pub name: String,
    /// In full.
    pub words: String,
    /// What they want.
    pub wants: String,
    /// 0 to 10, as far as this role can tell.
    pub trust: u8,
    /// What can be ordered about them now.
    pub orders: Vec<(&'static str, Order)>,
}

/// The panel's data.
#[derive(Clone, Debug)]
pub struct Data {
    /// The texts that may be shown by now: those that this role can sign or publish first, those that are out last.
    pub statements: Vec<Statement>,
    /// Those whom this role knows.
    pub stakeholders: Vec<Stakeholder>,
    /// How many texts wait for this role's signature.
    pub to_sign: usize,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// What a role knows of words that go out.
pub fn data(view: &View<'_>, revision: u64) -> Data {
    let names = Names::of(view);
    let [sign, publish, ask] = [Verb::SignOff, Verb::Publish, Verb::Ask].map(|verb| action_for(view, verb));
    let offered = |says: &'static str, action: Option<crate::ids::ActionId>, command: Command| {
        let order = Order { action: action?, command: command.into() };
        quote(view, &order).is_ok().then_some((says, order))
    };
    let stance = |stance: Stance| match stance {
        Stance::Yes => "it is so",
        Stance::No => "it is not so",
        Stance::NotYet => "it is not known yet",
    };
    let mut statements: Vec<Statement> = (view.public.statements.iter().enumerate())
        .filter(|(place, _)| named::statement(view, StatementId::at(*place)))
        .map(|(place, plan)| {
            let statement = StatementId::at(place);
            let signed = view.knowledge.signed.get(place).copied().unwrap_or_default();
            let missing = plan.signed_off_by.iter().filter(|role| !signed.has(*role)).collect();
            Statement {
                name: names.statement(statement),
                text: plan.text.clone(),
                to: crate::debrief::narrative::listed(&plan.to.iter().map(|to| names.stakeholder(*to)).collect::<Vec<_>>()),
                says: (plan.says.iter())
                    .filter_map(|(claim, says)| {
                        let held = view.knowledge.claims.get(claim.index()).copied().flatten()?;
                        let held = if held == *says { "as this role was told" } else { "not as this role was told" };
                        Some((names.claim(*claim).to_owned(), stance(*says), held))
                    })
                    .collect(),
                untold: plan.says.iter().any(|(claim, _)| view.knowledge.claims.get(claim.index()).is_none_or(Option::is_none)),
                signed: if signed.is_empty() { String::new() } else { names.roles(signed) },
                missing: if missing == crate::ids::RoleSet::NONE { String::new() } else { names.roles(missing) },
                out: view.knowledge.published.get(place).copied().unwrap_or(false),
                orders: [offered("Sign off", sign, Command::SignOff { statement }), offered("Publish", publish, Command::Publish { statement })]
                    .into_iter()
                    .flatten()
                    .collect(),
            }
        })
        .collect();
    statements.iter_mut().filter(|statement| statement.out).for_each(|statement| statement.orders.clear());
    let to_sign = statements.iter().filter(|statement| statement.orders.iter().any(|(says, _)| *says == "Sign off")).count();
    statements.sort_by_key(|statement| (statement.out, statement.orders.is_empty()));
    let stakeholders = (view.public.stakeholders.iter().zip(&view.knowledge.stakeholders).enumerate()).filter_map(|(place, (plan, trust))| {
        let stakeholder = StakeholderId::at(place);
        Some(Stakeholder {
            name: names.stakeholder(stakeholder),
            words: plan.words.clone(),
            wants: plan.wants.clone(),
            trust: (*trust)?,
            orders: offered("Ask what they know", ask, Command::Ask { stakeholder }).into_iter().collect(),
        })
    });
    Data { stakeholders: stakeholders.collect(), statements, to_sign, revision }
}

/// Draws it.
pub fn speak_ui(ui: &mut Ui, data: &Data) -> Vec<Intent> {
    let mut intents = Vec::new();
    ScrollArea::vertical().id_salt("speak").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(space::READING.min(ui.available_width()));
        ui.label(egui::RichText::new("Statements").text_style(theme::heading()));
        if data.statements.is_empty() {
            ui.label("No prepared statement says anything that this role was told of so far.");
        }
        for (place, statement) in data.statements.iter().enumerate() {
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    ui.strong(&statement.name);
                    match (statement.out, statement.missing.is_empty()) {
                        (true, _) => theme::badge(ui, Tone::Good, "is out"),
                        (false, true) => theme::badge(ui, Tone::Notice, "may go out"),
                        (false, false) => theme::badge(ui, Tone::Plain, &format!("needs {}", statement.missing)),
                    };
                });
                ui.label(theme::muted(ui, format!("To {}", statement.to)));
                if !statement.signed.is_empty() {
                    ui.label(theme::muted(ui, format!("Signed off by {}", statement.signed)));
                }
                egui::CollapsingHeader::new("The text")
                    .id_salt(("statement", place))
                    .default_open(!statement.out && !statement.orders.is_empty())
                    .show(ui, |ui| {
                        super::artefact::markdown(ui, &statement.text);
                        ui.add_space(space::TIGHT);
                        for (claim, stance, held) in &statement.says {
                            ui.label(theme::muted(ui, format!("Says {stance}: {claim} ({held})")));
                        }
                        if statement.untold {
                            ui.label(theme::muted(ui, "It also says something of which this role was told nothing."));
                        }
                    });
                offer_buttons(ui, &statement.name, &statement.orders, data.revision, &mut intents);
            });
            ui.add_space(space::TIGHT);
        }
        ui.add_space(space::USUAL);
        ui.label(egui::RichText::new("Stakeholders").text_style(theme::heading()));
        if data.stakeholders.is_empty() {
            ui.label("This role is in touch with nobody outside.");
        }
        for stakeholder in &data.stakeholders {
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_wrapped(|ui| {
                    ui.strong(&stakeholder.name).on_hover_text(&stakeholder.words);
                    let tone = match stakeholder.trust {
                        0..=3 => Tone::Grave,
                        4..=5 => Tone::Warning,
                        _ => Tone::Good,
                    };
                    theme::badge(ui, tone, &format!("trust {} of 10", stakeholder.trust));
                });
                ui.label(theme::muted(ui, &stakeholder.wants));
                offer_buttons(ui, &stakeholder.name, &stakeholder.orders, data.revision, &mut intents);
            });
        }
    });
    intents
}
