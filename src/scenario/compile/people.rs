//! People: roles and what they know and may, staff, vendors, stakeholders, statements, the catalogue of actions, notification rules.

use super::Compiler;
use super::conditions::Terms;
use super::orders::{self, PlainOrder};
use super::text::{counted, in_words};
use crate::ids::*;
use crate::scenario::located::Place;
use crate::scenario::program::{Action, Deadline, Level, Public, Role, Rule, Staff, Stakeholder, StakeholderSecret, Statement, Vendor};
use crate::scenario::reference::{self as kind, Ref};
use crate::scenario::written::{self, Knows, Verb, Watched};
use crate::time::Span;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::condition::Conditions;

/// The ids of a vendor's people: `ir-firm-1` and so on.
pub fn people_of(vendor: &written::Vendor) -> Vec<String> {
    let people: usize = vendor.brings.iter().map(|brings| usize::from(brings.people.value)).sum();
    (1..=people).map(|number| format!("{}-{number}", vendor.id.text)).collect()
}

impl Compiler<'_> {
    /// The roles. The actions must be known.
    pub fn roles(&self, public: &mut Public) {
        for role in &self.sheet.roles {
            let mut compiled = Role {
                id: role.id.text.clone(),
                label: role.words.as_deref().map_or_else(|| role.like.label().to_owned(), |words| self.text(words)),
                kind: role.like,
                brief: self.text_of(role.brief.as_ref()),
                deputy: role.deputy.as_ref().and_then(|deputy| self.id(deputy)),
                may: self.may(role),
                assets: AssetSet::with_room(self.names.count(IdKind::Asset)),
                sensors: Vec::new(),
                services: Vec::new(),
                data: Vec::new(),
                logins: Vec::new(),
                links: Vec::new(),
                stakeholders: Vec::new(),
                vendors: Vec::new(),
                rules: Vec::new(),
                believes: self.list(&role.believes),
            };
            for knows in &role.knows {
                match knows {
                    Knows::Assets(assets) => self.machines(assets).iter().for_each(|asset| {
                        compiled.assets.insert(asset);
                    }),
                    Knows::Sources(sensors) => join(&mut compiled.sensors, self.list(sensors)),
                    Knows::Services(services) => join(&mut compiled.services, self.list(services)),
                    Knows::Data(data) => join(&mut compiled.data, self.list(data)),
                    Knows::Logins(logins) => join(&mut compiled.logins, self.list(logins)),
                    Knows::Links(links) => join(&mut compiled.links, self.list(links)),
                    Knows::Contacts(contacts) => join(&mut compiled.stakeholders, self.list(contacts)),
                    Knows::Vendors(vendors) => join(&mut compiled.vendors, self.list(vendors)),
                    Knows::Rules(rules) => join(&mut compiled.rules, self.list(rules)),
                }
            }
            public.roles.push(compiled);
        }
    }

    /// Which actions a role may order: those usual for its kind, those that name it, and those it names. What an author made up as the choice of a
    /// decision is ordered by that decision only: whoever could order it before would show that the decision is to come.
    fn may(&self, role: &written::Role) -> Vec<bool> {
        let named: Vec<ActionId> = self.list(&role.may);
        let choices = || self.sheet.moves.iter().flat_map(|turn| &turn.gates).flat_map(|gate| &gate.choices);
        let decides = |action: &written::Action| choices().any(|choice| choice.orders.iter().any(|order| order.action.text == action.id.text));
        let allows = |(place, action): (usize, &written::Action)| {
            (action.by.contains(&role.like)
                || action.who.iter().any(|who| who.text == role.id.text || who.text == "all")
                || named.contains(&ActionId::at(place)))
                && !(action.does == written::Verb::Learn && decides(action))
        };
        self.sheet.actions.iter().enumerate().map(allows).collect()
    }

    /// The catalogue of actions.
    pub fn actions(&self, terms: &Terms<'_>, public: &mut Public) {
        for action in &self.sheet.actions {
            for who in action.who.iter().filter(|who| who.text != "all") {
                let _checked: Option<RoleId> = self.id(who);
            }
            for on in &action.on {
                if !self.names.is_target(on) {
                    self.problem(on.at, self.names.unknown(&super::names::TARGETS, on));
                }
            }
            public.actions.push(Action {
                id: action.id.text.clone(),
                says: self.text(&action.says),
                said: action.said.iter().map(|cue| self.text(cue)).collect(),
                about: action.about.as_deref().map(|about| self.text(about)).unwrap_or_default(),
                verb: action.does,
                on: action.on.iter().map(|on| on.text.clone()).collect(),
                own_orders: Vec::new(),
                takes: action.takes.as_ref().map_or(Span::ZERO, |takes| takes.value),
                each: action.each.as_ref().map_or(Span::ZERO, |each| each.value),
                skill: action.skill,
                people: action.people.as_ref().map_or(1, |people| people.value),
                tells: self.tells(terms, &action.tells),
                react: action.react.clone(),
                d3fend: action.d3fend.clone(),
                mitigations: action.mitigations.clone(),
            });
        }
    }

    /// What actions of the scenario's own order, looked up once instead of whenever somebody asks what is on offer. All tables must be in.
    pub fn own_orders(&self, public: &mut Public) {
        let of = |action: &Action| {
            if action.on.is_empty() && action.verb != Verb::Learn {
                return Vec::new();
            }
            let written = PlainOrder { action: action.id.clone(), ..PlainOrder::default() };
            // What an action cannot say alone, such as a level, is left to those who order it.
            orders::orders(public, &self.names, &written, &|_| None).unwrap_or_default()
        };
        let own: Vec<_> = public.actions.iter().map(of).collect();
        public.actions.iter_mut().zip(own).for_each(|(action, own)| action.own_orders = own);
    }

    /// Claims with what is said of them.
    pub fn tells(&self, terms: &Terms<'_>, says: &[written::Says]) -> Vec<(ClaimId, Stance)> {
        says.iter().filter_map(|says| terms.says(says)).collect()
    }

    /// Staff, vendors and the people they bring, severity levels.
    pub fn labour(&self, public: &mut Public) {
        for staff in &self.sheet.staff {
            public.staff.push(Staff {
                id: staff.id.text.clone(),
                name: self.text(&staff.named),
                skills: staff.skills.clone(),
                on_shift: staff.on_shift,
                comes_within: staff.comes_within.as_ref().map(|within| within.value),
                vendor: None,
            });
        }
        for (place, vendor) in self.sheet.vendors.iter().enumerate() {
            let people = people_of(vendor);
            let name = self.text_of_each(&vendor.named, people.len() + 1);
            let skills = vendor.brings.iter().flat_map(|brings| std::iter::repeat_n(&brings.skills, usize::from(brings.people.value)));
            for (number, (id, skills)) in people.into_iter().zip(skills).enumerate() {
                public.staff.push(Staff {
                    id,
                    name: format!("{name}, {}", number + 1),
                    skills: skills.clone(),
                    on_shift: Watched::Always,
                    comes_within: None,
                    vendor: Some(VendorId::at(place)),
                });
            }
            public.vendors.push(Vendor {
                id: vendor.id.text.clone(),
                name,
                text: self.text(&vendor.text),
                arrives_within: vendor.arrives_within.value,
                cost_an_hour_minor_units: vendor.cost_an_hour.as_ref().map_or(0, |cost| cost.minor_units),
            });
        }
        for level in self.sheet.plan.iter().flat_map(|plan| &plan.severity) {
            public.levels.push(Level {
                id: level.id.text.clone(),
                text: self.text(&level.text),
                calls_in: self.role_set(&level.calls_in),
                calls_staff: level.calls_staff.clone(),
            });
        }
    }

    /// Stakeholders: what may be seen of them, and what they know.
    pub fn stakeholders(&self, terms: &Terms<'_>, conditions: &mut Conditions, public: &mut Public) -> Vec<StakeholderSecret> {
        let mut secrets = Vec::new();
        for stakeholder in &self.sheet.stakeholders {
            public.stakeholders.push(Stakeholder {
                id: stakeholder.id.text.clone(),
                words: self.text(&stakeholder.words),
                wants: self.text(&stakeholder.wants),
                trust: stakeholder.trust.value,
                must_hear: stakeholder.must_hear.iter().filter_map(|hear| Some((self.id(&hear.claim)?, hear.within.value))).collect(),
            });
            let mut each = |when: &[written::Term]| when.iter().map(|term| terms.single(conditions, term)).collect();
            secrets.push(StakeholderSecret {
                knows: self.list(&stakeholder.knows),
                warms_when: each(&stakeholder.warms_when),
                cools_when: each(&stakeholder.cools_when),
            });
        }
        secrets
    }

    /// Texts that can be published.
    pub fn statements(&self, terms: &Terms<'_>, public: &mut Public) {
        for statement in &self.sheet.statements {
            public.statements.push(Statement {
                id: statement.id.text.clone(),
                text: self.text(&statement.text),
                to: self.list(&statement.to),
                signed_off_by: self.role_set(&statement.signed_off_by),
                says: self.tells(terms, &statement.says),
                corrects: statement.corrects.as_ref().and_then(|corrected| self.id(corrected)),
            });
        }
    }

    /// Notification rules.
    pub fn rules(&self, public: &mut Public) {
        let in_force: Vec<RuleId> = self.list(&self.sheet.rules_in_force);
        for (place, rule) in self.sheet.rules.iter().enumerate() {
            if rule.starts == written::Starts::Notified && rule.after.is_none() {
                self.problem(rule.id.at, format!("the clock of `{}` starts with the notification of another rule: name it in `after`", rule.id));
            }
            let (deadline, deadline_text) = deadline(&rule.deadline);
            public.rules.push(Rule {
                id: rule.id.text.clone(),
                text: self.text(&rule.text),
                starts: rule.starts,
                deadline,
                deadline_text,
                recipient: self.text(&rule.recipient),
                after: rule.after.as_ref().and_then(|after| self.id(after)),
                fields: rule.fields.iter().map(|field| self.text(field)).collect(),
                source: self.text(&rule.source),
                in_force: in_force.contains(&RuleId::at(place)),
                aware_of: Vec::new(),
            });
        }
    }

    /// A set of roles.
    pub fn role_set(&self, roles: &[Ref<kind::OrAll<kind::Role>>]) -> RoleSet {
        self.list::<_, RoleId>(roles).into_iter().collect()
    }

    /// What an order names, as far as it can be told where.
    pub fn order_place(order: &written::Order) -> Place {
        order.on.first().map_or(order.action.at, |target| target.at)
    }
}

/// Adds what is not there yet.
fn join<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !known.contains(&item) {
            known.push(item);
        }
    }
}

fn deadline(written: &written::Deadline) -> (Deadline, String) {
    match written {
        written::Deadline::Hours(hours) => (Deadline::Span(Span::hours(i64::from(hours.value))), counted(i64::from(hours.value), "hour")),
        written::Deadline::CalendarDays(days) => (Deadline::Days(days.value), counted(i64::from(days.value), "day")),
        written::Deadline::BusinessDays(days) => (Deadline::BusinessDays(days.value), counted(i64::from(days.value), "business day")),
        written::Deadline::WithoutUndueDelay { taken_as } => {
            (Deadline::Span(taken_as.value), format!("without undue delay (taken as {})", in_words(taken_as.value)))
        }
    }
}
