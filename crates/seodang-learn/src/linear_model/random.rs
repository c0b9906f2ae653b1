//! Random orders, the same for the same seed on any number of threads.

/// The next number of a generator (splitmix64). Source: Steele, Lea and Flood 2014.
pub(super) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Puts numbers in a random order. Source: Durstenfeld 1964.
pub(super) fn shuffle(state: &mut u64, order: &mut [u32]) {
    for i in (1..order.len()).rev() {
        let j = ((u128::from(next(state)) * (i as u128 + 1)) >> 64) as usize;
        order.swap(i, j);
    }
}
