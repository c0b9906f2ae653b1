//! Laying out the arena: which bytes each intermediate value has, and when.

/// The unit of alignment: a cache line, which is what kernels like.
pub(crate) const ALIGN: usize = 64;

/// A stretch of memory that is needed from one step to another, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Lifetime {
    pub(crate) bytes: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

impl Lifetime {
    fn meets(&self, other: &Lifetime) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Gives each stretch its offset so that stretches needed at the same time do not overlap, and
/// returns the offsets and the bytes needed in all: the largest first, each at the lowest place.
pub(crate) fn layout(lifetimes: &[Lifetime]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..lifetimes.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(lifetimes[i].bytes), lifetimes[i].first));
    let mut offsets = vec![0; lifetimes.len()];
    // Placed stretches by offset.
    let mut placed: Vec<(usize, usize)> = Vec::new();
    let mut total = 0;
    for i in order {
        let need = lifetimes[i].bytes.next_multiple_of(ALIGN);
        let mut at = 0;
        for &(offset, j) in &placed {
            if offset >= at + need {
                break;
            }
            if lifetimes[i].meets(&lifetimes[j]) {
                at = at.max(offset + lifetimes[j].bytes.next_multiple_of(ALIGN));
            }
        }
        offsets[i] = at;
        total = total.max(at + need);
        let k = placed.partition_point(|p| p.0 <= at);
        placed.insert(k, (at, i));
    }
    debug_assert_eq!(conflict(lifetimes, &offsets), None);
    (offsets, total)
}

/// Two stretches that share a byte and a step, if there are any: a layout must have none.
pub(crate) fn conflict(lifetimes: &[Lifetime], offsets: &[usize]) -> Option<(usize, usize)> {
    for (i, a) in lifetimes.iter().enumerate() {
        for (j, b) in lifetimes.iter().enumerate().take(i) {
            let apart = offsets[i] + a.bytes <= offsets[j] || offsets[j] + b.bytes <= offsets[i];
            if a.bytes > 0 && b.bytes > 0 && a.meets(b) && !apart {
                return Some((j, i));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_never_collide_and_memory_is_reused() {
        let life = |bytes, first, last| Lifetime { bytes, first, last };
        let chain: Vec<Lifetime> = (0..50).map(|i| life(1000, i, i + 1)).collect();
        let (_, total) = layout(&chain);
        assert_eq!(total, 2 * 1024, "a chain needs two buffers");
        let mut seed = 7u64;
        let mut random = move |n: u64| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((seed >> 33) % n) as usize
        };
        for _ in 0..50 {
            let many: Vec<Lifetime> = (0..80)
                .map(|_| {
                    let first = random(100);
                    life(random(5000), first, first + random(20))
                })
                .collect();
            let (offsets, total) = layout(&many);
            assert_eq!(conflict(&many, &offsets), None);
            assert!(offsets.iter().all(|o| o % ALIGN == 0));
            assert!(offsets.iter().zip(&many).all(|(o, l)| o + l.bytes <= total));
        }
    }

    #[test]
    fn a_collision_is_found() {
        let life = |first, last| Lifetime { bytes: 8, first, last };
        assert_eq!(conflict(&[life(0, 2), life(2, 3)], &[0, 0]), Some((0, 1)));
        assert_eq!(conflict(&[life(0, 2), life(3, 3)], &[0, 0]), None);
        assert_eq!(conflict(&[life(0, 2), life(2, 3)], &[0, 8]), None);
    }
}
