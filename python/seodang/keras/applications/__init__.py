"""`keras.applications`: well-known architectures, with new weights or with Keras's trained ones.

All take `include_top` (whether the classifier is there), `weights` (None, ``"imagenet"`` or a file's
name), `input_tensor`, `input_shape`, `pooling` (``"avg"`` or ``"max"`` where there is no classifier),
`classes` and `classifier_activation`. Layers and weights have Keras's names and order, so its files of
weights load: ``weights="imagenet"`` takes them from ``~/.keras/models``, and fetches what is not there.
"""

from __future__ import annotations

import importlib

_CLASSES = {
    "VGG16": "vgg16", "VGG19": "vgg19", "MobileNet": "mobilenet", "MobileNetV2": "mobilenet_v2",
    "InceptionV3": "inception_v3", "InceptionResNetV2": "inception_resnet_v2", "Xception": "xception",
    **{f"ResNet{n}": "resnet" for n in (50, 101, 152)},
    **{f"ResNet{n}V2": "resnet_v2" for n in (50, 101, 152)},
    **{f"DenseNet{n}": "densenet" for n in (121, 169, 201)},
    **{f"EfficientNetB{n}": "efficientnet" for n in range(8)},
}
_MODULES = {*_CLASSES.values(), "resnet50", "imagenet_utils"}
# Architectures that Keras has and Seodang lacks, by module.
_ABSENT = {
    "mobilenet_v3": "MobileNetV3Large MobileNetV3Small",
    "nasnet": "NASNetLarge NASNetMobile",
    "efficientnet_v2": "EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 "
    "EfficientNetV2L EfficientNetV2M EfficientNetV2S",
    "convnext": "ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge",
    "regnet": "RegNet", "resnet_rs": "ResNetRS",
}
_ABSENT_CLASSES = {n for names in _ABSENT.values() for n in names.split()}


def _absent(name: str):
    def make(*args, **kwargs):
        raise NotImplementedError(
            f"keras.applications.{name} is not in Seodang; the architectures here: "
            f"{', '.join(_CLASSES)}."
        )

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"Not available: raises NotImplementedError that names {name}."
    return make


class _Absent:
    """A module of an architecture that is not here."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{self.__name__}.{name}")


def __getattr__(name: str):
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    if name in _CLASSES:
        return getattr(importlib.import_module(f".{_CLASSES[name]}", __name__), name)
    if name in _ABSENT:
        return _Absent(name)
    if name in _ABSENT_CLASSES or name.startswith(("RegNet", "ResNetRS")):
        return _absent(name)
    raise AttributeError(f"module 'keras.applications' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*_MODULES, *_CLASSES])
