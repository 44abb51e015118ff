//! Where things lie in the bytes of an access. All numbers are little-endian 32-bit words; a pair `(place, count)`
//! or `(start, length)` is two words; times and digests are two words, the low one first. The words come first,
//! then one pool of UTF-8 text. [`super::write`] makes this, [`super::read`] reads it in place.
//!
//! Words and text come in two parts, one after the other: the vocabulary, which all accesses of one policy have in
//! common to the byte, and what is the principal's. A capsule ([`super::capsule`]) is the second part alone.

/// `BWAX`.
pub(crate) const MAGIC: u32 = u32::from_le_bytes(*b"BWAX");
/// The version that this code writes and reads.
pub(crate) const VERSION: u32 = 2;
/// No such thing: a kind without a parent, an action without a feature, an empty slot.
pub(crate) const NONE: u32 = u32::MAX;
/// An end that never comes.
pub(crate) const NEVER: u64 = u64::MAX;
/// The latest moment that can be asked about.
pub(crate) const LATEST: u64 = NEVER - 1;
/// The most kinds, and the most features, limits and editions, that a reader takes.
pub(crate) const MOST: usize = 64;
/// The most actions of one kind: 128 declared and one `grant` for each of 128 roles.
pub(crate) const MOST_ACTIONS: usize = 256;
/// The most roles that a reader takes.
pub(crate) const MOST_ROLES: usize = 64 * 128;
/// How many slots of an index are looked at before the sorted rows are searched instead: crafted ids that all
/// fall on one slot cost no more than this.
pub(crate) const PROBES: usize = 24;
/// The bits of a slot that hold row + 1; the bits above hold a part of the hash.
pub(crate) const ROW_BITS: u32 = 24;

/// How the principal stands: the status word.
pub(crate) mod status {
    pub(crate) const ACTIVE: u32 = 0;
    pub(crate) const UNKNOWN_PRINCIPAL: u32 = 1;
    pub(crate) const NOT_A_MEMBER: u32 = 2;
    pub(crate) const SUSPENDED: u32 = 3;
    /// The principal's own kind needs a feature that the edition lacks.
    pub(crate) const FEATURE_UNAVAILABLE: u32 = 4;
}

/// The header, by word: first where the vocabulary lies, then the principal's own words.
pub(crate) mod head {
    pub(crate) const MAGIC: usize = 0;
    pub(crate) const VERSION: usize = 1;
    /// Of everything after these two words.
    pub(crate) const CHECKSUM: usize = 2;
    /// Words before the pool.
    pub(crate) const WORDS: usize = 4;
    pub(crate) const KINDS: usize = 5;
    pub(crate) const ROLES: usize = 7;
    pub(crate) const FEATURES: usize = 9;
    pub(crate) const LIMITS: usize = 11;
    pub(crate) const EDITIONS: usize = 13;
    /// (kind, bit) of the actions that decide on the edition.
    pub(crate) const UPGRADE: usize = 15;
    pub(crate) const DIGEST: usize = 17;

    /// How the principal stands. Here the principal's words begin.
    pub(crate) const STATUS: usize = 19;
    pub(crate) const REVISION: usize = 20;
    pub(crate) const PRINCIPAL: usize = 22;
    pub(crate) const ORGANIZATION: usize = 24;
    /// Which kind of principal: its place among the holders of a policy.
    pub(crate) const HOLDER: usize = 26;
    /// The feature that the principal's kind needs.
    pub(crate) const OWN_FEATURE: usize = 27;
    /// The edition in force, by place.
    pub(crate) const EDITION: usize = 28;
    /// For each kind what is held on it.
    pub(crate) const HOLDINGS: usize = 29;
    /// For each limit how much is used, two words each.
    pub(crate) const USED: usize = 31;
    /// All ends, sorted, two words each.
    pub(crate) const ENDS: usize = 33;
    /// When it was issued; 0 for what does not travel.
    pub(crate) const ISSUED_AT: usize = 35;
    /// From when on it answers nothing.
    pub(crate) const NOT_AFTER: usize = 37;
    pub(crate) const SIZE: usize = 39;
}

/// A kind, as the policy has it.
pub(crate) mod kind {
    pub(crate) const NAME: usize = 0;
    pub(crate) const LABEL: usize = 2;
    pub(crate) const FLAGS: usize = 4;
    pub(crate) const PARENT: usize = 5;
    pub(crate) const FEATURE: usize = 6;
    pub(crate) const ACTIONS: usize = 7;
    /// Slots over the actions' names.
    pub(crate) const ACTION_INDEX: usize = 9;
    /// Words in one of its masks.
    pub(crate) const WIDTH: usize = 11;
    pub(crate) const SIZE: usize = 12;

    pub(crate) const PRIVATE: u32 = 1;
    pub(crate) const AVAILABLE: u32 = 2;
}

/// What the principal holds on resources of one kind.
pub(crate) mod holding {
    /// The mask of actions that no gate closes.
    pub(crate) const OPEN: usize = 0;
    pub(crate) const SETS: usize = 1;
    pub(crate) const ROWS: usize = 3;
    /// Slots over the rows' ids; none: the sorted rows are searched.
    pub(crate) const ROW_INDEX: usize = 5;
    /// For each row the row of its parent; none if the parent is the organization.
    pub(crate) const PARENTS: usize = 7;
    /// (kind, mask) that the principal gets along with any role on this kind.
    pub(crate) const BASELINE: usize = 8;
    pub(crate) const SIZE: usize = 10;
}

/// An action of a kind; its place is its bit.
pub(crate) mod action {
    pub(crate) const NAME: usize = 0;
    pub(crate) const LABEL: usize = 2;
    pub(crate) const FLAGS: usize = 4;
    pub(crate) const FEATURE: usize = 5;
    pub(crate) const LIMIT: usize = 6;
    /// The role that it hands out.
    pub(crate) const GRANTS: usize = 7;
    pub(crate) const SIZE: usize = 8;

    pub(crate) const AVAILABLE: u32 = 1;
    pub(crate) const REQUESTABLE: u32 = 2;
}

/// A role.
pub(crate) mod role {
    pub(crate) const NAME: usize = 0;
    pub(crate) const LABEL: usize = 2;
    pub(crate) const KIND: usize = 4;
    pub(crate) const FEATURE: usize = 5;
    pub(crate) const WEIGHT: usize = 6;
    pub(crate) const FLAGS: usize = 7;
    /// (kind, mask) for each kind on which it gives anything.
    pub(crate) const CLOSURE: usize = 8;
    pub(crate) const SIZE: usize = 10;

    /// It is one of its kind's sharing roles.
    pub(crate) const SHARING: u32 = 1;
    /// A principal of the first kind of holder may hold it; the bits above say so of the others.
    pub(crate) const HOLDABLE: u32 = 2;
}

/// A feature or a limit.
pub(crate) mod named {
    pub(crate) const NAME: usize = 0;
    pub(crate) const LABEL: usize = 2;
    pub(crate) const SIZE: usize = 4;
}

/// An edition.
pub(crate) mod edition {
    pub(crate) const NAME: usize = 0;
    pub(crate) const LABEL: usize = 2;
    /// Bit n is feature n.
    pub(crate) const FEATURES: usize = 4;
    /// The place of two words for each limit.
    pub(crate) const LIMITS: usize = 6;
    pub(crate) const SIZE: usize = 7;
}

/// What rows have in common: the bindings that reach them, and what these give for ever.
pub(crate) mod set {
    pub(crate) const MASK: usize = 0;
    /// Those on the row itself.
    pub(crate) const OWN: usize = 1;
    /// Those on what lies above it; sets of neighbours name the same ones.
    pub(crate) const ABOVE: usize = 3;
    /// 1 if some binding ends.
    pub(crate) const TIMED: usize = 5;
    pub(crate) const SIZE: usize = 6;
}

/// A binding as it reaches a row.
pub(crate) mod binding {
    pub(crate) const ROLE: usize = 0;
    pub(crate) const HOW: usize = 1;
    /// The group's id.
    pub(crate) const GROUP: usize = 2;
    /// Where it is bound: an id and its kind; no kind means the row itself.
    pub(crate) const ID: usize = 4;
    pub(crate) const KIND: usize = 6;
    /// Its end, by place among all ends; none for one that never comes.
    pub(crate) const UNTIL: usize = 7;
    pub(crate) const SIZE: usize = 8;

    pub(crate) const DIRECT: u32 = 0;
    pub(crate) const BY_GROUP: u32 = 1;
    pub(crate) const BY_MEMBERS: u32 = 2;
    pub(crate) const BY_PLATFORM: u32 = 3;
}

/// A resource: where its id starts (it ends where the next one starts), and its set. One row more closes the last.
pub(crate) mod row {
    pub(crate) const ID: usize = 0;
    pub(crate) const SET: usize = 1;
    pub(crate) const SIZE: usize = 2;
}
