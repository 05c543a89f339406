//! Every text of a scenario, with who reads it.

use super::Context;
use crate::scenario::located::{Located, Place};
use crate::scenario::source::Part;
use crate::scenario::written::Basis;

/// Who reads a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    /// People who play, before the debrief.
    ByPlayers,
    /// Those who lead and evaluate.
    ByFacilitators,
    /// Everybody, afterwards.
    InDebrief,
}

/// A text and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    pub text: &'a str,
    pub at: Place,
    pub seen: Seen,
    /// It is a whole file: another program's format, in which braces are usual.
    pub file: bool,
}

struct Collector<'a> {
    texts: Vec<Text<'a>>,
}

impl<'a> Collector<'a> {
    fn add(&mut self, text: &'a Located<String>, seen: Seen) {
        self.texts.push(Text { text: &text.value, at: text.at, seen, file: false });
    }

    fn all(&mut self, texts: impl IntoIterator<Item = &'a Located<String>>, seen: Seen) {
        for text in texts {
            self.add(text, seen);
        }
    }

    /// A text without a place of its own stands with the id it belongs to.
    fn plain(&mut self, text: Option<&'a String>, at: Place, seen: Seen) {
        if let Some(text) = text {
            self.texts.push(Text { text, at, seen, file: false });
        }
    }
}

/// All texts but the examples of variables, in the order of the sheet.
pub(super) fn collect<'a>(context: &Context<'a>) -> Vec<Text<'a>> {
    use Seen::{ByFacilitators, ByPlayers, InDebrief};
    let sheet = context.sheet;
    let mut to = Collector { texts: Vec::new() };
    to.all(&sheet.title, ByPlayers);
    to.plain(sheet.about.as_ref(), sheet.title.as_ref().map_or(Place::default(), |title| title.at), ByPlayers);
    to.all(sheet.assumptions.iter().chain(&sheet.artificialities).chain(&sheet.out_of_scope).chain(&sheet.sensitive_topics), ByPlayers);
    for cite in &sheet.sources {
        to.plain(Some(&cite.title), cite.id.at, InDebrief);
    }
    for variable in &sheet.variables {
        to.plain(Some(&variable.about), variable.id.at, ByFacilitators);
    }
    for question in &sheet.about_us {
        to.add(&question.ask, ByFacilitators);
        to.plain(question.why.as_ref(), question.id.at, ByFacilitators);
        to.all(question.despite.iter().map(|despite| &despite.text), InDebrief);
    }
    for claim in &sheet.claims {
        to.add(&claim.text, ByPlayers);
    }
    for objective in &sheet.objectives {
        to.add(&objective.text, ByPlayers);
        for target in &objective.targets {
            to.add(&target.text, ByFacilitators);
            to.all(&target.tasks, ByFacilitators);
            for criterion in &target.criteria {
                to.all(&criterion.text, InDebrief);
                let says = match &criterion.basis {
                    Basis::Law { says, .. } | Basis::Standard { says, .. } | Basis::OwnPlan { says, .. } | Basis::Judgement { says, .. } => says,
                };
                to.plain(Some(says), criterion.id.at, InDebrief);
                if let crate::scenario::written::Measure::Judged { ask, look_for } = &criterion.measure {
                    to.add(ask, ByFacilitators);
                    to.all(look_for, ByFacilitators);
                }
            }
        }
    }
    people(sheet, &mut to);
    for action in &sheet.actions {
        to.add(&action.says, ByPlayers);
        to.plain(action.about.as_ref(), action.id.at, ByPlayers);
    }
    for rule in &sheet.rules {
        to.all([&rule.text, &rule.recipient].into_iter().chain(&rule.fields), ByPlayers);
    }
    moves(sheet, &mut to);
    for statement in &sheet.statements {
        to.add(&statement.text, ByPlayers);
    }
    for point in &sheet.teaching {
        to.add(&point.text, InDebrief);
    }
    estate(context, &mut to);
    if let Some(campaign) = &sheet.campaign {
        to.add(&campaign.wants, InDebrief);
        to.all(campaign.past.iter().map(|past| &past.text), InDebrief);
        to.all(campaign.next.iter().filter_map(|stage| stage.text.as_ref()), InDebrief);
    }
    for (index, file) in context.loaded.sources.files().iter().enumerate().filter(|(_, file)| file.part == Part::Artefact) {
        let at = Place { file: index as u16, offset: 0, length: 0 };
        to.texts.push(Text { text: &file.text, at, seen: ByPlayers, file: true });
    }
    to.texts
}

fn people<'a>(sheet: &'a crate::scenario::written::Sheet, to: &mut Collector<'a>) {
    use Seen::{ByFacilitators, ByPlayers};
    for role in &sheet.roles {
        to.plain(role.words.as_ref(), role.id.at, ByPlayers);
        to.all(&role.brief, ByPlayers);
    }
    for who in &sheet.stakeholders {
        to.add(&who.words, ByPlayers);
        to.all([&who.wants].into_iter().chain(&who.hides).chain(&who.lines), ByFacilitators);
    }
    for staff in &sheet.staff {
        to.add(&staff.named, ByPlayers);
    }
    for vendor in &sheet.vendors {
        to.all([&vendor.named, &vendor.text], ByPlayers);
    }
    for level in sheet.plan.iter().flat_map(|plan| &plan.severity) {
        to.add(&level.text, ByPlayers);
    }
}

fn inject<'a>(inject: &'a crate::scenario::written::Inject, to: &mut Collector<'a>) {
    use Seen::{ByFacilitators, ByPlayers};
    to.all([&inject.from].into_iter().chain(&inject.text).chain(&inject.plain), ByPlayers);
    to.all(inject.picture.iter().map(|picture| &picture.alt), ByPlayers);
    for reply in &inject.replies {
        to.add(&reply.asked, ByFacilitators);
        to.add(&reply.say, ByPlayers);
    }
    to.all(inject.expected.iter().chain(&inject.why), ByFacilitators);
    for turn in &inject.wrong_turns {
        to.all([&turn.when, &turn.say], ByFacilitators);
    }
}

fn moves<'a>(sheet: &'a crate::scenario::written::Sheet, to: &mut Collector<'a>) {
    use Seen::{ByFacilitators, ByPlayers};
    for turn in &sheet.moves {
        to.plain(turn.title.as_ref(), turn.id.at, ByPlayers);
        to.add(&turn.read_aloud, ByPlayers);
        to.all(turn.also_read.iter().map(|read| &read.say), ByPlayers);
        to.all(&turn.facilitator, ByFacilitators);
        for each in &turn.injects {
            inject(each, to);
        }
        for voice in &turn.voices {
            to.all(voice.text.iter().chain(&voice.plain), ByPlayers);
        }
        for question in &turn.questions {
            to.add(&question.ask, ByPlayers);
            to.all(question.listen_for.iter().chain(&question.if_quiet), ByFacilitators);
        }
        for gate in &turn.gates {
            to.add(&gate.ask, ByPlayers);
            to.all(&gate.dilemma, ByPlayers);
            for choice in &gate.choices {
                to.add(&choice.text, ByPlayers);
                to.all(&choice.feedback, ByPlayers);
            }
        }
    }
    for each in &sheet.deck {
        inject(each, to);
    }
}

fn estate<'a>(context: &Context<'a>, to: &mut Collector<'a>) {
    use Seen::ByPlayers;
    if let Some(estate) = &context.sheet.estate {
        for segment in &estate.segments {
            to.plain(segment.text.as_ref(), segment.id.at, ByPlayers);
        }
        for asset in &estate.assets {
            to.add(&asset.named, ByPlayers);
            to.plain(asset.text.as_ref(), asset.id.at, ByPlayers);
        }
        for group in &estate.groups {
            to.plain(group.text.as_ref(), group.id.at, ByPlayers);
        }
        for data in &estate.data {
            to.plain(data.text.as_ref(), data.id.at, ByPlayers);
        }
        for login in &estate.logins {
            to.plain(login.named.as_ref(), login.id.at, ByPlayers);
            to.plain(login.text.as_ref(), login.id.at, ByPlayers);
        }
        for link in &estate.links {
            to.plain(link.text.as_ref(), link.id.at, ByPlayers);
        }
        for service in &estate.services {
            to.add(&service.text, ByPlayers);
            to.all(service.workaround.iter().map(|workaround| &workaround.text), ByPlayers);
        }
    }
    for sensor in &context.sheet.sensors {
        to.plain(sensor.text.as_ref(), sensor.id.at, ByPlayers);
    }
}

/// The place of a part of a text: where it is written, if it is written as it reads.
pub(super) fn place(context: &Context<'_>, text: &Text<'_>, needle: &str, offset: usize) -> Place {
    if text.file {
        return Place { file: text.at.file, offset: offset as u32, length: needle.len() as u32 };
    }
    context.within(text.at, needle)
}
