//! An IDX file may be anything, and what was read can be written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_data::idx;

fuzz_target!(|bytes: &[u8]| {
    let Ok(array) = idx::read(bytes) else { return };
    let written = idx::write(&array).expect("an array that came from IDX");
    let again = idx::read(&written).expect("bytes that we wrote");
    assert_eq!(again.shape().dims(), array.shape().dims());
    assert_eq!(again.dtype(), array.dtype());
});
