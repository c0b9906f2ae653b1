//! Running a planned tile program.

use super::builder::{Extent, Node, Source, TileBuilder};
use super::plan::{Code, Count, Instr, Layout, MAX_SLOTS, Origin, Plan, Planner, Strided, TILE};
use crate::isa::Isa;
use crate::memory::{Memory, Region};
use crate::pool;
use crate::scratch::{self, Purpose};
use seodang_core::{Error, Result, text};
use std::ops::Range;

/// The most inputs, and the most outputs.
const MAX_REGIONS: usize = 64;

/// Elements below which a task is not worth handing to another thread.
const GRAIN: usize = 8192;

/// A planned tile program; see the [module](super).
#[derive(Clone, Debug)]
pub struct TileProgram {
    layout: Layout,
    rows: usize,
    cols: usize,
    block: usize,
    /// Instructions write outputs as soon as they are computed.
    direct: Plan,
    /// Outputs are written at the end of a tile: for outputs that overwrite inputs still needed.
    staged: Plan,
    inputs: Vec<Operand>,
    outputs: Vec<Operand>,
}

/// What is checked of a region.
#[derive(Clone, Copy, Debug)]
struct Operand {
    bytes: usize,
    align: usize,
    /// Bytes of an element where the region is walked element by element, so that it can be
    /// overwritten in place; else 0.
    in_place: usize,
}

impl TileProgram {
    pub(super) fn new(b: &TileBuilder, isa: Isa) -> Result<TileProgram> {
        if b.inputs > MAX_REGIONS || b.outputs.len() > MAX_REGIONS {
            return Err(Error::unsupported(text!(
                en: "a tile program has at most {MAX_REGIONS} inputs and outputs: split it",
                ko: "타일 프로그램의 입력과 출력은 {MAX_REGIONS}개까지입니다. 나누십시오"
            )));
        }
        let layout = Layout::of(b);
        let (rows, cols, block) = layout.space(b);
        let mut inputs = vec![Operand { bytes: 0, align: 1, in_place: 0 }; b.inputs];
        for info in &b.values {
            if let Node::Input { source: Source::Region(k), access } = &info.node {
                let size = info.dtype.size();
                let contiguous = *access == super::Access::Contiguous;
                inputs[*k] = Operand {
                    bytes: b.elements(access)? * size,
                    align: size,
                    in_place: if contiguous { size } else { 0 },
                };
            }
        }
        let outputs = b.outputs.iter().map(|v| {
            let info = &b.values[v.0 as usize];
            let size = info.dtype.size();
            let n = match info.extent {
                Extent::Scalar => 1,
                Extent::Row => b.cols,
                Extent::Col => b.rows,
                Extent::Full => b.rows * b.cols,
            };
            let full = info.extent == Extent::Full;
            Operand { bytes: n * size, align: size, in_place: if full { size } else { 0 } }
        });
        Ok(TileProgram {
            layout,
            rows,
            cols,
            block,
            direct: Planner::plan(b, layout, isa, true)?,
            staged: Planner::plan(b, layout, isa, false)?,
            inputs,
            outputs: outputs.collect(),
        })
    }

    /// Runs the program: regions in the order of [`TileBuilder::input`] and
    /// [`TileBuilder::output`].
    ///
    /// # Panics
    /// If a region has another length than its access or value needs (inputs may be longer), or an
    /// output overlaps another region in another way than being the same contiguous elements: a bug
    /// in the caller's plan.
    pub fn run(&self, memory: &Memory<'_>, inputs: &[Region], outputs: &[Region]) {
        assert_eq!(inputs.len(), self.inputs.len(), "a tile program's number of inputs");
        assert_eq!(outputs.len(), self.outputs.len(), "a tile program's number of outputs");
        let mut pointers = Pointers {
            inputs: [std::ptr::null(); MAX_REGIONS],
            outputs: [std::ptr::null_mut(); MAX_REGIONS],
        };
        for (k, (r, o)) in inputs.iter().zip(&self.inputs).enumerate() {
            assert!(r.len >= o.bytes, "input {k} of a tile program needs {} bytes: {r:?}", o.bytes);
            let p = memory.src::<u8>(*r);
            assert!(p.addr() & (o.align - 1) == 0, "input {k} of a tile program is not aligned");
            pointers.inputs[k] = p;
        }
        let mut plan = &self.direct;
        for (k, (r, o)) in outputs.iter().zip(&self.outputs).enumerate() {
            assert!(r.len == o.bytes, "output {k} of a tile program has {} bytes: {r:?}", o.bytes);
            let p = memory.dst::<u8>(*r);
            assert!(p.addr() & (o.align - 1) == 0, "output {k} of a tile program is not aligned");
            pointers.outputs[k] = p;
            for (i, (s, input)) in inputs.iter().zip(&self.inputs).enumerate() {
                let s = Region { len: input.bytes, ..*s };
                if r.overlaps(&s) {
                    assert!(
                        r.offset == s.offset && o.in_place != 0 && o.in_place == input.in_place,
                        "output {k} of a tile program overlaps input {i}"
                    );
                    plan = &self.staged;
                }
            }
            for other in &outputs[..k] {
                assert!(!r.overlaps(other), "outputs of a tile program overlap");
            }
        }
        // SAFETY: the regions hold what the plan reads and writes, are aligned, and overlap only
        // where each element is written after it was read last.
        unsafe { self.go(plan, &pointers) };
    }

    unsafe fn go(&self, plan: &Plan, pointers: &Pointers) {
        let total = self.rows * self.cols.max(1);
        if !plan.columns.is_empty() {
            // SAFETY: as for the caller.
            return unsafe { self.with_columns(plan, pointers, total) };
        }
        let tasks = if total < 2 * GRAIN { 1 } else { (total / GRAIN).min(4 * pool::threads()) };
        pool::run(tasks, |i| {
            let (rows, cols) = if self.layout == Layout::Flat {
                (0..1, pool::piece(self.cols, TILE, tasks, i))
            } else {
                (pool::piece(self.rows, self.block, tasks, i), 0..self.cols)
            };
            // SAFETY: as for the caller; tasks write disjoint rows or columns, and what is
            // written once is written by the first.
            unsafe { self.task(plan, pointers, rows, cols, i == 0, &|_| {}) };
        });
    }

    /// Blocks of rows whose number depends on the shape alone, each with its own accumulators,
    /// which are then combined in order.
    unsafe fn with_columns(&self, plan: &Plan, pointers: &Pointers, total: usize) {
        let blocks = self.rows.div_ceil(self.block);
        let tasks = (total / (4 * GRAIN)).clamp(1, 16).min(blocks.max(1));
        let sizes: Vec<usize> = plan
            .columns
            .iter()
            .map(|c| (c.results * c.fold.acc_size).next_multiple_of(64))
            .collect();
        let stride: usize = sizes.iter().sum();
        let partial = if tasks > 1 { stride * tasks } else { 0 };
        scratch::with(Purpose::Partial, partial, |partial| {
            // SAFETY: as for the caller.
            unsafe { self.columns(plan, pointers, tasks, &sizes, SendPtr(partial)) };
        });
    }

    /// The tasks of [`TileProgram::with_columns`], with room for the accumulators of each.
    unsafe fn columns(
        &self,
        plan: &Plan,
        pointers: &Pointers,
        tasks: usize,
        sizes: &[usize],
        base: SendPtr,
    ) {
        let stride: usize = sizes.iter().sum();
        pool::run(tasks, |i| {
            let rows = pool::piece(self.rows, self.block, tasks, i);
            let done = |slots: &[*mut u8]| {
                let mut at = i * stride;
                for (c, size) in plan.columns.iter().zip(sizes) {
                    let acc = slots[c.slot];
                    for k in 1..c.accumulators / c.results.max(1) {
                        // SAFETY: accumulators of one row of the tile into those of the first.
                        unsafe {
                            let other = acc.add(k * c.results * c.fold.acc_size);
                            (c.fold.merge)(c.results, other, acc);
                        }
                    }
                    let out = pointers.outputs[c.output];
                    // SAFETY: the output holds the results; each task has its part of `partial`.
                    unsafe {
                        if tasks == 1 {
                            (c.fold.store)(c.results, acc, out);
                        } else {
                            let n = c.results * c.fold.acc_size;
                            std::ptr::copy_nonoverlapping(acc, base.get().add(at), n);
                        }
                    }
                    at += size;
                }
            };
            // SAFETY: as in `go`.
            unsafe { self.task(plan, pointers, rows, 0..self.cols, i == 0, &done) };
        });
        if tasks > 1 {
            let mut at = 0;
            for (c, size) in plan.columns.iter().zip(sizes) {
                // SAFETY: all tasks have ended and written their parts.
                unsafe {
                    let first = base.get().add(at);
                    for i in 1..tasks {
                        (c.fold.merge)(c.results, base.get().add(i * stride + at), first);
                    }
                    (c.fold.store)(c.results, first, pointers.outputs[c.output]);
                }
                at += size;
            }
        }
    }

    /// Rows and columns of one task; `done` gets the slots at the end.
    unsafe fn task(
        &self,
        plan: &Plan,
        pointers: &Pointers,
        rows: Range<usize>,
        cols: Range<usize>,
        first: bool,
        done: &dyn Fn(&[*mut u8]),
    ) {
        scratch::with(Purpose::Tile, plan.scratch, |scratch: *mut u8| {
            let mut origins = [std::ptr::null_mut::<u8>(); MAX_SLOTS];
            for (p, s) in origins.iter_mut().zip(&plan.slots) {
                *p = match s.origin {
                    Origin::Input(k) => pointers.inputs[k].cast_mut(),
                    Origin::Output(k) => pointers.outputs[k],
                    Origin::Table(k) => plan.tables[k].as_ptr().cast_mut(),
                    Origin::Scratch(offset) => scratch.wrapping_add(offset),
                };
            }
            let n = plan.slots.len();
            let mut state = State {
                plan,
                at: origins,
                rows: self.block,
                cols: self.cols.min(TILE),
                all_cols: self.cols,
                position: 0,
                first: true,
                last: true,
            };
            let one_tile = matches!(self.layout, Layout::Narrow(_));
            if one_tile {
                state.cols = self.cols;
            }
            // SAFETY: slots point to as many elements as the instructions use, by the plan.
            unsafe {
                plan.prologue.iter().for_each(|i| state.execute(i));
                if first {
                    plan.once.iter().for_each(|i| state.execute(i));
                }
                for c in &plan.columns {
                    (c.fold.fill)(c.accumulators, std::ptr::null(), origins[c.slot]);
                }
                let mut row = rows.start;
                while row < rows.end {
                    state.rows = self.block.min(rows.end - row);
                    let mut base = [std::ptr::null_mut::<u8>(); MAX_SLOTS];
                    for (p, (o, s)) in base.iter_mut().zip(origins.iter().zip(&plan.slots)) {
                        *p = o.wrapping_add(row * s.row_step);
                    }
                    for stage in &plan.stages {
                        if !stage.rows.is_empty() {
                            state.at[..n].copy_from_slice(&base[..n]);
                            stage.rows.iter().for_each(|i| state.execute(i));
                        }
                        if one_tile {
                            state.at[..n].copy_from_slice(&base[..n]);
                            state.position = row * self.cols;
                            stage.tiles.iter().for_each(|i| state.execute(i));
                            continue;
                        }
                        let mut col = cols.start;
                        while col < cols.end || (cols.end == 0 && col == 0) {
                            for (p, (b, s)) in state.at.iter_mut().zip(base.iter().zip(&plan.slots))
                            {
                                *p = b.wrapping_add(col * s.col_step);
                            }
                            state.cols = TILE.min(cols.end - col);
                            state.position = row * self.cols + col;
                            (state.first, state.last) = (col == 0, col + TILE >= cols.end);
                            stage.tiles.iter().for_each(|i| state.execute(i));
                            col += TILE;
                        }
                    }
                    if !plan.epilogue.is_empty() {
                        state.at[..n].copy_from_slice(&base[..n]);
                        plan.epilogue.iter().for_each(|i| state.execute(i));
                    }
                    row += self.block;
                }
            }
            done(&origins[..n]);
        });
    }
}

struct Pointers {
    inputs: [*const u8; MAX_REGIONS],
    outputs: [*mut u8; MAX_REGIONS],
}

// SAFETY: they come from a `Memory`, which may be shared; tasks write disjoint parts.
unsafe impl Sync for Pointers {}

#[derive(Clone, Copy)]
struct SendPtr(*mut u8);
impl SendPtr {
    fn get(&self) -> *mut u8 {
        self.0
    }
}
// SAFETY: each task writes its own part of the buffer.
unsafe impl Sync for SendPtr {}

/// The tile that is being computed.
struct State<'a> {
    plan: &'a Plan,
    at: [*mut u8; MAX_SLOTS],
    rows: usize,
    cols: usize,
    all_cols: usize,
    /// Row-major position of the tile's first element.
    position: usize,
    /// Whether the tile begins its row, and ends it.
    first: bool,
    last: bool,
}

impl State<'_> {
    #[inline(always)]
    unsafe fn execute(&self, i: &Instr) {
        let n = match i.count {
            Count::Tile => self.rows * self.cols,
            Count::Rows => self.rows,
            Count::Cols => self.all_cols,
            Count::One => 1,
        };
        let (a, d) = (self.at[i.a].cast_const(), self.at[i.d]);
        // SAFETY: the plan gives each slot room for `n` elements, and `a` and `d` do not overlap
        // but where a tile is overwritten in place.
        unsafe {
            match i.code {
                Code::Map(kernel) => {
                    kernel(n, a, self.at[i.b].cast_const(), self.at[i.c].cast_const(), d);
                }
                Code::Copy(size) => std::ptr::copy(a, d, n * size),
                Code::Spread(size) => spread(size, n, a, d),
                Code::Repeat(size) => {
                    let row = self.cols * size;
                    for r in 0..self.rows {
                        std::ptr::copy_nonoverlapping(a, d.add(r * row), row);
                    }
                }
                Code::Expand(4) if self.cols <= 16 => {
                    // A whole line each, of which the next row overwrites what is too much; after
                    // the last row a register has room for it.
                    let (a, d) = (a.cast::<u32>(), d.cast::<u32>());
                    for r in 0..self.rows {
                        d.add(r * self.cols).cast::<[u32; 16]>().write([*a.add(r); 16]);
                    }
                }
                Code::Expand(size) => {
                    for r in 0..self.rows {
                        spread(size, self.cols, a.add(r * size), d.add(r * self.cols * size));
                    }
                }
                Code::Gather(k) => gather(&self.plan.strided[k], self.position, n, a, d),
                Code::RowFold(f) => {
                    f(self.rows, self.cols, a, self.at[i.b], d, self.first, self.last);
                }
                Code::Accumulate(f) => f(n, a, d),
            }
        }
    }
}

/// One element of `size` bytes to `n` places.
unsafe fn spread(size: usize, n: usize, a: *const u8, d: *mut u8) {
    macro_rules! fill {
        ($t:ty) => {
            // SAFETY: `a` is one element, `d` is `n`, both aligned.
            unsafe {
                let x = *a.cast::<$t>();
                std::slice::from_raw_parts_mut(d.cast::<$t>(), n).fill(x);
            }
        };
    }
    match size {
        1 => fill!(u8),
        2 => fill!(u16),
        4 => fill!(u32),
        _ => fill!(u64),
    }
}

/// `n` elements of a strided input from a row-major position on.
unsafe fn gather(s: &Strided, position: usize, n: usize, a: *const u8, d: *mut u8) {
    macro_rules! go {
        ($t:ty) => {{
            let (a, mut d) = (a.cast::<$t>(), d.cast::<$t>());
            let inner = s.dims.len() - 1;
            let (size, stride) = s.dims[inner];
            let (mut left, mut position) = (n, position);
            while left > 0 {
                let column = position % size;
                let run = left.min(size - column);
                let (mut rest, mut at) = (position / size, s.offset as isize);
                for &(size, stride) in s.dims[..inner].iter().rev() {
                    at += (rest % size) as isize * stride;
                    rest /= size;
                }
                at += column as isize * stride;
                // SAFETY: the access was checked to stay inside the region.
                unsafe {
                    match stride {
                        1 => std::ptr::copy_nonoverlapping(a.offset(at), d, run),
                        0 => std::slice::from_raw_parts_mut(d, run).fill(*a.offset(at)),
                        _ => {
                            for j in 0..run {
                                *d.add(j) = *a.offset(at + j as isize * stride);
                            }
                        }
                    }
                    d = d.add(run);
                }
                left -= run;
                position += run;
            }
        }};
    }
    if s.dims.is_empty() {
        // SAFETY: a space without dimensions has one element.
        return unsafe { spread(s.size, n, a.add(s.offset * s.size), d) };
    }
    match s.size {
        1 => go!(u8),
        2 => go!(u16),
        4 => go!(u32),
        _ => go!(u64),
    }
}
