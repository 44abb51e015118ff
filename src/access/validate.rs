//! Whether bytes are a whole access. After this every look into them ends, and ends soon: tables lie inside, kinds
//! form a tree, rows are in order, and no count is larger than what the policy's maximums or the bytes allow.

use super::hash::hash;
use super::layout::{
    MOST, MOST_ACTIONS, MOST_ROLES, NONE, action, binding, edition, head, holding, kind, named, role, row,
    set, status,
};
use super::read::Access;

/// Checks everything once; none for bytes that are cut, changed or crafted.
pub(super) fn validate(access: &Access) -> Option<()> {
    let covered = access.as_bytes().get(head::WORDS.checked_mul(4)?..)?;
    let words = access.word(head::WORDS) as usize;
    let pool = access.as_bytes().get(words.checked_mul(4)?..)?;
    core::str::from_utf8(pool).ok()?;
    let whole = words >= head::SIZE && hash(covered) == access.long(head::CHECKSUM);
    let check = Check { access, words, pool };
    (whole && check.header() && check.kinds() && check.roles() && check.holdings()).then_some(())
}

/// The same for what follows a vocabulary that was checked before, and is sealed: kinds and roles are the vocabulary's.
pub(super) fn validate_own(access: &Access, vocabulary: &Access) -> Option<()> {
    let names =
        vocabulary.as_bytes().len().checked_sub((vocabulary.word(head::WORDS) as usize).checked_mul(4)?)?;
    let words = access.word(head::WORDS) as usize;
    let pool = access.as_bytes().get(words.checked_mul(4)?..)?;
    core::str::from_utf8(pool.get(names..)?).ok()?;
    let check = Check { access, words, pool };
    let fits = check.header();
    (fits && check.holdings()).then_some(())
}

struct Check<'a> {
    access: &'a Access,
    words: usize,
    pool: &'a [u8],
}

impl Check<'_> {
    /// Whether the table whose (place, count) stand at `at` lies inside and has no more than `most` records.
    fn table(&self, at: usize, size: usize, most: usize) -> bool {
        let (base, count) = self.access.pair(at);
        let end = count.checked_mul(size).and_then(|length| base.checked_add(length));
        count <= most && end.is_some_and(|end| end <= self.words)
    }

    fn header(&self) -> bool {
        let tables = [
            (head::KINDS, kind::SIZE, MOST),
            (head::ROLES, role::SIZE, MOST_ROLES),
            (head::FEATURES, named::SIZE, MOST),
            (head::LIMITS, named::SIZE, MOST),
            (head::EDITIONS, edition::SIZE, MOST),
            (head::UPGRADE, 2, MOST),
            (head::HOLDINGS, holding::SIZE, MOST),
            (head::USED, 2, MOST),
            (head::ENDS, 2, self.words),
        ];
        tables.into_iter().all(|(at, size, most)| self.table(at, size, most))
    }

    fn kinds(&self) -> bool {
        let (base, count) = self.access.pair(head::KINDS);
        let mut kinds = (0..count).map(|index| base.wrapping_add(index.wrapping_mul(kind::SIZE)));
        kinds.all(|at| {
            self.table(at.wrapping_add(kind::ACTIONS), action::SIZE, MOST_ACTIONS)
                && self.index(at.wrapping_add(kind::ACTION_INDEX))
                && self.is_rooted(at, base, count)
        })
    }

    /// Whether what is held on each kind lies inside; who has no standing may hold nothing at all.
    fn holdings(&self) -> bool {
        let (base, count) = self.access.pair(head::HOLDINGS);
        let kinds = self.access.pair(head::KINDS).1;
        let holdings = || (0..count).map(|index| base.wrapping_add(index.wrapping_mul(holding::SIZE)));
        let rows = holdings().map(|at| self.access.pair(at.wrapping_add(holding::ROWS)).1);
        let rows = rows.fold(0_usize, usize::saturating_add);
        let complete = count == kinds || count == 0 && self.access.status() != status::ACTIVE;
        complete && rows <= self.words && holdings().all(|at| self.holding(at))
    }

    fn holding(&self, at: usize) -> bool {
        let field = |field: usize| at.wrapping_add(field);
        self.table(field(holding::SETS), set::SIZE, self.words)
            && self.table(field(holding::ROWS), row::SIZE, self.words)
            && self.table(field(holding::BASELINE), 2, MOST)
            && self.index(field(holding::ROW_INDEX))
            && self.sets(field(holding::SETS))
            && self.rows(field(holding::ROWS), self.access.pair(field(holding::SETS)).1)
    }

    /// Whether the slots whose (place, count) stand at `at` lie inside and can be probed.
    fn index(&self, at: usize) -> bool {
        let slots = self.access.pair(at).1;
        self.table(at, 1, self.words) && (slots == 0 || slots.is_power_of_two())
    }

    /// Whether the way up from a kind ends.
    fn is_rooted(&self, at: usize, base: usize, count: usize) -> bool {
        let mut at = at;
        for _ in 0..=MOST {
            let parent = self.access.word(at.wrapping_add(kind::PARENT));
            if parent == NONE {
                return true;
            }
            if parent as usize >= count {
                return false;
            }
            at = base.wrapping_add((parent as usize).wrapping_mul(kind::SIZE));
        }
        false
    }

    fn sets(&self, at: usize) -> bool {
        let (base, count) = self.access.pair(at);
        let mut sets = (0..count).map(|index| base.wrapping_add(index.wrapping_mul(set::SIZE)));
        sets.all(|at| {
            [set::OWN, set::ABOVE]
                .iter()
                .all(|list| self.table(at.wrapping_add(*list), binding::SIZE, self.words))
        })
    }

    /// Whether the rows' ids lie in the pool, in byte order and each once, and their sets exist.
    fn rows(&self, at: usize, sets: usize) -> bool {
        let (base, count) = self.access.pair(at);
        let mut before: Option<&[u8]> = None;
        (0..count).all(|index| {
            let at = base.wrapping_add(index.wrapping_mul(row::SIZE));
            let [start, end] = [at, at.wrapping_add(row::SIZE)].map(|row| self.access.hot_word(row) as usize);
            let Some(id) = self.pool.get(start..end) else {
                return false;
            };
            let next = before.is_none_or(|before| precedes(before, id));
            before = Some(id);
            next && (self.access.hot_word(at.wrapping_add(row::SET)) as usize) < sets
        })
    }

    fn roles(&self) -> bool {
        let (base, count) = self.access.pair(head::ROLES);
        let kinds = self.access.pair(head::KINDS).1;
        (0..count).map(|index| base.wrapping_add(index.wrapping_mul(role::SIZE))).all(|at| {
            let kind = self.access.word(at.wrapping_add(role::KIND)) as usize;
            kind < kinds && self.table(at.wrapping_add(role::CLOSURE), 2, MOST)
        })
    }
}

/// Whether an id comes before another in byte order, eight bytes a step, of which the first is the heaviest.
pub(super) fn precedes(one: &[u8], other: &[u8]) -> bool {
    let [left, right] = [one, other].map(|id| id.as_chunks::<8>().0);
    match left.iter().zip(right).find(|(left, right)| left != right) {
        Some((left, right)) => u64::from_be_bytes(*left) < u64::from_be_bytes(*right),
        None => {
            let alike = left.len().min(right.len()).wrapping_mul(8);
            one.get(alike..) < other.get(alike..)
        }
    }
}
