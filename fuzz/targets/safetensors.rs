//! A model file may be anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_nn::{Model, saving};

fuzz_target!(|bytes: &[u8]| {
    let Ok(saved) = saving::read(bytes) else { return };
    let _ = saved.config();
    if let Ok(model) = Model::from_saved(&saved) {
        model.to_bytes().expect("a model that was read can be written");
    }
});
