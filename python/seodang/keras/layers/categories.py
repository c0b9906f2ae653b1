"""`Hashing` and `Discretization`: values as numbers of buckets; `bucket`, the hash of a text."""

from __future__ import annotations

import hashlib

import numpy as np

from ... import _native as native
from .. import _symbolic
from .adapting import batches, texts
from .base import Layer
from .lookup import encode


def bucket(text: str, count: int) -> int:
    """The bucket of a text, the same in every process."""
    digest = hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "little") % count


class _Bucketed(Layer):
    """What both layers share: indices, or rows of numbers made of them."""

    output_mode = "int"

    def _depth(self) -> int:
        raise NotImplementedError

    def _encoded(self, indices: np.ndarray):
        if self.output_mode == "int":
            return native.convert(indices.astype(np.int64))
        return native.convert(encode(indices, self._depth(), self.output_mode))

    def _infer_outputs(self, args: tuple, kwargs: dict):
        shape = list(args[0].shape)
        if self.output_mode == "int":
            return _symbolic.KerasTensor(shape, "int64")
        if self.output_mode == "one_hot":
            shape = shape[:-1] if shape and shape[-1] == 1 else shape
            return _symbolic.KerasTensor([*shape, self._depth()], "float32")
        return _symbolic.KerasTensor([*shape[:-1], self._depth()], "float32")


class Hashing(_Bucketed):
    """Texts or integers as numbers of buckets, by a hash. The hash is not TensorFlow's.

    Args:
        num_bins: how many buckets there are.
        mask_value: a value that goes to bucket 0, alone.
        salt: a number, or two, that changes the hash.
        output_mode: ``"int"``, ``"one_hot"``, ``"multi_hot"`` or ``"count"``.
    """

    def __init__(
        self, num_bins: int, mask_value=None, salt=None, output_mode: str = "int",
        sparse: bool = False, **kwargs,
    ) -> None:
        if num_bins is None or num_bins <= 0:
            raise ValueError(
                "The `num_bins` for `Hashing` cannot be `None` or non-positive values. Received: "
                f"num_bins={num_bins}."
            )
        super().__init__(**kwargs)
        self.num_bins, self.mask_value, self.salt = num_bins, mask_value, salt
        self.output_mode = output_mode
        self.built = True

    def _depth(self) -> int:
        return self.num_bins

    def call(self, inputs):
        """The buckets of the inputs."""
        terms = texts(inputs)
        first = 0 if self.mask_value is None or self.num_bins == 1 else 1
        salt = "" if self.salt is None else str(self.salt)
        mask = None if self.mask_value is None else str(self.mask_value)
        flat = [
            0 if t == mask else first + bucket(salt + t, self.num_bins - first)
            for t in terms.reshape(-1)
        ]
        return self._encoded(np.asarray(flat, np.int64).reshape(terms.shape))

    def get_config(self) -> dict:
        """The options."""
        config = super().get_config()
        config.update(
            num_bins=self.num_bins, mask_value=self.mask_value, salt=self.salt,
            output_mode=self.output_mode,
        )
        return config


class Discretization(_Bucketed):
    """Numbers as numbers of the ranges that they lie in.

    Args:
        bin_boundaries: where ranges end, ascending.
        num_bins: how many ranges of equally many values `adapt` makes.
        output_mode: ``"int"``, ``"one_hot"``, ``"multi_hot"`` or ``"count"``.
    """

    def __init__(
        self, bin_boundaries=None, num_bins: int | None = None, epsilon: float = 0.01,
        output_mode: str = "int", sparse: bool = False, **kwargs,
    ) -> None:
        if bin_boundaries is None and num_bins is None:
            raise ValueError("You need to set either `num_bins` or `bin_boundaries`.")
        if bin_boundaries is not None and num_bins is not None:
            raise ValueError(
                "Both `num_bins` and `bin_boundaries` should not be set. Received: "
                f"num_bins={num_bins} and bin_boundaries={bin_boundaries}"
            )
        kwargs.pop("dtype", None)
        super().__init__(**kwargs)
        self.num_bins, self.epsilon, self.output_mode = num_bins, epsilon, output_mode
        self.__dict__["_given"] = bin_boundaries
        self.bin_boundaries = list(bin_boundaries) if bin_boundaries is not None else []
        self.built = True

    def _depth(self) -> int:
        return len(self.bin_boundaries) + 1

    def adapt(self, data, batch_size: int | None = None, steps: int | None = None) -> None:
        """Finds boundaries between equally many values."""
        if self._given is not None:
            raise ValueError(
                "Cannot adapt a Discretization layer that has been initialized with "
                "`bin_boundaries`, use `num_bins` instead."
            )
        parts = [np.asarray(b, np.float64).reshape(-1) for b in batches(data, batch_size, steps)]
        values = np.concatenate(parts)
        cuts = np.linspace(0, 1, self.num_bins + 1)[1:-1]
        self.bin_boundaries = np.quantile(values, cuts, method="lower").tolist()

    def call(self, inputs):
        """The ranges of the inputs."""
        return self._encoded(np.digitize(np.asarray(inputs), self.bin_boundaries))

    def get_config(self) -> dict:
        """The options with the boundaries."""
        config = super().get_config()
        # Keras's own layer takes no such option.
        config.pop("trainable", None)
        found = self._given is None and bool(self.bin_boundaries)
        config.update(
            bin_boundaries=list(self.bin_boundaries) if self._given is not None or found else None,
            num_bins=None if self._given is not None or found else self.num_bins,
            epsilon=self.epsilon,
            output_mode=self.output_mode,
        )
        return config
