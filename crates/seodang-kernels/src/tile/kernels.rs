//! The kernels behind the instructions: one function pointer per (operation, type, instruction set).

use super::ops::{BinaryOp, CompareOp, UnaryOp};
use crate::isa::Isa;
use crate::math;
use crate::simd::{As, B8, FloatLane, IntLane, Lane, Mode, Op1, Op2, Op3, map1, map2, map3};
use seodang_core::{DType, bf16, f16};
use std::marker::PhantomData;

/// `n` elements from up to three operands to a destination that overlaps none of them.
pub(crate) type Kernel = unsafe fn(usize, *const u8, *const u8, *const u8, *mut u8);

/// Which operands of a kernel are one element for all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Scalars(pub(crate) [bool; 3]);

/// The versions compiled for types that are seldom hot: AVX-512 uses the AVX2 version.
fn cold(isa: Isa) -> Isa {
    isa.min(Isa::Avx2)
}

/// Defines unit structs that are [`Op1`]s.
macro_rules! op1 {
    ($($name:ident: $a:ty => $d:ty, |$x:ident, $m:ident| $body:expr;)*) => {$(
        struct $name;
        impl Op1 for $name {
            type A = $a;
            type D = $d;
            #[inline(always)]
            fn call<$m: Mode>($x: $a) -> $d { $body }
        }
    )*};
}

op1! {
    CbrtF32: f32 => f32, |x, M| math::f32::cbrt(x);
    CeilF32: f32 => f32, |x, M| x.ceil();
    DigammaF32: f32 => f32, |x, M| math::f64::digamma(f64::from(x)) as f32;
    ErfF32: f32 => f32, |x, M| math::f32::erf::<M>(x);
    ErfInvF32: f32 => f32, |x, M| math::f64::erf_inv(f64::from(x)) as f32;
    ExpF32: f32 => f32, |x, M| math::f32::exp::<M>(x);
    Expm1F32: f32 => f32, |x, M| math::f32::expm1(x);
    FloorF32: f32 => f32, |x, M| x.floor();
    IsFiniteF32: f32 => B8, |x, M| B8((x.to_bits() & 0x7f80_0000 != 0x7f80_0000) as u8);
    LgammaF32: f32 => f32, |x, M| math::f64::lgamma(f64::from(x)) as f32;
    LogF32: f32 => f32, |x, M| math::f32::log::<M>(x);
    Log1pF32: f32 => f32, |x, M| math::f32::log1p(x);
    LogisticF32: f32 => f32, |x, M| math::f32::logistic::<M>(x);
    RoundF32: f32 => f32, |x, M| x.round();
    RoundEvenF32: f32 => f32, |x, M| x.round_ties_even();
    RsqrtF32: f32 => f32, |x, M| 1.0 / x.sqrt();
    SqrtF32: f32 => f32, |x, M| x.sqrt();
    TanhF32: f32 => f32, |x, M| math::f32::tanh::<M>(x);

    CbrtF64: f64 => f64, |x, M| x.cbrt();
    CeilF64: f64 => f64, |x, M| x.ceil();
    CosF64: f64 => f64, |x, M| x.cos();
    DigammaF64: f64 => f64, |x, M| math::f64::digamma(x);
    ErfF64: f64 => f64, |x, M| libm::erf(x);
    ErfInvF64: f64 => f64, |x, M| math::f64::erf_inv(x);
    ExpF64: f64 => f64, |x, M| x.exp();
    Expm1F64: f64 => f64, |x, M| x.exp_m1();
    FloorF64: f64 => f64, |x, M| x.floor();
    IsFiniteF64: f64 => B8, |x, M| B8(x.is_finite() as u8);
    LgammaF64: f64 => f64, |x, M| math::f64::lgamma(x);
    LogF64: f64 => f64, |x, M| x.ln();
    Log1pF64: f64 => f64, |x, M| x.ln_1p();
    LogisticF64: f64 => f64, |x, M| math::f64::logistic(x);
    RoundF64: f64 => f64, |x, M| x.round();
    RoundEvenF64: f64 => f64, |x, M| x.round_ties_even();
    RsqrtF64: f64 => f64, |x, M| 1.0 / x.sqrt();
    SinF64: f64 => f64, |x, M| x.sin();
    SqrtF64: f64 => f64, |x, M| x.sqrt();
    TanF64: f64 => f64, |x, M| x.tan();
    TanhF64: f64 => f64, |x, M| x.tanh();
    NotBool: B8 => B8, |x, M| B8(x.0 ^ 1);
}

/// Trigonometric functions: large arguments are rare and go one by one.
macro_rules! trigonometric {
    ($($name:ident $f:ident;)*) => {$(
        struct $name;
        impl Op1 for $name {
            type A = f32;
            type D = f32;
            const HAS_RARE: bool = true;
            #[inline(always)]
            fn call<M: Mode>(x: f32) -> f32 { math::f32::$f(x) }
            #[inline(always)]
            fn is_rare(x: f32) -> bool { (x.abs() >= math::f32::TRIGONOMETRIC_LIMIT) | x.is_nan() }
            fn rare(x: f32) -> f32 { f64::from(x).$f() as f32 }
        }
    )*};
}
trigonometric! { SinF32 sin; CosF32 cos; TanF32 tan; }

/// An operation of `f32` on a narrower float: convert, compute, round.
struct Through<O, T>(PhantomData<(O, T)>);

impl<O: Op1<A = f32, D: Widened<T>>, T: Lane<Acc = f32>> Op1 for Through<O, T> {
    type A = T;
    type D = <O::D as Widened<T>>::Narrow;
    #[inline(always)]
    fn call<M: Mode>(x: T) -> Self::D {
        O::call::<M>(x.widen()).narrowed()
    }
    const HAS_RARE: bool = O::HAS_RARE;
    #[inline(always)]
    fn is_rare(x: T) -> bool {
        O::is_rare(x.widen())
    }
    fn rare(x: T) -> Self::D {
        O::rare(x.widen()).narrowed()
    }
}

/// What a result computed in `f32` becomes for the type `T`.
trait Widened<T> {
    type Narrow: Copy + Default;
    fn narrowed(self) -> Self::Narrow;
}
impl<T: Lane<Acc = f32>> Widened<T> for f32 {
    type Narrow = T;
    #[inline(always)]
    fn narrowed(self) -> T {
        T::narrow(self)
    }
}
impl<T: Lane<Acc = f32>> Widened<T> for B8 {
    type Narrow = B8;
    #[inline(always)]
    fn narrowed(self) -> B8 {
        self
    }
}

/// Defines generic [`Op1`]s over a family of types.
macro_rules! generic1 {
    ($($name:ident: $bound:ident, |$x:ident| $body:expr;)*) => {$(
        struct $name<T>(PhantomData<T>);
        impl<T: $bound> Op1 for $name<T> {
            type A = T;
            type D = T;
            #[inline(always)]
            fn call<M: Mode>($x: T) -> T { $body }
        }
    )*};
}
generic1! {
    Abs: FloatLane, |x| x.abs();
    Neg: FloatLane, |x| x.neg();
    Sign: FloatLane, |x| x.sign();
    Not: IntLane, |x| x.not();
    Popcnt: IntLane, |x| x.popcnt();
    Clz: IntLane, |x| x.clz();
}

struct Cast<A, D>(PhantomData<(A, D)>);
impl<A: Lane + As<D>, D: Lane> Op1 for Cast<A, D> {
    type A = A;
    type D = D;
    #[inline(always)]
    fn call<M: Mode>(x: A) -> D {
        x.cast()
    }
}

macro_rules! generic2 {
    ($($name:ident<$t:ident: $bound:ident> => $d:ty, |$x:ident, $y:ident, $m:ident| $body:expr;)*) => {$(
        struct $name<T>(PhantomData<T>);
        impl<$t: $bound> Op2 for $name<$t> {
            type A = $t;
            type B = $t;
            type D = $d;
            #[inline(always)]
            fn call<$m: Mode>($x: $t, $y: $t) -> $d { $body }
        }
    )*};
}
generic2! {
    Add<T: Lane> => T, |x, y, M| x.add(y);
    Mul<T: Lane> => T, |x, y, M| x.mul(y);
    Max<T: Lane> => T, |x, y, M| x.max(y);
    Min<T: Lane> => T, |x, y, M| x.min(y);
    Sub<T: FloatLane> => T, |x, y, M| x.sub(y);
    Div<T: FloatLane> => T, |x, y, M| x.div(y);
    Rem<T: FloatLane> => T, |x, y, M| x.rem(y);
    Pow<T: FloatLane> => T, |x, y, M| x.pow::<M>(y);
    And<T: IntLane> => T, |x, y, M| x.and(y);
    Or<T: IntLane> => T, |x, y, M| x.or(y);
    Xor<T: IntLane> => T, |x, y, M| x.xor(y);
    Shl<T: IntLane> => T, |x, y, M| x.shl(y);
    Sra<T: IntLane> => T, |x, y, M| x.sra(y);
    Srl<T: IntLane> => T, |x, y, M| x.srl(y);
    Eq<T: Lane> => B8, |x, y, M| B8((x == y) as u8);
    Ne<T: Lane> => B8, |x, y, M| B8((x != y) as u8);
    Ge<T: Lane> => B8, |x, y, M| B8((x >= y) as u8);
    Gt<T: Lane> => B8, |x, y, M| B8((x > y) as u8);
    Le<T: Lane> => B8, |x, y, M| B8((x <= y) as u8);
    Lt<T: Lane> => B8, |x, y, M| B8((x < y) as u8);
    Atan2<T: Angle> => T, |y, x, M| y.atan2(x);
}

/// Types with an angle of a point; not hot, so through `f64`.
trait Angle: Lane {
    fn atan2(self, x: Self) -> Self;
}
impl Angle for f64 {
    fn atan2(self, x: f64) -> f64 {
        f64::atan2(self, x)
    }
}
macro_rules! angle {
    ($($t:ident)*) => {$(
        impl Angle for $t {
            fn atan2(self, x: Self) -> Self {
                Self::narrow(f64::atan2(f64::from(self.widen()), f64::from(x.widen())) as f32)
            }
        }
    )*};
}
angle!(f32 f16 bf16);

struct Xor8;
impl Op2 for Xor8 {
    type A = B8;
    type B = B8;
    type D = B8;
    #[inline(always)]
    fn call<M: Mode>(a: B8, b: B8) -> B8 {
        B8(a.0 ^ b.0)
    }
}

struct Select<T>(PhantomData<T>);
impl<T: Copy + Default + 'static> Op3 for Select<T> {
    type A = B8;
    type B = T;
    type C = T;
    type D = T;
    #[inline(always)]
    fn call<M: Mode>(p: B8, a: T, b: T) -> T {
        if p.0 != 0 { a } else { b }
    }
}

struct Clamp<T>(PhantomData<T>);
impl<T: Lane> Op3 for Clamp<T> {
    type A = T;
    type B = T;
    type C = T;
    type D = T;
    #[inline(always)]
    fn call<M: Mode>(low: T, x: T, high: T) -> T {
        x.max(low).min(high)
    }
}

struct FmaF32;
impl Op3 for FmaF32 {
    type A = f32;
    type B = f32;
    type C = f32;
    type D = f32;
    #[inline(always)]
    fn call<M: Mode>(a: f32, b: f32, c: f32) -> f32 {
        M::fma(a, b, c)
    }
}

struct FmaF64;
impl Op3 for FmaF64 {
    type A = f64;
    type B = f64;
    type C = f64;
    type D = f64;
    #[inline(always)]
    fn call<M: Mode>(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

/// The kernel of a unary operation, or `None` where StableHLO does not define it.
pub(crate) fn unary(op: UnaryOp, dtype: DType, isa: Isa) -> Option<Kernel> {
    use UnaryOp as U;
    macro_rules! float {
        ($single:ident, $double:ident) => {
            match dtype {
                DType::F32 => map1::<$single>(isa),
                DType::F64 => map1::<$double>(cold(isa)),
                DType::F16 => map1::<Through<$single, f16>>(cold(isa)),
                DType::BF16 => map1::<Through<$single, bf16>>(cold(isa)),
                _ => return None,
            }
        };
    }
    macro_rules! integer {
        ($op:ident) => {
            match dtype {
                DType::I8 => map1::<$op<i8>>(cold(isa)),
                DType::I16 => map1::<$op<i16>>(cold(isa)),
                DType::I32 => map1::<$op<i32>>(cold(isa)),
                DType::I64 => map1::<$op<i64>>(cold(isa)),
                DType::U8 => map1::<$op<u8>>(cold(isa)),
                DType::U16 => map1::<$op<u16>>(cold(isa)),
                DType::U32 => map1::<$op<u32>>(cold(isa)),
                DType::U64 => map1::<$op<u64>>(cold(isa)),
                _ => return None,
            }
        };
    }
    macro_rules! number {
        ($op:ident) => {
            match dtype {
                DType::F32 => map1::<$op<f32>>(isa),
                DType::F64 => map1::<$op<f64>>(cold(isa)),
                DType::F16 => map1::<$op<f16>>(cold(isa)),
                DType::BF16 => map1::<$op<bf16>>(cold(isa)),
                _ => integer!($op),
            }
        };
    }
    Some(match op {
        U::Abs => number!(Abs),
        U::Negate => number!(Neg),
        U::Sign => number!(Sign),
        U::Not if dtype == DType::Bool => map1::<NotBool>(cold(isa)),
        U::Not => integer!(Not),
        U::Popcnt => integer!(Popcnt),
        U::CountLeadingZeros => integer!(Clz),
        U::Cbrt => float!(CbrtF32, CbrtF64),
        U::Ceil => float!(CeilF32, CeilF64),
        U::Cosine => float!(CosF32, CosF64),
        U::Digamma => float!(DigammaF32, DigammaF64),
        U::Erf => float!(ErfF32, ErfF64),
        U::ErfInv => float!(ErfInvF32, ErfInvF64),
        U::Exponential => float!(ExpF32, ExpF64),
        U::ExponentialMinusOne => float!(Expm1F32, Expm1F64),
        U::Floor => float!(FloorF32, FloorF64),
        U::IsFinite => float!(IsFiniteF32, IsFiniteF64),
        U::Lgamma => float!(LgammaF32, LgammaF64),
        U::Log => float!(LogF32, LogF64),
        U::LogPlusOne => float!(Log1pF32, Log1pF64),
        U::Logistic => float!(LogisticF32, LogisticF64),
        U::RoundNearestAfz => float!(RoundF32, RoundF64),
        U::RoundNearestEven => float!(RoundEvenF32, RoundEvenF64),
        U::Rsqrt => float!(RsqrtF32, RsqrtF64),
        U::Sine => float!(SinF32, SinF64),
        U::Sqrt => float!(SqrtF32, SqrtF64),
        U::Tan => float!(TanF32, TanF64),
        U::Tanh => float!(TanhF32, TanhF64),
    })
}

/// Chooses the version for the scalar operands of an `f32` kernel.
macro_rules! forms2 {
    ($op:ty, $isa:ident, $scalars:ident) => {
        match $scalars.0 {
            [false, true, _] => map2::<$op, false, true>($isa),
            [true, false, _] => map2::<$op, true, false>($isa),
            _ => map2::<$op, false, false>($isa),
        }
    };
}

/// Whether operations on this type have versions for scalar operands; else those are spread first.
pub(crate) fn has_scalar_forms(dtype: DType) -> bool {
    dtype == DType::F32
}

macro_rules! on_integers {
    ($op:ident, $dtype:ident, $isa:ident) => {
        match $dtype {
            DType::I8 => map2::<$op<i8>, false, false>(cold($isa)),
            DType::I16 => map2::<$op<i16>, false, false>(cold($isa)),
            DType::I32 => map2::<$op<i32>, false, false>(cold($isa)),
            DType::I64 => map2::<$op<i64>, false, false>(cold($isa)),
            DType::U8 => map2::<$op<u8>, false, false>(cold($isa)),
            DType::U16 => map2::<$op<u16>, false, false>(cold($isa)),
            DType::U32 => map2::<$op<u32>, false, false>(cold($isa)),
            DType::U64 => map2::<$op<u64>, false, false>(cold($isa)),
            _ => return None,
        }
    };
}
macro_rules! on_numbers {
    ($op:ident, $dtype:ident, $isa:ident, $scalars:ident) => {
        match $dtype {
            DType::F32 => forms2!($op<f32>, $isa, $scalars),
            DType::F64 => map2::<$op<f64>, false, false>(cold($isa)),
            DType::F16 => map2::<$op<f16>, false, false>(cold($isa)),
            DType::BF16 => map2::<$op<bf16>, false, false>(cold($isa)),
            _ => on_integers!($op, $dtype, $isa),
        }
    };
}
macro_rules! on_all {
    ($op:ident, $dtype:ident, $isa:ident, $scalars:ident) => {
        match $dtype {
            DType::Bool => map2::<$op<B8>, false, false>(cold($isa)),
            _ => on_numbers!($op, $dtype, $isa, $scalars),
        }
    };
}

/// The kernel of a binary operation, or `None` where StableHLO does not define it.
pub(crate) fn binary(op: BinaryOp, dtype: DType, scalars: Scalars, isa: Isa) -> Option<Kernel> {
    use BinaryOp as B;
    let bool = dtype == DType::Bool;
    Some(match op {
        B::Add => on_all!(Add, dtype, isa, scalars),
        B::Multiply => on_all!(Mul, dtype, isa, scalars),
        B::Maximum => on_all!(Max, dtype, isa, scalars),
        B::Minimum => on_all!(Min, dtype, isa, scalars),
        B::Subtract => on_numbers!(Sub, dtype, isa, scalars),
        B::Divide => on_numbers!(Div, dtype, isa, scalars),
        B::Remainder => on_numbers!(Rem, dtype, isa, scalars),
        B::Power => on_numbers!(Pow, dtype, isa, scalars),
        B::And if bool => map2::<Mul<B8>, false, false>(cold(isa)),
        B::Or if bool => map2::<Add<B8>, false, false>(cold(isa)),
        B::Xor if bool => map2::<Xor8, false, false>(cold(isa)),
        B::And => on_integers!(And, dtype, isa),
        B::Or => on_integers!(Or, dtype, isa),
        B::Xor => on_integers!(Xor, dtype, isa),
        B::ShiftLeft => on_integers!(Shl, dtype, isa),
        B::ShiftRightArithmetic => on_integers!(Sra, dtype, isa),
        B::ShiftRightLogical => on_integers!(Srl, dtype, isa),
        B::Atan2 => match dtype {
            DType::F32 => forms2!(Atan2<f32>, isa, scalars),
            DType::F64 => map2::<Atan2<f64>, false, false>(cold(isa)),
            DType::F16 => map2::<Atan2<f16>, false, false>(cold(isa)),
            DType::BF16 => map2::<Atan2<bf16>, false, false>(cold(isa)),
            _ => return None,
        },
    })
}

/// The kernel of a comparison.
pub(crate) fn compare(op: CompareOp, dtype: DType, scalars: Scalars, isa: Isa) -> Option<Kernel> {
    use CompareOp as C;
    Some(match op {
        C::Eq => on_all!(Eq, dtype, isa, scalars),
        C::Ne => on_all!(Ne, dtype, isa, scalars),
        C::Ge => on_all!(Ge, dtype, isa, scalars),
        C::Gt => on_all!(Gt, dtype, isa, scalars),
        C::Le => on_all!(Le, dtype, isa, scalars),
        C::Lt => on_all!(Lt, dtype, isa, scalars),
    })
}

/// The kernel of `select(pred, on_true, on_false)`, by the width of the elements.
pub(crate) fn select(dtype: DType, scalars: Scalars, isa: Isa) -> Kernel {
    match dtype.size() {
        1 => map3::<Select<u8>, false, false, false>(cold(isa)),
        2 => map3::<Select<u16>, false, false, false>(cold(isa)),
        8 => map3::<Select<u64>, false, false, false>(cold(isa)),
        _ => match scalars.0 {
            [_, true, false] => map3::<Select<u32>, false, true, false>(isa),
            [_, false, true] => map3::<Select<u32>, false, false, true>(isa),
            [_, true, true] => map3::<Select<u32>, false, true, true>(isa),
            _ => map3::<Select<u32>, false, false, false>(isa),
        },
    }
}

/// The kernel of `clamp(min, x, max)`.
pub(crate) fn clamp(dtype: DType, scalars: Scalars, isa: Isa) -> Option<Kernel> {
    macro_rules! by_type {
        ($($name:ident $t:ident),*) => {
            match dtype {
                DType::F32 if scalars.0 == [true, false, true] => {
                    map3::<Clamp<f32>, true, false, true>(isa)
                }
                DType::Bool => return None,
                $(DType::$name => map3::<Clamp<$t>, false, false, false>(cold(isa)),)*
            }
        };
    }
    Some(by_type!(
        I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64, F16 f16, BF16 bf16,
        F32 f32, F64 f64
    ))
}

/// The kernel of `a * b + c` with one rounding.
pub(crate) fn fma(dtype: DType, scalars: Scalars, isa: Isa) -> Option<Kernel> {
    Some(match dtype {
        DType::F32 => match scalars.0 {
            [false, true, false] => map3::<FmaF32, false, true, false>(isa),
            [false, false, true] => map3::<FmaF32, false, false, true>(isa),
            [false, true, true] => map3::<FmaF32, false, true, true>(isa),
            _ => map3::<FmaF32, false, false, false>(isa),
        },
        DType::F64 => map3::<FmaF64, false, false, false>(cold(isa)),
        _ => return None,
    })
}

/// Which scalar operands of a ternary kernel have a version; the others are spread first.
pub(crate) fn ternary_scalars(kind: Ternary, dtype: DType, scalars: Scalars) -> Scalars {
    let [a, b, c] = scalars.0;
    Scalars(match kind {
        Ternary::Select if dtype.size() == 4 => [false, b, c],
        Ternary::Clamp if dtype == DType::F32 && scalars.0 == [true, false, true] => scalars.0,
        Ternary::Fma if dtype == DType::F32 && !a => scalars.0,
        _ => [false; 3],
    })
}

/// The operations of three operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ternary {
    Select,
    Clamp,
    Fma,
}

/// The kernel of a conversion.
pub(crate) fn convert(from: DType, to: DType, isa: Isa) -> Kernel {
    macro_rules! to {
        ($a:ident, $isa:expr) => {
            match to {
                DType::Bool => map1::<Cast<$a, B8>>($isa),
                DType::I8 => map1::<Cast<$a, i8>>($isa),
                DType::I16 => map1::<Cast<$a, i16>>($isa),
                DType::I32 => map1::<Cast<$a, i32>>($isa),
                DType::I64 => map1::<Cast<$a, i64>>($isa),
                DType::U8 => map1::<Cast<$a, u8>>($isa),
                DType::U16 => map1::<Cast<$a, u16>>($isa),
                DType::U32 => map1::<Cast<$a, u32>>($isa),
                DType::U64 => map1::<Cast<$a, u64>>($isa),
                DType::F16 => map1::<Cast<$a, f16>>($isa),
                DType::BF16 => map1::<Cast<$a, bf16>>($isa),
                DType::F32 => map1::<Cast<$a, f32>>($isa),
                DType::F64 => map1::<Cast<$a, f64>>($isa),
            }
        };
    }
    let isa = cold(isa);
    match from {
        DType::Bool => to!(B8, isa),
        DType::I8 => to!(i8, isa),
        DType::I16 => to!(i16, isa),
        DType::I32 => to!(i32, isa),
        DType::I64 => to!(i64, isa),
        DType::U8 => to!(u8, isa),
        DType::U16 => to!(u16, isa),
        DType::U32 => to!(u32, isa),
        DType::U64 => to!(u64, isa),
        DType::F16 => to!(f16, isa),
        DType::BF16 => to!(bf16, isa),
        DType::F32 => to!(f32, isa),
        DType::F64 => to!(f64, isa),
    }
}
