//! What stands behind the handout, to look up: everything in full, the records, the scores with their reasons, how it was made.

use super::super::charts::strip::Strip;
use super::super::day;
use super::super::model::{Debrief, gathered, minutes, points, some};
use super::super::narrative::{bare, capital, counted, grouped};
use super::super::plan;
use super::page::Page;
use super::{SAID_OF_A_CHOICE, at_the_table, proposals};

pub fn learning(page: &mut Page, debrief: &Debrief) {
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
                if !moment.colleagues.is_empty() && moment.as_at.is_none() {
                    page.heading(4, "Meanwhile in the simulation, and not heard by the room");
                    page.list(&moment.colleagues);
                }
                page.heading(4, "Why it seemed sensible");
                if moment.sensible.is_empty() {
                    page.paragraph("The record does not say.");
                    if debrief.participants.wrote().is_empty() {
                        page.room("What the room says");
                    }
                } else {
                    page.list(&moment.sensible);
                }
                if !moment.not_known.is_empty() {
                    page.heading(4, "What they could not know without checking");
                    once(page, &moment.not_known);
                }
            }
            None => page.paragraph(&super::no_decision(debrief)),
        }
        let routine = super::routine(debrief);
        for (title, lines) in [
            ("Keep", &review.strengths),
            (routine.as_str(), &review.routine),
            ("What to change", &review.changes),
            ("Asked, and not answered", &review.unanswered),
            ("Not evaluated", &review.not_evaluated),
        ] {
            if !lines.is_empty() {
                page.heading(4, title);
                page.list(lines);
            }
        }
    }
    page.part(debrief, "further");
    match plan::handed_out(&debrief.improvement_plan).1 {
        [] => page.paragraph("All proposals stand in the improvement plan."),
        further => proposals(page, further),
    }
    if !debrief.improvement_left_out.is_empty() {
        page.heading(3, "Left out by the room");
        page.list(debrief.improvement_left_out.iter().map(|line| &line.issue));
    }
}

pub fn course(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "events");
    if !debrief.before_startex.is_empty() {
        page.heading(3, "Before play began");
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
        at_the_table(page, &decision.table, true);
        if let Some(dilemma) = &decision.dilemma {
            page.bold("Why it is hard.", dilemma);
        }
        page.heading(4, debrief.overview.told);
        page.list(&decision.known);
        if !decision.colleagues.is_empty() {
            page.heading(4, "Meanwhile in the simulation, and not heard by the room");
            page.list(&decision.colleagues);
        }
        if !decision.not_known.is_empty() {
            page.heading(4, "What they could not know without checking");
            page.list(&decision.not_known);
        }
        if !decision.feedback.is_empty() {
            page.bold(SAID_OF_A_CHOICE, &decision.feedback);
        }
    }
    if !debrief.beliefs.is_empty() {
        page.heading(3, "Beliefs that were stated");
        page.table(
            &["When", "Belief", "Whose", "Sure", "In truth"],
            debrief.beliefs.iter().map(|belief| {
                let truth = if belief.was_true { "true" } else { "not true" };
                vec![belief.clock.clone(), belief.claim.clone(), belief.role.clone(), format!("{} %", belief.percent), truth.to_owned()]
            }),
        );
    }
}

pub fn records(page: &mut Page, debrief: &Debrief) {
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
    page.heading(3, &super::told_title(debrief));
    page.table(
        &["When", "Claim", "Was", "To", "How", "Was that right?"],
        (debrief.told.iter()).map(|line| {
            vec![line.clock.clone(), line.claim.clone(), line.stance.to_owned(), line.to.clone(), line.from.clone(), line.right.to_owned()]
        }),
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

pub fn scores(page: &mut Page, debrief: &Debrief) {
    page.part(debrief, "scores");
    for criterion in &debrief.scores.criteria {
        page.heading(4, &criterion.text);
        let result = match criterion.earned_milli {
            Some(earned) => format!("{}, {} of {} points.", capital(criterion.result), points(earned), points(criterion.worth_milli)),
            None => format!("Not evaluated; {} points.", points(criterion.worth_milli)),
        };
        page.bold(&result, &criterion.why);
        if !criterion.earned_by.is_empty() {
            page.paragraph(&format!("Earned: {}.", criterion.earned_by));
        }
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

pub fn hand(page: &mut Page, debrief: &Debrief) {
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
                    day::said(&line.date),
                ]
            }),
        );
    }
    if !hand.not_evaluated.is_empty() {
        page.heading(3, "Not evaluated, and why");
        page.list(&hand.not_evaluated);
    }
}

pub fn appendix(page: &mut Page, debrief: &Debrief) {
    let (overview, appendix) = (&debrief.overview, &debrief.appendix);
    page.part(debrief, "appendix");
    page.heading(3, "What was exercised");
    let mut facts = vec![format!("Cut: {}", overview.cut)];
    facts.extend(overview.profile.iter().map(|profile| format!("Profile: {profile}")));
    facts.push(format!("Reached ENDEX: {}", overview.reached_endex));
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
    page.heading(3, "Words");
    let words: Vec<String> = appendix.glossary.iter().map(|(word, meaning)| format!("{word}: {meaning}")).collect();
    page.list(&words);
}
