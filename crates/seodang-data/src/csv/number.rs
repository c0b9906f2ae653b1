//! Numbers as people write them.

/// The decimal sign of a file; the other one may group thousands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Cell {
    /// A finite number.
    Number(f64),
    /// Nothing, or a word for nothing.
    Missing,
    /// Infinity, in words or as a number too large for 64 bits.
    NotFinite,
    /// Something else.
    Text,
}

const MISSING: [&str; 7] = ["NA", "N/A", "#N/A", "NaN", "null", "None", "?"];
/// Signs of money, before or behind the number.
const MONEY: [char; 6] = ['$', '€', '£', '¥', '₩', '￦'];
/// What else stands behind a number and says in what it is counted.
const UNITS: [char; 5] = ['%', '％', '원', '円', '元'];
const INFINITE: [&str; 2] = ["inf", "infinity"];

impl Cell {
    /// Reads a cell without white space around it.
    pub(crate) fn read(cell: &str, decimal: Decimal) -> Cell {
        let cell = cell.trim();
        let unsigned = cell.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(cell);
        let is = |words: &[&str], s: &str| words.iter().any(|w| w.eq_ignore_ascii_case(s));
        if cell.is_empty() || is(&MISSING, cell) || unsigned.eq_ignore_ascii_case("nan") {
            return Cell::Missing;
        }
        if is(&INFINITE, unsigned) {
            return Cell::NotFinite;
        }
        match parse(cell, unsigned, decimal).or_else(|| with_unit(cell, decimal)) {
            Some(x) if x.is_finite() => Cell::Number(x),
            Some(_) => Cell::NotFinite,
            None => Cell::Text,
        }
    }
}

/// `[sign] digits [decimal digits] [e [sign] digits]`, the digits before the decimal sign perhaps in
/// groups of three.
fn parse(cell: &str, unsigned: &str, decimal: Decimal) -> Option<f64> {
    let (decimal, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once(decimal).unwrap_or((mantissa, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    // `1 234` and `1'234` are written in many countries, whatever the decimal sign.
    let signs = [group, ' ', '\u{a0}', '\u{202f}', '\''];
    let grouped = whole.contains(signs);
    if grouped {
        let group = whole.chars().find(|c| signs.contains(c))?;
        let mut groups = whole.split(group);
        let first = groups.next().unwrap_or_default();
        let leads =
            !first.is_empty() && first.len() <= 3 && digits(first) && !first.starts_with('0');
        if !leads || !groups.all(|g| g.len() == 3 && digits(g)) {
            return None;
        }
    } else if !digits(whole) {
        return None;
    }
    if !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if let Some(e) = exponent {
        let e = e.strip_prefix(['-', '+']).unwrap_or(e);
        if e.is_empty() || !digits(e) {
            return None;
        }
    }
    let negative = !cell.starts_with(|c: char| c.is_ascii_digit() || c == decimal || c == '+');
    let size: f64 = if grouped || decimal == ',' {
        unsigned.replace(signs, "").replace(decimal, ".").parse().ok()?
    } else {
        unsigned.parse().ok()?
    };
    Some(if negative { -size } else { size })
}

/// A number with a sign of money or of percent, or in parentheses, as bookkeepers write negative ones:
/// `$1,234`, `-₩500`, `12%` (12, not 0.12), `(50.5)`.
fn with_unit(cell: &str, decimal: Decimal) -> Option<f64> {
    const SIGNS: [char; 3] = ['-', '+', '\u{2212}'];
    let inner = cell.strip_prefix('(').and_then(|c| c.strip_suffix(')'));
    let signed = inner.unwrap_or(cell).trim();
    // One sign, before the unit or behind it.
    let bare = signed.strip_prefix(SIGNS);
    let number = bare.unwrap_or(signed);
    let (number, units) = match number.strip_prefix(MONEY) {
        Some(rest) => (rest, true),
        None => match number.strip_suffix(MONEY).or_else(|| number.strip_suffix(UNITS)) {
            Some(rest) => (rest, true),
            None => (number, false),
        },
    };
    let number = number.trim();
    let behind = if bare.is_none() && units { number.strip_prefix(SIGNS) } else { None };
    let has_sign = bare.is_some() || behind.is_some();
    if (inner.is_some() && has_sign) || (inner.is_none() && !units) {
        return None;
    }
    let digits = behind.unwrap_or(number);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let sign = |before: &str| !before.starts_with('+');
    let negative =
        inner.is_some() || (bare.is_some() && sign(signed)) || (behind.is_some() && sign(number));
    parse(digits, digits, decimal).map(|x| if negative { -x } else { x })
}

/// The decimal sign of a file: a comma if some cell is a number only so and none only with a point.
pub(super) fn sniff<'a>(cells: impl Iterator<Item = &'a str>) -> Decimal {
    let mut comma = false;
    for cell in cells.filter(|c| c.contains([',', '.'])) {
        let is_number = |d| matches!(Cell::read(cell, d), Cell::Number(_));
        match (is_number(Decimal::Point), is_number(Decimal::Comma)) {
            (true, false) => return Decimal::Point,
            (false, true) => comma = true,
            _ => {}
        }
    }
    if comma { Decimal::Comma } else { Decimal::Point }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let point = |s| Cell::read(s, Decimal::Point);
        for (text, x) in [
            ("1", 1.0),
            (" -2.5 ", -2.5),
            ("+3.", 3.0),
            (".5", 0.5),
            ("1e3", 1000.0),
            ("-1.5E-2", -0.015),
            ("1,234", 1234.0),
            ("12,345,678.9", 12_345_678.9),
            ("\u{2212}4", -4.0),
            ("007", 7.0),
            ("1 234", 1234.0),
            ("12\u{a0}345\u{a0}678.5", 12_345_678.5),
            ("1'234", 1234.0),
            ("12%", 12.0),
            ("-0.5 %", -0.5),
            ("$1,234.5", 1234.5),
            ("-$3", -3.0),
            ("₩ -300", -300.0),
            ("+€2", 2.0),
            ("10,000원", 10_000.0),
            ("5 €", 5.0),
            ("(50.5)", -50.5),
            ("($1,000)", -1000.0),
        ] {
            assert_eq!(point(text), Cell::Number(x), "{text}");
        }
        for text in [
            "1,5",
            "1,2345",
            "0,123",
            ",123",
            "1e",
            "1e+",
            "e5",
            ".",
            "-",
            "--1",
            "1.2.3",
            "1_000",
            "0x10",
            "a",
            "12\u{a0}345\u{202f}678",
            "1 23",
            "12 3456",
            "2 000,000",
            "%",
            "$",
            "()",
            "(-3)",
            "(a)",
            "-$-3",
            "$5%",
            "$$5",
            "3원짜리",
        ] {
            assert_eq!(point(text), Cell::Text, "{text}");
        }
        for text in ["", "  ", "NA", "nan", "-NaN", "NULL", "none", "?", "n/a", "#N/A"] {
            assert_eq!(point(text), Cell::Missing, "{text}");
        }
        for text in ["inf", "-Infinity", "+INF", "1e999", "-1e999"] {
            assert_eq!(point(text), Cell::NotFinite, "{text}");
        }
        let comma = |s| Cell::read(s, Decimal::Comma);
        assert_eq!(comma("-1.234,5"), Cell::Number(-1234.5));
        assert_eq!(comma("0,25e1"), Cell::Number(2.5));
        assert_eq!(comma("1.5"), Cell::Text);
        assert_eq!(comma("1.234,5 €"), Cell::Number(1234.5));
    }

    #[test]
    fn the_decimal_sign_is_found() {
        let of = |cells: &[&str]| sniff(cells.iter().copied());
        assert_eq!(of(&["1,5", "2"]), Decimal::Comma);
        assert_eq!(of(&["1,5", "2.5"]), Decimal::Point);
        assert_eq!(of(&["1,500", "2,000"]), Decimal::Point);
        assert_eq!(of(&["1.500", "0,5"]), Decimal::Comma);
        assert_eq!(of(&["a, b", "3"]), Decimal::Point);
    }
}
