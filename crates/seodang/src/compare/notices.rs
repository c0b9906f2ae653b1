//! What a person should know about the data before trusting a score.

use seodang_core::{Text, text};

/// A warning about the data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// Rows without a target were left out.
    NoTarget {
        /// How many.
        rows: usize,
    },
    /// Rows that stand there more than once.
    Duplicates {
        /// How many are repetitions.
        rows: usize,
    },
    /// A column that names the rows was left out.
    Identifier {
        /// Its name.
        column: String,
    },
    /// A column that is the same in all rows was left out.
    Constant {
        /// Its name.
        column: String,
    },
    /// A column of numbers has other cells, which count as missing.
    Odd {
        /// Its name.
        column: String,
        /// The line of the first.
        line: usize,
        /// What it says.
        cell: String,
    },
    /// A column alone gives the answer away.
    Leak {
        /// Its name.
        column: String,
        /// How well it does alone: accuracy, or R².
        score: f64,
    },
    /// One class is rare.
    Unequal {
        /// The rarest class.
        class: String,
        /// Its share of the rows.
        share: f64,
        /// What always saying the most frequent class gets.
        base: f64,
    },
    /// There are few rows.
    Few {
        /// How many.
        rows: usize,
    },
    /// A method could not be tried.
    Skipped {
        /// Its name.
        method: String,
        /// Why.
        why: String,
    },
}

impl Notice {
    /// The warning in words.
    pub fn text(&self) -> Text {
        match self {
            Notice::NoTarget { rows } => text!(
                en: "{rows} rows have no target and were left out",
                ko: "목표값이 없는 {rows}개 행을 뺐습니다"
            ),
            Notice::Duplicates { rows } => text!(
                en: "{rows} rows repeat an earlier row: if the same case was recorded twice, scores are \
                     too good",
                ko: "{rows}개 행이 앞선 행과 똑같습니다. 같은 사례가 두 번 적힌 것이라면 점수가 실제보다 높습니다"
            ),
            Notice::Identifier { column } => text!(
                en: "the column {column:?} names the rows and was left out",
                ko: "{column:?} 열은 행의 이름으로 보여 뺐습니다"
            ),
            Notice::Constant { column } => text!(
                en: "the column {column:?} is the same in all rows and was left out",
                ko: "{column:?} 열은 모든 행에서 같아 뺐습니다"
            ),
            Notice::Odd { column, line, cell } => text!(
                en: "the column {column:?} has numbers, but line {line} says {cell:?}: such cells count as \
                     missing",
                ko: "{column:?} 열은 숫자인데 {line}번째 줄에 {cell:?}(이)라고 적혀 있습니다. 이런 칸은 결측으로 봅니다"
            ),
            Notice::Leak { column, score } => text!(
                en: "the column {column:?} alone gives the answer away (score {score:.3}): will it be known \
                     when you predict?",
                ko: "{column:?} 열만으로 답을 알 수 있습니다(점수 {score:.3}). 예측할 때에도 알 수 있는 값인가요?"
            ),
            Notice::Unequal { class, share, base } => text!(
                en: "the class {class:?} has only {:.1}% of the rows; always saying the most frequent class \
                     is right in {:.1}%", 100.0 * share, 100.0 * base;
                ko: "클래스 {class:?}은(는) 행의 {:.1}%뿐입니다. 가장 흔한 클래스만 말해도 {:.1}%가 맞습니다",
                100.0 * share, 100.0 * base
            ),
            Notice::Few { rows } => text!(
                en: "{rows} rows are few: the intervals are wide for that reason",
                ko: "행이 {rows}개뿐이라 구간이 넓습니다"
            ),
            Notice::Skipped { method, why } => text!(
                en: "{method} was not compared: {why}", ko: "{method}은(는) 비교하지 못했습니다: {why}"
            ),
        }
    }
}
