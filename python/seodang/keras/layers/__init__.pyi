"""`keras.layers`: layers, most of them computed in Rust.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.keras.layers._generated import Activation as Activation
from seodang.keras.layers._generated import ActivityRegularization as ActivityRegularization
from seodang.keras.layers._generated import Add as Add
from seodang.keras.layers._generated import AdditiveAttention as AdditiveAttention
from seodang.keras.layers._generated import AlphaDropout as AlphaDropout
from seodang.keras.layers._generated import Attention as Attention
from seodang.keras.layers._generated import Average as Average
from seodang.keras.layers._generated import AveragePooling1D as AveragePooling1D
from seodang.keras.layers._generated import AveragePooling1D as _AveragePooling1D
from seodang.keras.layers._generated import AveragePooling2D as AveragePooling2D
from seodang.keras.layers._generated import AveragePooling2D as _AveragePooling2D
from seodang.keras.layers._generated import AveragePooling3D as AveragePooling3D
from seodang.keras.layers._generated import AveragePooling3D as _AveragePooling3D
from seodang.keras.layers._generated import BatchNormalization as BatchNormalization
from seodang.keras.layers._generated import CategoryEncoding as CategoryEncoding
from seodang.keras.layers._generated import CenterCrop as CenterCrop
from seodang.keras.layers._generated import Concatenate as Concatenate
from seodang.keras.layers._generated import Conv1D as Conv1D
from seodang.keras.layers._generated import Conv1D as _Conv1D
from seodang.keras.layers._generated import Conv1DTranspose as Conv1DTranspose
from seodang.keras.layers._generated import Conv1DTranspose as _Conv1DTranspose
from seodang.keras.layers._generated import Conv2D as Conv2D
from seodang.keras.layers._generated import Conv2D as _Conv2D
from seodang.keras.layers._generated import Conv2DTranspose as Conv2DTranspose
from seodang.keras.layers._generated import Conv2DTranspose as _Conv2DTranspose
from seodang.keras.layers._generated import Conv3D as Conv3D
from seodang.keras.layers._generated import Conv3D as _Conv3D
from seodang.keras.layers._generated import Conv3DTranspose as Conv3DTranspose
from seodang.keras.layers._generated import Conv3DTranspose as _Conv3DTranspose
from seodang.keras.layers._generated import Cropping1D as Cropping1D
from seodang.keras.layers._generated import Cropping2D as Cropping2D
from seodang.keras.layers._generated import Cropping3D as Cropping3D
from seodang.keras.layers._generated import Dense as Dense
from seodang.keras.layers._generated import DepthwiseConv1D as DepthwiseConv1D
from seodang.keras.layers._generated import DepthwiseConv2D as DepthwiseConv2D
from seodang.keras.layers._generated import Dot as Dot
from seodang.keras.layers._generated import Dropout as Dropout
from seodang.keras.layers._generated import ELU as ELU
from seodang.keras.layers._generated import EinsumDense as EinsumDense
from seodang.keras.layers._generated import Embedding as Embedding
from seodang.keras.layers._generated import Flatten as Flatten
from seodang.keras.layers._generated import GRU as GRU
from seodang.keras.layers._generated import GRUCell as GRUCell
from seodang.keras.layers._generated import GaussianDropout as GaussianDropout
from seodang.keras.layers._generated import GaussianNoise as GaussianNoise
from seodang.keras.layers._generated import GlobalAveragePooling1D as GlobalAveragePooling1D
from seodang.keras.layers._generated import GlobalAveragePooling1D as _GlobalAveragePooling1D
from seodang.keras.layers._generated import GlobalAveragePooling2D as GlobalAveragePooling2D
from seodang.keras.layers._generated import GlobalAveragePooling2D as _GlobalAveragePooling2D
from seodang.keras.layers._generated import GlobalAveragePooling3D as GlobalAveragePooling3D
from seodang.keras.layers._generated import GlobalAveragePooling3D as _GlobalAveragePooling3D
from seodang.keras.layers._generated import GlobalMaxPooling1D as GlobalMaxPooling1D
from seodang.keras.layers._generated import GlobalMaxPooling1D as _GlobalMaxPooling1D
from seodang.keras.layers._generated import GlobalMaxPooling2D as GlobalMaxPooling2D
from seodang.keras.layers._generated import GlobalMaxPooling2D as _GlobalMaxPooling2D
from seodang.keras.layers._generated import GlobalMaxPooling3D as GlobalMaxPooling3D
from seodang.keras.layers._generated import GlobalMaxPooling3D as _GlobalMaxPooling3D
from seodang.keras.layers._generated import GroupNormalization as GroupNormalization
from seodang.keras.layers._generated import GroupedQueryAttention as GroupedQueryAttention
from seodang.keras.layers._generated import GroupedQueryAttention as _GroupedQueryAttention
from seodang.keras.layers._generated import Identity as Identity
from seodang.keras.layers._generated import LSTM as LSTM
from seodang.keras.layers._generated import LSTMCell as LSTMCell
from seodang.keras.layers._generated import LayerNormalization as LayerNormalization
from seodang.keras.layers._generated import LeakyReLU as LeakyReLU
from seodang.keras.layers._generated import Masking as Masking
from seodang.keras.layers._generated import MaxPooling1D as MaxPooling1D
from seodang.keras.layers._generated import MaxPooling1D as _MaxPooling1D
from seodang.keras.layers._generated import MaxPooling2D as MaxPooling2D
from seodang.keras.layers._generated import MaxPooling2D as _MaxPooling2D
from seodang.keras.layers._generated import MaxPooling3D as MaxPooling3D
from seodang.keras.layers._generated import MaxPooling3D as _MaxPooling3D
from seodang.keras.layers._generated import Maximum as Maximum
from seodang.keras.layers._generated import Minimum as Minimum
from seodang.keras.layers._generated import MultiHeadAttention as MultiHeadAttention
from seodang.keras.layers._generated import Multiply as Multiply
from seodang.keras.layers._generated import PReLU as PReLU
from seodang.keras.layers._generated import Permute as Permute
from seodang.keras.layers._generated import RMSNormalization as RMSNormalization
from seodang.keras.layers._generated import RandomBrightness as RandomBrightness
from seodang.keras.layers._generated import RandomContrast as RandomContrast
from seodang.keras.layers._generated import RandomFlip as RandomFlip
from seodang.keras.layers._generated import RandomRotation as RandomRotation
from seodang.keras.layers._generated import RandomTranslation as RandomTranslation
from seodang.keras.layers._generated import RandomZoom as RandomZoom
from seodang.keras.layers._generated import ReLU as ReLU
from seodang.keras.layers._generated import RepeatVector as RepeatVector
from seodang.keras.layers._generated import Rescaling as Rescaling
from seodang.keras.layers._generated import Reshape as Reshape
from seodang.keras.layers._generated import Resizing as Resizing
from seodang.keras.layers._generated import SeparableConv1D as SeparableConv1D
from seodang.keras.layers._generated import SeparableConv1D as _SeparableConv1D
from seodang.keras.layers._generated import SeparableConv2D as SeparableConv2D
from seodang.keras.layers._generated import SeparableConv2D as _SeparableConv2D
from seodang.keras.layers._generated import SimpleRNN as SimpleRNN
from seodang.keras.layers._generated import SimpleRNNCell as SimpleRNNCell
from seodang.keras.layers._generated import Softmax as Softmax
from seodang.keras.layers._generated import SpatialDropout1D as SpatialDropout1D
from seodang.keras.layers._generated import SpatialDropout2D as SpatialDropout2D
from seodang.keras.layers._generated import SpatialDropout3D as SpatialDropout3D
from seodang.keras.layers._generated import Subtract as Subtract
from seodang.keras.layers._generated import ThresholdedReLU as ThresholdedReLU
from seodang.keras.layers._generated import UnitNormalization as UnitNormalization
from seodang.keras.layers._generated import UpSampling1D as UpSampling1D
from seodang.keras.layers._generated import UpSampling2D as UpSampling2D
from seodang.keras.layers._generated import UpSampling3D as UpSampling3D
from seodang.keras.layers._generated import ZeroPadding1D as ZeroPadding1D
from seodang.keras.layers._generated import ZeroPadding2D as ZeroPadding2D
from seodang.keras.layers._generated import ZeroPadding3D as ZeroPadding3D
from seodang.keras.layers.base import Layer as Layer
from seodang.keras.layers.categories import Discretization as Discretization
from seodang.keras.layers.categories import Hashing as Hashing
from seodang.keras.layers.conv_lstm import ConvLSTM1D as ConvLSTM1D
from seodang.keras.layers.conv_lstm import ConvLSTM2D as ConvLSTM2D
from seodang.keras.layers.conv_lstm import ConvLSTM3D as ConvLSTM3D
from seodang.keras.layers.functional_forms import concatenate as concatenate
from seodang.keras.layers.input_layer import Input as Input
from seodang.keras.layers.input_layer import InputLayer as InputLayer
from seodang.keras.layers.input_spec import InputSpec as InputSpec
from seodang.keras.layers.lambda_layer import Lambda as Lambda
from seodang.keras.layers.lambda_layer import SlicingOpLambda as SlicingOpLambda
from seodang.keras.layers.lambda_layer import TFOpLambda as TFOpLambda
from seodang.keras.layers.lookup import IntegerLookup as IntegerLookup
from seodang.keras.layers.lookup import StringLookup as StringLookup
from seodang.keras.layers.normalization import Normalization as Normalization
from seodang.keras.layers.rnn import AbstractRNNCell as AbstractRNNCell
from seodang.keras.layers.rnn import RNN as RNN
from seodang.keras.layers.rnn import StackedRNNCells as StackedRNNCells
from seodang.keras.layers.text import TextVectorization as TextVectorization
from seodang.keras.layers.wrappers import Bidirectional as Bidirectional
from seodang.keras.layers.wrappers import TimeDistributed as TimeDistributed
from seodang.keras.layers.wrappers import Wrapper as Wrapper

AvgPool1D = _AveragePooling1D

AvgPool2D = _AveragePooling2D

AvgPool3D = _AveragePooling3D

Convolution1D = _Conv1D

Convolution1DTranspose = _Conv1DTranspose

Convolution2D = _Conv2D

Convolution2DTranspose = _Conv2DTranspose

Convolution3D = _Conv3D

Convolution3DTranspose = _Conv3DTranspose

GlobalAvgPool1D = _GlobalAveragePooling1D

GlobalAvgPool2D = _GlobalAveragePooling2D

GlobalAvgPool3D = _GlobalAveragePooling3D

GlobalMaxPool1D = _GlobalMaxPooling1D

GlobalMaxPool2D = _GlobalMaxPooling2D

GlobalMaxPool3D = _GlobalMaxPooling3D

GroupQueryAttention = _GroupedQueryAttention

MaxPool1D = _MaxPooling1D

MaxPool2D = _MaxPooling2D

MaxPool3D = _MaxPooling3D

SeparableConvolution1D = _SeparableConv1D

SeparableConvolution2D = _SeparableConv2D

def add(inputs, **kwargs):
    """What a `Add` layer gives for a list of inputs."""

def average(inputs, **kwargs):
    """What a `Average` layer gives for a list of inputs."""

def deserialize(config, custom_objects: dict | None = None):
    """The layer of a configuration."""

def dot(inputs, axes: Any = -1, normalize: bool = False, **kwargs):
    """What a `Dot` layer gives for two inputs: products summed along axes."""

def maximum(inputs, **kwargs):
    """What a `Maximum` layer gives for a list of inputs."""

def minimum(inputs, **kwargs):
    """What a `Minimum` layer gives for a list of inputs."""

def multiply(inputs, **kwargs):
    """What a `Multiply` layer gives for a list of inputs."""

def serialize(layer):
    """The configuration of a layer."""

def subtract(inputs, **kwargs):
    """What a `Subtract` layer gives for a list of inputs."""
