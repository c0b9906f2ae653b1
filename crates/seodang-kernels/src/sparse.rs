//! Loops over rows of which only what is not 0 is there: products with a few vectors, and sums.
//!
//! No multiply-add is fused, and sums have the same partial sums everywhere: the bits do not depend on the
//! instruction set. All run on the calling thread.

use crate::vectorised::{Loop, run};
use std::borrow::Cow;
use std::ops::Range;

/// Sparse rows: the entries of row `i` are those from `starts[i]` to `starts[i + 1]`.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Where each row's entries begin, and where the last one's end.
    pub starts: &'a [usize],
    /// The column of each entry.
    pub columns: &'a [u32],
    /// The value of each entry.
    pub values: &'a [f64],
}

impl<'a> Rows<'a> {
    /// The columns and values of a row.
    #[inline(always)]
    pub fn row(&self, i: usize) -> (&'a [u32], &'a [f64]) {
        let (from, to) = (self.starts[i], self.starts[i + 1]);
        (&self.columns[from..to], &self.values[from..to])
    }
}

/// The greatest of some numbers; 0 of none.
///
/// ```
/// assert_eq!(seodang_kernels::sparse::greatest(&[3, 7, 5]), 7);
/// ```
pub fn greatest(x: &[u32]) -> u32 {
    struct Greatest<'a>(&'a [u32]);
    impl Loop for Greatest<'_> {
        type Output = u32;
        #[inline(always)]
        fn run(self) -> u32 {
            self.0.iter().fold(0, |a, &b| a.max(b))
        }
    }
    run(Greatest(x))
}

/// The inner product of a sparse row with one that has its zeros.
///
/// ```
/// let wide = [1.0, 10.0, 100.0];
/// assert_eq!(seodang_kernels::sparse::dot(&[0, 2], &[2.0, 3.0], &wide), 302.0);
/// ```
///
/// # Panics
/// If there are not as many values as columns, or `wide` lacks one of these.
#[inline]
pub fn dot(columns: &[u32], values: &[f64], wide: &[f64]) -> f64 {
    assert_eq!(columns.len(), values.len());
    // Four sums, which do not wait for each other.
    let mut sums = [0.0; 4];
    let ((columns, last_columns), (values, last_values)) =
        (columns.as_chunks::<4>(), values.as_chunks::<4>());
    for i in 0..columns.len() {
        let (columns, values) = (&columns[i], &values[i]);
        for k in 0..4 {
            sums[k] += values[k] * wide[columns[k] as usize];
        }
    }
    let mut rest = 0.0;
    for i in 0..last_columns.len() {
        rest += last_values[i] * wide[last_columns[i] as usize];
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// Adds a multiple of a sparse row to one that has its zeros.
///
/// # Panics
/// As [`dot`].
#[inline]
pub fn axpy(by: f64, columns: &[u32], values: &[f64], wide: &mut [f64]) {
    assert_eq!(columns.len(), values.len());
    for i in 0..columns.len() {
        wide[columns[i] as usize] += by * values[i];
    }
}

/// Numbers for each column and each of a few outputs; those of a column lie together, so that an entry of
/// a row meets all of them at once.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    outputs: usize,
    /// Numbers of each column: the outputs, and zeros that fill the last vector.
    stride: usize,
    numbers: Cow<'a, [f64]>,
}

/// The numbers of a column that a vector has.
fn lanes(stride: usize) -> usize {
    [8, 4].into_iter().find(|&lanes| stride.is_multiple_of(lanes)).unwrap_or(stride)
}

impl<'a> Table<'a> {
    /// Zeros.
    pub fn zeros(columns: usize, outputs: usize) -> Table<'static> {
        let stride = if outputs <= 2 { outputs } else { outputs.next_multiple_of(4) };
        Table { outputs, stride, numbers: vec![0.0; columns * stride].into() }
    }

    /// The first `columns` numbers of each row of `w`: a row of `width` numbers for each output.
    ///
    /// # Panics
    /// If `w` is not rows, or they are too short.
    pub fn of(w: &'a [f64], width: usize, columns: usize, outputs: usize) -> Table<'a> {
        assert!(w.len() == width * outputs && columns <= width);
        if outputs == 1 {
            return Table { outputs, stride: 1, numbers: Cow::Borrowed(&w[..columns]) };
        }
        let mut table = Table::zeros(columns, outputs);
        let (stride, numbers) = (table.stride, table.numbers.to_mut());
        for output in 0..outputs {
            for column in 0..columns {
                numbers[column * stride + output] = w[output * width + column];
            }
        }
        table
    }

    /// The number of a column and an output.
    #[inline]
    pub fn at(&self, column: usize, output: usize) -> f64 {
        self.numbers[column * self.stride + output]
    }

    /// Adds another table, as large.
    ///
    /// # Panics
    /// If it is not.
    pub fn add(&mut self, other: &Table<'_>) {
        assert!(self.stride == other.stride && self.numbers.len() == other.numbers.len());
        let numbers = self.numbers.to_mut().iter_mut();
        numbers.zip(other.numbers.iter()).for_each(|(a, b)| *a += b);
    }

    /// What some of the rows say: for each row and each output the product with the output's numbers, and
    /// its constant.
    ///
    /// # Panics
    /// If there is not a constant for each output and a place in `out` for each row and output, or a row
    /// has a column that the table lacks.
    pub fn times(&self, x: Rows<'_>, rows: Range<usize>, constants: &[f64], out: &mut [f64]) {
        assert_eq!((constants.len(), out.len()), (self.outputs, rows.len() * self.outputs));
        match lanes(self.stride) {
            0 => {}
            1 => run(One { table: self, x, rows, constant: constants[0], out }),
            2 => run(Times::<2> { table: self, x, rows, constants, out }),
            4 => run(Times::<4> { table: self, x, rows, constants, out }),
            _ => run(Times::<8> { table: self, x, rows, constants, out }),
        }
    }

    /// Adds each of some rows to each output's numbers, as often as its factor says.
    ///
    /// # Panics
    /// If there is not a factor for each row and output, or a row has a column that the table lacks.
    pub fn add_rows(&mut self, x: Rows<'_>, rows: Range<usize>, factors: &[f64]) {
        let (outputs, stride) = (self.outputs, self.stride);
        assert_eq!(factors.len(), rows.len() * outputs);
        let numbers = self.numbers.to_mut().as_mut_slice();
        match lanes(stride) {
            0 => {}
            1 => {
                for (i, &factor) in rows.zip(factors) {
                    let (columns, values) = x.row(i);
                    axpy(factor, columns, values, numbers);
                }
            }
            2 => run(AddRows::<2> { outputs, stride, numbers, x, rows, factors }),
            4 => run(AddRows::<4> { outputs, stride, numbers, x, rows, factors }),
            _ => run(AddRows::<8> { outputs, stride, numbers, x, rows, factors }),
        }
    }
}

struct One<'a> {
    table: &'a Table<'a>,
    x: Rows<'a>,
    rows: Range<usize>,
    constant: f64,
    out: &'a mut [f64],
}

impl Loop for One<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (i, out) in self.rows.zip(self.out) {
            let (columns, values) = self.x.row(i);
            *out = self.constant + dot(columns, values, &self.table.numbers);
        }
    }
}

struct Times<'a, const LANES: usize> {
    table: &'a Table<'a>,
    x: Rows<'a>,
    rows: Range<usize>,
    constants: &'a [f64],
    out: &'a mut [f64],
}

impl<const LANES: usize> Loop for Times<'_, LANES> {
    type Output = ();

    #[inline(always)]
    // Counted loops over lanes, which the compiler turns into vectors.
    #[allow(clippy::needless_range_loop)]
    fn run(self) {
        let Table { outputs, stride, ref numbers } = *self.table;
        let starts = self.x.starts;
        for (n, i) in self.rows.enumerate() {
            let (from, to) = (starts[i], starts[i + 1]);
            let (columns, values) = (&self.x.columns[from..to], &self.x.values[from..to]);
            let out = &mut self.out[n * outputs..(n + 1) * outputs];
            for first in (0..outputs).step_by(LANES) {
                // Two sums, which do not wait for each other.
                let mut sums = [[0.0; LANES]; 2];
                let pairs = columns.len() / 2;
                for pair in 0..pairs {
                    for s in 0..2 {
                        let k = 2 * pair + s;
                        let at = columns[k] as usize * stride + first;
                        let w = &numbers[at..at + LANES];
                        for l in 0..LANES {
                            sums[s][l] += values[k] * w[l];
                        }
                    }
                }
                for k in 2 * pairs..columns.len() {
                    let at = columns[k] as usize * stride + first;
                    let w = &numbers[at..at + LANES];
                    for l in 0..LANES {
                        sums[0][l] += values[k] * w[l];
                    }
                }
                let there = LANES.min(outputs - first);
                for l in 0..there {
                    out[first + l] = self.constants[first + l] + (sums[0][l] + sums[1][l]);
                }
            }
        }
    }
}

struct AddRows<'a, const LANES: usize> {
    outputs: usize,
    stride: usize,
    numbers: &'a mut [f64],
    x: Rows<'a>,
    rows: Range<usize>,
    factors: &'a [f64],
}

impl<const LANES: usize> Loop for AddRows<'_, LANES> {
    type Output = ();

    #[inline(always)]
    // As above.
    #[allow(clippy::needless_range_loop)]
    fn run(self) {
        let AddRows { outputs, stride, numbers, .. } = self;
        let starts = self.x.starts;
        for (n, i) in self.rows.enumerate() {
            let (from, to) = (starts[i], starts[i + 1]);
            let (columns, values) = (&self.x.columns[from..to], &self.x.values[from..to]);
            let factors = &self.factors[n * outputs..(n + 1) * outputs];
            for first in (0..outputs).step_by(LANES) {
                let mut by = [0.0; LANES];
                let there = LANES.min(outputs - first);
                by[..there].copy_from_slice(&factors[first..first + there]);
                for k in 0..columns.len() {
                    let at = columns[k] as usize * stride + first;
                    let to = &mut numbers[at..at + LANES];
                    for l in 0..LANES {
                        to[l] += values[k] * by[l];
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::{self, Isa};

    /// Rows of different lengths, one of them empty.
    fn example(columns: usize) -> (Vec<usize>, Vec<u32>, Vec<f64>) {
        let (mut starts, mut places, mut values) = (vec![0], Vec::new(), Vec::new());
        for i in 0..23usize {
            for k in 0..i * 7 % 19 {
                places.push(((i * 31 + k * 17) % columns) as u32);
                values.push(((i * 13 + k * 29) % 41) as f64 / 8.0 - 2.0);
            }
            starts.push(places.len());
        }
        (starts, places, values)
    }

    #[test]
    fn products_and_sums_are_the_plain_ones_on_every_processor() {
        let columns = 37;
        let (starts, places, values) = example(columns);
        let x = Rows { starts: &starts, columns: &places, values: &values };
        for outputs in [1, 2, 3, 4, 5, 8, 9, 11, 16, 20] {
            let width = columns + 1;
            let w: Vec<f64> = (0..outputs * width).map(|i| (i as f64 * 0.7).sin()).collect();
            let constants: Vec<f64> = (0..outputs).map(|o| o as f64 - 1.5).collect();
            let rows = 2..22;
            let mut bits = Vec::new();
            for isa in Isa::available() {
                isa::with(isa, || {
                    let table = Table::of(&w, width, columns, outputs);
                    let mut said = vec![0.0; rows.len() * outputs];
                    table.times(x, rows.clone(), &constants, &mut said);
                    let mut sums = Table::zeros(columns, outputs);
                    sums.add_rows(x, rows.clone(), &said);
                    let mut expected = vec![0.0; columns * outputs];
                    for (n, i) in rows.clone().enumerate() {
                        let (places, values) = x.row(i);
                        for o in 0..outputs {
                            let w = &w[o * width..];
                            let sum = |s, (&c, &v): (&u32, &f64)| s + v * w[c as usize];
                            let plain = places.iter().zip(values).fold(constants[o], sum);
                            let found = said[n * outputs + o];
                            assert!((found - plain).abs() < 1e-12, "{outputs}: {found} {plain}");
                            for (&c, &v) in places.iter().zip(values) {
                                expected[c as usize * outputs + o] += v * found;
                            }
                        }
                    }
                    for (i, e) in expected.iter().enumerate() {
                        let found = sums.at(i / outputs, i % outputs);
                        assert!((found - e).abs() < 1e-10, "{outputs}: {found} {e}");
                    }
                    bits.push((said, sums.numbers));
                });
            }
            assert!(bits.windows(2).all(|b| b[0] == b[1]), "{outputs}");
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_refused() {
        let x = Rows { starts: &[0, 1], columns: &[3], values: &[1.0] };
        for outputs in [1, 3] {
            let table = Table::zeros(3, outputs);
            let said = std::panic::catch_unwind(|| {
                let mut out = vec![0.0; outputs];
                table.times(x, 0..1, &vec![0.0; outputs], &mut out);
            });
            assert!(said.is_err(), "{outputs}");
        }
        assert_eq!((greatest(&[]), greatest(&[4, 900, 7])), (0, 900));
    }
}
