//! Random bits.

use super::{Families, arity, doc, require};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::random::Philox;
use seodang_core::{Array, DType, Result, Text, text};

/// A generator of random bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
    /// Philox 4x32-10; the state is `uint64[3]` (key, counter low, counter high) or `uint64[2]` (key,
    /// counter).
    Philox,
}

/// Random bits of an integer type, from a state; results are the next state and the bits.
#[derive(Clone, PartialEq, Debug)]
pub struct RngBitGenerator {
    /// The generator.
    pub algorithm: Algorithm,
    /// The type of the bits.
    pub ty: TensorType,
}

impl OpDef for RngBitGenerator {
    fn mnemonic(&self) -> &'static str {
        "rng_bit_generator"
    }

    fn spec(&self) -> &'static str {
        "rng_bit_generator"
    }

    fn doc(&self) -> Text {
        doc("Random bits from a state.", "상태에서 만드는 난수 비트.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let state = &operands[0];
        let fits = state.dtype == DType::U64 && matches!(state.shape.dims(), [2] | [3]);
        require(fits, "rng_bit_generator C2", || {
            text!(
                en: "the state must be uint64[3] or uint64[2], not {state}",
                ko: "상태는 uint64[3]이나 uint64[2]여야 하는데 {state}입니다"
            )
        })?;
        Families::INTEGER.check(self.ty.dtype, "rng_bit_generator I1")?;
        Ok(vec![state.clone(), self.ty.clone()])
    }

    fn result_count(&self, _: usize) -> usize {
        2
    }

    fn derivative(&self) -> Derivative<RngBitGenerator> {
        Derivative::ZeroGradient("the values are discrete")
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let state = operands[0].to_vec::<u64>()?;
        let ty = &results[1];
        let philox = Philox::new(state[0]);
        // With a state of two, XLA takes the key for the counter's upper half as well.
        let high = state.get(2).copied().unwrap_or(state[0]);
        let start = u128::from(state[1]) | u128::from(high) << 64;
        // Each counter gives four words; a 64-bit element takes two of them, low word first, and a
        // narrower one the low bits of a word.
        let words = if ty.dtype.size() == 8 { 2 } else { 1 };
        let blocks = (ty.size() * words).div_ceil(4);
        let bits: Vec<u32> =
            (0..blocks as u128).flat_map(|i| philox.block(start.wrapping_add(i))).collect();
        let bits: Vec<u64> = bits
            .chunks(words)
            .take(ty.size())
            .map(|w| w.iter().rev().fold(0, |sum, &b| sum << 32 | u64::from(b)))
            .collect();
        // Conversion of integers keeps the low bits.
        let out = Array::from_vec(ty.shape.clone(), bits)?.convert(ty.dtype);
        let next = start.wrapping_add(blocks as u128);
        let mut next = vec![state[0], next as u64, (next >> 64) as u64];
        next.truncate(state.len());
        let state = Array::from_vec([next.len()], next)?;
        Ok(vec![state, out])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("rng_algorithm", "#stablehlo<rng_algorithm PHILOX>".into())]
    }
}
