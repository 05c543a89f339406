//! Works as a careful team would, by what it has been told and by nothing else.
//!
//! Read [`DUTIES`] first: who sees to what, and in which order a role takes its duties up. Each duty is one small rule, `fn(&Mind) -> Option<Order>`:
//! the next order that this duty asks for, if any. A player that is called goes down its list and gives the first order there is; then it asks to be
//! called again shortly, and sees what has come of it.
//!
//! What the rules hold to be good practice follows NIST SP 800-61r3 (respond early, contain by what is known, keep evidence, recover in the order
//! of what people need), RFC 3227 (evidence by order of volatility), and the published reviews that scenarios cite. They were written without
//! regard to any rubric, and are frozen before weights are set.

mod command;
mod containment;
mod continuity;
mod desk;
mod duties;
mod gates;
mod inquiry;
mod memory;
mod mind;
mod recovery;
mod triage;
mod words;

use std::sync::Arc;

use super::{Kinds, Orders, Policy, Wake};
use crate::exercise::knowledge::{Heard, View};
use crate::scenario::program::Public;
use crate::scenario::written::{RoleKind, Verb};
use crate::time::Span;
use crate::vocabulary::Order;

pub(super) use desk::Desk;
use memory::Memory;
use mind::Mind;

/// What comes first where two things cannot both come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Style {
    ContainFirst,
    EvidenceFirst,
    ServiceFirst,
}

/// The next order that a duty asks for.
type Rule = fn(&Mind<'_>) -> Option<Order>;

/// Something that somebody in a team has to see to.
pub struct Duty {
    /// In words.
    pub says: &'static str,
    /// Whose it is: the first kind of role that is there and may.
    pub by: &'static [RoleKind],
    /// What that role must be allowed to order.
    pub verb: Verb,
    /// It is everybody's who may, each for what it sees, knows or signs.
    pub everybody: bool,
    rule: Rule,
}

const fn one(says: &'static str, by: &'static [RoleKind], verb: Verb, rule: Rule) -> Duty {
    Duty { says, by, verb, everybody: false, rule }
}

const fn each(says: &'static str, verb: Verb, rule: Rule) -> Duty {
    Duty { says, by: &[], verb, everybody: true, rule }
}

use RoleKind::{BusinessOwner, Communications, Executive, Forensics, IncidentManager, ItOperations, Legal, Responder};

/// Who leads; who looks; who works on machines; who answers for care or business; who keeps the law; who speaks.
const LEADS: &[RoleKind] = &[IncidentManager, Executive, ItOperations, Responder];
const LOOKS: &[RoleKind] = &[Responder, Forensics, ItOperations, IncidentManager];
const KEEPS: &[RoleKind] = &[Forensics, Responder, ItOperations, IncidentManager];
const WORKS: &[RoleKind] = &[ItOperations, IncidentManager, Responder, Executive];
const CARES: &[RoleKind] = &[BusinessOwner, IncidentManager, Executive];
const COUNSELS: &[RoleKind] = &[Legal, IncidentManager, Executive];
const SPEAKS: &[RoleKind] = &[Communications, Executive];

/// All duties, in the order in which a role that has several of them takes them up.
pub const DUTIES: &[Duty] = &[
    each("take up every alert when it is seen, before anything else is done about it", Verb::Acknowledge, triage::take_up),
    one("declare early, at the higher level while in doubt", LEADS, Verb::Declare, command::declare),
    each("tell the others at once what they do not know and need", Verb::Brief, command::tell_at_once),
    each("decide in time, on what is known by then", Verb::Decide, gates::decide),
    one("go over to the workaround when a service falls below it", CARES, Verb::Invoke, continuity::go_over),
    one("close logins that are in other hands", LOOKS, Verb::DisableLogin, containment::close_logins),
    one("put a backup out of everybody's reach", WORKS, Verb::SecureBackup, containment::secure_backups),
    one("give the strongest logins a new secret, before anybody knows who holds them", WORKS, Verb::ResetLogin, containment::renew_the_strongest),
    one("close the ways in from outside that ask for one secret only", WORKS, Verb::CutLink, containment::close_doors),
    one("close the way out where machines are steered from outside, then everywhere", WORKS, Verb::BlockEgress, containment::close_ways_out),
    one("cut off machines with signs, where that costs less than it saves", LOOKS, Verb::Isolate, containment::cut_off),
    one("call people in", LEADS, Verb::CallIn, command::call_in),
    one("call in those who can look into it, before they are needed", LEADS, Verb::Engage, command::engage),
    each("ask those who may have seen something", Verb::Ask, inquiry::ask),
    each("have sensors watched around the clock", Verb::Watch, triage::watch),
    each("have sensors stop what they notice", Verb::SetToBlock, triage::set_to_block),
    each("search records, those first that are overwritten first", Verb::Query, inquiry::search_records),
    each("find out whether alerts are real, the most pressing first", Verb::Triage, triage::judge),
    one("look at machines where findings point, then at all that matter", LOOKS, Verb::Hunt, inquiry::look_at_machines),
    one("capture memory before it is lost", KEEPS, Verb::CaptureMemory, inquiry::keep_memory),
    one("image disks that are to be installed anew", KEEPS, Verb::ImageDisk, inquiry::keep_disks),
    one("have first what people need most", CARES, Verb::Prioritise, continuity::put_first),
    one("install machines with signs anew, once what opens them is closed", WORKS, Verb::Rebuild, recovery::rebuild),
    one("give logins a new secret", WORKS, Verb::ResetLogin, recovery::renew_logins),
    one("bring data back", WORKS, Verb::Restore, recovery::bring_data_back),
    one("put back what is clean", WORKS, Verb::Reconnect, recovery::reconnect),
    one("power on what is clean", WORKS, Verb::PowerOn, recovery::power_on),
    one("join what was cut off and is clean", WORKS, Verb::RejoinSegment, recovery::rejoin),
    one("go back from the workaround when the service is back", CARES, Verb::StandDown, continuity::go_back),
    one("write down from when a duty counts", COUNSELS, Verb::Determine, duties::determine),
    one("send notifications well before they are due", COUNSELS, Verb::Notify, duties::notify),
    one("hold evidence", COUNSELS, Verb::Preserve, duties::preserve),
    each("sign what is true by what one knows", Verb::SignOff, words::sign_off),
    one("say what is known, and say of the rest that it is not", SPEAKS, Verb::Publish, words::publish),
    one("say what is believed, and how surely", LEADS, Verb::Conclude, command::conclude),
    one("report to everybody every hour", LEADS, Verb::Report, command::report),
    each("write down what one knows", Verb::Log, command::log),
];

/// Between one order and the next: people think, ring and write.
const PACE: Span = Span::minutes(2);
/// From news to what is done about it.
const REACTS_AFTER: Span = Span::minutes(4);
/// Once something has happened, a role looks up at least this often.
const LOOKS_UP: Span = Span::hours(1);

/// Some of the [`DUTIES`], by their place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Duties(u64);

const _: () = assert!(DUTIES.len() <= 64, "a set of duties is one word");

impl Duties {
    /// None of them.
    pub const NONE: Duties = Duties(0);
    /// All of them.
    pub const ALL: Duties = Duties(u64::MAX);

    /// Those that order one of these.
    pub fn of(verbs: &[Verb]) -> Duties {
        (0..DUTIES.len()).filter(|place| verbs.contains(&DUTIES[*place].verb)).fold(Duties::NONE, Duties::with)
    }

    /// With one more.
    #[must_use]
    pub fn with(self, place: usize) -> Duties {
        Duties(self.0 | (1 << place))
    }

    /// Whether it is among them.
    pub fn has(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }
}

/// Works as a careful team would.
#[derive(Clone, Debug)]
pub struct Reference {
    style: Style,
    duties: Duties,
    desk: Arc<Desk>,
    memory: Memory,
}

impl Reference {
    /// A careful player, with what it looks up before play: one desk serves all roles of a scenario.
    pub(super) fn new(style: Style, public: &Public, desk: Arc<Desk>) -> Reference {
        Reference { style, duties: Duties::ALL, desk, memory: Memory::new(public) }
    }

    /// What it looks things up in.
    pub(super) fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// The duties it sees to.
    pub fn duties(&self) -> Duties {
        self.duties
    }

    /// Sees to these from now on. What it was told in the meantime it remembers all the same.
    pub fn see_to(&mut self, duties: Duties) {
        self.duties = duties;
    }

    /// Takes note without doing anything.
    pub(super) fn hear(&mut self, view: &View<'_>, news: &[Heard]) {
        self.memory.take_in(view, &self.desk, news);
    }

    /// Remembers an order that somebody else gave in this role's name.
    pub(super) fn remember(&mut self, view: &View<'_>, order: &Order) {
        self.memory.ordered(view, order);
    }
}

impl Policy for Reference {
    fn wake(&mut self, view: &View<'_>, news: &[Heard], orders: &mut Orders) -> Wake {
        self.hear(view, news);
        if view.knowledge.away.has(view.role) {
            return Wake::on(Kinds::TEAM, REACTS_AFTER);
        }
        let mind = Mind { view, desk: &self.desk, memory: &self.memory, style: self.style };
        let mine = |(place, duty): &(usize, &Duty)| self.duties.has(*place) && (duty.everybody || self.desk.has_duty(view, *place));
        let order = DUTIES.iter().enumerate().filter(mine).find_map(|(_, duty)| (duty.rule)(&mind));
        let wake = Wake::on(Kinds::ALL, REACTS_AFTER);
        match order {
            Some(order) => {
                self.memory.ordered(view, &order);
                orders.give(order);
                wake.or_at(view.now + PACE)
            }
            None => {
                let wake = if mind.signs() { wake.or_at(view.now + LOOKS_UP) } else { wake };
                mind.next_moment().map_or(wake, |at| wake.or_at(at))
            }
        }
    }
}
