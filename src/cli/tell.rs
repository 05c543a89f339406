//! A running commentary: what a room would see and decide, as it goes. Nothing in it is ground truth.
//!
//! By default it is as long as somebody reads: moves, calls, decisions, what is learnt, deadlines, what stops working, and the first orders of
//! each kind; everything else is counted. Told in full, it has every order and every word.

use std::collections::BTreeSet;

use crate::debrief::narrative::{Teller, capital};
use crate::ids::{ActionId, AssetId, ClaimId, ConditionId, DenseId, RoleId, RoleSet};
use crate::scenario::program::{Inject, Move, Program};
use crate::scenario::written::Verb;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::communication::Stance;
use crate::vocabulary::estate::Seen;
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::{Fact, Observation, communication, compliance, continuity, estate, exercise, incident_command, injects, investigation, team};

/// How wide the text is, in characters.
const WIDTH: usize = 110;
/// What happens so close together stands under one time: a room hears it in one breath.
const TOGETHER: Span = Span::minutes(20);
/// The same where not everything is told.
const TOGETHER_IN_SHORT: Span = Span::hours(2);
/// Of each kind of order, so many are told in short, with all that was ordered in the same breath; later ones are routine by then.
const ORDERS_OF_A_KIND: usize = 1;
/// So many things that an order is done to are named in short.
const TARGETS_NAMED: usize = 3;
/// How many lines of a text are told in short.
const LINES_OF_A_TEXT: usize = 2;
/// And of what is read aloud when a move opens.
const LINES_OF_A_MOVE: usize = 3;
/// How far what was said stands in.
const INDENT: &str = "    ";

/// Tells an exercise while it is played.
pub(super) struct Story<'a> {
    program: &'a Program,
    teller: Teller<'a>,
    told: Option<ExerciseTime>,
    /// Routine orders since the last line: counted, because a list of forty alerts taken up is no story.
    routine: usize,
    /// By service: the level last told.
    levels: Vec<u8>,
    /// By service: how often its level was told.
    falls: Vec<usize>,
    /// What became of services meanwhile, for one line.
    services: Vec<String>,
    /// What each role ordered meanwhile, for one line a role.
    orders: Vec<(RoleId, Vec<String>)>,
    /// Everything is told.
    in_full: bool,
    /// How many orders of a kind were told.
    of_a_kind: Vec<(Verb, usize)>,
    /// What somebody has learnt, each once: claims, with what was said of them, and machines with signs on them.
    learnt: BTreeSet<(ClaimId, bool)>,
    signs: BTreeSet<AssetId>,
    /// Machines on which signs were found meanwhile, for one line.
    found: Vec<String>,
    /// Statements published meanwhile.
    published: Vec<String>,
    /// Machines seen encrypted.
    encrypted: usize,
}

/// Stands above everything that tells of the story: a line of it that is passed on could be taken for real.
pub(super) const EXERCISE: &str = "EXERCISE. Everything below is invented.";

impl<'a> Story<'a> {
    /// Nothing told yet. In full, or as much of it as somebody reads.
    pub fn new(program: &'a Program, in_full: bool) -> Story<'a> {
        Story {
            program,
            teller: Teller::new(program),
            told: None,
            routine: 0,
            levels: vec![100; program.public.services.len()],
            falls: vec![0; program.public.services.len()],
            services: Vec::new(),
            orders: Vec::new(),
            in_full,
            of_a_kind: Vec::new(),
            learnt: BTreeSet::new(),
            signs: BTreeSet::new(),
            found: Vec::new(),
            published: Vec::new(),
            encrypted: 0,
        }
    }

    /// Before STARTEX.
    pub fn opening(&self) -> Vec<String> {
        let public = &self.program.public;
        let mut lines = vec![EXERCISE.to_owned(), String::new(), public.title.clone()];
        lines.extend(wrapped(&public.about, "", WIDTH));
        let roles: Vec<String> = public.roles.iter().map(|role| role.label.clone()).collect();
        lines.push(String::new());
        lines.extend(wrapped(&format!("Roles: {}. All are played by the policy `reference`.", roles.join(", ")), "", WIDTH));
        lines.push(format!("STARTEX {}, ENDEX {}.", public.calendar.label(ExerciseTime(0)), public.calendar.label(public.endex)));
        lines
    }

    /// The lines for a fact; mostly none. `came_true` knows since when a condition holds.
    pub fn tell(&mut self, happened: &Happened, came_true: impl Fn(ConditionId) -> Option<ExerciseTime>) -> Vec<String> {
        // Everything goes through the teller: it learns what later facts speak of.
        let sentence = self.teller.tell(happened);
        if happened.at < ExerciseTime(0) {
            return Vec::new();
        }
        let mut lines = Vec::new();
        if let Fact::Told(observation) = happened.fact {
            self.learn(happened.at, observation, happened.roles, &mut lines);
        }
        if !happened.roles.is_empty() {
            return lines;
        }
        match happened.fact {
            Fact::IncidentCommand(incident_command::Fact::MoveOpened { number }) => {
                if let Some(opened) = self.program.public.moves.get(number.index()) {
                    self.left_over(&mut lines);
                    self.told = Some(happened.at);
                    lines.extend(self.move_opens(opened, number.index() + 1, happened.at, came_true));
                }
            }
            Fact::Injects(injects::Fact::Fired { inject }) => {
                if let Some(inject) = self.program.public.injects.get(inject.index()) {
                    self.at(happened.at, &mut lines);
                    lines.extend(self.inject(inject));
                }
            }
            Fact::Exercise(exercise::Fact::Ordered { action, .. }) if self.is_routine(action) || !self.is_told(action) => self.routine += 1,
            Fact::IncidentCommand(incident_command::Fact::Briefed { .. } | incident_command::Fact::Voted { .. }) => {}
            Fact::Exercise(exercise::Fact::Ordered { role, .. }) => {
                self.at(happened.at, &mut lines);
                let before = format!("Ordered ({}): ", self.teller.role(role));
                let order = sentence.strip_prefix(&before).unwrap_or(&sentence).trim_end_matches('.').to_owned();
                match self.orders.iter_mut().find(|(by, _)| *by == role) {
                    Some((_, orders)) => orders.push(order),
                    None => self.orders.push((role, vec![order])),
                }
            }
            Fact::Continuity(continuity::Fact::ServiceLevel { service, percent }) => {
                let Some(level) = self.levels.get_mut(service.index()) else { return lines };
                // Small changes are the engine breathing. In short, what counts is that a service is down or whole again.
                let matters = if self.in_full {
                    level.abs_diff(percent) >= 20 || (percent == 100) != (*level == 100)
                } else {
                    self.falls.get(service.index()).is_some_and(|falls| *falls < 2) && (percent == 0 || percent == 100)
                };
                if matters && *level != percent {
                    *level = percent;
                    if let Some(falls) = self.falls.get_mut(service.index()) {
                        *falls += 1;
                    }
                    self.at(happened.at, &mut lines);
                    self.services.push(format!("{} {percent} %", self.teller.service(service)));
                }
            }
            Fact::Exercise(exercise::Fact::Endex {}) => {
                self.left_over(&mut lines);
                if !self.in_full && self.routine > 0 {
                    lines.extend(item(&format!("And {} more orders on the way; `hotwash --verbose` tells them all.", self.routine)));
                }
                self.line(happened.at, &sentence, &mut lines);
            }
            Fact::Continuity(continuity::Fact::WorkaroundStarted { .. }) | Fact::Compliance(compliance::Fact::Determined { .. }) if !self.in_full => {
            }
            Fact::Communication(communication::Fact::Published { statement, .. }) if !self.in_full => {
                self.at(happened.at, &mut lines);
                self.published.push(self.teller.statement(statement));
            }
            // What was asked stands a few lines above.
            Fact::IncidentCommand(incident_command::Fact::Decided { role, gate, choice, sure }) if !self.in_full => {
                let text = format!("Decided ({}, {sure} % sure): {}.", self.teller.role(role), self.teller.choice(gate, choice));
                self.line(happened.at, &text, &mut lines);
            }
            Fact::IncidentCommand(_)
            | Fact::Communication(crate::vocabulary::communication::Fact::Published { .. })
            | Fact::Compliance(
                compliance::Fact::ClockStarted { .. }
                | compliance::Fact::Determined { .. }
                | compliance::Fact::Notified { .. }
                | compliance::Fact::DeadlineMissed { .. },
            )
            | Fact::Continuity(continuity::Fact::WorkaroundStarted { .. } | continuity::Fact::WorkaroundWornOut { .. })
            | Fact::Team(team::Fact::VendorArrived { .. }) => self.line(happened.at, &sentence, &mut lines),
            _ => {}
        }
        lines
    }

    /// What somebody is told that changes what they know: a claim, signs on a machine, a machine that is encrypted. Each once.
    fn learn(&mut self, at: ExerciseTime, observation: Observation, roles: RoleSet, lines: &mut Vec<String>) {
        match observation {
            Observation::Communication(communication::Observation::Claim { claim, stance })
                if stance != Stance::NotYet && self.learnt.insert((claim, stance == Stance::Yes)) =>
            {
                // Told, not learnt: it may be wrong, and nobody in the room can know that yet.
                let word = if stance == Stance::Yes { "told" } else { "told that this is not so" };
                let who = self.teller.roles(roles);
                let are = if who == "all roles" || who.contains(" and ") { "are" } else { "is" };
                let text = format!("{} {are} {word}: {}.", capital(&who), self.teller.claim(claim));
                self.line(at, &text, lines);
            }
            Observation::Investigation(investigation::Observation::Finding { asset, .. } | investigation::Observation::SignsOn { asset })
                if self.signs.insert(asset) =>
            {
                self.at(at, lines);
                self.found.push(self.teller.asset(asset).to_owned());
            }
            Observation::Estate(estate::Observation::AssetLooks { seen: Seen::Encrypted, .. }) => {
                self.at(at, lines);
                self.encrypted += 1;
            }
            _ => {}
        }
    }

    /// Whether an order is one of the first of its kind, or everything is told.
    fn is_told(&mut self, action: ActionId) -> bool {
        let Some(verb) = self.program.public.actions.get(action.index()).map(|action| action.verb) else { return true };
        if self.in_full {
            return true;
        }
        // What came of these is told: what works again, and what does not.
        if matches!(verb, Verb::Invoke | Verb::StandDown | Verb::Prioritise) {
            return false;
        }
        match self.of_a_kind.iter_mut().find(|(known, _)| *known == verb) {
            Some((_, told)) => {
                *told += 1;
                *told <= ORDERS_OF_A_KIND
            }
            None => {
                self.of_a_kind.push((verb, 1));
                true
            }
        }
    }

    /// Orders of which there are dozens.
    fn is_routine(&self, action: ActionId) -> bool {
        let verb = self.program.public.actions.get(action.index()).map(|action| action.verb);
        matches!(
            verb,
            Some(
                Verb::Acknowledge
                    | Verb::Triage
                    | Verb::Dismiss
                    | Verb::Log
                    | Verb::Report
                    | Verb::Brief
                    | Verb::SignOff
                    | Verb::Decide
                    | Verb::Declare
                    | Verb::Publish
                    | Verb::Notify
                    | Verb::Determine
            )
        )
    }

    /// What was counted or collected for one line.
    fn left_over(&mut self, lines: &mut Vec<String>) {
        match std::mem::take(&mut self.found) {
            found if found.is_empty() => {}
            found => lines.extend(item(&format!("Signs of the adversary are found on {}.", crate::debrief::model::some(&found, 6)))),
        }
        match std::mem::take(&mut self.encrypted) {
            0 => {}
            count => lines.extend(item(&format!("Seen encrypted: {}.", crate::debrief::narrative::counted(count as i64, "machine", "machines")))),
        }
        let most = if self.in_full { usize::MAX } else { TARGETS_NAMED };
        for (role, orders) in std::mem::take(&mut self.orders) {
            lines.extend(self.beginning(item(&format!("{} orders: {}.", self.teller.role(role), together(&orders, most))), LINES_OF_A_TEXT));
        }
        match std::mem::take(&mut self.published) {
            published if published.is_empty() => {}
            published => lines.extend(item(&format!("Published: {}.", crate::debrief::narrative::listed(&published)))),
        }
        if !self.services.is_empty() {
            let text = format!("Services: {}.", std::mem::take(&mut self.services).join(", "));
            lines.extend(item(&text));
        }
        // In short they are counted once, at the end.
        match if self.in_full { std::mem::take(&mut self.routine) } else { 0 } {
            0 => {}
            1 => lines.push(format!("{INDENT}(and 1 routine order)")),
            orders => lines.push(format!("{INDENT}(and {orders} routine orders: alerts taken up and looked into, briefings, log)")),
        }
    }

    /// The time, once for everything that happens close together.
    fn at(&mut self, at: ExerciseTime, lines: &mut Vec<String>) {
        let together = if self.in_full { TOGETHER } else { TOGETHER_IN_SHORT };
        if self.told.is_none_or(|told| told.0 / together.0 != at.0 / together.0) {
            self.left_over(lines);
            self.told = Some(at);
            if self.in_full {
                lines.push(String::new());
            }
            lines.push(format!("{}  ({})", self.program.public.calendar.label(at), since_startex(at)));
        }
    }

    fn line(&mut self, at: ExerciseTime, sentence: &str, lines: &mut Vec<String>) {
        self.at(at, lines);
        lines.extend(self.beginning(item(sentence), LINES_OF_A_TEXT));
    }

    fn move_opens(&self, opened: &Move, number: usize, at: ExerciseTime, came_true: impl Fn(ConditionId) -> Option<ExerciseTime>) -> Vec<String> {
        let rule = "=".repeat(WIDTH);
        let when = self.program.public.calendar.label(at);
        let title = format!("Move {number}: {}, {when}", opened.title);
        let mut lines = if self.in_full { vec![String::new(), rule.clone(), title, rule] } else { vec![String::new(), title] };
        lines.extend(self.beginning(paragraphs(&opened.read_aloud, ""), LINES_OF_A_MOVE));
        // What is read as well depends on what had been decided by then.
        for (condition, text) in &opened.also_read {
            if came_true(*condition).is_some_and(|since| since <= at) {
                lines.extend(self.beginning(paragraphs(text, ""), 1));
            }
        }
        lines
    }

    /// The beginning of a text that is told in short, with a sign that it goes on.
    fn beginning(&self, mut lines: Vec<String>, most: usize) -> Vec<String> {
        if !self.in_full && lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push_str(" …");
            }
        }
        lines
    }

    fn inject(&self, inject: &Inject) -> Vec<String> {
        let from = if inject.from.is_empty() { String::new() } else { format!(" from {}", inject.from.replace('-', " ")) };
        let channel = capital(inject.channel.label());
        let mut lines = self.beginning(wrapped(&format!("{channel}{from}, to {}", self.teller.roles(inject.to)), INDENT, WIDTH), 1);
        if let Some(first) = lines.first_mut() {
            *first = format!("  * {}", first.trim_start());
        }
        let text = if inject.text.is_empty() { &inject.plain } else { &inject.text };
        lines.extend(self.beginning(paragraphs(text, INDENT), LINES_OF_A_TEXT));
        if let Some((file, _)) = inject.artefact.as_ref().filter(|_| self.in_full) {
            lines.push(format!("{INDENT}(shown: {file})"));
        }
        lines
    }
}

/// Orders in one sentence: of several of one kind, what they are done to stands behind one another, so many of them by name.
fn together(orders: &[String], most: usize) -> String {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for order in orders {
        let (what, on) = order.split_once(": ").unwrap_or((order, ""));
        match said.iter_mut().find(|(known, _)| known == what) {
            Some((_, targets)) => targets.push(on),
            None => said.push((what.to_owned(), vec![on])),
        }
    }
    let each = |(what, mut targets): (String, Vec<&str>)| {
        let more = targets.len().saturating_sub(most);
        targets.truncate(most);
        match (targets.as_slice(), more) {
            ([""], _) => what,
            (_, 0) => format!("{what}: {}", targets.join(" · ")),
            (_, more) => format!("{what}: {} and {more} more", targets.join(" · ")),
        }
    };
    said.into_iter().map(each).collect::<Vec<_>>().join("; ")
}

/// A sentence as an item of a list.
fn item(sentence: &str) -> Vec<String> {
    let mut lines = wrapped(sentence, INDENT, WIDTH);
    if let Some(first) = lines.first_mut() {
        *first = format!("  - {}", first.trim_start());
    }
    lines
}

fn since_startex(at: ExerciseTime) -> String {
    if at == ExerciseTime(0) { "STARTEX".to_owned() } else { format!("{} in", Span(at.0)) }
}

fn paragraphs(text: &str, indent: &str) -> Vec<String> {
    text.trim().lines().flat_map(|line| if line.trim().is_empty() { vec![String::new()] } else { wrapped(line, indent, WIDTH) }).collect()
}

/// Breaks text into lines.
pub(super) fn wrapped(text: &str, indent: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent.chars().count() + line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(format!("{indent}{line}"));
    }
    lines
}
