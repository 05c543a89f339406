//! From what an author wrote to a [`Program`]: every reference resolved, every name filled in, every answer applied, every moment a number.
//!
//! Compiling never guesses and never panics: whatever cannot be resolved, or could never happen, is a [`Problem`] with its place, and all of
//! them are found in one go. What is merely unwise is the business of checking, not of compiling.

mod campaign;
pub mod conditions;
mod estate;
mod moves;
mod names;
pub mod orders;
mod people;
mod rubric;
mod script;
pub mod text;
mod words;

#[cfg(test)]
pub(in crate::scenario) mod tests;

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::ids::*;
use crate::scenario::bounds::{self, Excess};
use crate::scenario::load::Loaded;
use crate::scenario::located::{Located, Place};
use crate::scenario::program::{Cut, Program, Public, Rubric, Secret, Source};
use crate::scenario::reference::{Id, Kind, Ref};
use crate::scenario::source::Part;
use crate::scenario::written::{self, Answer, Profile, Setting, Sheet};
use crate::time::{Calendar, ClockChange, ExerciseTime};
use crate::vocabulary::condition::Conditions;
use crate::vocabulary::encoding::NameHashes;

use conditions::Terms;
pub use names::Names;
pub use orders::{PlainOrder, id_of, orders, target_key, written};

/// What adapts a scenario before play.
#[derive(Clone, Debug, Default)]
pub struct Tailoring<'a> {
    /// Names, and answers about the organisation.
    pub profile: Option<&'a Profile>,
    /// The id of the cut; the first, where none is said. A scenario without cuts has one, `all`, of all its moves.
    pub cut: Option<String>,
}

/// Something that keeps a scenario from being played.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where it was written; the default place where it is about the whole.
    pub at: Place,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What there is too much of, if that is it.
    pub excess: Option<Excess>,
}

impl Problem {
    fn new(at: Place, message: String) -> Problem {
        Problem { at, message, excess: None }
    }
}

impl From<Excess> for Problem {
    fn from(excess: Excess) -> Problem {
        let message = format!("there can be at most {} {}, not {}", excess.most, excess.what, excess.count);
        Problem { at: excess.at, message, excess: Some(excess) }
    }
}

/// Compiles a scenario. `sheet` is the scenario with its parts and libraries joined, `files` are the texts of artefacts by the path that
/// injects name, `identity` is the hash of all its files.
///
/// # Errors
/// Everything that does not resolve or could never happen.
pub fn compile(sheet: &Sheet, tailoring: &Tailoring<'_>, files: &BTreeMap<String, String>, identity: &str) -> Result<Program, Vec<Problem>> {
    let mut problems = too_many(sheet, tailoring.profile);
    if !problems.is_empty() {
        return Err(problems);
    }
    let names = names_of(sheet, &mut problems);
    if !problems.is_empty() {
        // Tables that are too large or ambiguous would make every further message wrong.
        return Err(problems);
    }
    let mut compiler = Compiler {
        sheet,
        files,
        names,
        values: BTreeMap::new(),
        answers: Vec::new(),
        calendar: Calendar::new(NaiveDateTime::default()),
        group_sets: Vec::new(),
        problems: RefCell::new(problems),
        room: RefCell::default(),
    };
    let program = compiler.program(tailoring, identity);
    compiler.filled_in(tailoring.profile);
    let problems = compiler.problems.into_inner();
    if problems.is_empty() { Ok(program) } else { Err(problems) }
}

/// Compiles what was loaded: its sheet, the texts of its artefacts, its identity. Whether loading found errors is for the caller to look at
/// first; what could not be read is not in the sheet.
///
/// # Errors
/// As [`compile`].
pub fn compile_loaded(loaded: &Loaded, tailoring: &Tailoring<'_>) -> Result<Program, Vec<Problem>> {
    let shown = loaded.sources.files().iter().filter(|file| matches!(file.part, Part::Artefact | Part::Picture));
    let files = shown.map(|file| (file.name.clone(), file.text.clone())).collect();
    let identity = blake3::Hash::from_bytes(loaded.sources.identity()).to_hex();
    compile(&loaded.sheet, tailoring, &files, &identity)
}

struct Compiler<'a> {
    sheet: &'a Sheet,
    files: &'a BTreeMap<String, String>,
    names: Names,
    /// What each variable is here.
    values: BTreeMap<String, String>,
    /// To each question: the answer as given, and what it counts as.
    answers: Vec<(Answer, Answer)>,
    calendar: Calendar,
    /// The machines of each group, as far as groups have been read.
    group_sets: Vec<AssetSet>,
    problems: RefCell<Vec<Problem>>,
    /// What names have put into texts so far.
    room: RefCell<text::Room>,
}

impl<'a> Compiler<'a> {
    fn program(&mut self, tailoring: &Tailoring<'_>, identity: &str) -> Program {
        self.tailor(tailoring.profile);
        let (startex, endex) = (self.date(self.sheet.startex.as_ref(), "startex"), self.date(self.sheet.endex.as_ref(), "endex"));
        self.calendar = Calendar::with_changes(startex, &self.clock_changes());
        let endex = self.calendar.time_of(endex);
        if endex.0 <= 0 {
            let at = self.sheet.endex.as_ref().map_or_else(Place::default, |endex| endex.at);
            self.problem(at, "ENDEX comes after STARTEX".to_owned());
        } else if endex.0 > bounds::LONGEST_EXERCISE.0 {
            let at = self.sheet.endex.as_ref().map_or_else(Place::default, |endex| endex.at);
            self.problem(at, format!("an exercise lasts at most {}", bounds::LONGEST_EXERCISE));
        } else {
            self.noise(endex);
        }
        let chosen = self.cut(tailoring.cut.as_deref());
        let mut public = self.head(tailoring.profile, chosen.cut.clone(), endex, identity);
        let mut secret = Secret {
            truth: Vec::new(),
            wants: String::new(),
            hands: 0,
            patience: 0,
            hurry: None,
            lie_low: None,
            past: Vec::new(),
            stages: Vec::new(),
            stakeholders: Vec::new(),
            injects: Vec::new(),
            gates: Vec::new(),
            out_of_reach: Vec::new(),
        };

        if let Some(estate) = &self.sheet.estate {
            self.ground(estate, &mut public);
        }
        // From here on every name can be resolved, so the order is only that of reading.
        let compiler: &Compiler<'_> = self;
        let terms = Terms::with(&compiler.names, compiler.calendar, compiler.choices_by_gate());
        let mut conditions = Conditions::default();
        if let Some(estate) = &compiler.sheet.estate {
            secret.out_of_reach = compiler.estate(estate, &mut public);
        }
        compiler.sensors(&compiler.sheet.sensors, &mut public);
        compiler.techniques(&mut public);
        secret.truth = compiler.truth();
        compiler.actions(&terms, &mut public);
        compiler.roles(&mut public);
        compiler.labour(&mut public);
        compiler.statements(&terms, &mut public);
        compiler.rules(&mut public);
        secret.stakeholders = compiler.stakeholders(&terms, &mut conditions, &mut public);
        if let Some(campaign) = &compiler.sheet.campaign {
            compiler.campaign(campaign, &mut secret);
        }
        compiler.moves(&chosen, &terms, &mut conditions, &mut public, &mut secret);
        compiler.choices(&mut public);
        compiler.settings(&mut public, &mut secret);
        compiler.own_orders(&mut public);
        let rubric = compiler.rubric(&chosen, &terms, &mut conditions, &public);
        compiler.problems.borrow_mut().extend(terms.into_problems());

        let script = compiler.script(&chosen, &public, &secret);
        conditions.index();
        let names = hashes(&public, &secret.stages.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>(), &rubric, &conditions);
        Program { public, secret, rubric, script, conditions, names }
    }

    /// What nobody could play, and no machine in reasonable time. Checking says it better; but what a journal carries is not checked again.
    fn noise(&self, endex: ExerciseTime) {
        let mut total = 0_i64;
        for noise in self.sheet.sensors.iter().filter_map(|sensor| sensor.noise_a_day.as_ref()) {
            total = total.saturating_add(i64::from(noise.value) * endex.0 / 86_400);
            if total > bounds::MOST_FALSE_ALERTS {
                self.problem(noise.at, format!("there can be at most {} alerts that mean nothing, over all sensors", bounds::MOST_FALSE_ALERTS));
                return;
            }
        }
    }

    /// Names and answers, from the scenario's own examples and the profile.
    fn tailor(&mut self, profile: Option<&Profile>) {
        let sheet = self.sheet;
        self.values = sheet.variables.iter().map(|variable| (variable.id.text.clone(), variable.example.value.clone())).collect();
        let mut given: Vec<Option<Answer>> = vec![None; sheet.about_us.len()];
        if let Some(profile) = profile {
            if let (Some(for_scenario), Some(id)) = (&profile.scenario, &sheet.id)
                && for_scenario.value != id.value
            {
                self.problem(for_scenario.at, format!("this profile is for the scenario `{}`, not for `{}`", for_scenario.value, id.value));
            }
            for value in &profile.values {
                match self.values.get_mut(&value.of.text) {
                    Some(known) => known.clone_from(&value.is.value),
                    None => {
                        let message = names::unknown("variable", &value.of, sheet.variables.iter().map(|variable| variable.id.text.as_str()));
                        self.problem(value.of.at, message);
                    }
                }
            }
            for answered in &profile.answers {
                if let Some(place) = self.question(&answered.to) {
                    given[place] = Some(answered.is);
                }
            }
        }
        let answers = sheet.about_us.iter().zip(given).map(|(question, given)| match given {
            None => (question.unless_told, question.unless_told),
            Some(Answer::Unsure) => (Answer::Unsure, question.unless_told),
            Some(answer) => (answer, answer),
        });
        self.answers = answers.collect();
    }

    fn question<K>(&self, written: &Ref<K>) -> Option<usize> {
        let place = self.sheet.about_us.iter().position(|question| question.id.text == written.text);
        if place.is_none() {
            let known = self.sheet.about_us.iter().map(|question| question.id.text.as_str());
            self.problem(written.at, names::unknown("question about us", written, known));
        }
        place
    }

    /// What the answer to a question counts as.
    fn answer<K>(&self, written: &Ref<K>) -> Option<Answer> {
        self.question(written).and_then(|place| self.answers.get(place)).map(|(_, counts_as)| *counts_as)
    }

    fn date(&self, written: Option<&Located<String>>, field: &str) -> NaiveDateTime {
        let wanted = format!("`{field}` is a date and a time of day, as in \"2026-05-14 16:20\"");
        match written {
            None => self.problem(Place::default(), format!("{wanted}; it is missing")),
            Some(written) => match NaiveDateTime::parse_from_str(written.trim(), "%Y-%m-%d %H:%M") {
                Ok(date) => return date,
                Err(_) => self.problem(written.at, format!("{wanted}, not `{}`", written.value)),
            },
        }
        NaiveDateTime::default()
    }

    fn clock_changes(&self) -> Vec<ClockChange> {
        let written = |change: &written::ClockChange| ClockChange { at: self.date(Some(&change.at), "at"), by: change.by.value };
        self.sheet.clock_changes.iter().map(written).collect()
    }

    fn head(&self, profile: Option<&Profile>, cut: Cut, endex: ExerciseTime, identity: &str) -> Public {
        let sheet = self.sheet;
        let needed = |written: &Option<Located<String>>, field: &str| {
            if written.is_none() {
                self.problem(Place::default(), format!("the scenario has no `{field}`"));
            }
            self.text_of(written.as_ref())
        };
        if sheet.family.is_none() {
            self.problem(Place::default(), "the scenario has no `family`".to_owned());
        }
        let texts = |list: &[Located<String>]| list.iter().map(|text| self.text(text)).collect();
        let source_of = |point: &written::Point| {
            let source = point.source.as_ref()?;
            let place = sheet.sources.iter().position(|cite| cite.id.text == source.text);
            if place.is_none() {
                self.problem(source.at, names::unknown("source", source, sheet.sources.iter().map(|cite| cite.id.text.as_str())));
            }
            place
        };
        Public {
            id: needed(&sheet.id, "id"),
            title: needed(&sheet.title, "title"),
            about: sheet.about.as_deref().map(|about| self.text(about)).unwrap_or_default(),
            family: sheet.family.as_ref().map_or(written::Family::Ransomware, |family| family.value),
            audience: sheet.audience.unwrap_or_default(),
            difficulty: sheet.difficulty.unwrap_or_default(),
            time_zone: self.text_of(profile.and_then(|profile| profile.time_zone.as_ref()).or(sheet.time_zone.as_ref())),
            attack_version: self.text_of(sheet.attack_version.as_ref()),
            identity: identity.to_owned(),
            profile: profile.map(|profile| profile.id.as_ref().map_or_else(String::new, |id| id.value.clone())),
            cut,
            calendar: self.calendar,
            endex,
            currency: self.currency(),
            currency_renamed: self.written_currency().is_some_and(|written| written != self.currency()),
            assumptions: texts(&sheet.assumptions),
            artificialities: texts(&sheet.artificialities),
            out_of_scope: texts(&sheet.out_of_scope),
            sensitive_topics: texts(&sheet.sensitive_topics),
            sources: sheet
                .sources
                .iter()
                .map(|cite| Source { id: cite.id.text.clone(), title: self.text(&cite.title), url: cite.url.clone() })
                .collect(),
            teaching: sheet.teaching.iter().map(|point| (self.text(&point.text), source_of(point))).collect(),
            answers: sheet.about_us.iter().zip(&self.answers).map(|(question, (given, _))| (question.id.text.clone(), *given)).collect(),
            roles: Vec::new(),
            segments: Vec::new(),
            assets: Vec::new(),
            groups: Vec::new(),
            data: Vec::new(),
            logins: Vec::new(),
            links: Vec::new(),
            services: Vec::new(),
            sensors: Vec::new(),
            techniques: Vec::new(),
            claims: sheet
                .claims
                .iter()
                .map(|claim| crate::scenario::program::Claim { id: claim.id.text.clone(), text: self.text(&claim.text) })
                .collect(),
            actions: Vec::new(),
            staff: Vec::new(),
            vendors: Vec::new(),
            stakeholders: Vec::new(),
            statements: Vec::new(),
            rules: Vec::new(),
            levels: Vec::new(),
            moves: Vec::new(),
            injects: Vec::new(),
            gates: Vec::new(),
        }
    }

    /// The variable of that name; otherwise that of the first amount; otherwise euro.
    fn currency(&self) -> String {
        if let Some(currency) = self.values.get("currency") {
            return currency.clone();
        }
        self.written_currency().unwrap_or_else(|| "EUR".to_owned())
    }

    /// The currency in which the author wrote amounts; none if there are none.
    fn written_currency(&self) -> Option<String> {
        let services = self.sheet.estate.iter().flat_map(|estate| &estate.services).filter_map(|service| service.cost_an_hour.as_ref());
        let vendors = self.sheet.vendors.iter().filter_map(|vendor| vendor.cost_an_hour.as_ref());
        services.chain(vendors).next().map(|amount| amount.currency.clone())
    }

    /// What the answers set.
    fn settings(&self, public: &mut Public, secret: &mut Secret) {
        for (question, (_, answer)) in self.sheet.about_us.iter().zip(&self.answers) {
            let (holds, other) = match answer {
                Answer::Yes => (&question.yes[..], &question.no[..]),
                Answer::No => (&question.no[..], &question.yes[..]),
                Answer::Unsure => (&[][..], &[][..]),
            };
            holds.iter().for_each(|setting| self.set(setting, Some((public, secret))));
            // What the other answer would set has to resolve as well.
            other.iter().for_each(|setting| self.set(setting, None));
        }
    }

    fn set(&self, setting: &Setting, tables: Option<(&mut Public, &mut Secret)>) {
        macro_rules! with {
            ($id:expr, |$found:ident, $public:ident, $secret:ident| $set:expr) => {
                if let (Some($found), Some(($public, $secret))) = ($id, tables) {
                    let _ = (&$public, &$secret);
                    $set;
                }
            };
        }
        match setting {
            Setting::Blocks { sensor } => with!(self.id::<_, SensorId>(sensor), |id, public, secret| public.sensors[id.index()].blocks = true),
            Setting::Covers { sensor, assets } => {
                let more = self.machines(assets);
                with!(self.id::<_, SensorId>(sensor), |id, public, secret| more.iter().for_each(|asset| {
                    public.sensors[id.index()].covers.insert(asset);
                }));
            }
            Setting::OutOfReach { data } => with!(self.id::<_, DataId>(data), |id, public, secret| secret.out_of_reach[id.index()] = true),
            Setting::Watched { sensor, hours } => {
                with!(self.id::<_, SensorId>(sensor), |id, public, secret| public.sensors[id.index()].watched = *hours)
            }
            Setting::SecondFactor { link } => {
                with!(self.id::<_, LinkId>(link), |id, public, secret| public.links[id.index()].second_factor = true)
            }
            Setting::LeadTime { vendor, takes } => {
                with!(self.id::<_, VendorId>(vendor), |id, public, secret| public.vendors[id.index()].arrives_within = takes.value)
            }
            Setting::Rule { rule, aware_of } => {
                let claims: Vec<ClaimId> = self.list(aware_of);
                with!(self.id::<_, RuleId>(rule), |id, public, secret| {
                    let rule = &mut public.rules[id.index()];
                    rule.in_force = true;
                    for claim in claims {
                        if !rule.aware_of.contains(&claim) {
                            rule.aware_of.push(claim);
                        }
                    }
                });
            }
            Setting::NoWay { from, to } => {
                let to_internet = to.text == "internet";
                let to: Option<SegmentId> = if to_internet { None } else { self.id(to) };
                with!(self.id::<_, SegmentId>(from), |id, public, secret| {
                    let segment = &mut public.segments[id.index()];
                    if to_internet {
                        segment.internet = false;
                    }
                    segment.talks_to.retain(|other| Some(*other) != to);
                });
            }
        }
    }

    fn choices_by_gate(&self) -> Vec<Vec<String>> {
        let gates = self.sheet.moves.iter().flat_map(|one| &one.gates);
        gates.map(|gate| gate.choices.iter().map(|choice| choice.id.value.clone()).collect()).collect()
    }

    fn problem(&self, at: Place, message: String) {
        self.problems.borrow_mut().push(Problem::new(at, message));
    }

    /// The dense id of a reference.
    fn id<K, T: DenseId>(&self, written: &Ref<K>) -> Option<T> {
        self.names.resolve(written).map_err(|message| self.problem(written.at, message)).ok()
    }

    /// The dense ids of references, without doubles; `"all"` means all, where its kind allows it.
    fn list<K: Kind, T: DenseId>(&self, refs: &[Ref<K>]) -> Vec<T> {
        let mut list = Vec::new();
        for written in refs {
            if written.text == "all" && K::WORDS.contains(&"all") {
                return (0..self.names.count(T::KIND)).map(T::at).collect();
            }
            list.extend(self.id(written).filter(|found| !list.contains(found)));
        }
        list
    }

    fn text(&self, text: &str) -> String {
        self.text_of_each(text, 1)
    }

    /// A text that so many things have, each for itself.
    fn text_of_each(&self, text: &str, copies: usize) -> String {
        text::fill_within(text, &self.values, copies, &mut self.room.borrow_mut())
    }

    /// Whether names put too much into the texts.
    fn filled_in(&self, profile: Option<&Profile>) {
        let room = self.room.borrow();
        let Some((count, name)) = room.exceeded() else { return };
        // Of what a profile says twice, the last word counts.
        let tailored = profile.and_then(|profile| profile.values.iter().rfind(|value| value.of.text == name)).map(|value| value.is.at);
        let example = || self.sheet.variables.iter().rfind(|variable| variable.id.text == name).map(|variable| variable.example.at);
        let at = tailored.or_else(example).unwrap_or_default();
        self.problems.borrow_mut().push(bounds::filled_in_too_much(at, count).into());
    }

    fn text_of(&self, text: Option<&Located<String>>) -> String {
        text.map(|text| self.text(text)).unwrap_or_default()
    }
}

/// What [`bounds`] allow is counted before anything is written out: a few rows could ask for more than there is memory.
fn too_many(sheet: &Sheet, profile: Option<&Profile>) -> Vec<Problem> {
    let of_profile = profile.map(bounds::exceeded_by_profile).unwrap_or_default();
    bounds::exceeded(sheet).into_iter().chain(of_profile).map(Problem::from).collect()
}

/// The dense ids of everything that is defined, in the order of the file.
fn names_of(sheet: &Sheet, problems: &mut Vec<Problem>) -> Names {
    let mut names = Names::default();
    let mut enter = |kind: IdKind, ids: Vec<(String, Place)>| {
        let places: Vec<Place> = ids.iter().map(|(_, at)| *at).collect();
        let spelt: Vec<String> = ids.iter().map(|(id, _)| id.clone()).collect();
        for twice in names.enter(kind, ids.into_iter().map(|(id, _)| id)) {
            problems.push(Problem::new(places[twice], format!("there is a {} `{}` already", kind.label(), spelt[twice])));
        }
    };
    fn one<K>(id: &Id<K>) -> (String, Place) {
        (id.text.clone(), id.at)
    }
    let empty = written::Estate::default();
    let estate = sheet.estate.as_ref().unwrap_or(&empty);
    enter(IdKind::Role, sheet.roles.iter().map(|role| one(&role.id)).collect());
    enter(IdKind::Segment, estate.segments.iter().map(|segment| one(&segment.id)).collect());
    let counted = |asset: &written::Asset| estate::expanded(asset).into_iter().map(|id| (id, asset.id.at)).collect::<Vec<_>>();
    enter(IdKind::Asset, estate.assets.iter().flat_map(counted).collect());
    let alike = estate.assets.iter().filter(|asset| asset.count.is_some()).map(|asset| one(&asset.id));
    enter(IdKind::Group, alike.chain(estate.groups.iter().map(|group| one(&group.id))).collect());
    enter(IdKind::Data, estate.data.iter().map(|data| one(&data.id)).collect());
    enter(IdKind::Login, estate.logins.iter().map(|login| one(&login.id)).collect());
    enter(IdKind::Link, estate.links.iter().map(|link| one(&link.id)).collect());
    enter(IdKind::Service, estate.services.iter().map(|service| one(&service.id)).collect());
    enter(IdKind::Sensor, sheet.sensors.iter().map(|sensor| one(&sensor.id)).collect());
    let past = sheet.campaign.iter().flat_map(|campaign| &campaign.past).map(|past| one(&past.id));
    let next = sheet.campaign.iter().flat_map(|campaign| &campaign.next).map(|stage| one(&stage.id));
    enter(IdKind::Stage, past.chain(next).collect());
    enter(IdKind::Technique, sheet.techniques.iter().map(|technique| one(&technique.id)).collect());
    enter(IdKind::Claim, sheet.claims.iter().map(|claim| one(&claim.id)).collect());
    enter(IdKind::Action, sheet.actions.iter().map(|action| one(&action.id)).collect());
    let brought = sheet.vendors.iter().flat_map(|vendor| people::people_of(vendor).into_iter().map(|id| (id, vendor.id.at)));
    enter(IdKind::Staff, sheet.staff.iter().map(|staff| one(&staff.id)).chain(brought).collect());
    enter(IdKind::Vendor, sheet.vendors.iter().map(|vendor| one(&vendor.id)).collect());
    enter(IdKind::Stakeholder, sheet.stakeholders.iter().map(|stakeholder| one(&stakeholder.id)).collect());
    enter(IdKind::Statement, sheet.statements.iter().map(|statement| one(&statement.id)).collect());
    enter(IdKind::Rule, sheet.rules.iter().map(|rule| one(&rule.id)).collect());
    enter(IdKind::Level, sheet.plan.iter().flat_map(|plan| &plan.severity).map(|level| one(&level.id)).collect());
    enter(IdKind::Move, sheet.moves.iter().map(|one_move| one(&one_move.id)).collect());
    let in_moves = sheet.moves.iter().flat_map(|one_move| {
        let injects = one_move.injects.iter().map(|inject| one(&inject.id));
        injects.chain(one_move.voices.iter().map(|voice| one(&voice.id)))
    });
    enter(IdKind::Inject, in_moves.chain(sheet.deck.iter().map(|inject| one(&inject.id))).collect());
    enter(IdKind::Gate, sheet.moves.iter().flat_map(|one_move| &one_move.gates).map(|gate| one(&gate.id)).collect());
    let criteria = sheet.objectives.iter().flat_map(|objective| &objective.targets).flat_map(|target| &target.criteria);
    enter(IdKind::Criterion, criteria.map(|criterion| one(&criterion.id)).collect());
    names
}

/// The hashes of all ids; of conditions, which have none, those of their index.
fn hashes(public: &Public, stages: &[&str], rubric: &Rubric, conditions: &Conditions) -> NameHashes {
    let mut hashes = NameHashes::new();
    macro_rules! enter {
        ($($kind:ident $table:ident)*) => { $(hashes.enter(IdKind::$kind, public.$table.iter().map(|entry| entry.id.as_str()));)* };
    }
    enter! {
        Role roles  Asset assets  Group groups  Segment segments  Data data  Login logins  Link links  Service services  Sensor sensors
        Technique techniques  Claim claims  Action actions  Staff staff  Vendor vendors  Stakeholder stakeholders  Statement statements
        Rule rules  Level levels  Move moves  Inject injects  Gate gates
    }
    hashes.enter(IdKind::Stage, stages.iter().copied());
    hashes.enter(IdKind::Criterion, rubric.criteria.iter().map(|criterion| criterion.id.as_str()));
    let numbers: Vec<String> = (0..conditions.list.len()).map(|place| place.to_string()).collect();
    hashes.enter(IdKind::Condition, numbers.iter().map(String::as_str));
    hashes
}
