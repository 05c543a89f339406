//! Ids of MITRE ATT&CK, against the tables of version 19.1 that the library carries.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::scenario::reference::Name;

/// The version the tables are of.
pub(super) const VERSION: &str = "19.1";

struct Tables {
    names: BTreeMap<&'static str, String>,
    successors: BTreeMap<&'static str, &'static str>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let techniques = include_str!("../../../assets/attack/attack-19.1.csv");
        let successors = include_str!("../../../assets/attack/successors.csv");
        Tables {
            // id, domain, name, tactics; a name may hold commas and then stands in quotation marks.
            names: techniques
                .lines()
                .skip(1)
                .filter_map(|line| {
                    let (id, rest) = line.split_once(',')?;
                    let (_, rest) = rest.split_once(',')?;
                    let name = match rest.strip_prefix('"') {
                        Some(quoted) => quoted.split('"').next()?,
                        None => rest.split(',').next()?,
                    };
                    Some((id, name.to_owned()))
                })
                .collect(),
            successors: successors.lines().skip(1).filter_map(|line| line.trim().split_once(',')).collect(),
        }
    })
}

/// The name of a technique in this version.
pub(super) fn name(id: &str) -> Option<&'static str> {
    tables().names.get(id).map(String::as_str)
}

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    if let Some(version) = &context.sheet.attack_version
        && version.value != VERSION
    {
        found.add(
            Code::AttackVersion,
            version.at,
            format!("ATT&CK {}", version.value),
            VERSION,
            format!("ids are checked against {VERSION}; change them with the version"),
        );
    }
    let mut reported: BTreeSet<(&str, u16, u32)> = BTreeSet::new();
    for mention in context.loaded.mentions.iter().filter(|mention| mention.kinds == [Name::Technique]) {
        let id = mention.text.as_str();
        if mention.words.contains(&id) || name(id).is_some() || !reported.insert((id, mention.at.file, mention.at.offset)) {
            continue;
        }
        let help = match tables().successors.get(id) {
            Some(today) => format!("today it is `{today}` ({})", name(today).unwrap_or("no longer in the table")),
            None => match did_you_mean(id, tables().names.keys().copied()) {
                Some(near) if id.len() > 3 => format!("did you mean `{near}` ({})?", name(near).unwrap_or("")),
                _ => "look it up on attack.mitre.org; ids of the mobile matrix are not in the table".to_owned(),
            },
        };
        found.add(
            Code::NotInAttack,
            mention.at,
            format!("`{id}`, which ATT&CK {VERSION} does not have"),
            format!("a technique of ATT&CK {VERSION}: `T1486`, `T1021.001`"),
            help,
        );
    }
    for technique in &context.sheet.techniques {
        if let Some(today) = name(&technique.id)
            && today != technique.name
        {
            let what = format!("`{}` called \"{}\"", technique.id, technique.name);
            found.add(Code::AttackName, technique.id.at, what, format!("\"{today}\""), "names follow the version that is declared");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_whole() {
        assert_eq!(name("T1486"), Some("Data Encrypted for Impact"));
        assert!(tables().names.len() > 700, "{}", tables().names.len());
        assert!(tables().names.values().all(|name| !name.is_empty()));
        for (old, new) in &tables().successors {
            assert!(name(old).is_none(), "{old} is still there");
            assert!(name(new).is_some(), "{new} is not there");
        }
    }
}
