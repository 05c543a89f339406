//! One test a measure, over ledgers made by hand.

use super::made::*;
use super::*;
use crate::ids::*;
use crate::scenario::program::Deadline;
use crate::scenario::written::Count;
use crate::time::{Calendar, ClockChange};
use crate::vocabulary::adversary::Fact as Adversary;
use crate::vocabulary::communication::Stance;
use crate::vocabulary::compliance::Fact as Compliance;
use crate::vocabulary::continuity::Fact as Continuity;
use crate::vocabulary::detection::Fact as Detection;
use crate::vocabulary::documentation::Fact as Documentation;
use crate::vocabulary::estate::{Fact as Estate, Seen};
use crate::vocabulary::investigation::{Evidence, Fact as Investigation};
use crate::vocabulary::team::{Fact as Work, Outcome};
use crate::vocabulary::{communication, detection, estate, incident_command, injects, investigation};

#[test]
fn nothing_happened_measures_nothing() {
    let measures = Book::new().measured();
    assert_eq!(measures.services.minutes_lost(measures.services.all()), 0);
    assert_eq!(measures.cost_minor_units(), 0);
    assert_eq!((measures.machines.taken.len(), measures.machines.records_exposed()), (0, 0));
    assert_eq!((measures.clocks.met(), measures.clocks.missed()), (0, 0));
    assert_eq!((measures.contained(), measures.services.all_restored(), measures.declared), (None, None, None));
    assert!(measures.finished);
    assert_eq!(measures.played(), Span::minutes(ENDEX_MINUTE));
}

#[test]
fn an_empty_ledger_measures_nothing_either() {
    let measures = Measures::of(&program(), &Ledger::default());
    assert_eq!((measures.startex, measures.finished, measures.played()), (None, false, Span::ZERO));
}

#[test]
fn service_minutes_count_the_missing_share_and_the_criticality() {
    let mut book = Book::new();
    book.at(60).level(OFFICE, 0);
    book.at(120).level(OFFICE, 50);
    book.at(180).level(OFFICE, 100);
    book.at(540).level(WARD, 40);
    let measures = book.measured();
    // Criticality 3: 60 whole minutes and 60 halves. Criticality 5: 60 minutes of 60 percent, times 5/3.
    assert_eq!(measures.services.minutes_lost([OFFICE].into_iter()), 90);
    assert_eq!(measures.services.minutes_lost([WARD].into_iter()), 60);
    assert_eq!(measures.services.minutes_lost(measures.services.all()), 150);
}

#[test]
fn service_minutes_are_rounded_once_and_up_at_the_half() {
    let mut book = Book::new();
    book.at(0).level(OFFICE, 99);
    book.at(50).level(OFFICE, 100);
    assert_eq!(book.measured().services.minutes_lost([OFFICE].into_iter()), 1);
    let mut book = Book::new();
    book.at(0).level(OFFICE, 99);
    book.at(49).level(OFFICE, 100);
    assert_eq!(book.measured().services.minutes_lost([OFFICE].into_iter()), 0);
}

#[test]
fn what_was_down_before_startex_counts_from_startex() {
    let mut book = Book::new();
    book.at(-300).level(OFFICE, 0);
    book.at(30).level(OFFICE, 100);
    let measures = book.measured();
    assert_eq!(measures.services.minutes_lost(measures.services.all()), 30);
    assert_eq!(measures.services.lines[1].worst_stretch_below(100).unwrap().length(), Span::minutes(30));
}

#[test]
fn cost_is_lost_service_hours_and_vendors_from_their_arrival() {
    let mut book = Book::new();
    book.at(60).level(WARD, 50);
    book.at(180).level(WARD, 100);
    book.at(540).opened();
    let measures = book.measured();
    // Two hours at half of 1,200, and one hour of a vendor at 100.
    assert_eq!((measures.services.cost_minor_units(), measures.team.vendor_cost_minor_units()), (1200, 100));
    assert_eq!(measures.cost_minor_units(), 1300);
}

#[test]
fn the_worst_stretch_is_the_longest_without_a_break() {
    let mut book = Book::new();
    for (minute, percent) in [(10, 0), (40, 100), (100, 90), (130, 20), (170, 100), (590, 0)] {
        book.at(minute).level(OFFICE, percent);
    }
    let line = book.measured().services.lines[1].clone();
    let worst = line.worst_stretch_below(100).unwrap();
    assert_eq!((worst.length(), worst.over), (Span::minutes(70), true));
    assert_eq!(line.stretches_below(100).len(), 3);
    assert_eq!(line.stretches_below(50).iter().map(|stretch| stretch.length().as_minutes()).collect::<Vec<_>>(), [30, 40, 10]);
    assert!(!line.stretches_below(100)[2].over);
}

#[test]
fn a_fall_is_told_apart_by_who_led_to_it() {
    let mut book = Book::new();
    book.at(10).level_by_order(WARD, 0);
    let encrypted = book.encrypted(1);
    book.caused(Cause::Fact(encrypted), Continuity::ServiceLevel { service: OFFICE, percent: 0 });
    let measures = book.measured();
    assert!(measures.services.lines[0].changes[0].by_own_order);
    assert!(!measures.services.lines[1].changes[0].by_own_order);
}

#[test]
fn roots_stop_at_the_adversary_the_script_and_at_broken_causes() {
    let mut book = Book::new();
    let fault = book.caused(Cause::Entry(3), Continuity::OwnFault { service: WARD, ended: false });
    let fault = book.caused(Cause::Fact(fault), Continuity::ServiceLevel { service: WARD, percent: 0 });
    let fired = book.caused(Cause::Entry(3), injects::Fact::Fired { inject: InjectId(0) });
    let fired = book.caused(Cause::Fact(fired), Continuity::ServiceLevel { service: WARD, percent: 0 });
    let provoked = book.caused(Cause::Entry(3), Adversary::StageDone { stage: ENCRYPT, nth: 1 });
    let provoked = book.caused(Cause::Fact(provoked), Continuity::ServiceLevel { service: WARD, percent: 0 });
    let itself = book.caused(Cause::Fact(7), Continuity::ServiceLevel { service: WARD, percent: 0 });
    let ordered = book.caused(Cause::Entry(3), Estate::Isolated { asset: AssetId(0) });
    let came = book.fact(Work::CameIn { staff: StaffId(0) });
    let started = book.caused(Cause::Fact(came), Work::TaskStarted { task: Key(1), staff: StaffId(0) });
    let at_work = book.caused(Cause::Fact(started), Estate::Isolated { asset: AssetId(0) });
    let roots: Vec<Root> =
        [fault, fired, provoked, itself, ordered, at_work].map(|seq| root(&book.ledger, book.ledger.get(seq as usize).unwrap())).into();
    assert_eq!(roots, [Root::OwnFault, Root::Script, Root::Adversary, Root::Origin, Root::Order(Some(3)), Root::Order(None)]);
}

#[test]
fn machines_are_counted_ever_and_at_the_end() {
    let mut book = Book::new();
    book.at(-60).taken(0);
    book.at(10).taken(1);
    book.taken(1);
    book.taken(2);
    book.at(20).encrypted(2);
    book.at(30).fact(Estate::Isolated { asset: AssetId(0) });
    book.fact(Estate::PoweredOff { asset: AssetId(0) });
    book.fact(Estate::PoweredOff { asset: AssetId(5) });
    book.fact(Estate::Isolated { asset: AssetId(6) });
    book.at(40).fact(Estate::Reconnected { asset: AssetId(6) });
    book.fact(Estate::Rebuilt { asset: AssetId(2) });
    book.fact(Estate::Cleaned { asset: AssetId(1), missed: true });
    book.fact(Investigation::Found { trace: Key(1), asset: AssetId(1) });
    let measures = book.measured();
    let machines = &measures.machines;
    assert_eq!(machines.taken.len(), 3);
    assert_eq!(machines.at_end(Count::Compromised, 0), 2, "cut off is not clean, and a missed cleaning is none");
    assert_eq!((machines.encrypted_ever.len(), machines.at_end(Count::Encrypted, 0)), (1, 0));
    assert_eq!(machines.at_end(Count::Isolated, 0), 2);
    assert_eq!((machines.at_end(Count::FoundCompromised, 0), machines.at_end(Count::Alerts, 4)), (1, 4));
    let worst = machines.spread.iter().map(|spread| spread.encrypted).max();
    assert_eq!((worst, machines.spread.last().unwrap().unclean), (Some(1), 2));
}

#[test]
fn a_machine_restored_with_what_was_left_on_it_is_not_clean() {
    let mut book = Book::new();
    book.at(1).taken(0);
    book.taken(1);
    book.encrypted(0);
    book.encrypted(1);
    book.fact(Estate::Restored { asset: AssetId(0), from: BACKUP, again: true });
    book.fact(Estate::Restored { asset: AssetId(1), from: BACKUP, again: false });
    let machines = book.measured().machines;
    assert_eq!((machines.at_end(Count::Encrypted, 0), machines.unclean.iter().collect::<Vec<_>>()), (0, vec![AssetId(0)]));
}

#[test]
fn records_are_capped_at_what_there_is() {
    let mut book = Book::new();
    book.at(1).fact(Adversary::Copied { data: RECORDS, records: 400, stage: ENCRYPT });
    assert_eq!(book.measured().machines.records_exposed(), 400);
    book.fact(Adversary::Copied { data: RECORDS, records: 700, stage: ENCRYPT });
    assert_eq!(book.measured().machines.records_exposed(), 1000);
}

#[test]
fn containment_is_an_eviction_that_lasts() {
    let mut book = Book::new();
    book.at(10).taken(0);
    assert_eq!(book.measured().contained(), None, "quiet is no proof");
    let mut book = Book::new();
    book.at(10).taken(0);
    book.at(50).fact(Adversary::Evicted {});
    book.at(60).taken(1);
    assert_eq!(book.measured().contained(), None);
    let mut book = Book::new();
    book.at(50).fact(Adversary::Evicted {});
    book.at(60).fact(Adversary::StageDone { stage: ENCRYPT, nth: 1 });
    book.at(70).fact(Adversary::Evicted {});
    // Making itself heard takes no foothold.
    book.at(80).fact(Adversary::StageDone { stage: DEMAND, nth: 1 });
    let measures = book.measured();
    assert_eq!(measures.contained().map(|mark| mark.at), Some(ExerciseTime(70 * 60)));
}

#[test]
fn evidence_counts_if_it_was_kept_before_it_was_lost() {
    let kept = |asset| Investigation::EvidenceKept { asset: AssetId(asset), evidence: Evidence::Memory };
    let mut book = Book::new();
    for asset in 0..5 {
        book.taken(asset);
    }
    book.at(10).fact(kept(0));
    book.fact(Investigation::EvidenceKept { asset: AssetId(1), evidence: Evidence::Disk });
    book.at(20).fact(Estate::PoweredOff { asset: AssetId(0) });
    book.fact(Estate::Rebuilt { asset: AssetId(1) });
    book.fact(Estate::Rebuilt { asset: AssetId(2) });
    book.fact(Investigation::EvidenceLost { asset: AssetId(3), evidence: Evidence::Memory });
    book.fact(Estate::Rebuilt { asset: AssetId(9) });
    book.at(30).fact(kept(2));
    book.fact(kept(4));
    let (lost, kept) = book.measured().machines.memory_kept();
    assert_eq!(lost, [0, 1, 2, 3].map(AssetId), "of taken machines only, and only of those that lost it");
    assert_eq!(kept, [AssetId(0)], "a disk is no memory, and afterwards is too late");
}

#[test]
fn alerts_are_real_by_their_cause() {
    let mut book = Book::new();
    book.at(-60).alert(1, 0, true);
    book.at(10).alert(2, 1, false);
    book.at(20).alert(3, 2, true);
    book.at(25).fact(Detection::Acknowledged { alert: Key(2) });
    book.at(30).fact(Detection::Dismissed { alert: Key(3) });
    book.at(40).fact(Detection::Acknowledged { alert: Key(1) });
    book.at(55).fact(Detection::Judged { alert: Key(1), real: true });
    let alerts = book.measured().alerts;
    assert_eq!(alerts.list.iter().map(Alert::is_real).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(alerts.first_real().unwrap().raised.at, ExerciseTime(-3600));
    assert_eq!(alerts.first_taken_up().unwrap().at, ExerciseTime(2400), "noise does not count");
    assert_eq!(alerts.get(Key(1)).unwrap().wait(), Some(Span::minutes(40)), "before STARTEX nobody could");
    assert_eq!(alerts.get(Key(3)).unwrap().wait(), None, "putting it aside is not taking it up");
    assert_eq!(alerts.first_confirmed().unwrap().at, ExerciseTime(3300));
}

#[test]
fn verdicts_are_right_by_what_the_alert_came_from() {
    let mut book = Book::new();
    for (key, real) in [(1, true), (2, true), (3, false), (4, false), (5, true), (6, false)] {
        book.at(1).alert(key, 0, real);
    }
    for (key, verdict) in [(1, true), (2, false), (3, false), (4, false), (4, true)] {
        book.fact(Detection::Judged { alert: Key(key), real: verdict });
    }
    // Right: 1 and 3. Wrong: 2, 4 by its last verdict, and 5, real and never judged. Noise that nobody judged does not count.
    assert_eq!(book.measured().alerts.judged_right(), (2, 5));
}

#[test]
fn medians_bear_what_never_came() {
    let wait = |minutes| Some(Span::minutes(minutes));
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [wait(9), None, wait(1)]), wait(9));
    assert_eq!(median(&mut [wait(4), wait(1)]), Some(Span(150)));
    assert_eq!(median(&mut [None, wait(1)]), None);
    assert_eq!(median(&mut [None, wait(1), None, wait(5), wait(3)]), wait(5));
}

#[test]
fn response_times_lie_between_their_timestamps() {
    let mut book = Book::new();
    book.at(-120).taken(0);
    book.at(10).alert(1, 0, true);
    book.at(15).level(WARD, 0);
    book.at(25).fact(Detection::Acknowledged { alert: Key(1) });
    book.at(45).fact(incident_command::Fact::Declared { role: RoleId(0), level: LevelId(0) });
    book.at(50).fact(Detection::Judged { alert: Key(1), real: true });
    book.at(100).fact(Adversary::Evicted {});
    book.at(160).fact(Estate::Rebuilt { asset: AssetId(0) });
    book.at(200).level(WARD, 100);
    let times = book.measured().times();
    let minutes = |span: Option<Span>| span.map(Span::as_minutes);
    assert_eq!(minutes(times.to_detect), Some(130));
    assert_eq!(minutes(times.to_acknowledge_median), Some(15));
    assert_eq!(minutes(times.to_triage), Some(20));
    assert_eq!(minutes(times.to_contain), Some(90));
    assert_eq!(minutes(times.to_respond), Some(150));
    assert_eq!(minutes(times.to_restore), Some(190));
}

#[test]
fn response_times_are_none_where_a_moment_did_not_come() {
    let mut book = Book::new();
    book.at(-120).taken(0);
    book.at(10).alert(1, 0, true);
    book.at(15).level(WARD, 0);
    book.at(100).fact(Adversary::Evicted {});
    let times = book.measured().times();
    assert_eq!((times.to_acknowledge_median, times.to_triage, times.to_respond, times.to_restore), (None, None, None, None));
    assert_eq!(times.to_contain, Some(Span::minutes(90)));
}

#[test]
fn claims_are_known_from_the_first_telling() {
    let mut book = Book::new();
    book.at(10).tell_claim(1, ONCE);
    book.at(20).tell_claim(1, ONCE);
    book.at(30).tell_claim(0, ONCE);
    let knowledge = book.measured().knowledge;
    assert_eq!(knowledge.first_who_knew(ONCE).map(|(role, mark)| (role, mark.at.0)), Some((RoleId(1), 600)));
    assert_eq!(knowledge.told_first(ONCE, RoleId(0)).map(|mark| mark.at.0), Some(1800));
    assert_eq!(knowledge.first_who_knew(ALWAYS), None);
}

#[test]
fn who_denies_what_is_so_has_not_told_it() {
    use crate::vocabulary::communication::{Observation::Claim, Stance};
    let mut book = Book::new();
    book.at(10).told(0, Claim { claim: ALWAYS, stance: Stance::No });
    book.at(11).told(0, Claim { claim: ALWAYS, stance: Stance::NotYet });
    book.at(12).told(0, Claim { claim: NEVER, stance: Stance::No });
    book.at(13).told(1, Claim { claim: ALWAYS, stance: Stance::Yes });
    let knowledge = book.measured().knowledge;
    assert_eq!(knowledge.told_first(ALWAYS, RoleId(0)), None);
    assert_eq!(knowledge.first_who_knew(ALWAYS).map(|(role, mark)| (role, mark.at.0)), Some((RoleId(1), 780)));
    assert_eq!(knowledge.told_first(NEVER, RoleId(0)).map(|mark| mark.at.0), Some(720), "it is not so, and that was said");
}

#[test]
fn claims_are_false_by_what_was_true_when_they_were_said() {
    let mut book = Book::new();
    book.at(10).said(ALWAYS, Stance::Yes, 0);
    book.said(NEVER, Stance::No, 0);
    book.said(ONCE, Stance::Yes, 0);
    book.said(ONCE, Stance::Yes, 1);
    book.at(20).said(ONCE, Stance::No, 0);
    book.said(NEVER, Stance::NotYet, 0);
    book.at(30).fact(Adversary::ClaimBecameTrue { claim: ONCE });
    book.at(40).said(ONCE, Stance::No, 1);
    book.said(ONCE, Stance::Yes, 0);
    let knowledge = book.measured().knowledge;
    let wrong = |to: &[u16]| {
        let to: Vec<_> = to.iter().map(|who| StakeholderId(*who)).collect();
        knowledge.false_claims(&to).iter().map(|said| said.mark.at.0 / 60).collect::<Vec<_>>()
    };
    assert_eq!(wrong(&[0]), [10]);
    assert_eq!(wrong(&[0, 1]), [10, 40], "said to two at once, it counts once");
    assert_eq!(knowledge.heard(StakeholderId(0), ONCE).map(|mark| mark.at.0 / 60), Some(20), "that it was not so yet was right");
    assert_eq!(knowledge.heard(StakeholderId(1), ONCE), None);
}

#[test]
fn a_claim_comes_true_with_its_stage_or_its_fact_whichever_is_first() {
    let mut book = Book::new();
    book.at(30).fact(Adversary::StageDone { stage: ENCRYPT, nth: 1 });
    book.at(31).fact(Adversary::ClaimBecameTrue { claim: ONCE });
    let knowledge = book.measured().knowledge;
    let true_at = |claim, minute: i64| knowledge.was_true(claim, ExerciseTime(minute * 60));
    assert_eq!((true_at(ONCE, 29), true_at(ONCE, 30), true_at(ALWAYS, -9), true_at(NEVER, 99)), (false, true, true, false));
}

#[test]
fn the_last_belief_by_then_counts() {
    let mut book = Book::new();
    for (minute, percent) in [(10, 20), (60, 70), (61, 90)] {
        book.at(minute).fact(Investigation::Believed { role: RoleId(0), claim: ONCE, percent });
    }
    let knowledge = book.measured().knowledge;
    let last = |claim, minute: i64| knowledge.last_belief(claim, ExerciseTime(minute * 60)).map(|belief| belief.percent);
    assert_eq!((last(ONCE, 9), last(ONCE, 60), last(ONCE, 600), last(ALWAYS, 600)), (None, Some(70), Some(90), None));
}

#[test]
fn machines_are_held_to_be_taken_by_what_was_told() {
    let mut book = Book::new();
    book.at(5).alert(1, 3, false);
    book.alert(2, 4, true);
    let finding = |asset| investigation::Observation::Finding { asset: AssetId(asset), technique: TechniqueId(0), of: ExerciseTime(0) };
    book.told(0, finding(1));
    book.told(0, investigation::Observation::SignsOn { asset: AssetId(6) });
    book.told(0, estate::Observation::AssetLooks { asset: AssetId(2), seen: Seen::Encrypted });
    book.told(0, estate::Observation::AssetLooks { asset: AssetId(7), seen: Seen::Isolated });
    for (alert, real) in [(1, true), (2, true), (1, false)] {
        book.told(0, detection::Observation::Verdict { alert: Key(alert), real });
    }
    let held: Vec<AssetId> = book.measured().knowledge.held_to_be_taken().into_keys().collect();
    assert_eq!(held, [1, 2, 4, 6].map(AssetId), "the last verdict counts, and isolating says nothing");
}

#[test]
fn the_log_covers_what_it_holds_of_what_is_known() {
    let mut book = Book::new();
    book.at(5).tell_claim(0, ALWAYS);
    book.tell_claim(1, NEVER);
    book.told(0, investigation::Observation::Finding { asset: AssetId(1), technique: TechniqueId(0), of: ExerciseTime(0) });
    assert_eq!(book.measured().knowledge.log_covers(), (0, 3));
    book.fact(Documentation::LogHoldsClaim { claim: NEVER });
    book.fact(Documentation::LogHoldsClaim { claim: ONCE });
    book.fact(Documentation::LogHoldsAsset { asset: AssetId(1) });
    book.fact(Documentation::LogHoldsAsset { asset: AssetId(2) });
    assert_eq!(book.measured().knowledge.log_covers(), (2, 3));
}

#[test]
fn clocks_are_met_missed_or_neither() {
    let notified = |rule, in_time| Compliance::Notified { rule, role: RoleId(0), in_time };
    let mut book = Book::new();
    book.at(10).fact(Compliance::ClockStarted { rule: LONG, due: ExerciseTime(9_000_000) });
    let started = book.measured().clocks;
    assert_eq!((started.met(), started.missed()), (0, 0), "it runs");
    book.at(20).fact(notified(LONG, true));
    book.fact(notified(ELSEWHERE, true));
    book.fact(Compliance::ClockStarted { rule: SHORT, due: ExerciseTime(40 * 60) });
    book.at(41).fact(Compliance::DeadlineMissed { rule: SHORT });
    book.at(50).fact(notified(SHORT, false));
    let clocks = book.measured().clocks;
    assert_eq!((clocks.met(), clocks.missed()), (1, 1), "missed and then late is missed once");
    assert_eq!(clocks.get(SHORT).margin(), Some(Span::minutes(-10)));
}

#[test]
fn business_days_skip_the_weekend_and_last_to_midnight() {
    let calendar = Calendar::new("2026-05-14T16:00:00".parse().unwrap());
    let label = |days, hours: i64| calendar.date(due(calendar, Deadline::BusinessDays(days), ExerciseTime(hours * 3600))).to_string();
    assert_eq!(label(1, 0), "2026-05-15 23:59:59");
    assert_eq!(label(4, 0), "2026-05-20 23:59:59", "Friday, Monday, Tuesday, Wednesday");
    assert_eq!(label(1, 40), "2026-05-18 23:59:59", "from a Saturday");
    assert_eq!(due(calendar, Deadline::Span(Span::hours(72)), ExerciseTime(5)), ExerciseTime(72 * 3600 + 5));
}

#[test]
fn a_deadline_in_hours_is_elapsed_time_when_clocks_go_back() {
    let back = ClockChange { at: "2026-10-25T02:00:00".parse().unwrap(), by: Span::hours(-1) };
    let calendar = Calendar::with_changes("2026-10-23T17:40:00".parse().unwrap(), &[back]);
    let aware = ExerciseTime(7 * 3600);
    let label = |deadline| (due(calendar, deadline, aware), calendar.label(due(calendar, deadline, aware)));
    assert_eq!(label(Deadline::Span(Span::hours(24))), (aware + Span::hours(24), "Sun 25 Oct 00:40".to_owned()));
    assert_eq!(label(Deadline::Span(Span::hours(72))), (aware + Span::hours(72), "Mon 26 Oct 23:40".to_owned()), "awareness was at 00:40");
    assert_eq!(label(Deadline::Days(30)).1, "Mon 23 Nov 00:40", "days are those of the wall");
    let monday = ExerciseTime(79 * 3600 + 20 * 60 - 1);
    assert_eq!(label(Deadline::BusinessDays(1)), (monday, "Mon 26 Oct 23:59".to_owned()));
}

#[test]
fn tasks_wait_and_take_people() {
    let mut book = Book::new();
    let queued = |task| Work::TaskQueued { task: Key(task), role: RoleId(0), action: ActionId(0), target: Key(0) };
    book.at(10).fact(queued(1));
    book.fact(queued(2));
    book.at(40).fact(Work::TaskStarted { task: Key(1), staff: StaffId(0) });
    book.fact(Work::TaskStarted { task: Key(1), staff: StaffId(1) });
    book.at(70).fact(Work::TaskEnded { task: Key(1), outcome: Outcome::Failed });
    let team = book.measured().team;
    assert_eq!(team.tasks.iter().map(|task| team.waited(task).as_minutes()).collect::<Vec<_>>(), [30, 590]);
    assert_eq!(team.failed(), 1);
}

#[test]
fn trust_keeps_its_first_last_and_lowest() {
    let mut book = Book::new();
    for trust in [3, 5] {
        book.at(10).fact(communication::Fact::TrustBecame { stakeholder: StakeholderId(1), trust });
    }
    let team = book.measured().team;
    let lines: Vec<_> = team.trust.iter().map(|line| (line.first, line.last, line.lowest)).collect();
    assert_eq!(lines, [(6, 6, 6), (6, 5, 3)]);
}

#[test]
fn what_a_ledger_names_but_the_program_does_not_have_is_passed_over() {
    let mut book = Book::new();
    book.at(1).level(ServiceId(99), 0);
    book.said(ClaimId(99), Stance::Yes, 99);
    book.tell_claim(0, ClaimId(99));
    book.fact(Adversary::Copied { data: DataId(99), records: 1, stage: StageId(99) });
    book.fact(Compliance::DeadlineMissed { rule: RuleId(99) });
    book.fact(Detection::Judged { alert: Key(99), real: true });
    book.fact(Work::TaskEnded { task: Key(99), outcome: Outcome::Done });
    assert_eq!(book.measured().machines.records_exposed(), 0);
}
