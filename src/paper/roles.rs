//! Role cards: a page for each role, with what it knows, what it may order and whom it reaches.

use askama::Template;

use super::Sheet;
use super::words::{short_role, span};
use crate::debrief::narrative::{bare, capital, listed, who};
use crate::ids::{DenseId, RoleId};
use crate::scenario::program::{Program, Public, Role};
use crate::scenario::written::{LoginLevel, Verb};

#[derive(Template)]
#[template(path = "roles.html", config = "src/paper/askama.toml")]
struct Page<'a> {
    sheet: Sheet<'a>,
    cards: Vec<Card>,
}

struct Card {
    label: String,
    brief: String,
    deputy: String,
    stands_in_for: String,
    knows: Vec<(&'static str, String)>,
    believes: Vec<String>,
    orders: Vec<String>,
    contacts: Vec<String>,
    duties: Vec<String>,
}

impl Card {
    /// How it is set, by how much is on it, so that it stays on its page and uses it.
    fn class(&self) -> &'static str {
        match self.orders.len() + self.contacts.len() + 2 * self.duties.len() + 2 * self.knows.len() {
            0..=27 => "",
            28..=48 => " middle",
            _ => " full",
        }
    }
}

/// Writes the page.
pub fn page(program: &Program, sheet: Sheet<'_>) -> Result<String, askama::Error> {
    let public = &program.public;
    let cards = public.roles.iter().enumerate().map(|(place, role)| card(public, RoleId::at(place), role)).collect();
    Page { sheet, cards }.render()
}

fn card(public: &Public, id: RoleId, role: &Role) -> Card {
    let stands_in: Vec<String> = public
        .roles
        .iter()
        .enumerate()
        .filter(|(_, other)| other.deputy == Some(id))
        .map(|(place, _)| short_role(public, RoleId::at(place)))
        .collect();
    let mut knows = Vec::new();
    let mut know = |what: &'static str, names: Vec<&str>, all: usize| match names.len() {
        0 => {}
        known if known == all && all > 8 => knows.push((what, format!("all {all} of them"))),
        _ => knows.push((what, names.into_iter().map(bare).collect::<Vec<_>>().join("; "))),
    };
    know("Services", role.services.iter().filter_map(|id| Some(public.services.get(id.index())?.text.as_str())).collect(), usize::MAX);
    know(
        "Tools and records that you see",
        role.sensors.iter().filter_map(|id| Some(public.sensors.get(id.index())?.text.as_str())).collect(),
        usize::MAX,
    );
    // A role that knows a hundred machines knows where the list is.
    let machines = (0..public.assets.len()).filter(|place| role.assets.has(DenseId::at(*place))).map(|place| public.assets[place].name.as_str());
    know("Machines", machines.collect(), public.assets.len());
    know("Data", role.data.iter().filter_map(|id| Some(public.data.get(id.index())?.text.as_str())).collect(), usize::MAX);
    know(
        "Logins that matter",
        role.logins
            .iter()
            .filter_map(|id| Some(public.logins.get(id.index()).filter(|login| login.level > LoginLevel::User)?.name.as_str()))
            .collect(),
        usize::MAX,
    );
    know("Ways in and out", role.links.iter().filter_map(|id| Some(public.links.get(id.index())?.text.as_str())).collect(), usize::MAX);
    // What everybody does at a table needs no line: taking part in a decision, and writing down.
    // An order that does nothing but let people learn something is the author's own, and would tell what comes.
    let everyday = |verb: Verb| matches!(verb, Verb::Decide | Verb::Conclude | Verb::Learn);
    let orders = public.actions.iter().zip(&role.may).filter(|(action, may)| **may && !everyday(action.verb));
    let contacts = role.stakeholders.iter().filter_map(|id| Some(who(&public.stakeholders.get(id.index())?.words).to_owned()));
    let vendors = role.vendors.iter().filter_map(|id| public.vendors.get(id.index()));
    let vendors = vendors.map(|vendor| format!("{}: at work {} after the call", vendor.name, span(vendor.arrives_within)));
    let duties = role.rules.iter().filter_map(|id| public.rules.get(id.index())).filter(|rule| rule.in_force);
    Card {
        label: role.label.clone(),
        brief: role.brief.clone(),
        deputy: role.deputy.map(|deputy| short_role(public, deputy)).unwrap_or_default(),
        stands_in_for: if stands_in.is_empty() { String::new() } else { listed(&stands_in) },
        knows,
        believes: role.believes.iter().filter_map(|id| Some(public.claims.get(id.index())?.text.clone())).collect(),
        orders: orders.map(|(action, _)| bare(&action.says).to_owned()).collect(),
        contacts: contacts.map(|words| capital(&words)).chain(vendors).collect(),
        duties: duties.map(|rule| format!("{}: {}, to {}", short(&rule.text), rule.deadline_text, rule.recipient)).collect(),
    }
}

/// What a rule is called, without its remarks.
fn short(text: &str) -> &str {
    let end = [" (", ": "].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    bare(&text[..end])
}
