//! Shapes.

use smallvec::SmallVec;
use std::fmt;
use std::ops::Deref;

/// The sizes of an array's dimensions, outermost first; `[]` is a scalar.
///
/// Up to six dimensions are stored in place.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Shape(SmallVec<[usize; 6]>);

impl Shape {
    /// The shape of a scalar.
    pub fn scalar() -> Shape {
        Shape::default()
    }

    /// The dimensions as a slice.
    pub fn dims(&self) -> &[usize] {
        &self.0
    }

    /// The number of dimensions.
    pub fn rank(&self) -> usize {
        self.0.len()
    }

    /// The number of elements: the product of the dimensions, 1 for a scalar.
    pub fn size(&self) -> usize {
        self.0.iter().product()
    }

    /// The number of elements, or `None` if it does not fit in `usize`: for shapes that come from
    /// outside.
    pub fn checked_size(&self) -> Option<usize> {
        self.0.iter().try_fold(1usize, |n, &d| n.checked_mul(d))
    }

    /// Row-major strides in elements: the last dimension has stride 1.
    pub fn strides(&self) -> SmallVec<[usize; 6]> {
        let mut strides = SmallVec::from_elem(1, self.rank());
        for i in (1..self.rank()).rev() {
            strides[i - 1] = strides[i] * self.0[i];
        }
        strides
    }

    /// The shape that NumPy's broadcasting rule gives two shapes, or `None` if they do not fit.
    ///
    /// ```
    /// use seodang_core::Shape;
    /// let a = Shape::from([3, 1]);
    /// assert_eq!(a.broadcast(&Shape::from([4])), Some(Shape::from([3, 4])));
    /// assert_eq!(a.broadcast(&Shape::from([2, 2])), None);
    /// ```
    pub fn broadcast(&self, other: &Shape) -> Option<Shape> {
        let rank = self.rank().max(other.rank());
        let at = |s: &Shape, i: usize| (i + s.rank()).checked_sub(rank).map_or(1, |k| s.0[k]);
        (0..rank)
            .map(|i| match (at(self, i), at(other, i)) {
                (a, b) if a == b => Some(a),
                (1, b) => Some(b),
                (a, 1) => Some(a),
                _ => None,
            })
            .collect()
    }

    /// All index tuples in row-major order: for reference code, not for speed.
    pub fn indices(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        (0..self.size()).map(|flat| self.unravel(flat))
    }

    /// The index tuple of a row-major position.
    pub fn unravel(&self, mut flat: usize) -> Vec<usize> {
        let mut index = vec![0; self.rank()];
        for i in (0..self.rank()).rev() {
            index[i] = flat % self.0[i];
            flat /= self.0[i];
        }
        index
    }

    /// The row-major position of an index tuple.
    pub fn ravel(&self, index: &[usize]) -> usize {
        debug_assert_eq!(index.len(), self.rank());
        index.iter().zip(&self.0).fold(0, |flat, (i, d)| flat * d + i)
    }
}

impl Deref for Shape {
    type Target = [usize];
    fn deref(&self) -> &[usize] {
        &self.0
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0[..])
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromIterator<usize> for Shape {
    fn from_iter<I: IntoIterator<Item = usize>>(iter: I) -> Shape {
        Shape(iter.into_iter().collect())
    }
}

impl<const N: usize> From<[usize; N]> for Shape {
    fn from(dims: [usize; N]) -> Shape {
        Shape(SmallVec::from_slice(&dims))
    }
}

impl From<&[usize]> for Shape {
    fn from(dims: &[usize]) -> Shape {
        Shape(SmallVec::from_slice(dims))
    }
}

impl From<Vec<usize>> for Shape {
    fn from(dims: Vec<usize>) -> Shape {
        Shape(SmallVec::from_vec(dims))
    }
}

impl From<&Vec<usize>> for Shape {
    fn from(dims: &Vec<usize>) -> Shape {
        Shape(SmallVec::from_slice(dims))
    }
}

impl From<&Shape> for Shape {
    fn from(shape: &Shape) -> Shape {
        shape.clone()
    }
}

impl From<()> for Shape {
    fn from((): ()) -> Shape {
        Shape::scalar()
    }
}

impl From<usize> for Shape {
    fn from(n: usize) -> Shape {
        Shape::from([n])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_strides_and_indices() {
        let s = Shape::from([2, 3, 4]);
        assert_eq!(s.size(), 24);
        assert_eq!(&s.strides()[..], [12, 4, 1]);
        for (flat, index) in s.indices().enumerate() {
            assert_eq!(s.ravel(&index), flat);
        }
        assert_eq!(Shape::scalar().size(), 1);
        assert_eq!(Shape::scalar().indices().count(), 1);
        assert_eq!(Shape::from([0, 3]).size(), 0);
        assert_eq!(Shape::from([usize::MAX, 2]).checked_size(), None);
    }

    #[test]
    fn broadcasting_follows_numpy() {
        let b = |a: &[usize], b: &[usize]| Shape::from(a).broadcast(&Shape::from(b));
        assert_eq!(b(&[], &[2]), Some(Shape::from([2])));
        assert_eq!(b(&[8, 1, 6, 1], &[7, 1, 5]), Some(Shape::from([8, 7, 6, 5])));
        assert_eq!(b(&[0], &[1]), Some(Shape::from([0])));
        assert_eq!(b(&[3], &[4]), None);
    }
}
