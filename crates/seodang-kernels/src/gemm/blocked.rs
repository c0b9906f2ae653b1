//! Matrix products of floats: blocking for the caches around the micro-kernel.
#![allow(unsafe_code)]

use super::pack::pack;
use crate::Isa;
use crate::microkernel::{Activation, Kernels, MicroFloat, Segment, Tile};
use crate::scratch::{self, Purpose};

/// Products per pass over a panel: 384 rows of 128 bytes stay in the first-level cache.
const KC: usize = 384;
/// Tiles of packed rows: with `KC`, 430 kB, which stay in the second-level cache.
const MC_TILES: usize = 20;
/// Bytes of a row of packed columns.
const NC_BYTES: usize = 8192;

/// One product of matrices that are valid to read and write as the strides say.
#[derive(Clone, Copy)]
pub(crate) struct Product<T: 'static> {
    pub(crate) isa: Isa,
    pub(crate) kernels: &'static Kernels<T>,
    pub(crate) m: usize,
    pub(crate) n: usize,
    pub(crate) k: usize,
    pub(crate) a: *const T,
    pub(crate) a_row: usize,
    pub(crate) a_col: usize,
    pub(crate) b: *const T,
    pub(crate) b_row: usize,
    pub(crate) b_col: usize,
    pub(crate) c: *mut T,
    pub(crate) c_row: usize,
    pub(crate) accumulate: bool,
    /// Null without a bias.
    pub(crate) bias: *const T,
    pub(crate) activation: Activation,
}

impl<T: MicroFloat> Product<T> {
    /// Computes it on this thread.
    ///
    /// # Safety
    /// The operands must be valid as described, and `c` must overlap nothing else.
    pub(crate) unsafe fn run(&self) {
        let &Product { isa, kernels, m, n, k, .. } = self;
        if m == 0 || n == 0 {
            return;
        }
        let (mr, nr) = (kernels.mr, kernels.nr());
        // Packing pays when a panel of columns is used by several tiles of rows, and has to be done
        // where the micro-kernel could not read the columns otherwise.
        let pack_b = self.b_col != 1 || (m > 3 * mr && n > nr);
        // Adjacent rows can be read where they are, unless the steps from product to product would
        // touch too many cache lines that fall on each other.
        let adjacent = self.a_row == 1;
        let pack_a = n > 4 * nr && m > mr && k > if adjacent { 64 } else { 16 }
            || self.a_col != 1 && !adjacent && n > nr;
        let nc_max = NC_BYTES / size_of::<T>();
        let kc_max = k.div_ceil(k.div_ceil(KC).max(1));
        let mc_max = mr * MC_TILES;
        let room_b = if pack_b { n.min(nc_max).next_multiple_of(nr) * kc_max } else { 0 };
        let room_a = if pack_a { m.min(mc_max).next_multiple_of(mr) * kc_max } else { 0 };
        scratch::with(Purpose::PackB, room_b, |packed_b: *mut T| {
            scratch::with(Purpose::PackA, room_a, |packed_a: *mut T| {
                for jc in (0..n).step_by(nc_max) {
                    let nc = (n - jc).min(nc_max);
                    let mut pc = 0;
                    loop {
                        let kc = (k - pc).min(kc_max);
                        // SAFETY: blocks inside the operands, which the caller vouches for; the
                        // scratch buffers have room for a block rounded up to whole tiles.
                        unsafe {
                            if pack_b {
                                let b = self.b.add(pc * self.b_row + jc * self.b_col);
                                for j in (0..nc).step_by(nr) {
                                    let w = (nc - j).min(nr);
                                    let (dst, src) = (packed_b.add(j * kc), b.add(j * self.b_col));
                                    pack(isa, dst, nr, w, kc, src, self.b_col, self.b_row);
                                }
                            }
                            for ic in (0..m).step_by(mc_max) {
                                let mc = (m - ic).min(mc_max);
                                if pack_a {
                                    let a = self.a.add(ic * self.a_row + pc * self.a_col);
                                    for i in (0..mc).step_by(mr) {
                                        let w = (mc - i).min(mr);
                                        let (dst, src) =
                                            (packed_a.add(i * kc), a.add(i * self.a_row));
                                        pack(isa, dst, mr, w, kc, src, self.a_row, self.a_col);
                                    }
                                }
                                let packed = (
                                    pack_a.then_some(packed_a.cast_const()),
                                    pack_b.then_some(packed_b.cast_const()),
                                );
                                self.block((ic, mc), (jc, nc), (pc, kc), packed);
                            }
                        }
                        pc += kc;
                        if pc >= k {
                            break;
                        }
                    }
                }
            });
        });
    }

    /// Computes one block of rows, columns and products, each given as (first, count), from packed
    /// operands where there are.
    ///
    /// # Safety
    /// As [`Product::run`]; the packed operands must hold the block.
    unsafe fn block(
        &self,
        (ic, mc): (usize, usize),
        (jc, nc): (usize, usize),
        (pc, kc): (usize, usize),
        (packed_a, packed_b): (Option<*const T>, Option<*const T>),
    ) {
        let (mr, nr) = (self.kernels.mr, self.kernels.nr());
        let last = pc + kc >= self.k;
        // Rows are shared out evenly: 32 rows are 11 + 11 + 10, not 14 + 14 + 4, unless they are packed.
        let rows = if packed_a.is_some() { mr } else { mc.div_ceil(mc.div_ceil(mr)) };
        let segments = [Segment { a: 0, b: 0, k: kc }];
        for jr in (0..nc).step_by(nr) {
            let j = jc + jr;
            for ir in (0..mc).step_by(rows) {
                let i = ic + ir;
                // SAFETY: a tile inside the block.
                unsafe {
                    let (b, b_k) = match packed_b {
                        Some(b) => (b.add(jr * kc), nr),
                        None => (self.b.add(pc * self.b_row + j), self.b_row),
                    };
                    let (a, a_row, a_k) = match packed_a {
                        Some(a) => (a.add(ir * kc), 1, mr),
                        None => {
                            (self.a.add(i * self.a_row + pc * self.a_col), self.a_row, self.a_col)
                        }
                    };
                    let tile = Tile {
                        segments: &segments,
                        a,
                        a_row,
                        a_k,
                        b,
                        b_k,
                        c: self.c.add(i * self.c_row + j),
                        c_row: self.c_row,
                        n: (nc - jr).min(nr),
                        accumulate: self.accumulate || pc > 0,
                        bias: if last && !self.bias.is_null() {
                            self.bias.add(j)
                        } else {
                            std::ptr::null()
                        },
                        activation: if last { self.activation } else { Activation::None },
                    };
                    self.kernels.run((mc - ir).min(rows), &tile);
                }
            }
        }
    }
}
