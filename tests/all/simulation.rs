//! A simulation, not a script: changing the estate alone changes what the adversary does.

use std::sync::Arc;

use hotwash::assessment::{Ending, assess};
use hotwash::exercise::Exercise;
use hotwash::policy::{Driver, Kind};
use hotwash::scenario::generate;
use hotwash::scenario::reference::Ref;
use hotwash::scenario::written::Sheet;
use hotwash::vocabulary::{Fact, adversary, estate};

use crate::fixture;

/// The routes of a run: what was taken and encrypted, in order, with the times.
fn route(sheet: &Sheet, files: &std::collections::BTreeMap<String, String>, seed: u64) -> Vec<(i64, &'static str, String)> {
    let program = fixture::compiled(sheet, files);
    let mut exercise = Exercise::new(program.clone(), seed);
    exercise.advance(program.public.endex).expect("no circle");
    exercise
        .ledger()
        .iter()
        .filter(|happened| happened.at.0 >= 0)
        .filter_map(|happened| {
            let asset = match happened.fact {
                Fact::Adversary(adversary::Fact::Compromised { asset, .. }) => asset,
                Fact::Estate(estate::Fact::Encrypted { asset, .. }) => asset,
                Fact::Adversary(adversary::Fact::StageDone { stage, .. }) => {
                    return Some((happened.at.0, "StageDone", program.secret.stages[usize::from(stage.0)].id.clone()));
                }
                _ => return None,
            };
            Some((happened.at.0, happened.fact.name(), program.public.assets[usize::from(asset.0)].id.clone()))
        })
        .collect()
}

/// Leaves out what the estate alone decides, one at a time; nothing of the campaign is touched.
#[test]
fn leaving_out_a_link_a_login_or_an_edge_changes_routes_or_times_for_a_third_of_them() {
    let (whole, files) = fixture::sheet("long-weekend");
    let seeds: Vec<u64> = (1..=12).collect();
    let before: Vec<_> = seeds.iter().map(|seed| route(&whole, &files, *seed)).collect();
    let changes = |sheet: &Sheet| seeds.iter().zip(&before).any(|(seed, before)| route(sheet, &files, *seed) != *before);
    let estate = whole.estate.clone().expect("the hospital has an estate");
    let (mut tried, mut changed) = (0, 0);
    for (place, segment) in estate.segments.iter().enumerate() {
        for edge in 0..segment.talks_to.len() {
            let mut sheet = whole.clone();
            let segments = &mut sheet.estate.as_mut().expect("an estate").segments;
            segments[place].talks_to.remove(edge);
            tried += 1;
            changed += usize::from(changes(&sheet));
        }
    }
    // A link or login that the campaign names cannot be left out without touching the campaign: it leads nowhere, or opens nothing, instead.
    let nowhere = |refs: &mut Vec<Ref<hotwash::scenario::reference::AssetOrGroup>>| refs.truncate(usize::from(refs.len() > 1));
    for place in 0..estate.links.len() {
        let mut sheet = whole.clone();
        nowhere(&mut sheet.estate.as_mut().expect("an estate").links[place].to);
        tried += 1;
        changed += usize::from(changes(&sheet));
    }
    for place in 0..estate.logins.len() {
        let mut sheet = whole.clone();
        let login = &mut sheet.estate.as_mut().expect("an estate").logins[place];
        login.opens.clear();
        tried += 1;
        changed += usize::from(changes(&sheet));
    }
    println!("{changed} of {tried} changes of the estate changed a route or a time");
    assert!(changed * 3 >= tried, "only {changed} of {tried} changes of the estate changed a route or a time");
}

#[test]
fn no_step_of_the_adversary_crosses_what_cannot_be_reached() {
    let program = fixture::two_sites();
    for seed in 0..40 {
        let mut exercise = Exercise::new(program.clone(), seed);
        crate::determinism::play(&mut exercise, program.public.endex, seed as usize);
        let attic = program.public.segments.iter().position(|segment| segment.id == "attic").expect("an attic");
        for happened in exercise.ledger().iter() {
            let touched = match happened.fact {
                Fact::Adversary(adversary::Fact::Compromised { asset, .. } | adversary::Fact::Persisted { asset, .. }) => Some(asset),
                Fact::Estate(estate::Fact::Encrypted { asset, .. }) => Some(asset),
                _ => None,
            };
            if let Some(asset) = touched {
                assert_ne!(
                    usize::from(program.public.assets[usize::from(asset.0)].segment.0),
                    attic,
                    "seed {seed}: something in the attic was touched"
                );
            }
        }
    }
}

/// The campaign was written for some hundred machines that an author laid out. On a larger estate, which nobody laid out, it still plays: those who
/// do nothing lose it, and those who take care win it more often than not.
#[test]
fn the_same_campaign_on_a_generated_estate_is_won_and_lost() {
    let won = |ending: Ending| matches!(ending, Ending::EvictedBeforeHarm | Ending::PresentWithoutHarm);
    let seeds = 1..=4;
    let endings = |policy: &str| -> Vec<Ending> {
        let kind = Kind::named(policy).expect("a policy");
        seeds
            .clone()
            .map(|seed| {
                let program = Arc::new(generate::larger(&fixture::hospital(), 300, seed));
                let mut driver = Driver::new(program.clone(), seed, kind);
                driver.run_to_end().expect("no circle");
                assess(&program, driver.exercise().ledger(), driver.exercise().watch()).ending
            })
            .collect()
    };
    let (idle, reference) = (endings("idle"), endings("reference"));
    assert!(!idle.iter().any(|ending| won(*ending)), "doing nothing: {idle:?}");
    assert!(reference.iter().filter(|ending| won(**ending)).count() * 2 >= reference.len(), "taking care: {reference:?}");
}
