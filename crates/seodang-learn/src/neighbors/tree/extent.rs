//! How far samples of a node extend: the least, the greatest and the sum of each feature.

use seodang_kernels::rows::prefetch;
use seodang_kernels::vectorised::{Loop, run};

/// How many samples ahead the memory is asked for one, since they lie anywhere.
const AHEAD: usize = 8;

/// What is found of each feature.
pub(super) struct Extent {
    pub(super) least: Vec<f64>,
    pub(super) most: Vec<f64>,
    pub(super) sums: Vec<f64>,
}

/// Of the samples `own` among `data`, rows of `cols` numbers. NaN is neither the least nor the greatest.
pub(super) fn extent(data: &[f64], cols: usize, own: &[u32]) -> Extent {
    let mut found = Extent {
        least: vec![f64::INFINITY; cols],
        most: vec![f64::NEG_INFINITY; cols],
        sums: vec![0.0; cols],
    };
    let mut first = 0;
    while first < cols {
        // As many features at a time as stay in a vector.
        first += match cols - first {
            8.. => run(Lanes::<8> { data, cols, own, first, found: &mut found }),
            4..8 => run(Lanes::<4> { data, cols, own, first, found: &mut found }),
            2..4 => run(Lanes::<2> { data, cols, own, first, found: &mut found }),
            _ => run(Lanes::<1> { data, cols, own, first, found: &mut found }),
        };
    }
    found
}

/// `LANES` features from `first` on.
struct Lanes<'a, const LANES: usize> {
    data: &'a [f64],
    cols: usize,
    own: &'a [u32],
    first: usize,
    found: &'a mut Extent,
}

impl<const LANES: usize> Loop for Lanes<'_, LANES> {
    type Output = usize;

    #[inline(always)]
    // Counted loops over lanes, which the compiler turns into vectors.
    #[allow(clippy::needless_range_loop)]
    fn run(self) -> usize {
        let Lanes { data, cols, own, first, found } = self;
        let mut least = [f64::INFINITY; LANES];
        let mut most = [f64::NEG_INFINITY; LANES];
        let mut sums = [0.0; LANES];
        for k in 0..own.len() {
            if first == 0 && k + AHEAD < own.len() {
                let next = own[k + AHEAD] as usize * cols;
                prefetch(&data[next..next + cols]);
            }
            let at = own[k] as usize * cols + first;
            let row = &data[at..at + LANES];
            for l in 0..LANES {
                let x = row[l];
                least[l] = if x < least[l] { x } else { least[l] };
                most[l] = if x > most[l] { x } else { most[l] };
                sums[l] += x;
            }
        }
        found.least[first..first + LANES].copy_from_slice(&least);
        found.most[first..first + LANES].copy_from_slice(&most);
        found.sums[first..first + LANES].copy_from_slice(&sums);
        LANES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_are_those_of_the_plain_loops() {
        for cols in [1, 3, 4, 7, 8, 15, 20] {
            let data: Vec<f64> =
                (0..50 * cols).map(|i| ((i * 7919) % 1013) as f64 / 100.0 - 5.0).collect();
            let own: Vec<u32> = (0..50).filter(|i| i % 3 != 1).collect();
            let found = extent(&data, cols, &own);
            for j in 0..cols {
                let column = || own.iter().map(|&i| data[i as usize * cols + j]);
                assert_eq!(found.least[j], column().fold(f64::INFINITY, f64::min));
                assert_eq!(found.most[j], column().fold(f64::NEG_INFINITY, f64::max));
                assert_eq!(found.sums[j], column().sum::<f64>());
            }
        }
    }
}
