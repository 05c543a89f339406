//! What people wrote down before it was discussed: one line each, typed as it comes from the paper.
//!
//! Several may share a role, or have none. What they think goes straight into the journal, and nobody is shown it before the decision is recorded: of
//! what was written down, only whose it is stands on the screen.

use egui::{RichText, Ui};

use super::Deed;
use super::record::{Field, State, field};
use crate::debrief::narrative::role_only;
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Tone};
use crate::ids::{DenseId, GateId, RoleId};
use crate::scenario::program::Role;
use crate::session::words::stems;

/// What somebody wrote down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slip {
    /// The role they share or have; none for somebody without one.
    pub role: Option<RoleId>,
    /// What tells them apart: a number, initials, a function.
    pub by: Option<String>,
    /// Which choice.
    pub choice: u8,
    /// How sure, in percent.
    pub sure: u8,
}

/// Reads a line: who, the letter of a choice, how sure. `it 2 b 70` and `it 2 b70` are the same.
///
/// # Errors
/// What is missing, for whoever types.
pub fn read(line: &str, roles: &[Role], choices: usize) -> Result<Slip, &'static str> {
    let words: Vec<&str> = line.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    let (who, choice, sure) = split(&words, choices)?;
    let (role, rest) = role_of(who, roles)?;
    let by = rest.join(" ");
    if role.is_none() && by.is_empty() {
        return Err("Who is it? A role, or what tells them apart.");
    }
    Ok(Slip { role, by: Some(by).filter(|by| !by.is_empty()), choice, sure })
}

/// Who, which choice, and how sure.
fn split<'a, 'b>(words: &'a [&'b str], choices: usize) -> Result<(&'a [&'b str], u8, u8), &'static str> {
    let letter = |word: &str| {
        let mut letters = word.chars();
        let place = letters.next().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase() as u8 - b'a')?;
        (letters.next().is_none() && usize::from(place) < choices).then_some(place)
    };
    let percent = |word: &str| word.trim_end_matches('%').parse::<u8>().ok().filter(|percent| *percent <= 100);
    let Some((last, before)) = words.split_last() else { return Err("Who, the letter, how sure.") };
    // "70 %" is one word to whoever types it.
    let (last, before) = match (*last, before.split_last()) {
        ("%", Some((last, before))) => (*last, before),
        (last, _) => (last, before),
    };
    if let Some(sure) = percent(last) {
        return match before.split_last() {
            Some((word, who)) => letter(word).map(|choice| (who, choice, sure)).ok_or("Which choice? Its letter stands before how sure."),
            None => Err("Who is it, and which choice?"),
        };
    }
    let together = last.char_indices().nth(1).map(|(at, _)| last.split_at(at));
    match together.and_then(|(first, rest)| Some((letter(first)?, percent(rest)?))) {
        Some((choice, sure)) => Ok((before, choice, sure)),
        None if letter(last).is_some() => Err("How sure, in percent?"),
        None => Err("Which choice, and how sure?"),
    }
}

/// The role that words name, by the beginnings of what it is called; and the words that are left.
fn role_of<'a, 'b>(words: &'a [&'b str], roles: &[Role]) -> Result<(Option<RoleId>, &'a [&'b str]), &'static str> {
    let Some((first, rest)) = words.split_first() else { return Ok((None, words)) };
    let nearness: Vec<usize> = roles.iter().map(|role| near(role, first)).collect();
    let best = nearness.iter().copied().max().unwrap_or(0);
    if best == 0 {
        return Ok((None, words));
    }
    let mut meant: Vec<usize> = (0..roles.len()).filter(|place| nearness[*place] == best).collect();
    let mut rest = rest;
    // "head it": of two heads, the one of IT.
    while meant.len() > 1
        && let Some((next, further)) = rest.split_first()
    {
        let nearer: Vec<usize> = meant.iter().copied().filter(|place| near(&roles[*place], next) > 0).collect();
        if nearer.is_empty() {
            break;
        }
        (meant, rest) = (nearer, further);
    }
    match meant.as_slice() {
        [only] => Ok((Some(RoleId::at(*only)), rest)),
        _ => Err("More than one role is called so: say which."),
    }
}

/// How near a word comes to what a role is called: its beginning, its initials, the beginning of one of its words, or a short form of one: "comms".
fn near(role: &Role, word: &str) -> usize {
    let (word, label) = (word.to_lowercase(), role_only(&role.label).to_lowercase());
    let initials: String = label.split_whitespace().filter_map(|part| part.chars().next()).collect();
    let parts = || label.split_whitespace().chain(role.id.split('-'));
    if label.starts_with(&word) {
        3
    } else if word.chars().count() > 1 && initials == word {
        2
    } else {
        let long = stems(&word);
        let short_form = !long.is_empty() && long.is_subset(&stems(&label));
        usize::from(word.chars().count() > 1 && (short_form || parts().any(|part| part.starts_with(&word))))
    }
}

/// Who somebody is, in words.
pub fn who(roles: &[Role], role: Option<RoleId>, by: Option<&str>) -> String {
    let label = role.and_then(|role| roles.get(role.index())).map(|role| role_only(&role.label));
    label.into_iter().chain(by).collect::<Vec<_>>().join(", ")
}

/// Draws them.
pub fn slips_ui(ui: &mut Ui, game: &Game, gate: GateId, state: &mut State, deeds: &mut Vec<Deed>) {
    let public = game.public();
    let Some(plan) = public.gates.get(gate.index()) else { return };
    ui.label(theme::muted(
        ui,
        "Asked for on paper, before anybody speaks. Nobody is shown it until the decision is recorded; who thought otherwise stays on record.",
    ));
    let mut focus = state.focus.take_if(|focus| *focus == Field::Slip).is_some();
    let entered = field(ui, "What each wrote before, one line a person  (P)", &mut state.slip, &mut focus);
    let read = read(&state.slip, &public.roles, plan.choices.len());
    match &read {
        _ if state.slip.trim().is_empty() => {
            let example: String = public.roles.first().map_or_else(String::new, |role| role.label.chars().take(3).collect::<String>().to_lowercase());
            let says = format!("Who, the letter, how sure: \u{201c}{example} 2 b 70\u{201d} is the second of several in a role.");
            ui.label(theme::muted(ui, says));
        }
        Ok(slip) => {
            let letter = char::from(b'A' + slip.choice);
            let who = who(&public.roles, slip.role, slip.by.as_deref());
            let without = if slip.role.is_none() { " (no role)" } else { "" };
            ui.label(format!("{who}{without}: {letter}, {} % sure. Enter writes it down.", slip.sure));
        }
        Err(lacks) => drop(ui.label(theme::muted(ui, *lacks))),
    }
    if entered {
        // The next line follows; an empty one leads back to the choices.
        if !state.slip.trim().is_empty() {
            state.focus = Some(Field::Slip);
        }
        if let Ok(slip) = read {
            deeds.push(Deed::Slip(gate, slip));
        }
    }
    let taken = game.session().positions_taken(gate);
    if taken.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        theme::badge(ui, Tone::Good, &format!("{} written down", taken.len()));
        for (role, by) in taken {
            let who = who(&public.roles, role, by);
            let button = ui
                .button(RichText::new(format!("{who}  \u{00d7}")))
                .on_hover_text("Take it back: it was a slip of the pen. To change it, write it once more.");
            button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Take back: {who}")));
            if button.clicked() {
                deeds.push(Deed::TakeSlipBack(gate, role, by.map(str::to_owned)));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::prepare;
    use crate::scenario::source::shipped;

    fn read_of(line: &str) -> Result<(String, u8, u8), &'static str> {
        let prepared = prepare::prepare(shipped()[0], None, None).expect("it is shipped");
        let roles = &prepared.program.public.roles;
        read(line, roles, 3).map(|slip| (who(roles, slip.role, slip.by.as_deref()), slip.choice, slip.sure))
    }

    #[test]
    fn a_line_says_who_which_and_how_sure() {
        for (line, wanted) in [
            ("inc b 70", ("Incident manager", 1, 70)),
            ("im B70", ("Incident manager", 1, 70)),
            ("it 2 a 55 %", ("Head of IT operations, 2", 0, 55)),
            ("comms c 60", ("Head of communications", 2, 60)),
            ("Comms 2 c 60", ("Head of communications, 2", 2, 60)),
            ("exec a 60", ("Chief executive", 0, 60)),
            ("head it KL c 100%", ("Head of IT operations, KL", 2, 100)),
            ("leg, b, 5", ("Legal and data protection", 1, 5)),
            ("duty nurse a 60", ("duty nurse", 0, 60)),
        ] {
            let (who, choice, sure) = read_of(line).expect(line);
            assert_eq!((who.as_str(), choice, sure), wanted, "{line}");
        }
    }

    #[test]
    fn what_is_missing_is_said_and_nothing_is_guessed() {
        for line in ["", "inc", "inc b", "inc 70", "inc d 70", "inc b 170", "b 70", "head b 70", "70"] {
            assert!(read_of(line).is_err(), "{line}: {:?}", read_of(line));
        }
    }
}
