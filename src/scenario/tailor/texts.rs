//! Where names show: which texts use a variable, and what a text reads with the names so far.

use std::collections::BTreeMap;

use crate::scenario::compile::text::Room;
use crate::scenario::load::Loaded;
use crate::scenario::source::Part;
use crate::scenario::written::{Channel, Inject, Sheet};

/// What kind of text it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Read aloud when a move opens.
    ReadAloud,
    /// A mail, letter or chat message.
    Mail,
    /// A log, a ticket, a table: something that is looked at.
    Log,
    /// Said on the telephone or in person.
    Call,
    /// Anything else.
    Other,
}

/// A text as its author wrote it, with what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sample {
    /// What kind.
    pub kind: Kind,
    /// What it is, in words: `mail from .., Friday evening`. May hold variables, as the text may.
    pub what: String,
    /// The text.
    pub text: String,
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As the author wrote it.
    Plain(String),
    /// A name that was put in.
    Name {
        /// The variable.
        variable: String,
        /// What is read.
        is: String,
    },
}

/// Where a name is used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Use {
    /// The texts, in running order, in words.
    pub texts: Vec<String>,
    /// How often, over all of them.
    pub times: usize,
}

/// A text cut at its variables. Any other brace stays as it was written.
pub fn marked(text: &str, names: &BTreeMap<String, String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let mut room = Room::default();
    while let Some(opens) = rest.find('{') {
        plain.push_str(&rest[..opens]);
        let after = &rest[opens + 1..];
        match variable_at(after).and_then(|name| names.get_key_value(name)).filter(|(name, is)| room.has_for(name, is, 1)) {
            Some((name, is)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Name { variable: name.clone(), is: is.clone() });
                rest = &after[name.len() + 1..];
            }
            None => {
                plain.push('{');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// The name between an opening brace, which has been read, and the closing one.
fn variable_at(after: &str) -> Option<&str> {
    // As long as a name may be: looking further would cost the square of a text full of braces.
    const LONGEST_NAME: usize = 80;
    let near = &after[..after.floor_char_boundary(LONGEST_NAME.min(after.len()))];
    near.find('}').map(|closes| &after[..closes])
}

/// The variables of a text, each as often as it stands there.
fn variables_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').filter_map(|(at, _)| variable_at(&text[at + 1..]))
}

/// Every text of a scenario that people read or hear, in running order, with what it is.
fn all(loaded: &Loaded) -> Vec<Sample> {
    let sheet = &loaded.sheet;
    let mut list = List { samples: Vec::new() };
    list.other("the title", sheet.title.iter().map(|title| title.value.as_str()));
    list.other("what it is about", sheet.about.as_deref());
    for step in &sheet.moves {
        let title = step.title.clone().unwrap_or_else(|| step.id.text.replace('-', " "));
        let read = std::iter::once(&step.read_aloud).chain(step.also_read.iter().map(|read| &read.say));
        list.add(Kind::ReadAloud, format!("read aloud, {title}"), &joined(read.map(|text| text.value.as_str())));
        for inject in &step.injects {
            list.inject(loaded, inject, &title);
        }
        for voice in &step.voices {
            let file = voice.artefact.as_ref().and_then(|file| artefact(loaded, &file.value));
            let words = [voice.text.as_ref(), voice.plain.as_ref()].into_iter().flatten().map(|text| text.value.as_str());
            list.add(Kind::Other, format!("what the simulation has people hear, {title}"), &joined(words.chain(file)));
        }
        for gate in &step.gates {
            let choices = gate.choices.iter().flat_map(|choice| std::iter::once(&choice.text).chain(&choice.feedback));
            let words = std::iter::once(&gate.ask).chain(&gate.dilemma).chain(choices).map(|text| text.value.as_str());
            list.other(&format!("decision, {title}"), words);
        }
        for question in &step.questions {
            let words = std::iter::once(&question.ask).chain(&question.listen_for).chain(&question.if_quiet).map(|text| text.value.as_str());
            list.other(&format!("question to the room, {title}"), words);
        }
        list.other(&format!("note to the facilitator, {title}"), step.facilitator.as_ref().map(|text| text.value.as_str()));
    }
    for inject in &sheet.deck {
        list.inject(loaded, inject, "in the deck");
    }
    for role in &sheet.roles {
        let name = role.words.clone().unwrap_or_else(|| role.like.label().to_owned());
        list.other(&format!("role card, {name}"), role.words.as_deref().into_iter().chain(role.brief.iter().map(|text| text.value.as_str())));
    }
    for who in &sheet.stakeholders {
        let words = [&who.words, &who.wants].into_iter().chain(&who.hides).chain(&who.lines).map(|text| text.value.as_str());
        list.other("who calls and what they want", words);
    }
    for statement in &sheet.statements {
        list.other("statement to the public", [statement.text.value.as_str()]);
    }
    rest(sheet, &mut list);
    list.samples
}

fn rest(sheet: &Sheet, list: &mut List) {
    let plan = sheet.plan.iter().flat_map(|plan| &plan.severity).map(|level| level.text.value.as_str());
    list.other("the response plan", plan);
    list.other("companies that can be called in", sheet.vendors.iter().flat_map(|vendor| [vendor.named.value.as_str(), &vendor.text.value]));
    list.other("staff", sheet.staff.iter().map(|staff| staff.named.value.as_str()));
    list.other("duties to notify", sheet.rules.iter().flat_map(|rule| [rule.text.value.as_str(), &rule.recipient.value]));
    let actions = sheet.actions.iter().flat_map(|action| std::iter::once(action.says.value.as_str()).chain(action.about.as_deref()));
    list.other("orders", actions);
    if let Some(estate) = &sheet.estate {
        let machines = estate.assets.iter().flat_map(|asset| std::iter::once(asset.named.value.as_str()).chain(asset.text.as_deref()));
        let places = estate.segments.iter().filter_map(|segment| segment.text.as_deref());
        let groups = estate.groups.iter().filter_map(|group| group.text.as_deref());
        let data = estate.data.iter().filter_map(|data| data.text.as_deref());
        let links = estate.links.iter().filter_map(|link| link.text.as_deref());
        let logins = estate.logins.iter().flat_map(|login| login.named.as_deref().into_iter().chain(login.text.as_deref()));
        list.other("the estate and its map", machines.chain(places).chain(groups).chain(data).chain(links).chain(logins));
        let services = estate.services.iter().flat_map(|service| {
            std::iter::once(service.text.value.as_str()).chain(service.workaround.iter().map(|workaround| workaround.text.value.as_str()))
        });
        list.other("services", services);
    }
    list.other("sensors", sheet.sensors.iter().filter_map(|sensor| sensor.text.as_deref()));
    list.other("questions of fact", sheet.claims.iter().map(|claim| claim.text.value.as_str()));
    let objectives = sheet.objectives.iter().flat_map(|objective| {
        let targets = objective.targets.iter().flat_map(|target| {
            let criteria = target.criteria.iter().flat_map(|criterion| criterion.text.iter().map(|text| text.value.as_str()));
            std::iter::once(target.text.value.as_str()).chain(target.tasks.iter().map(|task| task.value.as_str())).chain(criteria)
        });
        std::iter::once(objective.text.value.as_str()).chain(targets)
    });
    list.other("objectives and evaluation sheets", objectives);
    let told = sheet.assumptions.iter().chain(&sheet.artificialities).chain(&sheet.out_of_scope).chain(&sheet.sensitive_topics);
    list.other("what is assumed", told.map(|text| text.value.as_str()));
    let campaign = sheet.campaign.iter().flat_map(|campaign| {
        let past = campaign.past.iter().map(|stage| stage.text.value.as_str());
        let next = campaign.next.iter().filter_map(|stage| stage.text.as_ref()).map(|text| text.value.as_str());
        std::iter::once(campaign.wants.value.as_str()).chain(past).chain(next)
    });
    list.other("the attack, in the debrief", campaign);
    list.other("teaching points, in the debrief", sheet.teaching.iter().map(|point| point.text.value.as_str()));
}

fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

struct List {
    samples: Vec<Sample>,
}

impl List {
    fn add(&mut self, kind: Kind, what: String, text: &str) {
        if !text.trim().is_empty() {
            self.samples.push(Sample { kind, what, text: text.to_owned() });
        }
    }

    fn other<'a>(&mut self, what: &str, words: impl IntoIterator<Item = &'a str>) {
        self.add(Kind::Other, what.to_owned(), &joined(words));
    }

    fn inject(&mut self, loaded: &Loaded, inject: &Inject, of_move: &str) {
        let sheet = &loaded.sheet;
        let who = sheet.stakeholders.iter().find(|who| *who.id == inject.from.value).map_or(&inject.from.value, |who| &who.words.value);
        // A name of twenty words is for a role card; here its first part tells who it is.
        let who = who.split([',', ':', ';']).next().unwrap_or(who).trim();
        let file = inject.artefact.as_ref().and_then(|file| artefact(loaded, &file.value));
        let kind = match inject.channel {
            Channel::Mail | Channel::Letter | Channel::Chat => Kind::Mail,
            Channel::Log | Channel::Alert | Channel::Ticket | Channel::Portal => Kind::Log,
            Channel::Phone | Channel::InPerson => Kind::Call,
            Channel::News | Channel::Social => Kind::Other,
        };
        let heard = inject.text.iter().map(|text| text.value.as_str()).chain(file);
        let what = format!("{} from {who}, {of_move}", inject.channel.label());
        self.add(kind, what, &joined(heard));
        let behind = inject.plain.iter().chain(&inject.expected).chain(&inject.why).map(|text| text.value.as_str());
        let replies = inject.replies.iter().flat_map(|reply| [reply.asked.value.as_str(), &reply.say.value]);
        let turns = inject.wrong_turns.iter().flat_map(|turn| [turn.when.value.as_str(), &turn.say.value]);
        self.other(&format!("facilitator's script, {of_move}"), behind.chain(replies).chain(turns));
    }
}

/// The text of a file that is looked at.
fn artefact<'a>(loaded: &'a Loaded, name: &str) -> Option<&'a str> {
    loaded.sources.files().iter().find(|file| file.part == Part::Artefact && file.name == name).map(|file| file.text.as_str())
}

/// Where each variable is used, by its id. One that no text uses is not in it.
pub fn uses(loaded: &Loaded) -> BTreeMap<String, Use> {
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    for sample in all(loaded) {
        for variable in variables_in(&sample.text) {
            if !loaded.sheet.variables.iter().any(|known| *known.id == *variable) {
                continue;
            }
            let entry = uses.entry(variable.to_owned()).or_default();
            entry.times += 1;
            if entry.texts.last() != Some(&sample.what) && !entry.texts.contains(&sample.what) {
                entry.texts.push(sample.what.clone());
            }
        }
    }
    uses
}

/// Three texts that show what the names make of the scenario: a mail, a log or a call, and what is read aloud when the first move opens. Of several,
/// the one with the most names. Where a scenario has no such text, there are fewer.
pub fn samples(loaded: &Loaded) -> Vec<Sample> {
    let all = all(loaded);
    let names = |sample: &Sample| {
        let mut names: Vec<&str> = variables_in(&sample.text).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    let most = |kinds: &[Kind]| {
        let mut best: Option<(usize, &Sample)> = None;
        for sample in all.iter().filter(|sample| kinds.contains(&sample.kind)) {
            let count = names(sample);
            if best.is_none_or(|(known, _)| count > known) {
                best = Some((count, sample));
            }
        }
        best.map(|(_, sample)| sample.clone())
    };
    let aloud = all.iter().find(|sample| sample.kind == Kind::ReadAloud).cloned();
    [most(&[Kind::Mail]), most(&[Kind::Log, Kind::Call]), aloud].into_iter().flatten().collect()
}

/// The first text that a variable shows in, where people hear or see it; for a field that none of the samples shows.
pub fn where_it_shows(loaded: &Loaded, variable: &str) -> Option<Sample> {
    let all = all(loaded);
    let has = |sample: &&Sample| variables_in(&sample.text).any(|name| name == variable);
    all.iter().filter(has).find(|sample| sample.kind != Kind::Other).or_else(|| all.iter().find(has)).cloned()
}
