//! Views: values that are another value's elements in another arrangement, without a copy.

use seodang_ir::{Graph, Op, ValueId};
use smallvec::SmallVec;

/// The sizes and strides (in elements) of a view, outermost first.
pub(crate) type Dims = SmallVec<[(usize, isize); 6]>;

/// A value as strided elements of another one, its root. The root of an iota is the vector
/// 0, 1, 2, ... of its counted dimension's length.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct View {
    pub(crate) root: ValueId,
    /// The element at index 0.
    pub(crate) offset: isize,
    pub(crate) dims: Dims,
}

/// Row-major dims of a shape.
pub(crate) fn row_major(shape: &[usize]) -> Dims {
    let mut stride = 1;
    let mut dims: Dims = shape
        .iter()
        .rev()
        .map(|&n| {
            let d = (n, stride as isize);
            stride *= n;
            d
        })
        .collect();
    dims.reverse();
    dims
}

/// The same walk with as few dimensions as possible: neighbours merged, sizes of 1 dropped.
pub(crate) fn collapse(dims: &[(usize, isize)]) -> Dims {
    let mut out = Dims::new();
    for &(n, stride) in dims.iter().filter(|d| d.0 != 1) {
        match out.last_mut() {
            Some(last) if last.1 == stride * n as isize => *last = (last.0 * n, stride),
            _ => out.push((n, stride)),
        }
    }
    out
}

/// The walk of `dims` in row-major order as a walk over other sizes with the same product.
pub(crate) fn regroup(dims: &[(usize, isize)], shape: &[usize]) -> Option<Dims> {
    let chunks = collapse(dims);
    let mut chunks = chunks.iter().rev().copied();
    let (mut left, mut stride) = (1, 0);
    let mut out = Dims::new();
    for &n in shape.iter().rev() {
        if n == 1 {
            out.push((1, 0));
            continue;
        }
        if left == 1 {
            (left, stride) = chunks.next()?;
        }
        if left % n != 0 {
            return None;
        }
        out.push((n, stride));
        left /= n;
        stride *= n as isize;
    }
    out.reverse();
    Some(out)
}

impl View {
    /// A value as itself.
    pub(crate) fn whole(root: ValueId, shape: &[usize]) -> View {
        View { root, offset: 0, dims: row_major(shape) }
    }

    /// Whether the elements lie without gaps in row-major order.
    pub(crate) fn is_contiguous(&self) -> bool {
        match collapse(&self.dims)[..] {
            [] => true,
            [(_, stride)] => stride == 1,
            _ => false,
        }
    }

    /// Whether this is all of a root of `size` elements, in order.
    pub(crate) fn is_all(&self, size: usize) -> bool {
        self.offset == 0 && self.size() == size && self.is_contiguous()
    }

    /// The number of elements.
    pub(crate) fn size(&self) -> usize {
        self.dims.iter().map(|d| d.0).product()
    }

    fn apply(&self, op: &Op) -> Option<View> {
        let mut v = self.clone();
        match op {
            Op::Reshape(r) => v.dims = regroup(&self.dims, &r.shape)?,
            Op::Transpose(t) => v.dims = t.permutation.iter().map(|&d| self.dims[d]).collect(),
            Op::BroadcastInDim(b) => {
                v.dims = b.shape.iter().map(|&n| (n, 0)).collect();
                for (&to, &(n, stride)) in b.dimensions.iter().zip(&self.dims) {
                    if n != 1 {
                        v.dims[to].1 = stride;
                    }
                }
            }
            Op::Slice(s) => {
                for (k, d) in v.dims.iter_mut().enumerate() {
                    v.offset += s.start[k] as isize * d.1;
                    let n = (s.limit[k] - s.start[k]).div_ceil(s.strides[k]);
                    *d = (n, d.1 * s.strides[k] as isize);
                }
            }
            Op::Reverse(r) => {
                for &k in &r.dimensions {
                    let d = &mut v.dims[k];
                    v.offset += (d.0 as isize - 1) * d.1;
                    d.1 = -d.1;
                }
            }
            _ => return None,
        }
        Some(v)
    }
}

/// The view of each value, by [`ValueId::index`]. Values without elements are only views of
/// themselves.
pub(crate) fn views(graph: &Graph) -> Vec<View> {
    let mut views: Vec<View> = Vec::with_capacity(graph.value_count());
    let whole = |v: ValueId| View::whole(v, &graph.ty(v).shape);
    let mut values: Vec<ValueId> = graph.inputs().to_vec();
    values.extend(graph.nodes().iter().flat_map(|n| n.results()));
    values.sort_unstable();
    for v in values {
        debug_assert_eq!(v.index(), views.len());
        let view = graph.producer(v).and_then(|node| match (&node.op, node.operands.first()) {
            _ if graph.ty(v).size() == 0 => None,
            (Op::Iota(iota), _) => {
                let dims = iota.ty.shape.iter().enumerate();
                let dims = dims.map(|(d, &n)| (n, isize::from(d == iota.dimension))).collect();
                Some(View { root: v, offset: 0, dims })
            }
            (op, Some(x)) => views[x.index()].apply(op),
            _ => None,
        });
        views.push(view.unwrap_or_else(|| whole(v)));
    }
    views
}

/// Whether a node only rearranges, so that it is a view where one of its operand exists.
pub(crate) fn rearranges(op: &Op) -> bool {
    matches!(
        op,
        Op::Reshape(_)
            | Op::Transpose(_)
            | Op::BroadcastInDim(_)
            | Op::Slice(_)
            | Op::Reverse(_)
            | Op::Iota(_)
            | Op::Constant(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_collapse_and_regroup() {
        assert_eq!(collapse(&[(2, 12), (3, 4), (4, 1)])[..], [(24, 1)]);
        assert_eq!(collapse(&[(2, 0), (3, 0), (1, 7), (4, 1)])[..], [(6, 0), (4, 1)]);
        assert_eq!(regroup(&[(24, 1)], &[2, 1, 12]).unwrap()[..], [(2, 12), (1, 0), (12, 1)]);
        assert_eq!(regroup(&[(4, 1), (6, 4)], &[24]), None);
        assert_eq!(regroup(&[(4, 1), (6, 4)], &[4, 2, 3]).unwrap()[..], [(4, 1), (2, 12), (3, 4)]);
    }
}
