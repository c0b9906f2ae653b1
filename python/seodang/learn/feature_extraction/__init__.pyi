"""Features of texts and of dictionaries.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.feature_extraction import text as text
from seodang.learn.feature_extraction._dictionaries import DictVectorizer as DictVectorizer
from seodang.learn.feature_extraction._hashing import FeatureHasher as FeatureHasher
