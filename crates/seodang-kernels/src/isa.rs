//! Which vector instructions the kernels use.
//!
//! [`current`] is asked on the thread that plans or starts a kernel, never on a worker: so that
//! [`with`] in a test covers everything that the kernel does.

use std::cell::Cell;
use std::sync::OnceLock;

/// A family of vector instructions that kernels are written for.
///
/// The order is from the narrowest to the widest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Isa {
    /// No intrinsics: plain loops, which the compiler vectorises for the target as it can.
    Portable,
    /// AVX2 with FMA and F16C: 8 lanes of `f32`.
    Avx2,
    /// AVX-512 F, BW, DQ, VL and CD (with all of [`Isa::Avx2`]): 16 lanes of `f32`.
    Avx512,
}

impl Isa {
    /// Every family, the narrowest first.
    pub const ALL: [Isa; 3] = [Isa::Portable, Isa::Avx2, Isa::Avx512];

    /// The name that `SEODANG_ISA` takes: `"portable"`, `"avx2"` or `"avx512"`.
    pub const fn name(self) -> &'static str {
        match self {
            Isa::Portable => "portable",
            Isa::Avx2 => "avx2",
            Isa::Avx512 => "avx512",
        }
    }

    /// Whether this processor has the instructions.
    pub fn is_available(self) -> bool {
        self <= Isa::widest()
    }

    /// The families that this processor has, the narrowest first.
    pub fn available() -> impl Iterator<Item = Isa> {
        Isa::ALL.into_iter().filter(|isa| isa.is_available())
    }

    /// The widest family that this processor has, whatever the environment says.
    pub fn widest() -> Isa {
        static WIDEST: OnceLock<Isa> = OnceLock::new();
        *WIDEST.get_or_init(detect)
    }
}

#[cfg(target_arch = "x86_64")]
fn detect() -> Isa {
    macro_rules! all { ($($name:tt)*) => { true $(&& is_x86_feature_detected!($name))* } }
    if !all!("avx2" "fma" "f16c" "bmi1" "bmi2" "lzcnt" "popcnt") {
        Isa::Portable
    } else if all!("avx512f" "avx512bw" "avx512dq" "avx512vl" "avx512cd") {
        Isa::Avx512
    } else {
        Isa::Avx2
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn detect() -> Isa {
    Isa::Portable
}

thread_local! {
    static OVERRIDE: Cell<Option<Isa>> = const { Cell::new(None) };
}

/// The family that kernels planned or started by this thread use: that of an enclosing [`with`],
/// else the one that the environment variable `SEODANG_ISA` names (as far as the processor has it),
/// else the widest.
pub fn current() -> Isa {
    static CHOSEN: OnceLock<Isa> = OnceLock::new();
    OVERRIDE.get().unwrap_or_else(|| {
        *CHOSEN.get_or_init(|| {
            let asked = std::env::var("SEODANG_ISA").ok();
            choose(asked.as_deref())
        })
    })
}

/// The family for a value of `SEODANG_ISA`; a name that nobody knows asks for nothing.
fn choose(asked: Option<&str>) -> Isa {
    let widest = Isa::widest();
    let named = asked.and_then(|name| Isa::ALL.into_iter().find(|isa| isa.name() == name));
    named.map_or(widest, |isa| isa.min(widest))
}

/// Runs `f` with [`current`] saying `isa` on this thread: for tests and comparisons.
///
/// # Panics
/// If the processor does not have it.
pub fn with<R>(isa: Isa, f: impl FnOnce() -> R) -> R {
    assert!(isa.is_available(), "this processor has no {}", isa.name());
    struct Restore(Option<Isa>);
    impl Drop for Restore {
        fn drop(&mut self) {
            OVERRIDE.set(self.0);
        }
    }
    let _restore = Restore(OVERRIDE.replace(Some(isa)));
    f()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_override_nests_and_ends() {
        let outside = current();
        for isa in Isa::available() {
            with(isa, || {
                assert_eq!(current(), isa);
                with(Isa::Portable, || assert_eq!(current(), Isa::Portable));
                assert_eq!(current(), isa);
                let _ = std::panic::catch_unwind(|| with(Isa::Portable, || panic!("on purpose")));
                assert_eq!(current(), isa);
            });
        }
        assert_eq!(current(), outside);
    }

    #[test]
    fn the_environment_narrows() {
        assert_eq!(choose(None), Isa::widest());
        assert_eq!(choose(Some("portable")), Isa::Portable);
        assert_eq!(choose(Some("avx2")), Isa::Avx2.min(Isa::widest()));
        assert_eq!(choose(Some("sse9")), Isa::widest());
    }
}
