//! Whether bytes are a whole access. After this every look into them ends, and ends soon: tables lie inside, kinds
//! form a tree, rows are in order, and no count is larger than what the policy's maximums or the bytes allow.

use super::hash::hash;
use super::layout::{
    MOST, MOST_ACTIONS, MOST_ROLES, NONE, action, binding, edition, head, kind, named, role, row, set,
};
use super::read::Access;

/// Checks everything once; none for bytes that are cut, changed or crafted.
pub(super) fn validate(access: &Access) -> Option<()> {
    let covered = access.as_bytes().get(head::STATUS.checked_mul(4)?..)?;
    let words = access.word(head::WORDS) as usize;
    let pool = access.as_bytes().get(words.checked_mul(4)?..)?;
    core::str::from_utf8(pool).ok()?;
    let whole = words >= head::SIZE && hash(covered) == access.long(head::CHECKSUM);
    let check = Check { access, words, pool: pool.len() };
    (whole && check.header() && check.kinds() && check.roles()).then_some(())
}

struct Check<'a> {
    access: &'a Access,
    words: usize,
    pool: usize,
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
            (head::ENDS, 2, self.words),
        ];
        tables.into_iter().all(|(at, size, most)| self.table(at, size, most))
    }

    fn kinds(&self) -> bool {
        let (base, count) = self.access.pair(head::KINDS);
        let kinds = || (0..count).map(|index| base.wrapping_add(index.wrapping_mul(kind::SIZE)));
        let rows = kinds().map(|at| self.access.pair(at.wrapping_add(kind::ROWS)).1);
        let rows = rows.fold(0_usize, usize::saturating_add);
        rows <= self.words && kinds().all(|at| self.kind(at, base, count))
    }

    fn kind(&self, at: usize, base: usize, count: usize) -> bool {
        let field = |field: usize| at.wrapping_add(field);
        let tables = [
            (kind::ACTIONS, action::SIZE, MOST_ACTIONS),
            (kind::SETS, set::SIZE, self.words),
            (kind::ROWS, row::SIZE, self.words),
            (kind::BASELINE, 2, MOST),
            (kind::ACTION_INDEX, 1, self.words),
            (kind::ROW_INDEX, 1, self.words),
        ];
        let slots = [kind::ACTION_INDEX, kind::ROW_INDEX].map(|index| self.access.pair(field(index)).1);
        tables.into_iter().all(|(table, size, most)| self.table(field(table), size, most))
            && slots.into_iter().all(|slots| slots == 0 || slots.is_power_of_two())
            && self.is_rooted(at, base, count)
            && self.sets(field(kind::SETS))
            && self.rows(field(kind::ROWS), self.access.pair(field(kind::SETS)).1)
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
            let [start, end] = [at, at.wrapping_add(row::SIZE)].map(|row| self.access.word(row) as usize);
            let id = self.access.pool(start, end);
            let next = before.is_none_or(|before| before < id);
            before = Some(id);
            let set = self.access.word(at.wrapping_add(row::SET)) as usize;
            next && start <= end && end <= self.pool && set < sets
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
