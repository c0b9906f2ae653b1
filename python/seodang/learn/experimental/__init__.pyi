"""scikit-learn's switches for what it calls experimental; here it is always there.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.experimental import enable_halving_search_cv as enable_halving_search_cv
