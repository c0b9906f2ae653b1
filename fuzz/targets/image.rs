//! A picture may be anything; one that was read is turned into a digit as prediction does.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_data::images;

fuzz_target!(|bytes: &[u8]| {
    let Ok(picture) = images::read(bytes) else { return };
    if let Ok(digit) = images::digit(&picture, 8, 8, 16) {
        assert_eq!(digit.shape().dims()[..2], [8, 8]);
    }
});
