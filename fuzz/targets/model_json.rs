//! A model's configuration may be anything; one that was read is written and read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_nn::Model;

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = std::str::from_utf8(bytes) else { return };
    let Ok(model) = Model::from_json(json) else { return };
    let written = model.to_json().expect("the configuration of a model that was made");
    let again = Model::from_json(&written).expect("a configuration that we wrote");
    assert_eq!(again.to_json().expect("as before"), written);
});
