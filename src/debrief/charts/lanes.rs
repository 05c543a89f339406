//! The timeline: the attack above, the response below, one clock between them.

use serde::Serialize;

use super::scale::Axis;
use super::{Anchor, Svg, WIDTH};
use crate::time::ExerciseTime;

/// Both lanes.
#[derive(Clone, Debug, Serialize)]
pub struct Lanes {
    /// STARTEX to ENDEX.
    pub axis: Axis,
    /// Where moves begin, and what they are called.
    pub moves: Vec<(ExerciseTime, String)>,
    /// What the adversary did.
    pub attack: Vec<Event>,
    /// What was decided and done.
    pub response: Vec<Event>,
}

/// One event of a lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// When.
    pub at: ExerciseTime,
    /// The same on the clock of the story.
    pub clock: String,
    /// `A1`, `A2`.. in the attack's lane, `R1`, `R2`.. in the response's: what chart and table share.
    pub mark: String,
    /// What, in one sentence.
    pub text: String,
    /// A decision, a setback, or plainly something that happened.
    pub kind: Kind,
    /// Places of its facts in the ledger.
    pub facts: Vec<u32>,
}

/// What an event is, and the shape it is drawn in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A step of the attack: a square on its corner.
    Attack,
    /// A step of the attack that did harm: the same, filled.
    Harm,
    /// A step that failed or was undone: a ring.
    Setback,
    /// Something that was decided: a filled disc.
    Decision,
    /// Something that was done: a ring.
    Act,
}

impl Kind {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Attack => "step of the attack",
            Kind::Harm => "harm",
            Kind::Setback => "setback for the attack",
            Kind::Decision => "decision",
            Kind::Act => "measure",
        }
    }
}

const LEFT: i64 = 78;
const RIGHT: i64 = WIDTH - 16;
const ROW: i64 = 26;
const RADIUS: i64 = 11;

/// Rows for marks, so that none covers another: for each event its row, counted from the clock outwards.
fn rows(axis: &Axis, events: &[Event]) -> Vec<usize> {
    let mut taken: Vec<i64> = Vec::new();
    events
        .iter()
        .map(|event| {
            let x = axis.x(event.at, LEFT, RIGHT);
            let row = taken.iter().position(|until| *until + 2 * RADIUS + 3 <= x).unwrap_or(taken.len());
            match taken.get_mut(row) {
                Some(until) => *until = x,
                None => taken.push(x),
            }
            row
        })
        .collect()
}

/// Draws the timeline. Events stand in order of time.
pub fn draw(name: &str, lanes: &Lanes) -> String {
    let above = rows(&lanes.axis, &lanes.attack);
    let below = rows(&lanes.axis, &lanes.response);
    let high = |rows: &[usize]| rows.iter().max().map_or(1, |row| *row as i64 + 1).max(2) * ROW + 8;
    let (top, attack_height, response_height) = (22, high(&above), high(&below));
    let clock_top = top + attack_height;
    let clock_bottom = clock_top + 26;
    let bottom = clock_bottom + response_height;
    let mut svg = Svg::new(
        name,
        bottom + 8,
        "Timeline: attack above, response below",
        &format!(
            "{} steps of the attack above the clock, {} decisions and measures below it. The table that follows lists all of them.",
            lanes.attack.len(),
            lanes.response.len()
        ),
    );
    svg.rect("lane attack-lane", LEFT - 14, top, RIGHT - LEFT + 28, attack_height);
    svg.rect("lane response-lane", LEFT - 14, clock_bottom, RIGHT - LEFT + 28, response_height);
    for (number, (at, _)) in lanes.moves.iter().enumerate() {
        let x = lanes.axis.x(*at, LEFT, RIGHT);
        svg.line("move", (x, top - 6), (x, bottom));
        svg.text("tick", x + 4, top - 7, Anchor::Start, &format!("Move {}", number + 1));
    }
    let mut free_from = i64::MIN;
    for tick in &lanes.axis.ticks {
        let x = lanes.axis.x(tick.at, LEFT, RIGHT);
        svg.line("grid", (x, clock_top), (x, clock_bottom));
        if x >= free_from {
            svg.text(if tick.day { "tick day" } else { "tick" }, x, clock_top + 17, Anchor::Middle, &tick.label);
            free_from = x + 44;
        }
    }
    svg.text("lane-name", 0, clock_top - 10, Anchor::Start, "Attack");
    svg.text("lane-name", 0, clock_bottom + 18, Anchor::Start, "Response");
    let mut draw_all = |events: &[Event], rows: &[usize], y_of: &dyn Fn(i64) -> i64| {
        for (event, row) in events.iter().zip(rows) {
            let (x, y) = (lanes.axis.x(event.at, LEFT, RIGHT), y_of(*row as i64));
            svg.begin(&format!("{} {}: {}", event.mark, event.clock, event.text));
            match event.kind {
                Kind::Attack => svg.diamond("mark attack", x, y, RADIUS + 2),
                Kind::Harm => svg.diamond("mark attack full", x, y, RADIUS + 2),
                Kind::Setback => svg.diamond("mark attack undone", x, y, RADIUS + 2),
                Kind::Decision => svg.disc("mark response full", x, y, RADIUS),
                Kind::Act => svg.disc("mark response", x, y, RADIUS),
            }
            let class = if matches!(event.kind, Kind::Harm | Kind::Decision) { "mark-name full" } else { "mark-name" };
            svg.text(class, x, y + 4, Anchor::Middle, event.mark.trim_start_matches(['A', 'R']));
            svg.end();
        }
    };
    draw_all(&lanes.attack, &above, &|row| clock_top - 18 - row * ROW);
    draw_all(&lanes.response, &below, &|row| clock_bottom + 18 + row * ROW);
    svg.finish()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::time::Calendar;

    #[test]
    fn no_mark_covers_another() {
        let calendar = Calendar { startex: NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 0, 0)).unwrap() };
        let axis = Axis::new(&calendar, ExerciseTime(0), ExerciseTime(36_000));
        let event = |minute: i64| Event {
            at: ExerciseTime(minute * 60),
            clock: String::new(),
            mark: format!("A{minute}"),
            text: "x".into(),
            kind: Kind::Attack,
            facts: vec![],
        };
        let attack: Vec<Event> = [0, 0, 0, 3, 10, 90, 91, 600].into_iter().map(event).collect();
        let placed = rows(&axis, &attack);
        for (a, first) in attack.iter().enumerate() {
            for (b, second) in attack.iter().enumerate().skip(a + 1) {
                let apart = (axis.x(first.at, LEFT, RIGHT) - axis.x(second.at, LEFT, RIGHT)).abs();
                assert!(placed[a] != placed[b] || apart > 2 * RADIUS, "{a} and {b}");
            }
        }
        let drawn = draw("t", &Lanes { axis, moves: vec![(ExerciseTime(0), "One".into())], attack, response: vec![] });
        assert_eq!(drawn.matches("<g>").count(), 8);
        assert_eq!(drawn.matches("class=\"mark attack\"").count(), 8);
    }
}
