//! The command line, through the real binary: every subcommand, every exit code.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::binary::Folder;

const SHIPPED: &str = "long-weekend";

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value.as_object().map(|object| object.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// Something that can be read and is wrong.
const BROKEN: &str = "(format: 1, id: \"broken\", title: \"Broken\", tytle: \"Broken\")";

#[test]
fn shipped_scenarios_are_listed_with_what_a_trainer_asks_first() {
    let folder = Folder::new();
    let listed = folder.hotwash(["list"]).exits(0);
    let mut lines = listed.out.lines();
    let head: Vec<&str> = lines.next().expect("a head").split_whitespace().collect();
    assert_eq!(head, ["NAME", "FAMILY", "AUDIENCE", "LENGTH", "DIFFICULTY", "TITLE"]);
    let row = lines.find(|line| line.starts_with(SHIPPED)).expect("the shipped scenario");
    let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    assert_eq!(cells, [SHIPPED, "Ransomware", "Team", "1h30m", "Intermediate", "A long weekend"]);
    assert_eq!(folder.hotwash(["--quiet", "list"]).exits(0).out.lines().next().map(str::trim), Some(row.trim()));
}

#[test]
fn a_folder_of_scenarios_is_listed_and_other_files_in_it_are_not() {
    let folder = Folder::new();
    let listed = folder.hotwash([Path::new("list"), &in_repository("scenarios")]).exits(0);
    assert!(listed.out.contains(SHIPPED), "{}", listed.out);
    folder.file("profile.ron", "(format: 1, id: \"p\", title: \"P\")");
    folder.file("single.ron", "(format: 1, id: \"single\", title: \"One file\", startex: \"2026-01-05 09:00\")");
    let listed = folder.hotwash(["list", "."]).exits(0);
    assert!(listed.out.contains("single.ron") && !listed.out.contains("profile.ron"), "{}", listed.out);
    assert!(listed.out.contains("hotwash check"), "what is not playable says so: {}", listed.out);
    folder.hotwash(["list", "not-there"]).exits(2);
}

#[test]
fn what_was_shipped_has_nothing_to_mend() {
    let folder = Folder::new();
    let checked = folder.hotwash(["check", SHIPPED]).exits(0);
    assert!(checked.out.contains(SHIPPED), "{}", checked.out);
    assert_eq!(
        folder.hotwash(["check", "--format", "json", SHIPPED]).exits(0).json()["findings"]
            .as_array()
            .map(|list| { list.iter().filter(|finding| finding["severity"] != "note").count() }),
        Some(0)
    );
}

#[test]
fn findings_have_a_place_and_exit_one() {
    let folder = Folder::new();
    folder.file("broken.ron", BROKEN);
    let text = folder.hotwash(["check", "broken.ron"]).exits(1);
    assert!(text.out.contains("broken.ron:1:") && text.out.contains("title") && text.out.contains("HW0302"), "{}", text.out);
    assert!(!text.out.contains('\u{1b}'));
    let json = folder.hotwash(["check", "broken.ron", "--format", "json"]).exits(1).json();
    let findings = json["findings"].as_array().expect("a list");
    let wanted = ["code", "column", "expected", "file", "found", "help", "line", "severity"];
    for finding in findings {
        let mut keys = keys(finding);
        keys.sort_unstable();
        assert_eq!(keys, wanted);
    }
    let unknown = findings.iter().find(|finding| finding["code"] == "HW0302").expect("the unknown field");
    assert_eq!((&unknown["line"], &unknown["column"], &unknown["severity"]), (&1.into(), &44.into(), &"error".into()));
}

#[test]
fn every_path_is_checked_and_the_worst_result_counts() {
    let folder = Folder::new();
    folder.file("broken.ron", BROKEN);
    let both = folder.hotwash(["check", "not-there", "broken.ron", SHIPPED, "--format", "json"]).exits(2);
    assert!(both.err.contains("`not-there`"), "{}", both.err);
    let object = both.json();
    assert!(object["findings"].as_array().is_some_and(|list| list.iter().any(|finding| finding["file"] == "broken.ron")));
    assert!(object["error"].as_str().is_some_and(|error| error.contains("`not-there`")), "{object}");
    folder.hotwash(["check", SHIPPED, "broken.ron"]).exits(1);
    folder.hotwash(["check"]).exits(2);
}

#[test]
fn the_result_has_exactly_the_promised_keys() {
    let folder = Folder::new();
    let result = folder.hotwash(["run", SHIPPED, "--policy", "idle", "--seed", "7", "--format", "json"]).exits(0).json();
    let sorted = |value: &serde_json::Value| {
        let mut keys: Vec<String> = keys(value).into_iter().map(str::to_owned).collect();
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(sorted(&result), "evaluated events exercise_minutes facts hash outcome policy ratings scenario score scores seed wall_ms");
    let capabilities = "communication compliance containment continuity coordination documentation investigation recovery triage";
    assert_eq!(sorted(&result["scores"]), capabilities);
    let outcome = "assets_compromised contained_at_minute cost_minor_units deadlines_met deadlines_missed outage_service_minutes records_exposed";
    assert_eq!(sorted(&result["outcome"]), outcome);
    assert_eq!((&result["scenario"], &result["seed"], &result["policy"]), (&SHIPPED.into(), &7.into(), &"idle".into()));
    assert_eq!(result["exercise_minutes"], 63 * 60 + 20);
    assert!(result["ratings"].as_array().is_some_and(|ratings| !ratings.is_empty()));
    assert!(result["hash"].as_str().is_some_and(|hash| hash.len() == 32));
}

#[test]
fn a_name_a_folder_and_a_file_are_the_same_scenario() {
    let folder = Folder::new();
    let hash = |scenario: &Path, seed: &str| {
        let arguments =
            [Path::new("run"), scenario, Path::new("--policy=reactive"), Path::new("--seed"), Path::new(seed), Path::new("--format=json")];
        folder.hotwash(arguments).exits(0).json()["hash"].clone()
    };
    let by_name = hash(Path::new(SHIPPED), "3");
    assert_eq!(by_name, hash(&in_repository("scenarios/long-weekend"), "3"));
    assert_eq!(by_name, hash(&in_repository("scenarios/long-weekend/scenario.ron"), "3"));
    assert_ne!(by_name, hash(Path::new(SHIPPED), "4"));
}

#[test]
fn text_says_the_score_the_outcome_and_the_hash() {
    let folder = Folder::new();
    let json = folder.hotwash(["run", SHIPPED, "--policy", "reactive", "--format", "json"]).exits(0).json();
    let hash = json["hash"].as_str().expect("a hash");
    let text = folder.hotwash(["run", SHIPPED, "--policy", "reactive"]).exits(0).out;
    assert!(text.contains("A long weekend") && text.contains("reactive, seed 1") && text.contains(hash), "{text}");
    let quiet = folder.hotwash(["run", SHIPPED, "--policy", "reactive", "--quiet"]).exits(0);
    assert_eq!((quiet.out.lines().count(), quiet.err.as_str()), (1, ""));
    assert!(quiet.out.contains(hash));
}

#[test]
fn what_nobody_has_is_named_with_what_was_meant() {
    let folder = Folder::new();
    let says = |arguments: &[&str], wanted: &str| {
        let ended = folder.hotwash(arguments).exits(2);
        assert!(ended.err.contains(wanted), "{arguments:?}: {}", ended.err);
        assert_eq!(ended.out, "");
    };
    says(&["run", "long-weeekend"], "did you mean `long-weekend`?");
    says(&["check", "long-weeekend"], "did you mean `long-weekend`?");
    says(&["run", SHIPPED, "--policy", "refrence"], "did you mean `reference`?");
    says(&["run", SHIPPED, "--seat", "legal=sleepy"], "a policy is `idle`");
    says(&["run", SHIPPED, "--seat", "leagl=idle"], "did you mean `legal`?");
    says(&["run", SHIPPED, "--seat", "legal"], "ROLE=POLICY");
    says(&["run", SHIPPED, "--cut", "90"], "`90m` or `half-day`");
    says(&["run", SHIPPED, "--profile", "tamarfolt"], "did you mean `tamarfold`?");
    says(&["run", SHIPPED, "--commands", "not-there.ron"], "not-there.ron");
    says(&["run", SHIPPED, "--commands", "x.ron", "--policy", "idle"], "--policy");
    says(&["run", SHIPPED, "--seed", "many"], "many");
    says(&["replay", "not-there.jsonl"], "not-there.jsonl");
    says(&["debrief", "not-there.jsonl", "-o", "x.html"], "not-there.jsonl");
    says(&["sing"], "sing");
    says(&["run"], "<SCENARIO>");
}

#[test]
fn help_and_version_are_no_errors() {
    let folder = Folder::new();
    let help = folder.hotwash(["--help"]).exits(0);
    for subcommand in ["list", "check", "show", "run", "replay", "debrief"] {
        assert!(help.out.contains(subcommand), "{}", help.out);
    }
    assert_eq!(folder.hotwash(["--version"]).exits(0).out.trim(), concat!("hotwash ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_seat_changes_what_is_played() {
    let folder = Folder::new();
    let hash = |arguments: &[&str]| folder.hotwash(arguments).exits(0).json()["hash"].clone();
    let all = hash(&["run", SHIPPED, "--policy", "reactive", "--format", "json"]);
    let one_idle = hash(&["run", SHIPPED, "--policy", "reactive", "--seat", "it-operations=idle", "--format", "json"]);
    let nobody = hash(&["run", SHIPPED, "--policy", "idle", "--format", "json"]);
    let one = hash(&["run", SHIPPED, "--policy", "idle", "--seat=it-operations=reactive", "--seat=responder=reactive", "--format", "json"]);
    assert_ne!(all, one_idle);
    assert_ne!(nobody, one);
}

const ORDERS: &str = r##"[
    (at: "+20m", role: "it-operations", order: Order(action: "cut-link", on: ["site-vpn"], because: "nobody needs it tonight")),
    (at: "+5m", role: "incident-manager", order: Order(action: "declare", as: "major")),
    (at: "+5m", role: "incident-manager", order: Order(action: "declare", as: "major")),
    (at: "+25m", role: "responder", order: Order(action: "acknowledge-alert", on: ["#9999"])),
    (at: "Fri 18:10", role: "legal", order: Order(action: "preserve-evidence")),
]"##;

#[test]
fn a_file_of_orders_is_played_in_the_order_of_time() {
    let folder = Folder::new();
    folder.file("orders.ron", ORDERS);
    let arguments = ["run", SHIPPED, "--commands", "orders.ron", "--journal", "j.jsonl", "--format", "json"];
    let result = folder.hotwash(arguments).exits(0).json();
    assert_eq!(result["policy"], "commands");
    let idle = folder.hotwash(["run", SHIPPED, "--policy", "idle", "--format", "json"]).exits(0).json();
    assert_ne!(result["hash"], idle["hash"]);
    let journal = std::fs::read_to_string(folder.path("j.jsonl")).expect("a journal");
    let commands: Vec<serde_json::Value> =
        journal.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["entry"].get("command").cloned()).collect();
    let said: Vec<(i64, &str, &str, bool)> = commands
        .iter()
        .map(|command| {
            let accepted = command["receipt"].get("accepted").is_some();
            let at = command["at"].as_i64().unwrap_or_default();
            (at, command["role"].as_str().unwrap_or_default(), command["order"]["action"].as_str().unwrap_or_default(), accepted)
        })
        .collect();
    assert_eq!(
        said,
        [
            (300, "incident-manager", "declare", true),
            (300, "incident-manager", "declare", false),
            (1200, "it-operations", "cut-link", true),
            (1500, "responder", "acknowledge-alert", false),
            (1800, "legal", "preserve-evidence", true),
        ]
    );
    assert!(commands.iter().all(|command| command["origin"] == "person"));
    assert_eq!(commands[2]["because"], "nobody needs it tonight");
    assert_eq!(folder.hotwash(["replay", "j.jsonl", "--format", "json"]).exits(0).json()["hash"], result["hash"]);
}

/// Who sat where has one home, and so has everything else on those pages.
#[test]
fn a_run_and_its_journal_give_the_same_debrief_to_the_byte() {
    let folder = Folder::new();
    folder.file("orders.ron", ORDERS);
    for (how, said) in [
        (&["--mode", "discussion", "--records", "discussion"][..], "the room, through a directed colleague"),
        (&["--commands", "orders.ron", "--seat", "incident-manager=reference"], "a file of orders, and the policy `reference`"),
        (&["--commands", "orders.ron", "--seat", "responder=reactive"], "a file of orders, and the policy `reactive`"),
        (&["--policy", "directed", "--seat", "legal=nobody"], "the policy `directed`"),
        (&["--policy", "idle", "--seat", "legal=nobody"], "nobody"),
    ] {
        let run = ["run", SHIPPED, "--journal", "j.jsonl", "--debrief", "run.md", "run.json"];
        folder.hotwash(run.iter().chain(how)).exits(0);
        folder.hotwash(["debrief", "j.jsonl", "-o", "again.md", "again.json"]).exits(0);
        let page = |name: &str| std::fs::read_to_string(folder.path(name)).expect("a debrief");
        assert!(page("run.json").contains(&format!("\"{said}\"")), "{how:?}: {said}");
        for (now, then) in [("run.md", "again.md"), ("run.json", "again.json")] {
            assert!(page(now) == page(then), "{how:?}: {now} and {then} differ");
        }
    }
}

#[test]
fn alerts_are_named_as_their_seat_knows_them() {
    let folder = Folder::new();
    // By number, and by sensor, machine and how-manieth: the first alert that anybody was told of, perhaps long before STARTEX.
    let watch =
        "(at: \"+1m\", role: \"responder\", order: Order(action: \"watch-at-night\", on: [\"domain-logs\", \"edr-servers\", \"av-central\"]))";
    folder.file("watch.ron", format!("[{watch}]"));
    folder.hotwash(["run", SHIPPED, "--commands", "watch.ron", "--journal", "j.jsonl"]).exits(0);
    let journal = std::fs::read_to_string(folder.path("j.jsonl")).expect("a journal");
    let closed: serde_json::Value = serde_json::from_str(journal.lines().last().expect("a last line")).expect("JSON");
    let ledger = closed["entry"]["closed"]["ledger"].as_array().cloned().expect("a ledger");
    let told = ledger
        .iter()
        .find(|fact| fact[2] == "Alert" && fact[3].as_array().is_some_and(|roles| !roles.is_empty()))
        .expect("an alert somebody was told of");
    let field = |name: &str| {
        let fields = told[4].as_array().cloned().unwrap_or_default();
        fields.iter().find_map(|field| field.as_str()?.strip_prefix(&format!("{name}=")).map(str::to_owned)).expect("a field")
    };
    let (at, role) = (told[0].as_i64().expect("a time").max(0) + 120, told[3][0].as_str().expect("a role"));
    let by = |name: &str| {
        folder.file(
            "orders.ron",
            format!("[{watch}, (at: \"+{at}s\", role: \"{role}\", order: Order(action: \"acknowledge-alert\", on: [\"{name}\"]))]"),
        );
        let result = folder.hotwash(["run", SHIPPED, "--commands", "orders.ron", "--format", "json"]).exits(0).json();
        result["hash"].clone()
    };
    let number = by("#1");
    assert_eq!(number, by(&format!("{}/{}/1", field("sensor"), field("asset"))));
    assert_ne!(number, by("#5000"), "an alert that does not exist is refused");
}

#[test]
fn orders_that_make_no_sense_are_findings_with_a_place() {
    let folder = Folder::new();
    let wrong = [
        ("[(at: \"+5m\", role: \"legal\", order: Order(action: \"isolat\", on: [\"site-a-desks\"]))]", "isolate"),
        ("[(at: \"+5m\", role: \"leagl\", order: Order(action: \"log\"))]", "legal"),
        ("[(at: \"+5m\", role: \"legal\", order: Order(action: \"isolate\", on: [\"moon\"]))]", "moon"),
        ("[(at: \"+500h\", role: \"legal\", order: Order(action: \"log\"))]", "ENDEX"),
        ("[(at: \"soon\", role: \"legal\", order: Order(action: \"log\"))]", "soon"),
        ("[(at: \"+5m\", role: \"legal\", order: Order(action: \"log\")", "clos"),
        ("(at: \"+5m\")", "list"),
    ];
    for (text, wanted) in wrong {
        folder.file("orders.ron", text);
        let ended = folder.hotwash(["run", SHIPPED, "--commands", "orders.ron", "--journal", "j.jsonl"]).exits(1);
        assert!(ended.err.contains("orders.ron:1:") && ended.err.contains(wanted), "{text}\n{}", ended.err);
        assert!(!folder.path("j.jsonl").exists(), "nothing was played");
    }
}

#[test]
fn a_scenario_with_errors_is_not_played() {
    let folder = Folder::new();
    folder.file("broken.ron", BROKEN);
    let ended = folder.hotwash(["run", "broken.ron", "--format", "json"]).exits(1);
    assert!(ended.err.contains("HW0302"), "{ended:?}");
    let object = ended.json();
    assert!(object["findings"].as_array().is_some_and(|list| list.iter().any(|finding| finding["code"] == "HW0302")), "{object}");
    assert!(folder.hotwash(["run", "broken.ron"]).exits(1).out.is_empty(), "people have it on the standard error");
}

#[test]
fn whoever_asks_for_json_gets_one_object_whatever_happens() {
    let folder = Folder::new();
    folder.file("orders.ron", "[(at: \"+5m\", role: \"legal\", order: Order(action: \"isolat\", on: [\"site-a-desks\"]))]");
    let object = |arguments: &[&str], code: i32| {
        let json = folder.hotwash(arguments.iter().chain(&["--format", "json"])).exits(code).json();
        assert!(json.is_object(), "{arguments:?}: {json}");
        json
    };
    assert!(object(&["run", "not-there"], 2)["error"].as_str().is_some_and(|error| error.contains("`not-there`")));
    assert!(object(&["run", SHIPPED, "--policy", "sleepy"], 2)["error"].as_str().is_some_and(|error| error.contains("`sleepy`")));
    let found = object(&["run", SHIPPED, "--commands", "orders.ron"], 1);
    assert!(found["findings"][0]["help"].is_string() && found["findings"][0]["file"] == "orders.ron", "{found}");
    assert!(object(&["replay", "not-there.jsonl"], 2)["error"].is_string());
    folder.file("j.jsonl", "{}\n");
    let damaged = object(&["replay", "j.jsonl"], 1);
    assert_eq!(damaged["findings"][0]["line"], 1, "{damaged}");
    object(&["check", "not-there"], 2);
}

#[test]
fn refused_orders_are_told_and_counted() {
    let folder = Folder::new();
    folder.file("orders.ron", ORDERS);
    let text = folder.hotwash(["run", SHIPPED, "--commands", "orders.ron"]).exits(0).out;
    let refused: Vec<&str> = text.lines().filter(|line| line.starts_with("Refused")).collect();
    assert_eq!(refused.len(), 2, "{text}");
    for wanted in ["Fri 23 Oct 17:45", "incident-manager", "declare as major", "it is being done already"] {
        assert!(refused[0].contains(wanted), "{}", refused[0]);
    }
    assert!(refused[1].contains("acknowledge-alert on #9999"), "{}", refused[1]);
    assert!(text.contains("Orders     5, 2 refused"), "{text}");
    let json = folder.hotwash(["run", SHIPPED, "--commands", "orders.ron", "--format", "json"]).exits(0).json();
    let list = json["refused"].as_array().expect("a list");
    assert_eq!(list.len(), 2);
    assert_eq!((&list[0]["at_second"], &list[0]["role"], &list[0]["order"]["action"]), (&300.into(), &"incident-manager".into(), &"declare".into()));
    assert!(list[0]["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
    folder.file("orders.ron", "[(at: \"+5m\", role: \"incident-manager\", order: Order(action: \"declare\", as: \"major\"))]");
    assert!(folder.hotwash(["run", SHIPPED, "--commands", "orders.ron"]).exits(0).out.contains("1, none refused"));
    let policy = folder.hotwash(["run", SHIPPED, "--policy", "idle", "--format", "json"]).exits(0).json();
    assert!(policy.get("refused").is_none(), "only a file of orders can have any");
}

#[test]
fn the_first_draw_in_which_two_seeds_differ_is_named() {
    let folder = Folder::new();
    let text = folder.hotwash(["run", SHIPPED, "--policy", "idle", "--seed", "1", "--against", "2"]).exits(0).out;
    for wanted in ["seed 1 against seed 2", "what for", "about", "when", "STARTEX)", "The first fact that differs"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let json = |one: &str, other: &str| {
        folder.hotwash(["run", SHIPPED, "--policy", "idle", "--seed", one, "--against", other, "--format", "json"]).exits(0).json()
    };
    for (one, other) in [("1", "2"), ("1", "7"), ("7", "1"), ("3", "4")] {
        let found = json(one, other);
        let draw = &found["first_draw"];
        assert!(draw["seed"]["what_for"].as_str().is_some_and(text_is_words), "{found}");
        assert_ne!((&draw["seed"]["drawn"], &draw["seed"]["about"]), (&draw["against"]["drawn"], &draw["against"]["about"]), "{found}");
        assert!(draw["seed"]["at_second"].is_i64() && draw["seed"]["clock"].is_string());
        assert_ne!(found["first_fact"][0], found["first_fact"][1]);
    }
    let same = json("5", "5");
    assert!(same["first_draw"].is_null() && same["first_fact"].is_null(), "{same}");
    folder.hotwash(["run", SHIPPED, "--against", "2", "--journal", "j.jsonl"]).exits(2);
}

fn text_is_words(text: &str) -> bool {
    text.contains(' ') && !text.contains('_')
}

#[test]
fn what_is_asked_for_twice_is_wrong_usage() {
    let folder = Folder::new();
    let says = |arguments: &[&str], wanted: &str| {
        let ended = folder.hotwash(arguments).exits(2);
        assert!(ended.err.contains(wanted), "{arguments:?}: {}", ended.err);
        assert!(folder.names().is_empty(), "nothing was written");
    };
    says(&["run", SHIPPED, "--debrief", "a.html", "--debrief", "a.html"], "asked for twice");
    says(&["run", SHIPPED, "--debrief", "a.html", "./a.html"], "asked for twice");
    says(&["run", SHIPPED, "--debrief", "a.json", "--journal", "a.json"], "both the journal and the debrief");
    says(&["run", SHIPPED, "--seat", "legal=idle", "--seat", "legal=reactive"], "`legal` twice");
    says(&["run", SHIPPED, "--profile", "nobody"], "`tamarfold` or `western-shore`");
    folder.hotwash(["run", SHIPPED, "--policy=idle", "--journal", "j.jsonl"]).exits(0);
    assert!(folder.hotwash(["debrief", "j.jsonl", "-o", "a.md", "a.md"]).exits(2).err.contains("asked for twice"));
}

#[test]
fn a_scenario_shows_what_a_file_of_orders_is_written_with() {
    let folder = Folder::new();
    let shows = |arguments: &[&str], wanted: &[&str]| {
        let shown = folder.hotwash(["show", SHIPPED].iter().chain(arguments)).exits(0).out;
        for word in wanted {
            assert!(shown.contains(word), "{arguments:?} {word}: {shown}");
        }
        assert!(shown.lines().all(|line| line.chars().count() <= 130), "it fits a terminal");
        shown
    };
    shows(&[], &["90m", "tamarfold", "incident-manager", "declare-tonight", "isolate", "--commands"]);
    shows(&["roles"], &["clinical-lead", "deputy: executive"]);
    shows(&["cuts"], &["half-day", "1h30m"]);
    shows(&["profiles"], &["western-shore"]);
    shows(&["moves"], &["as \"cut-sites\"", "clinical-lead"]);
    shows(&["actions"], &["isolate: ", "machines or groups", "as \"minor\""]);
    shows(&["targets"], &["pathology-desks", "site-vpn", "svc-backup"]);
    shows(&["targets", "--profile", "tamarfold"], &["Tamarfold Royal Infirmary"]);
    // The line it gives as an example is one that plays.
    let shown = shows(&[], &[]);
    let example = shown.lines().find(|line| line.trim_start().starts_with("[(at:")).expect("an example");
    folder.file("orders.ron", example.trim());
    assert!(folder.hotwash(["run", SHIPPED, "--commands", "orders.ron"]).exits(0).out.contains("1, none refused"));
    folder.hotwash(["show", SHIPPED, "everything"]).exits(2);
    folder.hotwash(["show", "not-there"]).exits(2);
}

#[test]
fn deadlines_go_to_the_regulator_of_the_profile() {
    let folder = Folder::new();
    folder.hotwash(["run", SHIPPED, "--policy=idle", "--profile", "tamarfold", "--debrief", "d.json"]).exits(0);
    let debrief: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(folder.path("d.json")).expect("a debrief")).expect("JSON");
    let clocks = debrief["clocks"]["clocks"].as_array().cloned().unwrap_or_default();
    assert!(clocks.iter().any(|clock| clock["source"].as_str().is_some_and(|source| source.starts_with("UK GDPR"))), "{clocks:?}");
    for clock in clocks {
        let (source, to) = (clock["source"].as_str().unwrap_or_default(), clock["recipient"].as_str().unwrap_or_default());
        assert!(!source.contains("(EU)") || !to.contains("Information Commissioner"), "{source} goes to {to}");
    }
}

#[test]
fn a_profile_changes_names_by_name_and_by_path() {
    let folder = Folder::new();
    let text = |profile: &Path| {
        let debrief = folder.path("d.md");
        let arguments =
            [Path::new("run"), Path::new(SHIPPED), Path::new("--policy=idle"), Path::new("--profile"), profile, Path::new("--debrief"), &debrief];
        folder.hotwash(arguments).exits(0);
        std::fs::read_to_string(&debrief).expect("a debrief")
    };
    let by_name = text(Path::new("tamarfold"));
    assert!(by_name.contains("Tamarfold"), "the profile's organisation is named");
    assert_eq!(by_name, text(&in_repository("scenarios/long-weekend/profiles/tamarfold.ron")));
    folder.file("other.ron", "(format: 1, id: \"x\", title: \"X\", scenario: \"another\")");
    folder.hotwash(["run", SHIPPED, "--profile", "other.ron"]).exits(1);
}

#[test]
fn a_debrief_comes_in_every_format_that_is_asked_for() {
    let folder = Folder::new();
    let asked = ["run", SHIPPED, "--policy", "reactive", "--journal", "j.jsonl", "--debrief", "a.html", "a.md", "--debrief", "a.json"];
    folder.hotwash(asked).exits(0);
    let read = |name: &str| std::fs::read_to_string(folder.path(name)).expect("a debrief");
    assert!(read("a.html").to_lowercase().starts_with("<!doctype html>"));
    assert!(read("a.md").contains("EXERCISE"));
    assert!(serde_json::from_str::<serde_json::Value>(&read("a.json")).is_ok_and(|json| json.is_object()));
    // The same from the journal, several at once, over what is there.
    folder.file("b.html", "old");
    folder.hotwash(["debrief", "j.jsonl", "-o", "b.html", "b.md", "-o", "b.json"]).exits(0);
    for kind in ["html", "md", "json"] {
        assert_eq!(read(&format!("a.{kind}")), read(&format!("b.{kind}")), "{kind}");
    }
    assert_eq!(folder.names(), ["a.html", "a.json", "a.md", "b.html", "b.json", "b.md", "j.jsonl"], "nothing else is left behind");
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_played() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("folder.html")).expect("a folder");
    folder.file("notes.txt", "not a journal");
    let says = |arguments: &[&str], wanted: &str| {
        let ended = folder.hotwash(arguments).exits(2);
        assert!(ended.err.contains(wanted), "{arguments:?}: {}", ended.err);
        assert!(ended.out.is_empty());
    };
    says(&["run", SHIPPED, "--debrief", "nowhere/d.html"], "there is no folder nowhere");
    says(&["run", SHIPPED, "--debrief", "folder.html"], "it is a folder");
    says(&["run", SHIPPED, "--debrief", "d.pdf"], ".html, .md or .json");
    says(&["run", SHIPPED, "--debrief", "notes.txt/d.html"], "not a folder");
    says(&["run", SHIPPED, "--journal", "nowhere/j.jsonl"], "there is no folder nowhere");
    says(&["run", SHIPPED, "--journal", "notes.txt"], "no journal");
    says(&["run", SHIPPED, "--journal", "same.json", "--debrief", "same.json"], "both");
    assert_eq!(std::fs::read_to_string(folder.path("notes.txt")).expect("still there"), "not a journal");
    assert_eq!(folder.names(), ["folder.html", "notes.txt"]);
    folder.hotwash(["run", SHIPPED, "--policy=idle", "--journal", "j.json"]).exits(0);
    says(&["debrief", "j.json", "-o", "j.json"], "is the journal");
    says(&["debrief", "j.json", "-o", "d.docx"], ".html, .md or .json");
    folder.hotwash(["run", SHIPPED, "--policy=idle", "--journal", "j.json"]).exits(0);
}

#[test]
fn without_a_subcommand_the_first_scenario_is_told_and_debriefed() {
    let folder = Folder::new();
    let ended = folder.hotwash([""; 0]).exits(0);
    assert!(ended.out.contains("EXERCISE") && ended.out.contains("Move 1") && ended.out.contains("ENDEX"), "{}", ended.out);
    let lines = ended.out.lines().count();
    assert!((60..=165).contains(&lines), "it is told as it goes, and somebody reads it: {lines} lines");
    for wanted in ["Decided (", "is told: ", "orders: ", "Clock starts: ", "To be decided by "] {
        assert!(ended.out.contains(wanted), "{wanted}");
    }
    let all = folder.hotwash(["--verbose"]).exits(0).out;
    assert!(all.lines().count() > 2 * lines, "in full there is more");
    assert!(ended.err.contains("hotwash-debrief.html"));
    assert_eq!(folder.names(), ["hotwash-debrief.html"]);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 130 || line.contains("://")), "it fits a terminal");
}

#[test]
fn a_debrief_without_a_place_is_said_after_the_story() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("hotwash-debrief.html")).expect("a folder");
    let ended = folder.hotwash([""; 0]).exits(2);
    assert!(ended.out.contains("ENDEX") && ended.err.contains("the debrief was not written"), "{}", ended.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let head = folder.shell("\"$HOTWASH\" list | head -1");
    assert!(head.out.starts_with("NAME") && head.err.is_empty(), "{head:?}");
    // The pipe is closed before anything is written, and the journal is written all the same.
    let mut command = folder.command(["run", SHIPPED, "--policy=idle", "--journal", "j.jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    folder.hotwash(["replay", "j.jsonl"]).exits(0);
    let mut child = folder.command([""; 0]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(folder.path("hotwash-debrief.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn closed_and_full_streams_are_survived() {
    let folder = Folder::new();
    folder.shell("exec \"$HOTWASH\" list <&-").exits(0);
    folder.shell("exec \"$HOTWASH\" list >&-").exits(0);
    folder.shell("exec \"$HOTWASH\" list 2>&-").exits(0);
    let full = folder.shell("exec \"$HOTWASH\" list > /dev/full").exits(2);
    assert!(full.err.contains("cannot be printed"), "{}", full.err);
    folder.shell("exec \"$HOTWASH\" run long-weekend --policy idle --journal /dev/full").exits(2);
}

/// A terminal is needed to see colours at all; `script` makes one.
#[cfg(target_os = "linux")]
#[test]
fn colours_are_for_terminals_and_can_be_refused() {
    let folder = Folder::new();
    folder.file("broken.ron", BROKEN);
    if folder.shell("command -v script").code != Some(0) {
        return;
    }
    let on_terminal = |before: &str, after: &str| {
        let line = format!("TERM=xterm {before} script -qec '\"$HOTWASH\" check broken.ron {after}' /dev/null < /dev/null");
        folder.shell(&line).out
    };
    assert!(on_terminal("", "").contains("\u{1b}["), "colours on a terminal");
    assert!(on_terminal("NO_COLOR=", "").contains("\u{1b}["), "an empty NO_COLOR means nothing");
    assert!(!on_terminal("", "--no-color").contains('\u{1b}'));
    assert!(!on_terminal("NO_COLOR=1", "").contains('\u{1b}'));
    assert!(!folder.hotwash(["check", "broken.ron"]).out.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn a_profile_is_known_for_one_and_checked_against_its_scenario() {
    let folder = Folder::new();
    let text = "(format: 1, id: \"mine\", scenario: \"long-weekend\", time_zone: \"Europe/Lundon\", values: [Value(of: \"site.man\", is: \"A\")], answers: [])";
    folder.file("mine.ron", text);
    folder.file("alone.ron", text.replace("long-weekend", "elsewhere"));
    let said = folder.hotwash(["check", "mine.ron"]).exits(1);
    assert!(said.out.contains("no variable `site.man`") && said.out.contains("did you mean `Europe/London`"), "{}", said.out);
    assert!(!said.out.contains("leave it out") && !said.out.contains("HW0302") && !said.out.contains("HW1105"), "{}", said.out);
    let said = folder.hotwash(["check", "alone.ron"]).exits(2);
    assert!(said.err.contains("is a profile") && said.err.contains("`elsewhere`"), "{}", said.err);
    let said = folder.hotwash(["run", "mine.ron"]).exits(2);
    assert!(said.err.contains("--profile mine.ron"), "{}", said.err);
    // What keeps it from being played, and no word about the scenario.
    let said = folder.hotwash(["run", "long-weekend", "--profile", "mine.ron"]).exits(1);
    assert!(said.err.contains("no variable `site.man`") && !said.err.contains("HW1105"), "{}", said.err);
}
