//! The team: who does the work, when, and how tired they are. Staff decide nothing.
//!
//! A task waits in one queue until somebody with the skill is idle and at work; containment first, then what was put first, then in the order
//! of asking. Ordering everything at once therefore delays everything.

use bevy::ecs::resource::Resource;

use crate::chance::Purpose;
use crate::exercise::agenda::{Due as AnyDue, Lane, Work};
use crate::exercise::continuity::Continuity;
use crate::exercise::estate::machines;
use crate::exercise::hours;
use crate::exercise::knowledge::View;
use crate::exercise::outbox::Outbox;
use crate::exercise::response::{self as response_room, takes_down};
use crate::ids::*;
use crate::scenario::program::{Program, RestsOn};
use crate::scenario::written::Skill;
use crate::time::{ExerciseTime, Span};
use crate::vocabulary::team::{Command, Fact, Observation, Outcome};
use crate::vocabulary::{self, communication, exercise, investigation, response};

/// How much longer everything takes, in percent, by hours at work without a break of eight hours. A modelling assumption of this project.
const FATIGUE: [(i64, i64); 3] = [(16, 200), (12, 150), (8, 120)];
/// After so many hours people are sent home, and come back after eight.
const HOURS_AT_MOST: i64 = 18;
const REST: Span = Span::hours(8);
/// How long somebody takes to come in where the scenario does not say.
const COMES_WITHIN: Span = Span::minutes(75);

/// What is due in the team.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Due {
    /// An order needs work.
    Begin { work: Work },
    /// Somebody is done.
    Finish { task: u32 },
    /// What was ordered has been done, or turned out to be impossible.
    Ended { work: Work, outcome: Outcome },
    /// Somebody who was called in is here.
    ComesIn { staff: StaffId },
    /// A vendor's people are here.
    VendorArrives { vendor: VendorId },
    /// A shift begins or ends.
    ShiftChange,
    /// Staff of these skills are called in.
    Call { skill: Option<Skill>, role: RoleId },
    /// Somebody who had been at work for too long has rested.
    Rested { staff: StaffId },
    /// Staff with a skill come in, or stay on, of their own accord.
    Volunteers { people: u8, skill: Skill },
    /// Somebody is away, or back.
    Absent { role: RoleId, away: bool },
    /// The facilitator ends a task: done, or in vain.
    Override { task: Key, done: bool },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Progress {
    Waiting,
    Running,
    Over,
}

#[derive(Clone, Debug)]
struct Task {
    work: Work,
    skill: Option<Skill>,
    people: u8,
    takes: Span,
    rank: u8,
    progress: Progress,
    staff: Vec<StaffId>,
}

#[derive(Clone, Debug)]
struct Person {
    skills: Vec<Skill>,
    /// Called in and here, whatever the shift.
    stays: bool,
    called: bool,
    /// Belongs to a vendor that has not arrived, or does not exist yet.
    absent: bool,
    busy: bool,
    /// Since when at work, without a rest that counts.
    since: Option<ExerciseTime>,
    /// Since when off work, if they are.
    left: Option<ExerciseTime>,
    resting_until: ExerciseTime,
}

impl Person {
    /// At work from now on: rested if they were away for long enough, otherwise as tired as they left.
    fn arrives(&mut self, now: ExerciseTime) {
        if let Some(left) = self.left.take() {
            let away = now - left;
            self.since = self.since.filter(|_| away < REST).map(|since| since + away);
        }
    }

    /// Off work from now on.
    fn leaves(&mut self, now: ExerciseTime) {
        if self.since.is_some() {
            self.left.get_or_insert(now);
        }
    }
}

/// Somebody of the staff, as whoever asks them or looks at them finds them: how long they have been at work, and how much longer everything takes them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Strain {
    /// How long they have been at work without a rest that counts; none: nobody has kept them yet.
    pub at_work: Option<Span>,
    /// How long things take them, in percent of what they take rested people.
    pub takes_percent: i64,
    /// They were sent home, and are back by then.
    pub rests_until: Option<ExerciseTime>,
}

/// The state of people and tasks.
#[derive(Resource, Clone, Debug)]
pub struct Team {
    people: Vec<Person>,
    tasks: Vec<Task>,
    /// Tasks that wait, the most pressing first, then in the order of asking.
    queue: Vec<u32>,
    vendors_engaged: Vec<bool>,
}

impl Team {
    /// People as the rota has them.
    pub fn at_startex(program: &Program) -> Team {
        let people = program
            .public
            .staff
            .iter()
            .map(|staff| Person {
                skills: staff.skills.clone(),
                stays: false,
                called: false,
                absent: staff.vendor.is_some(),
                busy: false,
                since: None,
                left: None,
                resting_until: ExerciseTime(i64::MIN),
            })
            .collect();
        Team { people, tasks: Vec::new(), queue: Vec::new(), vendors_engaged: vec![false; program.public.vendors.len()] }
    }

    /// Who is at work on a task that a role ordered.
    pub(super) fn working_on(&self, task: Key, role: RoleId) -> &[StaffId] {
        let runs = |known: &&Task| known.work.task == Some(task) && known.work.role == role && known.progress == Progress::Running;
        self.tasks.iter().rev().find(runs).map_or(&[], |known| known.staff.as_slice())
    }

    /// How tired somebody is.
    pub(super) fn strain(&self, staff: StaffId, now: ExerciseTime) -> Strain {
        let Some(person) = self.people.get(staff.index()) else { return Strain { at_work: None, takes_percent: 100, rests_until: None } };
        // Who is off work does not grow more tired, and is rested after long enough.
        let rested = person.left.is_some_and(|left| now - left >= REST);
        let at_work = person.since.filter(|_| !rested).map(|since| person.left.unwrap_or(now) - since);
        Strain { at_work, takes_percent: at_work.map_or(100, takes_percent), rests_until: Some(person.resting_until).filter(|until| *until > now) }
    }

    /// Arms the first change of shift.
    pub(super) fn begin(&self, out: &mut Outbox<'_>) {
        self.arm_shift_change(out);
    }

    fn arm_shift_change(&self, out: &mut Outbox<'_>) {
        let calendar = &out.program.public.calendar;
        let next = out.program.public.staff.iter().filter_map(|staff| hours::next_change(staff.on_shift, calendar, out.now)).min();
        if let Some(at) = next {
            out.later(at, Lane::World, Due::ShiftChange);
        }
    }

    /// Whether no two running tasks share a person.
    pub fn nobody_does_two_things(&self) -> bool {
        let mut busy = vec![0; self.people.len()];
        for task in self.tasks.iter().filter(|task| task.progress == Progress::Running) {
            task.staff.iter().for_each(|staff| busy[staff.index()] += 1);
        }
        busy.iter().all(|tasks| *tasks <= 1)
    }

    pub(super) fn handle(&mut self, due: Due, continuity: &Continuity, out: &mut Outbox<'_>) {
        match due {
            Due::Begin { work } => self.accept(work, continuity, out),
            Due::Finish { task } => self.finish(task, out),
            Due::Ended { work, outcome } => self.ended(work, outcome, out),
            Due::ComesIn { staff } => {
                let person = &mut self.people[staff.index()];
                if !person.stays {
                    person.stays = true;
                    person.arrives(out.now);
                    // Who is called in from the next room has been at work as long as before.
                    person.since.get_or_insert(out.now);
                    out.fact(Fact::CameIn { staff });
                }
                self.assign(out);
            }
            Due::VendorArrives { vendor } => {
                out.fact(Fact::VendorArrived { vendor });
                let roles = out.everybody();
                out.tell(roles, Observation::VendorIsHere { vendor });
                for (place, staff) in out.program.public.staff.iter().enumerate() {
                    if staff.vendor == Some(vendor) {
                        let person = &mut self.people[place];
                        (person.absent, person.stays, person.since) = (false, true, Some(out.now));
                    }
                }
                self.assign(out);
            }
            Due::ShiftChange => {
                self.arm_shift_change(out);
                for place in 0..self.people.len() {
                    self.clock_in_or_out(StaffId::at(place), out);
                }
                self.assign(out);
            }
            Due::Rested { .. } => self.assign(out),
            Due::Call { skill, role } => self.call(skill, role, out),
            Due::Volunteers { people, skill } => {
                // No new people: the first of the staff with the skill who have not been kept come in, or stay on when their shift ends.
                for _ in 0..people {
                    if let Some(person) = self.people.iter_mut().find(|person| !person.stays && !person.absent && person.skills.contains(&skill)) {
                        person.stays = true;
                        // Who stays on is as tired as before.
                        person.arrives(out.now);
                        person.since.get_or_insert(out.now);
                    }
                }
                self.assign(out);
            }
            Due::Override { task, done } => self.end_by_hand(task, done, out),
            Due::Absent { role, away } => {
                out.fact(if away { Fact::RoleAbsent { role } } else { Fact::RoleBack { role } });
                let roles = out.everybody();
                out.tell(roles, Observation::RoleIsAway { role, away });
            }
        }
    }

    /// Somebody who is neither on shift nor asked to stay is off work as soon as nothing keeps them; who is, is at work.
    fn clock_in_or_out(&mut self, staff: StaffId, out: &Outbox<'_>) {
        let on_shift = hours::within(out.program.public.staff[staff.index()].on_shift, &out.program.public.calendar, out.now);
        let person = &mut self.people[staff.index()];
        if person.stays || on_shift {
            // Who was sent home to rest stays there, whatever the rota says.
            if out.now >= person.resting_until {
                person.arrives(out.now);
            }
        } else if !person.busy {
            person.leaves(out.now);
        }
    }

    fn accept(&mut self, work: Work, continuity: &Continuity, out: &mut Outbox<'_>) {
        let action = &out.program.public.actions[work.order.action.index()];
        let key = work.task.unwrap_or_default();
        out.fact(Fact::TaskQueued { task: key, role: work.role, action: work.order.action, target: work.target });
        out.tell(RoleSet::one(work.role), Observation::TaskWaits { task: key, action: work.order.action, target: work.target });
        let targets = targets(out.program, work);
        let usual = Span(action.takes.0 + action.each.0 * (targets.saturating_sub(1)) as i64);
        let percent = 85 + out.below(31, key, Purpose::Workmanship, 0);
        let takes = Span((usual.0 * i64::from(percent) / 100).max(60)) + self.waits_for_others(out.program, work);
        let rank = rank(out.program, work, continuity);
        self.tasks.push(Task {
            work,
            skill: action.skill,
            people: action.people.max(1),
            takes,
            rank,
            progress: Progress::Waiting,
            staff: Vec::new(),
        });
        // The most pressing first, then in the order of asking.
        let number = (self.tasks.len() - 1) as u32;
        let place = self.queue.partition_point(|waiting| self.tasks[*waiting as usize].rank <= rank);
        self.queue.insert(place, number);
        self.assign(out);
    }

    /// Records that somebody else holds take their time to come.
    fn waits_for_others(&self, program: &Program, work: Work) -> Span {
        match work.order.command {
            vocabulary::Command::Investigation(investigation::Command::Query { sensor }) => program.public.sensors[sensor.index()].answer_takes,
            _ => Span::ZERO,
        }
    }

    /// Gives waiting tasks to idle people, the most pressing first.
    fn assign(&mut self, out: &mut Outbox<'_>) {
        self.send_home(out);
        if self.queue.is_empty() {
            return;
        }
        // Within one instant people only become busier: nobody has to be looked for twice.
        let mut nobody = [false; Skill::ALL.len()];
        for number in self.queue.clone() {
            let (skill, wanted) = {
                let task = &self.tasks[number as usize];
                (task.skill, usize::from(task.people))
            };
            let staff: Vec<StaffId> = match skill {
                None => Vec::new(),
                Some(skill) if nobody[skill as usize] => continue,
                Some(skill) => self.idle(skill, out).take(wanted).collect(),
            };
            if let (Some(skill), true) = (skill, staff.is_empty()) {
                nobody[skill as usize] = true;
                continue;
            }
            self.start(number, staff, wanted, out);
        }
        let tasks = &self.tasks;
        self.queue.retain(|task| tasks[*task as usize].progress == Progress::Waiting);
    }

    /// Idle people at work with a skill: those with the fewest other skills first, so that the versatile stay free.
    fn idle(&self, skill: Skill, out: &Outbox<'_>) -> impl Iterator<Item = StaffId> + use<> {
        let calendar = &out.program.public.calendar;
        let mut idle: Vec<StaffId> = self
            .people
            .iter()
            .enumerate()
            .filter(|(place, person)| {
                !person.busy
                    && !person.absent
                    && person.skills.contains(&skill)
                    && out.now >= person.resting_until
                    && (person.stays || hours::within(out.program.public.staff[*place].on_shift, calendar, out.now))
            })
            .map(|(place, _)| StaffId::at(place))
            .collect();
        idle.sort_by_key(|staff| (self.people[staff.index()].skills.len(), *staff));
        idle.into_iter()
    }

    fn start(&mut self, number: u32, staff: Vec<StaffId>, wanted: usize, out: &mut Outbox<'_>) {
        let mut slowest = 100;
        for staff in &staff {
            let person = &mut self.people[staff.index()];
            person.busy = true;
            person.arrives(out.now);
            let since = *person.since.get_or_insert(out.now);
            slowest = slowest.max(takes_percent(out.now - since));
        }
        let task = &mut self.tasks[number as usize];
        task.progress = Progress::Running;
        // Fewer people than it takes need longer.
        let hands = staff.len().clamp(1, wanted.max(1)) as i64;
        let takes = Span(task.takes.0 * slowest / 100 * wanted.max(1) as i64 / hands);
        task.staff.clone_from(&staff);
        let key = task.work.task.unwrap_or_default();
        let role = task.work.role;
        let task_command = task.work.order.command;
        for staff in staff {
            out.fact(Fact::TaskStarted { task: key, staff });
        }
        out.tell(RoleSet::one(role), Observation::TaskRuns { task: key });
        if let vocabulary::Command::Response(command) = task_command
            && let Some(scope) = takes_down(command)
        {
            out.ask(AnyDue::Response(response_room::Due::TakeDown(role, scope)));
        }
        out.later(out.now + takes, Lane::Work, Due::Finish { task: number });
    }

    /// Ends a task that waits or runs; of any other nothing is left to end.
    fn end_by_hand(&mut self, key: Key, done: bool, out: &mut Outbox<'_>) {
        let open = |task: &Task| task.work.task == Some(key) && task.progress != Progress::Over;
        let Some(number) = self.tasks.iter().position(open) else { return };
        self.queue.retain(|waiting| *waiting as usize != number);
        let work = self.tasks[number].work;
        let running = self.tasks[number].progress == Progress::Running;
        self.release(number, out);
        if done {
            out.ask(AnyDue::CarryOut(work));
        } else {
            // What was taken out of service for it goes back to what it was.
            if let vocabulary::Command::Response(command) = work.order.command
                && let Some(scope) = takes_down(command).filter(|_| running)
            {
                out.ask(AnyDue::Response(response_room::Due::PutBack(work.role, scope)));
            }
            out.ask(Due::Ended { work, outcome: Outcome::Failed });
        }
        self.assign(out);
    }

    fn finish(&mut self, number: u32, out: &mut Outbox<'_>) {
        if self.tasks[number as usize].progress == Progress::Over {
            return;
        }
        self.release(number as usize, out);
        out.ask(AnyDue::CarryOut(self.tasks[number as usize].work));
        self.assign(out);
    }

    /// A task is over, and its people are free.
    fn release(&mut self, number: usize, out: &mut Outbox<'_>) {
        let task = &mut self.tasks[number];
        task.progress = Progress::Over;
        for staff in std::mem::take(&mut task.staff) {
            self.people[staff.index()].busy = false;
            // Who worked on after the end of the shift goes home now.
            self.clock_in_or_out(staff, out);
        }
    }

    fn ended(&mut self, work: Work, outcome: Outcome, out: &mut Outbox<'_>) {
        if let Some(task) = work.task {
            out.fact(Fact::TaskEnded { task, outcome });
            out.tell(RoleSet::one(work.role), Observation::TaskIsOver { task, outcome });
        }
        if outcome == Outcome::Done {
            out.fact(exercise::Fact::CarriedOut { action: work.order.action, target: work.target });
            for (claim, stance) in &out.program.public.actions[work.order.action.index()].tells {
                out.tell(RoleSet::one(work.role), communication::Observation::Claim { claim: *claim, stance: *stance });
            }
        }
    }

    fn call(&mut self, skill: Option<Skill>, role: RoleId, out: &mut Outbox<'_>) {
        for (place, staff) in out.program.public.staff.iter().enumerate() {
            let person = &mut self.people[place];
            if staff.vendor.is_some() || person.called || skill.is_some_and(|skill| !person.skills.contains(&skill)) {
                continue;
            }
            person.called = true;
            let id = StaffId::at(place);
            out.fact(Fact::CalledIn { staff: id });
            let here = hours::within(staff.on_shift, &out.program.public.calendar, out.now);
            let comes = if here { Span::ZERO } else { staff.comes_within.unwrap_or(COMES_WITHIN) };
            out.later(out.now + comes, Lane::World, Due::ComesIn { staff: id });
        }
        out.tell(RoleSet::one(role), Observation::StaffCalled { skill });
    }

    /// People who have been at work too long go home, once they are idle.
    fn send_home(&mut self, out: &mut Outbox<'_>) {
        for (place, person) in self.people.iter_mut().enumerate() {
            let Some(since) = person.since else { continue };
            if !person.busy && person.left.is_none() && (out.now - since).0 >= HOURS_AT_MOST * 3600 {
                (person.since, person.stays) = (None, false);
                person.resting_until = out.now + REST;
                let staff = StaffId::at(place);
                out.fact(Fact::WentHome { staff });
                // Who was called in comes back; the others are there again if it is their shift. Either way there may be work.
                let rested = if person.called { Due::ComesIn { staff } } else { Due::Rested { staff } };
                out.later(out.now + REST, Lane::World, rested);
            }
        }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, out: &mut Outbox<'_>) {
        match command {
            Command::CallIn { skill } => self.call(skill, work.role, out),
            Command::Engage { vendor } => {
                if !std::mem::replace(&mut self.vendors_engaged[vendor.index()], true) {
                    out.fact(Fact::VendorEngaged { vendor, role: work.role });
                    let roles = out.everybody();
                    out.tell(roles, Observation::VendorComes { vendor });
                    out.later(out.now + out.program.public.vendors[vendor.index()].arrives_within, Lane::World, Due::VendorArrives { vendor });
                }
            }
        }
        out.ask(Due::Ended { work, outcome: Outcome::Done });
    }
}

impl View<'_> {
    /// Who is at work on a task that this role ordered; nobody before it begins and once it is over.
    pub fn working_on(&self, task: Key) -> &[StaffId] {
        self.team.working_on(task, self.role)
    }

    /// How tired somebody is.
    pub fn strain(&self, staff: StaffId) -> Strain {
        self.team.strain(staff, self.now)
    }
}

/// How long everything takes somebody who has been at work for so long, in percent.
fn takes_percent(at_work: Span) -> i64 {
    let hours = at_work.0 / 3600;
    FATIGUE.iter().find(|(from, _)| hours >= *from).map_or(100, |(_, percent)| *percent)
}

/// How many things an order is done to.
pub fn targets(program: &Program, work: Work) -> usize {
    match work.order.command.scope() {
        Some(scope) => machines(&program.public, scope).len(),
        None => 1,
    }
}

/// Containment before what was put first, before recovery and inquiry.
fn rank(program: &Program, work: Work, continuity: &Continuity) -> u8 {
    use response::Command as R;
    match work.order.command {
        vocabulary::Command::Response(
            R::Isolate { .. }
            | R::PowerOff { .. }
            | R::DisableLogin { .. }
            | R::CutLink { .. }
            | R::CutSegment { .. }
            | R::BlockEgress { .. }
            | R::SecureBackup { .. },
        ) => 0,
        _ => {
            let put_first = work.order.command.scope().is_some_and(|scope| {
                machines(&program.public, scope).into_iter().any(|asset| {
                    continuity.put_first().any(|service| {
                        let rests_on = &program.public.services[service.index()].rests_on;
                        rests_on.iter().any(|item| matches!(item, RestsOn::Assets(assets) if assets.has(asset)))
                    })
                })
            });
            if put_first { 1 } else { 2 }
        }
    }
}
