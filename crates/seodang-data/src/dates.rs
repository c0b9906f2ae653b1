//! Dates as people write them.
//!
//! | written | read |
//! |---|---|
//! | `2024-03-05`, `2024/3/5`, `2024. 3. 5.`, `2024년 3월 5일`, `20240305` | year, month, day |
//! | `5 Mar 2024`, `March 5, 2024`, `05-Mar-24` | by the month's name |
//! | `05.03.2024`, `05/03/2024`, `3/5/24` | by [`DateOrder`], which the whole column decides |
//! | `2024-03`, `2024년 3월` | the first day of the month |
//!
//! A time may follow: `14:05`, `14:05:30.5`, `T14:05:30Z`, `2:05 PM`, `오후 2:05`. Offsets from UTC are
//! read and left aside: what counts is the clock where it was written.

use serde::{Deserialize, Serialize};

/// What stands first where day and month are both numbers in front of the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `25.12.2024`
    #[default]
    DayFirst,
    /// `12/25/2024`
    MonthFirst,
}

/// A day of the Gregorian calendar, perhaps with a time of day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// Seconds since midnight, if a time was written.
    pub seconds: Option<u32>,
}

impl Date {
    /// A day, if there is such a one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let longest = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => 0,
        };
        let there = (1..=longest).contains(&day) && (0..=9999).contains(&year);
        there.then_some(Date { year, month, day, seconds: None })
    }

    /// Days since 1970-01-01.
    pub fn days(&self) -> i64 {
        // Years that begin in March have their leap day last.
        let (month, year) = (i64::from(self.month), i64::from(self.year));
        let year = year - i64::from(month <= 2);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leaps + of_year - 719_468
    }

    /// The day of the week: 0 is Monday, 6 is Sunday.
    pub fn weekday(&self) -> u32 {
        // 1970-01-01 was a Thursday.
        (self.days() + 3).rem_euclid(7) as u32
    }

    /// The day of the year, from 1.
    pub fn day_of_year(&self) -> u32 {
        let first = Date { month: 1, day: 1, ..*self };
        (self.days() - first.days() + 1) as u32
    }

    /// The date in a cell, if it is one in one of the forms above.
    ///
    /// ```
    /// use seodang_data::{Date, DateOrder};
    /// let date = Date::parse("2024년 3월 5일", DateOrder::DayFirst).expect("a date");
    /// assert_eq!((date.year, date.month, date.day, date.weekday()), (2024, 3, 5, 1));
    /// ```
    pub fn parse(cell: &str, order: DateOrder) -> Option<Date> {
        // No form is longer; texts are refused quickly.
        if cell.len() > 64 || !cell.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let tokens = tokens(cell.trim())?;
        let clock = tokens.iter().position(|t| matches!(t, Token::Mark(':')));
        let (date, seconds) = match clock {
            Some(at) => {
                let begin = at.checked_sub(1)?;
                let half = begin.checked_sub(1).and_then(|b| match tokens[b] {
                    Token::Half(pm) => Some((b, pm)),
                    _ => None,
                });
                let seconds = time(&tokens[begin..], half.map(|h| h.1))?;
                (&tokens[..half.map_or(begin, |h| h.0)], Some(seconds))
            }
            None => (&tokens[..], None),
        };
        Some(Date { seconds, ..day(date, order)? })
    }
}

/// A piece of a cell.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Token {
    /// A number and how many digits it has.
    Number(u32, usize),
    /// A month by its name.
    Month(u32),
    /// Before (`false`) or after noon.
    Half(bool),
    /// A sign between numbers.
    Mark(char),
    /// `T` between date and time.
    T,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The pieces of a cell without white space; nothing, if it has a piece that no date has.
fn tokens(cell: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = cell;
    while let Some(c) = rest.chars().next() {
        let run = |like: fn(char) -> bool| rest.find(|c: char| !like(c)).unwrap_or(rest.len());
        if c.is_whitespace() {
            rest = rest.trim_start();
            continue;
        }
        let length = if c.is_ascii_digit() {
            let n = run(|c| c.is_ascii_digit());
            // Fractions of seconds may have nine digits; nothing else has more than eight.
            out.push(Token::Number(rest[..n.min(9)].parse().ok()?, n));
            n
        } else if c.is_alphabetic() {
            let n = run(char::is_alphabetic);
            let word = rest[..n].to_lowercase();
            let named = |names: &[&str]| {
                let fits = |n: &&str| word.len() >= 3 && (**n == word || n[..3] == word);
                names.iter().position(|n| fits(n) || (word == "sept" && *n == "september"))
            };
            match word.as_str() {
                "t" => out.push(Token::T),
                "am" | "오전" => out.push(Token::Half(false)),
                "pm" | "오후" => out.push(Token::Half(true)),
                "년" | "월" | "일" | "시" | "분" | "초" => {
                    out.push(Token::Mark(word.chars().next()?));
                }
                "z" | "utc" | "gmt" | "kst" | "st" | "nd" | "rd" | "th" => {}
                w if w.ends_with("요일") => {}
                _ => match named(&MONTHS) {
                    Some(m) => out.push(Token::Month(m as u32 + 1)),
                    None if named(&WEEKDAYS).is_some() => {}
                    None => return None,
                },
            }
            n
        } else if matches!(c, '-' | '/' | '.' | ',' | ':' | '+') {
            out.push(Token::Mark(c));
            1
        } else {
            return None;
        };
        rest = &rest[length..];
    }
    Some(out)
}

/// Seconds since midnight: `h : m [: s [. fraction]] [half] [offset]`.
fn time(tokens: &[Token], half: Option<bool>) -> Option<u32> {
    let number = |i: usize| match tokens.get(i) {
        Some(Token::Number(x, n)) if *n <= 2 => Some(*x),
        _ => None,
    };
    let (mut hour, minute) = (number(0)?, number(2)?);
    let mut at = 3;
    let mut second = 0;
    if tokens.get(at) == Some(&Token::Mark(':')) {
        second = number(at + 1)?;
        at += 2;
        if let (Some(Token::Mark('.')), Some(Token::Number(..))) =
            (tokens.get(at), tokens.get(at + 1))
        {
            at += 2;
        }
    }
    let mut half = half;
    if let (Some(Token::Half(pm)), None) = (tokens.get(at), half) {
        half = Some(*pm);
        at += 1;
    }
    let offset = matches!(
        &tokens[at..],
        [] | [Token::Mark('+' | '-'), Token::Number(_, 2 | 4)]
            | [Token::Mark('+' | '-'), Token::Number(_, 2), Token::Mark(':'), Token::Number(_, 2)]
    );
    if let Some(pm) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if pm { 12 } else { 0 };
    }
    let fits = hour < 24 && minute < 60 && second < 61;
    (offset && fits).then_some(hour * 3600 + minute * 60 + second)
}

fn day(tokens: &[Token], order: DateOrder) -> Option<Date> {
    let tokens = match tokens {
        [rest @ .., Token::T] | [rest @ .., Token::Mark('.' | ',')] => rest,
        all => all,
    };
    // Behind the name of a weekday, which is none of the tokens.
    let tokens = tokens.strip_prefix(&[Token::Mark(',')]).unwrap_or(tokens);
    let mut parts = Vec::new();
    let mut marks = Vec::new();
    let mut between = true;
    for token in tokens {
        match token {
            Token::Number(..) | Token::Month(_) => {
                parts.push(*token);
                between = false;
            }
            Token::Mark(c @ ('-' | '/' | '.' | ',' | '년' | '월' | '일')) if !between => {
                marks.push(*c);
                between = true;
            }
            _ => return None,
        }
    }
    if between && !matches!(marks.last(), Some('월' | '일')) {
        return None;
    }
    use Token::{Month, Number};
    let year = |y: u32, digits: usize| match digits {
        4 => Some(y as i32),
        // As POSIX reads them.
        2 => Some(y as i32 + if y < 69 { 2000 } else { 1900 }),
        _ => None,
    };
    let same = |n: usize| marks.len() >= n && marks[..n].iter().all(|m| *m == marks[0]);
    let korean = marks.first() == Some(&'년');
    match parts[..] {
        [Number(y, 4), Number(m, 1 | 2), Number(d, 1 | 2)] if same(2) || korean => {
            Date::new(y as i32, m, d)
        }
        [Number(y, 2), Number(m, 1 | 2), Number(d, 1 | 2)] if korean => {
            Date::new(year(y, 2)?, m, d)
        }
        [Number(y, 4), Number(m, 1 | 2)] if korean || marks == ['-'] || marks == ['/'] => {
            Date::new(y as i32, m, 1)
        }
        [Number(x, 8)] if marks.is_empty() => {
            Date::new((x / 10_000) as i32, x / 100 % 100, x % 100).filter(|d| d.year >= 1900)
        }
        [Number(d, 1 | 2), Month(m), Number(y, n)] | [Month(m), Number(d, 1 | 2), Number(y, n)] => {
            Date::new(year(y, n)?, m, d)
        }
        [Number(y, 4), Month(m), Number(d, 1 | 2)] => Date::new(y as i32, m, d),
        [Number(a, 1 | 2), Number(b, 1 | 2), Number(y, n)]
            if same(2) && (n == 4 || marks[0] == '/') =>
        {
            let (d, m) = if order == DateOrder::DayFirst { (a, b) } else { (b, a) };
            Date::new(year(y, n)?, m, d)
        }
        _ => None,
    }
}

/// The order in which all cells are dates, the day first where both are; nothing, if in neither order
/// they are, or if there is no cell. Only with slashes the month comes first in doubt, as it does where
/// slashes are most used.
pub(crate) fn order_of<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Option<DateOrder> {
    let first = cells.clone().next()?;
    let orders = if first.contains('/') {
        [DateOrder::MonthFirst, DateOrder::DayFirst]
    } else {
        [DateOrder::DayFirst, DateOrder::MonthFirst]
    };
    orders.into_iter().find(|&o| cells.clone().all(|c| Date::parse(c, o).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Option<(i32, u32, u32, Option<u32>)> {
        Date::parse(cell, DateOrder::DayFirst).map(|d| (d.year, d.month, d.day, d.seconds))
    }

    #[test]
    fn dates_as_people_write_them() {
        for cell in [
            "2024-03-05",
            "2024/3/5",
            "2024. 3. 5.",
            "2024.03.05",
            "2024년 3월 5일",
            "20240305",
            "5 Mar 2024",
            "March 5, 2024",
            "05-Mar-24",
            "Tue, 5 March 2024",
            "05.03.2024",
            "5/3/2024",
            "5/3/24",
            " 2024-03-05 ",
            "24년 3월 5일",
        ] {
            assert_eq!(read(cell), Some((2024, 3, 5, None)), "{cell}");
        }
        assert_eq!(read("2024-03"), Some((2024, 3, 1, None)));
        let afternoon = Some((2024, 3, 5, Some(14 * 3600 + 5 * 60)));
        for cell in [
            "2024-03-05 14:05",
            "2024-03-05T14:05:00Z",
            "2024-03-05T14:05:00.123456+09:00",
            "2024-03-05 2:05 PM",
            "2024. 3. 5. 오후 2:05",
            "2024-03-05 14:05:00 KST",
        ] {
            assert_eq!(read(cell), afternoon, "{cell}");
        }
        assert_eq!(read("2024-03-05 오전 12:00"), Some((2024, 3, 5, Some(0))));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cell in [
            "",
            "5",
            "1.5",
            "2024",
            "2024-13-01",
            "2023-02-29",
            "1-2-3",
            "1.2.3",
            "12:30",
            "2024-03-05 25:00",
            "2024-03-05 13:00 PM",
            "hello",
            "2024-03/05",
            "99999999",
            "2024-03-05 14:05 x",
            "가나다 2024",
            "1,234",
            "2024-03-05-",
            "2024-03-05(x)",
            "12345678901234567890",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_column_decides_the_order() {
        let of = |cells: &[&str]| order_of(cells.iter().copied());
        assert_eq!(of(&["03/05/2024", "12/25/2024"]), Some(DateOrder::MonthFirst));
        assert_eq!(of(&["03/05/2024", "25/12/2024"]), Some(DateOrder::DayFirst));
        assert_eq!(of(&["03.05.2024", "04.05.2024"]), Some(DateOrder::DayFirst));
        assert_eq!(of(&["25/12/2024", "12/25/2024"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn days_are_counted() {
        let day = |y, m, d| Date::new(y, m, d).expect("a day");
        assert_eq!(day(1970, 1, 1).days(), 0);
        assert_eq!(day(2000, 3, 1).days(), 11_017);
        assert_eq!(day(1969, 12, 31).days(), -1);
        assert_eq!(day(2024, 12, 31).day_of_year(), 366);
        assert_eq!(day(2026, 11, 28).weekday(), 5);
    }
}
