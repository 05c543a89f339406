//! What a facilitator reads aloud after letting the exercise run: built only from what the roles in the room have been told.
//!
//! Whole sentences, what weighs most first, each so that it can be said to a room. Where the words run out, a sentence is said in its short form, and
//! then not at all.

mod work;

use std::collections::{BTreeMap, BTreeSet};

use super::Session;
use crate::exercise::knowledge::RuleBelief;
use crate::ids::*;
use crate::scenario::program::{Public, Service};
use crate::time::ExerciseTime;
use crate::vocabulary::communication::{self, Stance};
use crate::vocabulary::continuity;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::team::Outcome;
use crate::vocabulary::{Fact, Observation, injects};

/// So many words at most: half a minute of reading.
pub const MOST_WORDS: usize = 80;
/// So many things of a kind are named; of more, the number.
const NAMED: usize = 3;
/// From this level on, in percent, a service works, if only in part.
const IN_PART: u8 = 50;

/// What the room knows, of all its roles together.
#[derive(Clone, Default, Debug)]
pub(super) struct Known {
    /// How many facts there were.
    facts: usize,
    declared: Option<LevelId>,
    /// Claims that some role was told are true.
    told: BTreeSet<ClaimId>,
    /// Level in percent as those have it whose service it is; 100 where nobody was told otherwise.
    services: Vec<u8>,
    encrypted: BTreeSet<AssetId>,
    signs: BTreeSet<AssetId>,
    cut_off: BTreeSet<AssetId>,
    work: BTreeMap<Key, work::Piece>,
    /// Duties whose clock runs, and that are not seen to.
    clocks: BTreeMap<RuleId, ExerciseTime>,
    published: BTreeSet<StatementId>,
    vendors: BTreeSet<VendorId>,
    away: BTreeSet<RoleId>,
}

impl Known {
    /// What the room knew before play: what its roles believe.
    pub fn at_startex(session: &Session) -> Known {
        let public = &session.program().public;
        let told = public.roles.iter().flat_map(|role| role.believes.iter().copied()).collect();
        Known { told, services: vec![100; public.services.len()], ..Known::default() }
    }

    pub fn of(session: &Session) -> Known {
        let public = &session.program().public;
        let mut known = Known {
            facts: session.exercise().ledger().len(),
            services: vec![100; public.services.len()],
            work: work::pieces(session),
            ..Known::default()
        };
        for role in session.roles() {
            let mind = session.view(role).knowledge;
            known.declared = known.declared.max(mind.declared);
            let told = mind.claims.iter().enumerate().filter(|(_, stance)| **stance == Some(Stance::Yes));
            known.told.extend(told.map(|(place, _)| ClaimId::at(place)));
            for (service, belief) in (0..mind.services.len()).map(ServiceId::at).zip(&mind.services) {
                // Whose service it is hears of every change; what others hold may be of yesterday.
                if public.roles[role.index()].services.contains(&service) {
                    known.services[service.index()] = belief.percent;
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
            let running = |rule: &RuleBelief| rule.due.filter(|_| !rule.sent);
            known.clocks.extend(mind.rules.iter().enumerate().filter_map(|(place, rule)| Some((RuleId::at(place), running(rule)?))));
            known.published.extend(mind.published.iter().enumerate().filter(|(_, out)| **out).map(|(place, _)| StatementId::at(place)));
            known.vendors.extend(mind.vendors.iter().enumerate().filter(|(_, vendor)| vendor.here).map(|(place, _)| VendorId::at(place)));
            known.away.extend(mind.away.iter());
        }
        known
    }
}

/// Where the exercise stands, and what to read aloud.
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

/// A sentence; and in fewer words, if it can be said so.
struct Line {
    full: String,
    short: Option<String>,
}

fn read_aloud(before: &Known, now: &Known, session: &Session) -> String {
    let public = &session.program().public;
    let mut lines: Vec<Line> = Vec::new();
    let mut say = |full: String| lines.push(Line { full, short: None });
    if let Some(level) = now.declared.filter(|_| now.declared != before.declared) {
        say(format!("An incident has been declared: {}.", public.levels[level.index()].id.replace('-', " ")));
    }
    changed_services(before, now, public).into_iter().for_each(&mut say);
    if now.encrypted.len() > before.encrypted.len() {
        say(match (now.encrypted.len(), before.encrypted.len()) {
            (1, _) => "One machine has been seen encrypted.".to_owned(),
            (all, 0) => format!("{} machines have been seen encrypted.", capital(&number(all))),
            (all, then) => format!("{} machines have been seen encrypted, {} more than before.", capital(&number(all)), number(all - then)),
        });
    }
    if now.signs.len() > before.signs.len() {
        let off = now.signs.intersection(&now.cut_off).count();
        say(match (now.signs.len(), off) {
            (1, 0) => "There are signs of the intruder on one machine, which is not cut off.".to_owned(),
            (1, _) => "There are signs of the intruder on one machine, which is cut off.".to_owned(),
            (all, 0) => format!("There are signs of the intruder on {} machines, and none of them is cut off.", number(all)),
            (all, off) if all == off => format!("There are signs of the intruder on {} machines, and all of them are cut off.", number(all)),
            (all, 1) => format!("There are signs of the intruder on {} machines, and one of them is cut off.", number(all)),
            (all, off) => format!("There are signs of the intruder on {} machines, and {} of them are cut off.", number(all), number(off)),
        });
    }
    let done = work::ended(session, &before.work, &now.work, Outcome::Done);
    let (first, rest): (Vec<_>, Vec<_>) = done.into_iter().partition(|(weighs, _)| *weighs);
    first.into_iter().for_each(|(_, says)| say(says));
    lines.extend(heard(before, now, session));
    lines.extend(rest.into_iter().map(|(_, full)| Line { full, short: None }));
    if let Some((full, short)) = work::under_way(session, &now.work) {
        lines.push(Line { full, short: Some(short) });
    }
    if let Some(duties) = duties(before, now, session) {
        lines.push(duties);
    }
    let mut say = |full: String| lines.push(Line { full, short: None });
    let here: Vec<String> = now.vendors.difference(&before.vendors).map(|vendor| public.vendors[vendor.index()].name.clone()).collect();
    if !here.is_empty() {
        say(format!("People from {} are here.", listed(&here)));
    }
    let away: Vec<String> = now.away.difference(&before.away).map(|role| who(&public.roles[role.index()].label)).collect();
    if !away.is_empty() {
        say(format!("{} cannot be asked at the moment.", capital(&listed(&away))));
    }
    match now.published.difference(&before.published).count() {
        0 => {}
        1 => say("One statement has gone out.".to_owned()),
        more => say(format!("{} statements have gone out.", capital(&number(more)))),
    }
    work::ended(session, &before.work, &now.work, Outcome::Failed).into_iter().for_each(|(_, says)| say(says));
    if lines.is_empty() {
        lines.push(Line { full: "Nothing new has reached you.".to_owned(), short: None });
    }
    lines.extend(unchanged(before, now, session).map(|full| Line { full, short: None }));
    let mut text = format!("It is {}.", public.calendar.date(session.now()).format("%A %-d %B, %H:%M"));
    let mut words = count(&text);
    for line in lines {
        let says = [Some(line.full), line.short].into_iter().flatten().find(|says| words + count(says) <= MOST_WORDS);
        if let Some(says) = says {
            words += count(&says);
            text.push(' ');
            text.push_str(&says);
        }
    }
    text
}

/// "Payroll is down; mail works in part." And what is back.
fn changed_services(before: &Known, now: &Known, public: &Public) -> Vec<String> {
    let of = |wanted: &dyn Fn(u8, u8) -> bool| -> Vec<String> {
        let levels = before.services.iter().zip(&now.services).zip(&public.services);
        levels.filter(|((was, is), _)| wanted(**was, **is)).map(|(_, service)| service_name(service)).collect()
    };
    let all_or =
        |names: &[String]| if names.len() > 1 && names.len() == public.services.len() { "all services".to_owned() } else { some(names, "services") };
    let part = |names: &[String], one: &str, many: &str| {
        let many = if names.len() > 1 || names.first().is_some_and(|name| plural(name)) { many } else { one };
        (!names.is_empty()).then(|| format!("{} {many}", all_or(names)))
    };
    let down = part(&of(&|was, is| is < IN_PART && was >= IN_PART), "is down", "are down");
    let in_part = part(&of(&|was, is| (IN_PART..100).contains(&is) && !(IN_PART..100).contains(&was)), "works in part", "work in part");
    let back = part(&of(&|was, is| is == 100 && was < 100), "works again", "work again");
    let bad: Vec<String> = [down, in_part].into_iter().flatten().collect();
    let mut says = Vec::new();
    if !bad.is_empty() {
        says.push(format!("{}.", capital(&bad.join("; "))));
    }
    says.extend(back.map(|back| format!("{}.", capital(&back))));
    says
}

/// What may be false is said as what it is: something that somebody heard.
fn heard(before: &Known, now: &Known, session: &Session) -> Vec<Line> {
    let public = &session.program().public;
    let mut by: BTreeMap<RoleId, Vec<&str>> = BTreeMap::new();
    for claim in now.told.difference(&before.told) {
        let first = session.roles().filter_map(|role| {
            let of_claim = Observation::from(communication::Observation::Claim { claim: *claim, stance: Stance::Yes });
            let heard = session.view(role).knowledge.news.since(0).find(|heard| heard.observation == of_claim)?;
            Some((heard.at, role))
        });
        if let Some((_, role)) = first.min() {
            by.entry(role).or_default().push(public.claims[claim.index()].text.trim());
        }
    }
    let says = |(role, claims): (RoleId, Vec<&str>)| {
        let head = format!("{} heard:", capital(&who(&public.roles[role.index()].label)));
        let all = claims.iter().take(NAMED).copied().collect::<Vec<_>>().join(" ");
        Line { full: format!("{head} {all}"), short: claims.first().map(|first| format!("{head} {first}")) }
    };
    by.into_iter().map(says).collect()
}

/// Who has to be told by when, the nearest first.
fn duties(before: &Known, now: &Known, session: &Session) -> Option<Line> {
    let public = &session.program().public;
    let fresh = now.clocks.iter().filter(|(rule, _)| !before.clocks.contains_key(rule));
    let (due, rule) = fresh.clone().map(|(rule, due)| (*due, *rule)).min()?;
    let more = match fresh.count() - 1 {
        0 => String::new(),
        1 => "; the clock of one more duty runs".to_owned(),
        more => format!("; the clocks of {} more duties run", number(more)),
    };
    let recipient = &public.rules[rule.index()].recipient;
    // The same office may have had its early warning already.
    let hears = |role: RoleId| {
        let sent = session.view(role).knowledge.rules.iter().zip(&public.rules);
        sent.into_iter().any(|(belief, known)| belief.sent && known.recipient == *recipient)
    };
    let again = if session.roles().any(hears) { " again" } else { "" };
    let by = clock(public, session.now(), due);
    let short = if due > session.now() {
        format!("By {by}, {recipient} must be told{again}.")
    } else {
        format!("{} should have been told{again} by {by}.", capital(recipient))
    };
    let full = format!("{}{more}.", bare(&short));
    Some(Line { full, short: Some(short) })
}

/// What has not changed and matters all the same, in half a sentence: what is down, and since when.
fn unchanged(before: &Known, now: &Known, session: &Session) -> Option<String> {
    let public = &session.program().public;
    let still = (0..now.services.len()).map(ServiceId::at);
    let still = still.filter(|service| now.services[service.index()] < IN_PART && before.services[service.index()] < IN_PART);
    let mut since: Vec<(ExerciseTime, ServiceId)> = still.map(|service| (down_since(session, service), service)).collect();
    since.sort();
    let (earliest, _) = *since.first()?;
    let names: Vec<String> = since.iter().map(|(_, service)| service_name(&public.services[service.index()])).collect();
    let are = if names.len() > 1 || plural(&names[0]) { "are" } else { "is" };
    let (today, then) = (public.calendar.date(session.now()), public.calendar.date(earliest));
    let when = then.format(if today.date() == then.date() { "%H:%M" } else { "%A" });
    Some(format!("{} {are} still down, {}since {when}.", capital(&some(&names, "services")), if names.len() > 1 { "the first " } else { "" }))
}

/// Since when those whose service it is have it as down.
fn down_since(session: &Session, service: ServiceId) -> ExerciseTime {
    let public = &session.program().public;
    let owner = session.roles().find(|role| public.roles[role.index()].services.contains(&service));
    let mut since = None;
    for heard in owner.into_iter().flat_map(|role| session.view(role).knowledge.news.since(0)) {
        if let Observation::Continuity(continuity::Observation::ServiceIs { service: of, percent }) = heard.observation
            && of == service
        {
            since = if percent < IN_PART { since.or(Some(heard.at)) } else { None };
        }
    }
    since.unwrap_or(ExerciseTime(0))
}

/// How a service is called in a sentence: its own short name, or what the author calls it by.
fn service_name(service: &Service) -> String {
    let id = service.id.replace('-', " ");
    let text = bare(&service.text).to_lowercase();
    // Words that begin as the name does are common words: nothing is lost in small letters.
    if text.split(' ').count() == 2
        && text.split(' ').next() == id.split(' ').next()
        && text.chars().all(|letter| letter.is_alphabetic() || letter == ' ')
    {
        text
    } else {
        id
    }
}

/// How the service with this key is called in a sentence.
fn service_at(session: &Session, key: Key) -> Option<String> {
    let program = session.program();
    let services = &program.public.services;
    services.iter().enumerate().find(|(place, _)| program.names.of(ServiceId::at(*place)) == key).map(|(_, service)| service_name(service))
}

/// To whom the notification with this key goes.
fn recipient_at(session: &Session, key: Key) -> Option<String> {
    let program = session.program();
    let rules = &program.public.rules;
    rules.iter().enumerate().find(|(place, _)| program.names.of(RuleId::at(*place)) == key).map(|(_, rule)| rule.recipient.clone())
}

/// A role in a sentence: without whoever has it and what is said beside it, and with its article where it is one person.
fn who(label: &str) -> String {
    let role = bare(label.split([',', '(']).next().unwrap_or(label).trim());
    const PERSONS: [&str; 10] = ["analyst", "counsel", "director", "executive", "head", "lead", "leader", "manager", "officer", "spokesperson"];
    if role.split(' ').any(|word| PERSONS.contains(&word.to_lowercase().as_str())) {
        let mut letters = role.chars();
        let acronym = role.chars().nth(1).is_some_and(char::is_uppercase);
        let first = letters.next().filter(|_| !acronym).map(|first| first.to_lowercase().to_string());
        format!("the {}", first.map_or_else(|| role.to_owned(), |first| first + letters.as_str()))
    } else {
        role.to_owned()
    }
}

/// A clock time; with its day, where that is another.
fn clock(public: &Public, now: ExerciseTime, at: ExerciseTime) -> String {
    let (today, then) = (public.calendar.date(now), public.calendar.date(at));
    then.format(if today.date() == then.date() { "%H:%M" } else { "%A %H:%M" }).to_string()
}

/// A name as it can be said inside a sentence: a word or two behind a comma say which it is and stay, in brackets; more than that explains it, and
/// is not said.
fn spoken(name: &str) -> String {
    const FEW: usize = 4;
    let name = bare(name.split(':').next().unwrap_or(name).trim());
    match name.split_once(", ") {
        Some((what, which)) if count(which) <= FEW => format!("{what} ({which})"),
        Some((what, _)) => what.to_owned(),
        None => name.to_owned(),
    }
}

/// A number as it is said: a small one as a word.
fn number(number: usize) -> String {
    const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// Whether a name is of more than one: its last word before "of", "in" and their like ends so.
fn plural(name: &str) -> bool {
    const BEHIND: [&str; 9] = ["of", "in", "for", "with", "to", "at", "on", "that", "where"];
    let name = name.split(" (").next().unwrap_or(name);
    let last = name.split(' ').take_while(|word| !BEHIND.contains(word)).last().unwrap_or(name).to_lowercase();
    last.ends_with('s') && !["ss", "us", "is", "'s", "\u{2019}s"].iter().any(|ending| last.ends_with(ending))
}

/// "laboratory, telephony and 3 more services".
fn some(names: &[String], what: &str) -> String {
    match names.len().saturating_sub(NAMED) {
        0 => listed(names),
        1 => listed(names),
        more => format!("{} and {} more {what}", names[..NAMED].join(", "), number(more)),
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_names_can_be_said_in_a_sentence() {
        for (label, says) in [
            ("Head of IT operations", "the head of IT operations"),
            ("Chief executive (Fergal Hession)", "the chief executive"),
            ("Head of IT, leads incidents", "the head of IT"),
            ("Duty manager, network operation", "the duty manager"),
            ("IT operations", "IT operations"),
            ("Legal and data protection", "Legal and data protection"),
        ] {
            assert_eq!(who(label), says);
        }
        assert_eq!(spoken("Desks, main hospital"), "Desks (main hospital)");
        assert_eq!(spoken("Endpoint detection, looked at by its maker's desk until ten"), "Endpoint detection");
        for (name, many) in
            [("mail", false), ("maps", true), ("Servers in the main hospital", true), ("St Attracta's, Doonmore", false), ("pay of people", false)]
        {
            assert_eq!(plural(name), many, "{name}");
        }
    }
}
