//! A NumPy file, one array or an archive of them, may be anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_data::npz;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"\x93NUMPY") {
        let _ = npz::read_npy(bytes);
    } else {
        let _ = npz::read(bytes);
    }
});
