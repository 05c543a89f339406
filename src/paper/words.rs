//! Small sentences that several papers need.

use crate::debrief::narrative::{bare, capital, listed, role_only, who};
use crate::ids::{DenseId, InjectId, RoleId, RoleSet};
use crate::scenario::program::{Inject, Program, Public};
use crate::scenario::script::Beat;
use crate::scenario::written::Channel;
use crate::time::{ExerciseTime, Span};

/// `5 minutes`, `1 minute`; `1 h 5 min` is nothing a room says.
pub fn minutes(span: Span) -> String {
    match span.as_minutes() {
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// A span as people say it: `20 minutes`, `4 hours`, `2 hours 30 minutes`, `3 days`.
pub fn span(span: Span) -> String {
    let minutes = span.as_minutes();
    let counted = |number: i64, unit: &str| if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) if hours % 24 == 0 && hours > 48 => counted(hours / 24, "day"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// Roles by their short labels: `Legal and data protection and Chief executive`.
pub fn roles(public: &Public, roles: RoleSet) -> String {
    if !public.roles.is_empty() && roles == RoleSet::first(public.roles.len()) {
        return "everybody".to_owned();
    }
    listed(&roles.iter().map(|role| short_role(public, role)).collect::<Vec<_>>())
}

/// A role's label without whoever has it.
pub fn short_role(public: &Public, role: RoleId) -> String {
    public.roles.get(role.index()).map_or("a role", |role| role_only(&role.label)).to_owned()
}

/// The moment on the clock of the story: `Fri 23 Oct 17:40`.
pub fn clock(public: &Public, at: ExerciseTime) -> String {
    public.calendar.label(at)
}

/// What an author calls something: `av support mail`.
pub fn name_of(id: &str) -> String {
    id.replace('-', " ")
}

/// A sentence with a full stop, beginning with a capital.
pub fn sentence(text: &str) -> String {
    let text = capital(bare(text));
    if text.ends_with(['?', '!', '\u{201d}']) || text.is_empty() { text } else { format!("{text}.") }
}

/// How something reaches people, as a heading: `Mail from Ingrid Solhaug`, `Log extract: Antivirus console`.
pub fn heading(inject: &Inject) -> String {
    let kind = capital(inject.channel.label());
    if inject.from.is_empty() {
        // Four sheets that are all called "Alert" cannot be told apart on a table: what nobody sends is called by what it is.
        let subject = subject(inject);
        return if subject.is_empty() || subject.starts_with(&kind) {
            if subject.is_empty() { kind } else { subject }
        } else {
            format!("{kind}: {subject}")
        };
    }
    headed(&kind, inject.channel, &inject.from)
}

/// What something is that nobody sends: the first words of its remark (a log, a table) or of its text. Empty where those are no title.
pub fn subject(inject: &Inject) -> String {
    const LONGEST: usize = 72;
    let remark = inject.artefact.as_ref().and_then(|(_, text)| {
        let line = text.lines().find(|line| line.starts_with('#'))?.trim_start_matches(['#', ' ']);
        Some(line.strip_prefix("EXERCISE.").unwrap_or(line).trim())
    });
    let text = remark.unwrap_or(&inject.text);
    let ends = [". ", ": ", "; ", "? ", "\n"].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let mut words = bare(&text[..ends]);
    while words.chars().count() > LONGEST {
        let Some((shorter, _)) = words.rsplit_once(", ") else { return String::new() };
        words = shorter;
    }
    capital(words)
}

fn headed(kind: &str, channel: Channel, from: &str) -> String {
    let is_described = ["A ", "An ", "The "].iter().any(|article| from.starts_with(article));
    match channel {
        _ if from.is_empty() => kind.to_owned(),
        Channel::InPerson | Channel::News | Channel::Social => format!("{kind}: {}", bare(from)),
        _ if is_described => format!("{kind}: {}", bare(from)),
        _ => format!("{kind} from {}", bare(from)),
    }
}

/// The same for players: of a caller who is described at length, only who it is.
pub fn heading_for_players(public: &Public, inject: &Inject) -> String {
    let known = public.stakeholders.iter().any(|stakeholder| stakeholder.words == inject.from);
    let shorter = Inject { from: if known { who(&inject.from).to_owned() } else { inject.from.clone() }, ..inject.clone() };
    heading(&shorter)
}

/// The injects that have something to hand out, in the order of the script: what stands at place 0 is handout 1.
pub fn handouts(program: &Program) -> Vec<InjectId> {
    let script = &program.script;
    let in_moves = script.moves.iter().flat_map(|one| &one.order).filter_map(|beat| match beat {
        Beat::Inject(id) | Beat::Voice(id) => Some(*id),
        Beat::Read | Beat::Questions | Beat::Gate(_) => None,
    });
    let shown = |id: &InjectId| program.public.injects.get(id.index()).is_some_and(|inject| !inject.text.is_empty() || inject.artefact.is_some());
    in_moves.chain(script.deck.iter().copied()).filter(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_as_people_say_them() {
        for (minutes, said) in
            [(1, "1 minute"), (20, "20 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes"), (2880, "48 hours"), (4320, "3 days")]
        {
            assert_eq!(span(Span::minutes(minutes)), said);
        }
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(sentence("who leads it?"), "Who leads it?");
        assert_eq!(sentence("once it is so."), "Once it is so.");
        assert_eq!(sentence(""), "");
    }
}
