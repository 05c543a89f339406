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

const LEFT: i64 = 92;
const RIGHT: i64 = WIDTH - 16;
const ROW: i64 = 26;
const RADIUS: i64 = 11;

/// More rows than this make a tower that nobody reads; what finds no room in them stands a little to the right of its time.
const MOST_ROWS: usize = 9;

/// So many stretches of the clock, each as wide as what happened in it needs.
const STRETCHES: i64 = 48;
/// How much wider a stretch is for each mark in it, against an empty one as 3: a night in which nothing happened still is one.
const FOR_A_MARK: i64 = 5;
/// Between two labels on the clock.
const LABELS_APART: i64 = 58;

/// A clock that is stretched where much happened: the first evening of an exercise holds half of what is done in three days. It runs forward
/// everywhere, and its labels stand where their times are.
struct Stretched {
    from: i64,
    long: i64,
    /// The place at which each stretch begins, and where the last one ends.
    edges: Vec<i64>,
}

impl Stretched {
    fn new(lanes: &Lanes) -> Stretched {
        let (from, long) = (lanes.axis.from.0, lanes.axis.long().0.max(1));
        let which = |event: &Event| ((event.at.0.clamp(from, from + long) - from) * STRETCHES / long).min(STRETCHES - 1) as usize;
        let mut marks = [[0_i64; STRETCHES as usize]; 2];
        for (of_lane, events) in marks.iter_mut().zip([&lanes.attack, &lanes.response]) {
            for event in events {
                of_lane[which(event)] += 1;
            }
        }
        let weights: Vec<i64> = marks[0].iter().zip(&marks[1]).map(|(attack, response)| 3 + FOR_A_MARK * attack.max(response)).collect();
        let all: i64 = weights.iter().sum();
        let mut gone = 0;
        let mut edges = vec![LEFT];
        for weight in &weights {
            gone += weight;
            edges.push(LEFT + (RIGHT - LEFT) * gone / all.max(1));
        }
        Stretched { from, long, edges }
    }

    fn x(&self, at: ExerciseTime) -> i64 {
        let gone = (at.0.clamp(self.from, self.from + self.long) - self.from) * STRETCHES;
        let which = (gone / self.long).min(STRETCHES - 1);
        let (Some(left), Some(right)) = (self.edges.get(which as usize), self.edges.get(which as usize + 1)) else { return LEFT };
        left + (gone - which * self.long) * (right - left) / self.long
    }

    /// The labels that find room: new days first, then the rest in order.
    fn labels<'a>(&self, axis: &'a Axis) -> Vec<(i64, &'a super::scale::Tick)> {
        let mut placed: Vec<(i64, &super::scale::Tick)> = Vec::new();
        for day in [true, false] {
            for tick in axis.ticks.iter().filter(|tick| tick.day == day) {
                let x = self.x(tick.at);
                if placed.iter().all(|(other, _)| (other - x).abs() >= LABELS_APART) {
                    placed.push((x, tick));
                }
            }
        }
        placed
    }
}

/// Places for marks, so that none covers another: for each event its row, counted from the clock outwards, and its place along the clock.
fn places(clock: &Stretched, events: &[Event]) -> Vec<(i64, i64)> {
    const APART: i64 = 2 * RADIUS + 3;
    let mut free_from: Vec<i64> = Vec::new();
    events
        .iter()
        .map(|event| {
            let x = clock.x(event.at);
            let free = free_from.iter().position(|free| *free <= x);
            let row = match free {
                Some(row) => row,
                None if free_from.len() < MOST_ROWS => {
                    free_from.push(x);
                    free_from.len() - 1
                }
                None => (0..MOST_ROWS).min_by_key(|row| free_from[*row]).unwrap_or(0),
            };
            let x = x.max(free_from[row]);
            free_from[row] = x + APART;
            (row as i64, x)
        })
        .collect()
}

/// Draws the timeline. Events stand in order of time.
pub fn draw(name: &str, lanes: &Lanes) -> String {
    let clock = Stretched::new(lanes);
    let above = places(&clock, &lanes.attack);
    let below = places(&clock, &lanes.response);
    let high = |places: &[(i64, i64)]| places.iter().map(|(row, _)| *row + 1).max().unwrap_or(1).max(2) * ROW + 8;
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
        let x = clock.x(*at);
        svg.line("move", (x, top - 6), (x, bottom));
        svg.text("tick", x + 4, top - 7, Anchor::Start, &format!("Move {}", number + 1));
    }
    for (x, tick) in clock.labels(&lanes.axis) {
        svg.line("grid", (x, clock_top), (x, clock_bottom));
        svg.text(if tick.day { "tick day" } else { "tick" }, x, clock_top + 17, Anchor::Middle, &tick.label);
    }
    svg.text("lane-name", 0, clock_top - 10, Anchor::Start, "Attack");
    svg.text("lane-name", 0, clock_bottom + 18, Anchor::Start, "Response");
    let mut draw_all = |events: &[Event], places: &[(i64, i64)], y_of: &dyn Fn(i64) -> i64| {
        for (event, (row, x)) in events.iter().zip(places) {
            let (x, y) = (*x, y_of(*row));
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
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 0, 0)).unwrap());
        let axis = Axis::new(&calendar, ExerciseTime(0), ExerciseTime(36_000));
        let event = |minute: i64| Event {
            at: ExerciseTime(minute * 60),
            clock: String::new(),
            mark: format!("A{minute}"),
            text: "x".into(),
            kind: Kind::Attack,
            facts: vec![],
        };
        let attack: Vec<Event> = [0, 0, 0, 3, 10, 90, 91, 600].into_iter().chain([600; 14]).map(event).collect();
        let lanes = Lanes { axis, moves: vec![(ExerciseTime(0), "One".into())], attack: attack.clone(), response: vec![] };
        let placed = places(&Stretched::new(&lanes), &attack);
        for (first, (row, x)) in placed.iter().enumerate() {
            for (second, (other_row, other_x)) in placed.iter().enumerate().skip(first + 1) {
                assert!(row != other_row || (x - other_x).abs() > 2 * RADIUS, "{first} and {second}");
            }
        }
        assert!(placed.iter().all(|(row, _)| *row < MOST_ROWS as i64), "no towers");
        let drawn = draw("t", &lanes);
        assert_eq!(drawn.matches("<g>").count(), 22);
        assert_eq!(drawn.matches("class=\"mark attack\"").count(), 22);
    }

    #[test]
    fn the_clock_is_wide_where_much_happens_and_never_runs_back() {
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 0, 0)).unwrap());
        let axis = Axis::with_at_most(&calendar, ExerciseTime(0), ExerciseTime(60 * 3600), 64);
        let event = |minute: i64| Event {
            at: ExerciseTime(minute * 60),
            clock: String::new(),
            mark: "R1".into(),
            text: "x".into(),
            kind: Kind::Act,
            facts: vec![],
        };
        // Thirty measures in the first three hours of sixty.
        let response: Vec<Event> = (0..30).map(|nth| event(nth * 6)).collect();
        let clock = Stretched::new(&Lanes { axis: axis.clone(), moves: vec![], attack: vec![], response: response.clone() });
        let hour = |hours: i64| clock.x(ExerciseTime(hours * 3600));
        assert_eq!((hour(0), hour(60)), (LEFT, RIGHT));
        assert!((0..60).all(|hours| hour(hours) <= hour(hours + 1)));
        assert!(hour(3) - LEFT > (RIGHT - LEFT) / 3, "half of what is done finds room: {}", hour(3));
        assert!(hour(60) - hour(57) >= 5, "a quiet night is still there");
        let rows = places(&clock, &response).iter().map(|(row, _)| *row).max();
        assert!(rows < Some(4), "{rows:?}");
        let labels = clock.labels(&axis);
        assert!(labels.iter().filter(|(_, tick)| tick.day).count() == 3, "{labels:?}");
        assert!(labels.iter().enumerate().all(|(place, (x, _))| labels[..place].iter().all(|(other, _)| (other - x).abs() >= LABELS_APART)));
    }
}
