//! A running commentary: what a room would see and decide, as it goes. Nothing in it is ground truth.

use crate::debrief::narrative::{Teller, capital};
use crate::ids::{ActionId, ConditionId, DenseId, RoleId};
use crate::scenario::program::{Inject, Move, Program};
use crate::scenario::written::Verb;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::ledger::Happened;
use crate::vocabulary::{Fact, compliance, continuity, exercise, incident_command, injects, team};

/// How wide the text is, in characters.
const WIDTH: usize = 110;
/// What happens so close together stands under one time: a room hears it in one breath.
const TOGETHER: Span = Span::minutes(20);
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
    /// What became of services meanwhile, for one line.
    services: Vec<String>,
    /// What each role ordered meanwhile, for one line a role.
    orders: Vec<(RoleId, Vec<String>)>,
}

impl<'a> Story<'a> {
    /// Nothing told yet.
    pub fn new(program: &'a Program) -> Story<'a> {
        Story {
            program,
            teller: Teller::new(program),
            told: None,
            routine: 0,
            levels: vec![100; program.public.services.len()],
            services: Vec::new(),
            orders: Vec::new(),
        }
    }

    /// Before STARTEX.
    pub fn opening(&self) -> Vec<String> {
        let public = &self.program.public;
        let mut lines = vec!["EXERCISE. Everything below is invented.".to_owned(), String::new(), public.title.clone()];
        lines.extend(wrapped(&public.about, ""));
        let roles: Vec<String> = public.roles.iter().map(|role| role.label.clone()).collect();
        lines.push(String::new());
        lines.extend(wrapped(&format!("Roles: {}. All are played by the policy `reference`.", roles.join(", ")), ""));
        lines.push(format!("STARTEX {}, ENDEX {}.", public.calendar.label(ExerciseTime(0)), public.calendar.label(public.endex)));
        lines
    }

    /// The lines for a fact; mostly none. `came_true` knows since when a condition holds.
    pub fn tell(&mut self, happened: &Happened, came_true: impl Fn(ConditionId) -> Option<ExerciseTime>) -> Vec<String> {
        // Everything goes through the teller: it learns what later facts speak of.
        let sentence = self.teller.tell(happened);
        if happened.at < ExerciseTime(0) || !happened.roles.is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
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
            Fact::Exercise(exercise::Fact::Ordered { action, .. }) if self.is_routine(action) => self.routine += 1,
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
                // Small changes are the engine breathing.
                if level.abs_diff(percent) >= 20 || (percent == 100) != (*level == 100) {
                    *level = percent;
                    self.at(happened.at, &mut lines);
                    self.services.push(format!("{} {percent} %", self.teller.service(service)));
                }
            }
            Fact::Exercise(exercise::Fact::Endex {}) => {
                self.left_over(&mut lines);
                self.line(happened.at, &sentence, &mut lines);
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
        for (role, orders) in std::mem::take(&mut self.orders) {
            lines.extend(item(&format!("{} orders: {}.", self.teller.role(role), together(&orders))));
        }
        if !self.services.is_empty() {
            let text = format!("Services: {}.", std::mem::take(&mut self.services).join(", "));
            lines.extend(item(&text));
        }
        match std::mem::take(&mut self.routine) {
            0 => {}
            1 => lines.push(format!("{INDENT}(and 1 routine order)")),
            orders => lines.push(format!("{INDENT}(and {orders} routine orders: alerts taken up and looked into, briefings, log)")),
        }
    }

    /// The time, once for everything that happens close together.
    fn at(&mut self, at: ExerciseTime, lines: &mut Vec<String>) {
        if self.told.is_none_or(|told| told.0 / TOGETHER.0 != at.0 / TOGETHER.0) {
            self.left_over(lines);
            self.told = Some(at);
            lines.push(String::new());
            lines.push(format!("{}  ({})", self.program.public.calendar.label(at), since_startex(at)));
        }
    }

    fn line(&mut self, at: ExerciseTime, sentence: &str, lines: &mut Vec<String>) {
        self.at(at, lines);
        lines.extend(item(sentence));
    }

    fn move_opens(&self, opened: &Move, number: usize, at: ExerciseTime, came_true: impl Fn(ConditionId) -> Option<ExerciseTime>) -> Vec<String> {
        let rule = "=".repeat(WIDTH);
        let when = self.program.public.calendar.label(at);
        let mut lines = vec![String::new(), rule.clone(), format!("Move {number}: {}, {when}", opened.title), rule];
        lines.extend(paragraphs(&opened.read_aloud, ""));
        // What is read as well depends on what had been decided by then.
        for (condition, text) in &opened.also_read {
            if came_true(*condition).is_some_and(|since| since <= at) {
                lines.extend(paragraphs(text, ""));
            }
        }
        lines
    }

    fn inject(&self, inject: &Inject) -> Vec<String> {
        let from = if inject.from.is_empty() { String::new() } else { format!(" from {}", inject.from.replace('-', " ")) };
        let channel = capital(inject.channel.label());
        let mut lines = wrapped(&format!("{channel}{from}, to {}", self.teller.roles(inject.to)), INDENT);
        if let Some(first) = lines.first_mut() {
            *first = format!("  * {}", first.trim_start());
        }
        let text = if inject.text.is_empty() { &inject.plain } else { &inject.text };
        lines.extend(paragraphs(text, INDENT));
        if let Some((file, _)) = &inject.artefact {
            lines.push(format!("{INDENT}(shown: {file})"));
        }
        lines
    }
}

/// Orders in one sentence: of several of one kind, what they are done to stands behind one another.
fn together(orders: &[String]) -> String {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for order in orders {
        let (what, on) = order.split_once(": ").unwrap_or((order, ""));
        match said.iter_mut().find(|(known, _)| known == what) {
            Some((_, targets)) => targets.push(on),
            None => said.push((what.to_owned(), vec![on])),
        }
    }
    let each = |(what, targets): (String, Vec<&str>)| if targets == [""] { what } else { format!("{what}: {}", targets.join(" · ")) };
    said.into_iter().map(each).collect::<Vec<_>>().join("; ")
}

/// A sentence as an item of a list.
fn item(sentence: &str) -> Vec<String> {
    let mut lines = wrapped(sentence, INDENT);
    if let Some(first) = lines.first_mut() {
        *first = format!("  - {}", first.trim_start());
    }
    lines
}

fn since_startex(at: ExerciseTime) -> String {
    if at == ExerciseTime(0) { "STARTEX".to_owned() } else { format!("{} in", Span(at.0)) }
}

fn paragraphs(text: &str, indent: &str) -> Vec<String> {
    text.trim().lines().flat_map(|line| if line.trim().is_empty() { vec![String::new()] } else { wrapped(line, indent) }).collect()
}

/// Breaks text into lines.
fn wrapped(text: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent.chars().count() + line.chars().count() + 1 + word.chars().count() > WIDTH {
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
