//! Ids in what the program wrote into a journal, as the names that people know.
//!
//! A record holds what an order was taken to mean as `Responder: isolate (desks-a, files), about 20m of work; touches mail`: the journal needs the
//! ids, and whoever reads the debrief has never seen them.

use std::collections::BTreeMap;

use super::{Teller, bare};
use crate::ids::*;
use crate::scenario::program::Program;

/// Before a list of ids: in brackets, or after one of these words.
const BEFORE: [&str; 3] = ["(", "touches ", " as "];
/// What ends one.
const ENDS: [char; 3] = [')', ';', '\n'];

/// What things are called, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Ids(BTreeMap<String, String>);

impl Ids {
    /// Those of a program.
    pub fn of(program: &Program) -> Ids {
        let teller = Teller::new(program);
        let public = &program.public;
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        macro_rules! called {
            ($($table:ident $id:ident $name:ident),*) => {
                $(for (place, entry) in public.$table.iter().enumerate() {
                    names.entry(entry.id.clone()).or_insert_with(|| bare(&teller.$name($id::at(place))).to_owned());
                })*
            };
        }
        called!(groups GroupId group, assets AssetId asset, segments SegmentId segment, data DataId data, logins LoginId login, links LinkId link,
                services ServiceId service, sensors SensorId sensor, vendors VendorId vendor, rules RuleId rule, levels LevelId level,
                claims ClaimId claim, gates GateId gate, stakeholders StakeholderId stakeholder_words, statements StatementId statement,
                roles RoleId role);
        // Where two things are called alike, only the id tells them apart.
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        names.values().for_each(|name| *alike.entry(name.clone()).or_default() += 1);
        let told_apart = names.into_iter().map(|(id, name)| if alike[&name] > 1 { (format!("{name} [{id}]"), id) } else { (name, id) });
        Ids(told_apart.map(|(name, id)| (id, name)).collect())
    }

    /// A text with the names in place of its ids. Brackets that hold anything else stay as they are.
    pub fn named(&self, text: &str) -> String {
        let mut named = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((place, before)) = BEFORE.iter().filter_map(|before| Some((rest.find(before)?, before))).min() {
            let (head, tail) = rest.split_at(place + before.len());
            named.push_str(head);
            let end = tail.find(ENDS).unwrap_or(tail.len());
            let (list, after) = self.list(&tail[..end]);
            named.push_str(&list);
            rest = &tail[after..];
        }
        named.push_str(rest);
        named
    }

    /// As many ids as a text begins with, separated by commas, as names; and where they end.
    fn list(&self, text: &str) -> (String, usize) {
        let mut names: Vec<&str> = Vec::new();
        let mut end = 0;
        for piece in text.split(", ") {
            let Some(name) = self.0.get(piece) else { break };
            end += piece.len() + if names.is_empty() { 0 } else { 2 };
            names.push(name);
        }
        (names.join(", "), end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_lists_become_names_and_everything_else_stays() {
        let named = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        let ids = Ids([named("desks-a", "Laboratory desks"), named("mail", "Mail"), named("files", "Files [files]"), named("major", "major")].into());
        for (text, wanted) in [
            (
                "Responder: isolate (desks-a, files), about 20m of work; touches mail, desks-a",
                "Responder: isolate (Laboratory desks, Files [files]), about 20m of work; touches Mail, Laboratory desks",
            ),
            ("Manager: declare an incident as major, about 5m of work", "Manager: declare an incident as major, about 5m of work"),
            ("Not before they answer (70 % sure)", "Not before they answer (70 % sure)"),
            ("a mail (to mail) touches nothing", "a mail (to mail) touches nothing"),
            ("(mail", "(Mail"),
            ("isolate (mail, nothing-like-it)", "isolate (Mail, nothing-like-it)"),
            ("", ""),
        ] {
            assert_eq!(ids.named(text), wanted);
        }
    }
}
