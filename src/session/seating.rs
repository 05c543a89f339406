//! Who sits where: people and programs take roles, leave them and hand them over while play runs.
//!
//! A role keeps what it knows, whoever plays it, so whoever comes late knows what the one before was told. A program that takes a role over hears all
//! that the role was ever told, and acts a second later at the earliest; where somebody sits down it stops at once.

use super::{Doing, Mode, Seated, Session, Trouble};
use crate::ids::*;
use crate::journal::{Annotation, COMMANDS, Entry, NOBODY, Occupied, RemarkKind, Setup};
use crate::policy::Kind;
use crate::scenario::compile::{Names, written};
use crate::scenario::program::Public;
use crate::time::ExerciseTime;

/// The longest label of somebody at the table, in characters.
pub(super) const LONGEST_LABEL: usize = 60;

/// Somebody in a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occupancy {
    /// Since when.
    pub at: ExerciseTime,
    /// Which role.
    pub role: RoleId,
    /// A person or a program.
    pub by: Seated,
    /// What tells people apart: a seat at the table, a function; never a name.
    pub label: Option<String>,
}

impl Session {
    /// Somebody takes a role from now on: a person, or a program. Who sat there before leaves it. The same person can hold several roles.
    ///
    /// # Errors
    /// There is no such role, the label is too long, or the session is over.
    pub fn seat(&mut self, role: RoleId, by: Seated, label: Option<String>) -> Result<(), Trouble> {
        if self.closed {
            return Err(Trouble::Closed);
        }
        let label = label.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
        if label.as_ref().is_some_and(|label| label.chars().count() > LONGEST_LABEL) {
            return Err(Trouble::Not(format!("a label has at most {LONGEST_LABEL} characters")));
        }
        let Some(known) = self.prepared.program.public.roles.get(role.index()) else {
            return Err(Trouble::Not("there is no such role".to_owned()));
        };
        if self.seats.get(role.index()) == Some(&by) && self.labels.get(role.index()) == Some(&label) {
            return Ok(());
        }
        let at = self.now();
        let entry = Occupied { at, role: known.id.clone(), by: by.name().to_owned(), label: label.clone() };
        let left = self.handed_over(role, by, &label);
        let doing = Doing::Seat(Occupancy { at, role, by, label });
        self.do_it(at, &doing)?;
        self.doings.push((at, doing));
        self.write(&Entry::Occupied(entry));
        self.annotate(Annotation {
            about: Some(self.prepared.program.public.roles[role.index()].id.clone()),
            ..Annotation::new(RemarkKind::HandOver, left)
        });
        Ok(())
    }

    /// Somebody leaves a role: a colleague takes it over, as is usual in this mode.
    ///
    /// # Errors
    /// As [`Session::seat`].
    pub fn leave(&mut self, role: RoleId) -> Result<(), Trouble> {
        let usual = Session::usual_seats(&self.prepared.program, self.mode, RoleSet::NONE);
        let by = usual.get(role.index()).copied().unwrap_or(Seated::Policy(Kind::Idle));
        self.seat(role, by, None)
    }

    /// Who is in which role now, by role.
    pub fn occupants(&self) -> Vec<Occupancy> {
        let since = |role: RoleId| {
            let taken = self.occupancy().rev().find(|occupancy| occupancy.role == role).map(|occupancy| occupancy.at);
            taken.unwrap_or(ExerciseTime(0))
        };
        let seats = self.roles().zip(self.seats.iter().zip(&self.labels));
        seats.map(|(role, (by, label))| Occupancy { at: since(role), role, by: *by, label: label.clone() }).collect()
    }

    /// Who took which role since STARTEX, in order.
    pub fn occupancy(&self) -> impl DoubleEndedIterator<Item = &Occupancy> {
        self.doings.iter().filter_map(|(_, doing)| match doing {
            Doing::Seat(occupancy) => Some(occupancy),
            _ => None,
        })
    }

    /// Who played which role, in words, for a debrief.
    pub fn who_played(&self) -> Vec<(RoleId, String)> {
        let public = &self.prepared.program.public;
        let setup = Setup::of(public, self.mode.name(), self.first_seats.iter().map(|seat| seat.name().to_owned()));
        let plain = |occupancy: &Occupancy| Occupied {
            at: occupancy.at,
            role: public.roles.get(occupancy.role.index()).map(|role| role.id.clone()).unwrap_or_default(),
            by: occupancy.by.name().to_owned(),
            label: occupancy.label.clone(),
        };
        let occupied: Vec<Occupied> = self.occupancy().map(plain).collect();
        who_played(public, &self.prepared.names, &setup, &occupied)
    }

    /// What a change of hands is, in a sentence or two.
    fn handed_over(&self, role: RoleId, by: Seated, label: &Option<String>) -> String {
        let public = &self.prepared.program.public;
        let old =
            self.seats.get(role.index()).map_or_else(String::new, |seat| self.says(*seat, self.labels.get(role.index()).and_then(Option::as_ref)));
        let mut text = format!("{}: {old} hands over to {}.", public.roles[role.index()].label, self.says(by, label.as_ref()));
        let orders = self.waiting(role).iter().map(|waiting| {
            let order = written(public, &waiting.order);
            let says = public.actions.get(waiting.order.action.index()).map_or("", |action| action.says.as_str());
            if order.on.is_empty() { says.to_owned() } else { format!("{says} ({})", order.on.join(", ")) }
        });
        let orders: Vec<String> = orders.collect();
        if !orders.is_empty() {
            text.push_str(&format!(" Told and not done yet: {}.", orders.join("; ")));
        }
        text
    }

    fn says(&self, seat: Seated, label: Option<&String>) -> String {
        labelled(seat_says(seat.name(), self.mode.name()), label)
    }
}

fn labelled(says: String, label: Option<&String>) -> String {
    match label {
        Some(label) => format!("{says} ({label})"),
        None => says,
    }
}

/// Who sat in a seat, in words.
fn seat_says(by: &str, mode: &str) -> String {
    let policy = |name: &str| match Kind::named(name) {
        Some(Kind::Colleague(_)) => format!("a simulated colleague (`{name}`)"),
        _ => format!("the policy `{name}`"),
    };
    match by {
        "person" => "a person".to_owned(),
        NOBODY => "nobody".to_owned(),
        COMMANDS => "a file of orders".to_owned(),
        directed if directed == Kind::Directed.name() && mode == Mode::Discussion.name() => "the room, through a directed colleague".to_owned(),
        other => match other.split_once('+') {
            Some((COMMANDS, beside)) => format!("a file of orders, and {}", policy(beside)),
            _ => policy(other),
        },
    }
}

/// Who played which role, in words: as play was set up, and who came later. A role that changed hands has a line for each.
pub fn who_played(public: &Public, names: &Names, setup: &Setup, occupied: &[Occupied]) -> Vec<(RoleId, String)> {
    let mut lines: Vec<(RoleId, String)> =
        setup.seats.iter().filter_map(|seat| Some((names.find(&seat.role)?, seat_says(&seat.by, &setup.mode)))).collect();
    lines.extend(occupied.iter().filter_map(|occupied| {
        let says = labelled(seat_says(&occupied.by, &setup.mode), occupied.label.as_ref());
        Some((names.find(&occupied.role)?, format!("from {} {says}", public.calendar.label(occupied.at))))
    }));
    lines
}
