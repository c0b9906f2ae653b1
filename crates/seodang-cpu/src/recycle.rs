//! Memory of dropped buffers, kept for the outputs of the next runs: large allocations are cleared, and
//! their pages mapped, each time anew.

use seodang_core::Storage;
use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

/// Smaller storages are cheaper to allocate than to share between threads.
const SMALLEST: usize = 16 << 10;
/// Bytes that are kept at most.
const BUDGET: usize = 32 << 20;
/// Storages up to this size are kept by each thread for itself: eager ops on a few numbers would
/// spend much of their time in the allocator.
const SMALL: usize = 1 << 10;
/// How many small ones a thread keeps.
const FEW: usize = 16;

thread_local! {
    static FEW_KEPT: RefCell<Vec<Storage>> = const { RefCell::new(Vec::new()) };
}

struct Kept {
    storages: Vec<Storage>,
    bytes: usize,
}

static KEPT: Mutex<Kept> = Mutex::new(Kept { storages: Vec::new(), bytes: 0 });

/// Storage of `len` bytes whose contents are whatever was there.
pub(crate) fn take(len: usize) -> Storage {
    if (1..=SMALL).contains(&len) {
        let kept = FEW_KEPT.try_with(|kept| {
            let mut kept = kept.borrow_mut();
            let i = kept.iter().rposition(|s| s.bytes().len() == len)?;
            Some(kept.swap_remove(i))
        });
        if let Ok(Some(storage)) = kept {
            return storage;
        }
    }
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
    if (1..=SMALL).contains(&len) {
        // A thread that is ending has nowhere to keep it.
        let _ = FEW_KEPT.try_with(|kept| {
            let mut kept = kept.borrow_mut();
            if kept.len() >= FEW {
                kept.swap_remove(0);
            }
            kept.push(storage);
        });
        return;
    }
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
        let mut small = Storage::zeroed(40);
        small.bytes_mut()[3] = 8;
        give(small);
        assert_eq!(take(48).bytes(), [0; 48]);
        assert_eq!(take(40).bytes()[3], 8);
        (0..100).for_each(|n| give(Storage::zeroed(n)));
        assert!(FEW_KEPT.with_borrow(|kept| kept.len() <= FEW));
        // What is too large is let go, and the rest stays within bounds.
        give(Storage::zeroed(BUDGET + 1));
        (0..40).for_each(|_| give(Storage::zeroed(1 << 20)));
        assert!(KEPT.lock().unwrap().bytes <= BUDGET);
    }
}
