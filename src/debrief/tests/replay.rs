//! The map over time, against the ledger it was read from.

use super::super::model;
use super::super::model::replay::{Attack, Lane, Response};
use super::sample;
use crate::time::ExerciseTime;
use crate::vocabulary::{Fact, adversary, estate};

#[test]
fn at_every_moment_the_map_says_what_the_ledger_says() {
    let sample = sample();
    let replay = model(&sample.input()).replay;
    let mut moments: Vec<ExerciseTime> = sample.ledger.iter().map(|happened| happened.at.max(ExerciseTime(0))).collect();
    moments.dedup();
    assert!(moments.len() > 20);
    for at in moments {
        for (place, machine) in replay.machines.iter().enumerate() {
            let here = || sample.ledger.iter().filter(|happened| happened.at <= at);
            let encrypted =
                here().any(|happened| matches!(happened.fact, Fact::Estate(estate::Fact::Encrypted { asset, .. }) if usize::from(asset.0) == place));
            let taken = here().any(
                |happened| matches!(happened.fact, Fact::Adversary(adversary::Fact::Compromised { asset, .. }) if usize::from(asset.0) == place),
            );
            let again = here().any(|happened| matches!(happened.fact, Fact::Estate(estate::Fact::Rebuilt { asset } | estate::Fact::Restored { asset, .. }) if usize::from(asset.0) == place));
            let (attack, ..) = machine.at(at);
            if !again {
                assert_eq!(attack == Attack::Encrypted, encrypted, "{} at {at}", machine.name);
            }
            assert_eq!(attack != Attack::Untouched, taken || encrypted, "{} at {at}", machine.name);
        }
    }
}

#[test]
fn what_the_team_did_and_came_to_know_has_its_moment() {
    let sample = sample();
    let replay = model(&sample.input()).replay;
    let isolated: Vec<usize> = (sample.ledger.iter())
        .filter_map(|happened| match happened.fact {
            Fact::Estate(estate::Fact::Isolated { asset }) => Some(usize::from(asset.0)),
            _ => None,
        })
        .collect();
    assert!(!isolated.is_empty());
    for place in isolated {
        assert!(replay.machines[place].response.iter().any(|(_, what)| *what == Response::Isolated), "{}", replay.machines[place].name);
    }
    assert!(replay.machines.iter().any(|machine| machine.known.as_ref().is_some_and(|(at, whom)| at.0 > 0 && whom.contains("Responder"))));
    assert!(replay.services.iter().any(|service| service.at(replay.until).0 < 100 || service.level.len() > 1));
    assert!(replay.changes.is_sorted_by_key(|change| change.at));
    for lane in [Lane::Attack, Lane::Response, Lane::Known, Lane::Service] {
        assert!(replay.changes.iter().any(|change| change.lane == lane), "{lane:?}");
    }
}

#[test]
fn steps_lead_from_change_to_change_and_end() {
    let replay = model(&sample().input()).replay;
    let (mut at, mut steps) = (ExerciseTime(-1), 0);
    while let Some(next) = replay.step(at, true) {
        assert!(next > at);
        at = next;
        steps += 1;
    }
    assert!(steps > 10 && replay.step(at, true).is_none());
    assert_eq!(replay.step(replay.changes[0].at, false), None);
    assert!(replay.in_words(replay.until).contains("held by the adversary"));
}
