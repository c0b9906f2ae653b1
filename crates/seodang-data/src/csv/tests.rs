//! Files as people have them, and every mistake in them.

use super::*;
use crate::ColumnKind;
use seodang_core::Lang;

fn ok(bytes: &[u8]) -> Table {
    read(bytes, &Options::default()).unwrap()
}

/// The report in English of a file that cannot be read; that there is one in Korean too.
fn err(bytes: &[u8]) -> String {
    let e = read(bytes, &Options::default()).unwrap_err();
    assert_ne!(e.render(Lang::Ko), e.render(Lang::En));
    e.render(Lang::En)
}

fn rows(table: &Table) -> Vec<Vec<&str>> {
    (0..table.rows())
        .map(|r| table.names().iter().map(|c| table.cell(r, c).unwrap()).collect())
        .collect()
}

#[test]
fn encodings_are_recognised() {
    let text = "이름,나이\n가나,3\n";
    let cp949 = encoding_rs::EUC_KR.encode(text).0;
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = ["\u{feff}".as_bytes(), text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &cp949, &utf16, &marked] {
        let table = ok(bytes);
        assert_eq!(table.names(), ["이름", "나이"]);
        assert_eq!(rows(&table), [["가나", "3"]]);
    }
    let western = Options { encoding: Some("windows-1252".into()), ..Options::default() };
    assert_eq!(read(b"caf\xe9,x\n1,2\n", &western).unwrap().names()[0], "café");
    let e = err(b"a,b\n1,\xff\xff\n");
    assert!(e.contains("line 2") && e.contains("byte offset = 6"), "{e}");
    let utf8 = Options { encoding: Some("utf-8".into()), ..Options::default() };
    let long = [vec![b'a'; 10_000], b"\n\xe9\n".to_vec()].concat();
    let e = read(&long, &utf8).unwrap_err().to_string();
    assert!(e.contains("line 2"), "{e}");
}

#[test]
fn separators_and_decimal_signs_are_recognised() {
    for text in
        ["a,b\n1.5,x\n", "a;b\n1,5;x\n", "a\tb\n1,5\tx\n", "a|b\n1.5|x\n", "a;b\r\n1,5;x\r\n"]
    {
        let table = ok(text.as_bytes());
        assert_eq!(table.names(), ["a", "b"], "{text}");
        assert_eq!(table.numbers("a").unwrap(), [1.5], "{text}");
    }
    assert_eq!(ok(b"1,5;2,5\n3,5;4,5\n").numbers("column_2").unwrap(), [2.5, 4.5]);
    assert_eq!(ok("금액,수\n\"1,234\",1\n".as_bytes()).numbers("금액").unwrap(), [1234.0]);
    assert_eq!(ok(b"only\n1\n2\n").numbers("only").unwrap(), [1.0, 2.0]);
    let chosen = Options { separator: Some(':'), decimal: Some(','), ..Options::default() };
    assert_eq!(read(b"a:b\n1,5:2\n", &chosen).unwrap().numbers("a").unwrap(), [1.5]);
}

#[test]
fn quotes_line_ends_and_blank_lines() {
    let table = ok(b"a,b\r\n\"x, \"\"y\"\"\nz\",1\r\n\r\n , \r\nlast,2");
    assert_eq!(rows(&table), [["x, \"y\"\nz", "1"], ["last", "2"]]);
    assert_eq!((table.line(0), table.line(1), table.line(2)), (Some(2), Some(6), None));
    assert_eq!(rows(&ok(b"a,b\r1,2\r3,4\r")), [["1", "2"], ["3", "4"]]);
    assert_eq!(rows(&ok(b"a,b\n \"1,5\" ,2\n")), [["1,5", "2"]]);
    assert_eq!(rows(&ok(b"a,b\nx\"y\",\n")), [["x\"y\"", ""]]);
    // Quotes of the text, which do not go around the cell: no row is lost.
    let stray = ok(b"t\tn\n\"Great\" film\t1\n\"so so\t2\nthe \"end\"\t3\n");
    let want = [["\"Great\" film", "1"], ["\"so so", "2"], ["the \"end\"", "3"]];
    assert_eq!(rows(&stray), want);
    assert_eq!(stray.line(2), Some(4));
}

#[test]
fn headers_are_recognised() {
    assert!(ok(b"x,y\n1,2\n").has_header());
    let plain = ok(b"5.1,setosa\n4.9,setosa\n");
    assert!(!plain.has_header());
    assert_eq!((plain.names(), plain.rows()), (&["column_1".into(), "column_2".into()][..], 2));
    assert_eq!(ok(b",x\n0,1\n").names(), ["column_1", "x"]);
    // All words: those of the first row are met again, or not.
    assert!(!ok(b"red,small\nblue,large\nred,large\nblue,small\n").has_header());
    assert!(ok(b"colour,size\nblue,large\nred,large\nblue,small\n").has_header());
    let with = Options { header: Some(true), ..Options::default() };
    assert_eq!(read(b"2019,2020\n1,2\n", &with).unwrap().names(), ["2019", "2020"]);
}

#[test]
fn kinds_of_columns() {
    let table = ok(b"n,c,m,e\n1,a,1,\n2,b,x,\n3,4,3,NA\n");
    let kinds: Vec<_> = table.names().iter().map(|n| table.kind(n).unwrap()).collect();
    use ColumnKind::*;
    assert_eq!(kinds, [Number, Category, Mixed, Empty]);
    let e = table.numbers("m").unwrap_err().render(Lang::En);
    assert!(e.contains("line = 3, column = \"m\", cell = \"x\"") && e.contains("hint"), "{e}");
    let e = ok(b"n\n1\ninf\n").numbers("n").unwrap_err().render(Lang::En);
    assert!(e.contains("infinite") && e.contains("line = 3"), "{e}");
    let e = table.kind("N").unwrap_err().render(Lang::En);
    assert!(e.contains("no column \"N\"") && e.contains("\"n\", \"c\""), "{e}");
}

#[test]
fn mistakes_name_their_place() {
    assert!(err(b"").contains("empty"));
    assert!(err(b"\xef\xbb\xbf \n\n").contains("empty"));
    assert!(err(b",\n,\n").contains("no rows"));
    assert!(err(b"a,b\n").contains("header but no rows"));
    assert!(err(b"a,b\n1,2\n\n1,2,3\n").contains("line 4 has 3 cells, the first row has 2"));
    assert!(err(b"a,b\n1\n").contains("line 2 has 1 cells"));
    assert!(err(b"a,b\n1,\"2\n3,4\n").contains("opened on line 2"));
    assert!(err(b"a,b,a\n1,2,3\n").contains("called \"a\": columns 1 and 3"));
    assert!(err(b"PK\x03\x04....").contains("Excel"));
    assert!(err(b"a,b\n1,\0\n").contains("byte offset = 6"));
    assert!(err(b"\xff\xfea\0,\0\0\0").contains("zero byte"));
    assert!(err(&[0x1f, 0x8b, 8, 0]).contains("gzip"));
    let wrong = |o: Options| read(b"a\n1\n", &o).unwrap_err().to_string();
    assert!(wrong(Options { separator: Some('"'), ..Options::default() }).contains("separator"));
    assert!(wrong(Options { decimal: Some(';'), ..Options::default() }).contains("decimal"));
    assert!(
        wrong(Options { encoding: Some("morse".into()), ..Options::default() }).contains("morse")
    );
    let e = read_file("no/such/file.csv", &Options::default()).unwrap_err().to_string();
    assert!(e.contains("no/such/file.csv"), "{e}");
    assert!(parse_row("").is_err() && parse_row("1\n2").is_err() && parse_row("\"1").is_err());
}

#[test]
fn dates_and_rows_that_come_again() {
    let table = ok("날짜,x\n2024-01-02,1\n2024-02-03,1\n,2\n2024-01-02,1\n".as_bytes());
    let (_, dates) = table.dates("날짜").unwrap().unwrap();
    assert_eq!(dates[1].map(|d| (d.month, d.day)), Some((2, 3)));
    assert_eq!((dates[2], table.duplicates()), (None, vec![3]));
    assert!(table.dates("x").unwrap().is_none() && table.dates("none").is_err());
}
