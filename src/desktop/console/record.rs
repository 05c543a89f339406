//! What the room decides, in its words: typed, looked for, taken. Fifteen seconds are enough: R, the words, Enter, a number; O where somebody else is
//! to do it.

use std::collections::BTreeMap;

use egui::{RichText, Ui};

use super::data::Data;
use super::decide::Decision;
use super::{Deed, State as Console, Strip};
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Tone, space};
use crate::ids::{ClaimId, DenseId, GateId, RoleId};
use crate::journal::RemarkKind;
use crate::paper::script::Turn;
use crate::scenario::bounds::LONGEST_RECORD;
use crate::session::matching::Proposal;
use crate::time::Span;

/// What a remark is.
pub const KINDS: [(RemarkKind, &str); 2] = [(RemarkKind::Note, "Note"), (RemarkKind::Observation, "Observation")];

/// From when on something is to be done.
pub const FROM: [(Span, &str); 6] = [
    (Span::ZERO, "at once"),
    (Span::minutes(15), "in 15 minutes"),
    (Span::minutes(30), "in 30 minutes"),
    (Span::hours(1), "in an hour"),
    (Span::hours(4), "in 4 hours"),
    (Span::hours(12), "in 12 hours"),
];

/// Something that is typed into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The first of a strip.
    First,
    /// Why it is decided so.
    Why,
    /// What somebody wrote down before.
    Slip,
}

/// What is being written.
#[derive(Default)]
pub struct State {
    /// The room's words.
    pub words: String,
    /// Who is to do it, where the room said so.
    pub owner: Option<RoleId>,
    /// From when on; its place in [`FROM`].
    pub from: usize,
    /// What they may mean.
    pub proposals: Vec<Proposal>,
    /// Why they may mean nothing; empty where they may.
    pub nothing: String,
    /// Who could do the first of it, whose job it is first; nobody where it is everybody's.
    pub owners: Vec<RoleId>,
    /// The words and the owner for which proposals were looked for last, and at which revision.
    pub looked_for: Option<(String, Option<RoleId>, u64)>,
    /// Decisions that are being written down.
    pub decisions: BTreeMap<GateId, Decision>,
    /// What the room believes, where it said so.
    pub beliefs: BTreeMap<ClaimId, u8>,
    /// A remark.
    pub remark: String,
    /// Its kind; the place in [`KINDS`].
    pub kind: usize,
    /// What somebody wrote down before a decision was discussed, as it is typed.
    pub slip: String,
    /// What is to have the keyboard.
    pub focus: Option<Field>,
}

impl State {
    /// Looks for what the words may mean, unless that is known.
    pub fn look_for(&mut self, game: &Game) {
        let wanted = (self.words.trim().to_owned(), self.owner, game.revision());
        if self.looked_for.as_ref() == Some(&wanted) {
            return;
        }
        self.proposals = if wanted.0.is_empty() { Vec::new() } else { game.session().propose(&wanted.0, wanted.1) };
        let nothing = self.proposals.is_empty() && !wanted.0.is_empty();
        self.nothing = if nothing { game.session().why_nothing(&wanted.0) } else { String::new() };
        match self.proposals.first() {
            Some(first) => self.owners = game.session().owners(&first.meant),
            None if self.owner.is_none() => self.owners.clear(),
            // Of what this role cannot do, those who could are known still.
            None => {}
        }
        self.looked_for = Some(wanted);
    }

    /// Somebody else is to do it: the next of those who could.
    pub fn next_owner(&mut self, game: &Game) {
        let now = self.proposals.first().and_then(|first| first.meant.by());
        let place = self.owners.iter().position(|role| Some(*role) == now).map_or(0, |place| place + 1);
        if let Some(next) = self.owners.get(place % self.owners.len().max(1)) {
            self.owner = Some(*next);
            self.look_for(game);
        }
    }

    /// Words of the room are written and not recorded.
    pub fn is_draft(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// What was written is done with.
    pub fn clear(&mut self) {
        self.words.clear();
        self.proposals.clear();
        self.owners.clear();
        (self.owner, self.from, self.looked_for) = (None, 0, None);
    }
}

/// Draws what is being written; it scrolls. Where the window is `low`, what takes it down stays in sight below it.
pub fn strip_ui(ui: &mut Ui, game: &Game, turns: &[Turn], data: &Data, console: &mut Console, low: bool, deeds: &mut Vec<Deed>) {
    let state = &mut console.record;
    if low && matches!(console.strip, Some(Strip::Decide(_) | Strip::Beliefs)) {
        egui::Panel::bottom("below what is written").frame(egui::Frame::NONE).resizable(false).show(ui, |ui| match console.strip {
            Some(Strip::Decide(gate)) => super::decide::take_down_ui(ui, gate, state, deeds),
            Some(Strip::Beliefs) => go_on_ui(ui, turns, data, state, deeds),
            Some(Strip::Record | Strip::Note) | None => {}
        });
    }
    egui::ScrollArea::vertical().id_salt(("strip", console.opened)).auto_shrink(false).show(ui, |ui| match console.strip {
        None => {}
        Some(Strip::Record) => record_ui(ui, game, data, state, low, deeds),
        Some(Strip::Decide(gate)) => super::decide::decide_ui(ui, game, data, gate, state, low, deeds),
        Some(Strip::Beliefs) => {
            // First, so that it is in sight however much is asked below.
            if !low {
                go_on_ui(ui, turns, data, state, deeds);
            }
            beliefs_ui(ui, game, turns, data, state, low, deeds);
        }
        Some(Strip::Note) => note_ui(ui, state, deeds),
    });
}

/// A field that takes the keyboard when its strip opens; true if Enter was pressed in it.
pub fn field(ui: &mut Ui, label: &str, text: &mut String, focus: &mut bool) -> bool {
    let label = ui.label(RichText::new(label).strong());
    let field = ui.add(egui::TextEdit::singleline(text).desired_width(f32::INFINITY).char_limit(LONGEST_RECORD)).labelled_by(label.id);
    if *focus {
        field.request_focus();
        *focus = false;
    }
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// Closes what is being written.
pub fn put_away_ui(ui: &mut Ui, deeds: &mut Vec<Deed>) {
    if ui.button("Put away  (Esc)").on_hover_text("It is there when you open it again").clicked() {
        deeds.push(Deed::Write(None));
    }
}

/// Whether what is written is to be taken away; only closing keeps it.
pub fn empty_ui(ui: &mut Ui, something: bool) -> bool {
    something && ui.button("Empty it").on_hover_text("Take away what is written here").clicked()
}

/// Nobody in particular is to do it.
const WHOSE_JOB_IT_IS: &str = "whose job it is";

/// Who is to do it: whoever's job it is, until somebody says otherwise.
fn owner_ui(ui: &mut Ui, data: &Data, state: &mut State) {
    ui.selectable_value(&mut state.owner, None, WHOSE_JOB_IT_IS);
    for (place, label) in data.roles.iter().enumerate() {
        let role = RoleId::at(place);
        // Before anything is looked for nobody knows who could.
        let able = state.owners.is_empty() || state.owners.contains(&role) || state.owner == Some(role);
        let chip = ui.add_enabled(able, egui::Button::selectable(state.owner == Some(role), label));
        if chip.on_disabled_hover_text("This role could not do it now").clicked() {
            state.owner = Some(role);
        }
    }
}

fn record_ui(ui: &mut Ui, game: &Game, data: &Data, state: &mut State, low: bool, deeds: &mut Vec<Deed>) {
    let mut focus = state.focus.take().is_some();
    let entered = field(ui, "What the room decides, in its words", &mut state.words, &mut focus);
    if !low {
        ui.horizontal_wrapped(|ui| {
            ui.label("Who  (O)");
            owner_ui(ui, data, state);
        });
    }
    let mut looks = entered;
    ui.horizontal_wrapped(|ui| {
        looks |= theme::main_button(ui, !state.words.trim().is_empty(), "Look for it").on_hover_text("Enter").clicked();
        if low {
            // A row for each two roles would leave no room for what is proposed.
            ui.label("Who  (O)");
            let says = state.owner.and_then(|role| data.roles.get(role.index())).map_or(WHOSE_JOB_IT_IS, String::as_str);
            egui::ComboBox::from_id_salt("who").selected_text(says).width(120.0).truncate().show_ui(ui, |ui| owner_ui(ui, data, state));
        }
        ui.label("When");
        let says = FROM.get(state.from).map_or("", |(_, says)| says);
        egui::ComboBox::from_id_salt("from").selected_text(says).width(120.0).show_ui(ui, |ui| {
            for (place, (_, says)) in FROM.iter().enumerate() {
                ui.selectable_value(&mut state.from, place, *says);
            }
        });
        if ui.button("Only note it  (0)").clicked() {
            deeds.push(Deed::NoteOnly);
        }
        put_away_ui(ui, deeds);
        if empty_ui(ui, !state.words.is_empty()) {
            state.clear();
            state.focus = Some(Field::First);
        }
    });
    if looks {
        state.look_for(game);
        // Numbers now take a proposal.
        ui.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
    }
    if state.looked_for.is_none() {
        ui.label(theme::muted(
            ui,
            "Enter looks for what it may mean. \u{201c}From now on ..\u{201d} is a standing order; \u{201c}if .., ..\u{201d} waits.",
        ));
        return;
    }
    // What the exercise offers changes with it, and so does what an owner may do.
    state.look_for(game);
    if state.owner.is_some() && state.proposals.is_empty() {
        ui.label("This role could do nothing that fits. Leave it to whoever's job it is, or name another.");
    }
    if state.owner.is_none() && state.proposals.is_empty() {
        ui.label(format!("{} Note the words, or put it in others.", state.nothing));
    }
    for (place, proposal) in state.proposals.iter().enumerate() {
        let says = format!("{}  {}", place + 1, proposal.says);
        let button = egui::Button::new(says).wrap().min_size(egui::vec2(ui.available_width(), space::CLICK));
        if ui.add(button).clicked() {
            deeds.push(Deed::Accept(place));
        }
    }
}

/// Whether *Next* would end play.
pub fn is_last(turns: &[Turn], data: &Data) -> bool {
    data.current.is_some_and(|place| place + 1 == turns.len())
}

fn beliefs_ui(ui: &mut Ui, game: &Game, turns: &[Turn], data: &Data, state: &mut State, low: bool, deeds: &mut Vec<Deed>) {
    let Some(turn) = data.current.and_then(|place| turns.get(place)) else { return };
    let open = super::decide::open_gates(game, turns, data);
    if !open.is_empty() {
        theme::badge(ui, Tone::Warning, "Nobody has decided yet; if you go on, the story decides:");
        for plan in open.into_iter().filter_map(|gate| game.public().gates.get(gate.index())) {
            ui.label(format!("\u{2022} {}", plan.ask));
        }
    }
    let missed: Vec<String> = data.not_ticked().map(|(when, item)| super::beside::called(when, item)).collect();
    if !missed.is_empty() {
        ui.horizontal_wrapped(|ui| {
            let says = if low { format!("{} not ticked as given", missed.len()) } else { "Not ticked as given:".to_owned() };
            theme::badge(ui, Tone::Warning, &says);
            if ui.button("All were given  (G)").on_hover_text(missed.join("\n")).clicked() {
                deeds.push(Deed::AllGiven);
            }
        });
        // With large text the questions have to be in sight; which sheets those are is said over the button.
        if !low {
            ui.label(theme::muted(ui, super::sheets::TICK));
            for says in missed {
                ui.label(format!("\u{2022} {says}"));
            }
        }
    }
    if is_last(turns, data) {
        theme::badge(ui, Tone::Warning, "This is the last move: going on ends play (ENDEX), and the hotwash follows.");
    }
    if !turn.beliefs.is_empty() {
        ui.label(RichText::new("Before you go on: how sure is the room of this?").strong());
        ui.label(theme::muted(ui, "0 is surely not, 100 surely. Leave out what nobody can say."));
    }
    for (claim, text) in &turn.beliefs {
        ui.label(text);
        ui.horizontal_wrapped(|ui| {
            // Nothing is chosen until somebody has said a number; the same once more takes it away.
            let mut said = state.beliefs.get(claim).copied();
            percent_ui(ui, &mut said, text);
            let _ = match said {
                Some(percent) => state.beliefs.insert(*claim, percent),
                None => state.beliefs.remove(claim),
            };
        });
    }
}

/// What leads on to the next move, with what the room believes or without.
fn go_on_ui(ui: &mut Ui, turns: &[Turn], data: &Data, state: &State, deeds: &mut Vec<Deed>) {
    let Some(turn) = data.current.and_then(|place| turns.get(place)) else { return };
    let confirmed = crate::desktop::desk::entered(ui);
    ui.add_space(space::TIGHT);
    ui.horizontal_wrapped(|ui| {
        let said: Vec<(ClaimId, u8)> = turn.beliefs.iter().filter_map(|(claim, _)| Some((*claim, *state.beliefs.get(claim)?))).collect();
        let ready = !said.is_empty();
        if theme::main_button(ui, ready, "Record and go on").clicked() || (ready && confirmed) {
            deeds.push(Deed::Believe(said));
        }
        if ui.button("Go on without").clicked() || (!ready && confirmed) {
            deeds.push(Deed::GoOn);
        }
        if ui.button("Not yet  (Esc)").clicked() {
            deeds.push(Deed::Write(None));
        }
    });
}

/// Percents to choose from, none of them chosen beforehand: a number that nobody said is never recorded.
pub fn percent_ui(ui: &mut Ui, said: &mut Option<u8>, about: &str) {
    for percent in (0..=100).step_by(10) {
        let chosen = *said == Some(percent);
        let chip = ui.add(egui::Button::new(format!("{percent} %")).selected(chosen));
        chip.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, chosen, format!("{percent} %: {about}")));
        if chip.clicked() {
            *said = (!chosen).then_some(percent);
        }
    }
}

fn note_ui(ui: &mut Ui, state: &mut State, deeds: &mut Vec<Deed>) {
    ui.horizontal_wrapped(|ui| {
        for (place, (_, says)) in KINDS.iter().enumerate() {
            ui.radio_value(&mut state.kind, place, *says);
        }
    });
    let mut focus = state.focus.take().is_some();
    let entered = field(ui, "What you saw or heard", &mut state.remark, &mut focus);
    ui.horizontal(|ui| {
        let ready = !state.remark.trim().is_empty();
        if theme::main_button(ui, ready, "Write it down").clicked() || (entered && ready) {
            deeds.push(Deed::Remark);
        }
        put_away_ui(ui, deeds);
        if empty_ui(ui, !state.remark.is_empty()) {
            state.remark.clear();
            state.focus = Some(Field::First);
        }
    });
    theme::badge(ui, Tone::Plain, "Speak of roles and what was done, never of a person's merit.");
}

#[cfg(test)]
mod tests {
    use egui::Key;
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT, Queryable};

    use crate::desktop::application::Application;
    use crate::desktop::{scratch, screens};

    #[test]
    fn escape_puts_away_what_is_written_and_it_is_there_when_it_is_opened_again() {
        let mut harness = scratch::harness(screens::application_on("console").expect("a screen"), 1280.0, 720.0);
        harness.run();
        for (key, button, field) in [(Key::R, "Record", "What the room decides, in its words"), (Key::T, "Note", "What you saw or heard")] {
            let says = |harness: &Harness<'_, Application>| harness.get_by_label(field).accesskit_node().value().unwrap_or_default();
            let press = |harness: &mut Harness<'_, Application>, key: Key| {
                harness.key_press(key);
                harness.run();
            };
            press(&mut harness, key);
            harness.get_by_label(field).type_text("Somebody has to ring the regional office");
            harness.run();
            press(&mut harness, Key::Escape);
            assert!(harness.query_by_label(field).is_none(), "it is closed");
            harness.get_by_label(&format!("{button} (draft)")).click();
            harness.run();
            assert_eq!(says(&harness), "Somebody has to ring the regional office");
            harness.get_by_label("Empty it").click();
            harness.run();
            assert_eq!(says(&harness), "");
            assert!(harness.query_by_label("Empty it").is_none());
            press(&mut harness, Key::Escape);
            assert!(harness.query_by_label(button).is_some() && harness.query_by_label(&format!("{button} (draft)")).is_none());
        }
    }

    /// Everything that is needed to take it down lies in the window, with large text as well.
    #[test]
    fn with_large_text_what_is_proposed_and_the_main_button_are_in_sight() {
        for scale_percent in [150.0, 200.0] {
            let shown = |screen: &str, needed: &[&str]| {
                // So many points has a window of 1280 by 720.
                let size = egui::vec2(1280.0, 720.0) * 100.0 / scale_percent;
                let application = screens::application_on(screen).expect("a screen");
                let mut harness = scratch::harness(application, size.x, size.y);
                harness.run();
                let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
                for label in needed {
                    let found: Vec<egui::Rect> = harness.query_all_by_label_contains(label).map(|node| node.rect()).collect();
                    assert!(found.iter().any(|rect| whole.contains_rect(*rect)), "{screen} at {scale_percent} %: {label} {found:?}");
                }
            };
            shown("console-record", &["What the room decides", "Look for it", "Only note it", "Put away", "1  ", "2  "]);
            shown("console-decide", &["A  ", "How sure is the room", "100 %", "Record it", "Put away"]);
            shown("console-beliefs", &["Before you go on", "Record and go on", "Go on without"]);
        }
    }
}
