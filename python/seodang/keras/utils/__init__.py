"""`keras.utils`: what programs need around models."""

from __future__ import annotations

import importlib

from ..._missing import missing
from .arrays import normalize, split_dataset, to_categorical
from .files import get_file, get_source_inputs
from .sequences import GeneratorEnqueuer, OrderedEnqueuer, PyDataset, Sequence

_HOMES = {
    "Progbar": "..training.progbar",
    "plot_model": ".drawing",
    "model_to_dot": ".drawing",
    "custom_object_scope": "..saving",
    "CustomObjectScope": "..saving",
    "get_custom_objects": "..saving",
    "register_keras_serializable": "..saving",
    "get_registered_name": "..saving",
    "get_registered_object": "..saving",
    "serialize_keras_object": "..saving",
    "deserialize_keras_object": "..saving",
    "pad_sequences": "..preprocessing.sequence",
    "load_img": "..preprocessing.image",
    "img_to_array": "..preprocessing.image",
    "array_to_img": "..preprocessing.image",
    "save_img": "..preprocessing.image",
    "image_dataset_from_directory": "..preprocessing",
    "text_dataset_from_directory": "..preprocessing",
    "timeseries_dataset_from_array": "..preprocessing",
}
_absent = missing(__name__)


def set_random_seed(seed: int) -> None:
    """Makes Python's, NumPy's and Seodang's random numbers reproducible."""
    import random

    import numpy as np

    from ...compat.tensorflow.random import set_seed

    random.seed(seed)
    np.random.seed(seed)
    set_seed(seed)


def pack_x_y_sample_weight(x, y=None, sample_weight=None):
    """What `fit` gives to a step: x alone (in a tuple if it is a structure), or with targets and weights."""
    if y is None:
        return (x,) if isinstance(x, (list, tuple, dict)) else x
    return (x, y) if sample_weight is None else (x, y, sample_weight)


def unpack_x_y_sample_weight(data) -> tuple:
    """(x, y, sample_weight) of what a step was given; None for what is not there."""
    from ..training.data import unpack

    return unpack(data)


def __getattr__(name: str):
    home = _HOMES.get(name)
    if home is None:
        return _absent(name)
    try:
        value = getattr(importlib.import_module(home, __name__), name)
    except ModuleNotFoundError:
        return _absent(name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*_HOMES, *(n for n in globals() if not n.startswith("_"))})


__all__ = ["GeneratorEnqueuer", "OrderedEnqueuer", "PyDataset", "Sequence", "get_file",
           "get_source_inputs", "normalize", "pack_x_y_sample_weight", "set_random_seed", "split_dataset",
           "to_categorical", "unpack_x_y_sample_weight"]
