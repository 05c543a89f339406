//! The debrief as one self-contained HTML page: no scripts, no network, light and dark, and made to be printed on A4.

use askama::Template;

use super::approval::Part;
use super::charts::{bars, clocks, lanes, step, strip};
use super::day;
use super::model::{AlertGroup, Debrief, Improvement, Kind, State, Stated, gathered, minutes, points, some};
use super::narrative::{bare, capital, counted, grouped};
use super::plan;

/// The page. Every text is escaped by the template; only our own drawings, which escape their texts themselves, are let through as they are.
#[derive(Template)]
#[template(path = "page.html", config = "src/debrief/askama.toml")]
struct Page<'a> {
    debrief: &'a Debrief,
    timeline: String,
    spread: Vec<String>,
    services: String,
    clocks: Option<String>,
    bars: String,
}

/// How many parts there are.
const PARTS_IN_ALL: usize = 22;
/// So many of them are the handout; the rest is its appendix.
pub(super) const HANDOUT: usize = 8;

/// The parts of the page, in order: the anchor, and what the table of contents calls it. The first eight are what is handed out.
pub(super) const PARTS: [(&str, &str); PARTS_IN_ALL] = [
    ("before", "Before you read on"),
    ("causes", "Causes as you stated them, and what happened"),
    ("happened", "What happened"),
    ("timeline", "Timeline"),
    ("decisions", "What was known at each decision"),
    ("capabilities", "By capability"),
    ("plan", "Improvement plan"),
    ("outcome", "Outcome"),
    ("reviews", "By capability, in full"),
    ("further", "Improvement plan: further proposals"),
    ("events", "Timeline: everything that is marked"),
    ("gates", "Decisions, in full"),
    ("spread", "Spread, and what was known of it"),
    ("services", "Services"),
    ("clocks", "Notification clocks"),
    ("communication", "Communication"),
    ("evidence", "Evidence"),
    ("coverage", "ATT&CK coverage"),
    ("scores", "Scores, with reasons"),
    ("ratings", "Ratings: proposals, and what evaluators say"),
    ("hand", "What the facilitator did to play"),
    ("appendix", "How it was made"),
];

/// So many lines say what was known at a decision, in the handout.
pub(super) const LINES_KNOWN: usize = 4;
/// And what could not be known.
pub(super) const LINES_NOT_KNOWN: usize = 2;
/// So many things to keep, and to change, are told of a capability in the handout.
pub(super) const LINES_OF_A_CAPABILITY: usize = 2;

/// Which part of the debrief has to be approved before this part of the page is shown; none for what needs no approval.
pub(super) fn approved_with(anchor: &str) -> Option<Part> {
    Some(match anchor {
        "causes" => Part::Causes,
        "happened" | "timeline" | "events" | "spread" | "coverage" => Part::Course,
        "decisions" | "gates" => Part::Decisions,
        "capabilities" | "reviews" => Part::Capabilities,
        "plan" | "further" => Part::Plan,
        "outcome" => Part::Outcome,
        "services" | "clocks" => Part::Services,
        "communication" | "evidence" => Part::Words,
        "scores" | "ratings" => Part::Scores,
        "hand" => Part::Hand,
        "appendix" => Part::Appendix,
        _ => return None,
    })
}

/// Whether a part of the page is there: approved, and not empty.
pub(super) fn shown(debrief: &Debrief, anchor: &str) -> bool {
    let empty = match anchor {
        "causes" => debrief.causes.is_empty(),
        "hand" => debrief.hand.is_empty(),
        _ => false,
    };
    !empty && approved_with(anchor).is_none_or(|part| debrief.shows(part))
}

/// The number of a part and what it is called. A part that does not exist, or is not shown, has neither.
pub(super) fn part(debrief: &Debrief, anchor: &str) -> (usize, &'static str) {
    let mut parts = PARTS.iter().filter(|(known, _)| shown(debrief, known));
    parts.by_ref().enumerate().find(|(_, (known, _))| *known == anchor).map_or((0, ""), |(place, (_, title))| (place + 1, title))
}

impl Page<'_> {
    fn shows(&self, anchor: &str) -> bool {
        shown(self.debrief, anchor)
    }

    /// Parts that the facilitator holds back, in words; empty if none is.
    fn held_back(&self) -> String {
        super::markdown::held_back(self.debrief)
    }

    fn contents(&self, parts: &'static [(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        parts.iter().filter(|(anchor, _)| self.shows(anchor)).copied().collect()
    }

    fn handout(&self) -> Vec<(&'static str, &'static str)> {
        self.contents(&PARTS[..HANDOUT])
    }

    fn appendices(&self) -> Vec<(&'static str, &'static str)> {
        self.contents(&PARTS[HANDOUT..])
    }

    fn wrote(&self) -> Vec<(&'static str, &[Stated])> {
        self.debrief.participants.wrote()
    }

    /// Room to write on paper, with a small label; our own words, and markup. Whoever has written already needs none, and a screen has none.
    fn room(&self, label: &str, lines: usize) -> String {
        if !self.wrote().is_empty() {
            return String::new();
        }
        format!("<div class=\"room\"><span class=\"field\">{label}</span>{}</div>", "<div class=\"rule\"></div>".repeat(lines))
    }

    /// What stands where nothing is said: words on a screen, and on paper room to write instead.
    fn nothing(&self, words: &str, label: &str, lines: usize) -> String {
        let room = self.room(label, lines);
        let class = if room.is_empty() { "muted" } else { "muted on-screen" };
        format!("<span class=\"{class}\">{words}</span>{room}")
    }

    /// A day of the plan, as people read it.
    fn day(&self, kept: &str) -> String {
        day::said(kept)
    }

    /// How sure somebody was, behind what they chose.
    fn sure(&self, percent: &Option<u8>) -> String {
        percent.map_or_else(String::new, |sure| format!(", {sure} % sure"))
    }

    fn stated_evidence(&self, evidence: &[String]) -> String {
        super::markdown::stated_evidence(evidence)
    }

    /// The heading of a part; our own words, and markup.
    fn head(&self, anchor: &str) -> String {
        let (number, title) = part(self.debrief, anchor);
        format!("<span class=\"number\">{number}</span>{}", super::charts::escaped(title))
    }

    fn proposals(&self) -> &[Improvement] {
        plan::handed_out(&self.debrief.improvement_plan).0
    }

    /// What stands beside a corrective action: the capability, what changes, how far it has come. What changes is known only where an action is written.
    fn beside_action(&self, item: &Improvement) -> String {
        let element = if item.action.is_empty() { "" } else { item.element };
        let status = if item.status == "open" { "" } else { item.status };
        [item.core_capability.as_str(), element, status].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }

    fn further(&self) -> &[Improvement] {
        plan::handed_out(&self.debrief.improvement_plan).1
    }

    fn known<'b>(&self, lines: &'b [String]) -> &'b [String] {
        &lines[..lines.len().min(LINES_KNOWN)]
    }

    fn not_known<'b>(&self, lines: &'b [String]) -> &'b [String] {
        &lines[..lines.len().min(LINES_NOT_KNOWN)]
    }

    fn first_few<'b>(&self, lines: &'b [String]) -> &'b [String] {
        &lines[..lines.len().min(LINES_OF_A_CAPABILITY)]
    }

    fn ending(&self) -> &str {
        self.debrief.outcome.iter().find(|figure| figure.id == "ending").map_or("", |figure| figure.text.as_str())
    }

    /// What was found, without the proposal, which stands in the plan.
    fn found<'b>(&self, line: &'b str) -> &'b str {
        line.split_once(" Proposal: ").map_or(line, |(found, _)| found)
    }

    /// What stands over what was known at a decision.
    fn had_been_told(&self) -> &'static str {
        self.debrief.overview.told
    }

    /// What stands over what was told to whom.
    fn told_title(&self) -> String {
        super::markdown::told_title(self.debrief)
    }

    fn no_decision(&self) -> String {
        super::markdown::no_decision(self.debrief)
    }

    /// What stands over what a program did of its own accord.
    fn routine(&self) -> String {
        super::markdown::routine(self.debrief)
    }

    /// Whose doing the table of capabilities tells, in a sentence.
    fn whose(&self) -> String {
        self.debrief.overview.whose.map_or_else(String::new, |(people, program)| {
            format!(" To keep is what {people} did; what {program} did stands below it, and is nobody's strength here.")
        })
    }

    /// What was measured, of each of a list, without what came of it.
    fn measured(&self, lines: &[String]) -> String {
        super::markdown::measured(lines)
    }

    fn tlp_class(&self) -> &'static str {
        match self.debrief.marking.tlp {
            "TLP:CLEAR" => "tlp-clear",
            "TLP:GREEN" => "tlp-green",
            "TLP:RED" => "tlp-red",
            _ => "tlp-amber",
        }
    }

    fn capital(&self, text: &str) -> String {
        capital(text)
    }

    fn joined(&self, items: &[String]) -> String {
        items.iter().map(|item| bare(item)).collect::<Vec<_>>().join("; ")
    }

    fn comma(&self, items: &[String]) -> String {
        items.join(", ")
    }

    fn few(&self, machines: &[String]) -> String {
        some(machines, 6)
    }

    fn or_dash<'b>(&self, text: &'b Option<String>) -> &'b str {
        text.as_deref().unwrap_or("\u{2013}")
    }

    /// The clause of a rating, where its reason does not begin with the same words.
    fn clause(&self, clause: &str, why: &str) -> String {
        let clause = capital(clause);
        if why.starts_with(&clause) { String::new() } else { format!("{clause}. ") }
    }

    fn attack_version(&self) -> &str {
        self.debrief.appendix.card.iter().find(|(name, _)| *name == "ATT&CK version").map_or("", |(_, version)| version)
    }

    fn alert_groups(&self) -> Vec<AlertGroup<'_>> {
        gathered(&self.debrief.appendix.alerts)
    }

    fn alerts_in_words(&self) -> String {
        let alerts = &self.debrief.appendix.alerts;
        let real = alerts.iter().filter(|alert| alert.real).count();
        format!("{}, {real} of them from the attack", counted(alerts.len() as i64, "alert", "alerts"))
    }

    /// A sign for how a criterion ended, so that colour is never needed.
    fn sign(&self, result: &str) -> &'static str {
        match result {
            "earned" => "\u{2713}",
            "earned in part" => "\u{25d0}",
            "missed" => "\u{2717}",
            _ => "\u{2013}",
        }
    }

    /// The class of a result.
    fn class(&self, result: &str) -> &'static str {
        match result {
            "earned" => "good",
            "earned in part" => "part",
            "missed" => "bad",
            _ => "none",
        }
    }

    /// The class of a clock's end.
    fn state_class(&self, state: &State) -> &'static str {
        match state {
            State::InTime => "good",
            State::Late | State::Missed => "bad",
            State::Open => "part",
            State::NotStarted => "none",
        }
    }

    fn kind(&self, kind: &Kind) -> &'static str {
        kind.label()
    }

    fn minutes(&self, of: &i64) -> String {
        minutes(*of)
    }

    fn number(&self, of: &usize) -> String {
        grouped(*of as i64)
    }

    fn points(&self, of: &i64) -> String {
        points(*of)
    }

    fn yes(&self, truth: &bool) -> &'static str {
        if *truth { "true" } else { "not true" }
    }
}

/// Writes the page.
pub fn page(debrief: &Debrief) -> String {
    let any_clock = debrief.clocks.clocks.iter().any(|clock| clock.started.is_some());
    let page = Page {
        debrief,
        timeline: lanes::draw("timeline-chart", &debrief.timeline),
        spread: debrief.spread.iter().enumerate().map(|(number, steps)| step::draw(&format!("spread-chart-{number}"), steps)).collect(),
        services: strip::draw("services-chart", &debrief.services),
        clocks: any_clock.then(|| clocks::draw("clocks-chart", &debrief.clocks)),
        bars: bars::draw("bars-chart", &debrief.scores.bars),
    };
    // Writing to a string fails only if a value's own `Display` does, and all of these are texts and numbers.
    page.render().unwrap_or_else(|error| {
        format!("<!doctype html><title>Debrief</title><p>The page could not be written: {}</p>", super::charts::escaped(&error.to_string()))
    })
}
