//! The debrief as Markdown: the same content in the same order, charts as tables.

use std::fmt::Write;

use super::charts::strip::Strip;
use super::html::{HANDOUT, LINES_KNOWN, LINES_NOT_KNOWN, LINES_OF_A_CAPABILITY, PARTS, PROPOSALS, part, shown};
use super::model::{AtTheTable, Debrief, Improvement, Stated, gathered, minutes, points, some};
use super::narrative::{bare, capital, counted, grouped, listed};

/// Text made safe for Markdown: nothing of it becomes markup, a link, a table cell or HTML.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (place, character) in text.char_indices() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Most are only an "and"; one that begins a character reference would be read as that character.
            '&' if begins_reference(&text[place + 1..]) => safe.push_str("&amp;"),
            // A number sign is markup only where a line begins: see `line_start`.
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                safe.push('\\');
                safe.push(character);
            }
            '\n' | '\r' | '\t' => safe.push(' '),
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Whether what follows an ampersand makes it a character reference: `amp;`, `#38;`, `#x26;`.
fn begins_reference(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}

/// Writes headings, paragraphs, lists and tables.
struct Page {
    text: String,
    /// What is written now belongs to a part that is not shown.
    held_back: bool,
}

impl Write for Page {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if !self.held_back {
            self.text.push_str(text);
        }
        Ok(())
    }
}

impl Page {
    fn heading(&mut self, depth: usize, text: &str) {
        let _ = write!(self, "\n{} {}\n\n", "#".repeat(depth), escaped(text));
    }

    /// The heading of a part of the page, with its number. What follows belongs to it, and is left out with it.
    fn part(&mut self, debrief: &Debrief, anchor: &str) {
        self.held_back = !shown(debrief, anchor);
        let (number, title) = part(debrief, anchor);
        self.heading(2, &format!("{number} {title}"));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = write!(self, "{}\n\n", line_start(&escaped(text)));
    }

    fn bold(&mut self, strong: &str, rest: &str) {
        let _ = write!(self, "**{}** {}\n\n", escaped(strong), escaped(rest));
    }

    /// A line to write on.
    fn line_to_write(&mut self) {
        let _ = write!(self, "{}\n\n", "\\_".repeat(20));
    }

    fn list<'a>(&mut self, items: impl IntoIterator<Item = &'a String>) {
        for item in items {
            let _ = writeln!(self, "- {}", line_start(&escaped(item)));
        }
        let _ = writeln!(self);
    }

    fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let _ = writeln!(self, "| {} |", head.join(" | "));
        let _ = writeln!(self, "|{}", " --- |".repeat(head.len()));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
            let _ = writeln!(self, "| {} |", cells.join(" | "));
        }
        let _ = writeln!(self);
    }
}

/// A line that would begin a list, a number or a rule is kept from it.
fn line_start(text: &str) -> String {
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if text.starts_with(['-', '+', '=', '#']) || (numbered.len() < text.len() && numbered.starts_with(['.', ')'])) {
        format!("\u{200b}{text}")
    } else {
        text.to_owned()
    }
}

/// Writes the debrief.
pub fn text(debrief: &Debrief) -> String {
    let mut page = Page { text: String::new(), held_back: false };
    marking(&mut page, debrief);
    opening(&mut page, debrief);
    handout(&mut page, debrief);
    learning(&mut page, debrief);
    course(&mut page, debrief);
    records(&mut page, debrief);
    scores(&mut page, debrief);
    hand(&mut page, debrief);
    appendix(&mut page, debrief);
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
        page.line_to_write();
    }
    causes(page, debrief);
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

/// What was said at the table about a decision.
fn at_the_table(page: &mut Page, table: &AtTheTable) {
    let mut lines: Vec<String> = Vec::new();
    for quote in &table.words {
        let by = quote.by.as_ref().map_or_else(String::new, |by| format!("{by}, "));
        let taken = quote.taken.as_ref().map_or_else(String::new, |taken| format!("; {taken}"));
        lines.push(format!("\u{201c}{}\u{201d} ({by}{}{taken})", quote.words, quote.clock));
    }
    lines.extend(table.deputy.clone());
    for position in &table.positions {
        let sure = position.sure_percent.map_or_else(String::new, |sure| format!(", {sure} % sure"));
        let otherwise = if position.otherwise { " otherwise" } else { "" };
        lines.push(format!("{} thought{otherwise}: {}{sure}", position.by, position.choice));
    }
    lines.extend(table.dissent.iter().map(|line| format!("Dissent: {line}")));
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
        at_the_table(page, &decision.table);
        page.heading(4, "Had been told");
        page.list(decision.known.iter().take(LINES_KNOWN));
        if !decision.not_known.is_empty() {
            page.heading(4, "Could not know without checking");
            page.list(decision.not_known.iter().take(LINES_NOT_KNOWN));
        }
        if !decision.feedback.is_empty() {
            page.bold("What came of it.", &decision.feedback);
        }
    }
    page.part(debrief, "capabilities");
    let few = |lines: &[String]| {
        lines
            .iter()
            .take(LINES_OF_A_CAPABILITY)
            .map(|line| bare(line.split_once(" Proposal: ").map_or(line.as_str(), |(found, _)| found)).to_owned())
            .collect::<Vec<_>>()
            .join("; ")
    };
    page.table(
        &["Capability", "Keep", "Change"],
        debrief.capabilities.iter().map(|review| vec![capital(review.capability), few(&review.strengths), few(&review.changes)]),
    );
    page.part(debrief, "plan");
    page.paragraph("In the columns of HSEEP's Appendix A. Issues and actions are proposals from what earned least; the room decides which to take, who owns them, and by when.");
    proposals(page, &debrief.improvement_plan[..debrief.improvement_plan.len().min(PROPOSALS)]);
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
        &["Capability", "Earned", "Missed", "Not evaluated"],
        debrief
            .scores
            .bars
            .bars
            .iter()
            .filter(|_| scores)
            .map(|bar| vec![bar.name.clone(), points(bar.earned_milli), points(bar.missed_milli), points(bar.not_evaluated_milli)]),
    );
    page.held_back = false;
    if PARTS[HANDOUT..].iter().any(|(anchor, _)| shown(debrief, anchor)) {
        page.paragraph("What follows is the appendix: everything behind these pages, to look up and not to hand out.");
    }
}

fn learning(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "reviews");
    for review in &debrief.capabilities {
        page.heading(3, &capital(review.capability));
        match &review.moment {
            Some(moment) => {
                page.bold(&format!("{}.", moment.clock), &moment.what);
                // What an earlier review has said already is not said again.
                let once = |page: &mut Page, lines: &[String]| match &moment.as_at {
                    Some(earlier) => page.paragraph(&format!("As at {earlier}, above.")),
                    None => page.list(lines),
                };
                page.heading(4, "What was known then");
                once(page, &moment.known);
                page.heading(4, "Why it seemed sensible");
                if moment.sensible.is_empty() {
                    page.paragraph("The record does not say. Ask the room, and write it here.");
                } else {
                    page.list(&moment.sensible);
                }
                page.line_to_write();
                if !moment.not_known.is_empty() {
                    page.heading(4, "What they could not know without checking");
                    once(page, &moment.not_known);
                }
            }
            None => page.paragraph("No decision of this kind was taken in play."),
        }
        for (title, lines) in [("Keep", &review.strengths), ("What to change", &review.changes), ("Not evaluated", &review.not_evaluated)] {
            if !lines.is_empty() {
                page.heading(4, title);
                page.list(lines);
            }
        }
    }
    page.part(debrief, "further");
    match debrief.improvement_plan.get(PROPOSALS..) {
        Some(further) if !further.is_empty() => proposals(page, further),
        _ => page.paragraph("All proposals stand in the improvement plan."),
    }
    if !debrief.improvement_left_out.is_empty() {
        page.heading(3, "Left out by the room");
        page.list(debrief.improvement_left_out.iter().map(|line| &line.issue));
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
            let mut row = vec![line.core_capability.clone(), line.issue.clone(), format!("{}{status}", line.action), capital(line.element)];
            row.extend([line.owner.clone(), line.contact.clone(), line.start.clone(), line.completion.clone()]);
            row
        }),
    );
}

fn course(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "events");
    if !debrief.before_startex.is_empty() {
        page.heading(3, "Before STARTEX");
        page.table(&["When", "What"], debrief.before_startex.iter().map(|line| vec![line.clock.clone(), line.text.clone()]));
    }
    for (title, events) in [("Attack", &debrief.timeline.attack), ("Response", &debrief.timeline.response)] {
        page.heading(3, title);
        page.table(
            &["No.", "When", "What", "Kind"],
            events.iter().map(|event| vec![event.mark.clone(), event.clock.clone(), event.text.clone(), event.kind.label().to_owned()]),
        );
    }
    gates(page, debrief);
    page.part(debrief, "spread");
    page.table(
        &["Machines", "Most", "At the end"],
        debrief.spread.iter().flat_map(|steps| &steps.series).map(|series| {
            let most = series.points.iter().map(|(_, count)| *count).max().unwrap_or(0);
            vec![series.name.clone(), most.to_string(), series.points.last().map_or(0, |(_, count)| *count).to_string()]
        }),
    );
    page.part(debrief, "services");
    page.table(
        &["Service", "Longest below 100 %", "Objective", "Lost", "Within objective"],
        debrief.services.services.iter().map(|service: &Strip| {
            vec![
                service.name.clone(),
                minutes(service.longest_minutes),
                minutes(service.rto_minutes),
                minutes(service.lost_minutes),
                if service.within_objective() { "yes" } else { "no" }.to_owned(),
            ]
        }),
    );
    page.part(debrief, "clocks");
    page.paragraph("Training material, not legal advice.");
    page.table(
        &["Rule", "Deadline", "To", "What became of it", "Source"],
        debrief.clocks.clocks.iter().map(|clock| {
            vec![
                clock.name.clone(),
                clock.deadline.clone(),
                clock.recipient.clone(),
                format!("{}. {}", capital(clock.state.label()), clock.text),
                clock.source.clone(),
            ]
        }),
    );
}

fn gates(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "gates");
    for decision in &debrief.decisions {
        page.heading(3, &decision.ask);
        let when = decision.decided_clock.as_deref().unwrap_or("");
        match (&decision.choice, decision.timed_out) {
            (Some(choice), true) => page.bold(&format!("{choice}."), &format!("Nobody decided in time, so this held from {when}.")),
            (Some(choice), false) => {
                let by = decision.by.as_deref().unwrap_or("");
                let sure = decision.sure_percent.map_or_else(String::new, |sure| format!(", {sure} % sure"));
                page.bold(
                    &format!("{choice}."),
                    &format!("Decided {when} ({by}{sure}), {} after it was asked.", minutes(decision.took_minutes.unwrap_or(0))),
                );
            }
            (None, _) => page.bold("Not decided.", "Play ended first."),
        }
        page.paragraph(&format!("Asked {} of {}. Also on offer: {}.", decision.opened_clock, decision.who, decision.others.join("; ")));
        at_the_table(page, &decision.table);
        if let Some(dilemma) = &decision.dilemma {
            page.bold("Why it is hard.", dilemma);
        }
        page.heading(4, "What those who decide had been told");
        page.list(&decision.known);
        if !decision.not_known.is_empty() {
            page.heading(4, "What they could not know without checking");
            page.list(&decision.not_known);
        }
        if !decision.feedback.is_empty() {
            page.bold("What came of it.", &decision.feedback);
        }
    }
    if !debrief.beliefs.is_empty() {
        page.heading(3, "Beliefs that were stated");
        page.table(
            &["When", "Belief", "Role", "Sure", "In truth"],
            debrief.beliefs.iter().map(|belief| {
                let truth = if belief.was_true { "true" } else { "not true" };
                vec![belief.clock.clone(), belief.claim.clone(), belief.role.clone(), format!("{} %", belief.percent), truth.to_owned()]
            }),
        );
    }
}

fn records(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "communication");
    if !debrief.room.is_empty() {
        page.heading(3, "The room, in its own words");
        page.table(
            &["When", "Words", "By", "Taken to mean"],
            debrief.room.iter().map(|quote| {
                let taken = quote.taken.clone().unwrap_or_else(|| "noted".to_owned());
                vec![quote.clock.clone(), format!("\u{201c}{}\u{201d}", quote.words), quote.by.clone().unwrap_or_default(), taken]
            }),
        );
    }
    page.heading(3, "What the team was told");
    page.table(
        &["When", "Claim", "Was", "To", "Was that right?"],
        (debrief.told.iter())
            .map(|line| vec![line.clock.clone(), line.claim.clone(), line.stance.to_owned(), line.to.clone(), line.right.to_owned()]),
    );
    page.heading(3, "What the team said, asked and shared");
    page.table(
        &["When", "What", "To", "Truth"],
        debrief.communication.iter().map(|said| vec![said.clock.clone(), said.what.clone(), said.to.clone(), said.truth.to_owned()]),
    );
    page.part(debrief, "evidence");
    page.table(
        &["When", "What", "Kind", "Machines", "Which"],
        debrief.evidence.iter().map(|line| {
            vec![line.clock.clone(), line.what.to_owned(), line.kind.to_owned(), line.machines.len().to_string(), some(&line.machines, 6)]
        }),
    );
    page.part(debrief, "coverage");
    page.table(
        &["Technique", "Stage", "When", "Traces", "First alert told", "Recognised"],
        debrief.coverage.iter().map(|line| {
            vec![
                format!("{} {}", line.technique, line.name),
                line.stage.clone(),
                line.happened.clone(),
                grouped(i64::from(line.traces)),
                line.alert.clone(),
                line.recognised.clone(),
            ]
        }),
    );
}

fn scores(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "scores");
    for criterion in &debrief.scores.criteria {
        page.heading(4, &criterion.text);
        let result = match criterion.earned_milli {
            Some(earned) => format!("{}, {} of {} points.", capital(criterion.result), points(earned), points(criterion.worth_milli)),
            None => format!("Not evaluated; {} points.", points(criterion.worth_milli)),
        };
        page.bold(&result, &criterion.why);
        criterion.evaluators.iter().for_each(|line| page.bold("Evaluator.", line));
        let facts: Vec<String> = criterion.facts.iter().map(|fact| format!("{} (#{}): {}", fact.clock, fact.seq, fact.text)).collect();
        if !facts.is_empty() {
            page.list(&facts);
        }
        page.paragraph(&format!(
            "{}. Basis ({}): {} {}",
            capital(criterion.capability),
            criterion.basis,
            criterion.basis_says,
            criterion.basis_source
        ));
    }
    page.part(debrief, "ratings");
    page.paragraph("Proposed by the clauses of HSEEP's four definitions, never by a score. The evaluator's rating is final.");
    page.table(
        &["Capability target", "Core capability", "Proposal", "Clause, and why", "Evaluator"],
        debrief.ratings.iter().map(|rating| {
            let letter = rating.letter.map_or_else(String::new, |letter| format!("{letter}: "));
            vec![
                rating.target.clone(),
                rating.core_capability.clone(),
                format!("{letter}{}", rating.words),
                format!("{}. {}", capital(&rating.clause), rating.why),
                rating.disagreement().unwrap_or_else(|| {
                    rating.evaluators.iter().map(|given| format!("{}: {} ({})", given.letter, given.reason, given.by)).collect::<Vec<_>>().join(" ")
                }),
            ]
        }),
    );
    if !debrief.observations.is_empty() {
        page.heading(3, "What evaluators saw");
        page.table(
            &["When", "Seen", "About", "By"],
            debrief.observations.iter().map(|line| vec![line.clock.clone(), line.text.clone(), line.about.clone(), line.by.clone()]),
        );
    }
}

fn hand(page: &mut Page, debrief: &Debrief) {
    let hand = &debrief.hand;
    page.part(debrief, "hand");
    page.paragraph("All that the facilitator did to play, in one place. What rests on it says something about the exercise as well as about the room, so it counts neither way.");
    if !hand.lines.is_empty() {
        page.heading(3, "What was done to play");
        page.table(
            &["When", "What", "About", "Why"],
            hand.lines.iter().map(|line| vec![line.clock.clone(), line.kind.clone(), line.text.clone(), line.because.clone().unwrap_or_default()]),
        );
    }
    if !hand.assumptions.is_empty() {
        page.heading(3, "What was assumed about the real organisation");
        page.table(
            &["When", "Assumed", "In play", "Verify: owner", "Date"],
            hand.assumptions.iter().map(|line| {
                vec![
                    line.clock.clone(),
                    line.text.clone(),
                    format!("{}: {}", capital(&line.became), line.means),
                    line.owner.clone(),
                    line.date.clone(),
                ]
            }),
        );
    }
    if !hand.not_evaluated.is_empty() {
        page.heading(3, "Not evaluated, and why");
        page.list(&hand.not_evaluated);
    }
}

fn appendix(page: &mut Page, debrief: &Debrief) {
    let (overview, appendix) = (&debrief.overview, &debrief.appendix);
    page.part(debrief, "appendix");
    page.heading(3, "What was exercised");
    let mut facts = vec![format!("Cut: {}", overview.cut)];
    facts.extend(overview.profile.iter().map(|profile| format!("Profile: {profile}")));
    facts.push(format!("Reached ENDEX: {}", if overview.finished { "yes" } else { "no" }));
    facts.extend(overview.out_of_scope.iter().map(|topic| format!("Out of scope: {}", bare(topic))));
    facts.extend(overview.sensitive_topics.iter().map(|topic| format!("Sensitive topic: {}", bare(topic))));
    page.list(&facts);
    page.table(&["Role", "Played by"], overview.seats.iter().map(|seat| vec![seat.role.clone(), seat.played_by.clone()]));
    page.table(
        &["Objective", "Core capability", "NIST CSF 2.0"],
        overview.objectives.iter().map(|objective| vec![objective.text.clone(), objective.core_capability.clone(), objective.csf.join(", ")]),
    );
    if !overview.notes.is_empty() {
        page.heading(3, "Notes of the facilitator");
        page.list(&overview.notes);
    }
    page.heading(3, "Model card");
    page.paragraph("This is a simulation. Times, chances and prices are the author's and the library's; what is published is cited, the rest is assumed. Its figures compare decisions inside this exercise. They are no forecast for a real incident.");
    page.table(&["Parameter", "Value"], appendix.card.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()]));
    for (title, lines) in [("Assumptions", &appendix.assumptions), ("Artificialities", &appendix.artificialities)] {
        if !lines.is_empty() {
            page.heading(4, title);
            page.list(lines);
        }
    }
    if !appendix.teaching.is_empty() {
        page.heading(3, "Teaching points");
        let points: Vec<String> = appendix
            .teaching
            .iter()
            .map(|(text, source)| source.map_or_else(|| text.clone(), |place| format!("{text} (source {})", place + 1)))
            .collect();
        page.list(&points);
    }
    if !appendix.sources.is_empty() {
        page.heading(3, "Sources");
        let sources: Vec<String> = (appendix.sources.iter().enumerate())
            .map(|(place, (title, url))| {
                format!("Source {}: {title}{}", place + 1, url.as_deref().map_or_else(String::new, |url| format!(", {url}")))
            })
            .collect();
        page.list(&sources);
    }
    page.heading(3, "Injects");
    page.table(
        &["When", "What", "To", "Why it is there"],
        appendix.injects.iter().map(|line| vec![line.clock.clone(), line.text.clone(), line.to.clone(), line.why.clone()]),
    );
    page.heading(3, "Alerts");
    page.paragraph(&format!("{}.", counted(appendix.alerts.len() as i64, "alert", "alerts")));
    page.table(
        &["Sensor", "Machines", "Alerts", "First", "Saw", "In truth", "Verdict"],
        gathered(&appendix.alerts).iter().map(|group| {
            let (first, truth) = (group.first, if group.first.real { "attack" } else { "harmless" });
            let (machines, saw, count) = (some(&group.machines, 6), some(&group.trails, 4), grouped(group.count as i64));
            vec![first.sensor.clone(), machines, count, first.clock.clone(), saw, truth.to_owned(), first.verdict.to_owned()]
        }),
    );
    page.heading(3, "Five words");
    let words: Vec<String> = appendix.glossary.iter().map(|(word, meaning)| format!("{word}: {meaning}")).collect();
    page.list(&words);
}
