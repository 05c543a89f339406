//! How facts become bytes to hash, and words to read.
//!
//! Both follow from one thing: a record lists its fields as [`Field`]s. Ids are encoded as the hash of what the author called them, so that
//! neither the order of a file nor the layout of an enum can change a hash.

use crate::ids::{DenseId, IdKind, Key, RoleSet};
use crate::time::{ExerciseTime, Span};

/// One field of a fact, an observation or a command.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Field {
    /// Something the author named.
    Id(IdKind, u16),
    /// Something born in play.
    Key(Key),
    /// A count, a percentage, an amount.
    Number(i64),
    /// Exercise time.
    Time(ExerciseTime),
    /// Seconds.
    Span(Span),
    /// Yes or no.
    Flag(bool),
    /// Roles.
    Roles(RoleSet),
    /// One word of a closed list: its stable number, and the word.
    Word(u8, &'static str),
    /// Nothing.
    Absent,
}

/// Something that can stand in a field.
pub trait AsField: Copy {
    /// As a field.
    fn as_field(self) -> Field;
}

impl<T: DenseId> AsField for T {
    fn as_field(self) -> Field {
        Field::Id(T::KIND, self.index() as u16)
    }
}

macro_rules! plain_fields {
    ($($type:ty => |$value:ident| $field:expr;)*) => {$(
        impl AsField for $type {
            fn as_field(self) -> Field {
                let $value = self;
                $field
            }
        }
    )*};
}

plain_fields! {
    Key => |key| Field::Key(key);
    u8 => |number| Field::Number(i64::from(number));
    u16 => |number| Field::Number(i64::from(number));
    u32 => |number| Field::Number(i64::from(number));
    i64 => |number| Field::Number(number);
    bool => |flag| Field::Flag(flag);
    ExerciseTime => |time| Field::Time(time);
    Span => |span| Field::Span(span);
    RoleSet => |roles| Field::Roles(roles);
}

/// Optional only for ids: `Option` of anything else would be a second kind of nothing.
impl<T: DenseId> AsField for Option<T> {
    fn as_field(self) -> Field {
        self.map_or(Field::Absent, T::as_field)
    }
}

/// A closed list of words with stable numbers.
macro_rules! words {
    ($($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum $name { $($(#[$variant_doc])* $variant = $number),* }

        impl $name {
            /// In words.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }

        impl $crate::vocabulary::encoding::AsField for $name {
            fn as_field(self) -> $crate::vocabulary::encoding::Field {
                $crate::vocabulary::encoding::Field::Word(self as u8, self.label())
            }
        }
    )*};
}
pub(crate) use words;

/// A list of records with stable tags: the enum, the tag, the name and the fields of each.
macro_rules! records {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $tag:literal $variant:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub enum $name { $($(#[$variant_doc])* $variant { $($(#[$field_doc])* $field: $type),* }),* }

        impl $name {
            /// Every tag and its name.
            pub fn tags() -> Vec<(u16, &'static str)> {
                vec![$(($tag, stringify!($variant))),*]
            }

            /// Its stable number.
            pub const fn tag(&self) -> u16 {
                match self { $($name::$variant { .. } => $tag),* }
            }

            /// Its name.
            pub const fn name(&self) -> &'static str {
                match self { $($name::$variant { .. } => stringify!($variant)),* }
            }

            /// Its fields, in the order they are declared.
            pub fn visit(&self, mut see: impl FnMut(&'static str, $crate::vocabulary::encoding::Field)) {
                match *self { $($name::$variant { $($field),* } => {
                    $(see(stringify!($field), $crate::vocabulary::encoding::AsField::as_field($field));)*
                    let _ = &mut see;
                }),* }
            }
        }
    };
}
pub(crate) use records;

/// What the author called things, hashed: one table a kind.
#[derive(Clone, Debug, Default)]
pub struct NameHashes {
    tables: Vec<Vec<Key>>,
}

impl NameHashes {
    /// Empty tables.
    pub fn new() -> NameHashes {
        NameHashes { tables: vec![Vec::new(); IdKind::COUNT] }
    }

    /// Enters the ids of a kind, in table order.
    pub fn enter<'a>(&mut self, kind: IdKind, ids: impl Iterator<Item = &'a str>) {
        self.tables[kind as usize] = ids.map(Key::named).collect();
    }

    /// Enters one more id of a kind, behind the others.
    pub fn add(&mut self, kind: IdKind, id: &str) {
        self.tables[kind as usize].push(Key::named(id));
    }

    /// The key of one id.
    pub fn key(&self, kind: IdKind, index: u16) -> Key {
        self.tables[kind as usize].get(usize::from(index)).copied().unwrap_or_default()
    }

    /// The key of one id.
    pub fn of<T: DenseId>(&self, id: T) -> Key {
        self.key(T::KIND, id.index() as u16)
    }
}

/// Collects the bytes that are hashed.
pub struct Encoder<'a> {
    /// The bytes so far.
    pub bytes: Vec<u8>,
    names: &'a NameHashes,
}

impl<'a> Encoder<'a> {
    /// An empty one.
    pub fn new(names: &'a NameHashes) -> Encoder<'a> {
        Encoder { bytes: Vec::new(), names }
    }

    /// A number of 8 bytes, little end first.
    pub fn number(&mut self, number: i64) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// A number of 2 bytes.
    pub fn short(&mut self, number: u16) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// A key.
    pub fn key(&mut self, key: Key) {
        self.bytes.extend_from_slice(&key.0.to_le_bytes());
    }

    /// A field.
    pub fn field(&mut self, field: Field) {
        match field {
            Field::Id(kind, index) => self.key(self.names.key(kind, index)),
            Field::Key(key) => self.key(key),
            Field::Number(number) => self.number(number),
            Field::Time(time) => self.number(time.0),
            Field::Span(span) => self.number(span.0),
            Field::Flag(flag) => self.bytes.push(u8::from(flag)),
            // A sum, so that the order in which roles are written does not matter.
            Field::Roles(roles) => self.key(Key(roles.iter().map(|role| self.names.of(role).0).fold(0, u64::wrapping_add))),
            Field::Word(number, _) => self.bytes.push(number),
            Field::Absent => self.bytes.push(0xff),
        }
    }
}
