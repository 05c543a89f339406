//! An exercise at one moment: what a what-if goes on from. A `World` cannot be cloned, so this is a clone of its resources, one by one.
//!
//! Absent by design: [`super::response::Response`], which has no state.

use super::adversary::Adversary;
use super::agenda::Agenda;
use super::communication::Communication;
use super::compliance::Compliance;
use super::continuity::Continuity;
use super::detection::Detection;
use super::documentation::Documentation;
use super::estate::Estate;
use super::incident_command::IncidentCommand;
use super::injects::Injects;
use super::investigation::Investigation;
use super::knowledge::Knowledge;
use super::outbox::{Book, Luck, Watching};
use super::team::Team;
use super::{Exercise, Play};

/// An exercise at one moment: everything that can go on from there.
#[derive(Clone)]
pub struct Snapshot {
    play: Play,
    agenda: Agenda,
    book: Book,
    luck: Luck,
    watching: Watching,
    knowledge: Knowledge,
    estate: Estate,
    adversary: Adversary,
    detection: Detection,
    investigation: Investigation,
    team: Team,
    incident_command: IncidentCommand,
    communication: Communication,
    compliance: Compliance,
    continuity: Continuity,
    documentation: Documentation,
    injects: Injects,
}

impl Exercise {
    /// A copy of everything, to go on from. What has been recorded so far is shared, not copied.
    pub fn snapshot(&mut self) -> Snapshot {
        self.world.resource_mut::<Book>().0.freeze();
        self.world.resource_mut::<Knowledge>().freeze();
        let world = &self.world;
        Snapshot {
            play: world.resource::<Play>().clone(),
            agenda: world.resource::<Agenda>().clone(),
            book: world.resource::<Book>().clone(),
            luck: world.resource::<Luck>().clone(),
            watching: world.resource::<Watching>().clone(),
            knowledge: world.resource::<Knowledge>().clone(),
            estate: world.resource::<Estate>().clone(),
            adversary: world.resource::<Adversary>().clone(),
            detection: world.resource::<Detection>().clone(),
            investigation: world.resource::<Investigation>().clone(),
            team: world.resource::<Team>().clone(),
            incident_command: world.resource::<IncidentCommand>().clone(),
            communication: world.resource::<Communication>().clone(),
            compliance: world.resource::<Compliance>().clone(),
            continuity: world.resource::<Continuity>().clone(),
            documentation: world.resource::<Documentation>().clone(),
            injects: world.resource::<Injects>().clone(),
        }
    }

    /// Goes back, or over, to a snapshot.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        let snapshot = snapshot.clone();
        let world = &mut self.world;
        world.insert_resource(snapshot.play);
        world.insert_resource(snapshot.agenda);
        world.insert_resource(snapshot.book);
        world.insert_resource(snapshot.luck);
        world.insert_resource(snapshot.watching);
        world.insert_resource(snapshot.knowledge);
        world.insert_resource(snapshot.estate);
        world.insert_resource(snapshot.adversary);
        world.insert_resource(snapshot.detection);
        world.insert_resource(snapshot.investigation);
        world.insert_resource(snapshot.team);
        world.insert_resource(snapshot.incident_command);
        world.insert_resource(snapshot.communication);
        world.insert_resource(snapshot.compliance);
        world.insert_resource(snapshot.continuity);
        world.insert_resource(snapshot.documentation);
        world.insert_resource(snapshot.injects);
    }
}
