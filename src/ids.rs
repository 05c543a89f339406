//! Identity: dense ids for what an author names, causal keys for what is born in play.
//!
//! A dense id is an index into a table of the compiled scenario, and never leaves the process: outside it is the author's id, or its hash. A
//! [`Key`] is a hash of what a thing is and what it comes from; never a counter, a time or an index, so that an unrelated event cannot rename it.

use std::fmt;

/// A 64-bit causal key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key(pub u64);

impl Key {
    /// The key of an author's id.
    pub fn named(text: &str) -> Key {
        // FNV-1a, then mixed: names are short, and the result is spread over all bits by `of`.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Key(mix(hash))
    }

    /// The key of something that comes from these.
    pub fn of(parts: &[u64]) -> Key {
        let mut hash = 0x9e37_79b9_7f4a_7c15_u64;
        for part in parts {
            hash = mix(hash ^ mix(*part)).wrapping_add(0x9e37_79b9_7f4a_7c15);
        }
        Key(mix(hash))
    }
}

/// The finaliser of SplitMix64: every bit of the input reaches every bit of the output.
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// An index into a table of the compiled scenario.
pub trait DenseId: Copy + Eq + Ord {
    /// Which table.
    const KIND: IdKind;
    /// The index.
    fn index(self) -> usize;
    /// The id with this index. Tables hold at most 65,535 entries; the compiler of scenarios sees to it.
    fn at(index: usize) -> Self;
}

macro_rules! dense {
    ($($(#[$doc:meta])* $id:ident => $kind:ident $label:literal;)*) => {
        /// The tables that dense ids point into.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum IdKind { $($kind),* }

        impl IdKind {
            /// How many tables there are.
            pub const COUNT: usize = [$(IdKind::$kind),*].len();
            /// In words.
            pub const fn label(self) -> &'static str {
                match self { $(IdKind::$kind => $label),* }
            }
        }

        $(
            #[doc = concat!("Index of a ", $label, ".")]
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
            pub struct $id(pub u16);

            impl DenseId for $id {
                const KIND: IdKind = IdKind::$kind;
                #[inline]
                fn index(self) -> usize {
                    usize::from(self.0)
                }
                #[inline]
                fn at(index: usize) -> Self {
                    debug_assert!(index <= usize::from(u16::MAX));
                    $id(index as u16)
                }
            }
        )*
    };
}

dense! {
    RoleId => Role "role";
    AssetId => Asset "asset";
    GroupId => Group "group";
    SegmentId => Segment "segment";
    DataId => Data "data store";
    LoginId => Login "login";
    LinkId => Link "link";
    ServiceId => Service "service";
    SensorId => Sensor "sensor";
    StageId => Stage "stage";
    TechniqueId => Technique "technique";
    ClaimId => Claim "claim";
    ActionId => Action "action";
    StaffId => Staff "staff member";
    VendorId => Vendor "vendor";
    StakeholderId => Stakeholder "stakeholder";
    StatementId => Statement "statement";
    RuleId => Rule "notification rule";
    LevelId => Level "severity level";
    MoveId => Move "move";
    InjectId => Inject "inject";
    GateId => Gate "gate";
    CriterionId => Criterion "criterion";
    ConditionId => Condition "condition";
}

/// A set of roles; a scenario has at most sixteen.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RoleSet(pub u16);

impl RoleSet {
    /// Nobody.
    pub const NONE: RoleSet = RoleSet(0);
    /// The most roles a scenario can have.
    pub const CAPACITY: usize = 16;

    /// One role.
    pub fn one(role: RoleId) -> RoleSet {
        RoleSet(1 << role.0)
    }

    /// The first `count` roles.
    pub fn first(count: usize) -> RoleSet {
        RoleSet(((1_u32 << count.min(Self::CAPACITY)) - 1) as u16)
    }

    /// Whether a role is in it.
    pub fn has(self, role: RoleId) -> bool {
        self.0 & (1 << role.0) != 0
    }

    /// With one more role.
    pub fn with(self, role: RoleId) -> RoleSet {
        RoleSet(self.0 | 1 << role.0)
    }

    /// Without a role.
    pub fn without(self, role: RoleId) -> RoleSet {
        RoleSet(self.0 & !(1 << role.0))
    }

    /// Those in either.
    pub fn and(self, other: RoleSet) -> RoleSet {
        RoleSet(self.0 | other.0)
    }

    /// Whether nobody is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its roles, in order.
    pub fn iter(self) -> impl Iterator<Item = RoleId> {
        (0..Self::CAPACITY as u16).map(RoleId).filter(move |role| self.has(*role))
    }
}

impl FromIterator<RoleId> for RoleSet {
    fn from_iter<I: IntoIterator<Item = RoleId>>(roles: I) -> Self {
        roles.into_iter().fold(RoleSet::NONE, RoleSet::with)
    }
}

impl fmt::Debug for RoleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|role| role.0)).finish()
    }
}

/// A set of assets.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct AssetSet {
    blocks: Vec<u64>,
    count: u32,
}

impl AssetSet {
    /// An empty set with room for so many.
    pub fn with_room(assets: usize) -> AssetSet {
        AssetSet { blocks: vec![0; assets.div_ceil(64)], count: 0 }
    }

    /// Whether it holds an asset.
    #[inline]
    pub fn has(&self, asset: AssetId) -> bool {
        self.blocks.get(asset.index() / 64).is_some_and(|block| block >> (asset.index() % 64) & 1 == 1)
    }

    /// Adds one; true if it was not there.
    pub fn insert(&mut self, asset: AssetId) -> bool {
        let new = !self.has(asset);
        if new {
            if self.blocks.len() <= asset.index() / 64 {
                self.blocks.resize(asset.index() / 64 + 1, 0);
            }
            self.blocks[asset.index() / 64] |= 1 << (asset.index() % 64);
            self.count += 1;
        }
        new
    }

    /// Removes one; true if it was there.
    pub fn remove(&mut self, asset: AssetId) -> bool {
        let there = self.has(asset);
        if there {
            self.blocks[asset.index() / 64] &= !(1 << (asset.index() % 64));
            self.count -= 1;
        }
        there
    }

    /// How many it holds.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Its assets, in order.
    pub fn iter(&self) -> impl Iterator<Item = AssetId> + '_ {
        self.blocks.iter().enumerate().flat_map(|(place, block)| {
            let mut rest = *block;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then(|| AssetId::at(place * 64 + bit as usize))
            })
        })
    }
}

impl FromIterator<AssetId> for AssetSet {
    fn from_iter<I: IntoIterator<Item = AssetId>>(assets: I) -> Self {
        let mut set = AssetSet::default();
        for asset in assets {
            set.insert(asset);
        }
        set
    }
}
