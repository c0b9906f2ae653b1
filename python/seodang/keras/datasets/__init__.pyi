"""`keras.datasets`: data sets that are fetched once and then kept.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.datasets import boston_housing as boston_housing
from seodang.keras.datasets import california_housing as california_housing
from seodang.keras.datasets import cifar10 as cifar10
from seodang.keras.datasets import cifar100 as cifar100
from seodang.keras.datasets import fashion_mnist as fashion_mnist
from seodang.keras.datasets import imdb as imdb
from seodang.keras.datasets import mnist as mnist
from seodang.keras.datasets import reuters as reuters
