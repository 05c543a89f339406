//! Capabilities: points earned, missed and not evaluated, as bars of their true length.

use serde::Serialize;

use super::{Anchor, Svg, WIDTH};

/// One bar for each capability.
#[derive(Clone, Debug, Serialize)]
pub struct Bars {
    /// The bars.
    pub bars: Vec<Bar>,
}

/// One bar. Points are in thousandths, because a criterion can be earned in part.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// The capability.
    pub name: String,
    /// Points earned, in thousandths.
    pub earned_milli: i64,
    /// Of those, points that a program earned of its own accord, in thousandths.
    pub by_program_milli: i64,
    /// Points missed, in thousandths.
    pub missed_milli: i64,
    /// Points not evaluated, in thousandths.
    pub not_evaluated_milli: i64,
}

const LEFT: i64 = 150;
const RIGHT: i64 = WIDTH - 290;
const ROW: i64 = 30;
const TOP: i64 = 6;

/// Points of thousandths, without needless decimals.
pub fn points(milli: i64) -> String {
    let tenths = (milli + 50) / 100;
    match (tenths % 10, milli % 1000) {
        (0, 0) => (milli / 1000).to_string(),
        // 5.98 of 6 must not read as 6 of 6.
        (0, _) => format!("{}.{:02}", milli / 1000, milli % 1000 / 10),
        (tenth, _) => format!("{}.{tenth}", tenths / 10),
    }
}

/// Draws the bars: solid for earned, hatched for missed, outlined for not evaluated.
pub fn draw(name: &str, bars: &Bars) -> String {
    let total = |bar: &Bar| bar.earned_milli + bar.missed_milli + bar.not_evaluated_milli;
    let longest = bars.bars.iter().map(total).max().unwrap_or(0).max(1);
    let words: Vec<String> = bars
        .bars
        .iter()
        .map(|bar| {
            format!(
                "{}: {} earned ({} of them by programs), {} missed, {} not evaluated",
                bar.name,
                points(bar.earned_milli),
                points(bar.by_program_milli),
                points(bar.missed_milli),
                points(bar.not_evaluated_milli)
            )
        })
        .collect();
    let mut svg = Svg::new(name, TOP + ROW * bars.bars.len() as i64 + 4, "Points by capability", &words.join("; "));
    let hatch = format!("{name}-hatch");
    svg.hatch(&hatch, "missed-hatch", 6);
    for (row, bar) in bars.bars.iter().enumerate() {
        let y = TOP + ROW * row as i64;
        let x = |points: i64| LEFT + points * (RIGHT - LEFT) / longest;
        let (earned, missed) = (bar.earned_milli, bar.earned_milli + bar.missed_milli);
        svg.text("label", LEFT - 12, y + 17, Anchor::End, &bar.name);
        svg.rect("earned", LEFT, y + 4, x(earned) - LEFT, ROW - 10);
        // Their part lies at the end of what was earned, in a paler shade.
        let theirs = x(earned - bar.by_program_milli.min(earned));
        svg.rect("earned by-program", theirs, y + 4, x(earned) - theirs, ROW - 10);
        svg.filled("missed", &hatch, x(earned), y + 4, x(missed) - x(earned), ROW - 10);
        svg.rect("not-evaluated", x(missed), y + 4, x(total(bar)) - x(missed), ROW - 10);
        let mut words = Vec::new();
        if missed > 0 || bar.not_evaluated_milli == 0 {
            words.push(format!("{} of {}", points(bar.earned_milli), points(missed)));
        }
        if bar.by_program_milli > 0 {
            words.push(format!("{} by programs", points(bar.by_program_milli)));
        }
        if bar.not_evaluated_milli > 0 {
            words.push(format!("{} not evaluated", points(bar.not_evaluated_milli)));
        }
        svg.text("label", x(total(bar)) + 10, y + 17, Anchor::Start, &words.join(", "));
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_not_rounded_into_full_marks() {
        assert_eq!([6000, 5984, 8550, 20, 0].map(points), ["6", "5.98", "8.6", "0.02", "0"]);
    }

    #[test]
    fn bars_have_their_true_length() {
        let bar = |name: &str, earned, missed, rest| Bar {
            name: name.into(),
            earned_milli: earned,
            by_program_milli: 0,
            missed_milli: missed,
            not_evaluated_milli: rest,
        };
        let drawn = draw("b", &Bars { bars: vec![bar("triage", 6000, 4000, 0), bar("recovery", 0, 2500, 2500)] });
        let long = (RIGHT - LEFT) * 600 / 1000;
        assert!(drawn.contains(&format!("class=\"earned\" x=\"{LEFT}\" y=\"10\" width=\"{long}\"")), "{drawn}");
        assert!(drawn.contains("6 of 10") && drawn.contains("0 of 2.5, 2.5 not evaluated"));
        assert_eq!(drawn.matches("class=\"earned\"").count(), 1, "nothing earned draws nothing");
    }
}
