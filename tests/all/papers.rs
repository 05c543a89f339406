//! The printed papers, through the real binary: what is written, and what no player may read in it.

use std::collections::BTreeMap;

use hotwash::ids::DenseId;
use hotwash::scenario::prepare::prepare;
use hotwash::scenario::program::Program;

use crate::binary::Folder;

const SHIPPED: &str = "long-weekend";
const PLAYERS: [&str; 5] = ["situation-manual.html", "role-cards.html", "handouts.html", "decision-log.html", "feedback.html"];
const ALL: [&str; 9] = [
    "decision-log.html",
    "evaluation.html",
    "facilitator-reference.html",
    "facilitator-script.html",
    "feedback.html",
    "handouts.html",
    "index.html",
    "role-cards.html",
    "situation-manual.html",
];

/// What stands on a page, with the entities as the letters they mean.
fn read(folder: &Folder, name: &str) -> String {
    let text = std::fs::read_to_string(folder.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    [("&#39;", "'"), ("&#34;", "\""), ("&quot;", "\""), ("&#60;", "<"), ("&lt;", "<"), ("&#62;", ">"), ("&gt;", ">"), ("&#38;", "&"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

fn papers(folder: &Folder, under: &str) -> BTreeMap<&'static str, String> {
    ALL.into_iter().map(|name| (name, read(folder, &format!("{under}/{name}")))).collect()
}

/// Everything that only those who run it may read, each in the words it is printed in.
fn secrets(program: &Program) -> Vec<(&'static str, String)> {
    let Program { public, secret, script, .. } = program;
    let mut list = vec![("what the adversary wants", secret.wants.clone())];
    let mut add = |what: &'static str, texts: &mut dyn Iterator<Item = &String>| list.extend(texts.map(|text| (what, text.clone())));
    add("a step of the campaign", &mut secret.stages.iter().map(|stage| &stage.text));
    add("the truth of a claim", &mut script.truth.iter());
    add("a word to the facilitator", &mut script.moves.iter().map(|one| &one.note));
    add("what is read aloud", &mut public.moves.iter().map(|one| &one.read_aloud));
    add("what is read as well", &mut script.moves.iter().flat_map(|one| &one.also_read).map(|read| &read.say));
    add("a question", &mut script.moves.iter().flat_map(|one| &one.questions).map(|question| &question.ask));
    add("what to listen for", &mut script.moves.iter().flat_map(|one| &one.questions).flat_map(|question| &question.listen_for));
    add("what to say if it is quiet", &mut script.moves.iter().flat_map(|one| &one.questions).map(|question| &question.if_quiet));
    add("a reply", &mut script.injects.iter().flat_map(|inject| &inject.replies).map(|(_, say)| say));
    add("a wrong turn", &mut script.injects.iter().flat_map(|inject| &inject.wrong_turns).flat_map(|(when, say)| [when, say]));
    add("what good looks like", &mut public.injects.iter().flat_map(|inject| &inject.expected));
    add("why an inject is there", &mut public.injects.iter().map(|inject| &inject.why));
    add("what an inject means", &mut public.injects.iter().map(|inject| &inject.plain));
    add("a decision", &mut public.gates.iter().map(|gate| &gate.ask));
    add("a dilemma", &mut public.gates.iter().filter_map(|gate| gate.dilemma.as_ref()));
    add("a choice", &mut public.gates.iter().flat_map(|gate| &gate.choices).map(|choice| &choice.text));
    add("what comes of a choice", &mut public.gates.iter().flat_map(|gate| &gate.choices).map(|choice| &choice.feedback));
    add("what somebody keeps back", &mut script.personas.iter().map(|persona| &persona.hides));
    add("how somebody talks", &mut script.personas.iter().flat_map(|persona| &persona.lines));
    // A word or two ("one name") may stand anywhere.
    list.retain(|(_, text)| text.chars().count() >= 18);
    for (_, text) in &mut list {
        *text = text.trim().trim_end_matches('.').to_lowercase();
    }
    list
}

#[test]
fn nine_papers_are_written_each_complete_in_itself() {
    let folder = Folder::new();
    let said = folder.hotwash(["print", SHIPPED, "-o", "room/papers"]).exits(0);
    assert_eq!(Folder::names(&folder), ["room"]);
    let mut names: Vec<String> =
        std::fs::read_dir(folder.path("room/papers")).expect("the folder").filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    assert_eq!(names, ALL);
    assert!(ALL.iter().all(|name| said.err.contains(name)), "it says what it wrote: {}", said.err);
    for (name, page) in papers(&folder, "room/papers") {
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{name}");
        assert!(page.matches("EXERCISE EXERCISE EXERCISE").count() >= 2, "{name} is marked at head and foot");
        for outside in ["<script", "<link", "<img", "src=", "url(", "@import", "href=\"http"] {
            assert!(!page.contains(outside), "{name} has {outside}");
        }
        for variable in ["{org}", "{site.", "{person.", "{system.", "{vendor.", "{paper}"] {
            assert!(!page.contains(variable), "{name} has {variable} left in it");
        }
        assert!(page.contains("@page { size: A4"), "{name}");
    }
    // Again, over what is there: the same bytes.
    let before = papers(&folder, "room/papers");
    assert!(folder.hotwash(["print", SHIPPED, "-o", "room/papers", "--quiet"]).exits(0).err.is_empty());
    assert_eq!(papers(&folder, "room/papers"), before);
}

#[test]
fn cut_profile_and_size_are_those_that_were_asked_for() {
    let folder = Folder::new();
    folder.hotwash(["print", SHIPPED, "-o", "out", "--cut", "half-day", "--profile", "tamarfold", "--paper", "letter"]).exits(0);
    let papers = papers(&folder, "out");
    assert!(papers["decision-log.html"].contains("@page { size: letter landscape; }"));
    let script = &papers["facilitator-script.html"];
    assert!(script.contains("@page { size: letter; }") && script.contains("225 minutes, cut \u{201c}half-day\u{201d}"));
    assert!(script.contains("The other 100 minutes are yours"), "minutes that no move asks for are named");
    for (name, page) in &papers {
        assert!(!page.contains("Western Shore") && !page.contains("Kilbrannon"), "{name} has names of another organisation");
    }
    assert!(papers["situation-manual.html"].contains("Tamarfold Hospitals Trust") && papers["situation-manual.html"].contains("dial 7777"));
    folder.hotwash(["print", SHIPPED, "-o", "out", "--cut", "whole-day"]).exits(2);
    folder.hotwash(["print", SHIPPED, "-o", "out", "--paper", "a5"]).exits(2);
}

#[test]
fn players_read_no_secret_and_the_facilitator_reads_all_of_them() {
    let folder = Folder::new();
    for profile in ["western-shore", "tamarfold"] {
        folder.hotwash(["print", SHIPPED, "-o", profile, "--profile", profile]).exits(0);
        let papers = papers(&folder, profile);
        let program = prepare(SHIPPED, Some(profile), None).expect("it can be played").program;
        let secrets = secrets(&program);
        assert!(secrets.len() > 300, "{} secrets", secrets.len());
        // A sentence may begin with them, and then with a capital.
        let lower: BTreeMap<_, _> = papers.iter().map(|(name, page)| (*name, page.to_lowercase())).collect();
        for (what, text) in &secrets {
            for name in PLAYERS {
                assert!(!lower[name].contains(text.as_str()), "{name} tells {what}: {text}");
            }
            // What cannot be found where it must stand would not be found where it must not.
            let facilitators = ["facilitator-script.html", "facilitator-reference.html"];
            assert!(facilitators.iter().any(|name| lower[name].contains(text.as_str())), "script and reference lack {what}: {text}");
        }
        // Nothing that comes in play is known before it comes. A short line may be no more than a name.
        for name in ["situation-manual.html", "role-cards.html", "decision-log.html", "feedback.html"] {
            for inject in &program.public.injects {
                let texts = [Some(&inject.text), inject.artefact.as_ref().map(|(_, text)| text)];
                for line in texts.into_iter().flatten().flat_map(|text| text.lines()).filter(|line| line.chars().count() > 50) {
                    assert!(!papers[name].contains(line), "{name} has a line of `{}`: {line}", inject.id);
                }
            }
            for one in &program.public.moves {
                assert!(!papers[name].contains(&one.title), "{name} has the title of a move: {}", one.title);
            }
            for action in program.public.gates.iter().flat_map(|gate| &gate.choices).flat_map(|choice| &choice.orders).map(|order| order.action) {
                let action = &program.public.actions[action.index()];
                if action.verb == hotwash::scenario::written::Verb::Learn {
                    assert!(!papers[name].contains(&action.says), "{name} offers what only a decision brings: {}", action.says);
                }
            }
        }
    }
}

#[test]
fn every_handout_of_the_script_is_a_sheet_and_every_target_a_guide() {
    let folder = Folder::new();
    folder.hotwash(["print", SHIPPED, "-o", "out"]).exits(0);
    let papers = papers(&folder, "out");
    let sheets = papers["handouts.html"].matches("<p class=\"eyebrow\">Handout ").count();
    assert!(sheets > 30, "{sheets} sheets");
    // Those of the deck stand in the reference.
    let facilitators = format!("{}{}", papers["facilitator-script.html"], papers["facilitator-reference.html"]);
    for number in 1..=sheets {
        let heading = format!("<strong>Handout {number}</strong>");
        assert_eq!(facilitators.matches(&heading).count(), 1, "{heading}");
    }
    assert!(!facilitators.contains(&format!("<strong>Handout {}</strong>", sheets + 1)));
    let program = prepare(SHIPPED, None, None).expect("it can be played").program;
    let evaluation = &papers["evaluation.html"];
    assert_eq!(evaluation.matches("Exercise evaluation guide ").count(), program.rubric.targets.len());
    for target in &program.rubric.targets {
        assert!(evaluation.contains(&target.text) && target.tasks.iter().all(|task| evaluation.to_lowercase().contains(&task.to_lowercase())));
    }
    for rating in ["Performed without Challenges", "Performed with Some Challenges", "Performed with Major Challenges", "Unable to be Performed"] {
        assert!(evaluation.contains(rating));
    }
    // Mail with its headers, records in columns.
    assert!(papers["handouts.html"].contains("<th scope=\"row\">Subject</th>") && papers["handouts.html"].contains("<table class=\"records\">"));
}

/// A trainer alone turns these pages while people talk.
#[test]
fn the_script_holds_what_is_needed_in_the_room_and_the_reference_the_rest() {
    let folder = Folder::new();
    folder.hotwash(["print", SHIPPED, "-o", "out"]).exits(0);
    let papers = papers(&folder, "out");
    let (script, reference) = (&papers["facilitator-script.html"], &papers["facilitator-reference.html"]);
    let program = prepare(SHIPPED, None, None).expect("it can be played").program;
    let Program { public, secret, script: plan, .. } = &*program;
    let mut in_the_room: Vec<&String> = public.moves.iter().map(|one| &one.read_aloud).collect();
    in_the_room.extend(plan.moves.iter().flat_map(|one| &one.also_read).map(|read| &read.say));
    in_the_room.extend(plan.moves.iter().flat_map(|one| &one.questions).flat_map(|question| [&question.ask, &question.if_quiet]));
    in_the_room.extend(public.gates.iter().flat_map(|gate| &gate.choices).flat_map(|choice| [&choice.text, &choice.feedback]));
    for inject in plan.moves.iter().flat_map(|one| &one.order).filter_map(|beat| match beat {
        hotwash::scenario::script::Beat::Inject(id) => Some(*id),
        _ => None,
    }) {
        let (shown, how) = (&public.injects[inject.index()], plan.inject(inject).expect("it is in the script"));
        in_the_room.extend(shown.expected.iter().chain([&shown.plain]));
        in_the_room.extend(how.replies.iter().chain(&how.wrong_turns).flat_map(|(when, say)| [when, say]));
    }
    assert!(in_the_room.len() > 200, "{}", in_the_room.len());
    for text in in_the_room {
        assert!(script.contains(text.trim()), "the script lacks: {text}");
    }
    // To read beforehand: it would only have to be turned over.
    let beforehand = public.injects.iter().map(|inject| &inject.why).chain([&secret.wants]).chain(secret.stages.iter().map(|stage| &stage.text));
    for text in beforehand.filter(|text| text.len() > 40) {
        assert!(reference.contains(text.trim().trim_end_matches('.')), "the reference lacks: {text}");
    }
    assert!(public.injects.iter().filter(|inject| inject.why.len() > 40).all(|inject| !script.contains(inject.why.trim())));
}

#[test]
fn no_country_but_the_profiles_own_is_left_and_sheets_can_be_told_apart() {
    let folder = Folder::new();
    folder.hotwash(["print", SHIPPED, "-o", "out", "--profile", "tamarfold"]).exits(0);
    let papers = papers(&folder, "out");
    for (name, page) in &papers {
        for left in ["Ireland", "Irish", "Dublin"] {
            assert!(!page.contains(left), "{name} has {left}");
        }
    }
    assert!(papers["situation-manual.html"].contains("Europe/London") && papers["situation-manual.html"].contains("British summer time"));
    let titles: Vec<&str> = papers["handouts.html"].split("<h1>").skip(1).filter_map(|rest| rest.split("</h1>").next()).collect();
    assert!(titles.iter().all(|title| !["Alert", "Log extract", "Phone call"].contains(title)), "{titles:?}");
    // What is handed out when the room looks stands before the first decision, and gates and choices by the names that records use.
    let script = &papers["facilitator-script.html"];
    let at = |what: &str| script.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("If they look") < at("<span class=\"id\">declare-tonight</span>") && at("If they look") < at("The move is over"));
    assert!(script.contains("<span class=\"id\">declare-major</span>") && script.contains("The room looks at: Antivirus console"));
}

#[test]
fn where_nothing_can_be_written_it_says_so_and_writes_nothing() {
    let folder = Folder::new();
    folder.file("taken", "mine");
    let said = folder.hotwash(["print", SHIPPED, "-o", "taken"]).exits(2);
    assert!(said.err.contains("is a file"), "{}", said.err);
    let said = folder.hotwash(["print", SHIPPED, "-o", "taken/deeper"]).exits(2);
    assert!(said.err.contains("cannot be made"), "{}", said.err);
    folder.hotwash(["print", "no-such-scenario", "-o", "out"]).exits(2);
    assert_eq!(folder.names(), ["taken"], "nothing is made for nothing");
    // One name is taken by a folder: none of the nine is written.
    std::fs::create_dir_all(folder.path("half/role-cards.html")).expect("a folder in the way");
    folder.file("half/index.html", "mine");
    let said = folder.hotwash(["print", SHIPPED, "-o", "half"]).exits(2);
    assert!(said.err.contains("role-cards.html") && said.err.contains("folder"), "{}", said.err);
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path("half")).expect("it").filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    assert_eq!(names, ["index.html", "role-cards.html"]);
    assert_eq!(std::fs::read_to_string(folder.path("half/index.html")).expect("mine"), "mine");
}
