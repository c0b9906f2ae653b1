//! `STFT`.

use super::Initializer;
use crate::record::{one_of, record};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Error, Result, Shape, text};
use std::f64::consts::{PI, TAU};

one_of! {
    /// Which part of the complex waves.
    Side {
        /// Cosines.
        Real = "real",
        /// Sines, negated.
        Imag = "imag",
    }
}

one_of! {
    /// A window's shape.
    Window {
        /// `(1 - cos) / 2`, 0 at both ends.
        Hann = "hann" | "hanning",
        /// `0.54 - 0.46 cos`.
        Hamming = "hamming",
        /// `0.42 - 0.5 cos + 0.08 cos 2`.
        Blackman = "blackman",
        /// 1 everywhere.
        Boxcar = "boxcar",
    }
}

one_of! {
    /// What the windowed waves are divided by.
    Scaling {
        /// The root of the sum of the window's squares.
        Density = "density",
        /// The sum of the window.
        Spectrum = "spectrum",
    }
}

record! {
    /// The kernel that makes a convolution a short-time Fourier transform: of shape `(frame, 1,
    /// frequencies)`, `window(t) * cos(2 pi t f / n) / scale` (or minus the sine) with
    /// `n = 2 * (frequencies - 1)`. Source: Keras 3, `keras.initializers.STFT`.
    STFT in "keras.initializers", new() {
        /// Which part of the complex waves.
        side: Side = Side::Real,
        /// The window, or none.
        window: Option<Window> = Some(Window::Hann),
        /// What the windowed waves are divided by, if by anything.
        scaling: Option<Scaling> = Some(Scaling::Density),
        /// Whether the window is one period of a wave, not symmetric.
        periodic: bool = false,
    }
}

impl Window {
    fn at(self, t: usize, period: f64) -> f64 {
        let x = if period > 0.0 { TAU * t as f64 / period } else { PI };
        match self {
            Window::Hann => 0.5 - 0.5 * x.cos(),
            Window::Hamming => 0.54 - 0.46 * x.cos(),
            Window::Blackman => 0.42 - 0.5 * x.cos() + 0.08 * (2.0 * x).cos(),
            Window::Boxcar => 1.0,
        }
    }
}

impl Initializer for STFT {
    fn initialize(&self, _: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        let &[frame, _, frequencies] = shape.dims() else {
            return Err(Error::shape(text!(
                en: "STFT makes kernels of three dimensions: frame, 1, frequencies",
                ko: "STFT는 (프레임, 1, 주파수) 3차원 커널을 만듭니다"
            ))
            .given("shape", shape));
        };
        let period = if self.periodic { frame as f64 } else { frame as f64 - 1.0 };
        let window: Vec<f64> =
            (0..frame).map(|t| self.window.map_or(1.0, |w| w.at(t, period))).collect();
        let scale = match self.scaling.filter(|_| self.window.is_some()) {
            Some(Scaling::Density) => window.iter().map(|w| w * w).sum::<f64>().sqrt(),
            Some(Scaling::Spectrum) => window.iter().map(|w| w.abs()).sum(),
            None => 1.0,
        };
        let n = (2 * frequencies.saturating_sub(1)) as f64;
        let per_frame = shape.size().checked_div(frame).unwrap_or(0);
        Ok(Array::from_fn(dtype, shape, |i| {
            let (t, f) = (i / per_frame, i % frequencies);
            let angle = TAU * t as f64 * f as f64 / n;
            let wave = match self.side {
                Side::Real => angle.cos(),
                Side::Imag => -angle.sin(),
            };
            wave * window[t] / scale
        }))
    }
}
