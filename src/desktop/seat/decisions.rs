//! Gates: what is to be decided, by whom, until when; with the reason and how sure one is.

use std::collections::BTreeMap;

use egui::{Key, Modifiers, ScrollArea, Ui};

use super::{Deed, give_with, orders, remaining};
use crate::debrief::narrative::bare;
use crate::desktop::console::percent_ui;
use crate::desktop::play::Own;
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::desktop::words::Names;
use crate::exercise::Receipt;
use crate::exercise::knowledge::View;
use crate::exercise::quote::{may, quote, speaks_for};
use crate::ids::{ActionId, DenseId, GateId};
use crate::scenario::written::Verb;
use crate::time::Span;
use crate::vocabulary::incident_command::{Command, Observation as Told};
use crate::vocabulary::{Command as AnyCommand, Observation, Order};

/// Keys of choices, in the order in which the wall lists them.
pub const LETTERS: [Key; 12] = [Key::A, Key::B, Key::C, Key::D, Key::E, Key::F, Key::G, Key::H, Key::I, Key::J, Key::K, Key::L];

/// One gate.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Which.
    pub gate: GateId,
    /// What is asked.
    pub ask: String,
    /// Why careful people disagree, if they do.
    pub dilemma: Option<String>,
    /// Who decides.
    pub who: String,
    /// All of them have to agree on it.
    pub all_of: bool,
    /// How long is left; none once it is decided.
    pub left: Option<Span>,
    /// Until when.
    pub until: String,
    /// The choices, and what each would order, with what that takes.
    pub choices: Vec<(String, Vec<String>)>,
    /// What was decided.
    pub decided: Option<usize>,
    /// By whom it was decided, when, how surely and why, as far as this seat knows.
    pub course: String,
    /// The action to decide with, and why it cannot be used.
    pub action: Option<ActionId>,
    /// Why this role cannot decide it now.
    pub refused: Option<String>,
}

/// All gates that the role has heard of, open ones first.
#[derive(Clone, Debug)]
pub struct Data {
    /// The gates.
    pub gates: Vec<Gate>,
    /// How many are open.
    pub open: usize,
    /// Part of what a request is known by.
    pub revision: u64,
}

/// The gates of a role; `own` is what was ordered from this seat.
pub fn data(view: &View<'_>, own: &[Own], revision: u64) -> Data {
    let names = Names::of(view);
    let action = (0..view.public.actions.len())
        .map(ActionId::at)
        .find(|action| view.public.actions[action.index()].verb == Verb::Decide && may(view, *action));
    let mut gates: Vec<Gate> = (view.public.gates.iter().zip(&view.knowledge.gates).enumerate())
        .filter(|(_, (_, belief))| belief.open_until.is_some() || belief.decided.is_some())
        .map(|(place, (plan, belief))| {
            let gate = GateId::at(place);
            let refused = match action {
                _ if belief.decided.is_some() => None,
                None => Some("this role may not decide".to_owned()),
                Some(_) if speaks_for(view).iter().all(|role| !plan.who.has(role)) => Some(format!("decided by {}", names.roles(plan.who))),
                Some(action) => {
                    let order = Order { action, command: Command::Decide { gate, choice: 0, sure: 50 }.into() };
                    quote(view, &order).err().map(|refusal| orders::why(view, &order, refusal))
                }
            };
            Gate {
                gate,
                ask: bare(&plan.ask).to_owned(),
                dilemma: plan.dilemma.clone(),
                who: names.roles(plan.who),
                all_of: plan.all_of,
                left: belief.open_until.filter(|_| belief.decided.is_none()).map(|until| until - view.now),
                until: belief.open_until.map_or_else(String::new, |until| view.public.calendar.label(until)),
                choices: plan
                    .choices
                    .iter()
                    .map(|choice| (bare(&choice.text).to_owned(), choice.orders.iter().map(|order| ordered(view, order)).collect()))
                    .collect(),
                decided: belief.decided.map(usize::from),
                course: if belief.decided.is_some() { course(view, gate, own) } else { String::new() },
                action,
                refused,
            }
        })
        .collect();
    gates.sort_by_key(|gate| (gate.decided.is_some(), gate.left));
    let open = gates.iter().filter(|gate| gate.decided.is_none()).count();
    Data { gates, open, revision }
}

/// An order of a choice, with what it takes.
fn ordered(view: &View<'_>, order: &Order) -> String {
    format!("{} ({})", Names::of(view).order(order), orders::price_in_decision(view, order))
}

/// By whom a gate was decided, when, how surely and why. Of what others decided, a role is told the choice and the moment.
fn course(view: &View<'_>, gate: GateId, own: &[Own]) -> String {
    let names = Names::of(view);
    let told = view.knowledge.news.iter().filter_map(|heard| match heard.observation {
        Observation::IncidentCommand(Told::GateIsDecided { gate: of, timed_out, .. }) if of == gate => Some((heard.at, timed_out)),
        _ => None,
    });
    let Some((at, timed_out)) = told.last() else { return String::new() };
    let clock = view.public.calendar.label(at);
    if timed_out {
        return format!("{clock}. Nobody decided in time, so this holds.");
    }
    let from_here = own.iter().rev().find_map(|own| match (own.order.command, own.receipt) {
        (AnyCommand::IncidentCommand(Command::Decide { gate: of, sure, .. }), Receipt::Accepted(_)) if of == gate => Some((sure, own)),
        _ => None,
    });
    match from_here {
        Some((sure, own)) => {
            let because = own.because.as_ref().map_or_else(|| "no reason was written".to_owned(), |because| format!("because: {because}"));
            format!("{clock}. Decided from this seat ({}), {sure} % sure; {because}", names.role(view.role))
        }
        None => {
            let who = view.public.gates.get(gate.index()).map_or(crate::ids::RoleSet::NONE, |plan| plan.who);
            format!("{clock}. For {} to decide; how surely and why, this role is not told.", names.roles(who))
        }
    }
}

/// What somebody is about to decide.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    choice: Option<usize>,
    /// How sure, in percent; none: nobody has said so yet, and a figure that nobody chose is not recorded.
    sure: Option<u8>,
    because: String,
}

impl Draft {
    fn ready(&self) -> bool {
        self.choice.is_some() && self.sure.is_some()
    }
}

/// What the panel remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    drafts: BTreeMap<GateId, Draft>,
    /// The decision that was touched last.
    touched: Option<GateId>,
    /// The field of the reason is to have the keyboard.
    into_why: bool,
}

impl State {
    /// Somebody came here with a choice in mind.
    pub fn choose(&mut self, gate: GateId, choice: usize) {
        self.drafts.entry(gate).or_default().choice = Some(choice);
        self.touched = Some(gate);
    }

    /// Whether a reason was written that was not sent.
    pub fn is_being_written(&self, data: &Data) -> bool {
        let open = data.gates.iter().filter(|gate| gate.decided.is_none() && gate.refused.is_none());
        open.filter_map(|gate| self.drafts.get(&gate.gate)).any(|draft| !draft.because.trim().is_empty())
    }

    /// What was decided is no draft any more.
    pub fn given(&mut self, order: &Order) {
        if let AnyCommand::IncidentCommand(Command::Decide { gate, .. }) = order.command {
            self.drafts.remove(&gate);
        }
    }

    /// The decision that the keyboard is for: the one that was touched last, or else the first of those that this role can take now.
    fn current<'a>(&self, data: &'a Data) -> Option<&'a Gate> {
        let mine = || data.gates.iter().filter(|gate| gate.decided.is_none() && gate.refused.is_none());
        mine().find(|gate| Some(gate.gate) == self.touched).or_else(|| mine().next())
    }
}

/// What the keyboard does while the panel is shown and nobody types: letters pick a choice, as on the wall.
pub fn keys(ui: &Ui, data: &Data, state: &mut State, deeds: &mut Vec<Deed>) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let Some(gate) = state.current(data) else { return };
    let nothing_focused = crate::desktop::desk::nothing_focused(ui);
    let draft = state.drafts.entry(gate.gate).or_default();
    ui.input_mut(|input| {
        for (place, key) in LETTERS.into_iter().enumerate().take(gate.choices.len()) {
            if input.consume_key(Modifiers::NONE, key) {
                draft.choice = Some(place);
            }
        }
        // Figures show panels, so how sure one is goes up and down.
        for (key, step) in [(Key::ArrowRight, 10), (Key::ArrowLeft, -10)] {
            if nothing_focused && input.consume_key(Modifiers::NONE, key) {
                // The first press begins in the middle.
                draft.sure = Some(draft.sure.map_or(50, |sure| sure.saturating_add_signed(step).min(100)));
            }
        }
        state.into_why |= input.consume_key(Modifiers::NONE, Key::W);
        if nothing_focused && draft.ready() && !input.modifiers.shift && input.consume_key(Modifiers::NONE, Key::Enter) {
            deeds.extend(decided(gate, draft, data.revision));
        }
    });
}

/// The order that a draft stands for.
fn decided(gate: &Gate, draft: &Draft, revision: u64) -> Option<Deed> {
    let (action, choice, sure) = (gate.action?, u8::try_from(draft.choice?).ok()?, draft.sure?);
    let order = Order { action, command: Command::Decide { gate: gate.gate, choice, sure }.into() };
    Some(give_with(revision, order, Some(draft.because.clone())))
}

/// Draws them.
pub fn decisions_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Deed> {
    let mut deeds = Vec::new();
    ScrollArea::vertical().id_salt("gates").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(space::READING.min(ui.available_width()));
        if data.gates.is_empty() {
            ui.label("No decision has been asked for yet.");
        }
        let current = state.current(data).map(|gate| gate.gate);
        for gate in &data.gates {
            let is_current = Some(gate.gate) == current;
            let frame = if is_current { theme::card(ui).stroke(egui::Stroke::new(2.0, Palette::of(ui).accent)) } else { theme::card(ui) };
            let shown = frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                let draft = state.drafts.entry(gate.gate).or_default();
                let before = draft.clone();
                let into_why = is_current && std::mem::take(&mut state.into_why);
                gate_ui(ui, gate, draft, (is_current, into_why), data.revision, &mut deeds);
                *draft != before
            });
            if shown.inner {
                state.touched = Some(gate.gate);
            }
            ui.add_space(space::TIGHT);
        }
    });
    deeds
}

/// Draws a gate: whether the keyboard is for it, and whether it is to write the reason.
fn gate_ui(ui: &mut Ui, gate: &Gate, draft: &mut Draft, (by_keys, into_why): (bool, bool), revision: u64, deeds: &mut Vec<Deed>) {
    ui.horizontal_wrapped(|ui| {
        match gate.left {
            Some(left) => remaining(ui, left, &gate.until),
            None => {
                theme::badge(ui, Tone::Good, "decided");
            }
        }
        let how = if gate.all_of { "all of them decide" } else { "any of them decides" };
        ui.label(theme::muted(ui, if gate.who.contains(" and ") { format!("{} ({how})", gate.who) } else { gate.who.clone() }));
    });
    ui.label(egui::RichText::new(&gate.ask).strong());
    if let Some(dilemma) = &gate.dilemma {
        ui.label(theme::muted(ui, dilemma));
    }
    if let Some(decided) = gate.decided {
        ui.label(gate.choices.get(decided).map_or("", |(choice, _)| choice.as_str()));
        if !gate.course.is_empty() {
            ui.label(theme::muted(ui, &gate.course));
        }
        return;
    }
    for ((letter, place), (choice, orders)) in ('A'..).zip(0..).zip(&gate.choices) {
        ui.add_enabled_ui(gate.refused.is_none(), |ui| {
            if ui.radio(draft.choice == Some(place), format!("{letter}  {choice}")).clicked() {
                draft.choice = Some(place);
            }
        });
        if !orders.is_empty() {
            ui.indent(("orders of a choice", place), |ui| ui.label(theme::muted(ui, format!("Orders: {}", orders.join("; ")))));
        }
    }
    if let Some(why) = &gate.refused {
        ui.label(theme::muted(ui, format!("Not yours to decide now: {why}.")));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label("How sure");
        percent_ui(ui, &mut draft.sure, &gate.ask);
    });
    let label = ui.label("Why (for the record; may stay empty)");
    // As in an order: Enter decides while the reason is typed, and Shift+Enter begins a new line.
    let id = egui::Id::new(("why of a decision", gate.gate.index()));
    let typing = ui.memory(|memory| memory.has_focus(id));
    let entered = typing && crate::desktop::desk::enter(ui);
    let why = egui::TextEdit::multiline(&mut draft.because).id(id).desired_rows(2).desired_width(f32::INFINITY);
    let why = ui.add(why.return_key(egui::KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))).labelled_by(label.id);
    if into_why {
        why.request_focus();
    }
    ui.horizontal_wrapped(|ui| {
        let button = theme::main_button(ui, draft.ready(), "Decide").on_hover_text("Enter");
        if button.on_disabled_hover_text("Choose what, and how sure, first").clicked() || (entered && draft.ready()) {
            deeds.extend(decided(gate, draft, revision));
        }
        if *draft != Draft::default() && ui.button("Empty it").on_hover_text("Nothing is chosen or written any more").clicked() {
            *draft = Draft::default();
        }
        if typing && !draft.ready() {
            ui.label(theme::muted(ui, "Choose what, and how sure, first; then Enter decides."));
        } else if by_keys {
            ui.label(theme::muted(ui, "Keys: the letter of a choice; arrows left and right for how sure; W for why; Enter decides, and Shift+Enter begins a new line of it."));
        }
    });
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::desktop::application::{Application, Screen};
    use crate::desktop::{scratch, screens};

    #[test]
    fn a_letter_arrows_and_enter_decide_and_no_figure_is_chosen_beforehand() {
        let application = screens::application_on("decisions").expect("a screen");
        let mut harness = scratch::harness(application, 1280.0, 720.0);
        harness.run();
        let decided = |harness: &Harness<'_, Application>| match &harness.state().screen {
            Screen::Seat(game, _) => game.own_orders().last().map(|own| own.order.command),
            _ => panic!("a seat"),
        };
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(decided(&harness), None, "nothing is picked yet");
        // What is typed as a reason picks nothing.
        harness.key_press(Key::W);
        harness.run();
        harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Why (for the record; may stay empty)").type_text("b");
        harness.key_press(Key::B);
        harness.run();
        harness.key_press(Key::Escape);
        harness.run();
        // A choice alone is not enough: how sure has to be said, and the first arrow begins in the middle.
        for key in [Key::B, Key::Enter, Key::ArrowRight, Key::ArrowRight, Key::ArrowRight, Key::Enter] {
            assert_eq!(decided(&harness), None);
            harness.key_press(key);
            harness.run();
        }
        let order = decided(&harness).expect("an order");
        assert!(matches!(order, crate::vocabulary::Command::IncidentCommand(Command::Decide { choice: 1, sure: 70, .. })), "{order:?}");
    }

    #[test]
    fn enter_decides_while_the_reason_is_typed_as_the_legend_says() {
        let application = screens::application_on("decisions").expect("a screen");
        let mut harness = scratch::harness(application, 1280.0, 720.0);
        harness.run();
        let own = |harness: &Harness<'_, Application>| match &harness.state().screen {
            Screen::Seat(game, _) => game.own_orders(),
            _ => panic!("a seat"),
        };
        let before = own(&harness).len();
        for key in [Key::B, Key::ArrowRight, Key::W] {
            harness.key_press(key);
            harness.run();
        }
        let type_in = |harness: &mut Harness<'_, Application>, text: &str| {
            harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Why (for the record; may stay empty)").type_text(text);
            harness.run();
        };
        type_in(&mut harness, "It spreads");
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
        harness.run();
        type_in(&mut harness, "and fast");
        assert_eq!(own(&harness).len(), before, "a new line decides nothing");
        harness.key_press(Key::Enter);
        harness.run();
        let own = own(&harness);
        assert_eq!((own.len(), own.last().and_then(|own| own.because.as_deref())), (before + 1, Some("It spreads\nand fast")));
        let order = own.last().expect("an order").order.command;
        assert!(matches!(order, crate::vocabulary::Command::IncidentCommand(Command::Decide { choice: 1, sure: 50, .. })), "{order:?}");
    }
}
