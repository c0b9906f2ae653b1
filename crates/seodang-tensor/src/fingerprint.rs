//! Fast hashes of ops and types, for caches that compare in full on a hit.

use seodang_ir::{Op, TensorType};
use std::hash::Hash;

/// A fast hash for keys of this process: multiply and rotate, word by word.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hasher(u64);

impl Hasher {
    pub(crate) fn word(&mut self, x: u64) {
        self.0 = (self.0.rotate_left(5) ^ x).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    pub(crate) fn finish(self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

impl std::hash::Hasher for Hasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, x: u8) {
        self.word(u64::from(x));
    }
    fn write_u32(&mut self, x: u32) {
        self.word(u64::from(x));
    }
    fn write_u64(&mut self, x: u64) {
        self.word(x);
    }
    fn write_usize(&mut self, x: usize) {
        self.word(x as u64);
    }
    fn write_isize(&mut self, x: isize) {
        self.word(x as u64);
    }
    fn finish(&self) -> u64 {
        Hasher::finish(*self)
    }
}

/// For maps whose keys are hashes already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl std::hash::Hasher for Identity {
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, x: u64) {
        self.0 = x;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

#[inline]
pub(crate) fn hash_type(ty: &TensorType, h: &mut Hasher) {
    h.word(ty.dtype as u64 ^ (ty.rank() as u64) << 8);
    for &d in ty.shape.iter() {
        h.word(d as u64);
    }
}

/// Hashes what distinguishes ops cheaply. Equal ops have equal hashes; bodies and constants count
/// with their size only, since a hit is compared in full.
pub(crate) fn hash_op(op: &Op, h: &mut Hasher) {
    std::mem::discriminant(op).hash(h);
    match op {
        Op::Unary(u) => h.word(*u as u64),
        Op::Binary(b) => h.word(*b as u64),
        Op::Compare(c) => h.word(c.direction as u64),
        Op::Convert(c) => h.word(c.dtype as u64),
        Op::Constant(c) => h.word(c.value.size() as u64),
        Op::Iota(i) => {
            hash_type(&i.ty, h);
            h.word(i.dimension as u64);
        }
        Op::RngBitGenerator(r) => hash_type(&r.ty, h),
        Op::BroadcastInDim(b) => {
            b.shape.hash(h);
            b.dimensions.hash(h);
        }
        Op::Reshape(r) => r.shape.hash(h),
        Op::Transpose(t) => t.permutation.hash(h),
        Op::Slice(s) => (&s.start, &s.limit, &s.strides).hash(h),
        Op::Pad(p) => {
            for v in [&p.low, &p.high, &p.interior].into_iter().flatten() {
                h.word(*v as u64);
            }
        }
        Op::Concatenate(c) => h.word(c.dimension as u64),
        Op::Reverse(r) => r.dimensions.hash(h),
        Op::DynamicSlice(d) => d.sizes.hash(h),
        Op::Gather(g) => (&g.slice_sizes, &g.offset_dims, &g.start_index_map).hash(h),
        Op::DotGeneral(d) => {
            (&d.lhs_batching, &d.rhs_batching, &d.lhs_contracting, &d.rhs_contracting).hash(h);
        }
        Op::Convolution(c) => (&c.dims, &c.strides, &c.rhs_dilation).hash(h),
        Op::Reduce(r) => {
            r.dimensions.hash(h);
            if let Some(Op::Binary(b)) = r.body.nodes().first().map(|n| &n.op) {
                h.word(*b as u64);
            }
        }
        Op::ReduceWindow(r) => r.window.hash(h),
        Op::Sort(s) => h.word(s.dimension as u64),
        Op::TopK(t) => h.word(t.k as u64),
        Op::Composite(c) => {
            c.name.hash(h);
            h.word(c.body.nodes().len() as u64);
        }
        Op::Scan(s) => {
            h.word((s.length as u64) << 16 ^ (s.carried as u64) << 8 ^ s.constants as u64)
        }
        Op::Select(_)
        | Op::Clamp(_)
        | Op::DynamicUpdateSlice(_)
        | Op::Scatter(_)
        | Op::Cholesky(_)
        | Op::TriangularSolve(_)
        | Op::SelectAndScatter(_)
        | Op::While(_)
        | Op::If(_) => {}
    }
}
