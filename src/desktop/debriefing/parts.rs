//! Parts of the debrief that are read: causes, capabilities, decisions, outcome, words, the facilitator's hand, the appendix.

use egui::{RichText, Ui};

use super::super::theme::{self, Tone, space};
use crate::debrief::Debrief;
use crate::debrief::model::{AtTheTable, Quote, Stated};
use crate::debrief::narrative::{capital, counted};

/// A heading of a part.
pub fn heading(ui: &mut Ui, says: &str) {
    ui.label(RichText::new(says).text_style(theme::heading()));
}

/// A list under a word, if there is anything in it.
pub fn list(ui: &mut Ui, says: &str, items: &[String]) {
    if !items.is_empty() {
        ui.label(theme::muted(ui, says));
        items.iter().for_each(|item| drop(ui.label(format!("\u{2022} {item}"))));
    }
}

/// A card as broad as the column.
pub fn card(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        inside(ui);
    });
    ui.add_space(space::TIGHT);
}

/// What participants wrote themselves.
pub fn wrote_ui(ui: &mut Ui, debrief: &Debrief) {
    for (title, stated) in debrief.participants.wrote() {
        theme::card_of(ui, Tone::Notice).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(title).strong());
            stated.iter().for_each(|one| stated_ui(ui, one));
        });
        ui.add_space(space::TIGHT);
    }
}

fn stated_ui(ui: &mut Ui, stated: &Stated) {
    let by = stated.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    ui.label(format!("\u{2022} {}{by}", stated.text));
    if !stated.evidence.is_empty() {
        ui.label(theme::muted(ui, format!("Evidence: {}", stated.evidence.join("; "))));
    }
}

/// What participants wrote, and their causes beside what was so.
pub fn causes_ui(ui: &mut Ui, debrief: &Debrief) {
    wrote_ui(ui, debrief);
    if debrief.causes.is_empty() {
        ui.label("No cause was stated.");
    }
    for cause in &debrief.causes {
        card(ui, |ui| {
            ui.label(theme::muted(ui, "Stated"));
            let by = cause.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
            ui.label(RichText::new(format!("\u{201c}{}\u{201d}{by}", cause.stated)).strong());
            let linked: Vec<String> = cause
                .linked
                .iter()
                .map(|piece| if piece.was.is_empty() { capital(&piece.what) } else { format!("{}: {}", capital(&piece.what), piece.was) })
                .collect();
            if linked.is_empty() {
                ui.label(theme::muted(ui, "No evidence was linked."));
            }
            list(ui, "Evidence linked, and what was so", &linked);
            list(ui, "What happened", &cause.happened);
        });
    }
}

/// What roles of the simulation told each other while a room talked.
const MEANWHILE: &str = "Meanwhile in the simulation, and not heard by the room";

/// What stands over what a program did of its own accord.
fn routine(debrief: &Debrief) -> String {
    format!("Done by {}", debrief.overview.whose.map_or("programs", |(_, program)| program))
}

/// Capability by capability.
pub fn capabilities_ui(ui: &mut Ui, debrief: &Debrief) {
    for review in &debrief.capabilities {
        card(ui, |ui| {
            heading(ui, &capital(review.capability));
            list(ui, "Keep", &review.strengths);
            list(ui, &routine(debrief), &review.routine);
            if let Some(moment) = &review.moment {
                ui.add_space(space::TIGHT);
                ui.label(RichText::new(format!("{}: {}", moment.clock, moment.what)).strong());
                list(ui, if moment.colleagues.is_empty() { "Known by then" } else { debrief.overview.told }, &moment.known);
                list(ui, MEANWHILE, &moment.colleagues);
                list(ui, "Why it made sense", &moment.sensible);
                list(ui, "Not known then", &moment.not_known);
            }
            list(ui, "What to change", &review.changes);
            list(ui, "Asked, and not answered", &review.unanswered);
            list(ui, "Not evaluated", &review.not_evaluated);
        });
    }
}

fn quote_ui(ui: &mut Ui, quote: &Quote) {
    ui.label(RichText::new(format!("\u{201c}{}\u{201d}", quote.words)).italics());
    let by = quote.by.as_ref().map_or_else(String::new, |by| format!("{by}, "));
    let taken = quote.taken.as_ref().map_or_else(|| "; noted".to_owned(), |taken| format!("; {taken}"));
    ui.label(theme::muted(ui, format!("{by}{}{taken}", quote.clock)));
}

fn table_ui(ui: &mut Ui, table: &AtTheTable) {
    table.words.iter().for_each(|quote| quote_ui(ui, quote));
    if let Some(deputy) = &table.deputy {
        ui.label(deputy);
    }
    if !table.positions.is_empty() {
        let (otherwise, of) = table.otherwise();
        ui.label(theme::muted(ui, format!("What each thought before: {otherwise} of {of} otherwise")));
        for position in &table.positions {
            let sure = position.sure_percent.map_or_else(String::new, |sure| format!(", {sure} % sure"));
            ui.horizontal_wrapped(|ui| {
                if position.otherwise {
                    theme::badge(ui, Tone::Warning, "otherwise");
                }
                ui.label(format!("{}: {}{sure}", position.by, position.choice));
            });
        }
    }
    for line in &table.dissent {
        ui.horizontal_wrapped(|ui| {
            theme::badge(ui, Tone::Warning, "dissent");
            ui.label(line);
        });
    }
}

/// Decisions, with what was said at the table and what was known.
pub fn decisions_ui(ui: &mut Ui, debrief: &Debrief) {
    for decision in &debrief.decisions {
        card(ui, |ui| {
            ui.label(RichText::new(&decision.ask).strong());
            let by = decision.by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
            let sure = decision.sure_percent.map_or_else(String::new, |sure| format!(", {sure} % sure"));
            let how = match (&decision.choice, decision.timed_out) {
                (Some(choice), true) => format!("Nobody decided in time, so this held: {choice}"),
                (Some(choice), false) => format!("Decided{by}{sure}: {choice}"),
                (None, _) => "Play ended before it was decided.".to_owned(),
            };
            ui.label(how);
            let when = decision.decided_clock.as_ref().map_or_else(String::new, |clock| format!(", decided {clock}"));
            ui.label(theme::muted(ui, format!("Opened {}{when}; for {}", decision.opened_clock, decision.who)));
            table_ui(ui, &decision.table);
            list(ui, debrief.overview.told, &decision.known);
            list(ui, MEANWHILE, &decision.colleagues);
            list(ui, "Could not know without checking", &decision.not_known);
            if !decision.feedback.is_empty() {
                ui.label(theme::muted(ui, "What the scenario says of this choice, whatever came after"));
                ui.label(&decision.feedback);
            }
        });
    }
    if debrief.decisions.is_empty() {
        ui.label("No decision was asked for.");
    }
}

/// How it ended.
pub fn outcome_ui(ui: &mut Ui, debrief: &Debrief) {
    heading(ui, &debrief.overview.title);
    ui.label(theme::muted(ui, &debrief.overview.honest));
    ui.label(theme::muted(ui, format!("{}: {}", debrief.marking.tlp, debrief.marking.tlp_means)));
    ui.add_space(space::USUAL);
    let across = ((ui.available_width() / 290.0) as usize).clamp(1, 4);
    for row in debrief.outcome.chunks(across) {
        ui.columns(across, |columns| {
            for (column, figure) in columns.iter_mut().zip(row) {
                theme::card(column).show(column, |ui| {
                    ui.set_width(ui.available_width());
                    ui.vertical(|ui| {
                        let plain = |text: RichText| egui::Label::new(text).wrap().halign(egui::Align::LEFT);
                        let label = theme::muted(ui, figure.label);
                        ui.add(plain(label));
                        ui.add(plain(RichText::new(&figure.text).strong()));
                    });
                });
            }
        });
        ui.add_space(space::TIGHT);
    }
    ui.add_space(space::USUAL);
    heading(ui, "In a few moments");
    for line in &debrief.story {
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::muted(ui, format!("{}  {}", line.clock, line.side)));
            ui.label(&line.text);
        });
    }
    if !debrief.overview.notes.is_empty() {
        ui.add_space(space::USUAL);
        list(ui, "Noted by the facilitator", &debrief.overview.notes);
    }
}

/// What was said, and by whom.
pub fn words_ui(ui: &mut Ui, debrief: &Debrief) {
    if !debrief.room.is_empty() {
        card(ui, |ui| {
            heading(ui, "The room, in its own words");
            debrief.room.iter().for_each(|quote| quote_ui(ui, quote));
        });
    }
    card(ui, |ui| {
        heading(ui, "Said, asked and shared");
        for said in &debrief.communication {
            ui.label(&said.what);
            let truth = if said.truth.is_empty() { String::new() } else { format!("; {}", said.truth) };
            ui.label(theme::muted(ui, format!("{}, to {}{truth}", said.clock, said.to)));
        }
        if debrief.communication.is_empty() {
            ui.label("Nothing was said to anybody outside, and nothing was shared inside.");
        }
    });
    card(ui, |ui| {
        heading(ui, "What was told to whom, and how");
        for line in &debrief.told {
            ui.label(&line.claim);
            ui.label(theme::muted(ui, format!("{}, {}, to {} ({}); {}", line.clock, line.stance, line.to, line.from, line.right)));
        }
        if debrief.told.is_empty() {
            ui.label("No claim reached anybody.");
        }
    });
    card(ui, |ui| {
        heading(ui, "Beliefs that were stated");
        for belief in &debrief.beliefs {
            ui.label(&belief.claim);
            let truth = if belief.was_true { "it was so" } else { "it was not so" };
            ui.label(theme::muted(ui, format!("{}, {}: {} %; {truth}", belief.clock, belief.role, belief.percent)));
        }
        if debrief.beliefs.is_empty() {
            ui.label("None was stated.");
        }
    });
    card(ui, |ui| {
        heading(ui, "Evidence");
        for line in &debrief.evidence {
            let what = if line.kind.is_empty() { line.what.to_owned() } else { format!("{}, {}", line.what, line.kind) };
            ui.label(capital(&what));
            let machines = counted(line.machines.len() as i64, "machine", "machines");
            ui.label(theme::muted(ui, format!("{}; {machines}: {}", line.clock, crate::debrief::model::some(&line.machines, 6))));
        }
        if debrief.evidence.is_empty() {
            ui.label("None was kept, and none was lost.");
        }
    });
}

/// What the facilitator did to play.
pub fn hand_ui(ui: &mut Ui, debrief: &Debrief) {
    let hand = &debrief.hand;
    ui.label("All that the facilitator did to play, in one place. What rests on it counts neither way.");
    if hand.is_empty() {
        ui.label("The facilitator changed nothing.");
    }
    for line in &hand.lines {
        card(ui, |ui| {
            ui.label(RichText::new(&line.kind).strong());
            ui.label(&line.text);
            let because = line.because.as_ref().map_or_else(String::new, |because| format!("; \u{201c}{because}\u{201d}"));
            ui.label(theme::muted(ui, format!("{}{because}", line.clock)));
        });
    }
    for assumed in &hand.assumptions {
        card(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                theme::badge(ui, if assumed.id.is_empty() { Tone::Plain } else { Tone::Warning }, &assumed.became);
                ui.label(theme::muted(ui, format!("{}: {}", assumed.clock, assumed.means)));
            });
            ui.label(&assumed.text);
            if !assumed.id.is_empty() {
                let owner = if assumed.owner.is_empty() { "nobody yet" } else { &assumed.owner };
                let date = if assumed.date.is_empty() { "no date yet" } else { &assumed.date };
                ui.label(theme::muted(ui, format!("Verify: {owner}, {date}. Both are set in the plan.")));
            }
        });
    }
    if !hand.not_evaluated.is_empty() {
        card(ui, |ui| {
            heading(ui, "Not evaluated, and why");
            hand.not_evaluated.iter().for_each(|line| drop(ui.label(format!("\u{2022} {line}"))));
        });
    }
}

/// How it was made, and the lists behind everything.
pub fn appendix_ui(ui: &mut Ui, debrief: &Debrief) {
    card(ui, |ui| {
        heading(ui, "Who played");
        debrief.overview.seats.iter().for_each(|seat| drop(ui.label(format!("{}: {}", seat.role, seat.played_by))));
    });
    card(ui, |ui| {
        heading(ui, "The attack by technique");
        for line in &debrief.coverage {
            ui.label(RichText::new(format!("{} {}", line.technique, line.name)).strong());
            ui.label(&line.stage);
            ui.label(theme::muted(ui, format!("{}; first alert: {}; recognised: {}", capital(&line.happened), line.alert, line.recognised)));
        }
    });
    card(ui, |ui| {
        heading(ui, "Injects");
        for line in &debrief.appendix.injects {
            ui.label(&line.text);
            ui.label(theme::muted(ui, format!("{}, to {}. {}", line.clock, line.to, line.why)));
        }
    });
    card(ui, |ui| {
        heading(ui, "Model card");
        debrief.appendix.card.iter().for_each(|(name, value)| drop(ui.label(format!("{name}: {value}"))));
        list(ui, "Assumptions", &debrief.appendix.assumptions);
        list(ui, "Artificialities", &debrief.appendix.artificialities);
    });
}
