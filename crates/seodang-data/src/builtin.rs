//! The compiled-in data sets. See the crate's NOTICE for their sources and licence.

use crate::{Dataset, Kind, Split, gzip, idx};
use seodang_core::{Array, DType, Error, Result, text};

/// The share of rows, of each class, in the test part.
pub const TEST_SHARE: f64 = 0.2;

/// The seed of the split into training and test part.
pub const SPLIT_SEED: u64 = 20;

const DIGITS_IMAGES: &[u8] = include_bytes!("../builtin/digits-images-idx3-ubyte.gz");
const DIGITS_LABELS: &[u8] = include_bytes!("../builtin/digits-labels-idx1-ubyte.gz");
const IRIS: &[u8] = include_bytes!("../builtin/iris.csv.gz");
const WINE: &[u8] = include_bytes!("../builtin/wine.csv.gz");
const BREAST_CANCER: &[u8] = include_bytes!("../builtin/breast_cancer.csv.gz");

/// A compiled-in file as it is packed, for those who read it in a way of their own: rows in the order
/// of their source, not split.
#[must_use]
pub fn builtin_file(name: &str) -> Option<&'static [u8]> {
    match name {
        "digits-images-idx3-ubyte.gz" => Some(DIGITS_IMAGES),
        "digits-labels-idx1-ubyte.gz" => Some(DIGITS_LABELS),
        "iris.csv.gz" => Some(IRIS),
        "wine.csv.gz" => Some(WINE),
        "breast_cancer.csv.gz" => Some(BREAST_CANCER),
        _ => None,
    }
}

/// The most bytes that one of the compiled-in tables unpacks into.
const TABLE_LIMIT: u64 = 1 << 20;

/// The compiled-in data set of a name, in which hyphens and underscores are the same.
pub(crate) fn find(name: &str) -> Option<Result<Dataset>> {
    match name.to_ascii_lowercase().replace('-', "_").as_str() {
        "digits" => Some(digits()),
        "iris" => Some(iris()),
        "wine" => Some(wine()),
        "breast_cancer" => Some(breast_cancer()),
        _ => None,
    }
}

/// 1,797 handwritten digits of 8x8 pixels from 0 to 16, `u8[n, 64]`.
fn digits() -> Result<Dataset> {
    let images = idx::read(DIGITS_IMAGES)?;
    let count = images.shape()[0];
    let all =
        Split::new(images.reshape([count, 64])?, idx::read(DIGITS_LABELS)?.convert(DType::I32))?;
    let kind = Kind::Image { height: 8, width: 8, channels: 1, max: 16.0 };
    let set = Dataset::from_split("digits", all, kind, TEST_SHARE, SPLIT_SEED)?;
    Ok(set.class_names((0..10).map(|d| d.to_string())))
}

/// 150 flowers with four measurements, three species.
fn iris() -> Result<Dataset> {
    table("iris", IRIS, &["setosa", "versicolor", "virginica"])
}

/// 178 wines with 13 measurements, three growers.
fn wine() -> Result<Dataset> {
    table("wine", WINE, &["class_0", "class_1", "class_2"])
}

/// 569 tumours with 30 measurements, malignant or benign.
fn breast_cancer() -> Result<Dataset> {
    table("breast_cancer", BREAST_CANCER, &["malignant", "benign"])
}

/// Reads one of our own tables: a header, numbers, the class's name last.
fn table(name: &str, packed: &[u8], classes: &[&str]) -> Result<Dataset> {
    let damaged = || {
        Error::internal(text!(
            en: "the compiled-in data set \"{name}\" is damaged",
            ko: "내장 데이터 \"{name}\"이(가) 손상되었습니다"
        ))
    };
    let bytes = gzip::unpack(packed, TABLE_LIMIT)?;
    let mut lines = std::str::from_utf8(&bytes).map_err(|_| damaged())?.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let (mut x, mut y) = (Vec::<f32>::new(), Vec::<i32>::new());
    for line in lines {
        let (numbers, class) = line.rsplit_once(',').ok_or_else(damaged)?;
        for number in numbers.split(',') {
            x.push(number.parse().map_err(|_| damaged())?);
        }
        y.push(classes.iter().position(|&c| c == class).ok_or_else(damaged)? as i32);
    }
    let width = header.len() - 1;
    let all = Split::new(Array::from_vec([y.len(), width], x)?, Array::from_vec([y.len()], y)?)?;
    let set = Dataset::from_split(name, all, Kind::Table, TEST_SHARE, SPLIT_SEED)?;
    Ok(set.feature_names(header[..width].iter().copied()).class_names(classes.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(split: &Split, n: usize) -> Vec<usize> {
        let y = split.y.to_f64_vec();
        (0..n).map(|c| y.iter().filter(|&&v| v == c as f64).count()).collect()
    }

    // Counts and sums as scikit-learn 1.9.1 gives them:
    // `d = load_digits(); d.data.sum(), d.data[5], numpy.bincount(d.target)` and so on.
    #[test]
    fn digits_are_those_of_scikit_learn() {
        let set = digits().unwrap();
        let whole = set.whole().unwrap();
        assert_eq!(whole.x.shape().dims(), [1797, 64]);
        assert_eq!(whole.x.dtype(), DType::U8);
        assert_eq!(whole.x.to_f64_vec().iter().sum::<f64>(), 561_718.0);
        assert_eq!(classes(&whole, 10), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert_eq!(whole.y.to_vec::<i32>().unwrap()[..12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
        assert_eq!(whole.x.to_f64_vec()[..8], [0.0, 0.0, 5.0, 13.0, 9.0, 1.0, 0.0, 0.0]);
        assert_eq!((set.train.len(), set.test.len()), (1438, 359));
        assert_eq!(classes(&set.test, 10), [36, 36, 35, 37, 36, 36, 36, 36, 35, 36]);
    }

    #[test]
    fn tables_are_those_of_scikit_learn() {
        for (set, rows, counts, sum) in [
            (iris().unwrap(), 150, vec![50, 50, 50], 2078.7),
            (wine().unwrap(), 178, vec![59, 71, 48], 159_975.296),
            (breast_cancer().unwrap(), 569, vec![212, 357], 1_056_474.459_6),
        ] {
            let whole = set.whole().unwrap();
            assert_eq!(whole.len(), rows);
            assert_eq!(whole.x.shape()[1], set.feature_names.len());
            assert_eq!(classes(&whole, counts.len()), counts);
            assert_eq!(set.class_names.len(), counts.len());
            let total = whole.x.to_f64_vec().iter().sum::<f64>();
            assert!((total - sum).abs() < 1e-6 * sum, "{}: {total}", set.name);
            assert_eq!(classes(&set.test, counts.len()).iter().sum::<usize>(), set.test.len());
        }
    }
}
