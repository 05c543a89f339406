//! Letters that cannot be seen, in tables and in what is looked at. Those in the texts of a sheet are found while it is read.

use super::Context;
use crate::scenario::diagnostic::{Code, Diagnostics, is_invisible};
use crate::scenario::located::Place;
use crate::scenario::source::Part;

pub(super) fn check(context: &Context<'_>, found: &mut Diagnostics) {
    for (index, file) in context.loaded.sources.files().iter().enumerate().filter(|(_, file)| matches!(file.part, Part::Table | Part::Artefact)) {
        // At the very beginning it is a byte-order mark, which spreadsheets write.
        let hidden = file.text.char_indices().find(|(at, letter)| is_invisible(*letter) && (*at, *letter) != (0, '\u{feff}'));
        if let Some((at, letter)) = hidden {
            let place = Place { file: index as u16, offset: at as u32, length: letter.len_utf8() as u32 };
            let what = format!("the invisible character U+{:04X} in a text", letter as u32);
            found.add(Code::InvisibleCharacter, place, what, "letters that can be seen", "leave it out");
        }
    }
}
