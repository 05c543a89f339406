//! The adversary: a way in, needs that can be met, a goal, and a past that fits together.

use std::collections::BTreeSet;

use super::{Context, chain, circles};
use crate::scenario::bounds;
use crate::scenario::diagnostic::{Code, Diagnostics};
use crate::scenario::reference::Name;
use crate::scenario::written::{Act, Campaign, LoginLevel, Need, Reaction, Stage};
use crate::time::ExerciseTime;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    let Some(campaign) = &context.sheet.campaign else { return };
    past(context, campaign, found);
    if !context.whole {
        return;
    }
    if !campaign.next.iter().any(|stage| stage.goal) {
        found.add(
            Code::NoGoal,
            campaign.wants.at,
            "a campaign without a goal",
            "at least one stage with `goal: true`",
            "say which stage the adversary does all this for",
        );
    }
    waits(campaign, found);
    reactions(campaign, found);
    too_wide(context, campaign, found);
    let gained = gained(context, campaign);
    if !gained.foothold {
        found.add(
            Code::NoEntry,
            campaign.wants.at,
            "an adversary that never gets in",
            "something of the past, or a stage, that runs or enters somewhere",
            "without a foothold nothing else can happen",
        );
    }
    for stage in &campaign.next {
        for need in stage.needs.iter().filter(|need| !gained.meets(context, need)) {
            let what = format!("the stage `{}` needs {}, which nothing can give", stage.id, words(need));
            found.add(Code::NeedsUnmet, stage.id.at, what, "needs that the past, the estate and other stages can meet", help(need));
        }
        if let Act::Steal { login, .. } = &stage.does
            && let Some(written) = context.estate().logins.iter().find(|written| *written.id == **login)
            && written.lies_on.is_empty()
        {
            let what = format!("the stage `{}` steals `{login}`, which lies on no machine", stage.id);
            found.add(Code::NeedsUnmet, login.at, what, "a login with `lies_on: [..]`", "say on which machines its secret can be found");
        }
    }
    unwatched(context, campaign, found);
}

/// What the adversary can ever hold, by the most generous reading of the estate.
struct Gained<'a> {
    foothold: bool,
    logins: BTreeSet<&'a str>,
    level: Option<LoginLevel>,
    done: BTreeSet<&'a str>,
    machines: u32,
    way_out: bool,
}

impl<'a> Gained<'a> {
    fn meets(&self, context: &Context<'_>, need: &Need) -> bool {
        match need {
            Need::Foothold => self.foothold,
            Need::Login { level } => self.level.is_some_and(|held| held >= *level),
            Need::Holds { login } => self.logins.contains(&**login) || !context.has(Name::Login, login),
            Need::OpensData(data) => !context.has(Name::Data, data) || self.foothold || self.level.is_some(),
            Need::WayOut => self.foothold && self.way_out,
            Need::Done(stage) => self.done.contains(&**stage) || !context.has(Name::Stage, stage),
            Need::Machines(n) => self.foothold && u32::from(n.value) <= self.machines,
        }
    }

    fn gain(&mut self, context: &Context<'a>, does: &'a Act) {
        match does {
            Act::Enter { through, .. } => {
                self.foothold = true;
                if let Some(link) = context.sheet.estate.as_ref().and_then(|estate| estate.links.iter().find(|link| *link.id == **through)) {
                    self.level = self.level.max(Some(link.runs_as));
                }
            }
            Act::Run { .. } | Act::Persist { .. } => self.foothold = true,
            Act::Steal { login, .. } => {
                if let Some(written) = context.sheet.estate.as_ref().and_then(|estate| estate.logins.iter().find(|written| *written.id == **login)) {
                    self.logins.insert(&written.id);
                    self.level = self.level.max(Some(written.level));
                }
            }
            _ => {}
        }
    }
}

fn gained<'a>(context: &Context<'a>, campaign: &'a Campaign) -> Gained<'a> {
    let estate = context.estate();
    let machines = estate.assets.iter().map(|asset| asset.count.as_ref().map_or(1, |count| u32::from(count.value))).sum();
    let way_out = estate.segments.iter().any(|segment| segment.talks_to.iter().any(|to| &**to == "internet"))
        || estate.links.iter().any(|link| &*link.from == "internet");
    let mut gained = Gained { foothold: false, logins: BTreeSet::new(), level: None, done: BTreeSet::new(), machines, way_out };
    for past in &campaign.past {
        gained.done.insert(&past.id);
        gained.gain(context, &past.does);
    }
    let mut open: Vec<&Stage> = campaign.next.iter().collect();
    // Each round makes at least one further stage possible. A chain of thousands is nobody's campaign; what lies behind it is let pass.
    for _ in 0..1000 {
        let (next, rest): (Vec<&Stage>, Vec<&Stage>) = open.iter().partition(|stage| stage.needs.iter().all(|need| gained.meets(context, need)));
        for stage in &next {
            gained.done.insert(&stage.id);
            gained.gain(context, &stage.does);
        }
        open = rest;
        if next.is_empty() {
            return gained;
        }
    }
    gained.done.extend(open.iter().map(|stage| &*stage.id));
    gained
}

/// The stages that can happen, past ones included.
pub(super) fn possible<'a>(context: &Context<'a>, campaign: &'a Campaign) -> BTreeSet<&'a str> {
    gained(context, campaign).done
}

fn words(need: &Need) -> String {
    match need {
        Need::Foothold => "a foothold".to_owned(),
        Need::Login { level } => format!("a login of the level {level:?}"),
        Need::Holds { login } => format!("the login `{login}`"),
        Need::OpensData(data) => format!("what opens `{data}`"),
        Need::WayOut => "a way out to the internet".to_owned(),
        Need::Done(stage) => format!("`{stage}` done"),
        Need::Machines(n) => format!("{} machines", n.value),
    }
}

fn help(need: &Need) -> &'static str {
    match need {
        Need::Foothold => "let something of the past run somewhere, or a stage enter through a link",
        Need::Login { .. } | Need::Holds { .. } => "let something of the past, or a stage that can happen, steal it",
        Need::OpensData(_) => "give the adversary a foothold or a login",
        Need::WayOut => "let a segment talk to \"internet\"",
        Need::Done(_) => "look at what that stage needs",
        Need::Machines(_) => "name a number that the estate has",
    }
}

/// The adversary hurries to one stage, and lies low for one time.
fn reactions(campaign: &Campaign, found: &mut Diagnostics) {
    let (mut hurries, mut lies_low) = (false, false);
    for reaction in &campaign.if_noticed {
        let (again, at, what) = match reaction {
            Reaction::Hurry { to, .. } => (std::mem::replace(&mut hurries, true), to.at, "`Hurry`"),
            Reaction::LieLow { lasts } => (std::mem::replace(&mut lies_low, true), lasts.at, "`LieLow`"),
        };
        if again {
            found.add(Code::ReactionTwice, at, format!("{what} for the second time"), "each reaction once", "leave one of the two out");
        }
    }
}

/// The past is laid down in one go, with its traces and the alerts that came of them: more than an instant may hold would look like a circle
/// when it is played.
fn too_wide(context: &Context<'_>, campaign: &Campaign, found: &mut Diagnostics) {
    if !context.affordable(campaign.past.len()) {
        return;
    }
    let estate = context.estate();
    let count = |entry: usize| estate.assets.get(entry).map_or(0, |asset| asset.count.as_ref().map_or(1, |count| usize::from(count.value)));
    let most = bounds::dues_in_one_instant(estate.assets.iter().enumerate().map(|(entry, _)| count(entry)).sum());
    let mut total = 0_usize;
    for past in &campaign.past {
        let machines = match &past.does {
            Act::Run { on } | Act::Persist { on } if !on.is_empty() => {
                let one = |on: &str| context.numbered_machine(on).is_some();
                on.iter().map(|on| if one(on) { 1 } else { context.machines(on).into_iter().map(count).sum() }).sum()
            }
            _ => 1_usize,
        };
        let technique = context.sheet.techniques.iter().find(|technique| *technique.id == *past.technique);
        let traces = machines.saturating_mul(technique.map_or(1, |technique| technique.leaves.len()));
        let before = total;
        total = total.saturating_add(1 + traces.saturating_mul(1 + context.sheet.sensors.len()));
        if total > most && before <= most {
            let what = format!("a past that leaves so many traces and alerts, here on {machines} machines, that they cannot be laid down");
            found.add(
                Code::PastTooWide,
                past.id.at,
                what,
                format!("at most {most}, traces times sensors, over all steps"),
                "name the few machines where it was done; an adversary that was everywhere has nowhere left to go",
            );
        }
    }
}

/// `before` in a circle, or before what has happened.
fn waits(campaign: &Campaign, found: &mut Diagnostics) {
    let past: BTreeSet<&str> = campaign.past.iter().map(|past| &*past.id).collect();
    for stage in &campaign.next {
        for later in stage.before.iter().filter(|later| past.contains(&***later)) {
            let what = format!("`{}` comes before `{later}`, which has happened before STARTEX", stage.id);
            found.add(Code::BeforePast, later.at, what, "a stage of `next`", "what is past waits for nothing; leave it out");
        }
    }
    let edges = campaign.next.iter().map(|stage| (&*stage.id, stage.before.iter().map(|later| &**later).collect())).collect();
    for circle in circles(&edges) {
        let at = campaign.next.iter().find(|stage| &*stage.id == circle[0]).map_or_else(Default::default, |stage| stage.id.at);
        let what = format!("the stage `{}` comes before itself: {}", circle[0], chain(&circle));
        found.add(Code::StagesWait, at, what, "stages in an order", "look at `before` of these stages");
    }
}

fn past(context: &Context<'_>, campaign: &Campaign, found: &mut Diagnostics) {
    let mut order: Vec<_> = campaign.past.iter().map(|past| (context.time(past.at.value, ExerciseTime(0)), past)).collect();
    order.sort_by_key(|(time, _)| *time);
    let mut foothold = false;
    for (_, past) in order {
        let opens = matches!(past.does, Act::Run { .. } | Act::Enter { .. });
        if !foothold && !opens && context.whole {
            let what = format!("`{}` comes before anything that gives a foothold", past.id);
            found.add(Code::PastImpossible, past.id.at, what, "a past that begins with `Run` or `Enter`", "look at the dates");
            foothold = true;
        }
        foothold |= opens;
        if !context.affordable(campaign.past.len()) {
            continue;
        }
        match &past.does {
            Act::Steal { login, from: Some(from) } => {
                let Some(written) = context.estate().logins.iter().find(|written| *written.id == **login) else { continue };
                let lies_on: BTreeSet<usize> = written.lies_on.iter().flat_map(|on| context.machines(on)).collect();
                let there = context.machines(from);
                if context.whole && !there.is_empty() && there.is_disjoint(&lies_on) {
                    let what = format!("`{}` takes `{login}` from `{from}`, where it does not lie", past.id);
                    found.add(
                        Code::PastImpossible,
                        from.at,
                        what,
                        format!("a machine of `lies_on` of `{login}`"),
                        "add the machine there, or name another",
                    );
                }
            }
            Act::Enter { through, to: Some(to) } => {
                let Some(link) = context.estate().links.iter().find(|link| *link.id == **through) else { continue };
                let leads: BTreeSet<usize> = link.to.iter().flat_map(|to| context.machines(to)).collect();
                let there = context.machines(to);
                if context.whole && !there.is_empty() && there.is_disjoint(&leads) {
                    let what = format!("`{}` comes through `{through}` to `{to}`, where it does not lead", past.id);
                    found.add(
                        Code::PastImpossible,
                        to.at,
                        what,
                        format!("a machine that `{through}` leads to"),
                        "add the machine to the link, or name another",
                    );
                }
            }
            _ => {}
        }
    }
}

/// Steps of the past that left nothing anybody could see.
fn unwatched(context: &Context<'_>, campaign: &Campaign, found: &mut Diagnostics) {
    if !context.affordable(campaign.past.len() * context.sheet.sensors.len()) {
        return;
    }
    for past in &campaign.past {
        let Some(technique) = context.sheet.techniques.iter().find(|technique| *technique.id == *past.technique) else { continue };
        let on: Vec<&str> = match &past.does {
            Act::Run { on } | Act::Persist { on } => on.iter().map(|on| &**on).collect(),
            Act::Steal { from: Some(from), .. } => vec![from],
            _ => continue,
        };
        let there: BTreeSet<usize> = on.iter().flat_map(|on| context.machines(on)).collect();
        let seen = context.sheet.sensors.iter().any(|sensor| {
            technique.leaves.iter().any(|leaves| sensor.sees.contains(&leaves.trail))
                && sensor.on.iter().flat_map(|on| context.machines(on)).any(|machine| there.contains(&machine))
        });
        if !seen && !there.is_empty() {
            let what = format!("no sensor could see `{}`", past.id);
            found.add(Code::NobodyWatches, past.id.at, what, "a sensor that sees one of its trails there", "as it stands only a hunt can find it");
        }
    }
}
