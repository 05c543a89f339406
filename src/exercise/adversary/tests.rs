//! What the adversary can do with what it holds: asked of it directly, in states that play seldom comes to.

use super::*;
use crate::scenario::compile::{Tailoring, compile_loaded};
use crate::scenario::load;
use crate::scenario::source::Opening;

/// The small frozen scenario, with some of its words replaced.
fn program(changes: &[(&str, &str)]) -> Program {
    let mut text = include_str!("../../../tests/golden/two-sites/scenario.ron").to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "`{from}` is not in it");
        text = text.replace(from, to);
    }
    let loaded = load::load(&Opening::in_memory("scenario.ron", [("scenario.ron", text)]));
    compile_loaded(&loaded, &Tailoring::default()).expect("it compiles")
}

fn asset(program: &Program, id: &str) -> AssetId {
    AssetId::at(program.public.assets.iter().position(|asset| asset.id == id).expect(id))
}

fn segment(program: &Program, id: &str) -> SegmentId {
    SegmentId::at(program.public.segments.iter().position(|segment| segment.id == id).expect(id))
}

fn stage(program: &Program, id: &str) -> StageId {
    StageId::at(program.secret.stages.iter().position(|stage| stage.id == id).expect(id))
}

/// It holds these machines, the domain's login, and came in through the one link.
fn holding(program: &Program, machines: &[&str]) -> Adversary {
    let mut adversary = Adversary::before(program);
    machines.iter().for_each(|id| {
        adversary.footholds.insert(asset(program, id));
    });
    adversary.logins[1] = Some(0);
    adversary.entered[0] = true;
    adversary
}

/// The estate after some changes; what they set off elsewhere does not matter here.
fn estate(program: &Program, changes: &[crate::exercise::estate::Due]) -> Estate {
    let mut estate = Estate::at_startex(program);
    changes.iter().for_each(|change| estate.change(program, *change));
    estate
}

#[test]
fn what_is_copied_has_to_get_out_from_where_it_lies() {
    use crate::exercise::estate::Due::{BlockEgress, CutSegment};
    let apart = [
        // Two ways to hold something, and only the yard opens connections to the servers.
        (r#"Segment(id: "office", talks_to: ["servers", "internet"])"#, r#"Segment(id: "office", talks_to: ["internet"])"#),
        (r#"Segment(id: "servers", talks_to: ["office", "yard", "internet"])"#, r#"Segment(id: "servers", talks_to: ["yard"])"#),
    ];
    let program = program(&apart);
    let (yard, servers) = (segment(&program, "yard"), segment(&program, "servers"));
    let both = ["yard-desks-01", "office-desks-01"];
    let copies = |holds: &[&str], changes: &[crate::exercise::estate::Due]| {
        holding(&program, holds).can_copy_out(DataId(0), &estate(&program, changes), &program)
    };
    assert!(copies(&both, &[]), "fetched from the yard, and out from there");
    // It still works in the yard, by the link; it still has a way out, from the office. What lies on the servers comes to neither.
    assert!(!copies(&both, &[BlockEgress(yard)]));
    assert!(!copies(&both, &[CutSegment(servers)]), "out of reach");
    assert!(!copies(&["office-desks-01"], &[]), "the office opens nothing on the servers");
    assert!(copies(&["yard-desks-01", "files"], &[]), "from the server over the yard");
    assert!(!copies(&["yard-desks-01", "files"], &[CutSegment(yard)]));
}

#[test]
fn a_segment_that_is_cut_off_lets_nobody_in_from_outside() {
    use crate::exercise::estate::Due::CutSegment;
    let program = program(&[]);
    let cut = estate(&program, &[CutSegment(segment(&program, "yard"))]);
    let desk = asset(&program, "yard-desks-01");
    assert!(estate(&program, &[]).can_enter(&program.public, LinkId(0), desk));
    assert!(!cut.can_enter(&program.public, LinkId(0), desk));
}

#[test]
fn stages_that_can_never_be_done_are_known_to_be() {
    let whole = program(&[]);
    let without = program(&[(r#"does: Steal(login: "admin")"#, "does: Discover")]);
    let here = |program: &Program| estate(program, &[]);
    let mut nothing = Adversary::before(&whole);
    assert!(nothing.may_still_succeed(stage(&whole, "kill-copies"), &here(&whole), &whole), "the login may still be stolen");
    assert!(!nothing.may_still_succeed(stage(&whole, "come-in"), &here(&whole), &whole), "the past is past");
    let mut nothing = Adversary::before(&without);
    assert!(!nothing.may_still_succeed(stage(&without, "kill-copies"), &here(&without), &without), "nobody brings the login it needs");
    assert!(!nothing.may_still_succeed(stage(&without, "encrypt"), &here(&without), &without));
    assert!(nothing.may_still_succeed(stage(&without, "copy-out"), &here(&without), &without));
    // Who holds it needs nobody to bring it; what is gone cannot be destroyed again.
    assert!(holding(&without, &[]).may_still_succeed(stage(&without, "kill-copies"), &here(&without), &without));
    let gone = estate(&without, &[crate::exercise::estate::Due::DestroyBackup { data: DataId(1), stage: StageId(0) }]);
    assert!(!holding(&without, &[]).may_still_succeed(stage(&without, "kill-copies"), &gone, &without));
    // Two that each wait for what only the other brings.
    let circle = program_of_a_circle();
    let mut nothing = Adversary::before(&circle);
    assert!(!nothing.may_still_succeed(stage(&circle, "one"), &here(&circle), &circle));
    assert!(nothing.may_still_succeed(stage(&circle, "look"), &here(&circle), &circle));
}

fn program_of_a_circle() -> Program {
    let first = r#"            Stage(id: "look", "#;
    let circle = r#"            Stage(id: "one", technique: "T1018", takes: Between("10m", "40m"), needs: [Done("two")], does: Discover),
            Stage(id: "two", technique: "T1018", takes: Between("10m", "40m"), needs: [Done("one")], does: Discover),
            Stage(id: "look", "#;
    program(&[(first, circle)])
}

#[test]
fn what_the_estate_says_of_several_machines_is_what_it_says_of_each() {
    use crate::exercise::estate::Due::{CutLink, CutSegment, Isolate};
    let program = program(&[]);
    let public = &program.public;
    let machines: Vec<AssetId> = (0..public.assets.len()).map(AssetId::at).collect();
    let mut changes = vec![vec![]];
    changes.extend((0..public.segments.len()).map(|place| vec![CutSegment(SegmentId::at(place)), Isolate(machines[place])]));
    changes.extend((0..public.links.len()).map(|place| vec![CutLink(LinkId::at(place))]));
    let mut seen = [0; 2];
    for changes in &changes {
        let estate = estate(&program, changes);
        for held in machines.iter().map(std::slice::from_ref).chain(machines.chunks(5)) {
            let held: Vec<AssetId> = held.iter().copied().filter(|asset| estate.on_network(*asset)).collect();
            let mut segments = vec![false; public.segments.len()];
            held.iter().for_each(|asset| segments[public.assets[asset.index()].segment.index()] = true);
            let into = estate.segments_from(public, &segments);
            for to in &machines {
                let by_each = held.iter().any(|from| estate.can_reach(public, *from, *to));
                assert_eq!(estate.any_can_reach(public, &into, || held.clone(), *to), by_each, "{changes:?}: from {held:?} to {to:?}");
                seen[usize::from(by_each)] += 1;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 50), "both answers were compared: {seen:?}");
}

#[test]
fn relays_are_counted_on_the_shortest_way_and_only_where_somebody_passes_it_on() {
    let program = program(&[(r#"Segment(id: "office", talks_to: ["servers", "internet"])"#, r#"Segment(id: "office", talks_to: ["servers"])"#)]);
    let estate = estate(&program, &[]);
    let public = &program.public;
    let [office, servers, yard] = ["office", "servers", "yard"].map(|id| segment(&program, id).index());
    let of = |places: &[usize]| (0..public.segments.len()).map(|place| places.contains(&place)).collect::<Vec<bool>>();
    let relays = |through: &[usize]| {
        let relays = estate.relays(public, &of(&[office]), &of(through));
        [office, servers, yard].map(|segment| relays[segment])
    };
    assert_eq!(relays(&[office, servers, yard]), [Some(0), Some(1), Some(2)]);
    assert_eq!(relays(&[office, yard]), [Some(0), None, None]);
}
