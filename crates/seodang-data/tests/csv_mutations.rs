//! Ten thousand files that went wrong at random: each is a table or an error, and never a panic.

use seodang_core::random::Stream;
use seodang_data::csv::{self, Options};

const SEEDS: [&str; 7] = [
    "name,age,city,price\nKim,31,Seoul,\"1,234.5\"\nLee,,Busan,20\nPark,45,Daegu,7e3\nChoi,28,Jeju,?\n",
    "\u{feff}이름;키;날짜;등급\n\"김;철수\";170,5;2024-03-05;상\n이영희;;2024. 4. 6.;하\n박;168,0;2024년 5월 7일;상\n",
    "5.1\t3.5\tsetosa\n4.9\t3.0\tsetosa\n6.3\t3.3\tvirginica\n",
    "id,review,label\n1,\"line one\nline \"\"two\"\"\",1\n2,\"\u{c88b}\u{c544}\u{c694}, \u{c815}\u{b9d0}\",0\n3,\"Great\" film,1\n",
    "a|b|c\r\n1|x|03/04/2024\r\n\r\n2|y|12/25/2024 2:05 PM\r\n1|x|03/04/2024\r\n",
    "red,small\nblue,large\nred,large\nblue,small\n",
    "x,y\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n7,0\n8,1\n9,0\n10,1\n",
];

/// Bytes that mean something in such files.
const PIECES: [&[u8]; 22] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xb0\xa1",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"NaN",
    b"1e999",
    b"-",
    b".",
    "년".as_bytes(),
    b"99999999999999999999",
];

fn mutate(bytes: &mut Vec<u8>, random: &mut Stream) {
    let below = |random: &mut Stream, n: usize| random.below(n.max(1) as u64) as usize;
    for _ in 0..=below(random, 3) {
        let at = below(random, bytes.len() + 1);
        match below(random, 6) {
            0 => {
                let piece = PIECES[below(random, PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            1 => {
                let end = (at + below(random, 8)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 if at < bytes.len() => bytes[at] = random.next_u32() as u8,
            3 if at < bytes.len() => bytes[at] ^= 1 << below(random, 8),
            4 => bytes.truncate(at),
            _ => {
                let end = (at + below(random, 40)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = below(random, bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
        }
    }
}

#[test]
fn ten_thousand_mutations_are_tables_or_errors() {
    let mut random = Stream::new(11, 0);
    let (mut tables, mut errors) = (0, 0);
    for round in 0..10_000 {
        let seed = SEEDS[round % SEEDS.len()];
        // Every fifth file is one of Korean Excel's.
        let mut bytes = if round % 5 == 0 {
            encoding_rs::EUC_KR.encode(seed).0.into_owned()
        } else {
            seed.as_bytes().to_vec()
        };
        mutate(&mut bytes, &mut random);
        let Ok(table) = csv::read(&bytes, &Options::default()) else {
            errors += 1;
            continue;
        };
        tables += 1;
        assert!(table.rows() > 0 && table.columns() > 0);
        assert!(table.duplicates().len() < table.rows());
        for name in table.names() {
            table.kind(name).expect("a name that the table gave");
            let _ = table.numbers(name);
            if let Some((_, dates)) = table.dates(name).expect("a name that the table gave") {
                assert_eq!(dates.len(), table.rows());
            }
            assert_eq!(table.strings(name).expect("a name").len(), table.rows());
        }
        let _ = table.to_xy(&table.names()[0]);
        let _ = table.to_xy(&table.names()[table.columns() - 1]);
    }
    // Both roads were taken, or nothing was tried.
    assert!(tables > 2_000 && errors > 2_000, "{tables} tables, {errors} errors");
}
