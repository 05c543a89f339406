//! The form as a stranger uses it: by what can be read and typed.

use std::fs;
use std::path::PathBuf;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::super::application::{Application, Screen};
use super::super::home;
use super::*;
use crate::scenario::prepare;
use crate::scenario::source::shipped;

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("hotwash-adapt-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Scratch(path)
    }

    fn folder(&self) -> Option<Folder> {
        Folder::find(Some(&self.0))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn harness(application: Application) -> Harness<'static, Application> {
    Harness::builder()
        .with_size([1280.0, 4000.0])
        .with_max_steps(12)
        .build_ui_state(|ui, application: &mut Application| application.ui(ui), application)
}

fn at_home(application: &mut Application) -> &mut home::State {
    match &mut application.screen {
        Screen::Home(state) => state,
        _ => panic!("not at Home"),
    }
}

fn form(application: &mut Application) -> &mut State {
    at_home(application).adapting.as_mut().expect("the form is open")
}

/// The form, empty, of the first shipped scenario.
fn open(folder: Option<Folder>) -> Application {
    let mut application = Application::new(folder, 3);
    application.take(Intent::PickScenario(shipped()[0].to_owned()));
    application.take(Intent::Adapting(Deed::Open));
    application
}

fn about(state: &State, place: usize) -> String {
    let (id, _) = &state.draft.values[place];
    state.loaded.sheet.variables.iter().find(|variable| variable.id.text == *id).unwrap().about.clone()
}

/// Types into the field that is called so.
fn type_into(harness: &mut Harness<'_, Application>, label: &str, text: &str) {
    let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label);
    field.focus();
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).type_text(text);
    harness.run();
}

/// Everything a stranger does, from the scenario's card to a profile that plays, with what is pressed and typed counted.
#[test]
fn a_stranger_adapts_the_hospital_and_plays_with_it() {
    let scratch = Scratch::new("stranger");
    let mut harness = harness(Application::new(scratch.folder(), 3));
    harness.run();
    let mut clicks = 0;
    let mut click = |harness: &mut Harness<'_, Application>, label: &str| {
        harness.get_by_label(label).click();
        harness.run();
        clicks += 1;
    };
    let title = at_home(harness.state_mut()).cards[0].title.clone();
    click(&mut harness, &format!("Play {title}"));
    click(&mut harness, "Adapt it to your organisation");
    let fields: Vec<(String, String)> = {
        let state = form(harness.state_mut());
        let fields = state.draft.values.iter().enumerate();
        fields.map(|(place, (id, _))| (about(state, place), if id == "currency" { "CHF".to_owned() } else { format!("Ours {place}") })).collect()
    };
    for (label, text) in &fields {
        type_into(&mut harness, label, text);
    }
    assert_eq!(form(harness.state_mut()).names_open(), 0);
    let questions: Vec<String> = form(harness.state_mut()).loaded.sheet.about_us.iter().map(|question| question.ask.value.clone()).collect();
    for (place, ask) in questions.iter().enumerate() {
        let ask = crate::scenario::compile::text::fill(ask, &form(harness.state_mut()).names);
        click(&mut harness, &format!("{}: {ask}", ["Yes", "No", "Unsure"][place % 3]));
    }
    type_into(&mut harness, "Save as", "Our Clinics");
    click(&mut harness, "Save");
    let path = scratch.0.join("profiles").join(shipped()[0]).join("our-clinics.ron");
    assert!(harness.query_by_label_contains(&format!("Saved: {}", path.display())).is_some());
    click(&mut harness, "Back");
    let picked = at_home(harness.state_mut()).picked.as_ref().expect("back at the start card");
    let public = &picked.prepared.program.public;
    assert_eq!((public.profile.as_deref(), public.currency.as_str()), (Some("our-clinics"), "CHF"));
    // No name of the example is left in anything that is read aloud or handed out.
    let papers = crate::paper::papers(&picked.prepared.program, crate::paper::Size::A4).unwrap();
    for variable in picked.prepared.loaded.sheet.variables.iter().filter(|variable| variable.example.chars().count() > 6) {
        let stands = papers.iter().find(|paper| paper.html.contains(variable.example.trim()));
        assert!(stands.is_none(), "{} still stands in {}", variable.example.value, stands.unwrap().file);
    }
    assert!(clicks <= 20, "{} fields typed and {clicks} clicks", fields.len() + 1);
    // What is handed on says no more than the file's name.
    assert_eq!(picked.prepared.profile.as_ref().unwrap().name, "our-clinics.ron");
    // The command line takes it as well.
    assert!(prepare::prepare(shipped()[0], Some(path.to_str().unwrap()), None).is_ok());
}

#[test]
fn the_preview_follows_what_is_typed_and_marks_it() {
    let mut harness = harness(open(None));
    harness.run();
    let label = about(form(harness.state_mut()), 0);
    let example = form(harness.state_mut()).loaded.sheet.variables[0].example.value.clone();
    assert!(harness.query_all_by_label_contains(&example).next().is_some());
    type_into(&mut harness, &label, "Larkmere Clinics");
    assert!(harness.query_all_by_label_contains("Larkmere Clinics").next().is_some());
    let pieces = tailor::marked(&form(harness.state_mut()).samples.last().unwrap().text.clone(), &form(harness.state_mut()).names);
    assert!(pieces.iter().any(|piece| matches!(piece, tailor::Piece::Name { is, .. } if is == "Larkmere Clinics")));
    assert_eq!(harness.query_all_by_label_contains(" times: ").count(), 1, "where the name in hand is used");
}

/// Whoever types down a form aims at the next field while the line below this one comes and goes.
#[test]
fn nothing_moves_when_a_field_comes_into_hand_or_is_filled_in() {
    let mut harness = harness(open(None));
    harness.run();
    let labels: Vec<String> = {
        let state = form(harness.state_mut());
        tailor::groups(&state.draft).into_iter().flat_map(|(_, places)| places).map(|place| about(state, place)).collect()
    };
    let places = |harness: &Harness<'_, Application>| -> Vec<egui::Rect> {
        labels.iter().map(|label| harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).rect()).collect()
    };
    let before = places(&harness);
    assert!(before.len() > 20 && before.is_sorted_by_key(|rect| rect.top()), "in the order of the form");
    for label in &labels {
        harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).focus();
        harness.run();
        assert_eq!(places(&harness), before, "in hand: {label}");
        let said: usize =
            [" times: ", "Read once: ", "It shows in no text"].iter().map(|says| harness.query_all_by_label_contains(says).count()).sum();
        assert_eq!(said, 1, "and where it is read is said: {label}");
    }
    type_into(&mut harness, &labels[0], "Larkmere Clinics, the group of hospitals between the two rivers, formerly the county infirmaries");
    assert_eq!(places(&harness), before, "filled in");
}

#[test]
fn a_name_that_no_sample_shows_is_shown_where_it_stands() {
    let mut application = open(None);
    let place = {
        let state = form(&mut application);
        let in_samples = |id: &str| state.samples.iter().any(|sample| sample.text.contains(&format!("{{{id}}}")));
        state.draft.values.iter().position(|(id, _)| !in_samples(id) && state.uses.contains_key(id)).expect("three texts do not show thirty names")
    };
    application.take(Intent::Adapting(Deed::Focus(Some(Field::Value(place)))));
    assert!(form(&mut application).elsewhere.is_some());
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label_contains("The name in hand shows here").is_some());
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_a_profile_with_it_is_saved_with_a_warning() {
    let scratch = Scratch::new("wrong");
    let mut application = open(scratch.folder());
    application.take(Intent::Adapting(Deed::Set(Field::Value(1), "the one of {org}".to_owned())));
    form(&mut application).name = "Mine".to_owned();
    let mut harness = harness(application);
    harness.run();
    assert!(harness.query_by_label_contains("Keeps it from being played: {org}").is_some());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    harness.run();
    assert!(harness.query_by_label_contains("1 thing keeps it from being played").is_some());
    // Half of it is kept: whoever is interrupted goes on tomorrow.
    let text = fs::read_to_string(scratch.0.join("profiles").join(shipped()[0]).join("mine.ron")).unwrap();
    assert!(text.contains("the one of {org}"));
}

#[test]
fn a_file_that_is_there_is_not_replaced_without_asking() {
    let scratch = Scratch::new("asks");
    let folder = scratch.folder().unwrap();
    let author = "// Written by hand.\n(format: 1)\n";
    folder.save_profile(shipped()[0], "mine", author, false).unwrap();
    let path = scratch.0.join("profiles").join(shipped()[0]).join("mine.ron");
    let mut application = open(Some(folder));
    application.take(Intent::Adapting(Deed::Set(Field::Value(0), "Larkmere".to_owned())));
    form(&mut application).name = "mine".to_owned();
    let mut harness = harness(application);
    harness.run();
    harness.get_by_label("Save").click();
    harness.run();
    assert_eq!(fs::read_to_string(&path).unwrap(), author);
    harness.get_by_label("Keep it").click();
    harness.run();
    assert!(harness.query_by_label("Replace it").is_none());
    assert_eq!(fs::read_to_string(&path).unwrap(), author);
    harness.get_by_label("Save").click();
    harness.run();
    harness.get_by_label("Replace it").click();
    harness.run();
    assert!(fs::read_to_string(&path).unwrap().contains("Larkmere"));
    // What this form wrote itself it writes again.
    harness.state_mut().take(Intent::Adapting(Deed::Set(Field::Value(0), "Eichhof".to_owned())));
    harness.get_by_label("Save").click();
    harness.run();
    assert!(fs::read_to_string(&path).unwrap().contains("Eichhof"));
}

#[test]
fn a_saved_profile_opens_as_it_was_and_a_field_is_taken_back() {
    let scratch = Scratch::new("opens");
    let mut application = open(scratch.folder());
    application.take(Intent::Adapting(Deed::Set(Field::Value(0), "Larkmere".to_owned())));
    application.take(Intent::Adapting(Deed::Answer(0, Some(Answer::Unsure))));
    form(&mut application).name = "larkmere".to_owned();
    application.take(Intent::Adapting(Deed::Save { replace: false }));
    application.take(Intent::Adapting(Deed::Leave));
    application.take(Intent::Adapting(Deed::Open));
    let state = form(&mut application);
    assert_eq!((state.draft.values[0].1.as_str(), state.draft.answers[0].1, state.name.as_str()), ("Larkmere", Some(Answer::Unsure), "larkmere"));
    assert!(!state.unsaved());
    let label = about(state, 0);
    application.take(Intent::Adapting(Deed::Set(Field::Value(0), "A slip".to_owned())));
    let mut harness = harness(application);
    harness.run();
    harness.get_by_label(&format!("As before: {label}")).click();
    harness.run();
    assert_eq!(form(harness.state_mut()).draft.values[0].1, "Larkmere");
    harness.get_by_label(&format!("Clear: {label}")).click();
    harness.run();
    assert_eq!(form(harness.state_mut()).draft.values[0].1, "");
    let example = form(harness.state_mut()).loaded.sheet.variables[0].example.value.clone();
    let id = form(harness.state_mut()).draft.values[0].0.clone();
    assert_eq!(form(harness.state_mut()).names[&id], example);
}

#[test]
fn nothing_that_was_typed_is_lost_by_leaving() {
    let mut harness = harness(open(None));
    harness.run();
    harness.state_mut().take(Intent::Adapting(Deed::Set(Field::Value(0), "Larkmere".to_owned())));
    harness.run();
    harness.get_by_label("Back").click();
    harness.run();
    assert!(harness.query_by_label("Leave without saving").is_some());
    harness.get_by_label("Stay").click();
    harness.run();
    assert_eq!(form(harness.state_mut()).draft.values[0].1, "Larkmere");
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.get_by_label("Leave without saving").click();
    harness.run();
    assert!(at_home(harness.state_mut()).adapting.is_none());
}

#[test]
fn open_names_are_gone_through_from_the_keyboard() {
    let mut harness = harness(open(None));
    harness.run();
    let order: Vec<usize> = tailor::groups(&form(harness.state_mut()).draft).into_iter().flat_map(|(_, places)| places).collect();
    for place in order.iter().take(3) {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::J);
        harness.run();
        assert_eq!(form(harness.state_mut()).focus, Some(Field::Value(*place)));
        harness.event(egui::Event::Text(format!("name {place}")));
        harness.run();
    }
    // And with the tabulator, as in every form: from name to name.
    harness.key_press(egui::Key::Tab);
    harness.run();
    assert_eq!(form(harness.state_mut()).focus, Some(Field::Value(order[3])));
    assert_eq!(form(harness.state_mut()).draft.filled().0, 3);
}

/// Twenty-eight names in a quarter of an hour: typed, Enter, typed, Enter.
#[test]
fn enter_goes_on_to_the_next_field_and_what_is_still_open_is_seen() {
    let mut harness = harness(open(None));
    harness.run();
    let all = form(harness.state_mut()).draft.values.len();
    let open_marks = |harness: &Harness<'_, Application>| harness.query_all_by_label("example").count();
    assert_eq!(open_marks(&harness), all);
    let order: Vec<usize> = tailor::groups(&form(harness.state_mut()).draft).into_iter().flat_map(|(_, places)| places).collect();
    let label = about(form(harness.state_mut()), order[0]);
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, &label).focus();
    harness.run();
    for place in &order {
        assert_eq!(form(harness.state_mut()).focus, Some(Field::Value(*place)));
        harness.event(egui::Event::Text(format!("name {place}")));
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
    }
    assert_eq!((form(harness.state_mut()).names_open(), open_marks(&harness)), (0, 0));
    assert_eq!(form(harness.state_mut()).focus, Some(Field::Title), "then whom it describes");
}

/// At the smallest size that is promised, each of the three texts is one click away, and comes into view.
#[test]
fn each_of_the_three_texts_is_come_to() {
    let mut harness = harness(open(None));
    harness.set_size([1280.0, 720.0].into());
    harness.run();
    let samples = form(harness.state_mut()).samples.clone();
    assert_eq!(samples.len(), 3);
    for sample in samples.iter().rev() {
        harness.get_by_role_and_label(egui::accesskit::Role::Button, &preview::called(sample)).click();
        harness.run();
        let heading = crate::scenario::compile::text::fill(&sample.what, &form(harness.state_mut()).names);
        let top = harness.get_by_label(&crate::debrief::narrative::capital(&heading)).rect().top();
        assert!((0.0..720.0).contains(&top), "{heading}: {top}");
    }
}

#[test]
fn without_a_folder_saving_says_so() {
    let mut application = open(None);
    form(&mut application).name = "mine".to_owned();
    application.take(Intent::Adapting(Deed::Save { replace: false }));
    assert!(form(&mut application).said.as_ref().unwrap().1.contains("--data DIR"));
    assert_eq!(form(&mut application).saved_at(), None);
}

/// Somebody who presses and types everything, everywhere: nothing panics, and the form is still a form.
#[test]
fn random_clicks_and_keys_do_no_harm() {
    let scratch = Scratch::new("random");
    let mut harness = harness(open(scratch.folder()));
    harness.set_size([1280.0, 720.0].into());
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for _ in 0..250 {
        match next(5) {
            0 => harness.key_press([egui::Key::Tab, egui::Key::Enter, egui::Key::Backspace, egui::Key::Escape][next(4) as usize]),
            1 => harness.key_press_modifiers(egui::Modifiers::COMMAND, [egui::Key::S, egui::Key::J][next(2) as usize]),
            2 => harness.event(egui::Event::Text(["{org}", "\"", "a\u{202e}b", "\\", "ours"][next(5) as usize].to_owned())),
            _ => {
                let pos = egui::pos2(next(1280) as f32, next(720) as f32);
                harness.hover_at(pos);
                for pressed in [true, false] {
                    let button = egui::PointerButton::Primary;
                    harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers: egui::Modifiers::NONE });
                }
            }
        }
        harness.step();
        if at_home(harness.state_mut()).adapting.is_none() {
            let home = at_home(harness.state_mut());
            if home.picked.is_none() {
                harness.state_mut().take(Intent::PickScenario(shipped()[0].to_owned()));
            }
            harness.state_mut().take(Intent::Adapting(Deed::Open));
        }
    }
    let state = form(harness.state_mut());
    assert_eq!(state.draft.values.len(), state.loaded.sheet.variables.len());
    // Whatever was saved on the way loads.
    for saved in scratch.folder().unwrap().own_profiles(shipped()[0]) {
        let text = fs::read(&saved.path).unwrap();
        let mut sources = crate::scenario::source::Sources::default();
        assert!(!crate::scenario::load::load_profile(&mut sources, "saved", "saved", text).incomplete, "{}", saved.path.display());
    }
}
