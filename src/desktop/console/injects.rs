//! The running order (the MSEL of HSEEP) as a timeline and as a list, and what the facilitator can do to it.

use egui::{Align2, CollapsingHeader, Rect, RichText, Sense, TextStyle, Ui, pos2, vec2};

use super::{Deed, State as Console};
use crate::desktop::play::Game;
use crate::desktop::theme::{self, Mark, Palette, Tone, space};
use crate::ids::{ClaimId, DenseId, InjectId, MoveId, RoleId, RoleSet};
use crate::journal::PlainDirection;
use crate::scenario::written::Channel;
use crate::session::Improvise;
use crate::session::msel::{Line, State as Standing};
use crate::time::ExerciseTime;

/// What is being made up or put in other words.
#[derive(Clone, Debug)]
pub struct State {
    /// An inject that is given other words, and these.
    pub edited: Option<(InjectId, String)>,
    /// An inject of the facilitator's own.
    pub made: Improvise,
    /// What is asked for in the list.
    pub filter: String,
}

impl Default for State {
    fn default() -> State {
        let made = Improvise { to: RoleSet::NONE, channel: Channel::Phone, from: String::new(), text: String::new(), tells: None };
        State { edited: None, made, filter: String::new() }
    }
}

/// The running order, and between which moments the timeline lies.
#[derive(Clone, PartialEq, Debug)]
pub struct Data {
    /// All injects of the cut.
    pub lines: Vec<Line>,
    /// Openings of the moves of the cut, with their numbers.
    pub moves: Vec<(ExerciseTime, usize)>,
    /// Where the clock stands.
    pub now: ExerciseTime,
    /// ENDEX.
    pub until: ExerciseTime,
}

/// Builds it.
pub fn data(game: &Game) -> Data {
    let public = game.public();
    let played = public.moves.iter().filter(|step| step.played);
    Data {
        lines: game.session().msel(),
        moves: played.enumerate().map(|(place, step)| (step.opens, place + 1)).collect(),
        now: game.session().now(),
        until: public.endex,
    }
}

impl Data {
    /// When a line stands on the timeline: when it came, or when it is planned for; else nowhere.
    pub fn at(&self, line: &Line) -> Option<ExerciseTime> {
        match line.state {
            Standing::Came { at } | Standing::Retracted { at } | Standing::Skipped { at } => Some(at),
            Standing::Waiting | Standing::Held { .. } => line.planned,
            Standing::Never { .. } | Standing::Over => None,
        }
    }
}

fn tone(state: Standing) -> (Tone, Mark) {
    match state {
        Standing::Came { .. } => (Tone::Good, Mark::Done),
        Standing::Waiting => (Tone::Notice, Mark::New),
        Standing::Held { .. } => (Tone::Warning, Mark::Isolated),
        Standing::Skipped { .. } | Standing::Retracted { .. } => (Tone::Warning, Mark::Aside),
        Standing::Never { .. } | Standing::Over => (Tone::Plain, Mark::Off),
    }
}

/// Draws the running order.
pub fn injects_ui(ui: &mut Ui, game: &Game, data: &Data, state: &mut State, deeds: &mut Vec<Deed>) {
    ui.label(RichText::new("Running order").text_style(theme::heading()));
    timeline_ui(ui, data);
    CollapsingHeader::new("Make one up").show(ui, |ui| made_ui(ui, game, &mut state.made, deeds));
    ui.horizontal(|ui| {
        let label = ui.label("Find");
        ui.add(egui::TextEdit::singleline(&mut state.filter).desired_width(220.0)).labelled_by(label.id);
    });
    let wanted = state.filter.to_lowercase();
    let mut of_move: Option<Option<MoveId>> = None;
    for line in &data.lines {
        let found = wanted.is_empty() || [&line.title, &line.from, &line.text].iter().any(|text| text.to_lowercase().contains(&wanted));
        if !found {
            continue;
        }
        if of_move != Some(line.of_move) {
            of_move = Some(line.of_move);
            ui.add_space(space::USUAL);
            let title = line.of_move.and_then(|id| game.public().moves.get(id.index())).map_or("The deck: by hand", |step| step.title.as_str());
            ui.label(RichText::new(title).strong());
        }
        theme::card(ui).show(ui, |ui| line_ui(ui, game, data, line, state, deeds));
    }
}

fn line_ui(ui: &mut Ui, game: &Game, data: &Data, line: &Line, state: &mut State, deeds: &mut Vec<Deed>) {
    ui.set_width(ui.available_width());
    let public = game.public();
    ui.horizontal_wrapped(|ui| {
        let (tone, mark) = tone(line.state);
        mark.show(ui);
        let when = match (line.state, data.at(line)) {
            (Standing::Came { .. } | Standing::Skipped { .. } | Standing::Retracted { .. }, Some(at)) => {
                format!("{} {}", line.state.label(), public.calendar.label(at))
            }
            _ => line.state.label().to_owned(),
        };
        theme::badge(ui, tone, &when);
        let handout = line.handout.map(|number| format!(" \u{b7} handout {number}")).unwrap_or_default();
        ui.label(theme::muted(ui, format!("{} \u{b7} {} \u{b7} {}{handout}", line.number, line.kind.label(), line.channel.label())));
    });
    ui.label(RichText::new(&line.title).strong());
    let to: Vec<&str> = line.to.iter().filter_map(|role| public.roles.get(role.index())).map(|role| role.label.as_str()).collect();
    let to = if to.is_empty() { "those whom the simulation tells".to_owned() } else { to.join("; ") };
    let only_if = if line.only_if.is_empty() { String::new() } else { format!(", only if {}", line.only_if) };
    ui.label(theme::muted(ui, format!("To {to}. Comes {}{only_if}.", line.comes)));
    let inject = || line.id.clone();
    ui.horizontal_wrapped(|ui| {
        if ui.button("Look at it").clicked() {
            deeds.push(Deed::LookAt(Some(line.inject)));
        }
        let mut direct = |ui: &mut Ui, says: &str, direction: PlainDirection| {
            if ui.button(says).clicked() {
                deeds.push(Deed::Direct(direction));
            }
        };
        if line.state.can_fire() {
            direct(ui, "Bring it now", PlainDirection::Fire { inject: inject() });
            match line.state {
                Standing::Held { .. } => direct(ui, "Let it come", PlainDirection::Release { inject: inject() }),
                _ => direct(ui, "Hold it back", PlainDirection::Hold { inject: inject() }),
            }
            direct(ui, "Leave it out", PlainDirection::Skip { inject: inject() });
            if ui.button("Other words").clicked() {
                state.edited = Some((line.inject, line.text.clone()));
            }
        }
        if matches!(line.state, Standing::Came { .. }) {
            direct(ui, "Take it back", PlainDirection::Retract { inject: inject() });
        }
    });
    if let Some((edited, text)) = &mut state.edited
        && *edited == line.inject
    {
        let label = ui.label("What it says, from now on");
        ui.add(egui::TextEdit::multiline(text).desired_rows(3).desired_width(f32::INFINITY)).labelled_by(label.id);
        ui.horizontal(|ui| {
            if theme::main_button(ui, !text.trim().is_empty(), "Use these words").clicked() {
                deeds.push(Deed::Edit(line.inject, text.trim().to_owned()));
            }
            if ui.button("Leave it as it was").clicked() {
                deeds.push(Deed::Edit(line.inject, String::new()));
            }
        });
    }
}

fn made_ui(ui: &mut Ui, game: &Game, made: &mut Improvise, deeds: &mut Vec<Deed>) {
    let public = game.public();
    ui.label(theme::muted(
        ui,
        "It comes at once, and the debrief says that it was yours. A claim that it tells is learnt as from any other message.",
    ));
    ui.horizontal_wrapped(|ui| {
        ui.label("How");
        egui::ComboBox::from_id_salt("channel of made up").selected_text(made.channel.label()).show_ui(ui, |ui| {
            for channel in Channel::ALL {
                ui.selectable_value(&mut made.channel, channel, channel.label());
            }
        });
        let label = ui.label("From");
        ui.add(egui::TextEdit::singleline(&mut made.from).desired_width(220.0).char_limit(120)).labelled_by(label.id);
    });
    roles_ui(ui, game, &mut made.to);
    let label = ui.label("What it says");
    ui.add(egui::TextEdit::multiline(&mut made.text).desired_rows(3).desired_width(f32::INFINITY).char_limit(4000)).labelled_by(label.id);
    ui.horizontal_wrapped(|ui| {
        ui.label("It tells");
        let says = made.tells.and_then(|(claim, _)| public.claims.get(claim.index())).map_or("no claim", |claim| claim.text.as_str());
        egui::ComboBox::from_id_salt("claim of made up").selected_text(says).width(320.0).truncate().show_ui(ui, |ui| {
            ui.selectable_value(&mut made.tells, None, "no claim");
            for (place, claim) in public.claims.iter().enumerate() {
                for (yes, says) in [(true, "so"), (false, "not so")] {
                    ui.selectable_value(&mut made.tells, Some((ClaimId::at(place), yes)), format!("{says}: {}", claim.text));
                }
            }
        });
    });
    if theme::main_button(ui, !made.text.trim().is_empty() && !made.to.is_empty(), "Bring it now").clicked() {
        deeds.push(Deed::Improvise(made.clone()));
    }
}

/// Boxes to tick, one a role.
pub fn roles_ui(ui: &mut Ui, game: &Game, to: &mut RoleSet) {
    ui.horizontal_wrapped(|ui| {
        ui.label("To");
        for (place, role) in game.public().roles.iter().enumerate() {
            let id = RoleId::at(place);
            let mut has = to.has(id);
            if ui.checkbox(&mut has, crate::debrief::narrative::role_only(&role.label)).changed() {
                *to = if has { to.with(id) } else { to.without(id) };
            }
        }
    });
}

/// One line from STARTEX to ENDEX: moves as posts, injects as marks, and now.
fn timeline_ui(ui: &mut Ui, data: &Data) {
    let palette = Palette::of(ui);
    let (rect, answer) = ui.allocate_exact_size(vec2(ui.available_width(), 58.0), Sense::hover());
    answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, "Timeline of the running order; the list below says the same"));
    let span = (data.until.0 as f32).max(1.0);
    let x = |at: ExerciseTime| rect.left() + 8.0 + (rect.width() - 16.0) * (at.0 as f32 / span).clamp(0.0, 1.0);
    let painter = ui.painter_at(rect);
    let line = rect.top() + 34.0;
    painter.line_segment([pos2(rect.left() + 8.0, line), pos2(rect.right() - 8.0, line)], egui::Stroke::new(1.0, palette.line));
    let font = TextStyle::Small.resolve(ui.style());
    for (opens, number) in &data.moves {
        painter.line_segment([pos2(x(*opens), rect.top() + 14.0), pos2(x(*opens), rect.bottom() - 4.0)], egui::Stroke::new(1.0, palette.muted));
        painter.text(pos2(x(*opens) + 3.0, rect.top() + 2.0), Align2::LEFT_TOP, format!("Move {number}"), font.clone(), palette.muted);
    }
    for injected in &data.lines {
        let Some(at) = data.at(injected) else { continue };
        tone(injected.state).1.paint(&painter, pos2(x(at), line), 5.0, palette);
    }
    let now = Rect::from_center_size(pos2(x(data.now), line), vec2(3.0, 34.0));
    painter.rect_filled(now, 1.0, palette.accent);
    let says = pos2(x(data.now).clamp(rect.left() + 16.0, rect.right() - 16.0), rect.bottom());
    painter.text(says, Align2::CENTER_BOTTOM, "now", font, palette.accent);
}

/// What was made up has come, or words have been given: the forms are empty again.
pub fn done(console: &mut Console) {
    console.injects = State { filter: std::mem::take(&mut console.injects.filter), ..State::default() };
}
