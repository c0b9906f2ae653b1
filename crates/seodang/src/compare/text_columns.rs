//! Columns of free text, as numbers: pieces of words, counted and weighed.
//!
//! A text's *grams* are the runs of one to four characters of its words, the beginning and the end of a
//! word being characters too. That needs no dictionary, so it works for Korean, whose words take many
//! endings, as for English. Each gram has a number by a hash (Weinberger et al. 2009), and counts by
//! `(1 + ln tf) * idf`, scaled to length 1 (Salton and Buckley 1988).

use seodang_learn::Csr;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Grams are numbered below 2 to this power.
const BITS: u32 = 18;
/// The longest run of characters that is a gram.
const LONGEST: usize = 4;
/// The most characters of a text that are looked at.
const MOST: usize = 4000;

/// The texts of a column: for each row, the numbers of its grams and how often each is there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grams {
    ends: Vec<usize>,
    grams: Vec<(u32, f32)>,
}

impl Grams {
    /// Counts the grams of texts.
    pub(crate) fn count<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> Grams {
        let mut out = Grams::default();
        let mut numbers = Vec::new();
        for text in texts {
            numbers.clear();
            each_gram(text.unwrap_or_default(), |gram| numbers.push(number(gram)));
            numbers.sort_unstable();
            out.grams.extend(numbers.chunk_by(|a, b| a == b).map(|c| (c[0], c.len() as f32)));
            out.ends.push(out.grams.len());
        }
        out
    }

    fn row(&self, i: usize) -> &[(u32, f32)] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.grams[start..self.ends[i]]
    }
}

/// Calls `f` with each gram of a text, small letters for capitals.
fn each_gram(text: &str, mut f: impl FnMut(&[u8])) {
    let text: String = text.chars().take(MOST).flat_map(char::to_lowercase).collect();
    let mut word = String::new();
    for piece in text.split_whitespace() {
        word.clear();
        word.push(' ');
        word.push_str(piece);
        word.push(' ');
        let starts: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
        for from in 0..starts.len() - 1 {
            for to in from + 1..=(from + LONGEST).min(starts.len() - 1) {
                // The border of a word alone says nothing.
                let gram = &word.as_bytes()[starts[from]..starts[to]];
                if gram != b" " {
                    f(gram);
                }
            }
        }
    }
}

/// A gram's number: the 64-bit FNV-1a hash, folded.
fn number(gram: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for &b in gram {
        hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    ((hash >> 32) as u32 ^ hash as u32) & ((1 << BITS) - 1)
}

/// What was learned of a column of texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextColumn {
    /// How much each gram counts: more, the fewer texts have it. Those that no text had are left out.
    idf: HashMap<u32, f32>,
    /// The grams that say most about the target, by number and as they are written.
    telling: Vec<(u32, String)>,
}

impl TextColumn {
    /// Learns from rows of texts, and how strongly each gram goes with the target: `signs` are the
    /// target's values, centred, one column for each class or quantity. The `most` strongest are kept
    /// as columns of their own.
    pub(crate) fn fit<'a>(
        grams: &Grams,
        rows: &[usize],
        signs: &[Vec<f64>],
        most: usize,
        text: impl Fn(usize) -> Option<&'a str>,
    ) -> TextColumn {
        let mut counts: HashMap<u32, (f32, Vec<f64>)> = HashMap::new();
        for (k, &i) in rows.iter().enumerate() {
            for &(gram, _) in grams.row(i) {
                let entry = counts.entry(gram).or_insert_with(|| (0.0, vec![0.0; signs.len()]));
                entry.0 += 1.0;
                entry.1.iter_mut().zip(signs).for_each(|(sum, s)| *sum += s[k]);
            }
        }
        let n = rows.len() as f32;
        let strength = |(df, sums): &(f32, Vec<f64>)| {
            // The squared correlation with the target, up to what is equal for all grams.
            let spread = f64::from(df * (1.0 - df / n)).max(1e-9);
            sums.iter().map(|s| s * s).sum::<f64>() / spread
        };
        let mut best: Vec<(u32, f64)> =
            counts.iter().filter(|(_, c)| c.0 >= 3.0).map(|(g, c)| (*g, strength(c))).collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(most);
        let mut telling: Vec<(u32, String)> =
            best.iter().map(|(g, _)| (*g, String::new())).collect();
        let mut unknown: HashMap<u32, usize> =
            telling.iter().enumerate().map(|(at, (g, _))| (*g, at)).collect();
        for &i in rows {
            if unknown.is_empty() {
                break;
            }
            each_gram(text(i).unwrap_or_default(), |gram| {
                if let Some(at) = unknown.remove(&number(gram)) {
                    telling[at].1 = String::from_utf8_lossy(gram).replace(' ', "_");
                }
            });
        }
        let idf =
            counts.iter().map(|(g, (df, _))| (*g, ((1.0 + n) / (1.0 + df)).ln() + 1.0)).collect();
        TextColumn { idf, telling }
    }

    /// The grams that are columns, as they are written.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.telling.iter().map(|(_, name)| name.as_str())
    }

    /// The weights of a row's grams, scaled to length 1.
    fn weigh(&self, row: &[(u32, f32)], mut f: impl FnMut(u32, f64)) {
        let weight = |&(g, tf): &(u32, f32)| {
            self.idf.get(&g).map(|idf| (g, f64::from((1.0 + tf.ln()) * idf)))
        };
        let length = row.iter().filter_map(weight).map(|(_, w)| w * w).sum::<f64>().sqrt();
        row.iter().filter_map(weight).for_each(|(g, w)| f(g, w / length.max(1e-12)));
    }

    /// The grams that are columns: one vector a column.
    pub(crate) fn columns(&self, grams: &Grams, rows: &[usize]) -> Vec<Vec<f64>> {
        let place: HashMap<u32, usize> =
            self.telling.iter().enumerate().map(|(at, (g, _))| (*g, at)).collect();
        let mut out = vec![vec![0.0; rows.len()]; self.telling.len()];
        for (k, &i) in rows.iter().enumerate() {
            self.weigh(grams.row(i), |g, w| {
                if let Some(&at) = place.get(&g) {
                    out[at][k] = w;
                }
            });
        }
        out
    }

    /// All grams of several columns of texts beside each other, as a sparse matrix.
    pub(crate) fn sparse(all: &[(&TextColumn, &Grams)], rows: &[usize]) -> Csr<'static> {
        let (mut ends, mut places, mut weights) = (vec![0], Vec::new(), Vec::new());
        for &i in rows {
            for (at, (column, grams)) in all.iter().enumerate() {
                column.weigh(grams.row(i), |g, w| {
                    places.push(g + ((at as u32) << BITS));
                    weights.push(w);
                });
            }
            ends.push(weights.len());
        }
        Csr::new(ends, places, weights, all.len() << BITS).expect("the parts fit")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 6] =
        ["정말 좋아요", "좋아 좋아요", "별로였어요", "정말 별로", "좋았어요", "별로 별로"];

    fn fitted(most: usize) -> (Grams, TextColumn) {
        let grams = Grams::count(TEXTS.iter().map(|t| Some(*t)));
        let signs = vec![vec![0.5, 0.5, -0.5, -0.5, 0.5, -0.5]];
        let rows: Vec<usize> = (0..6).collect();
        let column = TextColumn::fit(&grams, &rows, &signs, most, |i| Some(TEXTS[i]));
        (grams, column)
    }

    #[test]
    fn grams_are_pieces_of_words() {
        let mut seen = Vec::new();
        each_gram("Ab 가", |g| seen.push(String::from_utf8_lossy(g).into_owned()));
        let want = [" a", " ab", " ab ", "a", "ab", "ab ", "b", "b ", " 가", " 가 ", "가", "가 "];
        assert_eq!(seen, want);
    }

    #[test]
    fn telling_grams_are_found_and_rows_have_length_one() {
        let (grams, column) = fitted(4);
        let names: Vec<_> = column.names().collect();
        assert!(names.iter().any(|n| n.contains('좋')) && names.iter().any(|n| n.contains('별')));
        let x = TextColumn::sparse(&[(&column, &grams)], &[0, 5]);
        for i in 0..2 {
            let (_, w) = x.row(i);
            assert!((w.iter().map(|w| w * w).sum::<f64>() - 1.0).abs() < 1e-9);
        }
        let good = names.iter().position(|n| n.contains('좋')).expect("a good one");
        let columns = column.columns(&grams, &[0, 3]);
        assert!(columns[good][0] > 0.0 && columns[good][1] == 0.0);
        let json = serde_json::to_string(&column).expect("JSON");
        assert_eq!(serde_json::from_str::<TextColumn>(&json).expect("a column"), column);
    }

    #[test]
    fn missing_and_strange_texts_are_nothing() {
        let (_, column) = fitted(2);
        let other = Grams::count([None, Some(""), Some("zzz")].into_iter());
        let x = TextColumn::sparse(&[(&column, &other)], &[0, 1, 2]);
        assert_eq!((x.rows(), x.data.len()), (3, 0));
    }
}
