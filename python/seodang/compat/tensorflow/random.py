"""`tf.random`: random numbers."""

from __future__ import annotations

import enum
import types
from typing import Any

import numpy as np

from seodang import _native as native
from seodang import _seeds
from seodang._missing import missing

from . import _core
from ._core import Tensor, ints, numpy_of, tensor

_state = {"seed": None, "count": 0}
_streams: dict = {}


def set_seed(seed: int) -> None:
    """Makes everything random that follows reproducible."""
    seed = int(seed)
    _state.update(seed=seed, count=0)
    _streams.clear()
    native.set_seed(seed % 2**64)
    _seeds.set_global(seed)


def _stream(seed=None):
    """The stream of a call: of its own seed if it has one, else the process's."""
    if seed is None:
        key = ("global", native.is_tracing())
        if key not in _streams:
            make = lambda: native.RandomState(native.next_seed())  # noqa: E731
            _streams[key] = native.eagerly(make) if native.is_tracing() else make()
        return _streams[key]
    base = _state["seed"] or 0
    key = (int(seed), base)
    if key not in _streams:
        make = lambda: native.RandomState((int(seed) * 2654435761 + base) % 2**63, 7)  # noqa: E731
        _streams[key] = native.eagerly(make) if native.is_tracing() else make()
    return _streams[key]


def _stateless(seed):
    a, b = (int(v) for v in numpy_of(seed).reshape(-1)[:2])
    return native.RandomState(a % 2**63, b % 2**63)


def _normal(stream, shape, mean, stddev, dtype, cut=False):
    draw = stream.truncated_normal if cut else stream.normal
    if isinstance(mean, (int, float)) and isinstance(stddev, (int, float)):
        return draw(ints(shape), float(mean), float(stddev), dtype)
    x = draw(ints(shape), 0.0, 1.0, dtype)
    return x * tensor(stddev, None, x.dtype) + tensor(mean, None, x.dtype)


def _uniform(stream, shape, minval, maxval, dtype):
    kind = _core.as_dtype(dtype)
    shape = ints(shape)
    if kind.is_integer:
        if maxval is None:
            raise ValueError(f"Must specify maxval for integer dtype {kind!r}")
        return stream.integers(shape, int(minval), int(maxval), kind)
    maxval = 1 if maxval is None else maxval
    if isinstance(minval, (int, float)) and isinstance(maxval, (int, float)):
        return stream.uniform(shape, float(minval), float(maxval), kind)
    lo, hi = tensor(minval, None, kind), tensor(maxval, None, kind)
    return stream.uniform(shape, 0.0, 1.0, kind) * (hi - lo) + lo


def normal(shape, mean=0.0, stddev=1.0, dtype: Any = "float32", seed=None, name=None) -> Tensor:
    """Normal numbers with a mean and a standard deviation."""
    return _normal(_stream(seed), shape, mean, stddev, dtype)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype: Any = "float32", seed=None, name=None) -> Tensor:
    """Normal numbers that lie within two standard deviations of the mean."""
    return _normal(_stream(seed), shape, mean, stddev, dtype, cut=True)


def uniform(shape, minval: Any = 0, maxval=None, dtype: Any = "float32", seed=None, name=None) -> Tensor:
    """Uniform numbers in [minval, maxval)."""
    return _uniform(_stream(seed), shape, minval, maxval, dtype)


def shuffle(value, seed=None, name=None) -> Tensor:
    """The rows in another order."""
    value = _core.any_tensor(value)
    order = _stream(seed).permutation(int(value.shape[0]))
    if isinstance(value, native.Tensor):
        return native.gather(value, order, 0)
    return value[order.numpy()]


def categorical(logits, num_samples, dtype: Any = "int64", seed=None, name=None) -> Tensor:
    """Draws of a class for each row of logits: (rows, num_samples)."""
    drawn = _stream(seed).categorical(tensor(logits), int(num_samples))
    return native.cast(drawn, dtype or "int64")


def _numpy_generator(seed):
    return np.random.default_rng(native.next_seed() if seed is None else int(seed))


def gamma(shape, alpha, beta=None, dtype: Any = "float32", seed=None, name=None) -> Tensor:
    """Numbers of the gamma distribution."""
    a = numpy_of(alpha)
    drawn = _numpy_generator(seed).gamma(a, size=[*ints(shape), *a.shape])
    out = _core.convert(drawn.astype(_core.as_dtype(dtype).as_numpy_dtype))
    return out if beta is None else out / tensor(beta, None, out.dtype)


def poisson(shape, lam, dtype: Any = "float32", seed=None, name=None) -> Tensor:
    """Numbers of the Poisson distribution."""
    rate = numpy_of(lam)
    drawn = _numpy_generator(seed).poisson(rate, size=[*ints(shape), *rate.shape])
    return _core.convert(drawn.astype(_core.as_dtype(dtype).as_numpy_dtype))


def stateless_normal(shape, seed, mean=0.0, stddev=1.0, dtype: Any = "float32", name=None, alg=None) -> Tensor:
    """Normal numbers that a seed of two numbers alone decides."""
    return _normal(_stateless(seed), shape, mean, stddev, dtype)


def stateless_truncated_normal(shape, seed, mean=0.0, stddev=1.0, dtype: Any = "float32", name=None, alg=None) -> Tensor:
    """As `truncated_normal`; a seed of two numbers alone decides."""
    return _normal(_stateless(seed), shape, mean, stddev, dtype, cut=True)


def stateless_uniform(shape, seed, minval: Any = 0, maxval=None, dtype: Any = "float32", name=None, alg=None) -> Tensor:
    """Uniform numbers that a seed of two numbers alone decides."""
    return _uniform(_stateless(seed), shape, minval, maxval, dtype)


def stateless_categorical(logits, num_samples, seed, dtype: Any = "int64", name=None) -> Tensor:
    """As `categorical`; a seed of two numbers alone decides."""
    return native.cast(_stateless(seed).categorical(tensor(logits), int(num_samples)), dtype)


def _seeded(seed) -> np.random.Generator:
    """NumPy's generator of a seed of two numbers."""
    return np.random.default_rng([int(v) % 2**64 for v in numpy_of(seed).reshape(-1)[:2]])


def stateless_binomial(shape, seed, counts, probs, output_dtype="int32", name=None):
    """How many of some trials succeed; a seed of two numbers alone decides."""
    drawn = _seeded(seed).binomial(np.asarray(numpy_of(counts), np.int64), numpy_of(probs), ints(shape))
    return _core.convert(np.asarray(drawn, _core.as_dtype(output_dtype).as_numpy_dtype))


def stateless_poisson(shape, seed, lam, dtype="int32", name=None):
    """Numbers of the Poisson distribution; a seed of two numbers alone decides."""
    drawn = _seeded(seed).poisson(numpy_of(lam), ints(shape))
    return _core.convert(np.asarray(drawn, _core.as_dtype(dtype).as_numpy_dtype))


def stateless_gamma(shape, seed, alpha, beta=None, dtype="float32", name=None):
    """Numbers of the gamma distribution; a seed of two numbers alone decides."""
    drawn = _seeded(seed).gamma(numpy_of(alpha), size=ints(shape))
    out = _core.convert(np.asarray(drawn, _core.as_dtype(dtype).as_numpy_dtype))
    return out if beta is None else out / tensor(beta, None, out.dtype)


def split(seed, num=2, alg="auto_select"):
    """Seeds for the stateless functions that a seed of two numbers decides: (num, 2)."""
    drawn = _seeded(seed).integers(0, 2**31 - 1, (int(num), 2))
    return native.cast(_core.convert(drawn), tensor(seed).dtype)


def fold_in(seed, data, alg="auto_select"):
    """The seed that a seed of two numbers and a number decide."""
    a, b = (int(v) for v in numpy_of(seed).reshape(-1)[:2])
    mixed = np.random.SeedSequence([a % 2**64, b % 2**64, int(data) % 2**64]).generate_state(2)
    return native.cast(_core.convert(mixed.astype(np.int64) % 2**31), tensor(seed).dtype)


class Algorithm(enum.Enum):
    """How numbers are drawn: accepted for TensorFlow's sake, one way is used."""

    PHILOX = 1
    THREEFRY = 2
    AUTO_SELECT = 3


class Generator:
    """A stream of random numbers of its own."""

    def __init__(self, seed=None) -> None:
        self._seed = native.next_seed() if seed is None else int(seed) % 2**63
        self._stream = native.RandomState(self._seed)

    @classmethod
    def from_seed(cls, seed, alg=None):
        """The stream of a seed."""
        return cls(seed)

    @classmethod
    def from_non_deterministic_state(cls, alg=None):
        """A stream of its own each time."""
        return cls(int.from_bytes(np.random.SeedSequence().generate_state(2).tobytes(), "little") >> 1)

    def normal(self, shape, mean=0.0, stddev=1.0, dtype="float32", name=None):
        """Normal numbers."""
        return _normal(self._stream, shape, mean, stddev, dtype)

    def truncated_normal(self, shape, mean=0.0, stddev=1.0, dtype="float32", name=None):
        """Normal numbers within two standard deviations of the mean."""
        return _normal(self._stream, shape, mean, stddev, dtype, cut=True)

    def uniform(self, shape, minval: Any = 0, maxval=None, dtype="float32", name=None):
        """Uniform numbers in [minval, maxval)."""
        return _uniform(self._stream, shape, minval, maxval, dtype)

    def uniform_full_int(self, shape, dtype="uint64", name=None):
        """Numbers of an integer type, each as likely as any other."""
        kind = _core.as_dtype(dtype)
        if not kind.is_integer:
            raise ValueError(f"uniform_full_int takes an integer dtype, got {kind!r}.")
        width = np.dtype(kind.as_numpy_dtype).itemsize
        # Sixteen bits at a time: what the stream draws is not wider than its own type.
        drawn = self._stream.integers([*ints(shape), 4], 0, 2**16, "int32").numpy().astype("<u2")
        whole = drawn.view("<u8")[..., 0] if width > 4 else drawn[..., :2].copy().view("<u4")[..., 0]
        return _core.convert(np.asarray(whole.astype(kind.as_numpy_dtype)))

    def binomial(self, shape, counts, probs, dtype="int32", name=None):
        """How many of some trials succeed."""
        generator = np.random.default_rng(int(self._stream.integers([], 0, 2**31 - 1, "int64")))
        drawn = generator.binomial(np.asarray(numpy_of(counts), np.int64), numpy_of(probs), ints(shape))
        return _core.convert(np.asarray(drawn, _core.as_dtype(dtype).as_numpy_dtype))

    def make_seeds(self, count=1):
        """Seeds for the stateless functions: (2, count)."""
        return self._stream.integers([2, int(count)], 0, 2**31 - 1, "int64")

    def split(self, count=1):
        """Streams that do not depend on each other."""
        return [Generator(self._seed * 1000003 + i + 1) for i in range(int(count))]

    def reset_from_seed(self, seed) -> None:
        """Begins anew."""
        self._stream.reseed(int(seed) % 2**63)

    @property
    def state(self):
        """The state, a variable."""
        return self._stream.variable


def get_global_generator() -> Generator:
    """The generator of the process."""
    if "generator" not in _streams:
        _streams["generator"] = Generator()
    return _streams["generator"]


def set_global_generator(generator: Generator) -> None:
    """Makes a generator that of the process."""
    _streams["generator"] = generator


# The generator's home before TensorFlow 2.4.
experimental = types.SimpleNamespace(
    Generator=Generator, get_global_generator=get_global_generator, set_global_generator=set_global_generator,
)
__getattr__ = missing(__name__)
