//! Notification clocks: from what started them to their deadline, and when the notification went out.

use serde::Serialize;

use super::scale::Axis;
use super::{Anchor, Svg, WIDTH, shortened};
use crate::time::ExerciseTime;

/// All clocks.
#[derive(Clone, Debug, Serialize)]
pub struct Clocks {
    /// The stretch of time: to ENDEX, or to the last deadline.
    pub axis: Axis,
    /// The end of play.
    pub endex: ExerciseTime,
    /// The clocks.
    pub clocks: Vec<Clock>,
}

/// One clock.
#[derive(Clone, Debug, Serialize)]
pub struct Clock {
    /// The rule.
    pub name: String,
    /// To whom.
    pub recipient: String,
    /// What the deadline is, in the unit of its rule.
    pub deadline: String,
    /// When it started; none if it never did.
    pub started: Option<ExerciseTime>,
    /// When the notification was due, that second included.
    pub due: Option<ExerciseTime>,
    /// When it was sent.
    pub sent: Option<ExerciseTime>,
    /// How it ended.
    pub state: State,
    /// In one sentence, with times.
    pub text: String,
    /// The law or contract.
    pub source: String,
}

/// How a clock ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing started it in play.
    NotStarted,
    /// Sent in time.
    InTime,
    /// Sent late.
    Late,
    /// Never sent, and the deadline passed.
    Missed,
    /// Not sent by ENDEX; the deadline had not come.
    Open,
}

impl State {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            State::NotStarted => "not started",
            State::InTime => "sent in time",
            State::Late => "sent late",
            State::Missed => "missed",
            State::Open => "open at the end of play",
        }
    }
}

const LEFT: i64 = 310;
const RIGHT: i64 = WIDTH - 170;
const ROW: i64 = 34;
const TOP: i64 = 24;

/// Draws the clocks that started.
pub fn draw(name: &str, clocks: &Clocks) -> String {
    let started: Vec<&Clock> = clocks.clocks.iter().filter(|clock| clock.started.is_some()).collect();
    let bottom = TOP + ROW * started.len() as i64;
    let words: Vec<String> = started.iter().map(|clock| format!("{}: {}", clock.name, clock.state.label())).collect();
    let mut svg = Svg::new(name, bottom + 26, "Notification clocks", &words.join("; "));
    clocks.axis.draw(&mut svg, LEFT, RIGHT, TOP - 4, bottom);
    let end = clocks.axis.x(clocks.endex, LEFT, RIGHT);
    svg.line("move", (end, TOP - 8), (end, bottom));
    svg.text("tick", end, TOP - 12, Anchor::Middle, "end of play");
    for (row, clock) in started.iter().enumerate() {
        let y = TOP + ROW * row as i64 + ROW / 2;
        let x = |at: Option<ExerciseTime>| at.map(|at| clocks.axis.x(at, LEFT, RIGHT));
        let from = x(clock.started).unwrap_or(LEFT);
        let due = x(clock.due).unwrap_or(RIGHT);
        svg.text("label", LEFT - 14, y - 1, Anchor::End, &shortened(&clock.name, 35));
        svg.text("tick", LEFT - 14, y + 12, Anchor::End, &shortened(&clock.deadline, 40));
        svg.rect("allowed", from, y - 6, (due - from).max(2), 12);
        if let Some(sent) = x(clock.sent) {
            svg.rect("used", from, y - 6, (sent.min(due) - from).max(2), 12);
            if sent > due {
                svg.line("late", (due, y), (sent, y));
            }
            svg.disc(if clock.state == State::Late { "mark attack full" } else { "mark response full" }, sent, y, 6);
        }
        svg.line("due", (due, y - 11), (due, y + 11));
        if clock.state == State::Missed {
            svg.line("late", (due - 5, y - 5), (due + 5, y + 5));
            svg.line("late", (due - 5, y + 5), (due + 5, y - 5));
        }
        svg.text("label", RIGHT + 14, y + 4, Anchor::Start, clock.state.label());
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::time::Calendar;

    #[test]
    fn each_end_of_a_clock_is_written_out() {
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 0, 0)).unwrap());
        let clock = |state, started: Option<i64>, sent: Option<i64>| Clock {
            name: "R".into(),
            recipient: String::new(),
            deadline: "24 hours".into(),
            started: started.map(ExerciseTime),
            due: started.map(|at| ExerciseTime(at + 86_400)),
            sent: sent.map(ExerciseTime),
            state,
            text: String::new(),
            source: String::new(),
        };
        let clocks = Clocks {
            axis: Axis::new(&calendar, ExerciseTime(0), ExerciseTime(200_000)),
            endex: ExerciseTime(150_000),
            clocks: vec![
                clock(State::NotStarted, None, None),
                clock(State::InTime, Some(0), Some(3600)),
                clock(State::Late, Some(0), Some(90_000)),
                clock(State::Missed, Some(10), None),
                clock(State::Open, Some(100_000), None),
            ],
        };
        let drawn = draw("c", &clocks);
        for state in [State::InTime, State::Late, State::Missed, State::Open] {
            assert!(drawn.contains(&format!(">{}</text>", state.label())), "{state:?}");
        }
        assert!(!drawn.contains("not started</text>"), "a clock that never ran is in the table, not in the chart");
        assert_eq!(drawn.matches("class=\"late\"").count(), 3, "one line for the late one, a cross for the missed one");
    }
}
