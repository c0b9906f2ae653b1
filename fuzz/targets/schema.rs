//! A saved model says in JSON how to turn a row of text into its inputs. The JSON may be anything,
//! and so may the row after it, which a line break ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_data::{Schema, csv};

fuzz_target!(|bytes: &[u8]| {
    let (row, json) = bytes.split_at(bytes.iter().position(|&b| b == b'\n').unwrap_or(0));
    let Ok(schema) = serde_json::from_slice::<Schema>(json) else { return };
    let _ = (schema.task(), schema.class_names(), schema.width(), schema.feature_names());
    let cells = csv::parse_row(&String::from_utf8_lossy(row)).unwrap_or_default();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    if let Ok(inputs) = schema.apply_row(&cells) {
        assert_eq!(inputs.shape().dims(), [1, schema.width()]);
    }
});
