//! Conditions, truths and effects in words, for the facilitator. Nothing here is for players: it names what the adversary does.

use super::text::{counted, in_words};
use super::{Compiler, Names};
use crate::ids::*;
use crate::scenario::located::Located;
use crate::scenario::program::{Public, Secret, Truth};
use crate::scenario::reference::{self as kind, Ref};
use crate::scenario::written::{self, Count, Says, Term};
use crate::time::{Calendar, ExerciseTime, Moment};
use crate::vocabulary::communication::Stance;

/// Says things in words, with the names of the tables.
pub struct Words<'a> {
    names: &'a Names,
    public: &'a Public,
    secret: &'a Secret,
    calendar: Calendar,
}

/// A text without its final stop, in quotation marks.
fn quoted(text: &str) -> String {
    format!("\u{201c}{}\u{201d}", text.trim().trim_end_matches('.'))
}

/// What an author calls something, where it has no text: `first word to patients`.
fn id_in_words(id: &str) -> String {
    id.replace('-', " ")
}

impl<'a> Compiler<'a> {
    /// Words for this scenario, once its tables are there.
    pub fn words(&'a self, public: &'a Public, secret: &'a Secret) -> Words<'a> {
        Words { names: &self.names, public, secret, calendar: self.calendar }
    }
}

impl Words<'_> {
    /// All of these, as a clause to stand behind "if" or "once".
    pub fn all(&self, terms: &[Term]) -> String {
        terms.iter().map(|term| self.term(term, true)).collect::<Vec<_>>().join(", and ")
    }

    /// One term as a clause; with `holds` false, that it is not so.
    pub fn term(&self, term: &Term, holds: bool) -> String {
        let has = if holds { "has" } else { "has not" };
        let was = if holds { "was" } else { "was not" };
        match term {
            Term::Happened { stage } => {
                format!("this {has} happened: {}", self.stage(stage))
            }
            Term::Told { claim, role } => {
                let who =
                    role.as_ref().map(|role| self.named(&role.text, |id: RoleId| self.public.roles.get(id.index()).map(|role| role.label.as_str())));
                let claim = quoted(&self.claim_text(&claim.text));
                match (who, holds) {
                    (Some(who), true) => format!("this has been told to {who}: {claim}"),
                    (Some(who), false) => format!("this has not been told to {who}: {claim}"),
                    (None, true) => format!("somebody has been told: {claim}"),
                    (None, false) => format!("nobody has been told: {claim}"),
                }
            }
            Term::Ordered { action, on } => format!("this {has} been ordered: {}", self.order(&action.text, on.as_ref().map(|on| on.text.as_str()))),
            Term::Done { action, on } => format!("this {has} been done: {}", self.order(&action.text, on.as_ref().map(|on| on.text.as_str()))),
            Term::Decided { gate, choice, not } => {
                let found = self.names.find::<GateId>(&gate.text).and_then(|id| self.public.gates.get(id.index()));
                let ask = quoted(&found.map_or_else(|| id_in_words(&gate.text), |gate| gate.ask.clone()));
                let text = |choice: &Located<String>| {
                    let text = found.and_then(|gate| gate.choices.iter().find(|known| known.id == choice.value)).map(|choice| choice.text.as_str());
                    quoted(text.unwrap_or(&choice.value))
                };
                match (choice, not) {
                    (Some(choice), _) => format!("{} {was} decided", text(choice)),
                    (None, Some(not)) if holds => format!("{ask} was decided, and not for {}", text(not)),
                    (None, Some(not)) => format!("nothing but {} was decided on {ask}", text(not)),
                    (None, None) => format!("{ask} {has} been decided"),
                }
            }
            Term::Said(says) => {
                let said = if holds { "it has been said outside" } else { "it has not been said outside" };
                match says {
                    Says::Yes(claim) => format!("{said} that {}", quoted(&self.claim_text(&claim.text))),
                    Says::No(claim) => format!("{said} that this is not so: {}", quoted(&self.claim_text(&claim.text))),
                    Says::NotYet(claim) => format!("{said} that this is not known yet: {}", quoted(&self.claim_text(&claim.text))),
                }
            }
            Term::Published(statement) => format!("the text {} {has} gone out", quoted(&id_in_words(&statement.text))),
            Term::Fired(inject) => format!("the inject {} {has} come", quoted(&id_in_words(&inject.text))),
            Term::Declared { level } => {
                let level = level.as_ref().map(|level| format!(" as {} or higher", quoted(&id_in_words(&level.text)))).unwrap_or_default();
                if holds { format!("an incident has been declared{level}") } else { format!("no incident has been declared{level}") }
            }
            Term::Arrived(vendor) => {
                let vendor = self.named(&vendor.text, |id: VendorId| self.public.vendors.get(id.index()).map(|vendor| vendor.name.as_str()));
                format!("{vendor} {has} arrived")
            }
            Term::Notified(rule) => {
                let rule = self.named(&rule.text, |id: RuleId| self.public.rules.get(id.index()).map(|rule| rule.text.as_str()));
                format!("this notification {has} been sent: {}", quoted(&rule))
            }
            Term::Down { service, below_percent } => {
                let service = quoted(&self.target(&service.text));
                let below = below_percent.as_ref().map_or(100, |percent| percent.value);
                let whole = below >= 100;
                match (holds, whole) {
                    (true, true) => format!("{service} is no longer whole"),
                    (false, true) => format!("{service} is still whole"),
                    (true, false) => format!("{service} has fallen below {below} %"),
                    (false, false) => format!("{service} has not fallen below {below} %"),
                }
            }
            Term::Evicted if holds => "the adversary holds nothing any more".to_owned(),
            Term::Evicted => "the adversary still holds something".to_owned(),
            Term::Secured(data) => {
                let data = quoted(&self.target(&data.text));
                if holds { format!("{data} is out of the adversary's reach") } else { format!("{data} is within the adversary's reach") }
            }
            Term::After(moment) => {
                let label = self.clock(moment.value);
                if holds { format!("it is {label} or later") } else { format!("it is not yet {label}") }
            }
            Term::AtLeast { count, n } => {
                let (one, many, is) = match count {
                    Count::Compromised => ("machine", "machines", "taken"),
                    Count::Encrypted => ("machine", "machines", "encrypted"),
                    Count::FoundCompromised => ("machine", "machines", "known to be taken"),
                    Count::Alerts => ("alert", "alerts", "raised"),
                    Count::Isolated => ("machine", "machines", "cut off or switched off by us"),
                };
                match (n.value, holds) {
                    (0 | 1, true) => format!("at least one {one} is {is}"),
                    (0 | 1, false) => format!("no {one} is {is}"),
                    (n, true) => format!("at least {n} {many} are {is}"),
                    (n, false) => format!("fewer than {n} {many} are {is}"),
                }
            }
            Term::Any(terms) => {
                let (join, holds) = if holds { (", or ", true) } else { (", and ", false) };
                terms.iter().map(|term| self.term(term, holds)).collect::<Vec<_>>().join(join)
            }
            Term::Not { what, within, of } => {
                // Twice "not" is not written by anybody; it reads as the plain thing.
                let what = self.term(what, !holds);
                match (within.as_ref().map(|within| within.value), of) {
                    (Some(Moment::After(span)), Some(of)) => format!("within {} after {} {what}", in_words(span), self.term(of, true)),
                    (Some(moment), _) => format!("by {} {what}", self.clock(moment)),
                    (None, _) => what,
                }
            }
        }
    }

    /// What the adversary does at a stage, in quotation marks.
    pub fn stage(&self, stage: &Ref<kind::Stage>) -> String {
        quoted(&self.named(&stage.text, |id: StageId| self.secret.stages.get(id.index()).map(|stage| stage.text.as_str())))
    }

    /// An order in the room's words.
    pub fn order(&self, action: &str, on: Option<&str>) -> String {
        let says = self.named(action, |id: ActionId| self.public.actions.get(id.index()).map(|action| action.says.as_str()));
        match on {
            Some(on) => quoted(&format!("{says}: {}", self.target(on))),
            None => quoted(&says),
        }
    }

    /// An order as a choice of a gate gives it.
    pub fn written_order(&self, order: &written::Order) -> String {
        let mut text = self.named(&order.action.text, |id: ActionId| self.public.actions.get(id.index()).map(|action| action.says.as_str()));
        let mut on: Vec<String> = order.on.iter().map(|on| self.target(on)).collect();
        on.extend(order.as_what.as_ref().map(|level| id_in_words(level)));
        if !on.is_empty() {
            text = format!("{text}: {}", on.join("; "));
        }
        text
    }

    /// How a claim really is.
    pub fn truth(&self, truth: Truth, written: &written::Truth) -> String {
        match (truth, written) {
            (_, written::Truth::Never { tempting }) => format!("Not true. Why it is tempting: {tempting}"),
            (Truth::Always, written::Truth::AsAnswered(_)) => "True, as answered about the organisation.".to_owned(),
            (Truth::Never, _) => "Not true, as answered about the organisation.".to_owned(),
            (Truth::Always, _) => "True from the start.".to_owned(),
            (Truth::Once(stage), _) => {
                let text = self.secret.stages.get(stage.index()).map_or("", |stage| stage.text.as_str());
                match self.secret.past.iter().find(|past| past.stage == stage) {
                    Some(past) => format!("True since {}: {text}", self.calendar.label(past.at)),
                    None => format!("True once this has happened: {text}"),
                }
            }
        }
    }

    /// A claim with what is said of it.
    pub fn stance(&self, claim: ClaimId, stance: Stance) -> String {
        let text = self.public.claims.get(claim.index()).map_or("", |claim| claim.text.as_str());
        match stance {
            Stance::Yes => quoted(text),
            Stance::No => format!("not so: {}", quoted(text)),
            Stance::NotYet => format!("not known yet: {}", quoted(text)),
        }
    }

    /// What an inject changes in the world.
    pub fn also(&self, also: &written::Also) -> String {
        match also {
            written::Also::Outage { service, lasts } => {
                let lasts = lasts.as_ref().map_or_else(|| "until the end".to_owned(), |lasts| format!("for {}", in_words(lasts.value)));
                format!("{} fails for a reason of its own, {lasts}", quoted(&self.target(&service.text)))
            }
            written::Also::Absent { role, from, until } => {
                let role = self.named(&role.text, |id: RoleId| self.public.roles.get(id.index()).map(|role| role.label.as_str()));
                format!("{role} is away from {} until {}", self.clock(from.value), self.clock(until.value))
            }
            written::Also::Volunteers { people, skill } => {
                format!("{} who can do {} work come to help", counted(i64::from(people.value), "more hand"), skill.label())
            }
            written::Also::Trust { of, by } => {
                let (turns, by) = if by.value < 0 { ("falls", by.value.unsigned_abs()) } else { ("rises", by.value.unsigned_abs()) };
                format!("the trust of {} {turns} by {by}", self.target(&of.text))
            }
        }
    }

    /// A moment on the clock of the story; a span counts from STARTEX.
    pub fn clock(&self, moment: Moment) -> String {
        self.calendar.label(self.calendar.resolve(moment, ExerciseTime::default()))
    }

    fn claim_text(&self, id: &str) -> String {
        self.named(id, |id: ClaimId| self.public.claims.get(id.index()).map(|claim| claim.text.as_str()))
    }

    /// The text that a table has for an id; the id as words, where it has none.
    fn named<'b, T: DenseId>(&'b self, id: &str, text: impl Fn(T) -> Option<&'b str>) -> String {
        match self.names.find(id).and_then(text).map(|text| text.trim().trim_end_matches('.')) {
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => id_in_words(id),
        }
    }

    /// Something that an order is given on.
    pub fn target(&self, id: &str) -> String {
        let public = self.public;
        macro_rules! look_up {
            ($($kind:ident $table:ident $field:ident)*) => {
                $(if let Some(found) = self.names.find::<$kind>(id).and_then(|found| public.$table.get(found.index()))
                    && !found.$field.is_empty()
                {
                    return found.$field.trim().trim_end_matches('.').to_owned();
                })*
            };
        }
        look_up! {
            AssetId assets name  GroupId groups text  DataId data text  LoginId logins name  LinkId links text  SegmentId segments text
            ServiceId services text  SensorId sensors text  VendorId vendors name  StakeholderId stakeholders words  RuleId rules text
            RoleId roles label  ClaimId claims text  GateId gates ask
        }
        id_in_words(id)
    }
}
