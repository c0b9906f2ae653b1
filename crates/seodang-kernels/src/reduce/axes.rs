//! Sum, product, maximum, minimum, and, or over any axes.

use crate::isa::{self, Isa};
use crate::memory::{Memory, Region, check_alias};
use crate::movement::{Shared, source, target};
use crate::pool;
use crate::tile::ReduceOp;
use crate::tile::fold::{Fold, LANES, fold};
use crate::tile::kernels::{Kernel, convert};
use seodang_core::{DType, Error, Result, text};

/// A row is cut into pieces of this many elements, whose results are then reduced: a number of the
/// shape alone, so that results do not depend on the number of threads.
const PIECE: usize = 16384;

/// One step: the array is seen as `outer` x `rows` x `cols`.
#[derive(Clone, Copy, Debug)]
enum Phase {
    /// The last of three dimensions goes, in pieces of [`PIECE`] where `pieces` > 1.
    Rows { outer: usize, cols: usize, pieces: usize },
    /// The middle one goes, in `blocks` of rows.
    Columns { outer: usize, rows: usize, cols: usize, blocks: usize },
}

/// A planned reduction. 16-bit floats accumulate in `f32`; sums along contiguous axes run in 16
/// lanes and a fixed tree, others in order.
///
/// ```
/// use seodang_core::DType;
/// use seodang_kernels::{Memory, reduce::{Reduce, ReduceOp}};
/// let r = Reduce::new(ReduceOp::Max, DType::U8, &[2, 3], &[1])?;
/// let (x, mut y) = ([1u8, 5, 2, 9, 0, 3], [0u8; 2]);
/// let mut m = Memory::new();
/// let (x, o) = (m.read(&x), m.write(&mut y));
/// r.run(&m, m.whole(x), m.whole(o));
/// drop(m);
/// assert_eq!(y, [5, 9]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reduce {
    dtype: DType,
    /// The type of the phases: `f32` for 16-bit floats with more than one phase.
    inner: DType,
    phases: Vec<Phase>,
    fold: Fold,
    to_inner: Kernel,
    from_inner: Kernel,
    inputs: usize,
    outputs: usize,
}

impl Reduce {
    /// A plan to reduce arrays of `shape` over `axes`.
    ///
    /// # Errors
    /// If an axis is outside the shape, or bits of floats are combined.
    pub fn new(op: ReduceOp, dtype: DType, shape: &[usize], axes: &[usize]) -> Result<Reduce> {
        Reduce::plan(op, dtype, shape, axes, isa::current()).ok_or_else(|| {
            Error::value(text!(
                en: "this reduction is not possible", ko: "이렇게 축약할 수 없습니다"
            ))
            .given("op", format!("{op:?}"))
            .given("dtype", dtype)
            .given("shape", format!("{shape:?}"))
            .given("axes", format!("{axes:?}"))
        })
    }

    fn plan(
        op: ReduceOp,
        dtype: DType,
        shape: &[usize],
        axes: &[usize],
        isa: Isa,
    ) -> Option<Reduce> {
        if axes.iter().any(|a| *a >= shape.len()) {
            return None;
        }
        // Neighbouring axes of one kind are one; (size, whether it goes).
        let mut groups: Vec<(usize, bool)> = Vec::new();
        for (k, &n) in shape.iter().enumerate() {
            let goes = axes.contains(&k);
            match groups.last_mut() {
                _ if n == 1 => {}
                Some(last) if last.1 == goes => last.0 *= n,
                _ => groups.push((n, goes)),
            }
        }
        let mut phases = Vec::new();
        while let Some(&(n, goes)) = groups.last() {
            let outer = |g: &[(usize, bool)]| g.iter().map(|g| g.0).product::<usize>();
            if goes {
                groups.pop();
                let pieces = if n > 2 * PIECE { n.div_ceil(PIECE) } else { 1 };
                phases.push(Phase::Rows { outer: outer(&groups), cols: n, pieces });
                if pieces > 1 {
                    groups.push((pieces, true));
                }
            } else {
                // Kept at the end: the group before it, if any, goes.
                let Some(at) = groups.len().checked_sub(2) else { break };
                let rows = groups[at].0;
                groups.pop();
                groups.pop();
                let outer = outer(&groups);
                let blocks = if outer < 8 { (rows * n / (2 * PIECE)).clamp(1, 16) } else { 1 };
                let blocks = blocks.min(rows.max(1));
                phases.push(Phase::Columns { outer, rows, cols: n, blocks });
                match groups.last_mut() {
                    Some(last) => last.0 *= n,
                    None => groups.push((n, false)),
                }
            }
        }
        let half = matches!(dtype, DType::F16 | DType::BF16);
        // Columns keep accumulators in the result, which must be as wide.
        let simple = matches!(phases[..], [] | [Phase::Rows { .. }]);
        let inner = if half && !simple { DType::F32 } else { dtype };
        let kept = (0..shape.len()).filter(|k| !axes.contains(k)).map(|k| shape[k]);
        Some(Reduce {
            dtype,
            inner,
            phases,
            fold: fold(op, inner, isa)?,
            to_inner: convert(dtype, inner, isa),
            from_inner: convert(inner, dtype, isa),
            inputs: shape.iter().product(),
            outputs: kept.product(),
        })
    }

    /// Reduces.
    ///
    /// # Panics
    /// If a region has the wrong length or they overlap: a bug in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, src: Region, dst: Region) {
        let size = self.dtype.size();
        let a = source(memory, src, self.inputs, size, "the operand of a reduction");
        let d = target(memory, dst, self.outputs, size, "the result of a reduction");
        check_alias(dst, &[src], false);
        if self.phases.is_empty() {
            // SAFETY: nothing is reduced; both have the same elements.
            return unsafe { std::ptr::copy_nonoverlapping(a, d, self.outputs * size) };
        }
        let converts = self.inner != self.dtype;
        let inner = self.inner.size();
        // SAFETY: each buffer has the elements of its phase.
        unsafe {
            let mut kept = Vec::new();
            let mut from = a;
            if converts {
                let mut wide = room(self.inputs * inner);
                let to = wide.as_mut_ptr().cast::<u8>();
                (self.to_inner)(self.inputs, a, a, a, to);
                from = to;
                kept.push(wide);
            }
            for (k, phase) in self.phases.iter().enumerate() {
                let last = k + 1 == self.phases.len() && !converts;
                let to = if last {
                    d
                } else {
                    kept.push(room(phase.results() * inner));
                    kept.last_mut().map_or(d, |b| b.as_mut_ptr().cast())
                };
                self.phase(*phase, from, to);
                from = to;
            }
            if converts {
                (self.from_inner)(self.outputs, from, from, from, d);
            }
        }
    }

    unsafe fn phase(&self, phase: Phase, a: *const u8, d: *mut u8) {
        let size = self.inner.size();
        let (a, d) = (Shared::new(a), Shared::new(d));
        match phase {
            Phase::Rows { outer, cols, pieces } => {
                let rows = outer * pieces;
                let tasks = (outer * cols / PIECE).clamp(1, 4 * pool::threads()).min(rows.max(1));
                let length = if pieces > 1 { PIECE } else { cols };
                pool::run(tasks, |t| {
                    let mut lanes = [0u64; LANES];
                    let lanes = lanes.as_mut_ptr().cast::<u8>();
                    let range = pool::piece(rows, 1, tasks, t);
                    if pieces == 1 {
                        // SAFETY: rows lie inside the arrays, and those of tasks are disjoint.
                        return unsafe {
                            let from = a.get().add(range.start * cols * size);
                            let to = d.get().add(range.start * size);
                            (self.fold.row)(range.len(), cols, from, lanes, to, true, true);
                        };
                    }
                    for r in range {
                        let (row, at) = (r / pieces, r % pieces * length);
                        let n = length.min(cols - at);
                        // SAFETY: as above.
                        unsafe {
                            let from = a.get().add((row * cols + at) * size);
                            let to = d.get().add(r * size);
                            (self.fold.row)(1, n, from, lanes, to, true, true);
                        }
                    }
                });
            }
            Phase::Columns { outer, rows, cols, blocks } => {
                // Few columns: several rows at a time, which are combined at the end.
                let wide = (256 / cols.max(1)).clamp(1, rows.max(1));
                let columns = |o: usize, range: std::ops::Range<usize>, acc: *mut u8| {
                    let mut lanes = room(if wide > 1 { wide * cols * size } else { 0 });
                    let to = if wide > 1 { lanes.as_mut_ptr().cast() } else { acc };
                    // SAFETY: rows lie inside the array; `acc` has `cols` elements and `to` as many
                    // for each of `wide` rows.
                    unsafe {
                        (self.fold.fill)(wide * cols, std::ptr::null(), to);
                        for r in range.clone().step_by(wide) {
                            let from = a.get().add((o * rows + r) * cols * size);
                            (self.fold.accumulate)(wide.min(range.end - r) * cols, from, to);
                        }
                        if wide > 1 {
                            for k in 1..wide {
                                (self.fold.merge)(cols, to.add(k * cols * size), to);
                            }
                            std::ptr::copy_nonoverlapping(to, acc, cols * size);
                        }
                    }
                };
                if blocks == 1 {
                    let total = outer * rows * cols;
                    let tasks = (total / PIECE).clamp(1, 4 * pool::threads()).min(outer.max(1));
                    pool::run(tasks, |t| {
                        for o in pool::piece(outer, 1, tasks, t) {
                            // SAFETY: results of different `o` are disjoint.
                            columns(o, 0..rows, unsafe { d.get().add(o * cols * size) });
                        }
                    });
                    return;
                }
                let mut partial = room(outer * blocks * cols * size);
                let p = Shared::new(partial.as_mut_ptr().cast::<u8>());
                pool::run(outer * blocks, |t| {
                    let range = pool::piece(rows, 1, blocks, t % blocks);
                    // SAFETY: each task has its part.
                    columns(t / blocks, range, unsafe { p.get().add(t * cols * size) });
                });
                for o in 0..outer {
                    // SAFETY: all tasks have ended; the result is disjoint from the parts.
                    unsafe {
                        let to = d.get().add(o * cols * size);
                        (self.fold.fill)(cols, std::ptr::null(), to);
                        for b in 0..blocks {
                            let part = p.get().add((o * blocks + b) * cols * size);
                            (self.fold.merge)(cols, part, to);
                        }
                    }
                }
            }
        }
    }
}

impl Phase {
    fn results(self) -> usize {
        match self {
            Phase::Rows { outer, pieces, .. } => outer * pieces,
            Phase::Columns { outer, cols, .. } => outer * cols,
        }
    }
}

/// Memory for intermediate results, aligned for every type.
fn room(bytes: usize) -> Vec<u64> {
    vec![0; bytes.div_ceil(8)]
}
