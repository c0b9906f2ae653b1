"""How weights begin.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordInitializer


class Constant(RecordInitializer):
    """Every element has one value. Source: Keras 3, `keras.initializers.Constant`.

    Args:
        value: The value.
    """

    _record = "Constant"
    _fields: ClassVar[tuple[str, ...]] = (
        "value",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "value": 0.0,
    }

    def __init__(
        self,
        value: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "value": value,
            },
            kwargs,
        )


class GlorotNormal(RecordInitializer):
    """Cut normal numbers of variance 2 / (inputs + outputs). Source: Glorot and Bengio 2010.

    Args:
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "GlorotNormal"
    _fields: ClassVar[tuple[str, ...]] = (
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class GlorotUniform(RecordInitializer):
    """Even numbers of variance 2 / (inputs + outputs). Source: Glorot and Bengio 2010.

    Args:
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "GlorotUniform"
    _fields: ClassVar[tuple[str, ...]] = (
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class HeNormal(RecordInitializer):
    """Cut normal numbers of variance 2 / inputs, for relu. Source: He et al. 2015.

    Args:
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "HeNormal"
    _fields: ClassVar[tuple[str, ...]] = (
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class HeUniform(RecordInitializer):
    """Even numbers of variance 2 / inputs, for relu. Source: He et al. 2015.

    Args:
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "HeUniform"
    _fields: ClassVar[tuple[str, ...]] = (
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class Identity(RecordInitializer):
    """A matrix with `gain` on the diagonal and 0 elsewhere. Source: Keras 3,
    `keras.initializers.Identity`.

    Args:
        gain: The value on the diagonal.
    """

    _record = "Identity"
    _fields: ClassVar[tuple[str, ...]] = (
        "gain",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "gain": 1.0,
    }

    def __init__(
        self,
        gain: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "gain": gain,
            },
            kwargs,
        )


IdentityInitializer = Identity


class LecunNormal(RecordInitializer):
    """Cut normal numbers of variance 1 / inputs, for selu. Source: LeCun et al. 1998.

    Args:
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "LecunNormal"
    _fields: ClassVar[tuple[str, ...]] = (
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class LecunUniform(RecordInitializer):
    """Even numbers of variance 1 / inputs. Source: LeCun et al. 1998.

    Args:
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "LecunUniform"
    _fields: ClassVar[tuple[str, ...]] = (
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class Ones(RecordInitializer):
    """Every element is 1. Source: Keras 3, `keras.initializers.Ones`.
    """

    _record = "Ones"
    _fields: ClassVar[tuple[str, ...]] = ()
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
            },
            kwargs,
        )


class Orthogonal(RecordInitializer):
    """A matrix with orthonormal columns (or rows, if it has more columns than rows) times `gain`;
    all dimensions but the last of a higher rank count as rows.

    The matrix is the Q of a normal matrix's QR factorization with positive diagonal of R, so it
    is evenly distributed over the orthogonal matrices. Source: Keras 3,
    `keras.initializers.Orthogonal`; Saxe et al. 2014.

    Args:
        gain: The factor.
        seed: Draws the same numbers every time; if absent, from the model's stream.
    """

    _record = "Orthogonal"
    _fields: ClassVar[tuple[str, ...]] = (
        "gain",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "gain": 1.0,
        "seed": None,
    }

    def __init__(
        self,
        gain: float = 1.0,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "gain": gain,
                "seed": seed,
            },
            kwargs,
        )


OrthogonalInitializer = Orthogonal


class RandomNormal(RecordInitializer):
    """Normally distributed numbers. Source: Keras 3, `keras.initializers.RandomNormal`.

    Args:
        mean: The mean.
        stddev: The standard deviation.
        seed: Draws the same numbers every time; if absent, from the model's stream.
    """

    _record = "RandomNormal"
    _fields: ClassVar[tuple[str, ...]] = (
        "mean",
        "stddev",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "mean": 0.0,
        "stddev": 0.05,
        "seed": None,
    }

    def __init__(
        self,
        mean: float = 0.0,
        stddev: float = 0.05,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "mean": mean,
                "stddev": stddev,
                "seed": seed,
            },
            kwargs,
        )


class RandomUniform(RecordInitializer):
    """Evenly distributed numbers. Source: Keras 3, `keras.initializers.RandomUniform`.

    Args:
        minval: The lower limit, included.
        maxval: The upper limit, excluded.
        seed: Draws the same numbers every time; if absent, from the model's stream.
    """

    _record = "RandomUniform"
    _fields: ClassVar[tuple[str, ...]] = (
        "minval",
        "maxval",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "minval": -0.05,
        "maxval": 0.05,
        "seed": None,
    }

    def __init__(
        self,
        minval: float = -0.05,
        maxval: float = 0.05,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "minval": minval,
                "maxval": maxval,
                "seed": seed,
            },
            kwargs,
        )


class STFT(RecordInitializer):
    """The kernel that makes a convolution a short-time Fourier transform: of shape `(frame, 1,
    frequencies)`, `window(t) * cos(2 pi t f / n) / scale` (or minus the sine) with `n = 2 *
    (frequencies - 1)`. Source: Keras 3, `keras.initializers.STFT`.

    Args:
        side: Which part of the complex waves.
        window: The window, or none.
        scaling: What the windowed waves are divided by, if by anything.
        periodic: Whether the window is one period of a wave, not symmetric.
    """

    _record = "STFT"
    _fields: ClassVar[tuple[str, ...]] = (
        "side",
        "window",
        "scaling",
        "periodic",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "side": "real",
        "window": "hann",
        "scaling": "density",
        "periodic": False,
    }
    _nullable: ClassVar[tuple[str, ...]] = (
        "scaling",
        "window",
    )

    def __init__(
        self,
        side: Any = "real",
        window: Any = "hann",
        scaling: Any = "density",
        periodic: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "side": side,
                "window": window,
                "scaling": scaling,
                "periodic": periodic,
            },
            kwargs,
        )


STFTInitializer = STFT


class TruncatedNormal(RecordInitializer):
    """Normally distributed numbers, drawn again while they lie more than two deviations off.
    Source: Keras 3, `keras.initializers.TruncatedNormal`.

    Args:
        mean: The mean.
        stddev: The standard deviation before the cut.
        seed: Draws the same numbers every time; if absent, from the model's stream.
    """

    _record = "TruncatedNormal"
    _fields: ClassVar[tuple[str, ...]] = (
        "mean",
        "stddev",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "mean": 0.0,
        "stddev": 0.05,
        "seed": None,
    }

    def __init__(
        self,
        mean: float = 0.0,
        stddev: float = 0.05,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "mean": mean,
                "stddev": stddev,
                "seed": seed,
            },
            kwargs,
        )


class VarianceScaling(RecordInitializer):
    """Random numbers of variance `scale / n`, where `n` is the number of connections that `mode`
    names. Source: Keras 3, `keras.initializers.VarianceScaling`.

    Args:
        scale: The factor of the variance; positive.
        mode: Which connections count.
        distribution: How the numbers are distributed.
        seed: Draws the same numbers every time; if absent, from the model's stream.
        input_axes: The axes of inputs, if they are not the last but one.
        output_axes: The axes of outputs, if they are not the last.
    """

    _record = "VarianceScaling"
    _fields: ClassVar[tuple[str, ...]] = (
        "scale",
        "mode",
        "distribution",
        "seed",
        "input_axes",
        "output_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "scale": 1.0,
        "mode": "fan_in",
        "distribution": "truncated_normal",
        "seed": None,
        "input_axes": None,
        "output_axes": None,
    }

    def __init__(
        self,
        scale: float = 1.0,
        mode: Any = "fan_in",
        distribution: Any = "truncated_normal",
        seed: int | None = None,
        input_axes: Any = None,
        output_axes: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "scale": scale,
                "mode": mode,
                "distribution": distribution,
                "seed": seed,
                "input_axes": input_axes,
                "output_axes": output_axes,
            },
            kwargs,
        )


class Zeros(RecordInitializer):
    """Every element is 0. Source: Keras 3, `keras.initializers.Zeros`.
    """

    _record = "Zeros"
    _fields: ClassVar[tuple[str, ...]] = ()
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
            },
            kwargs,
        )


NAMES = (
    "Constant",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Identity",
    "IdentityInitializer",
    "LecunNormal",
    "LecunUniform",
    "Ones",
    "Orthogonal",
    "OrthogonalInitializer",
    "RandomNormal",
    "RandomUniform",
    "STFT",
    "STFTInitializer",
    "TruncatedNormal",
    "VarianceScaling",
    "Zeros",
)
