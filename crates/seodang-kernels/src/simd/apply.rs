//! The loops that apply a scalar function to arrays.

use super::{Mode, multiversion};

/// A function of one element.
pub(crate) trait Op1: 'static {
    type A: Copy + Default;
    type D: Copy + Default;
    fn call<M: Mode>(a: Self::A) -> Self::D;
    /// Whether some arguments need [`Op1::rare`] instead.
    const HAS_RARE: bool = false;
    /// Whether this argument does.
    #[inline(always)]
    fn is_rare(_: Self::A) -> bool {
        false
    }
    /// The function for rare arguments, free to branch.
    fn rare(a: Self::A) -> Self::D {
        Self::call::<super::Software>(a)
    }
}

/// A function of two elements.
pub(crate) trait Op2: 'static {
    type A: Copy + Default;
    type B: Copy + Default;
    type D: Copy + Default;
    fn call<M: Mode>(a: Self::A, b: Self::B) -> Self::D;
}

/// A function of three elements.
pub(crate) trait Op3: 'static {
    type A: Copy + Default;
    type B: Copy + Default;
    type C: Copy + Default;
    type D: Copy + Default;
    fn call<M: Mode>(a: Self::A, b: Self::B, c: Self::C) -> Self::D;
}

/// Loops run over multiples of this many elements; a remainder is computed in a local buffer of
/// this length, so that it is vectorised too.
const STEP: usize = 64;

/// The last `n % STEP` elements from `start`, padded.
#[inline(always)]
unsafe fn tail<T: Copy + Default, const SCALAR: bool>(
    p: *const T,
    at: usize,
    n: usize,
) -> [T; STEP] {
    let mut out = [T::default(); STEP];
    if SCALAR {
        // SAFETY: a scalar operand points to one element.
        out = [unsafe { *p }; STEP];
    } else {
        // SAFETY: the caller's array has `n` elements, and n - at < STEP.
        unsafe { std::ptr::copy_nonoverlapping(p.add(at), out.as_mut_ptr(), n - at) };
    }
    out
}

macro_rules! get {
    ($p:ident, $i:expr, $scalar:ident, $s:ident) => {
        if $scalar { $s } else { *$p.add($i) }
    };
}

multiversion! {
    /// `d[i] = O(a[i])` for `n` elements. The arrays must not overlap.
    pub(crate) fn map1<M, O: Op1>(n: usize, a: *const u8, _b: *const u8, _c: *const u8, d: *mut u8) {
        let (a, d) = (a.cast::<O::A>(), d.cast::<O::D>());
        let main = n / STEP * STEP;
        for i in 0..main {
            *d.add(i) = O::call::<M>(*a.add(i));
        }
        if main < n {
            let x = tail::<O::A, false>(a, main, n);
            let mut y = [O::D::default(); STEP];
            for i in 0..STEP {
                y[i] = O::call::<M>(x[i]);
            }
            std::ptr::copy_nonoverlapping(y.as_ptr(), d.add(main), n - main);
        }
        if O::HAS_RARE {
            let mut any = false;
            for i in 0..n {
                any |= O::is_rare(*a.add(i));
            }
            if any {
                for i in 0..n {
                    if O::is_rare(*a.add(i)) {
                        *d.add(i) = O::rare(*a.add(i));
                    }
                }
            }
        }
    }
}

multiversion! {
    /// `d[i] = O(a[i], b[i])` for `n` elements; `SA`, `SB`: that operand is one element for all.
    pub(crate) fn map2<M, O: Op2; const SA: bool; const SB: bool>(
        n: usize, a: *const u8, b: *const u8, _c: *const u8, d: *mut u8,
    ) {
        let (a, b, d) = (a.cast::<O::A>(), b.cast::<O::B>(), d.cast::<O::D>());
        let main = n / STEP * STEP;
        if main > 0 {
            let (sa, sb) = (*a, *b);
            for i in 0..main {
                *d.add(i) = O::call::<M>(get!(a, i, SA, sa), get!(b, i, SB, sb));
            }
        }
        if main < n {
            let (x, y) = (tail::<O::A, SA>(a, main, n), tail::<O::B, SB>(b, main, n));
            let mut z = [O::D::default(); STEP];
            for i in 0..STEP {
                z[i] = O::call::<M>(x[i], y[i]);
            }
            std::ptr::copy_nonoverlapping(z.as_ptr(), d.add(main), n - main);
        }
    }
}

multiversion! {
    /// `d[i] = O(a[i], b[i], c[i])` for `n` elements; `SA`, `SB`, `SC` as in [`map2`].
    pub(crate) fn map3<M, O: Op3; const SA: bool; const SB: bool; const SC: bool>(
        n: usize, a: *const u8, b: *const u8, c: *const u8, d: *mut u8,
    ) {
        let (a, b, c, d) =
            (a.cast::<O::A>(), b.cast::<O::B>(), c.cast::<O::C>(), d.cast::<O::D>());
        let main = n / STEP * STEP;
        if main > 0 {
            let (sa, sb, sc) = (*a, *b, *c);
            for i in 0..main {
                *d.add(i) = O::call::<M>(
                    get!(a, i, SA, sa),
                    get!(b, i, SB, sb),
                    get!(c, i, SC, sc),
                );
            }
        }
        if main < n {
            let x = tail::<O::A, SA>(a, main, n);
            let y = tail::<O::B, SB>(b, main, n);
            let z = tail::<O::C, SC>(c, main, n);
            let mut w = [O::D::default(); STEP];
            for i in 0..STEP {
                w[i] = O::call::<M>(x[i], y[i], z[i]);
            }
            std::ptr::copy_nonoverlapping(w.as_ptr(), d.add(main), n - main);
        }
    }
}
