//! What people said, in the debrief: quoted where it belongs, and nowhere turned into a result.

use super::super::approval::{Approval, Part};
use super::super::{Format, html, model, plan, render};
use super::{sample, written};

#[test]
fn a_decision_has_the_words_positions_and_dissent_of_the_room_beside_it() {
    let debrief = model(&sample().input());
    let table = &debrief.decisions[0].table;
    assert_eq!(table.words.len(), 1, "what was recorded about something else is not here");
    assert_eq!((table.words[0].by.as_deref(), table.words[0].words.as_str()), (Some("Executive"), "We wait until they answer us"));
    let positions: Vec<_> = table.positions.iter().map(|one| (one.by.as_str(), one.choice.as_str(), one.sure_percent, one.otherwise)).collect();
    assert_eq!(positions, [("Executive", "Not before they answer", Some(70), false), ("Responder", "Everything, now", Some(90), true)]);
    assert_eq!(table.dissent, ["The night pharmacist wanted to cut at once."]);
    assert_eq!(table.otherwise(), (1, 2));
    assert_eq!(table.deputy, None, "the executive is one of those asked");
    assert!(debrief.decisions[1].table.is_empty());
    assert_eq!(debrief.room.len(), 2);
    for format in [Format::Html, Format::Markdown] {
        let text = written(&sample(), format);
        assert!(text.contains("We wait until they answer us") && text.contains("The night pharmacist wanted to cut at once."));
        // What is handed out has numbers; who it was is in the appendix.
        let (handed_out, appendix) =
            if format == Format::Html { text.split_once("id=\"reviews\"") } else { text.split_once("What follows is the appendix") }
                .expect("there is an appendix");
        assert!(handed_out.contains("1 of 2 thought otherwise") && handed_out.contains("Everything, now (1)"));
        assert!(!handed_out.contains("Responder thought") && !handed_out.contains("night pharmacist"));
        assert!(appendix.contains("Responder thought otherwise") && appendix.contains("night pharmacist"));
    }
}

#[test]
fn a_deputy_who_decides_is_named_as_one() {
    let mut sample = sample();
    // The executive, who decided, is no longer asked; the incident manager is, whose deputy that is.
    sample.program.public.gates[0].who = crate::ids::RoleSet::one(crate::ids::RoleId(0));
    sample.program.public.roles[0].deputy = Some(crate::ids::RoleId(2));
    let debrief = model(&sample.input());
    assert_eq!(debrief.decisions[0].table.deputy.as_deref(), Some("Executive decided as deputy, for Incident manager."));
}

#[test]
fn evaluators_who_differ_are_both_heard_with_their_reasons() {
    let debrief = model(&sample().input());
    let of = |id: &str| debrief.ratings.iter().find(|rating| rating.id == id).expect("a target");
    let both = of("verify");
    assert_eq!(both.evaluators.iter().map(|one| one.letter.as_str()).collect::<Vec<_>>(), ["P", "M"]);
    let says = both.disagreement().expect("they differ");
    assert!(says.contains("Evaluator A rates P: The notice was checked") && says.contains("Evaluator B rates M: It was checked, but"), "{says}");
    assert_eq!(of("contain").disagreement(), None);
    assert_eq!(debrief.observations.len(), 1);
    assert_eq!(debrief.observations[0].about, "The caller's notice is verified and graded within an hour");
    let page = written(&sample(), Format::Html);
    assert_eq!(page.matches("Evaluators differ</p>").count(), 1);
}

#[test]
fn the_last_word_of_an_evaluator_counts() {
    let mut sample = sample();
    let second = sample.about.annotations.iter().find(|remark| remark.by.as_deref() == Some("evaluator B")).expect("there is one").clone();
    sample.about.annotations.push(crate::journal::Annotation { value: Some("p".into()), text: "After talking.".into(), ..second });
    let debrief = model(&sample.input());
    let rating = debrief.ratings.iter().find(|rating| rating.id == "verify").expect("a target");
    assert_eq!(rating.evaluators.len(), 2);
    assert_eq!(rating.disagreement(), None);
}

#[test]
fn a_stated_cause_stands_beside_what_was_so() {
    let debrief = model(&sample().input());
    let [way_in, few] = debrief.causes.as_slice() else { panic!("{:?}", debrief.causes) };
    let linked: Vec<_> = way_in.linked.iter().map(|piece| piece.was.as_str()).collect();
    assert!(linked[0].starts_with("so "), "{linked:?}");
    assert!(linked[2].starts_with("left by: "), "an alert leads back to its step: {linked:?}");
    assert!(!way_in.happened.is_empty());
    assert!(few.linked.is_empty() && !few.happened.is_empty(), "without evidence the beginning of the attack stands beside it");
    for judging in ["right", "wrong", "correct", "well done", "failed"] {
        assert!(!way_in.happened.iter().chain(&few.happened).any(|line| line.to_lowercase().contains(judging)), "{judging}");
    }
}

#[test]
fn beside_a_cause_without_evidence_stands_the_step_that_it_names() {
    let mut sample = sample();
    let all = model(&sample.input()).causes[1].happened.clone();
    let last = all.last().expect("the attack has steps").clone();
    assert!(all.len() > 1, "{all:?}");
    let mut causes = sample.about.annotations.iter_mut().filter(|remark| remark.kind == crate::journal::RemarkKind::Cause);
    causes.nth(1).expect("there are two").text = format!("It was this: {last}");
    assert_eq!(model(&sample.input()).causes[1].happened, [last]);
}

#[test]
fn what_participants_wrote_comes_before_any_result() {
    let page = written(&sample(), Format::Html);
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("One person held the telephone.") < place("id=\"causes\"") && place("id=\"causes\"") < place("id=\"happened\""));
    let mut silent = sample();
    silent.about.annotations.clear();
    let page = written(&silent, Format::Html);
    assert!(page.contains("class=\"write\"") && !page.contains("id=\"causes\"") && !page.contains("id=\"hand\""), "room to write, and nothing empty");
}

#[test]
fn the_facilitators_hand_is_in_one_place_and_assumptions_have_an_owner() {
    let mut sample = sample();
    let debrief = model(&sample.input());
    assert!(debrief.hand.lines.iter().any(|line| line.kind == "Hint" && line.text.contains("provider's remote management")));
    let became: Vec<_> = debrief.hand.assumptions.iter().map(|line| (line.became.as_str(), line.id.as_str(), line.owner.as_str())).collect();
    assert_eq!(became, [("accepted", "assumption-1", "IT operations"), ("parked", "assumption-2", "Legal and compliance"), ("denied", "", "")]);
    let item = debrief.improvement_plan.iter().find(|item| item.id == "assumption-1").expect("it is to be verified").clone();
    assert_eq!((item.owner.as_str(), item.completion.as_str()), ("IT operations", "2026-09-15"), "each in its column");
    let edited = model::Improvement { completion: "2026-10-01".into(), owner: "Head of IT".into(), ..item };
    sample.about.annotations.push(plan::annotation(&edited, false));
    let debrief = model(&sample.input());
    assert_eq!((debrief.hand.assumptions[0].owner.as_str(), debrief.hand.assumptions[0].date.as_str()), ("Head of IT", "2026-10-01"));
}

#[test]
fn the_edited_plan_is_the_one_that_is_shown() {
    let mut sample = sample();
    let before = model(&sample.input());
    let mut first = before.improvement_plan[0].clone();
    (first.owner, first.action) = ("Operations lead".into(), "Write the call list, and keep it on paper.".into());
    sample.about.annotations.push(plan::annotation(&first, false));
    sample.about.annotations.push(plan::annotation(&before.improvement_plan[1], true));
    for format in [Format::Html, Format::Markdown] {
        let text = written(&sample, format);
        assert!(text.contains("Operations lead") && text.contains("Write the call list, and keep it on paper."), "{format:?}");
        assert!(text.contains("Left out by the room"));
    }
    let debrief = model(&sample.input());
    assert_eq!(debrief.improvement_left_out[0].id, before.improvement_plan[1].id);
    assert_eq!(debrief.improvement_plan.len() + 1, before.improvement_plan.len());
}

#[test]
fn an_export_holds_only_what_is_approved() {
    let whole = model(&sample().input());
    for part in Part::ALL {
        let mut debrief = whole.clone();
        let mut approval = Approval::NotAsked;
        approval.say(part, true);
        debrief.approve(approval);
        let page = render(&debrief, Format::Html);
        let markdown = render(&debrief, Format::Markdown);
        let json: serde_json::Value = serde_json::from_str(&render(&debrief, Format::Json)).expect("JSON");
        for (anchor, title) in html::PARTS {
            let expected = html::approved_with(anchor).is_none_or(|needs| needs == part);
            assert_eq!(page.contains(&format!("<section id=\"{anchor}\"")), expected, "{anchor}, with {part:?} approved");
            assert_eq!(page.contains(&format!("href=\"#{anchor}\"")), expected, "{anchor} in the contents");
            assert_eq!(markdown.lines().any(|line| line.starts_with("## ") && line.ends_with(title)), expected, "{title}");
        }
        assert_eq!(json.get("scores").is_some(), part == Part::Scores, "{part:?}");
        assert_eq!(json.get("timeline").is_some(), part == Part::Course);
        assert_eq!(json.get("appendix").is_some(), part == Part::Appendix);
        assert!(page.contains("what the facilitator has approved") && page.contains("EXERCISE EXERCISE EXERCISE"));
        if part != Part::Scores && part != Part::Capabilities && part != Part::Plan {
            let reason = &whole.scores.criteria[0].basis_says;
            assert!(!page.contains(reason.as_str()), "no reason of a score, with {part:?} approved");
        }
    }
    let mut debrief = whole.clone();
    debrief.approve(Approval::of(&Part::ALL.map(|part| part.annotation(true))));
    assert_eq!(render(&debrief, Format::Html), render(&whole, Format::Html), "all of them is the whole");
}

#[test]
fn what_a_record_was_taken_to_mean_is_told_in_names_and_kept_in_ids() {
    let mut sample = sample();
    let (service, role) = (&sample.program.public.services[0], &sample.program.public.roles[0]);
    let (id, name) = (service.id.clone(), service.text.trim_end_matches('.').to_owned());
    assert_ne!(id, name);
    let value = format!("{}: put this first ({id}), about 20m of work; touches {id}", role.label);
    sample.about.annotations.push(crate::journal::Annotation {
        value: Some(value.clone()),
        ..crate::journal::Annotation::new(crate::journal::RemarkKind::Record, "This first")
    });
    let told = format!("put this first ({name}), about 20m of work; touches {name}");
    for format in [Format::Html, Format::Markdown] {
        let text = written(&sample, format);
        assert!(text.contains(&told) && !text.contains(&format!("({id})")), "{format:?}");
    }
    assert!(written(&sample, Format::Json).contains(&value), "a program finds what the journal has");
}

/// Whoever has written needs no room; whoever has not gets ruled lines on paper, and no sentence that asks for one.
#[test]
fn room_to_write_is_lines_on_paper_and_only_where_nobody_wrote() {
    let mut sample = sample();
    let spoken = written(&sample, Format::Html);
    assert!(!spoken.contains("<div class=\"room\">"), "they wrote already");
    assert_eq!(spoken.matches("class=\"rule\"></div>").count(), 1, "only the day on which it was held is left to be filled in");
    sample.about.annotations.retain(|remark| !["strength", "gap", "lesson"].contains(&remark.kind.name()));
    let silent = written(&sample, Format::Html);
    assert!(silent.contains("<span class=\"muted on-screen\">\u{2013}</span><div class=\"room\"><span class=\"field\">Keep</span>"));
    for format in [Format::Html, Format::Markdown] {
        let text = written(&sample, format);
        assert!(!["Write what", "write it here", "write what you"].iter().any(|asks| text.contains(asks)), "{format:?}");
    }
    assert!(written(&sample, Format::Markdown).contains("In your words: \\_"));
}
