//! What a facilitator reads aloud after letting the exercise run: built only from what the roles in the room have been told.

use std::collections::BTreeSet;

use super::Session;
use crate::exercise::knowledge::TaskState;
use crate::ids::*;
use crate::scenario::written::Verb;
use crate::time::ExerciseTime;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::team::Outcome;
use crate::vocabulary::{Fact, injects};

/// So many words at most: half a minute of reading.
pub const MOST_WORDS: usize = 80;
/// So many things of a kind are named; of more, the number.
const NAMED: usize = 4;

/// What nobody reads out that it was done: the work of every hour.
const UNSAID: [Verb; 12] = [
    Verb::Acknowledge,
    Verb::Triage,
    Verb::Dismiss,
    Verb::Brief,
    Verb::Log,
    Verb::Report,
    Verb::Query,
    Verb::Hunt,
    Verb::Ask,
    Verb::Conclude,
    Verb::SignOff,
    Verb::Determine,
];

/// What the room knows, of all its roles together.
#[derive(Clone, Default, Debug)]
pub(super) struct Known {
    /// How many facts there were.
    facts: usize,
    declared: Option<LevelId>,
    /// Claims that some role was told are true.
    told: BTreeSet<ClaimId>,
    /// Level in percent as the best informed role has it; 100 where nobody was told otherwise.
    services: Vec<u8>,
    encrypted: BTreeSet<AssetId>,
    signs: BTreeSet<AssetId>,
    cut_off: BTreeSet<AssetId>,
    done: BTreeSet<Key>,
    failed: BTreeSet<Key>,
    under_way: usize,
    decided: BTreeSet<GateId>,
    clocks: BTreeSet<RuleId>,
    published: BTreeSet<StatementId>,
    vendors: BTreeSet<VendorId>,
    away: BTreeSet<RoleId>,
}

impl Known {
    pub fn of(session: &Session) -> Known {
        let public = &session.program().public;
        let mut known = Known { facts: session.exercise().ledger().len(), services: vec![100; public.services.len()], ..Known::default() };
        for role in session.roles() {
            let view = session.view(role);
            let mind = view.knowledge;
            known.declared = known.declared.max(mind.declared);
            known
                .told
                .extend(mind.claims.iter().enumerate().filter(|(_, stance)| **stance == Some(Stance::Yes)).map(|(place, _)| ClaimId::at(place)));
            for (level, belief) in known.services.iter_mut().zip(&mind.services) {
                if belief.known {
                    *level = (*level).min(belief.percent);
                }
            }
            for (asset, belief) in (0..mind.assets.len()).map(AssetId::at).zip(&mind.assets) {
                match belief.looks {
                    Seen::Encrypted => known.encrypted.insert(asset),
                    Seen::Isolated | Seen::Off => known.cut_off.insert(asset),
                    Seen::Working => false,
                };
                if belief.found {
                    known.signs.insert(asset);
                }
            }
            for task in &mind.tasks {
                match task.state {
                    TaskState::Over(Outcome::Done) => known.done.insert(task.task),
                    TaskState::Over(_) => known.failed.insert(task.task),
                    TaskState::Waiting | TaskState::Running => {
                        known.under_way += 1;
                        false
                    }
                };
            }
            let gates = mind.gates.iter().enumerate().filter(|(_, gate)| gate.decided.is_some());
            known.decided.extend(gates.map(|(place, _)| GateId::at(place)));
            let clocks = mind.rules.iter().enumerate().filter(|(_, rule)| rule.due.is_some() && !rule.sent);
            known.clocks.extend(clocks.map(|(place, _)| RuleId::at(place)));
            known.published.extend(mind.published.iter().enumerate().filter(|(_, out)| **out).map(|(place, _)| StatementId::at(place)));
            known.vendors.extend(mind.vendors.iter().enumerate().filter(|(_, vendor)| vendor.here).map(|(place, _)| VendorId::at(place)));
            known.away.extend(mind.away.iter());
        }
        known
    }
}

/// Where the exercise stands after it ran on, and what to read aloud.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Update {
    /// Where the clock stands.
    pub at: ExerciseTime,
    /// The move that has opened, if one has.
    pub opened: Option<MoveId>,
    /// What to read aloud: at most [`MOST_WORDS`] words.
    pub text: String,
    /// Injects that reached people meanwhile, in their order: the handouts to give.
    pub came: Vec<InjectId>,
    /// ENDEX has come.
    pub finished: bool,
}

impl Update {
    pub(super) fn since(before: &Known, session: &Session) -> Update {
        let now = Known::of(session);
        let at = session.now();
        let opened = session.current_move().filter(|place| session.program().public.moves[place.index()].opens == at);
        let fired = |happened: &Happened| match happened.fact {
            Fact::Injects(injects::Fact::Fired { inject }) => Some(inject),
            _ => None,
        };
        let came = session.exercise().ledger().since(before.facts).filter_map(fired).collect();
        Update { at, opened, text: read_aloud(before, &now, session), came, finished: session.finished() }
    }
}

fn read_aloud(before: &Known, now: &Known, session: &Session) -> String {
    let public = &session.program().public;
    let mut lines = vec![format!("It is {}.", public.calendar.label(session.now()))];
    if let Some(level) = now.declared.filter(|_| now.declared != before.declared) {
        lines.push(format!("Declared: {}.", public.levels[level.index()].id.replace('-', " ")));
    }
    // What may be false is said as what it is: something that somebody told.
    let told: Vec<String> = now.told.difference(&before.told).map(|claim| public.claims[claim.index()].text.clone()).collect();
    if !told.is_empty() {
        lines.push(format!("You have been told: {}", told.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" ")));
    }
    let services = |wanted: &dyn Fn(u8, u8) -> bool| -> Vec<String> {
        let levels = before.services.iter().zip(&now.services).zip(&public.services);
        levels.filter(|((was, is), _)| wanted(**was, **is)).map(|(_, service)| service.id.replace('-', " ")).collect()
    };
    named(&mut lines, "Down", &services(&|was, is| is < 50 && was >= 50));
    named(&mut lines, "Working only in part", &services(&|was, is| (50..100).contains(&is) && was == 100));
    named(&mut lines, "Working again", &services(&|was, is| is == 100 && was < 100));
    if now.encrypted.len() > before.encrypted.len() {
        lines.push(format!("{} seen encrypted.", machines(now.encrypted.len())));
    }
    if now.signs.len() > before.signs.len() {
        let off = match now.signs.intersection(&now.cut_off).count() {
            0 => "none of them cut off".to_owned(),
            all if all == now.signs.len() => "all cut off".to_owned(),
            some => format!("{some} of them cut off"),
        };
        lines.push(format!("Signs of the intruder on {}, {off}.", machines(now.signs.len()).to_lowercase()));
    }
    let actions = |keys: &BTreeSet<Key>, old: &BTreeSet<Key>| -> Vec<String> {
        let mut says: Vec<String> = Vec::new();
        for role in session.roles() {
            for task in session.view(role).knowledge.tasks.iter().filter(|task| keys.contains(&task.task) && !old.contains(&task.task)) {
                let action = &public.actions[task.action.index()];
                let on = session.name_of_target(task.target).map(|name| format!(" ({})", bare(name))).unwrap_or_default();
                let says_it = format!("{}{on}", bare(&action.says.to_lowercase()));
                if !UNSAID.contains(&action.verb) && !says.contains(&says_it) {
                    says.push(says_it);
                }
            }
        }
        says
    };
    named(&mut lines, "Done", &actions(&now.done, &before.done));
    named(&mut lines, "Tried in vain", &actions(&now.failed, &before.failed));
    named(
        &mut lines,
        "Here now",
        &now.vendors.difference(&before.vendors).map(|vendor| public.vendors[vendor.index()].name.clone()).collect::<Vec<_>>(),
    );
    named(&mut lines, "Away", &now.away.difference(&before.away).map(|role| public.roles[role.index()].label.clone()).collect::<Vec<_>>());
    match now.published.difference(&before.published).count() {
        0 => {}
        1 => lines.push("One statement went out.".to_owned()),
        more => lines.push(format!("{more} statements went out.")),
    }
    match now.clocks.difference(&before.clocks).count() {
        0 => {}
        1 => lines.push("The clock of a legal duty has started.".to_owned()),
        more => lines.push(format!("The clocks of {more} legal duties have started.")),
    }
    if now.under_way > 0 {
        lines.push(format!("{} of work under way.", if now.under_way == 1 { "One piece".to_owned() } else { format!("{} pieces", now.under_way) }));
    }
    if lines.len() == 1 {
        lines.push("Nothing new has reached you.".to_owned());
    }
    let mut words = 0;
    let mut text = String::new();
    for line in lines {
        let more = line.split_whitespace().count();
        if words + more > MOST_WORDS {
            continue;
        }
        words += more;
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&line);
    }
    text
}

fn machines(count: usize) -> String {
    if count == 1 { "One machine".to_owned() } else { format!("{count} machines") }
}

fn bare(text: &str) -> &str {
    text.trim_end_matches('.')
}

/// "Down: laboratory, telephony and 3 more."
fn named(lines: &mut Vec<String>, what: &str, things: &[String]) {
    if things.is_empty() {
        return;
    }
    let mut list = things.iter().take(NAMED).map(|thing| bare(thing)).collect::<Vec<_>>().join(", ");
    if things.len() > NAMED {
        list.push_str(&format!(" and {} more", things.len() - NAMED));
    }
    lines.push(format!("{what}: {list}."));
}
