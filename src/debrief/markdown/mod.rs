//! The debrief as Markdown: the same content in the same order, charts as tables. What is handed out is written here, the rest in [`appendix`].

mod appendix;
mod page;

use super::day;
use super::html::{HANDOUT, LINES_KNOWN, LINES_NOT_KNOWN, LINES_OF_A_CAPABILITY, PARTS, shown};
use super::model::{AtTheTable, Debrief, Improvement, Stated, points};
use super::narrative::{bare, capital, listed};
use super::plan;
use page::Page;

/// What stands over the words that a scenario has for a choice: they were written before play, and are nothing that happened.
const SAID_OF_A_CHOICE: &str = "What the scenario says of this choice, whatever came after.";

/// What stands where nothing is said.
const NOTHING: &str = "\u{2013}";

/// Writes the debrief.
pub fn text(debrief: &Debrief) -> String {
    let mut page = Page { text: String::new(), held_back: false };
    marking(&mut page, debrief);
    opening(&mut page, debrief);
    handout(&mut page, debrief);
    appendix::learning(&mut page, debrief);
    appendix::course(&mut page, debrief);
    appendix::records(&mut page, debrief);
    appendix::scores(&mut page, debrief);
    appendix::hand(&mut page, debrief);
    appendix::appendix(&mut page, debrief);
    page.held_back = false;
    marking(&mut page, debrief);
    page.text.trim_start().to_owned()
}

fn marking(page: &mut Page, debrief: &Debrief) {
    let counsel = debrief.marking.counsel.as_deref().map_or_else(String::new, |counsel| format!(" \u{b7} {counsel}"));
    page.bold(debrief.marking.exercise, &format!("\u{b7} {}{counsel}", debrief.marking.tlp));
}

fn opening(page: &mut Page, debrief: &Debrief) {
    let overview = &debrief.overview;
    page.heading(1, &overview.title);
    page.paragraph(&overview.about);
    page.list(&opening_facts(debrief));
    page.list(&[
        format!("Kind: {}; {}", overview.kind, overview.threat),
        format!("Story time: {}: {}", overview.story_time, overview.story_length),
        format!("Sharing: {}: {}", debrief.marking.tlp, debrief.marking.tlp_means),
    ]);
    page.paragraph(&overview.honest);
    let held_back = held_back(debrief);
    if !held_back.is_empty() {
        page.paragraph(&held_back);
    }
    page.part(debrief, "before");
    let wrote = debrief.participants.wrote();
    if !wrote.is_empty() {
        page.paragraph("In the participants\u{2019} own words, written before any result was shown.");
        for (title, list) in wrote {
            page.heading(3, title);
            let by = |line: &Stated| line.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
            page.list(&list.iter().map(|line| format!("{}{}{}", line.text, by(line), stated_evidence(&line.evidence))).collect::<Vec<_>>());
        }
        causes(page, debrief);
        return;
    }
    page.paragraph("Write first, read afterwards. What you noticed yourself is worth more to you than anything that follows, and it is hard to recall once you have seen the results.");
    for ask in &debrief.participants.asks {
        page.bold(ask, "");
        page.room("In your words");
    }
    causes(page, debrief);
}

/// Whose exercise it was, and the day it was held on, or room for it.
fn opening_facts(debrief: &Debrief) -> Vec<String> {
    let overview = &debrief.overview;
    let mut facts = Vec::new();
    if !overview.organisation.is_empty() {
        facts.push(format!("Organisation: {}", overview.organisation));
    }
    let held_on = Some(day::said(&overview.held_on)).filter(|day| !day.is_empty());
    facts.push(format!("Held on: {}", held_on.unwrap_or_else(|| "\u{2026}".repeat(12))));
    facts
}

/// Which parts are not in it, in words; empty if all are.
pub(super) fn held_back(debrief: &Debrief) -> String {
    let held_back = debrief.approval.held_back();
    if held_back.is_empty() {
        return String::new();
    }
    let titles: Vec<String> = held_back.iter().map(|part| part.title().to_owned()).collect();
    format!("This copy holds what the facilitator has approved for showing. Not in it: {}.", listed(&titles))
}

/// The evidence that participants linked, behind what they wrote.
pub(super) fn stated_evidence(evidence: &[String]) -> String {
    if evidence.is_empty() { String::new() } else { format!(" Evidence: {}.", evidence.join("; ")) }
}

fn causes(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "causes");
    page.paragraph("Stated before the truth was shown. Beside each stand the evidence that was linked to it and what happened there.");
    page.table(
        &["Stated", "Evidence linked, and what was so", "What happened"],
        debrief.causes.iter().map(|cause| {
            let by = cause.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
            let linked: Vec<String> = cause
                .linked
                .iter()
                .map(|piece| if piece.was.is_empty() { piece.what.clone() } else { format!("{}: {}", piece.what, piece.was) })
                .collect();
            vec![
                format!("{}{by}", cause.stated),
                if linked.is_empty() { "none".to_owned() } else { linked.join("; ") },
                if cause.happened.is_empty() { "No step of the attack belongs to it.".to_owned() } else { cause.happened.join(" ") },
            ]
        }),
    );
}

/// What stands over what was told to whom: in a discussion most of it was told by roles of the simulation to one another.
pub(super) fn told_title(debrief: &Debrief) -> String {
    match debrief.overview.whose {
        Some(("the room", _)) => "What roles were told in the simulation, and how".to_owned(),
        _ => "What the team was told, and how".to_owned(),
    }
}

pub(super) fn no_decision(debrief: &Debrief) -> String {
    match debrief.overview.whose {
        Some((people, _)) => format!("No step of this kind was taken by {people}."),
        None => "No decision of this kind was taken in play.".to_owned(),
    }
}

/// What stands over what a program did of its own accord.
pub(super) fn routine(debrief: &Debrief) -> String {
    let program = debrief.overview.whose.map_or("programs", |(_, program)| program);
    format!("Done by {program}")
}

/// What was measured, of each of a list, without what came of it.
pub(super) fn measured(lines: &[String]) -> String {
    lines.iter().map(|line| line.split_once(". ").map_or(line.as_str(), |(asked, _)| asked)).collect::<Vec<_>>().join("; ")
}

/// What was said at the table about a decision. Who thought otherwise is `named` in the appendix only: what is handed out rates nobody by name.
fn at_the_table(page: &mut Page, table: &AtTheTable, named: bool) {
    let mut lines: Vec<String> = Vec::new();
    for quote in &table.words {
        let by = quote.by.as_ref().map_or_else(String::new, |by| format!("{by}, "));
        let taken = quote.taken.as_ref().map_or_else(String::new, |taken| format!("; {taken}"));
        lines.push(format!("\u{201c}{}\u{201d} ({by}{}{taken})", quote.words, quote.clock));
    }
    lines.extend(table.deputy.clone());
    if !named {
        if let Some(otherwise) = table.otherwise_in_words() {
            let others: Vec<String> = table.others().into_iter().map(|(choice, number)| format!("{choice} ({number})")).collect();
            lines.push(format!("Before it was decided, {otherwise}: {}", others.join("; ")));
        }
        if !table.dissent.is_empty() {
            lines.push("Dissent was written down; the appendix has it.".to_owned());
        }
    }
    for position in table.positions.iter().filter(|_| named) {
        let sure = position.sure_percent.map_or_else(String::new, |sure| format!(", {sure} % sure"));
        let otherwise = if position.otherwise { " otherwise" } else { "" };
        lines.push(format!("{} thought{otherwise}: {}{sure}", position.by, position.choice));
    }
    lines.extend(table.dissent.iter().filter(|_| named).map(|line| format!("Dissent: {line}")));
    if !lines.is_empty() {
        page.heading(4, "At the table");
        page.list(&lines);
    }
}

/// The part that is handed out.
fn handout(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "happened");
    if let Some(ending) = debrief.outcome.iter().find(|figure| figure.id == "ending").filter(|_| shown(debrief, "outcome")) {
        page.bold(&ending.text, "");
    }
    page.table(&["When", "Side", "What"], debrief.story.iter().map(|line| vec![line.clock.clone(), line.side.to_owned(), line.text.clone()]));
    page.part(debrief, "timeline");
    page.paragraph("The page in HTML draws it here; the appendix has every mark as a table.");
    page.part(debrief, "decisions");
    for decision in &debrief.decisions {
        page.heading(3, &decision.ask);
        page.bold(&format!("{}.", decision.choice.as_deref().unwrap_or("Not decided")), decision.decided_clock.as_deref().unwrap_or(""));
        at_the_table(page, &decision.table, false);
        page.heading(4, debrief.overview.told);
        page.list(decision.known.iter().take(LINES_KNOWN));
        if !decision.not_known.is_empty() {
            page.heading(4, "Could not know without checking");
            page.list(decision.not_known.iter().take(LINES_NOT_KNOWN));
        }
        if !decision.feedback.is_empty() {
            page.bold(SAID_OF_A_CHOICE, &decision.feedback);
        }
    }
    page.part(debrief, "capabilities");
    let few = |lines: &[String]| {
        if lines.is_empty() {
            return NOTHING.to_owned();
        }
        lines
            .iter()
            .take(LINES_OF_A_CAPABILITY)
            .map(|line| bare(line.split_once(" Proposal: ").map_or(line.as_str(), |(found, _)| found)).to_owned())
            .collect::<Vec<_>>()
            .join("; ")
    };
    page.table(
        &["Capability", "Keep", "Change"],
        debrief.capabilities.iter().map(|review| {
            let mut keep = few(&review.strengths);
            if !review.routine.is_empty() {
                keep.push_str(&format!(" ({}: {})", routine(debrief), measured(&review.routine)));
            }
            vec![capital(review.capability), keep, few(&review.changes)]
        }),
    );
    page.part(debrief, "plan");
    page.paragraph("In the columns of HSEEP's Appendix A. What the room put in itself comes first; the rest are proposals from what earned least, and the room decides which to take, who owns them, and by when.");
    proposals(page, plan::handed_out(&debrief.improvement_plan).0);
    page.part(debrief, "outcome");
    let scores = shown(debrief, "scores");
    if let Some(total) = debrief.scores.total.filter(|_| scores) {
        page.bold(&format!("{total} of 100."), "");
    }
    if scores {
        page.paragraph(&debrief.scores.total_note);
    }
    page.table(&["What", "Figure"], debrief.outcome.iter().map(|figure| vec![figure.label.to_owned(), figure.text.clone()]));
    page.table(
        &["Capability", "Earned", "Of that by programs", "Missed", "Not evaluated"],
        debrief
            .scores
            .bars
            .bars
            .iter()
            .filter(|_| scores)
            .map(|bar| [bar.earned_milli, bar.by_program_milli, bar.missed_milli, bar.not_evaluated_milli].map(points).into_iter())
            .zip(&debrief.scores.bars.bars)
            .map(|(points, bar)| std::iter::once(bar.name.clone()).chain(points).collect()),
    );
    page.held_back = false;
    if PARTS[HANDOUT..].iter().any(|(anchor, _)| shown(debrief, anchor)) {
        page.paragraph("What follows is the appendix: everything behind these pages, to look up and not to hand out.");
    }
}

/// Proposals in the columns of HSEEP's Appendix A.
fn proposals(page: &mut Page, lines: &[Improvement]) {
    page.table(
        &[
            "Core capability",
            "Issue or area for improvement",
            "Corrective action",
            "Capability element",
            "Primary responsible organization",
            "Organization POC",
            "Start date",
            "Completion date",
        ],
        lines.iter().map(|line| {
            let status = if line.status == "open" { String::new() } else { format!(" ({})", line.status) };
            // What changes is known only where somebody wrote what is done.
            let element = if line.action.is_empty() { String::new() } else { capital(line.element) };
            let mut row = vec![line.core_capability.clone(), line.issue.clone(), format!("{}{status}", line.action), element];
            row.extend([line.owner.clone(), line.contact.clone(), day::said(&line.start), day::said(&line.completion)]);
            row
        }),
    );
}
