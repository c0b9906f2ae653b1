//! `VarianceScaling` and the six initializers that are named cases of it.

use super::fans::fans;
use super::{Initializer, draw};
use crate::record::{one_of, record};
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Error, Result, Shape, text};

/// The standard deviation of a standard normal number cut at two deviations.
const TRUNCATED_STDDEV: f64 = 0.879_625_661_034_239_8;

one_of! {
    /// Which count of connections the variance is divided by.
    FanMode {
        /// The number of inputs.
        FanIn = "fan_in" | "FAN_IN",
        /// The number of outputs.
        FanOut = "fan_out" | "FAN_OUT",
        /// The mean of both.
        FanAvg = "fan_avg" | "FAN_AVG",
    }
}

one_of! {
    /// How the numbers are distributed.
    Distribution {
        /// Normally, cut at two deviations; the deviation after the cut is the wanted one.
        TruncatedNormal = "truncated_normal" | "normal",
        /// Normally.
        UntruncatedNormal = "untruncated_normal",
        /// Evenly.
        Uniform = "uniform",
    }
}

record! {
    /// Random numbers of variance `scale / n`, where `n` is the number of connections that `mode`
    /// names. Source: Keras 3, `keras.initializers.VarianceScaling`.
    VarianceScaling in "keras.initializers", new() {
        /// The factor of the variance; positive.
        scale: f64 = 1.0,
        /// Which connections count.
        mode: FanMode = FanMode::FanIn,
        /// How the numbers are distributed.
        distribution: Distribution = Distribution::TruncatedNormal,
        /// Draws the same numbers every time; if absent, from the model's stream.
        seed: Option<u64> = None,
        /// The axes of inputs, if they are not the last but one.
        input_axes: Option<Vec<i64>> = None,
        /// The axes of outputs, if they are not the last.
        output_axes: Option<Vec<i64>> = None,
    }
}

impl Initializer for VarianceScaling {
    fn validate(&self) -> Result<()> {
        if self.scale > 0.0 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"scale\" must be positive",
            ko: "\"scale\"은 양수여야 합니다"
        ))
        .given("scale", self.scale))
    }

    fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        let (fan_in, fan_out) =
            fans(shape, self.input_axes.as_deref(), self.output_axes.as_deref())?;
        let n = match self.mode {
            FanMode::FanIn => fan_in,
            FanMode::FanOut => fan_out,
            FanMode::FanAvg => (fan_in + fan_out) / 2.0,
        };
        let variance = self.scale / n.max(1.0);
        let (stddev, limit) = (variance.sqrt(), (3.0 * variance).sqrt());
        Ok(draw(self.seed, stream, dtype, shape, |s| match self.distribution {
            Distribution::TruncatedNormal => stddev / TRUNCATED_STDDEV * s.truncated_normal(),
            Distribution::UntruncatedNormal => stddev * s.normal(),
            Distribution::Uniform => limit * (2.0 * s.uniform() - 1.0),
        }))
    }
}

/// Writes an initializer that is `VarianceScaling` with a fixed scale, mode and distribution.
macro_rules! scaled {
    ($($name:ident = $scale:literal, $mode:ident, $distribution:ident, $doc:literal;)*) => {$(
        record! {
            #[doc = $doc]
            $name in "keras.initializers", new() {
                /// Draws the same numbers every time; if absent, from the model's stream.
                seed: Option<u64> = None,
                /// The axes of inputs, if they are not the last but one.
                input_axes: Option<Vec<i64>> = None,
                /// The axes of outputs, if they are not the last.
                output_axes: Option<Vec<i64>> = None,
            }
        }

        impl Initializer for $name {
            fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
                VarianceScaling {
                    scale: $scale,
                    mode: FanMode::$mode,
                    distribution: Distribution::$distribution,
                    seed: self.seed,
                    input_axes: self.input_axes.clone(),
                    output_axes: self.output_axes.clone(),
                }
                .initialize(stream, dtype, shape)
            }
        }
    )*};
}

scaled! {
    GlorotNormal = 1.0, FanAvg, TruncatedNormal,
        "Cut normal numbers of variance 2 / (inputs + outputs). Source: Glorot and Bengio 2010.";
    GlorotUniform = 1.0, FanAvg, Uniform,
        "Even numbers of variance 2 / (inputs + outputs). Source: Glorot and Bengio 2010.";
    HeNormal = 2.0, FanIn, TruncatedNormal,
        "Cut normal numbers of variance 2 / inputs, for relu. Source: He et al. 2015.";
    HeUniform = 2.0, FanIn, Uniform,
        "Even numbers of variance 2 / inputs, for relu. Source: He et al. 2015.";
    LecunNormal = 1.0, FanIn, TruncatedNormal,
        "Cut normal numbers of variance 1 / inputs, for selu. Source: LeCun et al. 1998.";
    LecunUniform = 1.0, FanIn, Uniform,
        "Even numbers of variance 1 / inputs. Source: LeCun et al. 1998.";
}
