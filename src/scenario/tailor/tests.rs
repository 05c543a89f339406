//! A draft is what somebody typed: whatever that is, it has to load back, and nothing of it may be lost or doubled.

use proptest::prelude::*;

use super::*;
use crate::scenario::load;
use crate::scenario::source::{Opening, Sources, shipped};

fn loaded() -> Loaded {
    load::load(&Opening::shipped(shipped()[0]).unwrap())
}

fn read_back(sheet: &Sheet, text: &str) -> (Draft, usize) {
    let mut sources = Sources::default();
    let profile = load::load_profile(&mut sources, "mine.ron", "mine.ron", text.as_bytes().to_vec());
    (Draft::of(sheet, &profile.profile), profile.diagnostics.len())
}

#[test]
fn shipped_profiles_load_write_and_load_to_the_same() {
    let loaded = loaded();
    assert!(loaded.profiles.len() >= 2);
    for profile in &loaded.profiles {
        let draft = Draft::of(&loaded.sheet, &profile.profile);
        assert_eq!(draft.filled().0, loaded.sheet.variables.len(), "{} fills in everything", profile.name);
        let (again, findings) = read_back(&loaded.sheet, &draft.written().text);
        assert_eq!((again, findings), (draft.clone(), 0), "{}", profile.name);
        assert!(remarks(&loaded, &draft).iter().all(|remark| remark.severity == Severity::Note), "{:?}", remarks(&loaded, &draft));
    }
}

#[test]
fn what_is_not_filled_in_is_left_out_and_said_beside_its_field() {
    let loaded = loaded();
    let mut draft = Draft::blank(&loaded.sheet);
    let said = remarks(&loaded, &draft);
    assert_eq!(said.len(), loaded.sheet.variables.len());
    draft.values[0].1 = "  Larkmere Clinics\n".to_owned();
    let said = remarks(&loaded, &draft);
    assert!(!said.iter().any(|remark| remark.field == Some(Field::Value(0))), "it is filled in");
    assert_eq!(said.len(), loaded.sheet.variables.len() - 1);
    assert_eq!(draft.names(&loaded.sheet)[&draft.values[0].0], "Larkmere Clinics");
    let written = draft.written();
    assert_eq!(written.text.matches("Value(").count(), 1);
    assert_eq!(written.text.matches("Answered(").count(), 0);
}

#[test]
fn what_the_checks_find_stands_beside_the_field_it_is_about() {
    let loaded = loaded();
    let mut draft = Draft::blank(&loaded.sheet);
    draft.values[2].1 = "see {org}".to_owned();
    draft.time_zone = "Europe/Dubblin".to_owned();
    let currency = draft.values.iter().position(|(id, _)| id == "currency").unwrap();
    draft.values[currency].1 = "euros".to_owned();
    draft.values.push(("no-such-name".to_owned(), "x".to_owned()));
    let stranger = draft.values.len() - 1;
    let said = remarks(&loaded, &draft);
    let about = |field: Field| said.iter().filter(move |remark| remark.field == Some(field)).collect::<Vec<_>>();
    assert_eq!(about(Field::Value(2)).len(), 1, "{said:#?}");
    assert!(about(Field::Value(2))[0].says.contains("{org}"));
    assert!(about(Field::TimeZone)[0].says.contains("Europe/Dublin"), "a slip is recognised");
    assert!(about(Field::Value(currency))[0].says.contains("three capital letters"));
    assert!(about(Field::Value(stranger)).iter().any(|remark| remark.severity == Severity::Error));
    assert!(said.iter().all(|remark| remark.field.is_some()), "nothing is homeless: {said:#?}");
}

#[test]
fn a_name_twice_is_remarked() {
    let loaded = loaded();
    let mut draft = Draft::blank(&loaded.sheet);
    draft.values[4].1 = "Sam Ashgrove".to_owned();
    draft.values[5].1 = "Sam Ashgrove".to_owned();
    let said = remarks(&loaded, &draft);
    assert!(said.iter().any(|remark| remark.field == Some(Field::Value(5)) && remark.says.starts_with("The same as")));
}

#[test]
fn every_name_is_used_somewhere_and_belongs_to_a_group() {
    let loaded = loaded();
    let uses = uses(&loaded);
    for variable in &loaded.sheet.variables {
        // The currency stands in sums of money and in no text.
        assert!(uses.contains_key(&variable.id.text) || variable.id.text == "currency", "{} is used nowhere", variable.id.text);
        if let Some(used) = uses.get(&variable.id.text) {
            assert!(used.times >= used.texts.len() && !used.texts.is_empty());
            assert!(where_it_shows(&loaded, &variable.id.text).is_some());
        }
    }
    let draft = Draft::blank(&loaded.sheet);
    let mut grouped: Vec<usize> = groups(&draft).into_iter().flat_map(|(_, places)| places).collect();
    grouped.sort_unstable();
    assert_eq!(grouped, (0..draft.values.len()).collect::<Vec<_>>(), "each once");
}

#[test]
fn three_samples_show_names_and_nothing_stays_in_braces() {
    let loaded = loaded();
    let samples = samples(&loaded);
    assert_eq!(samples.iter().map(|sample| sample.kind).filter(|kind| *kind == Kind::ReadAloud).count(), 1);
    assert_eq!((samples.len(), samples[0].kind), (3, Kind::Mail));
    let mut draft = Draft::blank(&loaded.sheet);
    for (id, is) in &mut draft.values {
        *is = format!("<{id}>");
    }
    let names = draft.names(&loaded.sheet);
    for sample in &samples {
        let pieces = marked(&sample.text, &names);
        let put_in = pieces.iter().filter(|piece| matches!(piece, Piece::Name { variable, is } if *is == format!("<{variable}>"))).count();
        assert!(put_in >= 2, "{}: {put_in}", sample.what);
        let read: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::Name { is: text, .. } => text.as_str(),
            })
            .collect();
        assert_eq!(read, fill(&sample.text, &names), "the same as in play");
    }
}

#[test]
fn answers_say_what_they_change() {
    let loaded = loaded();
    let names = Draft::blank(&loaded.sheet).names(&loaded.sheet);
    for question in &loaded.sheet.about_us {
        let [yes, no, unsure] = [Answer::Yes, Answer::No, Answer::Unsure].map(|answer| what_it_sets(&loaded.sheet, question, answer, &names));
        assert_ne!(yes, no, "{}", question.id.text);
        // An answer that takes a duty away does not say that nothing changes.
        if question.unless_told == Answer::Yes && !question.yes.is_empty() {
            assert!(!no.iter().any(|line| line.starts_with("Nothing changes")), "{no:?}");
        }
        assert_eq!(unsure, what_it_sets(&loaded.sheet, question, question.unless_told, &names));
        assert!(yes.iter().chain(&no).all(|line| !line.contains('{')), "{yes:?} {no:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is typed or pasted: quotation marks straight and curly, backslashes, braces, other scripts, letters that nobody sees.
    #[test]
    fn whatever_is_typed_loads_back(texts in proptest::collection::vec(any::<String>(), 8), answers in proptest::collection::vec(0_u8..4, 5)) {
        thread_local!(static LOADED: Loaded = loaded());
        LOADED.with(|loaded| {
            let mut draft = Draft::blank(&loaded.sheet);
            let fits = |text: &String| one_line(text).chars().take(200).collect::<String>().trim().to_owned();
            let texts: Vec<String> = texts.iter().map(fits).collect();
            (draft.id, draft.title, draft.time_zone) = (texts[0].clone(), texts[1].clone(), texts[2].clone());
            for (place, text) in texts[3..].iter().enumerate() {
                draft.values[place * 2].1.clone_from(text);
            }
            for (place, answer) in answers.iter().enumerate() {
                draft.answers[place].1 = [None, Some(Answer::Yes), Some(Answer::No), Some(Answer::Unsure)][usize::from(*answer)];
            }
            let written = draft.written();
            let (again, findings) = read_back(&loaded.sheet, &written.text);
            prop_assert_eq!(&again, &draft, "{}", written.text);
            prop_assert_eq!(findings, 0, "{}", written.text);
            Ok(())
        })?;
    }
}
