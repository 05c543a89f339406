//! Where entries of lists and structures begin and end, so that one that cannot be read can be left out and the rest still is.

/// Stands for "no parent".
const NONE: u32 = u32::MAX;

/// What an entry stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `name: value` in a structure.
    Field,
    /// An item of a list.
    Item,
    /// A value in round brackets without a name, or the whole file.
    Bare,
}

/// One entry: an item with all that is in it, or a field with its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Byte offset at which it begins; for a field, its name.
    pub start: u32,
    /// Byte offset at which its value begins.
    pub value: u32,
    /// Byte offset behind it, without the comma.
    pub end: u32,
    /// What it stands in.
    pub kind: Kind,
    /// Its brackets or quotation marks do not match: nothing in it can be trusted.
    pub broken: bool,
    parent: u32,
    name_length: u16,
}

/// All entries of a file, in the order in which they begin.
#[derive(Clone, Default, Debug)]
pub struct Outline {
    entries: Vec<Entry>,
}

impl Outline {
    pub(super) fn begin(&mut self, start: usize, kind: Kind, parent: Option<usize>) -> usize {
        let start = start as u32;
        let parent = parent.map_or(NONE, |parent| parent as u32);
        self.entries.push(Entry { start, value: start, end: start, kind, broken: false, parent, name_length: 0 });
        self.entries.len() - 1
    }

    pub(super) fn entry_mut(&mut self, index: usize) -> Option<&mut Entry> {
        self.entries.get_mut(index)
    }

    pub(super) fn set_name(&mut self, index: usize, end: usize) {
        if let Some(entry) = self.entries.get_mut(index) {
            entry.kind = Kind::Field;
            entry.name_length = (end - entry.start as usize).min(u16::MAX as usize) as u16;
        }
    }

    /// Takes the newest entry back.
    pub(super) fn take_back(&mut self, index: usize) {
        if index + 1 == self.entries.len() {
            self.entries.pop();
        }
    }

    /// The entry of an index.
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// The entry that is the whole file's value.
    pub fn root(&self) -> Option<usize> {
        if self.entries.is_empty() { None } else { Some(0) }
    }

    /// The entry around one.
    pub fn parent(&self, index: usize) -> Option<usize> {
        self.entries.get(index).filter(|entry| entry.parent != NONE).map(|entry| entry.parent as usize)
    }

    /// The name of a field.
    pub fn name<'t>(&self, index: usize, text: &'t str) -> Option<&'t str> {
        let entry = self.entries.get(index).filter(|entry| entry.kind == Kind::Field)?;
        text.get(entry.start as usize..entry.start as usize + entry.name_length as usize)
    }

    /// Entries that lie in this one, itself not included.
    pub fn within(&self, index: usize) -> std::ops::Range<usize> {
        let Some(entry) = self.entries.get(index) else { return 0..0 };
        let after = index + 1 + self.entries[index + 1..].partition_point(|inner| inner.start < entry.end);
        index + 1..after
    }

    /// Entries directly in this one.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        self.within(index).filter(move |child| self.entries[*child].parent == index as u32)
    }

    /// The innermost entry around an offset.
    pub fn innermost(&self, offset: usize) -> Option<usize> {
        let offset = offset as u32;
        let mut index = self.entries.partition_point(|entry| entry.start <= offset).checked_sub(1)?;
        while self.entries[index].end <= offset {
            index = self.parent(index)?;
        }
        Some(index)
    }
}
