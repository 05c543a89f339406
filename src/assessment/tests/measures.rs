//! Every measure as a criterion: nothing happened, exactly at `full`, between, exactly at `none`, never.

use super::*;

#[test]
fn minutes_between_two_events() {
    let minutes = |if_never| Measure::Minutes { from: OPENED, to: DONE, full: Span::minutes(60), none: Span::minutes(240), if_never };
    let measure = minutes(IfNever::Missed);
    let after = |minute: i64| {
        came(&measure, |book| {
            book.at(10).opened();
            book.at(10 + minute).done();
        })
    };
    assert_eq!([0, 60, 150, 240, 241].map(after), [Earned(1000), Earned(1000), Earned(500), Missed(Some(1)), Missed(Some(1))]);
    assert_eq!(after(-10), Earned(1000), "done before it was called for");
    assert_eq!(came(&measure, |_| {}), NotEvaluated, "nothing to measure");
    let only_opened = |at: i64| move |book: &mut Book| ignore(book.at(at).opened());
    assert_eq!(came(&measure, only_opened(10)), Missed(Some(1)));
    assert_eq!(came(&minutes(IfNever::NotEvaluated), only_opened(10)), NotEvaluated);
    assert_eq!(came(&measure, only_opened(ENDEX_MINUTE - 59)), NotEvaluated, "ENDEX came first");
    assert_eq!(came(&measure, only_opened(ENDEX_MINUTE - 60)), Missed(Some(1)));
    let (_, why) = one(&measure, |book| {
        book.at(-500).opened();
        book.at(47).done();
    });
    assert_eq!(why.says, "Done after 47 minutes; all points up to 1 hour, none from 4 hours.", "what lies before STARTEX counts from it");
    assert_eq!(why.facts, [1, 2]);
}

#[test]
fn something_that_should_not_happen() {
    let never = |if_never| Measure::Never { what: DONE, counts_once: OPENED, if_never };
    let measure = never(IfNever::Missed);
    assert_eq!(came(&measure, |book| ignore(book.at(1).opened())), Earned(1000));
    assert_eq!(came(&measure, |_| {}), Missed(Some(0)), "doing nothing earns nothing");
    assert_eq!(came(&never(IfNever::NotEvaluated), |_| {}), NotEvaluated);
    let both = |first: i64, second: i64| {
        move |book: &mut Book| {
            book.at(first).opened();
            book.at(second).done();
        }
    };
    assert_eq!(came(&measure, both(1, 2)), Missed(Some(2)));
    assert_eq!(came(&measure, |book| ignore(book.at(2).done())), Missed(Some(1)));
}

#[test]
fn beliefs_at_the_end_of_a_move() {
    let measure = |claim, minute: i64| Measure::Belief { claim, until: ExerciseTime(minute * 60) };
    let believe = |percent| {
        move |book: &mut Book| {
            book.at(60).fact(Investigation::Believed { role: RoleId(0), claim: ALWAYS, percent });
            book.at(61).fact(Investigation::Believed { role: RoleId(0), claim: ALWAYS, percent: 0 });
        }
    };
    assert_eq!([100, 90, 51].map(|percent| came(&measure(ALWAYS, 60), believe(percent))), [Earned(1000), Earned(960), Earned(39)]);
    assert_eq!(came(&measure(ALWAYS, 60), believe(50)), Missed(Some(1)), "what anybody says who knows nothing is worth nothing");
    assert_eq!(came(&measure(ALWAYS, 60), believe(0)), Missed(Some(1)));
    assert_eq!(came(&measure(ALWAYS, 59), believe(100)), Missed(Some(0)), "nothing was stated by then");
    assert_eq!(came(&measure(ALWAYS, ENDEX_MINUTE + 1), believe(100)), NotEvaluated);
    let turned = |book: &mut Book| {
        book.at(10).fact(Investigation::Believed { role: RoleId(0), claim: ONCE, percent: 100 });
        book.at(20).fact(Adversary::ClaimBecameTrue { claim: ONCE });
    };
    assert_eq!([came(&measure(ONCE, 19), turned), came(&measure(ONCE, 20), turned)], [Missed(Some(1)), Earned(1000)]);
}

#[test]
fn wrong_beliefs_cost_what_right_ones_earn() {
    let asked = |claim| criterion(Measure::Belief { claim, until: ExerciseTime(3600) });
    let program = rubric(vec![asked(ALWAYS), asked(ONCE), asked(NEVER)]);
    let earned = |always: u8, once: u8, never: u8| {
        let mut book = Book::new();
        for (claim, percent) in [(ALWAYS, always), (ONCE, once), (NEVER, never)] {
            book.at(10).fact(Investigation::Believed { role: RoleId(0), claim, percent });
        }
        assess_with(&program, &book.measured(), &book.watch(), &FromPeople::default())
    };
    let milli = |always, once, never| earned(always, once, never).earned_milli;
    let all = milli(100, 0, 0);
    assert_eq!(all, 3 * milli(100, 50, 50), "only one of three is known");
    assert_eq!(milli(50, 50, 50), 0, "unsure to all");
    assert_eq!(milli(100, 100, 100), 0, "surely so to all: two of the three are not");
    // 1 + 1 - 1.56 of three: a wrong belief costs more than the right one earns.
    assert_eq!(milli(100, 80, 0) * 1000 / all, 146);
    assert_eq!(milli(100, 100, 0), 0);
    let wrong = earned(100, 80, 0);
    assert!(wrong.criteria[1].why.says.contains("worse than knowing nothing"), "{}", wrong.criteria[1].why.says);
    assert!(wrong.criteria[0].why.says.contains("after what wrong beliefs cost"), "{}", wrong.criteria[0].why.says);
}

#[test]
fn claims_that_were_not_so() {
    let measure = Measure::FalseClaims { to: vec![StakeholderId(0)], full: 1, none: 3 };
    let wrong = |count: i64| {
        came(&measure, |book| {
            book.at(1).said(ALWAYS, Stance::Yes, 0);
            (0..count).for_each(|n| ignore(book.at(2 + n).said(NEVER, Stance::Yes, 0)));
        })
    };
    assert_eq!([0, 1, 2, 3, 4].map(wrong), [Earned(1000), Earned(1000), Earned(500), Missed(Some(1)), Missed(Some(1))]);
    assert_eq!(came(&measure, |book| ignore(book.at(1).said(NEVER, Stance::Yes, 1))), Missed(Some(0)), "to somebody else");
}

#[test]
fn what_a_stakeholder_hears_in_time() {
    let measure = Measure::Heard { stakeholder: StakeholderId(0), claims: vec![ALWAYS, NEVER], within: Span::minutes(60), of: OPENED };
    let heard = |first: i64, second: i64| {
        came(&measure, |book| {
            book.at(10).opened();
            book.at(first).said(ALWAYS, Stance::Yes, 0);
            book.at(second).said(NEVER, Stance::No, 0);
        })
    };
    assert_eq!([heard(0, 70), heard(20, 71), heard(71, 71)], [Earned(1000), Earned(500), Missed(Some(1))]);
    assert_eq!(came(&measure, |_| {}), NotEvaluated);
    assert_eq!(came(&measure, |book| ignore(book.at(ENDEX_MINUTE - 59).opened())), NotEvaluated, "not due yet");
    let dodged = |book: &mut Book| {
        book.at(10).opened();
        book.said(ALWAYS, Stance::No, 0);
        book.said(ALWAYS, Stance::Yes, 1);
    };
    assert_eq!(came(&measure, dodged), Missed(Some(1)));
    let honest = |book: &mut Book| {
        book.at(10).opened();
        book.said(ALWAYS, Stance::NotYet, 0);
    };
    assert_eq!(came(&measure, honest), Earned(500), "that it is not known yet is word of it");
}

#[test]
fn notifications_before_their_deadline() {
    let measure = |rule| Measure::Deadline { rule, from: OPENED };
    let started = |rule, minute: i64| Compliance::ClockStarted { rule, due: ExerciseTime(minute * 60) };
    let sent = |rule, in_time| Compliance::Notified { rule, role: RoleId(0), in_time };
    assert_eq!(came(&measure(SHORT), |_| {}), NotEvaluated, "nothing started its clock, and nothing should have");
    let in_time = |book: &mut Book| {
        book.at(10).fact(started(SHORT, 130));
        book.at(130).fact(sent(SHORT, true));
    };
    assert_eq!(came(&measure(SHORT), in_time), Earned(1000));
    let late = |book: &mut Book| {
        book.at(10).fact(started(SHORT, 130));
        book.at(130).fact(Compliance::DeadlineMissed { rule: SHORT });
        book.at(131).fact(sent(SHORT, false));
    };
    assert_eq!(came(&measure(SHORT), late), Missed(Some(1)));
    let never = |book: &mut Book| {
        book.at(10).fact(started(SHORT, 130));
        book.at(131).fact(Compliance::DeadlineMissed { rule: SHORT });
    };
    assert_eq!(came(&measure(SHORT), never), Missed(Some(1)));
    let running = |book: &mut Book| {
        book.at(10).opened();
        book.fact(started(LONG, 10_000));
    };
    assert_eq!(came(&measure(LONG), running), NotEvaluated, "due after ENDEX");
    let opened = |minute: i64| move |book: &mut Book| ignore(book.at(minute).opened());
    assert_eq!(came(&measure(SHORT), opened(10)), Missed(Some(1)), "its clock should have started");
    assert_eq!(came(&measure(SHORT), opened(ENDEX_MINUTE - 119)), NotEvaluated, "and would not have run out");
    assert_eq!(came(&measure(LONG), opened(10)), NotEvaluated);
    assert_eq!(came(&measure(ELSEWHERE), in_time), NotEvaluated);
    let early = |book: &mut Book| {
        book.at(10).fact(sent(SHORT, true));
        book.at(20).opened();
    };
    assert_eq!(came(&measure(SHORT), early), Earned(1000), "before the clock started");
}

#[test]
fn service_minutes() {
    let measure = |of: &[ServiceId]| Measure::Outage { of: of.into(), full: 60, none: 180, counts_once: OPENED };
    let down = |minutes: i64| {
        move |book: &mut Book| {
            book.at(1).opened();
            book.at(10).level(OFFICE, 0);
            book.at(10 + minutes).level(OFFICE, 100);
        }
    };
    let came_of = |minutes| came(&measure(&[]), down(minutes));
    assert_eq!([60, 120, 180, 181].map(came_of), [Earned(1000), Earned(500), Missed(Some(0)), Missed(Some(0))]);
    assert_eq!(came(&measure(&[WARD]), down(500)), Earned(1000), "another service");
    assert_eq!(came(&measure(&[]), |_| {}), Missed(Some(0)), "doing nothing earns nothing");
    assert_eq!(one(&measure(&[]), down(120)).1.facts, [1, 2], "the fact it counts from, and the fall");
}

#[test]
fn things_there_were_at_the_end() {
    let measure = |count| Measure::AtEnd { count, full: 1, none: 3, counts_once: OPENED };
    let encrypted = |count: u16, restored: u16| {
        move |book: &mut Book| {
            book.at(1).opened();
            (0..count).for_each(|asset| ignore(book.encrypted(asset)));
            (0..restored).for_each(|asset| ignore(book.fact(Estate::Restored { asset: AssetId(asset), from: BACKUP, again: false })));
        }
    };
    let came_of = |count| came(&measure(Count::Encrypted), encrypted(count, 0));
    assert_eq!([0, 1, 2, 3].map(came_of), [Earned(1000), Earned(1000), Earned(500), Missed(Some(0))]);
    assert_eq!(came(&measure(Count::Encrypted), encrypted(3, 2)), Earned(1000));
    assert_eq!(came(&measure(Count::Encrypted), |_| {}), Missed(Some(0)));
    let alerts = |book: &mut Book| {
        book.at(1).opened();
        book.alert(1, 0, true);
        book.alert(2, 0, false);
    };
    assert_eq!(came(&measure(Count::Alerts), alerts), Earned(500));
}

#[test]
fn records_copied_out() {
    let measure = Measure::RecordsExposed { full: 200, none: 600, counts_once: OPENED };
    let copied = |records| {
        came(&measure, |book| {
            book.at(1).opened();
            book.fact(Adversary::Copied { data: RECORDS, records, stage: ENCRYPT });
        })
    };
    assert_eq!([0, 200, 400, 600].map(copied), [Earned(1000), Earned(1000), Earned(500), Missed(Some(0))]);
    assert_eq!(came(&measure, |_| {}), Missed(Some(0)));
}

#[test]
fn scope() {
    let measure = Measure::ScopeKnown { full_percent: 100, none_percent: 50 };
    let finding = |asset| Observation::Finding { asset: AssetId(asset), technique: TechniqueId(0), of: ExerciseTime(0) };
    let found = |machines: &'static [u16]| {
        move |book: &mut Book| {
            (0..4).for_each(|asset| ignore(book.at(1).taken(asset)));
            // A trace lay on machine 4, which was not taken.
            book.alert(1, 4, true);
            machines.iter().for_each(|asset| ignore(book.told(0, finding(*asset))));
        }
    };
    assert_eq!(came(&measure, |_| {}), NotEvaluated, "nothing was taken");
    let came_of = |machines| came(&measure, found(machines));
    assert_eq!([came_of(&[0, 1, 2, 3]), came_of(&[0, 1, 2]), came_of(&[0, 1])], [Earned(1000), Earned(500), Missed(Some(1))]);
    assert_eq!(came_of(&[0, 1, 2, 3, 4]), Earned(1000), "signs on a machine with a trace are no error");
    assert_eq!(came_of(&[0, 1, 2, 3, 9]), Earned(600), "one of five clean machines");
    assert_eq!(came_of(&[0, 1, 2, 3, 5, 6, 7, 8, 9]), Missed(Some(1)), "naming all of them does not pay");
}

#[test]
fn evidence() {
    let measure = Measure::EvidenceKept { full_percent: 100, none_percent: 0 };
    let rebuilt = |kept: u16| {
        came(&measure, |book| {
            (0..4).for_each(|asset| ignore(book.at(1).taken(asset)));
            (0..kept).for_each(|asset| {
                book.fact(Investigation::EvidenceKept { asset: AssetId(asset), evidence: Evidence::Memory });
            });
            (0..4).for_each(|asset| ignore(book.at(2).fact(Estate::Rebuilt { asset: AssetId(asset) })));
        })
    };
    assert_eq!([rebuilt(4), rebuilt(2)], [Earned(1000), Earned(500)]);
    assert_eq!(rebuilt(0), Missed(Some(5)));
    assert_eq!(came(&measure, |book| ignore(book.at(1).taken(0))), NotEvaluated, "nothing was lost");
}

#[test]
fn the_log() {
    let measure = Measure::LogCovers { full_percent: 100, none_percent: 0 };
    let logged = |claims: &'static [ClaimId]| {
        came(&measure, |book| {
            book.at(1).tell_claim(0, ALWAYS);
            book.tell_claim(0, ONCE);
            claims.iter().for_each(|claim| ignore(book.fact(Documentation::LogHoldsClaim { claim: *claim })));
        })
    };
    assert_eq!([logged(&[ALWAYS, ONCE]), logged(&[ONCE]), logged(&[NEVER])], [Earned(1000), Earned(500), Missed(Some(0))]);
    assert_eq!(came(&measure, |_| {}), NotEvaluated);
}

#[test]
fn what_one_role_knew_reaches_another() {
    let measure = Measure::Shared { claim: ALWAYS, with: RoleId(1), full: Span::minutes(10), none: Span::minutes(30) };
    let shared = |minute: i64| {
        came(&measure, |book| {
            book.at(100).tell_claim(0, ALWAYS);
            book.at(100 + minute).tell_claim(1, ALWAYS);
        })
    };
    assert_eq!([0, 10, 20, 30].map(shared), [Earned(1000), Earned(1000), Earned(500), Missed(Some(1))]);
    assert_eq!(shared(-5), Earned(1000), "it was the first to know");
    assert_eq!(came(&measure, |_| {}), NotEvaluated);
    let alone = |minute: i64| move |book: &mut Book| ignore(book.at(minute).tell_claim(0, ALWAYS));
    assert_eq!([came(&measure, alone(1)), came(&measure, alone(ENDEX_MINUTE - 9))], [Missed(Some(1)), NotEvaluated]);
}

#[test]
fn alerts_taken_up() {
    let measure = Measure::AlertsTakenUp { full: Span::minutes(10), none: Span::minutes(30) };
    let waits = |minutes: &'static [i64]| {
        move |book: &mut Book| {
            book.at(1).alert(99, 0, false);
            for (key, wait) in minutes.iter().enumerate() {
                book.at(100).alert(key as u64, 0, true);
                if *wait >= 0 {
                    book.at(100 + wait).fact(Detection::Acknowledged { alert: Key(key as u64) });
                }
            }
        }
    };
    let came_of = |minutes| came(&measure, waits(minutes));
    assert_eq!([came_of(&[10]), came_of(&[1, 20, -1]), came_of(&[30])], [Earned(1000), Earned(500), Missed(Some(4))]);
    assert_eq!(came_of(&[-1, 5, -1]), Missed(Some(4)), "the median one never was");
    assert_eq!(came_of(&[]), NotEvaluated, "noise does not count");
    assert_eq!(came(&measure, |book| ignore(book.at(ENDEX_MINUTE - 9).alert(1, 0, true))), NotEvaluated);
}

#[test]
fn alerts_judged() {
    let measure = Measure::AlertsJudged { full_percent: 100, none_percent: 0 };
    let verdicts = |verdicts: &'static [(bool, Option<bool>)]| {
        came(&measure, |book| {
            for (key, (real, verdict)) in verdicts.iter().enumerate() {
                book.at(1).alert(key as u64, 0, *real);
                if let Some(real) = *verdict {
                    book.fact(Detection::Judged { alert: Key(key as u64), real });
                }
            }
        })
    };
    assert_eq!(verdicts(&[(true, Some(true)), (false, Some(false)), (false, None)]), Earned(1000));
    assert_eq!(verdicts(&[(true, None), (false, Some(false))]), Earned(500));
    assert_eq!(verdicts(&[(true, None), (false, Some(true))]), Missed(Some(2)));
    assert_eq!(verdicts(&[(false, None)]), NotEvaluated);
    assert_eq!(came(&measure, |_| {}), NotEvaluated);
}

#[test]
fn workarounds_start_in_time() {
    let measure = |of: &[ServiceId]| Measure::WorkaroundsInTime { of: of.into(), full: Span::minutes(40), none: Span::minutes(80) };
    let started = |minute: i64| {
        move |book: &mut Book| {
            book.at(100).level(WARD, 20);
            book.level(OFFICE, 0);
            book.at(100 + minute).fact(Continuity::WorkaroundStarted { service: WARD });
            book.level(WARD, 60);
        }
    };
    let came_of = |minute| came(&measure(&[]), started(minute));
    assert_eq!([40, 60, 80].map(came_of), [Earned(1000), Earned(500), Missed(Some(1))], "the office has none, and does not count");
    assert_eq!(came(&measure(&[OFFICE]), started(60)), NotEvaluated);
    let fell = |from: i64, until: i64, percent| {
        move |book: &mut Book| {
            book.at(from).level(WARD, percent);
            book.at(until).level(WARD, 100);
        }
    };
    assert_eq!(came(&measure(&[]), fell(10, 49, 0)), NotEvaluated, "over before it was due");
    assert_eq!(came(&measure(&[]), fell(10, 50, 0)), Missed(Some(1)), "never");
    assert_eq!(came(&measure(&[]), fell(10, 500, 60)), NotEvaluated, "not below what the workaround gives");
    assert_eq!(came(&measure(&[]), |book| ignore(book.at(ENDEX_MINUTE - 39).level(WARD, 0))), NotEvaluated);
    assert_eq!(came(&measure(&[]), |_| {}), NotEvaluated);
    let worn_out = |book: &mut Book| {
        started(10)(book);
        book.at(300).fact(Continuity::WorkaroundWornOut { service: WARD });
        book.level(WARD, 20);
    };
    assert_eq!(came(&measure(&[]), worn_out), Earned(1000), "what comes after exhaustion is another matter");
}

#[test]
fn within_the_recovery_time_objective() {
    let measure = |of: &[ServiceId]| Measure::WithinRto { of: of.into(), counts_once: OPENED };
    let down = |minutes: i64| {
        move |book: &mut Book| {
            book.at(1).opened();
            book.at(10).level(WARD, 59);
            book.at(10 + minutes).level(WARD, 60);
            // What is not whole again is resumed all the same: its workaround gives no more than this.
            book.at(400).level(WARD, 100);
        }
    };
    let came_of = |minutes| came(&measure(&[WARD]), down(minutes));
    assert_eq!([0, 120, 180, 240].map(came_of), [Earned(1000), Earned(1000), Earned(500), Missed(Some(2))]);
    assert_eq!(came(&measure(&[]), down(240)), Earned(500), "the other of two never fell");
    let says = |book: &mut Book| {
        let program = rubric(vec![criterion(measure(&[WARD]))]);
        assess_with(&program, &book.measured(), &book.watch(), &FromPeople::default()).criteria[0].why.says.clone()
    };
    let (mut whole, mut short) = (Book::new(), Book::new());
    whole.at(1).opened();
    down(5)(&mut short);
    assert!(says(&mut whole).starts_with("None of those that count here was down: "), "they are named: others may have been");
    assert!(says(&mut short).contains("for a tenth of what its objective allows"), "five minutes are not nothing");
    let without_workaround = |percent: u8| {
        move |book: &mut Book| {
            book.at(1).opened();
            book.at(10).level(OFFICE, percent);
        }
    };
    assert_eq!(came(&measure(&[OFFICE]), without_workaround(50)), Earned(1000), "half of it is there, for as long as it takes");
    assert_eq!(came(&measure(&[OFFICE]), without_workaround(49)), Missed(Some(2)), "longer than twice its own four hours");
    assert_eq!(came(&measure(&[]), |_| {}), Missed(Some(0)), "doing nothing earns nothing");
    let still = |minutes: i64| {
        move |book: &mut Book| {
            book.at(1).opened();
            book.at(ENDEX_MINUTE - minutes).level(WARD, 0);
        }
    };
    assert_eq!([came(&measure(&[WARD]), still(120)), came(&measure(&[WARD]), still(180))], [NotEvaluated, Earned(500)]);
}

#[test]
fn business_days_count_for_a_clock_that_never_started() {
    let mut program = rubric(vec![criterion(Measure::Deadline { rule: SHORT, from: OPENED })]);
    program.public.rules[1].deadline = Deadline::BusinessDays(0);
    let result = |minute: i64| {
        let mut book = Book::new();
        book.at(minute).opened();
        assess_with(&program, &book.measured(), &book.watch(), &FromPeople::default()).criteria[0].result.clone()
    };
    // STARTEX is at 16:00 and ENDEX at 02:00; the day of the start ends at midnight.
    assert_eq!(result(1), CriterionResult::Missed { opened_by: Some(1) });
    assert!(matches!(result(481), CriterionResult::NotEvaluated { .. }));
}
