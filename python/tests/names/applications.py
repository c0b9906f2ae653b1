"""The architectures that are compared with Keras's, and what of them."""

from __future__ import annotations

import hashlib

import numpy as np

_SMALL = {"include_top": False, "pooling": "avg", "input_shape": [96, 96, 3]}
_SPARE = {"include_top": True, "input_shape": [75, 80, 1], "classes": 7}
CASES = [
    *((n, {}) for n in ("MobileNet", "MobileNetV2", "ResNet101", "ResNet152V2", "DenseNet169",
                        "EfficientNetB3")),
    ("MobileNet", {**_SPARE, "alpha": 0.5, "depth_multiplier": 2}), ("MobileNetV2", {**_SPARE, "alpha": 1.4}),
    *((n, _SPARE) for n in ("VGG16", "ResNet50", "InceptionV3", "Xception", "EfficientNetB0")),
    *((n, _SMALL) for n in ("VGG19", "MobileNet", "MobileNetV2", "ResNet50", "ResNet50V2", "InceptionV3",
                            "InceptionResNetV2", "Xception", "DenseNet121", "EfficientNetB1")),
]


def described(model) -> dict:
    """Its name, the number of weights, and sums over its layers' names, classes, shapes and weights."""
    layers = [f"{x.name} {type(x).__name__} {_shape(x)}" for x in model.layers]
    weights = [str(tuple(w.shape)) for w in model.weights]
    return {
        "model": model.name, "parameters": int(model.count_params()), "layers": len(layers),
        "output_shape": list(model.output_shape), "first": layers[:3], "last": layers[-3:],
        "layers_sum": _sum(layers), "weights_sum": _sum(weights),
    }


def _shape(layer) -> tuple:
    output = layer.output
    return tuple((output[0] if isinstance(output, list) else output).shape)


def _sum(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def computed(model) -> np.ndarray:
    """The first outputs for one picture, with weights that depend on nothing but their shapes."""
    values = []
    for k, w in enumerate(model.weights):
        shape = tuple(w.shape)
        wave = np.cos(np.arange(int(np.prod(shape))) * 1.7 + k).reshape(shape)
        if len(shape) > 1:
            values.append(wave * np.sqrt(2.0 / np.prod(shape[:-1])))
        elif "variance" in w.name or "gamma" in w.name:
            values.append(1.0 + 0.1 * wave)
        else:
            # Counters are whole numbers.
            values.append(0.1 * wave if shape else np.zeros(()))
    model.set_weights([v.astype("float32") for v in values])
    picture = np.random.default_rng(0).uniform(-1.0, 1.0, (1, 96, 96, 3)).astype("float32")
    return model.predict(picture, verbose=0)[0, :16]
