"""`keras.applications`: well-known architectures, without trained weights."""

from __future__ import annotations

import importlib

_MODULES = ("vgg16", "vgg19", "imagenet_utils")
_CLASSES = {"VGG16": ".vgg16", "VGG19": ".vgg19"}
_ELSEWHERE = (
    "ConvNeXtBase ConvNeXtTiny DenseNet121 DenseNet169 DenseNet201 EfficientNetB0 EfficientNetB1 "
    "EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5 EfficientNetB6 EfficientNetB7 "
    "EfficientNetV2B0 InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 MobileNetV3Large "
    "MobileNetV3Small NASNetLarge NASNetMobile ResNet101 ResNet101V2 ResNet152 ResNet152V2 ResNet50 "
    "ResNet50V2 Xception"
).split()


def _absent(name: str):
    def make(*args, **kwargs):
        raise NotImplementedError(
            f"keras.applications.{name} is not available: of the architectures, VGG16 and VGG19 are "
            "here, and no trained weights. Save the model with TensorFlow as `name.h5` and load it "
            "with `keras.models.load_model`."
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
        from . import imagenet_utils

        if name in ("preprocess_input", "decode_predictions"):
            return getattr(imagenet_utils, name)
        return _absent(name)


def __getattr__(name: str):
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    if name in _CLASSES:
        return getattr(importlib.import_module(_CLASSES[name], __name__), name)
    if name in _ELSEWHERE:
        return _absent(name)
    for known in _ELSEWHERE:
        if name.replace("_", "") == known.lower() or name in (
            "mobilenet_v2",
            "resnet",
            "resnet_v2",
            "inception_v3",
            "efficientnet",
            "densenet",
            "nasnet",
            "mobilenet_v3",
            "inception_resnet_v2",
        ):
            return _Absent(name)
    raise AttributeError(f"module 'keras.applications' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*_MODULES, *_CLASSES, *_ELSEWHERE])
