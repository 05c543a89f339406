//! The debrief as a whole: what it must hold, what it must not, and that nothing untrusted gets out as markup.

use std::path::Path;

use super::sample::{made, sample};
use super::*;

mod people;
mod replay;
mod room;

fn written(sample: &sample::Sample, format: Format) -> String {
    render(&model(&sample.input()), format)
}

/// With `DEBRIEF_SAMPLE=/some/folder` the sample is written there, to be looked at.
#[test]
fn the_sample_is_written_where_asked() {
    let Some(folder) = std::env::var_os("DEBRIEF_SAMPLE") else { return };
    let folder = std::path::PathBuf::from(folder);
    for name in ["sample.html", "sample.md", "sample.json"] {
        let path = folder.join(name);
        let format = Format::from_path(&path).expect("a known ending");
        std::fs::write(&path, written(&sample(), format)).expect("the folder exists");
    }
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    for format in [Format::Html, Format::Markdown, Format::Json] {
        assert_eq!(written(&sample(), format), written(&sample(), format));
    }
}

#[test]
fn the_page_needs_no_network_and_no_script() {
    let page = written(&sample(), Format::Html);
    // Addresses of sources are text; nothing is fetched.
    for forbidden in ["<script", "<link", "<img", "<iframe", "@import", "src=", "url(http", "href=\"http", "javascript:", " onload", " onclick"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let fetched: Vec<&str> = page
        .match_indices("http")
        .map(|(at, _)| &page[at..(at + 30).min(page.len())])
        .filter(|address| {
            !address.starts_with("http://www.w3.org/2000/svg") && !address.starts_with("https://eur-lex") && !address.starts_with("http-equiv")
        })
        .collect();
    assert!(fetched.is_empty(), "{fetched:?}");
}

#[test]
fn every_part_of_the_contents_is_there_and_in_order() {
    let page = written(&sample(), Format::Html);
    let mut before = 0;
    for (number, (anchor, title)) in html::PARTS.iter().enumerate() {
        assert!(page.contains(&format!("<a href=\"#{anchor}\">")), "{anchor} is in the contents");
        let at = page.find(&format!("<section id=\"{anchor}\"")).unwrap_or_else(|| panic!("no section {anchor}"));
        assert!(at > before, "{anchor} stands in its place");
        before = at;
        let heading = format!("<span class=\"number\">{}</span>{}</h2>", number + 1, title.replace('&', "&amp;"));
        assert!(page[at..].contains(&heading), "{heading}");
    }
    let markdown = written(&sample(), Format::Markdown);
    for (number, (_, title)) in html::PARTS.iter().enumerate() {
        assert!(markdown.contains(&format!("## {} {title}\n", number + 1)), "{title}");
    }
}

#[test]
fn people_write_before_they_read_results() {
    let page = written(&sample(), Format::Html);
    let (write, outcome) = (page.find("id=\"before\"").expect("a place to write"), page.find("id=\"outcome\"").expect("an outcome"));
    let first = &page[page.find("<main>").expect("a page")..page.find("id=\"happened\"").expect("what happened")];
    assert!(write < outcome);
    for result in ["encrypted", "Encrypted", "missed", "earned", "of 100", "inside."] {
        assert!(!first.contains(result), "{result} stands before the first page is over");
    }
}

#[test]
fn the_handout_comes_first_and_the_appendix_has_the_rest() {
    let sample = sample();
    let debrief = model(&sample.input());
    assert!((5..=14).contains(&debrief.story.len()), "{:?}", debrief.story);
    assert!(debrief.story.is_sorted_by_key(|line| line.at));
    assert_eq!(
        debrief.story.iter().filter(|line| line.side == "decision").count(),
        debrief.decisions.iter().filter(|gate| gate.choice.is_some()).count()
    );
    assert!(debrief.story.iter().any(|line| line.side == "attack"));
    let proposed = debrief.improvement_plan.iter().filter(|line| line.origin == "proposed" && !line.criterion.is_empty());
    assert!(proposed.is_sorted_by_key(|line| std::cmp::Reverse(line.missed_milli)), "of the proposals, what cost most comes first");
    assert_eq!(debrief.improvement_plan[0].id, "assumption-1", "what the room assumed comes before them");
    let page = written(&sample, Format::Html);
    let cut = page.find("class=\"appendix-begins\"").expect("an end of the handout");
    let (handout, rest) = page.split_at(cut);
    for (anchor, _) in &html::PARTS[..html::HANDOUT] {
        assert!(handout.contains(&format!("<section id=\"{anchor}\"")), "{anchor}");
    }
    for (anchor, _) in &html::PARTS[html::HANDOUT..] {
        assert!(rest.contains(&format!("<section id=\"{anchor}\"")), "{anchor}");
    }
    for line in plan::handed_out(&debrief.improvement_plan).0 {
        assert!(handout.contains(super::charts::escaped(&line.issue).as_str()), "{}", line.id);
        assert!(handout.contains(super::charts::escaped(&line.action).as_str()), "{}", line.id);
    }
}

#[test]
fn a_total_is_given_only_where_asked() {
    let mut sample = sample();
    assert!(sample.assessment.score.is_some());
    assert!(!written(&sample, Format::Html).contains("of 100</p>"));
    assert!(written(&sample, Format::Json).contains("\"total\": null"));
    sample.about.with_total = true;
    let total = sample.assessment.score.expect("a score");
    assert!(written(&sample, Format::Html).contains(&format!("{total} of 100</p>")));
    assert!(written(&sample, Format::Markdown).contains(&format!("**{total} of 100.**")));
}

#[test]
fn the_marking_frames_the_page_and_follows_the_label() {
    let mut sample = sample();
    sample.about.tlp = Tlp::Red;
    sample.about.counsel = Some("Privileged & confidential <draft>".into());
    let page = written(&sample, Format::Html);
    assert_eq!(page.matches("EXERCISE EXERCISE EXERCISE").count(), 2, "head and foot, which paper repeats on each sheet");
    assert_eq!(page.matches("tlp-red\">TLP:RED").count(), 2);
    assert_eq!(page.matches("Privileged &#38; confidential &#60;draft&#62;").count(), 2, "{}", &page[page.find("Privileged").unwrap_or(0)..][..80]);
    assert!(written(&sample, Format::Markdown).starts_with("**EXERCISE EXERCISE EXERCISE**"));
}

#[test]
fn a_run_of_programs_says_so() {
    let page = written(&sample(), Format::Html);
    assert!(page.contains("Played by programs, not by people"));
    let mut sample = sample();
    sample.about.mode = Mode::Discussion;
    let page = written(&sample, Format::Html);
    assert!(page.contains("tabletop exercise") && !page.contains("Played by programs"));
}

#[test]
fn each_criterion_has_its_reason_and_its_facts() {
    let sample = sample();
    let debrief = model(&sample.input());
    assert_eq!(debrief.scores.criteria.len(), sample.program.rubric.criteria.len());
    for criterion in &debrief.scores.criteria {
        assert!(!criterion.why.is_empty(), "{}", criterion.id);
        assert_eq!(criterion.result == "not evaluated", criterion.earned_milli.is_none());
        for fact in &criterion.facts {
            assert!(!fact.text.is_empty() && sample.ledger.get(fact.seq as usize).is_some_and(|happened| happened.at == fact.at));
        }
    }
    let declared = debrief.scores.criteria.iter().find(|criterion| criterion.id == "declared-in-time").expect("it is in the rubric");
    assert_eq!(declared.result, "earned in part", "declared after 104 minutes; full within 60, none after 360");
    assert!(declared.facts.iter().any(|fact| fact.text.starts_with("Incident declared (Incident manager): major")));
    assert!(debrief.improvement_plan.iter().any(|line| line.criterion == "records-kept" && !line.action.is_empty()));
    assert!(!debrief.improvement_plan.iter().any(|line| line.criterion == "authority-told"), "what was earned needs no improvement");
}

#[test]
fn coverage_tells_alert_from_recognition() {
    let debrief = model(&sample().input());
    let of = |technique: &str| debrief.coverage.iter().find(|line| line.technique == technique).expect("a stage has it").clone();
    let spread = of("T1021.001");
    assert_eq!(spread.traces, 7);
    assert!(spread.alert.contains("Responder") && spread.recognised.contains("alert judged real"), "{spread:?}");
    assert!(of("T1567.002").unseen, "it left a trace that nobody recognised");
    assert!(!of("T1003.001").unseen && of("T1003.001").recognised == "left no trace");
    assert!(!of("T1490").unseen, "what never succeeded was not overlooked");
    assert!(of("T1490").happened.contains("out of reach"));
}

#[test]
fn records_are_held_against_the_truth_of_their_hour() {
    let debrief = model(&sample().input());
    let cut = &debrief.decisions[0];
    assert_eq!(cut.choice.as_deref(), Some("Not before they answer"));
    assert_eq!((cut.sure_percent, cut.took_minutes, cut.timed_out), (Some(70), Some(33), false));
    assert!(cut.known.iter().any(|line| line.starts_with("Denied: ") && line.contains("provider's remote management")), "{:?}", cut.known);
    assert!(
        cut.not_known.iter().any(|line| line.starts_with("Denied, and so all the same") && line.contains("provider's remote management")),
        "{:?}",
        cut.not_known
    );
    assert!(cut.not_known.iter().any(|line| line.starts_with("Said, and not so") && line.contains("Only one branch")));
    assert_eq!(debrief.told.len(), 3);
    for line in &debrief.told {
        let right = line.stance != "left open" && (line.stance == "said") == line.was_true;
        assert_eq!(line.right.starts_with("right"), right, "{line:?}");
    }
    assert!(debrief.decisions[1].timed_out);
    let false_claim = debrief.communication.iter().find(|said| said.what.contains("Only one branch")).expect("it was said");
    assert_eq!((false_claim.truth, false_claim.to.as_str()), ("not true then", "Patients and Press"));
    assert_eq!(debrief.beliefs[0].percent, 20);
    assert!(debrief.beliefs[0].was_true);
    let lost: usize = debrief.evidence.iter().filter(|line| line.what == "lost").map(|line| line.machines.len()).sum();
    assert_eq!(lost, 4);
    let real = debrief.appendix.alerts.iter().filter(|alert| alert.real).count();
    assert_eq!((real, debrief.appendix.alerts.len()), (4, 5));
}

#[test]
fn hindsight_stands_apart_from_what_was_known() {
    let debrief = model(&sample().input());
    let moments: Vec<_> = debrief.capabilities.iter().filter_map(|review| review.moment.as_ref()).collect();
    assert!(moments.iter().any(|moment| !moment.not_known.is_empty()), "the sample has something to hide");
    for (place, moment) in moments.iter().enumerate() {
        assert!(moment.sensible.iter().all(|line| line.starts_with("Believed ") || line.contains("a dilemma")), "{:?}", moment.sensible);
        let before = moments[..place].iter().find(|earlier| earlier.known == moment.known && earlier.not_known == moment.not_known);
        assert_eq!(moment.as_at.is_some(), before.is_some(), "{}", moment.clock);
    }
}

#[test]
fn alerts_alike_share_a_line_and_none_is_lost() {
    let debrief = model(&sample().input());
    let groups = model::gathered(&debrief.appendix.alerts);
    assert!(groups.len() < debrief.appendix.alerts.len());
    assert_eq!(groups.iter().map(|group| group.count).sum::<usize>(), debrief.appendix.alerts.len());
}

#[test]
fn services_and_clocks_add_up() {
    let debrief = model(&sample().input());
    let hatch = &debrief.services.services[5];
    assert_eq!((hatch.longest_minutes, hatch.lost_minutes, hatch.within_objective()), (559, 559, false));
    let dispensing = &debrief.services.services[0];
    assert_eq!(dispensing.longest_minutes, 550);
    assert_eq!(dispensing.lost_minutes, (60 * 40 + 320 * 20 + 40 * 70 + 130 * 100) / 100);
    let states: Vec<model::State> = debrief.clocks.clocks.iter().map(|clock| clock.state).collect();
    assert_eq!(states, [model::State::InTime, model::State::Missed, model::State::NotStarted]);
}

#[test]
fn no_text_of_a_scenario_becomes_markup() {
    let hostile = made(|text| format!("<b onclick=x>\"'&|`[a](javascript:1)*\u{1b}\n# {text}"));
    let page = written(&hostile, Format::Html);
    assert!(!page.contains("<b "), "raw markup in the page");
    let markdown = written(&hostile, Format::Markdown);
    assert!(!markdown.contains("<b") && !markdown.contains("[a]("), "raw markup in the text");
    let table_width = |line: &str| line.replace("\\|", "").matches('|').count();
    let lines: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    for pair in lines.windows(2) {
        if pair[1].starts_with("| ---") || pair[1].starts_with("|  ---") {
            assert_eq!(table_width(pair[0]), table_width(pair[1]), "{}", pair[0]);
        }
    }
    let parsed: serde_json::Value = serde_json::from_str(&written(&hostile, Format::Json)).expect("JSON");
    assert_eq!(parsed["schema"], SCHEMA);
}

#[test]
fn an_empty_ledger_still_makes_a_page() {
    let mut sample = sample();
    sample.ledger = Ledger::default();
    sample.about.finished = false;
    for format in [Format::Html, Format::Markdown, Format::Json] {
        let text = written(&sample, format);
        assert!(text.len() > 1000);
    }
    assert!(written(&sample, Format::Html).contains("before ENDEX; everything below is as far as it came."));
    let at = Some(ExerciseTime(sample.program.public.endex.0 - 15));
    sample.about.annotations.push(Annotation { at, ..Annotation::new(crate::journal::RemarkKind::Endex, "Play was ended here.") });
    assert!(written(&sample, Format::Html).contains("Play was ended 15 s before ENDEX"), "not since the last fact");
}

#[test]
fn every_fact_has_a_sentence_with_its_names_filled_in() {
    let sample = sample();
    let mut teller = narrative::Teller::new(&sample.program);
    for happened in sample.ledger.iter() {
        let text = teller.tell(happened);
        assert!(text.ends_with(['.', '?', '!', '\u{201d}']) && text.chars().next().is_some_and(|first| !first.is_lowercase()), "{text}");
        assert!(!text.contains("an alert") && !text.contains("a machine"), "a name is missing: {text}");
    }
    let taken_up = sample.ledger.iter().find(|happened| happened.fact.name() == "Acknowledged").expect("it is in the sample");
    assert_eq!(teller.tell(taken_up), "Taken up: alert of Endpoint protection on BR-01-SRV (login).");
    assert_eq!(narrative::sentence(&sample.program, taken_up), "Taken up: an alert.", "alone, it cannot know which");
}

#[test]
fn the_json_has_the_documented_fields() {
    let parsed: serde_json::Value = serde_json::from_str(&written(&sample(), Format::Json)).expect("JSON");
    for field in [
        "schema",
        "marking",
        "overview",
        "participants",
        "story",
        "capabilities",
        "improvement_plan",
        "outcome",
        "timeline",
        "before_startex",
        "spread",
        "services",
        "clocks",
        "told",
        "communication",
        "evidence",
        "decisions",
        "beliefs",
        "coverage",
        "scores",
        "ratings",
        "appendix",
    ] {
        assert!(parsed.get(field).is_some(), "{field}");
    }
    assert_eq!(parsed["timeline"]["attack"][0]["mark"], "A1");
    assert_eq!(parsed["clocks"]["clocks"][0]["state"], "in_time");
}

#[test]
fn the_ending_of_a_name_says_the_format() {
    assert_eq!(Format::from_path(Path::new("out/report.HTML")), Some(Format::Html));
    assert_eq!(Format::from_path(Path::new("report.md")), Some(Format::Markdown));
    assert_eq!(Format::from_path(Path::new("a.b.json")), Some(Format::Json));
    assert_eq!(Format::from_path(Path::new("report.pdf")), None);
    assert_eq!(Format::from_path(Path::new("html")), None);
}

#[test]
fn labels_are_read_as_they_are_written() {
    for tlp in [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red] {
        assert_eq!(Tlp::parse(tlp.label()), Some(tlp));
    }
    assert_eq!(Tlp::parse(" amber "), Some(Tlp::Amber));
    assert_eq!(Tlp::parse("white"), None);
}
