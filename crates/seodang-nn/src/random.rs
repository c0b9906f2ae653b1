//! The seed that everything random draws from unless it has its own.

use seodang_core::random::Stream;
use std::hash::{BuildHasher, RandomState};
use std::sync::{LazyLock, Mutex};

static GLOBAL: LazyLock<Mutex<Stream>> = LazyLock::new(|| {
    // The hasher's keys are the standard library's only source of entropy.
    Mutex::new(Stream::new(RandomState::new().hash_one(0), 0))
});

/// Makes everything that follows reproducible: initial weights, shuffles, dropout. Without it each
/// process draws other numbers.
pub fn set_random_seed(seed: u64) {
    *GLOBAL.lock().unwrap_or_else(|e| e.into_inner()) = Stream::new(seed, 0);
}

/// A new seed drawn from the global stream.
pub fn next_seed() -> u64 {
    GLOBAL.lock().unwrap_or_else(|e| e.into_inner()).next_u64()
}

/// A new stream of random numbers, seeded from the global one.
pub fn next_stream() -> Stream {
    Stream::new(next_seed(), 1)
}
