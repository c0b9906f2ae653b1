//! No bytes make a reader panic: every truncation, every byte changed in several ways, and random
//! pieces put together, of valid files of each kind.

use flate2::{Compression, write::GzEncoder};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, ErrorKind};
use seodang_data::{Schema, SchemaOptions, Table, csv, idx, images, npz};
use std::io::Write;

/// Calls `read` with spoiled copies of a valid file. It must return; its own asserts decide
/// what else must hold.
fn spoil(file: &[u8], read: impl Fn(&[u8])) {
    read(file);
    for end in 0..file.len() {
        read(&file[..end]);
    }
    let mut bytes = file.to_vec();
    for at in 0..file.len() {
        let right = bytes[at];
        for wrong in
            [0, 1, 0x7f, 0x80, 0xff, right ^ 1, right ^ 0x80, right.wrapping_add(1), b'"', b'\n']
        {
            bytes[at] = wrong;
            read(&bytes);
        }
        bytes[at] = right;
    }
    let mut random = Stream::new(99, 0);
    for _ in 0..200 {
        let mut at = || random.below(file.len() as u64) as usize;
        let (a, b, c) = (at(), at(), at());
        read(&[&file[..a], &file[b.min(c)..b.max(c)], &file[a..]].concat());
        read(&[&file[..a.min(b)], &file[a.max(b)..]].concat());
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::default());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

#[test]
fn idx_files() {
    for dtype in [DType::U8, DType::I8, DType::I16, DType::I32, DType::F32, DType::F64] {
        let array = Array::from_fn(dtype, [3, 2, 2], |i| i as f64);
        let file = idx::write(&array).unwrap();
        assert_eq!(idx::read(&file).unwrap(), array);
        assert_eq!(idx::read(&gzip(&file)).unwrap(), array);
        for file in [file.clone(), gzip(&file)] {
            for end in 0..file.len() {
                let e = idx::read(&file[..end]).unwrap_err();
                assert_eq!(e.kind(), ErrorKind::Format);
                assert!(e.to_string().contains("byte offset = "), "{e}");
            }
            spoil(&file, |bytes| {
                if let Err(e) = idx::read(bytes) {
                    assert_eq!(e.kind(), ErrorKind::Format);
                }
            });
        }
    }
}

#[test]
fn idx_claims_are_checked_before_memory_is_taken() {
    let max = [0xff; 4];
    for (claim, word) in [
        (vec![0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff], "cut off"),
        ([&[0, 0, 14, 2][..], &max, &max].concat(), "larger than the limit"),
        ([&[0, 0, 14, 3][..], &max, &max, &max].concat(), "larger than the limit"),
        ([&[0, 0, 8, 1][..], &[0xe0, 0, 0, 0]].concat(), "claims more"),
        (gzip(&[&[0, 0, 8, 1][..], &[0xe0, 0, 0, 0]].concat()), "claims more"),
        (vec![0, 0, 8, 255], "255 dimensions"),
        (vec![0, 0, 7, 1, 0, 0, 0, 0], "not an IDX"),
        (vec![0, 1, 8, 1, 0, 0, 0, 0], "byte offset = 0"),
        (vec![0, 0, 8, 1, 0, 0, 0, 1, 5, 6], "goes on"),
    ] {
        let e = idx::read(&claim).unwrap_err().to_string();
        assert!(e.contains(word), "{e}");
    }
    assert_eq!(idx::read(&[0, 0, 8, 0, 5]).unwrap().item().unwrap(), 5.0);
    assert!(idx::write(&Array::zeros(DType::I64, [1])).is_err());
    assert!(idx::write(&Array::zeros(DType::U8, vec![1; 33])).is_err());
    let e = idx::read_file("no/such-idx").unwrap_err();
    assert!(e.kind() == ErrorKind::Io && e.to_string().contains("no/such-idx"));
}

fn use_table(table: &Table) {
    for (row, name) in (0..table.rows()).flat_map(|r| table.names().iter().map(move |n| (r, n))) {
        table.cell(row, name).unwrap();
    }
    for name in table.names() {
        let _ = (table.kind(name), table.numbers(name), table.strings(name));
        if let Ok(xy) = table.to_xy(name) {
            assert!(xy.x.as_slice::<f32>().unwrap().iter().all(|v| v.is_finite()));
            assert_eq!(xy.x.shape()[0], table.rows());
            assert_eq!(xy.schema.apply(table).unwrap(), xy.x);
        }
        let _ = table.to_dataset("t", name, &SchemaOptions::default(), 0.3, 1);
    }
}

#[test]
fn csv_files() {
    let korean = "이름;키;\"등 급\"\n가;1,5;\"a\"\"b\"\n나;2.000,5;x\r\n다;;y\n";
    let utf16: Vec<u8> = "\u{feff}a,b\n1,x\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for file in [
        b"a,b,c\n1,x,0\n2.5,y,1\n-3e2,\"x\ny\",0\n4,,1\n".to_vec(),
        korean.as_bytes().to_vec(),
        encoding_rs::EUC_KR.encode(korean).0.into_owned(),
        utf16,
        gzip(b"a,b\n1,2\n3,4\n"),
    ] {
        spoil(&file, |bytes| {
            if let Ok(table) = csv::read(bytes, &csv::Options::default()) {
                use_table(&table);
            }
            let _ = csv::parse_row(&String::from_utf8_lossy(bytes));
        });
    }
}

#[test]
fn schemas() {
    let table = csv::read(b"a,b,y\n1,u,0.5\n2,v,1.5\n", &csv::Options::default()).unwrap();
    let json = serde_json::to_vec(&table.to_xy("y").unwrap().schema).unwrap();
    spoil(&json, |bytes| {
        if let Ok(schema) = serde_json::from_slice::<Schema>(bytes) {
            let _ = (schema.apply(&table), schema.apply_row(&["1", "u"]));
            let _ = (schema.apply_target(&table), schema.feature_names());
        }
    });
}

#[test]
fn numpy_files() {
    let header = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1), }\n";
    let start = [b"\x93NUMPY\x01\x00", &(header.len() as u16).to_le_bytes()[..]].concat();
    let file = [&start, header.as_bytes(), &[1, 0, 2, 0]].concat();
    assert_eq!(npz::read_npy(&file).unwrap().to_f64_vec(), [1.0, 2.0]);
    spoil(&file, |bytes| drop(npz::read_npy(bytes)));
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default();
    to.start_file("a.npy", stored.compression_method(zip::CompressionMethod::Deflated)).unwrap();
    to.write_all(&file).unwrap();
    spoil(&to.finish().unwrap().into_inner(), |bytes| drop(npz::read(bytes)));
}

#[test]
fn pictures() {
    let image = image::RgbImage::from_fn(9, 7, |x, y| image::Rgb([x as u8 * 20, y as u8 * 30, 5]));
    for format in [image::ImageFormat::Png, image::ImageFormat::Jpeg] {
        let mut file = std::io::Cursor::new(Vec::new());
        image.write_to(&mut file, format).unwrap();
        spoil(&file.into_inner(), |bytes| {
            if let Ok(array) = images::read(bytes) {
                let _ = images::digit(&array, 8, 8, 16);
            }
        });
    }
}
