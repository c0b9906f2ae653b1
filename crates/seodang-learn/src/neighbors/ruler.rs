//! Distances of one row from many.

use super::metric::{Distance, Metric, Setup};
use seodang_core::Result;
use seodang_kernels::pairs::{FIRST, Gather, Gatherer, WIDTH, forms, haversines, pack};

/// How what is gathered of two rows, which orders pairs as their distances do, becomes the distance.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Same,
    Root,
    PowerRoot(f64),
    /// The arc of which it is the square of the sine of half.
    Arc,
}

/// A metric, ready to measure: in blocks of rows where its terms come feature by feature.
pub(super) struct Ruler {
    cols: usize,
    way: Way,
    end: End,
    triangle: bool,
}

enum Way {
    Gathered {
        gather: Gather,
        gatherer: Gatherer,
        weights: Option<Vec<f64>>,
        metric: Metric,
    },
    /// The square of a length by a form: the inverse of a covariance.
    Form(Vec<f64>),
    /// Arcs on a sphere.
    Arcs,
    Pairs(Distance),
}

impl Ruler {
    /// Of rows of `cols` numbers.
    pub(super) fn new(setup: &Setup, cols: usize) -> Ruler {
        let (p, given) = setup.power_and_given();
        let weights = || (!given.is_empty()).then(|| given.to_vec());
        let Some(metric) = setup.known() else {
            let way = Way::Pairs(setup.distance());
            return Ruler { cols, way, end: End::Same, triangle: true };
        };
        let (gather, weights, end) = match metric {
            Metric::Euclidean | Metric::L2 => (Gather::Squares, None, End::Root),
            Metric::SqEuclidean => (Gather::Squares, None, End::Same),
            Metric::Manhattan | Metric::L1 | Metric::Cityblock => {
                (Gather::Absolute, None, End::Same)
            }
            Metric::Chebyshev | Metric::Infinity => (Gather::Greatest, None, End::Same),
            Metric::Minkowski | Metric::P if p == 1.0 => (Gather::Absolute, weights(), End::Same),
            Metric::Minkowski | Metric::P if p == 2.0 => (Gather::Squares, weights(), End::Root),
            Metric::Minkowski | Metric::P if p == f64::INFINITY => {
                (Gather::Greatest, weights(), End::Same)
            }
            Metric::Minkowski | Metric::P => (Gather::Powers(p), weights(), End::PowerRoot(p)),
            Metric::SEuclidean => {
                let inverse = given.iter().map(|v| 1.0 / v).collect();
                (Gather::Squares, Some(inverse), End::Root)
            }
            Metric::Canberra => (Gather::Relative, None, End::Same),
            Metric::BrayCurtis if setup.is_of_sizes() => (Gather::Sizes, None, End::Same),
            Metric::BrayCurtis => (Gather::Shares, None, End::Same),
            Metric::Hamming => (Gather::Differ, None, End::Same),
            Metric::Jaccard
            | Metric::Dice
            | Metric::RogersTanimoto
            | Metric::SokalMichener
            | Metric::RussellRao
            | Metric::SokalSneath => (Gather::Presence, None, End::Same),
            Metric::Yule => (Gather::Sides, None, End::Same),
            Metric::NanEuclidean => (Gather::Known, None, End::Root),
            Metric::Mahalanobis => {
                let way = Way::Form(given.to_vec());
                return Ruler { cols, way, end: End::Root, triangle: true };
            }
            Metric::Haversine => {
                return Ruler { cols, way: Way::Arcs, end: End::Arc, triangle: true };
            }
            Metric::Cosine | Metric::Correlation | Metric::PyFunc | Metric::Precomputed => {
                let way = Way::Pairs(setup.distance());
                return Ruler { cols, way, end: End::Same, triangle: false };
            }
        };
        let triangle = match metric {
            Metric::Minkowski | Metric::P => p >= 1.0,
            other => !matches!(
                other,
                Metric::SqEuclidean
                    | Metric::BrayCurtis
                    | Metric::Dice
                    | Metric::NanEuclidean
                    | Metric::Yule
            ),
        };
        let gatherer = Gatherer::new(gather, weights.clone());
        Ruler { cols, way: Way::Gathered { gather, gatherer, weights, metric }, end, triangle }
    }

    /// Of the sums of squared differences, each over the sum of the two.
    pub(super) fn chi_squares(cols: usize) -> Ruler {
        let (gather, metric) = (Gather::ChiSquares, Metric::Euclidean);
        let gatherer = Gatherer::new(gather, None);
        let way = Way::Gathered { gather, gatherer, weights: None, metric };
        Ruler { cols, way, end: End::Same, triangle: false }
    }

    /// Whether no way is longer than one with a stop between: then balls bound distances.
    pub(super) fn has_triangle(&self) -> bool {
        self.triangle
    }

    /// Whether it is gathered of what the features add, so that boxes bound distances.
    pub(super) fn has_boxes(&self) -> bool {
        match &self.way {
            Way::Gathered { gather, .. } => matches!(
                gather,
                Gather::Squares | Gather::Absolute | Gather::Greatest | Gather::Powers(_)
            ),
            Way::Form(_) | Way::Arcs | Way::Pairs(_) => false,
        }
    }

    /// Rows made ready to be measured; as many places as [`WIDTH`] divides.
    pub(super) fn pack<'a, T: Copy + Into<f64> + 'a>(
        &self,
        rows: impl Iterator<Item = &'a [T]>,
        out: &mut Vec<f64>,
    ) {
        match self.way {
            Way::Gathered { .. } | Way::Form(_) | Way::Arcs => pack(rows, self.cols, out),
            Way::Pairs(_) => {
                let mut n: usize = 0;
                for row in rows {
                    out.extend(row.iter().map(|&x| x.into()));
                    n += 1;
                }
                out.resize(out.len() + (n.next_multiple_of(WIDTH) - n) * self.cols, 0.0);
            }
        }
    }

    /// What orders pairs as their distances do: of `x` and each of the packed rows, of which `n` count.
    /// `out` has a place for each packed row.
    ///
    /// # Errors
    /// A function's own.
    pub(super) fn measure(
        &self,
        x: &[f64],
        packed: &[f64],
        n: usize,
        out: &mut [f64],
        second: &mut Vec<f64>,
    ) -> Result<()> {
        match &self.way {
            Way::Gathered { gatherer, metric, .. } => {
                if gatherer.has_two() {
                    second.resize(out.len(), 0.0);
                }
                gatherer.gather(x, packed, out, second);
                shares(*metric, x.len() as f64, &mut out[..n], second);
            }
            Way::Form(form) => forms(x, form, packed, out),
            Way::Arcs => haversines(x, packed, out),
            Way::Pairs(distance) => {
                for (i, out) in out[..n].iter_mut().enumerate() {
                    *out = distance(x, &packed[i * x.len()..(i + 1) * x.len()])?;
                }
            }
        }
        Ok(())
    }

    /// The same of two rows.
    ///
    /// # Errors
    /// A function's own.
    pub(super) fn one(&self, a: &[f64], b: &[f64]) -> Result<f64> {
        match &self.way {
            Way::Pairs(distance) => distance(a, b),
            Way::Gathered { .. } if self.has_boxes() => {
                Ok(self.gaps(a.iter().zip(b).map(|(a, b)| (a - b).abs())))
            }
            Way::Gathered { .. } | Way::Form(_) | Way::Arcs => {
                let (mut packed, mut out) = (Vec::new(), [0.0; WIDTH]);
                self.pack(std::iter::once(b), &mut packed);
                self.measure(a, &packed, 1, &mut out, &mut Vec::new())?;
                Ok(out[0])
            }
        }
    }

    /// What is gathered of absolute differences, where [`Ruler::has_boxes`].
    #[inline]
    pub(super) fn gaps(&self, gaps: impl Iterator<Item = f64>) -> f64 {
        let Way::Gathered { gather, weights, .. } = &self.way else { return 0.0 };
        if let Some(w) = weights {
            let pairs = gaps.zip(w);
            return match *gather {
                Gather::Squares => pairs.map(|(g, w)| w * (g * g)).fold(0.0, |s, x| s + x),
                Gather::Absolute => pairs.map(|(g, w)| w * g).fold(0.0, |s, x| s + x),
                Gather::Powers(p) => pairs.map(|(g, w)| w * g.powf(p)).fold(0.0, |s, x| s + x),
                _ => pairs.filter(|(_, w)| **w != 0.0).fold(0.0, |s, (g, _)| f64::max(s, g)),
            };
        }
        match *gather {
            Gather::Squares => gaps.fold(0.0, |s, g| s + g * g),
            Gather::Absolute => gaps.fold(0.0, |s, g| s + g),
            Gather::Powers(p) => gaps.fold(0.0, |s, g| s + g.powf(p)),
            _ => gaps.fold(0.0, f64::max),
        }
    }

    /// The distance.
    #[inline]
    pub(super) fn distance(&self, gathered: f64) -> f64 {
        match self.end {
            End::Same => gathered,
            End::Root => gathered.sqrt(),
            End::PowerRoot(p) => gathered.powf(1.0 / p),
            End::Arc => 2.0 * gathered.sqrt().asin(),
        }
    }

    /// The distances, in their places.
    pub(super) fn distances(&self, gathered: &mut [f64]) {
        match self.end {
            End::Same => {}
            End::Root => gathered.iter_mut().for_each(|x| *x = x.sqrt()),
            End::PowerRoot(p) => gathered.iter_mut().for_each(|x| *x = x.powf(1.0 / p)),
            End::Arc => gathered.iter_mut().for_each(|x| *x = 2.0 * x.sqrt().asin()),
        }
    }

    /// What is gathered where the distance is this.
    #[inline]
    pub(super) fn gathered(&self, distance: f64) -> f64 {
        match self.end {
            End::Same => distance,
            End::Root => distance * distance,
            End::PowerRoot(p) => distance.powf(p),
            // Behind the farthest place there is none.
            End::Arc if distance >= std::f64::consts::PI => 1.0,
            End::Arc => (distance / 2.0).sin().powi(2),
        }
    }
}

/// What two counts or sums say together.
fn shares(metric: Metric, n: f64, out: &mut [f64], second: &[f64]) {
    let each = |out: &mut [f64], of: &dyn Fn(f64, f64) -> f64| {
        out.iter_mut().zip(second).for_each(|(s, &t)| *s = of(*s, t));
    };
    // No part of nothing.
    let share = |part: f64, whole: f64| if part == 0.0 { 0.0 } else { part / whole };
    match metric {
        Metric::BrayCurtis => each(out, &|apart, all| share(apart, all)),
        Metric::Hamming => out.iter_mut().for_each(|s| *s /= n),
        Metric::Jaccard => each(out, &|both, one| share(one, both + one)),
        Metric::Dice => each(out, &|both, one| share(one, 2.0 * both + one)),
        Metric::RogersTanimoto | Metric::SokalMichener => {
            each(out, &|_, one| share(2.0 * one, n + one));
        }
        Metric::RussellRao => each(out, &|both, _| share(n - both, n)),
        Metric::SokalSneath => each(out, &|both, one| share(2.0 * one, both + 2.0 * one)),
        Metric::Yule => each(out, &|packed, second| {
            let first = (packed / FIRST).floor();
            let both = packed - first * FIRST;
            let mixed = first * second;
            share(2.0 * mixed, both * (n - both - first - second) + mixed)
        }),
        Metric::NanEuclidean => {
            each(out, &|sum, known| if known == 0.0 { f64::NAN } else { sum / known * n });
        }
        _ => {}
    }
}
