//! The debrief as one self-contained HTML page: no scripts, no network, light and dark, and made to be printed on A4.

use askama::Template;

use super::charts::{bars, clocks, lanes, step, strip};
use super::model::{AlertGroup, Debrief, Kind, State, gathered, minutes, points, some};
use super::narrative::{bare, capital, counted, grouped};

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

/// The parts of the page, in order: the anchor, and what the table of contents calls it.
pub(super) const PARTS: [(&str, &str); 15] = [
    ("before", "Before you read on"),
    ("capabilities", "By capability"),
    ("plan", "Improvement plan"),
    ("outcome", "Outcome"),
    ("timeline", "Timeline"),
    ("spread", "Spread, and what was known of it"),
    ("services", "Services"),
    ("clocks", "Notification clocks"),
    ("decisions", "Decisions"),
    ("communication", "Communication"),
    ("evidence", "Evidence"),
    ("coverage", "ATT&CK coverage"),
    ("scores", "Scores, with reasons"),
    ("ratings", "Ratings: proposals"),
    ("appendix", "Appendix"),
];

impl Page<'_> {
    fn contents(&self) -> [(&'static str, &'static str); 15] {
        PARTS
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
