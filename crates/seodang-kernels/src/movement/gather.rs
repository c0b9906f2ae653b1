//! StableHLO's `gather`.

use super::copy::{Dim, simplify, strided};
use super::{GRAIN, Shared, index_at, is_index, source, strides, target};
use crate::memory::{Memory, Region, check_alias};
use crate::pool;
use seodang_core::{DType, Error, Result, text};

/// The attributes of `gather`, with StableHLO's names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub struct GatherSpec {
    pub operand: Vec<usize>,
    pub start_indices: Vec<usize>,
    pub offset_dims: Vec<usize>,
    pub collapsed_slice_dims: Vec<usize>,
    pub operand_batching_dims: Vec<usize>,
    pub start_indices_batching_dims: Vec<usize>,
    pub start_index_map: Vec<usize>,
    pub index_vector_dim: usize,
    pub slice_sizes: Vec<usize>,
}

/// How the index vectors of `gather` and `scatter` are found, and where their windows start.
#[derive(Clone, Debug)]
pub(super) struct Windows {
    pub(super) dtype: DType,
    /// Sizes of the batch dimensions: those of the indices but the vector's.
    pub(super) batch: Vec<usize>,
    /// For each batch dimension: strides in the indices, in the operand (of a batching dimension,
    /// else 0), and in the other array.
    pub(super) steps: Vec<(isize, isize, isize)>,
    /// Elements between the components of an index vector.
    pub(super) component: isize,
    /// For each component: operand dimension's stride and size.
    pub(super) map: Vec<(isize, usize, usize)>,
}

impl Windows {
    /// `other`: the strides of the batch dimensions in the result or the updates.
    pub(super) fn new(
        dtype: DType,
        operand: &[usize],
        indices: &[usize],
        vector_dim: usize,
        map: &[usize],
        operand_batching: &[usize],
        indices_batching: &[usize],
        other: &[isize],
    ) -> Option<Windows> {
        let (os, is) = (strides(operand), strides(indices));
        let dims: Vec<usize> = (0..indices.len()).filter(|d| *d != vector_dim).collect();
        let length = if vector_dim == indices.len() { 1 } else { *indices.get(vector_dim)? };
        let in_range = map.iter().chain(operand_batching).all(|d| *d < operand.len());
        let fits = length == map.len() && operand_batching.len() == indices_batching.len();
        if !in_range || !fits || dims.len() != other.len() || !is_index(dtype) {
            return None;
        }
        let steps = dims.iter().zip(other).map(|(d, o)| {
            let batching = indices_batching.iter().position(|b| b == d);
            (is[*d], batching.map_or(0, |k| os[operand_batching[k]]), *o)
        });
        Some(Windows {
            dtype,
            batch: dims.iter().map(|d| indices[*d]).collect(),
            steps: steps.collect(),
            component: is.get(vector_dim).copied().unwrap_or(0),
            map: map.iter().map(|d| (os[*d], operand[*d], *d)).collect(),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.batch.iter().product()
    }

    /// Offsets of the n-th window: of its index vector, of the operand's batch, in the other array.
    pub(super) fn at(&self, mut n: usize) -> (isize, isize, isize) {
        let (mut i, mut o, mut t) = (0, 0, 0);
        for (size, step) in self.batch.iter().zip(&self.steps).rev() {
            let digit = (n % size) as isize;
            n /= size;
            (i, o, t) = (i + digit * step.0, o + digit * step.1, t + digit * step.2);
        }
        (i, o, t)
    }
}

/// A planned `gather`: windows of the operand, found by index vectors. Start indices are clamped so
/// that windows stay inside.
///
/// ```
/// use seodang_core::DType;
/// use seodang_kernels::{Memory, movement::{Gather, GatherSpec}};
/// // Rows 2 and 0 of a table of 3 x 2: an embedding.
/// let g = Gather::new(1, DType::U8, &GatherSpec {
///     operand: vec![3, 2],
///     start_indices: vec![2],
///     offset_dims: vec![1],
///     collapsed_slice_dims: vec![0],
///     start_index_map: vec![0],
///     index_vector_dim: 1,
///     slice_sizes: vec![1, 2],
///     ..GatherSpec::default()
/// })?;
/// let (table, rows, mut out) = ([1u8, 2, 3, 4, 5, 6], [2u8, 0], [0u8; 4]);
/// let mut m = Memory::new();
/// let (t, r, o) = (m.read(&table), m.read(&rows), m.write(&mut out));
/// g.run(&m, m.whole(t), m.whole(r), m.whole(o));
/// drop(m);
/// assert_eq!(out, [5, 6, 1, 2]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gather {
    size: usize,
    windows: Windows,
    /// For each component of an index vector, the largest start.
    most: Vec<usize>,
    dims: Vec<Dim>,
    operand: usize,
    indices: usize,
    shape: Vec<usize>,
}

impl Gather {
    /// A plan for elements of `size` bytes and indices of the type `index`.
    ///
    /// # Errors
    /// If the attributes do not fit together (the specification's constraints).
    pub fn new(size: usize, index: DType, spec: &GatherSpec) -> Result<Gather> {
        Gather::plan(size, index, spec).ok_or_else(|| {
            Error::shape(text!(
                en: "the dimensions of gather do not fit together",
                ko: "gather의 차원들이 서로 맞지 않습니다"
            ))
            .given("gather", format!("{spec:?}"))
            .given("index dtype", index)
        })
    }

    fn plan(size: usize, index: DType, g: &GatherSpec) -> Option<Gather> {
        let rank = g.operand.len();
        let dropped =
            |d: &usize| g.collapsed_slice_dims.contains(d) || g.operand_batching_dims.contains(d);
        let kept: Vec<usize> = (0..rank).filter(|d| !dropped(d)).collect();
        let fits = g.slice_sizes.len() == rank
            && g.slice_sizes.iter().zip(&g.operand).all(|(s, n)| s <= n)
            && (0..rank).all(|d| !dropped(&d) || g.slice_sizes[d] <= 1)
            && kept.len() == g.offset_dims.len()
            && g.index_vector_dim <= g.start_indices.len();
        if !fits {
            return None;
        }
        let batch = (0..g.start_indices.len()).filter(|d| *d != g.index_vector_dim);
        let mut batch = batch.map(|d| g.start_indices[d]);
        let out_rank = batch.clone().count() + g.offset_dims.len();
        let mut offsets = kept.iter();
        let mut shape = Vec::new();
        for d in 0..out_rank {
            let offset = g.offset_dims.contains(&d);
            shape.push(if offset { g.slice_sizes[*offsets.next()?] } else { batch.next()? });
        }
        let (os, rs) = (strides(&g.operand), strides(&shape));
        let outer: Vec<isize> =
            (0..out_rank).filter(|d| !g.offset_dims.contains(d)).map(|d| rs[d]).collect();
        let windows = Windows::new(
            index,
            &g.operand,
            &g.start_indices,
            g.index_vector_dim,
            &g.start_index_map,
            &g.operand_batching_dims,
            &g.start_indices_batching_dims,
            &outer,
        )?;
        let mut offset_dims = g.offset_dims.clone();
        offset_dims.sort_unstable();
        let dims: Vec<Dim> = kept
            .iter()
            .zip(&offset_dims)
            .map(|(k, d)| (g.slice_sizes[*k], os[*k], rs[*d]))
            .collect();
        let most = windows.map.iter().map(|m| g.operand[m.2] - g.slice_sizes[m.2]).collect();
        Some(Gather {
            size,
            windows,
            most,
            dims: simplify(&dims),
            operand: g.operand.iter().product(),
            indices: g.start_indices.iter().product(),
            shape,
        })
    }

    /// The shape of the result.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Copies the windows.
    ///
    /// # Panics
    /// If a region has the wrong length or the result overlaps an operand: a bug in the caller's
    /// plan.
    pub fn run(&self, memory: &Memory<'_>, operand: Region, indices: Region, dst: Region) {
        let w = &self.windows;
        let n: usize = self.shape.iter().product();
        let a = Shared::new(source(memory, operand, self.operand, self.size, "gather's operand"));
        let i = source(memory, indices, self.indices, w.dtype.size(), "gather's indices");
        let i = Shared::new(i);
        let d = Shared::new(target(memory, dst, n, self.size, "gather's result"));
        check_alias(dst, &[operand, indices], false);
        if n == 0 {
            return;
        }
        let windows = w.len();
        let tasks = (n / GRAIN).clamp(1, 4 * pool::threads()).min(windows);
        pool::run(tasks, |t| {
            for k in pool::piece(windows, 1, tasks, t) {
                let (at, from, to) = w.at(k);
                let mut from = from;
                for (c, ((stride, ..), most)) in w.map.iter().zip(&self.most).enumerate() {
                    // SAFETY: the position lies inside the indices.
                    let start = unsafe {
                        index_at(w.dtype, i.get(), (at + c as isize * w.component) as usize)
                    };
                    from += start.clamp(0, *most as i64) as isize * stride;
                }
                // SAFETY: windows lie inside the operand, and are disjoint in the result.
                unsafe {
                    let a = a.get().offset(from * self.size as isize);
                    let d = d.get().offset(to * self.size as isize);
                    match self.dims[..] {
                        [(n, 1, 1)] => std::ptr::copy_nonoverlapping(a, d, n * self.size),
                        _ => strided(self.size, &self.dims, a, d),
                    }
                }
            }
        });
    }
}
