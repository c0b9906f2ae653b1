"""Which module of ours stands for which module of the redirected libraries."""

from __future__ import annotations

import os

_TF = "seodang.compat.tensorflow"
_KERAS = "seodang.keras"

# A module and all below it; the longest entry counts. The odd ones are where TensorFlow 2.0 to
# 2.5, Keras 2 and Keras 3 keep the same things: programs import from there too.
PLACES = {
    "tensorflow": _TF,
    "tensorflow.keras": _KERAS,
    "tensorflow.python.keras": _KERAS,
    "tensorflow.python.keras.api": _KERAS,
    "tensorflow.compat.v2": _TF,
    "tensorflow.compat.v1.keras": _KERAS,
    "tensorflow.compat.v2.keras": _KERAS,
    "tensorflow._api.v2.v2": _TF,
    "tensorflow._api.v2.v2.keras": _KERAS,
    "tensorflow_core": _TF,
    "tensorflow_core.keras": _KERAS,
    "tensorflow_core.python.keras": _KERAS,
    "keras": _KERAS,
    "keras.api": _KERAS,
    "keras.api._v2.keras": _KERAS,
    "keras.src": _KERAS,
    "tf_keras": _KERAS,
    "tf_keras.api": _KERAS,
    "tf_keras.src": _KERAS,
    "keras_preprocessing": _KERAS + ".preprocessing",
}

# Scikit-learn's unsupervised half is not here yet: who needs it says so, and has the real one.
if os.environ.get("SEODANG_SKLEARN") != "0":
    PLACES["sklearn"] = "seodang.learn"

# The first words of the above: the only imports that are looked at closely. Another library joins
# by a row above.
LIBRARIES = frozenset(place.partition(".")[0] for place in PLACES)

# Modules of older Keras whose contents have moved; only asked when there is no module of the name.
MOVED = {
    f"{_KERAS}.{old}": f"{_KERAS}.{new}" if new else _KERAS
    for old, new in {
        "backend.tensorflow_backend": "backend",
        "engine": "",
        "engine.base_layer": "layers",
        "engine.functional": "",
        "engine.input_layer": "",
        "engine.network": "",
        "engine.sequential": "",
        "engine.topology": "",
        "engine.training": "",
        "initializers.initializers_v1": "initializers",
        "initializers.initializers_v2": "initializers",
        "layers.advanced_activations": "layers",
        "layers.convolutional": "layers",
        "layers.core": "layers",
        "layers.embeddings": "layers",
        "layers.experimental": "layers",
        "layers.experimental.preprocessing": "layers",
        "layers.local": "layers",
        "layers.merge": "layers",
        "layers.noise": "layers",
        "layers.normalization": "layers",
        "layers.normalization_v2": "layers",
        "layers.pooling": "layers",
        "layers.recurrent": "layers",
        "layers.recurrent_v2": "layers",
        "layers.wrappers": "layers",
        "optimizer_v1": "optimizers",
        "optimizer_v2": "optimizers",
        **{
            f"optimizer_v2.{name}": "optimizers"
            for name in ("adadelta", "adagrad", "adam", "adamax", "ftrl", "nadam", "rmsprop")
        },
        "optimizer_v2.gradient_descent": "optimizers",
        "optimizer_v2.learning_rate_schedule": "optimizers.schedules",
        "saving.save": "models",
        "utils.all_utils": "utils",
        "utils.data_utils": "utils",
        "utils.generic_utils": "utils",
        "utils.io_utils": "utils",
        "utils.layer_utils": "utils",
        "utils.np_utils": "utils",
        "utils.vis_utils": "utils",
    }.items()
} | {
    f"{_TF}.python.framework.ops": _TF,
    f"{_TF}.python.framework.dtypes": f"{_TF}.dtypes",
    f"{_TF}.python.ops.math_ops": f"{_TF}.math",
    f"{_TF}.python.ops.array_ops": _TF,
    f"{_TF}.python.ops.nn_ops": f"{_TF}.nn",
}

# Libraries that work only with the real TensorFlow: when they are not installed, the error says
# more than that there is no such module.
ABSENT = {
    "gym": ("the environments of gym", "gym의 환경"),
    "tensorflow_addons": ("TensorFlow Addons", "TensorFlow Addons"),
    "tensorflow_datasets": ("the data sets of tensorflow_datasets", "tensorflow_datasets의 데이터"),
    "tensorflow_hub": ("the models of TensorFlow Hub", "TensorFlow Hub의 모델"),
    "tensorflow_probability": ("TensorFlow Probability", "TensorFlow Probability"),
    "tensorflow_text": ("TensorFlow Text", "TensorFlow Text"),
}


def place_of(name: str) -> str | None:
    """Our module's name for a module's name in a redirected library; it may not exist."""
    head = name
    while head:
        place = PLACES.get(head)
        if place is not None:
            return place + name[len(head) :]
        head = head.rpartition(".")[0]
    return None


def is_way_to_a_place(name: str) -> bool:
    """Whether `name` is only the way to an entry (``keras.api._v2`` to ``keras.api._v2.keras``)."""
    return any(place.startswith(name + ".") for place in PLACES)
