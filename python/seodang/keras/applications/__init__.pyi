"""`keras.applications`: well-known architectures, without trained weights.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.applications import imagenet_utils as imagenet_utils
from seodang.keras.applications import vgg16 as vgg16
from seodang.keras.applications import vgg19 as vgg19
from seodang.keras.applications.vgg16 import VGG16 as VGG16
from seodang.keras.applications.vgg19 import VGG19 as VGG19

def ConvNeXtBase(*args, **kwargs):
    """Not available: raises NotImplementedError that names ConvNeXtBase."""

def ConvNeXtTiny(*args, **kwargs):
    """Not available: raises NotImplementedError that names ConvNeXtTiny."""

def DenseNet121(*args, **kwargs):
    """Not available: raises NotImplementedError that names DenseNet121."""

def DenseNet169(*args, **kwargs):
    """Not available: raises NotImplementedError that names DenseNet169."""

def DenseNet201(*args, **kwargs):
    """Not available: raises NotImplementedError that names DenseNet201."""

def EfficientNetB0(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB0."""

def EfficientNetB1(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB1."""

def EfficientNetB2(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB2."""

def EfficientNetB3(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB3."""

def EfficientNetB4(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB4."""

def EfficientNetB5(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB5."""

def EfficientNetB6(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB6."""

def EfficientNetB7(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetB7."""

def EfficientNetV2B0(*args, **kwargs):
    """Not available: raises NotImplementedError that names EfficientNetV2B0."""

def InceptionResNetV2(*args, **kwargs):
    """Not available: raises NotImplementedError that names InceptionResNetV2."""

def InceptionV3(*args, **kwargs):
    """Not available: raises NotImplementedError that names InceptionV3."""

def MobileNet(*args, **kwargs):
    """Not available: raises NotImplementedError that names MobileNet."""

def MobileNetV2(*args, **kwargs):
    """Not available: raises NotImplementedError that names MobileNetV2."""

def MobileNetV3Large(*args, **kwargs):
    """Not available: raises NotImplementedError that names MobileNetV3Large."""

def MobileNetV3Small(*args, **kwargs):
    """Not available: raises NotImplementedError that names MobileNetV3Small."""

def NASNetLarge(*args, **kwargs):
    """Not available: raises NotImplementedError that names NASNetLarge."""

def NASNetMobile(*args, **kwargs):
    """Not available: raises NotImplementedError that names NASNetMobile."""

def ResNet101(*args, **kwargs):
    """Not available: raises NotImplementedError that names ResNet101."""

def ResNet101V2(*args, **kwargs):
    """Not available: raises NotImplementedError that names ResNet101V2."""

def ResNet152(*args, **kwargs):
    """Not available: raises NotImplementedError that names ResNet152."""

def ResNet152V2(*args, **kwargs):
    """Not available: raises NotImplementedError that names ResNet152V2."""

def ResNet50(*args, **kwargs):
    """Not available: raises NotImplementedError that names ResNet50."""

def ResNet50V2(*args, **kwargs):
    """Not available: raises NotImplementedError that names ResNet50V2."""

def Xception(*args, **kwargs):
    """Not available: raises NotImplementedError that names Xception."""
