//! Ids and references, by kind.
//!
//! An [`Id`] defines and a [`Ref`] refers; both say of what kind in their type, so that a field of the format states what it may name. While a
//! file is read, every one of them is written down ([`collecting`]): checking that each reference is defined, and each id once, is then one loop
//! over a list that no field can be missing from.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer};

use crate::scenario::located::{Located, Place};

/// A kind of thing that has ids.
pub trait Kind: 'static {
    /// The kinds an id may be of; one for definitions.
    const NAMES: &'static [Name];
    /// Words that mean something without being defined: `"all"`, `"internet"`.
    const WORDS: &'static [&'static str] = &[];
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $label:literal;)*) => {
        /// The kinds of thing that are defined.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[allow(missing_docs)]
        pub enum Name { $($kind),* }

        impl Name {
            /// In words.
            pub fn label(self) -> &'static str {
                match self { $(Name::$kind => $label),* }
            }
        }

        $(
            #[doc = concat!("The kind: ", $label, ".")]
            #[derive(Clone, Copy, PartialEq, Eq, Debug)]
            pub struct $kind;
            impl Kind for $kind {
                const NAMES: &'static [Name] = &[Name::$kind];
            }
        )*
    };
}

kinds! {
    Cite "source";
    Cut "cut";
    Variable "variable";
    AboutUs "question about us";
    Claim "claim";
    Point "teaching point";
    Objective "objective";
    Target "target";
    Criterion "criterion";
    Role "role";
    Stakeholder "stakeholder";
    Staff "staff";
    Vendor "vendor";
    Level "severity level";
    Step "plan step";
    Action "action";
    Technique "technique";
    Rule "notification rule";
    Move "move";
    Inject "inject";
    Gate "gate";
    Statement "statement";
    Segment "segment";
    Asset "asset";
    Group "group";
    Data "data";
    Login "login";
    Link "link";
    Service "service";
    Sensor "sensor";
    Stage "stage";
}

/// Things of one kind in a list in which `"all"` means all of them. A field that names a single thing has no such word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OrAll<K>(PhantomData<K>);

impl<K: Kind> Kind for OrAll<K> {
    const NAMES: &'static [Name] = K::NAMES;
    const WORDS: &'static [&'static str] = &["all"];
}

macro_rules! mixed {
    ($($(#[$doc:meta])* $kind:ident = $($of:ident)|+ $(; $($word:literal),+)?;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $kind;
        impl Kind for $kind {
            const NAMES: &'static [Name] = &[$(Name::$of),+];
            $(const WORDS: &'static [&'static str] = &[$($word),+];)?
        }
    )*};
}

mixed! {
    /// Machines, singly or together.
    AssetOrGroup = Asset | Group; "all";
    /// Where a segment can open connections to.
    SegmentOrInternet = Segment; "internet";
    /// What can be at the far end of a link.
    LinkEnd = Vendor | Segment | Asset | Group; "internet";
    /// What a service can rest on.
    RestsOn = Asset | Group | Data | Link | Service | Login; "internet";
    /// What a backup can restore.
    Restorable = Asset | Group | Data;
    /// What a cut can leave out.
    LeaveOut = Inject | Gate | Criterion;
    /// What an order can be given on.
    AnyTarget = Asset | Group | Data | Login | Link | Segment | Service | Sensor | Vendor | Stakeholder | Statement | Rule | Role | Claim | Gate;
}

/// Kinds whose ids must differ from one another's as well, because a field names them together.
pub const TOGETHER: &[&[Name]] = &[
    &[Name::Asset, Name::Group, Name::Data, Name::Link, Name::Service, Name::Login, Name::Segment, Name::Vendor],
    &[Name::Inject, Name::Gate, Name::Criterion],
];

/// An id or a reference, as it was met while reading.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it may be.
    pub kinds: &'static [Name],
    /// Words that need no definition.
    pub words: &'static [&'static str],
    /// What was written.
    pub text: String,
    /// Where.
    pub at: Place,
    /// It defines.
    pub defines: bool,
}

thread_local! {
    static MENTIONS: RefCell<Option<Vec<Mention>>> = const { RefCell::new(None) };
}

/// Runs `read` and returns, beside its result, every id and reference that was read.
pub fn collecting<T>(read: impl FnOnce() -> T) -> (T, Vec<Mention>) {
    let outer = MENTIONS.replace(Some(Vec::new()));
    let result = read();
    let mentions = MENTIONS.replace(outer).unwrap_or_default();
    (result, mentions)
}

fn mention<K: Kind>(written: &Located<String>, defines: bool) {
    MENTIONS.with_borrow_mut(|mentions| {
        if let Some(mentions) = mentions {
            mentions.push(Mention { kinds: K::NAMES, words: K::WORDS, text: written.value.clone(), at: written.at, defines });
        }
    });
}

macro_rules! written_name {
    ($(#[$doc:meta])* $type:ident, $defines:literal) => {
        $(#[$doc])*
        pub struct $type<K> {
            /// As written.
            pub text: String,
            /// Where.
            pub at: Place,
            kind: PhantomData<K>,
        }

        impl<K> Clone for $type<K> {
            fn clone(&self) -> Self {
                $type { text: self.text.clone(), at: self.at, kind: PhantomData }
            }
        }

        impl<K> fmt::Debug for $type<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.text.fmt(f)
            }
        }

        impl<K> fmt::Display for $type<K> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl<K> std::ops::Deref for $type<K> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.text
            }
        }

        impl<'de, K: Kind> Deserialize<'de> for $type<K> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let written = Located::<String>::deserialize(deserializer)?;
                mention::<K>(&written, $defines);
                Ok($type { text: written.value, at: written.at, kind: PhantomData })
            }
        }
    };
}

written_name! {
    /// The id of a thing of kind `K`, where it is defined.
    Id, true
}
written_name! {
    /// The id of a thing of kind `K` that is defined elsewhere.
    Ref, false
}
