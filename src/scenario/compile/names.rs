//! From an author's id to a dense id, by kind.

use std::collections::BTreeMap;

use crate::ids::*;
use crate::scenario::program::Public;
use crate::vocabulary::Scope;

/// Tables from ids to dense ids. Built once, by the compiler or from a compiled scenario; nothing in it is secret when it was built from
/// [`Public`], which has no stages and no criteria.
#[derive(Clone, Debug)]
pub struct Names {
    tables: Vec<BTreeMap<String, u16>>,
}

impl Default for Names {
    fn default() -> Self {
        Names { tables: vec![BTreeMap::new(); IdKind::COUNT] }
    }
}

/// What an order can be given on, in the order in which a name is looked for.
pub const TARGETS: [IdKind; 16] = [
    IdKind::Asset,
    IdKind::Group,
    IdKind::Data,
    IdKind::Login,
    IdKind::Link,
    IdKind::Segment,
    IdKind::Service,
    IdKind::Sensor,
    IdKind::Vendor,
    IdKind::Stakeholder,
    IdKind::Statement,
    IdKind::Rule,
    IdKind::Role,
    IdKind::Claim,
    IdKind::Gate,
    IdKind::Level,
];

impl Names {
    /// The names of a compiled scenario.
    pub fn new(public: &Public) -> Names {
        let mut names = Names::default();
        macro_rules! enter {
            ($($kind:ident $table:ident)*) => { $(names.enter(IdKind::$kind, public.$table.iter().map(|entry| entry.id.clone()));)* };
        }
        enter! {
            Role roles  Asset assets  Group groups  Segment segments  Data data  Login logins  Link links  Service services  Sensor sensors
            Technique techniques  Claim claims  Action actions  Staff staff  Vendor vendors  Stakeholder stakeholders  Statement statements
            Rule rules  Level levels  Move moves  Inject injects  Gate gates
        }
        names
    }

    /// Enters the ids of a kind, in table order. Of an id that is there twice, the first counts; the places of further ones are returned.
    pub fn enter(&mut self, kind: IdKind, ids: impl Iterator<Item = String>) -> Vec<usize> {
        let table = &mut self.tables[kind as usize];
        let mut twice = Vec::new();
        for (place, id) in ids.enumerate() {
            let Ok(index) = u16::try_from(place) else { break };
            match table.entry(id) {
                std::collections::btree_map::Entry::Vacant(gap) => {
                    gap.insert(index);
                }
                std::collections::btree_map::Entry::Occupied(_) => twice.push(place),
            }
        }
        twice
    }

    /// Enters one more id, at a place. One that is there already keeps its place.
    pub fn add(&mut self, kind: IdKind, id: &str, place: usize) {
        if let Ok(index) = u16::try_from(place) {
            self.tables[kind as usize].entry(id.to_owned()).or_insert(index);
        }
    }

    /// How many ids of a kind there are.
    pub fn count(&self, kind: IdKind) -> usize {
        self.tables[kind as usize].len()
    }

    /// Whether there is such an id of a kind.
    pub fn has(&self, kind: IdKind, id: &str) -> bool {
        self.tables[kind as usize].contains_key(id)
    }

    /// The dense id of an id, if there is one.
    pub fn find<T: DenseId>(&self, id: &str) -> Option<T> {
        self.tables[T::KIND as usize].get(id).map(|index| T::at(usize::from(*index)))
    }

    /// The dense id of an id.
    ///
    /// # Errors
    /// Says that there is none, and which one may have been meant.
    pub fn resolve<T: DenseId>(&self, id: &str) -> Result<T, String> {
        self.find(id).ok_or_else(|| self.unknown(&[T::KIND], id))
    }

    /// A machine, or several together.
    pub fn scope(&self, id: &str) -> Option<Scope> {
        self.find(id).map(Scope::Asset).or_else(|| self.find(id).map(Scope::Group))
    }

    /// Whether an order could be given on it.
    pub fn is_target(&self, id: &str) -> bool {
        TARGETS.iter().any(|kind| self.has(*kind, id))
    }

    /// The sentence for an id that is of none of these kinds.
    pub fn unknown(&self, kinds: &[IdKind], id: &str) -> String {
        let labels: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
        let known = kinds.iter().flat_map(|kind| self.tables[*kind as usize].keys().map(String::as_str));
        unknown(&labels.join(" or "), id, known)
    }
}

/// `there is no login `svc-bakup`; did you mean `svc-backup`?`
pub fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest =
        known.map(|name| (strsim::osa_distance(name, id), name)).filter(|(distance, name)| *distance <= (name.len().max(id.len()) / 3).max(1)).min();
    match nearest {
        Some((_, name)) => format!("there is no {what} `{id}`; did you mean `{name}`?"),
        None => format!("there is no {what} `{id}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_named() {
        let mut names = Names::default();
        let twice = names.enter(IdKind::Login, ["svc-backup", "path-user", "svc-backup"].map(str::to_owned).into_iter());
        assert_eq!(twice, [2]);
        assert_eq!(names.find::<LoginId>("path-user"), Some(LoginId(1)));
        assert_eq!(names.resolve::<LoginId>("svc-bakup"), Err("there is no login `svc-bakup`; did you mean `svc-backup`?".to_owned()));
        assert_eq!(names.resolve::<LoginId>("x"), Err("there is no login `x`".to_owned()));
    }
}
