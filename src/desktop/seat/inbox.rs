//! What has reached the seat: messages by channel, each with what came with it.

use std::collections::BTreeSet;

use egui::{ScrollArea, Ui};

use super::{Deed, artefact};
use crate::debrief::narrative::{bare, capital};
use crate::desktop::theme::{self, Palette, Tone, space};
use crate::desktop::words;
use crate::exercise::knowledge::View;
use crate::ids::{DenseId, MoveId};
use crate::time::ExerciseTime;
use crate::vocabulary::{Observation, incident_command, injects};

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its place among the news of the role.
    pub number: usize,
    /// On the clock of the story.
    pub clock: String,
    /// How it came.
    pub channel: &'static str,
    /// Who from; may be empty.
    pub from: String,
    /// In one line.
    pub title: String,
    /// What it says.
    pub text: String,
    /// The same in plain words, for those who do not work with such things; may be empty.
    pub plain: String,
    /// A file that came with it: its name and text.
    pub artefact: Option<(String, String)>,
    /// Nobody has opened it.
    pub unread: bool,
}

/// All messages, the newest first.
#[derive(Clone, Debug)]
pub struct Data {
    /// The messages.
    pub messages: Vec<Message>,
    /// How many nobody has opened.
    pub unread: usize,
}

/// What is read aloud when a move opens.
pub type ReadAloud<'a> = &'a dyn Fn(MoveId, ExerciseTime) -> String;

/// The inbox of a role.
pub fn data(view: &View<'_>, read: &BTreeSet<usize>, read_aloud: ReadAloud<'_>) -> Data {
    let mut messages: Vec<Message> = Vec::new();
    for (number, heard) in view.knowledge.news.iter().enumerate() {
        let clock = view.public.calendar.label(heard.at);
        let unread = !read.contains(&number);
        match heard.observation {
            Observation::Injects(injects::Observation::Came { inject }) => {
                let Some(inject) = view.public.injects.get(inject.index()) else { continue };
                let text = if inject.text.trim().is_empty() { inject.plain.clone() } else { inject.text.trim().to_owned() };
                let title = first_line(&text);
                let plain = if inject.text.trim().is_empty() { String::new() } else { inject.plain.trim().to_owned() };
                let from = words::sender(&inject.from);
                messages.push(Message {
                    number,
                    clock,
                    channel: inject.channel.label(),
                    from,
                    title,
                    text,
                    plain,
                    artefact: inject.artefact.clone(),
                    unread,
                });
            }
            Observation::IncidentCommand(incident_command::Observation::MoveHasOpened { number: opened }) => {
                let title = view.public.moves.get(opened.index()).map_or("A new move", |opened| bare(&opened.title)).to_owned();
                let text = read_aloud(opened, heard.at);
                messages.push(Message {
                    number,
                    clock,
                    channel: "situation",
                    from: String::new(),
                    title,
                    text,
                    plain: String::new(),
                    artefact: None,
                    unread,
                });
            }
            _ => {}
        }
    }
    messages.reverse();
    let unread = messages.iter().filter(|message| message.unread).count();
    Data { messages, unread }
}

fn first_line(text: &str) -> String {
    const LONGEST: usize = 76;
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    if line.chars().count() <= LONGEST { line.to_owned() } else { format!("{}…", line.chars().take(LONGEST).collect::<String>()) }
}

/// What the screen remembers of the inbox.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The message that is open.
    pub open: Option<usize>,
    /// Only this channel.
    pub channel: Option<&'static str>,
    /// What is searched for in an artefact.
    pub search: String,
}

/// Draws it.
pub fn inbox_ui(ui: &mut Ui, data: &Data, state: &mut State) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let narrow = ui.available_width() < 640.0;
    if narrow {
        if let Some(open) = state.open.and_then(|open| data.messages.iter().find(|message| message.number == open)) {
            if ui.button("Back to all messages").clicked() {
                state.open = None;
            }
            message_ui(ui, open, &mut state.search);
        } else {
            list_ui(ui, data, state, &mut deeds);
        }
        return deeds;
    }
    let width = (ui.available_width() * 0.36).clamp(230.0, 380.0);
    egui::Panel::left("messages")
        .exact_size(width)
        .resizable(false)
        .frame(egui::Frame::NONE.inner_margin(egui::Margin { right: 10, ..Default::default() }))
        .show(ui, |ui| list_ui(ui, data, state, &mut deeds));
    egui::CentralPanel::no_frame().show(ui, |ui| {
        ui.add_space(2.0);
        match state.open.and_then(|open| data.messages.iter().find(|message| message.number == open)) {
            Some(open) => message_ui(ui, open, &mut state.search),
            None if data.messages.is_empty() => {
                ui.label("Nothing has come yet. Let the clock run.");
            }
            None => {
                ui.label("Open a message on the left.");
            }
        }
    });
    deeds
}

fn list_ui(ui: &mut Ui, data: &Data, state: &mut State, deeds: &mut Vec<Deed>) {
    let mut channels: Vec<&'static str> = data.messages.iter().map(|message| message.channel).collect();
    channels.sort_unstable();
    channels.dedup();
    ui.horizontal(|ui| {
        ui.label("Channel");
        egui::ComboBox::from_id_salt("channel").selected_text(state.channel.map_or_else(|| "all".to_owned(), str::to_owned)).show_ui(ui, |ui| {
            ui.selectable_value(&mut state.channel, None, "all");
            for channel in channels {
                ui.selectable_value(&mut state.channel, Some(channel), channel);
            }
        });
    });
    ScrollArea::vertical().id_salt("message list").auto_shrink(false).show(ui, |ui| {
        for message in data.messages.iter().filter(|message| state.channel.is_none_or(|channel| channel == message.channel)) {
            let palette = Palette::of(ui);
            let open = state.open == Some(message.number);
            let frame = if open { theme::card_chosen(ui) } else { theme::card(ui) };
            let frame = if message.unread && !open { frame.stroke(egui::Stroke::new(1.5, palette.accent)) } else { frame };
            let answer = frame
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let unread = if message.unread { "unread  " } else { "" };
                    let about = format!("{unread}{}  {}", message.clock, capital(message.channel));
                    let about = if message.unread { theme::toned(ui, Tone::Notice, about) } else { theme::muted(ui, about) };
                    ui.add(egui::Label::new(about).selectable(false).truncate());
                    if !message.from.is_empty() {
                        ui.add(egui::Label::new(theme::muted(ui, &message.from)).selectable(false).truncate());
                    }
                    let title = egui::RichText::new(&message.title);
                    ui.add(egui::Label::new(if message.unread { title.strong() } else { title }).selectable(false));
                })
                .response
                .interact(egui::Sense::click());
            answer.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Open: {}", message.title)));
            if answer.clicked() {
                state.search.clear();
                state.open = Some(message.number);
                deeds.push(Deed::Open(message.number));
            }
        }
    });
}

fn message_ui(ui: &mut Ui, message: &Message, search: &mut String) {
    ScrollArea::vertical().id_salt(("message", message.number)).auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(space::READING.min(ui.available_width()));
        ui.horizontal_wrapped(|ui| {
            theme::exercise_mark(ui);
            ui.label(theme::muted(ui, format!("{}  {}", message.clock, capital(message.channel))));
        });
        if !message.from.is_empty() {
            ui.label(theme::muted(ui, format!("From {}", message.from)));
        }
        ui.label(egui::RichText::new(&message.title).text_style(theme::heading()));
        ui.add_space(space::TIGHT);
        if message.text != message.title {
            artefact::markdown(ui, &message.text);
        }
        if !message.plain.is_empty() {
            egui::CollapsingHeader::new("In plain words").id_salt(("plain", message.number)).show(ui, |ui| {
                ui.label(&message.plain);
            });
        }
        if let Some((name, text)) = &message.artefact {
            ui.add_space(space::USUAL);
            artefact::artefact_ui(ui, name, text, search);
        }
    });
}
