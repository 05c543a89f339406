//! The fields of a sheet: which can stand in several files, and which once.

use super::region::Reader;
use super::words;
use crate::scenario::diagnostic::{Code, did_you_mean, one_of};
use crate::scenario::written::{Estate, Sheet, Tables};

/// The brackets a file begins with; reports what is no sheet.
pub(super) fn structure(reader: &mut Reader<'_>, what: &str, open: char) -> Option<usize> {
    let expected = if open == '(' { "`( name: value, .. )`" } else { "a list: `[ .., .. ]`" };
    let Some(root) = reader.outline.root() else {
        let at = reader.place(0, 0);
        reader.report(Code::EmptyFile, at, "an empty file", expected, &format!("write {what}, or leave the file out"));
        return None;
    };
    let written = reader.written(root);
    let word = written.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(written.len());
    if written[word..].trim_start().starts_with(open) && (open == '(' || word == 0) {
        return Some(root);
    }
    let at = reader.place(reader.value_of(root).0, 1);
    let found = format!("{} where {what} begins", words::shown(written));
    reader.report(Code::WrongType, at, &found, expected, &format!("the whole file stands between `{open}` and its counterpart"));
    None
}

macro_rules! fields {
    (joined: $($list:ident)*; once: $($single:ident)*;) => {
        const FIELDS: &[&str] = &[$(stringify!($list),)* $(stringify!($single),)* "estate", "tables"];

        fn field(reader: &mut Reader<'_>, sheet: &mut Sheet, name: &str, entry: usize, again: bool) -> bool {
            match name {
                $(stringify!($list) => sheet.$list.extend(reader.items(entry)),)*
                $(stringify!($single) => {
                    let value = reader.read(entry);
                    if sheet.$single.is_none() {
                        sheet.$single = value;
                    } else if !again {
                        given_twice(reader, name, entry);
                    }
                })*
                "estate" => {
                    if let Some(estate) = reader.read::<Estate>(entry) {
                        join(sheet.estate.get_or_insert_default(), estate);
                    }
                }
                "tables" => sheet.tables.extend(reader.read::<Tables>(entry)),
                _ => return false,
            }
            true
        }
    };
}

fields! {
    joined: parts from_library sources assumptions artificialities out_of_scope sensitive_topics cuts variables about_us claims objectives roles
        stakeholders staff vendors actions techniques rules rules_in_force moves deck statements teaching sensors clock_changes;
    once: format id title depth family audience difficulty startex endex time_zone attack_version written_in about plan campaign;
}

/// An estate may be spread over several parts.
fn join(estate: &mut Estate, more: Estate) {
    estate.segments.extend(more.segments);
    estate.assets.extend(more.assets);
    estate.groups.extend(more.groups);
    estate.data.extend(more.data);
    estate.logins.extend(more.logins);
    estate.links.extend(more.links);
    estate.services.extend(more.services);
}

fn given_twice(reader: &mut Reader<'_>, name: &str, entry: usize) {
    let at = reader.place_of(entry);
    reader.report(Code::GivenTwice, at, &format!("`{name}` for the second time"), "it once, in one file", "leave one of the two out");
}

/// Reads a file into the sheet; false if it is no sheet at all. A file of the library has no head, and its `format` is its own.
pub(super) fn read(reader: &mut Reader<'_>, sheet: &mut Sheet, library: bool) -> bool {
    let Some(root) = structure(reader, "a scenario", '(') else { return false };
    let children: Vec<usize> = reader.outline.children(root).collect();
    let mut seen: Vec<&str> = Vec::new();
    for entry in children {
        let Some(name) = reader.outline.name(entry, reader.text) else {
            let (at, shown) = (reader.place_of(entry), words::shown(reader.written(entry)));
            reader.report(Code::Syntax, at, &format!("{shown} without a name"), "`name: value`", "say which field it is");
            continue;
        };
        let again = seen.contains(&name);
        if again {
            let at = reader.place(reader.outline.get(entry).map_or(0, |entry| entry.start as usize), name.len());
            reader.report(Code::FieldTwice, at, &format!("the field `{name}` for the second time"), "each field once in a file", "join the two");
        }
        seen.push(name);
        if library && matches!(name, "format" | "title" | "about" | "attack_version") {
            continue;
        }
        if reader.written(entry).is_empty() {
            let at = reader.place(reader.outline.get(entry).map_or(0, |entry| entry.start as usize), name.len());
            reader.report(Code::Syntax, at, &format!("nothing behind `{name}:`"), "a value", "write the value, or leave the field out");
            continue;
        }
        if !field(reader, sheet, name, entry, again) {
            let at = reader.place(reader.outline.get(entry).map_or(0, |entry| entry.start as usize), name.len());
            let near = did_you_mean(name, FIELDS.iter().copied());
            let expected = near.map_or_else(|| one_of(FIELDS.iter().copied(), 60), |near| format!("`{near}`"));
            let help = near.map_or_else(|| "leave it out, or look the name up".to_owned(), |near| format!("did you mean `{near}`?"));
            reader.report(Code::UnknownField, at, &format!("the field `{name}`, which is unknown"), &expected, &help);
            reader.lose(entry);
        }
    }
    true
}
