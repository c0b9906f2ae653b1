//! A CSV file may be anything; so may what is asked of the table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seodang_data::csv;

fuzz_target!(|bytes: &[u8]| {
    let Ok(table) = csv::read(bytes, &csv::Options::default()) else { return };
    for name in table.names() {
        table.position(name).expect("a name that the table gave");
        let _ = table.kind(name);
        let _ = table.numbers(name);
        let cells = table.strings(name).expect("a name that the table gave");
        assert_eq!(cells.len(), table.rows());
    }
    let Some(target) = table.names().last() else { return };
    if let Ok(xy) = table.to_xy(target) {
        assert_eq!(xy.x.shape().dims()[0], table.rows());
        assert_eq!(xy.y.shape().dims()[0], table.rows());
        assert_eq!(xy.x.shape().dims()[1], xy.schema.width());
    }
});
