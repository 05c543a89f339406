//! Documentation: the incident log holds what was known when somebody wrote it, and nothing else.

use bevy::ecs::resource::Resource;

use crate::exercise::agenda::Work;
use crate::exercise::incident_command;
use crate::exercise::outbox::Outbox;
use crate::exercise::team;
use crate::ids::*;
use crate::scenario::program::Program;
use crate::vocabulary::documentation::{Command, Fact};
use crate::vocabulary::team::Outcome;

/// What the log holds.
#[derive(Resource, Clone, Debug)]
pub struct Documentation {
    claims: Vec<bool>,
    assets: AssetSet,
    entries: u16,
}

impl Documentation {
    /// An empty log.
    pub fn at_startex(program: &Program) -> Documentation {
        Documentation { claims: vec![false; program.public.claims.len()], assets: AssetSet::default(), entries: 0 }
    }

    /// Does what was ordered, when its work is done.
    pub(super) fn carry_out(&mut self, command: Command, work: Work, out: &mut Outbox<'_>) {
        match command {
            Command::Log {} => self.log(work.role, out),
            Command::Report {} => {
                self.log(work.role, out);
                out.fact(Fact::Reported { role: work.role });
                let with = out.everybody().without(work.role);
                out.ask(incident_command::Due::Share { from: work.role, with });
            }
        }
        out.ask(team::Due::Ended { work, outcome: Outcome::Done });
    }

    fn log(&mut self, role: RoleId, out: &mut Outbox<'_>) {
        self.entries += 1;
        out.fact(Fact::Logged { role, entries: self.entries });
        let knows = out.knowledge().of(role);
        let claims: Vec<usize> = (0..self.claims.len()).filter(|place| knows.claims[*place].is_some() && !self.claims[*place]).collect();
        let assets: Vec<AssetId> =
            (0..knows.assets.len()).map(AssetId::at).filter(|asset| knows.assets[asset.index()].found && !self.assets.has(*asset)).collect();
        for place in claims {
            self.claims[place] = true;
            out.effect(Fact::LogHoldsClaim { claim: ClaimId::at(place) });
        }
        for asset in assets {
            self.assets.insert(asset);
            out.effect(Fact::LogHoldsAsset { asset });
        }
    }
}
