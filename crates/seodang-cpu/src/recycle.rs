//! Memory of dropped buffers, kept for the outputs of the next runs: large allocations are cleared, and
//! their pages mapped, each time anew.

use seodang_core::Storage;
use std::sync::{Mutex, PoisonError};

/// Smaller storages are cheaper to allocate than to keep.
const SMALLEST: usize = 16 << 10;
/// Bytes that are kept at most.
const BUDGET: usize = 32 << 20;

struct Kept {
    storages: Vec<Storage>,
    bytes: usize,
}

static KEPT: Mutex<Kept> = Mutex::new(Kept { storages: Vec::new(), bytes: 0 });

/// Storage of `len` bytes whose contents are whatever was there.
pub(crate) fn take(len: usize) -> Storage {
    if len >= SMALLEST {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(i) = kept.storages.iter().rposition(|s| s.bytes().len() == len) {
            kept.bytes -= len;
            return kept.storages.remove(i);
        }
    }
    Storage::zeroed(len)
}

/// Keeps storage, and forgets the oldest where there is too much.
pub(crate) fn give(storage: Storage) {
    let len = storage.bytes().len();
    if !(SMALLEST..=BUDGET).contains(&len) {
        return;
    }
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.bytes += len;
    kept.storages.push(storage);
    while kept.bytes > BUDGET {
        kept.bytes -= kept.storages.remove(0).bytes().len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_comes_back() {
        let len = SMALLEST + 192;
        let mut s = Storage::zeroed(len);
        s.bytes_mut()[7] = 9;
        let place = s.bytes().as_ptr();
        give(s);
        let again = take(len);
        assert_eq!((again.bytes().as_ptr(), again.bytes()[7]), (place, 9));
        // What is too large is let go, and the rest stays within bounds.
        give(Storage::zeroed(BUDGET + 1));
        (0..40).for_each(|_| give(Storage::zeroed(1 << 20)));
        assert!(KEPT.lock().unwrap().bytes <= BUDGET);
    }
}
