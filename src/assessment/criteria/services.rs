//! Criteria about services: how much of them was lost, how soon workarounds stood, and whether recovery times were held.

use super::*;

impl Bench<'_> {
    /// Those that are named, or all.
    fn services<'a>(&'a self, of: &'a [ServiceId]) -> impl Iterator<Item = ServiceId> + 'a {
        let all = of.is_empty().then(|| self.measures.services.all());
        of.iter().copied().chain(all.into_iter().flatten())
    }

    /// Where stretches below 100 percent began.
    fn falls(&self, of: &[ServiceId]) -> Vec<Option<u32>> {
        self.services(of)
            .filter_map(|service| self.measures.services.line(service))
            .flat_map(|line| line.stretches_below(100))
            .map(|stretch| Some(stretch.fell.mark.seq))
            .collect()
    }

    pub(super) fn outage(&self, of: &[ServiceId], full: u32, none: u32) -> Judged {
        let lost = self.measures.services.minutes_lost(self.services(of));
        Judged::credit(
            falling(lost as i64, i64::from(full), i64::from(none)),
            self.startex(),
            self.falls(of),
            format!(
                "{} lost, weighted by criticality; all points up to {}, none from {}.",
                many(lost, "service minute was", "service minutes were"),
                grouped(full.into()),
                grouped(none.into())
            ),
        )
    }

    /// Each fall below what a service's workaround gives counts until the workaround starts; `none` if it never does. Left out are falls that
    /// were over, or cut short by ENDEX, before `full` had passed, and what comes after people could not keep the workaround up.
    pub(super) fn workarounds(&self, of: &[ServiceId], full: Span, none: Span) -> Judged {
        let (mut waits, mut never, mut facts) = (Vec::new(), 0_u32, Vec::new());
        for service in self.services(of) {
            let (Some(line), Some(entry)) = (self.measures.services.line(service), self.program.public.services.get(service.index())) else {
                continue;
            };
            let Some(workaround) = &entry.workaround else { continue };
            let falls = line.stretches_below(workaround.level_percent.min(100));
            for fall in falls.iter().filter(|fall| line.worn_out.is_none_or(|worn| fall.fell.mark < worn)) {
                let started = line.workarounds.iter().map(|(started, _)| *started).find(|started| (fall.from..=fall.until).contains(&started.at));
                match started {
                    Some(started) => waits.push((started.at - fall.from).0.min(none.0)),
                    None if line.workaround_runs(fall.from) => waits.push(0),
                    None if fall.length() < full => continue,
                    None => {
                        never += 1;
                        waits.push(none.0);
                    }
                }
                facts.extend([Some(fall.fell.mark.seq), started.map(|mark| mark.seq)]);
            }
        }
        if waits.is_empty() {
            return Judged::none("no service that has a workaround fell for long enough to need it");
        }
        let mean = Span(waits.iter().sum::<i64>() / waits.len() as i64);
        let opened = facts.iter().copied().flatten().min();
        Judged::credit(
            falling(mean.0, full.0, none.0),
            opened,
            facts,
            format!(
                "Services fell below their workaround {}, and it started after {} on average{}; all points up to {}, none from {}.",
                many(waits.len() as u64, "time", "times"),
                words(mean),
                if never > 0 {
                    format!("; {} it never did, which counts as {}", many(never.into(), "time", "times"), words(none))
                } else {
                    String::new()
                },
                words(full),
                words(none)
            ),
        )
    }

    /// Each service: all points while the longest time it was not resumed (see [`crate::scenario::program::Service::acceptable_percent`]) is within
    /// its own RTO, none from twice that; the mean of them. A service that is still not resumed at ENDEX, within its RTO, is left out: nobody
    /// knows yet.
    pub(super) fn within_rto(&self, of: &[ServiceId]) -> Judged {
        let (mut credits, mut late, mut worst, mut facts, mut names) = (Vec::new(), 0_u32, 0_i64, Vec::new(), Vec::new());
        for service in self.services(of) {
            let (Some(line), Some(entry)) = (self.measures.services.line(service), self.program.public.services.get(service.index())) else {
                continue;
            };
            let level = entry.acceptable_percent();
            let name = if entry.text.is_empty() { entry.id.as_str() } else { entry.text.as_str() };
            let Some(stretch) = line.worst_stretch_below(level) else {
                credits.push(1000_u64);
                names.push(name);
                continue;
            };
            let (length, rto) = (stretch.length().0, entry.rto.0.max(1));
            if length <= rto && line.stretches_below(level).iter().any(|stretch| !stretch.over) {
                continue;
            }
            late += u32::from(length > rto);
            worst = worst.max(length * 10 / rto);
            credits.push(u64::from(falling(length, rto, rto * 2)));
            names.push(name);
            facts.push(Some(stretch.fell.mark.seq));
        }
        if credits.is_empty() {
            return Judged::none("every service was still down at ENDEX, within its recovery time objective");
        }
        let credit = (credits.iter().sum::<u64>() / credits.len() as u64) as u16;
        let none_down = facts.is_empty();
        Judged::credit(
            credit,
            facts.first().copied().flatten().or(self.startex()),
            facts,
            match (late, worst) {
                // Other services may well have been down: those that are meant are named.
                (0, _) if none_down => format!("None of those that count here was down: {}.", names.join(", ")),
                (0, 0) => format!("None of those that count here was down for a tenth of what its objective allows: {}.", names.join(", ")),
                (0, _) => format!(
                    "{} resumed within the recovery time objective; the longest outage took {} its objective; all points up to 1 time, none from 2 times.",
                    many(credits.len() as u64, "service was", "services were, each,"),
                    times(worst)
                ),
                _ => format!(
                    "{late} of {} down for longer than the recovery time objective allows, the worst for {} its objective; all points up to 1 time, none from 2 times.",
                    many(credits.len() as u64, "service was", "services were"),
                    times(worst)
                ),
            },
        )
    }
}
