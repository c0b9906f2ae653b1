"""`keras.applications`: well-known architectures, with new weights or with Keras's trained ones.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.keras.applications import densenet as densenet
from seodang.keras.applications import efficientnet as efficientnet
from seodang.keras.applications import imagenet_utils as imagenet_utils
from seodang.keras.applications import inception_resnet_v2 as inception_resnet_v2
from seodang.keras.applications import inception_v3 as inception_v3
from seodang.keras.applications import mobilenet as mobilenet
from seodang.keras.applications import mobilenet_v2 as mobilenet_v2
from seodang.keras.applications import resnet as resnet
from seodang.keras.applications import resnet50 as resnet50
from seodang.keras.applications import resnet_v2 as resnet_v2
from seodang.keras.applications import vgg16 as vgg16
from seodang.keras.applications import vgg19 as vgg19
from seodang.keras.applications import xception as xception
from seodang.keras.applications.vgg16 import VGG16 as VGG16
from seodang.keras.applications.vgg19 import VGG19 as VGG19

def DenseNet121(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'densenet121'):
    """The network DenseNet121; see `applications`."""

def DenseNet169(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'densenet169'):
    """The network DenseNet169; see `applications`."""

def DenseNet201(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'densenet201'):
    """The network DenseNet201; see `applications`."""

def EfficientNetB0(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb0'):
    """The network EfficientNetB0; see `applications`."""

def EfficientNetB1(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb1'):
    """The network EfficientNetB1; see `applications`."""

def EfficientNetB2(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb2'):
    """The network EfficientNetB2; see `applications`."""

def EfficientNetB3(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb3'):
    """The network EfficientNetB3; see `applications`."""

def EfficientNetB4(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb4'):
    """The network EfficientNetB4; see `applications`."""

def EfficientNetB5(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb5'):
    """The network EfficientNetB5; see `applications`."""

def EfficientNetB6(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb6'):
    """The network EfficientNetB6; see `applications`."""

def EfficientNetB7(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'efficientnetb7'):
    """The network EfficientNetB7; see `applications`."""

def InceptionResNetV2(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'inception_resnet_v2'):
    """The network InceptionResNetV2; see `applications`."""

def InceptionV3(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'inception_v3'):
    """The network InceptionV3; see `applications`."""

def MobileNet(input_shape=None, alpha: float = 1.0, depth_multiplier: int = 1, dropout: float = 0.001, include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str | None = None):
    """The network MobileNet; `alpha` scales its filters; see `applications`."""

def MobileNetV2(input_shape=None, alpha: float = 1.0, include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str | None = None):
    """The network MobileNetV2; `alpha` scales its filters; see `applications`."""

def ResNet101(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'resnet101'):
    """The network ResNet101; see `applications`."""

def ResNet101V2(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'resnet101v2'):
    """The network ResNet101V2; see `applications`."""

def ResNet152(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'resnet152'):
    """The network ResNet152; see `applications`."""

def ResNet152V2(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'resnet152v2'):
    """The network ResNet152V2; see `applications`."""

def ResNet50(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'resnet50'):
    """The network ResNet50; see `applications`."""

def ResNet50V2(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'resnet50v2'):
    """The network ResNet50V2; see `applications`."""

def Xception(include_top: bool = True, weights: Any = 'imagenet', input_tensor=None, input_shape=None, pooling: str | None = None, classes: int = 1000, classifier_activation: Any = 'softmax', name: str = 'xception'):
    """The network Xception; see `applications`."""
