//! `hotwash show`: what a scenario has, in the ids that a file of orders is written with. Nothing here is secret: no stage of the attack, and no
//! claim with whether it is true.

use super::request::{Show, Topic};
use super::screen::{Screen, cut, printable};
use super::tell::EXERCISE;
use super::{Exit, Trouble};
use crate::ids::{ActionId, DenseId, IdKind, RoleId};
use crate::scenario::compile::id_of;
use crate::scenario::prepare::{self, Prepared};
use crate::scenario::program::{Action, Public};
use crate::scenario::written::{Skill, Verb};
use crate::time::Span;

/// How wide the text is, in characters.
const WIDTH: usize = 118;

/// What `show TOPIC` is for, in the order of the overview.
const TOPICS: [(Topic, &str, &str); 6] = [
    (Topic::Cuts, "cuts", "Cuts (--cut)"),
    (Topic::Profiles, "profiles", "Profiles (--profile)"),
    (Topic::Roles, "roles", "Roles (role: in a file of orders, and --seat)"),
    (Topic::Moves, "moves", "Moves and their decisions"),
    (Topic::Actions, "actions", "Orders (action:), who may give them, on what, and how long they take"),
    (Topic::Targets, "targets", "What orders are given to (on:)"),
];

pub(super) fn show(request: &Show, screen: &mut Screen) -> Result<Exit, Trouble> {
    let prepared = prepare::prepare(&request.scenario, request.profile.as_deref(), request.cut.as_deref())?;
    let public = &prepared.program.public;
    let mut lines = Vec::new();
    if matches!(request.topic, None | Some(Topic::Moves)) {
        screen.say_unless_quiet(EXERCISE);
    }
    match request.topic {
        Some(topic) => lines.extend(of(topic, &prepared)),
        None => {
            lines.push(format!(
                "{} ({}): {} to {}",
                public.title,
                public.id,
                public.calendar.label(Default::default()),
                public.calendar.label(public.endex)
            ));
            for (topic, word, title) in TOPICS {
                lines.push(String::new());
                lines.push(title.to_owned());
                match topic {
                    // Long lists are asked for by name.
                    Topic::Actions => {
                        let ids: Vec<&str> = public.actions.iter().map(|action| action.id.as_str()).collect();
                        lines.extend(wrapped(&ids.join(", "), "  "));
                        lines.push(format!("  `hotwash show {} {word}` says more", request.scenario));
                    }
                    Topic::Targets => lines.push(format!("  `hotwash show {} {word}` lists them", request.scenario)),
                    _ => lines.extend(of(topic, &prepared).into_iter().map(|line| if line.is_empty() { line } else { format!("  {line}") })),
                }
            }
            lines.extend(example(public));
        }
    }
    for line in lines {
        screen.say(printable(&line));
    }
    Ok(Exit::Done)
}

fn of(topic: Topic, prepared: &Prepared) -> Vec<String> {
    let public = &prepared.program.public;
    match topic {
        Topic::Cuts => cuts(prepared),
        Topic::Profiles => profiles(prepared),
        Topic::Roles => {
            let roles = public.roles.iter().map(|role| {
                let deputy = role.deputy.and_then(|deputy| public.roles.get(deputy.index()));
                [role.id.clone(), role.label.clone(), deputy.map_or_else(String::new, |deputy| format!("deputy: {}", deputy.id))]
            });
            table(roles.collect())
        }
        Topic::Moves => moves(public),
        Topic::Actions => actions(public),
        Topic::Targets => targets(public),
    }
}

fn cuts(prepared: &Prepared) -> Vec<String> {
    let cuts = &prepared.loaded.sheet.cuts;
    if cuts.is_empty() {
        return vec!["all      everything; the scenario has no cuts of its own".to_owned()];
    }
    let rows = cuts.iter().map(|cut| {
        let (opening, play, hotwash) = (cut.opening.value, cut.play.value, cut.hotwash.value);
        let all = Span(opening.0 + play.0 + hotwash.0);
        [cut.id.text.clone(), all.to_string(), format!("opening {opening}, play {play}, hotwash {hotwash}")]
    });
    table(rows.collect())
}

fn profiles(prepared: &Prepared) -> Vec<String> {
    let rows: Vec<[String; 2]> = (prepared.loaded.profiles.iter())
        .map(|profile| {
            let name = profile.name.rsplit('/').next().unwrap_or(&profile.name).trim_end_matches(".ron").to_owned();
            [name, profile.profile.title.clone().unwrap_or_default()]
        })
        .collect();
    if rows.is_empty() { vec!["none beside the scenario".to_owned()] } else { table(rows) }
}

fn moves(public: &Public) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, of_move) in public.moves.iter().enumerate() {
        let left_out = if of_move.played { "" } else { "  (not in this cut)" };
        lines.push(format!("{}: {}, opens {}{left_out}", of_move.id, of_move.title, public.calendar.label(of_move.opens)));
        for gate in public.gates.iter().filter(|gate| gate.of_move.index() == number) {
            let who: Vec<&str> = gate.who.iter().filter_map(|role| Some(public.roles.get(role.index())?.id.as_str())).collect();
            let all = if gate.all_of && who.len() > 1 { "all of " } else { "" };
            lines.extend(hanging(&format!("  {}: {} ({all}{}, within {})", gate.id, gate.ask.trim(), who.join(", "), gate.decide_within), 6));
            for choice in &gate.choices {
                lines.extend(hanging(&format!("      as \"{}\": {}", choice.id, choice.text.trim()), 10));
            }
        }
    }
    lines
}

fn actions(public: &Public) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, action) in public.actions.iter().enumerate() {
        let who: Vec<&str> = public.roles.iter().filter(|role| role.may.get(place).copied().unwrap_or(false)).map(|role| role.id.as_str()).collect();
        let who = if who.len() == public.roles.len() { "all roles".to_owned() } else { who.join(", ") };
        lines.extend(hanging(&format!("{}: {}", action.id, action.says.trim()), 4));
        let on = match (wanted(action.verb, public), action.on.is_empty()) {
            (wanted, true) => wanted,
            (wanted, false) => format!("{wanted}; {} where nothing is said", action.on.join(", ")),
        };
        let each = if action.each == Span::ZERO { String::new() } else { format!(", {} more for each further one", action.each) };
        let takes = if action.takes == Span::ZERO { "at once".to_owned() } else { format!("{}{each}", action.takes) };
        let skill = action.skill.map(|skill| format!("; {} of {}", people(action), skill.label())).unwrap_or_default();
        lines.extend(hanging(&format!("    by {}", if who.is_empty() { "nobody in this scenario".to_owned() } else { who }), 8));
        lines.extend(hanging(&format!("    {on}; takes {takes}{skill}"), 8));
    }
    lines
}

fn people(action: &Action) -> String {
    if action.people == 1 { "one person".to_owned() } else { format!("{} people", action.people) }
}

/// What stands behind `on:` and `as:` for a verb.
fn wanted(verb: Verb, public: &Public) -> String {
    let on = match verb {
        Verb::Acknowledge | Verb::Triage | Verb::Dismiss => "an alert: \"#12\" as this seat numbers it, or \"SENSOR/MACHINE/1\"",
        Verb::Watch | Verb::SetToBlock | Verb::Tune | Verb::Query => "sensors",
        Verb::Hunt | Verb::CaptureMemory | Verb::ImageDisk => "machines or groups",
        Verb::Isolate | Verb::Reconnect | Verb::PowerOff | Verb::PowerOn | Verb::Clean | Verb::Rebuild => "machines or groups",
        Verb::Conclude => "a claim; as \"yes\" or \"no\", sure_percent: 0 to 100",
        Verb::DisableLogin | Verb::ResetLogin => "logins",
        Verb::CutLink | Verb::RestoreLink => "links",
        Verb::CutSegment | Verb::RejoinSegment | Verb::BlockEgress | Verb::OpenEgress => "segments",
        Verb::Restore => "machines, groups or data",
        Verb::SecureBackup => "backups",
        Verb::CallIn => {
            let skills: Vec<&str> = Skill::ALL.iter().map(|skill| skill.label()).collect();
            return format!("on: nothing for everybody, or a skill ({})", skills.join(", "));
        }
        Verb::Engage => "vendors",
        Verb::Brief => "roles, or \"all\"",
        Verb::Declare => {
            let levels: Vec<String> = public.levels.iter().map(|level| format!("\"{}\"", level.id)).collect();
            return format!("on: nothing; as {}", levels.join(", "));
        }
        Verb::Decide => "a decision (see `moves`); as one of its choices, sure_percent: 0 to 100",
        Verb::Ask => "stakeholders",
        Verb::SignOff | Verb::Publish => "statements",
        Verb::Determine | Verb::Notify => "notification rules",
        Verb::Invoke | Verb::StandDown | Verb::Prioritise => "services",
        Verb::Preserve | Verb::Log | Verb::Report | Verb::Learn => "nothing",
    };
    format!("on: {on}")
}

/// The kinds of things that orders are given to, in words.
const KINDS: [(IdKind, &str); 15] = [
    (IdKind::Segment, "Segments"),
    (IdKind::Group, "Groups of machines"),
    (IdKind::Asset, "Machines"),
    (IdKind::Data, "Data and backups"),
    (IdKind::Login, "Logins"),
    (IdKind::Link, "Links"),
    (IdKind::Service, "Services"),
    (IdKind::Sensor, "Sensors"),
    (IdKind::Vendor, "Vendors"),
    (IdKind::Stakeholder, "Stakeholders"),
    (IdKind::Statement, "Statements"),
    (IdKind::Rule, "Notification rules"),
    (IdKind::Claim, "Claims"),
    (IdKind::Gate, "Decisions"),
    (IdKind::Level, "Levels of severity"),
];

fn targets(public: &Public) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, title) in KINDS {
        let ids: Vec<(usize, &str)> = (0..=u16::MAX).map_while(|index| Some((usize::from(index), id_of(public, kind, index)?))).collect();
        if ids.is_empty() {
            continue;
        }
        lines.push(title.to_owned());
        if kind == IdKind::Asset {
            // A hundred lines of machines would hide the rest.
            let ids: Vec<&str> = ids.iter().map(|(_, id)| *id).collect();
            lines.extend(wrapped(&ids.join(", "), "  "));
            continue;
        }
        let rows = ids.into_iter().map(|(index, id)| [id.to_owned(), short(text_of(public, kind, index))]);
        lines.extend(table(rows.collect()).into_iter().map(|line| format!("  {line}")));
    }
    lines
}

fn text_of(public: &Public, kind: IdKind, index: usize) -> &str {
    let text = match kind {
        IdKind::Segment => public.segments.get(index).map(|entry| &entry.text),
        IdKind::Group => public.groups.get(index).map(|entry| &entry.text),
        IdKind::Data => public.data.get(index).map(|entry| &entry.text),
        IdKind::Login => public.logins.get(index).map(|entry| &entry.text),
        IdKind::Link => public.links.get(index).map(|entry| &entry.text),
        IdKind::Service => public.services.get(index).map(|entry| &entry.text),
        IdKind::Sensor => public.sensors.get(index).map(|entry| &entry.text),
        IdKind::Vendor => public.vendors.get(index).map(|entry| &entry.name),
        IdKind::Stakeholder => public.stakeholders.get(index).map(|entry| &entry.words),
        IdKind::Statement => public.statements.get(index).map(|entry| &entry.text),
        IdKind::Rule => public.rules.get(index).map(|entry| &entry.text),
        IdKind::Claim => public.claims.get(index).map(|entry| &entry.text),
        IdKind::Gate => public.gates.get(index).map(|entry| &entry.ask),
        IdKind::Level => public.levels.get(index).map(|entry| &entry.text),
        _ => None,
    };
    text.map_or("", String::as_str)
}

/// One line of a text: enough to know it again.
fn short(text: &str) -> String {
    const LONGEST: usize = 84;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    format!("{}…", line.chars().take(LONGEST - 1).collect::<String>().trim_end())
}

/// The beginning of a file of orders that this scenario plays: of the first role that may write the log.
fn example(public: &Public) -> Vec<String> {
    let logs = public.actions.iter().position(|action| action.verb == Verb::Log).map(ActionId::at);
    let by = logs.and_then(|log| {
        let role = public.roles.iter().position(|role| role.may.get(log.index()).copied().unwrap_or(false)).map(RoleId::at)?;
        Some((&public.actions.get(log.index())?.id, &public.roles.get(role.index())?.id))
    });
    let Some((action, role)) = by else { return Vec::new() };
    vec![
        String::new(),
        "A file of orders (--commands)".to_owned(),
        format!("  [(at: \"+5m\", role: \"{role}\", order: Order(action: \"{action}\", because: \"so that we remember\"))]"),
    ]
}

/// So much of a text is shown in a column; ids are shorter.
const LETTERS_OF_A_CELL: usize = 300;

/// Rows with their columns under one another.
fn table<const N: usize>(rows: Vec<[String; N]>) -> Vec<String> {
    let rows: Vec<[String; N]> = rows.into_iter().map(|row| row.map(|cell| cut(&cell, LETTERS_OF_A_CELL))).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

fn wrapped(text: &str, indent: &str) -> Vec<String> {
    super::tell::wrapped(text, indent, WIDTH)
}

/// A line that begins where it begins, and goes on further in.
fn hanging(text: &str, indent: usize) -> Vec<String> {
    let first = text.len() - text.trim_start().len();
    let mut lines = wrapped(text, &" ".repeat(indent));
    if let Some(line) = lines.first_mut() {
        *line = format!("{}{}", " ".repeat(first), line.trim_start());
    }
    lines
}
