"""Transformers for some columns, and targets that are transformed.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.compose._columns import ColumnTransformer as ColumnTransformer
from seodang.learn.compose._columns import make_column_selector as make_column_selector
from seodang.learn.compose._columns import make_column_transformer as make_column_transformer
from seodang.learn.compose._target import TransformedTargetRegressor as TransformedTargetRegressor
