//! Counts over time, as steps: how far the attack had spread, and how much of it was known.

use serde::Serialize;

use super::scale::Axis;
use super::{Anchor, Svg, WIDTH};
use crate::time::ExerciseTime;

/// Some counts over time.
#[derive(Clone, Debug, Serialize)]
pub struct Steps {
    /// The stretch of time.
    pub axis: Axis,
    /// What is counted.
    pub title: String,
    /// The counts.
    pub series: Vec<Series>,
}

/// One count.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// What it counts.
    pub name: String,
    /// Which class draws it; each has its own dash as well as its own colour.
    pub class: &'static str,
    /// From when on it is how much; in order of time, the first at the beginning of the axis.
    pub points: Vec<(ExerciseTime, u32)>,
}

const LEFT: i64 = 56;
const RIGHT: i64 = WIDTH - 240;
const TOP: i64 = 14;
const BOTTOM: i64 = 184;

/// A round number at or above the highest value, which divides into few steps.
fn ceiling(highest: u32) -> u32 {
    let mut size = 1;
    loop {
        for factor in [2, 4, 5, 10] {
            if factor * size >= highest {
                return factor * size;
            }
        }
        size *= 10;
    }
}

/// Draws the counts, each named at its end.
pub fn draw(name: &str, steps: &Steps) -> String {
    let highest = steps.series.iter().flat_map(|series| &series.points).map(|(_, count)| *count).max().unwrap_or(0);
    let top = ceiling(highest.min(1_000_000_000));
    let last = |series: &Series| series.points.last().map_or(0, |(_, count)| *count);
    let ends: Vec<String> = steps.series.iter().map(|series| format!("{}: {}", series.name, last(series))).collect();
    let mut svg = Svg::new(name, BOTTOM + 26, &steps.title, &format!("At the end: {}.", ends.join("; ")));
    let y_of = |count: u32| BOTTOM - i64::from(count) * (BOTTOM - TOP) / i64::from(top.max(1));
    steps.axis.draw(&mut svg, LEFT, RIGHT, TOP, BOTTOM);
    let parts = if top >= 5 && top.is_multiple_of(5) { 5 } else { top.clamp(1, 4) };
    for part in 0..=parts {
        let count = top * part / parts;
        let y = y_of(count);
        svg.line(if part == 0 { "base" } else { "grid" }, (LEFT, y), (RIGHT, y));
        svg.text("tick", LEFT - 8, y + 4, Anchor::End, &count.to_string());
    }
    // Names at the line's ends, pushed apart where ends meet.
    let mut order: Vec<usize> = (0..steps.series.len()).collect();
    order.sort_by_key(|place| (y_of(last(&steps.series[*place])), *place));
    let mut name_at = vec![0; steps.series.len()];
    let mut free_from = TOP;
    for place in order {
        name_at[place] = y_of(last(&steps.series[place])).max(free_from);
        free_from = name_at[place] + 17;
    }
    // Where the names at the foot would run out of the drawing, the whole column moves up.
    let over = (name_at.iter().copied().max().unwrap_or(0) - BOTTOM - 8).max(0);
    for (series, name_y) in steps.series.iter().zip(&name_at) {
        let mut points = Vec::new();
        let mut before = None;
        for (at, count) in &series.points {
            let (x, y) = (steps.axis.x(*at, LEFT, RIGHT), y_of(*count));
            if let Some(before) = before {
                points.push((x, before));
            }
            points.push((x, y));
            before = Some(y);
        }
        if let Some(before) = before {
            points.push((RIGHT, before));
        }
        svg.path(&format!("step {}", series.class), &points);
        let name_y = name_y - over;
        svg.line(&format!("step {}", series.class), (RIGHT + 8, name_y), (RIGHT + 30, name_y));
        svg.text("label", RIGHT + 36, name_y + 4, Anchor::Start, &format!("{} {}", last(series), series.name));
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::time::Calendar;

    #[test]
    fn scales_end_on_round_numbers() {
        assert_eq!([0, 1, 2, 3, 7, 11, 99, 100, 101].map(ceiling), [2, 2, 2, 4, 10, 20, 100, 100, 200]);
    }

    #[test]
    fn every_count_is_drawn_and_named() {
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 0, 0)).unwrap());
        let axis = Axis::new(&calendar, ExerciseTime(0), ExerciseTime(36_000));
        let series = |name: &str, class, counts: &[(i64, u32)]| Series {
            name: name.into(),
            class,
            points: counts.iter().map(|(at, n)| (ExerciseTime(*at), *n)).collect(),
        };
        let steps = Steps {
            axis,
            title: "Machines".into(),
            series: vec![series("taken", "harm", &[(0, 2), (3600, 5)]), series("known <b>", "known", &[(0, 0)])],
        };
        let drawn = draw("s", &steps);
        assert_eq!(drawn.matches("<path").count(), 2);
        assert!(drawn.contains("5 taken") && drawn.contains("0 known &lt;b&gt;"));
        assert_eq!(drawn, draw("s", &steps), "same data, same bytes");
    }
}
