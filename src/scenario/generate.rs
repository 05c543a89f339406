//! Large estates out of small ones, for tests and benches.
//!
//! What a generator has to keep is proportion: which share of the machines a login opens, a sensor covers, a service rests on. A copy of a
//! machine therefore joins everything the machine is in, except what there is one of: the store that data lies on, the machine a key was read
//! from, the first machine of the campaign.

use crate::ids::{AssetId, AssetSet, DenseId, IdKind, Key};
use crate::scenario::program::{Act, Asset, Program, RestsOn};

/// The most machines a scenario can have.
pub const MOST_ASSETS: usize = u16::MAX as usize;

/// The scenario with its machines multiplied to `assets` (at most [`MOST_ASSETS`]); unchanged if it has as many already, or none to copy.
/// The first machines stay as they were, with their ids; which of them the further ones are copies of follows from `seed`.
pub fn larger(program: &Program, assets: usize, seed: u64) -> Program {
    let mut larger = program.clone();
    let first = program.public.assets.len();
    let assets = assets.min(MOST_ASSETS);
    if first == 0 || assets <= first {
        return larger;
    }
    let templates = templates(first, assets, seed);
    for (place, template) in templates.iter().enumerate() {
        let copied = &program.public.assets[template.index()];
        let number = place + 1;
        larger.public.assets.push(Asset {
            id: format!("{}-copy-{number:05}", copied.id),
            name: format!("{}-{number:05}", copied.name),
            ..copied.clone()
        });
    }
    // Copies are kept by template, so that a set is walked once, whatever its size.
    let mut copies: Vec<Vec<AssetId>> = vec![Vec::new(); first];
    for (place, template) in templates.iter().enumerate() {
        copies[template.index()].push(AssetId::at(first + place));
    }
    let extend = |set: &mut AssetSet| {
        let members: Vec<AssetId> = set.iter().collect();
        for copy in members.iter().flat_map(|member| copies.get(member.index()).into_iter().flatten()) {
            set.insert(*copy);
        }
    };

    let public = &mut larger.public;
    public.roles.iter_mut().for_each(|role| extend(&mut role.assets));
    public.groups.iter_mut().for_each(|group| extend(&mut group.assets));
    public.data.iter_mut().for_each(|data| extend(&mut data.restores_assets));
    public.links.iter_mut().for_each(|link| extend(&mut link.to));
    public.sensors.iter_mut().for_each(|sensor| extend(&mut sensor.covers));
    for login in &mut public.logins {
        extend(&mut login.opens);
        extend(&mut login.lies_on);
    }
    for on in public.services.iter_mut().flat_map(|service| &mut service.rests_on) {
        if let RestsOn::Assets(set) = on {
            extend(set);
        }
    }
    for stage in &mut larger.secret.stages {
        if let Act::Spread { to: query } | Act::Encrypt { on: query } = &mut stage.act
            && let Some(set) = &mut query.of
        {
            extend(set);
        }
    }
    let Program { public, names, .. } = &mut larger;
    names.enter(IdKind::Asset, public.assets.iter().map(|asset| asset.id.as_str()));
    larger
}

/// Which machine each further one is a copy of: whole rounds over all of them, and then a drawn remainder, so that shares stay what they were.
fn templates(first: usize, assets: usize, seed: u64) -> Vec<AssetId> {
    let further = assets - first;
    let rounds = further / first;
    let mut remainder: Vec<AssetId> = (0..first).map(AssetId::at).collect();
    remainder.sort_by_key(|asset| Key::of(&[seed, u64::from(asset.0)]));
    remainder.truncate(further % first);
    (0..rounds).flat_map(|_| (0..first).map(AssetId::at)).chain(remainder).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::compile::tests::small;
    use crate::vocabulary::encoding::NameHashes;

    #[test]
    fn a_larger_estate_keeps_its_proportions() {
        let program = small();
        let first = program.public.assets.len();
        let larger = larger(&program, first * 100, 1);
        assert_eq!(larger.public.assets.len(), first * 100);
        for (before, after) in [
            (&program.public.groups[0].assets, &larger.public.groups[0].assets),
            (&program.public.logins[0].opens, &larger.public.logins[0].opens),
            (&program.public.sensors[0].covers, &larger.public.sensors[0].covers),
            (&program.public.roles[1].assets, &larger.public.roles[1].assets),
        ] {
            assert_eq!(before.len() * 100, after.len());
        }
        assert_eq!(larger.public.data[0].hosts.len(), 1, "data still lies on one machine");
        for (before, after) in program.public.services.iter().zip(&larger.public.services) {
            assert_eq!(before.one_segment, after.one_segment);
        }
    }

    #[test]
    fn ids_are_unique_and_the_first_machines_keep_theirs() {
        let program = small();
        let larger = larger(&program, 1000, 1);
        let mut ids: Vec<&str> = larger.public.assets.iter().map(|asset| asset.id.as_str()).collect();
        assert_eq!(ids[..program.public.assets.len()], program.public.assets.iter().map(|asset| asset.id.as_str()).collect::<Vec<_>>());
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 1000);
        let key = |names: &NameHashes, place: usize| names.of(AssetId::at(place));
        assert_eq!(key(&program.names, 3), key(&larger.names, 3));
        assert_eq!(key(&larger.names, 999), Key::named(&larger.public.assets[999].id));
    }

    #[test]
    fn a_seed_decides_only_the_remainder() {
        let program = small();
        let ids = |seed| larger(&program, 1000, seed).public.assets.into_iter().map(|asset| asset.id).collect::<Vec<_>>();
        assert_eq!(ids(1), ids(1));
        assert_ne!(ids(1), ids(2));
        assert_eq!(larger(&program, 1, 1).public.assets.len(), program.public.assets.len());
        assert_eq!(larger(&program, 1_000_000, 1).public.assets.len(), MOST_ASSETS);
    }
}
