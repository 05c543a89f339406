//! How many of each thing a scenario may have.
//!
//! A scenario of ninety minutes has three moves, fifteen injects and a hundred machines. The bounds lie far above what any author needs, and
//! low enough that every pass over a file that keeps them, and playing it, ends within seconds, whatever the file says. They are looked at
//! before anything else: what exceeds one is neither checked further nor compiled.

use crate::ids::RoleSet;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::located::{Located, Place};
use crate::scenario::reference::Id;
use crate::scenario::written::{Order, Profile, Record, Sheet, TimedOrder};
use crate::time::Span;

/// The most machines, those that `count` stands for included: as many as the speed budget of a run is stated for.
pub const MOST_MACHINES: usize = 10_000;
/// The longest exercise: story time is played, and sixty days of it is a campaign of its own.
pub const LONGEST_EXERCISE: Span = Span::hours(60 * 24);
/// The most alerts that mean nothing, over the whole exercise and all sensors. Nobody reads thousands, and those of an unwatched weekend come
/// all at once.
pub const MOST_FALSE_ALERTS: i64 = 5_000;
/// The most people that all vendors together bring.
pub const MOST_BROUGHT: usize = 500;
/// The most things that an adversary does at once: it weighs all of its stages for each.
pub const MOST_HANDS: u8 = 16;
/// The most choices of one gate.
pub const MOST_CHOICES: usize = 50;
/// The most terms of all conditions together, alternatives and what is negated included.
pub const MOST_TERMS: usize = 10_000;

/// The most things that one order names: as many as a person could tick in a list. Groups stand for more.
pub const MOST_NAMES: usize = 200;
/// The most orders in a file of orders, and in all choices and plans of a scenario together.
pub const MOST_ORDERS: usize = 2_000;
/// The most orders of one choice: all are given in one second.
pub const MOST_ORDERS_OF_A_CHOICE: usize = 100;
/// The most things that all orders of one choice name together: each is an order of that second, and far fewer than may be due in one.
pub const MOST_NAMES_OF_A_CHOICE: usize = 1_000;
/// The most records in a file of records: a room of ninety minutes decides fifteen things.
pub const MOST_RECORDS: usize = 200;
/// The longest record, in characters, in a file and as it is typed: one thing that was decided, in a sentence or two. All of it is looked through for
/// what it may mean.
pub const LONGEST_RECORD: usize = 400;
/// The most characters in all records of a file together.
pub const MOST_RECORDED: usize = 20_000;
/// The longest title, in characters: it stands on one line of a list.
pub const LONGEST_TITLE: usize = 200;
/// The longest value of a variable, in characters: it is filled in wherever a text names it.
pub const LONGEST_VALUE: usize = 2_000;
/// The most characters that names put into all texts together, those of the script and the debrief included. A scenario names things some hundred
/// times, with some twenty letters each.
pub const MOST_FILLED_IN: usize = 500_000;
/// The longest name of a vendor, in characters: each of its people has it.
pub const LONGEST_NAME: usize = 200;
/// The most characters in names and descriptions of all machines together, each as often as it counts.
pub const MOST_SAID_OF_MACHINES: usize = 2_000_000;

/// More dues than this in one second of play are a circle ..
const DUES_IN_ONE_INSTANT: usize = 10_000;
/// .. and so many more for each machine: one order on a group of all of them touches every one in each room that has to hear of it.
const DUES_FOR_A_MACHINE: usize = 10;

/// How many things may be due in one second of a scenario with so many machines.
pub fn dues_in_one_instant(machines: usize) -> usize {
    DUES_IN_ONE_INSTANT + DUES_FOR_A_MACHINE * machines
}

/// Of what there is too much where names fill too much.
const FILLED_IN: &str = "characters that names put into the texts";

/// What names put into the texts is too much; the value that takes most of it stands here.
pub fn filled_in_too_much(at: Place, count: usize) -> Excess {
    Excess { at, what: FILLED_IN, count, most: MOST_FILLED_IN }
}

/// Too many of something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Excess {
    /// The first that is too many.
    pub at: Place,
    /// Of what, in the plural.
    pub what: &'static str,
    /// How many there are.
    pub count: usize,
    /// How many there may be.
    pub most: usize,
}

impl Excess {
    /// As a finding.
    pub fn report(&self, found: &mut Diagnostics) {
        let Excess { at, what, count, most } = self;
        found.add(Code::TooMany, *at, format!("{count} {what}"), format!("at most {most}"), self.help());
    }

    /// What to do about it.
    fn help(&self) -> &'static str {
        match self.what {
            FILLED_IN => "make the value that stands here shorter, or name it in fewer places: this one takes most of them",
            what if what.starts_with("characters") => "nobody reads so much where it stands; the rest is checked once it is shorter",
            _ => "no room can play so much; the rest is checked once there is less of it",
        }
    }
}

/// What names too much among these orders.
fn orders<'a>(orders: impl Iterator<Item = &'a Order>) -> impl Iterator<Item = Excess> {
    orders.filter_map(|order| names(&order.on, |target| target.at))
}

fn names<T>(on: &[T], at: impl Fn(&T) -> Place) -> Option<Excess> {
    on.get(MOST_NAMES).map(|first| Excess { at: at(first), what: "names in one order", count: on.len(), most: MOST_NAMES })
}

fn too_long(text: &Located<String>, what: &'static str, most: usize) -> Option<Excess> {
    // Letters have at most four bytes: what is short in bytes need not be counted.
    let count = if text.value.len() <= most { 0 } else { text.value.chars().count() };
    (count > most).then_some(Excess { at: text.at, what, count, most })
}

/// Everything of which there is too much in a file of orders.
pub fn exceeded_by_orders(items: &[TimedOrder]) -> Vec<Excess> {
    let most = MOST_ORDERS;
    let many = items.get(most).map(|first| Excess { at: first.at.at, what: "orders in one file", count: items.len(), most });
    many.into_iter().chain(orders(items.iter().map(|item| &item.order))).collect()
}

/// Everything of which there is too much in a file of records.
pub fn exceeded_by_records(items: &[Record]) -> Vec<Excess> {
    let most = MOST_RECORDS;
    let many = items.get(most).map(|first| Excess { at: first.says.at, what: "records in one file", count: items.len(), most });
    let positions = items.iter().filter_map(|record| {
        let first = record.positions.get(RoleSet::CAPACITY)?;
        Some(Excess { at: first.role.at, what: "positions in one record", count: record.positions.len(), most: RoleSet::CAPACITY })
    });
    let long = items.iter().filter_map(|record| too_long(&record.says, "characters in one record", LONGEST_RECORD));
    let all = weighed("characters in all records", MOST_RECORDED, items.iter().map(|record| (record.says.at, record.says.chars().count())));
    many.into_iter().chain(positions).chain(long).chain(all).collect()
}

/// Everything of which there is too much in a profile.
pub fn exceeded_by_profile(profile: &Profile) -> Vec<Excess> {
    profile.values.iter().filter_map(|value| too_long(&value.is, "characters in the value of one variable", LONGEST_VALUE)).collect()
}

/// Everything of which there is too much.
pub fn exceeded(sheet: &Sheet) -> Vec<Excess> {
    let mut found = Vec::new();
    let mut add = |what: &'static str, most: usize, places: &mut dyn Iterator<Item = Place>| {
        let mut count = 0;
        let mut first = None;
        for at in places {
            count += 1;
            if count == most + 1 {
                first = Some(at);
            }
        }
        found.extend(first.map(|at| Excess { at, what, count, most }));
    };
    macro_rules! bound {
        ($($most:literal $what:literal $list:expr;)*) => { $(add($what, $most, &mut $list.iter().map(|item| place(&item.id)));)* };
    }
    bound! {
        500 "sources" sheet.sources;
        20 "cuts" sheet.cuts;
        300 "variables" sheet.variables;
        100 "questions about us" sheet.about_us;
        200 "claims" sheet.claims;
        50 "objectives" sheet.objectives;
        200 "stakeholders" sheet.stakeholders;
        1000 "staff" sheet.staff;
        100 "vendors" sheet.vendors;
        500 "actions" sheet.actions;
        1000 "techniques" sheet.techniques;
        500 "notification rules" sheet.rules;
        100 "moves" sheet.moves;
        500 "statements" sheet.statements;
        500 "teaching points" sheet.teaching;
        1000 "sensors" sheet.sensors;
    }
    add("roles", RoleSet::CAPACITY, &mut sheet.roles.iter().map(|role| role.id.at));
    let targets = || sheet.objectives.iter().flat_map(|objective| &objective.targets);
    add("targets", 200, &mut targets().map(|target| target.id.at));
    add("criteria", 500, &mut targets().flat_map(|target| &target.criteria).map(|criterion| criterion.id.at));
    let moves = || sheet.moves.iter();
    let injects = moves().flat_map(|turn| &turn.injects).chain(&sheet.deck).map(|inject| inject.id.at);
    let voices = moves().flat_map(|turn| &turn.voices).map(|voice| voice.id.at);
    add("injects and voices", 2000, &mut injects.chain(voices));
    let gates = || moves().flat_map(|turn| &turn.gates);
    add("gates", 200, &mut gates().map(|gate| gate.id.at));
    for gate in gates() {
        add("choices of one gate", MOST_CHOICES, &mut gate.choices.iter().map(|choice| choice.id.at));
    }
    let choices = || gates().flat_map(|gate| &gate.choices);
    let steps = || sheet.plan.iter().flat_map(|plan| &plan.steps);
    for choice in choices() {
        let named = choice.orders.iter().flat_map(|order| &order.on);
        add("names in all orders of one choice", MOST_NAMES_OF_A_CHOICE, &mut named.map(|target| target.at));
        add("orders of one choice", MOST_ORDERS_OF_A_CHOICE, &mut choice.orders.iter().map(|order| order.action.at));
    }
    let ordered = || choices().flat_map(|choice| &choice.orders).chain(steps().flat_map(|step| &step.orders));
    add("orders of all choices and plans", MOST_ORDERS, &mut ordered().map(|order| order.action.at));
    if let Some(plan) = &sheet.plan {
        add("severity levels", 20, &mut plan.severity.iter().map(|level| level.id.at));
        add("steps of the plan", 500, &mut plan.steps.iter().map(|step| step.id.at));
    }
    if let Some(campaign) = &sheet.campaign {
        // All of the past is laid down at once, each step with its traces on each machine: see [`dues_in_one_instant`].
        add("steps of the past", 200, &mut campaign.past.iter().map(|past| past.id.at));
        add("stages", 200, &mut campaign.next.iter().map(|stage| stage.id.at));
    }
    if let Some(estate) = &sheet.estate {
        add("segments", 500, &mut estate.segments.iter().map(|segment| segment.id.at));
        add("groups", 500, &mut estate.groups.iter().map(|group| group.id.at));
        add("data stores", 1000, &mut estate.data.iter().map(|data| data.id.at));
        add("logins", 1000, &mut estate.logins.iter().map(|login| login.id.at));
        add("links", 1000, &mut estate.links.iter().map(|link| link.id.at));
        add("services", 500, &mut estate.services.iter().map(|service| service.id.at));
        let machines = estate.assets.iter().map(|asset| (asset.id.at, asset.count.as_ref().map_or(1, |count| usize::from(count.value))));
        found.extend(weighed("machines", MOST_MACHINES, machines));
        let said = estate.assets.iter().map(|asset| {
            let letters = asset.named.chars().count() + asset.text.as_ref().map_or(0, |text| text.chars().count());
            (asset.id.at, letters.saturating_mul(asset.count.as_ref().map_or(1, |count| usize::from(count.value))))
        });
        found.extend(weighed("characters in names and descriptions of machines", MOST_SAID_OF_MACHINES, said));
    }
    if let Some(hands) = sheet.campaign.iter().filter_map(|campaign| campaign.hands.as_ref()).find(|hands| hands.value > MOST_HANDS) {
        found.push(Excess { at: hands.at, what: "hands of an adversary", count: hands.value.into(), most: MOST_HANDS.into() });
    }
    found.extend(orders(ordered()));
    found.extend(sheet.actions.iter().filter_map(|action| names(&action.on, |target| target.at)));
    found.extend(sheet.title.iter().filter_map(|title| too_long(title, "characters in the title", LONGEST_TITLE)));
    let examples = sheet.variables.iter().map(|variable| &variable.example);
    found.extend(examples.filter_map(|example| too_long(example, "characters in the value of one variable", LONGEST_VALUE)));
    found.extend(sheet.vendors.iter().filter_map(|vendor| too_long(&vendor.named, "characters in the name of a vendor", LONGEST_NAME)));
    let brings = sheet.vendors.iter().flat_map(|vendor| &vendor.brings);
    found.extend(weighed("people of vendors", MOST_BROUGHT, brings.map(|brings| (brings.people.at, usize::from(brings.people.value)))));
    found
}

fn place<K>(id: &Id<K>) -> Place {
    id.at
}

/// The same for things that stand for several.
fn weighed(what: &'static str, most: usize, items: impl Iterator<Item = (Place, usize)>) -> Option<Excess> {
    let mut count = 0_usize;
    let mut first = None;
    for (at, weight) in items {
        count = count.saturating_add(weight);
        if count > most {
            first.get_or_insert(at);
        }
    }
    first.map(|at| Excess { at, what, count, most })
}
