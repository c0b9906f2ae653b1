//! Random numbers: explicit streams whose state is a variable.

use crate::apply::apply_n;
use crate::{Tensor, Variable};
use seodang_core::{Array, DType, Error, Result, Shape, text};
use seodang_ir::TensorType;
use seodang_ir::ops::{Algorithm, RngBitGenerator};

/// A stream of random numbers: Philox 4x32-10 with a key and a counter, as in TensorFlow and XLA.
///
/// The state is a variable (`uint64[3]`: key, counter low, counter high), so that draws work
/// eagerly and in traces, are saved with a model, and are the same bits on every engine. Each draw
/// advances it. Streams of different seeds, or different stream numbers, are independent. Clones
/// share the state.
///
/// ```
/// use seodang_tensor::{DType, random::RandomState};
/// let a = RandomState::new(7)?.normal(DType::F32, [4])?;
/// let b = RandomState::new(7)?.normal(DType::F32, [4])?;
/// assert_eq!(a.to_f64_vec()?, b.to_f64_vec()?);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RandomState {
    state: Variable,
}

impl RandomState {
    /// The first stream of a seed.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn new(seed: u64) -> Result<RandomState> {
        RandomState::stream(seed, 0)
    }

    /// The stream with a number of a seed.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn stream(seed: u64, stream: u64) -> Result<RandomState> {
        let state = Variable::new(Array::from_vec([3], vec![seed, 0, stream])?, "random_state")?;
        Ok(RandomState { state })
    }

    /// The stream over an existing state variable, such as one that was loaded.
    ///
    /// # Errors
    /// `Shape` or `DType`, if the variable is not `uint64[3]`.
    pub fn from_variable(state: Variable) -> Result<RandomState> {
        if *state.ty() == TensorType::new(DType::U64, [3]) {
            return Ok(RandomState { state });
        }
        Err(Error::shape(text!(
            en: "a random state is a variable of uint64[3]",
            ko: "난수 상태는 uint64[3] 변수입니다"
        ))
        .given("variable", state.ty()))
    }

    /// The variable that holds the state.
    pub fn variable(&self) -> &Variable {
        &self.state
    }

    /// Goes back to the beginning of the first stream of a seed.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn reseed(&self, seed: u64) -> Result<()> {
        self.state.set_array(&Array::from_vec([3], vec![seed, 0, 0])?)
    }

    /// Random bits: every value of an integer dtype is equally likely.
    ///
    /// # Errors
    /// `DType` unless integer.
    pub fn bits(&self, dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        let ty = TensorType::new(dtype, shape);
        let op = RngBitGenerator { algorithm: Algorithm::Philox, ty };
        let mut results = apply_n(op, &[&self.state.value()?])?;
        let bits = results.swap_remove(1);
        self.state.assign(&results[0])?;
        Ok(bits)
    }

    /// The unsigned dtype the bits of a float come from, how many are used, and the dtype that they
    /// are converted in.
    fn plan(dtype: DType) -> Result<(DType, u32, DType)> {
        match dtype {
            // As many bits as the significand holds, so that 1 cannot come out by rounding.
            DType::F16 => Ok((DType::U32, 11, DType::F32)),
            DType::BF16 => Ok((DType::U32, 8, DType::F32)),
            DType::F32 => Ok((DType::U32, 24, DType::F32)),
            DType::F64 => Ok((DType::U64, 53, DType::F64)),
            _ => Err(Error::dtype(text!(
                en: "random numbers of this kind are floating-point",
                ko: "이 난수는 부동소수점이어야 합니다"
            ))
            .given("dtype", dtype)),
        }
    }

    /// Multiples of 2^-bits in [0, 1), before rounding to the dtype.
    fn fraction(&self, dtype: DType, shape: Shape) -> Result<Tensor> {
        let (source, bits, wide) = RandomState::plan(dtype)?;
        let width = 8 * source.size() as u32;
        let numbers = self.bits(source, shape)?.shift_right(f64::from(width - bits))?;
        numbers.cast(wide)? * 2f64.powi(-(bits as i32))
    }

    /// Numbers of the uniform distribution on [lo, hi).
    ///
    /// # Errors
    /// `DType` unless floating-point.
    pub fn uniform(
        &self,
        dtype: DType,
        shape: impl Into<Shape>,
        lo: f64,
        hi: f64,
    ) -> Result<Tensor> {
        let u = self.fraction(dtype, shape.into())?.cast(dtype)?;
        if (lo, hi) == (0.0, 1.0) {
            return Ok(u);
        }
        // Rounding may reach hi, which the interval does not contain.
        let below = below(dtype, lo, hi);
        ((u * (hi - lo))? + lo)?.minimum(below)
    }

    /// Integers of the uniform distribution on lo..hi. The range must be below 2^31 in size; the
    /// bias is below 2^-32 of its size.
    ///
    /// # Errors
    /// `Value`, if the range is empty or too large; `DType` unless integer.
    pub fn integers(
        &self,
        dtype: DType,
        shape: impl Into<Shape>,
        lo: i64,
        hi: i64,
    ) -> Result<Tensor> {
        let range = hi.checked_sub(lo).filter(|n| (1..=1 << 31).contains(n)).ok_or_else(|| {
            Error::value(text!(
                en: "the range from {lo} to {hi} is empty or larger than 2^31",
                ko: "{lo}부터 {hi}까지의 범위가 비었거나 2^31보다 큽니다"
            ))
            .during("integers")
        })?;
        if !dtype.is_integer() {
            return Err(Error::dtype(text!(
                en: "random integers need an integer dtype",
                ko: "정수 난수에는 정수 dtype이 필요합니다"
            ))
            .given("dtype", dtype));
        }
        // The high half of a product with 32 random bits (Lemire's method without the rejection).
        let bits = self.bits(DType::U32, shape)?.cast(DType::U64)?;
        let scaled = (bits * range as f64)?.shift_right(32.0)?;
        scaled.cast(DType::I64)?.add(lo as f64)?.cast(dtype)
    }

    /// Multiples of an odd half step in (-1, 1): never the ends, where the inverse error function
    /// is infinite.
    fn symmetric(&self, dtype: DType, shape: Shape) -> Result<Tensor> {
        let wide = if dtype == DType::F64 { DType::F64 } else { DType::F32 };
        let (source, bits, _) = RandomState::plan(wide)?;
        let bits = bits - 1;
        let width = 8 * source.size() as u32;
        let numbers = self.bits(source, shape)?.shift_right(f64::from(width - bits))?.cast(wide)?;
        ((numbers + 0.5)? * 2f64.powi(1 - bits as i32))? - 1.0
    }

    /// Numbers of the standard normal distribution: sqrt(2) erf_inv(u), u uniform on (-1, 1), as in
    /// XLA.
    ///
    /// # Errors
    /// `DType` unless floating-point.
    pub fn normal(&self, dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        RandomState::plan(dtype)?;
        (self.symmetric(dtype, shape.into())?.erf_inv()? * std::f64::consts::SQRT_2)?.cast(dtype)
    }

    /// Numbers of the standard normal distribution conditioned on lying within two deviations, as
    /// Keras's `TruncatedNormal` has it.
    ///
    /// # Errors
    /// `DType` unless floating-point.
    pub fn truncated_normal(&self, dtype: DType, shape: impl Into<Shape>) -> Result<Tensor> {
        RandomState::plan(dtype)?;
        // erf(2 / sqrt 2): the share of the normal distribution within two deviations.
        const WITHIN: f64 = 0.954_499_736_103_641_6;
        let u = (self.symmetric(dtype, shape.into())? * WITHIN)?;
        (u.erf_inv()? * std::f64::consts::SQRT_2)?.clip(-2.0, 2.0)?.cast(dtype)
    }

    /// Booleans that are true with a probability: a dropout mask, for example. The probability is a
    /// number or a tensor that broadcasts to the shape (float32).
    ///
    /// # Errors
    /// `Shape`, if the probability does not broadcast to the shape.
    pub fn bernoulli(
        &self,
        probability: impl crate::Operand,
        shape: impl Into<Shape>,
    ) -> Result<Tensor> {
        self.fraction(DType::F32, shape.into())?.lt(probability)
    }

    /// Class numbers (int32) drawn from unnormalised log-probabilities along the last axis, `n` for
    /// each row: the Gumbel-max trick. The result has the shape of the rows, then `n`.
    ///
    /// # Errors
    /// `DType` unless floating-point; `Shape` for a scalar.
    pub fn categorical(&self, logits: &Tensor, n: usize) -> Result<Tensor> {
        let rows = logits.expand_dims(-2)?;
        let mut shape = rows.shape().to_vec();
        let rank = shape.len();
        shape[rank - 2] = n;
        let u = ((self.symmetric(logits.dtype(), shape.into())? + 1.0)? * 0.5)?;
        let gumbel = u.log()?.neg()?.log()?.neg()?.cast(logits.dtype())?;
        rows.add(&gumbel)?.argmax(-1)
    }

    /// The numbers 0..n (int32) in random order: sorted by random keys.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn permutation(&self, n: usize) -> Result<Tensor> {
        let keys = self.bits(DType::U64, [n])?;
        let index = Tensor::arange(DType::I32, n)?;
        Ok(keys.sort_with(&[index], 0)?.swap_remove(1))
    }
}

/// The largest number of a dtype below `hi`, but not below `lo`.
fn below(dtype: DType, lo: f64, hi: f64) -> f64 {
    let rounded = Array::full(dtype, [], hi).to_f64_vec()[0];
    // One unit in the last place of hi.
    let step = rounded.abs().max(f64::MIN_POSITIVE) * 2.0 * dtype.unit_roundoff();
    (rounded - step).max(lo)
}
