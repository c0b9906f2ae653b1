"""What the golden scripts share: the case file, the tensor file and seeded inputs.

A golden file is a pair `data/NAME.json` + `data/NAME.safetensors`. The JSON lists cases; wherever
a case names a tensor, that name is a key of the safetensors file, so that values keep exact bits.
Tensors with equal dtype, shape and bits are stored once, under the first name they were given.
"""

import json
import os
import pathlib
import struct
import zlib

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import jax  # noqa: E402
import numpy as np  # noqa: E402

FORMAT = 1
DATA = pathlib.Path(os.environ.get("SEODANG_GOLDEN_OUT", pathlib.Path(__file__).parent / "data"))

# The case files' dtype names (safetensors' in lower case) of numpy's and ml_dtypes' names.
SHORT = {
    "float64": "f64", "float32": "f32", "float16": "f16", "bfloat16": "bf16",
    "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64",
    "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64", "bool": "bool",
}


def rng(name, seed=0):
    """A generator of its own for each case, so that a new case changes no other."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def short_dtype(array):
    return SHORT[np.dtype(array.dtype).name]


def serialize(tensors):
    """The bytes of a safetensors file; wide dtypes first, so that every tensor is aligned."""
    order = sorted(tensors, key=lambda k: (-tensors[k].dtype.itemsize, k))
    header, at = {}, 0
    for name in order:
        array = tensors[name]
        span = [at, at + array.nbytes]
        header[name] = {"dtype": short_dtype(array).upper(), "shape": list(array.shape), "data_offsets": span}
        at = span[1]
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(tensors[k].tobytes() for k in order)


class Golden:
    """Collects cases and tensors, and writes the pair of files."""

    def __init__(self, name, script, seed=0, libraries=()):
        self.name, self.seed, self.script = name, seed, script
        self.cases, self.tensors, self.by_bits, self.names = [], {}, {}, set()
        self.versions = {lib.__name__: lib.__version__ for lib in (jax, np, *libraries)}

    def tensor(self, name, value):
        """Stores `value` under `name` and gives the name it can be read by."""
        array = np.ascontiguousarray(np.asarray(value)).reshape(np.shape(value))
        key = (array.dtype.name, array.shape, array.tobytes())
        if key in self.by_bits:
            return self.by_bits[key]
        if name in self.tensors:
            raise ValueError(f"two tensors named {name}")
        self.by_bits[key] = name
        self.tensors[name] = array
        return name

    def tensors_of(self, prefix, values):
        return [self.tensor(f"{prefix}.{i}", v) for i, v in enumerate(values)]

    def add(self, case):
        if case["name"] in self.names:
            raise ValueError(f"two cases named {case['name']}")
        self.names.add(case["name"])
        self.cases.append(case)

    def save(self):
        DATA.mkdir(parents=True, exist_ok=True)
        head = {"format": FORMAT, "script": self.script, "seed": self.seed, "versions": self.versions}
        lines = ["{"]
        lines += [f" {json.dumps(k)}: {json.dumps(v)}," for k, v in head.items()]
        body = ",\n".join("  " + json.dumps(c, allow_nan=False, separators=(",", ":")) for c in self.cases)
        lines += [' "cases": [', body, " ]", "}", ""]
        (DATA / f"{self.name}.json").write_text("\n".join(lines))
        (DATA / f"{self.name}.safetensors").write_bytes(serialize(self.tensors))
        size = sum((DATA / f"{self.name}.{e}").stat().st_size for e in ("json", "safetensors"))
        print(f"{self.name}: {len(self.cases)} cases, {len(self.tensors)} tensors, {size / 1024:.0f} KiB")


def import_keras():
    """Keras, made to keep float64: its promotion table turns float64 into float32 off TensorFlow."""
    import keras
    from keras.src.backend.common import dtypes

    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
    return keras


def set_dtype(keras, kind):
    """Makes `kind` Keras's default everywhere: its global policy does not follow set_floatx."""
    keras.config.set_floatx(kind)
    keras.config.set_dtype_policy(kind)
    keras.utils.set_random_seed(0)
