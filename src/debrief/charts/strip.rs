//! Services over time: a strip for each, marked where it did less than it should.

use serde::Serialize;

use super::scale::Axis;
use super::{Anchor, Svg, WIDTH, shortened};
use crate::time::ExerciseTime;

/// All services.
#[derive(Clone, Debug, Serialize)]
pub struct Strips {
    /// The stretch of time.
    pub axis: Axis,
    /// The services.
    pub services: Vec<Strip>,
}

/// One service.
#[derive(Clone, Debug, Serialize)]
pub struct Strip {
    /// Its name.
    pub name: String,
    /// Its level, workaround included; one stretch after the other, from the beginning of the axis to its end.
    pub stretches: Vec<Stretch>,
    /// When its workaround ran.
    pub workarounds: Vec<(ExerciseTime, ExerciseTime)>,
    /// Its recovery time objective, in minutes.
    pub rto_minutes: i64,
    /// Its longest stretch below 100 %, in minutes.
    pub longest_minutes: i64,
    /// Minutes lost, each counted for the share that was missing.
    pub lost_minutes: i64,
}

impl Strip {
    /// Whether it never stayed down for longer than its objective allows.
    pub fn within_objective(&self) -> bool {
        self.longest_minutes <= self.rto_minutes
    }
}

/// A time at one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stretch {
    /// From.
    pub from: ExerciseTime,
    /// Until.
    pub until: ExerciseTime,
    /// 0 to 100.
    pub percent: u8,
}

const LEFT: i64 = 230;
const RIGHT: i64 = WIDTH - 180;
const ROW: i64 = 24;
const TOP: i64 = 8;

/// Draws the strips: plain where a service is whole, hatched where it is impaired, solid where it is down.
pub fn draw(name: &str, strips: &Strips) -> String {
    let bottom = TOP + ROW * strips.services.len() as i64 + 4;
    let down = strips.services.iter().filter(|service| service.stretches.iter().any(|stretch| stretch.percent < 100)).count();
    let late = strips.services.iter().filter(|service| !service.within_objective()).count();
    let mut svg = Svg::new(
        name,
        bottom + 24,
        "Services over time",
        &format!(
            "{} services; {down} fell below what they should do, {late} for longer than their recovery time objective. The table that follows has the figures.",
            strips.services.len()
        ),
    );
    let hatch = format!("{name}-hatch");
    svg.hatch(&hatch, "hatch", 6);
    for (row, service) in strips.services.iter().enumerate() {
        let y = TOP + ROW * row as i64;
        svg.text("label", LEFT - 12, y + 15, Anchor::End, &shortened(&service.name, 27));
        svg.rect("whole", LEFT, y + 3, RIGHT - LEFT, ROW - 8);
        for stretch in &service.stretches {
            let (from, until) = (strips.axis.x(stretch.from, LEFT, RIGHT), strips.axis.x(stretch.until, LEFT, RIGHT));
            // A short outage must not vanish between two units.
            let width = (until - from).max(2);
            match stretch.percent {
                100.. => {}
                1..=99 => svg.filled("impaired", &hatch, from, y + 3, width, ROW - 8),
                0 => svg.rect("down", from, y + 3, width, ROW - 8),
            }
            if stretch.percent > 0 && stretch.percent < 100 && width > 40 {
                svg.text("on-strip", from + width / 2, y + 15, Anchor::Middle, &format!("{} %", stretch.percent));
            }
        }
        for (from, until) in &service.workarounds {
            let (from, until) = (strips.axis.x(*from, LEFT, RIGHT), strips.axis.x(*until, LEFT, RIGHT));
            svg.line("workaround", (from, y + ROW - 3), (until.max(from + 2), y + ROW - 3));
        }
        let verdict = if service.longest_minutes == 0 {
            "whole".to_owned()
        } else {
            format!("{} of {}", super::super::model::minutes(service.longest_minutes), super::super::model::minutes(service.rto_minutes))
        };
        match service.within_objective() {
            true => svg.text("label", RIGHT + 28, y + 15, Anchor::Start, &verdict),
            false => svg.text("label over", RIGHT + 10, y + 15, Anchor::Start, &format!("\u{25b2} {verdict}")),
        }
    }
    strips.axis.draw(&mut svg, LEFT, RIGHT, bottom - 4, bottom);
    svg.finish()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::time::Calendar;

    #[test]
    fn down_and_impaired_differ_by_more_than_colour() {
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 5, 14).and_then(|day| day.and_hms_opt(16, 0, 0)).unwrap());
        let axis = Axis::new(&calendar, ExerciseTime(0), ExerciseTime(36_000));
        let stretch = |from, until, percent| Stretch { from: ExerciseTime(from), until: ExerciseTime(until), percent };
        let service = |name: &str, stretches, longest| Strip {
            name: name.into(),
            stretches,
            workarounds: vec![],
            rto_minutes: 60,
            longest_minutes: longest,
            lost_minutes: 0,
        };
        let strips = Strips {
            axis,
            services: vec![
                service("Whole", vec![stretch(0, 36_000, 100)], 0),
                service("Hurt", vec![stretch(0, 3600, 100), stretch(3600, 7200, 40), stretch(7200, 7201, 0), stretch(7201, 36_000, 100)], 61),
            ],
        };
        let drawn = draw("w", &strips);
        assert_eq!(drawn.matches("class=\"impaired\" fill=\"url(#w-hatch)\"").count(), 1);
        assert_eq!(drawn.matches("class=\"down\"").count(), 1, "an outage of one second is still seen");
        assert_eq!(drawn.matches('\u{25b2}').count(), 1, "an overrun has a sign, not only a colour");
    }
}
